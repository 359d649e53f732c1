//! Why the office did not do what it was asked, and the problem that says so.

use super::storage::StorageError;
use crate::{
    domain::{entity::EntityKind, ids::OperatorId, refusal::Refusal},
    wire::{
        catalogue::ParseError,
        problem::{Problem, ProblemKind},
    },
};
use thiserror::Error;
use uuid::Uuid;

/// Why a command or query failed.
#[derive(Debug, Error)]
pub enum Failure {
    /// The rules of the domain say no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// There is no such row in sight.
    #[error("there is no {} {id}", kind.name())]
    NotFound {
        /// Of which kind.
        kind: EntityKind,
        /// Asked for under this id.
        id: Uuid,
    },
    /// A field names a row that does not exist.
    #[error("{field} names a {} that does not exist", kind.name())]
    UnknownReference {
        /// The field.
        field: &'static str,
        /// What it should name.
        kind: EntityKind,
    },
    /// The account's roles do not allow it.
    #[error("the account may not do {0}")]
    NotAllowed(&'static str),
    /// Somebody else holds the claim.
    #[error("claimed by {0}")]
    Claimed(OperatorId),
    /// The key was used for another command.
    #[error("the key was used for another command")]
    KeyReused,
    /// The key is older than keys are kept.
    #[error("the key is older than keys are kept")]
    KeyTooOld,
    /// What the route got cannot be read.
    #[error(transparent)]
    Unreadable(#[from] ParseError),
    /// Told by the door: headers, parameters, sessions.
    #[error("{}", .0.kind)]
    Told(Box<Problem>),
    /// The office is stopping.
    #[error("the office is stopping")]
    Stopping,
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Told(Box::new(problem))
    }
}

impl From<&Failure> for Problem {
    fn from(failure: &Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => refused(refusal),
            Failure::NotFound { kind, id } => {
                Self::new(ProblemKind::NotFound).with("entity", kind.name()).with("id", id)
            }
            Failure::UnknownReference { field, kind } => {
                Self::new(ProblemKind::UnknownReference).with("entity", kind.name()).at(*field)
            }
            Failure::NotAllowed(command) => Self::new(ProblemKind::NotAllowed).with("command", command),
            Failure::Claimed(by) => Self::new(ProblemKind::Busy).with("cause", "claimed").with("by", by),
            Failure::KeyReused => Self::new(ProblemKind::KeyReused),
            Failure::KeyTooOld => Self::new(ProblemKind::KeyTooOld),
            Failure::Unreadable(ParseError::Malformed(error)) => {
                Self::new(ProblemKind::MalformedJson).with("why", error)
            }
            Failure::Unreadable(ParseError::Field { field, why }) => {
                Self::new(ProblemKind::Invalid).with("why", why).at(field)
            }
            Failure::Unreadable(ParseError::Unknown(name)) => {
                Self::new(ProblemKind::Invalid).with("why", format!("there is no command {name}")).at("command")
            }
            Failure::Told(problem) => (**problem).clone(),
            Failure::Stopping => Self::new(ProblemKind::Unavailable).with("why", "stopping"),
            Failure::Storage(StorageError::Integrity(why)) => {
                Self::new(ProblemKind::UnknownReference).with("entity", "row").with("why", why)
            }
            Failure::Storage(StorageError::Locked) => Self::new(ProblemKind::Unavailable).with("why", "locked"),
            Failure::Storage(StorageError::DiskFull) => Self::new(ProblemKind::Unavailable).with("why", "disk_full"),
            Failure::Storage(_) => Self::new(ProblemKind::Fault),
        }
    }
}

fn refused(refusal: &Refusal) -> Problem {
    let owned = |names: &[&'static str]| names.iter().map(|name| (*name).to_owned()).collect();
    match refusal {
        Refusal::IllegalMove { entity, from, asked, legal } => Problem {
            legal: owned(legal),
            ..Problem::new(ProblemKind::IllegalMove)
                .with("entity", entity.name())
                .with("from", from)
                .with("asked", asked)
                .with("legal", legal.join(", "))
        },
        Refusal::StateMoved { entity, seen, present } => Problem::new(ProblemKind::StateMoved)
            .with("entity", entity.name())
            .with("seen", seen)
            .with("present", present)
            .at("seen"),
        Refusal::FieldsMoved { fields } => Problem {
            conflicts: fields.clone(),
            field: fields.first().map(|conflict| conflict.field.clone()),
            ..Problem::new(ProblemKind::FieldsMoved)
                .with("fields", fields.iter().map(|conflict| conflict.field.as_str()).collect::<Vec<_>>().join(", "))
        },
        Refusal::ReasonMissing { asked } => Problem::new(ProblemKind::ReasonMissing).with("asked", asked).at("reason"),
        Refusal::TierReasonMissing { better } => {
            Problem::new(ProblemKind::TierReasonMissing).with("better", better).at("tier_reason")
        }
        Refusal::WrongMember { fault, name } => {
            Problem::new(ProblemKind::WrongMember).with("fault", fault.name()).with("name", name).at("members")
        }
        Refusal::FieldsMissing { fields } => Problem {
            missing: owned(fields),
            field: fields.first().map(|field| (*field).to_owned()),
            ..Problem::new(ProblemKind::Incomplete).with("missing", fields.join(", "))
        },
        Refusal::FieldInvalid { field, why } => Problem::new(ProblemKind::Invalid).with("why", why).at(field),
        Refusal::FieldUnknown { field, editable } => Problem::new(ProblemKind::Invalid)
            .with("why", format!("{field} is not edited; editable: {}", editable.join(", ")))
            .at(field),
        Refusal::Busy { cause, what } => {
            let cause = serde_json::to_value(cause)
                .ok()
                .and_then(|value| value.as_str().map(str::to_owned))
                .unwrap_or_default();
            Problem::new(ProblemKind::Busy).with("cause", cause).with("what", what)
        }
    }
}
