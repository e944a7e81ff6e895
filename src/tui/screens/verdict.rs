//! A verdict as a supervisor gives it on both panels of the log: one digit, and a reason in the message line where it matters.
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use crate::keymap::Command;
use crate::office::ops::Verdict;
use crate::text::{Lang, review as say};
use crate::tui::widgets::text_field::{Accept, Edited, Show, TextField};
use crate::tui::widgets::{frame, put};

/// Rows under the list; the reason is written in the third.
pub const MESSAGE_ROWS: u16 = 4;
const REASON_ROW: u16 = 3;
const REASON_LENGTH: usize = 200;

/// The verdict that a digit stands for.
pub fn of_digit(text: &str) -> Option<Verdict> {
    match text {
        "1" => Some(Verdict::Work),
        "2" => Some(Verdict::Ask),
        "3" => Some(Verdict::Doubtful),
        "4" => Some(Verdict::Later),
        _ => None,
    }
}

/// A verdict that waits for its reason.
pub struct Writing {
    seq: u64,
    verdict: Verdict,
    field: TextField,
}

/// What a command does to it.
pub enum Written {
    Finished {
        seq: u64,
        verdict: Verdict,
        reason: String,
    },
    /// Asked to end without a word.
    Blank,
    Left,
    Edited,
    NotMine,
}

impl Writing {
    pub fn new(seq: u64, verdict: Verdict) -> Self {
        Self { seq, verdict, field: TextField::new(Accept::Anything, Show::Plain, REASON_LENGTH) }
    }

    pub fn insert(&mut self, text: &str) {
        self.field.insert(text);
    }

    pub fn command(&mut self, command: Command) -> Written {
        match command {
            Command::NextItem | Command::Register => {
                let reason = self.field.text();
                if reason.trim().is_empty() {
                    return Written::Blank;
                }
                Written::Finished { seq: self.seq, verdict: self.verdict, reason }
            }
            Command::Cancel | Command::Back => Written::Left,
            _ if self.field.edit(command) != Edited::NotMine => Written::Edited,
            _ => Written::NotMine,
        }
    }

    /// In a message row: the list keeps its pages.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, lang: Lang) -> Position {
        let y = frame::body(area, MESSAGE_ROWS).bottom() + REASON_ROW;
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let x = put(buffer, area, area.x + 1, y, say::REASON.in_lang(lang), bold);
        let field = Rect { x: x + 1, y, width: area.width.saturating_sub(x + 3), height: 1 };
        self.field.draw(buffer, field, Style::new())
    }
}
