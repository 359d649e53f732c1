//! A provider: the partner who does the job, its tier and status, what it does, where and when.

use super::{
    beneficiary::Way,
    calendar::WorkingCalendar,
    email::EmailAddress,
    entity::{EntityKind, Scope},
    hours::OpeningHours,
    ids::{ProviderId, ServiceId, SiteId},
    money::Cents,
    phone::PhoneNumber,
    policy::PolicyFields,
    refusal::Refusal,
    register::{Entry, Fields},
    texts::{LongText, ShortText},
};
use jiff::{ToSpan as _, civil::Date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The partner who does the job.
pub type Provider = Entry<ProviderFields>;

/// The order of preference; which tiers count as ESS is policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Work integration and adapted work.
    Inclusion,
    /// Other social and solidarity economy.
    Ess,
    /// A local firm.
    Local,
    /// Anyone else.
    Other,
}

/// The status within the inclusion tier (French labour code, articles L5132-4, L5213-13; social code, article L344-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InclusionStatus {
    /// Entreprise d'insertion.
    Ei,
    /// Atelier et chantier d'insertion.
    Aci,
    /// Association intermédiaire.
    Ai,
    /// Entreprise de travail temporaire d'insertion.
    Etti,
    /// Entreprise d'insertion par le travail indépendant.
    Eiti,
    /// Entreprise adaptée.
    Ea,
    /// Établissement ou service d'aide par le travail.
    Esat,
}

/// A service that a provider does, on its terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OfferedService {
    /// Which one.
    pub service_id: ServiceId,
    /// The provider's price a unit, VAT included; the catalogue's if none.
    #[serde(default)]
    pub price: Option<Cents>,
    /// The provider's lead time in hours of opening; the catalogue's if none.
    #[serde(default)]
    pub lead_time_h: Option<u16>,
    /// Jobs a day; the provider's capacity if none.
    #[serde(default)]
    pub capacity_per_day: Option<u16>,
}

/// Days on which a provider is not asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Suspension {
    /// The first day.
    #[cfg_attr(feature = "office", schema(value_type = String, format = Date))]
    pub from: Date,
    /// The last day; open if none.
    #[serde(default)]
    #[cfg_attr(feature = "office", schema(value_type = Option<String>, format = Date))]
    pub to: Option<Date>,
    /// Why.
    pub reason: ShortText,
}

/// What people write of a provider.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProviderFields {
    /// The provider's name.
    pub name: ShortText,
    /// Its place in the order of preference.
    pub tier: Tier,
    /// Its status within the inclusion tier.
    #[serde(default)]
    pub status: Option<InclusionStatus>,
    /// Association, SCIC, SAS…
    #[serde(default)]
    pub legal_form: Option<ShortText>,
    /// What it does.
    #[serde(default)]
    pub services: Vec<OfferedService>,
    /// Where; every site if none are named.
    #[serde(default)]
    pub sites: Option<BTreeSet<SiteId>>,
    /// When it works.
    #[serde(default)]
    pub hours: OpeningHours,
    /// Jobs a day it can take; no bound if none.
    #[serde(default)]
    pub capacity_per_day: Option<u16>,
    /// Telephone numbers.
    #[serde(default)]
    pub phones: Vec<PhoneNumber>,
    /// Addresses of mail.
    #[serde(default)]
    #[cfg_attr(feature = "office", schema(value_type = Vec<String>))]
    pub emails: Vec<EmailAddress>,
    /// How offers are told.
    #[serde(default)]
    pub prefers: Way,
    /// The commune where it works.
    #[serde(default)]
    pub commune: Option<ShortText>,
    /// The street address.
    #[serde(default)]
    pub address: Option<ShortText>,
    /// When it is not asked.
    #[serde(default)]
    pub suspension: Option<Suspension>,
    /// Persons in a work-integration pathway accompanied there, for the yearly report.
    #[serde(default)]
    pub accompanied: Option<u16>,
    /// What helps to work with it.
    #[serde(default)]
    pub note: Option<LongText>,
}

impl ProviderFields {
    /// When it works: its own hours, or those of the house if none are known.
    pub fn hours<'a>(&'a self, policy: &'a PolicyFields) -> &'a OpeningHours {
        if self.hours.weekly.is_empty() { &policy.hours } else { &self.hours }
    }

    /// Jobs that it can do from a day to a day, both included: none on days on which it is closed or not asked; no bound if none.
    pub fn capacity(&self, from: Date, to: Date, policy: &PolicyFields) -> Option<u32> {
        let a_day = u32::from(self.capacity_per_day?);
        let calendar = self.calendar(policy);
        let is_asked = |day: &Date| {
            let away = |away: &Suspension| away.from <= *day && away.to.is_none_or(|to| *day <= to);
            calendar.is_working_day(*day) && !self.suspension.as_ref().is_some_and(away)
        };
        let days = from.series(1.day()).take_while(|day| *day <= to).filter(is_asked).count();
        Some(u32::try_from(days).unwrap_or(u32::MAX).saturating_mul(a_day))
    }

    /// How it can be asked: as it prefers, if there is a way to.
    pub fn way(&self) -> Way {
        if self.emails.is_empty() { Way::Telephone } else { self.prefers }
    }

    /// The calendar in which its deadlines run: its hours and the public holidays, but not the days on which the house alone is closed.
    pub fn calendar(&self, policy: &PolicyFields) -> WorkingCalendar {
        WorkingCalendar {
            hours: self.hours(policy).clone(),
            zone: policy.zone.clone(),
            region: policy.region,
            ..WorkingCalendar::default()
        }
    }
}

impl Fields for ProviderFields {
    type Id = ProviderId;
    const KIND: EntityKind = EntityKind::Provider;
    const EDITABLE: &'static [&'static str] = &[
        "name",
        "tier",
        "status",
        "legal_form",
        "services",
        "sites",
        "hours",
        "capacity_per_day",
        "phones",
        "emails",
        "prefers",
        "commune",
        "address",
        "suspension",
        "accompanied",
        "note",
    ];

    fn scope(&self, _id: ProviderId) -> Scope {
        Scope::default()
    }

    fn check(&self) -> Result<(), Refusal> {
        let invalid = |field: &str, why: &str| Err(Refusal::FieldInvalid { field: field.into(), why: why.into() });
        if self.status.is_some() && self.tier != Tier::Inclusion {
            return invalid("status", "only a provider of the inclusion tier has one");
        }
        if self.services.len() > 500
            || self.phones.len() > 20
            || self.emails.len() > 20
            || self.sites.as_ref().is_some_and(|sites| sites.len() > 1000)
        {
            return invalid("services", "at most 500 services, 1000 sites, 20 numbers and 20 addresses");
        }
        let mut seen = BTreeSet::new();
        if !self.services.iter().all(|service| seen.insert(service.service_id)) {
            return invalid("services", "each service once");
        }
        Ok(())
    }

    fn search_words(&self) -> Vec<&str> {
        vec![self.name.as_str()]
    }
}
