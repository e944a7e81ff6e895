//! What a destination may know of a record: only what the purposes say that it is in the register for.
use std::collections::BTreeSet;

use crate::form::{Catalog, Form, Purpose};
use crate::office::reason::Reason;
use crate::office::store::destination::DestinationRow;

/// The items that are left out of what goes there.
pub fn left_out(catalog: &Catalog, entry: &DestinationRow, form: &Form) -> Result<BTreeSet<String>, Reason> {
    let named: Vec<&Purpose> = entry.purposes.iter().filter_map(|id| catalog.purpose(id)).collect();
    let admitting: Vec<&Purpose> = named.into_iter().filter(|purpose| purpose.admits(&form.head)).collect();
    if admitting.is_empty() {
        return Err(Reason::PurposeForbids);
    }
    let told = |key: &str| admitting.iter().any(|purpose| purpose.tells(key));
    Ok(form.items.iter().map(|item| item.key.clone()).filter(|key| !told(key)).collect())
}
