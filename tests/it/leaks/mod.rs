//! Words that must stay inside: after a day of real work no file and no message holds one of them in any spelling.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where, and that is all it has to say")]
mod scan;
mod screens;
mod works;

use std::path::Path;

use uketsuke::domain::staff::{Role, Roles};
use uketsuke::office::ops::{
    ApproveStaff, DestinationProposal, ListRecords, ProposeStaff, RegisterDraft, RegisterOutcome, Request,
    ReviseRecord, SaveDraft, StaffProposal,
};

use crate::cli::Run;
use crate::register::{self, Who};
use scan::{Scanner, spellings};
pub use works::Works;
use works::{NUMBERS, OFFICE_NAME, password, staff_name, token};

/// The recipient's folder, which the courier has to know.
const ADDRESS: &str = "131016-0911";

/// What the report of the day says. Nobody of these exists.
const PERSON: [(&str, &str); 17] = [
    ("institution_name", "架空もれ観測病院"),
    ("institution_address", "東京都千代田区永田町9-66-55"),
    ("institution_phone", "0300000842"),
    ("doctor", "例田 試三郎"),
    ("reading", "カリノ モレノスケ"),
    ("name", "仮野 漏之助"),
    ("birth_date", "1971-02-03"),
    ("occupation", "架空菓子職人"),
    ("address", "東京都千代田区永田町9-88-77"),
    ("phone", "0300000731"),
    ("route_detail", "架空町の縁日の焼鳥"),
    ("lab_other_result", "見本検査所の記録"),
    ("remarks", "見本備考: 試野家の集まり"),
    ("symptoms_other", "架空の発疹と耳鳴り"),
    ("lab_specimen_other", "架空の拭い液"),
    ("lab_other_method", "見本の井戸水"),
    ("place_municipality", "架空県見本市仮町"),
];
const SPELT_OTHERWISE: [&str; 8] = [
    "03-0000-0731",
    "03-0000-0842",
    "3460203",
    "19710203",
    "S46.2.3",
    "昭和46年2月3日",
    "漏之助",
    "モレノスケ",
];
const ORGANISATION: &str = "架空県庁もれ対策課";
const ORGANISATION_READING: &str = "カクウモレタイサクカ";
const NEW_COLLEAGUE: &str = "見本 新子";
const SOURCE: &str = "健づもれ第88号";
const WRONG_PASSWORD: &str = "kono-pasuwado-wa-machigai";
const WRONG_ANSWER: &str = "昭和51年9月28日";
const TYPED: &str = "himitsu-mojiretsu-試野";

fn values() -> serde_json::Value {
    let mut values: serde_json::Value = serde_json::from_str(
        r#"{"reported_on": "2026-07-13", "case_type": "患者(確定例)", "sex": "女", "postal_code": "100-0014",
        "symptoms": ["腹痛", "other"], "lab_method": "isolation", "lab_specimen": "other", "o_serogroup": "157",
        "h_type": "7", "toxin_check": "pcr", "toxin_type": "vt1_vt2", "first_visit": "2026-07-11",
        "diagnosed": "2026-07-13", "infected": "2026-07-06", "onset": "2026-07-09", "route_certainty": "推定",
        "route": "経口感染", "place_certainty": "推定", "place": "日本国内"}"#,
    )
    .unwrap();
    for (key, value) in PERSON {
        values[key] = value.into();
    }
    values
}

/// Everything that must stay inside, but for what the screens get (they have words of their own).
fn words(works: &Works) -> Vec<String> {
    let fixed = [
        OFFICE_NAME,
        NEW_COLLEAGUE,
        ORGANISATION,
        ORGANISATION_READING,
        SOURCE,
        WRONG_PASSWORD,
        WRONG_ANSWER,
        TYPED,
    ];
    let mut words: Vec<String> =
        PERSON.iter().map(|(_, word)| *word).chain(SPELT_OTHERWISE).chain(fixed).map(str::to_owned).collect();
    for number in NUMBERS {
        words.extend([password(number), token(number), staff_name(number)]);
    }
    for envelope in ["recovery", "backup", "auditor"] {
        words.push(works.made[envelope].as_str().expect("printed once").to_owned());
    }
    words.extend(screens::words());
    words.sort();
    words.dedup();
    words
}

#[test]
fn nothing_leaves_by_a_file_or_a_message() {
    let works = Works::new();
    let mut words = words(&works);
    words.push(initial_password(&works));
    assert!(words.len() >= 40, "{}", words.len());
    let scanner = Scanner::new(&words);
    assert_eq!(works.made["tokens"], serde_json::json!([]), "tokens of the plan are not printed");

    let mut said = a_day_of_work(&works);
    said.extend(refusals(&works));
    said.push(("screens", screens::work_elsewhere(&works)));
    for (what, run) in &said {
        let found = scanner.find(&[run.out.as_bytes(), b"\n", run.err.as_bytes()].concat());
        assert!(found.is_empty(), "{what} says {found:?}");
    }
    let mut files = 0;
    let mut bytes = 0;
    for dir in [works.home(), works.temporary(), works.drop_folder()] {
        let tally = scanner.find_below(&dir);
        assert!(tally.found.is_empty(), "{:#?}", tally.found);
        files += tally.files;
        bytes += tally.bytes;
    }
    println!(
        "{} words, {} spellings, {files} files, {bytes} bytes, {} runs: nothing",
        words.len(),
        scanner.needles(),
        said.len()
    );
    assert!(files > 50, "the day left files: {files}");
    a_leak_would_be_found(&works, &scanner, &words);
}

/// The scan is able to see: each word in each spelling, in the middle of a file; and the values as plain JSON.
fn a_leak_would_be_found(works: &Works, scanner: &Scanner, words: &[String]) {
    let planted = works.home().join("planted.bin");
    for word in words {
        for (spelling, needle) in spellings(word) {
            std::fs::write(&planted, [&[0xFE; 7][..], &needle, &[0x80; 5]].concat()).unwrap();
            let found = scanner.find(&std::fs::read(&planted).unwrap());
            assert!(found.iter().any(|(known, _)| *known == word), "{word} as {spelling}");
        }
    }
    for shift in 0..5 {
        let base64 = data_encoding::BASE64.encode(format!("{}仮野 漏之助 etc", "x".repeat(shift)).as_bytes());
        assert!(scanner.find(base64.as_bytes()).iter().any(|(word, _)| *word == "仮野 漏之助"), "{shift}");
    }
    std::fs::write(&planted, values().to_string()).unwrap();
    let tally = scanner.find_below(&works.home());
    for (key, word) in PERSON {
        assert!(tally.found.iter().any(|row| row.contains(word)), "{key} in plain JSON");
    }
    // A paper that lies outside is found as soon as somebody looks there: the scan reads what is on the disk.
    assert!(!scanner.find_below(&works.root().join("papers")).found.is_empty());
}

/// Report, sending, second person, courier, receipts, audit: with the built program. What it said comes back.
fn a_day_of_work(works: &Works) -> Vec<(&'static str, Run)> {
    let drop = works.drop_folder();
    std::fs::write(
        works.home().join("settings.toml"),
        format!("[courier.folder]\ndrop = \"{}\"\n", drop.display()),
    )
    .unwrap();
    destination(works);
    let report = works.write("report.json", values().to_string());
    let add = ["records", "add", "--form", "ehec", "--channel", "fax", "--pages", "3", "--json", "--file"];
    let added = works.run_as("1003", &[&add[..], &[&report]].concat());
    assert_eq!((added.status, added.json()["number"].as_u64()), (0, Some(1)), "{} {}", added.out, added.err);
    let from_stdin = {
        let sign_in = works.sign_in_file("1004");
        works.run_on(Path::new(&report), &[&["--sign-in", &sign_in], &add[..], &["-"]].concat())
    };
    assert_eq!(from_stdin.status, 0, "{}", from_stdin.err);
    conflict(works);
    // What is asked for is shown, and only shown.
    let shown = works.run_as("1005", &["records", "show", "1", "--json"]);
    assert_eq!(shown.json()["values"]["name"], "仮野 漏之助");
    let submitted = works.run_as("1006", &["records", "submit", "1", "--to", "D091", "--json"]);
    assert_eq!(submitted.status, 0, "{} {}", submitted.out, submitted.err);
    let transmission = submitted.json()["id"].as_str().unwrap().to_owned();
    let pages = submitted.json()["pages"].to_string();
    let answers = |name: &str, person: &str| {
        works.write(name, format!("person = \"{person}\"\naddress = \"{ADDRESS}\"\npages = \"{pages}\"\n"))
    };
    let wrong = answers("wrong.toml", WRONG_ANSWER);
    let missed = works.run_as("1007", &["confirm", &transmission, "--answers", &wrong, "--send"]);
    assert_eq!(missed.status, 1);
    let right = answers("right.toml", "3460203");
    let confirmed = works.run_as("1008", &["confirm", &transmission, "--answers", &right, "--send"]);
    assert_eq!(confirmed.status, 0, "{}", confirmed.err);
    let sent = works.run(&["courier", "--once", "--json"]);
    assert_eq!(sent.json()["deliveries"][0]["answer"], "sent", "{} {}", sent.out, sent.err);
    let key = works.write("auditor.key", works.made["auditor"].as_str().unwrap());
    let audit = works.run_as("2003", &["audit", "verify", "--key", &key]);
    assert_eq!(audit.status, 0, "{}", audit.out);
    let doctor = works.run(&["doctor"]);
    vec![
        ("add", added),
        ("add from stdin", from_stdin),
        ("submit", submitted),
        ("a wrong answer", missed),
        ("confirm", confirmed),
        ("courier", sent),
        ("audit", audit),
        ("doctor", doctor),
        ("schema", works.run(&["schema", "list"])),
    ]
}

/// Two people correct the second report; one of them is told, and the draft stays.
fn conflict(works: &Works) {
    let (mut first, mut second) = (works.sign_in("1017"), works.sign_in("1018"));
    let line = first.perform(ListRecords).unwrap().lines.into_iter().find(|line| line.number == 2).unwrap();
    let revise = ReviseRecord { record: line.record };
    let (theirs, mine) = (first.perform(revise).unwrap(), second.perform(revise).unwrap());
    let position = "remarks".to_owned();
    second.save_draft(&SaveDraft { draft: mine.draft, values: mine.values.clone(), position }).unwrap();
    let done = first
        .perform(RegisterDraft { draft: theirs.draft, values: theirs.values, passed: Vec::new() })
        .unwrap();
    assert!(matches!(done, RegisterOutcome::Registered(_)));
    let told =
        second.perform(RegisterDraft { draft: mine.draft, values: mine.values, passed: Vec::new() }).unwrap();
    assert!(matches!(told, RegisterOutcome::Conflict { .. }));
}

/// A new colleague; the password is shown once, to be handed over on paper.
fn initial_password(works: &Works) -> String {
    let proposal = StaffProposal {
        number: "1099".into(),
        name: NEW_COLLEAGUE.into(),
        section: "架空もれ係".into(),
        roles: Roles::of(&[Role::Clerk]),
        same_person_as: None,
    };
    let proposed = works.sign_in("2005").perform(ProposeStaff { proposal }).unwrap();
    works.sign_in("2006").perform(ApproveStaff { account: proposed.account }).unwrap();
    proposed.initial_password.expose().to_owned()
}

fn destination(works: &Works) {
    let recipient = age::x25519::Identity::generate().to_public().to_string();
    let proposal = DestinationProposal {
        reading: ORGANISATION_READING.into(),
        source: SOURCE.into(),
        ..register::folder("D091", ORGANISATION, ADDRESS, &recipient)
    };
    // Real tokens show a code for half a minute: each signs in once and stays.
    let (mut first, mut second) = (works.sign_in("1001"), works.sign_in("1002"));
    let mut ask = |who, request: Request| match (who, &request) {
        (Who::First, _) => request.perform(&mut first),
        // Evidence counts only when it is younger than what it is given for: a colleague who comes now.
        (Who::Second, Request::BeginConfirmation(_)) => {
            second = works.sign_in("1019");
            request.perform(&mut second)
        }
        (Who::Second, _) => request.perform(&mut second),
    };
    let mut deliver = || assert_eq!(works.run(&["courier", "--once"]).status, 0);
    register::bring_into_force(proposal, &mut ask, &mut deliver);
}

/// Everything that is wrong with what people hand in is said without repeating it.
fn refusals(works: &Works) -> Vec<(&'static str, Run)> {
    let mut said = Vec::new();
    // A code serves once: each run has a person of its own, or a refusal at the door would pass for the one meant.
    let mut values_of = |what: &'static str, bytes: &[u8]| {
        let file = works.write("refused.json", bytes);
        let add = ["records", "add", "--form", "ehec", "--file", &file];
        for (who, json) in [("1009", &[][..]), ("1020", &["--json"])] {
            let run = works.run_as(who, &[&add[..], json].concat());
            assert_eq!(run.status, 1, "{what}: {}", run.out);
            if !json.is_empty() {
                assert_eq!(run.json()["error"]["code"], "form-problems", "{what}: {}", run.out);
            }
            said.push((what, run));
        }
    };
    let good = values().to_string();
    values_of("cut off", good.trim_end_matches('}').as_bytes());
    values_of("a word in between", good.replacen(',', &format!(", {TYPED},"), 1).as_bytes());
    values_of("an unknown key", good.replacen("\"doctor\"", &format!("\"{TYPED}\""), 1).as_bytes());
    values_of("an unknown choice", good.replace("経口感染", TYPED).as_bytes());
    values_of("no date", good.replace("1971-02-03", "昭和46年2月3日").as_bytes());
    values_of("a wrong type", good.replace("\"0300000731\"", "[\"0300000731\"]").as_bytes());
    values_of("too many digits", good.replace("0300000731", "03000007310300000731").as_bytes());
    values_of("a number", good.replace("\"2026-07-09\"", "19710203").as_bytes());
    values_of("CP932", &encoding_rs::SHIFT_JIS.encode(&good).0);
    values_of("a text", format!("\"{TYPED}\"").as_bytes());
    values_of("twice", good.replacen('{', "{\"name\": \"仮野 漏之助\",", 1).as_bytes());
    // Sound as JSON and wrong as a report: found by the office, after the sign-in.
    for (who, json) in [("1010", &[][..]), ("1011", &["--json"])] {
        let file = works.write("incomplete.json", good.replace("2026-07-09", "2026-07-12"));
        let add = ["records", "add", "--form", "ehec", "--file", &file];
        said.push(("rules", works.run_as(who, &[&add[..], json].concat())));
    }
    let plan = |text: &str| works.write("plan2.toml", text);
    let elsewhere = works.temporary().join("second");
    for (what, text) in [
        ("plan: syntax", format!("office = {TYPED}\n")),
        ("plan: key", format!("office = \"x\"\n{WRONG_PASSWORD} = 1\n")),
        ("plan: role", staff_line("2001", "clerc-試野")),
        ("plan: short password", staff_line("2001", "supervisor").replace(&password("2001"), "試野 探子")),
        ("plan: token", staff_line("2001", "supervisor").replace(&token("2001"), TYPED)),
        ("plan: alone", staff_line("2001", "supervisor")),
    ] {
        for json in [&[][..], &["--json"]] {
            let run = works.run(
                &[&["--home", elsewhere.to_str().unwrap(), "init", "--plan", &plan(&text)], json].concat(),
            );
            assert_ne!(run.status, 0, "{what}");
            said.push((what, run));
        }
    }
    let sign_in = |number: &str, password: &str| {
        works.write(
            "bad-sign-in.toml",
            format!("user = \"{number}\"\npassword = \"{password}\"\ncode = \"000000\"\n"),
        )
    };
    for file in [
        sign_in("1012", WRONG_PASSWORD),
        sign_in(TYPED, WRONG_PASSWORD),
        works.write("x.toml", WRONG_PASSWORD),
    ] {
        let run = works.run(&["records", "list", "--json", "--sign-in", &file]);
        assert_eq!(run.status, 1);
        said.push(("sign-in", run));
    }
    for (who, arguments) in [
        ("1013", &["records", "show", TYPED][..]),
        ("1014", &["records", "submit", TYPED, "--to", ORGANISATION]),
        ("1015", &["records", "add", "--form", TYPED, "--file", "-"]),
        ("1015", &["records", "add", "--form", "ehec", "--file", "-", "--received", TYPED]),
        ("1016", &["confirm", TYPED, "--answers", "none.toml"]),
        ("1016", &["records", TYPED]),
        ("1016", &["--lang", TYPED, "doctor"]),
    ] {
        let run = works.run_as(who, arguments);
        assert_ne!(run.status, 0, "{arguments:?}");
        said.push(("arguments", run));
    }
    let key = works.write("wrong.key", works.made["backup"].as_str().unwrap());
    said.push(("a wrong envelope", works.run_as("2004", &["audit", "verify", "--key", &key])));
    said
}

fn staff_line(number: &str, role: &str) -> String {
    format!(
        "office = \"{OFFICE_NAME}\"\n[[staff]]\nnumber = \"{number}\"\nname = \"{}\"\nroles = [\"{role}\"]\n\
         password = \"{}\"\ntotp = \"{}\"\n",
        staff_name(number),
        password(number),
        token(number)
    )
}
