//! `kin`: whom the person who signs in declares as near, so that the review of the log can tell.
use std::io::Read as _;

use chrono::NaiveDate;
use serde_json::json;

use crate::cli::Context;
use crate::cli::args::Kin;
use crate::cli::failure::Failure;
use crate::cli::render::{Output, table};
use crate::cli::sign_in::with_session;
use crate::domain::ids::KinId;
use crate::domain::sensitive::Personal;
use crate::office::ops::{DeclareKin, Declared, KinChange};
use crate::office::{Reason, Relation};
use crate::text::cli as say;

const JSON_MAX: u64 = 4096;

pub fn run(context: &Context, verb: &Kin) -> Result<Output, Failure> {
    let change = match verb {
        Kin::List => KinChange::Nothing,
        // Names do not stand on a command line, where everybody on the machine sees them.
        Kin::Declare => read().ok_or_else(|| Failure::usage("kin-json", say::KIN_JSON, &[]))?,
        Kin::Remove { id } => KinChange::Remove(KinId::parse(id).ok_or(Reason::NoSuchThing)?),
    };
    let own = with_session(context, |session| Ok(session.perform(DeclareKin { change })?))?;
    let rows: Vec<Vec<String>> = own.iter().map(row).collect();
    Ok(Output::new(json!({ "kin": own.iter().map(json_of).collect::<Vec<_>>() })).lines(table(&rows)))
}

fn read() -> Option<KinChange> {
    let mut text = String::new();
    std::io::stdin().lock().take(JSON_MAX).read_to_string(&mut text).ok()?;
    let said: serde_json::Value = serde_json::from_str(&text).ok()?;
    let word = |key: &str| Some(said.get(key)?.as_str()?.to_owned());
    let birth_date = match word("birth_date") {
        Some(date) => Some(Personal::new(date.parse::<NaiveDate>().ok()?)),
        None => None,
    };
    Some(KinChange::Declare {
        relation: Relation::from_code(&word("relation")?)?,
        name: Personal::new(word("name").unwrap_or_default()),
        reading: Personal::new(word("reading").unwrap_or_default()),
        birth_date,
    })
}

fn row(kin: &Declared) -> Vec<String> {
    let born = kin.birth_date.as_ref().map_or("-".to_owned(), |date| date.expose().to_string());
    vec![
        kin.id.to_string(),
        kin.relation.code().to_owned(),
        kin.name.expose().clone(),
        kin.reading.expose().clone(),
        born,
    ]
}

fn json_of(kin: &Declared) -> serde_json::Value {
    json!({
        "id": kin.id.to_string(), "relation": kin.relation.code(), "name": kin.name.expose(),
        "reading": kin.reading.expose(), "birth_date": kin.birth_date.as_ref().map(|date| date.expose().to_string()),
    })
}
