use super::*;
use crate::domain::{claim::ClaimSubject, request::RequestState};

#[test]
fn a_snapshot_is_looked_up_by_number_person_contact_and_site() {
    let mut asked = request(1);
    asked.fields = serde_json::from_value(complete("Pressing")).unwrap();
    asked.fields.contact_id = Some(id(80));
    let mut ended = asked.clone();
    (ended.id, ended.number) = (id(2), RequestNumber::new(26, 2));
    ended.state = RequestState::Cancelled;
    let replica = Replica::load(&snapshot(5, &[asked.clone(), ended], &[]));
    let ids = |found: Vec<&Arc<Request>>| found.into_iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(replica.seq(), Seq(5));
    assert_eq!(replica.request_numbered(RequestNumber::new(26, 1)).unwrap().id, asked.id);
    for found in [
        ids(replica.requests_of(id(50)).collect()),
        ids(replica.requests_from(id(80)).collect()),
        ids(replica.requests_at(id(70)).collect()),
    ] {
        assert_eq!(found, [asked.id], "what has ended is not open work");
    }
    assert!(replica.requests_of(id(51)).next().is_none());
}

#[test]
fn a_change_moves_a_row_from_one_index_to_the_other() {
    let mut replica = Replica::load(&snapshot(1, &[request(1)], &[]));
    let mut moved = request(1);
    moved.version = moved.version.next();
    moved.fields.site_id = Some(id(70));
    assert_eq!(replica.apply(&change(2, id(1), &moved)), Applied::Changed(RowRef::of::<Request>(id(1))));
    assert_eq!(replica.requests_at(id(70)).count(), 1);
    moved.fields.site_id = Some(id(71));
    replica.apply(&change(3, id(2), &moved));
    assert_eq!((replica.requests_at(id(70)).count(), replica.requests_at(id(71)).count()), (0, 1));
}

#[test]
fn a_change_that_comes_again_or_late_changes_nothing() {
    let mut replica = Replica::load(&snapshot(4, &[request(1)], &[]));
    let mut old = request(1);
    old.fields.text = Some("Avant".parse().unwrap());
    let generation = replica.generation();
    for seq in [1, 4] {
        assert_eq!(replica.apply(&change(seq, id(1), &old)), Applied::Known);
    }
    assert_eq!(replica.generation(), generation);
    assert_eq!(**replica.request(id(1)).unwrap(), request(1));
}

#[test]
fn what_is_gone_or_erased_leaves_no_trace() {
    for kind in [ChangeKind::Gone, ChangeKind::Erased] {
        let durand = person(50, "Durand", "Claire", "05 36 49 12 34");
        let mut replica = Replica::load(&snapshot(1, &[], std::slice::from_ref(&durand)));
        let row = RowRef::of::<Beneficiary>(durand.id);
        assert_eq!(replica.apply(&without(2, kind, row)), Applied::Left(row));
        assert!(replica.beneficiary(durand.id).is_none());
        assert!(replica.persons_named("durand", 5).is_empty());
        assert_eq!(replica.persons_at(&durand.fields.phones[0]).count(), 0);
        assert!(!format!("{replica:?}").to_lowercase().contains("durand"));
    }
}

#[test]
fn persons_are_found_by_the_beginnings_of_their_names_family_name_first() {
    let persons = [
        person(1, "Roy", "Durand", "01 99 00 00 01"),
        person(2, "Durand", "Élodie", "01 99 00 00 02"),
        person(3, "Durand-Férut", "Marc", "01 99 00 00 03"),
        person(4, "Martin", "Zoé", "01 99 00 00 04"),
    ];
    let replica = Replica::load(&snapshot(1, &[], &persons));
    let found =
        |text: &str| replica.persons_named(text, 10).iter().map(|row| Uuid::from(row.id).as_u128()).collect::<Vec<_>>();
    assert_eq!(found("dur"), [2, 3, 1]);
    assert_eq!(found("elo DUR"), [2]);
    assert_eq!(found("fér"), [3]);
    assert_eq!(found("urand"), Vec::<u128>::new());
    assert_eq!(found(" "), Vec::<u128>::new());
    assert_eq!(replica.persons_named("dur", 1).len(), 1);
}

#[test]
fn a_claim_that_is_over_claims_nothing() {
    let mut replica = Replica::load(&snapshot(0, &[request(1)], &[]));
    let mut claim = Claim::create(id(9), ClaimSubject::Request { id: id(1) }, None, id(3), at(0));
    replica.apply(&change(1, id(1), &claim));
    assert_eq!(replica.claim_on(Uuid::from_u128(1)).unwrap().operator_id, id(3));
    claim.go("release", crate::domain::claim::ClaimState::Released).unwrap();
    replica.apply(&change(2, id(2), &claim));
    assert!(replica.claim_on(Uuid::from_u128(1)).is_none());
    let next = Claim::create(id(10), ClaimSubject::Request { id: id(1) }, None, id(4), at(3));
    replica.apply(&change(3, id(3), &next));
    // The former claim comes once more, as an undo or a late word would have it.
    replica.apply(&change(4, id(4), &claim));
    assert_eq!(replica.claim_on(Uuid::from_u128(1)).unwrap().operator_id, id(4));
}

#[test]
fn merges_and_splits_know_their_children() {
    let (mut merged, mut part) = (request(2), request(3));
    merged.state = RequestState::Merged;
    merged.merged = Some(Box::new(crate::domain::request::MergedInto { id: id(1), back_to: RequestState::New }));
    part.origin_id = Some(id(1));
    let replica = Replica::load(&snapshot(1, &[request(1), merged, part], &[]));
    assert_eq!(replica.merged_into(id(1)).map(|row| row.id).collect::<Vec<_>>(), [id(2)]);
    assert_eq!(replica.split_from(id(1)).map(|row| row.id).collect::<Vec<_>>(), [id(3)]);
}

#[test]
fn contacts_stand_in_their_lane_and_state() {
    let came_in = |number| {
        let origin = crate::domain::contact::Origin::WalkIn(crate::domain::contact::WalkIn::default());
        Contact::create(id(number), origin, at(0), None, crate::domain::contact::Party::Unknown)
    };
    let mut replica = Replica::default();
    replica.apply(&change(1, id(1), &came_in(1)));
    replica.apply(&change(2, id(2), &came_in(2)));
    let mut over = came_in(1);
    over.go("wrap_up", ContactState::WrappedUp, None, at(2)).unwrap();
    replica.apply(&change(3, id(3), &over));
    let open: Vec<ContactId> = replica.contacts_in(Lane::WalkIn, ContactState::Open).map(|row| row.id).collect();
    assert_eq!(open, [id(2)]);
    assert_eq!(replica.contacts_in(Lane::Phone, ContactState::Open).count(), 0);
}

#[test]
fn a_row_of_a_newer_office_is_left_out_and_counted() {
    let mut strange: Value = serde_json::to_value(request(2)).unwrap();
    strange["state"] = json!("levitating");
    let mut snapshot = snapshot(1, &[request(1)], &[]);
    snapshot.rows.get_mut(&EntityKind::Request).unwrap().push(raw(&strange));
    let replica = Replica::load(&snapshot);
    assert_eq!((replica.requests().len(), replica.unreadable()), (1, 1));
}

#[test]
fn of_what_has_ended_the_last_thousand_are_kept() {
    let mut replica = Replica::load(&snapshot(0, &[request(1)], &[]));
    for number in 2..1_203_u32 {
        let mut ended = request(number.into());
        ended.state = RequestState::Cancelled;
        replica.apply(&change(number.into(), id(number.into()), &ended));
    }
    assert_eq!(replica.requests().len(), 1 + ENDED);
    assert!(replica.request(id(1)).is_some(), "open work stays");
    assert!(replica.request(id(2)).is_none());
    assert!(replica.request_numbered(RequestNumber::new(26, 2)).is_none());
}

#[test]
fn a_snapshot_of_thousands_loads_the_same_on_many_threads() {
    let requests: Vec<Request> = (1..3_000).map(request).collect();
    let replica = Replica::load(&snapshot(1, &requests, &[]));
    assert!(replica.requests().iter().map(|row| &**row).eq(&requests));
}

#[test]
fn open_requests_stand_under_their_state_and_leave_it_when_it_changes() {
    let mut replica = Replica::load(&snapshot(0, &[request(1), request(2)], &[]));
    let new = |replica: &Replica| replica.requests_in(RequestState::New).map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(new(&replica), [id(1), id(2)]);
    let mut waits = request(1);
    waits.state = RequestState::Waiting;
    replica.apply(&change(1, id(1), &waits));
    assert_eq!(new(&replica), [id(2)]);
    assert_eq!(replica.requests_in(RequestState::Waiting).count(), 1);
    let mut over = request(2);
    over.state = RequestState::Cancelled;
    replica.apply(&change(2, id(2), &over));
    assert!(new(&replica).is_empty());
    assert_eq!(replica.requests_in(RequestState::Cancelled).count(), 0, "what has ended is not open work");
}

#[test]
fn who_said_no_to_what_is_open_is_known_however_much_ends_meanwhile() {
    let mut replica = Replica::load(&snapshot(0, &[request(1)], &[]));
    let offer = |number: u128, of: u128| {
        let fields = json!({ "request_id": Uuid::from_u128(of), "provider_id": Uuid::from_u128(40), "way": "mail",
            "deadline": at(3_600) });
        let fields = serde_json::from_value(fields).unwrap();
        let mut offer = Offer::create(id(number), fields, Scope::default(), 0, at(0), None).unwrap();
        offer.go("send", OfferState::Sent, None, at(1)).unwrap();
        offer.decline(&"complet".parse().unwrap(), None, at(2)).unwrap();
        offer
    };
    replica.apply(&change(1, id(1), &offer(5_000, 1)));
    replica.apply(&change(2, id(2), &offer(5_001, 9_999)));
    for number in 2..1_203_u32 {
        let mut ended = request(number.into());
        ended.state = RequestState::Cancelled;
        replica.apply(&change(i64::from(number) + 10, id(number.into()), &ended));
    }
    assert!(replica.offer(id(5_000)).is_some(), "its request is open");
    assert!(replica.offer(id(5_001)).is_none(), "nothing rests on it");
    assert!(replica.requests().len() <= 1 + ENDED);
}
