//! One integration binary; each file is a module.
mod cli;
mod cli_demo;
mod forms;
mod people;
mod reasons;
mod schemas;
mod screens;
mod tidy;
