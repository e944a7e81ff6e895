//! A clock that was moved far stops what leaves, until two different people have looked into it.
use super::support::*;
use crate::domain::incident::Warning;
use crate::office::audit::{Action, Outcome, RefKey};
use crate::office::ops::*;
use crate::office::*;

const DAY_S: i64 = 24 * 3600;

fn steps(session: &mut Session) -> Vec<ClockStepLine> {
    session.perform(ListClockSteps).unwrap()
}

#[test]
fn a_clock_set_back_and_forward_leaves_two_rows_and_the_block() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    clerk.perform(ListRecords).unwrap();
    jump(&place.clock, -40 * DAY_S);
    clerk.perform(ListRecords).unwrap();
    jump(&place.clock, 40 * DAY_S);
    clerk.perform(ListRecords).unwrap();
    let mut supervisor = place.sign_in("2001");
    let rows: Vec<(Outcome, i64)> = place
        .events(&mut supervisor)
        .into_iter()
        .filter(|event| event.action == Action::ClockStep)
        .map(|event| {
            assert_eq!(event.actor, None, "nobody's act");
            let size = event.reference(RefKey::StepSize).unwrap().try_into().unwrap();
            (event.outcome, i64::from_be_bytes(size) / 1_000_000 / DAY_S)
        })
        .collect();
    assert_eq!(rows, [(Outcome::Failed, 40), (Outcome::Failed, -40)]);
    assert_eq!(open_steps(&mut supervisor).len(), 2);
    let warning = Warning { clock_steps: 2, ..Warning::default() };
    assert_eq!(supervisor.warning(), Some(&warning), "on every panel");
    let report = verified(&mut supervisor, Some(place.auditor.clone()));
    assert!(report.is_sound(), "a step on record is a remark: {:?}", report.findings);
    assert_eq!(report.findings.iter().filter(|finding| finding.what == What::ClockStep).count(), 2);
}

#[test]
fn a_small_step_is_on_record_and_blocks_nothing() {
    let place = Place::new();
    // A minute back after an hour is still ahead of the last event; an hour ahead is no month.
    for (wait, seconds) in [(3600, -1800), (1, 3600), (1, -59), (60, 30 * DAY_S)] {
        place.wait(200);
        let mut clerk = place.sign_in("1001");
        place.wait(wait);
        jump(&place.clock, seconds);
        clerk.perform(ListRecords).unwrap();
        let step = place.events(&mut clerk).into_iter().find(|event| event.action == Action::ClockStep);
        assert_eq!(step.map(|step| step.outcome), Some(Outcome::Done), "{seconds}");
        assert_eq!(clerk.warning(), None);
    }
}

#[test]
fn nothing_is_confirmed_until_two_people_have_looked_into_it() {
    let place = Place::new();
    let (_, _, transmission, pages) = place.awaiting();
    let mut supervisor = place.sign_in("2001");
    // Not seen by anybody yet: the very act that would find it is the one that is stopped.
    let mut second = place.sign_in("1002");
    jump(&place.clock, -120);
    let begin = || BeginConfirmation { transmission, proof: Proof::JustSignedIn };
    assert_eq!(second.perform(begin()).err(), Some(Reason::ClockBlocked));
    let denied = (Action::BeginConfirmation, Outcome::Denied, Some(Reason::ClockBlocked));
    assert_eq!(place.last(&mut second), denied);
    assert_eq!(second.perform(begin()).err(), Some(Reason::ClockBlocked), "and it stays so");
    jump(&place.clock, -120);
    let evidence = [1; 16];
    let confirm = ConfirmTransmission { transmission, evidence };
    let answers = place.answers(pages);
    assert_eq!(second.perform(confirm).err(), Some(Reason::ClockBlocked));
    let matching = MatchTransmission { transmission, evidence, answers };
    assert_eq!(second.perform(matching).err(), Some(Reason::ClockBlocked));
    drop(second);

    let open = open_steps(&mut supervisor);
    assert_eq!(open.len(), 2);
    for seq in &open {
        assert_eq!(
            supervisor.perform(AcknowledgeClock { seq: *seq }),
            Ok(false),
            "one alone does not lift it"
        );
    }
    let seq = open[0];
    assert_eq!(supervisor.perform(AcknowledgeClock { seq }).err(), Some(Reason::ClockAcknowledged));
    let denied = (Action::AcknowledgeClock, Outcome::Denied, Some(Reason::ClockAcknowledged));
    assert_eq!(place.last(&mut supervisor), denied);
    place.wait(300);
    let mut second = place.sign_in("1002");
    assert_eq!(second.perform(begin()).err(), Some(Reason::ClockBlocked));

    let mut other = place.sign_in("2002");
    assert_eq!(other.perform(AcknowledgeClock { seq: open[0] }), Ok(true));
    assert_eq!(second.perform(begin()).err(), Some(Reason::ClockBlocked), "there is another one");
    assert_eq!(other.perform(AcknowledgeClock { seq: open[1] }), Ok(true));
    assert_eq!(other.warning(), None);
    assert!(second.perform(begin()).is_ok());
    assert!(steps(&mut other).iter().all(|step| step.settled && step.acknowledged == ["2001", "2002"]));
    // A new one needs new people's eyes.
    jump(&place.clock, 36 * DAY_S);
    assert_eq!(second.perform(begin()).err(), Some(Reason::ClockBlocked));
}

#[test]
fn acknowledging_is_for_supervisors_once_and_of_what_blocks() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    jump(&place.clock, -3600);
    clerk.perform(ListRecords).unwrap();
    place.wait(4000);
    let mut supervisor = place.sign_in("2001");
    let seq = open_steps(&mut supervisor)[0];
    assert_eq!(clerk.perform(AcknowledgeClock { seq }).err(), Some(Reason::RoleForbids));
    let denied = (Action::AcknowledgeClock, Outcome::Denied, Some(Reason::RoleForbids));
    assert_eq!(place.last(&mut clerk), denied);
    assert_eq!(clerk.perform(ListClockSteps).err(), Some(Reason::RoleForbids));
    assert_eq!(supervisor.perform(AcknowledgeClock { seq: 1 }).err(), Some(Reason::NoSuchThing));
    lift_clock_block(&place);
    assert_eq!(open_steps(&mut supervisor), Vec::<u64>::new());
    assert_eq!(place.last(&mut supervisor), (Action::ListClockSteps, Outcome::Done, None));
    // A third supervisor comes too late: the store has one more by now.
    let sql =
        "UPDATE staff SET roles = (SELECT roles FROM staff WHERE number = '2001') WHERE number = '1003'";
    supervisor.store.raw().execute_batch(sql).unwrap();
    let mut third = place.sign_in("1003");
    assert_eq!(third.perform(AcknowledgeClock { seq }).err(), Some(Reason::ClockSettled));
    let failed = (Action::AcknowledgeClock, Outcome::Failed, Some(Reason::ClockSettled));
    assert_eq!(place.last(&mut third), failed);
}

#[test]
fn two_accounts_of_one_person_are_one_person() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    jump(&place.clock, -3600);
    clerk.perform(ListRecords).unwrap();
    lift_clock_block(&place);
    assert_eq!(clerk.perform(ListRecords).map(|_| clerk.warning().cloned()), Ok(None));
    // It comes out that both are one person: what they lifted is not lifted.
    let sql =
        "UPDATE staff SET person = (SELECT person FROM staff WHERE number = '2001') WHERE number = '2002'";
    clerk.store.raw().execute_batch(sql).unwrap();
    clerk.perform(ListRecords).unwrap();
    assert_eq!(clerk.warning().map(|warning| warning.clock_steps), Some(1));
    let mut supervisor = place.sign_in("2002");
    let seq = open_steps(&mut supervisor)[0];
    assert_eq!(supervisor.perform(AcknowledgeClock { seq }).err(), Some(Reason::ClockAcknowledged));
}

#[test]
fn a_code_made_for_another_time_opens_the_door_and_nothing_else() {
    let place = Place::new();
    let (_, _, transmission, _) = place.awaiting();
    // Somebody wrote a code of next month down while they could, and sets the clock to it.
    place.wait(31);
    jump(&place.clock, 40 * DAY_S);
    let SignedIn::In(mut session) = place.office.sign_in(&place.credentials("1002")).unwrap() else {
        panic!()
    };
    let begin = BeginConfirmation { transmission, proof: Proof::JustSignedIn };
    assert_eq!(session.perform(begin).err(), Some(Reason::ClockBlocked));
    // Setting it back revives no code, and is the second step.
    jump(&place.clock, -40 * DAY_S);
    assert_eq!(place.try_sign_in(&place.credentials("1002")), Err(Reason::SignInWrong));
    let mut supervisor = place.sign_in("2001");
    assert_eq!(open_steps(&mut supervisor).len(), 2);
}

#[test]
fn a_step_while_the_machine_was_off_blocks_too() {
    for (seconds, blocks) in [(-61, true), (-59, false), (34 * DAY_S, false), (36 * DAY_S, true)] {
        let place = Place::new();
        let mut clerk = place.sign_in("1001");
        clerk.perform(ListRecords).unwrap();
        restart(&place.clock);
        jump(&place.clock, seconds);
        clerk.perform(ListRecords).unwrap();
        assert_eq!(clerk.warning().is_some(), blocks, "{seconds}");
    }
}

#[test]
fn nobody_gets_an_account_and_no_order_is_written_while_it_blocks() {
    let place = Place::new();
    let (_, _, transmission, pages) = place.awaiting();
    place.confirm(transmission, pages);
    let order = place.office.house().outbox().join(format!("{transmission}.order"));
    assert!(order.exists());
    let proposal = StaffProposal {
        number: "1005".into(),
        name: "仮田 五郎".into(),
        section: "感染症対策係".into(),
        roles: crate::domain::staff::Roles::of(&[crate::domain::staff::Role::Clerk]),
        same_person_as: None,
    };
    let mut admin = place.sign_in("2001");
    let proposed = admin.perform(ProposeStaff { proposal: proposal.clone() }).unwrap();
    let mut approver = place.sign_in("2002");
    jump(&place.clock, -3600);
    let approve = ApproveStaff { account: proposed.account };
    assert_eq!(approver.perform(approve.clone()).err(), Some(Reason::ClockBlocked));
    std::fs::remove_file(&order).unwrap();
    place.wait(3600);
    let mut clerk = place.sign_in("1001");
    clerk.perform(TakeReceipts).unwrap();
    assert!(!order.exists(), "what is lost is not written again");
    lift_clock_block(&place);
    clerk.perform(TakeReceipts).unwrap();
    assert!(order.exists());
    approver.perform(approve).unwrap();

    // The person with the initial password neither comes in nor finishes while it blocks.
    let first = Credentials {
        number: "1005".into(),
        password: proposed.initial_password.clone(),
        code: crate::domain::sensitive::Secret::default(),
    };
    jump(&place.clock, -120);
    assert_eq!(place.try_sign_in(&first), Err(Reason::ClockBlocked));
    lift_clock_block(&place);
    let SignedIn::MustEnrol(enrolment) = place.office.sign_in(&first).unwrap() else { panic!() };
    let token = enrolment.token();
    place.wait(200);
    jump(&place.clock, -120 - 200);
    let code = TokenOffer::code_of(&token.base32, place.now()).unwrap();
    let Err((enrolment, reason)) = enrolment.finish(&password("1005"), &code) else {
        panic!("it was let in")
    };
    assert_eq!(reason, Reason::ClockBlocked);
    lift_clock_block(&place);
    let code = TokenOffer::code_of(&token.base32, place.now()).unwrap();
    assert!(enrolment.finish(&password("1005"), &code).is_ok());
    let mut supervisor = place.sign_in("2001");
    let refused: Vec<(Action, Outcome)> = place
        .events(&mut supervisor)
        .into_iter()
        .filter(|event| event.reason == Reason::ClockBlocked.code() && event.action != Action::ClockStep)
        .map(|event| (event.action, event.outcome))
        .collect();
    let wanted = [
        (Action::Enrol, Outcome::Denied),
        (Action::SignIn, Outcome::Failed),
        (Action::ApproveStaff, Outcome::Denied),
    ];
    assert_eq!(refused, wanted);
}

#[test]
fn a_log_that_cannot_be_read_lets_nothing_out() {
    let place = Place::new();
    let (_, _, transmission, _) = place.awaiting();
    let mut second = place.sign_in("1002");
    jump(&place.clock, -3600);
    second.perform(ListTransmissions).unwrap();
    // Columns that hide the step from the query are a finding; columns that say another row is one stop the house.
    let sql = "DROP TRIGGER audit_event_fixed; UPDATE audit_event SET action = 90, outcome = 3 WHERE seq = 2";
    second.store.raw().execute_batch(sql).unwrap();
    let begin = BeginConfirmation { transmission, proof: Proof::JustSignedIn };
    assert_eq!(second.perform(begin).err(), Some(Reason::LogBroken));
}
