//! What the database holds of the directory.

use crate::{
    cli::directory::{KINDS, Present},
    office::{
        commands::register,
        storage::{StorageError, Store, document},
    },
};
use uuid::Uuid;

/// Reads everything in one state.
pub(super) async fn load(store: &Store) -> Result<Present, StorageError> {
    let mut tx = store.read().await?;
    let mut present = Present::default();
    for kind in KINDS {
        for row in tx.rows(format!("SELECT id, CAST(doc AS TEXT) FROM {} ORDER BY id", kind.name()), &[]).await? {
            let unreadable = |why: String| StorageError::Unreadable { what: kind.name().into(), why };
            let id = row.text(0)?.parse().map_err(|error: uuid::Error| unreadable(error.to_string()))?;
            let doc = serde_json::from_str(&row.text(1)?).map_err(|error| unreadable(error.to_string()))?;
            present.rows.insert((*kind, id), doc);
        }
    }
    for row in tx.rows("SELECT operator_id FROM credential", &[]).await? {
        present.with_password.extend(row.text(0)?.parse::<Uuid>().ok());
    }
    let policy = document::write(&register::policy(&mut tx).await?)?;
    present.policy = serde_json::from_str(&policy).unwrap_or_default();
    Ok(present)
}
