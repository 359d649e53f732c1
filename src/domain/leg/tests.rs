//! What a leg does and refuses.

use super::*;
use crate::domain::moves::walk::{at, faults, id, in_table, text, window};
use proptest::prelude::*;

fn fields() -> LegFields {
    LegFields {
        kind: LegKind::ToProvider,
        request_id: id(1),
        item_ids: vec![id(2)],
        pieces: None,
        from: Place::Site { site_id: id(3) },
        to: Place::Provider { provider_id: id(4) },
        window: Some(window(9, 11)),
        after: Some(id(5)),
        pinned: false,
    }
}

fn leg() -> Leg {
    Leg::create(id(6), fields(), Some(id(3)), at(0), None).unwrap()
}

fn absent() -> Failure {
    Failure { reason: FailureReason::Absent, note: None }
}

fn kind(contradiction: Option<Contradiction>) -> Option<ContradictionKind> {
    contradiction.map(|contradiction| contradiction.kind)
}

/// What holds for a leg whatever happened to it.
fn holds(leg: &Leg) -> bool {
    LEG.is_end(leg.state) == leg.ended_at.is_some()
        && (leg.state == Failed) == leg.failure.is_some()
        && (leg.state == Cancelled) == leg.reason.is_some()
        && (leg.state != Underway || leg.started_at.is_some())
        && (!matches!(leg.state, Planned | Confirmed) || leg.started_at.is_none())
        && (leg.state != Confirmed || leg.fields.window.is_some())
        && leg.round_id.is_some() == leg.position.is_some()
}

#[test]
fn the_table_has_no_faults() {
    assert_eq!(faults(&LEG), Vec::<String>::new());
}

#[test]
fn a_leg_starts_when_the_one_before_is_done() {
    let mut leg = leg();
    leg.confirm().unwrap();
    let before = leg.clone();
    for state in LegState::ALL.iter().filter(|state| **state != Done) {
        assert!(matches!(leg.start(Some(*state), at(5)), Err(Refusal::Busy { cause: Cause::LegBefore, .. })));
    }
    assert_eq!(leg, before);
    leg.start(Some(Done), at(5)).unwrap();
    assert_eq!((leg.state, leg.started_at), (Underway, Some(at(5))));
}

#[test]
fn moving_a_leg_keeps_its_former_window_and_asks_to_confirm_again() {
    let mut leg = leg();
    leg.confirm().unwrap();
    leg.move_to(Some(window(14, 16)), at(7), None).unwrap();
    assert_eq!(leg.state, Planned);
    assert_eq!(leg.former_windows, [FormerWindow { window: Some(window(9, 11)), until: at(7), moved_by: None }]);
}

#[test]
fn a_leg_underway_is_no_longer_moved() {
    let mut leg = leg();
    leg.confirm().unwrap();
    leg.start(Some(Done), at(5)).unwrap();
    assert!(
        matches!(leg.move_to(None, at(6), None), Err(Refusal::IllegalMove { legal, .. }) if legal == ["done", "fail", "cancel"])
    );
}

#[test]
fn what_was_driven_is_recorded_even_out_of_order() {
    let (done, contradiction) = leg().done(Some(Planned), at(5));
    assert_eq!((done.state, kind(contradiction)), (Done, Some(ContradictionKind::LegBeforeNotDone)));
    let (again, contradiction) = done.failed(absent(), Some(Done), at(6));
    assert_eq!((&again, kind(contradiction)), (&done, Some(ContradictionKind::LegEndedTwice)));
    let (unstarted, contradiction) = leg().done(Some(Done), at(5));
    assert_eq!((unstarted.state, contradiction), (Done, None));
}

#[test]
fn after_a_failure_a_new_leg_stands_in_its_place() {
    assert!(leg().retry(id(7), None, at(9), None).is_err());
    let (failed, _) = leg().failed(absent(), Some(Done), at(5));
    let again = failed.retry(id(7), Some(window(14, 16)), at(9), None).unwrap();
    assert_eq!((again.state, again.replaces, again.failure), (Planned, Some(failed.id), None));
}

#[test]
fn a_pinned_leg_stays_in_its_round() {
    let mut leg = leg();
    leg.fields.pinned = true;
    leg.place(Some((id(8), 0))).unwrap();
    assert!(leg.place(None).is_err());
    assert!(leg.place(Some((id(9), 0))).is_err());
    leg.place(Some((id(8), 2))).unwrap();
    assert_eq!(leg.position, Some(2));
}

#[test]
fn a_leg_goes_somewhere_and_names_each_item_once() {
    let nowhere = LegFields { to: fields().from, ..fields() };
    let twice = LegFields { item_ids: vec![id(2), id(2)], ..fields() };
    for (fields, at_fault) in [(nowhere, "to"), (twice, "item_ids")] {
        assert!(
            matches!(Leg::create(id(6), fields, None, at(0), None), Err(Refusal::FieldInvalid { field, .. }) if field == at_fault)
        );
    }
}

proptest! {
    #[test]
    fn no_order_of_moves_and_facts_breaks_a_leg(steps in prop::collection::vec((0..7_u8, prop::sample::select(LegState::ALL), 9..16_i8, 0..500_i64), 0..20)) {
        let mut leg = leg();
        for (step, before_state, hour, second) in steps {
            let before = leg.clone();
            let outcome = match step {
                0 => leg.confirm(),
                1 => leg.move_to((hour != 9).then(|| window(hour, hour + 1)), at(second), None),
                2 => leg.start(Some(before_state), at(second)),
                3 => leg.cancel(text("Motif"), at(second)),
                4 => leg.place((hour > 12).then(|| (id(u128::from(hour.unsigned_abs())), 1))),
                _ => {
                    let (after, contradiction) = if step == 5 { leg.done(Some(before_state), at(second)) } else { leg.failed(absent(), Some(before_state), at(second)) };
                    prop_assert!(after != before || contradiction.is_some(), "no fact is lost");
                    leg = after;
                    Ok(())
                }
            };
            if outcome.is_err() {
                prop_assert_eq!(&leg, &before);
            }
            if LEG.is_end(before.state) {
                prop_assert_eq!(leg.state, before.state);
            }
            if before.is_fixed() {
                prop_assert_eq!(leg.round_id, before.round_id);
            }
            prop_assert!(in_table(&LEG, before.state, leg.state));
            prop_assert!(holds(&leg), "{:?}", leg);
        }
    }
}
