//! Rows of a transaction that wait to be written together: nothing shows that they do.

use crate::{
    common::{Database, Engine},
    rows::{another, id, put_all, row, with},
};
use loge::{
    domain::entity::EntityKind as K,
    office::storage::{Arg, StorageError, Tx, counter, document},
};
use rstest::rstest;
use serde_json::{Value, json};

async fn insert(tx: &mut Tx, kind: K, row: &Value) -> Result<(), StorageError> {
    document::insert(tx, kind, row["id"].as_str().unwrap(), &row.to_string()).await
}

async fn put(tx: &mut Tx, kind: K, row: &Value) {
    document::put(tx, kind, row["id"].as_str().unwrap(), &row.to_string()).await.unwrap();
}

async fn count(tx: &mut Tx, kind: K) -> i64 {
    tx.row(format!("SELECT count(*) FROM {}", kind.name()), &[]).await.unwrap().unwrap().int(0).unwrap()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_row_that_waits_is_there_for_whatever_asks_next(#[case] engine: Engine) {
    let database = Database::new(engine).await;
    let store = database.open().await;
    let mut tx = store.write().await.unwrap();
    // The request refers to rows that wait as well, and is stored before some of them are written.
    for kind in [K::Client, K::Site, K::Service, K::Beneficiary, K::Contact] {
        insert(&mut tx, kind, &row(kind)).await.unwrap();
    }
    insert(&mut tx, K::Request, &row(K::Request)).await.unwrap();
    let again = insert(&mut tx, K::Request, &row(K::Request)).await;
    assert!(matches!(again, Err(StorageError::Integrity(_))), "{again:?}");
    assert_eq!(count(&mut tx, K::Request).await, 1);
    let known = document::load_text(&mut tx, K::Request, &id(K::Request)).await.unwrap();
    assert!(known.is_some());
    tx.commit().await.unwrap();
    assert_eq!(count(&mut store.read().await.unwrap(), K::Request).await, 1);
    store.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_there_may_be_once_passes_from_one_row_to_another_and_back_in_one_batch(#[case] engine: Engine) {
    let database = Database::new(engine).await;
    let store = database.open().await;
    put_all(&store).await;
    let first = |state: &str| with(row(K::Claim), json!({ "state": state }));
    let second = |state: &str| with(first(state), json!({ "id": another(K::Claim, 1) }));
    let mut tx = store.write().await.unwrap();
    put(&mut tx, K::Claim, &first("released")).await;
    put(&mut tx, K::Claim, &second("live")).await;
    put(&mut tx, K::Claim, &second("released")).await;
    put(&mut tx, K::Claim, &first("live")).await;
    tx.commit().await.unwrap();
    let mut tx = store.read().await.unwrap();
    let live = tx.row("SELECT id FROM claim WHERE state = 'live'", &[]).await.unwrap().unwrap();
    assert_eq!(live.text(0).unwrap(), id(K::Claim));
    drop(tx);
    store.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn more_rows_than_wait_together_are_all_written(#[case] engine: Engine) {
    let database = Database::new(engine).await;
    let store = database.open().await;
    let mut tx = store.write().await.unwrap();
    for number in 0..300 {
        insert(&mut tx, K::Service, &with(row(K::Service), json!({ "id": another(K::Service, number) })))
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(count(&mut store.read().await.unwrap(), K::Service).await, 300);
    store.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_is_taken_back_to_a_savepoint_gives_its_rows_and_numbers_back(#[case] engine: Engine) {
    let database = Database::new(engine).await;
    let store = database.open().await;
    let mut tx = store.write().await.unwrap();
    insert(&mut tx, K::Service, &row(K::Service)).await.unwrap();
    assert_eq!(counter::next(&mut tx, "request:26").await.unwrap(), 1);
    tx.savepoint().await.unwrap();
    insert(&mut tx, K::Service, &with(row(K::Service), json!({ "id": another(K::Service, 1) }))).await.unwrap();
    assert_eq!(counter::next(&mut tx, "request:26").await.unwrap(), 2);
    tx.roll_back_to_savepoint().await.unwrap();
    assert_eq!(count(&mut tx, K::Service).await, 1);
    assert_eq!(counter::next(&mut tx, "request:26").await.unwrap(), 2);
    tx.commit().await.unwrap();
    let mut tx = store.write().await.unwrap();
    assert_eq!(counter::next(&mut tx, "request:26").await.unwrap(), 3);
    tx.rollback().await.unwrap();
    let mut tx = store.read().await.unwrap();
    let drawn = tx.row("SELECT value FROM counter WHERE name = $1", &[Arg::Text("request:26")]).await.unwrap();
    assert_eq!(drawn.unwrap().int(0).unwrap(), 2);
    drop(tx);
    store.close().await;
}
