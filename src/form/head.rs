//! What a form is called, what it belongs to and when it is due.
use serde::Serialize;

use super::bilingual::Bilingual;
use super::version::FormVersion;

/// What a form is called and when it is due: enough to find and to list it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Head {
    pub id: String,
    pub version: FormVersion,
    pub released: bool,
    pub title: Bilingual,
    /// For lists, where the official title is long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short: Option<Bilingual>,
    /// The reading of the Japanese title in katakana.
    pub kana: String,
    /// Other names that people type (`o157`, `ehec`).
    pub aliases: Vec<String>,
    pub class: Class,
    /// Short number in lists (`031`).
    pub number: String,
    /// Number of the printed form (`3-3`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form_number: Option<String>,
    pub deadline: Deadline,
    /// What a record of this form may belong to; empty when it always stands alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub belongs_to: Vec<Parent>,
    /// It is the answer that the record waits for to which it belongs.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub answers: bool,
    /// The disease itself is named twice, the second time blind: a report of another disease is another report.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub second_entry: bool,
}

/// What a record may belong to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Parent {
    /// It may also stand alone: a letter arrives before there is a case, or in the midst of one.
    Nothing,
    /// Any report of a notifiable disease.
    AnyReport,
    /// A record of this form.
    Form(String),
}

impl Parent {
    /// How it is written in a form file.
    pub(super) const NOTHING: &'static str = "nothing";
    pub(super) const ANY_REPORT: &'static str = "report";

    pub fn admits(&self, head: &Head) -> bool {
        match self {
            Self::Nothing => false,
            Self::AnyReport => head.class.is_notifiable(),
            Self::Form(id) => *id == head.id,
        }
    }
}

impl Head {
    /// Whether a record of this form may belong to a record of that one.
    pub fn may_belong_to(&self, parent: &Self) -> bool {
        self.belongs_to.iter().any(|allowed| allowed.admits(parent))
    }

    /// Whether there may be a record of this form that belongs to no other.
    pub fn may_stand_alone(&self) -> bool {
        self.belongs_to.is_empty() || self.belongs_to.contains(&Parent::Nothing)
    }

    /// `ehec@1`
    pub fn id_and_version(&self) -> String {
        format!("{}@{}", self.id, self.version)
    }

    /// The title for lists and headings.
    pub fn short_title(&self) -> &Bilingual {
        self.short.as_ref().unwrap_or(&self.title)
    }
}

/// The class of the infectious diseases act, or a home-care referral.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    Class1,
    Class2,
    Class3,
    Class4,
    Class5,
    /// 新型インフルエンザ等感染症 (article 6, paragraph 7)
    PandemicInfluenza,
    /// 指定感染症 (article 6, paragraph 8)
    Designated,
    /// 新感染症 (article 6, paragraph 9)
    NewInfectiousDisease,
    HomeCare,
    /// What comes after a report: specimens, observation, contacts, placement.
    FollowUp,
}

impl Class {
    /// Whether the act wants it reported (article 12).
    pub const fn is_notifiable(self) -> bool {
        !matches!(self, Self::HomeCare | Self::FollowUp)
    }

    pub(super) const NAMES: [(&'static str, Self); 10] = [
        ("class1", Self::Class1),
        ("class2", Self::Class2),
        ("class3", Self::Class3),
        ("class4", Self::Class4),
        ("class5", Self::Class5),
        ("pandemic_influenza", Self::PandemicInfluenza),
        ("designated", Self::Designated),
        ("new_infectious_disease", Self::NewInfectiousDisease),
        ("home_care", Self::HomeCare),
        ("follow_up", Self::FollowUp),
    ];
}

/// How soon the report is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Deadline {
    /// No law and no agreement sets one.
    None,
    Immediately,
    /// Days after the date in the item `from`; the first day does not count (Civil Code, article 140).
    Days {
        days: u16,
        from: String,
    },
}
