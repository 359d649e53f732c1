//! What comes in by itself: calls of every telephone system that is spoken with, on both databases.

#![cfg(feature = "office")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]
#![allow(clippy::needless_pass_by_value, reason = "json! is written where it is handed over")]

#[path = "../common/mod.rs"]
mod common;

mod asterisk;
mod calls;
mod kamailio;
mod ovh;
mod permutations;
mod recorded;
mod service_level;
mod softswitch;
mod webhooks;
