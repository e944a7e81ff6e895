//! The counter with a screen: run loop, screen stack, effects, widgets, and the panels of the program itself.
//!
//! One keystroke: `run` reads it on the input thread, `burst` tells typing from pasting, the keymap names the command,
//! the top of the stack answers with effects, `app` carries them out, and one draw follows if anything changed. Screens
//! hold no key names, read no clock and do no I/O. Idle, nothing is written and nothing wakes up.
pub mod app;
#[cfg(test)]
mod behaviours;
pub mod burst;
pub mod counter;
pub mod lines;
pub mod look;
pub mod open;
pub mod outside;
pub mod run;
pub mod screen;
pub mod screens;
#[doc(hidden)]
pub mod script;
pub mod terminal;
pub mod widgets;

pub use app::{App, Ending, Hints, Incoming, Lobby, Locked, Manner, Setup};
pub use open::{Options, open};
pub use screen::{Desk, Effect, Flow, Port, Question, Screen, Ticket, View};
