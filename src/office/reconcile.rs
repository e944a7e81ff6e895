//! What a new session puts right: files that a crash kept from being written.
use super::reason::Reason;
use super::session::Session;
use super::{outbox, roster};

pub(super) fn after_sign_in(session: &mut Session) -> Result<(), Reason> {
    roster::emit(session)?;
    outbox::emit_missing(session)
}
