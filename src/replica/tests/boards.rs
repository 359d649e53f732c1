use super::*;
use crate::{
    domain::{claim::ClaimSubject, request::RequestState},
    replica::board::{Board, Mark, Path, Undoing},
    wire::{
        bodies::Undo,
        change::Done,
        problem::{Problem, ProblemKind},
    },
};

fn board(requests: &[Request]) -> Board {
    let mut board = Board::new(Some(id(3)));
    board.load(Replica::load(&snapshot(10, requests, &[person(50, "Durand", "Claire", "05 36 49 12 34")])));
    board
}

fn edit(field: &str, seen: Value, new: Value) -> Command {
    command("request.edit", 1, json!({ "fields": { field: { "seen": seen, "new": new } } }))
}

fn done(key: u128, changes: Vec<Change>) -> Done {
    Done { key: id(key), changes, outcomes: None, aside: None }
}

fn detail(board: &Board) -> Option<String> {
    board.request(id(1)).unwrap().row.fields.detail.as_ref().map(ToString::to_string)
}

#[test]
fn a_new_request_is_shown_at_once_and_gets_its_number_from_the_office() {
    let mut board = board(&[]);
    board.give(given(1, command("request.create", 5, complete("Pressing"))), Path::Outbox);
    let shown = board.request(id(5)).unwrap();
    assert_eq!((shown.mark, shown.confirmed), (Mark::Pending, None));
    assert_eq!(board.requests_of(id(50)).count(), 1);
    assert_eq!(board.requests_at(id(70)).count(), 1);
    assert!(board.replica().request(id(5)).is_none(), "the replica is what the office confirmed");
    let mut confirmed = request(5);
    confirmed.fields = serde_json::from_value(complete("Pressing")).unwrap();
    let answer = change(11, id(1), &confirmed);
    board.done(&done(1, vec![answer.clone()]));
    let shown = board.request(id(5)).unwrap();
    assert_eq!((shown.row.number, shown.mark), (RequestNumber::new(26, 5), Mark::Confirmed));
    board.apply(&answer);
    assert_eq!(board.requests_of(id(50)).count(), 1);
    assert_eq!(board.entries().count(), 0);
    assert!(board.request(id(5)).unwrap().confirmed.is_some());
}

#[test]
fn the_stream_may_be_faster_than_the_answer() {
    let mut board = board(&[request(1)]);
    let note = json!({ "id": Uuid::from_u128(90), "text": "Rappeler" });
    board.give(given(1, command("request.note", 1, note)), Path::Outbox);
    let mut noted = (**board.request(id(1)).unwrap().row).clone();
    noted.version = noted.version.next();
    board.apply(&change(11, id(1), &noted));
    let shown = board.request(id(1)).unwrap();
    assert_eq!((shown.row.notes.len(), shown.mark), (1, Mark::Confirmed));
    board.done(&done(1, vec![change(11, id(1), &noted)]));
    assert_eq!(board.request(id(1)).unwrap().row.notes.len(), 1);
    assert_eq!(board.entries().count(), 0);
}

#[test]
fn edits_lie_on_top_of_each_other_and_of_what_others_changed() {
    let mut board = board(&[request(1)]);
    board.give(given(1, edit("detail", json!(null), json!("bleues"))), Path::Outbox);
    board.give(given(2, edit("detail", json!("bleues"), json!("blanches"))), Path::Outbox);
    assert_eq!(detail(&board).as_deref(), Some("blanches"));
    let mut other = request(1);
    other.version = other.version.next();
    other.fields.price = Some(crate::domain::money::Cents::ZERO);
    board.apply(&change(11, id(99), &other));
    assert_eq!(detail(&board).as_deref(), Some("blanches"));
    assert!(board.request(id(1)).unwrap().row.fields.price.is_some());
    assert!(board.replica().request(id(1)).unwrap().fields.detail.is_none());
}

#[test]
fn what_the_office_refused_is_shown_no_more_but_marked_until_its_author_has_seen_to_it() {
    let mut board = board(&[request(1)]);
    board.give(given(1, edit("detail", json!(null), json!("bleues"))), Path::Outbox);
    let problem = Box::new(Problem::new(ProblemKind::FieldsMoved));
    board.record(&Record::Refused { key: id(1), problem });
    assert_eq!((detail(&board), board.request(id(1)).unwrap().mark), (None, Mark::Conflicting));
    assert_eq!((board.to_send(), board.to_settle()), (0, 1));
    board.record(&Record::Dropped { key: id(1) });
    assert_eq!(board.request(id(1)).unwrap().mark, Mark::Confirmed);
    assert_eq!(board.to_settle(), 0);
}

#[test]
fn a_snapshot_under_pending_commands_leaves_them_on_top() {
    let mut board = board(&[request(1)]);
    board.give(given(1, edit("detail", json!(null), json!("bleues"))), Path::Outbox);
    let before = board.generation();
    board.load(Replica::load(&snapshot(20, &[request(1), request(2)], &[])));
    assert_eq!(detail(&board).as_deref(), Some("bleues"));
    assert_eq!(board.open_requests().count(), 2);
    assert!(board.generation() > before);
}

#[test]
fn a_request_cancelled_here_is_no_longer_among_the_open_ones() {
    let mut open = request(1);
    open.fields = serde_json::from_value(complete("Pressing")).unwrap();
    let mut board = board(&[open]);
    board.give(given(1, command("request.cancel", 1, json!({ "seen": "new", "reason": "Doublon" }))), Path::Outbox);
    assert_eq!((board.requests_of(id(50)).count(), board.open_requests().count()), (0, 0));
    assert_eq!(board.request(id(1)).unwrap().row.state, RequestState::Cancelled);
}

#[test]
fn a_split_shows_its_parts_with_what_they_have_from_the_first() {
    let mut first = request(1);
    first.fields = serde_json::from_value(complete("Pressing")).unwrap();
    let mut board = board(&[first]);
    let part = json!({ "id": Uuid::from_u128(6), "fields": { "channel": "phone", "text": "Et du pain" } });
    board.give(given(1, command("request.split", 1, json!({ "parts": [part] }))), Path::Outbox);
    assert_eq!(board.requests_of(id(50)).map(|shown| shown.row.id).collect::<Vec<_>>(), [id(1), id(6)]);
    assert_eq!(board.request(id(1)).unwrap().mark, Mark::Pending);
}

#[test]
fn a_claim_is_only_marked_for_who_wins_is_for_the_office_to_say() {
    let mut board = board(&[request(1)]);
    let take = command("claim.take", 9, json!({ "subject": ClaimSubject::Request { id: id(1) } }));
    board.give(given(1, take), Path::Direct);
    assert_eq!(board.request(id(1)).unwrap().mark, Mark::Pending);
    assert!(board.replica().claim_on(Uuid::from_u128(1)).is_none());
    assert_eq!(board.to_send(), 0);
    board.unanswered(id(1));
    assert_eq!(board.request(id(1)).unwrap().mark, Mark::Confirmed);
}

#[test]
fn a_bulk_is_shown_on_each_of_its_rows() {
    let mut board = board(&[request(1), request(2)]);
    let cancel = |number: u128| json!({ "key": Uuid::from_u128(100 + number), "command": command("request.cancel", number, json!({ "seen": "new", "reason": "Doublon" })) });
    board.give(given(1, command("bulk", 0, json!({ "rows": [cancel(1), cancel(2)] }))), Path::Outbox);
    assert_eq!(board.open_requests().count(), 0);
    assert_eq!(board.mark(RowRef::of::<Request>(id(2))), Mark::Pending);
    board.done(&done(1, Vec::new()));
    assert_eq!(board.open_requests().count(), 2);
}

#[test]
fn the_last_act_is_undone_field_by_field() {
    let mut board = board(&[request(1)]);
    board.give(given(1, edit("detail", json!(null), json!("bleues"))), Path::Outbox);
    assert_eq!(board.undoing(at(1)), Some(Undoing::ThrowAway(id(1))), "it was never sent");
    board.sent(id(1));
    assert_eq!(board.undoing(at(1)), Some(Undoing::Undo(id(1))));
    let mut edited = (**board.request(id(1)).unwrap().row).clone();
    edited.version = edited.version.next();
    board.apply(&change(11, id(1), &edited));
    board.done(&done(1, vec![change(11, id(1), &edited)]));
    // Somebody else changes another field.
    let mut other = edited.clone();
    other.version = other.version.next();
    other.fields.price = Some(crate::domain::money::Cents::ZERO);
    board.apply(&change(12, id(98), &other));
    assert_eq!(board.undoing(at(20)), Some(Undoing::Undo(id(1))));
    board.give(given(2, Command::Undo { body: Undo { command: id(1) } }), Path::Outbox);
    let shown = board.request(id(1)).unwrap();
    assert_eq!((detail(&board), shown.row.fields.price.is_some(), shown.mark), (None, true, Mark::Pending));
    assert_eq!(board.undoing(at(20)), None, "what is being undone is not undone twice");
    board.done(&done(2, Vec::new()));
    assert_eq!(board.undoing(at(20)), None);
}

#[test]
fn a_creation_undone_is_a_request_cancelled() {
    let mut board = board(&[]);
    board.give(given(1, command("request.create", 5, complete("Pressing"))), Path::Outbox);
    board.sent(id(1));
    let confirmed = request(5);
    board.apply(&change(11, id(1), &confirmed));
    board.done(&done(1, vec![change(11, id(1), &confirmed)]));
    board.give(given(2, Command::Undo { body: Undo { command: id(1) } }), Path::Outbox);
    assert_eq!(board.request(id(5)).unwrap().row.state, RequestState::Cancelled);
}

#[test]
fn undoing_what_still_waits_shows_the_row_as_it_was() {
    let mut board = board(&[request(1)]);
    board.give(given(1, edit("detail", json!(null), json!("bleues"))), Path::Outbox);
    board.sent(id(1));
    board.give(given(2, Command::Undo { body: Undo { command: id(1) } }), Path::Outbox);
    assert_eq!((detail(&board), board.request(id(1)).unwrap().mark), (None, Mark::Pending));
}

#[test]
fn after_ten_minutes_nothing_is_undone() {
    let mut board = board(&[request(1)]);
    board.give(given(1, edit("detail", json!(null), json!("bleues"))), Path::Outbox);
    let mut edited = (**board.request(id(1)).unwrap().row).clone();
    edited.version = edited.version.next();
    board.apply(&change(11, id(1), &edited));
    board.done(&done(1, vec![change(11, id(1), &edited)]));
    assert_eq!(board.undoing(at(11 + 600)), Some(Undoing::Undo(id(1))));
    assert_eq!(board.undoing(at(11 + 601)), None);
}

#[test]
fn erased_data_are_in_no_corner_of_the_board() {
    let mut board = board(&[]);
    let rename = json!({ "fields": { "family_name": { "seen": "Durand", "new": "Durand-Roy" } } });
    board.give(given(1, command("beneficiary.edit", 50, rename)), Path::Outbox);
    let renamed = (**board.get::<Beneficiary>(id(50)).unwrap().row).clone();
    board.apply(&change(11, id(1), &renamed));
    board.done(&done(1, vec![change(11, id(1), &renamed)]));
    board.apply(&without(12, ChangeKind::Erased, RowRef::of::<Beneficiary>(id(50))));
    assert!(board.get::<Beneficiary>(id(50)).is_none());
    assert_eq!(board.undoing(at(12)), None);
    assert!(!format!("{board:?}").contains("Durand"));
}

#[test]
fn an_offer_is_shown_at_once_with_its_request_and_so_is_its_answer() {
    let mut triaged = request(1);
    triaged.state = RequestState::Triaged;
    let mut board = board(&[triaged]);
    let fields = json!({ "request_id": Uuid::from_u128(1), "provider_id": Uuid::from_u128(40), "way": "telephone",
        "deadline": at(3_600) });
    board.give(given(1, command("offer.prepare", 60, fields)), Path::Outbox);
    assert_eq!(board.request(id(1)).unwrap().row.state, RequestState::Offered);
    let mut offer = (**board.get::<Offer>(id(60)).unwrap().row).clone();
    assert_eq!((offer.state, offer.hold_until, offer.created_by), (OfferState::Prepared, at(15), Some(id(3))));
    assert_eq!(board.undoing(at(1)), Some(Undoing::ThrowAway(id(1))));
    let mut request = (**board.request(id(1)).unwrap().row).clone();
    request.version = request.version.next();
    offer.go("send", OfferState::Sent, None, at(15)).unwrap();
    let changes = vec![change(11, id(1), &offer), change(12, id(1), &request)];
    for change in &changes {
        board.apply(change);
    }
    board.done(&done(1, changes));
    let no = json!({ "seen": "sent", "reason": "complet" });
    board.give(given(2, command("offer.decline", 60, no)), Path::Outbox);
    assert_eq!(board.get::<Offer>(id(60)).unwrap().row.state, OfferState::Declined);
    board.give(given(3, command("offer.accept", 60, json!({ "seen": "sent" }))), Path::Outbox);
    assert_eq!(board.get::<Offer>(id(60)).unwrap().row.state, OfferState::Declined, "what was said first stands");
}

#[test]
fn what_own_staff_is_given_is_assigned_at_once() {
    let mut triaged = request(1);
    triaged.state = RequestState::Triaged;
    let mut board = board(&[triaged]);
    let body = json!({ "seen": "triaged", "assignment_id": Uuid::from_u128(70), "operator_id": Uuid::from_u128(3) });
    board.give(given(1, command("request.assign", 1, body)), Path::Outbox);
    let row = board.request(id(1)).unwrap();
    assert_eq!((row.row.state, row.row.assignment_id, row.mark), (RequestState::Assigned, Some(id(70)), Mark::Pending));
}
