//! A route with what makes an insertion quick to check: when each stop begins at the earliest, when it may at the latest, and what is aboard.

use super::model::{Amount, Model, NONE, Node, fits, sum};

/// A stop of a route; the first and the last are the vehicle's own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    pub(super) node: u32,
    pub(super) place: u32,
    /// When it is left at the earliest.
    pub(super) leave: f64,
    /// When one may arrive at the latest, so that all that follows is in time.
    pub(super) latest: f64,
    /// The distance to the next.
    pub(super) onward: f64,
    /// What is aboard when it is left.
    pub(super) load: Amount,
}

#[derive(Debug, Default)]
pub(super) struct Route {
    pub(super) slots: Vec<Slot>,
    pub(super) distance: f64,
    /// Which of its states it is in: for what is remembered of it.
    pub(super) version: u32,
    /// Whether the iteration at hand changed it.
    pub(super) touched: bool,
}

impl Clone for Route {
    fn clone(&self) -> Self {
        Self { slots: self.slots.clone(), ..*self }
    }

    fn clone_from(&mut self, other: &Self) {
        self.slots.clone_from(&other.slots);
        (self.distance, self.version, self.touched) = (other.distance, other.version, other.touched);
    }
}

impl Route {
    /// A route without stops.
    pub(super) fn empty(model: &Model, vehicle: usize) -> Self {
        let carrier = &model.carriers[vehicle];
        let slot = |place| {
            let (leave, latest) = (carrier.from, carrier.until);
            Slot { node: NONE, place, leave, latest, onward: 0.0, load: carrier.aboard }
        };
        let mut route = Self { slots: vec![slot(carrier.start), slot(carrier.end)], ..Self::default() };
        // An empty route that is late home already stays so.
        let _ = route.refresh(model, vehicle);
        route
    }

    /// Its stops, without the vehicle's own.
    pub(super) fn stops(&self) -> &[Slot] {
        self.slots.get(1..self.slots.len().saturating_sub(1)).unwrap_or_default()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.slots.len() <= 2
    }

    /// Puts a node before the slot at a place.
    pub(super) fn insert(&mut self, model: &Model, at: usize, node: u32) {
        let place = model.nodes[node as usize].place;
        let slot = Slot { node, place, leave: 0.0, latest: 0.0, onward: 0.0, load: [0; 2] };
        self.slots.insert(at.min(self.slots.len()), slot);
    }

    /// Reckons everything anew.
    ///
    /// # Errors
    /// The first slot that breaks a rule; what is reckoned is of no use then.
    pub(super) fn refresh(&mut self, model: &Model, vehicle: usize) -> Result<(), usize> {
        let carrier = &model.carriers[vehicle];
        let ways = model.profile(carrier.profile);
        let last = self.slots.len().saturating_sub(1);
        let (mut now, mut load, mut place, mut distance) = (carrier.from, carrier.aboard, carrier.start, 0.0);
        let mut wrong = None;
        for (at, slot) in self.slots.iter_mut().enumerate().skip(1) {
            let arrival = now + ways.time(place, slot.place);
            let onward = ways.distance(place, slot.place);
            place = slot.place;
            if at == last {
                distance += onward;
                if last > 1 && (arrival > carrier.until || arrival.is_nan()) {
                    wrong = wrong.or(Some(at));
                }
                slot.load = load;
                break;
            }
            distance += onward;
            let node = &model.nodes[slot.node as usize];
            let begin = model.begin_at(node, arrival);
            load = sum(load, node.change);
            if !begin.is_finite() || (slot.node.is_multiple_of(2) && !fits(load, carrier.capacity)) {
                wrong = Some(at);
                break;
            }
            now = begin + node.service;
            slot.leave = now;
            slot.load = load;
        }
        if let Some(at) = wrong {
            return Err(at);
        }
        self.distance = if last <= 1 { carrier.idle } else { distance };
        self.slacken(model, vehicle);
        Ok(())
    }

    /// Reckons anew what an insertion changes: forward from its pickup, backward from its delivery, each until nothing is other than before.
    ///
    /// # Errors
    /// The first slot that breaks a rule; what is reckoned is of no use then.
    pub(super) fn refresh_between(
        &mut self,
        model: &Model,
        vehicle: usize,
        pickup: usize,
        delivery: usize,
    ) -> Result<(), usize> {
        let carrier = &model.carriers[vehicle];
        let ways = model.profile(carrier.profile);
        let last = self.slots.len().saturating_sub(1);
        let Some(before) = self.slots.get(pickup.saturating_sub(1)) else { return self.refresh(model, vehicle) };
        let (mut now, mut load, mut place) = (before.leave, before.load, before.place);
        for (at, slot) in self.slots.iter_mut().enumerate().skip(pickup) {
            let arrival = now + ways.time(place, slot.place);
            place = slot.place;
            if at == last {
                if arrival > carrier.until || arrival.is_nan() {
                    return Err(at);
                }
                break;
            }
            let node = &model.nodes[slot.node as usize];
            let begin = model.begin_at(node, arrival);
            load = sum(load, node.change);
            if !begin.is_finite() || (slot.node.is_multiple_of(2) && !fits(load, carrier.capacity)) {
                return Err(at);
            }
            now = begin + node.service;
            if at > delivery && now.to_bits() == slot.leave.to_bits() {
                // From here on all is as before.
                break;
            }
            slot.leave = now;
            slot.load = load;
        }
        let Some(after) = self.slots.get(delivery + 1) else { return self.refresh(model, vehicle) };
        let (mut latest, mut place) = (after.latest, after.place);
        for (at, slot) in self.slots.iter_mut().enumerate().take(delivery + 1).rev() {
            slot.onward = ways.distance(slot.place, place);
            if at == 0 {
                break;
            }
            let node: &Node = &model.nodes[slot.node as usize];
            latest = model.begin_by(node, latest - ways.time(slot.place, place) - node.service);
            if at + 1 < pickup && latest.to_bits() == slot.latest.to_bits() {
                break;
            }
            slot.latest = latest;
            place = slot.place;
        }
        Ok(())
    }

    /// Reckons from the end what may be late by how much.
    fn slacken(&mut self, model: &Model, vehicle: usize) {
        let carrier = &model.carriers[vehicle];
        let ways = model.profile(carrier.profile);
        let last = self.slots.len().saturating_sub(1);
        let (mut latest, mut place) = (carrier.until, carrier.end);
        for (at, slot) in self.slots.iter_mut().enumerate().rev() {
            if at == last {
                slot.latest = latest;
                continue;
            }
            slot.onward = if last == 1 { carrier.idle } else { ways.distance(slot.place, place) };
            if at == 0 {
                slot.leave = carrier.from;
                slot.load = carrier.aboard;
                slot.latest = f64::INFINITY;
                break;
            }
            let node: &Node = &model.nodes[slot.node as usize];
            latest = model.begin_by(node, latest - ways.time(slot.place, place) - node.service);
            slot.latest = latest;
            place = slot.place;
        }
    }
}
