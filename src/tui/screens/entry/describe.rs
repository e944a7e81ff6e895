//! A form in words: the item with the focus, its answers, and the values that stand by now.
use super::{Entry, say};
use crate::form::{Item, Kind};
use crate::keymap::Mode;
use crate::text::{Lang, common, entry as words, fill, lines};
use crate::tui::lines::{Spoken, Typed, When, plain};
use crate::tui::screen::View;

impl Entry {
    pub(super) fn put_into_words(&self, view: &View<'_>, spoken: &mut Spoken) {
        let lang = view.lang;
        let how = std::mem::take(&mut spoken.status);
        let mode = view.mode.map(|mode| match mode {
            Mode::Insert => common::MODE_INSERT.in_lang(lang),
            Mode::Normal => common::MODE_NORMAL.in_lang(lang),
        });
        // Without the dashes, which are read aloud.
        spoken.status = mode.unwrap_or_default().trim_matches(['-', ' ']).to_owned();
        if let Some(panel) = &self.panel {
            spoken.title = plain(&self.panel_heading(panel, lang));
            spoken.status = how;
            spoken.in_list(panel.list, panel.rows.len());
            return;
        }
        let page = self.item().page;
        let name = self.form().pages.get(page).map_or("", |page| page.title.in_lang(lang));
        let page = fill(words::PAGE.in_lang(lang), &[&(page + 1), &self.form().pages.len(), &name]);
        spoken.title = plain(&format!("{}  {page}", self.title(lang)));
        spoken.title_right.clear();
        spoken.body = self.values_in_words(lang);
        spoken.when = When::New;
        spoken.focus.clear();
        if self.keeping.is_registering() {
            // The panel is about to close: its item is no news.
            spoken.typed = None;
            spoken.messages = vec![self.message.clone()];
        } else if self.finding.is_none() {
            self.item_in_words(view, spoken);
        }
    }

    /// The values in the order of the paper, also those that a rule or a default gave.
    fn values_in_words(&self, lang: Lang) -> Vec<String> {
        let items = self.form().items.iter().zip(&self.view.items);
        let filled = items.filter(|(_, view)| view.shown && view.value.is_some());
        filled
            .map(|(item, view)| {
                let value = self.value_text(item, view, lang).replace("  ", ", ");
                format!("{}: {value}", item.label.in_lang(lang))
            })
            .collect()
    }

    fn item_in_words(&self, view: &View<'_>, spoken: &mut Spoken) {
        let lang = view.lang;
        let item = self.item();
        let stops: Vec<usize> = (0..self.form().items.len()).filter(|at| self.takes_focus(*at)).collect();
        spoken.place = stops.iter().position(|at| *at == self.focus).map(|at| (at + 1, stops.len()));
        spoken.messages = self.complaint(view).into_iter().collect();
        if let Some(offer) = &self.offer {
            spoken.messages.extend(offer.lines());
            spoken.messages.push(offer.hint(item.label.in_lang(lang), lang));
        }
        spoken.help = vec![
            say::hint(item, self.goes_on_when_complete(), lang),
            say::source(self.form(), item, lang),
            say::input_mode(item).in_lang(lang).to_owned(),
        ];
        let head = self.head_in_words(item, lang);
        match self.editor.field() {
            Some(field) => {
                let (text, caret) = (field.text(), field.before_caret().len());
                spoken.typed = Some(Typed { label: head, note: self.beside(item, lang), text, caret });
            }
            None => {
                let key =
                    |option: &crate::form::Choice| format!("{} {}", option.key, option.label.in_lang(lang));
                spoken.typed = None;
                spoken.focus = vec![head];
                spoken.value = self.chosen_in_words(item, lang);
                spoken.focus.extend(item.kind.options().iter().map(key));
            }
        }
    }

    /// `症状, 必須, いくつでも`
    fn head_in_words(&self, item: &Item, lang: Lang) -> String {
        let required = self.view.items.get(self.focus).is_some_and(|view| view.required);
        let how = match item.kind {
            Kind::Choice { .. } => Some(lines::CHOOSE_ONE),
            Kind::Choices { .. } => Some(lines::CHOOSE_ANY),
            _ => None,
        };
        let marks = [
            required.then_some(lines::REQUIRED),
            (!item.source.verified).then_some(lines::NOT_COMPARED),
            how,
        ];
        let marks = marks.into_iter().flatten().map(|text| text.in_lang(lang));
        std::iter::once(item.label.in_lang(lang)).chain(marks).collect::<Vec<_>>().join(", ")
    }

    fn chosen_in_words(&self, item: &Item, lang: Lang) -> String {
        if !self.editor.has_changed() {
            let view = self.view.items.get(self.focus);
            return view.map_or_else(String::new, |view| self.value_text(item, view, lang));
        }
        let chosen = item.kind.options().iter().filter(|option| self.editor.is_chosen(&option.code));
        let separator = if lang == Lang::Ja { "、" } else { ", " };
        chosen.map(|option| option.label.in_lang(lang)).collect::<Vec<_>>().join(separator)
    }
}
