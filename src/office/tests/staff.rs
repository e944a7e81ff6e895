use super::support::*;
use crate::domain::sensitive::Secret;
use crate::domain::staff::{Role, Roles};
use crate::office::audit::{Action, Outcome};
use crate::office::ops::*;
use crate::office::*;
use crate::order::{RosterChain, RosterLimits, Status};

fn proposal(number: &str) -> ProposeStaff {
    ProposeStaff {
        proposal: StaffProposal {
            number: number.into(),
            name: "試野 五月".into(),
            section: "感染症対策係".into(),
            roles: Roles::of(&[Role::Clerk]),
            same_person_as: None,
        },
    }
}

fn roster(place: &Place) -> RosterChain {
    let bytes = std::fs::read(place.office.house().generation().unwrap().roster()).unwrap();
    RosterChain::parse(&bytes, &RosterLimits::DEFAULT).unwrap()
}

fn initial(place: &Place, password: &Secret) -> Result<SignedIn, Reason> {
    place.wait(31);
    place.office.sign_in(&Credentials {
        number: "1009".into(),
        password: password.clone(),
        code: Secret::default(),
    })
}

#[test]
fn a_new_colleague_takes_two_administrators_and_chooses_an_own_password() {
    let place = Place::new();
    let mut first = place.sign_in("2001");
    let proposed = first.perform(proposal("1009")).unwrap();
    assert!(initial(&place, &proposed.initial_password).is_err(), "not approved yet");
    assert_eq!(first.perform(ApproveStaff { account: proposed.account }).err(), Some(Reason::ApproverSame));
    assert_eq!(place.last(&mut first), (Action::ApproveStaff, Outcome::Denied, Some(Reason::ApproverSame)));
    let mut second = place.sign_in("2002");
    second.perform(ApproveStaff { account: proposed.account }).unwrap();
    assert_eq!(roster(&place).latest().version(), 2);

    place.wait(60);
    let SignedIn::MustEnrol(enrolment) = initial(&place, &proposed.initial_password).unwrap() else {
        panic!("the initial password let somebody in")
    };
    assert_eq!(enrolment.check_password(&Secret::new("short".into())), Err(Reason::PasswordTooShort));
    let own = Secret::new("an own long password of mine".into());
    let base32 = enrolment.token().base32;
    let secret = data_encoding::BASE32_NOPAD.decode(base32.expose().as_bytes()).unwrap();
    let totp = crate::office::vault::totp::TotpSecret::from_bytes(&secret).unwrap();
    let code = |place: &Place| {
        Secret::new(totp.code_at(u64::try_from(place.now().seconds()).unwrap() / 30).to_string())
    };
    let Err((enrolment, reason)) = enrolment.finish(&own, &Secret::new("000000".into())) else {
        panic!("any code")
    };
    assert_eq!(reason, Reason::CodeWrong);
    let session = enrolment.finish(&own, &code(&place)).unwrap_or_else(|(_, reason)| panic!("{reason:?}"));
    drop(session);
    assert!(initial(&place, &proposed.initial_password).is_err(), "the initial password is spent");
    place.wait(60);
    let credentials = Credentials { number: "1009".into(), password: own, code: code(&place) };
    assert_eq!(place.try_sign_in(&credentials), Ok(()));
}

#[test]
fn an_initial_password_expires_after_a_day() {
    let place = Place::new();
    let proposed = place.sign_in("2001").perform(proposal("1009")).unwrap();
    place.sign_in("2002").perform(ApproveStaff { account: proposed.account }).unwrap();
    place.wait(24 * 3600);
    assert_eq!(initial(&place, &proposed.initial_password).err(), Some(Reason::InitialExpired));
}

#[test]
fn a_proposal_is_void_when_the_roster_moved_on() {
    let place = Place::new();
    let mut first = place.sign_in("2001");
    let stale = first.perform(proposal("1009")).unwrap();
    let other = first.perform(proposal("1010")).unwrap();
    let mut second = place.sign_in("2002");
    second.perform(ApproveStaff { account: other.account }).unwrap();
    assert_eq!(second.perform(ApproveStaff { account: stale.account }).err(), Some(Reason::RosterMoved));
    let again = first.perform(proposal("1009")).unwrap();
    second.perform(ApproveStaff { account: again.account }).unwrap();
    assert_eq!(first.perform(proposal("1009")).err(), Some(Reason::NumberTaken));
    assert_eq!(first.perform(proposal("10-9")).err(), Some(Reason::NumberInvalid));
}

#[test]
fn a_suspension_ends_open_sessions_at_their_next_act() {
    let place = Place::new();
    let mut clerk = place.sign_in("1003");
    let mut admin = place.sign_in("2001");
    let line =
        admin.perform(ListStaff).unwrap().into_iter().find(|line| line.number.as_str() == "1003").unwrap();
    admin.perform(SuspendStaff { account: line.account }).unwrap();
    assert_eq!(clerk.perform(ListRecords).err(), Some(Reason::SessionEnded));
    assert_eq!(place.last(&mut admin), (Action::ListRecords, Outcome::Denied, Some(Reason::SessionEnded)));
    let told = std::fs::read_to_string(place.office.house().outbox().join("suspended")).unwrap();
    assert_eq!(told.trim(), line.account.to_string(), "the courier knows at once");
    let proposed = admin.perform(proposal("1009")).unwrap();
    place.sign_in("2002").perform(ApproveStaff { account: proposed.account }).unwrap();
    assert_eq!(roster(&place).latest().entry(line.account).unwrap().status, Status::Suspended);
    place.wait(31);
    assert_eq!(place.try_sign_in(&place.credentials("1003")), Err(Reason::AccountSuspended));
    let me =
        admin.perform(ListStaff).unwrap().into_iter().find(|line| line.number.as_str() == "2002").unwrap();
    assert_eq!(admin.perform(SuspendStaff { account: me.account }).err(), Some(Reason::LastOfRole));
}

#[test]
fn a_clerk_manages_nobody() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    assert_eq!(clerk.perform(proposal("1009")).err(), Some(Reason::RoleForbids));
    assert_eq!(clerk.perform(ListStaff).err(), Some(Reason::RoleForbids));
}
