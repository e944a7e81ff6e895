//! A paper for somebody who asks who had to do with their records.
use super::super::audit::{Action, RefKey};
use super::super::log_words;
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, PrintAccesses as Permit};
use super::super::reason::Reason;
use super::super::store::meta::Fact;
use super::super::store::{self, Tx};
use super::show_accesses::{AccessLine, Accesses, Why, noted, read};
use crate::domain::case_number::CaseNumber;
use crate::domain::digest::Digest;
use crate::domain::ids::RecordId;
use crate::domain::sensitive::Personal;
use crate::export::RenditionError;
use crate::export::document::{AccessList, AccessRow, Document};
use crate::export::pdf;
use crate::text::{Lang, fill, papers};

/// Makes the paper of [`super::ShowAccesses`]. That it was made is on record before anybody has it.
#[derive(Clone, Copy, Debug)]
pub struct PrintAccesses {
    pub record: RecordId,
}

/// The paper, once to be printed and once to be read on the terminal.
pub struct AccessPaper {
    pub pdf: Personal<Vec<u8>>,
    pub pages: u16,
    /// The same pages as lines.
    pub text: Personal<String>,
    pub lines: usize,
}

impl sealed::Sealed for PrintAccesses {}
impl Operation for PrintAccesses {
    type Needs = Permit;
    type Outcome = AccessPaper;
    const ACTION: Action = Action::PrintAccesses;

    fn target(&self) -> RecordId {
        self.record
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(tx.record_or_discarded(self.record)?.map(|_| ()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<AccessPaper>, Reason> {
        let accesses = read(tx, permit.target(), desk)?;
        let document = Document::of_accesses(&list(tx, &accesses, desk)?).map_err(refused)?;
        let rendition = pdf::render(&document).map_err(refused)?;
        let digest = Digest::of(&rendition.bytes);
        let paper = AccessPaper {
            pages: rendition.pages,
            pdf: Personal::new(rendition.bytes),
            text: Personal::new(document.preview().expose().join("\n")),
            lines: accesses.lines.len(),
        };
        Ok(noted(Acted::done(paper), &accesses).with_ref(RefKey::Paper, digest.as_bytes()))
    }
}

/// Words for what the log says. Whose records they are is not repeated: whoever asks knows.
fn list(tx: &Tx<'_>, accesses: &Accesses, desk: &Desk<'_>) -> Result<AccessList, Reason> {
    let mut records = Vec::new();
    for record in &accesses.records {
        let row = tx.record_or_discarded(record.id)?.ok_or(Reason::NoSuchThing)?;
        records.push(CaseNumber { year: row.year, number: row.number }.to_string());
    }
    let unread = accesses.unread;
    Ok(AccessList {
        office: String::from_utf8(tx.fact(Fact::OfficeName)?).map_err(|_| Reason::Damaged)?,
        made_on: desk.now.date_in_japan(),
        records,
        period: accesses.period,
        events: accesses.events,
        people: accesses.people,
        unread: [unread.damaged, unread.erased, unread.missing],
        rows: accesses.lines.iter().map(row).collect(),
    })
}

fn row(line: &AccessLine) -> AccessRow {
    let who = [&line.number, &line.name, &line.section].map(String::as_str);
    let who: Vec<&str> = who.into_iter().filter(|part| !part.is_empty()).collect();
    AccessRow {
        at: line.at,
        who: who.join(" "),
        terminal: line.terminal.clone(),
        what: format!(
            "{} ({})",
            log_words::action(line.action).ja,
            log_words::outcome(line.outcome).ja.trim_start_matches('!')
        ),
        why: why_words(line.why, Lang::Ja),
    }
}

/// What the log says about the purpose, in words.
pub fn why_words(why: Why, lang: Lang) -> String {
    match why {
        Why::Work => papers::WHY_ITSELF.in_lang(lang).to_owned(),
        Why::SameDay(action) => {
            fill(papers::WHY_SAME_DAY.in_lang(lang), &[&log_words::action(action).in_lang(lang)])
        }
        Why::NotSaid => papers::WHY_NOT_SAID.in_lang(lang).to_owned(),
    }
}

fn refused(error: RenditionError) -> Reason {
    match error {
        RenditionError::TooLong => Reason::ContentTooLarge,
        RenditionError::OtherForm | RenditionError::Format | RenditionError::Password => Reason::Impossible,
    }
}
