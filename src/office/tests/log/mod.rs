mod attacks;
mod copies;
mod erasing;
mod game;
mod stopped;

use std::collections::BTreeSet;

use super::support::*;
use crate::domain::sensitive::Personal;
use crate::log::verify::unobserved;
use crate::office::audit::{Action, Outcome};
use crate::office::ops::*;
use crate::office::*;

/// Runs SQL that the triggers would refuse, as somebody who owns the database could.
fn tamper(session: &Session, sql: &str) {
    session
        .store
        .raw()
        .execute_batch(&format!(
            "DROP TRIGGER IF EXISTS audit_event_fixed; DROP TRIGGER IF EXISTS audit_event_kept;
             DROP TRIGGER IF EXISTS audit_detail_fixed; PRAGMA foreign_keys = OFF; {sql}; PRAGMA foreign_keys = ON;"
        ))
        .unwrap();
}

#[test]
fn an_honest_log_is_clean_also_for_the_auditor() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &ehec());
    clerk.perform(SearchRecords { term: Personal::new("かりの".into()) }).unwrap();
    let mut supervisor = place.sign_in("2001");
    let found = verified(&mut supervisor, Some(place.auditor.clone()));
    assert_eq!((found.findings.clone(), found.auditor), (vec![], Tier::Checked));
    assert!(found.events > 5);
    let without = verified(&mut supervisor, None);
    assert_eq!(
        (without.auditor, without.paper),
        (Tier::Skipped, Tier::Skipped),
        "never ok for a tier that was skipped"
    );
    assert_eq!(clerk.verify_log(VerifyLog::default(), &mut unobserved).err(), Some(Reason::RoleForbids));
    let _ = record;
}

#[test]
fn alterations_of_rows_are_found() {
    for (sql, expected) in [
        ("UPDATE audit_event SET body = x'00' WHERE seq = 3", "CHAIN 3"),
        ("UPDATE audit_event SET actor = x'00000000000000000000000000000000' WHERE seq = 4", "COLUMN 4"),
        ("DELETE FROM audit_event WHERE seq = 3", "CHAIN 4"),
        ("UPDATE audit_detail SET text = 'something else'", "DETAIL"),
        ("DELETE FROM audit_detail", "DETAIL"),
        ("UPDATE audit_event SET hash = zeroblob(32) WHERE seq = 2", "CHAIN 2"),
    ] {
        let place = Place::new();
        let mut clerk = place.sign_in("1001");
        register(&mut clerk, &ehec());
        clerk.perform(SearchRecords { term: Personal::new("かりの".into()) }).unwrap();
        let mut supervisor = place.sign_in("2001");
        tamper(&supervisor, sql);
        let lines: Vec<String> =
            verified(&mut supervisor, None).findings.iter().map(ToString::to_string).collect();
        assert!(lines.iter().any(|line| line.starts_with(expected)), "{sql}: {lines:?}");
        assert_eq!(
            place.last(&mut supervisor),
            (Action::NoteVerification, Outcome::Failed, Some(Reason::LogBroken))
        );
    }
}

#[test]
fn a_log_that_was_cut_stops_the_house() {
    let place = Place::new();
    let mut supervisor = place.sign_in("2001");
    tamper(&supervisor, "DELETE FROM audit_event WHERE seq = (SELECT max(seq) FROM audit_event)");
    assert_eq!(supervisor.perform(ListStaff).err(), Some(Reason::LogBroken));
    drop(supervisor);
    place.wait(31);
    assert_eq!(place.try_sign_in(&place.credentials("2001")), Err(Reason::LogBroken));
}

#[test]
fn a_crash_between_database_and_seal_is_repaired() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let seal = place.office.house().generation().unwrap().seal_state();
    let before = std::fs::read(&seal).unwrap();
    let record = register(&mut clerk, &ehec());
    // As if the process had died before the last write of the seal: two transactions back cannot happen.
    let after_register = std::fs::read(&seal).unwrap();
    clerk.perform(ShowRecord { record }).unwrap();
    std::fs::write(&seal, &after_register).unwrap();
    clerk.perform(ShowRecord { record }).unwrap();
    let mut supervisor = place.sign_in("2001");
    assert_eq!(verified(&mut supervisor, Some(place.auditor.clone())).findings, vec![]);
    std::fs::write(&seal, &before).unwrap();
    assert_eq!(
        clerk.perform(ShowRecord { record }).err(),
        Some(Reason::LogBroken),
        "more than one transaction back"
    );
}

#[test]
fn a_rewritten_past_is_found_by_the_auditor() {
    let place = Place::new();
    let mut supervisor = place.sign_in("2001");
    // Somebody with the present key rewrites one old event and everything that follows from it.
    let rows: Vec<(i64, Vec<u8>)> = {
        let mut statement =
            supervisor.store.raw().prepare("SELECT seq, body FROM audit_event ORDER BY seq").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    };
    tamper(&supervisor, "SELECT 1");
    let mut prev = [0u8; 32];
    for (seq, body) in rows {
        let mut event = crate::office::audit::event::Event::decode(&body).unwrap();
        event.prev = prev;
        if seq == 2 {
            event.reason = 77;
        }
        let body = event.encode();
        prev = crate::office::audit::event::leaf_hash(&body);
        supervisor
            .store
            .raw()
            .execute(
                "UPDATE audit_event SET body = ?2, hash = ?3 WHERE seq = ?1",
                rusqlite::params![seq, body, prev],
            )
            .unwrap();
    }
    let host: BTreeSet<String> =
        verified(&mut supervisor, None).findings.iter().map(ToString::to_string).collect();
    assert_eq!(host, BTreeSet::new(), "the host alone cannot see it: that is why k0 is in an envelope");
    let audit = verified(&mut supervisor, Some(place.auditor.clone()));
    assert!(audit.findings.iter().any(|finding| finding.what == What::SealForged));
    let stranger = VerifyLog { auditor: Some(place.recipient.text()), paper: None };
    let stranger = supervisor.verify_log(stranger, &mut unobserved);
    assert_eq!(stranger.err(), Some(Reason::AuditorKeyWrong));
}

#[test]
fn a_clock_that_was_moved_is_on_record() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let read = |clock: &TestClock| crate::domain::time::Clock::read(clock);
    let _ = read(&place.clock);
    // The wall jumps by an hour while the machine has run for a second.
    crate::office::tests::support::jump(&place.clock, 3600);
    clerk.perform(ListRecords).unwrap();
    let events = place.events(&mut clerk);
    assert_eq!((events[0].action, events[1].action), (Action::ListRecords, Action::ClockStep));
    let mut supervisor = place.sign_in("2001");
    let found = found(&mut supervisor, None);
    assert_eq!(found.iter().map(|finding| finding.what).collect::<Vec<_>>(), [What::ClockStep]);
}

#[test]
fn supervisors_review_others_and_nobody_reviews_themselves() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    register(&mut clerk, &ehec());
    let mut supervisor = place.sign_in("2001");
    let page = supervisor.perform(ListLog::default()).unwrap();
    let registered = page.events().find(|line| line.action == Action::RegisterDraft).unwrap();
    assert_eq!(registered.actor_number, "1001");
    assert_eq!(
        registered.records.first().map(|record| (record.number, record.name.expose().as_str())),
        Some((1, "仮野 花枝"))
    );
    let review = |verdict, reason: &str| ReviewEvent {
        seq: registered.seq,
        verdict,
        reason: Personal::new(reason.into()),
    };
    assert_eq!(supervisor.perform(review(Verdict::Doubtful, " ")).err(), Some(Reason::ReviewReasonMissing));
    supervisor.perform(review(Verdict::Work, "")).unwrap();
    let own = page.events().find(|line| line.own).unwrap().seq;
    let own = ReviewEvent { seq: own, verdict: Verdict::Work, reason: Personal::default() };
    assert_eq!(supervisor.perform(own).err(), Some(Reason::OwnRow));
    assert_eq!(place.last(&mut supervisor), (Action::ReviewEvent, Outcome::Denied, Some(Reason::OwnRow)));
    assert_eq!(clerk.perform(ListLog::default()).err(), Some(Reason::RoleForbids));
    let page = supervisor.perform(ListLog::default()).unwrap();
    assert_eq!(page.reviewed, 1);
}

#[test]
fn a_second_account_is_nobody_else() {
    let place = Place::new();
    place.sign_in("2002").perform(ListStaff).unwrap();
    let mut supervisor = place.sign_in("2001");
    let page = supervisor.perform(ListLog::default()).unwrap();
    let looked = page.events().find(|line| line.actor_number == "2002").unwrap();
    assert!(!looked.own);
    let review = ReviewEvent { seq: looked.seq, verdict: Verdict::Work, reason: Personal::default() };
    supervisor.perform(review.clone()).unwrap();
    let same =
        "UPDATE staff SET person = (SELECT person FROM staff WHERE number = '2001') WHERE number = '2002'";
    supervisor.store.raw().execute_batch(same).unwrap();
    assert_eq!(supervisor.perform(review).err(), Some(Reason::OwnRow));
    assert_eq!(supervisor.perform(TakeBackReview { seq: looked.seq }).err(), Some(Reason::OwnRow));
    let page = supervisor.perform(ListLog::default()).unwrap();
    assert!(page.events().find(|line| line.seq == looked.seq).unwrap().own);
}
