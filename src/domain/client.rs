//! A client: the organisation that subscribes and funds the service.

use super::{
    email::EmailAddress,
    entity::{EntityKind, Scope},
    ids::ClientId,
    phone::PhoneNumber,
    refusal::Refusal,
    register::{Entry, Fields},
    texts::ShortText,
};
use serde::{Deserialize, Serialize};

/// The subscribing organisation.
pub type Client = Entry<ClientFields>;

/// A person who speaks for an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ContactPerson {
    /// Who.
    pub name: ShortText,
    /// The direct number.
    #[serde(default)]
    pub phone: Option<PhoneNumber>,
    /// The address of mail.
    #[serde(default)]
    #[cfg_attr(feature = "office", schema(value_type = Option<String>))]
    pub email: Option<EmailAddress>,
}

/// What people write of a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ClientFields {
    /// The organisation's name.
    pub name: ShortText,
    /// Shared numbers: a call from one is from the organisation, the person is asked.
    #[serde(default)]
    pub switchboards: Vec<PhoneNumber>,
    /// Who speaks for it.
    #[serde(default)]
    pub contact_persons: Vec<ContactPerson>,
}

impl Fields for ClientFields {
    type Id = ClientId;
    const KIND: EntityKind = EntityKind::Client;
    const EDITABLE: &'static [&'static str] = &["name", "switchboards", "contact_persons"];

    fn scope(&self, id: ClientId) -> Scope {
        Scope { site: None, client: Some(id) }
    }

    fn check(&self) -> Result<(), Refusal> {
        if self.switchboards.len() > 50 || self.contact_persons.len() > 200 {
            return Err(Refusal::FieldInvalid {
                field: "contact_persons".into(),
                why: "at most 50 switchboards and 200 contact persons".into(),
            });
        }
        Ok(())
    }

    fn search_words(&self) -> Vec<&str> {
        vec![self.name.as_str()]
    }
}
