//! The one typeface of the papers: which characters it has, how wide they are, what stands for those that it lacks.
use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, GlyphId, MetadataProvider as _, charmap::Charmap};
use unicode_normalization::char::compose;

use crate::japanese::screen::display_width;

/// BIZ UDGothic Regular: drawn for readers with poor sight and for faxes, and it has all of JIS X 0208.
pub static BYTES: &[u8] = include_bytes!("../../data/fonts/BIZUDGothic-Regular.ttf");

/// The geta, the printers' mark for a sort that is not in the case.
pub const GETA: char = '〓';

/// Above and below the baseline, in parts of the size.
pub const ASCENT: f32 = 0.88;
pub const DESCENT: f32 = 0.12;

const VOICED: char = '\u{3099}';
const SEMI_VOICED: char = '\u{309A}';
const ZERO_WIDTH: [char; 2] = ['\u{200C}', '\u{200D}'];

struct Face {
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    em: f32,
}

static FACE: LazyLock<Face> = LazyLock::new(|| {
    let font = FontRef::new(BYTES).expect("the font in the program is the one that the tests read");
    let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let em = f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
    Face { charmap: font.charmap(), metrics, em }
});

/// Text in which every character can be set, and what had to be replaced, in order.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Settable {
    pub text: String,
    pub missing: Vec<char>,
}

/// Replaces what the typeface lacks with a geta. What only chooses between shapes of one character is dropped; marks
/// are joined to their letters.
pub fn settable(text: &str) -> Settable {
    let mut set = Settable::default();
    for c in text.chars() {
        let joined = set.text.chars().next_back().and_then(|last| compose(last, c)).filter(|c| has(*c));
        match c {
            _ if is_variation_selector(c) || ZERO_WIDTH.contains(&c) => {}
            _ if joined.is_some() => {
                set.text.pop();
                set.text.extend(joined);
            }
            '\n' => set.text.push(c),
            VOICED => set.text.push('゛'),
            SEMI_VOICED => set.text.push('゜'),
            _ if has(c) => set.text.push(c),
            _ => {
                set.text.push(GETA);
                set.missing.push(c);
            }
        }
    }
    set
}

/// The number of the glyph in the font.
pub fn glyph(c: char) -> Option<u32> {
    FACE.charmap.map(c).map(GlyphId::to_u32).filter(|id| *id != 0)
}

/// The width on paper in halves of the size: the typeface has no other widths.
pub fn halves(c: char) -> u16 {
    let advance = FACE.charmap.map(c).and_then(|id| FACE.metrics.advance_width(id)).unwrap_or(FACE.em);
    if advance > FACE.em / 2.0 { 2 } else { 1 }
}

/// The columns that a character needs on paper and on a terminal: what is wrapped to them fits both.
pub fn columns(c: char) -> u16 {
    let mut buffer = [0; 4];
    let terminal = u16::try_from(display_width(c.encode_utf8(&mut buffer))).unwrap_or(2);
    halves(c).max(terminal)
}

/// A character of a private area means something else at every site.
fn has(c: char) -> bool {
    let is_private = matches!(u32::from(c), 0xE000..=0xF8FF | 0xF_0000..);
    !is_private && !c.is_control() && glyph(c).is_some()
}

fn is_variation_selector(c: char) -> bool {
    matches!(u32::from(c), 0xFE00..=0xFE0F | 0xE0100..=0xE01EF | 0x180B..=0x180D)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> (String, Vec<char>) {
        let settable = settable(text);
        (settable.text, settable.missing)
    }

    #[test]
    fn what_is_lacking_never_vanishes() {
        assert_eq!(set("𠮷田"), ("〓田".into(), vec!['𠮷']));
        assert_eq!(set("髙﨑ｶﾞ①㈱"), ("髙﨑ｶﾞ①㈱".into(), vec![]));
        assert_eq!(set("葛\u{E0100}城 辻\u{FE00}"), ("葛城 辻".into(), vec![]), "another shape of the same");
        assert_eq!(set("𠮷\u{E0101}"), ("〓".into(), vec!['𠮷']));
        assert_eq!(set("か\u{3099}は\u{309A}か\u{309A}"), ("がぱか゜".into(), vec![]));
        assert_eq!(set("👩\u{200D}👧"), ("〓〓".into(), vec!['👩', '👧']));
        assert_eq!(set("\u{E000}\t\u{7}"), ("〓〓〓".into(), vec!['\u{E000}', '\t', '\u{7}']));
        assert_eq!(set("一\n二"), ("一\n二".into(), vec![]));
        assert_eq!(set("\u{FA19}"), ("\u{FA19}".into(), vec![]), "not the other shape of the character");
    }

    #[test]
    fn widths_are_halves_of_the_size() {
        for (c, paper, both) in
            [('a', 1, 1), ('あ', 2, 2), ('ｶ', 1, 2), ('ﾞ', 1, 2), ('①', 2, 2), ('α', 2, 2), (GETA, 2, 2)]
        {
            assert_eq!((halves(c), columns(c)), (paper, both), "{c}");
        }
        // Nothing in between, so that columns are exact.
        for (c, id) in FACE.charmap.mappings() {
            let advance = FACE.metrics.advance_width(id).unwrap();
            assert!(advance == FACE.em || advance == FACE.em / 2.0, "U+{c:04X}: {advance}");
        }
    }

    #[test]
    fn everything_that_windows_31j_has_is_there() {
        let pairs = (0x81..=0xFC).flat_map(|lead| (0x40..=0xFC).map(move |trail| vec![lead, trail]));
        let all: String = pairs
            .chain((0x20..=0x7E).chain(0xA1..=0xDF).map(|byte| vec![byte]))
            .filter_map(|bytes| Some(crate::japanese::cp932::decode(&bytes)?.into_owned()))
            .collect();
        let ours: Vec<char> =
            all.chars().filter(|c| !c.is_control() && !('\u{E000}'..='\u{F8FF}').contains(c)).collect();
        assert!(ours.len() > 7000, "{}", ours.len());
        assert_eq!(ours.into_iter().filter(|c| !has(*c)).collect::<String>(), "");
    }
}
