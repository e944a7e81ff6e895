//! Size and root of a checkpoint, as the command line shows them.
use serde_json::{Value, json};

use crate::log::Checkpoint;
use crate::office::PaperSlip;
use crate::text::cli as say;
use crate::text::{Lang, fill};

pub fn json(point: &Checkpoint) -> Value {
    let PaperSlip { origin, size, groups } = point.into();
    json!({ "origin": origin, "size": size, "groups": groups })
}

pub fn lines(point: &Checkpoint, lang: Lang) -> Vec<String> {
    let slip = PaperSlip::from(point);
    let head = fill(say::SLIP_SIZE.in_lang(lang), &[&slip.origin, &slip.size]);
    std::iter::once(head).chain(slip.lines()).collect()
}
