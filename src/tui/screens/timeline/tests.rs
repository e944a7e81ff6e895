//! A case and what comes after its report, as a person keys it.
use crate::tui::screens::rig::Rig;

/// The reference case, registered, with the worklist on screen.
fn case() -> Rig {
    let mut rig = Rig::at_worklist();
    rig.keys("F6 o157 Enter");
    for text in ["0012", "架空総合病院", "東京都千代田区永田町9-99-99", "0300000120", "仮田 一郎"]
    {
        rig.text(text).keys("Enter");
    }
    rig.keys("Enter 1").text("karino hanae").keys("Enter 仮野").text(" 花枝").keys("Enter");
    rig.keys("2 3500304 調理員 Enter 1000014 Enter 東京都千代田区永田町9-99-99 Enter 0300000123 Enter Enter");
    rig.keys("1235 Enter 1 1 157 Enter 7 Enter 2 3 11 Enter Enter 6 Enter 9 Enter");
    rig.keys("2 1 焼肉店での喫食 Enter 2 1 Enter F12 Enter");
    rig
}

#[test]
fn calls_and_contacts_are_added_to_a_case_and_a_contact_becomes_one() {
    let mut rig = case();
    rig.keys("0001 F6");
    insta::assert_snapshot!("adding", rig.screen());
    // A call of the health observation.
    rig.keys("kenkou Enter");
    assert!(rig.screen().contains("経過 0002  0001 仮野 花枝 の健康観察"), "{}", rig.screen());
    rig.keys("0930 Enter 1 1 37.8 Enter 97 Enter Enter 1 Enter 1 1 Enter Enter F12 Enter");
    assert!(rig.screen().contains("0002 を登録しました。"), "{}", rig.screen());
    // A contact, who falls ill.
    rig.keys("F6 sesshoku Enter");
    rig.text("karino tarou").keys("Enter 仮野").text(" 太郎").keys("Enter 1 4130203 Enter 09000000123 Enter");
    rig.keys("1000014 Enter Enter 1 Enter 9 Enter Enter 4 13 Enter F12 Enter");
    rig.keys("F3 0001 t Down Down Enter");
    assert!(
        rig.screen().contains("登録内容 0002  0001 仮野 花枝 の健康観察"),
        "whose it is: {}",
        rig.screen()
    );
    rig.keys("F3 F3 F3");
    rig.keys("0001 t");
    insta::assert_snapshot!("timeline", rig.screen());
    // The contact was days ago, and stands first. The report of the case that it became:
    rig.keys("Home F6 o157 Enter");
    assert!(rig.screen().contains("発生届 0004"), "{}", rig.screen());
    assert!(rig.row("氏名").contains("仮野 太郎"), "who it is came along\n{}", rig.screen());
    assert!(rig.row("生年月日").contains("平成13年 2月 3日"), "{}", rig.screen());
    rig.keys("F3");
    insta::assert_snapshot!("timeline_with_the_new_case", rig.screen());
    rig.keys("End Enter");
    assert!(rig.screen().contains("まだ登録されていません"), "{}", rig.screen());
    rig.keys("t");
    insta::assert_snapshot!("timeline_of_the_person", rig.screen());
    rig.keys("t");
    assert!(rig.screen().contains("症例 26-00001-8"), "{}", rig.screen());
    rig.keys("Up Enter");
    assert!(rig.screen().contains("登録内容"), "{}", rig.screen());
}

#[test]
fn a_version_is_stamped_as_copied_to_nesid() {
    let mut rig = case();
    rig.keys("0001 n");
    insta::assert_snapshot!("stamping", rig.screen());
    rig.keys("Enter");
    assert!(rig.screen().contains("NESID の番号は"), "nothing typed: {}", rig.screen());
    rig.text("Ｎ-00123").keys("Enter");
    assert!(rig.screen().contains("転記済にしました"), "{}", rig.screen());
    rig.keys("Down");
    assert!(rig.screen().contains("NESID N-00123 (第1版を転記)"), "{}", rig.screen());
    rig.keys("Enter F12 Enter 0001");
    assert!(rig.screen().contains("転記のあとに訂正されています"), "{}", rig.screen());
    rig.keys("t");
    assert!(rig.screen().contains("NESID 転記済 N-00123"), "{}", rig.screen());
}

/// A call of the day before yesterday stands before the report, and a contact has a name.
#[test]
fn the_course_is_that_of_the_days_that_records_are_about() {
    let mut rig = case();
    rig.keys("0001 F6 kenkou Enter Up 12 Enter 1830 Enter 1 1 38.4 Enter 96 Enter Enter 1 Enter 1 1 Enter Enter F12 Enter t");
    rig.keys("Down F6 sesshoku Enter");
    rig.text("karino tarou").keys("Enter 仮野").text(" 太郎").keys("Enter 1 4130203 Enter 09000000123 Enter");
    rig.keys("1000014 Enter Enter 1 Enter 9 Enter Enter 4 13 Enter F12 Enter Home");
    insta::assert_snapshot!("by_day", rig.screen());
    assert!(rig.screen().contains("+ 仮野 太郎 接触者"), "{}", rig.screen());
    assert!(rig.screen().contains("7/12(7/14)"), "when it was, and when it was entered\n{}", rig.screen());
    assert!(rig.screen().contains("38.4度 96% よくなった"), "{}", rig.screen());
}

#[test]
fn from_the_timeline_of_a_person_one_goes_back_to_the_case() {
    let mut rig = case();
    rig.keys("0001 F6 kenkou Enter Up 12 Enter 1830 Enter 1 1 38.4 Enter 96 Enter Enter 1 Enter 1 1 Enter Enter F12 Enter t");
    rig.keys("Up");
    let chosen = rig.focused();
    rig.keys("t");
    assert!(rig.screen().contains("本人 仮野 花枝"), "{}", rig.screen());
    rig.keys("Home F3");
    assert!(rig.screen().contains("症例 26-00001-8"), "{}", rig.screen());
    assert_eq!(rig.focused(), chosen, "the selection is kept\n{}", rig.screen());
    rig.keys("t t");
    assert!(rig.screen().contains("症例 26-00001-8"), "{}", rig.screen());
    rig.keys("F3");
    assert!(rig.screen().contains("登録内容 0001"), "T and T again is no way to get lost\n{}", rig.screen());
}
