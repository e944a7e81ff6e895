//! Checks of a whole form: order of evaluation, things that can never happen, the person block.
use chrono::NaiveDate;

use cel::IdedExpr;
use cel::common::ast::{Expr, LiteralValue};

use super::bilingual::Bilingual;
use super::declaration::{ItemDecl, RuleDecl};
use super::expression::{Expression, Facts};
use super::mistake::{Mistake, MistakeCode, Place, SchemaProblem};
use super::schema::{Default, Form, Identity, Item, Kind, Required};
use super::value::{Decimal, Value};

/// Where the parts of a form were declared; items and rules in the order of the form.
pub struct Places<'a> {
    pub form: &'a Place,
    pub items: Vec<&'a ItemDecl>,
    pub rules: &'a [RuleDecl],
}

/// Sets the order of evaluation and returns every problem of the form as a whole.
pub fn lint(form: &mut Form, places: &Places<'_>) -> Vec<SchemaProblem> {
    let mut problems = Vec::new();
    match evaluation_order(&form.items) {
        Ok(order) => form.order = order,
        Err(at) => problems.extend(at_item(form, places, at, cycle)),
    }
    identities(form, places, &mut problems);
    for (at, item) in form.items.iter().enumerate() {
        if let Some(problem) =
            unreachable_item(form, item).and_then(|m| Some(m.at(&places.items.get(at)?.place)))
        {
            problems.push(problem);
        }
    }
    for (rule, decl) in form.rules.iter().zip(places.rules) {
        let when = rule.when.as_ref();
        let fires: Vec<_> =
            when.map(|when| (when, true)).into_iter().chain([(&rule.assert, false)]).collect();
        let never_applies = when.is_some_and(|when| satisfiable(form, &[(when, true)]) == Some(false));
        if never_applies || satisfiable(form, &fires) == Some(false) {
            problems.push(unreachable_rule(&rule.id, never_applies).at(&decl.place));
        }
    }
    problems.sort();
    problems.dedup();
    problems
}

fn at_item(
    form: &Form,
    places: &Places<'_>,
    at: usize,
    mistake: impl Fn(&str) -> Mistake,
) -> Option<SchemaProblem> {
    Some(mistake(&form.items.get(at)?.key).at(&places.items.get(at)?.place))
}

/// Items such that each comes after those that its own expressions name, or one item of a circle.
fn evaluation_order(items: &[Item]) -> Result<Vec<usize>, usize> {
    let needs: Vec<Vec<usize>> = items.iter().map(|item| dependencies(item).collect()).collect();
    let mut done = vec![false; items.len()];
    let mut order = Vec::with_capacity(items.len());
    while order.len() < items.len() {
        let before = order.len();
        for (at, needed) in needs.iter().enumerate() {
            let ready = needed.iter().all(|n| done.get(*n).copied().unwrap_or(false));
            if ready && let Some(flag) = done.get_mut(at).filter(|flag| !**flag) {
                *flag = true;
                order.push(at);
            }
        }
        if order.len() == before {
            return Err(done.iter().position(|done| !done).unwrap_or(0));
        }
    }
    Ok(order)
}

fn dependencies(item: &Item) -> impl Iterator<Item = usize> {
    let default = match &item.default {
        Some(Default::From(expression)) => Some(expression),
        _ => None,
    };
    let computed = match &item.kind {
        Kind::Computed { compute, .. } => Some(compute),
        _ => None,
    };
    item.shown_if.iter().chain(default).chain(computed).flat_map(Expression::items)
}

fn identities(form: &Form, places: &Places<'_>, problems: &mut Vec<SchemaProblem>) {
    let mut seen: Vec<Identity> = Vec::new();
    for (at, item) in form.items.iter().enumerate() {
        let Some(identity) = item.identity else { continue };
        if seen.contains(&identity) {
            problems.extend(at_item(form, places, at, |key| {
                identity_mistake(
                    format!("「{key}」の identity はもう他の項目にあります。"),
                    format!("The identity of \"{key}\" is already at another item."),
                    "一人に一つだけにしてください。",
                    "Keep it at one item only.",
                )
            }));
        }
        seen.push(identity);
        let fits = match identity {
            Identity::Name => matches!(item.kind, Kind::Name { .. }),
            Identity::Reading => matches!(item.kind, Kind::Reading { .. }),
            Identity::BirthDate => matches!(item.kind, Kind::Date { .. }),
            Identity::Sex => matches!(item.kind, Kind::Choice { .. }),
            Identity::Phone => matches!(item.kind, Kind::Phone),
            Identity::Address => matches!(item.kind, Kind::Text { .. }),
        };
        if !fits {
            problems.extend(at_item(form, places, at, |key| {
                identity_mistake(
                    format!("「{key}」の種類は identity に合いません。"),
                    format!("The kind of \"{key}\" does not fit its identity."),
                    "name, reading, date, choice, phone, text の組み合わせを確かめてください。",
                    "Use name, reading, date, choice, phone or text respectively.",
                )
            }));
        }
    }
    // The law asks for the sex in every report (article 12), and it is the item that is most easily forgotten.
    if !seen.contains(&Identity::Sex) {
        let mistake = identity_mistake(
            "性別の項目がありません (法第12条第1項)。",
            "The person has no sex item, which the law asks for (article 12).",
            "identity = \"sex\" の選択項目を加えてください。",
            "Add a choice item with identity = \"sex\".",
        );
        problems.push(mistake.at(places.form));
    }
}

fn unreachable_item(form: &Form, item: &Item) -> Option<Mistake> {
    let key = &item.key;
    let shown = item.shown_if.as_ref();
    if let Some(shown) = shown {
        if satisfiable(form, &[(shown, true)]) == Some(false) {
            let required = item.required.is_some();
            let (ja, en) = if required { ("必須なのに", "is required but ") } else { ("", "") };
            return Some(unreachable(
                format!("「{key}」は{ja}表示されることがありません。"),
                format!("\"{key}\" {en}can never be shown."),
                "shown_if を直すか、項目を消してください。",
                "Correct \"shown_if\", or remove the item.",
            ));
        }
        if shown.is_constant()
            || satisfiable(form, &[(shown, false)]) == Some(false) && decides_always(form, shown)
        {
            return Some(unreachable(
                format!("「{key}」の shown_if は何も変えません。"),
                format!("The \"shown_if\" of \"{key}\" changes nothing."),
                "shown_if を消してください。",
                "Remove \"shown_if\".",
            ));
        }
    }
    let Some(Required::If(required)) = &item.required else { return None };
    let together: Vec<_> = shown.map(|shown| (shown, true)).into_iter().chain([(required, true)]).collect();
    (satisfiable(form, &together) == Some(false)).then(|| {
        unreachable(
            format!("「{key}」の required_if は成り立つことがないか、項目が隠れているときだけ成り立ちます。"),
            format!("\"{key}\" is required never, or only while it is invisible."),
            "required_if と shown_if を合わせてください。",
            "Make \"required_if\" and \"shown_if\" agree.",
        )
    })
}

/// Whether the expression is decided for every value (an undecided one hides the item too).
fn decides_always(form: &Form, expression: &Expression) -> bool {
    search(form, &[expression], |facts| expression.decide(facts).is_none()) == Some(false)
}

/// Whether some values make all expressions come out as wanted; `None` when there are too many values to try.
fn satisfiable(form: &Form, wanted: &[(&Expression, bool)]) -> Option<bool> {
    let expressions: Vec<&Expression> = wanted.iter().map(|(e, _)| *e).collect();
    search(form, &expressions, |facts| wanted.iter().all(|(e, want)| e.decide(facts) == Some(*want)))
}

/// Tries representative values of all items named; stops at the first that is accepted.
fn search(form: &Form, expressions: &[&Expression], accept: impl Fn(&Facts<'_>) -> bool) -> Option<bool> {
    /// Exhausted only by conditions that never hold, so it costs time on faulty forms alone.
    const MAX_TRIES: usize = 20_000;
    let mut items: Vec<usize> = expressions.iter().flat_map(|e| e.items()).collect();
    items.sort_unstable();
    items.dedup();
    let mut constants = Constants::default();
    expressions.iter().for_each(|e| constants.collect(e.node()));
    let choices: Vec<Vec<Option<Value>>> = items
        .iter()
        .map(|at| form.items.get(*at).map_or_else(Vec::new, |item| constants.samples(item)))
        .collect();
    let total = choices.iter().try_fold(1usize, |product, samples| product.checked_mul(samples.len()))?;
    let mut values: Vec<Option<Value>> = vec![None; form.items.len()];
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

fn cycle(key: &str) -> Mistake {
    Mistake::new(
        MistakeCode::Cycle,
        Bilingual::new(
            format!("「{key}」の式が、めぐりめぐって自分自身に頼っています。"),
            format!("The expressions of \"{key}\" depend on it in a circle."),
        ),
        Bilingual::new(
            "shown_if, default_from, compute のどれかから項目名を外してください。",
            "Remove a name from one of shown_if, default_from, compute.",
        ),
    )
}

fn unreachable_rule(id: &str, never_applies: bool) -> Mistake {
    if never_applies {
        return unreachable(
            format!("規則「{id}」の when は成り立つことがありません。"),
            format!("The \"when\" of the rule \"{id}\" can never hold."),
            "when を直すか、規則を消してください。",
            "Correct \"when\", or remove the rule.",
        );
    }
    unreachable(
        format!("規則「{id}」の assert が破られることはありません。"),
        format!("The \"assert\" of the rule \"{id}\" can never fail."),
        "assert を直すか、規則を消してください。",
        "Correct \"assert\", or remove the rule.",
    )
}

fn unreachable(ja: String, en: String, remedy_ja: &str, remedy_en: &str) -> Mistake {
    Mistake::new(MistakeCode::Unreachable, Bilingual::new(ja, en), Bilingual::new(remedy_ja, remedy_en))
}

fn identity_mistake(
    ja: impl Into<String>,
    en: impl Into<String>,
    remedy_ja: &str,
    remedy_en: &str,
) -> Mistake {
    Mistake::new(MistakeCode::Identity, Bilingual::new(ja, en), Bilingual::new(remedy_ja, remedy_en))
}
