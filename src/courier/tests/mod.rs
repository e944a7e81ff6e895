//! The courier against everything that can lie in its outbox, and against the plug being pulled.
mod bench;
mod mail;
mod mailed;
mod orders;
mod plug;
mod relay;
mod rounds;
