//! Rows of entities: the same few statements for every kind, over the one document that a row is.

use super::{Arg, Engine, StorageError, Tx, many};
use crate::domain::{
    entity::{Entity, EntityKind},
    holiday::Holiday,
};
use std::{collections::BTreeSet, sync::Arc};

/// Rows of a kind that wait to be written together, at most.
const TOGETHER: usize = 128;

/// The row of this id.
pub async fn load<E: Entity>(tx: &mut Tx, id: E::Id) -> Result<Option<E>, StorageError> {
    load_text(tx, E::KIND, &id.to_string()).await?.as_deref().map(read).transpose()
}

/// The row of this id as it is stored, for kinds known only at run time.
pub async fn load_text(tx: &mut Tx, kind: EntityKind, id: &str) -> Result<Option<String>, StorageError> {
    let key = (kind, id.to_owned());
    if let Some(known) = tx.documents.get(&key) {
        return Ok(known.clone());
    }
    // A row that waits is known, so this one does not.
    let sql = format!("SELECT CAST(doc AS TEXT) FROM {} WHERE id = $1", kind.name());
    let rows = tx.rows_now(sql.into(), &[id.into()]).await?;
    let doc = rows.first().map(|row| row.text(0)).transpose()?;
    tx.documents.insert(key, doc.clone());
    Ok(doc)
}

/// Reads the rows of these ids in one question, so that [`load`] knows them, and knows which there are not.
pub async fn load_ahead(tx: &mut Tx, kind: EntityKind, ids: &BTreeSet<String>) -> Result<(), StorageError> {
    let texts: Vec<Option<&str>> = ids.iter().map(|id| Some(id.as_str())).collect();
    let sql = format!("SELECT id, CAST(doc AS TEXT) FROM {} WHERE id {}", kind.name(), many::any_of(tx.engine(), 1));
    let rows = tx.rows(sql, &[Arg::Texts(&texts)]).await?;
    for id in ids {
        tx.documents.insert((kind, id.clone()), None);
    }
    for row in rows {
        tx.documents.insert((kind, row.text(0)?), Some(row.text(1)?));
    }
    Ok(())
}

/// Stores a new row.
///
/// # Errors
/// There is a row of this id already.
pub async fn insert(tx: &mut Tx, kind: EntityKind, id: &str, doc: &str) -> Result<(), StorageError> {
    if load_text(tx, kind, id).await?.is_some() {
        return Err(StorageError::Integrity(format!("there is a {} {id} already", kind.name())));
    }
    put(tx, kind, id, doc).await
}

/// Stores a row, new or changed. It waits until any other statement is run or the transaction ends, so that the rows of a batch are written
/// together; since everything but [`load`] is such a statement, nothing sees the difference.
pub async fn put(tx: &mut Tx, kind: EntityKind, id: &str, doc: &str) -> Result<(), StorageError> {
    // One that waits already, and was perhaps something else in between, keeps its place in the order of things.
    let waiting = tx.waiting.get(&kind);
    if waiting.is_some_and(|rows| rows.len() >= TOGETHER || rows.iter().any(|(waiting, _)| waiting == id)) {
        write_waiting(tx).await?;
    }
    tx.documents.insert((kind, id.to_owned()), Some(doc.to_owned()));
    tx.waiting.entry(kind).or_default().push((id.to_owned(), doc.to_owned()));
    if kind == EntityKind::Holiday {
        tx.holidays = None;
    }
    Ok(())
}

/// Writes the rows that wait: kinds that are referred to first, the rows of a kind in the order in which they were stored.
pub(super) async fn write_waiting(tx: &mut Tx) -> Result<(), StorageError> {
    for (kind, rows) in std::mem::take(&mut tx.waiting) {
        let (table, once) = (kind.name(), "ON CONFLICT (id) DO UPDATE SET doc = excluded.doc");
        match tx.engine() {
            Engine::Sqlite => {
                for (id, doc) in &rows {
                    let sql = format!("INSERT INTO {table} (id, doc) VALUES ($1, $2) {once}");
                    tx.execute_now(sql.into(), &[id.into(), doc.into()]).await?;
                }
            }
            Engine::Postgres => {
                let (ids, docs): (Vec<_>, Vec<_>) =
                    rows.iter().map(|(id, doc)| (Some(id.as_str()), Some(doc.as_str()))).unzip();
                let sql = format!(
                    "INSERT INTO {table} (id, doc) SELECT id, CAST(doc AS JSONB) FROM unnest($1, $2) AS given (id, doc) {once}"
                );
                tx.execute_now(sql.into(), &[Arg::Texts(&ids), Arg::Texts(&docs)]).await?;
            }
        }
    }
    Ok(())
}

/// The holidays of house and sites, read once a transaction.
pub async fn holidays(tx: &mut Tx) -> Result<Arc<[Holiday]>, StorageError> {
    if let Some(known) = &tx.holidays {
        return Ok(Arc::clone(known));
    }
    let holidays: Arc<[Holiday]> = select(tx, "1 = 1", &[]).await?.into();
    tx.holidays = Some(Arc::clone(&holidays));
    Ok(holidays)
}

/// The rows that a condition over the table's columns selects, in the order of their ids.
pub async fn select<E: Entity>(tx: &mut Tx, condition: &str, args: &[Arg<'_>]) -> Result<Vec<E>, StorageError> {
    let rows = tx
        .rows(format!("SELECT CAST(doc AS TEXT) FROM {} WHERE {condition} ORDER BY id", E::KIND.name()), args)
        .await?;
    rows.iter().map(|row| read(&row.text(0)?)).collect()
}

/// A page of a collection in the order of ids (which is the order of making), after a cursor.
pub async fn page(
    tx: &mut Tx,
    kind: EntityKind,
    condition: &str,
    after: &str,
    limit: i64,
    args: &[Arg<'_>],
) -> Result<Vec<(String, String)>, StorageError> {
    let mut all: Vec<Arg<'_>> = vec![after.into(), Arg::Int(limit)];
    all.extend_from_slice(args);
    let rows = tx
        .rows(
            format!(
                "SELECT id, CAST(doc AS TEXT) FROM {} WHERE id > $1 AND ({condition}) ORDER BY id LIMIT $2",
                kind.name()
            ),
            &all,
        )
        .await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

/// The rows that a condition over the table's columns selects, the newest first, at most so many.
pub async fn newest(
    tx: &mut Tx,
    kind: EntityKind,
    condition: &str,
    limit: i64,
    args: &[Arg<'_>],
) -> Result<Vec<(String, String)>, StorageError> {
    let sql = format!(
        "SELECT id, CAST(doc AS TEXT) FROM {} WHERE {condition} ORDER BY created_at DESC, id LIMIT {limit}",
        kind.name()
    );
    tx.rows(sql, args).await?.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

/// The entity of a stored document.
pub fn read<E: Entity>(doc: &str) -> Result<E, StorageError> {
    serde_json::from_str(doc)
        .map_err(|error| StorageError::Unreadable { what: E::KIND.name().into(), why: error.to_string() })
}

/// The document of an entity.
pub fn write<E: Entity>(entity: &E) -> Result<String, StorageError> {
    serde_json::to_string(entity)
        .map_err(|error| StorageError::Unreadable { what: E::KIND.name().into(), why: error.to_string() })
}
