//! What a person typed: item keys and values. Debug never prints any of it.
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::sensitive::Personal;

/// One value; which one an item takes is decided by its kind.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    Text(String),
    Choice(String),
    /// Codes in the order of the choice list, without repetition.
    Choices(Vec<String>),
    Date(#[serde(with = "iso")] NaiveDate),
    Integer(i64),
    Decimal(Decimal),
}

impl Value {
    /// Text or a set of choices without content, which counts as nothing typed.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) | Self::Choice(text) => text.is_empty(),
            Self::Choices(codes) => codes.is_empty(),
            Self::Date(_) | Self::Integer(_) | Self::Decimal(_) => false,
        }
    }

    /// The form that is hashed: a tag and the plain text of the value.
    pub(super) fn canonical(&self) -> (&'static str, String) {
        match self {
            Self::Text(text) => ("text", text.clone()),
            Self::Choice(code) => ("choice", code.clone()),
            Self::Choices(codes) => ("choices", codes.join(",")),
            Self::Date(date) => ("date", date.format("%Y-%m-%d").to_string()),
            Self::Integer(number) => ("integer", number.to_string()),
            Self::Decimal(number) => ("decimal", number.to_string()),
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[personal]")
    }
}

/// An exact decimal number such as a body temperature: 36.50 is kept as 3650 hundredths.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    units: i64,
    places: u8,
}

impl Decimal {
    /// More decimal places than any item of a form needs, few enough never to overflow.
    pub const MAX_PLACES: u8 = 6;
    const MAX_DIGITS: usize = 12;

    pub fn places(self) -> u8 {
        self.places
    }

    pub fn to_f64(self) -> f64 {
        // Twelve digits are exact in the 53 bits of a double.
        self.units as f64 / 10f64.powi(i32::from(self.places))
    }
}

impl FromStr for Decimal {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all = format!("{whole}{fraction}");
        let plain = !whole.is_empty() && all.bytes().all(|byte| byte.is_ascii_digit());
        let dangling = digits.ends_with('.');
        if !plain
            || dangling
            || all.len() > Self::MAX_DIGITS
            || fraction.len() > usize::from(Self::MAX_PLACES)
        {
            return Err(ValueError::NotANumber);
        }
        let units: i64 = all.parse().map_err(|_| ValueError::NotANumber)?;
        let places = u8::try_from(fraction.len()).map_err(|_| ValueError::NotANumber)?;
        Ok(Self { units: sign * units, places })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.units < 0 { "-" } else { "" };
        let scale = 10u64.pow(u32::from(self.places));
        let units = self.units.unsigned_abs();
        write!(f, "{sign}{}", units / scale)?;
        if self.places > 0 {
            write!(f, ".{:0width$}", units % scale, width = usize::from(self.places))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[personal]")
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| serde::de::Error::custom("not a decimal number"))
    }
}

/// Dates as `2026-07-14`.
mod iso {
    use super::{Deserialize, Deserializer, NaiveDate, Serializer};

    pub fn serialize<S: Serializer>(date: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&date.format("%Y-%m-%d"))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| serde::de::Error::custom("not a date"))
    }
}

/// Why stored values could not be read; never says what they were.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    #[error("not a number")]
    NotANumber,
    #[error("the values are not in the stored form")]
    NotStoredForm,
}

/// Everything typed into one record, by item key (`vaccination[0].kind` within a repeated group).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Values(Personal<BTreeMap<String, Value>>);

impl Values {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn value(&self, key: &str) -> Option<&Value> {
        self.0.expose().get(key)
    }

    /// Sets a value and returns the previous one; an empty value removes the key.
    pub fn set(&mut self, key: impl Into<String>, value: Value) -> Option<Value> {
        let key = key.into();
        if value.is_empty() {
            return self.clear(&key);
        }
        self.0.expose_mut().insert(key, value)
    }

    pub fn clear(&mut self, key: &str) -> Option<Value> {
        self.0.expose_mut().remove(key)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.expose().iter().map(|(key, value)| (key.as_str(), value))
    }

    pub fn len(&self) -> usize {
        self.0.expose().len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.expose().is_empty()
    }

    /// The stored form. It is personal data: only ever encrypt it.
    pub fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self.0.expose()).expect("text keys and plain values always serialise")
    }

    pub fn from_json(bytes: &[u8]) -> Result<Self, ValueError> {
        // serde_json quotes the offending value in its errors, so the error itself is dropped.
        let map: BTreeMap<String, Value> =
            serde_json::from_slice(bytes).map_err(|_| ValueError::NotStoredForm)?;
        Ok(map.into_iter().collect())
    }
}

impl<K: Into<String>> FromIterator<(K, Value)> for Values {
    fn from_iter<I: IntoIterator<Item = (K, Value)>>(pairs: I) -> Self {
        let mut values = Self::new();
        for (key, value) in pairs {
            values.set(key, value);
        }
        values
    }
}

/// The key of an item in a row of a repeated group, rows counted from zero.
pub fn row_key(group: &str, row: usize, item: &str) -> String {
    format!("{group}[{row}].{item}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn debug_never_prints() {
        let mut values = Values::new();
        values.set("name", Value::Text("仮野 花枝".into()));
        assert_eq!(format!("{values:?}"), "Values([personal])");
        assert_eq!(format!("{:?}", values.value("name")), "Some([personal])");
    }

    #[test]
    fn errors_do_not_quote_the_input() {
        let error = Values::from_json(r#"{"name":{"text":["仮野"]}}"#.as_bytes()).unwrap_err();
        assert_eq!(error, ValueError::NotStoredForm);
        assert!(!error.to_string().contains("仮野"));
    }

    #[test]
    fn empty_is_nothing() {
        let mut values = Values::new();
        values.set("a", Value::Text("x".into()));
        values.set("a", Value::Text(String::new()));
        values.set("b", Value::Choices(Vec::new()));
        assert!(values.is_empty());
    }

    #[test]
    fn decimals_are_exact() {
        for text in ["36.5", "0.05", "-1.50", "7", "100.000001"] {
            assert_eq!(text.parse::<Decimal>().unwrap().to_string(), text);
        }
        for bad in ["", ".", "1.", ".5", "1e3", "36,5", "1.2345678", "12345678901234", "--1", "+1", "1.-2"] {
            assert!(bad.parse::<Decimal>().is_err(), "{bad}");
        }
        assert!((("36.5".parse::<Decimal>().unwrap()).to_f64() - 36.5).abs() < f64::EPSILON);
    }

    proptest! {
        #[test]
        fn stored_form_round_trips(text in "\\PC{1,20}", number in any::<i64>(), days in 1i32..2_900_000) {
            let date = NaiveDate::from_num_days_from_ce_opt(days).unwrap();
            let values: Values = [
                ("a", Value::Text(text.clone())),
                ("b", Value::Integer(number)),
                ("c", Value::Date(date)),
                ("d", Value::Choices(vec!["x".into(), text])),
                ("g[0].e", Value::Decimal("38.4".parse().unwrap())),
            ].into_iter().collect();
            prop_assert_eq!(Values::from_json(&values.to_json()).unwrap(), values);
        }

        #[test]
        fn reading_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let _ = Values::from_json(&bytes);
        }
    }
}
