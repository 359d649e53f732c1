//! A locker: a compartment on a site, whose state follows from its live booking and from what people say of its door.

use super::{
    access::who::{C, D, S},
    booking::{Booking, BookingState},
    entity::{Entity, EntityKind, Scope, Version},
    exception::{Contradiction, ContradictionKind},
    ids::{BookingId, LockerId, SiteId},
    machine::{Machine, Move, Reason, State, Trainee, states},
    refusal::{Cause, Refusal},
    texts::ShortText,
    time::Instant,
};
use serde::{Deserialize, Serialize};

states! {
    /// Where a locker stands.
    LockerState {
        /// To be booked.
        Free = "free",
        /// Kept for a booking.
        Reserved = "reserved",
        /// Something lies in it.
        Filled = "filled",
        /// Something lies in it for too long.
        Overdue = "overdue",
        /// Cannot be used.
        OutOfOrder = "out_of_order",
    }
}

use LockerState::{Filled, Free, OutOfOrder, Overdue, Reserved};

/// The table of a locker's moves.
pub const LOCKER: Machine<LockerState> = Machine {
    entity: EntityKind::Locker,
    start: &[Free],
    moves: &[
        Move {
            name: "reserve",
            from: &[Free],
            to: &[Reserved],
            who: &[S],
            reason: Reason::None,
            trainee: Trainee::Never,
            condition: "a booking was made",
        },
        Move {
            name: "fill",
            from: &[Free, Reserved],
            to: &[Filled],
            who: &[S],
            reason: Reason::None,
            trainee: Trainee::Never,
            condition: "its booking was filled",
        },
        Move {
            name: "overdue",
            from: &[Filled],
            to: &[Overdue],
            who: &[S],
            reason: Reason::None,
            trainee: Trainee::Never,
            condition: "its booking is overdue",
        },
        Move {
            name: "free",
            from: &[Reserved, Filled, Overdue],
            to: &[Free],
            who: &[S],
            reason: Reason::None,
            trainee: Trainee::Never,
            condition: "its booking ended",
        },
        Move {
            name: "break",
            from: &[Free, Reserved, Filled, Overdue],
            to: &[OutOfOrder],
            who: &[C, D],
            reason: Reason::Required,
            trainee: Trainee::Free,
            condition: "it cannot be used; its booking stays",
        },
        Move {
            name: "repair",
            from: &[OutOfOrder],
            to: &[Free, Reserved, Filled, Overdue],
            who: &[C, D],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "back to what its booking says",
        },
    ],
};

/// What fits into a locker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LockerSize {
    /// A parcel.
    Small,
    /// A bag.
    Medium,
    /// Clothes on hangers.
    Large,
}

/// What people write of a locker; the body that creates one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LockerFields {
    /// Where it stands.
    pub site_id: SiteId,
    /// What is written on its door.
    pub name: ShortText,
    /// What fits into it.
    pub size: LockerSize,
}

/// A compartment on a site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Locker {
    /// Made by who creates it.
    pub id: LockerId,
    /// One more at each change.
    pub version: Version,
    /// Where it stands.
    pub state: LockerState,
    /// What people write.
    #[serde(flatten)]
    pub fields: LockerFields,
    /// Its live booking; there is never a second one.
    pub booking_id: Option<BookingId>,
    /// Why it is out of order.
    pub reason: Option<ShortText>,
    /// No longer used.
    pub archived: bool,
}

/// What a live booking makes of its locker; an ended one frees it.
fn made_by(booking: BookingState) -> LockerState {
    match booking {
        BookingState::Reserved => Reserved,
        BookingState::Filled => Filled,
        BookingState::Overdue => Overdue,
        BookingState::Emptied | BookingState::Cancelled => Free,
    }
}

impl Locker {
    /// A free locker.
    pub fn create(id: LockerId, fields: LockerFields) -> Self {
        Self { id, version: Version::FIRST, state: Free, fields, booking_id: None, reason: None, archived: false }
    }

    /// Keeps it for a booking just made.
    ///
    /// # Errors
    /// Another booking holds it, it is out of order, or no longer used.
    pub fn reserve(&mut self, booking: BookingId) -> Result<(), Refusal> {
        if self.booking_id.is_some() {
            return Err(Refusal::Busy {
                cause: Cause::LockerBooked,
                what: format!("locker {} holds another booking", self.fields.name),
            });
        }
        if self.archived {
            return Err(Refusal::Busy {
                cause: Cause::NotThisKind,
                what: format!("locker {} is no longer used", self.fields.name),
            });
        }
        LOCKER.allow(self.state, "reserve", Reserved, None)?;
        self.state = Reserved;
        self.booking_id = Some(booking);
        Ok(())
    }

    /// The locker after something happened to a booking of it at `occurred_at`; gives the contradiction where another booking holds
    /// the locker, which then keeps it, or where it should not have been used.
    pub fn following(&self, booking: &Booking, occurred_at: Instant) -> (Self, Option<Contradiction>) {
        if self.booking_id.is_some_and(|held| held != booking.id) {
            let taken =
                booking.is_live().then(|| Contradiction::about(self, ContradictionKind::LockerTaken, occurred_at));
            return (self.clone(), taken);
        }
        let newly_used = self.booking_id.is_none() && booking.is_live();
        let unusable = newly_used && (self.archived || self.state == OutOfOrder);
        let state = if self.state == OutOfOrder { OutOfOrder } else { made_by(booking.state) };
        let after = Self { state, booking_id: booking.is_live().then_some(booking.id), ..self.clone() };
        (after, unusable.then(|| Contradiction::about(self, ContradictionKind::LockerUnusable, occurred_at)))
    }

    /// Takes it out of order; what lies in it stays booked.
    ///
    /// # Errors
    /// It is out of order already.
    pub fn break_down(&mut self, reason: ShortText) -> Result<(), Refusal> {
        LOCKER.allow(self.state, "break", OutOfOrder, Some(&reason))?;
        self.state = OutOfOrder;
        self.reason = Some(reason);
        Ok(())
    }

    /// Puts it back in order, as its live booking says; the caller hands that in.
    ///
    /// # Errors
    /// It is not out of order, or the booking is not the one that holds it.
    pub fn repair(&mut self, live: Option<&Booking>) -> Result<(), Refusal> {
        let state = live.map_or(Free, |booking| made_by(booking.state));
        LOCKER.allow(self.state, "repair", state, None)?;
        if self.booking_id != live.filter(|booking| booking.is_live()).map(|booking| booking.id) {
            return Err(Refusal::FieldInvalid {
                field: "booking_id".into(),
                why: "this is not the booking that holds the locker".into(),
            });
        }
        self.state = state;
        self.reason = None;
        Ok(())
    }

    /// Takes it out of use for good.
    ///
    /// # Errors
    /// A booking still holds it.
    pub fn archive(&mut self) -> Result<(), Refusal> {
        if self.booking_id.is_some() {
            return Err(Refusal::Busy {
                cause: Cause::InUse,
                what: format!("locker {} still holds a booking", self.fields.name),
            });
        }
        self.archived = true;
        Ok(())
    }
}

impl Entity for Locker {
    type Id = LockerId;
    const KIND: EntityKind = EntityKind::Locker;
    const EDITABLE: &'static [&'static str] = &["name", "size"];

    super::entity::stored!();

    fn scope(&self) -> Scope {
        Scope { site: Some(self.fields.site_id), client: None }
    }

    fn state_name(&self) -> Option<&'static str> {
        Some(self.state.name())
    }

    fn unmade(&self) -> Option<Self> {
        self.booking_id.is_none().then(|| Self { archived: true, ..self.clone() })
    }

    fn search_words(&self) -> Vec<&str> {
        vec![self.fields.name.as_str()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        booking::{BookingFields, Purpose},
        moves::walk::{at, faults, id, in_table, text},
    };
    use proptest::prelude::*;

    fn locker() -> Locker {
        Locker::create(id(1), LockerFields { site_id: id(2), name: text("B12"), size: LockerSize::Medium })
    }

    fn fields() -> BookingFields {
        BookingFields {
            locker_id: id(1),
            site_id: id(2),
            purpose: Purpose::Pickup,
            request_id: None,
            beneficiary_id: None,
            until: at(100),
        }
    }

    fn booking(number: u128) -> Booking {
        Booking::create(id(number), fields(), at(0), None).unwrap()
    }

    /// What holds for a locker whatever happened to it, given its bookings.
    fn holds(locker: &Locker, bookings: &[Booking]) -> bool {
        let live = bookings.iter().find(|booking| Some(booking.id) == locker.booking_id);
        let fits = match (locker.state, live) {
            (OutOfOrder, _) | (Free, None) => true,
            (state, Some(booking)) => booking.is_live() && state == made_by(booking.state),
            (_, None) => false,
        };
        fits && (locker.state == OutOfOrder) == locker.reason.is_some()
            && locker.booking_id.is_none() != live.is_some_and(Booking::is_live)
    }

    #[test]
    fn the_table_has_no_faults() {
        assert_eq!(faults(&LOCKER), Vec::<String>::new());
    }

    #[test]
    fn a_locker_holds_one_live_booking() {
        let mut locker = locker();
        locker.reserve(id(10)).unwrap();
        let before = locker.clone();
        assert!(matches!(locker.reserve(id(11)), Err(Refusal::Busy { cause: Cause::LockerBooked, .. })));
        assert_eq!(locker, before);
    }

    #[test]
    fn filling_a_locker_that_another_booking_holds_is_for_a_person() {
        let mut locker = locker();
        locker.reserve(id(10)).unwrap();
        let dropped = Booking::dropped(id(11), fields(), at(5), at(6), None);
        let (after, contradiction) = locker.following(&dropped, at(5));
        assert_eq!(after, locker);
        assert_eq!(contradiction.unwrap().kind, ContradictionKind::LockerTaken);
    }

    #[test]
    fn a_broken_door_keeps_what_lies_behind_it() {
        let mut locker = locker();
        locker.reserve(id(10)).unwrap();
        let (filled, _) = booking(10).filled(at(5));
        (locker, _) = locker.following(&filled, at(5));
        locker.break_down(text("Serrure forcée")).unwrap();
        assert_eq!(locker.booking_id, Some(filled.id));
        locker.repair(Some(&filled)).unwrap();
        assert_eq!(locker.state, Filled);
    }

    #[test]
    fn a_locker_in_use_is_not_archived() {
        let mut locker = locker();
        locker.reserve(id(10)).unwrap();
        assert!(locker.archive().is_err());
        assert!(!locker.archived);
    }

    proptest! {
        #[test]
        fn no_order_of_moves_and_facts_breaks_a_locker(steps in prop::collection::vec((0..7_u8, 0..3_usize, 0..200_i64), 0..30)) {
            let mut locker = locker();
            let mut bookings: Vec<Booking> = Vec::new();
            for (number, (step, which, second)) in steps.into_iter().enumerate() {
                let before = locker.clone();
                let outcome = match step {
                    0 => {
                        let booking = booking(100 + number as u128);
                        let reserved = locker.reserve(booking.id);
                        if reserved.is_ok() {
                            bookings.push(booking);
                        }
                        reserved
                    }
                    1 => locker.break_down(text("Panne")),
                    2 => {
                        let live = bookings.iter().find(|booking| Some(booking.id) == before.booking_id);
                        locker.repair(live)
                    }
                    3 => locker.archive(),
                    _ => {
                        let last = bookings.len().saturating_sub(1 + which);
                        if let Some(booking) = bookings.get_mut(last) {
                            *booking = match step {
                                4 => booking.filled(at(second)).0,
                                5 => booking.emptied(at(second)).0,
                                _ => {
                                    let _ = booking.overdue(at(second));
                                    booking.clone()
                                }
                            };
                            (locker, _) = locker.following(booking, at(second));
                        }
                        Ok(())
                    }
                };
                if outcome.is_err() {
                    prop_assert_eq!(&locker, &before);
                }
                prop_assert!(in_table(&LOCKER, before.state, locker.state));
                prop_assert!(holds(&locker, &bookings), "{:?} {:?}", locker, bookings);
                prop_assert!(bookings.iter().filter(|booking| booking.is_live()).count() <= 1);
            }
        }
    }
}
