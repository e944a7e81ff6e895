//! Who had to do with the records of a person (開示請求): for the person who asks, so nothing else about them is in it.
use chrono::{NaiveDate, Timelike as _};

use super::Case;
use super::flow::{Flow, Row};
use super::sheet::{Align, BODY, Sheet, TITLE};
use crate::domain::time::Timestamp;
use crate::japanese::era::EraDate;
use crate::text::{fill, papers};

/// What the paper says, in words.
#[derive(Clone, Debug)]
pub struct AccessList {
    pub office: String,
    pub made_on: NaiveDate,
    /// Numbers of the records, as they are read aloud.
    pub records: Vec<String>,
    /// The first and the last event of the log that it rests on.
    pub period: Option<(Timestamp, Timestamp)>,
    /// How many events that log has.
    pub events: u64,
    pub people: usize,
    /// Events that cannot be read, that were erased, that are missing.
    pub unread: [u64; 3],
    pub rows: Vec<AccessRow>,
}

#[derive(Clone, Debug)]
pub struct AccessRow {
    pub at: Timestamp,
    /// Number, name and section; empty for nobody known.
    pub who: String,
    pub terminal: String,
    /// What was done, and how it ended.
    pub what: String,
    pub why: String,
}

pub(super) fn set(list: &AccessList, case: &mut Case) -> Vec<Sheet> {
    let mut flow = Flow::new();
    flow.ends(&case.set("", &list.office), &day(list.made_on));
    flow.space(4.0);
    flow.paragraph(Align::Centre, TITLE, papers::ACCESSES_TITLE.ja);
    flow.space(4.0);
    head(&mut flow, list, case);
    flow.space(3.0);
    if list.rows.is_empty() {
        flow.paragraph(Align::Left, BODY, papers::ACCESSES_NONE.ja);
    }
    let rows: Vec<Row> = (1..).zip(&list.rows).map(|(number, row)| row_of(number, row, case)).collect();
    flow.table(papers::ACCESSES_TABLE.ja, &rows);
    flow.space(4.0);
    let [damaged, erased, missing] = list.unread;
    flow.note(&fill(papers::ACCESSES_NOTE_UNREAD.ja, &[&damaged, &erased, &missing]));
    for note in [papers::ACCESSES_NOTE_WHY, papers::ACCESSES_NOTE_LISTS, papers::ACCESSES_NOTE_NAMED] {
        flow.note(note.ja);
    }
    for note in case.take_notes() {
        flow.note(&note);
    }
    flow.finish()
}

/// What brings a lost sheet back to its pile.
pub(super) fn foot(list: &AccessList) -> Vec<String> {
    let records = list.records.first().map(|first| format!("{} {first}", papers::REFERENCE.ja));
    let made = format!("{} {}", papers::ACCESSES_MADE.ja, day(list.made_on));
    [Some(papers::ACCESSES_TITLE.ja.to_owned()), records, Some(made)].into_iter().flatten().collect()
}

fn head(flow: &mut Flow, list: &AccessList, case: &mut Case) {
    let days = list.period.map(|(first, last)| {
        let days = [first, last].map(|at| day(at.date_in_japan()));
        fill(papers::ACCESSES_DAYS.ja, &[&days[0], &days[1]])
    });
    let fields = [
        (papers::ACCESSES_RECORDS, list.records.join(" ")),
        (papers::ACCESSES_PERIOD, days.unwrap_or_default()),
        (papers::ACCESSES_LOG, fill(papers::ACCESSES_EVENTS.ja, &[&list.events])),
        (papers::ACCESSES_COUNT, fill(papers::ACCESSES_FOUND.ja, &[&list.rows.len(), &list.people])),
    ];
    for (label, value) in fields {
        if !value.is_empty() {
            flow.field(label.ja, &case.set(label.ja, &value), BODY);
        }
    }
}

fn row_of(number: usize, row: &AccessRow, case: &mut Case) -> Row {
    let local = row.at.in_japan();
    let label = format!("{} {}:{:02}", day(row.at.date_in_japan()), local.hour(), local.minute());
    let who = if row.who.is_empty() { papers::ACCESSES_NOBODY.ja } else { &row.who };
    let terminal = match row.terminal.as_str() {
        "" => String::new(),
        name => format!("  {}", fill(papers::ACCESSES_TERMINAL.ja, &[&name])),
    };
    let value = format!("{who}\n{}{terminal}\n{}", row.what, row.why);
    Row { number: Some(number.to_string()), value: case.set(&label, &value), label }
}

/// `令和8年7月14日`
fn day(day: NaiveDate) -> String {
    EraDate::from_date(day).map_or_else(|| day.to_string(), |date| date.to_string())
}
