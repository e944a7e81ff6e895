//! The panels that belong to the program itself; those of the office stand beside them.
pub mod ask;
pub mod enrol;
pub mod greeting;
pub mod help;
pub mod labels;
pub mod lock;
pub mod menu;
pub mod not_here;
pub mod palette;
pub mod places;
pub mod presence;
pub mod sign_in;
pub mod staff;
pub mod staff_form;
pub mod token_page;
pub mod too_small;
pub mod wizard;
