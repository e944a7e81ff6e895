//! A supervisor lets a sending out of the house on a medium: why, and F12 signs.
use super::parts::{Item, Items};
use super::slip::{Answered, Filling, Slip, Unreadable, closed};
use crate::domain::ids::TransmissionId;
use crate::domain::sensitive::Personal;
use crate::office::ops::{self, ApproveMedium};
use crate::text::{Lang, Text, fill, media as say};
use crate::tui::widgets::text_field::Accept;
use chrono::NaiveDate;

const WHY: usize = 0;
const WHY_LENGTH: usize = 80;

/// See the module.
pub struct MediumApproval {
    transmission: TransmissionId,
    number: u32,
}

impl MediumApproval {
    pub fn of(transmission: TransmissionId, number: u32) -> Filling<Self> {
        let items = vec![Item::new(say::FIELD_WHY, Accept::Anything, WHY_LENGTH, 52)];
        Filling::new(Self { transmission, number }, items)
    }
}

impl Slip for MediumApproval {
    fn title(&self, lang: Lang) -> String {
        fill(say::APPROVE_TITLE.in_lang(lang), &[&format!("{:04}", self.number)])
    }

    fn act(&self) -> Text {
        say::KEY_APPROVE
    }

    fn above(&self, lang: Lang) -> Vec<String> {
        vec![say::APPROVE_NOTE.in_lang(lang).to_owned()]
    }

    fn operation(&self, items: &Items, _today: NaiveDate) -> Result<ops::Request, Unreadable> {
        let reason = Personal::new(items.text(WHY));
        Ok(ApproveMedium { transmission: self.transmission, reason }.into())
    }

    fn answered(&self, reply: ops::Reply, _lang: Lang) -> Option<Answered> {
        let ops::Reply::ApproveMedium(result) = reply else { return None };
        closed(result)
    }
}
