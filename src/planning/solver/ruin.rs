//! What is taken out: strings of neighbouring routes around a stop at chance, or the jobs that are most like one.

use super::{
    chance::Chance,
    model::{Model, NONE},
    near::Near,
    state::State,
};

/// How much is taken out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strings {
    /// How many stops on average.
    pub(super) stops: f64,
    /// How long a string is at most.
    pub(super) longest: f64,
}

/// Takes out strings around a stop; what was taken out is added to the list.
pub(super) fn strings(
    state: &mut State<'_>,
    near: &Near,
    seed: u32,
    size: Strings,
    chance: &mut Chance,
    out: &mut Vec<u32>,
) {
    let (mut stops, mut used) = (0_u32, 0_u32);
    for route in state.routes.iter().filter(|route| !route.is_empty()) {
        stops += u32::try_from(route.stops().len()).unwrap_or_default();
        used += 1;
    }
    let mean = f64::from(stops) / f64::from(used.max(1));
    let longest = size.longest.min(mean).max(1.0);
    let most = 4.0 * size.stops / (1.0 + longest) - 1.0;
    let mut left = drawn(most.max(1.0), chance);
    for node in near.stops(seed) {
        if left == 0 {
            break;
        }
        let route = state.home[Model::job_of(*node)];
        if route == NONE || state.routes[route as usize].touched {
            continue;
        }
        let route = route as usize;
        let slots = &state.routes[route].slots;
        let Some(at) = slots.iter().position(|slot| slot.node == *node) else { continue };
        let count = slots.len() - 2;
        let long = drawn(longest, chance).min(count);
        // The string lies anywhere around the stop, within the route.
        let first = (at + 1).saturating_sub(long).max(1);
        let last = at.min(count + 1 - long);
        let from = first + chance.below(last + 1 - first.min(last));
        state.take_out(route, from..from + long, out);
        left -= 1;
    }
}

/// How often a job that is alike is passed over, so that not always the same ones go together.
const PASSED_OVER: f64 = 0.3;

/// Takes out jobs whose ends are near those of one: strings rarely hold both ends of several.
pub(super) fn kin(state: &mut State<'_>, near: &Near, job: u32, stops: f64, chance: &mut Chance, out: &mut Vec<u32>) {
    let mut left = drawn(stops, chance);
    for other in near.jobs(job) {
        if left == 0 {
            break;
        }
        let route = state.home[*other as usize];
        if route == NONE || (*other != job && chance.unit() < PASSED_OVER) {
            continue;
        }
        let route = route as usize;
        let Some(at) = state.routes[route].slots.iter().position(|slot| slot.node / 2 == *other) else { continue };
        state.take_out(route, at..at + 1, out);
        left -= 1;
    }
}

/// A whole number from 1 to a bound that need not be one.
fn drawn(most: f64, chance: &mut Chance) -> usize {
    let drawn = 1.0 + chance.unit() * most;
    // The bound is small: the number of stops of a string, or of strings.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let whole = drawn as usize;
    whole.max(1)
}
