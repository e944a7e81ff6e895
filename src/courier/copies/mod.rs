//! Copies of the log's checkpoints outside the house: by mail to supervisors, to the syslog of the machine.
//!
//! They are what makes a log that was put back to an older state show. Each checkpoint goes once to each place; after a crash rather
//! twice than never. The courier remembers what it has sent, so a log that became shorter is told of and not sent.
//! Nothing here touches orders: they are carried whatever becomes of copies.
mod memory;
mod syslog;

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::domain::codes::coded;
use crate::domain::destination::MailAddress;
use crate::domain::time::{Clock, Timestamp};
use crate::log::Note;
use crate::log::checkpoint::NOTE_MAX;
use crate::os::files::{self as os_files, Lock};

use super::carrier::{Handed, MailCarrier, MailedNote, NoteWords};
use super::files::{Unread, read_regular};
use super::obstacle::Obstacle;
use memory::{Memory, Sent};

const LOCK: &str = "checkpoints.lock";
/// Another courier that is at it will send it.
const LOCK_PATIENCE: Duration = Duration::from_secs(30);
/// A relay that is away is not called in every round.
const RELAY_PAUSE_S: i64 = 300;
/// What the relay refused, or perhaps took, is tried again seldom: nobody shall find a hundred mails in the morning.
const DOUBT_PAUSE_S: i64 = 3600;

/// Where copies go. Nowhere, until the settings say so.
#[derive(Clone, Debug, Default)]
pub struct Copies {
    /// The file in which the office hands the newest checkpoint over.
    pub note: PathBuf,
    pub mail: Option<MailCopies>,
    /// A datagram socket, as `/dev/log`.
    pub syslog: Option<PathBuf>,
}

/// Supervisors who get every checkpoint.
#[derive(Clone, Debug)]
pub struct MailCopies {
    pub carrier: MailCarrier,
    pub to: Vec<MailAddress>,
    pub words: NoteWords,
}

impl Copies {
    /// Whether a copy can leave at all.
    pub fn is_any(&self) -> bool {
        self.syslog.is_some() || self.mail.as_ref().is_some_and(|mail| !mail.to.is_empty())
    }
}

/// What a round did for one place outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyMade {
    pub to: Place,
    /// `None` when there is no note that could be read.
    pub size: Option<u64>,
    pub answer: CopyAnswer,
}

/// Somewhere outside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Syslog,
    Mail(MailAddress),
}

impl Place {
    /// For JSON and for the courier's memory.
    pub fn name(&self) -> String {
        match self {
            Self::Syslog => "syslog".to_owned(),
            Self::Mail(address) => format!("mail:{}", address.as_str()),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyAnswer {
    Sent,
    NotSent(CopyTrouble),
    Alarm(Alarm),
}

impl CopyAnswer {
    /// For JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::NotSent(_) => "not-sent",
            Self::Alarm(_) => "alarm",
        }
    }
    /// For JSON: why it was not sent.
    pub const fn reason(self) -> Option<&'static str> {
        match self {
            Self::Sent => None,
            Self::NotSent(CopyTrouble::Carrier(obstacle)) => Some(obstacle.code()),
            Self::NotSent(CopyTrouble::Here(trouble)) => Some(trouble.code()),
            Self::Alarm(alarm) => Some(alarm.code()),
        }
    }
}

/// Why a copy has not left. A later round tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyTrouble {
    Carrier(Obstacle),
    Here(Hindrance),
}

coded! {
    /// What lies in the way before any carrier is asked.
    pub enum Hindrance {
        /// It did not go the last time; the pause is not over.
        Waiting = "waiting",
        /// The relay may have taken it. It is mailed again later.
        Unclear = "unclear",
        SyslogUnavailable = "syslog-unavailable",
        /// What the office hands over is no note, or cannot be read.
        NoteUnreadable = "note-unreadable",
        /// The courier's memory of copies cannot be read or written.
        MemoryTrouble = "copies-memory",
    }
}

coded! {
    /// The log is not the one of which copies were sent.
    pub enum Alarm {
        /// The log is shorter than what was sent before: it was put back or cut.
        Shorter = "log-shorter",
        /// As long as what was sent before, with another root.
        OtherRoot = "log-replaced",
        OtherLog = "other-log",
    }
}

/// One round. Gives what was done, not what was done before; nothing when nothing is set or nothing is there yet.
pub fn send(copies: &Copies, state_dir: &Path, clock: &dyn Clock) -> Vec<CopyMade> {
    let places = places(copies);
    if places.is_empty() {
        return Vec::new();
    }
    let note = match read(&copies.note) {
        Ok(Some(note)) => note,
        Ok(None) => return Vec::new(),
        Err(trouble) => return everywhere(places, None, trouble),
    };
    let size = Some(note.checkpoint.size);
    let Some((_lock, memory)) = open(state_dir) else {
        return everywhere(places, size, Hindrance::MemoryTrouble);
    };
    let mut round = Round { copies, note, now: clock.now(), memory, relay_is_away: false };
    places.into_iter().filter_map(|to| round.one(&to).map(|answer| CopyMade { to, size, answer })).collect()
}

fn places(copies: &Copies) -> Vec<Place> {
    let syslog = copies.syslog.as_ref().map(|_| Place::Syslog);
    let mail = copies.mail.iter().flat_map(|mail| mail.to.iter().cloned().map(Place::Mail));
    syslog.into_iter().chain(mail).collect()
}

fn everywhere(places: Vec<Place>, size: Option<u64>, trouble: Hindrance) -> Vec<CopyMade> {
    let answer = CopyAnswer::NotSent(CopyTrouble::Here(trouble));
    places.into_iter().map(|to| CopyMade { to, size, answer }).collect()
}

/// `None` before the office has written any.
fn read(path: &Path) -> Result<Option<Note>, Hindrance> {
    let bytes = match read_regular(path, NOTE_MAX) {
        Ok(bytes) => bytes,
        Err(Unread::Missing) => return Ok(None),
        Err(_) => return Err(Hindrance::NoteUnreadable),
    };
    let note = String::from_utf8(bytes).ok().and_then(|text| Note::parse(&text));
    note.map(Some).ok_or(Hindrance::NoteUnreadable)
}

fn open(state_dir: &Path) -> Option<(Lock, Memory)> {
    os_files::make_private_dir(state_dir).ok()?;
    let lock = Lock::exclusive_within(&state_dir.join(LOCK), LOCK_PATIENCE).ok()?;
    let memory = Memory::open(state_dir)?;
    Some((lock, memory))
}

struct Round<'a> {
    copies: &'a Copies,
    note: Note,
    now: Timestamp,
    memory: Memory,
    /// All mails go through one relay: one call is enough to know.
    relay_is_away: bool,
}

impl Round<'_> {
    /// `None` when this place has it already.
    fn one(&mut self, to: &Place) -> Option<CopyAnswer> {
        let name = to.name();
        match self.memory.sent(&name) {
            Some(sent) if sent == Sent::of(&self.note) => return None,
            Some(sent) => {
                if let Some(alarm) = alarm(&sent, &Sent::of(&self.note)) {
                    return Some(CopyAnswer::Alarm(alarm));
                }
            }
            None => {}
        }
        if self.memory.pauses(&name, self.now) {
            return Some(not_sent(Hindrance::Waiting));
        }
        // Before it leaves: with a memory that cannot be written it would leave in every round.
        let hold_s = if matches!(to, Place::Mail(_)) { DOUBT_PAUSE_S } else { 0 };
        if self.memory.note_pause(&name, self.now.plus_seconds(hold_s)).is_err() {
            return Some(not_sent(Hindrance::MemoryTrouble));
        }
        let (answer, pause_s) = match to {
            Place::Syslog => (self.log(), 0),
            Place::Mail(address) => self.mail(address),
        };
        let noted = match answer {
            CopyAnswer::Sent => self.memory.note_sent(&name, Sent::of(&self.note)),
            _ => self.memory.note_pause(&name, self.now.plus_seconds(pause_s)),
        };
        // It has left; that it goes out again is the smaller evil, but somebody has to know.
        Some(noted.map_or(not_sent(Hindrance::MemoryTrouble), |()| answer))
    }

    fn log(&self) -> CopyAnswer {
        let Some(socket) = &self.copies.syslog else { return not_sent(Hindrance::SyslogUnavailable) };
        match syslog::write(socket, &self.note.checkpoint, self.now) {
            Ok(()) => CopyAnswer::Sent,
            Err(_) => not_sent(Hindrance::SyslogUnavailable),
        }
    }

    fn mail(&mut self, to: &MailAddress) -> (CopyAnswer, i64) {
        let away = Obstacle::RelayUnreachable;
        let Some(mail) = self.copies.mail.as_ref().filter(|_| !self.relay_is_away) else {
            return (refused(away), RELAY_PAUSE_S);
        };
        let mailed = MailedNote { note: &self.note, words: &mail.words, at: self.now };
        match mail.carrier.mail_note(to, &mailed) {
            Handed::Sent(_) => (CopyAnswer::Sent, 0),
            Handed::NotNow(obstacle) => {
                self.relay_is_away = true;
                (refused(obstacle), RELAY_PAUSE_S)
            }
            Handed::Refused(obstacle) => (refused(obstacle), DOUBT_PAUSE_S),
            Handed::Unclear | Handed::ToAPerson | Handed::UnderWay => {
                (not_sent(Hindrance::Unclear), DOUBT_PAUSE_S)
            }
        }
    }
}

const fn refused(obstacle: Obstacle) -> CopyAnswer {
    CopyAnswer::NotSent(CopyTrouble::Carrier(obstacle))
}

const fn not_sent(trouble: Hindrance) -> CopyAnswer {
    CopyAnswer::NotSent(CopyTrouble::Here(trouble))
}

fn alarm(before: &Sent, now: &Sent) -> Option<Alarm> {
    if before.origin != now.origin {
        return Some(Alarm::OtherLog);
    }
    match now.size.cmp(&before.size) {
        std::cmp::Ordering::Less => Some(Alarm::Shorter),
        std::cmp::Ordering::Equal => Some(Alarm::OtherRoot),
        std::cmp::Ordering::Greater => None,
    }
}
