//! What the site may word itself: subject and body, with two placeholders that name nobody.
use std::net::IpAddr;
use std::str::FromStr;

use crate::domain::ids::TransmissionId;

/// A name of a machine, or its number: what a certificate vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostName(String);

impl HostName {
    const MAX: usize = 253;
    const LABEL_MAX: usize = 63;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for HostName {
    type Err = Unfit;

    fn from_str(text: &str) -> Result<Self, Unfit> {
        let is_label = |label: &str| {
            (1..=Self::LABEL_MAX).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let is_name = text.len() <= Self::MAX && text.split('.').all(is_label);
        let fits = is_name || text.parse::<IpAddr>().is_ok();
        fits.then(|| Self(text.to_owned())).ok_or(Unfit)
    }
}

/// A text of the settings that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfit;

/// The subject: one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject(Template);

/// The body: lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body(Template);

impl FromStr for Subject {
    type Err = Unfit;

    fn from_str(text: &str) -> Result<Self, Unfit> {
        /// Longer ones nobody reads in a list of mails.
        const MAX: usize = 100;
        let fits = (1..=MAX).contains(&text.chars().count()) && !text.chars().any(is_hidden);
        if fits { Template::parse(text).map(Self) } else { Err(Unfit) }
    }
}

impl FromStr for Body {
    type Err = Unfit;

    fn from_str(text: &str) -> Result<Self, Unfit> {
        const MAX: usize = 4000;
        let hides = text.chars().any(|c| c != '\n' && is_hidden(c));
        let fits = (1..=MAX).contains(&text.chars().count()) && !hides;
        if fits { Template::parse(text).map(Self) } else { Err(Unfit) }
    }
}

/// Control characters, and those that turn the direction of what follows.
fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Template(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    Number,
    Office,
}

impl Template {
    /// A brace stands for a placeholder or for nothing.
    fn parse(text: &str) -> Result<Self, Unfit> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((words, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or(Unfit)?;
            pieces.push(Piece::words(words)?);
            pieces.push(match name {
                "number" => Piece::Number,
                "office" => Piece::Office,
                _ => return Err(Unfit),
            });
            rest = after;
        }
        pieces.push(Piece::words(rest)?);
        Ok(Self(pieces))
    }

    fn fill(&self, office: &str, id: TransmissionId) -> String {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Words(words) => text.push_str(words),
                Piece::Number => text.push_str(&id.short()),
                Piece::Office => text.push_str(office),
            }
        }
        text
    }
}

impl Piece {
    fn words(text: &str) -> Result<Self, Unfit> {
        if text.contains('}') { Err(Unfit) } else { Ok(Self::Words(text.to_owned())) }
    }
}

/// The words of every mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// What the office is called.
    pub office: String,
    pub subject: Subject,
    pub body: Body,
}

impl Wording {
    /// Whether a text can be the name of an office.
    pub fn is_name(text: &str) -> bool {
        (1..=40).contains(&text.chars().count()) && !text.chars().any(is_hidden)
    }
    pub fn subject_for(&self, id: TransmissionId) -> String {
        self.subject.0.fill(&self.office, id)
    }
    pub fn body_for(&self, id: TransmissionId) -> String {
        self.body.0.fill(&self.office, id)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::time::Timestamp;
    use crate::os::entropy::KernelEntropy;

    #[test]
    fn only_two_placeholders_and_nothing_hidden() {
        let wording = Wording {
            office: "見本保健所".into(),
            subject: "{office}からの文書 ({number})".parse().unwrap(),
            body: "一行目\n{number}{number}\n".parse().unwrap(),
        };
        let mut bytes = [0xff; 16];
        bytes[12..].copy_from_slice(&[0x7c, 0x31, 0xa0, 0x0b]);
        let id = TransmissionId::from_bytes(bytes);
        assert_eq!(wording.subject_for(id), "見本保健所からの文書 (7c31-a00b)");
        assert_eq!(wording.body_for(id), "一行目\n7c31-a00b7c31-a00b\n");
        for bad in [
            "",
            "{",
            "}",
            "{}",
            "{name}",
            "{ number }",
            "{{number}}",
            "{number",
            "number}",
            "{Number}",
            "{0}",
            "a\r\nBcc: b@c.jp",
            "a\nb",
            "a\tb",
            "\u{1b}[2J",
            "a\u{202e}b",
            "a\u{0}",
            &"a".repeat(101),
        ] {
            assert_eq!(bad.parse::<Subject>(), Err(Unfit), "{bad:?}");
        }
        for bad in ["", "{name}", "a\rb", "a\r\nb", "\u{1b}", "a\u{2028}b", "}\n{", &"a".repeat(4001)] {
            assert_eq!(bad.parse::<Body>(), Err(Unfit), "{bad:?}");
        }
    }

    /// Whoever asks over the telephone has one number to say which of them is meant.
    #[test]
    fn mails_of_one_moment_have_numbers_of_their_own() {
        let now = Timestamp::from_seconds(1_783_998_000);
        let numbers: BTreeSet<String> =
            (0..100).map(|_| TransmissionId::make(now, &mut KernelEntropy).short()).collect();
        // Two alike among a hundred happen once in a million runs.
        assert!(numbers.len() > 98, "{numbers:?}");
    }

    #[test]
    fn hosts_are_names_or_numbers() {
        for good in ["relay", "relay.example.lg.jp", "192.0.2.7", "2001:db8::1", "x-1.example"] {
            assert_eq!(good.parse::<HostName>().unwrap().as_str(), good);
        }
        for bad in [
            "",
            ".",
            "a..b",
            "-a",
            "a-",
            "a b",
            "a\r\nb",
            "Relay",
            "relay:25",
            "[::1]",
            "a_b",
            "役所",
            &"a".repeat(64),
        ] {
            assert_eq!(bad.parse::<HostName>(), Err(Unfit), "{bad:?}");
        }
    }
}
