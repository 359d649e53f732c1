//! The order of providers, why somebody is left out, and that turns are fair.

use super::*;
use crate::domain::{
    calendar::Region,
    hours::{OpeningHours, Weekly},
    moves::walk::{id, text},
    provider::{Member, ProviderFields, Suspension},
    register::Entry,
};
use jiff::civil::{DateTime, date};
use proptest::prelude::*;

/// A Monday, 09:00 in Paris.
fn now() -> Instant {
    "2026-11-23T08:00:00Z".parse().unwrap()
}

fn pressing() -> ServiceFields {
    serde_json::from_value(
        serde_json::json!({ "name": "Pressing", "family": "textile", "everyday": "everyday", "vat": 2000,
        "carriage": "there_and_back", "lead_time_h": 8, "price": { "kind": "per_unit", "cents": 450 } }),
    )
    .unwrap()
}

/// A provider of tier ESS, open on working days, that does the pressing.
fn provider(number: u128, change: impl FnOnce(&mut ProviderFields)) -> Provider {
    let mut fields: ProviderFields =
        serde_json::from_value(serde_json::json!({ "name": format!("Lavoir {number}"), "tier": "ess",
        "services": [{ "service_id": id::<ServiceId>(1) }] }))
        .unwrap();
    fields.hours = OpeningHours::from("lun-ven 08:00-12:00,14:00-18:00".parse::<Weekly>().unwrap());
    change(&mut fields);
    Entry::create(id(number), fields).unwrap()
}

fn due(text: &str) -> When {
    When::Due { at: text.parse::<DateTime>().unwrap() }
}

fn window(text: &str, from: &str, to: &str) -> When {
    serde_json::from_value(serde_json::json!({ "kind": "window", "date": text, "from": from, "to": to })).unwrap()
}

type Loads = HashMap<ProviderId, Load>;

fn rank_of(providers: &[Provider], loads: &Loads, when: When, declined: &[u128]) -> Ranking {
    let (service, policy) = (pressing(), PolicyFields::default());
    let roster = Roster::new(now(), &policy, [(id(1), &service)], providers, loads);
    let declined: BTreeSet<ProviderId> = declined.iter().map(|number| id(*number)).collect();
    let job = Job {
        service: id(1),
        site: id(9),
        when,
        zone: &Zone::default(),
        quantity: 3.try_into().unwrap(),
        declined: &declined,
        asked: &BTreeSet::new(),
    };
    roster.rank(&job)
}

fn rank(providers: &[Provider], when: When) -> Ranking {
    rank_of(providers, &Loads::new(), when, &[])
}

fn order(ranking: &Ranking) -> Vec<(ProviderId, Option<Criterion>)> {
    ranking.ranked.iter().map(|ranked| (ranked.provider, ranked.before_next)).collect()
}

fn excluded(ranking: &Ranking) -> Vec<Exclusion> {
    ranking.excluded.iter().flat_map(|excluded| excluded.reasons.clone()).collect()
}

fn load(recent: u32, days: &[(Date, u16)]) -> Load {
    Load { days: days.iter().copied().collect(), recent }
}

#[test]
fn each_criterion_decides_where_those_before_it_are_equal() {
    let providers = [
        provider(1, |fields| fields.tier = Tier::Local),
        provider(2, |fields| fields.services[0].price = Some(Cents::from(400))),
        provider(3, |_| {}),
        provider(4, |fields| fields.services[0].lead_time_h = Some(12)),
        provider(5, |_| {}),
        provider(6, |fields| fields.tier = Tier::Inclusion),
        provider(7, |_| {}),
        // It closes before: ready at 12:00 on the day, where 11:00 is asked for.
        provider(8, |fields| {
            fields.services[0].lead_time_h = Some(36);
            fields.services[0].price = Some(Cents::from(1));
        }),
    ];
    let loads = Loads::from([(id(7), load(2, &[]))]);
    let ranking = rank_of(&providers, &loads, due("2026-11-27T11:00:00"), &[]);
    let expected = [
        (6, Some(Criterion::Tier)),
        (2, Some(Criterion::Price)),
        (3, Some(Criterion::Register)),
        (5, Some(Criterion::Completion)),
        (4, Some(Criterion::Rotation)),
        (7, Some(Criterion::InTime)),
        (8, Some(Criterion::Tier)),
        (1, None),
    ];
    assert_eq!(order(&ranking), expected.map(|(number, criterion)| (id(number), criterion)));
    let prices: Vec<_> = ranking.ranked.iter().map(|ranked| ranked.price.map(Cents::get)).collect();
    assert_eq!(prices[..3], [Some(1350), Some(1200), Some(1350)]);
    assert_eq!(ranking.ranked[1].ready_at, Some("2026-11-24T08:00:00Z".parse().unwrap()), "an hour is left on Tuesday");
    assert_eq!(ranking.excluded, Vec::new());
}

#[test]
fn who_is_twice_as_large_gets_twice_as_much() {
    let providers = [
        provider(1, |fields| fields.capacity_per_day = Some(4)),
        provider(2, |fields| fields.capacity_per_day = Some(8)),
        provider(3, |_| {}),
    ];
    let first = |one: u32, two: u32, three: u32| {
        let loads = Loads::from([(id(1), load(one, &[])), (id(2), load(two, &[])), (id(3), load(three, &[]))]);
        rank_of(&providers, &loads, due("2026-11-27T12:00:00"), &[]).ranked[0].provider
    };
    assert_eq!(first(3, 5, 9), id(2));
    assert_eq!(first(3, 7, 9), id(1));
    assert_eq!(first(4, 9, 7), id(3), "who names no capacity counts as usual");
}

#[test]
fn who_cannot_is_left_out_with_what_would_change_it() {
    let friday = date(2026, 11, 27);
    let holiday = Suspension { from: date(2026, 11, 20), to: Some(date(2026, 11, 30)), reason: text("congés") };
    let providers = [
        provider(1, |fields| fields.suspensions = vec![holiday.clone()]),
        provider(2, |fields| fields.sites = Some(BTreeSet::from([id(8)]))),
        provider(3, |_| {}),
        provider(4, |fields| fields.hours = OpeningHours::from("sam 08:00-12:00".parse::<Weekly>().unwrap())),
        provider(5, |fields| fields.services[0].lead_time_h = Some(40)),
        provider(6, |fields| fields.capacity_per_day = Some(2)),
        provider(7, |fields| fields.suspensions = vec![Suspension { to: None, ..holiday.clone() }]),
    ];
    let loads = Loads::from([(id(6), load(9, &[(friday, 2), (date(2026, 11, 30), 2)]))]);
    let ranking = rank_of(&providers, &loads, due("2026-11-27T12:00:00"), &[3]);
    assert_eq!(ranking.ranked, Vec::new());
    let saturday = Some(date(2026, 11, 28));
    let expected = [
        Exclusion::Suspended { through: Some(date(2026, 11, 30)) },
        Exclusion::Elsewhere,
        Exclusion::Declined,
        Exclusion::Closed { opens: saturday },
        Exclusion::LeadTime { ready: Some(date(2026, 11, 30)) },
        Exclusion::Full { free: Some(date(2026, 12, 1)) },
        Exclusion::Suspended { through: None },
    ];
    assert_eq!(excluded(&ranking), expected);
    let free: Vec<_> = expected.into_iter().map(Exclusion::free_from).collect();
    let day = |day| Some(date(2026, 12, day));
    assert_eq!(free, [day(1), None, None, saturday, Some(date(2026, 11, 30)), day(1), None]);
}

#[test]
fn holidays_before_the_due_day_take_from_the_time_that_a_provider_has() {
    let off = |from, to| Suspension { from, to: Some(to), reason: text("congés") };
    let providers = [
        // Away from tomorrow through Thursday: the eight hours of pressing are over on Friday at 9:00.
        provider(1, |fields| fields.suspensions = vec![off(date(2026, 11, 24), date(2026, 11, 26))]),
        // Two stretches that meet are one: back on the second of December.
        provider(2, |fields| {
            fields.suspensions =
                vec![off(date(2026, 11, 28), date(2026, 12, 1)), off(date(2026, 11, 26), date(2026, 11, 27))];
        }),
        // What is over, or begins later, does not count.
        provider(3, |fields| {
            fields.suspensions =
                vec![off(date(2026, 11, 1), date(2026, 11, 22)), off(date(2026, 11, 28), date(2026, 12, 6))];
        }),
    ];
    let ranking = rank(&providers, due("2026-11-27T12:00:00"));
    let ready: Vec<_> = ranking.ranked.iter().map(|one| (one.provider, one.ready_at.unwrap().to_string())).collect();
    let at = |text: &str| text.parse::<Instant>().unwrap().to_string();
    assert_eq!(ready, [(id(3), at("2026-11-24T08:00:00Z")), (id(1), at("2026-11-27T08:00:00Z"))]);
    assert_eq!(excluded(&ranking), [Exclusion::Suspended { through: Some(date(2026, 12, 1)) }]);
    assert_eq!(excluded(&ranking)[0].free_from(), Some(date(2026, 12, 2)));
}

#[test]
fn a_consortium_is_one_provider_as_large_as_its_members_that_work() {
    let friday = date(2026, 11, 27);
    let member = |number, share: u16| Member { provider_id: id(number), capacity_per_day: share.try_into().unwrap() };
    let nothing_by_itself = |fields: &mut ProviderFields| fields.services.clear();
    let mut providers = vec![
        provider(1, |fields| fields.members = vec![member(11, 3), member(12, 2)]),
        provider(2, |fields| fields.capacity_per_day = Some(5)),
        provider(11, nothing_by_itself),
        provider(12, nothing_by_itself),
    ];
    let of = |providers: &[Provider], busy| {
        let loads = Loads::from([(id(1), load(4, &[(friday, busy)])), (id(2), load(4, &[]))]);
        rank_of(providers, &loads, due("2026-11-27T12:00:00"), &[])
    };
    let capacities: Vec<_> = of(&providers, 4).ranked.iter().map(|one| (one.provider, one.capacity_per_day)).collect();
    assert_eq!(capacities, [(id(1), Some(5)), (id(2), Some(5))]);
    let monday = Some(date(2026, 11, 30));
    assert_eq!(excluded(&of(&providers, 5)), [Exclusion::Full { free: monday }]);
    // One of the two is away that Friday, and then the other too.
    let off = Suspension { from: friday, to: Some(friday), reason: text("congés") };
    providers[2].fields.suspensions.push(off.clone());
    assert_eq!(of(&providers, 1).of(id(1)).unwrap().capacity_per_day, Some(2));
    assert_eq!(excluded(&of(&providers, 2)), [Exclusion::Full { free: monday }]);
    providers[3].fields.suspensions.push(off);
    assert_eq!(excluded(&of(&providers, 0)), [Exclusion::Closed { opens: monday }]);
    providers[3].fields.suspensions.clear();
    // A bound of its own is kept.
    providers[0].fields.capacity_per_day = Some(1);
    assert_eq!(of(&providers, 0).of(id(1)).unwrap().capacity_per_day, Some(1));
}

#[test]
fn a_window_is_kept_by_who_is_open_in_it() {
    let providers = [
        provider(1, |fields| fields.hours = OpeningHours::from("mar 10:30-18:00".parse::<Weekly>().unwrap())),
        provider(2, |fields| fields.hours = OpeningHours::from("mar 14:00-18:00".parse::<Weekly>().unwrap())),
        provider(3, |fields| fields.hours = OpeningHours::from("jeu 08:00-18:00".parse::<Weekly>().unwrap())),
    ];
    let mut quick = providers.to_vec();
    for provider in &mut quick {
        provider.fields.services[0].lead_time_h = Some(0);
    }
    let ranking = rank(&quick, window("2026-11-24", "10:00", "12:00"));
    let ready: Vec<_> =
        ranking.ranked.iter().map(|ranked| (ranked.provider, ranked.timeliness, ranked.ready_at)).collect();
    let at = |text: &str| Some(text.parse().unwrap());
    assert_eq!(
        ready,
        [
            (id(1), Timeliness::InTime, at("2026-11-24T09:30:00Z")),
            (id(2), Timeliness::Late, at("2026-11-24T13:00:00Z"))
        ]
    );
    assert_eq!(excluded(&ranking), [Exclusion::Closed { opens: Some(date(2026, 11, 26)) }]);
}

#[test]
fn public_holidays_and_changed_clocks_are_counted() {
    // Christmas is a Friday; the clocks of 2026 went back on 25 October.
    let (service, policy) = (pressing(), PolicyFields::default());
    let providers = [provider(1, |_| {})];
    let idle = Loads::new();
    let ready = |now: &str| {
        let roster = Roster::new(now.parse().unwrap(), &policy, [(id(1), &service)], &providers, &idle);
        let job = Job {
            service: id(1),
            site: id(9),
            when: due("2026-12-31T12:00:00"),
            zone: &Zone::default(),
            quantity: Quantity::default(),
            declined: &BTreeSet::new(),
            asked: &BTreeSet::new(),
        };
        roster.rank(&job).ranked[0].ready_at.unwrap().to_string()
    };
    assert_eq!(ready("2026-12-24T13:00:00Z"), "2026-12-28T11:00:00Z".parse::<Instant>().unwrap().to_string());
    assert_eq!(ready("2026-10-23T12:00:00Z"), "2026-10-26T11:00:00Z".parse::<Instant>().unwrap().to_string());
}

#[test]
fn what_is_due_already_leaves_nobody_out() {
    let ranking = rank(&[provider(1, |_| {})], due("2026-11-20T12:00:00"));
    assert_eq!(ranking.ranked[0].timeliness, Timeliness::Late);
}

#[test]
fn a_lower_tier_takes_a_reason_while_a_higher_one_is_available() {
    let providers = [
        provider(1, |fields| fields.tier = Tier::Inclusion),
        provider(2, |_| {}),
        provider(3, |fields| fields.tier = Tier::Local),
    ];
    let free = rank(&providers, due("2026-11-27T12:00:00"));
    let lower = [Tier::Inclusion, Tier::Ess, Tier::Local];
    assert_eq!(lower.map(|tier| free.passes_over(tier)), [false, true, true]);
    let declined = rank_of(&providers, &Loads::new(), due("2026-11-27T12:00:00"), &[1]);
    assert_eq!(lower.map(|tier| declined.passes_over(tier)), [false, false, true]);
    assert!(!Ranking::default().passes_over(Tier::Other), "nobody is available");
}

#[test]
fn the_next_of_a_tier_leaves_out_who_was_asked() {
    let ranking = rank(&[provider(1, |_| {}), provider(2, |_| {})], due("2026-11-27T12:00:00"));
    let next = |without: &[u128]| {
        let without = without.iter().map(|number| id(*number)).collect();
        ranking.next_of_tier(Tier::Ess, &without).map(|ranked| ranked.provider)
    };
    assert_eq!((next(&[]), next(&[1]), next(&[1, 2])), (Some(id(1)), Some(id(2)), None));
}

/// Providers of all kinds, and what they have to do.
fn house() -> impl Strategy<Value = (Vec<Provider>, Loads)> {
    let one = (
        0..4_usize,
        prop::option::of(1..5_u16),
        0..30_u16,
        0..4_u16,
        0..9_u32,
        prop::option::of(1..900_i32),
        any::<bool>(),
    );
    prop::collection::vec(one, 0..12).prop_map(|all| {
        let friday = date(2026, 11, 27);
        let mut loads = Loads::new();
        let providers = all.into_iter().zip(1..).map(|((tier, capacity, lead, busy, recent, cents, here), number)| {
            loads.insert(id(number), load(recent, &[(friday, busy)]));
            provider(number, |fields| {
                fields.tier = [Tier::Inclusion, Tier::Ess, Tier::Local, Tier::Other][tier];
                fields.capacity_per_day = capacity;
                fields.services[0].lead_time_h = Some(lead);
                fields.services[0].price = cents.map(Cents::from);
                fields.sites = (!here).then(|| BTreeSet::from([id(8)]));
            })
        });
        (providers.collect(), loads)
    })
}

proptest! {
    #[test]
    fn everybody_is_ranked_or_left_out_and_the_order_of_the_register_does_not_matter(
        (providers, loads) in house(),
        turned in any::<prop::sample::Index>(),
    ) {
        let when = || due("2026-11-27T12:00:00");
        let ranking = rank_of(&providers, &loads, when(), &[]);
        prop_assert_eq!(ranking.ranked.len() + ranking.excluded.len(), providers.len());
        prop_assert!(ranking.excluded.iter().all(|excluded| !excluded.reasons.is_empty()));
        prop_assert!(ranking.ranked.is_sorted_by_key(|ranked| (ranked.tier, ranked.timeliness)));
        let told = ranking.ranked.iter().filter(|ranked| ranked.before_next.is_some()).count();
        prop_assert_eq!(told, ranking.ranked.len().saturating_sub(1));
        let mut other = providers.clone();
        if !other.is_empty() {
            let by = turned.index(other.len());
            other.rotate_left(by);
            other.reverse();
        }
        prop_assert_eq!(rank_of(&other, &loads, when(), &[]), ranking);
    }

    #[test]
    fn the_horizon_counts_as_the_calendar_does(
        start in 1_790_000_000_i64..1_800_000_000,
        hours in 0..80_i64,
        week in prop::sample::select(vec!["lun-ven 08:00-12:00,14:00-18:00", "lun-dim 00:00-24:00", "sam 22:00-24:00", "dim 01:00-04:00"]),
    ) {
        let start = Instant::from_micros(start * 1_000_000).unwrap();
        let hours_of = OpeningHours::from(week.parse::<Weekly>().unwrap());
        let calendar = crate::domain::calendar::WorkingCalendar { hours: hours_of.clone(), ..Default::default() };
        let horizon = Horizon::new(start, &Zone::default(), Region::France);
        let time = SignedDuration::from_hours(hours);
        if hours > 0 {
            let ours = horizon.add_open(&hours_of, start, time);
            if let Some(ours) = ours {
                prop_assert_eq!(Some(ours), calendar.add_open(start, time));
            }
        } else if let Some(ours) = horizon.add_open(&hours_of, start, time) {
            prop_assert!(calendar.is_open(ours));
            prop_assert_eq!(calendar.open_between(start, ours), SignedDuration::ZERO);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// A month of jobs, each given to the recommended provider, and the same month behind it falling out of what is counted.
    #[test]
    fn equals_within_a_tier_differ_by_one_job_at_most_after_thirty_days(count in 2..8_u128, per_day in prop::collection::vec(0..7_u32, 30)) {
        let providers: Vec<_> = (1..=count).map(|number| provider(number, |_| {})).collect();
        let (service, policy) = (pressing(), PolicyFields::default());
        let mut given: BTreeMap<ProviderId, u32> = providers.iter().map(|provider| (provider.id, 0)).collect();
        for (day, jobs) in (0_i64..).zip(per_day) {
            let at = now().plus(SignedDuration::from_hours(24 * day));
            for _ in 0..jobs {
                let loads: Loads = given.iter().map(|(id, recent)| (*id, load(*recent, &[]))).collect();
                let roster = Roster::new(at, &policy, [(id(1), &service)], &providers, &loads);
                let job = Job { service: id(1), site: id(9), when: due("2027-01-29T12:00:00"), zone: &Zone::default(), quantity: Quantity::default(),
                    declined: &BTreeSet::new(), asked: &BTreeSet::new() };
                *given.get_mut(&roster.rank(&job).ranked[0].provider).unwrap() += 1;
            }
        }
        let (least, most) = (given.values().min().unwrap(), given.values().max().unwrap());
        prop_assert!(most - least <= 1, "{given:?}");
    }
}
