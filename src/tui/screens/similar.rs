//! People who may be the one who is being entered (似た人): the reasons, a look at their reports, and a decision.
use super::entry::memory::SharedMemory;
use super::record::Record;
use super::worklist::age_and_sex;
use crate::domain::ids::RecordId;
use crate::domain::likeness::{Aspect, DateSlip, Decision, Ground, Likeness};
use crate::domain::time::Timestamp;
use crate::form::Catalog;
use crate::japanese::era::EraDate;
use crate::keymap::{Command, Context};
use crate::office::Reason;
use crate::office::ops::{self, DeclareDifferent, DeclareSame, SimilarPerson};
use crate::text::{Lang, Text, fill, similar as words};
use crate::tui::counter::{Counter, Reply, Value, perform};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::widgets::frame::{self, Frame};
use crate::tui::widgets::list::List;
use crate::tui::widgets::put;
use crate::tui::widgets::table::{Column, row as table_row};
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use std::rc::Rc;
use std::sync::Arc;

const CONTEXTS: &[Context] = &[Context::Picker, Context::Global];
const MESSAGE_ROWS: u16 = 2;
const ROWS_EACH: u16 = 2;
const COMMANDS: &[Command] = &[Command::Open, Command::Help, Command::Back];
const SAME: char = 'S';
const DIFFERENT: char = 'N';
/// Digit, number, name, reading, age and sex, birth date, arrival, how alike.
const COLUMNS: &[Column] = &[
    Column::left(1),
    Column::left(4),
    Column::left(16),
    Column::left(18),
    Column::left(5),
    Column::left(9),
    Column::left(5),
    Column::left(8),
];
/// The grounds, and what the newest report is.
const BELOW: &[Column] = &[Column::left(48), Column::left(23)];

/// See the module.
pub struct Similar {
    /// The record that is being entered.
    record: RecordId,
    people: Vec<SimilarPerson>,
    catalog: Arc<Catalog>,
    memory: SharedMemory,
    /// A decision that is on its way: for whom, and which.
    deciding: Option<(Ticket, RecordId, Decision)>,
    list: List,
    message: String,
    now: Timestamp,
}

impl Similar {
    pub fn new(
        record: RecordId,
        people: Vec<SimilarPerson>,
        catalog: Arc<Catalog>,
        memory: SharedMemory,
        now: Timestamp,
    ) -> Self {
        let (deciding, list, message) = (None, List::default(), String::new());
        Self { record, people, catalog, memory, deciding, list, message, now }
    }

    fn look(&self, at: usize, desk: &Desk<'_>) -> Flow<Counter> {
        let Some(person) = self.people.get(at) else { return Flow::Stay };
        let (catalog, memory) = (Arc::clone(&self.catalog), Rc::clone(&self.memory));
        Flow::Effects(vec![Effect::Push(Box::new(Record::new(person.record, catalog, memory, desk.now)))])
    }

    fn decide(&mut self, decision: Decision, desk: &mut Desk<'_>) -> Flow<Counter> {
        let selected = self.list.selected(self.people.len()).and_then(|at| self.people.get(at));
        let Some(person) = selected.filter(|_| self.deciding.is_none()) else { return Flow::Stay };
        let (record, other, others) = (self.record, person.record, person.records.clone());
        let ticket = desk.ticket();
        self.deciding = Some((ticket, other, decision));
        let request = match decision {
            Decision::Same => perform(DeclareSame { record, others }),
            Decision::Different => perform(DeclareDifferent { record, others }),
        };
        Flow::Effects(vec![Effect::Perform(ticket, request)])
    }

    fn decided(&mut self, ticket: Ticket, outcome: Result<(), Reason>, lang: Lang) {
        let Some((_, other, decision)) = self.deciding.take_if(|(asked, ..)| *asked == ticket) else {
            return;
        };
        let Some(person) = self.people.iter_mut().find(|person| person.record == other) else { return };
        self.message = match outcome {
            Ok(()) => {
                person.decision = Some(decision);
                let said = match decision {
                    Decision::Same => words::SAVED_SAME,
                    Decision::Different => words::SAVED_DIFFERENT,
                };
                fill(said.in_lang(lang), &[&number(person)])
            }
            Err(reason) => reason.text().in_lang(lang).to_owned(),
        };
    }

    fn form_title(&self, person: &SimilarPerson, lang: Lang) -> String {
        let form = self.catalog.latest(&person.form);
        form.map_or_else(|| person.form.clone(), |form| form.head.short_title().in_lang(lang).to_owned())
    }

    fn rows(&self, at: usize, person: &SimilarPerson, lang: Lang) -> [String; 2] {
        let subject = person.subject.expose();
        let born = subject.birth_date.as_deref().and_then(|day| day.parse().ok());
        let era = born.and_then(EraDate::from_date).map(EraDate::compact).unwrap_or_default();
        let how = match (person.decision, person.assessment.likeness) {
            (Some(Decision::Same), _) => words::DECIDED_SAME,
            (Some(Decision::Different), _) => words::DECIDED_DIFFERENT,
            (None, Likeness::Same) => words::SAME,
            (None, Likeness::Likely) => words::LIKELY,
            (None, Likeness::Possible) => words::POSSIBLE,
        };
        let head = table_row(
            COLUMNS,
            &[
                &(at + 1).to_string(),
                &number(person),
                &subject.name,
                &subject.reading,
                &age_and_sex(subject, self.now.date_in_japan(), lang),
                &era,
                &person.arrived_at.in_japan().format("%m-%d").to_string(),
                how.in_lang(lang),
            ],
        );
        let records = fill(words::RECORDS.in_lang(lang), &[&person.records.len()]);
        let newest = if person.records.len() > 1 { records } else { self.form_title(person, lang) };
        let below = table_row(BELOW, &[&grounds(&person.assessment.grounds, lang), &newest]);
        [head, format!("  {below}")]
    }
}

impl Screen<Counter> for Similar {
    fn contexts(&self) -> &[Context] {
        CONTEXTS
    }

    fn list_acts(&self) -> &[Command] {
        &[Command::Open]
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.now = desk.now;
        self.message.clear();
        match command {
            Command::Back | Command::Cancel => {
                let people = std::mem::take(&mut self.people);
                Flow::Effects(vec![Effect::PopWith(Value::Similar(people))])
            }
            Command::Open => match self.list.selected(self.people.len()) {
                Some(at) => self.look(at, desk),
                None => Flow::Stay,
            },
            _ if self.list.apply(command, self.people.len(), self.people.len()) => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.message.clear();
        let Some(key) = text.chars().next().map(crate::keymap::key::fold_char) else { return Flow::Stay };
        match key.to_ascii_uppercase() {
            SAME => self.decide(Decision::Same, desk),
            DIFFERENT => self.decide(Decision::Different, desk),
            digit => match digit.to_digit(10).and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1)) {
                Some(at) if at < self.people.len() => {
                    self.list.select(at);
                    self.look(at, desk)
                }
                _ => Flow::Stay,
            },
        }
    }

    /// A burst of letters decides nothing.
    fn on_paste(&mut self, _text: &str, _desk: &mut Desk<'_>) -> Flow<Counter> {
        Flow::Stay
    }

    fn on_reply(&mut self, ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Performed(performed) = reply else { return Flow::Pass };
        match *performed {
            ops::Reply::DeclareSame(outcome) | ops::Reply::DeclareDifferent(outcome) => {
                self.decided(ticket, outcome, desk.lang);
                Flow::Stay
            }
            _ => Flow::Pass,
        }
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let count = self.people.len();
        // "1-1" was taken for somebody's number.
        let look = if count > 1 { format!("1-{count}") } else { "1".to_owned() };
        let fixed = [
            (look, words::KEY_LOOK),
            (SAME.to_string(), words::KEY_SAME),
            (DIFFERENT.to_string(), words::KEY_DIFFERENT),
        ];
        let frame = Frame {
            title: words::TITLE.in_lang(lang),
            title_right: &fill(words::COUNT.in_lang(lang), &[&count]),
            messages: &[words::HOW.in_lang(lang).to_owned(), self.message.clone()],
            message_rows: MESSAGE_ROWS,
            status: crate::text::common::EXPECT_ASCII.in_lang(lang),
            commands: COMMANDS,
            fixed: &fixed.map(|(key, word)| (key, word.in_lang(lang).to_owned())),
            ..Frame::default()
        };
        frame.draw(view, CONTEXTS, buffer, area);
        let body = frame::body(area, MESSAGE_ROWS);
        let bold = Style::new().add_modifier(Modifier::BOLD);
        put(buffer, body, body.x + 1, body.y, &heading(lang), bold);
        let selected = self.list.selected(count);
        let mut caret = Position::new(body.x, body.y);
        for ((at, person), y) in self.people.iter().enumerate().zip((body.y + 1..).step_by(ROWS_EACH.into()))
        {
            let chosen = Some(at) == selected;
            let style = if chosen { bold } else { Style::new() };
            if chosen {
                caret = Position::new(body.x, y);
            }
            put(buffer, body, body.x, y, if chosen { ">" } else { " " }, style);
            for (text, y) in self.rows(at, person, lang).iter().zip(y..) {
                put(buffer, body, body.x + 1, y, text.trim_end(), style);
            }
        }
        caret
    }
}

/// Not decided to be somebody else.
pub fn is_open(person: &SimilarPerson) -> bool {
    person.decision != Some(Decision::Different)
}

/// `0226 試野 五月 33女 よみ・生年月日が同じ`
pub fn summary(person: &SimilarPerson, today: NaiveDate, lang: Lang) -> String {
    let subject = person.subject.expose();
    let name = if subject.name.is_empty() { &subject.reading } else { &subject.name };
    let who = age_and_sex(subject, today, lang);
    let why = match person.decision {
        Some(Decision::Same) => words::DECIDED_SAME.in_lang(lang).to_owned(),
        _ => grounds(&person.assessment.grounds, lang),
    };
    format!("{} {name} {who} {why}", number(person))
}

fn number(person: &SimilarPerson) -> String {
    format!("{:04}", person.number)
}

fn heading(lang: Lang) -> String {
    let cells = [
        "",
        words::HEAD_NUMBER.in_lang(lang),
        words::HEAD_NAME.in_lang(lang),
        words::HEAD_READING.in_lang(lang),
        words::HEAD_AGE.in_lang(lang),
        words::HEAD_BORN.in_lang(lang),
        words::HEAD_ARRIVED.in_lang(lang),
        words::HEAD_LIKENESS.in_lang(lang),
    ];
    table_row(COLUMNS, &cells)
}

/// `よみ・生年月日が同じ 性別が違う`
fn grounds(grounds: &[Ground], lang: Lang) -> String {
    let nouns = |of: fn(&Ground) -> Option<Aspect>| -> String {
        let nouns: Vec<&str> =
            grounds.iter().filter_map(of).map(|aspect| noun(aspect).in_lang(lang)).collect();
        nouns.join(words::AND.in_lang(lang))
    };
    let same = nouns(|ground| if let Ground::Same(aspect) = ground { Some(*aspect) } else { None });
    let differs = nouns(|ground| if let Ground::Differs(aspect) = ground { Some(*aspect) } else { None });
    let slips = grounds.iter().filter_map(|ground| match ground {
        Ground::KanaSlip => Some(words::GROUND_KANA),
        Ground::DateSlip(slip) => Some(slip_words(*slip)),
        Ground::Same(_) | Ground::Differs(_) => None,
    });
    let mut said: Vec<String> = slips.map(|slip| slip.in_lang(lang).to_owned()).collect();
    if !same.is_empty() {
        said.insert(0, fill(words::GROUND_SAME.in_lang(lang), &[&same]));
    }
    if !differs.is_empty() {
        said.push(fill(words::GROUND_DIFFERS.in_lang(lang), &[&differs]));
    }
    said.join(" ")
}

const fn slip_words(slip: DateSlip) -> Text {
    match slip {
        DateSlip::Digit => words::GROUND_DIGIT,
        DateSlip::Transposed => words::GROUND_TRANSPOSED,
        DateSlip::Swapped => words::GROUND_SWAPPED,
        DateSlip::Era => words::GROUND_ERA,
    }
}

const fn noun(aspect: Aspect) -> Text {
    match aspect {
        Aspect::Reading => words::READING,
        Aspect::Name => words::NAME,
        Aspect::FamilyName => words::FAMILY_NAME,
        Aspect::GivenName => words::GIVEN_NAME,
        Aspect::BirthDate => words::BIRTH_DATE,
        Aspect::Sex => words::SEX,
        Aspect::Phone => words::PHONE,
        Aspect::Address => words::ADDRESS,
    }
}
