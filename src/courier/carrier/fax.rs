//! Fax through the programs of a fax server (HylaFAX): one submits pages, one tells the state of the jobs.
//!
//! The server dials, waits and dials again by itself; this carrier submits a job once in its life. The job carries the
//! number of the transmission as its tag. Before anything is submitted the server is asked for that tag: one that
//! does not answer has heard nothing, one that knows the tag is not told again.
use crate::domain::destination::{Address, FaxNumber};
use crate::domain::digest::Digest;
use crate::domain::ids::TransmissionId;
use crate::order::{RemoteId, Report};
use crate::os::process::Ended;

use super::super::obstacle::Obstacle;
use super::command::{Command, Foreign, Surroundings};
use super::{Carrier, Content, Handed, Parcel, Standing};

/// Faxes pages.
#[derive(Clone, Debug)]
pub struct FaxCarrier {
    /// Takes the pages from its standard input.
    pub submit: Command,
    /// Prints one line per job, see [`Job`].
    pub status: Command,
    pub surroundings: Surroundings,
}

impl Carrier for FaxCarrier {
    fn hand_over(&self, parcel: &Parcel<'_>) -> Handed {
        let (Address::Fax(number), Content::Pages(bytes)) = (parcel.address, parcel.content) else {
            return Handed::Refused(Obstacle::OtherPages);
        };
        match self.ask(parcel.transmission, number) {
            Known::Unreachable => return Handed::NotNow(Obstacle::FaxUnavailable),
            Known::Unreadable => return Handed::Unclear,
            Known::Job(handed) => return handed,
            Known::NoSuchJob => {}
        }
        match self.submitting().run(parcel.transmission, Some(number), bytes) {
            Ended::NotStarted(_) => Handed::NotNow(Obstacle::FaxUnavailable),
            Ended::Exited { code: Some(0), input_taken, .. } if input_taken == bytes.len() => {
                Handed::UnderWay
            }
            // It says no, or nothing. The job may have been made all the same; if the server shows it, it goes on.
            Ended::Exited { .. } | Ended::TimedOut => match self.ask(parcel.transmission, number) {
                Known::Job(handed) => handed,
                Known::Unreachable | Known::Unreadable | Known::NoSuchJob => Handed::Unclear,
            },
        }
    }

    fn follow_up(&self, parcel: &Parcel<'_>) -> Handed {
        let Address::Fax(number) = parcel.address else { return Handed::Unclear };
        match self.ask(parcel.transmission, number) {
            Known::Job(handed) => handed,
            // A server that is being restarted is asked again.
            Known::Unreachable => Handed::UnderWay,
            Known::Unreadable | Known::NoSuchJob => Handed::Unclear,
        }
    }

    /// The tag stands for exactly these pages: only a verified order ever submits under it.
    fn standing(&self, address: &Address, id: TransmissionId, _artefact: Digest) -> Standing {
        let Address::Fax(number) = address else { return Standing::Unknown };
        match self.ask(id, number) {
            Known::Job(Handed::Sent(_)) => Standing::Delivered,
            // It dials; closed now, nobody would hear what becomes of it.
            Known::Job(Handed::UnderWay) => Standing::UnderWay,
            // A server that does not answer may never answer again.
            Known::Unreachable | Known::Unreadable | Known::NoSuchJob | Known::Job(_) => Standing::Unknown,
        }
    }
}

/// What the server knows of a tag.
enum Known {
    /// It does not answer.
    Unreachable,
    /// It answers something that cannot be believed.
    Unreadable,
    NoSuchJob,
    Job(Handed),
}

impl FaxCarrier {
    pub const fn submitting(&self) -> Foreign<'_> {
        Foreign { command: &self.submit, surroundings: &self.surroundings }
    }
    pub const fn asking(&self) -> Foreign<'_> {
        Foreign { command: &self.status, surroundings: &self.surroundings }
    }

    fn ask(&self, tag: TransmissionId, number: &FaxNumber) -> Known {
        let output = match self.asking().run(tag, None, b"") {
            Ended::Exited { code: Some(0), output, output_cut: false, .. } => output,
            Ended::Exited { output_cut: true, .. } => return Known::Unreadable,
            Ended::NotStarted(_) | Ended::Exited { .. } | Ended::TimedOut => return Known::Unreachable,
        };
        // `faxstat` ends well also when it reaches nobody; whoever has reached the server has something to say of it.
        if output.is_empty() {
            return Known::Unreachable;
        }
        let Ok(text) = std::str::from_utf8(&output) else { return Known::Unreadable };
        let tag = tag.to_string();
        let mut jobs = text.lines().filter_map(|line| job_line(line, &tag));
        match (jobs.next(), jobs.next()) {
            (None, _) => Known::NoSuchJob,
            (Some(Some(job)), None) => Known::Job(job.verdict(number)),
            // Two jobs under one tag, or a line that is cut off.
            (Some(_), _) => Known::Unreadable,
        }
    }
}

/// A line of the status: `uketsuke|tag|job|state|pages|total|answered|dialled|remote|seconds|why`. Other lines are headings.
///
/// The states are the letters of HylaFAX: T P S B W R while it works, D done, F failed. `answered`, `remote` and `seconds` may
/// be empty.
struct Job<'a> {
    state: &'a str,
    pages: u32,
    total: u32,
    /// Calls that a machine took, of all calls for this job.
    answered: Option<u32>,
    dialled: &'a str,
    remote: Option<RemoteId>,
    duration_s: Option<u32>,
    why: &'a str,
}

/// `None` when the line is about another job, `Some(None)` when it is about ours and not as it should be.
fn job_line<'a>(line: &'a str, tag: &str) -> Option<Option<Job<'a>>> {
    const FIELDS: usize = 11;
    let fields: Vec<&str> = line.splitn(FIELDS, '|').map(str::trim).collect();
    let ["uketsuke", found, rest @ ..] = fields.as_slice() else { return None };
    (*found == tag).then(|| Job::read(rest))
}

impl<'a> Job<'a> {
    fn read(fields: &[&'a str]) -> Option<Self> {
        let [id, state, pages, total, answered, dialled, remote, duration, why] = fields else { return None };
        count(id)?;
        Some(Self {
            state,
            pages: count(pages)?,
            total: count(total)?,
            answered: count_if_said(answered)?,
            dialled,
            // Another machine may call itself anything; what is no number is left out.
            remote: RemoteId::parse(remote),
            duration_s: count_if_said(duration)?,
            why,
        })
    }

    fn verdict(self, number: &FaxNumber) -> Handed {
        let dialled: String = self.dialled.chars().filter(char::is_ascii_digit).collect();
        if dialled != number.as_str() {
            // Somebody has altered the job in the server.
            return Handed::Unclear;
        }
        match self.state {
            "T" | "P" | "S" | "B" | "W" | "R" => Handed::UnderWay,
            "D" if self.pages > 0 && self.pages == self.total => Handed::Sent(Report {
                remote: self.remote,
                pages: Some(self.pages),
                duration_s: self.duration_s,
            }),
            // The reason is that of the last call only. One before it may have broken off in the middle of a page, which is
            // not counted among the pages and lies over there all the same.
            "F" if self.pages == 0 && self.answered == Some(0) => {
                why_failed(self.why).map_or(Handed::Unclear, Handed::Refused)
            }
            // Some pages have come out over there.
            _ => Handed::Unclear,
        }
    }
}

fn count(text: &str) -> Option<u32> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

/// `Some(None)` for nothing, `None` for what is no number.
fn count_if_said(text: &str) -> Option<Option<u32>> {
    if text.is_empty() { Some(None) } else { count(text).map(Some) }
}

/// Only reasons that say that no call came to the point of pages; with any other a page may lie over there unconfirmed.
fn why_failed(why: &str) -> Option<Obstacle> {
    const REASONS: [(&str, Obstacle); 9] = [
        ("Busy signal detected", Obstacle::FaxBusy),
        ("No answer from remote", Obstacle::FaxNoAnswer),
        ("Ringback detected, no answer without CED", Obstacle::FaxNoAnswer),
        ("No carrier detected", Obstacle::FaxNoConnection),
        ("No local dialtone", Obstacle::FaxNoConnection),
        ("Invalid dialing command", Obstacle::FaxNoConnection),
        ("Converted document is not valid TIFF", Obstacle::FaxUnreadable),
        ("Document conversion failed", Obstacle::FaxUnreadable),
        ("Can not open document file", Obstacle::FaxUnreadable),
    ];
    REASONS.iter().find(|(text, _)| why.contains(text)).map(|(_, obstacle)| *obstacle)
}
