//! Japan Post's list of postal codes, as it is published: `utf_ken_all.csv` in UTF-8, `KEN_ALL.CSV` in CP932.
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::municipality::PREFECTURES;
use crate::japanese::codes::MunicipalityCode;
use crate::japanese::cp932;
use crate::japanese::kana::to_katakana;
use crate::japanese::postal::PostalCode;
use crate::japanese::screen::has_hidden;
use crate::japanese::width::widen_kana;

/// Fewer lines are a list of one prefecture, or of what has changed in a month.
const LINES_MIN: usize = 100_000;
const FIELDS: usize = 15;

/// One line, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub code: u32,
    pub municipality: MunicipalityCode,
    /// Name of the municipality without the prefecture.
    pub name: String,
    pub kana: String,
    /// As Japan Post writes it.
    pub town: String,
}

/// What is wrong with a list, and where. Lines count from one; 0 is the list as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub line: usize,
    pub problem: ListProblem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListProblem {
    /// Neither UTF-8 nor CP932.
    Encoding,
    /// Not fifteen fields, or quotes that do not close.
    Fields,
    Municipality,
    Code,
    /// The prefecture's name is not that of the municipality code.
    Prefecture,
    /// Empty, or with characters that cannot be seen.
    Name,
    /// The bracket of a town is not closed on the lines that follow.
    Bracket,
    /// The same municipality code under another name.
    TwoNames,
    /// Not the whole country.
    NotAll,
}

/// The lines of a list, or everything that is wrong with it.
pub fn read_list(bytes: &[u8]) -> Result<Vec<Listed>, Vec<Mistake>> {
    let whole = |problem| vec![Mistake { line: 0, problem }];
    let text = decode(bytes).ok_or_else(|| whole(ListProblem::Encoding))?;
    let (mut list, mut mistakes) = (Vec::new(), Vec::new());
    let mut names: BTreeMap<MunicipalityCode, String> = BTreeMap::new();
    let mut open: Option<(usize, Listed)> = None;
    for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.is_empty()) {
        match read_line(text) {
            Ok(listed) => {
                if names.entry(listed.municipality).or_insert_with(|| listed.name.clone()) != &listed.name {
                    mistakes.push(Mistake { line, problem: ListProblem::TwoNames });
                }
                open = join(open, line, listed, &mut list, &mut mistakes);
            }
            Err(problem) => mistakes.push(Mistake { line, problem }),
        }
    }
    if let Some((line, _)) = open {
        mistakes.push(Mistake { line, problem: ListProblem::Bracket });
    }
    let prefectures: BTreeSet<u32> = list.iter().map(|line| line.municipality.prefecture()).collect();
    if mistakes.is_empty() && (list.len() < LINES_MIN || prefectures.len() < PREFECTURES.len()) {
        return Err(whole(ListProblem::NotAll));
    }
    if mistakes.is_empty() { Ok(list) } else { Err(mistakes) }
}

/// Japan Post writes its list either way; a mark at the beginning is none of its own but does no harm.
fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Cow::Borrowed(text.strip_prefix('\u{FEFF}').unwrap_or(text)));
    }
    cp932::decode(bytes)
}

/// A long town goes on over several lines (in CP932 only) until its bracket closes.
fn join(
    open: Option<(usize, Listed)>,
    line: usize,
    listed: Listed,
    list: &mut Vec<Listed>,
    mistakes: &mut Vec<Mistake>,
) -> Option<(usize, Listed)> {
    let (first, whole) = match open {
        Some((first, begun)) if begun.code == listed.code && begun.municipality == listed.municipality => {
            (first, Listed { town: begun.town + &listed.town, ..listed })
        }
        Some((first, _)) => {
            mistakes.push(Mistake { line: first, problem: ListProblem::Bracket });
            (line, listed)
        }
        None => (line, listed),
    };
    let count = |bracket: char| whole.town.matches(bracket).count();
    if count('（') > count('）') {
        return Some((first, whole));
    }
    list.push(whole);
    None
}

fn read_line(line: &str) -> Result<Listed, ListProblem> {
    let fields = split(line).filter(|fields| fields.len() == FIELDS).ok_or(ListProblem::Fields)?;
    let field = |at: usize| fields.get(at).map(String::as_str).unwrap_or_default();
    let municipality = MunicipalityCode::from_five_digits(field(0)).map_err(|_| ListProblem::Municipality)?;
    let code = PostalCode::parse(field(2)).map_err(|_| ListProblem::Code)?.number();
    let prefecture = usize::try_from(municipality.prefecture()).unwrap_or_default();
    if PREFECTURES.get(prefecture.wrapping_sub(1)) != Some(&field(6)) {
        return Err(ListProblem::Prefecture);
    }
    let names = [field(4), field(7), field(8)];
    if names.iter().any(|name| name.trim().is_empty() || has_hidden(name)) {
        return Err(ListProblem::Name);
    }
    Ok(Listed {
        code,
        municipality,
        name: field(7).to_owned(),
        kana: to_katakana(&widen_kana(field(4))),
        town: field(8).to_owned(),
    })
}

/// Fields between commas, in quotes or not; a quote within quotes is doubled.
fn split(line: &str) -> Option<Vec<String>> {
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => field.push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            _ => field.push(c),
        }
    }
    fields.push(field);
    (!quoted).then_some(fields)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{PostalTable, Town, pack};
    use super::*;

    const LINE: &str =
        r#"13101,"100  ","1000014","ﾄｳｷﾖｳﾄ","ﾁﾖﾀﾞｸ","ﾅｶﾞﾀﾁﾖｳ","東京都","千代田区","永田町",0,0,0,0,0,0"#;

    fn problem(line: &str) -> Option<ListProblem> {
        read_line(line).err()
    }

    #[test]
    fn a_line_is_read_in_both_encodings() {
        let listed = read_line(LINE).unwrap();
        assert_eq!((listed.code, listed.municipality.to_string().as_str()), (1_000_014, "131016"));
        assert_eq!(
            (listed.name.as_str(), listed.kana.as_str(), listed.town.as_str()),
            ("千代田区", "チヨダク", "永田町")
        );
        assert_eq!(decode(&cp932::encode(LINE).unwrap()).unwrap(), LINE);
        assert_eq!(decode(format!("\u{FEFF}{LINE}").as_bytes()).unwrap(), LINE);
        assert!(decode(&[0x82, 0xff, 0xff]).is_none());
    }

    #[test]
    fn mistakes_of_a_line() {
        for (from, to, expected) in [
            ("13101", "99101", ListProblem::Municipality),
            ("1000014", "100001", ListProblem::Code),
            ("東京都", "大阪府", ListProblem::Prefecture),
            ("千代田区", "", ListProblem::Name),
            ("永田町", "永\u{202E}田町", ListProblem::Name),
            (",0,0,0,0,0,0", ",0,0,0,0,0", ListProblem::Fields),
            ("永田町\"", "永田町", ListProblem::Fields),
        ] {
            assert_eq!(problem(&LINE.replace(from, to)), Some(expected), "{to}");
        }
    }

    #[test]
    fn every_mistake_is_told_with_its_line() {
        let open = LINE.replace("永田町", "永田町（甲、");
        let other = LINE.replace("千代田区", "見本区");
        let text = format!("{LINE}\r\nx\r\n{open}\r\n{}\r\n{other}\r\n", LINE.replace("1000014", "1000013"));
        let mistakes = read_list(text.as_bytes()).unwrap_err();
        let found: Vec<(usize, ListProblem)> = mistakes.iter().map(|m| (m.line, m.problem)).collect();
        let expected = [(2, ListProblem::Fields), (3, ListProblem::Bracket), (5, ListProblem::TwoNames)];
        assert_eq!(found, expected);
        let part = read_list(LINE.as_bytes()).unwrap_err();
        assert_eq!(
            part,
            [Mistake { line: 0, problem: ListProblem::NotAll }],
            "one prefecture is not the country"
        );
    }

    #[test]
    fn long_towns_go_on_over_lines() {
        let (mut list, mut mistakes) = (Vec::new(), Vec::new());
        let mut open = None;
        for (line, town) in (1..).zip(["永田町（甲、", "乙、", "丙）", "一丁目"]) {
            let listed = read_line(&LINE.replace("永田町", town)).unwrap();
            open = join(open, line, listed, &mut list, &mut mistakes);
        }
        let towns: Vec<&str> = list.iter().map(|listed| listed.town.as_str()).collect();
        assert_eq!(towns, ["永田町（甲、乙、丙）", "一丁目"]);
        assert!(open.is_none() && mistakes.is_empty());
    }

    /// Towns of all kinds: brackets, lists, nothing.
    fn town() -> impl Strategy<Value = String> {
        "(以下に掲載がない場合|[一-三甲乙東西]{1,4}(、[甲乙]{1,2})?(（[１-３0-9東西、〜]{1,4}(階|丁目|通上る)?）)?)"
    }

    proptest! {
        /// Whatever is listed is found again, under its code, in its municipality.
        #[test]
        fn no_line_is_lost(lines in proptest::collection::vec((0u32..10_000_000, 1u32..48, 101u32..700, town()), 0..200)) {
            let list: Vec<Listed> = lines.iter().map(|(code, prefecture, number, town)| Listed {
                code: *code,
                municipality: MunicipalityCode::from_five_digits(&format!("{prefecture:02}{number}")).unwrap(),
                name: format!("架空{number}市"),
                kana: "カクウシ".to_owned(),
                town: town.clone(),
            }).collect();
            let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 3).unwrap();
            let table = PostalTable::from_bytes(pack(&list, day)).unwrap();
            prop_assert_eq!(table.date(), day);
            for listed in &list {
                let found = table.towns(listed.code);
                let here: Vec<&Town<'_>> =
                    found.iter().filter(|town| town.municipality.code == listed.municipality).collect();
                let bare: String = listed.town.chars().take_while(|c| *c != '（' && *c != '、').collect();
                let known = |town: &&&Town<'_>| bare == "以下に掲載がない場合" || town.name.starts_with(&bare);
                prop_assert!(here.iter().any(|town| known(&town)), "{} {:?}", listed.town, here);
            }
            prop_assert!(table.iter().count() >= list.len());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            prop_assert!(read_list(&bytes).is_err());
        }
    }
}
