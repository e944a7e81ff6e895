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
pub mod mode;
pub mod resolve;
pub mod rules;
pub mod table;
mod whole;

pub use chord::{Chord, Step};
pub use command::{Command, Risk};
pub use context::Context;
pub use key::{Code, Key};
pub use load::{Keymap, Problem};
pub use mode::Mode;
pub use resolve::{Hint, Resolution};

/// Name and text of the maps that are always there. The first is the one that everybody starts with.
pub const SHIPPED: &[(&str, &str)] = &[
    ("standard", include_str!("../../keymaps/standard.toml")),
    ("vim", include_str!("../../keymaps/vim.toml")),
    ("emacs", include_str!("../../keymaps/emacs.toml")),
];

/// The keymap that everybody starts with: the F-keys of office computers.
pub fn standard() -> Keymap {
    shipped("standard").expect("the shipped keymaps are checked by a test of this module")
}

/// A built-in keymap by its name.
pub fn shipped(name: &str) -> Option<Keymap> {
    let (_, text) = SHIPPED.iter().find(|(known, _)| *known == name)?;
    load::load(text).ok()
}

/// The maps that a person can choose from, one of them in use.
#[derive(Clone, Debug)]
pub struct Keymaps {
    all: Vec<Keymap>,
    at: usize,
}

impl Keymaps {
    /// The built-in maps, then those of the site. A built-in name cannot be taken.
    pub fn with_site(site: Vec<Keymap>) -> Self {
        let mut all: Vec<Keymap> = SHIPPED.iter().filter_map(|(name, _)| shipped(name)).collect();
        for map in site {
            if all.iter().all(|known| known.name() != map.name()) {
                all.push(map);
            }
        }
        Self { all, at: 0 }
    }

    /// Uses the map of this name. False: there is none.
    pub fn choose(&mut self, name: &str) -> bool {
        let found = self.all.iter().position(|map| map.name() == name);
        self.at = found.unwrap_or(self.at);
        found.is_some()
    }

    /// Uses the next one, after the last the first.
    pub fn choose_next(&mut self) {
        self.at = (self.at + 1) % self.all.len().max(1);
    }

    pub fn in_use(&self) -> &Keymap {
        self.all.get(self.at).expect("the index is only ever that of a map, and none is taken away")
    }
    pub fn standard(&self) -> &Keymap {
        self.all.first().expect("the built-in maps come first")
    }
    pub fn all(&self) -> &[Keymap] {
        &self.all
    }
}

impl Default for Keymaps {
    fn default() -> Self {
        Self::with_site(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_keymaps_have_no_problem() {
        for (name, text) in SHIPPED {
            let problems: Vec<_> = load::load(text)
                .err()
                .unwrap_or_default()
                .iter()
                .map(|p| p.sentence(crate::text::Lang::Ja))
                .collect();
            assert!(problems.is_empty(), "{name}: {problems:#?}");
            assert_eq!(shipped(name).expect("sound").name(), *name);
        }
    }

    /// Lock and the choice of a map are reached by the palette; first and last of a form are those of normal mode.
    #[test]
    fn every_command_of_a_shipped_keymap_has_a_key() {
        for map in Keymaps::default().all() {
            let palette = [Command::Lock, Command::First, Command::Last];
            let here = |command: &&Command| {
                command.contexts().iter().any(|context| *context != Context::Normal || map.is_modal())
            };
            for command in Command::ALL.iter().filter(here).filter(|c| !palette.contains(c)) {
                let bound = map.bindings().any(|binding| binding.command == *command);
                assert!(bound, "{} has no key in {}", command.id(), map.name());
            }
        }
    }

    /// Sentences of the program name F-keys and ^Z; they stay true in every shipped map.
    #[test]
    fn the_function_keys_are_the_same_in_every_shipped_map() {
        let standard = standard();
        let named = |binding: &&load::Binding| {
            matches!(binding.keys.as_slice(), [Key { code: Code::F(_), .. }])
                || (binding.context == Context::List && binding.keys == [Key::ctrl('z')])
        };
        for map in Keymaps::default().all() {
            for binding in standard.bindings().filter(named) {
                let same = map.command_at(binding.context, &binding.keys);
                assert_eq!(same, Some(binding.command), "{:?} in {}", binding.keys, map.name());
            }
        }
    }

    #[test]
    fn the_next_map_comes_round_and_built_in_names_stay() {
        let mine = |name: &str| load::load(&format!("name = \"{name}\"\ntitle = \"x\"\n")).expect("sound");
        let mut maps = Keymaps::with_site(vec![mine("vim"), mine("site")]);
        let names: Vec<_> = maps.all().iter().map(Keymap::name).collect();
        assert_eq!(names, ["standard", "vim", "emacs", "site"]);
        assert!(maps.choose("emacs") && !maps.choose("nobody"));
        maps.choose_next();
        assert_eq!(maps.in_use().name(), "site");
        maps.choose_next();
        assert_eq!(maps.in_use().name(), "standard");
        assert!(maps.all()[1].is_modal(), "the built-in one");
    }
}
