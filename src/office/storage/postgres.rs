//! What only PostgreSQL needs: how a database is opened, its lock, its clock, and how offices wake each other.

use super::{StorageError, Store};
use crate::office::feed::Feed;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPool, PgPoolOptions};
use std::{str::FromStr, time::Duration};
use tokio_util::sync::CancellationToken;

/// Microseconds since 1970 on the server's clock, the same for every office.
pub(super) const NOW_US: &str = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)";

/// Locks the row that makes one office at a time the writer, and answers when it got it; the row also counts the feed, so that `seq` has
/// neither gap nor disorder. The clock stands outside, where it is read after the lock is held (`FOR UPDATE` keeps the planner from joining them).
pub(super) const LOCK_WRITER: &str = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT) \
     FROM (SELECT value FROM counter WHERE name = 'feed' FOR UPDATE) AS locked";

/// Wakes the other offices at commit.
pub(super) const WAKE: &str = "SELECT pg_notify('loge_feed', '')";

/// The channel on which an office that committed wakes the others.
const CHANNEL: &str = "loge_feed";

/// How long to wait before a lost connection is made anew.
const RECONNECT: Duration = Duration::from_secs(1);

/// Statements that a connection keeps prepared: a few for each kind.
const STATEMENTS: usize = 500;

/// Connections that read at the same time.
const READERS: u32 = 8;

/// Opens the database: one connection of this office that writes, a few that read.
pub(super) async fn open(url: &str) -> Result<Store, StorageError> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|error| StorageError::Open { place: "at the given URL".into(), why: error.to_string() })?;
    let place = format!("{} on {}", options.get_database().unwrap_or("(default)"), options.get_host());
    let failed = |error: sqlx::Error| StorageError::Open { place: place.clone(), why: error.to_string() };
    // An office that hangs inside a transaction would stop all others: the server ends it. And a plan that was made while a table was small
    // reads the whole of it when it is large: each statement is planned when it is run.
    let options = options.statement_cache_capacity(STATEMENTS).options([
        ("idle_in_transaction_session_timeout", "10000"),
        ("synchronous_commit", "on"),
        ("plan_cache_mode", "force_custom_plan"),
    ]);
    let writer = PgPoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone())
        .await
        .map_err(failed)?;
    let readers = PgPoolOptions::new().max_connections(READERS).connect_with(options).await.map_err(failed)?;
    Ok(Store::Postgres { writer, readers })
}

/// Listens until the office stops; a lost connection is made anew, and the feed's own poll covers the gap.
pub(super) async fn listen_for_wakes(readers: PgPool, feed: Feed, stop: CancellationToken) {
    let listening = async {
        loop {
            if let Ok(mut listener) = PgListener::connect_with(&readers).await
                && listener.listen(CHANNEL).await.is_ok()
            {
                while let Ok(heard) = listener.try_recv().await {
                    feed.wake();
                    if heard.is_none() {
                        break;
                    }
                }
            }
            tokio::time::sleep(RECONNECT).await;
        }
    };
    tokio::select! {
        () = stop.cancelled() => {}
        () = listening => {}
    }
}
