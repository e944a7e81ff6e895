//! `institutions list|import|export`: the register of institutions as a table.
pub mod file;

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
use crate::japanese::phone::Typed;
use crate::office::ops::{KeepInstitution, ListInstitutions};
use crate::office::{InstitutionRow, Reason};
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
        .map(|one| {
            let phone = Typed::read(&one.phone).shown;
            let period =
                one.contract.as_ref().map(|contract| format!("{} - {}", contract.from, contract.until));
            vec![one.code.clone(), one.name.clone(), one.reading.clone(), phone, period.unwrap_or_default()]
        })
        .collect();
    Ok(Output::new(json!({ "institutions": known.map(document).collect::<Vec<_>>() })).lines(table(&lines)))
}

/// Everything is checked before anything is written; then each institution is an act of its own in the log.
fn import(context: &Context, path: &Path) -> Result<Output, Failure> {
    let unreadable =
        |_| Failure::from(FileFault { file: path.to_owned(), line: 0, kind: FaultKind::Unreadable });
    let bytes = files::read_limited(path, TABLE_MAX).map_err(unreadable)?;
    let table = match file::read(&bytes, SystemClock.read().wall.date_in_japan()) {
        Ok(table) => table,
        Err(mistakes) => return Ok(refused(context.lang, path, &mistakes)),
    };
    let done = with_session(context, |session| {
        let known = session.perform(ListInstitutions)?;
        Ok(keep_all(&known, &table, |act| Ok(session.perform(act).map(|_| ())?)))
    })?;
    Ok(done.output(context.lang))
}

/// How far an import came.
#[derive(Debug, Default)]
struct Done {
    added: usize,
    changed: usize,
    same: usize,
    stopped: Option<Stopped>,
}

/// The number of the institution that could not be kept, and why.
#[derive(Debug)]
struct Stopped {
    code: String,
    why: Failure,
}

impl Done {
    fn output(&self, lang: Lang) -> Output {
        let Self { added, changed, same, stopped } = self;
        let document = json!({ "added": added, "changed": changed, "same": same });
        let Some(Stopped { code, why }) = stopped else {
            let sentence = fill(say::INSTITUTIONS_IMPORTED.in_lang(lang), &[added, changed, same]);
            return Output::new(document).line(sentence);
        };
        let reason = json!({
            "code": why.code, "ja": why.sentence(Lang::Ja), "en": why.sentence(Lang::En),
        });
        let document = json!({
            "added": added, "changed": changed, "same": same, "stopped_at": code, "reason": reason,
        });
        let stopped = Failure::refused("import-stopped", say::INSTITUTIONS_STOPPED, &[code, added, changed]);
        Output::new(document).line(why.sentence(lang)).but(stopped)
    }
}

fn keep_all(
    known: &[InstitutionRow],
    table: &Table,
    mut keep: impl FnMut(KeepInstitution) -> Result<(), Failure>,
) -> Done {
    let known: BTreeMap<&str, &InstitutionRow> =
        known.iter().map(|row| (row.institution.code.as_str(), row)).collect();
    let mut done = Done::default();
    for said in &table.institutions {
        let row = known.get(said.code.as_str());
        let institution = row.map_or_else(|| said.clone(), |row| table.over(&row.institution, said));
        if row.is_some_and(|row| is_same(&row.institution, &institution)) {
            done.same += 1;
            continue;
        }
        let change = row.map(|row| (row.id, row.version));
        if let Err(why) = keep(KeepInstitution { change, institution }) {
            done.stopped = Some(Stopped { code: said.code.clone(), why });
            break;
        }
        match change {
            Some(_) => done.changed += 1,
            None => done.added += 1,
        }
    }
    done
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
        let [ja, en] = missing.column;
        Failure::refused(
            "not-in-cp932",
            say::TABLE_UNENCODABLE,
            &[&missing.code, &ja, &en, &missing.character],
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
        TableProblem::ZerosLost => say::TABLE_ZEROS_LOST,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::render::{Shape, print};
    use crate::domain::ids::InstitutionId;

    #[test]
    fn an_import_that_stops_says_how_far_it_came() {
        let known = |code: &str, name: &str| InstitutionRow {
            id: InstitutionId::from_bytes([1; 16]),
            version: 3,
            institution: Institution {
                code: code.into(),
                name: name.into(),
                reading: "カクウ".into(),
                phone: "0300000120".into(),
                ..Institution::default()
            },
            used_at: None,
        };
        let known = [known("0011", "架空医院"), known("0012", "旧架空医院")];
        let text = "番号,名称,よみ\n0011,架空医院,カクウ\n0012,架空医院,カクウ\n0013,架空医院,カクウ\n\
                    0014,架空医院,カクウ\n0015,架空医院,カクウ\n";
        let table = file::read(text.as_bytes(), "2026-07-14".parse().unwrap()).unwrap();
        let mut kept = Vec::new();
        let done = keep_all(&known, &table, |act| {
            if act.institution.code == "0014" {
                return Err(Reason::InstitutionCodeInvalid.into());
            }
            kept.push((act.change.map(|(_, version)| version), act.institution.phone));
            Ok(())
        });
        assert_eq!(kept, [(Some(3), "0300000120".to_owned()), (None, String::new())]);
        assert_eq!((done.added, done.changed, done.same), (1, 1, 1));
        let output = done.output(Lang::En);
        let found = output.found().expect("it is a failure");
        assert_eq!(found.code, "import-stopped");
        assert!(found.sentence(Lang::En).contains("0014"), "{}", found.sentence(Lang::En));
        let (mut out, mut err) = (Vec::new(), Vec::new());
        print(&output, Shape::Json, Lang::En, &mut out, &mut err).unwrap();
        let document: Value = serde_json::from_slice(&out).unwrap();
        assert_eq!((&document["added"], &document["changed"]), (&json!(1), &json!(1)));
        assert_eq!(
            (&document["stopped_at"], &document["reason"]["code"]),
            (&json!("0014"), &json!("institution-code-invalid"))
        );
    }
}
