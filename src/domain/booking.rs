//! A booking: who may use a locker, for what and until when; its fillings and emptyings are facts.

use super::{
    access::who::{B, C, D, P, S, V},
    entity::{Entity, EntityKind, Scope, Version},
    exception::{Contradiction, ContradictionKind},
    ids::{BeneficiaryId, BookingId, LockerId, OperatorId, RequestId, SiteId},
    machine::{Machine, Move, Reason, State, Trainee, states},
    refusal::Refusal,
    texts::ShortText,
    time::Instant,
};
use serde::{Deserialize, Serialize};

states! {
    /// Where a booking stands.
    BookingState {
        /// The locker is kept for it.
        Reserved = "reserved",
        /// Something lies in the locker.
        Filled = "filled",
        /// It lies there for too long.
        Overdue = "overdue",
        /// It was taken out.
        Emptied = "emptied",
        /// Called off before anything was put in.
        Cancelled = "cancelled",
    }
}

use BookingState::{Cancelled, Emptied, Filled, Overdue, Reserved};

/// The table of a booking's moves; `fill` and `empty` are facts, recorded in whatever state.
pub const BOOKING: Machine<BookingState> = Machine {
    entity: EntityKind::Booking,
    start: &[Reserved, Filled],
    moves: &[
        Move {
            name: "fill",
            from: &[Reserved],
            to: &[Filled],
            who: &[P, C, D, S, B, V],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "a fact, never refused",
        },
        Move {
            name: "empty",
            from: &[Reserved, Filled, Overdue],
            to: &[Emptied],
            who: &[P, C, D, S, B, V],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "a fact, never refused; of a reserved one it contradicts the record",
        },
        Move {
            name: "overdue",
            from: &[Filled],
            to: &[Overdue],
            who: &[S],
            reason: Reason::None,
            trainee: Trainee::Never,
            condition: "its time is over; becomes a task",
        },
        Move {
            name: "cancel",
            from: &[Reserved],
            to: &[Cancelled],
            who: &[P, C, D, S],
            reason: Reason::Required,
            trainee: Trainee::Held,
            condition: "nothing was put in",
        },
    ],
};

/// Which way things go through the locker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Filled by the beneficiary, to be emptied by the house.
    Deposit,
    /// Filled by the house, for the beneficiary.
    Pickup,
}

/// What people write of a booking; the body that creates one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BookingFields {
    /// Which locker.
    pub locker_id: LockerId,
    /// Where that stands.
    pub site_id: SiteId,
    /// Which way things go.
    pub purpose: Purpose,
    /// For which request.
    #[serde(default)]
    pub request_id: Option<RequestId>,
    /// For whom, or by whom.
    #[serde(default)]
    pub beneficiary_id: Option<BeneficiaryId>,
    /// Until when the content should be out.
    pub until: Instant,
}

/// A reservation or filling of a locker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Booking {
    /// Made by who creates it.
    pub id: BookingId,
    /// One more at each change.
    pub version: Version,
    /// Where it stands.
    pub state: BookingState,
    /// When it was made.
    pub created_at: Instant,
    /// Who made it; none for the system.
    pub created_by: Option<OperatorId>,
    /// What people write.
    #[serde(flatten)]
    pub fields: BookingFields,
    /// When something was put in.
    pub filled_at: Option<Instant>,
    /// When it was taken out.
    pub emptied_at: Option<Instant>,
    /// Why it was called off.
    pub reason: Option<ShortText>,
}

impl Booking {
    /// A reservation.
    ///
    /// # Errors
    /// It ends before it starts.
    pub fn create(id: BookingId, fields: BookingFields, at: Instant, by: Option<OperatorId>) -> Result<Self, Refusal> {
        let booking = Self {
            id,
            version: Version::FIRST,
            state: Reserved,
            created_at: at,
            created_by: by,
            fields,
            filled_at: None,
            emptied_at: None,
            reason: None,
        };
        booking.check()?;
        Ok(booking)
    }

    /// The booking of a locker that was found filled without one: a fact, never refused.
    pub fn dropped(
        id: BookingId,
        fields: BookingFields,
        occurred_at: Instant,
        at: Instant,
        by: Option<OperatorId>,
    ) -> Self {
        Self {
            id,
            version: Version::FIRST,
            state: Filled,
            created_at: at,
            created_by: by,
            fields,
            filled_at: Some(occurred_at),
            emptied_at: None,
            reason: None,
        }
    }

    /// Something was put in. Recorded in whatever state; what contradicts the record leaves the state as it is and is for a person to settle.
    pub fn filled(&self, occurred_at: Instant) -> (Self, Option<Contradiction>) {
        let kind = match self.state {
            Reserved => return (Self { state: Filled, filled_at: Some(occurred_at), ..self.clone() }, None),
            // Heard of late, but in the order of the world: the record only gains what it lacked.
            Emptied if self.filled_at.is_none() && self.emptied_at.is_some_and(|emptied| occurred_at <= emptied) => {
                return (Self { filled_at: Some(occurred_at), ..self.clone() }, None);
            }
            Filled | Overdue => ContradictionKind::FilledTwice,
            Emptied | Cancelled => ContradictionKind::FilledAfterEnd,
        };
        (self.clone(), Some(Contradiction::about(self, kind, occurred_at)))
    }

    /// It was taken out. Recorded in whatever state, as [`Booking::filled`] is.
    pub fn emptied(&self, occurred_at: Instant) -> (Self, Option<Contradiction>) {
        let older = self.filled_at.is_some_and(|filled| occurred_at < filled);
        let kind = match self.state {
            Filled | Overdue if older => ContradictionKind::OlderThanKnown,
            Filled | Overdue | Reserved => {
                let emptied = Self { state: Emptied, emptied_at: Some(occurred_at), ..self.clone() };
                let contradiction = (self.state == Reserved)
                    .then(|| Contradiction::about(self, ContradictionKind::EmptiedUnfilled, occurred_at));
                return (emptied, contradiction);
            }
            Emptied | Cancelled => ContradictionKind::EmptiedAfterEnd,
        };
        (self.clone(), Some(Contradiction::about(self, kind, occurred_at)))
    }

    /// The content has lain there for too long.
    ///
    /// # Errors
    /// Nothing lies there, or its time is not over.
    pub fn overdue(&mut self, at: Instant) -> Result<(), Refusal> {
        BOOKING.allow(self.state, "overdue", Overdue, None)?;
        if at < self.fields.until {
            return Err(Refusal::FieldInvalid { field: "until".into(), why: "its time is not over".into() });
        }
        self.state = Overdue;
        Ok(())
    }

    /// Calls it off.
    ///
    /// # Errors
    /// Something was put in, or it has ended.
    pub fn cancel(&mut self, reason: ShortText) -> Result<(), Refusal> {
        BOOKING.allow(self.state, "cancel", Cancelled, Some(&reason))?;
        self.state = Cancelled;
        self.reason = Some(reason);
        Ok(())
    }

    /// Whether it keeps the locker from others; a locker never holds two that do.
    pub fn is_live(&self) -> bool {
        !BOOKING.is_end(self.state)
    }
}

impl Entity for Booking {
    type Id = BookingId;
    const KIND: EntityKind = EntityKind::Booking;
    const EDITABLE: &'static [&'static str] = &["request_id", "beneficiary_id", "until"];

    super::entity::stored!();

    fn scope(&self) -> Scope {
        Scope { site: Some(self.fields.site_id), client: None }
    }

    fn state_name(&self) -> Option<&'static str> {
        Some(self.state.name())
    }

    fn check(&self) -> Result<(), Refusal> {
        if self.state == Reserved && self.fields.until <= self.created_at {
            return Err(Refusal::FieldInvalid {
                field: "until".into(),
                why: "a reservation ends after it is made".into(),
            });
        }
        Ok(())
    }

    fn unmade(&self) -> Option<Self> {
        (self.state == Reserved).then(|| Self { state: Cancelled, ..self.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moves::walk::{at, faults, id, in_table, text};
    use proptest::prelude::*;

    fn fields() -> BookingFields {
        BookingFields {
            locker_id: id(1),
            site_id: id(2),
            purpose: Purpose::Deposit,
            request_id: None,
            beneficiary_id: None,
            until: at(100),
        }
    }

    fn booking() -> Booking {
        Booking::create(id(3), fields(), at(0), None).unwrap()
    }

    /// What holds for a booking whatever happened to it.
    fn holds(booking: &Booking) -> bool {
        let inside = matches!(booking.state, Filled | Overdue);
        (!inside || booking.filled_at.is_some())
            && (booking.state == Emptied) == booking.emptied_at.is_some()
            && (booking.state == Cancelled) == booking.reason.is_some()
            && (!matches!(booking.state, Reserved | Cancelled) || booking.filled_at.is_none())
            && booking.emptied_at.is_none_or(|emptied| booking.filled_at.is_none_or(|filled| filled <= emptied))
    }

    fn kind((_, contradiction): (Booking, Option<Contradiction>)) -> Option<ContradictionKind> {
        contradiction.map(|contradiction| contradiction.kind)
    }

    #[test]
    fn the_table_has_no_faults() {
        assert_eq!(faults(&BOOKING), Vec::<String>::new());
    }

    #[test]
    fn a_locker_is_filled_then_emptied() {
        let (filled, contradiction) = booking().filled(at(10));
        assert_eq!((filled.state, contradiction), (Filled, None));
        let (emptied, contradiction) = filled.emptied(at(20));
        assert_eq!((emptied.state, emptied.emptied_at, contradiction), (Emptied, Some(at(20)), None));
    }

    #[test]
    fn a_filling_heard_of_after_the_emptying_completes_the_record() {
        let (emptied, contradiction) = booking().emptied(at(20));
        assert_eq!(contradiction.unwrap().kind, ContradictionKind::EmptiedUnfilled);
        let (complete, contradiction) = emptied.filled(at(10));
        assert_eq!((complete.filled_at, contradiction), (Some(at(10)), None));
        assert_eq!(kind(complete.filled(at(10))), Some(ContradictionKind::FilledAfterEnd));
    }

    #[test]
    fn facts_against_the_record_are_for_a_person() {
        let (filled, _) = booking().filled(at(10));
        assert_eq!(kind(filled.filled(at(12))), Some(ContradictionKind::FilledTwice));
        assert_eq!(kind(filled.emptied(at(9))), Some(ContradictionKind::OlderThanKnown));
        let mut cancelled = booking();
        cancelled.cancel(text("Erreur de site")).unwrap();
        assert_eq!(kind(cancelled.filled(at(12))), Some(ContradictionKind::FilledAfterEnd));
        assert_eq!(kind(cancelled.emptied(at(12))), Some(ContradictionKind::EmptiedAfterEnd));
    }

    #[test]
    fn content_is_overdue_when_its_time_is_over_and_not_before() {
        let (mut filled, _) = booking().filled(at(10));
        assert!(filled.overdue(at(99)).is_err());
        assert!(filled.overdue(at(100)).is_ok());
    }

    proptest! {
        #[test]
        fn no_order_of_moves_and_facts_breaks_a_booking(steps in prop::collection::vec((0..4_u8, 0..200_i64), 0..16), dropped: bool) {
            let mut booking = if dropped { Booking::dropped(id(3), fields(), at(50), at(60), None) } else { booking() };
            for (step, second) in steps {
                let before = booking.clone();
                match step {
                    0 | 1 => {
                        let (after, contradiction) = if step == 0 { booking.filled(at(second)) } else { booking.emptied(at(second)) };
                        // A fact moves the record or is for a person to settle; none is lost.
                        prop_assert!(after != before || contradiction.is_some());
                        booking = after;
                    }
                    _ => {
                        let outcome = if step == 2 { booking.overdue(at(second)) } else { booking.cancel(text("Motif")) };
                        if outcome.is_err() {
                            prop_assert_eq!(&booking, &before);
                        }
                    }
                }
                prop_assert!(before.is_live() || !booking.is_live(), "an ended booking stays ended");
                prop_assert!(in_table(&BOOKING, before.state, booking.state));
                prop_assert!(holds(&booking), "{:?}", booking);
            }
        }
    }
}
