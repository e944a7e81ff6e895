//! What a site adds to a form, and that it can only ask for more.
use uketsuke::form::{Catalog, Loaded, SiteFiles, SourceFile, shipped_sources};

const HEAD: &str = r#"id = "local"
version = 1
forms = ["ehec@1"]
source = "test"
"#;

const ITEM: &str = r#"[[insert]]
after = "occupation"
content = ["workplace"]
[item.workplace]
label = { ja = "勤務先", en = "Workplace" }
kind = "text"
"#;

fn load(files: &[(&str, String)]) -> Loaded {
    let sources = files.iter().map(|(name, text)| SourceFile { name: (*name).into(), text: text.clone() });
    Catalog::load_with_site(
        shipped_sources(),
        SiteFiles { sources: sources.collect(), unreadable: Vec::new() },
    )
}

fn one(rest: &str) -> Loaded {
    load(&[("overlays/local.toml", format!("{HEAD}{rest}"))])
}

fn wrong(loaded: &Loaded) -> Vec<String> {
    let problems = loaded.problems.iter();
    problems.map(|p| format!("{} {} [{}] {}", p.file, p.line, p.code.as_str(), p.what.en)).collect()
}

#[test]
fn an_overlay_adds_items_and_the_plain_form_stays() {
    let loaded = one(ITEM);
    assert_eq!(wrong(&loaded), [""; 0]);
    let form = loaded.catalog.latest("ehec").expect("the form");
    assert_eq!(form.head.id_and_version(), "ehec@1+1");
    assert!(!form.head.released, "the overlay is not released");
    let keys: Vec<&str> = form.items.iter().map(|item| item.key.as_str()).collect();
    let at = keys.iter().position(|key| *key == "workplace").expect("it is there");
    assert_eq!(keys[at - 1..=at + 1], ["occupation", "workplace", "postal_code"]);
    assert_eq!(form.item("workplace").expect("it").source.text, "test");
    // A record that was entered before remembers the form without it.
    let plain = loaded.catalog.forms().find(|form| form.head.id_and_version() == "ehec@1");
    let plain = plain.expect("the plain form");
    assert!(plain.item("workplace").is_none());
    let shipped = Catalog::load(shipped_sources()).catalog;
    assert_eq!(plain.definition_digest(), shipped.latest("ehec").expect("it").definition_digest());
}

#[test]
fn an_overlay_tightens() {
    let loaded = one(
        "[override.occupation]\nrequired = true\nsecond_entry = true\n[override.symptoms]\nonly = [\"fever\", \"hus\", \"other\", \"none\"]\n",
    );
    assert_eq!(wrong(&loaded), [""; 0]);
    let form = loaded.catalog.latest("ehec").expect("the form");
    let item = form.item("occupation").expect("it");
    assert!(item.required.is_some() && item.second_entry);
    assert_eq!(form.item("symptoms").expect("it").kind.options().len(), 4);
}

#[test]
fn one_form_has_one_overlay_in_several_versions() {
    let first = format!("{HEAD}{ITEM}");
    let second = first.replace("version = 1\n", "version = 2\n").replace("勤務先", "勤め先");
    let both = load(&[("overlays/local-1.toml", first), ("overlays/local-2.toml", second)]);
    assert_eq!(wrong(&both), [""; 0]);
    let names: Vec<String> =
        both.catalog.forms().map(|f| f.head.id_and_version()).filter(|n| n.starts_with("ehec")).collect();
    assert_eq!(names, ["ehec@1", "ehec@1+1", "ehec@1+2"]);
}

#[test]
fn a_newer_form_without_its_overlay_is_noticed() {
    let form = shipped_sources().into_iter().find(|s| s.name == "forms/ehec.toml").expect("it").text;
    let newer = form.replace("version = 1\n", "version = 2\n").replace("released = true", "released = false");
    let loaded = load(&[("forms/ehec-2.toml", newer), ("overlays/local.toml", format!("{HEAD}{ITEM}"))]);
    let said = ["overlays/local.toml 3 [outgrown] The newest version (2) of \"ehec\" has no overlay."];
    assert_eq!(wrong(&loaded), said);
    assert_eq!(loaded.catalog.latest("ehec").expect("it").head.id_and_version(), "ehec@2");
}
