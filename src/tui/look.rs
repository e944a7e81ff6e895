//! The display boundary under the name that widgets use: what data becomes before it is drawn, and how wide it is.
pub use crate::japanese::screen::{display_width, fit_to_width, for_display, truncate_to_width};
