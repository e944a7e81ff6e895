//! Every statement that was ever answered: an order that comes back, by whatever way, is not sent again.
use std::collections::HashSet;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use data_encoding::HEXLOWER;

use crate::domain::digest::Digest;
use crate::os::files::open_private;

use super::{CourierError, Place};

const FILE: &str = "ledger";
/// 64 hexadecimal digits and a newline.
const LINE: usize = 65;
/// A million statements, more than a century of a busy office.
const MAX_BYTES: u64 = 65 << 20;

/// The file and what it says.
#[derive(Debug)]
pub struct Ledger {
    file: File,
    known: HashSet<Digest>,
}

impl Ledger {
    pub fn open(state_dir: &Path) -> Result<Self, CourierError> {
        let io = CourierError::io(Place::State);
        let mut file = open_private(&state_dir.join(FILE)).map_err(&io)?;
        let mut bytes = Vec::new();
        // Read in part it would forget what was answered last.
        if file.metadata().map_err(&io)?.len() > MAX_BYTES {
            return Err(CourierError::LedgerFull);
        }
        (&mut file).take(MAX_BYTES).read_to_end(&mut bytes).map_err(&io)?;
        let (lines, torn) = bytes.as_chunks::<LINE>();
        let known = lines.iter().map(digest).collect::<Option<_>>().ok_or(CourierError::LedgerDamaged)?;
        if !torn.is_empty() {
            // A crash while appending; that order is still claimed and will be appended again.
            let whole = lines.len().saturating_mul(LINE);
            file.set_len(u64::try_from(whole).unwrap_or(MAX_BYTES)).map_err(&io)?;
        }
        file.seek(SeekFrom::End(0)).map_err(&io)?;
        Ok(Self { file, known })
    }

    pub fn contains(&self, statement: Digest) -> bool {
        self.known.contains(&statement)
    }

    /// Durable when it returns.
    pub fn append(&mut self, statement: Digest) -> Result<(), CourierError> {
        if self.known.insert(statement) {
            let line = format!("{statement}\n");
            self.file.write_all(line.as_bytes()).map_err(CourierError::io(Place::State))?;
            self.file.sync_data().map_err(CourierError::io(Place::State))?;
        }
        Ok(())
    }
}

fn digest(line: &[u8; LINE]) -> Option<Digest> {
    let (newline, hex) = line.split_last()?;
    let bytes = HEXLOWER.decode(hex).ok().filter(|_| *newline == b'\n')?;
    Some(Digest::from_bytes(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembers_and_forgives_a_torn_end() {
        let dir = tempfile::tempdir().unwrap();
        let (one, two) = (Digest::of(b"1"), Digest::of(b"2"));
        let mut ledger = Ledger::open(dir.path()).unwrap();
        assert!(!ledger.contains(one));
        ledger.append(one).unwrap();
        ledger.append(one).unwrap();
        let path = dir.path().join(FILE);
        let mut bytes = std::fs::read(&path).unwrap();
        assert_eq!(bytes.len(), LINE);
        bytes.extend(b"abc");
        std::fs::write(&path, &bytes).unwrap();
        let mut ledger = Ledger::open(dir.path()).unwrap();
        assert!(ledger.contains(one));
        ledger.append(two).unwrap();
        let ledger = Ledger::open(dir.path()).unwrap();
        assert!(ledger.contains(one) && ledger.contains(two));
        std::fs::write(&path, "x".repeat(LINE)).unwrap();
        assert_eq!(Ledger::open(dir.path()).unwrap_err(), CourierError::LedgerDamaged);
    }

    /// What stands last would be forgotten, and could be sent again.
    #[test]
    fn what_is_too_long_to_be_read_whole_is_not_read_in_part() {
        let dir = tempfile::tempdir().unwrap();
        let file = File::create(dir.path().join(FILE)).unwrap();
        file.set_len(MAX_BYTES).unwrap();
        assert_eq!(Ledger::open(dir.path()).unwrap_err(), CourierError::LedgerDamaged, "it is read");
        let long = MAX_BYTES + 65;
        file.set_len(long).unwrap();
        assert_eq!(Ledger::open(dir.path()).unwrap_err(), CourierError::LedgerFull);
        assert_eq!(file.metadata().unwrap().len(), long, "and nothing is cut off");
    }
}
