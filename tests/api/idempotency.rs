//! One key, one effect: repetitions are answered as the first time, and a key is never lent to another command.

use crate::common::{Engine, Hand, House, command, complete, directory};
use loge::{
    client::ClientError,
    domain::{
        access::Role,
        entity::EntityKind,
        ids::{CommandKey, RequestId},
    },
    wire::{change::Done, fresh},
};
use rstest::rstest;
use serde_json::{Value, json};

/// An answer without what may differ in it.
fn told(done: &Done) -> Value {
    serde_json::to_value(done).unwrap()
}

fn word(outcome: Result<Done, ClientError>) -> String {
    match outcome {
        Err(ClientError::Problem(problem)) => format!("{} {}", problem.status, crate::common::word(&problem)),
        other => panic!("it was not refused: {other:?}"),
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_repeated_command_has_one_effect_and_one_answer(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let (client, key) = (&house.manager.client, fresh::<CommandKey>());
    let create = command("request.create", fresh::<RequestId>(), complete(&directory));
    let first = client.send(key, &create).await.unwrap();
    let again = client.send(key, &create).await.unwrap();
    assert_eq!(told(&first), told(&again));
    assert_eq!(house.number("SELECT count(*) FROM request").await, 1);
    assert_eq!(house.number("SELECT value FROM counter WHERE name = 'feed'").await, first.changes[0].seq.0);
    // The answer is that of then, whatever became of the row.
    house.manager.gives("request.triage", create.subject().unwrap(), json!({ "seen": "new" })).await;
    assert_eq!(told(&client.send(key, &create).await.unwrap()), told(&first));
    // Also from another office on the same database, or after a restart.
    house.office.stop().await;
    let house = House { office: crate::common::start(&house.database).await, ..house };
    let hand = Hand::of(&house.office, "responsable").await;
    let path = format!("/v1/requests/{}", create.subject().unwrap());
    let answer = hand.keyed("PUT", &path, &key.to_string(), &complete(&directory)).await;
    assert_eq!((answer.status, answer.json()), (200, told(&first)));
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_key_is_of_one_command_and_one_person(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let (client, key, id) = (&house.manager.client, fresh::<CommandKey>(), fresh::<RequestId>());
    client.send(key, &command("request.create", id, complete(&directory))).await.unwrap();
    let mut other = complete(&directory);
    other["quantity"] = json!(9);
    assert_eq!(word(client.send(key, &command("request.create", id, other)).await), "409 key-reused");
    let elsewhere = command("request.create", fresh::<RequestId>(), complete(&directory));
    assert_eq!(word(client.send(key, &elsewhere).await), "409 key-reused");
    assert_eq!(
        word(client.send(key, &command("request.triage", id, json!({ "seen": "new" }))).await),
        "409 key-reused"
    );
    let colleague = house.person("standard", &[Role::Operator]).await;
    let same = command("request.create", id, complete(&directory));
    assert_eq!(word(colleague.client.send(key, &same).await), "409 key-reused");
    // The same thing under another key is no repetition.
    assert_eq!(word(client.send(fresh(), &same).await), "409 busy");
    assert_eq!(house.number("SELECT count(*) FROM request").await, 1);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn one_key_sent_many_times_at_once_has_one_effect(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let (client, key) = (&house.manager.client, fresh::<CommandKey>());
    let create = command("request.create", fresh::<RequestId>(), complete(&directory));
    let answers = futures_util::future::join_all((0..16).map(|_| client.send(key, &create))).await;
    let answers: Vec<Value> = answers.into_iter().map(|answer| told(&answer.unwrap())).collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(house.number("SELECT count(*) FROM request").await, 1);
    assert_eq!(house.number("SELECT count(*) FROM history WHERE entity = 'request'").await, 1);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_key_older_than_keys_are_kept_is_a_conflict(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let days_ago = |days: u64| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
        let stamp = uuid::Timestamp::from_unix(uuid::NoContext, now - days * 86_400, 0);
        CommandKey::from(uuid::Uuid::new_v7(stamp))
    };
    let create = command("request.create", fresh::<RequestId>(), complete(&directory));
    assert_eq!(word(house.manager.client.send(days_ago(31), &create).await), "409 key-too-old");
    assert_eq!(house.number("SELECT count(*) FROM request").await, 0);
    let key = days_ago(29);
    let first = house.manager.client.send(key, &create).await.unwrap();
    assert_eq!(told(&house.manager.client.send(key, &create).await.unwrap()), told(&first));
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_refused_command_may_be_repeated_under_its_key(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let (client, id, key) = (&house.manager.client, fresh::<RequestId>(), fresh::<CommandKey>());
    let triage = command("request.triage", id, json!({ "seen": "new" }));
    assert_eq!(word(client.send(key, &triage).await), "404 not-found");
    house.manager.gives("request.create", id, complete(&directory)).await;
    assert_eq!(client.send(key, &triage).await.unwrap().changes.len(), 1);
    assert_eq!(house.state(EntityKind::Request, id).await, "triaged");
    house.office.stop().await;
}
