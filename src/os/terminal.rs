//! Which terminal this is, for the log: a device name, never a person.
use std::io::IsTerminal as _;

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
