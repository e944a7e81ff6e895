//! `[checkpoints]`: where copies of the log's checkpoints go. Nothing of a record is in them.
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use super::FaultKind;
use super::courier::{AbsolutePath, CourierSettings};
use crate::courier::{Copies, MailCopies, NoteWords};
use crate::domain::destination::MailAddress;
use crate::office::latest_note;
use crate::text::sending as say;

const WORDS: NoteWords = NoteWords { subject: say::COPY_SUBJECT, body: say::COPY_BODY };

/// Copies outside the house.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CheckpointSettings {
    /// Boxes of supervisors, through the relay of `[courier.mail]`.
    mail: Option<Spanned<Vec<Supervisor>>>,
    /// A datagram socket of the machine's syslog.
    syslog: Option<AbsolutePath>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
struct Supervisor(MailAddress);

impl TryFrom<String> for Supervisor {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        MailAddress::from_canonical(&text).map(Self).ok_or("not an address")
    }
}

impl CheckpointSettings {
    /// The copies of a data directory.
    pub fn copies(&self, home: &Path, courier: &CourierSettings) -> Copies {
        let to: Vec<MailAddress> = self
            .mail
            .iter()
            .flat_map(toml::Spanned::get_ref)
            .map(|supervisor| supervisor.0.clone())
            .collect();
        let carrier = courier.carriers().mail.filter(|_| !to.is_empty());
        Copies {
            note: latest_note(home),
            mail: carrier.map(|carrier| MailCopies { carrier, to, words: WORDS }),
            syslog: self.syslog().map(Path::to_owned),
        }
    }

    pub fn syslog(&self) -> Option<&Path> {
        self.syslog.as_ref().map(|path| path.0.as_path())
    }

    /// Where the settings contradict each other, from the beginning of the file.
    pub(super) fn first_fault(&self, courier: &CourierSettings) -> Option<(usize, FaultKind)> {
        let mail = self.mail.as_ref().filter(|mail| !mail.get_ref().is_empty() && courier.mail.is_none())?;
        Some((mail.span().start, FaultKind::NoRelay))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{FileFault, Settings};

    fn read(text: &str) -> Result<Settings, FileFault> {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("settings.toml"), text).unwrap();
        Settings::load(home.path())
    }

    const RELAY: &str = "[courier.mail]\nrelay = \"relay.example.lg.jp\"\nport = 587\ntls = \"starttls\"\n\
        ca_file = \"/etc/uketsuke/ca.pem\"\nfrom = \"kansen@hokenjo.example.lg.jp\"\noffice = \"見本保健所\"\n";

    #[test]
    fn copies_go_where_the_settings_say_and_nowhere_else() {
        let of = |settings: &Settings| settings.checkpoints.copies(Path::new("/h"), &settings.courier);
        assert!(!of(&read("").unwrap()).is_any());
        assert!(!of(&read(RELAY).unwrap()).is_any(), "a relay alone sends nothing");
        let syslog = read("[checkpoints]\nsyslog = \"/dev/log\"\n").unwrap();
        assert_eq!(of(&syslog).syslog.as_deref(), Some(Path::new("/dev/log")));
        assert!(!syslog.courier.carriers().is_any());
        let text = format!("[checkpoints]\nmail = [\"tenken@example.lg.jp\", \"x@example.lg.jp\"]\n{RELAY}");
        let copies = of(&read(&text).unwrap());
        let to: Vec<String> =
            copies.mail.as_ref().unwrap().to.iter().map(|to| to.as_str().to_owned()).collect();
        assert_eq!(to, ["tenken@example.lg.jp", "x@example.lg.jp"]);
        assert_eq!(copies.note, Path::new("/h/checkpoints/latest.note"));
    }

    #[test]
    fn what_cannot_be_used_is_told_by_line() {
        for (text, line, kind) in [
            ("[checkpoints]\n\nmail = [\"a@example.lg.jp\"]\n", 3, FaultKind::NoRelay),
            ("[checkpoints]\nmail = [\"hanako <a@example.lg.jp>\"]\n", 2, FaultKind::BadValue),
            ("[checkpoints]\nmail = \"a@hanako.jp\"\n", 2, FaultKind::BadValue),
            ("[checkpoints]\nsyslog = \"hanako/log\"\n", 2, FaultKind::BadValue),
            ("[checkpoints]\nsubject = \"hanako\"\n", 2, FaultKind::UnknownKey),
        ] {
            let fault = read(text).expect_err(text);
            assert_eq!((fault.line, fault.kind), (line, kind), "{text}");
            assert!(!format!("{fault:?}").contains("hanako"));
        }
    }
}
