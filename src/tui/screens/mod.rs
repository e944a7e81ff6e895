//! The panels that belong to the program itself; those of the office stand beside them.
pub mod ask;
pub mod entry;
pub mod help;
pub mod not_here;
pub mod palette;
pub mod picker;
pub mod places;
pub mod record;
#[cfg(test)]
pub mod rig;
pub mod too_small;
pub mod worklist;
