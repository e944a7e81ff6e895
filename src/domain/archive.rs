//! Whether a ZIP is sealed: everything in it but the names of the files is encrypted with AES-256.
//!
//! Asked where one is made and again at the door. It reads the archive byte by byte and accepts only one shape: sealed entries, their directory, the end. Every byte of the
//! file belongs to one of the three, so that nothing can travel beside them.
use std::ops::Range;

const ENTRY: u32 = 0x0403_4B50;
const LISTED: u32 = 0x0201_4B50;
const END: u32 = 0x0605_4B50;
const END_BYTES: usize = 22;

/// More files than this nobody sends in one archive, so that a directory never costs time.
const ENTRIES_MAX: u16 = 64;

/// "The content is encrypted"; bit 11 says that names are UTF-8. No other bit: sizes stand before the content.
const ENCRYPTED: u16 = 1;
const UTF8: u16 = 1 << 11;
/// The method of WinZip's AES, with the field that says which.
const AES: u16 = 99;
/// Field, its length, version 1 or 2, vendor, 256 bits; then the method of compression.
const AES_FIELD: u16 = 0x9901;
const AES_FIELD_BYTES: u16 = 7;
const VENDOR: &[u8] = b"AE";
const BITS_256: u8 = 3;
/// Salt, password check and authentication code.
const OVERHEAD: u32 = 16 + 2 + 10;

/// It says what the archive claims of itself; whether the password is a good one nobody can see from outside.
pub fn is_sealed(bytes: &[u8]) -> bool {
    read(bytes).is_some()
}

fn read(bytes: &[u8]) -> Option<()> {
    let end_at = bytes.len().checked_sub(END_BYTES)?;
    let mut end = Reader::at(bytes, end_at..bytes.len())?;
    let head = (end.u32()?, end.u16()?, end.u16()?);
    let (here, all) = (end.u16()?, end.u16()?);
    let (size, start) = (index(end.u32()?)?, index(end.u32()?)?);
    let comment = end.u16()?;
    let counts = head == (END, 0, 0) && here == all && (1..=ENTRIES_MAX).contains(&all) && comment == 0;
    (counts && start.checked_add(size)? == end_at).then_some(())?;

    let mut contents = Reader::at(bytes, 0..start)?;
    let mut directory = Reader::at(bytes, start..end_at)?;
    for _ in 0..all {
        let at = contents.place();
        let entry = Facts::read(&mut contents, ENTRY)?;
        contents.take(index(entry.stored)?)?;
        let listed = Facts::read(&mut directory, LISTED)?;
        // Two descriptions that differ are read differently by different programs.
        (entry == listed.without_place() && index(listed.place?)? == at).then_some(())?;
    }
    (contents.is_done() && directory.is_done()).then_some(())
}

/// What both descriptions of an entry say.
#[derive(PartialEq)]
struct Facts {
    flags: u16,
    day: u32,
    checksum: u32,
    stored: u32,
    whole: u32,
    name: Vec<u8>,
    extra: Vec<u8>,
    /// Only the directory knows it.
    place: Option<u32>,
}

impl Facts {
    fn read(reader: &mut Reader<'_>, signature: u32) -> Option<Self> {
        let is_listed = signature == LISTED;
        (reader.u32()? == signature).then_some(())?;
        reader.take(if is_listed { 4 } else { 2 })?;
        let (flags, method, day) = (reader.u16()?, reader.u16()?, reader.u32()?);
        let (checksum, stored, whole) = (reader.u32()?, reader.u32()?, reader.u32()?);
        let (name, extra) = (reader.u16()?, reader.u16()?);
        let place = if is_listed {
            let (comment, disk) = (reader.u16()?, reader.u16()?);
            reader.take(6)?;
            (comment == 0 && disk == 0).then_some(())?;
            Some(reader.u32()?)
        } else {
            None
        };
        let name = reader.take(name.into())?.to_vec();
        let extra = reader.take(extra.into())?.to_vec();
        let sealed = flags & !UTF8 == ENCRYPTED && method == AES && stored >= OVERHEAD && is_aes_256(&extra)?;
        sealed.then_some(Self { flags, day, checksum, stored, whole, name, extra, place })
    }

    fn without_place(&self) -> Self {
        Self { place: None, name: self.name.clone(), extra: self.extra.clone(), ..*self }
    }
}

/// The one extra field there may be: others could hold anything in the clear.
fn is_aes_256(extra: &[u8]) -> Option<bool> {
    let mut reader = Reader::at(extra, 0..extra.len())?;
    let head = (reader.u16()?, reader.u16()?);
    let version = reader.u16()?;
    let vendor = reader.take(VENDOR.len())?;
    let strength = reader.take(1)?.first().copied();
    reader.u16()?;
    Some(
        head == (AES_FIELD, AES_FIELD_BYTES)
            && (1..=2).contains(&version)
            && vendor == VENDOR
            && strength == Some(BITS_256)
            && reader.is_done(),
    )
}

fn index(number: u32) -> Option<usize> {
    usize::try_from(number).ok()
}

/// Takes bytes from the front of a part of the file.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn at(bytes: &'a [u8], range: Range<usize>) -> Option<Self> {
        Some(Self { bytes: bytes.get(..range.end)?, at: range.start })
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(count)?;
        let taken = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }
    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }
    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn place(&self) -> usize {
        self.at
    }
    fn is_done(&self) -> bool {
        self.at == self.bytes.len()
    }
}
