//! When everything happens on given routes, also on bad ones made by hand: times, loads, distances, and every conflict with its figures.

use super::problem::{Act, JobIndex, Load, Origin, Problem, Routes, Skills, Stop, Vehicle, VehicleIndex, Visit};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A visit with its times.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timed {
    /// Which one.
    pub visit: Visit,
    /// By whom.
    pub vehicle: VehicleIndex,
    /// When the vehicle is there.
    pub arrival: f64,
    /// When work begins: on arrival, or when the place opens. Who comes too late begins on arrival.
    pub begin: f64,
    /// When the vehicle leaves.
    pub depart: f64,
    /// What is aboard then.
    pub load: Load,
    /// The way from the stop before.
    pub distance: f64,
}

/// What is wrong with routes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "conflict", rename_all = "snake_case")]
pub enum Conflict {
    /// A stop is reached after its last window that day.
    Late {
        /// Which stop.
        visit: Visit,
        /// When the place closes for the last time.
        closes: f64,
        /// When the vehicle is there.
        arrival: f64,
    },
    /// A place is not open at all.
    Closed {
        /// Which stop.
        visit: Visit,
    },
    /// It is not known where a stop is.
    NoCoordinates {
        /// Which stop.
        visit: Visit,
    },
    /// No way leads to a stop.
    Unreachable {
        /// Which stop.
        visit: Visit,
    },
    /// More is aboard after a pickup than the vehicle carries.
    OverCapacity {
        /// After which one.
        visit: Visit,
        /// What is aboard.
        load: Load,
        /// What the vehicle carries.
        capacity: Load,
    },
    /// A job is delivered before it is picked up, or by a vehicle that does not have it.
    DeliveredFirst {
        /// Which job.
        job: JobIndex,
    },
    /// A job is picked up and not delivered by the same vehicle.
    NotDelivered {
        /// Which job.
        job: JobIndex,
    },
    /// The same stop is made twice.
    Twice {
        /// Which one.
        visit: Visit,
    },
    /// The vehicle does not have what a job asks for.
    Skills {
        /// Which job.
        job: JobIndex,
        /// What is missing.
        missing: Skills,
    },
    /// A job goes by another vehicle than it may.
    WrongVehicle {
        /// Which job.
        job: JobIndex,
        /// By which one it goes.
        vehicle: VehicleIndex,
    },
    /// The vehicle is back after its shift.
    ShiftOverrun {
        /// Which one.
        vehicle: VehicleIndex,
        /// When its shift ends.
        ends: f64,
        /// When it is back.
        home: f64,
    },
    /// A job begins before the one that it follows is over.
    TooSoon {
        /// Which job.
        job: JobIndex,
        /// The one before it.
        after: JobIndex,
        /// When it begins.
        begin: f64,
        /// When the one before is over; never, if it is not planned.
        over: f64,
    },
}

/// The day of one vehicle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timetable {
    /// When it sets out: as late as it can without being later at its first stop. Its shift's beginning if it has no stop.
    pub leaves: f64,
    /// Its stops.
    pub stops: Vec<Timed>,
    /// When it is at its end place; when its shift begins if it has no stop.
    pub home: f64,
    /// How far it goes, also from its last stop to its end place.
    pub distance: f64,
}

impl Timetable {
    /// The most that is aboard at any time, in each dimension.
    pub fn fullest(&self) -> Load {
        let mut most = Load::default();
        for timed in &self.stops {
            most.0.iter_mut().zip(timed.load.0).for_each(|(most, load)| *most = load.max(*most));
        }
        most
    }
}

/// The day of all vehicles.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Schedule {
    /// One for each vehicle that has a route.
    pub timetables: Vec<Timetable>,
    /// What is wrong, in the order of the routes.
    pub conflicts: Vec<Conflict>,
    /// Where each visit stands: the vehicle's number, and the place in its route.
    #[serde(skip)]
    places: HashMap<Visit, (usize, usize)>,
}

impl Schedule {
    /// Reckons routes.
    pub fn of(problem: &Problem, routes: &Routes) -> Self {
        let mut schedule = Self::default();
        for ((index, vehicle), (_, route)) in problem.fleet().zip(routes.each()) {
            schedule.drive(problem, index, vehicle, route);
        }
        schedule.follow(problem);
        schedule
    }

    /// A visit's times.
    pub fn visit(&self, visit: Visit) -> Option<&Timed> {
        let (vehicle, at) = self.places.get(&visit)?;
        self.timetables.get(*vehicle)?.stops.get(*at)
    }

    /// Each vehicle's day.
    pub fn each(&self) -> impl Iterator<Item = (VehicleIndex, &Timetable)> {
        self.timetables.iter().enumerate().map(|(at, times)| (VehicleIndex::from_at(at), times))
    }

    /// How far all go together.
    pub fn distance(&self) -> f64 {
        self.timetables.iter().map(|times| times.distance).sum()
    }

    fn drive(&mut self, problem: &Problem, index: VehicleIndex, vehicle: &Vehicle, route: &[Visit]) {
        let aboard = |job: &&super::problem::Job| job.origin == Origin::Aboard(index);
        let mut load = problem.jobs.iter().filter(aboard).fold(Load::default(), |load, job| load.plus(job.load));
        let (mut place, mut now, mut total) = (vehicle.start, vehicle.shift.open, 0.0);
        let mut stops: Vec<Timed> = Vec::with_capacity(route.len());
        let mut leaves = now;
        for (at, visit) in route.iter().copied().enumerate() {
            let Some((job, stop)) = problem.job(visit.job).zip(problem.stop(visit)) else { continue };
            if self.places.contains_key(&visit) {
                self.conflicts.push(Conflict::Twice { visit });
            }
            let mut way = problem.travel(vehicle, place, stop.place);
            if stop.place.is_none() {
                self.conflicts.push(Conflict::NoCoordinates { visit });
            } else if !way.is_possible() {
                self.conflicts.push(Conflict::Unreachable { visit });
                way = super::travel::Travel::NONE;
            }
            let arrival = now + way.time;
            let begin = self.begin(visit, stop, arrival);
            let depart = begin + stop.service.max(0.0);
            if at == 0 {
                leaves = now.max(begin - way.time);
            }
            match visit.act {
                Act::Pickup => {
                    load = load.plus(job.load);
                    if !load.fits(vehicle.capacity) && at >= vehicle.begun.len() {
                        self.conflicts.push(Conflict::OverCapacity { visit, load, capacity: vehicle.capacity });
                    }
                    if !route.iter().skip(at).any(|later| *later == Visit::delivery(visit.job)) {
                        self.conflicts.push(Conflict::NotDelivered { job: visit.job });
                    }
                    self.suits(vehicle, index, visit.job, job);
                }
                Act::Delivery => {
                    load = load.minus(job.load);
                    let taken = route.iter().take(at).any(|earlier| *earlier == Visit::pickup(visit.job));
                    if job.origin == Origin::Aboard(index) {
                        self.suits(vehicle, index, visit.job, job);
                    } else if !taken {
                        self.conflicts.push(Conflict::DeliveredFirst { job: visit.job });
                    }
                }
            }
            self.places.insert(visit, (index.at(), stops.len()));
            stops.push(Timed { visit, vehicle: index, arrival, begin, depart, load, distance: way.distance });
            (now, place, total) = (depart, stop.place.or(place), total + way.distance);
        }
        let mut home = now;
        if !stops.is_empty() {
            let way = problem.travel(vehicle, place, vehicle.end);
            if way.is_possible() {
                (home, total) = (home + way.time, total + way.distance);
            } else {
                home = f64::INFINITY;
            }
            if home > vehicle.shift.close && stops.len() > vehicle.begun.len() {
                self.conflicts.push(Conflict::ShiftOverrun { vehicle: index, ends: vehicle.shift.close, home });
            }
        }
        self.timetables.push(Timetable { leaves, stops, home, distance: total });
    }

    /// When work begins on arrival at a time.
    fn begin(&mut self, visit: Visit, stop: &Stop, arrival: f64) -> f64 {
        let open = stop.windows.iter().filter(|window| window.is_open());
        let begin = open.clone().filter(|window| arrival <= window.close).map(|window| arrival.max(window.open));
        match (begin.min_by(f64::total_cmp), open.map(|window| window.close).max_by(f64::total_cmp)) {
            (Some(begin), _) => begin,
            (None, Some(closes)) => {
                self.conflicts.push(Conflict::Late { visit, closes, arrival });
                arrival
            }
            (None, None) => {
                self.conflicts.push(Conflict::Closed { visit });
                arrival
            }
        }
    }

    fn suits(&mut self, vehicle: &Vehicle, index: VehicleIndex, number: JobIndex, job: &super::problem::Job) {
        let missing = job.needs.missing_from(vehicle.skills);
        if !missing.is_empty() {
            self.conflicts.push(Conflict::Skills { job: number, missing });
        }
        if !job.may_go_by(index) {
            self.conflicts.push(Conflict::WrongVehicle { job: number, vehicle: index });
        }
    }

    /// Holds jobs that follow others against them.
    fn follow(&mut self, problem: &Problem) {
        for (at, job) in problem.jobs.iter().enumerate() {
            let number = JobIndex::from_at(at);
            let Some((after, begin)) = job.after.zip(self.visit(Visit::pickup(number)).map(|timed| timed.begin)) else {
                continue;
            };
            let over = self.visit(Visit::delivery(after)).map_or(f64::INFINITY, |timed| timed.depart);
            if begin < over {
                self.conflicts.push(Conflict::TooSoon { job: number, after, begin, over });
            }
        }
    }
}
