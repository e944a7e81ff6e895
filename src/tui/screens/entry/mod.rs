//! The entry screen (入力): one screen that draws every form from its schema.
//!
//! Keys change an editor of one item; leaving the item makes it a value, evaluates the form and asks the office to keep
//! the draft. Typing never waits for the office.
mod address;
mod describe;
mod draw;
mod editor;
mod finding;
mod history;
mod institution;
mod keeping;
pub mod memory;
mod moves;
mod offer;
mod options;
mod panel;
mod phrases;
mod reasons;
pub mod say;
mod second;
mod second_disease;
mod similar;
#[cfg(test)]
mod tests;
mod ticks;
mod unwritable;

use crate::domain::ids::{DraftId, RecordId};
use crate::domain::intake::Intake;
use crate::domain::link::Link;
use crate::domain::time::Timestamp;
use crate::form::{self, Catalog, Form, FormVersion, Item, Passed, Value, Values};
use crate::japanese::name_dictionary::Spelling;
use crate::keymap::{Command, Context, Key};
use crate::office::{ComesFrom, ops::OpenedDraft};
use crate::tui::counter::{Counter, Reply, Value as CounterValue};
use crate::tui::lines::Spoken;
use crate::tui::screen::{Desk, Flow, Screen, Ticket, View};
use crate::tui::widgets::text_field::TextField;
use editor::{Editor, Struck};
use history::History;
use keeping::Keeping;
use memory::SharedMemory;
use offer::Offer;
use panel::Panel;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use similar::Similar;
use std::sync::Arc;

pub use draw::{class_name, shown_value};
pub use reasons::reason_text;

const TEXT: &[Context] = &[Context::Text, Context::Form, Context::Global];
const CHOICE: &[Context] = &[Context::Choice, Context::Form, Context::Global];
const PANEL: &[Context] = &[Context::Picker, Context::Global];
const WRITING: &[Context] = &[Context::Picker, Context::Text, Context::Global];

/// What the office said when it opened the draft.
#[derive(Clone, Copy)]
struct Draft {
    id: DraftId,
    record: RecordId,
    number: u32,
    /// There is a registered version below.
    is_revision: bool,
}

/// See the module.
pub struct Entry {
    catalog: Arc<Catalog>,
    form_id: String,
    form_version: FormVersion,
    intake: Intake,
    /// What a new record comes from.
    link: Option<Link<RecordId>>,
    /// The same, once the office has said whose it is.
    comes_from: Option<ComesFrom>,
    memory: SharedMemory,
    /// `None` while the office is still opening it; typing goes on meanwhile.
    draft: Option<Draft>,
    values: Values,
    view: form::View,
    focus: usize,
    editor: Editor,
    history: History,
    keeping: Keeping,
    panel: Option<Panel>,
    similar: Similar,
    /// Why warnings stand; also of values that have changed since.
    passed: Vec<Passed>,
    /// The disease was named twice, and the paper agrees.
    disease_named: bool,
    /// Values that were keyed twice and agree with the paper.
    twice: Vec<(usize, Value)>,
    /// Where a number or a label is typed to go to its item.
    finding: Option<TextField>,
    /// The focus came here by itself, behind a birth date.
    went_on: bool,
    /// Candidates under the item in focus.
    offer: Option<Offer>,
    /// How names are written here.
    names: Vec<Spelling>,
    /// Where the person lives, when that is not in our area.
    elsewhere: Option<String>,
    message: String,
    now: Timestamp,
}

impl Entry {
    /// A new record: the screen opens at once and asks the office for a draft itself.
    pub fn new(
        catalog: Arc<Catalog>,
        form: &Form,
        intake: Intake,
        memory: SharedMemory,
        now: Timestamp,
    ) -> Self {
        let mut entry = Self::empty(catalog, (&form.head.id, form.head.version), intake, memory, now);
        entry.start_at(None);
        entry
    }

    /// A new record that comes from another one.
    pub fn coming_from(self, link: Option<Link<RecordId>>) -> Self {
        let mut entry = Self { link, ..self };
        entry.start_at(None);
        entry
    }

    /// Goes on with a draft. `None` when the catalog does not hold its form.
    pub fn resume(
        catalog: Arc<Catalog>,
        opened: OpenedDraft,
        memory: SharedMemory,
        now: Timestamp,
    ) -> Option<Self> {
        catalog.form(&opened.form, opened.form_version)?;
        let mut entry = Self::empty(catalog, (&opened.form, opened.form_version), opened.intake, memory, now);
        entry.take_draft(&opened);
        entry.values = opened.values;
        entry.evaluate();
        entry.start_at(Some(&opened.position));
        Some(entry)
    }

    /// With a sentence about what led here.
    #[must_use]
    pub fn saying(self, message: String) -> Self {
        Self { message, ..self }
    }

    fn empty(
        catalog: Arc<Catalog>,
        (id, version): (&str, FormVersion),
        intake: Intake,
        memory: SharedMemory,
        now: Timestamp,
    ) -> Self {
        let mut entry = Self {
            catalog,
            form_id: id.to_owned(),
            form_version: version,
            intake,
            link: None,
            comes_from: None,
            memory,
            draft: None,
            values: Values::new(),
            view: form::View { items: Vec::new() },
            focus: 0,
            editor: Editor::nothing(),
            history: History::default(),
            keeping: Keeping::default(),
            panel: None,
            similar: Similar::default(),
            passed: Vec::new(),
            disease_named: false,
            twice: Vec::new(),
            finding: None,
            went_on: false,
            offer: None,
            names: Vec::new(),
            elsewhere: None,
            message: String::new(),
            now,
        };
        entry.evaluate();
        entry
    }

    fn take_draft(&mut self, opened: &OpenedDraft) {
        self.intake = opened.intake;
        self.comes_from.clone_from(&opened.comes_from);
        self.passed.clone_from(&opened.passed);
        self.names.clone_from(opened.names.expose());
        self.draft = Some(Draft {
            id: opened.draft,
            record: opened.record,
            number: opened.number,
            is_revision: opened.base_version > 0,
        });
        // What the office knew already (who the contact is), unless it was typed meanwhile.
        for (key, value) in opened.values.iter() {
            if self.values.value(key).is_none() {
                self.values.set(key, value.clone());
            }
        }
        self.evaluate();
    }

    fn form(&self) -> &Form {
        self.catalog
            .form(&self.form_id, self.form_version)
            .expect("checked when the screen was made, and a catalog never changes")
    }

    fn item(&self) -> &Item {
        self.item_at(self.focus)
    }

    fn item_at(&self, at: usize) -> &Item {
        self.form().items.get(at).expect("a form has items, and the focus is always one of them")
    }

    /// Applies the form to the values. Once per item left, not per key.
    fn evaluate(&mut self) {
        let context = form::Context { today: self.now.date_in_japan(), received_at: self.intake.received_at };
        self.view = self.form().view(&self.values, &context);
        self.check_contracts();
        self.elsewhere = self.look_elsewhere();
        self.similar.know(self.person_typed());
    }

    fn on_form(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.message.clear();
        let went_on = std::mem::take(&mut self.went_on);
        if let Some(flow) = self.on_offer(command, desk) {
            return flow;
        }
        match command {
            // It was meant for the birth date, behind which nobody has to press it. Tab, Down or j mean what is in focus.
            Command::NextItem if went_on && desk.key == Some(Key::ENTER) => self.stay_here(desk.lang),
            Command::NextItem => self.next(desk),
            Command::PreviousItem => self.previous(desk),
            Command::NextOpenItem => self.next_open(desk),
            Command::PreviousOpenItem => self.previous_open(desk),
            Command::First => self.go_to_end(false, desk),
            Command::Last => self.go_to_end(true, desk),
            Command::GoToItem => self.find(desk),
            Command::NextPage => self.turn_page(1, desk),
            Command::PreviousPage => self.turn_page(-1, desk),
            Command::Cancel => {
                self.open_editor();
                Flow::Stay
            }
            Command::Undo => self.undo(desk),
            Command::Redo => self.redo(desk),
            Command::Ditto | Command::Repeat => self.ditto(desk.lang),
            Command::CopyGroup => self.copy_household(desk),
            Command::Similar => self.show_similar(desk.lang),
            Command::Candidates => self.open_offer(desk),
            Command::Check => self.check(desk),
            Command::Register => self.register(desk),
            Command::Back => self.leave(desk),
            _ => self.edit(command, desk),
        }
    }

    fn edit(&mut self, command: Command, desk: &Desk<'_>) -> Flow<Counter> {
        use crate::tui::widgets::text_field::Edited;
        let item = item_of(&self.catalog, &self.form_id, self.form_version, self.focus);
        match item.map_or(Edited::NotMine, |item| self.editor.edit(item, command)) {
            Edited::NotMine => Flow::Pass,
            Edited::Changed => {
                self.preview(desk.lang);
                Flow::Stay
            }
            _ => Flow::Stay,
        }
    }
}

impl Screen<Counter> for Entry {
    fn contexts(&self) -> &[Context] {
        match &self.panel {
            Some(panel) if panel.writing.is_some() => WRITING,
            Some(_) => PANEL,
            None if self.finding.is_some() => WRITING,
            None if self.editor.is_choice() => CHOICE,
            None => TEXT,
        }
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.now = desk.now;
        self.history.begin_step();
        if self.keeping.is_registering() {
            // Nothing may change under a registration that is on its way.
            return match command {
                Command::Help | Command::Palette | Command::Redraw | Command::Lock => Flow::Pass,
                _ => Flow::Stay,
            };
        }
        match self.panel {
            Some(_) => self.on_panel(command, desk),
            None if self.finding.is_some() => self.on_finding(command, desk),
            None => self.on_form(command, desk),
        }
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.now = desk.now;
        self.history.begin_step();
        if self.keeping.is_registering() {
            return Flow::Stay;
        }
        if self.panel.is_some() {
            return self.panel_text(text, desk.lang);
        }
        self.message.clear();
        self.went_on = false;
        if let Some(field) = &mut self.finding {
            field.insert(text);
            return Flow::Stay;
        }
        if let Some(flow) = self.choose_offered(text, desk) {
            return flow;
        }
        let Some(item) = item_of(&self.catalog, &self.form_id, self.form_version, self.focus) else {
            return Flow::Stay;
        };
        match self.editor.strike(item, text) {
            Struck::Refused => {
                self.message = say::refused(self.item(), desk.lang);
                Flow::Stay
            }
            Struck::Changed => {
                self.preview(desk.lang);
                self.offer_after_typing(text);
                Flow::Stay
            }
            Struck::Complete => self.advance(desk),
        }
    }

    fn on_reply(&mut self, ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.take_reply(ticket, reply, desk)
    }

    fn on_value(&mut self, value: CounterValue, desk: &mut Desk<'_>) -> Flow<Counter> {
        match value {
            CounterValue::KeyedTwice(agreed) => self.take_agreed(agreed, desk),
            CounterValue::DiseaseNamed(named) => self.take_disease(&named, desk),
            CounterValue::Similar(people) => {
                self.similar_seen(people);
                Flow::Stay
            }
            _ => Flow::Stay,
        }
    }

    fn on_answer(&mut self, letter: char, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.after_conflict(letter, desk)
    }

    fn deadline_us(&self) -> Option<u64> {
        (self.is_draft_due() || self.is_similar_due()).then_some(0)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.is_draft_due() { self.open_draft(desk) } else { self.ask_for_similar(desk) }
    }

    fn describe(&self, view: &View<'_>, spoken: &mut Spoken) {
        self.put_into_words(view, spoken);
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        self.paint(view, buffer, area)
    }
}

/// The item without borrowing the screen, so that its editor can change beside it.
fn item_of<'a>(catalog: &'a Catalog, form: &str, version: FormVersion, at: usize) -> Option<&'a Item> {
    catalog.form(form, version)?.items.get(at)
}
