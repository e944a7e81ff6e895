//! The panel on top as a picture, and the same picture in words.
use super::{App, keymap_for, letters_are_reserved};
use crate::tui::lines::{self, Again, Spoken, Teller};
use crate::tui::outside::Manner;
use crate::tui::screen::{Port, View};
use crate::tui::screens::too_small;
use crate::tui::widgets::qr::Ambiguous;
use crate::tui::widgets::{ambiguous, frame, popup};
use ratatui::backend::Backend;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;
use ratatui::{Frame, Terminal};

impl<P: Port> App<P> {
    /// Draws one frame, the cursor at the caret.
    pub fn draw<B: Backend>(&mut self, terminal: &mut Terminal<B>) -> Result<(), B::Error> {
        if std::mem::take(&mut self.again) >= Again::Panel {
            terminal.clear()?;
        }
        terminal.draw(|canvas| self.render(canvas))?;
        self.dirty = false;
        self.later = false;
        Ok(())
    }

    pub(in crate::tui) fn render(&self, canvas: &mut Frame<'_>) {
        let area = canvas.area();
        let caret = self.with_view(|view| self.paint(view, canvas.buffer_mut(), area));
        canvas.set_cursor_position(caret);
    }

    /// What there is to say since the last time. What no picture shows is not said either.
    pub fn tell_lines(&mut self, teller: &mut Teller) -> String {
        let area = Rect::from((Position::ORIGIN, lines::SIZE));
        let mut buffer = Buffer::empty(area);
        let lang = self.setup.lang;
        let spoken = self.with_view(|view| {
            let caret = self.paint(view, &mut buffer, area);
            let mut spoken = Spoken::of_picture(&buffer, caret, view.hints);
            if let Some(top) = self.stack.last() {
                top.screen.describe(view, &mut spoken);
            }
            // Said with every panel, and when it comes up.
            spoken.messages.extend(self.warning.as_ref().map(|warning| frame::warning_words(warning, lang)));
            spoken
        });
        self.dirty = false;
        self.later = false;
        teller.tell(spoken, std::mem::take(&mut self.again), lang)
    }

    fn with_view<T>(&self, look: impl FnOnce(&View<'_>) -> T) -> T {
        let hints = self.training.as_ref().map_or_else(Vec::new, |hints| hints(self.now.wall));
        look(&View {
            now: self.now.wall,
            lang: self.setup.lang,
            keymap: keymap_for(&self.setup, &self.contexts()),
            chosen: self.setup.keymaps.in_use(),
            standard: self.setup.keymaps.standard(),
            begun: self.chord.begun(),
            count: self.chord.count(),
            mode: self.mode(),
            ambiguous: self.setup.ambiguous,
            training: self.training.is_some(),
            hints: &hints,
        })
    }

    /// The whole picture and the place of the caret, which is always inside.
    fn paint(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        debug_assert!(self.stack.last().is_none_or(letters_are_reserved), "see LIST_LETTERS");
        let caret = match self.stack.last() {
            Some(top) if !too_small::is_too_small(area.as_size()) => top.screen.draw(view, buffer, area),
            _ => too_small::draw(view, buffer, area),
        };
        if view.training {
            frame::mark_training(view, buffer, area);
        }
        // In lines the rules are what the picture is read by: there it is a message.
        if let Some(warning) = self.warning.as_ref().filter(|_| self.setup.manner == Manner::Panels) {
            frame::mark_warning(warning, view.lang, buffer, area);
        }
        // Lines of text are as wide as the terminal makes them.
        let widens = view.ambiguous == Ambiguous::Wide && self.setup.manner == Manner::Panels;
        let caret = if widens { ambiguous::widen(buffer, caret) } else { caret };
        popup::mend(buffer);
        if !self.setup.colour {
            for cell in &mut buffer.content {
                (cell.fg, cell.bg) = (Color::Reset, Color::Reset);
            }
        }
        let inside = |v: u16, end: u16| v.min(end.saturating_sub(1));
        Position::new(inside(caret.x, area.right()), inside(caret.y, area.bottom()))
    }
}
