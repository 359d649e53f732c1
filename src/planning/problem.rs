//! What is to be planned, in neutral terms. Times and distances are plain numbers in the caller's units, and may be anything: what is no
//! number, or beyond what exists, is something that cannot be reached, never an error.

use super::travel::{Matrix, Travel};
use serde::{Deserialize, Serialize};

/// Declares the number of a thing in its list.
macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// The index into the list.
            pub const fn at(self) -> usize {
                self.0 as usize
            }

            /// The number of a place in a list; a list is never so long that it does not fit.
            pub fn from_at(at: usize) -> Self {
                Self(u32::try_from(at).unwrap_or(u32::MAX))
            }
        }
    };
}

index! {
    /// A place, by its row in the matrices.
    PlaceIndex
}
index! {
    /// A vehicle, by its number in [`Problem::vehicles`].
    VehicleIndex
}
index! {
    /// A job, by its number in [`Problem::jobs`].
    JobIndex
}

/// How many kinds of load are counted side by side.
pub const DIMENSIONS: usize = 2;

/// How much is carried, or can be, in each dimension; what the dimensions mean is the caller's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Load(pub [u32; DIMENSIONS]);

impl Load {
    /// A load of which only the first dimension counts.
    pub const fn of(amount: u32) -> Self {
        Self([amount, 0])
    }

    /// Whether it finds room in a capacity.
    pub fn fits(self, capacity: Self) -> bool {
        self.0.iter().zip(capacity.0).all(|(load, room)| *load <= room)
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let mut sum = self;
        sum.0.iter_mut().zip(other.0).for_each(|(a, b)| *a = a.saturating_add(b));
        sum
    }

    /// What is left without the other.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        let mut rest = self;
        rest.0.iter_mut().zip(other.0).for_each(|(a, b)| *a = a.saturating_sub(b));
        rest
    }
}

/// What a job asks for and a vehicle has, a bit each; what the bits mean is the caller's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Skills(pub u64);

impl Skills {
    /// What is asked for and not had.
    #[must_use]
    pub const fn missing_from(self, had: Self) -> Self {
        Self(self.0 & !had.0)
    }

    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// A span of time, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// From when on.
    pub open: f64,
    /// Until when.
    pub close: f64,
}

impl Window {
    /// From one time to another.
    pub const fn new(open: f64, close: f64) -> Self {
        Self { open, close }
    }

    /// At any time.
    pub const ALWAYS: Self = Self::new(f64::NEG_INFINITY, f64::INFINITY);

    /// Whether any time lies in it; none does if an end is no number.
    pub fn is_open(self) -> bool {
        self.open <= self.close
    }
}

/// One end of a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stop {
    /// Where; none if it is not known where that is.
    pub place: Option<PlaceIndex>,
    /// When work may begin there; never if none. It may go on after a window's end: who does not want that ends the window earlier.
    pub windows: Vec<Window>,
    /// How long work takes there.
    pub service: f64,
}

/// Where the goods of a job are when planning begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Origin {
    /// They wait to be picked up.
    Waiting(Stop),
    /// A vehicle has them already; only that one can deliver them.
    Aboard(VehicleIndex),
}

/// Something to be carried from one stop to another, on one vehicle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// Where the goods are.
    pub origin: Origin,
    /// Where they go.
    pub delivery: Stop,
    /// How much it is.
    pub load: Load,
    /// What the vehicle must have.
    pub needs: Skills,
    /// Which is planned first if there is no room for all: the higher.
    pub priority: u8,
    /// The vehicles that may carry it; any if none is named. A job of which one is named is pinned to it.
    pub only: Vec<VehicleIndex>,
    /// The job that must be delivered before this one is picked up.
    pub after: Option<JobIndex>,
}

impl Job {
    /// A job from one stop to another that asks for nothing else.
    pub fn new(pickup: Stop, delivery: Stop, load: Load) -> Self {
        let (origin, only) = (Origin::Waiting(pickup), Vec::new());
        Self { origin, delivery, load, needs: Skills::default(), priority: 0, only, after: None }
    }

    /// Where it is picked up; none if it is aboard already.
    pub const fn pickup(&self) -> Option<&Stop> {
        match &self.origin {
            Origin::Waiting(stop) => Some(stop),
            Origin::Aboard(_) => None,
        }
    }

    /// The stop of an act.
    pub const fn stop(&self, act: Act) -> Option<&Stop> {
        match act {
            Act::Pickup => self.pickup(),
            Act::Delivery => Some(&self.delivery),
        }
    }

    /// Whether it may go by a vehicle as far as it says so itself.
    pub fn may_go_by(&self, vehicle: VehicleIndex) -> bool {
        let aboard = match self.origin {
            Origin::Waiting(_) => true,
            Origin::Aboard(holder) => holder == vehicle,
        };
        aboard && (self.only.is_empty() || self.only.contains(&vehicle))
    }
}

/// What is done at a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Goods come aboard.
    Pickup,
    /// Goods leave.
    Delivery,
}

/// A stop of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Visit {
    /// For which job.
    pub job: JobIndex,
    /// Which of its ends.
    pub act: Act,
}

impl Visit {
    /// Where a job is picked up.
    pub const fn pickup(job: JobIndex) -> Self {
        Self { job, act: Act::Pickup }
    }

    /// Where a job is delivered.
    pub const fn delivery(job: JobIndex) -> Self {
        Self { job, act: Act::Delivery }
    }
}

/// A vehicle with its driver for one shift. Who has two shifts in a day is two vehicles: nothing stays aboard over the break.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Vehicle {
    /// Which of the matrices tells how it travels.
    pub profile: usize,
    /// How much it carries at once.
    pub capacity: Load,
    /// What it has.
    pub skills: Skills,
    /// When it may be on its way. In a running day it opens when the vehicle is free again.
    pub shift: Window,
    /// Where it starts; at its first stop if none. In a running day, where it will be when it is free again.
    pub start: Option<PlaceIndex>,
    /// Where it must be at the end; where its last stop is if none.
    pub end: Option<PlaceIndex>,
    /// The stops that are fixed, in their order, before all others: what it is on its way to, and what was promised as next.
    pub begun: Vec<Visit>,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// How long every way is, one for each kind of vehicle.
    pub matrices: Vec<Matrix>,
    /// Who carries.
    pub vehicles: Vec<Vehicle>,
    /// What is carried.
    pub jobs: Vec<Job>,
}

impl Problem {
    /// A job by its number.
    pub fn job(&self, job: JobIndex) -> Option<&Job> {
        self.jobs.get(job.at())
    }

    /// A vehicle by its number.
    pub fn vehicle(&self, vehicle: VehicleIndex) -> Option<&Vehicle> {
        self.vehicles.get(vehicle.at())
    }

    /// The numbers of all vehicles.
    pub fn fleet(&self) -> impl Iterator<Item = (VehicleIndex, &Vehicle)> {
        self.vehicles.iter().enumerate().map(|(at, vehicle)| (VehicleIndex::from_at(at), vehicle))
    }

    /// The stop that a visit is made for.
    pub fn stop(&self, visit: Visit) -> Option<&Stop> {
        self.job(visit.job)?.stop(visit.act)
    }

    /// The way of a vehicle between two places; none to or from where it may be anywhere.
    pub fn travel(&self, vehicle: &Vehicle, from: Option<PlaceIndex>, to: Option<PlaceIndex>) -> Travel {
        match (from, to) {
            (Some(from), Some(to)) => {
                self.matrices.get(vehicle.profile).map_or(Travel::NEVER, |matrix| matrix.between(from, to))
            }
            _ => Travel::NONE,
        }
    }
}

/// The stops of every vehicle, in their order; each route begins with what its vehicle has begun.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Routes(pub Vec<Vec<Visit>>);

impl Routes {
    /// Nothing but what has begun.
    pub fn begun(problem: &Problem) -> Self {
        Self(problem.vehicles.iter().map(|vehicle| vehicle.begun.clone()).collect())
    }

    /// The stops of a vehicle.
    pub fn of(&self, vehicle: VehicleIndex) -> &[Visit] {
        self.0.get(vehicle.at()).map_or(&[], Vec::as_slice)
    }

    /// Every route with its vehicle.
    pub fn each(&self) -> impl Iterator<Item = (VehicleIndex, &[Visit])> {
        self.0.iter().enumerate().map(|(at, route)| (VehicleIndex::from_at(at), route.as_slice()))
    }

    /// The vehicle that makes a visit.
    pub fn holder(&self, visit: Visit) -> Option<VehicleIndex> {
        self.each().find(|(_, route)| route.contains(&visit)).map(|(vehicle, _)| vehicle)
    }

    /// The jobs that are not delivered by any of them.
    pub fn unplanned(&self, problem: &Problem) -> Vec<JobIndex> {
        let mut delivered = vec![false; problem.jobs.len()];
        for visit in self.0.iter().flatten().filter(|visit| visit.act == Act::Delivery) {
            if let Some(mark) = delivered.get_mut(visit.job.at()) {
                *mark = true;
            }
        }
        delivered.iter().enumerate().filter(|(_, done)| !**done).map(|(at, _)| JobIndex::from_at(at)).collect()
    }
}
