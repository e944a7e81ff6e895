//! Programs of the tests that stand in for those of a site: they write down what they were given.
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::time::Duration;

use super::super::*;
use super::bench::Bench;

/// What the stand-ins write down: the arguments, each ended by a zero, each call by a line; then what they read.
const RECORD: &str =
    "for a in \"$@\"; do printf '%s\\0' \"$a\"; done >> \"$0.argv\"; echo >> \"$0.argv\"; env > \"$0.env\"\n";

/// What a program that takes pages does after it has written down its arguments.
pub const TAKE: &str = "cat > \"$0.input\"";

impl Bench {
    /// Puts a program onto the path of the test.
    pub fn program(&self, name: &str, then: &str) {
        let path = self.folder("bin").join(name);
        fs::write(&path, format!("#!/bin/sh\n{RECORD}{then}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Each call with its arguments.
    pub fn calls(&self, name: &str) -> Vec<Vec<String>> {
        let text = fs::read_to_string(self.beside(name, "argv")).unwrap_or_default();
        let words = |line: &str| line.split_terminator('\0').map(str::to_owned).collect();
        text.lines().map(words).collect()
    }

    pub fn beside(&self, name: &str, what: &str) -> PathBuf {
        self.path("bin").join(format!("{name}.{what}"))
    }

    pub fn surroundings(&self) -> Surroundings {
        Surroundings {
            path: vec![self.path("bin"), "/usr/bin".into(), "/bin".into()],
            environment: vec![("FAXSERVER".into(), "fax.example".into())],
            timeout: Duration::from_secs(5),
        }
    }
}

pub fn command(arguments: &[&str]) -> Command {
    let vector: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
    Command::parse(&vector).expect("in order")
}
