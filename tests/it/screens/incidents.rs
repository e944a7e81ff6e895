//! A misdelivery at the screens: X, the course, the warning on every panel, the closing.
use uketsuke::domain::ids::RecordId;
use uketsuke::domain::sensitive::Personal;
use uketsuke::office::ops::{self, ReportMisdelivery};
use uketsuke::text::Lang;
use uketsuke::tui::screens::places::Place;
use uketsuke::tui::script::reading;

use super::house::{CLERK, CONFIRMER, House, SUPERVISOR};
use crate::register;

const RECIPIENT: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
const ADDRESS: &str = "131016-0456";
const ORGANISATION: &str = "架空県庁感染症対策課";
const NAME: &str = "仮野";
const WARNING: &str = "誤送付 対応中 1件 (D014 停止中)";
const REPORTED: &str = "1 Enter 別の病院から届いたと電話 F12";

/// Two registered records; the first was prepared for D014, confirmed by a colleague, and is queued.
fn queued(lang: Lang) -> (House, RecordId) {
    confirmed(House::with("standard", lang))
}

fn confirmed(mut house: House) -> (House, RecordId) {
    house.bring_into_force(register::folder("D014", ORGANISATION, ADDRESS, RECIPIENT));
    let record = house.record();
    let other = house.record();
    house.enter(CLERK, Place::Prepare(record)).keys("Ctrl+U D014 F12 2");
    house.enter(CONFIRMER, Place::Outbox).keys("Enter");
    let code = house.next_code(CONFIRMER);
    house.keys(&format!("{} Enter {code} F12", House::password(CONFIRMER)));
    house.keys(&format!("3500304 Enter {ADDRESS} Enter 1 F12"));
    house.wait_us(2_000_000);
    house.keys("S");
    (house, other)
}

/// The courier has delivered it and the office knows.
fn sent(lang: Lang) -> (House, RecordId) {
    let (mut house, other) = queued(lang);
    house.deliver();
    house.enter(CLERK, Place::Outbox);
    (house, other)
}

/// The rule below the title, where the warning stands.
fn rule(house: &House) -> String {
    house.player.rows().get(1).cloned().unwrap_or_default()
}

fn warned(house: &House) -> bool {
    rule(house).contains(WARNING)
}

#[test]
fn behaviour_38_x_stops_the_destination_and_the_supervisor_sees_it() {
    let (mut house, _) = sent(Lang::Ja);
    assert!(house.shows("受領未"), "{}", house.screen());
    house.keys("X");
    insta::assert_snapshot!("misdelivery_form", house.screen());
    house.keys("F12");
    assert!(house.shows("誤送付の報告 T-"), "people and words are asked for: {}", house.screen());
    house.keys(REPORTED);
    insta::assert_snapshot!("misdelivery_reported", house.screen());
    assert!(warned(&house), "at once for whoever reports: {}", house.screen());
    house.keys("F3");
    assert!(house.shows("送付箱") && warned(&house), "{}", house.screen());

    house.enter(SUPERVISOR, Place::Incidents);
    insta::assert_snapshot!("misdelivery_list", house.screen());
    house.enter(SUPERVISOR, Place::Destinations);
    assert!(house.shows("!停止中") && warned(&house), "{}", house.screen());
}

/// What has not left is taken back; the file of the order is gone before the courier looks.
#[test]
fn what_is_queued_for_it_is_taken_back() {
    let (mut house, _) = queued(Lang::Ja);
    assert_eq!(house.outbox_files().iter().filter(|name| name.ends_with(".order")).count(), 1);
    house.enter(CONFIRMER, Place::Destinations).keys("X").keys(REPORTED);
    assert!(house.shows("止めた送付 1 件、すでに配送に渡っていた送付 0 件"), "{}", house.screen());
    assert_eq!(house.outbox_files().iter().filter(|name| name.ends_with(".order")).count(), 0);
    house.deliver();
    house.enter(CLERK, Place::Outbox);
    assert!(house.shows("取下げ") && house.shows("誤送付の報告があったため"), "{}", house.screen());
}

/// 西宮: the next person who prepares something for the same entry is told, on the panel where it would happen.
#[test]
fn the_next_person_cannot_send_there() {
    let (mut house, other) = sent(Lang::Ja);
    house.keys("X").keys(REPORTED);
    house.enter(CLERK, Place::Prepare(other));
    house.keys("Ctrl+U D014 F12");
    assert!(house.shows("停止中") && !house.shows("確認者へ渡しました"), "{}", house.screen());
    assert!(warned(&house), "{}", house.screen());
    insta::assert_snapshot!("prepare_frozen", house.screen());
}

/// Names are hidden from whoever could be asked to key something blind, which is most of the day: a leak is stopped all
/// the same.
#[test]
fn a_colleague_reports_also_while_the_destination_is_hidden() {
    let (mut house, other) = sent(Lang::Ja);
    house.enter(CLERK, Place::Prepare(other)).keys("Ctrl+U D014 F12 2");
    house.enter(CONFIRMER, Place::Outbox).keys("Down");
    assert!(!house.shows(ORGANISATION) && !house.shows("D014"), "{}", house.screen());
    house.keys("X");
    assert!(house.shows("この送り先") && !house.shows("D014"), "{}", house.screen());
    house.keys(REPORTED);
    assert!(warned(&house), "{}", house.screen());
}

#[test]
fn what_waits_for_a_second_person_has_reached_nobody() {
    let (mut house, other) = sent(Lang::Ja);
    house.enter(CLERK, Place::Prepare(other)).keys("Ctrl+U D014 F12 2");
    house.enter(CONFIRMER, Place::Outbox);
    house.keys("X");
    assert!(house.shows("まだ送られていない送付です"), "{}", house.screen());
    assert!(!house.shows("D014"), "what waits stays hidden: {}", house.screen());
}

/// Codes only: the panel of a blind check has the warning too, and still hides what is to be keyed.
#[test]
fn every_panel_has_the_warning() {
    let (mut house, other) = sent(Lang::Ja);
    const ELSEWHERE: &str = "架空市役所 健康課";
    house.bring_into_force(register::folder("D020", ELSEWHERE, "131016-0999", RECIPIENT));
    house.enter(CLERK, Place::Prepare(other)).keys("Ctrl+U D020 F12 2");
    house.enter(CLERK, Place::Destinations).keys("X").keys(REPORTED);
    for place in [Place::Worklist, Place::Outbox, Place::Destinations, Place::HomeCare, Place::Institutions] {
        house.enter(CONFIRMER, place);
        assert!(warned(&house), "{place:?}\n{}", house.screen());
    }
    house.keys("F1");
    assert!(warned(&house), "help: {}", house.screen());
    house.enter(CLERK, Place::Worklist).keys("F6");
    assert!(warned(&house), "the picker: {}", house.screen());
    house.keys("o157 Enter");
    assert!(warned(&house) && house.shows("腸管出血性大腸菌"), "{}", house.screen());
    insta::assert_snapshot!("entry_with_the_warning", house.screen());
    house.enter(CONFIRMER, Place::Outbox).keys("Enter");
    let code = house.next_code(CONFIRMER);
    house.keys(&format!("{} Enter {code} F12", House::password(CONFIRMER)));
    assert!(warned(&house) && house.shows("だれの書類ですか"), "{}", house.screen());
    for hidden in ["0999", ELSEWHERE, "架空市役所", NAME] {
        assert!(!house.shows(hidden), "{hidden}\n{}", house.screen());
    }
    insta::assert_snapshot!("blind_with_the_warning", house.screen());
}

/// Nothing is asked for it: whoever sits still is told with the next answer, whatever it is about.
#[test]
fn others_are_warned_with_their_next_answer() {
    let mut house = House::new();
    let destination = house.bring_into_force(register::folder("D014", ORGANISATION, ADDRESS, RECIPIENT));
    house.enter(CONFIRMER, Place::Worklist);
    let found_at = reading(house.player.now_us).wall;
    let words = Personal::new("届いたと電話".to_owned());
    let report = ReportMisdelivery { destination, transmission: None, found_at, people: 1, words };
    let ops::Reply::ReportMisdelivery(Ok(_)) = house.ask_elsewhere(CLERK, report) else {
        panic!("it is reported")
    };
    house.wait_us(60_000_000);
    assert!(!rule(&house).contains("誤送付"), "nobody asks while nothing is pressed: {}", house.screen());
    house.keys("F5");
    assert!(warned(&house), "{}", house.screen());
}

/// A supervisor begins before the menu, which asks the office for nothing: the sign-in itself has brought the warning.
#[test]
fn whoever_comes_in_is_warned_before_anything_is_asked() {
    let (mut house, _) = sent(Lang::Ja);
    house.enter_by_the_door(SUPERVISOR).keys("Enter");
    assert!(house.shows("メニュー") && !rule(&house).contains("誤送付"), "{}", house.screen());
    house.enter(CLERK, Place::Outbox).keys("X").keys(REPORTED);
    house.enter_by_the_door(SUPERVISOR);
    assert!(warned(&house), "the greeting: {}", house.screen());
    house.keys("Enter");
    assert!(house.shows("メニュー") && warned(&house), "{}", house.screen());
}

/// I-9: the original went astray. It cannot be found, then it is; the reports go out; another supervisor closes.
#[test]
fn an_original_that_was_lost_and_found() {
    let (mut house, _) = sent(Lang::Ja);
    house.keys("X 1 Enter 原本の束が見つからない F12");
    let step = |house: &mut House, keys: &str| {
        house.keys("F6").keys(keys).keys("F12");
        assert!(house.shows("記録しました"), "{keys}: {}", house.screen());
    };
    house.keys("F6");
    insta::assert_snapshot!("misdelivery_step_form", house.screen());
    house.keys("F12");
    assert!(house.shows("対応の記録 誤送付"), "the kind is asked for: {}", house.screen());
    house.keys("1 F12");
    assert!(house.shows("相手か内容が足りません"), "{}", house.screen());
    house.keys("F3 D");
    step(&mut house, "1 Enter Enter Enter 架空病院事務長 Enter 届いていないと言う");
    step(&mut house, "4 Enter Enter Enter Enter 搬送車にもない");
    step(&mut house, "6 Enter Enter Enter 個人情報保護委員会");
    step(&mut house, "5 Enter Enter Enter 本人の家族");
    step(&mut house, "2 Enter Enter Enter 守衛室 Enter 封は切られていない Enter 2");
    insta::assert_snapshot!("misdelivery_course", house.screen());
    house.keys("Home Enter");
    assert!(house.shows("届いていないと言う"), "{}", house.screen());
    house.keys("Enter V");
    insta::assert_snapshot!("misdelivery_draft", house.screen());
    assert!(!house.shows("事務長") && !house.shows(NAME), "no word that anybody typed");
    house.keys("Enter C R");
    assert!(house.shows("あなたの役割では"), "{}", house.screen());

    house.enter(SUPERVISOR, Place::Incidents).keys("Enter C");
    insta::assert_snapshot!("misdelivery_close_ask", house.screen());
    house.keys("Enter N");
    assert!(house.shows("誤送付の経過") && warned(&house), "{}", house.screen());
    house.keys("C R");
    assert!(house.shows("終了しました") && !rule(&house).contains("誤送付"), "{}", house.screen());
    insta::assert_snapshot!("misdelivery_closed", house.screen());
    house.keys("F3");
    assert!(house.shows("対応中 0 件") && house.shows("不要"), "{}", house.screen());
    house.enter(CLERK, Place::Worklist);
    assert!(!rule(&house).contains("誤送付"), "{}", house.screen());
}

/// A slip of one digit must not stop the clock of the law.
#[test]
fn a_step_that_was_noted_by_mistake_is_taken_back() {
    let (mut house, _) = sent(Lang::Ja);
    house.keys("X").keys(REPORTED);
    house.keys("F6").keys("6 Enter Enter Enter 本人の家族 F12");
    assert!(house.shows("7/18 (済)"), "{}", house.screen());
    house.keys("F6").keys("08 Enter Enter Enter Enter 打ち間違い F12");
    assert!(house.shows("取り消す対応が記録されていません"), "{}", house.screen());
    house.keys("Up Up Up Up Up Ctrl+U 06 F12");
    assert!(house.shows("取消 速報を出した") && house.shows("7/18 (あと4日)"), "{}", house.screen());
    insta::assert_snapshot!("misdelivery_step_taken_back", house.screen());
}

#[test]
fn what_happened_can_be_read_whole() {
    const WORDS: &str = "架空病院から電話があり、別の病院あての書類が届いたとのこと。担当者は封を開けずに保管している。\
                         原因は宛名の取り違えで、係長が引き取りに向かった";
    let (mut house, _) = sent(Lang::Ja);
    house.keys(&format!("X 1 Enter {WORDS} F12"));
    assert!(!house.shows("引き取りに"), "one row has no room for it: {}", house.screen());
    house.keys("A");
    assert!(house.shows("何が起きたか") && house.shows("引き取りに向かった"), "{}", house.screen());
    insta::assert_snapshot!("misdelivery_account", house.screen());
    house.keys("Enter");
    assert!(house.shows("誤送付の経過"), "{}", house.screen());
}

#[test]
fn what_cannot_be_read_is_asked_again() {
    let (mut house, _) = sent(Lang::Ja);
    house.keys("X Up Up Ctrl+U 99 Enter Enter").keys(REPORTED);
    assert!(house.shows("日付を読めません"), "{}", house.screen());
    house.keys("Ctrl+U t Enter Ctrl+U 2560 F12");
    assert!(house.shows("時刻を読めません"), "{}", house.screen());
    house.keys("Ctrl+U 2359 F12");
    assert!(house.shows("今より先"), "{}", house.screen());
    house.keys("F3 D");
    assert!(
        house.shows("送付箱") && !rule(&house).contains("誤送付"),
        "nothing was reported: {}",
        house.screen()
    );
}

#[test]
fn the_menu_leads_there() {
    let mut house = House::new();
    house.enter(SUPERVISOR, Place::Menu).keys("X");
    assert!(house.shows("誤送付の報告はありません"), "{}", house.screen());
    house.keys("F3 x");
    assert!(house.shows("誤送付の報告はありません"), "{}", house.screen());
}

#[test]
fn the_same_in_english() {
    let (mut house, _) = sent(Lang::En);
    house.keys("X");
    insta::assert_snapshot!("english_misdelivery_form", house.screen());
    house.keys(REPORTED).keys("F6");
    insta::assert_snapshot!("english_misdelivery_step_form", house.screen());
    house.keys("3 Enter Enter Enter Enter words F12");
    insta::assert_snapshot!("english_misdelivery_course", house.screen());
    house.enter(SUPERVISOR, Place::Incidents);
    insta::assert_snapshot!("english_misdelivery_list", house.screen());
}

/// Told in lines it is a sentence of its own: the rules are what the picture is read by.
#[test]
fn the_warning_is_told_in_lines() {
    let mut house = House::telling(Lang::Ja);
    house.bring_into_force(register::folder("D014", ORGANISATION, ADDRESS, RECIPIENT));
    house.enter(CLERK, Place::Destinations);
    house.player.take_told();
    house.keys("X").keys(REPORTED);
    let told = house.player.take_told();
    assert_eq!(told.matches(WARNING).count(), 1, "{told}");
    house.keys("F5");
    assert!(!house.player.take_told().contains(WARNING), "said once while nothing changes");
    house.enter(CONFIRMER, Place::Worklist);
    let told = house.player.take_told();
    assert!(told.contains(WARNING), "and with every panel that comes up: {told}");
}
