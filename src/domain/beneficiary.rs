//! A beneficiary: the person served, one record over all channels.

use super::{
    door::Door,
    email::EmailAddress,
    entity::{EntityKind, Scope},
    ids::{BeneficiaryId, ClientId, SiteId},
    phone::PhoneNumber,
    position::Position,
    refusal::Refusal,
    register::{Entry, Fields},
    texts::{LongText, ShortText},
    time::Instant,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The person served.
pub type Beneficiary = Entry<BeneficiaryFields>;

/// The way somebody prefers to be answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// By mail.
    #[default]
    Mail,
    /// By telephone.
    Telephone,
}

/// Recorded only if the person says so; reported in groups of five and more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// A woman.
    Woman,
    /// A man.
    Man,
    /// Neither of both words.
    Other,
}

/// From when to when a person is enrolled through a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Enrolment {
    /// Through whom.
    pub client_id: ClientId,
    /// The first day.
    #[cfg_attr(feature = "office", schema(value_type = String, format = Date))]
    pub from: Date,
    /// The last day; open if none.
    #[serde(default)]
    #[cfg_attr(feature = "office", schema(value_type = Option<String>, format = Date))]
    pub to: Option<Date>,
}

/// An address that mail did not reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Undeliverable {
    /// Which one.
    #[cfg_attr(feature = "office", schema(value_type = String))]
    pub address: EmailAddress,
    /// Since when it is known.
    pub since: Instant,
    /// Why, in the words of the other side.
    #[serde(default)]
    pub why: Option<ShortText>,
}

/// What people write of a beneficiary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BeneficiaryFields {
    /// The family name.
    pub family_name: ShortText,
    /// The given name.
    #[serde(default)]
    pub given_name: Option<ShortText>,
    /// How the person is addressed: Mme, M.
    #[serde(default)]
    pub title: Option<ShortText>,
    /// The organisation that funds the service.
    #[serde(default)]
    pub client_id: Option<ClientId>,
    /// The site where the person is usually met.
    #[serde(default)]
    pub site_id: Option<SiteId>,
    /// Telephone numbers, the preferred one first.
    #[serde(default)]
    pub phones: Vec<PhoneNumber>,
    /// Addresses of mail, the preferred one first.
    #[serde(default)]
    #[cfg_attr(feature = "office", schema(value_type = Vec<String>))]
    pub emails: Vec<EmailAddress>,
    /// Where the person is found, the usual door first; at most 20.
    #[serde(default)]
    pub addresses: Vec<Door>,
    /// Those of the addresses of mail that it did not reach; at most 10.
    #[serde(default)]
    pub undeliverable: Vec<Undeliverable>,
    /// How the person prefers to be answered.
    #[serde(default)]
    pub prefers: Way,
    /// Recorded only if the person says so.
    #[serde(default)]
    pub gender: Option<Gender>,
    /// Enrolments, for the yearly report.
    #[serde(default)]
    pub enrolments: Vec<Enrolment>,
    /// What helps to serve the person.
    #[serde(default)]
    pub note: Option<LongText>,
}

/// Addresses of one person that are remembered as not reached.
const UNDELIVERABLE: usize = 10;

impl BeneficiaryFields {
    /// Where an address of the person lies, if that is known.
    pub fn position_of(&self, address: &ShortText) -> Option<Position> {
        self.addresses.iter().filter(|door| door.is_at(address)).find_map(|door| door.position)
    }

    /// The person's addresses with this one as it is known now: in the place where it stood, or behind the others.
    pub fn with_address(&self, door: Door) -> Vec<Door> {
        let mut addresses = self.addresses.clone();
        match addresses.iter_mut().find(|known| known.is_at(&door.address)) {
            Some(known) => *known = door,
            None => addresses.push(door),
        }
        addresses
    }

    /// Whether mail did not reach an address of the person.
    pub fn is_undeliverable(&self, address: &EmailAddress) -> bool {
        self.undeliverable.iter().any(|known| known.address.is_same(address))
    }

    /// Remembers that mail did not reach an address, once; of very many, the newest.
    pub fn mark_undeliverable(&mut self, address: &EmailAddress, since: Instant, why: Option<&ShortText>) {
        self.undeliverable.retain(|known| !known.address.is_same(address));
        let over = (self.undeliverable.len() + 1).saturating_sub(UNDELIVERABLE);
        self.undeliverable.drain(..over);
        self.undeliverable.push(Undeliverable { address: address.clone(), since, why: why.cloned() });
    }
}

impl Fields for BeneficiaryFields {
    type Id = BeneficiaryId;
    const KIND: EntityKind = EntityKind::Beneficiary;
    const EDITABLE: &'static [&'static str] = &[
        "family_name",
        "given_name",
        "title",
        "client_id",
        "site_id",
        "phones",
        "emails",
        "addresses",
        "undeliverable",
        "prefers",
        "gender",
        "enrolments",
        "note",
    ];

    fn scope(&self, _id: BeneficiaryId) -> Scope {
        Scope { site: self.site_id, client: self.client_id }
    }

    fn check(&self) -> Result<(), Refusal> {
        let too_many = |field: &str| Refusal::FieldInvalid { field: field.into(), why: "at most 20".into() };
        if self.phones.len() > 20 {
            return Err(too_many("phones"));
        }
        if self.emails.len() > 20 {
            return Err(too_many("emails"));
        }
        if self.addresses.len() > 20 {
            return Err(too_many("addresses"));
        }
        if self.undeliverable.len() > UNDELIVERABLE {
            let why = format!("at most {UNDELIVERABLE}");
            return Err(Refusal::FieldInvalid { field: "undeliverable".into(), why });
        }
        if self.enrolments.len() > 20 {
            return Err(too_many("enrolments"));
        }
        if self.enrolments.iter().any(|enrolment| enrolment.to.is_some_and(|to| to < enrolment.from)) {
            return Err(Refusal::FieldInvalid {
                field: "enrolments".into(),
                why: "an enrolment ends on or after its first day".into(),
            });
        }
        Ok(())
    }

    fn search_words(&self) -> Vec<&str> {
        let names = [Some(&self.family_name), self.given_name.as_ref()].into_iter().flatten().map(ShortText::as_str);
        names.chain(self.phones.iter().map(PhoneNumber::as_str)).collect()
    }
}
