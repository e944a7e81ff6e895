//! The forms of the notifiable diseases, compared row by row with the tables in `tests/it/data`.
mod answers;
mod heads;
mod picker;
mod records;
mod rules;
mod words;

use std::collections::BTreeMap;

use uketsuke::form::{Catalog, Form, Item, shipped_sources};

const DISEASES: &str = include_str!("../data/diseases.csv");
const SPECIFIC: &str = include_str!("../data/disease-specific.csv");

/// The COVID-19 report of 2021-22, kept as history: no form of today.
const HISTORY: &str = "hist-covid";

type Row = BTreeMap<String, String>;

fn table(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headings = reader.headers().expect("headings").clone();
    let rows = reader.records().map(|record| {
        let record = record.expect("a row as long as the headings");
        headings.iter().zip(&record).map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    });
    rows.collect()
}

fn diseases() -> Vec<Row> {
    let rows = table(DISEASES);
    assert_eq!(rows.len(), 94, "88 diseases, 4 of pandemic influenza, designated, new");
    rows
}

/// The rows about one section of one form, in order.
fn specific(disease: &str, section: &str) -> Vec<Row> {
    let mut rows = table(SPECIFIC);
    rows.retain(|row| row["disease_id"] == disease && row["section"] == section);
    rows
}

fn has_rows(disease: &str) -> bool {
    table(SPECIFIC).iter().any(|row| row["disease_id"] == disease)
}

fn catalog() -> Catalog {
    Catalog::load(shipped_sources()).catalog
}

/// `c4-15` is number 415; the two forms that were there first keep theirs.
fn number(disease: &str) -> String {
    let (class, at) = disease.split_once('-').expect("class and number");
    let digit = match class {
        "ni" => "6",
        "de" => "7",
        "ne" => "8",
        class => class.trim_start_matches('c'),
    };
    if disease == "c3-03" { "031".to_owned() } else { format!("{digit}{at}") }
}

fn form<'c>(catalog: &'c Catalog, disease: &str) -> &'c Form {
    let number = number(disease);
    let mut found = catalog.forms().filter(|form| form.head.number == number);
    let form = found.next().unwrap_or_else(|| panic!("{disease} has no form"));
    assert!(found.next().is_none(), "{number} is there twice");
    form
}

fn item<'f>(form: &'f Form, key: &str) -> Option<&'f Item> {
    form.item(key).or_else(|| form.items.iter().find(|item| item.key.ends_with(&format!("].{key}"))))
}
