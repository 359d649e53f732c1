//! Stories of the entry line.

mod drafts;
pub mod house;
mod presses;
mod saving;
