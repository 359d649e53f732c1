//! Recurring orders as they are looked at: the list of them, and what is known of each one's dates.

use super::{line::EntryLine, world::World};
use crate::{
    domain::{
        beneficiary::Beneficiary,
        calendar::WorkingCalendar,
        client::Client,
        ids::{BeneficiaryId, ContactId, RecurringOrderId, RequestId, SiteId},
        policy::PolicyFields,
        recurring::{RecurringOrder, RecurringState, Stopped},
        request::{Request, RequestState, Requester},
        time::Instant,
    },
    replica::{Mark, Shown},
};
use jiff::{ToSpan, civil::Date};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

/// The list of recurring orders.
#[derive(Clone, Copy, Debug)]
pub struct RecurringList {
    /// Which of them is chosen: by its identifier, for others may come and go.
    pub chosen: Option<RecurringOrderId>,
    /// Whether all about the chosen one is shown instead of the list.
    pub is_open: bool,
}

impl World {
    /// A recurring order as it is shown.
    pub fn recurring_order(&self, id: RecurringOrderId) -> Option<Shown<'_, RecurringOrder>> {
        self.board.get::<RecurringOrder>(id)
    }

    /// Those that are active, the one that comes next first.
    pub fn recurring_orders(&self, now: Instant) -> Vec<Arc<RecurringOrder>> {
        // A site's calendar is made once, however many orders there are.
        let mut calendars: HashMap<SiteId, WorkingCalendar> = HashMap::new();
        let active = self.active_orders().map(|order| {
            let site = order.fields.site_id;
            let calendar = calendars.entry(site).or_insert_with(|| self.calendar(Some(site)));
            (self.next_date_in(now, order, calendar), Arc::clone(order))
        });
        let mut orders: Vec<_> = active.collect();
        orders.sort_by_key(|(next, order)| (next.is_none(), *next, order.id));
        orders.into_iter().map(|(_, order)| order).collect()
    }

    /// Those of a person.
    pub fn recurring_orders_of(&self, person: BeneficiaryId) -> impl Iterator<Item = &Arc<RecurringOrder>> {
        self.active_orders().filter(move |order| order.person() == Some(person))
    }

    /// Those that came from a contact.
    pub fn recurring_orders_from(&self, contact: ContactId) -> impl Iterator<Item = &Arc<RecurringOrder>> {
        self.active_orders().filter(move |order| order.fields.contact_id == Some(contact))
    }

    /// How much is saved from a contact and still open; a recurring order counts once, however many dates were made of it.
    pub fn saved_from(&self, contact: ContactId) -> usize {
        let requests = self.board.requests_from(contact).filter(|shown| shown.row.recurring.is_none()).count();
        requests + self.recurring_orders_from(contact).count()
    }

    /// How much was saved with a line and is still open: not what was undone.
    pub fn saved_with(&self, line: &EntryLine) -> usize {
        let is_open = |id: &RequestId| self.request(*id).is_some_and(|shown| shown.row.is_open());
        let goes_on = |id: &RequestId| {
            let order = self.recurring_order(uuid::Uuid::from(*id).into());
            order.is_some_and(|shown| shown.row.state == RecurringState::Active)
        };
        match line.contact {
            Some(contact) => self.saved_from(contact),
            None => line.saved.iter().filter(|id| is_open(id) || goes_on(id)).count(),
        }
    }

    fn active_orders(&self) -> impl Iterator<Item = &Arc<RecurringOrder>> {
        self.board.all::<RecurringOrder>().map(|shown| shown.row).filter(|order| order.state == RecurringState::Active)
    }

    /// Why an order makes nothing, if something that it needs is no longer in use.
    pub fn stopped(&self, order: &RecurringOrder) -> Option<Stopped> {
        let fields = &order.fields;
        let requester = match &fields.requester {
            Requester::Person { id } => self.board.get::<Beneficiary>(*id).map(|shown| shown.row.standing),
            Requester::Organisation { id, .. } => self.board.get::<Client>(*id).map(|shown| shown.row.standing),
        };
        let service = self.service(fields.service_id).map(|row| row.standing);
        Stopped::of(requester, service, self.site(fields.site_id).map(|row| row.standing))
    }

    /// The open requests that were made of an order, by their dates.
    pub fn made_of(&self, order: &RecurringOrder) -> Vec<Arc<Request>> {
        let of = |request: &Request| request.recurring.is_some_and(|of| of.order_id == order.id);
        let mut made: Vec<Arc<Request>> = match order.person() {
            Some(person) => {
                self.board.requests_of(person).map(|shown| shown.row).filter(|row| of(row)).cloned().collect()
            }
            None => self.board.open_requests().map(|shown| shown.row).filter(|row| of(row)).cloned().collect(),
        };
        made.sort_by_key(|request| (request.recurring.map(|of| of.date), request.id));
        made
    }

    /// Those of them that nobody was asked about yet: they can be given, or called off.
    pub fn waiting_of(&self, order: &RecurringOrder) -> Vec<Arc<Request>> {
        let waits = |request: &Arc<Request>| {
            matches!(request.state, RequestState::New | RequestState::Triaged | RequestState::Waiting)
        };
        self.made_of(order).into_iter().filter(waits).collect()
    }

    /// The next dates that the office has still to make.
    pub fn coming(&self, now: Instant, order: &RecurringOrder, most: usize) -> Vec<Date> {
        self.coming_in(now, order, &self.calendar(Some(order.fields.site_id)), most)
    }

    fn coming_in(&self, now: Instant, order: &RecurringOrder, calendar: &WorkingCalendar, most: usize) -> Vec<Date> {
        if self.stopped(order).is_some() {
            return Vec::new();
        }
        let zone = self.zone(Some(order.fields.site_id));
        let policy = self.board.replica().policy();
        let ahead_days = policy
            .map_or_else(|| PolicyFields::default().recurring_ahead_days, |policy| policy.fields.recurring_ahead_days);
        let shown = self.recurring_order(order.id);
        let is_confirmed = shown.is_some_and(|shown| shown.confirmed.is_some() && shown.mark == Mark::Confirmed);
        // What lies within the office's reach it has made: one that is not here was called off.
        let reach = now.civil(&zone).date().saturating_add(i64::from(ahead_days).days());
        let made: BTreeSet<Date> =
            self.made_of(order).iter().filter_map(|request| request.recurring).map(|of| of.date).collect();
        (order.coming(now, &zone, &made, |date| calendar.is_working_day(date)))
            .filter(|date| !is_confirmed || *date > reach)
            .take(most)
            .collect()
    }

    /// The next date, made or not.
    pub fn next_date(&self, now: Instant, order: &RecurringOrder) -> Option<Date> {
        self.next_date_in(now, order, &self.calendar(Some(order.fields.site_id)))
    }

    fn next_date_in(&self, now: Instant, order: &RecurringOrder, calendar: &WorkingCalendar) -> Option<Date> {
        let today = now.civil(&self.zone(Some(order.fields.site_id))).date();
        let made = self.made_of(order);
        let made = made.iter().filter_map(|request| request.recurring).map(|of| of.date);
        made.filter(|date| *date >= today).chain(self.coming_in(now, order, calendar, 1)).min()
    }
}
