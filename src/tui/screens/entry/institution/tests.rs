//! Keys of the reference case R1 from the disease to the date of the report: six for the institution, one for the doctor.
use crate::domain::institution::{Band, Contract, Doctor, Institution};
use crate::office::ops::{self, KeepInstitution};
use crate::tui::counter::Seat;
use crate::tui::screens::rig::Rig;

fn with_register() -> Rig {
    let mut rig = Rig::at_worklist();
    let doctors = |names: &[&str]| -> Vec<Doctor> {
        names.iter().map(|name| Doctor { name: (*name).into(), reading: String::new() }).collect()
    };
    let hospital = Institution {
        code: "0012".into(),
        name: "架空総合病院".into(),
        reading: "カクウソウゴウビョウイン".into(),
        address: "東京都千代田区永田町9-99-99".into(),
        phone: "0300000120".into(),
        doctors: doctors(&["仮田 一郎", "見本 次郎"]),
        ..Institution::default()
    };
    let clinic = Institution {
        code: "0013".into(),
        name: "架空診療所".into(),
        reading: "カクウシンリョウジョ".into(),
        doctors: doctors(&["例田 三郎"]),
        ..Institution::default()
    };
    for institution in [hospital, clinic] {
        let kept = rig.ask(Seat::Main, KeepInstitution { change: None, institution });
        assert!(matches!(kept, ops::Reply::KeepInstitution(Ok(_))));
    }
    // The worklist reads the register when it is opened.
    rig.keys("F3 1");
    rig
}

#[test]
fn an_institution_is_found_by_its_reading_and_its_doctor_by_a_digit() {
    let mut rig = with_register();
    rig.keys("F6 o157 Enter");
    rig.keys("k a k u u");
    insta::assert_snapshot!("offered", rig.screen());
    rig.keys("s o");
    assert!(!rig.screen().contains("2 架空"), "one is left: {}", rig.screen());
    rig.keys("1");
    insta::assert_snapshot!("doctors", rig.screen());
    rig.keys("1");
    assert!(rig.row("医師").contains("仮田 一郎"), "{}", rig.screen());
    assert!(rig.focused().starts_with("報告年月日"), "{}", rig.screen());
    assert!(rig.row("医療機関の電話").contains("03-0000-0120"), "{}", rig.screen());
}

#[test]
fn a_number_fills_what_is_empty_and_nothing_that_was_typed() {
    let mut rig = with_register();
    rig.keys("F6 o157 Enter Enter").text("架空総合病院 分院").keys("Enter Up Up 0012 Enter");
    assert!(rig.row("届出医療機関").contains("分院"), "typed before: {}", rig.screen());
    assert!(rig.row("医療機関の所在地").contains("永田町"), "{}", rig.screen());
}

#[test]
fn all_are_offered_last_used_first() {
    let mut rig = with_register();
    rig.keys("F6 o157 Enter F2");
    assert!(
        rig.screen().contains("1 架空診療所(0013)  2 架空総合病院(0012)"),
        "by reading: {}",
        rig.screen()
    );
    rig.keys("2 2 Enter 1")
        .text("karino hanae")
        .keys("Enter 仮野")
        .text(" 花枝")
        .keys("Enter 2 3500304 調理員 Enter");
    rig.keys(
        "1000014 Enter 9-99-99 Enter 0300000123 Enter Enter 1235 Enter 1 1 157 Enter 7 Enter 2 3 11 Enter",
    );
    rig.keys("Enter 6 Enter 9 Enter 2 1 焼肉店での喫食 Enter 2 1 Enter F12 Enter");
    rig.keys("F6 o157 Enter F2");
    assert!(rig.screen().contains("1 架空総合病院(0012)  2 架空診療所(0013)"), "{}", rig.screen());
    rig.keys("1");
    assert!(rig.screen().contains("1 見本 次郎  2 仮田 一郎"), "who wrote last: {}", rig.screen());
}

#[test]
fn what_the_register_does_not_know_is_passed_over_when_nobody_has_to_know_it() {
    let mut rig = with_register();
    rig.keys("F6 o157 Enter k a k u u s i 1");
    assert!(rig.focused().starts_with("医療機関の所在地"), "required: {}", rig.screen());
    rig.text("架空県").keys("Enter");
    assert!(rig.focused().starts_with("医療機関の電話"), "{}", rig.screen());
    let mut rig = with_register();
    rig.keys("F6 o157 Enter Enter Enter").text("架空県").keys("Enter Up Up Up").keys("k a k u u s i 1");
    assert!(rig.focused().starts_with("医師"), "the telephone may stay empty: {}", rig.screen());
}

/// A reading that stayed where the number belongs would be registered as one.
#[test]
fn a_reading_is_not_left_as_a_number() {
    let mut rig = with_register();
    rig.keys("F6 o157 Enter k a k u Enter");
    assert!(rig.screen().contains("1-9 で選んでください"), "{}", rig.screen());
    assert!(rig.screen().contains("2 架空総合病院"), "the candidates stay: {}", rig.screen());
    rig.keys("u s o Enter");
    assert!(rig.row("医療機関番号").contains("0012"), "only one is left: {}", rig.screen());
    let mut rig = with_register();
    rig.keys("F6 o157 Enter z z Enter");
    assert!(rig.focused().starts_with("医療機関番号"), "{}", rig.screen());
    assert!(rig.screen().contains("よみのままです。"), "{}", rig.screen());
    rig.keys("Enter");
    assert!(rig.focused().starts_with("届出医療機関"), "{}", rig.screen());
    rig.keys("F9");
    assert!(
        rig.screen().contains("注意  医療機関番号: よみのままです。"),
        "a reason is asked for: {}",
        rig.screen()
    );
    rig.keys("Esc Up Ctrl+U Enter F9");
    assert!(!rig.screen().contains("医療機関番号: よみ"), "{}", rig.screen());
}

#[test]
fn a_name_that_is_not_in_the_register_is_typed() {
    let mut rig = with_register();
    rig.keys("F6 o157 Enter z z");
    assert!(!rig.screen().contains("1 架空"), "{}", rig.screen());
    rig.keys("Ctrl+U Enter").text("新しい医院").keys("Enter");
    assert!(rig.row("届出医療機関").contains("新しい医院"), "{}", rig.screen());
}

/// The wrong number was typed first: what the register said about it must not stand beside the right one.
#[test]
fn another_number_brings_its_own_facts_and_leaves_what_was_typed() {
    let mut rig = with_register();
    rig.keys("F6 o157 Enter 0012 Enter Up Ctrl+U 0013 Enter");
    assert!(rig.row("届出医療機関").contains("架空診療所"), "{}", rig.screen());
    for label in ["医療機関の所在地", "医療機関の電話"] {
        let row = rig.row(label);
        assert!(!row.contains("永田町") && !row.contains("0120"), "of the other one: {row}");
    }
    let mut rig = with_register();
    rig.keys("F6 o157 Enter 0012 Enter").text("(分院)").keys("Enter Up Up Ctrl+U 0013 Enter");
    assert!(rig.row("届出医療機関").contains("架空総合病院(分院)"), "somebody typed it: {}", rig.screen());
    let mut rig = with_register();
    rig.keys("F6 o157 Enter 0012 Enter Up Ctrl+U 0099 Enter");
    assert!(!rig.screen().contains("架空総合病院"), "nobody knows this one: {}", rig.screen());
}

/// The input method was left on.
#[test]
fn a_number_in_full_width_is_a_number() {
    let mut rig = with_register();
    rig.keys("F6 o157 Enter ００１２ Enter");
    assert!(rig.row("届出医療機関").contains("架空総合病院"), "{}", rig.screen());
    assert!(rig.row("医療機関番号").contains("0012"), "{}", rig.screen());
}

fn with_partners() -> Rig {
    let mut rig = Rig::at_worklist();
    let day = |text: &str| text.parse().unwrap();
    for (code, name, until, bands) in [
        ("0021", "架空訪問診療所", "2027-03-31", vec![Band::Night]),
        ("0022", "見本訪問診療所", "2026-07-13", vec![Band::Night]),
        ("0023", "例田訪問看護", "2026-07-14", vec![Band::Weekday, Band::Holiday]),
    ] {
        let institution = Institution {
            code: code.into(),
            name: name.into(),
            reading: "ホウモン".into(),
            phone: "0300000210".into(),
            contract: Some(Contract { from: day("2026-04-01"), until: day(until), bands }),
            ..Institution::default()
        };
        let kept = rig.ask(Seat::Main, KeepInstitution { change: None, institution });
        assert!(matches!(kept, ops::Reply::KeepInstitution(Ok(_))));
    }
    rig.keys("F3 1 F6 jitaku Enter");
    rig.text("karino hanae")
        .keys("Enter 仮野")
        .text(" 花枝")
        .keys("Enter 2 3500304 Enter 0300000123 Enter 1 Enter 2 1 F8");
    assert!(rig.focused().starts_with("要請先の番号"), "{}", rig.screen());
    rig
}

#[test]
fn only_partners_whose_contract_holds_are_offered() {
    let mut rig = with_partners();
    rig.keys("F2");
    insta::assert_snapshot!("partners", rig.screen());
    rig.keys("1");
    assert!(rig.focused().starts_with("要請時刻"), "behind what is known, and no further: {}", rig.screen());
    assert!(rig.row("要請先の機関").contains("架空訪問診療所"), "{}", rig.screen());
    assert!(rig.row("要請先の電話").contains("03-0000-0210"), "{}", rig.screen());
    assert!(
        rig.row("要請の時間帯").contains("(2 夜間)") || rig.row("要請の時間帯").contains("[2 夜間]"),
        "{}",
        rig.screen()
    );
}

#[test]
fn of_several_hours_one_is_asked_for() {
    let mut rig = with_partners();
    rig.keys("F2 2");
    assert!(rig.focused().starts_with("要請の時間帯"), "{}", rig.screen());
    rig.keys("2 F12");
    assert!(rig.screen().contains("契約にない時間帯です。"), "{}", rig.screen());
    rig.keys("3 F12");
    assert!(rig.screen().contains("誤り・未入力 0 件"), "{}", rig.screen());
}

#[test]
fn an_expired_partner_is_refused_when_its_number_is_typed() {
    let mut rig = with_partners();
    rig.keys("0022 Enter F12 Enter");
    assert!(rig.focused().starts_with("要請先の番号"), "{}", rig.screen());
    insta::assert_snapshot!("expired", rig.screen());
}

/// One key filled four items, one key takes them back.
#[test]
fn what_a_number_filled_goes_with_it() {
    let mut rig = with_register();
    rig.keys("F6 o157 Enter 0012 Enter");
    assert!(rig.screen().contains("架空総合病院"), "{}", rig.screen());
    rig.keys("Ctrl+Z");
    for filled in ["0012", "架空総合病院", "永田町", "0120"] {
        assert!(!rig.screen().contains(filled), "{filled}: {}", rig.screen());
    }
    assert!(rig.focused().starts_with("医療機関番号"), "{}", rig.screen());
    rig.keys("Ctrl+Y");
    assert!(rig.row("医療機関の電話").contains("03-0000-0120"), "{}", rig.screen());
}

/// An emptied number takes along what the register said: the next one must not stand beside the telephone of another.
#[test]
fn an_emptied_number_takes_its_facts_along() {
    let mut rig = with_register();
    rig.keys("F6 o157 Enter 0012 Enter");
    assert!(rig.row("届出医療機関").contains("架空総合病院"), "{}", rig.screen());
    rig.keys("Up Ctrl+U Enter");
    assert!(!rig.screen().contains("架空総合病院"), "{}", rig.screen());
    rig.keys("Up 0013 Enter");
    assert!(rig.row("届出医療機関").contains("架空診療所"), "{}", rig.screen());
    assert!(!rig.screen().contains("永田町"), "{}", rig.screen());
}

/// The register at a desk may be older than the office's.
#[test]
fn a_partner_that_was_entered_meanwhile_is_not_refused_by_an_old_register() {
    let mut rig = with_partners();
    let institution = Institution {
        code: "0031".into(),
        name: "試野訪問診療所".into(),
        reading: "シノ".into(),
        contract: Some(Contract {
            from: "2026-04-01".parse().unwrap(),
            until: "2027-03-31".parse().unwrap(),
            bands: vec![Band::Night],
        }),
        ..Institution::default()
    };
    let kept = rig.ask(Seat::Main, KeepInstitution { change: None, institution });
    assert!(matches!(kept, ops::Reply::KeepInstitution(Ok(_))));
    rig.keys("0031 Enter F4 2");
    assert!(rig.row("要請の時間帯").contains("[2 夜間]"), "{}", rig.screen());
    rig.keys("F12 Enter");
    assert!(rig.screen().contains("を登録しました"), "{}", rig.screen());
}
