//! Schema versions: brought up to date once, whoever comes first, and never touched when newer.

use crate::{
    common::{Database, Engine},
    rows::{put_all, row},
};
use loge::{
    domain::entity::EntityKind,
    office::storage::{StorageError, Store, document, migrate::known_schema},
};
use rstest::rstest;

/// Everything that tells whether a schema was touched: its tables, its version, its counters.
async fn picture(store: &Store) -> Vec<String> {
    let tables = match store.engine() {
        loge::office::storage::Engine::Sqlite => "SELECT name || coalesce(sql, '') FROM sqlite_master ORDER BY name",
        loge::office::storage::Engine::Postgres => {
            "SELECT CAST(table_name || ordinal_position || column_name AS TEXT) FROM information_schema.columns \
                             WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"
        }
    };
    let rows = "SELECT 'schema ' || version FROM schema_version UNION ALL SELECT name || ' ' || value FROM counter";
    let mut tx = store.read().await.unwrap();
    let mut all = Vec::new();
    for sql in [tables, rows] {
        all.extend(tx.rows(sql, &[]).await.unwrap().iter().map(|row| row.text(0).unwrap()));
    }
    all
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_newer_schema_is_refused_and_nothing_is_written(#[case] engine: Engine) {
    let database = Database::new(engine).await;
    let store = database.open().await;
    let mut tx = store.write().await.unwrap();
    // A newer program dropped a table; this one must not bring it back.
    tx.execute("DROP TABLE sight", &[]).await.unwrap();
    tx.execute("INSERT INTO schema_version (version) VALUES (1000)", &[]).await.unwrap();
    tx.commit().await.unwrap();
    let before = picture(&store).await;
    let error = database.try_open().await.unwrap_err();
    assert!(matches!(error, StorageError::NewerSchema { found: 1000, known } if known == known_schema()), "{error:?}");
    assert_eq!(
        error.to_string(),
        format!("the database has schema 1000, this Loge knows up to {}; install the newer Loge", known_schema())
    );
    assert_eq!(picture(&store).await, before);
    store.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn opening_again_changes_nothing(#[case] engine: Engine) {
    let database = Database::new(engine).await;
    let first = database.open().await;
    put_all(&first).await;
    let before = picture(&first).await;
    assert!(before.len() > EntityKind::ALL.len(), "{before:?}");
    first.close().await;
    let again = database.open().await;
    assert_eq!(picture(&again).await, before);
    for kind in EntityKind::ALL {
        let stored = row(*kind);
        let doc =
            document::load_text(&mut again.read().await.unwrap(), *kind, stored["id"].as_str().unwrap()).await.unwrap();
        assert_eq!(doc.map(|doc| serde_json::from_str::<serde_json::Value>(&doc).unwrap()), Some(stored));
    }
    again.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_that_start_at_once_on_an_empty_database_make_its_schema_once(#[case] engine: Engine) {
    let database = Database::new(engine).await;
    let (first, second, third) = tokio::join!(database.try_open(), database.try_open(), database.try_open());
    let stores = [first.unwrap(), second.unwrap(), third.unwrap()];
    let pictures = [picture(&stores[0]).await, picture(&stores[1]).await, picture(&stores[2]).await];
    assert_eq!(pictures[0], pictures[1]);
    assert_eq!(pictures[0], pictures[2]);
    assert_eq!(
        pictures[0].iter().filter(|line| line.starts_with("schema ")).count(),
        usize::try_from(known_schema()).unwrap()
    );
    for store in stores {
        store.close().await;
    }
}
