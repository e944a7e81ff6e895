//! What to type instead of a value that an item does not take: its range, its unit, an example, its keys.
use super::bilingual::Bilingual;
use super::problem::ProblemCode;
use super::schema::{Choice, DateStyle, Kind};
use crate::text::{Lang, Text, fill, problem as words};
use std::fmt::Display;

/// What is wrong and what to do, in the words of this kind of item.
pub fn sentence(kind: &Kind, code: &ProblemCode) -> Bilingual {
    match (code, kind) {
        (ProblemCode::OutOfRange, Kind::Integer { .. } | Kind::Decimal { .. }) => {
            in_bounds(words::OUT_OF_RANGE, kind)
        }
        (ProblemCode::TooManyPlaces, Kind::Decimal { places, .. }) => {
            filled(words::TOO_MANY_PLACES, &[places])
        }
        (ProblemCode::WrongKind | ProblemCode::NotReadable, _) => wanted(kind),
        _ => code.text().into(),
    }
}

/// What the item takes.
pub fn wanted(kind: &Kind) -> Bilingual {
    match kind {
        Kind::Date { style, .. } => {
            let example = date_example(*style);
            let say = |lang: Lang| fill(words::DATE_WANTED.in_lang(lang), &[&example.in_lang(lang)]);
            Bilingual::new(say(Lang::Ja), say(Lang::En))
        }
        Kind::Integer { .. } | Kind::Decimal { .. } => in_bounds(words::NUMBER_WANTED, kind),
        Kind::Time => words::NOT_TIME.into(),
        Kind::Phone | Kind::Fax => words::NOT_PHONE.into(),
        Kind::PostalCode { .. } => words::NOT_POSTAL_CODE.into(),
        Kind::Choice { options } | Kind::Choices { options } => {
            filled(words::CHOICE_WANTED, &[&keys(options)])
        }
        Kind::Reading { .. } => words::NOT_KANA.into(),
        Kind::Text { .. } | Kind::MultiLine { .. } | Kind::Name { .. } => words::TEXT_WANTED.into(),
        Kind::Computed { .. } => words::COMPUTED.into(),
    }
}

/// How a date of this style is typed.
pub const fn date_example(style: DateStyle) -> Text {
    match style {
        DateStyle::Birth => words::BIRTH_EXAMPLE,
        DateStyle::Recent => words::DATE_EXAMPLE,
    }
}

/// The keys of the answers, neighbours together: `1-9 a-c 0`.
pub fn keys(options: &[Choice]) -> String {
    let mut runs: Vec<(char, char)> = Vec::new();
    for option in options {
        match runs.last_mut() {
            Some((_, last)) if u32::from(option.key) == u32::from(*last) + 1 => *last = option.key,
            _ => runs.push((option.key, option.key)),
        }
    }
    let shown = |(first, last): &(char, char)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    };
    runs.iter().map(shown).collect::<Vec<_>>().join(" ")
}

/// A sentence with the least and the most of a number, and the unit behind them.
fn in_bounds(words: Text, kind: &Kind) -> Bilingual {
    let (least, most, unit) = match kind {
        Kind::Integer { min, max, unit } => (min.to_string(), max.to_string(), unit),
        Kind::Decimal { min, max, unit, .. } => (min.clone(), max.clone(), unit),
        _ => return words.into(),
    };
    let say = |lang: Lang| {
        let space = if unit.in_lang(lang).is_empty() { "" } else { " " };
        fill(words.in_lang(lang), &[&least, &format!("{most}{space}{}", unit.in_lang(lang))])
    };
    Bilingual::new(say(Lang::Ja), say(Lang::En))
}

fn filled(words: Text, values: &[&dyn Display]) -> Bilingual {
    Bilingual::new(fill(words.ja, values), fill(words.en, values))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(unit: Bilingual) -> Kind {
        Kind::Decimal { min: "30.0".into(), max: "45.0".into(), places: 1, unit }
    }

    #[test]
    fn a_number_names_its_range_and_unit() {
        let degrees = number(Bilingual::new("度", "degrees"));
        let said = sentence(&degrees, &ProblemCode::OutOfRange);
        assert_eq!(said.ja, "範囲外です。30.0 から 45.0 度 までです。");
        assert_eq!(said.en, "Out of range: 30.0 to 45.0 degrees.");
        assert_eq!(
            sentence(&degrees, &ProblemCode::WrongKind).ja,
            "数字で入力してください。30.0 から 45.0 度 までです。"
        );
        assert_eq!(sentence(&degrees, &ProblemCode::TooManyPlaces).ja, "小数は 1 桁までです。");
        let bare = Kind::Integer { min: 0, max: 100, unit: Bilingual::default() };
        assert_eq!(sentence(&bare, &ProblemCode::OutOfRange).ja, "範囲外です。0 から 100 までです。");
    }

    #[test]
    fn a_date_gives_an_example_and_a_choice_its_keys() {
        let birth = Kind::Date { style: DateStyle::Birth, past_only: true };
        assert!(sentence(&birth, &ProblemCode::WrongKind).ja.contains("3500304"));
        let option = |key| Choice {
            code: String::from(key),
            label: Bilingual::default(),
            key,
            exclusive: false,
            unverified: false,
        };
        let options: Vec<Choice> = "12345abd0".chars().map(option).collect();
        assert_eq!(keys(&options), "1-5 a-b d 0");
        let choice = Kind::Choice { options };
        assert!(sentence(&choice, &ProblemCode::NotReadable).en.contains("1-5 a-b d 0"));
    }

    #[test]
    fn what_is_required_says_the_same_for_every_kind() {
        let degrees = number(Bilingual::new("度", "degrees"));
        for kind in [Kind::Phone, Kind::Time, degrees] {
            assert_eq!(sentence(&kind, &ProblemCode::Required), Bilingual::from(words::REQUIRED));
        }
    }
}
