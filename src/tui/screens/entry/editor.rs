//! One item while it is being edited: what a key does to it and what it says in the end.
//!
//! Nothing typed is dropped. What cannot be read as the item's kind is kept as text, marked, and keeps the record from
//! being registered.
use super::ticks::Ticks;
use crate::form::{Choice, Item, Kind, Value};
use crate::japanese::date_input::{self, DateContext, DateProblem, parse_date};
use crate::japanese::era::EraDate;
use crate::japanese::names::normalise_name;
use crate::japanese::phone::{Phone, Typed};
use crate::japanese::postal::PostalCode;
use crate::japanese::romaji;
use crate::japanese::time_input::parse_time;
use crate::japanese::width::fold_ascii;
use crate::keymap::Command;
use crate::tui::widgets::text_field::{Accept, Edited, Show, TextField};
use chrono::NaiveDate;

/// `昭和50年12月31日` has 11 characters; more is not a date.
const DATE_LIMIT: usize = 12;
/// Eleven digits and two lines.
const PHONE_LIMIT: usize = 13;
const POSTAL_LIMIT: usize = 8;
const NUMBER_LIMIT: usize = 14;

/// See the module.
pub struct Editor {
    field: Field,
    /// Nothing was pressed since the focus came: the first digit replaces a number instead of following it.
    fresh: bool,
    changed: bool,
}

enum Field {
    Text(TextField),
    One(Option<String>),
    Many(Ticks),
    /// Computed items are not typed.
    Nothing,
}

/// What came of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Struck {
    Changed,
    /// An answer was chosen or a birth date is complete: the focus may go on.
    Complete,
    /// No such answer.
    Refused,
}

/// What the item says when it is left.
pub struct Said {
    /// `None`: nothing.
    pub value: Option<Value>,
    pub trouble: Option<Trouble>,
}

/// Why a text is not a value of the item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    Date(DateProblem),
    Phone {
        surplus: usize,
        missing: usize,
    },
    Reading,
    /// A reading was left where a number of the register belongs.
    NoNumber,
    /// Not what the item takes; its kind says what that is.
    Unreadable,
    TooLong(usize),
}

impl Editor {
    pub fn open(item: &Item, value: Option<&Value>) -> Self {
        let field = match &item.kind {
            Kind::Choice { .. } => Field::One(match value {
                Some(Value::Choice(code)) => Some(code.clone()),
                _ => None,
            }),
            Kind::Choices { .. } => Field::Many(match value {
                Some(Value::Choices(codes)) => Ticks::new(codes.clone()),
                _ => Ticks::default(),
            }),
            Kind::Computed { .. } => Field::Nothing,
            _ => Field::Text(field_with(item, &value.map(|value| editable(item, value)).unwrap_or_default())),
        };
        Self { field, fresh: true, changed: false }
    }

    /// Before any item is open.
    pub const fn nothing() -> Self {
        Self { field: Field::Nothing, fresh: true, changed: false }
    }

    pub const fn has_changed(&self) -> bool {
        self.changed
    }
    /// What it says was taken over; from here on a change is a new one.
    pub fn settle(&mut self) {
        self.changed = false;
        if let Field::Many(ticks) = &mut self.field {
            ticks.settle();
        }
    }
    pub const fn field(&self) -> Option<&TextField> {
        match &self.field {
            Field::Text(field) => Some(field),
            _ => None,
        }
    }
    pub const fn is_choice(&self) -> bool {
        matches!(self.field, Field::One(_) | Field::Many(_))
    }
    pub fn text(&self) -> String {
        self.field().map(TextField::text).unwrap_or_default()
    }
    pub fn is_chosen(&self, code: &str) -> bool {
        match &self.field {
            Field::One(chosen) => chosen.as_deref() == Some(code),
            Field::Many(ticks) => ticks.contains(code),
            _ => false,
        }
    }

    /// A typed character or a paste.
    pub fn strike(&mut self, item: &Item, text: &str) -> Struck {
        let fresh = std::mem::take(&mut self.fresh);
        match &mut self.field {
            Field::Text(field) => {
                if fresh && replaces_when_fresh(&item.kind) {
                    *field = field_with(item, "");
                }
                if field.insert(text) == Edited::Refused {
                    return Struck::Refused;
                }
                self.changed = true;
                self.convert(item);
                self.completes(item)
            }
            Field::One(_) | Field::Many(_) => self.choose(item.kind.options(), text),
            Field::Nothing => Struck::Refused,
        }
    }

    /// A command of text fields or of choices.
    pub fn edit(&mut self, item: &Item, command: Command) -> Edited {
        let emptied = matches!(command, Command::DeleteBack | Command::ClearItem);
        let edited = match &mut self.field {
            Field::Text(field) => field.edit(command),
            Field::One(chosen) if emptied => changed_if(chosen.take().is_some()),
            Field::Many(ticks) if emptied => changed_if(ticks.clear()),
            Field::Many(ticks) if command == Command::Undo => changed_if(ticks.undo()),
            Field::Many(ticks) if command == Command::Redo => changed_if(ticks.redo()),
            _ => Edited::NotMine,
        };
        if edited != Edited::NotMine {
            self.fresh = false;
        }
        let moves = matches!(
            command,
            Command::CaretLeft | Command::CaretRight | Command::CaretHome | Command::CaretEnd
        );
        if edited == Edited::Changed && !moves {
            // Without its ticks it says what the record says.
            self.changed = !matches!(&self.field, Field::Many(ticks) if ticks.is_at_start());
            if matches!(command, Command::DeleteBack | Command::DeleteForward | Command::DeleteToEnd) {
                self.after_deletion(item);
            }
        }
        edited
    }

    /// Replaces what is there, as if it had been typed.
    pub fn put(&mut self, item: &Item, value: &Value) {
        *self = Self { changed: true, ..Self::open(item, Some(value)) };
    }

    /// What it says now; `above` is the date in the item above.
    pub fn said(&self, item: &Item, today: NaiveDate, above: Option<NaiveDate>) -> Said {
        match &self.field {
            Field::One(chosen) => Said::sound(chosen.clone().map(Value::Choice)),
            Field::Many(ticks) => Said::sound(answers(item, |code| ticks.contains(code))),
            Field::Nothing => Said::sound(None),
            Field::Text(field) => {
                let text = field.text();
                if text.trim().is_empty() { Said::sound(None) } else { read(item, &text, today, above) }
            }
        }
    }

    /// What its ticks said before all of them were taken back.
    pub fn taken_back(&self, item: &Item) -> Option<Value> {
        let Field::Many(ticks) = &self.field else { return None };
        let codes = ticks.taken_back()?;
        answers(item, |code| codes.contains(code))
    }

    fn choose(&mut self, options: &[Choice], text: &str) -> Struck {
        let mut chars = text.chars().map(crate::keymap::key::fold_char);
        let key = chars.next().filter(|_| chars.next().is_none()).map(|c| c.to_ascii_lowercase());
        let Some(option) = options.iter().find(|option| Some(option.key) == key) else {
            return Struck::Refused;
        };
        self.changed = true;
        match &mut self.field {
            Field::One(chosen) => {
                *chosen = Some(option.code.clone());
                Struck::Complete
            }
            Field::Many(ticks) => {
                ticks.toggle(option, options);
                Struck::Changed
            }
            _ => Struck::Refused,
        }
    }

    /// Romaji becomes katakana and telephone numbers get their lines while the caret is at the end.
    fn convert(&mut self, item: &Item) {
        let Field::Text(field) = &mut self.field else { return };
        if !field.is_at_end() {
            return;
        }
        let text = field.text();
        match &item.kind {
            Kind::Reading { .. } => {
                let shown = romaji::to_katakana(&text).shown();
                if shown != text {
                    *field = field_with(item, &shown);
                }
            }
            Kind::Phone | Kind::Fax => *field = phone_field(&text),
            _ => {}
        }
    }

    fn after_deletion(&mut self, item: &Item) {
        let Field::Text(field) = &mut self.field else { return };
        if matches!(item.kind, Kind::Phone | Kind::Fax) && field.is_at_end() {
            let text = field.text();
            // The line that stood before a deleted digit goes with it; otherwise Backspace would never pass it.
            *field = phone_field(text.trim_end_matches('-'));
            let now = field.text();
            if now.ends_with('-') {
                let limit = PHONE_LIMIT.saturating_sub(1);
                *field = TextField::new(Accept::Anything, Show::Plain, limit);
                field.set(now.trim_end_matches('-'));
            }
        }
    }

    fn completes(&self, item: &Item) -> Struck {
        let birth = matches!(item.kind, Kind::Date { style: crate::form::DateStyle::Birth, .. });
        match birth && date_input::completes(&self.text()) {
            true => Struck::Complete,
            false => Struck::Changed,
        }
    }
}

impl Said {
    fn sound(value: Option<Value>) -> Self {
        Self { value, trouble: None }
    }
    fn bad(text: &str, trouble: Trouble) -> Self {
        Self { value: Some(Value::Text(text.trim().to_owned())), trouble: Some(trouble) }
    }
}

/// The dates that the item takes.
pub fn dates(item: &Item, today: NaiveDate, above: Option<NaiveDate>) -> Option<DateContext> {
    let Kind::Date { style, past_only } = &item.kind else { return None };
    let context = match (style, past_only) {
        (crate::form::DateStyle::Birth, _) => DateContext::birth(today),
        (crate::form::DateStyle::Recent, true) => DateContext::recent(today),
        // A plan may be written down late.
        (crate::form::DateStyle::Recent, false) => DateContext::near(today),
    };
    Some(DateContext { above, ..context })
}

/// The answers in the order of the form.
fn answers(item: &Item, is_ticked: impl Fn(&String) -> bool) -> Option<Value> {
    let known = item.kind.options().iter().map(|option| &option.code);
    let codes: Vec<String> = known.filter(|code| is_ticked(code)).cloned().collect();
    (!codes.is_empty()).then_some(Value::Choices(codes))
}

fn read(item: &Item, text: &str, today: NaiveDate, above: Option<NaiveDate>) -> Said {
    match &item.kind {
        Kind::Text { .. } if item.lacks_its_number(text) => Said::bad(text, Trouble::NoNumber),
        Kind::Date { .. } => match dates(item, today, above).map(|context| parse_date(text, &context)) {
            Some(Ok(date)) => Said::sound(Some(Value::Date(date))),
            Some(Err(problem)) => Said::bad(text, Trouble::Date(problem)),
            None => Said::sound(None),
        },
        Kind::Phone | Kind::Fax => match Phone::parse(text) {
            Ok(phone) => Said::sound(Some(Value::Text(phone.digits().to_owned()))),
            Err(_) => {
                let typed = Typed::read(text);
                let trouble =
                    Trouble::Phone { surplus: typed.surplus, missing: typed.missing.unwrap_or_default() };
                Said::bad(&fold_ascii(text).replace('-', ""), trouble)
            }
        },
        Kind::Time => match parse_time(text) {
            Some(time) => Said::sound(Some(Value::Text(time))),
            None => Said::bad(text, Trouble::Unreadable),
        },
        Kind::PostalCode { .. } => match PostalCode::parse(text) {
            Ok(code) => Said::sound(Some(Value::Text(code.digits()))),
            Err(_) => Said::bad(text, Trouble::Unreadable),
        },
        Kind::Reading { max } => match romaji::finish(text) {
            Ok(kana) => long(Value::Text(kana), *max),
            Err(_) => Said::bad(text, Trouble::Reading),
        },
        Kind::Integer { .. } => match fold_ascii(text).trim().parse() {
            Ok(number) => Said::sound(Some(Value::Integer(number))),
            Err(_) => Said::bad(text, Trouble::Unreadable),
        },
        Kind::Decimal { .. } => match fold_ascii(text).trim().parse() {
            Ok(number) => Said::sound(Some(Value::Decimal(number))),
            Err(_) => Said::bad(text, Trouble::Unreadable),
        },
        Kind::Name { max } => long(Value::Text(normalise_name(text)), *max),
        Kind::Text { max, input: crate::form::InputMode::Alphanumeric } => {
            long(Value::Text(fold_ascii(text).trim().to_owned()), *max)
        }
        Kind::Text { max, .. } | Kind::MultiLine { max } => long(Value::Text(text.trim().to_owned()), *max),
        Kind::Choice { .. } | Kind::Choices { .. } | Kind::Computed { .. } => Said::sound(None),
    }
}

fn long(value: Value, max: u16) -> Said {
    use unicode_segmentation::UnicodeSegmentation as _;
    let over = match &value {
        Value::Text(text) => text.graphemes(true).count().saturating_sub(usize::from(max)),
        _ => 0,
    };
    Said { value: Some(value), trouble: (over > 0).then_some(Trouble::TooLong(over)) }
}

const fn changed_if(changed: bool) -> Edited {
    if changed { Edited::Changed } else { Edited::Same }
}

/// Numbers are typed anew; texts are continued.
const fn replaces_when_fresh(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Date { .. }
            | Kind::Time
            | Kind::Phone
            | Kind::Fax
            | Kind::PostalCode { .. }
            | Kind::Integer { .. }
            | Kind::Decimal { .. }
    )
}

/// How many characters the item takes; more are shown and marked.
pub fn limit(kind: &Kind) -> usize {
    match kind {
        Kind::Text { max, .. } | Kind::MultiLine { max } | Kind::Reading { max } | Kind::Name { max } => {
            usize::from(*max)
        }
        Kind::Date { .. } => DATE_LIMIT,
        Kind::Phone | Kind::Fax => PHONE_LIMIT,
        Kind::PostalCode { .. } => POSTAL_LIMIT,
        _ => NUMBER_LIMIT,
    }
}

fn field_with(item: &Item, text: &str) -> TextField {
    if matches!(item.kind, Kind::Phone | Kind::Fax) {
        return phone_field(text);
    }
    let mut field = TextField::new(Accept::Anything, Show::Plain, limit(&item.kind));
    field.set(text);
    field
}

/// The number with its lines; what is too much stands behind the limit and is drawn in reverse.
fn phone_field(text: &str) -> TextField {
    let typed = Typed::read(text);
    let room = typed.shown.chars().count().saturating_sub(typed.surplus);
    let limit = if typed.surplus > 0 { room } else { PHONE_LIMIT };
    let mut field = TextField::new(Accept::Anything, Show::Plain, limit);
    field.set(&typed.shown);
    field
}

/// The text with which a stored value can be edited.
fn editable(item: &Item, value: &Value) -> String {
    match (&item.kind, value) {
        (_, Value::Date(date)) => {
            EraDate::from_date(*date).map_or_else(|| date.to_string(), EraDate::compact)
        }
        (_, Value::Text(text)) => text.clone(),
        (_, Value::Integer(number)) => number.to_string(),
        (_, Value::Decimal(number)) => number.to_string(),
        (_, Value::Choice(_) | Value::Choices(_)) => String::new(),
    }
}
