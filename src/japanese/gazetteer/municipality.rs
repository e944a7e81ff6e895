//! Municipalities (市区町村) and the one at the head of an address.
use crate::japanese::codes::MunicipalityCode;
use crate::japanese::kana::{Voicing, search_key};

/// In the order of their codes, 01 to 47.
pub(super) const PREFECTURES: [&str; 47] = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
];

/// A city, ward, town or village; also a designated city as a whole (政令指定都市), whose wards stand beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Municipality {
    pub code: MunicipalityCode,
    /// With its district (余市郡余市町) or its city (横浜市中区), as addresses have it.
    pub name: String,
    pub kana: String,
}

/// All of them, by code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Municipalities(Vec<Municipality>);

impl Municipality {
    pub fn prefecture(&self) -> &'static str {
        let at = usize::try_from(self.code.prefecture()).unwrap_or_default();
        PREFECTURES.get(at.wrapping_sub(1)).copied().unwrap_or_default()
    }

    /// `東京都千代田区`
    pub fn full_name(&self) -> String {
        format!("{}{}", self.prefecture(), self.name)
    }

    /// Length of the name at the head of `folded`, with or without its district.
    fn head_of(&self, folded: &str) -> Option<usize> {
        let name = fold(&self.name);
        let fits = |name: &&str| folded.starts_with(*name);
        [Some(name.as_str()), without_district(&name)].into_iter().flatten().find(fits).map(str::len)
    }
}

impl Municipalities {
    pub(super) fn new(mut all: Vec<Municipality>) -> Self {
        all.sort_by_key(|one| one.code);
        Self(all)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Municipality> {
        self.0.iter()
    }

    pub fn of_code(&self, code: MunicipalityCode) -> Option<&Municipality> {
        let at = self.0.binary_search_by_key(&code, |one| one.code).ok()?;
        self.0.get(at)
    }

    /// The designated city that a ward belongs to.
    pub fn city_of(&self, ward: &Municipality) -> Option<&Municipality> {
        let (city, _) = ward.name.rsplit_once('市').filter(|_| ward.name.ends_with('区'))?;
        let prefecture = ward.code.prefecture();
        let is_city = |one: &&Municipality| one.name.strip_suffix('市') == Some(city);
        self.0.iter().filter(|one| one.code.prefecture() == prefecture).find(is_city)
    }

    pub(super) fn at(&self, index: usize) -> Option<&Municipality> {
        self.0.get(index)
    }

    pub(super) fn index_of(&self, code: MunicipalityCode) -> Option<usize> {
        self.0.binary_search_by_key(&code, |one| one.code).ok()
    }

    /// The municipality that an address begins with; the longest name decides (横浜市中区 before 横浜市).
    ///
    /// The prefecture may be left out where the city is the only one of its name. A ward alone (港区) is no answer:
    /// other cities have one too.
    pub fn of_address(&self, address: &str) -> Option<&Municipality> {
        let folded = fold(address);
        let (rest, prefecture) = PREFECTURES
            .iter()
            .zip(1..)
            .find_map(|(name, number)| Some((folded.strip_prefix(name)?, Some(number))))
            .unwrap_or((&folded, None));
        let possible = self.0.iter().filter(|one| match prefecture {
            Some(number) => one.code.prefecture() == number,
            None => !one.name.ends_with('区') || one.name.contains('市'),
        });
        let heads: Vec<(usize, &Municipality)> =
            possible.filter_map(|one| Some((one.head_of(rest)?, one))).collect();
        let longest = heads.iter().map(|(length, _)| *length).max()?;
        let mut found = heads.iter().filter(|(length, _)| *length == longest).map(|(_, one)| *one);
        found.next().filter(|_| found.next().is_none())
    }

    /// Those whose name, with or without the prefecture, or whose reading begins like this.
    pub fn find(&self, beginning: &str) -> Vec<&Municipality> {
        let name = fold(beginning);
        if name.is_empty() {
            return Vec::new();
        }
        let key = search_key(beginning, Voicing::Ignored);
        let fits = |one: &&Municipality| {
            let own = fold(&one.name);
            fold(&one.full_name()).starts_with(&name)
                || own.starts_with(&name)
                || without_district(&own).is_some_and(|town| town.starts_with(&name))
                || (!key.is_empty() && search_key(&one.kana, Voicing::Ignored).starts_with(&key))
        };
        self.0.iter().filter(fits).collect()
    }
}

/// 余市郡余市町 is also called 余市町.
fn without_district(name: &str) -> Option<&str> {
    name.split_once('郡').map(|(_, town)| town).filter(|town| town.ends_with(['町', '村']))
}

/// No spaces, and the two spellings of ケ as one: 龍ヶ崎市 is 龍ケ崎市.
fn fold(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == 'ヶ' { 'ケ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::shipped;
    use super::*;

    fn of(address: &str) -> Option<String> {
        shipped().municipalities().of_address(address).map(Municipality::full_name)
    }

    #[test]
    fn addresses() {
        for (address, expected) in [
            ("東京都千代田区永田町9-99-99", Some("東京都千代田区")),
            ("東京都　千代田区 永田町", Some("東京都千代田区")),
            ("神奈川県横浜市中区日本大通1", Some("神奈川県横浜市中区")),
            ("神奈川県横浜市日本大通1", Some("神奈川県横浜市")),
            ("京都府京都市上京区下立売通", Some("京都府京都市上京区")),
            ("千葉県市川市八幡1", Some("千葉県市川市")),
            ("東京都町田市森野2", Some("東京都町田市")),
            ("三重県四日市市諏訪町1", Some("三重県四日市市")),
            ("福島県郡山市朝日1", Some("福島県郡山市")),
            ("岐阜県郡上市八幡町", Some("岐阜県郡上市")),
            ("福岡県小郡市小郡", Some("福岡県小郡市")),
            ("北海道余市郡余市町朝日町", Some("北海道余市郡余市町")),
            ("北海道余市町朝日町", Some("北海道余市郡余市町")),
            ("東京都東村山市本町", Some("東京都東村山市")),
            ("群馬県佐波郡玉村町下新田", Some("群馬県佐波郡玉村町")),
            ("茨城県龍ヶ崎市1", Some("茨城県龍ケ崎市")),
            ("川越市元町1", Some("埼玉県川越市")),
            ("府中市宮西町", None),
            ("港区芝公園", None),
            ("架空県見本市仮町9-99-99", None),
            ("永田町9-99-99", None),
            ("", None),
        ] {
            assert_eq!(of(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn every_full_name_is_found_at_the_head_of_its_own_addresses() {
        for one in shipped().municipalities().iter() {
            assert_eq!(of(&format!("{}9-99-99", one.full_name())), Some(one.full_name()));
        }
    }

    #[test]
    fn codes_of_all_have_the_right_check_digit() {
        let all = shipped().municipalities();
        assert!((1_900..2_000).contains(&all.iter().count()), "{}", all.iter().count());
        for one in all.iter() {
            let code = one.code.to_string();
            assert_eq!(MunicipalityCode::parse(&code), Ok(one.code), "{code}");
            assert_eq!(all.of_code(one.code), Some(one));
            assert!(!one.prefecture().is_empty() && !one.name.is_empty() && !one.kana.is_empty());
        }
        for (code, name) in [
            ("131016", "東京都千代田区"),
            ("131105", "東京都目黒区"),
            ("131041", "東京都新宿区"),
            ("281000", "兵庫県神戸市"),
            ("282171", "兵庫県川西市"),
            ("011002", "北海道札幌市"),
        ] {
            let code = MunicipalityCode::parse(code).unwrap();
            assert_eq!(all.of_code(code).map(Municipality::full_name).as_deref(), Some(name));
        }
    }

    #[test]
    fn designated_cities_stand_beside_their_wards() {
        let all = shipped().municipalities();
        let wards = |one: &Municipality| {
            all.iter().filter(|ward| ward.name != one.name && ward.name.starts_with(&one.name)).count()
        };
        let cities: Vec<&str> = all
            .iter()
            .filter(|one| one.name.ends_with('市') && one.code.to_string().as_bytes().get(2) == Some(&b'1'))
            .filter(|one| wards(one) > 0)
            .map(|one| one.name.as_str())
            .collect();
        let expected = [
            "札幌市",
            "仙台市",
            "さいたま市",
            "千葉市",
            "横浜市",
            "川崎市",
            "相模原市",
            "新潟市",
            "静岡市",
            "浜松市",
            "名古屋市",
            "京都市",
            "大阪市",
            "堺市",
            "神戸市",
            "岡山市",
            "広島市",
            "北九州市",
            "福岡市",
            "熊本市",
        ];
        assert_eq!(cities, expected);
        let sapporo = all.iter().find(|one| one.name == "札幌市").unwrap();
        assert_eq!(sapporo.kana, "サッポロシ");
    }

    #[test]
    fn municipalities_are_found_by_name_and_reading() {
        let found = |text: &str| -> Vec<String> {
            shipped().municipalities().find(text).iter().map(|one| one.full_name()).collect()
        };
        assert_eq!(found("千代田"), ["群馬県邑楽郡千代田町", "東京都千代田区"]);
        assert_eq!(found("ちよだく"), ["東京都千代田区"]);
        assert_eq!(found("東京都千代"), ["東京都千代田区"]);
        assert!(found("").is_empty() && found("架空").is_empty());
        assert!(found("府中市").len() == 2);
    }
}
