//! What one key means here and now. Pure: the keys pressed before and the situation come in by argument.
use crate::keymap::command::Command;
use crate::keymap::context::Context;
use crate::keymap::key::{Code, Key, fold_char};
use crate::keymap::load::Keymap;

/// The answer for one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    Run(Command),
    /// A character typed: as typed where text is taken, folded to ASCII elsewhere.
    Text(char),
    /// The beginning of longer sequences, as the keymap spells it: the key may have come full-width.
    Pending(Key),
    Unbound,
}

/// A key that continues what was begun, and what it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    pub keys: Vec<Key>,
    pub command: Command,
}

/// The same in every keymap: reading help and redrawing are harmless, Esc refuses.
pub const CONFIRM_KEYS: &[(Key, Command)] = &[
    (Key::plain(Code::F(1)), Command::Help),
    (Key::plain(Code::F(3)), Command::Back),
    (Key::ESC, Command::Cancel),
    (Key::ctrl('l'), Command::Redraw),
];

impl Keymap {
    /// What `key` asks for after `pending`, in `contexts` (innermost first).
    pub fn resolve(&self, contexts: &[Context], pending: &[Key], key: Key) -> Resolution {
        if contexts.contains(&Context::Confirm) {
            return resolve_confirm(key);
        }
        let contexts = contexts_for(contexts, pending, key);
        let mut spellings = vec![key, key.folded()];
        spellings.extend(key.folded().other_case());
        for spelling in spellings {
            let keys: Vec<Key> = pending.iter().copied().chain([spelling]).collect();
            for context in contexts {
                if let Some(command) = self.command_at(*context, &keys) {
                    return Resolution::Run(command);
                }
            }
            if !self.hints(contexts, &keys).is_empty() {
                return Resolution::Pending(spelling);
            }
        }
        match key.text() {
            Some(c) if !pending.is_empty() || c.is_control() => Resolution::Unbound,
            Some(_) if contexts.contains(&Context::Normal) => Resolution::Unbound,
            Some(c) if takes_text(contexts) => Resolution::Text(c),
            Some(c) => Resolution::Text(fold_char(c)),
            None => Resolution::Unbound,
        }
    }

    /// The sequences that begin with `begun` and go on.
    pub fn hints(&self, contexts: &[Context], begun: &[Key]) -> Vec<Hint> {
        let longer = self.bindings().filter(|b| contexts.contains(&b.context) && b.keys.len() > begun.len());
        longer
            .filter(|b| b.keys.starts_with(begun))
            .map(|b| Hint { keys: b.keys.iter().skip(begun.len()).copied().collect(), command: b.command })
            .collect()
    }
}

/// Whether plain characters are text in this situation.
pub fn takes_text(contexts: &[Context]) -> bool {
    contexts.iter().any(|context| context.takes_text())
}

/// Where a character is text, only the text context itself may see it: no outer context can eat a letter.
fn contexts_for<'a>(contexts: &'a [Context], pending: &[Key], key: Key) -> &'a [Context] {
    let plain = pending.is_empty() && key.text().is_some();
    let text_at = contexts.iter().position(|context| context.takes_text());
    match text_at {
        Some(at) if plain => contexts.get(at..=at).unwrap_or_default(),
        _ => contexts,
    }
}

fn resolve_confirm(key: Key) -> Resolution {
    if let Some((_, command)) = CONFIRM_KEYS.iter().find(|(fixed, _)| *fixed == key) {
        return Resolution::Run(*command);
    }
    match key.text() {
        Some(c) => Resolution::Text(fold_char(c).to_ascii_uppercase()),
        None => Resolution::Unbound,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::{load::load, standard};

    const TEXT: &[Context] = &[Context::Text, Context::Form, Context::Global];
    const CHOICE: &[Context] = &[Context::Choice, Context::Form, Context::Global];
    const LIST: &[Context] = &[Context::List, Context::Global];

    #[test]
    fn one_key_means_one_thing_in_one_place() {
        let map = standard();
        let f6 = Key::plain(Code::F(6));
        assert_eq!(map.resolve(LIST, &[], f6), Resolution::Run(Command::New));
        assert_eq!(map.resolve(TEXT, &[], f6), Resolution::Run(Command::CopyGroup));
        assert_eq!(map.resolve(LIST, &[], Key::char('/')), Resolution::Run(Command::Search));
        assert_eq!(map.resolve(TEXT, &[], Key::char('/')), Resolution::Text('/'));
        assert_eq!(map.resolve(CHOICE, &[], Key::char('.')), Resolution::Run(Command::Repeat));
        assert_eq!(map.resolve(TEXT, &[], Key::char('.')), Resolution::Text('.'));
    }

    #[test]
    fn an_input_method_left_on_does_not_stop_commands() {
        let map = standard();
        assert_eq!(map.resolve(LIST, &[], Key::char('\u{FF0F}')), Resolution::Run(Command::Search));
        assert_eq!(map.resolve(CHOICE, &[], Key::char('\u{FF12}')), Resolution::Text('2'));
        assert_eq!(map.resolve(TEXT, &[], Key::char('\u{FF12}')), Resolution::Text('\u{FF12}'));
    }

    #[test]
    fn confirming_ignores_every_keymap() {
        let loud = load("name = \"x\"\ntitle = \"x\"\n[global]\nhelp = [\"F5\"]\nback = [\"Ctrl+T\"]\n")
            .expect("valid");
        let confirm = &[Context::Confirm, Context::Global];
        assert_eq!(loud.resolve(confirm, &[], Key::char('s')), Resolution::Text('S'));
        assert_eq!(loud.resolve(confirm, &[], Key::char('\u{FF53}')), Resolution::Text('S'));
        for inert in
            [Key::plain(Code::Enter), Key::plain(Code::F(12)), Key::plain(Code::F(5)), Key::ctrl('t')]
        {
            assert_eq!(loud.resolve(confirm, &[], inert), Resolution::Unbound, "{inert}");
        }
        assert_eq!(loud.resolve(confirm, &[], Key::plain(Code::F(1))), Resolution::Run(Command::Help));
    }

    /// Behaviour 23 of commands: the input method may be left on in normal mode.
    #[test]
    fn in_normal_mode_characters_are_commands_and_never_text() {
        let map = crate::keymap::shipped("vim").expect("shipped");
        let normal = &[Context::Normal, Context::Form, Context::Global];
        for (typed, command) in [
            ("j", Command::NextItem),
            ("\u{FF4A}", Command::NextItem),
            ("gg", Command::First),
            ("\u{FF47}\u{FF47}", Command::First),
            ("\u{300D}e", Command::NextOpenItem),
            ("\u{FF3A}\u{FF3A}", Command::Register),
            ("\u{3002}", Command::Ditto),
            ("\u{FF1A}", Command::Palette),
            ("D", Command::DeleteToEnd),
            ("dd", Command::ClearItem),
        ] {
            let mut pending = Vec::new();
            let mut last = Resolution::Unbound;
            for c in typed.chars() {
                last = map.resolve(normal, &pending, Key::char(c));
                pending.extend(match last {
                    Resolution::Pending(key) => Some(key),
                    _ => None,
                });
            }
            assert_eq!(last, Resolution::Run(command), "{typed}");
        }
        for c in ('!'..='~').chain(['\u{3042}', '\u{4EEE}']) {
            assert!(!matches!(map.resolve(normal, &[], Key::char(c)), Resolution::Text(_)), "{c}");
        }
    }

    #[test]
    fn sequences_wait_and_show_what_follows() {
        let map =
            load("name = \"e\"\ntitle = \"e\"\n[form]\nregister = \"Ctrl+X Ctrl+W\"\nundo = \"Ctrl+7\"\n")
                .expect("ok");
        let x = Key::ctrl('x');
        assert_eq!(map.resolve(TEXT, &[], x), Resolution::Pending(x));
        let hint = Hint { keys: vec![Key::ctrl('w')], command: Command::Register };
        assert_eq!(map.hints(TEXT, &[x]), [hint]);
        assert_eq!(map.resolve(TEXT, &[x], Key::ctrl('w')), Resolution::Run(Command::Register));
        assert_eq!(map.resolve(TEXT, &[x], Key::char('q')), Resolution::Unbound);
        assert_eq!(map.resolve(TEXT, &[], Key::ctrl('7')), Resolution::Run(Command::Undo), "behaviour 13");
    }
}
