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
//! A binding is believed only when it can be pressed on the terminals that are used in Japan and when nothing else
//! claims the key in the same situation ([`rules`]). Help, Esc, redraw and back are there even if a file forgets them.
use crate::keymap::command::Command;
use crate::keymap::context::Context;
use crate::keymap::key::{Code, Key, Spelled};
use crate::keymap::rules;
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

/// Without these a person could be locked out by a keymap.
const SAFETY_NET: &[(Command, Key)] = &[
    (Command::Help, Key::plain(Code::F(1))),
    (Command::Cancel, Key::ESC),
    (Command::Redraw, Key::ctrl('l')),
    (Command::Back, Key::plain(Code::F(3))),
];

/// A keymap that was checked.
#[derive(Clone, Debug)]
pub struct Keymap {
    name: String,
    title: String,
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
    pub fn bindings(&self) -> impl Iterator<Item = &Binding> {
        self.bindings.iter()
    }
    /// The command on exactly these keys.
    pub fn command_at(&self, context: Context, keys: &[Key]) -> Option<Command> {
        self.bindings.iter().find(|b| b.context == context && b.keys == keys).map(|b| b.command)
    }
    /// The keys of a command in these situations, in the order of the file.
    pub fn keys_of<'a>(
        &'a self,
        command: Command,
        contexts: &'a [Context],
    ) -> impl Iterator<Item = &'a [Key]> {
        let found =
            self.bindings.iter().filter(move |b| b.command == command && contexts.contains(&b.context));
        found.map(|b| b.keys.as_slice())
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
    let mut reader = Reader { source, found: Vec::new(), bindings: Vec::new(), accepted: Vec::new() };
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
    let Reader { mut found, mut bindings, .. } = reader;
    found.extend(rules::conflicts(&bindings));
    if !found.is_empty() {
        found.sort_by_key(|problem| problem.line);
        found.dedup();
        return Err(found);
    }
    add_safety_net(&mut bindings);
    Ok(Keymap { name, title, bindings })
}

fn add_safety_net(bindings: &mut Vec<Binding>) {
    for (command, key) in SAFETY_NET {
        let bound = bindings.iter().any(|b| b.command == *command && b.context == Context::Global);
        let taken = bindings.iter().any(|b| b.keys == [*key]);
        if !bound && !taken {
            bindings.push(Binding { context: Context::Global, keys: vec![*key], command: *command, line: 0 });
        }
    }
}

struct Reader<'s> {
    source: &'s str,
    found: Vec<Problem>,
    bindings: Vec<Binding>,
    accepted: Vec<Key>,
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
                ("accept-risk", keys) => self.accepted = self.read_accepted(line, keys),
                (other, _) => {
                    let fix = say::UNKNOWN_ENTRY_FIX;
                    self.found.push(Problem::new(line, say::UNKNOWN_ENTRY, &[&shown(other)], fix, &[]));
                }
            }
        }
        if name.trim().is_empty() || title.trim().is_empty() {
            self.found.push(Problem::new(1, say::BAD_NAME, &[], say::BAD_NAME_FIX, &[]));
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
            let known: Vec<_> =
                Context::ALL.into_iter().filter(|c| *c != Context::Confirm).map(Context::name).collect();
            let (what, fix) = (say::UNKNOWN_CONTEXT, say::UNKNOWN_CONTEXT_FIX);
            self.found.push(Problem::new(line, what, &[&shown(name)], fix, &[&known.join(", ")]));
            return;
        };
        if context == Context::Confirm {
            self.found.push(Problem::new(line, say::FIXED_CONTEXT, &[], say::FIXED_CONTEXT_FIX, &[]));
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

    /// Behind the head a body begins on line 3. Each broken file: what is wrong and what to do.
    const CORPUS: &[(&str, &[&str])] = &[
        ("[form]\nnext-itm = \"Tab\"", &["4 行目: 操作 next-itm はありません。 next-item のことですか。"]),
        (
            "[froms]\nundo = \"F5\"",
            &[
                "3 行目: 場面 [froms] はありません。 使える場面: global, list, form, text, choice, picker, reader",
            ],
        ),
        (
            "[confirm]\nhelp = \"F1\"",
            &["3 行目: [confirm] のキーは変えられません。 この節を消してください。"],
        ),
        (
            "[list]\nregister = \"F12\"",
            &["4 行目: 操作 register は [list] では使えません。 [form] に書いてください。"],
        ),
        (
            "[form]\nundo = 3",
            &["4 行目: キーは文字列か、文字列の並びで書きます。 例: next-item = [\"Enter\", \"Tab\"]"],
        ),
        (
            "[form]\nundo = \"Ctrl+Zebra\"",
            &[
                "4 行目: キー \"Ctrl+Zebra\" が読めません。 例: F6  Ctrl+Z  Shift+Tab  \"Esc v\"  \"Ctrl+X Ctrl+W\"",
            ],
        ),
        (
            "[form]\nundo = \"Ctrl+X Ctrl+W Ctrl+T Ctrl+D\"",
            &["4 行目: 続けて押すキーは 3 つまでです。 短くしてください。"],
        ),
        (
            "[form]\nundo = \"Ctrl+Z\"\nredo = \"Ctrl+Z\"",
            &["5 行目: キー ^Z は 4 行目の undo にも使われています。 どちらかを別のキーにしてください。"],
        ),
        (
            "[form]\nditto = \"F5\"\n[global]\npalette = \"F5\"",
            &["6 行目: キー F5 は 4 行目の ditto にも使われています。 どちらかを別のキーにしてください。"],
        ),
        (
            "[form]\nundo = \"Ctrl+X\"\nregister = \"Ctrl+X Ctrl+W\"",
            &[
                "5 行目: キー ^X ^W には届きません。4 行目の undo が先に働きます。 どちらかを別のキーにしてください。",
            ],
        ),
        (
            "[form]\nundo = \"F11\"",
            &["4 行目: F11 は全画面の切り替えに取られます。 別のキーにしてください。"],
        ),
        (
            "[form]\nundo = \"Alt+z\"",
            &["4 行目: Alt は端末のメニューに取られます。 \"Esc z\" と書いてください。"],
        ),
        (
            "[form]\nundo = \"Ctrl+Space\"",
            &["4 行目: ^Space は日本語入力の切り替えに取られます。 別のキーにしてください。"],
        ),
        ("[form]\nundo = \"Ctrl+I\"", &["4 行目: ^I は端末では Tab と同じです。 Tab と書いてください。"]),
        (
            "[form]\nundo = \"Ctrl+_\"",
            &["4 行目: Ctrl+_ は端末では Ctrl+7 と同じです。 Ctrl+7 と書いてください。"],
        ),
        (
            "[global]\nlock = \"Ctrl+C\"",
            &["4 行目: Ctrl+C はいつも Esc と同じです。 別のキーにしてください。"],
        ),
        (
            "[global]\nlock = \"Esc 5\"",
            &["4 行目: Esc と 1-9 0 - = はいつも F1-F12 です。 F5 と書いてください。"],
        ),
        (
            "[global]\nlock = \"Esc\"",
            &["4 行目: Esc だけのキーは cancel にしか使えません。 別のキーにしてください。"],
        ),
        (
            "[form]\nundo = \"Ctrl+B\"",
            &[
                "4 行目: ^B は tmux、screen、XON/XOFF に取られることがあります。 承知で使うときは、先頭に accept-risk = [\"Ctrl+B\"] と書いてください。",
            ],
        ),
        (
            "[form]\nundo = \"Ctrl+Shift+Z\"",
            &["4 行目: キー Ctrl+Shift+Z は端末から届きません。 別のキーにしてください。"],
        ),
        ("[form]\nundo = \"F13\"", &["4 行目: キー F13 は端末から届きません。 別のキーにしてください。"]),
        (
            "[text]\nundo = \"u\"",
            &[
                "4 行目: u を [text] の操作にすると、その字を入力できなくなります。 Ctrl か F キーと組み合わせてください。",
            ],
        ),
        (
            "[form]\ndits = \"u\"\nundo = \"u\"",
            &[
                "4 行目: 操作 dits はありません。 ditto のことですか。",
                "5 行目: u を [form] の操作にすると、その字を入力できなくなります。 Ctrl か F キーと組み合わせてください。",
            ],
        ),
        (
            "[list]\nnew = \"5\"",
            &["4 行目: [list] の数字 5 は番号や選択肢に使います。 別のキーにしてください。"],
        ),
        (
            "[form]\nditto = \"F4\"",
            &[
                "4 行目: F4 はテンキーの / * - で誤って押されることがあり、ditto には使えません。 F12 か Ctrl と組み合わせたキーにしてください。",
            ],
        ),
        (
            "[form]\nregister = \"F9\"",
            &[
                "4 行目: F9 は変換中のキーと同じで、register には使えません。 F12 か Ctrl と組み合わせたキーにしてください。",
            ],
        ),
        (
            "[form]\nundo = [\"Ctrl+Z\", 4]\nspeed = 1",
            &[
                "4 行目: キーは文字列か、文字列の並びで書きます。 例: next-item = [\"Enter\", \"Tab\"]",
                "5 行目: 操作 speed はありません。 redo のことですか。",
            ],
        ),
        (
            "[form]\nundo = \"Ctrl+Z",
            &["4 行目: TOML として読めません。 引用符、かっこ、= を見直してください。"],
        ),
    ];

    #[test]
    fn broken_files_are_explained() {
        for (body, expected) in CORPUS {
            assert_eq!(problems(body), *expected, "{body}");
        }
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
                "line 1: There is no entry nam. Entries: name, title, accept-risk and the contexts",
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
