//! What was understood of the mail that is looked at.

use crate::domain::{entry::Order, ids::ContactId};

/// The orders that were read of one mail.
#[derive(Clone, Debug)]
pub struct Understood {
    /// Which mail.
    pub contact: ContactId,
    /// What else they depend on: the directory's words, and how much of the sender's past is known.
    pub read_with: (u64, Option<usize>),
    /// The orders, in their order; none if it asks for nothing that is known.
    pub orders: Vec<Order>,
}
