//! How fast calls were answered: what became of each, and the counts of many. From recorded facts alone.

use super::{Call, Direction, LineState};
use crate::domain::time::Instant;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// Who hangs up this soon never waited for an answer.
const ABANDONED_WITHIN: SignedDuration = SignedDuration::from_secs(5);

/// What became of an incoming call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Answering {
    /// Answered within the target.
    InTime,
    /// Answered after it.
    Late,
    /// Answered, but nobody knows since when it rang.
    Unmeasured,
    /// Never answered.
    Missed,
    /// Given up within five seconds: counted apart.
    Abandoned,
}

/// Whether who rang, and hung up without an answer, gave up so soon that it was no waiting.
pub fn abandoned(rang_at: Instant, hung_up_at: Instant) -> bool {
    hung_up_at.since(rang_at) <= ABANDONED_WITHIN
}

impl Call {
    /// What became of it, held against how long an answer may take; nothing of one that still rings, or goes out.
    pub fn answering(&self, target: SignedDuration) -> Option<Answering> {
        if self.direction == Direction::Out || self.line == LineState::Ringing {
            return None;
        }
        let rang_at = self.ring.as_ref().map(|ring| ring.at);
        if let Some(answer) = &self.answer {
            let waited = rang_at.map(|rang_at| answer.at.since(rang_at));
            return Some(match waited {
                None => Answering::Unmeasured,
                Some(waited) if waited <= target => Answering::InTime,
                Some(_) => Answering::Late,
            });
        }
        let at_once = rang_at.zip(self.hangup.as_ref()).is_some_and(|(rang_at, hangup)| abandoned(rang_at, hangup.at));
        Some(if at_once { Answering::Abandoned } else { Answering::Missed })
    }
}

/// How many incoming calls ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct ServiceLevel {
    /// Answered within the target.
    pub in_time: u32,
    /// Answered after it.
    pub late: u32,
    /// Answered, but nobody knows since when they rang.
    pub unmeasured: u32,
    /// Never answered.
    pub missed: u32,
    /// Given up within five seconds: in no share.
    pub abandoned: u32,
    /// Of 1,000 calls that were answered or missed, those answered within the target; none if there was no such call.
    pub in_time_per_mille: Option<u32>,
}

impl ServiceLevel {
    /// The counts of what became of calls.
    pub fn of(calls: impl Iterator<Item = Answering>) -> Self {
        let mut level = calls.fold(Self::default(), |mut level, call| {
            let count = match call {
                Answering::InTime => &mut level.in_time,
                Answering::Late => &mut level.late,
                Answering::Unmeasured => &mut level.unmeasured,
                Answering::Missed => &mut level.missed,
                Answering::Abandoned => &mut level.abandoned,
            };
            *count = count.saturating_add(1);
            level
        });
        let measured = u64::from(level.in_time) + u64::from(level.late) + u64::from(level.missed);
        let share = (u64::from(level.in_time) * 1000 + measured / 2).checked_div(measured);
        level.in_time_per_mille = share.and_then(|share| u32::try_from(share).ok());
        level
    }
}

#[cfg(test)]
mod tests {
    use super::{super::CallEvent, *};
    use serde_json::json;

    fn call(events: &[(&str, u32)], direction: &str) -> Call {
        let event = |(kind, second): &(&str, u32)| -> CallEvent {
            let at = format!("2026-11-20T09:00:{second:02}Z");
            let event = json!({ "source": "standard", "call_id": "1", "event": kind, "occurred_at": at, "direction": direction });
            serde_json::from_value(event).unwrap()
        };
        let events: Vec<_> = events.iter().map(event).collect();
        let mut call = Call::new(&events[0].source, &events[0].call_id);
        for event in &events {
            call.record(event);
        }
        call
    }

    fn became(events: &[(&str, u32)]) -> Option<Answering> {
        call(events, "in").answering(SignedDuration::from_secs(20))
    }

    #[test]
    fn a_call_is_in_time_late_missed_or_abandoned() {
        assert_eq!(became(&[("ring", 0), ("answer", 20)]), Some(Answering::InTime));
        assert_eq!(became(&[("ring", 0), ("answer", 21), ("hangup", 50)]), Some(Answering::Late));
        assert_eq!(became(&[("ring", 0), ("hangup", 6)]), Some(Answering::Missed));
        assert_eq!(became(&[("ring", 0), ("hangup", 5)]), Some(Answering::Abandoned));
        assert_eq!(became(&[("answer", 5)]), Some(Answering::Unmeasured));
        assert_eq!(became(&[("ring", 0)]), None, "it still rings");
        let out = call(&[("ring", 0), ("answer", 5)], "out");
        assert_eq!(out.answering(SignedDuration::from_secs(20)), None);
    }

    #[test]
    fn the_share_leaves_out_what_was_abandoned_or_not_measured() {
        use Answering::{Abandoned, InTime, Late, Missed, Unmeasured};
        let level = ServiceLevel::of([InTime, InTime, Late, Missed, Abandoned, Unmeasured].into_iter());
        assert_eq!(level.in_time_per_mille, Some(500));
        assert_eq!((level.missed, level.abandoned, level.unmeasured), (1, 1, 1));
        assert_eq!(ServiceLevel::of(std::iter::empty()).in_time_per_mille, None);
    }
}
