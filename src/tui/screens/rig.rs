//! A whole installation in memory and a temporary directory, for the tests of screens: real office, real keys, a clock
//! that only moves when told.
use super::places::{self, Place, Workplace};
use crate::domain::entropy::Entropy;
use crate::domain::sensitive::Secret;
use crate::domain::staff::{Role, Roles};
use crate::domain::time::{Clock, Reading};
use crate::form::{Catalog, SiteFiles, SourceFile, shipped_sources};
use crate::japanese::codes::MunicipalityCode;
use crate::japanese::gazetteer::{Gazetteer, OwnArea};
use crate::keymap::{Command, Context, Keymaps};
use crate::office::ops;
use crate::office::{Credentials, Face, Founder, Office, Origin, Surroundings};
use crate::os::entropy::KernelEntropy;
use crate::text::Lang;
use crate::tui::app::{Lobby, Locked, Manner, Setup};
use crate::tui::counter::{Arrival, Counter, OfficeDesk, Reply, Request, Seat};
use crate::tui::look::display_width;
use crate::tui::screen::{Desk, Effect, Flow, Screen, View};
use crate::tui::script::{Player, named, reading};
use crate::tui::widgets::put;
use crate::tui::widgets::qr::Ambiguous;
use crossterm::event::{Event, KeyCode};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const PASSWORDS: [&str; 2] = ["kari-no-aikotoba-ichi", "mihon-no-aikotoba-ni"];
/// 東京都千代田区
const OWN_AREA: &str = "131016";
const NUMBERS: [&str; 2] = ["1042", "1043"];

struct Hands(AtomicU64);
impl Clock for Hands {
    fn read(&self) -> Reading {
        reading(self.0.load(Ordering::SeqCst))
    }
}

/// Any letter opens it; who sits down again is for the test to say.
struct Curtain;
impl Screen<Counter> for Curtain {
    fn contexts(&self) -> &[Context] {
        &[Context::Text, Context::Form, Context::Global]
    }
    fn on_command(&mut self, _command: Command, _desk: &mut Desk<'_>) -> Flow<Counter> {
        Flow::Stay
    }
    fn on_text(&mut self, _text: &str, _desk: &mut Desk<'_>) -> Flow<Counter> {
        Flow::Effects(vec![Effect::Pop])
    }
    fn draw(&self, _view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        put(buffer, area, 0, 0, "LOCKED", Style::new());
        area.as_position()
    }
}

struct Door;
impl Lobby<Counter> for Door {
    fn lock(&mut self, _desk: &mut Desk<'_>) -> Locked<Counter> {
        Locked { screen: Box::new(Curtain), request: Some(Request::Leave { seat: Seat::Main }) }
    }
}

/// Two people, one of them at the keyboard.
pub struct Rig {
    home: tempfile::TempDir,
    clock: Arc<Hands>,
    tokens: Vec<Vec<u8>>,
    pub office: OfficeDesk,
    pub player: Player<Counter>,
    pub presses: usize,
    chosen: (&'static str, Lang, Manner),
    files: &'static [(&'static str, &'static str)],
}

impl Rig {
    /// The first person stands before the worklist.
    pub fn at_worklist() -> Self {
        Self::with("standard", Lang::Ja)
    }

    /// The same with another keymap or language.
    pub fn with(map: &'static str, lang: Lang) -> Self {
        Self::build((map, lang, Manner::Panels), &[])
    }

    /// The same told in lines.
    pub fn telling(map: &'static str, lang: Lang) -> Self {
        Self::build((map, lang, Manner::Lines), &[])
    }

    /// The standard rig in an office with form files of its own.
    pub fn of_site(files: &'static [(&'static str, &'static str)]) -> Self {
        Self::build(("standard", Lang::Ja, Manner::Panels), files)
    }

    fn build(chosen: (&'static str, Lang, Manner), files: &'static [(&'static str, &'static str)]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let clock = Arc::new(Hands(AtomicU64::new(60_000_000)));
        let office = office(&home, &clock, files);
        let set_up = office.begin_set_up().unwrap();
        let tokens = (0..2)
            .map(|at| {
                let base32 = set_up.token(at, NUMBERS[at]).unwrap().base32;
                data_encoding::BASE32_NOPAD.decode(base32.expose().as_bytes()).unwrap()
            })
            .collect();
        let founder = |at: usize, name: &str| Founder {
            number: NUMBERS[at].to_owned(),
            name: name.to_owned(),
            section: "仮の係".to_owned(),
            roles: Roles::of(&[Role::Clerk, Role::Confirmer, Role::Supervisor, Role::Administrator]),
            password: Secret::new(PASSWORDS[at].to_owned()),
        };
        set_up.finish("架空保健所", &[founder(0, "仮田 一美"), founder(1, "見本 二郎")]).unwrap();
        let mut rig = Self {
            player: Player::new(
                Box::new(super::help::Help::new(Vec::new(), &[], Vec::new())),
                Box::new(Door),
                setup(chosen),
            ),
            chosen,
            files,
            office: OfficeDesk::new(office),
            home,
            clock,
            tokens,
            presses: 0,
        };
        rig.arrive();
        rig
    }

    /// The program is killed and started again: everything that was only in memory is gone.
    pub fn kill_and_return(&mut self) {
        let office = office(&self.home, &self.clock, self.files);
        self.office = OfficeDesk::new(office);
        // The code of this half minute was used.
        self.clock.0.fetch_add(60_000_000, Ordering::SeqCst);
        self.arrive();
    }

    /// The same with a lock that falls after so long without a key.
    pub fn locking_after_s(mut self, seconds: u64) -> Self {
        // The code of this half minute was used.
        self.clock.0.fetch_add(60_000_000, Ordering::SeqCst);
        let idle_us = Some(seconds * 1_000_000);
        self.arrive_with(Setup { idle_us, ..setup(self.chosen) });
        self
    }

    fn arrive(&mut self) {
        self.arrive_with(setup(self.chosen));
    }

    fn arrive_with(&mut self, setup: Setup) {
        let face = self.sign_in(Seat::Main, 0);
        self.player = Player::new(
            places::open(Place::Worklist, &Workplace::new((*face).clone())),
            Box::new(Door),
            setup,
        );
        let now = self.clock.0.load(Ordering::SeqCst);
        self.player.wait_us(now - self.player.now_us);
        self.settle();
    }

    pub fn sign_in(&mut self, seat: Seat, who: usize) -> Box<Face> {
        let secret = self.tokens[who].clone();
        let totp = totp_rs::Builder::new().with_secret(secret).with_skew(0).build().unwrap();
        let now = u64::try_from(self.clock.now().seconds()).unwrap();
        let credentials = Credentials {
            number: NUMBERS[who].to_owned(),
            password: Secret::new(PASSWORDS[who].to_owned()),
            code: Secret::new(totp.generate(now).to_string()),
        };
        match self.office.answer(Request::SignIn { seat, credentials }) {
            Reply::SignedIn(Ok(Arrival::In(face))) => face,
            _ => panic!("the fixture's credentials open the office"),
        }
    }

    /// Key names are pressed, everything else is typed; the office answers after every word.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        for word in script.split(' ').filter(|word| !word.is_empty()) {
            let named_key = crate::keymap::Key::parse(word).filter(|_| word.chars().count() > 1);
            match named_key {
                Some(_) => self.press(named(word)),
                None => word.chars().for_each(|c| self.press(Event::Key(KeyCode::Char(c).into()))),
            }
        }
        self
    }

    /// Typed letter by letter, spaces too.
    pub fn text(&mut self, text: &str) -> &mut Self {
        text.chars().for_each(|c| self.press(Event::Key(KeyCode::Char(c).into())));
        self
    }

    pub fn press(&mut self, event: Event) {
        self.press_unanswered(event);
        self.settle();
    }

    /// The office is busy: nothing is answered.
    pub fn press_unanswered(&mut self, event: Event) {
        self.presses += 1;
        self.player.event(event);
        self.check();
    }

    pub fn wait_s(&mut self, seconds: u64) {
        self.player.wait_us(seconds * 1_000_000);
        self.settle();
    }

    /// Lets the office answer everything.
    pub fn settle(&mut self) {
        loop {
            self.player.wait_us(0);
            let waiting = self.player.app.outgoing();
            if waiting.is_empty() {
                break;
            }
            self.clock.0.store(self.player.now_us, Ordering::SeqCst);
            for (ticket, request) in waiting {
                let reply = self.office.serve(ticket, request);
                self.player.feed(reply);
            }
        }
        // The terminal of memory keeps what stood under the right half of a wide character; a real one does not.
        self.player.terminal.clear().unwrap();
        self.player.app.draw(&mut self.player.terminal).unwrap();
        self.check();
    }

    /// Asks the office directly, at either seat.
    pub fn ask(&mut self, seat: Seat, request: impl Into<ops::Request>) -> ops::Reply {
        match self.office.answer(Request::Perform { seat, request: Box::new(request.into()) }) {
            Reply::Performed(reply) => *reply,
            _ => panic!("somebody sits there"),
        }
    }

    pub fn screen(&self) -> String {
        self.player.text()
    }

    /// The row of an item, found by its label.
    #[track_caller]
    pub fn row(&self, label: &str) -> String {
        let rows = self.player.rows();
        let found = rows.iter().skip(2).find(|row| row.trim_start_matches(['>', ' ']).starts_with(label));
        found.unwrap_or_else(|| panic!("no row {label} in\n{}", self.screen())).clone()
    }

    #[track_caller]
    pub fn focused(&self) -> String {
        let rows = self.player.rows();
        let found = rows.iter().find(|row| row.starts_with('>'));
        found.unwrap_or_else(|| panic!("no focus in\n{}", self.screen())).trim_start_matches('>').to_owned()
    }

    /// What holds for every frame: 80 columns, and the caret where a candidate window has room.
    fn check(&self) {
        for row in self.player.rows() {
            assert!(display_width(&row) <= 80, "{row}");
        }
        let caret = self.player.caret();
        assert!(caret.y < 20, "caret at {caret:?} in\n{}", self.screen());
        assert!(self.player.terminal.backend().cursor_visible(), "a hidden caret in\n{}", self.screen());
        let is_small = self.player.terminal.backend().buffer().area.width < 80;
        assert!(is_small || self.player.is_caret_at_the_focus(), "caret at {caret:?} in\n{}", self.screen());
    }
}

fn office(
    home: &tempfile::TempDir,
    clock: &Arc<Hands>,
    files: &'static [(&'static str, &'static str)],
) -> Office {
    let clock: Arc<dyn Clock> = Arc::<Hands>::clone(clock);
    Office::new(
        &home.path().join("office"),
        Surroundings {
            clock,
            entropy: Arc::new(|| Box::new(KernelEntropy) as Box<dyn Entropy>),
            origin: Origin { os_user: 1000, login_user: 1000, terminal: "pts/1".into(), peer: String::new() },
            gazetteer: Arc::new(|| Gazetteer::new(None, OwnArea::new(MunicipalityCode::parse(OWN_AREA)))),
            site: crate::office::Site::default(),
            forms: Arc::new(move || {
                let source =
                    |(name, text): &(&str, &str)| SourceFile { name: (*name).into(), text: (*text).into() };
                let sources = files.iter().map(source).collect();
                let loaded = Catalog::open(shipped_sources(), SiteFiles { sources, unreadable: Vec::new() });
                assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
                loaded.catalog
            }),
        },
    )
}

fn setup((map, lang, manner): (&str, Lang, Manner)) -> Setup {
    let mut keymaps = Keymaps::default();
    assert!(keymaps.choose(map), "a shipped map");
    Setup {
        keymaps,
        lang,
        ambiguous: Ambiguous::Narrow,
        colour: false,
        manner,
        send_wait_us: 2_000_000,
        idle_us: None,
    }
}
