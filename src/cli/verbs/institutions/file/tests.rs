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
    for heading in ["", "番号,名称", "番号,名称,よみ,よみ", "番号,名称,よみ,住所", "番号,名称,よみ,時間帯"]
    {
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
    let rows = "0012,架空医院,カクウイイン,,,\n0012,架空医院,カクウイイン,,,\n0013,架空医院\n0014,架空医院,医院,,,\n\
                1312345678,架空医院,カクウイイン,,,\n,架空医院,カクウイイン,,,\n0015,架空医院,カクウイイン,,,朝\n\
                0016,架空医院,カクウイイン,,,夜間\n";
    assert_eq!(
        told(&format!("{HEADING},契約の初日,契約の末日,時間帯\n{rows}").replace('\n', "\r\n")),
        [
            (3, TableProblem::Twice),
            (4, TableProblem::Fields),
            (5, TableProblem::Unreadable(Unreadable::Reading)),
            (6, TableProblem::CheckDigit),
            (7, TableProblem::Unsound(InstitutionProblem::Code)),
            (8, TableProblem::Bands),
            (9, TableProblem::Unreadable(Unreadable::Date)),
        ]
    );
}

#[test]
fn empty_lines_count() {
    let text = format!("\n{HEADING}\n\n \n0012,\"架空\n医院\",カクウ\n\n\n0013,架空医院\n0014,架空医院\n");
    let expected = [
        (4, TableProblem::Fields),
        (5, TableProblem::Unsound(InstitutionProblem::Name)),
        (9, TableProblem::Fields),
        (10, TableProblem::Fields),
    ];
    assert_eq!(told(&text), expected);
    assert_eq!(told(&text.replace('\n', "\r\n")), expected);
}

#[test]
fn a_table_with_few_columns_leaves_the_rest() {
    let table = read(format!("{HEADING}\n0012,新架空診療所,シンカクウ\n").as_bytes(), today()).unwrap();
    let now = table.over(&clinic(), &table.institutions[0]);
    assert_eq!(now, Institution { name: "新架空診療所".into(), reading: "シンカクウ".into(), ..clinic() });
}

#[test]
fn a_column_that_is_there_and_empty_empties() {
    let text =
        format!("{HEADING},電話,契約の初日,契約の末日,時間帯\n0012,架空診療所,カクウシンリョウジョ,,,,\n");
    let table = read(text.as_bytes(), today()).unwrap();
    let now = table.over(&clinic(), &table.institutions[0]);
    let expected =
        Institution { name: "架空診療所".into(), phone: String::new(), contract: None, ..clinic() };
    assert_eq!(now, expected);
}

#[test]
fn a_number_that_lost_its_zero_is_refused() {
    let check = crate::domain::check_digit::luhn_check_digit(&[0, 1, 1, 2, 3, 4, 5, 6, 7]);
    let line = |code: &str| format!("{HEADING}\n{code},架空医院,カクウイイン\n");
    assert!(read(line(&format!("011234567{check}")).as_bytes(), today()).is_ok());
    assert_eq!(told(&line(&format!("11234567{check}"))), [(2, TableProblem::ZerosLost)]);
    let other = (check + 1) % 10;
    for own in [format!("11234567{other}"), "12".into(), "0012".into(), "A1".into()] {
        assert!(read(line(&own).as_bytes(), today()).is_ok(), "{own}");
    }
}

#[test]
fn a_character_that_cp932_lacks_is_told_with_its_column() {
    for (institution, column, character) in [
        (Institution { name: "𠮷野医院".into(), ..clinic() }, ["名称", "name"], "U+20BB7"),
        (
            Institution { address: "葛\u{E0100}城市".into(), ..clinic() },
            ["所在地", "address"],
            "U+845B U+E0100",
        ),
    ] {
        let missing = write(std::slice::from_ref(&institution), Encoding::Cp932).unwrap_err();
        assert_eq!(missing, Missing { code: "0012".into(), column, character: character.into() });
        assert!(write(&[institution], Encoding::Utf8).is_ok());
    }
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
