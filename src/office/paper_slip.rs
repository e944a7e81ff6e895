//! A checkpoint as people copy it to paper.
use crate::log::{Checkpoint, checkpoint, slip};

/// Which log, how long it is, and the groups that hold its root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperSlip {
    pub origin: String,
    pub size: u64,
    pub groups: Vec<String>,
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
