//! Drills (抜き打ち訓練): what supervisors planted, and whether it was noticed.
use super::drill_form::DrillPlan;
use super::parts::short_time;
use super::register::{Act, Answer, Register, Words};
use crate::domain::time::Timestamp;
use crate::office::ops::{self, DrillLine, DrillStanding, Flaw, ListDrills};
use crate::text::{Lang, Text, drills as say, fill};
use crate::tui::widgets::table::Column;

/// See the module.
pub struct Drills;

impl Register for Drills {
    type Line = DrillLine;
    type Id = u32;
    const WORDS: Words = Words { title: say::TITLE, loading: say::LOADING, empty: say::EMPTY, how: say::HOW };
    const COLUMNS: &'static [(Column, Text)] = &[
        (Column::left(7), say::COLUMN_NUMBER),
        (Column::left(12), say::COLUMN_PLANTED),
        (Column::left(14), say::COLUMN_BY),
        (Column::left(13), say::COLUMN_FLAW),
        (Column::left(12), say::COLUMN_RESULT),
        (Column::left(13), say::COLUMN_SECOND),
    ];
    const LETTERS: &'static [(&'static str, Text)] = &[("N", say::KEY_PLANT)];

    fn read() -> ops::Request {
        ListDrills.into()
    }

    fn id(line: &DrillLine) -> u32 {
        line.number
    }

    fn counts(lines: &[DrillLine], lang: Lang) -> String {
        let count = |standing| lines.iter().filter(|line| line.standing == standing).count();
        let (noticed, missed) = (count(DrillStanding::Noticed), count(DrillStanding::Missed));
        let (neither, waiting) = (count(DrillStanding::Neither), count(DrillStanding::Waiting));
        fill(say::COUNTS.in_lang(lang), &[&lines.len(), &noticed, &missed, &neither, &waiting])
    }

    fn cells(line: &DrillLine, read_at: Timestamp, lang: Lang) -> Vec<String> {
        vec![
            format!("T-{:04}", line.number),
            short_time(line.planted_at, read_at),
            line.planted_by_name.clone(),
            flaw_text(line.flaw).in_lang(lang).to_owned(),
            standing_text(line.standing).in_lang(lang).to_owned(),
            line.second_name.clone().unwrap_or_else(|| "-".to_owned()),
        ]
    }

    fn act(letter: &str, _line: Option<&DrillLine>) -> Option<Act> {
        (letter == "N").then(|| Act::Push(Box::new(DrillPlan::empty())))
    }

    fn answered(reply: ops::Reply) -> Option<Answer<DrillLine>> {
        match reply {
            ops::Reply::ListDrills(result) => Some(result.map_or_else(Answer::Refused, Answer::Lines)),
            _ => None,
        }
    }
}

const fn flaw_text(flaw: Flaw) -> Text {
    match flaw {
        Flaw::Address => say::FLAW_ADDRESS,
        Flaw::Person => say::FLAW_PERSON,
    }
}

const fn standing_text(standing: DrillStanding) -> Text {
    match standing {
        DrillStanding::Waiting => say::RESULT_WAITING,
        DrillStanding::Noticed => say::RESULT_CAUGHT,
        DrillStanding::Missed => say::RESULT_MISSED,
        DrillStanding::Neither => say::RESULT_NEITHER,
        DrillStanding::Unseen => say::RESULT_ENDED,
    }
}
