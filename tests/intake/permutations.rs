//! Whatever the network does to a recording, its calls come out the same; and what it loses, the sweep closes.

use crate::recorded::{STORIES, start};
use jiff::SignedDuration;
use loge::domain::call::{Call, CallEvent, LineState};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn record(events: &[CallEvent]) -> BTreeMap<String, Call> {
    let mut calls = BTreeMap::new();
    for event in events {
        let call = calls.entry(event.call_id.to_string()).or_insert_with(|| Call::new(&event.source, &event.call_id));
        call.record(event);
    }
    calls
}

#[test]
fn every_recording_ends_as_it_went() {
    for story in STORIES {
        let calls = record(&story.events());
        let ends: Vec<_> = calls.iter().map(|(id, call)| (id.as_str(), call.line)).collect();
        assert_eq!(ends, story.ends, "{} {}", story.format, story.name);
    }
}

/// The events of a recording, and the same shuffled, some of them more than once and later.
fn shuffled() -> impl Strategy<Value = (Vec<CallEvent>, Vec<CallEvent>)> {
    prop::sample::select(STORIES).prop_flat_map(|story| {
        let events = story.events();
        let again = events.clone().into_iter().map(|event| (event, prop::option::of(0..5_000_i64)));
        let late = again.map(|(event, late)| {
            late.prop_map(move |late| {
                late.map(|ms| CallEvent {
                    occurred_at: event.occurred_at.plus(SignedDuration::from_millis(ms)),
                    ..event.clone()
                })
            })
        });
        let late: Vec<_> = late.collect();
        (Just(events), late).prop_flat_map(|(events, late)| {
            let all: Vec<_> = events.iter().cloned().chain(late.into_iter().flatten()).collect();
            (Just(events), Just(all).prop_shuffle())
        })
    })
}

proptest! {
    #[test]
    fn any_order_and_repetition_gives_the_same_record((events, shuffled) in shuffled()) {
        prop_assert_eq!(record(&events), record(&shuffled));
    }

    #[test]
    fn whatever_is_lost_the_sweep_closes_the_rest(story in prop::sample::select(STORIES), kept in prop::collection::vec(any::<bool>(), 32)) {
        let events: Vec<_> = story.events().into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(event, _)| event).collect();
        for mut call in record(&events).into_values() {
            call.sweep(start().plus(SignedDuration::from_hours(2)));
            prop_assert!(matches!(call.line, LineState::Ended | LineState::Missed));
            let text = serde_json::to_string(&call).unwrap();
            prop_assert_eq!(serde_json::from_str::<Call>(&text).unwrap(), call);
        }
    }

    #[test]
    fn no_bytes_make_an_adapter_panic(body in prop::collection::vec(any::<u8>(), 0..200), text in ".{0,200}") {
        use loge::office::intake::telephony::{Delivery, Format, ami::{self, Message}, ovh};
        let source = "pabx".parse().unwrap();
        for body in [body.as_slice(), text.as_bytes(), format!("event=newCall&callId={text}").as_bytes()] {
            for format in Format::ALL {
                let _ = format.read(&Delivery { source: &source, body, at: start(), url: &text });
            }
            let _ = ovh::read(&source, body, start());
        }
        let mut message = Message::default();
        for name in ["Event: Hangup", "Linkedid: 1", "Uniqueid: 1"] {
            message.take(name);
        }
        for name in ["Channel", "Exten", "CallerIDNum", "Timestamp", "Cause"] {
            message.take(&format!("{name}: {text}"));
        }
        let _ = ami::read(&source, &message, start());
    }
}
