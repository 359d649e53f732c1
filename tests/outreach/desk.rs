//! What a desk has mailed: receipts and the codes of lockers; each leaves once, and no row holds a code.

use crate::{
    common::{Engine, until},
    house::Sending,
    offers::text_of,
};
use loge::{
    domain::{
        entity::EntityKind,
        ids::{BookingId, LockerId, PostingId},
        reply::{Automatic, Reply, ReplyState},
    },
    wire::fresh,
};
use rstest::rstest;
use serde_json::{Value, json};

/// A house whose desk has a locker kept for Mme Durand.
async fn locker(sending: &Sending) -> BookingId {
    let (locker, booking): (LockerId, BookingId) = (fresh(), fresh());
    let (manager, site) = (&sending.house.manager, sending.directory.merignac);
    manager.gives("locker.create", locker, json!({ "site_id": site, "name": "7", "size": "small" })).await;
    let until = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24);
    let body = json!({ "locker_id": locker, "site_id": site, "purpose": "pickup", "until": until,
        "beneficiary_id": sending.directory.durand });
    manager.gives("booking.reserve", booking, body).await;
    booking
}

async fn opens(sending: &Sending, booking: BookingId, code: &str) -> bool {
    let done = sending.house.manager.gives("booking.check_code", booking, json!({ "code": code })).await;
    done.aside.unwrap()["matches"] == json!(true)
}

async fn mail(sending: &Sending, number: usize) -> String {
    until("the mail arrives", || async { sending.server.mails().len() > number }).await;
    text_of(&sending.server.mails()[number])
}

/// The six digits that a mail tells.
fn code_in(text: &str) -> String {
    let is_code = |word: &&str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    text.split_whitespace().find(is_code).unwrap_or_else(|| panic!("no code in {text}")).to_owned()
}

/// The reply that a command made.
fn made(done: &loge::wire::change::Done) -> Reply {
    let change = done.changes.iter().find(|change| change.entity == EntityKind::Reply).expect("a mail is prepared");
    serde_json::from_str(change.state.as_ref().unwrap().get()).unwrap()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_code_of_a_locker_goes_by_mail_and_is_in_no_row(#[case] engine: Engine) {
    let sending = Sending::open(engine, 0).await;
    let booking = locker(&sending).await;
    let reply = made(&sending.house.manager.gives("booking.mail_code", booking, json!({})).await);
    let text = mail(&sending, 0).await;
    assert!(text.contains("casier 7") && text.contains("Mérignac"), "{text}");
    let code = code_in(&text);
    assert!(opens(&sending, booking, &code).await, "{code} opens it");
    let sent = sending.reaches(reply.id, ReplyState::Sent).await;
    assert_eq!(sent.automatic, Some(Automatic::LockerCode));
    assert!(!sent.fields.text.as_str().contains(&code));
    for (table, column) in [("reply", "doc"), ("change", "doc"), ("change", "before_doc")] {
        let sql = format!("SELECT count(*) FROM {table} WHERE CAST({column} AS TEXT) LIKE '%{code}%'");
        let found = sending.house.number(&sql).await;
        assert_eq!(found, 0, "{table} holds the code");
    }
    sending.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_mailed_code_that_opens_no_more_is_not_sent(#[case] engine: Engine) {
    let sending = Sending::open(engine, 120).await;
    let booking = locker(&sending).await;
    let manager = &sending.house.manager;
    let held = made(&manager.gives("booking.mail_code", booking, json!({})).await);
    let told = manager.gives("booking.issue_code", booking, json!({})).await;
    // Its moments of grace are made to be over.
    let sql = match engine {
        Engine::Sqlite => "UPDATE reply SET doc = json_set(doc, '$.hold_until', '2026-01-01T00:00:00Z')",
        Engine::Postgres => "UPDATE reply SET doc = jsonb_set(doc, '{hold_until}', '\"2026-01-01T00:00:00Z\"')",
    };
    sending.house.sql(sql).await;
    sending.let_time_pass("send_reply").await;
    sending.reaches(held.id, ReplyState::Withdrawn).await;
    assert_eq!(sending.server.mails(), Vec::<String>::new());
    let code = told.aside.unwrap()["code"].as_str().unwrap().to_owned();
    assert!(opens(&sending, booking, &code).await);
    sending.house.office.stop().await;
}

async fn payment(sending: &Sending) -> PostingId {
    let manager = &sending.house.manager;
    let payment = fresh();
    let lines = json!([
        { "account": { "kind": "cash" }, "amount": 1840 },
        { "account": { "kind": "person", "beneficiary_id": sending.directory.durand }, "amount": -1840 },
    ]);
    let by = manager.client.me().await.unwrap().id;
    let body = json!({ "kind": "payment", "lines": lines, "occurred_at": "2026-11-20T10:00:00Z", "taken_by": by,
        "site_id": sending.directory.merignac });
    manager.gives("posting.post", payment, body).await;
    payment
}

async fn exceptions(sending: &Sending) -> Vec<Value> {
    let hand = crate::common::Hand::of(&sending.house.office, "responsable").await;
    hand.get("/v1/snapshot").await.json()["rows"]["exception"].as_array().unwrap().clone()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_receipt_goes_by_mail_to_who_paid(#[case] engine: Engine) {
    let sending = Sending::open(engine, 0).await;
    let payment = payment(&sending).await;
    sending.house.manager.gives("posting.mail_receipt", payment, json!({})).await;
    let text = mail(&sending, 0).await;
    assert!(text.contains("18,40") && text.contains("Durand") && text.contains(&payment.to_string()), "{text}");
    sending.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_receipt_that_the_server_refuses_is_for_somebody_at_the_desk_to_settle(#[case] engine: Engine) {
    let sending = Sending::open(engine, 0).await;
    sending.server.set("refuse");
    let payment = payment(&sending).await;
    let reply = made(&sending.house.manager.gives("posting.mail_receipt", payment, json!({})).await);
    sending.reaches(reply.id, ReplyState::Failed).await;
    let found = exceptions(&sending).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["site_id"], json!(sending.directory.merignac));
    assert!(found[0]["what"].as_str().unwrap().contains("claire.durand@metropole.example"));
    sending.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_receipt_can_be_taken_back_while_it_is_held(#[case] engine: Engine) {
    let sending = Sending::open(engine, 120).await;
    let payment = payment(&sending).await;
    let done = sending.house.manager.gives("posting.mail_receipt", payment, json!({})).await;
    sending.house.manager.gives("undo", "", json!({ "command": done.key })).await;
    sending.reaches(made(&done).id, ReplyState::Withdrawn).await;
    sending.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn who_has_no_address_is_told_by_the_desk_instead(#[case] engine: Engine) {
    let sending = Sending::open(engine, 0).await;
    let manager = &sending.house.manager;
    let emails = json!({ "fields": { "emails": { "seen": ["claire.durand@metropole.example"], "new": [] } } });
    manager.gives("beneficiary.edit", sending.directory.durand, emails).await;
    let refused = manager.refused("posting.mail_receipt", payment(&sending).await, json!({})).await;
    assert_eq!(refused.params["cause"], "no_address");
    sending.house.office.stop().await;
}
