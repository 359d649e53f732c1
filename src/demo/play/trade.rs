//! Providers: who is asked, what they answer, and what comes of their work.

use super::{Stage, line, words};
use crate::{
    demo::{chance::Chance, directory::Seat},
    domain::{
        beneficiary::Way,
        ids::{BeneficiaryId, OfferId},
        item::{Holder, ItemFields},
        money::Cents,
        offer::{Offer, OfferFields, OfferState},
        posting::{Account, Line, PostingFields, PostingKind},
        request::{Handover, Request, RequestState},
    },
    wire::{
        bodies::{AssignOwnStaff, Step},
        catalogue::Command,
        dispatch_bodies::DeclineOffer,
        fresh,
    },
};
use jiff::SignedDuration;
use std::{collections::BTreeSet, future::Future, pin::Pin};
use tokio::task::JoinSet;

type Played = Pin<Box<dyn Future<Output = ()> + Send>>;

/// How long a provider has to answer.
const DEADLINE: SignedDuration = SignedDuration::from_hours(2);

/// The dispatcher gives one job after the other.
pub(super) fn dispatch(stage: Stage) -> Played {
    Box::pin(async move {
        let mut chance = stage.chance("dispatch");
        loop {
            stage.pause_between(&mut chance, 25, 70).await;
            if stage.seat(Seat::Dispatch).is_none() {
                return;
            }
            let free = stage.shared.world.rows().free(RequestState::Triaged);
            // What waits longest comes first; who waits for a minute is left for the others to see.
            if let Some(request) = free.first() {
                stage.assign(request, &mut chance).await;
            }
        }
    })
}

/// Every offer that is out gets an answer after a while.
pub(super) fn providers(stage: Stage) -> Played {
    Box::pin(async move {
        let mut known: BTreeSet<OfferId> = BTreeSet::new();
        let mut answers = JoinSet::new();
        loop {
            let new = |rows: &crate::demo::world::Rows| {
                let new: Vec<Offer> = rows.asked().into_iter().filter(|offer| !known.contains(&offer.id)).collect();
                (!new.is_empty()).then_some(new)
            };
            let offers = stage.shared.world.until(new).await;
            for offer in offers {
                known.insert(offer.id);
                let stage = stage.clone();
                answers.spawn(async move { stage.answer(offer).await });
            }
            while answers.try_join_next().is_some() {}
        }
    })
}

/// What providers and staff do becomes ready, and is delivered.
pub(super) fn work(stage: Stage) -> Played {
    Box::pin(async move {
        let mut chance = stage.chance("work");
        loop {
            stage.pause_between(&mut chance, 20, 60).await;
            let (assigned, underway) = {
                let rows = stage.shared.world.rows();
                (rows.free(RequestState::Assigned), rows.free(RequestState::Underway))
            };
            let start = chance.happens(50);
            match (assigned.first(), underway.first()) {
                (Some(request), _) if start => {
                    let body = Step { seen: RequestState::Assigned };
                    stage.give(Seat::Machine, Command::StartRequest { id: request.id, body }).await;
                }
                (_, Some(request)) => drop(stage.finish(request).await),
                _ => {}
            }
        }
    })
}

impl Stage {
    /// Offers a job to a provider of the first tier that does it, or gives it to own staff if it is free.
    async fn assign(&self, request: &Request, chance: &mut Chance) -> Option<()> {
        let directory = &self.shared.directory;
        let (service, site) = (request.fields.service_id?, request.fields.site_id?);
        let offered = directory.services.iter().find(|offered| offered.id == service)?;
        let partner = crate::demo::past::partner(directory, service, site, chance);
        let own = offered.price(1) == Some(Cents::ZERO);
        let Some(partner) = partner.filter(|_| !own) else {
            let body = AssignOwnStaff {
                seen: RequestState::Triaged,
                assignment_id: fresh(),
                operator_id: directory.operator(Seat::SecondConcierge).ok()?,
            };
            self.give(Seat::Dispatch, Command::AssignRequest { id: request.id, body }).await?;
            self.tell("demo-assigned", vec![("number", request.number.to_string())]);
            return Some(());
        };
        let quantity: u32 = request.fields.quantity.into();
        let price = partner.fields.services.iter().find(|known| known.service_id == service);
        let body = OfferFields {
            request_id: request.id,
            provider_id: partner.id,
            way: partner.fields.way(),
            deadline: self.now().plus(DEADLINE),
            price: price.and_then(|known| known.price).and_then(|price| price.checked_mul(quantity)),
            note: None,
            tier_reason: if directory.passes_over(service, site, partner) {
                line(&self.shared.words.noted.passed_over)
            } else {
                None
            },
        };
        self.give(Seat::Dispatch, Command::PrepareOffer { id: fresh(), body }).await?;
        let provider = partner.fields.name.as_str().to_owned();
        self.tell("demo-offered", vec![("number", request.number.to_string()), ("provider", provider)]);
        Some(())
    }

    /// A provider's yes or no: handed in by the mailbox, or by the dispatcher who called.
    async fn answer(&self, offer: Offer) -> Option<()> {
        let told = offer.fields.way == Way::Telephone;
        // Who plays the dispatcher calls those who are told by telephone.
        let by = if told { Seat::Dispatch } else { Seat::Machine };
        self.seat(by)?;
        let mut chance = self.chance(&format!("answer {} {}", offer.fields.request_id, offer.fields.provider_id));
        self.pause_between(&mut chance, 30, 300).await;
        let open = self.shared.world.rows().asked().iter().any(|asked| asked.id == offer.id);
        if !open {
            return None;
        }
        let partner = self.shared.directory.partners.iter().find(|partner| partner.id == offer.fields.provider_id);
        let provider = partner.map(|partner| partner.fields.name.as_str().to_owned()).unwrap_or_default();
        let seen = OfferState::Sent;
        if chance.happens(86) {
            self.give(by, Command::AcceptOffer { id: offer.id, body: Step { seen } }).await?;
            self.tell("demo-accepted", vec![("provider", provider)]);
        } else {
            let reason = line(&words::one_of(&self.shared.words.declines, &mut chance))?;
            let why = reason.as_str().to_owned();
            let body = DeclineOffer { seen, reason, counter: None };
            self.give(by, Command::DeclineOffer { id: offer.id, body }).await?;
            self.tell("demo-declined", vec![("provider", provider), ("why", why)]);
        }
        Some(())
    }

    /// A job becomes ready: what is carried lies at the desk then, what is done on the spot is done.
    async fn finish(&self, request: &Request) -> Option<()> {
        let id = request.id;
        let site = request.fields.site_id?;
        if request.fields.handover == Some(Handover::OnSite) {
            self.give(Seat::Machine, Command::DoneRequest { id, body: Step { seen: RequestState::Underway } }).await?;
        } else {
            self.give(Seat::Machine, Command::ReadyRequest { id, body: Step { seen: RequestState::Underway } }).await?;
            let person = match &request.fields.requester {
                Some(crate::domain::request::Requester::Person { id }) => Some(*id),
                _ => None,
            };
            let label = format!("D-{}", request.number.to_string().replace('-', ""));
            let body = ItemFields {
                label: line(&label)?,
                description: None,
                request_id: Some(id),
                beneficiary_id: person,
                site_id: site,
                holder: Holder::Concierge { site_id: site, place: None },
                since: self.now(),
            };
            self.charge(request, person).await;
            let by = if self.seat(Seat::SecondConcierge).is_some() { Seat::SecondConcierge } else { Seat::Concierge };
            self.give(by, Command::CreateItem { id: fresh(), body }).await?;
        }
        self.tell("demo-ready", vec![("number", request.number.to_string())]);
        Some(())
    }

    /// Puts the price on the person's tab.
    async fn charge(&self, request: &Request, person: Option<BeneficiaryId>) -> Option<()> {
        let amount = request.fields.price.filter(|price| *price > Cents::ZERO)?;
        let lines = vec![
            Line { account: Account::Person { beneficiary_id: person? }, amount },
            Line { account: Account::Commission, amount: -amount },
        ];
        let body = PostingFields {
            kind: PostingKind::Charge,
            lines,
            occurred_at: self.now(),
            request_id: Some(request.id),
            site_id: request.fields.site_id,
            taken_by: None,
            permanence_id: None,
            reverses: None,
            text: None,
        };
        self.give(Seat::Machine, Command::PostPosting { id: fresh(), body }).await.map(drop)
    }
}
