//! What leaves the house by mail, and how its answers are known again.

pub mod bounced;
pub mod message_id;
