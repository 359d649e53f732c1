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

    /// Gives back the room that its lists grew by while it was read.
    fn shrink(&mut self) {}

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

    fn shrink(&mut self) {
        self.clocks.shrink_to_fit();
        self.notes.shrink_to_fit();
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

macro_rules! predicted {
    ($($entity:ty => $predicted:path),* $(,)?) => {
        $(impl Hooks for $entity {
            fn predicted(command: &Command, stamp: &Stamp<'_>, id: Self::Id, now: Option<&Self>) -> Option<Self> {
                $predicted(command, stamp, id, now)
            }
        })*
    };
}

predicted! {
    Booking => predict::desk::booking,
    Exception => predict::exception,
    Held => predict::held,
    Item => predict::desk::item,
    Leg => predict::leg,
    Locker => predict::desk::locker,
    Offer => predict::offer,
    Permanence => predict::desk::permanence,
    Posting => predict::desk::posting,
    RecurringOrder => predict::recurring_order,
    Reply => predict::reply,
    Round => predict::round,
}

macro_rules! plain {
    ($($entity:ty),* $(,)?) => { $(impl Hooks for $entity {})* };
}

plain! {
    Assignment, Client, Contract, Courier, Holiday, Operator, Policy, Site,
}
