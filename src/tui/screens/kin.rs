//! Whom one declares as near (親族・同居の届), for the review of the log; everybody sees their own alone.
use super::kin_form::KinForm;
use super::register::{Act, Answer, Doubt, Register, Words};
use crate::domain::ids::KinId;
use crate::domain::time::Timestamp;
use crate::japanese::era::EraDate;
use crate::office::Relation;
use crate::office::ops::{self, DeclareKin, Declared, KinChange};
use crate::text::{Lang, Text, fill, kin as say};
use crate::tui::widgets::table::Column;

/// Another letter than the one that leads to the question.
const YES: char = 'R';

/// See the module.
pub struct OwnKin;

impl Register for OwnKin {
    type Line = Declared;
    type Id = KinId;
    const WORDS: Words = Words { title: say::TITLE, loading: say::LOADING, empty: say::EMPTY, how: say::HOW };
    const COLUMNS: &'static [(Column, Text)] = &[
        (Column::left(12), say::COLUMN_RELATION),
        (Column::left(20), say::COLUMN_NAME),
        (Column::left(24), say::COLUMN_READING),
        (Column::left(18), say::COLUMN_BORN),
    ];
    const LETTERS: &'static [(&'static str, Text)] = &[("N", say::KEY_DECLARE), ("C", say::KEY_REMOVE)];

    fn read() -> ops::Request {
        DeclareKin { change: KinChange::Nothing }.into()
    }

    fn id(line: &Declared) -> KinId {
        line.id
    }

    fn counts(lines: &[Declared], lang: Lang) -> String {
        fill(say::COUNTS.in_lang(lang), &[&lines.len()])
    }

    fn cells(line: &Declared, _read_at: Timestamp, lang: Lang) -> Vec<String> {
        let born = line.birth_date.as_ref().map(|date| match (lang, EraDate::from_date(*date.expose())) {
            (Lang::Ja, Some(era)) => era.padded(),
            _ => date.expose().to_string(),
        });
        vec![
            relation(line.relation).in_lang(lang).to_owned(),
            line.name.expose().clone(),
            line.reading.expose().clone(),
            born.unwrap_or_else(|| "-".to_owned()),
        ]
    }

    fn act(letter: &str, line: Option<&Declared>) -> Option<Act> {
        match (letter, line) {
            ("N", _) => Some(Act::Push(Box::new(KinForm::empty()))),
            ("C", Some(line)) => {
                let remove = Box::new(DeclareKin { change: KinChange::Remove(line.id) }.into());
                Some(Act::AskFirst(doubt(line), remove))
            }
            _ => None,
        }
    }

    fn answered(reply: ops::Reply) -> Option<Answer<Declared>> {
        match reply {
            ops::Reply::DeclareKin(result) => Some(result.map_or_else(Answer::Refused, Answer::Lines)),
            _ => None,
        }
    }
}

fn doubt(line: &Declared) -> Doubt {
    let about = [relation(line.relation).ja.to_owned(), line.name.expose().clone()];
    Doubt { question: say::REMOVE_ASK, about, yes: (YES, say::REMOVE_YES), no: say::REMOVE_NO }
}

const fn relation(relation: Relation) -> Text {
    match relation {
        Relation::Own => say::OWN,
        Relation::Spouse => say::SPOUSE,
        Relation::Parent => say::PARENT,
        Relation::Child => say::CHILD,
        Relation::Sibling => say::SIBLING,
        Relation::Household => say::HOUSEHOLD,
        Relation::Other => say::OTHER,
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::screens::rig::Rig;

    #[test]
    fn a_relative_is_declared_and_removed() {
        let mut rig = Rig::at_worklist();
        rig.keys("F3 a");
        assert!(rig.screen().contains("届はありません"), "{}", rig.screen());
        rig.keys("n 9 Enter").text("仮野 花枝").keys("Enter Enter Enter F12");
        assert!(rig.screen().contains("1 から 7"), "{}", rig.screen());
        rig.keys("Backspace 4 Enter Enter").text("かりの はなえ").keys("Enter S50.3.4");
        insta::assert_snapshot!("declaring", rig.screen());
        rig.keys("F12");
        insta::assert_snapshot!("declared", rig.screen());
        rig.keys("c N");
        assert!(rig.screen().contains("仮野 花枝"), "{}", rig.screen());
        rig.keys("c R");
        assert!(rig.screen().contains("届はありません"), "{}", rig.screen());
    }
}
