//! `destinations list|import`: the register of destinations. Addresses come in by a list and never go out.
use std::path::Path;

use serde_json::{Value, json};

use super::institutions::file::{decode, line_of};
use crate::cli::Context;
use crate::cli::args::Destinations;
use crate::cli::failure::Failure;
use crate::cli::render::{Output, table};
use crate::cli::sign_in::with_session;
use crate::config::{FaultKind, FileFault};
use crate::domain::destination::Channel;
use crate::domain::time::Timestamp;
use crate::office::ops::{
    DestinationLine, DestinationStatus, Import, ImportDestinations, ImportedDestination, ListDestinations,
    ListPurpose, channel_name,
};
use crate::os::files;
use crate::text::{Lang, Text, cli as say, fill};

const TABLE_MAX: u64 = 1_000_000;

pub fn run(context: &Context, verb: &Destinations) -> Result<Output, Failure> {
    match verb {
        Destinations::List => list(context),
        Destinations::Import { file } => import(context, file),
    }
}

fn list(context: &Context) -> Result<Output, Failure> {
    let purpose = ListPurpose::Keep;
    let lines = with_session(context, |session| Ok(session.perform(ListDestinations { purpose })?))?;
    let rows: Vec<Vec<String>> = lines
        .iter()
        .map(|line| {
            let status = line.status.text().in_lang(context.lang);
            vec![line.code.clone(), status.to_owned(), line.organisation.clone()]
        })
        .collect();
    let document = json!({ "destinations": lines.iter().map(json_of).collect::<Vec<_>>() });
    Ok(Output::new(document).lines(table(&rows)))
}

fn json_of(line: &DestinationLine) -> Value {
    json!({
        "id": line.id.to_string(), "code": line.code, "name": line.organisation,
        "channel": line.channel.code(), "status": status_code(line.status),
        "valid_until": line.valid_until.map(Timestamp::rfc3339_japan),
    })
}

const fn status_code(status: DestinationStatus) -> &'static str {
    match status {
        DestinationStatus::Imported => "imported",
        DestinationStatus::Unconfirmed => "unconfirmed",
        DestinationStatus::Disputed => "disputed",
        DestinationStatus::Untested => "untested",
        DestinationStatus::Usable => "usable",
        DestinationStatus::Expiring => "expiring",
        DestinationStatus::Expired => "expired",
        DestinationStatus::Frozen => "frozen",
    }
}

/// Everything is checked before anything is written.
fn import(context: &Context, path: &Path) -> Result<Output, Failure> {
    let unreadable =
        |_| Failure::from(FileFault { file: path.to_owned(), line: 0, kind: FaultKind::Unreadable });
    let bytes = files::read_limited(path, TABLE_MAX).map_err(unreadable)?;
    let (entries, lines) = match read(&bytes) {
        Ok(read) => read,
        Err((line, problem)) => return Ok(refused(context.lang, path, line, problem)),
    };
    let import = ImportDestinations { entries };
    match with_session(context, |session| Ok(session.perform(import)?))? {
        Import::Refused { at, why } => {
            Ok(refused(context.lang, path, lines.get(at).copied().unwrap_or(0), why.text()))
        }
        Import::Done { added, known } => {
            let sentence = fill(say::DESTINATIONS_IMPORTED.in_lang(context.lang), &[&added, &known]);
            Ok(Output::new(json!({ "added": added, "known": known })).line(sentence))
        }
    }
}

fn refused(lang: Lang, path: &Path, line: u64, problem: Text) -> Output {
    let listed = json!([{ "line": line, "ja": problem.in_lang(Lang::Ja), "en": problem.in_lang(Lang::En) }]);
    let shown = format!("{}:{line}: {}", path.display(), problem.in_lang(lang));
    Output::new(json!({ "file": path, "problems": listed })).line(shown).but(Failure::refused(
        "table",
        say::INSTITUTIONS_PROBLEMS,
        &[&1],
    ))
}

const COLUMNS: [(&str, &str); 7] = [
    ("台帳番号", "code"),
    ("名称", "name"),
    ("よみ", "reading"),
    ("方法", "way"),
    ("宛先", "address"),
    ("電話", "phone"),
    ("出どころ", "source"),
];

/// The entries with their lines, or the first line that is wrong and why; 1 is the heading.
fn read(bytes: &[u8]) -> Result<(Vec<ImportedDestination>, Vec<u64>), (u64, Text)> {
    let text = decode(bytes).ok_or((1, say::POSTAL_ENCODING))?;
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let heading = || (1, say::DESTINATIONS_HEADING);
    let headings = reader.headers().map_err(|_| heading())?.clone();
    let places: Vec<usize> = COLUMNS
        .iter()
        .filter_map(|(ja, en)| headings.iter().position(|has| [*ja, *en].contains(&has.trim())))
        .collect();
    if places.len() != COLUMNS.len() || headings.len() != COLUMNS.len() {
        return Err(heading());
    }
    let (mut entries, mut lines) = (Vec::new(), Vec::new());
    for row in reader.records() {
        // Bytes are text by now, and the number of fields is looked at below.
        let Ok(row) = row else { continue };
        let line = row.position().map_or(0, |position| line_of(&text, position));
        if row.len() != COLUMNS.len() {
            return Err((line, say::TABLE_FIELDS));
        }
        let [code, organisation, reading, way, address, phone, source] = std::array::from_fn(|at| {
            places.get(at).and_then(|at| row.get(*at)).unwrap_or_default().trim().to_owned()
        });
        let channel = way_of(&way).ok_or((line, say::DESTINATIONS_WAY))?;
        entries.push(ImportedDestination { code, organisation, reading, channel, address, phone, source });
        lines.push(line);
    }
    Ok((entries, lines))
}

fn way_of(typed: &str) -> Option<Channel> {
    let labelled =
        Channel::ALL.into_iter().find(|channel| channel_name(*channel).ja.eq_ignore_ascii_case(typed));
    labelled.or_else(|| Channel::from_code(&typed.to_ascii_lowercase()))
}
