//! The terminal: its name for the log (a device, never a person), and questions asked without a screen.
use std::io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use zeroize::Zeroizing;

use crate::domain::sensitive::Secret;

/// The name of the terminal device, such as `pts/3`; empty without one.
pub fn device_name() -> String {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        return String::new();
    }
    let Ok(name) = rustix::termios::ttyname(&stdin, Vec::new()) else { return String::new() };
    name.to_string_lossy().trim_start_matches("/dev/").to_owned()
}

/// The user the process runs as.
pub fn os_user() -> u32 {
    rustix::process::getuid().as_raw()
}

/// The user that signed in to the operating system, where it says so (`u32::MAX` otherwise).
pub fn login_user() -> u32 {
    std::fs::read_to_string("/proc/self/loginuid")
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(u32::MAX)
}

/// Whether a person sits in front of this process and can be asked.
pub fn is_interactive() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Whether the terminal shows what is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Echo {
    Shown,
    Hidden,
}

/// Longer answers are not typed by a person.
const ANSWER_MAX: u64 = 1024;

/// Asks on stderr and reads one line. A hidden answer leaves no trace on the screen.
pub fn ask(question: &str, echo: Echo) -> io::Result<Secret> {
    let mut err = io::stderr();
    write!(err, "{question}: ")?;
    err.flush()?;
    let quiet = match echo {
        Echo::Shown => None,
        Echo::Hidden => Some(Quiet::begin()?),
    };
    let mut line = String::with_capacity(1024);
    let read = io::BufReader::new(io::stdin()).take(ANSWER_MAX).read_line(&mut line);
    // In one place from here on, and wiped with it.
    let answer = Zeroizing::new(line);
    if quiet.is_some() {
        writeln!(err)?;
    }
    if read? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Secret::new(answer.trim_end_matches(['\r', '\n']).to_owned()))
}

/// The terminal without echo, until dropped.
struct Quiet(Termios);

impl Quiet {
    fn begin() -> io::Result<Self> {
        let stdin = io::stdin();
        let before = tcgetattr(&stdin)?;
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO);
        tcsetattr(&stdin, OptionalActions::Flush, &quiet)?;
        Ok(Self(before))
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        // Nothing better can be done for a terminal that is gone.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.0);
    }
}

/// Says one line on stderr, between questions.
pub fn tell(line: &str) -> io::Result<()> {
    writeln!(io::stderr(), "{line}")
}
