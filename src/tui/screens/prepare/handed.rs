//! What waits for a second person: who goes on with it, and what only the sender is told.
use super::{CHOOSING, MESSAGE_ROWS};
use crate::keymap::Command;
use crate::office::Face;
use crate::office::ops::Prepared;
use crate::text::{Lang, destinations as say, fill, outbox};
use crate::tui::screen::{View, lettered};
use crate::tui::screens::parts::message_rows;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::put;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

/// See the module.
pub(super) struct Handed {
    pub(super) prepared: Prepared,
    pub(super) before: Eyes,
}

/// Before whose eyes the panel is. The second person comes back to it when they leave their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Eyes {
    Senders,
    Anybodys,
}

pub(super) fn letters(lang: Lang) -> Vec<(String, String)> {
    lettered(lang, &[("1", say::KEY_NOW), ("2", say::KEY_LATER)])
}

impl Handed {
    pub(super) fn draw(
        &self,
        (face, message): (&Face, &str),
        view: &View<'_>,
        buffer: &mut Buffer,
        area: Rect,
    ) -> Position {
        let lang = view.lang;
        let mut fixed = letters(lang);
        if self.before == Eyes::Senders {
            fixed.extend(view.keys(CHOOSING, &[(Command::Check, say::KEY_PREVIEW)]));
        }
        let me = format!("{} {}", face.number, face.name);
        let number = format!("{:04}", self.prepared.number);
        let frame = Frame {
            title: &fill(say::HANDED_TITLE.in_lang(lang), &[&number]),
            title_right: &fill(say::SENDER_IS.in_lang(lang), &[&me]),
            messages: &message_rows(&[message]),
            message_rows: MESSAGE_ROWS,
            status: say::HANDED_CHOOSE.in_lang(lang),
            status_right: say::STATUS_HANDED.in_lang(lang),
            fixed: &fixed,
            commands: &[Command::Help],
        };
        let body = frame.draw(view, CHOOSING, buffer, area);
        let (plain, bold) = (Style::new(), Style::new().add_modifier(Modifier::BOLD));
        let x = body.x + 3;
        let title = format!("{}  T-{number}", say::HANDED_NUMBER.in_lang(lang));
        put(buffer, body, x, body.y + 1, &title, bold);
        put(buffer, body, x, body.y + 3, say::HANDED_NOT_SENT.in_lang(lang), plain);
        let ways = [("1", say::HANDED_NOW), ("2", say::HANDED_LATER)];
        for (y, (key, text)) in (body.y + 5..).step_by(2).zip(ways) {
            put(buffer, body, x, y, &format!("{key}  {}", text.in_lang(lang)), bold);
        }
        put(buffer, body, x, body.y + 9, outbox::IDENTIFY_BRING.in_lang(lang), plain);
        for (y, row) in (body.y + 10..).zip(self.for_the_sender(lang)) {
            put(buffer, body, x, y, &row, plain);
        }
        Position::new(x, body.y + 5)
    }

    /// How many sheets there are is one of the answers: the sender says it, and the second person does not read it.
    fn for_the_sender(&self, lang: Lang) -> Vec<String> {
        if self.before == Eyes::Anybodys {
            return Vec::new();
        }
        let Prepared { pages, left_out, missing, .. } = &self.prepared;
        let mut rows = vec![fill(say::HANDED_SHEETS.in_lang(lang), &[pages])];
        if *left_out > 0 {
            rows.push(fill(say::HANDED_LEFT_OUT.in_lang(lang), &[left_out]));
        }
        if *missing > 0 {
            rows.push(fill(say::HANDED_MISSING.in_lang(lang), &[missing]));
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::destination::Channel;
    use crate::domain::ids::TransmissionId;
    use crate::domain::sensitive::Personal;

    #[test]
    fn the_sender_is_told_what_the_paper_does_not_have() {
        let told = |left_out, missing, before| {
            let prepared = Prepared {
                transmission: TransmissionId::from_bytes([1; 16]),
                number: 1,
                pages: 2,
                channel: Channel::Fax,
                left_out,
                missing,
                document: Personal::default(),
            };
            Handed { prepared, before }.for_the_sender(Lang::Ja).join("\n")
        };
        let plain = told(0, 0, Eyes::Senders);
        assert!(plain.contains("2 枚") && plain.lines().count() == 1, "{plain}");
        let both = told(3, 4, Eyes::Senders);
        assert!(both.contains("3 項目を除きました") && both.contains("字体にない文字が 4 種類"), "{both}");
        assert_eq!(told(3, 4, Eyes::Anybodys), "");
    }
}
