//! A clock that stands in the past and moves when it is told to.
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::domain::time::{Clock, Reading, Timestamp};

/// Names a boot that never was, so that the log never compares these readings with the machine's own.
const BOOT_ID: [u8; 16] = *b"uketsuke-trainin";
const MICROS_PER_SECOND: i64 = 1_000_000;

#[derive(Clone, Debug)]
pub struct PastClock {
    start: Timestamp,
    elapsed_s: Arc<AtomicI64>,
}

impl PastClock {
    pub fn starting_at(start: Timestamp) -> Self {
        Self { start, elapsed_s: Arc::new(AtomicI64::new(0)) }
    }
    pub fn advance(&self, seconds: i64) {
        self.elapsed_s.fetch_add(seconds, Ordering::Relaxed);
    }
}

impl Clock for PastClock {
    fn read(&self) -> Reading {
        let elapsed = self.elapsed_s.load(Ordering::Relaxed);
        Reading {
            wall: self.start.plus_seconds(elapsed),
            boot_id: BOOT_ID,
            boottime_us: u64::try_from(elapsed.saturating_mul(MICROS_PER_SECOND)).unwrap_or(0),
            synchronised: true,
        }
    }
}
