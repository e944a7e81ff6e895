//! Who had to do with a person's records, on the panel and on paper; and the figures of the log.
use super::support::*;
use crate::domain::digest::Digest;
use crate::domain::ids::RecordId;
use crate::domain::sensitive::Personal;
use crate::office::audit::{Action, Outcome, RefKey};
use crate::office::ops::*;
use crate::office::*;

/// One person with two records and a sending that was confirmed; a colleague who only looked; somebody else's record.
struct Scene {
    place: Place,
    record: RecordId,
    twin: RecordId,
    stranger: RecordId,
}

fn scene() -> Scene {
    let place = Place::new();
    let (record, _, transmission, pages) = place.awaiting();
    let mut clerk = place.sign_in("1001");
    let (twin, stranger) = (register(&mut clerk, &ehec()), register(&mut clerk, &ehec()));
    clerk.perform(DeclareSame { record, others: vec![twin] }).unwrap();
    let mut curious = place.sign_in("1003");
    for record in [record, twin, stranger] {
        curious.perform(ShowRecord { record }).unwrap();
    }
    place.wait(600);
    place.confirm(transmission, pages);
    Scene { place, record, twin, stranger }
}

#[test]
fn everybody_who_had_to_do_with_a_person_is_named() {
    let Scene { place, record, twin, stranger } = scene();
    let mut supervisor = place.sign_in("2001");
    let found = supervisor.perform(ShowAccesses { record }).unwrap();
    let lines: Vec<(&str, Action, Why)> =
        found.lines.iter().map(|line| (line.number.as_str(), line.action, line.why)).collect();
    let prepared = Why::SameDay(Action::RegisterDraft);
    assert_eq!(
        lines,
        [
            ("1001", Action::OpenDraft, prepared),
            ("1001", Action::RegisterDraft, Why::Work),
            ("1001", Action::PrepareTransmission, Why::Work),
            ("1001", Action::OpenDraft, prepared),
            ("1001", Action::RegisterDraft, Why::Work),
            ("1001", Action::DeclareSame, Why::Work),
            ("1003", Action::ShowRecord, Why::NotSaid),
            ("1003", Action::ShowRecord, Why::NotSaid),
            ("1002", Action::BeginConfirmation, Why::SameDay(Action::ConfirmTransmission)),
            ("1002", Action::MatchTransmission, Why::SameDay(Action::ConfirmTransmission)),
            ("1002", Action::ConfirmTransmission, Why::Work),
        ]
    );
    let first = &found.lines[0];
    assert_eq!((first.name.as_str(), first.section.as_str()), ("仮田 1001", "感染症対策係"));
    assert_eq!(first.terminal, "pts/1");
    let records: Vec<RecordId> = found.records.iter().map(|record| record.id).collect();
    assert_eq!((records, found.people), (vec![record, twin], 3));
    assert_eq!(found.unread, Unread::default());
    assert_eq!(place.last(&mut supervisor), (Action::ShowAccesses, Outcome::Done, None));
    // From the other record it is the same list, and of the other person another.
    let lines_of = |found: Box<Accesses>| found.lines.iter().map(|line| line.seq).collect::<Vec<_>>();
    let before = lines_of(found);
    let from_twin = lines_of(supervisor.perform(ShowAccesses { record: twin }).unwrap());
    assert!(from_twin.starts_with(&before) && from_twin.len() == before.len() + 1, "and that somebody asked");
    assert_eq!(supervisor.perform(ShowAccesses { record: stranger }).unwrap().lines.len(), 3);
}

/// The list does not become shorter by what somebody edits, and says what it cannot know.
#[test]
fn what_was_taken_out_of_the_log_is_counted() {
    let Scene { place, record, .. } = scene();
    let mut supervisor = place.sign_in("2001");
    let before = supervisor.perform(ShowAccesses { record }).unwrap();
    let looked = before.lines.iter().find(|line| line.action == Action::ShowRecord).unwrap().seq;
    let sql = format!(
        "DROP TRIGGER audit_event_fixed; DROP TRIGGER audit_event_kept; PRAGMA foreign_keys = OFF;
         UPDATE audit_event SET object = zeroblob(16), action = 11, actor = zeroblob(16);
         UPDATE audit_event SET body = zeroblob(400) WHERE seq = {looked};
         UPDATE audit_event SET body = NULL WHERE seq = 2; DELETE FROM audit_event WHERE seq IN (3, 4);"
    );
    supervisor.store.raw().execute_batch(&sql).unwrap();
    let after = supervisor.perform(ShowAccesses { record }).unwrap();
    assert_eq!(after.unread, Unread { damaged: 1, erased: 1, missing: 2 });
    // The damaged one is gone from the list, and the look before stands in it.
    assert_eq!(after.lines.len(), before.lines.len() - 1 + 1);
}

#[test]
fn supervisors_alone_learn_who_looked() {
    let Scene { place, record, .. } = scene();
    let nobody = RecordId::from_bytes([9; 16]);
    let mut clerk = place.sign_in("1001");
    assert_eq!(clerk.perform(ShowAccesses { record }).err(), Some(Reason::RoleForbids));
    assert_eq!(clerk.perform(PrintAccesses { record }).err(), Some(Reason::RoleForbids));
    assert_eq!(place.last(&mut clerk), (Action::PrintAccesses, Outcome::Denied, Some(Reason::RoleForbids)));
    let day = place.now().date_in_japan();
    assert_eq!(clerk.perform(SummariseLog { from: day, to: day }).err(), Some(Reason::RoleForbids));
    let mut supervisor = place.sign_in("2001");
    assert_eq!(supervisor.perform(ShowAccesses { record: nobody }).err(), Some(Reason::NoSuchThing));
    assert_eq!(supervisor.perform(PrintAccesses { record: nobody }).err(), Some(Reason::NoSuchThing));
    // Allowed, but the table of people cannot be read.
    supervisor.store.raw().execute_batch("UPDATE staff SET number = 'x' WHERE number = '1003'").unwrap();
    assert_eq!(supervisor.perform(ShowAccesses { record }).err(), Some(Reason::Impossible));
    assert_eq!(supervisor.perform(PrintAccesses { record }).err(), Some(Reason::Impossible));
    assert_eq!(supervisor.perform(SummariseLog { from: day, to: day }).err(), Some(Reason::Impossible));
    assert_eq!(
        place.last(&mut supervisor),
        (Action::SummariseLog, Outcome::Failed, Some(Reason::Impossible))
    );
}

#[test]
fn the_paper_says_who_and_nothing_about_the_person() {
    let Scene { place, record, .. } = scene();
    let mut supervisor = place.sign_in("2001");
    let paper = supervisor.perform(PrintAccesses { record }).unwrap();
    let pdf = paper.pdf.expose();
    assert!(pdf.starts_with(b"%PDF-"));
    let event = place.events(&mut supervisor).into_iter().next().unwrap();
    assert_eq!(event.reference(RefKey::Paper), Some(&Digest::of(pdf).as_bytes()[..]));
    let text = paper.text.expose();
    for said in ["見本保健所", "令和8年7月14日", "仮田 1003 感染症対策係", "利用記録の全", "端末 pts/1"]
    {
        assert!(text.contains(said), "{said} in\n{text}");
    }
    for personal in ["仮野", "カリノ", "1975", "昭和50", "腸管", "O157", "0300000123"] {
        assert!(!text.contains(personal), "{personal} in\n{text}");
    }
    insta::assert_snapshot!("accesses_paper", text);
}

#[test]
fn figures_count_what_the_log_says() {
    let Scene { place, stranger, .. } = scene();
    // Once more, with a mismatch before it; then the other way round it never went.
    let destination = place.in_force(DestinationProposal { code: "D015".into(), ..place.proposal() });
    let prepared = prepare(&mut place.sign_in("1001"), stranger, destination);
    place.wait(3_700);
    let mut second = place.sign_in("1002");
    let transmission = prepared.transmission;
    let task = second.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn }).unwrap();
    let wrong = BlindAnswers { person: Personal::new("1".into()), ..place.answers(prepared.pages) };
    let tried = MatchTransmission { transmission, evidence: task.evidence, answers: wrong };
    assert!(matches!(second.perform(tried), Ok(MatchOutcome::Mismatch { .. })));
    place.confirm(transmission, prepared.pages);
    let mut supervisor = place.sign_in("2001");
    let page = supervisor.perform(ListLog::default()).unwrap();
    for (at, verdict) in [(3, Verdict::Work), (4, Verdict::Later)] {
        let seq = page.events().filter(|line| !line.own).nth(at).unwrap().seq;
        supervisor.perform(ReviewEvent { seq, verdict, reason: Personal::default() }).unwrap();
    }
    let day = place.now().date_in_japan();
    let figures = supervisor.perform(SummariseLog { from: day, to: day }).unwrap();
    assert_eq!(place.last(&mut supervisor), (Action::SummariseLog, Outcome::Done, None));
    assert_eq!(figures.events, page.total + 3, "its own row comes after it");
    assert_eq!(figures.latencies, [0, 0, 1, 0, 0, 1, 0, 0], "ten minutes and a little; an hour and a little");
    let [pair] = figures.pairs.as_slice() else { panic!("{:?}", figures.pairs) };
    assert_eq!((pair.together, pair.all), (2, 2));
    assert!(pair.people.iter().any(|name| name == "1001 仮田 1001"), "{pair:?}");
    let checks: Vec<(&str, u32, u32, u32)> =
        figures.checks.iter().map(|one| (one.number.as_str(), one.tries, one.misses, one.drills)).collect();
    assert_eq!(checks, [("1002", 3, 1, 0)]);
    let week = &figures.weeks[0];
    assert_eq!((figures.weeks.len(), week.year, week.week, week.reviewed), (1, 2026, 29, 1));
    let clerk = figures.busy.iter().find(|busy| busy.number == "1001").unwrap();
    assert_eq!(clerk.hours[9], clerk.total(), "it was half past nine: {clerk:?}");
    let yesterday = day.pred_opt().unwrap();
    let none = supervisor.perform(SummariseLog { from: yesterday, to: yesterday }).unwrap();
    assert_eq!((none.events, none.busy.len(), none.pairs.len(), none.weeks.len()), (0, 0, 0, 0));
}
