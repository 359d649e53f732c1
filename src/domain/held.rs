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
        Move {
            name: "take_up",
            from: &[HeldState::Held, HeldState::Returned],
            to: &[HeldState::Returned],
            who: &[P, C, D],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "by who prepared it: read what to do better, or thought again before anybody looked",
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
    /// When who prepared it took up again what came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_up_at: Option<Instant>,
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

    /// Taken up again by who prepared it.
    ///
    /// # Errors
    /// It was carried out already.
    pub fn take_up(&mut self, at: Instant) -> Result<(), Refusal> {
        HELD.step(self.state, "take_up", HeldState::Returned)?;
        self.decided_by = self.decided_by.or(Some(self.operator_id));
        self.state = HeldState::Returned;
        self.taken_up_at = self.taken_up_at.or(Some(at));
        Ok(())
    }

    /// Whether it waits for who prepared it: what came back from another and was not taken up.
    pub fn is_to_take_up(&self) -> bool {
        self.state == HeldState::Returned && self.taken_up_at.is_none() && self.decided_by != Some(self.operator_id)
    }

    /// Whether the command names a row.
    pub fn names(&self, id: &str) -> bool {
        fn within(value: &Value, id: &str) -> bool {
            match value {
                Value::String(text) => text == id,
                Value::Array(values) => values.iter().any(|value| within(value, id)),
                Value::Object(fields) => fields.values().any(|value| within(value, id)),
                _ => false,
            }
        }
        within(&self.command, id)
    }

    /// What is left when the data of a person whom it names are erased: which command it was, about what. One that waited goes back,
    /// for it can be released no longer.
    #[must_use]
    pub fn erased(&self, reason: &ShortText) -> Self {
        let mut left = self.clone();
        if let Some(fields) = left.command.as_object_mut() {
            fields.remove("body");
        }
        if left.state == HeldState::Held {
            left.state = HeldState::Returned;
            left.reason = Some(reason.clone());
        } else {
            left.reason = left.reason.map(|text| text.replaced_by("(effacé)"));
        }
        left
    }
}

impl Entity for Held {
    type Id = HeldId;
    const KIND: EntityKind = EntityKind::Held;
    const EDITABLE: &'static [&'static str] = &[];

    super::entity::stored!();

    fn scope(&self) -> Scope {
        Scope { site: self.site_id, client: None }
    }

    fn state_name(&self) -> Option<&'static str> {
        Some(self.state.name())
    }

    /// Who prepared it thought again.
    fn unmade(&self) -> Option<Self> {
        let back = Self { state: HeldState::Returned, decided_by: Some(self.operator_id), ..self.clone() };
        (self.state == HeldState::Held).then_some(back)
    }
}
