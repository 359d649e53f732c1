//! A round: a courier's ordered legs of one day.

use super::{
    access::who::{C, D, P, S},
    entity::{Entity, EntityKind, Scope, Version},
    ids::{CourierId, LegId, OperatorId, RoundId},
    leg::Place,
    machine::{Machine, Move, Reason, State, Trainee, states},
    refusal::Refusal,
    time::{Instant, Window},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

states! {
    /// Where a round stands.
    RoundState {
        /// Being planned.
        Draft = "draft",
        /// The courier has it.
        Published = "published",
        /// On its way.
        Started = "started",
        /// Over.
        Finished = "finished",
    }
}

use RoundState::{Draft, Finished, Published, Started};

/// The table of a round's moves.
pub const ROUND: Machine<RoundState> = Machine {
    entity: EntityKind::Round,
    start: &[Draft],
    moves: &[
        Move {
            name: "arrange",
            from: &[Draft],
            to: &[Draft],
            who: &[D, C, S],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "legs are added, taken out or put into another order",
        },
        Move {
            name: "publish",
            from: &[Draft],
            to: &[Published],
            who: &[D, C],
            reason: Reason::None,
            trainee: Trainee::Held,
            condition: "goes to the courier",
        },
        Move {
            name: "arrange",
            from: &[Published],
            to: &[Published],
            who: &[D, C, S],
            reason: Reason::None,
            trainee: Trainee::Held,
            condition: "the courier is told",
        },
        Move {
            name: "start",
            from: &[Published],
            to: &[Started],
            who: &[P, C, D, S],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "the courier sets out",
        },
        Move {
            name: "arrange",
            from: &[Started],
            to: &[Started],
            who: &[D, C, S],
            reason: Reason::None,
            trainee: Trainee::Held,
            condition: "started and pinned legs stay where they are",
        },
        Move {
            name: "finish",
            from: &[Started],
            to: &[Finished],
            who: &[P, C, D, S],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "the courier is back",
        },
    ],
};

/// What a courier drives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VehicleKind {
    /// A bicycle.
    Bike,
    /// A cargo bicycle.
    CargoBike,
    /// A van.
    Van,
}

/// A vehicle with what planning reckons with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Vehicle {
    /// Its kind.
    pub kind: VehicleKind,
    /// Average speed in town in km/h, 1 to 130.
    #[cfg_attr(feature = "office", schema(minimum = 1, maximum = 130))]
    pub speed_kmh: u8,
    /// Items it carries at once, 1 to 1,000.
    #[cfg_attr(feature = "office", schema(minimum = 1, maximum = 1000))]
    pub capacity_items: u16,
}

impl Vehicle {
    /// A vehicle of this kind as planning takes it where nobody says otherwise.
    pub const fn usual(kind: VehicleKind) -> Self {
        let (speed_kmh, capacity_items) = match kind {
            VehicleKind::Bike => (15, 4),
            VehicleKind::CargoBike => (13, 20),
            VehicleKind::Van => (20, 150),
        };
        Self { kind, speed_kmh, capacity_items }
    }

    /// Whether speed and capacity are in range.
    ///
    /// # Errors
    /// The field at fault.
    pub fn check(&self) -> Result<(), Refusal> {
        if !(1..=130).contains(&self.speed_kmh) {
            return Err(Refusal::FieldInvalid {
                field: "vehicle.speed_kmh".into(),
                why: "a speed is 1 to 130 km/h".into(),
            });
        }
        if !(1..=1000).contains(&self.capacity_items) {
            return Err(Refusal::FieldInvalid {
                field: "vehicle.capacity_items".into(),
                why: "a vehicle carries 1 to 1000 items".into(),
            });
        }
        Ok(())
    }
}

/// What people write of a round; the body that creates one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RoundFields {
    /// Who drives.
    pub courier_id: CourierId,
    /// What they drive.
    pub vehicle: Vehicle,
    /// The day and the hours, in the house's civil time.
    pub shift: Window,
    /// Where it sets out.
    pub start: Place,
    /// Where it ends.
    pub end: Place,
}

/// A courier's ordered legs of one day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Round {
    /// Made by who creates it.
    pub id: RoundId,
    /// One more at each change.
    pub version: Version,
    /// Where it stands.
    pub state: RoundState,
    /// When it was made.
    pub created_at: Instant,
    /// Who made it; none for planning.
    pub created_by: Option<OperatorId>,
    /// What people write.
    #[serde(flatten)]
    pub fields: RoundFields,
    /// Its legs in the order of driving.
    pub leg_ids: Vec<LegId>,
    /// When the courier set out.
    pub started_at: Option<Instant>,
    /// When they were back.
    pub finished_at: Option<Instant>,
}

impl Round {
    /// Legs in one round at most; a leg's place is a small number on the courier's sheet.
    pub const MAX_LEGS: usize = 200;

    /// An empty draft.
    ///
    /// # Errors
    /// The vehicle's speed or capacity is out of range.
    pub fn create(id: RoundId, fields: RoundFields, at: Instant, by: Option<OperatorId>) -> Result<Self, Refusal> {
        let round = Self {
            id,
            version: Version::FIRST,
            state: Draft,
            created_at: at,
            created_by: by,
            fields,
            leg_ids: Vec::new(),
            started_at: None,
            finished_at: None,
        };
        round.check()?;
        Ok(round)
    }

    /// Publishes, starts or finishes it.
    ///
    /// # Errors
    /// An illegal move with the legal ones.
    pub fn go(&mut self, name: &'static str, to: RoundState, at: Instant) -> Result<(), Refusal> {
        ROUND.allow(self.state, name, to, None)?;
        match to {
            Started if name == "start" => self.started_at = Some(at),
            Finished => self.finished_at = Some(at),
            Draft | Published | Started => {}
        }
        self.state = to;
        Ok(())
    }

    /// Puts these legs into this order. The `fixed` ones, started or pinned, keep their place, and stay even where `wanted` leaves them out.
    ///
    /// # Errors
    /// It is finished, or a leg is named twice, or there are too many.
    pub fn arrange(&mut self, wanted: &[LegId], fixed: &BTreeSet<LegId>) -> Result<(), Refusal> {
        ROUND.allow(self.state, "arrange", self.state, None)?;
        if wanted.iter().collect::<BTreeSet<_>>().len() < wanted.len() {
            return Err(Refusal::FieldInvalid { field: "leg_ids".into(), why: "a leg is named twice".into() });
        }
        let stays = |leg: &LegId| fixed.contains(leg) && self.leg_ids.contains(leg);
        let mut free = wanted.iter().copied().filter(|leg| !stays(leg));
        let mut arranged = Vec::with_capacity(self.leg_ids.len() + wanted.len());
        for (place, leg) in self.leg_ids.iter().copied().enumerate().filter(|(_, leg)| stays(leg)) {
            let gap = place.saturating_sub(arranged.len());
            arranged.extend(free.by_ref().take(gap));
            arranged.push(leg);
        }
        arranged.extend(free);
        if arranged.len() > Self::MAX_LEGS {
            return Err(Refusal::FieldInvalid {
                field: "leg_ids".into(),
                why: format!("a round has at most {} legs", Self::MAX_LEGS),
            });
        }
        self.leg_ids = arranged;
        Ok(())
    }
}

impl Entity for Round {
    type Id = RoundId;
    const KIND: EntityKind = EntityKind::Round;
    const EDITABLE: &'static [&'static str] = &["courier_id", "vehicle", "shift", "start", "end"];

    super::entity::stored!();

    // A round goes over several sites.
    fn scope(&self) -> Scope {
        Scope::default()
    }

    fn state_name(&self) -> Option<&'static str> {
        Some(self.state.name())
    }

    fn check(&self) -> Result<(), Refusal> {
        self.fields.vehicle.check()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moves::walk::{any_move, at, faults, id, in_table, text, window};
    use proptest::prelude::*;

    fn round() -> Round {
        let house = Place::Address { address: text("2 rue des Essais, Lyon") };
        let fields = RoundFields {
            courier_id: id(1),
            vehicle: Vehicle::usual(VehicleKind::CargoBike),
            shift: window(9, 16),
            start: house.clone(),
            end: house,
        };
        Round::create(id(2), fields, at(0), None).unwrap()
    }

    fn legs(numbers: impl IntoIterator<Item = u8>) -> Vec<LegId> {
        numbers.into_iter().map(|number| id(u128::from(number))).collect()
    }

    /// What holds for a round whatever happened to it.
    fn holds(round: &Round) -> bool {
        let distinct = round.leg_ids.iter().collect::<BTreeSet<_>>().len() == round.leg_ids.len();
        distinct
            && matches!(round.state, Started | Finished) == round.started_at.is_some()
            && (round.state == Finished) == round.finished_at.is_some()
    }

    #[test]
    fn the_table_has_no_faults() {
        assert_eq!(faults(&ROUND), Vec::<String>::new());
    }

    #[test]
    fn legs_that_started_or_are_pinned_keep_their_place() {
        let mut round = round();
        round.arrange(&legs([1, 2, 3, 4]), &BTreeSet::new()).unwrap();
        let fixed = legs([1, 3]).into_iter().collect();
        round.arrange(&legs([5, 4, 2]), &fixed).unwrap();
        assert_eq!(round.leg_ids, legs([1, 5, 3, 4, 2]));
    }

    #[test]
    fn a_finished_round_is_not_rearranged() {
        let mut round = round();
        round.go("publish", Published, at(1)).unwrap();
        round.go("start", Started, at(2)).unwrap();
        round.go("finish", Finished, at(3)).unwrap();
        assert!(round.arrange(&legs([1]), &BTreeSet::new()).is_err());
        assert!(round.leg_ids.is_empty());
    }

    #[test]
    fn a_vehicle_that_cannot_move_is_refused() {
        let mut fields = round().fields;
        fields.vehicle.speed_kmh = 0;
        assert!(
            matches!(Round::create(id(2), fields, at(0), None), Err(Refusal::FieldInvalid { field, .. }) if field == "vehicle.speed_kmh")
        );
    }

    proptest! {
        #[test]
        fn no_order_of_moves_breaks_a_round(steps in prop::collection::vec((any_move(&ROUND), prop::collection::vec(0..9_u8, 0..6), prop::collection::btree_set(0..9_u8, 0..4)), 0..16)) {
            let mut round = round();
            for (second, ((name, to), wanted, fixed)) in steps.into_iter().enumerate() {
                let before = round.clone();
                let fixed: BTreeSet<_> = legs(fixed).into_iter().collect();
                let outcome = if name == "arrange" { round.arrange(&legs(wanted.clone()), &fixed) } else { round.go(name, to, at(i64::try_from(second).unwrap())) };
                match outcome {
                    Err(_) => prop_assert_eq!(&round, &before),
                    Ok(()) if name == "arrange" => {
                        for leg in legs(wanted) {
                            prop_assert!(round.leg_ids.contains(&leg), "no wanted leg is left out");
                        }
                        let stayed = |legs: &[LegId]| legs.iter().copied().filter(|leg| fixed.contains(leg) && before.leg_ids.contains(leg)).collect::<Vec<_>>();
                        prop_assert_eq!(stayed(&round.leg_ids), stayed(&before.leg_ids));
                        for (place, leg) in before.leg_ids.iter().enumerate().filter(|(_, leg)| fixed.contains(leg)) {
                            let now = round.leg_ids.iter().position(|other| other == leg).unwrap();
                            // It moves up only where too few legs are left to stand before it.
                            prop_assert!(now == place || (now < place && round.leg_ids.iter().skip(now).all(|later| fixed.contains(later))));
                        }
                    }
                    Ok(()) => prop_assert_eq!(&round.leg_ids, &before.leg_ids),
                }
                prop_assert!(in_table(&ROUND, before.state, round.state));
                prop_assert!(holds(&round), "{:?}", round);
            }
        }
    }
}
