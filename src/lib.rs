//! Loge: the dispatch console of a *conciergerie solidaire*, and its back office.
//!
//! `ARCHITECTURE.md` draws the rooms and the way data goes through them.

pub mod domain;
pub mod text;
