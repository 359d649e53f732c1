//! Contradictions between record and world, and the exceptions they open for a person to settle.

use super::{
    access::who::{C, D},
    entity::{Entity, EntityKind, Scope, Version},
    ids::{ExceptionId, OperatorId, SiteId},
    machine::{Machine, Move, Reason, State, Trainee, states},
    refusal::Refusal,
    texts::{LongText, ShortText},
    time::Instant,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

states! {
    /// Where an exception stands.
    ExceptionState {
        /// Waits for a person.
        Open = "open",
        /// Settled.
        Closed = "closed",
    }
}

use ExceptionState::{Closed, Open};

/// The table of an exception's moves.
pub const EXCEPTION: Machine<ExceptionState> = Machine {
    entity: EntityKind::Exception,
    start: &[Open],
    moves: &[Move {
        name: "close",
        from: &[Open],
        to: &[Closed],
        who: &[C, D],
        reason: Reason::Required,
        trainee: Trainee::Held,
        condition: "a person settled it; the reason says how",
    }],
};

/// In what the world and the record differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ContradictionKind {
    /// An item was passed on by someone who did not have it.
    NotTheHolder,
    /// An item was taken in that was in custody already.
    TakenInTwice,
    /// An item was handed back that had been handed back.
    HandedBackTwice,
    /// An item that had been handed back was passed on, without being taken in again.
    PassedOnAfterHandBack,
    /// An item that was recorded as lost turned up.
    LostItemFound,
    /// The fact is older than the newest one known.
    OlderThanKnown,
    /// A locker was filled that was filled already.
    FilledTwice,
    /// A locker was filled for a booking that had ended.
    FilledAfterEnd,
    /// A locker was filled while another booking held it.
    LockerTaken,
    /// A locker was filled that is out of order or no longer used.
    LockerUnusable,
    /// A locker was emptied that was not recorded as filled.
    EmptiedUnfilled,
    /// A locker was emptied for a booking that had ended.
    EmptiedAfterEnd,
    /// A leg ended although the one before it had not been done.
    LegBeforeNotDone,
    /// A leg was reported done or failed that had ended otherwise.
    LegEndedTwice,
    /// A count of cash or things does not match the record.
    TallyWrong,
    /// Nobody opened the desk of a permanence.
    NotHeld,
    /// Something else, seen by a person.
    Other,
}

/// A fact that was recorded although it contradicts the record: opens an [`Exception`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a contradiction opens an exception"]
pub struct Contradiction {
    /// In what they differ.
    pub kind: ContradictionKind,
    /// What it is about.
    pub about: About,
    /// Where.
    pub site_id: Option<SiteId>,
    /// When the fact occurred.
    pub occurred_at: Instant,
}

impl Contradiction {
    /// A contradiction about this entity.
    pub fn about<E: Entity>(entity: &E, kind: ContradictionKind, occurred_at: Instant) -> Self {
        Self { kind, about: About { kind: E::KIND, id: entity.id().into() }, site_id: entity.scope().site, occurred_at }
    }
}

/// The row that an exception is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct About {
    /// Its kind.
    pub kind: EntityKind,
    /// Its identifier.
    pub id: Uuid,
}

/// What people write of an exception that they open themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExceptionFields {
    /// What it is about.
    pub about: About,
    /// Where.
    #[serde(default)]
    pub site_id: Option<SiteId>,
    /// In what world and record differ.
    pub kind: ContradictionKind,
    /// In words; required where the kind alone says nothing.
    #[serde(default)]
    pub what: Option<ShortText>,
    /// When it occurred.
    pub occurred_at: Instant,
}

/// A contradiction for a person to settle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Exception {
    /// Made by who opens it.
    pub id: ExceptionId,
    /// One more at each change.
    pub version: Version,
    /// Where it stands.
    pub state: ExceptionState,
    /// When it was opened.
    pub created_at: Instant,
    /// Who opened it; none for the system.
    pub created_by: Option<OperatorId>,
    /// What people write.
    #[serde(flatten)]
    pub fields: ExceptionFields,
    /// How it was settled.
    pub settlement: Option<LongText>,
    /// When.
    pub closed_at: Option<Instant>,
    /// By whom.
    pub closed_by: Option<OperatorId>,
}

impl Exception {
    /// An exception that a person opens.
    ///
    /// # Errors
    /// The kind alone does not say what is wrong, and no words do.
    pub fn create(
        id: ExceptionId,
        fields: ExceptionFields,
        at: Instant,
        by: Option<OperatorId>,
    ) -> Result<Self, Refusal> {
        let exception = Self {
            id,
            version: Version::FIRST,
            state: Open,
            created_at: at,
            created_by: by,
            fields,
            settlement: None,
            closed_at: None,
            closed_by: None,
        };
        exception.check()?;
        Ok(exception)
    }

    /// The exception that a contradiction opens; `what` is what the reporter said of it.
    pub fn from_contradiction(
        id: ExceptionId,
        contradiction: Contradiction,
        what: Option<ShortText>,
        at: Instant,
        by: Option<OperatorId>,
    ) -> Self {
        let Contradiction { kind, about, site_id, occurred_at } = contradiction;
        let fields = ExceptionFields { about, site_id, kind, what, occurred_at };
        Self {
            id,
            version: Version::FIRST,
            state: Open,
            created_at: at,
            created_by: by,
            fields,
            settlement: None,
            closed_at: None,
            closed_by: None,
        }
    }

    /// Settles it; the settlement is the reason that the table asks for.
    ///
    /// # Errors
    /// It is settled already.
    pub fn close(&mut self, settlement: LongText, at: Instant, by: OperatorId) -> Result<(), Refusal> {
        EXCEPTION.step(self.state, "close", Closed)?;
        self.state = Closed;
        self.settlement = Some(settlement);
        self.closed_at = Some(at);
        self.closed_by = Some(by);
        Ok(())
    }
}

impl Entity for Exception {
    type Id = ExceptionId;
    const KIND: EntityKind = EntityKind::Exception;
    const EDITABLE: &'static [&'static str] = &["what"];

    super::entity::stored!();

    fn scope(&self) -> Scope {
        Scope { site: self.fields.site_id, client: None }
    }

    fn state_name(&self) -> Option<&'static str> {
        Some(self.state.name())
    }

    fn check(&self) -> Result<(), Refusal> {
        if self.fields.kind == ContradictionKind::Other && self.fields.what.is_none() {
            return Err(Refusal::FieldsMissing { fields: vec!["what"] });
        }
        Ok(())
    }

    fn search_words(&self) -> Vec<&str> {
        [self.fields.what.as_ref().map(ShortText::as_str), self.settlement.as_ref().map(LongText::as_str)]
            .into_iter()
            .flatten()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moves::walk::{at, faults, id, text};

    fn fields(kind: ContradictionKind) -> ExceptionFields {
        ExceptionFields {
            about: About { kind: EntityKind::Item, id: Uuid::from_u128(7) },
            site_id: None,
            kind,
            what: None,
            occurred_at: at(0),
        }
    }

    #[test]
    fn the_table_has_no_faults() {
        assert_eq!(faults(&EXCEPTION), Vec::<String>::new());
    }

    #[test]
    fn what_the_kind_does_not_say_is_said_in_words() {
        let mut fields = fields(ContradictionKind::Other);
        assert_eq!(
            Exception::create(id(1), fields.clone(), at(1), None).unwrap_err(),
            Refusal::FieldsMissing { fields: vec!["what"] }
        );
        fields.what = Some(text("Deux sacs de trop"));
        assert!(Exception::create(id(1), fields, at(1), None).is_ok());
    }

    #[test]
    fn an_exception_is_settled_once() {
        let mut exception = Exception::create(id(1), fields(ContradictionKind::TallyWrong), at(1), None).unwrap();
        exception.close("Recompté avec le concierge".parse().unwrap(), at(2), id(3)).unwrap();
        let settled = exception.clone();
        assert!(exception.close("Encore".parse().unwrap(), at(3), id(3)).is_err());
        assert_eq!(exception, settled);
    }
}
