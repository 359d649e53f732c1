//! What is known of a desk's place: what lies there and whose it is, what is expected, who waits, its lockers, what was paid.
//!
//! It is made whole when the desk opens. From then on only what was touched is looked at again: on a large site that is thousands of things
//! less for every act.

use super::{DeskRow, Group, Row, Tab, World, person_of};
use crate::{
    domain::{
        booking::{Booking, BookingState, Purpose},
        contact::ContactState,
        due,
        entity::{Entity as _, EntityKind},
        exception::{Exception, ExceptionState},
        ids::{BeneficiaryId, BookingId, ExceptionId, ItemId, LockerId, RequestId, SiteId},
        item::{Holder, Item, ItemState},
        locker::{Locker, LockerState},
        money::Cents,
        permanence::Permanence,
        posting::{Account, Posting, PostingKind},
        request::{Request, RequestState},
        service::Carriage,
        time::When,
    },
    replica::{self, RowRef, is_current},
};
use jiff::civil::DateTime;
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

/// The things that lie at a desk, by what they are handed back with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Things {
    all: Vec<ItemId>,
    /// Each group, in order, with where its things end in the list.
    groups: Vec<(Group, usize)>,
}

impl Things {
    /// Those of a group.
    pub fn of(&self, group: Group) -> &[ItemId] {
        let Ok(at) = self.place_of(group) else { return &[] };
        let end = self.groups.get(at).map_or(0, |(_, end)| *end);
        self.all.get(self.start(at)..end).unwrap_or_default()
    }

    /// The group that a thing is handed back with, if it lies here.
    pub fn group_of(&self, id: ItemId) -> Option<Group> {
        let place = self.all.iter().position(|known| *known == id)?;
        let at = self.groups.partition_point(|(_, end)| *end <= place);
        self.groups.get(at).map(|(group, _)| *group)
    }

    /// All of them.
    pub fn all(&self) -> &[ItemId] {
        &self.all
    }

    fn place_of(&self, group: Group) -> Result<usize, usize> {
        self.groups.binary_search_by_key(&group, |(group, _)| *group)
    }

    /// Where the things of the group at this place begin.
    fn start(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|before| self.groups.get(before)).map_or(0, |(_, end)| *end)
    }

    /// One comes; whether its group comes with it.
    fn put(&mut self, group: Group, id: ItemId) -> bool {
        let place = self.place_of(group);
        let (Ok(at) | Err(at)) = place;
        let start = self.start(at);
        if place.is_err() {
            self.groups.insert(at, (group, start));
        }
        let among = self.of(group).partition_point(|known| *known < id);
        self.all.insert(start + among, id);
        self.groups.iter_mut().skip(at).for_each(|(_, end)| *end += 1);
        place.is_err()
    }

    /// One goes; whether it was the last of its group.
    fn take(&mut self, group: Group, id: ItemId) -> bool {
        let (Ok(at), Ok(among)) = (self.place_of(group), self.of(group).binary_search(&id)) else { return false };
        self.all.remove(self.start(at) + among);
        self.groups.iter_mut().skip(at).for_each(|(_, end)| *end -= 1);
        let was_last = self.of(group).is_empty();
        if was_last {
            self.groups.remove(at);
        }
        was_last
    }
}

impl FromIterator<(Group, ItemId)> for Things {
    fn from_iter<I: IntoIterator<Item = (Group, ItemId)>>(things: I) -> Self {
        let mut things: Vec<_> = things.into_iter().collect();
        things.sort_unstable();
        let ends = things.chunk_by(|(one, _), (other, _)| one == other).scan(0, |end, group| {
            *end += group.len();
            group.first().map(|(group, _)| (*group, *end))
        });
        Self { groups: ends.collect(), all: things.into_iter().map(|(_, id)| id).collect() }
    }
}

/// Where a thing in custody stands towards a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// It lies there for this person, as far as it is known for whom.
    Waits(Option<BeneficiaryId>),
    /// It is on its way there.
    Coming,
    /// Neither.
    Elsewhere,
}

/// What the lists follow from, of one thing in custody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fact {
    request: Option<RequestId>,
    standing: Standing,
}

impl Fact {
    /// With what a thing that waits is handed back, and to whom.
    fn waits(&self, id: ItemId) -> Option<(Group, Option<BeneficiaryId>)> {
        let Standing::Waits(owner) = self.standing else { return None };
        Some((self.request.map_or(Group::Thing(id), Group::Request), owner))
    }
}

/// The things of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    /// In custody, wherever.
    taken: usize,
    /// Of those, on their way to the desk.
    coming: usize,
}

/// A group in the order in which people are looked for: by the folded family name, what is nobody's first.
type Named = (Option<Arc<str>>, Option<BeneficiaryId>, Group);

/// What is on the tabs, as far as it is known here.
#[derive(Clone, Debug, Default, PartialEq)]
struct Tabs {
    sums: HashMap<BeneficiaryId, Cents>,
    /// The requests whose due is on a tab.
    charged: HashSet<RequestId>,
}

/// What is known of a desk's place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Here {
    facts: HashMap<ItemId, Fact>,
    counts: HashMap<RequestId, Count>,
    /// What lies here, by what it is handed back with.
    pub things: Things,
    back: Vec<Named>,
    /// By when they are expected, those of which it is not known last.
    expected: Vec<(bool, Option<DateTime>, RequestId)>,
    answers: Vec<Row>,
    lockers: Vec<LockerId>,
    exceptions: Vec<ExceptionId>,
    /// The live booking of each locker.
    pub bookings: HashMap<LockerId, BookingId>,
    tabs: Tabs,
    /// What was taken in notes and coins in the session.
    pub cash: Cents,
}

impl Here {
    /// All that is known of the place of a session.
    pub fn of(world: &World, session: &Permanence) -> Self {
        let site = session.fields.site_id;
        let mut here = Self::default();
        for shown in world.board.all::<Item>() {
            if let Some(fact) = world.fact(site, shown.row) {
                here.count(&fact, |count| *count += 1);
                here.facts.insert(shown.row.id, fact);
            }
        }
        let waiting = || here.facts.iter().filter_map(|(id, fact)| Some((*id, fact.waits(*id)?)));
        here.things = waiting().map(|(id, (group, _))| (group, id)).collect();
        here.back = world.by_name(waiting().map(|(_, (group, owner))| (owner, group)));
        let expected = world.board.requests_at(site).filter(|shown| here.is_expected(world, site, shown.row));
        here.expected = expected.map(|shown| expected_at(shown.row)).collect();
        here.expected.sort();
        here.answers = world.waiting_at(site);
        here.at_lockers(world, site);
        here.exceptions = world.exceptions_at(site);
        here.paid(world, session);
        here
    }

    /// Looks again at what was touched, and at what follows from it.
    pub fn follow(&mut self, world: &World, session: &Permanence, touched: impl Iterator<Item = RowRef>) {
        let site = session.fields.site_id;
        let mut things: BTreeSet<ItemId> = BTreeSet::new();
        let mut requests: BTreeSet<RequestId> = BTreeSet::new();
        let (mut answers, mut lockers, mut exceptions, mut paid) = (false, false, false, false);
        for row in touched {
            match row.kind {
                EntityKind::Item => _ = things.insert(row.id.into()),
                EntityKind::Request => {
                    requests.insert(row.id.into());
                    answers = true;
                }
                EntityKind::Contact | EntityKind::Claim => answers = true,
                EntityKind::Booking => lockers = true,
                EntityKind::Exception => exceptions = true,
                EntityKind::Posting => paid = true,
                // Rare, and much follows from it.
                EntityKind::Site
                | EntityKind::Service
                | EntityKind::Beneficiary
                | EntityKind::Permanence
                | EntityKind::Locker => {
                    *self = Self::of(world, session);
                    return;
                }
                EntityKind::Policy
                | EntityKind::Client
                | EntityKind::Contract
                | EntityKind::Holiday
                | EntityKind::Provider
                | EntityKind::Courier
                | EntityKind::Operator
                | EntityKind::RecurringOrder
                | EntityKind::Held
                | EntityKind::Reply
                | EntityKind::Offer
                | EntityKind::Assignment
                | EntityKind::Round
                | EntityKind::Leg => {}
            }
        }
        self.moved(world, site, things, requests);
        if answers {
            self.answers = world.waiting_at(site);
        }
        if lockers {
            self.at_lockers(world, site);
        }
        if exceptions {
            self.exceptions = world.exceptions_at(site);
        }
        if paid {
            self.paid(world, session);
        }
    }

    /// The rows of a tab, in the order of work.
    pub fn rows(&self, tab: Tab) -> Vec<DeskRow> {
        match tab {
            Tab::ToHandBack => self.back.iter().map(|(.., group)| DeskRow::Back(*group)).collect(),
            Tab::Expected => self.expected.iter().map(|(.., id)| DeskRow::Expected(*id)).collect(),
            Tab::Callbacks => self.answers.iter().copied().map(DeskRow::Answer).collect(),
            Tab::Lockers => self.lockers.iter().copied().map(DeskRow::Locker).collect(),
            Tab::Exceptions => self.exceptions.iter().copied().map(DeskRow::Exception).collect(),
        }
    }

    /// What a person owes: what stands on their tab, and what is put there when the things that lie here are handed back.
    pub fn owed(&self, world: &World, person: BeneficiaryId) -> Cents {
        let on_tab = self.tabs.sums.get(&person).copied().unwrap_or(Cents::ZERO);
        let sought = (world.sorted_under(person), Some(person));
        let first =
            self.back.partition_point(|(name, owner, _)| (name.as_deref(), *owner) < (sought.0.as_deref(), sought.1));
        let theirs = self.back.iter().skip(first).take_while(|(_, owner, _)| *owner == Some(person));
        let uncharged = theirs.filter_map(|(.., group)| match group {
            Group::Request(id) if !self.tabs.charged.contains(id) => world.request(*id),
            Group::Request(_) | Group::Thing(_) => None,
        });
        uncharged.fold(on_tab, |sum, shown| {
            let service = shown.row.fields.service_id.and_then(|id| world.service(id));
            let due = service.map_or(Cents::ZERO, |service| due::of_person(shown.row, &service.fields));
            sum.checked_add(due).unwrap_or(sum)
        })
    }

    /// Things and requests were touched.
    fn moved(&mut self, world: &World, site: SiteId, mut things: BTreeSet<ItemId>, mut requests: BTreeSet<RequestId>) {
        if !requests.is_empty() {
            let of_those = self.facts.iter().filter(|(_, fact)| fact.request.is_some_and(|id| requests.contains(&id)));
            things.extend(of_those.map(|(id, _)| *id));
        }
        // All of them go before any comes, for those of a request share its owner.
        for id in &things {
            if let Some(fact) = self.facts.remove(id) {
                requests.extend(fact.request);
                self.count(&fact, |count| *count -= 1);
                self.goes(*id, &fact);
            }
        }
        for id in things {
            if let Some(fact) = world.thing(id).and_then(|thing| world.fact(site, thing)) {
                requests.extend(fact.request);
                self.count(&fact, |count| *count += 1);
                self.comes(world, id, &fact);
                self.facts.insert(id, fact);
            }
        }
        if requests.is_empty() {
            return;
        }
        self.expected.retain(|(.., id)| !requests.contains(id));
        for id in requests {
            let request = world.request(id).map(|shown| shown.row);
            if let Some(request) = request.filter(|request| self.is_expected(world, site, request)) {
                let entry = expected_at(request);
                let place = self.expected.partition_point(|known| *known < entry);
                self.expected.insert(place, entry);
            }
        }
    }

    fn comes(&mut self, world: &World, id: ItemId, fact: &Fact) {
        let Some((group, owner)) = fact.waits(id) else { return };
        if self.things.put(group, id) {
            let entry = (owner.and_then(|owner| world.sorted_under(owner)), owner, group);
            let place = self.back.partition_point(|known| *known < entry);
            self.back.insert(place, entry);
        }
    }

    fn goes(&mut self, id: ItemId, fact: &Fact) {
        let Some((group, _)) = fact.waits(id) else { return };
        if self.things.take(group, id) {
            self.back.retain(|(.., known)| *known != group);
        }
    }

    fn count(&mut self, fact: &Fact, turn: impl Fn(&mut usize)) {
        let Some(request) = fact.request else { return };
        let count = self.counts.entry(request).or_default();
        turn(&mut count.taken);
        if fact.standing == Standing::Coming {
            turn(&mut count.coming);
        }
        if count.taken == 0 {
            self.counts.remove(&request);
        }
    }

    /// Whether somebody is to bring something for a job and has not yet, or something of it is on its way here.
    fn is_expected(&self, world: &World, site: SiteId, request: &Request) -> bool {
        let of_it = self.counts.get(&request.id).copied().unwrap_or_default();
        let early = matches!(
            request.state,
            RequestState::New | RequestState::Triaged | RequestState::Offered | RequestState::Assigned
        );
        let is_to_be_brought = || {
            let service = request.fields.service_id.and_then(|id| world.service(id));
            early
                && of_it.taken == 0
                && service.is_some_and(|service| service.fields.carriage == Carriage::ThereAndBack)
        };
        request.fields.site_id == Some(site) && request.is_open() && (of_it.coming > 0 || is_to_be_brought())
    }

    /// The site's lockers, with what is booked.
    fn at_lockers(&mut self, world: &World, site: SiteId) {
        let bookings = world.board.all::<Booking>().map(|shown| shown.row);
        let live = bookings.filter(|booking| is_current(Booking::KIND, booking.state_name()));
        self.bookings = live.map(|booking| (booking.fields.locker_id, booking.id)).collect();
        let mut lockers: Vec<_> = world.board.all::<Locker>().map(|shown| shown.row).collect();
        lockers.retain(|locker| locker.fields.site_id == site && !locker.archived);
        lockers.sort_by_cached_key(|locker| {
            let booking = self.bookings.get(&locker.id).and_then(|id| world.booking(*id));
            let name = locker.fields.name.as_str();
            (locker_order(locker, booking.map(|row| &**row)), name.len(), name.to_owned(), locker.id)
        });
        self.lockers = lockers.into_iter().map(|locker| locker.id).collect();
    }

    /// What was put on tabs and taken in.
    fn paid(&mut self, world: &World, session: &Permanence) {
        let postings = || world.board.all::<Posting>().map(|shown| shown.row);
        let reversed: BTreeSet<_> = postings().filter_map(|posting| posting.fields.reverses).collect();
        let mut tabs = Tabs::default();
        let mut cash = Vec::new();
        for posting in postings() {
            let fields = &posting.fields;
            if fields.kind == PostingKind::Charge && !reversed.contains(&posting.id) {
                tabs.charged.extend(fields.request_id);
            }
            for line in &fields.lines {
                match line.account {
                    Account::Person { beneficiary_id } => {
                        let sum = tabs.sums.entry(beneficiary_id).or_insert(Cents::ZERO);
                        *sum = sum.checked_add(line.amount).unwrap_or(*sum);
                    }
                    Account::Cash if fields.permanence_id == Some(session.id) => cash.push(line.amount),
                    _ => {}
                }
            }
        }
        self.tabs = tabs;
        self.cash = Cents::sum(cash).unwrap_or(Cents::ZERO);
    }
}

/// By when something is expected.
fn expected_at(request: &Request) -> (bool, Option<DateTime>, RequestId) {
    let at = match request.fields.when {
        Some(When::Due { at }) => Some(at),
        Some(When::Window(window)) => Some(window.date().to_datetime(window.from())),
        None => None,
    };
    (at.is_none(), at, request.id)
}

impl World {
    /// Where a thing stands towards the desk of a site; nowhere when it is not in custody.
    fn fact(&self, site: SiteId, thing: &Item) -> Option<Fact> {
        if thing.state != ItemState::InCustody {
            return None;
        }
        let fields = &thing.fields;
        let fact = |standing| Some(Fact { request: fields.request_id, standing });
        if self.lies_at(thing) == Some(site) {
            let request = fields.request_id.and_then(|id| self.request(id)).map(|shown| shown.row);
            // Its job is finished, or it has none.
            let finished = |request: &Request| {
                matches!(request.state, RequestState::Ready | RequestState::Done) || !request.is_open()
            };
            if request.is_none_or(|request| finished(request)) {
                let owner = match fields.request_id {
                    Some(_) => request.and_then(|request| person_of(request)),
                    None => fields.beneficiary_id,
                };
                return fact(Standing::Waits(owner));
            }
            return fact(Standing::Elsewhere);
        }
        let on_its_way = matches!(fields.holder, Holder::Courier { .. } | Holder::Provider { .. });
        fact(if on_its_way && fields.site_id == site { Standing::Coming } else { Standing::Elsewhere })
    }

    /// What a person's things are sorted under.
    fn sorted_under(&self, person: BeneficiaryId) -> Option<Arc<str>> {
        Some(crate::text::fold(self.person(person)?.fields.family_name.as_str()).into())
    }

    /// Groups, each once, in their order.
    fn by_name(&self, groups: impl Iterator<Item = (Option<BeneficiaryId>, Group)>) -> Vec<Named> {
        let mut all: Vec<_> = groups.collect();
        all.sort_unstable();
        all.dedup();
        // A name is folded once for all that is its owner's.
        let of_owners = all.chunk_by(|one, other| one.0 == other.0).flat_map(|own| {
            let name = own.first().and_then(|(owner, _)| self.sorted_under((*owner)?));
            own.iter().map(move |(owner, group)| (name.clone(), *owner, *group))
        });
        let mut named: Vec<Named> = of_owners.collect();
        named.sort_unstable();
        named
    }

    /// Who of a site waits for an answer: missed calls, open visits, questions that are out.
    fn waiting_at(&self, site: SiteId) -> Vec<Row> {
        let mut rows: Vec<Row> = self.missed().into_iter().map(|(shown, _)| Row::Contact(shown.row.id)).collect();
        let open = [replica::Lane::WalkIn, replica::Lane::LockerDrop];
        rows.extend(open.into_iter().flat_map(|lane| self.open_contacts(lane)).map(|shown| Row::Contact(shown.row.id)));
        rows.retain(|row| self.site_of(*row) == Some(site));
        let asked = self.board.requests_in(RequestState::Waiting);
        rows.extend(
            asked.filter(|shown| shown.row.fields.site_id == Some(site)).map(|shown| Row::Request(shown.row.id)),
        );
        let is_open = |row: &Row| match row {
            Row::Contact(id) => self.contact(*id).is_some_and(|shown| shown.row.state == ContactState::Open),
            _ => true,
        };
        rows.retain(is_open);
        rows
    }

    /// What record and world do not agree on at a site, the oldest first.
    fn exceptions_at(&self, site: SiteId) -> Vec<ExceptionId> {
        let open = self.board.all::<Exception>().map(|shown| shown.row);
        open.filter(|row| row.state == ExceptionState::Open && row.fields.site_id == Some(site))
            .map(|row| row.id)
            .collect()
    }
}

/// What presses comes first: overdue, to be emptied, filled, kept, free, out of order.
fn locker_order(locker: &Locker, booking: Option<&Booking>) -> u8 {
    match booking.map(|booking| (booking.state, booking.fields.purpose)) {
        Some((BookingState::Overdue, _)) => 0,
        Some((BookingState::Filled, Purpose::Deposit)) => 1,
        Some((BookingState::Filled, Purpose::Pickup)) => 2,
        Some(_) => 3,
        None if locker.state == LockerState::OutOfOrder => 5,
        None => 4,
    }
}

#[cfg(test)]
mod tests;
