//! Where one leg could stand in the routes as they are: every sound place of it, what it costs, when its ends are then made.

use crate::planning::problem::{Act, JobIndex, Load, Origin, Problem, Routes, Stop, Vehicle, VehicleIndex, Visit};

/// A job put into a route so that no rule is broken that was not broken before.
#[derive(Clone, Debug, PartialEq)]
pub struct Placing {
    /// Who carries it.
    pub vehicle: VehicleIndex,
    /// The route with it.
    pub route: Vec<Visit>,
    /// How much farther that is.
    pub distance: f64,
    /// When work begins at its pickup; none if it is aboard.
    pub pickup: Option<f64>,
    /// When work begins at its delivery.
    pub delivery: f64,
}

/// The routes without a job.
#[must_use]
pub fn without(routes: &Routes, job: JobIndex) -> Routes {
    let mut left = routes.clone();
    left.0.iter_mut().for_each(|route| route.retain(|visit| visit.job != job));
    left
}

/// Every place of a job in the routes of the vehicles that may carry it, the shortest way first.
pub fn placings(problem: &Problem, routes: &Routes, job: JobIndex) -> Vec<Placing> {
    let routes = without(routes, job);
    let Some(told) = problem.job(job) else { return Vec::new() };
    let over = told.after.map(|before| over(problem, &routes, before));
    let mut all = Vec::new();
    for (index, vehicle) in problem.fleet() {
        let suits = told.needs.missing_from(vehicle.skills).is_empty();
        if !suits || !told.may_go_by(index) {
            continue;
        }
        let route = routes.of(index);
        let Some(before) = Trip::of(problem, index, vehicle, None).drive(route.iter().copied()) else { continue };
        let trip = Trip::of(problem, index, vehicle, Some((job, over.flatten())));
        for pickup in 0..=route.len() {
            for delivery in pickup..=route.len() {
                let taken = told.pickup().map(|_| Visit::pickup(job));
                let (first, rest) = route.split_at(pickup);
                let (middle, last) = rest.split_at(delivery - pickup);
                let visits = || {
                    let ends = (first.iter().copied().chain(taken), middle.iter().copied());
                    ends.0.chain(ends.1).chain([Visit::delivery(job)]).chain(last.iter().copied())
                };
                if let Some(driven) = trip.drive(visits()).filter(|driven| driven.broken <= before.broken) {
                    all.push(Placing {
                        vehicle: index,
                        route: visits().collect(),
                        distance: driven.distance - before.distance,
                        pickup: driven.pickup,
                        delivery: driven.delivery,
                    });
                }
            }
            if told.pickup().is_none() {
                // Only where it is left can be chosen, and that was done from the first place on.
                break;
            }
        }
    }
    all.sort_by(|one, other| one.distance.total_cmp(&other.distance));
    all
}

/// When a job is over, if it is planned.
fn over(problem: &Problem, routes: &Routes, job: JobIndex) -> Option<f64> {
    let vehicle = routes.holder(Visit::delivery(job))?;
    let trip = Trip::of(problem, vehicle, problem.vehicle(vehicle)?, Some((job, None)));
    let driven = trip.drive(routes.of(vehicle).iter().copied())?;
    let work = problem.job(job).map_or(0.0, |job| job.delivery.service.max(0.0));
    Some(driven.delivery + work)
}

/// One vehicle's way through its stops.
struct Trip<'a> {
    problem: &'a Problem,
    vehicle: &'a Vehicle,
    aboard: Load,
    /// The job that is asked about, and the time before which it is not picked up.
    job: Option<(JobIndex, Option<f64>)>,
}

/// What came of it.
struct Driven {
    distance: f64,
    pickup: Option<f64>,
    delivery: f64,
    /// By how many seconds windows and shift are missed together.
    broken: f64,
}

impl<'a> Trip<'a> {
    fn of(
        problem: &'a Problem,
        index: VehicleIndex,
        vehicle: &'a Vehicle,
        job: Option<(JobIndex, Option<f64>)>,
    ) -> Self {
        let aboard = problem.jobs.iter().filter(|job| job.origin == Origin::Aboard(index));
        let aboard = aboard.fold(Load::default(), |load, job| load.plus(job.load));
        Self { problem, vehicle, aboard, job }
    }

    /// None if no way leads there, or there is no room.
    fn drive(&self, route: impl Iterator<Item = Visit>) -> Option<Driven> {
        let (mut now, mut place, mut load) = (self.vehicle.shift.open, self.vehicle.start, self.aboard);
        let mut driven = Driven { distance: 0.0, pickup: None, delivery: f64::INFINITY, broken: 0.0 };
        let (mut any, asked) = (false, self.job.map(|(job, _)| job));
        for visit in route {
            any = true;
            let job = self.problem.job(visit.job)?;
            let stop = job.stop(visit.act)?;
            let way = self.problem.travel(self.vehicle, place, stop.place);
            let is_asked = asked == Some(visit.job);
            if !way.is_possible() || (is_asked && stop.place.is_none()) {
                return None;
            }
            (now, driven.distance) = (now + way.time, driven.distance + way.distance);
            if let (true, Act::Pickup, Some((_, Some(over)))) = (is_asked, visit.act, self.job) {
                now = now.max(over);
            }
            now = match begin(stop, now) {
                Ok(begin) => begin,
                // What is late already stays in the way; what is asked about must not be.
                Err(_) if is_asked => return None,
                Err(late) => {
                    driven.broken += late;
                    now
                }
            };
            match visit.act {
                Act::Pickup => {
                    load = load.plus(job.load);
                    if is_asked {
                        driven.pickup = Some(now);
                    }
                    if self.job.is_some() && !load.fits(self.vehicle.capacity) {
                        return None;
                    }
                }
                Act::Delivery => {
                    load = load.minus(job.load);
                    if is_asked {
                        driven.delivery = now;
                    }
                }
            }
            now += stop.service.max(0.0);
            place = stop.place.or(place);
        }
        if any {
            let home = self.problem.travel(self.vehicle, place, self.vehicle.end);
            (now, driven.distance) = (now + home.time, driven.distance + home.distance);
            driven.broken += (now - self.vehicle.shift.close).max(0.0);
        }
        now.is_finite().then_some(driven)
    }
}

/// When work begins, or by how much one comes too late; never if the place is not open.
fn begin(stop: &Stop, arrival: f64) -> Result<f64, f64> {
    let open = || stop.windows.iter().filter(|window| window.is_open());
    let begins = open().filter(|window| arrival <= window.close).map(|window| arrival.max(window.open));
    match begins.min_by(f64::total_cmp) {
        Some(begin) => Ok(begin),
        None => Err(open().map(|window| arrival - window.close).min_by(f64::total_cmp).unwrap_or(f64::MAX)),
    }
}
