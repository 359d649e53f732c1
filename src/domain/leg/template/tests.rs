//! Which legs a job has, and when.

use super::*;
use crate::domain::{
    ids::{ServiceId, SiteId},
    moves::walk::id,
};
use jiff::civil::date;
use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};

struct House {
    request: RequestFields,
    service: ServiceFields,
    provider: ProviderFields,
    desks: Vec<Window>,
    policy: PolicyFields,
    zone: Zone,
    deposit: Option<LockerId>,
    pickup: Option<LockerId>,
    lies_at: Option<Place>,
}

/// A shirt, given at the desk on Monday 9 March 2026, due on Thursday at noon when the desk opens again.
fn house(handover: &Value, carriage: &str, lead_time_h: u16) -> House {
    let request = json!({ "channel": "phone", "service_id": id::<ServiceId>(1),
        "site_id": id::<SiteId>(2), "quantity": 3, "handover": handover,
        "when": { "kind": "due", "at": "2026-03-12T12:00" } });
    let service = json!({ "name": "Chemise", "family": "Linge", "everyday": "everyday", "price": { "kind": "free" }, "vat": 2000,
        "carriage": carriage, "lead_time_h": lead_time_h });
    let provider = json!({ "name": "Lavoir", "tier": "ess", "hours": { "weekly": "lun-ven 08:00-12:00,14:00-18:00" } });
    let desk = |day| Window::new(date(2026, 3, day), time(12, 0, 0, 0), time(14, 0, 0, 0)).unwrap();
    House {
        request: serde_json::from_value(request).unwrap(),
        service: serde_json::from_value(service).unwrap(),
        provider: serde_json::from_value(provider).unwrap(),
        desks: vec![desk(9), desk(12)],
        policy: PolicyFields::default(),
        zone: Zone::default(),
        deposit: None,
        pickup: None,
        lies_at: None,
    }
}

impl House {
    fn job(&self, now: &str) -> Job<'_> {
        Job {
            request: &self.request,
            request_id: id(9),
            service: &self.service,
            provider_id: id(3),
            provider: &self.provider,
            zone: &self.zone,
            policy: &self.policy,
            desks: &self.desks,
            deposit: self.deposit,
            pickup: self.pickup,
            lies_at: self.lies_at.as_ref(),
            since: None,
            ready_at: None,
            items: &[],
            now: now.parse().unwrap(),
        }
    }
}

fn told(legs: &[LegFields]) -> Vec<(LegKind, Option<String>)> {
    let window = |window: &Window| {
        format!("{} {}-{}", window.date().day(), window.from().strftime("%H:%M"), window.to().strftime("%H:%M"))
    };
    legs.iter().map(|leg| (leg.kind, leg.window.as_ref().map(window))).collect()
}

const MORNING: &str = "2026-03-09T08:00:00Z";

#[test]
fn what_is_given_at_the_desk_goes_to_the_provider_and_comes_back_to_the_desk() {
    let house = house(&json!({ "kind": "permanence" }), "there_and_back", 8);
    let legs = house.job(MORNING).legs();
    assert_eq!(
        told(&legs),
        [(LegKind::ToProvider, Some("9 12:00-18:00".into())), (LegKind::FromProvider, Some("12 08:00-14:00".into()))]
    );
    assert_eq!(legs[0].to, legs[1].from);
    assert_eq!(legs.iter().map(|leg| leg.pieces).collect::<Vec<_>>(), [Some(3), Some(3)]);
}

#[test]
fn what_is_given_at_home_is_fetched_and_handed_back_there_until_it_is_due() {
    let house = house(&json!({ "kind": "home", "address": "12 rue des Acacias" }), "there_and_back", 8);
    let legs = house.job(MORNING).legs();
    assert_eq!(
        told(&legs),
        [(LegKind::Collect, Some("9 09:00-18:00".into())), (LegKind::HandBack, Some("11 08:00-23:59".into()))]
    );
}

#[test]
fn a_locker_is_met_at_any_time() {
    let mut house = house(&json!({ "kind": "locker" }), "there_and_back", 4);
    (house.deposit, house.pickup) = (Some(id(5)), Some(id(6)));
    let legs = house.job(MORNING).legs();
    assert_eq!(
        told(&legs),
        [(LegKind::ToProvider, Some("9 09:00-18:00".into())), (LegKind::FromProvider, Some("10 12:00-23:59".into()))]
    );
    assert_eq!(
        (&legs[0].from, &legs[1].to),
        (&Place::Locker { locker_id: id(5) }, &Place::Locker { locker_id: id(6) })
    );
}

#[test]
fn what_is_only_brought_comes_as_late_as_it_may() {
    let house = house(&json!({ "kind": "permanence" }), "delivered", 2);
    assert_eq!(told(&house.job(MORNING).legs()), [(LegKind::FromProvider, Some("12 08:00-14:00".into()))]);
}

#[rstest]
#[case("on_site", json!({ "kind": "permanence" }))]
#[case("there_and_back", json!({ "kind": "on_site" }))]
fn what_is_done_on_the_spot_is_carried_nowhere(#[case] carriage: &str, #[case] handover: Value) {
    assert_eq!(house(&handover, carriage, 8).job(MORNING).legs(), []);
}

#[test]
fn what_no_desk_or_no_hour_leaves_time_for_is_left_open() {
    let mut late = house(&json!({ "kind": "permanence" }), "there_and_back", 80);
    assert_eq!(told(&late.job(MORNING).legs())[1], (LegKind::FromProvider, None));
    late.desks.clear();
    assert_eq!(told(&late.job(MORNING).legs()), [(LegKind::ToProvider, None), (LegKind::FromProvider, None)]);
    let mut evening = house(&json!({ "kind": "permanence" }), "there_and_back", 8);
    evening.desks = vec![Window::new(date(2026, 3, 9), time(18, 30, 0, 0), time(20, 30, 0, 0)).unwrap()];
    assert_eq!(told(&evening.job(MORNING).legs())[0], (LegKind::ToProvider, None), "the provider is closed by then");
}

#[test]
fn what_lies_at_the_provider_already_is_only_fetched_and_what_lies_at_another_is_brought_from_there() {
    let mut house = house(&json!({ "kind": "permanence" }), "there_and_back", 8);
    house.lies_at = Some(Place::Provider { provider_id: id(3) });
    assert_eq!(told(&house.job(MORNING).legs()).len(), 1);
    house.lies_at = Some(Place::Provider { provider_id: id(4) });
    let legs = house.job(MORNING).legs();
    assert_eq!((legs.len(), &legs[0].from), (2, &Place::Provider { provider_id: id(4) }));
}

#[test]
fn what_is_ready_earlier_than_expected_may_be_fetched_at_once() {
    let mut house = house(&json!({ "kind": "locker" }), "there_and_back", 16);
    house.pickup = Some(id(6));
    house.lies_at = Some(Place::Provider { provider_id: id(3) });
    let now = "2026-03-10T09:00:00Z";
    let expected = house.job(now).legs()[0].window;
    let job = Job { ready_at: now.parse().ok(), ..house.job(now) };
    let freed = job.legs()[0].window.unwrap();
    assert_eq!((freed.date(), freed.from()), (date(2026, 3, 10), time(10, 0, 0, 0)));
    assert!(expected.is_none_or(|expected| expected.start(&house.zone) > freed.start(&house.zone)));
}

proptest! {
    #[test]
    fn a_window_always_lies_within_what_its_ends_allow(
        minutes in 0..6000_i64, lead in 0..40_u16, due_day in 9..20_i8, due_hour in 0..24_i8,
        desks in prop::collection::btree_set((9..20_i8, 7..20_i8), 0..6), carriage in 0..2_usize, handover in 0..3_usize,
    ) {
        let handovers = [json!({ "kind": "permanence" }), json!({ "kind": "locker" }), json!({ "kind": "home", "address": "1 rue des Lys" })];
        let mut house = house(&handovers[handover], ["there_and_back", "delivered"][carriage], lead);
        house.desks = desks.into_iter().map(|(day, hour)| Window::new(date(2026, 3, day), time(hour, 0, 0, 0), time(hour + 2, 0, 0, 0)).unwrap()).collect();
        house.request.when = Some(When::Due { at: date(2026, 3, due_day).at(due_hour, 0, 0, 0) });
        let now = MORNING.parse::<Instant>().unwrap().plus(SignedDuration::from_mins(minutes));
        let job = Job { now, ..house.job(MORNING) };
        let due = job.due();
        let legs = job.legs();
        let mut earliest = now;
        for leg in &legs {
            let Some(window) = leg.window else { continue };
            prop_assert!(window.end(&house.zone) > now, "{window:?} is over");
            prop_assert!(window.start(&house.zone) <= due);
            // In whole minutes.
            prop_assert!(window.start(&house.zone) >= earliest.plus(-SignedDuration::from_mins(1)));
            let open = job.open_on(window.date()).expect("the provider is open that day");
            prop_assert!(window.start(&house.zone) < open.to);
            for place in [&leg.from, &leg.to] {
                if matches!(place, Place::Site { .. }) {
                    let met = house.desks.iter().any(|desk| desk.date() == window.date() && desk.to() > window.from() && desk.from() < window.to());
                    prop_assert!(met, "nobody is at the desk within {window:?}");
                }
            }
            earliest = window.start(&house.zone);
        }
    }
}
