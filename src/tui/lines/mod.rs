//! The panels told line by line, for screen readers and for terminals that cannot place a cursor.
//!
//! The same panels, keys and rules; only what reaches the terminal differs. Nothing here moves the cursor, colours or
//! erases: text is only ever added at the end, so that a reader meets every change once, in order, and the log of the
//! terminal is a true account. What a person types appears at the end of the last line, which names the item.
mod spoken;
#[cfg(test)]
mod tests;

use crate::text::{Lang, fill, lines as say};
use crate::tui::app::App;
use crate::tui::look::for_display;
use crate::tui::run::Surface;
use crate::tui::screen::Port;
use ratatui::layout::Size;
use std::io::{self, Write};

use spoken::joined;
pub use spoken::{Spoken, Typed, When, plain};

/// The picture that is put into words. Pages are as long as on everybody's screen; wider, because nothing has to fit.
pub const SIZE: Size = Size { width: 160, height: 24 };
/// In raw mode a line feed alone would go down a stair.
const END_OF_LINE: &str = "\r\n";

/// A terminal that is only written to at its end.
pub struct Lines<W: Write> {
    out: W,
    teller: Teller,
}

impl<W: Write> Lines<W> {
    pub fn new(out: W) -> Self {
        Self { out, teller: Teller::default() }
    }
}

/// Leaves the shell a line of its own.
pub fn end(out: &mut impl Write) -> io::Result<()> {
    out.write_all(END_OF_LINE.as_bytes())?;
    out.flush()
}

impl<P: Port, W: Write> Surface<P> for Lines<W> {
    type Error = io::Error;

    fn show(&mut self, app: &mut App<P>) -> io::Result<()> {
        let text = app.tell_lines(&mut self.teller);
        if text.is_empty() {
            return Ok(());
        }
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }
}

/// How much of the panel is to be shown, or said, once more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Again {
    /// What has changed.
    #[default]
    Changes,
    /// The answer to a command: where nothing has changed, what stands is said again.
    Answer,
    /// Another panel came up.
    Panel,
    /// The person asked to hear it all again.
    Everything,
}

/// Remembers what was said, so that only what is new is said.
#[derive(Default)]
pub struct Teller {
    said: Spoken,
    /// The last line is a field: what is typed goes to its end.
    line_is_open: bool,
}

impl Teller {
    /// What to write for a panel that now says this; empty when there is nothing new.
    pub fn tell(&mut self, now: Spoken, again: Again, lang: Lang) -> String {
        let lines = match again {
            Again::Changes => self.changes(&now, lang),
            Again::Answer => self.answer(&now, lang),
            Again::Panel => panel(&now, lang),
            Again::Everything => everything(&now, lang),
        };
        let text = self.write(&lines, &now, again, lang);
        self.said = now;
        text
    }

    /// The lines, and the field at the end of the last one.
    fn write(&mut self, lines: &[String], now: &Spoken, again: Again, lang: Lang) -> String {
        // Items may share their label.
        let here = now.place.zip(self.said.place).is_none_or(|((now, _), (said, _))| now == said);
        let before = self.said.typed.as_ref().filter(|_| here && self.line_is_open && again <= Again::Answer);
        let same = now.typed.as_ref().zip(before).filter(|(typed, before)| typed.is_same_field(before));
        if let (Some((typed, before)), []) = (same, lines) {
            if let Some(more) = typed.goes_on(before) {
                return for_display(more).into_owned();
            }
            let said = match typed.moved_from(before) {
                Some(under) => under.unwrap_or(say::TEXT_ENDS.in_lang(lang)),
                None if typed.text.is_empty() => say::EMPTY.in_lang(lang),
                // What was said cannot be taken back: the whole text anew, and typing goes on behind it.
                None => return format!("{END_OF_LINE}{}", for_display(&typed.text)),
            };
            // The next character begins a line.
            return format!("{END_OF_LINE}{}{END_OF_LINE}", for_display(said));
        }
        if lines.is_empty() && (now.typed.is_none() || here && now.typed == self.said.typed) {
            return String::new();
        }
        let mut text = String::new();
        if std::mem::take(&mut self.line_is_open) {
            text.push_str(END_OF_LINE);
        }
        for line in lines {
            // The display boundary, also for what no widget has drawn.
            text.extend([&for_display(line), END_OF_LINE]);
        }
        if let Some(typed) = &now.typed {
            let place = if now.focus.is_empty() { place(now, lang) } else { String::new() };
            let line = match same {
                Some(_) => format!("{}: {}", typed.label, typed.text),
                None => typed.line(&place),
            };
            text.push_str(&for_display(&line));
            self.line_is_open = true;
        }
        text
    }

    fn answer(&self, now: &Spoken, lang: Lang) -> Vec<String> {
        let lines = self.changes(now, lang);
        if !lines.is_empty() || now.typed != self.said.typed {
            return lines;
        }
        // In lists the messages are about the row: the row alone says that there is no other.
        let of_row = now.when == When::Asked && !now.focus.is_empty();
        let mut again = if of_row { Vec::new() } else { fresh(&now.messages, &[]) };
        again.extend(with_place(now, lang).into_iter().take(1));
        again
    }

    fn changes(&self, now: &Spoken, lang: Lang) -> Vec<String> {
        let said = &self.said;
        let mut lines = Vec::new();
        if now.title != said.title {
            lines.push(now.title.clone());
        }
        if now.when == said.when && now.when != When::Asked {
            // A field that was left empty, or whose text is secret, is no news.
            let left = said.typed.as_ref().map(Typed::empty_row);
            lines.extend(fresh(&now.body, &said.body).into_iter().filter(|row| Some(row) != left.as_ref()));
        }
        let mut focus = match now.place == said.place {
            true => fresh(&with_place(now, lang), &with_place(said, lang)),
            false => with_place(now, lang),
        };
        focus.retain(|line| !lines.contains(line));
        let mut notes = fresh(&now.messages, &said.messages);
        if now.status != said.status && !now.status.is_empty() {
            notes.push(now.status.clone());
        }
        // Where something is typed, its line has to be the last one.
        let (first, then) = match now.typed {
            Some(_) => (&mut notes, &mut focus),
            None => (&mut focus, &mut notes),
        };
        lines.append(first);
        lines.append(then);
        lines
    }
}

/// A panel that comes up: what it is, what it says, where the focus is.
fn panel(now: &Spoken, lang: Lang) -> Vec<String> {
    let mut lines = heading(now);
    if now.when == When::Shown {
        lines.extend_from_slice(&now.body);
    }
    lines.extend_from_slice(&now.hints);
    let focus = with_place(now, lang);
    lines.extend(fresh(&focus, &lines));
    lines.extend(fresh(&now.messages, &[]));
    lines.extend(fresh(std::slice::from_ref(&now.status), &[]));
    lines
}

/// All there is, down to the keys.
fn everything(now: &Spoken, lang: Lang) -> Vec<String> {
    let mut lines = heading(now);
    let foot = [now.status.clone(), now.status_right.clone()];
    for part in [&now.body, &now.hints, &now.messages, &now.help, &now.keys, &foot.to_vec()] {
        lines.extend(fresh(part, &[]));
    }
    lines.extend(with_place(now, lang));
    lines
}

fn heading(now: &Spoken) -> Vec<String> {
    let heading = joined(&[&now.title, &now.title_right]);
    Some(heading).filter(|line| !line.is_empty()).into_iter().collect()
}

/// The focus; behind its first line the place and what is chosen.
fn with_place(now: &Spoken, lang: Lang) -> Vec<String> {
    let mut lines = now.focus.clone();
    let place = place(now, lang);
    if let Some(first) = lines.first_mut() {
        *first = joined(&[first, &place]);
        if !now.value.is_empty() {
            *first = format!("{first}: {}", now.value);
        }
    }
    lines
}

fn place(now: &Spoken, lang: Lang) -> String {
    now.place.map_or_else(String::new, |(at, of)| fill(say::PLACE.in_lang(lang), &[&at, &of]))
}

/// The lines that were not there before.
fn fresh(now: &[String], before: &[String]) -> Vec<String> {
    now.iter().filter(|line| !line.is_empty() && !before.contains(line)).cloned().collect()
}
