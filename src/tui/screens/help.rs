//! The help: every key that works on the screen below, read from the active keymap, so it cannot be out of date.
use crate::keymap::rules::joined;
use crate::keymap::{Command, Context, Keymap};
use crate::text::{Lang, common as say, fill};
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
    lines: Vec<String>,
    list: List,
}

impl Help {
    /// The help for a screen with these situations.
    pub fn new(map: &Keymap, contexts: &[Context], lang: Lang) -> Self {
        let mut lines = Vec::new();
        for context in contexts {
            let rows = rows_of(map, *context, lang);
            if !rows.is_empty() {
                lines.push(context.title().in_lang(lang).to_owned());
                lines.extend(rows);
            }
        }
        Self { lines, list: List::default() }
    }
}

fn rows_of(map: &Keymap, context: Context, lang: Lang) -> Vec<String> {
    let mut rows = Vec::new();
    for command in Command::ALL {
        let keys: Vec<String> =
            map.keys_of(*command, &[context]).map(|keys| joined(keys.iter().copied())).collect();
        if !keys.is_empty() {
            let keys = keys.join("  ");
            let shown = truncate_to_width(&keys, KEY_COLUMNS);
            let gap = " ".repeat(KEY_COLUMNS - display_width(&shown));
            rows.push(format!("  {shown}{gap}  {}", command.description().in_lang(lang)));
        }
    }
    rows
}

impl<P: Port> Screen<P> for Help {
    fn contexts(&self) -> &[Context] {
        CONTEXTS
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<P> {
        match command {
            Command::Close | Command::Cancel | Command::Back | Command::Help => {
                Flow::Effects(vec![Effect::Pop])
            }
            _ if self.list.apply(command, self.lines.len(), desk.body_rows(MESSAGE_ROWS)) => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let rows = usize::from(crate::tui::widgets::frame::body(area, MESSAGE_ROWS).height);
        let (page, pages) = self.list.page(self.lines.len(), rows);
        let frame = Frame {
            title: say::HELP_TITLE.in_lang(view.lang),
            title_right: &fill(say::KEYMAP_IS.in_lang(view.lang), &[&view.keymap.title()]),
            messages: &[say::HELP_FOOT.in_lang(view.lang).to_owned()],
            message_rows: MESSAGE_ROWS,
            status: say::HELP_CLOSE.in_lang(view.lang),
            status_right: &fill(say::PAGE_OF.in_lang(view.lang), &[&page, &pages]),
            commands: &[Command::Close, Command::PreviousPage, Command::NextPage],
            ..Frame::default()
        };
        let body = frame.draw(view, CONTEXTS, buffer, area);
        self.list.draw(buffer, body, self.lines.len(), |at| self.lines.get(at).cloned().unwrap_or_default())
    }
}
