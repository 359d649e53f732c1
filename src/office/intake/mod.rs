//! What comes in from outside by itself: telephone calls.

pub mod telephony;
