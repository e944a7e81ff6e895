//! The misdeliveries (誤送付): open ones first, with what is left of the days that the law gives.
use super::incident::{IncidentCourse, sending};
use super::labels::short_date;
use super::parts::day_and_time;
use super::register::{Answer, Opens, Register, Words};
use crate::domain::ids::IncidentId;
use crate::domain::incident::Due;
use crate::domain::time::Timestamp;
use crate::office::ops::{self, IncidentLine, ListIncidents};
use crate::text::{Lang, Text, fill, incidents as say};
use crate::tui::widgets::table::Column;
use chrono::NaiveDate;

/// See the module.
pub struct Incidents;

impl Register for Incidents {
    type Line = IncidentLine;
    type Id = IncidentId;
    const WORDS: Words = Words { title: say::TITLE, loading: say::LOADING, empty: say::EMPTY, how: say::HOW };
    const COLUMNS: &'static [(Column, Text)] = &[
        (Column::left(5), say::COLUMN_NUMBER),
        (Column::left(11), say::COLUMN_FOUND),
        (Column::left(6), say::COLUMN_TO),
        (Column::left(7), say::COLUMN_SENDING),
        (Column::left(7), say::COLUMN_PEOPLE),
        (Column::left(14), say::COLUMN_PRELIMINARY),
        (Column::left(14), say::COLUMN_FINAL),
        (Column::left(7), say::COLUMN_STATE),
    ];
    const OPEN: Option<Opens<IncidentLine>> = Some(|line| Box::new(IncidentCourse::new(line.id)));

    fn read() -> ops::Request {
        ListIncidents.into()
    }

    fn id(line: &IncidentLine) -> IncidentId {
        line.id
    }

    fn counts(lines: &[IncidentLine], lang: Lang) -> String {
        let open = lines.iter().filter(|line| line.closed.is_none()).count();
        fill(say::COUNTS.in_lang(lang), &[&open, &lines.len()])
    }

    fn cells(line: &IncidentLine, _read_at: Timestamp, lang: Lang) -> Vec<String> {
        let ops::Reporting { due, preliminary, last } = line.reporting;
        let state = if line.closed.is_some() { say::CLOSED } else { say::OPEN };
        vec![
            format!("{:04}", line.number),
            day_and_time(line.found_at),
            line.code.clone(),
            sending(line, lang),
            fill(say::PEOPLE.in_lang(lang), &[&line.people]),
            with_day(preliminary, due.preliminary_until, lang),
            with_day(last, due.final_until, lang),
            state.in_lang(lang).to_owned(),
        ]
    }

    fn answered(reply: ops::Reply) -> Option<Answer<IncidentLine>> {
        match reply {
            ops::Reply::ListIncidents(result) => Some(result.map_or_else(Answer::Refused, Answer::Lines)),
            _ => None,
        }
    }
}

/// How a report stands; while it is waited for, its last day too.
fn with_day(due: Due, until: NaiveDate, lang: Lang) -> String {
    let words = due_words(due, lang);
    if matches!(due, Due::Left(_)) { format!("{} {words}", short_date(until)) } else { words }
}

/// How a report stands.
pub(super) fn due_words(due: Due, lang: Lang) -> String {
    match due {
        Due::Done => say::DUE_DONE.in_lang(lang).to_owned(),
        Due::NotNeeded => say::DUE_NOT_NEEDED.in_lang(lang).to_owned(),
        Due::Left(0) => say::DUE_TODAY.in_lang(lang).to_owned(),
        Due::Left(days) => fill(say::DUE_LEFT.in_lang(lang), &[&days]),
        Due::Late(days) => fill(say::DUE_LATE.in_lang(lang), &[&days]),
    }
}
