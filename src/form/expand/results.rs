//! What a form counts: only dates and choices, so that nothing about a person can be counted out. Which answers to a
//! request leave it open, and how a record stands in the course of a case.
use super::Expansion;
use super::words::{bad, unknown};
use crate::form::declaration::{CourseDecl, KindDecl, LeavesOpenDecl, ResultsDecl};
use crate::form::reader::Located;
use crate::form::schema::{Course, LeavesOpen, Results};

impl Expansion<'_> {
    pub(super) fn results(&mut self, decl: &ResultsDecl) -> Option<Results> {
        let date =
            self.is_a("日付の項目", "date item", &decl.on, |kind| matches!(kind, KindDecl::Date { .. }));
        let choice = |kind: &KindDecl| matches!(kind, KindDecl::Choice { .. });
        let mut sound = date;
        for word in decl.count.iter().chain(&decl.cross) {
            sound &= self.is_a("選択の項目", "choice item", word, choice);
        }
        let cross = match decl.cross.as_slice() {
            [] => None,
            [one, other] => Some((one.value.clone(), other.value.clone())),
            [first, ..] => {
                self.report(
                    &first.place,
                    bad(
                        "cross には項目を二つ書きます。",
                        "\"cross\" names two items.",
                        "二つにしてください。",
                        "Name exactly two.",
                    ),
                );
                return None;
            }
        };
        let count = decl.count.iter().map(|word| word.value.clone()).collect();
        sound.then(|| Results { on: decl.on.value.clone(), count, cross })
    }

    pub(super) fn leaves_open(&mut self, decl: &LeavesOpenDecl) -> Option<LeavesOpen> {
        let choice = |kind: &KindDecl| matches!(kind, KindDecl::Choice { .. });
        let mut sound = self.is_a("選択の項目", "choice item", &decl.item, choice);
        let at = self.position(&decl.item.value);
        let known: Vec<String> = match at.and_then(|at| self.kind_of(at)) {
            Some((kind, _)) => kind.options().iter().map(|option| option.code.clone()).collect(),
            None => Vec::new(),
        };
        for word in
            decl.answers.iter().filter(|word| sound && !known.contains(&word.value)).collect::<Vec<_>>()
        {
            self.report(
                &word.place,
                unknown("選択肢", "answer", &word.value, known.iter().map(String::as_str)),
            );
            sound = false;
        }
        let answers = decl.answers.iter().map(|word| word.value.clone()).collect();
        sound.then(|| LeavesOpen { item: decl.item.value.clone(), answers })
    }

    pub(super) fn course(&mut self, decl: &CourseDecl) -> Course {
        let date = |kind: &KindDecl| matches!(kind, KindDecl::Date { .. });
        let on = decl
            .on
            .iter()
            .filter(|word| self.is_a("日付の項目", "date item", word, date))
            .collect::<Vec<_>>();
        let shows = decl.shows.iter().filter(|word| self.is_a("項目", "item", word, |_| true));
        Course {
            shows: shows.map(|word| word.value.clone()).collect(),
            on: on.into_iter().map(|word| word.value.clone()).collect(),
        }
    }

    /// The item that names whom the paper is for.
    pub(super) fn addressee(&mut self, item: &Located<String>) -> Option<String> {
        let named = |kind: &KindDecl| matches!(kind, KindDecl::Text { .. } | KindDecl::Name { .. });
        self.is_a("文字の項目", "text item", item, named).then(|| item.value.clone())
    }

    fn is_a(&mut self, ja: &str, en: &str, word: &Located<String>, fits: impl Fn(&KindDecl) -> bool) -> bool {
        let of = |entry: &&super::Entry| entry.decl.kind.as_ref().is_some_and(&fits);
        if self.entries.iter().filter(of).any(|entry| entry.key == word.value) {
            return true;
        }
        let known: Vec<String> = self.entries.iter().filter(of).map(|entry| entry.key.clone()).collect();
        let mistake = unknown(ja, en, &word.value, known.iter().map(String::as_str));
        self.report(&word.place, mistake);
        false
    }
}
