//! What the database knows of a mailbox that is fetched: which office does it, what was taken, and how it goes.

use crate::office::{
    intake::mail::Fetched,
    storage::{Arg, Engine, StorageError, Store},
};
use std::{collections::BTreeSet, time::Duration};
use uuid::Uuid;

/// Characters of a trouble that are kept.
const TROUBLE: usize = 300;

/// In a task of its own: a wait for the one connection that writes must not be cut off.
async fn written(
    store: &Store,
    sql: &'static str,
    args: impl FnOnce(i64) -> Vec<Value> + Send + 'static,
) -> Result<u64, StorageError> {
    let store = store.clone();
    let write = tokio::spawn(async move {
        let mut tx = store.write().await?;
        let now = tx.now_us().await?;
        let values = args(now);
        let args: Vec<Arg<'_>> = values.iter().map(Value::arg).collect();
        let changed = tx.execute(sql, &args).await?;
        tx.commit().await?;
        Ok(changed)
    });
    write.await.map_err(|error| StorageError::Unreadable { what: "mail_fetch".into(), why: error.to_string() })?
}

/// An argument that a task can take along.
enum Value {
    Text(String),
    Int(i64),
}

impl Value {
    fn arg(&self) -> Arg<'_> {
        match self {
            Self::Text(text) => text.into(),
            Self::Int(number) => Arg::Int(*number),
        }
    }
}

/// Takes or keeps the right to fetch from a mailbox; whether this office has it now.
pub(super) async fn hold(store: &Store, mailbox: &str, office: Uuid, lease: Duration) -> Result<bool, StorageError> {
    let sql = "INSERT INTO mail_fetch (mailbox, holder, held_until) VALUES ($1, $2, $3) \
               ON CONFLICT (mailbox) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until \
               WHERE mail_fetch.holder = excluded.holder OR mail_fetch.held_until < $4";
    let (mailbox, holder) = (mailbox.to_owned(), office.to_string());
    let lease = i64::try_from(lease.as_micros()).unwrap_or(i64::MAX);
    // A file has one office: who held it before is gone.
    let alone = store.engine() == Engine::Sqlite;
    let args = move |now: i64| {
        let over = if alone { i64::MAX } else { now };
        vec![
            Value::Text(mailbox.clone()),
            Value::Text(holder.clone()),
            Value::Int(now.saturating_add(lease)),
            Value::Int(over),
        ]
    };
    Ok(written(store, sql, args).await? > 0)
}

/// Lets another office fetch at once.
pub(super) async fn release(store: &Store, mailbox: &str, office: Uuid) -> Result<(), StorageError> {
    let (mailbox, holder) = (mailbox.to_owned(), office.to_string());
    let args = move |_| vec![Value::Text(mailbox.clone()), Value::Text(holder.clone())];
    written(store, "UPDATE mail_fetch SET held_until = 0 WHERE mailbox = $1 AND holder = $2", args).await.map(drop)
}

/// It was looked through, and all is well.
pub(super) async fn well(store: &Store, mailbox: &str) -> Result<(), StorageError> {
    let mailbox = mailbox.to_owned();
    let args = move |now| vec![Value::Text(mailbox.clone()), Value::Int(now)];
    written(store, "UPDATE mail_fetch SET looked_at = $2, trouble = NULL WHERE mailbox = $1", args).await.map(drop)
}

/// It cannot be fetched.
pub(super) async fn troubled(store: &Store, mailbox: &str, trouble: &str) -> Result<(), StorageError> {
    let (mailbox, trouble) = (mailbox.to_owned(), trouble.chars().take(TROUBLE).collect::<String>());
    let args = move |_| vec![Value::Text(mailbox.clone()), Value::Text(trouble.clone())];
    written(store, "UPDATE mail_fetch SET trouble = $2 WHERE mailbox = $1", args).await.map(drop)
}

/// The messages of a mailbox that are on disk.
pub(super) async fn taken(store: &Store, mailbox: &str, uid_validity: u32) -> Result<BTreeSet<u32>, StorageError> {
    let sql = "SELECT uid FROM mail_taken WHERE mailbox = $1 AND uid_validity = $2";
    let rows = store.read().await?.rows(sql, &[mailbox.into(), Arg::Int(uid_validity.into())]).await?;
    rows.iter().map(|row| Ok(u32::try_from(row.int(0)?).unwrap_or_default())).collect()
}

/// Whether one message is on disk.
pub(super) async fn is_taken(store: &Store, mailbox: &str, fetched: Fetched) -> Result<bool, StorageError> {
    let sql = "SELECT uid FROM mail_taken WHERE mailbox = $1 AND uid_validity = $2 AND uid = $3";
    let args = [mailbox.into(), Arg::Int(fetched.uid_validity.into()), Arg::Int(fetched.uid.into())];
    Ok(store.read().await?.row(sql, &args).await?.is_some())
}
