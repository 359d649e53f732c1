//! A call's line, moved by the telephone system alone: whatever the order, repetition or loss of its events, the same record.

mod service_level;

pub use service_level::{Answering, ServiceLevel, abandoned};

use super::{
    ids::{ContactId, OperatorId},
    machine::states,
    phone::Caller,
    texts::ShortText,
    time::Instant,
};
use serde::{Deserialize, Serialize};

/// Different rings, answers or hang-ups of one call that are kept of each kind: of more, the earliest.
const KEPT: usize = 24;

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
    /// Which part of the call, where the system tells several apart: a call that was passed on is over once all its parts are.
    #[serde(default)]
    pub leg: Option<ShortText>,
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
    /// Which part of the call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leg: Option<String>,
}

impl Seen {
    fn of(event: &CallEvent) -> Self {
        let text = |text: &Option<ShortText>| text.as_ref().map(|text| text.as_str().to_owned());
        Self {
            at: event.occurred_at,
            from: text(&event.from),
            to: text(&event.to),
            queue: text(&event.queue),
            extension: text(&event.extension),
            cause: event.cause,
            direction: event.direction,
            leg: text(&event.leg),
        }
    }

    /// Whether both tell the same, whenever they came: one of them is a repetition.
    fn repeats(&self, other: &Self) -> bool {
        Self { at: other.at, ..self.clone() } == *other
    }

    /// Whether it ends its part of the call. What was passed on goes on elsewhere; where the system tells parts apart, as another part.
    fn is_final(&self) -> bool {
        self.cause != Some(HangupCause::Forwarded) || self.leg.is_some()
    }
}

/// An event beside the one of its kind that is told first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Other {
    /// What happened.
    pub event: CallEventKind,
    /// What is kept of it.
    pub seen: Seen,
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
    /// The hang-up that ended it, once nothing of it goes on elsewhere.
    pub hangup: Option<Seen>,
    /// What else was seen: further rings and answers, hang-ups of its parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Other>,
    /// When the sweep gave it up, if no hang-up came.
    pub swept_at: Option<Instant>,
    /// Who calls.
    #[cfg_attr(feature = "office", schema(value_type = Object))]
    pub from: Caller,
    /// Which way.
    pub direction: Direction,
    /// The operator whose extension answered.
    pub answered_by: Option<OperatorId>,
    /// The missed call that this one calls back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_of: Option<ContactId>,
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
            others: Vec::new(),
            swept_at: None,
            from: Caller::Hidden,
            direction: Direction::In,
            answered_by: None,
            callback_of: None,
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

    /// Takes in an event. The same again changes nothing, whenever it comes: of repetitions the earliest counts, and what follows is a
    /// function of the set of events alone.
    pub fn record(&mut self, event: &CallEvent) {
        let seen = Seen::of(event);
        let mut all: Vec<Other> = self.events();
        match all.iter_mut().find(|other| other.event == event.event && other.seen.repeats(&seen)) {
            Some(known) if known.seen.at <= seen.at => {}
            Some(known) => known.seen = seen,
            None => all.push(Other { event: event.event, seen }),
        }
        all.sort();
        let of = |kind| all.iter().filter(move |other| other.event == kind).map(|other| &other.seen).take(KEPT);
        let [rings, answers, hangups] = [CallEventKind::Ring, CallEventKind::Answer, CallEventKind::Hangup]
            .map(|kind| of(kind).collect::<Vec<_>>());
        let end = end(&rings, &answers, &hangups);
        let firsts = [rings.first(), answers.first(), end.as_ref()].map(|seen| seen.map(|seen| (*seen).clone()));
        let kinds = [
            (CallEventKind::Ring, &rings, rings.first()),
            (CallEventKind::Answer, &answers, answers.first()),
            (CallEventKind::Hangup, &hangups, end.as_ref()),
        ];
        let others = kinds.into_iter().flat_map(|(event, seen, told)| {
            let rest = seen.iter().filter(move |seen| told != Some(seen));
            rest.map(move |seen| Other { event, seen: (*seen).clone() })
        });
        self.others = others.collect();
        [self.ring, self.answer, self.hangup] = firsts;
        self.derive();
    }

    /// Every event kept.
    fn events(&mut self) -> Vec<Other> {
        let told = [
            (CallEventKind::Ring, self.ring.take()),
            (CallEventKind::Answer, self.answer.take()),
            (CallEventKind::Hangup, self.hangup.take()),
        ];
        let told = told.into_iter().filter_map(|(event, seen)| seen.map(|seen| Other { event, seen }));
        told.chain(std::mem::take(&mut self.others)).collect()
    }

    /// The extensions that answered, the first one first.
    pub fn answering_extensions(&self) -> impl Iterator<Item = &str> {
        let others = self.others.iter().filter(|other| other.event == CallEventKind::Answer).map(|other| &other.seen);
        self.answer.iter().chain(others).filter_map(|seen| seen.extension.as_deref())
    }

    /// Everything that is kept of its events, for erasing.
    pub fn seen_mut(&mut self) -> impl Iterator<Item = &mut Seen> {
        let told = [&mut self.ring, &mut self.answer, &mut self.hangup].into_iter().flatten();
        told.chain(self.others.iter_mut().map(|other| &mut other.seen))
    }

    /// When the first event of it happened.
    pub fn began_at(&self) -> Option<Instant> {
        let told = [&self.ring, &self.answer, &self.hangup].into_iter().flatten();
        told.chain(self.others.iter().map(|other| &other.seen)).map(|seen| seen.at).min()
    }

    /// Whether both calls come from, or go to, one and the same number. Who hides theirs is like nobody else.
    pub fn same_caller(&self, other: &Self) -> bool {
        match (&self.from, &other.from) {
            (Caller::Number(one), Caller::Number(other)) => one == other,
            // A colleague's telephone is known to its own system alone.
            (Caller::Internal(one), Caller::Internal(another)) => one == another && self.source == other.source,
            _ => false,
        }
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
        let others = || self.others.iter().map(|other| &other.seen);
        let known = || [&self.ring, &self.answer, &self.hangup].into_iter().flatten().chain(others());
        self.direction = known().map(|seen| seen.direction).next().unwrap_or_default();
        let other_end = match self.direction {
            Direction::In => known().find_map(|seen| seen.from.as_deref()),
            Direction::Out => known().find_map(|seen| seen.to.as_deref()),
        };
        self.from = other_end.map_or(Caller::Hidden, Caller::read);
    }
}

/// The hang-up that ends a call: the last of its parts', once every part that rang, was answered or was hung up is over. A part is over
/// with its first final hang-up, or passed on with nothing of it after that.
fn end<'a>(rings: &[&'a Seen], answers: &[&'a Seen], hangups: &[&'a Seen]) -> Option<&'a Seen> {
    let active = || rings.iter().chain(answers);
    let ends = active().chain(hangups).map(|part| {
        let own = || hangups.iter().copied().filter(|hangup| hangup.leg == part.leg);
        let over = own().find(|hangup| hangup.is_final());
        over.or_else(|| own().next_back().filter(|passed| active().all(|it| it.leg != part.leg || it.at <= passed.at)))
    });
    let ends: Option<Vec<&Seen>> = ends.collect();
    ends?.into_iter().max()
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
            leg: None,
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

    #[test]
    fn a_call_that_is_passed_on_goes_on_where_it_rings_next() {
        let passed_on =
            CallEvent { cause: Some(HangupCause::Forwarded), ..event(CallEventKind::Hangup, 2, Some("0536491234")) };
        let elsewhere =
            CallEvent { extension: Some("205".parse().unwrap()), ..event(CallEventKind::Ring, 3, Some("0536491234")) };
        let first = event(CallEventKind::Ring, 1, Some("0536491234"));
        let line = |events: &[&CallEvent]| {
            let events: Vec<_> = events.iter().copied().cloned().collect();
            record(&events).line
        };
        assert_eq!(line(&[&first, &passed_on]), LineState::Missed, "nobody took it");
        assert_eq!(line(&[&first, &passed_on, &elsewhere]), LineState::Ringing);
        assert_eq!(line(&[&elsewhere, &passed_on, &first]), LineState::Ringing);
        let again = CallEvent { occurred_at: elsewhere.occurred_at, ..first.clone() };
        assert_eq!(line(&[&first, &passed_on, &again]), LineState::Missed, "a repetition is no new ring");
        let end = event(CallEventKind::Hangup, 9, None);
        assert_eq!(line(&[&end, &elsewhere, &passed_on, &first]), LineState::Missed);
    }

    #[test]
    fn a_call_with_several_parts_is_over_when_the_last_one_is() {
        let part = |leg: &str, event: CallEvent| CallEvent { leg: Some(leg.parse().unwrap()), ..event };
        let events = [
            part("a", event(CallEventKind::Ring, 1, Some("0536491234"))),
            part("a", event(CallEventKind::Answer, 2, None)),
            part("b", event(CallEventKind::Ring, 3, None)),
            part("a", event(CallEventKind::Hangup, 4, None)),
            part("b", event(CallEventKind::Hangup, 5, None)),
        ];
        assert_eq!(record(&events[..4]).line, LineState::Answered);
        let whole = record(&events);
        assert_eq!((whole.line, whole.hangup.unwrap().at), (LineState::Ended, events[4].occurred_at));
    }

    #[test]
    fn calls_of_one_number_have_the_same_caller() {
        let call = |from| record(&[event(CallEventKind::Ring, 1, from)]);
        assert!(call(Some("05 36 49 12 34")).same_caller(&call(Some("+33536491234"))));
        assert!(!call(Some("0536491234")).same_caller(&call(Some("0536491235"))));
        assert!(!call(Some("anonymous")).same_caller(&call(Some("anonymous"))));
        assert!(call(Some("204")).same_caller(&call(Some("204"))));
    }

    /// Events of one call: of several parts, with repetitions that came later.
    fn events() -> impl Strategy<Value = Vec<CallEvent>> {
        let kind = prop_oneof![Just(CallEventKind::Ring), Just(CallEventKind::Answer), Just(CallEventKind::Hangup)];
        let from = prop_oneof![Just(None), Just(Some("0536491234")), Just(Some("anonymous"))];
        let leg = prop_oneof![3 => Just(None), 1 => Just(Some("b"))];
        let cause =
            prop_oneof![3 => Just(None), 1 => Just(Some(HangupCause::Forwarded)), 1 => Just(Some(HangupCause::Busy))];
        let made = (kind, 0..50_i64, from, leg, cause).prop_map(|(kind, at, from, leg, cause)| CallEvent {
            cause: cause.filter(|_| kind == CallEventKind::Hangup),
            leg: leg.map(|leg| leg.parse().unwrap()),
            ..event(kind, at, from)
        });
        prop::collection::vec(made, 0..8)
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
        fn a_late_repetition_changes_nothing(events in events(), late in 0..1000_i64) {
            let again: Vec<_> = events.iter().map(|event| CallEvent {
                occurred_at: event.occurred_at.plus(jiff::SignedDuration::from_micros(late)), ..event.clone()
            }).collect();
            prop_assert_eq!(record(&events), record(&[events, again].concat()));
        }

        #[test]
        fn a_call_that_was_hung_up_for_good_is_over_whatever_was_lost(events in events()) {
            let of_one_part = events.iter().all(|event| event.leg.is_none());
            prop_assume!(of_one_part && events.iter().all(|event| event.cause != Some(HangupCause::Forwarded)));
            let call = record(&events);
            let over = events.iter().any(|event| event.event == CallEventKind::Hangup);
            prop_assert_eq!(over, matches!(call.line, LineState::Ended | LineState::Missed));
        }

        #[test]
        fn whatever_was_lost_the_sweep_closes_it(events in events()) {
            let mut call = record(&events);
            call.sweep(Instant::from_micros(1_700_000_100_000_000).unwrap());
            prop_assert!(matches!(call.line, LineState::Ended | LineState::Missed));
        }
    }
}
