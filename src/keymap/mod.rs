//! Keys as data: what arrives from a terminal, what it is called, what it asks for in a given situation.
//!
//! `key` reads and prints keys, `command` is the one list of what can be asked for, `context` the situations, `load`
//! turns a keymap file into a [`Keymap`] or into all of its problems at once, `resolve` answers for one key, and
//! `chord` keeps what was pressed before (Esc + digit, sequences). Nothing here acts, draws, or reads a clock.
pub mod chord;
pub mod command;
pub mod context;
pub mod key;
pub mod load;
pub mod resolve;
pub mod rules;

pub use chord::{Chord, Step};
pub use command::{Command, Risk};
pub use context::Context;
pub use key::{Code, Key};
pub use load::{Keymap, Problem};
pub use resolve::{Hint, Resolution};

/// The keymap that is always there: the F-keys of office computers.
pub const STANDARD: &str = include_str!("../../keymaps/standard.toml");

/// The built-in standard keymap.
pub fn standard() -> Keymap {
    load::load(STANDARD).expect("the shipped keymap is checked by a test of this module")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_keymap_has_no_problem() {
        let problems: Vec<_> = load::load(STANDARD)
            .err()
            .unwrap_or_default()
            .iter()
            .map(|p| p.sentence(crate::text::Lang::Ja))
            .collect();
        assert!(problems.is_empty(), "{problems:#?}");
    }

    #[test]
    /// Lock is reached by the palette.
    fn every_command_of_the_standard_keymap_has_a_key() {
        let map = standard();
        for command in
            Command::ALL.iter().filter(|c| !matches!(c, Command::Lock | Command::First | Command::Last))
        {
            let bound =
                command.contexts().iter().any(|context| map.keys_of(*command, &[*context]).next().is_some());
            assert!(bound, "{} has no key", command.id());
        }
    }
}
