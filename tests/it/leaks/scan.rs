//! Looks for words in files, however they may be written there.
use std::collections::HashMap;
use std::path::Path;

use data_encoding::{BASE64, BASE64URL, HEXLOWER, HEXUPPER};
use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS};

/// Shorter words turn up by chance in encrypted files.
const WORD_MIN: usize = 6;
const SHORTEST_NEEDLE: usize = 4;

/// Ways in which a program may write a word without meaning to.
pub fn spellings(word: &str) -> Vec<(&'static str, Vec<u8>)> {
    assert!(word.len() >= WORD_MIN, "{word} is too short to be looked for");
    let mut found = Vec::new();
    for (variant, text) in variants(word) {
        let plain = text.as_bytes();
        let utf16 = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        found.push((variant, plain.to_vec()));
        found.push(("UTF-16LE", utf16(u16::to_le_bytes)));
        found.push(("UTF-16BE", utf16(u16::to_be_bytes)));
        found.push(("hex", HEXLOWER.encode(plain).into_bytes()));
        found.push(("HEX", HEXUPPER.encode(plain).into_bytes()));
        for shift in 0..3 {
            found.push(("base64", inside_base64(&BASE64, plain, shift)));
            found.push(("base64url", inside_base64(&BASE64URL, plain, shift)));
        }
        for (name, encoding) in [("CP932", SHIFT_JIS), ("EUC-JP", EUC_JP)] {
            found.extend(encoded(encoding, &text).map(|bytes| (name, bytes)));
        }
        if !text.is_ascii() {
            found.push(("JSON escapes", json_escapes(&text).into_bytes()));
            found.push((
                "percent",
                plain.iter().map(|byte| format!("%{byte:02X}")).collect::<String>().into_bytes(),
            ));
        }
    }
    found
}

/// The word as it is, without spaces and hyphens, in hiragana, in full-width digits.
fn variants(word: &str) -> Vec<(&'static str, String)> {
    let bare: String = word.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{3000}')).collect();
    let hiragana: String =
        word.chars().map(|c| if ('ァ'..='ヶ').contains(&c) { shifted(c, -0x60) } else { c }).collect();
    let wide: String =
        word.chars().map(|c| if c.is_ascii_digit() { shifted(c, 0xFEE0) } else { c }).collect();
    let mut variants = vec![("UTF-8", word.to_owned())];
    for (name, text) in [("without hyphens", bare), ("hiragana", hiragana), ("full width", wide)] {
        if text.len() >= WORD_MIN && variants.iter().all(|(_, known)| *known != text) {
            variants.push((name, text));
        }
    }
    variants
}

fn shifted(c: char, by: i32) -> char {
    u32::try_from(i32::try_from(u32::from(c)).unwrap() + by).ok().and_then(char::from_u32).unwrap()
}

fn encoded(encoding: &'static Encoding, text: &str) -> Option<Vec<u8>> {
    let (bytes, _, unmappable) = encoding.encode(text);
    (!unmappable).then(|| bytes.into_owned())
}

fn json_escapes(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii() { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) })
        .collect()
}

/// What is certain to stand in the base64 of anything that has the word behind `shift` bytes (modulo 3).
fn inside_base64(base64: &data_encoding::Encoding, word: &[u8], shift: usize) -> Vec<u8> {
    let text = base64.encode(&[&[0; 2][..shift], word].concat());
    let first = [0, 2, 3][shift];
    let end = (shift + word.len()) * 8 / 6;
    text.as_bytes()[first..end].to_vec()
}

/// All spellings of all words, found in one pass.
pub struct Scanner {
    by_start: HashMap<[u8; SHORTEST_NEEDLE], Vec<usize>>,
    pairs: Vec<bool>,
    needles: Vec<(usize, &'static str, Vec<u8>)>,
    words: Vec<String>,
}

impl Scanner {
    pub fn new(words: &[String]) -> Self {
        let mut scanner = Self {
            by_start: HashMap::new(),
            pairs: vec![false; 1 << 16],
            needles: Vec::new(),
            words: words.to_vec(),
        };
        for (at, word) in words.iter().enumerate() {
            for (spelling, needle) in spellings(word) {
                let start: [u8; SHORTEST_NEEDLE] = needle[..SHORTEST_NEEDLE].try_into().unwrap();
                scanner.pairs[usize::from(u16::from_be_bytes([start[0], start[1]]))] = true;
                scanner.by_start.entry(start).or_default().push(scanner.needles.len());
                scanner.needles.push((at, spelling, needle));
            }
        }
        scanner
    }

    pub fn needles(&self) -> usize {
        self.needles.len()
    }

    /// Word and spelling of everything in these bytes.
    pub fn find(&self, bytes: &[u8]) -> Vec<(&str, &'static str)> {
        let mut found = Vec::new();
        for (at, window) in bytes.windows(SHORTEST_NEEDLE).enumerate() {
            if !self.pairs[usize::from(window[0]) << 8 | usize::from(window[1])] {
                continue;
            }
            let start: [u8; SHORTEST_NEEDLE] = window.try_into().unwrap();
            for needle in self.by_start.get(&start).into_iter().flatten() {
                let (word, spelling, needle) = &self.needles[*needle];
                if bytes[at..].starts_with(needle) {
                    found.push((self.words[*word].as_str(), *spelling));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Every file below a folder, and the names of the files.
    pub fn find_below(&self, dir: &Path) -> Tally {
        let mut tally = Tally::default();
        let mut open = vec![dir.to_owned()];
        while let Some(dir) = open.pop() {
            for entry in std::fs::read_dir(dir).unwrap() {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                let meta = std::fs::symlink_metadata(&path).unwrap();
                let mut found: Vec<(String, &'static str)> = Vec::new();
                let mut take = |bytes: &[u8]| {
                    found.extend(self.find(bytes).into_iter().map(|(word, how)| (word.to_owned(), how)));
                };
                take(name.as_bytes());
                if meta.is_dir() {
                    open.push(path.clone());
                } else if meta.is_file() {
                    let bytes = std::fs::read(&path).unwrap();
                    tally.files += 1;
                    tally.bytes += bytes.len();
                    take(&bytes);
                }
                tally.found.extend(
                    found.into_iter().map(|(word, how)| format!("{}: {word} as {how}", path.display())),
                );
            }
        }
        tally
    }
}

/// What a scan went through and found.
#[derive(Default)]
pub struct Tally {
    pub files: usize,
    pub bytes: usize,
    pub found: Vec<String>,
}
