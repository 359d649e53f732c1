//! What comes in from outside by itself: one room a channel.

pub mod mail;
pub mod telephony;
