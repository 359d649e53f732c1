//! A provider: the partner who does the job, its tier and status, what it does, where and when.

use super::{
    beneficiary::Way,
    calendar::WorkingCalendar,
    email::EmailAddress,
    entity::{EntityKind, Scope},
    hours::{Closed, OpeningHours},
    ids::{ProviderId, ServiceId, SiteId},
    money::Cents,
    phone::PhoneNumber,
    policy::PolicyFields,
    position::Position,
    refusal::Refusal,
    register::{Entry, Fields},
    texts::{LongText, ShortText},
};
use jiff::{ToSpan as _, civil::Date};
use serde::{Deserialize, Deserializer, Serialize};
use std::{borrow::Cow, collections::BTreeSet, num::NonZeroU16};

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

/// Days on which a provider neither works nor is asked: its holidays, or a suspension by the house.
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

impl Suspension {
    /// Whether it holds on a day.
    pub fn holds(&self, date: Date) -> bool {
        self.from <= date && self.to.is_none_or(|to| date <= to)
    }

    /// Its days, as days on which a place is closed; none where the last comes before the first.
    fn closed(&self) -> Option<Closed> {
        Closed::new(self.from, self.to.unwrap_or(Date::MAX)).ok()
    }
}

/// Until when a provider is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Away {
    /// The last day of it.
    Through(Date),
    /// Until further notice.
    ForGood,
}

/// The most members that a consortium has.
pub const MOST_MEMBERS: usize = 50;

/// The most suspensions that are kept of a provider, those that are over included.
pub const MOST_SUSPENSIONS: usize = 200;

/// A provider's part in a consortium.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Who.
    pub provider_id: ProviderId,
    /// Its share: the jobs a day that it takes of those of the consortium.
    #[cfg_attr(feature = "office", schema(value_type = u16, minimum = 1))]
    pub capacity_per_day: NonZeroU16,
}

/// Suspensions as they are stored now, or the single one of documents of before.
#[derive(Deserialize)]
#[serde(untagged)]
enum Suspensions {
    Many(Vec<Suspension>),
    One(Suspension),
    None(()),
}

fn suspensions<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Suspension>, D::Error> {
    Ok(match Suspensions::deserialize(deserializer)? {
        Suspensions::Many(many) => many,
        Suspensions::One(one) => vec![one],
        Suspensions::None(()) => Vec::new(),
    })
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
    /// Where it lies, for rounds.
    #[serde(default)]
    pub position: Option<Position>,
    /// Its holidays, and when it is not asked; by their first day as a rule.
    #[serde(default, alias = "suspension", deserialize_with = "suspensions")]
    pub suspensions: Vec<Suspension>,
    /// Who does the work, if it is a consortium (« groupement »), which is asked as one; none for any other provider.
    #[serde(default)]
    pub members: Vec<Member>,
    /// Persons in a work-integration pathway accompanied there, for the yearly report.
    #[serde(default)]
    pub accompanied: Option<u16>,
    /// What helps to work with it.
    #[serde(default)]
    pub note: Option<LongText>,
}

impl ProviderFields {
    /// When it works: its own hours, or those of the house if none are known, without its holidays and suspensions.
    pub fn hours<'a>(&'a self, policy: &'a PolicyFields) -> Cow<'a, OpeningHours> {
        let hours = if self.hours.weekly.is_empty() { &policy.hours } else { &self.hours };
        if self.suspensions.is_empty() {
            return Cow::Borrowed(hours);
        }
        let mut hours = hours.clone();
        hours.closed.extend(self.suspensions.iter().filter_map(Suspension::closed));
        Cow::Owned(hours)
    }

    /// Whether it is not asked for a job on `date`, and through which day that lasts: suspensions that follow each other are one.
    pub fn away(&self, date: Date) -> Option<Away> {
        let mut through = None;
        let mut day = date;
        loop {
            let holding = self.suspensions.iter().filter(|suspension| suspension.holds(day));
            let Some(last) = holding.map(|suspension| suspension.to.unwrap_or(Date::MAX)).max() else {
                return through.map(Away::Through);
            };
            through = Some(last);
            match last.tomorrow() {
                Ok(next) => day = next,
                Err(_) => return Some(Away::ForGood),
            }
        }
    }

    /// Whether it is several providers that are asked as one.
    pub fn is_consortium(&self) -> bool {
        !self.members.is_empty()
    }

    /// Whether it does a service.
    pub fn does(&self, service: ServiceId) -> bool {
        self.services.iter().any(|offered| offered.service_id == service)
    }

    /// Jobs that it can do from a day to a day, both included: none on days on which it is closed or not asked; no bound if none.
    pub fn capacity(&self, from: Date, to: Date, policy: &PolicyFields) -> Option<u32> {
        let a_day = match self.members.as_slice() {
            [] => u32::from(self.capacity_per_day?),
            members => members.iter().map(|member| u32::from(member.capacity_per_day.get())).sum(),
        };
        let calendar = self.calendar(policy);
        let is_asked = |day: &Date| calendar.is_working_day(*day) && self.away(*day).is_none();
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
            hours: self.hours(policy).into_owned(),
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
        "position",
        "suspensions",
        "members",
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
        if self.suspensions.len() > MOST_SUSPENSIONS {
            return invalid("suspensions", "at most 200");
        }
        if self.suspensions.iter().any(|suspension| suspension.closed().is_none()) {
            return invalid("suspensions", "the last day is on or after the first");
        }
        let mut members = BTreeSet::new();
        if self.members.len() > MOST_MEMBERS || !self.members.iter().all(|member| members.insert(member.provider_id)) {
            return invalid("members", "each member once, at most 50");
        }
        Ok(())
    }

    fn search_words(&self) -> Vec<&str> {
        vec![self.name.as_str()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moves::walk::{id, text};
    use jiff::civil::date;
    use serde_json::json;

    fn fields(more: &serde_json::Value) -> ProviderFields {
        let mut all = json!({ "name": "Lavoir", "tier": "ess" });
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        serde_json::from_value(all).unwrap()
    }

    fn suspension(from: Date, to: Option<Date>) -> Suspension {
        Suspension { from, to, reason: text("congés") }
    }

    #[test]
    fn a_document_of_before_with_one_suspension_or_none_is_read() {
        let one = json!({ "from": "2026-12-24", "to": "2027-01-02", "reason": "congés" });
        assert_eq!(
            fields(&json!({ "suspension": one })).suspensions,
            [suspension(date(2026, 12, 24), Some(date(2027, 1, 2)))]
        );
        assert_eq!(fields(&json!({ "suspension": null })).suspensions, []);
        assert_eq!(fields(&json!({})).suspensions, []);
        // As it is stored: the fields lie flat beside id and version.
        let stored = json!({ "id": id::<ProviderId>(1), "version": 3, "standing": "active", "name": "Lavoir", "tier": "ess",
            "suspension": one });
        let row: Provider = serde_json::from_value(stored).unwrap();
        assert_eq!(row.fields.suspensions.len(), 1);
        let written = serde_json::to_value(&row).unwrap();
        assert_eq!((&written["suspensions"][0], written.get("suspension")), (&one, None));
    }

    #[test]
    fn suspensions_that_follow_each_other_end_with_the_last_of_them() {
        let mut provider = fields(&json!({}));
        provider.suspensions = vec![
            suspension(date(2026, 12, 28), Some(date(2027, 1, 3))),
            suspension(date(2026, 12, 21), Some(date(2026, 12, 27))),
            suspension(date(2027, 3, 1), None),
        ];
        assert_eq!(provider.away(date(2026, 12, 20)), None);
        assert_eq!(provider.away(date(2026, 12, 21)), Some(Away::Through(date(2027, 1, 3))));
        assert_eq!(provider.away(date(2027, 1, 4)), None);
        assert_eq!(provider.away(date(2027, 8, 1)), Some(Away::ForGood));
    }

    #[test]
    fn nobody_works_on_a_day_of_a_suspension() {
        let policy = PolicyFields::default();
        let mut provider = fields(&json!({ "hours": { "weekly": "lun-ven 08:00-12:00" } }));
        assert!(matches!(provider.hours(&policy), Cow::Borrowed(_)));
        provider.suspensions = vec![suspension(date(2026, 11, 24), Some(date(2026, 11, 25)))];
        let open = |provider: &ProviderFields, day| !provider.hours(&policy).span_on(date(2026, 11, day)).is_empty();
        assert_eq!([23, 24, 25, 26].map(|day| open(&provider, day)), [true, false, false, true]);
        assert!(provider.calendar(&policy).hours.span_on(date(2026, 11, 24)).is_empty());
    }

    #[test]
    fn what_does_not_hold_together_is_refused_with_its_field() {
        let refused = |fields: &ProviderFields| match fields.check() {
            Err(Refusal::FieldInvalid { field, .. }) => field,
            other => format!("{other:?}"),
        };
        let mut backwards = fields(&json!({}));
        backwards.suspensions = vec![suspension(date(2026, 12, 2), Some(date(2026, 12, 1)))];
        assert_eq!(refused(&backwards), "suspensions");
        let member = |number| json!({ "provider_id": id::<ProviderId>(number), "capacity_per_day": 3 });
        let twice = fields(&json!({ "members": [member(1), member(2), member(1)] }));
        assert_eq!(refused(&twice), "members");
        assert!(fields(&json!({ "members": [member(1), member(2)] })).check().is_ok());
        let nothing = json!({ "provider_id": id::<ProviderId>(1), "capacity_per_day": 0 });
        assert!(serde_json::from_value::<Member>(nothing).is_err(), "a share is one job a day at least");
    }
}
