//! What leaves the house by mail, and how its answers are known again.

pub mod bounced;
pub mod courier;
pub mod letter;
pub mod look;
pub mod message_id;
pub mod post;

use crate::domain::texts::ShortText;

/// How an attempt to hand over a mail went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// The server took it.
    Taken,
    /// It surely did not go; another time it may.
    NotNow(ShortText),
    /// The server will not have it.
    Never(ShortText),
    /// The text was handed over, and no answer came.
    Unknown(ShortText),
}
