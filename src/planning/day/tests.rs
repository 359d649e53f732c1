//! A day made out of rows and back: whose legs, which hours, what stays.

use super::*;
use crate::domain::{
    courier::CourierFields,
    leg::{LegFields, LegState},
    locker::LockerFields,
    permanence::Permanence,
    provider::ProviderFields,
    register,
    request::{RequestFields, RequestNumber},
    round::RoundFields,
    site::SiteFields,
};
use crate::planning::{
    plan::Planner as _,
    problem::{Act, Origin, VehicleIndex, Visit},
    solver,
};
use jiff::SignedDuration;
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

fn id<I: From<Uuid>>(number: u128) -> I {
    Uuid::from_u128(number).into()
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

const SITE: u128 = 1;
const OPEN: u128 = 2;
const SHUT: u128 = 3;
const LOCKER: u128 = 4;
const KARIM: u128 = 5;

/// Nine in the morning of Tuesday, 24 November, at Paris.
fn now() -> Instant {
    "2026-11-24T08:00:00Z".parse().unwrap()
}

fn day(number: i8) -> Date {
    Date::new(2026, 11, number).unwrap()
}

#[derive(Default)]
struct Rows {
    policy: PolicyFields,
    sites: Vec<Site>,
    lockers: Vec<Locker>,
    providers: Vec<Provider>,
    requests: Vec<Request>,
    persons: Vec<Beneficiary>,
    legs: Vec<Leg>,
    rounds: Vec<Round>,
    couriers: Vec<Courier>,
    permanences: Vec<Permanence>,
}

impl House for Rows {
    fn policy(&self) -> Option<&PolicyFields> {
        Some(&self.policy)
    }
    fn site(&self, id: SiteId) -> Option<&Site> {
        self.sites.iter().find(|row| row.id == id)
    }
    fn locker(&self, id: LockerId) -> Option<&Locker> {
        self.lockers.iter().find(|row| row.id == id)
    }
    fn provider(&self, id: ProviderId) -> Option<&Provider> {
        self.providers.iter().find(|row| row.id == id)
    }
    fn request(&self, id: RequestId) -> Option<&Request> {
        self.requests.iter().find(|row| row.id == id)
    }
    fn beneficiary(&self, id: BeneficiaryId) -> Option<&Beneficiary> {
        self.persons.iter().find(|row| row.id == id)
    }
    fn service(&self, _id: ServiceId) -> Option<&Service> {
        None
    }
    fn legs(&self) -> Vec<&Leg> {
        self.legs.iter().collect()
    }
    fn rounds(&self) -> Vec<&Round> {
        self.rounds.iter().collect()
    }
    fn courier(&self, id: CourierId) -> Option<&Courier> {
        self.couriers.iter().find(|row| row.id == id)
    }
    fn couriers(&self) -> Vec<&Courier> {
        self.couriers.iter().collect()
    }
    fn permanences(&self) -> Vec<&Permanence> {
        self.permanences.iter().collect()
    }
}

fn entry<F: register::Fields>(number: u128, fields: Value) -> register::Entry<F> {
    register::Entry::create(id(number), read(fields)).unwrap()
}

fn rows() -> Rows {
    let at = |lat: f64, lon: f64| json!({ "lat": lat, "lon": lon });
    Rows {
        sites: vec![entry::<SiteFields>(
            SITE,
            json!({ "name": "Mérignac", "commune": "Mérignac", "position": at(44.8378, -0.6565) }),
        )],
        lockers: vec![Locker::create(
            id(LOCKER),
            read::<LockerFields>(json!({ "site_id": Uuid::from_u128(SITE), "name": "7", "size": "medium" })),
        )],
        providers: vec![
            entry::<ProviderFields>(
                OPEN,
                json!({ "name": "Lavoir", "tier": "inclusion", "hours": { "weekly": "lun-ven 08:00-12:00,14:00-18:00" }, "position": at(44.8480, -0.5790) }),
            ),
            entry::<ProviderFields>(
                SHUT,
                json!({ "name": "Atelier", "tier": "local", "hours": { "weekly": "ven 08:00-18:00" } }),
            ),
        ],
        couriers: vec![entry::<CourierFields>(
            KARIM,
            json!({
                "name": "Karim", "vehicle": { "kind": "bike", "speed_kmh": 15, "capacity_items": 4 }, "hours": { "weekly": "lun-ven 08:00-18:00" },
                "base": { "kind": "site", "site_id": Uuid::from_u128(SITE) },
            }),
        )],
        ..Rows::default()
    }
}

fn locker() -> Value {
    json!({ "kind": "locker", "locker_id": Uuid::from_u128(LOCKER) })
}

fn desk() -> Value {
    json!({ "kind": "site", "site_id": Uuid::from_u128(SITE) })
}

fn at_provider(number: u128) -> Value {
    json!({ "kind": "provider", "provider_id": Uuid::from_u128(number) })
}

fn leg(number: u128, kind: &str, from: &Value, to: &Value, more: &Value) -> Leg {
    let mut fields = json!({ "kind": kind, "request_id": Uuid::from_u128(900), "from": from, "to": to });
    fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Leg::create(id(number), read::<LegFields>(fields), Some(id(SITE)), now(), None).unwrap()
}

fn brought(number: u128) -> Leg {
    leg(number, "to_provider", &locker(), &at_provider(OPEN), &json!({}))
}

fn round(number: u128, date: &str, stops: &[Stop]) -> Round {
    let fields = json!({
        "courier_id": Uuid::from_u128(KARIM), "vehicle": { "kind": "bike", "speed_kmh": 15, "capacity_items": 4 },
        "shift": { "date": date, "from": "08:00:00", "to": "18:00:00" }, "start": desk(), "end": desk(),
    });
    let mut round = Round::create(id(number), read::<RoundFields>(fields), now(), None).unwrap();
    round.stops = stops.to_vec();
    round
}

fn both(leg: u128) -> [Stop; 2] {
    [Stop::take(id(leg)), Stop::leave(id(leg))]
}

fn made(rows: &Rows, date: Date) -> Day {
    of(rows, &Ways::default(), Asked { date, now: now(), wanted: None, before: None })
}

fn legs(day: &Day) -> Vec<LegId> {
    day.carried.iter().map(|carried| carried.leg).collect()
}

#[test]
fn an_open_leg_is_of_every_day_to_come_and_an_agreed_one_of_its_own() {
    let mut rows = rows();
    let window = json!({ "window": { "date": "2026-11-26", "from": "09:00:00", "to": "11:00:00" } });
    rows.legs = vec![brought(10), leg(11, "to_provider", &locker(), &at_provider(OPEN), &window)];
    assert_eq!(legs(&made(&rows, day(24))), [id(10)]);
    assert_eq!(legs(&made(&rows, day(26))), [id(10), id(11)]);
    assert!(legs(&made(&rows, day(23))).is_empty(), "what is over is not planned");
}

#[test]
fn an_agreed_window_that_is_over_makes_a_leg_overdue_today() {
    let mut rows = rows();
    let window = json!({ "window": { "date": "2026-11-23", "from": "09:00:00", "to": "11:00:00" } });
    rows.legs = vec![leg(11, "to_provider", &locker(), &at_provider(OPEN), &window)];
    let today = made(&rows, day(24));
    assert!(today.carried[0].is_overdue);
    assert!(legs(&made(&rows, day(25))).is_empty());
}

#[test]
fn what_is_promised_is_brought_by_then_and_what_was_promised_for_before_is_brought_late() {
    let mut rows = rows();
    let mut request = Request::create(
        id(900),
        RequestNumber::new(26, 1),
        read::<RequestFields>(
            json!({ "channel": "phone", "text": "pressing", "when": { "kind": "due", "at": "2026-11-24T15:00:00" } }),
        ),
        now(),
        None,
    )
    .unwrap();
    rows.legs = vec![leg(10, "from_provider", &at_provider(OPEN), &locker(), &json!({}))];
    rows.requests = vec![request.clone()];
    let today = made(&rows, day(24));
    let closes = today.problem.jobs[0].delivery.windows[0].close;
    assert_eq!(today.clock(closes).unwrap().to_string(), "2026-11-24T15:00:00");
    assert!(legs(&made(&rows, day(25))).is_empty(), "it is promised for the day before");
    request.fields.when = Some(read(json!({ "kind": "due", "at": "2026-11-20T15:00:00" })));
    rows.requests = vec![request];
    let late = made(&rows, day(24));
    assert!(late.carried[0].is_overdue && late.problem.jobs[0].delivery.windows[0].is_open());
}

#[test]
fn a_desk_with_a_timetable_is_open_in_its_sessions_alone_and_a_locker_at_any_hour() {
    let mut rows = rows();
    rows.legs = vec![leg(10, "to_provider", &desk(), &at_provider(OPEN), &json!({})), brought(11)];
    let hours = |day: &Day, job: usize| {
        let windows = &day.problem.jobs[job].pickup().unwrap().windows;
        windows
            .iter()
            .map(|window| (day.clock(window.open).unwrap().time().hour(), window.close - window.open))
            .collect::<Vec<_>>()
    };
    assert_eq!(hours(&made(&rows, day(24)), 0), [(8, 36_000.0)], "without a timetable the house's hours");
    let fields = json!({ "site_id": Uuid::from_u128(SITE), "window": { "date": "2026-11-24", "from": "12:00:00", "to": "14:00:00" } });
    rows.permanences = vec![Permanence::create(id(20), read(fields), Zone::default(), None)];
    assert_eq!(hours(&made(&rows, day(24)), 0), [(12, 7_200.0)]);
    assert_eq!(hours(&made(&rows, day(24)), 1), [(0, 86_400.0)]);
    assert!(hours(&made(&rows, day(25)), 0).is_empty(), "no session on that day");
}

#[test]
fn on_the_night_of_summer_time_hours_are_those_of_the_clock() {
    let mut rows = rows();
    rows.providers[0].fields.hours = read(json!({ "weekly": "dim 08:00-12:00" }));
    rows.legs = vec![brought(10)];
    let sunday = Date::new(2027, 3, 28).unwrap();
    let made = made(&rows, sunday);
    let window = made.problem.jobs[0].delivery.windows[0];
    assert_eq!((window.open, window.close), (7.0 * 3_600.0, 11.0 * 3_600.0), "an hour of that day is skipped");
    assert_eq!(made.clock(window.open).unwrap().time().hour(), 8);
}

#[test]
fn a_place_without_a_position_is_nowhere_and_a_closed_one_has_no_window() {
    let mut rows = rows();
    rows.legs = vec![leg(10, "to_provider", &locker(), &at_provider(SHUT), &json!({}))];
    let day = made(&rows, day(24));
    let delivery = &day.problem.jobs[0].delivery;
    assert!(delivery.place.is_none() && delivery.windows.is_empty());
    assert!(day.problem.jobs[0].pickup().unwrap().place.is_some());
}

#[test]
fn a_door_lies_where_the_record_of_its_person_says() {
    let mut rows = rows();
    let door = json!({ "kind": "address", "address": "12 rue des Acacias, Bègles" });
    rows.legs = vec![leg(10, "hand_back", &at_provider(OPEN), &door, &json!({}))];
    let body =
        json!({ "channel": "phone", "text": "pressing", "requester": { "kind": "person", "id": Uuid::from_u128(50) } });
    rows.requests = vec![Request::create(id(900), RequestNumber::new(26, 1), read(body), now(), None).unwrap()];
    assert!(made(&rows, day(24)).problem.jobs[0].delivery.place.is_none(), "nobody knows where that is");
    let known = json!({ "family_name": "Durand", "addresses": [
        { "address": "3 quai des Essais" }, { "address": "12, rue des acacias - BEGLES", "position": { "lat": 44.809, "lon": -0.548 } },
    ] });
    rows.persons = vec![entry(50, known)];
    let today = made(&rows, day(24));
    let place = today.problem.jobs[0].delivery.place.unwrap();
    assert_eq!(today.places[place.at()].1, "44.809, -0.548".parse().unwrap());
    assert!(
        matches!(&today.carried[0].to, Place::Address { address, .. } if address.as_str() == "12 rue des Acacias, Bègles")
    );
}

#[test]
fn who_has_a_round_in_the_time_of_a_shift_is_not_asked_for_another() {
    let mut rows = rows();
    assert_eq!(made(&rows, day(24)).drives.len(), 1);
    rows.rounds = vec![round(30, "2026-11-24", &[])];
    let day24 = made(&rows, day(24));
    assert_eq!((day24.drives.len(), day24.drives[0].round.is_some()), (1, true));
    assert!(made(&rows, day(25)).drives[0].round.is_none());
    assert!(made(&rows, day(28)).drives.is_empty(), "nobody on a Saturday");
}

#[test]
fn what_is_under_way_is_aboard_and_the_vehicle_is_where_it_was_taken() {
    let mut rows = rows();
    let mut taken = brought(10);
    taken.place(Some((id(30), 0))).unwrap();
    taken.state = LegState::Underway;
    taken.started_at = Some(now());
    rows.legs = vec![taken, brought(11)];
    rows.rounds = vec![round(30, "2026-11-24", &[both(10), both(11)].concat())];
    let day = made(&rows, day(24));
    let job = day.job(id(10)).unwrap();
    assert_eq!(day.problem.job(job).unwrap().origin, Origin::Aboard(VehicleIndex(0)));
    assert_eq!(day.drives[0].passed, [Stop::take(id(10))]);
    assert_eq!(day.routes.of(VehicleIndex(0)).len(), 3);
    assert_eq!(day.problem.vehicles[0].start, day.problem.jobs[1].pickup().unwrap().place, "the locker");
    assert_eq!(day.clock(day.problem.vehicles[0].shift.open).unwrap().time().hour(), 9, "not before now");
    assert!(day.carried[0].is_fixed);
}

#[test]
fn a_leg_that_has_ended_is_behind_and_one_that_is_not_known_any_more_too() {
    let mut rows = rows();
    let (mut done, _) = brought(10).done(None, now());
    done.round_id = Some(id(30));
    rows.legs = vec![done, brought(11)];
    rows.rounds = vec![round(30, "2026-11-24", &[both(10), both(99), both(11)].concat())];
    let day = made(&rows, day(24));
    assert_eq!(legs(&day), [id(11)]);
    assert_eq!(day.stops(VehicleIndex(0), day.routes.of(VehicleIndex(0))), rows.rounds[0].stops);
}

#[test]
fn a_leg_waits_for_the_one_before_it_that_is_not_of_the_day() {
    let mut rows = rows();
    let window = json!({ "window": { "date": "2026-11-26", "from": "09:00:00", "to": "11:00:00" } });
    let before = leg(10, "to_provider", &locker(), &at_provider(OPEN), &window);
    let after = leg(11, "hand_back", &at_provider(OPEN), &locker(), &json!({ "after": Uuid::from_u128(10) }));
    rows.legs = vec![before, after];
    let today = made(&rows, day(24));
    assert_eq!(today.held_back, [HeldBack { leg: id(11), before: id(10) }]);
    let then = made(&rows, day(26));
    let jobs = (then.job(id(10)).unwrap(), then.job(id(11)).unwrap());
    assert_eq!(then.problem.job(jobs.1).unwrap().after, Some(jobs.0));
}

#[test]
fn what_another_days_round_carries_is_not_of_this_one() {
    let mut rows = rows();
    rows.legs = vec![brought(10)];
    rows.rounds = vec![round(30, "2026-11-25", &both(10))];
    assert!(legs(&made(&rows, day(24))).is_empty());
    let wanted = Asked { date: day(24), now: now(), wanted: Some(id(10)), before: None };
    assert_eq!(legs(&of(&rows, &Ways::default(), wanted)), [id(10)]);
}

#[test]
fn the_question_stays_the_same_while_time_passes() {
    let mut rows = rows();
    rows.legs = vec![brought(10)];
    let (one, later) = (made(&rows, day(24)), now().plus(SignedDuration::from_mins(20)));
    let asked = Asked { date: day(24), now: later, wanted: None, before: Some(&one) };
    let other = of(&rows, &Ways::default(), asked);
    assert_eq!(one.question, other.question);
    assert_ne!(one.problem.vehicles, other.problem.vehicles);
    rows.legs.push(brought(11));
    assert_ne!(made(&rows, day(24)).question, one.question);
}

#[test]
fn a_plan_becomes_stops_of_the_round() {
    let mut rows = rows();
    rows.legs = vec![brought(10), brought(11)];
    rows.rounds = vec![round(30, "2026-11-24", &both(10))];
    let day = made(&rows, day(24));
    let plan = solver::Rounds::default().insert(&day.problem, &day.routes);
    let changed = day.changed(&plan.routes);
    assert_eq!(changed.len(), 1);
    let stops = &changed[0].1;
    let place = |stop| stops.iter().position(|one| *one == stop).unwrap();
    assert!(place(Stop::take(id(11))) < place(Stop::leave(id(11))));
    assert!(place(Stop::take(id(10))) < place(Stop::leave(id(10))));
}

#[test]
fn a_leg_has_places_in_every_round_that_may_carry_it_the_nearest_first() {
    let mut rows = rows();
    rows.legs = vec![brought(10), brought(11)];
    rows.rounds = vec![round(30, "2026-11-24", &both(10))];
    let day = made(&rows, day(24));
    let job = day.job(id(11)).unwrap();
    let all = placings(&day.problem, &day.routes, job);
    assert!(!all.is_empty() && all.is_sorted_by(|one, other| one.distance <= other.distance));
    for placing in &all {
        let mut routes = day.routes.clone();
        routes.0[placing.vehicle.at()].clone_from(&placing.route);
        assert_eq!(crate::planning::check::check(&day.problem, &routes).broken, []);
        let schedule = crate::planning::schedule::Schedule::of(&day.problem, &routes);
        let begin = schedule.visit(Visit { job, act: Act::Delivery }).unwrap().begin;
        assert_eq!(begin.to_bits(), placing.delivery.to_bits());
    }
}

proptest! {
    #[test]
    fn whatever_the_rows_a_plan_goes_back_to_rounds_as_the_house_takes_them(
        planned in prop::collection::vec((0_u8..3, any::<bool>(), any::<bool>()), 1..8),
    ) {
        let mut rows = rows();
        let mut stops: Vec<Stop> = Vec::new();
        for (number, (place, pinned, taken)) in (10_u128..).zip(&planned) {
            let mut row = if *place == 2 { leg(number, "from_provider", &at_provider(OPEN), &locker(), &json!({})) } else { brought(number) };
            if *place > 0 {
                row.place(Some((id(30), 0))).unwrap();
                row.fields.pinned = *pinned;
                stops.extend(both(number));
                if *taken && number == 10 {
                    (row.state, row.started_at) = (LegState::Underway, Some(now()));
                }
            }
            rows.legs.push(row);
        }
        rows.rounds = vec![round(30, "2026-11-24", &stops)];
        let day = made(&rows, day(24));
        let plan = solver::Rounds::default().insert(&day.problem, &day.routes);
        for (vehicle, stops) in day.changed(&plan.routes) {
            let mut house = day.drives[vehicle.at()].round.clone().unwrap();
            prop_assert!(house.arrange(&stops, &day.standing(vehicle)).is_ok());
            prop_assert_eq!(house.stops, stops);
        }
        prop_assert_eq!(day.settled(&day.routes), day.routes.clone());
    }
}
