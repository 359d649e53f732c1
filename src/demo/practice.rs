//! A permanence to be practised: who comes to the desk with what, noticed from what the office committed, and what of it took long.
//!
//! The house, its office and every act are real; only who stands in front of the desk is told. What is done in another order, or in
//! another way than was proposed, counts as soon as the office's rows are as they should be.

mod cue;
mod progress;
mod report;
mod rows;
mod story;
#[cfg(test)]
mod tests;
mod watch;

pub use cue::{Begins, Cue, Sentence};
pub use progress::{Fault, Progress};
pub use story::{Errand, Story};
pub use watch::Watch;

/// What a concierge must be able to do, in the order in which it is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// The desk opens.
    Open,
    /// A thing goes back by its label.
    Label,
    /// Things go back by a name, and the whole tab is paid in cash.
    Tab,
    /// Something is taken in, labelled and counted.
    Deposit,
    /// Somebody asks for something new.
    Order,
    /// A thing goes into a locker.
    Locker,
    /// What was handed back by mistake is taken back.
    TakeBack,
    /// What is left over is explained, the cash is counted, the desk closes.
    Close,
}

impl Step {
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Open, Self::Label, Self::Tab, Self::Deposit, Self::Order, Self::Locker, Self::TakeBack, Self::Close];

    /// Its place, from 1.
    pub fn number(self) -> usize {
        1 + self as usize
    }

    /// What it is called in the keys of its sentences.
    const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Label => "label",
            Self::Tab => "tab",
            Self::Deposit => "deposit",
            Self::Order => "order",
            Self::Locker => "locker",
            Self::TakeBack => "take-back",
            Self::Close => "close",
        }
    }

    /// Seconds that it takes whoever does it every week, with the person in front of them.
    const fn usual_s(self) -> i64 {
        match self {
            Self::Open => 15,
            Self::Label => 20,
            Self::Tab | Self::Deposit | Self::Close => 40,
            Self::Order => 45,
            Self::Locker => 35,
            Self::TakeBack => 30,
        }
    }
}
