//! What all entities share: kind, version, scope, and edits that merge field by field.

use super::{
    ids::{ClientId, Id, SiteId},
    refusal::{FieldConflict, Refusal},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::collections::BTreeMap;

/// Who sees rows of a kind at all; the row's scope narrows it further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Every account: sites, services, clients.
    Everyone,
    /// The house's staff, and the coordinator of the client concerned.
    Client,
    /// The house's staff.
    Staff,
    /// Managers.
    Management,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $word:literal, $collection:literal, $audience:ident;)*) => {
        /// The kinds of entity: one table, one collection, one word each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
        // The words again, for the API's description: its macro does not see those that come from another macro.
        #[serde(rename_all = "snake_case")]
        pub enum EntityKind { $($(#[$doc])* #[serde(rename = $word)] $kind),* }

        impl EntityKind {
            /// Every kind, referred-to kinds before those that refer to them.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// The word: table, feed entry, log field.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $word),* }
            }

            /// The collection's name under `/v1/`.
            pub const fn collection(self) -> &'static str {
                match self { $(Self::$kind => $collection),* }
            }

            /// Who sees such rows at all.
            pub const fn audience(self) -> Audience {
                match self { $(Self::$kind => Audience::$audience),* }
            }
        }
    };
}

kinds! {
    /// The house's policy.
    Policy = "policy", "policy", Everyone;
    /// A subscribing organisation.
    Client = "client", "clients", Everyone;
    /// A period of a client's subscription.
    Contract = "contract", "contracts", Client;
    /// A place served.
    Site = "site", "sites", Everyone;
    /// A day on which the house or a site is closed.
    Holiday = "holiday", "holidays", Everyone;
    /// An entry of the catalogue.
    Service = "service", "services", Everyone;
    /// A partner who does jobs.
    Provider = "provider", "providers", Staff;
    /// A person who carries items.
    Courier = "courier", "couriers", Staff;
    /// A person with an account.
    Operator = "operator", "operators", Staff;
    /// A person served.
    Beneficiary = "beneficiary", "beneficiaries", Staff;
    /// A desk session on a site.
    Permanence = "permanence", "permanences", Client;
    /// A compartment on a site.
    Locker = "locker", "lockers", Staff;
    /// One interaction that came in.
    Contact = "contact", "contacts", Staff;
    /// What somebody wants again and again.
    RecurringOrder = "recurring_order", "recurring-orders", Client;
    /// One job asked for.
    Request = "request", "requests", Client;
    /// Who works on a contact or a request.
    Claim = "claim", "claims", Staff;
    /// A trainee's command that waits for release.
    Held = "held", "held", Staff;
    /// A mail of the house to a person.
    Reply = "reply", "replies", Staff;
    /// A request put to one provider.
    Offer = "offer", "offers", Staff;
    /// An accepted offer, or own staff at work.
    Assignment = "assignment", "assignments", Staff;
    /// A reservation or filling of a locker.
    Booking = "booking", "bookings", Staff;
    /// A thing in custody.
    Item = "item", "items", Staff;
    /// A courier's ordered legs of one day.
    Round = "round", "rounds", Staff;
    /// One move of items.
    Leg = "leg", "legs", Staff;
    /// One balanced entry of the ledger.
    Posting = "posting", "postings", Staff;
    /// A contradiction for a person to settle.
    Exception = "exception", "exceptions", Staff;
}

/// What decides who sees a row: its site and its client, where it has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scope {
    /// Only accounts of this site; every site if none.
    pub site: Option<SiteId>,
    /// The client whose coordinator may see it.
    pub client: Option<ClientId>,
}

/// A row's version: 1 when made, one more at each change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Version(u32);

impl Version {
    /// The version of a row just made.
    pub const FIRST: Self = Self(1);

    /// The version after one more change.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// As a number, for an `ETag`.
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// A row of the office: what is stored, fed and shown is its JSON form.
pub trait Entity: Clone + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Its typed identifier.
    type Id: Id;
    /// Its kind.
    const KIND: EntityKind;
    /// The fields that people edit; the rest moves by commands alone.
    const EDITABLE: &'static [&'static str];

    /// Its identifier.
    fn id(&self) -> Self::Id;
    /// Its version.
    fn version(&self) -> Version;
    /// Sets the version when it is stored.
    fn set_version(&mut self, version: Version);
    /// What decides who sees it.
    fn scope(&self) -> Scope;
    /// Its state's word, for kinds that have one.
    fn state_name(&self) -> Option<&'static str> {
        None
    }
    /// Whether its fields hold together.
    ///
    /// # Errors
    /// The field at fault and what would be right.
    fn check(&self) -> Result<(), Refusal> {
        Ok(())
    }
    /// What undoing its creation makes of it (a request is cancelled, a posting reversed by another); none if that cannot be undone.
    fn unmade(&self) -> Option<Self> {
        None
    }
    /// The words under which a search finds it.
    fn search_words(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// The part of [`Entity`] that is the same for all: they have an `id` and a `version`.
macro_rules! stored {
    () => {
        fn id(&self) -> Self::Id {
            self.id
        }

        fn version(&self) -> crate::domain::entity::Version {
            self.version
        }

        fn set_version(&mut self, version: crate::domain::entity::Version) {
            self.version = version;
        }
    };
}
pub(crate) use stored;

/// One field of an edit: the value the writer saw and the one they want.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FieldEdit {
    /// The value the writer had before them; `null` for none.
    pub seen: Value,
    /// The value they want; `null` for none.
    pub new: Value,
}

/// An edit: applied field by field where the present value is `seen` or already `new`, so that edits of different fields merge.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// The fields to change, by name.
    pub fields: BTreeMap<String, FieldEdit>,
}

/// The entity after an edit.
///
/// # Errors
/// [`Refusal::FieldUnknown`] for a field that is not edited, [`Refusal::FieldsMoved`] with both values where the present value is neither seen nor new,
/// [`Refusal::FieldInvalid`] where the new value does not fit. Nothing is applied then.
pub fn edited<E: Entity>(entity: &E, edit: &Edit) -> Result<E, Refusal> {
    let Ok(Value::Object(mut present)) = serde_json::to_value(entity) else {
        return Err(Refusal::FieldInvalid {
            field: E::KIND.name().into(),
            why: "the stored row cannot be read".into(),
        });
    };
    let mut conflicts = Vec::new();
    for (field, FieldEdit { seen, new }) in &edit.fields {
        if !E::EDITABLE.contains(&field.as_str()) {
            return Err(Refusal::FieldUnknown { field: field.clone(), editable: E::EDITABLE });
        }
        let now = present.get(field).cloned().unwrap_or(Value::Null);
        if now == *new {
            continue;
        }
        if now != *seen {
            conflicts.push(FieldConflict { field: field.clone(), seen: seen.clone(), present: now, new: new.clone() });
            continue;
        }
        present.insert(field.clone(), new.clone());
        // Each field is read by itself first, so that the error names the one at fault.
        if let Err(error) = serde_json::from_value::<E>(Value::Object(present.clone())) {
            return Err(Refusal::FieldInvalid { field: field.clone(), why: error.to_string() });
        }
    }
    if !conflicts.is_empty() {
        return Err(Refusal::FieldsMoved { fields: conflicts });
    }
    let entity: E = serde_json::from_value(Value::Object(present))
        .map_err(|error| Refusal::FieldInvalid { field: "fields".into(), why: error.to_string() })?;
    entity.check()?;
    Ok(entity)
}
