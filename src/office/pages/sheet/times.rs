//! When the stops of a round are made: as planning reckons with the round's own rows, which is what the console's board shows, or as they
//! were done.

use crate::{
    domain::{
        beneficiary::Beneficiary,
        courier::Courier,
        entity::Entity,
        ids::{BeneficiaryId, CourierId, LegId, LockerId, ProviderId, RequestId, ServiceId, SiteId},
        leg::{Leg, Place},
        locker::Locker,
        permanence::Permanence,
        policy::PolicyFields,
        provider::Provider,
        request::{Request, Requester},
        round::{Round, Stop, StopAct},
        service::Service,
        site::Site,
        time::{Instant, Window},
    },
    office::storage::{StorageError, Tx, document},
    planning::{
        day::{self, Asked, Day, House, Table, Ways},
        schedule::{Conflict, Schedule},
    },
    wire::travel::{AskTravel, TravelTimes},
};
use jiff::{SignedDuration, civil::Time};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// How sure the time of a stop is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sure {
    /// It was done then.
    Done,
    /// It is reckoned.
    Planned,
    /// It is reckoned without a way whose length nobody knows: it is then at the earliest.
    Roughly,
}

/// When a stop is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hour {
    /// When the courier begins there.
    pub at: Instant,
    /// What clocks show then, in the house's zone.
    pub clock: Time,
    /// How long work takes.
    pub lasts: SignedDuration,
    /// How sure that is.
    pub sure: Sure,
}

/// How long a stop that was made is shown to have taken: nobody tells when it began.
const USUAL: SignedDuration = SignedDuration::from_mins(5);

/// A window that lasts as long is none: the day on which clocks go forth is the shortest.
const WHOLE_DAY: f64 = 23.0 * 3_600.0;

/// The rows that the times of a round follow from.
#[derive(Debug)]
pub(super) struct Rows {
    round: Round,
    policy: PolicyFields,
    legs: BTreeMap<LegId, Leg>,
    requests: BTreeMap<RequestId, Request>,
    persons: BTreeMap<BeneficiaryId, Beneficiary>,
    services: BTreeMap<ServiceId, Service>,
    sites: BTreeMap<SiteId, Site>,
    lockers: BTreeMap<LockerId, Locker>,
    providers: BTreeMap<ProviderId, Provider>,
    courier: Option<Courier>,
    permanences: Vec<Permanence>,
}

/// Reads rows, those that there are, in one question.
async fn read<E: Entity>(
    tx: &mut Tx,
    ids: impl IntoIterator<Item = E::Id> + Clone,
) -> Result<BTreeMap<E::Id, E>, StorageError>
where
    E::Id: Ord + Copy,
{
    let texts: BTreeSet<String> = ids.clone().into_iter().map(|id| id.to_string()).collect();
    document::load_ahead(tx, E::KIND, &texts).await?;
    let mut rows = BTreeMap::new();
    for id in ids {
        if let Some(row) = document::load::<E>(tx, id).await? {
            rows.insert(id, row);
        }
    }
    Ok(rows)
}

impl Rows {
    /// Reads what there is of a round.
    pub(super) async fn of(tx: &mut Tx, round: &Round, policy: &PolicyFields) -> Result<Self, StorageError> {
        let legs = read::<Leg>(tx, round.legs().collect::<Vec<_>>()).await?;
        let ends = legs.values().flat_map(|leg| [&leg.fields.from, &leg.fields.to]);
        let places: Vec<&Place> = ends.chain([&round.fields.start, &round.fields.end]).collect();
        let lockers = places.iter().filter_map(|place| match place {
            Place::Locker { locker_id } => Some(*locker_id),
            _ => None,
        });
        let lockers = read::<Locker>(tx, lockers.collect::<Vec<_>>()).await?;
        let desks = places.iter().filter_map(|place| match place {
            Place::Site { site_id } => Some(*site_id),
            _ => None,
        });
        let sites: BTreeSet<SiteId> = desks
            .chain(lockers.values().map(|locker| locker.fields.site_id))
            .chain(legs.values().filter_map(|leg| leg.site_id))
            .collect();
        let providers = places.iter().filter_map(|place| match place {
            Place::Provider { provider_id } => Some(*provider_id),
            _ => None,
        });
        let providers = read::<Provider>(tx, providers.collect::<Vec<_>>()).await?;
        let requests = legs.values().map(|leg| leg.fields.request_id);
        let requests = read::<Request>(tx, requests.collect::<BTreeSet<_>>()).await?;
        // Of whoever is not found at a door nothing is asked.
        let is_door = |leg: &&Leg| {
            matches!(leg.fields.from, Place::Address { position: None, .. })
                || matches!(leg.fields.to, Place::Address { position: None, .. })
        };
        let at_doors = legs.values().filter(is_door).filter_map(|leg| requests.get(&leg.fields.request_id));
        let persons = at_doors.filter_map(|request| match request.fields.requester {
            Some(Requester::Person { id }) => Some(id),
            _ => None,
        });
        let persons = read::<Beneficiary>(tx, persons.collect::<BTreeSet<_>>()).await?;
        let services = requests.values().filter_map(|request| request.fields.service_id);
        let services = read::<Service>(tx, services.collect::<BTreeSet<_>>()).await?;
        let mut permanences = Vec::new();
        for site in &sites {
            let id = site.to_string();
            let sql = "site_id = $1 AND state IN ('planned', 'open')";
            permanences.extend(document::select::<Permanence>(tx, sql, &[(&id).into()]).await?);
        }
        Ok(Self {
            courier: document::load(tx, round.fields.courier_id).await?,
            sites: read::<Site>(tx, sites).await?,
            round: round.clone(),
            policy: policy.clone(),
            legs,
            requests,
            persons,
            services,
            lockers,
            providers,
            permanences,
        })
    }

    fn day(&self, ways: &Ways, now: Instant) -> Day {
        let date = self.round.fields.shift.date();
        day::of(self, ways, Asked { date, now, wanted: None, before: None })
    }

    /// The ways that are to be known; none if there is nothing to go to any more, or only where one is.
    pub(super) fn asks(&self, now: Instant) -> Option<AskTravel> {
        let (positions, pacings) = self.day(&Ways::default(), now).ways_needed();
        let (vehicle, speed) = pacings.first().copied()?;
        (positions.len() > 1).then_some(AskTravel { vehicle, speed_kmh: Some(speed), positions })
    }

    /// The times, with the ways that were told; estimated without.
    pub(super) fn times(&self, told: Option<&TravelTimes>, now: Instant) -> Times<'_> {
        let table = self.asks(now).zip(told).and_then(|(asked, told)| {
            let pacing = (asked.vehicle, asked.speed_kmh?);
            let matrix = told.matrix().ok().filter(|matrix| matrix.size() == asked.positions.len())?;
            Some(Arc::new(Table { positions: asked.positions, matrices: vec![(pacing, matrix)] }))
        });
        let day = self.day(&Ways { turn: 0, table }, now);
        let schedule = Schedule::of(&day.problem, &day.routes);
        Times { rows: self, day, schedule }
    }
}

impl House for Rows {
    fn policy(&self) -> Option<&PolicyFields> {
        Some(&self.policy)
    }

    fn site(&self, id: SiteId) -> Option<&Site> {
        self.sites.get(&id)
    }

    fn locker(&self, id: LockerId) -> Option<&Locker> {
        self.lockers.get(&id)
    }

    fn provider(&self, id: ProviderId) -> Option<&Provider> {
        self.providers.get(&id)
    }

    fn request(&self, id: RequestId) -> Option<&Request> {
        self.requests.get(&id)
    }

    fn beneficiary(&self, id: BeneficiaryId) -> Option<&Beneficiary> {
        self.persons.get(&id)
    }

    fn service(&self, id: ServiceId) -> Option<&Service> {
        self.services.get(&id)
    }

    fn legs(&self) -> Vec<&Leg> {
        self.legs.values().collect()
    }

    fn rounds(&self) -> Vec<&Round> {
        vec![&self.round]
    }

    fn courier(&self, id: CourierId) -> Option<&Courier> {
        self.courier.as_ref().filter(|courier| courier.id == id)
    }

    // A shift without a round is none of this one's.
    fn couriers(&self) -> Vec<&Courier> {
        Vec::new()
    }

    fn permanences(&self) -> Vec<&Permanence> {
        self.permanences.iter().collect()
    }
}

/// When everything happens on a round.
pub(super) struct Times<'a> {
    rows: &'a Rows,
    day: Day,
    schedule: Schedule,
}

impl Times<'_> {
    /// When a stop that is ahead is made; none if nobody knows.
    pub(super) fn planned(&self, stop: Stop) -> Option<Hour> {
        let timed = self.schedule.visit(self.day.visit(stop)?)?;
        let lasts = SignedDuration::try_from_secs_f64(timed.depart - timed.begin).ok()?;
        let sure = if self.is_rough(stop) { Sure::Roughly } else { Sure::Planned };
        Some(self.hour(self.day.moment(timed.begin)?, lasts, sure))
    }

    /// When a stop was made that is behind.
    pub(super) fn done(&self, stop: Stop) -> Option<Hour> {
        let leg = self.rows.legs.get(&stop.leg_id)?;
        let at = match stop.act {
            StopAct::Take => leg.started_at.or(leg.ended_at)?,
            StopAct::Leave => leg.ended_at?,
        };
        Some(self.hour(at, USUAL, Sure::Done))
    }

    fn hour(&self, at: Instant, lasts: SignedDuration, sure: Sure) -> Hour {
        Hour { at, clock: at.civil(&self.rows.policy.zone).time(), lasts, sure }
    }

    /// Whether a way that leads there has no length, its own or one before it.
    fn is_rough(&self, stop: Stop) -> bool {
        let Some(vehicle) = self.day.problem.vehicles.first() else { return true };
        let route = self.day.routes.0.first().map(Vec::as_slice).unwrap_or_default();
        let unknown = self.schedule.conflicts.iter().filter_map(|conflict| match conflict {
            Conflict::NoCoordinates { visit } | Conflict::Unreachable { visit } => Some(*visit),
            _ => None,
        });
        let unknown: Vec<_> = unknown.collect();
        let here = route.iter().position(|visit| self.day.stop(*visit) == Some(stop)).unwrap_or(route.len());
        vehicle.start.is_none() || route.iter().take(here + 1).any(|visit| unknown.contains(visit))
    }

    /// When a stop that is ahead can be made: the hours of the place, within what was agreed and promised; none where any time will do.
    pub(super) fn hours(&self, stop: Stop) -> Vec<Window> {
        let stop = self.day.visit(stop).and_then(|visit| self.day.problem.stop(visit));
        let windows = stop.map(|stop| stop.windows.as_slice()).unwrap_or_default();
        let told = windows.iter().filter(|window| window.close - window.open < WHOLE_DAY);
        told.filter_map(|window| self.day.window(window.open, window.close)).collect()
    }
}

#[cfg(test)]
mod tests;
