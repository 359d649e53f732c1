//! The register as it is looked at: its list, the entry that is open in it, the line that is being typed.

use super::field::Field;
use crate::console::{
    keymap::Context,
    register::{EntryId, Line, Part, Row},
};

/// What is typed, and where it goes.
#[derive(Debug)]
pub struct Typed {
    /// What stands in the line.
    pub field: Field,
    /// What it is about.
    pub about: About,
    /// What stands there as long as nothing is saved.
    pub stood: String,
    /// Why it was not taken.
    pub trouble: Option<String>,
    /// What Tab offers one after the other; gone as soon as something is typed.
    pub offered: Vec<String>,
    /// Which of them stands in the line, from 0.
    pub chosen: usize,
}

/// What is being typed.
#[derive(Clone, Debug)]
pub enum About {
    /// A line of an entry, as it was drawn when it was opened.
    Line(Row, Line),
    /// The first words of a new entry.
    New,
}

impl Typed {
    /// A line that holds what stands there, or what was typed over it before and not saved.
    pub fn holding(stood: impl Into<String>, draft: Option<String>, about: About) -> Self {
        let stood = stood.into();
        let field = Field::holding(draft.unwrap_or_else(|| stood.clone()));
        Self { field, about, stood, trouble: None, offered: Vec::new(), chosen: 0 }
    }

    /// Whether something else stands in the line than is saved.
    pub fn is_changed(&self) -> bool {
        self.field.text() != self.stood
    }
}

/// The entry that is open, and the line that is looked at in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Which entry.
    pub id: EntryId,
    /// Which of its lines, from 0.
    pub line: usize,
}

/// The register over a screen.
#[derive(Debug)]
pub struct Register {
    /// Which part of it.
    pub part: Part,
    /// The words that entries are looked for by.
    pub search: Field,
    /// Whether they are being typed.
    pub searching: bool,
    /// The row of the list that is selected; the first if none, or if it is not shown.
    pub selected: Option<EntryId>,
    /// The entry that is open.
    pub opened: Option<Opened>,
    /// The line that is being typed.
    pub typed: Option<Typed>,
}

impl Register {
    /// A part from its first row on.
    pub fn of(part: Part) -> Self {
        Self { part, search: Field::default(), searching: false, selected: None, opened: None, typed: None }
    }

    /// What keys mean.
    pub fn context(&self) -> Context {
        if self.typed.is_some() || self.searching { Context::Text } else { Context::List }
    }

    /// The line being typed, if there is one.
    pub fn field_mut(&mut self) -> Option<&mut Field> {
        match &mut self.typed {
            Some(typed) => Some(&mut typed.field),
            None => self.searching.then_some(&mut self.search),
        }
    }
}
