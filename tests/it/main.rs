//! One integration binary; each file is a module.
mod cli;
mod cli_demo;
mod forms;
mod reasons;
mod schemas;
