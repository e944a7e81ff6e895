//! Expressions in form files: a small, checked part of CEL, compiled once.
//!
//! Only calls on a short list are let through, loops are not among them, and the length is limited. So the time
//! of an evaluation is bounded by the length of the expression, and no evaluation can fail in a way that a person
//! at the keyboard would see: what cannot be decided, because something was not typed yet, is `None`.
use std::sync::{Arc, OnceLock};

use cel::common::types::{CelDouble, CelInt, CelList, CelNull, CelString, DYN_TYPE};
use cel::common::value::{CowVal, Val};
use cel::context::VariableResolver;
use cel::{Env, Program};
use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::check_expression::{Mismatch, Type, infer};
use super::functions;
use super::value::Value;

/// Far longer than any rule that a person can read.
pub const MAX_EXPRESSION_CHARS: usize = 600;
/// Keeps the parser's recursion shallow.
const MAX_BRACKETS: usize = 24;

/// What a name in an expression stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    Item(usize),
    Today,
    ReceivedOn,
}

/// What is known when an expression is evaluated.
pub struct Facts<'a> {
    /// The values in force, by item index; `None` where nothing is typed or the item is hidden.
    pub values: &'a [Option<Value>],
    pub today: NaiveDate,
    pub received_on: NaiveDate,
}

/// A checked and compiled expression.
#[derive(Debug)]
pub struct Expression {
    source: String,
    program: Program,
    names: Vec<(String, Slot)>,
    result: Type,
}

impl Expression {
    /// Compiles and checks `source`; `lookup` knows the names that may stand in it.
    pub fn compile(source: &str, lookup: &dyn Fn(&str) -> Option<(Slot, Type)>) -> Result<Self, Mismatch> {
        check_size(source)?;
        let program = environment().compile(source).map_err(|errors| {
            let said = errors.errors.first().map_or("", |error| error.msg.as_str());
            // The parser goes on to list its tokens, which helps nobody who writes forms.
            let said = said.lines().next().unwrap_or_default();
            let said = said.split(" expecting").next().unwrap_or_default().replace("'<EOF>'", "the end");
            Mismatch::new(
                format!("式が読めません: {said}"),
                format!("The expression cannot be read: {said}."),
            )
        })?;
        let mut names = Vec::new();
        let result = infer(program.expression(), &mut |name| {
            let (slot, kind) = lookup(name)?;
            if !names.iter().any(|(known, _)| known == name) {
                names.push((name.to_owned(), slot));
            }
            Some(kind)
        })?;
        Ok(Self { source: source.to_owned(), program, names, result })
    }

    pub fn source(&self) -> &str {
        &self.source
    }

    pub fn result(&self) -> &Type {
        &self.result
    }

    /// The items that the expression names.
    pub fn items(&self) -> impl Iterator<Item = usize> {
        self.names.iter().filter_map(|(_, slot)| match slot {
            Slot::Item(index) => Some(*index),
            Slot::Today | Slot::ReceivedOn => None,
        })
    }

    /// Items stand at other places now.
    pub(super) fn renumber(&mut self, moved: &dyn Fn(usize) -> usize) {
        for (_, slot) in &mut self.names {
            if let Slot::Item(at) = slot {
                *at = moved(*at);
            }
        }
    }

    /// Whether the expression depends on nothing at all.
    pub fn is_constant(&self) -> bool {
        self.names.is_empty()
    }

    pub(super) fn node(&self) -> &cel::IdedExpr {
        self.program.expression()
    }

    /// True, false, or undecided.
    pub fn decide(&self, facts: &Facts<'_>) -> Option<bool> {
        match self.run(facts)? {
            cel::Value::Bool(yes) => Some(yes),
            _ => None,
        }
    }

    /// The value, when the expression yields one.
    pub fn evaluate(&self, facts: &Facts<'_>) -> Option<Value> {
        let value = match (self.run(facts)?, &self.result) {
            (cel::Value::Int(number), _) => Value::Integer(number),
            (cel::Value::String(text), Type::Date) => Value::Date(text.parse().ok()?),
            (cel::Value::String(code), Type::Choice(_)) => Value::Choice(code.to_string()),
            (cel::Value::String(text), _) => Value::Text(text.to_string()),
            (cel::Value::List(codes), _) => Value::Choices(
                codes
                    .iter()
                    .map(|code| match code {
                        cel::Value::String(code) => Some(code.to_string()),
                        _ => None,
                    })
                    .collect::<Option<_>>()?,
            ),
            _ => return None,
        };
        (!value.is_empty()).then_some(value)
    }

    fn run(&self, facts: &Facts<'_>) -> Option<cel::Value> {
        let scope = Scope { names: &self.names, facts };
        let mut context = cel::Context::with_env(environment().clone());
        context.set_variable_resolver(&scope);
        self.program.execute(&context).ok()
    }
}

impl Serialize for Expression {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.source)
    }
}

fn check_size(source: &str) -> Result<(), Mismatch> {
    if source.chars().count() > MAX_EXPRESSION_CHARS {
        return Err(Mismatch::new(
            format!("式が長すぎます (上限 {MAX_EXPRESSION_CHARS} 字)。"),
            format!("The expression is longer than {MAX_EXPRESSION_CHARS} characters."),
        ));
    }
    let brackets = source.chars().filter(|c| matches!(c, '(' | '[' | '{' | '!' | '-' | '?')).count();
    if brackets > MAX_BRACKETS {
        return Err(Mismatch::new(
            "式のかっこや演算子が多すぎます。",
            "The expression has too many brackets and operators.",
        ));
    }
    Ok(())
}

struct Scope<'a> {
    names: &'a [(String, Slot)],
    facts: &'a Facts<'a>,
}

impl VariableResolver for Scope<'_> {
    fn resolve<'b>(&'b self, variable: &str) -> Option<CowVal<'b, 'b>> {
        let (_, slot) = self.names.iter().find(|(name, _)| name == variable)?;
        Some(match slot {
            Slot::Today => date(self.facts.today),
            Slot::ReceivedOn => date(self.facts.received_on),
            Slot::Item(index) => self.facts.values.get(*index)?.as_ref().map_or_else(null, to_cel),
        })
    }
}

fn to_cel(value: &Value) -> CowVal<'_, '_> {
    match value {
        Value::Text(text) | Value::Choice(text) => CowVal::owned(CelString::from(text.as_str())),
        Value::Choices(codes) => {
            let codes: Vec<Box<dyn Val>> =
                codes.iter().map(|code| Box::new(CelString::from(code.clone())) as Box<dyn Val>).collect();
            CowVal::owned(CelList::from(codes))
        }
        Value::Date(day) => date(*day),
        Value::Integer(number) => CowVal::owned(CelInt::from(*number)),
        Value::Decimal(number) => CowVal::owned(CelDouble::from(number.to_f64())),
    }
}

/// Dates are ISO text inside expressions: text order is their order, and the checker keeps them apart from text.
fn date<'b>(day: NaiveDate) -> CowVal<'b, 'b> {
    CowVal::owned(CelString::from(day.format("%Y-%m-%d").to_string()))
}

fn null<'b>() -> CowVal<'b, 'b> {
    CowVal::owned(CelNull)
}

/// The standard operators without macros (so that `has` is an ordinary function), and our functions.
fn environment() -> &'static Arc<Env> {
    static ENVIRONMENT: OnceLock<Arc<Env>> = OnceLock::new();
    ENVIRONMENT.get_or_init(|| {
        let mut env = Env::default().with_optional_support(false).with_stdlib();
        let one = || vec![DYN_TYPE];
        let two = || vec![DYN_TYPE, DYN_TYPE];
        let added = [
            env.add_overload("has", "has_value", one(), functions::has),
            env.add_overload("age", "age_years", two(), functions::age),
            env.add_overload("months", "age_months", two(), functions::months),
            env.add_overload("days", "days_between", two(), functions::days),
            env.add_overload("municipality", "municipality_of", one(), functions::municipality),
        ];
        debug_assert!(added.iter().all(Result::is_ok), "our functions have names of their own");
        Arc::new(env)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::check_expression::codes;
    use super::*;

    fn lookup(name: &str) -> Option<(Slot, Type)> {
        Some(match name {
            "birth" => (Slot::Item(0), Type::Date),
            "onset" => (Slot::Item(1), Type::Date),
            "sex" => (Slot::Item(2), Type::Choice(codes(["male", "female"]))),
            "symptoms" => (Slot::Item(3), Type::Choices(codes(["pain", "fever", "none"]))),
            "spo2" => (Slot::Item(4), Type::Integer),
            "address" => (Slot::Item(5), Type::Text),
            "heat" => (Slot::Item(6), Type::Decimal),
            "today" => (Slot::Today, Type::Date),
            _ => return None,
        })
    }

    fn facts(values: &[Option<Value>]) -> Facts<'_> {
        let today = NaiveDate::from_ymd_opt(2026, 7, 14).unwrap();
        Facts { values, today, received_on: today }
    }

    fn typed() -> Vec<Option<Value>> {
        vec![
            NaiveDate::from_ymd_opt(1975, 3, 4).map(Value::Date),
            NaiveDate::from_ymd_opt(2026, 7, 9).map(Value::Date),
            Some(Value::Choice("female".into())),
            Some(Value::Choices(vec!["pain".into(), "fever".into()])),
            Some(Value::Integer(93)),
            Some(Value::Text("東京都千代田区永田町9-99-99".into())),
            Some(Value::Decimal("38.5".parse().unwrap())),
        ]
    }

    fn decide(source: &str, values: &[Option<Value>]) -> Option<bool> {
        Expression::compile(source, &lookup)
            .unwrap_or_else(|e| panic!("{source}: {e:?}"))
            .decide(&facts(values))
    }

    #[test]
    fn decides() {
        for (source, expected) in [
            ("sex == 'female'", true),
            ("sex in ['male']", false),
            ("'fever' in symptoms && !('none' in symptoms)", true),
            ("size(symptoms) == 2", true),
            ("onset <= today", true),
            ("age(birth, today) == 51", true),
            ("months(onset, today) == 0", true),
            ("days(onset, today) == 5", true),
            ("has(sex) && has(birth)", true),
            ("spo2 < 96 && heat >= 38.0", true),
            ("onset == '2026-07-09'", true),
            ("(spo2 > 90 ? 1 : 2) == 1", true),
        ] {
            assert_eq!(decide(source, &typed()), Some(expected), "{source}");
        }
    }

    #[test]
    fn absent_values_leave_it_undecided_or_false() {
        let nothing = vec![None; 7];
        for (source, expected) in [
            ("has(sex)", Some(false)),
            ("sex == 'female'", Some(false)),
            ("sex != 'female'", Some(true)),
            ("onset <= today", None),
            ("age(birth, today) < 18", None),
            ("has(birth) && age(birth, today) < 18", Some(false)),
            ("'fever' in symptoms", None),
            ("has(symptoms) || true", Some(true)),
        ] {
            assert_eq!(decide(source, &nothing), expected, "{source}");
        }
    }

    #[test]
    fn evaluates() {
        let run = |source| Expression::compile(source, &lookup).unwrap().evaluate(&facts(&typed()));
        assert!(run("today") == NaiveDate::from_ymd_opt(2026, 7, 14).map(Value::Date));
        assert!(run("municipality(address)") == Some(Value::Text("東京都千代田区".into())));
        assert!(run("age(birth, onset)") == Some(Value::Integer(51)));
        assert!(run("sex") == Some(Value::Choice("female".into())));
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for source in [
            "colour == 'red'",
            "sex == 'femal'",
            "'cough' in symptoms",
            "sex < 'x'",
            "birth == spo2",
            "birth == '1975-13-01'",
            "age(birth, spo2) == 1",
            "age(birth)",
            "symptoms.all(s, s == 'pain')",
            "symptoms.exists(s, true)",
            "[1,2].map(x, x)",
            "address.matches('x')",
            "{'a': 1}",
            "address[0]",
            "sex.x",
            "spo2 &&",
            "timestamp('x')",
            "'a' + 'b'",
            "spo2 && true",
            "sex in symptoms in symptoms",
            "b'x'",
            "",
        ] {
            assert!(Expression::compile(source, &lookup).is_err(), "{source}");
        }
        assert!(Expression::compile(&"(".repeat(500), &lookup).is_err());
        assert!(Expression::compile(&"!".repeat(590), &lookup).is_err());
        assert!(Expression::compile(&format!("spo2 == 1{}", " ".repeat(700)), &lookup).is_err());
    }

    #[test]
    fn overflow_is_undecided() {
        let mut values = typed();
        values[4] = Some(Value::Integer(i64::MAX));
        assert_eq!(decide("spo2 + 1 > 0", &values), None);
        assert_eq!(decide("spo2 * 2 > 0", &values), None);
    }

    proptest! {
        #[test]
        fn compiling_and_deciding_never_panic(
            words in proptest::collection::vec(
                prop_oneof![
                    Just("spo2"), Just("birth"), Just("symptoms"), Just("sex"), Just("'male'"), Just("1"), Just("1.5"),
                    Just("("), Just(")"), Just("["), Just("]"), Just("&&"), Just("||"), Just("!"), Just("=="), Just("<"),
                    Just("in"), Just("+"), Just("*"), Just("-"), Just("?"), Just(":"), Just("."), Just(","), Just("age"),
                    Just("has"), Just("size"), Just("null"), Just("true"), Just("\""), Just("'"), Just("\\"), Just("{"),
                    Just("}"), Just("0x"), Just("1e999"), Just("9223372036854775808"), Just("\u{0}"), Just("漢"),
                ],
                0..20,
            )
        ) {
            if let Ok(expression) = Expression::compile(&words.join(" "), &lookup) {
                expression.decide(&facts(&typed()));
                expression.evaluate(&facts(&vec![None; 7]));
            }
        }
    }

    #[test]
    fn long_chains_are_bounded() {
        let sum = format!("spo2 == 1{}", "+1".repeat(290));
        let _ = Expression::compile(&sum, &lookup).map(|e| e.decide(&facts(&typed())));
        let all = format!("true{}", "||true".repeat(95));
        let _ = Expression::compile(&all, &lookup).map(|e| e.decide(&facts(&typed())));
    }
}
