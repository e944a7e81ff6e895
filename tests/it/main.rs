//! One integration binary; each file is a module.
mod cli;
mod cli_demo;
mod forms;
mod frames;
mod interop;
mod journey;
mod judges;
mod leaks;
mod overlays;
mod people;
mod pty;
mod reasons;
mod sabotage;
mod schemas;
mod screens;
mod tidy;
mod torture;
