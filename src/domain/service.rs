//! A service: an entry of the catalogue.

use super::{
    entity::{EntityKind, Scope},
    ids::ServiceId,
    money::{Cents, VatRate},
    refusal::Refusal,
    register::{Entry, Fields},
    request::Quantity,
    texts::ShortText,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The entry of the catalogue.
pub type Service = Entry<ServiceFields>;

/// Whether it is one of the everyday services that the yearly report counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Everyday {
    /// Of every day: bread, laundry, parcels.
    Everyday,
    /// Once in a while.
    Occasional,
}

/// Whether something must be carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Carriage {
    /// Items go to the provider and come back.
    ThereAndBack,
    /// Something is brought, nothing taken: bread.
    Delivered,
    /// Done on the spot; nothing is carried.
    OnSite,
}

/// What must be minded when its things are carried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LoadKind {
    /// Nothing.
    #[default]
    Ordinary,
    /// Too big for a bag.
    Bulky,
    /// To be kept cold.
    Chilled,
    /// Easily broken.
    Fragile,
}

/// How the price is found. Prices hold VAT included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum PriceRule {
    /// Nothing is paid.
    Free,
    /// So much a unit.
    PerUnit {
        /// Cents a unit.
        cents: Cents,
    },
    /// So much, however many.
    Flat {
        /// Cents in all.
        cents: Cents,
    },
    /// Told by the provider.
    OnQuote,
}

impl PriceRule {
    /// What so many cost, as the catalogue tells; none on quote, or for more than a sum can hold.
    pub fn told(self, quantity: Quantity) -> Option<Cents> {
        match self {
            Self::Free => Some(Cents::ZERO),
            Self::PerUnit { cents } => cents.checked_mul(quantity.into()),
            Self::Flat { cents } => Some(cents),
            Self::OnQuote => None,
        }
    }
}

/// What people write of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ServiceFields {
    /// The French name.
    pub name: ShortText,
    /// The English name.
    #[serde(default)]
    pub name_en: Option<ShortText>,
    /// The family it belongs to.
    pub family: ShortText,
    /// Other words that people say for it.
    #[serde(default)]
    pub synonyms: Vec<ShortText>,
    /// Whether the yearly report counts it as everyday.
    pub everyday: Everyday,
    /// How the price is found.
    pub price: PriceRule,
    /// The VAT rate inside the price.
    pub vat: VatRate,
    /// What one of it is called: chemise, paire, heure.
    #[serde(default)]
    pub unit: Option<ShortText>,
    /// The same in English: shirt, pair, hour.
    #[serde(default)]
    pub unit_en: Option<ShortText>,
    /// Whether something must be carried.
    pub carriage: Carriage,
    /// What must be minded when its things are carried.
    #[serde(default)]
    pub load: LoadKind,
    /// How long it takes at least, in hours of opening; 0 to 2,000.
    #[serde(default)]
    #[cfg_attr(feature = "office", schema(maximum = 2000))]
    pub lead_time_h: u16,
    /// Offered from this day.
    #[serde(default)]
    #[cfg_attr(feature = "office", schema(value_type = Option<String>, format = Date))]
    pub from: Option<Date>,
    /// Offered through this day.
    #[serde(default)]
    #[cfg_attr(feature = "office", schema(value_type = Option<String>, format = Date))]
    pub to: Option<Date>,
}

impl Fields for ServiceFields {
    type Id = ServiceId;
    const KIND: EntityKind = EntityKind::Service;
    const EDITABLE: &'static [&'static str] = &[
        "name",
        "name_en",
        "family",
        "synonyms",
        "everyday",
        "price",
        "vat",
        "unit",
        "unit_en",
        "carriage",
        "load",
        "lead_time_h",
        "from",
        "to",
    ];

    fn scope(&self, _id: ServiceId) -> Scope {
        Scope::default()
    }

    fn check(&self) -> Result<(), Refusal> {
        let invalid = |field: &str, why: &str| Err(Refusal::FieldInvalid { field: field.into(), why: why.into() });
        if self.synonyms.len() > 100 {
            return invalid("synonyms", "at most 100");
        }
        if self.lead_time_h > 2000 {
            return invalid("lead_time_h", "at most 2000 hours");
        }
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to < from
        {
            return invalid("to", "the last day is on or after the first");
        }
        Ok(())
    }

    fn search_words(&self) -> Vec<&str> {
        let names = [Some(&self.name), self.name_en.as_ref(), Some(&self.family)].into_iter().flatten();
        names.chain(&self.synonyms).map(ShortText::as_str).collect()
    }
}
