//! A round: a courier's ordered stops of one day, two a leg.

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
use std::collections::{BTreeMap, BTreeSet};

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
            condition: "stops are added, taken out or put into another order",
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
    /// None: the courier walks.
    Foot,
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
            VehicleKind::Foot => (5, 2),
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

/// What the courier does at a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StopAct {
    /// Takes the things of the leg where they are.
    Take,
    /// Leaves them where they are to be.
    Leave,
}

/// One end of a leg, as a courier drives to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// Of which leg.
    pub leg_id: LegId,
    /// What is done there.
    pub act: StopAct,
}

impl Stop {
    /// Where the leg begins.
    pub const fn take(leg_id: LegId) -> Self {
        Self { leg_id, act: StopAct::Take }
    }

    /// Where the leg ends.
    pub const fn leave(leg_id: LegId) -> Self {
        Self { leg_id, act: StopAct::Leave }
    }
}

/// What a new order of stops may not touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Legs that stay in the round, their stops in the order they have among themselves: pinned or under way.
    pub legs: BTreeSet<LegId>,
    /// Stops the courier has been to: they come first, in the order they have.
    pub passed: BTreeSet<Stop>,
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

/// A courier's ordered stops of one day.
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
    /// Its stops in the order of driving.
    #[serde(default)]
    pub stops: Vec<Stop>,
    /// When the courier set out.
    pub started_at: Option<Instant>,
    /// When they were back.
    pub finished_at: Option<Instant>,
}

impl Round {
    /// Legs in one round at most; a stop's place is a small number on the courier's sheet.
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
            stops: Vec::new(),
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

    /// Its legs in the order in which the courier takes their things.
    pub fn legs(&self) -> impl Iterator<Item = LegId> {
        self.stops.iter().filter(|stop| stop.act == StopAct::Take).map(|stop| stop.leg_id)
    }

    /// Puts its stops into this order. Those that `stand` keep theirs, also where `wanted` leaves them out or turns them round; what is
    /// wanted between two of them comes between them.
    ///
    /// # Errors
    /// It is finished, a stop is named twice, a leg has one of its stops alone or is left before it is taken, or there are too many.
    pub fn arrange(&mut self, wanted: &[Stop], stand: &Standing) -> Result<(), Refusal> {
        ROUND.allow(self.state, "arrange", self.state, None)?;
        let mut arranged: Vec<Stop> = self.stops.iter().copied().filter(|stop| stand.passed.contains(stop)).collect();
        let stays = |stop: &Stop| stand.legs.contains(&stop.leg_id) && self.stops.contains(stop);
        // What is wanted stands behind the stop that stays and that it was wanted behind.
        let mut behind: BTreeMap<Option<Stop>, Vec<Stop>> = BTreeMap::new();
        let mut last = None;
        for stop in wanted.iter().filter(|stop| !stand.passed.contains(stop)) {
            if stays(stop) {
                last = Some(*stop);
            } else {
                behind.entry(last).or_default().push(*stop);
            }
        }
        arranged.extend(behind.remove(&None).unwrap_or_default());
        for stop in self.stops.iter().filter(|stop| stays(stop) && !stand.passed.contains(stop)) {
            arranged.push(*stop);
            arranged.extend(behind.remove(&Some(*stop)).unwrap_or_default());
        }
        in_order(&arranged)?;
        self.stops = arranged;
        Ok(())
    }

    /// Lets one leg stand where another stood.
    pub fn exchange(&mut self, old: LegId, new: LegId) {
        for stop in self.stops.iter_mut().filter(|stop| stop.leg_id == old) {
            stop.leg_id = new;
        }
    }

    /// Takes these legs out, with both their stops.
    pub fn without(&mut self, legs: &BTreeSet<LegId>) {
        self.stops.retain(|stop| !legs.contains(&stop.leg_id));
    }
}

/// Whether each leg is taken once and left once, in this order.
fn in_order(stops: &[Stop]) -> Result<(), Refusal> {
    let invalid = |why: String| Err(Refusal::FieldInvalid { field: "stops".into(), why });
    let (mut taken, mut left) = (BTreeSet::new(), BTreeSet::new());
    for Stop { leg_id, act } in stops {
        match act {
            StopAct::Take if !taken.insert(leg_id) => return invalid(format!("leg {leg_id} is taken twice")),
            StopAct::Leave if !taken.contains(leg_id) => {
                return invalid(format!("leg {leg_id} is left before it is taken"));
            }
            StopAct::Leave if !left.insert(leg_id) => return invalid(format!("leg {leg_id} is left twice")),
            StopAct::Take | StopAct::Leave => {}
        }
    }
    if let Some(leg) = taken.difference(&left).next() {
        return invalid(format!("leg {leg} is taken and left nowhere"));
    }
    if taken.len() > Round::MAX_LEGS {
        return invalid(format!("a round has at most {} legs", Round::MAX_LEGS));
    }
    Ok(())
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
        let house = Place::Address { address: text("2 rue des Essais, Lyon"), position: None };
        let fields = RoundFields {
            courier_id: id(1),
            vehicle: Vehicle::usual(VehicleKind::CargoBike),
            shift: window(9, 16),
            start: house.clone(),
            end: house,
        };
        Round::create(id(2), fields, at(0), None).unwrap()
    }

    fn leg(number: u8) -> LegId {
        id(u128::from(number))
    }

    /// The stops of legs in this order: a number takes, its second appearance leaves.
    fn stops(numbers: &[u8]) -> Vec<Stop> {
        let mut taken = BTreeSet::new();
        let stop =
            |number: &u8| if taken.insert(*number) { Stop::take(leg(*number)) } else { Stop::leave(leg(*number)) };
        numbers.iter().map(stop).collect()
    }

    fn standing(legs: &[u8]) -> Standing {
        Standing { legs: legs.iter().map(|number| leg(*number)).collect(), ..Standing::default() }
    }

    /// What holds for a round whatever happened to it.
    fn holds(round: &Round) -> bool {
        in_order(&round.stops).is_ok()
            && matches!(round.state, Started | Finished) == round.started_at.is_some()
            && (round.state == Finished) == round.finished_at.is_some()
    }

    #[test]
    fn the_table_has_no_faults() {
        assert_eq!(faults(&ROUND), Vec::<String>::new());
    }

    #[test]
    fn stops_that_stand_keep_their_order_and_others_come_between() {
        let mut round = round();
        round.arrange(&stops(&[1, 1, 2, 2, 3, 3]), &Standing::default()).unwrap();
        // Leg 3 was turned before leg 1, and leg 1 left out; both stand.
        round.arrange(&stops(&[3, 3, 4, 2, 4, 2]), &standing(&[1, 3])).unwrap();
        assert_eq!(round.stops, stops(&[1, 1, 3, 3, 4, 2, 4, 2]));
        round.arrange(&stops(&[5, 1, 5, 1, 3, 2, 3, 2]), &standing(&[1, 3])).unwrap();
        assert_eq!(round.stops, stops(&[5, 1, 5, 1, 3, 2, 3, 2]));
    }

    #[test]
    fn nothing_comes_before_a_stop_the_courier_has_been_to() {
        let mut round = round();
        round.arrange(&stops(&[1, 1]), &Standing::default()).unwrap();
        let passed = Standing { legs: [leg(1)].into(), passed: [Stop::take(leg(1))].into() };
        round.arrange(&stops(&[2, 1, 2, 1]), &passed).unwrap();
        assert_eq!(round.stops, stops(&[1, 2, 2, 1]));
    }

    #[test]
    fn a_leg_has_both_its_stops_the_first_one_first() {
        let mut round = round();
        let alone = [Stop::take(leg(1))];
        let turned = [Stop::leave(leg(1)), Stop::take(leg(1))];
        let twice = [Stop::take(leg(1)), Stop::take(leg(1)), Stop::leave(leg(1))];
        for wrong in [&alone[..], &turned, &twice] {
            assert!(
                matches!(round.arrange(wrong, &Standing::default()), Err(Refusal::FieldInvalid { field, .. }) if field == "stops")
            );
        }
        assert!(round.stops.is_empty());
    }

    #[test]
    fn a_finished_round_is_not_rearranged() {
        let mut round = round();
        round.go("publish", Published, at(1)).unwrap();
        round.go("start", Started, at(2)).unwrap();
        round.go("finish", Finished, at(3)).unwrap();
        assert!(round.arrange(&stops(&[1, 1]), &Standing::default()).is_err());
        assert!(round.stops.is_empty());
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
        fn no_order_of_moves_breaks_a_round(steps in prop::collection::vec((any_move(&ROUND), prop::collection::vec(0..6_u8, 0..9), prop::collection::btree_set(0..6_u8, 0..4)), 0..16)) {
            let mut round = round();
            for (second, ((name, to), wanted, legs)) in steps.into_iter().enumerate() {
                let before = round.clone();
                let wanted = stops(&wanted);
                let stand = standing(&legs.iter().copied().collect::<Vec<_>>());
                let outcome = if name == "arrange" { round.arrange(&wanted, &stand) } else { round.go(name, to, at(i64::try_from(second).unwrap())) };
                match outcome {
                    Err(_) => prop_assert_eq!(&round, &before),
                    Ok(()) if name == "arrange" => {
                        for stop in &wanted {
                            prop_assert!(round.stops.contains(stop), "no wanted stop is left out");
                        }
                        let stood = |stops: &[Stop]| stops.iter().copied().filter(|stop| stand.legs.contains(&stop.leg_id) && before.stops.contains(stop)).collect::<Vec<_>>();
                        prop_assert_eq!(stood(&round.stops), stood(&before.stops));
                        for stop in &round.stops {
                            prop_assert!(wanted.contains(stop) || stood(&before.stops).contains(stop), "nothing unwanted is in it");
                        }
                    }
                    Ok(()) => prop_assert_eq!(&round.stops, &before.stops),
                }
                prop_assert!(in_table(&ROUND, before.state, round.state));
                prop_assert!(holds(&round), "{:?}", round);
            }
        }
    }
}
