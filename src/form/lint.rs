//! Checks of a whole form: order of evaluation, things that can never happen, the person block.
use super::bilingual::Bilingual;
use super::declaration::{ItemDecl, RuleDecl};
use super::expression::Expression;
use super::mistake::{Mistake, MistakeCode, Place, SchemaProblem};
use super::reach::Reach;
use super::schema::{Default, Form, Identity, Item, Kind, Required};

/// Where the parts of a form were declared; items and rules in the order of the form.
pub struct Places<'a> {
    pub form: &'a Place,
    /// The file of the form itself; the others are shared with further forms.
    pub own: &'a str,
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
    // What a shared part offers and this form cannot use was left out before; what remains of it is needed.
    let reach = Reach::of(form);
    for (item, decl) in
        form.items.iter().zip(&places.items).filter(|(_, decl)| *decl.place.file == *places.own)
    {
        problems.extend(unreachable_item(&reach, item).map(|mistake| mistake.at(&decl.place)));
    }
    for (rule, decl) in
        form.rules.iter().zip(places.rules).filter(|(_, decl)| *decl.place.file == *places.own)
    {
        if !reach.fires(rule) {
            let never_applies = rule.when.as_ref().is_some_and(|when| reach.never(when, true));
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
    if !seen.contains(&Identity::Sex) && form.head.class.is_notifiable() {
        let mistake = identity_mistake(
            "性別の項目がありません (法第12条第1項)。",
            "The person has no sex item, which the law asks for (article 12).",
            "identity = \"sex\" の選択項目を加えてください。",
            "Add a choice item with identity = \"sex\".",
        );
        problems.push(mistake.at(places.form));
    }
}

fn unreachable_item(reach: &Reach<'_>, item: &Item) -> Option<Mistake> {
    let key = &item.key;
    let shown = item.shown_if.as_ref();
    if let Some(shown) = shown {
        if reach.never(shown, true) {
            let required = item.required.is_some();
            let (ja, en) = if required { ("必須なのに", "is required but ") } else { ("", "") };
            return Some(unreachable(
                format!("「{key}」は{ja}表示されることがありません。"),
                format!("\"{key}\" {en}can never be shown."),
                "shown_if を直すか、項目を消してください。",
                "Correct \"shown_if\", or remove the item.",
            ));
        }
        if shown.is_constant() || reach.never(shown, false) && reach.decides_always(shown) {
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
    (reach.satisfiable(&together) == Some(false)).then(|| {
        unreachable(
            format!("「{key}」の required_if は成り立つことがないか、項目が隠れているときだけ成り立ちます。"),
            format!("\"{key}\" is required never, or only while it is invisible."),
            "required_if と shown_if を合わせてください。",
            "Make \"required_if\" and \"shown_if\" agree.",
        )
    })
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
