//! Clocks: how long something may take, what is left of it, and whether it was kept.

mod targets;

pub use targets::{Case, Limit, TargetRule, Targets, Urgency};

use super::{calendar::WorkingCalendar, time::Instant};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What a clock runs for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    /// From a contact's arrival until somebody takes it up.
    FirstAnswer,
    /// From a missed call until the caller is called back.
    Callback,
    /// From a triaged request until somebody is to do it.
    Assignment,
    /// From the assignment until what must be carried is picked up.
    Pickup,
    /// From the job's end until the result is handed back.
    HandBack,
}

impl ClockKind {
    /// All of them, in the order in which they come.
    pub const ALL: [Self; 5] = [Self::FirstAnswer, Self::Callback, Self::Assignment, Self::Pickup, Self::HandBack];
}

/// How long something may take; 0 is at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Target {
    /// Time that passes day and night.
    Elapsed {
        /// Seconds.
        #[cfg_attr(feature = "office", schema(maximum = 4_294_967_295_u32))]
        seconds: u32,
    },
    /// Opening time of the working calendar.
    Open {
        /// Minutes.
        #[cfg_attr(feature = "office", schema(maximum = 4_294_967_295_u32))]
        minutes: u32,
    },
    /// Until the same time of day some working days later. What is left of it after a pause is counted in opening time.
    WorkingDays {
        /// Working days.
        #[cfg_attr(feature = "office", schema(maximum = 65_535))]
        days: u16,
    },
}

impl Target {
    /// When what starts at `start` is due.
    pub fn due(self, start: Instant, calendar: &WorkingCalendar) -> Option<Instant> {
        match self {
            Self::Elapsed { seconds } => self.after(start, SignedDuration::from_secs(seconds.into()), calendar),
            Self::Open { minutes } => self.after(start, SignedDuration::from_mins(minutes.into()), calendar),
            Self::WorkingDays { days } => calendar.add_working_days(start, days),
        }
    }

    /// When `time`, as this target counts it, has passed since `start`.
    fn after(self, start: Instant, time: SignedDuration, calendar: &WorkingCalendar) -> Option<Instant> {
        match self {
            Self::Elapsed { .. } => Some(start.plus(time)),
            Self::Open { .. } | Self::WorkingDays { .. } => calendar.add_open(start, time),
        }
    }

    /// The time, as this target counts it, that passes between two instants; none if `to` is not later.
    fn between(self, from: Instant, to: Instant, calendar: &WorkingCalendar) -> SignedDuration {
        match self {
            Self::Elapsed { .. } => to.since(from).max(SignedDuration::ZERO),
            Self::Open { .. } | Self::WorkingDays { .. } => calendar.open_between(from, to),
        }
    }
}

/// Where a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClockState {
    /// It runs towards its due time.
    Running {
        /// Since it was started, or last resumed.
        since: Instant,
    },
    /// It stands, while a question is out.
    Paused {
        /// Since when.
        since: Instant,
        /// Microseconds left until it is due, as its target counts them.
        left_us: u64,
        /// Microseconds left until its warning; 0 if it was given.
        warn_left_us: u64,
    },
    /// What it runs for was done in time.
    Met {
        /// When.
        at: Instant,
    },
    /// What it runs for was done late.
    Missed {
        /// When it was done.
        at: Instant,
    },
}

/// What a clock says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// There is time, or there was.
    OnTime,
    /// Three quarters of the time are gone.
    Warned,
    /// The due time is over, or was when it was done.
    Late,
}

/// Why a clock did not move; it stays as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ClockError {
    /// It stands already.
    #[error("the clock is paused already: resume it first")]
    Paused,
    /// It runs already.
    #[error("the clock is running already: pause it first")]
    Running,
    /// It was met or missed.
    #[error("the clock has stopped for good: what it ran for is done")]
    Over,
    /// A pause would hide that it is late.
    #[error("the clock is late: it can only be met")]
    Late,
    /// The calendar opens too little for the target within two years.
    #[error("the clock would not be due within two years: set a shorter target or more opening hours")]
    NeverDue,
}

/// One time limit that runs, stands or has ended. The time that it ran is its target when it is due, however often it was paused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Clock {
    kind: ClockKind,
    target: Target,
    started_at: Instant,
    due_at: Instant,
    warn_at: Instant,
    state: ClockState,
}

impl Clock {
    /// Starts a clock at `now`. It warns when three quarters of its time are gone.
    pub fn start(
        kind: ClockKind,
        target: Target,
        now: Instant,
        calendar: &WorkingCalendar,
    ) -> Result<Self, ClockError> {
        let due_at = target.due(now, calendar).ok_or(ClockError::NeverDue)?;
        let whole = target.between(now, due_at, calendar);
        let warn_at = target.after(now, whole - whole / 4, calendar).ok_or(ClockError::NeverDue)?;
        Ok(Self { kind, target, started_at: now, due_at, warn_at, state: ClockState::Running { since: now } })
    }

    /// What it runs for.
    pub fn kind(&self) -> ClockKind {
        self.kind
    }

    /// How long it may run.
    pub fn target(&self) -> Target {
        self.target
    }

    /// When it started first.
    pub fn started_at(&self) -> Instant {
        self.started_at
    }

    /// When it is due; while it is paused, when it would have been.
    pub fn due_at(&self) -> Instant {
        self.due_at
    }

    /// When it warns; while it is paused, when it would have.
    pub fn warn_at(&self) -> Instant {
        self.warn_at
    }

    /// Where it stands.
    pub fn state(&self) -> ClockState {
        self.state
    }

    /// Stops it for a while, keeping what is left. A late clock cannot be paused.
    pub fn pause(&mut self, now: Instant, calendar: &WorkingCalendar) -> Result<(), ClockError> {
        let since = match self.state {
            // A clock that goes back between two machines takes no time away.
            ClockState::Running { since } => now.max(since),
            ClockState::Paused { .. } => return Err(ClockError::Paused),
            ClockState::Met { .. } | ClockState::Missed { .. } => return Err(ClockError::Over),
        };
        if since > self.due_at {
            return Err(ClockError::Late);
        }
        let left = |until| micros(self.target.between(since, until, calendar));
        self.state = ClockState::Paused { since, left_us: left(self.due_at), warn_left_us: left(self.warn_at) };
        Ok(())
    }

    /// Lets it run on with what was left.
    pub fn resume(&mut self, now: Instant, calendar: &WorkingCalendar) -> Result<(), ClockError> {
        let (since, left_us, warn_left_us) = match self.state {
            ClockState::Paused { since, left_us, warn_left_us } => (now.max(since), left_us, warn_left_us),
            ClockState::Running { .. } => return Err(ClockError::Running),
            ClockState::Met { .. } | ClockState::Missed { .. } => return Err(ClockError::Over),
        };
        let after = |left| self.target.after(since, duration(left), calendar).ok_or(ClockError::NeverDue);
        (self.due_at, self.warn_at) = (after(left_us)?, after(warn_left_us)?);
        self.state = ClockState::Running { since };
        Ok(())
    }

    /// Ends it: what it runs for was done at `at`, in time or late.
    pub fn meet(&mut self, at: Instant) -> Result<(), ClockError> {
        self.state = match self.state {
            ClockState::Running { .. } if at > self.due_at => ClockState::Missed { at },
            ClockState::Running { .. } | ClockState::Paused { .. } => ClockState::Met { at },
            ClockState::Met { .. } | ClockState::Missed { .. } => return Err(ClockError::Over),
        };
        Ok(())
    }

    /// What it says at `now`. At its due time it is not late yet.
    pub fn verdict(&self, now: Instant) -> Verdict {
        match self.state {
            ClockState::Missed { .. } => Verdict::Late,
            ClockState::Running { .. } if now > self.due_at => Verdict::Late,
            ClockState::Running { .. } if now >= self.warn_at => Verdict::Warned,
            ClockState::Paused { warn_left_us: 0, .. } => Verdict::Warned,
            ClockState::Running { .. } | ClockState::Paused { .. } | ClockState::Met { .. } => Verdict::OnTime,
        }
    }
}

/// Whole microseconds of what is left, which is never less than nothing.
fn micros(duration: SignedDuration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(0)
}

fn duration(micros: u64) -> SignedDuration {
    SignedDuration::from_micros(i64::try_from(micros).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::tests::{calendar, calendars, instant, instants};
    use proptest::prelude::*;

    fn callback(minutes: u32, at: &str) -> Clock {
        let house = calendar("lun-ven 08:00-12:00,14:00-18:00");
        Clock::start(ClockKind::Callback, Target::Open { minutes }, instant(at), &house).unwrap()
    }

    #[test]
    fn a_clock_warns_at_three_quarters_and_is_late_after_its_due_time() {
        let clock = callback(40, "2026-01-05T10:40:00Z");
        assert_eq!(clock.warn_at(), instant("2026-01-05T13:10:00Z"));
        assert_eq!(clock.due_at(), instant("2026-01-05T13:20:00Z"));
        assert_eq!(clock.verdict(instant("2026-01-05T13:09:59Z")), Verdict::OnTime);
        assert_eq!(clock.verdict(clock.warn_at()), Verdict::Warned);
        assert_eq!(clock.verdict(clock.due_at()), Verdict::Warned);
        assert_eq!(clock.verdict(instant("2026-01-05T13:20:00.000001Z")), Verdict::Late);
    }

    #[test]
    fn a_working_day_warns_at_three_quarters_of_its_opening_time() {
        let house = calendar("lun-ven 08:00-12:00,14:00-18:00");
        let start = instant("2026-01-09T09:00:00Z");
        let clock = Clock::start(ClockKind::FirstAnswer, Target::WorkingDays { days: 1 }, start, &house).unwrap();
        assert_eq!(clock.due_at(), instant("2026-01-12T09:00:00Z"));
        assert_eq!(clock.warn_at(), instant("2026-01-09T17:00:00Z"));
    }

    #[test]
    fn what_was_left_before_a_pause_is_left_after_it() {
        let house = calendar("lun-ven 08:00-12:00,14:00-18:00");
        let mut clock = callback(40, "2026-01-05T10:40:00Z");
        clock.pause(instant("2026-01-05T10:50:00Z"), &house).unwrap();
        assert_eq!(clock.verdict(instant("2026-02-05T10:50:00Z")), Verdict::OnTime);
        clock.resume(instant("2026-01-06T10:50:00Z"), &house).unwrap();
        assert_eq!(clock.warn_at(), instant("2026-01-06T13:10:00Z"));
        assert_eq!(clock.due_at(), instant("2026-01-06T13:20:00Z"));
    }

    #[test]
    fn a_warning_outlasts_a_pause() {
        let house = calendar("24/7");
        let mut clock =
            Clock::start(ClockKind::Pickup, Target::Elapsed { seconds: 100 }, instant("2026-01-05T10:00:00Z"), &house)
                .unwrap();
        clock.pause(instant("2026-01-05T10:01:20Z"), &house).unwrap();
        assert_eq!(clock.verdict(instant("2026-01-05T10:30:00Z")), Verdict::Warned);
        clock.resume(instant("2026-01-05T11:00:00Z"), &house).unwrap();
        assert_eq!(clock.verdict(instant("2026-01-05T11:00:00Z")), Verdict::Warned);
        assert_eq!(clock.due_at(), instant("2026-01-05T11:00:20Z"));
    }

    #[test]
    fn what_is_done_late_is_missed_and_stays_so() {
        let house = calendar("24/7");
        let mut late = callback(10, "2026-01-05T10:00:00Z");
        assert_eq!(late.pause(instant("2026-01-05T10:10:01Z"), &house), Err(ClockError::Late));
        late.meet(instant("2026-01-05T10:10:01Z")).unwrap();
        assert_eq!(late.verdict(instant("2026-01-06T10:00:00Z")), Verdict::Late);
        let mut kept = callback(10, "2026-01-05T10:00:00Z");
        kept.meet(kept.due_at()).unwrap();
        assert_eq!(kept.verdict(instant("2026-01-06T10:00:00Z")), Verdict::OnTime);
        assert_eq!(kept.meet(instant("2026-01-05T10:00:00Z")), Err(ClockError::Over));
    }

    #[test]
    fn a_clock_that_would_never_be_due_does_not_start_and_does_not_resume() {
        let (open, never) = (calendar("24/7"), calendar("fermé"));
        let now = instant("2026-01-05T10:00:00Z");
        let target = Target::Open { minutes: 30 };
        assert_eq!(Clock::start(ClockKind::Callback, target, now, &never), Err(ClockError::NeverDue));
        let mut clock = Clock::start(ClockKind::Callback, target, now, &open).unwrap();
        clock.pause(now, &open).unwrap();
        let before = clock;
        assert_eq!(clock.resume(now, &never), Err(ClockError::NeverDue));
        assert_eq!(clock, before);
    }

    #[test]
    fn a_clock_is_written_as_it_is_read() {
        let mut clock = callback(40, "2026-01-05T10:40:00Z");
        clock.pause(instant("2026-01-05T10:50:00Z"), &calendar("lun-ven 08:00-12:00,14:00-18:00")).unwrap();
        let json = serde_json::to_string(&clock).unwrap();
        assert!(json.contains(r#""state":{"kind":"paused","since":"2026-01-05T10:50:00.000000Z","left_us":1800000000,"warn_left_us":1200000000}"#), "{json}");
        assert_eq!(serde_json::from_str::<Clock>(&json).unwrap(), clock);
    }

    #[derive(Clone, Copy, Debug)]
    enum Move {
        Pause,
        Resume,
        Meet,
    }

    fn targets() -> impl Strategy<Value = Target> {
        prop_oneof![
            (0..200_000_u32).prop_map(|seconds| Target::Elapsed { seconds }),
            (0..3_000_u32).prop_map(|minutes| Target::Open { minutes }),
            (0..4_u16).prop_map(|days| Target::WorkingDays { days }),
        ]
    }

    /// Moves, each some microseconds after the one before it, or a little before it, as clocks of two machines differ.
    fn moves() -> impl Strategy<Value = Vec<(Move, i64)>> {
        let moves = prop_oneof![4 => Just(Move::Pause), 4 => Just(Move::Resume), 1 => Just(Move::Meet)];
        prop::collection::vec((moves, -1_000_000..40_000_000_000_i64), 0..12)
    }

    proptest! {
        #[test]
        fn a_clock_runs_for_its_target_however_often_it_is_paused(
            house in calendars(), start in instants(), target in targets(), moves in moves(),
        ) {
            let Ok(mut clock) = Clock::start(ClockKind::Callback, target, start, &house) else { return Ok(()) };
            let whole = target.between(start, clock.due_at(), &house);
            let mut ran = SignedDuration::ZERO;
            let mut now = start;
            for (step, micros) in moves {
                now = now.plus(SignedDuration::from_micros(micros));
                let before = clock;
                let moved = match step {
                    Move::Pause => clock.pause(now, &house),
                    Move::Resume => clock.resume(now, &house),
                    Move::Meet => clock.meet(now),
                };
                if moved.is_err() {
                    prop_assert_eq!(clock, before);
                }
                match (before.state(), clock.state()) {
                    (ClockState::Running { since }, ClockState::Paused { since: until, left_us, warn_left_us }) => {
                        ran += target.between(since, until, &house);
                        prop_assert_eq!(ran + duration(left_us), whole);
                        prop_assert!(warn_left_us <= left_us);
                    }
                    (ClockState::Running { .. }, ClockState::Met { at }) => prop_assert!(at <= clock.due_at()),
                    (ClockState::Running { .. }, ClockState::Missed { at }) => prop_assert!(at > clock.due_at()),
                    (ClockState::Met { .. } | ClockState::Missed { .. }, _) => prop_assert_eq!(clock, before),
                    _ => {}
                }
                if let ClockState::Running { since } = clock.state() {
                    prop_assert_eq!(ran + target.between(since, clock.due_at(), &house), whole);
                    prop_assert!(clock.warn_at() <= clock.due_at());
                }
            }
        }

        #[test]
        fn a_verdict_never_gets_better_while_time_passes(house in calendars(), start in instants(), target in targets(), a in instants(), b in instants()) {
            if let Ok(clock) = Clock::start(ClockKind::Assignment, target, start, &house) {
                prop_assert!(clock.verdict(a.min(b)) <= clock.verdict(a.max(b)));
            }
        }
    }
}
