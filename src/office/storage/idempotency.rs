//! Commands carried out, by key: a repetition is answered as the first time, and does nothing again.

use super::{Arg, StorageError, Tx, feed, many};
use crate::{
    domain::{access::Actor, ids::CommandKey, policy::Policy, time::Instant},
    office::{failure::Failure, feed::as_seen, secret::hex},
    wire::{
        catalogue::Command,
        change::{Done, RowOutcome},
    },
};
use sha2::{Digest, Sha256};
use std::{collections::HashSet, sync::Arc};
use uuid::Uuid;

/// What is known of a command's key.
#[derive(Debug)]
pub enum Known {
    /// Nothing: it is to be carried out.
    New,
    /// It was carried out: this is its answer.
    Repeated(Done),
}

/// What is kept of a command that was carried out.
#[derive(Debug)]
pub struct Record<'a> {
    /// Its key.
    pub key: CommandKey,
    /// Who gave it.
    pub actor: Arc<Actor>,
    /// What it was.
    pub command: &'a Command,
    /// The first place of its changes.
    pub first: i64,
    /// The last place; before the first if it changed nothing.
    pub last: i64,
    /// The outcomes of a bulk.
    pub outcomes: Option<Vec<RowOutcome>>,
}

/// A short text that differs when the command differs.
fn fingerprint(command: &Command) -> Result<String, StorageError> {
    let text = serde_json::to_vec(command)
        .map_err(|error| StorageError::Unreadable { what: "command".into(), why: error.to_string() })?;
    Ok(hex(&Sha256::digest(&text)))
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, StorageError> {
    serde_json::to_string(value)
        .map_err(|error| StorageError::Unreadable { what: "command".into(), why: error.to_string() })
}

/// Which of these keys were used before: one question for a whole batch.
pub async fn used(tx: &mut Tx, keys: &[CommandKey]) -> Result<HashSet<CommandKey>, StorageError> {
    let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
    let texts: Vec<Option<&str>> = keys.iter().map(|key| Some(key.as_str())).collect();
    let sql = format!("SELECT key FROM command WHERE key {}", many::any_of(tx.engine(), 1));
    let rows = tx.rows(sql, &[Arg::Texts(&texts)]).await?;
    rows.iter().map(|row| Ok(row.text(0)?.parse().ok())).filter_map(Result::transpose).collect()
}

/// Looks up a key.
///
/// # Errors
/// The key was used for another command or by another account, or it is older than keys are kept.
pub async fn look_up(
    tx: &mut Tx,
    actor: &Actor,
    key: CommandKey,
    command: &Command,
    now: Instant,
    policy: &Policy,
) -> Result<Known, Failure> {
    let row = tx
        .row(
            "SELECT fingerprint, author, first_seq, last_seq, answer FROM command WHERE key = $1",
            &[(&key.to_string()).into()],
        )
        .await?;
    let Some(row) = row else {
        return if too_old(key, now, policy) { Err(Failure::KeyTooOld) } else { Ok(Known::New) };
    };
    if row.text(0)? != fingerprint(command)? || row.text(1)? != json(&actor.author)? {
        return Err(Failure::KeyReused);
    }
    let changes = feed::between(tx, row.int(2)?, row.int(3)?).await?;
    let outcomes = row.text_or_null(4)?.map(|text| serde_json::from_str(&text)).transpose();
    let outcomes =
        outcomes.map_err(|error| StorageError::Unreadable { what: "command".into(), why: error.to_string() })?;
    let changes =
        changes.iter().filter_map(|stored| as_seen(stored, actor).transpose()).collect::<Result<Vec<_>, _>>()?;
    Ok(Known::Repeated(Done { key, changes, outcomes, aside: None }))
}

/// A key holds the time of its making (UUID version 7); past the time that keys are kept, it cannot be told from a repetition.
pub fn too_old(key: CommandKey, now: Instant, policy: &Policy) -> bool {
    let uuid: Uuid = key.into();
    uuid.get_timestamp().is_some_and(|stamp| {
        let (seconds, _) = stamp.to_unix();
        let made_us = i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1_000_000);
        now.as_micros().saturating_sub(made_us) > i64::from(policy.fields.retention.idempotency_days) * 86_400_000_000
    })
}

/// Records commands under their keys.
pub async fn store(tx: &mut Tx, now: Instant, records: &[Record<'_>]) -> Result<(), StorageError> {
    let texts = records
        .iter()
        .map(|record| {
            Ok((
                record.key.to_string(),
                json(&record.actor.author)?,
                fingerprint(record.command)?,
                record.outcomes.as_ref().map(json).transpose()?,
            ))
        })
        .collect::<Result<Vec<_>, StorageError>>()?;
    let rows = records.iter().zip(&texts).map(|(record, (key, author, fingerprint, outcomes))| {
        vec![
            Arg::Text(key),
            Arg::Text(author),
            Arg::Text(fingerprint),
            Arg::Text(record.command.name()),
            Arg::Int(now.as_micros()),
            Arg::Int(record.first),
            Arg::Int(record.last),
            Arg::TextOrNull(outcomes.as_deref()),
        ]
    });
    many::insert(
        tx,
        "INSERT INTO command (key, author, fingerprint, name, at, first_seq, last_seq, answer)",
        &rows.collect::<Vec<_>>(),
    )
    .await
}
