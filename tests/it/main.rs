//! One integration binary; each file is a module.
mod cli;
mod cli_demo;
mod forms;
mod leaks;
mod people;
mod reasons;
mod sabotage;
mod schemas;
mod screens;
mod tidy;
mod torture;
