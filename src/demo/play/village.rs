//! The village: the day's rounds are planned by the planner, laundries tell what is washed, and buildings hand over more bags.

use super::{Stage, line, trade::Played};
use crate::{
    demo::{directory::Seat, people::Person, scene::Scene, world::Rows},
    domain::{
        beneficiary::Beneficiary,
        clock::Urgency,
        courier::Courier,
        ids::{BeneficiaryId, CourierId, ItemId, LockerId, ProviderId, RequestId, RoundId, ServiceId, SiteId},
        item::{Holder, ItemFields},
        leg::Leg,
        locker::Locker,
        offer::OfferState,
        permanence::Permanence,
        policy::PolicyFields,
        position::Position,
        provider::Provider,
        register::Entry,
        request::{Channel, Handover, Payer, Quantity, Request, RequestFields, RequestState, Requester},
        round::{Round, RoundFields, RoundState},
        service::Service,
        site::Site,
        time::When,
    },
    planning::{
        day::{self, Asked, Day, House, Pacing, Table, Ways},
        plan::Planner as _,
        problem::VehicleIndex,
        solver,
    },
    wire::{
        bodies::Step, catalogue::Command, desk_bodies::NumberLabels, dispatch_bodies::Arrange, fresh, travel::AskTravel,
    },
};
use std::{collections::BTreeMap, sync::Arc};

/// Of so many rounds one is left a draft, to be looked at and published by hand.
const ONE_DRAFT_OF: usize = 5;

/// Laundries tell what is washed, one run after the other.
pub(super) fn laundries(stage: Stage) -> Played {
    Box::pin(async move {
        let mut chance = stage.chance("laundries");
        loop {
            stage.pause_between(&mut chance, 30, 110).await;
            let washed = stage.shared.world.rows().at_laundry();
            let Some((id, number)) = washed else { continue };
            let body = Step { seen: OfferState::Accepted };
            if stage.give(Seat::Machine, Command::FulfilOffer { id, body }).await.is_some() {
                stage.tell("demo-washed", vec![("number", number)]);
            }
        }
    })
}

/// Buildings hand over more bags.
pub(super) fn buildings(stage: Stage) -> Played {
    Box::pin(async move {
        let mut chance = stage.chance("buildings");
        loop {
            stage.pause_between(&mut chance, 90, 300).await;
            let Some(person) = chance.pick(&stage.shared.directory.people).cloned() else { return };
            let bags = chance.between(4, 12);
            let _: Option<()> = stage.hand_over(&person, u32::try_from(bags).unwrap_or(4)).await;
        }
    })
}

/// What comes up during the day is planned too, unless the one who plays does that.
pub(super) fn planning(stage: Stage) -> Played {
    Box::pin(async move {
        let mut chance = stage.chance("planning");
        while stage.seat(Seat::Dispatch).is_some() {
            stage.pause_between(&mut chance, 200, 400).await;
            stage.plan_the_day().await;
        }
    })
}

impl Stage {
    /// Before anybody looks on: the village's day has its rounds. A house that goes on has had them.
    pub async fn before_the_day(&self) {
        let is_village = self.shared.staging.scene != Scene::House;
        if is_village && !self.shared.world.rows().has_rounds() {
            let _: Option<()> = self.plan_the_day().await;
        }
    }

    /// Bags come in at a building's desk: one request, each bag with a label of its own.
    async fn hand_over(&self, person: &Person, bags: u32) -> Option<()> {
        let by = Seat::SecondConcierge;
        self.seat(by)?;
        let directory = &self.shared.directory;
        let service = directory.services.first()?;
        let id: RequestId = fresh();
        let due = directory.working_day_after(directory.today()).at(12, 0, 0, 0);
        let body = RequestFields {
            channel: Channel::Permanence,
            contact_id: None,
            requester: Some(Requester::Person { id: person.id }),
            service_id: Some(service.id),
            site_id: Some(person.site),
            payer: Some(Payer::Client),
            when: Some(When::Due { at: due }),
            quantity: Quantity::try_from(bags).ok()?,
            detail: None,
            text: None,
            handover: Some(Handover::Permanence),
            urgency: Urgency::Normal,
            price: None,
        };
        self.give(by, Command::CreateRequest { id, body }).await?;
        let body = NumberLabels { count: bags };
        let given = self.give(by, Command::NumberLabels { body }).await?.aside?;
        for label in given.get("labels")?.as_array()?.iter().filter_map(serde_json::Value::as_str) {
            let body = ItemFields {
                label: line(label)?,
                description: None,
                request_id: Some(id),
                beneficiary_id: Some(person.id),
                site_id: person.site,
                holder: Holder::Concierge { site_id: person.site, place: None },
                since: self.now(),
            };
            self.give(by, Command::CreateItem { id: fresh::<ItemId>(), body }).await?;
        }
        self.give(by, Command::TriageRequest { id, body: Step { seen: RequestState::New } }).await?;
        let site = directory.site_name(person.site).to_owned();
        self.tell("demo-bags", vec![("site", site), ("bags", bags.to_string())]);
        Some(())
    }

    /// What no round carries is put into those of the day where it makes them least longer; who has none yet and gets something has one.
    async fn plan_the_day(&self) -> Option<()> {
        let known = Known::of(self);
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
        let (day, changed) = planned.await.ok()?;
        let mut made = 0;
        for (vehicle, stops) in changed {
            let (id, seen) = match day.drive(vehicle)?.round.as_ref() {
                Some(round) => (round.id, round.state),
                None => (self.round_for(&day, vehicle).await?, RoundState::Draft),
            };
            let body = Arrange { seen, stops };
            if self.give(Seat::Machine, Command::ArrangeRound { id, body }).await.is_none() {
                continue;
            }
            made += 1;
            if day.drive(vehicle)?.round.is_none() && made % ONE_DRAFT_OF != 0 {
                let body = Step { seen: RoundState::Draft };
                self.give(Seat::Machine, Command::PublishRound { id, body }).await;
            }
        }
        if made > 0 {
            self.tell("demo-planned", vec![("count", made.to_string())]);
        }
        Some(())
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

    async fn round_for(&self, day: &Day, vehicle: VehicleIndex) -> Option<RoundId> {
        let drive = day.drive(vehicle)?;
        let (id, start, end) = (fresh(), drive.start.clone()?, drive.end.clone()?);
        let body = RoundFields { courier_id: drive.courier, vehicle: drive.vehicle, shift: drive.shift, start, end };
        self.give(Seat::Machine, Command::CreateRound { id, body }).await?;
        Some(id)
    }
}

/// What planning looks up.
struct Known {
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
    fn of(stage: &Stage) -> Self {
        let directory = &stage.shared.directory;
        let (requests, legs, rounds) = stage.shared.world.rows().carried();
        let desk = |desk: &crate::demo::directory::Desk| {
            Permanence::create(desk.id, desk.fields.clone(), directory.zone.clone(), None)
        };
        Self {
            policy: PolicyFields::default(),
            sites: entries(directory.sites.iter().map(|(id, fields)| Entry::create(*id, fields.clone()))),
            providers: entries(directory.partners.iter().map(|known| Entry::create(known.id, known.fields.clone()))),
            services: entries(directory.services.iter().map(|known| Entry::create(known.id, known.fields.clone()))),
            couriers: entries(directory.couriers.iter().map(|(id, fields)| Entry::create(*id, fields.clone()))),
            permanences: directory.desks_today().map(desk).collect(),
            requests: requests.into_iter().map(|request| (request.id, request)).collect(),
            legs,
            rounds,
        }
    }
}

/// What the domain takes, by its id: all of it, for the office took it.
fn entries<F, E>(all: impl Iterator<Item = Result<Entry<F>, E>>) -> BTreeMap<F::Id, Entry<F>>
where
    F: crate::domain::register::Fields,
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

impl Rows {
    /// A run that its laundry has in hand, the one that has waited longest: what it took, and the request's number.
    fn at_laundry(&self) -> Option<(crate::domain::ids::OfferId, String)> {
        let waits = |offer: &&crate::domain::offer::Offer| {
            let washing = Holder::Provider { provider_id: offer.fields.provider_id };
            let mut bags = self.items_of(offer.fields.request_id).peekable();
            bags.peek().is_some() && bags.all(|bag| bag.fields.holder == washing)
        };
        let taken = self.taken().filter(waits).min_by_key(|offer| (offer.created_at, offer.id))?;
        Some((taken.id, self.request(taken.fields.request_id)?.number.to_string()))
    }
}
