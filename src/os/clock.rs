//! The machine's clocks.
use std::sync::OnceLock;

use rustix::time::{ClockId, clock_gettime};

use crate::domain::time::{Clock, Reading, Timestamp};

/// Reads the kernel's clocks.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

/// Written by the time service once the clock follows a server; absent where another service keeps the time.
const SYNCHRONISED_MARKER: &str = "/run/systemd/timesync/synchronized";
const BOOT_ID_FILE: &str = "/proc/sys/kernel/random/boot_id";

impl Clock for SystemClock {
    fn read(&self) -> Reading {
        let wall = clock_gettime(ClockId::Realtime);
        let boot = clock_gettime(ClockId::Boottime);
        Reading {
            wall: Timestamp::from_micros(
                wall.tv_sec.saturating_mul(1_000_000).saturating_add(wall.tv_nsec / 1000),
            ),
            boot_id: boot_id(),
            boottime_us: u64::try_from(
                boot.tv_sec.saturating_mul(1_000_000).saturating_add(boot.tv_nsec / 1000),
            )
            .unwrap_or(0),
            synchronised: std::fs::exists(SYNCHRONISED_MARKER).unwrap_or(false),
        }
    }

    fn now(&self) -> Timestamp {
        let wall = clock_gettime(ClockId::Realtime);
        Timestamp::from_micros(wall.tv_sec.saturating_mul(1_000_000).saturating_add(wall.tv_nsec / 1000))
    }
}

/// Zeros where the kernel does not tell (the log then cannot compare clocks across events, and says so).
fn boot_id() -> [u8; 16] {
    static BOOT_ID: OnceLock<[u8; 16]> = OnceLock::new();
    *BOOT_ID.get_or_init(|| {
        std::fs::read_to_string(BOOT_ID_FILE)
            .ok()
            .and_then(|text| uuid::Uuid::try_parse(text.trim()).ok())
            .map_or([0; 16], uuid::Uuid::into_bytes)
    })
}
