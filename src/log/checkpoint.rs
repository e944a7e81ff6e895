//! Checkpoints: signed notes (C2SP signed-note, tlog-checkpoint, tlog-cosignature) over size and root of the log.
use data_encoding::{BASE64, HEXLOWER};
use sha2::{Digest as _, Sha256};

use crate::domain::ids::AccountId;
use crate::order::{PublicKey, Signature};

/// `<mark> <name> <base64>` begins every signature line.
const MARK: &str = "\u{2014} ";
const HOST_TYPE: u8 = 0x01;
const COSIGNATURE_TYPE: u8 = 0x04;
const KEY_ID: usize = 4;
/// No note of ours comes near it.
pub const NOTE_MAX: u64 = 4096;

/// "The log had `size` events, and this is the root over them."
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub log_id: [u8; 16],
    pub size: u64,
    pub root: [u8; 32],
}

/// A checkpoint with the host's signature line, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub checkpoint: Checkpoint,
    signature: SignatureLine,
}

/// The name of a log in notes, which is also the name of the host's key.
pub fn origin(log_id: &[u8; 16]) -> String {
    format!("hc-intake/{}", HEXLOWER.encode(log_id))
}

/// The name of a person's key in notes.
pub fn cosigner(log_id: &[u8; 16], account: AccountId) -> String {
    format!("{}/{}", origin(log_id), HEXLOWER.encode(account.as_bytes()))
}

impl Checkpoint {
    /// What the host signs: three lines.
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", origin(&self.log_id), self.size, BASE64.encode(&self.root))
    }

    /// What a person signs at a moment.
    pub fn cosigned_text(&self, time_s: u64) -> String {
        format!("cosignature/v1\ntime {time_s}\n{}", self.text())
    }

    /// The note, with the signature that `sign` makes over [`Self::text`].
    pub fn note(self, host_key: &[u8; 32], sign: impl FnOnce(&[u8]) -> [u8; 64]) -> Note {
        let name = origin(&self.log_id);
        let key_id = key_id(&name, HOST_TYPE, host_key);
        let signed = sign(self.text().as_bytes());
        let payload = [&key_id[..], &signed].concat();
        Note { checkpoint: self, signature: SignatureLine { name, payload } }
    }

    /// A cosignature line without its line feed, with the signature that `sign` makes over [`Self::cosigned_text`].
    pub fn cosign(
        &self,
        account: AccountId,
        key: &[u8; 32],
        time_s: u64,
        sign: impl FnOnce(&[u8]) -> [u8; 64],
    ) -> String {
        let name = cosigner(&self.log_id, account);
        let key_id = key_id(&name, COSIGNATURE_TYPE, key);
        let signed = sign(self.cosigned_text(time_s).as_bytes());
        let payload = [&key_id[..], &time_s.to_be_bytes(), &signed].concat();
        SignatureLine { name, payload }.to_string().trim_end().to_owned()
    }

    /// Whether `line` is the cosignature of this account with this key over this checkpoint.
    pub fn is_cosigned(&self, line: &str, account: AccountId, key: &PublicKey) -> bool {
        let name = cosigner(&self.log_id, account);
        let Some(line) = SignatureLine::parse(&format!("{line}\n")).filter(|line| line.name == name) else {
            return false;
        };
        let Some((id, rest)) = line.payload.split_first_chunk::<KEY_ID>() else { return false };
        let Some((time, signature)) = rest.split_first_chunk::<8>() else { return false };
        let Ok(signature) = <[u8; 64]>::try_from(signature) else { return false };
        let text = self.cosigned_text(u64::from_be_bytes(*time));
        *id == key_id(&name, COSIGNATURE_TYPE, key.as_bytes())
            && key.verifies(text.as_bytes(), &Signature::from_bytes(signature))
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.split('\n');
        let (name, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        let checkpoint = Self {
            log_id: HEXLOWER.decode(name.strip_prefix("hc-intake/")?.as_bytes()).ok()?.try_into().ok()?,
            size: size.parse().ok()?,
            root: BASE64.decode(root.as_bytes()).ok()?.try_into().ok()?,
        };
        // A second spelling of the same checkpoint would have another signature.
        (checkpoint.text() == text).then_some(checkpoint)
    }
}

impl Note {
    /// Exactly what [`Note::to_string`] gives; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (body, line) = text
            .split_once("\n\n")
            .filter(|_| u64::try_from(text.len()).is_ok_and(|length| length <= NOTE_MAX))?;
        let checkpoint = Checkpoint::parse(&format!("{body}\n"))?;
        let signature = SignatureLine::parse(line)?;
        (signature.name == origin(&checkpoint.log_id)).then_some(Self { checkpoint, signature })
    }

    /// Whether the host with this key signed it.
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        let name = origin(&self.checkpoint.log_id);
        let Some((id, signature)) = self.signature.payload.split_first_chunk::<KEY_ID>() else {
            return false;
        };
        let Ok(signature) = <[u8; 64]>::try_from(signature) else { return false };
        *id == key_id(&name, HOST_TYPE, key.as_bytes())
            && key.verifies(self.checkpoint.text().as_bytes(), &Signature::from_bytes(signature))
    }
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}\n{}", self.checkpoint.text(), self.signature)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct SignatureLine {
    name: String,
    payload: Vec<u8>,
}

impl SignatureLine {
    fn parse(line: &str) -> Option<Self> {
        let (name, payload) = line.strip_prefix(MARK)?.strip_suffix('\n')?.split_once(' ')?;
        let line_of = Self { name: name.to_owned(), payload: BASE64.decode(payload.as_bytes()).ok()? };
        (line_of.to_string() == line).then_some(line_of)
    }
}

impl std::fmt::Display for SignatureLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{MARK}{} {}", self.name, BASE64.encode(&self.payload))
    }
}

fn key_id(name: &str, kind: u8, key: &[u8; 32]) -> [u8; KEY_ID] {
    let digest: [u8; 32] =
        Sha256::new().chain_update(name).chain_update([b'\n', kind]).chain_update(key).finalize().into();
    let [a, b, c, d, ..] = digest;
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer as _, SigningKey};

    use super::*;

    const AT: Checkpoint = Checkpoint { log_id: [7; 16], size: 42, root: [9; 32] };
    const ACCOUNT: AccountId = AccountId::from_bytes([3; 16]);

    fn key(seed: u8) -> (SigningKey, PublicKey) {
        let secret = SigningKey::from_bytes(&[seed; 32]);
        let public = PublicKey::from(secret.verifying_key());
        (secret, public)
    }

    #[test]
    fn a_note_reads_back_and_is_signed_by_its_host_alone() {
        let (host, public) = key(1);
        let note = AT.note(public.as_bytes(), |text| host.sign(text).to_bytes());
        let text = note.to_string();
        assert_eq!(Note::parse(&text), Some(note.clone()));
        assert!(note.is_signed_by(&public));
        assert!(!note.is_signed_by(&key(2).1));
        for at in 0..text.len() {
            let mut altered = text.clone().into_bytes();
            altered[at] ^= 1;
            let read = String::from_utf8(altered).ok().and_then(|text| Note::parse(&text));
            assert!(
                !read.is_some_and(|note| note.is_signed_by(&public) && note.checkpoint == AT),
                "byte {at}"
            );
        }
    }

    #[test]
    fn a_cosignature_is_of_one_person_over_one_checkpoint() {
        let (person, public) = key(5);
        let line = AT.cosign(ACCOUNT, public.as_bytes(), 1_783_987_920, |text| person.sign(text).to_bytes());
        assert!(AT.is_cosigned(&line, ACCOUNT, &public));
        assert!(!AT.is_cosigned(&line, AccountId::from_bytes([4; 16]), &public));
        assert!(!AT.is_cosigned(&line, ACCOUNT, &key(6).1));
        for other in [
            Checkpoint { size: 43, ..AT },
            Checkpoint { root: [8; 32], ..AT },
            Checkpoint { log_id: [8; 16], ..AT },
        ] {
            assert!(!other.is_cosigned(&line, ACCOUNT, &public));
        }
    }
}
