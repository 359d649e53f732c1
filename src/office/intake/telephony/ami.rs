//! Asterisk's manager interface: which events of its channels say that a call rings, is answered or hung up. The channels of one call
//! share its `Linkedid`, which is the id of the first of them; each is a part of the call.

use super::{event, is_internal, name, short};
use crate::domain::{
    call::{CallEvent, CallEventKind, Direction, HangupCause},
    texts::ShortText,
    time::Instant,
};

/// One message: lines of `Name: value`, as far as an empty line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message(Vec<(String, String)>);

/// Lines that a message may have.
const LINES: usize = 300;

impl Message {
    /// Takes in a line; one that is no field is left out.
    pub fn take(&mut self, line: &str) {
        if let Some((name, value)) = line.split_once(':')
            && self.0.len() < LINES
        {
            self.0.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }

    /// Whether nothing came yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A field that says something.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}

/// What a message comes to; nothing for most of them.
pub fn read(source: &ShortText, message: &Message, received: Instant) -> Option<CallEvent> {
    let get = |name| message.get(name);
    let call = get("Linkedid")?;
    let channel = get("Uniqueid")?;
    let is_first = call == channel;
    let at = get("Timestamp").and_then(instant).unwrap_or(received);
    let made = |kind| Some(event(source, name(call)?, kind, at));
    match get("Event")? {
        "Newchannel" if is_first && is_line(get("Channel")?) => {
            let (from, to) = (get("CallerIDNum").unwrap_or_default(), get("Exten")?);
            let out = is_internal(from) && !is_internal(to) && to.bytes().any(|byte| byte.is_ascii_digit());
            let direction = if out { Direction::Out } else { Direction::In };
            let ring = made(CallEventKind::Ring)?;
            Some(CallEvent { direction, from: short(from), to: short(to), leg: name(channel), ..ring })
        }
        "QueueCallerJoin" => Some(CallEvent {
            from: get("CallerIDNum").and_then(short),
            to: get("Exten").and_then(short),
            queue: get("Queue").and_then(short),
            leg: name(channel),
            ..made(CallEventKind::Ring)?
        }),
        "AgentConnect" => Some(CallEvent {
            from: get("CallerIDNum").and_then(short),
            queue: get("Queue").and_then(short),
            extension: get("Interface").and_then(peer),
            leg: get("DestUniqueid").and_then(name),
            ..made(CallEventKind::Answer)?
        }),
        // The first channel enters one as well; that a second one is there is the answer.
        "BridgeEnter" if !is_first && is_line(get("Channel")?) => {
            let (own, other) = (get("CallerIDNum").unwrap_or_default(), get("ConnectedLineNum").unwrap_or_default());
            let out = is_internal(other) && !is_internal(own);
            let answer = CallEvent { leg: name(channel), ..made(CallEventKind::Answer)? };
            Some(if out {
                let direction = Direction::Out;
                CallEvent { direction, from: short(other), to: short(own), extension: short(other), ..answer }
            } else {
                CallEvent { from: short(other), extension: get("Channel").and_then(peer), ..answer }
            })
        }
        "Hangup" => {
            let up = get("ChannelStateDesc") == Some("Up");
            // A telephone that rang among others and was not taken is no part of the call, nor is a channel that dialled nothing.
            let counts = if is_first { is_line(get("Channel")?) && get("Exten").is_some() } else { up };
            if !counts {
                return None;
            }
            let (from, other) = (get("CallerIDNum").unwrap_or_default(), get("ConnectedLineNum").unwrap_or_default());
            let dialled = get("Exten").unwrap_or_default();
            let out =
                is_first && is_internal(from) && (!is_internal(dialled) || (!other.is_empty() && !is_internal(other)));
            let code = get("Cause").and_then(|code| code.parse().ok());
            Some(CallEvent {
                direction: if out { Direction::Out } else { Direction::In },
                from: short(if is_first { from } else { other }),
                to: out.then(|| short(dialled)).flatten(),
                cause: cause(code, up),
                leg: name(channel),
                ..made(CallEventKind::Hangup)?
            })
        }
        _ => None,
    }
}

/// Whether a channel is a line: Asterisk's inner ones carry no voice to anybody.
fn is_line(channel: &str) -> bool {
    !["Local/", "Message/", "AsyncGoto/", "Surrogate/"].iter().any(|inner| channel.starts_with(inner))
}

/// The telephone in the name of a channel or interface: `204` of `PJSIP/204-0000001a` and of `Local/204@from-queue/n`.
fn peer(channel: &str) -> Option<ShortText> {
    let (_, rest) = channel.split_once('/')?;
    let rest = rest.split(['@', '/']).next().unwrap_or(rest);
    let is_serial = |serial: &str| serial.len() == 8 && serial.bytes().all(|byte| byte.is_ascii_hexdigit());
    short(rest.rsplit_once('-').filter(|(_, serial)| is_serial(serial)).map_or(rest, |(peer, _)| peer))
}

/// Seconds with a fraction, as `timestampevents = yes` has Asterisk write them.
fn instant(text: &str) -> Option<Instant> {
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = fraction.chars().chain("000000".chars()).take(6).collect();
    let micros = seconds.parse::<i64>().ok()?.checked_mul(1_000_000)?.checked_add(digits.parse().ok()?)?;
    Instant::from_micros(micros).ok()
}

/// Of the codes of Q.850.
fn cause(code: Option<u16>, up: bool) -> Option<HangupCause> {
    Some(match code? {
        1..=3 | 22 | 28 => HangupCause::NotFound,
        17 => HangupCause::Busy,
        18 | 19 | 21 => HangupCause::NoAnswer,
        34..=47 => HangupCause::Congestion,
        16 if up => HangupCause::NormalClearing,
        0 | 16 | 127 => HangupCause::Cancel,
        _ => return None,
    })
}
