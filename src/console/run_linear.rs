//! The terminal used line by line: what the linear view tells is appended, the typed line stays whole below it.

use super::{
    linear::{
        Told, lines,
        painter::{Letters, Painter, WIPE},
        prompt,
    },
    model::Model,
};
use crate::domain::time::Instant;
use std::io::{self, Write as _, stdout};

/// The terminal used line by line.
#[derive(Debug)]
pub struct Lines {
    told: Told,
    painter: Painter,
    glass: Glass,
}

/// What stands on the glass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Glass {
    /// What was told of the house.
    House,
    /// Nothing of it.
    Locked,
}

impl Lines {
    /// A terminal that is so wide and can write these letters; nothing is told yet.
    pub fn new(columns: u16, letters: Letters) -> Self {
        Self { told: Told::default(), painter: Painter::new(columns, letters), glass: Glass::House }
    }

    /// Tells what differs since the last time. Where nothing does, nothing is written.
    pub fn draw(&mut self, model: &Model) -> io::Result<()> {
        let glass = if model.lock.is_some() { Glass::Locked } else { Glass::House };
        if self.glass != glass && glass == Glass::Locked {
            self.painter.wipe();
        }
        self.glass = glass;
        let (news, told) = lines(&self.told, model);
        self.told = told;
        let bytes = self.painter.paint(&news, &prompt(model));
        if bytes.is_empty() {
            return Ok(());
        }
        let mut out = stdout().lock();
        out.write_all(&bytes)?;
        out.flush()
    }

    /// Takes away all that was told, for whoever comes next.
    pub fn wipe() -> io::Result<()> {
        let mut out = stdout().lock();
        out.write_all(WIPE.as_bytes())?;
        out.flush()
    }

    /// When something is to be told if nothing happens before.
    pub fn due(&self) -> Option<Instant> {
        self.told.due()
    }

    /// Rings with what is written next.
    pub fn ring(&mut self) {
        self.painter.ring();
    }

    /// The terminal has another width, or somebody else wrote on it.
    pub fn resize(&mut self, columns: u16) {
        self.painter.resize(columns);
    }

    /// Tells once more where one is.
    pub fn again(&mut self, columns: u16) {
        self.told.forget();
        self.painter.resize(columns);
    }
}
