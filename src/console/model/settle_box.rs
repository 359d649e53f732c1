//! What came back: commands that the office refused, that crossed another's, or that could not be kept, each to be settled by its author.

use crate::{domain::ids::CommandKey, replica::Choice};
use std::collections::BTreeMap;

/// The list of what came back.
#[derive(Clone, Copy, Debug)]
pub struct SettleBox {
    /// Which of them is chosen: by its key, for others may come and go.
    pub chosen: CommandKey,
}

/// A step towards settling a command that came back.
#[derive(Clone, Debug)]
pub enum Settling {
    /// The values of fields in conflict, chosen one after the other.
    Fields(CommandKey, BTreeMap<String, Choice>),
    /// The same again, upon what stands now.
    FromPresent(CommandKey),
    /// The same again.
    Again(CommandKey),
    /// It is thrown away.
    ThrowAway(CommandKey),
}
