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
use crate::os::files::{self, Lock};

/// One line is about 150 bytes; the lock-out keeps honest installations below a hundred lines a day.
const FILE_MAX: u64 = 16 * 1024 * 1024;

/// One failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub at: Timestamp,
    /// `None` when the staff number is not known here.
    pub account: Option<AccountId>,
    pub reason: u16,
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
        let key = self.read_key()?;
        let body = encode(attempt);
        let line = format!(
            "{} {}\n",
            data_encoding::HEXLOWER.encode(&body),
            data_encoding::HEXLOWER.encode(&tag(&key, &body))
        );
        let mut log = files::read_limited(&self.log_file(), FILE_MAX)?;
        log.extend_from_slice(line.as_bytes());
        files::write_atomically(&self.log_file(), &log)?;
        files::write_atomically(&self.key_file(), next_key(&key).as_ref())
    }

    /// Everything after the bookmark. Never fails on a damaged file: damage is a finding.
    pub fn read_from(&self, bookmark: &Bookmark) -> Found {
        let Ok(_lock) = Lock::exclusive(&self.dir.join("preauth.lock")) else {
            return Found { attempts: Vec::new(), altered: true, bookmark: bookmark.clone() };
        };
        let bytes = files::read_limited(&self.log_file(), FILE_MAX).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let mut found = Found { attempts: Vec::new(), altered: false, bookmark: bookmark.clone() };
        let lines: Vec<&str> = text.lines().collect();
        if u64::try_from(lines.len()).unwrap_or(u64::MAX) < bookmark.lines {
            found.altered = true;
            return found;
        }
        for line in lines.into_iter().skip(usize::try_from(bookmark.lines).unwrap_or(usize::MAX)) {
            match decode_line(line, &found.bookmark.key) {
                Some(attempt) => found.attempts.push(attempt),
                None => found.altered = true,
            }
            found.bookmark = Bookmark { lines: found.bookmark.lines + 1, key: next_key(&found.bookmark.key) };
        }
        // A crash between the two writes of `record` leaves the key one step behind: that alone is no alteration.
        let current = self.read_key().ok();
        let fits = current
            .as_ref()
            .is_some_and(|key| **key == *found.bookmark.key || *next_key(key) == *found.bookmark.key);
        found.altered |= !fits;
        found
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
