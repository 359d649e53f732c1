//! Who changes what when one plan takes the place of another.

use super::{
    problem::{Problem, Routes, VehicleIndex, Visit},
    schedule::Schedule,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A stop on one side of a change.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// Who makes it.
    pub vehicle: VehicleIndex,
    /// When work begins there.
    pub begin: f64,
}

/// A stop that is not as it was.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    /// Which one.
    pub visit: Visit,
    /// As it was; none if it is new.
    pub before: Option<Side>,
    /// As it is; none if it is gone.
    pub after: Option<Side>,
}

/// What differs between two plans of one problem.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Changes {
    /// The stops that change vehicle or time, come or go; in the order of the new routes, those that go last.
    pub stops: Vec<Changed>,
    /// The vehicles whose stops are other ones, or in another order.
    pub vehicles: Vec<VehicleIndex>,
    /// How much farther all go together; below zero if less far.
    pub distance: f64,
}

impl Changes {
    /// What differs.
    pub fn between(problem: &Problem, before: &Routes, after: &Routes) -> Self {
        let (old, new) = (Schedule::of(problem, before), Schedule::of(problem, after));
        let side = |schedule: &Schedule, visit: Visit| {
            schedule.visit(visit).map(|timed| Side { vehicle: timed.vehicle, begin: timed.begin })
        };
        let mut stops = Vec::new();
        let mut known = BTreeSet::new();
        for visit in after.0.iter().chain(&before.0).flatten().copied().filter(|visit| known.insert(*visit)) {
            let (before, after) = (side(&old, visit), side(&new, visit));
            if before != after {
                stops.push(Changed { visit, before, after });
            }
        }
        let differs = |vehicle: &VehicleIndex| before.of(*vehicle) != after.of(*vehicle);
        let vehicles = problem.fleet().map(|(vehicle, _)| vehicle).filter(differs).collect();
        Self { stops, vehicles, distance: new.distance() - old.distance() }
    }

    /// The stops that were planned before and are made by another vehicle, at another time, or not at all.
    pub fn moved(&self) -> impl Iterator<Item = &Changed> {
        self.stops.iter().filter(|changed| changed.before.is_some())
    }
}
