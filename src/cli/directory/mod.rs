//! The directory's files as import, export and the reader of the entry line know them: one CSV or TOML file a kind of record, in the form
//! that docs/import.md describes. It touches no database.

mod cell;
mod columns;
mod complaint;
mod keys;
mod list;
mod plan;
mod policy;
mod present;
mod sheet;
mod sort;

#[cfg(feature = "office")]
pub(super) use columns::{Column, columns};
#[cfg(feature = "office")]
pub(super) use complaint::Advice;
pub(super) use complaint::Complaint;
pub(super) use keys::id_of;
pub(super) use plan::Plan;
#[cfg(feature = "office")]
pub(super) use plan::{Origin, difference};
pub(super) use policy::{FILE as POLICY, laid_over};
pub(super) use present::Present;
#[cfg(feature = "office")]
pub(super) use sheet::Sheet;
pub(super) use sheet::{broken, of_csv, of_folder, text_of};
pub(super) use sort::stem;
#[cfg(feature = "office")]
pub(super) use sort::{KINDS, has_archive, is_archived, name_of};
