use super::support::*;
use crate::domain::sensitive::Personal;
use crate::form::Values;
use crate::office::audit::{Action, Outcome, RefKey};
use crate::office::ops::*;
use crate::office::store::{record, subject, transmission};
use crate::office::*;

#[test]
fn a_report_is_received_typed_registered_and_found() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let draft = open(&mut clerk);
    assert_eq!(draft.number, 1);
    clerk.save_draft(&SaveDraft { draft: draft.draft, values: ehec(), position: "phone".into() }).unwrap();
    let outcome =
        clerk.perform(RegisterDraft { draft: draft.draft, values: ehec(), passed: Vec::new() }).unwrap();
    assert!(matches!(outcome, RegisterOutcome::Registered(Registered { version: 1, .. })));
    let event = place.events(&mut clerk).remove(0);
    assert_eq!(
        event.reference(RefKey::Saves),
        Some(&1u32.to_be_bytes()[..]),
        "the closing row counts the saves"
    );

    let view = clerk.perform(ShowRecord { record: draft.record }).unwrap();
    assert_eq!((view.number, view.version, view.values), (1, 1, ehec()));
    for term in ["カリノ", "かりの", "karino", "仮野"] {
        let page = clerk.perform(SearchRecords { term: Personal::new(term.into()) }).unwrap();
        assert_eq!(page.lines.len(), 1, "{term}");
    }
    let event = place.events(&mut clerk).remove(0);
    assert_eq!((event.action, event.detail_commit.is_some()), (Action::SearchRecords, true));
}

#[test]
fn a_draft_survives_the_end_of_the_session() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let draft = open(&mut clerk).draft;
    clerk.save_draft(&SaveDraft { draft, values: ehec(), position: "phone".into() }).unwrap();
    drop(clerk);
    let mut clerk = place.sign_in("1001");
    let page = clerk.perform(ListRecords).unwrap();
    let line = page.lines.first().unwrap();
    assert_eq!((line.state.clone(), line.draft), (RecordState::DraftMine, Some(draft)));
    let resumed = clerk.perform(ResumeDraft { draft }).unwrap();
    assert_eq!((resumed.values, resumed.position.as_str()), (ehec(), "phone"));
}

#[test]
fn nobody_touches_the_draft_of_somebody_else() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let draft = open(&mut clerk).draft;
    let mut other = place.sign_in("1003");
    assert_eq!(other.perform(ResumeDraft { draft }).err(), Some(Reason::NotHolder));
    assert_eq!(place.last(&mut other), (Action::ResumeDraft, Outcome::Denied, Some(Reason::NotHolder)));
    assert_eq!(
        other.perform(RegisterDraft { draft, values: ehec(), passed: Vec::new() }).err(),
        Some(Reason::NotHolder)
    );
    let save = SaveDraft { draft, values: ehec(), position: String::new() };
    assert_eq!(other.save_draft(&save).err(), Some(Reason::NotHolder));
    assert_eq!(other.perform(DiscardDraft { draft }).err(), Some(Reason::NotHolder));
}

#[test]
fn an_incomplete_report_is_not_registered_and_nothing_is_lost() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let draft = open(&mut clerk).draft;
    let outcome = clerk.perform(RegisterDraft { draft, values: Values::new(), passed: Vec::new() }).unwrap();
    let RegisterOutcome::Problems(problems) = outcome else { panic!("registered an empty report") };
    assert!(problems.len() > 5, "all problems at once");
    assert_eq!(place.last(&mut clerk), (Action::RegisterDraft, Outcome::Failed, Some(Reason::FormProblems)));
    assert!(clerk.perform(ResumeDraft { draft }).is_ok(), "the draft is still there");
}

#[test]
fn of_two_people_correcting_one_record_the_second_gets_a_conflict() {
    let place = Place::new();
    let mut first = place.sign_in("1001");
    let record = register(&mut first, &ehec());
    let mut second = place.sign_in("1003");
    let mine = first.perform(ReviseRecord { record }).unwrap().draft;
    let theirs = second.perform(ReviseRecord { record }).unwrap().draft;
    let done = second.perform(RegisterDraft { draft: theirs, values: edited(), passed: Vec::new() }).unwrap();
    assert!(matches!(done, RegisterOutcome::Registered(Registered { version: 2, .. })));
    let conflict = first.perform(RegisterDraft { draft: mine, values: ehec(), passed: Vec::new() }).unwrap();
    let RegisterOutcome::Conflict { theirs, by, .. } = conflict else {
        panic!("the first person's work overwrote")
    };
    assert_eq!((theirs, by.as_str()), (2, "仮田 1003"));
    assert_eq!(place.last(&mut first).2, Some(Reason::VersionConflict));
    assert_eq!(first.perform(ShowRecord { record }).unwrap().values, edited());
    assert!(first.perform(ResumeDraft { draft: mine }).is_ok(), "what the first person typed is still there");
}

#[test]
fn a_registration_can_be_taken_back_for_thirty_seconds_by_its_author() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &ehec());
    let mut other = place.sign_in("1003");
    assert_eq!(other.perform(UndoRegistration { record }).err(), Some(Reason::NotHolder));
    let record = register(&mut clerk, &ehec());
    place.wait(29);
    let draft = clerk.perform(UndoRegistration { record }).unwrap();
    assert_eq!(draft.values, ehec());
    assert_eq!(clerk.perform(ShowRecord { record }).err(), Some(Reason::NotRegistered));
    let again =
        clerk.perform(RegisterDraft { draft: draft.draft, values: ehec(), passed: Vec::new() }).unwrap();
    assert!(
        matches!(again, RegisterOutcome::Registered(Registered { version: 2, .. })),
        "numbers are not reused"
    );
    place.wait(31);
    assert_eq!(clerk.perform(UndoRegistration { record }).err(), Some(Reason::UndoTooLate));
}

#[test]
fn an_administrator_sees_no_records() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &ehec());
    let mut confirmer = place.sign_in("1002");
    assert!(confirmer.perform(ShowRecord { record }).is_ok());
    assert_eq!(
        confirmer.perform(OpenDraft { form: "ehec".into(), intake: intake(), link: None }).err(),
        Some(Reason::RoleForbids)
    );
    // 2001 is supervisor and administrator; as a supervisor reading is allowed, and on record.
    let mut supervisor = place.sign_in("2001");
    assert!(supervisor.perform(ShowRecord { record }).is_ok());
    assert_eq!(place.last(&mut supervisor), (Action::ShowRecord, Outcome::Done, None));
}

#[test]
fn a_log_that_cannot_be_written_stops_every_act() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &ehec());
    clerk
        .store
        .raw()
        .execute_batch("CREATE TEMP TRIGGER full BEFORE INSERT ON main.audit_event BEGIN SELECT RAISE (ABORT, 'full'); END;")
        .unwrap();
    let count = |clerk: &Session| -> i64 {
        clerk.store.raw().query_row("SELECT count(*) FROM draft", [], |row| row.get(0)).unwrap()
    };
    assert!(clerk.perform(ReviseRecord { record }).is_err());
    assert_eq!(count(&clerk), 0, "no row in the log, no draft");
    assert!(clerk.perform(ShowRecord { record }).is_err(), "log before disclose");
    assert!(clerk.perform(OpenDraft { form: "ehec".into(), intake: intake(), link: None }).is_err());
    assert_eq!(count(&clerk), 0);
    clerk.store.raw().execute_batch("DROP TRIGGER full").unwrap();
    assert!(clerk.perform(ShowRecord { record }).is_ok());
}

#[test]
fn discarding_a_new_draft_keeps_its_number_used() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let first = open(&mut clerk);
    clerk.perform(DiscardDraft { draft: first.draft }).unwrap();
    assert!(clerk.perform(ListRecords).unwrap().lines.is_empty());
    assert_eq!(open(&mut clerk).number, 2);
}

#[test]
fn the_database_refuses_too() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    register(&mut clerk, &ehec());
    for forbidden in [
        "UPDATE audit_event SET outcome = 1",
        "DELETE FROM audit_event",
        "UPDATE record_version SET content = '{}'",
        "DELETE FROM record_version",
    ] {
        assert!(clerk.store.raw().execute_batch(forbidden).is_err(), "{forbidden}");
    }
}

/// A list must cost what it shows: ten years later it opens as fast as today.
#[test]
fn a_list_reads_no_more_records_than_it_shows() {
    let place = Place::new();
    let clerk = place.sign_in("1001");
    let plan = |sql: &str| -> Vec<String> {
        let mut statement = clerk.store.raw().prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let parameters = vec![1; statement.parameter_count()];
        let steps =
            statement.query_map(rusqlite::params_from_iter(parameters), |row| row.get("detail")).unwrap();
        steps.map(Result::unwrap).collect()
    };
    for sql in [subject::newest_records().as_str(), record::COUNT_RECORDS, transmission::LATEST_STATE] {
        let steps = plan(sql);
        assert!(
            steps.iter().all(|step| step.starts_with("SEARCH") || step.starts_with("CORRELATED")),
            "{sql}: {steps:?}"
        );
    }
    assert!(plan(record::COUNT_RECORDS).iter().all(|step| step.contains("COVERING")));
}
