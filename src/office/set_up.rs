//! Setting up an installation: keys, the first people, the first row of the log.
use ed25519_dalek::Signer as _;
use zeroize::Zeroizing;

use super::Office;
use super::audit::append::Scribe;
use super::audit::event::LogName;
use super::audit::preauth::PreLogin;
use super::audit::seal::{SealGuard, SealState};
use super::audit::{self, Action, Note, ObjectKind, Outcome, RefKey};
use super::enrol::TokenOffer;
use super::house::{Generation, House, VaultName};
use super::ops::of_set_up;
use super::reason::Reason;
use super::session::seal_totp;
use super::store::Store;
use super::store::meta::Fact;
use super::store::staff::{StaffRow, StaffStatus};
use super::vault::identity::{self, Identity, Recipient};
use super::vault::keys::{HostKey, Purpose, VaultKey};
use super::vault::password;
use super::vault::slot::{PersonalKeys, Slot};
use super::vault::totp::TotpSecret;
use crate::domain::digest::Digest;
use crate::domain::entropy::Entropy;
use crate::domain::ids::{AccountId, PersonId, StaffNumber, VaultId};
use crate::domain::sensitive::Secret;
use crate::domain::staff::{Party, Role, Roles};
use crate::log::Checkpoint;
use crate::order::{Endorsement, Signature};
use crate::os::files;

/// The three keys that leave the machine, each in its own envelope (封筒).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Envelope {
    /// 復旧: opens the vault when nobody else can.
    Recovery,
    /// 控え: opens backups.
    Backup,
    /// 監査: holds the first key of the log's seal.
    Auditor,
}

impl Envelope {
    pub const ALL: [Self; 3] = [Self::Recovery, Self::Backup, Self::Auditor];
}

/// Somebody who works here from the first day: each founder is another person, since nobody may have two accounts at work.
#[derive(Clone, Debug)]
pub struct Founder {
    pub number: String,
    pub name: String,
    pub section: String,
    pub roles: Roles,
    pub password: Secret,
}

/// A set-up under way. Nothing is written before [`SetUp::finish`].
pub struct SetUp {
    house: House,
    identities: [Identity; 3],
    tokens: Vec<Token>,
}

/// A founder's token and the last code it was proved with: that code must not open the first session.
struct Token {
    secret: TotpSecret,
    proved_at: Option<u64>,
}

impl Token {
    fn of(secret: TotpSecret) -> Self {
        Self { secret, proved_at: None }
    }
}

impl Office {
    /// Starts a set-up; `AlreadySetUp` when there is an installation.
    pub fn begin_set_up(&self) -> Result<SetUp, Reason> {
        not_set_up(self.house())?;
        let mut entropy = self.house().entropy();
        Ok(SetUp {
            house: self.house().clone(),
            identities: std::array::from_fn(|_| Identity::make()),
            tokens: (0..2).map(|_| Token::of(TotpSecret::make(entropy.as_mut()))).collect(),
        })
    }
}

impl SetUp {
    /// The text to write down and to put into an envelope. Shown once.
    pub fn envelope(&self, envelope: Envelope) -> Secret {
        self.identity(envelope).text()
    }

    /// Whether group `index` (of four characters, from 0, after the prefix) was copied correctly.
    pub fn check_envelope_part(&self, envelope: Envelope, index: usize, typed: &str) -> bool {
        use unicode_normalization::UnicodeNormalization as _;
        let typed: String = typed.nfkc().filter(|c| !c.is_whitespace()).collect();
        envelope_groups(&self.envelope(envelope))
            .get(index)
            .is_some_and(|group| group.expose().eq_ignore_ascii_case(&typed))
    }

    /// The token of founder `index`, to be enrolled before going on.
    pub fn token(&self, index: usize, number: &str) -> Option<TokenOffer> {
        self.tokens.get(index).map(|token| TokenOffer::of(&token.secret, number))
    }

    /// Whether founder `index` typed the code that the token shows now. The code is used up by it.
    pub fn prove_token(&mut self, index: usize, code: &Secret) -> bool {
        let now = self.house.clock.now();
        let Some(token) = self.tokens.get_mut(index) else { return false };
        let step = token.secret.match_step(code.expose(), now, None);
        token.proved_at = token.proved_at.max(step);
        step.is_some()
    }

    /// Replaces the made tokens by given ones (base32), as a plan file carries them.
    pub fn use_tokens(&mut self, secrets: &[Secret]) -> Result<(), Reason> {
        self.tokens = secrets
            .iter()
            .map(|text| TotpSecret::from_base32(text).map(Token::of).ok_or(Reason::PlanIncomplete))
            .collect::<Result<_, _>>()?;
        Ok(())
    }

    /// Checks one founder's data without storing anything, so that a wizard can stop at the field.
    pub fn check_founder(&self, founder: &Founder, office_name: &str) -> Result<(), Reason> {
        StaffNumber::parse(&founder.number).ok_or(Reason::NumberInvalid)?;
        if founder.name.trim().is_empty() || founder.roles.is_empty() {
            return Err(Reason::NameMissing);
        }
        Ok(password::check_new(&founder.password, &[&founder.number, office_name])?)
    }

    /// Writes the installation. Either everything is there afterwards, or nothing that anybody would take for one.
    /// Gives the first checkpoint (one event), to be kept on paper.
    pub fn finish(&self, office_name: &str, people: &[Founder]) -> Result<Checkpoint, Reason> {
        self.check(office_name, people)?;
        let _lock = self.house.lock_set_up()?;
        not_set_up(&self.house)?;
        let mut entropy = self.house.entropy();
        let reading = self.house.clock.read();
        let generation = self.house.prepare_first_generation()?;
        let name =
            VaultName { vault: VaultId::make(reading.wall, entropy.as_mut()), generation: generation.number };
        let vault_key = VaultKey::make(entropy.as_mut());

        let mut staff = Vec::with_capacity(people.len());
        for (index, founder) in people.iter().enumerate() {
            staff.push(self.make_account(index, founder, &vault_key, name, entropy.as_mut())?);
        }
        write_vault(&generation, &vault_key, &staff, &self.identity(Envelope::Recovery).recipient())?;
        for made in &staff {
            files::write_atomically(&generation.slot(&made.row.number), &made.slot)?;
        }
        let chain = super::roster::found(&staff, name.vault, reading.wall)?;
        let roster = chain.to_json();
        let first = self.write_database(
            &generation,
            name,
            &vault_key,
            office_name,
            &staff,
            &roster,
            entropy.as_mut(),
        )?;
        generation.reserve().keep()?;
        files::write_atomically(&generation.roster(), &roster)?;
        super::roster::pin_trust(&self.house, &chain)?;
        self.house.switch_to(&generation)?;
        Ok(first)
    }

    fn check(&self, office_name: &str, people: &[Founder]) -> Result<(), Reason> {
        let is_supervisor = |founder: &Founder| founder.roles.contains(Role::Supervisor);
        let [first, second, ..] = people else { return Err(Reason::PlanIncomplete) };
        if office_name.trim().is_empty() || !is_supervisor(first) || !is_supervisor(second) {
            return Err(Reason::PlanIncomplete);
        }
        for (index, founder) in people.iter().enumerate() {
            self.check_founder(founder, office_name)?;
            if people.iter().take(index).any(|other| other.number == founder.number) {
                return Err(Reason::NumberTaken);
            }
            if self.tokens.len() <= index {
                return Err(Reason::PlanIncomplete);
            }
        }
        Ok(())
    }

    fn make_account(
        &self,
        index: usize,
        founder: &Founder,
        vault_key: &VaultKey,
        name: VaultName,
        entropy: &mut dyn Entropy,
    ) -> Result<Made, Reason> {
        let now = self.house.clock.now();
        let number = StaffNumber::parse(&founder.number).ok_or(Reason::NumberInvalid)?;
        let keys = PersonalKeys::make(entropy);
        let account = AccountId::make(now, entropy);
        let party = Party { account, person: PersonId::make(now, entropy) };
        let slot = Slot::close(name.vault, account, &number, &keys, &founder.password, entropy)
            .map_err(|_| Reason::StoreRefused)?;
        let token = self.tokens.get(index).ok_or(Reason::PlanIncomplete)?;
        let row = StaffRow {
            party,
            number,
            name: founder.name.trim().to_owned(),
            section: founder.section.trim().to_owned(),
            roles: founder.roles,
            status: StaffStatus::Active,
            public_key: slot.public_key,
            recipient: slot.recipient.text(),
            totp: Some(seal_totp(vault_key, name, account, &token.secret, entropy)),
            totp_step: token.proved_at,
            issued_by: None,
            approved_by: None,
            issued_at: now,
            initial_until: None,
            last_sign_in_at: None,
            last_terminal: None,
            failures: 0,
        };
        Ok(Made { row, slot: slot.to_bytes(), keys })
    }

    #[expect(clippy::too_many_arguments, reason = "one private call; a struct would only repeat the names")]
    fn write_database(
        &self,
        generation: &Generation,
        name: VaultName,
        vault_key: &VaultKey,
        office_name: &str,
        staff: &[Made],
        roster: &[u8],
        entropy: &mut dyn Entropy,
    ) -> Result<Checkpoint, Reason> {
        let log = LogName { log_id: entropy.bytes(), epoch: 1 };
        let k0 = Zeroizing::new(entropy.bytes::<32>());
        let auditor = self.identity(Envelope::Auditor).recipient();
        let escrow = identity::seal_to(&[auditor], k0.as_ref()).map_err(|_| Reason::StoreRefused)?;
        files::write_atomically(&generation.escrowed_seal_key(log.epoch), &escrow)?;
        let seal =
            SealGuard::create(&generation.seal_state(), SealState::start(&log.log_id, log.epoch, 0, &k0))?;
        let pre_login_key = Zeroizing::new(entropy.bytes::<32>());
        PreLogin::new(&generation.seal_dir()).create(&pre_login_key)?;

        let key = vault_key.derive(Purpose::Database, name.vault, name.generation);
        let mut store = Store::create(&generation.database(), &generation.seal_state(), &key)?;
        let mut tx = store.begin_sealed_with(seal)?;
        tx.set_fact(Fact::LogId, &log.log_id)?;
        tx.set_fact(Fact::Epoch, &log.epoch.to_be_bytes())?;
        tx.set_fact(Fact::OfficeName, office_name.trim().as_bytes())?;
        tx.set_fact(Fact::PreLoginLines, &0u64.to_be_bytes())?;
        tx.set_fact(Fact::PreLoginKey, pre_login_key.as_ref())?;
        tx.set_fact(Fact::BackupRecipient, self.identity(Envelope::Backup).recipient().text().as_bytes())?;
        tx.set_fact(
            Fact::RecoveryRecipient,
            self.identity(Envelope::Recovery).recipient().text().as_bytes(),
        )?;
        tx.set_fact(Fact::AuditorRecipient, self.identity(Envelope::Auditor).recipient().text().as_bytes())?;
        tx.set_fact(Fact::Roster, roster)?;
        for made in staff {
            tx.insert_staff(&made.row)?;
        }
        let mut note = Note::new(Action::Genesis, Outcome::Done);
        note.object = (ObjectKind::Nothing, *name.vault.as_bytes());
        note.refs.push((RefKey::SealKeyDigest, Digest::of(k0.as_ref()).as_bytes().to_vec()));
        let host = HostKey::of(vault_key, name.vault, name.generation);
        note.refs.push((RefKey::HostKey, host.public().to_vec()));
        note.refs.push((RefKey::RosterVersion, 1u32.to_be_bytes().to_vec()));
        let scribe = Scribe {
            log,
            reading: self.house.clock.read(),
            actor: None,
            session: None,
            origin: &self.house.origin,
            host: &host,
        };
        let entry = audit::append(&mut tx, &scribe, note, entropy)?;
        let first = of_set_up(&tx)?;
        tx.commit(entry)?;
        Ok(first)
    }

    fn identity(&self, envelope: Envelope) -> &Identity {
        match envelope {
            Envelope::Recovery => &self.identities[0],
            Envelope::Backup => &self.identities[1],
            Envelope::Auditor => &self.identities[2],
        }
    }
}

fn not_set_up(house: &House) -> Result<(), Reason> {
    match house.generation() {
        Err(Reason::NotSetUp) => Ok(()),
        Ok(_) => Err(Reason::AlreadySetUp),
        Err(other) => Err(other),
    }
}

/// An account that was made and not yet stored.
pub(super) struct Made {
    pub row: StaffRow,
    pub slot: Vec<u8>,
    pub keys: PersonalKeys,
}

impl Made {
    /// The founders sign the first roster.
    pub(super) fn endorse(&self, roster: &[u8]) -> Endorsement {
        let signature = Signature::from_bytes(self.keys.signing.sign(roster).to_bytes());
        Endorsement { account: self.row.party.account, signature }
    }
}

/// The part of an identity that a person copies, in groups of four.
pub fn envelope_groups(text: &Secret) -> Vec<Secret> {
    let body = text.expose().strip_prefix("AGE-SECRET-KEY-1").unwrap_or_default();
    let characters: Zeroizing<Vec<char>> = Zeroizing::new(body.chars().collect());
    characters.chunks(4).map(|group| Secret::new(group.iter().collect())).collect()
}

/// The vault key, sealed to everybody who may open it.
fn write_vault(
    generation: &Generation,
    key: &VaultKey,
    staff: &[Made],
    recovery: &Recipient,
) -> Result<(), Reason> {
    let mut recipients: Vec<Recipient> = staff.iter().map(|made| made.keys.identity.recipient()).collect();
    recipients.push(recovery.clone());
    let sealed = identity::seal_to(&recipients, key.as_bytes()).map_err(|_| Reason::StoreRefused)?;
    Ok(files::write_atomically(&generation.vault_file(), &sealed)?)
}
