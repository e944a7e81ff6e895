//! The courier against everything that can lie in its outbox, and against the plug being pulled.
mod bench;
mod orders;
mod plug;
mod rounds;
