//! One integration binary; each file is a module.
mod forms;
mod reasons;
mod schemas;
mod tidy;
