//! The built program from an empty directory to a delivered package, at a real terminal and in real time.
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;
use uketsuke::domain::digest::Digest;
use uketsuke::domain::ids::TransmissionId;
use uketsuke::domain::time::Clock as _;
use uketsuke::japanese::era::EraDate;
use uketsuke::order::DispatchOrder;
use uketsuke::os::clock::SystemClock;

use crate::judges::{self, AGE_KEYGEN};
use crate::pty::Pty;
use crate::register::control_of;

const STEP_S: i64 = 30;
/// A code of the step before is still taken for so long after it is typed: signing in takes a second or two.
const TIME_TO_TYPE_S: i64 = 10;

/// Somebody of the staff, with a phone.
pub struct Person {
    pub number: &'static str,
    pub name: &'static str,
    pub password: &'static str,
    pub secret: String,
    last_step: i64,
}

impl Person {
    fn new(number: &'static str, name: &'static str, password: &'static str) -> Self {
        Self::with_token(number, name, password, String::new())
    }

    /// Somebody whose token is known beforehand.
    pub fn with_token(
        number: &'static str,
        name: &'static str,
        password: &'static str,
        secret: String,
    ) -> Self {
        Self { number, name, password, secret, last_step: 0 }
    }

    /// A code that was not used yet. Waits for the next half minute when there is none.
    fn code(&mut self) -> String {
        loop {
            let now = seconds();
            let step = now / STEP_S;
            let left = STEP_S - now % STEP_S;
            // The code of the half minute before is good too: typing may take a while.
            if self.last_step < step - 1 && left > TIME_TO_TYPE_S {
                self.last_step = step - 1;
                return judges::code_at(&self.secret, now - STEP_S);
            }
            if self.last_step < step {
                self.last_step = step;
                return judges::code_at(&self.secret, now);
            }
            std::thread::sleep(Duration::from_secs(u64::try_from(left).expect("less than thirty")));
        }
    }

    /// A file for `--sign-in`.
    fn sign_in_file(&mut self, dir: &Path) -> String {
        let (number, password, code) = (self.number, self.password, self.code());
        let text = format!("user = \"{number}\"\npassword = \"{password}\"\ncode = \"{code}\"\n");
        write_private(&dir.join(format!("sign-in-{number}.toml")), &text)
    }
}

/// The program at one terminal, and everybody who sits down there.
struct Office {
    dir: TempDir,
    pty: Pty,
}

impl Office {
    fn open() -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let pty = start(&dir.path().join("home"));
        Self { dir, pty }
    }

    fn home(&self) -> PathBuf {
        self.dir.path().join("home")
    }

    fn sign_in(&mut self, person: &mut Person) {
        sign_in(&mut self.pty, person);
    }

    /// Ends the program by the menu and starts it again: somebody else's turn.
    fn leave(&mut self) {
        self.pty.wait_for("メニュー").keys("9");
        assert_eq!(self.pty.wait_end(), 0);
        self.pty = start(&self.home());
    }

    fn run(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let mut command = std::process::Command::new(judges::program());
        let output =
            command.env_clear().arg("--home").arg(self.home()).args(arguments).output().expect("it starts");
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(text).expect("UTF-8"))
    }
}

/// At the door: number, password, code, and past the greeting.
pub fn sign_in(pty: &mut Pty, person: &mut Person) {
    pty.wait_for("利用者の確認").keys(person.number).keys("Enter").types(person.password).keys("Enter");
    // As late as possible: a wait for the next code must not fall between code and key.
    let code = person.code();
    pty.types(&code).keys("F12").wait_for("利用を始めます").wait_for(person.name);
    pty.keys("Enter").wait_gone("利用を始めます");
}

pub fn start(home: &Path) -> Pty {
    Pty::start(&judges::program(), &["--home", home.to_str().expect("ASCII")])
}

fn seconds() -> i64 {
    SystemClock.now().seconds()
}

pub fn write_private(path: &Path, text: &str) -> String {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::write(path, text).expect("room");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).expect("its owner");
    path.to_str().expect("ASCII").to_owned()
}

/// The secret on a token page, as somebody copies it who has no camera.
fn base32(pty: &mut Pty) -> String {
    pty.wait_for("6 桁の確認コード");
    let is_group = |word: &&str| word.len() == 4 && word.chars().all(|c| matches!(c, 'A'..='Z' | '2'..='7'));
    let rows = pty.rows();
    let groups: Vec<&str> = rows.iter().flat_map(|row| row.split_whitespace()).filter(is_group).collect();
    let secret = groups.concat();
    assert_eq!(secret.len(), 32, "{}", pty.text());
    secret
}

fn supervisor(pty: &mut Pty, nth: usize, person: &mut Person) {
    pty.wait_for(&format!("{nth} 人目の点検者"));
    pty.keys(person.number).keys("Enter").types(person.name).keys("Enter").types("保健総務課").keys("Enter");
    pty.types(person.password).keys("Enter").types(person.password).keys("Enter");
    person.secret = base32(pty);
    let code = person.code();
    pty.types(&code).keys("Enter").wait_gone("6 桁の確認コード");
}

/// Copies one key from the screen and answers the question about two of its groups.
fn envelope(pty: &mut Pty, name: &str) -> String {
    pty.wait_for(&format!("「{name}」の封筒"));
    let rows = pty.rows();
    let first = rows.iter().position(|row| row.contains("AGE-SECRET-KEY-1")).expect("the page shows a key");
    let words: Vec<&str> = rows[first + 1..first + 4].iter().flat_map(|row| row.split_whitespace()).collect();
    let groups: Vec<(&str, &str)> = words.chunks(2).map(|pair| (pair[0], pair[1])).collect();
    assert_eq!(groups.len(), 15, "{}", pty.text());
    pty.keys("Enter").wait_for(&format!("「{name}」の確かめ"));
    let asked: Vec<String> = pty
        .rows()
        .iter()
        .filter_map(|row| Some(row.trim_start().split_once(" 番の組")?.0.to_owned()))
        .collect();
    assert_eq!(asked.len(), 2, "{}", pty.text());
    for number in asked {
        let (_, group) = groups.iter().find(|(n, _)| *n == number).expect("a shown group");
        pty.types(group).keys("Enter");
    }
    pty.wait_gone(&format!("「{name}」の確かめ"));
    let groups: String = groups.iter().map(|(_, group)| *group).collect();
    format!("AGE-SECRET-KEY-1{groups}")
}

/// The three keys of the envelopes.
struct Envelopes {
    recovery: String,
    backup: String,
    auditor: String,
}

fn set_up(office: &mut Office, first: &mut Person, second: &mut Person) -> Envelopes {
    let pty = &mut office.pty;
    pty.wait_for("役所の名前").types("見本保健所").keys("Enter");
    supervisor(pty, 1, first);
    supervisor(pty, 2, second);
    let envelopes = Envelopes {
        recovery: envelope(pty, "復旧"),
        backup: envelope(pty, "控え"),
        auditor: envelope(pty, "監査"),
    };
    pty.wait_for("内容の確かめ").wait_for(first.name).wait_for(second.name);
    assert!(!office.dir.path().join("home/CURRENT").exists(), "nothing is written before F12");
    office.pty.keys("F12").wait_for("最初の控え");
    office.pty.keys("Enter").wait_for("初期設定が終わりました");
    envelopes
}

/// An administrator proposes an account and copies the initial password from the slip.
fn propose(pty: &mut Pty, person: &Person, role: &str) -> String {
    pty.wait_for("別の管理者の承認が要ります").keys("F6").wait_for("利用者の追加");
    pty.keys(person.number)
        .keys("Enter")
        .types(person.name)
        .keys("Enter")
        .types("感染症対策係")
        .keys("Enter");
    pty.keys(role).keys("F12").wait_for("仮パスワード").wait_for("書き取ったら");
    let rows = pty.rows();
    let is_slip = |row: &&str| row.split('-').count() == 5 && row.len() == 24 && row.is_ascii();
    let slip = rows.iter().map(|row| row.trim()).find(is_slip).map(str::to_owned);
    pty.keys("Enter").wait_for("承認待ち");
    slip.unwrap_or_else(|| panic!("no slip: {rows:?}"))
}

fn approve(pty: &mut Pty, person: &Person) {
    let row =
        pty.rows().iter().find(|row| row.contains(person.number)).cloned().expect("the account is listed");
    assert!(row.contains("承認待ち"), "{row}");
    pty.keys("Home");
    for _ in 0..10 {
        if pty.rows().iter().any(|row| row.starts_with('>') && row.contains(person.number)) {
            pty.keys("A").wait_for("を承認しますか").wait_for(person.name).keys("A").wait_for("承認しました");
            return;
        }
        pty.keys("Down");
    }
    panic!("{} cannot be selected:\n{}", person.number, pty.text());
}

/// The first sign-in, with the initial password.
fn enrol(pty: &mut Pty, person: &mut Person, initial: &str) {
    pty.wait_for("利用者の確認").keys(person.number).keys("Enter").types(initial).keys("F12");
    pty.wait_for("はじめての利用").types(person.password).keys("Enter").types(person.password).keys("Enter");
    person.secret = base32(pty);
    let code = person.code();
    pty.types(&code).keys("F12").wait_for("利用を始めます").wait_for(person.name);
    pty.keys("Enter").wait_for("受付一覧");
}

const CODE: &str = "D014";
const ADDRESS: &str = "131016-0456";
const ORGANISATION: &str = "架空県庁感染症対策課";

fn enter_destination(pty: &mut Pty, recipient: &str) {
    pty.keys("F3").wait_for("メニュー").keys("3").wait_for("送り先台帳").keys("F6").wait_for("台帳番号");
    pty.keys(CODE).keys("Enter").types(ORGANISATION).keys("Enter").types("カクウケンチョウ").keys("Enter");
    pty.keys("3 Enter").types(ADDRESS).keys("Enter").types(recipient).keys("Enter Enter");
    pty.keys("0300000123 Enter Enter Enter 1 Enter Enter Enter").types("架空-12").keys("F12");
    pty.wait_for(CODE).wait_for(ORGANISATION).wait_for("2人目待");
}

fn key_again(pty: &mut Pty, recipient: &str) {
    let tail: String = recipient.chars().skip(recipient.len() - 6).collect();
    pty.keys("F3")
        .wait_for("メニュー")
        .keys("3")
        .wait_for("2人目待")
        .keys("2")
        .wait_for("送り先の2人目の入力");
    assert!(!pty.shows(ADDRESS) && !pty.shows(&tail), "the second keying is blind:\n{}", pty.text());
    pty.types(ADDRESS).keys("Enter").types(&tail).keys("Enter").types("架空名簿-3").keys("F12");
    pty.wait_for("!試し送り待");
}

/// A page that comes out there, and a call: until then nobody can be sent to it.
fn try_out(office: &mut Office, clerk: &mut Person, confirmer: &mut Person, identity: &str) {
    office.sign_in(clerk);
    office.pty.keys("F3").wait_for("メニュー").keys("3").wait_for("!試し送り待").keys("T").wait_for("T-0001");
    office.pty.keys("F3").wait_for("受付一覧").keys("F3");
    office.leave();

    office.sign_in(confirmer);
    let pty = &mut office.pty;
    pty.keys("F3").wait_for("メニュー").keys("2").wait_for("T-0001").keys("Enter").wait_for("確認コード");
    pty.types(confirmer.password).keys("Enter");
    let code = confirmer.code();
    pty.types(&code).keys("F12").wait_for("どこへ送りますか");
    pty.types(ADDRESS).keys("Enter").keys("1").keys("F12").wait_for("すべて一致").wait_for("S が有効です");
    pty.keys("S").wait_for("確認しました T-0001").keys("Enter").wait_gone("確認しました T-0001");
    pty.keys("F3").wait_for("受付一覧").keys("F3");
    office.leave();

    let drop = office.dir.path().join("drop");
    std::fs::create_dir(&drop).expect("room");
    let settings = format!("[courier.folder]\ndrop = \"{}\"\n", drop.display());
    write_private(&office.home().join("settings.toml"), &settings);
    let control = control_of(&text_of(&deliver(office, identity)));

    office.sign_in(clerk);
    let pty = &mut office.pty;
    pty.keys("F3").wait_for("メニュー").keys("2").wait_for("受領未").keys("F3").wait_for("受付一覧");
    pty.keys("F3").wait_for("メニュー").keys("3").wait_for("!試し送り待").keys("A").wait_for("管理番号");
    pty.types(&control).keys("Enter").types("例田").keys("F12").wait_for("使用中");
    pty.keys("F3").wait_for("受付一覧");
}

/// The courier goes once; the receiving office opens what came with Debian's `age`, and takes it away.
fn deliver(office: &Office, identity: &str) -> Vec<u8> {
    let (status, text) = office.run(&["courier", "--once", "--json"]);
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("sent"), "{text}");
    let all = all_files(&office.dir.path().join("drop")).into_iter();
    let packages: Vec<PathBuf> =
        all.filter(|path| path.extension().is_some_and(|ext| ext == "age")).collect();
    let [dropped] = packages.as_slice() else { panic!("one package: {packages:?}") };
    let sealed = std::fs::read(dropped).expect("readable");
    std::fs::remove_file(dropped).expect("taken away");
    judges::opened(identity, &sealed).expect("age opens it")
}

fn text_of(pdf: &[u8]) -> String {
    let text = judges::PDFTOTEXT.output(&["-layout", "-", "-"], pdf);
    String::from_utf8(text).expect("text")
}

/// Types into the item with this label and goes on. The item has to be the one in turn.
#[track_caller]
pub fn item(pty: &mut Pty, label: &str, script: &str) {
    pty.wait_for(&format!(">{label}"));
    let (text, after) = script.rsplit_once(" Enter").map_or((script, ""), |(text, _)| (text, "Enter"));
    pty.types(text).keys(after);
}

/// The dates of the reference case, as far from today as they were from its own day.
struct Dates {
    infected: String,
    onset: String,
    first_visit: String,
    today: String,
}

impl Dates {
    fn before_today() -> Self {
        let today = SystemClock.now().date_in_japan();
        let typed = |days: u64| {
            let date = EraDate::from_date(today - chrono::Days::new(days)).expect("Reiwa");
            format!("{}{}.{}.{}", date.era().letter(), date.year(), date.month(), date.day())
        };
        Self { infected: typed(8), onset: typed(5), first_visit: typed(3), today: typed(0) }
    }

    /// As the document has it.
    fn long(typed: &str) -> String {
        let digits: Vec<&str> = typed.trim_start_matches('R').split('.').collect();
        format!("{}年{}月{}日", digits[0], digits[1], digits[2])
    }
}

/// The reference case, in the order of its keys. What the register of institutions would fill in is typed.
fn reference_case(pty: &mut Pty, dates: &Dates) {
    pty.keys("F6").wait_for("疾患の選択").keys("o157 Enter").wait_for("腸管出血性大腸菌感染症");
    item(pty, "医療機関番号", "0012 Enter");
    item(pty, "届出医療機関", "架空総合病院 Enter");
    item(pty, "医療機関の所在地", "東京都千代田区永田町9-99-99 Enter");
    item(pty, "医療機関の電話", "0300000120 Enter");
    item(pty, "医師", "仮田 一郎 Enter");
    item(pty, "報告年月日", " Enter");
    item(pty, "類型", "1");
    item(pty, "よみ", "karino hanae Enter");
    item(pty, "氏名", "仮野 花枝 Enter");
    item(pty, "性別", "2");
    item(pty, "生年月日", "3500304");
    item(pty, "職業", "調理員 Enter");
    item(pty, "郵便番号", "1000014 Enter");
    item(pty, "住所", "9-99-99 Enter");
    item(pty, "電話", "0300000123 Enter");
    item(pty, "所在地", " Enter");
    item(pty, "症状", "1235 Enter");
    item(pty, "診断方法", "1");
    item(pty, "検体", "1");
    item(pty, "O血清群", "157 Enter");
    item(pty, "H型", "7 Enter");
    too_small_and_back(pty);
    item(pty, "ベロ毒素の確認", "2");
    item(pty, "ベロ毒素の型", "3");
    item(pty, "初診年月日", &format!("{} Enter", dates.first_visit));
    item(pty, "診断年月日", " Enter");
    item(pty, "感染推定年月日", &format!("{} Enter", dates.infected));
    item(pty, "発病年月日", &format!("{} Enter", dates.onset));
    item(pty, "感染経路", "2");
    item(pty, "感染原因・感染経路", "1");
    item(pty, "種類・状況", "焼肉店での喫食 Enter");
    item(pty, "感染地域", "2");
    item(pty, "感染地域", "1");
    item(pty, "都道府県・市区町村", " Enter");
    register(pty, "0001");
}

/// A window that is too small hides everything and loses nothing.
fn too_small_and_back(pty: &mut Pty) {
    let before = pty.wait_for(">ベロ毒素の確認").text();
    let caret = pty.caret();
    pty.resize(60, 20).wait_for("画面が小さすぎます").wait_for("いま 60 桁 20 行");
    assert!(!pty.shows("157"), "{}", pty.text());
    pty.resize(crate::pty::COLUMNS, crate::pty::ROWS).wait_for(">ベロ毒素の確認");
    assert_eq!((without_clock(&pty.text()), pty.caret()), (without_clock(&before), caret));
}

/// The time of the last save moves while we look.
fn without_clock(text: &str) -> String {
    text.lines().skip(1).collect::<Vec<_>>().join("\n")
}

fn home_care_request(pty: &mut Pty) {
    pty.keys("F6").wait_for("疾患の選択").keys("homecare Enter").wait_for("医療支援要請");
    item(pty, "よみ", "mihon tarou Enter");
    item(pty, "氏名", "見本 太郎 Enter");
    item(pty, "性別", "1");
    item(pty, "生年月日", "3200101 Enter");
    item(pty, "電話", "0300000456 Enter");
    item(pty, "希望する対応", "36 Enter");
    item(pty, "緊急度", "1");
    item(pty, "情報提供の同意", "1");
    item(pty, "郵便番号", "1000014 Enter");
    item(pty, "住所", "9-99-98 Enter");
    register(pty, "0002");
}

fn register(pty: &mut Pty, number: &str) {
    pty.keys("F12");
    let done = format!("{number} を登録しました");
    let came = pty.wait_for_any(&[&done, "Enter で登録します"]).to_owned();
    if came != done {
        assert!(pty.shows("誤り・未入力 0 件"), "{}", pty.text());
        pty.keys("Enter").wait_for(&done);
    }
}

/// The sender prepares the reference case. Gives the document as the preview shows it, row by row.
fn prepare(pty: &mut Pty) -> Vec<String> {
    pty.types("0001")
        .wait_for("登録内容")
        .wait_for("仮野 花枝")
        .keys("F10")
        .wait_for("台帳番号")
        .wait_for("仮野 花枝");
    // The address is nobody's business here: the second person may look over the shoulder.
    pty.keys(CODE).wait_for(ORGANISATION).keys("F12").wait_for("T-0002");
    pty.keys("F9").wait_for("腸管出血性大腸菌感染症 発生届");
    let mut rows = Vec::new();
    loop {
        let page = pty.rows();
        let rules: Vec<usize> = (0..page.len()).filter(|at| page[*at].starts_with("-----")).collect();
        let body = &page[rules[0] + 1..rules[rules.len() - 1]];
        let (shown, all) = page.iter().rev().find_map(|row| counts(row)).expect("how far one has read");
        rows.resize(all, String::new());
        // The last page overlaps the one before it.
        let first = shown.saturating_sub(body.len());
        for (row, text) in rows[first..shown].iter_mut().zip(body) {
            text.trim().clone_into(row);
        }
        if shown == all {
            break;
        }
        pty.keys("PgDn").wait_gone(&format!("{shown}/{all}"));
    }
    pty.keys("Enter").wait_for("T-0002");
    rows
}

/// `17/58` in a row of the screen.
fn counts(row: &str) -> Option<(usize, usize)> {
    row.split_whitespace().find_map(|word| {
        let (read, all) = word.split_once('/')?;
        Some((read.parse().ok()?, all.parse().ok()?))
    })
}

/// The colleague on the spot: one slip, then a match, then S.
fn confirm(pty: &mut Pty, confirmer: &mut Person, pages: &str) {
    let hidden = |pty: &Pty| {
        for word in [ADDRESS, ORGANISATION, "仮野", CODE] {
            assert!(!pty.shows(word), "{word} is on the screen:\n{}", pty.text());
        }
    };
    pty.keys("1").wait_for("確認コード");
    hidden(pty);
    pty.keys(confirmer.number).keys("Enter").types(confirmer.password).keys("Enter");
    let code = confirmer.code();
    pty.types(&code).keys("F12").wait_for("だれの書類ですか");
    hidden(pty);
    pty.keys("3500304 Enter")
        .types("131016-0465")
        .keys("Enter")
        .keys(pages)
        .keys("F12")
        .wait_for("一致しません");
    hidden(pty);
    assert!(pty.shows("残り 2 回"), "{}", pty.text());
    pty.keys("R").wait_for("だれの書類ですか");
    pty.keys("3500304 Enter").types(ADDRESS).keys("Enter").keys(pages).keys("F12").wait_for("すべて一致");
    pty.wait_for(ORGANISATION).wait_for("仮野 花枝").wait_for("S が有効です");
    pty.keys("Enter").wait_for("S が有効です").keys("S").wait_for("確認しました T-0002");
    pty.keys("Enter").wait_gone("確認しました T-0002");
}

/// The only order in the outbox and the package beside it.
fn order_and_package(home: &Path) -> (TransmissionId, DispatchOrder, Vec<u8>) {
    let names: Vec<String> = files(&home.join("outbox"));
    let order = names.iter().find(|name| name.ends_with(".order")).expect("an order");
    let id = order.strip_suffix(".order").and_then(TransmissionId::parse).expect("named by its id");
    let bytes = std::fs::read(home.join("outbox").join(order)).expect("readable");
    let order = DispatchOrder::parse(&bytes).expect("well formed");
    let package = std::fs::read(home.join("outbox").join(&order.package)).expect("a package");
    (id, order, package)
}

fn files(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).expect("a folder").map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.path().is_file());
    let mut names: Vec<String> =
        files.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Every file below a folder.
fn all_files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![dir.to_path_buf()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(dir).expect("a folder").flatten() {
            if entry.path().is_dir() { open.push(entry.path()) } else { found.push(entry.path()) }
        }
    }
    found
}

/// The courier carries it; the receiving office opens it with Debian's `age`.
fn delivered(office: &Office, identity: &str, shown: &[String], dates: &Dates) {
    let (id, order, package) = order_and_package(&office.home());
    assert_eq!(order.destination.address.as_str(), ADDRESS);
    assert_eq!(order.statement.artefact, Digest::of(&package));
    assert_eq!(order.statement.manifest, order.manifest.digest());
    let sealed = judges::opened(identity, &package).expect("age opens it");
    let document = deliver(office, identity);
    assert_eq!(document, sealed, "{id}: what arrives is what was sealed");
    let [file] = order.manifest.items() else { panic!("one document: {:?}", order.manifest) };
    assert_eq!(
        (file.digest, file.size),
        (Digest::of(&document), document.len() as u64),
        "the confirmed bytes"
    );
    let document = text_of(&document);
    let without_blanks = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let preview = without_blanks(&shown.concat());
    for value in [
        "仮野 花枝",
        "カリノ ハナエ",
        "女",
        "架空総合病院",
        "03-0000-0120",
        "仮田 一郎",
        "患者(確定例)",
        "調理員",
        "東京都千代田区永田町9-99-99",
        "03-0000-0123",
        "同上",
        "腹痛",
        "水様性下痢",
        "血便",
        "発熱",
        "157",
        "VT1・VT2",
        "PCR法等による毒素遺伝子",
        "経口感染",
        "焼肉店での喫食",
        "国内",
        "推定",
    ] {
        let value = without_blanks(value);
        assert!(without_blanks(&document).contains(&value), "{value} is missing:\n{document}");
        assert!(preview.contains(&value), "the sender did not see {value}:\n{shown:?}");
    }
    for date in [&dates.infected, &dates.onset, &dates.first_visit, &dates.today] {
        let plain: String = document.chars().filter(|c| *c != ' ').collect();
        assert!(plain.contains(&Dates::long(date)), "{date} is missing:\n{document}");
    }
    assert!(!document.contains("嘔吐"), "what was not chosen is not there");
}

#[test]
fn from_an_empty_directory_to_a_delivered_package() {
    if judges::are_left_out() {
        return;
    }
    let begun = crate::pty::now();
    let told = |what: &str| println!("{:>6.1} s  {what}", begun.elapsed().as_secs_f64());
    let mut first = Person::new("2003", "例山 治", "kasa-ga-nai-to-nureru");
    let mut second = Person::new("2004", "仮沢 里", "yuki-no-hi-wa-samui-yo");
    let mut clerk = Person::new("1001", "入力 太郎", "amefuri-no-hi-wa-kasa");
    let mut confirmer = Person::new("1002", "確認 花子", "hare-no-hi-wa-boushi-wo");
    let mut office = Office::open();
    let envelopes = set_up(&mut office, &mut first, &mut second);
    told("set up");

    // One proposal at a time: the proposer signs the roster as it will be, and an approval in between changes it.
    office.sign_in(&mut first);
    office.pty.wait_for("メニュー").keys("5");
    let for_clerk = propose(&mut office.pty, &clerk, "1");
    office.pty.keys("F3");
    office.leave();
    office.sign_in(&mut second);
    office.pty.wait_for("メニュー").keys("5").wait_for(clerk.number);
    approve(&mut office.pty, &clerk);
    let for_confirmer = propose(&mut office.pty, &confirmer, "2");
    office.pty.keys("F3");
    office.leave();
    office.sign_in(&mut first);
    office.pty.wait_for("メニュー").keys("5").wait_for(confirmer.number);
    approve(&mut office.pty, &confirmer);
    office.pty.keys("F3");
    office.leave();
    told("two accounts proposed and approved");

    let key = String::from_utf8(AGE_KEYGEN.output(&[], b"")).expect("ASCII");
    let identity =
        key.lines().find(|line| line.starts_with("AGE-SECRET-KEY-1")).expect("an identity").to_owned();
    let recipient =
        key.lines().find_map(|line| line.split_once("public key: ")).expect("a recipient").1.to_owned();
    enrol(&mut office.pty, &mut clerk, &for_clerk);
    enter_destination(&mut office.pty, &recipient);
    office.pty.keys("F3").wait_for("受付一覧").keys("F3");
    office.leave();
    enrol(&mut office.pty, &mut confirmer, &for_confirmer);
    key_again(&mut office.pty, &recipient);
    office.pty.keys("F3").wait_for("受付一覧").keys("F3");
    office.leave();
    told("two enrolled, one destination keyed twice");

    let dates = Dates::before_today();
    try_out(&mut office, &mut clerk, &mut confirmer, &identity);
    told("a page came out there, and they read it out");

    reference_case(&mut office.pty, &dates);
    told("reference case");
    home_care_request(&mut office.pty);
    told("home-care request");
    let shown = prepare(&mut office.pty);
    let pages = shown.iter().rev().find_map(|row| counts(row)).expect("pages are numbered").1;
    confirm(&mut office.pty, &mut confirmer, &pages.to_string());
    told("prepared, missed once, confirmed");
    delivered(&office, &identity, &shown, &dates);
    told("delivered and opened");
    office.pty.keys("F3").wait_for("受付一覧").keys("F3").wait_for("メニュー").keys("2");
    office.pty.wait_for("T-0002").wait_for("受領未");
    office.pty.keys("F3").wait_for("受付一覧").keys("F3");
    office.leave();

    review(&mut office, &mut first);
    told("reviewed and asked to stop");
    verified(&office, &mut second, &mut first, &envelopes);
    told("verified");
}

/// The supervisor finds the steps, disposes of one row, and is interrupted by the system.
fn review(office: &mut Office, supervisor: &mut Person) {
    office.sign_in(supervisor);
    let pty = &mut office.pty;
    pty.wait_for("メニュー").keys("4").wait_for("終わった週がまだありません").keys("L").wait_for("点検 0/");
    let mut seen = String::new();
    loop {
        let page = pty.text();
        seen.push_str(&page);
        if page.contains("記録の開始") {
            break;
        }
        // Fails when nothing follows although the first event was not seen.
        pty.keys("PgDn").wait_change(&page);
    }
    for step in [
        "利用者の提案",
        "利用者の承認",
        "初回登録",
        "送り先の入力",
        "送り先の2人目",
        "新規の下書き",
        "登録",
        "送付の準備",
        "確認の開始",
        "照合",
        "送付の確認",
        "配送結果の受取",
    ] {
        assert!(seen.contains(step), "{step} is not in the log:\n{seen}");
    }
    pty.keys("Home N 1").wait_for("点検 1/").wait_for("業務");

    let process = pty.process_id().to_string();
    let asked = std::process::Command::new("kill").args(["-TERM", &process]).status().expect("kill");
    assert!(asked.success());
    pty.wait_end();
    given_back(pty);
}

fn verified(office: &Office, by: &mut Person, with_key_by: &mut Person, envelopes: &Envelopes) {
    let file = by.sign_in_file(office.dir.path());
    let (status, text) = office.run(&["audit", "verify", "--sign-in", &file]);
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("SEAL NOT CHECKED"), "{text}");
    let key = write_private(&office.dir.path().join("auditor.key"), &envelopes.auditor);
    let file = with_key_by.sign_in_file(office.dir.path());
    let (status, text) = office.run(&["audit", "verify", "--json", "--key", &key, "--sign-in", &file]);
    assert_eq!(status, Some(0), "{text}");
    let report: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(report["seal_checked"], true, "{text}");
    assert_eq!(report["findings"], serde_json::json!([]), "{text}");

    let judged = judges::verify_log(&office.home(), &envelopes.recovery, Some(&envelopes.auditor));
    assert_eq!(judged["findings"], serde_json::json!([]), "{judged}");
    assert_eq!(judged["hashes"][report["events"].as_u64().expect("a number") as usize - 1], report["head"]);

    let vault = std::fs::read(office.home().join(judges::VAULT)).expect("the vault");
    assert_eq!(judges::opened(&envelopes.recovery, &vault).map(|key| key.len()), Some(32));
    for other in [&envelopes.backup, &envelopes.auditor] {
        assert_eq!(judges::opened(other, &vault), None, "only the recovery key opens the vault");
    }
}

/// The shell gets its screen, its cursor and its line editing back.
fn given_back(pty: &Pty) {
    let bytes = pty.bytes();
    let last = |mark: &[u8]| bytes.windows(mark.len()).rposition(|window| window == mark);
    let leave = last(b"\x1b[?1049l");
    assert!(leave.is_some() && leave > last(b"\x1b[?1049h"), "the alternate screen is left");
    assert!(last(b"\x1b[?2004l") > last(b"\x1b[?2004h"), "pastes come without brackets again");
    assert!(last(b"\x1b[?25h") > last(b"\x1b[?25l"), "the cursor is visible");
    assert!(!pty.is_on_alternate_screen() && pty.is_line_by_line(), "{}", pty.text());
}

#[test]
fn the_terminal_is_given_back_when_the_system_asks() {
    for signal in ["TERM", "HUP", "TSTP"] {
        let dir = tempfile::tempdir().expect("a directory");
        let mut pty = start(&dir.path().join("home"));
        pty.wait_for("役所の名前").types("見本保健所").wait_for("見本保健所");
        assert!(pty.is_on_alternate_screen() && !pty.is_line_by_line());
        let process = pty.process_id().to_string();
        let asked = std::process::Command::new("kill").args([&format!("-{signal}"), &process]).status();
        assert!(asked.expect("kill").success());
        pty.wait_end();
        given_back(&pty);
        assert!(!dir.path().join("home/CURRENT").exists(), "{signal}: nothing was set up");
    }
}
