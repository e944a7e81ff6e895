//! A checkpoint as people copy it to paper.
use crate::log::{Checkpoint, checkpoint, slip};

/// Which log, how long it is, and the groups that hold its root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperSlip {
    pub origin: String,
    pub size: u64,
    pub groups: Vec<String>,
}

/// So many groups fit a line that people copy without losing their place.
const GROUPS_PER_LINE: usize = 7;

impl PaperSlip {
    /// The groups as they are shown and copied, line by line.
    pub fn lines(&self) -> impl Iterator<Item = String> + '_ {
        self.groups.chunks(GROUPS_PER_LINE).map(|line| format!("  {}", line.join(" ")))
    }
}

impl From<&Checkpoint> for PaperSlip {
    fn from(point: &Checkpoint) -> Self {
        Self {
            origin: checkpoint::origin(&point.log_id),
            size: point.size,
            groups: slip::groups(point).iter().map(ToString::to_string).collect(),
        }
    }
}
