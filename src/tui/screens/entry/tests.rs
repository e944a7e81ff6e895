//! The way of a record, as a person types it: behaviours 19-23 and 27-31 of the ergonomics.
mod behaviours;
mod birth_dates;
mod budget;
mod candidates;
mod copying;
mod documents;
mod maps;
mod remedies;
mod replay;
mod undo;

use crate::domain::sensitive::Personal;
use crate::form::{Decimal, Value};
use crate::office::ops::{
    self, ListRecords, RecordState, RegisterDraft, ReviseRecord, SearchRecords, ShowRecord,
};
use crate::text::Lang;
use crate::tui::counter::Seat;
use crate::tui::screens::rig::Rig;
use crate::tui::script::named;
use chrono::NaiveDate;
use crossterm::event::{Event, KeyCode};

/// The institution and its doctor: typed, because the register of this office is empty.
const INSTITUTION: [&str; 5] =
    ["0012", "架空総合病院", "東京都千代田区永田町9-99-99", "0300000120", "仮田 一郎"];

fn opened() -> Rig {
    let mut rig = Rig::at_worklist();
    rig.keys("F6 o157 Enter");
    rig
}

fn header(rig: &mut Rig) {
    for text in INSTITUTION {
        rig.text(text).keys("Enter");
    }
}

/// The key script of the reference case, from the date of the report to the last item.
fn reference_case(rig: &mut Rig) {
    header(rig);
    rig.keys("Enter 1").text("karino hanae").keys("Enter 仮野").text(" 花枝").keys("Enter");
    rig.keys("2 3500304 調理員 Enter 1000014 Enter 9-99-99 Enter 0300000123 Enter Enter");
    rig.keys("1235 Enter 1 1 157 Enter 7 Enter 2 3 11 Enter Enter 6 Enter 9 Enter");
    rig.keys("2 1 焼肉店での喫食 Enter 2 1 Enter");
}

/// Goes down to an item.
#[track_caller]
fn to(rig: &mut Rig, label: &str) {
    const ITEMS_MAX: usize = 80;
    for _ in 0..ITEMS_MAX {
        if rig.focused().starts_with(label) {
            return;
        }
        rig.keys("Enter");
    }
    panic!("no item {label} below in\n{}", rig.screen());
}

fn only_record(rig: &mut Rig) -> ops::RecordLine {
    match rig.ask(Seat::Main, ListRecords) {
        ops::Reply::ListRecords(Ok(page)) => page.lines.into_iter().next().unwrap(),
        _ => panic!("the list can be read"),
    }
}

fn registered(rig: &mut Rig) -> ops::RecordView {
    let record = only_record(rig).record;
    match rig.ask(Seat::Main, ShowRecord { record }) {
        ops::Reply::ShowRecord(Ok(shown)) => shown,
        _ => panic!("the record is registered"),
    }
}

fn day(text: &str) -> Value {
    Value::Date(text.parse::<NaiveDate>().unwrap())
}

/// The reference case where the office knows nobody: what the registers give in the replay is typed here.
#[test]
fn the_reference_case_is_typed_and_registered() {
    let mut rig = opened();
    reference_case(&mut rig);
    rig.keys("F12");
    assert!(rig.screen().contains("誤り・未入力 0 件"), "{}", rig.screen());
    rig.keys("Enter");
    assert!(
        rig.screen().contains("0001 を登録しました。^Z で 30 秒以内は取り消せます。"),
        "{}",
        rig.screen()
    );
    let shown = registered(&mut rig);
    let text = |text: &str| Value::Text(text.to_owned());
    let choice = |code: &str| Value::Choice(code.to_owned());
    let expected = [
        ("institution_code", text("0012")),
        ("institution_name", text("架空総合病院")),
        ("institution_address", text("東京都千代田区永田町9-99-99")),
        ("institution_phone", text("0300000120")),
        ("doctor", text("仮田 一郎")),
        ("case_type", choice("patient")),
        ("reading", text("カリノ ハナエ")),
        ("name", text("仮野 花枝")),
        ("sex", choice("female")),
        ("birth_date", day("1975-03-04")),
        ("occupation", text("調理員")),
        ("postal_code", text("1000014")),
        ("address", text("東京都千代田区永田町9-99-99")),
        ("phone", text("0300000123")),
        (
            "symptoms",
            Value::Choices(
                ["abdominal_pain", "watery_diarrhoea", "bloody_stool", "fever"].map(str::to_owned).to_vec(),
            ),
        ),
        ("lab_method", choice("isolation")),
        ("lab_specimen", choice("stool")),
        ("o_serogroup", text("157")),
        ("h_type", text("7")),
        ("toxin_check", choice("pcr")),
        ("toxin_type", choice("vt1_vt2")),
        ("first_visit", day("2026-07-11")),
        ("infected", day("2026-07-06")),
        ("onset", day("2026-07-09")),
        ("route_certainty", choice("estimated")),
        ("route", choice("oral")),
        ("route_detail", text("焼肉店での喫食")),
        ("place_certainty", choice("estimated")),
        ("place", choice("domestic")),
    ];
    let typed: Vec<(&str, &Value)> = shown.values.iter().collect();
    for (key, value) in &expected {
        assert!(shown.values.value(key) == Some(value), "{key} differs");
    }
    assert_eq!(typed.len(), expected.len(), "nothing else was stored: defaults stay defaults");
    assert_eq!(shown.version, 1);
    assert_eq!(shown.intake.pages, Some(1));
}

#[test]
fn screens_of_the_way() {
    let mut rig = opened();
    insta::assert_snapshot!("entry_first", rig.screen());
    header(&mut rig);
    rig.keys("Enter 1").text("karino hanae").keys("Enter 仮野").text(" 花枝").keys("Enter 2 3500304");
    rig.keys("調理員 Enter 1000014 Enter 9-99-99 Enter 03000");
    insta::assert_snapshot!("entry_phone", rig.screen());
    assert_eq!(rig.player.caret().x, 27 + 6, "behind 03-000 and its line");
    rig.keys("00123 Enter Enter 1235");
    insta::assert_snapshot!("entry_choices", rig.screen());
    rig.keys("F9");
    insta::assert_snapshot!("entry_problems", rig.screen());
    rig.keys("Ctrl+C Enter 1 1 157 Enter 7 Enter 2 3 11 Enter Enter 6 Enter 9 Enter 2 1");
    insta::assert_snapshot!("entry_free_text", rig.screen());
    rig.keys("焼肉店での喫食 Enter 2 1 Enter F12");
    insta::assert_snapshot!("entry_confirm", rig.screen());
    rig.keys("Enter 0001");
    insta::assert_snapshot!("record", rig.screen());
}

/// Behaviour 19.
#[test]
fn enter_tab_and_the_arrows_follow_the_paper() {
    let mut rig = opened();
    let labels =
        ["医療機関番号", "届出医療機関", "医療機関の所在地", "医療機関の電話", "医師", "報告年月日", "類型"];
    for key in ["Enter", "Tab", "Down"] {
        for label in labels {
            assert!(rig.focused().starts_with(label), "{key}: {}", rig.focused());
            rig.keys(key);
        }
        let back = if key == "Tab" { "Shift+Tab" } else { "Up" };
        for label in labels.iter().rev() {
            rig.keys(back);
            assert!(rig.focused().starts_with(label), "{back}: {}", rig.focused());
        }
    }
}

/// Behaviour 20, on the screen: the meaning stands beside the field, what does not exist comes with an offer.
#[test]
fn dates_say_what_they_mean() {
    let mut rig = opened();
    rig.keys("F8");
    to(&mut rig, "初診年月日");
    for typed in ["11", "１１", "711", "0711", "080711", "5080711", "R8.7.11", "20260711"] {
        rig.keys(typed);
        assert!(rig.focused().contains("令和 8年 7月11日(土)"), "{typed}: {}", rig.focused());
        rig.keys("Ctrl+C");
    }
    rig.keys("S64.1.8 Enter");
    assert!(rig.focused().starts_with("初診年月日"), "it stays once");
    assert!(rig.screen().contains("F2 で H1.1.8 にします。"), "{}", rig.screen());
    rig.keys("F2");
    assert!(rig.focused().contains("平成元年 1月 8日"), "{}", rig.focused());
    rig.keys("Ctrl+C Ctrl+U 20260715 Enter");
    assert!(rig.screen().contains("先の日付です。"), "{}", rig.screen());
    rig.keys("Enter");
    assert!(rig.focused().starts_with("診断年月日"), "pressed again: goes on");
    assert!(rig.row("初診年月日").contains("! "), "and stays marked: {}", rig.row("初診年月日"));
    assert!(rig.row("初診年月日").contains("20260715"), "and is not lost");
}

/// Behaviour 22: nothing is dropped, and nothing wrong is registered.
#[test]
fn surplus_digits_are_shown_and_block_registration() {
    let mut rig = opened();
    reference_case(&mut rig);
    rig.keys("F7");
    to(&mut rig, "電話");
    rig.keys("0300000123");
    assert!(rig.focused().contains("[03-0000-0123 "), "{}", rig.focused());
    rig.keys("45");
    assert!(rig.focused().contains("03-0000-012345"), "{}", rig.focused());
    assert!(rig.focused().contains("2 桁多い"), "{}", rig.focused());
    rig.keys("F12");
    assert!(rig.focused().starts_with("電話"), "{}", rig.focused());
    assert!(!rig.screen().contains("Enter で登録"), "{}", rig.screen());
    rig.keys("Backspace Backspace F12 Enter");
    assert!(rig.screen().contains("0001 を登録しました"), "{}", rig.screen());
    assert!(registered(&mut rig).values.value("phone") == Some(&Value::Text("0300000123".into())));
}

#[test]
fn backspace_passes_the_lines_of_a_number() {
    let mut rig = opened();
    rig.keys("Enter Enter Enter 0300000120");
    assert!(rig.focused().contains("[03-0000-0120"), "{}", rig.focused());
    for _ in 0..10 {
        rig.keys("Backspace");
    }
    assert!(rig.focused().contains("[      "), "{}", rig.focused());
}

/// Behaviour 23.
#[test]
fn a_choice_takes_its_digits_and_nothing_else() {
    let mut rig = opened();
    rig.keys("Enter Enter Enter Enter Enter Enter");
    for wrong in ["9", "x", "あ"] {
        rig.keys(wrong);
        assert!(rig.focused().starts_with("類型"), "{wrong}");
        assert!(rig.screen().contains("その選択肢はありません。1-4 で選びます。"), "{wrong}");
    }
    rig.keys("１");
    assert!(rig.focused().starts_with("よみ"));
    assert!(rig.row("類型").contains("[1 患者(確定例)]"));
    rig.keys("Up 2");
    assert!(rig.row("類型").contains("[2 無症状病原体保有者]"), "{}", rig.screen());
}

/// Behaviour 29.
#[test]
fn answers_decide_which_items_there_are_and_hidden_values_wait() {
    let mut rig = opened();
    reference_case(&mut rig);
    assert!(!rig.keys("F7").screen().contains("保護者"), "51 years old");
    to(&mut rig, "類型");
    rig.keys("2 F8");
    assert!(!rig.screen().contains("腹痛"), "a carrier has no symptoms: {}", rig.screen());
    rig.keys("F7");
    to(&mut rig, "類型");
    rig.keys("1 F8");
    assert!(rig.screen().contains("[X]1 腹痛"), "changed back: {}", rig.screen());
    rig.keys("F7");
    to(&mut rig, "類型");
    rig.keys("2 F12 Enter");
    assert!(rig.screen().contains("を登録しました"), "{}", rig.screen());
    assert!(registered(&mut rig).values.value("symptoms").is_none(), "gone with the registration");
}

/// Behaviour 30.
#[test]
fn a_killed_program_loses_at_most_the_current_item() {
    let mut rig = opened();
    header(&mut rig);
    rig.keys("Enter 1").text("karino han");
    rig.kill_and_return();
    assert!(rig.screen().contains("途中の下書きが 1 件あります"), "{}", rig.screen());
    assert!(rig.focused().contains("入力中"));
    rig.keys("Enter");
    assert!(rig.row("届出医療機関").contains("架空総合病院"), "{}", rig.screen());
    assert!(rig.row("類型").contains("[1 患者(確定例)]"));
    assert!(!rig.row("よみ").contains("カリノ"), "what was not left is gone: {}", rig.row("よみ"));
}

/// Behaviour 31.
#[test]
fn errors_register_nothing_and_a_slip_can_be_undone() {
    let mut rig = opened();
    rig.keys("0012 F12");
    assert!(rig.focused().starts_with("届出医療機関"), "the first that is missing: {}", rig.focused());
    assert_eq!(only_record(&mut rig).version, 0);
    rig.keys("Up");
    reference_case(&mut rig);
    rig.keys("F12 Enter");
    assert_eq!(only_record(&mut rig).version, 1);
    rig.wait_s(20);
    rig.keys("Ctrl+Z");
    assert!(rig.screen().contains("発生届 0001"), "{}", rig.screen());
    assert_eq!(only_record(&mut rig).version, 0);
    rig.keys("F12 Enter");
    assert_eq!(only_record(&mut rig).version, 2, "numbers are not used twice");
    rig.wait_s(31);
    assert!(!rig.screen().contains("取り消せます"), "the offer ends with the time");
    rig.keys("Ctrl+Z");
    assert_eq!(only_record(&mut rig).version, 2);
}

#[test]
fn typing_never_waits_for_the_office() {
    let mut rig = Rig::at_worklist();
    rig.keys("F6 o157");
    for key in ["Enter", "0", "0", "1", "2", "Enter", "仮", "Enter"] {
        match key {
            "Enter" => rig.press_unanswered(named(key)),
            _ => rig.press_unanswered(Event::Key(KeyCode::Char(key.chars().next().unwrap()).into())),
        }
    }
    assert!(rig.screen().contains("発生届 ----"), "{}", rig.screen());
    assert!(rig.focused().starts_with("医療機関の所在地"));
    rig.settle();
    assert!(rig.screen().contains("発生届 0001"));
    assert!(rig.screen().contains("下書き 09:3"), "{}", rig.screen());
    rig.keys("F3 Enter");
    assert!(rig.row("届出医療機関").contains("仮"), "{}", rig.screen());
}

#[test]
fn two_people_correct_one_record() {
    let mut rig = opened();
    reference_case(&mut rig);
    rig.keys("F12 Enter");
    let record = only_record(&mut rig).record;
    rig.keys("Enter Enter");
    assert!(rig.screen().contains("発生届 0001"), "{}", rig.screen());
    rig.sign_in(Seat::Second, 1);
    let theirs = match rig.ask(Seat::Second, ReviseRecord { record }) {
        ops::Reply::ReviseRecord(Ok(opened)) => opened,
        _ => panic!("a colleague may correct it too"),
    };
    let theirs = RegisterDraft { draft: theirs.draft, values: theirs.values, passed: Vec::new() };
    assert!(matches!(rig.ask(Seat::Second, theirs), ops::Reply::RegisterDraft(Ok(_))));
    rig.keys("F7 Ctrl+U 0099 F12 Enter");
    insta::assert_snapshot!("entry_conflict", rig.screen());
    rig.keys("K");
    assert!(rig.row("医療機関番号").contains("0099"), "{}", rig.screen());
    assert_eq!(only_record(&mut rig).version, 2);
    // Their version is looked at: nothing is offered that needs the worklist.
    rig.keys("F12 Enter O");
    assert!(rig.screen().contains("登録内容"), "{}", rig.screen());
    assert!(!rig.screen().contains("F10"), "{}", rig.screen());
    rig.keys("F1");
    let help = rig.screen();
    assert!(help.contains("開く"), "{help}");
    assert!(!help.contains("送付の画面へ") && !help.contains("F6"), "{help}");
}

#[test]
fn a_record_is_found_by_its_reading() {
    let mut rig = opened();
    reference_case(&mut rig);
    rig.keys("F12 Enter / karino Enter");
    assert!(rig.screen().contains("さがした結果 1 件"), "{}", rig.screen());
    let term = Personal::new("架空の人".to_owned());
    assert!(matches!(
        rig.ask(Seat::Main, SearchRecords { term }),
        ops::Reply::SearchRecords(Ok(page)) if page.lines.is_empty()
    ));
    rig.keys("Ctrl+C");
    assert!(rig.screen().contains("[すべて 1]"));
    assert_eq!(only_record(&mut rig).state, RecordState::Registered);
}

/// What F10 sends next is what was just registered, not what happened to be selected before.
#[test]
fn the_record_just_registered_is_the_selected_one() {
    let mut rig = Rig::at_worklist();
    rig.keys("F6 jitaku Enter").text("karino").keys("Enter F3");
    assert!(rig.focused().starts_with("0001"), "{}", rig.screen());
    rig.keys("F6 o157 Enter");
    reference_case(&mut rig);
    rig.keys("F12 Enter");
    assert!(rig.focused().starts_with("0002"), "{}", rig.screen());
    rig.keys("F10");
    assert!(rig.screen().contains("送付の準備 0002"), "{}", rig.screen());
}

/// The wording decides which answer is right: none of it may be missing.
#[test]
fn an_answer_longer_than_a_row_is_shown_whole() {
    let mut rig = opened();
    rig.keys("F8");
    let screen = rig.screen();
    let rows: Vec<&str> = screen.lines().collect();
    let at = rows.iter().position(|row| row.contains("3 血清でのO抗原凝集抗体")).unwrap();
    let whole: String = [rows[at].trim(), rows[at + 1].trim()].concat();
    assert!(whole.ends_with("(HUS発症例に限る)"), "{screen}");
}

/// The stored value was wrong; what is being typed over it has not been judged yet.
#[test]
fn an_old_problem_is_silent_while_a_new_value_is_typed() {
    let mut rig = opened();
    rig.keys("しょくいん Enter Up");
    assert!(rig.screen().contains("英数字で入力してください。"), "{}", rig.screen());
    rig.keys("Ctrl+U 12");
    assert!(!rig.screen().contains("英数字で入力してください。"), "{}", rig.screen());
}

#[test]
fn numbers_of_measurements_are_exact() {
    let mut rig = Rig::at_worklist();
    rig.keys("F6 jitaku Enter F8 F8");
    to(&mut rig, "体温");
    rig.keys("38.40 Enter Up");
    assert!(rig.focused().contains("[38.40"), "{}", rig.focused());
    assert_eq!("38.40".parse::<Decimal>().unwrap().to_string(), "38.40");
}

/// Measles: what is asked beside an answer follows it, each with the mark of who has compared it.
#[test]
fn a_framed_form_asks_what_its_paper_asks() {
    let mut rig = Rig::at_worklist();
    rig.keys("F6 hashika Enter F8 1 127 Enter 10 Enter 11 Enter 134 Enter 12 Enter 10 Enter D8 Enter");
    insta::assert_snapshot!("entry_measles", rig.screen());
}
