//! The desk of a permanence: what is to be handed back, what is expected, whom to call, the lockers; and what was scanned.

mod here;

pub use here::Here;

use super::{field::Field, list::List, reception::Item as Row, world::World};
use crate::domain::{
    booking::{Booking, BookingState},
    ids::{BeneficiaryId, BookingId, ExceptionId, ItemId, LockerId, PermanenceId, RequestId, SiteId},
    item::{Holder, Item, ItemState},
    permanence::Explanation,
    request::{Request, Requester},
    time::Instant,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

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
    /// What is known of the place.
    pub here: Here,
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
        self.here.things.of(group)
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

    /// Whose a thing is: as it was said, else who asked for its job.
    pub fn owner_of(&self, item: &Item) -> Option<BeneficiaryId> {
        item.fields.beneficiary_id.or_else(|| {
            let request = self.request(item.fields.request_id?)?;
            person_of(request.row)
        })
    }

    /// Whose the things of a group are.
    pub fn owner_of_group(&self, group: Group) -> Option<BeneficiaryId> {
        match group {
            Group::Request(id) => person_of(self.request(id)?.row),
            Group::Thing(id) => self.owner_of(self.thing(id)?),
        }
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
