//! From routes back to the house: the stops of rounds, moments of the day, what would change.

use super::{Carried, Day, Drive, Pacing, making::visit};
use crate::{
    domain::{
        ids::LegId,
        leg::Place,
        position::Position,
        round::{Round, Standing, Stop, StopAct},
        time::{Instant, Window},
    },
    planning::problem::{Act, JobIndex, Routes, VehicleIndex, Visit},
};
use jiff::{SignedDuration, civil::DateTime};

impl Day {
    /// The moment so many seconds after the day began; none if there is no such moment.
    pub fn moment(&self, seconds: f64) -> Option<Instant> {
        let lasts = SignedDuration::try_from_secs_f64(seconds).ok()?;
        Some(self.origin.plus(lasts))
    }

    /// What clocks show then.
    pub fn clock(&self, seconds: f64) -> Option<DateTime> {
        Some(self.moment(seconds)?.civil(&self.zone))
    }

    /// Seconds since the day began.
    pub fn seconds(&self, at: Instant) -> f64 {
        at.since(self.origin).as_secs_f64()
    }

    /// The leg of a job.
    pub fn carried(&self, job: JobIndex) -> Option<&Carried> {
        self.carried.get(job.at())
    }

    /// Who drives a vehicle.
    pub fn drive(&self, vehicle: VehicleIndex) -> Option<&Drive> {
        self.drives.get(vehicle.at())
    }

    /// The job of a leg.
    pub fn job(&self, leg: LegId) -> Option<JobIndex> {
        self.carried.iter().position(|carried| carried.leg == leg).map(JobIndex::from_at)
    }

    /// Where a visit is made.
    pub fn place(&self, visit: Visit) -> Option<&Place> {
        let carried = self.carried(visit.job)?;
        Some(match visit.act {
            Act::Pickup => &carried.from,
            Act::Delivery => &carried.to,
        })
    }

    /// The visit of a round's stop.
    pub fn visit(&self, stop: Stop) -> Option<Visit> {
        Some(visit(self.job(stop.leg_id)?, stop.act))
    }

    /// The round's stop of a visit.
    pub fn stop(&self, visit: Visit) -> Option<Stop> {
        let leg_id = self.carried(visit.job)?.leg;
        let act = match visit.act {
            Act::Pickup => StopAct::Take,
            Act::Delivery => StopAct::Leave,
        };
        Some(Stop { leg_id, act })
    }

    /// The stops of a round that drives so, those that were passed first.
    pub fn stops(&self, vehicle: VehicleIndex, route: &[Visit]) -> Vec<Stop> {
        let passed = self.drive(vehicle).map(|drive| drive.passed.as_slice()).unwrap_or_default();
        passed.iter().copied().chain(route.iter().filter_map(|visit| self.stop(*visit))).collect()
    }

    /// The rounds whose stops these routes change, with their new stops as the house will have them: what is pinned or under way keeps
    /// its order.
    pub fn changed(&self, routes: &Routes) -> Vec<(VehicleIndex, Vec<Stop>)> {
        let differs = routes.each().filter(|(vehicle, route)| self.routes.of(*vehicle) != *route);
        differs.map(|(vehicle, route)| (vehicle, self.arranged(vehicle, self.stops(vehicle, route)))).collect()
    }

    /// These routes as the house will have them.
    #[must_use]
    pub fn settled(&self, routes: &Routes) -> Routes {
        let mut settled = routes.clone();
        for (vehicle, stops) in self.changed(routes) {
            let passed = self.drive(vehicle).map(|drive| drive.passed.as_slice()).unwrap_or_default();
            let left = stops.into_iter().filter(|stop| !passed.contains(stop));
            if let Some(route) = settled.0.get_mut(vehicle.at()) {
                *route = left.filter_map(|stop| self.visit(stop)).collect();
            }
        }
        settled
    }

    fn arranged(&self, vehicle: VehicleIndex, wanted: Vec<Stop>) -> Vec<Stop> {
        let Some(round) = self.drive(vehicle).and_then(|drive| drive.round.as_ref()) else { return wanted };
        let mut after = round.clone();
        match after.arrange(&wanted, &self.standing(vehicle)) {
            Ok(()) => after.stops,
            // The house will say why.
            Err(_) => wanted,
        }
    }

    /// Between which positions ways are needed, each told once, and by which vehicles.
    pub fn ways_needed(&self) -> (Vec<Position>, Vec<Pacing>) {
        let mut positions: Vec<Position> = Vec::with_capacity(self.places.len());
        for (_, position) in &self.places {
            if !positions.contains(position) {
                positions.push(*position);
            }
        }
        (positions, self.profiles.clone())
    }

    /// What a new order may not touch.
    pub fn standing(&self, vehicle: VehicleIndex) -> Standing {
        let Some(drive) = self.drive(vehicle) else { return Standing::default() };
        let here = drive.round.iter().flat_map(Round::legs);
        let stays = |leg: &LegId| self.job(*leg).and_then(|job| self.carried(job)).is_none_or(|leg| leg.is_fixed);
        Standing { legs: here.filter(stays).collect(), passed: drive.passed.iter().copied().collect() }
    }

    /// A part of the day as it is agreed, in the zone of the house; none if it is empty.
    pub fn window(&self, from: f64, to: f64) -> Option<Window> {
        let (from, to) = (self.clock(from)?, self.clock(to)?);
        let end = if to.date() == self.date { to.time() } else { jiff::civil::Time::MAX };
        if from.date() == self.date { Window::new(self.date, from.time(), end).ok() } else { None }
    }
}
