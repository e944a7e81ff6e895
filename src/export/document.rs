//! A paper as it leaves: pages of placed text and rules, in millimetres on A4. No bytes of any format yet.
//!
//! The terminal shows [`Document::preview`], the recipient gets the same pages: both come from the same placed lines.
mod accesses;
mod cover;
mod flow;
mod letter;
mod report;
mod sheet;
mod slip;
mod wrap;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::RenditionError;
use super::face::{self, Settable};
use crate::domain::sensitive::Personal;
use crate::form::{Complete, Form};
use crate::japanese::screen::display_width;
use crate::text::{form as words, papers};

pub use accesses::{AccessList, AccessRow};
pub use letter::{Cover, Letter, Office, Recipient};
use sheet::Sheet;
pub use slip::SlipPaper;

/// Width and height of A4 in millimetres.
pub const PAPER: (f32, f32) = (210.0, 297.0);
/// Nothing stands nearer to the edge; fax machines cut off more than printers do.
pub const MARGIN: f32 = 20.0;
/// Columns of a line on the terminal.
pub const PREVIEW_COLUMNS: u16 = 78;

/// Pages ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What the form is called: nothing personal.
    title: String,
    /// `ehec-v1`: file names say no more.
    stem: String,
    made_on: NaiveDate,
    pages: Vec<Page>,
    count: u16,
    /// A rare character is as good as a name.
    missing: Personal<BTreeSet<char>>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    pub runs: Vec<Run>,
    pub rules: Vec<Rule>,
}

/// One line of text, from left to right.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pub x: f32,
    pub baseline: f32,
    /// Of a full-width character.
    pub size: f32,
    pub text: Personal<String>,
    /// Where it begins on the terminal.
    column: u16,
}

impl Run {
    /// Where the text ends.
    pub fn right(&self) -> f32 {
        let halves = self.text.expose().chars().map(face::halves).fold(0, u16::saturating_add);
        self.x + f32::from(halves) * self.size / 2.0
    }
}

/// A black rectangle, in most cases a thin one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

impl Document {
    /// The report, with a cover sheet when the letter has one. Items in `left_out` do not appear, nor do their labels.
    pub fn of_record(
        form: &Form,
        record: &Complete,
        outgoing: &Letter,
        left_out: &BTreeSet<String>,
    ) -> Result<Self, RenditionError> {
        if record.form() != (form.head.id.as_str(), form.head.version) {
            return Err(RenditionError::OtherForm);
        }
        let mut case = Case::default();
        let title = report::title(form);
        let report = report::set(form, record, outgoing, left_out, &mut case);
        let sheets = cover::set(outgoing, &title, report, &mut case);
        let stem = format!("{}-v{}", form.head.id, form.head.version);
        let names = outgoing.footer(&form.head.id_and_version());
        Self::finish(&title, stem, (&names, outgoing.sent_on), sheets, case)
    }

    /// One sheet without anything personal, to find out who answers at an address.
    pub fn test_page(letter: &Letter) -> Result<Self, RenditionError> {
        let mut case = Case::default();
        let sheets = cover::set_test(letter, &mut case);
        let foot = (&*letter.footer(""), letter.sent_on);
        Self::finish(papers::TEST_TITLE.ja, "test".to_owned(), foot, sheets, case)
    }

    /// Who had to do with the records of a person.
    pub fn of_accesses(list: &AccessList) -> Result<Self, RenditionError> {
        let mut case = Case::default();
        let sheets = accesses::set(list, &mut case);
        let foot = (&*accesses::foot(list), list.made_on);
        Self::finish(papers::ACCESSES_TITLE.ja, "accesses".to_owned(), foot, sheets, case)
    }

    fn finish(
        title: &str,
        stem: String,
        (foot, made_on): (&[String], NaiveDate),
        sheets: Vec<Sheet>,
        mut case: Case,
    ) -> Result<Self, RenditionError> {
        let names: Vec<String> = foot.iter().map(|name| case.set("", name)).collect();
        Self::of_sheets(title, stem, made_on, &names, sheets, case)
    }

    /// Sheets with their foot.
    fn of_sheets(
        title: &str,
        stem: String,
        made_on: NaiveDate,
        names: &[String],
        sheets: Vec<Sheet>,
        case: Case,
    ) -> Result<Self, RenditionError> {
        let count = u16::try_from(sheets.len()).map_err(|_| RenditionError::TooLong)?;
        let pages = (1..=count).zip(sheets).map(|(number, sheet)| {
            let place = format!("{} {number}/{count}", words::PAGE.ja);
            sheet.with_footer(names, &place)
        });
        Ok(Self {
            title: face::settable(title).text,
            stem,
            made_on,
            pages: pages.collect(),
            count,
            missing: Personal::new(case.missing),
        })
    }

    pub fn title(&self) -> &str {
        &self.title
    }
    /// The name of a file of it, without the suffix of its format.
    pub fn stem(&self) -> &str {
        &self.stem
    }
    pub fn made_on(&self) -> NaiveDate {
        self.made_on
    }
    pub fn sheets(&self) -> &[Page] {
        &self.pages
    }
    pub fn pages(&self) -> u16 {
        self.count
    }

    /// Characters that the typeface lacks: a geta stands for each, and the last page says which they are.
    pub fn missing(&self) -> &BTreeSet<char> {
        self.missing.expose()
    }

    /// The same pages as lines of at most [`PREVIEW_COLUMNS`] columns; a double line stands after each page.
    pub fn preview(&self) -> Personal<Vec<String>> {
        let end = "=".repeat(PREVIEW_COLUMNS.into());
        Personal::new(
            self.pages.iter().flat_map(|page| page.preview().into_iter().chain([end.clone()])).collect(),
        )
    }
}

impl Page {
    fn preview(&self) -> Vec<String> {
        /// Baselines further apart than this many sizes of the text have an empty line between them.
        const GAP: f32 = 2.4;
        /// Baselines nearer than this are one.
        const SAME: f32 = 0.1;
        let mut runs: Vec<&Run> = self.runs.iter().collect();
        let line = |run: &Run| (run.baseline / SAME).round();
        runs.sort_by(|a, b| line(a).total_cmp(&line(b)).then(a.column.cmp(&b.column)));
        let mut lines: Vec<String> = Vec::new();
        let mut last: Option<&Run> = None;
        for run in runs {
            let down = last.map_or(f32::INFINITY, |last| run.baseline - last.baseline);
            if down > GAP * run.size && last.is_some() {
                lines.push(String::new());
            }
            if down > SAME {
                lines.push(String::new());
            }
            last = Some(run);
            let Some(line) = lines.last_mut() else { continue };
            let missing = usize::from(run.column).saturating_sub(display_width(line));
            line.extend(std::iter::repeat_n(' ', missing));
            line.push_str(run.text.expose());
        }
        lines
    }
}

/// What the letters are taken from: keeps account of those that it lacks.
#[derive(Default)]
struct Case {
    missing: BTreeSet<char>,
    /// Where something was replaced and what, in the order of the paper.
    notes: Vec<(String, Vec<char>)>,
}

impl Case {
    /// Text that can be set, of a value or a line that is called `label`.
    fn set(&mut self, label: &str, text: &str) -> String {
        let Settable { text, missing } = face::settable(text);
        if !missing.is_empty() {
            self.missing.extend(&missing);
            self.notes.push((face::settable(label).text, missing));
        }
        text
    }

    /// The lines that say what each geta stands for.
    fn take_notes(&mut self) -> Vec<String> {
        let notes = std::mem::take(&mut self.notes);
        let lines = notes.into_iter().map(|(label, missing)| {
            let codes: Vec<String> =
                missing.iter().map(|c| format!("{} = U+{:04X}", face::GETA, u32::from(*c))).collect();
            format!("{label}: {}", codes.join(", "))
        });
        let mut lines: Vec<String> = lines.collect();
        if !lines.is_empty() {
            lines.insert(0, crate::text::fill(papers::NOT_IN_TYPEFACE.ja, &[&face::GETA]));
        }
        lines
    }
}

#[cfg(test)]
mod tests;
