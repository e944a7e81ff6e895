//! Letters and orders of home care (903-906): every page, and the keys that lead to them.
use super::{header, reference_case, to};
use crate::text::Lang;
use crate::tui::screens::rig::Rig;

fn sender(rig: &mut Rig) {
    for text in ["0013", "架空診療所", "東京都千代田区永田町9-99-98", "0300000130", "仮田 一郎"]
    {
        rig.text(text).keys("Enter");
    }
    rig.keys("Enter");
}

fn hanae(rig: &mut Rig) {
    rig.text("karino hanae").keys("Enter 仮野").text(" 花枝").keys("Enter");
}

#[test]
fn a_letter_page_by_page() {
    let mut rig = Rig::at_worklist();
    rig.keys("F6 903 Enter 4 架空保健所 Enter Enter Enter");
    sender(&mut rig);
    rig.keys("F7");
    insta::assert_snapshot!("letter_1", rig.screen());
    rig.keys("F8");
    hanae(&mut rig);
    rig.keys("2 3500304 調理員 Enter 1000014 Enter 9-99-99 Enter");
    insta::assert_snapshot!("letter_2", rig.screen());
    rig.keys("0300000123 Enter 肺炎 Enter 高血圧症 Enter Enter");
    rig.keys("自宅療養の支援 Enter Enter Enter Enter 仮薬錠 Enter 1日3回 Enter Enter Enter 3 Enter");
    insta::assert_snapshot!("letter_3", rig.screen());
    rig.keys("F12 Enter");
    assert!(rig.screen().contains("0001 を登録しました"), "{}", rig.screen());
}

#[test]
fn a_letter_to_a_health_centre_page_by_page() {
    let mut rig = Rig::at_worklist();
    rig.keys("F6 904 Enter 架空保健所長 Enter");
    insta::assert_snapshot!("public_letter_1", rig.screen());
    sender(&mut rig);
    hanae(&mut rig);
    insta::assert_snapshot!("public_letter_2", rig.screen());
    rig.keys("2 3500304 調理員 Enter 1000014 Enter 9-99-99 Enter Enter");
    rig.keys("3 10 Enter 1 Enter 1 1 9 Enter 10 Enter 2 070101 Enter");
    insta::assert_snapshot!("public_letter_3", rig.screen());
    rig.keys("Enter 2 2 1 2 3 2 2 1 2 1").text("週2回").keys("Enter Enter 訪問看護 Enter");
    insta::assert_snapshot!("public_letter_4", rig.screen());
    rig.keys("F12 Enter");
    assert!(rig.screen().contains("0001 を登録しました"), "{}", rig.screen());
}

#[test]
fn an_order_page_by_page() {
    let mut rig = Rig::at_worklist();
    rig.keys("F6 905 Enter 1 2 Enter 080701 Enter 081231 Enter 080714 Enter 080720 Enter 架空訪問看護 Enter");
    insta::assert_snapshot!("order_1", rig.screen());
    sender(&mut rig);
    rig.keys("0300000131 Enter");
    hanae(&mut rig);
    rig.keys("3500304 Enter 1000014 Enter 9-99-99 Enter Enter 肺炎 Enter 4860008 Enter 高血圧症 Enter");
    insta::assert_snapshot!("order_2", rig.screen());
    rig.keys("F8 安静時も息切れ Enter 仮薬錠 Enter 1日3回 Enter Enter Enter 6 2 4 1 1");
    rig.keys("F7");
    insta::assert_snapshot!("order_3", rig.screen());
    rig.keys("F8 3789ad Enter 2 Enter 1 12Fr Enter 30 Enter 16Fr Enter 14 Enter 1");
    insta::assert_snapshot!("order_4", rig.screen());
    rig.keys("F8 Enter 40 Enter 2 Enter Enter Enter Enter 仮輸液500mL Enter");
    insta::assert_snapshot!("order_5", rig.screen());
}

#[test]
fn a_special_order_page_by_page() {
    let mut rig = Rig::at_worklist();
    rig.keys("F6 906 Enter 1 Enter 080714 Enter 080728 Enter 架空訪問看護 Enter");
    rig.keys("Up Up");
    insta::assert_snapshot!("special_order_1", rig.screen());
    rig.keys("F8");
    hanae(&mut rig);
    insta::assert_snapshot!("special_order_2", rig.screen());
}

#[test]
fn documents_in_english() {
    let mut rig = Rig::with("standard", Lang::En);
    rig.keys("F6");
    rig.text("90");
    insta::assert_snapshot!("documents_english", rig.screen());
    rig.text("5").keys("Enter 12 Enter F8 F8 F8 3789ad Enter");
    insta::assert_snapshot!("order_english_devices", rig.screen());
    rig.keys("F8");
    insta::assert_snapshot!("order_english_advice", rig.screen());
}

/// A letter about the person of a case takes along who that is.
#[test]
fn a_letter_is_added_to_a_case() {
    let mut rig = super::opened();
    reference_case(&mut rig);
    rig.keys("F12 Enter 0001 F6 90");
    insta::assert_snapshot!("documents_of_a_case", rig.screen());
    rig.keys("3 Enter F8");
    assert!(rig.row("患者氏名").contains("仮野 花枝"), "{}", rig.screen());
    assert!(rig.row("生年月日").contains("昭和50年 3月 4日"), "{}", rig.screen());
    assert!(rig.row("電話番号").contains("03-0000-0123"), "{}", rig.screen());
    to(&mut rig, "電話番号");
    assert!(!rig.screen().contains("似た人"), "{}", rig.screen());
    rig.keys("F7 4 架空保健所 Enter Enter Enter");
    header(&mut rig);
    rig.keys("F8 F8 肺炎 Enter Enter 療養の支援 Enter F12 Enter t");
    insta::assert_snapshot!("case_with_a_letter", rig.screen());
}
