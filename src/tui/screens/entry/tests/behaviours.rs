//! Clauses of the ergonomics that one item or one key decides: numbers as in `docs/behaviours.md`.
use super::{opened, reference_case, registered, to};
use crate::form::{Catalog, SiteFiles, Value, shipped_sources};
use crate::office::ops::{self, ListLog};
use crate::office::{Action, Outcome};
use crate::text::Lang;
use crate::tui::counter::Seat;
use crate::tui::screens::rig::Rig;
use crate::tui::script::named;

/// Rare characters, a variation selector, one outside the first plane, and a mark behind its letter.
#[test]
fn behaviour_4_names_come_back_as_they_were_typed() {
    for (typed, stored, columns) in [
        ("\u{845B}\u{E0100}城 \u{20BB7}子", "\u{845B}\u{E0100}城 \u{20BB7}子", 9),
        ("\u{9AD9}\u{FA11} 一", "\u{9AD9}\u{FA11} 一", 7),
        ("か\u{3099}く 花", "がく 花", 7),
    ] {
        let mut rig = opened();
        to(&mut rig, "氏名");
        let start = rig.player.caret().x;
        rig.text(typed);
        assert_eq!(rig.player.caret().x - start, columns, "{typed}: {}", rig.focused());
        rig.keys("Enter F3 Enter");
        let seen = rig.row("氏名").replace(' ', "");
        let seen = seen.trim_end_matches("CP932外");
        assert!(seen.ends_with(&stored.replace(' ', "")), "kept, read again, drawn: {seen}");
        let mut rig = opened();
        reference_case(&mut rig);
        rig.keys("F7");
        to(&mut rig, "氏名");
        rig.keys("Ctrl+U").text(typed).keys("Enter F12 Enter");
        assert!(registered(&mut rig).values.value("name") == Some(&Value::Text(stored.into())), "{stored}");
    }
}

/// Enter goes through every item in the order of the form, Up through the same back to the first.
#[test]
fn behaviour_19_the_whole_form_in_the_order_of_the_paper() {
    let catalog = Catalog::open(shipped_sources(), SiteFiles::default()).catalog;
    let form = catalog.latest("ehec").unwrap();
    let mut rig = opened();
    let label = |rig: &Rig| {
        let focused = rig.focused();
        let is_this = |item: &&crate::form::Item| {
            focused.starts_with(&crate::tui::look::truncate_to_width(&item.label.ja, 21).into_owned())
        };
        let longest = form.items.iter().filter(is_this).map(|item| item.label.ja.clone());
        longest.max_by_key(String::len).unwrap_or_else(|| panic!("{focused}"))
    };
    let mut walked = vec![label(&rig)];
    for _ in 0..form.items.len() {
        rig.keys("Enter");
        if rig.screen().contains("最後の項目") {
            break;
        }
        walked.push(label(&rig));
    }
    let mut order = form.items.iter().map(|item| &item.label.ja);
    for item in &walked {
        assert!(order.any(|label| label == item), "{item} stands out of order in {walked:?}");
    }
    assert!(walked.len() > 20 && walked[0] == "医療機関番号", "{walked:?}");
    for item in walked.iter().rev() {
        assert_eq!(label(&rig), *item);
        rig.keys("Up");
    }
}

/// Each spelling in half and in full width, and on the screen what is offered for what does not exist.
#[test]
fn behaviour_20_eight_spellings_three_offers_and_no_future() {
    let full = |text: &str| -> String {
        text.chars()
            .map(|c| match c {
                '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap(),
                _ => c,
            })
            .collect()
    };
    let mut rig = opened();
    to(&mut rig, "生年月日");
    for typed in ["S50.3.4", "昭和50年3月4日", "19750304"] {
        for typed in [typed.to_owned(), full(typed)] {
            rig.text(&typed);
            assert!(rig.focused().contains("昭和50年 3月 4日"), "{typed}: {}", rig.focused());
            rig.keys("Ctrl+C");
        }
    }
    for typed in ["3500304".to_owned(), full("3500304")] {
        rig.text(&typed);
        assert!(rig.row("生年月日").contains("昭和50年 3月 4日"), "{typed}: {}", rig.row("生年月日"));
        rig.keys("Up");
    }
    rig.keys("F8");
    to(&mut rig, "初診年月日");
    for typed in ["14", "714", "080714"] {
        for typed in [typed.to_owned(), full(typed)] {
            rig.text(&typed);
            assert!(rig.focused().contains("令和 8年 7月14日(火)"), "{typed}: {}", rig.focused());
            rig.keys("Ctrl+C");
        }
    }
    for (typed, right) in [("S64.1.8", "H1.1.8"), ("H31.5.1", "R1.5.1"), ("20260230", "R8.2.28")] {
        rig.keys(typed).keys("Enter");
        assert!(rig.focused().starts_with("初診年月日"), "{typed}: {}", rig.focused());
        let offer = format!("F2 で {right} にします。");
        assert!(rig.screen().contains(&offer), "{typed}: {}", rig.screen());
        rig.keys("Ctrl+U");
    }
    rig.keys("20260715 Enter");
    assert!(rig.screen().contains("先の日付です。"), "{}", rig.screen());

    let mut rig = Rig::at_worklist();
    rig.keys("F6 jitaku Enter");
    to(&mut rig, "希望日");
    rig.keys("21");
    assert!(rig.focused().contains("令和 8年 7月21日"), "a wish lies ahead: {}", rig.focused());
}

/// Only an era that no year can be taken for goes on, and only to an item that takes no digits.
#[test]
fn behaviours_21_and_22_when_a_birth_date_goes_on_by_itself() {
    for (typed, goes_on) in
        [("3500304", true), ("4100304", true), ("5010601", true), ("1450303", false), ("2010903", false)]
    {
        let mut rig = opened();
        to(&mut rig, "生年月日");
        rig.keys(typed);
        let at = if goes_on { "職業" } else { "生年月日" };
        assert!(rig.focused().starts_with(at), "{typed}: {}", rig.focused());
    }
    let mut rig = Rig::at_worklist();
    rig.keys("F6 jitaku Enter");
    to(&mut rig, "生年月日");
    rig.keys("3500304");
    assert!(rig.focused().starts_with("生年月日"), "the telephone comes next: {}", rig.focused());
    rig.keys("Enter");
    assert!(rig.focused().starts_with("電話"), "{}", rig.focused());
}

#[test]
fn behaviour_22_a_twelfth_digit_is_shown_and_not_registered() {
    let mut rig = opened();
    reference_case(&mut rig);
    rig.keys("F7");
    to(&mut rig, "電話");
    rig.keys("09000001234");
    assert!(!rig.focused().contains("多い"), "{}", rig.focused());
    rig.keys("5");
    assert!(
        rig.focused().contains("090-0000-12345") && rig.focused().contains("1 桁多い"),
        "{}",
        rig.focused()
    );
    rig.keys("Enter Enter F12");
    assert!(rig.focused().starts_with("電話"), "{}", rig.screen());
    assert!(rig.focused().contains("090-0000-12345"), "{}", rig.focused());
    rig.keys("Enter F12 Enter");
    assert!(!rig.screen().contains("登録しました"), "{}", rig.screen());
}

#[test]
fn behaviour_23_several_answers_take_half_and_full_width_and_refuse_the_rest() {
    let mut rig = opened();
    rig.keys("F8");
    assert!(rig.focused().starts_with("症状"), "{}", rig.focused());
    rig.keys("1 ２");
    assert!(rig.focused().contains("[X]1 腹痛 [X]2 水様性下痢"), "{}", rig.focused());
    for wrong in ["z", "-", "あ", "/"] {
        rig.keys(wrong);
        assert!(
            rig.screen().contains("その選択肢はありません。1-9 a-c 0 で選びます。"),
            "{wrong}: {}",
            rig.screen()
        );
        assert!(rig.focused().starts_with("症状") && rig.focused().contains("[X]1 腹痛"), "{wrong}");
    }
}

/// Whatever the form: who a person is cannot be marked as a household's.
#[test]
fn behaviour_27_no_form_copies_who_a_person_is() {
    let catalog = Catalog::open(shipped_sources(), SiteFiles::default()).catalog;
    let mut copied = 0;
    for form in catalog.forms() {
        for item in form.items.iter().filter(|item| item.household) {
            assert!(item.identity.is_none(), "{} {}", form.head.id, item.key);
            copied += 1;
        }
    }
    assert!(copied > 0, "something is copied");
}

/// What was registered before stays with the sign-in in which it was.
#[test]
fn behaviour_27_nothing_comes_from_another_sign_in() {
    let mut rig = opened();
    reference_case(&mut rig);
    rig.keys("F12 Enter F6 o157 Enter Enter F5");
    assert!(rig.focused().contains("[架空総合病院"), "{}", rig.focused());
    rig.kill_and_return();
    rig.keys("F6 o157 Enter Enter F5");
    assert!(rig.screen().contains("値はありません"), "{}", rig.screen());
}

/// A child has a guardian, an adult has none; a slip in the birth date loses nothing.
#[test]
fn behaviour_29_a_guardian_follows_the_birth_date_and_comes_back() {
    let mut rig = opened();
    to(&mut rig, "生年月日");
    rig.keys("R1.6.1 Enter");
    to(&mut rig, "保護者氏名");
    rig.text("仮野 一").keys("Enter F8 F7");
    to(&mut rig, "生年月日");
    rig.keys("S50.3.4 Enter F8 F7");
    to(&mut rig, "所在地");
    assert!(!rig.screen().contains("保護者氏名"), "{}", rig.screen());
    rig.keys("F8 F7");
    to(&mut rig, "生年月日");
    rig.keys("R1.6.1 Enter");
    to(&mut rig, "保護者氏名");
    assert!(rig.focused().contains("[仮野 一"), "{}", rig.screen());
}

/// The office may still be at it when the lock falls: the record is registered, and stays behind the lock.
#[test]
fn a_registration_under_the_lock_does_not_open_it() {
    let mut rig = Rig::at_worklist().locking_after_s(300);
    rig.keys("F6 o157 Enter");
    reference_case(&mut rig);
    rig.keys("F12");
    rig.press_unanswered(named("Enter"));
    rig.player.wait_us(301_000_000);
    assert!(rig.screen().starts_with("LOCKED"), "{}", rig.screen());
    rig.settle();
    assert!(rig.screen().starts_with("LOCKED"), "{}", rig.screen());
    rig.wait_s(60);
    rig.sign_in(Seat::Main, 0);
    rig.keys("x");
    assert!(rig.screen().contains("すべて 1") && rig.screen().contains("0001"), "{}", rig.screen());
    assert!(!rig.screen().contains("利用開始していません"), "{}", rig.screen());
}

#[test]
fn behaviour_31_taking_a_registration_back_is_in_the_log() {
    let mut rig = opened();
    reference_case(&mut rig);
    rig.keys("F12 Enter");
    rig.wait_s(29);
    rig.keys("Ctrl+Z");
    assert!(rig.screen().contains("登録を取り消し"), "{}", rig.screen());
    assert!(rig.screen().contains("発生届 0001"), "{}", rig.screen());
    let ops::Reply::ListLog(Ok(page)) = rig.ask(Seat::Main, ListLog::default()) else {
        panic!("a supervisor reads it")
    };
    let about = |line: &ops::LogLine| line.records.first().map(|record| record.number);
    let undone = page.events().find(|line| line.action == Action::UndoRegistration);
    let undone = undone.expect("written down");
    assert_eq!((about(undone), undone.actor_number.as_str()), (Some(1), "1042"));
    assert_eq!(undone.outcome, Outcome::Done);
}

/// In every language and map the focus is told by a mark, and the cursor stands there.
#[test]
fn behaviour_9_the_caret_of_the_panels_of_entry() {
    let mut rig = Rig::with("standard", Lang::En);
    rig.keys("F6 F2 Esc");
    rig.wait_s(1);
    rig.keys("o157 Enter 0012 F9");
    assert_eq!(rig.player.caret().x, 0, "a list: the first cell of its row: {}", rig.screen());
    rig.keys("F3 Ctrl+G");
    assert!(rig.player.caret().x > 0 && rig.player.caret().y < 20, "{}", rig.screen());
}
