//! What cannot be read or is out of bounds says what to do instead, and says it within its row.
use super::super::draw::LABEL_COLUMNS;
use super::super::editor::Trouble;
use super::super::say;
use super::{opened, to};
use crate::form::{Catalog, Item, Kind, Problem, ProblemCode, SiteFiles, shipped_sources};
use crate::japanese::date_input::DateProblem;
use crate::text::{Lang, entry as words};
use crate::tui::look::display_width;
use crate::tui::screens::rig::Rig;
use crate::tui::widgets::fitting;

/// The first column and the last one stay free.
const ROW: usize = 78;

/// Every item of every form with what it is called in messages.
fn every_item(mut look: impl FnMut(&str, &Item)) {
    let catalog = Catalog::open(shipped_sources(), SiteFiles::default()).catalog;
    let mut seen = 0;
    for form in catalog.forms() {
        for item in &form.items {
            look(&format!("{} {}", form.head.id, item.key), item);
            seen += 1;
        }
    }
    assert!(seen > 2000, "{seen}");
}

fn problems(item: &Item) -> Vec<Problem> {
    ProblemCode::FIXED.iter().map(|code| Problem::of(item, code.clone())).collect()
}

fn troubles(item: &Item) -> Vec<Trouble> {
    use crate::domain::sensitive::Personal;
    match item.kind {
        Kind::Date { .. } => {
            let meant = || Some(Personal::new("1989-12-31".parse().unwrap()));
            let dates = [
                DateProblem::Unreadable,
                DateProblem::Incomplete,
                DateProblem::YearNeeded,
                DateProblem::EraNeeded,
                DateProblem::NothingAbove,
                DateProblem::NoSuchDay { suggestion: None },
                DateProblem::NoSuchDay { suggestion: meant() },
                DateProblem::OutsideEra { suggestion: None },
                DateProblem::OutsideEra { suggestion: meant() },
                DateProblem::OutOfCalendar,
                DateProblem::Future,
            ];
            dates.into_iter().map(Trouble::Date).collect()
        }
        Kind::Phone | Kind::Fax => vec![
            Trouble::Phone { surplus: 0, missing: 0 },
            Trouble::Phone { surplus: 99, missing: 0 },
            Trouble::Phone { surplus: 0, missing: 10 },
        ],
        Kind::Reading { .. } => vec![Trouble::Reading, Trouble::TooLong(9999)],
        Kind::Text { .. } | Kind::MultiLine { .. } | Kind::Name { .. } => vec![Trouble::TooLong(9999)],
        Kind::Choice { .. } | Kind::Choices { .. } | Kind::Computed { .. } => Vec::new(),
        Kind::Integer { .. } | Kind::Decimal { .. } | Kind::PostalCode { .. } | Kind::Time => {
            vec![Trouble::Unreadable]
        }
    }
}

#[test]
fn every_sentence_about_a_value_fits_its_row() {
    let mut long = Vec::new();
    every_item(|name, item| {
        for lang in [Lang::Ja, Lang::En] {
            let again = words::CANNOT_GO_ON.in_lang(lang);
            let troubles =
                troubles(item).into_iter().map(|one| format!("{} {again}", say::trouble(&one, item, lang)));
            let problems = problems(item).into_iter().map(|one| one.text.in_lang(lang).to_owned());
            let said = troubles.chain(problems).chain([say::refused(item, lang)]);
            long.extend(said.filter(|text| display_width(text) > ROW).map(|text| format!("{name}: {text}")));
        }
    });
    long.sort();
    long.dedup();
    assert!(long.is_empty(), "{long:#?}");
}

/// A help is read to its end; the example goes first, then the label.
#[test]
fn every_help_fits_its_row() {
    let mut long = Vec::new();
    every_item(|name, item| {
        for (lang, goes_on) in [Lang::Ja, Lang::En].into_iter().flat_map(|lang| [(lang, true), (lang, false)])
        {
            let hints = say::hints(item, goes_on, lang);
            let shown = fitting(&hints, ROW);
            let nameless = !shown.starts_with(item.label.in_lang(lang));
            // A label that is cut at its item is seen nowhere else; a help says what the item is, too.
            let nameless = nameless && item.help.is_none();
            if display_width(&shown) > ROW
                || nameless && display_width(item.label.in_lang(lang)) > LABEL_COLUMNS
            {
                long.push(format!("{name}: {}", hints[1]));
            }
        }
    });
    assert!(long.is_empty(), "{long:#?}");
}

/// What is typed into an item of the form, and what is said when it is left.
#[test]
fn what_cannot_be_read_says_what_to_type() {
    let mut rig = opened();
    for (label, typed, said) in [
        (
            "初診年月日",
            "081301",
            "その日はありません。 月は 12、日は月末まで、年は 1 から。 もう一度押すと次へ。",
        ),
        ("初診年月日", "080230", "その日はありません。 F2 で R8.2.28 にします。 もう一度押すと次へ。"),
        ("初診年月日", "きのう", "日付として読めません。例 R8.7.14、080714 もう一度押すと次へ。"),
        ("生年月日", "きのう", "日付として読めません。例 S50.3.4、3500304"),
        ("生年月日", "0304", "年も入れてください。例 S50.3.4、3500304"),
        ("郵便番号", "10000", "郵便番号は数字 7 桁です。例 1000014"),
        ("電話", "03", "8 桁足りません。紙を確かめてください。"),
        ("電話", "9012345678", "電話番号として読めません。0 で始まる 10 桁か 11 桁です。"),
    ] {
        rig.keys("F8 F7 F7");
        to(&mut rig, label);
        rig.keys("Ctrl+U").text(typed).keys("Enter");
        assert!(rig.screen().contains(said), "{label} {typed}\n{}", rig.screen());
        rig.keys("Ctrl+U Enter");
    }
}

fn at(number: &str, label: &str) -> Rig {
    let mut rig = Rig::at_worklist();
    rig.keys(&format!("F6 {number} Enter"));
    for page in 0..5 {
        if rig.screen().contains(label) {
            break;
        }
        assert!(page < 4, "{}", rig.screen());
        rig.keys("F8");
    }
    to(&mut rig, label);
    rig
}

/// A number that is out of range names the range when the item is left and when it is looked at again.
#[test]
fn a_number_out_of_range_names_its_range() {
    let mut rig = at("901", "体温");
    rig.keys("55 Enter Up");
    assert!(rig.screen().contains("範囲外です。30.0 から 45.0"), "{}", rig.screen());
    rig.keys("Ctrl+U").text("x").keys("Enter");
    assert!(rig.screen().contains("数字で入力してください。30.0 から 45.0"), "{}", rig.screen());
    rig.keys("Ctrl+U 36.55 Enter Up");
    assert!(rig.screen().contains("小数は 1 桁までです。"), "{}", rig.screen());
    rig.keys("F2");
    assert!(rig.screen().contains("候補はありません。そのまま入力してください。"), "{}", rig.screen());
}

#[test]
fn a_time_of_day_is_read_and_no_other_number() {
    let mut rig = at("901", "要請時刻");
    for (typed, time) in [
        ("1430", "14:30"),
        ("14:30", "14:30"),
        ("930", "09:30"),
        ("14時30分", "14:30"),
        ("１４３０", "14:30"),
    ] {
        rig.keys("Ctrl+U").text(typed).keys("Enter");
        assert!(!rig.focused().starts_with("要請時刻"), "{typed}\n{}", rig.screen());
        assert!(rig.row("要請時刻").contains(time), "{typed}: {}", rig.row("要請時刻"));
        rig.keys("Up");
    }
    for typed in ["2561", "2400", "昼"] {
        rig.keys("Ctrl+U").text(typed).keys("Enter");
        assert!(rig.focused().starts_with("要請時刻") && rig.focused().contains(typed), "{}", rig.screen());
        assert!(
            rig.screen().contains("時刻は 00:00 から 23:59 までです。例 930、14:30 もう一度押すと次へ。"),
            "{}",
            rig.screen()
        );
    }
    rig.keys("Enter Up");
    assert!(rig.screen().contains("時刻は 00:00 から 23:59 までです。"), "it stays marked: {}", rig.screen());
    rig.keys("Ctrl+U 9:5");
    assert!(!rig.focused().contains("09:"), "not yet a time: {}", rig.focused());
    rig.keys("Backspace 30");
    assert!(rig.focused().contains("09:30"), "what it means stands beside it: {}", rig.focused());
}
