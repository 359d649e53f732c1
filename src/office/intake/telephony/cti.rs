//! Generic CTI, as many telephone systems can be set up to send it: `newCall`, `answer` and `hangup`, as JSON or as a form.

use super::{Delivery, Taken, Unreadable, cause, event, fields::Fields, name, short};
use crate::domain::{
    call::{CallEvent, CallEventKind, Direction},
    texts::ShortText,
    time::Instant,
};

/// Reads a request.
///
/// # Errors
/// It is no form or JSON, or lacks what every event has.
pub fn read(delivery: &Delivery<'_>) -> Result<Taken, Unreadable> {
    let fields = Fields::read(delivery.body)?;
    let kind = kind(&fields)?.ok_or(Unreadable::Field { field: "event", why: "newCall, answer or hangup" })?;
    let id = fields.first(&["callId", "call_id"]).and_then(name);
    let id = id.ok_or(Unreadable::Field { field: "callId", why: "every event names its call" })?;
    let who = fields.only("user").or_else(|| fields.first(&["answeringNumber"]));
    let event = common(&fields, delivery.source, id, kind, delivery.at)?;
    let extension = who.filter(|_| kind == CallEventKind::Answer).and_then(short);
    Ok(Taken::noted(vec![CallEvent { extension, ..event }]))
}

/// What happened; nothing if the system tells of something else.
pub(super) fn kind(fields: &Fields) -> Result<Option<CallEventKind>, Unreadable> {
    let word = fields.first(&["event"]).ok_or(Unreadable::Field { field: "event", why: "it is missing" })?;
    Ok(match word {
        "newCall" => Some(CallEventKind::Ring),
        "answer" => Some(CallEventKind::Answer),
        "hangup" => Some(CallEventKind::Hangup),
        _ => None,
    })
}

/// What generic CTI and its relatives say in the same words.
pub(super) fn common(
    fields: &Fields,
    source: &ShortText,
    id: ShortText,
    kind: CallEventKind,
    at: Instant,
) -> Result<CallEvent, Unreadable> {
    let direction = match fields.first(&["direction"]) {
        None | Some("in") => Direction::In,
        Some("out") => Direction::Out,
        Some(_) => return Err(Unreadable::Field { field: "direction", why: "in or out" }),
    };
    Ok(CallEvent {
        direction,
        from: fields.first(&["from", "caller"]).and_then(short),
        to: fields.first(&["to"]).and_then(short),
        queue: fields.first(&["queue"]).and_then(short),
        cause: fields.first(&["cause"]).and_then(cause).filter(|_| kind == CallEventKind::Hangup),
        ..event(source, id, kind, at)
    })
}
