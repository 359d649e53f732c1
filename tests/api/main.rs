//! Stories over HTTP, told once and run on both databases.

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

mod access;
mod accounts;
mod activity;
mod bad_input;
mod bulk;
mod claims;
mod contacts;
mod desk;
mod edits;
mod feed;
mod held;
mod idempotency;
mod legs;
mod offers;
mod recurring;
mod register;
mod requests;
mod search;
mod undo;
