//! What the program itself does with a command: modes, numbers in front, help, palette, lock.
use super::{App, keymap_for};
use crate::keymap::mode::has_modes;
use crate::keymap::{Command, Context, Mode, Resolution};
use crate::tui::screen::{Effect, Port, Screen};
use crate::tui::screens::{help::Help, palette::Palette, too_small};

impl<P: Port> App<P> {
    /// A number in front repeats what moves; before `first` and `last` of a form it is the number of an item.
    pub(super) fn run_counted(&mut self, command: Command, count: Option<u16>) {
        let in_items = self.mode() == Some(Mode::Normal);
        match (command, count) {
            (Command::First | Command::Last, Some(_)) if in_items => {
                self.count = count;
                self.run(Command::GoToItem);
                self.count = None;
            }
            (command, Some(times)) if command.may_repeat() => (0..times).for_each(|_| self.run(command)),
            (command, _) => self.run(command),
        }
    }

    /// What the modes of a modal map do themselves. False: the command is the screen's.
    fn change_mode(&mut self, command: Command) -> bool {
        match (self.mode(), command.before_typing()) {
            (Some(Mode::Insert), _) if command == Command::Cancel => {
                self.set_mode(Mode::Normal);
                // As in vi: the caret stands on the last character typed, not behind it.
                self.tell_top(|screen, desk| screen.on_command(Command::CaretLeft, desk));
            }
            // Hands press it to be sure of the mode; it must not take back what was typed.
            (Some(Mode::Normal), _) if command == Command::Cancel => self.dirty = true,
            (Some(Mode::Normal), _) if command == Command::CaretEnd => {
                self.tell_top(|screen, desk| screen.on_command(Command::CaretEnd, desk));
                self.tell_top(|screen, desk| screen.on_command(Command::CaretLeft, desk));
            }
            (Some(Mode::Normal), Some(first)) => {
                if let Some(first) = first {
                    self.tell_top(|screen, desk| screen.on_command(first, desk));
                }
                self.set_mode(Mode::Insert);
            }
            _ => return false,
        }
        true
    }

    /// The mode here; `None` where there are none.
    pub(super) fn mode(&self) -> Option<Mode> {
        let top = self.stack.last()?;
        (self.setup.keymaps.in_use().is_modal() && has_modes(top.screen.contexts())).then_some(top.mode)
    }

    fn set_mode(&mut self, mode: Mode) {
        if let Some(top) = self.stack.last_mut() {
            top.mode = mode;
            self.dirty = true;
        }
    }

    /// Offers a command to the top screen, then does what the program itself does with it.
    pub(super) fn run(&mut self, command: Command) {
        if too_small::is_too_small(self.size) {
            if command == Command::Redraw {
                self.carry_out(None, vec![Effect::Redraw]);
            }
            return;
        }
        if self.change_mode(command) || self.tell_top(|screen, desk| screen.on_command(command, desk)) {
            return;
        }
        let effects = match command {
            Command::Help => vec![Effect::Push(self.help())],
            Command::Palette => {
                let (contexts, lang) = (self.contexts(), self.setup.lang);
                let map = keymap_for(&self.setup, &contexts);
                let acts = self.list_acts();
                vec![Effect::Push(Box::new(Palette::new(map, &contexts, acts, lang)) as Box<dyn Screen<P>>)]
            }
            Command::Redraw => vec![Effect::Redraw],
            Command::Lock => vec![Effect::Lock],
            // The help says what the keys are now.
            Command::SwitchKeymap => vec![Effect::NextKeymap, Effect::Push(self.help())],
            _ => return,
        };
        self.carry_out(None, effects);
    }

    fn help(&self) -> Box<dyn Screen<P>> {
        let top = self.stack.last();
        let contexts = top.map(|layer| layer.screen.contexts().to_vec()).unwrap_or_default();
        let letters = top.map(|layer| layer.screen.letters(self.setup.lang)).unwrap_or_default();
        Box::new(Help::new(contexts, self.list_acts(), letters))
    }

    fn list_acts(&self) -> &[Command] {
        self.stack.last().map_or(&[], |layer| layer.screen.list_acts())
    }

    /// Characters as if typed on the panel that is now on top.
    pub(super) fn type_text(&mut self, text: &str) {
        let contexts = self.contexts();
        if contexts.contains(&Context::Normal) {
            self.count = text.parse().ok();
            self.run(Command::GoToItem);
            self.count = None;
        } else if !contexts.contains(&Context::Confirm) {
            for c in text.chars() {
                self.act(&Resolution::Text(c), false);
            }
        }
    }
}
