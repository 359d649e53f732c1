//! What the demonstration plans by: the house as its day stands, and the planner that everybody has.

use super::Stage;
use crate::{
    demo::directory::{Desk, Seat},
    domain::{
        beneficiary::Beneficiary,
        courier::Courier,
        ids::{BeneficiaryId, CourierId, LockerId, ProviderId, RequestId, ServiceId, SiteId},
        leg::Leg,
        locker::Locker,
        permanence::Permanence,
        policy::PolicyFields,
        position::Position,
        provider::Provider,
        register::{Entry, Fields},
        request::Request,
        round::{Round, Stop},
        service::Service,
        site::Site,
    },
    planning::{
        day::{self, Asked, Day, House, Pacing, Table, Ways},
        plan::Planner as _,
        problem::VehicleIndex,
        solver,
    },
    wire::travel::AskTravel,
};
use std::{collections::BTreeMap, sync::Arc};

impl Stage {
    /// The day as it is known, with what no round carries put where it makes rounds least longer: and the rounds that this changes.
    pub(super) async fn planned(&self, known: Known) -> Option<(Day, Vec<(VehicleIndex, Vec<Stop>)>)> {
        let (now, zone) = (self.now(), self.shared.directory.zone.clone());
        let rounds = solver::Rounds { seed: self.shared.staging.seed };
        // A plan takes a thread for itself, not one that others are served by.
        let made = move |ways: &Ways| {
            let asked = Asked { date: now.civil(&zone).date(), now, wanted: None, before: None };
            day::of(&known, ways, asked)
        };
        let ways = self.ways(made(&Ways::default()).ways_needed()).await;
        let planned = tokio::task::spawn_blocking(move || {
            let day = made(&ways);
            let plan = rounds.insert(&day.problem, &day.routes);
            let changed = day.changed(&plan.routes);
            (day, changed)
        });
        planned.await.ok()
    }

    /// How long ways are as the office tells everybody; as planning estimates them if it does not.
    async fn ways(&self, (positions, pacings): (Vec<Position>, Vec<Pacing>)) -> Ways {
        let Some(client) = self.seat(Seat::Machine) else { return Ways::default() };
        let mut matrices = Vec::with_capacity(pacings.len());
        for (vehicle, speed) in pacings {
            let asked = AskTravel { vehicle, speed_kmh: Some(speed), positions: positions.clone() };
            let told = client.travel_times(&asked).await.ok().and_then(|told| told.matrix().ok());
            let Some(matrix) = told else { return Ways::default() };
            matrices.push(((vehicle, speed), matrix));
        }
        Ways { turn: 1, table: Some(Arc::new(Table { positions, matrices })) }
    }
}

/// What planning looks up.
pub(super) struct Known {
    policy: PolicyFields,
    sites: BTreeMap<SiteId, Site>,
    providers: BTreeMap<ProviderId, Provider>,
    services: BTreeMap<ServiceId, Service>,
    couriers: BTreeMap<CourierId, Courier>,
    permanences: Vec<Permanence>,
    requests: BTreeMap<RequestId, Request>,
    legs: Vec<Leg>,
    rounds: Vec<Round>,
}

impl Known {
    /// All that the house knows of its day.
    pub(super) fn of(stage: &Stage) -> Self {
        let directory = &stage.shared.directory;
        let (requests, legs, rounds) = stage.shared.world.rows().carried();
        let desk = |desk: &Desk| Permanence::create(desk.id, desk.fields.clone(), directory.zone.clone(), None);
        Self {
            policy: PolicyFields::default(),
            sites: entries(directory.sites.iter().map(|(id, fields)| Entry::create(*id, fields.clone()))),
            providers: entries(directory.partners.iter().map(|known| Entry::create(known.id, known.fields.clone()))),
            services: entries(directory.services.iter().map(|known| Entry::create(known.id, known.fields.clone()))),
            couriers: entries(directory.couriers.iter().map(|(id, fields)| Entry::create(*id, fields.clone()))),
            // Those of other days too: a site that has a desk on some days has none on the others.
            permanences: directory.desks.iter().map(desk).collect(),
            requests: requests.into_iter().map(|request| (request.id, request)).collect(),
            legs,
            rounds,
        }
    }

    /// One round alone, and what it may carry.
    pub(super) fn only(mut self, round: Round, legs: Vec<Leg>) -> Self {
        self.couriers.clear();
        self.rounds = vec![round];
        self.legs = legs;
        self
    }
}

/// What the domain takes, by its id: all of it, for the office took it.
fn entries<F, E>(all: impl Iterator<Item = Result<Entry<F>, E>>) -> BTreeMap<F::Id, Entry<F>>
where
    F: Fields,
    F::Id: Ord + Copy,
{
    all.filter_map(Result::ok).map(|entry| (entry.id, entry)).collect()
}

impl House for Known {
    fn policy(&self) -> Option<&PolicyFields> {
        Some(&self.policy)
    }

    fn site(&self, id: SiteId) -> Option<&Site> {
        self.sites.get(&id)
    }

    fn locker(&self, _id: LockerId) -> Option<&Locker> {
        None
    }

    fn provider(&self, id: ProviderId) -> Option<&Provider> {
        self.providers.get(&id)
    }

    fn request(&self, id: RequestId) -> Option<&Request> {
        self.requests.get(&id)
    }

    fn beneficiary(&self, _id: BeneficiaryId) -> Option<&Beneficiary> {
        None
    }

    fn service(&self, id: ServiceId) -> Option<&Service> {
        self.services.get(&id)
    }

    fn legs(&self) -> Vec<&Leg> {
        self.legs.iter().collect()
    }

    fn rounds(&self) -> Vec<&Round> {
        self.rounds.iter().collect()
    }

    fn courier(&self, id: CourierId) -> Option<&Courier> {
        self.couriers.get(&id)
    }

    fn couriers(&self) -> Vec<&Courier> {
        self.couriers.values().collect()
    }

    fn permanences(&self) -> Vec<&Permanence> {
        self.permanences.iter().collect()
    }
}
