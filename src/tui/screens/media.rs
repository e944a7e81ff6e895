//! The register of media (媒体管理簿): what is out of the house, who allowed it and why, what came back.
use super::parts::short_time;
use super::register::{Act, Answer, Doubt, Register, Words};
use crate::domain::ids::TransmissionId;
use crate::domain::time::Timestamp;
use crate::office::ops::{self, ListMedia, MediumLine, ReturnMedium};
use crate::text::{Lang, Text, fill, media as say};
use crate::tui::widgets::table::Column;

/// It is back (returned).
const YES: char = 'R';

/// See the module.
pub struct Media;

impl Register for Media {
    type Line = MediumLine;
    type Id = TransmissionId;
    const WORDS: Words = Words { title: say::TITLE, loading: say::LOADING, empty: say::EMPTY, how: say::HOW };
    const COLUMNS: &'static [(Column, Text)] = &[
        (Column::left(7), say::COLUMN_NUMBER),
        (Column::left(14), say::COLUMN_MEDIUM),
        (Column::left(22), say::COLUMN_WHY),
        (Column::left(12), say::COLUMN_BY),
        (Column::left(10), say::COLUMN_SINCE),
        (Column::left(9), say::COLUMN_BACK),
    ];
    const LETTERS: &'static [(&'static str, Text)] = &[("T", say::KEY_BACK)];

    fn read() -> ops::Request {
        ListMedia.into()
    }

    fn id(line: &MediumLine) -> TransmissionId {
        line.transmission
    }

    fn counts(lines: &[MediumLine], lang: Lang) -> String {
        let out = lines.iter().filter(|line| line.returned.is_none()).count();
        fill(say::COUNTS.in_lang(lang), &[&lines.len(), &out])
    }

    fn cells(line: &MediumLine, read_at: Timestamp, lang: Lang) -> Vec<String> {
        let in_lang = |text: Text| text.in_lang(lang).to_owned();
        vec![
            format!("T-{:04}", line.number),
            line.medium.clone().unwrap_or_else(|| in_lang(say::HIDDEN)),
            line.reason.expose().clone(),
            line.approved_by_name.clone(),
            short_time(line.approved_at, read_at),
            line.returned.as_ref().map_or_else(|| in_lang(say::OUT), |(_, at)| short_time(*at, read_at)),
        ]
    }

    fn act(letter: &str, line: Option<&MediumLine>) -> Option<Act> {
        let line = line.filter(|_| letter == "T")?;
        let back = Box::new(ReturnMedium { transmission: line.transmission }.into());
        // What is back already is refused without a question.
        let out = line.returned.is_none();
        Some(if out { Act::AskFirst(doubt(line), back) } else { Act::Ask(back) })
    }

    fn answered(reply: ops::Reply) -> Option<Answer<MediumLine>> {
        match reply {
            ops::Reply::ListMedia(result) => Some(result.map_or_else(Answer::Refused, Answer::Lines)),
            ops::Reply::ReturnMedium(result) => {
                Some(result.map_or_else(Answer::Refused, |()| Answer::Written(say::BACK_NOW)))
            }
            _ => None,
        }
    }
}

/// The register of what is out of the house is only worth what is in it: a wrong line must not lose its medium.
fn doubt(line: &MediumLine) -> Doubt {
    let sending = format!("T-{:04}", line.number);
    let (question, about) = match &line.medium {
        Some(medium) => (say::BACK_ASK, [medium.clone(), sending]),
        None => (say::BACK_ASK_HIDDEN, [sending, String::new()]),
    };
    Doubt { question, about, yes: (YES, say::BACK_YES), no: say::BACK_NO }
}
