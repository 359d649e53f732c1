//! Mail that comes in: read, threaded, kept; over HTTP, by the program that mail servers call, and from a real IMAP server.

#![cfg(feature = "office")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

#[path = "../common/authority.rs"]
mod authority;
#[path = "../common/mod.rs"]
mod common;
#[path = "../common/relay.rs"]
mod relay;

mod corpus;
mod dovecot;
mod fetched;
mod kept;
mod letters;
mod piped;
mod protected;
mod threads;
