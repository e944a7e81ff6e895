//! How long somebody has to wait after failed attempts. An attempt is counted before it is checked.
use std::path::{Path, PathBuf};

use super::house::Generation;
use super::reason::Reason;
use crate::domain::digest::Digest;
use crate::domain::ids::StaffNumber;
use crate::domain::time::Timestamp;
use crate::os::files::{self, Lock};

/// Seconds to wait after the first, second, ... failure; the last one for all that follow.
const WAITS_S: [i64; 7] = [1, 1, 1, 30, 60, 300, 900];
const FILE_MAX: u64 = 64;
/// Unknown numbers share this many counters: enough to slow a guesser, too few to fill a disk.
const UNKNOWN_COUNTERS: u8 = 64;

/// The counter of one staff number.
pub struct Lockout {
    file: PathBuf,
    lock_file: PathBuf,
}

impl Lockout {
    pub fn of(generation: &Generation, number: &StaffNumber, known: bool) -> Self {
        let name = if known {
            number.to_string()
        } else {
            let bucket = Digest::of(number.as_str().as_bytes()).as_bytes()[0] % UNKNOWN_COUNTERS;
            format!("unknown-{bucket}")
        };
        Self { file: generation.locks_dir().join(name), lock_file: generation.locks_dir().join("lock") }
    }

    /// Counts an attempt, or refuses it while the wait of earlier ones lasts.
    pub fn count_attempt(&self, now: Timestamp) -> Result<(), Reason> {
        let _lock = Lock::exclusive(&self.lock_file)?;
        let (count, last) = read(&self.file);
        if let Some(index) = count.checked_sub(1) {
            let wait = WAITS_S[usize::try_from(index).unwrap_or(usize::MAX).min(WAITS_S.len() - 1)];
            // A clock that was set back must not lock anybody out for ever: the wait is bounded both ways.
            if (0..wait).contains(&now.seconds_since(last)) {
                return Err(Reason::LockedOut);
            }
        }
        files::write_atomically(&self.file, format!("{} {}", count + 1, now.micros()).as_bytes())?;
        Ok(())
    }

    /// Forgets the failures after a success.
    pub fn clear(&self) -> Result<(), Reason> {
        let _lock = Lock::exclusive(&self.lock_file)?;
        match std::fs::remove_file(&self.file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}

/// A missing or unreadable counter counts as none: it guards against guessing, the log keeps the history.
fn read(file: &Path) -> (u32, Timestamp) {
    let parsed = files::read_limited(file, FILE_MAX)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|text| {
            let (count, last) = text.split_once(' ')?;
            Some((count.parse().ok()?, Timestamp::from_micros(last.parse().ok()?)))
        });
    parsed.unwrap_or((0, Timestamp::from_micros(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_waits() {
        let dir = tempfile::tempdir().unwrap();
        let generation = Generation { dir: dir.path().to_owned(), number: 1 };
        std::fs::create_dir(generation.locks_dir()).unwrap();
        let lockout = Lockout::of(&generation, &StaffNumber::parse("1001").unwrap(), true);
        let mut now = Timestamp::from_seconds(1000);
        lockout.count_attempt(now).unwrap();
        for wait in [1, 1, 1, 30, 60, 300, 900, 900, 900] {
            assert_eq!(
                lockout.count_attempt(now.plus_seconds(wait - 1)),
                Err(Reason::LockedOut),
                "before {wait} s"
            );
            now = now.plus_seconds(wait);
            lockout.count_attempt(now).unwrap();
        }
        lockout.clear().unwrap();
        lockout.count_attempt(now).unwrap();
        assert_eq!(
            lockout.count_attempt(now.plus_seconds(-5000)),
            Ok(()),
            "a clock set back locks nobody out"
        );
    }

    #[test]
    fn unknown_numbers_cannot_fill_the_disk() {
        let dir = tempfile::tempdir().unwrap();
        let generation = Generation { dir: dir.path().to_owned(), number: 1 };
        std::fs::create_dir(generation.locks_dir()).unwrap();
        for n in 0..500 {
            let number = StaffNumber::parse(&n.to_string()).unwrap();
            let _ =
                Lockout::of(&generation, &number, false).count_attempt(Timestamp::from_seconds(n * 10_000));
        }
        assert!(
            std::fs::read_dir(generation.locks_dir()).unwrap().count() <= usize::from(UNKNOWN_COUNTERS) + 1
        );
    }
}
