//! What leaves the house by mail, with a real mail server, on both databases.

#![cfg(feature = "office")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]
#![allow(clippy::needless_pass_by_value, reason = "json! is written where it is handed over")]

#[path = "../common/authority.rs"]
mod authority;
#[path = "../common/mod.rs"]
mod common;
#[path = "../common/relay.rs"]
mod relay;

#[path = "../mail/letters.rs"]
mod letters;

mod answers;
mod automatic;
mod clients;
mod desk;
mod house;
mod offers;
mod offices;
mod process;
mod protected;
mod replies;
mod rounds;
mod server;
