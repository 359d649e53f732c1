//! Brings a database's schema up to date, one transaction a step, and refuses to touch a newer one.

use super::{Arg, Handle, StorageError, Store, Tx};
use sqlx::{AssertSqlSafe, Executor as _};

/// One step: its number is its place in the list, from 1.
struct Migration {
    sqlite: &'static str,
    postgres: &'static str,
}

const MIGRATIONS: &[Migration] = &[
    Migration {
        sqlite: include_str!("../../../migrations/sqlite/0001_office.sql"),
        postgres: include_str!("../../../migrations/postgres/0001_office.sql"),
    },
    Migration {
        sqlite: include_str!("../../../migrations/sqlite/0002_telephony.sql"),
        postgres: include_str!("../../../migrations/postgres/0002_telephony.sql"),
    },
    Migration {
        sqlite: include_str!("../../../migrations/sqlite/0003_mail.sql"),
        postgres: include_str!("../../../migrations/postgres/0003_mail.sql"),
    },
    Migration {
        sqlite: include_str!("../../../migrations/sqlite/0004_replies.sql"),
        postgres: include_str!("../../../migrations/postgres/0004_replies.sql"),
    },
    Migration {
        sqlite: include_str!("../../../migrations/sqlite/0005_ranking.sql"),
        postgres: include_str!("../../../migrations/postgres/0005_ranking.sql"),
    },
    Migration {
        sqlite: include_str!("../../../migrations/sqlite/0006_recurring.sql"),
        postgres: include_str!("../../../migrations/postgres/0006_recurring.sql"),
    },
    Migration {
        sqlite: include_str!("../../../migrations/sqlite/0007_activity.sql"),
        postgres: include_str!("../../../migrations/postgres/0007_activity.sql"),
    },
    Migration {
        sqlite: include_str!("../../../migrations/sqlite/0008_rounds.sql"),
        postgres: include_str!("../../../migrations/postgres/0008_rounds.sql"),
    },
];

/// The newest schema that this program knows.
pub fn known_schema() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// The schema of a database; 0 for an empty one.
pub async fn schema_of(tx: &mut Tx) -> Result<i64, StorageError> {
    tx.execute("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)", &[]).await?;
    tx.row("SELECT coalesce(max(version), 0) FROM schema_version", &[]).await?.map_or(Ok(0), |row| row.int(0))
}

/// Applies what is missing.
///
/// # Errors
/// [`StorageError::NewerSchema`] without changing anything when the database was written by a newer program.
pub(super) async fn run(store: &Store) -> Result<(), StorageError> {
    let mut tx = begin(store).await?;
    let found = schema_of(&mut tx).await?;
    let known = known_schema();
    if found > known {
        return Err(StorageError::NewerSchema { found, known });
    }
    for (version, migration) in (1_i64..).zip(MIGRATIONS) {
        if version > found {
            script(&mut tx, migration).await?;
            tx.execute("INSERT INTO schema_version (version) VALUES ($1)", &[Arg::Int(version)]).await?;
        }
    }
    tx.commit().await
}

/// A write transaction before there is a counter row to lock: two offices that start together wait for each other here.
async fn begin(store: &Store) -> Result<Tx, StorageError> {
    Ok(match store {
        Store::Sqlite { writer, .. } => writer.begin_with("BEGIN IMMEDIATE").await?.into(),
        Store::Postgres { writer, .. } => {
            let mut tx = Tx::from(writer.begin().await?);
            tx.rows("SELECT 1 FROM (SELECT pg_advisory_xact_lock(7046)) AS locked", &[]).await?;
            tx
        }
    })
}

async fn script(tx: &mut Tx, migration: &Migration) -> Result<(), StorageError> {
    match &mut tx.handle {
        Handle::Sqlite(tx) => (**tx).execute(sqlx::raw_sql(AssertSqlSafe(migration.sqlite))).await.map(drop)?,
        Handle::Postgres(tx) => (**tx).execute(sqlx::raw_sql(AssertSqlSafe(migration.postgres))).await.map(drop)?,
    }
    Ok(())
}
