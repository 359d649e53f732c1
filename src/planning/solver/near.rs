//! Which stops are near which, and which jobs are alike.

use super::model::{Model, NONE, Node, Standing};

/// No more neighbours than this are known: a ruin reaches no further.
const MOST: usize = 200;

/// How much of the way that could be driven meanwhile counts for the time that two stops are apart: of neighbours, and of jobs that are alike.
const TIME: f64 = 0.001;
const TIME_OF_KIN: f64 = 0.02;

/// For each stop the others, nearest first, and for each job those whose both ends are nearest; each list begins with who it belongs to.
pub(super) struct Near {
    stops: Vec<Vec<u32>>,
    jobs: Vec<Vec<u32>>,
}

impl Near {
    pub(super) fn new(model: &Model) -> Self {
        let count = u32::try_from(model.jobs).unwrap_or(NONE / 2);
        let open = |job: &u32| matches!(model.standing[*job as usize], Standing::Open | Standing::Aboard);
        let jobs: Vec<u32> = (0..count).filter(open).collect();
        let first = |job: u32| job * 2 + u32::from(!model.has_pickup(job as usize));
        let stops: Vec<u32> = jobs.iter().flat_map(|job| first(*job)..job * 2 + 2).collect();
        let node = |node: u32| &model.nodes[node as usize];
        Self {
            stops: ranked(&stops, model.jobs * 2, |one, other| apart(model, node(one), node(other), TIME)),
            jobs: ranked(&jobs, model.jobs, |one, other| {
                apart(model, node(first(one)), node(first(other)), TIME_OF_KIN)
                    + apart(model, node(one * 2 + 1), node(other * 2 + 1), TIME_OF_KIN)
            }),
        }
    }

    /// The stop itself, then its neighbours.
    pub(super) fn stops(&self, node: u32) -> &[u32] {
        self.stops.get(node as usize).map_or(&[], Vec::as_slice)
    }

    /// The job itself, then those that are most like it.
    pub(super) fn jobs(&self, job: u32) -> &[u32] {
        self.jobs.get(job as usize).map_or(&[], Vec::as_slice)
    }
}

/// How far two stops are from each other, in place and in the time when they are open.
fn apart(model: &Model, one: &Node, other: &Node, weight: f64) -> f64 {
    let ways = model.profile(0);
    let distance = ways.distance(one.place, other.place).min(ways.distance(other.place, one.place));
    let (a, b) = (model.span(one), model.span(other));
    let time = (a.open - b.open).abs() + (a.close - b.close).abs();
    // Who is open for ever is as far from all.
    distance.min(1e12) + if time.is_finite() { time * model.speed * weight } else { 1e6 }
}

fn ranked(all: &[u32], len: usize, apart: impl Fn(u32, u32) -> f64) -> Vec<Vec<u32>> {
    let mut lists = vec![Vec::new(); len];
    let mut order: Vec<(f64, u32)> = Vec::with_capacity(all.len());
    let by_both = |a: &(f64, u32), b: &(f64, u32)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
    for one in all {
        order.clear();
        order.extend(all.iter().map(|other| (if one == other { -1.0 } else { apart(*one, *other) }, *other)));
        if order.len() > MOST {
            order.select_nth_unstable_by(MOST, by_both);
            order.truncate(MOST);
        }
        order.sort_unstable_by(by_both);
        if let Some(list) = lists.get_mut(*one as usize) {
            list.extend(order.iter().map(|(_, other)| *other));
        }
    }
    lists
}
