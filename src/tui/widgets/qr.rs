//! A QR code that telephones can read from a terminal.
//!
//! Where there is room a module is two reversed spaces, which no terminal can misdraw. 80x24 has no room for the
//! version 5 to 6 that a TOTP link needs, so there one cell holds two modules with U+2580 (upper half block). That is
//! the one character in the program whose width is ambiguous; where it is two columns wide the code is not drawn at
//! all and the screen shows the secret as text.
use qrcode::{Color, EcLevel, QrCode};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Four are required by the standard; telephones read two, and four would not fit 24 rows.
const QUIET_ZONE: u16 = 2;
const UPPER_HALF: &str = "\u{2580}";
const LOWER_HALF: &str = "\u{2584}";
const FULL: &str = "\u{2588}";

/// A code that was made and measured.
pub struct Qr {
    dark: Vec<bool>,
    side: u16,
}

/// How many columns the terminal gives to ambiguous characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Ambiguous {
    #[default]
    Narrow,
    Wide,
}

/// A way to draw the code into the room there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style2d {
    ReversedSpaces,
    HalfBlocks,
}

impl Qr {
    /// Makes the code with the lowest correction, for the fewest modules. `None` when the text is too long for any.
    pub fn new(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
        let side = u16::try_from(code.width()).ok()?;
        Some(Self { dark: code.to_colors().into_iter().map(|c| c == Color::Dark).collect(), side })
    }

    /// Modules on a side, quiet zone included.
    pub fn side(&self) -> u16 {
        self.side + 2 * QUIET_ZONE
    }

    /// How it can be drawn here, if at all.
    pub fn fits(&self, area: Rect, ambiguous: Ambiguous) -> Option<Style2d> {
        if area.width >= self.side().saturating_mul(2) && area.height >= self.side() {
            return Some(Style2d::ReversedSpaces);
        }
        let narrow = ambiguous == Ambiguous::Narrow;
        let room = area.width >= self.side() && area.height >= self.side().div_ceil(2);
        (narrow && room).then_some(Style2d::HalfBlocks)
    }

    /// Draws it into the upper left corner of `area` and returns the area used.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, style: Style2d) -> Rect {
        let (width, height) = match style {
            Style2d::ReversedSpaces => (self.side() * 2, self.side()),
            Style2d::HalfBlocks => (self.side(), self.side().div_ceil(2)),
        };
        let used = Rect { width, height, ..area }.intersection(area).intersection(buffer.area);
        for y in 0..used.height {
            for x in 0..used.width {
                let cell = &mut buffer[(used.x + x, used.y + y)];
                cell.set_style(Style::new());
                match style {
                    // Light is drawn, dark is the background: on a dark terminal that is black on white.
                    Style2d::ReversedSpaces => {
                        let light = !self.is_dark(x / 2, y);
                        let shade = if light { Modifier::REVERSED } else { Modifier::empty() };
                        cell.set_symbol(" ").set_style(Style::new().add_modifier(shade));
                    }
                    Style2d::HalfBlocks => {
                        let symbol = match (self.is_dark(x, y * 2), self.is_dark(x, y * 2 + 1)) {
                            (true, true) => " ",
                            (false, true) => UPPER_HALF,
                            (true, false) => LOWER_HALF,
                            (false, false) => FULL,
                        };
                        cell.set_symbol(symbol);
                    }
                }
            }
        }
        used
    }

    /// Whether the module is dark; the quiet zone is light, and what is beyond an odd last row is background.
    fn is_dark(&self, x: u16, y: u16) -> bool {
        if y >= self.side() {
            return true;
        }
        let inside = |v: u16| v.checked_sub(QUIET_ZONE).filter(|v| *v < self.side);
        let (Some(x), Some(y)) = (inside(x), inside(y)) else { return false };
        self.dark.get(usize::from(y) * usize::from(self.side) + usize::from(x)).copied().unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const URI: &str = "otpauth://totp/uketsuke:1042?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=uketsuke&algorithm=SHA1&digits=6";

    /// Reads the drawn cells back into modules: what a camera sees.
    fn modules(buffer: &Buffer, used: Rect, style: Style2d, side: u16) -> Vec<bool> {
        let mut dark = Vec::new();
        for y in 0..side {
            for x in 0..side {
                dark.push(match style {
                    Style2d::ReversedSpaces => {
                        let pair = [2 * x, 2 * x + 1]
                            .map(|c| !buffer[(used.x + c, used.y + y)].modifier.contains(Modifier::REVERSED));
                        assert_eq!(pair[0], pair[1]);
                        pair[0]
                    }
                    Style2d::HalfBlocks => match (buffer[(used.x + x, used.y + y / 2)].symbol(), y % 2) {
                        (" ", _) | (UPPER_HALF, 1) | (LOWER_HALF, 0) => true,
                        (FULL, _) | (UPPER_HALF, 0) | (LOWER_HALF, 1) => false,
                        other => panic!("{other:?}"),
                    },
                });
            }
        }
        dark
    }

    #[test]
    fn a_totp_link_fits_a_standard_terminal_and_is_what_the_encoder_made() {
        assert!(URI.len() >= 100);
        let qr = Qr::new(URI).expect("a short text");
        let truth = QrCode::with_error_correction_level(URI, EcLevel::L).expect("ok");
        for (area, style) in [
            (Rect::new(0, 1, 80, 23), Style2d::HalfBlocks),
            (Rect::new(3, 2, 100, 60), Style2d::ReversedSpaces),
        ] {
            assert_eq!(qr.fits(area, Ambiguous::Narrow), Some(style));
            let mut buffer = Buffer::empty(Rect::new(0, 0, 110, 70));
            let used = qr.draw(&mut buffer, area, style);
            let seen = modules(&buffer, used, style, qr.side());
            let side = usize::from(qr.side());
            for y in 0..side {
                for x in 0..side {
                    let zone = usize::from(QUIET_ZONE);
                    let inside = (zone..side - zone).contains(&x) && (zone..side - zone).contains(&y);
                    let expected = inside && truth[(x - zone.min(x), y - zone.min(y))] == Color::Dark;
                    assert_eq!(seen[y * side + x], expected, "{x},{y}");
                }
            }
        }
    }

    #[test]
    fn it_is_not_drawn_where_it_would_be_distorted() {
        let qr = Qr::new(URI).expect("a short text");
        assert_eq!(qr.fits(Rect::new(0, 0, 80, 24), Ambiguous::Wide), None);
        assert_eq!(qr.fits(Rect::new(0, 0, 40, 24), Ambiguous::Narrow), None);
        assert!(Qr::new(&"x".repeat(5_000)).is_none());
    }
}
