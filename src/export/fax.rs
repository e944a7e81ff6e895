//! A document as a fax machine takes it: black or white dots, fine resolution, all pages in one TIFF of class F (Group 4).
mod tiff;

use fax::encoder::Encoder;
use fax::{Color, VecWriter};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render as draw};

use super::{Rendition, RenditionError, pdf};

const MEDIA_TYPE: &str = "image/tiff";
/// Dots of a line and lines of an A4 page; fax machines know no other width for it.
const WIDTH: u16 = 1728;
const HEIGHT: u16 = 2292;
/// Dots per inch across and down: "fine".
const ACROSS: u16 = 204;
const DOWN: u16 = 196;
const POINTS_PER_INCH: f32 = 72.0;
/// Dots darker than this are black. Above the middle, so that thin strokes stay whole.
const BLACK_BELOW: u8 = 160;

/// Draws the pages of a PDF of ours: what is faxed is what is printed.
pub fn render(document: &Rendition) -> Result<Rendition, RenditionError> {
    let stem = document.file_name.strip_suffix(".pdf").filter(|_| document.media_type == pdf::MEDIA_TYPE);
    let stem = stem.ok_or(RenditionError::Format)?;
    let pdf = Pdf::new(document.bytes.clone()).map_err(|_| RenditionError::Format)?;
    let cache = RenderCache::new();
    let settings = InterpreterSettings::default();
    let scale = PixmapSettings {
        x_scale: f32::from(ACROSS) / POINTS_PER_INCH,
        y_scale: f32::from(DOWN) / POINTS_PER_INCH,
        bg_color: WHITE,
    };
    let pages = pdf.pages().iter().map(|page| {
        let picture = draw(page, &cache, &settings, &RenderSettings::default(), &scale);
        tiff::Page { width: WIDTH, height: HEIGHT, dots_per_inch: (ACROSS, DOWN), data: encode(&picture) }
    });
    let pages: Vec<tiff::Page> = pages.collect();
    let count = u16::try_from(pages.len()).ok().filter(|count| *count == document.pages);
    Ok(Rendition {
        media_type: MEDIA_TYPE,
        file_name: format!("{stem}.tif"),
        bytes: tiff::write(&pages).ok_or(RenditionError::TooLong)?,
        pages: count.ok_or(RenditionError::Format)?,
    })
}

/// Group 4. The picture stands in the middle; what the fax is wider and higher is white.
fn encode(picture: &Pixmap) -> Vec<u8> {
    let (width, height) = (usize::from(picture.width()), usize::from(picture.height()));
    let left = usize::from(WIDTH).saturating_sub(width) / 2;
    let mut lines = picture.data().chunks(width.max(1)).take(height);
    let mut encoder = Encoder::new(VecWriter::new());
    for _ in 0..HEIGHT {
        let dots = lines.next().unwrap_or_default().iter().map(|dot| colour(dot.r, dot.g, dot.b));
        let line = std::iter::repeat_n(Color::White, left)
            .chain(dots)
            .chain(std::iter::repeat(Color::White))
            .take(WIDTH.into());
        let Ok(()) = encoder.encode_line(line, WIDTH);
    }
    let Ok(writer) = encoder.finish();
    writer.finish()
}

/// Nothing of ours is coloured; the darkest of the three is as good as any weighing.
fn colour(red: u8, green: u8, blue: u8) -> Color {
    if red.min(green).min(blue) < BLACK_BELOW { Color::Black } else { Color::White }
}

#[cfg(test)]
mod tests {
    use hayro::vello_cpu::color::PremulRgba8;
    use proptest::prelude::*;

    use super::*;

    /// What a fax machine makes of it.
    fn decoded(data: &[u8]) -> Vec<Vec<bool>> {
        let mut lines = Vec::new();
        let read = data.iter().copied();
        fax::decoder::decode_g4(read, WIDTH, Some(HEIGHT), |line| {
            lines.push(fax::decoder::pels(line, WIDTH).map(|dot| dot == Color::Black).collect());
        });
        lines
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn every_dot_arrives(
            black in proptest::collection::vec((0u16..60, 0u16..40), 0..200),
            left_edge in proptest::collection::vec(0u16..40, 0..9),
            odd in 0u16..2,
        ) {
            let mut picture = Pixmap::new(1686 + odd, 40);
            let grey = |level| PremulRgba8 { r: level, g: level, b: level, a: 255 };
            picture.data_mut().fill(grey(255));
            let dots: Vec<(u16, u16)> =
                black.into_iter().chain(left_edge.into_iter().map(|y| (0, y))).chain([(1685, 3)]).collect();
            for (x, y) in &dots {
                picture.set_pixel(*x, *y, grey(BLACK_BELOW - 1));
            }
            let lines = decoded(&encode(&picture));
            prop_assert_eq!(lines.len(), usize::from(HEIGHT));
            for (y, line) in lines.iter().enumerate() {
                let expected: std::collections::BTreeSet<usize> = dots
                    .iter()
                    .filter(|(_, at)| usize::from(*at) == y)
                    .map(|(x, _)| usize::from(*x) + usize::from(42 - odd) / 2)
                    .collect();
                let found: std::collections::BTreeSet<usize> =
                    line.iter().enumerate().filter(|(_, black)| **black).map(|(x, _)| x).collect();
                prop_assert_eq!(found, expected, "line {}", y);
            }
        }
    }

    #[test]
    fn only_a_pdf_of_ours_is_drawn() {
        let wrong = |media_type, file_name: &str, bytes: &[u8]| {
            let file_name = file_name.to_owned();
            render(&Rendition { media_type, file_name, bytes: bytes.to_vec(), pages: 1 })
        };
        assert_eq!(wrong("text/plain", "ehec-v1.txt", b"text"), Err(RenditionError::Format));
        assert_eq!(wrong(pdf::MEDIA_TYPE, "ehec-v1.pdf", b"no PDF"), Err(RenditionError::Format));
    }
}
