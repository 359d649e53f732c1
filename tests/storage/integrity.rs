//! What the schema holds by itself, whatever a command forgets.

use crate::{
    common::{Database, Engine},
    rows::{another, id, put, put_all, row, with},
};
use loge::{
    domain::entity::EntityKind as K,
    office::storage::{StorageError, document},
};
use rstest::rstest;
use serde_json::{Value, json};

/// Another row of a kind, like the small house's but for some fields.
fn second(kind: K, fields: Value) -> (K, Value) {
    (kind, with(with(row(kind), json!({ "id": another(kind, 1) })), fields))
}

/// Another request, free of what is unique in the first.
fn second_request() -> (K, Value) {
    second(K::Request, json!({ "number": "26-0002" }))
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_may_be_there_once_is_refused_the_second_time(#[case] engine: Engine) {
    let database = Database::new(engine).await;
    let store = database.open().await;
    put_all(&store).await;
    let twice = [
        ("one accepted offer a request", second(K::Offer, json!({}))),
        ("one active assignment a request", second(K::Assignment, json!({}))),
        ("one live booking a locker", second(K::Booking, json!({ "state": "filled" }))),
        ("one claim a subject", second(K::Claim, json!({ "state": "stale" }))),
        ("one request a number", second(K::Request, json!({}))),
        ("one account a login", second(K::Operator, json!({}))),
        ("one locker a name and site", second(K::Locker, json!({}))),
        ("one contact a call or message", second(K::Contact, json!({}))),
        ("one row an id", (K::Service, row(K::Service))),
    ];
    for (rule, (kind, row)) in twice {
        let refused = put(&store, kind, &row).await;
        assert!(matches!(refused, Err(StorageError::Integrity(_))), "{rule}: {refused:?}");
    }
    let beside = [
        second(K::Offer, json!({ "state": "declined" })),
        second(K::Assignment, json!({ "state": "released" })),
        second(K::Booking, json!({ "state": "emptied" })),
        // That a label came in twice is a fact, which an exception tells.
        second(K::Item, json!({ "holder": { "kind": "courier", "courier_id": id(K::Courier) } })),
        second(K::Claim, json!({ "state": "released" })),
        second_request(),
        second(K::Contact, json!({ "foreign_key": null })),
    ];
    for (kind, row) in beside {
        put(&store, kind, &row).await.unwrap_or_else(|error| panic!("{}: {error}", kind.name()));
    }
    store.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_row_that_refers_to_nothing_is_refused(#[case] engine: Engine) {
    let database = Database::new(engine).await;
    let store = database.open().await;
    put_all(&store).await;
    let references = [
        (K::Contract, "client_id"),
        (K::Site, "client_id"),
        (K::Holiday, "site_id"),
        (K::Beneficiary, "site_id"),
        (K::Permanence, "site_id"),
        (K::Locker, "site_id"),
        (K::Contact, "site_id"),
        (K::Request, "site_id"),
        (K::Request, "service_id"),
        (K::Request, "contact_id"),
        (K::Offer, "request_id"),
        (K::Offer, "provider_id"),
        (K::Assignment, "request_id"),
        (K::Booking, "locker_id"),
        (K::Item, "request_id"),
        (K::Round, "courier_id"),
        (K::Leg, "request_id"),
        (K::Leg, "after"),
        (K::Posting, "reverses"),
    ];
    let unique = json!({ "number": "26-0009", "state": null, "label": "B-1", "name": "Z9", "foreign_key": null });
    for (kind, field) in references {
        let free = match kind {
            K::Offer => json!({ "state": "sent" }),
            K::Assignment => json!({ "state": "failed" }),
            K::Booking => json!({ "state": "cancelled" }),
            _ => unique
                .as_object()
                .unwrap()
                .iter()
                .filter(|(name, _)| row(kind).get(name.as_str()).is_some() && *name != "state")
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
        };
        let (_, whole) = second(kind, free);
        let lost = with(whole.clone(), json!({ field: "01900000-0000-7000-8000-ffffffffffff" }));
        let refused = put(&store, kind, &lost).await;
        assert!(matches!(refused, Err(StorageError::Integrity(_))), "{} {field}: {refused:?}", kind.name());
        // It was the reference alone.
        let mut tx = store.write().await.unwrap();
        document::insert(&mut tx, kind, whole["id"].as_str().unwrap(), &whole.to_string()).await.unwrap();
        let kept = tx.settle().await;
        kept.unwrap_or_else(|error| panic!("{}: {error}", kind.name()));
        tx.rollback().await.unwrap();
    }
    store.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_state_that_the_table_of_states_does_not_have_is_refused(#[case] engine: Engine) {
    let database = Database::new(engine).await;
    let store = database.open().await;
    put_all(&store).await;
    let with_states = K::ALL.iter().filter(|kind| row(**kind).get("state").is_some());
    for kind in with_states {
        for wrong in [json!("nowhere"), Value::Null] {
            let (_, row) = second(*kind, json!({ "state": wrong }));
            let refused = put(&store, *kind, &row).await;
            assert!(matches!(refused, Err(StorageError::Integrity(_))), "{} {wrong}: {refused:?}", kind.name());
        }
    }
    store.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_thing_has_one_holder_of_a_known_kind(#[case] engine: Engine) {
    let database = Database::new(engine).await;
    let store = database.open().await;
    put_all(&store).await;
    for holder in [Value::Null, json!({}), json!({ "kind": "nobody" })] {
        let (kind, row) = second(K::Item, json!({ "holder": holder }));
        let refused = put(&store, kind, &row).await;
        assert!(matches!(refused, Err(StorageError::Integrity(_))), "{holder}: {refused:?}");
    }
    store.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_row_is_stored_under_the_id_that_its_document_bears(#[case] engine: Engine) {
    let database = Database::new(engine).await;
    let store = database.open().await;
    put_all(&store).await;
    for kind in K::ALL {
        let mut tx = store.write().await.unwrap();
        document::insert(&mut tx, *kind, &another(*kind, 2), &row(*kind).to_string()).await.unwrap();
        let refused = tx.settle().await;
        assert!(matches!(refused, Err(StorageError::Integrity(_))), "{}: {refused:?}", kind.name());
        tx.rollback().await.unwrap();
    }
    store.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_others_refer_to_is_not_deleted(#[case] engine: Engine) {
    let database = Database::new(engine).await;
    let store = database.open().await;
    put_all(&store).await;
    for kind in [K::Client, K::Site, K::Service, K::Provider, K::Courier, K::Locker, K::Contact, K::Request] {
        let mut tx = store.write().await.unwrap();
        let refused = tx.execute(format!("DELETE FROM {}", kind.name()), &[]).await;
        assert!(matches!(refused, Err(StorageError::Integrity(_))), "{}: {refused:?}", kind.name());
        tx.rollback().await.unwrap();
    }
    store.close().await;
}
