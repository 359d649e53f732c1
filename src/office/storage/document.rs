//! Rows of entities: the same four statements for every kind, over the one document that a row is.

use super::{Arg, StorageError, Tx};
use crate::domain::entity::{Entity, EntityKind};

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
    let row = tx.row(format!("SELECT doc FROM {} WHERE id = $1", kind.name()), &[id.into()]).await?;
    let doc = row.map(|row| row.text(0)).transpose()?;
    tx.documents.insert(key, doc.clone());
    Ok(doc)
}

/// Stores a new row.
pub async fn insert(tx: &mut Tx, kind: EntityKind, id: &str, doc: &str) -> Result<(), StorageError> {
    tx.execute(format!("INSERT INTO {} (id, doc) VALUES ($1, $2)", kind.name()), &[id.into(), doc.into()]).await?;
    tx.documents.insert((kind, id.to_owned()), Some(doc.to_owned()));
    Ok(())
}

/// Stores a changed row.
pub async fn update(tx: &mut Tx, kind: EntityKind, id: &str, doc: &str) -> Result<(), StorageError> {
    tx.execute(format!("UPDATE {} SET doc = $2 WHERE id = $1", kind.name()), &[id.into(), doc.into()]).await?;
    tx.documents.insert((kind, id.to_owned()), Some(doc.to_owned()));
    Ok(())
}

/// The rows that a condition over the table's columns selects, in the order of their ids.
pub async fn select<E: Entity>(tx: &mut Tx, condition: &str, args: &[Arg<'_>]) -> Result<Vec<E>, StorageError> {
    let rows = tx.rows(format!("SELECT doc FROM {} WHERE {condition} ORDER BY id", E::KIND.name()), args).await?;
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
        .rows(format!("SELECT id, doc FROM {} WHERE id > $1 AND ({condition}) ORDER BY id LIMIT $2", kind.name()), &all)
        .await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
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
