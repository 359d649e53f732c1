//! What comes back to what the house wrote: an answer finds what it answers by our id alone, and what did not arrive says so.

use crate::{common::Engine, house::Sending};
use loge::{
    domain::{
        entity::EntityKind,
        ids::ContactId,
        reply::{Reply, ReplyState},
    },
    wire::fresh,
};
use rstest::rstest;
use serde_json::{Value, json};

/// A message comes to the mailbox.
async fn comes(sending: &Sending, what: Value) -> Value {
    let id: ContactId = fresh();
    let came_in = json!({ "occurred_at": "2026-11-20T09:00:00Z", "what": what });
    sending.house.manager.gives("contact.message", id, came_in).await;
    sending.house.manager.row(EntityKind::Contact, id).await
}

/// A reply that the mail server has taken.
async fn sent(sending: &Sending) -> Reply {
    let id = sending.answer("wrap_up").await;
    sending.reaches(id, ReplyState::Sent).await
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_answer_that_knows_nothing_but_our_id_belongs_to_what_we_answered(#[case] engine: Engine) {
    let sending = Sending::open(engine, 0).await;
    let reply = sent(&sending).await;
    let answer = |from: &str, id: &str| {
        json!({ "mailbox": "bonjour", "message_id": id, "from": from, "subject": "RE: autre chose", "text": "Oui.",
            "references": [format!("<{}>", reply.message_id)] })
    };
    let theirs = comes(&sending, answer("claire.durand@metropole.example", "<oui@metropole.example>")).await;
    assert_eq!(theirs["origin"]["thread"], json!(sending.message));
    let strangers = comes(&sending, answer("inconnu@ailleurs.example", "<moi@ailleurs.example>")).await;
    assert_eq!(strangers["origin"]["thread"], Value::Null, "an id that was passed on opens nothing to others");
    sending.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_reply_that_comes_back_says_so_and_opens_what_it_had_closed(#[case] engine: Engine) {
    let sending = Sending::open(engine, 0).await;
    let reply = sent(&sending).await;
    assert_eq!(sending.house.state(EntityKind::Contact, sending.message).await, "wrapped_up");
    let report = |message_id: &str, own: &str| {
        json!({ "mailbox": "bonjour", "message_id": own, "from": "mailer-daemon@metropole.example", "subject": "Undelivered",
            "nature": "bounce", "bounced": { "address": "claire.durand@metropole.example", "message_id": message_id,
                "why": "550 5.1.1 inconnu" } })
    };
    let made_up = reply.message_id.replace("loge.reply.", "loge.reply.0");
    comes(&sending, report(&made_up, "<faux@metropole.example>")).await;
    assert_eq!(sending.reply(reply.id).await.state, ReplyState::Sent, "anybody can write that something came back");
    comes(&sending, report(&reply.message_id, "<vrai@metropole.example>")).await;
    let back = sending.reply(reply.id).await;
    assert_eq!((back.state, back.trouble.unwrap().as_str()), (ReplyState::Bounced, "550 5.1.1 inconnu"));
    assert_eq!(sending.house.state(EntityKind::Contact, sending.message).await, "open");
    sending.house.office.stop().await;
}
