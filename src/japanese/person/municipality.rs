//! The municipality at the head of an address, told without a table: stored keys must not change when a table does.

/// The prefecture and municipality at the head of an address (`東京都千代田区`), when it begins with a prefecture.
///
/// A guess, and always the same one: names that contain 市, 町 or 村 themselves are listed below.
pub(super) fn guess_municipality(address: &str) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(guess_municipality(address).as_deref(), expected, "{address}");
        }
    }
}
