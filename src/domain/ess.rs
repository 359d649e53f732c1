//! The share of social and solidarity economy: of the jobs given to providers, by count and by euros.

use super::{money::Cents, provider::Tier};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Jobs and what they cost, VAT included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Sum {
    /// How many.
    pub jobs: u32,
    /// What they cost; those without a price count for nothing here.
    pub cents: i64,
}

impl Sum {
    fn add(&mut self, other: Self) {
        self.jobs = self.jobs.saturating_add(other.jobs);
        self.cents = self.cents.saturating_add(other.cents);
    }
}

/// What of a whole went to providers that count as ESS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Share {
    /// To those of the policy's tiers.
    pub ess: Sum,
    /// To all providers.
    pub all: Sum,
}

impl Share {
    /// The share of what went to each tier.
    pub fn of(sums: impl IntoIterator<Item = (Tier, Sum)>, ess: &BTreeSet<Tier>) -> Self {
        let mut share = Self::default();
        for (tier, sum) in sums {
            share.all.add(sum);
            if ess.contains(&tier) {
                share.ess.add(sum);
            }
        }
        share
    }

    /// The share with one job more.
    #[must_use]
    pub fn with(mut self, tier: Tier, price: Option<Cents>, ess: &BTreeSet<Tier>) -> Self {
        let one = Sum { jobs: 1, cents: price.map_or(0, Cents::get) };
        self.all.add(one);
        if ess.contains(&tier) {
            self.ess.add(one);
        }
        self
    }

    /// Whole percent of the jobs, rounded down so that a target that is not reached does not look reached; none without jobs.
    pub fn jobs_percent(&self) -> Option<u16> {
        percent(self.ess.jobs.into(), self.all.jobs.into())
    }

    /// Whole percent of the euros, rounded down; none without euros.
    pub fn euros_percent(&self) -> Option<u16> {
        percent(self.ess.cents, self.all.cents)
    }

    /// Whether either share is under a target in percent.
    pub fn is_under(&self, target_percent: u16) -> bool {
        [self.jobs_percent(), self.euros_percent()].into_iter().flatten().any(|percent| percent < target_percent)
    }
}

/// What a choice does to a share that it is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strain {
    /// It takes it under the target.
    TakesUnder,
    /// It takes a share that is under the target still further from it.
    StaysUnder,
}

impl Share {
    /// What becomes of it with a choice, where that is not as the target wants it.
    pub fn strain(&self, with: &Self, target_percent: u16) -> Option<Strain> {
        if !with.is_under(target_percent) {
            return None;
        }
        if !self.is_under(target_percent) {
            return Some(Strain::TakesUnder);
        }
        (with.jobs_percent() < self.jobs_percent()).then_some(Strain::StaysUnder)
    }
}

fn percent(part: i64, whole: i64) -> Option<u16> {
    if whole <= 0 {
        return None;
    }
    u16::try_from(i128::from(part.max(0)) * 100 / i128::from(whole)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiers() -> BTreeSet<Tier> {
        BTreeSet::from([Tier::Inclusion, Tier::Ess])
    }

    fn sum(jobs: u32, cents: i64) -> Sum {
        Sum { jobs, cents }
    }

    #[test]
    fn the_share_is_told_by_count_and_by_euros() {
        let sums = [(Tier::Inclusion, sum(5, 5_000)), (Tier::Ess, sum(3, 3_000)), (Tier::Local, sum(2, 2_500))];
        let share = Share::of(sums, &tiers());
        assert_eq!((share.jobs_percent(), share.euros_percent()), (Some(80), Some(76)));
        assert!(share.is_under(80) && !share.is_under(76));
        assert_eq!((Share::default().jobs_percent(), Share::default().is_under(80)), (None, false));
    }

    #[test]
    fn a_choice_moves_it_by_its_tier_and_price() {
        let share = Share { ess: sum(4, 400), all: sum(5, 500) };
        assert_eq!(
            share.with(Tier::Ess, Some(Cents::from(100)), &tiers()),
            Share { ess: sum(5, 500), all: sum(6, 600) }
        );
        assert_eq!(share.with(Tier::Other, None, &tiers()), Share { ess: sum(4, 400), all: sum(6, 500) });
        assert!(share.with(Tier::Other, None, &tiers()).is_under(80));
    }

    #[test]
    fn a_choice_strains_a_share_that_it_takes_under_the_target_or_further_from_it() {
        let strain = |ess: u32, tier| {
            let share = Share { ess: sum(ess, i64::from(ess)), all: sum(10, 10) };
            share.strain(&share.with(tier, Some(Cents::from(1)), &tiers()), 80)
        };
        assert_eq!(strain(8, Tier::Local), Some(Strain::TakesUnder));
        assert_eq!(strain(8, Tier::Ess), None);
        assert_eq!(strain(5, Tier::Local), Some(Strain::StaysUnder));
        assert_eq!(strain(5, Tier::Ess), None);
        assert_eq!(strain(10, Tier::Local), None);
    }

    #[test]
    fn a_target_that_is_nearly_reached_is_not_reached() {
        let share = Share { ess: sum(799, 0), all: sum(1_000, 0) };
        assert_eq!(share.jobs_percent(), Some(79));
        assert!(share.is_under(80));
    }
}
