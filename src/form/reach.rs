//! Whether a condition can ever hold: representative values are tried, on both sides of every constant.
use chrono::NaiveDate;

use cel::IdedExpr;
use cel::common::ast::{Expr, LiteralValue};

use super::expression::{Expression, Facts};
use super::schema::{Form, Item, Kind, Rule};
use super::value::{Decimal, Value};
use crate::japanese::time_input::parse_time;

/// A form with what is known about its items: those that are never shown have no value.
pub struct Reach<'f> {
    form: &'f Form,
    hidden: Vec<bool>,
}

impl<'f> Reach<'f> {
    pub fn of(form: &'f Form) -> Self {
        Self { form, hidden: vec![false; form.items.len()] }
    }

    /// From now on this item counts as never shown.
    pub fn hide(&mut self, at: usize) {
        if let Some(hidden) = self.hidden.get_mut(at) {
            *hidden = true;
        }
    }

    pub fn is_hidden(&self, at: usize) -> bool {
        self.hidden.get(at).copied().unwrap_or(false)
    }

    /// Whether the expression certainly never comes out as `wanted`.
    pub fn never(&self, expression: &Expression, wanted: bool) -> bool {
        self.satisfiable(&[(expression, wanted)]) == Some(false)
    }

    /// Whether a record can break the rule.
    pub fn fires(&self, rule: &Rule) -> bool {
        let when = rule.when.iter().map(|when| (when, true));
        let broken: Vec<_> = when.chain([(&rule.assert, false)]).collect();
        self.satisfiable(&broken) != Some(false)
    }

    /// Whether the expression is decided for every value (an undecided one hides the item too).
    pub fn decides_always(&self, expression: &Expression) -> bool {
        self.search(&[expression], |facts| expression.decide(facts).is_none()) == Some(false)
    }

    /// Whether some values make all expressions come out as wanted; `None` when there are too many values to try.
    pub fn satisfiable(&self, wanted: &[(&Expression, bool)]) -> Option<bool> {
        let expressions: Vec<&Expression> = wanted.iter().map(|(e, _)| *e).collect();
        self.search(&expressions, |facts| wanted.iter().all(|(e, want)| e.decide(facts) == Some(*want)))
    }

    /// Tries representative values of all items named; stops at the first that is accepted.
    fn search(&self, expressions: &[&Expression], accept: impl Fn(&Facts<'_>) -> bool) -> Option<bool> {
        /// Exhausted only by conditions that never hold, so it costs time on faulty forms alone.
        const MAX_TRIES: usize = 20_000;
        let mut items: Vec<usize> = expressions.iter().flat_map(|e| e.items()).collect();
        items.sort_unstable();
        items.dedup();
        let mut constants = Constants::default();
        expressions.iter().for_each(|e| constants.collect(e.node()));
        let choices: Vec<Vec<Option<Value>>> = items.iter().map(|at| self.samples(*at, &constants)).collect();
        let total = choices.iter().try_fold(1usize, |product, samples| product.checked_mul(samples.len()))?;
        let mut values: Vec<Option<Value>> = vec![None; self.form.items.len()];
        for attempt in 0..total.min(MAX_TRIES) {
            let mut rest = attempt;
            for (at, samples) in items.iter().zip(&choices) {
                if let (Some(slot), Some(sample)) =
                    (values.get_mut(*at), samples.get(rest % samples.len().max(1)))
                {
                    slot.clone_from(sample);
                }
                rest /= samples.len().max(1);
            }
            let today = SAMPLE_TODAY;
            if accept(&Facts { values: &values, today, received_on: today }) {
                return Some(true);
            }
        }
        (total <= MAX_TRIES).then_some(false)
    }

    fn samples(&self, at: usize, constants: &Constants) -> Vec<Option<Value>> {
        match self.form.items.get(at) {
            Some(item) if !self.is_hidden(at) => constants.samples(item),
            _ => vec![None],
        }
    }
}

/// "Today" while forms are checked: between the sample dates, so that both sides of a limit are tried.
const SAMPLE_TODAY: NaiveDate = sample_date(2026, 7, 1);
const SAMPLE_DATES: [NaiveDate; 5] = [
    sample_date(2026, 6, 30),
    sample_date(2026, 7, 20),
    sample_date(1950, 1, 1),
    sample_date(2026, 1, 1),
    sample_date(2020, 6, 1),
];

const fn sample_date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("the sample dates exist")
}

/// The constants in expressions: on both sides of each, the outcome may differ.
#[derive(Debug, std::default::Default)]
struct Constants {
    integers: Vec<i64>,
    doubles: Vec<f64>,
    texts: Vec<String>,
}

impl Constants {
    fn collect(&mut self, node: &IdedExpr) {
        match &node.expr {
            Expr::Literal(LiteralValue::Int(number)) => self.integers.push(*number.inner()),
            Expr::Literal(LiteralValue::Double(number)) => self.doubles.push(*number.inner()),
            Expr::Literal(LiteralValue::String(text)) => self.texts.push(text.inner().to_owned()),
            Expr::Call(call) => call.args.iter().for_each(|argument| self.collect(argument)),
            Expr::List(list) => list.elements.iter().for_each(|element| self.collect(element)),
            _ => {}
        }
    }

    /// Representative values of an item, "nothing typed" last.
    fn samples(&self, item: &Item) -> Vec<Option<Value>> {
        let mut samples: Vec<Value> = match &item.kind {
            Kind::Choice { options } => options.iter().map(|o| Value::Choice(o.code.clone())).collect(),
            Kind::Choices { options } => {
                let codes: Vec<String> = options.iter().map(|o| o.code.clone()).collect();
                let pair = codes.iter().take(2).cloned().collect();
                let single = codes.iter().map(|code| Value::Choices(vec![code.clone()]));
                single.chain([Value::Choices(pair), Value::Choices(codes.clone())]).collect()
            }
            Kind::Date { .. } => {
                let named = self.texts.iter().filter_map(|text| super::kind::iso_date(text));
                SAMPLE_DATES.into_iter().chain(named).map(Value::Date).collect()
            }
            Kind::Time => {
                let named = self.texts.iter().filter_map(|text| parse_time(text));
                ["00:00", "23:59"].map(str::to_owned).into_iter().chain(named).map(Value::Text).collect()
            }
            Kind::Integer { min, max, .. } => self.around(*min, *max),
            Kind::Computed { .. } => self.around(0, 120),
            Kind::Decimal { min, max, .. } => {
                let near = self.doubles.iter().flat_map(|d| [d - 0.1, *d, d + 0.1]);
                let near = near.chain(self.integers.iter().map(|i| *i as f64)).map(|d| format!("{d:.1}"));
                let all = [min.clone(), max.clone()].into_iter().chain(near);
                all.filter_map(|text| text.parse::<Decimal>().ok()).map(Value::Decimal).collect()
            }
            _ => {
                let words = ["東京都千代田区永田町9", "x"].into_iter().map(str::to_owned);
                words
                    .chain(self.texts.iter().cloned())
                    .filter(|text| !text.is_empty())
                    .map(Value::Text)
                    .collect()
            }
        };
        samples.dedup();
        samples.into_iter().map(Some).chain([None]).collect()
    }

    fn around(&self, min: i64, max: i64) -> Vec<Value> {
        let near = self.integers.iter().flat_map(|n| [n.saturating_sub(1), *n, n.saturating_add(1)]);
        let mut all: Vec<i64> = near.chain([min, max]).filter(|n| (min..=max).contains(n)).collect();
        all.sort_unstable();
        all.dedup();
        all.into_iter().map(Value::Integer).collect()
    }
}
