//! Which stops are near which.

use super::model::{Model, NONE, Standing};

/// No more neighbours of a stop than this are known: a ruin reaches no further.
const MOST: usize = 200;

/// For each stop the others, nearest first.
pub(super) struct Near {
    lists: Vec<Vec<u32>>,
}

impl Near {
    pub(super) fn new(model: &Model) -> Self {
        let count = u32::try_from(model.jobs * 2).unwrap_or(NONE);
        let part = |node: &u32| {
            let job = Model::job_of(*node);
            match model.standing[job] {
                Standing::Open => true,
                Standing::Aboard => node % 2 == 1,
                Standing::Done | Standing::Out => false,
            }
        };
        let all: Vec<u32> = (0..count).filter(part).collect();
        let ways = model.profile(0);
        let mut lists = vec![Vec::new(); model.jobs * 2];
        let mut ranked: Vec<(f64, u32)> = Vec::with_capacity(all.len());
        for node in &all {
            let from = &model.nodes[*node as usize];
            ranked.clear();
            ranked.extend(all.iter().map(|other| {
                let to = &model.nodes[*other as usize];
                let distance = ways.distance(from.place, to.place).min(ways.distance(to.place, from.place));
                // Those at the same place: what is open at the same time first.
                let (a, b) = (model.span(from), model.span(to));
                let apart = ((a.open - b.open).abs() + (a.close - b.close).abs()).min(1e9);
                (if node == other { -1.0 } else { distance.min(1e12) + apart * 1e-3 }, *other)
            }));
            ranked.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            if let Some(list) = lists.get_mut(*node as usize) {
                list.extend(ranked.iter().take(MOST).map(|(_, other)| *other));
            }
        }
        Self { lists }
    }

    /// The stop itself, then its neighbours.
    pub(super) fn of(&self, node: u32) -> &[u32] {
        self.lists.get(node as usize).map_or(&[], Vec::as_slice)
    }
}
