use super::*;
use crate::{
    domain::refusal::FieldConflict,
    replica::outbox::{Choice, Outbox, Record, Status},
    wire::problem::{Problem, ProblemKind},
};
use std::collections::BTreeMap;

fn outbox(given: &[Given]) -> Outbox {
    let mut outbox = Outbox::default();
    for given in given {
        outbox.apply(&Record::Given { given: given.clone(), instead_of: None });
    }
    outbox
}

fn note(key: u128, request: u128) -> Given {
    given(key, command("request.note", request, json!({ "id": Uuid::from_u128(key + 1_000), "text": "Rappeler" })))
}

fn ready(outbox: &Outbox) -> Vec<u128> {
    outbox.ready(9).iter().map(|given| Uuid::from(given.key).as_u128()).collect()
}

fn refused(key: u128, kind: ProblemKind) -> Record {
    Record::Refused { key: id(key), problem: Box::new(Problem::new(kind)) }
}

#[test]
fn commands_on_one_row_wait_for_each_other_and_others_overlap() {
    let mut outbox = outbox(&[note(1, 10), note(2, 20), note(3, 10), note(4, 20)]);
    assert_eq!(ready(&outbox), [1, 2]);
    outbox.sent(id(1));
    assert_eq!(ready(&outbox), [2]);
    outbox.apply(&Record::Done { key: id(1) });
    assert_eq!(ready(&outbox), [2, 3]);
    assert_eq!(outbox.ready(1).len(), 1);
}

#[test]
fn what_speaks_of_a_new_row_waits_for_its_making() {
    let person = given(1, command("beneficiary.create", 50, json!({ "family_name": "Roy" })));
    let request = given(2, command("request.create", 10, complete("Pressing")));
    let mut outbox = outbox(&[person, request, note(3, 11)]);
    assert_eq!(ready(&outbox), [1, 3]);
    outbox.apply(&refused(1, ProblemKind::Invalid));
    assert_eq!(ready(&outbox), [3], "a request for nobody makes no sense");
    outbox.apply(&Record::Dropped { key: id(1) });
    assert_eq!(ready(&outbox), [2, 3]);
}

#[test]
fn a_refused_edit_holds_nothing_up() {
    let mut outbox = outbox(&[note(1, 10), note(2, 10)]);
    outbox.sent(id(1));
    outbox.apply(&refused(1, ProblemKind::NotAllowed));
    assert_eq!(ready(&outbox), [2]);
    assert!(matches!(outbox.entry(id(1)).unwrap().status, Status::Refused(_)));
    outbox.apply(&Record::Again { key: id(1) });
    assert_eq!(ready(&outbox), [1]);
}

#[test]
fn an_undo_waits_for_what_it_takes_back() {
    let undo = given(2, Command::Undo { body: crate::wire::bodies::Undo { command: id(1) } });
    let mut outbox = outbox(&[note(1, 10), undo]);
    assert_eq!(ready(&outbox), [1]);
    outbox.apply(&Record::Done { key: id(1) });
    assert_eq!(ready(&outbox), [2]);
}

#[test]
fn no_answer_puts_a_command_back_under_the_same_key() {
    let mut outbox = outbox(&[note(1, 10)]);
    outbox.sent(id(1));
    assert!(ready(&outbox).is_empty());
    outbox.unanswered(id(1));
    assert_eq!(ready(&outbox), [1]);
    outbox.apply(&refused(1, ProblemKind::Busy));
    outbox.unanswered(id(1));
    assert!(ready(&outbox).is_empty(), "an answer is not forgotten");
}

#[test]
fn a_conflict_is_settled_field_by_field_as_a_new_command() {
    let edit = json!({ "fields": { "detail": { "seen": "a", "new": "b" }, "quantity": { "seen": 1, "new": 2 }, "price": { "seen": null, "new": 450 } } });
    let mut outbox = outbox(&[given(1, command("request.edit", 10, edit))]);
    let conflict = |field: &str, seen: Value, present: Value, new: Value| FieldConflict {
        field: field.into(),
        seen,
        present,
        new,
    };
    let problem = Problem {
        conflicts: vec![
            conflict("detail", json!("a"), json!("c"), json!("b")),
            conflict("quantity", json!(1), json!(3), json!(2)),
        ],
        ..Problem::new(ProblemKind::FieldsMoved)
    };
    outbox.apply(&Record::Refused { key: id(1), problem: Box::new(problem) });
    let entry = outbox.entry(id(1)).unwrap().clone();
    assert!(matches!(entry.status, Status::Conflicting(_)));
    let choices = BTreeMap::from([("detail".to_owned(), Choice::Mine), ("quantity".to_owned(), Choice::Theirs)]);
    let resolved = entry.resolved(&choices).unwrap();
    let expected =
        json!({ "fields": { "detail": { "seen": "c", "new": "b" }, "price": { "seen": null, "new": 450 } } });
    assert_eq!(resolved, command("request.edit", 10, expected));
    let instead = Record::Given { given: given(2, resolved), instead_of: Some(id(1)) };
    outbox.apply(&instead);
    assert_eq!((outbox.len(), ready(&outbox)), (1, vec![2]));
    let theirs = BTreeMap::from([("price".to_owned(), Choice::Theirs)]);
    assert!(entry.resolved(&theirs).is_some(), "the price was in no conflict");
}

#[test]
fn a_move_from_a_state_that_has_moved_on_can_be_made_from_the_present_one() {
    let mut outbox =
        outbox(&[given(1, command("request.cancel", 10, json!({ "seen": "new", "reason": "Trop tard" })))]);
    let problem = Problem::new(ProblemKind::StateMoved).with("seen", "new").with("present", "triaged");
    outbox.apply(&Record::Refused { key: id(1), problem: Box::new(problem) });
    let again = outbox.entry(id(1)).unwrap().from_present_state().unwrap();
    assert_eq!(again, command("request.cancel", 10, json!({ "seen": "triaged", "reason": "Trop tard" })));
}

#[test]
fn the_records_of_an_outbox_make_the_same_outbox() {
    let mut before = outbox(&[note(1, 10), note(2, 20), note(3, 10)]);
    before.apply(&refused(2, ProblemKind::StateMoved));
    before.apply(&Record::Done { key: id(1) });
    let mut after = Outbox::default();
    for record in before.records() {
        let line = serde_json::to_string(&record).unwrap();
        after.apply(&serde_json::from_str(&line).unwrap());
    }
    assert!(before.entries().eq(after.entries()));
}

#[test]
fn a_bulk_touches_the_rows_of_its_rows() {
    let row = |key: u128, request: u128| json!({ "key": Uuid::from_u128(key), "command": note(key, request).command });
    let bulk = given(1, command("bulk", 0, json!({ "rows": [row(11, 10), row(12, 20)] })));
    let outbox = outbox(&[bulk, note(2, 20), note(3, 30)]);
    assert_eq!(ready(&outbox), [1, 3]);
}

#[test]
fn the_closing_of_a_desk_goes_after_all_that_was_done_there() {
    let close = || {
        given(3, command("permanence.close", 90, json!({ "occurred_at": "2026-11-24T13:00:00Z", "explanations": [] })))
    };
    let mut outbox = outbox(&[note(1, 10), note(2, 20), close(), note(4, 40)]);
    assert_eq!(ready(&outbox), [1, 2, 4]);
    outbox.sent(id(1));
    outbox.sent(id(2));
    outbox.apply(&Record::Done { key: id(1) });
    assert_eq!(ready(&outbox), [4], "one is still on its way");
    outbox.apply(&Record::Done { key: id(2) });
    assert_eq!(ready(&outbox), [3, 4]);
}

#[test]
fn what_was_refused_before_it_does_not_keep_a_desk_open() {
    let close =
        given(2, command("permanence.close", 90, json!({ "occurred_at": "2026-11-24T13:00:00Z", "explanations": [] })));
    let mut outbox = outbox(&[note(1, 10), close]);
    outbox.apply(&refused(1, ProblemKind::StateMoved));
    assert_eq!(ready(&outbox), [2]);
}

#[test]
fn a_refused_split_holds_up_its_parts_alone() {
    let part = json!({ "id": Uuid::from_u128(20), "fields": { "channel": "phone", "text": "Et du pain" } });
    let split = given(1, command("request.split", 10, json!({ "parts": [part] })));
    let mut outbox = outbox(&[split, note(2, 10), note(3, 20)]);
    assert_eq!(ready(&outbox), [1]);
    outbox.apply(&refused(1, ProblemKind::IllegalMove));
    assert_eq!(ready(&outbox), [2]);
}
