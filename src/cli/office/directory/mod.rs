//! The directory as files: one CSV or TOML file a kind of record, in the form that docs/import.md describes.

mod cell;
mod columns;
mod complaint;
mod export;
mod import;
mod list;
mod present;
mod sheet;
mod sort;

pub(super) use export::export;
pub(in crate::cli) use import::built_in;
pub(super) use import::{Mode, import};
