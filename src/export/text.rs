//! A record as a plain text document, in pages that a line printer or a fax program can take.
use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{Rendition, RenditionError};
use crate::form::{Complete, Deadline, Form, Item, Kind};
use crate::text::{Lang, form as words};

const MEDIA_TYPE: &str = "text/plain";
/// Lines of a page, the two lines of the footer included: what A4 holds at the usual size.
const PAGE_LINES: usize = 60;
const FOOTER_LINES: usize = 2;
/// Columns of a line; East Asian characters take two.
const LINE_COLUMNS: usize = 78;
/// Where values begin.
const VALUE_COLUMN: usize = 34;
const NUMBER_COLUMN: usize = 6;

/// Renders the record with the form that it was entered with.
pub fn render(
    form: &Form,
    record: &Complete,
    left_out: &BTreeSet<String>,
    lang: Lang,
) -> Result<Rendition, RenditionError> {
    if record.form() != (form.head.id.as_str(), form.head.version) {
        return Err(RenditionError::OtherForm);
    }
    let lines = lines(form, record, left_out, lang);
    let pages: Vec<&[String]> = lines.chunks(PAGE_LINES - FOOTER_LINES).collect();
    let count = u16::try_from(pages.len()).map_err(|_| RenditionError::TooLong)?;
    let mut text = String::new();
    for (index, page) in pages.iter().enumerate() {
        for line in *page {
            text.push_str(line);
            text.push('\n');
        }
        // A short last page is filled, so that its footer stands where the others stand.
        text.extend(std::iter::repeat_n('\n', PAGE_LINES - FOOTER_LINES - page.len() + 1));
        let number = format!("{} {}/{count}", words::PAGE.in_lang(lang), index + 1);
        text.push_str(&centred(&format!("{}  {number}", form.head.id_and_version())));
        text.push('\n');
    }
    Ok(Rendition {
        media_type: MEDIA_TYPE,
        file_name: format!("{}-v{}.txt", form.head.id, form.head.version),
        bytes: text.into_bytes(),
        pages: count,
    })
}

/// A sheet that says nothing about anybody.
pub fn test_page(to: &str, control: &str, lang: Lang) -> Rendition {
    let text = format!("{}\n\n{to}\n\n{control}\n", words::TEST_PAGE.in_lang(lang));
    Rendition {
        media_type: MEDIA_TYPE,
        file_name: "test-page.txt".to_owned(),
        bytes: text.into_bytes(),
        pages: 1,
    }
}

fn lines(form: &Form, record: &Complete, left_out: &BTreeSet<String>, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(number) = &form.head.form_number {
        lines.push(format!("{} {number}", words::FORM_NUMBER.in_lang(lang)));
    }
    let suffix = match (lang, form.head.class.is_notifiable()) {
        (Lang::Ja, true) => words::REPORT.ja,
        _ => "",
    };
    lines.push(centred(&format!("{}{suffix}", form.head.title.in_lang(lang))));
    lines.push(String::new());
    let honorific = words::RECIPIENT_HONORIFIC.in_lang(lang);
    lines.push(format!("{} {honorific}", form.recipient.in_lang(lang)).trim_end().to_owned());
    if let Some(basis) = &form.legal_basis {
        lines.push(String::new());
        lines.extend(wrap(basis.in_lang(lang), LINE_COLUMNS));
    }
    for (page, title) in form.pages.iter().enumerate() {
        let items: Vec<&Item> = form
            .items_of_page(page)
            .filter(|item| !left_out.contains(&item.key) && record.value(&item.key).is_some())
            .collect();
        if items.is_empty() {
            continue;
        }
        lines.push(String::new());
        lines.push(format!("[{}]", title.title.in_lang(lang)));
        for item in items {
            lines.extend(item_lines(form, item, record, lang));
        }
    }
    lines.push(String::new());
    lines.extend(wrap(&deadline(form, lang), LINE_COLUMNS));
    lines
}

fn item_lines(form: &Form, item: &Item, record: &Complete, lang: Lang) -> Vec<String> {
    let Some(value) = record.value(&item.key) else { return Vec::new() };
    let number = padded(item.number.as_deref().unwrap_or_default(), NUMBER_COLUMN);
    let head = format!("{number}{}", item.label.in_lang(lang));
    let value = form.format_value(item, value, lang);
    let mut values: Vec<String> = match item.kind {
        Kind::MultiLine { .. } => {
            value.split('\n').flat_map(|line| wrap(line, LINE_COLUMNS - VALUE_COLUMN)).collect()
        }
        _ => wrap(&value, LINE_COLUMNS - VALUE_COLUMN),
    };
    let indent = " ".repeat(VALUE_COLUMN);
    let mut lines = Vec::with_capacity(values.len() + 1);
    // A label too long for its column gets a line of its own.
    if head.width() + 1 > VALUE_COLUMN {
        lines.push(head);
    } else if !values.is_empty() {
        lines.push(format!("{}{}", padded(&head, VALUE_COLUMN), values.remove(0)));
    }
    lines.extend(values.into_iter().map(|line| format!("{indent}{line}").trim_end().to_owned()));
    lines
}

fn deadline(form: &Form, lang: Lang) -> String {
    match (&form.head.deadline, form.head.class.is_notifiable()) {
        (_, false) | (Deadline::None, _) => String::new(),
        (Deadline::Immediately, true) => words::DUE_IMMEDIATELY.in_lang(lang).to_owned(),
        (Deadline::Days { days, .. }, true) => {
            format!("{}{days}{}", words::DUE_BEFORE_DAYS.in_lang(lang), words::DUE_AFTER_DAYS.in_lang(lang))
        }
    }
}

/// Breaks at grapheme boundaries: Japanese has no spaces to break at. Never drops a character.
fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let width = grapheme.width();
        if used + width > columns && used > 0 {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(grapheme);
        }
        used += width;
    }
    lines
}

fn padded(text: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(missing))
}

fn centred(text: &str) -> String {
    format!("{}{text}", " ".repeat(LINE_COLUMNS.saturating_sub(text.width()) / 2))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::time::Timestamp;
    use crate::form::{Catalog, Context, Value, shipped_sources};

    fn record(remarks: &str) -> (Catalog, Complete) {
        let catalog = Catalog::load(shipped_sources()).catalog;
        let today = NaiveDate::from_ymd_opt(2026, 7, 14).unwrap();
        let received_at = Timestamp::from_japan(today.and_hms_opt(9, 12, 0).unwrap());
        let form = catalog.latest("homecare_support_request").unwrap();
        let mut values = form
            .parse_json_values(
                r#"{"reading":"カリノ ハナエ","name":"仮野 花枝","sex":"女","birth_date":"1975-03-04",
                    "phone":"0300000123","requests":["電話診療"],"urgency":"当日","consent":"person"}"#
                    .as_bytes(),
            )
            .unwrap();
        values.set("course", Value::Text(remarks.to_owned()));
        let complete = form.complete(&values, &Context { today, received_at }).unwrap();
        (catalog, complete)
    }

    #[test]
    fn pages_have_sixty_lines_and_a_footer() {
        let (catalog, complete) = record(&"あ\n".repeat(150));
        let form = catalog.latest("homecare_support_request").unwrap();
        let rendition = render(form, &complete, &BTreeSet::new(), Lang::Ja).unwrap();
        let text = String::from_utf8(rendition.bytes).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), PAGE_LINES * usize::from(rendition.pages));
        assert_eq!(rendition.pages, 3);
        for (page, chunk) in lines.chunks(PAGE_LINES).enumerate() {
            let footer = chunk.last().unwrap().trim();
            assert_eq!(footer, format!("{}  頁 {}/3", form.head.id_and_version(), page + 1));
        }
        assert!(lines.iter().all(|line| line.width() <= LINE_COLUMNS));
        assert_eq!(
            lines.iter().filter(|line| line.trim() == "あ").count(),
            149,
            "the first stands by its label"
        );
    }

    #[test]
    fn says_nothing_personal_outside_the_bytes() {
        let (catalog, complete) = record("経過");
        let form = catalog.latest("homecare_support_request").unwrap();
        let rendition = render(form, &complete, &BTreeSet::new(), Lang::Ja).unwrap();
        assert_eq!(rendition.file_name, "homecare_support_request-v2.txt");
        assert!(!format!("{rendition:?}").contains("仮野"));
        assert!(String::from_utf8(rendition.bytes).unwrap().contains("仮野 花枝"));
    }

    #[test]
    fn refuses_another_form() {
        let (catalog, complete) = record("経過");
        assert_eq!(
            render(catalog.latest("ehec").unwrap(), &complete, &BTreeSet::new(), Lang::Ja),
            Err(RenditionError::OtherForm)
        );
    }

    #[test]
    fn wrapping_loses_nothing() {
        let text = "漢字かな交じりabcの文".repeat(20);
        assert_eq!(wrap(&text, 11).concat(), text);
        assert!(wrap(&text, 11).iter().all(|line| line.width() <= 11));
        assert_eq!(wrap("", 10), [""]);
    }
}
