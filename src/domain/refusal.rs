//! Why the domain says no: each refusal names what is at fault and what would be right.

use super::entity::EntityKind;
use serde_json::Value;
use thiserror::Error;

/// A field whose present value is neither what the writer saw nor what they want.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct FieldConflict {
    /// The field's name.
    pub field: String,
    /// The value the writer had before them.
    pub seen: Value,
    /// The value that stands.
    pub present: Value,
    /// The value the writer wants.
    pub new: Value,
}

/// A refusal by the rules of the domain; nothing was changed.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum Refusal {
    /// The entity's table has no such move from this state.
    #[error("a {} that is {from} cannot be moved by {asked}; legal now: {}", entity.name(), legal.join(", "))]
    IllegalMove {
        /// Whose state.
        entity: EntityKind,
        /// The present state.
        from: &'static str,
        /// The verb asked for.
        asked: &'static str,
        /// The verbs that are legal.
        legal: Vec<&'static str>,
    },
    /// The writer acted on a state that is no longer the present one.
    #[error("the {} was {seen} when you acted and is {present} now", entity.name())]
    StateMoved {
        /// Whose state.
        entity: EntityKind,
        /// The state the writer saw.
        seen: &'static str,
        /// The state that stands.
        present: &'static str,
    },
    /// Fields were changed by someone else to another value.
    #[error("{} changed meanwhile", fields.iter().map(|f| f.field.as_str()).collect::<Vec<_>>().join(", "))]
    FieldsMoved {
        /// Both values of each.
        fields: Vec<FieldConflict>,
    },
    /// The move must say why.
    #[error("{asked} needs a reason")]
    ReasonMissing {
        /// The verb asked for.
        asked: &'static str,
    },
    /// A provider of a lower tier is chosen although one of a higher tier is available.
    #[error("{better} is of a higher tier and available: say why it is passed over")]
    TierReasonMissing {
        /// The name of the recommended provider.
        better: String,
    },
    /// A provider cannot be in a consortium as it is asked for.
    #[error("{name}: {}", fault.words())]
    WrongMember {
        /// What is wrong with it.
        fault: MemberFault,
        /// The provider that cannot.
        name: String,
    },
    /// What must be known first is not.
    #[error("still missing: {}", fields.join(", "))]
    FieldsMissing {
        /// The fields to fill.
        fields: Vec<&'static str>,
    },
    /// A value is outside of what the field takes.
    #[error("{field}: {why}")]
    FieldInvalid {
        /// The field at fault.
        field: String,
        /// What would be right.
        why: String,
    },
    /// The field exists but people do not write it.
    #[error("{field} cannot be edited; editable: {}", editable.join(", "))]
    FieldUnknown {
        /// The field asked for.
        field: String,
        /// The fields that may be edited.
        editable: &'static [&'static str],
    },
    /// Something else stands in the way.
    #[error("{what}")]
    Busy {
        /// A stable word for the cause, such as `claimed` or `locker_booked`.
        cause: Cause,
        /// The sentence.
        what: String,
    },
}

/// Why a provider cannot be in a consortium.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberFault {
    /// It is the consortium itself.
    Itself,
    /// It is a consortium too.
    Consortium,
    /// It is a member of a consortium, and was to have members of its own.
    Member,
}

impl MemberFault {
    /// The stable word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Itself => "itself",
            Self::Consortium => "consortium",
            Self::Member => "member",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Itself => "a consortium is no member of itself",
            Self::Consortium => "a consortium cannot be a member of another: name its members instead",
            Self::Member => "who is a member of a consortium has no members",
        }
    }
}

/// Stable words for what stands in the way of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Somebody else works on it.
    Claimed,
    /// Another offer for the request was accepted.
    AlreadyTaken,
    /// The locker holds another live booking.
    LockerBooked,
    /// A leg before it is not done.
    LegBefore,
    /// Something was built upon what should be undone.
    BuiltUpon,
    /// The time for it is over.
    TooLate,
    /// An exception on it is open.
    ExceptionOpen,
    /// The same thing exists already.
    Exists,
    /// Other entries still refer to it.
    InUse,
    /// The ledger's lines do not sum to zero, or name the wrong account.
    Unbalanced,
    /// The office has no way to send mail.
    NoMailServer,
    /// No address of mail reaches the person.
    NoAddress,
    /// It is of a kind for which this cannot be done.
    NotThisKind,
}
