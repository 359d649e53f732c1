//! The rows by kind: one table a kind, all of one form, so that a new kind is one line.

use super::hooks::Hooks;
use crate::domain::{
    assignment::Assignment,
    beneficiary::Beneficiary,
    booking::Booking,
    claim::Claim,
    client::Client,
    contact::Contact,
    contract::Contract,
    courier::Courier,
    entity::{Entity, EntityKind},
    exception::Exception,
    held::Held,
    holiday::Holiday,
    ids::{
        AssignmentId, BeneficiaryId, BookingId, ClaimId, ClientId, ContactId, ContractId, CourierId, ExceptionId,
        HeldId, HolidayId, ItemId, LegId, LockerId, OfferId, OperatorId, PermanenceId, PolicyId, PostingId, ProviderId,
        RecurringOrderId, ReplyId, RequestId, RoundId, ServiceId, SiteId,
    },
    item::Item,
    leg::Leg,
    locker::Locker,
    offer::Offer,
    operator::Operator,
    permanence::Permanence,
    policy::Policy,
    posting::Posting,
    provider::Provider,
    recurring::RecurringOrder,
    reply::Reply,
    request::Request,
    round::Round,
    service::Service,
    site::Site,
};
use std::{collections::BTreeMap, sync::Arc};
use uuid::Uuid;

/// Names one row of whatever kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowRef {
    /// Its kind.
    pub kind: EntityKind,
    /// Its identifier.
    pub id: Uuid,
}

impl RowRef {
    /// The row of a typed identifier.
    pub fn of<E: Entity>(id: E::Id) -> Self {
        Self { kind: E::KIND, id: id.into() }
    }
}

/// A typed identifier of a kind.
pub(super) fn id_of<E: Entity>(id: Uuid) -> E::Id {
    E::Id::from(id)
}

/// The rows of one kind, in the order of their making (identifiers of version 7 are in the order of time).
#[derive(Clone, Debug)]
pub struct Table<E: Entity> {
    rows: BTreeMap<E::Id, Arc<E>>,
}

impl<E: Entity> Default for Table<E> {
    fn default() -> Self {
        Self { rows: BTreeMap::new() }
    }
}

impl<E: Entity> Table<E> {
    /// The row, if it is here.
    pub fn get(&self, id: E::Id) -> Option<&Arc<E>> {
        self.rows.get(&id)
    }

    /// All rows, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<E>> {
        self.rows.values()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn put(&mut self, row: Arc<E>) -> Option<Arc<E>> {
        self.rows.insert(row.id(), row)
    }

    pub(super) fn take(&mut self, id: E::Id) -> Option<Arc<E>> {
        self.rows.remove(&id)
    }

    pub(super) fn fill(&mut self, rows: impl IntoIterator<Item = Arc<E>>) {
        self.rows = rows.into_iter().map(|row| (row.id(), row)).collect();
    }
}

/// A kind that has a table here.
pub trait Kept: Entity + Hooks {
    /// Its table.
    fn table(tables: &Tables) -> &Table<Self>;
    /// Its table, to write.
    fn table_mut(tables: &mut Tables) -> &mut Table<Self>;
}

macro_rules! tables {
    ($($many:ident, $one:ident: $entity:ident ($id:ident), $doc:literal;)*) => {
        /// A table of each kind.
        #[derive(Clone, Debug, Default)]
        pub struct Tables { $($many: Table<$entity>),* }

        $(impl Kept for $entity {
            fn table(tables: &Tables) -> &Table<Self> { &tables.$many }
            fn table_mut(tables: &mut Tables) -> &mut Table<Self> { &mut tables.$many }
        })*

        impl super::Replica { $(
            #[doc = concat!("Every ", $doc, " here, the oldest first.")]
            pub fn $many(&self) -> &Table<$entity> { self.table() }

            #[doc = concat!("The ", $doc, " of this identifier, if it is here.")]
            pub fn $one(&self, id: $id) -> Option<&Arc<$entity>> { self.get::<$entity>(id) }
        )* }

        /// Runs an expression with the type of a kind.
        macro_rules! for_kind {
            ($kind:expr, $type:ident => $run:expr) => {{
                match $kind { $($crate::domain::entity::EntityKind::$entity => {
                    type $type = $crate::replica::rows::of::$entity;
                    $run
                })* }
            }};
        }

        /// The types under their kinds' names.
        pub(super) mod of {
            $(pub type $entity = super::$entity;)*
        }
    };
}

tables! {
    policies, policy_of: Policy (PolicyId), "policy";
    clients, client: Client (ClientId), "client";
    contracts, contract: Contract (ContractId), "contract";
    sites, site: Site (SiteId), "site";
    holidays, holiday: Holiday (HolidayId), "holiday";
    services, service: Service (ServiceId), "service";
    providers, provider: Provider (ProviderId), "provider";
    couriers, courier: Courier (CourierId), "courier";
    operators, operator: Operator (OperatorId), "operator";
    beneficiaries, beneficiary: Beneficiary (BeneficiaryId), "beneficiary";
    permanences, permanence: Permanence (PermanenceId), "permanence";
    lockers, locker: Locker (LockerId), "locker";
    contacts, contact: Contact (ContactId), "contact";
    recurring_orders, recurring_order: RecurringOrder (RecurringOrderId), "recurring order";
    requests, request: Request (RequestId), "request";
    claims, claim: Claim (ClaimId), "claim";
    held, held_one: Held (HeldId), "held command";
    replies, reply: Reply (ReplyId), "reply";
    offers, offer: Offer (OfferId), "offer";
    assignments, assignment: Assignment (AssignmentId), "assignment";
    bookings, booking: Booking (BookingId), "booking";
    items, item: Item (ItemId), "item";
    rounds, round: Round (RoundId), "round";
    legs, leg: Leg (LegId), "leg";
    postings, posting: Posting (PostingId), "posting";
    exceptions, exception: Exception (ExceptionId), "exception";
}
pub(super) use for_kind;

/// Whether a row of this kind and state is open work or part of the directory, as a snapshot has it; the rest ended and is kept only for a while.
pub fn is_current(kind: EntityKind, state: Option<&str>) -> bool {
    let Some(state) = state else { return true };
    match kind {
        EntityKind::Request => !matches!(state, "closed" | "answered" | "refused" | "cancelled" | "merged"),
        EntityKind::Contact | EntityKind::Exception => state == "open",
        EntityKind::Claim => state != "released",
        EntityKind::Held => matches!(state, "held" | "returned"),
        EntityKind::Reply => matches!(state, "prepared" | "sending" | "failed" | "doubtful" | "bounced"),
        EntityKind::Offer => matches!(state, "prepared" | "sent" | "seen" | "accepted"),
        EntityKind::RecurringOrder | EntityKind::Assignment => state == "active",
        EntityKind::Permanence => matches!(state, "planned" | "open"),
        EntityKind::Booking => matches!(state, "reserved" | "filled" | "overdue"),
        EntityKind::Item => state == "in_custody",
        EntityKind::Round => state != "finished",
        EntityKind::Leg => matches!(state, "planned" | "confirmed" | "underway"),
        _ => true,
    }
}
