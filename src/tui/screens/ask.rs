//! The one dialog: a question over the whole panel, answered by a fixed letter.
//!
//! Enter does nothing, held keys do nothing, pasted text does nothing, and no keymap changes the letters.
use crate::keymap::{Command, Context};
use crate::text::{Lang, common as say, fill};
use crate::tui::screen::{Desk, Effect, Flow, Port, Question, Screen, View};
use crate::tui::widgets::{frame::Frame, paragraph::wrap, put};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

const LEFT: u16 = 3;

/// See the module.
pub struct Ask {
    question: Question,
}

impl Ask {
    pub fn new(question: Question) -> Self {
        Self { question }
    }
}

impl<P: Port> Screen<P> for Ask {
    fn contexts(&self) -> &[Context] {
        &[Context::Confirm]
    }

    fn on_command(&mut self, command: Command, _desk: &mut Desk<'_>) -> Flow<P> {
        match command {
            Command::Cancel | Command::Back => Flow::Effects(vec![Effect::Answer(self.question.refuse)]),
            _ => Flow::Pass,
        }
    }

    fn letters(&self, _lang: Lang) -> Vec<(String, String)> {
        self.question.answers.iter().map(|(letter, word)| (letter.to_string(), word.clone())).collect()
    }

    fn on_text(&mut self, text: &str, _desk: &mut Desk<'_>) -> Flow<P> {
        let mut chars = text.chars();
        let (Some(letter), None) = (chars.next(), chars.next()) else { return Flow::Pass };
        match self.question.answers.iter().find(|(known, _)| *known == letter) {
            Some(_) => Flow::Effects(vec![Effect::Answer(letter)]),
            None => Flow::Pass,
        }
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let letters: Vec<String> =
            self.question.answers.iter().map(|(letter, _)| letter.to_string()).collect();
        let how = fill(say::ASK_ANSWER_WITH.in_lang(view.lang), &[&letters.join(" ")]);
        let fixed = <Self as Screen<P>>::letters(self, view.lang);
        let frame = Frame {
            title: say::ASK_TITLE.in_lang(view.lang),
            status: &how,
            fixed: &fixed,
            commands: &[Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, &[Context::Confirm], buffer, area);
        let mut y = body.y + 1;
        let columns = usize::from(body.width.saturating_sub(LEFT + 1));
        // Names out of the registers may be long.
        for row in self.question.lines.iter().flat_map(|line| wrap(line, columns)) {
            put(buffer, body, body.x + LEFT, y, &row, Style::new());
            y += 1;
        }
        y += 1;
        let caret = Position::new(body.x + LEFT, y.min(body.bottom().saturating_sub(1)));
        for (letter, word) in &self.question.answers {
            let bold = Style::new().add_modifier(Modifier::BOLD);
            put(buffer, body, body.x + LEFT, y, &format!("{letter}  {word}"), bold);
            y += 1;
        }
        caret
    }
}
