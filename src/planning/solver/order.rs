//! In which order jobs are put back.

use super::{chance::Chance, model::Model, state::State, table::Table};
use crate::planning::problem::Window;

/// How often each order is taken, of the sum of all.
const SHARES: [usize; ORDERS] = [4, 4, 2, 1, 2, 2];
const ORDERS: usize = 6;

/// What each job is ordered by, in each order but the first, which is chance; smaller first.
pub(super) struct Orders {
    keys: Table<[f64; ORDERS]>,
    urgency: Table<f64>,
    ranked: bool,
}

impl Orders {
    pub(super) fn new(model: &Model) -> Self {
        let of = |job: usize| {
            let (take, drop) = (&model.nodes[job * 2], &model.nodes[job * 2 + 1]);
            let take = if model.has_pickup(job) { take } else { drop };
            let home = model.carriers[0].start;
            let ways = model.profile(model.carriers[0].profile);
            let far = ways.distance(home, take.place)
                + ways.distance(take.place, drop.place)
                + ways.distance(drop.place, home);
            let load: i32 = drop.change.iter().sum();
            let (opens, closes) = (model.span(take), model.span(drop));
            let width = |window: Window| window.close - window.open;
            [0.0, f64::from(load), -far, far, width(opens).min(width(closes)), closes.close]
        };
        let urgency: Vec<f64> = (0..model.jobs).map(|job| -model.weights[job]).collect();
        let ranked = urgency.array_windows().any(|[a, b]| a.total_cmp(b).is_ne());
        Self {
            keys: Table::new((0..model.jobs).map(of).collect(), [0.0; ORDERS]),
            urgency: Table::new(urgency, 0.0),
            ranked,
        }
    }

    /// Orders jobs for the first plan: the most urgent first, then those with the least time.
    pub(super) fn first(&self, jobs: &mut [u32]) {
        let key = |job: u32| {
            let job = job as usize;
            (self.urgency[job], self.keys[job].get(4).copied().unwrap_or_default())
        };
        jobs.sort_by(|a, b| key(*a).0.total_cmp(&key(*b).0).then(key(*a).1.total_cmp(&key(*b).1)));
    }

    /// Orders jobs at chance, in one of the orders; the most urgent first if some are more so.
    pub(super) fn sort(&self, jobs: &mut [u32], chance: &mut Chance) {
        State::shuffle(jobs, chance);
        let mut drawn = chance.below(SHARES.iter().sum());
        let mut order = 0;
        for (at, share) in SHARES.iter().enumerate() {
            if drawn < *share {
                order = at;
                break;
            }
            drawn -= share;
        }
        if order > 0 {
            let key = |job: &u32| self.keys[*job as usize].get(order).copied().unwrap_or_default();
            jobs.sort_by(|a, b| key(a).total_cmp(&key(b)));
        }
        if self.ranked {
            jobs.sort_by(|a, b| self.urgency[*a as usize].total_cmp(&self.urgency[*b as usize]));
        }
    }
}
