//! A console's link to a real office: what one does is on the other's board, through cuts, restarts and take-overs.

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

mod claims;
mod console;
mod cuts;
mod line;
mod opening;
mod restarts;
mod streams;
