//! Finding people among a million: what a search and a similar-person answer cost, and a keystroke meanwhile.
//!
//! `cargo bench --features bench-fill --bench people`; `-- 50000` makes it small. Each figure is the 50th and 99th
//! percentile over different queries, log row and all, beside the floor of the same run: one indexed look-up in a bare
//! SQLCipher file of as many rows. Machines differ and are noisy: the ratio says more than the milliseconds.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "it measures time and prints what it found"
)]
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use chrono::{Datelike as _, NaiveDate};
use rusqlite::Connection;
use uketsuke::cli::demo::population::{Population, Resident};
use uketsuke::cli::demo::{self, Filling};
use uketsuke::config::{Environment, load_forms};
use uketsuke::domain::intake::{Channel, Intake};
use uketsuke::domain::sensitive::Personal;
use uketsuke::domain::time::Clock as _;
use uketsuke::form::{Form, Value, Values};
use uketsuke::japanese::era::EraDate;
use uketsuke::japanese::kana::{Voicing, search_key};
use uketsuke::keymap::Keymaps;
use uketsuke::office::ops::{FindSimilar, OpenDraft, PersonTyped, RegisterMany, SearchRecords};
use uketsuke::office::{Credentials, Office, Session, SignedIn};
use uketsuke::os::clock::SystemClock;
use uketsuke::text::Lang;
use uketsuke::tui::app::{Incoming, Lobby, Locked, Setup};
use uketsuke::tui::counter::{Counter, Reply, Request, Seat, perform, spawn_office};
use uketsuke::tui::screen::Desk;
use uketsuke::tui::screens::entry::Entry;
use uketsuke::tui::script::{Player, named};
use uketsuke::tui::widgets::qr::Ambiguous;

const PEOPLE: usize = 1_000_000;
const BATCH: usize = 10_000;
/// Different queries of each kind.
const QUERIES: usize = 1_000;
const ROUNDS: usize = 3;
const FORM: &str = "ehec";
const SEED: u64 = 20_260_714;
/// Reports of ten years.
const YEARS_S: i64 = 10 * 365 * 24 * 3600;
const TARGET: Duration = Duration::from_millis(50);
/// One frame at 60 a second.
const FRAME: Duration = Duration::from_micros(16_667);

fn main() {
    let people = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(PEOPLE);
    let dir = tempfile::tempdir().expect("room for a home");
    let home = dir.path().join("home");
    assert!(demo::prepare(&home, &Environment::default(), Filling { records: 2, seed: 1 }).is_ok());
    let forms = load_forms(Path::new("/nonexistent")).catalog;
    let form = forms.latest(FORM).expect("shipped");
    let mut session = enter(&home);
    let began = Instant::now();
    let asked = fill(&mut session, form, people);
    println!("{people} people in {:.0} s", began.elapsed().as_secs_f64());
    let floor = Floor::make(dir.path(), people);
    let draft = session
        .perform(OpenDraft { form: FORM.to_owned(), intake: intake(0), link: None })
        .expect("a clerk may open one")
        .record;

    for round in 1..=ROUNDS {
        println!(
            "\nround {round}{:30}{:>9}{:>9}{:>9}{:>8}{:>8}",
            "", "p50 ms", "p99 ms", "max ms", "x50", "x99"
        );
        let bare = measure(&asked, |person| floor.look_up(person));
        report("bare indexed look-up", &bare, &bare);
        let mut search = |what: &str, term: &dyn Fn(&Resident) -> String| {
            let taken = measure(&asked, |person| {
                let term = Personal::new(term(person));
                session.perform(SearchRecords { term }).expect("a clerk may search").lines.len()
            });
            report(what, &taken, &bare);
        };
        search("search: family reading", &|person| person.surname.reading.clone());
        search("search: first kana", &|person| person.surname.reading.chars().take(1).collect());
        search("search: whole reading", &|person| reading(person));
        search("search: name, variants", &|person| name(person).replace('沢', "澤").replace('崎', "﨑"));
        search("search: family name", &|person| person.surname.kanji.clone());
        search("search: telephone", &|person| person.phone.clone());
        search("search: birth date (era)", &|person| era(person.born));
        search("search: reading and date", &|person| {
            format!("{} {}", person.surname.reading, era(person.born))
        });
        search("search: nobody", &|person| format!("{}ヌ", reading(person)));
        let similar = measure(&asked, |person| {
            let person = Personal::new(typed(person));
            session.perform(FindSimilar { record: draft, person }).expect("a clerk may").len()
        });
        report("similar person", &similar, &bare);
        let called = measure(&asked, |person| {
            let person = Personal::new(PersonTyped { birth_date: None, ..typed(person) });
            session.perform(FindSimilar { record: draft, person }).expect("a clerk may").len()
        });
        report("similar: name and phone", &called, &bare);
    }
    drop(session);
    keystrokes(&home, &asked);
}

/// Fills the house and returns those to be looked for: told again, as another desk would write them.
fn fill(session: &mut Session, form: &Form, people: usize) -> Vec<Resident> {
    let base = form
        .parse_json_values(
            r#"{"institution_name": "架空総合病院", "institution_address": "架空県見本市仮町9-99-99",
                "doctor": "例田 医師", "case_type": "patient", "symptoms": ["abdominal_pain", "bloody_stool"],
                "o_serogroup": "157", "occupation": "会社員", "lab_method": "isolation"}"#
                .as_bytes(),
        )
        .expect("fits the form");
    let today = SystemClock.now().date_in_japan();
    let mut town = Population::new(SEED, today);
    let mut asked = Vec::new();
    let every = (people / QUERIES).max(1);
    for batch in 0..people.div_ceil(BATCH) {
        let range = batch * BATCH..((batch + 1) * BATCH).min(people);
        let mut reports = Vec::with_capacity(BATCH);
        for at in range {
            let person = town.next().expect("endless");
            let back = YEARS_S - YEARS_S / people as i64 * at as i64;
            reports.push((intake(back), values(&base, &person)));
            if at % every == 0 && asked.len() < QUERIES {
                asked.push(town.told_again(&person));
            }
        }
        session.perform(RegisterMany { form: FORM.to_owned(), reports }).expect("there is room");
    }
    asked
}

fn intake(back_s: i64) -> Intake {
    let received_at = SystemClock.now().plus_seconds(-back_s);
    Intake { channel: Channel::Fax, received_at, pages: Some(2) }
}

fn values(base: &Values, person: &Resident) -> Values {
    let mut values = base.clone();
    let texts = [
        ("reading", reading(person)),
        ("name", name(person)),
        ("address", person.address.clone()),
        ("phone", person.phone.clone()),
    ];
    for (key, text) in texts {
        values.set(key, Value::Text(text));
    }
    values.set("sex", Value::Choice(sex(person).to_owned()));
    values.set("birth_date", Value::Date(person.born));
    values
}

fn typed(person: &Resident) -> PersonTyped {
    PersonTyped {
        reading: reading(person),
        name: name(person),
        birth_date: Some(person.born),
        sex: sex(person).to_owned(),
        phone: person.phone.clone(),
        address: person.address.clone(),
    }
}

fn reading(person: &Resident) -> String {
    format!("{} {}", person.surname.reading, person.given.reading)
}

fn name(person: &Resident) -> String {
    format!("{} {}", person.surname.kanji, person.given.kanji)
}

const fn sex(person: &Resident) -> &'static str {
    if person.woman { "female" } else { "male" }
}

fn era(date: NaiveDate) -> String {
    EraDate::from_date(date).map_or_else(|| date.year().to_string(), EraDate::compact)
}

/// One table with one index: what no search can be faster than.
struct Floor {
    connection: Connection,
}

impl Floor {
    fn make(dir: &Path, rows: usize) -> Self {
        let mut connection = Connection::open(dir.join("floor.db")).expect("a new file");
        connection
            .execute_batch(
                "PRAGMA key = \"x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'\";
                 PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
                 CREATE TABLE subject (id INTEGER PRIMARY KEY, search_key TEXT NOT NULL, about TEXT NOT NULL) STRICT;",
            )
            .expect("a new database");
        let tx = connection.transaction().expect("one writer");
        {
            let mut insert = tx
                .prepare("INSERT INTO subject (search_key, about) VALUES (?1, ?2)")
                .expect("fits the table");
            for person in Population::new(SEED, SystemClock.now().date_in_japan()).take(rows) {
                let key = search_key(&reading(&person), Voicing::Ignored);
                insert.execute((key, person.address.repeat(4))).expect("a row");
            }
        }
        tx.commit().expect("room");
        connection.execute_batch("CREATE INDEX by_key ON subject (search_key)").expect("room");
        Self { connection }
    }

    fn look_up(&self, person: &Resident) -> usize {
        let key = search_key(&reading(person), Voicing::Ignored);
        let mut statement = self
            .connection
            .prepare_cached("SELECT about FROM subject WHERE search_key = ?1 LIMIT 1")
            .expect("sound");
        let found: Option<String> = statement.query_row([key], |row| row.get(0)).ok();
        found.map_or(0, |about| about.len())
    }
}

fn measure(people: &[Resident], mut ask: impl FnMut(&Resident) -> usize) -> Vec<Duration> {
    let mut taken: Vec<Duration> = people
        .iter()
        .map(|person| {
            let began = Instant::now();
            std::hint::black_box(ask(person));
            began.elapsed()
        })
        .collect();
    taken.sort_unstable();
    taken
}

fn percentile(sorted: &[Duration], of_thousand: usize) -> Duration {
    let at = (sorted.len() * of_thousand / 1000).min(sorted.len().saturating_sub(1));
    sorted.get(at).copied().unwrap_or_default()
}

fn report(what: &str, taken: &[Duration], floor: &[Duration]) {
    let ms = |duration: Duration| duration.as_secs_f64() * 1e3;
    let (p50, p99) = (percentile(taken, 500), percentile(taken, 990));
    let times = |taken: Duration, floor: Duration| taken.as_secs_f64() / floor.as_secs_f64().max(1e-9);
    println!(
        "{what:36}{:>9.3}{:>9.3}{:>9.3}{:>8.1}{:>8.1}{}",
        ms(p50),
        ms(p99),
        ms(percentile(taken, 1000)),
        times(p50, percentile(floor, 500)),
        times(p99, percentile(floor, 990)),
        if p99 > TARGET { "  ! above the target" } else { "" }
    );
}

/// A key and its frame in the entry form, while the office thread answers one similar-person question after another.
fn keystrokes(home: &Path, asked: &[Resident]) {
    let (to_office, requests) = mpsc::channel();
    let (inbox, replies) = mpsc::sync_channel(64);
    let thread = spawn_office(office(home), requests, inbox).expect("a thread");
    let send = |ticket, request| to_office.send((ticket, request)).expect("the office is there");
    let catalog = std::sync::Arc::new(load_forms(Path::new("/nonexistent")).catalog);
    let form = catalog.latest(FORM).expect("shipped");
    let entry = Entry::new(
        std::sync::Arc::clone(&catalog),
        form,
        intake(0),
        std::rc::Rc::default(),
        SystemClock.now(),
    );
    let mut player: Player<Counter> = Player::new(Box::new(entry), Box::new(NoLock), setup());
    player.wait_us(0);
    let opened = player.app.outgoing();
    let ticket = opened.first().expect("the screen asks for a draft").0;
    send(ticket, Request::SignIn { seat: Seat::Main, credentials: credentials(home, "1003") });
    wait(&replies);
    let mut record = None;
    for (ticket, request) in opened {
        send(ticket, request);
        let Ok(Incoming::Reply(ticket, reply, _)) = replies.recv() else { panic!("the office answers") };
        if let Reply::Performed(performed) = &reply
            && let uketsuke::office::ops::Reply::OpenDraft(Ok(opened)) = performed.as_ref()
        {
            record = Some(opened.record);
        }
        player.feed(Incoming::Reply(ticket, reply, None));
    }
    let record = record.expect("the draft is open");
    let mut taken = Vec::new();
    for person in asked {
        send(ticket, perform(FindSimilar { record, person: Personal::new(typed(person)) }));
        for key in ["a", "Backspace"] {
            let began = Instant::now();
            player.event(named(key));
            taken.push(began.elapsed());
        }
        wait(&replies);
    }
    taken.sort_unstable();
    println!("\nkeystroke and frame while the office answers ({} questions)", asked.len());
    report("keystroke", &taken, &taken);
    println!("{:36}{}", "within one frame of 16.7 ms", percentile(&taken, 990) < FRAME);
    drop(to_office);
    drop(replies);
    thread.join().expect("the office ends when nobody asks any more");
}

fn wait(replies: &Receiver<Incoming<Counter>>) {
    match replies.recv() {
        Ok(Incoming::Reply(..)) => {}
        _ => panic!("the office answers"),
    }
}

struct NoLock;
impl Lobby<Counter> for NoLock {
    fn lock(&mut self, _desk: &mut Desk<'_>) -> Locked<Counter> {
        unreachable!("nothing locks here")
    }
}

fn setup() -> Setup {
    Setup {
        keymaps: Keymaps::default(),
        lang: Lang::Ja,
        ambiguous: Ambiguous::Narrow,
        colour: false,
        manner: uketsuke::tui::Manner::Panels,
        idle_us: None,
        send_wait_us: 0,
    }
}

fn office(home: &Path) -> Office {
    Office::new(home, Environment::default().surroundings(home, &uketsuke::config::Settings::default()))
}

fn credentials(home: &Path, number: &str) -> Credentials {
    let Ok(credentials) = demo::credentials(home, number, SystemClock.now()) else {
        panic!("a training directory")
    };
    credentials
}

fn enter(home: &Path) -> Session {
    match office(home).sign_in(&credentials(home, "1001")) {
        Ok(SignedIn::In(session)) => *session,
        _ => panic!("the demo's people may sign in"),
    }
}
