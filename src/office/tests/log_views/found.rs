//! What a page holds and how a person is found in it, case by case.
use super::*;

#[test]
fn a_damaged_row_does_not_keep_its_page_shut() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &ehec());
    let mut supervisor = place.sign_in("2001");
    let raw = supervisor.store.raw();
    raw.execute_batch(
        "DROP TRIGGER audit_event_fixed; DROP TRIGGER audit_event_kept; PRAGMA foreign_keys = OFF;
         UPDATE audit_event SET body = x'00' WHERE seq = 3; UPDATE audit_event SET body = NULL WHERE seq IN (4, 5);
         DELETE FROM audit_event WHERE seq = 2;",
    )
    .unwrap();
    let staff = StaffNumber::parse("1002");
    for query in [LogQuery::default(), LogQuery { staff, ..LogQuery::default() }] {
        let page = supervisor.perform(ListLog { before: None, query }).unwrap();
        let others: Vec<&LogRow> = page.rows.iter().filter(|row| row.event().is_none()).collect();
        assert!(
            matches!(
                others.as_slice(),
                [
                    LogRow::Erased { first: 4, last: 5 },
                    LogRow::Damaged { seq: 3, damage: Damage::Unreadable },
                    LogRow::Missing { first: 2, last: 2 },
                ]
            ),
            "{others:?}"
        );
    }
    let _ = record;
}

/// Number, name, reading and birth date all lead to the person, also to the records that were declared the same.
#[test]
fn a_person_is_looked_for_as_in_the_worklist() {
    let mut scene = Scene::new();
    let [first, second, third] = scene.records;
    let mut clerk = scene.place.sign_in("1001");
    for record in scene.records {
        clerk.perform(ShowRecord { record }).unwrap();
    }
    let mut shown = |term: &str| {
        let whom = Some(Whom::Term(Personal::new(term.into())));
        let actions = BTreeSet::from([Action::ShowRecord]);
        let query = LogQuery { whom, actions, ..LogQuery::default() };
        let page = scene.supervisor.perform(ListLog { before: None, query })?;
        let mut seen: Vec<RecordId> = page.events().map(|line| line.records[0].id).collect();
        seen.reverse();
        Ok(seen)
    };
    assert_eq!(shown("0001"), Ok(vec![first, second]));
    assert_eq!(shown("2026-2"), Ok(vec![first, second]));
    assert_eq!(shown("3"), Ok(vec![third]));
    assert_eq!(shown("仮野"), Ok(vec![first, second, third]), "the same name");
    assert_eq!(shown("かりの S50.3.4"), Ok(vec![first, second, third]));
    assert_eq!(shown("2025-1"), Err(Reason::NoSuchThing));
    assert_eq!(shown("だれか"), Err(Reason::NoSuchThing));
    let events = scene.place.events(&mut scene.supervisor);
    assert!(events[0].detail_commit.is_none(), "a search that found nobody says only that");
    assert!(events[2].detail_commit.is_some(), "what was looked for is on record, and can be erased");
}

#[test]
fn a_draft_thrown_away_is_still_found() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let draft = open(&mut clerk);
    clerk.perform(DiscardDraft { draft: draft.draft }).unwrap();
    let mut supervisor = place.sign_in("2001");
    let query = LogQuery { whom: Some(Whom::Term(Personal::new("1".into()))), ..LogQuery::default() };
    let page = supervisor.perform(ListLog { before: None, query }).unwrap();
    let seen: Vec<Action> = page.events().map(|line| line.action).collect();
    assert_eq!(seen, [Action::DiscardDraft, Action::OpenDraft]);
}

/// Rows about a draft or a sending say whose they are, also where the row names it only beside its object.
#[test]
fn the_record_behind_an_event_is_shown() {
    let place = Place::new();
    let (record, _, transmission, pages) = place.awaiting();
    let mut clerk = place.sign_in("1003");
    clerk.perform(ReviseRecord { record }).unwrap_err();
    clerk.perform(ShowTimeline { record, of: TimelineOf::Person }).unwrap();
    let draft = open(&mut place.sign_in("1001")).draft;
    assert_eq!(clerk.perform(ResumeDraft { draft }).err(), Some(Reason::NotHolder));
    place.confirm(transmission, pages);
    let mut supervisor = place.sign_in("2001");
    let page = supervisor.perform(ListLog::default()).unwrap();
    let numbers = |action: Action| {
        let line = page.events().find(|line| line.action == action).unwrap();
        line.records.iter().map(|record| record.number).collect::<Vec<_>>()
    };
    assert_eq!(numbers(Action::ShowTimeline), [1]);
    assert_eq!(numbers(Action::ResumeDraft), [2], "refused, and whose draft it was is said");
    assert_eq!(numbers(Action::PrepareTransmission), [1]);
    assert_eq!(numbers(Action::ConfirmTransmission), [1]);
    assert_eq!(numbers(Action::SignIn).len(), 0);
}

#[test]
fn a_detail_that_was_exchanged_is_not_shown() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    for term in ["かりの", "みほん"] {
        clerk.perform(SearchRecords { term: Personal::new(term.into()) }).unwrap();
    }
    let mut supervisor = place.sign_in("2001");
    let raw = supervisor.store.raw();
    raw.execute_batch(
        "DROP TRIGGER audit_detail_fixed;
         UPDATE audit_detail SET text = '見本' WHERE seq = (SELECT min(seq) FROM audit_detail);
         DELETE FROM audit_detail WHERE seq = (SELECT max(seq) FROM audit_detail);",
    )
    .unwrap();
    clerk.perform(SearchRecords { term: Personal::new("ためしの".into()) }).unwrap();
    let page = supervisor.perform(ListLog::default()).unwrap();
    let searches = page.events().filter(|line| line.action == Action::SearchRecords);
    let details: Vec<Detail> = searches.map(|line| line.detail.clone()).collect();
    assert_eq!(details, [Detail::Sealed(Personal::new("ためしの".into())), Detail::Erased, Detail::Altered]);
}
