//! `records list|show|add|submit`.
use std::io::Read as _;
use std::path::Path;

use serde_json::{Map, Value as Json, json};

use super::find_record;
use super::queue::state_name;
use crate::cli::Context;
use crate::cli::args::{AddArguments, Records};
use crate::cli::failure::Failure;
use crate::cli::render::{Output, table};
use crate::cli::sign_in::with_session;
use crate::config::{FaultKind, FileFault};
use crate::domain::destination::DestinationCode;
use crate::domain::intake::{Channel, Intake};
use crate::domain::link::{Link, Relation};
use crate::domain::sensitive::Personal;
use crate::domain::time::{Clock as _, Timestamp};
use crate::form::{self, Passed, Problem, Value, Why};
use crate::office::ops::{
    DiscardDraft, ListDestinations, ListPurpose, ListRecords, OpenDraft, PrepareOutcome, PrepareTransmission,
    RecordLine, RecordState, RecordView, RegisterDraft, RegisterOutcome, ShowRecord,
};
use crate::office::{Reason, Session};
use crate::os::clock::SystemClock;
use crate::os::files;
use crate::text::cli as say;
use crate::text::{Lang, Text, fill};

/// As much as the office takes for one record.
const VALUES_MAX: u64 = 256 * 1024;

pub fn run(context: &Context, verb: &Records) -> Result<Output, Failure> {
    match verb {
        Records::List => list(context),
        Records::Show { record } => show(context, record),
        Records::Add(arguments) => add(context, arguments),
        Records::Submit { record, to, mention } => submit(context, record, to, mention.as_deref()),
    }
}

fn list(context: &Context) -> Result<Output, Failure> {
    let page = with_session(context, |session| Ok(session.perform(ListRecords)?))?;
    let rows: Vec<Vec<String>> = page.lines.iter().map(|line| row(context, line)).collect();
    let document =
        json!({ "total": page.total, "records": page.lines.iter().map(line_json).collect::<Vec<_>>() });
    let count = fill(say::COUNT_OF.in_lang(context.lang), &[&page.total, &page.lines.len()]);
    Ok(Output::new(document).lines(table(&rows)).line(count))
}

fn row(context: &Context, line: &RecordLine) -> Vec<String> {
    let title = context.office.house().catalog().form(&line.form, line.form_version);
    let subject = line.subject.as_ref().map(Personal::expose);
    let state = match &line.state {
        RecordState::DraftMine => say::STATE_DRAFT_MINE,
        RecordState::DraftOther { .. } => say::STATE_DRAFT_OTHER,
        RecordState::Registered => say::STATE_REGISTERED,
        RecordState::Transmission(state) => state_name(*state),
    };
    vec![
        format!("{}-{:05}", line.year, line.number),
        line.intake.received_at.rfc3339_japan(),
        channel_name(line.intake.channel).in_lang(context.lang).to_owned(),
        state.in_lang(context.lang).to_owned(),
        title.map_or_else(
            || line.form.clone(),
            |form| form.head.short_title().in_lang(context.lang).to_owned(),
        ),
        subject.map(|subject| subject.name.clone()).unwrap_or_default(),
    ]
}

fn line_json(line: &RecordLine) -> Json {
    let subject = line.subject.as_ref().map(Personal::expose);
    let state = match &line.state {
        RecordState::DraftMine => "draft",
        RecordState::DraftOther { .. } => "draft-other",
        RecordState::Registered => "registered",
        RecordState::Transmission(state) => state.code(),
    };
    json!({
        "id": line.record.to_string(), "year": line.year, "number": line.number,
        "form": line.form, "form_version": line.form_version, "version": line.version,
        "channel": line.intake.channel.code(), "received_at": line.intake.received_at.rfc3339_japan(),
        "pages": line.intake.pages, "state": state,
        "name": subject.map(|subject| subject.name.as_str()),
        "birth_date": subject.and_then(|subject| subject.birth_date.as_deref()),
        "due_on": subject.and_then(|subject| subject.due_on.as_deref()),
    })
}

fn show(context: &Context, name: &str) -> Result<Output, Failure> {
    let view = with_session(context, |session| {
        let record = find_record(session, name)?;
        Ok(session.perform(ShowRecord { record })?)
    })?;
    Ok(Output::new(view_json(&view)).lines(view_lines(context, &view)?))
}

fn view_lines(context: &Context, view: &RecordView) -> Result<Vec<String>, Failure> {
    let form =
        context.office.house().catalog().form(&view.form, view.form_version).ok_or(Reason::FormUnknown)?;
    let lang = context.lang;
    let registered_on = view.registered_at.date_in_japan();
    let facts = form::Context { today: registered_on, received_at: view.intake.received_at };
    let head = [
        format!("{}-{:05}  {}", view.year, view.number, form.head.short_title().in_lang(lang)),
        fill(
            say::RECORD_HEAD.in_lang(lang),
            &[&view.version, &view.registered_at.rfc3339_japan(), &view.editor, &view.record],
        ),
        String::new(),
    ];
    let shown = form.view(&view.values, &facts);
    let rows: Vec<Vec<String>> = form
        .items
        .iter()
        .zip(&shown.items)
        .filter(|(_, item)| item.shown)
        .filter_map(|(item, view)| {
            let value = view.value.as_ref()?;
            Some(vec![item.label.in_lang(lang).to_owned(), form.format_value(item, value, lang)])
        })
        .collect();
    Ok(head.into_iter().chain(table(&rows)).collect())
}

fn view_json(view: &RecordView) -> Json {
    let values: Map<String, Json> =
        view.values.iter().map(|(key, value)| (key.to_owned(), value_json(value))).collect();
    json!({
        "id": view.record.to_string(), "year": view.year, "number": view.number,
        "form": view.form, "form_version": view.form_version, "version": view.version,
        "channel": view.intake.channel.code(), "received_at": view.intake.received_at.rfc3339_japan(),
        "pages": view.intake.pages, "editor": view.editor, "registered_at": view.registered_at.rfc3339_japan(),
        "values": values,
        "case": view.case().to_string(),
        "nesid": view.transcription.as_ref().map(|stamp| json!({ "reference": stamp.reference, "version": stamp.version })),
        "passed": view.passed.iter().map(passed_json).collect::<Vec<_>>(),
    })
}

fn passed_json(passed: &Passed) -> Json {
    let (why, words) = match &passed.why {
        Why::OnPaper => ("on-paper", None),
        Why::AskedSender => ("asked-sender", None),
        Why::Words(words) => ("words", Some(words.expose())),
    };
    json!({ "item": passed.item, "code": passed.code, "why": why, "words": words })
}

/// The shape in which `records add` takes it back.
fn value_json(value: &Value) -> Json {
    match value {
        Value::Text(text) | Value::Choice(text) => json!(text),
        Value::Choices(codes) => json!(codes),
        Value::Date(date) => json!(date.format("%Y-%m-%d").to_string()),
        Value::Integer(number) => json!(number),
        Value::Decimal(number) => json!(number.to_string()),
    }
}

fn add(context: &Context, arguments: &AddArguments) -> Result<Output, Failure> {
    let received_at = match &arguments.received {
        None => SystemClock.now(),
        Some(text) => {
            parse_time(text).ok_or_else(|| Failure::usage("received", say::RECEIVED_FORMAT, &[]))?
        }
    };
    let bytes = read_values(&arguments.file)?;
    let form = context.office.house().catalog().latest(&arguments.form).ok_or(Reason::FormUnknown)?;
    let values = match form.parse_json_values(bytes.expose()) {
        Ok(values) => values,
        Err(problems) => {
            return Ok(problems_found(context, form, &problems).but(Reason::FormProblems.into()));
        }
    };
    let intake = Intake { channel: arguments.channel.into(), received_at, pages: arguments.pages };
    let outcome = with_session(context, |session| register(session, arguments, intake, values))?;
    match outcome {
        RegisterOutcome::Registered(made) => {
            let year = made.at.date_in_japan().format("%Y").to_string();
            let document = json!({
                "id": made.record.to_string(), "number": made.number, "version": made.version,
                "registered_at": made.at.rfc3339_japan(),
            });
            let number = format!("{year}-{:05}", made.number);
            Ok(Output::new(document).line(fill(say::REGISTERED.in_lang(context.lang), &[&number])))
        }
        RegisterOutcome::Problems(problems) => {
            Ok(problems_found(context, form, &problems).but(Reason::FormProblems.into()))
        }
        RegisterOutcome::Unexplained(warnings) => {
            Ok(problems_found(context, form, &warnings).but(Reason::WarningsOpen.into()))
        }
        RegisterOutcome::Conflict { .. } => Err(Reason::VersionConflict.into()),
    }
}

/// Registers, or leaves nothing behind but the rows in the log.
fn register(
    session: &mut Session,
    arguments: &AddArguments,
    intake: Intake,
    values: form::Values,
) -> Result<RegisterOutcome, Failure> {
    let link = match &arguments.case {
        Some(name) => Some(Link { parent: find_record(session, name)?, relation: Relation::Belongs }),
        None => None,
    };
    let opened = session.perform(OpenDraft { form: arguments.form.clone(), intake, link })?;
    let outcome =
        session.perform(RegisterDraft { draft: opened.draft, values, passed: arguments.passed.clone() });
    if !matches!(outcome, Ok(RegisterOutcome::Registered(_))) {
        let discarded = session.perform(DiscardDraft { draft: opened.draft });
        // What kept it from being registered is what has to be told; the draft stays where it cannot be thrown away.
        let outcome = outcome?;
        discarded?;
        return Ok(outcome);
    }
    Ok(outcome?)
}

fn problems_found(context: &Context, form: &form::Form, problems: &[Problem]) -> Output {
    let label = |problem: &Problem, lang: Lang| {
        form.item(&problem.item).map_or_else(String::new, |item| item.label.in_lang(lang).to_owned())
    };
    let lines = problems.iter().map(|problem| {
        // A key that the form does not know is what somebody wrote; the form's own keys are not.
        let known = form.item(&problem.item).map_or("-", |_| problem.item.as_str());
        let lang = context.lang;
        format!(
            "{known}: [{}] {} {}",
            problem.code.as_str(),
            label(problem, lang),
            problem.text.in_lang(lang)
        )
    });
    let list: Vec<Json> = problems
        .iter()
        .map(|problem| {
            json!({
                "item": form.item(&problem.item).map(|item| item.key.as_str()), "code": problem.code.as_str(),
                "level": if problem.is_error() { "error" } else { "warning" },
                "ja": problem.text.ja, "en": problem.text.en,
            })
        })
        .collect();
    Output::new(json!({ "problems": list })).lines(lines)
}

fn read_values(path: &Path) -> Result<Personal<Vec<u8>>, Failure> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().take(VALUES_MAX).read_to_end(&mut bytes).map(|_| bytes)
    } else {
        files::read_limited(path, VALUES_MAX)
    };
    let fault = |_| FileFault { file: path.to_owned(), line: 0, kind: FaultKind::Unreadable };
    Ok(Personal::new(bytes.map_err(fault)?))
}

fn parse_time(text: &str) -> Option<Timestamp> {
    chrono::DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|time| Timestamp::from_micros(time.timestamp_micros()))
}

fn submit(context: &Context, name: &str, to: &str, mention: Option<&str>) -> Result<Output, Failure> {
    let code = DestinationCode::parse(to).ok_or(Reason::CodeInvalid)?;
    let prepared = with_session(context, |session| {
        let record = find_record(session, name)?;
        let register = session.perform(ListDestinations { purpose: ListPurpose::Pick })?;
        let entry = register.iter().find(|line| line.code == code.to_string()).ok_or(Reason::NoSuchThing)?;
        let mention = mention.map(|words| Personal::new(words.to_owned()));
        let prepare = PrepareTransmission { record, destination: entry.id, mention };
        match session.perform(prepare)? {
            PrepareOutcome::Prepared(prepared) => Ok(prepared),
            PrepareOutcome::Mentions(items) => {
                let named: Vec<&str> = items.iter().map(|label| label.in_lang(context.lang)).collect();
                Err(Failure::refused("others-mentioned", say::MENTIONS, &[&named.join(", ")]))
            }
        }
    })?;
    let document = json!({
        "id": prepared.transmission.to_string(), "number": prepared.number, "pages": prepared.pages,
        "state": "awaiting",
    });
    let line = fill(say::PREPARED.in_lang(context.lang), &[&prepared.number, &prepared.pages]);
    Ok(Output::new(document).line(line))
}

const fn channel_name(channel: Channel) -> Text {
    match channel {
        Channel::Fax => say::CHANNEL_FAX,
        Channel::Phone => say::CHANNEL_PHONE,
        Channel::Paper => say::CHANNEL_PAPER,
        Channel::File => say::CHANNEL_FILE,
        Channel::OwnOffice => say::CHANNEL_OWN,
    }
}
