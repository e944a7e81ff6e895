//! A place where real work is done with the built program, with words in it that must stay inside.
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use data_encoding::BASE32_NOPAD;
use serde_json::Value;
use tempfile::TempDir;
use uketsuke::domain::sensitive::Secret;
use uketsuke::domain::time::Clock as _;
use uketsuke::form::{Catalog, shipped_sources};
use uketsuke::office::{Credentials, Office, Origin, Session, SignedIn, Surroundings, TokenOffer};
use uketsuke::os::clock::SystemClock;
use uketsuke::os::entropy::KernelEntropy;

use crate::cli::Run;

pub const OFFICE_NAME: &str = "架空もれ見本保健所";
/// Each works at most once in half a minute, because a code is for one use.
pub const NUMBERS: [&str; 27] = [
    "2001", "2002", "2003", "2004", "2005", "2006", "1001", "1002", "1003", "1004", "1005", "1006", "1007",
    "1008", "1009", "1010", "1011", "1012", "1013", "1014", "1015", "1016", "1017", "1018", "1019", "1020",
    "1021",
];

/// `home/` and `tmp/` are searched afterwards; `papers/` holds what people bring along.
pub struct Works {
    dir: TempDir,
    /// What `init` printed: to be written down on paper.
    pub made: Value,
}

impl Works {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        for name in ["tmp", "papers", "drop"] {
            std::fs::create_dir(dir.path().join(name)).expect("made");
        }
        let mut plan = format!("office = \"{OFFICE_NAME}\"\n");
        for number in NUMBERS {
            let roles = if number.starts_with('2') {
                "\"supervisor\", \"administrator\""
            } else {
                "\"clerk\", \"confirmer\""
            };
            plan += &format!(
                "[[staff]]\nnumber = \"{number}\"\nname = \"{}\"\nsection = \"架空もれ係\"\nroles = [{roles}]\n\
                 password = \"{}\"\ntotp = \"{}\"\n",
                staff_name(number),
                password(number),
                token(number)
            );
        }
        let mut works = Self { dir, made: Value::Null };
        let plan = works.write("plan.toml", &plan);
        let run = works.run(&["init", "--plan", &plan, "--json"]);
        assert_eq!(run.status, 0, "{}", run.err);
        works.made = run.json();
        works
    }

    pub fn root(&self) -> &Path {
        self.dir.path()
    }
    pub fn home(&self) -> PathBuf {
        self.dir.path().join("home")
    }
    pub fn temporary(&self) -> PathBuf {
        self.dir.path().join("tmp")
    }
    pub fn drop_folder(&self) -> PathBuf {
        self.dir.path().join("drop")
    }

    /// A private file among the papers.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.dir.path().join("papers").join(name);
        std::fs::write(&path, text).expect("written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).expect("its owner");
        path.to_str().expect("UTF-8").to_owned()
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_on(Path::new("/dev/null"), arguments)
    }
    /// With a file as standard input.
    pub fn run_on(&self, input: &Path, arguments: &[&str]) -> Run {
        let input = std::fs::File::open(input).expect("it is there");
        let mut command = Command::new(env!("CARGO_BIN_EXE_uketsuke"));
        command.env_clear().env("TMPDIR", self.temporary()).current_dir(self.temporary());
        command.arg("--home").arg(self.home()).args(arguments).stdin(Stdio::from(input));
        command.output().expect("it starts").into()
    }
    pub fn run_as(&self, number: &str, arguments: &[&str]) -> Run {
        self.run(&[&["--sign-in", &self.sign_in_file(number)], arguments].concat())
    }
    pub fn sign_in_file(&self, number: &str) -> String {
        let text = format!(
            "user = \"{number}\"\npassword = \"{}\"\ncode = \"{}\"\n",
            password(number),
            code(number)
        );
        self.write(&format!("sign-in-{number}.toml"), text)
    }

    /// The same data directory without the program, for what the command line has no word for.
    pub fn sign_in(&self, number: &str) -> Session {
        let surroundings = Surroundings {
            clock: Arc::new(SystemClock),
            entropy: Arc::new(|| Box::new(KernelEntropy)),
            origin: Origin { os_user: 1000, login_user: 1000, terminal: "T09".into(), peer: String::new() },
            gazetteer: Arc::new(uketsuke::japanese::gazetteer::Gazetteer::default),
            site: uketsuke::office::Site::default(),
            forms: Arc::new(|| Catalog::load(shipped_sources()).catalog),
        };
        let credentials = Credentials {
            number: number.into(),
            password: Secret::new(password(number)),
            code: Secret::new(code(number)),
        };
        match Office::new(&self.home(), surroundings).sign_in(&credentials) {
            Ok(SignedIn::In(session)) => *session,
            Ok(SignedIn::MustEnrol(_)) => panic!("{number} has to enrol"),
            Err(reason) => panic!("{number}: {reason:?}"),
        }
    }
}

pub fn password(number: &str) -> String {
    format!("kasa-ga-nai-{number}-nureru")
}

pub fn staff_name(number: &str) -> String {
    format!("例田 職子{number}")
}

/// A token that depends on the number alone.
pub fn token(number: &str) -> String {
    let mut bytes = [0xA7; 20];
    bytes[..number.len()].copy_from_slice(number.as_bytes());
    BASE32_NOPAD.encode(&bytes)
}

fn code(number: &str) -> String {
    TokenOffer::code_of(&Secret::new(token(number)), SystemClock.now()).expect("sound").expose().to_owned()
}
