//! A reply's way through its table, and what is told of it.

use super::*;
use crate::domain::moves::walk::{any_move, at, faults, id, in_table, text};
use proptest::prelude::*;

fn fields() -> ReplyFields {
    ReplyFields {
        contact_id: Some(id(1)),
        request_id: None,
        to: "claire.durand@metropole.example".to_owned().try_into().unwrap(),
        subject: text("Re: ourlet"),
        text: "C’est possible pour vendredi.".parse().unwrap(),
        language: Language::Fr,
        then: Then::Keep,
    }
}

fn reply() -> Reply {
    Reply::create(id(3), fields(), Thread::default(), Scope::default(), 15, at(0), None).unwrap()
}

fn under_way() -> Reply {
    let mut reply = reply();
    reply.attempt(at(15)).unwrap();
    reply
}

#[test]
fn the_table_has_no_faults() {
    assert_eq!(faults(&REPLY), Vec::<String>::new());
}

#[test]
fn a_reply_stays_in_the_house_for_its_moments_of_grace() {
    let mut reply = reply();
    assert!(reply.attempt(at(14)).is_err());
    assert_eq!(reply.unmade().unwrap().state, Withdrawn);
    reply.attempt(at(15)).unwrap();
    assert_eq!((reply.state, reply.unmade()), (Sending, None));
    assert!(reply.withdraw().is_err(), "it is with the server this moment");
}

#[test]
fn what_could_not_go_is_tried_again_ever_more_seldom_and_given_up_after_three_days() {
    let mut reply = under_way();
    let mut now = at(15);
    let mut waits = Vec::new();
    while reply.state == Sending {
        reply.put_off(text("451 plus tard"), now).unwrap();
        if let Some(next) = reply.retry_at {
            waits.push(next);
            now = next;
            reply.attempt(now).unwrap();
        }
    }
    assert_eq!((reply.state, reply.trouble.as_ref().unwrap().as_str()), (Failed, "451 plus tard"));
    assert_eq!(waits.first(), Some(&at(75)));
    assert!((30..50).contains(&waits.len()), "{} attempts", waits.len());
    assert!(now <= at(15).plus(LONGEST));
}

#[test]
fn what_waits_to_be_tried_again_can_be_taken_back() {
    let mut reply = under_way();
    reply.put_off(text("421"), at(16)).unwrap();
    reply.withdraw().unwrap();
    assert_eq!((reply.state, reply.retry_at), (Withdrawn, None));
}

#[test]
fn what_is_doubtful_waits_for_a_person() {
    let mut reply = under_way();
    reply.doubt(None).unwrap();
    assert!(reply.calls());
    let (mut arrived, mut again) = (reply.clone(), reply.clone());
    arrived.let_be(at(60)).unwrap();
    assert_eq!((arrived.state, arrived.sent_at), (Sent, Some(at(60))));
    again.send_again(15, at(60)).unwrap();
    assert_eq!((again.state, again.hold_until, again.message_id.as_str()), (Prepared, at(75), ""));
    reply.deliver(at(20)).unwrap();
    assert_eq!(reply.state, Sent, "the answer came late, but it came");
}

#[test]
fn what_failed_or_came_back_is_given_up() {
    let mut reply = under_way();
    reply.deliver(at(16)).unwrap();
    reply.bounce(text("550 inconnu")).unwrap();
    reply.let_be(at(20)).unwrap();
    assert_eq!(reply.state, Withdrawn);
}

#[test]
fn a_reply_answers_something() {
    let create = |fields| Reply::create(id(3), fields, Thread::default(), Scope::default(), 15, at(0), None);
    let fault = |contact_id, request_id, then| create(ReplyFields { contact_id, request_id, then, ..fields() });
    assert!(fault(None, None, Then::Keep).is_err());
    assert!(fault(None, Some(id(2)), Then::WrapUp).is_err());
    assert!(fault(Some(id(1)), None, Then::Suspend).is_err());
    assert!(fault(None, Some(id(2)), Then::Suspend).is_ok());
}

#[test]
fn what_is_stored_is_read_back() {
    let reply = under_way();
    assert_eq!(serde_json::from_value::<Reply>(serde_json::to_value(&reply).unwrap()).unwrap(), reply);
}

proptest! {
    #[test]
    fn whatever_happens_a_reply_moves_by_its_table(moves in prop::collection::vec(any_move(&REPLY), 0..12)) {
        let mut reply = reply();
        for (now, (name, _)) in (20..).zip(moves) {
            let before = reply.clone();
            let why = text("550");
            let done = match name {
                "send" => reply.attempt(at(now)),
                "deliver" => reply.deliver(at(now)),
                "fail" => reply.put_off(why, at(now)),
                "doubt" => reply.doubt(None),
                "bounce" => reply.bounce(why),
                "withdraw" => reply.withdraw(),
                "send_again" => reply.send_again(0, at(now)),
                _ => reply.let_be(at(now)),
            };
            prop_assert!(in_table(&REPLY, before.state, reply.state));
            prop_assert!(done.is_ok() || reply == before);
            prop_assert!(reply.retry_at.is_none() || reply.state == Sending);
            prop_assert!(reply.state != Sent || reply.sent_at.is_some());
        }
    }
}
