//! The problem of a day, made out of the house's rows: who drives, which legs are jobs, when each stop can be made.

use super::{Carried, Day, Drive, HeldBack, House, Pacing, Ways, hours, located, position, ways::matrices};
use crate::{
    domain::{
        ids::{LegId, SiteId},
        leg::{LEG, Leg, LegKind, LegState, Place},
        policy::PolicyFields,
        position::Position,
        register,
        request::Request,
        round::{Round, RoundState, Stop, StopAct},
        service::LoadKind,
        time::{Instant, Window, Zone},
    },
    planning::problem::{self, Job, JobIndex, Load, Origin, PlaceIndex, Problem, Routes, Skills, VehicleIndex, Visit},
};
use jiff::{SignedDuration, civil::Date};
use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

/// What a day is made for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Which one.
    pub date: Date,
    /// When it is asked for.
    pub now: Instant,
    /// A leg that is to be driven on it, whatever was agreed for it before.
    pub wanted: Option<LegId>,
    /// The same day as it was made before: how long its ways are need not be reckoned again.
    pub before: Option<&'a Day>,
}

/// Makes the problem of a day out of the house's rows.
pub fn of(house: &impl House, ways: &Ways, asked: Asked<'_>) -> Day {
    let Asked { date, now, wanted, before } = asked;
    let defaults = PolicyFields::default();
    let policy = house.policy().unwrap_or(&defaults);
    let zone = policy.zone.clone();
    let origin = zone.first_instant(date.at(0, 0, 0, 0));
    let today = now.civil(&zone).date();
    let clock = Clock { date, today, zone, origin, now };
    let legs: BTreeMap<LegId, &Leg> = house.legs().into_iter().map(|leg| (leg.id, leg)).collect();
    let rounds = house.rounds();
    let mut making = Making {
        house,
        policy,
        clock,
        wanted,
        legs,
        desks: hours::Desks::of(house, date),
        places: Vec::new(),
        jobs: Vec::new(),
        carried: Vec::new(),
        held_back: Vec::new(),
    };
    let drives = making.drives(&rounds);
    making.take_up(&drives, &rounds);
    making.finish(ways, drives, before)
}

/// Seconds of work at a stop for a leg's first piece, by where it is.
const fn work(place: &Place) -> f64 {
    match place {
        Place::Site { .. } | Place::Locker { .. } => 120.0,
        Place::Provider { .. } => 180.0,
        Place::Address { .. } => 240.0,
    }
}

/// Seconds for each further piece.
const A_PIECE: f64 = 15.0;

/// Work at a stop never takes longer: a cart is loaded at once.
const MOST_WORK: f64 = 900.0;

/// The bit of a kind of load.
const fn skill(kind: LoadKind) -> u64 {
    match kind {
        LoadKind::Ordinary => 1,
        LoadKind::Bulky => 2,
        LoadKind::Chilled => 4,
        LoadKind::Fragile => 8,
    }
}

/// When it is, and which day is looked at.
pub(super) struct Clock {
    pub(super) date: Date,
    today: Date,
    pub(super) zone: Zone,
    origin: Instant,
    now: Instant,
}

impl Clock {
    /// Seconds since the day began.
    pub(super) fn seconds(&self, at: Instant) -> f64 {
        at.since(self.origin).as_secs_f64()
    }

    /// Now, on the day that is looked at; none if that is another.
    fn running(&self) -> Option<f64> {
        (self.date == self.today).then(|| self.seconds(self.now))
    }
}

/// The parts of a day, as they are made one after the other.
pub(super) struct Making<'a, H> {
    pub(super) house: &'a H,
    pub(super) policy: &'a PolicyFields,
    pub(super) clock: Clock,
    wanted: Option<LegId>,
    legs: BTreeMap<LegId, &'a Leg>,
    pub(super) desks: hours::Desks,
    places: Vec<(Place, Position)>,
    jobs: Vec<Job>,
    carried: Vec<Carried>,
    held_back: Vec<HeldBack>,
}

impl<H: House> Making<'_, H> {
    /// The rounds of the day that are not over, then the couriers on shift that have none in that time.
    fn drives(&self, rounds: &[&Round]) -> Vec<Drive> {
        let of_day = |round: &&&Round| round.fields.shift.date() == self.clock.date;
        let mut drives: Vec<Drive> = rounds
            .iter()
            .filter(of_day)
            .filter(|round| round.state != RoundState::Finished)
            .map(|round| Drive {
                round: Some((**round).clone()),
                courier: round.fields.courier_id,
                vehicle: round.fields.vehicle,
                shift: round.fields.shift,
                start: Some(round.fields.start.clone()),
                end: Some(round.fields.end.clone()),
                passed: round.stops.iter().copied().filter(|stop| self.is_passed(*stop)).collect(),
            })
            .collect();
        let mut couriers = self.house.couriers();
        couriers.retain(|courier| courier.standing == register::Standing::Active);
        couriers.sort_by(|one, other| (&one.fields.name, one.id).cmp(&(&other.fields.name, other.id)));
        for courier in couriers {
            for shift in hours::shifts(courier, self.clock.date) {
                let meets = |other: &Window| shift.from() < other.to() && other.from() < shift.to();
                let own = rounds.iter().filter(of_day).filter(|round| round.fields.courier_id == courier.id);
                if own.clone().any(|round| meets(&round.fields.shift)) {
                    continue;
                }
                drives.push(Drive {
                    round: None,
                    courier: courier.id,
                    vehicle: courier.fields.vehicle,
                    shift,
                    start: courier.fields.base.clone(),
                    end: courier.fields.base.clone(),
                    passed: Vec::new(),
                });
            }
        }
        drives
    }

    /// Whether the courier has been to a stop; of a leg that is not known any more to both of its own.
    fn is_passed(&self, stop: Stop) -> bool {
        let Some(leg) = self.legs.get(&stop.leg_id) else { return true };
        let is_taken = leg.started_at.is_some() || leg.state == LegState::Underway;
        LEG.is_end(leg.state) || (stop.act == StopAct::Take && is_taken)
    }

    /// Makes a job of every leg that is of the day.
    fn take_up(&mut self, drives: &[Drive], rounds: &[&Round]) {
        let mut held: BTreeMap<LegId, VehicleIndex> = BTreeMap::new();
        for (at, drive) in drives.iter().enumerate() {
            let stops = drive.round.iter().flat_map(|round| &round.stops);
            held.extend(stops.map(|stop| (stop.leg_id, VehicleIndex::from_at(at))));
        }
        // What another day's round carries, or one that is over, is not of this day.
        let elsewhere: std::collections::BTreeSet<LegId> = rounds
            .iter()
            .filter(|round| round.fields.shift.date() != self.clock.date || round.state == RoundState::Finished)
            .flat_map(|round| round.legs())
            .filter(|leg| !held.contains_key(leg))
            .collect();
        let open: Vec<&Leg> = self.legs.values().copied().filter(|leg| !LEG.is_end(leg.state)).collect();
        let of_day = open.into_iter().filter(|leg| {
            held.contains_key(&leg.id)
                || self.wanted == Some(leg.id)
                || (!elsewhere.contains(&leg.id) && leg.state != LegState::Underway && self.is_due(leg))
        });
        let of_day: Vec<&Leg> = of_day.collect();
        let mut numbers: BTreeMap<LegId, JobIndex> = BTreeMap::new();
        let mut after: Vec<(JobIndex, LegId)> = Vec::new();
        let ids: std::collections::BTreeSet<LegId> = of_day.iter().map(|leg| leg.id).collect();
        for leg in of_day {
            let vehicle = held.get(&leg.id).copied();
            let before =
                leg.fields.after.filter(|before| self.legs.get(before).is_some_and(|before| !LEG.is_end(before.state)));
            if let Some(before) = before {
                // What a provider works on is not fetched from it before somebody says when.
                let waits = leg.fields.kind == LegKind::FromProvider && leg.fields.window.is_none();
                if vehicle.is_none() && (waits || !ids.contains(&before)) {
                    self.held_back.push(HeldBack { leg: leg.id, before });
                    continue;
                }
                after.push((JobIndex::from_at(self.jobs.len()), before));
            }
            numbers.insert(leg.id, JobIndex::from_at(self.jobs.len()));
            self.job(leg, vehicle);
        }
        for (job, before) in after {
            if let (Some(job), Some(before)) = (self.jobs.get_mut(job.at()), numbers.get(&before)) {
                job.after = Some(*before);
            }
        }
    }

    /// Whether a leg that is in no round is to be driven on this day: agreed for it, overdue, or open and promised for later.
    fn is_due(&self, leg: &Leg) -> bool {
        let Clock { date, today, .. } = self.clock;
        if date < today {
            return false;
        }
        if let Some(window) = leg.fields.window {
            return window.date() == date || (window.date() < today && date == today);
        }
        let zone = self.zone(leg.site_id);
        let due = self.house.request(leg.fields.request_id).and_then(|request| request.fields.when);
        let due = due.map(|due| due.end(&zone).civil(&zone).date());
        due.is_none_or(|due| date <= due || (due < today && date == today))
    }

    pub(super) fn zone(&self, site: Option<SiteId>) -> Zone {
        let site = site.and_then(|site| self.house.site(site));
        site.map_or_else(|| self.clock.zone.clone(), |site| site.fields.zone.clone())
    }

    fn job(&mut self, leg: &Leg, vehicle: Option<VehicleIndex>) {
        let zone = self.zone(leg.site_id);
        let request = self.house.request(leg.fields.request_id);
        let promised = request.and_then(|request| request.fields.when).map(|when| when.end(&zone));
        let due = promised.map(|due| self.clock.seconds(due));
        let missed = leg.fields.window.is_some_and(|window| window.date() < self.clock.date);
        let late = promised.is_some_and(|due| due < self.clock.now);
        // A window that is over is no reason to drive even later.
        let agreed = leg.fields.window.filter(|window| window.date() == self.clock.date);
        let agreed = agreed.filter(|_| self.wanted != Some(leg.id));
        let (on_take, on_leave) = match leg.fields.kind {
            LegKind::Collect | LegKind::ToProvider => (agreed, None),
            LegKind::FromProvider | LegKind::HandBack => (None, agreed),
        };
        let brings = matches!(leg.fields.kind, LegKind::FromProvider | LegKind::HandBack);
        let by = due.filter(|_| brings && !late);
        let (from, to) = (located(self.house, &leg.fields.from, request), located(self.house, &leg.fields.to, request));
        let pickup = self.stop(&from, leg, on_take, None);
        let delivery = self.stop(&to, leg, on_leave, by);
        let service = request.and_then(|request| request.fields.service_id).and_then(|id| self.house.service(id));
        let kind = service.map(|service| service.fields.load).unwrap_or_default();
        let aboard = vehicle.filter(|_| leg.state == LegState::Underway);
        let is_fixed = aboard.is_some() || (leg.fields.pinned && vehicle.is_some());
        self.jobs.push(Job {
            origin: aboard.map_or(Origin::Waiting(pickup), Origin::Aboard),
            delivery,
            load: Load::of(u32::from(leg.load())),
            needs: Skills(skill(kind)),
            priority: self.priority(request, promised, vehicle.is_some()),
            only: vehicle.filter(|_| is_fixed).into_iter().collect(),
            after: None,
        });
        self.carried.push(Carried {
            leg: leg.id,
            request: leg.fields.request_id,
            kind: leg.fields.kind,
            from,
            to,
            is_fixed,
            due,
            is_overdue: missed || late,
        });
    }

    /// What is promised soonest, and what somebody counts on already, is planned first.
    fn priority(&self, request: Option<&Request>, promised: Option<Instant>, is_planned: bool) -> u8 {
        use crate::domain::clock::Urgency;
        let urgent = request.is_some_and(|request| request.fields.urgency == Urgency::Urgent);
        let noon = self.clock.origin.plus(SignedDuration::from_hours(12));
        let days = promised.map(|due| due.since(noon).as_hours().div_euclid(24) + 1);
        let soon = match days {
            Some(..=1) => 90,
            Some(2) => 60,
            Some(3..=4) => 30,
            _ => 0,
        };
        10 + soon + if urgent { 90 } else { 0 } + if is_planned { 40 } else { 0 }
    }

    /// An end of a leg: where, when, for how long.
    fn stop(&mut self, place: &Place, leg: &Leg, agreed: Option<Window>, by: Option<f64>) -> problem::Stop {
        let windows = hours::windows(self, place, leg.site_id, agreed, by);
        let further = f64::from(leg.load().saturating_sub(1));
        let service = (work(place) + further * A_PIECE).min(MOST_WORK);
        problem::Stop { place: self.place(place), windows, service }
    }

    /// The number of a place; none if it is not known where it is.
    fn place(&mut self, place: &Place) -> Option<PlaceIndex> {
        if let Some(known) = self.places.iter().position(|(known, _)| known == place) {
            return Some(PlaceIndex::from_at(known));
        }
        let position = position(self.house, place)?;
        self.places.push((place.clone(), position));
        Some(PlaceIndex::from_at(self.places.len() - 1))
    }

    fn finish(mut self, ways: &Ways, drives: Vec<Drive>, before: Option<&Day>) -> Day {
        let mut profiles: Vec<Pacing> = Vec::new();
        let mut vehicles = Vec::with_capacity(drives.len());
        let numbers: BTreeMap<LegId, JobIndex> =
            self.carried.iter().enumerate().map(|(at, carried)| (carried.leg, JobIndex::from_at(at))).collect();
        let mut routes = Vec::with_capacity(drives.len());
        for drive in &drives {
            let paced = (drive.vehicle.kind, drive.vehicle.speed_kmh);
            let profile = profiles.iter().position(|known| *known == paced).unwrap_or_else(|| {
                profiles.push(paced);
                profiles.len() - 1
            });
            vehicles.push(self.vehicle(drive, profile));
            let stops = drive.round.iter().flat_map(|round| &round.stops);
            let left = stops.filter(|stop| !drive.passed.contains(stop));
            routes.push(left.filter_map(|stop| Some(visit(*numbers.get(&stop.leg_id)?, stop.act))).collect());
        }
        let same = |day: &&Day| day.places == self.places && day.profiles == profiles && day.turn == ways.turn;
        let matrices = match before.filter(same) {
            Some(day) => day.problem.matrices.clone(),
            None => matrices(ways, &self.places, &profiles),
        };
        let problem = Problem { matrices, vehicles, jobs: self.jobs };
        let routes = Routes(routes);
        let turn = ways.turn;
        let question = question(self.clock.date, turn, &problem, &routes, &drives, &self.carried, &self.places);
        Day {
            date: self.clock.date,
            zone: self.clock.zone,
            problem,
            routes,
            drives,
            carried: self.carried,
            held_back: self.held_back,
            places: self.places,
            question,
            origin: self.clock.origin,
            profiles,
            turn,
        }
    }

    fn vehicle(&mut self, drive: &Drive, profile: usize) -> problem::Vehicle {
        let zone = &self.clock.zone;
        let mut open = self.clock.seconds(drive.shift.start(zone));
        let close = self.clock.seconds(drive.shift.end(zone));
        if let Some(now) = self.clock.running() {
            open = open.max(now);
        }
        // Where the courier was last, as far as that is known, is where they are.
        let last = drive.passed.iter().rev().find_map(|stop| {
            let leg = self.legs.get(&stop.leg_id)?;
            let place = match stop.act {
                StopAct::Take => &leg.fields.from,
                StopAct::Leave => &leg.fields.to,
            };
            Some(located(self.house, place, self.house.request(leg.fields.request_id)))
        });
        let start = last.or_else(|| drive.start.clone()).and_then(|place| self.place(&place));
        let end = drive.end.clone().and_then(|place| self.place(&place));
        let courier = self.house.courier(drive.courier);
        let carries = courier.and_then(|courier| courier.fields.carries.as_ref());
        let skills = carries.map_or(u64::MAX, |kinds| kinds.iter().fold(0, |all, kind| all | skill(*kind)));
        problem::Vehicle {
            profile,
            capacity: Load([u32::from(drive.vehicle.capacity_items), u32::MAX]),
            skills: Skills(skills),
            shift: problem::Window::new(open, close.max(open)),
            start,
            end,
            begun: Vec::new(),
        }
    }
}

pub(super) const fn visit(job: JobIndex, act: StopAct) -> Visit {
    match act {
        StopAct::Take => Visit::pickup(job),
        StopAct::Leave => Visit::delivery(job),
    }
}

/// One number for all that decides a plan but the time that passes.
fn question(
    date: Date,
    turn: u64,
    problem: &Problem,
    routes: &Routes,
    drives: &[Drive],
    carried: &[Carried],
    places: &[(Place, Position)],
) -> u64 {
    let mut hasher = DefaultHasher::new();
    (date, turn).hash(&mut hasher);
    routes.hash(&mut hasher);
    places.hash(&mut hasher);
    for drive in drives {
        (drive.courier, drive.vehicle, drive.shift, &drive.start, &drive.end, &drive.passed).hash(&mut hasher);
        drive.round.as_ref().map(|round| (round.id, round.state)).hash(&mut hasher);
    }
    for (job, leg) in problem.jobs.iter().zip(carried) {
        (leg.leg, leg.is_fixed, job.load, job.needs, job.priority, job.after).hash(&mut hasher);
        for stop in [job.pickup(), Some(&job.delivery)].into_iter().flatten() {
            stop.place.hash(&mut hasher);
            stop.windows.iter().for_each(|window| {
                (window.open.to_bits(), window.close.to_bits()).hash(&mut hasher);
            });
        }
    }
    hasher.finish()
}
