//! Drawing a form: one item after the other, answers with their keys, the page scrolled so that the caret is seen.
use super::address::elsewhere_sentence;
use super::panel::PANEL_COMMANDS;
use super::unwritable::unwritable_sentence;
use super::{Entry, options, say};
use crate::form::{Class, Form, Item, ItemView, Kind, Origin, Value};
use crate::japanese::phone::Typed;
use crate::japanese::time_input::parse_time;
use crate::keymap::Command;
use crate::text::{Lang, Text, common, entry as words, fill};
use crate::tui::look::display_width;
use crate::tui::screen::{Screen as _, View};
use crate::tui::widgets::frame::{Frame, message_room};
use crate::tui::widgets::table::{Column, row as table_row};
use crate::tui::widgets::{fitting, put};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

pub(super) const MESSAGE_ROWS: u16 = 2;
/// Ten full-width characters and a little; longer labels end in `+` and stand in full in the message row.
pub(super) const LABEL_COLUMNS: usize = 22;
const MARK_X: u16 = 24;
/// Where values begin; the bracket of a text field stands one column before.
pub(super) const VALUE_X: u16 = 27;
const SHORT_FIELD: usize = 16;
/// Rows that stay visible below the focused item.
const LOOK_AHEAD: usize = 1;

const COMMANDS: &[Command] = &[
    Command::NextItem,
    Command::NextOpenItem,
    Command::Ditto,
    Command::CopyGroup,
    Command::PreviousPage,
    Command::NextPage,
    Command::Check,
    Command::Register,
    Command::Help,
    Command::Back,
    Command::Undo,
];

/// An item on the page and the rows it takes.
struct Placed {
    at: usize,
    y: usize,
    rows: usize,
}

impl Entry {
    pub(super) fn paint(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let title = self.title(lang);
        let right = self.title_right(lang);
        let hint = match &self.offer {
            Some(offer) => fitting(&offer.hints(self.item().label.in_lang(lang), lang), message_room(area)),
            None => {
                let hints = say::hints(self.item(), self.goes_on_when_complete(), lang);
                fitting(&hints, message_room(area))
            }
        };
        let mut messages = [hint, self.message_or_problem(view)];
        if self.finding.is_some() {
            messages = [String::new(), String::new()];
        }
        let panel_messages = self.reason_rows(lang);
        let how = self.panel.as_ref().map(|panel| panel.how().in_lang(lang));
        let panel_keys = self.panel.as_ref().map(|panel| view.keys(self.contexts(), panel.keys()));
        let frame = Frame {
            title: &title,
            title_right: &right,
            messages: if how.is_some() { &panel_messages } else { &messages },
            message_rows: MESSAGE_ROWS,
            status: how.unwrap_or_else(|| self.expected().in_lang(lang)),
            status_right: &self.counts(lang),
            commands: match (how, &self.finding) {
                (Some(_), _) => PANEL_COMMANDS,
                (None, Some(_)) => &[Command::Open, Command::Back],
                (None, None) => COMMANDS,
            },
            fixed: panel_keys.as_deref().unwrap_or_default(),
        };
        let body = frame.draw(view, self.contexts(), buffer, area);
        let on_page = match &self.panel {
            Some(panel) => self.draw_panel(panel, lang, buffer, body),
            None => self.draw_items(lang, buffer, body),
        };
        let message = Rect { y: body.bottom() + MESSAGE_ROWS, height: 1, ..area };
        self.draw_finding(lang, buffer, message).unwrap_or(on_page)
    }

    pub(super) fn title(&self, lang: Lang) -> String {
        let form = self.form();
        let kind = match form.head.class {
            Class::HomeCare if form.head.answers => words::ANSWER,
            Class::HomeCare if self.catalog.is_answered(&form.head) => words::REQUEST,
            Class::HomeCare => words::DOCUMENT,
            Class::FollowUp => words::FOLLOW_UP,
            _ => words::REPORT,
        };
        let number = self.draft.map_or_else(|| "----".to_owned(), |draft| format!("{:04}", draft.number));
        let who =
            form.with_identity(crate::form::Identity::Name).and_then(|item| self.values.value(&item.key));
        let whose = |what: String| match &self.comes_from {
            Some(from) => say::whose(from, &what, self.now, lang),
            None => what,
        };
        let what = match who {
            Some(Value::Text(name)) if self.item().page > 0 => name.clone(),
            _ => whose(say::form_and_class(&form.head, lang)),
        };
        format!("{} {number}  {what}", kind.in_lang(lang))
    }

    fn title_right(&self, lang: Lang) -> String {
        let page = self.item().page;
        let name = self.form().pages.get(page).map_or("", |page| page.title.in_lang(lang));
        let page = fill(words::PAGE.in_lang(lang), &[&(page + 1), &self.form().pages.len(), &name]);
        format!("{page}  {}", self.keeping.shown(self.draft.is_some(), lang))
    }

    fn message_or_problem(&self, view: &View<'_>) -> String {
        let source = || {
            if self.editor.has_changed() {
                String::new()
            } else {
                say::source(self.form(), self.item(), view.lang)
            }
        };
        self.complaint(view).or_else(|| self.nobody_similar(view.lang)).unwrap_or_else(source)
    }

    /// The most important of what there is to say: what just happened, what is wrong, who is similar.
    pub(super) fn complaint(&self, view: &View<'_>) -> Option<String> {
        let lang = view.lang;
        if let Some(text) = self.unspelled().filter(|_| self.message.is_empty()) {
            return Some(text.in_lang(lang).to_owned());
        }
        if !self.message.is_empty() {
            return Some(self.message.clone());
        }
        let typing = self.editor.has_changed();
        // What was wrong with the stored value says nothing about the one being typed.
        let item = self.view.items.get(self.focus).filter(|_| !typing);
        let mut problems = item.into_iter().flat_map(|item| &item.problems);
        let missing = |problem: &&crate::form::Problem| problem.code != crate::form::ProblemCode::Required;
        let problem = problems.find(missing).map(|problem| problem.text.in_lang(lang).to_owned());
        let remark = || {
            let elsewhere = self.elsewhere_at(self.item()).map(|place| elsewhere_sentence(place, lang));
            let digits =
                || self.has_digits(self.item()).then(|| words::DIGITS_IN_NAME.in_lang(lang).to_owned());
            let said = elsewhere.or_else(digits);
            let said = said.or_else(|| unwritable_sentence(&self.unwritable(self.item()), lang));
            said.filter(|_| !typing)
        };
        problem.or_else(remark).or_else(|| self.similar_said(view.keymap, lang))
    }

    fn counts(&self, lang: Lang) -> String {
        let required = self.view.items.iter().filter(|item| item.shown && item.required).count();
        let missing = self.view.items.iter().filter(|item| item.is_missing()).count();
        let wrong =
            |item: &&ItemView| !item.is_missing() && item.problems.iter().any(crate::form::Problem::is_error);
        let errors = self.view.items.iter().filter(|item| item.shown).filter(wrong).count();
        let filled = required.saturating_sub(missing);
        fill(words::COUNTS.in_lang(lang), &[&filled, &required, &missing, &errors])
    }

    fn draw_items(&self, lang: Lang, buffer: &mut Buffer, body: Rect) -> Position {
        let room = value_room(body);
        let placed = self.place(lang, room);
        let top = scroll(&placed, self.focus, usize::from(body.height));
        let mut caret = Position::new(body.x, body.y);
        for one in &placed {
            for row in 0..one.rows {
                let Some(y) = visible(one.y + row, top, body) else { continue };
                let line = Rect { y, height: 1, ..body };
                if row == 0 {
                    self.draw_head(one.at, lang, buffer, line);
                }
                if let Some(at) = self.draw_value(one.at, row, lang, buffer, line) {
                    caret = at;
                }
            }
        }
        caret
    }

    /// The items of the page in which the focus is.
    fn place(&self, lang: Lang, room: usize) -> Vec<Placed> {
        let page = self.item().page;
        let mut placed = Vec::new();
        let mut y = 0;
        for (at, item) in self.form().items.iter().enumerate() {
            let shown = self.view.items.get(at).is_some_and(|view| view.shown);
            if item.page != page || !shown {
                continue;
            }
            let rows = match item.kind.options() {
                [] => 1 + self.offered(at, room).len(),
                _ => options::Answers::of(item, lang, room).rows(),
            };
            placed.push(Placed { at, y, rows });
            y += rows;
        }
        placed
    }

    fn draw_head(&self, at: usize, lang: Lang, buffer: &mut Buffer, line: Rect) {
        let focused = at == self.focus;
        let style = if focused { Style::new().add_modifier(Modifier::BOLD) } else { Style::new() };
        let item = self.item_at(at);
        let view = self.view.items.get(at);
        put(buffer, line, line.x, line.y, if focused { ">" } else { " " }, style);
        let label = table_row(&[Column::left(LABEL_COLUMNS)], &[item.label.in_lang(lang)]);
        put(buffer, line, line.x + 1, line.y, &label, style);
        let remarkable = view.is_some_and(|view| view.value.is_some() && !view.problems.is_empty());
        let mark = match remarkable {
            true => "!",
            false if view.is_some_and(|view| view.required) => "*",
            false => " ",
        };
        put(buffer, line, line.x + MARK_X, line.y, mark, style);
        if !item.source.verified {
            put(buffer, line, line.x + MARK_X + 1, line.y, say::UNVERIFIED, style);
        }
    }

    /// One row of a value; the caret when it is here.
    fn draw_value(
        &self,
        at: usize,
        row: usize,
        lang: Lang,
        buffer: &mut Buffer,
        line: Rect,
    ) -> Option<Position> {
        let item = self.item_at(at);
        if !item.kind.options().is_empty() {
            return self.draw_options(at, row, lang, buffer, line);
        }
        if row > 0 {
            let offered = self.offered(at, value_room(line));
            let text = offered.get(row - 1).map(String::as_str).unwrap_or_default();
            put(buffer, line, line.x + VALUE_X, line.y, text, Style::new());
            return None;
        }
        if at == self.focus {
            return self.draw_field(item, lang, buffer, line);
        }
        let text = self.view.items.get(at).map(|view| self.value_text(item, view, lang)).unwrap_or_default();
        let remark = self.remark(item, lang);
        let room = value_room(line).saturating_sub(display_width(remark) + 1);
        let fitted = table_row(&[Column::left(room)], &[&text]);
        let x = put(buffer, line, line.x + VALUE_X, line.y, fitted.trim_end(), Style::new());
        put(buffer, line, x + 1, line.y, remark, Style::new());
        None
    }

    /// Behind a value: something to know about it, no objection.
    fn remark(&self, item: &Item, lang: Lang) -> &'static str {
        match self.elsewhere_at(item) {
            Some(_) => words::OUTSIDE.in_lang(lang),
            None if self.has_digits(item) => words::HAS_DIGITS.in_lang(lang),
            None if self.unwritable(item).is_empty() => "",
            None => words::NOT_IN_CP932.in_lang(lang),
        }
    }

    /// The candidates under an item.
    fn offered(&self, at: usize, room: usize) -> Vec<String> {
        self.offer.as_ref().filter(|_| at == self.focus).map(|offer| offer.rows(room)).unwrap_or_default()
    }

    /// How the input method should stand: off while digits choose.
    fn expected(&self) -> Text {
        if self.offer.is_some() { common::EXPECT_ASCII } else { say::input_mode(self.item()) }
    }

    pub(super) fn value_text(&self, item: &Item, view: &ItemView, lang: Lang) -> String {
        let Some(value) = &view.value else { return String::new() };
        let text = shown_value(self.form(), item, value, self.today(), lang);
        match view.origin {
            Origin::Default => format!("{text} {}", words::DEFAULT.in_lang(lang)),
            _ => text,
        }
    }

    fn draw_field(&self, item: &Item, lang: Lang, buffer: &mut Buffer, line: Rect) -> Option<Position> {
        let field = self.editor.field()?;
        let room = value_room(line);
        let inner = match &item.kind {
            Kind::Text { max, .. } | Kind::MultiLine { max } | Kind::Reading { max } | Kind::Name { max } => {
                (usize::from(*max) * 2).max(SHORT_FIELD).min(room.saturating_sub(1))
            }
            _ => SHORT_FIELD,
        };
        let width = u16::try_from(inner + 2).unwrap_or(u16::MAX);
        let x = line.x + VALUE_X - 1;
        let caret = field.draw(buffer, Rect { x, width, ..line }, Style::new());
        let beside = self.beside(item, lang);
        put(buffer, line, x + width + 1, line.y, &beside, Style::new());
        Some(caret)
    }

    /// What stands beside the field: what the text means so far, or the default it would replace.
    pub(super) fn beside(&self, item: &Item, lang: Lang) -> String {
        if let Some(Ok(date)) = self.date_typed() {
            return say::date_of_item(item, date, self.today(), lang);
        }
        let text = self.editor.text();
        if let (Kind::Time, Some(time)) = (&item.kind, parse_time(&text)) {
            return if time == text { String::new() } else { time };
        }
        if matches!(item.kind, Kind::Phone | Kind::Fax) && !text.is_empty() {
            let typed = Typed::read(&text);
            return match (typed.surplus, typed.missing) {
                (0, Some(missing @ 1..)) => fill(words::DIGITS_LEFT.in_lang(lang), &[&missing]),
                (0, _) => String::new(),
                (surplus, _) => fill(words::DIGITS_OVER.in_lang(lang), &[&surplus]),
            };
        }
        match self.view.items.get(self.focus) {
            Some(view) if view.origin == Origin::Default && text.is_empty() => {
                self.value_text(item, view, lang)
            }
            _ => unit(item, lang).to_owned(),
        }
    }
}

/// A value as the screens show it: dates with weekday or age, numbers with lines.
pub fn shown_value(form: &Form, item: &Item, value: &Value, today: chrono::NaiveDate, lang: Lang) -> String {
    match (&item.kind, value) {
        (_, Value::Date(date)) => say::date_of_item(item, *date, today, lang),
        (Kind::Phone | Kind::Fax, Value::Text(digits)) => Typed::read(digits).shown,
        _ => form.format_value(item, value, lang),
    }
}

pub const fn class_name(class: Class) -> Text {
    match class {
        Class::Class1 => words::CLASS_1,
        Class::Class2 => words::CLASS_2,
        Class::Class3 => words::CLASS_3,
        Class::Class4 => words::CLASS_4,
        Class::Class5 => words::CLASS_5,
        Class::PandemicInfluenza => words::CLASS_PANDEMIC,
        Class::Designated => words::CLASS_DESIGNATED,
        Class::NewInfectiousDisease => words::CLASS_NEW,
        Class::HomeCare => words::CLASS_HOME,
        Class::FollowUp => words::CLASS_FOLLOW_UP,
    }
}

fn unit(item: &Item, lang: Lang) -> &str {
    match &item.kind {
        Kind::Integer { unit, .. } | Kind::Decimal { unit, .. } => unit.in_lang(lang),
        _ => "",
    }
}

pub(super) fn value_room(line: Rect) -> usize {
    // The last column stays free.
    usize::from(line.width.saturating_sub(VALUE_X + 1))
}

/// The first row shown: as little scrolling as lets the focused item and what follows be seen.
fn scroll(placed: &[Placed], focus: usize, height: usize) -> usize {
    let total = placed.last().map_or(0, |last| last.y + last.rows);
    let Some(focused) = placed.iter().find(|one| one.at == focus) else { return 0 };
    let end = (focused.y + focused.rows + LOOK_AHEAD).min(total);
    // An item taller than the body is shown from its first row.
    end.saturating_sub(height).min(focused.y)
}

fn visible(y: usize, top: usize, body: Rect) -> Option<u16> {
    let row = y.checked_sub(top).and_then(|row| u16::try_from(row).ok())?;
    (row < body.height).then_some(body.y + row)
}
