//! What a screen is, what it may ask for, and what it is told.
//!
//! A screen changes itself and returns effects. It reads no clock, does no I/O and waits for nothing: work goes to the
//! office as a request and comes back as a reply under the same ticket.
use crate::domain::time::Timestamp;
use crate::keymap::resolve::CONFIRM_KEYS;
use crate::keymap::rules::joined;
use crate::keymap::{Command, Context, Key, Keymap, Mode};
use crate::text::{Lang, Text};
use crate::tui::lines::Spoken;
use crate::tui::outside::Manner;
use crate::tui::widgets::frame;
use crate::tui::widgets::qr::Ambiguous;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

/// The words between the screens and what stands behind the counter.
pub trait Port: 'static {
    /// Work for the office thread.
    type Request: Send + 'static;
    /// Its answer.
    type Reply: Send + 'static;
    /// Something that happened without being asked for.
    type News: Send + 'static;
    /// What one screen hands to the screen below when it closes.
    type Value: 'static;
}

/// Ties a reply to the screen that asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket(u64);

/// A full panel of something.
pub trait Screen<P: Port> {
    /// The situations, innermost first; they decide what keys mean. `Global` is last, except while confirming.
    fn contexts(&self) -> &[Context];
    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<P>;
    /// The letters and digits that this panel takes by itself, the same in every keymap, and what they do: for the key
    /// bar and the help.
    fn letters(&self, _lang: Lang) -> Vec<(String, String)> {
        Vec::new()
    }
    /// Of what lists have in common, what this one carries out: help and palette leave out the rest.
    fn list_acts(&self) -> &[Command] {
        Command::OF_LISTS
    }
    /// One typed character, or a paste of any length without line breaks. Pastes arrive only where text is taken.
    fn on_text(&mut self, _text: &str, _desk: &mut Desk<'_>) -> Flow<P> {
        Flow::Pass
    }
    /// A paste, also one that was only recognised by its speed. A blind check refuses it.
    fn on_paste(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<P> {
        self.on_text(text, desk)
    }
    fn on_reply(&mut self, _ticket: Ticket, _reply: P::Reply, _desk: &mut Desk<'_>) -> Flow<P> {
        Flow::Pass
    }
    fn on_news(&mut self, _news: &P::News, _desk: &mut Desk<'_>) -> Flow<P> {
        Flow::Pass
    }
    /// The screen above closed and handed this over.
    fn on_value(&mut self, _value: P::Value, _desk: &mut Desk<'_>) -> Flow<P> {
        Flow::Stay
    }
    /// The lock over this panel is open again; what was asked for under it was answered by nobody.
    fn on_unlock(&mut self, _desk: &mut Desk<'_>) -> Flow<P> {
        Flow::Pass
    }
    /// The question that this screen asked was answered with this letter.
    fn on_answer(&mut self, _letter: char, _desk: &mut Desk<'_>) -> Flow<P> {
        Flow::Stay
    }
    /// When `on_time` should be called (a lock-out that ends), in microseconds since boot.
    fn deadline_us(&self) -> Option<u64> {
        None
    }
    /// Called when the deadline has come; the screen must move or clear it.
    fn on_time(&mut self, _desk: &mut Desk<'_>) -> Flow<P> {
        Flow::Stay
    }
    /// Mends what the picture says in words where the picture is not enough: whole values, the place in a list.
    fn describe(&self, _view: &View<'_>, _spoken: &mut Spoken) {}
    /// Draws everything and says where the cursor stands: the caret in text, else the first cell of the focused row.
    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position;
}

/// What came of an event.
pub enum Flow<P: Port> {
    /// Not for this screen; nothing changed.
    Pass,
    /// Handled; draw again.
    Stay,
    /// Handled, and this is to be done, in order.
    Effects(Vec<Effect<P>>),
}

/// What a screen can ask for. Carried out in one place, `App::carry_out`.
pub enum Effect<P: Port> {
    Push(Box<dyn Screen<P>>),
    Pop,
    /// Close and hand a value to the screen below.
    PopWith(P::Value),
    Replace(Box<dyn Screen<P>>),
    /// Put away everything, also what stands below a lock screen.
    Reset(Box<dyn Screen<P>>),
    Perform(Ticket, P::Request),
    Ask(Question),
    /// Close a question and tell the screen below.
    Answer(char),
    /// As if its key had been pressed on the screen that is now on top.
    Run(Command),
    /// As if these characters had been typed there: a number behind `:`.
    Type(String),
    /// Use the next keymap for the rest of the session.
    NextKeymap,
    Speak(Lang),
    Redraw,
    Lock,
    Quit,
}

/// A question with fixed letters.
#[derive(Clone, Debug)]
pub struct Question {
    /// One paragraph a line.
    pub lines: Vec<String>,
    /// Capital letters and what they mean.
    pub answers: Vec<(char, String)>,
    /// What Esc and F3 mean: the answer that changes nothing.
    pub refuse: char,
}

/// What a screen may look at while it handles an event.
pub struct Desk<'a> {
    pub now_us: u64,
    pub now: Timestamp,
    pub lang: Lang,
    pub manner: Manner,
    /// How long the sending letter is not taken after a match.
    pub send_wait_us: u64,
    /// The map that the session chose.
    pub keymap: &'a Keymap,
    pub standard: &'a Keymap,
    /// The number that was typed before the command, in normal mode.
    pub count: Option<u16>,
    /// The key behind a command, for what habit presses: the same command may have other keys.
    pub key: Option<Key>,
    pub size: Size,
    pub(super) next_ticket: &'a mut u64,
}

impl Desk<'_> {
    /// A fresh ticket for one request.
    pub fn ticket(&mut self) -> Ticket {
        *self.next_ticket += 1;
        Ticket(*self.next_ticket)
    }
    /// How many rows the body has, for paging.
    pub fn body_rows(&self, message_rows: u16) -> usize {
        usize::from(frame::body(Rect::new(0, 0, self.size.width, self.size.height), message_rows).height)
    }
}

/// What a screen may look at while it draws.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// A panel that shows the time shows this one: it may not have been told of anything for a while.
    pub now: Timestamp,
    pub lang: Lang,
    /// The map that counts on this panel.
    pub keymap: &'a Keymap,
    /// The map that the session chose.
    pub chosen: &'a Keymap,
    pub standard: &'a Keymap,
    /// The keys of a sequence that was begun: the key bar shows what follows.
    pub begun: &'a [Key],
    /// The number begun in normal mode.
    pub count: Option<u16>,
    /// Only where the map has modes: which one it is.
    pub mode: Option<Mode>,
    pub ambiguous: Ambiguous,
    /// An exercise with invented people: the right end of the title row says so on every screen.
    pub training: bool,
    /// Only in an exercise: who may sign in, for the screens that ask for it.
    pub hints: &'a [String],
}

impl<'a> View<'a> {
    /// A screen that nothing happened on yet.
    #[cfg(test)]
    pub fn of(maps: &'a crate::keymap::Keymaps, lang: Lang) -> Self {
        View {
            now: Timestamp::from_micros(0),
            lang,
            keymap: maps.in_use(),
            chosen: maps.in_use(),
            standard: maps.standard(),
            begun: &[],
            count: None,
            mode: None,
            ambiguous: Ambiguous::Narrow,
            training: false,
            hints: &[],
        }
    }

    /// The situations as the mode makes them.
    pub fn contexts(&self, contexts: &[Context]) -> Vec<Context> {
        self.mode.unwrap_or_default().contexts(contexts)
    }

    /// The first key of a command here, as it is shown; `None` when it has none.
    pub fn key_of(&self, command: Command, contexts: &[Context]) -> Option<String> {
        if contexts.contains(&Context::Confirm) {
            let fixed = CONFIRM_KEYS.iter().find(|(_, fixed)| *fixed == command);
            return fixed.map(|(key, _)| key.to_string());
        }
        let contexts = self.contexts(contexts);
        self.keymap.keys_of(command, &contexts).next().map(|keys| joined(keys.iter().copied()))
    }

    /// The key bar with the words of one panel instead of the general ones.
    pub fn keys(&self, contexts: &[Context], words: &[(Command, Text)]) -> Vec<(String, String)> {
        let label = |(command, word): &(Command, Text)| {
            Some((self.key_of(*command, contexts)?, word.in_lang(self.lang).to_owned()))
        };
        words.iter().filter_map(label).collect()
    }
}

/// Letters of a panel with their words.
pub fn lettered(lang: Lang, words: &[(&str, Text)]) -> Vec<(String, String)> {
    words.iter().map(|(letter, word)| ((*letter).to_owned(), word.in_lang(lang).to_owned())).collect()
}
