//! Commands on offers: put to a provider, answered, and what an answer makes of the request.

use super::{
    cascade::{Next, go_on},
    context::{Context, seen},
    ending, legs, letter,
    limits::{self, Step as ClockStep},
};
use crate::{
    domain::{
        assignment::{Assignment, AssignmentFields, AssignmentState, Doer},
        beneficiary::Way,
        clock::Limit,
        entity::{Entity as _, EntityKind},
        ids::{OfferId, RequestId},
        offer::{Offer, OfferFields, OfferState},
        provider::{Provider, Tier},
        refusal::{Cause, Refusal},
        register::Standing,
        request::{Request, RequestState},
        texts::ShortText,
    },
    office::{failure::Failure, ranking, storage::document, timers::TimerKind},
    wire::{
        bodies::{Step, StepBecause},
        catalogue,
        dispatch_bodies::{DeclineOffer, DeferOffer, TakeCounter},
        fresh,
    },
};

/// Why the siblings of an accepted offer are taken back.
pub const TAKEN: &str = "une autre proposition a été acceptée";

fn busy(cause: Cause, what: &str) -> Failure {
    Refusal::Busy { cause, what: what.into() }.into()
}

/// Whether the state that was seen still tells what the provider can do: opening its page changes nothing there.
fn saw(saw: OfferState, present: OfferState) -> Result<(), Refusal> {
    let with_provider = |state| matches!(state, OfferState::Sent | OfferState::Seen);
    if with_provider(saw) && with_provider(present) { Ok(()) } else { seen(EntityKind::Offer, saw, present) }
}

/// `PUT /v1/offers/{id}`: the first one, or another beside those that are out.
pub async fn prepare(context: &mut Context<'_>, id: OfferId, fields: &OfferFields) -> Result<(), Failure> {
    context.must_be_new::<Offer>(id).await?;
    let before: Request = context.named(fields.request_id, "request_id").await?;
    let provider: Provider = context.named(fields.provider_id, "provider_id").await?;
    if provider.standing == Standing::Archived {
        return Err(busy(Cause::NotThisKind, "this provider is asked no longer"));
    }
    let (request, asked) = (fields.request_id.to_string(), fields.provider_id.to_string());
    let sql = "SELECT state FROM offer WHERE request_id = $1 AND provider_id = $2 \
               AND state IN ('prepared', 'sent', 'seen', 'accepted', 'declined')";
    if let Some(row) = context.read().row(sql, &[(&request).into(), (&asked).into()]).await? {
        let declined = row.text(0)? == "declined";
        let what = if declined { "this provider declined the request" } else { "this provider is asked already" };
        return Err(busy(Cause::Exists, what));
    }
    if fields.tier_reason.is_none() {
        passes_over_nobody(context, &before, &provider).await?;
    }
    let (hold_s, by) = (context.policy.fields.send_hold_s, context.actor.operator());
    let offer = Offer::create(id, fields.clone(), before.scope(), hold_s, context.now, by)?;
    let mut after = before.clone();
    if after.state != RequestState::Offered {
        after.go("offer", RequestState::Offered, None, context.now)?;
    }
    context.insert(&offer, None).await?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// A person who gives no reason may not choose a lower tier while a higher one is available.
async fn passes_over_nobody(context: &mut Context<'_>, request: &Request, provider: &Provider) -> Result<(), Failure> {
    let tier = provider.fields.tier;
    if context.is_system() || tier == Tier::Inclusion || !has_higher(context, request, tier).await? {
        return Ok(());
    }
    let (now, policy) = (context.now, std::sync::Arc::clone(&context.policy));
    let Some((ranking, _)) = ranking::rank(context.read(), now, &policy.fields, request).await? else {
        return Ok(());
    };
    let Some(first) = ranking.ranked.first().filter(|_| ranking.passes_over(tier)) else { return Ok(()) };
    let better: Option<Provider> = context.find(first.provider).await?;
    let better = better.map(|better| better.fields.name.to_string()).unwrap_or_default();
    Err(Refusal::TierReasonMissing { better }.into())
}

/// Whether the register has anybody of a higher tier for what is asked for; where it has not, nothing needs to be ranked.
async fn has_higher(context: &mut Context<'_>, request: &Request, tier: Tier) -> Result<bool, Failure> {
    let Some(service) = request.fields.service_id else { return Ok(false) };
    let names_it = format!("%{service}%");
    let providers =
        document::select::<Provider>(context.read(), "doc ->> 'services' LIKE $1", &[(&names_it).into()]).await?;
    let does = |row: &Provider| row.fields.services.iter().any(|does| does.service_id == service);
    Ok(providers.iter().any(|row| row.standing == Standing::Active && row.fields.tier < tier && does(row)))
}

/// The moments of grace are over: it is sent by mail with the others of its provider that are as far, or handed to who calls.
pub async fn send_held(context: &mut Context<'_>, id: OfferId) -> Result<(), Failure> {
    let prepared = |offer: &Offer| offer.state == OfferState::Prepared;
    let Some(before) = context.find::<Offer>(id).await?.filter(prepared) else { return Ok(()) };
    if context.now < before.hold_until {
        return context.set_timer(TimerKind::SendOffer, id.into(), Some(before.hold_until)).await;
    }
    let trouble = match before.fields.way {
        Way::Mail => match letter::send(context, &before).await? {
            None => return Ok(()),
            trouble => trouble,
        },
        Way::Telephone => None,
    };
    let mut after = before.clone();
    after.go("send", OfferState::Sent, None, context.now)?;
    if let Some(why) = trouble.clone() {
        after.tell_by_telephone(why);
    }
    context.save(&before, after, trouble).await?;
    Ok(())
}

/// It was told, whatever the way: how a past is written.
pub async fn told(context: &mut Context<'_>, id: OfferId) -> Result<(), Failure> {
    let before: Offer = context.get(id).await?;
    let mut after = before.clone();
    after.go("send", OfferState::Sent, None, context.now)?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// The provider opened its page: the page's own act, which no account makes.
pub async fn see(context: &mut Context<'_>, id: OfferId) -> Result<(), Failure> {
    let before: Offer = context.get(id).await?;
    let mut after = before.clone();
    after.go("see", OfferState::Seen, None, context.now)?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// The deadline has passed without an answer.
pub async fn expire(context: &mut Context<'_>, id: OfferId) -> Result<(), Failure> {
    let open = |offer: &Offer| matches!(offer.state, OfferState::Sent | OfferState::Seen);
    let Some(before) = context.find::<Offer>(id).await?.filter(open) else { return Ok(()) };
    if context.now < before.fields.deadline {
        return context.set_timer(TimerKind::ExpireOffer, id.into(), Some(before.fields.deadline)).await;
    }
    let mut after = before.clone();
    after.go("expire", OfferState::Expired, None, context.now)?;
    context.save(&before, after, None).await?;
    go_on(context, &before, Next::Ask).await
}

/// `POST /v1/offers/{id}/accept`: siblings are withdrawn and the request is given in the same transaction.
pub async fn accept(context: &mut Context<'_>, id: OfferId, body: &Step<OfferState>) -> Result<(), Failure> {
    let before: Offer = context.get(id).await?;
    not_taken(context, &before).await?;
    saw(body.seen, before.state)?;
    let mut after = before.clone();
    after.go("accept", OfferState::Accepted, None, context.now)?;
    let (request, given) = give(context, &after).await?;
    let offer = context.save(&before, after, None).await?;
    engage(context, &offer, &request, given).await
}

/// `POST /v1/offers/{id}/take-counter`
pub async fn take_counter(context: &mut Context<'_>, id: OfferId, body: &TakeCounter) -> Result<(), Failure> {
    let declined: Offer = context.get(id).await?;
    not_taken(context, &declined).await?;
    context.must_be_new::<Offer>(body.offer_id).await?;
    let offer = declined.take_counter(body.offer_id, context.now, context.operator()?)?;
    let (request, mut given) = give(context, &offer).await?;
    // The time that was agreed on is the request's from now on.
    given.fields.when = declined.counter;
    context.insert(&offer, None).await?;
    engage(context, &offer, &request, given).await
}

/// A yes that comes when somebody does the job already is told so.
async fn not_taken(context: &mut Context<'_>, offer: &Offer) -> Result<(), Failure> {
    let request = offer.fields.request_id.to_string();
    let sql = "SELECT id FROM assignment WHERE request_id = $1 AND state IN ('active', 'fulfilled')";
    let taken = context.read().row(sql, &[(&request).into()]).await?.is_some();
    if taken && offer.state != OfferState::Accepted {
        return Err(busy(Cause::AlreadyTaken, "the request was given to somebody else meanwhile"));
    }
    Ok(())
}

/// The request of an accepted offer, as it is and as it is once the provider does it.
async fn give(context: &mut Context<'_>, offer: &Offer) -> Result<(Request, Request), Failure> {
    let before = request_of(context, offer.fields.request_id).await?;
    let mut after = before.clone();
    // The offer whose counter-time is taken has ended, and the request may have come back with it.
    if after.state == RequestState::Triaged {
        after.go("offer", RequestState::Offered, None, context.now)?;
    }
    after.go("take", RequestState::Assigned, None, context.now)?;
    Ok((before, after))
}

/// The request of an offer in sight; who sees the one acts on the other.
async fn request_of(context: &mut Context<'_>, id: RequestId) -> Result<Request, Failure> {
    context.find(id).await?.ok_or(Failure::NotFound { kind: EntityKind::Request, id: id.into() })
}

/// The provider of an accepted offer does it: nobody else is asked any more.
async fn engage(
    context: &mut Context<'_>,
    offer: &Offer,
    request: &Request,
    mut given: Request,
) -> Result<(), Failure> {
    let reason = catalogue::reason(TAKEN).ok_or(Refusal::ReasonMissing { asked: "withdraw" })?;
    ending::withdraw_offers(context, request.id, &reason, Some(offer.id)).await?;
    let member_id = ranking::next_member(context, &given, offer.fields.provider_id).await?;
    let by = Doer::Provider { provider_id: offer.fields.provider_id, offer_id: offer.id, member_id };
    let fields = AssignmentFields { request_id: request.id, by };
    let assignment = Assignment::create(fresh(), fields, request.scope(), context.now, context.actor.operator());
    given.assignment_id = Some(assignment.id);
    let steps =
        [ClockStep::Meet(Limit::Assignment), ClockStep::Start(Limit::Pickup), ClockStep::Start(Limit::HandBack)];
    limits::turn(context, &mut given, &steps).await?;
    context.insert(&assignment, None).await?;
    let given = context.save(request, given, None).await?;
    legs::make(context, &given).await
}

/// `POST /v1/offers/{id}/decline`
pub async fn decline(context: &mut Context<'_>, id: OfferId, body: &DeclineOffer) -> Result<(), Failure> {
    let before: Offer = context.get(id).await?;
    saw(body.seen, before.state)?;
    let mut after = before.clone();
    after.decline(&body.reason, body.counter, context.now)?;
    context.save(&before, after, Some(body.reason.clone())).await?;
    go_on(context, &before, Next::Ask).await
}

/// `POST /v1/offers/{id}/defer`: who was told the deadline by mail is told the new one by mail.
pub async fn defer(context: &mut Context<'_>, id: OfferId, body: &DeferOffer) -> Result<(), Failure> {
    let before: Offer = context.get(id).await?;
    saw(body.seen, before.state)?;
    let mut after = before.clone();
    after.defer(body.deadline, context.now)?;
    if after == before {
        return Ok(());
    }
    let after = context.save(&before, after, None).await?;
    letter::tell_deadline(context, &after).await
}

/// `POST /v1/offers/{id}/withdraw`
pub async fn withdraw(context: &mut Context<'_>, id: OfferId, body: &StepBecause<OfferState>) -> Result<(), Failure> {
    let before: Offer = context.get(id).await?;
    saw(body.seen, before.state)?;
    let mut after = before.clone();
    after.go("withdraw", OfferState::Withdrawn, Some(&body.reason), context.now)?;
    context.save(&before, after, Some(body.reason.clone())).await?;
    go_on(context, &before, Next::ComeBack).await
}

/// `POST /v1/offers/{id}/fulfil`: the provider's part alone; what is within the requester's reach is said of the request.
pub async fn fulfil(context: &mut Context<'_>, id: OfferId, body: &Step<OfferState>) -> Result<(), Failure> {
    let before: Offer = context.get(id).await?;
    saw(body.seen, before.state)?;
    let mut after = before.clone();
    after.go("fulfil", OfferState::Fulfilled, None, context.now)?;
    context.save(&before, after, None).await?;
    // What is ready may be fetched from now on.
    match context.find(before.fields.request_id).await? {
        Some(request) => legs::free(context, &request).await,
        None => Ok(()),
    }
}

/// `POST /v1/offers/{id}/fail`
pub async fn fail(context: &mut Context<'_>, id: OfferId, body: &StepBecause<OfferState>) -> Result<(), Failure> {
    let before: Offer = context.get(id).await?;
    saw(body.seen, before.state)?;
    let mut after = before.clone();
    after.go("fail", OfferState::Failed, Some(&body.reason), context.now)?;
    let_go(context, &before, after, AssignmentState::Failed, &body.reason).await
}

/// `POST /v1/offers/{id}/release`
pub async fn release(context: &mut Context<'_>, id: OfferId, body: &StepBecause<OfferState>) -> Result<(), Failure> {
    let before: Offer = context.get(id).await?;
    saw(body.seen, before.state)?;
    let mut after = before.clone();
    after.go("release", OfferState::Released, Some(&body.reason), context.now)?;
    let_go(context, &before, after, AssignmentState::Released, &body.reason).await
}

/// The provider does it no longer: the assignment ends with the offer, and the request is open for others.
async fn let_go(
    context: &mut Context<'_>,
    before: &Offer,
    after: Offer,
    end: AssignmentState,
    reason: &ShortText,
) -> Result<(), Failure> {
    let request = request_of(context, before.fields.request_id).await?;
    let mut open = request.clone();
    if matches!(request.state, RequestState::Assigned | RequestState::Underway) {
        open.go("release", RequestState::Triaged, Some(reason), context.now)?;
        open.assignment_id = None;
        // It has not ended: the reason stands with the offer.
        open.ending = None;
        let steps =
            [ClockStep::Drop(Limit::Pickup), ClockStep::Drop(Limit::HandBack), ClockStep::Start(Limit::Assignment)];
        limits::turn(context, &mut open, &steps).await?;
    }
    context.save(before, after, Some(reason.clone())).await?;
    ending::end_assignment(context, request.id, end, Some(reason)).await?;
    legs::call_off(context, request.id, reason).await?;
    context.save(&request, open, Some(reason.clone())).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn that_a_provider_opened_its_page_makes_no_answer_stale() {
        assert_eq!(saw(OfferState::Sent, OfferState::Seen), Ok(()));
        assert!(matches!(saw(OfferState::Prepared, OfferState::Sent), Err(Refusal::StateMoved { .. })));
        assert!(matches!(saw(OfferState::Seen, OfferState::Expired), Err(Refusal::StateMoved { .. })));
    }

    #[test]
    fn the_reason_of_the_house_is_a_reason() {
        assert!(catalogue::reason(TAKEN).is_some());
    }
}
