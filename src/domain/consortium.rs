//! A consortium (« groupement »): providers that are asked as one and share the work by turns.
//!
//! Turns follow the figure of the ranking: the jobs of the last [`RECENT_DAYS`](super::ranking::RECENT_DAYS) days for each job a day of a
//! member's share. Who has the least of it is next, so that members differ by one job at most for each unit of their shares.

use super::{
    hours::OpeningHours,
    ids::ProviderId,
    policy::PolicyFields,
    provider::{Provider, ProviderFields},
    register::Standing,
};
use jiff::civil::Date;
use std::{borrow::Cow, cmp::Ordering, collections::HashMap, num::NonZeroU16};

/// A member with what its part depends on.
#[derive(Clone, Debug)]
struct Share<'a> {
    provider: ProviderId,
    hours: Cow<'a, OpeningHours>,
    per_day: NonZeroU16,
}

/// The members of a consortium that are in use.
#[derive(Clone, Debug)]
pub struct Consortium<'a> {
    hours: Cow<'a, OpeningHours>,
    shares: Vec<Share<'a>>,
}

/// What a member was given of the consortium's work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Jobs of the last [`RECENT_DAYS`](super::ranking::RECENT_DAYS) days.
    pub recent: u32,
    /// Jobs on the day that the next one is for.
    pub on_the_day: u16,
}

impl<'a> Consortium<'a> {
    /// A provider's members, found in the register; none if it is no consortium. Who is archived or not found has no part.
    pub fn of(
        fields: &'a ProviderFields,
        policy: &'a PolicyFields,
        find: impl Fn(ProviderId) -> Option<&'a Provider>,
    ) -> Option<Self> {
        let share = |member: &super::provider::Member| {
            let row = find(member.provider_id).filter(|row| row.standing == Standing::Active)?;
            Some(Share { provider: row.id, hours: row.fields.hours(policy), per_day: member.capacity_per_day })
        };
        fields
            .is_consortium()
            .then(|| Self { hours: fields.hours(policy), shares: fields.members.iter().filter_map(share).collect() })
    }

    /// Whether a member works on a day. On a day that is none of the consortium's own only holidays and suspensions keep it from taking part:
    /// what is due then was done before.
    fn works(&self, share: &Share<'_>, date: Date) -> bool {
        if self.hours.span_on(date).is_empty() {
            !share.hours.is_closed_on(date)
        } else {
            !share.hours.span_on(date).is_empty()
        }
    }

    /// Jobs that it takes on a day: the shares of the members that work then.
    pub fn capacity_on(&self, date: Date) -> u16 {
        let working = self.shares.iter().filter(|share| self.works(share, date));
        working.fold(0, |sum, share| sum.saturating_add(share.per_day.get()))
    }

    /// Whose turn it is to take a job of a day: who works then and has room, else who works, else whoever has had the least. None without members.
    pub fn next(&self, date: Date, given: &HashMap<ProviderId, Given>) -> Option<ProviderId> {
        let of = |share: &Share<'_>| given.get(&share.provider).copied().unwrap_or_default();
        let key = |share: &Share<'_>| {
            let works = self.works(share, date);
            (!(works && of(share).on_the_day < share.per_day.get()), !works)
        };
        let turn = |one: &Share<'_>, other: &Share<'_>| -> Ordering {
            // Fractions of whole numbers are compared crosswise: nothing is rounded.
            let (mine, theirs) = (u64::from(of(one).recent), u64::from(of(other).recent));
            (mine * u64::from(other.per_day.get())).cmp(&(theirs * u64::from(one.per_day.get())))
        };
        let first = self.shares.iter().min_by(|one, other| {
            key(one).cmp(&key(other)).then_with(|| turn(one, other)).then_with(|| one.provider.cmp(&other.provider))
        });
        first.map(|share| share.provider)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        moves::walk::id,
        provider::{Member, Suspension},
        register::Entry,
    };
    use jiff::civil::date;
    use proptest::prelude::*;
    use serde_json::json;

    fn provider(number: u128, week: &str) -> Provider {
        let fields = json!({ "name": format!("Atelier {number}"), "tier": "inclusion", "hours": { "weekly": week } });
        Entry::create(id(number), serde_json::from_value(fields).unwrap()).unwrap()
    }

    fn of(members: &[(u128, u16)], week: &str) -> ProviderFields {
        let mut fields = provider(99, week).fields;
        let member = |(number, share): &(u128, u16)| Member {
            provider_id: id(*number),
            capacity_per_day: NonZeroU16::new(*share).unwrap(),
        };
        fields.members = members.iter().map(member).collect();
        fields
    }

    const FRIDAY: Date = date(2026, 11, 27);
    const SATURDAY: Date = date(2026, 11, 28);

    #[test]
    fn its_capacity_is_that_of_the_members_that_work() {
        let policy = PolicyFields::default();
        let mut all =
            [provider(1, "lun-ven 08:00-18:00"), provider(2, "lun-jeu 08:00-18:00"), provider(3, "ven 8h-12h")];
        let fields = of(&[(1, 4), (2, 8), (3, 2), (4, 50)], "lun-ven 08:00-18:00");
        let capacity = |all: &[Provider], date| {
            let find = |wanted| all.iter().find(|row| row.id == wanted);
            Consortium::of(&fields, &policy, find).unwrap().capacity_on(date)
        };
        assert_eq!(capacity(&all, FRIDAY), 6, "the second is closed on Fridays, the fourth is not in the register");
        assert_eq!(capacity(&all, SATURDAY), 14, "nobody works, and what is due then was done before");
        let holidays = Suspension { from: FRIDAY, to: None, reason: "congés".parse().unwrap() };
        all[0].fields.suspensions.push(holidays);
        assert_eq!((capacity(&all, FRIDAY), capacity(&all, SATURDAY)), (2, 10));
        all[2].standing = Standing::Archived;
        assert_eq!(capacity(&all, FRIDAY), 0);
        assert!(Consortium::of(&all[0].fields, &policy, |_| None).is_none(), "a provider by itself is none");
    }

    #[test]
    fn the_next_is_who_works_has_room_and_had_the_least_for_its_share() {
        let policy = PolicyFields::default();
        let all = [provider(1, "lun-ven 08:00-18:00"), provider(2, "lun-ven 08:00-18:00"), provider(3, "lun 8h-12h")];
        let fields = of(&[(1, 2), (2, 4), (3, 9)], "lun-ven 08:00-18:00");
        let consortium = Consortium::of(&fields, &policy, |wanted| all.iter().find(|row| row.id == wanted)).unwrap();
        let next = |given: &[(u128, u32, u16)]| {
            let given = given
                .iter()
                .map(|(number, recent, on_the_day)| (id(*number), Given { recent: *recent, on_the_day: *on_the_day }));
            consortium.next(FRIDAY, &given.collect()).unwrap()
        };
        assert_eq!(next(&[]), id(1));
        assert_eq!(next(&[(1, 1, 0), (2, 1, 0)]), id(2), "one of four is less than one of two");
        assert_eq!(next(&[(1, 1, 0), (2, 3, 0)]), id(1));
        assert_eq!(next(&[(1, 1, 2), (2, 3, 0)]), id(2), "the first has no room on that day");
        assert_eq!(next(&[(1, 9, 2), (2, 3, 4)]), id(2), "nobody has room: turns go on");
        let nobody = of(&[], "lun-ven 08:00-18:00");
        assert!(Consortium::of(&nobody, &policy, |_| None).is_none());
    }

    proptest! {
        /// A month of jobs given by turns, whatever the shares.
        #[test]
        fn members_differ_by_one_job_at_most_for_each_unit_of_their_shares(
            shares in prop::collection::vec(1..9_u16, 1..8),
            jobs in 0..240_usize,
        ) {
            let policy = PolicyFields::default();
            let members: Vec<(u128, u16)> = (1..).zip(shares).collect();
            let all: Vec<Provider> = members.iter().map(|(number, _)| provider(*number, "lun-ven 08:00-18:00")).collect();
            let fields = of(&members, "lun-ven 08:00-18:00");
            let consortium = Consortium::of(&fields, &policy, |wanted| all.iter().find(|row| row.id == wanted)).unwrap();
            let mut given: HashMap<ProviderId, Given> = HashMap::new();
            for _ in 0..jobs {
                let next = consortium.next(FRIDAY, &given).unwrap();
                given.entry(next).or_default().recent += 1;
            }
            let recent = |number: u128| u64::from(given.get(&id(number)).copied().unwrap_or_default().recent);
            for (one, mine) in &members {
                for (other, theirs) in &members {
                    // recent / share of one is that of the other, or one more at most.
                    let (mine, theirs) = (u64::from(*mine), u64::from(*theirs));
                    prop_assert!(recent(*one) * theirs <= recent(*other) * mine + mine * theirs, "{given:?}");
                }
            }
            prop_assert_eq!(given.values().map(|one| one.recent as usize).sum::<usize>(), jobs);
        }
    }
}
