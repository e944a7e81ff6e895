//! What a person reads once after signing in: was it really me the last time?
use crate::keymap::{Command, Context};
use crate::office::Face;
use crate::text::{Lang, fill, sign_in as say};
use crate::tui::counter::Counter;
use crate::tui::screen::{Desk, Effect, Flow, Screen, View};
use crate::tui::screens::labels;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::put;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

const CONTEXTS: &[Context] = &[Context::Reader, Context::Global];
const LEFT: u16 = 8;
const VALUE_LEFT: u16 = 24;

/// See the module.
pub struct Greeting {
    face: Face,
}

impl Greeting {
    pub const fn new(face: Face) -> Self {
        Self { face }
    }

    fn rows(&self, lang: Lang) -> Vec<(&'static str, String)> {
        let failures = match self.face.failures {
            0 => say::NO_FAILURES.in_lang(lang).to_owned(),
            many => fill(say::SOME_FAILURES.in_lang(lang), &[&many]),
        };
        let last = match self.face.last_sign_in_at {
            None => say::FIRST_TIME.in_lang(lang).to_owned(),
            Some(at) => labels::moment(at, lang),
        };
        let mut rows = vec![(say::LAST_TIME.in_lang(lang), last)];
        if let Some(terminal) = &self.face.last_terminal {
            rows.push((say::LAST_TERMINAL.in_lang(lang), terminal.clone()));
        }
        rows.push((say::FAILURES.in_lang(lang), failures));
        if self.face.log_alarms > 0 {
            let alarms = fill(say::LOG_ALARMS.in_lang(lang), &[&self.face.log_alarms]);
            rows.push((say::LOG.in_lang(lang), alarms));
        }
        rows
    }
}

impl Screen<Counter> for Greeting {
    fn contexts(&self) -> &[Context] {
        CONTEXTS
    }

    fn on_command(&mut self, command: Command, _desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::Close | Command::Cancel | Command::Back => Flow::Effects(vec![Effect::Pop]),
            _ => Flow::Pass,
        }
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let frame = Frame {
            title: say::WELCOME_TITLE.in_lang(lang),
            title_right: &labels::clock(self.face.signed_in_at),
            status: say::GO_ON.in_lang(lang),
            commands: &[Command::Close, Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, CONTEXTS, buffer, area);
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let name = fill(say::WELCOME.in_lang(lang), &[&self.face.office, &self.face.name]);
        put(buffer, body, body.x + LEFT, body.y + 2, &name, bold);
        let mut y = body.y + 5;
        for (label, value) in self.rows(lang) {
            put(buffer, body, body.x + LEFT, y, label, Style::new());
            put(buffer, body, body.x + VALUE_LEFT, y, &value, Style::new());
            y += 2;
        }
        y = y.min(body.bottom().saturating_sub(1));
        put(buffer, body, body.x + LEFT, y, say::CHECK_LAST_TIME.in_lang(lang), Style::new());
        Position::new(body.x + LEFT, body.y + 2)
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::ids::{AccountId, StaffNumber};
    use crate::domain::staff::{Role, Roles};
    use crate::domain::time::Timestamp;

    use super::*;

    #[test]
    fn whoever_comes_in_reads_that_the_log_is_not_sound() {
        let rows = |log_alarms| {
            let face = Face {
                account: AccountId::from_bytes([1; 16]),
                number: StaffNumber::parse("1001").unwrap(),
                name: "見本 花".to_owned(),
                section: String::new(),
                roles: Roles::of(&[Role::Clerk]),
                office: "見本保健所".to_owned(),
                signed_in_at: Timestamp::from_seconds(0),
                last_sign_in_at: None,
                last_terminal: None,
                failures: 0,
                log_alarms,
            };
            Greeting::new(face).rows(Lang::Ja)
        };
        let (label, text) = rows(2).pop().unwrap();
        assert_eq!((label, text.contains("2 件")), ("利用記録", true));
        assert_eq!(rows(0).len(), rows(2).len() - 1, "nothing is said while nothing is wrong");
    }
}
