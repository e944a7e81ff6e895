//! The office remembers how names are written, and of whom it learned them to nobody.
use super::support::*;
use crate::form::{Value, Values};
use crate::japanese::name_dictionary::{NamePart, candidates};
use crate::office::ops::*;
use crate::office::*;

fn person(reading: &str, name: &str) -> Values {
    let mut values = ehec();
    values.set("reading", Value::Text(reading.into()));
    values.set("name", Value::Text(name.into()));
    values
}

fn known(clerk: &mut Session) -> Vec<(NamePart, String, String)> {
    let opened = open(clerk);
    clerk.perform(DiscardDraft { draft: opened.draft }).unwrap();
    let names = opened.names.into_inner();
    names.into_iter().map(|one| (one.part, one.reading, one.written)).collect()
}

fn written(clerk: &mut Session, part: NamePart) -> Vec<String> {
    known(clerk).into_iter().filter(|one| one.0 == part).map(|one| one.2).collect()
}

fn correct(clerk: &mut Session, record: crate::domain::ids::RecordId, values: Values) {
    let draft = clerk.perform(ReviseRecord { record }).unwrap().draft;
    let outcome = clerk.perform(RegisterDraft { draft, values, passed: Vec::new() }).unwrap();
    assert!(matches!(outcome, RegisterOutcome::Registered(_)), "{outcome:?}");
}

#[test]
fn names_are_known_from_the_first_registration_on() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    assert!(known(&mut clerk).is_empty());
    register(&mut clerk, &person("カリノ ハナエ", "仮野 花枝"));
    register(&mut clerk, &person("カリノ ハナエ", "仮野 花江"));
    register(&mut clerk, &person("ミホン ハナエ", "見本 花江"));
    assert_eq!(written(&mut clerk, NamePart::Surname), ["仮野", "見本"], "the frequent first");
    assert_eq!(written(&mut clerk, NamePart::Given), ["花江", "花枝"]);
    let opened = open(&mut clerk);
    let first = candidates(opened.names.expose(), NamePart::Surname, "カリノ");
    assert_eq!(first, ["仮野", "苅野", "狩野"]);
    assert!(!format!("{opened:?}").contains("花枝"), "it cannot be printed");
    // Another clerk's work is the office's too.
    assert_eq!(written(&mut place.sign_in("1003"), NamePart::Surname).len(), 2);
}

#[test]
fn a_corrected_or_undone_spelling_is_forgotten() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &person("カリノ ハナエ", "狩野 花枝"));
    correct(&mut clerk, record, person("カリノ ハナエ", "仮野 花枝"));
    assert_eq!(written(&mut clerk, NamePart::Surname), ["仮野"]);
    correct(&mut clerk, record, person("カリノ ハナエ", "仮野 花江"));
    assert_eq!(written(&mut clerk, NamePart::Given), ["花江"]);
    clerk.perform(UndoRegistration { record }).unwrap();
    assert_eq!(written(&mut clerk, NamePart::Given), ["花枝"], "the version before is the newest again");

    let slip = register(&mut clerk, &person("カリヤ ハナエ", "仮谷 花枝"));
    clerk.perform(UndoRegistration { record: slip }).unwrap();
    assert_eq!(written(&mut clerk, NamePart::Surname), ["仮野"]);
    assert_eq!(written(&mut clerk, NamePart::Given), ["花枝"]);
}

/// What is stored says nothing about when, by whom or together with what a name was typed.
#[test]
fn the_memory_holds_halves_only() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    register(&mut clerk, &person("カリノ ハナエ", "仮野 花枝"));
    register(&mut clerk, &person("マイケル", "マイケル"));
    let columns: Vec<String> = {
        let mut statement =
            clerk.store.raw().prepare("SELECT name FROM pragma_table_info('name_memory')").unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    assert_eq!(columns, ["part", "reading", "written", "times"]);
    let expected = [
        (NamePart::Surname, "カリノ".to_owned(), "仮野".to_owned()),
        (NamePart::Given, "ハナエ".to_owned(), "花枝".to_owned()),
    ];
    let mut found = known(&mut clerk);
    found.sort();
    assert_eq!(found, expected, "a name of one part has no halves");
}
