//! The data directory: where everything lies, and the clocks and randomness everything is done with.
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::audit::event::{LogName, Origin};
use super::reason::Reason;
use super::store::meta::Fact;
use super::store::reserve::Reserve;
use super::store::{self, Tx};
use crate::domain::entropy::Entropy;
use crate::domain::hours::OfficeHours;
use crate::domain::ids::{StaffNumber, VaultId};
use crate::domain::time::Clock;
use crate::form::Catalog;
use crate::japanese::gazetteer::Gazetteer;
use crate::os::files;

const CURRENT: &str = "CURRENT";
const FIRST_GENERATION: &str = "gen-000001";
const CURRENT_MAX: u64 = 64;

/// Makes sources of randomness; one for each act.
pub type EntropySource = Arc<dyn Fn() -> Box<dyn Entropy> + Send + Sync>;

/// What the office gets from outside.
#[derive(Clone)]
pub struct Surroundings {
    pub clock: Arc<dyn Clock>,
    pub entropy: EntropySource,
    pub origin: Origin,
    pub site: Site,
    /// Loads the forms when they are first needed: a sign-in screen must not wait for them.
    pub forms: Arc<dyn Fn() -> Catalog + Send + Sync>,
    /// Loads the places when they are first needed.
    pub gazetteer: Arc<dyn Fn() -> Gazetteer + Send + Sync>,
}

/// What the settings say about the office and about whom it may write to. No secrets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// Domains that a mail may go to; nothing is mailed while there is none.
    pub mail_domains: Vec<String>,
    /// Who answers when a paper has arrived at the wrong place.
    pub phone: String,
    pub fax: String,
    /// Looks outside of them are asked about in the weekly review.
    pub hours: OfficeHours,
}

/// One installation.
#[derive(Clone)]
pub struct House {
    home: PathBuf,
    pub(super) clock: Arc<dyn Clock>,
    entropy: EntropySource,
    pub(super) origin: Origin,
    site: Site,
    forms: Arc<dyn Fn() -> Catalog + Send + Sync>,
    catalog: Arc<OnceLock<Arc<Catalog>>>,
    load_gazetteer: Arc<dyn Fn() -> Gazetteer + Send + Sync>,
    gazetteer: Arc<OnceLock<Arc<Gazetteer>>>,
}

/// The files of one generation.
#[derive(Clone, Debug)]
pub struct Generation {
    pub dir: PathBuf,
    pub number: u32,
}

/// Where the newest checkpoint lies, for those who have nothing but the directory.
pub fn latest_note(home: &Path) -> PathBuf {
    home.join("checkpoints").join("latest.note")
}

impl House {
    pub fn new(home: &Path, surroundings: Surroundings) -> Self {
        Self {
            home: home.to_owned(),
            clock: surroundings.clock,
            entropy: surroundings.entropy,
            origin: surroundings.origin,
            site: surroundings.site,
            forms: surroundings.forms,
            catalog: Arc::new(OnceLock::new()),
            load_gazetteer: surroundings.gazetteer,
            gazetteer: Arc::new(OnceLock::new()),
        }
    }

    pub fn home(&self) -> &Path {
        &self.home
    }
    pub fn outbox(&self) -> PathBuf {
        self.home.join("outbox")
    }
    /// The courier's own memory.
    pub fn courier_dir(&self) -> PathBuf {
        self.home.join("courier")
    }
    /// The newest checkpoint of the log, to be carried out of the house.
    pub fn latest_note(&self) -> PathBuf {
        latest_note(&self.home)
    }
    pub fn site(&self) -> &Site {
        &self.site
    }
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.clock)
    }
    /// The name of the terminal, as the log will have it.
    pub fn terminal(&self) -> &str {
        &self.origin.terminal
    }
    pub fn entropy(&self) -> Box<dyn Entropy> {
        (self.entropy)()
    }
    pub fn catalog(&self) -> &Catalog {
        self.loaded()
    }
    /// The same forms, to be kept by a screen.
    pub fn shared_catalog(&self) -> Arc<Catalog> {
        Arc::clone(self.loaded())
    }
    /// The places as this site knows them, to be kept by a screen.
    pub fn gazetteer(&self) -> Arc<Gazetteer> {
        Arc::clone(self.gazetteer.get_or_init(|| Arc::new((self.load_gazetteer)())))
    }
    fn loaded(&self) -> &Arc<Catalog> {
        self.catalog.get_or_init(|| Arc::new((self.forms)()))
    }

    /// The generation in use; `NotSetUp` before there is one.
    pub fn generation(&self) -> Result<Generation, Reason> {
        let name = match files::read_limited(&self.home.join(CURRENT), CURRENT_MAX) {
            Ok(bytes) => String::from_utf8(bytes).map_err(|_| Reason::Damaged)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Reason::NotSetUp),
            // A link, a directory, a file of that name which is none of ours.
            Err(error) if error.kind() != std::io::ErrorKind::PermissionDenied => {
                return Err(Reason::Damaged);
            }
            Err(error) => return Err(error.into()),
        };
        let name = name.trim();
        let digits = name.strip_prefix("gen-").filter(|digits| digits.len() == 6).ok_or(Reason::Damaged)?;
        let number = digits.parse().map_err(|_| Reason::Damaged)?;
        let dir = self.home.join(name);
        for place in [&self.home, &dir] {
            // A link in place of a directory is not private either.
            match files::is_private(place) {
                Ok(true) => {}
                Ok(false) => return Err(Reason::NotPrivate),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Reason::Damaged),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Generation { dir, number })
    }

    /// Directories for a first generation that is not in use yet.
    pub(super) fn prepare_first_generation(&self) -> Result<Generation, Reason> {
        let generation = Generation { dir: self.home.join(FIRST_GENERATION), number: 1 };
        files::make_private_dir(&self.home)?;
        if !files::is_private(&self.home)? {
            return Err(Reason::NotPrivate);
        }
        self.put_leftovers_aside(&generation)?;
        for dir in
            [generation.slots_dir(), generation.seal_dir(), generation.locks_dir(), generation.escrow_dir()]
        {
            files::make_private_dir(&dir)?;
        }
        files::make_private_dir(&self.outbox())?;
        Ok(generation)
    }

    /// A set-up that did not come to its end left these: nothing refers to them, because CURRENT does not exist. They
    /// are moved and not removed: CURRENT alone may have been lost, and then this is everything there is.
    fn put_leftovers_aside(&self, generation: &Generation) -> Result<(), Reason> {
        let now = self.clock.now().micros();
        let courier = self.courier_dir();
        let mut leftovers = vec![(&generation.dir, FIRST_GENERATION)];
        // A directory that the site prepared for the courier stays; one that trusts another roster does not.
        if crate::courier::pinned(&courier) != Err(crate::courier::CourierError::NotPinned) {
            leftovers.push((&courier, "courier"));
        }
        for (place, name) in leftovers {
            match std::fs::rename(place, self.home.join(format!("left-{now}-{name}"))) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(files::sync_dir(&self.home)?)
    }

    /// Held while an installation is made: two at once would mix their keys.
    pub(super) fn lock_set_up(&self) -> Result<files::Lock, Reason> {
        files::make_private_dir(&self.home)?;
        Ok(files::Lock::exclusive(&self.home.join("set-up.lock"))?)
    }

    /// The one rename that makes a generation the current one.
    pub(super) fn switch_to(&self, generation: &Generation) -> Result<(), Reason> {
        let name = generation.dir.file_name().and_then(|name| name.to_str()).ok_or(Reason::Impossible)?;
        Ok(files::write_atomically(&self.home.join(CURRENT), name.as_bytes())?)
    }

    pub(super) fn log_name(&self, tx: &Tx<'_>) -> store::Result<LogName> {
        Ok(LogName {
            log_id: tx.fact_array(Fact::LogId)?,
            epoch: u32::from_be_bytes(tx.fact_array(Fact::Epoch)?),
        })
    }
}

impl Generation {
    pub fn database(&self) -> PathBuf {
        self.dir.join("uketsuke.db")
    }
    pub fn vault_file(&self) -> PathBuf {
        self.dir.join("vault.age")
    }
    pub fn roster(&self) -> PathBuf {
        self.dir.join("roster.json")
    }
    pub fn seal_dir(&self) -> PathBuf {
        self.dir.join("seal")
    }
    pub fn seal_state(&self) -> PathBuf {
        self.seal_dir().join("state")
    }
    /// Room for refusals on the day on which the disk is full.
    pub(super) fn reserve(&self) -> Reserve {
        Reserve::beside(&self.seal_state())
    }
    pub fn slots_dir(&self) -> PathBuf {
        self.dir.join("slots")
    }
    pub fn slot(&self, number: &StaffNumber) -> PathBuf {
        self.slots_dir().join(format!("{number}.slot"))
    }
    pub fn locks_dir(&self) -> PathBuf {
        self.dir.join("locks")
    }
    pub fn escrow_dir(&self) -> PathBuf {
        self.dir.join("escrow")
    }
    /// The key file of the seal, sealed to the offline auditor.
    pub fn escrowed_seal_key(&self, epoch: u32) -> PathBuf {
        self.escrow_dir().join(format!("k0-{epoch}.age"))
    }
}

/// What is bound into every derived key.
#[derive(Clone, Copy, Debug)]
pub struct VaultName {
    pub vault: VaultId,
    pub generation: u32,
}
