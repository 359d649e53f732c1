//! A recurring order: what somebody wants again and again, on which days a request is to be made of it, and when it rests or ends.

use super::{
    access::who::{C, D, P, S},
    clock::Urgency,
    entity::{Entity, EntityKind, Scope, Version},
    ids::{BeneficiaryId, ClientId, ContactId, OperatorId, RecurringOrderId, ServiceId, SiteId},
    machine::{Machine, Move, Reason, State, Trainee, states},
    money::Cents,
    recurrence::Recurrence,
    refusal::{Cause, Refusal},
    register::Standing,
    request::{Channel, Handover, Payer, Quantity, RequestFields, Requester},
    texts::ShortText,
    time::{Instant, TimeError, When, Window, Zone, deserialize_date, deserialize_date_or_none, deserialize_time},
};
use jiff::{
    ToSpan,
    civil::{Date, Time},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

states! {
    /// Where a recurring order stands. A pause is no state: it is days on which nothing is made.
    RecurringState {
        /// Its dates are made as they come near.
        Active = "active",
        /// Nothing is made of it any more.
        Ended = "ended",
    }
}

use RecurringState::{Active, Ended};

/// The table of a recurring order's moves.
pub const RECURRING_ORDER: Machine<RecurringState> = Machine {
    entity: EntityKind::RecurringOrder,
    start: &[Active],
    moves: &[
        Move {
            name: "pause",
            from: &[Active],
            to: &[Active],
            who: &[P, C, D],
            reason: Reason::None,
            trainee: Trainee::Held,
            condition: "from a day on, through another or until it is resumed: no date of those days is made",
        },
        Move {
            name: "resume",
            from: &[Active],
            to: &[Active],
            who: &[P, C, D],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "a pause is on or to come",
        },
        Move {
            name: "end",
            from: &[Active],
            to: &[Ended],
            who: &[P, C, D],
            reason: Reason::Required,
            trainee: Trainee::Held,
            condition: "what is made already is called off only if asked for",
        },
        Move {
            name: "finish",
            from: &[Active],
            to: &[Ended],
            who: &[S],
            reason: Reason::None,
            trainee: Trainee::Never,
            condition: "its last date has passed",
        },
    ],
};

/// At what time of its days a job is wanted; civil time of the site, so that a change of clocks does not shift it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum TimeOfDay {
    /// Done by then.
    Due {
        /// The last moment.
        #[serde(deserialize_with = "deserialize_time")]
        #[cfg_attr(feature = "office", schema(value_type = String, pattern = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$", example = "12:00:00"))]
        at: Time,
    },
    /// Done on the spot, within a part of the day.
    Window {
        /// When it starts.
        #[serde(deserialize_with = "deserialize_time")]
        #[cfg_attr(feature = "office", schema(value_type = String, pattern = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$", example = "09:00:00"))]
        from: Time,
        /// When it ends.
        #[serde(deserialize_with = "deserialize_time")]
        #[cfg_attr(feature = "office", schema(value_type = String, pattern = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$", example = "12:00:00"))]
        to: Time,
    },
}

impl TimeOfDay {
    /// That time on a day.
    ///
    /// # Errors
    /// A window that ends before it starts.
    pub fn on(self, date: Date) -> Result<When, TimeError> {
        match self {
            Self::Due { at } => Ok(When::Due { at: date.to_datetime(at) }),
            Self::Window { from, to } => Window::new(date, from, to).map(When::Window),
        }
    }
}

impl From<&When> for TimeOfDay {
    fn from(when: &When) -> Self {
        match when {
            When::Due { at } => Self::Due { at: at.time() },
            When::Window(window) => Self::Window { from: window.from(), to: window.to() },
        }
    }
}

/// Days on which nothing is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Pause {
    /// The first of them.
    #[serde(deserialize_with = "deserialize_date")]
    #[cfg_attr(feature = "office", schema(value_type = String, format = Date, example = "2026-12-21"))]
    pub from: Date,
    /// The last of them; until the order is resumed if none.
    #[serde(default, deserialize_with = "deserialize_date_or_none")]
    #[cfg_attr(feature = "office", schema(value_type = Option<String>, format = Date, example = "2027-01-03"))]
    pub to: Option<Date>,
}

impl Pause {
    /// Whether a day is one of them.
    pub fn holds(&self, date: Date) -> bool {
        self.from <= date && self.to.is_none_or(|to| date <= to)
    }
}

/// What each of its requests will be, and when it comes again; the body that creates one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RecurringOrderFields {
    /// Who asks.
    pub requester: Requester,
    /// What is asked for.
    pub service_id: ServiceId,
    /// Where.
    pub site_id: SiteId,
    /// Who pays.
    pub payer: Payer,
    /// At what time of its days.
    pub time: TimeOfDay,
    /// How many.
    #[serde(default)]
    #[cfg_attr(feature = "office", schema(value_type = u32, minimum = 1, maximum = 10000))]
    pub quantity: Quantity,
    /// What exactly, in a few words.
    #[serde(default)]
    pub detail: Option<ShortText>,
    /// How it comes back.
    #[serde(default)]
    pub handover: Option<Handover>,
    /// How pressing it is.
    #[serde(default)]
    pub urgency: Urgency,
    /// On which days.
    pub recurrence: Recurrence,
    /// The contact it came from.
    #[serde(default)]
    pub contact_id: Option<ContactId>,
}

impl RecurringOrderFields {
    /// The order of which a request would be the first; none if the request lacks something.
    pub fn of(request: &RequestFields, recurrence: Recurrence) -> Option<Self> {
        Some(Self {
            requester: request.requester.clone()?,
            service_id: request.service_id?,
            site_id: request.site_id?,
            payer: request.payer?,
            time: TimeOfDay::from(request.when.as_ref()?),
            quantity: request.quantity,
            detail: request.detail.clone(),
            handover: request.handover.clone(),
            urgency: request.urgency,
            recurrence,
            contact_id: request.contact_id,
        })
    }
}

/// The recurring order that a request was made of, and for which of its dates. The request may be moved to another day; this stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DateOf {
    /// Which order.
    pub order_id: RecurringOrderId,
    /// Which of its dates.
    #[serde(deserialize_with = "deserialize_date")]
    #[cfg_attr(feature = "office", schema(value_type = String, format = Date, example = "2026-12-01"))]
    pub date: Date,
}

/// Why an active order makes nothing: what it needs is no longer in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The person or organisation was archived or erased.
    Requester,
    /// The service was archived.
    Service,
    /// The site was archived.
    Site,
}

impl Stopped {
    /// The first reason there is; what is gone altogether counts as archived.
    pub fn of(requester: Option<Standing>, service: Option<Standing>, site: Option<Standing>) -> Option<Self> {
        [(Self::Requester, requester), (Self::Service, service), (Self::Site, site)]
            .into_iter()
            .find_map(|(why, standing)| (standing != Some(Standing::Active)).then_some(why))
    }
}

/// What somebody wants again and again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct RecurringOrder {
    /// Made by who creates it.
    pub id: RecurringOrderId,
    /// One more at each change.
    pub version: Version,
    /// Where it stands.
    pub state: RecurringState,
    /// When it was written down.
    pub created_at: Instant,
    /// By whom; none for the system.
    pub created_by: Option<OperatorId>,
    /// What people write.
    #[serde(flatten)]
    pub fields: RecurringOrderFields,
    /// The client whose coordinator may see it, from requester and site.
    pub client_id: Option<ClientId>,
    /// Days on which nothing is made; those that are over are let go with the next.
    pub pauses: Vec<Pause>,
    /// How many of its dates were made so far; one that was called off counts.
    pub made: u16,
    /// Why it ended.
    pub ending: Option<ShortText>,
    /// When it ended.
    pub ended_at: Option<Instant>,
    /// When its free text was let go, as the house's retention says.
    pub forgotten: Option<Instant>,
}

/// Days that are looked ahead for the next date: two years, as for every count of working days.
const SIGHT: usize = 731;

/// Pauses that one order holds.
const PAUSES: usize = 50;

impl RecurringOrder {
    /// A new order.
    ///
    /// # Errors
    /// The field at fault.
    pub fn create(
        id: RecurringOrderId,
        fields: RecurringOrderFields,
        at: Instant,
        by: Option<OperatorId>,
    ) -> Result<Self, Refusal> {
        let order = Self {
            id,
            version: Version::FIRST,
            state: Active,
            created_at: at,
            created_by: by,
            fields,
            client_id: None,
            pauses: Vec::new(),
            made: 0,
            ending: None,
            ended_at: None,
            forgotten: None,
        };
        order.check()?;
        Ok(order)
    }

    /// The person who asks, if it is one.
    pub fn person(&self) -> Option<BeneficiaryId> {
        match self.fields.requester {
            Requester::Person { id } => Some(id),
            Requester::Organisation { .. } => None,
        }
    }

    /// The dates that are still to be made, in order, as far as two years ahead: those that were `made` are not made again, whatever became
    /// of their requests, and what has passed at `now` is not made any more.
    pub fn coming<'a>(
        &'a self,
        now: Instant,
        zone: &'a Zone,
        made: &'a BTreeSet<Date>,
        is_working_day: impl Fn(Date) -> bool + 'a,
    ) -> impl Iterator<Item = Date> + 'a {
        let recurrence = &self.fields.recurrence;
        let left = match self.state {
            Active => recurrence.times.map_or(usize::MAX, |times| usize::from(times.saturating_sub(self.made))),
            Ended => 0,
        };
        let lies_ahead = move |date: Date| self.fields.time.on(date).is_ok_and(|when| when.end(zone) > now);
        let first = recurrence.from.max(now.civil(zone).date());
        (first.series(1.day()).take(SIGHT))
            .take_while(|date| recurrence.until.is_none_or(|until| *date <= until))
            .filter(move |date| recurrence.is_on(*date, &is_working_day) && !self.is_paused_on(*date))
            .filter(move |date| !made.contains(date) && lies_ahead(*date))
            .take(left)
    }

    /// Those that are to be made now: through so many days from today.
    pub fn due(
        &self,
        now: Instant,
        zone: &Zone,
        ahead_days: u16,
        made: &BTreeSet<Date>,
        is_working_day: impl Fn(Date) -> bool,
    ) -> Vec<Date> {
        let last = now.civil(zone).date().saturating_add(i64::from(ahead_days).days());
        self.coming(now, zone, made, is_working_day).take_while(|date| *date <= last).collect()
    }

    /// Whether a pause holds that day.
    pub fn is_paused_on(&self, date: Date) -> bool {
        self.pauses.iter().any(|pause| pause.holds(date))
    }

    /// The pause of a day, else the next one to come.
    pub fn pause_from(&self, date: Date) -> Option<Pause> {
        self.pauses.iter().filter(|pause| pause.to.is_none_or(|to| to >= date)).min().copied()
    }

    /// Whether no date can come any more: the last one has passed.
    pub fn is_over(&self, today: Date, last_made: Option<Date>) -> bool {
        let recurrence = &self.fields.recurrence;
        let all_made = recurrence.times.is_some_and(|times| self.made >= times);
        recurrence.until.is_some_and(|until| until < today) || (all_made && last_made.is_none_or(|last| last < today))
    }

    /// What the request of a date is.
    ///
    /// # Errors
    /// A window that ends before it starts.
    pub fn request(&self, date: Date, price: Option<Cents>) -> Result<RequestFields, TimeError> {
        let fields = &self.fields;
        Ok(RequestFields {
            channel: Channel::House,
            contact_id: None,
            requester: Some(fields.requester.clone()),
            service_id: Some(fields.service_id),
            site_id: Some(fields.site_id),
            payer: Some(fields.payer),
            when: Some(fields.time.on(date)?),
            quantity: fields.quantity,
            detail: fields.detail.clone(),
            text: None,
            handover: fields.handover.clone(),
            urgency: fields.urgency,
            price,
        })
    }

    /// Makes nothing on some days.
    ///
    /// # Errors
    /// It has ended; the days are over or end before they begin; there are too many pauses.
    pub fn pause(&mut self, pause: Pause, today: Date) -> Result<(), Refusal> {
        RECURRING_ORDER.step(self.state, "pause", Active)?;
        let invalid = |why: &str| Err(Refusal::FieldInvalid { field: "to".into(), why: why.into() });
        if pause.to.is_some_and(|to| to < pause.from) {
            return invalid("the last day of the pause comes before the first");
        }
        if pause.to.is_some_and(|to| to < today) {
            return invalid("the pause is over already: write today or a later day");
        }
        self.pauses.retain(|pause| pause.to.is_none_or(|to| to >= today));
        if !self.pauses.contains(&pause) {
            self.pauses.push(pause);
        }
        self.pauses.sort_unstable();
        self.check()
    }

    /// Rests no more from a day on: the pause of that day ends the day before, those to come are called off.
    ///
    /// # Errors
    /// It has ended, or no pause is on or to come.
    pub fn resume(&mut self, from: Date) -> Result<(), Refusal> {
        RECURRING_ORDER.step(self.state, "resume", Active)?;
        if self.pause_from(from).is_none() {
            let what = "the recurring order is not paused".to_owned();
            return Err(Refusal::Busy { cause: Cause::NotThisKind, what });
        }
        let before = from.saturating_sub(1.day());
        self.pauses.retain(|pause| pause.from < from);
        for pause in &mut self.pauses {
            if pause.holds(from) {
                pause.to = Some(before);
            }
        }
        Ok(())
    }

    /// Ends it: by a person who says why, or because its last date has passed.
    ///
    /// # Errors
    /// It has ended already, or the reason is missing.
    pub fn go(&mut self, name: &'static str, reason: Option<&ShortText>, at: Instant) -> Result<(), Refusal> {
        RECURRING_ORDER.allow(self.state, name, Ended, reason)?;
        (self.state, self.ending, self.ended_at) = (Ended, reason.cloned(), Some(at));
        Ok(())
    }
}

impl Entity for RecurringOrder {
    type Id = RecurringOrderId;
    const KIND: EntityKind = EntityKind::RecurringOrder;
    const EDITABLE: &'static [&'static str] = &[
        "service_id",
        "site_id",
        "payer",
        "time",
        "quantity",
        "detail",
        "handover",
        "urgency",
        "recurrence",
        "contact_id",
    ];

    super::entity::stored!();

    fn scope(&self) -> Scope {
        Scope { site: Some(self.fields.site_id), client: self.client_id }
    }

    fn state_name(&self) -> Option<&'static str> {
        Some(self.state.name())
    }

    fn check(&self) -> Result<(), Refusal> {
        let fields = &self.fields;
        fields.recurrence.check()?;
        let invalid = |field: &str, why: String| Err(Refusal::FieldInvalid { field: field.into(), why });
        if let Err(error) = fields.time.on(fields.recurrence.from) {
            return invalid("time", error.to_string());
        }
        if self.pauses.len() > PAUSES {
            return invalid("pauses", format!("an order holds {PAUSES} pauses"));
        }
        Ok(())
    }

    fn unmade(&self) -> Option<Self> {
        (self.state == Active).then(|| Self { state: Ended, ended_at: Some(self.created_at), ..self.clone() })
    }

    fn search_words(&self) -> Vec<&str> {
        self.fields.detail.as_ref().map(ShortText::as_str).into_iter().collect()
    }
}

#[cfg(test)]
mod tests;
