//! One integration binary; each file is a module.
mod reasons;
