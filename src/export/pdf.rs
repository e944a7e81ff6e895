//! A document as PDF/A-2u: the typeface inside, the text as text, the same bytes for the same document.
use chrono::Datelike as _;
use krilla::SerializeSettings;
use krilla::color::luma;
use krilla::configure::ConfigurationBuilder;
use krilla::configure::validate::Archival;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::document::{Document, PAPER, Page, Run};
use super::{Rendition, RenditionError, face};

pub(super) const MEDIA_TYPE: &str = "application/pdf";
const POINTS_PER_MM: f32 = 72.0 / 25.4;
/// Japan is nine hours ahead.
const OFFSET_H: i8 = 9;

pub fn render(document: &Document) -> Result<Rendition, RenditionError> {
    let font = Font::new(face::BYTES.into(), 0).ok_or(RenditionError::Format)?;
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_U)
        .finish()
        .map_err(|_| RenditionError::Format)?;
    let mut pdf =
        krilla::Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    pdf.set_metadata(metadata(document));
    for page in document.sheets() {
        let size = PageSettings::from_wh(points(PAPER.0), points(PAPER.1)).ok_or(RenditionError::Format)?;
        let mut sheet = pdf.start_page_with(size);
        let mut surface = sheet.surface();
        surface.set_fill(Some(black()));
        draw(&mut surface, page, &font);
        surface.finish();
        sheet.finish();
    }
    // What the library says about it may quote the text.
    let bytes = pdf.finish().map_err(|_| RenditionError::Format)?;
    Ok(Rendition {
        media_type: MEDIA_TYPE,
        file_name: format!("{}.pdf", document.stem()),
        bytes,
        pages: document.pages(),
    })
}

/// The day stands in the letter; the hour is nobody's business, and no clock is asked.
fn metadata(document: &Document) -> Metadata {
    let day = document.made_on();
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let made = DateTime::new(u16::try_from(day.year()).unwrap_or(0))
        .month(part(day.month()))
        .day(part(day.day()))
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(OFFSET_H);
    Metadata::new().title(document.title().to_owned()).language("ja".to_owned()).creation_date(made)
}

fn draw(surface: &mut Surface<'_>, page: &Page, font: &Font) {
    for rule in &page.rules {
        let edges = [rule.x, rule.y, rule.width, rule.height].map(points);
        let [x, y, width, height] = edges;
        let mut path = PathBuilder::new();
        Rect::from_xywh(x, y, width, height).into_iter().for_each(|rect| path.push_rect(rect));
        if let Some(path) = path.finish() {
            surface.draw_path(&path);
        }
    }
    for run in &page.runs {
        let start = Point::from_xy(points(run.x), points(run.baseline));
        surface.draw_glyphs(start, &glyphs(run), font.clone(), run.text.expose(), points(run.size), false);
    }
}

/// Every glyph with the character that it stands for, so that the text can be searched and read aloud.
fn glyphs(run: &Run) -> Vec<KrillaGlyph> {
    let text = run.text.expose();
    let glyph = |(at, c): (usize, char)| KrillaGlyph {
        glyph_id: GlyphId::new(face::glyph(c).unwrap_or_default()),
        text_range: at..at + c.len_utf8(),
        x_advance: f32::from(face::halves(c)) / 2.0,
        x_offset: 0.0,
        y_offset: 0.0,
        y_advance: 0.0,
        location: None,
    };
    text.char_indices().map(glyph).collect()
}

fn black() -> Fill {
    Fill { paint: luma::Color::black().into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

fn points(millimetres: f32) -> f32 {
    millimetres * POINTS_PER_MM
}
