//! The table of all keys for README and manual, made from the maps themselves.
use crate::keymap::rules::joined;
use crate::keymap::{Command, Keymap};
use crate::text::{Lang, keys as say};

/// The shortest words that make a table in Markdown: one row a command, one column a map.
pub fn markdown(maps: &[Keymap], lang: Lang) -> String {
    let titles: Vec<&str> = maps.iter().map(|map| map.title_in(lang)).collect();
    let mut rows = vec![
        format!("| {} | {} |", say::TABLE_COMMAND.in_lang(lang), titles.join(" | ")),
        format!("| --- |{}", " --- |".repeat(maps.len())),
    ];
    for command in Command::ALL {
        let cells: Vec<String> = maps.iter().map(|map| cell(map, *command)).collect();
        rows.push(format!("| {} | {} |", command.description().in_lang(lang), cells.join(" | ")));
    }
    rows.join("\n")
}

/// Every key of the command and its word, each once, in the order of the situations.
fn cell(map: &Keymap, command: Command) -> String {
    let mut keys: Vec<String> = Vec::new();
    for sequence in map.keys_of(command, command.contexts()) {
        let shown = format!("`{}`", joined(sequence.iter().copied()));
        if !keys.contains(&shown) {
            keys.push(shown);
        }
    }
    if map.is_modal() {
        keys.extend(command.words().first().map(|word| format!("`:{word}`")));
    }
    // Inside a table a bar ends the cell, also in code.
    keys.join(" ").replace('|', "\\|")
}
