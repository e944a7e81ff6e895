//! A record on paper: what the printed form says at its head, then the answered items in tables.
use std::collections::BTreeSet;

use super::flow::{Flow, Row};
use super::letter::Letter;
use super::sheet::{Align, BODY, HEADING, Sheet, TITLE, columns_of};
use super::{Case, wrap};
use crate::form::{Complete, Deadline, Form};
use crate::text::{Lang, form as words};

/// What the paper is called.
pub(super) fn title(form: &Form) -> String {
    let suffix = if form.head.class.is_notifiable() { words::REPORT.ja } else { "" };
    format!("{} {suffix}", form.head.title.ja).trim_end().to_owned()
}

pub(super) fn set(
    form: &Form,
    record: &Complete,
    letter: &Letter,
    left_out: &BTreeSet<String>,
    case: &mut Case,
) -> Vec<Sheet> {
    let mut flow = Flow::new();
    head(&mut flow, form, letter, case);
    let is_numbered = form.items.iter().any(|item| item.number.is_some());
    for (page, title) in form.pages.iter().enumerate() {
        let items = form.items_of_page(page).filter(|item| !left_out.contains(&item.key));
        let rows = items.filter_map(|item| {
            let value = form.format_value(item, record.value(&item.key)?, Lang::Ja);
            let label = &item.label.ja;
            Some(Row {
                number: is_numbered.then(|| item.number.clone().unwrap_or_default()),
                label: case.set(label, label),
                value: case.set(label, &value),
            })
        });
        let rows: Vec<Row> = rows.collect();
        if !rows.is_empty() {
            flow.space(5.0);
            let heading = case.set("", &title.title.ja);
            flow.table(&heading, &rows);
        }
    }
    flow.space(4.0);
    flow.note(&deadline(form));
    for note in case.take_notes() {
        flow.note(&note);
    }
    flow.finish()
}

fn head(flow: &mut Flow, form: &Form, letter: &Letter, case: &mut Case) {
    flow.ends(&form.head.form_number.as_deref().map(form_number).unwrap_or_default(), &letter.date());
    flow.space(4.0);
    let title = case.set("", &title(form));
    let size = if wrap::width(&title) <= columns_of(TITLE) { TITLE } else { HEADING };
    flow.paragraph(Align::Centre, size, &title);
    flow.space(4.0);
    let honorific = words::RECIPIENT_HONORIFIC.ja;
    flow.paragraph(Align::Left, BODY, &format!("{} {honorific}", case.set("", &form.recipient.ja)));
    if let Some(basis) = &form.legal_basis {
        flow.space(2.0);
        let basis = case.set("", &basis.ja);
        flow.paragraph(Align::Left, BODY, &basis);
    }
}

/// Some forms are numbered in the series of another rule and say so themselves.
fn form_number(number: &str) -> String {
    let series = words::FORM_NUMBER.ja;
    if number.is_ascii() { format!("{series} {number}") } else { number.to_owned() }
}

fn deadline(form: &Form) -> String {
    match &form.head.deadline {
        _ if !form.head.class.is_notifiable() => String::new(),
        Deadline::None => String::new(),
        Deadline::Immediately => words::DUE_IMMEDIATELY.ja.to_owned(),
        Deadline::Days { days, .. } => {
            format!("{}{days}{}", words::DUE_BEFORE_DAYS.ja, words::DUE_AFTER_DAYS.ja)
        }
    }
}
