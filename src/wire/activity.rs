//! What the office counts of a time: arrivals, clocks, desks, providers, outcomes, the share of ESS; and the journal of changes.

use super::change::Seq;
use crate::domain::{
    access::Author,
    clock::ClockKind,
    entity::EntityKind,
    ess::Share,
    ids::{ClientId, ProviderId, RequestId, SiteId},
    request::{Channel, RequestState},
    time::Instant,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What happened from a day to a day, both included, in the house's zone: of the sites that the account works on, and of what has no site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Activity {
    /// The first day.
    #[cfg_attr(feature = "office", schema(value_type = String, format = Date))]
    pub from: Date,
    /// The last day.
    #[cfg_attr(feature = "office", schema(value_type = String, format = Date))]
    pub to: Date,
    /// Of this site alone.
    pub site: Option<SiteId>,
    /// When it was counted, on the office's clock.
    pub at: Instant,
    /// Contacts that came in: calls to the house, messages that persons wrote, walk-ins, locker drops.
    pub contacts: Vec<Arrivals>,
    /// Requests that were written down, by the channel they came through.
    pub requests: Vec<Arrivals>,
    /// The clocks of the contacts and requests that came in during the time, by what they run for.
    pub clocks: Vec<ClockCount>,
    /// Calls that were given up within five seconds: in no clock.
    pub abandoned: u32,
    /// Desk sessions of the days.
    pub permanences: PermanenceCount,
    /// Providers that were asked or given something, or had a job for one of the days; by id.
    pub providers: Vec<ProviderCount>,
    /// Requests that ended during the time, by the state in which they did.
    pub outcomes: Vec<OutcomeCount>,
}

/// How many came in an hour of the day through a channel, over all days of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Arrivals {
    /// The hour of civil time, 0 to 23; an hour that clocks show twice counts both times, one that they skip has none.
    #[cfg_attr(feature = "office", schema(maximum = 23))]
    pub hour: u8,
    /// The channel.
    pub channel: Channel,
    /// How many.
    pub count: u32,
}

/// How clocks of a kind ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct ClockCount {
    /// What they run for.
    pub kind: ClockKind,
    /// Done in time.
    pub kept: u32,
    /// Done late, or never: a call that nobody answered.
    pub missed: u32,
    /// Still running or paused, and not due yet.
    pub running: u32,
    /// Still running although the time is over.
    pub overdue: u32,
}

impl ClockCount {
    /// Nothing of a kind.
    pub const fn none(kind: ClockKind) -> Self {
        Self { kind, kept: 0, missed: 0, running: 0, overdue: 0 }
    }

    /// Whole percent kept of those that are over, rounded down; none if none is.
    pub fn kept_percent(&self) -> Option<u16> {
        let over = u64::from(self.kept) + u64::from(self.missed);
        (u64::from(self.kept) * 100).checked_div(over).and_then(|percent| u16::try_from(percent).ok())
    }
}

/// Desk sessions and their hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct PermanenceCount {
    /// To come.
    pub planned: u32,
    /// Open now.
    pub open: u32,
    /// Held and closed.
    pub held: u32,
    /// That nobody opened.
    pub missed: u32,
    /// Called off beforehand.
    pub cancelled: u32,
    /// Minutes of all of them but those called off, as agreed.
    pub agreed_minutes: u32,
    /// Minutes for which desks were really open, an open one until now.
    pub held_minutes: u32,
}

/// What a provider had of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct ProviderCount {
    /// Who.
    pub provider_id: ProviderId,
    /// Jobs that it was given during the time, whatever became of them.
    pub given: u32,
    /// Of these, done.
    pub done: u32,
    /// Of these, given back, taken back or not done.
    pub lost: u32,
    /// Jobs on its hands, or done, that are for one of the days.
    pub jobs: u32,
    /// Jobs that it could do on the days, those on which it is closed left out; no bound if none.
    pub capacity: Option<u32>,
    /// Offers that were put to it during the time.
    pub offers: u32,
    /// Of these, declined.
    pub declined: u32,
    /// Of these, not answered in time.
    pub expired: u32,
}

impl ProviderCount {
    /// Nothing of a provider.
    pub const fn none(provider_id: ProviderId) -> Self {
        Self { provider_id, given: 0, done: 0, lost: 0, jobs: 0, capacity: None, offers: 0, declined: 0, expired: 0 }
    }
}

/// How many requests ended in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct OutcomeCount {
    /// The state.
    pub state: RequestState,
    /// How many.
    pub count: u32,
}

/// The share of ESS of what was given from a day to a day: of all sites that the account works on, by client and by site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct EssBy {
    /// Of all.
    pub whole: Share,
    /// By client; what is of no client is in the whole alone.
    pub clients: Vec<ClientShare>,
    /// By site; what is of no site is in the whole alone.
    pub sites: Vec<SiteShare>,
}

/// The share of what was given for a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct ClientShare {
    /// Which one.
    pub client_id: ClientId,
    /// Its share.
    pub share: Share,
}

/// The share of what was given for a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct SiteShare {
    /// Which one.
    pub site_id: SiteId,
    /// Its share.
    pub share: Share,
}

/// The last changes in sight, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Journal {
    /// The lines.
    pub lines: Vec<JournalLine>,
    /// What to ask for as `before` to read on; none where the journal ends.
    #[cfg_attr(feature = "office", schema(value_type = Option<i64>, minimum = 1))]
    pub next: Option<Seq>,
}

/// One change: who did what to which row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct JournalLine {
    /// Its place in the feed.
    #[cfg_attr(feature = "office", schema(value_type = i64, minimum = 1))]
    pub seq: Seq,
    /// When.
    pub at: Instant,
    /// Who.
    pub author: Author,
    /// The row's kind.
    pub entity: EntityKind,
    /// The row.
    pub id: Uuid,
    /// What: the command's name.
    pub verb: String,
    /// The state that it left.
    pub from: Option<String>,
    /// The state that it reached.
    pub to: Option<String>,
    /// The request that it is about, if it is about one in sight.
    pub request_id: Option<RequestId>,
    /// That request's number.
    #[cfg_attr(feature = "office", schema(value_type = Option<String>))]
    pub number: Option<String>,
    /// The row's own name, for what the house itself has given one: a site, a provider, a service, a locker, an account.
    pub name: Option<String>,
}
