//! Reporting a misdelivery (誤送付): when it was noticed, how many people, what happened. F12 stops the destination.
use super::incident::IncidentCourse;
use super::parts::{Item, Items};
use super::slip::{Answered, Filling, Slip, Unreadable};
use crate::domain::ids::{DestinationId, TransmissionId};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::japanese::date_input::{DateContext, parse_date};
use crate::japanese::era::EraDate;
use crate::japanese::time_input::parse_time;
use crate::japanese::width::fold_ascii;
use crate::office::ops::{self, ReportMisdelivery, TransmissionLine};
use crate::text::{Lang, Text, fill, incidents as say};
use crate::tui::screen::Effect;
use crate::tui::widgets::text_field::Accept;
use chrono::{NaiveDate, NaiveTime};

const DAY: usize = 0;
const TIME: usize = 1;
const PEOPLE: usize = 2;
const WORDS: usize = 3;
const PEOPLE_DIGITS: usize = 5;
const WORDS_LENGTH: usize = 400;

/// See the module.
pub struct Misdelivery {
    destination: DestinationId,
    transmission: Option<TransmissionId>,
    /// What it is about: `T-0003 D014`, `D014`.
    about: String,
    /// What is stopped.
    what: String,
}

impl Misdelivery {
    /// About one sending.
    pub fn of_sending(line: &TransmissionLine, now: Timestamp, lang: Lang) -> Filling<Self> {
        let code = line.destination.as_ref().map_or("", |to| to.code.as_str());
        let about = format!("T-{:04} {code}", line.number).trim_end().to_owned();
        let what = if code.is_empty() { say::THAT_DESTINATION.in_lang(lang) } else { code };
        let what = what.to_owned();
        Self { destination: line.to, transmission: Some(line.id), about, what }.begun(now)
    }

    /// About an entry of the register: which sending it was is not known.
    pub fn of_entry(id: DestinationId, code: &str, now: Timestamp) -> Filling<Self> {
        let (about, what) = (code.to_owned(), code.to_owned());
        Self { destination: id, transmission: None, about, what }.begun(now)
    }

    fn begun(self, now: Timestamp) -> Filling<Self> {
        let [day, time] = moment_items([say::FIELD_DAY, say::FIELD_TIME], now);
        let items = vec![
            day,
            time,
            Item::new(say::FIELD_PEOPLE, Accept::Digits, PEOPLE_DIGITS, 7).hint(say::HINT_PEOPLE),
            Item::new(say::FIELD_WORDS, Accept::Anything, WORDS_LENGTH, 52),
        ];
        // Mostly it is noticed now, and there is no time to lose.
        Filling::new(self, items).begin_at(PEOPLE)
    }
}

impl Slip for Misdelivery {
    fn title(&self, lang: Lang) -> String {
        fill(say::REPORT_TITLE.in_lang(lang), &[&self.about])
    }

    fn act(&self) -> Text {
        say::KEY_REPORT
    }

    fn above(&self, lang: Lang) -> Vec<String> {
        vec![
            fill(say::REPORT_EFFECT.in_lang(lang), &[&self.what]),
            say::REPORT_AFTER.in_lang(lang).to_owned(),
        ]
    }

    fn below(&self) -> Option<Text> {
        Some(say::REPORT_NO_NAMES)
    }

    fn operation(&self, items: &Items, today: NaiveDate) -> Result<ops::Request, Unreadable> {
        let text = |at: usize| items.text(at);
        Ok(ReportMisdelivery {
            destination: self.destination,
            transmission: self.transmission,
            found_at: read_moment([DAY, TIME], text, today)?,
            people: read_people(&text(PEOPLE)).ok_or((PEOPLE, say::BAD_PEOPLE))?,
            words: Personal::new(text(WORDS)),
        }
        .into())
    }

    fn answered(&self, reply: ops::Reply, _lang: Lang) -> Option<Answered> {
        let ops::Reply::ReportMisdelivery(result) = reply else { return None };
        Some(result.map(|reported| Effect::Replace(Box::new(IncidentCourse::new(reported.incident)))))
    }
}

/// A day and a time below each other, both filled with now.
pub(super) fn moment_items([day, time]: [Text; 2], now: Timestamp) -> [Item; 2] {
    let today = EraDate::from_date(now.date_in_japan()).map(EraDate::compact).unwrap_or_default();
    let clock = now.in_japan().format("%H:%M").to_string();
    [
        Item::new(day, Accept::Anything, 16, 18).hint(say::HINT_DAY).ascii().filled(&today),
        Item::new(time, Accept::Anything, 8, 10).hint(say::HINT_TIME).ascii().filled(&clock),
    ]
}

/// The moment that stands in two items; else the item that cannot be read, and why.
pub(super) fn read_moment(
    [day, time]: [usize; 2],
    text: impl Fn(usize) -> String,
    today: NaiveDate,
) -> Result<Timestamp, Unreadable> {
    let date = parse_date(&text(day), &DateContext::recent(today)).map_err(|_| (day, say::BAD_DAY))?;
    let clock = parse_time(&text(time)).and_then(|clock| NaiveTime::parse_from_str(&clock, "%H:%M").ok());
    let clock = clock.ok_or((time, say::BAD_TIME))?;
    Ok(Timestamp::from_japan(date.and_time(clock)))
}

/// A number of people in any width.
pub(super) fn read_people(typed: &str) -> Option<u32> {
    fold_ascii(typed).trim().parse().ok()
}
