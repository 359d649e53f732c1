//! Edits: different fields of two writers merge, the same field tells both values, and every bad value names its field.

use crate::common::{Directory, Engine, House, complete, directory, word};
use loge::{
    domain::{access::Role, entity::EntityKind, ids::RequestId},
    wire::fresh,
};
use rstest::rstest;
use serde_json::{Value, json};

async fn created(house: &House, directory: &Directory) -> RequestId {
    let id = fresh();
    house.manager.gives("request.create", id, complete(directory)).await;
    id
}

fn edit(field: &str, seen: Value, new: Value) -> Value {
    json!({ "fields": { field: { "seen": seen, "new": new } } })
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn different_fields_of_two_writers_merge(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let id = created(&house, &directory).await;
    let other = house.person("standard", &[Role::Operator]).await;
    let (one, two) = tokio::join!(
        house.manager.gives("request.edit", id, edit("detail", json!("chemises"), json!("draps"))),
        other.gives("request.edit", id, edit("quantity", json!(3), json!(4))),
    );
    assert_eq!((one.changes.len(), two.changes.len()), (1, 1));
    let row: Value = house.manager.row(EntityKind::Request, id).await;
    assert_eq!((&row["detail"], &row["quantity"], &row["version"]), (&json!("draps"), &json!(4), &json!(3)));
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_same_field_of_two_writers_is_a_conflict_that_carries_all_values(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let id = created(&house, &directory).await;
    house.manager.gives("request.edit", id, edit("detail", json!("chemises"), json!("draps"))).await;
    let both =
        json!({ "fields": { "detail": { "seen": "chemises", "new": "nappes" }, "quantity": { "seen": 3, "new": 9 } } });
    let problem = house.manager.refused("request.edit", id, both).await;
    assert_eq!((word(&problem), problem.status, problem.field.as_deref()), ("fields-moved", 409, Some("detail")));
    let conflict = serde_json::to_value(&problem.conflicts).unwrap();
    assert_eq!(conflict, json!([{ "field": "detail", "seen": "chemises", "present": "draps", "new": "nappes" }]));
    let row: Value = house.manager.row(EntityKind::Request, id).await;
    assert_eq!((&row["quantity"], &row["version"]), (&json!(3), &json!(2)), "a refused edit changes nothing");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_is_already_as_wanted_is_no_conflict_and_no_change(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let id = created(&house, &directory).await;
    house.manager.gives("request.edit", id, edit("detail", json!("chemises"), json!("draps"))).await;
    let done = house.manager.gives("request.edit", id, edit("detail", json!("chemises"), json!("draps"))).await;
    assert!(done.changes.is_empty());
    let row: Value = house.manager.row(EntityKind::Request, id).await;
    assert_eq!(row["version"], 2);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_bad_value_names_its_field_and_changes_nothing(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let id = created(&house, &directory).await;
    let (manager, stranger) = (&house.manager, fresh::<uuid::Uuid>());
    let bad = [
        (edit("colour", json!(null), json!("bleu")), "invalid", "colour"),
        (edit("state", json!("new"), json!("closed")), "invalid", "state"),
        (edit("number", json!("26-0001"), json!("26-0009")), "invalid", "number"),
        (edit("quantity", json!(3), json!("quatre")), "invalid", "quantity"),
        (edit("quantity", json!(3), json!(0)), "invalid", "quantity"),
        (edit("quantity", json!(3), json!(null)), "invalid", "quantity"),
        (edit("detail", json!("chemises"), json!("x".repeat(201))), "invalid", "detail"),
        (edit("detail", json!("chemises"), json!("a\u{7}b")), "invalid", "detail"),
        (edit("text", json!(null), json!("x".repeat(10_001))), "invalid", "text"),
        (edit("payer", json!({ "kind": "person" }), json!({ "kind": "nobody" })), "invalid", "payer"),
        (edit("site_id", json!(directory.merignac), json!(stranger)), "unknown-reference", "site_id"),
        (edit("service_id", json!(directory.pressing), json!(stranger)), "unknown-reference", "service_id"),
        (edit("contact_id", json!(null), json!(stranger)), "unknown-reference", "contact_id"),
        (
            edit(
                "requester",
                json!({ "kind": "person", "id": directory.durand }),
                json!({ "kind": "person", "id": stranger }),
            ),
            "unknown-reference",
            "requester.id",
        ),
    ];
    for (body, kind, field) in bad {
        let problem = manager.refused("request.edit", id, body).await;
        assert_eq!((word(&problem), problem.status, problem.field.as_deref()), (kind, 422, Some(field)));
        assert!(!problem.detail.is_empty());
    }
    let row: Value = manager.row(EntityKind::Request, id).await;
    assert_eq!(row["version"], 1);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_bad_body_names_the_path_of_its_field(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let hand = crate::common::Hand::of(&house.office, "responsable").await;
    let with = |field: &str, value: Value| {
        let mut body = complete(&directory);
        body[field] = value;
        body
    };
    let bad = [
        (with("colour", json!("bleu")), "colour"),
        (with("channel", json!("pigeon")), "channel"),
        (with("quantity", json!(-1)), "quantity"),
        (with("detail", json!("x".repeat(201))), "detail"),
        (with("detail", json!("  ")), "detail"),
        (with("when", json!({ "kind": "due", "at": "demain" })), "when"),
        (with("requester", json!({ "kind": "person", "id": 7 })), "requester"),
        (with("price", json!("treize euros")), "price"),
    ];
    for (body, field) in bad {
        let answer = hand.put_in("PUT", &format!("/v1/requests/{}", fresh::<uuid::Uuid>()), &body).await;
        assert_eq!((answer.status, answer.word().as_str()), (422, "invalid"), "{}", answer.text);
        let at = answer.json()["field"].as_str().unwrap_or_default().to_owned();
        assert_eq!(at.split('.').next(), Some(field), "{}", answer.text);
    }
    let neither =
        hand.put_in("PUT", &format!("/v1/requests/{}", fresh::<uuid::Uuid>()), &json!({ "channel": "phone" })).await;
    assert_eq!((neither.status, neither.word().as_str()), (422, "incomplete"));
    assert_eq!(house.number("SELECT count(*) FROM request").await, 0);
    house.office.stop().await;
}
