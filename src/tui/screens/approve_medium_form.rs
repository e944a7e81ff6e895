//! A supervisor lets a sending out of the house on a medium: why, and F12 signs.
use super::parts::{Item, Items};
use super::slip::{Answered, Filling, Slip, Unreadable, closed};
use crate::domain::ids::TransmissionId;
use crate::domain::sensitive::Personal;
use crate::office::ops::{self, ApproveMedium, TransmissionLine};
use crate::text::{Lang, Text, fill, media as say};
use crate::tui::widgets::text_field::Accept;
use chrono::NaiveDate;

const WHY: usize = 0;
const WHY_LENGTH: usize = 80;

/// See the module.
pub struct MediumApproval {
    transmission: TransmissionId,
    number: u32,
    /// What is signed for.
    goods: Vec<String>,
}

impl MediumApproval {
    pub fn of(line: &TransmissionLine, lang: Lang) -> Filling<Self> {
        let items = vec![Item::new(say::FIELD_WHY, Accept::Anything, WHY_LENGTH, 52)];
        let slip = Self { transmission: line.id, number: line.number, goods: goods(line, lang) };
        Filling::new(slip, items)
    }
}

/// Where it goes, whose it is, how many sheets, and who sends it; hidden from whoever could be asked to key it blind.
fn goods(line: &TransmissionLine, lang: Lang) -> Vec<String> {
    let (Some(to), Some(pages)) = (&line.destination, line.pages) else {
        return vec![say::APPROVE_HIDDEN.in_lang(lang).to_owned()];
    };
    let name = line.subject.as_ref().map_or("", |name| name.expose().as_str());
    let to = format!("{} {}", to.code, to.organisation);
    vec![
        fill(say::APPROVE_TO.in_lang(lang), &[&to]),
        fill(say::APPROVE_WHAT.in_lang(lang), &[&name, &pages, &line.author_number]),
    ]
}

impl Slip for MediumApproval {
    fn title(&self, lang: Lang) -> String {
        fill(say::APPROVE_TITLE.in_lang(lang), &[&format!("{:04}", self.number)])
    }

    fn act(&self) -> Text {
        say::KEY_APPROVE
    }

    fn above(&self, lang: Lang) -> Vec<String> {
        let note = say::APPROVE_NOTE.in_lang(lang).to_owned();
        self.goods.iter().cloned().chain([note]).collect()
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
