//! A small office for screen tests: three people, known tokens, a clock that only moves when told.
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use uketsuke::courier::{
    self, Carriers, Command as Program, Copies, CourierConfig, FolderCarrier, PrintCarrier,
};
use uketsuke::domain::ids::{DestinationId, RecordId};
use uketsuke::domain::intake::{Channel, Intake};
use uketsuke::domain::sensitive::Secret;
use uketsuke::domain::staff::{Role, Roles};
use uketsuke::domain::time::{Clock, Reading};
use uketsuke::form::{Catalog, shipped_sources};
use uketsuke::keymap::{Command, Context, Keymaps};
use uketsuke::office::ops::{self, DestinationProposal, OpenDraft, RegisterDraft, RegisterOutcome};
use uketsuke::office::{Credentials, Face, Founder, Office, Origin, Surroundings};
use uketsuke::os::entropy::KernelEntropy;
use uketsuke::text::Lang;
use uketsuke::tui::counter::{Arrival, Counter, OfficeDesk, Reply, Request, Seat, perform};
use uketsuke::tui::look::display_width;
use uketsuke::tui::screens::places::{Place, Workplace, open};
use uketsuke::tui::screens::presence::Presence;
use uketsuke::tui::screens::sign_in::{Porch, SignIn};
use uketsuke::tui::script::{Player, reading};
use uketsuke::tui::widgets::qr::Ambiguous;
use uketsuke::tui::{Desk, Effect, Flow, Lobby, Locked, Manner, Screen, Setup, View};

use crate::register::{self, Who};

pub const SUPERVISOR: usize = 0;
pub const CONFIRMER: usize = 1;
pub const CLERK: usize = 2;
const NUMBERS: [&str; 3] = ["2003", "1077", "1042"];
const NAMES: [&str; 3] = ["例山 係子", "見本 次子", "仮田 一美"];
const PASSWORDS: [&str; 3] = ["midori-no-kasa-07", "shiroi-tokei-42-a", "aoi-kaban-no-naka"];
const ORIGIN_US: u64 = 60_000_000;
/// One code works once: the next one comes half a minute later.
const NEXT_CODE_US: u64 = 31_000_000;

struct FakeClock(Arc<AtomicU64>);
impl Clock for FakeClock {
    fn read(&self) -> Reading {
        reading(self.0.load(Ordering::Relaxed))
    }
}

/// Stands below the panel under test.
struct Hall(Option<Box<dyn Screen<Counter>>>);
impl Screen<Counter> for Hall {
    fn contexts(&self) -> &[Context] {
        &[Context::Reader, Context::Global]
    }
    fn on_command(&mut self, _command: Command, _desk: &mut Desk<'_>) -> Flow<Counter> {
        Flow::Pass
    }
    fn deadline_us(&self) -> Option<u64> {
        self.0.as_ref().map(|_| 0)
    }
    fn on_time(&mut self, _desk: &mut Desk<'_>) -> Flow<Counter> {
        Flow::Effects(self.0.take().map(Effect::Push).into_iter().collect())
    }
    fn draw(&self, _view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        uketsuke::tui::widgets::put(buffer, area, 0, 0, "HALL", ratatui::style::Style::new());
        area.as_position()
    }
}

struct NoLobby;
impl Lobby<Counter> for NoLobby {
    fn lock(&mut self, _desk: &mut Desk<'_>) -> Locked<Counter> {
        Locked { screen: Box::new(Hall(None)), request: None }
    }
}

pub struct House {
    pub home: tempfile::TempDir,
    pub desk: OfficeDesk,
    pub player: Player<Counter>,
    clock: Arc<AtomicU64>,
    map: &'static str,
    lang: Lang,
    manner: Manner,
}

impl House {
    pub fn new() -> Self {
        Self::with("standard", Lang::Ja)
    }

    pub fn with(map: &'static str, lang: Lang) -> Self {
        Self::with_all(map, lang, Manner::Panels)
    }

    /// The panels told in lines.
    pub fn telling(lang: Lang) -> Self {
        Self::with_all("standard", lang, Manner::Lines)
    }

    fn with_all(map: &'static str, lang: Lang, manner: Manner) -> Self {
        let home = tempfile::tempdir().expect("a directory");
        let private = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        std::fs::set_permissions(home.path(), private).expect("our own directory");
        let clock = Arc::new(AtomicU64::new(ORIGIN_US));
        let office = office(home.path(), &clock);
        let mut set_up = office.begin_set_up().expect("nothing there yet");
        let tokens: Vec<Secret> = (0..3).map(token_text).collect();
        set_up.use_tokens(&tokens).expect("good secrets");
        let roles = [vec![Role::Supervisor], vec![Role::Confirmer, Role::Supervisor], vec![Role::Clerk]];
        let founders: Vec<Founder> = (0..3)
            .map(|who| Founder {
                number: NUMBERS[who].into(),
                name: NAMES[who].into(),
                section: "感染症係".into(),
                roles: Roles::of(&roles[who]),
                password: Secret::new(PASSWORDS[who].into()),
            })
            .collect();
        set_up.finish("架空保健所", &founders).expect("a complete plan");
        let player = player(Hall(None), map, lang, manner);
        Self { home, desk: OfficeDesk::new(office), player, clock, map, lang, manner }
    }

    /// Where the present key of the log's seal lies.
    pub fn seal_state(&self) -> std::path::PathBuf {
        office(self.home.path(), &self.clock).house().generation().expect("set up").seal_state()
    }

    /// Somebody else sits down at the main seat and opens a panel.
    pub fn enter(&mut self, who: usize, place: Place) -> &mut Self {
        let face = self.sign_in(who);
        let now_us = self.player.now_us;
        self.player =
            player(Hall(Some(open(place, &Workplace::new(face)))), self.map, self.lang, self.manner);
        self.wait_us(now_us.saturating_sub(self.player.now_us));
        self.wait_us(1);
        self.pump();
        self
    }

    /// Through the door, as everybody comes in.
    pub fn enter_by_the_door(&mut self, who: usize) -> &mut Self {
        let porch = Porch { terminal: "T07".into(), presence: Presence::default() };
        let now_us = self.player.now_us;
        let door = SignIn::opening(porch, reading(now_us).wall, None);
        self.player = player(Hall(Some(Box::new(door))), self.map, self.lang, self.manner);
        self.wait_us(now_us.saturating_sub(self.player.now_us));
        let code = self.next_code(who);
        self.keys(&format!("{} Enter {} Enter {code} Enter", NUMBERS[who], PASSWORDS[who]))
    }

    pub fn sign_in(&mut self, who: usize) -> Face {
        self.wait_us(NEXT_CODE_US);
        let credentials = Credentials {
            number: NUMBERS[who].into(),
            password: Secret::new(PASSWORDS[who].into()),
            code: Secret::new(self.code(who)),
        };
        match self.desk.answer(Request::SignIn { seat: Seat::Main, credentials }) {
            Reply::SignedIn(Ok(Arrival::In(face))) => *face,
            Reply::SignedIn(Err(reason)) => panic!("{reason:?}"),
            _ => panic!("not a sign-in"),
        }
    }

    /// The same at any time: for the built program, which has a clock of its own.
    pub fn code_at(who: usize, seconds: u64) -> String {
        let token = totp_rs::Builder::new().with_secret(token_bytes(who)).with_skew(0).build();
        token.expect("twenty bytes").generate(seconds).to_string()
    }
    /// One round of the dispatcher.
    pub fn deliver(&self) {
        deliver(self.home.path(), &FakeClock(self.clock.clone()));
    }

    /// Somebody does something at another terminal.
    pub fn ask_elsewhere(&mut self, who: usize, request: impl Into<ops::Request>) -> ops::Reply {
        self.wait_us(NEXT_CODE_US);
        let mut desk = OfficeDesk::new(office(self.home.path(), &self.clock));
        let credentials = Credentials {
            number: NUMBERS[who].into(),
            password: Secret::new(PASSWORDS[who].into()),
            code: Secret::new(self.code(who)),
        };
        desk.answer(Request::SignIn { seat: Seat::Main, credentials });
        match desk.answer(perform(request)) {
            Reply::Performed(reply) => *reply,
            _ => panic!("nobody there"),
        }
    }

    /// A destination that two people have keyed, tried and called.
    pub fn bring_into_force(&mut self, proposal: DestinationProposal) -> DestinationId {
        let home = self.home.path().to_owned();
        let clock = FakeClock(self.clock.clone());
        let mut deliver = || deliver(&home, &clock);
        let mut ask = |who, request| {
            self.sign_in(if who == Who::First { CLERK } else { CONFIRMER });
            let request = Request::Perform { seat: Seat::Main, request: Box::new(request) };
            let Reply::Performed(reply) = self.desk.answer(request) else { panic!("nobody there") };
            *reply
        };
        register::bring_into_force(proposal, &mut ask, &mut deliver)
    }

    /// A registered record of a synthetic person, entered by the clerk.
    pub fn record(&mut self) -> RecordId {
        self.sign_in(CLERK);
        let intake = Intake {
            channel: Channel::OwnOffice,
            received_at: reading(self.player.now_us).wall,
            pages: Some(1),
        };
        let form = "homecare_support_request";
        let Reply::Performed(reply) =
            self.desk.answer(perform(OpenDraft { form: form.into(), intake, link: None }))
        else {
            panic!("nobody there")
        };
        let ops::Reply::OpenDraft(Ok(opened)) = *reply else { panic!("no draft") };
        let catalog = Catalog::load(shipped_sources()).catalog;
        let form = catalog.latest(form).expect("shipped");
        let values = form
            .parse_json_values(
                r#"{"reading": "カリノ ハナエ", "name": "仮野 花枝", "sex": "女", "birth_date": "1975-03-04",
                "phone": "090-0000-0123", "requests": ["電話診療", "薬剤処方"], "urgency": "当日", "consent": "person"}"#
                    .as_bytes(),
            )
            .expect("good values");
        let register = RegisterDraft { draft: opened.draft, values, passed: Vec::new() };
        let Reply::Performed(reply) = self.desk.answer(perform(register)) else { panic!("nobody there") };
        match *reply {
            ops::Reply::RegisterDraft(Ok(RegisterOutcome::Registered(done))) => done.record,
            ops::Reply::RegisterDraft(other) => panic!("{other:?}"),
            _ => panic!("another answer"),
        }
    }

    pub fn number(who: usize) -> &'static str {
        NUMBERS[who]
    }
    pub fn password(who: usize) -> &'static str {
        PASSWORDS[who]
    }
    /// What the person's token shows now.
    pub fn code(&self, who: usize) -> String {
        let seconds = u64::try_from(reading(self.player.now_us).wall.seconds()).expect("after 1970");
        Self::code_at(who, seconds)
    }
    /// Lets half a minute pass, so that the next code has not been used.
    pub fn next_code(&mut self, who: usize) -> String {
        self.wait_us(NEXT_CODE_US);
        self.code(who)
    }

    pub fn wait_us(&mut self, us: u64) {
        self.player.wait_us(us);
        self.clock.store(self.player.now_us, Ordering::Relaxed);
        self.pump();
    }

    /// Presses the words of a script; the office answers after each.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        for word in script.split_whitespace() {
            self.player.keys(word);
            self.pump();
        }
        self
    }

    /// Carries requests to the office and the answers back until nothing is left. Returns how many there were.
    pub fn pump(&mut self) -> usize {
        let mut carried = 0;
        loop {
            let requests = self.player.app.outgoing();
            if requests.is_empty() {
                return carried;
            }
            for (ticket, request) in requests {
                carried += 1;
                self.clock.store(self.player.now_us, Ordering::Relaxed);
                let reply = self.desk.serve(ticket, request);
                self.player.feed(reply);
            }
        }
    }

    /// The screen and where the cursor stands; checks what holds for every screen.
    pub fn screen(&self) -> String {
        let rows = self.player.rows();
        for row in &rows {
            assert!(display_width(row) <= 80, "{row}");
        }
        let caret = self.player.caret();
        assert!(self.player.is_caret_at_the_focus(), "caret at {caret:?} in\n{}", rows.join("\n"));
        format!("{}\n(caret {},{})", rows.join("\n"), caret.x, caret.y)
    }
    pub fn shows(&self, text: &str) -> bool {
        self.player.text().contains(text)
    }

    /// What lies in the outbox for the courier: packages and orders.
    pub fn outbox_files(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut open = vec![self.home.path().join("outbox")];
        while let Some(dir) = open.pop() {
            for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
                if entry.path().is_dir() {
                    open.push(entry.path());
                } else {
                    found.push(entry.file_name().to_string_lossy().into_owned());
                }
            }
        }
        found.retain(|name| name.ends_with(".order") || name.ends_with(".age"));
        found.sort();
        found
    }
}

/// One round of the dispatcher, with a folder, and a printer that takes everything.
pub fn deliver(home: &Path, clock: &dyn Clock) {
    let drop_root = home.join("drop");
    std::fs::create_dir_all(&drop_root).expect("our own directory");
    let config = CourierConfig {
        outbox: home.join("outbox"),
        state_dir: home.join("courier"),
        roster: home.join("gen-000001/roster.json"),
        carriers: Carriers {
            folder: Some(FolderCarrier { drop_root }),
            print: Some(PrintCarrier {
                submit: Program::parse(&["sh", "-c", "cat >/dev/null"].map(str::to_owned))
                    .expect("plain words"),
                surroundings: courier::Surroundings {
                    path: vec!["/usr/bin".into(), "/bin".into()],
                    environment: Vec::new(),
                    timeout: std::time::Duration::from_secs(20),
                },
            }),
            ..Carriers::default()
        },
        copies: Copies::default(),
    };
    uketsuke::courier::run_once(&config, clock).expect("a round");
}

fn office(home: &Path, clock: &Arc<AtomicU64>) -> Office {
    let surroundings = Surroundings {
        clock: Arc::new(FakeClock(clock.clone())),
        entropy: Arc::new(|| Box::new(KernelEntropy)),
        origin: Origin { os_user: 1000, login_user: 1000, terminal: "T07".into(), peer: String::new() },
        gazetteer: Arc::new(uketsuke::japanese::gazetteer::Gazetteer::default),
        site: uketsuke::office::Site { phone: "03-0000-0100".into(), ..Default::default() },
        forms: Arc::new(|| Catalog::load(shipped_sources()).catalog),
    };
    Office::new(home, surroundings)
}

fn player(first: Hall, map: &str, lang: Lang, manner: Manner) -> Player<Counter> {
    let mut keymaps = Keymaps::default();
    assert!(keymaps.choose(map), "a shipped map");
    let ambiguous = Ambiguous::Narrow;
    let setup =
        Setup { keymaps, lang, ambiguous, colour: false, manner, send_wait_us: 2_000_000, idle_us: None };
    Player::new(Box::new(first), Box::new(NoLobby), setup)
}

fn token_bytes(who: usize) -> Vec<u8> {
    vec![u8::try_from(who).expect("three people") + 1; 20]
}

fn token_text(who: usize) -> Secret {
    Secret::new(data_encoding::BASE32_NOPAD.encode(&token_bytes(who)))
}
