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

/// The names with exactly this reading (katakana), as lists of names have them.
pub fn candidates(part: NamePart, reading: &str) -> impl Iterator<Item = &'static str> {
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
        candidates(part, reading).collect()
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
            prop_assert_eq!(candidates(NamePart::Surname, &reading).next().is_some(), listed(SURNAMES));
        }
    }
}
