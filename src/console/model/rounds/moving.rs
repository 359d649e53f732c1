//! A stop under the operator's hand: earlier, later, into another round; its times follow at once, the house hears of it when it is put down.

use super::Shown;
use crate::planning::{
    day::{placings, without},
    problem::{JobIndex, Routes, VehicleIndex, Visit},
    schedule::Schedule,
};
use std::sync::Arc;

/// A stop that is being moved.
#[derive(Debug)]
pub struct Moving {
    /// The day as it was when the stop was taken up.
    pub shown: Arc<Shown>,
    /// The stop.
    pub visit: Visit,
    /// The routes as they would be.
    pub routes: Routes,
    /// When everything would happen.
    pub schedule: Schedule,
}

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Earlier, or to the round above.
    Back,
    /// Later, or to the round below.
    Forth,
}

impl Moving {
    /// Takes a stop up; one that is in no round is put where it costs least, if anywhere.
    pub fn of(shown: &Arc<Shown>, visit: Visit) -> Option<Self> {
        let day = &shown.day;
        let mut routes = day.routes.clone();
        if routes.holder(visit).is_none() {
            routes = put(shown, &routes, visit.job, None)?;
        }
        let schedule = Schedule::of(&day.problem, &routes);
        Some(Self { shown: Arc::clone(shown), visit, routes, schedule })
    }

    /// Whether anything is another than it was.
    pub fn is_changed(&self) -> bool {
        self.routes != self.shown.day.routes
    }

    /// Who would make the stop.
    pub fn vehicle(&self) -> Option<VehicleIndex> {
        self.routes.holder(self.visit)
    }

    /// A place earlier or later in its round. Never left before it is taken; what is pinned or under way does not overtake its like.
    pub fn step(&mut self, way: Way) {
        let Some(vehicle) = self.vehicle() else { return };
        let is_fixed = |visit: Visit| self.shown.day.carried(visit.job).is_some_and(|carried| carried.is_fixed);
        let Some(route) = self.routes.0.get(vehicle.at()) else { return };
        let Some(at) = route.iter().position(|visit| *visit == self.visit) else { return };
        let other = match way {
            Way::Back => at.checked_sub(1),
            Way::Forth => Some(at + 1),
        };
        let Some((other, beside)) = other.and_then(|other| Some((other, *route.get(other)?))) else { return };
        if beside.job == self.visit.job || (is_fixed(beside) && is_fixed(self.visit)) {
            return;
        }
        if let Some(route) = self.routes.0.get_mut(vehicle.at()) {
            route.swap(at, other);
        }
        self.reckon();
    }

    /// To the round above or below, with both its stops, where it costs least there; at its end where it fits nowhere. Whether it went.
    pub fn aside(&mut self, way: Way, order: &[VehicleIndex]) -> bool {
        let Some(here) = self.vehicle().and_then(|here| order.iter().position(|vehicle| *vehicle == here)) else {
            return false;
        };
        let other = match way {
            Way::Back => here.checked_sub(1),
            Way::Forth => Some(here + 1),
        };
        let Some(other) = other.and_then(|other| order.get(other)).copied() else { return false };
        let Some(routes) = put(&self.shown, &self.routes, self.visit.job, Some(other)) else { return false };
        self.routes = routes;
        self.reckon();
        true
    }

    fn reckon(&mut self) {
        self.schedule = Schedule::of(&self.shown.day.problem, &self.routes);
    }
}

/// The routes with a job where it costs least, of one vehicle or of any. Where it fits nowhere it is put at the end of the one that was
/// asked for: what is wrong with that is then told.
pub fn put(shown: &Shown, routes: &Routes, job: JobIndex, vehicle: Option<VehicleIndex>) -> Option<Routes> {
    let problem = &shown.day.problem;
    let told = problem.job(job)?;
    if vehicle.is_some_and(|vehicle| !told.may_go_by(vehicle)) {
        return None;
    }
    let best =
        placings(problem, routes, job).into_iter().find(|placing| vehicle.is_none_or(|one| placing.vehicle == one));
    let mut left = without(routes, job);
    let (vehicle, route) = if let Some(placing) = best {
        (placing.vehicle, placing.route)
    } else {
        let vehicle = vehicle?;
        let ends = told.pickup().map(|_| Visit::pickup(job)).into_iter().chain([Visit::delivery(job)]);
        (vehicle, left.of(vehicle).iter().copied().chain(ends).collect())
    };
    *left.0.get_mut(vehicle.at())? = route;
    Some(left)
}
