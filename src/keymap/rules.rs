//! Which bindings are refused by themselves: keys that never arrive, that terminals or input methods take, that eat text,
//! or that are pressed by accident.
use crate::keymap::command::{Command, Risk};
use crate::keymap::context::{Context, LIST_LETTERS};
use crate::keymap::key::{Code, Key, Spelled};
use crate::keymap::load::Problem;
use crate::text::keys as say;

/// tmux and screen prefixes, and flow control on serial lines.
const RISKY: &[char] = &['a', 'b', 'q', 's'];

/// Letters that are other keys on the wire.
const WIRE_NAMES: &[(char, &str)] =
    &[('h', "Backspace"), ('i', "Tab"), ('j', "Enter"), ('m', "Enter"), ('[', "Esc"), ('3', "Esc")];

/// Signs that arrive as Ctrl with a digit.
const WIRE_DIGITS: &[(char, char)] = &[('\\', '4'), (']', '5'), ('^', '6'), ('_', '7'), ('/', '7')];

/// Why this binding cannot be believed, if so.
pub fn refuse(
    context: Context,
    command: Command,
    keys: &[Spelled],
    accepted: &[Key],
    line: usize,
) -> Option<Problem> {
    keys.iter()
        .find_map(|spelled| refuse_key(spelled, accepted, line))
        .or_else(|| refuse_sequence(command, keys, line))
        .or_else(|| refuse_text(context, keys, line))
        .or_else(|| refuse_accident(command, keys, line))
}

/// One key by itself: can it arrive?
fn refuse_key(spelled: &Spelled, accepted: &[Key], line: usize) -> Option<Problem> {
    let key = spelled.key;
    let another = |what, name: &str| Some(Problem::new(line, what, &[&name], say::ANOTHER_KEY, &[]));
    if spelled.alt {
        return match key.code {
            Code::Enter => another(say::FULL_SCREEN, "Alt+Enter"),
            _ => Some(Problem::new(line, say::ALT, &[], say::ALT_FIX, &[&key])),
        };
    }
    match key.code {
        Code::F(11) => another(say::FULL_SCREEN, "F11"),
        Code::F(n) if !(1..=12).contains(&n) => another(say::UNREACHABLE, &spelled_name(spelled)),
        Code::F(_) if spelled.shift || spelled.ctrl => another(say::UNREACHABLE, &spelled_name(spelled)),
        Code::Char(' ') if spelled.ctrl || spelled.shift => {
            another(say::IME, if spelled.ctrl { "^Space" } else { "Shift+Space" })
        }
        Code::Char(_) if spelled.shift => another(say::UNREACHABLE, &spelled_name(spelled)),
        Code::Char('c') if spelled.ctrl => another(say::CTRL_C, ""),
        Code::Char(c) if spelled.ctrl => refuse_ctrl(c, key, accepted, line),
        Code::Tab if spelled.ctrl => another(say::UNREACHABLE, &spelled_name(spelled)),
        Code::Enter | Code::Backspace | Code::Esc if spelled.ctrl || spelled.shift => {
            another(say::UNREACHABLE, &spelled_name(spelled))
        }
        // Tera Term keeps Ctrl with the moving keys for itself; Shift with them scrolls or selects.
        Code::Tab | Code::Char(_) | Code::Enter | Code::Backspace | Code::Esc | Code::F(_) => None,
        _ if spelled.ctrl || spelled.shift => another(say::UNREACHABLE, &spelled_name(spelled)),
        _ => None,
    }
}

fn refuse_ctrl(c: char, key: Key, accepted: &[Key], line: usize) -> Option<Problem> {
    if let Some((_, name)) = WIRE_NAMES.iter().find(|(letter, _)| *letter == c) {
        return Some(Problem::new(line, say::SAME_AS, &[&key, name], say::WRITE_INSTEAD, &[name]));
    }
    if let Some((sign, digit)) = WIRE_DIGITS.iter().find(|(sign, _)| *sign == c) {
        let (written, arrives) = (format!("Ctrl+{sign}"), format!("Ctrl+{digit}"));
        return Some(Problem::new(
            line,
            say::SAME_AS,
            &[&written, &arrives],
            say::WRITE_INSTEAD,
            &[&arrives],
        ));
    }
    if RISKY.contains(&c) && !accepted.contains(&key) {
        let name = format!("Ctrl+{}", c.to_ascii_uppercase());
        return Some(Problem::new(line, say::RISKY, &[&key], say::RISKY_FIX, &[&name]));
    }
    let arrives = c.is_ascii_lowercase() || ('4'..='7').contains(&c);
    let name = format!("Ctrl+{c}");
    (!arrives).then(|| Problem::new(line, say::UNREACHABLE, &[&name], say::ANOTHER_KEY, &[]))
}

/// Esc has its own meanings.
fn refuse_sequence(command: Command, keys: &[Spelled], line: usize) -> Option<Problem> {
    let esc_first = keys.first().is_some_and(|first| first.key == Key::ESC);
    match keys {
        [_] if esc_first && command != Command::Cancel => {
            Some(Problem::new(line, say::ESC_IS_CANCEL, &[], say::ANOTHER_KEY, &[]))
        }
        [_, second, ..] if esc_first => {
            let function = second.key.function_after_esc()?;
            Some(Problem::new(line, say::ESC_DIGIT, &[], say::WRITE_INSTEAD, &[&function]))
        }
        [_, rest @ ..] if rest.iter().any(|later| later.key == Key::ESC) => {
            let name = joined(keys.iter().map(|s| s.key));
            Some(Problem::new(line, say::UNREACHABLE, &[&name], say::ANOTHER_KEY, &[]))
        }
        _ => None,
    }
}

/// A plain character may be a command only where characters are not text.
fn refuse_text(context: Context, keys: &[Spelled], line: usize) -> Option<Problem> {
    let c = keys.first()?.key.text()?;
    let values: [&dyn std::fmt::Display; 2] = [&keys.first()?.key, &context.name()];
    match context {
        // Form, Picker and Global surround text fields, so a character there would work in some items and not in others.
        Context::Text | Context::Form | Context::Global | Context::Picker => {
            Some(Problem::new(line, say::EATS_TEXT, &values, say::EATS_TEXT_FIX, &[]))
        }
        // Answers have digits, and letters when there are more than ten.
        Context::Choice if c.is_ascii_alphanumeric() => {
            Some(Problem::new(line, say::EATS_DIGITS, &values, say::ANOTHER_KEY, &[]))
        }
        Context::List if c.is_ascii_digit() => {
            Some(Problem::new(line, say::EATS_DIGITS, &values, say::ANOTHER_KEY, &[]))
        }
        Context::List if LIST_LETTERS.contains(&c.to_ascii_lowercase()) => {
            Some(Problem::new(line, say::LIST_LETTER, &values, say::ANOTHER_KEY, &[]))
        }
        // A zero is a number only behind another digit.
        Context::Normal if matches!(c, '1'..='9') => {
            Some(Problem::new(line, say::NORMAL_COUNTS, &values, say::ANOTHER_KEY, &[]))
        }
        _ => None,
    }
}

/// Keys that are pressed by accident may not change anything for good.
fn refuse_accident(command: Command, keys: &[Spelled], line: usize) -> Option<Problem> {
    let [only] = keys else { return None };
    let what = match only.key.code {
        Code::F(1..=4) if command.risk() != Risk::Harmless => say::NUMPAD,
        Code::F(5..=10) if command.risk() == Risk::Final => say::IME_CONVERSION,
        _ => return None,
    };
    Some(Problem::new(line, what, &[&only.key, &command.id()], say::HARMLESS_FIX, &[]))
}

/// `^X ^W`, `Esc v`, but `gg`: characters in a row are written as they are typed.
pub fn joined(keys: impl Iterator<Item = Key>) -> String {
    let mut written = String::new();
    let mut after_character = true;
    for key in keys {
        let character = key.text().is_some_and(|c| c != ' ');
        if !(written.is_empty() || character && after_character) {
            written.push(' ');
        }
        written.push_str(&key.to_string());
        after_character = character;
    }
    written
}

fn spelled_name(spelled: &Spelled) -> String {
    let bare = Key { ctrl: false, shift: false, ..spelled.key };
    let letter = match bare.code {
        Code::Char(c) if spelled.ctrl => c.to_ascii_uppercase().to_string(),
        _ => bare.to_string(),
    };
    format!(
        "{}{}{letter}",
        if spelled.ctrl { "Ctrl+" } else { "" },
        if spelled.shift { "Shift+" } else { "" }
    )
}
