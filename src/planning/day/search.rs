//! A day planned step by step: a complete plan that moves nobody, why the rest has no place, then better plans as they are found.

use super::Day;
use crate::planning::{
    changes::Changes,
    check::check,
    plan::{Budget, Planner},
    problem::{JobIndex, Routes},
    reasons::{Explanation, explain},
};
use std::{
    ops::ControlFlow,
    time::{Duration, Instant},
};

/// How far a search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// What could be put in is, and nobody else is moved.
    Complete,
    /// Better, with others moved.
    Better,
}

/// A plan that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// For which question.
    pub question: u64,
    /// How far the search was.
    pub stage: Stage,
    /// The plan.
    pub routes: Routes,
    /// What it changes in the rounds as they are.
    pub changes: Changes,
    /// What has no place in it, the most urgent first.
    pub unplanned: Vec<JobIndex>,
    /// Why, told with the complete plan alone.
    pub why: Vec<Explanation>,
}

/// The times after which what was found by then is told, counted from the beginning.
const TOLD_AFTER: [Duration; 2] = [Duration::from_millis(1_800), Duration::from_secs(8)];

/// Less than a hundredth shorter is not worth anybody's attention.
const WORTH: f64 = 0.99;

/// Plans a day and tells what it finds, until it is told to stop or the time is over.
pub fn search(day: &Day, planner: &impl Planner, is_stopped: &dyn Fn() -> bool, tell: &mut dyn FnMut(Found)) {
    let began = Instant::now();
    let sound = check(&day.problem, &day.routes).broken.len();
    let complete = planner.insert(&day.problem, &day.routes);
    if is_stopped() {
        return;
    }
    let why = explain(&day.problem, &complete.routes);
    tell(found(day, Stage::Complete, complete.routes.clone(), complete.unplanned.clone(), why));
    let mut best = (complete.unplanned.len(), distance(day, &complete.routes));
    let mut from = complete.routes;
    for until in TOLD_AFTER {
        let left = until.saturating_sub(began.elapsed());
        let mut watch = |_: &_| if is_stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        let plan = planner.plan(&day.problem, &from, Budget::Time(left), &mut watch);
        if is_stopped() {
            return;
        }
        // What is pinned keeps its order in the house; a plan that does not live with that is none.
        let routes = day.settled(&plan.routes);
        let now = (plan.unplanned.len(), distance(day, &routes));
        let is_better = now.0 < best.0 || (now.0 == best.0 && now.1 < best.1 * WORTH);
        if is_better && check(&day.problem, &routes).broken.len() <= sound {
            best = now;
            tell(found(day, Stage::Better, routes, plan.unplanned.clone(), Vec::new()));
        }
        from = plan.routes;
    }
}

fn distance(day: &Day, routes: &Routes) -> f64 {
    check(&day.problem, routes).distance
}

fn found(day: &Day, stage: Stage, routes: Routes, unplanned: Vec<JobIndex>, why: Vec<Explanation>) -> Found {
    let changes = Changes::between(&day.problem, &day.routes, &routes);
    Found { question: day.question, stage, routes, changes, unplanned, why }
}
