//! `postal import|show|municipality`: no sign-in, there is nothing about a person in it.
use std::path::Path;

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::cli::Context;
use crate::cli::args::Postal;
use crate::cli::failure::Failure;
use crate::cli::render::{Output, table};
use crate::config::gazetteer::{load_gazetteer, table_file};
use crate::config::{FaultKind, FileFault};
use crate::domain::time::Clock as _;
use crate::japanese::gazetteer::{ListProblem, Mistake, PostalTable, Town, pack, read_list, shipped};
use crate::japanese::width::fold_ascii;
use crate::os::clock::SystemClock;
use crate::os::files;
use crate::text::cli as say;
use crate::text::{Lang, Text, fill};

/// Twice the list in UTF-8.
const LIST_MAX: u64 = 40_000_000;
/// More rows are not read by anybody.
const SHOWN_MAX: usize = 500;
const SHORTEST_PREFIX: usize = 3;

pub fn run(context: &Context, verb: &Postal) -> Result<Output, Failure> {
    match verb {
        Postal::Import { file, date } => import(context, file, *date),
        Postal::Show { code } => show(context, code),
        Postal::Municipality { name } => municipality(context, name),
    }
}

/// Everything is checked before anything is written.
fn import(context: &Context, file: &Path, date: NaiveDate) -> Result<Output, Failure> {
    if date > SystemClock.read().wall.date_in_japan() {
        return Err(Failure::refused("postal-date", say::POSTAL_DATE, &[&date]));
    }
    let unreadable =
        |_| Failure::from(FileFault { file: file.to_owned(), line: 0, kind: FaultKind::Unreadable });
    let bytes = files::read_limited(file, LIST_MAX).map_err(unreadable)?;
    let list = match read_list(&bytes) {
        Ok(list) => list,
        Err(mistakes) => return Ok(refused(context.lang, file, &mistakes)),
    };
    let packed = pack(&list, date);
    // What cannot be read back must not replace what can.
    let sound = PostalTable::from_bytes(packed.clone()).is_ok_and(|table| table.date() == date);
    let path = table_file(&context.home);
    let written =
        files::make_private_dir(&context.home).and_then(|()| files::write_atomically(&path, &packed));
    if !sound || written.is_err() {
        return Err(Failure::refused("postal-not-written", say::POSTAL_NOT_WRITTEN, &[&path.display()]));
    }
    let used = date > shipped().date();
    let sentence = fill(say::POSTAL_IMPORTED.in_lang(context.lang), &[&list.len(), &date]);
    let output =
        Output::new(json!({ "file": path, "date": date.to_string(), "lines": list.len(), "used": used }))
            .line(sentence);
    if used {
        return Ok(output);
    }
    Ok(output.line(fill(say::POSTAL_OLDER.in_lang(context.lang), &[&shipped().date()])))
}

fn refused(lang: Lang, file: &Path, mistakes: &[Mistake]) -> Output {
    let sentence = |mistake: &Mistake, lang: Lang| text_of(mistake.problem).in_lang(lang).to_owned();
    let lines =
        mistakes.iter().map(|one| format!("{}:{}: {}", file.display(), one.line, sentence(one, lang)));
    let listed: Vec<Value> = mistakes
        .iter()
        .map(|one| json!({ "line": one.line, "ja": sentence(one, Lang::Ja), "en": sentence(one, Lang::En) }))
        .collect();
    let output = Output::new(json!({ "file": file, "problems": listed })).lines(lines);
    output.but(Failure::refused("postal-list", say::POSTAL_PROBLEMS, &[&mistakes.len()]))
}

const fn text_of(problem: ListProblem) -> Text {
    match problem {
        ListProblem::Encoding => say::POSTAL_ENCODING,
        ListProblem::Fields => say::POSTAL_FIELDS,
        ListProblem::Municipality => say::POSTAL_MUNICIPALITY,
        ListProblem::Code => say::POSTAL_CODE,
        ListProblem::Prefecture => say::POSTAL_PREFECTURE,
        ListProblem::Name => say::POSTAL_NAME,
        ListProblem::Bracket => say::POSTAL_BRACKET,
        ListProblem::TwoNames => say::POSTAL_TWO_NAMES,
        ListProblem::NotAll => say::POSTAL_NOT_ALL,
    }
}

fn show(context: &Context, code: &str) -> Result<Output, Failure> {
    let digits = fold_ascii(code).replace('-', "");
    let wrong = !(SHORTEST_PREFIX..=7).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit());
    if wrong {
        return Err(Failure::usage("postal-digits", say::POSTAL_DIGITS, &[]));
    }
    let gazetteer = load_gazetteer(&context.home);
    let towns = gazetteer.table().by_prefix(&digits, SHOWN_MAX);
    if towns.is_empty() {
        return Err(Failure::refused("no-such-postal-code", say::POSTAL_UNKNOWN, &[]));
    }
    let rows: Vec<Vec<String>> = towns
        .iter()
        .map(|town| {
            let first = town.addresses().into_iter().next().unwrap_or_default();
            vec![shown(town.code), town.municipality.code.to_string(), first, town.note.clone()]
        })
        .collect();
    let listed: Vec<Value> = towns.iter().map(town_json).collect();
    let date = gazetteer.table().date();
    Ok(Output::new(json!({ "date": date.to_string(), "towns": listed })).lines(table(&rows)))
}

fn town_json(town: &Town<'_>) -> Value {
    json!({
        "code": shown(town.code), "municipality_code": town.municipality.code.to_string(),
        "prefecture": town.municipality.prefecture(), "municipality": town.municipality.name,
        "town": town.name, "note": town.note, "addresses": town.addresses(),
    })
}

fn shown(code: u32) -> String {
    format!("{code:07}")
}

fn municipality(context: &Context, name: &str) -> Result<Output, Failure> {
    let gazetteer = load_gazetteer(&context.home);
    let found = gazetteer.table().municipalities().find(name);
    if found.is_empty() {
        return Err(Failure::refused("no-such-municipality", say::NO_SUCH_MUNICIPALITY, &[]));
    }
    let rows: Vec<Vec<String>> =
        found.iter().map(|one| vec![one.code.to_string(), one.full_name(), one.kana.clone()]).collect();
    let listed: Vec<Value> = found
        .iter()
        .map(|one| {
            let (prefecture, name) = (one.prefecture(), &one.name);
            json!({ "code": one.code.to_string(), "prefecture": prefecture, "name": name, "kana": one.kana })
        })
        .collect();
    Ok(Output::new(json!({ "municipalities": listed })).lines(table(&rows)))
}
