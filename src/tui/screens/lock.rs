//! Locking: the session ends and its keys are wiped; the panels wait underneath for the same person.
use crate::tui::app::{Lobby, Locked};
use crate::tui::counter::{Counter, Request, Seat};
use crate::tui::screen::Desk;
use crate::tui::screens::sign_in::{Porch, SignIn};

/// See the module.
pub struct Lock {
    porch: Porch,
}

impl Lock {
    pub const fn new(porch: Porch) -> Self {
        Self { porch }
    }
}

impl Lobby<Counter> for Lock {
    fn lock(&mut self, desk: &mut Desk<'_>) -> Locked<Counter> {
        let screen = match self.porch.presence.face() {
            Some(face) => SignIn::locked(self.porch.clone(), desk.now, face),
            None => SignIn::opening(self.porch.clone(), desk.now, None),
        };
        Locked { screen: Box::new(screen), request: Some(Request::Leave { seat: Seat::Main }) }
    }

    fn is_needed(&self) -> bool {
        self.porch.presence.face().is_some()
    }
}
