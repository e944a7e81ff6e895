//! Names and addresses by digits: behaviours 25 and 26 of the ergonomics, and the reference case as its keys have it.
use super::{header, opened, reference_case, registered, to};
use crate::domain::intake::{Channel, Intake};
use crate::form::{Catalog, SiteFiles, Value, shipped_sources};
use crate::office::ops::{self, OpenDraft, RegisterDraft};
use crate::tui::counter::Seat;
use crate::tui::screens::rig::Rig;
use crate::tui::script;

/// Reports of other people of these names, registered by this office before.
pub(super) fn remembered(rig: &mut Rig, people: &[(&str, &str)]) {
    let catalog = Catalog::open(shipped_sources(), SiteFiles::default()).catalog;
    let form = catalog.latest("ehec").unwrap();
    for (reading, name) in people {
        let mut values = form
            .parse_json_values(include_bytes!("../../../../office/tests/ehec.json"))
            .unwrap_or_else(|problems| panic!("{problems:#?}"));
        values.set("reading", Value::Text((*reading).to_owned()));
        values.set("name", Value::Text((*name).to_owned()));
        let intake = Intake { channel: Channel::Fax, received_at: script::reading(0).wall, pages: Some(2) };
        let open = OpenDraft { form: "ehec".into(), intake, link: None };
        let ops::Reply::OpenDraft(Ok(opened)) = rig.ask(Seat::Main, open) else { panic!("a draft") };
        let register = RegisterDraft { draft: opened.draft, values, passed: Vec::new() };
        let done = rig.ask(Seat::Main, register);
        let ops::Reply::RegisterDraft(done) = done else { panic!("an answer") };
        assert!(matches!(done, Ok(ops::RegisterOutcome::Registered(_))), "{done:?}");
    }
}

fn typed(rig: &Rig, label: &str) -> String {
    let row = rig.row(label);
    let value = row.split_once('[').map_or(row.as_str(), |(_, value)| value);
    value.trim_end_matches([' ', ']']).to_owned()
}

/// The keys of R1a from the reading to the address, one by one, and not one more.
#[test]
fn the_reference_case_takes_its_keys() {
    let mut rig = Rig::at_worklist();
    remembered(
        &mut rig,
        &[("カリノ ハナエ", "仮野 花江"), ("ミホン ハナエ", "見本 花江"), ("カリノ ハナエ", "仮野 花枝")],
    );
    rig.keys("F6 o157 Enter");
    header(&mut rig);
    rig.keys("Enter 1");
    let before = rig.presses;
    rig.text("karino hanae").keys("Enter");
    insta::assert_snapshot!("names_surname", rig.screen());
    rig.keys("1");
    insta::assert_snapshot!("names_given", rig.screen());
    rig.keys("2");
    assert!(rig.row("氏名").contains("仮野 花枝"), "{}", rig.screen());
    assert!(rig.focused().starts_with("性別"), "complete, so it goes on: {}", rig.screen());
    rig.keys("2 3500304 調理員 Enter");
    rig.keys("1000014 Enter");
    assert_eq!(typed(&rig, "住所"), "東京都千代田区永田町");
    rig.keys("9-99-99 Enter");
    // 13 reading, 2 name, 1 sex, 7 birth, 4 occupation (typed here), 8 postal code, 8 address.
    assert_eq!(rig.presses - before, 13 + 2 + 1 + 7 + 4 + 8 + 8);
    rig.keys("0300000123 Enter Enter 1235 Enter 1 1 157 Enter 7 Enter 2 3 11 Enter Enter 6 Enter 9 Enter");
    rig.keys("2 1 焼肉店での喫食 Enter 2 1 Enter F12 Enter");
    assert!(rig.screen().contains("を登録しました"), "{}", rig.screen());
    let shown = registered(&mut rig);
    let text = |text: &str| Some(Value::Text(text.to_owned()));
    assert!(shown.values.value("name").cloned() == text("仮野 花枝"));
    assert!(shown.values.value("address").cloned() == text("東京都千代田区永田町9-99-99"));
    assert!(shown.values.value("postal_code").cloned() == text("1000014"));
}

fn at_name(reading: &str) -> Rig {
    let mut rig = opened();
    to(&mut rig, "類型");
    rig.keys("1").text(reading).keys("Enter");
    assert!(rig.focused().starts_with("氏名"), "{}", rig.screen());
    rig
}

/// Behaviour 25.
#[test]
fn what_is_not_offered_is_typed() {
    let mut rig = at_name("karino himari");
    assert!(rig.screen().contains("1 苅野  2 狩野"), "{}", rig.screen());
    rig.keys("3");
    assert!(rig.screen().contains("その選択肢はありません。1-2 で選びます。"), "{}", rig.screen());
    rig.keys("2");
    assert!(rig.focused().contains("[狩野 "), "{}", rig.screen());
    assert!(
        rig.screen().contains("そのよみの候補はありません。かな漢字で入力してください。"),
        "{}",
        rig.screen()
    );
    rig.keys("陽葵 Enter");
    assert!(rig.row("氏名").contains("狩野 陽葵"));
    assert!(rig.focused().starts_with("性別"));

    let mut unknown = at_name("nukaduka hanae");
    assert!(
        unknown.screen().contains("姓の候補はありません。姓を入れて空白を押すと、名の候補が出ます。"),
        "{}",
        unknown.screen()
    );
    unknown.keys("架空").text("\u{3000}");
    assert!(unknown.screen().contains("1 英恵"), "the given name is offered: {}", unknown.screen());
    unknown.keys("１");
    assert!(unknown.row("氏名").contains("架空 英恵"), "{}", unknown.screen());
    // Reading and kanji are independent afterwards.
    unknown.keys("Up Up").text("a").keys("Enter");
    assert!(unknown.focused().contains("架空"), "{}", unknown.screen());
    assert!(!unknown.screen().contains("1 英恵"), "what is written is left alone");
}

#[test]
fn enter_leaves_the_candidates_for_the_input_method() {
    let mut rig = at_name("satou ichirou");
    assert!(rig.screen().contains("1 佐藤"));
    rig.keys("Enter");
    assert!(rig.focused().starts_with("氏名") && !rig.screen().contains("1 佐藤"), "{}", rig.screen());
    rig.keys("F2");
    assert!(rig.screen().contains("1 佐藤"), "F2 brings them back");
    rig.text("仮").keys("1");
    assert!(rig.focused().contains("[仮1"), "once typing, a digit is a character: {}", rig.focused());
    let single = at_name("maikeru");
    assert!(single.screen().contains("かな漢字で入力してください。"));
}

#[test]
fn many_candidates_come_in_pages() {
    let mut rig = at_name("satou hiroshi");
    rig.keys("1");
    insta::assert_snapshot!("names_pages", rig.screen());
    let first = rig.screen();
    rig.keys("F8");
    assert_ne!(rig.screen(), first);
    assert!(rig.screen().contains("F8 次の候補 2/"), "{}", rig.screen());
    rig.keys("F7");
    assert_eq!(rig.screen(), first);
    rig.keys("F8 1");
    assert!(rig.focused().starts_with("性別"), "{}", rig.screen());
}

fn at_postal() -> Rig {
    let mut rig = opened();
    to(&mut rig, "郵便番号");
    rig
}

/// Behaviour 26.
#[test]
fn a_code_of_several_towns_is_a_list_of_digits() {
    let mut rig = at_postal();
    rig.keys("4980000 Enter");
    assert!(rig.screen().contains("1 愛知県弥富市  2 三重県桑名郡木曽岬町"), "{}", rig.screen());
    rig.keys("2 9");
    assert_eq!(typed(&rig, "住所"), "三重県桑名郡木曽岬町9", "then it is typed on");

    let mut rig = at_postal();
    rig.keys("4520961 Enter");
    insta::assert_snapshot!("towns_pages", rig.screen());
    assert_eq!(typed(&rig, "住所"), "愛知県清須市", "what they have in common is there already");
    rig.keys("F8 1");
    assert!(rig.focused().contains("愛知県清須市春日"), "{}", rig.screen());

    let mut kyoto = at_postal();
    kyoto.keys("6020847 Enter");
    insta::assert_snapshot!("towns_kyoto", kyoto.screen());
    kyoto.keys("2");
    assert_eq!(typed(&kyoto, "住所"), "京都府京都市上京区今出川通河原町西入大宮町");
}

#[test]
fn a_code_that_is_not_in_the_table_leaves_the_address_to_be_typed() {
    let mut rig = at_postal();
    rig.keys("9999999 Enter");
    assert!(rig.screen().contains("その郵便番号は表にありません。"), "{}", rig.screen());
    assert!(rig.focused().starts_with("住所"), "{}", rig.screen());
    rig.keys("架空県見本市9 Enter");
    assert!(rig.row("住所").contains("架空県見本市9"));
}

#[test]
fn typed_text_is_never_overwritten() {
    let mut rig = at_postal();
    rig.keys("1000014 Enter Up 1000013 Enter");
    assert_eq!(typed(&rig, "住所"), "東京都千代田区霞が関", "nobody had typed the first one");
    rig.keys("9-99 Enter Up Up 1000014 Enter");
    assert_eq!(typed(&rig, "住所"), "東京都千代田区霞が関9-99");
    assert!(
        rig.screen().contains("この郵便番号は 東京都千代田区永田町 です。F2 で候補を見ます。"),
        "{}",
        rig.screen()
    );
    rig.keys("F2");
    assert!(rig.screen().contains("1 東京都千代田区永田町"), "{}", rig.screen());
    rig.keys("1");
    assert_eq!(typed(&rig, "住所"), "東京都千代田区永田町");
    rig.keys("Enter Ctrl+Z");
    assert!(rig.row("住所").contains("霞が関9-99"), "and can be taken back: {}", rig.screen());
}

#[test]
fn the_beginning_of_a_code_is_looked_up() {
    let mut rig = at_postal();
    rig.keys("10 F2");
    assert!(rig.screen().contains("候補はありません。"), "{}", rig.screen());
    rig.keys("0001 F2");
    insta::assert_snapshot!("postal_prefix", rig.screen());
    rig.keys("4");
    assert!(rig.focused().starts_with("住所"), "{}", rig.screen());
    assert_eq!(typed(&rig, "住所"), "東京都千代田区永田町");
    assert!(rig.row("郵便番号").contains("100-0014"));
}

#[test]
fn an_address_elsewhere_is_remarked_and_registered() {
    let mut rig = at_postal();
    rig.keys("1050011 Enter 9-99-99 Enter");
    assert!(rig.row("住所").contains("東京都港区芝公園9-99-99 管外"), "{}", rig.screen());
    rig.keys("Up");
    assert!(
        rig.screen().contains("管外です(東京都港区)。受け付けて、管轄へ回します(法12条3項)。"),
        "{}",
        rig.screen()
    );
    rig.keys("F9");
    assert!(!rig.screen().contains("管外"), "no objection: {}", rig.screen());
    rig.keys("F7 F3");

    let mut rig = opened();
    reference_case(&mut rig);
    rig.keys("F7");
    to(&mut rig, "郵便番号");
    rig.keys("1050011 Enter F2 1 9 Enter F12 Enter");
    assert!(rig.screen().contains("0001 を登録しました"), "{}", rig.screen());
    rig.keys("0001");
    assert!(rig.screen().contains("東京都港区芝公園9  管外"), "{}", rig.screen());

    let mut ours = at_postal();
    ours.keys("1000014 Enter 9-99-99 Enter");
    assert!(!ours.screen().contains("管外"), "{}", ours.screen());
}
