//! Who works in the made-up office, who lives around it, and the log that they write.
use chrono::{Days, NaiveDate, NaiveTime};

use super::misuse::Planted;
use crate::domain::chance::Chance;
use crate::domain::ids::{AccountId, DestinationId, PersonId, RecordId};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::office::audit::{Action, Outcome};
use crate::office::review::access::Access;
use crate::office::review::facts::{About, Facts, Worker, surname};

/// Syllables of surnames that nobody has; 900 of them, as unevenly spread as in Japan (a few that one in a hundred has).
const FRONT: [&str; 30] = [
    "仮", "見", "例", "試", "架", "空", "偽", "擬", "模", "虚", "想", "夢", "影", "幻", "霧", "霞", "朧",
    "泡", "雲", "鏡", "紙", "筆", "墨", "糸", "布", "箱", "鍵", "窓", "扉", "椅",
];
const BACK: [&str; 30] = [
    "野", "田", "山", "川", "本", "木", "原", "村", "井", "沢", "島", "崎", "口", "森", "林", "池", "橋",
    "谷", "岡", "浦", "坂", "塚", "宮", "関", "藤", "上", "下", "中", "内", "尾",
];
const GIVEN: [&str; 24] = [
    "一美", "花枝", "太郎", "次子", "三郎", "四子", "五郎", "六美", "七海", "八重", "九郎", "十和", "春",
    "夏子", "秋男", "冬美", "朝子", "昼夫", "夕子", "夜一", "東", "西子", "南", "北斗",
];

pub const STAFF: usize = 20;
pub const MONTH: (i32, u32) = (2026, 7);

/// One member of staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member(pub usize);

/// What the month was made of.
pub struct Office {
    pub facts: Facts,
    pub accesses: Vec<Access>,
    /// Every record with who took it in and when.
    pub records: Vec<(RecordId, Member, Timestamp)>,
    /// Who has worked on what.
    pub handled: std::collections::BTreeSet<(usize, RecordId)>,
}

pub fn section(member: Member) -> &'static str {
    match member.0 {
        0..=8 => "感染症対策係",
        9..=14 => "保健予防係",
        15..=17 => "健康危機管理係",
        _ => "企画調整係",
    }
}

/// Two supervisors look into the work of others; two people of the planning section enter nothing.
pub fn is_clerk(member: Member) -> bool {
    !matches!(member.0, 8 | 14 | 18 | 19)
}
pub fn is_supervisor(member: Member) -> bool {
    matches!(member.0, 8 | 14)
}

pub fn anybody(chance: &mut Chance) -> String {
    // Drawn from 1/(r + 30): the commonest is borne by about one in a hundred, as 佐藤 is.
    let total: f64 = (0..900).map(|rank| 1.0 / (f64::from(rank) + 30.0)).sum();
    let mut at = chance.below(1_000_000) as f64 / 1_000_000.0 * total;
    let rank = (0..900).find(|rank| {
        at -= 1.0 / (f64::from(*rank) + 30.0);
        at <= 0.0
    });
    let rank = usize::try_from(rank.unwrap_or(0)).unwrap();
    format!("{}{} {}", FRONT[rank / 30], BACK[rank % 30], chance.pick(&GIVEN))
}

pub fn account(member: Member) -> AccountId {
    AccountId::from_bytes([u8::try_from(member.0).unwrap() + 1; 16])
}
pub fn destination(number: usize) -> DestinationId {
    DestinationId::from_bytes([u8::try_from(number).unwrap() + 1; 16])
}

impl Office {
    pub fn staffed(chance: &mut Chance) -> Self {
        let mut facts = Facts::default();
        for member in (0..STAFF).map(Member) {
            let person = PersonId::from_bytes(*account(member).as_bytes());
            let worker = Worker { person, name: anybody(chance), section: section(member).into() };
            facts.staff.insert(account(member), worker);
        }
        facts.media.extend([destination(60), destination(61)]);
        let (records, handled) = (Vec::new(), std::collections::BTreeSet::new());
        Self { facts, accesses: Vec::new(), records, handled }
    }

    pub fn name(&self, member: Member) -> &str {
        &self.facts.staff[&account(member)].name
    }
    pub fn surname(&self, member: Member) -> String {
        surname(self.name(member)).unwrap()
    }

    /// A report about somebody arrives and is entered by a member of staff.
    pub fn record(&mut self, by: Member, at: Timestamp, name: String) -> RecordId {
        let number = u64::try_from(self.records.len()).unwrap() + 1;
        let mut bytes = [0xaa; 16];
        bytes[..8].copy_from_slice(&number.to_be_bytes());
        let id = RecordId::from_bytes(bytes);
        let about = About {
            name: Personal::new(name),
            reading: Personal::default(),
            birth_date: None,
            section: Some(section(by).into()),
        };
        self.facts.records.insert(id, about);
        self.records.push((id, by, at));
        self.handled.insert((by.0, id));
        id
    }

    /// Writes an event and says where it stands until all are numbered.
    pub fn note(
        &mut self,
        by: Member,
        at: Timestamp,
        action: Action,
        record: Option<RecordId>,
    ) -> &mut Access {
        let seq = u64::try_from(self.accesses.len()).unwrap();
        self.accesses.push(Access {
            seq,
            at,
            actor: Some(account(by)),
            action,
            outcome: Outcome::Done,
            reason: None,
            record,
            case: None,
            destination: None,
            version: None,
            term: None,
        });
        self.accesses.last_mut().unwrap()
    }

    pub fn work(&mut self, by: Member, at: Timestamp, action: Action, record: RecordId) -> &mut Access {
        self.handled.insert((by.0, record));
        self.note(by, at, action, Some(record))
    }

    pub fn search(&mut self, by: Member, at: Timestamp, term: &str) -> u64 {
        let access = self.note(by, at, Action::SearchRecords, None);
        access.term = Some(Personal::new(term.to_owned()));
        access.seq
    }

    pub fn is_in_month(&self, at: Timestamp) -> bool {
        use chrono::Datelike as _;
        let date = at.date_in_japan();
        (date.year(), date.month()) == MONTH
    }

    /// The log is in order of time; the planted ones go along.
    pub fn number_in_order(&mut self, planted: &mut [Planted]) {
        self.accesses.sort_by_key(|access| (access.at, access.seq));
        let mut numbers = std::collections::HashMap::new();
        for (number, access) in (1..).zip(&mut self.accesses) {
            numbers.insert(access.seq, number);
            access.seq = number;
        }
        for one in planted {
            one.seqs.iter_mut().for_each(|seq| *seq = numbers[seq]);
        }
    }
}

/// A moment of a day, with seconds that are not always zero.
pub fn moment(day: NaiveDate, minute: usize, chance: &mut Chance) -> Timestamp {
    let seconds = u32::try_from((minute * 60 + chance.below(60)).min(86_399)).unwrap();
    let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap();
    Timestamp::from_japan(day.and_time(time))
}

/// Every day from the middle of June to the end of July: what was worked on before explains calls in the month.
pub fn days() -> Vec<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(2026, 6, 10).unwrap();
    (0..52).map(|day| first + Days::new(day)).collect()
}

pub fn days_of_month() -> Vec<NaiveDate> {
    use chrono::Datelike as _;
    days().into_iter().filter(|day| (day.year(), day.month()) == MONTH).collect()
}

pub fn is_weekday(day: NaiveDate) -> bool {
    use chrono::Datelike as _;
    day.weekday().number_from_monday() <= 5
}
