//! Room for one job by moving one other.

use super::{
    model::{Model, NONE, Tolerance},
    state::State,
};
use crate::planning::problem::{JobIndex, Problem, Routes};

/// The routes with a job put in and one other moved to where it then costs least, for each other job with which that works.
pub(in crate::planning) fn with_one_moved(problem: &Problem, routes: &Routes, job: JobIndex) -> Vec<Routes> {
    let model = Model::new(problem, routes, Tolerance::All);
    let mut state = State::new(&model, routes);
    let (mut all, mut out) = (Vec::new(), Vec::new());
    for other in (0..u32::try_from(model.jobs).unwrap_or(NONE)).filter(|other| *other != job.0) {
        let route = state.home[other as usize];
        if route == NONE {
            continue;
        }
        let route = route as usize;
        let Some(at) = state.routes[route].slots.iter().position(|slot| slot.node / 2 == other) else { continue };
        state.begin();
        out.clear();
        state.take_out(route, at..at + 1, &mut out);
        if out.len() == 1 && state.put(job.0, f64::INFINITY).is_some() && state.put(other, f64::INFINITY).is_some() {
            all.push(state.told(problem));
        }
        state.undo();
    }
    all
}
