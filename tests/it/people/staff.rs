//! A new colleague: proposed by one administrator, approved by another, enrolled in person; and a suspension.
use super::rig::{PASSWORD, Rig};
use insta::assert_snapshot;

const OWN: &str = "amefuri-no-hi-wa-kasa";

fn propose(rig: &mut Rig) -> String {
    rig.keys("5 F6");
    assert_snapshot!("staff_form", rig.screen());
    rig.keys("1042 Enter").types("仮田 一美").keys("Enter").types("感染症対策係").keys("Enter 1 2");
    rig.keys("F12");
    assert_snapshot!("staff_initial_password", rig.screen());
    rig.keys("F3");
    assert!(rig.shows("仮パスワード"), "not closed by habit");
    let row = rig.row("-").map(|_| ()).and_then(|()| {
        rig.player.rows().into_iter().find(|row| row.trim().split('-').count() == 5 && row.trim().len() == 24)
    });
    let password = row.expect("five groups of four").trim().to_owned();
    rig.keys("Enter");
    assert_snapshot!("staff_proposed", rig.screen());
    password
}

#[test]
fn two_administrators_and_the_person() {
    let (mut rig, secrets) = Rig::set_up();
    rig.signs_in("2003", PASSWORD, &secrets[0]).keys("Enter");
    let initial = propose(&mut rig);
    rig.keys("Down Up a");
    assert_snapshot!("staff_ask_approve", rig.screen());
    rig.keys("A");
    assert!(rig.shows("提案した人とは別の管理者"), "{}", rig.screen());
    assert!(rig.row("1042").is_some_and(|row| row.contains("承認待ち")));

    rig.keys("F3 8").signs_in("2004", PASSWORD, &secrets[1]).keys("Enter 5 A A");
    assert!(rig.shows("承認しました"), "{}", rig.screen());
    assert!(rig.row("1042").is_some_and(|row| row.contains("初回待ち")), "{}", rig.screen());

    rig.keys("F3 8").wait_s(60);
    rig.keys("1042 Enter").types(&initial).keys("F12");
    assert_snapshot!("enrol_password", rig.screen());
    rig.types("mijikai").keys("Enter").types("mijikai").keys("Enter");
    assert!(rig.shows("15文字以上"), "{}", rig.screen());
    rig.types(OWN).keys("Enter").types(OWN).keys("Enter");
    assert_snapshot!("enrol_token", rig.screen());
    let secret = super::set_up::base32(&rig);
    rig.keys("000000 F12");
    assert!(rig.shows("確認コードが違うか"), "{}", rig.screen());
    let code = rig.code(&secret);
    rig.keys(&code).keys("F12");
    assert!(rig.shows("見本保健所  仮田 一美"), "{}", rig.screen());
    rig.wait_s(60);
    assert!(rig.lets_in("1042", OWN, &secret), "the own password and token work");
    assert!(!rig.lets_in("1042", &initial, &secret), "the initial password does not");
}

#[test]
fn an_enrolment_left_alone_is_put_away() {
    let (mut rig, secrets) = Rig::set_up();
    rig.signs_in("2003", PASSWORD, &secrets[0]).keys("Enter");
    let initial = propose(&mut rig);
    rig.keys("F3 8").signs_in("2004", PASSWORD, &secrets[1]).keys("Enter 5 A A F3 8").wait_s(60);
    rig.keys("1042 Enter").types(&initial).keys("F12").types(OWN).keys("Enter").types(OWN).keys("Enter");
    assert_eq!(super::set_up::base32(&rig).len(), 32);
    rig.wait_s(601);
    assert!(rig.shows("利用者の確認") && rig.shows("中止しました"), "{}", rig.screen());
}

#[test]
fn suspending_asks_and_the_last_two_stay() {
    let (mut rig, secrets) = Rig::set_up();
    rig.signs_in("2003", PASSWORD, &secrets[0]).keys("Enter 5 Down s");
    assert_snapshot!("staff_ask_suspend", rig.screen());
    rig.keys("Enter N");
    assert!(rig.row("2004").is_some_and(|row| row.contains("使用中")));
    rig.keys("S S");
    assert!(rig.shows("最後の一人は停止できません"), "{}", rig.screen());
}

#[test]
fn nobody_has_two_active_accounts() {
    let (mut rig, secrets) = Rig::set_up();
    rig.signs_in("2003", PASSWORD, &secrets[0]).keys("Enter 5 F6");
    rig.keys("1042 Enter").types("例山 治").keys("Enter Enter 1 Enter 2999 F12");
    assert!(rig.shows("「同じ人の番号」の職員がいません"), "{}", rig.screen());
    rig.keys("Ctrl+U 2003 F12");
    assert!(rig.shows("使用中の職員番号があります"), "{}", rig.screen());
}
