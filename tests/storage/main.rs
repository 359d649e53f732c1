//! The database itself, by the same stories on both engines: its schema, what it holds by itself, and what becomes of an office without it.

#![cfg(feature = "office")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

#[path = "../common/mod.rs"]
mod common;

mod integrity;
mod rows;
mod schema;
mod trouble;
mod waiting;
