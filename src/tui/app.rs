//! The state behind the screen: stack, pending keys, waiting requests. The only place where effects are carried out.
//!
//! No channel, no thread and no terminal: `run` feeds it, and tests feed it in the same way with a fake clock.
mod commands;
mod picture;
mod stack;

use crate::domain::incident::Warning;
use crate::domain::time::Reading;
use crate::keymap::context::LIST_LETTERS;
use crate::keymap::mode::has_modes;
use crate::keymap::resolve::takes_text;
use crate::keymap::{Chord, Context, Key, Keymap, Mode, Resolution, key::Pressed};
use crate::text::Lang;
use crate::tui::burst::{Bursts, Input};
use crate::tui::lines::Again;
pub use crate::tui::outside::{Ending, Hints, Incoming, Lobby, Locked, Manner, Setup};
use crate::tui::screen::{Desk, Effect, Flow, Port, Screen, Ticket};
use crate::tui::screens::too_small;
use crossterm::event::{Event, KeyEvent, KeyEventKind};
use ratatui::layout::Size;
use stack::Layer;
use std::collections::BTreeMap;

/// News are not drawn so soon after a typed character: input methods lose their window when the screen changes.
pub const QUIET_US: u64 = 250_000;

/// See the module.
pub struct App<P: Port> {
    stack: Vec<Layer<P>>,
    lobby: Box<dyn Lobby<P>>,
    setup: Setup,
    chord: Chord,
    bursts: Bursts,
    waiting: BTreeMap<Ticket, u64>,
    outgoing: Vec<(Ticket, P::Request)>,
    size: Size,
    now: Reading,
    last_input_us: u64,
    quiet_until_us: u64,
    next_id: u64,
    next_ticket: u64,
    dirty: bool,
    /// There is something to draw when the quiet time is over.
    later: bool,
    again: Again,
    ending: Option<Ending>,
    training: Option<Hints>,
    /// Stands on every panel, whatever the panel is about.
    warning: Option<Warning>,
    /// The number before the command that is being carried out.
    count: Option<u16>,
    /// The key that is being carried out.
    key: Option<Key>,
}

impl<P: Port> App<P> {
    pub fn new(
        first: Box<dyn Screen<P>>,
        lobby: Box<dyn Lobby<P>>,
        setup: Setup,
        size: Size,
        now: Reading,
    ) -> Self {
        Self {
            stack: vec![Layer::first(first)],
            lobby,
            setup,
            chord: Chord::default(),
            bursts: Bursts::default(),
            waiting: BTreeMap::new(),
            outgoing: Vec::new(),
            size,
            now,
            last_input_us: now.boottime_us,
            quiet_until_us: 0,
            next_id: 0,
            next_ticket: 0,
            dirty: true,
            later: false,
            again: Again::Panel,
            ending: None,
            training: None,
            warning: None,
            count: None,
            key: None,
        }
    }

    /// Marks every screen as an exercise (訓練), so that nobody takes it for the real thing or the other way round.
    #[must_use]
    pub fn for_training(mut self, hints: Hints) -> Self {
        self.training = Some(hints);
        self
    }

    /// Takes all that has arrived, in order. `now` is the time of taking, not of arriving.
    pub fn take(&mut self, incoming: Vec<Incoming<P>>, now: Reading) {
        let mut events = Vec::new();
        for one in incoming {
            match one {
                Incoming::Input { at_us, events: more } => {
                    events.extend(more.into_iter().map(|e| (at_us, e)));
                }
                other => {
                    self.take_events(std::mem::take(&mut events), now);
                    self.take_other(other, now);
                }
            }
        }
        self.take_events(events, now);
        self.tick(now);
    }

    /// Does what is due: a lone Esc, the lock, a screen's own deadline.
    pub fn tick(&mut self, now: Reading) {
        self.now = now;
        let contexts = self.contexts();
        let map = keymap_for(&self.setup, &contexts);
        if let Some(outcome) = self.chord.expire(map, &contexts, now.boottime_us) {
            self.act(&outcome, false);
        }
        if self.idle_deadline_us().is_some_and(|at| now.boottime_us >= at) {
            self.carry_out(None, vec![Effect::Lock]);
        }
        if self.top_deadline_us().is_some_and(|at| now.boottime_us >= at) {
            self.tell_top(|screen, desk| screen.on_time(desk));
        }
        if self.later && now.boottime_us >= self.quiet_until_us {
            self.later = false;
            self.dirty = true;
        }
    }

    /// When `tick` has something to do; `None`: sleep until something arrives.
    pub fn deadline_us(&self) -> Option<u64> {
        let quiet = self.later.then_some(self.quiet_until_us);
        [self.chord.deadline_us(), self.idle_deadline_us(), self.top_deadline_us(), quiet]
            .into_iter()
            .flatten()
            .min()
    }

    /// The requests that were made since the last call.
    pub fn outgoing(&mut self) -> Vec<(Ticket, P::Request)> {
        std::mem::take(&mut self.outgoing)
    }
    pub fn ending(&self) -> Option<Ending> {
        self.ending
    }
    /// Whether a draw would change anything.
    pub fn is_dirty(&self) -> bool {
        self.dirty
    }

    fn take_events(&mut self, events: Vec<(u64, Event)>, now: Reading) {
        for input in self.bursts.sort(events) {
            match input {
                Input::Key { event, at_us } => {
                    // The key may have waited in the queue: what was due before it comes first.
                    self.tick(Reading { boottime_us: at_us, ..now });
                    self.last_input_us = at_us;
                    self.press(event);
                }
                Input::Paste { text, at_us } => {
                    self.tick(Reading { boottime_us: at_us, ..now });
                    self.last_input_us = at_us;
                    self.paste(&text);
                }
                // Lines do not depend on the window.
                Input::Resize { .. } if self.setup.manner == Manner::Lines => {}
                Input::Resize { columns, rows } => {
                    self.size = Size::new(columns, rows);
                    self.show_anew();
                    self.dirty = true;
                }
            }
        }
    }

    fn take_other(&mut self, incoming: Incoming<P>, now: Reading) {
        self.now = now;
        match incoming {
            Incoming::Reply(ticket, reply, warning) => {
                self.quietly(|app| app.warn(warning));
                let Some(owner) = self.waiting.remove(&ticket) else { return };
                self.quietly(|app| {
                    app.tell_panel(owner, |screen, desk| screen.on_reply(ticket, reply, desk));
                });
            }
            Incoming::News(news) => self.quietly(|app| {
                for panel in app.panels() {
                    app.tell_panel(panel, |screen, desk| screen.on_news(&news, desk));
                }
            }),
            Incoming::Stop(ending) => self.ending = Some(ending),
            Incoming::Input { .. } => {}
        }
    }

    fn warn(&mut self, warning: Option<Warning>) {
        self.dirty |= self.warning != warning;
        self.warning = warning;
    }

    /// Does something that nobody at the keyboard waits for: what it changes on the panel is drawn when the typist
    /// pauses. Another panel is drawn at once, because the next key goes to it.
    fn quietly(&mut self, change: impl FnOnce(&mut Self)) {
        let (drawn_before, again_before) = (self.dirty, self.again);
        change(self);
        let quiet = self.now.boottime_us < self.quiet_until_us;
        if quiet && self.dirty && !drawn_before && self.again == again_before {
            self.dirty = false;
            self.later = true;
        }
    }

    fn press(&mut self, event: KeyEvent) {
        let repeat = event.kind == KeyEventKind::Repeat;
        match Key::from_event(event) {
            Pressed::One(key) => self.press_key(key, repeat),
            Pressed::AfterEsc(key) => {
                self.press_key(Key::ESC, repeat);
                self.press_key(key, repeat);
            }
            Pressed::Escape => {
                let contexts = self.contexts();
                let outcome = self.chord.escape(keymap_for(&self.setup, &contexts), &contexts);
                self.dirty |= outcome == Resolution::Unbound;
                self.act(&outcome, repeat);
            }
            Pressed::Nothing => {}
        }
    }

    fn press_key(&mut self, key: Key, repeat: bool) {
        let mut next = Some(key);
        while let Some(key) = next.take() {
            let contexts = self.contexts();
            let before = (!self.chord.begun().is_empty(), self.chord.count());
            let map = keymap_for(&self.setup, &contexts);
            let step = self.chord.press(map, &contexts, key, self.now.boottime_us);
            // The key bar shows what may follow, the status row the number.
            self.dirty |= before.0 || !self.chord.begun().is_empty() || before.1 != self.chord.count();
            self.key = Some(key);
            self.act(&step.outcome, repeat);
            self.key = None;
            next = step.again;
        }
    }

    fn act(&mut self, outcome: &Resolution, repeat: bool) {
        match *outcome {
            Resolution::Run(command) if !repeat || command.may_repeat() => {
                // What a command asked for is waited for.
                self.quiet_until_us = 0;
                let count = self.chord.take_count();
                self.again = self.again.max(Again::Answer);
                self.run_counted(command, count);
            }
            // A hidden form takes no keys.
            Resolution::Text(c) if !repeat && !too_small::is_too_small(self.size) => {
                // No input method is at work where letters choose.
                if self.contexts().contains(&Context::Text) {
                    self.quiet_until_us = self.now.boottime_us.saturating_add(QUIET_US);
                }
                let mut buffer = [0; 4];
                let text = c.encode_utf8(&mut buffer);
                self.tell_top(|screen, desk| screen.on_text(text, desk));
            }
            _ => {}
        }
    }

    fn paste(&mut self, text: &str) {
        self.chord.forget();
        let contexts = self.contexts();
        if takes_text(&contexts)
            && !contexts.contains(&Context::Confirm)
            && !too_small::is_too_small(self.size)
        {
            self.quiet_until_us = self.now.boottime_us.saturating_add(QUIET_US);
            self.tell_top(|screen, desk| screen.on_paste(text, desk));
        }
    }

    fn idle_deadline_us(&self) -> Option<u64> {
        let idle = self.setup.idle_us.filter(|_| !self.is_locked())?;
        Some(self.last_input_us.saturating_add(idle))
    }
    fn top_deadline_us(&self) -> Option<u64> {
        self.stack.last()?.screen.deadline_us()
    }
    /// The situations on top, as the mode makes them.
    fn contexts(&self) -> Vec<Context> {
        let mode = self.mode().unwrap_or_default();
        self.stack.last().map(|layer| mode.contexts(layer.screen.contexts())).unwrap_or_default()
    }

    fn tell_top(&mut self, tell: impl FnOnce(&mut dyn Screen<P>, &mut Desk<'_>) -> Flow<P>) -> bool {
        let top = self.stack.len().saturating_sub(1);
        self.tell(top, tell)
    }

    /// Tells one screen something and carries out what it asks. False: it passed.
    fn tell(&mut self, at: usize, tell: impl FnOnce(&mut dyn Screen<P>, &mut Desk<'_>) -> Flow<P>) -> bool {
        let Some(layer) = self.stack.get_mut(at) else { return false };
        let mut desk = desk(&self.setup, self.size, self.now, &mut self.next_ticket);
        desk.count = self.count;
        desk.key = self.key;
        let owner = layer.id;
        let flow = tell(layer.screen.as_mut(), &mut desk);
        if !has_modes(layer.screen.contexts()) {
            // Whoever comes back to the items wants to type.
            layer.mode = Mode::Insert;
        }
        match flow {
            Flow::Pass => false,
            Flow::Stay => {
                self.dirty = true;
                true
            }
            Flow::Effects(effects) => {
                for effect in &effects {
                    if let Effect::Perform(ticket, _) = effect {
                        self.waiting.insert(*ticket, owner);
                    }
                }
                self.carry_out(Some(owner), effects);
                true
            }
        }
    }
}

/// A list may not take a letter that a keymap could take from it.
fn letters_are_reserved<P: Port>(layer: &Layer<P>) -> bool {
    let mut letters = layer
        .screen
        .letters(Lang::En)
        .into_iter()
        .flat_map(|(letter, _)| letter.to_lowercase().chars().collect::<Vec<_>>());
    let list = layer.screen.contexts().contains(&Context::List);
    !list || letters.all(|c| !c.is_ascii_alphabetic() || LIST_LETTERS.contains(&c))
}

/// The map that counts here: panels that several people share have the same keys for all of them.
fn keymap_for<'a>(setup: &'a Setup, contexts: &[Context]) -> &'a Keymap {
    match contexts.contains(&Context::Shared) {
        true => setup.keymaps.standard(),
        false => setup.keymaps.in_use(),
    }
}

fn desk<'a>(setup: &'a Setup, size: Size, now: Reading, next_ticket: &'a mut u64) -> Desk<'a> {
    Desk {
        now_us: now.boottime_us,
        now: now.wall,
        lang: setup.lang,
        manner: setup.manner,
        send_wait_us: setup.send_wait_us,
        keymap: setup.keymaps.in_use(),
        standard: setup.keymaps.standard(),
        count: None,
        key: None,
        size,
        next_ticket,
    }
}
