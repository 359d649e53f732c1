//! Loge: the dispatch console of a *conciergerie solidaire*, and its back office.
//!
//! `ARCHITECTURE.md` draws the rooms and the way data goes through them.

#[cfg(feature = "client")]
pub mod cli;
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "client")]
pub mod config;
#[cfg(feature = "console")]
pub mod console;
#[cfg(feature = "client")]
pub mod demo;
pub mod domain;
#[cfg(feature = "client")]
pub mod i18n;
#[cfg(feature = "client")]
pub mod load;
#[cfg(feature = "office")]
pub mod office;
pub mod planning;
#[cfg(feature = "client")]
pub mod replica;
#[cfg(feature = "client")]
pub mod telemetry;
pub mod text;
pub mod wire;
