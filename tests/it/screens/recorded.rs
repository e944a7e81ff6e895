//! Every panel that a test has recorded, looked at once more for what holds for all of them.
use std::fs;
use std::path::{Path, PathBuf};

use unicode_width::UnicodeWidthStr as _;

const COLUMNS: usize = 80;
const ROWS: usize = 24;

/// The panels: what has a rule from edge to edge.
fn panels() -> Vec<(PathBuf, Vec<String>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut open = vec![root.join("src/tui"), root.join("tests/it")];
    let mut found = Vec::new();
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(dir).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "snap") {
                let text = fs::read_to_string(&path).expect("a recorded panel");
                let (_, panel) = text.split_once("\n---\n").expect("a head");
                let rows: Vec<String> = panel.lines().map(str::to_owned).collect();
                if rows.contains(&"-".repeat(COLUMNS)) {
                    found.push((path, rows));
                }
            }
        }
    }
    found
}

#[test]
fn behaviour_2_every_recorded_panel_fits_in_both_ways_of_counting() {
    let panels = panels();
    assert!(panels.len() > 50, "{} panels", panels.len());
    for (path, rows) in panels {
        let (rows, caret): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| !row.starts_with("(caret "));
        assert!(rows.len() <= ROWS && caret.len() <= 1, "{}: {} rows", path.display(), rows.len());
        for row in rows {
            assert!(row.width() <= COLUMNS, "{}: {row}", path.display());
            assert_eq!(row.width(), row.width_cjk(), "{}: one width everywhere: {row}", path.display());
        }
    }
}
