//! How likely two records are about one person, from log-odds (Fellegi and Sunter 1969), with the grounds.
//!
//! Each field adds log2(m/u), in tenths of a bit: m is how often it agrees so far for one person, u how often for two
//! people taken at random. The numbers are estimates that may be argued with; that more agreement never counts for
//! less is tested. The grounds are what a person is shown: a number alone persuades nobody.
use std::fmt;

/// What is compared of a person: keys that are folded already, never what was typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Traits {
    pub reading: NameKey,
    pub name: NameKey,
    pub birth: Option<DateKey>,
    pub sex: Option<Sex>,
    /// Digits; empty when unknown.
    pub phone: String,
    pub address: AddressKey,
}

impl fmt::Debug for Traits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[personal]")
    }
}

/// A name or its reading. Without a space in it there is no telling which part is the family's: `given` is empty.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct NameKey {
    pub family: String,
    pub given: String,
}

/// A day in both notations that people type: `19750304` and `3500304`.
#[derive(Clone, PartialEq, Eq)]
pub struct DateKey {
    pub gregorian: [u8; 8],
    pub era: [u8; 7],
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    Male,
    Female,
}

/// Where somebody lives, as far as two spellings of it agree; either part may be empty.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct AddressKey {
    pub municipality: String,
    /// The numbers of block, house and room.
    pub numbers: String,
}

/// How likely it is one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Worth a look.
    Possible,
    Likely,
    /// As good as certain; a person decides all the same.
    Same,
}

/// The answer, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    pub likeness: Likeness,
    /// Tenths of a bit; for the order of a list.
    pub score: i32,
    pub grounds: Vec<Ground>,
}

/// What a ground is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    Reading,
    Name,
    FamilyName,
    GivenName,
    BirthDate,
    Sex,
    Phone,
    Address,
}

/// One reason for or against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    Same(Aspect),
    /// The readings are one kana apart.
    KanaSlip,
    DateSlip(DateSlip),
    Differs(Aspect),
}

/// How two birth dates that are not the same can be one that was mistyped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateSlip {
    Digit,
    /// Two neighbouring digits changed places.
    Transposed,
    /// Day and month changed places.
    Swapped,
    Era,
}

/// What a person decided about two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Same,
    Different,
}

impl Decision {
    /// The code in the database and in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
        }
    }
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Same, Self::Different].into_iter().find(|decision| decision.code() == code)
    }
}

/// `None`: not worth anybody's time. Symmetric.
pub fn assess(a: &Traits, b: &Traits) -> Option<Assessment> {
    let evidence = Evidence::between(a, b);
    let likeness = evidence.likeness()?;
    Some(Assessment { likeness, score: evidence.score(), grounds: evidence.grounds(slip_between(a, b)) })
}

/// How two days differ, if that is an easy slip of the fingers.
pub fn date_slip(a: &DateKey, b: &DateKey) -> Option<DateSlip> {
    let (era_head, era_tail) =
        (a.era.first() == b.era.first(), a.era.iter().skip(1).eq(b.era.iter().skip(1)));
    if a == b {
        None
    } else if !era_head && era_tail {
        Some(DateSlip::Era)
    } else if is_swapped(&a.gregorian, &b.gregorian) {
        Some(DateSlip::Swapped)
    } else if differing(&a.gregorian, &b.gregorian) == 1 || differing(&a.era, &b.era) == 1 {
        Some(DateSlip::Digit)
    } else if is_transposed(&a.gregorian, &b.gregorian) || is_transposed(&a.era, &b.era) {
        Some(DateSlip::Transposed)
    } else {
        None
    }
}

/// How far two values agree; unknown speaks neither for nor against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Agreement {
    Differs,
    Unknown,
    Close,
    Same,
}
use Agreement::{Close, Differs, Same, Unknown};

/// The agreement of everything that is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Evidence {
    family: PartOfName,
    given: PartOfName,
    birth: Agreement,
    sex: Agreement,
    phone: Agreement,
    address: Agreement,
}

/// A part of a name in both its writings. They are weighed together, because one follows from the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct PartOfName {
    reading: Agreement,
    /// Kanji agree or differ; they are never close.
    name: Agreement,
}

/// Among a million people two are one with odds of one to 2^20, so 20 bits are an even chance. 6 more make it 64 to 1.
const SAME: i32 = 260;
const LIKELY: i32 = 190;
/// One in sixteen is right: as many as a clerk can look at without learning to ignore them.
const POSSIBLE: i32 = 160;

impl Evidence {
    fn between(a: &Traits, b: &Traits) -> Self {
        let (family_reading, given_reading) = names(&a.reading, &b.reading, Writing::Kana);
        let (family_name, given_name) = names(&a.name, &b.name, Writing::Kanji);
        Self {
            family: PartOfName { reading: family_reading, name: family_name },
            given: PartOfName { reading: given_reading, name: given_name },
            birth: match (&a.birth, &b.birth) {
                (Some(a), Some(b)) if a == b => Same,
                (Some(a), Some(b)) if date_slip(a, b).is_some() => Close,
                (Some(_), Some(_)) => Differs,
                _ => Unknown,
            },
            sex: match (a.sex, b.sex) {
                (Some(a), Some(b)) if a == b => Same,
                (Some(_), Some(_)) => Differs,
                _ => Unknown,
            },
            phone: texts(&a.phone, &b.phone),
            address: addresses(&a.address, &b.address),
        }
    }

    /// People who share a house share surname, telephone and address, and twins the birth date too: without the given
    /// name all of it says no more than "possible". And what is not the same birth date has to be looked at.
    fn likeness(&self) -> Option<Likeness> {
        let reached = match self.score() {
            SAME.. => Likeness::Same,
            LIKELY.. => Likeness::Likely,
            POSSIBLE.. => Likeness::Possible,
            _ => return None,
        };
        let ceiling = match (given_bits(self.given), self.birth) {
            (..0, _) => Likeness::Possible,
            (_, Same) => Likeness::Same,
            _ => Likeness::Likely,
        };
        Some(reached.min(ceiling))
    }

    fn score(&self) -> i32 {
        family_bits(self.family) + given_bits(self.given) + self.other_bits()
    }

    fn other_bits(&self) -> i32 {
        // A birth date agrees by chance once in 20,000; one in fifteen is typed wrongly somewhere, half of them by a slip
        // that 60 of 25,000 other dates would also be.
        let birth = by_level(self.birth, [-70, 0, 35, 140]);
        // Hardly ever wrong, and worth one bit when right.
        let sex = by_level(self.sex, [-55, 0, 10, 10]);
        // Would be worth 17 bits, were it not for households and offices; people change numbers.
        let phone = by_level(self.phone, [-5, 0, 0, 70]);
        // Most people of a health centre live in its town; households share the rest; people move.
        let address = by_level(self.address, [-10, 0, 5, 50]);
        birth + sex + phone + address
    }

    fn grounds(&self, slip: Option<DateSlip>) -> Vec<Ground> {
        let mut grounds = Vec::new();
        let readings = (self.family.reading, self.given.reading);
        match readings {
            (Same, Same) => grounds.push(Ground::Same(Aspect::Reading)),
            (Same | Close, Same | Close) => grounds.push(Ground::KanaSlip),
            (Same | Close, Differs) => {
                grounds.extend([Ground::Same(Aspect::FamilyName), Ground::Differs(Aspect::GivenName)]);
            }
            (Differs, Same | Close) => {
                grounds.extend([Ground::Same(Aspect::GivenName), Ground::Differs(Aspect::FamilyName)]);
            }
            (Differs, Differs) => grounds.push(Ground::Differs(Aspect::Reading)),
            _ => {}
        }
        match (self.family.name, self.given.name) {
            (Same, Same) => grounds.push(Ground::Same(Aspect::Name)),
            // What the readings say already is not said again.
            (Differs, _) | (_, Differs) if readings.0 >= Close && readings.1 >= Close => {
                grounds.push(Ground::Differs(Aspect::Name));
            }
            (Differs, Differs) if readings.0 == Unknown => grounds.push(Ground::Differs(Aspect::Name)),
            _ => {}
        }
        match (self.birth, slip) {
            (Close, Some(slip)) => grounds.push(Ground::DateSlip(slip)),
            (Same, _) => grounds.push(Ground::Same(Aspect::BirthDate)),
            (Differs, _) => grounds.push(Ground::Differs(Aspect::BirthDate)),
            _ => {}
        }
        if self.sex == Differs {
            grounds.push(Ground::Differs(Aspect::Sex));
        }
        let same = [(self.phone, Aspect::Phone), (self.address, Aspect::Address)];
        grounds.extend(same.into_iter().filter(|one| one.0 == Same).map(|one| Ground::Same(one.1)));
        grounds.sort();
        grounds
    }
}

/// A family name agrees by chance once in 70 for the most common one, once in 250 on the whole; it changes with a
/// marriage. The same sound in other kanji is usually another family, the same kanji in another sound a misreading.
const fn family_bits(part: PartOfName) -> i32 {
    match part.name {
        Differs => by_level(part.reading, [-45, -40, -10, 20]),
        Unknown | Close => by_level(part.reading, [-35, 0, 35, 65]),
        Same => by_level(part.reading, [30, 55, 60, 80]),
    }
}

/// A given name agrees by chance once in 250 and hardly ever changes. Brothers are called Kenta and Kenji: one kana apart
/// in other kanji is another person.
const fn given_bits(part: PartOfName) -> i32 {
    match part.name {
        Differs => by_level(part.reading, [-75, -60, -50, 30]),
        Unknown | Close => by_level(part.reading, [-60, 0, 35, 70]),
        Same => by_level(part.reading, [40, 60, 65, 95]),
    }
}

const fn by_level(level: Agreement, [differs, unknown, close, same]: [i32; 4]) -> i32 {
    match level {
        Differs => differs,
        Unknown => unknown,
        Close => close,
        Same => same,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Writing {
    Kana,
    Kanji,
}

/// Family and given part. A name in one piece is compared as one; a name in the other order is the same name.
fn names(a: &NameKey, b: &NameKey, writing: Writing) -> (Agreement, Agreement) {
    let divided = |name: &NameKey| !name.family.is_empty() && !name.given.is_empty();
    if divided(a) && divided(b) {
        if a.family == b.given && a.given == b.family {
            return (Same, Same);
        }
        return (part(&a.family, &b.family, writing), part(&a.given, &b.given, writing));
    }
    let whole = |name: &NameKey| format!("{}{}", name.family, name.given);
    match part(&whole(a), &whole(b), writing) {
        Close => (Same, Close),
        other => (other, other),
    }
}

fn part(a: &str, b: &str, writing: Writing) -> Agreement {
    match texts(a, b) {
        Differs if writing == Writing::Kana && is_one_kana_apart(a, b) => Close,
        other => other,
    }
}

fn texts(a: &str, b: &str) -> Agreement {
    match (a.is_empty() || b.is_empty(), a == b) {
        (true, _) => Unknown,
        (_, true) => Same,
        _ => Differs,
    }
}

fn addresses(a: &AddressKey, b: &AddressKey) -> Agreement {
    match (texts(&a.municipality, &b.municipality), texts(&a.numbers, &b.numbers)) {
        (Same, Same) => Same,
        (Same, _) | (Unknown, Same) => Close,
        (Differs, _) => Differs,
        _ => Unknown,
    }
}

/// One kana more, less, other, or two neighbours exchanged. Of two kana one is half the name: that is another name.
fn is_one_kana_apart(a: &str, b: &str) -> bool {
    const SHORTEST: usize = 3;
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().max(b.len()) < SHORTEST || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let head = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let shorter = a.len().min(b.len());
    if a.len() != b.len() {
        return head + tail >= shorter;
    }
    head + tail + 1 >= shorter || is_transposed(&a, &b)
}

fn slip_between(a: &Traits, b: &Traits) -> Option<DateSlip> {
    date_slip(a.birth.as_ref()?, b.birth.as_ref()?)
}

fn differing<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    a.iter().zip(b).filter(|(a, b)| a != b).count()
}

fn is_transposed<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    let pairs = a.windows(2).zip(b.windows(2));
    let exchanged = |(a, b): (&[T], &[T])| a.first() == b.last() && a.last() == b.first();
    differing(a, b) == 2 && pairs.filter(|(a, b)| differing(a, b) == 2).any(exchanged)
}

fn is_swapped(a: &[u8; 8], b: &[u8; 8]) -> bool {
    let [year @ .., m1, m2, d1, d2] = a;
    let [other_year @ .., n1, n2, e1, e2] = b;
    year == other_year && (m1, m2, d1, d2) == (e1, e2, n1, n2)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVELS: [Agreement; 4] = [Differs, Unknown, Close, Same];
    const FIELDS: usize = 8;

    fn evidence(levels: [Agreement; FIELDS]) -> Evidence {
        let [family, given, family_name, given_name, birth, sex, phone, address] = levels;
        Evidence {
            family: PartOfName { reading: family, name: family_name },
            given: PartOfName { reading: given, name: given_name },
            birth,
            sex,
            phone,
            address,
        }
    }

    /// Every combination there is: raising one agreement lowers neither the score nor the answer.
    #[test]
    fn more_agreement_never_counts_for_less() {
        for code in 0..4usize.pow(8) {
            let level = |field: usize| LEVELS[code / 4usize.pow(u32::try_from(field).unwrap()) % 4];
            let levels: [Agreement; FIELDS] = std::array::from_fn(level);
            let before = evidence(levels);
            for field in 0..FIELDS {
                let Some(higher) = LEVELS.iter().find(|higher| **higher > levels[field]) else { continue };
                let mut raised = levels;
                raised[field] = *higher;
                let after = evidence(raised);
                assert!(after.score() >= before.score(), "{before:?} {after:?}");
                assert!(after.likeness() >= before.likeness(), "{before:?} {after:?}");
            }
        }
    }

    #[test]
    fn slips_of_the_fingers() {
        for (a, b, slip) in [
            (("19750304", "3500304"), ("19750305", "3500305"), Some(DateSlip::Digit)),
            (("19750304", "3500304"), ("19850304", "3600304"), Some(DateSlip::Digit)),
            // Two digits in one notation, one in the other.
            (("19740304", "3490304"), ("19840304", "3590304"), Some(DateSlip::Digit)),
            (("19750304", "3500304"), ("19750403", "3500403"), Some(DateSlip::Swapped)),
            (("19750312", "3500312"), ("19750321", "3500321"), Some(DateSlip::Transposed)),
            (("19300304", "3050304"), ("19930304", "4050304"), Some(DateSlip::Era)),
            (("19750304", "3500304"), ("19750304", "3500304"), None),
            (("19750304", "3500304"), ("19760415", "3510415"), None),
        ] {
            let key = |(gregorian, era): (&str, &str)| DateKey {
                gregorian: gregorian.as_bytes().try_into().unwrap(),
                era: era.as_bytes().try_into().unwrap(),
            };
            assert_eq!(date_slip(&key(a), &key(b)), slip, "{a:?} {b:?}");
            assert_eq!(date_slip(&key(b), &key(a)), slip, "{b:?} {a:?}");
        }
    }

    #[test]
    fn one_kana_apart() {
        for (a, b, apart) in [
            ("ハナエ", "ハナヨ", true),
            ("ハナエ", "ハナ", true),
            ("ハナエ", "ハエナ", true),
            ("ハナエ", "アハナエ", true),
            ("ミカ", "ミキ", false),
            ("ハナエ", "ハルヨ", false),
            ("タナカ", "ナカタ", false),
            ("アアア", "アア", true),
        ] {
            assert_eq!((is_one_kana_apart(a, b), is_one_kana_apart(b, a)), (apart, apart), "{a} {b}");
        }
    }

    #[test]
    fn what_is_compared_is_not_printed() {
        let traits = Traits { phone: "0300000123".to_owned(), ..Traits::default() };
        assert_eq!(format!("{traits:?}"), "[personal]");
    }
}
