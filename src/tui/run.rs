//! The loop: drain everything that arrived, then one draw if something changed, then sleep.
//!
//! Asleep it blocks on one channel. It wakes by itself only for a deadline: a lone Esc, the lock, a lock-out.
use crate::domain::time::Clock;
use crate::tui::app::{App, Ending, Incoming};
use crate::tui::screen::{Port, Ticket};
use crossterm::event;
use ratatui::Terminal;
use ratatui::backend::Backend;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender};
use std::thread;
use std::time::Duration;

/// Room for bursts; a full channel only makes the input thread wait.
pub const INBOX: usize = 256;

/// Where the panels are shown.
pub trait Surface<P: Port> {
    type Error;
    fn show(&mut self, app: &mut App<P>) -> Result<(), Self::Error>;
}

impl<P: Port, B: Backend> Surface<P> for Terminal<B> {
    type Error = B::Error;
    fn show(&mut self, app: &mut App<P>) -> Result<(), B::Error> {
        app.draw(self)
    }
}

/// Runs until a screen quits or the terminal goes.
///
/// Requests leave on `office`, which never blocks; their replies come back through `inbox`.
pub fn run<P: Port, S: Surface<P>>(
    app: &mut App<P>,
    surface: &mut S,
    inbox: &Receiver<Incoming<P>>,
    office: &Sender<(Ticket, P::Request)>,
    clock: &dyn Clock,
) -> Result<Ending, S::Error> {
    loop {
        for request in app.outgoing() {
            if office.send(request).is_err() {
                return Ok(Ending::OfficeGone);
            }
        }
        if let Some(ending) = app.ending() {
            return Ok(ending);
        }
        if app.is_dirty() {
            surface.show(app)?;
        }
        match wait(app, inbox, clock) {
            Ok(incoming) => app.take(incoming, clock.read()),
            Err(ending) => return Ok(ending),
        }
    }
}

/// Everything that has arrived; empty when a deadline came first.
fn wait<P: Port>(
    app: &App<P>,
    inbox: &Receiver<Incoming<P>>,
    clock: &dyn Clock,
) -> Result<Vec<Incoming<P>>, Ending> {
    let first = match app.deadline_us() {
        None => inbox.recv().map_err(|_| Ending::TerminalGone)?,
        Some(at) => {
            let left = Duration::from_micros(at.saturating_sub(clock.read().boottime_us));
            match inbox.recv_timeout(left) {
                Ok(incoming) => incoming,
                Err(RecvTimeoutError::Timeout) => return Ok(Vec::new()),
                Err(RecvTimeoutError::Disconnected) => return Err(Ending::TerminalGone),
            }
        }
    };
    let mut all = vec![first];
    all.extend(inbox.try_iter());
    Ok(all)
}

/// Starts the thread that reads the terminal. It ends when the loop's side of the channel is gone, at the next key.
pub fn spawn_input<P: Port>(inbox: SyncSender<Incoming<P>>, clock: Arc<dyn Clock>) -> std::io::Result<()> {
    let read = move || {
        // Reaches the loop also when this thread panics.
        let gone = SendOnDrop(inbox.clone());
        while let Ok(first) = event::read() {
            let mut events = vec![first];
            // What came in one packet is judged together: a paste must not begin as typing.
            while let Ok(true) = event::poll(Duration::ZERO) {
                match event::read() {
                    Ok(event) => events.push(event),
                    Err(_) => return drop(gone),
                }
            }
            if inbox.send(Incoming::Input { at_us: clock.read().boottime_us, events }).is_err() {
                return;
            }
        }
    };
    thread::Builder::new().name("input".to_owned()).spawn(read).map(drop)
}

/// Starts the thread that turns SIGTERM, SIGHUP and SIGTSTP into an orderly end, terminal restored.
pub fn spawn_signals<P: Port>(inbox: SyncSender<Incoming<P>>) -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGTERM, SIGTSTP};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGTSTP])?;
    let listen = move || {
        if signals.forever().next().is_some() {
            // The loop may be gone already: then there is nobody to stop.
            inbox.send(Incoming::Stop(Ending::Asked)).unwrap_or(());
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(listen).map(drop)
}

struct SendOnDrop<P: Port>(SyncSender<Incoming<P>>);

impl<P: Port> Drop for SendOnDrop<P> {
    fn drop(&mut self) {
        self.0.send(Incoming::Stop(Ending::TerminalGone)).unwrap_or(());
    }
}
