//! Form files of a site: a sound one works without a rebuild; broken ones and attempts on the shipped ones are told.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where, and that is all it has to say")]
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{Run, uketsuke};
use crate::leaks::Works;

/// The example of the README with another id: a form that no program was built with.
const NEW_FORM: &str = r#"
id = "site_survey"
version = 1
released = false
title = { ja = "積極的疫学調査票", en = "Site survey" }
kana = "エキガクチョウサヒョウ"
aliases = ["survey"]
class = "class3"
number = "901"
deadline = { days = 7, from = "seen_on" }
recipient = { ja = "保健所長", en = "Director" }
verified = false
source = "written by the site"

[[page]]
title = { ja = "調査", en = "Survey" }
content = ["sex", "seen_on", "places", "block:remarks"]

[item.sex]
label = { ja = "性別", en = "Sex" }
kind = "choice"
list = "sex"
required = true
identity = "sex"

[item.seen_on]
label = { ja = "調査日", en = "Seen on" }
kind = "date"
past_only = true
required = true

[item.places]
label = { ja = "立ち寄り先の数", en = "Places visited" }
kind = "integer"
min = 0
max = 20

[[rule]]
id = "has_places"
when = "sex == 'female'"
assert = "places <= 9"
level = "error"
items = ["places"]
message = { ja = "立ち寄り先が多すぎます。", en = "Too many places." }
"#;

/// A data directory with form files and nothing else.
struct Shelf(TempDir);

impl Shelf {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a directory"))
    }
    fn put(&self, name: &str, text: impl AsRef<[u8]>) -> &Self {
        put(self.0.path(), name, text);
        self
    }
    fn check(&self) -> Run {
        uketsuke(self.0.path(), &["schema", "check", "--json"])
    }
    /// Ids and versions, as `schema list` has them.
    fn listed(&self) -> Vec<String> {
        let run = uketsuke(self.0.path(), &["schema", "list", "--json"]);
        assert_eq!(run.status, 0, "{}", run.err);
        let forms = run.json()["forms"].as_array().expect("a list").clone();
        forms.iter().map(|form| format!("{}@{}", form["id"].as_str().unwrap(), form["version"])).collect()
    }
    /// The digest of a listed form.
    fn digest(&self, id: &str) -> Value {
        let forms = uketsuke(self.0.path(), &["schema", "list", "--json"]).json()["forms"].clone();
        forms.as_array().expect("a list").iter().find(|form| form["id"] == id).expect("listed")["digest"]
            .clone()
    }
    /// File, line and code of every problem, after looking at what every problem must have.
    fn problems(&self) -> Vec<(String, u64, String)> {
        let run = self.check();
        let problems = run.json()["problems"].as_array().expect("a list").clone();
        assert_eq!(run.status, i32::from(!problems.is_empty()), "{}", run.out);
        let text = uketsuke(self.0.path(), &["schema", "check", "--lang", "en"]);
        problems
            .iter()
            .map(|problem| {
                let word = |key: &str| problem[key].as_str().unwrap_or_default().to_owned();
                for key in ["ja", "en", "remedy_ja", "remedy_en"] {
                    assert!(!word(key).is_empty(), "{key} of {problem}");
                }
                let line = problem["line"].as_u64().expect("a number");
                let row = format!("{}:{line}: {} {}", word("file"), word("en"), word("remedy_en"));
                assert!(text.out.lines().any(|known| known == row), "{row} in {}", text.out);
                (word("file"), line, word("code"))
            })
            .collect()
    }
}

fn put(home: &Path, name: &str, text: impl AsRef<[u8]>) {
    let path = home.join("schemas").join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, text).expect("written");
}

const RELEASED: [&str; 3] = ["ehec@1", "homecare_support_request@1", "invasive_pneumococcal@1"];

/// What is listed where no site has added anything.
fn shipped() -> Vec<String> {
    let listed = Shelf::new().listed();
    assert!(RELEASED.iter().all(|released| listed.iter().any(|form| form == released)), "{listed:?}");
    listed
}

#[test]
fn a_new_form_of_the_site_is_used_without_a_rebuild() {
    let works = Works::new();
    put(&works.home(), "forms/site_survey.toml", NEW_FORM);
    assert_eq!(uketsuke(&works.home(), &["schema", "check"]).status, 0);
    let values = works.write("survey.json", r#"{"sex": "女", "seen_on": "2026-07-11", "places": 3}"#);
    let add = ["records", "add", "--form", "site_survey", "--json", "--file"];
    let added = works.run_as("1001", &[&add[..], &[&values]].concat());
    assert_eq!((added.status, added.json()["number"].as_u64()), (0, Some(1)), "{} {}", added.out, added.err);
    let shown = works.run_as("1002", &["records", "show", "1", "--json"]).json();
    assert_eq!((&shown["form"], &shown["values"]["places"]), (&Value::from("site_survey"), &Value::from(3)));

    // Its rules hold as those of the program do.
    let many = works.write("many.json", r#"{"sex": "女", "seen_on": "2026-07-11", "places": 12}"#);
    let refused = works.run_as("1003", &[&add[..], &[&many]].concat());
    assert_eq!((refused.status, refused.error_code().as_str()), (1, "form-problems"));
    assert_eq!(refused.json()["problems"][0]["item"], "places");

    // The file is lost: the record stays, and the program says what is missing.
    std::fs::remove_file(works.home().join("schemas/forms/site_survey.toml")).unwrap();
    let shown = works.run_as("2001", &["records", "show", "1"]);
    assert_eq!(shown.status, 1, "{}", shown.out);
    assert_eq!(works.run_as("2002", &["records", "list", "--json"]).json()["total"], 1);
}

#[test]
fn every_broken_file_is_told_at_once_and_the_sound_ones_work() {
    let shelf = Shelf::new();
    let with = |from: &str, to: &str| {
        assert!(NEW_FORM.contains(from), "{from}");
        NEW_FORM.replace(from, to)
    };
    let id = |name: &str| with("site_survey", name);
    shelf
        .put("forms/a_sound.toml", NEW_FORM)
        .put("forms/b_syntax.toml", "id = \"b\"\nversion = = 1\n")
        .put("forms/c_key.toml", id("c").replace("max = 20", "maks = 20"))
        .put("forms/d_item.toml", id("d").replace("places <= 9", "plases <= 9"))
        .put("forms/e_type.toml", id("e").replace("version = 1", "version = \"one\""))
        .put("forms/f_circle.toml", id("f").replace("max = 20", "max = 20\nshown_if = \"places > 1\""))
        .put("forms/g_never.toml", id("g").replace("sex == 'female'", "places > 20"))
        .put("forms/h_choice.toml", id("h").replace("'female'", "'femail'"))
        .put("forms/i_nobody.toml", id("i").replace("identity = \"sex\"\n", ""))
        .put("forms/j_block.toml", id("j").replace("block:remarks", "block:remarcs"))
        .put("forms/k_empty.toml", "")
        .put("forms/l_bytes.toml", [0xFF, 0xFE, 0x00, 0x80])
        .put("forms/m_twice.toml", NEW_FORM)
        .put("forms/n_two.toml", id("n").replace("max = 20", "maks = 20").replace("min = 0", "min = \"x\""))
        .put("elsewhere/o.toml", "x = 1\n");
    std::os::unix::fs::symlink("/nowhere/at/all", shelf.0.path().join("schemas/forms/p_link.toml")).unwrap();
    let huge = "#".repeat(2 * 1024 * 1024);
    shelf.put("forms/q_huge.toml", huge);

    let problems = shelf.problems();
    let of = |file: &str| -> Vec<(u64, &str)> {
        let own = problems.iter().filter(|(name, ..)| name.ends_with(file));
        own.map(|(_, line, code)| (*line, code.as_str())).collect()
    };
    for (file, code) in [
        ("b_syntax.toml", "syntax"),
        ("c_key.toml", "unknown-key"),
        ("d_item.toml", "expression"),
        ("e_type.toml", "wrong-type"),
        ("f_circle.toml", "cycle"),
        ("g_never.toml", "unreachable"),
        ("h_choice.toml", "expression"),
        ("i_nobody.toml", "identity"),
        ("j_block.toml", "unknown-reference"),
        ("k_empty.toml", "missing-key"),
        ("l_bytes.toml", "syntax"),
        ("m_twice.toml", "duplicate"),
        ("n_two.toml", "unknown-key"),
        ("n_two.toml", "wrong-type"),
        ("elsewhere/o.toml", "unknown-file"),
        ("p_link.toml", "unreadable"),
        ("q_huge.toml", "unreadable"),
    ] {
        let found = of(file);
        assert!(found.iter().any(|(_, known)| *known == code), "{file} {code}: {found:?}");
        assert!(found.iter().all(|(line, _)| *line > 0), "{file}: {found:?}");
    }
    assert_eq!(of("b_syntax.toml")[0].0, 2, "the line of the mistake");
    assert_eq!(of("a_sound.toml"), []);
    let mut sound = shipped();
    sound.push("site_survey@1".into());
    sound.sort();
    assert_eq!(shelf.listed(), sound);
}

/// Where a site file tries to be a shipped one, the shipped one stays and the site is told.
#[test]
fn names_of_shipped_files_are_reserved() {
    let plain = Shelf::new();
    let before = RELEASED.map(|name| plain.digest(name.split_once('@').unwrap().0));
    let file = |name: &str| {
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(name)).unwrap()
    };
    let softer = file("forms/ehec.toml").replace("required = true", "required = false");
    for (name, text) in [
        ("forms/ehec.toml", softer.clone()),
        ("forms/ehec.toml", softer.replace("released = true", "released = false")),
        ("lists/sex.toml", file("lists/sex.toml").replace("女", "女性")),
        ("blocks/person.toml", file("blocks/person.toml").replace("required = true", "required = false")),
        ("blocks/person.toml", "garbage".into()),
        ("lists/sex.toml", String::new()),
    ] {
        let shelf = Shelf::new();
        shelf.put(name, &text);
        let problems = shelf.problems();
        assert_eq!(problems, [(name.to_owned(), 1, "reserved".to_owned())], "{name}");
        assert_eq!(shelf.listed(), shipped(), "{name}");
        assert_eq!(RELEASED.map(|form| shelf.digest(form.split_once('@').unwrap().0)), before, "{name}");
    }
}

#[test]
fn a_released_form_cannot_be_redefined_under_another_file_name() {
    let plain = Shelf::new();
    let before = plain.digest("ehec");
    let ehec = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/forms/ehec.toml"))
        .unwrap();
    let softer =
        ehec.replace("symptoms_other", "remarks").replace("retention_years = 5", "retention_years = 1");
    assert_ne!(ehec, softer);
    for name in ["forms/aaa.toml", "forms/zzz.toml", "forms/EHEC.toml"] {
        for text in [softer.clone(), ehec.replace("released = true", "released = false")] {
            let shelf = Shelf::new();
            shelf.put(name, text);
            let problems = shelf.problems();
            assert!(!problems.is_empty() && problems.iter().all(|(file, ..)| file == name), "{problems:?}");
            assert_eq!(shelf.digest("ehec"), before, "{name}");
            assert_eq!(shelf.listed(), shipped());
        }
    }
}

#[test]
fn the_pins_of_the_program_cannot_be_replaced() {
    let softer =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/forms/ehec.toml"))
            .unwrap()
            .replace("retention_years = 5", "retention_years = 1");
    let before = Shelf::new().digest("ehec");
    let other = "00".repeat(32);
    for pins in [format!("\"ehec@1\" = \"{other}\"\n"), String::new()] {
        let shelf = Shelf::new();
        shelf.put("released.toml", &pins).put("forms/aaa.toml", &softer);
        let problems = shelf.problems();
        let of_form = problems.iter().find(|(file, ..)| file == "forms/aaa.toml").expect("refused");
        assert_eq!(of_form.2, "duplicate", "the shipped form was there first");
        assert_eq!(
            problems.iter().any(|(file, ..)| file == "released.toml"),
            !pins.is_empty(),
            "{problems:?}"
        );
        assert_eq!(shelf.digest("ehec"), before);
        assert_eq!(shelf.listed(), shipped());
    }
    // A site may pin what it has released itself.
    let shelf = Shelf::new();
    shelf.put("forms/site_survey.toml", NEW_FORM.replace("released = false", "released = true"));
    let digest = shelf.digest("site_survey");
    shelf.put("released.toml", format!("\"site_survey@1\" = {digest}\n"));
    assert_eq!(shelf.problems(), []);
    shelf.put(
        "forms/site_survey.toml",
        NEW_FORM.replace("released = false", "released = true").replace("max = 20", "max = 30"),
    );
    let problems = shelf.problems();
    assert_eq!((problems.len(), problems[0].2.as_str()), (1, "released"));
}
