//! The course of one misdelivery (誤送付): what was reported, what was done, by when the law wants to hear of it.
use super::incident_step_form::IncidentStep;
use super::incidents::due_words;
use super::labels::{day, short_date};
use super::listing::Listing;
use super::parts::{LISTING, ask_only, day as padded_day, day_and_time, message_rows};
use super::reader::Reader;
use crate::domain::ids::IncidentId;
use crate::domain::incident::Conclusion;
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::keymap::{Command, Context};
use crate::office::ops::{
    self, CloseIncident, IncidentLine, IncidentView, ShowIncident, StepView, noted_name,
};
use crate::text::{Lang, Text, common, fill, incidents as say};
use crate::tui::counter::{Counter, Reply, Seat, Value};
use crate::tui::lines::Spoken;
use crate::tui::screen::{Desk, Effect, Flow, Question, Screen, Ticket, View, lettered};
use crate::tui::widgets::list::List;
use crate::tui::widgets::table::{Column, row};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

const MESSAGE_ROWS: u16 = 5;
/// The facts and the heads of the columns.
const HEADING_ROWS: u16 = 2;
const COLUMNS: &[Column] =
    &[Column::left(11), Column::left(17), Column::left(18), Column::left(23), Column::left(5)];
const REFUSE: char = 'N';

/// See the module.
pub struct IncidentCourse {
    incident: IncidentId,
    fresh: bool,
    shown: Option<Box<IncidentView>>,
    list: List,
    message: String,
}

impl IncidentCourse {
    pub fn new(incident: IncidentId) -> Self {
        Self { incident, fresh: true, shown: None, list: List::default(), message: String::new() }
    }

    fn steps(&self) -> &[StepView] {
        self.shown.as_ref().map_or(&[], |shown| &shown.steps)
    }

    fn load(&self, desk: &mut Desk<'_>) -> Flow<Counter> {
        ask_only(desk, Seat::Main, ShowIncident { incident: self.incident })
    }

    fn say(&mut self, text: Text, lang: Lang) -> Flow<Counter> {
        text.in_lang(lang).clone_into(&mut self.message);
        Flow::Stay
    }

    fn new_step(&self, now: Timestamp) -> Flow<Counter> {
        let Some(shown) = &self.shown else { return Flow::Stay };
        let form = IncidentStep::of(self.incident, shown.line.number, now);
        Flow::Effects(vec![Effect::Push(Box::new(form))])
    }

    /// A row holds the beginning of what was written.
    fn whole_step(&self, lang: Lang) -> Flow<Counter> {
        let step = self.list.selected(self.steps().len()).and_then(|at| self.steps().get(at));
        let Some(step) = step else { return Flow::Stay };
        let people = step.people.map(|people| fill(say::PEOPLE.in_lang(lang), &[&people]));
        let text = format!(
            "{} {}\n\n{}\n\n{}\n\n{}\n\n{} {}",
            day(step.done_at, lang),
            step.done_at.in_japan().format("%H:%M"),
            noted_name(step.noted, lang),
            step.whom.expose(),
            [Some(step.words.expose().clone()), people]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join("\n\n"),
            step.noted_by_number,
            day_and_time(step.noted_at),
        );
        let reader = Reader::new(say::STEP_TITLE, &Personal::new(text));
        Flow::Effects(vec![Effect::Push(Box::new(reader))])
    }

    /// The panel has one row for it.
    fn whole_words(&self) -> Flow<Counter> {
        let Some(shown) = &self.shown else { return Flow::Stay };
        Flow::Effects(vec![Effect::Push(Box::new(Reader::new(say::WORDS_TITLE, &shown.words)))])
    }

    fn draft(&self) -> Flow<Counter> {
        let Some(shown) = &self.shown else { return Flow::Stay };
        let reader = Reader::new(say::DRAFT_TITLE, &Personal::new(shown.draft.clone()));
        Flow::Effects(vec![Effect::Push(Box::new(reader))])
    }

    fn ask_to_close(&self, lang: Lang) -> Flow<Counter> {
        let Some(shown) = &self.shown else { return Flow::Stay };
        let number = format!("{:04}", shown.line.number);
        let answers = Conclusion::ALL.iter().map(|one| (letter(*one), conclusion_name(*one)));
        let answers = answers.chain([(REFUSE, say::CLOSE_NO)]);
        let question = Question {
            lines: vec![
                fill(say::CLOSE_ASK.in_lang(lang), &[&number]),
                say::CLOSE_ASK_MORE.in_lang(lang).to_owned(),
            ],
            answers: answers.map(|(letter, text)| (letter, text.in_lang(lang).to_owned())).collect(),
            refuse: REFUSE,
        };
        Flow::Effects(vec![Effect::Ask(question)])
    }

    fn details(&self, lang: Lang) -> Vec<String> {
        let Some(shown) = &self.shown else { return vec![self.message.clone()] };
        let line = &shown.line;
        let ops::Reporting { due, preliminary, last } = line.reporting;
        let days = fill(
            say::COURSE_DUE.in_lang(lang),
            &[
                &short_date(due.preliminary_from),
                &short_date(due.preliminary_until),
                &due_words(preliminary, lang),
                &short_date(due.final_until),
                &due_words(last, lang),
            ],
        );
        let frozen = if line.frozen { say::COURSE_FROZEN } else { say::COURSE_NOT_FROZEN };
        let stopped =
            fill(say::COURSE_STOPPED.in_lang(lang), &[&frozen.in_lang(lang), &line.stopped, &line.gone]);
        let words = fill(say::COURSE_WORDS.in_lang(lang), &[shown.words.expose()]);
        let closed = line.closed.as_ref().map(|(conclusion, by, at)| {
            let conclusion = conclusion_name(*conclusion).in_lang(lang);
            fill(say::COURSE_CLOSED.in_lang(lang), &[&conclusion, by, &padded_day(*at, lang)])
        });
        let mut rows = vec![days, stopped, words];
        rows.extend(closed);
        rows.extend(message_rows(&[&self.message]));
        rows
    }

    fn cells(step: &StepView, lang: Lang) -> String {
        let (when, what) = (day_and_time(step.done_at), noted_name(step.noted, lang));
        let cells = [when.as_str(), &what, step.whom.expose(), step.words.expose(), &step.noted_by_number];
        row(COLUMNS, &cells)
    }
}

fn facts(line: &IncidentLine, lang: Lang) -> String {
    let found = day_and_time(line.found_at);
    fill(
        say::COURSE_FACTS.in_lang(lang),
        &[&found.trim_start(), &line.people, &sending(line, lang), &line.reported_by_number],
    )
}

/// The number of the sending, as lists write it.
pub(super) fn sending(line: &IncidentLine, lang: Lang) -> String {
    let unknown = || say::UNKNOWN_SENDING.in_lang(lang).to_owned();
    line.transmission.map_or_else(unknown, |number| format!("T-{number:04}"))
}

const fn conclusion_name(conclusion: Conclusion) -> Text {
    match conclusion {
        Conclusion::Leak => say::CONCLUSION_LEAK,
        Conclusion::Unreadable => say::CONCLUSION_UNREADABLE,
        Conclusion::RecoveredUnread => say::CONCLUSION_RECOVERED,
    }
}

const fn letter(conclusion: Conclusion) -> char {
    match conclusion {
        Conclusion::Leak => 'L',
        Conclusion::Unreadable => 'E',
        Conclusion::RecoveredUnread => 'R',
    }
}

impl Screen<Counter> for IncidentCourse {
    fn contexts(&self) -> &[Context] {
        LISTING
    }

    fn list_acts(&self) -> &[Command] {
        &[Command::Open, Command::New, Command::Refresh]
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        let rows = desk.body_rows(MESSAGE_ROWS).saturating_sub(HEADING_ROWS.into());
        match command {
            Command::Open => self.whole_step(desk.lang),
            Command::New => self.new_step(desk.now),
            Command::Refresh => self.load(desk),
            // The list below may say something else by now.
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::PopWith(Value::Changed)]),
            _ if self.list.apply(command, self.steps().len(), rows) => {
                self.message.clear();
                Flow::Stay
            }
            _ => Flow::Pass,
        }
    }

    fn letters(&self, lang: Lang) -> Vec<(String, String)> {
        lettered(lang, &[("A", say::KEY_WORDS), ("V", say::KEY_DRAFT), ("C", say::KEY_CLOSE)])
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        match text.to_ascii_uppercase().as_str() {
            "A" => self.whole_words(),
            "V" => self.draft(),
            "C" => self.ask_to_close(desk.lang),
            _ => Flow::Pass,
        }
    }

    fn on_answer(&mut self, answer: char, desk: &mut Desk<'_>) -> Flow<Counter> {
        match Conclusion::ALL.iter().find(|one| letter(**one) == answer) {
            Some(conclusion) => {
                let close = CloseIncident { incident: self.incident, conclusion: *conclusion };
                ask_only(desk, Seat::Main, close)
            }
            None => Flow::Stay,
        }
    }

    fn on_value(&mut self, value: Value, desk: &mut Desk<'_>) -> Flow<Counter> {
        match value {
            Value::Changed => {
                say::NOTED.in_lang(desk.lang).clone_into(&mut self.message);
                self.load(desk)
            }
            _ => Flow::Stay,
        }
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Performed(reply) = reply else { return Flow::Pass };
        match *reply {
            ops::Reply::ShowIncident(Ok(shown)) => {
                self.shown = Some(shown);
                Flow::Stay
            }
            ops::Reply::CloseIncident(Ok(())) => {
                say::CLOSED_NOW.in_lang(desk.lang).clone_into(&mut self.message);
                self.load(desk)
            }
            ops::Reply::ShowIncident(Err(reason)) | ops::Reply::CloseIncident(Err(reason)) => {
                self.say(reason.text(), desk.lang)
            }
            _ => Flow::Pass,
        }
    }

    fn deadline_us(&self) -> Option<u64> {
        self.fresh.then_some(0)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.fresh = false;
        self.load(desk)
    }

    fn describe(&self, _view: &View<'_>, spoken: &mut Spoken) {
        spoken.in_list(self.list, self.steps().len());
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let line = self.shown.as_ref().map(|shown| &shown.line);
        let which = line.map_or_else(String::new, |line| format!("{:04}  {}", line.number, line.code));
        let facts = line.map(|line| facts(line, lang)).unwrap_or_default();
        let mut keys = view.keys(LISTING, &[(Command::New, say::KEY_STEP), (Command::Open, say::KEY_WHOLE)]);
        keys.extend(self.letters(lang));
        let listing = Listing {
            title: say::COURSE_TITLE,
            title_right: &which,
            details: &self.details(lang),
            detail_rows: MESSAGE_ROWS,
            expect: common::EXPECT_ASCII,
            keys: &keys,
            contexts: LISTING,
            counts: Some(&facts),
            columns: COLUMNS,
            headings: &[
                say::COLUMN_WHEN,
                say::COLUMN_KIND,
                say::COLUMN_WHOM,
                say::COLUMN_WORDS,
                say::COLUMN_BY,
            ],
            instead: if line.is_none() { say::LOADING } else { say::NO_STEPS },
        };
        listing.draw(view, buffer, area, self.list, self.steps().len(), |at| {
            self.steps().get(at).map(|step| Self::cells(step, lang)).unwrap_or_default()
        })
    }
}
