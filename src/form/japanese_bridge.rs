//! The few Japanese rules that forms need; the one place to connect `crate::japanese`.
use chrono::{Datelike, NaiveDate};

/// Completed years and the months beyond them, by the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Age {
    pub years: i64,
    pub months: i64,
}

/// The age on a day; `None` before birth.
pub fn age_on(birth: NaiveDate, on: NaiveDate) -> Option<Age> {
    if on < birth {
        return None;
    }
    let mut months =
        i64::from(on.year() - birth.year()) * 12 + i64::from(on.month()) - i64::from(birth.month());
    // Somebody born on the 31st completes a month on the first day after a shorter month, as the Civil Code
    // (article 143) counts when there is no corresponding day.
    if on.day() < birth.day() {
        months -= 1;
    }
    Some(Age { years: months / 12, months: months % 12 })
}

/// `昭和50年 3月 4日`; days before Meiji 6 (the solar calendar) are shown in the western calendar.
pub fn era_date(date: NaiveDate) -> String {
    /// First days of the eras, newest first.
    const ERAS: [(i32, u32, u32, &str); 5] = [
        (2019, 5, 1, "令和"),
        (1989, 1, 8, "平成"),
        (1926, 12, 25, "昭和"),
        (1912, 7, 30, "大正"),
        (1873, 1, 1, "明治"),
    ];
    const MEIJI_YEAR_0: i32 = 1867;
    let rest = format!("{:>2}月{:>2}日", date.month(), date.day());
    for (year, month, day, name) in ERAS {
        if (date.year(), date.month(), date.day()) < (year, month, day) {
            continue;
        }
        let count = date.year() - if name == "明治" { MEIJI_YEAR_0 } else { year - 1 };
        return if count == 1 { format!("{name}元年{rest}") } else { format!("{name}{count:>2}年{rest}") };
    }
    format!("{}年{rest}", date.year())
}

/// The prefecture and municipality at the head of an address (`東京都千代田区`), when it begins with a prefecture.
///
/// A guess offered as a default: names that contain 市, 町 or 村 themselves are listed below.
pub fn municipality(address: &str) -> Option<String> {
    let prefecture = prefecture(address)?;
    let rest = address.strip_prefix(prefecture.as_str())?;
    let length = municipality_length(&rest.chars().take(MAX_MUNICIPALITY).collect::<Vec<_>>())?;
    Some(prefecture.chars().chain(rest.chars().take(length)).collect())
}

/// Longer than any name of a district, town and ward together.
const MAX_MUNICIPALITY: usize = 16;

/// Cities whose name contains another ending after its first character.
const CITIES: [&str; 12] = [
    "四日市市",
    "廿日市市",
    "野々市市",
    "東村山市",
    "武蔵村山市",
    "十日町市",
    "大和郡山市",
    "羽村市",
    "大町市",
    "大村市",
    "田村市",
    "蒲郡市",
];

fn prefecture(address: &str) -> Option<String> {
    let head: Vec<char> = address.chars().take(4).collect();
    // 京都府 contains 都 itself; every other name ends at its first 都, 道, 府 or 県 (three or four characters).
    let length = match head.as_slice() {
        ['京', '都', '府', ..] | [_, _, '都' | '道' | '府' | '県', ..] => 3,
        [_, _, _, '県'] => 4,
        _ => return None,
    };
    Some(head.into_iter().take(length).collect())
}

fn municipality_length(rest: &[char]) -> Option<usize> {
    let text: String = rest.iter().collect();
    if let Some(city) = CITIES.iter().find(|city| text.starts_with(**city)) {
        return Some(city.chars().count());
    }
    // The first character is always part of the name: 市川市, 町田市, 村山市, 郡山市.
    let first = rest.iter().skip(1).position(|c| "市区町村郡".contains(*c)).map(|at| at + 1)?;
    match rest.get(first)? {
        '郡' if rest.get(first + 1) == Some(&'市') || rest.get(first + 1) == Some(&'上') => {
            rest.iter().position(|c| *c == '市').map(|at| at + 1)
        }
        '郡' => town(rest, first + 2),
        '市' if rest.get(first + 1) == Some(&'郡') => town(rest, first + 3),
        // A designated city is followed by its ward: 横浜市中区, at most four characters on.
        '市' => {
            let ward = after(rest, first + 2, "区").filter(|end| end - first <= 5);
            Some(ward.unwrap_or(first + 1))
        }
        _ => Some(first + 1),
    }
}

/// The end of a town whose name has at least the character before `from` (余市町, 玉村町).
fn town(rest: &[char], from: usize) -> Option<usize> {
    let end = after(rest, from, "町村")?;
    Some(if rest.get(end) == Some(&'町') { end + 1 } else { end })
}

fn after(rest: &[char], from: usize, endings: &str) -> Option<usize> {
    rest.iter().skip(from).position(|c| endings.contains(*c)).map(|at| from + at + 1)
}

/// Folds a search word: width, case and kana become one form (katakana, lower-case ASCII), spaces vanish.
pub fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfkc()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '・'))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ぁ'..='ゖ' => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// Katakana as loose romaji for searching, so that `cho`, `tyo`, `shi` and `si` meet.
pub fn search_romaji(text: &str) -> String {
    let mut out = String::new();
    let mut double = false;
    for c in fold(text).chars() {
        if c == 'ッ' {
            double = true;
            continue;
        }
        if let Some(vowel) = small_vowel(c) {
            // キャ: the row's i gives way to y.
            if out.ends_with('i') {
                out.pop();
                out.push('y');
            }
            out.push_str(vowel);
            continue;
        }
        let sound = katakana_sound(c);
        if double {
            out.extend(sound.chars().next());
            double = false;
        }
        match sound {
            "" => out.push(c),
            sound => out.push_str(sound),
        }
    }
    loosen(&out)
}

/// Brings Hepburn and long vowels to the spelling of [`search_romaji`].
pub fn loosen(romaji: &str) -> String {
    const SPELLINGS: [(&str, &str); 12] = [
        ("shi", "si"),
        ("sh", "sy"),
        ("chi", "ti"),
        ("ch", "ty"),
        ("tsu", "tu"),
        ("fu", "hu"),
        ("ji", "zi"),
        ("jy", "zy"),
        ("j", "zy"),
        ("nn", "n"),
        ("n'", "n"),
        ("ー", ""),
    ];
    SPELLINGS.iter().fold(fold(romaji), |text, (from, to)| text.replace(from, to)).replace('ー', "")
}

fn small_vowel(c: char) -> Option<&'static str> {
    Some(match c {
        'ャ' => "a",
        'ュ' => "u",
        'ョ' => "o",
        'ァ' => "a",
        'ィ' => "i",
        'ゥ' => "u",
        'ェ' => "e",
        'ォ' => "o",
        _ => return None,
    })
}

fn katakana_sound(c: char) -> &'static str {
    const ROWS: [(&str, [&str; 5]); 15] = [
        ("アイウエオ", ["a", "i", "u", "e", "o"]),
        ("カキクケコ", ["ka", "ki", "ku", "ke", "ko"]),
        ("サシスセソ", ["sa", "si", "su", "se", "so"]),
        ("タチツテト", ["ta", "ti", "tu", "te", "to"]),
        ("ナニヌネノ", ["na", "ni", "nu", "ne", "no"]),
        ("ハヒフヘホ", ["ha", "hi", "hu", "he", "ho"]),
        ("マミムメモ", ["ma", "mi", "mu", "me", "mo"]),
        ("ラリルレロ", ["ra", "ri", "ru", "re", "ro"]),
        ("ガギグゲゴ", ["ga", "gi", "gu", "ge", "go"]),
        ("ザジズゼゾ", ["za", "zi", "zu", "ze", "zo"]),
        ("ダヂヅデド", ["da", "zi", "zu", "de", "do"]),
        ("バビブベボ", ["ba", "bi", "bu", "be", "bo"]),
        ("パピプペポ", ["pa", "pi", "pu", "pe", "po"]),
        ("ヤユヨワヲ", ["ya", "yu", "yo", "wa", "o"]),
        ("ンヴヮヰヱ", ["n", "vu", "wa", "i", "e"]),
    ];
    ROWS.iter()
        .find_map(|(kana, sounds)| kana.chars().position(|k| k == c).and_then(|at| sounds.get(at)))
        .copied()
        .unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn ages() {
        let age = |b, on| age_on(b, on).map(|a| (a.years, a.months));
        assert_eq!(age(day(1975, 3, 4), day(2026, 7, 14)), Some((51, 4)));
        assert_eq!(age(day(2008, 7, 14), day(2026, 7, 13)), Some((17, 11)));
        assert_eq!(age(day(2008, 7, 14), day(2026, 7, 14)), Some((18, 0)));
        assert_eq!(age(day(2026, 1, 31), day(2026, 2, 28)), Some((0, 0)));
        assert_eq!(age(day(2026, 7, 14), day(2026, 7, 13)), None);
    }

    #[test]
    fn eras() {
        assert_eq!(era_date(day(1975, 3, 4)), "昭和50年 3月 4日");
        assert_eq!(era_date(day(2026, 7, 14)), "令和 8年 7月14日");
        assert_eq!(era_date(day(2019, 5, 1)), "令和元年 5月 1日");
        assert_eq!(era_date(day(1989, 1, 7)), "昭和64年 1月 7日");
        assert_eq!(era_date(day(1873, 1, 1)), "明治 6年 1月 1日");
        assert_eq!(era_date(day(1872, 12, 31)), "1872年12月31日");
    }

    #[test]
    fn municipalities() {
        for (address, expected) in [
            ("東京都千代田区永田町9-99-99", Some("東京都千代田区")),
            ("神奈川県横浜市中区日本大通1", Some("神奈川県横浜市中区")),
            ("京都府京都市上京区下立売通", Some("京都府京都市上京区")),
            ("千葉県市川市八幡1", Some("千葉県市川市")),
            ("東京都町田市森野2", Some("東京都町田市")),
            ("三重県四日市市諏訪町1", Some("三重県四日市市")),
            ("福島県郡山市朝日1", Some("福島県郡山市")),
            ("岐阜県郡上市八幡町", Some("岐阜県郡上市")),
            ("福岡県小郡市小郡", Some("福岡県小郡市")),
            ("北海道余市郡余市町朝日町", Some("北海道余市郡余市町")),
            ("東京都東村山市本町", Some("東京都東村山市")),
            ("群馬県佐波郡玉村町下新田", Some("群馬県佐波郡玉村町")),
            ("永田町9-99-99", None),
            ("", None),
        ] {
            assert_eq!(municipality(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn search_spellings_meet() {
        assert_eq!(search_romaji("チョウチフス"), loosen("choutifusu"));
        assert_eq!(search_romaji("シンシュウセイ"), loosen("shinshuusei"));
        assert_eq!(search_romaji("ジタク"), loosen("jitaku"));
        assert_eq!(fold("ちょうかん　Ｏ１５７"), "チョウカンo157");
    }
}
