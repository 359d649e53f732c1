//! Why a job is not planned, with the figures that decide it, and what would have to change so that it is.

mod soft;

use super::{
    changes::Changes,
    check::check,
    problem::{Act, Job, JobIndex, Load, Origin, Problem, Routes, Skills, VehicleIndex, Visit, Window},
    schedule::Schedule,
    solver,
};
use serde::{Deserialize, Serialize};
use soft::{Attempt, Overload};

/// Why a job has no place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// Nobody drives that day.
    NoVehicle,
    /// It is not known where one of its ends is.
    NoCoordinates {
        /// Which end.
        act: Act,
    },
    /// One of its ends is not open that day.
    PlaceClosed {
        /// Which end.
        act: Act,
    },
    /// No vehicle that may carry it is large enough.
    TooBig {
        /// What it is.
        load: Load,
        /// The most that one of them carries, in each dimension.
        most: Load,
    },
    /// No vehicle that may carry it has what it asks for.
    Skills {
        /// What the one that has most lacks.
        missing: Skills,
    },
    /// No way leads there.
    Unreachable {
        /// To which end.
        act: Act,
    },
    /// Its delivery closes before anybody can be there with it.
    WindowsDoNotMeet {
        /// When one who picks it up as soon as that opens is there.
        arrival: f64,
        /// When its delivery closes.
        closes: f64,
    },
    /// A place closes before the vehicle can be there, at best.
    ClosesBeforeArrival {
        /// The job's own stop.
        visit: Visit,
        /// When the place closes.
        closes: f64,
        /// When the vehicle is there.
        arrival: f64,
        /// Which vehicle.
        vehicle: VehicleIndex,
    },
    /// The vehicle would be back after its shift.
    ShiftTooShort {
        /// Which vehicle.
        vehicle: VehicleIndex,
        /// When its shift ends.
        ends: f64,
        /// When it would be back.
        home: f64,
    },
    /// There is time for it, but no room.
    VehicleFull {
        /// In which vehicle there is most.
        vehicle: VehicleIndex,
        /// After which stop it would be too full.
        visit: Visit,
        /// What would be aboard then.
        load: Load,
        /// What it carries.
        capacity: Load,
    },
    /// Another stop would be late.
    NoRoom {
        /// In the vehicle where it costs least.
        vehicle: VehicleIndex,
        /// The stop that would be late.
        visit: Visit,
        /// When that closes.
        closes: f64,
        /// When the vehicle would be there.
        arrival: f64,
    },
    /// It is pinned to a vehicle that has no room, while another has.
    PinnedElsewhere {
        /// Which one could take it.
        vehicle: VehicleIndex,
    },
    /// The job before it is not planned, or is over too late.
    WaitsForAnother {
        /// Which one.
        before: JobIndex,
        /// When it is over; none if it is not planned.
        over: Option<f64>,
    },
    /// There is room: the planner was not asked again since there is.
    Fits {
        /// In which vehicle.
        vehicle: VehicleIndex,
    },
}

/// What could change so that a job has a place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// It fits as it is.
    Nothing,
    /// Other stops change their time or vehicle.
    Reorder {
        /// How many.
        stops: usize,
    },
    /// It goes by a vehicle that it is not pinned to.
    Unpin {
        /// By which one.
        vehicle: VehicleIndex,
    },
    /// A place stays open longer.
    WidenWindow {
        /// At which stop.
        visit: Visit,
        /// When it closes.
        closes: f64,
        /// How much longer.
        by: f64,
    },
    /// A shift lasts longer.
    ExtendShift {
        /// Whose.
        vehicle: VehicleIndex,
        /// How much longer.
        by: f64,
    },
}

/// A change with the routes that it makes possible.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Remedy {
    /// What changes.
    pub change: Change,
    /// The routes then.
    pub routes: Routes,
}

/// Why a job is not planned, and the cheapest change that helps; none if none of them alone does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// Which job.
    pub job: JobIndex,
    /// Why.
    pub reason: Reason,
    /// What would help.
    pub remedy: Option<Remedy>,
}

/// Explains every job that routes leave out.
pub fn explain(problem: &Problem, routes: &Routes) -> Vec<Explanation> {
    routes.unplanned(problem).into_iter().filter_map(|job| explain_one(problem, routes, job)).collect()
}

/// Explains one job that routes leave out; none if there is no such job.
pub fn explain_one(problem: &Problem, routes: &Routes, number: JobIndex) -> Option<Explanation> {
    let job = problem.job(number)?;
    if let Some(reason) = impossible(problem, job) {
        return Some(Explanation { job: number, reason, remedy: None });
    }
    let schedule = Schedule::of(problem, routes);
    let over = match job.after.filter(|_| job.pickup().is_some()) {
        Some(before) => {
            let Some(timed) = schedule.visit(Visit::delivery(before)) else {
                let reason = Reason::WaitsForAnother { before, over: None };
                return Some(Explanation { job: number, reason, remedy: None });
            };
            Some((before, timed.depart))
        }
        None => None,
    };
    let inquiry = Inquiry { problem, routes, number, job, over };
    let reason = inquiry.reason();
    let remedy = inquiry.remedy();
    Some(Explanation { job: number, reason, remedy })
}

/// What no order of stops can help.
fn impossible(problem: &Problem, job: &Job) -> Option<Reason> {
    if problem.vehicles.is_empty() {
        return Some(Reason::NoVehicle);
    }
    let ends = || {
        [(Act::Pickup, job.pickup()), (Act::Delivery, Some(&job.delivery))]
            .into_iter()
            .filter_map(|(act, stop)| stop.map(|stop| (act, stop)))
    };
    if let Some((act, _)) = ends().find(|(_, stop)| stop.place.is_none()) {
        return Some(Reason::NoCoordinates { act });
    }
    if let Some((act, _)) = ends().find(|(_, stop)| !stop.windows.iter().any(|window| window.is_open())) {
        return Some(Reason::PlaceClosed { act });
    }
    let mut may = problem.fleet().filter(|(index, _)| job.may_go_by(*index)).map(|(_, vehicle)| vehicle).peekable();
    if may.peek().is_none() {
        return Some(Reason::NoVehicle);
    }
    let may: Vec<_> = may.collect();
    let missing =
        may.iter().map(|vehicle| job.needs.missing_from(vehicle.skills)).min_by_key(|missing| missing.0.count_ones());
    if let Some(missing) = missing.filter(|missing| !missing.is_empty()) {
        return Some(Reason::Skills { missing });
    }
    let has = |vehicle: &&&super::problem::Vehicle| job.needs.missing_from(vehicle.skills).is_empty();
    let aboard = matches!(job.origin, Origin::Aboard(_));
    if !aboard && !may.iter().filter(has).any(|vehicle| job.load.fits(vehicle.capacity)) {
        let mut most = Load::default();
        for vehicle in may.iter().filter(has) {
            most.0.iter_mut().zip(vehicle.capacity.0).for_each(|(most, room)| *most = room.max(*most));
        }
        return Some(Reason::TooBig { load: job.load, most });
    }
    None
}

/// Whether a job is delivered too early for whoever picks it up as soon as that opens.
fn unmet(problem: &Problem, job: &Job) -> Option<Reason> {
    let pickup = job.pickup()?;
    let open = |window: &&Window| window.is_open();
    let opens = pickup.windows.iter().filter(open).map(|window| window.open).fold(f64::INFINITY, f64::min);
    let closes = job.delivery.windows.iter().filter(open).map(|window| window.close).fold(f64::NEG_INFINITY, f64::max);
    let may = problem.fleet().filter(|(index, _)| job.may_go_by(*index));
    let ways = may.map(|(_, vehicle)| problem.travel(vehicle, pickup.place, job.delivery.place).time);
    let quickest = ways.fold(f64::INFINITY, f64::min);
    let arrival = opens + pickup.service.max(0.0) + quickest;
    if !quickest.is_finite() {
        return Some(Reason::Unreachable { act: Act::Delivery });
    }
    (arrival > closes).then_some(Reason::WindowsDoNotMeet { arrival, closes })
}

/// A job that could be planned, as far as it alone is concerned.
struct Inquiry<'a> {
    problem: &'a Problem,
    routes: &'a Routes,
    number: JobIndex,
    job: &'a Job,
    /// The job before it, and when that is over.
    over: Option<(JobIndex, f64)>,
}

impl Inquiry<'_> {
    fn attempts(&self, vehicle: VehicleIndex, route: &[Visit]) -> Vec<Attempt> {
        soft::attempts(self.problem, vehicle, route, self.number, self.over.map_or(f64::NEG_INFINITY, |(_, over)| over))
    }

    /// The vehicles that may carry it.
    fn vehicles(&self) -> impl Iterator<Item = VehicleIndex> {
        self.problem
            .fleet()
            .filter(|(index, vehicle)| self.job.may_go_by(*index) && self.suits(vehicle))
            .map(|(index, _)| index)
    }

    fn suits(&self, vehicle: &super::problem::Vehicle) -> bool {
        let room = matches!(self.job.origin, Origin::Aboard(_)) || self.job.load.fits(vehicle.capacity);
        room && self.job.needs.missing_from(vehicle.skills).is_empty()
    }

    fn reason(&self) -> Reason {
        if let Some(unmet) = unmet(self.problem, self.job) {
            return unmet;
        }
        // With nothing else to do: who is nearest to being able to?
        let alone = |vehicle| {
            let begun = self.problem.vehicle(vehicle).map_or(&[][..], |vehicle| vehicle.begun.as_slice());
            self.attempts(vehicle, begun)
        };
        let alone: Vec<Attempt> = self.vehicles().flat_map(alone).collect();
        let nearest = alone.iter().min_by(|a, b| a.excess().total_cmp(&b.excess()));
        let Some(nearest) = nearest else { return Reason::Unreachable { act: Act::Pickup } };
        if !nearest.is_sound() {
            return self.waits(nearest).unwrap_or_else(|| self.told(nearest));
        }
        let all: Vec<Attempt> =
            self.vehicles().flat_map(|vehicle| self.attempts(vehicle, self.routes.of(vehicle))).collect();
        if let Some(sound) = all.iter().find(|attempt| attempt.is_sound()) {
            return Reason::Fits { vehicle: sound.vehicle };
        }
        if !self.job.only.is_empty()
            && let Some(other) = self.unpinned()
        {
            return Reason::PinnedElsewhere { vehicle: other.vehicle };
        }
        // There is time, but no room: the least too full. Else the least late.
        let timely = all.iter().filter(|attempt| attempt.excess() <= 0.0);
        let fullest = timely.filter_map(|attempt| attempt.overload.map(|over| (attempt, over)));
        if let Some((attempt, over)) = fullest.min_by_key(|(_, over)| over.beyond()) {
            let Overload { visit, load, capacity } = over;
            return Reason::VehicleFull { vehicle: attempt.vehicle, visit, load, capacity };
        }
        let least = |roomy: bool| {
            let fit = all.iter().filter(|attempt| !roomy || attempt.overload.is_none());
            fit.min_by(|a, b| a.excess().total_cmp(&b.excess()))
        };
        match least(true).or_else(|| least(false)) {
            Some(attempt) => self.waits(attempt).unwrap_or_else(|| self.told(attempt)),
            None => self.told(nearest),
        }
    }

    /// The job before it, if it is that which makes it late.
    fn waits(&self, attempt: &Attempt) -> Option<Reason> {
        let (before, over) = self.over?;
        let free = soft::attempts(
            self.problem,
            attempt.vehicle,
            self.routes.of(attempt.vehicle),
            self.number,
            f64::NEG_INFINITY,
        );
        free.iter().any(Attempt::is_sound).then_some(Reason::WaitsForAnother { before, over: Some(over) })
    }

    fn told(&self, attempt: &Attempt) -> Reason {
        let vehicle = attempt.vehicle;
        match attempt.late.first() {
            Some(late) if late.visit.job == self.number => {
                Reason::ClosesBeforeArrival { visit: late.visit, closes: late.closes, arrival: late.arrival, vehicle }
            }
            Some(late) => Reason::NoRoom { vehicle, visit: late.visit, closes: late.closes, arrival: late.arrival },
            None => Reason::ShiftTooShort { vehicle, ends: attempt.ends, home: attempt.home },
        }
    }

    /// Where it fits if it need not go by the vehicle that it is pinned to.
    fn unpinned(&self) -> Option<Attempt> {
        if matches!(self.job.origin, Origin::Aboard(_)) {
            return None;
        }
        let others = self.problem.fleet().filter(|(index, vehicle)| !self.job.may_go_by(*index) && self.suits(vehicle));
        let attempts = others.flat_map(|(index, _)| self.attempts(index, self.routes.of(index)));
        attempts.filter(Attempt::is_sound).min_by(|a, b| a.distance.total_cmp(&b.distance))
    }

    /// What costs least: nothing; others at other times; another vehicle; more time somewhere.
    fn remedy(&self) -> Option<Remedy> {
        let all: Vec<Attempt> =
            self.vehicles().flat_map(|vehicle| self.attempts(vehicle, self.routes.of(vehicle))).collect();
        let sound = all.iter().filter(|attempt| attempt.is_sound()).min_by(|a, b| a.distance.total_cmp(&b.distance));
        if let Some(remedy) = sound.and_then(|attempt| self.held(Change::Nothing, self.with(attempt))) {
            return Some(remedy);
        }
        if let Some(remedy) = self.reordered() {
            return Some(remedy);
        }
        if let Some(other) = self.unpinned() {
            let change = Change::Unpin { vehicle: other.vehicle };
            if let Some(remedy) = self.held(change, self.with(&other)) {
                return Some(remedy);
            }
        }
        let mut asking: Vec<(f64, Change, &Attempt)> =
            all.iter().filter_map(|attempt| attempt.asks().map(|(by, change)| (by, change, attempt))).collect();
        asking.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.distance.total_cmp(&b.2.distance)));
        asking.into_iter().take(TRIED).find_map(|(_, change, attempt)| self.held(change, self.with(attempt)))
    }

    /// The routes with the job put in as an attempt does.
    fn with(&self, attempt: &Attempt) -> Routes {
        let mut routes = self.routes.clone();
        if let Some(route) = routes.0.get_mut(attempt.vehicle.at()) {
            *route = attempt.route(route, self.number, self.job.pickup().is_some());
        }
        routes
    }

    /// Another job makes room: it is put in anew after this one.
    fn reordered(&self) -> Option<Remedy> {
        let mut best: Option<(usize, f64, Routes)> = None;
        for routes in solver::with_one_moved(self.problem, self.routes, self.number) {
            let changes = Changes::between(self.problem, self.routes, &routes);
            let stops = changes.moved().count();
            let better = best.as_ref().is_none_or(|(least, far, _)| (stops, changes.distance) < (*least, *far));
            if better && self.held(Change::Reorder { stops }, routes.clone()).is_some() {
                best = Some((stops, changes.distance, routes));
            }
        }
        best.map(|(stops, _, routes)| Remedy { change: Change::Reorder { stops }, routes })
    }

    /// The remedy, if with its change the routes break no rule that they did not break before.
    fn held(&self, change: Change, routes: Routes) -> Option<Remedy> {
        let problem = change.made(self.problem, self.number);
        let before = check(self.problem, self.routes).broken.len();
        (check(&problem, &routes).broken.len() <= before).then_some(Remedy { change, routes })
    }
}

/// How many changes are tried before none is told.
const TRIED: usize = 50;

impl Change {
    /// The problem with the change made.
    pub fn made(self, problem: &Problem, job: JobIndex) -> Problem {
        let mut changed = problem.clone();
        match self {
            Self::Nothing | Self::Reorder { .. } => {}
            Self::Unpin { .. } => {
                if let Some(job) = changed.jobs.get_mut(job.at()) {
                    job.only.clear();
                }
            }
            Self::WidenWindow { visit, closes, by } => {
                if let Some(job) = changed.jobs.get_mut(visit.job.at()) {
                    let stop = match (&mut job.origin, visit.act) {
                        (Origin::Waiting(pickup), Act::Pickup) => pickup,
                        _ => &mut job.delivery,
                    };
                    for window in stop.windows.iter_mut().filter(|window| window.close.total_cmp(&closes).is_eq()) {
                        window.close = longer(closes, by);
                    }
                }
            }
            Self::ExtendShift { vehicle, by } => {
                if let Some(vehicle) = changed.vehicles.get_mut(vehicle.at()) {
                    vehicle.shift.close = longer(vehicle.shift.close, by);
                }
            }
        }
        changed
    }
}

/// A time later by so much. A hair later still: the difference was rounded.
fn longer(time: f64, by: f64) -> f64 {
    let later = time + by;
    later + later.abs() * 1e-12
}
