//! Lists of words: those of a site come first, and what is no word is told with its line.
use uketsuke::form::{Catalog, Loaded, SiteFiles, SourceFile, shipped_sources};

fn load(name: &str, text: &str) -> Loaded {
    let source = SourceFile { name: name.into(), text: text.into() };
    Catalog::load_with_site(shipped_sources(), SiteFiles { sources: vec![source], unreadable: Vec::new() })
}

fn told(loaded: &Loaded) -> Vec<String> {
    let problems = loaded.problems.iter();
    problems.map(|p| format!("{} {} [{}] {}", p.file, p.line, p.code.as_str(), p.what.en)).collect()
}

#[test]
fn the_words_of_a_site_come_first_in_their_order() {
    let loaded = load("phrases/occupation.toml", "\"海女\" = \"アマ\"\n\"杜氏\" = \"トウジ\"\n");
    assert_eq!(told(&loaded), [""; 0]);
    let words: Vec<&str> =
        loaded.catalog.phrases("occupation").iter().map(|phrase| phrase.text.as_str()).collect();
    assert_eq!(words[..2], ["海女", "杜氏"]);
    assert!(words.contains(&"調理員"), "those of the program follow");
    let loaded = load("phrases/occupation.toml", "\"調理員\" = \"チョウリイン\"\n");
    let again = loaded.catalog.phrases("occupation").iter().filter(|phrase| phrase.text == "調理員");
    assert_eq!(again.count(), 1, "a word that the site puts first stands there once");
}

#[test]
fn a_list_of_a_site_serves_any_item_of_text() {
    let overlay = "id = \"local\"\nversion = 1\nforms = [\"ehec@1\"]\nsource = \"test\"\n";
    let with = |rest: &str| load("overlays/local.toml", &format!("{overlay}{rest}"));
    let sound = with("[override.remarks]\nphrases = \"circumstances\"\n");
    assert_eq!(told(&sound), [""; 0]);
    let form = sound.catalog.latest("ehec").expect("the form");
    assert_eq!(form.item("remarks").and_then(|item| item.phrases.as_deref()), Some("circumstances"));
    assert_eq!(
        told(&with("[override.remarks]\nphrases = \"circumstance\"\n")),
        ["overlays/local.toml 6 [unknown-reference] There is no list of phrases \"circumstance\"."]
    );
    assert_eq!(
        told(&with("[override.onset]\nphrases = \"circumstances\"\n")),
        ["overlays/local.toml 6 [bad-value] Only items of text (text, multi_line) can have phrases."]
    );
}

#[test]
fn what_is_no_word_is_told_and_the_others_are_used() {
    let long = "長".repeat(61);
    let text = format!(
        "\"海女\" = \"あま\"\n\"杜氏\" = \"トウジ\"\n\"\" = \"ア\"\n\"{long}\" = \"ナガ\"\n\"海士\" = 1\n"
    );
    let loaded = load("phrases/occupation.toml", &text);
    let no_phrase =
        |line: u8| format!("phrases/occupation.toml {line} [bad-value] This is no phrase with its reading.");
    assert_eq!(
        told(&loaded),
        [
            no_phrase(1),
            no_phrase(3),
            no_phrase(4),
            "phrases/occupation.toml 5 [wrong-type] \"海士\" has the wrong type.".into()
        ]
    );
    assert_eq!(loaded.catalog.phrases("occupation").first().expect("one").text, "杜氏");
}
