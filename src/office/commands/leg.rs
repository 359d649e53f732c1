//! Commands on legs: planned, confirmed, moved, driven; what a leg that sets out or arrives means for its request.

use super::{
    carried,
    context::{Context, seen},
    exception::{contradict, has_happened},
    legs,
    register::check_place,
    round,
};
use crate::{
    domain::{
        access::Actor,
        entity::{Edit, EntityKind},
        ids::LegId,
        item::Item,
        leg::{LEG, Leg, LegFields, LegKind, LegState, Place},
        machine::State as _,
        refusal::Refusal,
        request::{REQUEST, Request, RequestState},
        time::Instant,
    },
    office::{failure::Failure, storage::document},
    wire::{
        bodies::{Fact, Step, StepBecause},
        catalogue::Command,
        dispatch_bodies::{FailLeg, MoveLeg, Retry},
    },
};

/// Legs that may come one after the other.
const CHAIN: usize = 50;

/// `PUT /v1/legs/{id}`
pub async fn plan(context: &mut Context<'_>, id: LegId, fields: &LegFields) -> Result<(), Failure> {
    context.must_be_new::<Leg>(id).await?;
    let request: Request = context.named(fields.request_id, "request_id").await?;
    if !request.is_open() {
        return Err(Refusal::IllegalMove {
            entity: EntityKind::Request,
            from: request.state.name(),
            asked: "plan",
            legal: REQUEST.legal(request.state),
        }
        .into());
    }
    let leg = Leg::create(id, fields.clone(), request.fields.site_id, context.now, context.actor.operator())?;
    check_place(context, "from", &fields.from).await?;
    check_place(context, "to", &fields.to).await?;
    check_references(context, &leg).await?;
    context.insert(&leg, None).await
}

/// Checks what a leg carries, and that it does not wait for itself by way of others.
async fn check_references(context: &mut Context<'_>, leg: &Leg) -> Result<(), Failure> {
    for item in &leg.fields.item_ids {
        context.named::<Item>(*item, "item_ids").await?;
    }
    let invalid = |why: &str| Failure::from(Refusal::FieldInvalid { field: "after".into(), why: why.into() });
    let Some(first) = leg.fields.after else { return Ok(()) };
    let mut before: Leg = context.named(first, "after").await?;
    for _ in 0..CHAIN {
        if before.id == leg.id {
            return Err(invalid("that leg comes after this one itself"));
        }
        let Some(next) = before.fields.after else { return Ok(()) };
        let Some(found) = context.find(next).await? else { return Ok(()) };
        before = found;
    }
    Err(invalid("too many legs come one after the other"))
}

/// `PATCH /v1/legs/{id}`: what it carries, what it comes after, whether it is pinned.
pub async fn edit(context: &mut Context<'_>, id: LegId, edit: &Edit) -> Result<(), Failure> {
    let (before, after) = context.edit::<Leg>(id, edit).await?;
    if LEG.is_end(before.state) {
        let from = before.state.name();
        return Err(Refusal::IllegalMove { entity: EntityKind::Leg, from, asked: "edit", legal: Vec::new() }.into());
    }
    check_references(context, &after).await?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/legs/{id}/confirm`
pub async fn confirm(context: &mut Context<'_>, id: LegId, body: &Step<LegState>) -> Result<(), Failure> {
    let before: Leg = context.get(id).await?;
    seen(EntityKind::Leg, body.seen, before.state)?;
    let mut after = before.clone();
    after.confirm()?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/legs/{id}/move`
pub async fn move_to(context: &mut Context<'_>, id: LegId, body: &MoveLeg) -> Result<(), Failure> {
    let before: Leg = context.get(id).await?;
    seen(EntityKind::Leg, body.seen, before.state)?;
    let mut after = before.clone();
    after.move_to(body.window, context.now, context.actor.operator())?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/legs/{id}/start`
pub async fn start(context: &mut Context<'_>, id: LegId, body: &Step<LegState>) -> Result<(), Failure> {
    let before: Leg = context.get(id).await?;
    seen(EntityKind::Leg, body.seen, before.state)?;
    let waits_for = state_before(context, &before).await?;
    let mut after = before.clone();
    after.start(waits_for, context.now)?;
    let leg = context.save(&before, after, None).await?;
    set_out(context, &leg, context.now).await
}

/// The courier has taken the things of a leg: a fact, as the courier tells it.
pub async fn taken(context: &mut Context<'_>, id: LegId, body: &Fact) -> Result<(), Failure> {
    let before: Leg = context.get(id).await?;
    has_happened("occurred_at", body.occurred_at, context.now)?;
    let waits_for = state_before(context, &before).await?;
    let (after, contradiction) = before.taken(waits_for, body.occurred_at);
    let taken = before.state != after.state;
    let leg = context.save(&before, after, None).await?;
    contradict(context, contradiction).await?;
    if taken { set_out(context, &leg, body.occurred_at).await } else { Ok(()) }
}

/// What follows from a leg that set out: its round is under way, its things are with the courier, its request goes on.
async fn set_out(context: &mut Context<'_>, leg: &Leg, at: Instant) -> Result<(), Failure> {
    round::under_way(context, leg).await?;
    carried::taken(context, leg, at).await?;
    advance(context, leg).await
}

/// The state of the leg that this one comes after.
async fn state_before(context: &mut Context<'_>, leg: &Leg) -> Result<Option<LegState>, Failure> {
    match leg.fields.after {
        Some(before) => Ok(context.find::<Leg>(before).await?.map(|before| before.state)),
        None => Ok(None),
    }
}

/// `POST /v1/legs/{id}/done`
pub async fn done(context: &mut Context<'_>, id: LegId, body: &Fact) -> Result<(), Failure> {
    let before: Leg = context.get(id).await?;
    has_happened("occurred_at", body.occurred_at, context.now)?;
    let waits_for = state_before(context, &before).await?;
    let (after, contradiction) = before.done(waits_for, body.occurred_at);
    let arrived = before.state != after.state;
    let leg = context.save(&before, after, None).await?;
    contradict(context, contradiction).await?;
    if !arrived {
        return Ok(());
    }
    round::under_way(context, &leg).await?;
    carried::left(context, &leg, body.occurred_at).await?;
    advance(context, &leg).await
}

/// `POST /v1/legs/{id}/fail`: legs that came after it come after the one that takes its place.
pub async fn fail(context: &mut Context<'_>, id: LegId, body: &FailLeg) -> Result<(), Failure> {
    let before: Leg = context.get(id).await?;
    has_happened("occurred_at", body.occurred_at, context.now)?;
    if let Some(retry) = &body.retry {
        context.must_be_new::<Leg>(retry.id).await?;
    }
    let waits_for = state_before(context, &before).await?;
    let (after, contradiction) = before.failed(body.failure.clone(), waits_for, body.occurred_at);
    // A leg that had ended otherwise stays as it is: nothing takes its place.
    let failed = before.state != after.state;
    let leg = context.save(&before, after, body.failure.note.clone()).await?;
    contradict(context, contradiction).await?;
    match &body.retry {
        Some(retry) if failed => try_again(context, &leg, retry).await,
        _ => Ok(()),
    }
}

async fn try_again(context: &mut Context<'_>, failed: &Leg, retry: &Retry) -> Result<(), Failure> {
    let next = failed.retry(retry.id, retry.window, context.now, context.actor.operator())?;
    context.insert(&next, None).await?;
    let id = failed.id.to_string();
    let waiting = "after_id = $1 AND state IN ('planned', 'confirmed', 'underway')";
    for before in document::select::<Leg>(context.read(), waiting, &[(&id).into()]).await? {
        let mut after = before.clone();
        after.fields.after = Some(next.id);
        context.save(&before, after, None).await?;
    }
    Ok(())
}

/// `POST /v1/legs/{id}/cancel`
pub async fn cancel(context: &mut Context<'_>, id: LegId, body: &StepBecause<LegState>) -> Result<(), Failure> {
    let before: Leg = context.get(id).await?;
    seen(EntityKind::Leg, body.seen, before.state)?;
    let mut after = before.clone();
    after.cancel(body.reason.clone(), context.now)?;
    let off = before.round_id.filter(|_| before.started_at.is_none());
    if off.is_some() {
        (after.round_id, after.position) = (None, None);
    }
    context.save(&before, after, Some(body.reason.clone())).await?;
    match off {
        Some(round) => round::without(context, round, &[id].into()).await,
        None => Ok(()),
    }
}

/// What a leg that set out or arrived means for its request: a consequence of the system's, where the request's table has it.
async fn advance(context: &mut Context<'_>, leg: &Leg) -> Result<(), Failure> {
    let id = leg.fields.request_id;
    let Some(request) = context.find::<Request>(id).await? else { return Ok(()) };
    // What only comes back moves no request, which may be with another provider by now.
    if legs::is_turned_back(context, leg).await? {
        return Ok(());
    }
    let mut state = request.state;
    if state == RequestState::Assigned {
        context.act_as(Actor::system(), &Command::StartRequest { id, body: Step { seen: state } }).await?;
        state = RequestState::Underway;
    }
    let last = leg.state == LegState::Done && !others_to_come(context, leg).await?;
    match brings_to(leg).filter(|_| last) {
        Some(RequestState::Ready) if state == RequestState::Underway => {
            context.act_as(Actor::system(), &Command::ReadyRequest { id, body: Step { seen: state } }).await
        }
        Some(RequestState::Done) if matches!(state, RequestState::Underway | RequestState::Ready) => {
            context.act_as(Actor::system(), &Command::DoneRequest { id, body: Step { seen: state } }).await
        }
        _ => Ok(()),
    }
}

/// Where a leg brings its request when it arrives; none where more is to be done. What lies at a desk or in a locker is within the
/// requester's reach, and done only when they have come for it.
fn brings_to(leg: &Leg) -> Option<RequestState> {
    match (leg.fields.kind, &leg.fields.to) {
        (LegKind::FromProvider | LegKind::HandBack, Place::Site { .. } | Place::Locker { .. }) => {
            Some(RequestState::Ready)
        }
        (LegKind::HandBack, Place::Address { .. } | Place::Provider { .. }) => Some(RequestState::Done),
        (LegKind::FromProvider | LegKind::Collect | LegKind::ToProvider, _) => None,
    }
}

/// Whether other legs of this kind still carry things of the same request.
async fn others_to_come(context: &mut Context<'_>, leg: &Leg) -> Result<bool, Failure> {
    let id = leg.fields.request_id.to_string();
    let live = "request_id = $1 AND state IN ('planned', 'confirmed', 'underway')";
    let legs = document::select::<Leg>(context.read(), live, &[(&id).into()]).await?;
    Ok(legs.iter().any(|other| other.id != leg.id && other.fields.kind == leg.fields.kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;
    use uuid::Uuid;

    #[rstest]
    #[case("collect", json!({ "kind": "site", "site_id": Uuid::nil() }), None)]
    #[case("to_provider", json!({ "kind": "provider", "provider_id": Uuid::nil() }), None)]
    #[case("from_provider", json!({ "kind": "locker", "locker_id": Uuid::nil() }), Some(RequestState::Ready))]
    #[case("from_provider", json!({ "kind": "address", "address": "12 rue des Acacias" }), None)]
    #[case("hand_back", json!({ "kind": "site", "site_id": Uuid::nil() }), Some(RequestState::Ready))]
    #[case("hand_back", json!({ "kind": "address", "address": "12 rue des Acacias" }), Some(RequestState::Done))]
    fn a_request_is_where_its_last_leg_arrives(
        #[case] kind: &str,
        #[case] to: serde_json::Value,
        #[case] expected: Option<RequestState>,
    ) {
        let from = json!({ "kind": "address", "address": "3 quai du Port" });
        let fields = json!({ "kind": kind, "request_id": Uuid::nil(), "from": from, "to": to });
        let at = "2026-03-09T08:00:00Z".parse().unwrap();
        let leg = Leg::create(Uuid::from_u128(1).into(), serde_json::from_value(fields).unwrap(), None, at, None);
        assert_eq!(brings_to(&leg.unwrap()), expected);
    }
}
