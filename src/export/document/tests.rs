use proptest::prelude::*;

use super::*;
use crate::domain::time::Timestamp;
use crate::form::{Catalog, Context, SourceFile, Value, shipped_sources};

const HOME_CARE: &str = "homecare_support_request";
const VALUES: &str = r#"{"reading":"カリノ ハナエ","name":"仮野 花枝","sex":"女","birth_date":"1975-03-04",
    "phone":"0300000123","address":"架空県見本市仮町9-99-99","requests":["電話診療"],"urgency":"当日","consent":"person"}"#;
/// What of it says who the person is.
const CANARIES: [&str; 8] =
    ["仮野", "花枝", "カリノ", "ハナエ", "昭和50年", "03-0000-0123", "仮町9-99-99", "電話診療"];

fn letter(cover: Option<Cover>) -> Letter {
    Letter {
        to: Recipient {
            code: "D012".into(),
            organisation: "架空県疾病対策課".into(),
            address: "03 - 0000 - 0120".into(),
            short_dial: "*12".into(),
        },
        from: Office {
            name: "架空保健所".into(), phone: "03-0000-0100".into(), fax: "03-0000-0101".into()
        },
        officer: "見本 太郎".into(),
        reference: "0226".into(),
        control: "K7Q4-9M2X".into(),
        sent_on: NaiveDate::from_ymd_opt(2026, 7, 14).unwrap(),
        cover,
    }
}

/// With an item that takes as much as a form can ask for.
const LONG: &str = r#"
id = "site_long"
version = 1
released = false
title = { ja = "架空の長い様式", en = "Imaginary long form" }
kana = "カクウノナガイヨウシキ"
class = "follow_up"
number = "990"
deadline = { none = true }
recipient = { ja = "保健所長", en = "Director" }
verified = false
source = "nowhere"

[[page]]
title = { ja = "経過", en = "Course" }
content = ["first", "course", "last"]

[item.first]
label = { ja = "始め", en = "First" }
kind = "text"
[item.course]
label = { ja = "経過・特記事項", en = "Course" }
kind = "multi_line"
max = 2000
[item.last]
label = { ja = "終わり", en = "Last" }
kind = "text"
"#;

fn of_long(course: &str, cover: Option<Cover>) -> Document {
    of_site(LONG, course, cover)
}

fn of_site(form: &str, course: &str, cover: Option<Cover>) -> Document {
    let source = SourceFile { name: "forms/site_long.toml".into(), text: form.into() };
    let loaded = Catalog::load(vec![source]);
    assert!(loaded.catalog.latest("site_long").is_some(), "{:?}", loaded.problems);
    let values =
        format!(r#"{{"first": "最初の値", "course": {}, "last": "最後の値"}}"#, serde_json::json!(course));
    made(&loaded.catalog, "site_long", &values, &[], cover, &[])
}

fn of(changes: &[(&str, &str)], cover: Option<Cover>, left_out: &[&str]) -> Document {
    made(&Catalog::load(shipped_sources()).catalog, HOME_CARE, VALUES, changes, cover, left_out)
}

fn made(
    catalog: &Catalog,
    form: &str,
    values: &str,
    changes: &[(&str, &str)],
    cover: Option<Cover>,
    left_out: &[&str],
) -> Document {
    let form = catalog.latest(form).unwrap();
    let today = letter(None).sent_on;
    let received_at = Timestamp::from_japan(today.and_hms_opt(9, 12, 0).unwrap());
    let mut values = form.parse_json_values(values.as_bytes()).unwrap();
    for (key, text) in changes {
        values.set(*key, Value::Text((*text).to_owned()));
    }
    let complete = form.complete(&values, &Context { today, received_at }).unwrap();
    let left_out = left_out.iter().map(|key| (*key).to_owned()).collect();
    Document::of_record(form, &complete, &letter(cover), &left_out).unwrap()
}

fn text_of(page: &Page) -> String {
    page.runs.iter().flat_map(|run| run.text.expose().chars()).filter(|c| !c.is_whitespace()).collect()
}

fn text(document: &Document) -> String {
    document.sheets().iter().map(text_of).collect()
}

/// Inside the margins, in sizes that can be read, on no rule and on no other text.
fn check(document: &Document) {
    assert_eq!(usize::from(document.pages()), document.sheets().len());
    for page in document.sheets() {
        let boxes: Vec<[f32; 4]> = page
            .runs
            .iter()
            .map(|run| {
                let (top, bottom) =
                    (run.baseline - run.size * face::ASCENT, run.baseline + run.size * face::DESCENT);
                [run.x, top, run.right(), bottom]
            })
            .collect();
        let rules = page.rules.iter().map(|rule| [rule.x, rule.y, rule.x + rule.width, rule.y + rule.height]);
        let rules: Vec<[f32; 4]> = rules.collect();
        for edges in boxes.iter().chain(&rules) {
            let [left, top, right, bottom] = *edges;
            assert!(left >= MARGIN && top >= MARGIN && left < right && top < bottom, "{edges:?}");
            assert!(right <= PAPER.0 - MARGIN && bottom <= PAPER.1 - MARGIN, "{edges:?}");
        }
        for (at, one) in boxes.iter().enumerate() {
            let others = boxes.iter().skip(at + 1).chain(&rules);
            let hit = others.into_iter().find(|other| {
                one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
            });
            assert_eq!(hit, None, "{one:?}");
        }
        assert!(page.runs.iter().all(|run| run.size >= 9.0 * 25.4 / 72.0), "nine points at least");
    }
    let preview = document.preview();
    for line in preview.expose() {
        assert!(display_width(line) <= PREVIEW_COLUMNS.into(), "{} columns", display_width(line));
    }
    let shown: String =
        preview.expose().concat().chars().filter(|c| !c.is_whitespace() && *c != '=').collect();
    let sent = text(document);
    let sorted = |text: &str| {
        let mut all: Vec<char> = text.chars().collect();
        all.sort_unstable();
        all
    };
    assert_eq!(sorted(&shown), sorted(&sent.replace('=', "")), "what is shown is what is sent");
    let ends = preview.expose().iter().filter(|line| line.starts_with("====")).count();
    assert_eq!(ends, usize::from(document.pages()));
}

#[test]
fn a_report_is_what_the_terminal_shows() {
    let document = of(&[], None, &[]);
    check(&document);
    insta::assert_snapshot!(document.preview().expose().join("\n"));
}

#[test]
fn a_cover_says_nothing_about_a_person() {
    for cover in [Cover::Letter, Cover::Fax, Cover::DialledByHand] {
        let document = of(&[], Some(cover), &[]);
        check(&document);
        assert_eq!(document.pages(), 2);
        let (top, report) = document.sheets().split_first().unwrap();
        let (top, report) = (text_of(top), report.iter().map(text_of).collect::<String>());
        for canary in CANARIES {
            assert!(!top.contains(canary) && report.contains(canary), "{canary}");
        }
        for known in [
            "架空県疾病対策課御中",
            "D012",
            "03-0000-0120",
            "架空保健所",
            "電話03-0000-0100",
            "FAX03-0000-0101",
            "見本太郎",
            "令和8年7月14日",
            "件名自宅療養者医療支援要請",
            "0226",
            "枚数2枚",
            "K7Q4-9M2X",
            "誤って届いた場合は、お読みにならず、上記の電話へご連絡ください。",
            "頁1/2",
        ] {
            assert!(top.contains(known), "{known}: {top}");
        }
        assert_eq!(top.contains("FAX送信票"), cover != Cover::Letter);
        assert_eq!(top.contains("ダイヤルする番号"), cover == Cover::DialledByHand);
        assert_eq!(top.contains("短縮番号*12"), cover == Cover::DialledByHand, "{top}");
        assert!(report.contains("頁2/2") && report.contains("管理番号K7Q4-9M2X"));
    }
    insta::assert_snapshot!(of(&[], Some(Cover::DialledByHand), &[]).preview().expose().join("\n"));
}

#[test]
fn the_control_number_stands_large() {
    let document = Document::test_page(&letter(None)).unwrap();
    check(&document);
    let size = |document: &Document| {
        let runs = document.sheets().iter().flat_map(|page| &page.runs);
        runs.filter(|run| run.text.expose() == "K7Q4-9M2X").map(|run| run.size).fold(0.0, f32::max)
    };
    assert!(size(&document) > 10.0);
    assert!(size(&of(&[], Some(Cover::Fax), &[])) > 10.0);
    let text = text(&document);
    assert!(text.contains("個人情報は含みません") && text.contains("この番号を電話で読み上げてください"));
    assert_eq!((document.stem(), document.pages()), ("test", 1));
    insta::assert_snapshot!(document.preview().expose().join("\n"));
}

#[test]
fn what_is_left_out_leaves_no_trace() {
    let whole = text(&of(&[("course", "経過の欄")], None, &[]));
    let without = text(&of(&[("course", "経過の欄")], None, &["course", "phone"]));
    for gone in ["経過", "03-0000-0123"] {
        assert!(whole.contains(gone) && !without.contains(gone), "{gone}");
    }
    assert!(without.contains("仮野花枝"));
    // A page without any item left has no heading either.
    let catalog = Catalog::load(shipped_sources()).catalog;
    let form = catalog.latest(HOME_CARE).unwrap();
    let all: Vec<&str> = form.items.iter().map(|item| item.key.as_str()).collect();
    let empty = of(&[], None, &all);
    check(&empty);
    let runs: Vec<&str> = empty.sheets()[0].runs.iter().map(|run| run.text.expose().as_str()).collect();
    assert!(form.pages.iter().all(|page| !runs.contains(&page.title.ja.as_str())), "{runs:?}");
}

#[test]
fn long_remarks_go_on_over_pages() {
    // 44 columns are 22 characters; a page holds 41 such lines at most.
    for (remark, pages) in [("経過は良好".repeat(400), 4), ("一\n".repeat(999), 26), ("x".repeat(2000), 3)]
    {
        let document = of_long(&remark, Some(Cover::Fax));
        check(&document);
        assert_eq!(document.pages(), pages);
        let runs = document.sheets().iter().skip(1).flat_map(|page| &page.runs);
        let value: String =
            runs.filter(|run| run.column == 34).map(|run| run.text.expose().as_str()).collect();
        assert_eq!(value, format!("最初の値{}最後の値", remark.replace('\n', "")), "nothing is lost");
        let tops = document.sheets().iter().skip(2).map(|page| page.runs[0].text.expose().as_str());
        assert!(
            tops.clone().all(|top| top == "経過 (続き)"),
            "the heading is repeated: {:?}",
            tops.collect::<Vec<_>>()
        );
        assert!(text_of(&document.sheets()[0]).contains(&format!("枚数{pages}枚")));
    }
}

/// A site writes its own forms; whatever it calls things, the paper has an end.
#[test]
fn names_of_any_length_have_room() {
    let label = "架空の項目".repeat(300);
    for (was, is) in [
        ("架空の長い様式", "架空の長い様式".repeat(100)),
        (r#"ja = "経過","#, format!(r#"ja = "{}","#, "経過の頁".repeat(300))),
        ("経過・特記事項", label.clone()),
        ("kind = \"multi_line\"", "kind = \"multi_line\"\nnumber = \"18-1-2-3-4\"".to_owned()),
        ("保健所長", "保健所長".repeat(200)),
    ] {
        let form = LONG.replace(was, &is);
        assert_ne!(form, LONG);
        let document = of_site(&form, &"経過".repeat(900), None);
        check(&document);
        let text = text(&document);
        assert!(document.pages() < 12 && text.contains("最後の値"), "{} pages", document.pages());
        let runs = document.sheets().iter().flat_map(|page| &page.runs);
        let labels: String =
            runs.filter(|run| (25.0..27.0).contains(&run.x)).map(|run| run.text.expose().as_str()).collect();
        assert!(is != label || labels.contains(&label), "no part of a name is lost");
    }
}

#[test]
fn what_the_typeface_lacks_is_told() {
    let document = of(&[("name", "𠮷野 花枝"), ("course", "辻\u{FE00}さん ｶﾞ①")], Some(Cover::Fax), &[]);
    check(&document);
    assert_eq!(document.missing().iter().collect::<Vec<_>>(), [&'𠮷']);
    let text = text(&document);
    assert!(text.contains("〓野花枝") && text.contains("辻さん") && text.contains("①"), "{text}");
    assert!(text.contains("氏名:〓=U+20BB7"), "{text}");
    assert!(of(&[], None, &[]).missing().is_empty());
    assert!(!format!("{document:?}").contains('𠮷'));
}

#[test]
fn another_form_is_refused_and_nothing_is_printed_by_debug() {
    let catalog = Catalog::load(shipped_sources()).catalog;
    let document = of(&[], None, &[]);
    let printed = format!("{document:?}");
    assert!(CANARIES.iter().all(|canary| !printed.contains(canary)), "{printed}");
    let form = catalog.latest(HOME_CARE).unwrap();
    let today = letter(None).sent_on;
    let received_at = Timestamp::from_japan(today.and_hms_opt(9, 12, 0).unwrap());
    let values = form.parse_json_values(VALUES.as_bytes()).unwrap();
    let complete = form.complete(&values, &Context { today, received_at }).unwrap();
    let other = catalog.latest("ehec").unwrap();
    let refused = Document::of_record(other, &complete, &letter(None), &BTreeSet::new());
    assert_eq!(refused, Err(RenditionError::OtherForm));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn nothing_is_lost_and_nothing_falls_off(
        course in "[あ-んア-ヶ亜-熙ｱ-ﾟa-z0-9、。「」 \n-]{1,1900}",
        organisation in "[亜-熙ア-ヶa-z]{1,80}",
        office in "[亜-熙]{1,80}",
    ) {
        let document = of_long(&course, None);
        check(&document);
        // Of a character that the typeface lacks there is a geta.
        let value: String = face::settable(&course).text.chars().filter(|c| !c.is_whitespace()).collect();
        let runs = document.sheets().iter().flat_map(|page| &page.runs).filter(|run| run.column == 34);
        let known: String = runs.flat_map(|run| run.text.expose().chars()).filter(|c| !c.is_whitespace()).collect();
        prop_assert!(known.contains(&value), "{}", value);
        for cover in [Cover::Letter, Cover::DialledByHand] {
            let mut letter = letter(Some(cover));
            letter.to.organisation.clone_from(&organisation);
            letter.from.name.clone_from(&office);
            let mut case = Case::default();
            let sheets = cover::set(&letter, "件名", Vec::new(), &mut case);
            let document = Document::finish("件名", "x".into(), (&[], letter.sent_on), sheets, case).unwrap();
            check(&document);
            // With names as long as the register takes them it may need a second sheet, and counts it.
            prop_assert!(document.pages() <= 2);
            let count = format!("枚数{}枚", document.pages());
            prop_assert!(text(&document).contains(&count));
        }
    }
}
