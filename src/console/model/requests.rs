//! The screen of every request: what is listed, by which filter, what is marked, and what the office found in its past.

mod past;
mod rows;

pub use past::{Past, Searched};
pub use rows::{Rows, Standing, text as row_text};

use super::{
    list::{List, Step},
    marks::Marks,
    world::World,
};
use crate::{
    console::filter::{Filter, Moment, Row},
    domain::{
        ids::{ProviderId, RequestId},
        request::Request,
        time::Instant,
    },
    replica::Mark,
};
use std::{collections::BTreeSet, sync::Arc};
use uuid::Uuid;

/// The line between open work and the past: it stands in the list as a row of its own, which is never selected.
pub fn past_rule() -> RequestId {
    Uuid::nil().into()
}

/// Every request.
#[derive(Debug, Default)]
pub struct Requests {
    /// The rows.
    pub list: List<RequestId>,
    /// What is marked for a bulk.
    pub marked: Marks<RequestId>,
    /// The filter as it is typed.
    pub filter: String,
    /// What the office found in its past for the filter's words.
    pub past: Past,
    rows: Rows,
    /// The filter as it was understood, with the text that it was read from.
    read: (String, Filter),
    counts: Counts,
    settled: Option<Settled>,
    /// Whether texts are being folded ahead of the first letter.
    folds: bool,
}

/// Whether texts are folded ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// Some of those that are left.
    Some,
    /// No filter is being typed.
    Nothing,
}

/// Texts that are folded at once while nothing is typed: a key that comes then waits for no more.
const FOLDED_AT_ONCE: usize = 500;

/// How many rows there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Open requests in all.
    pub open: usize,
    /// Open requests that the filter lets pass.
    pub shown: usize,
    /// Past ones that it lets pass.
    pub past: usize,
}

/// What the list was last settled by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Settled {
    generation: u64,
    past: u64,
    /// The minute, where the filter looks at the time.
    minute: i64,
    height: usize,
}

/// A request as its row and card show it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The request.
    pub row: Arc<Request>,
    /// How it stands towards the office.
    pub mark: Mark,
    /// Whether only the office's past has it.
    pub is_past: bool,
}

impl Requests {
    /// Brings the rows up to date, if anything they follow from has changed.
    pub fn settle(&mut self, world: &World, moment: Moment, height: usize) {
        let is_read = self.read.0 == self.filter;
        if !is_read {
            self.read = (self.filter.clone(), Filter::parse(&self.filter));
            self.past.want(&self.read.1.words(), moment.now);
        }
        let is_timed = !self.read.1.is_empty();
        let settled = Settled {
            generation: world.board.generation(),
            past: self.past.generation(),
            minute: if is_timed { moment.now.as_micros().div_euclid(60_000_000) } else { 0 },
            height,
        };
        if is_read && self.settled == Some(settled) {
            return;
        }
        self.rows.update(world);
        let order = self.order(world, &moment);
        // A row that the operator's own filter hides is let go; one that others took away stays until the operator moves.
        if !is_read && self.list.selected().is_some_and(|selected| !order.contains(&selected)) {
            self.list = List::default();
        }
        self.list.settle(order, height);
        if self.list.selected() == Some(past_rule()) {
            self.list.step(Step::Down);
        }
        let known = |id: RequestId| world.request(id).is_some() || self.past.get(id).is_some();
        self.marked.retain(known);
        self.settled = Some(settled);
    }

    /// The texts of all rows, worked out where they are not: for a filter that looks at requests elsewhere.
    pub fn fold_texts(&mut self, world: &World) {
        self.rows.update(world);
        self.rows.fold_texts(world);
    }

    /// The texts of a request as filters look at them, once they are worked out.
    pub fn text_of(&self, id: RequestId) -> Option<&Row> {
        self.rows.of(id)?.text()
    }

    /// Folds some of the texts that a filter is about to look at, as long as one is being typed.
    pub fn fold_ahead(&mut self, world: &World, fold: Fold) {
        if fold == Fold::Some {
            self.rows.update(world);
        }
        self.folds = fold == Fold::Some && self.rows.fold_some(world, FOLDED_AT_ONCE);
    }

    /// Whether texts are left to be folded ahead.
    pub fn folds(&self) -> bool {
        self.folds
    }

    fn order(&mut self, world: &World, moment: &Moment) -> Vec<RequestId> {
        let filter = &self.read.1;
        let all = self.rows.open_count();
        if filter.is_empty() {
            self.counts = Counts { open: all, shown: all, past: 0 };
            return self.rows.open().map(rows::Cached::id).collect();
        }
        let test = filter.at(moment);
        self.rows.fold_texts(world);
        let accepted = |cached: &&rows::Cached| cached.text().is_some_and(|text| test.accepts(text));
        let mut order: Vec<RequestId> = self.rows.open().filter(accepted).map(rows::Cached::id).collect();
        let shown = order.len();
        // What has just ended is here without the office's help.
        let mut past: Vec<(Instant, RequestId)> =
            self.rows.ended().filter(accepted).map(|cached| (cached.row().created_at, cached.id())).collect();
        let found = self.past.found().filter(|request| world.request(request.id).is_none());
        past.extend(
            found
                .filter(|request| test.accepts(&rows::text(world, request, None, rows::provider(world, request))))
                .map(|request| (request.created_at, request.id)),
        );
        past.sort_unstable_by(|one, other| other.cmp(one));
        self.counts = Counts { open: all, shown, past: past.len() };
        if !order.is_empty() && !past.is_empty() {
            order.push(past_rule());
        }
        order.extend(past.into_iter().map(|(_, id)| id));
        order
    }

    /// The filter as it was understood at the last settling.
    pub fn understood(&self) -> &Filter {
        &self.read.1
    }

    /// How many rows there are.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// The request of a row, wherever it is known from.
    pub fn listed(&self, world: &World, id: RequestId) -> Option<Listed> {
        let here =
            world.request(id).map(|shown| Listed { row: Arc::clone(shown.row), mark: shown.mark, is_past: false });
        here.or_else(|| {
            let row = Arc::clone(self.past.get(id)?);
            Some(Listed { row, mark: Mark::Confirmed, is_past: true })
        })
    }

    /// The provider that has an open offer for the request, if one has.
    pub fn offered_to(&self, id: RequestId) -> Option<ProviderId> {
        self.rows.offered_to(id)
    }

    /// How many marked rows the filter hides.
    pub fn marked_hidden(&self) -> usize {
        if self.marked.is_empty() {
            return 0;
        }
        let shown: BTreeSet<&RequestId> = self.list.order().iter().collect();
        self.marked.iter().filter(|id| !shown.contains(id)).count()
    }

    /// Moves the selection as the operator asked, over the line to the past.
    pub fn step(&mut self, step: Step) {
        self.list.step(step);
        if self.list.selected() == Some(past_rule()) {
            self.list.step(match step {
                Step::Up | Step::PageUp | Step::Top => Step::Up,
                Step::Down | Step::PageDown | Step::Bottom => Step::Down,
            });
        }
    }

    /// Marks a row, or takes its mark away.
    pub fn mark(&mut self, id: RequestId) {
        self.marked.turn(id);
    }

    /// Marks every row from the last mark to the selected one.
    pub fn mark_range(&mut self) {
        let Some(selected) = self.list.selected() else { return };
        let order: Vec<RequestId> = self.list.order().iter().copied().filter(|id| *id != past_rule()).collect();
        self.marked.range(&order, selected);
    }

    /// Marks every row that the filter lets pass; if all are marked already, none.
    pub fn mark_all(&mut self) {
        let ghost = if self.list.is_ghost() { self.list.selected() } else { None };
        let shown = self.list.order().iter().copied().filter(|id| *id != past_rule() && Some(*id) != ghost);
        self.marked.all(shown);
    }
}
