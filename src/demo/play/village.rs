//! The village: the day's rounds are planned by the planner, laundries tell what is washed, and buildings hand over more bags.

use super::{Stage, line, planned::Known, trade::Played};
use crate::{
    demo::{directory::Seat, people::Person, scene::Scene, world::Rows},
    domain::{
        clock::Urgency,
        ids::{ItemId, RequestId, RoundId},
        item::{Holder, ItemFields},
        offer::OfferState,
        request::{Channel, Handover, Payer, Quantity, RequestFields, RequestState, Requester},
        round::{RoundFields, RoundState},
        time::When,
    },
    planning::{day::Day, problem::VehicleIndex},
    wire::{bodies::Step, catalogue::Command, desk_bodies::NumberLabels, dispatch_bodies::Arrange, fresh},
};

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
        let (day, changed) = self.planned(Known::of(self)).await?;
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

    async fn round_for(&self, day: &Day, vehicle: VehicleIndex) -> Option<RoundId> {
        let drive = day.drive(vehicle)?;
        let (id, start, end) = (fresh(), drive.start.clone()?, drive.end.clone()?);
        let body = RoundFields { courier_id: drive.courier, vehicle: drive.vehicle, shift: drive.shift, start, end };
        self.give(Seat::Machine, Command::CreateRound { id, body }).await?;
        Some(id)
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
