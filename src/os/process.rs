//! Running a program of somebody else: no shell, no environment but the given one, bounded in time and output.
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use rustix::process::{Pid, Signal, kill_process_group};
use rustix::time::{ClockId, clock_gettime};

const PIECE: usize = 64 * 1024;
/// How often a program that says nothing is looked at.
const PAUSE: Duration = Duration::from_millis(5);

/// A program and what it is given.
pub struct Run<'a> {
    /// An absolute path; nothing is searched for.
    pub program: &'a Path,
    pub arguments: &'a [String],
    /// The whole environment.
    pub environment: &'a [(String, String)],
    /// For its standard input, through a pipe.
    pub input: &'a [u8],
    pub timeout: Duration,
    /// More output than this is not kept.
    pub output_max: usize,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    NotStarted(io::ErrorKind),
    /// It has ended by itself, or by somebody else's signal (`code` is `None` then).
    Exited {
        code: Option<i32>,
        output: Vec<u8>,
        output_cut: bool,
        input_taken: usize,
    },
    /// It did not end in time and was killed with everything that it had started.
    TimedOut,
}

/// The file that a name stands for in a list of directories; an absolute path stands for itself.
pub fn find(name: &str, path: &[PathBuf]) -> Option<PathBuf> {
    if name.starts_with('/') {
        return is_program(Path::new(name)).then(|| PathBuf::from(name));
    }
    let is_plain = !name.is_empty() && !name.contains('/');
    let mut candidates = path.iter().filter(|dir| is_plain && dir.is_absolute()).map(|dir| dir.join(name));
    candidates.find(|candidate| is_program(candidate))
}

fn is_program(path: &Path) -> bool {
    const ANY_EXECUTE: u32 = 0o111;
    std::fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & ANY_EXECUTE != 0)
}

/// Runs the program to its end, or to ours.
pub fn run(run: &Run<'_>) -> Ended {
    let spawned = Command::new(run.program)
        .args(run.arguments)
        .env_clear()
        .envs(run.environment.iter().map(|(name, value)| (name, value)))
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) => return Ended::NotStarted(error.kind()),
    };
    let ended = converse(&mut child, run);
    if ended == Ended::TimedOut {
        kill_all(&child);
    }
    // It has ended, or has been killed: no zombie is left.
    let _ = child.wait();
    ended
}

/// One thread, no waiting in a pipe: whatever the program holds open, the time ends for it.
fn converse(child: &mut Child, run: &Run<'_>) -> Ended {
    let (mut stdin, mut stdout) = (child.stdin.take(), child.stdout.take());
    let ready = stdin.as_ref().is_some_and(not_waiting) && stdout.as_ref().is_some_and(not_waiting);
    if !ready {
        return Ended::TimedOut;
    }
    let (mut taken, mut heard) = (0, Heard { kept: Vec::new(), cut: false });
    let begun = now();
    loop {
        let wrote = feed(&mut stdin, run.input, &mut taken);
        let read = stdout.as_mut().is_some_and(|pipe| heard.listen(pipe, run.output_max));
        match child.try_wait() {
            Ok(Some(status)) => {
                // What it said last is in the pipe still.
                while stdout.as_mut().is_some_and(|pipe| !heard.cut && heard.listen(pipe, run.output_max)) {}
                let Heard { kept, cut } = heard;
                return Ended::Exited {
                    code: status.code(),
                    output: kept,
                    output_cut: cut,
                    input_taken: taken,
                };
            }
            Ok(None) => {}
            Err(_) => return Ended::TimedOut,
        }
        if now().saturating_sub(begun) >= run.timeout {
            return Ended::TimedOut;
        }
        if !wrote && !read {
            std::thread::sleep(PAUSE);
        }
    }
}

struct Heard {
    kept: Vec<u8>,
    cut: bool,
}

impl Heard {
    /// Whether anything came.
    fn listen(&mut self, pipe: &mut impl Read, limit: usize) -> bool {
        let mut piece = [0; 4096];
        let Ok(count @ 1..) = pipe.read(&mut piece) else { return false };
        let room = limit.saturating_sub(self.kept.len());
        self.cut |= count > room;
        self.kept.extend(piece.iter().take(count.min(room)));
        true
    }
}

/// Whether anything went. The pipe is closed when everything has gone, or when nobody reads it.
fn feed(pipe: &mut Option<impl Write>, input: &[u8], taken: &mut usize) -> bool {
    let Some(open) = pipe else { return false };
    let rest = input.get(*taken..).unwrap_or_default();
    let piece = rest.get(..PIECE.min(rest.len())).unwrap_or_default();
    if piece.is_empty() {
        *pipe = None;
        return false;
    }
    match open.write(piece) {
        Ok(count) => {
            *taken = taken.saturating_add(count);
            count > 0
        }
        Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => false,
        Err(_) => {
            *pipe = None;
            false
        }
    }
}

fn not_waiting(pipe: &impl AsFd) -> bool {
    fcntl_getfl(pipe).and_then(|flags| fcntl_setfl(pipe, flags | OFlags::NONBLOCK)).is_ok()
}

fn kill_all(child: &Child) {
    let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    if let Some(group) = group {
        // It may have ended in this moment.
        let _ = kill_process_group(group, Signal::KILL);
    }
}

fn now() -> Duration {
    let time = clock_gettime(ClockId::Boottime);
    let (seconds, nanos) = (u64::try_from(time.tv_sec), u32::try_from(time.tv_nsec));
    Duration::new(seconds.unwrap_or_default(), nanos.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, input: &[u8], timeout_ms: u64) -> Ended {
        run(&Run {
            program: Path::new("/bin/sh"),
            arguments: &["-c".to_owned(), script.to_owned()],
            environment: &[("GREETING".to_owned(), "hello".to_owned())],
            input,
            timeout: Duration::from_millis(timeout_ms),
            output_max: 1000,
        })
    }

    fn exited(code: i32, output: &[u8], input_taken: usize) -> Ended {
        Ended::Exited { code: Some(code), output: output.to_vec(), output_cut: false, input_taken }
    }

    #[test]
    fn pipes_environment_and_exit() {
        assert_eq!(shell("cat", b"pages", 5000), exited(0, b"pages", 5));
        assert_eq!(shell("exit 3", b"", 5000), exited(3, b"", 0));
        assert_eq!(shell("echo $GREETING $HOME; pwd", b"", 5000), exited(0, b"hello\n/\n", 0));
        let large = vec![b'x'; 1 << 20];
        assert_eq!(shell("wc -c", &large, 5000), exited(0, b"1048576\n", 1 << 20));
        let Ended::Exited { code: Some(0), input_taken, .. } = shell("exec <&-; exit 0", &large, 5000) else {
            panic!("it ended by itself")
        };
        assert!(input_taken < large.len());
        assert!(matches!(shell("kill -9 $$", b"", 5000), Ended::Exited { code: None, .. }));
    }

    #[test]
    fn neither_silence_nor_noise_lasts() {
        assert_eq!(shell("sleep 60", b"", 100), Ended::TimedOut);
        assert_eq!(shell("while :; do echo noise; done", b"", 100), Ended::TimedOut);
        let Ended::Exited { output, output_cut: true, .. } = shell("head -c 100000 /dev/zero", b"", 5000)
        else {
            panic!("too much")
        };
        assert_eq!(output.len(), 1000);
        // A child that keeps the pipes open after its parent has ended holds nobody up.
        assert_eq!(shell("sleep 60 & echo done", b"", 5000), exited(0, b"done\n", 0));
    }

    #[test]
    fn what_it_started_dies_with_it() {
        let dir = tempfile::tempdir().unwrap();
        let mark = dir.path().join("mark");
        let script = format!("(sleep 0.5; touch {}) & sleep 60", mark.display());
        assert_eq!(shell(&script, b"", 100), Ended::TimedOut);
        std::thread::sleep(Duration::from_millis(800));
        assert!(!mark.exists());
    }

    #[test]
    fn programs_are_found_where_the_settings_say() {
        let dir = tempfile::tempdir().unwrap();
        let program = dir.path().join("sendfax");
        std::fs::write(&program, "#!/bin/sh\n").unwrap();
        let path = [PathBuf::from("relative"), dir.path().to_owned()];
        assert_eq!(find("sendfax", &path), None, "not executable");
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(find("sendfax", &path), Some(program.clone()));
        assert_eq!(find(program.to_str().unwrap(), &[]), Some(program));
        for bad in ["", "./sendfax", "x/../sendfax", "faxstat", "/nowhere"] {
            assert_eq!(find(bad, &path), None, "{bad}");
        }
    }
}
