//! What two records are compared by, folded out of what they say about a person.
mod municipality;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use municipality::guess_municipality;

use super::era::{Era, EraDate};
use super::kana::sound_key;
use super::names::{match_key, normalise_name};
use super::phone::Phone;
use super::width::fold_ascii_char;
use crate::domain::likeness::{AddressKey, DateKey, NameKey, Sex, Traits, date_slip};

/// What a record says about a person, as it was typed.
#[derive(Clone, Copy, Default)]
pub struct Person<'a> {
    pub reading: &'a str,
    pub name: &'a str,
    pub birth_date: Option<NaiveDate>,
    /// The code of the form's answer.
    pub sex: &'a str,
    pub phone: &'a str,
    pub address: AddressKeyOrText<'a>,
}

/// An address, or the key that was kept of it.
#[derive(Clone, Copy)]
pub enum AddressKeyOrText<'a> {
    Text(&'a str),
    Key(&'a str),
}

impl Default for AddressKeyOrText<'_> {
    fn default() -> Self {
        Self::Key("")
    }
}

/// Stands between the parts of a stored address key; no municipality has it in its name.
const KEY_SEPARATOR: char = ';';

pub fn traits(person: &Person<'_>) -> Traits {
    Traits {
        reading: name_key(person.reading, sound_key),
        name: name_key(person.name, match_key),
        birth: person.birth_date.and_then(date_key),
        sex: match person.sex {
            "male" => Some(Sex::Male),
            "female" => Some(Sex::Female),
            _ => None,
        },
        phone: phone_key(person.phone),
        address: match person.address {
            AddressKeyOrText::Text(text) => read_address(&address_key(text)),
            AddressKeyOrText::Key(key) => read_address(key),
        },
    }
}

/// The digits of a telephone number, national form if it is one.
pub fn phone_key(text: &str) -> String {
    match Phone::parse(text) {
        Ok(phone) => phone.digits().to_owned(),
        Err(_) => text.chars().map(fold_ascii_char).filter(char::is_ascii_digit).collect(),
    }
}

/// The municipality and the numbers of an address: what survives its many spellings (`3丁目2番1号`, `三丁目2-1`).
pub fn address_key(text: &str) -> String {
    let text: String = normalise_name(text).chars().filter(|c| !c.is_whitespace()).collect();
    let municipality = guess_municipality(&text).unwrap_or_default();
    let rest: String =
        text.strip_prefix(municipality.as_str()).unwrap_or(&text).chars().map(fold_ascii_char).collect();
    let mut numbers: Vec<String> = Vec::new();
    // In kanji only what is counted in 丁目: 八番町 and 一条 are names.
    for part in rest.split_inclusive("丁目") {
        let block = part.strip_suffix("丁目").unwrap_or(part);
        numbers.extend(
            block.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).map(str::to_owned),
        );
        let kanji: Vec<char> = block.chars().rev().map_while(|c| kanji_digit(c).map(|_| c)).collect();
        if part.ends_with("丁目") && !kanji.is_empty() {
            numbers.push(kanji_number(kanji.into_iter().rev()).to_string());
        }
    }
    if municipality.is_empty() && numbers.is_empty() {
        return String::new();
    }
    format!("{municipality}{KEY_SEPARATOR}{}", numbers.join("-"))
}

/// The days that somebody who meant this one may have typed: a digit, two neighbouring digits, day and month, the era.
pub fn near_dates(date: NaiveDate) -> Vec<NaiveDate> {
    let Some(key) = date_key(date) else { return Vec::new() };
    let mut near = BTreeSet::new();
    near.extend(variants(&key.gregorian).iter().filter_map(|digits| read_gregorian(digits)));
    near.extend(variants(&key.era).iter().filter_map(|digits| read_era(digits)));
    let [y1, y2, y3, y4, m1, m2, d1, d2] = key.gregorian;
    near.extend(read_gregorian(&[y1, y2, y3, y4, d1, d2, m1, m2]));
    let is_near = |day: &NaiveDate| date_key(*day).is_some_and(|other| date_slip(&key, &other).is_some());
    near.into_iter().filter(is_near).collect()
}

fn name_key(text: &str, fold: fn(&str) -> String) -> NameKey {
    let text = normalise_name(text);
    let (family, given) = text.split_once(' ').unwrap_or((&text, ""));
    NameKey { family: fold(family), given: fold(given) }
}

fn date_key(date: NaiveDate) -> Option<DateKey> {
    let era = EraDate::from_date(date)?.claims_digits();
    let gregorian = date.format("%Y%m%d").to_string();
    Some(DateKey {
        gregorian: gregorian.into_bytes().try_into().ok()?,
        era: era.into_bytes().try_into().ok()?,
    })
}

fn read_address(key: &str) -> AddressKey {
    let (municipality, numbers) = key.split_once(KEY_SEPARATOR).unwrap_or((key, ""));
    AddressKey { municipality: municipality.to_owned(), numbers: numbers.to_owned() }
}

/// 1 to 9, and 10 for 十.
fn kanji_digit(c: char) -> Option<u32> {
    "一二三四五六七八九十".chars().zip(1..).find(|(kanji, _)| *kanji == c).map(|(_, digit)| digit)
}

/// 二十三 as 23.
fn kanji_number(kanji: impl Iterator<Item = char>) -> u32 {
    kanji.filter_map(kanji_digit).fold(0u32, |number, digit| match (number, digit) {
        (0, digit) => digit,
        (number, 10) => number.saturating_mul(10),
        (number, digit) => number.saturating_add(digit),
    })
}

/// One digit other, or two neighbours exchanged.
fn variants(digits: &[u8]) -> Vec<Vec<u8>> {
    let mut variants = Vec::new();
    for at in 0..digits.len() {
        for digit in b'0'..=b'9' {
            let mut variant = digits.to_vec();
            if let Some(place) = variant.get_mut(at) {
                *place = digit;
            }
            variants.push(variant);
        }
        let mut variant = digits.to_vec();
        if at + 1 < variant.len() {
            variant.swap(at, at + 1);
            variants.push(variant);
        }
    }
    variants
}

fn read_gregorian(digits: &[u8]) -> Option<NaiveDate> {
    let number: u32 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    NaiveDate::from_ymd_opt(i32::try_from(number / 10_000).ok()?, number / 100 % 100, number % 100)
}

fn read_era(digits: &[u8]) -> Option<NaiveDate> {
    let number: u32 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    let era = Era::from_digit(number / 1_000_000)?;
    Some(EraDate::new(era, number / 10_000 % 100, number / 100 % 100, number % 100).ok()?.to_date())
}

#[cfg(test)]
mod tests;
