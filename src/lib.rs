//! Intake of notifiable-disease reports (発生届) and home-care referrals for a health centre (保健所).
//!
//! Who may import whom (`tests/it/tidy.rs` holds the same table and fails when it is broken):
//!
//! ```text
//!  main ──> cli, tui, config
//!  tui, cli ──> office (public face), form, keymap, japanese, domain, text, os  (never each other, but for one door)
//!  cli ──> config, courier, log     config ──> office (what it is given), japanese, form, keymap, os, text, courier
//!  log ──> domain, order (an auditor needs it without the office)
//!  courier ──> domain, order, log, os                                          (holds no database key)
//!  office ──> domain, japanese, form, export, order, log, os, text; courier only to pin its trust
//!  export ──> domain, japanese, form, log, text
//!  order, form, japanese ──> domain        keymap ──> text, the key types of crossterm
//!  domain, text ──> nothing of ours        os ──> domain
//! ```
pub mod cli;
pub mod config;
pub mod courier;
pub mod domain;
pub mod export;
pub mod form;
pub mod japanese;
pub mod keymap;
pub mod log;
pub mod office;
pub mod order;
pub mod os;
pub mod text;
pub mod tui;
