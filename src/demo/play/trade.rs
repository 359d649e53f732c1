//! The trade with providers: who is asked, what becomes of what they cannot do, and what comes of their work.

use super::{Stage, line};
use crate::{
    demo::directory::Seat,
    domain::{
        exception::Exception,
        ids::{BeneficiaryId, OfferId, RequestId},
        item::{Holder, ItemFields},
        money::Cents,
        offer::{Offer, OfferFields, OfferState},
        posting::{Account, Line, PostingFields, PostingKind},
        request::{Handover, Request, RequestState},
    },
    wire::{
        bodies::{AssignOwnStaff, Step, StepBecause},
        catalogue::Command,
        desk_bodies::Settle,
        fresh,
    },
};
use jiff::SignedDuration;
use std::{collections::BTreeSet, future::Future, pin::Pin};
use tokio::task::JoinSet;

pub(super) type Played = Pin<Box<dyn Future<Output = ()> + Send>>;

/// How long a provider has to answer.
const DEADLINE: SignedDuration = SignedDuration::from_hours(2);

/// The dispatcher gives one job after the other; what a provider cannot do after all comes first.
pub(super) fn dispatch(stage: Stage) -> Played {
    Box::pin(async move {
        let mut chance = stage.chance("dispatch");
        let mut nobody: BTreeSet<RequestId> = BTreeSet::new();
        loop {
            stage.pause_between(&mut chance, 25, 70).await;
            if stage.seat(Seat::Dispatch).is_none() {
                return;
            }
            let (problem, free) = {
                let rows = stage.shared.world.rows();
                (rows.in_the_way(), rows.free(RequestState::Triaged))
            };
            if let Some((offer, exception)) = problem {
                stage.release(&offer, &exception).await;
                continue;
            }
            // What waits longest comes first; who waits for a minute is left for the others to see.
            if let Some(request) = free.iter().find(|request| !nobody.contains(&request.id))
                && stage.assign(request).await.is_none()
            {
                nobody.insert(request.id);
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
                stage.was_passed_on(&offer);
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
                // What couriers have in their rounds moves with its legs.
                let walks = |state| -> Vec<Request> {
                    rows.free(state).into_iter().filter(|request| !rows.is_in_a_round(request.id)).collect()
                };
                (walks(RequestState::Assigned), walks(RequestState::Underway))
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
    /// Offers a job to who is recommended for it, or gives it to own staff if it is free; nothing if nobody can be asked.
    async fn assign(&self, request: &Request) -> Option<()> {
        let directory = &self.shared.directory;
        let offered = directory.services.iter().find(|offered| Some(offered.id) == request.fields.service_id)?;
        if offered.price(1) == Some(Cents::ZERO) {
            let body = AssignOwnStaff {
                seen: RequestState::Triaged,
                assignment_id: fresh(),
                operator_id: directory.operator(Seat::SecondConcierge).ok()?,
            };
            self.give(Seat::Dispatch, Command::AssignRequest { id: request.id, body }).await?;
            self.tell("demo-assigned", vec![("number", request.number.to_string())]);
            return Some(());
        }
        let ranking = self.seat(Seat::Dispatch)?.ranking(request.id).await.ok()?;
        let first = ranking.ranked.first()?;
        let partner = directory.partners.iter().find(|partner| partner.id == first.provider)?;
        let body = OfferFields {
            request_id: request.id,
            provider_id: partner.id,
            way: partner.fields.way(),
            deadline: self.now().plus(DEADLINE),
            price: first.price,
            note: None,
            tier_reason: None,
        };
        self.give(Seat::Dispatch, Command::PrepareOffer { id: fresh(), body }).await?;
        let provider = partner.fields.name.as_str().to_owned();
        self.tell("demo-offered", vec![("number", request.number.to_string()), ("provider", provider)]);
        Some(())
    }

    /// Lets a provider go that cannot do what it took, and settles what it told: the job is open for others.
    async fn release(&self, offer: &Offer, exception: &Exception) -> Option<()> {
        let reason = exception.fields.what.clone().or_else(|| line(&self.shared.words.given_anew))?;
        let number =
            self.shared.world.rows().request(offer.fields.request_id).map(|request| request.number.to_string());
        let body = StepBecause { seen: OfferState::Accepted, reason };
        self.give(Seat::Dispatch, Command::ReleaseOffer { id: offer.id, body }).await?;
        let body = Settle { settlement: self.shared.words.given_anew.parse().ok()? };
        self.give(Seat::Dispatch, Command::CloseException { id: exception.id, body }).await?;
        self.tell("demo-released", vec![("number", number.unwrap_or_default())]);
        Some(())
    }

    /// A job becomes ready: what is carried lies at the desk then, what is done on the spot is done.
    async fn finish(&self, request: &Request) -> Option<()> {
        let id = request.id;
        let site = request.fields.site_id?;
        if request.fields.handover == Some(Handover::OnSite) {
            self.give(Seat::Machine, Command::DoneRequest { id, body: Step { seen: RequestState::Underway } }).await?;
        } else {
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
            // What lies at the desk need not be driven there any more.
            self.give(Seat::Machine, Command::ReadyRequest { id, body: Step { seen: RequestState::Underway } }).await?;
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
