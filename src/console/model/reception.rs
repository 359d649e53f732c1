//! The reception: three live lanes and the row that is looked at in each.

use super::{Screen, list::List};
use crate::domain::ids::{ContactId, ExceptionId, HeldId, LegId, OfferId, PermanenceId, RequestId, RoundId};

/// A row of a lane or list, by what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Item {
    /// A call, a message, a person at a desk, a filled locker.
    Contact(ContactId),
    /// A job asked for.
    Request(RequestId),
    /// A desk session.
    Permanence(PermanenceId),
    /// A request put to a provider.
    Offer(OfferId),
    /// What a trainee prepared.
    Held(HeldId),
    /// A move of things.
    Leg(LegId),
    /// A courier's day.
    Round(RoundId),
    /// What record and world do not agree on.
    Exception(ExceptionId),
}

impl Item {
    /// Its request, if it is one.
    pub const fn request(self) -> Option<RequestId> {
        match self {
            Self::Request(id) => Some(id),
            _ => None,
        }
    }

    /// Its contact, if it is one.
    pub const fn contact(self) -> Option<ContactId> {
        match self {
            Self::Contact(id) => Some(id),
            _ => None,
        }
    }
}

/// The lanes, from left to right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lane {
    /// Calls.
    #[default]
    Phone,
    /// Messages.
    Mail,
    /// Desk sessions, and what came in there.
    Permanences,
}

impl Lane {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Phone, Self::Mail, Self::Permanences];

    /// The one to the right; the last has none.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Phone => Self::Mail,
            Self::Mail => Self::Permanences,
            Self::Permanences => Self::Phone,
        }
    }

    /// The one to the left.
    #[must_use]
    pub const fn before(self) -> Self {
        match self {
            Self::Phone => Self::Permanences,
            Self::Mail => Self::Phone,
            Self::Permanences => Self::Mail,
        }
    }
}

/// Where the focus was before a ring was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The screen.
    pub screen: Screen,
    /// The lane.
    pub lane: Lane,
    /// The row.
    pub item: Option<Item>,
}

/// Where the reception stands.
#[derive(Debug, Default)]
pub struct Reception {
    /// The lane that has the focus.
    pub lane: Lane,
    phone: List<Item>,
    mail: List<Item>,
    permanences: List<Item>,
    /// Where the focus was before a ring was answered.
    pub came_from: Option<Place>,
    /// Whether the quoted text and signature of the message are shown.
    pub unfolded: bool,
    /// What the lists were last settled by: the generation of the rows, the day, the height.
    pub settled: Option<(u64, jiff::civil::Date, usize)>,
    /// How many lines of the detail are scrolled away.
    pub scrolled: u16,
}

impl Reception {
    /// The list of a lane.
    pub const fn list(&self, lane: Lane) -> &List<Item> {
        match lane {
            Lane::Phone => &self.phone,
            Lane::Mail => &self.mail,
            Lane::Permanences => &self.permanences,
        }
    }

    /// The list of a lane, to move in.
    pub const fn list_mut(&mut self, lane: Lane) -> &mut List<Item> {
        match lane {
            Lane::Phone => &mut self.phone,
            Lane::Mail => &mut self.mail,
            Lane::Permanences => &mut self.permanences,
        }
    }

    /// The list that has the focus.
    pub const fn current(&self) -> &List<Item> {
        self.list(self.lane)
    }

    /// The row that verbs act on.
    pub fn selected(&self) -> Option<Item> {
        self.current().selected()
    }

    /// Puts the focus on a row of a lane.
    pub fn go_to(&mut self, lane: Lane, item: Item) {
        self.lane = lane;
        self.list_mut(lane).select(item);
        self.looked_elsewhere();
    }

    /// What was unfolded or scrolled belongs to the row that was looked at.
    pub fn looked_elsewhere(&mut self) {
        self.unfolded = false;
        self.scrolled = 0;
    }
}
