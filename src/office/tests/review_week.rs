//! The weekly review: queue, verdicts, sign-off, declarations of kin.
use chrono::NaiveDate;

use super::support::*;
use crate::domain::hours::OfficeHours;
use crate::domain::sensitive::Personal;
use crate::domain::week::Week;
use crate::office::audit::{Action, Outcome, RefKey};
use crate::office::ops::*;
use crate::office::*;

const DAY_S: i64 = 24 * 3600;

fn week() -> Week {
    Week::of(START.date_in_japan())
}

fn open_week(session: &mut Session) -> ReviewPage {
    session.perform(OpenReview { week: week() }).unwrap()
}

/// 1001 works on a record, 1003 and supervisor 2002 only look at it; then the week is over.
fn after_a_week() -> (Place, Session) {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &ehec());
    clerk.perform(ShowRecord { record }).unwrap();
    for number in ["1003", "2002"] {
        let mut other = place.sign_in(number);
        other.perform(ShowRecord { record }).unwrap();
        other.perform(ShowRecord { record }).unwrap();
    }
    place.wait(7 * DAY_S);
    let supervisor = place.sign_in("2001");
    (place, supervisor)
}

fn row_of<'a>(page: &'a ReviewPage, number: &str) -> &'a ReviewRow {
    page.rows.iter().find(|row| row.actor_number == number).unwrap()
}

fn decide(session: &mut Session, seq: u64, verdict: Verdict, reason: &str) -> Result<(), Reason> {
    session.perform(ReviewEvent { seq, verdict, reason: Personal::new(reason.into()) })
}

#[test]
fn the_queue_shows_what_no_work_explains_and_stands() {
    let (place, mut supervisor) = after_a_week();
    let page = open_week(&mut supervisor);
    let unexplained: Vec<(&str, usize, usize)> = page
        .rows
        .iter()
        .filter(|row| row.group == Group::Unexplained)
        .map(|row| (row.actor_number.as_str(), row.count, row.records))
        .collect();
    assert_eq!(unexplained, [("1003", 2, 1), ("2002", 2, 1)]);
    let row = row_of(&page, "1003");
    assert_eq!((row.action, row.record.as_ref().unwrap().0), (Action::ShowRecord, 1));
    assert_eq!((row.work.is_none(), row.own, page.due.to_string().as_str()), (true, false, "2026-08-02"));
    let sampled = row_of(&page, "1001");
    assert_eq!(sampled.group, Group::Sample, "what is explained may only be drawn");
    assert!(sampled.work.is_some());

    // What happens afterwards changes nothing: not the order, not the draw.
    let mut clerk = place.sign_in("1003");
    clerk.perform(SearchRecords { term: Personal::new("かりの".into()) }).unwrap();
    let seqs = |page: &ReviewPage| page.rows.iter().map(|row| row.seq).collect::<Vec<_>>();
    let again = open_week(&mut place.sign_in("2002"));
    assert_eq!(seqs(&again), seqs(&page));
    assert!(row_of(&again, "2002").own);

    let event = place.events(&mut supervisor).into_iter().find(|event| event.action == Action::OpenReview);
    let event = event.unwrap();
    assert_eq!(event.reference(RefKey::Week), Some(&202_629u32.to_be_bytes()[..]));
    assert_eq!(event.reference(RefKey::SampleSeed).map(<[u8]>::len), Some(32), "the draw can be repeated");
    let sql = "UPDATE review_row SET marks = 0";
    assert!(supervisor.store.raw().execute_batch(sql).is_err(), "a queue is not thinned out");
}

#[test]
fn a_word_that_was_changed_is_nothing_to_judge_by() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    clerk.perform(SearchRecords { term: Personal::new("かりの はなえ".into()) }).unwrap();
    place.wait(7 * DAY_S);
    let mut supervisor = place.sign_in("2001");
    let change = "DROP TRIGGER audit_detail_fixed; UPDATE audit_detail SET text = 'みほん'";
    supervisor.store.raw().execute_batch(change).unwrap();
    assert_eq!(supervisor.perform(OpenReview { week: week() }).err(), Some(Reason::LogBroken));
}

#[test]
fn weeks_opened_out_of_order_share_no_event_and_leave_none_out() {
    let (place, mut supervisor) = after_a_week();
    supervisor.perform(ListStaff).unwrap();
    place.wait(7 * DAY_S);
    let mut supervisor = place.sign_in("2001");
    for week in [week().next(), week()] {
        supervisor.perform(OpenReview { week }).unwrap();
    }
    let sql =
        "SELECT a.last_seq + 1 = b.first_seq FROM review_week a, review_week b WHERE a.monday < b.monday";
    let joined: bool = supervisor.store.raw().query_row(sql, [], |row| row.get(0)).unwrap();
    assert!(joined);
}

#[test]
fn what_is_after_hours_is_for_the_office_to_say() {
    for (hours, marked) in [("0:00-24:00", false), ("1:00-1:01", true)] {
        let (place, session) = after_a_week();
        drop(session);
        let office = place.office_with(Site { hours: OfficeHours::parse(hours).unwrap(), ..site() });
        place.wait(31);
        let Ok(SignedIn::In(mut supervisor)) = office.sign_in(&place.credentials("2001")) else {
            panic!("let in")
        };
        let page = open_week(&mut supervisor);
        assert_eq!(row_of(&page, "1003").marks.has(Mark::AfterHours), marked, "{hours}");
    }
}

#[test]
fn only_weeks_that_are_over_and_have_a_log_are_reviewed() {
    let (place, mut supervisor) = after_a_week();
    for (week, reason) in
        [(week().next(), Reason::WeekNotOver), (week().previous().previous(), Reason::NoSuchThing)]
    {
        assert_eq!(supervisor.perform(OpenReview { week }).err(), Some(reason), "{week}");
        assert_eq!(place.last(&mut supervisor), (Action::OpenReview, Outcome::Failed, Some(reason)));
    }
    let mut clerk = place.sign_in("1001");
    for (denied, action) in [
        (clerk.perform(OpenReview { week: week() }).err(), Action::OpenReview),
        (clerk.perform(ListReviews).err(), Action::ListReviews),
    ] {
        assert_eq!(denied, Some(Reason::RoleForbids));
        assert!(place.events(&mut supervisor).iter().any(|event| event.action == action));
    }
}

#[test]
fn a_week_is_signed_off_when_everything_is_decided_and_own_rows_by_others() {
    let (place, mut first) = after_a_week();
    let mut second = place.sign_in("2002");
    let page = open_week(&mut first);
    let sign = |session: &mut Session| session.perform(SignOffReview { week: week() });
    assert_eq!(sign(&mut first), Err(Reason::ReviewUnfinished));
    assert_eq!(place.last(&mut first).1, Outcome::Failed);

    let own = row_of(&page, "2002").seq;
    for row in page.rows.iter().filter(|row| row.seq != own) {
        let by = if row.own { &mut second } else { &mut first };
        decide(by, row.seq, Verdict::Work, "").unwrap();
    }
    let doubtful = row_of(&page, "1003").seq;
    assert_eq!(decide(&mut first, doubtful, Verdict::Doubtful, " "), Err(Reason::ReviewReasonMissing));
    assert_eq!(decide(&mut second, own, Verdict::Work, ""), Err(Reason::OwnRow));
    assert_eq!(sign(&mut second), Err(Reason::OwnRowsOpen), "somebody else has to decide it");
    decide(&mut first, own, Verdict::Later, "").unwrap();
    assert_eq!(sign(&mut first), Err(Reason::ReviewUnfinished), "put off is not decided");
    decide(&mut first, own, Verdict::Work, "").unwrap();
    sign(&mut second).unwrap();
    assert_eq!(place.last(&mut first), (Action::SignOffReview, Outcome::Done, None));

    assert_eq!(sign(&mut first), Err(Reason::ReviewSigned));
    assert_eq!(decide(&mut first, doubtful, Verdict::Ask, "聞いた"), Err(Reason::ReviewSigned));
    assert_eq!(first.perform(TakeBackReview { seq: doubtful }), Err(Reason::ReviewSigned));
    let signed = open_week(&mut first).signed.unwrap();
    assert_eq!(signed.by, "仮田 2002");
    let mut clerk = place.sign_in("1001");
    assert_eq!(sign(&mut clerk), Err(Reason::RoleForbids));
}

#[test]
fn a_verdict_is_taken_back_by_whoever_gave_it() {
    let (place, mut first) = after_a_week();
    let page = open_week(&mut first);
    let seq = row_of(&page, "1003").seq;
    assert_eq!(first.perform(TakeBackReview { seq }), Err(Reason::NothingToTakeBack));
    decide(&mut first, seq, Verdict::Ask, "電話の件か").unwrap();
    assert_eq!(open_week(&mut first).decided(), 1);
    let mut second = place.sign_in("2002");
    assert_eq!(
        second.perform(TakeBackReview { seq }),
        Err(Reason::NothingToTakeBack),
        "not the verdict of another"
    );
    first.perform(TakeBackReview { seq }).unwrap();
    assert_eq!(place.last(&mut first), (Action::TakeBackReview, Outcome::Done, None));
    assert_eq!(open_week(&mut first).decided(), 0);
    let mut clerk = place.sign_in("1001");
    assert_eq!(clerk.perform(TakeBackReview { seq }), Err(Reason::RoleForbids));
}

#[test]
fn weeks_stand_in_a_list_with_what_is_open() {
    let (place, mut supervisor) = after_a_week();
    let list = |session: &mut Session| session.perform(ListReviews).unwrap();
    let lines = list(&mut supervisor);
    assert_eq!(lines.len(), 1, "the week that is not over is not there");
    assert_eq!((lines[0].week, lines[0].progress), (week(), None));
    let rows = open_week(&mut supervisor).rows.len();
    assert_eq!(list(&mut supervisor)[0].progress, Some((rows, 0)));
    assert!(!list(&mut supervisor)[0].is_late(place.now()));
    place.wait(14 * DAY_S);
    let lines = list(&mut place.sign_in("2001"));
    assert_eq!(lines.len(), 3);
    assert!(lines[2].is_late(place.now()) && !lines[0].is_late(place.now()));
}

/// No event falls between two weeks, whatever somebody did to the clock meanwhile.
#[test]
fn weeks_follow_each_other_by_number() {
    let (place, mut supervisor) = after_a_week();
    open_week(&mut supervisor);
    let mut clerk = place.sign_in("1003");
    jump(&place.clock, -5 * DAY_S);
    clerk.perform(SearchRecords { term: Personal::new("かりの".into()) }).unwrap();
    jump(&place.clock, 5 * DAY_S);
    place.wait(7 * DAY_S);
    let mut supervisor = place.sign_in("2001");
    let next = supervisor.perform(OpenReview { week: week().next() }).unwrap();
    let steps = next.rows.iter().filter(|row| row.marks.has(Mark::ClockStep)).count();
    assert_eq!(steps, 1, "written in the week, whatever the clock showed then");
    let sql =
        "SELECT a.last_seq + 1 = b.first_seq FROM review_week a, review_week b WHERE a.monday < b.monday";
    let joined: bool = supervisor.store.raw().query_row(sql, [], |row| row.get(0)).unwrap();
    assert!(joined);
}

fn kin(relation: Relation, name: &str, born: Option<&str>) -> DeclareKin {
    DeclareKin {
        change: KinChange::Declare {
            relation,
            name: Personal::new(name.into()),
            reading: Personal::default(),
            birth_date: born.map(|date| Personal::new(date.parse::<NaiveDate>().unwrap())),
        },
    }
}

#[test]
fn what_staff_declare_is_known_to_the_rules_and_to_nobody_else() {
    let place = Place::new();
    let mut clerk = place.sign_in("1003");
    let own = clerk.perform(kin(Relation::Sibling, "仮野　花枝", Some("1975-03-04"))).unwrap();
    assert_eq!((own.len(), own[0].name.expose().as_str()), (1, "仮野 花枝"));
    assert_eq!(place.last(&mut clerk), (Action::DeclareKin, Outcome::Done, None));
    clerk.perform(kin(Relation::Own, "", Some("1980-01-02"))).unwrap();
    for (declared, reason) in [
        (kin(Relation::Own, "", Some("1980-01-02")), Reason::KinMany),
        (kin(Relation::Spouse, " ", None), Reason::KinIncomplete),
    ] {
        assert_eq!(clerk.perform(declared).err(), Some(reason));
        assert_eq!(place.last(&mut clerk).1, Outcome::Failed);
    }
    let mut other = place.sign_in("1001");
    assert!(
        other.perform(DeclareKin { change: KinChange::Nothing }).unwrap().is_empty(),
        "not those of others"
    );
    let id = own[0].id;
    let foreign = other.perform(DeclareKin { change: KinChange::Remove(id) });
    assert_eq!(foreign.err(), Some(Reason::NoSuchThing));

    let record = register(&mut other, &ehec());
    clerk.perform(ShowRecord { record }).unwrap();
    place.wait(7 * DAY_S);
    let page = open_week(&mut place.sign_in("2001"));
    assert!(row_of(&page, "1003").marks.has(Mark::Kin), "{:?}", page.rows);
    let mut clerk = place.sign_in("1003");
    assert_eq!(clerk.perform(DeclareKin { change: KinChange::Remove(id) }).unwrap().len(), 1);
}
