//! Keys for finding people, computed again where an older program wrote them: SQL cannot fold kana or read a form.
use super::session::Session;
use super::store::subject::{Subject, Unfolded};
use super::subject::subject_of;
use crate::domain::sensitive::Personal;
use crate::form::{Catalog, Identity, Values};

/// Short enough that a colleague's transaction waits no longer than for a slow disk.
const AT_ONCE: u32 = 2000;

/// Until none is left. Where it stops (a full disk), the next sign-in goes on.
pub(super) fn after_sign_in(session: &mut Session) {
    let house = session.house.clone();
    while let Ok(true) = session.store.refold(AT_ONCE, |old| fold(old, house.catalog())) {}
}

/// What the content says now. Where the form is gone or asks for nobody, what the row says already.
fn fold(old: &Unfolded, catalog: &Catalog) -> Personal<Subject> {
    let values = old.content.as_ref().and_then(|json| Values::from_json(json.expose().as_bytes()).ok());
    match (values, catalog.form(&old.form, old.form_version)) {
        // Without a name of its own a record is about the person of the one that it belongs to.
        (Some(values), Some(form)) if form.with_identity(Identity::Name).is_some() => {
            subject_of(form, &values, old.subject.expose().due_on.clone())
        }
        _ => old.subject.clone(),
    }
}
