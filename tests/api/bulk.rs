//! Bulk: many commands with a true outcome a row.

use crate::common::{Directory, Engine, House, complete, directory, word};
use loge::{
    domain::{
        access::Role,
        entity::EntityKind,
        ids::{CommandKey, HeldId, RequestId},
    },
    wire::fresh,
};
use rstest::rstest;
use serde_json::{Value, json};

async fn created(house: &House, directory: &Directory) -> RequestId {
    let id = fresh();
    house.manager.gives("request.create", id, complete(directory)).await;
    id
}

fn row(command: &str, id: impl ToString, body: Value) -> Value {
    json!({ "key": fresh::<CommandKey>(), "command": { "command": command, "id": id.to_string(), "body": body } })
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_refused_row_leaves_nothing_and_stops_no_other(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let (one, two, three) =
        (created(&house, &directory).await, created(&house, &directory).await, created(&house, &directory).await);
    let feed = house.number("SELECT value FROM counter WHERE name = 'feed'").await;
    // The split writes its first part before the second is refused.
    let parts = json!({ "parts": [{ "id": fresh::<RequestId>(), "fields": { "channel": "phone", "text": "un" } },
        { "id": fresh::<RequestId>(), "fields": { "channel": "phone", "text": "deux", "site_id": fresh::<uuid::Uuid>() } }] });
    let rows = json!({ "rows": [
        row("request.triage", one, json!({ "seen": "new" })),
        row("request.split", two, parts),
        row("request.triage", fresh::<RequestId>(), json!({ "seen": "new" })),
        row("request.done", two, json!({ "seen": "new" })),
        row("request.cancel", three, json!({ "seen": "new", "reason": "annulé" })),
    ] });
    let done = house.manager.gives("bulk", "", rows.clone()).await;
    let outcomes = done.outcomes.unwrap();
    let words: Vec<_> = outcomes.iter().map(|outcome| outcome.problem.as_ref().map_or("done", word)).collect();
    assert_eq!(words, ["done", "unknown-reference", "not-found", "illegal-move", "done"]);
    let keys: Vec<_> =
        rows["rows"].as_array().unwrap().iter().map(|row| row["key"].as_str().unwrap().to_owned()).collect();
    assert_eq!(outcomes.iter().map(|outcome| outcome.key.to_string()).collect::<Vec<_>>(), keys);
    let told = outcomes[3].problem.as_ref().unwrap();
    assert!(!told.title.is_empty() && !told.detail.is_empty(), "a row's problem is worded");
    let changed: Vec<RequestId> = done.changes.iter().map(|change| change.id.into()).collect();
    assert_eq!(changed, [one, three]);
    assert_eq!(house.number("SELECT count(*) FROM request").await, 3);
    assert_eq!(house.number("SELECT value FROM counter WHERE name = 'feed'").await, feed + 2);
    // The numbers of refused rows were not drawn.
    let next = created(&house, &directory).await;
    let next: Value = house.manager.row(EntityKind::Request, next).await;
    assert!(next["number"].as_str().unwrap().ends_with("-0004"), "{}", next["number"]);
    house.manager.gives("undo", "", json!({ "command": done.key })).await;
    for request in [one, two, three] {
        assert_eq!(house.state(EntityKind::Request, request).await, "new");
    }
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_repeated_bulk_is_answered_with_the_same_outcomes(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let one = created(&house, &directory).await;
    let rows = json!({ "rows": [row("request.triage", one, json!({ "seen": "new" })), row("request.done", one, json!({ "seen": "new" }))] });
    let (key, bulk) = (fresh::<CommandKey>(), crate::common::command("bulk", "", rows));
    let first = house.manager.client.send(key, &bulk).await.unwrap();
    let again = house.manager.client.send(key, &bulk).await.unwrap();
    assert_eq!(serde_json::to_value(&first).unwrap(), serde_json::to_value(&again).unwrap());
    assert_eq!(first.outcomes.unwrap().len(), 2);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_bulk_has_limits(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let one = created(&house, &directory).await;
    let triage = || row("request.triage", one, json!({ "seen": "new" }));
    let same = triage();
    let mut inner =
        json!({ "key": fresh::<CommandKey>(), "command": { "command": "bulk", "body": { "rows": [triage()] } } });
    let mut bad = vec![
        json!([]),
        json!((0..501).map(|_| triage()).collect::<Vec<_>>()),
        json!([same.clone(), same]),
        json!([inner.clone()]),
    ];
    inner["command"] = json!({ "command": "undo", "body": { "command": fresh::<CommandKey>() } });
    bad.push(json!([inner]));
    for rows in bad {
        let problem = house.manager.refused("bulk", "", json!({ "rows": rows })).await;
        assert_eq!((word(&problem), problem.field.as_deref()), ("invalid", Some("rows")));
    }
    let most: Vec<_> = (0..500).map(|_| triage()).collect();
    let done = house.manager.gives("bulk", "", json!({ "rows": most })).await;
    assert_eq!(done.outcomes.unwrap().iter().filter(|row| row.problem.is_none()).count(), 1);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_rows_of_a_bulk_need_the_rights_of_each(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let (one, two) = (created(&house, &directory).await, created(&house, &directory).await);
    let operator = house.person("standard", &[Role::Operator]).await;
    let rows = json!({ "rows": [row("request.triage", one, json!({ "seen": "new" })), row("site.archive", directory.bruges, json!({}))] });
    let outcomes = operator.gives("bulk", "", rows).await.outcomes.unwrap();
    assert_eq!(
        outcomes.iter().map(|row| row.problem.as_ref().map_or("done", word)).collect::<Vec<_>>(),
        ["done", "not-allowed"]
    );
    // What a trainee may not do at once is held, each row by itself under the row's key.
    let trainee = house.person("apprenti", &[Role::Trainee]).await;
    let cancel = |id: RequestId, seen: &str| row("request.cancel", id, json!({ "seen": seen, "reason": "annulé" }));
    let rows = json!({ "rows": [cancel(one, "triaged"), cancel(two, "new")] });
    let done = trainee.gives("bulk", "", rows.clone()).await;
    assert!(done.outcomes.unwrap().iter().all(|row| row.problem.is_none()));
    for row in rows["rows"].as_array().unwrap() {
        let held: HeldId = row["key"].as_str().unwrap().parse().unwrap();
        house.manager.gives("held.release", held, json!({})).await;
    }
    for request in [one, two] {
        assert_eq!(house.state(EntityKind::Request, request).await, "cancelled");
    }
    house.office.stop().await;
}
