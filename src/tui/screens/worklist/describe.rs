//! The worklist in words: the chosen line whole, without columns.
use super::{Worklist, columns};
use crate::text::Lang;
use crate::tui::lines::Spoken;

impl Worklist {
    pub(super) fn put_into_words(&self, lang: Lang, spoken: &mut Spoken) {
        spoken.in_list(self.list, self.lines().len());
        if self.search.is_none() && self.digits.is_empty() {
            // What to type here is news only once it is typed.
            spoken.help.push(std::mem::take(&mut spoken.status));
        }
        let Some(line) = self.selected() else { return };
        spoken.messages = Some(self.message.clone()).filter(|said| !said.is_empty()).into_iter().collect();
        if self.catalog.is_none() {
            // Soon its form has a name.
            (spoken.place, spoken.focus) = (None, Vec::new());
            return;
        }
        let today = self.now.date_in_japan();
        spoken.focus = columns::in_words(line, self.form_of(line), today, lang);
    }
}
