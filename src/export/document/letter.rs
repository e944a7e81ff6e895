//! What is known about a paper beside the record: who sends it, to whom, under which numbers.
use chrono::NaiveDate;

use crate::japanese::era::EraDate;
use crate::text::papers;

/// One sending of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub to: Recipient,
    pub from: Office,
    /// Who answers questions about it.
    pub officer: String,
    /// The number of the record at the desk (`0226`).
    pub reference: String,
    /// The number of the sending, by which both sides speak of it on the telephone.
    pub control: String,
    pub sent_on: NaiveDate,
    pub cover: Option<Cover>,
}

/// An entry of the register of destinations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// `D012`
    pub code: String,
    pub organisation: String,
    /// In groups, as it is read aloud.
    pub address: String,
    /// What the machine knows it by (短縮番号); empty where it does not.
    pub short_dial: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    pub name: String,
    pub phone: String,
    pub fax: String,
}

/// The sheet that lies on top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// 送付状
    Letter,
    /// FAX送信票, sent by the program.
    Fax,
    /// FAX送信票 of a sheet that somebody puts into the machine: the number stands large on it.
    DialledByHand,
}

impl Letter {
    /// `令和8年7月14日`
    pub(super) fn date(&self) -> String {
        EraDate::from_date(self.sent_on).map_or_else(|| self.sent_on.to_string(), |date| date.to_string())
    }

    /// The foot of every page: what brings a lost sheet back to its pile.
    pub(super) fn footer(&self, form: &str) -> Vec<String> {
        let numbered = |label: &str, number: &str| match number {
            "" => String::new(),
            number => format!("{label} {number}"),
        };
        let names = [
            form.to_owned(),
            numbered(papers::REFERENCE.ja, &self.reference),
            numbered(papers::CONTROL.ja, &self.control),
        ];
        names.into_iter().filter(|name| !name.is_empty()).collect()
    }
}
