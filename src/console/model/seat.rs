//! Who sits at the console and how: the account, its language and looks, the house's zone.

use crate::{
    console::keymap::DigitRow,
    domain::{
        access::{Actor, Role},
        ids::OperatorId,
        operator::{Bell, Language, Operator},
        time::{Instant, Zone},
    },
};
use jiff::{SignedDuration, civil::DateTime};

/// Whether running seconds are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Seconds {
    /// As they run.
    #[default]
    Running,
    /// Only with something else that is drawn.
    Stilled,
}

/// Who sits here and how.
#[derive(Clone, Debug)]
pub struct Seat {
    /// The account.
    pub operator: Operator,
    /// The interface's language.
    pub language: Language,
    /// The house's zone; sites may have their own.
    pub zone: Zone,
    /// How a ring is heard.
    pub bell: Bell,
    /// Whether running seconds are drawn.
    pub seconds: Seconds,
    /// What the row of digits means.
    pub digits: DigitRow,
    /// After how long without a key it locks by itself.
    pub lock_after: Option<SignedDuration>,
}

impl Seat {
    /// The account's identifier.
    pub fn me(&self) -> OperatorId {
        self.operator.id
    }

    /// What the account may see and do.
    pub fn actor(&self) -> Actor {
        self.operator.actor()
    }

    /// Whether the account has this role.
    pub fn has(&self, role: Role) -> bool {
        self.operator.fields.roles.contains(&role)
    }

    /// Whether the account answers the telephone: rings are heard by those who do.
    pub fn takes_calls(&self) -> bool {
        self.has(Role::Operator) || self.has(Role::Trainee)
    }

    /// A time on the house's clock.
    pub fn civil(&self, at: Instant) -> DateTime {
        at.civil(&self.zone)
    }
}
