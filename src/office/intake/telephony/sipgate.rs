//! sipgate.io's push API: forms in the words of generic CTI. A transferred call is a new one that names where it came from, and only who
//! asks for it in the answer hears more than that it rings.

use super::{Answer, Delivery, Taken, Unreadable, cti, fields::Fields, name, short};
use crate::domain::call::{CallEvent, CallEventKind};

/// Reads a request.
///
/// # Errors
/// It is no form, or lacks what every event has.
pub fn read(delivery: &Delivery<'_>) -> Result<Taken, Unreadable> {
    let fields = Fields::read(delivery.body)?;
    let own = fields.first(&["callId"]).and_then(name);
    let own = own.ok_or(Unreadable::Field { field: "callId", why: "every event names its call" })?;
    // Digits that a caller typed, and what may come later, move no line.
    let Some(kind) = cti::kind(&fields)? else { return Ok(Taken::noted(Vec::new())) };
    let original = fields.first(&["origCallId", "originalCallId"]).and_then(name);
    let passed_on = original.is_some();
    let event = cti::common(&fields, delivery.source, original.unwrap_or_else(|| own.clone()), kind, delivery.at)?;
    // In a transfer, `diversion` is who passed the call on; before, it is the number that was dialled.
    let dialled = fields.first(&["diversion"]).filter(|_| !passed_on).and_then(short);
    let who = fields.first(&["userId", "fullUserId", "user", "answeringNumber"]);
    let event = CallEvent {
        to: dialled.or(event.to),
        extension: who.filter(|_| kind == CallEventKind::Answer).and_then(short),
        leg: Some(own),
        ..event
    };
    let answer = match kind {
        CallEventKind::Ring => Answer::Xml(subscription(delivery.url)),
        CallEventKind::Answer | CallEventKind::Hangup => Answer::Noted,
    };
    Ok(Taken { events: vec![event], answer, token: None })
}

/// Asks for what follows to be sent to the same place.
fn subscription(url: &str) -> String {
    let url = escaped(url);
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response onAnswer=\"{url}\" onHangup=\"{url}\" />\n")
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            c => safe.push(c),
        }
    }
    safe
}
