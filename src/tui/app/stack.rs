//! The panels on top of each other, and what a panel asks for, carried out at the place of that panel.
//!
//! An answer of the office takes its time. Meanwhile the lock or the help may have come to lie over the panel that
//! asked: it closes below them, and they stay.
use super::{App, Ending, desk};
use crate::keymap::Mode;
use crate::tui::lines::Again;
use crate::tui::screen::{Desk, Effect, Flow, Port, Screen};
use crate::tui::screens::ask::Ask;

/// How a panel came to lie where it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Opened by the panel below.
    Opened,
    /// Asked by this one, who alone hears the answer.
    Question { asker: u64 },
    /// Help and palette: laid over by the program, whatever is below.
    LaidOver,
    /// Hides everything.
    Lock,
}

/// One panel of the stack.
pub(super) struct Layer<P: Port> {
    pub(super) id: u64,
    pub(super) screen: Box<dyn Screen<P>>,
    kind: Kind,
    /// Means something only while the map has modes here.
    pub(super) mode: Mode,
}

impl<P: Port> Layer<P> {
    pub(super) fn first(screen: Box<dyn Screen<P>>) -> Self {
        Self { id: 0, screen, kind: Kind::Opened, mode: Mode::Insert }
    }
}

impl<P: Port> App<P> {
    /// `owner` is the panel that asks for the effects; `None`: the program itself, for the panel on top.
    pub(super) fn carry_out(&mut self, owner: Option<u64>, effects: Vec<Effect<P>>) {
        let mut owner = owner;
        let over = self.laid_over(owner);
        for effect in effects {
            self.dirty = true;
            match effect {
                Effect::Push(screen) => {
                    let kind = if owner.is_some() { Kind::Opened } else { Kind::LaidOver };
                    self.lay(screen, kind, over);
                }
                Effect::Pop => owner = self.close(owner),
                Effect::PopWith(value) => {
                    owner = self.close(owner);
                    self.tell_owner(owner, |screen, desk| screen.on_value(value, desk));
                }
                Effect::Answer(letter) => {
                    owner = self.close_question(owner);
                    self.tell_owner(owner, |screen, desk| screen.on_answer(letter, desk));
                }
                Effect::Replace(screen) => owner = self.replace(owner, screen),
                Effect::Reset(screen) => {
                    let below = self.stack.len().saturating_sub(over);
                    self.stack.drain(..below);
                    owner = Some(self.lay(screen, Kind::Opened, over));
                }
                Effect::Ask(question) => self.ask(owner, Ask::new(question), over),
                other => self.carry_out_placeless(other),
            }
        }
    }

    /// What has nothing to do with the place of the panel that asks for it.
    fn carry_out_placeless(&mut self, effect: Effect<P>) {
        match effect {
            // The screen that asked is the one being told now; see `tell`.
            Effect::Perform(ticket, request) => self.outgoing.push((ticket, request)),
            Effect::Run(command) => self.run(command),
            Effect::Type(text) => self.type_text(&text),
            Effect::NextKeymap => {
                self.chord.forget();
                self.setup.keymaps.choose_next();
                self.stack.iter_mut().for_each(|layer| layer.mode = Mode::Insert);
            }
            Effect::Speak(lang) => self.setup.lang = lang,
            Effect::Redraw => self.again = Again::Everything,
            Effect::Lock => self.lock(),
            Effect::Quit => self.ending = Some(Ending::Quit),
            Effect::Push(_)
            | Effect::Pop
            | Effect::PopWith(_)
            | Effect::Answer(_)
            | Effect::Replace(_)
            | Effect::Reset(_)
            | Effect::Ask(_) => {}
        }
    }

    /// How many panels, counted from the top, lie over the owner without having to do with it. What the owner opens
    /// comes below them: no answer may uncover what a lock hides.
    fn laid_over(&self, owner: Option<u64>) -> usize {
        let Some(at) = owner.and_then(|id| self.place_of(id)) else { return 0 };
        let foreign = |layer: &Layer<P>| matches!(layer.kind, Kind::LaidOver | Kind::Lock);
        let first = self.stack.iter().skip(at + 1).position(foreign);
        first.map_or(0, |above| self.stack.len() - (at + 1 + above))
    }

    fn place_of(&self, id: u64) -> Option<usize> {
        self.stack.iter().position(|layer| layer.id == id)
    }
    fn top_id(&self) -> Option<u64> {
        self.stack.last().map(|layer| layer.id)
    }
    pub(super) fn panels(&self) -> Vec<u64> {
        self.stack.iter().map(|layer| layer.id).collect()
    }

    /// Tells a panel wherever it lies; one that is gone hears nothing.
    pub(super) fn tell_panel(
        &mut self,
        id: u64,
        tell: impl FnOnce(&mut dyn Screen<P>, &mut Desk<'_>) -> Flow<P>,
    ) {
        if let Some(at) = self.place_of(id) {
            self.tell(at, tell);
        }
    }

    fn tell_owner(
        &mut self,
        owner: Option<u64>,
        tell: impl FnOnce(&mut dyn Screen<P>, &mut Desk<'_>) -> Flow<P>,
    ) {
        if let Some(id) = owner {
            self.tell_panel(id, tell);
        }
    }

    /// Changes the stack, and forgets what was begun on the old top if there is a new one.
    fn change_stack<T>(&mut self, change: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.top_id();
        let result = change(self);
        if self.top_id() != before {
            self.chord.forget();
            self.show_anew();
        }
        result
    }

    pub(super) fn show_anew(&mut self) {
        self.again = self.again.max(Again::Panel);
    }

    fn lay(&mut self, screen: Box<dyn Screen<P>>, kind: Kind, over: usize) -> u64 {
        self.change_stack(|app| {
            app.next_id += 1;
            let at = app.stack.len().saturating_sub(over);
            app.stack.insert(at, Layer { id: app.next_id, screen, kind, mode: Mode::Insert });
            app.next_id
        })
    }

    fn ask(&mut self, owner: Option<u64>, question: Ask, over: usize) {
        if let Some(asker) = owner.or_else(|| self.top_id()) {
            self.lay(Box::new(question), Kind::Question { asker }, over);
        }
    }

    /// Takes the panel away and says which one lay below it. The last screen stays: leaving it is `Quit`.
    fn close(&mut self, owner: Option<u64>) -> Option<u64> {
        let id = owner.or_else(|| self.top_id())?;
        let at = self.place_of(id)?;
        let closed = self.change_stack(|app| {
            let closed = (at > 0).then(|| app.stack.remove(at).kind);
            app.drop_questions_of(id);
            closed
        });
        let below = self.stack.get(at.saturating_sub(1)).map(|layer| layer.id);
        if closed == Some(Kind::Lock) {
            self.tell_owner(below, |screen, desk| screen.on_unlock(desk));
        }
        below
    }

    /// Takes a question away and says who asked it.
    fn close_question(&mut self, owner: Option<u64>) -> Option<u64> {
        let id = owner.or_else(|| self.top_id())?;
        let kind = self.stack.get(self.place_of(id)?)?.kind;
        let below = self.close(owner);
        match kind {
            Kind::Question { asker } => Some(asker),
            _ => below,
        }
    }

    fn replace(&mut self, owner: Option<u64>, screen: Box<dyn Screen<P>>) -> Option<u64> {
        let old = owner.or_else(|| self.top_id())?;
        let at = self.place_of(old)?;
        self.change_stack(|app| {
            app.next_id += 1;
            let layer = app.stack.get_mut(at)?;
            // A lock that goes on to its next panel still hides everything.
            *layer = Layer { id: app.next_id, screen, kind: layer.kind, mode: Mode::Insert };
            app.drop_questions_of(old);
            Some(app.next_id)
        })
    }

    /// A question whose asker is gone would be answered to somebody else.
    fn drop_questions_of(&mut self, id: u64) {
        self.stack.retain(|layer| layer.kind != Kind::Question { asker: id });
    }

    fn lock(&mut self) {
        if self.is_locked() {
            return;
        }
        if !self.lobby.is_needed() {
            // Waits for another idle time, instead of asking again at once.
            self.last_input_us = self.now.boottime_us;
            return;
        }
        let mut desk = desk(&self.setup, self.size, self.now, &mut self.next_ticket);
        let locked = self.lobby.lock(&mut desk);
        let ticket = desk.ticket();
        let id = self.lay(locked.screen, Kind::Lock, 0);
        if let Some(request) = locked.request {
            self.waiting.insert(ticket, id);
            self.outgoing.push((ticket, request));
        }
        self.dirty = true;
    }

    pub(super) fn is_locked(&self) -> bool {
        self.stack.iter().any(|layer| layer.kind == Kind::Lock)
    }
}

#[cfg(test)]
mod tests;
