//! The screen of who does what: the requests to give, the offers that are out, and the ranked providers of the one that is looked at.

mod ranks;
mod sieve;

pub use ranks::{Figures, deadline_of, next_by_itself, offers_of, policy, rank_all, ranking_of};

use super::{list::List, marks::Marks, reception::Item, requests::Requests, world::World};
use crate::{
    console::filter::Moment,
    domain::{
        beneficiary::Way,
        clock::{Clock, ClockKind, ClockState},
        entity::EntityKind,
        exception::{Exception, ExceptionState},
        held::{Held, HeldState},
        ids::{HeldId, OfferId, OperatorId, ProviderId, RequestId},
        offer::{Offer, OfferState},
        ranking::Ranking,
        request::{Request, RequestState},
        time::Instant,
    },
    wire::catalogue::Command,
};
use ranks::Ranks;
use sieve::Sieve;
use std::{collections::HashMap, hash::Hash, sync::Arc};

/// What is listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// Requests that nobody does yet.
    #[default]
    ToAssign,
    /// Offers that are out.
    Offers,
    /// Those of them that are told by telephone.
    ToCall,
    /// What trainees prepared.
    Held,
}

impl Tab {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::ToAssign, Self::Offers, Self::ToCall, Self::Held];

    /// The one to the right; behind the last the first.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::ToAssign => Self::Offers,
            Self::Offers => Self::ToCall,
            Self::ToCall => Self::Held,
            Self::Held => Self::ToAssign,
        }
    }

    /// The one to the left; before the first the last.
    #[must_use]
    pub const fn before(self) -> Self {
        match self {
            Self::ToAssign => Self::Held,
            Self::Offers => Self::ToAssign,
            Self::ToCall => Self::Offers,
            Self::Held => Self::ToCall,
        }
    }
}

/// Where the keys go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// To the list.
    #[default]
    Rows,
    /// To the providers of its selected row.
    Providers,
}

/// Who looks at what trainees prepared.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// Whose console it is.
    pub me: OperatorId,
    /// Whether they learn themselves: then others' work is not theirs to judge.
    pub learns: bool,
}

impl Reader {
    /// Whether it is for them: others' work to look at, one's own that waits or came back.
    pub fn reads(self, held: &Held) -> bool {
        if held.operator_id == self.me {
            return held.state == HeldState::Held || held.is_to_take_up();
        }
        held.state == HeldState::Held && !self.learns
    }
}

/// Who does it.
#[derive(Debug, Default)]
pub struct Dispatch {
    /// What is listed.
    pub tab: Tab,
    /// Where the keys go.
    pub pane: Pane,
    /// Requests that nobody does yet.
    pub to_assign: List<RequestId>,
    /// Offers that are out.
    pub offers: List<OfferId>,
    /// Those that are told by telephone.
    pub to_call: List<OfferId>,
    /// What trainees prepared.
    pub held: List<HeldId>,
    /// What is marked of the requests for a bulk.
    pub marks: Marks<RequestId>,
    /// What the office told beside the rows.
    pub figures: Figures,
    /// What the lists are filtered by.
    pub sieve: Sieve,
    /// How many rows each list has without the filter, in the order of the tabs.
    all: [usize; 4],
    /// The provider that was chosen, and for which request.
    chosen: Option<(RequestId, ProviderId)>,
    /// Every offer for an open request.
    by_request: HashMap<RequestId, Vec<Arc<Offer>>>,
    /// What is in the way of jobs that are given, as their providers told.
    problems: HashMap<RequestId, Arc<Exception>>,
    ranks: Ranks,
    settled: Option<Settled>,
}

/// What the lists were last settled by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Settled {
    /// The generation of the rows.
    generation: u64,
    height: usize,
    /// The minute, where the filter looks at the time.
    minute: i64,
}

/// Whether the lists come of another filter than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filtered {
    /// They do: what it hides is let go.
    Anew,
    /// What is gone was taken away by others.
    AsBefore,
}

impl Filtered {
    fn bring<K: Copy + Eq + Hash>(self, list: &mut List<K>, order: impl Iterator<Item = K>, height: usize) {
        match self {
            Self::Anew => list.settle_filtered(order, height),
            Self::AsBefore => list.settle(order, height),
        }
    }
}

/// When the time is over in which somebody is to be found, and when the job is wanted: what is most pressing comes first.
fn pressing(world: &World, request: &Request) -> (Instant, Instant, RequestId) {
    let runs =
        |clock: &&Clock| clock.kind() == ClockKind::Assignment && matches!(clock.state(), ClockState::Running { .. });
    let left = request.clocks.iter().filter(runs).map(Clock::due_at).min().unwrap_or(Instant::MAX);
    let zone = world.zone(request.fields.site_id);
    (left, request.fields.when.map_or(Instant::MAX, |when| when.end(&zone)), request.id)
}

impl Dispatch {
    /// Brings lists and ranking up to date, as far as anything they follow from has changed.
    pub fn settle(&mut self, world: &World, requests: &mut Requests, reader: Reader, at: Moment, height: usize) {
        let filter = if self.sieve.read() { Filtered::Anew } else { Filtered::AsBefore };
        let now = at.now;
        let is_timed = !self.sieve.understood().is_empty();
        let minute = if is_timed { now.as_micros().div_euclid(60_000_000) } else { 0 };
        let settled = Settled { generation: world.board.generation(), height, minute };
        if filter == Filtered::Anew || self.settled != Some(settled) {
            self.settled = Some(settled);
            self.lists((world, requests), reader, &at, filter, height);
        }
        let Some(request) = self.looked_at(world).and_then(|id| world.request(id)) else {
            self.chosen = None;
            self.pane = Pane::Rows;
            return;
        };
        if self.chosen.is_some_and(|(of, _)| of != request.row.id) {
            self.chosen = None;
            self.pane = Pane::Rows;
        }
        // Of an offer that is to be looked at again the provider is the one that stands in it.
        if let Some(Command::PrepareOffer { body, .. }) = self.prepared(world) {
            self.chosen = Some((body.request_id, body.provider_id));
        }
        self.rank(world, now, request.row);
    }

    /// Ranks the providers of the rows beside the selected one: whoever moves there does not wait for it.
    pub fn rank_ahead(&mut self, world: &World, now: Instant) {
        if self.tab != Tab::ToAssign {
            return;
        }
        let at = self.to_assign.index();
        for place in [Some(at + 1), at.checked_sub(1)].into_iter().flatten() {
            let beside = self.to_assign.order().get(place).and_then(|id| world.request(*id));
            if let Some(request) = beside {
                self.rank(world, now, request.row);
            }
        }
    }

    fn rank(&mut self, world: &World, now: Instant, request: &Arc<Request>) {
        let offers = self.by_request.get(&request.id).map_or(&[][..], Vec::as_slice);
        self.ranks.bring(world, &self.figures, now, request, offers);
    }

    fn lists(
        &mut self,
        (world, requests): (&World, &mut Requests),
        reader: Reader,
        at: &Moment,
        filter: Filtered,
        height: usize,
    ) {
        let passing = self.sieve.passing(world, requests, at);
        let triaged =
            world.board.requests_in(RequestState::Triaged).filter(|shown| shown.row.state == RequestState::Triaged);
        let mut order: Vec<_> = triaged.map(|shown| pressing(world, shown.row)).collect();
        let to_assign = order.len();
        order.retain(|(.., id)| passing.as_ref().is_none_or(|passing| passing.request(*id)));
        order.sort_unstable();
        filter.bring(&mut self.to_assign, order.into_iter().map(|(.., id)| id), height);
        self.by_request.clear();
        let problems = world
            .board
            .all::<Exception>()
            .map(|shown| shown.row)
            .filter(|row| row.state == ExceptionState::Open && row.fields.about.kind == EntityKind::Request);
        self.problems = problems.map(|row| (row.fields.about.id.into(), Arc::clone(row))).collect();
        let mut out = Vec::new();
        let (mut offers, mut to_call) = (0, 0);
        let passes = |offer: &Offer| passing.as_ref().is_none_or(|passing| passing.offer(offer));
        for shown in world.board.all::<Offer>() {
            let offer = shown.row;
            self.by_request.entry(offer.fields.request_id).or_default().push(Arc::clone(offer));
            if matches!(offer.state, OfferState::Prepared | OfferState::Sent | OfferState::Seen) {
                let is_called = offer.fields.way == Way::Telephone && offer.state != OfferState::Prepared;
                offers += 1;
                to_call += usize::from(is_called);
                if passes(offer) {
                    out.push((true, offer.fields.deadline, offer.id, is_called));
                }
            }
            // What a provider cannot do after all comes first.
            if offer.state == OfferState::Accepted && self.problems.contains_key(&offer.fields.request_id) {
                offers += 1;
                if passes(offer) {
                    out.push((false, offer.fields.deadline, offer.id, false));
                }
            }
        }
        out.sort_unstable();
        filter.bring(&mut self.offers, out.iter().map(|(_, _, id, _)| *id), height);
        let called = out.iter().filter(|(.., is_called)| *is_called).map(|(_, _, id, _)| *id);
        filter.bring(&mut self.to_call, called, height);
        let held = world.board.all::<Held>().map(|shown| shown.row).filter(|held| reader.reads(held));
        let held: Vec<_> = held.collect();
        self.all = [to_assign, offers, to_call, held.len()];
        let held = held.into_iter().filter(|held| passing.as_ref().is_none_or(|passing| passing.held(held)));
        let mut held: Vec<_> = held.map(|held| (held.state != HeldState::Returned, held.at, held.id)).collect();
        held.sort_unstable();
        filter.bring(&mut self.held, held.into_iter().map(|(.., id)| id), height);
        self.marks.retain(|id| world.request(id).is_some_and(|shown| shown.row.state == RequestState::Triaged));
    }

    /// The row that verbs act on.
    pub fn selected(&self) -> Option<Item> {
        match self.tab {
            Tab::ToAssign => self.to_assign.selected().map(Item::Request),
            Tab::Offers => self.offers.selected().map(Item::Offer),
            Tab::ToCall => self.to_call.selected().map(Item::Offer),
            Tab::Held => self.held.selected().map(Item::Held),
        }
    }

    /// The command that a trainee prepared, if one of those is selected.
    pub fn prepared(&self, world: &World) -> Option<Command> {
        match self.selected()? {
            Item::Held(id) => Command::of_held(world.held_one(id)?).ok(),
            _ => None,
        }
    }

    /// The offer that is selected, if offers are listed.
    pub fn offer(&self) -> Option<OfferId> {
        match self.tab {
            Tab::ToAssign | Tab::Held => None,
            Tab::Offers => self.offers.selected(),
            Tab::ToCall => self.to_call.selected(),
        }
    }

    /// The request of the selected row.
    pub fn looked_at(&self, world: &World) -> Option<RequestId> {
        match self.selected()? {
            Item::Request(id) => Some(id),
            Item::Offer(id) => Some(world.offer(id)?.fields.request_id),
            Item::Held(_) => match self.prepared(world)? {
                Command::PrepareOffer { body, .. } => Some(body.request_id),
                _ => None,
            },
            _ => None,
        }
    }

    /// How many rows a tab has; the one that others took away is none of them.
    pub fn count(&self, tab: Tab) -> usize {
        let (rows, ghost) = match tab {
            Tab::ToAssign => (self.to_assign.order().len(), self.to_assign.is_ghost()),
            Tab::Offers => (self.offers.order().len(), self.offers.is_ghost()),
            Tab::ToCall => (self.to_call.order().len(), self.to_call.is_ghost()),
            Tab::Held => (self.held.order().len(), self.held.is_ghost()),
        };
        rows - usize::from(ghost)
    }

    /// How many rows a tab has without the filter.
    pub fn all(&self, tab: Tab) -> usize {
        let [to_assign, offers, to_call, held] = self.all;
        match tab {
            Tab::ToAssign => to_assign,
            Tab::Offers => offers,
            Tab::ToCall => to_call,
            Tab::Held => held,
        }
    }

    /// The offers for a request that is listed, the oldest first.
    pub fn offers_of(&self, request: RequestId) -> &[Arc<Offer>] {
        self.by_request.get(&request).map_or(&[], Vec::as_slice)
    }

    /// What is in the way of a job that is given.
    pub fn problem(&self, request: RequestId) -> Option<&Arc<Exception>> {
        self.problems.get(&request)
    }

    /// The ranking of the request that is looked at, once it is worked out.
    pub fn ranking(&self, request: RequestId) -> Option<&Arc<Ranking>> {
        self.ranks.get(request)
    }

    /// The provider that was chosen for a request; none if it is left to the ranking.
    pub fn chosen(&self, request: RequestId) -> Option<ProviderId> {
        self.chosen.filter(|(of, _)| *of == request).map(|(_, provider)| provider)
    }

    /// Chooses a provider for a request.
    pub fn choose(&mut self, request: RequestId, provider: ProviderId) {
        self.chosen = Some((request, provider));
    }

    /// Leaves the choice to the ranking, and the keys to the list.
    pub fn leave_providers(&mut self) {
        self.chosen = None;
        self.pane = Pane::Rows;
    }
}
