//! A site: a place served, with its catalogue, desk, lockers and permanence timetable.

use super::{
    calendar::Region,
    entity::{EntityKind, Scope},
    hours::OpeningHours,
    ids::{ClientId, ServiceId, SiteId},
    position::Position,
    refusal::Refusal,
    register::{Entry, Fields},
    texts::{LongText, ShortText},
    time::Zone,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The place served.
pub type Site = Entry<SiteFields>;

/// What people write of a site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SiteFields {
    /// The site's name.
    pub name: ShortText,
    /// The client whose site it is; none for a place open to several.
    #[serde(default)]
    pub client_id: Option<ClientId>,
    /// The commune; all that an offer names before it is accepted.
    pub commune: ShortText,
    /// The street address.
    #[serde(default)]
    pub address: Option<ShortText>,
    /// Where it lies, for rounds.
    #[serde(default)]
    pub position: Option<Position>,
    /// The zone of its civil times.
    #[serde(default)]
    pub zone: Zone,
    /// Which public holidays it keeps.
    #[serde(default)]
    pub region: Region,
    /// When it can be reached; the house's hours if none.
    #[serde(default)]
    pub hours: Option<OpeningHours>,
    /// What a concierge must know there (« demander le badge à l'accueil »).
    #[serde(default)]
    pub notice: Option<LongText>,
    /// The services offered there; all if none are named.
    #[serde(default)]
    pub catalogue: Option<BTreeSet<ServiceId>>,
}

impl Fields for SiteFields {
    type Id = SiteId;
    const KIND: EntityKind = EntityKind::Site;
    const EDITABLE: &'static [&'static str] =
        &["name", "client_id", "commune", "address", "position", "zone", "region", "hours", "notice", "catalogue"];

    fn scope(&self, id: SiteId) -> Scope {
        Scope { site: Some(id), client: self.client_id }
    }

    fn check(&self) -> Result<(), Refusal> {
        if self.catalogue.as_ref().is_some_and(|services| services.len() > 1000) {
            return Err(Refusal::FieldInvalid { field: "catalogue".into(), why: "at most 1000 services".into() });
        }
        Ok(())
    }

    fn search_words(&self) -> Vec<&str> {
        vec![self.name.as_str(), self.commune.as_str()]
    }
}
