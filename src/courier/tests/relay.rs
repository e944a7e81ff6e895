//! Servers of the tests in Python: a relay that does as it is told, and one that is somebody else's.
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::{Value, json};

use super::super::*;
use super::bench::Bench;
use crate::domain::destination::{Channel, MailAddress};

pub const TO: &str = "kansen@city.example.lg.jp";
pub const FROM: &str = "hokenjo@pref.example.lg.jp";

/// Whether the tests that need somebody else's programs are left out on this machine. Says so.
pub fn are_left_out() -> bool {
    let left_out = variable("UKETSUKE_SKIP_JUDGES").is_some_and(|value| value == "1");
    if left_out {
        // Past the harness, which shows nothing of a test that passes.
        writeln!(std::io::stderr(), "not judged: UKETSUKE_SKIP_JUDGES=1").unwrap_or(());
    }
    left_out
}

#[expect(
    clippy::disallowed_methods,
    reason = "where scripts/test.sh has put the Python is no setting of ours"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn python(script: &str) -> Command {
    let python = variable("UKETSUKE_PYTHON").unwrap_or_else(|| "python3".to_owned());
    let mut command = Command::new(python);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/courier/tests").join(script));
    command
}

/// Certificates, made once for all tests of a run.
fn pki() -> &'static Path {
    static PKI: OnceLock<tempfile::TempDir> = OnceLock::new();
    let dir = PKI.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let made = python("pki.py").arg(dir.path()).output().expect("Python is there");
        assert!(
            made.status.success(),
            "Python lacks `cryptography` or `aiosmtpd`: python3 -m venv DIR && DIR/bin/pip install cryptography aiosmtpd, \
             then UKETSUKE_PYTHON=DIR/bin/python (scripts/test.sh does that), or set UKETSUKE_SKIP_JUDGES=1\n{}",
            String::from_utf8_lossy(&made.stderr)
        );
        dir
    });
    dir.path()
}

/// A server that listens on a port of this machine until it is dropped.
pub struct Server {
    child: Child,
    dir: tempfile::TempDir,
    pub port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// A relay that does as it is told.
    pub fn scripted() -> Self {
        Self::start("relay.py", &[])
    }

    /// `aiosmtpd`.
    pub fn judging(certificate: &str, kind: &str) -> Self {
        Self::start("judge.py", &[certificate, kind])
    }

    fn start(script: &str, arguments: &[&str]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        for file in fs::read_dir(pki()).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), dir.path().join(file.file_name())).unwrap();
        }
        fs::write(dir.path().join("plan.json"), b"{}").unwrap();
        let mut command = python(script);
        let mut child =
            command.arg(dir.path()).args(arguments).stdout(Stdio::piped()).spawn().expect("Python");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().parse().expect("a port: does the Python have aiosmtpd?");
        Self { child, dir, port }
    }

    pub fn plan(&self, plan: &Value) {
        fs::write(self.dir.path().join("plan.json"), plan.to_string()).unwrap();
        let _ = fs::remove_file(self.dir.path().join("log"));
        for accepted in self.files("accepted-") {
            fs::remove_file(accepted).unwrap();
        }
    }

    /// What was said, a line each.
    pub fn log(&self) -> String {
        fs::read_to_string(self.dir.path().join("log")).unwrap_or_default()
    }

    pub fn connections(&self) -> usize {
        self.log().lines().filter(|line| *line == "connect").count()
    }

    /// What a relay has taken, whatever it said then.
    pub fn accepted(&self) -> Vec<Vec<u8>> {
        self.files("accepted-").iter().map(|path| fs::read(path).unwrap()).collect()
    }

    pub fn judged(&self) -> Vec<Value> {
        let read = |path: &PathBuf| serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        self.files("mail-").iter().map(read).collect()
    }

    fn files(&self, prefix: &str) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> =
            fs::read_dir(self.dir.path()).unwrap().map(|file| file.unwrap().path()).collect();
        files.retain(|path| path.file_name().unwrap().to_str().unwrap().starts_with(prefix));
        files.sort();
        files
    }

    /// The carrier of a site that has this relay.
    pub fn carrier(&self, encryption: Encryption) -> MailCarrier {
        MailCarrier {
            relay: Relay {
                host: "localhost".parse().unwrap(),
                port: self.port,
                encryption,
                ca_file: self.dir.path().join("ca.pem"),
                helo: "pref.example.lg.jp".parse().unwrap(),
                timeout: Duration::from_millis(1500),
            },
            login: None,
            from: MailAddress::from_canonical(FROM).unwrap(),
            wording: Wording {
                office: "見本保健所".to_owned(),
                subject: "{office}からの文書 ({number})".parse().unwrap(),
                body: "暗号化した文書をお送りします ({number})。\n.\n{office}\n".parse().unwrap(),
            },
        }
    }

    pub fn password_file(&self, password: &str, mode: u32) -> PathBuf {
        use std::os::unix::fs::PermissionsExt as _;
        let path = self.dir.path().join("password");
        fs::write(&path, format!("{password}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        path
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// An order that goes by this carrier.
    pub fn bench(&self, carrier: MailCarrier) -> Bench {
        let mut bench = Bench::to(Channel::Mail, TO);
        bench.config.carriers.mail = Some(carrier);
        bench
    }
}

/// A plan in which one stage is answered otherwise.
pub fn but(stage: &str, action: &str) -> Value {
    json!({ "replies": { stage: action } })
}
