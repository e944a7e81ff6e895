//! Declaring one person as near: relation, name, reading, birth date.
use super::parts::{Item, Items};
use super::slip::{Answered, Filling, Slip, Unreadable, closed};
use crate::domain::sensitive::Personal;
use crate::japanese::date_input::{DateContext, parse_date};
use crate::japanese::kana::to_katakana;
use crate::japanese::width::fold_ascii;
use crate::office::Relation;
use crate::office::ops::{self, DeclareKin, KinChange};
use crate::text::{Lang, Text, kin as say};
use crate::tui::widgets::text_field::Accept;
use chrono::NaiveDate;

const RELATION: usize = 0;
const NAME: usize = 1;
const READING: usize = 2;
const BORN: usize = 3;
const NAME_LENGTH: usize = 60;
const BORN_LENGTH: usize = 16;

/// By digit, from 1.
const RELATIONS: [Relation; 7] = [
    Relation::Spouse,
    Relation::Parent,
    Relation::Child,
    Relation::Sibling,
    Relation::Household,
    Relation::Other,
    Relation::Own,
];

/// See the module.
pub struct KinForm;

impl KinForm {
    pub fn empty() -> Filling<Self> {
        let items = vec![
            Item::new(say::FIELD_RELATION, Accept::Digits, 1, 3).hint(say::HINT_RELATION),
            Item::new(say::FIELD_NAME, Accept::Anything, NAME_LENGTH, 26).hint(say::HINT_NAME).optional(),
            Item::new(say::FIELD_READING, Accept::Anything, NAME_LENGTH, 26).optional(),
            Item::new(say::FIELD_BORN, Accept::Anything, BORN_LENGTH, 18)
                .hint(say::HINT_BORN)
                .ascii()
                .optional(),
        ];
        Filling::new(Self, items)
    }
}

impl Slip for KinForm {
    fn title(&self, lang: Lang) -> String {
        say::FORM_TITLE.in_lang(lang).to_owned()
    }

    fn act(&self) -> Text {
        say::KEY_DECLARE
    }

    fn above(&self, lang: Lang) -> Vec<String> {
        vec![say::FORM_NOTE.in_lang(lang).to_owned()]
    }

    fn operation(&self, items: &Items, today: NaiveDate) -> Result<ops::Request, Unreadable> {
        let digit: Option<usize> = fold_ascii(&items.text(RELATION)).trim().parse().ok();
        let relation = digit.and_then(|digit| RELATIONS.get(digit.checked_sub(1)?).copied());
        let born = items.text(BORN);
        let birth_date = match born.trim() {
            "" => None,
            typed => {
                let date =
                    parse_date(typed, &DateContext::birth(today)).map_err(|_| (BORN, say::BAD_BORN))?;
                Some(Personal::new(date))
            }
        };
        let change = KinChange::Declare {
            relation: relation.ok_or((RELATION, say::BAD_RELATION))?,
            name: Personal::new(items.text(NAME)),
            reading: Personal::new(to_katakana(&items.text(READING))),
            birth_date,
        };
        Ok(DeclareKin { change }.into())
    }

    fn answered(&self, reply: ops::Reply, _lang: Lang) -> Option<Answered> {
        let ops::Reply::DeclareKin(result) = reply else { return None };
        closed(result)
    }
}
