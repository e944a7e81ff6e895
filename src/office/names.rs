//! What registered records teach about how names are written here.
//!
//! The memory counts the newest versions of records: a corrected spelling goes, an undone registration leaves nothing.
use super::store::{self, Tx};
use crate::domain::sensitive::Personal;
use crate::form::{Form, Identity, Value, Values};
use crate::japanese::name_dictionary::{Spelling, spellings};

/// One version of a record took the place of another; `None` is no version.
pub(super) fn relearn(
    tx: &mut Tx<'_>,
    form: &Form,
    before: Option<&Values>,
    after: Option<&Values>,
) -> store::Result<()> {
    let (before, after) = (of(form, before), of(form, after));
    if before == after {
        return Ok(());
    }
    for spelling in before {
        tx.unlearn_name(&spelling)?;
    }
    for spelling in after {
        tx.learn_name(&spelling)?;
    }
    Ok(())
}

fn of(form: &Form, values: Option<&Values>) -> Vec<Personal<Spelling>> {
    let text = |identity| {
        let item = form.with_identity(identity)?;
        match values?.value(&item.key)? {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        }
    };
    let both = text(Identity::Reading).zip(text(Identity::Name));
    let found = both.and_then(|(reading, name)| spellings(reading, name));
    found.into_iter().flatten().map(Personal::new).collect()
}
