//! The destination register (送り先台帳): who may be sent to, and how far each entry has been checked.
use super::destination_form::DestinationEntry;
use super::destination_rekey::DestinationRekey;
use super::listing::Listing;
use super::misdelivery_form::Misdelivery;
use super::parts::{LISTING, MESSAGE_COLUMNS, ask, ask_only, day, message_rows, short_time};
use super::purposes::Purposes;
use super::read_out::ReadOut;
use crate::domain::ids::DestinationId;
use crate::japanese::phone::Typed;
use crate::keymap::{Command, Context};
use crate::office::ops::{
    self, DestinationLine, DestinationShown, DestinationStatus, FreezeDestination, ListDestinations,
    ListPurpose, NearMiss, PrepareTestPage, ShowDestination, channel_name,
};
use crate::office::{Face, Reason};
use crate::text::{Lang, Text, common, destinations as say, fill, outbox, read_out};
use crate::tui::counter::{Counter, Reply, Request, Seat, Value};
use crate::tui::lines::Spoken;
use crate::tui::screen::{Desk, Effect, Flow, Question, Screen, Ticket, View, lettered};
use crate::tui::widgets::cut;
use crate::tui::widgets::list::List;
use crate::tui::widgets::table::{Column, row};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// A name alone may take three.
const MESSAGE_ROWS: u16 = 7;
const HEADING_ROWS: u16 = 1;
const COLUMNS: &[Column] = &[
    Column::left(5),
    Column::left(28),
    Column::left(12),
    Column::left(12),
    Column::left(10),
    Column::left(6),
];

/// See the module.
pub struct Destinations {
    face: Face,
    purpose: ListPurpose,
    fresh: bool,
    lines: Vec<DestinationLine>,
    list: List,
    purposes: Purposes,
    /// Whose address was asked for last.
    asked: Option<(Ticket, DestinationId)>,
    /// The address that was asked for, until the next movement.
    shown: Option<(DestinationId, DestinationShown)>,
    message: String,
    freezing: Option<DestinationId>,
}

impl Destinations {
    pub fn new(face: Face) -> Self {
        Self::with(face, ListPurpose::Keep)
    }

    /// Hands the chosen entry back as `Value::Destination`.
    pub fn pick(face: Face) -> Self {
        Self::with(face, ListPurpose::Pick)
    }

    fn with(face: Face, purpose: ListPurpose) -> Self {
        let list = List::default();
        let purposes = Purposes::default();
        Self {
            face,
            purpose,
            fresh: true,
            lines: Vec::new(),
            list,
            purposes,
            asked: None,
            shown: None,
            message: String::new(),
            freezing: None,
        }
    }

    fn selected(&self) -> Option<&DestinationLine> {
        self.lines.get(self.list.selected(self.lines.len())?)
    }

    fn say(&mut self, text: Text, lang: Lang) -> Flow<Counter> {
        self.message = text.in_lang(lang).to_owned();
        Flow::Stay
    }

    fn open(&mut self, desk: &Desk<'_>) -> Flow<Counter> {
        let Some(line) = self.selected() else { return self.say(say::NOTHING_SELECTED, desk.lang) };
        match (self.purpose, line.status.check_usable()) {
            (ListPurpose::Pick, Ok(())) => Flow::Effects(vec![Effect::PopWith(Value::Destination(line.id))]),
            (ListPurpose::Pick, Err(_)) => self.say(say::NOT_USABLE, desk.lang),
            (ListPurpose::Keep, _) => self.second_keying(desk),
        }
    }

    fn second_keying(&mut self, desk: &Desk<'_>) -> Flow<Counter> {
        let Some(line) = self.selected() else { return self.say(say::NOTHING_SELECTED, desk.lang) };
        let refusal = match line.status {
            DestinationStatus::Unconfirmed if line.entered_by == self.face.account => Some(say::OWN_ENTRY),
            DestinationStatus::Unconfirmed => None,
            DestinationStatus::Disputed => Some(Reason::EntryDisputed.text()),
            DestinationStatus::Untested => Some(say::NEXT_TEST_PAGE),
            DestinationStatus::Imported => Some(Reason::DestinationImported.text()),
            DestinationStatus::Frozen => Some(Reason::DestinationFrozen.text()),
            _ => Some(say::ALREADY_CONFIRMED),
        };
        match refusal {
            Some(text) => self.say(text, desk.lang),
            None => Flow::Effects(vec![Effect::Push(Box::new(DestinationRekey::new(line)))]),
        }
    }

    fn test_page(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        match self.selected().map(|line| (line.id, line.status)) {
            None => self.say(say::NOTHING_SELECTED, desk.lang),
            Some((destination, DestinationStatus::Untested)) => {
                ask_only(desk, Seat::Main, PrepareTestPage { destination })
            }
            Some(_) => self.no_test(desk.lang),
        }
    }

    /// Why there is nothing to test, or no longer.
    fn no_test(&mut self, lang: Lang) -> Flow<Counter> {
        let over = self.selected().and_then(to_do_when_over);
        self.say(over.unwrap_or(say::NO_TEST_NEEDED), lang)
    }

    fn call_back(&mut self, desk: &Desk<'_>) -> Flow<Counter> {
        match self.selected() {
            None => self.say(say::NOTHING_SELECTED, desk.lang),
            Some(line) if line.status == DestinationStatus::Untested => Flow::Effects(vec![Effect::Push(
                Box::new(ReadOut::of_test_page(line.id, &line.code, &line.phone)),
            )]),
            Some(_) => self.no_test(desk.lang),
        }
    }

    fn show_address(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Some(id) = self.selected().map(|line| line.id) else {
            return self.say(say::NOTHING_SELECTED, desk.lang);
        };
        let effect = ask(desk, Seat::Main, ShowDestination { id });
        if let Effect::Perform(ticket, _) = &effect {
            self.asked = Some((*ticket, id));
        }
        Flow::Effects(vec![effect])
    }

    /// Somebody may have gone on to another row meanwhile: an address never stands at the wrong one.
    fn put_address(&mut self, ticket: Ticket, shown: DestinationShown, lang: Lang) -> Flow<Counter> {
        let asked = self.asked.take_if(|(of, _)| *of == ticket).map(|(_, id)| id);
        match asked.filter(|id| self.selected().is_some_and(|line| line.id == *id)) {
            Some(id) => {
                self.shown = Some((id, shown));
                self.say(say::SHOWN_NOTE, lang)
            }
            None => Flow::Stay,
        }
    }

    fn freeze(&mut self, desk: &Desk<'_>) -> Flow<Counter> {
        let Some(line) = self.selected() else { return self.say(say::NOTHING_SELECTED, desk.lang) };
        let lang = desk.lang;
        if line.status == DestinationStatus::Frozen {
            return self.say(Reason::DestinationFrozen.text(), lang);
        }
        let question = Question {
            lines: vec![
                fill(say::FREEZE_ASK.in_lang(lang), &[&line.code, &line.organisation]),
                say::FREEZE_ASK_MORE.in_lang(lang).to_owned(),
            ],
            answers: vec![
                ('S', say::FREEZE_YES.in_lang(lang).to_owned()),
                ('N', say::FREEZE_NO.in_lang(lang).to_owned()),
            ],
            refuse: 'N',
        };
        self.freezing = Some(line.id);
        Flow::Effects(vec![Effect::Ask(question)])
    }

    fn details(&self, lang: Lang) -> Vec<String> {
        let Some(line) = self.selected() else { return Vec::new() };
        let address = match &self.shown {
            Some((id, shown)) if *id == line.id => crate::japanese::destination::in_groups(&shown.address),
            _ if self.purpose == ListPurpose::Pick => String::new(),
            _ => say::ADDRESS_HIDDEN.in_lang(lang).to_owned(),
        };
        let purposes = self.purposes.titles(&line.purposes, lang);
        let last = if self.message.is_empty() { self.remark(line, lang) } else { self.message.clone() };
        // The row of the list has room for the beginning of a name only.
        let mut rows = message_rows(&[&format!("{}  {}", line.code, shown_name(line, lang))]);
        let phone = Some(&line.phone).filter(|phone| !phone.is_empty());
        let phone = phone.map(|phone| fill(read_out::CALL.in_lang(lang), &[&Typed::read(phone).shown]));
        let address = Some(address).filter(|address| !address.is_empty());
        let way: Vec<String> = [address, phone, Some(purposes)].into_iter().flatten().collect();
        rows.extend(message_rows(&[&way.join("  ")]));
        let last = message_rows(&[&last]);
        let room = usize::from(MESSAGE_ROWS).saturating_sub(rows.len() + last.len());
        rows.extend(at_most(room, message_rows(&[&who(line, lang)])));
        rows.extend(last);
        rows
    }

    /// Something sent there reached somebody else.
    fn report(&mut self, desk: &Desk<'_>) -> Flow<Counter> {
        let Some(line) = self.selected() else { return self.say(say::NOTHING_SELECTED, desk.lang) };
        let form = Misdelivery::of_entry(line.id, &line.code, desk.now);
        Flow::Effects(vec![Effect::Push(Box::new(form))])
    }

    /// What is to be known about it, the most urgent first.
    fn remark(&self, line: &DestinationLine, lang: Lang) -> String {
        if line.organisation.is_empty() {
            return say::NAMES_HIDDEN.in_lang(lang).to_owned();
        }
        let to_do = match line.status {
            DestinationStatus::Disputed => Some(Reason::EntryDisputed.text()),
            DestinationStatus::Untested => Some(say::TO_DO_TEST),
            DestinationStatus::Expiring => Some(say::TO_DO_RENEW),
            DestinationStatus::Imported => Some(say::TO_DO_IMPORTED),
            DestinationStatus::Frozen => Some(Reason::DestinationFrozen.text()),
            _ => to_do_when_over(line),
        };
        if let Some(text) = to_do {
            return text.in_lang(lang).to_owned();
        }
        if let Some(near) = line.near.first() {
            return fill(
                say::SIMILAR.in_lang(lang),
                &[&near.code, &near.organisation, &near_miss(near.why).in_lang(lang)],
            );
        }
        let Some((at, _)) = line.use_of_it.last else { return String::new() };
        fill(say::USED.in_lang(lang), &[&day(at, lang), &line.use_of_it.this_month])
    }

    fn cells(line: &DestinationLine, lang: Lang) -> String {
        let until = line.valid_until.map(|at| match lang {
            Lang::Ja => crate::japanese::era::EraDate::from_date(at.date_in_japan())
                .map(crate::japanese::era::EraDate::compact)
                .unwrap_or_default(),
            Lang::En => day(at, lang),
        });
        let near = if line.near.is_empty() { "" } else { say::HAS_SIMILAR.in_lang(lang) };
        let cells = [
            line.code.as_str(),
            shown_name(line, lang),
            channel_name(line.channel).in_lang(lang),
            line.status.text().in_lang(lang),
            until.as_deref().unwrap_or("-"),
            near,
        ];
        row(COLUMNS, &cells)
    }
}

/// The year is over, or the month for test page and call has passed without them.
fn to_do_when_over(line: &DestinationLine) -> Option<Text> {
    match (line.status, &line.called) {
        (DestinationStatus::Expired, Some(_)) => Some(say::TO_DO_EXPIRED),
        (DestinationStatus::Expired, None) => Some(say::TO_DO_TEST_OVER),
        _ => None,
    }
}

fn shown_name(line: &DestinationLine, lang: Lang) -> &str {
    if line.organisation.is_empty() { say::HIDDEN_NAME.in_lang(lang) } else { &line.organisation }
}

/// As many rows as there is room for; what is left out is marked.
fn at_most(room: usize, mut rows: Vec<String>) -> Vec<String> {
    if rows.len() > room {
        let last = rows.drain(room.saturating_sub(1)..).collect::<String>();
        rows.push(cut(&last, MESSAGE_COLUMNS).into_owned());
        rows.truncate(room);
    }
    rows
}

fn who(line: &DestinationLine, lang: Lang) -> String {
    let first = match &line.confirmed_by_name {
        Some(second) => fill(say::ENTERED_AND_CONFIRMED_BY.in_lang(lang), &[&line.entered_by_name, second]),
        None => fill(say::ENTERED_BY.in_lang(lang), &[&line.entered_by_name]),
    };
    let source = match &line.second_source {
        Some(second) => fill(say::SOURCES_ARE.in_lang(lang), &[&line.source, second]),
        None => fill(say::SOURCE_IS.in_lang(lang), &[&line.source]),
    };
    let called = line.called.as_ref().filter(|call| !call.whom.is_empty()).map(|call| {
        fill(say::CALLED.in_lang(lang), &[&short_time(call.at, call.at.plus_seconds(-86_400)), &call.whom])
    });
    [Some(first), Some(source), called].into_iter().flatten().collect::<Vec<_>>().join("  ")
}

/// Why two are easily confused.
pub(super) const fn near_miss(why: NearMiss) -> Text {
    match why {
        NearMiss::SameAddress => say::NEAR_SAME,
        NearMiss::Transposed => say::NEAR_TRANSPOSED,
        NearMiss::OneOff => say::NEAR_ONE_OFF,
        NearMiss::SameOrganisation => say::NEAR_ORGANISATION,
        NearMiss::NearCode => say::NEAR_CODE,
    }
}

impl Screen<Counter> for Destinations {
    fn contexts(&self) -> &[Context] {
        LISTING
    }

    fn list_acts(&self) -> &[Command] {
        &[Command::Open, Command::New, Command::Refresh]
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        let rows = desk.body_rows(MESSAGE_ROWS).saturating_sub(HEADING_ROWS.into());
        match command {
            Command::Open => self.open(desk),
            Command::Refresh => ask_only(desk, Seat::Main, ListDestinations { purpose: self.purpose }),
            Command::New if self.purpose == ListPurpose::Keep => {
                let form = DestinationEntry::empty(self.purposes.clone());
                Flow::Effects(vec![Effect::Push(Box::new(form))])
            }
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::Pop]),
            _ if self.list.apply(command, self.lines.len(), rows) => {
                self.message.clear();
                self.shown = None;
                Flow::Stay
            }
            _ => Flow::Pass,
        }
    }

    fn letters(&self, lang: Lang) -> Vec<(String, String)> {
        let words = [
            ("C", say::KEY_CHANGE),
            ("2", say::KEY_SECOND),
            ("T", say::KEY_TEST_PAGE),
            ("A", say::KEY_CALL),
            ("V", say::KEY_SHOW),
            ("X", say::KEY_MISDELIVERY),
            ("S", say::KEY_FREEZE),
        ];
        match self.purpose {
            ListPurpose::Keep => lettered(lang, &words),
            ListPurpose::Pick => Vec::new(),
        }
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.purpose == ListPurpose::Pick {
            return Flow::Pass;
        }
        match text.to_ascii_uppercase().as_str() {
            "2" => self.second_keying(desk),
            "T" => self.test_page(desk),
            "A" => self.call_back(desk),
            "V" => self.show_address(desk),
            "X" => self.report(desk),
            "S" => self.freeze(desk),
            "C" => match self.selected() {
                Some(line) if line.organisation.is_empty() => self.say(say::NAMES_HIDDEN, desk.lang),
                Some(line) if line.status == DestinationStatus::Frozen => {
                    self.say(Reason::DestinationFrozen.text(), desk.lang)
                }
                Some(line) => {
                    let form = DestinationEntry::change(line, self.purposes.clone());
                    Flow::Effects(vec![Effect::Push(Box::new(form))])
                }
                None => self.say(say::NOTHING_SELECTED, desk.lang),
            },
            _ => Flow::Pass,
        }
    }

    fn on_answer(&mut self, letter: char, desk: &mut Desk<'_>) -> Flow<Counter> {
        match (letter, self.freezing.take()) {
            ('S', Some(id)) => ask_only(desk, Seat::Main, FreezeDestination { id }),
            _ => Flow::Stay,
        }
    }

    fn on_value(&mut self, value: Value, desk: &mut Desk<'_>) -> Flow<Counter> {
        match value {
            Value::Changed => ask_only(desk, Seat::Main, ListDestinations { purpose: self.purpose }),
            Value::ChangedAnd(told) => {
                self.message = told;
                ask_only(desk, Seat::Main, ListDestinations { purpose: self.purpose })
            }
            _ => Flow::Stay,
        }
    }

    fn on_reply(&mut self, ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let reply = match reply {
            Reply::Forms(catalog, _) => {
                self.purposes = Purposes::of(&catalog);
                return Flow::Stay;
            }
            Reply::Performed(reply) => reply,
            _ => return Flow::Pass,
        };
        match *reply {
            ops::Reply::ShowDestination(Ok(shown)) => self.put_address(ticket, shown, desk.lang),
            ops::Reply::PrepareTestPage(Ok(prepared)) => {
                self.message =
                    fill(say::TEST_PREPARED.in_lang(desk.lang), &[&format!("{:04}", prepared.number)]);
                Flow::Stay
            }
            ops::Reply::ListDestinations(Ok(lines)) => {
                let chosen = self.selected().map(|line| line.id);
                self.lines = lines;
                self.list.follow(self.lines.iter().position(|line| Some(line.id) == chosen));
                Flow::Stay
            }
            ops::Reply::FreezeDestination(Ok(())) => {
                self.message = say::FROZEN_NOW.in_lang(desk.lang).to_owned();
                ask_only(desk, Seat::Main, ListDestinations { purpose: self.purpose })
            }
            ops::Reply::ListDestinations(Err(reason))
            | ops::Reply::ShowDestination(Err(reason))
            | ops::Reply::PrepareTestPage(Err(reason))
            | ops::Reply::FreezeDestination(Err(reason)) => self.say(reason.text(), desk.lang),
            _ => Flow::Pass,
        }
    }

    fn deadline_us(&self) -> Option<u64> {
        self.fresh.then_some(0)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.fresh = false;
        let forms = Effect::Perform(desk.ticket(), Request::Forms);
        Flow::Effects(vec![forms, ask(desk, Seat::Main, ListDestinations { purpose: self.purpose })])
    }

    fn describe(&self, _view: &View<'_>, spoken: &mut Spoken) {
        spoken.in_list(self.list, self.lines.len());
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let (title, mut fixed) = match self.purpose {
            ListPurpose::Pick => (say::PICK_TITLE, view.keys(LISTING, &[(Command::Open, say::KEY_CHOOSE)])),
            ListPurpose::Keep => (say::TITLE, view.keys(LISTING, &[(Command::New, say::KEY_NEW)])),
        };
        fixed.extend(self.letters(lang));
        let listing = Listing {
            title,
            title_right: &format!("{} {}", self.face.number, self.face.name),
            details: &self.details(lang),
            detail_rows: MESSAGE_ROWS,
            expect: common::EXPECT_ASCII,
            keys: &fixed,
            contexts: LISTING,
            counts: None,
            columns: COLUMNS,
            headings: &[
                say::COLUMN_CODE,
                say::COLUMN_ORGANISATION,
                say::COLUMN_CHANNEL,
                say::COLUMN_STATUS,
                say::COLUMN_UNTIL,
                say::COLUMN_SIMILAR,
            ],
            instead: if self.fresh { outbox::LOADING } else { say::EMPTY },
        };
        listing.draw(view, buffer, area, self.list, self.lines.len(), |at| {
            self.lines.get(at).map(|line| Self::cells(line, lang)).unwrap_or_default()
        })
    }
}
