use super::*;
use crate::domain::institution::{Contract, Doctor};
use proptest::prelude::*;

const HEADING: &str = "番号,名称,よみ";

fn today() -> NaiveDate {
    "2026-07-14".parse().unwrap()
}

fn told(text: &str) -> Vec<(u64, TableProblem)> {
    let mistakes = read(text.as_bytes(), today()).expect_err("something is wrong");
    mistakes.into_iter().map(|mistake| (mistake.line, mistake.problem)).collect()
}

fn clinic() -> Institution {
    Institution {
        code: "0012".into(),
        name: "架空診療所, \"分院\"".into(),
        reading: "カクウシンリョウジョ".into(),
        postal_code: "1000014".into(),
        address: "東京都千代田区永田町9-99-99".into(),
        phone: "0300000120".into(),
        fax: "0300000121".into(),
        doctors: ["仮田 一郎", "見本 次郎"]
            .map(|name| Doctor { name: name.into(), reading: String::new() })
            .into(),
        contract: Some(Contract {
            from: "2026-04-01".parse().unwrap(),
            until: "2027-03-31".parse().unwrap(),
            bands: vec![Band::Weekday, Band::Holiday],
        }),
    }
}

#[test]
fn what_is_written_is_read_again() {
    let plain =
        Institution {
            code: "A1".into(), name: "=架空".into(), ..Institution { contract: None, ..clinic() }
        };
    let register = vec![clinic(), plain];
    for encoding in [Encoding::Utf8, Encoding::Cp932] {
        let bytes = write(&register, encoding).unwrap();
        assert_eq!(read(&bytes, today()).unwrap().institutions, register, "{encoding:?}");
    }
    let text = String::from_utf8(write(&register, Encoding::Utf8).unwrap()).unwrap();
    assert!(text.contains("\r\nA1, =架空,"), "no formula: {text}");
}

#[test]
fn columns_stand_in_any_order_and_most_may_be_missing() {
    for heading in ["よみ,番号,名称", "Reading,code,name"] {
        let text = format!("{heading}\r\nkakuu iin,0012,架空医院\r\n");
        let read = read(text.as_bytes(), today()).unwrap().institutions;
        assert_eq!((read[0].code.as_str(), read[0].reading.as_str()), ("0012", "カクウ イイン"));
    }
}

#[test]
fn a_wrong_heading_is_told_alone() {
    for heading in ["", "番号,名称", "番号,名称,よみ,よみ", "番号,名称,よみ,住所"] {
        assert_eq!(
            told(&format!("{heading}\n0012,架空医院,カクウ,x\n")),
            [(1, TableProblem::Heading)],
            "{heading}"
        );
    }
    assert_eq!(read(&[0x81, 0x20], today()), Err(vec![Mistake { line: 1, problem: TableProblem::Encoding }]));
}

#[test]
fn every_wrong_line_is_told() {
    let rows = "0012,架空医院,カクウイイン,\n0012,架空医院,カクウイイン,\n0013,架空医院\n0014,架空医院,医院,\n\
                1312345678,架空医院,カクウイイン,\n,架空医院,カクウイイン,\n0015,架空医院,カクウイイン,朝\n";
    assert_eq!(
        told(&format!("{HEADING},時間帯\n{rows}").replace('\n', "\r\n")),
        [
            (3, TableProblem::Twice),
            (4, TableProblem::Fields),
            (5, TableProblem::Unreadable(Unreadable::Reading)),
            (6, TableProblem::CheckDigit),
            (7, TableProblem::Unsound(InstitutionProblem::Code)),
            (8, TableProblem::Bands),
        ]
    );
}

#[test]
fn a_character_that_cp932_lacks_is_told_with_its_place() {
    let register = [Institution { name: "𠮷野医院".into(), ..clinic() }];
    let missing = write(&register, Encoding::Cp932).unwrap_err();
    assert_eq!(missing, Missing { code: "0012".into(), column: "名称", character: "U+20BB7".into() });
    assert!(write(&register, Encoding::Utf8).is_ok());
}

#[test]
fn what_the_table_has_no_column_for_stays() {
    let table = read("番号,名称,よみ\n0012,架空第二診療所,カクウダイニ\n".as_bytes(), today()).unwrap();
    let kept = table.completed(&table.institutions[0], &clinic());
    let expected = Institution {
        name: "架空第二診療所".into(), reading: "カクウダイニ".into(), ..clinic()
    };
    assert_eq!(kept, expected);
    // An empty field of a column that is there takes away what was.
    let table =
        read("番号,名称,よみ,電話,時間帯,契約の初日,契約の末日\n0012,架空,カクウ,,,,\n".as_bytes(), today())
            .unwrap();
    let kept = table.completed(&table.institutions[0], &clinic());
    assert_eq!((kept.phone.as_str(), kept.contract), ("", None));
    assert_eq!(kept.fax, clinic().fax);
}

#[test]
fn blank_lines_are_lines_and_lost_zeros_are_told() {
    assert_eq!(
        told(&format!("{HEADING}\n\n\n0012,,カクウ\n")),
        [(4, TableProblem::Unsound(InstitutionProblem::Name))]
    );
    // 0112345674 would be sound.
    let official =
        (0..10).map(|check| format!("011234567{check}")).find(|code| InstitutionCode::parse(code).is_ok());
    let short = official.unwrap().trim_start_matches('0').to_owned();
    assert_eq!(told(&format!("{HEADING}\n{short},架空医院,カクウ\n")), [(2, TableProblem::LostZeros)]);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, today());
    }

    #[test]
    fn any_names_survive(name in "[^\\p{C}\\s]{1,20}", address in "[^\\p{C}]{0,20}") {
        let one = Institution { name, address: address.trim().to_owned(), ..clinic() };
        let bytes = write(std::slice::from_ref(&one), Encoding::Utf8).unwrap();
        prop_assert_eq!(read(&bytes, today()).unwrap().institutions, vec![one]);
    }
}
