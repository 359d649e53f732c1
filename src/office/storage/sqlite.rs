//! What only SQLite needs: how a file is opened, its clock, and its backup.

use super::{StorageError, Store};
use sqlx::{
    Connection as _, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::Path, time::Duration};
use tokio::time::{Instant, sleep};

/// Microseconds since 1970; SQLite's own clock counts milliseconds.
pub(super) const NOW_US: &str = "SELECT CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) * 1000";

/// How long a statement waits for another process's lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// How long until a file that was locked as it was opened is tried again.
const AGAIN: Duration = Duration::from_millis(10);

/// Statements that a connection keeps prepared: a few for each kind.
const STATEMENTS: usize = 500;

/// Connections that read at the same time.
const READERS: u32 = 4;

/// Opens the file with WAL, `synchronous = FULL` and foreign keys on: one connection that writes, a few that read.
pub(super) async fn open(path: &Path) -> Result<Store, StorageError> {
    let failed = |error: sqlx::Error| match StorageError::from(error) {
        StorageError::Engine(why) => StorageError::Open { place: path.display().to_string(), why: why.to_string() },
        known => known,
    };
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY_TIMEOUT)
        .foreign_keys(true)
        .statement_cache_capacity(STATEMENTS)
        .pragma("cache_size", "-8000");
    let alone = SqlitePoolOptions::new()
        .max_connections(1)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_release(|connection, _| Box::pin(is_usable(connection)));
    let until = Instant::now() + BUSY_TIMEOUT;
    let writer = loop {
        match alone.clone().connect_with(options.clone()).await.map_err(failed) {
            // Of those that take a new file to WAL at once, SQLite tells all but one that it is locked without letting them wait.
            Err(StorageError::Locked) if Instant::now() < until => sleep(AGAIN).await,
            opened => break opened?,
        }
    };
    let readers = SqlitePoolOptions::new()
        .max_connections(READERS)
        .connect_with(options.create_if_missing(false).pragma("query_only", "1"))
        .await
        .map_err(failed)?;
    Ok(Store::Sqlite { writer, readers, ahead_us: 0 })
}

/// Whether a connection can carry another transaction.
///
/// SQLite takes a transaction back by itself when the disk is full (<https://sqlite.org/lang_transaction.html>); the driver believes in it
/// for ever and refuses every later one.
async fn is_usable(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    // What the driver still has to take back it does before this is answered.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// A consistent copy in a new file, while the office goes on.
pub(super) async fn backup(writer: &SqlitePool, path: &Path) -> Result<(), StorageError> {
    let place = path.display().to_string();
    if path.exists() {
        return Err(StorageError::Open { place, why: "the file exists already; give another name".into() });
    }
    sqlx::query("VACUUM INTO $1").bind(place).execute(writer).await?;
    Ok(())
}
