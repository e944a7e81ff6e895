//! Everything around the person at the keyboard, driven key by key against a real office in a temporary directory.
mod arrivals;
mod rig;
mod set_up;
mod staff;
