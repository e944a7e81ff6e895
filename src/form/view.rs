//! A record under a form: what is shown, what is required, what is in force, what is wrong.
use chrono::NaiveDate;

use super::expression::{Expression, Facts};
use super::kind;
use super::problem::{Problem, ProblemCode};
use super::schema::{Deadline, Default, Form, Item, Kind, Required};
use super::value::{Value, Values};
use super::version::FormVersion;
use crate::domain::pae;
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;

/// What is known beside the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    pub today: NaiveDate,
    pub received_at: Timestamp,
}

/// Where the value in force comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Absent,
    Typed,
    Default,
    Computed,
}

/// What matters in a record, as its form declares it (`[course]`).
#[derive(Clone, Debug, Default)]
pub struct Essence {
    /// The item that says which day the record is about, and the day.
    pub on: Option<(String, NaiveDate)>,
    /// Keys of items with their values.
    pub says: Vec<(String, Value)>,
}

/// One item of the record; the index is that of the item in the form.
#[derive(Clone, Debug)]
pub struct ItemView {
    pub shown: bool,
    pub required: bool,
    pub value: Option<Value>,
    pub origin: Origin,
    pub problems: Vec<Problem>,
}

impl ItemView {
    /// Required, shown, and still without a value.
    pub fn is_missing(&self) -> bool {
        self.shown && self.required && self.value.is_none()
    }
}

/// Every item of a record, in the order of the form.
#[derive(Clone, Debug)]
pub struct View {
    pub items: Vec<ItemView>,
}

impl View {
    /// All problems in the order of the items.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.items.iter().flat_map(|item| &item.problems)
    }
}

impl Form {
    /// Applies the form to what was typed. Never fails, whatever the values are.
    pub fn view(&self, values: &Values, context: &Context) -> View {
        let mut work = Work::new(self, values, context);
        for at in &self.order {
            work.settle(*at);
        }
        work.check_items();
        work.apply_rules();
        View { items: work.items }
    }

    /// The record as it may be registered, or every error.
    pub fn complete(&self, values: &Values, context: &Context) -> Result<Complete, Vec<Problem>> {
        let view = self.view(values, context);
        let mut errors: Vec<Problem> =
            view.problems().filter(|problem| problem.is_error()).cloned().collect();
        for (key, _) in values.iter() {
            if self.item(key).is_none() {
                errors.push(Problem::error(key, ProblemCode::UnknownItem));
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let warnings = view.problems().cloned().collect();
        let pairs = self.items.iter().zip(view.items);
        let mut content: Vec<(String, Value)> = pairs
            .filter(|(_, shown)| shown.shown)
            .filter_map(|(item, shown)| Some((item.key.clone(), shown.value?)))
            .collect();
        content.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(Complete {
            form: self.head.id.clone(),
            version: self.head.version,
            content: Personal::new(content),
            warnings,
        })
    }

    /// Whether the request to which this is an answer still waits.
    pub fn leaves_open(&self, view: &View) -> bool {
        self.leaves_open.as_ref().is_some_and(|open| {
            let at = self.items.iter().position(|item| item.key == open.item);
            let said = at.and_then(|at| view.items.get(at)).and_then(|item| item.value.as_ref());
            matches!(said, Some(Value::Choice(code)) if open.answers.contains(code))
        })
    }

    /// The day that the record is about, and what matters most in it, by item.
    pub fn essence(&self, view: &View) -> Essence {
        let said = |key: &String| {
            let at = self.items.iter().position(|item| item.key == *key)?;
            view.items.get(at).filter(|item| item.shown)?.value.clone()
        };
        let day = |key: &String| match said(key) {
            Some(Value::Date(day)) => Some((key.clone(), day)),
            _ => None,
        };
        let shows = self.course.shows.iter().filter_map(|key| Some((key.clone(), said(key)?)));
        Essence { on: self.course.on.iter().find_map(day), says: shows.collect() }
    }

    /// The last day on which the report is in time; `None` when it is due at once or the date is not known yet.
    pub fn due_on(&self, view: &View) -> Option<NaiveDate> {
        let Deadline::Days { days, from } = &self.head.deadline else { return None };
        let at = self.items.iter().position(|item| item.key == *from)?;
        match view.items.get(at)?.value.as_ref()? {
            Value::Date(start) => start.checked_add_days(chrono::Days::new(u64::from(*days))),
            _ => None,
        }
    }
}

/// A record in which every shown item is sound: only [`Form::complete`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complete {
    form: String,
    version: FormVersion,
    content: Personal<Vec<(String, Value)>>,
    warnings: Vec<Problem>,
}

impl Complete {
    pub fn form(&self) -> (&str, FormVersion) {
        (&self.form, self.version)
    }

    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    pub fn value(&self, key: &str) -> Option<&Value> {
        let content = self.content.expose();
        let at = content.binary_search_by(|(known, _)| known.as_str().cmp(key)).ok()?;
        content.get(at).map(|(_, value)| value)
    }

    /// The values sorted by key.
    pub fn values(&self) -> &[(String, Value)] {
        self.content.expose()
    }

    /// The bytes that are hashed and signed; the form is fixed for ever (see the test vector).
    pub fn canonical_bytes(&self) -> Vec<u8> {
        const DOMAIN: &[u8] = b"uketsuke record v1";
        let version = self.version.to_string();
        let mut fields: Vec<Vec<u8>> =
            vec![DOMAIN.to_vec(), self.form.clone().into_bytes(), version.into_bytes()];
        for (key, value) in self.content.expose() {
            let (tag, text) = value.canonical();
            fields.extend([key.clone().into_bytes(), tag.as_bytes().to_vec(), text.into_bytes()]);
        }
        let views: Vec<&[u8]> = fields.iter().map(Vec::as_slice).collect();
        pae::encode(&views)
    }
}

struct Work<'a> {
    form: &'a Form,
    typed: Vec<Option<&'a Value>>,
    /// What expressions see: the values in force of the shown items.
    values: Vec<Option<Value>>,
    items: Vec<ItemView>,
    today: NaiveDate,
    received_on: NaiveDate,
}

impl<'a> Work<'a> {
    fn new(form: &'a Form, values: &'a Values, context: &Context) -> Self {
        let blank = ItemView {
            shown: false,
            required: false,
            value: None,
            origin: Origin::Absent,
            problems: Vec::new(),
        };
        Self {
            form,
            typed: form.items.iter().map(|item| values.value(&item.key)).collect(),
            values: vec![None; form.items.len()],
            items: vec![blank; form.items.len()],
            today: context.today,
            received_on: context.received_at.date_in_japan(),
        }
    }

    fn facts(&self) -> Facts<'_> {
        Facts { values: &self.values, today: self.today, received_on: self.received_on }
    }

    /// Decides whether an item is shown and which value is in force; its dependencies are settled already.
    fn settle(&mut self, at: usize) {
        let form = self.form;
        let Some(item) = form.items.get(at) else { return };
        let shown = self.row_is_open(item) && item.shown_if.as_ref().is_none_or(|e| self.holds(e));
        let (value, origin) = if shown { self.value_in_force(item, at) } else { (None, Origin::Absent) };
        if let Some(slot) = self.values.get_mut(at) {
            // A value of the wrong kind is reported, and kept out of the expressions.
            let fits = |v: &&Value| kind::check(&item.kind, v, self.today) != Some(ProblemCode::WrongKind);
            *slot = value.as_ref().filter(fits).cloned();
        }
        if let Some(view) = self.items.get_mut(at) {
            view.shown = shown;
            view.value = value;
            view.origin = origin;
        }
    }

    fn value_in_force(&self, item: &Item, at: usize) -> (Option<Value>, Origin) {
        if let Kind::Computed { compute, .. } = &item.kind {
            let value = compute.evaluate(&self.facts());
            let origin = if value.is_some() { Origin::Computed } else { Origin::Absent };
            return (value, origin);
        }
        if let Some(typed) = self.typed.get(at).copied().flatten() {
            return (Some(kind::in_order(&item.kind, typed)), Origin::Typed);
        }
        let value = match &item.default {
            Some(Default::Literal(value)) => Some(value.clone()),
            Some(Default::From(expression)) => expression.evaluate(&self.facts()),
            None => None,
        };
        let origin = if value.is_some() { Origin::Default } else { Origin::Absent };
        (value, origin)
    }

    fn holds(&self, expression: &Expression) -> bool {
        expression.decide(&self.facts()) == Some(true)
    }

    /// Rows up to the minimum, rows with content, and one empty row after them.
    fn row_is_open(&self, item: &Item) -> bool {
        let Some(row) = item.row else { return true };
        let min = self.form.groups.get(row.group).map_or(0, |group| group.min);
        row.row < min.max(1) || self.any_typed_from(row.group, row.row.saturating_sub(1))
    }

    fn any_typed_from(&self, group: usize, from: usize) -> bool {
        let rows = self.form.items.iter().zip(&self.typed);
        rows.filter(|(_, typed)| typed.is_some())
            .any(|(item, _)| item.row.is_some_and(|row| row.group == group && row.row >= from))
    }

    fn row_is_begun(&self, item: &Item) -> bool {
        let Some(own) = item.row else { return true };
        let min = self.form.groups.get(own.group).map_or(0, |group| group.min);
        let rows = self.form.items.iter().zip(&self.typed);
        own.row < min || rows.filter(|(_, typed)| typed.is_some()).any(|(item, _)| item.row == Some(own))
    }

    fn check_items(&mut self) {
        let form = self.form;
        for (at, item) in form.items.iter().enumerate() {
            let required = self.row_is_begun(item)
                && match &item.required {
                    Some(Required::Always) => true,
                    Some(Required::If(expression)) => self.holds(expression),
                    None => false,
                };
            let typed = self.typed.get(at).copied().flatten();
            let today = self.today;
            let Some(view) = self.items.get_mut(at) else { continue };
            view.required = required && view.shown;
            if !view.shown {
                if typed.is_some() {
                    view.problems.push(Problem::warning(&item.key, ProblemCode::HiddenItem));
                }
                continue;
            }
            match (&view.value, typed) {
                (Some(computed), Some(typed)) if view.origin == Origin::Computed && typed != computed => {
                    view.problems.push(Problem::warning(&item.key, ProblemCode::DiffersFromComputed));
                }
                (Some(value), _) => {
                    if let Some(code) = kind::check(&item.kind, value, today) {
                        view.problems.push(Problem::of(item, code));
                    }
                    view.problems.extend(number_problem(item, value));
                }
                (None, _) if view.required => {
                    view.problems.push(Problem::error(&item.key, ProblemCode::Required));
                }
                (None, _) => {}
            }
        }
    }

    fn apply_rules(&mut self) {
        let form = self.form;
        for rule in &form.rules {
            let applies = rule.when.as_ref().is_none_or(|when| self.holds(when));
            // Undecided because something is not typed yet is no violation: "required" asks for it.
            if !applies || rule.assert.decide(&self.facts()) != Some(false) {
                continue;
            }
            let shown = |at: &&usize| self.items.get(**at).is_some_and(|item| item.shown);
            let Some(at) = rule.items.iter().find(shown).or(rule.items.first()).copied() else { continue };
            let (Some(item), Some(view)) = (form.items.get(at), self.items.get_mut(at)) else { continue };
            view.problems.push(Problem {
                item: item.key.clone(),
                code: ProblemCode::Rule(rule.id.clone()),
                level: rule.level,
                text: rule.message.clone(),
            });
        }
    }
}

/// A reading that was left where a number of the register belongs names nobody.
fn number_problem(item: &Item, value: &Value) -> Option<Problem> {
    let Value::Text(text) = value else { return None };
    item.lacks_its_number(text).then(|| Problem::warning(&item.key, ProblemCode::NotANumber))
}
