//! What is looked at before anybody is asked to confirm: whom the paper names, whom else it names, what the destination may
//! know, and what it will look like.
//!
//! May live here: checks and renditions that several operations need. May not: operations, SQL, screens.
pub mod addressee;
pub mod halting;
pub mod likeness;
pub mod mentions;
pub mod papers;
pub mod person;
pub mod purposes;
pub mod read_out;
pub mod second_person;
pub mod short_text;
pub mod status;
pub mod waiting;
