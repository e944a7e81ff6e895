//! Folders of broken files: one case each, with everything that is said about it beside it as a snapshot.
use std::fs;
use std::path::{Path, PathBuf};

/// A line that ends in this mark is wrong, and no other line is.
const MARK: &str = "#!";

/// Everything in a folder that is no snapshot, accepted or new, in order.
pub fn cases(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the corpus").map(|entry| entry.expect("an entry").path());
    let mut cases: Vec<_> =
        entries.filter(|path| path.extension().is_none_or(|e| e != "snap" && e != "new")).collect();
    cases.sort();
    cases
}

pub fn name(case: &Path) -> String {
    case.file_stem().expect("a name").to_string_lossy().into_owned()
}

/// The lines that are wrong, counted from one.
pub fn marked(text: &str) -> impl Iterator<Item = usize> {
    text.lines().enumerate().filter(|(_, line)| line.contains(MARK)).map(|(at, _)| at + 1)
}

/// Compares what is said about a case with the file beside it.
pub fn compare(folder: &str, name: &str, said: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder.strip_prefix("tests/it/corpus/").expect("a folder of the corpus"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, said));
}
