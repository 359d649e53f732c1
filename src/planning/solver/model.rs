//! The problem as the search reckons with it: everything by number, compact, looked up once.
//!
//! A job has two nodes, `2 × job` for its pickup and the next for its delivery. What a vehicle has begun is driven here once; its route starts
//! where and when that is over.

use super::{border, table::Table};
use crate::planning::{
    problem::{
        Act, DIMENSIONS, Job, JobIndex, Load, Origin, PlaceIndex, Problem, Routes, Stop, Vehicle, Visit, Window,
    },
    schedule::Schedule,
    travel::{Matrix, Travel},
};

/// No route, no node.
pub(super) const NONE: u32 = u32::MAX;

/// A load that may fall below nothing while a route is put together.
pub(super) type Amount = [i32; DIMENSIONS];

/// A stop of a job.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) place: u32,
    pub(super) service: f64,
    /// The first window; nearly all have no other.
    first: Window,
    /// The others, in the list of all windows.
    others: (u32, u32),
    /// What comes aboard; below zero what leaves.
    pub(super) change: Amount,
}

const NOWHERE: Node =
    Node { place: NONE, service: 0.0, first: Window::new(1.0, 0.0), others: (0, 0), change: [0; DIMENSIONS] };

/// A vehicle from where and when what it has begun is over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Carrier {
    pub(super) profile: usize,
    pub(super) capacity: Amount,
    /// What is aboard before the first stop.
    pub(super) aboard: Amount,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) from: f64,
    pub(super) until: f64,
    /// The distance of a route without stops: none, or the way home of who is out already.
    pub(super) idle: f64,
    /// Vehicles of the same class are alike.
    pub(super) class: usize,
}

/// What may be as it is, although it breaks a rule already: it only must not get worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tolerance {
    /// Every stop of the routes given.
    All,
    /// What cannot go by another vehicle.
    Bound,
    /// The same, and what another job follows is not moved for its sake.
    Placed,
}

/// Where a job stands when the search begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It can be planned.
    Open,
    /// It is picked up; its delivery can be planned.
    Aboard,
    /// It is done with what has begun.
    Done,
    /// No vehicle can do it.
    Out,
}

#[derive(Debug)]
pub(super) struct Model {
    pub(super) jobs: usize,
    stride: usize,
    profiles: Table<Profile>,
    /// How far one gets in a unit of time, by and large: what makes times and distances one measure.
    pub(super) speed: f64,
    pub(super) nodes: Table<Node>,
    windows: Table<Window>,
    pub(super) carriers: Table<Carrier>,
    able: Table<bool>,
    pub(super) standing: Table<Standing>,
    /// What it costs not to plan a job.
    pub(super) weights: Table<f64>,
    /// The job before it.
    pub(super) after: Table<u32>,
    /// Whether it was planned by a vehicle that it is bound to.
    pub(super) kept: Table<bool>,
}

impl Model {
    pub(super) fn new(problem: &Problem, given: &Routes, tolerance: Tolerance) -> Self {
        let places = problem.matrices.iter().map(Matrix::size).max().unwrap_or_default();
        let stride = places + 1;
        let nowhere = u32::try_from(places).unwrap_or(NONE);
        let profiles: Vec<Profile> = problem.matrices.iter().map(|matrix| Profile::new(matrix, stride)).collect();
        let speed = profiles.first().map_or(1.0, Profile::speed);
        let mut model = Self {
            jobs: problem.jobs.len(),
            stride,
            profiles: Table::new(profiles, Profile::default()),
            speed,
            nodes: Table::filled(problem.jobs.len() * 2, NOWHERE),
            windows: Table::new(Vec::new(), Window::new(1.0, 0.0)),
            carriers: Table::new(Vec::new(), NO_CARRIER),
            able: Table::filled(problem.jobs.len() * problem.vehicles.len(), false),
            standing: Table::new(problem.jobs.iter().map(first_standing).collect(), Standing::Out),
            weights: Table::filled(problem.jobs.len(), 0.0),
            after: Table::filled(problem.jobs.len(), NONE),
            kept: Table::filled(problem.jobs.len(), false),
        };
        let schedule = Schedule::of(problem, given);
        let holders = model.begin(problem, nowhere);
        let stays = |number: usize, job: &Job| {
            let is_bound = !job.only.is_empty() || matches!(job.origin, Origin::Aboard(_)) || holders[number] != NONE;
            is_bound || tolerance == Tolerance::All
        };
        let is_left = |number: usize, job: &Job| tolerance == Tolerance::Placed || stays(number, job);
        let borders =
            border::draw(problem, &schedule, |index| problem.job(index).is_some_and(|job| is_left(index.at(), job)));
        let mut windows = Vec::new();
        for (number, job) in problem.jobs.iter().enumerate() {
            let index = JobIndex::from_at(number);
            let amount = amount(job.load);
            let border = borders.get(number).copied().flatten();
            for (act, stop) in [(Act::Pickup, job.pickup()), (Act::Delivery, Some(&job.delivery))] {
                let Some(stop) = stop else { continue };
                let mut open = openings(stop);
                if let Some(border) = border {
                    border.cut(act, stop.service, &mut open);
                }
                let visit = Visit { job: index, act };
                if stays(number, job)
                    && let Some(timed) = schedule.visit(visit).filter(|timed| job.may_go_by(timed.vehicle))
                    && timed.begin.is_finite()
                {
                    admit(&mut open, timed.begin);
                }
                let at = number * 2 + usize::from(act == Act::Delivery);
                let from = u32::try_from(windows.len()).unwrap_or(NONE);
                windows.extend(open.iter().skip(1));
                let others = (from, u32::try_from(windows.len()).unwrap_or(NONE));
                let change = if act == Act::Pickup { amount } else { amount.map(|part| -part) };
                model.nodes[at] = Node {
                    place: stop.place.map_or(NONE, |place| place.0),
                    service: stop.service.max(0.0),
                    first: open.first().copied().unwrap_or(NOWHERE.first),
                    others,
                    change,
                };
            }
            model.after[number] = job.after.map_or(NONE, |before| before.0);
        }
        model.windows = Table::new(windows, Window::new(1.0, 0.0));
        model.fit(problem, &holders, &borders);
        model.weigh(problem, given);
        if tolerance == Tolerance::All {
            for (vehicle, times) in schedule.each() {
                let carrier = &mut model.carriers[vehicle.at()];
                if times.home.is_finite() {
                    carrier.until = carrier.until.max(times.home);
                }
            }
        }
        model
    }

    /// Drives what each vehicle has begun; tells for each job whose hands it is in.
    fn begin(&mut self, problem: &Problem, nowhere: u32) -> Table<u32> {
        let mut holders = Table::filled(problem.jobs.len(), NONE);
        for (number, job) in problem.jobs.iter().enumerate() {
            if let Origin::Aboard(vehicle) = job.origin {
                holders[number] = vehicle.0;
            }
        }
        let mut carriers = Vec::with_capacity(problem.vehicles.len());
        for (index, vehicle) in problem.fleet() {
            let (mut now, mut place) = (vehicle.shift.open, vehicle.start);
            for visit in &vehicle.begun {
                let Some(stop) = problem.stop(*visit) else { continue };
                let way = problem.travel(vehicle, place, stop.place);
                if way.is_possible() {
                    now += way.time;
                }
                now = opening(&openings(stop), now).unwrap_or(now) + stop.service.max(0.0);
                place = stop.place.or(place);
                let job = visit.job.at();
                match visit.act {
                    Act::Pickup => {
                        holders[job] = index.0;
                        self.standing[job] = Standing::Aboard;
                    }
                    Act::Delivery => {
                        holders[job] = NONE;
                        self.standing[job] = Standing::Done;
                    }
                }
            }
            let home = problem.travel(vehicle, place, vehicle.end);
            let known = |place: Option<PlaceIndex>| place.map_or(nowhere, |place| place.0.min(nowhere));
            carriers.push(Carrier {
                profile: vehicle.profile,
                capacity: amount(vehicle.capacity),
                aboard: [0; DIMENSIONS],
                start: known(place),
                end: known(vehicle.end),
                from: now,
                until: vehicle.shift.close,
                idle: if vehicle.begun.is_empty() || !home.is_possible() { 0.0 } else { home.distance },
                class: carriers.len(),
            });
        }
        self.carriers = Table::new(carriers, NO_CARRIER);
        for (number, job) in problem.jobs.iter().enumerate() {
            let holder = holders[number];
            if holder != NONE && self.standing[number] == Standing::Aboard {
                let carrier = &mut self.carriers[holder as usize];
                carrier.aboard = sum(carrier.aboard, amount(job.load));
            }
        }
        self.classify(problem);
        holders
    }

    /// Vehicles that nothing tells apart share the number of the first of them.
    fn classify(&mut self, problem: &Problem) {
        let mut firsts: Vec<(&Vehicle, usize)> = Vec::new();
        for (index, vehicle) in problem.fleet() {
            if self.carriers[index.at()].aboard != [0; DIMENSIONS] || !vehicle.begun.is_empty() {
                continue;
            }
            match firsts.iter().find(|(first, _)| *first == vehicle) {
                Some((_, class)) => self.carriers[index.at()].class = *class,
                None => firsts.push((vehicle, index.at())),
            }
        }
    }

    /// Finds the vehicles that can carry each job at all.
    fn fit(&mut self, problem: &Problem, holders: &Table<u32>, borders: &[Option<border::Border>]) {
        for (number, job) in problem.jobs.iter().enumerate() {
            if self.standing[number] == Standing::Done {
                continue;
            }
            let aboard = self.standing[number] == Standing::Aboard;
            let reachable = |at: usize| {
                let node = &self.nodes[at];
                (node.place as usize) < self.stride - 1 && node.first.is_open() && node.service.is_finite()
            };
            let possible = borders.get(number).is_some_and(Option::is_some)
                && reachable(number * 2 + 1)
                && (aboard || reachable(number * 2));
            let mut some = false;
            for (index, vehicle) in problem.fleet() {
                let held = if aboard { holders[number] == index.0 } else { job.load.fits(vehicle.capacity) };
                let able = possible
                    && held
                    && job.may_go_by(index)
                    && job.needs.missing_from(vehicle.skills).is_empty()
                    && vehicle.profile < problem.matrices.len();
                self.able[number * problem.vehicles.len() + index.at()] = able;
                some |= able;
            }
            if !some {
                self.standing[number] = Standing::Out;
            }
        }
    }

    /// One job of a priority weighs more than all below it, and the least more than any distance. What is bound to its vehicle already goes
    /// before everything: it must not be dropped for the sake of another.
    fn weigh(&mut self, problem: &Problem, given: &Routes) {
        for (vehicle, route) in given.each() {
            for visit in route {
                let number = visit.job.at();
                if let Some(job) = problem.job(visit.job) {
                    self.kept[number] |= job.only == [vehicle] || self.standing[number] == Standing::Aboard;
                }
            }
        }
        let rank = |number: usize, job: &Job| if self.kept[number] { 256 } else { u16::from(job.priority) };
        let mut ranks: Vec<u16> = problem.jobs.iter().enumerate().map(|(number, job)| rank(number, job)).collect();
        let all = ranks.clone();
        ranks.sort_unstable();
        ranks.dedup();
        let mut weight = 1.0;
        for level in ranks {
            let mut count = 0_u32;
            for (number, _) in all.iter().enumerate().filter(|(_, rank)| **rank == level) {
                self.weights[number] = weight;
                count += 1;
            }
            weight *= f64::from(count) + 1.0;
        }
    }

    /// The ways of one kind of vehicle.
    #[inline]
    pub(super) fn profile(&self, profile: usize) -> &Profile {
        &self.profiles[profile]
    }

    #[inline]
    pub(super) fn able(&self, job: usize, vehicle: usize) -> bool {
        self.able[job * self.carriers.len() + vehicle]
    }

    /// When work begins at a stop if one arrives at a time; infinitely late if it does not open any more.
    #[inline]
    pub(super) fn begin_at(&self, node: &Node, arrival: f64) -> f64 {
        if arrival <= node.first.close {
            return if arrival > node.first.open { arrival } else { node.first.open };
        }
        for at in node.others.0..node.others.1 {
            let window = &self.windows[at as usize];
            if arrival <= window.close {
                return arrival.max(window.open);
            }
        }
        f64::INFINITY
    }

    /// The latest time not after a limit at which work may begin at a stop; infinitely early if there is none.
    #[inline]
    pub(super) fn begin_by(&self, node: &Node, limit: f64) -> f64 {
        for at in (node.others.0..node.others.1).rev() {
            let window = &self.windows[at as usize];
            if limit >= window.open {
                return limit.min(window.close);
            }
        }
        if limit >= node.first.open { limit.min(node.first.close) } else { f64::NEG_INFINITY }
    }

    /// The span in which a stop may be served, for ordering.
    pub(super) fn span(&self, node: &Node) -> Window {
        let last = node.others.1.checked_sub(1).filter(|_| node.others.0 < node.others.1);
        Window::new(node.first.open, last.map_or(node.first.close, |at| self.windows[at as usize].close))
    }

    /// Whether the job's pickup is part of the search.
    #[inline]
    pub(super) fn has_pickup(&self, job: usize) -> bool {
        self.standing[job] == Standing::Open
    }

    /// The job of a node.
    #[inline]
    pub(super) const fn job_of(node: u32) -> usize {
        (node / 2) as usize
    }

    /// What a node stands for.
    pub(super) fn visit_of(node: u32) -> Visit {
        let act = if node.is_multiple_of(2) { Act::Pickup } else { Act::Delivery };
        Visit { job: JobIndex(node / 2), act }
    }

    /// The node of a visit.
    pub(super) fn node_of(visit: Visit) -> u32 {
        visit.job.0.saturating_mul(2) + u32::from(visit.act == Act::Delivery)
    }
}

/// The ways of one kind of vehicle, in four tables of figures: an insertion looks at the ways from and to one place, so each place has them in a
/// row.
#[derive(Debug, Default)]
pub(super) struct Profile {
    stride: usize,
    time_from: Vec<f64>,
    time_to: Vec<f64>,
    distance_from: Vec<f64>,
    distance_to: Vec<f64>,
}

impl Profile {
    /// The last place is nowhere: no way to it is long.
    fn new(matrix: &Matrix, stride: usize) -> Self {
        let way = |from: usize, to: usize| {
            if from + 1 == stride || to + 1 == stride {
                Travel::NONE
            } else {
                matrix.between(PlaceIndex::from_at(from), PlaceIndex::from_at(to))
            }
        };
        let all = |figure: &dyn Fn(usize, usize) -> f64| {
            (0..stride * stride).map(|at| figure(at / stride, at % stride)).collect()
        };
        Self {
            stride,
            time_from: all(&|from, to| way(from, to).time),
            time_to: all(&|to, from| way(from, to).time),
            distance_from: all(&|from, to| way(from, to).distance),
            distance_to: all(&|to, from| way(from, to).distance),
        }
    }

    fn speed(&self) -> f64 {
        let sum = |figures: &[f64]| figures.iter().filter(|figure| figure.is_finite()).sum::<f64>();
        let (far, long) = (sum(&self.distance_from), sum(&self.time_from));
        if far > 0.0 && long > 0.0 { far / long } else { 1.0 }
    }

    fn row<'a>(&self, table: &'a [f64], place: u32) -> Row<'a> {
        let first = place as usize * self.stride;
        Row(table.get(first..first + self.stride).unwrap_or_default())
    }

    pub(super) fn times_from(&self, place: u32) -> Row<'_> {
        self.row(&self.time_from, place)
    }

    pub(super) fn times_to(&self, place: u32) -> Row<'_> {
        self.row(&self.time_to, place)
    }

    pub(super) fn distances_from(&self, place: u32) -> Row<'_> {
        self.row(&self.distance_from, place)
    }

    pub(super) fn distances_to(&self, place: u32) -> Row<'_> {
        self.row(&self.distance_to, place)
    }

    #[inline]
    pub(super) fn time(&self, from: u32, to: u32) -> f64 {
        let at = from as usize * self.stride + to as usize;
        self.time_from.get(at).copied().unwrap_or(f64::INFINITY)
    }

    #[inline]
    pub(super) fn distance(&self, from: u32, to: u32) -> f64 {
        let at = from as usize * self.stride + to as usize;
        self.distance_from.get(at).copied().unwrap_or(f64::INFINITY)
    }
}

/// The ways from one place, or to it.
#[derive(Clone, Copy)]
pub(super) struct Row<'a>(&'a [f64]);

impl Row<'_> {
    #[inline]
    pub(super) fn at(self, place: u32) -> f64 {
        self.0.get(place as usize).copied().unwrap_or(f64::INFINITY)
    }
}

const NO_CARRIER: Carrier = Carrier {
    profile: 0,
    capacity: [0; DIMENSIONS],
    aboard: [0; DIMENSIONS],
    start: NONE,
    end: NONE,
    from: f64::INFINITY,
    until: f64::NEG_INFINITY,
    idle: 0.0,
    class: 0,
};

fn first_standing(job: &Job) -> Standing {
    match job.origin {
        Origin::Waiting(_) => Standing::Open,
        Origin::Aboard(_) => Standing::Aboard,
    }
}

fn amount(load: Load) -> Amount {
    // A billion of anything is more than any vehicle carries, and few enough that sums of them do not run over.
    load.0.map(|part| i32::try_from(part.min(1_000_000)).unwrap_or_default())
}

/// Both together.
#[inline]
pub(super) fn sum(one: Amount, other: Amount) -> Amount {
    [one[0].saturating_add(other[0]), one[1].saturating_add(other[1])]
}

/// Whether a load finds room.
#[inline]
pub(super) const fn fits(load: Amount, capacity: Amount) -> bool {
    load[0] <= capacity[0] && load[1] <= capacity[1]
}

/// The windows of a stop in order, those that overlap as one, without those that never open.
pub(super) fn openings(stop: &Stop) -> Vec<Window> {
    let mut all: Vec<Window> = stop.windows.iter().copied().filter(|window| window.is_open()).collect();
    merge(&mut all);
    all
}

fn merge(all: &mut Vec<Window>) {
    all.sort_by(|a, b| a.open.total_cmp(&b.open));
    let mut merged: Vec<Window> = Vec::with_capacity(all.len());
    for window in all.drain(..) {
        match merged.last_mut().filter(|last| window.open <= last.close) {
            Some(last) => last.close = last.close.max(window.close),
            None => merged.push(window),
        }
    }
    *all = merged;
}

/// Lets work begin also at one time.
fn admit(open: &mut Vec<Window>, at: f64) {
    open.push(Window::new(at, at));
    merge(open);
}

/// When work begins within windows that are in order.
pub(super) fn opening(windows: &[Window], arrival: f64) -> Option<f64> {
    windows.iter().find(|window| arrival <= window.close).map(|window| arrival.max(window.open))
}
