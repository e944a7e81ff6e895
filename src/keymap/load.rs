//! A keymap file to a [`Keymap`], or to everything that is wrong with it.
//!
//! A file names its map and has one section for each situation, `command = "key"` or `command = ["key", "key key"]`:
//!
//! ```toml
//! name = "standard"
//! title = "標準"
//! [form]
//! next-item = ["Enter", "Tab", "Down"]
//! register = "F12"
//! ```
//!
//! `modal = true` gives pages of items two modes, insert and normal, with the keys of normal mode in `[normal]`.
//!
//! A binding is believed only when it can be pressed on the terminals that are used in Japan and when nothing else
//! claims the key in the same situation ([`rules`]). Help, Esc, redraw and back are there even if a file forgets them.
use crate::keymap::command::Command;
use crate::keymap::context::Context;
use crate::keymap::key::{Code, Key, Spelled};
use crate::keymap::{rules, whole};
use crate::text::{Lang, Text, fill, keys as say};
use std::fmt::Display;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Far above any real keymap; a file this large is a mistake.
const MAX_BYTES: usize = 64 * 1024;
/// Longer sequences cannot be remembered.
const MAX_SEQUENCE: usize = 3;
/// How much of an unknown name is repeated in a message.
const SHOWN_CHARS: usize = 40;

/// The name stands in settings and on the command line.
const NAME_CHARS: usize = 20;
/// The title stands beside the title of the help.
const TITLE_CHARS: usize = 12;

/// Without these a person could be locked out by a keymap.
pub(super) const SAFETY_NET: &[(Command, Key)] = &[
    (Command::Help, Key::plain(Code::F(1))),
    (Command::Cancel, Key::ESC),
    (Command::Redraw, Key::ctrl('l')),
    (Command::Back, Key::plain(Code::F(3))),
    // By name everything can be reached that a file forgot.
    (Command::Palette, Key::ctrl('p')),
];

/// A keymap that was checked.
#[derive(Clone, Debug)]
pub struct Keymap {
    name: String,
    title: String,
    modal: bool,
    bindings: Vec<Binding>,
}

/// In this situation these keys ask for this command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    pub context: Context,
    pub keys: Vec<Key>,
    pub command: Command,
    /// Where it was written; 0 for what is there without being written.
    pub line: usize,
}

/// One thing wrong with a keymap file, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub line: usize,
    what: (Text, Vec<String>),
    remedy: (Text, Vec<String>),
}

impl Keymap {
    pub fn name(&self) -> &str {
        &self.name
    }
    pub fn title(&self) -> &str {
        &self.title
    }
    /// What a person is told that this map is called. The title is Japanese; its name is ASCII.
    pub fn title_in(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ja => &self.title,
            Lang::En => &self.name,
        }
    }
    /// Whether pages of items have an insert and a normal mode.
    pub const fn is_modal(&self) -> bool {
        self.modal
    }
    pub fn bindings(&self) -> impl Iterator<Item = &Binding> {
        self.bindings.iter()
    }
    /// The command on exactly these keys.
    pub fn command_at(&self, context: Context, keys: &[Key]) -> Option<Command> {
        self.bindings.iter().find(|b| b.context == context && b.keys == keys).map(|b| b.command)
    }
    /// The keys of a command in these situations, those of the innermost first, then in the order of the file.
    pub fn keys_of<'a>(
        &'a self,
        command: Command,
        contexts: &'a [Context],
    ) -> impl Iterator<Item = &'a [Key]> {
        let here = move |b: &&Binding, context| b.command == command && b.context == context;
        let found =
            contexts.iter().flat_map(move |context| self.bindings.iter().filter(move |b| here(b, *context)));
        found.map(|b| b.keys.as_slice())
    }
    /// Commands that only the palette reaches in these situations of theirs.
    pub fn without_key(&self) -> Vec<(Context, Command)> {
        whole::without_key(&self.bindings, self.modal)
    }
}

impl Problem {
    pub(super) fn new(
        line: usize,
        what: Text,
        values: &[&dyn Display],
        remedy: Text,
        more: &[&dyn Display],
    ) -> Self {
        let own = |values: &[&dyn Display]| values.iter().map(ToString::to_string).collect();
        Self { line, what: (what, own(values)), remedy: (remedy, own(more)) }
    }

    /// A sound file with the name of a built-in map.
    pub fn name_taken(name: &str) -> Self {
        Self::new(1, say::NAME_TAKEN, &[&name], say::NAME_TAKEN_FIX, &[])
    }

    /// `12 行目: キー F11 は... 別のキーにしてください。`
    pub fn sentence(&self, lang: Lang) -> String {
        let part = |(text, values): &(Text, Vec<String>)| {
            let values: Vec<&dyn Display> = values.iter().map(|v| v as &dyn Display).collect();
            fill(text.in_lang(lang), &values)
        };
        fill(say::LINE.in_lang(lang), &[&self.line, &part(&self.what), &part(&self.remedy)])
    }
}

/// Reads a keymap file. All problems are reported together, in the order of the lines.
pub fn load(source: &str) -> Result<Keymap, Vec<Problem>> {
    if source.len() > MAX_BYTES {
        return Err(vec![Problem::new(1, say::TOO_BIG, &[], say::TOO_BIG_FIX, &[])]);
    }
    let (table, errors) = DeTable::parse_recoverable(source);
    let mut reader =
        Reader { source, found: Vec::new(), bindings: Vec::new(), accepted: Vec::new(), modal: None };
    for error in errors {
        let line = error.span().map_or(1, |span| reader.line_at(span.start));
        reader.found.push(Problem::new(line, say::SYNTAX, &[], say::SYNTAX_FIX, &[]));
    }
    let (name, title) = reader.read_head(table.get_ref());
    for (key, value) in table.get_ref() {
        if let DeValue::Table(section) = value.get_ref() {
            reader.read_section(key.get_ref(), reader.line_at(key.span().start), section);
        }
    }
    let Reader { mut found, mut bindings, modal, .. } = reader;
    found.extend(whole::conflicts(&bindings));
    found.extend(whole::modes(&bindings, modal));
    found.extend(whole::locked_out(&bindings));
    if !found.is_empty() {
        // What was saved of a line that cannot be read says nothing about it.
        let unreadable: Vec<usize> =
            found.iter().filter(|p| p.what.0 == say::SYNTAX).map(|p| p.line).collect();
        found.retain(|problem| problem.what.0 == say::SYNTAX || !unreadable.contains(&problem.line));
        found.sort_by_key(|problem| problem.line);
        found.dedup();
        return Err(found);
    }
    add_safety_net(&mut bindings);
    Ok(Keymap { name, title, modal: modal.is_some(), bindings })
}

fn add_safety_net(bindings: &mut Vec<Binding>) {
    for (command, key) in SAFETY_NET {
        let bound = bindings.iter().any(|b| b.command == *command && b.context == Context::Global);
        if !bound {
            bindings.push(Binding { context: Context::Global, keys: vec![*key], command: *command, line: 0 });
        }
    }
}

struct Reader<'s> {
    source: &'s str,
    found: Vec<Problem>,
    bindings: Vec<Binding>,
    accepted: Vec<Key>,
    /// The line that makes the map modal.
    modal: Option<usize>,
}

impl Reader<'_> {
    fn line_at(&self, offset: usize) -> usize {
        self.source.bytes().take(offset).filter(|b| *b == b'\n').count() + 1
    }

    fn read_head(&mut self, table: &DeTable<'_>) -> (String, String) {
        let (mut name, mut title) = (String::new(), String::new());
        for (key, value) in table {
            let line = self.line_at(key.span().start);
            match (key.get_ref().as_ref(), value.get_ref()) {
                (_, DeValue::Table(_)) => {}
                ("name", DeValue::String(s)) => name = s.to_string(),
                ("title", DeValue::String(s)) => title = s.to_string(),
                ("modal", DeValue::Boolean(modal)) => self.modal = modal.then_some(line),
                ("accept-risk", keys) => self.accepted = self.read_accepted(line, keys),
                (known @ ("name" | "title" | "modal"), _) => {
                    let fix = say::WRONG_TYPE_FIX;
                    self.found.push(Problem::new(line, say::WRONG_TYPE, &[&known], fix, &[]));
                }
                (other, _) => {
                    let fix = say::UNKNOWN_ENTRY_FIX;
                    self.found.push(Problem::new(line, say::UNKNOWN_ENTRY, &[&shown(other)], fix, &[]));
                }
            }
        }
        if name.trim().is_empty() || title.trim().is_empty() {
            self.found.push(Problem::new(1, say::BAD_NAME, &[], say::BAD_NAME_FIX, &[]));
        }
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !name.chars().all(plain) || name.len() > NAME_CHARS {
            self.found.push(Problem::new(1, say::NAME_FORM, &[], say::NAME_FORM_FIX, &[&NAME_CHARS]));
        }
        if !title.chars().all(crate::text::scan::is_safe) || title.chars().count() > TITLE_CHARS {
            self.found.push(Problem::new(1, say::TITLE_FORM, &[], say::TITLE_FORM_FIX, &[&TITLE_CHARS]));
        }
        (name, title)
    }

    fn read_accepted(&mut self, line: usize, value: &DeValue<'_>) -> Vec<Key> {
        let names = self.strings(line, value);
        let mut keys = Vec::new();
        for (line, name) in names {
            match Key::parse(&name) {
                Some(spelled) => keys.push(spelled.key),
                None => self.found.push(bad_key(line, &name)),
            }
        }
        keys
    }

    fn read_section(&mut self, name: &str, line: usize, section: &DeTable<'_>) {
        let Some(context) = Context::from_name(name) else {
            let known: Vec<_> = Context::ALL.into_iter().filter(|c| c.is_open()).map(Context::name).collect();
            let (what, fix) = (say::UNKNOWN_CONTEXT, say::UNKNOWN_CONTEXT_FIX);
            self.found.push(Problem::new(line, what, &[&shown(name)], fix, &[&known.join(", ")]));
            return;
        };
        if !context.is_open() {
            let what = say::FIXED_CONTEXT;
            self.found.push(Problem::new(line, what, &[&context.name()], say::FIXED_CONTEXT_FIX, &[]));
            return;
        }
        for (key, value) in section {
            let line = self.line_at(key.span().start);
            match Command::from_id(key.get_ref()) {
                Some(command) if command.contexts().contains(&context) => {
                    self.read_keys(context, command, line, value);
                }
                Some(command) => {
                    let places: Vec<_> =
                        command.contexts().iter().map(|c| format!("[{}]", c.name())).collect();
                    let (what, fix) = (say::WRONG_CONTEXT, say::WRONG_CONTEXT_FIX);
                    let values: [&dyn Display; 2] = [&command.id(), &context.name()];
                    self.found.push(Problem::new(line, what, &values, fix, &[&places.join(", ")]));
                }
                None => {
                    let near = nearest_command(key.get_ref(), context);
                    let (what, fix) = (say::UNKNOWN_COMMAND, say::UNKNOWN_COMMAND_FIX);
                    self.found.push(Problem::new(line, what, &[&shown(key.get_ref())], fix, &[&near]));
                }
            }
        }
    }

    fn read_keys(&mut self, context: Context, command: Command, line: usize, value: &Spanned<DeValue<'_>>) {
        for (line, sequence) in self.strings(line, value.get_ref()) {
            let Some(spelled) = parse_sequence(&sequence) else {
                self.found.push(bad_key(line, &sequence));
                continue;
            };
            if spelled.len() > MAX_SEQUENCE {
                self.found.push(Problem::new(line, say::TOO_LONG, &[], say::TOO_LONG_FIX, &[]));
                continue;
            }
            match rules::refuse(context, command, &spelled, &self.accepted, line) {
                Some(problem) => self.found.push(problem),
                None => {
                    let keys = spelled.iter().map(|s| s.key).collect();
                    self.bindings.push(Binding { context, keys, command, line });
                }
            }
        }
    }

    /// One string or a list of strings, each with its line.
    fn strings(&mut self, line: usize, value: &DeValue<'_>) -> Vec<(usize, String)> {
        match value {
            DeValue::String(one) => vec![(line, one.to_string())],
            DeValue::Array(many) => {
                let mut names = Vec::new();
                for item in many.iter() {
                    let line = self.line_at(item.span().start);
                    match item.get_ref() {
                        DeValue::String(name) => names.push((line, name.to_string())),
                        _ => self.found.push(Problem::new(line, say::NOT_KEYS, &[], say::NOT_KEYS_FIX, &[])),
                    }
                }
                names
            }
            _ => {
                self.found.push(Problem::new(line, say::NOT_KEYS, &[], say::NOT_KEYS_FIX, &[]));
                Vec::new()
            }
        }
    }
}

fn parse_sequence(written: &str) -> Option<Vec<Spelled>> {
    let keys: Option<Vec<Spelled>> = written.split_whitespace().map(Key::parse).collect();
    keys.filter(|keys| !keys.is_empty())
}

fn bad_key(line: usize, written: &str) -> Problem {
    Problem::new(line, say::BAD_KEY, &[&shown(written)], say::BAD_KEY_FIX, &[])
}

/// A name from the file, short and without control characters.
fn shown(name: &str) -> String {
    name.chars().take(SHOWN_CHARS).map(|c| if c.is_control() { '?' } else { c }).collect()
}

/// The command whose name shares most letter pairs with what was written.
fn nearest_command(written: &str, context: Context) -> &'static str {
    let pairs = |s: &str| -> Vec<(char, char)> { s.chars().zip(s.chars().skip(1)).collect() };
    let wanted = pairs(&written.replace('_', "-").to_ascii_lowercase());
    let score = |command: &&Command| {
        let own = pairs(command.id());
        let shared = wanted.iter().filter(|pair| own.contains(pair)).count();
        (shared * 10 + usize::from(command.contexts().contains(&context))).saturating_sub(own.len())
    };
    Command::ALL.iter().max_by_key(score).map_or("help", |command| command.id())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "name = \"t\"\ntitle = \"t\"\n";

    fn problems(body: &str) -> Vec<String> {
        let found = load(&format!("{HEAD}{body}")).err().unwrap_or_default();
        found.iter().map(|p| p.sentence(Lang::Ja)).collect()
    }

    #[test]
    fn all_problems_come_at_once_in_order() {
        let found =
            problems("[form]\nundo = \"F11\"\nredo = \"Alt+y\"\n[nowhere]\n[list]\nnew = \"Ctrl+M\"\n");
        let lines: Vec<_> = found.iter().map(|s| s.split_once(' ').map(|(n, _)| n)).collect();
        assert_eq!(lines, [Some("4"), Some("5"), Some("6"), Some("8")]);
    }

    #[test]
    fn the_head_is_checked_too() {
        let found = load("nam = \"x\"\n").expect_err("no name");
        let said: Vec<_> = found.iter().map(|p| p.sentence(Lang::En)).collect();
        assert_eq!(
            said,
            [
                "line 1: There is no entry nam. Entries: name, title, modal, accept-risk and the contexts",
                "line 1: name and title are missing. Example: name = \"standard\" / title = \"...\"",
            ]
        );
        assert_eq!(load(&"#".repeat(MAX_BYTES + 1)).expect_err("too big").len(), 1);
    }

    #[test]
    fn a_risk_may_be_accepted_by_name() {
        let body = "accept-risk = [\"Ctrl+B\"]\n[text]\ncaret-left = \"Ctrl+B\"";
        assert_eq!(problems(body), Vec::<String>::new());
    }

    #[test]
    fn nobody_is_locked_out() {
        let map = load(HEAD).expect("an empty map is a map");
        for (command, key) in SAFETY_NET {
            assert_eq!(map.command_at(Context::Global, &[*key]), Some(*command));
        }
    }

    #[test]
    fn messages_hold_no_control_characters() {
        let found = problems("[form]\n\"\\u001b[31m\" = \"Tab\"\nundo = \"\\u001b]0;x\\u0007\"");
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|s| !s.contains(char::is_control)), "{found:?}");
    }

    proptest::proptest! {
        #[test]
        fn never_panics(source in ".{0,300}") {
            let _ = load(&source);
        }
        #[test]
        fn never_panics_on_key_names(name in "(Ctrl\\+|Shift\\+|Alt\\+|Esc |F|.){0,5}") {
            let _ = load(&format!("{HEAD}[form]\nundo = '''{name}'''\n"));
        }
    }
}
