//! House rules that rustc and clippy cannot state, as ordinary tests.
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// `module -> modules it may name`. The diagram in `src/lib.rs`, executable.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("text", &[]),
    ("os", &["domain"]),
    ("japanese", &["domain"]),
    ("keymap", &["text"]),
    ("form", &["domain", "japanese", "text"]),
    ("export", &["domain", "japanese", "form", "log", "text"]),
    ("order", &["domain"]),
    // What an auditor needs without the office: no store, no vault.
    ("log", &["domain", "order"]),
    // The courier holds no database key: it may not name the office.
    ("courier", &["domain", "order", "log", "os"]),
    // `courier` only for the one call at set-up that tells it whom to believe.
    ("office", &["domain", "japanese", "form", "export", "order", "log", "os", "text", "courier"]),
    ("config", &["domain", "japanese", "form", "keymap", "office", "os", "text", "courier"]),
    ("tui", &["domain", "japanese", "form", "keymap", "office", "text", "os"]),
    (
        "cli",
        &[
            "domain", "japanese", "form", "keymap", "office", "text", "os", "config", "courier", "order",
            "log", "tui",
        ],
    ),
];

/// Lines before the tests of a file. Beyond this it holds more than one thing.
const FILE_LINES_MAX: usize = 480;
/// The model that attacks the state machine is a test itself.
const LISTS: &[&str] = &["src/domain/transmission/world.rs"];
/// What is said of every action of the log is one match, so that rustc tells which is missing.
const MATCHES: &[&str] =
    &["src/office/log_words.rs: pub const fn action", "src/office/review/access.rs: pub const fn deed"];
const FUNCTION_LINES_MAX: usize = 75;

#[test]
fn imports_point_downwards() {
    let mut wrong = Vec::new();
    for path in sources("src") {
        let module = module_of(&path);
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == module) else { continue };
        for named in crate_paths(&code_of(&path)) {
            if named != module
                && !allowed.contains(&named.as_str())
                && MAY_IMPORT.iter().any(|(name, _)| *name == named)
            {
                wrong.push(format!("{} names crate::{named}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "see the table in tests/it/tidy.rs\n{}", wrong.join("\n"));
}

#[test]
fn every_module_stands_in_the_table() {
    let known: BTreeSet<&str> = MAY_IMPORT.iter().map(|(name, _)| *name).collect();
    let found: BTreeSet<String> = sources("src")
        .iter()
        .map(|path| module_of(path))
        .filter(|name| name != "lib" && name != "main")
        .collect();
    assert_eq!(found.iter().map(String::as_str).collect::<BTreeSet<_>>(), known);
}

#[test]
fn sql_stays_in_the_store_and_keys_stay_in_the_vault() {
    let rules: &[(&str, &[&str])] = &[
        ("rusqlite", &["src/office/store/"]),
        ("chacha20poly1305", &["src/office/vault/"]),
        ("argon2::", &["src/office/vault/"]),
        ("totp_rs", &["src/office/vault/"]),
        // The demo plays the receiving side, which is another office.
        // The dispatcher opens pages for paper with a key of its own.
        ("age::x25519", &["src/office/vault/", "src/cli/demo/", "src/courier/identity.rs"]),
        ("rustix::", &["src/os/"]),
        // Who can speak to a relay, or start a program.
        ("lettre", &["src/courier/carrier/mail/"]),
        (".spawn()", &["src/os/process.rs"]),
    ];
    for path in sources("src") {
        let name = path.display().to_string();
        let code = code_of(&path);
        for (word, homes) in rules {
            let at_home = homes.iter().any(|home| name.starts_with(home));
            assert!(at_home || !code.contains(word), "{name} names {word}, which belongs to {homes:?}");
        }
    }
}

/// Every step between a finished report and a foreign machine has one caller: whoever adds a second way out finds it here.
/// (In a comparable product a sixth path past the two people was found years after the first five.)
#[test]
fn there_is_one_way_out() {
    let steps: &[(&str, &[&str])] = &[
        // Only this asks the guards, and only this writes an agreement down.
        (" check_confirm(&facts)", &["src/office/ops/confirm_transmission.rs"]),
        (".set_confirmation(", &["src/office/ops/confirm_transmission.rs"]),
        // Only agreements become orders; the dispatcher believes what it has verified.
        ("AfterCommit::EmitOrder(", &["src/office/ops/confirm_transmission.rs", "src/office/session.rs"]),
        ("= DispatchOrder {", &["src/office/outbox/mod.rs"]),
        ("VerifiedOrder(self)", &["src/order/dispatch.rs"]),
        // Only verified orders become parcels, and carriers are handed parcels.
        ("give(&Parcel {", &["src/courier/round/goods.rs"]),
        ("carrier.hand_over(", &["src/courier/round/mod.rs"]),
    ];
    for (step, homes) in steps {
        let found: Vec<String> = sources("src")
            .iter()
            .filter(|path| {
                !path.starts_with("src/domain/transmission/world.rs") && code_of(path).contains(step)
            })
            .map(|path| path.display().to_string())
            .collect();
        assert_eq!(found, *homes, "{step}");
    }
}

/// Store methods that insert, change or remove rows may be named by the operations and by the few protocols beside
/// them, never by screens: the store is private to the office, and this keeps it so.
#[test]
fn the_wall_has_no_second_door() {
    let text = fs::read_to_string("src/office/mod.rs").expect("the wall");
    for private in ["audit", "store", "vault", "outbox", "policy", "perform"] {
        assert!(
            text.contains(&format!("\nmod {private};")),
            "`{private}` must be a private module of the office"
        );
    }
}

#[test]
fn files_and_functions_stay_small() {
    let mut long = Vec::new();
    for path in sources("src") {
        let name = path.display().to_string();
        let code = code_of(&path);
        let lines = code.lines().count();
        if lines > FILE_LINES_MAX && !LISTS.contains(&name.as_str()) {
            long.push(format!("{name}: {lines} lines"));
        }
        let functions = long_functions(&code).into_iter().map(|function| format!("{name}: {function}"));
        long.extend(functions.filter(|function| !MATCHES.iter().any(|known| function.starts_with(known))));
    }
    assert!(long.is_empty(), "\n{}", long.join("\n"));
}

/// Every operation has a test that names it.
#[test]
fn every_operation_is_tested() {
    let list = fs::read_to_string("src/office/ops/mod.rs").expect("the list");
    let (_, list) = list.split_once("\noperations! {").expect("the list of operations");
    let (list, _) = list.split_once('}').expect("its end");
    let tests: String =
        sources("src/office/tests").iter().map(|path| fs::read_to_string(path).expect("a test")).collect();
    let missing: Vec<&str> =
        list.split(',').map(str::trim).filter(|name| !name.is_empty() && !tests.contains(name)).collect();
    assert!(missing.is_empty(), "no test names {missing:?}");
}

/// A table of promises is worth what its tests are: each is there, and none is forgotten.
#[test]
fn every_behaviour_has_tests_that_exist() {
    let tests = test_names();
    let table = fs::read_to_string("docs/behaviours.md").expect("the table");
    let rows = table.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        Some((cells.get(1)?.parse::<u32>().ok()?, cells.get(3)?.to_string()))
    });
    let rows: Vec<(u32, String)> = rows.collect();
    let numbers: Vec<u32> = rows.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, (1..=40).collect::<Vec<u32>>());
    for (number, cell) in &rows {
        let named: Vec<&str> =
            cell.split('`').skip(1).step_by(2).filter(|name| !HELPERS.contains(name)).collect();
        assert!(!named.is_empty(), "{number} has no test");
        let missing: Vec<&&str> = named.iter().filter(|name| !tests.contains(**name)).collect();
        assert!(missing.is_empty(), "{number} names {missing:?}");
    }
    let numbered = tests.iter().filter(|name| name.starts_with("behaviour"));
    let forgotten: Vec<&String> =
        numbered.filter(|name| !rows.iter().any(|(_, cell)| cell.contains(&format!("`{name}`")))).collect();
    assert!(forgotten.is_empty(), "not in the table: {forgotten:?}");
}

/// Looked at by many tests, and none itself.
const HELPERS: &[&str] = &["is_caret_at_the_focus"];

/// Names of all functions under `#[test]`.
fn test_names() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for path in sources("src").into_iter().chain(sources("tests")) {
        let text = fs::read_to_string(path).expect("a source file");
        let mut is_test = false;
        for line in text.lines().map(str::trim) {
            match line.strip_prefix("fn ") {
                Some(rest) if is_test => {
                    names.extend(rest.split('(').next().map(str::to_owned));
                    is_test = false;
                }
                // Other attributes may stand between.
                _ => is_test = line == "#[test]" || is_test && line.starts_with("#["),
            }
        }
    }
    names
}

fn sources(root: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut pending = vec![Path::new(root).to_path_buf()];
    while let Some(dir) = pending.pop() {
        for entry in fs::read_dir(dir).expect("a source folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                pending.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The part before the tests.
fn code_of(path: &Path) -> String {
    let is_test = |part: &std::ffi::OsStr| part == "tests" || part == "tests.rs" || part == "rig.rs";
    if path.components().any(|part| is_test(part.as_os_str())) {
        return String::new();
    }
    let text = fs::read_to_string(path).expect("a source file");
    match text
        .split_once("\n#[cfg(test)]\nmod tests {")
        .or_else(|| text.split_once("\n#[cfg(test)]\npub(super) mod tests {"))
    {
        Some((code, _)) => code.to_owned(),
        None => text,
    }
}

fn module_of(path: &Path) -> String {
    let part = path.components().nth(1).expect("below src").as_os_str().to_string_lossy().into_owned();
    part.trim_end_matches(".rs").to_owned()
}

fn crate_paths(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

/// Functions by indentation: rustfmt puts the closing brace under the `fn`.
fn long_functions(code: &str) -> Vec<String> {
    let lines: Vec<&str> = code.lines().collect();
    let mut long = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        let is_function =
            ["fn ", "pub fn ", "pub(super) fn ", "pub(crate) fn ", "pub const fn ", "const fn "]
                .iter()
                .any(|head| trimmed.starts_with(head));
        if !is_function || trimmed.ends_with([';', '}']) {
            continue;
        }
        let indent = line.len() - trimmed.len();
        let close = format!("{}}}", " ".repeat(indent));
        let length = lines.iter().skip(start).take_while(|line| **line != close).count();
        if length > FUNCTION_LINES_MAX {
            long.push(format!("{} ({length} lines)", trimmed.split('(').next().unwrap_or_default()));
        }
    }
    long
}
