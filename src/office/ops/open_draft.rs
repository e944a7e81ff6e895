//! Receive something: give it a number and open its draft.
use chrono::{Datelike as _, NaiveDate};

use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::content::{content_of, values_of};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, StartRecord};
use super::super::reason::Reason;
use super::super::store::draft::DraftRow;
use super::super::store::record::RecordRow;
use super::super::store::{self, Tx};
use super::super::subject::{ComesFrom, comes_from, note_subject};
use crate::domain::case_number::CaseNumber;
use crate::domain::ids::{AccountId, DraftId, RecordId};
use crate::domain::intake::Intake;
use crate::domain::link::{Link, Relation};
use crate::domain::sensitive::Personal;
use crate::form::{Carried, Context, Form, FormVersion, Passed, Value, Values, View};
use crate::japanese::name_dictionary::Spelling;

/// Starts a new record under the newest released version of a form.
#[derive(Clone, Debug)]
pub struct OpenDraft {
    pub form: String,
    pub intake: Intake,
    /// What it comes from, for forms that belong to another record and for contacts that became cases.
    pub link: Option<Link<RecordId>>,
}

/// A draft and everything a screen needs to go on with it.
#[derive(Clone, Debug)]
pub struct OpenedDraft {
    pub draft: DraftId,
    pub record: RecordId,
    pub year: i32,
    pub number: u32,
    pub form: String,
    pub form_version: FormVersion,
    pub intake: Intake,
    pub base_version: u32,
    pub comes_from: Option<ComesFrom>,
    pub values: Values,
    /// Why warnings of the version below stand.
    pub passed: Vec<Passed>,
    /// How names are written here, the frequent ones first; of nobody in particular.
    pub names: Personal<Vec<Spelling>>,
    /// Key of the item the caret stood on; empty for a new draft.
    pub position: String,
}

impl sealed::Sealed for OpenDraft {}
impl Operation for OpenDraft {
    type Needs = StartRecord;
    type Outcome = OpenedDraft;
    const ACTION: Action = Action::OpenDraft;

    fn target(&self) {}
    fn object(&self) -> (ObjectKind, [u8; 16]) {
        (ObjectKind::Record, [0; 16])
    }
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, StartRecord>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<OpenedDraft>, Reason> {
        let form = desk.house.catalog().latest(&self.form).ok_or(Reason::FormUnknown)?;
        let values = match self.link {
            Some(link) => link_values(tx, form, link, desk)?,
            None if form.head.may_stand_alone() => Values::new(),
            None => return Err(Reason::ParentMissing),
        };
        let year = desk.now.date_in_japan().year();
        let record = RecordRow {
            id: RecordId::make(desk.now, desk.entropy),
            year,
            number: tx.next_record_number(year)?,
            form: form.head.id.clone(),
            form_version: form.head.version,
            intake: self.intake,
            version: 0,
        };
        tx.insert_record(&record)?;
        let draft = new_draft(&record, permit.account(), &values, desk)?;
        tx.insert_draft(&draft)?;
        if let Some(link) = self.link {
            tx.insert_link(record.id, link)?;
            note_subject(tx, record.id, form, &values, None)?;
        }
        Ok(handed_out(opened(tx, &record, &draft)?, 0))
    }
}

/// What a draft begins with because of the record that it comes from.
fn link_values(tx: &Tx<'_>, form: &Form, link: Link<RecordId>, desk: &Desk<'_>) -> Result<Values, Reason> {
    let parent = tx.record(link.parent)?.ok_or(Reason::NoSuchThing)?;
    let catalog = desk.house.catalog();
    let parent_form = catalog.form(&parent.form, parent.form_version).ok_or(Reason::FormUnknown)?;
    match link.relation {
        Relation::Belongs if !form.head.may_belong_to(&parent_form.head) => Err(Reason::ParentUnfit),
        Relation::Belongs if parent.version == 0 => Err(Reason::NotRegistered),
        Relation::Belongs if form.is_of_a_contact() => Ok(Values::new()),
        Relation::Belongs => Origin::of(tx, &parent, parent_form, desk).map(|origin| origin.carried_to(form)),
        Relation::Became => {
            if !parent_form.is_of_a_contact() || !form.head.class.is_notifiable() {
                return Err(Reason::ParentUnfit);
            }
            if tx.children(parent.id)?.iter().any(|(_, relation)| *relation == Relation::Became) {
                return Err(Reason::AlreadyBecame);
            }
            Origin::of(tx, &parent, parent_form, desk).map(|origin| origin.who(form))
        }
    }
}

/// The record that a draft comes from, with everything that is in force in it.
struct Origin<'a> {
    form: &'a Form,
    view: View,
    number: CaseNumber,
    today: NaiveDate,
}

impl<'a> Origin<'a> {
    fn of(tx: &Tx<'_>, record: &RecordRow, form: &'a Form, desk: &Desk<'_>) -> Result<Self, Reason> {
        let version = tx.version(record.id, record.version)?.ok_or(Reason::NotRegistered)?;
        let today = version.registered_at.date_in_japan();
        let context = Context { today, received_at: record.intake.received_at };
        let view = form.view(&values_of(&version.content)?, &context);
        let number = CaseNumber { year: record.year, number: record.number };
        Ok(Self { form, view, number, today: desk.now.date_in_japan() })
    }

    fn value(&self, key: &str) -> Option<Value> {
        let at = self.form.items.iter().position(|item| item.key == key)?;
        self.view.items.get(at)?.value.clone()
    }

    /// What it says about who a person is, under the names that another form has for it.
    fn who(&self, to: &Form) -> Values {
        let items = self.form.items.iter();
        let pairs = items.filter_map(|item| Some((item, to.with_identity(item.identity?)?)));
        let postal_codes = self.form.postal_code_of_person().zip(to.postal_code_of_person());
        pairs
            .chain(postal_codes)
            .filter_map(|(item, same)| Some((same.key.clone(), self.value(&item.key)?)))
            .collect()
    }

    /// The person, and what else the form takes over; what does not fit there is typed.
    fn carried_to(&self, to: &Form) -> Values {
        let mut values = self.who(to);
        for item in &to.items {
            let Some(carried) = &item.carried_from else { continue };
            let candidates = match carried {
                Carried::Item(key) => self.value(key).into_iter().collect(),
                Carried::Title => vec![
                    Value::Text(self.form.head.title.ja.clone()),
                    Value::Text(self.form.head.short_title().ja.clone()),
                ],
                Carried::Number => vec![Value::Text(self.number.to_string())],
            };
            if let Some(value) = candidates.into_iter().find(|value| item.accepts(value, self.today)) {
                values.set(&item.key, value);
            }
        }
        values
    }
}

/// A fresh draft on top of the record's present version.
pub(super) fn new_draft(
    record: &RecordRow,
    holder: AccountId,
    values: &Values,
    desk: &mut Desk<'_>,
) -> Result<DraftRow, Reason> {
    Ok(DraftRow {
        id: DraftId::make(desk.now, desk.entropy),
        record: record.id,
        holder,
        base_version: record.version,
        content: content_of(values)?,
        position: String::new(),
        saves: 0,
        opened_at: desk.now,
        saved_at: desk.now,
    })
}

/// With the record, its version, and the one it comes from: its person was shown too.
pub(super) fn handed_out(opened: OpenedDraft, version: u32) -> Acted<OpenedDraft> {
    let (record, case) = (opened.record, opened.comes_from.as_ref().map(|case| case.record));
    Acted::done(opened)
        .about(ObjectKind::Record, *record.as_bytes())
        .with_ref(RefKey::Version, &version.to_be_bytes())
        .with_ref_to(RefKey::Record, case.as_ref().map(RecordId::as_bytes))
}

pub(super) fn opened(tx: &Tx<'_>, record: &RecordRow, draft: &DraftRow) -> Result<OpenedDraft, Reason> {
    Ok(OpenedDraft {
        draft: draft.id,
        record: record.id,
        year: record.year,
        number: record.number,
        form: record.form.clone(),
        form_version: record.form_version,
        intake: record.intake,
        base_version: draft.base_version,
        comes_from: comes_from(tx, record.id)?,
        values: values_of(&draft.content)?,
        passed: tx.passed(record.id, draft.base_version)?,
        names: tx.known_names()?,
        position: draft.position.clone(),
    })
}
