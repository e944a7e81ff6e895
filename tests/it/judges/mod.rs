//! Other people's programs that judge ours: oathtool, age, readers of PDF, TIFF and ZIP, Python with SQLCipher and Pillow.
//!
//! A judge that is missing fails the test with the name of the package: a test that passes because nobody looked is no
//! test. `UKETSUKE_SKIP_JUDGES=1` leaves them out on machines where nothing can be installed.
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

pub const OATHTOOL: Judge = Judge { program: "oathtool", package: "oathtool" };
pub const AGE: Judge = Judge { program: "age", package: "age" };
pub const AGE_KEYGEN: Judge = Judge { program: "age-keygen", package: "age" };
pub const QPDF: Judge = Judge { program: "qpdf", package: "qpdf" };
pub const PDFFONTS: Judge = Judge { program: "pdffonts", package: "poppler-utils" };
pub const PDFINFO: Judge = Judge { program: "pdfinfo", package: "poppler-utils" };
pub const PDFTOTEXT: Judge = Judge { program: "pdftotext", package: "poppler-utils" };
pub const PDFTOPPM: Judge = Judge { program: "pdftoppm", package: "poppler-utils" };
pub const TIFFINFO: Judge = Judge { program: "tiffinfo", package: "libtiff-tools" };
pub const SEVEN_ZIP: Judge = Judge { program: "7zz", package: "7zip" };
/// The vault key, sealed to the staff and to the recovery envelope.
pub const VAULT: &str = "gen-000001/vault.age";
/// The first key of the seal, sealed to the auditor's envelope.
pub const ESCROW: &str = "gen-000001/escrow/k0-1.age";
const PYTHON: &str = "UKETSUKE_PYTHON";
const SKIP: &str = "UKETSUKE_SKIP_JUDGES";

/// A program and the Debian package that it comes in.
pub struct Judge {
    program: &'static str,
    package: &'static str,
}

impl Judge {
    /// Runs it; what it needs to read comes on its standard input.
    pub fn run(&self, arguments: &[&str], input: &[u8]) -> Output {
        run(Command::new(self.program).args(arguments), input).unwrap_or_else(|error| {
            panic!(
                "{} cannot be started ({error}): install the package `{}` (apt-get install {}), or set {SKIP}=1",
                self.program, self.package, self.package
            )
        })
    }

    /// The same for one that must succeed; its standard output.
    #[track_caller]
    pub fn output(&self, arguments: &[&str], input: &[u8]) -> Vec<u8> {
        let output = self.run(arguments, input);
        assert!(output.status.success(), "{}: {}", self.program, String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    #[track_caller]
    pub fn text(&self, arguments: &[&str]) -> String {
        String::from_utf8(self.output(arguments, b"")).expect("ASCII").trim().to_owned()
    }
}

/// Whether the judges are left out on this machine. Says so.
pub fn are_left_out() -> bool {
    let left_out = variable(SKIP).is_some_and(|value| value == "1");
    if left_out {
        // Past the harness, which shows nothing of a test that passes.
        writeln!(std::io::stderr(), "not judged: {SKIP}=1").unwrap_or(());
    }
    left_out
}

/// The program as it is shipped when `scripts/test.sh` has built it, else the one of this build.
pub fn program() -> PathBuf {
    variable("UKETSUKE_RELEASE_BINARY").map_or_else(|| env!("CARGO_BIN_EXE_uketsuke").into(), PathBuf::from)
}

/// The code of a token at a time, as a phone shows it.
pub fn code_at(base32: &str, unix_seconds: i64) -> String {
    OATHTOOL.text(&["--totp", "-b", "-N", &format!("@{unix_seconds}"), base32])
}

/// What `age` opens with an identity. `None` when it refuses.
pub fn opened(identity: &str, package: &[u8]) -> Option<Vec<u8>> {
    let dir = tempfile::tempdir().expect("a directory");
    let key = dir.path().join("key");
    std::fs::write(&key, format!("{identity}\n")).expect("room");
    let output = AGE.run(&["--decrypt", "--identity", key.to_str().expect("ASCII")], package);
    output.status.success().then_some(output.stdout)
}

/// Runs a script of this folder with the Python that has the modules of the judges; its standard output.
#[track_caller]
pub fn python(script: &str, arguments: &[&str]) -> String {
    let python = variable(PYTHON).unwrap_or_else(|| "python3".to_owned());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/judges").join(script);
    let install = format!(
        "{python} lacks a module: python3 -m venv DIR && DIR/bin/pip install sqlcipher3-wheels cryptography pillow, \
         then {PYTHON}=DIR/bin/python (scripts/test.sh does that), or set {SKIP}=1"
    );
    let modules = run(Command::new(&python).args(["-c", "import sqlcipher3, cryptography, PIL"]), b"");
    assert!(modules.is_ok_and(|output| output.status.success()), "{install}");
    let output =
        run(Command::new(&python).arg(path).args(arguments), b"").expect("it was there a moment ago");
    assert!(output.status.success(), "{script}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A script of this folder that stays and answers line by line.
pub fn spawn(script: &str, arguments: &[&str]) -> Child {
    let python = variable(PYTHON).unwrap_or_else(|| "python3".to_owned());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/judges").join(script);
    let mut command = Command::new(python);
    command.arg(path).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
    command.spawn().expect("python3 starts")
}

/// What the verifier in Python says about the log of an installation, with the keys of two envelopes.
#[track_caller]
pub fn verify_log(home: &Path, recovery: &str, auditor: Option<&str>) -> serde_json::Value {
    let dir = tempfile::tempdir().expect("a directory");
    let opened_to = |name: &str, identity: &str, sealed: &str| {
        let sealed = std::fs::read(home.join(sealed)).expect("it is there");
        let path = dir.path().join(name);
        std::fs::write(&path, opened(identity, &sealed).expect("the right key")).expect("room");
        path.to_str().expect("ASCII").to_owned()
    };
    let vault_key = opened_to("vault-key", recovery, VAULT);
    let seal_key = auditor.map(|identity| opened_to("k0", identity, ESCROW));
    let mut arguments = vec![home.to_str().expect("ASCII"), &vault_key];
    arguments.extend(seal_key.as_deref());
    serde_json::from_str(&python("verify_log.py", &arguments)).expect("JSON")
}

fn run(command: &mut Command, input: &[u8]) -> std::io::Result<Output> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    // A program may answer before it has read everything, or not read at all.
    let writer = std::thread::spawn(move || stdin.write_all(&input).is_ok());
    let output = child.wait_with_output();
    writer.join().expect("it does not panic");
    output
}

#[expect(clippy::disallowed_methods, reason = "where the judges are depends on the machine")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
