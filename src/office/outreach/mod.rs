//! What leaves the house by mail, and how its answers are known again.

pub mod message_id;
