//! Romaji typed without an IME, as katakana, the way MS-IME reads it.
//!
//! Clerks type `nn` for ン (`shinnnosuke`, `konnno`, `kennichi`), which general converters get wrong. The text
//! typed so far is kept as kana plus the letters still waiting, so that feeding one key at a time and converting
//! everything at once give the same result.
use std::fmt;

use super::kana::{normalise_reading, to_katakana as katakana_of};
use super::width::{is_hyphen_like, narrow_char};

const VOWELS: &str = "aiueo";

/// Consonants, and the kana they make with a, i, u, e, o; empty where there is none. `l` is read as `x`.
const ROWS: &[(&str, [&str; 5])] = &[
    ("", ["ア", "イ", "ウ", "エ", "オ"]),
    ("k", ["カ", "キ", "ク", "ケ", "コ"]),
    ("s", ["サ", "シ", "ス", "セ", "ソ"]),
    ("t", ["タ", "チ", "ツ", "テ", "ト"]),
    ("n", ["ナ", "ニ", "ヌ", "ネ", "ノ"]),
    ("h", ["ハ", "ヒ", "フ", "ヘ", "ホ"]),
    ("m", ["マ", "ミ", "ム", "メ", "モ"]),
    ("y", ["ヤ", "イ", "ユ", "イェ", "ヨ"]),
    ("r", ["ラ", "リ", "ル", "レ", "ロ"]),
    ("w", ["ワ", "ウィ", "ウ", "ウェ", "ヲ"]),
    ("g", ["ガ", "ギ", "グ", "ゲ", "ゴ"]),
    ("z", ["ザ", "ジ", "ズ", "ゼ", "ゾ"]),
    ("d", ["ダ", "ヂ", "ヅ", "デ", "ド"]),
    ("b", ["バ", "ビ", "ブ", "ベ", "ボ"]),
    ("p", ["パ", "ピ", "プ", "ペ", "ポ"]),
    ("c", ["カ", "シ", "ク", "セ", "コ"]),
    ("f", ["ファ", "フィ", "フ", "フェ", "フォ"]),
    ("j", ["ジャ", "ジ", "ジュ", "ジェ", "ジョ"]),
    ("q", ["クァ", "クィ", "ク", "クェ", "クォ"]),
    ("v", ["ヴァ", "ヴィ", "ヴ", "ヴェ", "ヴォ"]),
    ("x", ["ァ", "ィ", "ゥ", "ェ", "ォ"]),
    ("ky", ["キャ", "キィ", "キュ", "キェ", "キョ"]),
    ("sy", ["シャ", "シィ", "シュ", "シェ", "ショ"]),
    ("sh", ["シャ", "シ", "シュ", "シェ", "ショ"]),
    ("ty", ["チャ", "チィ", "チュ", "チェ", "チョ"]),
    ("ch", ["チャ", "チ", "チュ", "チェ", "チョ"]),
    ("cy", ["チャ", "チィ", "チュ", "チェ", "チョ"]),
    ("ny", ["ニャ", "ニィ", "ニュ", "ニェ", "ニョ"]),
    ("hy", ["ヒャ", "ヒィ", "ヒュ", "ヒェ", "ヒョ"]),
    ("my", ["ミャ", "ミィ", "ミュ", "ミェ", "ミョ"]),
    ("ry", ["リャ", "リィ", "リュ", "リェ", "リョ"]),
    ("gy", ["ギャ", "ギィ", "ギュ", "ギェ", "ギョ"]),
    ("zy", ["ジャ", "ジィ", "ジュ", "ジェ", "ジョ"]),
    ("jy", ["ジャ", "ジィ", "ジュ", "ジェ", "ジョ"]),
    ("dy", ["ヂャ", "ヂィ", "ヂュ", "ヂェ", "ヂョ"]),
    ("by", ["ビャ", "ビィ", "ビュ", "ビェ", "ビョ"]),
    ("py", ["ピャ", "ピィ", "ピュ", "ピェ", "ピョ"]),
    ("fy", ["フャ", "フィ", "フュ", "フェ", "フョ"]),
    ("vy", ["ヴャ", "ヴィ", "ヴュ", "ヴェ", "ヴョ"]),
    ("qy", ["クャ", "クィ", "クュ", "クェ", "クョ"]),
    ("xy", ["ャ", "ィ", "ュ", "ェ", "ョ"]),
    ("wy", ["", "ヰ", "", "ヱ", ""]),
    ("ts", ["ツァ", "ツィ", "ツ", "ツェ", "ツォ"]),
    ("th", ["テャ", "ティ", "テュ", "テェ", "テョ"]),
    ("dh", ["デャ", "ディ", "デュ", "デェ", "デョ"]),
    ("tw", ["トァ", "トィ", "トゥ", "トェ", "トォ"]),
    ("dw", ["ドァ", "ドィ", "ドゥ", "ドェ", "ドォ"]),
    ("wh", ["ウァ", "ウィ", "ウ", "ウェ", "ウォ"]),
    ("kw", ["クァ", "クィ", "クゥ", "クェ", "クォ"]),
    ("qw", ["クァ", "クィ", "クゥ", "クェ", "クォ"]),
    ("gw", ["グァ", "グィ", "グゥ", "グェ", "グォ"]),
    ("sw", ["スァ", "スィ", "スゥ", "スェ", "スォ"]),
    ("fw", ["ファ", "フィ", "フゥ", "フェ", "フォ"]),
    ("hw", ["ファ", "フィ", "", "フェ", "フォ"]),
    ("hwy", ["", "", "フュ", "", ""]),
    ("xk", ["ヵ", "", "", "ヶ", ""]),
    ("xt", ["", "", "ッ", "", ""]),
    ("xts", ["", "", "ッ", "", ""]),
    ("xw", ["ヮ", "", "", "", ""]),
];

/// What has been typed so far.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Converted {
    /// Katakana, spaces, and whatever was typed that can no longer become kana.
    pub kana: String,
    /// Letters at the end that may still become kana, in lower case.
    pub pending: String,
}

impl Converted {
    /// The kana and, after it, the letters that wait.
    pub fn shown(&self) -> String {
        format!("{}{}", self.kana, self.pending)
    }
}

/// Says how much there is, not what: it is somebody's name.
impl fmt::Debug for Converted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Converted({} + {} characters)", self.kana.chars().count(), self.pending.len())
    }
}

/// Why a text is not a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RomajiProblem {
    Empty,
    /// Letters or signs that make no kana are left over.
    Leftover,
}

/// Converts what was typed, romaji and kana mixed, as far as it can be known.
///
/// Everything stays visible: a consonant that makes no kana remains a letter. To go on typing, convert
/// [`Converted::shown`] with the next character after it.
pub fn to_katakana(text: &str) -> Converted {
    let typed: Vec<char> = katakana_of(text).chars().map(narrow_char).collect();
    let mut kana = String::with_capacity(text.len());
    let mut rest = typed.as_slice();
    while !rest.is_empty() {
        let (step, after) = next_step(rest);
        match step {
            Step::Kana(made) => kana.push_str(made),
            Step::Keep(c) => kana.push(c),
            Step::Wait => {
                let pending = rest.iter().map(char::to_ascii_lowercase).collect();
                return Converted { kana: katakana_of(&kana), pending };
            }
        }
        rest = after;
    }
    // Once more, for a voiced mark that was typed after romaji.
    Converted { kana: katakana_of(&kana), pending: String::new() }
}

/// The reading at the end of input, in its stored form: a final `n` is ン, any other letter left over a problem.
pub fn finish(text: &str) -> Result<String, RomajiProblem> {
    let Converted { mut kana, pending } = to_katakana(text);
    match pending.as_str() {
        "" => {}
        "n" => kana.push('ン'),
        _ => return Err(RomajiProblem::Leftover),
    }
    if kana.trim().is_empty() {
        return Err(RomajiProblem::Empty);
    }
    normalise_reading(&kana).map_err(|_| RomajiProblem::Leftover)
}

enum Step {
    Kana(&'static str),
    Keep(char),
    /// All that is left may still become kana.
    Wait,
}

fn next_step(rest: &[char]) -> (Step, &[char]) {
    let Some((&first, after_first)) = rest.split_first() else { return (Step::Wait, rest) };
    if !first.is_ascii_alphabetic() {
        return (punctuation(first), after_first);
    }
    let consonants: String = rest.iter().map(|c| fold_letter(*c)).take_while(|c| is_consonant(*c)).collect();
    let count = consonants.len();
    let mut letters = consonants.chars();
    let (head, second) = (letters.next(), letters.next());

    // "nn" and "n'" are ン wherever they stand; so is "xn".
    match (head, second, after_first.first()) {
        (Some('n'), Some('n'), _) | (Some('n'), _, Some('\'')) | (Some('x'), Some('n'), _) => {
            return (Step::Kana("ン"), rest.split_at(2).1);
        }
        _ => {}
    }
    if let Some((made, used)) = syllable(&consonants, rest) {
        return (Step::Kana(made), rest.split_at(used).1);
    }
    if count == rest.len() && may_begin_syllable(&consonants) {
        return (Step::Wait, rest);
    }
    match head {
        Some('n') => (Step::Kana("ン"), after_first),
        Some(_) if head == second || consonants.starts_with("tch") => (Step::Kana("ッ"), after_first),
        _ => (Step::Keep(first.to_ascii_lowercase()), after_first),
    }
}

fn punctuation(c: char) -> Step {
    match c {
        _ if is_hyphen_like(c) => Step::Kana("ー"),
        '/' | '・' => Step::Kana("・"),
        _ if c.is_whitespace() => Step::Kana(" "),
        _ => Step::Keep(c),
    }
}

/// The kana of these consonants and the vowel after them, and how many letters they are.
fn syllable(consonants: &str, rest: &[char]) -> Option<(&'static str, usize)> {
    let vowel = fold_letter(*rest.get(consonants.len())?);
    let column = VOWELS.chars().position(|c| c == vowel)?;
    let (_, kana) = ROWS.iter().find(|(row, _)| *row == consonants)?;
    let made = *kana.get(column)?;
    (!made.is_empty()).then_some((made, consonants.len() + 1))
}

fn may_begin_syllable(consonants: &str) -> bool {
    consonants == "tc" || consonants == "tch" || ROWS.iter().any(|(row, _)| row.starts_with(consonants))
}

/// A letter in lower case, `l` as `x`.
fn fold_letter(c: char) -> char {
    match c.to_ascii_lowercase() {
        'l' => 'x',
        other => other,
    }
}

fn is_consonant(c: char) -> bool {
    c.is_ascii_lowercase() && !VOWELS.contains(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What was typed and the reading, or nothing where no reading comes of it.
    fn corpus() -> impl Iterator<Item = (&'static str, Result<&'static str, RomajiProblem>)> {
        let rows = include_str!("../../tests/it/data/romaji.csv").lines().skip(1);
        rows.map(|row| row.split_once(',').expect("two columns")).map(|(typed, reading)| {
            (typed, if reading.is_empty() { Err(RomajiProblem::Leftover) } else { Ok(reading) })
        })
    }

    #[test]
    fn the_corpus_converts() {
        let wrong: Vec<String> = corpus()
            .filter(|(typed, reading)| finish(typed).as_deref() != reading.as_ref().copied())
            .map(|(typed, _)| format!("{typed}: {:?}", finish(typed)))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(corpus().count() >= 300);
    }

    #[test]
    fn typing_key_by_key_gives_the_same() {
        for (typed, reading) in corpus() {
            let mut shown = String::new();
            for c in typed.chars() {
                shown.push(c);
                shown = to_katakana(&shown).shown();
            }
            assert_eq!(finish(&shown).as_deref(), reading.as_deref(), "{typed}");
        }
    }

    #[test]
    fn letters_wait_for_their_vowel() {
        for (typed, kana, pending) in [
            ("", "", ""),
            ("k", "", "k"),
            ("ky", "", "ky"),
            ("kar", "カ", "r"),
            ("karin", "カリ", "n"),
            ("kariny", "カリ", "ny"),
            ("karink", "カリン", "k"),
            ("hatt", "ハッ", "t"),
            ("hatc", "ハ", "tc"),
            ("hatch", "ハ", "tch"),
            ("xts", "", "xts"),
            ("lt", "", "lt"),
            ("SH", "", "sh"),
            ("ohno", "オhノ", ""),
            ("k a", "k ア", ""),
            ("qk", "q", "k"),
        ] {
            let converted = to_katakana(typed);
            assert_eq!((converted.kana.as_str(), converted.pending.as_str()), (kana, pending), "{typed}");
        }
    }

    #[test]
    fn leftovers_are_a_problem_at_the_end() {
        for typed in
            ["karik", "hatt", "ohno", "ny", "kari1", "kari'", "仮no", "k a", "-", "wya", "hatch", "a.b"]
        {
            assert_eq!(finish(typed), Err(RomajiProblem::Leftover), "{typed}");
        }
        for typed in ["", "  ", "　"] {
            assert_eq!(finish(typed), Err(RomajiProblem::Empty), "{typed}");
        }
    }

    #[test]
    fn every_syllable_of_the_table_is_typed_in_one_go() {
        for (consonants, kana) in ROWS {
            for (vowel, made) in VOWELS.chars().zip(kana).filter(|(_, made)| !made.is_empty()) {
                let converted = to_katakana(&format!("{consonants}{vowel}"));
                assert_eq!((converted.kana.as_str(), converted.pending.as_str()), (*made, ""));
            }
        }
    }

    proptest! {
        #[test]
        fn nothing_panics_and_nothing_is_lost(text in ".*") {
            let converted = to_katakana(&text);
            prop_assert_eq!(to_katakana(&converted.shown()), converted);
            if let Ok(reading) = finish(&text) {
                prop_assert_eq!(finish(&reading), Ok(reading.clone()));
            }
        }

        #[test]
        fn key_by_key_is_all_at_once(text in "[a-z' -]{0,16}") {
            let mut shown = String::new();
            for c in text.chars() {
                shown.push(c);
                shown = to_katakana(&shown).shown();
            }
            prop_assert_eq!(shown, to_katakana(&text).shown());
        }
    }
}
