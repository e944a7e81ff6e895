//! The sender's half: what is sent, where to, and handing it to a second person.
mod handed;

use super::confirm::Identify;
use super::destinations::{Destinations, near_miss};
use super::parts::{TEXT_ITEMS, ask, ask_only, day, message_rows};
use super::reader::Reader;
use crate::domain::destination::DestinationCode;
use crate::domain::ids::RecordId;
use crate::domain::sensitive::Personal;
use crate::form::Catalog;
use crate::japanese::width::fold_ascii_char;
use crate::keymap::{Command, Context};
use crate::office::Face;
use crate::office::ops::{
    self, DestinationLine, ListDestinations, ListPurpose, Near, PrepareOutcome, PrepareTransmission,
    RecordView, ShowRecord, channel_name,
};
use crate::text::{Lang, Text, common, destinations as say, fill};
use crate::tui::counter::{Counter, Reply, Request, Seat, Value};
use crate::tui::lines::Spoken;
use crate::tui::look::display_width;
use crate::tui::outside::Manner;
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::paragraph::wrap;
use crate::tui::widgets::text_field::{Accept, Edited, Show, TextField};
use crate::tui::widgets::{cut, put};
use handed::{Eyes, Handed};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::sync::Arc;

const MESSAGE_ROWS: u16 = 2;
const CODE_LENGTH: usize = 5;
const CODE_COLUMNS: u16 = 8;
const VALUE_X: u16 = 12;
/// From there to the edge, with a column free.
const VALUE_COLUMNS: usize = 67;
/// A title takes one row, or two.
const TITLE_ROWS: usize = 2;
/// What the second person needs, below everything.
const NOTE_ROWS: u16 = 3;
/// More look-alikes than that say nothing.
const SIMILAR_MAX: usize = 3;
/// A digit each; more are found in the register.
const CANDIDATES_MAX: usize = 6;
const MENTION_LENGTH: usize = 80;
const MENTION_COLUMNS: u16 = 60;
const CHOOSING: &[Context] = &[Context::Choice, Context::Form, Context::Shared, Context::Global];

/// See the module.
pub struct Prepare {
    face: Face,
    record: RecordId,
    fresh: bool,
    view: Option<Box<RecordView>>,
    lines: Vec<DestinationLine>,
    /// Where a paper of this form may go, the most used first: a digit chooses one.
    candidates: Vec<usize>,
    catalog: Option<Arc<Catalog>>,
    code: TextField,
    /// The only candidate stands in the field and nobody has touched it.
    is_preset: bool,
    /// Why somebody else is named in it; asked only when somebody is.
    why: Option<TextField>,
    mention: Option<Personal<String>>,
    message: String,
    busy: bool,
    /// From here on the colleague may look at this screen: nothing of the choice is on it any more.
    handed: Option<Box<Handed>>,
}

impl Prepare {
    pub fn new(face: Face, record: RecordId) -> Self {
        Self {
            face,
            record,
            fresh: true,
            view: None,
            lines: Vec::new(),
            candidates: Vec::new(),
            catalog: None,
            is_preset: false,
            why: None,
            mention: None,
            code: TextField::new(Accept::Anything, Show::Plain, CODE_LENGTH),
            message: String::new(),
            busy: false,
            handed: None,
        }
    }

    fn chosen(&self) -> Option<&DestinationLine> {
        let code = DestinationCode::parse(&self.code.text())?;
        self.lines.iter().find(|line| line.code == code.to_string())
    }

    /// Looks for candidates once record, register and forms are there. One alone needs no choosing.
    fn offer(&mut self) {
        let (Some(view), Some(catalog)) = (&self.view, &self.catalog) else { return };
        let Some(head) = catalog.head_of(&view.form, view.form_version) else { return };
        let admits = |line: &DestinationLine| {
            let purposes = line.purposes.iter().filter_map(|id| catalog.purpose(id));
            line.status.check_usable().is_ok() && purposes.into_iter().any(|purpose| purpose.admits(head))
        };
        let mut fit: Vec<usize> =
            (0..self.lines.len()).filter(|at| self.lines.get(*at).is_some_and(admits)).collect();
        let used = |at: &usize| self.lines.get(*at).map(|line| line.use_of_it.this_month).unwrap_or_default();
        fit.sort_by_key(|at| std::cmp::Reverse(used(at)));
        if let ([only], true) = (fit.as_slice(), self.code.is_empty())
            && let Some(line) = self.lines.get(*only)
        {
            self.code.set(&line.code);
            self.is_preset = true;
        }
        self.candidates = fit;
    }

    /// A digit in the empty field chooses a candidate: codes begin with a letter.
    fn choose(&mut self, typed: &str) -> bool {
        let digit = typed.chars().next().map(fold_ascii_char).and_then(|c| c.to_digit(10));
        let at = digit.and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
        let line = at.and_then(|at| self.lines.get(*self.candidates.get(at)?));
        match (self.code.is_empty() || self.is_preset, line) {
            (true, Some(line)) => {
                self.code.set(&line.code);
                true
            }
            _ => false,
        }
    }

    fn say(&mut self, text: Text, lang: Lang) -> Flow<Counter> {
        self.message = text.in_lang(lang).to_owned();
        Flow::Stay
    }

    fn hand_over(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.busy {
            return Flow::Stay;
        }
        let Some((destination, usable)) = self.chosen().map(|line| (line.id, line.status.check_usable()))
        else {
            return self.say(say::NO_SUCH_CODE, desk.lang);
        };
        if let Err(reason) = usable {
            return self.say(reason.text(), desk.lang);
        }
        if let Some(why) = &self.why {
            if why.is_empty() {
                return self.say(say::MENTION_WHY, desk.lang);
            }
            self.mention = Some(Personal::new(why.text()));
        }
        self.busy = true;
        let (record, mention) = (self.record, self.mention.take());
        ask_only(desk, Seat::Main, PrepareTransmission { record, destination, mention })
    }

    fn edit(&mut self, command: Command) -> Edited {
        let edited = match &mut self.why {
            Some(why) => why.edit(command),
            None => self.code.edit(command),
        };
        self.is_preset &= edited == Edited::NotMine;
        edited
    }

    fn preview(&mut self, lang: Lang) -> Flow<Counter> {
        match &self.handed {
            Some(handed) if handed.before == Eyes::Anybodys => self.say(say::PREVIEW_OVER, lang),
            Some(handed) => {
                let reader = Reader::new(say::PREVIEW_TITLE, &handed.prepared.document);
                Flow::Effects(vec![Effect::Push(Box::new(reader))])
            }
            None => self.say(say::PREVIEW_LATER, lang),
        }
    }

    fn draw_choice(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let words = [
            (Command::Register, say::KEY_HAND_OVER),
            (Command::Candidates, say::KEY_LIST),
            (Command::Check, say::KEY_PREVIEW),
        ];
        let number = self.view.as_ref().map(|v| format!("{:04}", v.number)).unwrap_or_default();
        let me = format!("{} {}", self.face.number, self.face.name);
        let frame = Frame {
            title: &fill(say::PREPARE_TITLE.in_lang(lang), &[&number]),
            title_right: &fill(say::SENDER_IS.in_lang(lang), &[&me]),
            messages: &message_rows(&[&self.message]),
            message_rows: MESSAGE_ROWS,
            status: common::EXPECT_ASCII.in_lang(lang),
            status_right: say::STATUS_PREPARING.in_lang(lang),
            fixed: &view.keys(TEXT_ITEMS, &words),
            commands: &[Command::Back, Command::Help],
        };
        let body = frame.draw(view, TEXT_ITEMS, buffer, area);
        let plain = Style::new();
        let pair = |buffer: &mut Buffer, y: u16, label: Text, value: &str| {
            put(buffer, body, body.x + 1, y, label.in_lang(lang), plain);
            put(buffer, body, body.x + VALUE_X, y, value, plain);
        };
        let [what, whose] = self.what(lang);
        let what = wrap(&what, VALUE_COLUMNS);
        // A long title takes the row that stays empty below.
        for (y, row) in (body.y..).zip(what.iter().take(TITLE_ROWS)) {
            put(buffer, body, body.x + VALUE_X, y, row, plain);
        }
        let whose_y = body.y + u16::from(what.len() > 1) + 1;
        pair(buffer, body.y, say::PREPARE_WHAT, "");
        pair(buffer, whose_y, say::PREPARE_WHOSE, &cut(&whose, VALUE_COLUMNS));
        pair(buffer, body.y + 3, say::PREPARE_TO, "");
        let field = Rect { x: body.x + VALUE_X, y: body.y + 3, width: CODE_COLUMNS, height: 1 };
        let mut caret = self.code.draw(buffer, field, plain);
        put(buffer, body, field.right() + 2, field.y, say::PREPARE_TO_HINT.in_lang(lang), plain);
        let feet = NOTE_ROWS + u16::from(self.why.is_some());
        let room = usize::from(body.bottom().saturating_sub(feet + field.y + 1));
        let below = if self.code.is_empty() { self.offered(room) } else { self.where_to(lang, room) };
        for (y, line) in (field.y + 1..).zip(below) {
            put(buffer, body, body.x + VALUE_X, y, &line, plain);
        }
        if let Some(why) = &self.why {
            let y = body.bottom().saturating_sub(4);
            put(buffer, body, body.x + 1, y, say::MENTION_FIELD.in_lang(lang), plain);
            let area = Rect { x: body.x + VALUE_X, y, width: MENTION_COLUMNS, height: 1 };
            caret = why.draw(buffer, area, plain);
        }
        let notes = [say::NEEDS_SECOND, say::SECOND_BRINGS, say::SECOND_SEES_NOTHING];
        for (y, note) in (body.bottom().saturating_sub(3)..).zip(notes) {
            put(buffer, body, body.x + 1, y, note.in_lang(lang), plain);
        }
        caret
    }

    fn what(&self, lang: Lang) -> [String; 2] {
        let Some(shown) = &self.view else {
            return [say::NOT_LOADED.in_lang(lang).to_owned(), String::new()];
        };
        let title = shown.title.as_ref().map_or(shown.form.as_str(), |title| title.in_lang(lang));
        let version = fill(say::PREPARE_VERSION.in_lang(lang), &[&shown.version]);
        let reception = say::PREPARE_RECEPTION.in_lang(lang);
        let name = shown.subject.as_ref().map(|subject| subject.expose().name.clone());
        let name = name.filter(|name| !name.is_empty());
        [
            format!("{title}  {version}  {reception} {:04}", shown.number),
            name.unwrap_or_else(|| say::NO_NAME.in_lang(lang).to_owned()),
        ]
    }

    /// The candidates with their digits: whole names while there is room for all of them.
    fn offered(&self, room: usize) -> Vec<String> {
        let lines = self.candidates.iter().filter_map(|at| self.lines.get(*at));
        let numbered = lines.take(CANDIDATES_MAX).zip(1..);
        let rows: Vec<String> = numbered
            .map(|(line, digit): (_, u32)| format!("{digit}  {}  {}", line.code, line.organisation))
            .collect();
        let whole: Vec<String> = rows.iter().flat_map(|row| hanging(row)).collect();
        match whole.len() <= room {
            true => whole,
            false => rows.iter().map(|row| cut(row, VALUE_COLUMNS).into_owned()).collect(),
        }
    }

    fn where_to(&self, lang: Lang, room: usize) -> Vec<String> {
        let Some(line) = self.chosen() else { return Vec::new() };
        let checked = match line.status {
            ops::DestinationStatus::Usable | ops::DestinationStatus::Expiring => {
                let until = line.valid_until.map(|at| day(at, lang)).unwrap_or_default();
                fill(say::CONFIRMED_UNTIL.in_lang(lang), &[&until])
            }
            other => other.text().in_lang(lang).to_owned(),
        };
        let way = channel_name(line.channel).in_lang(lang);
        let used = line.use_of_it.last.map_or_else(
            || say::NEVER_USED.in_lang(lang).to_owned(),
            |(at, _)| fill(say::USED.in_lang(lang), &[&day(at, lang), &line.use_of_it.this_month]),
        );
        let whole = [format!("{}  {}", line.code, line.organisation), format!("{way}  {checked}"), used];
        let mut rows: Vec<String> = whole.iter().flat_map(|row| wrap(row, VALUE_COLUMNS)).collect();
        for near in line.near.iter().take(SIMILAR_MAX) {
            let left = room.saturating_sub(rows.len());
            rows.extend(warning(near, left, lang));
        }
        rows
    }
}

/// Wrapped so that the digits stand alone at the left.
fn hanging(row: &str) -> Vec<String> {
    const INDENT: &str = "   ";
    let rows = wrap(row, VALUE_COLUMNS - INDENT.len()).into_iter().enumerate();
    rows.map(|(nth, row)| if nth == 0 { row } else { format!("{INDENT}{row}") }).collect()
}

/// A look-alike in as many rows as are left: rather a part of its name than none of the reason.
fn warning(near: &Near, room: usize, lang: Lang) -> Vec<String> {
    let why = near_miss(near.why).in_lang(lang);
    let with =
        |name: &str| wrap(&fill(say::SIMILAR.in_lang(lang), &[&near.code, &name, &why]), VALUE_COLUMNS);
    let widths = (0..=display_width(&near.organisation)).rev();
    let tried = widths.map(|columns| with(&cut(&near.organisation, columns)));
    tried.into_iter().find(|rows| rows.len() <= room).unwrap_or_default()
}

impl Screen<Counter> for Prepare {
    fn contexts(&self) -> &[Context] {
        if self.handed.is_some() { CHOOSING } else { TEXT_ITEMS }
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::Check => self.preview(desk.lang),
            Command::Back if self.handed.is_some() => Flow::Effects(vec![Effect::PopWith(Value::Changed)]),
            Command::Back => Flow::Effects(vec![Effect::Pop]),
            _ if self.handed.is_some() => Flow::Pass,
            Command::Register => self.hand_over(desk),
            Command::Candidates => {
                Flow::Effects(vec![Effect::Push(Box::new(Destinations::pick(self.face.clone())))])
            }
            _ if self.edit(command) != Edited::NotMine => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    fn letters(&self, lang: Lang) -> Vec<(String, String)> {
        if self.handed.is_some() { handed::letters(lang) } else { Vec::new() }
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Some(handed) = &mut self.handed else {
            self.message.clear();
            if let Some(why) = &mut self.why {
                why.insert(text);
            } else if !self.choose(text) {
                // What was put there for convenience gives way to what is typed.
                if self.is_preset {
                    self.code.set("");
                }
                self.is_preset = false;
                self.code.insert(text);
            }
            return Flow::Stay;
        };
        match text {
            // A blind check beside its answers would be none.
            "1" if desk.manner == Manner::Lines => self.say(say::HANDED_ONLY_LATER, desk.lang),
            "1" => {
                handed.before = Eyes::Anybodys;
                let next = Identify::on_the_spot(handed.prepared.transmission, handed.prepared.number);
                Flow::Effects(vec![Effect::Push(Box::new(next))])
            }
            "2" => Flow::Effects(vec![Effect::PopWith(Value::Changed)]),
            _ => Flow::Pass,
        }
    }

    fn on_value(&mut self, value: Value, _desk: &mut Desk<'_>) -> Flow<Counter> {
        match value {
            Value::Destination(id) => {
                if let Some(line) = self.lines.iter().find(|line| line.id == id) {
                    self.code.set(&line.code);
                }
                Flow::Stay
            }
            // The confirmation is over, whichever way.
            Value::Changed | Value::ChangedAnd(_) => Flow::Effects(vec![Effect::PopWith(Value::Changed)]),
            Value::Form(_)
            | Value::Registered(_)
            | Value::KeyedTwice(_)
            | Value::DiseaseNamed(_)
            | Value::LogQuery(_)
            | Value::Similar(_)
            | Value::Week(_) => Flow::Stay,
        }
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let reply = match reply {
            Reply::Forms(catalog, _) => {
                self.catalog = Some(catalog);
                self.offer();
                return Flow::Stay;
            }
            Reply::Performed(reply) => reply,
            _ => return Flow::Pass,
        };
        match *reply {
            ops::Reply::ShowRecord(Ok(view)) => {
                self.view = Some(Box::new(view));
                self.offer();
            }
            ops::Reply::ListDestinations(Ok(lines)) => {
                self.lines = lines;
                self.offer();
            }
            ops::Reply::PrepareTransmission(Ok(PrepareOutcome::Mentions(items))) => {
                self.busy = false;
                let named: Vec<&str> = items.iter().map(|label| label.in_lang(desk.lang)).collect();
                self.message = fill(say::MENTIONS.in_lang(desk.lang), &[&named.join("、")]);
                self.why = Some(TextField::new(Accept::Anything, Show::Plain, MENTION_LENGTH));
            }
            ops::Reply::PrepareTransmission(Ok(PrepareOutcome::Prepared(prepared))) => {
                self.handed = Some(Box::new(Handed { prepared, before: Eyes::Senders }));
                self.code.set("");
                self.message.clear();
            }
            ops::Reply::ShowRecord(Err(reason))
            | ops::Reply::ListDestinations(Err(reason))
            | ops::Reply::PrepareTransmission(Err(reason)) => {
                self.busy = false;
                return self.say(reason.text(), desk.lang);
            }
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    fn deadline_us(&self) -> Option<u64> {
        self.fresh.then_some(0)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.fresh = false;
        let show = ask(desk, Seat::Main, ShowRecord { record: self.record });
        let forms = Effect::Perform(desk.ticket(), Request::Forms);
        Flow::Effects(vec![
            forms,
            show,
            ask(desk, Seat::Main, ListDestinations { purpose: ListPurpose::Pick }),
        ])
    }

    fn describe(&self, view: &View<'_>, spoken: &mut Spoken) {
        if self.handed.is_some() {
            let now = format!("1, {}", say::HANDED_NOW.in_lang(view.lang));
            spoken.body.retain(|row| *row != now);
            spoken.focus.clear();
            say::HANDED_ONLY_LATER.in_lang(view.lang).clone_into(&mut spoken.status);
        }
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        match &self.handed {
            Some(handed) => handed.draw((&self.face, &self.message), view, buffer, area),
            None => self.draw_choice(view, buffer, area),
        }
    }
}
