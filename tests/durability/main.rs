//! What must hold when processes die and when several write: nothing acknowledged is lost, nothing is done twice, and the feed has no gap.

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

mod crash;
mod dispatch;
mod offices;
mod process;

/// A number that somebody who wants more of a test sets in the environment.
fn option(name: &str, usual: usize) -> usize {
    match std::env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name} is a whole number")),
        Err(_) => usual,
    }
}
