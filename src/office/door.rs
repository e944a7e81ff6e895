//! The door: who comes in, and where it leads when the log has stopped.
use super::Office;
use super::audit::preauth::{Attempt, PreLogin};
use super::reason::Reason;
use super::sign_in::{Credentials, Identified, SignedIn, admit, identify};
use super::stopped::{self, StoppedLog};
use super::store::StoreError;

/// Whom the door leads where.
pub enum Entrance {
    SignedIn(SignedIn),
    /// Nobody gets in, and those who review the log may see why.
    Stopped(Box<StoppedLog>),
}

impl Office {
    /// Opens a session. The answer and the time it takes are the same for an unknown number, a wrong password and a
    /// wrong code.
    pub fn sign_in(&self, credentials: &Credentials) -> Result<SignedIn, Reason> {
        match self.enter_or(credentials, Reason::LogBroken)? {
            Entrance::SignedIn(signed_in) => Ok(signed_in),
            Entrance::Stopped(_) => Err(Reason::LogBroken),
        }
    }

    /// A sign-in that ends before the log when that has stopped.
    pub fn enter(&self, who: &Credentials) -> Result<Entrance, Reason> {
        self.enter_or(who, Reason::StoppedLogRead)
    }

    /// `trace` is what the file of attempts says where the log has stopped and password and code were right.
    fn enter_or(&self, who: &Credentials, trace: Reason) -> Result<Entrance, Reason> {
        let house = self.house();
        let generation = house.generation()?;
        let reading = house.clock.read();
        let mut found = identify(&generation, who, reading)?;
        if !matches!(found.opened.store.begin(), Err(StoreError::LogBroken)) {
            return admit(house, &generation, found, who, reading).map(Entrance::SignedIn);
        }
        let checked = stopped::check(&mut found, who, reading);
        let told = checked.as_ref().err().copied().unwrap_or(trace);
        let attempt = Attempt { at: reading.wall, account: Some(found.slot.account), reason: told.code() };
        // Nobody looks without a trace.
        PreLogin::new(&generation.seal_dir()).record(&attempt)?;
        let row = checked.map_err(|reason| match reason {
            Reason::CodeWrong => Reason::SignInWrong,
            other => other,
        })?;
        found.lockout.clear()?;
        let Identified { opened, .. } = found;
        Ok(Entrance::Stopped(Box::new(StoppedLog::new(house.clone(), opened, row.roles))))
    }
}
