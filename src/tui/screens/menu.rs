//! The places that this person's roles allow, by digit.
use crate::domain::staff::Role::{self, Administrator, Clerk, Confirmer, Supervisor};
use crate::keymap::{Command, Context};
use crate::text::{Lang, Text, drills, incidents, kin, media, staff as say};
use crate::tui::counter::{Counter, Reply, Request, Seat};
use crate::tui::lines::Spoken;
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::screens::labels;
use crate::tui::screens::places::{self, Place, Workplace};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list::List;
use crate::tui::widgets::put;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const CONTEXTS: &[Context] = &[Context::List, Context::Global];
const LEFT: u16 = 8;
const ROWS_ABOVE: u16 = 3;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Goes {
    To(Place),
    Keys,
    Lock,
    Quit,
}

/// Digit, words, where it goes, and the roles of which one is needed (the table of permissions decides anyway).
const LINES: &[(char, Text, Goes, &[Role])] = &[
    ('1', say::MENU_WORKLIST, Goes::To(Place::Worklist), &[Clerk, Confirmer, Supervisor]),
    ('2', say::MENU_OUTBOX, Goes::To(Place::Outbox), &[Clerk, Confirmer, Supervisor]),
    ('3', say::MENU_DESTINATIONS, Goes::To(Place::Destinations), &Role::ALL),
    ('X', incidents::TITLE, Goes::To(Place::Incidents), &[Clerk, Confirmer, Supervisor]),
    ('V', media::TITLE, Goes::To(Place::Media), &[Clerk, Confirmer, Supervisor]),
    ('4', say::MENU_REVIEW, Goes::To(Place::Review), &[Supervisor]),
    ('T', drills::TITLE, Goes::To(Place::Drills), &[Supervisor]),
    ('5', say::MENU_STAFF, Goes::To(Place::Staff), &[Supervisor, Administrator]),
    ('6', say::MENU_HOME_CARE, Goes::To(Place::HomeCare), &[Clerk, Confirmer, Supervisor]),
    ('0', say::MENU_INSTITUTIONS, Goes::To(Place::Institutions), &Role::ALL),
    ('A', kin::TITLE, Goes::To(Place::Kin), &Role::ALL),
    ('7', say::MENU_KEYS, Goes::Keys, &Role::ALL),
    ('8', say::MENU_LOCK, Goes::Lock, &Role::ALL),
    ('9', say::MENU_QUIT, Goes::Quit, &Role::ALL),
];

/// See the module.
pub struct Menu {
    workplace: Workplace,
    lines: Vec<(char, Text, Goes)>,
    list: List,
    leaving: Option<Ticket>,
}

impl Menu {
    pub fn new(workplace: Workplace) -> Self {
        let may = |roles: &[Role]| roles.iter().any(|role| workplace.face.roles.contains(*role));
        let lines = LINES
            .iter()
            .filter(|(.., roles)| may(roles))
            .map(|(digit, text, goes, _)| (*digit, *text, *goes))
            .collect();
        Self { workplace, lines, list: List::default(), leaving: None }
    }

    fn go(&mut self, at: usize, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Some((_, _, goes)) = self.lines.get(at) else { return Flow::Stay };
        let home = places::home(&self.workplace.face);
        let open = |place| places::open(place, &self.workplace);
        Flow::Effects(match *goes {
            Goes::To(place) if place == home => vec![Effect::Reset(open(home))],
            Goes::To(place) if home == Place::Menu => vec![Effect::Push(open(place))],
            // Back from there leads home, not through a pile of menus.
            Goes::To(place) => vec![Effect::Reset(open(home)), Effect::Push(open(place))],
            Goes::Keys => vec![Effect::NextKeymap],
            Goes::Lock => vec![Effect::Lock],
            Goes::Quit => {
                let ticket = desk.ticket();
                self.leaving = Some(ticket);
                vec![Effect::Perform(ticket, Request::Leave { seat: Seat::Main })]
            }
        })
    }
}

impl Screen<Counter> for Menu {
    fn contexts(&self) -> &[Context] {
        CONTEXTS
    }

    fn list_acts(&self) -> &[Command] {
        &[Command::Open]
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            _ if self.leaving.is_some() => Flow::Stay,
            Command::Open => match self.list.selected(self.lines.len()) {
                Some(at) => self.go(at, desk),
                None => Flow::Stay,
            },
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::Pop]),
            _ if self.list.apply(command, self.lines.len(), self.lines.len()) => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    fn letters(&self, lang: Lang) -> Vec<(String, String)> {
        self.lines.iter().map(|(digit, text, _)| (digit.to_string(), text.in_lang(lang).to_owned())).collect()
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        let wanted =
            text.chars().next().map(|letter| letter.to_ascii_uppercase()).filter(|_| self.leaving.is_none());
        match self.lines.iter().position(|(digit, ..)| Some(*digit) == wanted) {
            Some(at) => {
                self.list.select(at);
                self.go(at, desk)
            }
            None => Flow::Pass,
        }
    }

    fn on_reply(&mut self, ticket: Ticket, _reply: Reply, _desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.leaving == Some(ticket) { Flow::Effects(vec![Effect::Quit]) } else { Flow::Pass }
    }

    fn describe(&self, _view: &View<'_>, spoken: &mut Spoken) {
        spoken.place = self.list.selected(self.lines.len()).map(|at| (at + 1, self.lines.len()));
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let who = format!("{} {}", self.workplace.face.number, self.workplace.face.name);
        let frame = Frame {
            title: say::MENU_TITLE.in_lang(lang),
            title_right: &who,
            status: self.leaving.map_or("", |_| say::LEAVING.in_lang(lang)),
            status_right: &labels::keymap_is(view),
            commands: &[Command::Open, Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, CONTEXTS, buffer, area);
        put(buffer, body, body.x + LEFT, body.y + 1, say::MENU_HOW.in_lang(lang), Style::new());
        let rows = Rect {
            x: body.x + LEFT,
            y: body.y + ROWS_ABOVE,
            width: body.width.saturating_sub(LEFT),
            height: body.height.saturating_sub(ROWS_ABOVE),
        };
        self.list.draw(buffer, rows, self.lines.len(), |at| {
            self.lines
                .get(at)
                .map_or(String::new(), |(digit, text, _)| format!(" {digit}  {}", text.in_lang(lang)))
        })
    }
}
