//! How a name that was heard may be written: surnames and given names by their reading, the common ones first.
//!
//! From IPADIC, see `data/README.md`. Names that are given today are often missing: the input method is the other way.

const SURNAMES: &str = include_str!("../../data/surnames.tsv");
const GIVEN_NAMES: &str = include_str!("../../data/given_names.tsv");

/// Which half of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NamePart {
    /// 姓
    Surname,
    /// 名
    Given,
}

/// One half of a name as it is heard and as it is written. About nobody in particular.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelling {
    pub part: NamePart,
    pub reading: String,
    pub written: String,
}

/// The two halves of a name, when both it and its reading have exactly two.
pub fn spellings(reading: &str, name: &str) -> Option<[Spelling; 2]> {
    let (surname_reading, given_reading) = two_parts(reading)?;
    let (surname, given) = two_parts(name)?;
    let one = |part, reading: &str, written: &str| Spelling {
        part,
        reading: reading.to_owned(),
        written: written.to_owned(),
    };
    Some([one(NamePart::Surname, surname_reading, surname), one(NamePart::Given, given_reading, given)])
}

fn two_parts(text: &str) -> Option<(&str, &str)> {
    let (first, second) = text.split_once(' ')?;
    (!first.is_empty() && !second.is_empty() && !second.contains(' ')).then_some((first, second))
}

/// How a reading may be written: first what is known here, in its order, then the dictionary.
pub fn candidates<'a>(known: &'a [Spelling], part: NamePart, reading: &str) -> Vec<&'a str> {
    let fits = |one: &&Spelling| one.part == part && one.reading == reading;
    let mut found: Vec<&str> = known.iter().filter(fits).map(|one| one.written.as_str()).collect();
    for name in listed(part, reading) {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// The names with exactly this reading (katakana), as lists of names have them.
fn listed(part: NamePart, reading: &str) -> impl Iterator<Item = &'static str> {
    let table = match part {
        NamePart::Surname => SURNAMES,
        NamePart::Given => GIVEN_NAMES,
    };
    line_of(table, reading).into_iter().flat_map(|names| names.split(' '))
}

/// What stands behind the tab of a reading's line. Lines are in the order of their bytes.
fn line_of<'t>(table: &'t str, reading: &str) -> Option<&'t str> {
    let mut rest = table;
    while !rest.is_empty() {
        // The line in whose middle half of the rest ends; a line feed is never part of another character.
        let middle = rest.len() / 2;
        let (before, after) = rest.as_bytes().split_at(middle);
        let from = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let to = after.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| middle + at);
        let (found, names) = rest.get(from..to)?.split_once('\t')?;
        match reading.cmp(found) {
            std::cmp::Ordering::Equal => return Some(names),
            std::cmp::Ordering::Less => rest = rest.get(..from)?,
            std::cmp::Ordering::Greater => rest = rest.get(to + 1..).unwrap_or_default(),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::japanese::kana::normalise_reading;
    use crate::japanese::names::normalise_name;

    fn found(part: NamePart, reading: &str) -> Vec<&'static str> {
        candidates(&[], part, reading)
    }

    #[test]
    fn the_common_come_first_and_those_without_kanji_last() {
        assert_eq!(found(NamePart::Surname, "カリノ"), ["苅野", "狩野"]);
        assert_eq!(found(NamePart::Surname, "サトウ")[0], "佐藤");
        let hanae = found(NamePart::Given, "ハナエ");
        assert_eq!(hanae.len(), 9);
        assert!(hanae.contains(&"花枝") && hanae.last() == Some(&"ハナエ"), "{hanae:?}");
        for unknown in ["", "ヒマリ", "カリ", "カリノノ", "ンンン", "かりの", "\t", "\n"] {
            assert!(found(NamePart::Surname, unknown).is_empty(), "{unknown}");
        }
    }

    #[test]
    fn what_is_known_here_comes_first() {
        let [surname, given] = spellings("カリノ ハナエ", "仮野 花枝").unwrap();
        assert_eq!((surname.written.as_str(), given.written.as_str()), ("仮野", "花枝"));
        let known = [surname, given];
        assert_eq!(candidates(&known, NamePart::Surname, "カリノ"), ["仮野", "苅野", "狩野"]);
        let hanae = candidates(&known, NamePart::Given, "ハナエ");
        assert_eq!((hanae.len(), hanae[0]), (9, "花枝"), "no name twice: {hanae:?}");
        assert!(candidates(&known, NamePart::Given, "カリノ").is_empty(), "a surname is no given name");
        for (reading, name) in [
            ("カリノ", "仮野 花枝"),
            ("カリノ ハナエ", "仮野"),
            ("ア イ ウ", "亜 伊 宇"),
            ("", ""),
            (" ア", " 亜"),
        ] {
            assert_eq!(spellings(reading, name), None);
        }
    }

    #[test]
    fn every_line_is_found_and_sound() {
        for (part, table, count) in
            [(NamePart::Surname, SURNAMES, 13_000), (NamePart::Given, GIVEN_NAMES, 18_000)]
        {
            let mut names = 0;
            let mut last = "";
            for line in table.lines() {
                let (reading, listed) = line.split_once('\t').unwrap();
                assert!(last < reading, "{reading} is out of order");
                assert_eq!(normalise_reading(reading).as_deref(), Ok(reading));
                let listed: Vec<&str> = listed.split(' ').collect();
                assert_eq!(found(part, reading), listed);
                assert!(
                    listed.iter().all(|name| !name.is_empty() && normalise_name(name) == *name),
                    "{line}"
                );
                names += listed.len();
                last = reading;
            }
            assert!(names > count, "{names}");
        }
    }

    #[test]
    fn the_lists_are_small() {
        const LIMIT: usize = 300_000;
        assert!(SURNAMES.len() < LIMIT && GIVEN_NAMES.len() < LIMIT);
    }

    proptest! {
        #[test]
        fn any_reading_is_answered(reading in "[ァ-ヶー]{0,5}|.{0,5}") {
            let listed = |table: &str| table.lines().any(|line| line.split_once('\t').is_some_and(|(known, _)| known == reading));
            prop_assert_eq!(!found(NamePart::Surname, &reading).is_empty(), listed(SURNAMES));
        }
    }
}
