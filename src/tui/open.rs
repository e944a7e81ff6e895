//! Opening the counter on the real terminal: threads, terminal, first panel, and everything given back at the end.
use crate::domain::time::Timestamp;
use crate::keymap::Keymaps;
use crate::office::Office;
use crate::text::Lang;
use crate::tui::app::{App, Ending, Hints, Incoming, Manner, Setup};
use crate::tui::counter::{Counter, spawn_office};
use crate::tui::run::{INBOX, run, spawn_input, spawn_signals};
use crate::tui::screen::Screen;
use crate::tui::screens::lock::Lock;
use crate::tui::screens::presence::Presence;
use crate::tui::screens::sign_in::{Porch, SignIn};
use crate::tui::screens::wizard::Wizard;
use crate::tui::terminal::Screenful;
use crate::tui::widgets::qr::Ambiguous;
use std::io;
use std::sync::mpsc;

/// What the command line and the settings say about the panels.
pub struct Options {
    pub lang: Lang,
    pub keymaps: Keymaps,
    pub manner: Manner,
    /// False under NO_COLOR.
    pub colour: bool,
    /// How long the sending letter is not taken after a match.
    pub send_wait_s: u64,
    /// Lock after so many seconds without a key.
    pub idle_s: Option<u64>,
    /// Marks every panel as an exercise with invented people.
    pub training: Option<Hints>,
    pub ambiguous: Ambiguous,
}

/// Runs the panels until somebody quits, the system asks to stop, or the terminal goes. Every session has ended and
/// said so in the log when this returns.
pub fn open(office: Office, options: Options) -> io::Result<Ending> {
    let clock = office.house().clock();
    let (inbox_sender, inbox) = mpsc::sync_channel::<Incoming<Counter>>(INBOX);
    let (requests, work) = mpsc::channel();
    let porch = Porch { terminal: office.house().terminal().to_owned(), presence: Presence::default() };
    let now = clock.read();
    let first = first_panel(&office, porch.clone(), now.wall);

    // Before the terminal is taken over: a thread that cannot be started is a sentence on a sane screen.
    spawn_signals(inbox_sender.clone())?;
    let office_thread = spawn_office(office, work, inbox_sender.clone())?;
    let mut screenful = Screenful::enter(options.manner, options.lang)?;
    spawn_input(inbox_sender, std::sync::Arc::clone(&clock))?;

    let setup = Setup {
        keymaps: options.keymaps,
        lang: options.lang,
        ambiguous: options.ambiguous,
        manner: options.manner,
        send_wait_us: options.send_wait_s.saturating_mul(1_000_000),
        colour: options.colour,
        idle_us: options.idle_s.map(|seconds| seconds.saturating_mul(1_000_000)),
    };
    let size = screenful.size()?;
    let mut app = App::new(first, Box::new(Lock::new(porch)), setup, size, now);
    if let Some(hints) = options.training {
        app = app.for_training(hints);
    }
    let ended = run(&mut app, &mut screenful, &inbox, &requests, clock.as_ref());
    drop(screenful);
    // Without senders the office leaves its loop and ends every session; without a receiver it cannot block on a reply.
    drop(requests);
    drop(inbox);
    // A panic of the office was told on the way; there is nothing more to save.
    office_thread.join().unwrap_or(());
    ended
}

/// The set-up on a machine without an installation, else the door. Reads one small file and no form.
pub fn first_panel(office: &Office, porch: Porch, now: Timestamp) -> Box<dyn Screen<Counter>> {
    match office.is_set_up() {
        Ok(false) => Box::new(Wizard::new(porch)),
        Ok(true) => Box::new(SignIn::opening(porch, now, None)),
        Err(reason) => Box::new(SignIn::opening(porch, now, Some(reason.text()))),
    }
}
