//! The register as a CSV file (RFC 4180) with a heading, in UTF-8 or CP932.
use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::cli::args::Encoding;
use crate::domain::institution::{Band, Institution, InstitutionProblem};
use crate::japanese::codes::InstitutionCode;
use crate::japanese::cp932;
use crate::japanese::institution::{Typed, Unreadable, read as read_typed};

/// What is wrong, and in which line; 1 is the heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub line: u64,
    pub problem: TableProblem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableProblem {
    /// Neither UTF-8 nor CP932.
    Encoding,
    /// An unknown column, one that stands twice, a part of the contract, or number, name or reading is missing.
    Heading,
    /// Not as many fields as the heading has.
    Fields,
    /// The number stands in an earlier line.
    Twice,
    Bands,
    Unreadable(Unreadable),
    CheckDigit,
    /// An official number that a spreadsheet took for a quantity.
    ZerosLost,
    Unsound(InstitutionProblem),
}

/// A character that the encoding does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Number of the institution.
    pub code: String,
    /// The column, in Japanese and in English.
    pub column: [&'static str; 2],
    /// `U+20BB7`: whoever lacks the font sees no more of the character itself.
    pub character: String,
}

/// What a file says: of each institution only what its columns are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    columns: Vec<Column>,
    pub institutions: Vec<Institution>,
}

impl Table {
    /// What is known already, with what the table says about it.
    pub fn over(&self, known: &Institution, said: &Institution) -> Institution {
        let mut now = known.clone();
        for column in &self.columns {
            match column {
                Column::Code => now.code.clone_from(&said.code),
                Column::Name => now.name.clone_from(&said.name),
                Column::Reading => now.reading.clone_from(&said.reading),
                Column::PostalCode => now.postal_code.clone_from(&said.postal_code),
                Column::Address => now.address.clone_from(&said.address),
                Column::Phone => now.phone.clone_from(&said.phone),
                Column::Fax => now.fax.clone_from(&said.fax),
                Column::Doctors => now.doctors.clone_from(&said.doctors),
                // A heading has all three or none.
                Column::From | Column::Until | Column::Bands => now.contract.clone_from(&said.contract),
            }
        }
        now
    }
}

/// The columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Code,
    Name,
    Reading,
    PostalCode,
    Address,
    Phone,
    Fax,
    Doctors,
    From,
    Until,
    Bands,
}

/// As the screen names them, and in English. A table is written in Japanese.
const COLUMNS: [(&str, &str, Column); 11] = [
    ("番号", "code", Column::Code),
    ("名称", "name", Column::Name),
    ("よみ", "reading", Column::Reading),
    ("郵便番号", "postal_code", Column::PostalCode),
    ("所在地", "address", Column::Address),
    ("電話", "phone", Column::Phone),
    ("FAX", "fax", Column::Fax),
    ("医師", "doctors", Column::Doctors),
    ("契約の初日", "contract_from", Column::From),
    ("契約の末日", "contract_until", Column::Until),
    ("時間帯", "hours", Column::Bands),
];
const REQUIRED: [Column; 3] = [Column::Code, Column::Name, Column::Reading];
/// Together, or a contract would be made of what the table says and what it does not.
const CONTRACT: [Column; 3] = [Column::From, Column::Until, Column::Bands];
const BANDS: [(&str, Band); 3] =
    [("平日日中", Band::Weekday), ("夜間", Band::Night), ("休日", Band::Holiday)];

/// A table, or everything that is wrong with it.
pub fn read(bytes: &[u8], today: NaiveDate) -> Result<Table, Vec<Mistake>> {
    let of_heading = |problem| vec![Mistake { line: 1, problem }];
    // With one mark at the end of a line its number is told right.
    let text = decode(bytes).ok_or_else(|| of_heading(TableProblem::Encoding))?;
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|_| of_heading(TableProblem::Heading))?;
    let columns = columns(headings).ok_or_else(|| of_heading(TableProblem::Heading))?;
    let (mut institutions, mut mistakes) = (Vec::new(), Vec::new());
    let mut codes = BTreeSet::new();
    for row in reader.records() {
        // Bytes are text by now, and the number of fields is looked at below.
        let Ok(row) = row else { continue };
        let line = row.position().map_or(0, |position| line_of(&text, position));
        match institution(&row, &columns, today) {
            Ok(institution) if codes.insert(institution.code.clone()) => institutions.push(institution),
            Ok(_) => mistakes.push(Mistake { line, problem: TableProblem::Twice }),
            Err(problem) => mistakes.push(Mistake { line, problem }),
        }
    }
    if mistakes.is_empty() { Ok(Table { columns, institutions }) } else { Err(mistakes) }
}

/// The whole register as a table that can be read again.
pub fn write(institutions: &[Institution], encoding: Encoding) -> Result<Vec<u8>, Missing> {
    let mut bytes = match encoding {
        Encoding::Utf8 => "\u{FEFF}".as_bytes().to_vec(),
        Encoding::Cp932 => Vec::new(),
    };
    // The labels are in both encodings.
    let heading = COLUMNS.map(|(label, ..)| encoded(label, encoding).unwrap_or_default());
    bytes.extend(line(&heading));
    for institution in institutions {
        let mut row = Vec::with_capacity(COLUMNS.len());
        for ((ja, en, _), field) in COLUMNS.into_iter().zip(fields(institution)) {
            let field = encoded(&no_formula(field), encoding);
            let missing = |character| Missing { code: institution.code.clone(), column: [ja, en], character };
            row.push(field.map_err(missing)?);
        }
        bytes.extend(line(&row));
    }
    Ok(bytes)
}

pub fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(Cow::Borrowed(text.strip_prefix('\u{FEFF}').unwrap_or(text))),
        Err(_) => cp932::decode(bytes),
    }
}

/// The reader's position is before the empty lines that it skips.
pub fn line_of(text: &str, position: &csv::Position) -> u64 {
    let rest = usize::try_from(position.byte()).ok().and_then(|at| text.as_bytes().get(at..));
    let skipped = rest.into_iter().flatten().take_while(|byte| **byte == b'\n');
    skipped.fold(position.line(), |line, _| line + 1)
}

fn columns(headings: &csv::StringRecord) -> Option<Vec<Column>> {
    let mut columns = Vec::new();
    for heading in headings {
        let called = |label: &str| label.eq_ignore_ascii_case(heading.trim());
        let (.., column) = COLUMNS.into_iter().find(|(ja, en, _)| called(ja) || called(en))?;
        columns.push(column);
    }
    let each_once = columns.iter().collect::<BTreeSet<_>>().len() == columns.len();
    let all = |wanted: [Column; 3]| wanted.iter().all(|column| columns.contains(column));
    let contract = all(CONTRACT) || !CONTRACT.iter().any(|column| columns.contains(column));
    (each_once && all(REQUIRED) && contract).then_some(columns)
}

fn institution(
    row: &csv::StringRecord,
    columns: &[Column],
    today: NaiveDate,
) -> Result<Institution, TableProblem> {
    if row.len() != columns.len() {
        return Err(TableProblem::Fields);
    }
    let mut typed = Typed::default();
    for (column, field) in columns.iter().zip(row) {
        let field = field.trim().to_owned();
        match column {
            Column::Code => typed.code = field,
            Column::Name => typed.name = field,
            Column::Reading => typed.reading = field,
            Column::PostalCode => typed.postal_code = field,
            Column::Address => typed.address = field,
            Column::Phone => typed.phone = field,
            Column::Fax => typed.fax = field,
            Column::Doctors => typed.doctors = field,
            Column::From => typed.from = field,
            Column::Until => typed.until = field,
            Column::Bands => typed.bands = bands(&field).ok_or(TableProblem::Bands)?,
        }
    }
    let institution = read_typed(&typed, today).map_err(TableProblem::Unreadable)?;
    institution.check().map_err(TableProblem::Unsound)?;
    if InstitutionCode::is_mistyped(&institution.code) {
        return Err(TableProblem::CheckDigit);
    }
    if InstitutionCode::has_lost_zeros(&institution.code) {
        return Err(TableProblem::ZerosLost);
    }
    Ok(institution)
}

fn bands(field: &str) -> Option<Vec<Band>> {
    let mut bands = Vec::new();
    for word in field.split([' ', '\u{3000}', '、']).filter(|word| !word.is_empty()) {
        bands.push(BANDS.into_iter().find(|(name, band)| *name == word || band.code() == word)?.1);
    }
    bands.sort_unstable();
    bands.dedup();
    Some(bands)
}

fn fields(institution: &Institution) -> [String; COLUMNS.len()] {
    let Institution { code, name, reading, postal_code, address, phone, fax, doctors, contract } =
        institution;
    let doctors: Vec<&str> = doctors.iter().map(|doctor| doctor.name.as_str()).collect();
    let contract = contract.as_ref();
    let day = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let hours = BANDS.iter().filter(|(_, band)| contract.is_some_and(|known| known.bands.contains(band)));
    COLUMNS.map(|(.., column)| match column {
        Column::Code => code.clone(),
        Column::Name => name.clone(),
        Column::Reading => reading.clone(),
        Column::PostalCode => postal_code.clone(),
        Column::Address => address.clone(),
        Column::Phone => phone.clone(),
        Column::Fax => fax.clone(),
        Column::Doctors => doctors.join("、"),
        Column::From => day(contract.map(|known| known.from)),
        Column::Until => day(contract.map(|known| known.until)),
        Column::Bands => hours.clone().map(|(name, _)| *name).collect::<Vec<_>>().join(" "),
    })
}

/// A spreadsheet must not take a name for a formula.
fn no_formula(field: String) -> String {
    if field.starts_with(['=', '+', '-', '@']) { format!(" {field}") } else { field }
}

/// One line. No second byte of CP932 is a comma, a quote or the end of a line.
fn line(fields: &[Vec<u8>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let written = writer.write_record(fields);
    written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default()
}

/// The bytes, or the code points of the first character that has none.
fn encoded(field: &str, encoding: Encoding) -> Result<Vec<u8>, String> {
    match encoding {
        Encoding::Utf8 => Ok(field.as_bytes().to_vec()),
        Encoding::Cp932 => cp932::encode(field).map_err(|missing| {
            let first = missing.into_iter().next().map(|one| one.character.into_inner()).unwrap_or_default();
            first.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect::<Vec<_>>().join(" ")
        }),
    }
}

#[cfg(test)]
mod tests;
