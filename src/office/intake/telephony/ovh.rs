//! OVH's stream of events: lines and queues, as the long poll hands them out.

use super::{Unreadable, event, malformed, name, short};
use crate::domain::{
    call::{CallEvent, CallEventKind, Direction, HangupCause},
    texts::ShortText,
    time::Instant,
};
use serde::Deserialize;
use serde_json::{Map, Value};

/// An answer of the long poll.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Batch {
    #[serde(default)]
    session: Option<String>,
    #[serde(default)]
    events: Option<Vec<Told>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Told {
    #[serde(default)]
    event: String,
    #[serde(default)]
    ressource: Option<String>,
    #[serde(default)]
    timestamp: Value,
    #[serde(default)]
    data: Map<String, Value>,
}

/// What an answer of the long poll comes to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Polled {
    /// Where the next poll goes on.
    pub session: Option<String>,
    /// What happened.
    pub events: Vec<CallEvent>,
}

/// Reads an answer.
///
/// # Errors
/// It is not JSON of this form.
pub fn read(source: &ShortText, body: &[u8], at: Instant) -> Result<Polled, Unreadable> {
    let batch: Batch = serde_json::from_slice(body).map_err(|error| malformed(&error))?;
    let told = batch.events.unwrap_or_default();
    let events = told.iter().flat_map(|told| told.happened(source, at)).collect();
    Ok(Polled { session: batch.session.filter(|session| !session.is_empty()), events })
}

impl Told {
    fn data(&self, name: &str) -> Option<&str> {
        self.data.get(name)?.as_str().filter(|text| !text.trim().is_empty())
    }

    /// Nanoseconds of the event itself, else seconds of its data.
    fn at(&self) -> Option<Instant> {
        let number = |value: &Value| value.as_f64().or_else(|| value.as_str()?.parse().ok());
        let exact = self.timestamp.as_i64().map(|nanos| nanos / 1000);
        // The whole part of a microsecond is all that is kept.
        #[expect(clippy::cast_possible_truncation, reason = "a time in seconds is far below")]
        let micros = exact.or_else(|| self.data.get("Ts").and_then(number).map(|seconds| (seconds * 1e6) as i64))?;
        Instant::from_micros(micros).ok().filter(|_| micros > 0)
    }

    /// A line's ringing and talking, and a queue's waiting and being served, end each by themselves: they are parts of a call.
    fn happened(&self, source: &ShortText, received: Instant) -> Vec<CallEvent> {
        use CallEventKind::{Answer, Hangup, Ring};
        let (kind, parts): (_, &[&str]) = match self.event.as_str() {
            "start_ringing" | "member-queue-start" => (Ring, &["ring"]),
            "start_calling" | "bridge-agent-start" => (Answer, &["talk"]),
            "end_ringing" | "member-queue-end" => (Hangup, &["ring"]),
            // Who has spoken waits no longer, even if nobody said so.
            "end_calling" | "bridge-agent-end" => (Hangup, &["ring", "talk"]),
            _ => return Vec::new(),
        };
        let queued = self.event.contains('-');
        let id = if queued { self.data("QueueMemberUUID") } else { self.data("CallId") };
        let Some(id) = id.and_then(name) else { return Vec::new() };
        let own = self.ressource.as_deref();
        let calling = self.data("Calling").or_else(|| self.data("QueueMemberCIDNumber"));
        let called = self.data("Called").or_else(|| self.data("QueueMemberDNIS")).or(own);
        let out = !queued && own.is_some() && calling == own;
        let extension = if queued { self.data("QueueAgent").map(agent) } else { own };
        let queue = if queued { self.data("Queue").or(own) } else { None };
        let made = |part: &&str| CallEvent {
            direction: if out { Direction::Out } else { Direction::In },
            from: calling.and_then(short),
            to: called.and_then(short),
            queue: queue.and_then(short),
            extension: extension.filter(|_| kind == Answer).and_then(short),
            cause: self.cause().filter(|_| kind == Hangup),
            leg: short(part),
            ..event(source, id.clone(), kind, self.at().unwrap_or(received))
        };
        parts.iter().map(made).collect()
    }

    fn cause(&self) -> Option<HangupCause> {
        Some(match self.data("QueueHangupCause").or_else(|| self.data("QueueCause"))? {
            "SUCCESS" | "Terminated" | "NORMAL_CLEARING" => HangupCause::NormalClearing,
            "USER_BUSY" => HangupCause::Busy,
            "ORIGINATOR_CANCEL" | "Cancel" => HangupCause::Cancel,
            "NO_ANSWER" | "NO_AGENT_TIMEOUT" => HangupCause::NoAnswer,
            "DESTINATION_OUT_OF_ORDER" => HangupCause::Congestion,
            _ => return None,
        })
    }
}

/// The agent's own name in `agent_NAME_NUMBER`.
fn agent(text: &str) -> &str {
    let inner = text.strip_prefix("agent_").and_then(|rest| rest.rsplit_once('_'));
    inner.filter(|(_, number)| number.bytes().all(|byte| byte.is_ascii_digit())).map_or(text, |(name, _)| name)
}
