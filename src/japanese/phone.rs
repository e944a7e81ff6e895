//! Telephone and fax numbers: one canonical form, the kind, and lines where Japan puts them.
use std::fmt;

use super::phone_areas::{area_code_digits, may_become_area_code};
use super::width::fold_ascii_char;
use crate::domain::sensitive::Personal;

/// Every number of ten digits: fixed lines, 0120, 0570, 0990.
const FIXED_DIGITS: usize = 10;
/// Every number of eleven digits: mobile, IP, 0800, 020.
const MOBILE_DIGITS: usize = 11;
/// Area code and exchange together; the last four digits are the subscriber's.
const DIGITS_BEFORE_SUBSCRIBER: usize = 6;
const COUNTRY_CODE: &str = "81";

/// What a number is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PhoneKind {
    /// A line with an area code; the usual fax.
    Fixed,
    /// 060, 070, 080, 090.
    Mobile,
    /// 050; a fax on such a line exists and is unusual.
    Ip050,
    /// 0120, 0800: the callee pays.
    FreeDial,
    /// 0570, the callers' shared cost.
    NaviDial,
    /// 0990, services billed by telephone.
    Premium,
    /// 020, machines and pagers.
    Machine,
}

/// Why a text is not a telephone number. Counts, never digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneProblem {
    Empty,
    /// Something other than digits, lines, parentheses, dots, spaces and a leading plus.
    NotDigits,
    /// A plus with another country than +81.
    OtherCountry,
    /// The first digit is not 0: the area code is missing.
    NoAreaCode,
    /// No area code and no service begins like this.
    UnknownPrefix,
    MissingDigits(usize),
    ExtraDigits(usize),
}

/// Why a text is not a fax number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaxProblem {
    /// Not a telephone number in the first place.
    Phone(PhoneProblem),
    /// A mobile, free dial or special number: no fax of a registered destination is there.
    NotAFaxLine(PhoneKind),
}

/// A Japanese number: `0`, then nine or ten digits of a known numbering plan. Whether anybody answers is unknown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone {
    digits: Personal<String>,
    kind: PhoneKind,
}

impl Phone {
    /// Reads a number in any width, with or without lines, in national form or with +81.
    pub fn parse(text: &str) -> Result<Self, PhoneProblem> {
        let digits = national_digits(text)?;
        match digits.chars().next() {
            None => return Err(PhoneProblem::Empty),
            Some('0') => {}
            Some(_) => return Err(PhoneProblem::NoAreaCode),
        }
        match Plan::of(&digits) {
            Plan::Known { length, .. } if digits.len() > length => {
                Err(PhoneProblem::ExtraDigits(digits.len() - length))
            }
            Plan::Known { length, .. } if digits.len() < length => {
                Err(PhoneProblem::MissingDigits(length - digits.len()))
            }
            Plan::Known { kind, .. } => Ok(Self { digits: Personal::new(digits), kind }),
            // No number is shorter than a fixed line, so at least these are missing.
            Plan::Undecided => Err(PhoneProblem::MissingDigits(FIXED_DIGITS.saturating_sub(digits.len()))),
            Plan::Unknown => Err(PhoneProblem::UnknownPrefix),
        }
    }

    /// The stored form: digits only, beginning with 0.
    pub fn digits(&self) -> &str {
        self.digits.expose()
    }
    pub const fn kind(&self) -> PhoneKind {
        self.kind
    }
}

/// `03-0000-0123`
impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Typed::read(self.digits()).shown)
    }
}

/// A fax number: ten digits of a real area code, or 050.
pub fn canonical_fax(text: &str) -> Result<Phone, FaxProblem> {
    let phone = Phone::parse(text).map_err(FaxProblem::Phone)?;
    match phone.kind() {
        PhoneKind::Fixed | PhoneKind::Ip050 => Ok(phone),
        other => Err(FaxProblem::NotAFaxLine(other)),
    }
}

/// A number while it is being typed.
#[derive(Clone, PartialEq, Eq)]
pub struct Typed {
    /// All that was typed: digits with lines between them as far as the plan is known, other text as it is.
    pub shown: String,
    /// How many digits are still missing, once the beginning tells.
    pub missing: Option<usize>,
    /// How many characters at the end of `shown` are too many. They are shown, never dropped.
    pub surplus: usize,
}

impl Typed {
    pub fn read(text: &str) -> Self {
        let Ok(digits) = national_digits(text) else {
            return Self { shown: text.to_owned(), missing: None, surplus: 0 };
        };
        match Plan::of(&digits) {
            Plan::Known { length, groups, .. } => Self {
                shown: with_lines(&digits, groups),
                missing: Some(length.saturating_sub(digits.len())),
                surplus: digits.len().saturating_sub(length),
            },
            Plan::Undecided | Plan::Unknown => Self { shown: digits, missing: None, surplus: 0 },
        }
    }
}

/// What the first digits say about a number.
#[derive(Clone, Copy)]
enum Plan {
    /// `groups`: how many digits stand before the first line and before the second.
    Known {
        kind: PhoneKind,
        length: usize,
        groups: [usize; 2],
    },
    /// Too short to tell.
    Undecided,
    Unknown,
}

/// Numbers without an area code; the longer prefix first, because 0800 is not the mobile 080.
const SERVICES: [(&str, PhoneKind, usize, [usize; 2]); 10] = [
    ("0120", PhoneKind::FreeDial, FIXED_DIGITS, [4, 7]),
    ("0800", PhoneKind::FreeDial, MOBILE_DIGITS, [4, 7]),
    ("0570", PhoneKind::NaviDial, FIXED_DIGITS, [4, 7]),
    ("0990", PhoneKind::Premium, FIXED_DIGITS, [4, 7]),
    ("020", PhoneKind::Machine, MOBILE_DIGITS, [3, 7]),
    ("050", PhoneKind::Ip050, MOBILE_DIGITS, [3, 7]),
    ("060", PhoneKind::Mobile, MOBILE_DIGITS, [3, 7]),
    ("070", PhoneKind::Mobile, MOBILE_DIGITS, [3, 7]),
    ("080", PhoneKind::Mobile, MOBILE_DIGITS, [3, 7]),
    ("090", PhoneKind::Mobile, MOBILE_DIGITS, [3, 7]),
];

impl Plan {
    fn of(digits: &str) -> Self {
        if let Some((_, kind, length, groups)) =
            SERVICES.iter().find(|(prefix, ..)| digits.starts_with(prefix))
        {
            return Self::Known { kind: *kind, length: *length, groups: *groups };
        }
        if let Some(area) = area_code_digits(digits) {
            let groups = [area, DIGITS_BEFORE_SUBSCRIBER];
            return Self::Known { kind: PhoneKind::Fixed, length: FIXED_DIGITS, groups };
        }
        let may_become_service = SERVICES.iter().any(|(prefix, ..)| prefix.starts_with(digits));
        if may_become_service || may_become_area_code(digits) { Self::Undecided } else { Self::Unknown }
    }
}

/// The digits in national form. Separators go; anything that may be meant as something else is a problem.
fn national_digits(text: &str) -> Result<String, PhoneProblem> {
    let mut digits = String::with_capacity(MOBILE_DIGITS);
    let mut international = false;
    for c in text.chars().map(fold_ascii_char) {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() && !international => international = true,
            '-' | '(' | ')' | '.' => {}
            _ if c.is_whitespace() => {}
            _ => return Err(PhoneProblem::NotDigits),
        }
    }
    if !international || digits.is_empty() {
        return Ok(digits);
    }
    let after_country = digits.strip_prefix(COUNTRY_CODE).ok_or(PhoneProblem::OtherCountry)?;
    // Letterheads print +81 (0)3; the zero in parentheses is the national one.
    Ok(format!("0{}", after_country.strip_prefix('0').unwrap_or(after_country)))
}

/// Lines behind the groups that are full, also when nothing follows yet.
fn with_lines(digits: &str, groups: [usize; 2]) -> String {
    let mut shown = String::with_capacity(digits.len() + groups.len());
    for (index, digit) in digits.chars().enumerate() {
        shown.push(digit);
        if groups.contains(&(index + 1)) {
            shown.push('-');
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::japanese::phone_areas::rows as area_codes;

    fn parse(text: &str) -> Phone {
        Phone::parse(text).unwrap()
    }

    #[test]
    fn lines_stand_where_japan_puts_them() {
        for (shown, kind) in [
            ("03-0000-0123", PhoneKind::Fixed),
            ("06-6123-0123", PhoneKind::Fixed),
            ("011-200-0123", PhoneKind::Fixed),
            ("045-200-0123", PhoneKind::Fixed),
            ("0422-50-0123", PhoneKind::Fixed),
            ("042-550-0123", PhoneKind::Fixed),
            ("042-978-0123", PhoneKind::Fixed),
            ("04-2941-0123", PhoneKind::Fixed),
            ("04-7092-0123", PhoneKind::Fixed),
            ("0470-22-0123", PhoneKind::Fixed),
            ("04-7167-0123", PhoneKind::Fixed),
            ("047-366-0123", PhoneKind::Fixed),
            ("01267-2-0123", PhoneKind::Fixed),
            ("04992-2-0123", PhoneKind::Fixed),
            ("09802-2-0123", PhoneKind::Fixed),
            ("0154-22-0123", PhoneKind::Fixed),
            ("015-482-0123", PhoneKind::Fixed),
            ("0259-22-0123", PhoneKind::Fixed),
            ("025-544-0123", PhoneKind::Fixed),
            ("079-222-0123", PhoneKind::Fixed),
            ("0794-82-0123", PhoneKind::Fixed),
            ("090-1234-5678", PhoneKind::Mobile),
            ("080-1234-5678", PhoneKind::Mobile),
            ("070-1234-5678", PhoneKind::Mobile),
            ("060-1234-5678", PhoneKind::Mobile),
            ("050-1234-5678", PhoneKind::Ip050),
            ("020-1234-5678", PhoneKind::Machine),
            ("0120-000-123", PhoneKind::FreeDial),
            ("0800-000-0123", PhoneKind::FreeDial),
            ("0570-000-123", PhoneKind::NaviDial),
            ("0990-500-123", PhoneKind::Premium),
        ] {
            let digits = shown.replace('-', "");
            let phone = parse(&digits);
            assert_eq!((phone.to_string().as_str(), phone.kind()), (shown, kind));
            assert_eq!(phone.digits(), digits);
        }
    }

    #[test]
    fn one_number_in_many_forms() {
        for typed in [
            "0300000123",
            "03-0000-0123",
            "03(0000)0123",
            "(03) 0000-0123",
            "03 0000 0123",
            "03.0000.0123",
            "０３－００００－０１２３",
            "０３（００００）０１２３",
            "03ー0000ー0123",
            "03‐0000−0123",
            "０３　００００　０１２３",
            "+81300000123",
            "+81 3-0000-0123",
            "+81 (0)3 0000 0123",
            "＋８１－３－００００－０１２３",
            " 0300000123 ",
        ] {
            assert_eq!(parse(typed).digits(), "0300000123", "{typed}");
        }
        assert_eq!(parse("+819012345678").to_string(), "090-1234-5678");
    }

    #[test]
    fn problems() {
        for (typed, problem) in [
            ("", PhoneProblem::Empty),
            ("- -", PhoneProblem::Empty),
            ("+", PhoneProblem::Empty),
            ("03-0000-012", PhoneProblem::MissingDigits(1)),
            ("030000", PhoneProblem::MissingDigits(4)),
            ("0", PhoneProblem::MissingDigits(9)),
            ("04", PhoneProblem::MissingDigits(8)),
            ("090-1234-567", PhoneProblem::MissingDigits(1)),
            ("+81", PhoneProblem::MissingDigits(9)),
            ("03-0000-01234", PhoneProblem::ExtraDigits(1)),
            ("090-1234-56789", PhoneProblem::ExtraDigits(1)),
            ("030000012300000123", PhoneProblem::ExtraDigits(8)),
            ("3000-0123", PhoneProblem::NoAreaCode),
            ("0000000000", PhoneProblem::UnknownPrefix),
            ("0401234567", PhoneProblem::UnknownPrefix),
            ("0121234567", PhoneProblem::UnknownPrefix),
            ("+1 212 555 0123", PhoneProblem::OtherCountry),
            ("03-0000-0123 内線5", PhoneProblem::NotDigits),
            ("03-0000-O123", PhoneProblem::NotDigits),
            ("03+00000123", PhoneProblem::NotDigits),
            ("++81300000123", PhoneProblem::NotDigits),
            ("03/00000123", PhoneProblem::NotDigits),
        ] {
            assert_eq!(Phone::parse(typed), Err(problem), "{typed}");
        }
    }

    #[test]
    fn only_lines_that_carry_a_fax_are_fax_numbers() {
        assert_eq!(canonical_fax("０３－００００－０１２１").unwrap().digits(), "0300000121");
        assert_eq!(canonical_fax("050-1234-5678").unwrap().kind(), PhoneKind::Ip050);
        for (typed, kind) in [
            ("090-1234-5678", PhoneKind::Mobile),
            ("060-1234-5678", PhoneKind::Mobile),
            ("0120-000-123", PhoneKind::FreeDial),
            ("0570-000-123", PhoneKind::NaviDial),
            ("020-1234-5678", PhoneKind::Machine),
        ] {
            assert_eq!(canonical_fax(typed), Err(FaxProblem::NotAFaxLine(kind)), "{typed}");
        }
        assert_eq!(canonical_fax("03-0000-012"), Err(FaxProblem::Phone(PhoneProblem::MissingDigits(1))));
    }

    #[test]
    fn typing_shows_lines_and_keeps_every_digit() {
        for (typed, shown, missing, surplus) in [
            ("", "", None, 0),
            ("0", "0", None, 0),
            ("03", "03-", Some(8), 0),
            ("030000", "03-0000-", Some(4), 0),
            ("0300000123", "03-0000-0123", Some(0), 0),
            ("030000012345", "03-0000-012345", Some(0), 2),
            ("0422", "0422-", Some(6), 0),
            ("090123456789", "090-1234-56789", Some(0), 1),
            ("0401", "0401", None, 0),
            ("03-00x", "03-00x", None, 0),
            ("０３００", "03-00", Some(6), 0),
        ] {
            let typing = Typed::read(typed);
            assert_eq!(
                (typing.shown.as_str(), typing.missing, typing.surplus),
                (shown, missing, surplus),
                "{typed}"
            );
        }
    }

    #[test]
    fn debug_hides_the_number() {
        assert_eq!(format!("{:?}", parse("0300000123")), "Phone { digits: [personal], kind: Fixed }");
    }

    /// Digits, and how people write them.
    fn check_every_way(digits: &str) {
        let phone = parse(digits);
        let lined = phone.to_string();
        let full: String = lined.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
        let national = digits.strip_prefix('0').unwrap();
        for way in [
            lined.clone(),
            full,
            lined.replace('-', " "),
            lined.replace('-', "ー"),
            lined.replacen('-', "(", 1).replacen('-', ")", 1),
            format!("+81{national}"),
            format!("+81 (0){}", lined.trim_start_matches('0')),
            Typed::read(digits).shown,
        ] {
            assert_eq!(parse(&way), phone, "{way}");
            assert_eq!(parse(&way).digits(), digits, "{way}");
        }
        assert_eq!(lined.matches('-').count(), 2, "{lined}");
    }

    fn check_area_code(prefix: &str, rest: &str) {
        let number: String = prefix.chars().chain(rest.chars()).take(FIXED_DIGITS).collect();
        // The digits behind a short prefix may make it one of the longer ones, which cut it differently.
        let area = area_code_digits(&number).expect("it begins like one");
        if SERVICES.iter().all(|(service, ..)| !number.starts_with(service)) {
            assert_eq!(parse(&number).kind(), PhoneKind::Fixed);
            assert_eq!(parse(&number).to_string().find('-'), Some(area), "{number}");
            check_every_way(&number);
        }
    }

    #[test]
    fn every_area_code_is_read_in_every_way() {
        for (prefix, _) in area_codes() {
            check_area_code(prefix, "0000000000");
        }
    }

    proptest! {
        #[test]
        fn an_area_code_with_any_number_behind_it(
            prefix in prop::sample::select(area_codes().map(|(prefix, _)| prefix).collect::<Vec<_>>()),
            rest in "[0-9]{10}",
        ) {
            check_area_code(prefix, &rest);
        }

        #[test]
        fn every_service_is_read_in_every_way(rest in "[0-9]{10}") {
            for (prefix, kind, length, _) in SERVICES {
                let number: String = prefix.chars().chain(rest.chars()).take(length).collect();
                if number.starts_with("0800") == (prefix == "0800") {
                    prop_assert_eq!(parse(&number).kind(), kind);
                    check_every_way(&number);
                }
            }
        }

        #[test]
        fn reading_twice_is_reading_once(
            text in ".*", noted in "[+＋]?(81)?[0０]?[0-9０-９() ー－-]{0,16}", number in "0[0-9]{8,10}",
        ) {
            for typed in [&text, &noted, &number] {
                let _ = Typed::read(typed);
                if let Ok(phone) = Phone::parse(typed) {
                    prop_assert!(phone.digits().starts_with('0'));
                    prop_assert!(matches!(phone.digits().len(), FIXED_DIGITS | MOBILE_DIGITS));
                    prop_assert!(phone.digits().bytes().all(|b| b.is_ascii_digit()));
                    prop_assert_eq!(Phone::parse(phone.digits()), Ok(phone.clone()));
                    prop_assert_eq!(Phone::parse(&phone.to_string()), Ok(phone.clone()));
                    prop_assert_eq!(phone.to_string().matches('-').count(), 2);
                }
            }
        }

        #[test]
        fn no_digit_is_ever_dropped(number in "[0-9]{0,20}") {
            let kept: String = Typed::read(&number).shown.chars().filter(char::is_ascii_digit).collect();
            prop_assert_eq!(kept, number);
        }
    }
}
