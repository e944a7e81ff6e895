//! A log that has stopped is looked at before anybody declares anything.
use super::super::support::*;
use super::tamper;
use crate::domain::sensitive::Secret;
use crate::log::statement::EpochCause;
use crate::log::verify::unobserved;
use crate::office::ops::*;
use crate::office::*;

fn stopped(place: &Place, who: &Credentials) -> Result<Box<StoppedLog>, Reason> {
    match place.office.enter(who)? {
        Entrance::Stopped(log) => Ok(log),
        Entrance::SignedIn(_) => panic!("the log goes on"),
    }
}

fn look(place: &Place, who: &Credentials) -> Result<LogReport, Reason> {
    let auditor = Some(place.auditor.clone());
    stopped(place, who)?.verify(&VerifyLog { auditor, paper: None }, &mut unobserved)
}

/// An office whose last two events are gone.
fn cut() -> Place {
    let place = Place::new();
    let session = place.sign_in("2001");
    tamper(&session, "DELETE FROM audit_event WHERE seq > (SELECT max(seq) - 2 FROM audit_event)");
    drop(session);
    place.wait(31);
    assert_eq!(place.try_sign_in(&place.credentials("2001")), Err(Reason::LogBroken));
    place.wait(31);
    place
}

#[test]
fn it_says_what_is_wrong_and_leaves_everything_as_it_was() {
    let place = cut();
    let database = place.office.house().generation().unwrap().database();
    let before = std::fs::read(&database).unwrap();
    let report = look(&place, &place.credentials("2001")).unwrap();
    assert!(report.findings.iter().any(|finding| finding.what == What::SealAhead), "{:?}", report.findings);
    assert_eq!(report.auditor, Tier::Checked);
    place.wait(31);
    let mut lines = 0;
    let mut log = stopped(&place, &place.credentials("2002")).unwrap();
    log.export(&mut |_| {
        lines += 1;
        Ok(())
    })
    .unwrap();
    drop(log);
    assert!(lines > report.events, "{lines}");
    assert_eq!(std::fs::read(&database).unwrap(), before);

    // Who looked is in the log as soon as there is one again, and is no failed attempt.
    place.wait(3600);
    let request = EpochRequest { cause: EpochCause::LogShort, paper: None };
    place.office.begin_epoch(&place.credentials("2001"), &place.credentials("2002"), &request).unwrap();
    place.wait(31);
    let mut supervisor = place.sign_in("2002");
    assert_eq!((supervisor.face().failures, place.sign_in("2001").face().failures), (0, 0));
    let events = place.events(&mut supervisor);
    let looked = events.iter().filter(|event| event.reason == Reason::StoppedLogRead.code());
    assert_eq!(looked.count(), 2);
}

#[test]
fn only_those_who_review_get_in_and_the_others_learn_nothing() {
    let place = cut();
    assert_eq!(look(&place, &place.credentials("1001")).err(), Some(Reason::RoleForbids));
    let wrong = Credentials { code: Secret::new("000000".into()), ..place.credentials("2001") };
    assert_eq!(look(&place, &wrong).err(), Some(Reason::SignInWrong));
    place.wait(3600);
    let wrong = Credentials { password: Secret::new("違う合言葉".into()), ..place.credentials("2001") };
    assert_eq!(look(&place, &wrong).err(), Some(Reason::SignInWrong));
    place.wait(3600);
    assert!(look(&place, &place.credentials("2001")).is_ok());
}

#[test]
fn a_log_that_goes_on_is_verified_from_inside() {
    let place = Place::new();
    assert!(matches!(
        place.office.enter(&place.credentials("2001")),
        Ok(Entrance::SignedIn(SignedIn::In(_)))
    ));
    // Nobody waits between two looks: each counts once, and is let off when the code was right.
    let place = cut();
    for _ in 0..3 {
        look(&place, &place.credentials("2001")).unwrap();
        assert_eq!(place.try_sign_in(&place.credentials("2001")), Err(Reason::LogBroken));
    }
    let wrong = Credentials { code: Secret::new("000000".into()), ..place.credentials("2001") };
    assert_eq!(place.try_sign_in(&wrong), Err(Reason::SignInWrong), "nobody learns more without a code");
}
