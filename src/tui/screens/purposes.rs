//! The purposes of the register, by digit: few enough to be chosen from one row.
use crate::form::{Bilingual, Catalog};
use crate::japanese::width::fold_ascii;
use crate::text::Lang;

/// In the order in which they are offered.
#[derive(Clone, Debug, Default)]
pub struct Purposes(Vec<(String, Bilingual)>);

impl Purposes {
    /// One digit each.
    const MAX: usize = 9;

    pub fn of(catalog: &Catalog) -> Self {
        let purposes =
            catalog.purposes().into_iter().map(|purpose| (purpose.id.clone(), purpose.title.clone()));
        Self(purposes.take(Self::MAX).collect())
    }

    /// `1 発生届の報告・移送  2 ...`
    pub fn offered(&self, lang: Lang) -> String {
        let named = self
            .0
            .iter()
            .zip(1..)
            .map(|((_, title), digit): (_, u32)| format!("{digit} {}", title.in_lang(lang)));
        named.collect::<Vec<_>>().join("  ")
    }

    /// The ids behind the digits; `None` when there is none, or one that is not offered.
    pub fn read(&self, digits: &str) -> Option<Vec<String>> {
        let digits = fold_ascii(digits);
        let chosen = digits.chars().filter(|c| !c.is_whitespace() && *c != ',');
        let ids: Option<Vec<String>> = chosen.map(|c| self.at(c)).collect();
        let mut ids = ids.filter(|ids| !ids.is_empty())?;
        ids.sort();
        ids.dedup();
        Some(ids)
    }

    /// The digits of these ids.
    pub fn digits(&self, ids: &[String]) -> String {
        let chosen = self.0.iter().zip(1..).filter(|((id, _), _): &(_, u32)| ids.contains(id));
        chosen.map(|(_, digit)| digit.to_string()).collect()
    }

    /// The titles of these ids, as far as they are known.
    pub fn titles(&self, ids: &[String], lang: Lang) -> String {
        let known = self.0.iter().filter(|(id, _)| ids.contains(id));
        known.map(|(_, title)| title.in_lang(lang)).collect::<Vec<_>>().join("・")
    }

    fn at(&self, digit: char) -> Option<String> {
        let at = usize::try_from(digit.to_digit(10)?.checked_sub(1)?).ok()?;
        self.0.get(at).map(|(id, _)| id.clone())
    }
}
