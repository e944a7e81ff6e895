//! One person at one terminal, with the keys that this person's password opened.
use ed25519_dalek::{Signer as _, SigningKey};
use zeroize::Zeroizing;

use super::house::{House, VaultName};
use super::lockout::Lockout;
use super::perform::AfterCommit;
use super::reason::Reason;
use super::sign_in::read_slot;
use super::store::Store;
use super::vault::keys::{HostKey, Purpose, VaultKey};
use super::vault::{aead, totp::TotpSecret};
use crate::domain::entropy::Entropy;
use crate::domain::ids::{AccountId, DestinationId, SessionId, StaffNumber};
use crate::domain::incident::Warning;
use crate::domain::sensitive::Secret;
use crate::domain::staff::Roles;
use crate::domain::time::Timestamp;

/// A signed-in person and the open record store. Dropping it closes the store and wipes the keys.
pub struct Session {
    pub(super) house: House,
    pub(super) store: Store,
    pub(super) keys: SessionKeys,
    pub(super) id: SessionId,
    pub(super) account: AccountId,
    pub(super) face: Face,
    /// The code of the sign-in, usable once as evidence for a confirmation made right away.
    pub(super) fresh: Option<FreshCode>,
    /// As the last act found it.
    pub(super) warning: Option<Warning>,
}

/// A password and a code that were checked a moment ago.
#[derive(Clone, Copy, Debug)]
pub(super) struct FreshCode {
    pub totp_step: u64,
    /// The step that was consumed before it.
    pub previous: u64,
    pub at: Timestamp,
}

/// What the screens may show of the person at the keyboard.
#[derive(Clone, Debug)]
pub struct Face {
    pub account: AccountId,
    pub number: StaffNumber,
    pub name: String,
    pub section: String,
    pub roles: Roles,
    pub office: String,
    pub signed_in_at: Timestamp,
    pub last_sign_in_at: Option<Timestamp>,
    pub last_terminal: Option<String>,
    /// Failed attempts since the last sign-in.
    pub failures: u32,
    /// What is wrong with the log since its last checkpoint.
    pub log_alarms: u32,
}

/// The keys of one session.
pub struct SessionKeys {
    vault_key: VaultKey,
    name: VaultName,
    signing: SigningKey,
    host: HostKey,
}

impl SessionKeys {
    pub(super) fn new(vault_key: VaultKey, name: VaultName, signing: SigningKey) -> Self {
        let host = HostKey::of(&vault_key, name.vault, name.generation);
        Self { vault_key, name, signing, host }
    }
    pub(super) const fn host(&self) -> &HostKey {
        &self.host
    }

    pub(super) fn public(&self) -> [u8; 32] {
        self.signing.verifying_key().to_bytes()
    }
    pub(super) const fn vault_name(&self) -> VaultName {
        self.name
    }
    pub(super) const fn vault_key(&self) -> &VaultKey {
        &self.vault_key
    }
    pub(super) fn database(&self) -> Zeroizing<[u8; 32]> {
        self.vault_key.derive(Purpose::Database, self.name.vault, self.name.generation)
    }
    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.signing.sign(message).to_bytes()
    }
    /// Seals a TOTP secret so that it can be opened only for this account.
    pub(super) fn seal_totp(
        &self,
        account: AccountId,
        secret: &TotpSecret,
        entropy: &mut dyn Entropy,
    ) -> Vec<u8> {
        seal_totp(&self.vault_key, self.name, account, secret, entropy)
    }
    /// Seals the password of an archive, so that it can be opened only for this version of this destination.
    pub(super) fn seal_password(
        &self,
        id: DestinationId,
        version: u32,
        password: &Secret,
        entropy: &mut dyn Entropy,
    ) -> Vec<u8> {
        let key = self.vault_key.derive(Purpose::Password, self.name.vault, self.name.generation);
        aead::seal(&key, &password_place(id, version), password.expose().as_bytes(), entropy)
    }
    pub(super) fn open_password(
        &self,
        id: DestinationId,
        version: u32,
        sealed: &[u8],
    ) -> Result<Secret, Reason> {
        let key = self.vault_key.derive(Purpose::Password, self.name.vault, self.name.generation);
        let plain = aead::open(&key, &password_place(id, version), sealed).map_err(|_| Reason::Damaged)?;
        let text = std::str::from_utf8(&plain).map_err(|_| Reason::Damaged)?;
        Ok(Secret::new(text.to_owned()))
    }
    pub(super) fn open_totp(&self, account: AccountId, sealed: &[u8]) -> Result<TotpSecret, Reason> {
        open_totp(&self.vault_key, self.name, account, sealed)
    }
}

impl Session {
    pub const fn face(&self) -> &Face {
        &self.face
    }
    pub const fn house(&self) -> &House {
        &self.house
    }
    /// What everybody has to see on every panel. It costs no asking: every act, an autosave too, reads it along.
    pub const fn warning(&self) -> Option<&Warning> {
        self.warning.as_ref()
    }

    /// Counts the attempt, then opens the person's own slot. The counter is cleared by whoever checks the code too.
    pub(super) fn check_password(&self, password: &Secret, now: Timestamp) -> Result<(), Reason> {
        let generation = self.house.generation()?;
        Lockout::of(&generation, &self.face.number, true).count_attempt(now)?;
        let slot = read_slot(&generation, &self.face.number).ok_or(Reason::StepUpWrong)?;
        let keys = slot.open(password).map_err(|_| Reason::StepUpWrong)?;
        let mine = slot.account == self.account && keys.signing == self.keys.signing;
        if mine { Ok(()) } else { Err(Reason::StepUpWrong) }
    }

    pub(super) fn carry_out(&mut self, after: AfterCommit) -> Result<(), Reason> {
        match after {
            AfterCommit::EmitOrder(id) => super::outbox::emit(self, id),
            AfterCommit::EmitRoster => super::roster::emit(self),
            AfterCommit::EmitMissing => super::outbox::emit_missing(self),
            AfterCommit::SealVault => super::vault_file::write_again(self),
            AfterCommit::KeepCheckpoint => {
                // The slip on paper must not fail for it; the next sign-in writes it again.
                let _ = super::checkpoint_file::write_if_wrong(self);
                Ok(())
            }
        }
    }
}

pub(super) fn seal_totp(
    key: &VaultKey,
    name: VaultName,
    account: AccountId,
    secret: &TotpSecret,
    entropy: &mut dyn Entropy,
) -> Vec<u8> {
    aead::seal(
        &key.derive(Purpose::Totp, name.vault, name.generation),
        &totp_place(account),
        secret.as_bytes(),
        entropy,
    )
}

pub(super) fn open_totp(
    key: &VaultKey,
    name: VaultName,
    account: AccountId,
    sealed: &[u8],
) -> Result<TotpSecret, Reason> {
    let opened =
        aead::open(&key.derive(Purpose::Totp, name.vault, name.generation), &totp_place(account), sealed)
            .map_err(|_| Reason::Damaged)?;
    TotpSecret::from_bytes(&opened).ok_or(Reason::Damaged)
}

/// It opens for no other version of no other destination.
fn password_place(id: DestinationId, version: u32) -> Vec<u8> {
    [&b"destination/password/"[..], id.as_bytes(), &version.to_be_bytes()].concat()
}

/// Where the ciphertext belongs: it opens for no other account.
fn totp_place(account: AccountId) -> Vec<u8> {
    [&b"staff/totp/"[..], account.as_bytes()].concat()
}
