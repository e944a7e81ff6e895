//! `[courier.*]`: the ways out of the house. Each is off until it stands here.
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::courier::{
    Body, Carriers, Command, Encryption, FaxCarrier, FolderCarrier, HostName, Login, MailCarrier,
    MediaCarrier, PrintCarrier, Relay, Subject, Surroundings, Wording,
};
use crate::domain::destination::MailAddress;
use crate::text::sending as say;

/// Where the programs of a Debian system are.
const PATH: [&str; 3] = ["/usr/local/bin", "/usr/bin", "/usr/sbin"];
/// Without a cover page, in fine resolution. `sendfax` refuses what stands behind the number.
const SENDFAX: [&str; 7] = ["sendfax", "-n", "-m", "-i", "{tag}", "-d", "{number}"];
const FAXSTAT: [&str; 3] = ["faxstat", "-s", "-d"];
const LP: [&str; 1] = ["lp"];

/// How sealed packages leave.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CourierSettings {
    pub folder: Option<FolderSettings>,
    pub mail: Option<MailSettings>,
    pub fax: Option<FaxSettings>,
    pub print: Option<PrintSettings>,
    pub media: Option<MediaSettings>,
}

impl CourierSettings {
    pub fn carriers(&self) -> Carriers {
        Carriers {
            folder: self.folder.as_ref().map(|folder| FolderCarrier { drop_root: folder.drop.0.clone() }),
            mail: self.mail.as_ref().map(MailSettings::carrier),
            fax: self.fax.as_ref().map(FaxSettings::carrier),
            print: self.print.as_ref().map(PrintSettings::carrier),
            media: self.media.as_ref().map(MediaSettings::carrier),
        }
    }
}

/// A folder that another system picks packages up from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FolderSettings {
    drop: AbsolutePath,
}

/// The relay of the site, and the words of every mail.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailSettings {
    #[serde(deserialize_with = "parsed")]
    relay: HostName,
    port: u16,
    tls: Tls,
    ca_file: AbsolutePath,
    #[serde(deserialize_with = "mail_address")]
    from: MailAddress,
    login: Option<LoginSettings>,
    helo: Option<Host>,
    #[serde(default)]
    timeout_seconds: Seconds,
    office: OfficeName,
    #[serde(deserialize_with = "parsed", default = "subject")]
    subject: Subject,
    #[serde(deserialize_with = "parsed", default = "body")]
    body: Body,
}

/// One without the other is of no use.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct LoginSettings {
    user: String,
    password_file: AbsolutePath,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Tls {
    StartTls,
    Tls,
}

impl MailSettings {
    fn carrier(&self) -> MailCarrier {
        let own_domain = || self.from.domain().parse().ok();
        let helo = self.helo.as_ref().map(|host| host.0.clone()).or_else(own_domain);
        MailCarrier {
            relay: Relay {
                host: self.relay.clone(),
                port: self.port,
                encryption: match self.tls {
                    Tls::StartTls => Encryption::StartTls,
                    Tls::Tls => Encryption::Tls,
                },
                ca_file: self.ca_file.0.clone(),
                helo: helo.unwrap_or_else(|| self.relay.clone()),
                timeout: self.timeout_seconds.duration(),
            },
            login: self.login.as_ref().map(|login| Login {
                user: login.user.clone(),
                password_file: login.password_file.0.clone(),
            }),
            from: self.from.clone(),
            wording: Wording {
                office: self.office.0.clone(),
                subject: self.subject.clone(),
                body: self.body.clone(),
            },
        }
    }
}

/// The programs of a fax server.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaxSettings {
    #[serde(default = "sendfax")]
    submit: Submitting,
    #[serde(default = "faxstat")]
    status: Asking,
    #[serde(default)]
    path: SearchPath,
    #[serde(default)]
    environment: Variables,
    #[serde(default)]
    timeout_seconds: Seconds,
}

impl FaxSettings {
    fn carrier(&self) -> FaxCarrier {
        FaxCarrier {
            submit: self.submit.0.clone(),
            status: self.status.0.clone(),
            surroundings: surroundings(&self.path, &self.environment, self.timeout_seconds),
        }
    }
}

/// The program that prints what a person sends by hand.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrintSettings {
    #[serde(default = "lp")]
    submit: Asking,
    #[serde(default)]
    path: SearchPath,
    #[serde(default)]
    environment: Variables,
    #[serde(default)]
    timeout_seconds: Seconds,
}

impl PrintSettings {
    fn carrier(&self) -> PrintCarrier {
        PrintCarrier {
            submit: self.submit.0.clone(),
            surroundings: surroundings(&self.path, &self.environment, self.timeout_seconds),
        }
    }
}

/// Where registered media are mounted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MediaSettings {
    mount: AbsolutePath,
    #[serde(default = "yes")]
    mount_point_check: bool,
}

impl MediaSettings {
    fn carrier(&self) -> MediaCarrier {
        MediaCarrier { mount: self.mount.0.clone(), mount_point_check: self.mount_point_check }
    }
}

fn surroundings(path: &SearchPath, variables: &Variables, timeout: Seconds) -> Surroundings {
    let environment = variables.0.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    Surroundings { path: path.0.clone(), environment, timeout: timeout.duration() }
}

/// A command that dials: the number once, and the tag by which its job is found again.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<String>")]
struct Submitting(Command);

impl TryFrom<Vec<String>> for Submitting {
    type Error = &'static str;
    fn try_from(vector: Vec<String>) -> Result<Self, Self::Error> {
        let command = Command::parse(&vector).filter(|command| command.numbers() == 1 && command.tags() == 1);
        command.map(Self).ok_or("not a command that dials")
    }
}

/// A command that has no business with a number.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<String>")]
struct Asking(Command);

impl TryFrom<Vec<String>> for Asking {
    type Error = &'static str;
    fn try_from(vector: Vec<String>) -> Result<Self, Self::Error> {
        Command::parse(&vector).filter(|command| command.numbers() == 0).map(Self).ok_or("not a command")
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "PathBuf")]
pub(super) struct AbsolutePath(pub(super) PathBuf);

impl TryFrom<PathBuf> for AbsolutePath {
    type Error = &'static str;
    fn try_from(path: PathBuf) -> Result<Self, Self::Error> {
        if path.is_absolute() { Ok(Self(path)) } else { Err("not absolute") }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<AbsolutePath>")]
struct SearchPath(Vec<PathBuf>);

impl TryFrom<Vec<AbsolutePath>> for SearchPath {
    type Error = &'static str;
    fn try_from(path: Vec<AbsolutePath>) -> Result<Self, Self::Error> {
        // A colon would be two directories to the program that gets the list.
        let has_colon = path.iter().any(|dir| dir.0.to_string_lossy().contains(':'));
        if has_colon { Err("a colon") } else { Ok(Self(path.into_iter().map(|dir| dir.0).collect())) }
    }
}

impl Default for SearchPath {
    fn default() -> Self {
        Self(PATH.map(PathBuf::from).to_vec())
    }
}

/// What a foreign program gets as its environment, besides `PATH` and `LC_ALL`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "BTreeMap<String, String>")]
struct Variables(BTreeMap<String, String>);

impl TryFrom<BTreeMap<String, String>> for Variables {
    type Error = &'static str;
    fn try_from(variables: BTreeMap<String, String>) -> Result<Self, Self::Error> {
        let is_name = |name: &str| {
            !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
        };
        // The first would undo `path`, the second bring code along.
        let is_ours = |name: &str| name == "PATH" || name.starts_with("LD_");
        let fits = variables
            .iter()
            .all(|(name, value)| is_name(name) && !is_ours(name) && !value.chars().any(char::is_control));
        if fits { Ok(Self(variables)) } else { Err("not a variable") }
    }
}

/// How long one step may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "i64")]
struct Seconds(u16);

impl Seconds {
    fn duration(self) -> Duration {
        Duration::from_secs(self.0.into())
    }
}

impl Default for Seconds {
    fn default() -> Self {
        Self(60)
    }
}

impl TryFrom<i64> for Seconds {
    type Error = &'static str;
    fn try_from(value: i64) -> Result<Self, Self::Error> {
        u16::try_from(value).ok().filter(|v| (1..=600).contains(v)).map(Self).ok_or("out of range")
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
struct OfficeName(String);

impl TryFrom<String> for OfficeName {
    type Error = &'static str;
    fn try_from(name: String) -> Result<Self, Self::Error> {
        if Wording::is_name(&name) { Ok(Self(name)) } else { Err("not a name") }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Host(#[serde(deserialize_with = "parsed")] HostName);

fn parsed<'de, D: Deserializer<'de>, T: FromStr>(deserializer: D) -> Result<T, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(|_| D::Error::custom("not usable"))
}

fn mail_address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<MailAddress, D::Error> {
    let text = String::deserialize(deserializer)?;
    MailAddress::from_canonical(&text).ok_or_else(|| D::Error::custom("not an address"))
}

fn command_of(arguments: &[&str]) -> Command {
    let vector: Vec<String> = arguments.iter().map(|&argument| argument.to_owned()).collect();
    Command::parse(&vector).expect("our own commands are in order, a test reads them")
}

fn sendfax() -> Submitting {
    Submitting(command_of(&SENDFAX))
}

fn faxstat() -> Asking {
    Asking(command_of(&FAXSTAT))
}

fn lp() -> Asking {
    Asking(command_of(&LP))
}

fn subject() -> Subject {
    say::MAIL_SUBJECT.parse().expect("our own words are in order, a test reads them")
}

fn body() -> Body {
    say::MAIL_BODY.parse().expect("our own words are in order, a test reads them")
}

const fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::{FaultKind, FileFault, Settings, read_toml};

    fn settings(text: &str) -> Result<Settings, FileFault> {
        read_toml(Path::new("settings.toml"), text.as_bytes())
    }

    const MAIL: &str = "[courier.mail]\nrelay = \"relay.example.lg.jp\"\nport = 587\ntls = \"starttls\"\n\
        ca_file = \"/etc/uketsuke/ca.pem\"\nfrom = \"kansen@hokenjo.example.lg.jp\"\noffice = \"見本保健所\"\n";

    #[test]
    fn every_carrier_can_be_set() {
        let text = format!(
            "{MAIL}[courier.mail.login]\nuser = \"u\"\npassword_file = \"/p\"\n[courier.fax]\n[courier.print]\n\
             [courier.media]\nmount = \"/media/uketsuke\"\n[courier.folder]\ndrop = \"/d\"\n"
        );
        let carriers = settings(&text).expect("sound").courier.carriers();
        for channel in crate::domain::destination::Channel::ALL {
            assert!(carriers.of(channel).is_some(), "{channel:?}");
        }
        let mail = carriers.mail.unwrap();
        assert_eq!(mail.relay.helo.as_str(), "hokenjo.example.lg.jp");
        assert_eq!((mail.relay.encryption, mail.relay.timeout.as_secs()), (Encryption::StartTls, 60));
        assert!(carriers.media.unwrap().mount_point_check);
        assert!(!settings("").expect("sound").courier.carriers().is_any(), "all are off");
    }

    #[test]
    fn what_cannot_be_used_is_told_by_line() {
        let mail = |line: &str| format!("{MAIL}{line}\n");
        let other = |from: &str, to: &str| {
            let text = MAIL.replace(from, to);
            assert_ne!(text, MAIL);
            text
        };
        let fax = |line: &str| format!("[courier.fax]\n{line}\n");
        let bad = FaultKind::BadValue;
        for (text, line, kind) in [
            (other("\"starttls\"", "\"none\""), 4, bad),
            (other("\"starttls\"", "\"hanako\""), 4, bad),
            (other("tls = \"starttls\"\n", ""), 1, FaultKind::MissingKey),
            (other("/etc", "etc"), 5, bad),
            (other("kansen@", "hanako <kansen@"), 6, bad),
            (other("relay.example", "hanako relay"), 2, bad),
            (other("587", "70000"), 3, bad),
            (other("見本保健所", "a\\u001b[2J"), 7, bad),
            (mail("subject = \"{name}\""), 8, bad),
            (mail("subject = \"a\\r\\nBcc: hanako@example.jp\""), 8, bad),
            (mail("body = \"{\""), 8, bad),
            (mail("timeout_seconds = 0"), 8, bad),
            (mail("cc = \"hanako@example.jp\""), 8, FaultKind::UnknownKey),
            (mail("[courier.mail.login]\nuser = \"hanako\""), 8, FaultKind::MissingKey),
            (fax("submit = [\"sendfax\", \"-d\", \"{number}\"]"), 2, bad),
            (fax("submit = [\"sendfax\", \"-i\", \"{tag}\"]"), 2, bad),
            (fax("submit = [\"sendfax\", \"-d{number}\", \"{tag}\"]"), 2, bad),
            (fax("submit = \"sendfax -d {number}\""), 2, bad),
            (fax("status = [\"faxstat\", \"{number}\"]"), 2, bad),
            (fax("path = [\"bin\"]"), 2, bad),
            (fax("environment = { LD_PRELOAD = \"/hanako\" }"), 2, bad),
            (fax("environment = { PATH = \"/hanako\" }"), 2, bad),
            ("[courier.print]\nsubmit = [\"lp\", \"{number}\"]\n".to_owned(), 2, bad),
            ("[courier.media]\nmount = \"media\"\n".to_owned(), 2, bad),
            ("[courier.media]\n".to_owned(), 1, FaultKind::MissingKey),
            ("[courier.folder]\ndrop = \"hanako/out\"\n".to_owned(), 2, bad),
            ("[courier.folder]\n".to_owned(), 1, FaultKind::MissingKey),
            ("[courier.pigeon]\n".to_owned(), 1, FaultKind::UnknownKey),
        ] {
            let fault = settings(&text).expect_err(&text);
            assert_eq!((fault.line, fault.kind), (line, kind), "{text}");
            assert!(!format!("{fault:?}").contains("hanako"));
        }
    }

    /// The examples of the manual are loaded as they stand there.
    #[test]
    fn the_examples_are_sound() {
        let text = include_str!("../../docs/settings.md");
        let blocks: Vec<&str> = text
            .split("```toml\n")
            .skip(1)
            .filter_map(|rest| rest.split_once("```"))
            .map(|(block, _)| block)
            .collect();
        assert_eq!(blocks.len(), 7);
        let whole = settings(&blocks.concat()).expect("together they are one file");
        for channel in crate::domain::destination::Channel::ALL {
            assert!(whole.courier.carriers().of(channel).is_some(), "{channel:?}");
        }
        let copies = whole.checkpoints.copies(Path::new("/h"), &whole.courier);
        assert!(copies.syslog.is_some() && copies.mail.is_some());
        // What is called a default is one.
        let fax = whole.courier.fax.as_ref().expect("it is set");
        assert_eq!((&fax.submit, &fax.status, &fax.path), (&sendfax(), &faxstat(), &SearchPath::default()));
        assert_eq!((fax.timeout_seconds, whole.idle_minutes()), (Seconds::default(), 10));
    }

    #[test]
    fn our_own_defaults_are_in_order() {
        let _ = (sendfax(), faxstat(), lp(), subject(), body());
    }
}
