//! A claim: who works on a contact or a request; an online lease on the server's clock.

use super::{
    access::who::{C, D, P, S},
    entity::{Entity, EntityKind, Scope, Version},
    ids::{ClaimId, ContactId, OperatorId, RequestId, SiteId},
    machine::{Machine, Move, Reason, State, Trainee, states},
    refusal::Refusal,
    texts::ShortText,
    time::Instant,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

states! {
    /// Where a claim stands.
    ClaimState {
        /// Renewed within the last 45 seconds.
        Live = "live",
        /// Not renewed any more: anyone may take it over.
        Stale = "stale",
        /// Over.
        Released = "released",
    }
}

use ClaimState::{Live, Released, Stale};

/// The table of a claim's moves.
pub const CLAIM: Machine<ClaimState> = Machine {
    entity: EntityKind::Claim,
    start: &[Live],
    moves: &[
        Move {
            name: "renew",
            from: &[Live, Stale],
            to: &[Live],
            who: &[P, C, D],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "by its holder",
        },
        Move {
            name: "expire",
            from: &[Live],
            to: &[Stale],
            who: &[S],
            reason: Reason::None,
            trainee: Trainee::Never,
            condition: "not renewed for 45 s",
        },
        Move {
            name: "take_over",
            from: &[Stale],
            to: &[Live],
            who: &[P, C, D],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "by anyone",
        },
        Move {
            name: "take_over",
            from: &[Live],
            to: &[Live],
            who: &[P, C, D],
            reason: Reason::Required,
            trainee: Trainee::Free,
            condition: "from somebody else; freely from oneself at another desk",
        },
        Move {
            name: "release",
            from: &[Live, Stale],
            to: &[Released],
            who: &[P, C, D, S],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "by its holder, or when its subject ends",
        },
    ],
};

/// What a claim is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClaimSubject {
    /// An interaction that came in.
    Contact {
        /// Which one.
        id: ContactId,
    },
    /// A job asked for.
    Request {
        /// Which one.
        id: RequestId,
    },
}

impl ClaimSubject {
    /// The id of what is claimed, whatever it is.
    pub fn id(self) -> Uuid {
        match self {
            Self::Contact { id } => id.into(),
            Self::Request { id } => id.into(),
        }
    }
}

/// Who works on what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Claim {
    /// Made by who claims.
    pub id: ClaimId,
    /// One more at each change.
    pub version: Version,
    /// Where it stands.
    pub state: ClaimState,
    /// What is claimed.
    pub subject: ClaimSubject,
    /// The id of what is claimed; at most one claim on it is not released.
    pub subject_id: Uuid,
    /// The subject's site.
    pub site_id: Option<SiteId>,
    /// Who holds it.
    pub operator_id: OperatorId,
    /// Since when.
    pub since: Instant,
    /// Whom it was taken over from.
    pub taken_from: Option<OperatorId>,
    /// Why it was taken over.
    pub reason: Option<ShortText>,
}

impl Claim {
    /// A claim just made.
    pub fn create(
        id: ClaimId,
        subject: ClaimSubject,
        site_id: Option<SiteId>,
        operator_id: OperatorId,
        at: Instant,
    ) -> Self {
        Self {
            id,
            version: Version::FIRST,
            state: Live,
            subject,
            subject_id: subject.id(),
            site_id,
            operator_id,
            since: at,
            taken_from: None,
            reason: None,
        }
    }

    /// Goes to another operator: freely if it is stale or their own, else with a reason.
    ///
    /// # Errors
    /// A released claim, or a live one of somebody else without a reason.
    pub fn take_over(&mut self, by: OperatorId, reason: Option<ShortText>, at: Instant) -> Result<(), Refusal> {
        let step = CLAIM.step(self.state, "take_over", Live)?;
        if step.reason == Reason::Required && self.operator_id != by && reason.is_none() {
            return Err(Refusal::ReasonMissing { asked: "take_over" });
        }
        if self.operator_id != by {
            self.taken_from = Some(self.operator_id);
        }
        self.operator_id = by;
        self.state = Live;
        self.since = at;
        self.reason = reason;
        Ok(())
    }

    /// Moves it otherwise.
    ///
    /// # Errors
    /// An illegal move with the legal ones.
    pub fn go(&mut self, name: &'static str, to: ClaimState) -> Result<(), Refusal> {
        CLAIM.step(self.state, name, to)?;
        self.state = to;
        Ok(())
    }
}

impl Entity for Claim {
    type Id = ClaimId;
    const KIND: EntityKind = EntityKind::Claim;
    const EDITABLE: &'static [&'static str] = &[];

    super::entity::stored!();

    fn scope(&self) -> Scope {
        Scope { site: self.site_id, client: None }
    }

    fn state_name(&self) -> Option<&'static str> {
        Some(self.state.name())
    }

    fn unmade(&self) -> Option<Self> {
        (self.state != Released && self.state != Stale).then(|| Self { state: Released, ..self.clone() })
    }
}
