//! Messages as they came: packed, kept beside their contact, let go with its content.

use crate::{
    domain::ids::ContactId,
    office::{
        commands::context::Context,
        failure::Failure,
        storage::{Arg, StorageError, Tx},
    },
};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use std::io::{self, Read as _, Write as _};

/// A message, packed for the database.
#[derive(Clone, Debug)]
pub struct Packed {
    /// Its size as it came.
    bytes: usize,
    /// What is stored.
    packed: Vec<u8>,
}

/// Packs a message.
///
/// # Errors
/// None that is known: it is written to memory.
pub fn pack(raw: &[u8]) -> io::Result<Packed> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(raw)?;
    Ok(Packed { bytes: raw.len(), packed: encoder.finish()? })
}

/// Keeps a message with its contact.
pub async fn put(context: &mut Context<'_>, contact: ContactId, message: &Packed) -> Result<(), Failure> {
    let id = contact.to_string();
    let bytes = i64::try_from(message.bytes).unwrap_or(i64::MAX);
    let sql = "INSERT INTO mail_raw (contact_id, bytes, packed) VALUES ($1, $2, $3)";
    context.write().execute(sql, &[(&id).into(), Arg::Int(bytes), Arg::Bytes(&message.packed)]).await?;
    Ok(())
}

/// Lets go a message; its attachments are in it.
pub async fn forget(context: &mut Context<'_>, contact: ContactId) -> Result<(), Failure> {
    let id = contact.to_string();
    context.write().execute("DELETE FROM mail_raw WHERE contact_id = $1", &[(&id).into()]).await?;
    Ok(())
}

/// The message of a contact, if it is kept.
pub async fn get(tx: &mut Tx, contact: ContactId) -> Result<Option<Vec<u8>>, StorageError> {
    let id = contact.to_string();
    let row = tx.row("SELECT bytes, packed FROM mail_raw WHERE contact_id = $1", &[(&id).into()]).await?;
    let Some(row) = row else { return Ok(None) };
    let (bytes, packed) = (row.int(0)?, row.bytes(1)?);
    let unreadable = |error: &io::Error| StorageError::Unreadable { what: "mail_raw".into(), why: error.to_string() };
    let mut raw = Vec::with_capacity(usize::try_from(bytes).unwrap_or_default());
    // Never more than was packed, whatever the row says now.
    let limit = u64::try_from(bytes).unwrap_or_default();
    GzDecoder::new(packed.as_slice()).take(limit).read_to_end(&mut raw).map_err(|error| unreadable(&error))?;
    Ok(Some(raw))
}
