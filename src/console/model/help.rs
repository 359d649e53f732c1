//! The help: what every key does where the focus was.

use crate::console::keymap::Context;

/// What can be done where the focus was.
#[derive(Clone, Copy, Debug)]
pub struct Help {
    /// Where the focus was.
    pub of: Context,
    /// How many lines are scrolled away.
    pub scrolled: usize,
}
