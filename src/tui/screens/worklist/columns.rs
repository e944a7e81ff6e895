//! One line of the worklist, and the rows about the selected one.
use crate::domain::time::Timestamp;
use crate::form::{Class, Deadline, Form, Head, Identity};
use crate::japanese::age::age_on;
use crate::japanese::era::weekday_kanji;
use crate::office::ops::{RecordLine, RecordState};
use crate::office::{StateCode, Subject};
use crate::text::{Lang, Text, entry, fill, worklist as words};
use crate::tui::lines::plain;
use crate::tui::screens::entry::say;
use crate::tui::screens::picker::due_shown;
use crate::tui::widgets::table::{Column, row as table_row};
use chrono::NaiveDate;

const COLUMNS: &[Column] = &[
    Column::left(4),
    Column::left(5),
    Column::left(4),
    Column::left(2),
    Column::left(15),
    Column::left(15),
    Column::left(12),
    Column::left(6),
    // An overdue `!直ちに` in full.
    Column::left(7),
];

pub fn heading(lang: Lang) -> String {
    let words: [&str; 9] = [
        words::HEAD_NUMBER,
        words::HEAD_RECEIVED,
        words::HEAD_CHANNEL,
        words::HEAD_CLASS,
        words::HEAD_FORM,
        words::HEAD_PERSON,
        words::HEAD_INSTITUTION,
        words::HEAD_STATE,
        words::HEAD_DUE,
    ]
    .map(|word| word.in_lang(lang));
    table_row(COLUMNS, &words)
}

pub fn row(line: &RecordLine, form: Option<&Form>, today: NaiveDate, lang: Lang) -> String {
    let subject = line.subject.as_ref().map(crate::domain::sensitive::Personal::expose);
    table_row(
        COLUMNS,
        &[
            &format!("{:04}", line.number),
            &received(line.intake.received_at, today, lang),
            say::channel(line.intake.channel).in_lang(lang),
            form.map_or("", |form| class_mark(form.head.class).in_lang(lang)),
            form.map_or(line.form.as_str(), |form| form.head.short_title().in_lang(lang)),
            &person(subject, form, today, lang),
            subject.map_or("", |subject| subject.institution.as_str()),
            state_word(&line.state).in_lang(lang),
            &due(line, form.map(|form| &form.head), today, lang),
        ],
    )
}

/// Two rows about a line.
pub fn detail(line: &RecordLine, form: Option<&Form>, today: NaiveDate, lang: Lang) -> [String; 2] {
    let subject = line.subject.as_ref().map(crate::domain::sensitive::Personal::expose);
    let title = form.map_or_else(|| line.form.clone(), |form| say::form_and_class(&form.head, lang));
    let intake = say::intake(&line.intake, lang);
    let more = match &line.state {
        RecordState::DraftOther { holder } => fill(words::DETAIL_HELD.in_lang(lang), &[holder]),
        _ if line.version > 0 => fill(words::DETAIL_VERSION.in_lang(lang), &[&line.version]),
        _ => String::new(),
    };
    let institution = subject.map_or("", |subject| subject.institution.as_str());
    let person = person(subject, form, today, lang);
    let due = due(line, form.map(|form| &form.head), today, lang);
    [
        format!("{:04}  {title}  {intake}  {more}", line.number),
        fill(words::DETAIL.in_lang(lang), &[&institution, &person, &due]),
    ]
}

/// A line without columns: nothing is cut, and its state.
pub fn in_words(line: &RecordLine, form: Option<&Form>, today: NaiveDate, lang: Lang) -> Vec<String> {
    let [first, second] = detail(line, form, today, lang);
    let state = state_word(&line.state).in_lang(lang);
    vec![plain(&format!("{first}  {state}")), plain(&second)]
}

/// `7月14日(火) 09:31`
pub fn moment(now: Timestamp, lang: Lang) -> String {
    let local = now.in_japan();
    match lang {
        Lang::Ja => {
            let day = local.format("%-m月%-d日").to_string();
            format!("{day}({}) {}", weekday_kanji(local.date()), local.format("%H:%M"))
        }
        Lang::En => local.format("%Y-%m-%d %H:%M").to_string(),
    }
}

/// What is still to be done after its last day.
pub fn is_overdue(line: &RecordLine, head: Option<&Head>, today: NaiveDate) -> bool {
    let Some(head) = head.filter(|_| !is_finished(&line.state)) else { return false };
    match &head.deadline {
        // Due on the day of its arrival at the latest.
        Deadline::None => false,
        Deadline::Immediately => line.intake.received_at.date_in_japan() < today,
        Deadline::Days { .. } => due_on(line).is_some_and(|due| due < today),
    }
}

fn due(line: &RecordLine, head: Option<&Head>, today: NaiveDate, lang: Lang) -> String {
    let Some(head) = head.filter(|_| !is_finished(&line.state)) else { return String::new() };
    let mark = if is_overdue(line, Some(head), today) { "!" } else { "" };
    match due_on(line) {
        Some(due) => {
            let days = due.signed_duration_since(today).num_days();
            format!("{mark}{}", fill(entry::DAYS.in_lang(lang), &[&days]))
        }
        None => format!("{mark}{}", due_shown(head, lang)),
    }
}

fn due_on(line: &RecordLine) -> Option<NaiveDate> {
    line.subject.as_ref()?.expose().due_on.as_ref()?.parse().ok()
}

const fn is_finished(state: &RecordState) -> bool {
    matches!(state, RecordState::Transmission(StateCode::Sent | StateCode::Acknowledged))
}

fn received(at: Timestamp, today: NaiveDate, lang: Lang) -> String {
    let date = at.date_in_japan();
    if date == today {
        return say::clock(at);
    }
    if date.succ_opt() == Some(today) {
        return words::YESTERDAY.in_lang(lang).to_owned();
    }
    at.in_japan().format("%m-%d").to_string()
}

fn person(subject: Option<&Subject>, form: Option<&Form>, today: NaiveDate, lang: Lang) -> String {
    let Some(subject) = subject.filter(|subject| !subject.name.is_empty() || !subject.reading.is_empty())
    else {
        let has_name = form.is_none_or(|form| form.with_identity(Identity::Name).is_some());
        let why = if has_name { words::UNTYPED } else { words::NAMELESS };
        return why.in_lang(lang).to_owned();
    };
    let name = if subject.name.is_empty() { &subject.reading } else { &subject.name };
    format!("{name} {}", age_and_sex(subject, today, lang))
}

/// `33女`
pub fn age_and_sex(subject: &Subject, today: NaiveDate, lang: Lang) -> String {
    let birth = subject.birth_date.as_ref().and_then(|date| date.parse().ok());
    let age = birth.and_then(|birth| age_on(birth, today)).map_or_else(String::new, |age| age.to_string());
    let sex = match subject.sex.as_str() {
        "male" => words::SEX_MALE.in_lang(lang),
        "female" => words::SEX_FEMALE.in_lang(lang),
        _ => "",
    };
    format!("{age}{sex}")
}

/// Two columns: one kanji where the law has no number.
const fn class_mark(class: Class) -> Text {
    match class {
        Class::Class1 => Text::new("1", "1"),
        Class::Class2 => Text::new("2", "2"),
        Class::Class3 => Text::new("3", "3"),
        Class::Class4 => Text::new("4", "4"),
        Class::Class5 => Text::new("5", "5"),
        Class::PandemicInfluenza => words::MARK_PANDEMIC,
        Class::Designated => words::MARK_DESIGNATED,
        Class::NewInfectiousDisease => words::MARK_NEW,
        Class::HomeCare | Class::FollowUp => Text::new("-", "-"),
    }
}

pub const fn state_word(state: &RecordState) -> Text {
    match state {
        RecordState::DraftMine => words::STATE_DRAFT,
        RecordState::DraftOther { .. } => words::STATE_OTHER,
        RecordState::Registered => words::STATE_REGISTERED,
        RecordState::Transmission(code) => match code {
            StateCode::Awaiting => words::STATE_AWAITING,
            StateCode::Confirmed => words::STATE_CONFIRMED,
            StateCode::Queued => words::STATE_QUEUED,
            StateCode::Dispatching => words::STATE_DISPATCHING,
            StateCode::Sent => words::STATE_SENT,
            StateCode::Acknowledged => words::STATE_ACKNOWLEDGED,
            StateCode::Failed => words::STATE_FAILED,
            StateCode::Uncertain => words::STATE_UNCERTAIN,
            StateCode::Returned => words::STATE_RETURNED,
            StateCode::Withdrawn => words::STATE_WITHDRAWN,
            StateCode::Void => words::STATE_VOID,
        },
    }
}
