//! A job that follows another: a border in time between the two.
//!
//! The one before must be over by the border, the one after is not begun sooner, whatever vehicles they go by. So each has plain windows again,
//! and an insertion is still checked in constant time, at the price of plans in which the border would lie elsewhere. Where the routes
//! given keep the order already, the border is drawn between their times, so that they stay possible; else it halves what there is.

use super::model::{opening, openings};
use crate::planning::{
    problem::{Act, Job, JobIndex, Problem, Visit, Window},
    schedule::Schedule,
};

/// When a job may be done for the sake of its neighbours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Border {
    from: f64,
    until: f64,
}

impl Border {
    const OPEN: Self = Self { from: f64::NEG_INFINITY, until: f64::INFINITY };

    /// Cuts what lies beyond out of a stop's windows.
    pub(super) fn cut(self, act: Act, service: f64, windows: &mut Vec<Window>) {
        for window in windows.iter_mut() {
            match act {
                Act::Pickup => window.open = window.open.max(self.from),
                Act::Delivery => window.close = window.close.min(self.until - service.max(0.0)),
            }
        }
        windows.retain(|window| window.is_open());
    }
}

/// Draws all borders; a job that cannot keep one has none. A job that `stays` may be where it is, even beyond its windows: what
/// follows it comes after that.
pub(super) fn draw(problem: &Problem, schedule: &Schedule, stays: impl Fn(JobIndex) -> bool) -> Vec<Option<Border>> {
    let mut borders = vec![Some(Border::OPEN); problem.jobs.len()];
    for (index, before) in in_order(problem, &mut borders) {
        let drawn = between(problem, schedule, &borders, (before, stays(before)), index);
        if let (Some(at), Some(Some(first))) = (drawn, borders.get_mut(before.at())) {
            first.until = first.until.min(at);
        }
        if let Some(slot) = borders.get_mut(index.at()) {
            *slot = drawn.map(|from| Border { from, ..Border::OPEN });
        }
    }
    borders
}

/// The jobs that follow another, each after the one it follows; those that follow themselves, or none that exists, lose their border.
fn in_order(problem: &Problem, borders: &mut [Option<Border>]) -> Vec<(JobIndex, JobIndex)> {
    let mut pairs = Vec::new();
    for (at, job) in problem.jobs.iter().enumerate() {
        let Some(before) = job.after.filter(|_| job.pickup().is_some()) else { continue };
        let (mut depth, mut next) = (0_usize, Some(before));
        while let Some(earlier) = next.filter(|_| depth <= problem.jobs.len()) {
            let Some(job) = problem.job(earlier) else {
                depth = usize::MAX;
                break;
            };
            depth += 1;
            next = job.after.filter(|_| job.pickup().is_some());
        }
        if depth > problem.jobs.len() {
            if let Some(slot) = borders.get_mut(at) {
                *slot = None;
            }
        } else {
            pairs.push((depth, JobIndex::from_at(at), before));
        }
    }
    pairs.sort_unstable();
    pairs.into_iter().map(|(_, job, before)| (job, before)).collect()
}

fn between(
    problem: &Problem,
    schedule: &Schedule,
    borders: &[Option<Border>],
    (before, stays): (JobIndex, bool),
    index: JobIndex,
) -> Option<f64> {
    let (first, second) = (problem.job(before)?, problem.job(index)?);
    let border = borders.get(before.at()).copied().flatten()?;
    let over = schedule.visit(Visit::delivery(before)).map(|timed| timed.depart).filter(|time| time.is_finite());
    let begun = problem.vehicles.iter().any(|vehicle| vehicle.begun.contains(&Visit::delivery(before)));
    if begun {
        return over;
    }
    let begins = schedule.visit(Visit::pickup(index)).map(|timed| timed.begin).filter(|time| time.is_finite());
    // What stands in order stays possible, also where the straight way, by which the bounds below are reckoned, is slower than a detour.
    if let (Some(over), Some(begins)) = (over, begins)
        && over <= begins
    {
        return Some(f64::midpoint(over, begins));
    }
    let earliest = soonest(problem, first, border)?;
    let latest = latest(problem, second)?;
    let is_so = |over: &f64| stays || (*over <= latest && *over >= earliest);
    let from = over.filter(is_so).unwrap_or(earliest);
    let until = begins.filter(|begins| *begins >= from).unwrap_or(latest);
    if from > until {
        None
    } else if until.is_finite() {
        Some(f64::midpoint(from, until))
    } else {
        Some(from)
    }
}

/// When a job would be over if a vehicle did nothing else before it.
fn soonest(problem: &Problem, job: &Job, border: Border) -> Option<f64> {
    let mut best: Option<f64> = None;
    for (_, vehicle) in problem.fleet().filter(|(index, _)| job.may_go_by(*index)) {
        let (mut now, mut place) = (vehicle.shift.open.max(border.from), vehicle.start);
        let mut over = Some(now);
        for stop in [job.pickup(), Some(&job.delivery)].into_iter().flatten() {
            let way = problem.travel(vehicle, place, stop.place);
            over = way.is_possible().then(|| opening(&openings(stop), now + way.time)).flatten();
            let Some(begin) = over else { break };
            now = begin + stop.service.max(0.0);
            over = Some(now);
            place = stop.place;
        }
        best = over.map(|over| best.map_or(over, |best| best.min(over))).or(best);
    }
    best
}

/// When a job may be picked up at the latest.
fn latest(problem: &Problem, job: &Job) -> Option<f64> {
    let pickup = job.pickup()?;
    let last = |windows: &[Window], limit: f64| {
        windows.iter().rev().find(|window| window.open <= limit).map(|window| window.close.min(limit))
    };
    let mut best: Option<f64> = None;
    for (_, vehicle) in problem.fleet().filter(|(index, _)| job.may_go_by(*index)) {
        let way = problem.travel(vehicle, pickup.place, job.delivery.place);
        let home = problem.travel(vehicle, job.delivery.place, vehicle.end);
        let delivered = last(&openings(&job.delivery), vehicle.shift.close - home.time - job.delivery.service.max(0.0));
        let begun = delivered.and_then(|time| last(&openings(pickup), time - way.time - pickup.service.max(0.0)));
        best = begun.map(|begun| best.map_or(begun, |best| best.max(begun))).or(best);
    }
    best
}
