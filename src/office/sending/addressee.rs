//! The addressee that a paper names must be the destination it goes to.
//!
//! Lists of one hospital have gone to another although two people had looked at the address (2020-12, 2025-11): the address
//! was right for the wrong paper. The paper itself knows better, where a form asks whom it is for.
use crate::domain::institution::fold_code;
use crate::form::{Complete, Form, Item, Value};
use crate::japanese::names::match_key;
use crate::office::reason::Reason;
use crate::office::store::destination::DestinationRow;

/// By the number in the register of institutions where both have one, else by the name.
pub fn check(form: &Form, record: &Complete, entry: &DestinationRow) -> Result<(), Reason> {
    let asked = form.addressee();
    let (number, name) = (text_of(asked.number, record), text_of(asked.name, record));
    let same = match (number, name) {
        (None, None) => true,
        (Some(number), _) if !entry.institution.is_empty() => {
            fold_code(&number) == fold_code(&entry.institution)
        }
        (_, Some(name)) => match_key(&name) == match_key(&entry.organisation),
        // It names a number, and nobody has said which number the destination has.
        (Some(_), None) => false,
    };
    if same { Ok(()) } else { Err(Reason::AddresseeDiffers) }
}

fn text_of(item: Option<&Item>, record: &Complete) -> Option<String> {
    match record.value(&item?.key)? {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    }
}
