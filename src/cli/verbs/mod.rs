//! One file per verb.
pub mod audit;
pub mod confirm;
pub mod courier;
pub mod demo;
pub mod destinations;
pub mod doctor;
pub mod incidents;
pub mod init;
pub mod institutions;
pub mod keymap;
pub mod kin;
pub mod media;
pub mod postal;
pub mod queue;
pub mod records;
pub mod results;
pub mod schema;

use crate::cli::failure::Failure;
use crate::domain::case_number::{CaseNumber, CaseNumberProblem};
use crate::domain::ids::{RecordId, TransmissionId};
use crate::domain::sensitive::Personal;
use crate::office::ops::{ListTransmissions, SearchRecords};
use crate::office::{Reason, Session};

/// The record that a person names by `2026-12`, `12` (the newest of that number), `26-00012-5` (its case) or ID.
fn find_record(session: &mut Session, name: &str) -> Result<RecordId, Failure> {
    if let Some(id) = RecordId::parse(name) {
        return Ok(id);
    }
    let (year, number) = match name.split_once('-') {
        _ if name.matches('-').count() == 2 => {
            let case = CaseNumber::parse(name).map_err(|problem| match problem {
                CaseNumberProblem::CheckDigit => Reason::CaseNumberWrong,
                CaseNumberProblem::Malformed => Reason::NoSuchThing,
            })?;
            return by_number(session, Some(case.year), case.number);
        }
        Some((year, number)) => (Some(year.parse::<i32>().map_err(|_| Reason::NoSuchThing)?), number),
        None => (None, name),
    };
    by_number(session, year, number.parse().map_err(|_| Reason::NoSuchThing)?)
}

fn by_number(session: &mut Session, year: Option<i32>, number: u32) -> Result<RecordId, Failure> {
    // The worklist shows the newest of today's cases; a script may mean an old one, or a call that belongs to a case.
    let page = session.perform(SearchRecords { term: Personal::new(number.to_string()) })?;
    let found = page
        .lines
        .iter()
        .filter(|line| line.number == number && year.is_none_or(|year| line.year == year))
        .max_by_key(|line| line.year);
    Ok(found.ok_or(Reason::NoSuchThing)?.record)
}

/// The transmission that a person names by number or ID.
fn find_transmission(session: &mut Session, name: &str) -> Result<TransmissionId, Failure> {
    if let Some(id) = TransmissionId::parse(name) {
        return Ok(id);
    }
    let number: u32 = name.parse().map_err(|_| Reason::NoSuchThing)?;
    let lines = session.perform(ListTransmissions)?;
    Ok(lines.iter().find(|line| line.number == number).ok_or(Reason::NoSuchThing)?.id)
}
