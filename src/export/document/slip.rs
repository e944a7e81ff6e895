//! The slip of the access log (利用記録の控え): size and root for people, the whole note for a camera, lines to sign.
use chrono::Timelike as _;
use qrcode::{Color, EcLevel, QrCode};

use super::flow::Flow;
use super::sheet::{Align, BODY, COVER, COVER_TITLE, TITLE};
use super::{Case, Document, RenditionError};
use crate::domain::time::Timestamp;
use crate::japanese::era::{EraDate, weekday_kanji};
use crate::log::{Checkpoint, checkpoint, slip};
use crate::text::papers;

/// So many groups fit a line that people copy without losing their place.
const GROUPS_PER_LINE: usize = 7;
/// Millimetres of one square of the code: large enough for an old telephone and for a copy of a copy.
const MODULE: f32 = 1.0;

/// What stands on the paper.
#[derive(Clone, Debug)]
pub struct SlipPaper<'a> {
    pub office: &'a str,
    pub printed_at: Timestamp,
    pub checkpoint: Checkpoint,
    /// The signed note. The paper of set-up has none: its code holds size and groups.
    pub note: Option<String>,
}

impl Document {
    /// One page for the papers of the day.
    pub fn slip(paper: &SlipPaper<'_>) -> Result<Self, RenditionError> {
        let mut case = Case::default();
        let code = squares(&paper.code()).ok_or(RenditionError::Format)?;
        let point = &paper.checkpoint;
        let mut flow = Flow::new();
        flow.paragraph(Align::Centre, COVER_TITLE, papers::SLIP_TITLE.ja);
        flow.space(4.0);
        flow.field(papers::SLIP_OFFICE.ja, &case.set(papers::SLIP_OFFICE.ja, paper.office), TITLE);
        flow.field(papers::SLIP_PRINTED.ja, &moment(paper.printed_at), COVER);
        flow.field(papers::SLIP_ORIGIN.ja, &checkpoint::origin(&point.log_id), COVER);
        flow.field(papers::SLIP_SIZE.ja, &point.size.to_string(), TITLE);
        flow.space(2.0);
        let groups = slip::groups(point);
        let lines: Vec<String> = groups.chunks(GROUPS_PER_LINE).map(|line| line.join("  ")).collect();
        let mut root = vec![(BODY, papers::SLIP_ROOT.ja)];
        root.extend(lines.iter().map(|line| (COVER_TITLE, line.as_str())));
        flow.framed(&root);
        flow.code(&code, MODULE);
        if paper.note.is_none() {
            flow.paragraph(Align::Left, BODY, papers::SLIP_FIRST.ja);
        }
        for line in [papers::SLIP_USE_1, papers::SLIP_USE_2, papers::SLIP_USE_3] {
            flow.paragraph(Align::Left, BODY, line.ja);
        }
        flow.signing(&[papers::SLIP_TAKEN_BY.ja, papers::SLIP_FILED_BY.ja]);
        for note in case.take_notes() {
            flow.note(&note);
        }
        Self::of_sheets(
            papers::SLIP_TITLE.ja,
            "slip".to_owned(),
            paper.printed_at.date_in_japan(),
            &[papers::SLIP_TITLE.ja.to_owned(), point.size.to_string()],
            flow.finish(),
            case,
        )
    }
}

impl SlipPaper<'_> {
    /// What a camera reads: what `audit verify --checkpoint` takes.
    fn code(&self) -> String {
        let groups = || slip::groups(&self.checkpoint).join(" ");
        self.note.clone().unwrap_or_else(|| format!("{} {}\n", self.checkpoint.size, groups()))
    }
}

/// Rows of squares, true for dark. The middle level stands a fold or a stamp.
fn squares(text: &str) -> Option<Vec<Vec<bool>>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let dark: Vec<bool> = code.to_colors().into_iter().map(|colour| colour == Color::Dark).collect();
    Some(dark.chunks(width).map(<[bool]>::to_vec).collect())
}

/// `令和8年7月14日(火) 9時31分  2026-07-14 09:31`
fn moment(at: Timestamp) -> String {
    let (local, date) = (at.in_japan(), at.date_in_japan());
    let era = EraDate::from_date(date).map_or_else(|| date.to_string(), |era| era.to_string());
    let western = local.format("%Y-%m-%d %H:%M");
    format!("{era}({}) {}時{:02}分  {western}", weekday_kanji(date), local.hour(), local.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    const POINT: Checkpoint = Checkpoint { log_id: [7; 16], size: 1042, root: [0xa5; 32] };

    fn paper() -> SlipPaper<'static> {
        SlipPaper {
            office: "見本保健所",
            printed_at: Timestamp::from_seconds(1_783_989_060),
            checkpoint: POINT,
            note: Some(POINT.note(&[1; 32], |_| [0x5a; 64]).to_string()),
        }
    }

    /// Reads the page as a camera does: the colour in the middle of each square, its rim included.
    fn seen(document: &Document, side: usize) -> Vec<Vec<bool>> {
        const RIM: usize = 4;
        let [page] = document.sheets() else { panic!("{} pages", document.pages()) };
        let is_square = |rule: &&super::super::Rule| (rule.height - MODULE).abs() < 0.01;
        let code: Vec<_> = page.rules.iter().filter(is_square).collect();
        let left = code.iter().map(|rule| rule.x).fold(f32::INFINITY, f32::min);
        let top = code.iter().map(|rule| rule.y).fold(f32::INFINITY, f32::min);
        let middle = |start: f32, at: usize| {
            start
                + (f32::from(u16::try_from(at).unwrap()) - f32::from(u16::try_from(RIM).unwrap()) + 0.5)
                    * MODULE
        };
        let dark_at = |x: f32, y: f32| {
            page.rules.iter().any(|rule| {
                (rule.x..rule.x + rule.width).contains(&x) && (rule.y..rule.y + rule.height).contains(&y)
            })
        };
        let row = |y| (0..side + 2 * RIM).map(|x| dark_at(middle(left, x), middle(top, y))).collect();
        let rows: Vec<Vec<bool>> = (0..side + 2 * RIM).map(row).collect();
        let rim = |at: usize| at < RIM || at >= side + RIM;
        for (y, row) in rows.iter().enumerate() {
            for (x, dark) in row.iter().enumerate() {
                assert!(!(*dark && (rim(x) || rim(y))), "the rim is light: {x},{y}");
            }
        }
        rows[RIM..side + RIM].iter().map(|row| row[RIM..side + RIM].to_vec()).collect()
    }

    #[test]
    fn the_code_on_the_paper_is_what_the_encoder_made() {
        let paper = paper();
        let note = paper.note.clone().unwrap();
        let truth = QrCode::with_error_correction_level(&note, EcLevel::M).unwrap();
        let side = truth.width();
        let seen = seen(&Document::slip(&paper).unwrap(), side);
        for (y, row) in seen.iter().enumerate() {
            for (x, dark) in row.iter().enumerate() {
                assert_eq!(*dark, truth[(x, y)] == Color::Dark, "{x},{y}");
            }
        }
    }

    #[test]
    fn what_people_copy_is_what_the_verifier_takes() {
        let document = Document::slip(&paper()).unwrap();
        let text = document.preview().expose().join("\n");
        assert!(text.contains("令和8年7月14日(火) 9時31分  2026-07-14 09:31"), "{text}");
        let groups = slip::groups(&POINT);
        for line in groups.chunks(GROUPS_PER_LINE) {
            assert!(text.contains(&line.join("  ")), "{text}");
        }
        assert!(text.contains("1042") && text.contains("見本保健所") && document.missing().is_empty());
        let first = SlipPaper { note: None, checkpoint: Checkpoint { size: 1, ..POINT }, ..paper() };
        let read = slip::read_list(&POINT.log_id, &first.code()).unwrap();
        assert_eq!(read.iter().map(|paper| (paper.size, paper.root)).collect::<Vec<_>>(), [(1, POINT.root)]);
        assert!(Document::slip(&first).unwrap().preview().expose().join("").contains(papers::SLIP_FIRST.ja));
        let read = slip::read_list(&POINT.log_id, &paper().code()).unwrap();
        assert_eq!(read[0].log_id, Some(POINT.log_id));
    }
}
