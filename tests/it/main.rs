//! One integration binary; each file is a module.
mod forms;
mod people;
mod schemas;
