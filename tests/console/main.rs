//! The console as an operator has it: the real program in a real pseudo-terminal, on a real office.

#![cfg(all(unix, feature = "console", feature = "office"))]
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

mod activity;
mod cuts;
mod demo;
mod desk;
mod dispatch;
mod letters;
mod linear;
mod lock;
mod manners;
mod permanence;
mod practice;
mod pty;
mod rounds;
mod signed_out;
mod slow_line;
mod start;
mod storm;
mod suspended;
mod together;
