//! `results`: the figures of a month, without names.
use serde_json::json;

use crate::cli::Context;
use crate::cli::args::ResultsArguments;
use crate::cli::failure::Failure;
use crate::cli::render::{Output, table};
use crate::cli::sign_in::with_session;
use crate::office::Reason;
use crate::office::ops::{CountResults, Tally};
use crate::text::cli as say;
use crate::text::fill;

pub fn run(context: &Context, arguments: &ResultsArguments) -> Result<Output, Failure> {
    let month = arguments.month.split_once('-');
    let parsed = month.and_then(|(year, month)| Some((year.parse().ok()?, month.parse().ok()?)));
    let (year, month) = parsed.ok_or_else(|| Failure::usage("month", say::MONTH_FORMAT, &[]))?;
    let form = arguments.form.clone();
    let tally = with_session(context, |session| Ok(session.perform(CountResults { form, year, month })?))?;
    let rows = rows(context, &tally)?;
    let total = fill(say::RESULTS_TOTAL.in_lang(context.lang), &[&arguments.month, &tally.total]);
    Ok(Output::new(document(&tally)).line(total).lines(table(&rows)))
}

fn rows(context: &Context, tally: &Tally) -> Result<Vec<Vec<String>>, Failure> {
    let form = context.office.house().catalog().latest(&tally.form).ok_or(Reason::FormUnknown)?;
    let lang = context.lang;
    let label = |key: &str| form.item(key).map_or(key, |item| item.label.in_lang(lang)).to_owned();
    let answer = |key: &str, code: &str| -> String {
        let options = form.item(key).map_or(&[][..], |item| item.kind.options());
        let option = options.iter().find(|option| option.code == code);
        option.map_or(code, |option| option.label.in_lang(lang)).to_owned()
    };
    let mut rows = Vec::new();
    for item in &tally.items {
        rows.extend(
            item.answers
                .iter()
                .map(|(code, count)| vec![label(&item.item), answer(&item.item, code), count.to_string()]),
        );
    }
    if let Some((one, other)) = form.results.as_ref().and_then(|results| results.cross.as_ref()) {
        rows.extend(tally.cross.iter().map(|(first, second, count)| {
            vec![answer(one, first), answer(other, second), count.to_string()]
        }));
    }
    Ok(rows)
}

fn document(tally: &Tally) -> serde_json::Value {
    json!({
        "form": tally.form, "month": format!("{}-{:02}", tally.year, tally.month), "total": tally.total,
        "items": tally.items.iter().map(|item| json!({
            "item": item.item,
            "answers": item.answers.iter().map(|(code, count)| json!({ "code": code, "count": count })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "cross": tally.cross.iter().map(|(first, second, count)| json!([first, second, count])).collect::<Vec<_>>(),
    })
}
