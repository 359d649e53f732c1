//! A job put into a route wherever it could stand, whatever rules that breaks: by how much each is broken.

use super::Change;
use crate::planning::problem::{Act, JobIndex, Load, Origin, Problem, Stop, VehicleIndex, Visit};

/// A stop that is reached when its place is closed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Late {
    pub(super) visit: Visit,
    pub(super) closes: f64,
    pub(super) arrival: f64,
}

/// A vehicle that is too full.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Overload {
    pub(super) visit: Visit,
    pub(super) load: Load,
    pub(super) capacity: Load,
}

impl Overload {
    /// By how much.
    pub(super) fn beyond(&self) -> u64 {
        self.load.minus(self.capacity).0.iter().map(|part| u64::from(*part)).sum()
    }
}

/// A job at a place in a route.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Attempt {
    pub(super) vehicle: VehicleIndex,
    /// Before which stop of the route the pickup stands, and before which the delivery.
    pickup: usize,
    delivery: usize,
    /// The stops that are late, in their order.
    pub(super) late: Vec<Late>,
    pub(super) overload: Option<Overload>,
    pub(super) ends: f64,
    pub(super) home: f64,
    pub(super) distance: f64,
}

impl Attempt {
    /// By how much time it breaks rules.
    pub(super) fn excess(&self) -> f64 {
        let late: f64 = self.late.iter().map(|late| late.arrival - late.closes).sum();
        late + (self.home - self.ends).max(0.0)
    }

    pub(super) fn is_sound(&self) -> bool {
        self.late.is_empty() && self.overload.is_none() && self.home <= self.ends
    }

    /// The one change that would make it sound, and the time it takes.
    pub(super) fn asks(&self) -> Option<(f64, Change)> {
        if self.overload.is_some() {
            return None;
        }
        match (self.late.as_slice(), self.home > self.ends) {
            ([], true) => {
                let by = self.home - self.ends;
                Some((by, Change::ExtendShift { vehicle: self.vehicle, by }))
            }
            ([late], false) => {
                let by = late.arrival - late.closes;
                Some((by, Change::WidenWindow { visit: late.visit, closes: late.closes, by }))
            }
            _ => None,
        }
    }

    /// The route with the job in it.
    pub(super) fn route(&self, route: &[Visit], job: JobIndex, picked_up: bool) -> Vec<Visit> {
        woven(route, job, picked_up.then_some(self.pickup), self.delivery)
    }
}

fn woven(route: &[Visit], job: JobIndex, pickup: Option<usize>, delivery: usize) -> Vec<Visit> {
    let mut all = route.to_vec();
    all.insert(delivery.min(all.len()), Visit::delivery(job));
    if let Some(pickup) = pickup {
        all.insert(pickup.min(all.len()), Visit::pickup(job));
    }
    all
}

/// Tries a job at every place of a route that is not fixed. It is not picked up before a time, that at which the job before it is over. Each of
/// its own stops is tried in two ways: begun when the place opens again, and begun on arrival although the place has just closed.
pub(super) fn attempts(
    problem: &Problem,
    vehicle: VehicleIndex,
    route: &[Visit],
    job: JobIndex,
    not_before: f64,
) -> Vec<Attempt> {
    let mut all = Vec::new();
    let (Some(carrier), Some(told)) = (problem.vehicle(vehicle), problem.job(job)) else { return all };
    let first = carrier.begun.len().min(route.len());
    let pickups: Vec<Option<usize>> =
        if told.pickup().is_some() { (first..=route.len()).map(Some).collect() } else { vec![None] };
    // What is worse than this by far is not worth going on with.
    let mut least = f64::INFINITY;
    for pickup in pickups {
        for delivery in pickup.unwrap_or(first)..=route.len() {
            let stops = woven(route, job, pickup, delivery);
            for eager in [(false, false), (true, false), (false, true), (true, true)] {
                if pickup.is_none() && eager.0 {
                    continue;
                }
                let trial = Trial { problem, vehicle, job, not_before, eager, bound: least * 4.0 + 1e-9 };
                if let Some(mut attempt) = trial.drive(&stops) {
                    (attempt.pickup, attempt.delivery) = (pickup.unwrap_or(delivery), delivery);
                    if attempt.overload.is_none() {
                        least = least.min(attempt.excess());
                    }
                    if !all.contains(&attempt) {
                        all.push(attempt);
                    }
                }
            }
        }
    }
    all
}

struct Trial<'a> {
    problem: &'a Problem,
    vehicle: VehicleIndex,
    job: JobIndex,
    not_before: f64,
    /// Whether pickup and delivery begin on arrival although the place has closed and opens again later.
    eager: (bool, bool),
    bound: f64,
}

impl Trial<'_> {
    fn drive(&self, stops: &[Visit]) -> Option<Attempt> {
        let (problem, vehicle) = (self.problem, self.problem.vehicle(self.vehicle)?);
        let aboard = problem.jobs.iter().filter(|job| job.origin == Origin::Aboard(self.vehicle));
        let mut load = aboard.fold(Load::default(), |load, job| load.plus(job.load));
        let (mut now, mut place, mut distance) = (vehicle.shift.open, vehicle.start, 0.0);
        let (mut late, mut overload, mut excess): (Vec<Late>, Option<Overload>, f64) = (Vec::new(), None, 0.0);
        for (at, visit) in stops.iter().copied().enumerate() {
            let (job, stop) = problem.job(visit.job).zip(problem.stop(visit))?;
            let way = problem.travel(vehicle, place, stop.place);
            let fixed = at < vehicle.begun.len();
            if !way.is_possible() && !fixed {
                return None;
            }
            if way.is_possible() {
                (now, distance) = (now + way.time, distance + way.distance);
            }
            let own = visit.job == self.job;
            if own && visit.act == Act::Pickup {
                now = now.max(self.not_before);
            }
            let eager = own && if visit.act == Act::Pickup { self.eager.0 } else { self.eager.1 };
            match begin(stop, now, eager) {
                Ok(begin) => now = begin,
                Err(closes) if !fixed => {
                    excess += now - closes;
                    if excess > self.bound {
                        return None;
                    }
                    late.push(Late { visit, closes, arrival: now });
                }
                Err(_) => {}
            }
            now += stop.service.max(0.0);
            place = stop.place.or(place);
            match visit.act {
                Act::Pickup => {
                    load = load.plus(job.load);
                    if !load.fits(vehicle.capacity) && !fixed {
                        let here = Overload { visit, load, capacity: vehicle.capacity };
                        if overload.is_none_or(|worst| here.beyond() > worst.beyond()) {
                            overload = Some(here);
                        }
                    }
                }
                Act::Delivery => load = load.minus(job.load),
            }
        }
        let way = problem.travel(vehicle, place, vehicle.end);
        let (home, distance) = (now + way.time, distance + way.distance);
        let ends = vehicle.shift.close;
        home.is_finite().then_some(Attempt {
            vehicle: self.vehicle,
            pickup: 0,
            delivery: 0,
            late,
            overload,
            ends,
            home,
            distance,
        })
    }
}

/// When work begins; or when the place closed, if one comes too late. Who is eager comes too late as soon as one window is over.
fn begin(stop: &Stop, arrival: f64, eager: bool) -> Result<f64, f64> {
    let open = || stop.windows.iter().filter(|window| window.is_open());
    let closed = open().map(|window| window.close).filter(|close| *close < arrival).max_by(f64::total_cmp);
    let begins =
        open().filter(|window| arrival <= window.close).map(|window| arrival.max(window.open)).min_by(f64::total_cmp);
    match (begins, closed) {
        (Some(begin), Some(closed)) if eager && begin > arrival => Err(closed),
        (Some(begin), _) => Ok(begin),
        (None, Some(closed)) => Err(closed),
        // Never open: that is told before anything is tried.
        (None, None) => Err(arrival),
    }
}
