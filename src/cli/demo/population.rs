//! A made-up town: households with names as unequal as real ones, and what becomes of a person told twice.
//!
//! Surnames are put together from words for "made up", so that nobody can be meant; how often each is borne falls off
//! as in a real town (the most common by one in forty, hundreds by hardly anybody).
use chrono::{Datelike as _, Days, NaiveDate};

use super::random::Random;

/// Kanji and reading.
type Word = (&'static str, &'static str);

/// The first are the most common.
const COMMON_SURNAMES: [Word; 5] =
    [("仮野", "カリノ"), ("架空", "カクウ"), ("見本", "ミホン"), ("試野", "タメシノ"), ("例田", "レイダ")];
const SURNAME_HEADS: [Word; 20] = [
    ("仮", "カリ"),
    ("例", "レイ"),
    ("試", "タメシ"),
    ("見本", "ミホン"),
    ("架空", "カクウ"),
    ("擬", "ギ"),
    ("写", "ウツシ"),
    ("某", "ボウ"),
    ("雛形", "ヒナガタ"),
    ("仮想", "カソウ"),
    ("例題", "レイダイ"),
    ("空想", "クウソウ"),
    ("訓練", "クンレン"),
    ("未定", "ミテイ"),
    ("習作", "シュウサク"),
    ("下書", "シタガキ"),
    ("見取", "ミトリ"),
    ("手本", "テホン"),
    ("似", "ニセ"),
    ("仮名", "カメイ"),
];
const SURNAME_TAILS: [Word; 26] = [
    ("野", "ノ"),
    ("田", "タ"),
    ("山", "ヤマ"),
    ("川", "カワ"),
    ("沢", "サワ"),
    ("崎", "サキ"),
    ("辺", "ベ"),
    ("橋", "ハシ"),
    ("島", "シマ"),
    ("浜", "ハマ"),
    ("井", "イ"),
    ("村", "ムラ"),
    ("本", "モト"),
    ("藤", "トウ"),
    ("木", "キ"),
    ("原", "ハラ"),
    ("口", "グチ"),
    ("上", "カミ"),
    ("谷", "タニ"),
    ("森", "モリ"),
    ("岡", "オカ"),
    ("瀬", "セ"),
    ("松", "マツ"),
    ("塚", "ヅカ"),
    ("倉", "クラ"),
    ("尾", "オ"),
];
const COMMON_WOMEN: [Word; 5] =
    [("花枝", "ハナエ"), ("梅子", "ウメコ"), ("美晴", "ミハル"), ("千夏", "チナツ"), ("雪乃", "ユキノ")];
const COMMON_MEN: [Word; 5] =
    [("一郎", "イチロウ"), ("次郎", "ジロウ"), ("正夫", "マサオ"), ("健太", "ケンタ"), ("春樹", "ハルキ")];
const GIVEN_HEADS: [Word; 24] = [
    ("和", "カズ"),
    ("正", "マサ"),
    ("幸", "ユキ"),
    ("文", "フミ"),
    ("久", "ヒサ"),
    ("智", "トモ"),
    ("直", "ナオ"),
    ("光", "ミツ"),
    ("信", "ノブ"),
    ("義", "ヨシ"),
    ("弘", "ヒロ"),
    ("克", "カツ"),
    ("清", "キヨ"),
    ("貞", "サダ"),
    ("俊", "トシ"),
    ("哲", "テツ"),
    ("英", "ヒデ"),
    ("昭", "アキ"),
    ("茂", "シゲ"),
    ("孝", "タカ"),
    ("春", "ハル"),
    ("優", "ユウ"),
    ("良", "リョウ"),
    ("圭", "ケイ"),
];
const WOMENS_TAILS: [Word; 8] = [
    ("子", "コ"),
    ("美", "ミ"),
    ("江", "エ"),
    ("代", "ヨ"),
    ("枝", "エ"),
    ("香", "カ"),
    ("乃", "ノ"),
    ("恵", "エ"),
];
const MENS_TAILS: [Word; 10] = [
    ("夫", "オ"),
    ("雄", "オ"),
    ("男", "オ"),
    ("彦", "ヒコ"),
    ("之", "ユキ"),
    ("樹", "キ"),
    ("也", "ヤ"),
    ("人", "ト"),
    ("治", "ハル"),
    ("志", "シ"),
];
/// What another desk writes instead.
const VARIANTS: [(char, char); 8] = [
    ('沢', '澤'),
    ('崎', '﨑'),
    ('辺', '邉'),
    ('橋', '槗'),
    ('島', '嶋'),
    ('浜', '濱'),
    ('瀬', '瀨'),
    ('桜', '櫻'),
];
const TOWNS: [&str; 4] = ["仮町", "試町", "例町", "雛町"];
/// Flattens the beginning of the curve: the most common name is borne by one in forty, not by one in seven.
const SURNAME_FLATNESS: u64 = 8;
const GIVEN_FLATNESS: u64 = 30;
const DAYS_OF_YEAR: i64 = 365;

/// Somebody who lives there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resident {
    pub surname: Name,
    pub given: Name,
    pub woman: bool,
    pub born: NaiveDate,
    pub address: String,
    pub phone: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub kanji: String,
    pub reading: String,
}

/// An endless town, household by household. The same seed is the same town.
pub struct Population {
    random: Random,
    today: NaiveDate,
    surnames: Names,
    women: Names,
    men: Names,
    /// The rest of the household that was begun.
    waiting: Vec<Resident>,
}

impl Population {
    pub fn new(seed: u64, today: NaiveDate) -> Self {
        let word =
            |(kanji, reading): &Word| Name { kanji: (*kanji).to_owned(), reading: (*reading).to_owned() };
        let all = |common: &[Word], heads: &[Word], tails: &[Word]| -> Vec<Name> {
            let composed = tails.iter().flat_map(|tail| heads.iter().map(move |head| (head, tail)));
            let composed = composed.map(|(head, tail)| Name {
                kanji: format!("{}{}", head.0, tail.0),
                reading: format!("{}{}", head.1, tail.1),
            });
            let rare = composed.filter(|name| common.iter().all(|(kanji, _)| *kanji != name.kanji));
            common.iter().map(word).chain(rare).collect()
        };
        Self {
            random: Random::new(seed),
            today,
            surnames: Names::new(all(&COMMON_SURNAMES, &SURNAME_HEADS, &SURNAME_TAILS), SURNAME_FLATNESS),
            women: Names::new(all(&COMMON_WOMEN, &GIVEN_HEADS, &WOMENS_TAILS), GIVEN_FLATNESS),
            men: Names::new(all(&COMMON_MEN, &GIVEN_HEADS, &MENS_TAILS), GIVEN_FLATNESS),
            waiting: Vec::new(),
        }
    }

    /// The same person as another desk writes it down: variants, slips, a new telephone, a new surname.
    pub fn told_again(&mut self, person: &Resident) -> Resident {
        let mut told = person.clone();
        let mut one_in = |n: i64| self.random.between(1, n) == 1;
        if one_in(4) {
            let variant = |c| VARIANTS.iter().find(|(usual, _)| *usual == c).map_or(c, |(_, other)| *other);
            told.surname.kanji = told.surname.kanji.chars().map(variant).collect();
        }
        if one_in(12) {
            told.born = mistyped(told.born, one_in(3));
        }
        if one_in(25) {
            told.given.reading = told.given.reading.replace("ウ", "ー");
        }
        if one_in(10) {
            told.phone = phone(&mut self.random);
        }
        if told.woman && self.random.between(1, 20) == 1 {
            told.surname = self.surnames.pick(&mut self.random);
        }
        told
    }

    fn household(&mut self) -> Vec<Resident> {
        let surname = self.surnames.pick(&mut self.random);
        let town = *self.random.pick(&TOWNS);
        let (block, house, room) =
            (self.random.between(1, 60), self.random.between(1, 99), self.random.between(1, 99));
        let address = format!("架空県見本市{town}{block}-{house}-{room}");
        let phone = phone(&mut self.random);
        let age = self.random.between(20, 90);
        let alone = self.random.between(1, 10) <= 4;
        let children = if alone || age < 24 { 0 } else { self.random.between(0, 3) };
        let head_is_woman = self.random.between(0, 1) == 0;
        let mut members = vec![(age, head_is_woman)];
        if !alone {
            members.push(((age + self.random.between(-4, 4)).max(20), !head_is_woman));
        }
        for _ in 0..children {
            // Twins now and then, because they are the hard case.
            let twin = self.random.between(1, 50) == 1;
            let child = (age - self.random.between(22, 40)).max(0);
            members.extend(std::iter::repeat_n(
                (child, self.random.between(0, 1) == 0),
                if twin { 2 } else { 1 },
            ));
        }
        let mut residents: Vec<Resident> = Vec::new();
        for (age, woman) in members {
            let days = age * DAYS_OF_YEAR + self.random.between(0, DAYS_OF_YEAR);
            let born = self.today.checked_sub_days(Days::new(days.unsigned_abs())).unwrap_or(self.today);
            let names = if woman { &self.women } else { &self.men };
            let given = names.pick(&mut self.random);
            let (surname, address, phone) = (surname.clone(), address.clone(), phone.clone());
            residents.push(Resident { surname, given, woman, born, address, phone });
        }
        residents
    }
}

impl Iterator for Population {
    type Item = Resident;

    fn next(&mut self) -> Option<Resident> {
        if self.waiting.is_empty() {
            self.waiting = self.household();
        }
        self.waiting.pop()
    }
}

/// Names and how often each is borne: the n-th in proportion to 1/(n + flatness).
struct Names {
    names: Vec<Name>,
    /// Up to and with each name.
    shares: Vec<u64>,
}

impl Names {
    fn new(names: Vec<Name>, flatness: u64) -> Self {
        const SCALE: u64 = 1_000_000_000;
        let shares = (1..).zip(&names).scan(0u64, |sum, (rank, _)| {
            *sum = sum.saturating_add(SCALE / (flatness + rank));
            Some(*sum)
        });
        Self { shares: shares.collect(), names }
    }

    fn pick(&self, random: &mut Random) -> Name {
        let all = self.shares.last().copied().unwrap_or(1).max(1);
        let at = random.next() % all;
        let at = self.shares.partition_point(|share| *share <= at);
        self.names.get(at).expect("the last share is all of them").clone()
    }
}

/// A digit of the day one off, or day and month exchanged where that is a day.
fn mistyped(date: NaiveDate, exchange: bool) -> NaiveDate {
    let exchanged = || NaiveDate::from_ymd_opt(date.year(), date.day(), date.month());
    let day = if date.day() % 10 == 9 { date.day() - 1 } else { date.day() + 1 };
    let other = if exchange { exchanged() } else { None };
    other.or_else(|| date.with_day(day)).unwrap_or(date)
}

/// 03-00xx: no exchange begins with 0, so that these numbers belong to nobody.
fn phone(random: &mut Random) -> String {
    format!("0300{:06}", random.between(0, 999_999))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::japanese::kana::normalise_reading;
    use crate::japanese::names::match_key;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, 14).unwrap()
    }

    #[test]
    fn one_seed_is_one_town() {
        let town = |seed| Population::new(seed, today()).take(500).collect::<Vec<_>>();
        assert_eq!(town(1), town(1));
        assert_ne!(town(1), town(2));
    }

    #[test]
    fn names_are_as_unequal_as_in_a_real_town() {
        const PEOPLE: usize = 50_000;
        let mut surnames: HashMap<String, usize> = HashMap::new();
        for person in Population::new(7, today()).take(PEOPLE) {
            assert_eq!(normalise_reading(&person.surname.reading), Ok(person.surname.reading.clone()));
            assert_eq!(normalise_reading(&person.given.reading), Ok(person.given.reading.clone()));
            assert!(person.born <= today());
            *surnames.entry(person.surname.kanji).or_default() += 1;
        }
        let most = surnames.values().max().copied().unwrap_or_default();
        assert!((PEOPLE / 60..PEOPLE / 25).contains(&most), "{most}");
        assert!(surnames.len() > 450, "{}", surnames.len());
    }

    #[test]
    fn people_told_again_differ_now_and_then() {
        let mut town = Population::new(3, today());
        let people: Vec<Resident> = town.by_ref().take(2000).collect();
        let again: Vec<Resident> = people.iter().map(|person| town.told_again(person)).collect();
        let share =
            |differs: fn(&(&Resident, &Resident)) -> bool| people.iter().zip(&again).filter(differs).count();
        assert!((50..300).contains(&share(|(a, b)| a.born != b.born)));
        assert!((100..300).contains(&share(|(a, b)| a.phone != b.phone)));
        let variants = share(|(a, b)| a.surname.kanji != b.surname.kanji);
        assert!((50..500).contains(&variants), "{variants}");
        let same_key = people.iter().zip(&again).filter(|(a, b)| {
            a.surname != b.surname && match_key(&a.surname.kanji) == match_key(&b.surname.kanji)
        });
        assert!(same_key.count() > 20, "variants that only the key sees through");
    }
}
