//! The way to the office, as an enum that says itself.

use crate::{
    domain::{operator::Language, time::Instant},
    i18n::say,
};

/// How the office is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// Not yet: what this machine kept is being read.
    Recalling,
    /// Not yet: what is shown is the copy kept from last time, if there was one.
    Starting {
        /// The time of the copy.
        as_of: Option<Instant>,
    },
    /// Everything is told as it happens.
    Online,
    /// The line broke a moment ago.
    Reconnecting {
        /// Since when nothing is told.
        since: Instant,
        /// When the next attempt is made.
        retry_at: Instant,
    },
    /// The session is over: somebody must log in again.
    SignedOut,
    /// A newer console of the same operator took over; this one writes no more.
    TakenOver,
}

/// From this many seconds without an answer on one works offline; before, the line is merely taken up again.
const OFFLINE_AFTER_S: i64 = 20;

impl Connection {
    /// Whether what is shown is what is.
    pub fn is_online(self) -> bool {
        self == Self::Online
    }

    /// Whether the line has been away for so long that one works without it.
    pub fn is_offline(self, now: Instant) -> bool {
        match self {
            Self::Online | Self::Recalling | Self::Starting { .. } => false,
            Self::Reconnecting { since, .. } => now.since(since).as_secs() >= OFFLINE_AFTER_S,
            Self::SignedOut | Self::TakenOver => true,
        }
    }

    /// In words, always; `clock` writes a time of day.
    pub fn words(self, now: Instant, language: Language, clock: impl Fn(Instant) -> String) -> String {
        match self {
            Self::Recalling => say(language, "connection-recalling", &[]),
            Self::Starting { as_of: Some(at) } => say(language, "connection-as-of", &[("time", clock(at))]),
            Self::Starting { as_of: None } => say(language, "connection-starting", &[]),
            Self::Online => say(language, "connection-online", &[]),
            Self::Reconnecting { since, .. } if self.is_offline(now) => {
                say(language, "connection-offline", &[("time", clock(since))])
            }
            Self::Reconnecting { retry_at, .. } => match retry_at.since(now).as_secs() {
                ..=0 => say(language, "connection-retrying", &[]),
                seconds => say(language, "connection-retry", &[("seconds", seconds.to_string())]),
            },
            Self::SignedOut => say(language, "connection-signed-out", &[]),
            Self::TakenOver => say(language, "connection-taken-over", &[]),
        }
    }

    /// Whether its words change with every second.
    pub fn counts_down(self, now: Instant) -> bool {
        matches!(self, Self::Reconnecting { .. }) && !self.is_offline(now)
    }
}
