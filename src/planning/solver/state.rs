//! The routes as the search changes them: what one iteration does can be taken back as one.

use super::{
    chance::Chance,
    insertion::{Insertion, Sketch},
    model::{Model, NONE, Standing},
    route::Route,
    table::Table,
};
use crate::planning::problem::{Act, Problem, Routes, Visit};

/// What a plan costs: first what is not planned, then the distance.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub(super) struct Cost {
    pub(super) unplanned: f64,
    pub(super) distance: f64,
}

/// What is remembered of the best place for a job in a route.
#[derive(Clone, Copy)]
struct Remembered {
    version: u32,
    /// The best place; none if none costs less than the bound.
    place: Option<Insertion>,
    bound: f64,
}

/// A route that a job may go into, as far as is known.
#[derive(Clone, Copy)]
struct Open {
    route: usize,
    /// No place in it costs less.
    least: f64,
    sketched: bool,
}

pub(super) struct State<'a> {
    pub(super) model: &'a Model,
    pub(super) routes: Table<Route>,
    /// The route of each job.
    pub(super) home: Table<u32>,
    /// What is not planned.
    pub(super) absent: Vec<u32>,
    saved: Table<Route>,
    touched: Vec<usize>,
    /// Where each job was that the iteration took out or put in.
    moved: Vec<(u32, u32)>,
    absent_before: Vec<u32>,
    memory: Table<Remembered>,
    versions: u32,
    /// By class, whether an empty vehicle of it was looked at for the job at hand.
    seen: Table<u64>,
    looks: u64,
    /// What distances say about the job at hand in each route, and whether it is still to be looked at.
    sketches: Table<Sketch>,
    open: Vec<Open>,
}

impl<'a> State<'a> {
    /// The routes given, as far as they can be; what of them cannot is absent.
    pub(super) fn new(model: &'a Model, given: &Routes) -> Self {
        let count = model.carriers.len();
        let routes: Vec<Route> = (0..count).map(|vehicle| Route::empty(model, vehicle)).collect();
        let forgotten = Remembered { version: NONE, place: None, bound: 0.0 };
        let mut state = Self {
            model,
            saved: Table::new(routes.clone(), Route::default()),
            routes: Table::new(routes, Route::default()),
            home: Table::filled(model.jobs, NONE),
            absent: Vec::new(),
            touched: Vec::with_capacity(count),
            moved: Vec::new(),
            absent_before: Vec::new(),
            memory: Table::filled(model.jobs * count, forgotten),
            versions: 0,
            seen: Table::filled(count, 0),
            looks: 0,
            sketches: Table::filled(count, Sketch::default()),
            open: Vec::with_capacity(count),
        };
        state.take_over(given);
        for job in 0..model.jobs {
            if matches!(model.standing[job], Standing::Open | Standing::Aboard) && state.home[job] == NONE {
                state.absent.push(u32::try_from(job).unwrap_or(NONE));
            }
        }
        state.keep();
        state
    }

    fn take_over(&mut self, given: &Routes) {
        for vehicle in 0..self.routes.len().min(given.0.len()) {
            let visits = given.0.get(vehicle).map_or(&[][..], Vec::as_slice);
            for visit in visits {
                if self.whole(vehicle, *visit, visits) {
                    let at = self.routes[vehicle].slots.len() - 1;
                    self.routes[vehicle].insert(self.model, at, Model::node_of(*visit));
                    self.home[visit.job.at()] = u32::try_from(vehicle).unwrap_or(NONE);
                }
            }
            let mut out = Vec::new();
            self.mend(vehicle, &mut out);
            for job in out {
                self.home[job as usize] = NONE;
            }
        }
    }

    /// Whether a visit can be taken over: its job may go by this vehicle, and all of it is there once and in order.
    fn whole(&self, vehicle: usize, visit: Visit, visits: &[Visit]) -> bool {
        let job = visit.job.at();
        let places = |act| {
            let mut at = visits.iter().enumerate().filter(move |(_, one)| **one == Visit { job: visit.job, act });
            (at.next().map(|(at, _)| at), at.next().is_some())
        };
        let planned = self.home[job] == NONE || self.home[job] as usize == vehicle;
        let (pickup, delivery) = (places(Act::Pickup), places(Act::Delivery));
        planned
            && self.model.able(job, vehicle)
            && job < self.model.jobs
            && match self.model.standing[job] {
                Standing::Open => !pickup.1 && !delivery.1 && pickup.0.is_some() && pickup.0 < delivery.0,
                // The pickup is part of what has begun, which is not part of the route here.
                Standing::Aboard => visit.act == Act::Delivery && !delivery.1,
                Standing::Done | Standing::Out => false,
            }
    }

    /// How far all routes go.
    pub(super) fn distance(&self) -> f64 {
        self.routes.iter().map(|route| route.distance).sum()
    }

    pub(super) fn cost(&self) -> Cost {
        Cost {
            unplanned: self.absent.iter().map(|job| self.model.weights[*job as usize]).sum(),
            distance: self.distance(),
        }
    }

    /// Before the first change of a route in an iteration.
    fn touch(&mut self, route: usize) {
        if !self.routes[route].touched {
            self.saved[route].clone_from(&self.routes[route]);
            self.routes[route].touched = true;
            self.touched.push(route);
        }
    }

    /// Before an iteration.
    pub(super) fn begin(&mut self) {
        self.absent_before.clone_from(&self.absent);
    }

    /// What the iteration did stays.
    pub(super) fn keep(&mut self) {
        for route in self.touched.drain(..) {
            self.versions = self.versions.wrapping_add(1).max(1);
            self.routes[route].version = self.versions;
            self.routes[route].touched = false;
        }
        self.moved.clear();
    }

    /// What the iteration did is taken back.
    pub(super) fn undo(&mut self) {
        for route in self.touched.drain(..) {
            std::mem::swap(&mut self.routes[route], &mut self.saved[route]);
        }
        for (job, home) in self.moved.drain(..).rev() {
            self.home[job as usize] = home;
        }
        std::mem::swap(&mut self.absent, &mut self.absent_before);
    }

    /// Takes jobs out of a route, and what cannot stay without them.
    pub(super) fn take_out(&mut self, route: usize, jobs: std::ops::Range<usize>, out: &mut Vec<u32>) {
        self.touch(route);
        let number = u32::try_from(route).unwrap_or(NONE);
        for at in jobs {
            let node = self.routes[route].slots.get(at).map_or(NONE, |slot| slot.node);
            let job = Model::job_of(node);
            if node != NONE && self.home[job] == number {
                self.home[job] = NONE;
                self.moved.push((node / 2, number));
                out.push(node / 2);
            }
        }
        let home = &self.home;
        self.routes[route].slots.retain(|slot| slot.node == NONE || home[Model::job_of(slot.node)] == number);
        let from = out.len();
        self.mend(route, out);
        for job in out.iter().skip(from) {
            self.home[*job as usize] = NONE;
            self.moved.push((*job, number));
        }
    }

    /// Takes out of a route what breaks a rule. Where a detour is quicker than the straight way, or goods that are aboard are not delivered any
    /// more, a route can get worse by what leaves it.
    fn mend(&mut self, route: usize, out: &mut Vec<u32>) {
        while let Err(at) = self.routes[route].refresh(self.model, route) {
            let slots = &mut self.routes[route].slots;
            let wrong = slots.get(at).filter(|slot| slot.node != NONE).or_else(|| slots.get(at.saturating_sub(1)));
            let Some(job) = wrong.filter(|slot| slot.node != NONE).map(|slot| slot.node / 2) else { break };
            slots.retain(|slot| slot.node == NONE || slot.node / 2 != job);
            out.push(job);
        }
    }

    /// Puts jobs back, each where it costs least; what finds no place is absent.
    pub(super) fn put_back(&mut self, jobs: &[u32]) {
        self.absent.clear();
        for job in jobs {
            if self.put(*job, f64::INFINITY).is_none() {
                self.absent.push(*job);
            }
        }
    }

    /// Puts all jobs back for less than so much; tells whether that was possible. What is too much is known before all are put back, mostly.
    pub(super) fn put_back_for(&mut self, jobs: &[u32], most: f64) -> bool {
        self.absent.clear();
        let mut left = most;
        for job in jobs {
            let Some(cost) = self.put(*job, left) else { return false };
            left -= cost;
        }
        true
    }

    /// Puts a job where it costs least, if that is less than so much; tells what it costs.
    pub(super) fn put(&mut self, number: u32, most: f64) -> Option<f64> {
        let job = number as usize;
        let (route, place) = self.best_place(job, most)?;
        self.touch(route);
        let model = self.model;
        let picked = model.has_pickup(job);
        let changed = &mut self.routes[route];
        changed.insert(model, place.delivery as usize + 1, number * 2 + 1);
        if picked {
            changed.insert(model, place.pickup as usize + 1, number * 2);
        }
        changed.distance += place.cost;
        let (first, last) = (place.pickup as usize + 1, place.delivery as usize + 1 + usize::from(picked));
        if changed.refresh_between(model, route, first, last).is_err() {
            // Only by rounding: from the front a stop is a hair later than from the end.
            changed.slots.retain(|slot| slot.node == NONE || slot.node / 2 != number);
            let _ = changed.refresh(model, route);
            return None;
        }
        self.moved.push((number, self.home[job]));
        self.home[job] = u32::try_from(route).unwrap_or(NONE);
        Some(place.cost)
    }

    /// The cheapest place for a job. Distances alone say in which route it is sought first; most others need not be looked at then.
    fn best_place(&mut self, job: usize, most: f64) -> Option<(usize, Insertion)> {
        let count = self.routes.len();
        let (mut found, mut bound) = (None, most);
        self.looks += 1;
        self.open.clear();
        for route in 0..count {
            if !self.model.able(job, route) {
                continue;
            }
            let at = &self.routes[route];
            if at.is_empty() {
                let class = self.model.carriers[route].class;
                if self.seen[class] == self.looks {
                    continue;
                }
                self.seen[class] = self.looks;
            }
            let memory = &self.memory[job * count + route];
            if !at.touched && memory.version == at.version {
                if let Some(place) = memory.place {
                    if place.cost < bound {
                        bound = place.cost;
                        found = Some((route, place));
                    }
                    continue;
                }
                self.open.push(Open { route, least: memory.bound, sketched: false });
                continue;
            }
            let sketch = &mut self.sketches[route];
            sketch.draw(self.model, at, route, job);
            let least = sketch.least;
            if !at.touched {
                self.memory[job * count + route] = Remembered { version: at.version, place: None, bound: least };
            }
            self.open.push(Open { route, least, sketched: true });
        }
        loop {
            let mut next: Option<(usize, f64)> = None;
            for (place, open) in self.open.iter().enumerate() {
                if open.least < bound && next.is_none_or(|(_, best)| open.least < best) {
                    next = Some((place, open.least));
                }
            }
            let Some((place, _)) = next else { break };
            let Open { route, sketched, .. } = self.open.swap_remove(place);
            let (at, sketch) = (&self.routes[route], &mut self.sketches[route]);
            if !sketched {
                sketch.draw(self.model, at, route, job);
            }
            let place = sketch.place(self.model, at, route, job, bound);
            if !at.touched {
                self.memory[job * count + route] = Remembered { version: at.version, place, bound };
            }
            if let Some(place) = place {
                bound = place.cost;
                found = Some((route, place));
            }
        }
        found
    }

    /// The routes in the problem's terms.
    pub(super) fn told(&self, problem: &Problem) -> Routes {
        let stops = self.routes.iter().map(Route::stops);
        let whole = problem.vehicles.iter().zip(stops).map(|(vehicle, stops)| {
            vehicle.begun.iter().copied().chain(stops.iter().map(|slot| Model::visit_of(slot.node))).collect()
        });
        Routes(whole.collect())
    }

    /// Jobs in another order, at chance.
    pub(super) fn shuffle(jobs: &mut [u32], chance: &mut Chance) {
        for last in (1..jobs.len()).rev() {
            jobs.swap(last, chance.below(last + 1));
        }
    }
}
