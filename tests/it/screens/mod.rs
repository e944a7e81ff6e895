//! Screens driven by key scripts against a real office on a temporary home.
mod by_hand;
mod destinations;
mod dump;
pub mod house;
mod incidents;
mod log;
mod recorded;
mod sending;
