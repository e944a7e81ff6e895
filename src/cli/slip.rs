//! Size and root of a checkpoint, as the command line shows them.
use serde_json::{Value, json};

use crate::log::{Checkpoint, checkpoint, slip};
use crate::text::cli as say;
use crate::text::{Lang, fill};

/// So many groups fit a line that people copy without losing their place.
const GROUPS_PER_LINE: usize = 7;

pub fn json(point: &Checkpoint) -> Value {
    json!({ "origin": checkpoint::origin(&point.log_id), "size": point.size, "groups": slip::groups(point) })
}

pub fn lines(point: &Checkpoint, lang: Lang) -> Vec<String> {
    let origin = checkpoint::origin(&point.log_id);
    let groups = slip::groups(point);
    let mut lines = vec![fill(say::SLIP_SIZE.in_lang(lang), &[&origin, &point.size])];
    lines.extend(groups.chunks(GROUPS_PER_LINE).map(|line| format!("  {}", line.join(" "))));
    lines
}
