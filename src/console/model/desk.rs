//! The desk of a permanence: what is to be handed back, what is expected, whom to call, the lockers; and what was scanned.

use super::{field::Field, list::List, reception::Item as Row, world::World};
use crate::{
    domain::{
        booking::{Booking, BookingState, Purpose},
        contact::ContactState,
        due,
        entity::Entity as _,
        exception::{Exception, ExceptionState},
        ids::{BeneficiaryId, BookingId, ExceptionId, ItemId, LockerId, PermanenceId, RequestId, SiteId},
        item::{Holder, Item, ItemState},
        locker::{Locker, LockerState},
        money::Cents,
        permanence::Explanation,
        posting::{Account, Posting, PostingKind},
        request::{Request, RequestState, Requester},
        service::Carriage,
        time::{Instant, When},
    },
    replica::{self, is_current},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

/// What the desk lists, from left to right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// What lies here for people who come.
    #[default]
    ToHandBack,
    /// What people bring, and what is on its way here.
    Expected,
    /// Who waits for an answer.
    Callbacks,
    /// The site's lockers.
    Lockers,
    /// What record and world do not agree on.
    Exceptions,
}

impl Tab {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::ToHandBack, Self::Expected, Self::Callbacks, Self::Lockers, Self::Exceptions];

    /// What is its own, of what each has.
    fn of<T>(self, [back, expected, answers, lockers, exceptions]: [T; 5]) -> T {
        match self {
            Self::ToHandBack => back,
            Self::Expected => expected,
            Self::Callbacks => answers,
            Self::Lockers => lockers,
            Self::Exceptions => exceptions,
        }
    }

    /// The one to the right; after the last the first.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::ToHandBack => Self::Expected,
            Self::Expected => Self::Callbacks,
            Self::Callbacks => Self::Lockers,
            Self::Lockers => Self::Exceptions,
            Self::Exceptions => Self::ToHandBack,
        }
    }

    /// The one to the left; before the first the last.
    #[must_use]
    pub const fn before(self) -> Self {
        match self {
            Self::ToHandBack => Self::Exceptions,
            Self::Expected => Self::ToHandBack,
            Self::Callbacks => Self::Expected,
            Self::Lockers => Self::Callbacks,
            Self::Exceptions => Self::Lockers,
        }
    }
}

/// Things that are handed back together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Those of a request.
    Request(RequestId),
    /// One that belongs to none.
    Thing(ItemId),
}

/// A row of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DeskRow {
    /// To be handed back.
    Back(Group),
    /// Expected.
    Expected(RequestId),
    /// Waits for an answer.
    Answer(Row),
    /// A locker.
    Locker(LockerId),
    /// A contradiction.
    Exception(ExceptionId),
}

/// Where keys go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// Into the field of labels: there at opening, and after each act.
    #[default]
    Scan,
    /// To the list.
    List,
}

/// A taking in that is under way: labels are scanned one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taking {
    /// For which request.
    pub request: RequestId,
    /// The labels so far.
    pub labels: Vec<String>,
}

/// A closing that is under way: each leftover is explained, then the cash box is counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Closing {
    /// What is explained already.
    pub explained: Vec<Explanation>,
    /// What is still to be explained.
    pub left: Vec<Group>,
}

/// Where the desk stands.
#[derive(Debug, Default)]
pub struct Desk {
    /// Whose desk; none while it was never opened.
    pub permanence: Option<PermanenceId>,
    /// The list that is shown.
    pub tab: Tab,
    /// Where keys go.
    pub focus: Focus,
    lists: [List<DeskRow>; 5],
    /// What is typed or scanned.
    pub scan: Field,
    /// What was scanned and is in hand: an Enter in the empty field hands it back.
    pub found: Vec<ItemId>,
    /// Whose things went back last, until one looks elsewhere: it is theirs to pay.
    pub served: Option<BeneficiaryId>,
    /// A taking in.
    pub taking: Option<Taking>,
    /// A closing.
    pub closing: Option<Closing>,
    /// What lies here, by what it is handed back with.
    pub things: Things,
    /// What persons owe, as far as it is not nothing.
    pub owed: HashMap<BeneficiaryId, Cents>,
    /// The live booking of each locker.
    pub bookings: HashMap<LockerId, BookingId>,
    /// What was taken in notes and coins here.
    pub cash: Cents,
    /// What the lists were last settled by.
    pub settled: Option<(u64, PermanenceId, usize)>,
}

impl Desk {
    /// That of a session, its field of labels ready.
    pub fn of(permanence: PermanenceId) -> Self {
        Self { permanence: Some(permanence), ..Self::default() }
    }

    /// The list of a tab.
    pub fn list(&self, tab: Tab) -> &List<DeskRow> {
        tab.of(self.lists.each_ref())
    }

    /// The list of a tab, to move in.
    pub fn list_mut(&mut self, tab: Tab) -> &mut List<DeskRow> {
        tab.of(self.lists.each_mut())
    }

    /// The row that is looked at.
    pub fn selected(&self) -> Option<DeskRow> {
        self.list(self.tab).selected()
    }

    /// The things of a group that lie here.
    pub fn things_of(&self, group: Group) -> &[ItemId] {
        self.things.of(group)
    }

    /// The request that a row is about.
    pub fn request_of(row: DeskRow) -> Option<RequestId> {
        match row {
            DeskRow::Back(Group::Request(id)) | DeskRow::Expected(id) | DeskRow::Answer(Row::Request(id)) => Some(id),
            DeskRow::Back(Group::Thing(_)) | DeskRow::Answer(_) | DeskRow::Locker(_) | DeskRow::Exception(_) => None,
        }
    }

    /// Nothing is in hand any more; the next label may come.
    pub fn at_rest(&mut self) {
        self.found.clear();
        self.scan.clear();
        self.focus = Focus::Scan;
    }
}

/// The things that lie at a desk, by what they are handed back with: one list, for it is made anew after every act.
#[derive(Clone, Debug, Default)]
pub struct Things {
    all: Vec<ItemId>,
    /// Each group, in order, with where its things end in the list.
    groups: Vec<(Group, usize)>,
}

impl Things {
    /// Those of a group.
    pub fn of(&self, group: Group) -> &[ItemId] {
        let Ok(at) = self.groups.binary_search_by_key(&group, |(group, _)| *group) else { return &[] };
        let start = at.checked_sub(1).and_then(|before| self.groups.get(before)).map_or(0, |(_, end)| *end);
        let end = self.groups.get(at).map_or(start, |(_, end)| *end);
        self.all.get(start..end).unwrap_or_default()
    }

    /// What they are handed back with.
    pub fn groups(&self) -> impl Iterator<Item = Group> {
        self.groups.iter().map(|(group, _)| *group)
    }

    /// All of them.
    pub fn all(&self) -> &[ItemId] {
        &self.all
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

/// All that the desk of a site lists, in the order of work.
#[derive(Debug, Default)]
pub struct Lists {
    /// The rows of each tab.
    pub rows: [Vec<DeskRow>; 5],
    /// What lies here.
    pub things: Things,
    /// The live booking of each locker.
    pub bookings: HashMap<LockerId, BookingId>,
}

impl World {
    /// A thing as it is shown.
    pub fn thing(&self, id: ItemId) -> Option<&Arc<Item>> {
        self.board.get::<Item>(id).map(|shown| shown.row)
    }

    /// A booking as it is shown.
    pub fn booking(&self, id: BookingId) -> Option<&Arc<Booking>> {
        self.board.get::<Booking>(id).map(|shown| shown.row)
    }

    /// The site at which a thing lies, at a desk or in a locker.
    pub fn lies_at(&self, item: &Item) -> Option<SiteId> {
        match &item.fields.holder {
            Holder::Concierge { site_id, .. } => Some(*site_id),
            Holder::Locker { locker_id } => self.locker(*locker_id).map(|locker| locker.fields.site_id),
            Holder::Beneficiary { .. } | Holder::Courier { .. } | Holder::Provider { .. } => None,
        }
    }

    /// Whether a thing waits for its owner: it is in the house's hands, and its job is finished or it has none.
    fn waits_for_owner(&self, item: &Item) -> bool {
        let finished = |request: &Request| matches!(request.state, RequestState::Ready | RequestState::Done);
        let request = item.fields.request_id.and_then(|id| self.request(id));
        item.state == ItemState::InCustody && request.is_none_or(|shown| finished(shown.row) || !shown.row.is_open())
    }

    /// Whose a thing is: as it was said, else who asked for its job.
    pub fn owner_of(&self, item: &Item) -> Option<BeneficiaryId> {
        item.fields.beneficiary_id.or_else(|| {
            let request = self.request(item.fields.request_id?)?;
            person_of(request.row)
        })
    }

    /// Whose a group is that a thing is in.
    fn owner_in(&self, group: Group, item: &Item) -> Option<BeneficiaryId> {
        match group {
            Group::Request(id) => person_of(self.request(id)?.row),
            Group::Thing(_) => self.owner_of(item),
        }
    }

    /// Whose the things of a group are.
    pub fn owner_of_group(&self, group: Group) -> Option<BeneficiaryId> {
        match group {
            Group::Request(id) => person_of(self.request(id)?.row),
            Group::Thing(id) => self.owner_of(self.thing(id)?),
        }
    }

    /// What a desk at this site lists.
    pub fn desk(&self, site: SiteId) -> Lists {
        let mut lists = Lists::default();
        let mut waiting: Vec<(Group, ItemId, Option<BeneficiaryId>)> = Vec::new();
        let mut coming: BTreeSet<RequestId> = BTreeSet::new();
        let mut taken: BTreeSet<RequestId> = BTreeSet::new();
        for shown in self.board.all::<Item>().filter(|shown| shown.row.state == ItemState::InCustody) {
            let item = shown.row;
            taken.extend(item.fields.request_id);
            if self.lies_at(item) == Some(site) {
                if self.waits_for_owner(item) {
                    let group = item.fields.request_id.map_or(Group::Thing(item.id), Group::Request);
                    waiting.push((group, item.id, self.owner_in(group, item)));
                }
            } else if item.fields.site_id == site
                && matches!(item.fields.holder, Holder::Courier { .. } | Holder::Provider { .. })
            {
                coming.extend(item.fields.request_id);
            }
        }
        for shown in self.board.all::<Booking>().filter(|shown| is_current(Booking::KIND, shown.row.state_name())) {
            lists.bookings.insert(shown.row.fields.locker_id, shown.row.id);
        }
        lists.things = waiting.iter().map(|(group, id, _)| (*group, *id)).collect();
        let back = self.by_name(waiting.into_iter().map(|(group, _, owner)| (group, owner)));
        let due = |request: &Request| match request.fields.when {
            Some(When::Due { at }) => Some(at),
            Some(When::Window(window)) => Some(window.date().to_datetime(window.from())),
            None => None,
        };
        let mut expected: Vec<_> = (self.board.requests_at(site))
            .filter(|shown| coming.contains(&shown.row.id) || self.is_to_be_brought(shown.row, &taken))
            .map(|shown| (due(shown.row).is_none(), due(shown.row), shown.row.id))
            .collect();
        expected.sort();
        let mut lockers: Vec<_> = self.board.all::<Locker>().map(|shown| shown.row).collect();
        lockers.retain(|locker| locker.fields.site_id == site && !locker.archived);
        lockers.sort_by_cached_key(|locker| {
            let booking = lists.bookings.get(&locker.id).and_then(|id| self.booking(*id));
            let name = locker.fields.name.as_str();
            (locker_order(locker, booking.map(|row| &**row)), name.len(), name.to_owned(), locker.id)
        });
        lists.rows = [
            back.into_iter().map(DeskRow::Back).collect(),
            expected.into_iter().map(|(.., id)| DeskRow::Expected(id)).collect(),
            self.waiting_at(site).into_iter().map(DeskRow::Answer).collect(),
            lockers.into_iter().map(|locker| DeskRow::Locker(locker.id)).collect(),
            self.exceptions_at(site).into_iter().map(DeskRow::Exception).collect(),
        ];
        lists
    }

    /// Groups, each once, by their owners' family names, as people are looked for; those of nobody first.
    fn by_name(&self, groups: impl Iterator<Item = (Group, Option<BeneficiaryId>)>) -> Vec<Group> {
        // A name is folded and compared once for all that is its owner's: on a large site that was most of the work of an act.
        let mut all: Vec<(Option<BeneficiaryId>, Group)> = groups.map(|(group, owner)| (owner, group)).collect();
        all.sort_unstable();
        all.dedup();
        let name = |owner: BeneficiaryId| Some(crate::text::fold(self.person(owner)?.fields.family_name.as_str()));
        let of_owners = all.chunk_by(|one, other| one.0 == other.0);
        let mut named: Vec<_> =
            of_owners.map(|own| (own.first().and_then(|(owner, _)| name((*owner)?)), own)).collect();
        named.sort_unstable();
        named.into_iter().flat_map(|(_, own)| own.iter().map(|(_, group)| *group)).collect()
    }

    /// Whether somebody is to bring something for a job, and has not yet.
    fn is_to_be_brought(&self, request: &Request, taken: &BTreeSet<RequestId>) -> bool {
        let early = matches!(
            request.state,
            RequestState::New | RequestState::Triaged | RequestState::Offered | RequestState::Assigned
        );
        let service = request.fields.service_id.and_then(|id| self.service(id));
        early
            && !taken.contains(&request.id)
            && service.is_some_and(|service| service.fields.carriage == Carriage::ThereAndBack)
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

    /// What every person owes, as far as it is not nothing: what stands on their tabs, and what is put there when the things that lie
    /// here are handed back.
    pub fn owed(&self, here: &Things) -> HashMap<BeneficiaryId, Cents> {
        let mut owed: HashMap<BeneficiaryId, Cents> = HashMap::new();
        let mut charged: BTreeSet<RequestId> = BTreeSet::new();
        let mut add = |person: BeneficiaryId, amount: Cents| {
            let sum = owed.entry(person).or_insert(Cents::ZERO);
            *sum = sum.checked_add(amount).unwrap_or(*sum);
        };
        let reversed: BTreeSet<_> = self.board.all::<Posting>().filter_map(|shown| shown.row.fields.reverses).collect();
        for shown in self.board.all::<Posting>() {
            let fields = &shown.row.fields;
            if fields.kind == PostingKind::Charge && !reversed.contains(&shown.row.id) {
                charged.extend(fields.request_id);
            }
            for line in &fields.lines {
                if let Account::Person { beneficiary_id } = line.account {
                    add(beneficiary_id, line.amount);
                }
            }
        }
        for group in here.groups() {
            let Group::Request(id) = group else { continue };
            let Some(request) = self.request(id).map(|shown| shown.row).filter(|_| !charged.contains(&id)) else {
                continue;
            };
            let service = request.fields.service_id.and_then(|id| self.service(id));
            if let (Some(person), Some(service)) = (person_of(request), service) {
                add(person, due::of_person(request, &service.fields));
            }
        }
        owed.retain(|_, sum| *sum != Cents::ZERO);
        owed
    }

    /// What was taken in notes and coins in a permanence.
    pub fn cash_taken(&self, permanence: PermanenceId) -> Cents {
        let of = self.board.all::<Posting>().filter(|shown| shown.row.fields.permanence_id == Some(permanence));
        let lines = of.flat_map(|shown| &shown.row.fields.lines).filter(|line| line.account == Account::Cash);
        Cents::sum(lines.map(|line| line.amount)).unwrap_or(Cents::ZERO)
    }

    /// Things in custody with this label, or whose label ends so if none is called that: and what is known of it though it went back.
    pub fn labelled(&self, read: &str) -> Vec<Arc<Item>> {
        use crate::domain::label::{ends_so, is_called};
        let all = || self.board.all::<Item>().map(|shown| shown.row);
        let whole: Vec<_> = all().filter(|item| is_called(&item.fields.label, read)).cloned().collect();
        let mut found = if whole.is_empty() {
            all().filter(|item| ends_so(&item.fields.label, read)).cloned().collect()
        } else {
            whole
        };
        // What is out is meant before what went back; of that, what is remembered last.
        if found.iter().any(|item: &Arc<Item>| item.state != ItemState::HandedBack) {
            found.retain(|item| item.state != ItemState::HandedBack);
        } else {
            found.sort_by_key(|item| item.trail.last().map(|custody| custody.occurred_at));
            found.drain(..found.len().saturating_sub(1));
        }
        found
    }

    /// How long a live booking is over its time.
    pub fn overdue_since(&self, booking: &Booking, now: Instant) -> Option<Instant> {
        let filled = matches!(booking.state, BookingState::Filled | BookingState::Overdue);
        (filled && booking.fields.until < now).then_some(booking.fields.until)
    }
}

/// Who asked for a job, if it was a person.
pub fn person_of(request: &Request) -> Option<BeneficiaryId> {
    match request.fields.requester {
        Some(Requester::Person { id }) => Some(id),
        _ => None,
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
mod tests {
    use super::*;
    use crate::wire::fresh;

    #[test]
    fn things_are_found_by_what_they_are_handed_back_with() {
        let (request, other): (RequestId, RequestId) = (fresh(), fresh());
        let ids: Vec<ItemId> = (0..4).map(|_| fresh()).collect();
        let of = |at: usize, group| (group, ids[at]);
        let things: Things = [
            of(3, Group::Request(request)),
            of(0, Group::Thing(ids[0])),
            of(1, Group::Request(other)),
            of(2, Group::Request(request)),
        ]
        .into_iter()
        .collect();
        assert_eq!(things.of(Group::Request(request)), &ids[2..4]);
        assert_eq!(things.of(Group::Request(other)), &ids[1..2]);
        assert_eq!(things.of(Group::Thing(ids[0])), &ids[..1]);
        assert!(things.of(Group::Thing(ids[1])).is_empty() && things.of(Group::Request(fresh())).is_empty());
        assert_eq!((things.groups().count(), things.all().len()), (3, 4));
        assert!(Things::default().of(Group::Request(request)).is_empty());
    }
}
