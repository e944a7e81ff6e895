//! A registered removable medium: known by the number that it carries, not by the slot that it is in.
use std::fs;
use std::io;
use std::path::PathBuf;

use crate::domain::destination::{Address, MediumNumber};
use crate::domain::digest::Digest;
use crate::domain::ids::TransmissionId;
use crate::order::{Report, names};
use crate::os::machine;

use super::super::files::read_regular;
use super::super::obstacle::Obstacle;
use super::placing::{Unplaced, put_down};
use super::{Carrier, Content, Handed, PACKAGE_MAX, Parcel, Sealed, Standing};

/// Puts packages onto the medium that the address names.
#[derive(Clone, Debug)]
pub struct MediaCarrier {
    pub mount: PathBuf,
    /// Off where a directory stands for the medium.
    pub mount_point_check: bool,
}

/// What is left on the medium for its own directory.
const RESERVE: u64 = 64 * 1024;

impl MediaCarrier {
    /// The file on the medium that holds its number, as its only line.
    pub const MARK: &'static str = "UKETSUKE-MEDIUM";
    const MARK_MAX: u64 = 64;

    /// Whether this medium is in.
    fn find(&self, wanted: &MediumNumber) -> Result<(), Obstacle> {
        let is_dir = fs::symlink_metadata(&self.mount).is_ok_and(|meta| meta.is_dir());
        let is_mounted = !self.mount_point_check || machine::is_mount_point(&self.mount).unwrap_or(false);
        if !is_dir || !is_mounted {
            return Err(Obstacle::MediumMissing);
        }
        let mark = read_regular(&self.mount.join(Self::MARK), Self::MARK_MAX);
        let mark =
            mark.ok().and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(Obstacle::MediumMissing)?;
        // As an editor of another system may have written it.
        let line = mark.strip_suffix('\n').unwrap_or(&mark);
        let line = line.strip_suffix('\r').unwrap_or(line);
        if MediumNumber::from_canonical(line).as_ref() == Some(wanted) {
            Ok(())
        } else {
            Err(Obstacle::MediumOther)
        }
    }

    fn put(&self, number: &MediumNumber, parcel: &Parcel<'_>, sealed: Sealed<'_>) -> Handed {
        let (name, bytes) = (names::of(parcel.transmission, sealed.extension()), sealed.bytes());
        let needed = u64::try_from(bytes.len()).unwrap_or(u64::MAX).saturating_add(RESERVE);
        let there = read_regular(&self.mount.join(&name), PACKAGE_MAX).is_ok_and(|found| found == bytes);
        if !there && machine::free_bytes(&self.mount).is_ok_and(|free| free < needed) {
            return Handed::NotNow(Obstacle::MediumFull);
        }
        verdict(put_down(&self.mount, &name, bytes), self.find(number))
    }
}

/// What was put down, and whether the medium was in still afterwards.
fn verdict(placed: Result<(), Unplaced>, medium: Result<(), Obstacle>) -> Handed {
    match (placed, medium) {
        (Ok(()), Ok(())) => Handed::Sent(Report::default()),
        // Whoever pulled it out meanwhile has left us writing to the empty directory below, or finding nothing there.
        (Ok(()) | Err(Unplaced::Io(_)), Err(_)) => Handed::Unclear,
        (Err(Unplaced::Io(io::ErrorKind::StorageFull)), Ok(())) => Handed::NotNow(Obstacle::MediumFull),
        (Err(unplaced), _) => unplaced.handed(Obstacle::MediumReadOnly),
    }
}

impl Carrier for MediaCarrier {
    fn hand_over(&self, parcel: &Parcel<'_>) -> Handed {
        let (Address::Media(number), Content::Sealed(sealed)) = (parcel.address, parcel.content) else {
            return Handed::Refused(Obstacle::NotEncrypted);
        };
        match self.find(number) {
            Ok(()) => self.put(number, parcel, sealed),
            // The order waits, in sight, until the medium is in or the confirmation has expired.
            Err(obstacle) => Handed::NotNow(obstacle),
        }
    }

    /// A medium can be tried again: the same name and the same bytes.
    fn follow_up(&self, parcel: &Parcel<'_>) -> Handed {
        self.hand_over(parcel)
    }

    fn standing(&self, address: &Address, id: TransmissionId, artefact: Digest) -> Standing {
        let Address::Media(number) = address else { return Standing::Unknown };
        let lies_as = |extension| {
            let target = self.mount.join(names::of(id, extension));
            read_regular(&target, PACKAGE_MAX).is_ok_and(|found| Digest::of(&found) == artefact)
        };
        Standing::of_arrival(self.find(number).is_ok() && Sealed::EXTENSIONS.into_iter().any(lies_as))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_medium_that_was_pulled_out_holds_nobody_knows() {
        let (full, other) = (Unplaced::Io(io::ErrorKind::StorageFull), Unplaced::Io(io::ErrorKind::Other));
        let gone = || Err(Obstacle::MediumMissing);
        assert_eq!(verdict(Ok(()), Ok(())), Handed::Sent(Report::default()));
        assert_eq!(verdict(Err(full), Ok(())), Handed::NotNow(Obstacle::MediumFull));
        assert_eq!(verdict(Err(other), Ok(())), Handed::NotNow(Obstacle::MediumReadOnly));
        assert_eq!(verdict(Err(Unplaced::Occupied), gone()), Handed::Refused(Obstacle::Occupied));
        for placed in [Ok(()), Err(full), Err(other), Err(Unplaced::Doubtful)] {
            assert_eq!(verdict(placed, gone()), Handed::Unclear, "{placed:?}");
        }
        assert_eq!(verdict(Err(Unplaced::Doubtful), Ok(())), Handed::Unclear);
    }
}
