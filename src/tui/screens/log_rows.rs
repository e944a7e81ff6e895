//! Rows of the access log as the panels of supervisors show them.
use super::log_words;
use super::parts::{day_and_second, day_and_time};
use crate::office::ops::{LogLine, LogRow, NamedRecord};
use crate::office::{Damage, Detail};
use crate::text::{Lang, Text, fill, review as say};
use crate::tui::widgets::table::{Column, row};

pub const COLUMNS: &[Column] = &[
    Column::left(11),
    Column::left(16),
    Column::left(14),
    Column::left(17),
    Column::left(6),
    Column::left(9),
];

pub const HEADINGS: &[Text] = &[
    say::COLUMN_WHEN,
    say::COLUMN_WHO,
    say::COLUMN_ACTION,
    say::COLUMN_RECORD,
    say::COLUMN_OUTCOME,
    say::COLUMN_VERDICT,
];

/// One row of the list.
pub fn cells(shown: &LogRow, lang: Lang) -> String {
    match shown {
        LogRow::Event(line) => event_cells(line, lang),
        LogRow::Damaged { seq, .. } => format!("! {}", fill(say::ROW_DAMAGED.in_lang(lang), &[seq])),
        LogRow::Erased { first, last } => {
            format!("- {}", fill(say::ROW_ERASED.in_lang(lang), &[first, last]))
        }
        LogRow::Missing { first, last } => {
            format!("! {}", fill(say::ROW_MISSING.in_lang(lang), &[first, last]))
        }
    }
}

/// What the row says when it is the chosen one: three rows.
pub fn details(shown: &LogRow, lang: Lang) -> [String; 3] {
    let about = match shown {
        LogRow::Event(line) => return event_details(line, lang),
        LogRow::Damaged { damage: Damage::Unreadable, .. } => say::ABOUT_UNREADABLE,
        LogRow::Damaged { damage: Damage::Misplaced, .. } => say::ABOUT_MISPLACED,
        LogRow::Damaged { damage: Damage::Altered, .. } => say::ABOUT_ALTERED,
        LogRow::Erased { .. } => say::ABOUT_ERASED,
        LogRow::Missing { .. } => say::ABOUT_MISSING,
    };
    [about.in_lang(lang).to_owned(), String::new(), String::new()]
}

/// `0012 仮野 花枝`
pub fn record_name(record: &NamedRecord) -> String {
    format!("{:04} {}", record.number, record.name.expose())
}

/// Number and name of whoever acted.
pub fn actor_name(line: &LogLine, lang: Lang) -> String {
    match line.actor_number.is_empty() {
        true => say::NOBODY.in_lang(lang).to_owned(),
        false => format!("{} {}", line.actor_number, line.actor_name),
    }
}

fn event_cells(line: &LogLine, lang: Lang) -> String {
    let verdict = match (&line.review, line.own) {
        (_, true) => say::OWN.in_lang(lang),
        (Some((verdict, _)), false) => log_words::verdict(*verdict).in_lang(lang),
        (None, false) => "",
    };
    let record = line.records.first().map(record_name);
    let cells = [
        day_and_time(line.at),
        actor_name(line, lang),
        log_words::action(line.action).in_lang(lang).to_owned(),
        record.unwrap_or_else(|| log_words::kind(line.object).in_lang(lang).to_owned()),
        log_words::outcome(line.outcome).in_lang(lang).to_owned(),
        verdict.to_owned(),
    ];
    row(COLUMNS, &cells.each_ref().map(String::as_str))
}

fn event_details(line: &LogLine, lang: Lang) -> [String; 3] {
    let terminal = fill(say::AT_TERMINAL.in_lang(lang), &[&line.terminal]);
    let first = format!(
        "{}  {terminal}  {} {}  {} {}",
        day_and_second(line.at, lang),
        line.actor_number,
        line.actor_name,
        log_words::kind(line.object).in_lang(lang),
        log_words::action(line.action).in_lang(lang),
    );
    let detail = match &line.detail {
        Detail::None => "",
        Detail::Sealed(text) => text.expose().as_str(),
        Detail::Erased => say::DETAIL_ERASED.in_lang(lang),
        Detail::Altered => say::DETAIL_ALTERED.in_lang(lang),
    };
    let reason = line.reason.map(|reason| reason.text().in_lang(lang)).unwrap_or_default();
    // One record stands in the list already.
    let records = match line.records.as_slice() {
        [] | [_] => String::new(),
        several => several.iter().map(record_name).collect::<Vec<_>>().join("  "),
    };
    let more = match line.more {
        0 => String::new(),
        more => fill(say::MORE_RECORDS.in_lang(lang), &[&more]),
    };
    let second = [records.as_str(), &more, detail, reason];
    let second: Vec<&str> = second.into_iter().filter(|part| !part.is_empty()).collect();
    let verdict = line.review.as_ref().map(|(verdict, reason)| {
        let name = log_words::verdict(*verdict).in_lang(lang);
        format!("{} {name} {reason}", say::COLUMN_VERDICT.in_lang(lang))
    });
    [first, second.join("  "), verdict.unwrap_or_default()]
}
