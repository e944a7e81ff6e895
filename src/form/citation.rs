//! What a typist is told about where an item comes from: the law or the paper. What stands in brackets and behind a
//! semicolon is for those who keep the forms, and `uketsuke schema check --unverified` shows it.
use super::schema::{Form, Item};
use crate::text::{Lang, entry as words, fill};

impl Form {
    /// The law or paper that the item's source names, else the name of the form.
    pub fn citation(&self, item: &Item, lang: Lang) -> String {
        match (cited(&item.source.text, lang), &self.head.form_number) {
            (Some(cited), _) => cited.to_owned(),
            (None, Some(number)) => fill(words::FORM_OF.in_lang(lang), &[number]),
            (None, None) => self.head.short_title().in_lang(lang).to_owned(),
        }
    }
}

fn cited(source: &str, lang: Lang) -> Option<&str> {
    let head = source.split(['(', ';', ':']).next()?.trim();
    let mut words = head.split([' ', ',']).filter(|word| !word.is_empty());
    // "The form" without its number is the form that is being filled in.
    let is_note = matches!(head, "" | "様式") || words.any(is_of_keepers);
    // A note in English says nothing to those who read Japanese.
    let is_foreign = lang == Lang::Ja && head.is_ascii();
    (!is_note && !is_foreign).then_some(head)
}

/// `O`, `P`, `V`: how far it was compared; `S16`, `Q5`: where it was read; `seed002`: a collection.
fn is_of_keepers(word: &str) -> bool {
    let numbered = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    matches!(word, "O" | "P" | "V")
        || word.strip_prefix(['S', 'Q']).is_some_and(numbered)
        || word.starts_with("seed")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Catalog, SiteFiles, shipped_sources};

    #[test]
    fn notes_of_the_keepers_stay_with_them() {
        for (source, shown) in [
            ("施行規則4条1項9号 (S16); 様式 (S3)", Some("施行規則4条1項9号")),
            ("旧様式 5-14-3 (S17)", Some("旧様式 5-14-3")),
            ("別紙様式16; 7日以内は O", Some("別紙様式16")),
            ("HER-SYS の選択肢 (S18)", Some("HER-SYS の選択肢")),
            ("様式番号 O; 旧様式 5-14-3 (S17 前半, ほかは O)", None),
            ("S1, S2 (様式は未確認、番号は O)", None),
            ("seed002 諮問4 Q1-Q3", None),
            ("S2", None),
            ("様式 (S3)", None),
            ("local practice (O)", None),
            ("", None),
        ] {
            assert_eq!(cited(source, Lang::Ja), shown, "{source}");
        }
        assert_eq!(cited("a decision of this office", Lang::En), Some("a decision of this office"));
    }

    /// Nothing of what a typist reads about an item of a shipped form is a code of ours.
    #[test]
    fn no_item_shows_a_code() {
        let catalog = Catalog::open(shipped_sources(), SiteFiles::default()).catalog;
        let mut shown = 0;
        for form in catalog.forms() {
            for (item, lang) in form.items.iter().flat_map(|item| [(item, Lang::Ja), (item, Lang::En)]) {
                let help = item.help.as_ref().map_or("", |help| help.in_lang(lang));
                for text in [&form.citation(item, lang), help, item.label.in_lang(lang)] {
                    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
                    // O and P alone are antigens as well.
                    let coded = words.any(|word| word.len() > 1 && is_of_keepers(word));
                    assert!(!coded && !text.contains("(O)"), "{} {}: {text}", form.head.id, item.key);
                }
                shown += 1;
            }
        }
        assert!(shown > 4000, "{shown}");
    }
}
