use proptest::prelude::*;

use super::*;
use crate::domain::likeness::{Assessment, Likeness, assess};

#[test]
fn addresses_survive_their_spellings() {
    for (a, b) in [
        ("東京都千代田区永田町3丁目2番1号", "東京都千代田区永田町三丁目2-1"),
        ("東京都千代田区永田町３－２－１", "東京都 千代田区 永田町3の2の1"),
        ("架空県見本市仮町十二丁目3", "架空県見本市仮町12-3"),
        ("架空県見本市仮町二十丁目", "架空県見本市仮町２０丁目"),
        ("架空県見本市仮町9-99-99 仮荘101号室", "架空県見本市仮町9ー99ー99-101"),
    ] {
        assert_eq!(address_key(a), address_key(b), "{a} {b}");
    }
    for (a, b) in [("架空県見本市仮町9-9", "架空県見本市仮町99"), ("架空県見本市1-2", "架空県例示市1-2")]
    {
        assert_ne!(address_key(a), address_key(b), "{a} {b}");
    }
    assert_eq!(address_key("  "), "");
    assert_eq!(address_key("八番町一条仮町三丁目"), ";3", "kanji numbers count only where they are counted");
}

#[test]
fn phones_are_digits() {
    assert_eq!(phone_key("０３（０000）0123"), "0300000123");
    assert_eq!(phone_key("+81 3-0000-0123"), "0300000123");
    assert_eq!(phone_key("内線 12"), "12");
}

/// The two ends of one rule: what is looked up is what is called a slip, over the whole calendar.
#[test]
fn near_dates_are_all_dates_a_slip_away() {
    for text in
        ["1975-03-04", "1989-01-08", "1926-12-25", "2019-05-01", "2000-02-29", "1911-11-11", "1999-12-31"]
    {
        let date: NaiveDate = text.parse().unwrap();
        let key = date_key(date).unwrap();
        let calendar = NaiveDate::from_ymd_opt(1868, 1, 25).unwrap().iter_days().take(90_000);
        let slips: Vec<NaiveDate> = calendar
            .filter(|day| date_key(*day).is_some_and(|other| date_slip(&key, &other).is_some()))
            .collect();
        assert_eq!(near_dates(date), slips, "{text}");
        assert!(slips.len() < 120, "{} look-ups", slips.len());
    }
}

/// Reading, name, birth date, sex, phone, address.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

fn of(row: &Row) -> Traits {
    traits(&Person {
        reading: row.0,
        name: row.1,
        birth_date: row.2.parse().ok(),
        sex: row.3,
        phone: row.4,
        address: AddressKeyOrText::Text(row.5),
    })
}

const HOME: &str = "架空県見本市仮町9-99-99";
const PHONE: &str = "0300000123";
const HANAE: Row = ("カリノ ハナエ", "仮野 花枝", "1975-03-04", "female", PHONE, HOME);

/// A pair, the answer expected, and what it is about.
const GOLDEN: &[(Row, Row, Option<Likeness>, &str)] = {
    use Likeness::{Likely, Possible, Same};
    &[
        (HANAE, HANAE, Some(Same), "everything the same"),
        (HANAE, ("かりのはなえ", "仮野花枝", "1975-03-04", "female", "", ""), Some(Same), "no space"),
        (HANAE, ("カリノ ハナエ", "", "1975-03-04", "female", "", ""), Some(Same), "kanji not typed yet"),
        (HANAE, ("カリノ ハナエ", "仮野 花枝", "", "female", "", ""), Some(Possible), "a name alone"),
        (HANAE, ("カリノ ハナエ", "", "", "", "", ""), None, "a reading alone"),
        (HANAE, ("カリノ ハナエ", "仮野 花枝", "", "", PHONE, ""), Some(Likely), "name and telephone"),
        (
            HANAE,
            ("カリノ ハナエ", "仮野 花枝", "1975-03-05", "female", "", ""),
            Some(Likely),
            "a digit of the date",
        ),
        (
            HANAE,
            ("カリノ ハナエ", "仮野 花枝", "1975-04-03", "female", "", ""),
            Some(Likely),
            "day and month",
        ),
        (HANAE, ("カリノ ハナエ", "仮野 花枝", "1980-10-20", "female", "", ""), None, "another of the name"),
        (
            HANAE,
            ("カリノ ハナエ", "仮野 花枝", "1980-10-20", "female", PHONE, HOME),
            Some(Likely),
            "date quite wrong",
        ),
        (
            HANAE,
            ("カリノ ハナヨ", "仮野 花枝", "1975-03-04", "female", "", ""),
            Some(Same),
            "misread, kanji the same",
        ),
        (HANAE, ("カリノ ハナエ", "狩野 華恵", "1975-03-04", "female", "", ""), Some(Likely), "kanji by ear"),
        (HANAE, ("ミホン ハナエ", "見本 花枝", "1975-03-04", "female", "", ""), Some(Likely), "married"),
        (
            HANAE,
            ("ミホン ハナエ", "見本 花枝", "1975-03-04", "female", PHONE, HOME),
            Some(Same),
            "married, moved nowhere",
        ),
        (
            HANAE,
            ("ミホン ハナエ", "見本 花枝", "1981-12-24", "female", "", ""),
            None,
            "half a name in common",
        ),
        (HANAE, ("カリノ ミハル", "仮野 美晴", "1975-03-04", "female", PHONE, HOME), Some(Possible), "twins"),
        (
            HANAE,
            ("カリノ ハナヨ", "仮野 花代", "1975-03-04", "female", PHONE, HOME),
            Some(Possible),
            "twins, close names",
        ),
        (
            HANAE,
            ("カリノ ハルキ", "仮野 春樹", "1975-03-04", "male", PHONE, HOME),
            Some(Possible),
            "twins, brother and sister",
        ),
        (
            HANAE,
            ("カリノ ミハル", "仮野 美晴", "1975-03-04", "female", "0300000777", ""),
            None,
            "born on the same day",
        ),
        (HANAE, ("カリノ ウメコ", "仮野 梅子", "1950-01-02", "female", PHONE, HOME), None, "mother"),
        (
            HANAE,
            ("カリノ ハナエ", "仮野 花枝", "1975-03-04", "male", PHONE, HOME),
            Some(Same),
            "wrong sex typed",
        ),
        (
            ("カリノ タロウ", "仮野 太郎", "1950-03-04", "male", PHONE, HOME),
            ("カリノ イチロウ", "仮野 一郎", "1980-05-06", "male", PHONE, HOME),
            None,
            "father and son",
        ),
        (
            ("サイトウ ユウコ", "齋藤 裕子", "1930-03-04", "female", "", ""),
            ("サイトー ユーコ", "斉藤 裕子", "1993-03-04", "female", "", ""),
            Some(Likely),
            "variants, and the era",
        ),
        (
            ("ジョン スミス", "JOHN SMITH", "1985-06-07", "male", "", ""),
            ("スミス ジョン", "Ｓｍｉｔｈ　Ｊｏｈｎ", "1985-06-07", "male", "", ""),
            Some(Same),
            "in the other order",
        ),
        (
            ("グエンヴァンアン", "NGUYENVANAN", "1999-01-02", "male", "", ""),
            ("グエン ヴァンアン", "NGUYEN VANAN", "1999-01-02", "male", "", ""),
            Some(Same),
            "undivided",
        ),
        (
            ("グエンヴァンアン", "", "1999-01-02", "male", "", ""),
            ("グエンヴァンマン", "", "1999-01-02", "male", "", ""),
            Some(Likely),
            "undivided, one kana",
        ),
        (
            ("スミス", "", "1999-01-02", "male", "", ""),
            ("グエン", "", "1999-01-02", "male", "", ""),
            None,
            "one name each",
        ),
        (("", "", "1975-03-04", "", "", ""), ("", "", "1975-03-04", "", "", ""), None, "a birth date alone"),
    ]
};

#[test]
fn pairs_that_people_argue_about() {
    for (a, b, expected, about) in GOLDEN {
        let found = assess(&of(a), &of(b));
        assert_eq!(found.as_ref().map(|found| found.likeness), *expected, "{about}: {found:?}");
        assert_eq!(found, assess(&of(b), &of(a)), "{about}: not symmetric");
    }
}

fn any_row() -> impl Strategy<Value = (String, String, Option<NaiveDate>, bool, String)> {
    let reading = "(カリノ|ミホン|サトウ)( |)(ハナエ|ハナヨ|タロウ)|";
    let name = "(仮野|見本|佐藤)( |)(花枝|花代|太郎)|";
    let day = (1930i32..2020, 1u32..13, 1u32..29).prop_map(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d));
    (reading, name, day, any::<bool>(), "(0300000123|0300000124|)")
}

proptest! {
    /// Taking a field over from the other makes a pair no less alike.
    #[test]
    fn a_field_more_in_common_is_no_step_back(a in any_row(), b in any_row(), field in 0..5) {
        let of = |row: &(String, String, Option<NaiveDate>, bool, String)| traits(&Person {
            reading: &row.0, name: &row.1, birth_date: row.2, sex: if row.3 { "male" } else { "female" },
            phone: &row.4, address: AddressKeyOrText::Key(""),
        });
        let rank = |found: Option<Assessment>| found.map(|found| (found.likeness, found.score));
        let mut closer = b.clone();
        // Taking over nothing is losing something.
        match field {
            0 if !a.0.is_empty() => closer.0.clone_from(&a.0),
            1 if !a.1.is_empty() => closer.1.clone_from(&a.1),
            2 => closer.2 = a.2,
            3 => closer.3 = a.3,
            4 if !a.4.is_empty() => closer.4.clone_from(&a.4),
            _ => {}
        }
        prop_assert!(rank(assess(&of(&a), &of(&closer))) >= rank(assess(&of(&a), &of(&b))));
        prop_assert_eq!(assess(&of(&a), &of(&b)), assess(&of(&b), &of(&a)));
    }

    #[test]
    fn keys_of_anything_do_not_panic(text in ".*") {
        let key = address_key(&text);
        prop_assert!(!key.contains(char::is_whitespace));
        prop_assert!(phone_key(&text).chars().all(|c| c.is_ascii_digit()));
    }
}
