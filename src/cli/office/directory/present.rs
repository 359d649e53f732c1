//! What the database holds already, and which records a directory may refer to.

use super::{super::keys, sort::KINDS};
use crate::{
    domain::entity::EntityKind,
    office::{
        commands::register,
        storage::{StorageError, Store, document},
    },
};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The records that exist or are about to.
#[derive(Debug, Default)]
pub(super) struct Known(HashSet<(EntityKind, Uuid)>);

impl Known {
    /// One more.
    pub fn add(&mut self, kind: EntityKind, id: Uuid) {
        self.0.insert((kind, id));
    }

    /// The id of a record that exists, by id or key.
    pub fn find(&self, kind: EntityKind, text: &str) -> Option<Uuid> {
        keys::id_of(kind, text).filter(|id| self.0.contains(&(kind, *id)))
    }
}

/// What the database holds of the directory.
#[derive(Debug, Default)]
pub(super) struct Present {
    /// The documents of every kind.
    pub rows: HashMap<(EntityKind, Uuid), Value>,
    /// The policy's fields; the defaults if none is stored.
    pub policy: Value,
    /// The accounts that have a password.
    pub with_password: HashSet<Uuid>,
}

impl Present {
    /// Reads everything in one state.
    pub async fn load(store: &Store) -> Result<Self, StorageError> {
        let mut tx = store.read().await?;
        let mut present = Self::default();
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

    /// What an empty database holds.
    pub fn nothing() -> Self {
        let policy = serde_json::to_value(crate::domain::policy::PolicyFields::default()).unwrap_or_default();
        Self { policy, ..Self::default() }
    }

    /// The records that can be referred to.
    pub fn known(&self) -> Known {
        Known(self.rows.keys().copied().collect())
    }
}
