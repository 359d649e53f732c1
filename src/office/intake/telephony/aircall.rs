//! Aircall's webhooks: JSON with the whole call in each of them, so that a later one makes up for an earlier one that was lost.

use super::{Answer, Delivery, Taken, Unreadable, event, malformed, name, short};
use crate::domain::{
    call::{CallEvent, CallEventKind, Direction, HangupCause},
    time::Instant,
};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Hook {
    event: String,
    #[serde(default)]
    token: Option<String>,
    #[serde(default)]
    timestamp: Option<i64>,
    #[serde(default)]
    data: Value,
}

#[derive(Deserialize)]
struct Call {
    id: Value,
    direction: String,
    #[serde(default)]
    started_at: Option<i64>,
    #[serde(default)]
    answered_at: Option<i64>,
    #[serde(default)]
    ended_at: Option<i64>,
    #[serde(default)]
    missed_call_reason: Option<String>,
    #[serde(default)]
    raw_digits: Option<String>,
    #[serde(default)]
    user: Option<User>,
    #[serde(default)]
    number: Option<Number>,
}

#[derive(Deserialize)]
struct User {
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    name: Option<String>,
}

#[derive(Deserialize)]
struct Number {
    #[serde(default)]
    digits: Option<String>,
    #[serde(default)]
    name: Option<String>,
}

/// Reads a webhook.
///
/// # Errors
/// It is no JSON, or a call's without what every call has.
pub fn read(delivery: &Delivery<'_>) -> Result<Taken, Unreadable> {
    let hook: Hook = serde_json::from_slice(delivery.body).map_err(|error| malformed(&error))?;
    let taken = |events| Taken { events, answer: Answer::Noted, token: hook.token.clone() };
    let kind = match hook.event.as_str() {
        "call.created" => CallEventKind::Ring,
        "call.answered" => CallEventKind::Answer,
        "call.hungup" | "call.ended" => CallEventKind::Hangup,
        // Tags, notes, users and messages move no line.
        _ => return Ok(taken(Vec::new())),
    };
    // What serde says of a field may repeat its value: a number of somebody.
    let call: Call = serde_json::from_value(hook.data)
        .map_err(|_| Unreadable::Field { field: "data", why: "a call has an id and a direction" })?;
    let id = match &call.id {
        Value::Number(number) => name(&number.to_string()),
        Value::String(text) => name(text),
        _ => None,
    };
    let id = id.ok_or(Unreadable::Field { field: "data.id", why: "every call has one" })?;
    let direction = match call.direction.as_str() {
        "inbound" => Direction::In,
        "outbound" => Direction::Out,
        _ => return Err(Unreadable::Field { field: "data.direction", why: "inbound or outbound" }),
    };
    let theirs = call.raw_digits.as_deref().and_then(short);
    let ours = call.number.as_ref().and_then(|number| number.digits.as_deref()).and_then(short);
    let (from, to) = if direction == Direction::In { (theirs, ours) } else { (ours, theirs) };
    let told_at = hook.timestamp.and_then(instant).unwrap_or(delivery.at);
    let queue = call.number.as_ref().and_then(|number| number.name.as_deref()).and_then(short);
    let happened = |kind, at| CallEvent {
        direction,
        from: from.clone(),
        to: to.clone(),
        queue: queue.clone(),
        ..event(delivery.source, id.clone(), kind, at)
    };
    let mut events = Vec::with_capacity(3);
    let ring = (kind == CallEventKind::Ring).then_some(told_at);
    events.extend(call.started_at.and_then(instant).or(ring).map(|at| happened(CallEventKind::Ring, at)));
    if kind != CallEventKind::Ring {
        let answer = (kind == CallEventKind::Answer).then_some(told_at);
        let who = call.user.as_ref().filter(|_| kind == CallEventKind::Answer);
        let extension = who.and_then(|user| user.email.as_deref().or(user.name.as_deref())).and_then(short);
        let answered = call.answered_at.and_then(instant).or(answer);
        events.extend(answered.map(|at| CallEvent { extension, ..happened(CallEventKind::Answer, at) }));
    }
    if kind == CallEventKind::Hangup {
        let at = call.ended_at.and_then(instant).unwrap_or(told_at);
        events.push(CallEvent { cause: cause(&call), ..happened(CallEventKind::Hangup, at) });
    }
    Ok(taken(events))
}

fn instant(seconds: i64) -> Option<Instant> {
    seconds.checked_mul(1_000_000).and_then(|micros| Instant::from_micros(micros).ok())
}

fn cause(call: &Call) -> Option<HangupCause> {
    if call.answered_at.is_some() {
        return Some(HangupCause::NormalClearing);
    }
    Some(match call.missed_call_reason.as_deref()? {
        "no_available_agent" => HangupCause::Congestion,
        "agents_did_not_answer" | "out_of_opening_hours" => HangupCause::NoAnswer,
        _ => HangupCause::Cancel,
    })
}
