//! What can be checked of an installation without signing in.
use std::path::PathBuf;

use super::Office;
use super::reason::Reason;
use crate::courier;
use crate::order::{RosterChain, RosterLimits};
use crate::os::files;

const ROSTER_MAX: u64 = 16 * 1024 * 1024;

/// Files and signatures of the generation in use.
#[derive(Clone, Debug)]
pub struct Inspection {
    pub generation: PathBuf,
    /// Without its state file the next entry of the log cannot be sealed.
    pub seal_present: bool,
    /// Without it a full disk could keep even a refusal from being written down.
    pub reserve_whole: bool,
    /// Whether every version of the roster is signed by those whom the version before allows to.
    pub roster: Result<u32, Reason>,
}

impl Office {
    pub fn inspect(&self) -> Result<Inspection, Reason> {
        let generation = self.house().generation()?;
        let roster = files::read_limited(&generation.roster(), ROSTER_MAX)
            .map_err(|_| Reason::RosterBroken)
            .and_then(|bytes| self.check_roster(&bytes));
        Ok(Inspection {
            seal_present: generation.seal_state().is_file(),
            reserve_whole: generation.reserve().is_whole(),
            roster,
            generation: generation.dir,
        })
    }

    fn check_roster(&self, bytes: &[u8]) -> Result<u32, Reason> {
        let chain = RosterChain::parse(bytes, &RosterLimits::DEFAULT).map_err(|_| Reason::RosterBroken)?;
        let pinned = courier::pinned(&self.house().courier_dir()).map_err(|_| Reason::RosterBroken)?;
        if chain.anchor() == pinned { Ok(chain.latest().version()) } else { Err(Reason::RosterBroken) }
    }
}
