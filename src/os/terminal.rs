//! The terminal: its name for the log (a device, never a person), and questions asked without a screen.
use std::io::{self, IsTerminal as _, Write as _};
use std::os::fd::AsFd;

use rustix::io::retry_on_intr;
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
const ANSWER_MAX: usize = 1024;

/// Asks on stderr and reads one line. A hidden answer leaves no trace on the screen.
pub fn ask(question: &str, echo: Echo) -> io::Result<Secret> {
    let mut err = io::stderr();
    write!(err, "{question}: ")?;
    err.flush()?;
    let quiet = match echo {
        Echo::Shown => None,
        Echo::Hidden => Some(Quiet::begin()?),
    };
    let answer = read_line(io::stdin());
    if quiet.is_some() {
        writeln!(err)?;
    }
    answer
}

/// One line, without its end. Byte by byte and past the standard library's buffer, which nobody would wipe.
fn read_line(input: impl AsFd) -> io::Result<Secret> {
    let mut line = Zeroizing::new(Vec::with_capacity(ANSWER_MAX));
    let mut byte = Zeroizing::new([0u8; 1]);
    while line.len() < ANSWER_MAX {
        let read = retry_on_intr(|| rustix::io::read(&input, byte.as_mut()))?;
        if read == 0 && line.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if read == 0 || byte[0] == b'\n' {
            break;
        }
        line.push(byte[0]);
    }
    let text = std::str::from_utf8(&line).map_err(|_| io::ErrorKind::InvalidData)?;
    Ok(Secret::new(text.trim_end_matches('\r').to_owned()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_at_a_time_and_never_past_its_end() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("typed");
        std::fs::write(&path, "傘がない\r\n123456\n\nlast").unwrap();
        let file = std::fs::File::open(&path).unwrap();
        for expected in ["傘がない", "123456", "", "last"] {
            assert_eq!(read_line(&file).unwrap().expose(), expected);
        }
        assert_eq!(read_line(&file).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        std::fs::write(&path, [0xFF, b'\n']).unwrap();
        let file = std::fs::File::open(&path).unwrap();
        assert_eq!(read_line(&file).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }
}
