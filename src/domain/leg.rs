//! A leg: one move of items from place to place, which starts when the one before it is done.

pub mod custody;
pub mod template;

use super::{
    access::who::{C, D, P, S, V},
    entity::{Entity, EntityKind, Scope, Version},
    exception::{Contradiction, ContradictionKind},
    ids::{ItemId, LegId, LockerId, OperatorId, ProviderId, RequestId, RoundId, SiteId},
    machine::{Machine, Move, Reason, State, Trainee, states},
    position::Position,
    refusal::{Cause, Refusal},
    texts::ShortText,
    time::{Instant, Window},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

states! {
    /// Where a leg stands.
    LegState {
        /// To be driven.
        Planned = "planned",
        /// Both ends expect it.
        Confirmed = "confirmed",
        /// On its way.
        Underway = "underway",
        /// The items are there.
        Done = "done",
        /// The items are not there.
        Failed = "failed",
        /// Called off, or turned back.
        Cancelled = "cancelled",
    }
}

use LegState::{Cancelled, Confirmed, Done, Failed, Planned, Underway};

/// The table of a leg's moves; `done` and `fail` are facts, recorded in whatever state.
pub const LEG: Machine<LegState> = Machine {
    entity: EntityKind::Leg,
    start: &[Planned],
    moves: &[
        Move {
            name: "confirm",
            from: &[Planned],
            to: &[Confirmed],
            who: &[P, C, D],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "both ends expect it",
        },
        // What both ends expected was the former window.
        Move {
            name: "move",
            from: &[Planned, Confirmed],
            to: &[Planned],
            who: &[P, C, D, S],
            reason: Reason::None,
            trainee: Trainee::Held,
            condition: "to another window; the former stays in the history",
        },
        Move {
            name: "start",
            from: &[Confirmed],
            to: &[Underway],
            who: &[P, C, D, S],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "the leg before it is done",
        },
        Move {
            name: "done",
            from: &[Planned, Confirmed, Underway],
            to: &[Done],
            who: &[P, C, D, S, V],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "a fact, never refused",
        },
        Move {
            name: "fail",
            from: &[Planned, Confirmed, Underway],
            to: &[Failed],
            who: &[P, C, D, S, V],
            reason: Reason::Required,
            trainee: Trainee::Free,
            condition: "a fact, never refused; a new leg takes its place",
        },
        Move {
            name: "cancel",
            from: &[Planned, Confirmed, Underway],
            to: &[Cancelled],
            who: &[P, C, D, S],
            reason: Reason::Required,
            trainee: Trainee::Held,
            condition: "called off, or turned back",
        },
    ],
};

/// What a leg is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LegKind {
    /// Fetches from the beneficiary, the desk or a locker.
    Collect,
    /// Brings to the provider.
    ToProvider,
    /// Fetches from the provider.
    FromProvider,
    /// Brings within the beneficiary's reach.
    HandBack,
}

/// A place that a leg or a round starts or ends at.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Place {
    /// The desk of a site.
    Site {
        /// Which one.
        site_id: SiteId,
    },
    /// A locker.
    Locker {
        /// Which one.
        locker_id: LockerId,
    },
    /// A provider.
    Provider {
        /// Which one.
        provider_id: ProviderId,
    },
    /// Anywhere else.
    Address {
        /// Street and town.
        address: ShortText,
        /// Where it lies, for rounds.
        #[serde(default)]
        position: Option<Position>,
    },
}

/// Why a leg failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FailureReason {
    /// Nobody was there.
    Absent,
    /// The place was closed.
    Closed,
    /// The items were damaged.
    Damaged,
    /// The items were not accepted.
    Refused,
    /// The items were not there.
    Missing,
    /// The address was wrong.
    WrongAddress,
    /// The locker was full.
    LockerFull,
    /// The vehicle broke down.
    Vehicle,
}

/// How a leg failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// Why.
    pub reason: FailureReason,
    /// What else is to be known.
    #[serde(default)]
    pub note: Option<ShortText>,
}

/// A window that a leg had before it was moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct FormerWindow {
    /// The window; none if it had none.
    pub window: Option<Window>,
    /// Until when it was the agreed one.
    pub until: Instant,
    /// Who moved it; none for the system.
    pub moved_by: Option<OperatorId>,
}

/// What people write of a leg; the body that creates one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LegFields {
    /// What it is for.
    pub kind: LegKind,
    /// For which request.
    pub request_id: RequestId,
    /// What it carries, as far as known; at most 200.
    #[serde(default)]
    pub item_ids: Vec<ItemId>,
    /// Pieces that it carries while its items are not known one by one, 1 to 1,000; one if none is told.
    #[serde(default)]
    #[cfg_attr(feature = "office", schema(minimum = 1, maximum = 1000))]
    pub pieces: Option<u16>,
    /// From where.
    pub from: Place,
    /// To where.
    pub to: Place,
    /// When, in civil time of the request's site; none while it is open.
    #[serde(default)]
    pub window: Option<Window>,
    /// The leg that must be done before.
    #[serde(default)]
    pub after: Option<LegId>,
    /// Whether planning leaves it where it is.
    #[serde(default)]
    pub pinned: bool,
}

/// One move of items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Leg {
    /// Made by who creates it.
    pub id: LegId,
    /// One more at each change.
    pub version: Version,
    /// Where it stands.
    pub state: LegState,
    /// When it was made.
    pub created_at: Instant,
    /// Who made it; none for the system.
    pub created_by: Option<OperatorId>,
    /// What people write.
    #[serde(flatten)]
    pub fields: LegFields,
    /// The site of its request.
    pub site_id: Option<SiteId>,
    /// The failed leg in whose place it stands.
    pub replaces: Option<LegId>,
    /// The round it is planned into.
    pub round_id: Option<RoundId>,
    /// The place of its first stop in that round, from 0.
    pub position: Option<u16>,
    /// The windows it had before.
    pub former_windows: Vec<FormerWindow>,
    /// When it set out.
    pub started_at: Option<Instant>,
    /// When it came to an end.
    pub ended_at: Option<Instant>,
    /// How it failed.
    pub failure: Option<Failure>,
    /// Why it was called off.
    pub reason: Option<ShortText>,
}

impl Leg {
    /// A leg to be driven; `site` is that of its request.
    ///
    /// # Errors
    /// It comes after itself, goes nowhere, or names an item twice or too many.
    pub fn create(
        id: LegId,
        fields: LegFields,
        site: Option<SiteId>,
        at: Instant,
        by: Option<OperatorId>,
    ) -> Result<Self, Refusal> {
        let leg = Self {
            id,
            version: Version::FIRST,
            state: Planned,
            created_at: at,
            created_by: by,
            fields,
            site_id: site,
            replaces: None,
            round_id: None,
            position: None,
            former_windows: Vec::new(),
            started_at: None,
            ended_at: None,
            failure: None,
            reason: None,
        };
        leg.check()?;
        Ok(leg)
    }

    /// Both ends expect it.
    ///
    /// # Errors
    /// It is not planned, or has no window that could be expected.
    pub fn confirm(&mut self) -> Result<(), Refusal> {
        LEG.allow(self.state, "confirm", Confirmed, None)?;
        if self.fields.window.is_none() {
            return Err(Refusal::FieldsMissing { fields: vec!["window"] });
        }
        self.state = Confirmed;
        Ok(())
    }

    /// Moves it to another window, to be confirmed again; the former one stays in the history.
    ///
    /// # Errors
    /// It has started or ended.
    pub fn move_to(&mut self, window: Option<Window>, at: Instant, by: Option<OperatorId>) -> Result<(), Refusal> {
        LEG.allow(self.state, "move", Planned, None)?;
        if window != self.fields.window {
            self.former_windows.push(FormerWindow { window: self.fields.window, until: at, moved_by: by });
            self.fields.window = window;
            self.state = Planned;
        }
        Ok(())
    }

    /// Both ends expect it within the shift of a round that was published: one that was open is for that shift from now on.
    pub fn expect(&mut self, shift: Window, at: Instant) {
        if self.state == Planned {
            if self.fields.window.is_none() {
                self.former_windows.push(FormerWindow { window: None, until: at, moved_by: None });
                self.fields.window = Some(shift);
            }
            self.state = Confirmed;
        }
    }

    /// Nobody expects it any more: it left its round, or that came home without it. It is to be planned again.
    pub fn unplan(&mut self) {
        if matches!(self.state, Planned | Confirmed) {
            self.state = Planned;
            self.fields.pinned = false;
            self.round_id = None;
            self.position = None;
        }
    }

    /// Where and when it is to be driven, as drawn from the job anew; a window that a person moved stays, and so does a leg that a person made.
    pub fn redraw(&mut self, drawn: &LegFields, at: Instant) {
        let by_hand = self.former_windows.iter().any(|former| former.moved_by.is_some());
        if self.created_by.is_some() || !matches!(self.state, Planned | Confirmed) {
            return;
        }
        let LegFields { kind, pieces, from, to, .. } = drawn.clone();
        self.fields = LegFields { kind, pieces, from, to, ..self.fields.clone() };
        if !by_hand && drawn.window != self.fields.window {
            self.former_windows.push(FormerWindow { window: self.fields.window, until: at, moved_by: None });
            self.fields.window = drawn.window;
            self.state = Planned;
        }
    }

    /// The courier has taken its things: a fact, never refused. Whether it was confirmed makes no difference to what happened.
    pub fn taken(&self, before: Option<LegState>, occurred_at: Instant) -> (Self, Option<Contradiction>) {
        let against = |kind| Some(Contradiction::about(self, kind, occurred_at));
        match self.state {
            Underway => (self.clone(), None),
            Done | Failed | Cancelled => (self.clone(), against(ContradictionKind::LegEndedTwice)),
            Planned | Confirmed => {
                let contradiction =
                    if self.waits_for(before) { against(ContradictionKind::LegBeforeNotDone) } else { None };
                (Self { state: Underway, started_at: Some(occurred_at), ..self.clone() }, contradiction)
            }
        }
    }

    /// The leg on which things that are under way go back to where they came from; it stands where this one, which is called off, stood in
    /// its round.
    ///
    /// # Errors
    /// Nothing of it is under way.
    pub fn turn_back(&self, id: LegId, at: Instant) -> Result<Self, Refusal> {
        if self.state != Underway {
            return Err(Refusal::Busy {
                cause: Cause::NotThisKind,
                what: "only what is under way is turned back".into(),
            });
        }
        let kind = match self.fields.from {
            Place::Provider { .. } => LegKind::ToProvider,
            Place::Site { .. } | Place::Locker { .. } | Place::Address { .. } => LegKind::HandBack,
        };
        let (from, to) = (self.fields.to.clone(), self.fields.from.clone());
        let fields = LegFields { kind, from, to, window: None, after: None, pinned: false, ..self.fields.clone() };
        let leg = Self::create(id, fields, self.site_id, at, None)?;
        Ok(Self {
            state: Underway,
            started_at: self.started_at,
            replaces: Some(self.id),
            round_id: self.round_id,
            position: self.position,
            ..leg
        })
    }

    /// Sets out; `before` is the state of the leg it comes after, which the caller looks up.
    ///
    /// # Errors
    /// It is not confirmed, or the leg before it is not done.
    pub fn start(&mut self, before: Option<LegState>, at: Instant) -> Result<(), Refusal> {
        LEG.allow(self.state, "start", Underway, None)?;
        if self.waits_for(before) {
            return Err(Refusal::Busy { cause: Cause::LegBefore, what: "the leg before this one is not done".into() });
        }
        self.state = Underway;
        self.started_at = Some(at);
        Ok(())
    }

    /// The items are there: a fact, never refused. Of a leg that has ended it changes nothing and is for a person to settle.
    pub fn done(&self, before: Option<LegState>, occurred_at: Instant) -> (Self, Option<Contradiction>) {
        self.ended(Done, None, before, occurred_at)
    }

    /// The items are not there: a fact, never refused, as [`Leg::done`] is not.
    pub fn failed(
        &self,
        failure: Failure,
        before: Option<LegState>,
        occurred_at: Instant,
    ) -> (Self, Option<Contradiction>) {
        self.ended(Failed, Some(failure), before, occurred_at)
    }

    fn ended(
        &self,
        end: LegState,
        failure: Option<Failure>,
        before: Option<LegState>,
        occurred_at: Instant,
    ) -> (Self, Option<Contradiction>) {
        let against = |kind| Some(Contradiction::about(self, kind, occurred_at));
        if LEG.is_end(self.state) {
            return (self.clone(), against(ContradictionKind::LegEndedTwice));
        }
        let contradiction = if end == Done && self.waits_for(before) {
            against(ContradictionKind::LegBeforeNotDone)
        } else if self.started_at.is_some_and(|started| occurred_at < started) {
            against(ContradictionKind::OlderThanKnown)
        } else {
            None
        };
        (Self { state: end, failure, ended_at: Some(occurred_at), ..self.clone() }, contradiction)
    }

    /// Calls it off, or turns it back.
    ///
    /// # Errors
    /// It has ended.
    pub fn cancel(&mut self, reason: ShortText, at: Instant) -> Result<(), Refusal> {
        LEG.allow(self.state, "cancel", Cancelled, Some(&reason))?;
        self.state = Cancelled;
        self.reason = Some(reason);
        self.ended_at = Some(at);
        Ok(())
    }

    /// The new leg that takes the place of this failed one; legs that came after this one are to come after it.
    ///
    /// # Errors
    /// This one has not failed.
    pub fn retry(
        &self,
        id: LegId,
        window: Option<Window>,
        at: Instant,
        by: Option<OperatorId>,
    ) -> Result<Self, Refusal> {
        if self.state != Failed {
            return Err(Refusal::Busy {
                cause: Cause::NotThisKind,
                what: "only a leg that failed is tried again".into(),
            });
        }
        let fields = LegFields { window, pinned: false, ..self.fields.clone() };
        let leg = Self::create(id, fields, self.site_id, at, by)?;
        Ok(Self { replaces: Some(self.id), ..leg })
    }

    /// Puts it into a round at a place from 0, or takes it out of any.
    ///
    /// # Errors
    /// It would leave the round it is fixed in.
    pub fn place(&mut self, planned: Option<(RoundId, u16)>) -> Result<(), Refusal> {
        let round = planned.map(|(round, _)| round);
        if self.is_fixed() && self.round_id != round {
            return Err(Refusal::Busy {
                cause: Cause::InUse,
                what: "a leg that has started or is pinned stays in its round".into(),
            });
        }
        self.round_id = round;
        self.position = planned.map(|(_, position)| position);
        Ok(())
    }

    /// Pieces that a vehicle must have room for.
    pub fn load(&self) -> u16 {
        let items = u16::try_from(self.fields.item_ids.len()).unwrap_or(u16::MAX);
        if items > 0 { items } else { self.fields.pieces.unwrap_or(1) }
    }

    /// Whether planning leaves it where it is: it is in a round, and pinned there or no longer to be started.
    pub fn is_fixed(&self) -> bool {
        self.round_id.is_some() && (self.fields.pinned || !matches!(self.state, Planned | Confirmed))
    }

    /// Whether the leg before it, now in this state, holds it up.
    fn waits_for(&self, before: Option<LegState>) -> bool {
        self.fields.after.is_some() && before != Some(Done)
    }
}

impl Entity for Leg {
    type Id = LegId;
    const KIND: EntityKind = EntityKind::Leg;
    const EDITABLE: &'static [&'static str] = &["item_ids", "pieces", "after", "pinned"];

    super::entity::stored!();

    fn scope(&self) -> Scope {
        Scope { site: self.site_id, client: None }
    }

    fn state_name(&self) -> Option<&'static str> {
        Some(self.state.name())
    }

    fn check(&self) -> Result<(), Refusal> {
        let invalid = |field: &str, why: &str| Err(Refusal::FieldInvalid { field: field.into(), why: why.into() });
        if self.fields.after == Some(self.id) {
            return invalid("after", "a leg does not come after itself");
        }
        if self.fields.from == self.fields.to {
            return invalid("to", "a leg ends at another place than it starts at");
        }
        if self.fields.pieces.is_some_and(|pieces| !(1..=1000).contains(&pieces)) {
            return invalid("pieces", "a leg carries 1 to 1000 pieces");
        }
        if self.fields.item_ids.len() > 200 {
            return invalid("item_ids", "a leg carries at most 200 items; make a second one");
        }
        if self.fields.item_ids.iter().collect::<BTreeSet<_>>().len() < self.fields.item_ids.len() {
            return invalid("item_ids", "an item is named twice");
        }
        Ok(())
    }

    fn unmade(&self) -> Option<Self> {
        (self.state == Planned && self.round_id.is_none()).then(|| Self {
            state: Cancelled,
            ended_at: Some(self.created_at),
            ..self.clone()
        })
    }
}

#[cfg(test)]
mod tests;
