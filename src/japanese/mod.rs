//! Japanese data entry: what a clerk typed, turned into one agreed value, and back into what a form prints.
//!
//! May live here: pure functions and small types about Japanese text, dates and numbers, and the tables they need.
//! May not: I/O, a clock, sentences for people (problems are enums, `text` words them), keys, screens, any one form.
//! Imports nothing of ours but `domain`.
//!
//! Three habits hold in every file. Anything may be typed full-width, because an IME is easily left on. Nothing
//! typed is dropped to make it fit: what does not fit is a problem. A problem never prints the value typed.

pub mod age;
pub mod ambiguous;
pub mod codes;
pub mod cp932;
pub mod date_input;
pub mod destination;
pub mod era;
pub mod gazetteer;
pub mod institution;
pub mod kana;
pub mod line_breaking;
pub mod name_dictionary;
pub mod names;
pub mod person;
pub mod phone;
mod phone_areas;
pub mod postal;
pub mod romaji;
pub mod screen;
pub mod time_input;
mod variants;
pub mod width;
