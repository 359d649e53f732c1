//! The password being typed to get in again: seen by nobody, kept nowhere.

use super::field::Field;
use crate::console::session::Secret;
use std::{fmt, mem};

/// What is shown in place of each character.
const MASK: char = '*';

/// A password being typed.
#[derive(Clone, Default)]
pub struct SignIn {
    /// What is typed.
    pub field: Field,
    /// Whether the office is being asked.
    pub asked: Asked,
    /// Why the last attempt came to nothing, in a sentence.
    pub why: Option<String>,
}

/// Whether the office is being asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Asked {
    /// It waits to be typed.
    #[default]
    NotYet,
    /// The answer is awaited.
    Waiting,
}

impl SignIn {
    /// What may be seen of it: how much was typed, and where the cursor stands.
    pub fn masked(&self) -> Field {
        let mask: String = self.field.text().chars().map(|_| MASK).collect();
        Field::at(mask, self.field.cursor())
    }

    /// Hands over what was typed, and forgets it.
    pub fn take(&mut self) -> Secret {
        mem::take(&mut self.field).text().to_owned().into()
    }
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIn").field("asked", &self.asked).finish_non_exhaustive()
    }
}
