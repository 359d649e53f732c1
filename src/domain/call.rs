//! A call's line, moved by the telephone system alone: whatever the order, repetition or loss of its events, the same record.

use super::{ids::OperatorId, machine::states, phone::Caller, texts::ShortText, time::Instant};
use serde::{Deserialize, Serialize};

states! {
    /// Where the line stands.
    LineState {
        /// Nobody has answered.
        Ringing = "ringing",
        /// Somebody speaks.
        Answered = "answered",
        /// Hung up after an answer.
        Ended = "ended",
        /// Hung up, or swept, without an answer.
        Missed = "missed",
    }
}

/// Which way a call went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// To the house.
    #[default]
    In,
    /// From the house.
    Out,
}

/// What happened on the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CallEventKind {
    /// It began to ring.
    Ring,
    /// Somebody answered.
    Answer,
    /// Somebody hung up.
    Hangup,
}

/// Why a call ended, in the words of generic CTI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HangupCause {
    /// As usual.
    NormalClearing,
    /// The line was busy.
    Busy,
    /// The caller gave up.
    Cancel,
    /// Nobody answered.
    NoAnswer,
    /// No line was free.
    Congestion,
    /// There is no such number.
    NotFound,
    /// It went on elsewhere.
    Forwarded,
}

/// One normalised event of a telephone system. Idempotent on (source, call, event).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CallEvent {
    /// Which telephone system.
    pub source: ShortText,
    /// The system's name for the call.
    pub call_id: ShortText,
    /// What happened.
    pub event: CallEventKind,
    /// When.
    pub occurred_at: Instant,
    /// Which way.
    #[serde(default)]
    pub direction: Direction,
    /// The caller's number, as the system gives it.
    #[serde(default)]
    pub from: Option<ShortText>,
    /// The number called, as the system gives it.
    #[serde(default)]
    pub to: Option<ShortText>,
    /// The queue it came through.
    #[serde(default)]
    pub queue: Option<ShortText>,
    /// The extension or user that answered.
    #[serde(default)]
    pub extension: Option<ShortText>,
    /// Why it ended.
    #[serde(default)]
    pub cause: Option<HangupCause>,
}

/// What is kept of an event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Seen {
    /// When it happened.
    pub at: Instant,
    /// The caller's number as given.
    pub from: Option<String>,
    /// The number called as given.
    pub to: Option<String>,
    /// The queue.
    pub queue: Option<String>,
    /// Who answered.
    pub extension: Option<String>,
    /// Why it ended.
    pub cause: Option<HangupCause>,
    /// Which way.
    pub direction: Direction,
}

/// The record of a call: the events seen, and what follows from them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Call {
    /// Which telephone system.
    pub source: String,
    /// The system's name for the call.
    pub call_id: String,
    /// Where the line stands; follows from the events.
    pub line: LineState,
    /// The first ring seen.
    pub ring: Option<Seen>,
    /// The first answer seen.
    pub answer: Option<Seen>,
    /// The first hang-up seen.
    pub hangup: Option<Seen>,
    /// When the sweep gave it up, if no hang-up came.
    pub swept_at: Option<Instant>,
    /// Who calls.
    #[cfg_attr(feature = "office", schema(value_type = Object))]
    pub from: Caller,
    /// Which way.
    pub direction: Direction,
    /// The operator whose extension answered.
    pub answered_by: Option<OperatorId>,
}

impl Call {
    /// A call of which nothing is known yet but its names.
    pub fn new(source: &ShortText, call_id: &ShortText) -> Self {
        Self {
            source: source.as_str().to_owned(),
            call_id: call_id.as_str().to_owned(),
            line: LineState::Ringing,
            ring: None,
            answer: None,
            hangup: None,
            swept_at: None,
            from: Caller::Hidden,
            direction: Direction::In,
            answered_by: None,
        }
    }

    /// What the world calls it.
    pub fn foreign_key(&self) -> String {
        Self::key_of(&self.source, &self.call_id)
    }

    /// What the world calls the call of an event.
    pub fn key_of(source: &str, call_id: &str) -> String {
        format!("call {source} {call_id}")
    }

    /// Takes in an event. Of several of one kind the earliest counts, so that neither order nor repetition matters.
    pub fn record(&mut self, event: &CallEvent) {
        let text = |text: &Option<ShortText>| text.as_ref().map(|text| text.as_str().to_owned());
        let seen = Seen {
            at: event.occurred_at,
            from: text(&event.from),
            to: text(&event.to),
            queue: text(&event.queue),
            extension: text(&event.extension),
            cause: event.cause,
            direction: event.direction,
        };
        let slot = match event.event {
            CallEventKind::Ring => &mut self.ring,
            CallEventKind::Answer => &mut self.answer,
            CallEventKind::Hangup => &mut self.hangup,
        };
        if slot.as_ref().is_none_or(|known| seen < *known) {
            *slot = Some(seen);
        }
        self.derive();
    }

    /// Gives up a call whose hang-up never came.
    pub fn sweep(&mut self, at: Instant) {
        if self.hangup.is_none() {
            self.swept_at = Some(at);
            self.derive();
        }
    }

    /// Whether it rang in vain.
    pub fn is_missed(&self) -> bool {
        self.line == LineState::Missed && self.direction == Direction::In
    }

    /// What follows from the events seen: a function of their set alone.
    fn derive(&mut self) {
        let over = self.hangup.is_some() || self.swept_at.is_some();
        self.line = match (self.answer.is_some(), over) {
            (false, false) => LineState::Ringing,
            (true, false) => LineState::Answered,
            (true, true) => LineState::Ended,
            (false, true) => LineState::Missed,
        };
        let known = || [&self.ring, &self.answer, &self.hangup].into_iter().flatten();
        self.direction = known().map(|seen| seen.direction).next().unwrap_or_default();
        let other_end = match self.direction {
            Direction::In => known().find_map(|seen| seen.from.as_deref()),
            Direction::Out => known().find_map(|seen| seen.to.as_deref()),
        };
        self.from = other_end.map_or(Caller::Hidden, Caller::read);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn event(kind: CallEventKind, at: i64, from: Option<&str>) -> CallEvent {
        CallEvent {
            source: "pbx".parse().unwrap(),
            call_id: "c1".parse().unwrap(),
            event: kind,
            occurred_at: Instant::from_micros(1_700_000_000_000_000 + at).unwrap(),
            direction: Direction::In,
            from: from.map(|from| from.parse().unwrap()),
            to: None,
            queue: None,
            extension: None,
            cause: None,
        }
    }

    fn record(events: &[CallEvent]) -> Call {
        let mut call = Call::new(&"pbx".parse().unwrap(), &"c1".parse().unwrap());
        for event in events {
            call.record(event);
        }
        call
    }

    #[test]
    fn an_answer_without_a_ring_makes_an_answered_call() {
        assert_eq!(record(&[event(CallEventKind::Answer, 1, None)]).line, LineState::Answered);
    }

    #[test]
    fn a_call_that_nobody_hangs_up_is_closed_by_the_sweep() {
        let mut call = record(&[event(CallEventKind::Ring, 1, Some("0536491234"))]);
        call.sweep(Instant::from_micros(1_700_000_100_000_000).unwrap());
        assert!(call.is_missed());
    }

    fn events() -> impl Strategy<Value = Vec<CallEvent>> {
        let kind = prop_oneof![Just(CallEventKind::Ring), Just(CallEventKind::Answer), Just(CallEventKind::Hangup)];
        let from = prop_oneof![Just(None), Just(Some("0536491234")), Just(Some("anonymous"))];
        prop::collection::vec((kind, 0..50_i64, from).prop_map(|(kind, at, from)| event(kind, at, from)), 0..8)
    }

    proptest! {
        #[test]
        fn neither_order_nor_repetition_of_events_changes_the_record(
            (events, shuffled) in events().prop_flat_map(|events| {
                let doubled: Vec<_> = events.iter().chain(&events).cloned().collect();
                (Just(events), Just(doubled).prop_shuffle())
            })
        ) {
            prop_assert_eq!(record(&events), record(&shuffled));
        }

        #[test]
        fn a_hung_up_call_is_over_whatever_was_lost(events in events()) {
            let call = record(&events);
            let over = events.iter().any(|event| event.event == CallEventKind::Hangup);
            prop_assert_eq!(over, matches!(call.line, LineState::Ended | LineState::Missed));
        }
    }
}
