//! Judges a plan from the problem and the routes alone. It shares nothing with the planner nor with the schedule: it reckons in its own, plain way,
//! so that a mistake of theirs is not one of its own.

use super::problem::{Act, DIMENSIONS, Job, JobIndex, Load, Origin, PlaceIndex, Problem, Routes, Stop, Vehicle, Visit};
use std::collections::HashMap;

/// A rule that routes break. Stops are told by vehicle and place in its route.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[allow(missing_docs, reason = "the sentences tell what the figures are")]
pub enum Broken {
    #[error("{routes} routes for {vehicles} vehicles")]
    Fleet { routes: usize, vehicles: usize },
    #[error("vehicle {vehicle}: what it has begun is not where its route begins")]
    Begun { vehicle: usize },
    #[error("vehicle {vehicle}, stop {stop}: there is no such stop")]
    NoSuchStop { vehicle: usize, stop: usize },
    #[error("vehicle {vehicle}, stop {stop}: made a second time")]
    Twice { vehicle: usize, stop: usize },
    #[error("vehicle {vehicle}, stop {stop}: no way leads there")]
    Unreachable { vehicle: usize, stop: usize },
    #[error("vehicle {vehicle}, stop {stop}: begins at {begin}, outside of its windows")]
    Window { vehicle: usize, stop: usize, begin: f64 },
    #[error("vehicle {vehicle}, stop {stop}: {load} aboard in dimension {dimension}, {capacity} is its capacity")]
    Capacity { vehicle: usize, stop: usize, dimension: usize, load: u64, capacity: u64 },
    #[error("vehicle {vehicle}, stop {stop}: delivers what is not aboard")]
    NotAboard { vehicle: usize, stop: usize },
    #[error("vehicle {vehicle}: job {job} is still aboard at the end")]
    LeftAboard { vehicle: usize, job: usize },
    #[error("vehicle {vehicle}: job {job} must not go by it")]
    Vehicle { vehicle: usize, job: usize },
    #[error("vehicle {vehicle}: it lacks what job {job} asks for")]
    Skills { vehicle: usize, job: usize },
    #[error("vehicle {vehicle}: back at {home}, its shift ends at {ends}")]
    Shift { vehicle: usize, home: f64, ends: f64 },
    #[error("job {job}: picked up at {begin}, before job {before} is over")]
    Order { job: usize, before: usize, begin: f64 },
}

/// What a check finds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// Every rule that is broken; none if the plan is sound.
    pub broken: Vec<Broken>,
    /// How far all vehicles go.
    pub distance: f64,
    /// How many jobs are delivered.
    pub delivered: usize,
}

/// Drives every route stop by stop. What a vehicle has begun is a fact: its times and loads are not judged.
pub fn check(problem: &Problem, routes: &Routes) -> Verdict {
    let mut judge = Judge { problem, verdict: Verdict::default(), made: HashMap::new() };
    if routes.0.len() != problem.vehicles.len() {
        judge.fail(Broken::Fleet { routes: routes.0.len(), vehicles: problem.vehicles.len() });
    }
    for (number, (vehicle, route)) in problem.vehicles.iter().zip(&routes.0).enumerate() {
        judge.drive(number, vehicle, route);
    }
    judge.order();
    judge.verdict
}

struct Judge<'a> {
    problem: &'a Problem,
    verdict: Verdict,
    /// Begin and end of every visit made.
    made: HashMap<Visit, (f64, f64)>,
}

impl<'a> Judge<'a> {
    fn fail(&mut self, broken: Broken) {
        self.verdict.broken.push(broken);
    }

    fn drive(&mut self, number: usize, vehicle: &Vehicle, route: &[Visit]) {
        if !route.starts_with(&vehicle.begun) {
            self.fail(Broken::Begun { vehicle: number });
        }
        let held = |job: &Job| matches!(job.origin, Origin::Aboard(holder) if holder.at() == number);
        let mine: Vec<usize> =
            self.problem.jobs.iter().enumerate().filter(|(_, job)| held(job)).map(|(at, _)| at).collect();
        let mut aboard = mine.clone();
        let (mut clock, mut here) = (vehicle.shift.open, vehicle.start);
        for (stop, visit) in route.iter().enumerate() {
            let Some((job, end)) = self.end(*visit) else {
                self.fail(Broken::NoSuchStop { vehicle: number, stop });
                continue;
            };
            let fixed = stop < vehicle.begun.len();
            let (time, distance) = self.way(vehicle, here, end.place, end.place.is_some());
            if time.is_finite() {
                clock += time;
                self.verdict.distance += distance;
            } else if !fixed {
                self.fail(Broken::Unreachable { vehicle: number, stop });
            }
            here = end.place.or(here);
            // The first moment from now on that lies in a window.
            let mut begin = f64::INFINITY;
            for window in &end.windows {
                if window.open <= window.close && clock <= window.close {
                    begin = begin.min(clock.max(window.open));
                }
            }
            if begin.is_finite() {
                clock = begin;
            } else if !fixed {
                self.fail(Broken::Window { vehicle: number, stop, begin: clock });
            }
            let begun_at = clock;
            clock += end.service.max(0.0);
            if self.made.insert(*visit, (begun_at, clock)).is_some() {
                self.fail(Broken::Twice { vehicle: number, stop });
            }
            match visit.act {
                Act::Pickup => {
                    aboard.push(visit.job.at());
                    self.suits(number, vehicle, visit.job.at(), job);
                    if !fixed {
                        self.room(number, stop, vehicle, &aboard);
                    }
                }
                Act::Delivery => match aboard.iter().position(|at| *at == visit.job.at()) {
                    Some(at) => {
                        aboard.remove(at);
                        self.verdict.delivered += 1;
                    }
                    None => self.fail(Broken::NotAboard { vehicle: number, stop }),
                },
            }
        }
        // What was aboard before all this may stay there: a plan need not find a place for it. What it takes up itself must leave.
        for job in aboard.iter().filter(|at| !mine.contains(at)) {
            if !vehicle.begun.iter().any(|visit| visit.job.at() == *job) {
                self.fail(Broken::LeftAboard { vehicle: number, job: *job });
            }
        }
        if route.is_empty() {
            return;
        }
        let (time, distance) = self.way(vehicle, here, vehicle.end, true);
        clock += time;
        if time.is_finite() {
            self.verdict.distance += distance;
        }
        if clock > vehicle.shift.close && route.len() > vehicle.begun.len() {
            self.fail(Broken::Shift { vehicle: number, home: clock, ends: vehicle.shift.close });
        }
    }

    /// The job of a visit, and which of its stops it is.
    fn end(&self, visit: Visit) -> Option<(&'a Job, &'a Stop)> {
        let job = self.problem.jobs.get(visit.job.at())?;
        match (visit.act, &job.origin) {
            (Act::Pickup, Origin::Waiting(pickup)) => Some((job, pickup)),
            (Act::Pickup, Origin::Aboard(_)) => None,
            (Act::Delivery, _) => Some((job, &job.delivery)),
        }
    }

    /// Time and distance between two places; none where the vehicle may be anywhere, if it is known where it goes.
    fn way(&self, vehicle: &Vehicle, from: Option<PlaceIndex>, to: Option<PlaceIndex>, known: bool) -> (f64, f64) {
        match (from, to, self.problem.matrices.get(vehicle.profile)) {
            (Some(from), Some(to), Some(matrix)) => {
                let way = matrix.between(from, to);
                (way.time, way.distance)
            }
            (None, _, _) | (_, None, _) if known => (0.0, 0.0),
            _ => (f64::INFINITY, f64::INFINITY),
        }
    }

    fn suits(&mut self, number: usize, vehicle: &Vehicle, at: usize, job: &Job) {
        if !job.only.is_empty() && !job.only.iter().any(|only| only.at() == number) {
            self.fail(Broken::Vehicle { vehicle: number, job: at });
        }
        if job.needs.0 & !vehicle.skills.0 != 0 {
            self.fail(Broken::Skills { vehicle: number, job: at });
        }
    }

    fn room(&mut self, number: usize, stop: usize, vehicle: &Vehicle, aboard: &[usize]) {
        for dimension in 0..DIMENSIONS {
            let part = |load: Load| load.0.get(dimension).copied().map_or(0, u64::from);
            let load = aboard.iter().filter_map(|at| self.problem.jobs.get(*at)).map(|job| part(job.load)).sum();
            let capacity = part(vehicle.capacity);
            if load > capacity {
                self.fail(Broken::Capacity { vehicle: number, stop, dimension, load, capacity });
            }
        }
    }

    /// Holds jobs that follow others against them.
    fn order(&mut self) {
        for (number, job) in self.problem.jobs.iter().enumerate() {
            let pickup = Visit { job: JobIndex::from_at(number), act: Act::Pickup };
            if let (Some(before), Some((begin, _))) = (job.after, self.made.get(&pickup).copied()) {
                let over = self.made.get(&Visit { job: before, act: Act::Delivery });
                if over.is_none_or(|(_, over)| begin < *over) {
                    self.verdict.broken.push(Broken::Order { job: number, before: before.at(), begin });
                }
            }
        }
    }
}
