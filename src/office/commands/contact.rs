//! Commands on contacts: what came in, whose it is, and how it was dealt with.

use super::{
    claim,
    context::{Context, seen},
    limits,
};
use crate::{
    domain::{
        beneficiary::Beneficiary,
        booking::Booking,
        call::{Call, CallEvent, Direction},
        client::Client,
        clock::{Case, Clock, ClockKind, Limit},
        contact::{CameIn, Contact, ContactState, LockerDrop, Message, Origin, Party, WalkIn},
        courier::Courier,
        entity::{Edit, Entity, EntityKind},
        ids::{ContactId, OperatorId},
        locker::Locker,
        operator::Operator,
        permanence::Permanence,
        phone::Caller,
        provider::Provider,
    },
    office::{callers, failure::Failure, storage::document, timers::TimerKind},
    wire::{
        bodies::{AttachParty, Because, Keep, Step, WrapUp},
        fresh,
    },
};
use jiff::SignedDuration;

/// `POST /v1/contacts/call-events`: the telephone system's word is a fact; whatever comes, and in whatever order, a valid record results.
pub async fn record_call(context: &mut Context<'_>, event: &CallEvent) -> Result<(), Failure> {
    let key = Call::key_of(event.source.as_str(), event.call_id.as_str());
    let known = document::select::<Contact>(context.read(), "foreign_key = $1", &[(&key).into()]).await?;
    if let Some(before) = known.into_iter().next() {
        let mut after = before.clone();
        if let Origin::Call(call) = &mut after.origin {
            call.record(event);
        }
        settle(context, &mut after).await?;
        let after = context.save(&before, after, None).await?;
        return match (answerer(&before), answerer(&after)) {
            (None, Some(operator)) if after.state == ContactState::Open => {
                claim::answered(context, &after, operator).await
            }
            _ => Ok(()),
        };
    }
    let mut call = Call::new(&event.source, &event.call_id);
    call.record(event);
    let mut contact = Contact::create(fresh(), Origin::Call(call), event.occurred_at, None, Party::Unknown);
    settle(context, &mut contact).await?;
    context.insert(&contact, None).await?;
    let sweep_at = context.now.plus(SignedDuration::from_mins(context.policy.fields.call_sweep_min.into()));
    context.set_timer(TimerKind::SweepCall, contact.id.into(), Some(sweep_at)).await?;
    match answerer(&contact) {
        Some(operator) => claim::answered(context, &contact, operator).await,
        None => Ok(()),
    }
}

/// The operator whose extension answered the call.
fn answerer(contact: &Contact) -> Option<OperatorId> {
    if let Origin::Call(call) = &contact.origin { call.answered_by } else { None }
}

/// What follows from the line: who it is, whose extension answered, and the clock that runs.
async fn settle(context: &mut Context<'_>, contact: &mut Contact) -> Result<(), Failure> {
    let Origin::Call(call) = &mut contact.origin else { return Ok(()) };
    if contact.party == Party::Unknown
        && let Caller::Number(number) = &call.from
    {
        let (party, site) = callers::look_up(context.read(), number).await?;
        contact.party = party;
        contact.site_id = contact.site_id.or(site);
    }
    let extension = call.answer.as_ref().and_then(|answer| answer.extension.clone());
    if call.answered_by.is_none()
        && let Some(extension) = extension
    {
        call.answered_by = callers::operator_at(context.read(), &extension).await?;
    }
    let seen = [&call.ring, &call.answer, &call.hangup].into_iter().flatten().map(|seen| seen.at);
    contact.occurred_at = seen.min().unwrap_or(contact.occurred_at);
    // Once people have dealt with it, the clocks are theirs.
    if contact.state == ContactState::Open {
        contact.clocks = clocks(context, contact).await?;
    }
    Ok(())
}

/// The clocks that follow from the whole line, whichever of its events came first.
async fn clocks(context: &mut Context<'_>, contact: &Contact) -> Result<Vec<Clock>, Failure> {
    let Origin::Call(call) = &contact.origin else { return Ok(Vec::new()) };
    if call.direction == Direction::Out {
        return Ok(Vec::new());
    }
    let calendar = limits::calendar(context, contact.site_id).await?;
    let targets = &context.policy.fields.targets;
    let start = |kind, limit, at| Clock::start(kind, targets.target(limit, &Case::default()), at, &calendar).ok();
    let answered_at = call.answer.as_ref().map(|answer| answer.at);
    let given_up_at = call.hangup.as_ref().map(|hangup| hangup.at).or(call.swept_at);
    let missed_at = given_up_at.filter(|_| call.is_missed());
    let rang_at = call.ring.as_ref().map(|ring| ring.at);
    let mut first_answer = rang_at.and_then(|at| start(ClockKind::FirstAnswer, Limit::CallAnswer, at));
    if let (Some(clock), Some(at)) = (&mut first_answer, answered_at.or(missed_at)) {
        // An event that is older than the ring leaves the clock as it is.
        let _ = clock.meet(at);
    }
    let callback = missed_at.and_then(|at| start(ClockKind::Callback, Limit::Callback, at));
    Ok(first_answer.into_iter().chain(callback).collect())
}

/// A call that nobody hung up is given up: missed, if nobody answered.
pub async fn sweep(context: &mut Context<'_>, id: ContactId) -> Result<(), Failure> {
    let Some(before) = context.find::<Contact>(id).await? else { return Ok(()) };
    let mut after = before.clone();
    if let Origin::Call(call) = &mut after.origin {
        call.sweep(context.now);
    }
    settle(context, &mut after).await?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `PUT /v1/contacts/walk-ins/{id}`
pub async fn record_walk_in(context: &mut Context<'_>, id: ContactId, body: &CameIn<WalkIn>) -> Result<(), Failure> {
    if let Some(permanence) = body.what.permanence_id {
        context.named::<Permanence>(permanence, "what.permanence_id").await?;
    }
    let contact = came_in(context, id, body.clone(), Origin::WalkIn).await?;
    context.insert(&contact, None).await
}

/// `PUT /v1/contacts/locker-drops/{id}`
pub async fn record_locker_drop(
    context: &mut Context<'_>,
    id: ContactId,
    body: &CameIn<LockerDrop>,
) -> Result<(), Failure> {
    let locker: Locker = context.named(body.what.locker_id, "what.locker_id").await?;
    if let Some(booking) = body.what.booking_id {
        context.named::<Booking>(booking, "what.booking_id").await?;
    }
    let mut contact = came_in(context, id, body.clone(), Origin::LockerDrop).await?;
    contact.site_id = contact.site_id.or(Some(locker.fields.site_id));
    context.insert(&contact, None).await
}

/// A contact as somebody hands it in, with what it names.
pub(super) async fn came_in<T>(
    context: &mut Context<'_>,
    id: ContactId,
    body: CameIn<T>,
    origin: fn(T) -> Origin,
) -> Result<Contact, Failure> {
    context.must_be_new::<Contact>(id).await?;
    if let Some(site) = body.site_id {
        context.named::<crate::domain::site::Site>(site, "site_id").await?;
    }
    check_party(context, &body.party).await?;
    let contact = Contact::create(id, origin(body.what), body.occurred_at, body.site_id, body.party);
    contact.check()?;
    Ok(contact)
}

/// Checks that a party exists.
async fn check_party(context: &mut Context<'_>, party: &Party) -> Result<(), Failure> {
    match party {
        Party::Unknown => {}
        Party::Person { id } => drop(context.named::<Beneficiary>(*id, "party.id").await?),
        Party::Maybe { ids } => {
            for id in ids {
                context.named::<Beneficiary>(*id, "party.ids").await?;
            }
        }
        Party::Provider { id } => drop(context.named::<Provider>(*id, "party.id").await?),
        Party::ContactPerson { client_id, .. } | Party::Switchboard { client_id } => {
            drop(context.named::<Client>(*client_id, "party.client_id").await?);
        }
        Party::Courier { id } => drop(context.named::<Courier>(*id, "party.id").await?),
        Party::Colleague { id } => drop(context.named::<Operator>(*id, "party.id").await?),
    }
    Ok(())
}

/// `PATCH /v1/contacts/{id}`
pub async fn edit(context: &mut Context<'_>, id: ContactId, edit: &Edit) -> Result<(), Failure> {
    let (before, after) = context.edit::<Contact>(id, edit).await?;
    if let Some(site) = after.site_id {
        context.named::<crate::domain::site::Site>(site, "site_id").await?;
    }
    check_party(context, &after.party).await?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/contacts/{id}/attach`: whose it is; from now on, if the number or address is to be kept.
pub async fn attach(context: &mut Context<'_>, id: ContactId, body: &AttachParty) -> Result<(), Failure> {
    let before: Contact = context.get(id).await?;
    check_party(context, &body.party).await?;
    let mut after = before.clone();
    after.party = body.party.clone();
    after.check()?;
    if body.keep == Keep::FromNowOn
        && let Party::Person { id } = &body.party
    {
        let person: Beneficiary = context.named(*id, "party.id").await?;
        let mut known = person.clone();
        match &after.origin {
            Origin::Call(Call { from: Caller::Number(number), .. }) if !known.fields.phones.contains(number) => {
                known.fields.phones.push(number.clone());
            }
            Origin::Message(Message { from: Some(address), .. }) if !known.fields.emails.contains(address) => {
                known.fields.emails.push(address.clone());
            }
            _ => {}
        }
        known.check()?;
        context.save(&person, known, None).await?;
    }
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/contacts/{id}/wrap-up`
pub async fn wrap_up(context: &mut Context<'_>, id: ContactId, body: &WrapUp) -> Result<(), Failure> {
    go(context, id, "wrap_up", ContactState::WrappedUp, Some(&body.outcome)).await
}

/// `POST /v1/contacts/{id}/call-back`
pub async fn call_back(context: &mut Context<'_>, id: ContactId, body: &WrapUp) -> Result<(), Failure> {
    go(context, id, "call_back", ContactState::CalledBack, Some(&body.outcome)).await
}

/// `POST /v1/contacts/{id}/drop`
pub async fn drop_it(context: &mut Context<'_>, id: ContactId, body: &Because) -> Result<(), Failure> {
    go(context, id, "drop", ContactState::Dropped, Some(&body.reason)).await
}

/// `POST /v1/contacts/{id}/reopen`
pub async fn reopen(context: &mut Context<'_>, id: ContactId, body: &Step<ContactState>) -> Result<(), Failure> {
    let contact: Contact = context.get(id).await?;
    seen(EntityKind::Contact, body.seen, contact.state)?;
    go(context, id, "reopen", ContactState::Open, None).await
}

async fn go(
    context: &mut Context<'_>,
    id: ContactId,
    name: &'static str,
    to: ContactState,
    outcome: Option<&crate::domain::texts::ShortText>,
) -> Result<(), Failure> {
    let before: Contact = context.get(id).await?;
    let mut after = before.clone();
    after.go(name, to, outcome.cloned(), context.now)?;
    context.save(&before, after, outcome.cloned()).await?;
    Ok(())
}
