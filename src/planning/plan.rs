//! What a planner is asked for, and what it answers.

use super::problem::{JobIndex, Problem, Routes};
use serde::{Deserialize, Serialize};
use std::{
    ops::ControlFlow,
    time::{Duration, Instant},
};

/// How long a planner may take: until so many iterations are done or so much time is over, whichever comes first. By iterations alone a plan can
/// be had again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Budget {
    /// So many.
    Iterations(u64),
    /// So long.
    Time(Duration),
}

impl Budget {
    /// Whether it is used up; tells which share of it is.
    pub(super) fn is_over(self, iterations: u64, began: Instant, share: &mut f64) -> bool {
        match self {
            Self::Iterations(all) => {
                let thousandth = iterations.saturating_mul(1000) / all.max(1);
                *share = f64::from(u32::try_from(thousandth.min(1000)).unwrap_or(1000)) / 1000.0;
                iterations >= all
            }
            Self::Time(all) => {
                *share = (began.elapsed().as_secs_f64() / all.as_secs_f64()).min(1.0);
                began.elapsed() >= all
            }
        }
    }
}

/// How far a planner is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Iterations so far.
    pub iterations: u64,
    /// The distance of the best plan so far.
    pub plan_distance: f64,
    /// How many jobs have no place.
    pub unplanned: usize,
}

/// Is told now and then how far it is, and may end it there: the best plan so far is the answer then.
pub type Watch<'a> = &'a mut dyn FnMut(&Progress) -> ControlFlow<()>;

/// Nobody watches.
pub fn unwatched(_progress: &Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// What a planner answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The routes, one for each vehicle.
    pub routes: Routes,
    /// What is not in them, the most urgent first.
    pub unplanned: Vec<JobIndex>,
    /// How many times the planner tried.
    pub iterations: u64,
}

/// Puts jobs into routes.
pub trait Planner {
    /// Plans anew, beginning with the routes as they are: whatever may move, moves.
    fn plan(&self, problem: &Problem, from: &Routes, budget: Budget, watch: Watch<'_>) -> Plan;

    /// Puts what is not planned into the routes as they are, where it makes them least longer; nothing else moves.
    fn insert(&self, problem: &Problem, from: &Routes) -> Plan;
}
