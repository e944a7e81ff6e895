//! What each kind of item accepts.
use chrono::NaiveDate;
use unicode_segmentation::UnicodeSegmentation;

use super::bilingual::Bilingual;
use super::declaration::{ChoiceDecl, bad};
use super::mistake::{Mistake, MistakeCode, Place};
use super::problem::ProblemCode;
use super::schema::{Choice, InputMode, Kind};
use super::value::{Decimal, Value};
use crate::japanese::time_input::parse_time;

/// The keys that choose an answer, in the order in which they are given out.
const CHOICE_KEYS: &str = "123456789abcdefghijklmnopqrstuvwxyz";
/// The key of the answer that excludes all others (`なし`).
const EXCLUSIVE_KEY: char = '0';

/// Gives every answer its key, or says which answer is wrong and where.
pub fn number_choices(decls: &[ChoiceDecl]) -> Result<Vec<Choice>, Box<(Option<Place>, Mistake)>> {
    if decls.is_empty() {
        return Err(Box::new((None, no_answers())));
    }
    let mut choices: Vec<Choice> = Vec::with_capacity(decls.len());
    let reserved: Vec<char> = decls.iter().filter_map(explicit_key).collect();
    let mut free = CHOICE_KEYS.chars().filter(|key| !reserved.contains(key));
    for decl in decls {
        let place = decl.code.place.clone();
        let code = &decl.code.value;
        let sound = !code.is_empty()
            && code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !sound {
            return Err(Box::new((Some(place), not_a_code(code))));
        }
        if choices.iter().any(|known| known.code == *code) {
            return Err(Box::new((Some(place), twice(code))));
        }
        let key = match &decl.key {
            Some(_) => explicit_key(decl),
            None if decl.exclusive => Some(EXCLUSIVE_KEY),
            None => free.next(),
        };
        let Some(key) = key else {
            let wrong = if decl.key.is_some() { not_a_key() } else { too_many_answers() };
            return Err(Box::new((Some(place), wrong)));
        };
        if choices.iter().any(|known| known.key == key) {
            return Err(Box::new((Some(place), key_twice(key))));
        }
        choices.push(Choice {
            code: code.clone(),
            label: decl.label.clone(),
            key,
            exclusive: decl.exclusive,
            unverified: false,
        });
    }
    Ok(choices)
}

fn explicit_key(decl: &ChoiceDecl) -> Option<char> {
    let mut chars = decl.key.as_ref()?.value.chars();
    let key = chars.next().filter(|c| c.is_ascii_digit() || c.is_ascii_lowercase())?;
    chars.next().is_none().then_some(key)
}

fn twice(word: &str) -> Mistake {
    Mistake::new(
        MistakeCode::Duplicate,
        Bilingual::new(
            format!("選択肢に「{word}」が二度あります。"),
            format!("\"{word}\" is there twice among the answers."),
        ),
        Bilingual::new("一方を変えてください。", "Change one of them."),
    )
}

fn key_twice(key: char) -> Mistake {
    Mistake::new(
        MistakeCode::Duplicate,
        Bilingual::new(
            format!("二つの選択肢のキーが「{key}」です。"),
            format!("Two answers have the key \"{key}\"."),
        ),
        Bilingual::new(
            "一方に別の key を書いてください。exclusive の選択肢のキーは 0 になります。",
            "Give one of them another \"key\"; an exclusive answer has 0.",
        ),
    )
}

fn no_answers() -> Mistake {
    bad(
        "選択肢がありません。",
        "There are no answers.",
        "choices か only に一つ以上書いてください。",
        "Write one or more in \"choices\" or \"only\".",
    )
}

fn not_a_code(code: &str) -> Mistake {
    bad(
        format!("「{code}」は符号に使えません。"),
        format!("\"{code}\" cannot be a code."),
        "英小文字 a-z、数字、_ だけで書いてください。",
        "Use a-z, 0-9 and _ only.",
    )
}

fn not_a_key() -> Mistake {
    bad(
        "key は 0-9 か a-z の 1 字です。",
        "\"key\" is one of 0-9 and a-z.",
        "1 字にするか、消してください。",
        "Write one character, or remove it.",
    )
}

fn too_many_answers() -> Mistake {
    let most = CHOICE_KEYS.len();
    bad(
        format!("選択肢が多すぎて、キーが足りません (上限 {most})。"),
        format!("There are more answers than keys ({most})."),
        "選択肢を減らすか、項目を分けてください。",
        "Offer fewer answers, or split the item.",
    )
}

/// A value written in a form file or on the command line as text.
pub fn parse_literal(kind: &Kind, text: &str) -> Option<Value> {
    let value = match kind {
        Kind::Text { .. } | Kind::MultiLine { .. } | Kind::Name { .. } => Value::Text(text.to_owned()),
        Kind::Reading { .. } => Value::Text(text.chars().map(to_katakana).collect()),
        Kind::Phone | Kind::Fax | Kind::PostalCode { .. } => {
            Value::Text(text.chars().filter(|c| *c != '-').collect())
        }
        // What is no time is kept and reported, like a phone number of nine digits.
        Kind::Time => Value::Text(parse_time(text).unwrap_or_else(|| text.to_owned())),
        Kind::Date { .. } => Value::Date(iso_date(text)?),
        Kind::Integer { .. } | Kind::Computed { .. } => Value::Integer(text.parse().ok()?),
        Kind::Decimal { .. } => Value::Decimal(text.parse().ok()?),
        Kind::Choice { options } => Value::Choice(code_of(options, text)?),
        Kind::Choices { options } => Value::Choices(vec![code_of(options, text)?]),
    };
    check(kind, &value, NaiveDate::MAX).is_none().then_some(value)
}

/// The code of an answer given by its code or its Japanese label.
pub fn code_of(options: &[Choice], text: &str) -> Option<String> {
    options.iter().find(|o| o.code == text || o.label.ja == text).map(|o| o.code.clone())
}

/// The value with several answers in the order of the list, whatever the order of typing: equal records give equal
/// bytes. Unknown and repeated codes stay, so that they are noticed.
pub fn in_order(kind: &Kind, value: &Value) -> Value {
    let (Kind::Choices { options }, Value::Choices(codes)) = (kind, value) else { return value.clone() };
    let mut codes = codes.clone();
    codes.sort_by_key(|code| options.iter().position(|o| o.code == *code).unwrap_or(options.len()));
    Value::Choices(codes)
}

/// `2026-07-14` exactly.
pub fn iso_date(text: &str) -> Option<NaiveDate> {
    const ISO_LENGTH: usize = 10;
    (text.len() == ISO_LENGTH).then(|| text.parse().ok()).flatten()
}

/// The first thing wrong with a value for an item of this kind.
pub fn check(kind: &Kind, value: &Value, today: NaiveDate) -> Option<ProblemCode> {
    match (kind, value) {
        (Kind::Text { max, input }, Value::Text(text)) => one_line(text, *max).or_else(|| {
            let ascii = *input == InputMode::Alphanumeric && !text.bytes().all(|b| (0x20..0x7f).contains(&b));
            ascii.then_some(ProblemCode::NotAscii)
        }),
        (Kind::Name { max }, Value::Text(text)) => one_line(text, *max),
        (Kind::MultiLine { max }, Value::Text(text)) => {
            let control = text.chars().any(|c| is_control(c) && c != '\n');
            control.then_some(ProblemCode::ControlCharacter).or_else(|| too_long(text, *max))
        }
        (Kind::Reading { max }, Value::Text(text)) => {
            one_line(text, *max).or_else(|| (!text.chars().all(is_reading)).then_some(ProblemCode::NotKana))
        }
        (Kind::Phone | Kind::Fax, Value::Text(text)) => {
            let digits = text.bytes().all(|b| b.is_ascii_digit());
            (!digits || !text.starts_with('0') || !matches!(text.len(), 10 | 11))
                .then_some(ProblemCode::NotPhone)
        }
        (Kind::PostalCode { .. }, Value::Text(text)) => {
            let sound = text.len() == 7 && text.bytes().all(|b| b.is_ascii_digit());
            (!sound).then_some(ProblemCode::NotPostalCode)
        }
        (Kind::Time, Value::Text(text)) => {
            (parse_time(text).as_deref() != Some(text.as_str())).then_some(ProblemCode::NotTime)
        }
        (Kind::Date { past_only, .. }, Value::Date(date)) => check_date(*date, *past_only, today),
        (Kind::Integer { min, max, .. }, Value::Integer(number)) => {
            (!(min..=max).contains(&number)).then_some(ProblemCode::OutOfRange)
        }
        (Kind::Decimal { min, max, places, .. }, Value::Decimal(number)) => {
            if number.places() > *places {
                return Some(ProblemCode::TooManyPlaces);
            }
            let limit = |text: &str| text.parse::<Decimal>().map(Decimal::to_f64);
            let inside = limit(min).is_ok_and(|min| min <= number.to_f64())
                && limit(max).is_ok_and(|max| number.to_f64() <= max);
            (!inside).then_some(ProblemCode::OutOfRange)
        }
        (Kind::Choice { options }, Value::Choice(code)) => {
            (!options.iter().any(|o| o.code == *code)).then_some(ProblemCode::UnknownChoice)
        }
        (Kind::Choices { options }, Value::Choices(codes)) => check_choices(options, codes),
        (Kind::Computed { .. }, Value::Integer(_)) => None,
        _ => Some(ProblemCode::WrongKind),
    }
}

fn check_date(date: NaiveDate, past_only: bool, today: NaiveDate) -> Option<ProblemCode> {
    // Meiji 1: nobody who is alive was born earlier, and no era of the entry rules reaches further back.
    let earliest = NaiveDate::from_ymd_opt(1868, 1, 25)?;
    if date < earliest {
        return Some(ProblemCode::AbsurdDate);
    }
    (past_only && date > today).then_some(ProblemCode::FutureDate)
}

fn check_choices(options: &[Choice], codes: &[String]) -> Option<ProblemCode> {
    let mut exclusive = false;
    for (at, code) in codes.iter().enumerate() {
        let Some(option) = options.iter().find(|o| o.code == *code) else {
            return Some(ProblemCode::UnknownChoice);
        };
        if codes.iter().take(at).any(|earlier| earlier == code) {
            return Some(ProblemCode::WrongKind);
        }
        exclusive |= option.exclusive;
    }
    (exclusive && codes.len() > 1).then_some(ProblemCode::ExclusiveChoice)
}

fn one_line(text: &str, max: u16) -> Option<ProblemCode> {
    text.chars().any(is_control).then_some(ProblemCode::ControlCharacter).or_else(|| too_long(text, max))
}

fn too_long(text: &str, max: u16) -> Option<ProblemCode> {
    // Counting stops at the limit, so that a pasted megabyte costs nothing.
    (text.graphemes(true).take(usize::from(max) + 1).count() > usize::from(max))
        .then_some(ProblemCode::TooLong)
}

/// Controls, and the invisible characters that reorder or hide text on a terminal.
fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn is_reading(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー' | '・' | ' ' | '　')
}

fn to_katakana(c: char) -> char {
    const HIRAGANA_TO_KATAKANA: u32 = 0x60;
    match c {
        'ぁ'..='ゖ' => char::from_u32(u32::from(c) + HIRAGANA_TO_KATAKANA).unwrap_or(c),
        _ => c,
    }
}
