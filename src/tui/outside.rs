//! What reaches the application from outside, and what it is told at the start.
use crossterm::event::Event;

use crate::domain::incident::Warning;
use crate::domain::time::Timestamp;
use crate::keymap::Keymaps;
use crate::text::Lang;
use crate::tui::screen::{Desk, Port, Screen, Ticket};
use crate::tui::widgets::qr::Ambiguous;

/// Everything that reaches the loop.
pub enum Incoming<P: Port> {
    /// What one read of the terminal gave, with the time of that read in microseconds since boot.
    Input {
        at_us: u64,
        events: Vec<Event>,
    },
    /// With what every panel has to show from now on.
    Reply(Ticket, P::Reply, Option<Warning>),
    News(P::News),
    /// The terminal or a thread is gone, or the system asks to stop.
    Stop(Ending),
}

/// Why the loop ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// A screen asked for it.
    Quit,
    /// SIGTERM, SIGHUP, or SIGTSTP: a stopped program would leave an open session in a shell.
    Asked,
    TerminalGone,
    /// The office thread ended by itself.
    OfficeGone,
}

/// Makes the screen that hides everything, and what is to be told to the office.
pub trait Lobby<P: Port> {
    fn lock(&mut self, desk: &mut Desk<'_>) -> Locked<P>;
    /// Whether there is anything to hide: nobody locks an empty counter.
    fn is_needed(&self) -> bool {
        true
    }
}

pub struct Locked<P: Port> {
    pub screen: Box<dyn Screen<P>>,
    pub request: Option<P::Request>,
}

/// In an exercise: who may sign in, and what their tokens show at that time. The doors show it, because an exercise
/// has no telephones.
pub type Hints = Box<dyn Fn(Timestamp) -> Vec<String>>;

/// How panels reach the person at the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Manner {
    /// Drawn over the whole terminal.
    #[default]
    Panels,
    /// Told line by line, for screen readers and for terminals that cannot place a cursor.
    Lines,
}

/// What a person or a site chose.
pub struct Setup {
    pub keymaps: Keymaps,
    pub lang: Lang,
    pub ambiguous: Ambiguous,
    /// False under NO_COLOR.
    pub colour: bool,
    pub manner: Manner,
    /// How long the sending letter is not taken after a match.
    pub send_wait_us: u64,
    /// Lock after so long without a key.
    pub idle_us: Option<u64>,
}
