//! How long to wait before asking an office again: longer at each failure, and at random, so that many consoles do not come back at once.

use std::time::Duration;

/// The bounds of waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The longest wait after a first failure; doubled at each one that follows.
    pub first: Duration,
    /// The longest wait ever.
    pub longest: Duration,
    /// A connection that lasted this long was good: the next failure counts as a first.
    pub stable_after: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            first: Duration::from_millis(500),
            longest: Duration::from_secs(30),
            stable_after: Duration::from_secs(30),
        }
    }
}

/// A throw of dice, uniform over all values: full jitter scales the wait by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throw(pub u32);

impl Throw {
    /// The throw that waits longest.
    pub const HIGHEST: Self = Self(u32::MAX);

    /// Thrown by the operating system; the longest wait if that has no dice.
    pub(crate) fn fresh() -> Self {
        getrandom::u32().map_or(Self::HIGHEST, Self)
    }
}

/// Counts failures in a row.
#[derive(Clone, Debug)]
pub struct Backoff {
    pace: Pace,
    failures: u32,
}

impl Backoff {
    /// Before any failure.
    pub fn new(pace: Pace) -> Self {
        Self { pace, failures: 0 }
    }

    /// How long to wait after a failure of a connection that had lasted `lasted` (zero if none came about).
    pub fn after_failure(&mut self, lasted: Duration, throw: Throw) -> Duration {
        if lasted >= self.pace.stable_after {
            self.failures = 0;
        }
        let doubled = 2_u32.checked_pow(self.failures).and_then(|times| self.pace.first.checked_mul(times));
        let ceiling = doubled.unwrap_or(self.pace.longest).min(self.pace.longest);
        self.failures = self.failures.saturating_add(1);
        ceiling.mul_f64(f64::from(throw.0) / f64::from(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn longest_waits(backoff: &mut Backoff, count: usize) -> Vec<u64> {
        (0..count)
            .map(|_| backoff.after_failure(Duration::ZERO, Throw::HIGHEST).as_millis().try_into().unwrap())
            .collect()
    }

    #[test]
    fn the_wait_doubles_up_to_half_a_minute() {
        let mut backoff = Backoff::new(Pace::default());
        assert_eq!(longest_waits(&mut backoff, 8), [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    }

    #[test]
    fn a_stable_connection_makes_the_next_failure_a_first() {
        let mut backoff = Backoff::new(Pace::default());
        longest_waits(&mut backoff, 5);
        assert_eq!(backoff.after_failure(Duration::from_secs(30), Throw::HIGHEST), Duration::from_millis(500));
        assert_eq!(longest_waits(&mut backoff, 1), [1_000]);
    }

    #[test]
    fn a_connection_that_breaks_at_once_does_not_hurry_the_next() {
        let mut backoff = Backoff::new(Pace::default());
        longest_waits(&mut backoff, 5);
        assert_eq!(backoff.after_failure(Duration::from_secs(29), Throw::HIGHEST), Duration::from_secs(16));
    }

    proptest! {
        #[test]
        fn no_wait_is_longer_than_the_bound_however_often_it_fails(failures in 0..200_usize, throw: u32) {
            let mut backoff = Backoff::new(Pace::default());
            longest_waits(&mut backoff, failures);
            prop_assert!(backoff.after_failure(Duration::ZERO, Throw(throw)) <= Duration::from_secs(30));
        }

        #[test]
        fn a_lower_throw_never_waits_longer(failures in 0..10_usize, one: u32, other: u32) {
            let mut backoff = Backoff::new(Pace::default());
            longest_waits(&mut backoff, failures);
            let wait = |throw| backoff.clone().after_failure(Duration::ZERO, Throw(throw));
            prop_assert!(wait(one.min(other)) <= wait(one.max(other)));
        }
    }
}
