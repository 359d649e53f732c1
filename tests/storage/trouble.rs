//! A database that is locked or full: one clear sentence, nothing half written, and the office goes on once it can.

use crate::common::{Database, Directory, Engine, House, Person, command, complete, directory, word};
use loge::{
    client::{ClientError, Filter},
    domain::{
        entity::EntityKind,
        ids::{CommandKey, RequestId},
    },
    office::storage::{StorageError, Store},
    wire::{catalogue::Command, fresh, problem::Problem},
};
use rstest::rstest;
use serde_json::json;
use std::num::NonZeroU16;

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_zero_byte_which_one_engine_stores_and_the_other_does_not_is_refused_by_both(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let manager = &house.manager;
    let views = json!({ "views": { "du jour": "site:\u{0}" } });
    assert_eq!(word(&manager.refused("operator.prefer", "", views).await), "invalid");
    let filter = Filter { field: "state", value: "\0".into() };
    let page = manager.client.page(EntityKind::Request, None, NonZeroU16::MIN, &[filter]).await;
    assert_eq!(word(&refusal(page)), "bad-parameter");
    // A search reads words, of which such a byte is none.
    assert!(manager.client.search("chemise\0").await.is_ok());
    house.office.stop().await;
}

#[tokio::test]
async fn a_file_that_somebody_else_writes_to_is_said_to_be_locked() {
    let database = Database::new(Engine::Sqlite).await;
    let holder = database.open().await;
    let held = holder.write().await.unwrap();
    let error = database.try_open().await.unwrap_err();
    assert!(matches!(error, StorageError::Locked), "{error:?}");
    assert_eq!(error.to_string(), "the database is locked by another process; stop it, or use another file");
    held.rollback().await.unwrap();
    database.open().await.close().await;
    holder.close().await;
}

#[tokio::test]
async fn while_somebody_else_holds_the_file_commands_are_unavailable_and_then_go_on() {
    let house = House::open(Engine::Sqlite).await;
    let directory = directory(&house.manager).await;
    let other = house.database.open().await;
    let held = other.write().await.unwrap();
    let key = fresh();
    let create = request(&directory);
    let problem = refusal(house.manager.client.send(key, &create).await);
    assert_eq!((word(&problem), problem.params["why"].as_str()), ("unavailable", "locked"));
    held.rollback().await.unwrap();
    house.manager.client.send(key, &create).await.unwrap();
    other.close().await;
    house.office.stop().await;
}

fn request(directory: &Directory) -> Command {
    command("request.create", fresh::<RequestId>(), complete(directory))
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, ClientError>) -> Problem {
    match answer {
        Err(ClientError::Problem(problem)) => *problem,
        other => panic!("it was not refused: {other:?}"),
    }
}

/// The most pages that the writing connection may bring the file to: SQLite's own way to be full.
async fn room(store: &Store, pages: &'static str) {
    let Store::Sqlite { writer, .. } = store else { panic!("SQLite alone counts pages") };
    sqlx::query(pages).execute(writer).await.unwrap();
}

async fn count(store: &Store, sql: &'static str) -> i64 {
    store.read().await.unwrap().row(sql, &[]).await.unwrap().unwrap().int(0).unwrap()
}

/// Gives commands until one is refused: those carried out, and the one that was not with why.
async fn fill(person: &Person, directory: &Directory) -> (i64, CommandKey, Command, Problem) {
    for done in 0..10_000 {
        let (key, create) = (fresh(), request(directory));
        match person.client.send(key, &create).await {
            Ok(_) => {}
            refused => return (done, key, create, refusal(refused)),
        }
    }
    panic!("the database is never full");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_makes_the_office_unavailable_until_there_is_room_and_nothing_is_half_written() {
    let house = House::open(Engine::Sqlite).await;
    let directory = directory(&house.manager).await;
    let store = &house.office.app.store;
    // Fewer pages than there are already: SQLite then takes those there are as the most.
    room(store, "PRAGMA max_page_count = 1").await;
    let (done, key, create, problem) = fill(&house.manager, &directory).await;
    assert_eq!((word(&problem), problem.params["why"].as_str()), ("unavailable", "disk_full"), "{problem:?}");
    assert!(!problem.detail.is_empty());
    let whole = async |requests: i64| {
        assert_eq!(count(store, "SELECT count(*) FROM request").await, requests);
        assert_eq!(count(store, "SELECT count(*) FROM change").await, directory.seq.0 + requests);
        assert_eq!(count(store, "SELECT max(seq) FROM change").await, directory.seq.0 + requests);
        assert_eq!(count(store, "SELECT count(*) FROM command WHERE name = 'request.create'").await, requests);
    };
    whole(done).await;
    // The database has let go of the connection that met the end of the disk, and so of its bound.
    room(store, "PRAGMA max_page_count = 1").await;
    let rows: Vec<_> =
        (0..200).map(|_| json!({ "key": fresh::<CommandKey>(), "command": request(&directory) })).collect();
    let problem = house.manager.refused("bulk", "", json!({ "rows": rows })).await;
    assert_eq!((word(&problem), problem.params["why"].as_str()), ("unavailable", "disk_full"), "{problem:?}");
    whole(done).await;
    room(store, "PRAGMA max_page_count = 1073741823").await;
    house.manager.client.send(key, &create).await.unwrap();
    house.manager.does(request(&directory)).await;
    whole(done + 2).await;
    house.office.stop().await;
}
