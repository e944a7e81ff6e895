//! Attempts that failed before the database could be opened.
//!
//! A wrong password opens nothing, so its row cannot go into the log at once. It is kept in a small file whose lines are
//! authenticated under an evolving key (the old key is erased with each line); the next sign-in takes the lines over.
//! The file holds codes and the staff number of a known account, never what was typed.
use std::io;
use std::path::{Path, PathBuf};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::domain::ids::AccountId;
use crate::domain::pae;
use crate::domain::time::Timestamp;
use crate::office::reason::Reason;
use crate::os::files::{self, Lock};

/// One line is about 170 bytes; the lock-out keeps honest installations below a hundred lines a day.
const FILE_MAX: u64 = 16 * 1024 * 1024;
/// A file longer than this loses the lines that were taken over.
const SHORTEN_AT: usize = 64 * 1024;
/// `from N`: so many lines were removed from the front. It need not be secret or genuine: with a wrong number the keys
/// do not fit.
const REMOVED: &str = "from ";

/// One failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub at: Timestamp,
    /// `None` when the staff number is not known here.
    pub account: Option<AccountId>,
    pub reason: u16,
}

impl Attempt {
    /// Whoever came before a stopped log had password and code right.
    pub const fn is_failure(&self) -> bool {
        self.reason != Reason::StoppedLogRead.code() && self.reason != Reason::LogBroken.code()
    }
}

/// How far the file was taken over: kept in the database.
#[derive(Clone)]
pub struct Bookmark {
    pub lines: u64,
    pub key: Zeroizing<[u8; 32]>,
}

/// What was found after the bookmark.
pub struct Found {
    pub attempts: Vec<Attempt>,
    /// The file does not continue from the bookmark: lines were changed, removed or forged.
    pub altered: bool,
    pub bookmark: Bookmark,
}

/// The file of attempts and its current key.
pub struct PreLogin {
    dir: PathBuf,
}

impl PreLogin {
    pub fn new(seal_dir: &Path) -> Self {
        Self { dir: seal_dir.to_owned() }
    }

    /// Starts the file with its first key.
    pub fn create(&self, key: &[u8; 32]) -> io::Result<()> {
        files::write_atomically(&self.key_file(), key)?;
        files::write_atomically(&self.log_file(), b"")
    }

    /// Adds one line and erases the key it was made with.
    pub fn record(&self, attempt: &Attempt) -> io::Result<()> {
        let _lock = Lock::exclusive(&self.dir.join("preauth.lock"))?;
        let mut log = files::read_limited(&self.log_file(), FILE_MAX)?;
        let key = self.next_to_use(&log)?;
        let body = encode(attempt);
        let line = format!(
            "{} {}\n",
            data_encoding::HEXLOWER.encode(&body),
            data_encoding::HEXLOWER.encode(&tag(&key, &body))
        );
        if log.last().is_some_and(|byte| *byte != b'\n') {
            // Half a line of somebody else must not swallow ours.
            log.push(b'\n');
        }
        log.extend_from_slice(line.as_bytes());
        if u64::try_from(log.len()).unwrap_or(u64::MAX) > FILE_MAX {
            return Err(io::ErrorKind::StorageFull.into());
        }
        files::write_atomically(&self.log_file(), &log)?;
        files::write_atomically(&self.key_file(), next_key(&key).as_ref())
    }

    /// Everything after the bookmark. Never fails on a damaged file: damage is a finding, and later attempts are read
    /// again from where the file then stands.
    pub fn read_from(&self, bookmark: &Bookmark) -> Found {
        let Ok(_lock) = Lock::exclusive(&self.dir.join("preauth.lock")) else {
            return Found { attempts: Vec::new(), altered: true, bookmark: bookmark.clone() };
        };
        let bytes = files::read_limited(&self.log_file(), FILE_MAX).ok();
        let log = bytes.as_deref().unwrap_or_default();
        let (removed, lines) = lines_of(log);
        let count = removed.saturating_add(u64::try_from(lines.len()).unwrap_or(u64::MAX));
        let mut found = Found { attempts: Vec::new(), altered: false, bookmark: bookmark.clone() };
        if (removed..=count).contains(&bookmark.lines) {
            let taken = usize::try_from(bookmark.lines - removed).unwrap_or(usize::MAX);
            for line in lines.iter().skip(taken) {
                match decode_line(line, &found.bookmark.key) {
                    Some(attempt) => found.attempts.push(attempt),
                    None => found.altered = true,
                }
                let key = next_key(&found.bookmark.key);
                found.bookmark = Bookmark { lines: found.bookmark.lines + 1, key };
            }
        } else {
            found.altered = true;
        }
        let next = self.next_to_use(log).ok();
        found.altered |= next.as_ref() != Some(&found.bookmark.key);
        if found.altered {
            found.bookmark = self.start_again(count, next, bytes.is_none(), bookmark);
        }
        found
    }

    /// Removes what was taken over, once that is durable and there is enough of it.
    pub fn shorten(&self, taken: &Bookmark) -> io::Result<()> {
        let _lock = Lock::exclusive(&self.dir.join("preauth.lock"))?;
        let log = files::read_limited(&self.log_file(), FILE_MAX)?;
        let (removed, lines) = lines_of(&log);
        let Some(Ok(more)) = taken.lines.checked_sub(removed).map(usize::try_from) else { return Ok(()) };
        // The last line stays: a key that is one step behind is told by it.
        let kept = more.min(lines.len()).saturating_sub(1);
        if log.len() <= SHORTEN_AT || kept == 0 {
            return Ok(());
        }
        let first = removed.saturating_add(u64::try_from(kept).unwrap_or(u64::MAX));
        let mut shorter = format!("{REMOVED}{first}\n");
        for line in lines.iter().skip(kept) {
            shorter.push_str(line);
            shorter.push('\n');
        }
        files::write_atomically(&self.log_file(), shorter.as_bytes())
    }

    /// After an alteration: the present lines are left behind, and the present key counts; a new one if it is gone.
    fn start_again(
        &self,
        lines: u64,
        next: Option<Zeroizing<[u8; 32]>>,
        log_is_lost: bool,
        bookmark: &Bookmark,
    ) -> Bookmark {
        let mended = |file: PathBuf, bytes: &[u8]| {
            // What cannot be mended now is found, and tried, again at the next sign-in.
            let _ = files::write_atomically(&file, bytes);
        };
        if log_is_lost {
            mended(self.log_file(), b"");
        }
        let key = next.unwrap_or_else(|| {
            let key = Zeroizing::new(mac(&bookmark.key, b"hcpreauth/v1/restart", b""));
            mended(self.key_file(), key.as_ref());
            key
        });
        Bookmark { lines, key }
    }

    /// The key of the next line. A crash between the two writes of `record` leaves the file's key one step behind:
    /// then it is the key of the last line.
    fn next_to_use(&self, log: &[u8]) -> io::Result<Zeroizing<[u8; 32]>> {
        let key = self.read_key()?;
        let is_used = lines_of(log).1.last().is_some_and(|line| decode_line(line, &key).is_some());
        Ok(if is_used { next_key(&key) } else { key })
    }

    fn read_key(&self) -> io::Result<Zeroizing<[u8; 32]>> {
        let bytes = Zeroizing::new(files::read_limited(&self.key_file(), 32)?);
        let key: [u8; 32] = bytes.as_slice().try_into().map_err(|_| io::ErrorKind::InvalidData)?;
        Ok(Zeroizing::new(key))
    }
    fn log_file(&self) -> PathBuf {
        self.dir.join("preauth.log")
    }
    fn key_file(&self) -> PathBuf {
        self.dir.join("preauth.key")
    }
}

/// How many lines were removed from the front, and those that are there. What is not text is no line of ours.
fn lines_of(log: &[u8]) -> (u64, Vec<&str>) {
    let mut lines: Vec<&str> =
        log.split(|byte| *byte == b'\n').map(|line| std::str::from_utf8(line).unwrap_or("?")).collect();
    // What follows the last end of a line is empty, or half a line of somebody else.
    lines.pop_if(|line| line.is_empty());
    let removed = lines.first().and_then(|line| line.strip_prefix(REMOVED)).and_then(|n| n.parse().ok());
    if removed.is_some() {
        lines.remove(0);
    }
    (removed.unwrap_or(0), lines)
}

fn encode(attempt: &Attempt) -> Vec<u8> {
    let account = attempt.account.map_or([0; 16], |account| *account.as_bytes());
    pae::encode(&[
        b"hcpreauth/1",
        &attempt.at.micros().to_be_bytes(),
        &account,
        &attempt.reason.to_be_bytes(),
    ])
}

fn decode_line(line: &str, key: &[u8; 32]) -> Option<Attempt> {
    let (body, mac) = line.split_once(' ')?;
    let body = data_encoding::HEXLOWER.decode(body.as_bytes()).ok()?;
    let mac = data_encoding::HEXLOWER.decode(mac.as_bytes()).ok()?;
    let genuine: bool = subtle::ConstantTimeEq::ct_eq(mac.as_slice(), &tag(key, &body)[..]).into();
    if !genuine {
        return None;
    }
    let [magic, at, account, reason] = pae::decode(&body)?.try_into().ok()?;
    let account: [u8; 16] = account.try_into().ok()?;
    (magic == b"hcpreauth/1").then_some(Attempt {
        at: Timestamp::from_micros(i64::from_be_bytes(at.try_into().ok()?)),
        account: (account != [0; 16]).then(|| AccountId::from_bytes(account)),
        reason: u16::from_be_bytes(reason.try_into().ok()?),
    })
}

fn tag(key: &[u8; 32], body: &[u8]) -> [u8; 32] {
    mac(key, b"hcpreauth/v1/tag", body)
}

fn next_key(key: &[u8; 32]) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(mac(key, b"hcpreauth/v1/evolve", b""))
}

fn mac(key: &[u8; 32], label: &[u8], body: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(label);
    mac.update(body);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(n: u8) -> Attempt {
        Attempt {
            at: Timestamp::from_seconds(i64::from(n)),
            account: Some(AccountId::from_bytes([n; 16])),
            reason: 7,
        }
    }

    fn start() -> (tempfile::TempDir, PreLogin, Bookmark) {
        let dir = tempfile::tempdir().unwrap();
        let file = PreLogin::new(dir.path());
        file.create(&[4; 32]).unwrap();
        (dir, file, Bookmark { lines: 0, key: Zeroizing::new([4; 32]) })
    }

    #[test]
    fn lines_are_taken_over_once() {
        let (_dir, file, bookmark) = start();
        file.record(&attempt(1)).unwrap();
        file.record(&attempt(2)).unwrap();
        let found = file.read_from(&bookmark);
        assert_eq!((found.attempts, found.altered), (vec![attempt(1), attempt(2)], false));
        file.record(&attempt(3)).unwrap();
        let again = file.read_from(&found.bookmark);
        assert_eq!((again.attempts, again.altered), (vec![attempt(3)], false));
    }

    #[test]
    fn a_crash_before_the_key_is_written_is_no_alteration_and_loses_nothing() {
        let (dir, file, bookmark) = start();
        file.record(&attempt(1)).unwrap();
        // As if the process had died between the two writes.
        std::fs::write(dir.path().join("preauth.key"), [4; 32]).unwrap();
        file.record(&attempt(2)).unwrap();
        file.record(&attempt(3)).unwrap();
        let found = file.read_from(&bookmark);
        assert_eq!((found.attempts, found.altered), (vec![attempt(1), attempt(2), attempt(3)], false));
    }

    #[test]
    fn an_alteration_is_told_once_and_later_attempts_are_read() {
        for damage in ["truncate", "rubbish", "delete key", "delete log"] {
            let (dir, file, bookmark) = start();
            file.record(&attempt(1)).unwrap();
            let bookmark = file.read_from(&bookmark).bookmark;
            let (log, key) = (dir.path().join("preauth.log"), dir.path().join("preauth.key"));
            match damage {
                "truncate" => std::fs::write(&log, b"").unwrap(),
                "rubbish" => std::fs::write(&log, [0xFF, 0, b'\n', b'x']).unwrap(),
                "delete key" => std::fs::remove_file(&key).unwrap(),
                _ => std::fs::remove_file(&log).unwrap(),
            }
            let found = file.read_from(&bookmark);
            assert!(found.altered, "{damage}");
            file.record(&attempt(2)).unwrap();
            let again = file.read_from(&found.bookmark);
            assert_eq!((again.attempts, again.altered), (vec![attempt(2)], false), "{damage}");
        }
    }

    #[test]
    fn lines_that_were_taken_over_do_not_pile_up() {
        let (dir, file, mut bookmark) = start();
        let log = dir.path().join("preauth.log");
        for round in 0..3 {
            for n in 0..200 {
                file.record(&attempt(n)).unwrap();
            }
            let found = file.read_from(&bookmark);
            assert_eq!((found.attempts.len(), found.altered), (200, false), "round {round}");
            bookmark = found.bookmark;
            // Shortened or, after a crash, not yet: both go on from the same place.
            if round != 1 {
                file.shorten(&bookmark).unwrap();
            }
        }
        let long = 400 * 170;
        assert!(std::fs::metadata(&log).unwrap().len() < long, "{}", std::fs::metadata(&log).unwrap().len());
        let text = std::fs::read_to_string(&log).unwrap();
        std::fs::write(&log, text.replacen("from ", "from 1", 1)).unwrap();
        assert!(file.read_from(&bookmark).altered, "a false number");
    }

    #[test]
    fn alterations_are_found() {
        for damage in ["remove last", "remove all", "change", "forge", "delete key"] {
            let (dir, file, bookmark) = start();
            file.record(&attempt(1)).unwrap();
            file.record(&attempt(2)).unwrap();
            let log = dir.path().join("preauth.log");
            let text = std::fs::read_to_string(&log).unwrap();
            let first = text.lines().next().unwrap();
            match damage {
                "remove last" => std::fs::write(&log, format!("{first}\n")).unwrap(),
                "remove all" => std::fs::write(&log, "").unwrap(),
                "change" => std::fs::write(&log, text.replacen("68", "69", 1)).unwrap(),
                "forge" => std::fs::write(&log, format!("{text}{first}\n")).unwrap(),
                _ => std::fs::remove_file(dir.path().join("preauth.key")).unwrap(),
            }
            assert!(file.read_from(&bookmark).altered, "{damage}");
        }
    }
}
