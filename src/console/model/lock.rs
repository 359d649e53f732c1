//! The lock over everything: what is below it stays as it is, and is seen again by whoever has the password.

use super::{prompt::Prompt, sign_in::SignIn};
use crate::console::keymap::Context;

/// A console that is locked.
#[derive(Debug, Default)]
pub struct Lock {
    /// What is typed to open it, and what came of the last attempt.
    pub sign_in: SignIn,
    /// The ways out for whoever cannot open it, once they are asked for.
    pub ways: Option<Prompt>,
}

impl Lock {
    /// What keys mean there.
    pub fn context(&self) -> Context {
        self.ways.as_ref().map_or(Context::Text, Prompt::context)
    }
}
