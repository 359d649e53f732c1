//! What an office holds already, and which records a directory may refer to.

use super::keys;
use crate::domain::{entity::EntityKind, policy::PolicyFields};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The records that exist or are about to.
#[derive(Clone, Debug, Default)]
pub(in crate::cli) struct Known {
    records: HashSet<(EntityKind, Uuid)>,
    elsewhere: &'static [EntityKind],
}

impl Known {
    /// One more.
    pub fn add(&mut self, kind: EntityKind, id: Uuid) {
        self.records.insert((kind, id));
    }

    /// The id of a record that exists, by id or key.
    pub fn find(&self, kind: EntityKind, text: &str) -> Option<Uuid> {
        keys::id_of(kind, text).filter(|id| self.elsewhere.contains(&kind) || self.records.contains(&(kind, *id)))
    }
}

/// What an office holds of the directory.
#[derive(Debug, Default)]
pub(in crate::cli) struct Present {
    /// The documents of every kind.
    pub rows: HashMap<(EntityKind, Uuid), Value>,
    /// The policy's fields; the defaults if none is stored.
    pub policy: Value,
    /// The accounts that have a password.
    pub with_password: HashSet<Uuid>,
    /// Kinds of which nobody looks here: any record of them may be referred to.
    pub elsewhere: &'static [EntityKind],
}

impl Present {
    /// What an empty office holds.
    pub fn nothing() -> Self {
        let policy = serde_json::to_value(PolicyFields::default()).unwrap_or_default();
        Self { policy, ..Self::default() }
    }

    /// The records that can be referred to.
    pub(super) fn known(&self) -> Known {
        Known { records: self.rows.keys().copied().collect(), elsewhere: self.elsewhere }
    }
}
