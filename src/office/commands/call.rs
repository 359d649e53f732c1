//! Commands on calls: what the telephone system says is a fact, and what follows from it: who it is, who has it, whether anything is left to do.

use super::{claim, context::Context, limits};
use crate::{
    domain::{
        access::Actor,
        call::{Call, CallEvent, Direction, LineState},
        clock::{Case, Clock, ClockKind, Limit},
        contact::{Contact, ContactState, Origin, Party},
        entity::Entity as _,
        ids::{ContactId, OperatorId},
        phone::Caller,
        request::Request,
        texts::ShortText,
    },
    office::{callers, failure::Failure, storage::document, timers::TimerKind},
    wire::{bodies::WrapUp, catalogue::Command, fresh},
};
use jiff::SignedDuration;

/// `POST /v1/contacts/call-events`: whatever comes, and in whatever order, a valid record results.
pub async fn record(context: &mut Context<'_>, event: &CallEvent) -> Result<(), Failure> {
    let key = Call::key_of(event.source.as_str(), event.call_id.as_str());
    let known = document::select::<Contact>(context.read(), "foreign_key = $1", &[(&key).into()]).await?;
    if let Some(before) = known.into_iter().next() {
        let mut after = before.clone();
        if let Origin::Call(call) = &mut after.origin {
            call.record(event);
        }
        return followed(context, &before, after).await;
    }
    let mut call = Call::new(&event.source, &event.call_id);
    call.record(event);
    let mut contact = Contact::create(fresh(), Origin::Call(call), event.occurred_at, None, Party::Unknown);
    settle(context, &mut contact).await?;
    context.insert(&contact, None).await?;
    let sweep_at = context.now.plus(SignedDuration::from_mins(context.policy.fields.call_sweep_min.into()));
    context.set_timer(TimerKind::SweepCall, contact.id.into(), Some(sweep_at)).await?;
    if let Some(operator) = answerer(&contact) {
        hand_to(context, &contact, operator).await?;
    }
    if is_over(&contact) {
        close_by_itself(context, &contact).await?;
    }
    Ok(())
}

/// A call that nobody hung up is given up: missed, if nobody answered.
pub async fn sweep(context: &mut Context<'_>, id: ContactId) -> Result<(), Failure> {
    let Some(before) = context.find::<Contact>(id).await? else { return Ok(()) };
    let mut after = before.clone();
    if let Origin::Call(call) = &mut after.origin {
        call.sweep(context.now);
    }
    followed(context, &before, after).await
}

/// The other missed calls of the number whose missed call this is, as far as the actor sees them.
pub async fn missed_likewise(context: &mut Context<'_>, contact: &Contact) -> Result<Vec<Contact>, Failure> {
    if !contact.is_open_missed_call() {
        return Ok(Vec::new());
    }
    let mut others = open_missed(context).await?;
    let actor = context.actor;
    others.retain(|other| {
        other.id != contact.id && other.same_caller(contact) && actor.sees(Contact::KIND, &other.scope())
    });
    Ok(others)
}

async fn open_missed(context: &mut Context<'_>) -> Result<Vec<Contact>, Failure> {
    let mut open = document::select::<Contact>(context.read(), "state = 'open'", &[]).await?;
    open.retain(Contact::is_open_missed_call);
    Ok(open)
}

/// Stores what the line has come to, and does what follows: a claim for who answered, an end to what needs none by hand.
async fn followed(context: &mut Context<'_>, before: &Contact, mut after: Contact) -> Result<(), Failure> {
    settle(context, &mut after).await?;
    let after = context.save(before, after, None).await?;
    if let (None, Some(operator)) = (answerer(before), answerer(&after))
        && after.state == ContactState::Open
    {
        hand_to(context, &after, operator).await?;
    }
    if !is_over(before) && is_over(&after) {
        close_by_itself(context, &after).await?;
    }
    Ok(())
}

/// Gives a call to who speaks on it; the way back to a missed call is work on that one.
async fn hand_to(context: &mut Context<'_>, contact: &Contact, operator: OperatorId) -> Result<(), Failure> {
    let Origin::Call(Call { callback_of: Some(missed), .. }) = &contact.origin else {
        return claim::answered(context, contact, operator).await;
    };
    match context.find::<Contact>(*missed).await?.filter(|missed| missed.state == ContactState::Open) {
        Some(missed) => claim::answered(context, &missed, operator).await,
        None => Ok(()),
    }
}

/// The operator whose extension answered the call.
fn answerer(contact: &Contact) -> Option<OperatorId> {
    if let Origin::Call(call) = &contact.origin { call.answered_by } else { None }
}

fn is_over(contact: &Contact) -> bool {
    matches!(&contact.origin, Origin::Call(call) if matches!(call.line, LineState::Ended | LineState::Missed))
}

/// Nobody keeps a contact alive any more: a call that left nothing to do needs no one to say so.
pub async fn left_alone(context: &mut Context<'_>, id: ContactId) -> Result<(), Failure> {
    match context.find::<Contact>(id).await?.filter(is_over) {
        Some(contact) => close_by_itself(context, &contact).await,
        None => Ok(()),
    }
}

/// Wraps up a call that is over, if nothing is left to do: it was the way back to a missed call, which has a row of its own; or nothing stands
/// in the line, and a request was saved or it was the house that called, of which nothing is asked. As long as somebody holds it their console
/// does that: it alone knows what is being typed.
async fn close_by_itself(context: &mut Context<'_>, contact: &Contact) -> Result<(), Failure> {
    let Origin::Call(call) = &contact.origin else { return Ok(()) };
    if contact.state != ContactState::Open {
        return Ok(());
    }
    let id = contact.id.to_string();
    let outcome = if call.callback_of.is_some() {
        "rappel".to_owned()
    } else if call.is_missed() {
        return Ok(());
    } else {
        let held = "SELECT 1 FROM claim WHERE subject_id = $1 AND state = 'live'";
        if context.read().row(held, &[(&id).into()]).await?.is_some() {
            return Ok(());
        }
        let sql = "SELECT claim_work.draft FROM claim JOIN claim_work ON claim_work.claim_id = claim.id \
                   WHERE claim.subject_id = $1 AND claim.state <> 'released'";
        let drafts = context.read().rows(sql, &[(&id).into()]).await?;
        for draft in drafts {
            if draft.text_or_null(0)?.is_some_and(|draft| is_something(&draft)) {
                return Ok(());
            }
        }
        let saved = document::select::<Request>(context.read(), "contact_id = $1", &[(&id).into()]).await?;
        let numbers: Vec<_> = saved.iter().map(|request| request.number.to_string()).collect();
        if numbers.is_empty() && call.direction == Direction::Out {
            "appel sortant".to_owned()
        } else {
            numbers.join(", ")
        }
    };
    let fits = outcome.chars().take(ShortText::MAX).collect::<String>();
    let Ok(outcome) = fits.parse() else { return Ok(()) };
    let command = Command::WrapUpContact { id: contact.id, body: WrapUp { outcome } };
    context.act_as(Actor::system(), &command).await
}

/// The parts of a draft that say something, as a console hands them on.
#[derive(serde::Deserialize)]
struct Typed {
    text: String,
    #[serde(default)]
    fields: serde_json::Map<String, serde_json::Value>,
}

/// Whether something was typed: what a console fills in by itself is no draft of anything.
fn is_something(draft: &str) -> bool {
    match serde_json::from_str::<Typed>(draft) {
        Ok(Typed { text, fields }) => {
            !text.trim().is_empty()
                || fields.keys().any(|field| !matches!(field.as_str(), "channel" | "requester" | "site"))
        }
        Err(_) => !draft.trim().is_empty(),
    }
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
    // The first of those who answered, whichever of them was heard of first.
    let mut answered_by = None;
    for extension in call.answering_extensions() {
        answered_by = callers::operator_at(context.read(), extension).await?;
        if answered_by.is_some() {
            break;
        }
    }
    call.answered_by = answered_by.or(call.answered_by);
    contact.occurred_at = call.began_at().unwrap_or(contact.occurred_at);
    if call.direction == Direction::Out && call.callback_of.is_none() {
        let missed = open_missed(context).await?.into_iter().filter(|missed| missed.same_caller(contact));
        let latest = missed.max_by_key(|missed| (missed.occurred_at, missed.id));
        if let (Origin::Call(call), Some(latest)) = (&mut contact.origin, latest) {
            call.callback_of = Some(latest.id);
            contact.site_id = contact.site_id.or(latest.site_id);
        }
    }
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
