//! What the forms say fits the screen and means the same on every terminal.
use super::catalog;
use uketsuke::form::{Bilingual, Form, Kind};
use uketsuke::japanese::screen::display_width;
use uketsuke::text::Lang;
use uketsuke::text::scan::is_safe;

/// A row of messages, without the space on either side.
const MESSAGE_COLUMNS: usize = 78;
/// Released with the first forms, with an English help that is a little too long.
const LEFT_AS_IT_IS: &str = "institution_address";
/// "? 原本と未照合: " stands before the citation.
const SOURCE_COLUMNS: usize = MESSAGE_COLUMNS - 18;

fn is_ascii(text: &str) -> bool {
    text.chars().all(|c| matches!(c, ' '..='~'))
}

fn texts(form: &Form) -> Vec<&Bilingual> {
    let mut all = vec![&form.head.title, &form.recipient];
    all.extend(form.head.short.iter().chain(&form.legal_basis));
    all.extend(form.pages.iter().map(|page| &page.title));
    all.extend(form.groups.iter().map(|group| &group.label));
    all.extend(form.rules.iter().map(|rule| &rule.message));
    for item in &form.items {
        all.push(&item.label);
        all.extend(&item.help);
        all.extend(item.kind.options().iter().map(|option| &option.label));
        if let Kind::Integer { unit, .. } | Kind::Decimal { unit, .. } | Kind::Computed { unit, .. } =
            &item.kind
        {
            all.push(unit);
        }
    }
    all
}

#[test]
fn every_character_has_one_width() {
    for form in catalog().forms() {
        for text in texts(form) {
            let doubtful: Vec<char> = text.ja.chars().filter(|c| !is_safe(*c)).collect();
            assert!(doubtful.is_empty(), "{}: {doubtful:?} in {}", form.head.id, text.ja);
            assert!(is_ascii(&text.en), "{}: {}", form.head.id, text.en);
        }
    }
}

#[test]
fn messages_helps_and_sources_fit_their_row() {
    let mut long = Vec::new();
    for form in catalog().forms() {
        let id = &form.head.id;
        for item in form.items.iter().filter(|item| item.key != LEFT_AS_IT_IS) {
            for (label, help) in
                item.help.iter().flat_map(|h| [(&item.label.ja, &h.ja), (&item.label.en, &h.en)])
            {
                if display_width(label) + 2 + display_width(help) > MESSAGE_COLUMNS {
                    long.push(format!("{id} {}: {help}", item.key));
                }
            }
            let cited = [Lang::Ja, Lang::En].map(|lang| form.citation(item, lang));
            long.extend(cited.into_iter().filter(|text| display_width(text) > SOURCE_COLUMNS));
        }
        for rule in &form.rules {
            for message in [&rule.message.ja, &rule.message.en] {
                if display_width(message) > MESSAGE_COLUMNS {
                    long.push(format!("{id} {}: {message}", rule.id));
                }
            }
        }
    }
    long.sort();
    long.dedup();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

/// The picker gives a title 34 columns.
#[test]
fn short_titles_fit_the_picker() {
    for form in catalog().forms() {
        let title = &form.head.short_title().ja;
        assert!(display_width(title) <= 34, "{title}");
    }
}
