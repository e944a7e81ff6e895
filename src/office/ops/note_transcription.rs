//! The stamp 転記済: this version was copied into NESID, and it is there under this number.
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, NoteTranscription as Permit};
use super::super::reason::Reason;
use super::super::store::transcription::TranscriptionRow;
use super::super::store::{self, Tx};
use crate::domain::ids::RecordId;

/// Stamps the present version of a registered record.
#[derive(Clone, Debug)]
pub struct NoteTranscription {
    pub record: RecordId,
    /// The number that the other system gave it.
    pub reference: String,
}

const REFERENCE_MAX: usize = 30;

impl sealed::Sealed for NoteTranscription {}
impl Operation for NoteTranscription {
    type Needs = Permit;
    /// The version that was stamped.
    type Outcome = u32;
    const ACTION: Action = Action::NoteTranscription;

    fn target(&self) -> RecordId {
        self.record
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(tx.record(self.record)?.map(|_| ()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<u32>, Reason> {
        let reference = self.reference.trim().to_owned();
        let plain = reference.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if reference.is_empty() || reference.len() > REFERENCE_MAX || !plain {
            return Err(Reason::ReferenceInvalid);
        }
        let record = tx.record(permit.target())?.ok_or(Reason::NoSuchThing)?;
        if record.version == 0 {
            return Err(Reason::NotRegistered);
        }
        let stamp =
            TranscriptionRow { version: record.version, reference, by: permit.account(), at: desk.now };
        tx.set_transcription(record.id, &stamp)?;
        Ok(Acted::done(record.version).with_ref(RefKey::Version, &record.version.to_be_bytes()))
    }
}
