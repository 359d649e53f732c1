//! Accounts at the door: passwords, sessions, and how often one may try.

mod password;
mod sessions;

pub use password::{hash, verify};
pub use sessions::{Account, Sessions, Token, store_password};
