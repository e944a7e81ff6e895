//! The only calls to the operating system beyond std: clocks, randomness, locks, permissions, programs, hardening.
//!
//! Nothing else in the crate is written for one platform only; a native Windows build would replace this folder.
pub mod clock;
pub mod entropy;
pub mod files;
pub mod harden;
pub mod machine;
pub mod process;
pub mod signals;
pub mod terminal;
