//! The postal table, read where it lies: nothing is unpacked but the few rows asked for.
//!
//! ```text
//! 16  magic, with the version of this layout
//!  4  day of the data (year * 10000 + month * 100 + day), big-endian like all numbers here
//!  4  bytes of the municipalities      4  bytes of the rows
//!     municipalities: code without check digit, tab, name, tab, kana, line feed; by code
//!     1000 x 4 where the rows of each three leading digits begin
//!     rows: code, municipality (both as steps from the row before), name (bytes it shares with the one before, bytes
//!     of its own), note; numbers as LEB128
//! 32  SHA-256 of everything before
//! ```
use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::{Municipalities, Municipality, Town};
use crate::domain::digest::Digest;
use crate::japanese::codes::MunicipalityCode;

pub(super) const MAGIC: &[u8; 16] = b"uketsuke postal1";
const HEAD: usize = MAGIC.len() + 3 * 4;
const DIGEST: usize = 32;
/// Rows are found by the first three of seven digits.
pub(super) const BLOCKS: u32 = 1000;
pub(super) const CODES_OF_BLOCK: u32 = 10_000;

static SHIPPED: LazyLock<PostalTable> = LazyLock::new(|| {
    // Its digest is checked by a test, not on every start.
    PostalTable::read(Cow::Borrowed(include_bytes!("../../../data/postal.bin")))
        .expect("the table that is built in was made by this program")
});

/// The table that is built in, read when it is first needed.
pub fn shipped() -> &'static PostalTable {
    &SHIPPED
}

/// All postal codes of one day.
#[derive(Clone, Debug)]
pub struct PostalTable {
    bytes: Cow<'static, [u8]>,
    date: NaiveDate,
    municipalities: Municipalities,
    blocks: Range<usize>,
    rows: Range<usize>,
}

/// Why bytes are not a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableProblem {
    /// No table of this version of the layout.
    Unknown,
    /// A table that something happened to.
    Damaged,
}

impl PostalTable {
    /// A table out of a file: its digest is checked.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, TableProblem> {
        let body = bytes.len().checked_sub(DIGEST).ok_or(TableProblem::Unknown)?;
        let (content, digest) = bytes.split_at(body);
        if !content.starts_with(MAGIC) {
            return Err(TableProblem::Unknown);
        }
        if Digest::of(content).as_bytes() != digest {
            return Err(TableProblem::Damaged);
        }
        Self::read(Cow::Owned(bytes))
    }

    fn read(bytes: Cow<'static, [u8]>) -> Result<Self, TableProblem> {
        let damaged = TableProblem::Damaged;
        if !bytes.starts_with(MAGIC) {
            return Err(TableProblem::Unknown);
        }
        let number = |at: usize| be32(&bytes, MAGIC.len() + at * 4).ok_or(damaged);
        let length = |at: usize| usize::try_from(number(at)?).map_err(|_| damaged);
        let date = date(number(0)?).ok_or(damaged)?;
        let blocks_from = HEAD.checked_add(length(1)?).ok_or(damaged)?;
        let rows_from = usize::try_from(BLOCKS * 4).map_err(|_| damaged)?.saturating_add(blocks_from);
        let rows = rows_from..rows_from.checked_add(length(2)?).ok_or(damaged)?;
        if rows.end.checked_add(DIGEST) != Some(bytes.len()) {
            return Err(damaged);
        }
        let lines = bytes.get(HEAD..blocks_from).and_then(|lines| std::str::from_utf8(lines).ok());
        let municipalities = lines.and_then(municipalities).ok_or(damaged)?;
        Ok(Self { date, municipalities, blocks: blocks_from..rows_from, rows, bytes })
    }

    /// The day on which Japan Post's data was like this.
    pub const fn date(&self) -> NaiveDate {
        self.date
    }

    pub const fn municipalities(&self) -> &Municipalities {
        &self.municipalities
    }

    /// The towns of a code, in Japan Post's order; none when there is no such code.
    pub fn towns(&self, code: u32) -> Vec<Town<'_>> {
        let rows = self.block(code / CODES_OF_BLOCK);
        rows.skip_while(|row| row.code < code).take_while(|row| row.code == code).map(Row::town).collect()
    }

    /// The towns whose codes begin with these digits, by code, `limit` at most.
    pub fn by_prefix(&self, digits: &str, limit: usize) -> Vec<Town<'_>> {
        let Some(codes) = codes_of(digits) else { return Vec::new() };
        let blocks = codes.start / CODES_OF_BLOCK..codes.end.div_ceil(CODES_OF_BLOCK);
        let rows = blocks.flat_map(|block| self.block(block));
        rows.filter(|row| codes.contains(&row.code)).take(limit).map(Row::town).collect()
    }

    /// Every row.
    pub fn iter(&self) -> impl Iterator<Item = Town<'_>> {
        (0..BLOCKS).flat_map(|block| self.block(block)).map(Row::town)
    }

    /// The same bytes, for a file.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn block(&self, block: u32) -> Rows<'_> {
        let rows = self.bytes.get(self.rows.clone()).unwrap_or_default();
        let start = |block: u32| {
            let at = usize::try_from(block).ok()?.checked_mul(4)?.checked_add(self.blocks.start)?;
            if block == BLOCKS { Some(rows.len()) } else { usize::try_from(be32(&self.bytes, at)?).ok() }
        };
        let bytes = match (start(block), start(block + 1)) {
            (Some(from), Some(to)) if block < BLOCKS => rows.get(from..to).unwrap_or_default(),
            _ => &[],
        };
        Rows {
            bytes,
            code: block.saturating_mul(CODES_OF_BLOCK),
            municipality: 0,
            name: Vec::new(),
            table: self,
        }
    }
}

/// The codes that begin with these one to seven digits.
fn codes_of(digits: &str) -> Option<Range<u32>> {
    let missing = u32::try_from(7usize.checked_sub(digits.len())?).ok()?;
    let number: u32 = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())??;
    let width = 10u32.pow(missing);
    Some(number * width..(number + 1) * width)
}

struct Row<'t> {
    code: u32,
    municipality: &'t Municipality,
    name: String,
    note: String,
}

impl<'t> Row<'t> {
    fn town(self) -> Town<'t> {
        Town { code: self.code, municipality: self.municipality, name: self.name, note: self.note }
    }
}

/// Reads the rows of a block one after the other. Bytes that are no rows end it.
struct Rows<'t> {
    bytes: &'t [u8],
    code: u32,
    municipality: i64,
    name: Vec<u8>,
    table: &'t PostalTable,
}

impl<'t> Iterator for Rows<'t> {
    type Item = Row<'t>;

    fn next(&mut self) -> Option<Row<'t>> {
        self.code = self.code.checked_add(self.number()?)?;
        self.municipality = self.municipality.checked_add(unfold(self.number()?))?;
        let shared = usize::try_from(self.number()?).ok()?;
        self.name.truncate(shared);
        let own = self.text()?;
        self.name.extend_from_slice(own);
        let note = self.text()?;
        Some(Row {
            code: self.code,
            municipality: self.table.municipalities.at(usize::try_from(self.municipality).ok()?)?,
            name: String::from_utf8(self.name.clone()).ok()?,
            note: String::from_utf8(note.to_vec()).ok()?,
        })
    }
}

impl<'t> Rows<'t> {
    fn number(&mut self) -> Option<u32> {
        const MORE: u8 = 0x80;
        let mut number = 0u32;
        for shift in (0..32).step_by(7) {
            let (first, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            number |= u32::from(first & !MORE).checked_shl(shift)?;
            if first & MORE == 0 {
                return Some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<&'t [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(text)
    }
}

/// Steps back are odd, steps ahead even.
fn unfold(number: u32) -> i64 {
    let half = i64::from(number / 2);
    if number.is_multiple_of(2) { half } else { -half - 1 }
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn date(number: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(number / 10_000).ok()?, number / 100 % 100, number % 100)
}

fn municipalities(lines: &str) -> Option<Municipalities> {
    let one = |line: &str| {
        let mut fields = line.split('\t');
        let code = MunicipalityCode::from_five_digits(fields.next()?).ok()?;
        Some(Municipality { code, name: fields.next()?.to_owned(), kana: fields.next()?.to_owned() })
    };
    lines.lines().map(one).collect::<Option<Vec<_>>>().map(Municipalities::new)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn addresses(code: u32) -> Vec<String> {
        shipped().towns(code).iter().flat_map(Town::addresses).collect()
    }

    #[test]
    fn known_codes() {
        assert_eq!(addresses(1_000_014), ["東京都千代田区永田町"]);
        assert_eq!(addresses(1_000_000), ["東京都千代田区"]);
        assert_eq!(addresses(1_006_001), ["東京都千代田区霞が関霞が関ビル1階"]);
        assert_eq!(addresses(4_980_000), ["愛知県弥富市", "三重県桑名郡木曽岬町"]);
        assert_eq!(addresses(4_090_142), ["山梨県北都留郡小菅村"]);
        assert_eq!(addresses(5_220_317), ["滋賀県犬上郡多賀町一円"]);
        assert_eq!(shipped().towns(4_520_961).len(), 66, "the most towns of one code");
        assert_eq!(addresses(9_999_999), Vec::<String>::new());
        assert_eq!(addresses(u32::MAX), Vec::<String>::new());
    }

    #[test]
    fn kyoto_can_be_written_with_its_streets() {
        let written = addresses(6_020_847);
        assert_eq!(written[0], "京都府京都市上京区大宮町");
        assert_eq!(written[1], "京都府京都市上京区今出川通河原町西入大宮町");
        assert_eq!(written.len(), 8, "{written:?}");
    }

    #[test]
    fn every_code_is_found_and_can_be_printed() {
        let all: Vec<Town<'_>> = shipped().iter().collect();
        assert!(all.len() > 124_000, "{}", all.len());
        assert!(all.is_sorted_by_key(|town| town.code));
        let mut rest = all.as_slice();
        while let Some(first) = rest.first() {
            let (same, more) = rest.split_at(rest.partition_point(|town| town.code == first.code));
            assert_eq!(shipped().towns(first.code), same);
            for town in same {
                let printed = town.addresses();
                assert!(printed.iter().all(|text| text.starts_with(town.municipality.prefecture())));
                assert!(printed.iter().chain([&town.note]).all(|text| !text.contains(char::is_control)));
            }
            rest = more;
        }
    }

    #[test]
    fn prefixes() {
        assert_eq!(shipped().by_prefix("1000014", 9), shipped().towns(1_000_014));
        let found = shipped().by_prefix("10000", 999);
        assert!(found.len() > 5 && found.iter().all(|town| town.code / 100 == 10_000), "{found:?}");
        assert_eq!(shipped().by_prefix("100", 4).len(), 4);
        assert_eq!(shipped().by_prefix("1", usize::MAX).len(), (100..200).map(rows_of).sum::<usize>());
        for nothing in ["", "x", "10000145", "１００"] {
            assert!(nothing.is_empty() || shipped().by_prefix(nothing, 9).is_empty(), "{nothing}");
        }
    }

    fn rows_of(block: u32) -> usize {
        shipped().block(block).count()
    }

    #[test]
    fn the_built_in_table_is_whole_and_small() {
        const LIMIT: usize = 2_000_000;
        let bytes = shipped().as_bytes().to_vec();
        assert!(bytes.len() < LIMIT, "{}", bytes.len());
        let again = PostalTable::from_bytes(bytes.clone()).unwrap();
        assert_eq!(again.date(), shipped().date());
        let mut changed = bytes;
        changed[HEAD + 200_000] ^= 1;
        assert_eq!(PostalTable::from_bytes(changed).unwrap_err(), TableProblem::Damaged);
        assert_eq!(PostalTable::from_bytes(b"PNG".to_vec()).unwrap_err(), TableProblem::Unknown);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        /// A table with a right digest and wrong content: read by whoever made it so, never a panic.
        #[test]
        fn any_bytes_are_read_or_refused(at in 0usize..400_000, with: [u8; 16], code in 0u32..10_000_000) {
            let mut bytes = shipped().as_bytes().to_vec();
            let body = bytes.len() - DIGEST;
            bytes[at..at + 16].copy_from_slice(&with);
            let digest = Digest::of(&bytes[..body]);
            bytes[body..].copy_from_slice(digest.as_bytes());
            if let Ok(table) = PostalTable::from_bytes(bytes) {
                let _ = table.towns(code);
                let _ = table.by_prefix("1", 20_000);
            }
        }
    }
}
