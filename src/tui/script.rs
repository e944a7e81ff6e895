//! Driving screens by a key script, as a test does: keys in, 80x24 text and caret out, with a clock that only moves
//! when told.
use crate::domain::time::{Reading, Timestamp};
use crate::keymap::Key;
use crate::tui::app::{App, Hints, Incoming, Lobby, Manner, Setup};
use crate::tui::lines::{self, Teller};
use crate::tui::screen::{Port, Screen};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::{Position, Size};

/// Slow enough to be typing.
const BETWEEN_KEYS_US: u64 = 100_000;
/// A clock that starts at zero hides mistakes.
const START_US: u64 = 60_000_000;
/// 2026-07-14 09:31 in Japan.
const START_S: i64 = 1_783_989_060;

/// An application on a terminal of memory.
pub struct Player<P: Port> {
    pub app: App<P>,
    pub terminal: Terminal<TestBackend>,
    pub now_us: u64,
    pub draws: usize,
    /// Everything that was told in lines; empty where panels are drawn.
    pub told: String,
    teller: Option<Teller>,
}

impl<P: Port> Player<P> {
    /// A screen at 80x24.
    pub fn new(first: Box<dyn Screen<P>>, lobby: Box<dyn Lobby<P>>, setup: Setup) -> Self {
        let terminal = Terminal::new(TestBackend::new(80, 24)).expect("memory has room");
        let (teller, size) = match setup.manner {
            Manner::Panels => (None, Size::new(80, 24)),
            Manner::Lines => (Some(Teller::default()), lines::SIZE),
        };
        let app = App::new(first, lobby, setup, size, reading(START_US));
        let mut player = Self { app, terminal, now_us: START_US, draws: 0, told: String::new(), teller };
        player.settle();
        player
    }

    /// The same terminal, for exercises.
    #[must_use]
    pub fn for_training(self, hints: Hints) -> Self {
        Self { app: self.app.for_training(hints), ..self }
    }

    /// Presses the words of a script one by one: `F6 o157 Enter`. A word that is no key name is typed letter by letter.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        for word in script.split_whitespace() {
            match Key::parse(word).filter(|_| word.chars().count() > 1) {
                Some(_) => self.event(named(word)),
                None => word.chars().for_each(|c| self.event(Event::Key(KeyCode::Char(c).into()))),
            }
        }
        self
    }

    /// One event, a tenth of a second after the last.
    pub fn event(&mut self, event: Event) {
        self.wait_us(BETWEEN_KEYS_US);
        self.events(vec![event]);
    }

    /// Several events in one packet.
    pub fn events(&mut self, events: Vec<Event>) {
        let at_us = self.now_us;
        self.feed(Incoming::Input { at_us, events });
    }

    pub fn feed(&mut self, incoming: Incoming<P>) {
        self.app.take(vec![incoming], reading(self.now_us));
        self.settle();
    }

    /// Lets time pass, waking at every deadline as the loop does.
    pub fn wait_us(&mut self, us: u64) {
        let end = self.now_us + us;
        while let Some(at) = self.app.deadline_us().filter(|at| *at <= end) {
            self.now_us = at.max(self.now_us);
            self.app.tick(reading(self.now_us));
            self.settle();
        }
        self.now_us = end;
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.terminal.backend_mut().resize(columns, rows);
        self.events(vec![Event::Resize(columns, rows)]);
    }

    /// The rows of the screen, trailing spaces cut.
    pub fn rows(&self) -> Vec<String> {
        let buffer = self.terminal.backend().buffer();
        (0..buffer.area.height).map(|y| row_text(buffer, y).trim_end().to_owned()).collect()
    }
    pub fn text(&self) -> String {
        self.rows().join("\n")
    }
    pub fn caret(&self) -> Position {
        self.terminal.backend().cursor_position()
    }

    /// Behaviour 9, from the picture alone: the cursor stands between the brackets of a text field, on an answer or its
    /// key, on the mark of the chosen row, or where nothing is chosen at the beginning of a line.
    pub fn is_caret_at_the_focus(&self) -> bool {
        let buffer = self.terminal.backend().buffer();
        let caret = self.caret();
        let symbol = |x: u16| buffer.cell((x, caret.y)).map_or(" ", |cell| cell.symbol());
        let is_key = |x: u16| symbol(x).chars().all(|c| c.is_ascii_alphanumeric());
        let mut left = (0..caret.x).rev().map(symbol);
        let mut right = (caret.x..buffer.area.width).map(symbol);
        let in_field = matches!(left.find(|s| ["[", "<", "]", ">"].contains(s)), Some("[" | "<"))
            && right.any(|s| s == "]" || s == ">");
        let on_answer = match symbol(caret.x) {
            "[" | ">" => true,
            " " => is_key(caret.x + 1),
            _ => is_key(caret.x) && symbol(caret.x + 1) == " ",
        };
        let is_marked = |y: u16| buffer.cell((0, y)).is_some_and(|cell| cell.symbol() == ">");
        let begins = (0..caret.x).map(symbol).all(|s| s == " ");
        let nothing_chosen = begins && !(0..buffer.area.height).any(is_marked);
        in_field || on_answer || nothing_chosen
    }

    /// What was told since the last call, with the line ends of text files.
    pub fn take_told(&mut self) -> String {
        std::mem::take(&mut self.told).replace("\r\n", "\n")
    }

    fn settle(&mut self) {
        if self.app.is_dirty() {
            if let Some(teller) = &mut self.teller {
                self.told.push_str(&self.app.tell_lines(teller));
            }
            // A terminal that overwrites one half of a wide character forgets the other; the memory would not.
            self.terminal.clear().expect("memory does not fail");
            self.app.draw(&mut self.terminal).expect("memory does not fail");
            self.draws += 1;
        }
    }
}

/// What the clock of a script shows.
pub fn reading(boottime_us: u64) -> Reading {
    let wall =
        Timestamp::from_seconds(START_S).plus_seconds(i64::try_from(boottime_us / 1_000_000).unwrap_or(0));
    Reading { wall, boot_id: [7; 16], boottime_us, synchronised: true }
}

/// The event of a key name, as crossterm on Unix reports it.
pub fn named(name: &str) -> Event {
    let spelled = Key::parse(name).expect("a script uses known names");
    let mut modifiers = KeyModifiers::NONE;
    modifiers.set(KeyModifiers::CONTROL, spelled.ctrl);
    modifiers.set(KeyModifiers::ALT, spelled.alt);
    modifiers.set(KeyModifiers::SHIFT, spelled.shift);
    use crate::keymap::Code;
    let code = match spelled.key.code {
        Code::Char(c) => KeyCode::Char(c),
        Code::F(n) => KeyCode::F(n),
        Code::Enter => KeyCode::Enter,
        Code::Tab if spelled.shift => KeyCode::BackTab,
        Code::Tab => KeyCode::Tab,
        Code::Backspace => KeyCode::Backspace,
        Code::Esc => KeyCode::Esc,
        Code::Up => KeyCode::Up,
        Code::Down => KeyCode::Down,
        Code::Left => KeyCode::Left,
        Code::Right => KeyCode::Right,
        Code::Home => KeyCode::Home,
        Code::End => KeyCode::End,
        Code::PageUp => KeyCode::PageUp,
        Code::PageDown => KeyCode::PageDown,
        Code::Insert => KeyCode::Insert,
        Code::Delete => KeyCode::Delete,
    };
    Event::Key(KeyEvent::new_with_kind(code, modifiers, KeyEventKind::Press))
}

fn row_text(buffer: &Buffer, y: u16) -> String {
    let mut row = String::new();
    let mut x = 0;
    while x < buffer.area.width {
        let cell = &buffer[(x, y)];
        row.push_str(cell.symbol());
        x += cell.symbol().cell_width().max(1);
    }
    row
}
