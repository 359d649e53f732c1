//! The register: entries that people keep (beneficiaries, clients, sites, services, providers…), all of one form.

use super::{
    entity::{Entity, EntityKind, Scope, Version},
    ids::Id,
    refusal::Refusal,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Whether an entry is offered for new work; what refers to it stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// In use.
    #[default]
    Active,
    /// Kept for what refers to it.
    Archived,
}

/// What people write of an entry.
pub trait Fields: Clone + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The entry's typed identifier.
    type Id: Id + Serialize + DeserializeOwned;
    /// The entry's kind.
    const KIND: EntityKind;
    /// The fields' names.
    const EDITABLE: &'static [&'static str];

    /// What decides who sees the entry.
    fn scope(&self, id: Self::Id) -> Scope;

    /// Whether the fields hold together.
    ///
    /// # Errors
    /// The field at fault and what would be right.
    fn check(&self) -> Result<(), Refusal> {
        Ok(())
    }

    /// The words under which a search finds the entry.
    fn search_words(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// An entry of the register.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(bound = "")]
pub struct Entry<F: Fields> {
    /// Made by who creates it.
    #[cfg_attr(feature = "office", schema(value_type = uuid::Uuid))]
    pub id: F::Id,
    /// One more at each change.
    pub version: Version,
    /// Whether it is in use.
    pub standing: Standing,
    /// What people write.
    #[serde(flatten)]
    pub fields: F,
}

impl<F: Fields> Entry<F> {
    /// A new entry.
    ///
    /// # Errors
    /// The field at fault.
    pub fn create(id: F::Id, fields: F) -> Result<Self, Refusal> {
        fields.check()?;
        Ok(Self { id, version: Version::FIRST, standing: Standing::Active, fields })
    }
}

impl<F: Fields> Entity for Entry<F> {
    type Id = F::Id;
    const KIND: EntityKind = F::KIND;
    const EDITABLE: &'static [&'static str] = F::EDITABLE;

    super::entity::stored!();

    fn scope(&self) -> Scope {
        self.fields.scope(self.id)
    }

    fn check(&self) -> Result<(), Refusal> {
        self.fields.check()
    }

    fn unmade(&self) -> Option<Self> {
        Some(Self { standing: Standing::Archived, ..self.clone() })
    }

    fn search_words(&self) -> Vec<&str> {
        self.fields.search_words()
    }
}
