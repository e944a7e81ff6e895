//! The real terminal: taken over, drawn in one write a frame or told line by line, and given back in every case.
//!
//! Draws to `/dev/tty`, so that redirections do not matter, else to stdout. Never asks the terminal anything: answers
//! would arrive between keys. No mouse and no keyboard protocol: both break Japanese input methods.
use crate::text::{Lang, common, fill};
use crate::tui::app::App;
use crate::tui::lines::{self, Lines};
use crate::tui::outside::Manner;
use crate::tui::run::Surface;
use crate::tui::screen::Port;
use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{self, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{execute, queue};
use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use std::cell::RefCell;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::panic;
use std::rc::Rc;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

const BEGIN_SYNC: &[u8] = b"\x1b[?2026h";
const END_SYNC: &[u8] = b"\x1b[?2026l";

/// How the terminal is ours now. A panic hook has no other way to know.
static TAKEN: Mutex<Option<Manner>> = Mutex::new(None);

fn taken() -> MutexGuard<'static, Option<Manner>> {
    TAKEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The terminal while it is taken over; dropping it gives it back.
pub struct Screenful {
    glass: Glass,
}

enum Glass {
    Panels(Terminal<OneWrite<Tty>>),
    Lines(Box<Lines<Tty>>),
}

impl Screenful {
    /// Takes the terminal over: raw mode, and for panels the alternate screen and pastes in brackets.
    pub fn enter(manner: Manner, lang: Lang) -> io::Result<Self> {
        install_panic_hook(thread::current().id(), lang);
        terminal::enable_raw_mode()?;
        *taken() = Some(manner);
        Glass::begin(manner).map(|glass| Self { glass }).inspect_err(|_| give_back())
    }

    /// How large the panels are.
    pub fn size(&self) -> io::Result<Size> {
        match &self.glass {
            Glass::Panels(terminal) => terminal.backend().size(),
            Glass::Lines(_) => Ok(lines::SIZE),
        }
    }
}

impl Glass {
    fn begin(manner: Manner) -> io::Result<Self> {
        let mut tty = Tty::open();
        if manner == Manner::Lines {
            return Ok(Self::Lines(Box::new(Lines::new(tty))));
        }
        execute!(tty, EnterAlternateScreen)?;
        // Not on Windows: bracketed paste does not exist there, `burst` finds pastes instead.
        #[cfg(unix)]
        execute!(tty, EnableBracketedPaste)?;
        Ok(Self::Panels(Terminal::new(OneWrite::new(tty))?))
    }
}

impl<P: Port> Surface<P> for Screenful {
    type Error = io::Error;

    fn show(&mut self, app: &mut App<P>) -> io::Result<()> {
        match &mut self.glass {
            Glass::Panels(terminal) => app.draw(terminal),
            Glass::Lines(lines) => lines.as_mut().show(app),
        }
    }
}

impl Drop for Screenful {
    fn drop(&mut self) {
        give_back();
    }
}

/// Restores the terminal; harmless when it is not taken.
pub fn give_back() {
    let Some(manner) = taken().take() else { return };
    let mut tty = Tty::open();
    // Nothing better can be done when the terminal refuses: each step is tried.
    match manner {
        Manner::Panels => {
            #[cfg(unix)]
            execute!(tty, DisableBracketedPaste).unwrap_or(());
            execute!(tty, LeaveAlternateScreen, Show).unwrap_or(());
        }
        Manner::Lines => lines::end(&mut tty).unwrap_or(()),
    }
    terminal::disable_raw_mode().unwrap_or(());
}

/// On a panic: the terminal back, then the place in the source and a code. Never the message, which may hold names.
///
/// A panic of another thread is left to the loop, which is still drawing and learns of it through its channel.
fn install_panic_hook(owner: ThreadId, lang: Lang) {
    panic::set_hook(Box::new(move |info| {
        let place =
            info.location().map_or_else(|| "?".to_owned(), |at| format!("{}:{}", at.file(), at.line()));
        if thread::current().id() == owner {
            give_back();
        }
        if taken().is_none() {
            writeln!(io::stderr(), "{}", fill(common::PANIC.in_lang(lang), &[&place])).unwrap_or(());
        }
    }));
}

/// Where the screen is drawn.
pub enum Tty {
    Device(File),
    Stdout(io::Stdout),
}

impl Tty {
    fn open() -> Self {
        OpenOptions::new()
            .write(true)
            .open("/dev/tty")
            .map_or_else(|_| Self::Stdout(io::stdout()), Self::Device)
    }
}

impl Write for Tty {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Device(file) => file.write(bytes),
            Self::Stdout(out) => out.write(bytes),
        }
    }
    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Device(file) => file.flush(),
            Self::Stdout(out) => out.flush(),
        }
    }
}

/// Collects a frame and writes it at once, between the marks of a synchronized update.
pub struct OneWrite<W: Write> {
    inner: CrosstermBackend<Pool>,
    pool: Pool,
    out: W,
    cursor: Position,
}

/// Shared with the inner backend, whose own flushes do nothing.
#[derive(Clone, Default)]
struct Pool(Rc<RefCell<Vec<u8>>>);

impl Write for Pool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<W: Write> OneWrite<W> {
    pub fn new(out: W) -> Self {
        let pool = Pool::default();
        Self { inner: CrosstermBackend::new(pool.clone()), pool, out, cursor: Position::ORIGIN }
    }
}

impl<W: Write> Backend for OneWrite<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        // The inner backend resets all styles also after drawing nothing.
        if content.peek().is_none() { Ok(()) } else { self.inner.draw(content) }
    }
    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }
    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }
    /// Where the cursor was put last: asking the terminal would read its answer among the keys.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor)
    }
    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = position.into();
        queue!(self.pool, crossterm::cursor::MoveTo(self.cursor.x, self.cursor.y))
    }
    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }
    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.inner.clear_region(clear_type)
    }
    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }
    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }
    fn flush(&mut self) -> io::Result<()> {
        let mut pool = self.pool.0.borrow_mut();
        if pool.is_empty() {
            return Ok(());
        }
        let frame = [BEGIN_SYNC, &pool, END_SYNC].concat();
        pool.clear();
        self.out.write_all(&frame)?;
        self.out.flush()
    }
}
