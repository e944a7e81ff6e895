//! What is wrong with a command line, without repeating it, because it may hold what is secret.
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory as _};

use super::args::Arguments;
use super::failure::Failure;
use crate::text::cli as say;

/// `words` is the whole command line, the program first.
pub fn explain(error: &clap::Error, words: &[OsString]) -> Failure {
    // Names of our own arguments are safe to say; an unknown argument is what was typed.
    let ours = matches!(
        error.kind(),
        ErrorKind::InvalidValue
            | ErrorKind::ValueValidation
            | ErrorKind::MissingRequiredArgument
            | ErrorKind::ArgumentConflict
    );
    let names = ours.then(|| error.get(ContextKind::InvalidArg)).flatten().map(argument_names);
    match names {
        Some(names) if error.kind() == ErrorKind::MissingRequiredArgument => missing(error, &names, words),
        Some(names) => Failure::usage("usage", say::USAGE_OF, &[&names.join(", ")]),
        None => Failure::usage("usage", say::USAGE, &[]),
    }
}

/// What has to be given, in the words of the help and in the order of the names.
fn missing(error: &clap::Error, names: &[String], words: &[OsString]) -> Failure {
    let command = command_of(words);
    let wanted = names
        .iter()
        .flat_map(|name| command.get_arguments().filter(move |argument| is_named(argument, name)));
    let help: Vec<String> = wanted.filter_map(|argument| Some(argument.get_help()?.to_string())).collect();
    let usage = error.get(ContextKind::Usage).map(ToString::to_string).unwrap_or_default();
    let usage = usage.trim().trim_start_matches("Usage: ").lines().next().unwrap_or_default().to_owned();
    Failure::usage("usage", say::USAGE_MISSING, &[&names.join(", "), &help.join(", "), &usage])
}

/// Whether the parser's name speaks of this argument: `--form <ID>`, `<FILE>`, and a choice as `<--once|--watch>`.
fn is_named(argument: &Arg, name: &str) -> bool {
    let mut words = name.split([' ', '<', '>', '|']);
    match argument.get_long() {
        Some(long) => words.any(|word| word.strip_prefix("--") == Some(long)),
        None => {
            let values = argument.get_value_names().unwrap_or_default();
            values.iter().any(|value| name == format!("<{value}>"))
        }
    }
}

/// The command that was meant. Only the parser knows which words are commands and which are values.
fn command_of(words: &[OsString]) -> Command {
    let mut command = Arguments::command();
    let parsed = command.clone().ignore_errors(true).try_get_matches_from(words);
    let mut meant = parsed.as_ref().ok().and_then(clap::ArgMatches::subcommand);
    while let Some((verb, matches)) = meant {
        let Some(below) = command.find_subcommand(verb).cloned() else { break };
        command = below;
        meant = matches.subcommand();
    }
    command
}

fn argument_names(value: &ContextValue) -> Vec<String> {
    match value {
        ContextValue::String(name) => vec![name.clone()],
        ContextValue::Strings(names) => names.clone(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;
    use clap::Parser as _;
    use std::os::unix::ffi::OsStringExt as _;

    fn explained(words: &[OsString]) -> String {
        let error = Arguments::try_parse_from(words).expect_err("something is missing");
        explain(&error, words).sentence(Lang::Ja).to_owned()
    }

    /// The name of a verb is also a name for a directory, a form or a file.
    #[test]
    fn a_value_is_no_verb() {
        let file = "<FILE> がありません: CSV (UTF-8 か CP932 / UTF-8 or CP932)。";
        let cases = [
            ("uketsuke institutions import", file),
            ("uketsuke --home demo institutions import", file),
            ("uketsuke institutions --home records import", file),
            ("uketsuke --keymap list institutions --home=postal import", file),
            ("uketsuke records add --form list", "--file <JSON> がありません: 値の JSON、- は標準入力"),
            ("uketsuke records submit demo", "--to <CODE> がありません: 台帳番号"),
            ("uketsuke init", "--plan <FILE> がありません: 計画ファイル(0600) / plan file。"),
            (
                "uketsuke postal import",
                "--date <YYYY-MM-DD>, <FILE> がありません: 表の日付 / day of the list, utf_ken_all.csv か KEN_ALL.CSV。",
            ),
            ("uketsuke courier", "<--once|--watch> がありません: 1回だけ / one round, 終了まで続ける"),
        ];
        for (line, begins) in cases {
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            let said = explained(&words);
            let said_plainly = said.starts_with(begins);
            assert!(said_plainly, "{line}: {said}");
        }
    }

    #[test]
    fn a_name_in_another_encoding_is_explained_too() {
        let directory = OsString::from_vec(b"\x8e\xf3\x95t".to_vec());
        let mut words: Vec<OsString> = vec!["uketsuke".into(), "--home".into(), directory];
        words.extend(["institutions", "export"].map(OsString::from));
        let said = explained(&words);
        assert!(said.starts_with("<FILE> がありません: 書き出すファイルの名前"), "{said}");
    }
}
