//! The legitimate cases: what two people agreed to leaves the log sound, and only that.
use super::super::support::*;
use super::tamper;
use crate::domain::sensitive::Personal;
use crate::log::slip;
use crate::log::statement::{EpochCause, Erasure};
use crate::office::audit::seal::{SealGuard, SealState};
use crate::office::ops::*;
use crate::office::store::StoreError;
use crate::office::*;

const SIX_YEARS_S: i64 = 6 * 366 * 86_400;

/// An office with some work done, and the checkpoint at its end.
fn worked() -> (Place, u64) {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    register(&mut clerk, &ehec());
    clerk.perform(SearchRecords { term: Personal::new("かりの".into()) }).unwrap();
    let size = place.sign_in("2001").perform(TakeCheckpoint).unwrap().checkpoint.size;
    (place, size)
}

fn sound(session: &mut Session, place: &Place) -> LogReport {
    let report = verified(session, Some(place.auditor.clone()));
    assert!(report.is_sound(), "{:?}", report.findings);
    assert_eq!(report.auditor, Tier::Checked);
    report
}

#[test]
fn two_supervisors_erase_and_the_log_stays_sound() {
    for kind in [Erasure::Details, Erasure::Bodies] {
        let (place, size) = worked();
        place.wait(SIX_YEARS_S);
        let mut first = place.sign_in("2001");
        first.perform(ProposeLogPurge { kind, size }).unwrap();
        let agree = ApproveLogPurge { kind, size };
        assert_eq!(first.perform(agree).err(), Some(Reason::OwnWork), "one person is not two");
        let mut second = place.sign_in("2002");
        let other = ApproveLogPurge { kind, size: size - 1 };
        assert_eq!(second.perform(other).err(), Some(Reason::NoSuchThing), "not what was asked for");
        assert!(second.perform(agree).unwrap() > 0);
        assert_eq!(second.perform(agree).err(), Some(Reason::NoSuchThing), "once");
        sound(&mut second, &place);
        let details: i64 = second
            .store
            .raw()
            .query_row(
                "SELECT count(*) FROM audit_detail WHERE seq <= ?1",
                [i64::try_from(size).unwrap()],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(details, 0);
        // What nobody agreed to is found, here one row further.
        tamper(&second, &format!(
            "UPDATE audit_event SET body = NULL, wall_us = 0, actor = zeroblob(16), action = 0, object_kind = 0,
             object = zeroblob(16), outcome = 0 WHERE seq = {size} + 1"
        ));
        let found = found(&mut second, None);
        assert!(found.contains(&Finding::new(What::ChainErased, size + 1)), "{found:?}");
    }
}

#[test]
fn what_is_still_to_be_kept_is_not_erased() {
    let (place, size) = worked();
    let mut first = place.sign_in("2001");
    for kind in [Erasure::Details, Erasure::Bodies] {
        assert_eq!(first.perform(ProposeLogPurge { kind, size }).err(), Some(Reason::StillKept));
        let no_checkpoint = ProposeLogPurge { kind, size: size - 1 };
        assert!(matches!(first.perform(no_checkpoint).err(), Some(Reason::StillKept | Reason::NoSuchThing)));
    }
    let mut clerk = place.sign_in("1001");
    let asked = clerk.perform(ProposeLogPurge { kind: Erasure::Details, size });
    assert_eq!(asked.err(), Some(Reason::RoleForbids));
}

/// Everything after `size` is gone, but the seal stays where it was.
fn lose(session: &Session, size: u64) {
    tamper(
        session,
        &format!("DELETE FROM audit_detail WHERE seq > {size}; DELETE FROM audit_event WHERE seq > {size}"),
    );
}

#[test]
fn two_supervisors_begin_a_new_epoch_and_say_what_is_lost() {
    let (place, size) = worked();
    let note = place.sign_in("2002").perform(TakeCheckpoint).unwrap().checkpoint;
    let session = place.sign_in("2001");
    lose(&session, size + 1);
    drop(session);
    place.wait(31);
    assert_eq!(
        place.try_sign_in(&place.credentials("2001")),
        Err(Reason::LogBroken),
        "the house stands still"
    );

    let groups = slip::groups(&note).join("-").to_lowercase();
    let paper = Some(Slip { size: note.size, groups });
    let request = EpochRequest { cause: EpochCause::LogShort, paper };
    let begin = |place: &Place, numbers: [&str; 2], request: &EpochRequest| {
        // Long enough for the brake on attempts.
        place.wait(3600);
        let [first, second] = numbers.map(|number| place.credentials(number));
        place.office.begin_epoch(&first, &second, request)
    };
    assert_eq!(begin(&place, ["2001", "1001"], &request), Err(Reason::TwoSupervisors));
    assert_eq!(
        begin(&place, ["2001", "2001"], &request).err(),
        Some(Reason::LockedOut),
        "one person is not two"
    );
    let slip_of_the_pen = Slip { size: note.size + 1, groups: String::new() };
    let wrong = EpochRequest { cause: EpochCause::LogShort, paper: Some(slip_of_the_pen) };
    assert_eq!(begin(&place, ["2001", "2002"], &wrong), Err(Reason::SlipWrong));
    place.wait(31);
    assert_eq!(place.try_sign_in(&place.credentials("2001")), Err(Reason::LogBroken), "nothing has changed");

    let begun = begin(&place, ["2001", "2002"], &request).unwrap();
    assert_eq!(begun, EpochBegun { epoch: 2, size: size + 1, lost: note.size - size - 1 });
    let mut supervisor = place.sign_in("2001");
    let report = sound(&mut supervisor, &place);
    assert_eq!(report.epoch, 2);
    for what in [What::EpochStarted, What::EpochGap] {
        assert!(report.findings.contains(&Finding::new(what, size + 2)), "{:?}", report.findings);
    }
    assert_eq!(begin(&place, ["2001", "2002"], &request), Err(Reason::LogNotStopped), "once is enough");

    // A slip from the lost time is not silence, and not an alarm either.
    let paper = Some(format!("{} {}", note.size, slip::groups(&note).join(" ")));
    let request = VerifyLog { auditor: None, paper };
    let report = supervisor.verify_log(request, &mut crate::log::verify::unobserved).unwrap();
    assert!(report.is_sound() && report.paper == Tier::Checked, "{:?}", report.findings);
    assert!(report.findings.contains(&Finding::new(What::PaperDeclared, note.size)));
}

/// A colleague's row that came in between would be sealed by a key that nobody has put away yet.
#[test]
fn an_epoch_that_was_sized_too_early_does_not_begin() {
    let (place, _) = worked();
    let mut session = place.sign_in("2001");
    let path = place.office.house().generation().unwrap().seal_state();
    let before = std::fs::read(&path).unwrap();
    let (size, name) = (session.store.log_size().unwrap(), session.store.log_name().unwrap());
    let early = || Ok::<_, Reason>(SealState::start(&name.log_id, 2, size - 1, &[7; 32]));
    let seal = SealGuard::hold(&path, early).unwrap();
    assert!(matches!(session.store.begin_sealed_with(seal), Err(StoreError::LogBroken)));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

/// As after a backup of two months ago, or on another machine.
#[test]
fn an_epoch_begins_before_the_step_of_the_clock_that_comes_with_it() {
    let (place, _) = worked();
    std::fs::remove_file(place.office.house().generation().unwrap().seal_state()).unwrap();
    restart(&place.clock);
    place.wait(60 * 86_400);
    let request = EpochRequest { cause: EpochCause::SealLost, paper: None };
    place.office.begin_epoch(&place.credentials("2001"), &place.credentials("2002"), &request).unwrap();
    place.wait(31);
    let mut supervisor = place.sign_in("2001");
    sound(&mut supervisor, &place);
    assert_eq!(open_steps(&mut supervisor).len(), 1, "and it waits for two people");
}

#[test]
fn a_lost_seal_is_a_new_epoch_without_a_gap() {
    let (place, _) = worked();
    std::fs::remove_file(place.office.house().generation().unwrap().seal_state()).unwrap();
    place.wait(31);
    assert_eq!(place.try_sign_in(&place.credentials("2001")), Err(Reason::LogBroken));
    place.wait(31);
    let request = EpochRequest { cause: EpochCause::SealLost, paper: None };
    let begun =
        place.office.begin_epoch(&place.credentials("2001"), &place.credentials("2002"), &request).unwrap();
    assert_eq!((begun.epoch, begun.lost), (2, 0));
    let mut supervisor = place.sign_in("2001");
    assert_eq!(sound(&mut supervisor, &place).epoch, 2);
}

#[test]
fn a_start_looks_at_the_rows_since_the_last_checkpoint() {
    let (place, size) = worked();
    let mut clerk = place.sign_in("1001");
    clerk.perform(ListRecords).unwrap();
    assert_eq!(clerk.face().log_alarms, 0);
    tamper(&clerk, &format!("UPDATE audit_event SET actor = randomblob(16) WHERE seq = {size} + 3"));
    drop(clerk);
    let mut supervisor = place.sign_in("2001");
    assert_eq!(supervisor.face().log_alarms, 1);
    let events = place.events(&mut supervisor);
    assert!(events.iter().any(|event| event.action == Action::TailBroken));
    // A new day brings a checkpoint: it must not hide what was wrong before it.
    place.wait(86_400);
    assert_eq!(place.sign_in("2002").face().log_alarms, 1);
}

#[test]
fn a_hole_keeps_nobody_out_and_gets_no_checkpoint() {
    let (place, size) = worked();
    let clerk = place.sign_in("1001");
    tamper(&clerk, &format!("DELETE FROM audit_event WHERE seq = {size} + 2"));
    drop(clerk);
    // Another day would bring a heartbeat.
    place.wait(86_400);
    let mut supervisor = place.sign_in("2001");
    assert!(supervisor.face().log_alarms > 0);
    assert_eq!(
        supervisor.perform(TakeCheckpoint).err(),
        Some(Reason::LogBroken),
        "whoever asks for one is told"
    );
    let found = found(&mut supervisor, None);
    for what in [What::ChainGap, What::HeartbeatMissing] {
        assert!(found.iter().any(|finding| finding.what == what), "{found:?}");
    }
}
