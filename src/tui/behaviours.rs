//! What a person notices, tested through the whole way of a key: events in, screen and caret out.
use crate::keymap::{Command, Context, Keymaps};
use crate::text::Lang;
use crate::tui::app::{App, Ending, Incoming, Lobby, Locked, Manner, QUIET_US, Setup};
use crate::tui::look::display_width;
use crate::tui::run;
use crate::tui::screen::{Desk, Effect, Flow, Port, Question, Screen, Ticket, View};
use crate::tui::script::{Player, named, reading};
use crate::tui::terminal::OneWrite;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::put;
use crate::tui::widgets::qr::Ambiguous;
use crate::tui::widgets::text_field::{Accept, Edited, Show, TextField};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Color, Style};
use ratatui::{Terminal, TerminalOptions, Viewport};
use std::sync::{Arc, Mutex, mpsc};

/// Two text items. F12 asks the office, F6 asks the person, Esc reverts the item.
struct Counter;
impl Port for Counter {
    type Request = String;
    type Reply = String;
    type News = u32;
    type Value = ();
}

struct Form {
    fields: [TextField; 2],
    focus: usize,
    message: String,
}

impl Form {
    fn boxed() -> Box<Self> {
        let field = || TextField::new(Accept::Anything, Show::Plain, 300);
        Box::new(Self { fields: [field(), field()], focus: 0, message: String::new() })
    }
}

impl Screen<Counter> for Form {
    fn contexts(&self) -> &[Context] {
        &[Context::Text, Context::Form, Context::Global]
    }
    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::NextItem => self.focus = 1,
            Command::PreviousItem => self.focus = 0,
            Command::Cancel => drop(self.fields[self.focus].revert()),
            Command::Register => {
                let request = self.fields[0].text();
                return Flow::Effects(vec![Effect::Perform(desk.ticket(), request)]);
            }
            Command::CopyGroup => {
                let answers = vec![('S', "送る".to_owned()), ('N', "送らない".to_owned())];
                return Flow::Effects(vec![Effect::Ask(Question {
                    lines: vec!["送りますか".to_owned()],
                    answers,
                    refuse: 'N',
                })]);
            }
            other if self.fields[self.focus].edit(other) != Edited::NotMine => {}
            _ => return Flow::Pass,
        }
        Flow::Stay
    }
    fn on_text(&mut self, text: &str, _desk: &mut Desk<'_>) -> Flow<Counter> {
        self.fields[self.focus].insert(text);
        Flow::Stay
    }
    fn on_reply(&mut self, _ticket: Ticket, reply: String, _desk: &mut Desk<'_>) -> Flow<Counter> {
        self.message = reply;
        Flow::Stay
    }
    fn on_news(&mut self, news: &u32, _desk: &mut Desk<'_>) -> Flow<Counter> {
        self.message = format!("新着 {news}");
        Flow::Stay
    }
    fn on_answer(&mut self, letter: char, _desk: &mut Desk<'_>) -> Flow<Counter> {
        self.message = format!("答 {letter}");
        Flow::Stay
    }
    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let messages = [self.message.clone()];
        let frame = Frame { title: "発生届", messages: &messages, message_rows: 2, ..Frame::default() };
        let body = frame.draw(view, <Self as Screen<Counter>>::contexts(self), buffer, area);
        let mut caret = body.as_position();
        for (y, (at, field)) in (body.y..).zip(self.fields.iter().enumerate()) {
            let mark = if at == self.focus { ">" } else { " " };
            put(buffer, body, body.x, y, mark, Style::new().fg(Color::Red));
            let here = field.draw(buffer, Rect { x: body.x + 12, y, width: 40, height: 1 }, Style::new());
            if at == self.focus {
                caret = here;
            }
        }
        caret
    }
}

struct Curtain;
impl Screen<Counter> for Curtain {
    fn contexts(&self) -> &[Context] {
        &[Context::Reader, Context::Global]
    }
    fn on_command(&mut self, command: Command, _desk: &mut Desk<'_>) -> Flow<Counter> {
        if command == Command::Close { Flow::Effects(vec![Effect::Pop]) } else { Flow::Pass }
    }
    fn draw(&self, _view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        put(buffer, area, 0, 0, "閉じています", Style::new());
        area.as_position()
    }
}

struct Door;
impl Lobby<Counter> for Door {
    fn lock(&mut self, _desk: &mut Desk<'_>) -> Locked<Counter> {
        Locked { screen: Box::new(Curtain), request: Some("lock".to_owned()) }
    }
}

fn setup() -> Setup {
    Setup {
        keymaps: Keymaps::default(),
        lang: Lang::Ja,
        ambiguous: Ambiguous::Narrow,
        colour: false,
        manner: Manner::Panels,
        send_wait_us: 2_000_000,
        idle_us: None,
    }
}
fn player() -> Player<Counter> {
    Player::new(Form::boxed(), Box::new(Door), setup())
}
fn field(player: &Player<Counter>, at: usize) -> String {
    let row = player.rows()[2 + at].clone();
    row.split_once('[')
        .and_then(|(_, rest)| rest.rsplit_once(']'))
        .map(|(text, _)| text.trim_end().to_owned())
        .unwrap()
}
fn key(code: KeyCode) -> Event {
    Event::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

#[test]
fn a_script_types_moves_and_draws() {
    let mut p = player();
    p.keys("o157 Enter kari");
    assert_eq!((field(&p, 0), field(&p, 1)), ("o157".to_owned(), "kari".to_owned()));
    let rows = p.rows();
    assert!(rows[3].starts_with('>') && rows[0].starts_with(" 発生届"));
    assert_eq!((rows[1].len(), rows[20].len()), (80, 80), "rules in rows 2 and 21");
    assert!(rows[21].contains("Enter 次") && rows[22].contains("F1 ヘルプ"), "{rows:#?}");
    assert!(rows.iter().all(|row| display_width(row) <= 80));
}

#[test]
fn behaviour_8_idle_draws_nothing_and_wants_no_waking() {
    let mut p = player();
    p.keys("abc");
    let draws = p.draws;
    p.wait_us(10_000_000);
    assert_eq!((p.draws, p.app.deadline_us()), (draws, None));
    p.event(Event::Key(KeyEvent::new_with_kind(
        KeyCode::Char('x'),
        KeyModifiers::NONE,
        KeyEventKind::Release,
    )));
    p.keys("F11 Insert");
    assert_eq!(p.draws, draws, "keys that mean nothing draw nothing");
}

#[test]
fn behaviours_9_and_10_the_cursor_is_the_caret() {
    let mut p = player();
    assert_eq!(p.caret(), Position::new(13, 2));
    p.keys("a届b");
    assert_eq!(p.caret(), Position::new(17, 2));
    p.keys("Left Left");
    assert_eq!(p.caret(), Position::new(14, 2));
    p.keys("Enter");
    assert_eq!(p.caret(), Position::new(13, 3));
    p.event(Event::Paste("あ".repeat(30)));
    assert_eq!(p.caret(), Position::new(12 + 37, 3), "scrolled, and never on the bracket");
    assert!(p.terminal.backend().cursor_visible());
    p.keys("F1");
    assert_eq!(p.caret().x, 0, "a list: the first cell of its row");
}

#[test]
fn behaviour_11_news_wait_until_the_typist_pauses() {
    let mut p = player();
    p.keys("a");
    let draws = p.draws;
    p.feed(Incoming::News(3));
    assert_eq!(p.draws, draws);
    p.wait_us(QUIET_US);
    assert_eq!(p.draws, draws + 1);
    assert!(p.text().contains("新着 3"));
    p.feed(Incoming::News(4));
    assert_eq!(p.draws, draws + 2, "at once when nobody types");
}

/// The office keeps a draft or has looked for similar people: nothing that the typist waits for.
#[test]
fn behaviour_11_replies_that_open_nothing_wait_too() {
    let mut p = player();
    p.keys("F12 a");
    let (ticket, _) = p.app.outgoing().remove(0);
    let draws = p.draws;
    p.feed(Incoming::Reply(ticket, "保存しました".to_owned(), None));
    assert_eq!(p.draws, draws);
    p.keys("b");
    assert!(p.text().contains("保存しました"), "drawn with the next key");
    p.wait_us(QUIET_US);
    p.keys("F12");
    let (ticket, _) = p.app.outgoing().remove(0);
    let draws = p.draws;
    p.feed(Incoming::Reply(ticket, "登録しました".to_owned(), None));
    assert_eq!(p.draws, draws + 1, "at once when nobody types");
}

#[test]
fn behaviour_12_releases_are_nothing_and_only_movement_repeats() {
    let held = |code| Event::Key(KeyEvent::new_with_kind(code, KeyModifiers::NONE, KeyEventKind::Repeat));
    let mut p = player();
    p.keys("abc");
    p.event(held(KeyCode::Char('z')));
    p.event(held(KeyCode::Backspace));
    p.event(held(KeyCode::Left));
    assert_eq!((field(&p, 0), p.caret().x), ("ab".to_owned(), 14));
    p.event(held(KeyCode::F(12)));
    p.event(Event::Key(KeyEvent::new_with_kind(KeyCode::F(12), KeyModifiers::NONE, KeyEventKind::Release)));
    assert_eq!(p.app.outgoing(), []);
    p.keys("F12");
    assert_eq!(p.app.outgoing().len(), 1);
}

#[test]
fn behaviour_13_altgr_types() {
    let mut p = player();
    p.event(Event::Key(KeyEvent::new(KeyCode::Char('@'), KeyModifiers::CONTROL | KeyModifiers::ALT)));
    assert_eq!(field(&p, 0), "@");
}

#[test]
fn behaviour_15_a_paste_fills_one_item_and_does_nothing_else() {
    let text = "2026\nS\n".repeat(29);
    assert!(text.len() > 200);
    let mut p = player();
    let code = |c| if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) };
    let mut events: Vec<Event> = text.chars().map(|c| key(code(c))).collect();
    events.push(key(KeyCode::F(12)));
    p.wait_us(1_000_000);
    p.events(events);
    p.wait_us(1_000_000);
    p.event(Event::Paste("x\r\ny\n".to_owned()));
    assert_eq!(p.caret().y, 2, "the focus stays");
    assert_eq!(p.app.outgoing(), []);
    p.keys("F12");
    let sent = p.app.outgoing().remove(0).1;
    assert_eq!(sent, format!("{}x y ", text.replace('\n', " ")));
}

#[test]
fn a_paste_never_answers_a_question_and_enter_does_not_either() {
    let mut p = player();
    p.keys("F6");
    assert!(p.text().contains("送りますか") && p.rows()[21].contains("S 送る  N 送らない"));
    p.event(Event::Paste("SSS".to_owned()));
    p.events("SSSSSSSSSSSS\n".chars().map(|c| key(KeyCode::Char(c))).collect());
    p.keys("Enter F12 Space x");
    p.event(Event::Key(KeyEvent::new_with_kind(
        KeyCode::Char('S'),
        KeyModifiers::NONE,
        KeyEventKind::Repeat,
    )));
    assert!(p.text().contains("送りますか"), "still open");
    p.keys("s");
    assert!(p.text().contains("答 S"));
    p.keys("F6 Esc");
    p.wait_us(600_000);
    assert!(p.text().contains("答 N"), "Esc refuses");
}

#[test]
fn behaviour_16_a_small_window_keeps_everything() {
    let mut p = player();
    p.keys("abc Enter de Left");
    let (before, caret) = (p.text(), p.caret());
    p.resize(60, 20);
    assert!(p.rows()[0].starts_with("画面が小さすぎます") && p.text().contains("いま 60 桁 20 行"));
    p.keys("zz Enter F12 F1");
    assert_eq!(p.app.outgoing(), [], "keys do nothing on a form that nobody sees");
    p.resize(80, 24);
    assert_eq!((p.text(), p.caret()), (before, caret));
    for (columns, rows) in [(1, 1), (0, 0), (79, 24), (200, 60)] {
        p.resize(columns, rows);
    }
    let draws = p.draws;
    p.keys("Ctrl+L");
    assert_eq!(p.draws, draws + 1);
}

#[test]
fn behaviour_18_esc_and_digits_and_esc_alone() {
    let mut p = player();
    p.keys("abc Esc 1");
    assert!(p.rows()[0].starts_with(" ヘルプ"));
    p.keys("Esc");
    assert!(p.rows()[0].starts_with(" ヘルプ"), "not yet");
    p.wait_us(500_000);
    assert_eq!(field(&p, 0), "abc");
    p.keys("Esc");
    p.wait_us(500_000);
    assert_eq!(field(&p, 0), "", "reverted");
    p.keys("x");
    p.event(Event::Key(KeyEvent::new(KeyCode::Char('1'), KeyModifiers::ALT)));
    assert!(p.rows()[0].starts_with(" ヘルプ"), "Esc and 1 in one packet");
}

#[test]
fn the_help_lists_the_active_keys_and_the_palette_finds_what_has_none() {
    let mut p = player();
    p.keys("F1");
    let text = p.text();
    assert!(text.contains("文字の項目") && text.contains("^U") && text.contains("1/"), "{text}");
    p.keys("F8");
    assert!(p.text().contains("登録する"), "{}", p.text());
    p.keys("Enter Ctrl+P lock");
    assert!(p.text().contains("ロック") && !p.text().contains("登録する"), "{}", p.text());
    p.keys("Enter");
    assert_eq!(p.rows()[0], "閉じています");
    assert_eq!(p.app.outgoing().len(), 1);
}

#[test]
fn the_lock_fires_before_a_late_key_and_keeps_the_form() {
    let idle_us = Some(300_000_000);
    let mut p = Player::new(Form::boxed(), Box::new(Door), Setup { idle_us, ..setup() });
    p.keys("abc");
    p.wait_us(299_000_000);
    assert_eq!(field(&p, 0), "abc");
    // The machine slept: no deadline was served before this key.
    p.now_us += 100_000_000;
    p.events(vec![key(KeyCode::Char('d'))]);
    assert_eq!(p.rows()[0], "閉じています");
    assert_eq!(p.app.deadline_us(), None, "locked once");
    p.keys("Enter");
    assert_eq!(field(&p, 0), "abc", "the key went to the curtain");
}

#[test]
fn replies_find_the_screen_that_asked() {
    let mut p = player();
    p.keys("q F12 F1");
    let (ticket, request) = p.app.outgoing().remove(0);
    assert_eq!(request, "q");
    p.feed(Incoming::Reply(ticket, "登録しました".to_owned(), None));
    p.feed(Incoming::Reply(ticket, "二度目".to_owned(), None));
    p.keys("Enter");
    assert!(p.text().contains("登録しました"));
}

/// Counts writes and keeps the bytes.
#[derive(Clone, Default)]
struct Wire(Arc<Mutex<Vec<Vec<u8>>>>);
impl std::io::Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().push(bytes.to_vec());
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn on_wire(wire: &Wire) -> Terminal<OneWrite<Wire>> {
    let viewport = Viewport::Fixed(Rect::new(0, 0, 80, 24));
    Terminal::with_options(OneWrite::new(wire.clone()), TerminalOptions { viewport }).unwrap()
}

#[test]
fn behaviour_17_without_colour_no_colour_is_written_and_one_frame_is_one_write() {
    for colour in [false, true] {
        let wire = Wire::default();
        let mut terminal = on_wire(&wire);
        let mut app: App<Counter> = App::new(
            Form::boxed(),
            Box::new(Door),
            Setup { colour, ..setup() },
            Size::new(80, 24),
            reading(1),
        );
        let draw = |app: &mut App<Counter>, terminal: &mut Terminal<_>| {
            terminal.draw(|frame| app.render(frame)).map(drop).unwrap();
        };
        draw(&mut app, &mut terminal);
        let first = wire.0.lock().unwrap().clone();
        assert_eq!(first.len(), 1);
        let text = String::from_utf8_lossy(&first[0]).into_owned();
        assert_eq!(has_colour(&text), colour, "{text:?}");
        assert!(text.starts_with("\x1b[?2026h") && text.ends_with("\x1b[?2026l"));
        assert!(text.contains('>'), "the focus is a mark, not a colour");
        app.take(vec![Incoming::Input { at_us: 1, events: vec![key(KeyCode::Char('a'))] }], reading(1));
        draw(&mut app, &mut terminal);
        let bytes = wire.0.lock().unwrap()[1].len();
        assert!(bytes <= 100, "{bytes} bytes for one key");
    }
}

#[test]
fn behaviour_16_ctrl_l_writes_the_whole_panel_again() {
    let wire = Wire::default();
    let mut terminal = on_wire(&wire);
    let size = Size::new(80, 24);
    let mut app: App<Counter> = App::new(Form::boxed(), Box::new(Door), setup(), size, reading(1));
    app.draw(&mut terminal).unwrap();
    let mut frame_after = |name: &str, app: &mut App<Counter>| {
        app.take(vec![Incoming::Input { at_us: 1, events: vec![named(name)] }], reading(1));
        app.draw(&mut terminal).unwrap();
        String::from_utf8_lossy(wire.0.lock().unwrap().last().unwrap()).into_owned()
    };
    let rule = "-".repeat(80);
    assert!(!frame_after("Enter", &mut app).contains('届'), "only what changed");
    let whole = frame_after("Ctrl+L", &mut app);
    assert!(whole.contains('届') && whole.matches(&rule).count() >= 2, "{whole:?}");
}

/// SGR 30-38, 40-48, 90-107; 39, 49 and 59 only reset.
fn has_colour(text: &str) -> bool {
    let codes = text.split("\x1b[").skip(1).filter_map(|rest| rest.split_once('m').map(|(codes, _)| codes));
    codes
        .flat_map(|codes| codes.split(';'))
        .filter_map(|code| code.parse::<u16>().ok())
        .any(|code| matches!(code, 30..=38 | 40..=48 | 90..=107))
}

#[test]
fn the_loop_sleeps_without_writing_and_ends_when_told() {
    struct Still;
    impl crate::domain::time::Clock for Still {
        fn read(&self) -> crate::domain::time::Reading {
            reading(5)
        }
    }
    let (sender, inbox) = mpsc::sync_channel(run::INBOX);
    let (office, requests) = mpsc::channel();
    let loop_thread = std::thread::spawn(move || {
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        let mut app: App<Counter> =
            App::new(Form::boxed(), Box::new(Door), setup(), Size::new(80, 24), reading(5));
        run::run(&mut app, &mut terminal, &inbox, &office, &Still).map(|ending| (ending, app.is_dirty()))
    });
    let events: Vec<Event> = "ab".chars().map(|c| key(KeyCode::Char(c))).chain([named("F12")]).collect();
    sender.send(Incoming::Input { at_us: 5, events }).unwrap_or_else(|_| panic!("the loop is gone"));
    assert_eq!(requests.recv().unwrap().1, "ab");
    sender.send(Incoming::Stop(Ending::Asked)).unwrap_or_else(|_| panic!("the loop is gone"));
    assert_eq!(loop_thread.join().unwrap().unwrap(), (Ending::Asked, false));
}
