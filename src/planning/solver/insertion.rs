//! Where a job fits best into a route: every place for its pickup and its delivery, each checked in constant time.

use super::{
    model::{Model, fits, sum},
    route::Route,
};

/// A place for a job.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Insertion {
    /// How much longer the route gets.
    pub(super) cost: f64,
    /// The slot after which the pickup stands.
    pub(super) pickup: u32,
    /// The slot, as they are now, after which the delivery stands.
    pub(super) delivery: u32,
}

/// What it costs to stand between a slot and the next.
#[derive(Clone, Copy, Debug, Default)]
struct Detour {
    /// For the pickup.
    pickup: f64,
    /// For the pickup and then at once the delivery.
    both: f64,
    /// For the delivery.
    delivery: f64,
    /// The least for the delivery here or later.
    least: f64,
}

/// What distances alone say about a job in a route; kept between insertions for its room.
#[derive(Clone, Debug, Default)]
pub(super) struct Sketch {
    detours: Vec<Detour>,
    /// No place costs less.
    pub(super) least: f64,
}

impl Sketch {
    /// Reckons with a job's distances.
    pub(super) fn draw(&mut self, model: &Model, route: &Route, vehicle: usize, job: usize) {
        if !model.has_pickup(job) {
            self.least = f64::NEG_INFINITY;
            return;
        }
        let ways = model.profile(model.carriers[vehicle].profile);
        let (take, drop) = (&model.nodes[job * 2], &model.nodes[job * 2 + 1]);
        let across = ways.distance(take.place, drop.place);
        let (to_take, from_take) = (ways.distances_to(take.place), ways.distances_from(take.place));
        let (to_drop, from_drop) = (ways.distances_to(drop.place), ways.distances_from(drop.place));
        // What stands there from before is written over.
        self.detours.resize(route.slots.len().saturating_sub(1), Detour::default());
        let (mut least, mut cheapest) = (f64::INFINITY, f64::INFINITY);
        for ([from, to], detour) in route.slots.array_windows().zip(self.detours.iter_mut()).rev() {
            let there = to_take.at(from.place) - from.onward;
            let pickup = there + from_take.at(to.place);
            let away = from_drop.at(to.place);
            let both = there + across + away;
            let delivery = to_drop.at(from.place) + away - from.onward;
            cheapest = smaller(smaller(cheapest, both), pickup + least);
            least = smaller(least, delivery);
            *detour = Detour { pickup, both, delivery, least };
        }
        self.least = cheapest;
    }

    /// The cheapest place for the job, if one costs less than a bound.
    pub(super) fn place(
        &self,
        model: &Model,
        route: &Route,
        vehicle: usize,
        job: usize,
        bound: f64,
    ) -> Option<Insertion> {
        if model.has_pickup(job) {
            self.best_pair(model, route, vehicle, job, bound)
        } else {
            best_delivery(model, route, vehicle, job, bound)
        }
    }

    fn best_pair(&self, model: &Model, route: &Route, vehicle: usize, job: usize, bound: f64) -> Option<Insertion> {
        let carrier = &model.carriers[vehicle];
        let ways = model.profile(carrier.profile);
        let (take, drop) = (&model.nodes[job * 2], &model.nodes[job * 2 + 1]);
        let slots = route.slots.as_slice();
        let detours = self.detours.as_slice();
        let (mut found, mut limit) = (None, bound);
        let across = ways.time(take.place, drop.place);
        let (to_take, from_take) = (ways.times_to(take.place), ways.times_from(take.place));
        let (to_drop, from_drop) = (ways.times_to(drop.place), ways.times_from(drop.place));
        for (at, ([from, to], detour)) in slots.array_windows().zip(detours.iter()).enumerate() {
            let Some(later) = detours.get(at + 1..) else { break };
            let least_later = detour.pickup + later.first().map_or(f64::INFINITY, |next| next.least);
            if detour.both >= limit && least_later >= limit {
                continue;
            }
            let begin = model.begin_at(take, from.leave + to_take.at(from.place));
            if begin == f64::INFINITY {
                break;
            }
            if !fits(sum(from.load, take.change), carrier.capacity) {
                continue;
            }
            let leave = begin + take.service;

            // Straight from pickup to delivery.
            if detour.both < limit {
                let begin = model.begin_at(drop, leave + across);
                if begin + drop.service + from_drop.at(to.place) <= to.latest {
                    limit = detour.both;
                    let at = u32::try_from(at).unwrap_or_default();
                    found = Some(Insertion { cost: detour.both, pickup: at, delivery: at });
                }
            }

            // With other stops between the two: `arrival` is when the next of them is reached.
            if least_later >= limit {
                continue;
            }
            let mut arrival = leave + from_take.at(to.place);
            let Some(rest) = slots.get(at + 1..) else { break };
            for (further, ([here, next], end)) in rest.array_windows().zip(later).enumerate() {
                if detour.pickup + end.least >= limit
                    || arrival > here.latest
                    || !fits(sum(here.load, take.change), carrier.capacity)
                {
                    break;
                }
                let node = &model.nodes[here.node as usize];
                let now = model.begin_at(node, arrival) + node.service;
                let cost = detour.pickup + end.delivery;
                if cost < limit {
                    let begin = model.begin_at(drop, now + to_drop.at(here.place));
                    if begin == f64::INFINITY {
                        break;
                    }
                    if begin + drop.service + from_drop.at(next.place) <= next.latest {
                        limit = cost;
                        let pickup = u32::try_from(at).unwrap_or_default();
                        let delivery = u32::try_from(at + 1 + further).unwrap_or_default();
                        found = Some(Insertion { cost, pickup, delivery });
                    }
                }
                arrival = now + ways.time(here.place, next.place);
            }
        }
        found
    }
}

fn best_delivery(model: &Model, route: &Route, vehicle: usize, job: usize, bound: f64) -> Option<Insertion> {
    let ways = model.profile(model.carriers[vehicle].profile);
    let drop = &model.nodes[job * 2 + 1];
    let (mut found, mut limit) = (None, bound);
    for (at, [from, to]) in (0_u32..).zip(route.slots.array_windows()) {
        let cost = ways.distance(from.place, drop.place) + ways.distance(drop.place, to.place) - from.onward;
        if cost < limit {
            let begin = model.begin_at(drop, from.leave + ways.time(from.place, drop.place));
            if begin + drop.service + ways.time(drop.place, to.place) <= to.latest {
                limit = cost;
                found = Some(Insertion { cost, pickup: at, delivery: at });
            }
        }
    }
    found
}

/// The smaller of two numbers that are numbers; `f64::min` looks whether they are.
#[inline]
const fn smaller(one: f64, other: f64) -> f64 {
    if other < one { other } else { one }
}
