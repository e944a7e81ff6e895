//! What a person waits for: a form evaluated, one key, a page of the list, a durable save, the log checked, a paper made.
//!
//! Each measurement that has a floor stands beside it: a durable save beside the same row in a bare SQLCipher file, a list
//! of many records beside a list of few.
use chrono::NaiveDate;
use divan::{Bencher, black_box};
use rusqlite::Connection;
use std::path::Path;
use std::sync::{LazyLock, Mutex};
use tempfile::TempDir;
use uketsuke::cli::demo::{self, Filling};
use uketsuke::config::{Environment, load_forms};
use uketsuke::domain::intake::{Channel, Intake};
use uketsuke::domain::sensitive::Secret;
use uketsuke::domain::time::{Clock as _, Timestamp};
use uketsuke::export::document::{Cover, Document, Letter, Office as Bureau, Recipient};
use uketsuke::export::{archive, fax, pdf};
use uketsuke::form::{Catalog, Complete, Context, Values};
use uketsuke::japanese::gazetteer::{PostalTable, shipped};
use uketsuke::japanese::name_dictionary::{NamePart, candidates};
use uketsuke::keymap::Keymaps;
use uketsuke::log::verify::unobserved;
use uketsuke::office::ops::{ListRecords, OpenDraft, SaveDraft, VerifyLog};
use uketsuke::office::{Office, Session, SignedIn};
use uketsuke::os::clock::SystemClock;
use uketsuke::text::Lang;
use uketsuke::tui::app::{Incoming, Lobby, Locked, Setup};
use uketsuke::tui::counter::{Counter, Reply, Request};
use uketsuke::tui::screen::Desk;
use uketsuke::tui::screens::entry::Entry;
use uketsuke::tui::screens::places::{self, Place, Workplace};
use uketsuke::tui::script::{Player, named};
use uketsuke::tui::widgets::qr::Ambiguous;

/// Two events each: opened, registered.
const MANY: u32 = 5000;
const FEW: u32 = 50;
const FORM: &str = "ehec";
const HOME: &str = "home";
const TYPED: &str = r#"{"reading": "カリノ ハナエ", "name": "仮野 花枝", "sex": "female", "birth_date": "1975-03-04",
    "address": "架空県見本市仮町9-99-99", "phone": "0300000123", "occupation": "調理員",
    "institution_name": "架空総合病院", "institution_address": "架空県見本市仮町9-99-99", "doctor": "例田 医師",
    "case_type": "patient", "symptoms": ["abdominal_pain", "bloody_stool"], "o_serogroup": "157"}"#;

/// The reference case.
const REPORT: &str = include_str!("../tests/it/data/ehec_values.json");

fn main() {
    divan::main();
}

static MANY_HOME: LazyLock<TempDir> = LazyLock::new(|| home_in_memory(MANY));
static FEW_HOME: LazyLock<TempDir> = LazyLock::new(|| home_in_memory(FEW));
static CLERK_OF_MANY: LazyLock<Mutex<Session>> =
    LazyLock::new(|| Mutex::new(enter(MANY_HOME.path(), "1001")));
static CLERK_OF_FEW: LazyLock<Mutex<Session>> = LazyLock::new(|| Mutex::new(enter(FEW_HOME.path(), "1001")));
static SUPERVISOR: LazyLock<Mutex<Session>> = LazyLock::new(|| Mutex::new(enter(MANY_HOME.path(), "2001")));

#[divan::bench]
fn form_view(bencher: Bencher<'_, '_>) {
    let catalog = forms();
    let form = catalog.latest(FORM).expect("shipped");
    let values = values(&catalog);
    let now = SystemClock.now();
    let context = Context { today: now.date_in_japan(), received_at: now };
    bencher.bench_local(|| black_box(form.view(black_box(&values), &context)));
}

/// A site's own table, checked and opened; the built-in one is not even checked.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn postal_table_opened(bencher: Bencher<'_, '_>) {
    let bytes = shipped().as_bytes().to_vec();
    bencher.with_inputs(|| bytes.clone()).bench_values(|bytes| PostalTable::from_bytes(bytes).is_ok());
}

/// A code in the middle of a crowded block, and one of many streets in Kyoto.
#[divan::bench(args = [1_000_014, 6_028_368])]
fn postal_code_looked_up(code: u32) -> usize {
    shipped().towns(black_box(code)).iter().map(|town| town.addresses().len()).sum()
}

#[divan::bench]
fn postal_prefix_looked_up() -> usize {
    shipped().by_prefix(black_box("10000"), 90).len()
}

#[divan::bench]
fn municipality_of_address() -> bool {
    shipped().municipalities().of_address(black_box("鹿児島県熊毛郡屋久島町小瀬田9-99")).is_some()
}

#[divan::bench]
fn name_candidates() -> usize {
    candidates(&[], NamePart::Given, black_box("ヒロシ")).len()
}

#[divan::bench]
fn forms_loaded() -> Catalog {
    forms()
}

/// A character typed and taken back in an entry form: two keys, two frames.
#[divan::bench]
fn entry_two_keys(bencher: Bencher<'_, '_>) {
    let catalog = std::sync::Arc::new(forms());
    let form = catalog.latest(FORM).expect("shipped");
    let intake = Intake { channel: Channel::Fax, received_at: SystemClock.now(), pages: Some(2) };
    let entry =
        Entry::new(std::sync::Arc::clone(&catalog), form, intake, std::rc::Rc::default(), SystemClock.now());
    let mut player: Player<Counter> = Player::new(Box::new(entry), Box::new(NoLock), setup());
    drop(player.app.outgoing());
    bencher.bench_local(|| {
        player.event(named("a"));
        player.event(named("Backspace"));
    });
}

/// Down and up in the list: two keys, two frames.
#[divan::bench]
fn list_two_keys(bencher: Bencher<'_, '_>) {
    let mut session = CLERK_OF_MANY.lock().expect("no bench panics");
    let mut player = Player::new(
        places::open(Place::Worklist, &Workplace::new(session.face().clone())),
        Box::new(NoLock),
        setup(),
    );
    player.wait_us(0);
    for (ticket, request) in player.app.outgoing() {
        let reply = match request {
            Request::Forms => Reply::Forms(session.house().shared_catalog(), session.house().gazetteer()),
            Request::Perform { request, .. } => Reply::Performed(Box::new(request.perform(&mut session))),
            _ => continue,
        };
        player.feed(Incoming::Reply(ticket, reply, None));
    }
    bencher.bench_local(|| {
        player.event(named("Down"));
        player.event(named("Up"));
    });
}

/// The first page of the list and its row in the log, in memory: few records, then many.
#[divan::bench]
fn list_of_few(bencher: Bencher<'_, '_>) {
    list(bencher, &CLERK_OF_FEW);
}

#[divan::bench]
fn list_of_many(bencher: Bencher<'_, '_>) {
    list(bencher, &CLERK_OF_MANY);
}

fn list(bencher: Bencher<'_, '_>, session: &Mutex<Session>) {
    let mut session = session.lock().expect("no bench panics");
    bencher.bench_local(|| session.perform(ListRecords).expect("a clerk may list").lines.len());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn log_of_ten_thousand_verified(bencher: Bencher<'_, '_>) {
    let mut session = SUPERVISOR.lock().expect("no bench panics");
    bencher.bench_local(|| {
        let report =
            session.verify_log(VerifyLog::default(), &mut unobserved).expect("a supervisor may verify");
        assert!(report.events >= u64::from(2 * MANY) - 2 && report.findings.is_empty(), "{report:?}");
    });
}

/// What leaving an item costs on the disk.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn durable_save(bencher: Bencher<'_, '_>) {
    let home = tempfile::tempdir().expect("room for a home");
    fill(home.path(), 2);
    let mut session = enter(home.path(), "1001");
    let intake = Intake { channel: Channel::Fax, received_at: SystemClock.now(), pages: Some(2) };
    let opened = session
        .perform(OpenDraft { form: FORM.to_owned(), intake, link: None })
        .expect("a clerk may open one");
    let save = SaveDraft { draft: opened.draft, values: values(&forms()), position: "name".to_owned() };
    bencher.bench_local(|| session.save_draft(&save).expect("the draft is ours"));
}

/// The floor of `durable_save`: one row of the same size in a bare SQLCipher file, as durable.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn durable_save_floor(bencher: Bencher<'_, '_>) {
    let dir = tempfile::tempdir().expect("room for a file");
    let connection = Connection::open(dir.path().join("floor.db")).expect("a new file");
    connection
        .execute_batch(
            "PRAGMA key = \"x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'\";
             PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
             CREATE TABLE draft (id INTEGER PRIMARY KEY, content TEXT NOT NULL, saved_at INTEGER NOT NULL) STRICT;
             INSERT INTO draft VALUES (1, '', 0);",
        )
        .expect("a new database");
    let mut at = 0i64;
    bencher.bench_local(|| {
        at += 1;
        connection
            .prepare_cached("UPDATE draft SET content = ?1, saved_at = ?2 WHERE id = 1")
            .and_then(|mut statement| statement.execute((TYPED, at)))
            .expect("one row")
    });
}

/// The reference case with its cover, three pages: placed, as PDF, as fax, as sealed archive.
#[divan::bench]
fn paper_placed(bencher: Bencher<'_, '_>) {
    let catalog = forms();
    let record = report(&catalog);
    bencher.bench_local(|| paper(&catalog, black_box(&record)).pages());
}

#[divan::bench]
fn paper_previewed(bencher: Bencher<'_, '_>) {
    let catalog = forms();
    let paper = paper(&catalog, &report(&catalog));
    bencher.bench_local(|| black_box(&paper).preview());
}

#[divan::bench]
fn paper_as_pdf(bencher: Bencher<'_, '_>) {
    let catalog = forms();
    let paper = paper(&catalog, &report(&catalog));
    bencher.bench_local(|| pdf::render(black_box(&paper)).expect("PDF/A"));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn paper_as_fax(bencher: Bencher<'_, '_>) {
    let catalog = forms();
    let pdf = pdf::render(&paper(&catalog, &report(&catalog))).expect("PDF/A");
    bencher.bench_local(|| fax::render(black_box(&pdf)).expect("a fax"));
}

#[divan::bench]
fn paper_as_sealed_archive(bencher: Bencher<'_, '_>) {
    let catalog = forms();
    let pdf = pdf::render(&paper(&catalog, &report(&catalog))).expect("PDF/A");
    let password = Secret::new("kasa-ga-nai-to-nureru".to_owned());
    bencher.bench_local(|| archive::seal(&pdf, &password, report_day()).expect("sealed"));
}

fn report_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 7, 14).expect("a date")
}

fn report(catalog: &Catalog) -> Complete {
    let form = catalog.latest(FORM).expect("shipped");
    let values = form.parse_json_values(REPORT.as_bytes()).expect("fits the form");
    let today = report_day();
    let received_at = Timestamp::from_japan(today.and_hms_opt(9, 12, 0).expect("a time"));
    form.complete(&values, &Context { today, received_at }).expect("complete")
}

fn paper(catalog: &Catalog, record: &Complete) -> Document {
    let letter = Letter {
        to: Recipient {
            code: "D012".to_owned(),
            organisation: "架空県感染症対策課".to_owned(),
            address: "03 - 0000 - 0120".to_owned(),
            short_dial: String::new(),
        },
        from: Bureau {
            name: "架空保健所".to_owned(),
            phone: "03-0000-0100".to_owned(),
            fax: "03-0000-0101".to_owned(),
        },
        officer: "見本 太郎".to_owned(),
        reference: "0226".to_owned(),
        control: "K7Q4-9M2X".to_owned(),
        sent_on: report_day(),
        cover: Some(Cover::Fax),
    };
    let form = catalog.latest(FORM).expect("shipped");
    Document::of_record(form, record, &letter, &Default::default()).expect("printable")
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
        manner: uketsuke::tui::Manner::Panels,
        colour: false,
        idle_us: None,
        send_wait_us: 0,
    }
}

fn forms() -> Catalog {
    load_forms(Path::new("/nonexistent")).catalog
}

fn values(catalog: &Catalog) -> Values {
    let form = catalog.latest(FORM).expect("shipped");
    form.parse_json_values(TYPED.as_bytes()).expect("fits the form")
}

/// A training directory; in memory where there is such a thing, because only its size matters.
fn home_in_memory(records: u32) -> TempDir {
    let home = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("room for a home");
    fill(home.path(), records);
    home
}

/// In a directory below, which the program makes itself: it works in none that others may read.
fn fill(dir: &Path, records: u32) {
    let home = &dir.join(HOME);
    assert!(demo::prepare(home, &Environment::default(), Filling { records, seed: 1 }).is_ok());
}

fn enter(dir: &Path, number: &str) -> Session {
    let home = &dir.join(HOME);
    let now: Timestamp = SystemClock.now();
    let Ok(credentials) = demo::credentials(home, number, now) else { panic!("a training directory") };
    let office =
        Office::new(home, Environment::default().surroundings(home, &uketsuke::config::Settings::default()));
    match office.sign_in(&credentials) {
        Ok(SignedIn::In(session)) => *session,
        _ => panic!("the demo's people may sign in"),
    }
}
