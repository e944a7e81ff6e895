//! How long somebody has to wait after failed attempts. An attempt is counted before it is checked.
use std::path::{Path, PathBuf};

use super::house::Generation;
use super::reason::Reason;
use crate::domain::digest::Digest;
use crate::domain::ids::StaffNumber;
use crate::domain::time::Timestamp;
use crate::office::vault::totp::STEP_S;
use crate::os::files::{self, Lock};

/// Seconds to wait after the first, second, ... failure; the last one for all that follow.
const WAITS_S: [i64; 7] = [1, 1, 1, 30, 60, 300, 900];
/// Attempts within the time of one code: whoever mistypes more often waits for the next code anyway.
const PER_STEP: u32 = 3;
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
        let Tally { count, last, in_step } = read(&self.file);
        let same_step = step_of(now) == step_of(last);
        if same_step && in_step >= PER_STEP {
            return Err(Reason::LockedOut);
        }
        if let Some(index) = count.checked_sub(1) {
            let wait = WAITS_S[usize::try_from(index).unwrap_or(usize::MAX).min(WAITS_S.len() - 1)];
            // A clock that was set back must not lock anybody out for ever: the wait is bounded both ways.
            if (0..wait).contains(&now.seconds_since(last)) {
                return Err(Reason::LockedOut);
            }
        }
        let in_step = if same_step { in_step + 1 } else { 1 };
        let text = format!("{} {} {in_step}", count.saturating_add(1), now.micros());
        files::write_atomically(&self.file, text.as_bytes())?;
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

/// What is remembered of failed attempts.
struct Tally {
    count: u32,
    last: Timestamp,
    /// How many of them fell into the time of the same code as the last.
    in_step: u32,
}

/// A missing or unreadable counter counts as none: it guards against guessing, the log keeps the history.
fn read(file: &Path) -> Tally {
    let parse = || {
        let text = String::from_utf8(files::read_limited(file, FILE_MAX).ok()?).ok()?;
        let mut words = text.split(' ');
        let count = words.next()?.parse().ok()?;
        let last = Timestamp::from_micros(words.next()?.parse().ok()?);
        Some(Tally { count, last, in_step: words.next()?.parse().ok()? })
    };
    parse().unwrap_or(Tally { count: 0, last: Timestamp::from_micros(0), in_step: 0 })
}

fn step_of(at: Timestamp) -> i64 {
    at.seconds().div_euclid(STEP_S.cast_signed())
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
        // Two seconds before the next code, so that the short waits are not hidden by the rule of three per code.
        let mut now = Timestamp::from_seconds(1018);
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
    fn three_attempts_for_each_code() {
        let dir = tempfile::tempdir().unwrap();
        let generation = Generation { dir: dir.path().to_owned(), number: 1 };
        std::fs::create_dir(generation.locks_dir()).unwrap();
        let lockout = Lockout::of(&generation, &StaffNumber::parse("1001").unwrap(), true);
        for second in [1020, 1022, 1024] {
            lockout.count_attempt(Timestamp::from_seconds(second)).unwrap();
        }
        assert_eq!(lockout.count_attempt(Timestamp::from_seconds(1049)), Err(Reason::LockedOut));
        lockout.count_attempt(Timestamp::from_seconds(1050)).unwrap();
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
