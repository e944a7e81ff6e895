//! The picker for what comes from a record.
use super::Picker;
use crate::domain::ids::RecordId;
use crate::domain::intake::Channel;
use crate::domain::link::{Link, Relation};
use crate::form::Head;
use crate::office::ComesFrom;
use crate::text::{Lang, entry as words};
use crate::tui::screens::entry::say;

/// The record from which another one is started.
#[derive(Clone, Debug)]
pub struct Origin {
    pub head: Head,
    pub who: ComesFrom,
}

/// What is to come from a record.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Anything,
    AnAnswer,
}

impl Origin {
    pub(super) fn link(&self, form: &Head) -> Link<RecordId> {
        let belongs = form.may_belong_to(&self.head);
        let relation = if belongs { Relation::Belongs } else { Relation::Became };
        Link { parent: self.who.record, relation }
    }
}

impl Picker {
    /// Among the forms of which a record can come from this one.
    pub fn from_record(self, origin: Origin) -> Self {
        let mut picker = Self { origin: Some(origin), ..self };
        // What an office notes about a case it mostly learns on the telephone.
        picker.intake.channel = Channel::Phone;
        picker.intake.pages = None;
        picker.search();
        picker
    }

    /// Among the forms that answer this record. Paper that comes back, not what is learned on the telephone.
    pub fn answering(self, origin: Origin) -> Self {
        let mut picker = Self { origin: Some(origin), wanted: Wanted::AnAnswer, ..self };
        picker.search();
        picker
    }

    /// Whose record gets one more, or that a new one begins.
    pub(super) fn title(&self, lang: Lang) -> String {
        match &self.origin {
            Some(origin) => {
                say::whose(&origin.who, words::ADD_TITLE.in_lang(lang), self.intake.received_at, lang)
            }
            None => words::NEW_REPORT.in_lang(lang).to_owned(),
        }
    }
}
