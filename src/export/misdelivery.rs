//! The draft of the preliminary report (漏えい等の速報): nine headings, filled with what is known.
//!
//! It is made of dates, counts, codes and labels. No words that anybody typed come in here, because a name of a patient
//! may be among them; where such words belong the draft says where they are found.
use super::channel::channel_name;
use crate::domain::destination::{Channel, Protection};
use crate::domain::incident::{DueDays, Noted, StepKind};
use crate::domain::time::Timestamp;
use crate::japanese::era::{EraDate, weekday_kanji};
use crate::text::{Lang, Text, fill, incidents as say};
use chrono::{NaiveDate, Timelike as _};

/// What is known.
#[derive(Clone, Debug)]
pub struct Facts {
    pub office: String,
    pub number: u32,
    pub today: NaiveDate,
    pub found_at: Timestamp,
    pub people: u32,
    pub code: String,
    pub organisation: String,
    pub frozen: bool,
    pub channel: Channel,
    pub protection: Protection,
    pub sent: Option<Sent>,
    pub stopped: u32,
    pub gone: u32,
    pub due: DueDays,
    /// What was done and counts, in the order in which it was noted.
    pub steps: Vec<(StepKind, Timestamp)>,
}

/// What was sent, without a value of it.
#[derive(Clone, Debug)]
pub struct Sent {
    pub number: u32,
    pub prepared_at: Timestamp,
    pub fate: Fate,
    pub pages: u32,
    /// `None` for a test page.
    pub content: Option<Content>,
}

/// Whether it left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Never confirmed, or taken back in time.
    Held,
    /// `None` where a person sent it by hand.
    Left { at: Option<Timestamp> },
    /// The carrier says that it did not arrive.
    Failed,
    /// On its way, or nobody knows.
    Unclear,
}

/// Which kinds of items the papers have.
#[derive(Clone, Debug, Default)]
pub struct Content {
    pub form: String,
    pub groups: Vec<Group>,
}

#[derive(Clone, Debug)]
pub struct Group {
    pub title: String,
    /// Labels of the items in it that say who somebody is.
    pub identity: Vec<String>,
}

/// The draft, to be put into the form of the office.
pub fn draft(facts: &Facts, lang: Lang) -> String {
    let mut lines = vec![say::DRAFT_HEAD.in_lang(lang).to_owned()];
    let number = format!("{:04}", facts.number);
    lines.push(fill(say::DRAFT_FROM.in_lang(lang), &[&facts.office, &number, &day(facts.today)]));
    let to_fill = || vec![say::DRAFT_FILL.in_lang(lang).to_owned()];
    let mut measures = to_fill();
    if facts.frozen {
        measures.push(fill(say::DRAFT_KEPT_FROZEN.in_lang(lang), &[&facts.code]));
    }
    for (heading, body) in [
        (say::DRAFT_1, outline(facts, &number, lang)),
        (say::DRAFT_2, items(facts, lang)),
        (say::DRAFT_3, vec![fill(say::PEOPLE.in_lang(lang), &[&facts.people])]),
        (say::DRAFT_4, to_fill()),
        (say::DRAFT_5, damage(facts, lang)),
        (say::DRAFT_6, people_told(facts, lang)),
        (say::DRAFT_7, to_fill()),
        (say::DRAFT_8, measures),
        (say::DRAFT_9, other(facts, lang)),
    ] {
        lines.extend([String::new(), heading.in_lang(lang).to_owned()]);
        lines.extend(body.into_iter().map(|line| format!("  {line}")));
    }
    lines.extend([String::new(), say::DRAFT_NOTES.in_lang(lang).to_owned()]);
    lines.extend(NOTES.iter().map(|note| format!("  {}", note.in_lang(lang))));
    lines.join("\n") + "\n"
}

const NOTES: [Text; 5] = [
    say::DRAFT_NOTE_LAW,
    say::DRAFT_NOTE_DAYS,
    say::DRAFT_NOTE_COUNT,
    say::DRAFT_NOTE_ONE,
    say::DRAFT_NOTE_EXEMPT,
];

/// The name of a kind of step, as lists and the draft write it.
pub const fn step_name(kind: StepKind) -> Text {
    match kind {
        StepKind::Contact => say::KIND_CONTACT,
        StepKind::Recovered => say::KIND_RECOVERED,
        StepKind::Destroyed => say::KIND_DESTROYED,
        StepKind::NotRecoverable => say::KIND_NOT_RECOVERABLE,
        StepKind::PersonTold => say::KIND_PERSON_TOLD,
        StepKind::PreliminaryReport => say::KIND_PRELIMINARY,
        StepKind::FinalReport => say::KIND_FINAL,
        StepKind::Malice => say::KIND_MALICE,
        StepKind::Note => say::KIND_NOTE,
    }
}

/// A line of the course, as lists write it.
pub fn noted_name(noted: Noted, lang: Lang) -> String {
    let name = step_name(noted.kind()).in_lang(lang);
    match noted {
        Noted::Done(_) => name.to_owned(),
        Noted::Mistaken(_) => fill(say::MISTAKEN.in_lang(lang), &[&name]),
    }
}

fn outline(facts: &Facts, number: &str, lang: Lang) -> Vec<String> {
    let sent = match &facts.sent {
        Some(sent) => {
            let way = channel_name(facts.channel).in_lang(lang);
            let (text, at) = match sent.fate {
                Fate::Held => (say::DRAFT_HELD, Some(sent.prepared_at)),
                Fate::Left { at } => (say::DRAFT_SENT, at),
                Fate::Failed => (say::DRAFT_FAILED, Some(sent.prepared_at)),
                Fate::Unclear => (say::DRAFT_UNCLEAR, Some(sent.prepared_at)),
            };
            let at = at.map_or_else(|| say::DRAFT_FILL.in_lang(lang).to_owned(), moment);
            fill(text.in_lang(lang), &[&format!("{:04}", sent.number), &at, &way, &sent.pages])
        }
        None => say::DRAFT_SENT_UNKNOWN.in_lang(lang).to_owned(),
    };
    vec![
        fill(say::DRAFT_FOUND.in_lang(lang), &[&moment(facts.found_at)]),
        sent,
        fill(say::DRAFT_MEANT.in_lang(lang), &[&facts.code, &facts.organisation]),
        say::DRAFT_REACHED.in_lang(lang).to_owned(),
        fill(say::DRAFT_STOPPED.in_lang(lang), &[&facts.code, &facts.stopped, &facts.gone]),
        fill(say::DRAFT_WORDS_ARE.in_lang(lang), &[&number]),
    ]
}

fn items(facts: &Facts, lang: Lang) -> Vec<String> {
    let Some(sent) = &facts.sent else { return vec![say::DRAFT_FILL.in_lang(lang).to_owned()] };
    let Some(content) = &sent.content else { return vec![say::DRAFT_TEST_PAGE.in_lang(lang).to_owned()] };
    let mut lines = vec![fill(say::DRAFT_FORM.in_lang(lang), &[&content.form])];
    lines.extend(content.groups.iter().map(|group| match group.identity.as_slice() {
        [] => group.title.clone(),
        labels => fill(say::DRAFT_GROUP.in_lang(lang), &[&group.title, &labels.join("、")]),
    }));
    lines.push(say::DRAFT_SENSITIVE.in_lang(lang).to_owned());
    lines
}

fn damage(facts: &Facts, lang: Lang) -> Vec<String> {
    if facts.sent.as_ref().is_some_and(|sent| sent.fate == Fate::Held) {
        return vec![
            say::DRAFT_FILL.in_lang(lang).to_owned(),
            say::DRAFT_NOTHING_LEFT.in_lang(lang).to_owned(),
        ];
    }
    let readable = match facts.protection {
        Protection::RecipientKey | Protection::Password => say::DRAFT_ENCRYPTED,
        Protection::UntilItLeaves => say::DRAFT_READABLE,
    };
    let last = facts.steps.iter().rev().find(|(kind, _)| kind.is_whereabouts());
    let whereabouts = match last {
        Some((kind, at)) => {
            fill(say::DRAFT_WHEREABOUTS.in_lang(lang), &[&moment(*at), &step_name(*kind).in_lang(lang)])
        }
        None => say::DRAFT_WHEREABOUTS_OPEN.in_lang(lang).to_owned(),
    };
    let mut lines =
        vec![say::DRAFT_FILL.in_lang(lang).to_owned(), readable.in_lang(lang).to_owned(), whereabouts];
    if facts.steps.iter().any(|(kind, _)| *kind == StepKind::Malice) {
        lines.push(say::DRAFT_MALICE.in_lang(lang).to_owned());
    }
    lines
}

fn people_told(facts: &Facts, lang: Lang) -> Vec<String> {
    let told = facts.steps.iter().filter(|(kind, _)| *kind == StepKind::PersonTold);
    let lines: Vec<String> =
        told.map(|(_, at)| fill(say::DRAFT_TOLD.in_lang(lang), &[&moment(*at)])).collect();
    if lines.is_empty() { vec![say::DRAFT_NOT_TOLD.in_lang(lang).to_owned()] } else { lines }
}

fn other(facts: &Facts, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    if !facts.steps.is_empty() {
        lines.push(say::DRAFT_STEPS.in_lang(lang).to_owned());
        let step = |(kind, at): &(StepKind, Timestamp)| {
            format!("  {} {}", moment(*at), step_name(*kind).in_lang(lang))
        };
        lines.extend(facts.steps.iter().map(step));
    }
    let DueDays { preliminary_from, preliminary_until, final_until } = facts.due;
    let days = [preliminary_from, preliminary_until, final_until].map(day);
    let [from, until, last] = &days;
    lines.push(fill(say::DRAFT_DUE.in_lang(lang), &[from, until]));
    lines.push(fill(say::DRAFT_DUE_FINAL.in_lang(lang), &[last]));
    lines
}

/// `令和8年7月14日(火)`
fn day(date: NaiveDate) -> String {
    let era = EraDate::from_date(date).map_or_else(|| date.to_string(), |era| era.to_string());
    format!("{era}({})", weekday_kanji(date))
}

/// `令和8年7月14日(火) 9時31分`
fn moment(at: Timestamp) -> String {
    let local = at.in_japan();
    format!("{} {}時{:02}分", day(at.date_in_japan()), local.hour(), local.minute())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::incident::Course;

    const FOUND: Timestamp = Timestamp::from_seconds(1_783_989_060);

    fn facts() -> Facts {
        Facts {
            office: "架空保健所".into(),
            number: 1,
            today: FOUND.date_in_japan(),
            found_at: FOUND,
            people: 1,
            code: "D014".into(),
            organisation: "架空県庁 感染症対策課".into(),
            frozen: true,
            channel: Channel::Fax,
            protection: Protection::UntilItLeaves,
            sent: Some(Sent {
                number: 3,
                prepared_at: FOUND.plus_seconds(-3600),
                fate: Fate::Left { at: Some(FOUND.plus_seconds(-1800)) },
                pages: 2,
                content: Some(Content {
                    form: "腸管出血性大腸菌感染症".into(),
                    groups: vec![
                        Group {
                            title: "医療機関・患者".into(),
                            identity: vec!["氏名".into(), "生年月日".into()],
                        },
                        Group { title: "症状・診断・経路".into(), identity: Vec::new() },
                    ],
                }),
            }),
            stopped: 1,
            gone: 0,
            due: DueDays::of(FOUND.date_in_japan(), &Course::default()),
            steps: vec![
                (StepKind::Contact, FOUND.plus_seconds(600)),
                (StepKind::Recovered, FOUND.plus_seconds(7200)),
                (StepKind::PersonTold, FOUND.plus_seconds(9000)),
            ],
        }
    }

    #[test]
    fn the_draft_has_nine_headings_and_what_is_known() {
        insta::assert_snapshot!(draft(&facts(), Lang::Ja));
    }

    #[test]
    fn what_is_not_known_is_left_to_be_filled_in() {
        let nothing = Facts { sent: None, steps: Vec::new(), frozen: false, ..facts() };
        let text = draft(&nothing, Lang::Ja);
        assert_eq!(text.matches("(記入)").count(), 6, "{text}");
        assert!(text.contains("特定できていない") && text.contains("記録はまだない"), "{text}");
        let test_page = Sent { content: None, ..facts().sent.unwrap() };
        let text = draft(&Facts { sent: Some(test_page), people: 0, ..facts() }, Lang::Ja);
        assert!(text.contains("個人情報はない") && !text.contains("要配慮個人情報(病歴"), "{text}");
        for (fate, says) in [
            (Fate::Held, "配送の前に"),
            (Fate::Left { at: None }, "(記入)、FAXで送付(2 枚)"),
            (Fate::Failed, "届かなかった"),
            (Fate::Unclear, "分かっていない"),
        ] {
            let text =
                draft(&Facts { sent: Some(Sent { fate, ..facts().sent.unwrap() }), ..facts() }, Lang::Ja);
            let outline = text.lines().find(|line| line.contains("T-0003")).unwrap();
            assert!(outline.contains(says), "{outline}");
            assert_eq!(text.contains("送付物は出ていない"), fate == Fate::Held, "{text}");
        }
        let meant = Facts { steps: vec![(StepKind::Malice, FOUND)], ..facts() };
        assert!(draft(&meant, Lang::En).contains("with intent"));
    }
}
