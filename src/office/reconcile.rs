//! What a new session puts right: files that a crash kept from being written.
use super::session::Session;
use super::{checkpoint_file, outbox, roster, vault_file};

/// Each by itself, and none of them keeps anybody out: what one damaged row or file keeps from being written is still
/// to be seen (in the outbox, in `doctor`), by people who can sign in.
pub(super) fn after_sign_in(session: &mut Session) {
    let _ = session.store.reserve().keep();
    let _ = vault_file::write_if_wrong(session);
    let _ = roster::emit(session);
    let _ = outbox::write_lists_again(session);
    let _ = outbox::emit_missing(session);
    let _ = checkpoint_file::write_if_wrong(session);
}
