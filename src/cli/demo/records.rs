//! Synthetic reports about the people of a made-up town.
use chrono::{Days, NaiveDate, Timelike as _};
use serde_json::{Value as Json, json};

use super::past::PastClock;
use super::population::{Population, Resident};
use super::random::Random;
use crate::cli::failure::Failure;
use crate::domain::intake::{Channel, Intake};
use crate::domain::time::{Clock as _, Timestamp};
use crate::form::Values;
use crate::japanese::age::age_on;
use crate::office::ops::{OpenDraft, RegisterDraft, RegisterOutcome, SaveDraft};
use crate::office::{Reason, Session};

const HOUR_S: i64 = 3600;
/// Reports of a small town: a few a day.
const ARRIVAL_S: i64 = 7 * HOUR_S;
/// Nothing in the demo is older.
const ARRIVALS_WITHIN_S: i64 = 60 * 24 * HOUR_S;

const INSTITUTIONS: [(&str, &str); 3] = [
    ("架空総合病院", "架空県見本市仮町9-99-99"),
    ("見本クリニック", "架空県見本市試町8-88-88"),
    ("例田内科医院", "架空県見本市例町7-77-77"),
];
const DOCTORS: [&str; 5] = ["仮野", "架空", "見本", "試野", "例田"];
const OCCUPATIONS: [&str; 5] = ["会社員", "調理員", "自営業", "無職", "教員"];

/// Reports about people, some of whom were reported before.
pub struct Town {
    random: Random,
    population: Population,
    /// The last who were reported, for those who come again.
    known: Vec<Resident>,
}

impl Town {
    const KNOWN_MAX: usize = 200;
    const ADULT_YEARS: u32 = 20;
    const OLDEST_YEARS: u32 = 95;
    /// One report in so many is about somebody who was reported before.
    const COMES_AGAIN: i64 = 6;

    pub fn new(mut random: Random, today: NaiveDate) -> Self {
        let population = Population::new(random.next(), today);
        Self { random, population, known: Vec::new() }
    }

    fn reported(&mut self, day: NaiveDate) -> Resident {
        if !self.known.is_empty() && self.random.between(1, Self::COMES_AGAIN) == 1 {
            let person = self.random.pick(&self.known).clone();
            return self.population.told_again(&person);
        }
        let adult = |person: &Resident| {
            age_on(person.born, day).is_some_and(|age| (Self::ADULT_YEARS..Self::OLDEST_YEARS).contains(&age))
        };
        let person = self.population.by_ref().find(adult).expect("a town has adults");
        if self.known.len() == Self::KNOWN_MAX {
            self.known.remove(0);
        }
        self.known.push(person.clone());
        person
    }

    /// The numbers 0300000000 to 0300000999 belong to nobody.
    fn phone(&mut self) -> String {
        format!("03-0000-0{:03}", self.random.between(0, 999))
    }
}

/// When reports arrive and how long entering one takes.
pub struct Pace {
    count: i64,
    arrival_s: i64,
    entry_s: i64,
}

impl Pace {
    pub fn new(count: u32, entry_s: i64) -> Self {
        let count = i64::from(count.max(1));
        Self { count, arrival_s: ARRIVAL_S.min(ARRIVALS_WITHIN_S / count), entry_s }
    }

    /// Spread backwards from `now`, always within opening hours, and the later index later.
    fn received_at(&self, now: Timestamp, index: u32) -> Timestamp {
        let at = |index: i64| within_opening_hours(now.plus_seconds(-(self.count - index) * self.arrival_s));
        // Before the office opens, the newest would lie ahead: then all of them came a day sooner.
        let ahead = at(self.count - 1) >= now;
        at(i64::from(index)).plus_seconds(if ahead { -24 * HOUR_S } else { 0 })
    }
}

/// The same day, with its twenty-four hours squeezed into the eight from half past eight.
fn within_opening_hours(at: Timestamp) -> Timestamp {
    const OPENS_S: i64 = 8 * HOUR_S + HOUR_S / 2;
    let second = i64::from(at.in_japan().num_seconds_from_midnight());
    at.plus_seconds(OPENS_S + second / 3 - second)
}

pub fn register(
    session: &mut Session,
    clock: &PastClock,
    pace: &Pace,
    index: u32,
    town: &mut Town,
) -> Result<(), Failure> {
    let report = Report::make(pace.received_at(clock.now(), index), index, town);
    let opened = session.perform(report.open())?;
    clock.advance(pace.entry_s);
    let values = report.values(session, &report.json)?;
    match session.perform(RegisterDraft { draft: opened.draft, values, passed: Vec::new() })? {
        RegisterOutcome::Registered(_) => Ok(()),
        RegisterOutcome::Unexplained(_) => Err(Reason::WarningsOpen.into()),
        RegisterOutcome::Problems(_) => Err(Reason::FormProblems.into()),
        RegisterOutcome::Conflict { .. } => Err(Reason::VersionConflict.into()),
    }
}

/// A report whose entry was interrupted after the person's data.
pub fn leave_draft(
    session: &mut Session,
    clock: &PastClock,
    pace: &Pace,
    index: u32,
    town: &mut Town,
) -> Result<(), Failure> {
    /// Where the telephone rang.
    const POSITION: &str = "address";
    const TYPED: [&str; 5] = ["reading", "name", "sex", "birth_date", "address"];
    // Every third one is a report with a person in it, from 0 on.
    let report = Report::make(pace.received_at(clock.now(), index), 0, town);
    let opened = session.perform(report.open())?;
    clock.advance(pace.entry_s / 2);
    let mut typed = report.json.clone();
    if let Json::Object(items) = &mut typed {
        items.retain(|key, _| TYPED.contains(&key.as_str()));
    }
    let values = report.values(session, &typed)?;
    session.save_draft(&SaveDraft { draft: opened.draft, values, position: POSITION.to_owned() })?;
    Ok(())
}

struct Report {
    form: &'static str,
    intake: Intake,
    json: Json,
}

impl Report {
    /// The three forms take turns.
    fn make(received_at: Timestamp, index: u32, town: &mut Town) -> Self {
        let day = received_at.date_in_japan();
        let (form, channel, pages, json) = match index % 3 {
            0 => ("ehec", Channel::Fax, Some(2), ehec(day, town)),
            1 => ("invasive_pneumococcal", Channel::Paper, Some(3), pneumococcal(day, town)),
            _ => ("homecare_support_request", Channel::Phone, None, home_care(day, town)),
        };
        Self { form, intake: Intake { channel, received_at, pages }, json }
    }

    fn open(&self) -> OpenDraft {
        OpenDraft { form: self.form.to_owned(), intake: self.intake, link: None }
    }

    fn values(&self, session: &Session, json: &Json) -> Result<Values, Failure> {
        let form = session.house().catalog().latest(self.form).ok_or(Reason::FormUnknown)?;
        Ok(form.parse_json_values(json.to_string().as_bytes()).map_err(|_| Reason::ContentMalformed)?)
    }
}

/// Adds what `more` says to the items of `base`.
fn with(mut base: Json, more: Json) -> Json {
    if let (Json::Object(items), Json::Object(more)) = (&mut base, more) {
        items.extend(more);
    }
    base
}

fn before(day: NaiveDate, days: i64) -> String {
    let earlier = day.checked_sub_days(Days::new(days.unsigned_abs())).unwrap_or(day);
    earlier.format("%Y-%m-%d").to_string()
}

fn institution(day: NaiveDate, town: &mut Town) -> Json {
    let (name, address) = *town.random.pick(&INSTITUTIONS);
    let surname = *town.random.pick(&DOCTORS);
    json!({
        "institution_name": name, "institution_address": address, "institution_phone": town.phone(),
        "doctor": format!("{surname} 医師"), "reported_on": before(day, 0),
    })
}

/// An adult, because reports of minors need a guardian; now and then one who was reported before.
fn person(day: NaiveDate, town: &mut Town) -> Json {
    let person = town.reported(day);
    json!({
        "reading": format!("{} {}", person.surname.reading, person.given.reading),
        "name": format!("{} {}", person.surname.kanji, person.given.kanji),
        "sex": if person.woman { "female" } else { "male" }, "birth_date": person.born.to_string(),
        "address": person.address, "phone": person.phone,
    })
}

fn ehec(day: NaiveDate, town: &mut Town) -> Json {
    let o_serogroup = *town.random.pick(&["157", "26", "111"]);
    let report = json!({
        "case_type": "patient", "occupation": *town.random.pick(&OCCUPATIONS),
        "symptoms": ["abdominal_pain", *town.random.pick(&["watery_diarrhoea", "bloody_stool"])],
        "lab_method": "isolation", "lab_specimen": "stool", "o_serogroup": o_serogroup,
        "toxin_check": "pcr", "toxin_type": *town.random.pick(&["vt1", "vt2", "vt1_vt2"]),
        "first_visit": before(day, 2), "diagnosed": before(day, 0), "infected": before(day, 7), "onset": before(day, 4),
        "route_certainty": "estimated", "route": "経口感染", "route_detail": "飲食店での喫食",
        "place_certainty": "estimated", "place": "domestic",
    });
    with(with(institution(day, town), person(day, town)), report)
}

fn pneumococcal(day: NaiveDate, town: &mut Town) -> Json {
    let report = json!({
        "case_type": "patient", "sex": *town.random.pick(&["male", "female"]), "age": town.random.between(40, 95),
        "symptoms": ["fever", *town.random.pick(&["cough", "pneumonia", "meningitis"])],
        "lab_methods": ["isolation"], "lab_specimens": ["blood"], "serotype": *town.random.pick(&["3", "19A", "22F"]),
        "first_visit": before(day, 2), "diagnosed": before(day, 0), "onset": before(day, 3),
        "route_certainty": "estimated", "route": "unknown", "place_certainty": "estimated", "place": "domestic",
        "vaccinated": *town.random.pick(&["no", "unknown"]),
    });
    with(institution(day, town), report)
}

fn home_care(day: NaiveDate, town: &mut Town) -> Json {
    let request = json!({
        "requests": ["phone_consultation", *town.random.pick(&["medicines", "home_visit", "home_nursing"])],
        "urgency": *town.random.pick(&["same_day", "next_day"]), "consent": "person", "requested_on": before(day, 0),
        "officer": "入力 太郎", "disease": "季節性インフルエンザ", "onset": before(day, 2),
        "spo2": town.random.between(95, 99), "severity": "mild",
    });
    with(person(day, town), request)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Catalog, Context, shipped_sources};

    #[test]
    fn every_report_is_complete_and_without_warning() {
        let catalog = Catalog::load(shipped_sources()).catalog;
        let now = Timestamp::from_seconds(1_783_987_920);
        for seed in 0..40 {
            let mut town = Town::new(Random::new(seed), now.date_in_japan());
            for index in 0..30 {
                let report = Report::make(now, index, &mut town);
                let form = catalog.latest(report.form).expect("shipped");
                let values =
                    form.parse_json_values(report.json.to_string().as_bytes()).expect("fits the form");
                let context = Context { today: now.date_in_japan(), received_at: now };
                let complete = form.complete(&values, &context).expect("complete");
                assert!(complete.warnings().is_empty(), "{}: {:?}", report.form, complete.warnings());
            }
        }
    }

    #[test]
    fn arrivals_lie_before_now_within_two_months_and_opening_hours() {
        for (hour, count) in (0..24).flat_map(|hour| [1, 12, 100_000].map(|count| (hour, count))) {
            let now = Timestamp::from_seconds(1_783_954_800 + hour * HOUR_S);
            let pace = Pace::new(count, 1);
            let day_s = 24 * HOUR_S;
            assert!(now.seconds_since(pace.received_at(now, 0)) <= ARRIVALS_WITHIN_S + 3 * day_s);
            let mut before = Timestamp::from_seconds(0);
            for index in [0, count / 2, count.saturating_sub(2), count - 1] {
                let at = pace.received_at(now, index);
                assert!(before <= at, "{hour}: the newest is the newest");
                before = at;
                assert!(at < now && (8..17).contains(&at.in_japan().hour()), "{}", at.rfc3339_japan());
            }
        }
    }
}
