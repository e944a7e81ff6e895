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
    /// An unknown column, one that stands twice, or number, name or reading is missing.
    Heading,
    /// Not as many fields as the heading has.
    Fields,
    /// The number stands in an earlier line.
    Twice,
    Bands,
    Unreadable(Unreadable),
    CheckDigit,
    /// With zeros before it, it is the official code of an institution: a spreadsheet took it for a number.
    LostZeros,
    Unsound(InstitutionProblem),
}

/// A character that the encoding does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Number of the institution.
    pub code: String,
    pub column: &'static str,
    /// `U+20BB7`
    pub character: String,
}

/// What a table says: the rows, and which columns it has.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    pub institutions: Vec<Institution>,
    columns: Vec<Column>,
}

impl Table {
    /// A row of the table; what the table has no column for stays as the register has it.
    pub fn completed(&self, row: &Institution, known: &Institution) -> Institution {
        let has = |column: Column| self.columns.contains(&column);
        let text = |column: Column, row: &String, known: &String| -> String {
            if has(column) { row.clone() } else { known.clone() }
        };
        let contract = [Column::From, Column::Until, Column::Bands].into_iter().any(has);
        Institution {
            code: row.code.clone(),
            name: row.name.clone(),
            reading: row.reading.clone(),
            postal_code: text(Column::PostalCode, &row.postal_code, &known.postal_code),
            address: text(Column::Address, &row.address, &known.address),
            phone: text(Column::Phone, &row.phone, &known.phone),
            fax: text(Column::Fax, &row.fax, &known.fax),
            doctors: if has(Column::Doctors) { row.doctors.clone() } else { known.doctors.clone() },
            contract: if contract { row.contract.clone() } else { known.contract.clone() },
        }
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
const BANDS: [(&str, Band); 3] =
    [("平日日中", Band::Weekday), ("夜間", Band::Night), ("休日", Band::Holiday)];
const OFFICIAL_CODE: usize = 10;

/// The institutions of a table, or everything that is wrong with it.
pub fn read(bytes: &[u8], today: NaiveDate) -> Result<Table, Vec<Mistake>> {
    let of_heading = |problem| vec![Mistake { line: 1, problem }];
    // With one mark at the end of a line its number is told right.
    let text = decode(bytes).ok_or_else(|| of_heading(TableProblem::Encoding))?.replace("\r\n", "\n");
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|_| of_heading(TableProblem::Heading))?;
    let columns = columns(headings).ok_or_else(|| of_heading(TableProblem::Heading))?;
    let (mut institutions, mut mistakes) = (Vec::new(), Vec::new());
    let mut codes = BTreeSet::new();
    for row in reader.records() {
        // Bytes are text by now, and the number of fields is looked at below.
        let Ok(row) = row else { continue };
        let line = row.position().map_or(0, |at| line_of(&text, at));
        match institution(&row, &columns, today) {
            Ok(institution) if codes.insert(institution.code.clone()) => institutions.push(institution),
            Ok(_) => mistakes.push(Mistake { line, problem: TableProblem::Twice }),
            Err(problem) => mistakes.push(Mistake { line, problem }),
        }
    }
    if mistakes.is_empty() { Ok(Table { institutions, columns }) } else { Err(mistakes) }
}

/// Blank lines before a row are passed over, and are lines.
fn line_of(text: &str, at: &csv::Position) -> u64 {
    let start = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let before = text.bytes().skip(start).take_while(|byte| *byte == b'\n').count();
    at.line() + u64::try_from(before).unwrap_or_default()
}

/// The whole register as a table that can be read again.
pub fn write(institutions: &[Institution], encoding: Encoding) -> Result<Vec<u8>, Missing> {
    let mut bytes = match encoding {
        Encoding::Utf8 => "\u{FEFF}".as_bytes().to_vec(),
        Encoding::Cp932 => Vec::new(),
    };
    let heading = COLUMNS.map(|(label, ..)| label.to_owned());
    for fields in std::iter::once(heading).chain(institutions.iter().map(fields)) {
        bytes.extend(encoded(&fields, encoding)?);
    }
    Ok(bytes)
}

fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(Cow::Borrowed(text.strip_prefix('\u{FEFF}').unwrap_or(text))),
        Err(_) => cp932::decode(bytes),
    }
}

fn columns(headings: &csv::StringRecord) -> Option<Vec<Column>> {
    let mut columns = Vec::new();
    for heading in headings {
        let called = |label: &str| label.eq_ignore_ascii_case(heading.trim());
        let (.., column) = COLUMNS.into_iter().find(|(ja, en, _)| called(ja) || called(en))?;
        columns.push(column);
    }
    let each_once = columns.iter().collect::<BTreeSet<_>>().len() == columns.len();
    (each_once && REQUIRED.iter().all(|column| columns.contains(column))).then_some(columns)
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
    let code = institution.code.as_str();
    let is_official = InstitutionCode::parse(&format!("{code:0>OFFICIAL_CODE$}")).is_ok();
    match code.len() {
        OFFICIAL_CODE if !is_official => return Err(TableProblem::CheckDigit),
        ..OFFICIAL_CODE if is_official => return Err(TableProblem::LostZeros),
        _ => {}
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

/// One line. A spreadsheet must not take a name for a formula.
fn line(fields: &[String; COLUMNS.len()]) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let written = writer.write_record(fields.iter().map(|field| {
        match field.chars().next() {
            Some('=' | '+' | '-' | '@') => Cow::Owned(format!(" {field}")),
            _ => Cow::Borrowed(field.as_str()),
        }
        .into_owned()
    }));
    let bytes = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// The bytes of a line, or its first character that has none.
fn encoded(fields: &[String; COLUMNS.len()], encoding: Encoding) -> Result<Vec<u8>, Missing> {
    let line = line(fields);
    if encoding == Encoding::Utf8 {
        return Ok(line.into_bytes());
    }
    cp932::encode(&line).map_err(|_| {
        let missing = COLUMNS.iter().zip(fields).find_map(|((label, ..), field)| {
            let character = cp932::encode(field).err()?.into_iter().next()?.character;
            let points = character.expose().chars().map(|c| format!("U+{:04X}", u32::from(c)));
            Some((*label, points.collect::<Vec<_>>().join(" ")))
        });
        let (column, character) = missing.unwrap_or_default();
        Missing { code: fields.first().cloned().unwrap_or_default(), column, character }
    })
}

#[cfg(test)]
mod tests;
