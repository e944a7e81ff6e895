//! Rows of the weekly review in words.
use crate::office::ops::{ReviewPage, ReviewRow};
use crate::office::{Group, Mark};
use crate::text::review_week::*;
use crate::text::{Lang, Text, fill, review as log};
use crate::tui::screens::log_words;
use crate::tui::screens::parts::{day_and_second, day_and_time};
use crate::tui::widgets::table::{Column, row};
use chrono::{Datelike as _, NaiveDate};

pub const COLUMNS: &[Column] = &[
    Column::left(11),
    Column::left(11),
    Column::left(14),
    Column::left(13),
    Column::left(13),
    Column::left(12),
];
pub const HEADINGS: [Text; 6] =
    [COLUMN_WHEN, COLUMN_WHO, COLUMN_ACTION, COLUMN_RECORD, COLUMN_MARKS, COLUMN_WORK];

pub const fn group(group: Group) -> Text {
    match group {
        Group::Unexplained => GROUP_UNEXPLAINED,
        Group::Rule => GROUP_RULE,
        Group::Sample => GROUP_SAMPLE,
        Group::Device => GROUP_DEVICE,
    }
}

/// A word for the column, and what it means.
const fn mark(mark: Mark) -> (Text, Text) {
    match mark {
        Mark::OwnRecord => (MARK_OWN, LONG_OWN),
        Mark::Kin => (MARK_KIN, LONG_KIN),
        Mark::Colleague => (MARK_COLLEAGUE, LONG_COLLEAGUE),
        Mark::RareSurname => (MARK_RARE, LONG_RARE),
        Mark::SameSurname => (MARK_SURNAME, LONG_SURNAME),
        Mark::AfterHours => (MARK_HOURS, LONG_HOURS),
        Mark::OtherSection => (MARK_SECTION, LONG_SECTION),
        Mark::Volume => (MARK_VOLUME, LONG_VOLUME),
        Mark::SearchOnly => (MARK_SEARCH, LONG_SEARCH),
        Mark::TakenOut => (MARK_MEDIUM, LONG_MEDIUM),
        Mark::NewDestination => (MARK_NEW_ENTRY, LONG_NEW_ENTRY),
        Mark::DestinationChanged => (MARK_CHANGED, LONG_CHANGED),
        Mark::ChangedTwice => (MARK_TWICE, LONG_TWICE),
        Mark::SentAgain => (MARK_AGAIN_SENT, LONG_AGAIN_SENT),
        Mark::Again => (MARK_AGAIN, LONG_AGAIN),
        Mark::Crowd => (MARK_CROWD, LONG_CROWD),
        Mark::Misses => (MARK_MISSES, LONG_MISSES),
        Mark::Browsed => (MARK_BROWSED, LONG_BROWSED),
        Mark::ClockStep => (MARK_CLOCK, LONG_CLOCK),
        Mark::PreLoginAltered => (MARK_ALTERED, LONG_ALTERED),
        Mark::LockedOut => (MARK_LOCKED, LONG_LOCKED),
        Mark::FailedSignIn => (MARK_FAILED, LONG_FAILED),
        Mark::Denied => (MARK_DENIED, LONG_DENIED),
        Mark::LogItself => (MARK_LOG, LONG_LOG),
    }
}

fn short_marks(row: &ReviewRow, lang: Lang) -> String {
    if row.group == Group::Sample {
        return MARK_RANDOM.in_lang(lang).to_owned();
    }
    row.marks.iter().map(|known| mark(known).0.in_lang(lang)).collect::<Vec<_>>().join(" ")
}

fn long_marks(row: &ReviewRow, lang: Lang) -> String {
    let words: Vec<&str> = row.marks.iter().map(|known| mark(known).1.in_lang(lang)).collect();
    match (words.is_empty(), row.group) {
        (_, Group::Sample) => MARKED_RANDOM.in_lang(lang).to_owned(),
        (true, _) => String::new(),
        (false, _) => fill(MARKED.in_lang(lang), &[&words.join("  ")]),
    }
}

fn who(row: &ReviewRow, lang: Lang) -> String {
    match row.actor_number.is_empty() {
        true => log::NOBODY.in_lang(lang).to_owned(),
        false => format!("{} {}", row.actor_number, row.actor_name),
    }
}

/// One name, or how many records.
fn whose(row: &ReviewRow, lang: Lang) -> String {
    match (&row.record, &row.destination) {
        _ if row.records > 1 => fill(RECORDS.in_lang(lang), &[&row.records]),
        (Some((_, name)), _) => name.expose().clone(),
        (None, Some(code)) => code.clone(),
        (None, None) if row.count > 1 => fill(TIMES.in_lang(lang), &[&row.count]),
        (None, None) => "-".to_owned(),
    }
}

/// The verdict once there is one, before it the work.
fn standing(row: &ReviewRow, lang: Lang) -> String {
    let number = row.work.as_ref().and_then(|work| work.number).map(|number| format!("{number:04}"));
    match (&row.verdict, number) {
        (Some((verdict, _)), _) => log_words::verdict(*verdict).in_lang(lang).to_owned(),
        (None, _) if row.own => OWN.in_lang(lang).to_owned(),
        (None, _) if row.group == Group::Unexplained => WORK_NONE.in_lang(lang).to_owned(),
        (None, Some(number)) => fill(WORK_NEAR.in_lang(lang), &[&number]),
        (None, None) => "-".to_owned(),
    }
}

pub fn cells(line: &ReviewRow, lang: Lang) -> String {
    // The surname is enough beside the number; below the list stands the whole name.
    let surname = line.actor_name.split_whitespace().next().unwrap_or_default();
    let short = format!("{} {surname}", line.actor_number);
    let cells = [
        day_and_time(line.at),
        if line.actor_number.is_empty() { who(line, lang) } else { short },
        log_words::action(line.action).in_lang(lang).to_owned(),
        whose(line, lang),
        short_marks(line, lang),
        standing(line, lang),
    ];
    row(COLUMNS, &cells.each_ref().map(String::as_str))
}

/// The rows below the list: what it was, why it is here, what the work is and what was decided.
pub fn details(row: &ReviewRow, lang: Lang) -> [String; 3] {
    let terminal = fill(log::AT_TERMINAL.in_lang(lang), &[&row.terminal]);
    let action = log_words::action(row.action).in_lang(lang);
    let number = row.record.as_ref().map(|(number, _)| format!("{number:04} ")).unwrap_or_default();
    let detail = row.detail.as_ref().map(|text| text.expose().as_str()).unwrap_or_default();
    let reason = row.reason.map(|reason| reason.text().in_lang(lang)).unwrap_or_default();
    let times = if row.count > 1 { fill(TIMES.in_lang(lang), &[&row.count]) } else { String::new() };
    let first = format!(
        "{}  {terminal}  {}  {number}{action} {times} {detail} {reason}",
        day_and_second(row.at, lang),
        who(row, lang)
    );
    let work = match &row.work {
        Some(work) => {
            let number = work.number.map(|number| format!("{number:04}")).unwrap_or_default();
            let done = log_words::action(work.action).in_lang(lang);
            fill(WORK_LONG.in_lang(lang), &[&number, &done, &day_and_time(work.at).trim()])
        }
        None if row.record.is_some() => WORK_NONE_LONG.in_lang(lang).to_owned(),
        None => String::new(),
    };
    let decided = row
        .verdict
        .as_ref()
        .map(|(verdict, by)| fill(DECIDED.in_lang(lang), &[&log_words::verdict(*verdict).in_lang(lang), by]));
    [first.trim_end().to_owned(), long_marks(row, lang), format!("{work}  {}", decided.unwrap_or_default())]
}

/// The same as a page, with every event of the row.
pub fn page(row: &ReviewRow, lang: Lang) -> String {
    let mut lines: Vec<String> =
        details(row, lang).into_iter().filter(|line| !line.trim().is_empty()).collect();
    if let Some((number, name)) = &row.record {
        lines.insert(1, format!("{number:04} {}", name.expose()));
    }
    lines.push(String::new());
    lines.extend(row.events.iter().map(|event| {
        let record = event.record.as_ref().map(|(number, name)| format!("{number:04} {}", name.expose()));
        let action = log_words::action(event.action).in_lang(lang);
        format!("  {}  {action}  {}", day_and_second(event.at, lang), record.unwrap_or_default())
    }));
    lines.join("\n")
}

/// The kinds with their numbers, the chosen one in brackets, and the week.
pub fn tabs(page: &ReviewPage, chosen: Option<Group>, is_late: bool, lang: Lang) -> String {
    let kinds = std::iter::once(None).chain(Group::ALL.into_iter().map(Some));
    let tabs = kinds.map(|kind| {
        let word = kind.map_or(GROUP_ALL, group).in_lang(lang);
        let rows = page.rows.iter().filter(|row| kind.is_none_or(|kind| kind == row.group)).count();
        if kind == chosen { format!("[{word} {rows}]") } else { format!("{word} {rows}") }
    });
    let tabs: Vec<String> = tabs.collect();
    let late = if is_late { LATE.in_lang(lang) } else { "" };
    format!("{}  {}{late}", tabs.join("  "), span(page, lang))
}

fn span(page: &ReviewPage, lang: Lang) -> String {
    let (first, last) = (short_day(page.week.monday()), short_day(page.week.sunday()));
    fill(WEEK.in_lang(lang), &[&first, &last, &short_day(page.due)])
}

pub fn short_day(day: NaiveDate) -> String {
    format!("{}/{}", day.month(), day.day())
}
