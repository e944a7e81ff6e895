//! Going to an item by the number that is printed on the paper, or by a part of its label.
use super::Entry;
use crate::form::Item;
use crate::japanese::width::fold_ascii;
use crate::keymap::Command;
use crate::text::{Lang, entry as words};
use crate::tui::counter::Counter;
use crate::tui::screen::{Desk, Flow};
use crate::tui::screens::entry::moves::flow;
use crate::tui::widgets::put;
use crate::tui::widgets::text_field::{Accept, Edited, Show, TextField};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const LIMIT: usize = 20;
const COLUMNS: u16 = 24;

impl Entry {
    /// With a number in front it goes there at once, otherwise it asks.
    pub(super) fn find(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        match desk.count {
            Some(number) => self.go_to_found(&number.to_string(), desk),
            None => {
                self.finding = Some(TextField::new(Accept::Anything, Show::Plain, LIMIT));
                Flow::Stay
            }
        }
    }

    pub(super) fn on_finding(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.message.clear();
        let Some(field) = &mut self.finding else { return Flow::Pass };
        match command {
            Command::Cancel | Command::Back => self.finding = None,
            Command::Open => {
                let wanted = field.text();
                self.finding = None;
                return self.go_to_found(&wanted, desk);
            }
            _ if field.edit(command) == Edited::NotMine => return Flow::Pass,
            _ => {}
        }
        Flow::Stay
    }

    fn go_to_found(&mut self, wanted: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        let wanted = fold_ascii(wanted.trim()).into_owned();
        if wanted.is_empty() {
            return Flow::Stay;
        }
        let left = self.settle(desk);
        match self.found(&wanted, desk.lang) {
            Some(at) => self.go(at),
            None => self.message = words::NO_SUCH_ITEM.in_lang(desk.lang).to_owned(),
        }
        flow(left.effects)
    }

    /// The item of this number, else the first part of it (`11-1` for 11), else the next one with this in its label.
    fn found(&self, wanted: &str, lang: Lang) -> Option<usize> {
        let part = format!("{wanted}-");
        let number = |item: &Item, fits: &dyn Fn(&str) -> bool| item.number.as_deref().is_some_and(fits);
        let items = self.form().items.len();
        let around = || (self.focus + 1..items).chain(0..=self.focus).filter(|at| self.takes_focus(*at));
        let first = |fits: &dyn Fn(&Item) -> bool| {
            (0..items).filter(|at| self.takes_focus(*at)).find(|at| fits(self.item_at(*at)))
        };
        first(&|item| number(item, &|own| own == wanted))
            .or_else(|| first(&|item| number(item, &|own| own.starts_with(&part))))
            .or_else(|| around().find(|at| self.item_at(*at).label.in_lang(lang).contains(wanted)))
    }

    /// The prompt in the second message row; gives the caret.
    pub(super) fn draw_finding(&self, lang: Lang, buffer: &mut Buffer, row: Rect) -> Option<Position> {
        let field = self.finding.as_ref()?;
        let x = put(buffer, row, row.x + 1, row.y, words::FIND_ITEM.in_lang(lang), Style::new()) + 1;
        let caret = field.draw(buffer, Rect { x, width: COLUMNS, height: 1, ..row }, Style::new());
        Some(caret)
    }
}
