//! Broken keymap files, each with everything that is said about it, and the table of keys in README and manual.
use std::fs;

use uketsuke::keymap::{Keymaps, load, table};
use uketsuke::text::Lang;

use crate::corpus::{cases, compare, marked, name};

const CORPUS: &str = "tests/it/corpus/keymaps";
const BEGIN: &str = "<!-- keys:begin -->";
const END: &str = "<!-- keys:end -->";

#[test]
fn every_broken_keymap_is_explained() {
    let files = cases(CORPUS);
    assert!(files.len() >= 60, "{}", files.len());
    for path in files {
        let text = fs::read_to_string(&path).expect("readable");
        let problems = load::load(&text).err().unwrap_or_default();
        let mut lines: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
        lines.dedup();
        assert_eq!(
            lines,
            marked(&text).collect::<Vec<_>>(),
            "{}: the marked lines and no others",
            name(&path)
        );
        let said: Vec<String> = problems
            .iter()
            .flat_map(|problem| [problem.sentence(Lang::Ja), problem.sentence(Lang::En)])
            .collect();
        compare(CORPUS, &name(&path), &said.join("\n"));
    }
}

/// A file of the corpus without its mistake would prove nothing: the head alone is sound.
#[test]
fn the_head_of_the_corpus_is_sound() {
    assert!(load::load("name = \"t\"\ntitle = \"t\"\n").is_ok());
}

/// README and manual show the keys as the maps have them.
#[test]
fn the_tables_of_keys_are_current() {
    let maps = Keymaps::default();
    for (file, lang) in [("README.md", Lang::En), ("docs/manual.ja.md", Lang::Ja)] {
        let text = fs::read_to_string(file).expect("a document");
        let between = text.split_once(BEGIN).and_then(|(_, rest)| rest.split_once(END));
        let (shown, _) = between.unwrap_or_else(|| panic!("{file} has no {BEGIN} ... {END}"));
        let made = table::markdown(maps.all(), lang);
        let argument = if lang == Lang::En { " --lang en" } else { "" };
        assert!(
            shown.trim() == made,
            "{file} is out of date. Paste what `uketsuke{argument} keymap list --markdown` prints:\n\n{made}\n"
        );
    }
}
