//! Looking at a log that has stopped.
//!
//! When log and seal disagree nobody can sign in, and somebody has to see why before two people declare anything. Password
//! and code are asked for as ever; nothing is written but a line in the file of attempts, from where the first sign-in
//! afterwards takes it into the log. The code is not used up, because that would be a write: it shows no more than this.
use std::ops::ControlFlow;

use super::audit::verify::{self, LogSource, Pages};
use super::house::House;
use super::ops::VerifyLog;
use super::reason::Reason;
use super::session::open_totp;
use super::sign_in::{Credentials, Identified, Opened, Verdict, check_second_factor};
use super::store::staff::StaffRow;
use super::vault::keys::{HostKey, Purpose};
use crate::domain::staff::{Role, Roles};
use crate::domain::time::Reading;
use crate::log::export::{self, Line};
use crate::log::verify::Report;

/// The log behind a closed door, for somebody whose password and code were right.
pub struct StoppedLog {
    house: House,
    opened: Opened,
    roles: Roles,
}

/// Whether password and code are those of somebody who works here. The code is not used up.
pub(super) fn check(found: &mut Identified, who: &Credentials, reading: Reading) -> Result<StaffRow, Reason> {
    let opened = &mut found.opened;
    let account = found.slot.account;
    let row = opened.store.snapshot()?.staff(account)?.ok_or(Reason::SignInWrong)?;
    if found.slot.public_key != row.public_key || found.slot.recipient.text() != row.recipient {
        return Err(Reason::SlotForeign);
    }
    let open = |sealed: &[u8]| open_totp(&opened.vault_key, opened.name, account, sealed);
    match check_second_factor(&row, who, reading, open)? {
        Verdict::Step(_) => Ok(row),
        Verdict::Enrol => Err(Reason::LogBroken),
        Verdict::Refused(reason) => Err(reason),
    }
}

impl StoppedLog {
    pub(super) const fn new(house: House, opened: Opened, roles: Roles) -> Self {
        Self { house, opened, roles }
    }

    /// What is wrong with it.
    pub fn verify(
        &mut self,
        request: &VerifyLog,
        observe: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Report, Reason> {
        self.allow(&[Role::Supervisor, Role::Administrator])?;
        let tools = request.tools(&self.house, self.opened.store.log_name()?.log_id)?;
        let host_key = self.host_key();
        let name = self.opened.name;
        let key = self.opened.vault_key.derive(Purpose::Database, name.vault, name.generation);
        let pages = Pages { file: &self.house.generation()?.database(), key: &key };
        verify::verify_all(&mut self.opened.store, pages, host_key, &tools.keys, &tools.paper, observe)
    }

    /// All of it for an auditor elsewhere, without details: nobody could write down that they were handed out.
    pub fn export(&mut self, line: &mut dyn FnMut(&Line) -> Result<(), Reason>) -> Result<(), Reason> {
        self.allow(&[Role::Supervisor])?;
        let host_key = self.host_key();
        let snapshot = self.opened.store.snapshot()?;
        let numbers = snapshot.staff_numbers()?;
        let (mut source, _) = LogSource::open(&snapshot, host_key, false)?;
        export::write(&mut source, &|account| numbers.get(&account).cloned().unwrap_or_default(), line)
    }

    fn allow(&self, roles: &[Role]) -> Result<(), Reason> {
        if roles.iter().any(|role| self.roles.contains(*role)) { Ok(()) } else { Err(Reason::RoleForbids) }
    }

    fn host_key(&self) -> [u8; 32] {
        let Opened { vault_key, name, .. } = &self.opened;
        HostKey::of(vault_key, name.vault, name.generation).public()
    }
}
