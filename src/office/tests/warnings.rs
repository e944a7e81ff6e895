//! Warnings stand only with a reason, and the reason is kept.
use super::support::*;
use crate::domain::sensitive::Personal;
use crate::form::{Passed, Value, Values, Why};
use crate::office::audit::{Action, Outcome};
use crate::office::ops::*;
use crate::office::*;

/// The onset after the first visit: remarkable, not impossible.
fn remarkable() -> Values {
    let mut values = ehec();
    values.set("onset", Value::Date("2026-07-12".parse().unwrap()));
    values
}

fn because(why: Why) -> Vec<Passed> {
    vec![Passed { item: "onset".into(), code: "onset_before_first_visit".into(), why }]
}

#[test]
fn a_warning_without_a_reason_is_not_registered() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let draft = open(&mut clerk).draft;
    let elsewhere = vec![Passed { item: "name".into(), ..because(Why::OnPaper).remove(0) }];
    for passed in [Vec::new(), elsewhere] {
        let outcome = clerk.perform(RegisterDraft { draft, values: remarkable(), passed }).unwrap();
        let RegisterOutcome::Unexplained(warnings) = outcome else { panic!("{outcome:?}") };
        assert_eq!(warnings.iter().map(|w| w.item.as_str()).collect::<Vec<_>>(), ["onset"]);
        let last = place.last(&mut clerk);
        assert_eq!(last, (Action::RegisterDraft, Outcome::Failed, Some(Reason::WarningsOpen)));
    }
    assert!(clerk.perform(ResumeDraft { draft }).is_ok(), "the draft is still there");
}

#[test]
fn the_reason_is_kept_with_the_version_and_offered_again() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let opened = open(&mut clerk);
    let mut passed = because(Why::Words(Personal::new("受診の前に家族が気づいた".into())));
    // A reason for values that have changed since is not kept.
    passed.push(Passed { item: "died".into(), code: "death_before_report".into(), why: Why::OnPaper });
    let register = RegisterDraft { draft: opened.draft, values: remarkable(), passed: passed.clone() };
    let outcome = clerk.perform(register).unwrap();
    let RegisterOutcome::Registered(done) = outcome else { panic!("{outcome:?}") };
    assert_eq!(clerk.perform(ShowRecord { record: done.record }).unwrap().passed, passed[..1]);

    let undone = clerk.perform(UndoRegistration { record: done.record }).unwrap();
    assert_eq!(undone.passed, passed[..1], "what was given is not asked for again");
    let again = RegisterDraft { draft: undone.draft, values: undone.values, passed: undone.passed };
    assert!(matches!(clerk.perform(again).unwrap(), RegisterOutcome::Registered(_)));
    let revised = clerk.perform(ReviseRecord { record: done.record }).unwrap();
    assert_eq!(revised.passed, passed[..1]);
}
