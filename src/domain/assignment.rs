//! An assignment: who does a request's job, an accepted provider or own staff.

use super::{
    access::who::{C, D, P, S, V},
    entity::{Entity, EntityKind, Scope, Version},
    ids::{AssignmentId, ClientId, OfferId, OperatorId, ProviderId, RequestId, SiteId},
    machine::{Machine, Move, Reason, State, Trainee, states},
    refusal::Refusal,
    texts::ShortText,
    time::Instant,
};
use serde::{Deserialize, Serialize};

states! {
    /// Where an assignment stands.
    AssignmentState {
        /// The job is theirs.
        Active = "active",
        /// They did it.
        Fulfilled = "fulfilled",
        /// They were let go.
        Released = "released",
        /// They did not do it.
        Failed = "failed",
    }
}

use AssignmentState::{Active, Failed, Fulfilled, Released};

/// The table of an assignment's moves; those of an accepted offer go along with its offer's.
pub const ASSIGNMENT: Machine<AssignmentState> = Machine {
    entity: EntityKind::Assignment,
    start: &[Active],
    moves: &[
        Move {
            name: "fulfil",
            from: &[Active],
            to: &[Fulfilled],
            who: &[S, V, C, P, D],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "their part is done, or by report",
        },
        Move {
            name: "release",
            from: &[Active],
            to: &[Released],
            who: &[D, S],
            reason: Reason::Required,
            trainee: Trainee::Never,
            condition: "they are let go, or the request is cancelled",
        },
        Move {
            name: "fail",
            from: &[Active],
            to: &[Failed],
            who: &[D, C],
            reason: Reason::Required,
            trainee: Trainee::Held,
            condition: "what was agreed was not done",
        },
    ],
};

/// Who does the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Doer {
    /// A partner.
    Provider {
        /// Which one.
        provider_id: ProviderId,
        /// By which accepted offer.
        offer_id: OfferId,
        /// Which of its members does the work, if it is a consortium.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        member_id: Option<ProviderId>,
    },
    /// A person of the house.
    OwnStaff {
        /// Who.
        operator_id: OperatorId,
    },
}

/// What people write of an assignment; the body that creates one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AssignmentFields {
    /// The job.
    pub request_id: RequestId,
    /// Who does it.
    pub by: Doer,
}

/// Who does a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Assignment {
    /// Made by who creates it.
    pub id: AssignmentId,
    /// One more at each change.
    pub version: Version,
    /// Where it stands.
    pub state: AssignmentState,
    /// When it was made.
    pub created_at: Instant,
    /// Who made it; none when a provider's yes did.
    pub created_by: Option<OperatorId>,
    /// What people write.
    #[serde(flatten)]
    pub fields: AssignmentFields,
    /// The site of its request.
    pub site_id: Option<SiteId>,
    /// The client of its request.
    pub client_id: Option<ClientId>,
    /// Why they were let go, or what was not done.
    pub reason: Option<ShortText>,
    /// When it came to an end.
    pub ended_at: Option<Instant>,
}

impl Assignment {
    /// An assignment at work; `scope` is that of its request.
    pub fn create(
        id: AssignmentId,
        fields: AssignmentFields,
        scope: Scope,
        at: Instant,
        by: Option<OperatorId>,
    ) -> Self {
        Self {
            id,
            version: Version::FIRST,
            state: Active,
            created_at: at,
            created_by: by,
            fields,
            site_id: scope.site,
            client_id: scope.client,
            reason: None,
            ended_at: None,
        }
    }

    /// Ends it, if the table allows it.
    ///
    /// # Errors
    /// An illegal move with the legal ones, or a missing reason.
    pub fn go(
        &mut self,
        name: &'static str,
        to: AssignmentState,
        reason: Option<&ShortText>,
        at: Instant,
    ) -> Result<(), Refusal> {
        ASSIGNMENT.allow(self.state, name, to, reason)?;
        self.state = to;
        self.reason = reason.filter(|_| to != Fulfilled).cloned();
        self.ended_at = Some(at);
        Ok(())
    }
}

impl Entity for Assignment {
    type Id = AssignmentId;
    const KIND: EntityKind = EntityKind::Assignment;
    const EDITABLE: &'static [&'static str] = &[];

    super::entity::stored!();

    fn scope(&self) -> Scope {
        Scope { site: self.site_id, client: self.client_id }
    }

    fn state_name(&self) -> Option<&'static str> {
        Some(self.state.name())
    }

    fn unmade(&self) -> Option<Self> {
        (self.state == Active).then(|| Self { state: Released, ended_at: Some(self.created_at), ..self.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moves::walk::{any_move, at, faults, id, in_table, text};
    use proptest::prelude::*;

    fn assignment() -> Assignment {
        let fields = AssignmentFields { request_id: id(1), by: Doer::OwnStaff { operator_id: id(2) } };
        Assignment::create(id(3), fields, Scope::default(), at(0), None)
    }

    /// What holds for an assignment whatever happened to it.
    fn holds(assignment: &Assignment) -> bool {
        (assignment.state == Active) == assignment.ended_at.is_none()
            && matches!(assignment.state, Released | Failed) == assignment.reason.is_some()
    }

    #[test]
    fn the_table_has_no_faults() {
        assert_eq!(faults(&ASSIGNMENT), Vec::<String>::new());
    }

    #[test]
    fn what_is_stored_is_read_back() {
        let assignment = assignment();
        let stored = serde_json::to_value(&assignment).unwrap();
        assert_eq!(stored["by"]["kind"], "own_staff");
        assert_eq!(serde_json::from_value::<Assignment>(stored).unwrap(), assignment);
    }

    proptest! {
        #[test]
        fn no_order_of_moves_breaks_an_assignment(moves in prop::collection::vec((any_move(&ASSIGNMENT), any::<bool>()), 0..8)) {
            let mut assignment = assignment();
            for (now, ((name, to), reasoned)) in moves.into_iter().enumerate() {
                let before = assignment.clone();
                let reason = reasoned.then(|| text("Motif"));
                if assignment.go(name, to, reason.as_ref(), at(i64::try_from(now).unwrap())).is_err() {
                    prop_assert_eq!(&assignment, &before);
                }
                prop_assert!(in_table(&ASSIGNMENT, before.state, assignment.state));
                prop_assert!(holds(&assignment));
            }
        }
    }
}
