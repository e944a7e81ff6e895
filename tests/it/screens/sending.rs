//! From the register to the outbox: two people, papers, no answer on the screen.
use crate::register;

use super::house::{CLERK, CONFIRMER, House, SUPERVISOR};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use uketsuke::domain::destination::Channel;
use uketsuke::domain::digest::Digest;
use uketsuke::domain::ids::{RecordId, TransmissionId};
use uketsuke::office::ops::{self, ListTransmissions};
use uketsuke::order::{Outcome, Receipt};
use uketsuke::text::Lang;
use uketsuke::tui::screens::places::Place;

const RECIPIENT: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
const TAIL: &str = "mcac8p";
pub const ADDRESS: &str = "131016-0456";
pub const ORGANISATION: &str = "架空県庁感染症対策課";
const NAME: &str = "仮野";
const BIRTH: &str = "3500304";

/// The first keying of a folder: no password, no short dial, no contract, no hours.
fn propose(house: &mut House, code: &str, organisation: &str, address: &str) {
    house.keys(&format!(
        "F6 {code} Enter {organisation} Enter カクウ Enter 3 Enter {address} Enter {RECIPIENT} Enter Enter \
         0300000123 Enter Enter Enter 1 4 Enter Enter Enter K-12 F12"
    ));
}

/// A house with D014 (and its look-alike D041) in the register, and a record to send.
fn ready() -> (House, RecordId) {
    ready_in("standard", Lang::Ja)
}

pub fn ready_in(map: &'static str, lang: Lang) -> (House, RecordId) {
    made_ready(House::with(map, lang))
}

pub fn made_ready(mut house: House) -> (House, RecordId) {
    house.bring_into_force(register::folder("D014", ORGANISATION, ADDRESS, RECIPIENT));
    house.enter(CLERK, Place::Destinations);
    propose(&mut house, "D041", "架空県庁感染症予防課", "131016-0465");
    let record = house.record();
    (house, record)
}

/// The sender has handed over and the colleague sits down.
fn at_the_blind_check() -> House {
    let (house, record) = ready();
    at_the_blind_check_of(house, record)
}

fn at_the_blind_check_of(mut house: House, record: RecordId) -> House {
    house.enter(CLERK, Place::Prepare(record));
    house.keys("D014 F12 1");
    colleague_sits_down(house)
}

/// The number on the papers, where the sender looks at them.
fn control_in(text: &str) -> String {
    let (_, after) = text.split_once("管理番号").expect("it stands on every page");
    after.chars().skip_while(|c| !c.is_ascii_digit()).take(6).collect()
}

fn colleague_sits_down(house: House) -> House {
    let house = colleague_at_the_second_seat(house);
    assert!(house.shows("だれの書類ですか"), "{}", house.screen());
    house
}

/// The sender prepares it, the colleague on the spot confirms it.
pub fn sent_off(mut house: House, record: RecordId) -> House {
    house.enter(CLERK, Place::Prepare(record));
    house.keys("D014 F12 1");
    let mut house = colleague_at_the_second_seat(house);
    type_answers(&mut house, ADDRESS, "1");
    house.keys("F12");
    house.wait_us(2_000_000);
    house.keys("S");
    house
}

/// In whatever language the panel asks.
fn colleague_at_the_second_seat(mut house: House) -> House {
    let code = house.next_code(CONFIRMER);
    let (number, password) = (House::number(CONFIRMER), House::password(CONFIRMER));
    house.keys(&format!("{number} Enter {password} Enter {code} F12"));
    house
}

fn type_answers(house: &mut House, address: &str, pages: &str) {
    house.keys(&format!("{BIRTH} Enter {address} Enter {pages}"));
}

fn letter(c: char) -> Event {
    Event::Key(KeyCode::Char(c).into())
}

#[test]
fn the_register_takes_two_people() {
    let mut house = House::new();
    house.enter(CLERK, Place::Destinations);
    insta::assert_snapshot!("register_empty", house.screen());
    house.keys("F6 D014");
    insta::assert_snapshot!("register_form", house.screen());
    house.keys("F3");
    insta::assert_snapshot!("slip_leave", house.screen());
    house.keys("Enter F3");
    assert!(house.shows("[D014"), "what was typed is still there: {}", house.screen());
    house.keys("F3 D");
    propose(&mut house, "D014", ORGANISATION, ADDRESS);
    insta::assert_snapshot!("register_unconfirmed", house.screen());
    assert!(!house.shows(ADDRESS), "nobody sees it before the second keying");
    house.keys("2");
    assert!(house.shows("2人目にはなれません"), "{}", house.screen());

    house.enter(CONFIRMER, Place::Destinations);
    house.keys("Enter");
    assert!(!house.shows(ADDRESS) && !house.shows("age1"));
    house.player.events(vec![Event::Paste(ADDRESS.into())]);
    assert!(house.shows("貼り付けは使えません") && !house.shows("131016-0456 "), "{}", house.screen());
    insta::assert_snapshot!("rekey_paste_refused", house.screen());
    house.keys(&format!("131016-0465 Enter {TAIL} Enter K-13 F12"));
    assert!(house.shows("残り 2 回"), "{}", house.screen());
    assert!(!house.shows(TAIL), "the items are empty again");
    house.keys(&format!("{ADDRESS} Enter {TAIL} Enter K-13 F12"));
    insta::assert_snapshot!("register_confirmed", house.screen());

    house.keys("S");
    insta::assert_snapshot!("freeze_ask", house.screen());
    house.keys("Enter N");
    assert!(house.shows("!試し送り待"), "{}", house.screen());
    house.keys("S S");
    assert!(house.shows("!停止中"), "{}", house.screen());
    for way_back in ["C", "2", "Enter", "S"] {
        house.keys("Down Up").keys(way_back);
        assert!(house.screen().starts_with(" 送り先台帳 "), "{way_back}: {}", house.screen());
        assert!(house.shows("新しい台帳番号で登録します"), "{way_back}: {}", house.screen());
    }
}

#[test]
fn an_entry_is_chosen_until_its_last_day() {
    let (mut house, record) = ready();
    house.wait_us(340 * 86_400 * 1_000_000);
    house.enter(CLERK, Place::Prepare(record)).keys("F2 Enter F12");
    assert!(house.shows("確認者へ渡しました"), "{}", house.screen());
}

#[test]
fn whoever_changes_an_entry_is_told_what_was_on_its_way() {
    let (mut house, record) = ready();
    house.enter(CLERK, Place::Prepare(record));
    house.keys("D014 F12");
    house.enter(CLERK, Place::Destinations).keys("C Down Down Down Down");
    // The second F12 comes before any answer, as from an impatient hand: one version, and one telling.
    house.keys(&format!(
        "131016-0457 Enter {RECIPIENT} Enter Enter 0300000123 Enter Enter Enter Enter Enter Enter K-14"
    ));
    house.player.keys("F12");
    house.player.keys("F12");
    assert_eq!(house.pump(), 2, "the proposal, and the list that is read again");
    assert!(house.shows("前の宛先への送付を 1 件取りやめました"), "{}", house.screen());
    house.enter(CLERK, Place::Outbox);
    assert!(house.shows("取下げ"), "{}", house.screen());
}

/// One of the three answers stands on no panel that the second person comes back to.
#[test]
fn how_many_sheets_is_for_the_sender_to_say() {
    let (mut house, record) = ready();
    house.enter(CLERK, Place::Prepare(record)).keys("D014 F12");
    assert!(house.shows("送付物は 1 枚です"), "{}", house.screen());
    house.keys("1 F3");
    assert!(house.shows("確認者へ渡しました") && !house.shows("枚です"), "{}", house.screen());
    house.keys("F9");
    assert!(house.shows("ここでは見られません") && !house.shows(NAME), "{}", house.screen());
}

#[test]
fn from_preparation_to_the_outbox() {
    let (mut house, record) = ready();
    house.enter(CLERK, Place::Prepare(record));
    house.keys("D014");
    insta::assert_snapshot!("prepare", house.screen());
    assert!(house.shows("! よく似た送り先: D041"), "{}", house.screen());
    house.keys("F2 Down Enter");
    assert!(house.shows("今は使えません"), "D041 waits for its second keying: {}", house.screen());
    house.keys("Up Enter F12");
    insta::assert_snapshot!("handed_over", house.screen());
    house.keys("F9");
    assert!(house.shows(NAME), "the sender sees the document: {}", house.screen());
    house.keys("Enter 1");

    // From here on the colleague sits at the screen.
    let hidden = |house: &House, words: &[&str]| {
        for word in words {
            assert!(!house.shows(word), "{word} is on the screen:\n{}", house.screen());
        }
    };
    let all = [ADDRESS, "0456", ORGANISATION, "架空県庁", NAME, "D014"];
    hidden(&house, &all);
    insta::assert_snapshot!("identify_on_the_spot", house.screen());
    let code = house.next_code(CONFIRMER);
    for word in [House::number(CONFIRMER), "Enter", House::password(CONFIRMER), "Enter", &code, "F12"] {
        house.keys(word);
        hidden(&house, &all);
    }
    insta::assert_snapshot!("blind", house.screen());
    house.keys("F12");
    assert!(house.shows("すべての項目"), "{}", house.screen());
    type_answers(&mut house, "131016-0465", "1");
    hidden(&house, &all);
    house.keys("F12");
    hidden(&house, &all);
    insta::assert_snapshot!("mismatch", house.screen());
    assert!(house.shows("残り 2 回"), "{}", house.screen());
    house.keys("Enter");
    assert!(house.shows("一致しません"), "Enter does nothing");
    house.keys("R");
    hidden(&house, &all);
    type_answers(&mut house, ADDRESS, "1");
    hidden(&house, &[ORGANISATION, "架空県庁", NAME, "D014"]);
    house.keys("F12");
    assert!(house.shows(ORGANISATION) && house.shows(NAME), "{}", house.screen());
    insta::assert_snapshot!("match_inert", house.screen());

    house.keys("S Enter Enter");
    assert!(house.shows("照合の結果: すべて一致"), "two seconds: {}", house.screen());
    assert_eq!(house.outbox_files(), Vec::<String>::new());
    house.wait_us(2_000_000);
    insta::assert_snapshot!("match_ready", house.screen());
    house.keys("Enter");
    assert!(house.shows("S が有効です"), "Enter does not send: {}", house.screen());
    let held = KeyEvent::new_with_kind(KeyCode::Char('s'), KeyModifiers::NONE, KeyEventKind::Repeat);
    house.player.events(vec![Event::Key(held), Event::Paste("S".into())]);
    assert_eq!(house.pump(), 0, "neither a held key nor a paste sends");
    house.wait_us(1_000_000);
    house.player.events(vec![letter('s'), letter('s'), letter('s')]);
    assert_eq!(house.pump(), 2, "one confirmation, one leaving");
    insta::assert_snapshot!("sent", house.screen());
    assert_eq!(house.outbox_files().len(), 2, "package and order: {:?}", house.outbox_files());
    house.keys("Enter");
    assert!(house.shows("HALL"), "{}", house.screen());

    house.enter(CLERK, Place::Outbox);
    insta::assert_snapshot!("outbox_queued", house.screen());
    house.keys("C");
    insta::assert_snapshot!("withdraw_ask", house.screen());
    house.keys("C");
    assert!(house.shows("取下げ"), "{}", house.screen());
    assert_eq!(house.outbox_files(), Vec::<String>::new());
}

/// Keys of a script: words that are typed count by their characters.
fn keys_in(script: &str) -> usize {
    let named = |word: &str| word == "Enter" || word.starts_with('F') && word.len() > 1;
    script.split_whitespace().map(|word| if named(word) { 1 } else { word.chars().count() }).sum()
}

#[test]
fn the_sender_takes_three_keys_and_the_second_person_twenty_five() {
    const SENDER: &str = "F10 F12 1";
    let (mut house, _) = ready();
    house.enter(CLERK, Place::Worklist).keys("Enter");
    assert!(house.shows(NAME), "the record is open: {}", house.screen());
    house.keys(SENDER);
    let mut house = colleague_sits_down(house);
    let check = format!("{BIRTH} Enter {ADDRESS} Enter 1 F12");
    house.keys(&check);
    house.wait_us(2_000_000);
    house.keys("S");
    assert!(house.shows("確認しました"), "{}", house.screen());
    let spent = (keys_in(SENDER), keys_in(&check) + keys_in("S") + keys_in("Enter"));
    assert!(spent.0 <= 3 && spent.1 <= 25, "{spent:?}");
    println!("sender {}, second person {} with closing the last panel", spent.0, spent.1);
}

#[test]
fn three_misses_void_it() {
    let mut house = at_the_blind_check();
    for left in [2, 1] {
        type_answers(&mut house, "131016-0465", "1");
        house.keys("F12");
        assert!(house.shows(&format!("残り {left} 回")), "{}", house.screen());
        house.keys("R");
    }
    insta::assert_snapshot!("missed_twice", house.screen());
    assert!(house.shows("係長を呼ぶ"), "R does nothing any more: {}", house.screen());
    house.keys("H");
    insta::assert_snapshot!("supervisor_called", house.screen());
    let code = house.next_code(CONFIRMER);
    let ask =
        |who, code: &str| format!("{} Enter {} Enter {code} Enter", House::number(who), House::password(who));
    house.keys(&ask(CONFIRMER, &code));
    assert!(house.shows("別の係長"), "{}", house.screen());
    let code = house.next_code(SUPERVISOR);
    house.keys("F3 H").keys(&ask(SUPERVISOR, &code));
    assert!(house.shows("係長が認めました"), "{}", house.screen());
    house.keys("R");
    type_answers(&mut house, "131016-0465", "1");
    house.keys("F12");
    insta::assert_snapshot!("void", house.screen());
    house.keys("R S Enter");
    assert!(house.shows("HALL"), "{}", house.screen());
    assert_eq!(house.outbox_files(), Vec::<String>::new());
}

#[test]
fn pasting_is_refused_also_without_brackets() {
    let mut house = at_the_blind_check();
    house.keys(BIRTH).keys("Enter");
    house.player.events(ADDRESS.chars().map(letter).collect());
    assert!(house.shows("貼り付けは使えません") && !house.shows("0456"), "{}", house.screen());
    // Each key in a read of its own, a millisecond apart: the first ones pass for typing and are taken back.
    house.wait_us(1_000_000);
    for c in ADDRESS.chars() {
        house.wait_us(1_000);
        house.player.events(vec![letter(c)]);
    }
    assert!(house.shows("貼り付けは使えません") && !house.shows("1310"), "{}", house.screen());
    insta::assert_snapshot!("blind_paste_refused", house.screen());
}

/// Terminals report a held key as one press after another.
#[test]
fn a_held_s_never_sends() {
    let mut house = at_the_blind_check();
    type_answers(&mut house, ADDRESS, "1");
    house.keys("F12");
    for _ in 0..50 {
        house.keys("S");
    }
    assert!(house.shows("早すぎます"), "{}", house.screen());
    insta::assert_snapshot!("match_too_early", house.screen());
    assert_eq!(house.outbox_files(), Vec::<String>::new());
    house.wait_us(1_800_000);
    assert!(house.shows("早すぎます"), "the two seconds begin with the last of them: {}", house.screen());
    house.wait_us(200_000);
    assert!(house.shows("S が有効です"), "{}", house.screen());
    house.keys("S");
    assert!(house.shows("確認しました"), "{}", house.screen());
}

/// A full disk, a courier that hangs: the sending is confirmed all the same, and must not read as if it were not.
#[test]
fn what_is_confirmed_reads_as_confirmed_without_its_file() {
    let mut house = at_the_blind_check();
    type_answers(&mut house, ADDRESS, "1");
    house.keys("F12");
    let ops::Reply::ListTransmissions(Ok(lines)) = house.ask_elsewhere(CLERK, ListTransmissions) else {
        panic!("no list")
    };
    let waiting = lines.iter().find(|line| line.subject.is_some()).expect("the sending");
    let in_the_way = house.home.path().join(format!("outbox/{}.age", waiting.id));
    std::fs::create_dir(&in_the_way).expect("room");
    house.keys("S");
    assert!(house.shows("確認しました") && !house.shows("確認できませんでした"), "{}", house.screen());
    insta::assert_snapshot!("sent_without_its_file", house.screen());
    assert_eq!(house.outbox_files(), Vec::<String>::new());
    house.enter(CLERK, Place::Outbox);
    assert!(house.shows("配送待") && house.shows("記録は済みました"), "{}", house.screen());
    std::fs::remove_dir(&in_the_way).expect("empty");
    house.keys("F5");
    assert_eq!(house.outbox_files().len(), 2, "written with the refreshed outbox: {}", house.screen());
}

#[test]
fn old_evidence_starts_again() {
    let mut house = at_the_blind_check();
    type_answers(&mut house, ADDRESS, "1");
    house.keys("F12");
    assert!(house.shows(ORGANISATION), "{}", house.screen());
    house.wait_us(301_000_000);
    assert!(house.shows("最初からやり直してください") && !house.shows(ORGANISATION), "{}", house.screen());
    insta::assert_snapshot!("evidence_old", house.screen());
    assert_eq!(house.outbox_files(), Vec::<String>::new());
}

#[test]
fn later_from_the_own_outbox() {
    let (mut house, record) = ready();
    house.enter(CLERK, Place::Prepare(record));
    house.keys("d014 F12 2");
    assert!(house.shows("HALL"), "{}", house.screen());
    house.enter(CLERK, Place::Outbox);
    assert!(house.shows(ORGANISATION), "one's own: {}", house.screen());
    house.keys("Enter");
    assert!(house.shows("自分の送付は自分では確認できません"), "{}", house.screen());

    house.enter(CONFIRMER, Place::Outbox);
    for word in [ORGANISATION, NAME, ADDRESS] {
        assert!(!house.shows(word), "{word}:\n{}", house.screen());
    }
    insta::assert_snapshot!("outbox_awaiting_other", house.screen());
    house.keys("Enter");
    insta::assert_snapshot!("identify_own_session", house.screen());
    let code = house.next_code(CONFIRMER);
    house.keys(&format!("wrong-password-wrong Enter {code} F12"));
    assert!(house.shows("本人確認ができませんでした"), "{}", house.screen());
    let code = house.next_code(CONFIRMER);
    house.keys(&format!("{} Enter {code} Enter", House::password(CONFIRMER)));
    type_answers(&mut house, ADDRESS, "1");
    house.keys("F12 N");
    assert!(house.shows("送る人へ返しました"), "{}", house.screen());
    house.keys("Enter");
    insta::assert_snapshot!("outbox_returned", house.screen());
    assert_eq!(house.outbox_files(), Vec::<String>::new());
}

#[test]
fn a_supervisor_reviews_the_log() {
    let (mut house, _) = ready();
    house.enter(SUPERVISOR, Place::Review);
    assert!(house.shows("終わった週がまだありません"), "{}", house.screen());
    house.keys("L");
    insta::assert_snapshot!("review", house.screen());
    house.keys("1");
    assert!(house.shows("自分の記録は自分では点検できません"), "{}", house.screen());
    house.keys("N 1");
    assert!(house.shows("点検 1/") && house.shows("業務"), "{}", house.screen());
    house.keys("N 3");
    house.keys("Enter");
    assert!(house.shows("この判断には理由が要ります"), "{}", house.screen());
    house.keys("夜の表示");
    insta::assert_snapshot!("review_reason", house.screen());
    house.keys("Enter");
    assert!(
        house.shows("点検 2/") && house.shows("不適切?") && house.shows("夜の表示"),
        "{}",
        house.screen()
    );
    house.keys("V");
    assert!(house.shows("封印は監査鍵なしのため未確認"), "{}", house.screen());
    assert!(house.shows("見つかりませんでした"), "{}", house.screen());
    house.keys("Enter End");
    assert!(house.shows("記録の開始"), "the log begins there: {}", house.screen());
}

/// Confirmed and queued, the clerk before the outbox; then the courier reports.
#[test]
fn what_the_courier_reports_is_followed_up() {
    let (mut house, record) = ready();
    house.enter(CLERK, Place::Prepare(record));
    house.keys("F12 F9 End");
    let control = control_in(&house.player.text());
    house.keys("Enter 1");
    let mut house = colleague_sits_down(house);
    type_answers(&mut house, ADDRESS, "1");
    house.keys("F12");
    house.wait_us(2_000_000);
    house.keys("S");
    house.enter(CLERK, Place::Outbox);
    house.keys("A");
    assert!(house.shows("送った送付だけ"), "{}", house.screen());

    let files = house.outbox_files();
    let id = files[0].split('.').next().and_then(TransmissionId::parse).expect("named by its id");
    let package = std::fs::read(house.home.path().join(format!("outbox/{id}.age"))).expect("a package");
    let receipt = Receipt {
        transmission: id,
        outcome: Outcome::Uncertain,
        at: uketsuke::tui::script::reading(house.player.now_us).wall,
        carrier: Some(Channel::Folder),
        statement: None,
        report: uketsuke::order::Report::default(),
        artefact: Some(Digest::of(&package)),
    };
    std::fs::remove_file(house.home.path().join(format!("outbox/{id}.order"))).expect("the courier took it");
    std::fs::write(house.home.path().join(format!("outbox/{id}.receipt")), receipt.to_json()).expect("room");
    house.keys("F5");
    assert!(house.shows("!不明"), "{}", house.screen());
    insta::assert_snapshot!("outbox_uncertain", house.screen());
    house.keys("Enter N");
    assert!(house.shows("!不明"), "N changes nothing: {}", house.screen());
    house.keys("Enter S");
    assert!(house.shows("受領未"), "{}", house.screen());
    house.keys("A");
    insta::assert_snapshot!("arrival", house.screen().replace(&control, "(control)"));
    house.keys("000000 Enter 例田 F12");
    assert!(house.shows("読み上げられた番号が違います"), "{}", house.screen());
    house.keys(&format!("{control} Enter 例田 F12"));
    assert!(house.shows("受領済"), "{}", house.screen());
}

/// Panels that two people share, questions and fixed letters mean the same whatever keymap the session chose.
#[test]
fn fixed_letters_are_the_same_in_every_keymap() {
    let mut sent = Vec::new();
    for map in ["standard", "vim", "emacs"] {
        let (house, record) = ready_in(map, Lang::Ja);
        let mut house = at_the_blind_check_of(house, record);
        // Esc would be normal mode in the vi map; here it is nothing, and digits stay digits.
        house.keys("Esc");
        house.wait_us(600_000);
        let mut frames = vec![house.screen()];
        for script in ["3500304 Enter 0 Enter 1 F12", "Enter", "R"] {
            house.keys(script);
            frames.push(house.screen());
        }
        type_answers(&mut house, ADDRESS, "1");
        house.keys("F12");
        frames.push(house.screen());
        house.wait_us(2_000_000);
        // Commands of one map or another, and Enter: nothing is sent and nothing moves.
        for inert in ["j", "k", ":", "ZZ", "i", "x", "Ctrl+X", "Enter", "F12", "Ctrl+P", "Ctrl+N"] {
            house.keys(inert);
            assert_eq!(house.outbox_files(), Vec::<String>::new(), "{map}: {inert}");
        }
        frames.push(house.screen());
        house.keys("S");
        assert_eq!(house.outbox_files().len(), 2, "{map}: {}", house.screen());
        house.enter(CLERK, Place::Outbox).keys("C Enter :q ZZ");
        frames.push(house.screen());
        house.keys("N");
        assert_eq!(house.outbox_files().len(), 2, "{map}: N changes nothing");
        house.keys("C C");
        assert_eq!(house.outbox_files(), Vec::<String>::new(), "{map}: {}", house.screen());
        house.enter(CONFIRMER, Place::Destinations).keys("Up Up S Enter j");
        frames.push(house.screen());
        house.keys("S");
        assert!(house.shows("停止"), "{map}: {}", house.screen());
        sent.push(frames);
    }
    assert_eq!(sent[0], sent[1], "vim");
    assert_eq!(sent[0], sent[2], "emacs");
}

/// Preparing is ordinary work and follows the map; the digits behind it are fixed again.
#[test]
fn preparing_in_the_other_maps() {
    let (mut house, record) = ready_in("vim", Lang::Ja);
    house.enter(CLERK, Place::Prepare(record));
    house.keys("D014 Esc");
    house.wait_us(600_000);
    insta::assert_snapshot!("prepare_vim", house.screen());
    house.keys("ZZ");
    assert!(house.shows("1  ") && !house.shows("-- "), "{}", house.screen());
    house.keys("1");
    assert!(!house.shows("-- "), "the colleague has no modes: {}", house.screen());
    let (mut house, record) = ready_in("emacs", Lang::Ja);
    house.enter(CLERK, Place::Prepare(record));
    insta::assert_snapshot!("prepare_emacs", house.screen());
    house.keys("D014 Ctrl+X s 2");
    let (mut house, record) = ready_in("standard", Lang::En);
    house.enter(CLERK, Place::Prepare(record));
    house.keys("D014");
    insta::assert_snapshot!("english_prepare", house.screen());
    house.keys("F12");
    insta::assert_snapshot!("english_handed_over", house.screen());
    house.keys("1");
    insta::assert_snapshot!("english_identify", house.screen());
    house.enter(CONFIRMER, Place::Outbox);
    insta::assert_snapshot!("english_outbox", house.screen());
    house.keys("F1");
    insta::assert_snapshot!("english_outbox_help", house.screen());
    house.enter(SUPERVISOR, Place::Review).keys("L");
    insta::assert_snapshot!("english_review", house.screen());
}

/// Presses the words of a script and writes down what is told after each.
fn account_of(house: &mut House, script: &[&str]) -> String {
    house.player.take_told();
    let mut account = String::new();
    for word in script {
        house.keys(word);
        account.push_str(&format!("<{word}>\n{}\n", house.player.take_told().trim_end_matches('\n')));
    }
    account
}

/// What is hidden on the panel is not said either, and a question names its letters. What was told to the sender stays
/// on the sender's terminal: no blind check there.
#[test]
fn the_blind_check_told_in_lines() {
    for (lang, name) in [(Lang::Ja, "ja"), (Lang::En, "en")] {
        let (mut house, record) = made_ready(House::telling(lang));
        house.enter(CLERK, Place::Prepare(record));
        let handed = account_of(&mut house, &["D014", "F12", "1", "2"]);
        insta::assert_snapshot!(format!("lines_handed_{name}"), handed);

        house.enter(CONFIRMER, Place::Outbox);
        let hidden = [ADDRESS, "0456", ORGANISATION, "架空県庁", NAME, "D014"];
        let opened = house.player.take_told();
        let code = house.next_code(CONFIRMER);
        let person = [House::password(CONFIRMER), "Enter", &code, "F12"];
        let script = [&["Enter"], person.as_slice()].concat();
        let identified = account_of(&mut house, &script);
        // Once, as the word that was pressed.
        assert_eq!(identified.matches(House::password(CONFIRMER)).count(), 1, "{identified}");
        assert!(!identified.contains('*'), "not even its length: {identified}");
        let wrong = [BIRTH, "Enter", "131016-0465", "Enter", "1", "F12", "R", BIRTH, "Enter"];
        let blind = account_of(&mut house, &wrong);
        for secret in hidden {
            assert!(
                !format!("{opened}{identified}{blind}").contains(secret),
                "{secret}: {opened}{identified}{blind}"
            );
        }
        let mut shown = account_of(&mut house, &[ADDRESS, "Enter", "1", "F12"]);
        house.wait_us(2_000_000);
        shown.push_str(&account_of(&mut house, &["S", "Enter"]));
        house.enter(CLERK, Place::Outbox);
        shown.push_str(&account_of(&mut house, &["C", "Enter", "C"]));
        let whole = format!("{opened}{identified}{blind}{shown}").replace(&code, "(code)");
        insta::assert_snapshot!(format!("lines_blind_{name}"), whole);
    }
}
