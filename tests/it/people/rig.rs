//! An office without a thread, a terminal of memory, and one clock for both.
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use data_encoding::BASE32_NOPAD;
use ratatui::buffer::CellWidth as _;
use uketsuke::domain::entropy::Entropy;
use uketsuke::domain::sensitive::Secret;
use uketsuke::domain::staff::{Role, Roles};
use uketsuke::domain::time::{Clock, Reading};
use uketsuke::form::Catalog;
use uketsuke::keymap::Keymaps;
use uketsuke::office::{Credentials, EntropySource, Founder, Office, Origin, SignedIn, Surroundings};
use uketsuke::text::Lang;
use uketsuke::tui::counter::{Counter, OfficeDesk};
use uketsuke::tui::open::first_panel;
use uketsuke::tui::screens::lock::Lock;
use uketsuke::tui::screens::presence::Presence;
use uketsuke::tui::screens::sign_in::Porch;
use uketsuke::tui::script::{Player, reading};
use uketsuke::tui::widgets::qr::Ambiguous;
use uketsuke::tui::{Manner, Setup};

pub const PASSWORD: &str = "kasa-ga-nai-to-nureru";
pub const IDLE_S: u64 = 600;

/// The clock of the player, as the office sees it.
#[derive(Clone)]
struct SharedClock(Arc<AtomicU64>);

impl Clock for SharedClock {
    fn read(&self) -> Reading {
        reading(self.0.load(Ordering::SeqCst))
    }
}

/// Different bytes at every call, the same ones in every run.
struct Counting(Arc<AtomicU64>);

impl Entropy for Counting {
    fn fill(&mut self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            let n = self.0.fetch_add(1, Ordering::SeqCst);
            let bytes = n.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
    }
}

/// What an office gets from outside, with this clock and these forms.
pub fn surroundings(time: Arc<AtomicU64>, forms: fn() -> Catalog) -> Surroundings {
    let drawn = Arc::new(AtomicU64::new(0));
    let entropy: EntropySource = Arc::new(move || Box::new(Counting(Arc::clone(&drawn))));
    let origin = Origin { os_user: 1000, login_user: 1000, terminal: "T03".to_owned(), peer: String::new() };
    let gazetteer = Arc::new(uketsuke::japanese::gazetteer::Gazetteer::default);
    let (clock, site) = (Arc::new(SharedClock(time)), uketsuke::office::Site::default());
    Surroundings { clock, entropy, origin, site, forms: Arc::new(forms), gazetteer }
}

/// A terminal at a counter.
pub struct Rig {
    pub player: Player<Counter>,
    desk: OfficeDesk,
    time: Arc<AtomicU64>,
    office: Office,
    _home: tempfile::TempDir,
}

impl Rig {
    /// An empty machine.
    pub fn new() -> Self {
        Self::begun(setup(), |_| {})
    }

    /// An empty machine with another terminal.
    pub fn with(setup: Setup) -> Self {
        Self::begun(setup, |_| {})
    }

    /// A machine with two supervisors, 2003 and 2004; their secrets come back.
    pub fn set_up() -> (Self, Vec<String>) {
        Self::set_up_with(setup())
    }

    /// The same with another terminal.
    pub fn set_up_with(setup: Setup) -> (Self, Vec<String>) {
        let mut secrets = Vec::new();
        let rig = Self::begun(setup, |office| secrets = found(office));
        (rig, secrets)
    }

    fn begun(setup: Setup, prepare: impl FnOnce(&Office)) -> Self {
        let home = tempfile::tempdir().expect("a temporary directory");
        let time = Arc::new(AtomicU64::new(0));
        let forms = || Catalog::load(Vec::new()).catalog;
        let office = Office::new(&home.path().join("data"), surroundings(Arc::clone(&time), forms));
        prepare(&office);
        let porch = Porch { terminal: "T03".to_owned(), presence: Presence::default() };
        let first = first_panel(&office, porch.clone(), reading(0).wall);
        let player = Player::new(first, Box::new(Lock::new(porch)), setup);
        let mut rig = Self { player, desk: OfficeDesk::new(office.clone()), time, office, _home: home };
        rig.settle();
        rig
    }

    /// The same terminal, for exercises.
    pub fn for_training(mut self) -> Self {
        self.player = self.player.for_training(Box::new(|_| Vec::new()));
        self.wait_s(0).player.resize(80, 24);
        self
    }

    /// Presses keys and lets the office answer after each.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        for word in script.split_whitespace() {
            self.player.keys(word);
            self.settle();
        }
        self
    }

    /// Types one text as a person with an input method commits it: in one piece, by paste.
    pub fn types(&mut self, text: &str) -> &mut Self {
        self.player.event(crossterm::event::Event::Paste(text.to_owned()));
        self.settle()
    }

    pub fn wait_s(&mut self, seconds: u64) -> &mut Self {
        self.player.wait_us(seconds * 1_000_000);
        self.settle()
    }

    /// Carries every request to the office and every answer back.
    pub fn settle(&mut self) -> &mut Self {
        loop {
            // Lets a panel that has just come ask for what it shows.
            self.player.wait_us(0);
            self.time.store(self.player.now_us, Ordering::SeqCst);
            let requests = self.player.app.outgoing();
            if requests.is_empty() {
                return self;
            }
            for (ticket, request) in requests {
                let reply = self.desk.serve(ticket, request);
                self.player.feed(reply);
            }
        }
    }

    /// The code that a phone with this secret shows now.
    pub fn code(&self, base32: &str) -> String {
        code_at(base32, self.player.now_us)
    }

    /// Signs in on the panel that is shown.
    pub fn signs_in(&mut self, number: &str, password: &str, base32: &str) -> &mut Self {
        // A fresh step: a code works once.
        self.wait_s(60);
        let code = self.code(base32);
        self.keys(number).keys("Enter").types(password).keys("Enter").keys(&code).keys("F12")
    }

    /// Signs in without a screen: whether the credentials are good.
    pub fn lets_in(&self, number: &str, password: &str, base32: &str) -> bool {
        let credentials = Credentials {
            number: number.to_owned(),
            password: Secret::new(password.to_owned()),
            code: Secret::new(self.code(base32)),
        };
        matches!(self.office.sign_in(&credentials), Ok(SignedIn::In(_)))
    }

    pub fn row(&self, wanted: &str) -> Option<String> {
        self.player.rows().into_iter().find(|row| row.contains(wanted))
    }
    pub fn shows(&self, wanted: &str) -> bool {
        self.player.text().contains(wanted)
    }

    /// The screen and the caret for a snapshot, after checking that every row fits.
    pub fn screen(&self) -> String {
        let rows = self.player.rows();
        for row in &rows {
            assert!(row.cell_width() <= 80, "too wide: {row}");
        }
        let caret = self.player.caret();
        let is_small = rows.len() < 24;
        assert!(
            is_small || self.player.is_caret_at_the_focus(),
            "caret at {caret:?} in\n{}",
            rows.join("\n")
        );
        format!("{}\n(caret {},{})", rows.join("\n"), caret.x, caret.y)
    }
}

pub fn setup() -> Setup {
    Setup {
        keymaps: Keymaps::default(),
        lang: Lang::Ja,
        ambiguous: Ambiguous::Narrow,
        manner: Manner::Panels,
        send_wait_us: 2_000_000,
        colour: false,
        idle_us: Some(IDLE_S * 1_000_000),
    }
}

pub fn code_at(base32: &str, now_us: u64) -> String {
    let secret = BASE32_NOPAD.decode(base32.as_bytes()).expect("base32");
    let seconds = u64::try_from(reading(now_us).wall.seconds()).expect("after 1970");
    let totp = totp_rs::Builder::new().with_secret(secret).with_skew(0).build().expect("RFC 6238");
    totp.generate(seconds).to_string()
}

fn found(office: &Office) -> Vec<String> {
    let set_up = office.begin_set_up().expect("an empty directory");
    let founder = |number: &str, name: &str| Founder {
        number: number.to_owned(),
        name: name.to_owned(),
        section: "感染症対策係".to_owned(),
        roles: Roles::of(&[Role::Supervisor, Role::Administrator]),
        password: Secret::new(PASSWORD.to_owned()),
    };
    let people = [founder("2003", "例山 治"), founder("2004", "仮沢 里")];
    set_up.finish("見本保健所", &people).expect("a complete set-up");
    let secret = |n, number| set_up.token(n, number).expect("two tokens").base32.expose().to_owned();
    vec![secret(0, "2003"), secret(1, "2004")]
}
