//! The sentences about items: what to type, what it means, what is wrong with it.
use super::class_name;
use super::editor::Trouble;
use crate::domain::intake::{Channel, Intake};
use crate::domain::time::Timestamp;
use crate::form::{Choice, DateStyle, Form, Head, InputMode, Item, Kind, date_example, keys, wanted};
use crate::japanese::age::age_on;
use crate::japanese::date_input::DateProblem;
use crate::japanese::era::{EraDate, weekday_kanji};
use crate::office::ComesFrom;
use crate::text::{Lang, Text, common, entry as words, fill, problem};
use chrono::{Datelike as _, NaiveDate};

/// `腸管出血性大腸菌感染症(三類)`, `健康観察`
pub fn form_and_class(head: &Head, lang: Lang) -> String {
    let title = head.short_title().in_lang(lang);
    if !head.class.is_notifiable() {
        return title.to_owned();
    }
    format!("{title}({})", class_name(head.class).in_lang(lang))
}

/// What comes from a record, with its number and its person. Numbers begin anew every year.
pub fn whose(from: &ComesFrom, what: &str, now: Timestamp, lang: Lang) -> String {
    let number = match from.case.year == now.in_japan().year() {
        true => format!("{:04}", from.case.number),
        false => from.case.to_string(),
    };
    let who = format!("{number} {}", from.name.expose());
    fill(words::OF_RECORD.in_lang(lang), &[&who.trim_end(), &what])
}

/// How, when and on how many sheets a record arrived.
pub fn intake(intake: &Intake, lang: Lang) -> String {
    let sheets = intake.pages.map(|pages| fill(words::INTAKE_SHEETS.in_lang(lang), &[&pages]));
    let at = intake.received_at.in_japan().format("%m-%d %H:%M").to_string();
    let channel = channel(intake.channel).in_lang(lang);
    fill(words::INTAKE.in_lang(lang), &[&channel, &sheets.unwrap_or_default(), &at])
}

/// `09:33`
pub fn clock(at: Timestamp) -> String {
    at.in_japan().format("%H:%M").to_string()
}

/// `令和 8年 7月11日(土)`, and in English `2026-07-11 (R8.7.11)`.
pub fn day(date: NaiveDate, lang: Lang) -> String {
    let era = EraDate::from_date(date);
    match (era, lang) {
        (Some(era), Lang::Ja) => format!("{}({})", era.padded(), weekday_kanji(date)),
        (Some(era), Lang::En) => format!("{date} ({})", era.compact()),
        (None, _) => date.to_string(),
    }
}

/// A date with what helps to notice a slip: the weekday of a recent day, the Gregorian year and age of a birthday.
pub fn date_of_item(item: &Item, date: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    let Kind::Date { style: DateStyle::Birth, .. } = item.kind else { return day(date, lang) };
    let era = EraDate::from_date(date).map_or_else(|| date.to_string(), EraDate::padded);
    let whole = match lang {
        Lang::Ja => fill(words::BIRTH.ja, &[&era, &date.year()]),
        Lang::En => day(date, lang),
    };
    match age_on(date, today) {
        Some(years) => format!("{whole}  {}", fill(words::YEARS_OLD.in_lang(lang), &[&years])),
        None => whole,
    }
}

/// What to type, in full; `goes_on`: the focus leaves it by itself once it is complete.
pub fn hint(item: &Item, goes_on: bool, lang: Lang) -> String {
    let [whole, ..] = hints(item, goes_on, lang);
    whole
}

/// The same from long to short: with an example, without it or with a short one, and without the label.
pub fn hints(item: &Item, goes_on: bool, lang: Lang) -> [String; 3] {
    let example = example(item, goes_on, lang);
    let label = item.label.in_lang(lang);
    match item.help.as_ref().map(|help| help.in_lang(lang)) {
        Some(help) => [format!("{label}: {help}  {example}"), format!("{label}: {help}"), help.to_owned()],
        None => {
            let short = match item.kind {
                Kind::Date { style: DateStyle::Recent, .. } => words::HINT_DATE_SHORT.in_lang(lang),
                _ => &example,
            };
            [format!("{label}: {example}"), format!("{label}: {short}"), example]
        }
    }
}

/// How a value of this kind is typed.
fn example(item: &Item, goes_on: bool, lang: Lang) -> String {
    let keyed = |words: Text, options: &[Choice]| fill(words.in_lang(lang), &[&keys(options)]);
    let text: Text = match &item.kind {
        Kind::Choice { options } => return keyed(words::HINT_CHOICE, options),
        Kind::Choices { options } => return keyed(words::HINT_CHOICES, options),
        Kind::Date { style: DateStyle::Birth, .. } if goes_on => words::HINT_BIRTH_GOES_ON,
        Kind::Date { style: DateStyle::Birth, .. } => words::HINT_BIRTH,
        Kind::Date { .. } => words::HINT_DATE,
        Kind::Time => words::HINT_TIME,
        Kind::Phone | Kind::Fax => words::HINT_PHONE,
        Kind::PostalCode { .. } => words::HINT_POSTAL,
        Kind::Reading { .. } => words::HINT_READING,
        Kind::Integer { .. } | Kind::Decimal { .. } | Kind::Computed { .. } => words::HINT_NUMBER,
        Kind::Text { .. } if item.register.is_some() => words::HINT_REGISTER,
        Kind::Text { max, .. } | Kind::MultiLine { max } | Kind::Name { max } => {
            return fill(words::HINT_TEXT.in_lang(lang), &[max]);
        }
    };
    text.in_lang(lang).to_owned()
}

/// Marks what nobody has compared with the original paper yet.
pub const UNVERIFIED: &str = "?";

/// Where the item comes from, and whether somebody compared it with the original.
pub fn source(form: &Form, item: &Item, lang: Lang) -> String {
    let open = item.kind.options().iter().any(|option| option.unverified);
    let words = match item.source.verified {
        true if open => words::SOURCE_PARTLY,
        true => words::SOURCE,
        false => words::SOURCE_UNVERIFIED,
    };
    fill(words.in_lang(lang), &[&form.citation(item, lang)])
}

/// How the input method should stand.
pub fn input_mode(item: &Item) -> Text {
    match &item.kind {
        Kind::Text { input: InputMode::Alphanumeric, .. } => common::EXPECT_ASCII,
        Kind::Text { .. } | Kind::MultiLine { .. } | Kind::Name { .. } => common::EXPECT_KANA,
        _ => common::EXPECT_ASCII,
    }
}

/// A key that is none of the answers, or no key for this item at all.
pub fn refused(item: &Item, lang: Lang) -> String {
    match item.kind.options() {
        [] => words::NOT_TYPED.in_lang(lang).to_owned(),
        options => no_such_answer(&keys(options), lang),
    }
}

pub fn no_such_answer(keys: &str, lang: Lang) -> String {
    fill(words::NO_SUCH_ANSWER.in_lang(lang), &[&keys])
}

/// What is wrong, and what was probably meant or what to type. Never what was typed.
pub fn trouble(trouble: &Trouble, item: &Item, lang: Lang) -> String {
    match trouble {
        Trouble::Date(problem) => date_trouble(problem, item, lang),
        Trouble::Phone { surplus: 0, missing: 0 } => words::PHONE_BAD.in_lang(lang).to_owned(),
        Trouble::Phone { surplus: 0, missing } => fill(words::PHONE_MISSING.in_lang(lang), &[missing]),
        Trouble::Phone { surplus, .. } => fill(words::PHONE_SURPLUS.in_lang(lang), &[surplus]),
        Trouble::TooLong(over) => fill(words::TOO_LONG.in_lang(lang), &[over]),
        Trouble::Reading => words::READING_BAD.in_lang(lang).to_owned(),
        Trouble::NoNumber => problem::NOT_A_NUMBER.in_lang(lang).to_owned(),
        Trouble::Unreadable => wanted(&item.kind).in_lang(lang).to_owned(),
    }
}

fn date_trouble(problem: &DateProblem, item: &Item, lang: Lang) -> String {
    let style = match item.kind {
        Kind::Date { style, .. } => style,
        _ => DateStyle::Recent,
    };
    let example = date_example(style);
    let with_example = |text: Text| fill(text.in_lang(lang), &[&example.in_lang(lang)]);
    let and = |text: Text, remedy: Text| {
        let meant = problem.suggestion().and_then(EraDate::from_date).map(EraDate::compact);
        let offered = meant.map(|meant| fill(words::DATE_SUGGESTION.in_lang(lang), &[&meant]));
        format!("{} {}", text.in_lang(lang), offered.unwrap_or_else(|| remedy.in_lang(lang).to_owned()))
    };
    match problem {
        DateProblem::Empty | DateProblem::Unreadable => with_example(words::DATE_UNREADABLE),
        DateProblem::Incomplete => with_example(words::DATE_INCOMPLETE),
        DateProblem::YearNeeded => with_example(words::DATE_YEAR_NEEDED),
        DateProblem::EraNeeded => with_example(words::DATE_ERA_NEEDED),
        DateProblem::NothingAbove => with_example(words::DATE_NOTHING_ABOVE),
        DateProblem::NoSuchDay { .. } => and(words::DATE_NO_SUCH_DAY, words::DATE_LIMITS),
        DateProblem::OutsideEra { .. } => and(words::DATE_OUTSIDE_ERA, words::CHECK_YEAR),
        DateProblem::OutOfCalendar => and(words::DATE_OUT_OF_CALENDAR, words::CHECK_YEAR),
        DateProblem::Future => words::DATE_FUTURE.in_lang(lang).to_owned(),
    }
}

pub const fn channel(channel: Channel) -> Text {
    match channel {
        Channel::Fax => words::CHANNEL_FAX,
        Channel::Phone => words::CHANNEL_PHONE,
        Channel::Paper => words::CHANNEL_PAPER,
        Channel::File => words::CHANNEL_FILE,
        Channel::OwnOffice => words::CHANNEL_OWN,
    }
}
