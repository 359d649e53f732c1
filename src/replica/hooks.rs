//! What is particular to a kind: how it is looked up, and what a pending command makes of it.

use super::{
    index::{Indexes, Way},
    predict::{self, Stamp},
};
use crate::{
    domain::{
        assignment::Assignment, beneficiary::Beneficiary, booking::Booking, claim::Claim, client::Client,
        contact::Contact, contract::Contract, courier::Courier, entity::Entity, exception::Exception, held::Held,
        holiday::Holiday, item::Item, leg::Leg, locker::Locker, offer::Offer, operator::Operator,
        permanence::Permanence, policy::Policy, posting::Posting, provider::Provider, recurring::RecurringOrder,
        reply::Reply, request::Request, round::Round, service::Service, site::Site,
    },
    wire::catalogue::Command,
};

/// What is particular to a kind.
pub trait Hooks: Entity {
    /// Enters the row in the indexes, or takes it out.
    fn index(&self, indexes: &mut Indexes, way: Way) {
        let _ = (indexes, way);
    }

    /// What a command will make of the row `id`, as far as the domain's own rules tell; none if that is for the office to say.
    fn predicted(command: &Command, stamp: &Stamp<'_>, id: Self::Id, now: Option<&Self>) -> Option<Self> {
        let _ = (stamp, id);
        predict::edited_row(command, now?)
    }
}

impl Hooks for Request {
    fn index(&self, indexes: &mut Indexes, way: Way) {
        indexes.request(self, way);
    }

    fn predicted(command: &Command, stamp: &Stamp<'_>, id: Self::Id, now: Option<&Self>) -> Option<Self> {
        predict::request(command, stamp, id, now)
    }
}

impl Hooks for Contact {
    fn index(&self, indexes: &mut Indexes, way: Way) {
        indexes.contact(self, way);
    }

    fn predicted(command: &Command, stamp: &Stamp<'_>, id: Self::Id, now: Option<&Self>) -> Option<Self> {
        predict::contact(command, stamp, id, now)
    }
}

impl Hooks for Claim {
    fn index(&self, indexes: &mut Indexes, way: Way) {
        indexes.claim(self, way);
    }
}

impl Hooks for Reply {
    fn predicted(command: &Command, stamp: &Stamp<'_>, id: Self::Id, now: Option<&Self>) -> Option<Self> {
        predict::reply(command, stamp, id, now)
    }
}

impl Hooks for Exception {
    fn predicted(command: &Command, stamp: &Stamp<'_>, id: Self::Id, now: Option<&Self>) -> Option<Self> {
        predict::exception(command, stamp, id, now)
    }
}

impl Hooks for Held {
    fn predicted(command: &Command, stamp: &Stamp<'_>, id: Self::Id, now: Option<&Self>) -> Option<Self> {
        predict::held(command, stamp, id, now)
    }
}

impl Hooks for Offer {
    fn predicted(command: &Command, stamp: &Stamp<'_>, id: Self::Id, now: Option<&Self>) -> Option<Self> {
        predict::offer(command, stamp, id, now)
    }
}

impl Hooks for Leg {
    fn predicted(command: &Command, stamp: &Stamp<'_>, id: Self::Id, now: Option<&Self>) -> Option<Self> {
        predict::leg(command, stamp, id, now)
    }
}

impl Hooks for Round {
    fn predicted(command: &Command, stamp: &Stamp<'_>, id: Self::Id, now: Option<&Self>) -> Option<Self> {
        predict::round(command, stamp, id, now)
    }
}

impl Hooks for RecurringOrder {
    fn predicted(command: &Command, stamp: &Stamp<'_>, id: Self::Id, now: Option<&Self>) -> Option<Self> {
        predict::recurring_order(command, stamp, id, now)
    }
}

impl Hooks for Beneficiary {
    fn index(&self, indexes: &mut Indexes, way: Way) {
        indexes.person(self, way);
    }

    fn predicted(command: &Command, stamp: &Stamp<'_>, id: Self::Id, now: Option<&Self>) -> Option<Self> {
        predict::person(command, stamp, id, now)
    }
}

impl Hooks for Provider {
    fn predicted(command: &Command, _stamp: &Stamp<'_>, id: Self::Id, now: Option<&Self>) -> Option<Self> {
        match (command, now) {
            (Command::CreateProvider { id: new, body }, None) if *new == id => Self::create(id, body.clone()).ok(),
            _ => predict::edited_row(command, now?),
        }
    }
}

impl Hooks for Service {
    fn predicted(command: &Command, _stamp: &Stamp<'_>, id: Self::Id, now: Option<&Self>) -> Option<Self> {
        match (command, now) {
            (Command::CreateService { id: new, body }, None) if *new == id => Self::create(id, body.clone()).ok(),
            _ => predict::edited_row(command, now?),
        }
    }
}

impl Hooks for Permanence {
    fn predicted(command: &Command, stamp: &Stamp<'_>, id: Self::Id, now: Option<&Self>) -> Option<Self> {
        predict::desk::permanence(command, stamp, id, now)
    }
}

impl Hooks for Locker {
    fn predicted(command: &Command, stamp: &Stamp<'_>, id: Self::Id, now: Option<&Self>) -> Option<Self> {
        predict::desk::locker(command, stamp, id, now)
    }
}

impl Hooks for Booking {
    fn predicted(command: &Command, stamp: &Stamp<'_>, id: Self::Id, now: Option<&Self>) -> Option<Self> {
        predict::desk::booking(command, stamp, id, now)
    }
}

impl Hooks for Item {
    fn predicted(command: &Command, stamp: &Stamp<'_>, id: Self::Id, now: Option<&Self>) -> Option<Self> {
        predict::desk::item(command, stamp, id, now)
    }
}

impl Hooks for Posting {
    fn predicted(command: &Command, stamp: &Stamp<'_>, id: Self::Id, now: Option<&Self>) -> Option<Self> {
        predict::desk::posting(command, stamp, id, now)
    }
}

macro_rules! plain {
    ($($entity:ty),* $(,)?) => { $(impl Hooks for $entity {})* };
}

plain! {
    Assignment, Client, Contract, Courier, Holiday, Operator, Policy, Site,
}
