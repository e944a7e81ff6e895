//! What was done about a misdelivery: one step, to be recorded.
use super::misdelivery_form::{moment_items, read_moment, read_people};
use super::parts::{Item, Items};
use super::slip::{Answered, Filling, Slip, Unreadable, closed};
use crate::domain::ids::IncidentId;
use crate::domain::incident::{Noted, StepKind};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::japanese::width::fold_ascii;
use crate::office::ops::{self, NoteIncidentStep, step_name};
use crate::text::{Lang, Text, fill, incidents as say};
use crate::tui::widgets::text_field::Accept;
use chrono::NaiveDate;

const KIND: usize = 0;
const DAY: usize = 1;
const TIME: usize = 2;
const WHOM: usize = 3;
const WORDS: usize = 4;
const PEOPLE: usize = 5;
const WHOM_LENGTH: usize = 40;
const WORDS_LENGTH: usize = 400;
/// Kinds in one row of the explanation.
const KINDS_IN_ROW: usize = 5;

/// See the module.
pub struct IncidentStep {
    incident: IncidentId,
    number: u32,
}

impl IncidentStep {
    pub fn of(incident: IncidentId, number: u32, now: Timestamp) -> Filling<Self> {
        let [day, time] = moment_items([say::FIELD_STEP_DAY, say::FIELD_STEP_TIME], now);
        let any = Accept::Anything;
        let items = vec![
            Item::new(say::FIELD_KIND, Accept::Digits, 2, 4).hint(say::HINT_KIND),
            day,
            time,
            Item::new(say::FIELD_WHOM, any, WHOM_LENGTH, 42).optional(),
            Item::new(say::FIELD_STEP_WORDS, any, WORDS_LENGTH, 52).optional(),
            Item::new(say::FIELD_STEP_PEOPLE, Accept::Digits, 5, 7).optional(),
        ];
        Filling::new(Self { incident, number }, items)
    }
}

impl Slip for IncidentStep {
    fn title(&self, lang: Lang) -> String {
        fill(say::FORM_TITLE.in_lang(lang), &[&format!("{:04}", self.number)])
    }

    fn act(&self) -> Text {
        say::KEY_RECORD
    }

    fn above(&self, lang: Lang) -> Vec<String> {
        kind_rows(lang)
    }

    fn note(&self, _at: usize, lang: Lang) -> String {
        say::FORM_NOTE.in_lang(lang).to_owned()
    }

    fn operation(&self, items: &Items, today: NaiveDate) -> Result<ops::Request, Unreadable> {
        let text = |at: usize| items.text(at);
        let people = match text(PEOPLE).trim() {
            "" => None,
            typed => Some(read_people(typed).ok_or((PEOPLE, say::BAD_PEOPLE))?),
        };
        Ok(NoteIncidentStep {
            incident: self.incident,
            noted: noted_of(&text(KIND)).ok_or((KIND, say::BAD_KIND))?,
            done_at: read_moment([DAY, TIME], text, today)?,
            whom: Personal::new(text(WHOM)),
            words: Personal::new(text(WORDS)),
            people,
        }
        .into())
    }

    fn answered(&self, reply: ops::Reply, _lang: Lang) -> Option<Answered> {
        let ops::Reply::NoteIncidentStep(result) = reply else { return None };
        closed(result)
    }
}

/// The kind behind a digit, counted from one; with a naught before it, that it was a mistake.
fn noted_of(typed: &str) -> Option<Noted> {
    let folded = fold_ascii(typed);
    let (digit, is_mistaken) = match folded.trim().strip_prefix('0') {
        Some(digit) => (digit, true),
        None => (folded.trim(), false),
    };
    let number: usize = digit.parse().ok()?;
    let kind = StepKind::ALL.get(number.checked_sub(1)?).copied()?;
    Some(if is_mistaken { Noted::Mistaken(kind) } else { Noted::Done(kind) })
}

/// `1 連絡した  2 回収した ...`
fn kind_rows(lang: Lang) -> Vec<String> {
    let numbered: Vec<String> = (1..)
        .zip(StepKind::ALL)
        .map(|(number, kind)| format!("{number} {}", step_name(*kind).in_lang(lang)))
        .collect();
    numbered.chunks(KINDS_IN_ROW).map(|row| row.join("  ")).collect()
}
