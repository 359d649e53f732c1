//! What is kept of a message, who reads it, and when it goes; and who may hand mail in.

use crate::{
    common::{Engine, Hand, House, directory},
    letters::{Door, Letter, MAILBOX, contact, message},
};
use loge::{
    domain::{access::Role, contact::Keeping},
    office::intake::mail::token,
};
use rstest::rstest;
use serde_json::json;

/// A letter with a page attached.
fn with_attachment(from: &str, id: &str) -> Letter {
    Letter::from(from, id).with("Content-Type: multipart/mixed; boundary=x\r\n").says(
        "--x\r\n\r\nVoici le bon.\r\n--x\r\nContent-Type: text/html; name=\"bon d'achat é.html\"\r\nContent-Disposition: attachment\r\n\
         Content-Transfer-Encoding: base64\r\n\r\nPHNjcmlwdD4xPC9zY3JpcHQ+\r\n--x--",
    )
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_message_and_its_attachments_are_read_by_who_sees_the_contact(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let door = Door::of(&house).await;
    let letter = with_attachment("claire.durand@metropole.example", "1@metropole.example");
    let id = door.takes(&letter).await;
    assert_eq!(message(&contact(&house, id).await).attachments[0].keeping, Keeping::Kept);
    let manager = Hand::of(&house.office, "responsable").await;
    let raw = manager.get(&format!("/v1/contacts/{id}/raw")).await;
    assert_eq!((raw.status, raw.text.into_bytes()), (200, letter.raw()));
    let attachment = manager.get(&format!("/v1/contacts/{id}/attachments/0")).await;
    assert_eq!((attachment.status, attachment.text.as_str()), (200, "<script>1</script>"));
    assert_eq!(attachment.header("content-type"), "text/html");
    assert_eq!(attachment.header("x-content-type-options"), "nosniff");
    assert!(attachment.header("content-disposition").starts_with("attachment; "), "{attachment:?}");
    assert!(attachment.header("content-security-policy").contains("sandbox"));
    assert_eq!(manager.get(&format!("/v1/contacts/{id}/attachments/1")).await.status, 404);
    assert_eq!(manager.get(&format!("/v1/contacts/{id}/attachments/x")).await.status, 400);
    house.person_on("bruges", &[Role::Concierge], &[directory.bruges]).await;
    let elsewhere = Hand::of(&house.office, "bruges").await;
    assert_eq!(elsewhere.get(&format!("/v1/contacts/{id}/raw")).await.status, 404);
    assert_eq!(elsewhere.get(&format!("/v1/contacts/{id}/attachments/0")).await.status, 404);
    crate::common::until("both looks are in the audit trail", || async {
        house.number("SELECT count(*) FROM sight WHERE entity = 'contact'").await == 2
    })
    .await;
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn erasing_a_person_and_retention_reach_what_was_kept(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let door = Door::of(&house).await;
    door.takes(&with_attachment("claire.durand@metropole.example", "1@metropole.example")).await;
    let old = door.takes(&with_attachment("paul@ailleurs.example", "1@ailleurs.example")).await;
    let kept = "SELECT count(*) FROM mail_raw";
    assert_eq!(house.number(kept).await, 2);
    house.manager.gives("beneficiary.erase", directory.durand, json!({ "reason": "demandé" })).await;
    assert_eq!(house.number(kept).await, 1);
    let doc = match engine {
        Engine::Sqlite => "json_set(doc, '$.occurred_at', '2020-01-01T00:00:00.000000Z')",
        Engine::Postgres => "jsonb_set(doc, '{occurred_at}', '\"2020-01-01T00:00:00.000000Z\"')",
    };
    house.sql(&format!("UPDATE contact SET doc = {doc} WHERE id = '{old}'")).await;
    house.office.app.writer.tidy().await.unwrap();
    assert_eq!(house.number(kept).await, 0);
    assert_eq!(message(&contact(&house, old).await).text, None);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_same_message_comes_once_whoever_brings_it(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let door = Door::of(&house).await;
    let letter = Letter::from("a@lettre.example", "1@lettre.example");
    let id = door.takes(&letter).await;
    let again =
        door.hand_in(letter.clone().with("Received: from b by c; Mon, 23 Nov 2026 10:00:00 +0100\r\n").raw()).await;
    assert_eq!((again.status, &again.json()["known"], &again.json()["contact_id"]), (200, &json!(true), &json!(id)));
    assert_eq!(house.number("SELECT count(*) FROM contact").await, 1);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn mail_is_taken_from_who_has_the_mailbox_s_token(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let door = Door::of(&house).await;
    assert_eq!(door.hand_in(Vec::new()).await.word(), "invalid");
    let hand = Hand::new(&house.office);
    let body = || Some(Letter::from("a@b.example", "1@b.example").raw());
    let path = format!("/v1/intake/mail/{MAILBOX}");
    assert_eq!(hand.ask("POST", &path, &[], body()).await.status, 401);
    assert_eq!(hand.ask("POST", &path, &[("authorization", "Bearer 00")], body()).await.status, 403);
    let mut tx = house.office.app.store.write().await.unwrap();
    let second = token::add(&mut tx, &MAILBOX.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(token::add(&mut tx, &MAILBOX.parse().unwrap()).await.unwrap(), None, "two at a time");
    tx.commit().await.unwrap();
    let bearer = format!("Bearer {second}");
    let headers = [("authorization", bearer.as_str())];
    assert_eq!(hand.ask("POST", "/v1/intake/mail/autre", &headers, body()).await.status, 403);
    assert_eq!(hand.ask("POST", &path, &headers, body()).await.status, 201);
    let stored = format!("SELECT count(*) FROM mail_token WHERE token_hash = '{second}'");
    assert_eq!(house.number(&stored).await, 0, "only a hash is stored");
    house.office.stop().await;
}
