//! The slip of set-up: what nobody can take back once it is on paper.
use crate::domain::sensitive::Personal;
use crate::office::PaperSlip;
use crate::text::{Lang, fill, wizard as say};
use crate::tui::screens::reader::Reader;

pub(super) fn page(first: &PaperSlip, lang: Lang) -> Reader {
    let mut lines = vec![String::new(), fill(say::SLIP_OF.in_lang(lang), &[&first.origin, &first.size])];
    lines.push(String::new());
    lines.extend(first.lines());
    lines.extend([String::new(), say::SLIP_WORDS.in_lang(lang).to_owned()]);
    Reader::new(say::SLIP_TITLE, &Personal::new(lines.join("\n")))
}
