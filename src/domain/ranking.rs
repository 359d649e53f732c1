//! Who does a job: every provider of its service, ranked or left out, each with its reasons.
//!
//! The order: tier; in time or not; rotation; earliest completion; price; id. Rotation is fair by one figure, the jobs of the last
//! [`RECENT_DAYS`] days for each job a day that a provider can take (`recent / capacity_per_day`, [`USUAL_CAPACITY`] where the register names none):
//! who has the least of it goes first, so that equals take turns and a provider twice as large gets twice as much.

mod horizon;

use super::{
    consortium::Consortium,
    hours::OpeningHours,
    ids::{ProviderId, ServiceId, SiteId},
    money::Cents,
    policy::PolicyFields,
    provider::{Away, OfferedService, Provider, Tier},
    register::Standing,
    request::Quantity,
    service::{PriceRule, ServiceFields},
    time::{Instant, When, Zone},
};
use horizon::Horizon;
use jiff::{SignedDuration, civil::Date};
use serde::{Deserialize, Serialize};
use std::{
    borrow::Cow,
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, HashMap},
};

/// The days that rotation looks back.
pub const RECENT_DAYS: u16 = 30;

/// Jobs a day that a provider counts for in rotation when its capacity is not bounded.
pub const USUAL_CAPACITY: u16 = 8;

/// What is to be done, as far as it decides who can do it.
#[derive(Clone, Debug)]
pub struct Job<'a> {
    /// Which service.
    pub service: ServiceId,
    /// Where.
    pub site: SiteId,
    /// For when.
    pub when: When,
    /// Where its civil times are told.
    pub zone: &'a Zone,
    /// How many.
    pub quantity: Quantity,
    /// Who said no to it.
    pub declined: &'a BTreeSet<ProviderId>,
    /// Who is asked, or does it.
    pub asked: &'a BTreeSet<ProviderId>,
}

/// What a provider has on its hands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Load {
    /// Jobs it does or is asked for, by the day that they are for.
    #[cfg_attr(feature = "office", schema(value_type = BTreeMap<String, u16>))]
    pub days: BTreeMap<Date, u16>,
    /// Jobs that it took in the last [`RECENT_DAYS`] days.
    pub recent: u32,
}

/// Why a provider is left out, and from when on it would not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Exclusion {
    /// It is not asked.
    Suspended {
        /// The last day of it; for good if none.
        #[cfg_attr(feature = "office", schema(value_type = Option<String>, format = Date))]
        through: Option<Date>,
    },
    /// It does not serve the site.
    Elsewhere,
    /// It declined this very job.
    Declined,
    /// It is asked already, or does it.
    Asked,
    /// It is closed through the due time.
    Closed {
        /// The day on which it opens; not within the horizon if none.
        #[cfg_attr(feature = "office", schema(value_type = Option<String>, format = Date))]
        opens: Option<Date>,
    },
    /// It takes longer.
    LeadTime {
        /// The day on which it would be ready; not within the horizon if none.
        #[cfg_attr(feature = "office", schema(value_type = Option<String>, format = Date))]
        ready: Option<Date>,
    },
    /// It has no room on that day.
    Full {
        /// The next day on which it has; not within the horizon if none.
        #[cfg_attr(feature = "office", schema(value_type = Option<String>, format = Date))]
        free: Option<Date>,
    },
}

impl Exclusion {
    /// The day from which the verdict would be another.
    pub fn free_from(self) -> Option<Date> {
        match self {
            Self::Suspended { through } => through.and_then(|day| day.tomorrow().ok()),
            Self::Elsewhere | Self::Declined | Self::Asked => None,
            Self::Closed { opens: day } | Self::LeadTime { ready: day } | Self::Full { free: day } => day,
        }
    }
}

/// What puts a provider before the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// A better tier.
    Tier,
    /// It is ready in time.
    InTime,
    /// It had fewer jobs for its size.
    Rotation,
    /// It is ready earlier.
    Completion,
    /// It is cheaper.
    Price,
    /// Nothing but its number in the register.
    Register,
}

/// Whether a provider is ready in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Timeliness {
    /// By the due time.
    InTime,
    /// On the same day, but later.
    Late,
}

/// A provider that can be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Ranked {
    /// Who.
    pub provider: ProviderId,
    /// Its tier.
    pub tier: Tier,
    /// Whether it is ready in time.
    pub timeliness: Timeliness,
    /// When it is ready at the earliest; beyond the horizon if none.
    pub ready_at: Option<Instant>,
    /// Jobs on the day that this one is for.
    pub on_the_day: u16,
    /// Jobs a day it can take; no bound if none.
    pub capacity_per_day: Option<u16>,
    /// Jobs of the last [`RECENT_DAYS`] days.
    pub recent: u32,
    /// What it costs, VAT included; none if it must be asked.
    pub price: Option<Cents>,
    /// What puts it before the next one; none for the last.
    pub before_next: Option<Criterion>,
}

/// A provider that cannot be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Excluded {
    /// Who.
    pub provider: ProviderId,
    /// Its tier.
    pub tier: Tier,
    /// Why, the most lasting reason first; never empty.
    pub reasons: Vec<Exclusion>,
}

/// Every provider of a service for one job.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Ranking {
    /// Who can be asked, the recommended one first.
    pub ranked: Vec<Ranked>,
    /// Who cannot, by tier and id.
    pub excluded: Vec<Excluded>,
}

impl Ranking {
    /// A ranked provider.
    pub fn of(&self, provider: ProviderId) -> Option<&Ranked> {
        self.ranked.iter().find(|ranked| ranked.provider == provider)
    }

    /// Whether choosing a provider of this tier passes over a higher one that is available, which takes a reason.
    pub fn passes_over(&self, tier: Tier) -> bool {
        self.ranked.first().is_some_and(|first| first.tier < tier)
    }

    /// The next to ask within a tier, leaving out some.
    pub fn next_of_tier(&self, tier: Tier, without: &BTreeSet<ProviderId>) -> Option<&Ranked> {
        self.ranked.iter().find(|ranked| ranked.tier == tier && !without.contains(&ranked.provider))
    }
}

/// What is known of a provider's part in a service.
#[derive(Clone, Debug)]
struct Candidate<'a> {
    provider: &'a Provider,
    offered: &'a OfferedService,
    hours: Cow<'a, OpeningHours>,
    /// Who does the work, if it is several that are asked as one.
    consortium: Option<Consortium<'a>>,
    load: &'a Load,
    /// When its lead time is over; beyond the horizon if none.
    ready_at: Option<Instant>,
    /// When it opens next.
    opens: Option<Instant>,
}

impl Candidate<'_> {
    /// Jobs that it takes on a day: its bound, and what the members of a consortium take; no bound if none.
    fn capacity_on(&self, date: Date) -> Option<u16> {
        let own = self.offered.capacity_per_day.or(self.provider.fields.capacity_per_day);
        let shares = self.consortium.as_ref().map(|consortium| consortium.capacity_on(date));
        own.into_iter().chain(shares).min()
    }
}

/// The providers as they are now, to rank for any number of jobs.
#[derive(Debug)]
pub struct Roster<'a> {
    horizon: Horizon,
    now: Instant,
    services: HashMap<ServiceId, (&'a ServiceFields, Vec<Candidate<'a>>)>,
}

static NOTHING: Load = Load { days: BTreeMap::new(), recent: 0 };

impl<'a> Roster<'a> {
    /// The active providers of some services at `now`, by the house's policy. Who has no load is free.
    pub fn new(
        now: Instant,
        policy: &'a PolicyFields,
        services: impl IntoIterator<Item = (ServiceId, &'a ServiceFields)>,
        providers: impl IntoIterator<Item = &'a Provider>,
        loads: &'a HashMap<ProviderId, Load>,
    ) -> Self {
        let horizon = Horizon::new(now, &policy.zone, policy.region);
        let mut services: HashMap<_, _> = services.into_iter().map(|(id, fields)| (id, (fields, Vec::new()))).collect();
        let active = providers.into_iter().filter(|provider| provider.standing == Standing::Active);
        let active: HashMap<ProviderId, &'a Provider> = active.map(|provider| (provider.id, provider)).collect();
        for provider in active.values() {
            let hours = provider.fields.hours(policy);
            let opens = horizon.next_open(&hours, now);
            let consortium = Consortium::of(&provider.fields, policy, |id| active.get(&id).copied());
            for offered in &provider.fields.services {
                let Some((service, candidates)) = services.get_mut(&offered.service_id) else { continue };
                let lead_h = offered.lead_time_h.unwrap_or(service.lead_time_h);
                let ready_at = horizon.add_open(&hours, now, SignedDuration::from_hours(lead_h.into()));
                let load = loads.get(&provider.id).unwrap_or(&NOTHING);
                let (hours, consortium) = (hours.clone(), consortium.clone());
                candidates.push(Candidate { provider, offered, hours, consortium, load, ready_at, opens });
            }
        }
        Self { horizon, now, services }
    }

    /// Ranks the providers of a job's service.
    pub fn rank(&self, job: &Job<'_>) -> Ranking {
        let Some((service, candidates)) = self.services.get(&job.service) else { return Ranking::default() };
        let mut ranking = Ranking::default();
        for candidate in candidates {
            let provider = candidate.provider;
            let (id, tier) = (provider.id, provider.fields.tier);
            match self.judge(candidate, service, job) {
                Ok(ranked) => ranking.ranked.push(ranked),
                Err(reasons) => ranking.excluded.push(Excluded { provider: id, tier, reasons }),
            }
        }
        ranking.ranked.sort_by(|one, other| compare(one, other).0);
        ranking.excluded.sort_by_key(|excluded| (excluded.tier, excluded.provider));
        let next: Vec<_> = ranking
            .ranked
            .windows(2)
            .map(|pair| match pair {
                [one, other] => Some(compare(one, other).1),
                _ => None,
            })
            .collect();
        for (ranked, criterion) in ranking.ranked.iter_mut().zip(next) {
            ranked.before_next = criterion;
        }
        ranking
    }

    fn judge(
        &self,
        candidate: &Candidate<'_>,
        service: &ServiceFields,
        job: &Job<'_>,
    ) -> Result<Ranked, Vec<Exclusion>> {
        let Candidate { provider, offered, load, .. } = candidate;
        let fields = &provider.fields;
        let due = job.when.end(job.zone);
        let day = due.civil(job.zone).date();
        let mut reasons = Vec::new();
        if fields.sites.as_ref().is_some_and(|sites| !sites.contains(&job.site)) {
            reasons.push(Exclusion::Elsewhere);
        }
        if job.declined.contains(&provider.id) {
            reasons.push(Exclusion::Declined);
        }
        if job.asked.contains(&provider.id) {
            reasons.push(Exclusion::Asked);
        }
        // Who is away until after the due day is back when that is over, whatever holds today.
        let away_then = fields.away(day);
        if let Some(away) = away_then.or_else(|| fields.away(self.horizon.today())) {
            let through = match away {
                Away::Through(date) => Some(date),
                Away::ForGood => None,
            };
            reasons.push(Exclusion::Suspended { through });
        }
        let ready_at = self.ready_for(candidate, job);
        let ready_day = ready_at.map(|at| at.civil(job.zone).date());
        // What is due already cannot be kept by anybody: then everybody is late, and nobody is left out for it.
        if away_then.is_none() && due > self.now && ready_day.is_none_or(|ready| ready > day) {
            let opens = self.opens_for(candidate, job).map(|at| at.civil(job.zone).date());
            reasons.push(if opens.is_none_or(|opens| opens > day) {
                Exclusion::Closed { opens }
            } else {
                Exclusion::LeadTime { ready: ready_day }
            });
        }
        let capacity_per_day = candidate.capacity_on(day);
        let on = |date: &Date| load.days.get(date).copied().unwrap_or(0);
        if capacity_per_day.is_some_and(|capacity| on(&day) >= capacity) {
            let has_room = |date| candidate.capacity_on(date).is_none_or(|capacity| on(&date) < capacity);
            let free = self.horizon.next_day(&candidate.hours, day, has_room);
            // No member of a consortium works: that is no want of room.
            let nobody = candidate.consortium.is_some() && capacity_per_day == Some(0);
            reasons.push(if nobody { Exclusion::Closed { opens: free } } else { Exclusion::Full { free } });
        }
        if !reasons.is_empty() {
            return Err(reasons);
        }
        Ok(Ranked {
            provider: provider.id,
            tier: fields.tier,
            timeliness: if ready_at.is_some_and(|at| at <= due) { Timeliness::InTime } else { Timeliness::Late },
            ready_at,
            on_the_day: on(&day),
            capacity_per_day,
            recent: load.recent,
            price: price(service, offered, job.quantity),
            before_next: None,
        })
    }

    /// The earliest moment at which the job is done: after the lead time, and for what is done on the spot not before its window opens.
    fn ready_for(&self, candidate: &Candidate<'_>, job: &Job<'_>) -> Option<Instant> {
        match &job.when {
            When::Due { .. } => candidate.ready_at,
            When::Window(window) => {
                let from = candidate.ready_at?.max(window.start(job.zone));
                self.horizon.next_open(&candidate.hours, from)
            }
        }
    }

    /// When the provider is open for the job at the earliest, whatever it needs to get ready.
    fn opens_for(&self, candidate: &Candidate<'_>, job: &Job<'_>) -> Option<Instant> {
        match &job.when {
            When::Due { .. } => candidate.opens,
            When::Window(window) => self.horizon.next_open(&candidate.hours, self.now.max(window.start(job.zone))),
        }
    }
}

/// What a job costs at a provider, VAT included; none if it must be asked.
pub fn price(service: &ServiceFields, offered: &OfferedService, quantity: Quantity) -> Option<Cents> {
    let times = |cents: Cents| cents.checked_mul(quantity.into());
    match service.price {
        PriceRule::Free => Some(Cents::ZERO),
        PriceRule::PerUnit { cents } => times(offered.price.unwrap_or(cents)),
        PriceRule::Flat { cents } => Some(offered.price.unwrap_or(cents)),
        PriceRule::OnQuote => offered.price,
    }
}

/// Which of two comes first, and by what.
fn compare(one: &Ranked, other: &Ranked) -> (Ordering, Criterion) {
    let size = |ranked: &Ranked| u64::from(ranked.capacity_per_day.unwrap_or(USUAL_CAPACITY).max(1));
    // Fractions of whole numbers are compared crosswise: nothing is rounded.
    let rotation = (u64::from(one.recent) * size(other)).cmp(&(u64::from(other.recent) * size(one)));
    // What is not known comes after what is.
    let last = |at: Option<Instant>| (at.is_none(), at);
    let dear = |price: Option<Cents>| (price.is_none(), price);
    let steps = [
        (one.tier.cmp(&other.tier), Criterion::Tier),
        (one.timeliness.cmp(&other.timeliness), Criterion::InTime),
        (rotation, Criterion::Rotation),
        (last(one.ready_at).cmp(&last(other.ready_at)), Criterion::Completion),
        (dear(one.price).cmp(&dear(other.price)), Criterion::Price),
    ];
    let decided = steps.into_iter().find(|(order, _)| order.is_ne());
    decided.unwrap_or((one.provider.cmp(&other.provider), Criterion::Register))
}

#[cfg(test)]
mod tests;
