//! The screen of who carries what, when: a day's rounds along its hours, the stops of one, what is not planned, and what planning found.

mod house;
pub mod moving;
mod ways;

pub use moving::Moving;
pub use ways::{Question, Ways};

use super::{list::List, world::World};
use crate::{
    domain::{
        ids::{CourierId, LegId, RoundId},
        round::{Round, Stop},
        time::Instant,
    },
    planning::{
        day::{self, Asked, Day, Found, Stage},
        problem::{JobIndex, VehicleIndex},
        reasons::Explanation,
        schedule::Schedule,
    },
};
use jiff::civil::{Date, Time};
use std::{cmp::Reverse, sync::Arc};

/// What is shown below the rounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// The stops of the selected round.
    #[default]
    Stops,
    /// The legs that no round carries, and why.
    Unplanned,
    /// Where it goes.
    Map,
}

impl Tab {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Stops, Self::Unplanned, Self::Map];

    /// The one to the right; behind the last the first.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Stops => Self::Unplanned,
            Self::Unplanned => Self::Map,
            Self::Map => Self::Stops,
        }
    }

    /// The one to the left; before the first the last.
    #[must_use]
    pub const fn before(self) -> Self {
        self.next().next()
    }
}

/// Where the keys go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// To the rounds.
    #[default]
    Board,
    /// To what is shown below them.
    Below,
}

/// A line of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Row {
    /// A round.
    Round(RoundId),
    /// A courier on shift who has none in that time.
    Courier(CourierId, Time),
}

/// A day with its times.
#[derive(Debug)]
pub struct Shown {
    /// The day.
    pub day: Arc<Day>,
    /// When everything happens on its rounds as they are.
    pub schedule: Schedule,
}

impl Shown {
    /// Reckons the times of a day.
    pub fn of(day: Day) -> Self {
        let schedule = Schedule::of(&day.problem, &day.routes);
        Self { day: Arc::new(day), schedule }
    }

    /// Who drives a row of the board.
    pub fn vehicle(&self, row: Row) -> Option<VehicleIndex> {
        let is_row = |drive: &day::Drive| match (row, &drive.round) {
            (Row::Round(id), Some(round)) => round.id == id,
            (Row::Courier(id, from), None) => drive.courier == id && drive.shift.from() == from,
            _ => false,
        };
        self.day.drives.iter().position(is_row).map(VehicleIndex::from_at)
    }

    /// The row of the board of who drives a vehicle.
    pub fn row(&self, vehicle: VehicleIndex) -> Option<Row> {
        let drive = self.day.drive(vehicle)?;
        Some(match &drive.round {
            Some(round) => Row::Round(round.id),
            None => Row::Courier(drive.courier, drive.shift.from()),
        })
    }
}

/// What planning was asked, and what it found.
#[derive(Debug, Default)]
pub struct Search {
    /// The question that is worked on, or was.
    pub asked: Option<u64>,
    /// The day that it was about.
    pub about: Option<Arc<Shown>>,
    /// The plan that moves nobody.
    pub complete: Option<Found>,
    /// A better one, with others moved.
    pub better: Option<Found>,
}

/// Lines of the glass that the lists have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heights {
    /// The rounds.
    pub board: usize,
    /// The stops.
    pub stops: usize,
    /// What is not planned.
    pub unplanned: usize,
}

/// Who carries it, when.
#[derive(Debug, Default)]
pub struct Rounds {
    /// The day that is looked at; today if none.
    pub date: Option<Date>,
    /// What is shown below the rounds.
    pub tab: Tab,
    /// Where the keys go.
    pub pane: Pane,
    /// The rounds.
    pub board: List<Row>,
    /// The stops of the selected round.
    pub stops: List<Stop>,
    /// What is not planned.
    pub unplanned: List<LegId>,
    /// The stop that is being moved.
    pub moving: Option<Moving>,
    /// What planning was asked and found.
    pub search: Search,
    /// How long ways are reckoned to be.
    pub ways: Ways,
    shown: Option<Arc<Shown>>,
    /// What the lists were last settled by: rows, day, minute, heights, ways.
    settled: Option<(u64, Date, i64, Heights, u64)>,
    /// Whose stops are listed.
    listed: Option<Row>,
    /// The leg that comes next after one's own verb on what is not planned.
    next: Option<LegId>,
}

impl Rounds {
    /// The day that is looked at.
    pub fn day(&self, today: Date) -> Date {
        self.date.unwrap_or(today)
    }

    /// The day as it stands, once it was worked out.
    pub fn shown(&self) -> Option<&Arc<Shown>> {
        self.shown.as_ref()
    }

    /// Brings everything up to date, as far as anything that it follows from has changed.
    pub fn settle(&mut self, world: &World, today: Date, now: Instant, heights: Heights) {
        let date = self.day(today);
        let minute = now.as_micros().div_euclid(60_000_000);
        let settled = (world.board.generation(), date, minute, heights, self.ways.told.turn);
        if self.settled != Some(settled) {
            let another = self.settled.is_none_or(|(_, before, ..)| before != date);
            self.settled = Some(settled);
            let before = self.shown.as_ref().map(|shown| &*shown.day);
            let asked = Asked { date, now, wanted: None, before };
            let shown = Arc::new(Shown::of(day::of(world, &self.ways.told, asked)));
            if another {
                (self.board, self.stops, self.unplanned) = (List::default(), List::default(), List::default());
                (self.listed, self.moving) = (None, None);
            }
            self.board.settle(rows(world, &shown, date), heights.board);
            // Who has got a round meanwhile is looked at with it.
            if let (true, Some(Row::Courier(courier, _))) = (self.board.is_ghost(), self.board.selected()) {
                let of = |row: &&Row| match row {
                    Row::Round(id) => world.round(*id).is_some_and(|round| round.fields.courier_id == courier),
                    Row::Courier(..) => false,
                };
                if let Some(row) = self.board.order().iter().find(of).copied() {
                    self.board.select(row);
                }
            }
            self.unplanned.settle(unplanned(&shown), heights.unplanned);
            // A row that got a round stays only under the eyes of who looks at it.
            if self.unplanned.is_ghost() && (self.pane, self.tab) != (Pane::Below, Tab::Unplanned) {
                self.unplanned = List::default();
                self.unplanned.settle(unplanned(&shown), heights.unplanned);
            }
            if let Some(next) = self.next.take() {
                self.unplanned.select(next);
            }
            self.shown = Some(shown);
            self.ways.is_due = true;
            self.listed_stops(world, heights.stops);
        } else if self.listed != self.board.selected() {
            self.listed_stops(world, heights.stops);
        }
        if self.unplanned.order().is_empty() && self.tab == Tab::Unplanned && self.pane == Pane::Below {
            self.pane = Pane::Board;
        }
    }

    /// The stops of the selected round are listed, those of the moved one where it is moved to.
    pub fn listed_stops(&mut self, world: &World, height: usize) {
        let row = self.board.selected();
        // What is moved goes where it is moved to; anything else stays under the eyes.
        if self.listed != row || self.moving.is_some() {
            self.stops = List::default();
            self.listed = row;
        }
        let stops = row.map(|row| self.stops_of(world, row)).unwrap_or_default();
        // What comes next is what is dealt with first.
        let fresh = self.stops.selected().is_none();
        self.stops.settle(stops, height);
        if let Some(stop) = self.moving.as_ref().and_then(|moving| moving.shown.day.stop(moving.visit)) {
            self.stops.select(stop);
            return;
        }
        if fresh {
            let passed = self.passed().to_vec();
            let next = self.stops.order().iter().find(|stop| !passed.contains(stop)).copied();
            if let Some(next) = next {
                self.stops.select(next);
            }
        }
    }

    /// The stops that the courier of the selected round has been to.
    pub fn passed(&self) -> &[Stop] {
        let shown = self.shown.as_ref();
        let vehicle = shown.and_then(|shown| shown.vehicle(self.board.selected()?));
        let drive = shown.zip(vehicle).and_then(|(shown, vehicle)| shown.day.drive(vehicle));
        drive.map_or(&[], |drive| drive.passed.as_slice())
    }

    /// The stops of a round as they are shown, in their order.
    pub fn stops_of(&self, world: &World, row: Row) -> Vec<Stop> {
        if let Some(moving) = &self.moving
            && let Some(vehicle) = moving.shown.vehicle(row)
        {
            return moving.shown.day.stops(vehicle, moving.routes.of(vehicle));
        }
        match row {
            Row::Round(id) => world.board.get::<Round>(id).map(|shown| shown.row.stops.clone()).unwrap_or_default(),
            Row::Courier(..) => Vec::new(),
        }
    }

    /// The round that is selected.
    pub fn round(&self) -> Option<RoundId> {
        match self.board.selected()? {
            Row::Round(id) => Some(id),
            Row::Courier(..) => None,
        }
    }

    /// The leg that verbs act on: of the stop that is selected, or of what is not planned.
    pub fn leg(&self) -> Option<LegId> {
        match (self.tab, self.pane) {
            (Tab::Unplanned, Pane::Below) => self.unplanned.selected(),
            _ => self.stops.selected().map(|stop| stop.leg_id),
        }
    }

    /// Whether planning was asked about the day as it stands.
    pub fn is_asked(&self) -> bool {
        self.shown.as_ref().is_some_and(|shown| self.search.asked == Some(shown.day.question))
    }

    /// The day that planning was asked about, if that is the day as it stands.
    fn about(&self) -> Option<&Arc<Shown>> {
        self.search.about.as_ref().filter(|_| self.is_asked())
    }

    /// Why a leg has no place, if planning has told; with the day that it was asked about.
    pub fn why(&self, leg: LegId) -> Option<(&Arc<Shown>, &Explanation)> {
        let about = self.about()?;
        let job = about.day.job(leg)?;
        let why = self.search.complete.as_ref()?.why.iter().find(|why| why.job == job)?;
        Some((about, why))
    }

    /// Whether the plan that moves nobody has a place for a leg, and which.
    pub fn has_place(&self, leg: LegId) -> Option<(&Arc<Shown>, JobIndex)> {
        let about = self.about()?;
        let job = about.day.job(leg)?;
        let complete = self.search.complete.as_ref()?;
        (!complete.unplanned.contains(&job)).then_some((about, job))
    }

    /// The plans that can be taken, the one that moves nobody first: each puts something in, or is shorter.
    pub fn offers(&self) -> Vec<(&Arc<Shown>, &Found)> {
        let Some(about) = self.about() else { return Vec::new() };
        let found = [&self.search.complete, &self.search.better];
        let worth = |found: &&Found| found.routes != about.day.routes;
        found.into_iter().filter_map(Option::as_ref).filter(worth).map(|found| (about, found)).collect()
    }

    /// The day is asked about: what was found of another is forgotten.
    pub fn ask(&mut self) -> Option<Arc<Day>> {
        let shown = self.shown.clone()?;
        let day = Arc::clone(&shown.day);
        self.search = Search { asked: Some(day.question), about: Some(shown), ..Search::default() };
        Some(day)
    }

    /// Planning found something; an answer to another question is too late.
    pub fn found(&mut self, found: Found) {
        if self.search.asked != Some(found.question) {
            return;
        }
        match found.stage {
            Stage::Complete => self.search.complete = Some(found),
            Stage::Better => self.search.better = Some(found),
        }
    }

    /// After one's own verb on what is not planned: on to the next leg, and what has a round now is let go.
    pub fn dealt_with(&mut self) {
        let list = std::mem::take(&mut self.unplanned);
        self.next = list.order().get(list.index() + 1).or(list.order().get(list.index().wrapping_sub(1))).copied();
    }

    /// How many legs have no round; one that others took away is none of them.
    pub fn left_over(&self) -> usize {
        self.unplanned.order().len() - usize::from(self.unplanned.is_ghost())
    }
}

/// The rounds of the day, then who has none, each by the courier's name and the hour.
fn rows(world: &World, shown: &Shown, date: Date) -> Vec<Row> {
    let name = |id: CourierId| world.courier(id).map(|courier| courier.fields.name.to_string()).unwrap_or_default();
    let rounds = world.board.all::<Round>().map(|shown| shown.row);
    let mut rounds: Vec<_> = rounds
        .filter(|round| round.fields.shift.date() == date)
        .map(|round| (name(round.fields.courier_id), round.fields.shift.from(), Row::Round(round.id)))
        .collect();
    rounds.sort();
    let free = shown.day.drives.iter().filter(|drive| drive.round.is_none());
    let mut free: Vec<_> = free
        .map(|drive| (name(drive.courier), drive.shift.from(), Row::Courier(drive.courier, drive.shift.from())))
        .collect();
    free.sort();
    rounds.into_iter().chain(free).map(|(.., row)| row).collect()
}

/// What no round carries, the most pressing first; what waits for something else last.
fn unplanned(shown: &Shown) -> Vec<LegId> {
    let day = &shown.day;
    let mut legs: Vec<_> = day
        .routes
        .unplanned(&day.problem)
        .into_iter()
        .filter_map(|job| {
            let (carried, told) = day.carried(job).zip(day.problem.job(job))?;
            let due = carried.due.map_or(i64::MAX, whole);
            Some((Reverse(told.priority), due, carried.leg))
        })
        .collect();
    legs.sort();
    legs.into_iter().map(|(.., leg)| leg).chain(day.held_back.iter().map(|held| held.leg)).collect()
}

/// Whole seconds, to be put into an order.
#[expect(clippy::cast_possible_truncation, reason = "seconds of a few years")]
const fn whole(seconds: f64) -> i64 {
    seconds as i64
}
