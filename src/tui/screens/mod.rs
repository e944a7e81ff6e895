//! The panels that belong to the program itself; those of the office stand beside them.
pub mod ask;
pub mod help;
pub mod palette;
pub mod too_small;
