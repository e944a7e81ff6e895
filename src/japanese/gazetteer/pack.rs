//! Packs a list of postal codes into a table.
use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};

use super::ken_all::Listed;
use super::table::{BLOCKS, CODES_OF_BLOCK, MAGIC};
use super::town::take_apart;
use super::{Municipalities, Municipality};
use crate::domain::digest::Digest;
use crate::japanese::codes::MunicipalityCode;

struct Row {
    code: u32,
    municipality: u32,
    name: String,
    note: String,
}

/// The bytes of a table. The list was checked when it was read.
pub fn pack(list: &[Listed], date: NaiveDate) -> Vec<u8> {
    let municipalities = municipalities(list);
    let mut rows: Vec<Row> = list.iter().flat_map(|line| rows_of(line, &municipalities)).collect();
    // A stable sort: Japan Post's order within a code stays.
    rows.sort_by_key(|row| row.code);
    let (blocks, packed) = pack_rows(&rows);
    let lines: String = municipalities.iter().map(line).collect();

    let day = u32::try_from(date.year()).unwrap_or_default() * 10_000 + date.month() * 100 + date.day();
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&day.to_be_bytes());
    bytes.extend_from_slice(&length(lines.len()).to_be_bytes());
    bytes.extend_from_slice(&length(packed.len()).to_be_bytes());
    bytes.extend_from_slice(lines.as_bytes());
    bytes.extend_from_slice(&blocks);
    bytes.extend_from_slice(&packed);
    let digest = Digest::of(&bytes);
    bytes.extend_from_slice(digest.as_bytes());
    bytes
}

fn rows_of(line: &Listed, municipalities: &Municipalities) -> Vec<Row> {
    let at = municipalities.index_of(line.municipality).expect("every line's municipality was collected");
    let row = |town: super::town::Named| Row {
        code: line.code,
        municipality: length(at),
        name: town.name,
        note: town.note,
    };
    take_apart(&line.town, &line.name).into_iter().map(row).collect()
}

fn pack_rows(rows: &[Row]) -> (Vec<u8>, Vec<u8>) {
    let (mut starts, mut packed) = (Vec::new(), Vec::new());
    let mut rest = rows;
    for block in 0..BLOCKS {
        starts.extend_from_slice(&length(packed.len()).to_be_bytes());
        let end = (block + 1) * CODES_OF_BLOCK;
        let (here, more) = rest.split_at(rest.partition_point(|row| row.code < end));
        pack_block(here, block * CODES_OF_BLOCK, &mut packed);
        rest = more;
    }
    (starts, packed)
}

fn pack_block(rows: &[Row], first_code: u32, packed: &mut Vec<u8>) {
    let (mut code, mut municipality, mut name) = (first_code, 0i64, "");
    for row in rows {
        put_number(row.code - code, packed);
        put_number(fold(i64::from(row.municipality) - municipality), packed);
        let shared = shared(name.as_bytes(), row.name.as_bytes());
        put_number(length(shared), packed);
        put_text(row.name.as_bytes().get(shared..).unwrap_or_default(), packed);
        put_text(row.note.as_bytes(), packed);
        (code, municipality, name) = (row.code, i64::from(row.municipality), &row.name);
    }
}

fn shared(before: &[u8], now: &[u8]) -> usize {
    before.iter().zip(now).take_while(|(a, b)| a == b).count()
}

fn put_text(text: &[u8], packed: &mut Vec<u8>) {
    put_number(length(text.len()), packed);
    packed.extend_from_slice(text);
}

fn put_number(mut number: u32, packed: &mut Vec<u8>) {
    const MORE: u8 = 0x80;
    loop {
        let low = u8::try_from(number & 0x7f).expect("seven bits");
        number >>= 7;
        if number == 0 {
            packed.push(low);
            return;
        }
        packed.push(low | MORE);
    }
}

/// Steps back are odd, steps ahead even.
fn fold(step: i64) -> u32 {
    let folded = if step < 0 { -step * 2 - 1 } else { step * 2 };
    u32::try_from(folded).expect("there are fewer than two thousand municipalities")
}

fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("the list of a country is smaller than four gigabytes")
}

fn line(one: &Municipality) -> String {
    let code: String = one.code.to_string().chars().take(5).collect();
    format!("{code}\t{}\t{}\n", one.name, one.kana)
}

/// Everything the list names, and the designated cities, which it names only by their wards.
fn municipalities(list: &[Listed]) -> Municipalities {
    let mut all: BTreeMap<MunicipalityCode, Municipality> = BTreeMap::new();
    for line in list {
        all.entry(line.municipality).or_insert_with(|| Municipality {
            code: line.municipality,
            name: line.name.clone(),
            kana: line.kana.clone(),
        });
    }
    let mut cities: BTreeMap<&str, Vec<&Municipality>> = BTreeMap::new();
    for ward in all.values().filter(|one| one.name.ends_with('区')) {
        if let Some(city) = ward.name.rfind('市').and_then(|at| ward.name.get(..at + '市'.len_utf8())) {
            cities.entry(city).or_default().push(ward);
        }
    }
    let cities: Vec<Municipality> =
        cities.into_iter().filter_map(|(name, wards)| city(name, &wards)).collect();
    Municipalities::new(all.into_values().chain(cities).collect())
}

/// A city's code is that of its first ward with a last digit of zero; its reading is what its wards begin with.
fn city(name: &str, wards: &[&Municipality]) -> Option<Municipality> {
    let first = wards.iter().map(|ward| ward.code).min()?.to_string();
    let code = MunicipalityCode::from_five_digits(&format!("{}0", first.get(..4)?)).ok()?;
    let kana = wards.first()?.kana.as_str();
    let in_all = |end: &usize| {
        kana.get(..*end).is_some_and(|head| wards.iter().all(|ward| ward.kana.starts_with(head)))
    };
    // 市 is read シ; a shorter common beginning would end within it.
    let ends = kana.rmatch_indices('シ').map(|(at, city)| at + city.len());
    let end = ends.into_iter().find(in_all)?;
    Some(Municipality { code, name: name.to_owned(), kana: kana.get(..end)?.to_owned() })
}
