//! One institution of the register, to be entered or changed.
use super::parts::{Item, Items};
use super::slip::{Answered, Filling, Slip, Unreadable, closed};
use crate::domain::ids::InstitutionId;
use crate::domain::institution::{Band, Institution};
use crate::japanese::era::EraDate;
use crate::japanese::institution::{self as typed, Typed, read};
use crate::japanese::width::fold_ascii;
use crate::office::InstitutionRow;
use crate::office::ops::{self, KeepInstitution};
use crate::text::{Lang, Text, fill, institutions as words};
use crate::tui::widgets::text_field::Accept;
use chrono::NaiveDate;

const CODE: usize = 0;
const NAME: usize = 1;
const READING: usize = 2;
const POSTAL: usize = 3;
const ADDRESS: usize = 4;
const PHONE: usize = 5;
const FAX: usize = 6;
const DOCTORS: usize = 7;
const FROM: usize = 8;
const UNTIL: usize = 9;
const BANDS: usize = 10;
const DOCTORS_LENGTH: usize = 200;

/// See the module.
pub struct InstitutionEntry {
    /// `None` for a new one; the code stands in the title.
    change: Option<(InstitutionId, u32, String)>,
}

impl InstitutionEntry {
    pub fn empty() -> Filling<Self> {
        Filling::new(Self { change: None }, items(&Institution::default()))
    }

    pub fn change(row: &InstitutionRow) -> Filling<Self> {
        let change = Some((row.id, row.version, row.institution.code.clone()));
        Filling::new(Self { change }, items(&row.institution))
    }
}

impl Slip for InstitutionEntry {
    fn title(&self, lang: Lang) -> String {
        match &self.change {
            Some((.., code)) => fill(words::FORM_CHANGE.in_lang(lang), &[code]),
            None => words::FORM_NEW.in_lang(lang).to_owned(),
        }
    }

    fn act(&self) -> Text {
        words::KEY_KEEP
    }

    fn note(&self, _at: usize, lang: Lang) -> String {
        words::FORM_NOTE.in_lang(lang).to_owned()
    }

    fn operation(&self, items: &Items, today: NaiveDate) -> Result<ops::Request, Unreadable> {
        let institution = said(items, today)?;
        let change = self.change.as_ref().map(|(id, version, _)| (*id, *version));
        Ok(KeepInstitution { change, institution }.into())
    }

    fn answered(&self, reply: ops::Reply, _lang: Lang) -> Option<Answered> {
        let ops::Reply::KeepInstitution(result) = reply else { return None };
        closed(result)
    }
}

/// In the order of the constants above.
fn items(now: &Institution) -> Vec<Item> {
    let any = Accept::Anything;
    let day =
        |date: Option<NaiveDate>| date.and_then(EraDate::from_date).map(EraDate::compact).unwrap_or_default();
    let doctors: Vec<&str> = now.doctors.iter().map(|doctor| doctor.name.as_str()).collect();
    let contract = now.contract.as_ref();
    let [from, until] = [contract.map(|contract| contract.from), contract.map(|contract| contract.until)];
    let bands: String = contract
        .map(|contract| contract.bands.iter().filter_map(|band| digit(*band)).collect())
        .unwrap_or_default();
    let doctors_item = Item::new(words::FIELD_DOCTORS, any, DOCTORS_LENGTH, 36).hint(words::HINT_DOCTORS);
    let from_item = Item::new(words::FIELD_FROM, any, 12, 14).hint(words::HINT_DATE);
    vec![
        Item::new(words::FIELD_CODE, any, 10, 12).hint(words::HINT_CODE).ascii().filled(&now.code),
        Item::new(words::FIELD_NAME, any, 60, 50).filled(&now.name),
        Item::new(words::FIELD_READING, any, 60, 50).filled(&now.reading),
        Item::new(words::FIELD_POSTAL, any, 8, 10).ascii().optional().filled(&now.postal_code),
        Item::new(words::FIELD_ADDRESS, any, 60, 50).optional().filled(&now.address),
        Item::new(words::FIELD_PHONE, any, 13, 15).ascii().optional().filled(&now.phone),
        Item::new(words::FIELD_FAX, any, 13, 15).ascii().optional().filled(&now.fax),
        doctors_item.optional().filled(&doctors.join("、")),
        from_item.ascii().optional().filled(&day(from)),
        Item::new(words::FIELD_UNTIL, any, 12, 14).ascii().optional().filled(&day(until)),
        Item::new(words::FIELD_BANDS, any, 3, 5).hint(words::HINT_BANDS).ascii().optional().filled(&bands),
    ]
}

/// What was typed, in the forms in which it is kept.
fn said(items: &Items, today: NaiveDate) -> Result<Institution, Unreadable> {
    let text = |at: usize| items.text(at);
    let bands = text(BANDS);
    let bands = fold_ascii(&bands);
    let wanted = |band: &Band| digit(*band).is_some_and(|digit| bands.contains(digit));
    let typed = Typed {
        code: text(CODE),
        name: text(NAME),
        reading: text(READING),
        postal_code: text(POSTAL),
        address: text(ADDRESS),
        phone: text(PHONE),
        fax: text(FAX),
        doctors: text(DOCTORS),
        from: text(FROM),
        until: text(UNTIL),
        bands: Band::ALL.into_iter().filter(wanted).collect(),
    };
    read(&typed, today).map_err(unreadable)
}

const fn unreadable(what: typed::Unreadable) -> Unreadable {
    match what {
        typed::Unreadable::Reading => (READING, words::BAD_READING),
        typed::Unreadable::PostalCode => (POSTAL, words::BAD_POSTAL),
        typed::Unreadable::Phone => (PHONE, words::BAD_PHONE),
        typed::Unreadable::Date => (FROM, words::BAD_DATE),
    }
}

/// The digit that stands for the hours of a band.
fn digit(band: Band) -> Option<char> {
    let at = Band::ALL.into_iter().position(|known| known == band)?;
    char::from_digit(u32::try_from(at + 1).ok()?, 10)
}
