//! Every request with what filter and order want of it, worked out once and again only where something changed.

use crate::{
    console::{
        filter::{Facts, Row},
        model::world::World,
    },
    domain::{
        assignment::{Assignment, Doer},
        beneficiary::Beneficiary,
        claim::{Claim, ClaimState},
        client::Client,
        clock::ClockState,
        entity::Entity,
        ids::{OperatorId, ProviderId, RequestId},
        offer::Offer,
        provider::Provider,
        request::{Request, RequestState, Requester},
        service::Service,
        site::Site,
        texts::ShortText,
        time::{Instant, When},
    },
    replica::{Kept, is_current},
};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

/// The parts of the list, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// A clock runs: the most pressing first.
    Running,
    /// None does: the oldest first.
    Quiet,
    /// Delivered, still to be settled.
    Done,
    /// Past.
    Ended,
}

impl Standing {
    /// Where a request stands in the list, and by which time among its like.
    pub fn of(request: &Request) -> (Self, Instant) {
        if !is_current(Request::KIND, request.state_name()) {
            return (Self::Ended, request.created_at);
        }
        if request.state == RequestState::Done {
            return (Self::Done, request.created_at);
        }
        match due(request) {
            Some(due) => (Self::Running, due),
            None => (Self::Quiet, request.created_at),
        }
    }
}

/// When the request's most pressing clock is due.
pub fn due(request: &Request) -> Option<Instant> {
    let running = request.clocks.iter().filter(|clock| matches!(clock.state(), ClockState::Running { .. }));
    running.map(crate::domain::clock::Clock::due_at).min()
}

/// A request with what filter and order want of it.
#[derive(Debug)]
pub struct Cached {
    row: Arc<Request>,
    order: (Standing, Instant),
    text: Option<Box<Folded>>,
}

/// What filters look at, with what of it does not stand in the request.
#[derive(Debug)]
struct Folded {
    row: Row,
    operator: Option<OperatorId>,
    provider: Option<ProviderId>,
}

impl Cached {
    fn of(row: &Arc<Request>) -> Self {
        Self { row: Arc::clone(row), order: Standing::of(row), text: None }
    }

    /// Brings it up to date; what its texts hold is folded again only if it differs.
    fn renew(&mut self, row: &Arc<Request>, world: &World, beside: &Beside, names: Names) {
        let is_same = Arc::ptr_eq(&self.row, row);
        if !is_same {
            self.row = Arc::clone(row);
            self.order = Standing::of(row);
        }
        let holds = |text: &Folded| {
            text.operator == beside.operator(row)
                // Whose job it is stands behind the request itself.
                && (row.state != RequestState::Offered || text.provider == beside.provider(world, row))
        };
        if !is_same || names == Names::Changed || !self.text.as_deref().is_some_and(holds) {
            self.text = None;
        }
    }

    /// Whose row it is.
    pub fn id(&self) -> RequestId {
        self.row.id
    }

    /// The request.
    pub fn row(&self) -> &Arc<Request> {
        &self.row
    }

    /// Its texts as filters look at them, once they are folded.
    pub fn text(&self) -> Option<&Row> {
        self.text.as_deref().map(|text| &text.row)
    }
}

/// Who has to do with requests and does not stand in them.
#[derive(Debug, Default)]
struct Beside {
    claims: HashMap<Uuid, OperatorId>,
    offered: HashMap<RequestId, ProviderId>,
}

impl Beside {
    fn of(world: &World) -> Self {
        let claims = world.board.all::<Claim>().filter(|shown| shown.row.state != ClaimState::Released);
        let offers = world.board.all::<Offer>().filter(|shown| shown.row.is_live());
        Self {
            claims: claims.map(|shown| (shown.row.subject_id, shown.row.operator_id)).collect(),
            offered: offers.map(|shown| (shown.row.fields.request_id, shown.row.fields.provider_id)).collect(),
        }
    }

    /// Who holds a request.
    fn operator(&self, request: &Request) -> Option<OperatorId> {
        self.claims.get(&Uuid::from(request.id)).copied()
    }

    /// Who does a request, or is asked to.
    fn provider(&self, world: &World, request: &Request) -> Option<ProviderId> {
        match request.state {
            RequestState::Offered => self.offered.get(&request.id).copied(),
            _ => provider(world, request),
        }
    }
}

/// Whether a name has changed since last time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Names {
    AsBefore,
    Changed,
}

/// What came of working rows out in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refreshed {
    /// Their order is what it was.
    Same,
    /// Some have another place.
    Moved,
    /// They are not the same rows.
    Other,
}

/// Every request that the replica has.
#[derive(Debug, Default)]
pub struct Rows {
    /// In the order of the replica, so that the next walk over it finds each again.
    all: Vec<Cached>,
    /// Places in `all`, in the order of the list; those that have ended stand last.
    sorted: Vec<u32>,
    open: usize,
    beside: Beside,
    /// What names were last read by: they are in the texts.
    directory: u64,
    generation: Option<u64>,
}

impl Rows {
    /// Looks which rows changed since last time, and works those out anew.
    pub fn update(&mut self, world: &World) {
        let generation = world.board.generation();
        if self.generation == Some(generation) {
            return;
        }
        let directory = directory(world);
        let names = if self.directory == directory { Names::AsBefore } else { Names::Changed };
        self.beside = Beside::of(world);
        match self.refresh(world, names) {
            Refreshed::Same => {}
            Refreshed::Moved => self.sort(),
            Refreshed::Other => self.rebuild(world, names),
        }
        self.directory = directory;
        self.generation = Some(generation);
    }

    /// Works out in place what changed, as long as the rows are the same ones: nearly always.
    fn refresh(&mut self, world: &World, names: Names) -> Refreshed {
        let mut refreshed = Refreshed::Same;
        let mut known = self.all.iter_mut();
        for shown in world.board.all::<Request>() {
            let Some(cached) = known.next().filter(|cached| cached.row.id == shown.row.id) else {
                return Refreshed::Other;
            };
            let before = cached.order;
            cached.renew(shown.row, world, &self.beside, names);
            if cached.order != before {
                refreshed = Refreshed::Moved;
            }
        }
        if known.next().is_some() { Refreshed::Other } else { refreshed }
    }

    /// Rows came or went: those that stayed keep what was worked out.
    fn rebuild(&mut self, world: &World, names: Names) {
        let mut old = std::mem::take(&mut self.all).into_iter().peekable();
        let mut all = Vec::with_capacity(old.len() + 8);
        for shown in world.board.all::<Request>() {
            let id = shown.row.id;
            while old.next_if(|cached| cached.row.id < id).is_some() {}
            let mut cached = old.next_if(|cached| cached.row.id == id).unwrap_or_else(|| Cached::of(shown.row));
            cached.renew(shown.row, world, &self.beside, names);
            all.push(cached);
        }
        self.sorted = (0..).take(all.len()).collect();
        self.all = all;
        self.sort();
    }

    /// From the order that was: it is nearly the one that is.
    fn sort(&mut self) {
        let all = &self.all;
        let key = |place: &u32| {
            let cached = usize::try_from(*place).ok().and_then(|place| all.get(place));
            cached.map(|cached| (cached.order, cached.row.id))
        };
        self.sorted.sort_by_key(key);
        self.open = self
            .sorted
            .partition_point(|place| key(place).is_some_and(|((standing, _), _)| standing < Standing::Ended));
    }

    /// Folds the texts of all rows that have none: before the first filter, and of those that changed.
    pub fn fold_texts(&mut self, world: &World) {
        self.fold_some(world, usize::MAX);
    }

    /// Folds the texts of so many rows that have none; says whether any are left.
    pub fn fold_some(&mut self, world: &World, most: usize) -> bool {
        let mut without = self.all.iter_mut().filter(|cached| cached.text.is_none());
        for cached in without.by_ref().take(most) {
            let (operator, provider) = (self.beside.operator(&cached.row), self.beside.provider(world, &cached.row));
            let row = text(world, &cached.row, operator, provider);
            cached.text = Some(Box::new(Folded { row, operator, provider }));
        }
        without.next().is_some()
    }

    fn at(&self, places: &[u32]) -> impl Iterator<Item = &Cached> {
        places.iter().filter_map(|place| self.all.get(usize::try_from(*place).ok()?))
    }

    /// A request by its identifier: they stand in its order.
    pub fn of(&self, id: RequestId) -> Option<&Cached> {
        self.all.binary_search_by_key(&id, Cached::id).ok().and_then(|place| self.all.get(place))
    }

    /// What is not past, in the order of the list.
    pub fn open(&self) -> impl Iterator<Item = &Cached> {
        self.at(self.sorted.get(..self.open).unwrap_or_default())
    }

    /// How many are not past.
    pub fn open_count(&self) -> usize {
        self.open
    }

    /// What has ended and is still here.
    pub fn ended(&self) -> impl Iterator<Item = &Cached> {
        self.at(self.sorted.get(self.open..).unwrap_or_default())
    }

    /// The provider that has an open offer for the request.
    pub fn offered_to(&self, id: RequestId) -> Option<ProviderId> {
        self.beside.offered.get(&id).copied()
    }
}

/// Differs whenever a name may differ: versions only grow.
fn directory(world: &World) -> u64 {
    fn of<E: Kept>(world: &World) -> u64 {
        world.board.all::<E>().map(|shown| 1 + (u64::from(shown.row.version().get()) << 24)).sum()
    }
    of::<Site>(world) + of::<Service>(world) + of::<Provider>(world) + of::<Client>(world) + of::<Beneficiary>(world)
}

/// The provider that does it.
pub fn provider(world: &World, request: &Request) -> Option<ProviderId> {
    match world.board.get::<Assignment>(request.assignment_id?)?.row.fields.by {
        Doer::Provider { provider_id, .. } => Some(provider_id),
        Doer::OwnStaff { .. } => None,
    }
}

/// The texts of a request as filters look at them.
pub fn text(world: &World, request: &Request, operator: Option<OperatorId>, provider: Option<ProviderId>) -> Row {
    let fields = &request.fields;
    let service = fields.service_id.and_then(|id| world.service(id));
    let names = service.into_iter().flat_map(|service| {
        let fields = &service.fields;
        [Some(&fields.name), fields.name_en.as_ref()].into_iter().flatten().chain(&fields.synonyms)
    });
    let names: Vec<&str> = names.map(ShortText::as_str).collect();
    let site = fields.site_id.and_then(|id| world.site(id));
    let mut requester = Vec::new();
    let mut phones = Vec::new();
    match &fields.requester {
        Some(Requester::Person { id }) => {
            if let Some(person) = world.person(*id) {
                requester.extend(person.fields.given_name.as_ref().map(ShortText::as_str));
                requester.push(person.fields.family_name.as_str());
                phones.extend(person.fields.phones.iter().map(crate::domain::phone::PhoneNumber::as_str));
            }
        }
        Some(Requester::Organisation { id, contact_person }) => {
            requester.push(contact_person.as_str());
            requester.extend(world.board.get::<Client>(*id).map(|shown| shown.row.fields.name.as_str()));
        }
        None => {}
    }
    let provider = provider.and_then(|id| world.board.get::<Provider>(id));
    let mut words: Vec<&str> = request.search_words();
    // A family is no name of the service, but found by its words: « pressing ».
    words.extend(service.map(|service| service.fields.family.as_str()));
    let zone = world.zone(fields.site_id);
    Row::new(&Facts {
        number: request.number,
        state: request.state,
        channel: fields.channel,
        urgency: fields.urgency,
        service: &names,
        site: site.map_or("", |site| site.fields.name.as_str()),
        requester: &requester,
        phones: &phones,
        provider: provider.map_or("", |shown| shown.row.fields.name.as_str()),
        words: &words,
        came_in: request.created_at.civil(&zone).date(),
        due: fields.when.as_ref().map(|when| match when {
            When::Due { at } => at.date(),
            When::Window(part) => part.date(),
        }),
        late_from: due(request),
        operator,
    })
}
