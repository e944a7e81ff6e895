//! `institutions list|import|export`: the register of institutions as a table.
mod file;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use self::file::{Mistake, Table, TableProblem};
use crate::cli::Context;
use crate::cli::args::{Encoding, Institutions};
use crate::cli::failure::Failure;
use crate::cli::render::{Output, table};
use crate::cli::sign_in::with_session;
use crate::config::{FaultKind, FileFault};
use crate::domain::institution::{Institution, InstitutionProblem};
use crate::domain::time::Clock as _;
use crate::japanese::institution::Unreadable;
use crate::office::ops::{KeepInstitution, ListInstitutions};
use crate::office::{InstitutionRow, Reason, Session};
use crate::os::clock::SystemClock;
use crate::os::files;
use crate::text::{Lang, Text, cli as say, fill, institutions as words};

/// Ten thousand institutions.
const TABLE_MAX: u64 = 4_000_000;

pub fn run(context: &Context, verb: &Institutions) -> Result<Output, Failure> {
    match verb {
        Institutions::List => list(context),
        Institutions::Import { file } => import(context, file),
        Institutions::Export { file, encoding } => export(context, file, *encoding),
    }
}

fn list(context: &Context) -> Result<Output, Failure> {
    let rows = with_session(context, |session| Ok(session.perform(ListInstitutions)?))?;
    let known = rows.iter().map(|row| &row.institution);
    let lines: Vec<Vec<String>> = known
        .clone()
        .map(|one| [&one.code, &one.name, &one.reading, &one.phone].map(Clone::clone).to_vec())
        .collect();
    Ok(Output::new(json!({ "institutions": known.map(document).collect::<Vec<_>>() })).lines(table(&lines)))
}

/// Everything is checked before anything is written; then each institution is an act of its own in the log.
fn import(context: &Context, path: &Path) -> Result<Output, Failure> {
    let unreadable =
        |_| Failure::from(FileFault { file: path.to_owned(), line: 0, kind: FaultKind::Unreadable });
    let bytes = files::read_limited(path, TABLE_MAX).map_err(unreadable)?;
    let read = match file::read(&bytes, SystemClock.read().wall.date_in_japan()) {
        Ok(table) => table,
        Err(mistakes) => return Ok(refused(context.lang, path, &mistakes)),
    };
    let counts = with_session(context, |session| keep_all(session, &read))?;
    let Counts { added, changed, same } = counts;
    let sentence = fill(say::INSTITUTIONS_IMPORTED.in_lang(context.lang), &[&added, &changed, &same]);
    Ok(Output::new(json!({ "added": added, "changed": changed, "same": same })).line(sentence))
}

#[derive(Default)]
struct Counts {
    added: usize,
    changed: usize,
    same: usize,
}

fn keep_all(session: &mut Session, read: &Table) -> Result<Counts, Failure> {
    let rows = session.perform(ListInstitutions)?;
    let known: BTreeMap<&str, &InstitutionRow> =
        rows.iter().map(|row| (row.institution.code.as_str(), row)).collect();
    let mut counts = Counts::default();
    for row in &read.institutions {
        let before = known.get(row.code.as_str());
        let institution = before.map_or_else(|| row.clone(), |known| read.completed(row, &known.institution));
        if before.is_some_and(|known| is_same(&known.institution, &institution)) {
            counts.same += 1;
            continue;
        }
        let change = before.map(|known| (known.id, known.version));
        session.perform(KeepInstitution { change, institution }).map_err(|reason| {
            let Counts { added, changed, .. } = counts;
            let why = Failure::from(reason).code;
            Failure::refused("stopped", say::INSTITUTIONS_STOPPED, &[&added, &changed, &row.code, &why])
        })?;
        match change {
            Some(_) => counts.changed += 1,
            None => counts.added += 1,
        }
    }
    Ok(counts)
}

/// The order of doctors is who wrote last and no part of the table.
fn is_same(one: &Institution, other: &Institution) -> bool {
    let sorted = |institution: &Institution| {
        let mut institution = institution.clone();
        institution.doctors.sort_by(|a, b| a.name.cmp(&b.name));
        institution
    };
    sorted(one) == sorted(other)
}

fn export(context: &Context, path: &Path, encoding: Encoding) -> Result<Output, Failure> {
    let rows = with_session(context, |session| Ok(session.perform(ListInstitutions)?))?;
    let institutions: Vec<Institution> = rows.into_iter().map(|row| row.institution).collect();
    let bytes = file::write(&institutions, encoding).map_err(|missing| {
        Failure::refused(
            "not-in-cp932",
            say::TABLE_UNENCODABLE,
            &[&missing.code, &missing.column, &missing.character],
        )
    })?;
    let written = files::write_new(path, &bytes);
    written.map_err(|_| Failure::refused("not-written", say::TABLE_EXISTS, &[&path.display()]))?;
    let sentence =
        fill(say::INSTITUTIONS_EXPORTED.in_lang(context.lang), &[&institutions.len(), &path.display()]);
    Ok(Output::new(json!({ "file": path, "institutions": institutions.len() })).line(sentence))
}

fn refused(lang: Lang, path: &Path, mistakes: &[Mistake]) -> Output {
    let lines = mistakes
        .iter()
        .map(|one| format!("{}:{}: {}", path.display(), one.line, text_of(one.problem).in_lang(lang)));
    let listed: Vec<Value> = mistakes
        .iter()
        .map(|one| {
            let text = text_of(one.problem);
            json!({ "line": one.line, "ja": text.in_lang(Lang::Ja), "en": text.in_lang(Lang::En) })
        })
        .collect();
    let output = Output::new(json!({ "file": path, "problems": listed })).lines(lines);
    output.but(Failure::refused("table", say::INSTITUTIONS_PROBLEMS, &[&mistakes.len()]))
}

fn text_of(problem: TableProblem) -> Text {
    match problem {
        TableProblem::Encoding => say::POSTAL_ENCODING,
        TableProblem::Heading => say::TABLE_HEADING,
        TableProblem::Fields => say::TABLE_FIELDS,
        TableProblem::Twice => say::TABLE_TWICE,
        TableProblem::Bands => say::TABLE_BANDS,
        TableProblem::Unreadable(Unreadable::Reading) => words::BAD_READING,
        TableProblem::Unreadable(Unreadable::PostalCode) => words::BAD_POSTAL,
        TableProblem::Unreadable(Unreadable::Phone) => words::BAD_PHONE,
        TableProblem::Unreadable(Unreadable::Date) => words::BAD_DATE,
        TableProblem::LostZeros => say::TABLE_LOST_ZEROS,
        TableProblem::CheckDigit => Reason::InstitutionCodeInvalid.text(),
        TableProblem::Unsound(problem) => match problem {
            InstitutionProblem::Code => Reason::InstitutionCodeInvalid.text(),
            InstitutionProblem::Name => Reason::InstitutionNameMissing.text(),
            InstitutionProblem::TooLong => Reason::InstitutionTooLong.text(),
            InstitutionProblem::Doctor => Reason::InstitutionDoctor.text(),
            InstitutionProblem::Contract => Reason::InstitutionContract.text(),
        },
    }
}

fn document(one: &Institution) -> Value {
    json!({
        "code": one.code, "name": one.name, "reading": one.reading, "postal_code": one.postal_code,
        "address": one.address, "phone": one.phone, "fax": one.fax,
        "doctors": one.doctors.iter().map(|doctor| &doctor.name).collect::<Vec<_>>(),
        "contract": one.contract.as_ref().map(|contract| json!({
            "from": contract.from.to_string(), "until": contract.until.to_string(),
            "hours": contract.bands.iter().map(|band| band.code()).collect::<Vec<_>>(),
        })),
    })
}
