//! The courier against everything that can lie in its outbox, and against the plug being pulled.
mod bench;
mod copies;
mod fax;
mod foreign;
mod forged;
mod hylafax;
mod mail;
mod mailed;
mod media;
mod moved;
mod orders;
mod plug;
mod print;
mod relay;
mod rounds;
