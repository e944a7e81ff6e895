//! One key as a terminal can report it, with the names that keymap files use.
//!
//! Different terminals report one act in different ways; [`Key::from_event`] folds them: Ctrl+M is Enter, Ctrl+_ is
//! Ctrl+7, Alt+v is Esc then v, Ctrl+Alt+printable (AltGr) is text.
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::fmt;

/// The key itself, without Ctrl and Shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    Char(char),
    F(u8),
    Enter,
    Tab,
    Backspace,
    Esc,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Insert,
    Delete,
}

/// A key with the modifiers that arrive everywhere. Shift on a character is the character itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub code: Code,
    pub ctrl: bool,
    pub shift: bool,
}

/// What one event of the terminal stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    One(Key),
    /// Alt+x, or Esc and x in one packet.
    AfterEsc(Key),
    /// Ctrl+C: Esc that does not wait for a digit.
    Escape,
    /// Nothing that this program knows.
    Nothing,
}

/// Names of the keys that are not characters.
const NAMES: &[(&str, Code)] = &[
    ("Enter", Code::Enter),
    ("Tab", Code::Tab),
    ("Backspace", Code::Backspace),
    ("Esc", Code::Esc),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PgUp", Code::PageUp),
    ("PgDn", Code::PageDown),
    ("Insert", Code::Insert),
    ("Delete", Code::Delete),
    ("Space", Code::Char(' ')),
];

/// Full-width forms U+FF01-FF5E lie this far above ASCII.
const FULL_WIDTH_OFFSET: u32 = 0xFEE0;

impl Key {
    pub const ESC: Self = Self::plain(Code::Esc);
    pub const ENTER: Self = Self::plain(Code::Enter);

    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, shift: false }
    }
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }
    pub const fn ctrl(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: true, shift: false }
    }

    /// The character that this key types, if it types one.
    pub fn text(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !c.is_control() => Some(c),
            _ => None,
        }
    }

    /// Esc followed by this key is the function key that is returned: 1-9 are F1-F9, 0 - = are F10-F12.
    pub fn function_after_esc(self) -> Option<Self> {
        let number = match fold_char(self.text()?) {
            c @ '1'..='9' => u8::try_from(u32::from(c) - u32::from('0')).ok()?,
            '0' => 10,
            '-' => 11,
            '=' => 12,
            _ => return None,
        };
        Some(Self::plain(Code::F(number)))
    }

    /// The same key with a full-width character written in ASCII: an input method may have been left on.
    #[must_use]
    pub fn folded(self) -> Self {
        match self.code {
            Code::Char(c) => Self { code: Code::Char(fold_sign(c)), ..self },
            _ => self,
        }
    }

    /// The same letter in the other case; `None` for other keys.
    pub fn other_case(self) -> Option<Self> {
        let Code::Char(c) = self.code else { return None };
        let swapped = if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
        (c.is_ascii_alphabetic() && !self.ctrl).then_some(Self { code: Code::Char(swapped), ..self })
    }

    /// Reads what the terminal reported.
    pub fn from_event(event: KeyEvent) -> Pressed {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        let shift = event.modifiers.contains(KeyModifiers::SHIFT);
        let code = match event.code {
            KeyCode::Char(c) if ctrl && alt && !c.is_control() => return Pressed::One(Self::char(c)),
            KeyCode::Char(c) if ctrl => match wire(c) {
                Wire::Interrupt => return Pressed::Escape,
                Wire::Plain(code) => return wrap(Self::plain(code), alt),
                Wire::Ctrl(c) => return wrap(Self::ctrl(c), alt),
            },
            KeyCode::Char(c) => return wrap(Self::char(c), alt),
            KeyCode::BackTab => return wrap(Self { code: Code::Tab, ctrl: false, shift: true }, alt),
            KeyCode::F(n @ 1..=12) => Code::F(n),
            KeyCode::Enter => Code::Enter,
            KeyCode::Tab => Code::Tab,
            KeyCode::Backspace => Code::Backspace,
            KeyCode::Esc => Code::Esc,
            KeyCode::Up => Code::Up,
            KeyCode::Down => Code::Down,
            KeyCode::Left => Code::Left,
            KeyCode::Right => Code::Right,
            KeyCode::Home => Code::Home,
            KeyCode::End => Code::End,
            KeyCode::PageUp => Code::PageUp,
            KeyCode::PageDown => Code::PageDown,
            KeyCode::Insert => Code::Insert,
            KeyCode::Delete => Code::Delete,
            _ => return Pressed::Nothing,
        };
        // Enter, Backspace and Esc carry modifiers only on some systems (a pasted Enter is Ctrl+Enter on Windows).
        let bare = matches!(code, Code::Enter | Code::Backspace | Code::Esc);
        wrap(Self { code, ctrl: ctrl && !bare, shift: shift && !bare }, alt)
    }

    /// Reads the name of one key; `None` when it is not a name. Says nothing about whether the key can arrive.
    pub fn parse(name: &str) -> Option<Spelled> {
        let mut spelled = Spelled { key: Self::plain(Code::Enter), alt: false, ctrl: false, shift: false };
        let mut rest = name;
        while let Some((modifier, tail)) =
            rest.split_once('+').filter(|(m, t)| !m.is_empty() && !t.is_empty())
        {
            let flag = match modifier {
                "Ctrl" => &mut spelled.ctrl,
                "Shift" => &mut spelled.shift,
                "Alt" => &mut spelled.alt,
                _ => return None,
            };
            if std::mem::replace(flag, true) {
                return None;
            }
            rest = tail;
        }
        spelled.key.code = parse_code(rest)?;
        spelled.key.ctrl = spelled.ctrl;
        spelled.key.shift = spelled.shift;
        if let Code::Char(c) = spelled.key.code {
            spelled.key.shift = false;
            if spelled.ctrl {
                spelled.key.code = Code::Char(c.to_ascii_lowercase());
            }
        }
        Some(spelled)
    }
}

/// A key name as it was written, modifiers included that no terminal sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spelled {
    pub key: Key,
    pub alt: bool,
    pub ctrl: bool,
    pub shift: bool,
}

fn parse_code(name: &str) -> Option<Code> {
    if let Some((_, code)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some(*code);
    }
    if let Some(number) = name.strip_prefix('F').and_then(|n| n.parse::<u8>().ok()) {
        return Some(Code::F(number));
    }
    let mut chars = name.chars();
    let only = chars.next().filter(|c| !c.is_control() && !c.is_whitespace())?;
    chars.next().is_none().then_some(Code::Char(fold_char(only)))
}

enum Wire {
    Interrupt,
    Plain(Code),
    Ctrl(char),
}

/// What Ctrl with a character is on the wire: bytes 1-26 are letters, 28-31 arrive as Ctrl+4..7.
fn wire(c: char) -> Wire {
    match c.to_ascii_lowercase() {
        'c' => Wire::Interrupt,
        'h' => Wire::Plain(Code::Backspace),
        'i' => Wire::Plain(Code::Tab),
        'j' | 'm' => Wire::Plain(Code::Enter),
        '[' | '3' => Wire::Plain(Code::Esc),
        '\\' => Wire::Ctrl('4'),
        ']' => Wire::Ctrl('5'),
        '^' => Wire::Ctrl('6'),
        '_' | '/' => Wire::Ctrl('7'),
        '@' | '2' => Wire::Ctrl(' '),
        other => Wire::Ctrl(other),
    }
}

fn wrap(key: Key, alt: bool) -> Pressed {
    if alt { Pressed::AfterEsc(key) } else { Pressed::One(key) }
}

/// Full-width ASCII to ASCII, the ideographic space to a space; the rest unchanged.
pub fn fold_char(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - FULL_WIDTH_OFFSET).unwrap_or(c),
        '\u{3000}' => ' ',
        // What input methods commit for the minus and the long vowel key.
        '\u{2212}' => '-',
        _ => c,
    }
}

/// Where characters are commands: also the signs that a Japanese input method commits for keys with ASCII signs on them.
fn fold_sign(c: char) -> char {
    match c {
        '\u{3002}' => '.',
        '\u{3001}' => ',',
        '\u{30FB}' => '/',
        '\u{300C}' => '[',
        '\u{300D}' => ']',
        '\u{30FC}' => '-',
        _ => fold_char(c),
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.shift {
            f.write_str("Shift+")?;
        }
        match self.code {
            Code::Char('7') if self.ctrl => f.write_str("^_"),
            Code::Char(' ') => write!(f, "{}Space", if self.ctrl { "^" } else { "" }),
            Code::Char(c) if self.ctrl => write!(f, "^{}", c.to_ascii_uppercase()),
            Code::Char(c) => write!(f, "{c}"),
            Code::F(n) => write!(f, "{}F{n}", if self.ctrl { "Ctrl+" } else { "" }),
            code => {
                let name = NAMES.iter().find(|(_, known)| *known == code).map_or("?", |(name, _)| name);
                write!(f, "{}{name}", if self.ctrl { "Ctrl+" } else { "" })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(code: KeyCode, modifiers: KeyModifiers) -> Pressed {
        Key::from_event(KeyEvent::new(code, modifiers))
    }

    #[test]
    fn terminals_agree_after_folding() {
        let ctrl = KeyModifiers::CONTROL;
        assert_eq!(event(KeyCode::Char('m'), ctrl), Pressed::One(Key::plain(Code::Enter)));
        assert_eq!(event(KeyCode::Char('7'), ctrl), Pressed::One(Key::ctrl('7')));
        assert_eq!(event(KeyCode::Char('_'), ctrl), Pressed::One(Key::ctrl('7')));
        assert_eq!(event(KeyCode::Char('/'), ctrl), Pressed::One(Key::ctrl('7')));
        assert_eq!(event(KeyCode::Char('c'), ctrl), Pressed::Escape);
        assert_eq!(event(KeyCode::Enter, ctrl), Pressed::One(Key::plain(Code::Enter)));
        assert_eq!(event(KeyCode::Char('1'), KeyModifiers::ALT), Pressed::AfterEsc(Key::char('1')));
        assert_eq!(event(KeyCode::F(13), KeyModifiers::NONE), Pressed::Nothing);
        assert_eq!(event(KeyCode::Char('S'), KeyModifiers::SHIFT), Pressed::One(Key::char('S')));
    }

    /// Behaviour 13: AltGr arrives as Ctrl+Alt.
    #[test]
    fn ctrl_alt_printable_is_text() {
        let altgr = KeyModifiers::CONTROL | KeyModifiers::ALT;
        let Pressed::One(key) = event(KeyCode::Char('@'), altgr) else { panic!("not one key") };
        assert_eq!(key.text(), Some('@'));
    }

    #[test]
    fn names_are_read_and_printed() {
        for (name, shown) in [
            ("F6", "F6"),
            ("Ctrl+Z", "^Z"),
            ("Ctrl+z", "^Z"),
            ("Shift+Tab", "Shift+Tab"),
            ("PgDn", "PgDn"),
            ("/", "/"),
            ("+", "+"),
            ("Ctrl+7", "^_"),
            ("Space", "Space"),
            ("S", "S"),
        ] {
            let spelled = Key::parse(name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!(spelled.key.to_string(), shown);
        }
        for name in ["", "Ctrl+", "Hyper+x", "Fx", "Ctrl+Ctrl+x", "ab", " ", "F999"] {
            assert_eq!(Key::parse(name), None, "{name:?}");
        }
    }

    #[test]
    fn full_width_digits_after_esc_are_function_keys() {
        assert_eq!(Key::char('\u{FF16}').function_after_esc(), Some(Key::plain(Code::F(6))));
        assert_eq!(Key::char('=').function_after_esc(), Some(Key::plain(Code::F(12))));
        assert_eq!(Key::char('a').function_after_esc(), None);
    }
}
