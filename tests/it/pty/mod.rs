//! The built program in a terminal of its own: keys go in, a screen comes out.
//!
//! Two things run at the same time here, and neither asks the other. What is done about the races:
//!
//! * Text is sent in packets of at most eight keys. The program takes more than eight text keys within 30 ms for a paste
//!   (`tui::burst`), and in a paste Enter is only a space. The next packet leaves when the program has drawn something
//!   after this one and 40 ms have passed since: then the keys of two packets are never read within one window, however
//!   slow the machine is. What remains: a frame that was drawn for another reason (a reply of the office) counts as the
//!   echo. Then the 40 ms alone have to do, as they do between the key presses of a person.
//! * A frame is looked at only when it is complete. The program marks the beginning and the end of each; what lies between
//!   a beginning without an end waits.
//! * Nothing is concluded from the absence of a text at one moment: [`Pty::wait_for`] and [`Pty::wait_gone`] wait.
//! * A key that opens another screen is followed by `wait_for` of what only that screen shows. Keys sent before it is there
//!   would go to the old one.
use std::io::{Read as _, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

pub const COLUMNS: u16 = 80;
pub const ROWS: u16 = 24;
/// Key derivation takes a second on an old machine, and the tests share theirs.
const PATIENCE: Duration = Duration::from_secs(30);
const PACKET: usize = 8;
/// Longer than the window in which keys count as one paste.
const PAUSE: Duration = Duration::from_millis(40);
/// A key that changes nothing on the screen (an answer refused silently) draws nothing.
const ECHO: Duration = Duration::from_millis(400);
/// Bits of `c_lflag` on Linux: ICANON and ECHO.
const LINES_FLAG: u32 = 0o2;
const ECHO_FLAG: u32 = 0o10;
const BEGIN_FRAME: &[u8] = b"\x1b[?2026h";
const END_FRAME: &[u8] = b"\x1b[?2026l";

/// A program in a terminal. Killed when it is dropped.
pub struct Pty {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    glass: Arc<Glass>,
}

/// What the program has written so far.
struct Glass {
    seen: Mutex<Seen>,
    news: Condvar,
}

struct Seen {
    parser: vt100::Parser,
    /// Bytes of a frame that is not complete.
    waiting: Vec<u8>,
    /// Everything, for tests about single control sequences.
    all: Vec<u8>,
    /// Counts portions that reached the screen.
    portions: u64,
    ended: bool,
}

impl Pty {
    /// Starts `program` on a data directory, without the tester's own environment.
    pub fn start(program: &Path, arguments: &[&str]) -> Self {
        Self::start_on("xterm-256color", program, arguments)
    }

    /// The same on another kind of terminal.
    pub fn start_on(term: &str, program: &Path, arguments: &[&str]) -> Self {
        let size = PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        command.env("TERM", term);
        command.env("LANG", "ja_JP.UTF-8");
        command.args(arguments);
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let keyboard = pair.master.take_writer().expect("the only writer");
        let mut output = pair.master.try_clone_reader().expect("a reader");
        let glass = Arc::new(Glass {
            seen: Mutex::new(Seen {
                parser: vt100::Parser::new(cells(ROWS), cells(COLUMNS), 0),
                waiting: Vec::new(),
                all: Vec::new(),
                portions: 0,
                ended: false,
            }),
            news: Condvar::new(),
        });
        let shared = Arc::clone(&glass);
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            // An error is how Linux says that the other side is closed.
            while let Ok(length @ 1..) = output.read(&mut buffer) {
                shared.look().take(&buffer[..length]);
                shared.news.notify_all();
            }
            shared.look().ended = true;
            shared.news.notify_all();
        });
        Self { master: pair.master, child, keyboard, glass }
    }

    /// Presses keys: words are names of keys (`F12`, `Enter`, `Ctrl+U`) or are typed as they are.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        for word in script.split_whitespace() {
            match key(word) {
                Some(bytes) => self.packet(bytes.as_bytes()),
                None => self.types(word),
            };
        }
        self
    }

    /// Types a text, spaces included.
    pub fn types(&mut self, text: &str) -> &mut Self {
        let letters: Vec<char> = text.chars().collect();
        for few in letters.chunks(PACKET) {
            self.packet(few.iter().collect::<String>().as_bytes());
        }
        self
    }

    fn packet(&mut self, bytes: &[u8]) -> &mut Self {
        let before = self.glass.look().portions;
        self.keyboard.write_all(bytes).expect("the program still reads");
        self.keyboard.flush().expect("the program still reads");
        self.glass.wait(ECHO, |seen| seen.portions > before || seen.ended);
        std::thread::sleep(PAUSE);
        self
    }

    /// Waits until the screen shows `text`.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) -> &mut Self {
        if !self.glass.wait(PATIENCE, |seen| seen.text().contains(text)) {
            panic!("\"{text}\" did not come:\n{}", self.text());
        }
        self
    }

    /// Waits until one of the texts is there, and says which.
    #[track_caller]
    pub fn wait_for_any<'a>(&mut self, texts: &[&'a str]) -> &'a str {
        let there = |seen: &Seen| texts.iter().copied().find(|text| seen.text().contains(text));
        if !self.glass.wait(PATIENCE, |seen| there(seen).is_some()) {
            panic!("none of {texts:?} came:\n{}", self.text());
        }
        there(&self.glass.look()).expect("nothing was pressed since")
    }

    /// Waits until the screen does not show `text` any more.
    #[track_caller]
    pub fn wait_gone(&mut self, text: &str) -> &mut Self {
        if !self.glass.wait(PATIENCE, |seen| !seen.text().contains(text)) {
            panic!("\"{text}\" stays:\n{}", self.text());
        }
        self
    }

    /// Waits until the screen shows anything else than `before`.
    #[track_caller]
    pub fn wait_change(&mut self, before: &str) -> &mut Self {
        assert!(self.glass.wait(PATIENCE, |seen| seen.text() != before), "nothing changes:\n{before}");
        self
    }

    /// The screen, rows without the spaces at their ends.
    pub fn text(&self) -> String {
        self.glass.look().text()
    }
    pub fn rows(&self) -> Vec<String> {
        self.text().lines().map(str::to_owned).collect()
    }
    pub fn shows(&self, text: &str) -> bool {
        self.text().contains(text)
    }
    /// Where the hardware cursor stands: column and row from 0.
    pub fn caret(&self) -> (u16, u16) {
        let (row, column) = self.glass.look().parser.screen().cursor_position();
        (column, row)
    }
    pub fn is_on_alternate_screen(&self) -> bool {
        self.glass.look().parser.screen().alternate_screen()
    }
    /// Everything that was written since `from`, in the order of writing. Only for panels told in lines.
    pub fn told(&self, from: usize) -> String {
        String::from_utf8_lossy(&self.glass.look().all[from..]).into_owned()
    }
    /// Waits until `text` was written behind `from`, and gives the place behind it.
    #[track_caller]
    pub fn wait_told(&mut self, from: usize, text: &str) -> usize {
        let wanted = text.as_bytes();
        let place = |seen: &Seen| seen.all[from..].windows(wanted.len()).position(|part| part == wanted);
        assert!(
            self.glass.wait(PATIENCE, |seen| place(seen).is_some()),
            "\"{text}\" was not told:\n{}",
            self.told(from)
        );
        let at = place(&self.glass.look()).expect("what was written stays");
        from + at + wanted.len()
    }
    /// Every byte that the program has written.
    pub fn bytes(&self) -> Vec<u8> {
        self.glass.look().all.clone()
    }

    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.glass.look().parser.set_size(cells(rows), cells(columns));
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).expect("the terminal is open");
        self
    }

    /// Whether keys come line by line and are echoed, as a shell needs it.
    pub fn is_line_by_line(&self) -> bool {
        let flags = self.master.get_termios().expect("a terminal").local_flags.bits();
        flags & LINES_FLAG != 0 && flags & ECHO_FLAG != 0
    }

    pub fn process_id(&self) -> u32 {
        self.child.process_id().expect("it runs")
    }

    /// `kill -9`: the program learns nothing of it. (`Child::kill` asks first.)
    pub fn kill(mut self) {
        let process = self.process_id().to_string();
        let killed = std::process::Command::new("kill").args(["-KILL", &process]).status().expect("kill");
        assert!(killed.success());
        self.child.wait().expect("our own child");
    }

    /// Waits for the end of the program and gives its exit status.
    #[track_caller]
    pub fn wait_end(&mut self) -> u32 {
        let until = now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("our own child") {
                // The last bytes are read before the answer counts.
                self.glass.wait(ECHO, |seen| seen.ended);
                return status.exit_code();
            }
            assert!(now() < until, "it does not end:\n{}", self.text());
            std::thread::sleep(PAUSE);
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // Only matters when a test has failed; then there is nothing to do about a second failure.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Glass {
    fn look(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Whether `is_so` became true in time.
    fn wait(&self, patience: Duration, is_so: impl Fn(&Seen) -> bool) -> bool {
        let until = now() + patience;
        let mut seen = self.look();
        while !is_so(&seen) {
            let left = until.saturating_duration_since(now());
            if left.is_zero() {
                return false;
            }
            seen = self.news.wait_timeout(seen, left).unwrap_or_else(std::sync::PoisonError::into_inner).0;
        }
        true
    }
}

impl Seen {
    fn take(&mut self, bytes: &[u8]) {
        self.all.extend_from_slice(bytes);
        self.waiting.extend_from_slice(bytes);
        let complete = complete(&self.waiting);
        if complete > 0 {
            let rest = self.waiting.split_off(complete);
            self.parser.process(&self.waiting);
            self.waiting = rest;
            self.portions += 1;
        }
    }

    fn text(&self) -> String {
        let rows = self.parser.screen().rows(0, COLUMNS);
        rows.map(|row| row.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    }
}

/// How many of these bytes can be shown: all before a frame that has begun and not ended.
fn complete(bytes: &[u8]) -> usize {
    let last = |mark: &[u8]| bytes.windows(mark.len()).rposition(|window| window == mark);
    match (last(BEGIN_FRAME), last(END_FRAME)) {
        (Some(begin), None) => begin,
        (Some(begin), Some(end)) if begin > end => begin,
        _ => {
            let cut = (1..BEGIN_FRAME.len()).rev().find(|n| bytes.ends_with(&BEGIN_FRAME[..*n]));
            bytes.len() - cut.unwrap_or(0)
        }
    }
}

/// What a terminal sends for a named key.
fn key(name: &str) -> Option<&'static str> {
    Some(match name {
        "Enter" => "\r",
        "Tab" => "\t",
        "Esc" => "\x1b",
        "Space" => " ",
        "Backspace" => "\x7f",
        "Up" => "\x1b[A",
        "Down" => "\x1b[B",
        "Right" => "\x1b[C",
        "Left" => "\x1b[D",
        "Home" => "\x1b[H",
        "End" => "\x1b[F",
        "PgUp" => "\x1b[5~",
        "PgDn" => "\x1b[6~",
        "Ctrl+L" => "\x0c",
        "Ctrl+U" => "\x15",
        "F1" => "\x1bOP",
        "F2" => "\x1bOQ",
        "F3" => "\x1bOR",
        "F4" => "\x1bOS",
        "F5" => "\x1b[15~",
        "F6" => "\x1b[17~",
        "F7" => "\x1b[18~",
        "F8" => "\x1b[19~",
        "F9" => "\x1b[20~",
        "F10" => "\x1b[21~",
        "F11" => "\x1b[23~",
        "F12" => "\x1b[24~",
        _ => return None,
    })
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has rows and columns")
}

#[expect(clippy::disallowed_methods, reason = "a test that drives a real program waits in real time")]
pub fn now() -> Instant {
    Instant::now()
}

#[test]
fn frames_are_looked_at_when_they_are_complete() {
    assert_eq!(complete(b"abc"), 3);
    assert_eq!(complete(b"abc\x1b[?2026hdef"), 3);
    assert_eq!(complete(b"abc\x1b[?20"), 3, "half a mark");
    assert_eq!(complete(b"\x1b[?2026hdef\x1b[?2026l"), 19);
    assert_eq!(complete(b"\x1b[?2026hdef\x1b[?2026l\x1b[?2026hg"), 19);
}
