//! What Japan Post writes as a town (町域名), taken apart into what belongs into an address and what only explains it.
use super::Municipality;
use crate::japanese::width::narrow_char;

/// Part of a municipality to which a postal code belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Town<'t> {
    pub code: u32,
    pub municipality: &'t Municipality,
    /// Empty when the code stands for everything in the municipality that has no code of its own.
    pub name: String,
    /// Which part of the town it is, in Japan Post's words: for people to tell towns apart, never part of an address.
    pub note: String,
}

/// A town out of the list, without its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub name: String,
    pub note: String,
}

const NOT_LISTED: &str = "以下に掲載がない場合";
const WHOLE: &str = "一円";
const FLOOR_UNKNOWN: &str = "地階・階層不明";
/// Notes that say nothing to somebody who has the code.
const EMPTY_NOTES: [&str; 3] = ["その他", "次のビルを除く", FLOOR_UNKNOWN];
/// Kyoto's streets are part of an address; the note lists them.
const STREET_WORDS: [&str; 5] = ["通", "上る", "下る", "東入", "西入"];

impl Town<'_> {
    /// The ways to write it, the plainest first: in Kyoto also with each street before the town.
    pub fn addresses(&self) -> Vec<String> {
        let head = self.municipality.full_name();
        let mut written = vec![format!("{head}{}", self.name)];
        if self.municipality.name.starts_with("京都市") {
            let streets = self.note.split('、').filter(|part| is_street(part));
            written.extend(streets.map(|street| format!("{head}{street}{}", self.name)));
        }
        written
    }
}

fn is_street(part: &str) -> bool {
    STREET_WORDS.iter().any(|word| part.contains(word)) && !part.contains(['「', '〜', '('])
}

/// The towns of one line: usually one.
pub(super) fn take_apart(written: &str, municipality: &str) -> Vec<Named> {
    let written: String = written.chars().map(plain).collect();
    let one = |name: &str, note: &str| vec![Named { name: name.to_owned(), note: note.to_owned() }];
    if written == NOT_LISTED {
        return one("", "");
    }
    // 小菅村の次に１〜６６３番地がくる場合: the number follows the municipality.
    if written.contains("の次に") {
        return one("", &written);
    }
    // 渡名喜村一円 is the whole village; 一円 in 多賀町 is a town of that name.
    if let Some(whole) = written.strip_suffix(WHOLE).filter(|whole| !whole.is_empty())
        && municipality.ends_with(whole)
    {
        return one("", "");
    }
    let (name, note) = match written.split_once('(') {
        Some((name, note)) => (name, note.strip_suffix(')').unwrap_or(note).replace(")(", "")),
        None => (written.as_str(), String::new()),
    };
    if EMPTY_NOTES.contains(&note.as_str()) {
        return one(name, "");
    }
    if is_floor(&note) {
        return one(&format!("{name}{note}"), "");
    }
    if name.contains(['、', '〜']) {
        return several(name, &note);
    }
    one(name, &note)
}

/// Several towns in one line: 甲、乙. Or the numbered parts of one (樺沢16地割、樺沢17地割), which is written once.
fn several(names: &str, note: &str) -> Vec<Named> {
    if names.contains("地割") {
        let head: String = names.chars().take_while(|c| !c.is_ascii_digit()).collect();
        let name = head.trim_end_matches('第').to_owned();
        return vec![Named { name, note: names.to_owned() }];
    }
    names.split('、').map(|name| Named { name: name.to_owned(), note: note.to_owned() }).collect()
}

/// 37階, 高層棟1階: the building stands in the name, its floor in the note.
fn is_floor(note: &str) -> bool {
    note.strip_suffix('階').is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
        && !note.contains(['、', '〜'])
}

/// Digits, letters and brackets as this program writes them in addresses.
fn plain(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '（' | '）' => narrow_char(c),
        '－' | '−' | '‐' => '-',
        '～' => '〜',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, municipality: &str, expected: &[(&str, &str)]) {
        let found = take_apart(written, municipality);
        let found: Vec<(&str, &str)> =
            found.iter().map(|town| (town.name.as_str(), town.note.as_str())).collect();
        assert_eq!(found, expected, "{written}");
    }

    #[test]
    fn each_rule() {
        check("永田町（次のビルを除く）", "千代田区", &[("永田町", "")]);
        check("以下に掲載がない場合", "千代田区", &[("", "")]);
        check(
            "小菅村の次に１〜６６３番地がくる場合",
            "北都留郡小菅村",
            &[("", "小菅村の次に1〜663番地がくる場合")],
        );
        check("渡名喜村一円", "島尻郡渡名喜村", &[("", "")]);
        check("一円", "犬上郡多賀町", &[("一円", "")]);
        check("霞が関霞が関ビル（１階）", "千代田区", &[("霞が関霞が関ビル1階", "")]);
        check("霞が関霞が関ビル（地階・階層不明）", "千代田区", &[("霞が関霞が関ビル", "")]);
        check("架空ビル（高層棟）（１２階）", "港区", &[("架空ビル高層棟12階", "")]);
        check("萩荘（その他）", "一関市", &[("萩荘", "")]);
        check("北九条東（１〜７丁目）", "札幌市東区", &[("北九条東", "1〜7丁目")]);
        check("音江町（国見その他）", "深川市", &[("音江町", "国見その他")]);
        check("甲、乙", "仮市", &[("甲", ""), ("乙", "")]);
        check("樺沢１６地割、樺沢１７地割", "西和賀町", &[("樺沢", "樺沢16地割、樺沢17地割")]);
        check("葛巻第４０地割〜葛巻第４５地割", "葛巻町", &[("葛巻", "葛巻第40地割〜葛巻第45地割")]);
        check("晴海オフィスタワーＸ（３７階）", "中央区", &[("晴海オフィスタワーX37階", "")]);
    }
}
