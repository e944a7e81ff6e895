//! How the steps of the set-up look.
use super::{Holder, NAME, NUMBER, SECTION, STEPS, Step, Wizard, envelopes};
use crate::keymap::Command;
use crate::office::Envelope;
use crate::text::{Text, common, fill, sign_in, wizard as say};
use crate::tui::screen::{Screen as _, View};
use crate::tui::screens::labels;
use crate::tui::screens::token_page::TokenPage;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::{paragraph, put};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

const MESSAGE_ROWS: u16 = 2;
const LEFT: u16 = 4;
const VALUE_LEFT: u16 = 16;

impl Wizard {
    pub(super) fn draw_step(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        if let Step::Token(n) = self.step() {
            return self.draw_token(n, view, buffer, area);
        }
        let body = self.draw_frame(view, buffer, area);
        let inside = Rect {
            x: body.x + LEFT,
            width: body.width.saturating_sub(2 * LEFT),
            y: body.y + 1,
            height: body.height.saturating_sub(1),
        };
        match self.step() {
            Step::Office | Step::Token(_) => self.draw_office(view, buffer, inside),
            Step::Person(n) => self.draw_person(n, view, buffer, inside),
            Step::Write(envelope) => self.draw_envelope(envelope, view, buffer, inside),
            Step::Check(_) => self.draw_check(view, buffer, inside),
            Step::Summary => self.draw_summary(view, buffer, inside),
        }
    }

    fn title(&self, view: &View<'_>) -> String {
        let lang = view.lang;
        let part = match self.step() {
            Step::Office => say::OFFICE_TITLE.in_lang(lang).to_owned(),
            Step::Person(n) => fill(say::PERSON_TITLE.in_lang(lang), &[&(n + 1)]),
            Step::Token(_) => say::TOKEN_TITLE.in_lang(lang).to_owned(),
            Step::Write(envelope) => {
                fill(say::ENVELOPE_TITLE.in_lang(lang), &[&envelopes::name(envelope).in_lang(lang)])
            }
            Step::Check(envelope) => {
                fill(say::CHECK_TITLE.in_lang(lang), &[&envelopes::name(envelope).in_lang(lang)])
            }
            Step::Summary => say::SUMMARY_TITLE.in_lang(lang).to_owned(),
        };
        format!("{}  {part}", say::TITLE.in_lang(lang))
    }

    fn words(&self) -> Vec<(Command, Text)> {
        let back = if self.at == 0 { say::LEAVE } else { say::BACK };
        let on = match self.step() {
            Step::Write(_) => (Command::Close, say::NEXT),
            Step::Summary => (Command::Register, say::WRITE),
            _ => (Command::NextItem, say::NEXT),
        };
        vec![on, (Command::Back, back)]
    }

    fn said(&self, view: &View<'_>) -> &'static str {
        match self.holder {
            Holder::Saving(_) => say::SAVING.in_lang(view.lang),
            Holder::Beginning(_) => say::BEGINNING.in_lang(view.lang),
            _ => self.message.map_or("", |text| text.in_lang(view.lang)),
        }
    }

    fn draw_frame(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Rect {
        let kana = match self.step() {
            Step::Office => true,
            Step::Person(n) => self.people.get(n).is_some_and(|p| matches!(p.focus(), NAME | SECTION)),
            _ => false,
        };
        let contexts = self.contexts();
        let step = fill(say::STEP.in_lang(view.lang), &[&(self.at + 1), &STEPS.len()]);
        let frame = Frame {
            title: &self.title(view),
            title_right: &step,
            messages: &[self.said(view).to_owned()],
            message_rows: MESSAGE_ROWS,
            status: if kana { common::EXPECT_KANA } else { common::EXPECT_ASCII }.in_lang(view.lang),
            status_right: &labels::keymap_is(view),
            fixed: &view.keys(contexts, &self.words()),
            commands: &[Command::Help],
        };
        frame.draw(view, contexts, buffer, area)
    }

    fn draw_office(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let y = below(buffer, area, &[say::OFFICE_HOW, say::OFFICE_NEEDS], view);
        self.office.draw(buffer, from(area, y + 1), view.lang, 2)
    }

    fn draw_person(&self, n: usize, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let y = below(buffer, area, &[say::PERSON_HOW, sign_in::PASSWORD_RULE], view);
        let Some(person) = self.people.get(n) else { return area.as_position() };
        // At 80x24 a taller pitch would push the last field under the candidate window of the input method.
        person.draw(buffer, from(area, y + 1), view.lang, 1)
    }

    fn draw_token(&self, n: usize, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let (Some(set_up), Some(person), Some(code)) = (self.set_up(), self.people.get(n), self.codes.get(n))
        else {
            return labels::only(view, buffer, area, say::BEGINNING);
        };
        let number = person.value(NUMBER);
        let Some(offer) = set_up.token(n, &number) else { return area.as_position() };
        let page = TokenPage {
            title: say::TOKEN_TITLE,
            whose: &format!("{number} {}", person.value(NAME)),
            offer: &offer,
            fields: code,
            message: self.said(view),
            words: &self.words(),
        };
        page.draw(view, code.contexts(), buffer, area)
    }

    fn draw_envelope(
        &self,
        envelope: Envelope,
        view: &View<'_>,
        buffer: &mut Buffer,
        area: Rect,
    ) -> Position {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let y = below(buffer, area, &[envelopes::purpose(envelope), say::WRITE_DOWN_1], view);
        put(buffer, area, area.x + LEFT, y, envelopes::PREFIX, bold);
        let mut row_at = y + 1;
        for row in self.set_up().map(|set_up| envelopes::rows(set_up, envelope)).unwrap_or_default() {
            put(buffer, area, area.x + LEFT, row_at, &row, bold);
            row_at += 1;
        }
        let after = [say::WRITE_DOWN_2, say::WRITE_DOWN_3, say::WRITE_DOWN_4];
        let mut end = row_at + 1;
        for text in after {
            end = paragraph::draw(buffer, from(area, end), text.in_lang(view.lang), Style::new());
        }
        Position::new(area.x + LEFT, y)
    }

    fn draw_check(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let y = below(buffer, area, &[say::CHECK_HOW], view);
        self.probe.fields.draw(buffer, from(area, y + 1), view.lang, 2)
    }

    fn draw_summary(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let person = |n: usize| {
            let founder = self.founder(n);
            let values: [&dyn std::fmt::Display; 3] = [&founder.number, &founder.name, &founder.section];
            fill(say::SUMMARY_PERSON.in_lang(view.lang), &values)
        };
        let rows = [
            (say::SUMMARY_OFFICE.in_lang(view.lang), self.office.value(0)),
            (say::SUMMARY_PEOPLE.in_lang(view.lang), person(0)),
            ("", person(1)),
            (say::SUMMARY_ENVELOPES.in_lang(view.lang), say::SUMMARY_ALL.in_lang(view.lang).to_owned()),
        ];
        let mut y = area.y + 1;
        for (label, value) in rows {
            put(buffer, area, area.x, y, label, Style::new());
            put(buffer, area, area.x + VALUE_LEFT, y, &value, Style::new());
            y += 2;
        }
        put(buffer, area, area.x, y + 1, say::SUMMARY_HOW.in_lang(view.lang), Style::new());
        Position::new(area.x, y + 1)
    }
}

/// Paragraphs from the top, an empty row after each; returns the row after them.
fn below(buffer: &mut Buffer, area: Rect, texts: &[Text], view: &View<'_>) -> u16 {
    let mut y = area.y;
    for text in texts {
        y = paragraph::draw(buffer, from(area, y), text.in_lang(view.lang), Style::new()) + 1;
    }
    y
}

fn from(area: Rect, y: u16) -> Rect {
    Rect { y, height: area.bottom().saturating_sub(y), ..area }
}
