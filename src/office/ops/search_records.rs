//! Find records by who they are about, or by number.
use chrono::NaiveDate;

use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ListRecords as Permit};
use super::super::reason::Reason;
use super::super::store::subject::{Found, Wanted};
use super::super::store::{self, Tx};
use super::list_records::{RecordPage, lines};
use crate::domain::sensitive::Personal;
use crate::japanese::date_input::{DateContext, parse_date};
use crate::japanese::kana::{Voicing, search_key, sound_key};
use crate::japanese::names::match_key;
use crate::japanese::person::phone_key;
use crate::japanese::romaji;
use crate::japanese::width::fold_ascii;

const LINES_MAX: u32 = 100;
pub(super) const TERM_MAX: usize = 100;
/// Reception numbers are written with four digits; a long year may need more.
const NUMBER_DIGITS: std::ops::RangeInclusive<usize> = 1..=5;
/// Fewer digits of a telephone number are shared by half a town.
const PHONE_DIGITS_MIN: usize = 6;

/// Searches by the beginning of the reading (kana or romaji) or of the name, by birth date in any spelling, by both
/// together, by telephone or reception number. The term goes into the log as an erasable detail: what somebody looked
/// for is what a reviewer has to know.
#[derive(Clone, Debug)]
pub struct SearchRecords {
    pub term: Personal<String>,
}

impl sealed::Sealed for SearchRecords {}
impl Operation for SearchRecords {
    type Needs = Permit;
    type Outcome = RecordPage;
    const ACTION: Action = Action::SearchRecords;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<RecordPage>, Reason> {
        let term: String = self.term.expose().trim().chars().take(TERM_MAX).collect();
        let found = find(tx, &term, desk.now.date_in_japan())?;
        let lines = lines(tx, found.rows, permit.actor(), desk.now)?;
        let shown = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        let page = RecordPage { lines, total: u64::from(shown), more: found.more };
        Ok(Acted::done(page).with_detail(term).with_ref(RefKey::Rows, &shown.to_be_bytes()))
    }
}

/// The records that a term means.
pub(super) fn find(tx: &Tx<'_>, term: &str, today: NaiveDate) -> Result<Found, Reason> {
    let found = tx.find_records(&wanted(term, today), LINES_MAX)?;
    let sound = sound_key(&kana(term));
    // Somebody who writes オノ may mean オオノ, but whoever writes サトウ does not want サトミ before there is no サトウ.
    if found.rows.is_empty() && !sound.is_empty() {
        return Ok(tx.find_records(&Wanted::Sounds(sound.into()), LINES_MAX)?);
    }
    Ok(found)
}

/// What a term means: numbers by how many digits they have, everything else by whether it is a date.
fn wanted(term: &str, today: NaiveDate) -> Wanted {
    let born = |text: &str| {
        let date = parse_date(text, &DateContext::birth(today)).ok()?;
        // `t` and `y` are somebody's initial here.
        text.chars().any(char::is_numeric).then(|| Personal::new(date.to_string()))
    };
    let plain = fold_ascii(term);
    let digits = phone_key(term);
    let numeric = !plain.is_empty() && plain.chars().all(|c| c.is_ascii_digit() || "-() +".contains(c));
    if let Some(born) = born(term) {
        return Wanted::Born(born);
    }
    if numeric && plain.chars().all(|c| c.is_ascii_digit()) && NUMBER_DIGITS.contains(&plain.len()) {
        return Wanted::Number(plain.parse().unwrap_or(0));
    }
    if numeric && digits.starts_with('0') && digits.len() >= PHONE_DIGITS_MIN {
        return Wanted::Phone(digits.into());
    }
    let (called, birth) = match term.rsplit_once(char::is_whitespace) {
        Some((called, last)) => (called, born(last)),
        None => (term, None),
    };
    let keys = |called: &str| {
        let reading = Personal::new(search_key(&kana(called), Voicing::Ignored));
        (reading, Personal::new(match_key(called)))
    };
    match birth {
        Some(born) => {
            let (reading, name) = keys(called);
            Wanted::CalledAndBorn { reading, name, born }
        }
        None => {
            let (reading, name) = keys(term);
            Wanted::Called { reading, name }
        }
    }
}

fn kana(text: &str) -> String {
    romaji::to_katakana(text).kana
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What kind of search a term becomes, and with what.
    fn said(term: &str) -> String {
        let today = NaiveDate::from_ymd_opt(2026, 7, 14).unwrap();
        match wanted(term, today) {
            Wanted::Number(number) => format!("number {number}"),
            Wanted::Phone(digits) => format!("phone {}", digits.expose()),
            Wanted::Born(day) => format!("born {}", day.expose()),
            Wanted::Called { reading, name } => format!("called {} {}", reading.expose(), name.expose()),
            Wanted::CalledAndBorn { reading, name, born } => {
                format!("called {} {} born {}", reading.expose(), name.expose(), born.expose())
            }
            Wanted::Sounds(sound) => format!("sounds {}", sound.expose()),
        }
    }

    #[test]
    fn terms_mean_what_people_type() {
        for term in
            ["S50.3.4", "3500304", "昭和50年3月4日", "19750304", "1975-03-04", "s50/3/4", "Ｓ５０．３．４"]
        {
            assert_eq!(said(term), "born 1975-03-04", "{term}");
        }
        for (term, meant) in [
            ("0226", "number 226"),
            ("２２６", "number 226"),
            ("030000", "phone 030000"),
            ("03-0000-0123", "phone 0300000123"),
            ("０３（００００）０１２３", "phone 0300000123"),
            ("satou", "called サトオ satou"),
            ("サトー", "called サトオ サトー"),
            ("髙﨑", "called 高崎 高崎"),
            ("t", "called  t"),
            ("かりの S50.3.4", "called カリノ かりの born 1975-03-04"),
            ("仮野　花枝 3500304", "called 仮野花枝 仮野花枝 born 1975-03-04"),
            ("かりの はなえ", "called カリノハナエ かりのはなえ"),
            ("123456", "called 123456 123456"),
        ] {
            assert_eq!(said(term).replace("髙﨑", "高崎"), meant, "{term}");
        }
    }
}
