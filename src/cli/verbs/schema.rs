//! `schema check|list`: the forms of the program and of the site.
use std::path::Path;

use serde_json::{Value, json};

use crate::cli::Context;
use crate::cli::args::Schema;
use crate::cli::failure::Failure;
use crate::cli::render::{Output, table};
use crate::config::{FaultKind, FileFault, form_sources, load_forms};
use crate::form::{Catalog, Form, Loaded};
use crate::text::cli as say;
use crate::text::fill;

pub fn run(context: &Context, verb: &Schema) -> Result<Output, Failure> {
    match verb {
        Schema::Check { dir, unverified } => check(context, dir.as_deref(), *unverified),
        Schema::List => Ok(list(context, &load_forms(&context.home).catalog)),
    }
}

fn check(context: &Context, dir: Option<&Path>, unverified: bool) -> Result<Output, Failure> {
    let Loaded { catalog, problems } = match dir {
        None => load_forms(&context.home),
        Some(dir) => {
            let unreadable = |_| FileFault { file: dir.to_owned(), line: 0, kind: FaultKind::Unreadable };
            Catalog::load_with_site(Vec::new(), form_sources(dir).map_err(unreadable)?)
        }
    };
    let lang = context.lang;
    let lines = problems.iter().map(|problem| {
        let (what, remedy) = (problem.what.in_lang(lang), problem.remedy.in_lang(lang));
        format!("{}:{}: {what} {remedy}", problem.file, problem.line)
    });
    let list: Vec<Value> = problems
        .iter()
        .map(|problem| {
            json!({
                "file": problem.file, "line": problem.line, "code": problem.code.as_str(),
                "ja": problem.what.ja, "en": problem.what.en,
                "remedy_ja": problem.remedy.ja, "remedy_en": problem.remedy.en,
            })
        })
        .collect();
    let forms = catalog.forms().count();
    let mut document = json!({ "forms": forms, "problems": list });
    let mut output_lines: Vec<String> = lines.collect();
    if unverified {
        let open: Vec<Unverified> = catalog.forms().flat_map(unverified_facts).collect();
        document["unverified"] = open
            .iter()
            .map(|fact| json!({ "form": fact.form, "item": fact.what, "source": fact.source }))
            .collect();
        output_lines.extend(open.iter().map(|fact| {
            let whole = say::UNVERIFIED_FORM.in_lang(lang);
            let what = if fact.what.is_empty() { whole } else { fact.what.as_str() };
            fill(say::UNVERIFIED.in_lang(lang), &[&fact.form, &what, &fact.source])
        }));
        output_lines.push(fill(say::UNVERIFIED_COUNT.in_lang(lang), &[&open.len()]));
    }
    output_lines.push(fill(say::FORMS_CHECKED.in_lang(lang), &[&forms, &problems.len()]));
    let output = Output::new(document).lines(output_lines);
    if problems.is_empty() {
        return Ok(output);
    }
    Ok(output.but(Failure::refused("schema-problems", say::SCHEMA_PROBLEMS, &[&problems.len()])))
}

/// A fact that nobody has compared with the original form yet.
struct Unverified {
    form: String,
    /// Key of the item, `item=code` for a single answer of it, empty for the form as a whole (its number, its terms).
    what: String,
    source: String,
}

fn unverified_facts(form: &Form) -> Vec<Unverified> {
    let fact = |what: String, source: &str| Unverified {
        form: form.head.id_and_version(),
        what,
        source: source.to_owned(),
    };
    let whole = (!form.source.verified).then(|| fact(String::new(), &form.source.text));
    let parts = form.items.iter().flat_map(|item| {
        let open = (!item.source.verified).then(|| fact(item.key.clone(), &item.source.text));
        let answers = item.kind.options().iter().filter(|option| option.unverified && item.source.verified);
        open.into_iter()
            .chain(answers.map(|option| fact(format!("{}={}", item.key, option.code), &item.source.text)))
            .collect::<Vec<_>>()
    });
    whole.into_iter().chain(parts).collect()
}

fn list(context: &Context, catalog: &Catalog) -> Output {
    let rows: Vec<Vec<String>> = catalog
        .forms()
        .map(|form| {
            vec![
                form.head.id_and_version(),
                form.head.number.clone(),
                form.head.short_title().in_lang(context.lang).to_owned(),
            ]
        })
        .collect();
    let forms: Vec<Value> = catalog
        .forms()
        .map(|form| {
            json!({
                "id": form.head.id, "version": form.head.version, "released": form.head.released, "number": form.head.number,
                "ja": form.head.title.ja, "en": form.head.title.en, "items": form.items.len(),
                "digest": form.definition_digest().to_string(),
            })
        })
        .collect();
    Output::new(json!({ "forms": forms })).lines(table(&rows))
}
