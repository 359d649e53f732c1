//! What the demonstration is of: the house of the example, or the athletes' village at its peak.

use super::{
    day::{self, Happening},
    directory::{BaseError, Directory},
    past::{self, Dated},
    stock,
    village::{self, Size},
};
use crate::{
    domain::{operator::Language, time::Instant},
    wire::catalogue::Command,
};

/// What is played.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scene {
    /// A house of concierges, with a year behind it.
    #[default]
    House,
    /// A village of athletes, its laundries and its bags.
    Village(Size),
}

impl Scene {
    /// Its directory on the day that begins at `start`.
    ///
    /// # Errors
    /// A part of it is missing.
    pub fn directory(self, base: Vec<Command>, seed: u64, start: Instant) -> Result<Directory, BaseError> {
        match self {
            Self::House => Directory::new(base, seed, start),
            Self::Village(size) => village::directory(base, size, start),
        }
    }

    /// What was done before the day.
    ///
    /// # Errors
    /// None that this program's data have.
    pub fn past(self, directory: &Directory, seed: u64, language: Language) -> Result<Vec<Dated>, BaseError> {
        let mut dated = match self {
            Self::House => {
                let mut dated = past::year(directory, seed, language)?;
                dated.extend(stock::stock(directory, seed, language)?);
                dated
            }
            Self::Village(size) => village::stock(directory, size, seed, language)?,
        };
        // Stable: what was done at one moment stays in its order.
        dated.sort_by_key(|dated| dated.at);
        Ok(dated)
    }

    /// What happens on it.
    ///
    /// # Errors
    /// None that this program's data have.
    pub fn day(self, directory: &Directory, seed: u64, language: Language) -> Result<Vec<Happening>, BaseError> {
        match self {
            Self::House => day::day(seed, directory, language),
            Self::Village(size) => village::day(directory, size, seed, language),
        }
    }
}
