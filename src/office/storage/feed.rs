//! The change feed's tables: numbering, appending, reading from a place on, and letting old entries go.

use super::{Arg, Row, StorageError, Tx, many};
use crate::{
    domain::{
        access::Author,
        entity::{EntityKind, Scope, Version},
        ids::CommandKey,
        time::Instant,
    },
    wire::change::Seq,
};
use uuid::Uuid;

/// Reserves the next places of the feed. The transaction is the only one that writes, so they follow each other without gap.
pub async fn next_seq(tx: &mut Tx, count: usize) -> Result<i64, StorageError> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    if count == 0 {
        return Ok(0);
    }
    let row =
        tx.row("UPDATE counter SET value = value + $1 WHERE name = 'feed' RETURNING value", &[Arg::Int(count)]).await?;
    Ok(row.ok_or(StorageError::Engine(sqlx::Error::RowNotFound))?.int(0)? - count + 1)
}

/// The last place of the feed.
pub async fn last_seq(tx: &mut Tx) -> Result<Seq, StorageError> {
    Ok(Seq(tx.row("SELECT value FROM counter WHERE name = 'feed'", &[]).await?.map_or(Ok(0), |row| row.int(0))?))
}

/// The place that the feed no longer holds, and everything before it.
pub async fn floor(tx: &mut Tx) -> Result<Seq, StorageError> {
    Ok(Seq(tx
        .row("SELECT value FROM counter WHERE name = 'feed_floor'", &[])
        .await?
        .map_or(Ok(0), |row| row.int(0))?))
}

/// An entry as it is stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its place.
    pub seq: Seq,
    /// When it was committed.
    pub at: Instant,
    /// The command that made it.
    pub command: CommandKey,
    /// Who did it.
    pub author: Author,
    /// The row's kind.
    pub entity: EntityKind,
    /// The row's id.
    pub id: Uuid,
    /// The row's version after it.
    pub version: Version,
    /// Who saw the row before; none if it was new.
    pub scope_before: Option<Scope>,
    /// Who sees it after.
    pub scope_after: Option<Scope>,
    /// The whole row after; none once it was erased.
    pub doc: Option<String>,
    /// The whole row before, as long as the change can be undone.
    pub before_doc: Option<String>,
}

const COLUMNS: &str = "seq, at, command, author, entity, entity_id, version, scope_before, scope_after, doc";

/// Entries after a place, in order, without what the rows were before.
pub async fn after(tx: &mut Tx, seq: Seq, limit: i64) -> Result<Vec<Stored>, StorageError> {
    let rows = tx
        .rows(
            format!("SELECT {COLUMNS}, CAST(NULL AS TEXT) FROM change WHERE seq > $1 ORDER BY seq LIMIT $2"),
            &[Arg::Int(seq.0), Arg::Int(limit)],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// The entries between two places, both included.
pub async fn between(tx: &mut Tx, first: i64, last: i64) -> Result<Vec<Stored>, StorageError> {
    let rows = tx
        .rows(
            format!("SELECT {COLUMNS}, before_doc FROM change WHERE seq BETWEEN $1 AND $2 ORDER BY seq"),
            &[Arg::Int(first), Arg::Int(last)],
        )
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Stored, StorageError> {
    fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StorageError> {
        serde_json::from_str(text)
            .map_err(|error| StorageError::Unreadable { what: "change".into(), why: error.to_string() })
    }
    let quoted = |text: String| format!("\"{text}\"");
    Ok(Stored {
        seq: Seq(row.int(0)?),
        at: Instant::from_micros(row.int(1)?)
            .map_err(|error| StorageError::Unreadable { what: "change".into(), why: error.to_string() })?,
        command: parsed(&quoted(row.text(2)?))?,
        author: parsed(&row.text(3)?)?,
        entity: parsed(&quoted(row.text(4)?))?,
        id: parsed(&quoted(row.text(5)?))?,
        version: parsed(&row.int(6)?.to_string())?,
        scope_before: row.text_or_null(7)?.as_deref().map(parsed).transpose()?,
        scope_after: row.text_or_null(8)?.as_deref().map(parsed).transpose()?,
        doc: row.text_or_null(9)?,
        before_doc: row.text_or_null(10)?,
    })
}

/// Lets entries go that are older than a time; the place up to which they are gone is kept.
pub async fn forget_before(tx: &mut Tx, at: Instant) -> Result<u64, StorageError> {
    let gone = tx
        .row("SELECT coalesce(max(seq), 0) FROM change WHERE at < $1", &[Arg::Int(at.as_micros())])
        .await?
        .map_or(Ok(0), |row| row.int(0))?;
    if gone == 0 {
        return Ok(0);
    }
    tx.execute("UPDATE counter SET value = $1 WHERE name = 'feed_floor' AND value < $1", &[Arg::Int(gone)]).await?;
    tx.execute("DELETE FROM change WHERE seq <= $1", &[Arg::Int(gone)]).await
}

/// Appending: what a batch of commands changed, as entries of feed and history.
pub mod append {
    use super::{Arg, StorageError, Tx, many};
    use crate::{
        domain::{
            access::{Actor, Author},
            ids::CommandKey,
            time::Instant,
        },
        office::commands::context::Written,
        wire::change::{Change, ChangeKind, Seq},
    };
    use serde_json::value::RawValue;

    /// A change with its place.
    #[derive(Debug)]
    pub struct Entry {
        /// Its place.
        pub seq: Seq,
        /// When.
        pub at: Instant,
        /// Who.
        pub author: Author,
        /// By which command.
        pub command: CommandKey,
        /// What.
        pub row: Written,
    }

    impl Entry {
        /// The change as an actor sees it; nothing if the row was and is out of sight.
        pub fn seen_by(&self, actor: &Actor) -> Result<Option<Change>, StorageError> {
            let row = &self.row;
            let sees_after = actor.sees(row.entity, &row.scope);
            let saw_before = row.before.as_ref().is_some_and(|before| actor.sees(row.entity, &before.scope));
            if !sees_after && !saw_before {
                return Ok(None);
            }
            let sees_doc = sees_after && !row.erased;
            let state = sees_doc.then(|| RawValue::from_string(row.doc.clone())).transpose();
            let state =
                state.map_err(|error| StorageError::Unreadable { what: "change".into(), why: error.to_string() })?;
            let kind = match (row.erased, sees_after) {
                (true, _) => ChangeKind::Erased,
                (false, true) => ChangeKind::Put,
                (false, false) => ChangeKind::Gone,
            };
            Ok(Some(Change {
                seq: self.seq,
                at: self.at,
                author: self.author,
                command: self.command,
                kind,
                entity: row.entity,
                id: row.id,
                version: row.version,
                state,
            }))
        }
    }

    /// A text made ready to bind.
    fn json<T: serde::Serialize>(value: &T) -> Result<String, StorageError> {
        serde_json::to_string(value)
            .map_err(|error| StorageError::Unreadable { what: "change".into(), why: error.to_string() })
    }

    /// Appends entries to feed and history.
    pub async fn all(tx: &mut Tx, entries: &[Entry]) -> Result<(), StorageError> {
        struct Texts {
            command: String,
            author: String,
            id: String,
            scope_before: Option<String>,
            scope_after: String,
        }
        let texts = entries
            .iter()
            .map(|entry| {
                Ok(Texts {
                    command: entry.command.to_string(),
                    author: json(&entry.author)?,
                    id: entry.row.id.to_string(),
                    scope_before: entry.row.before.as_ref().map(|before| json(&before.scope)).transpose()?,
                    scope_after: json(&entry.row.scope)?,
                })
            })
            .collect::<Result<Vec<_>, StorageError>>()?;
        let changes = entries.iter().zip(&texts).map(|(entry, text)| {
            vec![
                Arg::Int(entry.seq.0),
                Arg::Int(entry.at.as_micros()),
                Arg::Text(&text.command),
                Arg::Text(&text.author),
                Arg::Text(entry.row.entity.name()),
                Arg::Text(&text.id),
                Arg::Int(entry.row.version.get().into()),
                Arg::TextOrNull(text.scope_before.as_deref()),
                Arg::Text(&text.scope_after),
                Arg::TextOrNull(Some(entry.row.doc.as_str()).filter(|_| !entry.row.erased)),
                Arg::TextOrNull(
                    entry.row.before.as_ref().filter(|_| !entry.row.erased).map(|before| before.doc.as_str()),
                ),
            ]
        });
        many::insert(tx, &format!("INSERT INTO change ({}, before_doc)", super::COLUMNS), &changes.collect::<Vec<_>>())
            .await?;
        history(tx, entries).await
    }

    /// Appends entries to the history alone.
    pub async fn history(tx: &mut Tx, entries: &[Entry]) -> Result<(), StorageError> {
        let texts = entries
            .iter()
            .map(|entry| Ok((entry.command.to_string(), json(&entry.author)?, entry.row.id.to_string())))
            .collect::<Result<Vec<_>, StorageError>>()?;
        let histories = entries.iter().zip(&texts).map(|(entry, (command, author, id))| {
            vec![
                Arg::Text(entry.row.entity.name()),
                Arg::Text(id),
                Arg::Int(entry.row.version.get().into()),
                Arg::Int(entry.at.as_micros()),
                Arg::Text(author),
                Arg::Text(command),
                Arg::Text(entry.row.verb),
                Arg::TextOrNull(entry.row.before.as_ref().and_then(|before| before.state)),
                Arg::TextOrNull(entry.row.state),
                Arg::TextOrNull(entry.row.reason.as_ref().map(crate::domain::texts::ShortText::as_str)),
            ]
        });
        many::insert(
            tx,
            "INSERT INTO history (entity, entity_id, version, at, author, command, verb, from_state, to_state, reason)",
            &histories.collect::<Vec<_>>(),
        )
        .await
    }
}
