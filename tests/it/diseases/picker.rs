//! How many keys it takes to have a disease first in the picker.
use super::{catalog, diseases, form, number};
use uketsuke::form::{Catalog, Head, Usage, search_romaji};

/// Keys that a clerk presses without looking.
const KEYS_MAX: usize = 5;

fn is_first(catalog: &Catalog, query: &str, head: &Head) -> bool {
    catalog.find(query, &Usage::new()).first().is_some_and(|found| found.id == head.id)
}

/// The shortest beginning of `word` that puts the form first.
fn shortest(catalog: &Catalog, word: &str, head: &Head) -> Option<String> {
    let beginnings = (1..=word.chars().count()).map(|keys| word.chars().take(keys).collect::<String>());
    beginnings.into_iter().find(|query| is_first(catalog, query, head))
}

#[test]
fn every_disease_is_first_for_its_number() {
    let catalog = catalog();
    for row in diseases() {
        let head = &form(&catalog, &row["id"]).head;
        assert!(is_first(&catalog, &number(&row["id"]), head), "{}", head.number);
        if let Some(printed) = &head.form_number {
            assert!(is_first(&catalog, printed, head), "{printed}");
        }
    }
}

#[test]
fn every_disease_is_first_after_five_keys() {
    let catalog = catalog();
    let mut table = Vec::new();
    for row in diseases() {
        let head = &form(&catalog, &row["id"]).head;
        let names = head.aliases.iter().filter(|alias| alias.is_ascii()).cloned();
        let words = std::iter::once(search_romaji(&head.kana)).chain(names);
        let best = words.filter_map(|word| shortest(&catalog, &word, head)).min_by_key(String::len);
        table.push((best.unwrap_or_else(|| "-".repeat(KEYS_MAX + 1)), head.id.clone()));
    }
    table.sort_by_key(|(query, _)| std::cmp::Reverse(query.len()));
    let rows: Vec<String> = table.iter().map(|(query, id)| format!("{query:8} {id}")).collect();
    println!("{}", rows.join("\n"));
    let long: Vec<&(String, String)> = table.iter().filter(|(query, _)| query.len() > KEYS_MAX).collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn japanese_names_that_people_say_are_found() {
    let catalog = catalog();
    for (query, id) in [
        ("はしか", "measles"),
        ("hashika", "measles"),
        ("エイズ", "hiv_aids"),
        ("水ぼうそう", "varicella_hospitalized"),
        ("サル痘", "mpox"),
        ("プリオン", "cjd"),
        ("麻しん", "measles"),
        ("結核", "tuberculosis"),
        ("けっかく", "tuberculosis"),
        ("MERS", "mers"),
    ] {
        let first = catalog.find(query, &Usage::new()).first().map(|head| head.id.clone());
        assert_eq!(first.as_deref(), Some(id), "{query}");
    }
}
