//! The fax server of Debian itself, without a modem: what is submitted lies in its queue as it should.
use std::fs;
use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command as Program, Stdio};
use std::time::Duration;

use super::super::*;
use super::bench::*;
use super::foreign::command;
use super::relay::are_left_out;
use crate::domain::destination::Channel;
use crate::order::Report;

/// A spool of its own, and the two servers on it.
struct HylaFax {
    servers: Vec<Child>,
    dir: tempfile::TempDir,
    port: u16,
}

impl Drop for HylaFax {
    fn drop(&mut self) {
        for server in &mut self.servers {
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

fn run(program: &str, arguments: &[&str]) {
    let status = Program::new(program).args(arguments).status();
    assert!(status.is_ok_and(|status| status.success()), "{program} {arguments:?}");
}

impl HylaFax {
    const SPOOL: &'static str = "/var/spool/hylafax";

    /// `None` where there is none, or where only an administrator could start it: the stand-in remains.
    fn start() -> Option<Self> {
        let there = Path::new(Self::SPOOL).exists() && Path::new("/usr/bin/sendfax").exists();
        if !there || !rustix::process::geteuid().is_root() {
            let why = "not judged: no HylaFAX here, or nobody who could start it";
            writeln!(std::io::stderr(), "{why}").unwrap_or(());
            return None;
        }
        let dir = tempfile::tempdir().unwrap();
        // It gives up being an administrator, and has to come in still.
        run("chmod", &["755", dir.path().to_str().unwrap()]);
        let spool = dir.path().join("spool");
        let spool = spool.to_str().unwrap();
        run("cp", &["-a", Self::SPOOL, spool]);
        run("cp", &["-a", "/etc/hylafax/.", &format!("{spool}/etc/")]);
        for queue in ["sendq", "doneq", "docq"] {
            run("find", &[&format!("{spool}/{queue}"), "-type", "f", "-delete"]);
        }
        fs::write(format!("{spool}/etc/hosts.hfaxd"), "127.0.0.1\nlocalhost\n^uketsuke@:1001\n").unwrap();
        run("chown", &["-R", "uucp:uucp", spool]);
        run("chmod", &["600", &format!("{spool}/etc/hosts.hfaxd")]);
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let serve = |program: &str, arguments: &[&str]| {
            let mut command = Program::new(program);
            let command = command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
            command.spawn().expect("it is installed")
        };
        let queue = serve("/usr/sbin/faxq", &["-D", "-q", spool]);
        let server =
            serve("/usr/sbin/hfaxd", &["-d", "-q", spool, "-l", "127.0.0.1", "-i", &port.to_string()]);
        let started = Self { servers: vec![queue, server], dir, port };
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(started)
    }

    fn spool(&self) -> PathBuf {
        self.dir.path().join("spool")
    }

    /// The settings of a site: the same programs and arguments as the product's own.
    fn carrier(&self, port: u16) -> FaxCarrier {
        let home = self.dir.path().join(format!("home-{port}"));
        fs::create_dir_all(&home).unwrap();
        let format = "uketsuke|%J|%j|%a|%p|%y|%t|%v|||%s";
        fs::write(home.join(".hylarc"), format!("Host: 127.0.0.1\nPort: {port}\nJobFmt: \"{format}\"\n"))
            .unwrap();
        FaxCarrier {
            submit: command(&["sendfax", "-n", "-m", "-i", "{tag}", "-d", "{number}"]),
            status: command(&["faxstat", "-s", "-d"]),
            surroundings: Surroundings {
                path: vec!["/usr/bin".into(), "/bin".into(), "/usr/sbin".into()],
                environment: vec![
                    ("HOME".into(), home.to_str().unwrap().into()),
                    ("FAXUSER".into(), "uketsuke".into()),
                ],
                timeout: Duration::from_secs(20),
            },
        }
    }

    /// Job files of a queue.
    fn jobs(&self, queue: &str) -> Vec<PathBuf> {
        let files = fs::read_dir(self.spool().join(queue)).unwrap().map(|file| file.unwrap().path());
        files.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with('q')).collect()
    }

    /// As if a modem had ended the one job so.
    fn end(&self, state: &str, pages: &str, answered: &str, status: &str) {
        let [job] = self.jobs("sendq").try_into().expect("one job");
        let text = fs::read_to_string(&job).unwrap();
        let lines = text.lines().map(|line| match line.split_once(':') {
            Some(("state", _)) => format!("state:{state}"),
            Some(("npages", _)) => format!("npages:{pages}"),
            Some(("totpages", _)) => "totpages:1".to_owned(),
            Some(("tottries", _)) => format!("tottries:{answered}"),
            Some(("totdials", _)) => "totdials:3".to_owned(),
            Some(("status", _)) => format!("status:{status}"),
            _ => line.to_owned(),
        });
        let text: Vec<String> = lines.collect();
        let done = self.spool().join("doneq").join(job.file_name().unwrap());
        fs::write(&job, text.join("\n") + "\n").unwrap();
        fs::rename(job, done).unwrap();
    }
}

/// One white page of the size that a fax has, as the server takes it: TIFF, one strip, uncompressed.
fn tiff() -> Vec<u8> {
    const WIDTH: u32 = 1728;
    const HEIGHT: u32 = 100;
    let size = WIDTH / 8 * HEIGHT;
    let entries: [(u16, u16, u32); 11] = [
        (256, 4, WIDTH),
        (257, 4, HEIGHT),
        (258, 3, 1),
        (259, 3, 1),
        (262, 3, 0),
        (273, 4, 8),
        (277, 3, 1),
        (278, 4, HEIGHT),
        (279, 4, size),
        (282, 5, 8 + size),
        (283, 5, 16 + size),
    ];
    let mut bytes = b"II*\0".to_vec();
    bytes.extend((24 + size).to_le_bytes());
    bytes.extend(vec![0; usize::try_from(size).unwrap()]);
    for (dots, per) in [(204u32, 1u32), (196, 1)] {
        bytes.extend(dots.to_le_bytes());
        bytes.extend(per.to_le_bytes());
    }
    bytes.extend(11u16.to_le_bytes());
    for (tag, kind, value) in entries {
        bytes.extend(tag.to_le_bytes());
        bytes.extend(kind.to_le_bytes());
        bytes.extend(1u32.to_le_bytes());
        bytes.extend(value.to_le_bytes());
    }
    bytes.extend(0u32.to_le_bytes());
    bytes
}

#[test]
fn the_fax_server_of_debian() {
    if are_left_out() {
        return;
    }
    let Some(server) = HylaFax::start() else { return };
    let pages = tiff();
    for (state, count, answered, status, answer, reason) in [
        ("7", "1", "1", "", "sent", ""),
        ("8", "0", "0", "Busy signal detected; too many attempts to dial", "failed", "fax-busy"),
        ("8", "0", "1", "Busy signal detected; too many attempts to dial", "uncertain", ""),
        ("8", "0", "1", "No response to EOP repeated 3 tries", "uncertain", ""),
    ] {
        for queue in ["sendq", "doneq"] {
            for job in server.jobs(queue) {
                fs::remove_file(job).unwrap();
            }
        }
        let mut bench = Bench::to_paper(Channel::Fax, &pages);
        bench.config.carriers.fax = Some(server.carrier(server.port));
        assert_eq!(bench.run_one(), ("under-way".into(), String::new()));
        let [job] = server.jobs("sendq").try_into().expect("one job");
        let text = fs::read_to_string(job).unwrap();
        for line in [format!("number:{FAX}"), format!("jobtag:{}", bench.id()), "owner:uketsuke".to_owned()] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        let document = text.lines().find_map(|line| line.rsplit_once("docq/")).expect("a document").1;
        assert_eq!(fs::read(server.spool().join("docq").join(document)).unwrap(), pages, "byte for byte");
        assert_eq!(bench.run_one().0, "under-way", "there is no modem");
        assert_eq!(server.jobs("sendq").len(), 1, "asked for, not submitted again");
        server.end(state, count, answered, status);
        assert_eq!(bench.run_one(), (answer.to_owned(), reason.to_owned()), "{status}");
        let told = Report { pages: (answer == "sent").then_some(1), ..Report::default() };
        assert_eq!(bench.receipt().report, told);
    }
    // A server that does not answer has heard nothing.
    let mut bench = Bench::to_paper(Channel::Fax, &pages);
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    bench.config.carriers.fax = Some(server.carrier(free));
    assert_eq!(bench.run_one(), ("deferred".into(), "fax-unavailable".into()));
}
