//! A held command: what a trainee prepared, until another releases or returns it.

use super::{
    access::who::{C, D, P},
    entity::{Entity, EntityKind, Scope, Version},
    ids::{HeldId, OperatorId, SiteId},
    machine::{Machine, Move, Reason, State, Trainee, states},
    refusal::Refusal,
    texts::ShortText,
    time::Instant,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

states! {
    /// Where a held command stands.
    HeldState {
        /// Waits for another.
        Held = "held",
        /// Carried out.
        Released = "released",
        /// Back with the trainee.
        Returned = "returned",
    }
}

/// The table of a held command's moves.
pub const HELD: Machine<HeldState> = Machine {
    entity: EntityKind::Held,
    start: &[HeldState::Held],
    moves: &[
        Move {
            name: "release",
            from: &[HeldState::Held],
            to: &[HeldState::Released],
            who: &[P, C, D],
            reason: Reason::None,
            trainee: Trainee::Never,
            condition: "by another, who may give the command",
        },
        Move {
            name: "return",
            from: &[HeldState::Held],
            to: &[HeldState::Returned],
            who: &[P, C, D],
            reason: Reason::Required,
            trainee: Trainee::Never,
            condition: "with what to do better",
        },
    ],
};

/// What a trainee prepared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Held {
    /// The key of the trainee's command.
    pub id: HeldId,
    /// One more at each change.
    pub version: Version,
    /// Where it stands.
    pub state: HeldState,
    /// Who prepared it.
    pub operator_id: OperatorId,
    /// When.
    pub at: Instant,
    /// The command, as it was sent.
    #[cfg_attr(feature = "office", schema(value_type = Object))]
    pub command: Value,
    /// The site of what it is about.
    pub site_id: Option<SiteId>,
    /// Who released or returned it.
    pub decided_by: Option<OperatorId>,
    /// What to do better.
    pub reason: Option<ShortText>,
}

impl Held {
    /// Released or returned by another.
    ///
    /// # Errors
    /// An illegal move with the legal ones, or a missing reason.
    pub fn go(
        &mut self,
        name: &'static str,
        to: HeldState,
        by: OperatorId,
        reason: Option<ShortText>,
    ) -> Result<(), Refusal> {
        let step = HELD.step(self.state, name, to)?;
        if step.reason == Reason::Required && reason.is_none() {
            return Err(Refusal::ReasonMissing { asked: name });
        }
        self.state = to;
        self.decided_by = Some(by);
        self.reason = reason;
        Ok(())
    }
}

impl Entity for Held {
    type Id = HeldId;
    const KIND: EntityKind = EntityKind::Held;
    const EDITABLE: &'static [&'static str] = &[];

    fn id(&self) -> HeldId {
        self.id
    }

    fn version(&self) -> Version {
        self.version
    }

    fn set_version(&mut self, version: Version) {
        self.version = version;
    }

    fn scope(&self) -> Scope {
        Scope { site: self.site_id, client: None }
    }

    fn state_name(&self) -> Option<&'static str> {
        Some(self.state.name())
    }
}
