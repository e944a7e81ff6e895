//! Whom a record is about, for lists and searches: what its values say, or the record that it belongs to.
use super::reason::Reason;
use super::store::Tx;
use super::store::record::RecordRow;
use super::store::subject::Subject;
use crate::domain::case_number::CaseNumber;
use crate::domain::ids::RecordId;
use crate::domain::link::Relation;
use crate::domain::sensitive::Personal;
use crate::form::{Catalog, Form, Identity, Value, Values};
use crate::japanese::person::{address_key, phone_key};

/// The record that another one comes from, and whom that one is about.
#[derive(Clone, Debug)]
pub struct ComesFrom {
    pub record: RecordId,
    pub case: CaseNumber,
    /// Empty while nobody is named there.
    pub name: Personal<String>,
}

impl ComesFrom {
    pub fn new(record: RecordId, case: CaseNumber, subject: Option<&Personal<Subject>>) -> Self {
        let name = subject.map(|subject| subject.expose().name.clone()).unwrap_or_default();
        Self { record, case, name: Personal::new(name) }
    }
}

/// What a screen says beside a record that does not name its person, or names somebody near.
pub fn comes_from(tx: &Tx<'_>, record: RecordId) -> Result<Option<ComesFrom>, Reason> {
    let Some(link) = tx.link(record)? else { return Ok(None) };
    let parent = tx.record(link.parent)?.ok_or(Reason::NoSuchThing)?;
    let case = CaseNumber { year: parent.year, number: parent.number };
    Ok(Some(ComesFrom::new(parent.id, case, tx.subject(parent.id)?.as_ref())))
}

/// Keeps whom a record is about by now.
pub fn note_subject(
    tx: &mut Tx<'_>,
    record: RecordId,
    form: &Form,
    values: &Values,
    due_on: Option<String>,
) -> Result<(), Reason> {
    tx.set_subject(record, &subject_of(form, values, due_on))?;
    // A record without a person of its own is about the person of the record that it belongs to.
    let link = tx.link(record)?.filter(|link| link.relation == Relation::Belongs);
    if let (Some(link), None) = (link, form.with_identity(Identity::Name))
        && let Some(subject) = tx.subject(link.parent)?
    {
        let subject = Subject { due_on: None, ..subject.into_inner() };
        tx.set_subject(record, &Personal::new(subject))?;
    }
    Ok(())
}

/// Whether a record is about the person of the one that it comes from: what belongs to a record is, unless it is about
/// somebody near; a contact who became a case is the same person.
pub fn says_same_person(catalog: &Catalog, child: &RecordRow, relation: Relation) -> bool {
    let form = catalog.form(&child.form, child.form_version);
    relation == Relation::Became || form.is_some_and(|form| !form.is_of_a_contact())
}

/// What the values of a form say about a person.
pub fn subject_of(form: &Form, values: &Values, due_on: Option<String>) -> Personal<Subject> {
    let text = |identity: Identity| -> String {
        match form.with_identity(identity).and_then(|item| values.value(&item.key)) {
            Some(Value::Text(text) | Value::Choice(text)) => text.clone(),
            _ => String::new(),
        }
    };
    let birth_date = match form.with_identity(Identity::BirthDate).and_then(|item| values.value(&item.key)) {
        Some(Value::Date(date)) => Some(date.to_string()),
        _ => None,
    };
    // Every report has it (block `header`), and lists show it.
    let institution = match values.value("institution_name") {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    };
    Personal::new(Subject {
        name: text(Identity::Name),
        reading: text(Identity::Reading),
        birth_date,
        sex: text(Identity::Sex),
        phone: phone_key(&text(Identity::Phone)),
        address_key: address_key(&text(Identity::Address)),
        institution,
        due_on,
    })
}
