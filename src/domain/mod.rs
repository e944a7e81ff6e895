//! Pure nouns and total functions. No I/O, no clock, no randomness: time and randomness come in by argument.
pub mod archive;
pub mod case_number;
#[cfg(test)]
pub(crate) mod chance;
pub mod check_digit;
pub(crate) mod codes;
pub mod destination;
pub mod digest;
pub mod entropy;
pub mod hours;
pub mod ids;
pub mod incident;
pub mod institution;
pub mod intake;
pub mod likeness;
pub mod link;
pub mod pae;
pub mod sensitive;
pub mod staff;
pub mod time;
pub mod transmission;
pub mod week;
