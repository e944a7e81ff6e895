//! Screens driven by key scripts against a real office on a temporary home.
mod house;
mod sending;
