//! The directory between files and database.

mod export;
mod import;
mod present;

pub(super) use export::export;
pub(in crate::cli) use import::built_in;
pub(super) use import::{Mode, import};
