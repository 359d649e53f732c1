//! The desk's side of the office: labels that are given once, what follows a hand-back, what a console is told of the tab.

use crate::common::{Directory, Engine, Hand, House, Person, complete, directory, until, word};
use loge::{
    domain::{
        access::Role,
        entity::EntityKind,
        ids::{ItemId, PermanenceId, PostingId, RequestId},
        label::Scanned,
    },
    wire::{change::Done, fresh},
};
use rstest::rstest;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const AT: &str = "2026-11-20T08:00:00Z";

fn desk(directory: &Directory) -> Value {
    json!({ "kind": "concierge", "site_id": directory.merignac })
}

/// A request whose things lie ready at the desk.
async fn ready(person: &Person, directory: &Directory, things: usize) -> (RequestId, Vec<ItemId>) {
    let request: RequestId = fresh();
    person.gives("request.create", request, complete(directory)).await;
    person.gives("request.triage", request, json!({ "seen": "new" })).await;
    let operator = person.client.me().await.unwrap().id;
    let assigned = json!({ "seen": "triaged", "assignment_id": fresh::<uuid::Uuid>(), "operator_id": operator });
    person.gives("request.assign", request, assigned).await;
    person.gives("request.start", request, json!({ "seen": "assigned" })).await;
    person.gives("request.ready", request, json!({ "seen": "underway" })).await;
    let mut ids = Vec::new();
    for _ in 0..things {
        let id: ItemId = fresh();
        let body = json!({ "label": id, "site_id": directory.merignac, "holder": desk(directory), "since": AT, "request_id": request });
        person.gives("item.create", id, body).await;
        ids.push(id);
    }
    (request, ids)
}

async fn hand_back(person: &Person, directory: &Directory, thing: ItemId) -> Done {
    let body = json!({ "occurred_at": AT, "from": desk(directory), "to": directory.durand });
    person.gives("item.hand_back", thing, body).await
}

async fn owed(person: &Person, directory: &Directory) -> i64 {
    person.client.tab_of(directory.durand).await.unwrap().accounts.values().sum()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn no_label_is_given_twice_and_each_checks_itself(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let karim = house.person("karim", &[Role::Concierge]).await;
    let mut given = BTreeSet::new();
    for count in [1, 40, 2] {
        let done = karim.gives("item.number_labels", "", json!({ "count": count })).await;
        let labels = done.aside.unwrap()["labels"].as_array().unwrap().clone();
        assert_eq!(labels.len(), count);
        for label in labels {
            let label = label.as_str().unwrap().to_owned();
            assert!(matches!(Scanned::read(&label), Some(Scanned::Ours(_))), "{label}");
            assert!(given.insert(label));
        }
    }
    let problem = karim.refused("item.number_labels", "", json!({ "count": 1001 })).await;
    assert_eq!(word(&problem), "invalid");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_last_thing_that_goes_back_ends_the_job_and_charges_it_once(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let (request, things) = ready(&house.manager, &directory, 2).await;
    hand_back(&house.manager, &directory, things[0]).await;
    assert_eq!(house.state(EntityKind::Request, request).await, "ready");
    assert_eq!(owed(&house.manager, &directory).await, 0);
    hand_back(&house.manager, &directory, things[1]).await;
    assert_eq!(house.state(EntityKind::Request, request).await, "done");
    let price = owed(&house.manager, &directory).await;
    assert!(price > 0, "the catalogue's price of three shirts");
    // A second report of the same is a contradiction, and no second charge.
    hand_back(&house.manager, &directory, things[1]).await;
    assert_eq!(owed(&house.manager, &directory).await, price);
    assert_eq!(house.number("SELECT count(*) FROM exception").await, 1);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_hand_back_that_is_undone_takes_its_charge_back(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let (request, things) = ready(&house.manager, &directory, 1).await;
    let done = hand_back(&house.manager, &directory, things[0]).await;
    house.manager.gives("undo", "", json!({ "command": done.key })).await;
    assert_eq!(house.state(EntityKind::Request, request).await, "ready");
    assert_eq!(house.state(EntityKind::Item, things[0]).await, "in_custody");
    assert_eq!(owed(&house.manager, &directory).await, 0);
    hand_back(&house.manager, &directory, things[0]).await;
    assert!(owed(&house.manager, &directory).await > 0, "handed back again, it is charged again");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_console_is_told_the_tabs_that_are_open_and_no_others(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let (_, things) = ready(&house.manager, &directory, 1).await;
    let postings =
        async |hand: &Hand| hand.get("/v1/snapshot").await.json()["rows"]["posting"].as_array().unwrap().len();
    let hand = Hand::of(&house.office, "responsable").await;
    assert_eq!(postings(&hand).await, 0);
    hand_back(&house.manager, &directory, things[0]).await;
    assert_eq!(postings(&hand).await, 1);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn sheets_say_what_was_left_what_was_taken_and_from_whom(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let (_, things) = ready(&house.manager, &directory, 1).await;
    let permanence: PermanenceId = fresh();
    let window = json!({ "date": "2026-11-20", "from": "08:00", "to": "12:00" });
    house
        .manager
        .gives("permanence.plan", permanence, json!({ "site_id": directory.merignac, "window": window }))
        .await;
    house.manager.gives("permanence.open", permanence, json!({ "occurred_at": AT })).await;
    let payment: PostingId = fresh();
    let lines = json!([
        { "account": { "kind": "cash" }, "amount": 1000 },
        { "account": { "kind": "person", "beneficiary_id": directory.durand }, "amount": -1000 },
    ]);
    let by = house.manager.client.me().await.unwrap().id;
    let body = json!({ "kind": "payment", "lines": lines, "occurred_at": AT, "site_id": directory.merignac, "taken_by": by,
        "permanence_id": permanence });
    house.manager.gives("posting.post", payment, body).await;
    let left = json!([{ "leftover": { "kind": "item", "id": things[0] }, "why": "revient jeudi" }]);
    let body = json!({ "occurred_at": "2026-11-20T11:00:00Z", "explanations": left, "cash_counted": 800 });
    house.manager.gives("permanence.close", permanence, body).await;
    let hand = Hand::of(&house.office, "responsable").await;
    let sheet = hand.get(&format!("/v1/permanences/{permanence}/sheet")).await;
    assert_eq!(sheet.status, 200);
    for said in ["Mérignac", "revient jeudi", "10,00", "8,00"] {
        assert!(sheet.text.contains(said), "{said} is missing in\n{}", sheet.text);
    }
    let receipt = hand.get(&format!("/v1/postings/{payment}/receipt?format=html")).await;
    assert!(receipt.text.contains("<table>") && receipt.text.contains("Durand"), "{}", receipt.text);
    let labels = hand.get("/v1/items/labels?from=0000013&count=3").await;
    assert_eq!((labels.status, labels.text.lines().count()), (200, 3), "{}", labels.text);
    assert_eq!(hand.get("/v1/items/labels?from=0000014&count=3").await.status, 400);
    house.office.stop().await;
}

/// A session of long ago that nobody opened, as soon as the office has noticed.
async fn missed(house: &House, directory: &Directory) -> PermanenceId {
    let permanence: PermanenceId = fresh();
    let window = json!({ "date": "2026-11-20", "from": "08:00", "to": "12:00" });
    let body = json!({ "site_id": directory.merignac, "window": window });
    house.manager.gives("permanence.plan", permanence, body).await;
    until("nobody came", || async { house.state(EntityKind::Permanence, permanence).await == "missed" }).await;
    permanence
}

async fn exceptions_about(house: &House, permanence: PermanenceId) -> Vec<Value> {
    let hand = Hand::of(&house.office, "responsable").await;
    let rows = hand.get("/v1/exceptions").await.json()["rows"].as_array().unwrap().clone();
    rows.into_iter().filter(|row| row["about"]["id"] == json!(permanence)).collect()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_desk_that_nobody_opened_is_a_task_until_somebody_says_why(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let permanence = missed(&house, &directory).await;
    let task = exceptions_about(&house, permanence).await.remove(0);
    assert_eq!((&task["kind"], &task["state"]), (&json!("not_held"), &json!("open")));
    assert_eq!(task["site_id"], json!(directory.merignac), "the concierges of the site see it");
    let id = task["id"].as_str().unwrap();
    house.manager.gives("exception.close", id, json!({ "settlement": "Le site était fermé" })).await;
    assert_eq!(exceptions_about(&house, permanence).await[0]["state"], json!("closed"));
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_desk_that_was_open_without_network_is_no_task_any_more(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let permanence = missed(&house, &directory).await;
    house.manager.gives("permanence.open", permanence, json!({ "occurred_at": AT })).await;
    let tasks = exceptions_about(&house, permanence).await;
    assert_eq!(tasks.iter().map(|task| &task["state"]).collect::<Vec<_>>(), [&json!("closed")]);
    house.office.stop().await;
}
