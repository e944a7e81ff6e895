//! The panels that belong to the program itself; those of the office stand beside them.
pub mod ask;
pub mod confirm;
pub mod destination_form;
pub mod destination_rekey;
pub mod destinations;
pub mod help;
pub mod not_here;
pub mod outbox;
pub mod palette;
mod parts;
pub mod places;
pub mod prepare;
mod reader;
pub mod review;
pub mod too_small;
