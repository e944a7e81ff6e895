//! Round after round until somebody says stop.
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::Duration;

use crate::domain::time::Clock;

use super::{CourierConfig, RoundMade, run_round};

/// How soon a stop is noticed.
const SLICE: Duration = Duration::from_millis(200);

/// Makes a round, reports it, waits; a failed round is reported and the next one tried. Returns soon after `stop` is set.
pub fn watch(
    config: &CourierConfig,
    clock: &dyn Clock,
    interval: Duration,
    stop: &AtomicBool,
    report: &mut dyn FnMut(&RoundMade),
) {
    while !stop.load(Ordering::Relaxed) {
        report(&run_round(config, clock));
        let mut left = interval;
        while !left.is_zero() && !stop.load(Ordering::Relaxed) {
            let slice = left.min(SLICE);
            sleep(slice);
            left = left.saturating_sub(slice);
        }
    }
}
