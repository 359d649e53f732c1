//! What a telephone system sends, given to each adapter: whatever the events, the record of a call is a function of their set.

use jiff::SignedDuration;
use loge::{
    domain::{
        call::{Call, CallEvent, LineState},
        texts::ShortText,
        time::Instant,
    },
    office::intake::telephony::{
        Answer, Delivery, Format, Unreadable,
        ami::{self, Message},
        ovh,
    },
};
use std::collections::BTreeMap;

/// Rings, answers and hang-ups of one call that are kept at most, of each kind.
const KEPT: usize = 24;

/// Gives a body to every adapter.
pub fn check(body: &[u8]) {
    let source: ShortText = "pabx".parse().unwrap();
    let at = Instant::from_micros(1_795_770_000_000_000).unwrap();
    for format in Format::ALL {
        let delivery = Delivery { source: &source, body, at, url: "https://loge.example/v1/intake/calls/jeton" };
        match format.read(&delivery) {
            Ok(taken) => {
                assert!(taken.events.len() <= 3, "{} events of one delivery", taken.events.len());
                assert!(!matches!(taken.answer, Answer::Xml(text) if !text.is_ascii()));
                assert_calls(&taken.events, at);
            }
            Err(error) => assert_tells_no_number(&error, body),
        }
    }
    match ovh::read(&source, body, at) {
        Ok(polled) => {
            assert!(polled.events.len() <= body.len(), "more events than bytes");
            assert_calls(&polled.events, at);
        }
        Err(error) => assert_tells_no_number(&error, body),
    }
    assert_calls(&manager(&source, body, at), at);
}

/// Messages of a manager interface, one after the other.
fn manager(source: &ShortText, body: &[u8], at: Instant) -> Vec<CallEvent> {
    let text = String::from_utf8_lossy(body);
    let mut events = Vec::new();
    let mut message = Message::default();
    for line in text.lines().chain([""]) {
        if !line.trim().is_empty() {
            message.take(line);
        } else if !message.is_empty() {
            events.extend(ami::read(source, &message, at));
            message = Message::default();
        }
    }
    events
}

/// An error names fields and places, and nobody's number: six digits together would be part of one.
fn assert_tells_no_number(error: &Unreadable, body: &[u8]) {
    let (said, body) = (error.to_string(), String::from_utf8_lossy(body));
    let mut numbers = said.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() >= 6);
    assert!(!numbers.any(|number| body.contains(number)) && said.len() < 300, "{said}");
}

/// The calls that events make up.
fn assert_calls(events: &[CallEvent], at: Instant) {
    let mut calls: BTreeMap<&ShortText, Vec<&CallEvent>> = BTreeMap::new();
    for event in events {
        let json = serde_json::to_string(event).unwrap();
        assert_eq!(&serde_json::from_str::<CallEvent>(&json).unwrap(), event);
        calls.entry(&event.call_id).or_default().push(event);
    }
    for (id, events) in calls {
        assert_call(id, &events, at);
    }
}

fn assert_call(id: &ShortText, events: &[&CallEvent], at: Instant) {
    let source = &events.first().unwrap().source;
    let recorded = |events: &mut dyn Iterator<Item = &&CallEvent>| {
        let mut call = Call::new(source, id);
        events.for_each(|event| call.record(event));
        call
    };
    let call = recorded(&mut events.iter());
    assert!(call.others.len() <= 3 * KEPT, "{} events kept", call.others.len());
    assert_eq!(recorded(&mut events.iter().rev()), call, "the order of events counts");
    let doubled = recorded(&mut events.iter().chain(events));
    assert_eq!(doubled, call, "a repetition counts");
    // Between two events the record lies in the database.
    let mut stored = Call::new(source, id);
    for event in events {
        stored.record(event);
        stored = serde_json::from_str(&serde_json::to_string(&stored).unwrap()).unwrap();
    }
    assert_eq!(stored, call, "the way to the database changes it");
    assert!(call.began_at().is_some());
    let mut swept = call;
    swept.sweep(at.plus(SignedDuration::from_hours(1)));
    assert!(matches!(swept.line, LineState::Ended | LineState::Missed), "swept, and {:?}", swept.line);
    let again = swept.clone();
    swept.sweep(at.plus(SignedDuration::from_hours(2)));
    if again.swept_at.is_none() {
        assert_eq!(swept, again, "a call that was hung up is swept");
    }
}
