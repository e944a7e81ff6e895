//! Tests of the wall from inside: every operation done, denied, failed, and with a log that cannot be written.
mod contents;
mod destinations;
mod homecare;
mod hostile;
mod incidents;
mod institutions;
mod links;
mod log;
mod names;
mod people;
mod race;
mod records;
mod sending;
mod sign_in;
mod staff;
mod support;
mod warnings;
