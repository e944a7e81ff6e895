//! The shipped forms, and a corpus of broken ones.
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use uketsuke::config::form_sources;
use uketsuke::form::{
    Catalog, Loaded, MistakeCode, SchemaProblem, SiteFiles, SourceFile, Usage, shipped_sources,
};

use crate::corpus::{cases, compare, marked, name};

/// Broken files as a site would have them, on top of a small set of sound ones.
const CORPUS: &str = "tests/it/corpus/schemas";
const SHIPPED: &str = "tests/it/corpus/schemas/shipped";

#[test]
fn every_shipped_form_is_sound() {
    let loaded = Catalog::load(shipped_sources());
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    // Which of them there must be is said by the table of diseases (tests/it/diseases).
    assert!(loaded.catalog.forms().count() > 94);
}

#[test]
fn every_released_form_is_pinned() {
    let sources = shipped_sources();
    let pins = &sources.iter().find(|source| source.name == "released.toml").unwrap().text;
    for form in Catalog::load(sources.clone()).catalog.forms().filter(|form| form.head.released) {
        let line = format!("\"{}\" = \"{}\"", form.head.id_and_version(), form.definition_digest());
        assert!(
            pins.lines().any(|known| known == line),
            "{} is released but not pinned. If it was never in use, add this line to schemas/released.toml:\n{line}\n\
             If it was, undo the change and add a file with a new version.",
            form.head.id_and_version()
        );
    }
}

#[test]
fn a_changed_released_form_is_refused() {
    let mut sources = shipped_sources();
    let list = sources.iter_mut().find(|source| source.name == "lists/sex.toml").unwrap();
    list.text = list.text.replace("女", "女性");
    let loaded = Catalog::load(sources);
    assert!(loaded.catalog.forms().all(|form| !form.head.released), "all released forms use the list");
    let (refused, rest): (Vec<_>, Vec<_>) =
        loaded.problems.iter().partition(|problem| problem.code == MistakeCode::Released);
    assert!(refused.len() == 3 && refused.iter().all(|problem| problem.line > 1));
    // What belongs to a form that is refused has nothing to belong to.
    assert!(rest.iter().all(|problem| problem.code == MistakeCode::UnknownReference), "{rest:?}");
}

#[test]
fn the_example_of_the_readme_loads() {
    let readme = include_str!("../../schemas/README.md");
    let (_, rest) = readme.split_once("```toml\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let mut sources = shipped_sources();
    sources.push(SourceFile { name: "forms/my_form.toml".into(), text: example.into() });
    let loaded = Catalog::load(sources);
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    assert!(loaded.catalog.latest("my_form").unwrap().item("dose[2].amount").is_some());
}

#[test]
fn the_picker_finds_forms() {
    let catalog = Catalog::load(shipped_sources()).catalog;
    let find = |word: &str| -> Vec<String> {
        catalog.find(word, &Usage::new()).iter().map(|head| head.id.clone()).collect()
    };
    for word in [
        "o157",
        "Ｏ１５７",
        "EHEC",
        "031",
        "3-3",
        "ちょうかん",
        "チョウカン",
        "cho",
        "chou",
        "tyou",
        "腸",
        "腸管",
    ] {
        assert_eq!(find(word).first().map(String::as_str), Some("ehec"), "{word}");
    }
    assert_eq!(find("shinshuuseihai"), ["invasive_pneumococcal"]);
    assert_eq!(find("肺炎"), ["invasive_pneumococcal"]);
    assert_eq!(find("jitaku"), ["homecare_support_request"]);
    assert_eq!(find("ペスト"), ["plague"]);
    assert_eq!(find("ペンギン"), [] as [&str; 0]);
    assert_eq!(
        find("").len(),
        99,
        "every disease and home care, but not what always belongs to another record"
    );
    let used: Usage = [("homecare_support_request".to_owned(), 5)].into();
    assert_eq!(catalog.find("", &used)[0].id, "homecare_support_request");
}

/// A folder is what a site has, a file is one form of it.
fn site(case: &Path) -> SiteFiles {
    if case.is_dir() {
        return form_sources(case).expect("a folder");
    }
    let name = format!("forms/{}.toml", name(case));
    let text = fs::read_to_string(case).expect("readable");
    SiteFiles { sources: vec![SourceFile { name, text }], unreadable: Vec::new() }
}

fn load(site: SiteFiles) -> Loaded {
    Catalog::load_with_site(form_sources(Path::new(SHIPPED)).expect("a folder").sources, site)
}

fn broken() -> impl Iterator<Item = PathBuf> {
    cases(CORPUS).into_iter().filter(|case| case != Path::new(SHIPPED))
}

/// `file:line` of every mark.
fn marks(case: &Path, site: &SiteFiles) -> BTreeSet<String> {
    let read = site.sources.iter().map(|source| (source.name.clone(), source.text.clone()));
    let linked = site.unreadable.iter().map(|name| {
        let behind = fs::read_to_string(case.join(name)).expect("a link to a file of the case");
        (name.clone(), behind)
    });
    read.chain(linked)
        .flat_map(|(name, text)| marked(&text).map(|line| format!("{name}:{line}")).collect::<Vec<_>>())
        .collect()
}

fn said(problem: &SchemaProblem) -> String {
    let SchemaProblem { file, line, code, what, remedy } = problem;
    assert!(![&what.ja, &what.en, &remedy.ja, &remedy.en].iter().any(|text| text.is_empty()), "{problem}");
    let (ja, en) = (format!("{} {}", what.ja, remedy.ja), format!("{} {}", what.en, remedy.en));
    format!("{file}:{line} [{}]\n  {ja}\n  {en}", code.as_str())
}

#[test]
fn every_broken_form_is_explained() {
    let shipped = load(SiteFiles::default());
    let problems: Vec<String> = shipped.problems.iter().map(said).collect();
    assert!(problems.is_empty(), "without its mistake nothing is wrong:\n{}", problems.join("\n"));
    let mut codes = BTreeSet::new();
    let mut wrong = Vec::new();
    for case in broken() {
        let (site, name) = (site(&case), name(&case));
        let expected = marks(&case, &site);
        let Loaded { catalog, problems } = load(site);
        let lines: BTreeSet<String> = problems.iter().map(|p| format!("{}:{}", p.file, p.line)).collect();
        if expected != lines || lines.is_empty() {
            let said: Vec<String> = problems.iter().map(said).collect();
            wrong.push(format!("{name}: marked {expected:?}, reported\n{}", said.join("\n")));
            continue;
        }
        assert!(catalog.latest("sound").is_some(), "{name}: a sound form survives a broken one");
        codes.extend(problems.iter().map(|problem| problem.code.as_str()));
        let usable: Vec<String> = catalog.forms().map(|form| form.head.id_and_version()).collect();
        let said: Vec<String> = problems.iter().map(said).collect();
        compare(CORPUS, &name, &format!("{}\n\nusable: {}", said.join("\n"), usable.join(", ")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert_eq!(codes, every_code(), "the corpus knows every kind of mistake");
}

/// The codes as the program spells them; the match there is complete because the compiler says so.
fn every_code() -> BTreeSet<&'static str> {
    let (_, spelled) = include_str!("../../src/form/mistake.rs").split_once("fn as_str").expect("the codes");
    let (spelled, _) = spelled.split_once("\n    }\n}").expect("their end");
    spelled.lines().filter_map(|line| line.split('"').nth(1)).collect()
}

#[test]
fn garbage_never_panics() {
    for text in
        ["", "[", "a = ", "\u{0}", "[[page]]\n[page]", "id = 1979-05-27", "x = [[[[[[[[[[", "\"\"\"", "é=1"]
    {
        for name in ["forms/a.toml", "blocks/a.toml", "lists/a.toml", "released.toml"] {
            let _ = Catalog::load(vec![SourceFile { name: name.into(), text: text.into() }]);
        }
    }
}
