//! Planting a drill: whose papers lie on the desk, which entry, and whose paper the program takes them for.
use super::parts::{Item, Items};
use super::slip::{Answered, Filling, Slip, Unreadable, closed};
use crate::japanese::width::fold_ascii;
use crate::office::ops::{self, PlantDrill, PlantedFlaw};
use crate::text::{Lang, Text, drills as say};
use crate::tui::widgets::text_field::Accept;
use chrono::NaiveDate;

const RECORD: usize = 0;
const CODE: usize = 1;
const PAGES: usize = 2;
const OTHER: usize = 3;
const NUMBER_DIGITS: usize = 6;
const CODE_LENGTH: usize = 8;

/// See the module.
pub struct DrillPlan;

impl DrillPlan {
    pub fn empty() -> Filling<Self> {
        let items = vec![
            Item::new(say::FIELD_RECORD, Accept::Digits, NUMBER_DIGITS, 8).hint(say::HINT_RECORD),
            Item::new(say::FIELD_CODE, Accept::Anything, CODE_LENGTH, 10).hint(say::HINT_CODE).ascii(),
            Item::new(say::FIELD_PAGES, Accept::Digits, NUMBER_DIGITS, 8).hint(say::HINT_PAGES),
            Item::new(say::FIELD_OTHER, Accept::Digits, NUMBER_DIGITS, 8).hint(say::HINT_OTHER).optional(),
        ];
        Filling::new(Self, items)
    }
}

impl Slip for DrillPlan {
    fn title(&self, lang: Lang) -> String {
        say::FORM_TITLE.in_lang(lang).to_owned()
    }

    fn act(&self) -> Text {
        say::KEY_PLANT
    }

    fn above(&self, lang: Lang) -> Vec<String> {
        vec![say::FORM_NOTE.in_lang(lang).to_owned()]
    }

    fn operation(&self, items: &Items, _today: NaiveDate) -> Result<ops::Request, Unreadable> {
        let number = |at: usize| -> Result<u32, Unreadable> {
            fold_ascii(&items.text(at)).trim().parse().map_err(|_| (at, say::BAD_NUMBER))
        };
        let flaw = match items.text(OTHER).trim() {
            "" => PlantedFlaw::Address,
            _ => PlantedFlaw::Person(number(OTHER)?),
        };
        let destination = fold_ascii(items.text(CODE).trim()).to_ascii_uppercase();
        Ok(PlantDrill { record: number(RECORD)?, destination, flaw, pages: number(PAGES)? }.into())
    }

    fn answered(&self, reply: ops::Reply, _lang: Lang) -> Option<Answered> {
        let ops::Reply::PlantDrill(result) = reply else { return None };
        closed(result)
    }
}
