//! Looking at a log that has stopped.
//!
//! When log and seal disagree nobody can sign in, and somebody has to see why before two people declare anything. Password
//! and code are asked for as ever; nothing is written but a line in the file of attempts, from where the first sign-in
//! afterwards takes it into the log. The code is not used up, because that would be a write: it shows no more than this.
use std::ops::ControlFlow;

use super::Office;
use super::audit::preauth::{Attempt, PreLogin};
use super::audit::verify::{self, LogSource, Pages};
use super::ops::VerifyLog;
use super::reason::Reason;
use super::session::open_totp;
use super::sign_in::{self, Credentials, Identified, Verdict, check_second_factor, identify};
use super::store::StoreError;
use super::vault::keys::{HostKey, Purpose};
use crate::domain::staff::Role;
use crate::domain::time::Reading;
use crate::log::export::{self, Line};
use crate::log::slip;
use crate::log::verify::{Report, SealKeys};

impl Office {
    /// What is wrong with a log that keeps everybody out. `LogNotStopped` while people can sign in.
    pub fn verify_stopped_log(
        &self,
        who: &Credentials,
        request: &VerifyLog,
        observe: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Report, Reason> {
        let mut found = self.identify_stopped(who, &[Role::Supervisor, Role::Administrator])?;
        let keys = match &request.auditor {
            None => SealKeys::new(),
            Some(identity) => verify::open_escrow(self.house(), identity)?,
        };
        let opened = &mut found.opened;
        let log_id = opened.store.log_name()?.log_id;
        let paper = slip::read_list(&log_id, request.paper.as_deref().unwrap_or_default())
            .map_err(|_| Reason::PaperListWrong)?;
        let (vault, number) = (opened.name.vault, opened.name.generation);
        let host_key = HostKey::of(&opened.vault_key, vault, number).public();
        let key = opened.vault_key.derive(Purpose::Database, vault, number);
        let pages = Pages { file: &self.house().generation()?.database(), key: &key };
        verify::verify_all(&mut opened.store, pages, host_key, &keys, &paper, observe)
    }

    /// The log for an auditor elsewhere, without details.
    pub fn export_stopped_log(
        &self,
        who: &Credentials,
        line: &mut dyn FnMut(&Line) -> Result<(), Reason>,
    ) -> Result<(), Reason> {
        let mut found = self.identify_stopped(who, &[Role::Supervisor])?;
        let opened = &mut found.opened;
        let host_key = HostKey::of(&opened.vault_key, opened.name.vault, opened.name.generation).public();
        let snapshot = opened.store.snapshot()?;
        let numbers = snapshot.staff_numbers()?;
        let (mut source, _) = LogSource::open(&snapshot, host_key, false)?;
        export::write(&mut source, &|account| numbers.get(&account).cloned().unwrap_or_default(), line)
    }

    fn identify_stopped(&self, who: &Credentials, roles: &[Role]) -> Result<Identified, Reason> {
        let generation = self.house().generation()?;
        let reading = self.house().clock.read();
        let mut found = identify(&generation, who, reading)?;
        let allowed = check(&mut found, who, roles, reading);
        let told = allowed.err().unwrap_or(Reason::StoppedLogRead);
        let attempt = Attempt { at: reading.wall, account: Some(found.slot.account), reason: told.code() };
        // Nobody looks without a trace.
        PreLogin::new(&generation.seal_dir()).record(&attempt)?;
        allowed.map_err(|reason| match reason {
            Reason::RoleForbids | Reason::LogNotStopped => reason,
            // What was wrong about password or code is nobody's business.
            other => sign_in::told(other.code()),
        })?;
        found.lockout.clear()?;
        Ok(found)
    }
}

fn check(found: &mut Identified, who: &Credentials, roles: &[Role], reading: Reading) -> Result<(), Reason> {
    let opened = &mut found.opened;
    let account = found.slot.account;
    let row = opened.store.snapshot()?.staff(account)?.ok_or(Reason::SignInWrong)?;
    if found.slot.public_key != row.public_key || found.slot.recipient.text() != row.recipient {
        return Err(Reason::SlotForeign);
    }
    let open = |sealed: &[u8]| open_totp(&opened.vault_key, opened.name, account, sealed);
    match check_second_factor(&row, who, reading, open)? {
        Verdict::Step(_) => {}
        Verdict::Enrol => return Err(Reason::SignInWrong),
        Verdict::Refused(reason) => return Err(reason),
    }
    if !roles.iter().any(|role| row.roles.contains(*role)) {
        return Err(Reason::RoleForbids);
    }
    match opened.store.begin() {
        Err(StoreError::LogBroken) => Ok(()),
        Err(other) => Err(other.into()),
        Ok(_) => Err(Reason::LogNotStopped),
    }
}
