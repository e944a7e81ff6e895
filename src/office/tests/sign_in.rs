use super::support::*;
use crate::domain::sensitive::Secret;
use crate::domain::time::Clock as _;
use crate::office::audit::{Action, Outcome, RefKey};
use crate::office::*;

#[test]
fn password_and_code_open_a_session_and_are_on_record() {
    let place = Place::new();
    let mut session = place.sign_in("1001");
    assert_eq!(session.face().name, "仮田 1001");
    assert_eq!(session.face().office, "見本保健所");
    assert_eq!(place.last(&mut session), (Action::SignIn, Outcome::Done, None));
}

#[test]
fn a_code_works_once() {
    let place = Place::new();
    let _session = place.sign_in("1001");
    place.wait(1);
    assert_eq!(
        place.try_sign_in(&place.credentials("1001")),
        Err(Reason::SignInWrong),
        "the same code again"
    );
    place.wait(31);
    assert_eq!(place.try_sign_in(&place.credentials("1001")), Ok(()));
}

#[test]
fn unknown_numbers_wrong_passwords_and_wrong_codes_get_one_answer() {
    let place = Place::new();
    let right = place.credentials("1001");
    let wrong_password = Credentials { password: Secret::new("wrong".into()), ..right.clone() };
    let wrong_code = Credentials { code: Secret::new("000000".into()), ..right.clone() };
    let unknown = Credentials { number: "7777".into(), ..right.clone() };
    let no_number = Credentials { number: "../1001".into(), ..right.clone() };
    for wrong in [wrong_password, wrong_code, unknown, no_number] {
        assert_eq!(place.try_sign_in(&wrong), Err(Reason::SignInWrong));
        place.wait(40);
    }
}

#[test]
fn full_width_digits_of_an_input_method_are_accepted() {
    let place = Place::new();
    place.wait(31);
    let wide =
        |text: &str| text.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect::<String>();
    let code = wide(place.code("1001").expose());
    let credentials =
        Credentials { number: wide("1001"), code: Secret::new(code), ..place.credentials("1001") };
    assert_eq!(place.try_sign_in(&credentials), Ok(()));
}

#[test]
fn attempts_are_counted_before_they_are_checked() {
    let place = Place::new();
    let wrong = Credentials { password: Secret::new("wrong".into()), ..place.credentials("1001") };
    for wait in [2, 2, 31] {
        assert_eq!(place.try_sign_in(&wrong), Err(Reason::SignInWrong));
        place.wait(wait);
    }
    assert_eq!(place.try_sign_in(&wrong), Err(Reason::SignInWrong));
    place.wait(29);
    assert_eq!(
        place.try_sign_in(&place.credentials("1001")),
        Err(Reason::LockedOut),
        "even with the right password"
    );
    place.wait(2);
    assert_eq!(place.try_sign_in(&place.credentials("1001")), Ok(()));
}

#[test]
fn refused_attempts_come_into_the_log_with_the_next_sign_in() {
    let place = Place::new();
    let wrong = Credentials { password: Secret::new("wrong".into()), ..place.credentials("1001") };
    assert!(place.try_sign_in(&wrong).is_err());
    place.wait(5);
    assert!(place.try_sign_in(&Credentials { number: "7777".into(), ..wrong.clone() }).is_err());
    let mut session = place.sign_in("1001");
    assert_eq!(session.face().failures, 1, "the person is told about failed attempts");
    let refused: Vec<_> =
        place.events(&mut session).into_iter().filter(|e| e.action == Action::SignInRefusedEarlier).collect();
    assert_eq!(refused.len(), 2);
    assert!(
        refused.iter().all(|e| e.outcome == Outcome::Failed && e.reference(RefKey::HappenedAt).is_some())
    );
    let mut again = place.sign_in("1002");
    let count = place.events(&mut again).iter().filter(|e| e.action == Action::SignInRefusedEarlier).count();
    assert_eq!(count, 2, "taken over once");
}

#[test]
fn a_wiped_pre_login_file_is_itself_on_record() {
    let place = Place::new();
    let wrong = Credentials { password: Secret::new("wrong".into()), ..place.credentials("1001") };
    assert!(place.try_sign_in(&wrong).is_err());
    let file = place.office.house().generation().unwrap().seal_dir().join("preauth.log");
    std::fs::write(file, b"").unwrap();
    let mut session = place.sign_in("1001");
    assert!(place.events(&mut session).iter().any(|e| e.action == Action::PreLoginFileAltered));
}

#[test]
fn a_home_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    std::fs::set_permissions(place.office.house().home(), std::fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(place.try_sign_in(&place.credentials("1001")), Err(Reason::NotPrivate));
}

#[test]
fn setting_up_twice_is_refused_and_a_refused_set_up_leaves_nothing() {
    let place = Place::set_up_after(|set_up, _| {
        let one_supervisor: Vec<_> = people().into_iter().take(1).collect();
        assert_eq!(set_up.finish("見本保健所", &one_supervisor), Err(Reason::PlanIncomplete));
        let mut twice = people();
        let taken = twice[0].number.clone();
        twice[2].number = taken;
        assert_eq!(set_up.finish("見本保健所", &twice), Err(Reason::NumberTaken));
    });
    assert_eq!(place.try_sign_in(&place.credentials("1001")), Ok(()), "the sound one was written after them");
    assert_eq!(place.office.begin_set_up().err(), Some(Reason::AlreadySetUp));
}

#[test]
fn the_code_that_proved_a_founders_token_opens_no_session() {
    let place = Place::set_up_after(|set_up, clock| {
        let step = u64::try_from(clock.now().seconds()).unwrap() / 30;
        let code = |number: &str| Secret::new(secret_of(number).code_at(step).to_string());
        assert!(set_up.prove_token(0, &code(STAFF[0].0)));
        assert!(!set_up.prove_token(1, &code(STAFF[0].0)), "the code of another token");
    });
    let (first, second) = (STAFF[0].0, STAFF[1].0);
    assert_eq!(place.try_sign_in(&place.credentials(first)), Err(Reason::SignInWrong));
    assert_eq!(place.try_sign_in(&place.credentials(second)), Ok(()));
    place.wait(31);
    assert_eq!(place.try_sign_in(&place.credentials(first)), Ok(()));
}

#[test]
fn the_slot_of_another_person_opens_nothing() {
    let place = Place::new();
    let generation = place.office.house().generation().unwrap();
    std::fs::copy(generation.dir.join("slots/1001.slot"), generation.dir.join("slots/1002.slot")).unwrap();
    let credentials = Credentials { password: password("1001"), ..place.credentials("1002") };
    assert_eq!(place.try_sign_in(&credentials), Err(Reason::SignInWrong));
}

#[test]
fn leaving_is_on_record() {
    let place = Place::new();
    let mut session = place.sign_in("1001");
    session.perform(ops::SignOut).unwrap();
    assert_eq!(place.last(&mut session), (Action::SignOut, Outcome::Done, None));
}
