//! Finding a command by its name: everything that works on the screen below, also what has no key.
//!
//! A short word (`w`, `:q`) finds its command first. A number means what it means there: it opens a row, or goes to an
//! item.
use super::help::missing_acts;
use crate::keymap::rules::joined;
use crate::keymap::{Command, Context, Keymap};
use crate::text::{Lang, common as say};
use crate::tui::lines::Spoken;
use crate::tui::screen::{Desk, Effect, Flow, Port, Screen, View};
use crate::tui::widgets::frame::{Frame, body};
use crate::tui::widgets::list::List;
use crate::tui::widgets::put;
use crate::tui::widgets::text_field::{Accept, Edited, Show, TextField};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const CONTEXTS: &[Context] = &[Context::Picker, Context::Text, Context::Global];
const FIELD_LEFT: u16 = 10;
const FIELD_COLUMNS: u16 = 42;
const FIELD_LIMIT: usize = 40;
/// The field and an empty row stand above the list.
const ROWS_ABOVE: u16 = 2;

/// One command as it can be found.
struct Entry {
    command: Command,
    /// What is searched.
    names: String,
    row: String,
}

/// See the module.
pub struct Palette {
    all: Vec<Entry>,
    found: Vec<usize>,
    field: TextField,
    list: List,
}

impl Palette {
    /// The commands of a screen with these situations.
    pub fn new(map: &Keymap, contexts: &[Context], list_acts: &[Command], lang: Lang) -> Self {
        let missing = missing_acts(contexts, list_acts);
        let here = |command: &&Command| command.contexts().iter().any(|context| contexts.contains(context));
        let all: Vec<_> = Command::ALL
            .iter()
            .filter(here)
            .filter(|command| **command != Command::Palette && !missing.contains(command))
            .map(|command| {
                let keys = map.keys_of(*command, contexts).next().map(|keys| joined(keys.iter().copied()));
                let text = command.description();
                let names = format!("{} {} {}", command.id(), text.ja, text.en.to_lowercase());
                let word = command.words().first().map(|word| format!(":{word}")).unwrap_or_default();
                let row = format!("{:<12} {word:<9} {}", keys.unwrap_or_default(), text.in_lang(lang));
                Entry { command: *command, names, row }
            })
            .collect();
        let found = (0..all.len()).collect();
        let field = TextField::new(Accept::Anything, Show::Plain, FIELD_LIMIT);
        Self { all, found, field, list: List::default() }
    }

    fn search(&mut self) {
        let wanted = self.wanted();
        let is_word = |entry: &Entry| entry.command.words().contains(&wanted.as_str());
        let fits = |entry: &Entry| is_word(entry) || entry.names.contains(&wanted);
        let mut found: Vec<_> = self.all.iter().enumerate().filter(|(_, entry)| fits(entry)).collect();
        // A stable order: the short word first, the rest as it stands in the help.
        found.sort_by_key(|(_, entry)| !is_word(entry));
        self.found = found.into_iter().map(|(at, _)| at).collect();
        self.list = List::default();
    }

    fn chosen(&self) -> Option<Command> {
        let at = self.found.get(self.list.selected(self.found.len())?)?;
        self.all.get(*at).map(|entry| entry.command)
    }

    /// What is asked for: half-width, without the colon that hands type in front.
    fn wanted(&self) -> String {
        let typed: String = self.field.text().chars().map(crate::keymap::key::fold_char).collect();
        typed.trim().trim_start_matches(':').trim().to_lowercase()
    }

    /// The number that was typed instead of a name.
    fn number(&self) -> Option<String> {
        let wanted = self.wanted();
        let number = !wanted.is_empty() && wanted.chars().all(|c| c.is_ascii_digit());
        number.then_some(wanted)
    }
}

impl<P: Port> Screen<P> for Palette {
    fn contexts(&self) -> &[Context] {
        CONTEXTS
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<P> {
        match command {
            Command::Cancel | Command::Back => return Flow::Effects(vec![Effect::Pop]),
            Command::Open => {
                return match (self.number(), self.chosen()) {
                    (Some(number), _) => Flow::Effects(vec![Effect::Pop, Effect::Type(number)]),
                    (None, Some(command)) => Flow::Effects(vec![Effect::Pop, Effect::Run(command)]),
                    (None, None) => Flow::Stay,
                };
            }
            _ => {}
        }
        let rows = desk.body_rows(0).saturating_sub(usize::from(ROWS_ABOVE));
        if self.list.apply(command, self.found.len(), rows) {
            return Flow::Stay;
        }
        match self.field.edit(command) {
            Edited::NotMine => Flow::Pass,
            _ => {
                self.search();
                Flow::Stay
            }
        }
    }

    fn on_text(&mut self, text: &str, _desk: &mut Desk<'_>) -> Flow<P> {
        self.field.insert(text);
        self.search();
        Flow::Stay
    }

    fn describe(&self, _view: &View<'_>, spoken: &mut Spoken) {
        spoken.in_list(self.list, self.found.len());
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let frame = Frame {
            title: say::PALETTE_TITLE.in_lang(view.lang),
            status: say::EXPECT_ASCII.in_lang(view.lang),
            commands: &[Command::Open, Command::Back, Command::PreviousPage, Command::NextPage],
            ..Frame::default()
        };
        frame.draw(view, CONTEXTS, buffer, area);
        let body = body(area, 0);
        put(buffer, body, body.x + 1, body.y, say::PALETTE_PROMPT.in_lang(view.lang), Style::new());
        let field = Rect { x: body.x + FIELD_LEFT, width: FIELD_COLUMNS, height: 1, ..body };
        let caret = self.field.draw(buffer, field, Style::new());
        let rows = Rect { y: body.y + ROWS_ABOVE, height: body.height.saturating_sub(ROWS_ABOVE), ..body };
        if self.found.is_empty() {
            let what = if self.number().is_some() { say::PALETTE_NUMBER } else { say::PALETTE_NONE };
            put(buffer, rows, rows.x + 1, rows.y, what.in_lang(view.lang), Style::new());
        }
        let row = |at: usize| {
            self.found.get(at).and_then(|n| self.all.get(*n)).map_or(String::new(), |entry| entry.row.clone())
        };
        self.list.draw(buffer, rows, self.found.len(), row);
        caret
    }
}
