//! Programs of the site that carry for us: a vector of arguments, never a line for a shell.
use std::path::PathBuf;
use std::time::Duration;

use crate::domain::destination::FaxNumber;
use crate::domain::ids::TransmissionId;
use crate::os::process::{self, Ended, Run};

/// A program and its arguments. A placeholder is a whole argument: nothing is ever put together with anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    program: String,
    arguments: Vec<Argument>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Argument {
    Words(String),
    /// `{number}`: the digits to dial.
    Number,
    /// `{tag}`: the transmission, by which the job is found again.
    Tag,
}

impl Command {
    const ARGUMENTS_MAX: usize = 64;
    const LENGTH_MAX: usize = 1024;

    /// `None` when the program is neither an absolute path nor a plain name, or an argument has a brace that is no placeholder.
    pub fn parse(vector: &[String]) -> Option<Self> {
        let (program, arguments) = vector.split_first()?;
        let is_plain = |text: &String| text.len() <= Self::LENGTH_MAX && !text.chars().any(char::is_control);
        let is_name = !program.is_empty() && !program.starts_with('-') && !program.contains(['{', '}']);
        let is_placed = program.starts_with('/') || !program.contains('/');
        if !is_name || !is_placed || arguments.len() > Self::ARGUMENTS_MAX || !vector.iter().all(is_plain) {
            return None;
        }
        let arguments: Option<Vec<Argument>> = arguments.iter().map(|text| Argument::parse(text)).collect();
        Some(Self { program: program.clone(), arguments: arguments? })
    }

    pub fn numbers(&self) -> usize {
        self.arguments.iter().filter(|argument| **argument == Argument::Number).count()
    }
    pub fn tags(&self) -> usize {
        self.arguments.iter().filter(|argument| **argument == Argument::Tag).count()
    }

    fn fill(&self, tag: TransmissionId, number: Option<&FaxNumber>) -> Option<Vec<String>> {
        let fill = |argument: &Argument| match argument {
            Argument::Words(words) => Some(words.clone()),
            Argument::Tag => Some(tag.to_string()),
            // Looked at once more right before it is dialled: it costs nothing.
            Argument::Number => {
                FaxNumber::from_canonical(number?.as_str()).map(|number| number.as_str().to_owned())
            }
        };
        self.arguments.iter().map(fill).collect()
    }
}

impl Argument {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "{number}" => Some(Self::Number),
            "{tag}" => Some(Self::Tag),
            _ => (!text.contains(['{', '}'])).then(|| Self::Words(text.to_owned())),
        }
    }
}

/// What a program of the site finds around it.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// Where programs are looked for, and what they get as `PATH`.
    pub path: Vec<PathBuf>,
    /// Everything else that they get.
    pub environment: Vec<(String, String)>,
    pub timeout: Duration,
}

/// A command in its surroundings.
#[derive(Clone, Copy)]
pub struct Foreign<'a> {
    pub command: &'a Command,
    pub surroundings: &'a Surroundings,
}

impl Foreign<'_> {
    /// A few thousand jobs in a queue, a line each.
    const OUTPUT_MAX: usize = 1 << 20;

    /// Whether the program is there.
    pub fn is_there(&self) -> bool {
        process::find(&self.command.program, &self.surroundings.path).is_some()
    }

    pub fn run(&self, tag: TransmissionId, number: Option<&FaxNumber>, input: &[u8]) -> Ended {
        let missing = Ended::NotStarted(std::io::ErrorKind::NotFound);
        let Some(program) = process::find(&self.command.program, &self.surroundings.path) else {
            return missing;
        };
        let Some(arguments) = self.command.fill(tag, number) else { return missing };
        let path: Vec<String> =
            self.surroundings.path.iter().map(|dir| dir.to_string_lossy().into_owned()).collect();
        let mut environment =
            vec![("PATH".to_owned(), path.join(":")), ("LC_ALL".to_owned(), "C".to_owned())];
        environment.extend(self.surroundings.environment.iter().cloned());
        process::run(&Run {
            program: &program,
            arguments: &arguments,
            environment: &environment,
            input,
            timeout: self.surroundings.timeout,
            output_max: Self::OUTPUT_MAX,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(arguments: &[&str]) -> Vec<String> {
        arguments.iter().map(|argument| (*argument).to_owned()).collect()
    }

    #[test]
    fn a_placeholder_is_a_whole_argument() {
        let command = Command::parse(&vector(&["sendfax", "-n", "-i", "{tag}", "-d", "{number}"])).unwrap();
        assert_eq!((command.numbers(), command.tags()), (1, 1));
        let (tag, number) = (TransmissionId::from_bytes([0x1e; 16]), FaxNumber::from_canonical("0300000456"));
        assert_eq!(
            command.fill(tag, number.as_ref()).unwrap(),
            ["-n", "-i", "1e1e1e1e-1e1e-1e1e-1e1e-1e1e1e1e1e1e", "-d", "0300000456"]
        );
        assert_eq!(command.fill(tag, None), None);
        for bad in [
            &[] as &[&str],
            &[""],
            &["-n"],
            &["bin/sendfax"],
            &["../sendfax"],
            &["{tag}"],
            &["sendfax", "-d{number}"],
            &["sendfax", "{number} "],
            &["sendfax", "{number}{tag}"],
            &["sendfax", "{Number}"],
            &["sendfax", "{name}"],
            &["sendfax", "{"],
            &["sendfax", "a\nb"],
            &["sendfax", "a\0b"],
            &["send\tfax"],
        ] {
            assert_eq!(Command::parse(&vector(bad)), None, "{bad:?}");
        }
    }
}
