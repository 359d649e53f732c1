//! A contract: a period of a client's subscription, with what it entitles to.

use super::{
    entity::{EntityKind, Scope},
    ids::{ClientId, ContractId},
    refusal::Refusal,
    register::{Entry, Fields, Standing},
    texts::ShortText,
    time::{deserialize_date, parse_date},
};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

/// A period of a client's subscription.
pub type Contract = Entry<ContractFields>;

/// What people write of a contract; the body that creates one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ContractFields {
    /// Whose.
    pub client_id: ClientId,
    /// Its first day.
    #[serde(deserialize_with = "deserialize_date")]
    #[cfg_attr(feature = "office", schema(value_type = String, format = Date, example = "2026-01-01"))]
    pub from: Date,
    /// Its last day; none while it has no end.
    #[serde(default, deserialize_with = "deserialize_last_day")]
    #[cfg_attr(feature = "office", schema(value_type = Option<String>, format = Date, example = "2026-12-31"))]
    pub to: Option<Date>,
    /// The people it entitles.
    #[serde(default)]
    pub size: Option<u32>,
    /// Permanences a year.
    #[serde(default)]
    pub visits_per_year: Option<u32>,
    /// Hours of permanence a year.
    #[serde(default)]
    pub hours_per_year: Option<u32>,
    /// What else was agreed.
    #[serde(default)]
    pub note: Option<ShortText>,
}

fn deserialize_last_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let text: Option<String> = Option::deserialize(deserializer)?;
    text.map(|text| parse_date(&text)).transpose().map_err(D::Error::custom)
}

impl Fields for ContractFields {
    type Id = ContractId;
    const KIND: EntityKind = EntityKind::Contract;
    const EDITABLE: &'static [&'static str] = &["from", "to", "size", "visits_per_year", "hours_per_year", "note"];

    fn scope(&self, _id: ContractId) -> Scope {
        Scope { site: None, client: Some(self.client_id) }
    }

    fn check(&self) -> Result<(), Refusal> {
        if self.to.is_some_and(|to| to < self.from) {
            return Err(Refusal::FieldInvalid {
                field: "to".into(),
                why: "the last day is not before the first".into(),
            });
        }
        Ok(())
    }

    fn search_words(&self) -> Vec<&str> {
        self.note.as_ref().map(ShortText::as_str).into_iter().collect()
    }
}

impl Entry<ContractFields> {
    /// Whether it holds on this day; its last day is part of it. One that was made by mistake is archived and holds never.
    pub fn covers(&self, day: Date) -> bool {
        self.standing == Standing::Active && self.fields.from <= day && self.fields.to.is_none_or(|to| day <= to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moves::walk::id;
    use jiff::civil::date;
    use serde_json::json;

    fn contract(from: &str, to: Option<&str>) -> Result<Contract, Refusal> {
        let body = json!({ "client_id": id::<ClientId>(1), "from": from, "to": to, "size": 423 });
        Contract::create(id(2), serde_json::from_value(body).unwrap())
    }

    #[test]
    fn the_last_day_is_part_of_the_period() {
        let contract = contract("2026-01-01", Some("2026-12-31")).unwrap();
        assert!(contract.covers(date(2026, 1, 1)) && contract.covers(date(2026, 12, 31)));
        assert!(!contract.covers(date(2025, 12, 31)) && !contract.covers(date(2027, 1, 1)));
    }

    #[test]
    fn a_period_may_have_no_end_but_not_one_before_its_start() {
        assert!(contract("2026-01-01", None).unwrap().covers(date(2040, 6, 1)));
        assert!(contract("2026-01-01", Some("2026-01-01")).is_ok());
        assert!(
            matches!(contract("2026-01-02", Some("2026-01-01")), Err(Refusal::FieldInvalid { field, .. }) if field == "to")
        );
    }

    #[test]
    fn an_archived_period_covers_nothing() {
        let mut contract = contract("2026-01-01", None).unwrap();
        contract.standing = Standing::Archived;
        assert!(!contract.covers(date(2026, 6, 1)));
    }

    #[test]
    fn what_is_stored_is_read_back() {
        for to in [None, Some("2026-12-31")] {
            let contract = contract("2026-01-01", to).unwrap();
            assert_eq!(serde_json::from_value::<Contract>(serde_json::to_value(&contract).unwrap()).unwrap(), contract);
        }
    }
}
