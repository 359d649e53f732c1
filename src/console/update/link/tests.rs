//! What is heard of a ring, and what is said of clocks.

use super::super::house::*;
use crate::{
    console::{effect::Effect, message::Message, update::update},
    domain::{contact::Party, operator::Bell},
};
use jiff::SignedDuration;
use rstest::rstest;

fn rings_heard(house: &House) -> usize {
    house.effects.iter().filter(|effect| **effect == Effect::Ring).count()
}

fn woken_at(house: &House) -> Option<crate::domain::time::Instant> {
    house.effects.iter().rev().find_map(|effect| if let Effect::WakeAt(at) = effect { Some(*at) } else { None })
}

#[rstest]
#[case(Bell::Off, 0)]
#[case(Bell::Once, 1)]
#[case(Bell::Repeat, 4)]
fn a_call_that_nobody_takes_is_heard_as_preferred(#[case] bell: Bell, #[case] times: usize) {
    let mut house = House::new();
    house.model.seat.bell = bell;
    house.rings(CALL, "06 39 98 55 55", Party::Unknown);
    for _ in 0..3 {
        if bell == Bell::Repeat {
            let due = house.model.now.plus(SignedDuration::from_secs(5));
            assert_eq!(woken_at(&house), Some(due), "it asks to be woken for it");
        }
        // In between nothing is heard.
        house.wait(2_000);
        house.wait(3_000);
    }
    assert_eq!(rings_heard(&house), times);
    house.press("F2");
    house.claimed(CALL);
    house.effects.clear();
    house.wait(60_000);
    assert_eq!(rings_heard(&house), 0, "a call that was taken is silent");
}

#[rstest]
#[case::behind(SignedDuration::from_mins(7), Some("retarde de 7 min"))]
#[case::ahead(SignedDuration::from_mins(-7), Some("avance de 7 min"))]
#[case::good_enough(SignedDuration::from_secs(110), None)]
fn a_clock_that_differs_from_the_offices_is_said_once(#[case] ahead: SignedDuration, #[case] said: Option<&str>) {
    let mut house = House::new();
    house.tell(Message::ClockSet { ahead });
    match said {
        Some(words) => assert!(house.notice().contains(words), "{}", house.notice()),
        None => assert!(house.model.notice.is_none()),
    }
    house.model.notice = None;
    house.tell(Message::ClockSet { ahead });
    assert!(house.model.notice.is_none());
}

#[test]
fn the_offices_clock_counts_also_where_this_machines_is_fast() {
    let mut house = House::new();
    let office = house.model.now.plus(SignedDuration::from_mins(-10));
    update(&mut house.model, office, Message::Woke);
    assert!(house.model.now > office, "a clock that goes back moves nothing back");
    update(&mut house.model, office, Message::ClockSet { ahead: SignedDuration::from_mins(-10) });
    assert_eq!(house.model.now, office);
}

#[test]
fn the_way_back_to_a_missed_call_has_no_row_and_is_not_heard() {
    use crate::{
        console::model::reception::Lane,
        domain::{
            call::{Call, CallEvent},
            contact::{Contact, Origin},
        },
    };
    let mut house = House::new();
    house.model.seat.bell = Bell::Once;
    let rows = |house: &House| house.model.world.lane(Lane::Phone, "2026-11-24".parse().unwrap()).len();
    let before = rows(&house);
    for (number, callback_of) in [(7001_u128, Some(uuid::Uuid::from_u128(7000).into())), (7002, None)] {
        let event = serde_json::json!({ "source": "standard", "call_id": number.to_string(), "event": "ring",
            "occurred_at": house.model.now, "direction": "out", "from": "0199000010", "to": "0639985555" });
        let event: CallEvent = serde_json::from_value(event).unwrap();
        let mut call = Call::new(&event.source, &event.call_id);
        call.record(&event);
        call.callback_of = callback_of;
        let id = uuid::Uuid::from_u128(number).into();
        let contact = Contact::create(id, Origin::Call(call), event.occurred_at, None, Party::Unknown);
        house.change(&contact, uuid::Uuid::from_u128(800_000 + number).into());
        assert_eq!(rings_heard(&house), 0, "whom the house calls is not to be answered");
        assert_eq!(rows(&house) - before, usize::from(callback_of.is_none()));
    }
}
