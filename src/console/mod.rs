//! The screen that operators work on.

pub mod effect;
mod effects;
pub mod filter;
#[cfg(test)]
pub(crate) mod fixtures;
pub mod keymap;
pub mod linear;
pub mod message;
pub mod model;
pub mod normaliser;
pub mod palette;
pub mod printer;
pub mod register;
pub mod run;
mod run_linear;
pub mod session;
pub mod start;
pub mod steps;
pub mod terminal;
pub mod theme;
pub mod update;
pub mod view;
