//! A TIFF of several Group 4 pages (RFC 2306, RFC 2301 profile F). No date, no program, no name stands in it.

/// One page, already compressed.
pub(super) struct Page {
    pub width: u16,
    pub height: u16,
    pub dots_per_inch: (u16, u16),
    pub data: Vec<u8>,
}

/// Little endian, number 42, first directory behind the header.
const HEADER: [u8; 8] = *b"II\x2A\0\x08\0\0\0";
const ENTRIES: u32 = 17;
const ENTRY_BYTES: u32 = 12;
const DIRECTORY_BYTES: u32 = 2 + ENTRIES * ENTRY_BYTES + 4;
const RATIONAL_BYTES: u32 = 8;

/// What an entry of a directory holds.
#[derive(Clone, Copy)]
enum Field {
    Short(u16),
    Shorts(u16, u16),
    Long(u32),
    /// At this place of the file.
    Rational(u32),
}

/// Each page is a directory, its two resolutions and its dots. `None` when a 32-bit file cannot hold them.
pub(super) fn write(pages: &[Page]) -> Option<Vec<u8>> {
    let count = u16::try_from(pages.len()).ok()?;
    let mut out = HEADER.to_vec();
    for (number, page) in (0..count).zip(pages) {
        let start = u32::try_from(out.len()).ok()?;
        let size = u32::try_from(page.data.len()).ok()?;
        let resolutions = start.checked_add(DIRECTORY_BYTES)?;
        let data = resolutions.checked_add(2 * RATIONAL_BYTES)?;
        let end = data.checked_add(size)?;
        // Directories begin at even places.
        let next = end.checked_add(end % 2)?;
        out.extend(u16::try_from(ENTRIES).ok()?.to_le_bytes());
        for (tag, field) in fields(page, (number, count), resolutions, data, size) {
            push(&mut out, tag, field);
        }
        let is_last = number + 1 == count;
        out.extend(if is_last { 0 } else { next }.to_le_bytes());
        for dots in [page.dots_per_inch.0, page.dots_per_inch.1] {
            out.extend(u32::from(dots).to_le_bytes());
            out.extend(1u32.to_le_bytes());
        }
        out.extend(&page.data);
        out.resize(usize::try_from(next).ok()?, 0);
    }
    Some(out)
}

fn fields(page: &Page, place: (u16, u16), resolutions: u32, data: u32, size: u32) -> [(u16, Field); 17] {
    use Field::{Long, Rational, Short, Shorts};
    [
        (254, Long(2)),                                // NewSubfileType: a page of several
        (256, Short(page.width)),                      // ImageWidth
        (257, Short(page.height)),                     // ImageLength
        (258, Short(1)),                               // BitsPerSample
        (259, Short(4)),                               // Compression: Group 4
        (262, Short(0)),                               // PhotometricInterpretation: 0 is white
        (266, Short(1)),                               // FillOrder: high bit first
        (273, Long(data)),                             // StripOffsets
        (274, Short(1)),                               // Orientation
        (277, Short(1)),                               // SamplesPerPixel
        (278, Short(page.height)),                     // RowsPerStrip: one strip
        (279, Long(size)),                             // StripByteCounts
        (282, Rational(resolutions)),                  // XResolution
        (283, Rational(resolutions + RATIONAL_BYTES)), // YResolution
        (293, Long(0)),                                // T6Options
        (296, Short(2)),                               // ResolutionUnit: inch
        (297, Shorts(place.0, place.1)),               // PageNumber
    ]
}

fn push(out: &mut Vec<u8>, tag: u16, field: Field) {
    let (kind, count, value): (u16, u32, [u8; 4]) = match field {
        Field::Short(number) => (3, 1, u32::from(number).to_le_bytes()),
        Field::Shorts(first, second) => (3, 2, (u32::from(second) << 16 | u32::from(first)).to_le_bytes()),
        Field::Long(number) => (4, 1, number.to_le_bytes()),
        Field::Rational(place) => (5, 1, place.to_le_bytes()),
    };
    out.extend(tag.to_le_bytes());
    out.extend(kind.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(value);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(data: &[u8]) -> Page {
        Page { width: 8, height: 1, dots_per_inch: (204, 196), data: data.to_vec() }
    }

    fn number(bytes: &[u8], at: usize, size: usize) -> usize {
        bytes[at..at + size].iter().rev().fold(0, |sum, byte| sum * 256 + usize::from(*byte))
    }

    /// Follows the directories as a reader does.
    #[test]
    fn every_page_is_found_again() {
        let pages = [page(b"one"), page(b"four"), page(b"")];
        let bytes = write(&pages).unwrap();
        let mut at = number(&bytes, 4, 4);
        let mut found = Vec::new();
        while at != 0 {
            let entries = number(&bytes, at, 2);
            let entry = |tag: usize| {
                let places = (0..entries).map(|n| at + 2 + 12 * n);
                let place = places.into_iter().find(|place| number(&bytes, *place, 2) == tag).unwrap();
                number(&bytes, place + 8, 4)
            };
            let tags: Vec<usize> = (0..entries).map(|n| number(&bytes, at + 2 + 12 * n, 2)).collect();
            assert!(tags.is_sorted() && at.is_multiple_of(2), "{tags:?}");
            assert_eq!((number(&bytes, entry(282), 4), number(&bytes, entry(283), 4)), (204, 196));
            assert_eq!(entry(297), 3 << 16 | found.len());
            found.push(bytes[entry(273)..entry(273) + entry(279)].to_vec());
            at = number(&bytes, at + 2 + 12 * entries, 4);
        }
        assert_eq!(found, [b"one".to_vec(), b"four".to_vec(), b"".to_vec()]);
    }
}
