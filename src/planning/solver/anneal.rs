//! The search as a whole: when it goes on, what it keeps, when it ends.

use super::{
    chance::Chance,
    model::{Model, NONE, Standing, Tolerance},
    near::Near,
    order::Orders,
    ruin::{self, Strings},
    state::{Cost, State},
};
use crate::planning::{
    plan::{Budget, Plan, Planner, Progress, Watch},
    problem::{JobIndex, Problem, Routes},
};
use std::{ops::ControlFlow, time::Instant};

/// The planner of rounds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rounds {
    /// Another seed gives another plan, the same seed and number of iterations the same one.
    pub seed: u64,
}

/// How large a ruin is, in stops: at least, and by how much more at most. Small ones are quick, large ones lead out of dead ends.
const SMALLEST: f64 = 4.0;
const LARGER: f64 = 14.0;

/// How long a string is at most.
const LONGEST: f64 = 10.0;

/// How many of the ruins take out jobs that are alike instead of strings.
const KIN: f64 = 0.5;

/// The temperature at the beginning, in mean ways from one stop to the next.
const WARM: f64 = 2.5;

/// The temperature at the end; below it nothing moves any more.
const COLD: f64 = 0.4;

/// What it costs on the way to leave out a job of the least weight, in mean ways; of two plans that with less left out is better in any case.
const DROPPED: f64 = 20.0;

/// Iterations between two looks at the clock.
const STEP: u64 = 32;

impl Planner for Rounds {
    fn plan(&self, problem: &Problem, from: &Routes, budget: Budget, watch: Watch<'_>) -> Plan {
        let began = Instant::now();
        let bound = Model::new(problem, from, Tolerance::Bound);
        let mut search = Search::new(&bound, from, self.seed);
        if !search.has_lost_what_is_bound() {
            let iterations = search.run(budget, began, watch);
            return finish(problem, &bound, &search, iterations);
        }
        // What is moved for the sake of what follows it may leave others without a place: never what is bound to its vehicle.
        let placed = Model::new(problem, from, Tolerance::Placed);
        let mut search = Search::new(&placed, from, self.seed);
        let iterations = search.run(budget, began, watch);
        finish(problem, &placed, &search, iterations)
    }

    fn insert(&self, problem: &Problem, from: &Routes) -> Plan {
        let model = Model::new(problem, from, Tolerance::All);
        let search = Search::new(&model, from, self.seed);
        finish(problem, &model, &search, 0)
    }
}

/// The best routes as lists of nodes.
#[derive(Clone, Debug, Default)]
struct Snapshot {
    routes: Vec<Vec<u32>>,
    cost: Cost,
}

impl Snapshot {
    fn take(&mut self, state: &State<'_>, cost: Cost) {
        self.routes.resize(state.routes.len(), Vec::new());
        for (nodes, route) in self.routes.iter_mut().zip(state.routes.iter()) {
            nodes.clear();
            nodes.extend(route.stops().iter().map(|slot| slot.node));
        }
        self.cost = cost;
    }

    /// The routes in the problem's terms.
    fn told(&self, problem: &Problem) -> Routes {
        let routes = problem.vehicles.iter().zip(&self.routes).map(|(vehicle, nodes)| {
            vehicle.begun.iter().copied().chain(nodes.iter().map(|node| Model::visit_of(*node))).collect()
        });
        Routes(routes.collect())
    }
}

struct Search<'a> {
    state: State<'a>,
    chance: Chance,
    orders: Orders,
    best: Snapshot,
    now: Cost,
}

impl<'a> Search<'a> {
    /// Whether something has no place in the first plan that its vehicle had with it, or is planned without what it follows.
    fn has_lost_what_is_bound(&self) -> bool {
        let model = self.state.model;
        self.state.absent.iter().any(|job| model.kept[*job as usize]) || too_early(model, &self.state).is_some()
    }

    /// The first complete plan: what is given, and the rest where it costs least, the most urgent and the tightest first.
    fn new(model: &'a Model, from: &Routes, seed: u64) -> Self {
        let orders = Orders::new(model);
        let mut early = Vec::new();
        let mut state = loop {
            let mut state = State::new(model, from);
            let mut jobs = std::mem::take(&mut state.absent);
            jobs.retain(|job| !early.contains(job));
            orders.first(&mut jobs);
            state.put_back(&jobs);
            state.absent.extend(&early);
            // What cannot stay is not put in: where it was a detour that is quicker than the straight way, others could not stay without it.
            match too_early(model, &state).and_then(|job| jobs.iter().find(|put| **put as usize == job)) {
                Some(job) => early.push(*job),
                None => break state,
            }
        };
        state.keep();
        let now = state.cost();
        let mut best = Snapshot::default();
        best.take(&state, now);
        Self { state, chance: Chance::new(seed), orders, best, now }
    }

    fn run(&mut self, budget: Budget, began: Instant, watch: Watch<'_>) -> u64 {
        let model = self.state.model;
        let seeds: Vec<u32> = (0..u32::try_from(model.jobs).unwrap_or(NONE))
            .filter(|job| matches!(model.standing[*job as usize], Standing::Open | Standing::Aboard))
            .collect();
        let mut iterations = 0;
        if watch(&Progress { iterations, plan_distance: self.now.distance, unplanned: self.state.absent.len() })
            .is_break()
            || seeds.is_empty()
            || model.carriers.len() == 0
        {
            return iterations;
        }
        let near = Near::new(model);
        let stops = f64::from(u32::try_from(seeds.len() * 2).unwrap_or(NONE));
        let mut out = Vec::new();
        // A small day is not taken out as a whole.
        let most = (stops * 0.4).max(2.0);
        // How warm it is depends on how far it is from one stop to the next: in the end a tiny part of that.
        let mut mean = self.now.distance / stops;
        let (mut warmth, mut share) = (mean * WARM, 0.0);
        while !budget.is_over(iterations, began, &mut share) {
            if iterations % 256 == 0 {
                mean = mean.min(self.best.cost.distance / stops).max(1e-9);
            }
            warmth = if iterations % STEP == 0 { mean * WARM * (COLD / WARM).powf(share) } else { warmth };
            for _ in 0..STEP {
                iterations += 1;
                let seed = seeds.get(self.chance.below(seeds.len())).copied().unwrap_or_default();
                let aboard = !model.has_pickup(seed as usize);
                let node = seed * 2 + u32::from(aboard || self.chance.below(2) == 1);
                self.step(node, &near, most, warmth, mean, &mut out);
            }
            if iterations % (STEP * 8) == 0 {
                let progress =
                    Progress { iterations, plan_distance: self.best.cost.distance, unplanned: self.state.absent.len() };
                if watch(&progress) == ControlFlow::Break(()) {
                    break;
                }
            }
        }
        iterations
    }

    fn step(&mut self, node: u32, near: &Near, most: f64, warmth: f64, mean: f64, out: &mut Vec<u32>) {
        let state = &mut self.state;
        state.begin();
        out.clear();
        let stops = (SMALLEST + self.chance.unit() * LARGER).min(most);
        if self.chance.unit() < KIN {
            ruin::kin(state, near, node / 2, stops, &mut self.chance, out);
        } else {
            ruin::strings(state, near, node, Strings { stops, longest: LONGEST }, &mut self.chance, out);
        }
        out.extend_from_slice(&state.absent);
        self.orders.sort(out, &mut self.chance);
        // How far is still taken is drawn before anything is put back: what goes beyond need not be finished.
        let allowed = self.now.distance - warmth * self.chance.unit().max(1e-12).ln();
        let taken = if state.absent.is_empty() {
            state.put_back_for(out, allowed - state.distance())
        } else {
            state.put_back(out);
            let cost = state.cost();
            (cost.unplanned - self.now.unplanned) * mean * DROPPED + cost.distance < allowed
        };
        if !taken {
            state.undo();
            return;
        }
        state.keep();
        self.now = state.cost();
        let (now, best) = (self.now, self.best.cost);
        let farther = now.distance >= best.distance - 1e-9;
        let is_better = now.unplanned < best.unplanned || (now.unplanned <= best.unplanned && !farther);
        if is_better && too_early(state.model, state).is_none() {
            self.best.take(state, now);
        }
    }
}

/// A job that is planned although what it follows is not.
fn too_early(model: &Model, state: &State<'_>) -> Option<usize> {
    (0..model.jobs).find(|job| {
        let before = model.after[*job];
        before != NONE
            && model.has_pickup(*job)
            && state.home[*job] != NONE
            && state.home[before as usize] == NONE
            && model.standing[before as usize] != Standing::Done
    })
}

/// The best plan in the problem's terms. What follows a job that is not planned is not planned either, also where a hand had planned it.
fn finish(problem: &Problem, model: &Model, search: &Search<'_>, iterations: u64) -> Plan {
    let mut state = State::new(model, &search.best.told(problem));
    while let Some(job) = too_early(model, &state) {
        let route = state.home[job] as usize;
        let at = state.routes[route].slots.iter().position(|slot| slot.node / 2 == u32::try_from(job).unwrap_or(NONE));
        let Some(at) = at else { break };
        state.take_out(route, at..at + 1, &mut Vec::new());
    }
    let routes = state.told(problem);
    let mut unplanned: Vec<JobIndex> = routes.unplanned(problem);
    unplanned.sort_by_key(|job| std::cmp::Reverse(problem.job(*job).map(|job| job.priority)));
    Plan { routes, unplanned, iterations }
}
