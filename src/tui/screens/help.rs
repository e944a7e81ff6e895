//! The help: every key that works on the screen below, read from the active keymap, so it cannot be out of date.
use crate::keymap::mode::has_modes;
use crate::keymap::resolve::CONFIRM_KEYS;
use crate::keymap::rules::joined;
use crate::keymap::{Command, Context, Key, Keymap};
use crate::text::{Lang, common as say, fill};
use crate::tui::lines::{Spoken, plain};
use crate::tui::look::{display_width, truncate_to_width};
use crate::tui::screen::{Desk, Effect, Flow, Port, Screen, View};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list::List;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

const CONTEXTS: &[Context] = &[Context::Reader, Context::Global];
const KEY_COLUMNS: usize = 26;
const MESSAGE_ROWS: u16 = 1;

/// See the module.
pub struct Help {
    /// The situations of the screen below.
    contexts: Vec<Context>,
    /// What lists have in common and the screen below does not do.
    missing: Vec<Command>,
    /// What it takes besides the keys of the map.
    letters: Vec<(String, String)>,
    list: List,
}

impl Help {
    pub fn new(contexts: Vec<Context>, list_acts: &[Command], letters: Vec<(String, String)>) -> Self {
        let missing = missing_acts(&contexts, list_acts);
        Self { contexts, missing, letters, list: List::default() }
    }

    fn lines(&self, chosen: &Keymap, standard: &Keymap, lang: Lang) -> Vec<String> {
        let map = if self.contexts.contains(&Context::Shared) { standard } else { chosen };
        let mut lines = Vec::new();
        if !self.letters.is_empty() {
            lines.push(say::HELP_LETTERS.in_lang(lang).to_owned());
            lines.extend(self.letters.iter().map(|(letter, word)| row(letter, word)));
        }
        let modes = (map.is_modal() && has_modes(&self.contexts)).then_some(Context::Normal);
        for context in modes.into_iter().chain(self.contexts.iter().copied()) {
            let rows = self.rows_of(map, context, lang);
            if !rows.is_empty() {
                lines.push(context.title().in_lang(lang).to_owned());
                lines.extend(rows);
            }
        }
        lines
    }

    fn rows_of(&self, map: &Keymap, context: Context, lang: Lang) -> Vec<String> {
        let mut rows = Vec::new();
        for command in Command::ALL.iter().filter(|command| !self.missing.contains(command)) {
            let fixed =
                CONFIRM_KEYS.iter().filter(|(_, fixed)| context == Context::Confirm && fixed == command);
            let fixed = fixed.map(|(key, _)| key.to_string());
            let here = [context];
            let bound = map.keys_of(*command, &here).map(|keys: &[Key]| joined(keys.iter().copied()));
            let keys: Vec<String> = bound.chain(fixed).collect();
            if !keys.is_empty() {
                rows.push(row(&keys.join("  "), command.description().in_lang(lang)));
            }
        }
        rows
    }
}

/// Of what lists have in common, what this list does not do.
pub(super) fn missing_acts(contexts: &[Context], list_acts: &[Command]) -> Vec<Command> {
    let is_list = contexts.contains(&Context::List);
    Command::OF_LISTS.iter().copied().filter(|act| is_list && !list_acts.contains(act)).collect()
}

fn row(keys: &str, what: &str) -> String {
    let shown = truncate_to_width(keys, KEY_COLUMNS);
    let gap = " ".repeat(KEY_COLUMNS.saturating_sub(display_width(&shown)));
    format!("  {shown}{gap}  {what}")
}

impl<P: Port> Screen<P> for Help {
    fn contexts(&self) -> &[Context] {
        CONTEXTS
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<P> {
        let len = self.lines(desk.keymap, desk.standard, desk.lang).len();
        match command {
            Command::Close | Command::Cancel | Command::Back | Command::Help => {
                Flow::Effects(vec![Effect::Pop])
            }
            Command::SwitchKeymap => {
                self.list = List::default();
                Flow::Effects(vec![Effect::NextKeymap])
            }
            _ if self.list.apply(command, len, desk.body_rows(MESSAGE_ROWS)) => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    /// All of it: nothing has to fit a page.
    fn describe(&self, view: &View<'_>, spoken: &mut Spoken) {
        spoken.body =
            self.lines(view.chosen, view.standard, view.lang).iter().map(|line| plain(line)).collect();
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let rows = usize::from(crate::tui::widgets::frame::body(area, MESSAGE_ROWS).height);
        let lines = self.lines(view.chosen, view.standard, view.lang);
        let (page, pages) = self.list.page(lines.len(), rows);
        let switch = view.key_of(Command::SwitchKeymap, CONTEXTS).unwrap_or_default();
        let frame = Frame {
            title: say::HELP_TITLE.in_lang(view.lang),
            title_right: &fill(
                say::KEYMAP_SWITCH.in_lang(view.lang),
                &[&view.chosen.title_in(view.lang), &switch],
            ),
            messages: &[say::HELP_FOOT.in_lang(view.lang).to_owned()],
            message_rows: MESSAGE_ROWS,
            status: say::HELP_CLOSE.in_lang(view.lang),
            status_right: &fill(say::PAGE_OF.in_lang(view.lang), &[&page, &pages]),
            commands: &[Command::Close, Command::PreviousPage, Command::NextPage, Command::SwitchKeymap],
            ..Frame::default()
        };
        let body = frame.draw(view, CONTEXTS, buffer, area);
        self.list.draw(buffer, body, lines.len(), |at| lines.get(at).cloned().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::screens::rig::Rig;

    #[test]
    fn help_and_palette_leave_out_what_the_list_does_not_do() {
        let acts = ["新規", "送付の画面へ", "最新の状態にする"];
        let mut rig = Rig::at_worklist();
        rig.keys("F1");
        for act in acts {
            assert!(rig.screen().contains(act), "the worklist does {act}: {}", rig.screen());
        }
        rig.keys("Esc F3 F1");
        for act in acts {
            assert!(!rig.screen().contains(act), "the menu does not {act}: {}", rig.screen());
        }
        rig.keys("Esc Ctrl+P");
        for act in acts {
            assert!(!rig.screen().contains(act), "the menu does not {act}: {}", rig.screen());
        }
        assert!(rig.screen().contains("選んだ行を開く"), "{}", rig.screen());
    }
}
