//! The only reader of the environment and of the settings file.
pub mod checkpoints;
pub mod courier;
pub mod gazetteer;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use self::checkpoints::CheckpointSettings;
use self::courier::CourierSettings;
use self::gazetteer::Competence;
use crate::domain::destination::MailAddress;
use crate::domain::hours::OfficeHours;
use crate::form::{Catalog, Loaded, SiteFiles, SourceFile, shipped_sources};
use crate::japanese::phone::Phone;
use crate::office::{Origin, Site, Surroundings};
use crate::os::clock::SystemClock;
use crate::os::entropy::KernelEntropy;
use crate::os::{files, terminal};
use crate::text::cli as say;
use crate::text::{Lang, Text};

const SETTINGS_FILE: &str = "settings.toml";
const SITE_FORMS: &str = "schemas";
const SETTINGS_MAX: u64 = 64 * 1024;
const FORM_FILE_MAX: u64 = 1024 * 1024;
const DATA_DIR: &str = "uketsuke";
const DEMO_DATA_DIR: &str = "uketsuke-demo";
/// An address fits in 45 characters; what is longer was not written by sshd.
const PEER_MAX: usize = 64;

/// What the environment says to this program. Nothing secret is ever taken from it.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    home: Option<PathBuf>,
    data_dir: Option<PathBuf>,
    pub no_color: bool,
    /// `TERM=dumb`: the terminal has no cursor to place.
    pub cannot_place: bool,
    /// Where the person sits, when the terminal came through SSH.
    pub ssh_peer: Option<String>,
}

impl Environment {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
    pub fn read() -> Self {
        Self::from_variables(|name| std::env::var_os(name))
    }

    fn from_variables(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let given = |name: &str| variable(name).filter(|value| !value.is_empty());
        let absolute = |name: &str| given(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let data_dir =
            absolute("XDG_DATA_HOME").or_else(|| absolute("HOME").map(|home| home.join(".local/share")));
        Self {
            home: given("UKETSUKE_HOME").map(PathBuf::from),
            data_dir,
            no_color: given("NO_COLOR").is_some(),
            cannot_place: given("TERM").is_some_and(|term| term == "dumb"),
            ssh_peer: given("SSH_CONNECTION").and_then(|value| peer(&value.to_string_lossy())),
        }
    }

    /// The data directory: as asked for, else as the environment says, else the user's own.
    pub fn home(&self, asked: Option<&Path>) -> Option<PathBuf> {
        let own = || self.data_dir.as_ref().map(|dir| dir.join(DATA_DIR));
        asked.map(Path::to_owned).or_else(|| self.home.clone()).or_else(own)
    }

    /// The training directory. `UKETSUKE_HOME` does not count: it names the real one.
    pub fn demo_home(&self, asked: Option<&Path>) -> Option<PathBuf> {
        asked.map(Path::to_owned).or_else(|| self.data_dir.as_ref().map(|dir| dir.join(DEMO_DATA_DIR)))
    }

    /// What the office gets from outside.
    pub fn surroundings(&self, home: &Path, settings: &Settings) -> Surroundings {
        let (home, places) = (home.to_owned(), home.to_owned());
        Surroundings {
            clock: Arc::new(SystemClock),
            entropy: Arc::new(|| Box::new(KernelEntropy)),
            origin: Origin {
                os_user: terminal::os_user(),
                login_user: terminal::login_user(),
                terminal: terminal::device_name(),
                peer: self.ssh_peer.clone().unwrap_or_default(),
            },
            site: settings.site(),
            forms: Arc::new(move || open_forms(&home)),
            gazetteer: Arc::new(move || gazetteer::load_gazetteer(&places)),
        }
    }
}

/// The first word of `SSH_CONNECTION`, if it can be an address.
fn peer(connection: &str) -> Option<String> {
    let word = connection.split_whitespace().next()?;
    let fits = word.len() <= PEER_MAX
        && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '%' | '-'));
    fits.then(|| word.to_owned())
}

/// The forms of the program and of the site, and what is wrong with them.
pub fn load_forms(home: &Path) -> Loaded {
    Catalog::load_with_site(shipped_sources(), site_forms(home))
}

fn site_forms(home: &Path) -> SiteFiles {
    match form_sources(&home.join(SITE_FORMS)) {
        Ok(site) => site,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => SiteFiles::default(),
        Err(_) => SiteFiles { unreadable: vec![SITE_FORMS.to_owned()], ..SiteFiles::default() },
    }
}

/// The forms for daily work; those of the program are believed and put together when they are opened.
pub fn open_forms(home: &Path) -> Catalog {
    Catalog::open(shipped_sources(), site_forms(home)).catalog
}

/// The form files of a folder, named relative to it. One that cannot be read does not hide the others.
pub fn form_sources(root: &Path) -> std::io::Result<SiteFiles> {
    let mut found = SiteFiles::default();
    collect(root, root, &mut found)?;
    Ok(found)
}

fn collect(root: &Path, dir: &Path, found: &mut SiteFiles) -> std::io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let path = entry.path();
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if entry.file_type()?.is_dir() {
            if collect(root, &path, found).is_err() {
                found.unreadable.push(name);
            }
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            match files::read_limited(&path, FORM_FILE_MAX) {
                Ok(bytes) => {
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    found.sources.push(SourceFile { name, text });
                }
                Err(_) => found.unreadable.push(name),
            }
        }
    }
    Ok(())
}

/// Settings of the site. No secrets.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    idle_minutes: Minutes,
    lang: Language,
    /// Name of a keymap: a shipped one or a file of `<home>/keymaps/`.
    pub keymap: String,
    send_wait_seconds: WaitSeconds,
    pub office: OfficeSettings,
    pub courier: CourierSettings,
    pub checkpoints: CheckpointSettings,
    pub competence: Competence,
}

/// Who the office is to those who get its papers, and whom it may write to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OfficeSettings {
    phone: OfficePhone,
    pub fax: String,
    /// Domains that mail may go to.
    mail_domains: Vec<MailDomain>,
    hours: Hours,
}

impl OfficeSettings {
    pub fn phone(&self) -> &str {
        &self.phone.0
    }
}

/// Where somebody calls who got a fax that is not theirs: as it is written there, when it is a telephone number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
struct OfficePhone(String);

/// `8:30-17:15`: when people are expected to work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
struct Hours(OfficeHours);

impl TryFrom<String> for Hours {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        OfficeHours::parse(&text).map(Self).ok_or("no two times")
    }
}

impl TryFrom<String> for OfficePhone {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let fits = text.is_empty() || Phone::parse(&text).is_ok();
        fits.then_some(Self(text)).ok_or("no telephone number")
    }
}

/// In small letters, as addresses are compared.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
struct MailDomain(String);

impl TryFrom<String> for MailDomain {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let address = MailAddress::parse(&format!("a@{text}")).ok_or("no domain")?;
        Ok(Self(address.domain().to_owned()))
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Language {
    #[default]
    Ja,
    En,
}

/// One minute is the shortest that lets a person read a form; a screen left open for an hour is nobody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "i64")]
struct Minutes(u16);

impl TryFrom<i64> for Minutes {
    type Error = &'static str;
    fn try_from(value: i64) -> Result<Self, Self::Error> {
        u16::try_from(value).ok().filter(|v| (1..=60).contains(v)).map(Self).ok_or("out of range")
    }
}

/// How long the sending letter is not taken after a match, so that it is not typed ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "i64")]
struct WaitSeconds(u16);

impl TryFrom<i64> for WaitSeconds {
    type Error = &'static str;
    fn try_from(value: i64) -> Result<Self, Self::Error> {
        u16::try_from(value).ok().filter(|v| (1..=30).contains(v)).map(Self).ok_or("out of range")
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            idle_minutes: Minutes(10),
            lang: Language::Ja,
            keymap: "standard".to_owned(),
            send_wait_seconds: WaitSeconds(2),
            office: OfficeSettings::default(),
            courier: CourierSettings::default(),
            checkpoints: CheckpointSettings::default(),
            competence: Competence::default(),
        }
    }
}

impl Settings {
    /// The settings of a data directory; the defaults when it has no settings file.
    pub fn load(home: &Path) -> Result<Self, FileFault> {
        let path = home.join(SETTINGS_FILE);
        match files::read_limited(&path, SETTINGS_MAX) {
            Ok(bytes) => {
                let settings: Self = read_toml(&path, &bytes)?;
                let contradicts = settings.checkpoints.first_fault(&settings.courier);
                match contradicts.or_else(|| settings.competence.first_fault(home)) {
                    Some((at, kind)) => {
                        let line = line_at(&String::from_utf8_lossy(&bytes), at);
                        Err(FileFault { file: path, line, kind })
                    }
                    None => Ok(settings),
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(_) => Err(FileFault { file: path, line: 0, kind: FaultKind::Unreadable }),
        }
    }

    fn site(&self) -> Site {
        Site {
            mail_domains: self.office.mail_domains.iter().map(|domain| domain.0.clone()).collect(),
            phone: self.office.phone().to_owned(),
            fax: self.office.fax.clone(),
            hours: self.office.hours.0,
        }
    }
    pub const fn idle_minutes(&self) -> u16 {
        self.idle_minutes.0
    }
    pub const fn send_wait_seconds(&self) -> u16 {
        self.send_wait_seconds.0
    }
    pub const fn lang(&self) -> Lang {
        match self.lang {
            Language::Ja => Lang::Ja,
            Language::En => Lang::En,
        }
    }
}

/// What is wrong with a file and where. It never holds what was written there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFault {
    pub file: PathBuf,
    /// Counted from one; 0 when the file as a whole is meant.
    pub line: usize,
    pub kind: FaultKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    Unreadable,
    Syntax,
    UnknownKey,
    MissingKey,
    BadValue,
    /// A municipality code with a digit mistyped.
    CheckDigit,
    NoSuchMunicipality,
    /// Mail is wanted and no relay is set.
    NoRelay,
}

impl FaultKind {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "file-unreadable",
            Self::Syntax => "file-syntax",
            Self::UnknownKey => "file-unknown-key",
            Self::MissingKey => "file-missing-key",
            Self::BadValue => "file-bad-value",
            Self::CheckDigit => "file-check-digit",
            Self::NoSuchMunicipality => "file-no-such-municipality",
            Self::NoRelay => "file-no-relay",
        }
    }

    /// What is wrong and what to do; `{0}` is the file, `{1}` the line.
    pub const fn text(self) -> Text {
        match self {
            Self::Unreadable => say::FILE_UNREADABLE,
            Self::Syntax => say::FILE_SYNTAX,
            Self::UnknownKey => say::FILE_UNKNOWN_KEY,
            Self::MissingKey => say::FILE_MISSING_KEY,
            Self::BadValue => say::FILE_BAD_VALUE,
            Self::CheckDigit => say::FILE_CHECK_DIGIT,
            Self::NoSuchMunicipality => say::FILE_NO_SUCH_MUNICIPALITY,
            Self::NoRelay => say::FILE_NO_RELAY,
        }
    }
}

/// Reads a TOML file strictly. The parser's own message quotes the file, so only its place and kind are kept.
pub fn read_toml<T: DeserializeOwned>(file: &Path, bytes: &[u8]) -> Result<T, FileFault> {
    let fault = |line, kind| FileFault { file: file.to_owned(), line, kind };
    let text = std::str::from_utf8(bytes).map_err(|_| fault(1, FaultKind::Syntax))?;
    if toml::from_str::<toml::Table>(text).is_err() {
        let line = toml::from_str::<toml::Table>(text).err().map_or(1, |error| line_of(text, &error));
        return Err(fault(line, FaultKind::Syntax));
    }
    toml::from_str(text).map_err(|error| {
        let kind = match error.message() {
            message if message.starts_with("unknown field") => FaultKind::UnknownKey,
            message if message.starts_with("missing field") => FaultKind::MissingKey,
            _ => FaultKind::BadValue,
        };
        fault(line_of(text, &error), kind)
    })
}

fn line_of(text: &str, error: &toml::de::Error) -> usize {
    line_at(text, error.span().map_or(0, |span| span.start))
}

fn line_at(text: &str, start: usize) -> usize {
    text.bytes().take(start).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(text: &str) -> Result<Settings, FileFault> {
        read_toml(Path::new("settings.toml"), text.as_bytes())
    }

    fn environment(pairs: &[(&str, &str)]) -> Environment {
        Environment::from_variables(|name| {
            pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn asked_then_environment_then_own_directory() {
        let env = environment(&[("UKETSUKE_HOME", "/srv/u"), ("HOME", "/home/a")]);
        assert_eq!(env.home(Some(Path::new("x"))), Some("x".into()));
        assert_eq!(env.home(None), Some("/srv/u".into()));
        assert_eq!(env.demo_home(None), Some("/home/a/.local/share/uketsuke-demo".into()));
        let env = environment(&[("XDG_DATA_HOME", "/d"), ("HOME", "/home/a"), ("UKETSUKE_HOME", "")]);
        assert_eq!(env.home(None), Some("/d/uketsuke".into()));
        let relative = environment(&[("XDG_DATA_HOME", "d"), ("NO_COLOR", "")]);
        assert_eq!((relative.home(None), relative.no_color), (None, false));
    }

    #[test]
    fn a_peer_is_an_address_or_nothing() {
        assert_eq!(peer("192.0.2.7 50000 192.0.2.1 22").as_deref(), Some("192.0.2.7"));
        assert_eq!(peer("fe80::1%eth0 1 2 3").as_deref(), Some("fe80::1%eth0"));
        assert_eq!(peer("\u{1b}[2J 1 2 3"), None);
        assert_eq!(peer(""), None);
    }

    #[test]
    fn settings_have_defaults_and_are_strict() {
        assert_eq!(settings(""), Ok(Settings::default()));
        let all = settings(
            "idle_minutes = 5\nlang = \"en\"\nkeymap = \"vim\"\nsend_wait_seconds = 3\n[courier.folder]\ndrop = \"/d\"\n",
        )
        .expect("sound");
        assert_eq!((all.idle_minutes(), all.lang(), all.send_wait_seconds()), (5, Lang::En, 3));
        assert_eq!(all.courier.carriers().folder.expect("a folder").drop_root, PathBuf::from("/d"));
    }

    #[test]
    fn what_the_office_is_called_by_is_read_as_it_is_compared() {
        let text = "[office]\nphone = \"03-0000-0456\"\nmail_domains = [\"City.Example.lg.jp\"]\nhours = \"8:30-17:15\"\n";
        let site = settings(text).expect("sound").site();
        assert_eq!(
            (site.phone.as_str(), site.mail_domains),
            ("03-0000-0456", vec!["city.example.lg.jp".into()])
        );
        assert_eq!(Some(site.hours), OfficeHours::parse("8:30-17:15"));
    }

    #[test]
    fn faults_name_the_line_and_never_the_value() {
        for (text, line, kind) in [
            ("idle_minutes = 5\nidel = 3\n", 2, FaultKind::UnknownKey),
            ("idle_minutes = 0\n", 1, FaultKind::BadValue),
            ("idle_minutes = 61\n", 1, FaultKind::BadValue),
            ("\nlang = \"hanako\"\n", 2, FaultKind::BadValue),
            ("idle_minutes = \"hanako\"\n", 1, FaultKind::BadValue),
            ("[office]\nphone = \"hanako\"\n", 2, FaultKind::BadValue),
            ("[office]\nmail_domains = [\"a@hanako.jp\"]\n", 2, FaultKind::BadValue),
            ("[office]\nhours = \"17:15-8:30\"\n", 2, FaultKind::BadValue),
            ("a = = hanako\n", 1, FaultKind::Syntax),
            ("[courier.folder]\n", 1, FaultKind::MissingKey),
            ("[courier.folder]\ndrop = \"/d\"\nuser = \"hanako\"\n", 3, FaultKind::UnknownKey),
        ] {
            let fault = settings(text).expect_err(text);
            assert_eq!((fault.line, fault.kind), (line, kind), "{text}");
            assert!(!format!("{fault:?}").contains("hanako"));
        }
    }
}
