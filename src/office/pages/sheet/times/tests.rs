//! The times of a round's stops: reckoned while they are ahead, kept once they are done, and never surer than they are.

use super::*;
use crate::{
    domain::{leg::LegState, register, site::SiteFields},
    wire::travel::TravelSource,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

const DESK: u128 = 1;
const LAVOIR: u128 = 2;
const LEG: u128 = 10;

fn id<I: From<Uuid>>(number: u128) -> I {
    Uuid::from_u128(number).into()
}

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn entry<F: register::Fields>(number: u128, fields: Value) -> (F::Id, register::Entry<F>)
where
    F::Id: Copy,
{
    let entry = register::Entry::create(id(number), read(fields)).unwrap();
    (entry.id, entry)
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn made() -> Instant {
    at("2026-03-20T08:00:00Z")
}

/// A round with one leg, from the desk to the provider a kilometre north of it, on a day.
fn rows(date: &str, provider: Value) -> Rows {
    let desk = json!({ "kind": "site", "site_id": Uuid::from_u128(DESK) });
    let shift = json!({ "date": date, "from": "09:00", "to": "17:00" });
    let fields = json!({ "courier_id": Uuid::nil(), "vehicle": { "kind": "bike", "speed_kmh": 15, "capacity_items": 4 },
        "shift": shift, "start": desk, "end": desk });
    let mut round = Round::create(id(30), read(fields), made(), None).unwrap();
    round.stops = vec![Stop::take(id(LEG)), Stop::leave(id(LEG))];
    let fields = json!({ "kind": "to_provider", "request_id": Uuid::from_u128(900), "from": desk,
        "to": { "kind": "provider", "provider_id": Uuid::from_u128(LAVOIR) } });
    let mut leg = Leg::create(id(LEG), read(fields), Some(id(DESK)), made(), None).unwrap();
    leg.place(Some((round.id, 0))).unwrap();
    let site = json!({ "name": "Mérignac", "commune": "Mérignac", "position": { "lat": 44.84, "lon": -0.6457 } });
    Rows {
        round,
        policy: PolicyFields::default(),
        legs: [(leg.id, leg)].into(),
        requests: BTreeMap::new(),
        persons: BTreeMap::new(),
        services: BTreeMap::new(),
        sites: [entry::<SiteFields>(DESK, site)].into(),
        lockers: BTreeMap::new(),
        providers: [entry(LAVOIR, provider)].into(),
        courier: None,
        permanences: Vec::new(),
    }
}

fn lavoir() -> Value {
    json!({ "name": "Lavoir", "tier": "inclusion", "hours": { "weekly": "lun-dim 09:30-12:00,14:00-18:00" },
        "position": { "lat": 44.849, "lon": -0.6457 } })
}

fn take() -> Stop {
    Stop::take(id(LEG))
}

fn leave() -> Stop {
    Stop::leave(id(LEG))
}

fn clock(hour: Option<Hour>) -> String {
    let hour = hour.unwrap();
    format!("{:02}:{:02} {:?}", hour.clock.hour(), hour.clock.minute(), hour.sure)
}

#[test]
fn work_begins_when_the_place_opens_and_lasts_as_planning_says() {
    let rows = rows("2026-03-24", lavoir());
    let times = rows.times(None, made());
    assert_eq!(clock(times.planned(take())), "09:00 Planned");
    assert_eq!(times.planned(take()).unwrap().lasts, SignedDuration::from_mins(2));
    assert_eq!(clock(times.planned(leave())), "09:30 Planned", "the provider opens");
    let hours: Vec<_> = times.hours(leave()).iter().map(|window| (window.from().hour(), window.to().hour())).collect();
    assert_eq!(hours, [(9, 12), (14, 18)]);
}

#[test]
fn the_ways_that_were_told_are_those_that_count() {
    let rows = rows("2026-03-24", lavoir());
    let asked = rows.asks(made()).unwrap();
    assert_eq!((asked.speed_kmh, asked.positions.len()), (Some(15), 2));
    let table = |seconds: u32| vec![vec![Some(0), Some(seconds)], vec![Some(seconds), Some(0)]];
    let told = TravelTimes { source: TravelSource::Estimate, seconds: table(3_600), metres: table(9_000) };
    assert_eq!(clock(rows.times(Some(&told), made()).planned(leave())), "10:02 Planned");
    let other = TravelTimes { source: TravelSource::Estimate, seconds: vec![], metres: vec![] };
    assert_eq!(clock(rows.times(Some(&other), made()).planned(leave())), "09:30 Planned", "a table of other places");
}

#[test]
fn on_the_day_of_summer_time_the_clock_and_the_moment_are_both_right() {
    for (date, nine) in [("2026-03-28", "2026-03-28T08:00:00Z"), ("2026-03-29", "2026-03-29T07:00:00Z")] {
        let rows = rows(date, lavoir());
        let hour = rows.times(None, made()).planned(take()).unwrap();
        assert_eq!((hour.at, hour.clock.hour()), (at(nine), 9), "{date}");
    }
}

#[test]
fn what_is_done_keeps_its_time_and_the_rest_is_reckoned_from_now_on() {
    let mut rows = rows("2026-03-24", lavoir());
    let leg = rows.legs.get_mut(&id(LEG)).unwrap();
    (leg.state, leg.started_at) = (LegState::Underway, Some(at("2026-03-24T08:07:00Z")));
    let times = rows.times(None, at("2026-03-24T09:20:00Z"));
    assert_eq!(clock(times.done(take())), "09:07 Done");
    assert_eq!(times.planned(take()), None);
    // From the desk, where the courier was last: five minutes by bicycle, at twenty past ten.
    assert_eq!(clock(times.planned(leave())), "10:25 Planned");
}

#[test]
fn from_the_first_way_on_whose_length_nobody_knows_times_are_rough() {
    let nowhere = json!({ "name": "Lavoir", "tier": "inclusion", "hours": { "weekly": "lun-dim 00:00-24:00" } });
    let rows = rows("2026-03-24", nowhere);
    let times = rows.times(None, made());
    assert_eq!(clock(times.planned(take())), "09:00 Planned");
    assert_eq!(clock(times.planned(leave())), "09:02 Roughly");
    assert_eq!(times.hours(leave()), [], "any time will do");
    assert!(rows.asks(made()).is_none(), "there is one place alone");
}
