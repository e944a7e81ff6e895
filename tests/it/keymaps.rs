//! Broken keymap files, each with everything that is said about it, and the table of keys in README and manual.
use std::fs;
use std::path::PathBuf;

use uketsuke::keymap::{Keymaps, load, table};
use uketsuke::text::Lang;

const CORPUS: &str = "tests/it/corpus/keymaps";
const BEGIN: &str = "<!-- keys:begin -->";
const END: &str = "<!-- keys:end -->";

/// A line that ends in this mark is wrong, and no other line is.
const MARK: &str = "#!";

fn corpus() -> Vec<PathBuf> {
    let files = fs::read_dir(CORPUS).expect("the corpus").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|e| e == "toml")).collect();
    files.sort();
    files
}

#[test]
fn every_broken_keymap_is_explained() {
    let files = corpus();
    assert!(files.len() >= 30, "{}", files.len());
    for path in files {
        let text = fs::read_to_string(&path).expect("readable");
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let problems = load::load(&text).err().unwrap_or_default();
        let mut lines: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
        lines.dedup();
        let marked = text.lines().enumerate().filter(|(_, line)| line.contains(MARK)).map(|(at, _)| at + 1);
        assert_eq!(lines, marked.collect::<Vec<_>>(), "{name}: the lines with {MARK} and no others");
        let said: Vec<String> = problems
            .iter()
            .flat_map(|problem| [problem.sentence(Lang::Ja), problem.sentence(Lang::En)])
            .collect();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("corpus/keymaps");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, said.join("\n")));
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
