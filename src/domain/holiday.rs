//! A holiday: a day on which the house or a site is closed, or open although others are not.

use super::{
    entity::{EntityKind, Scope},
    ids::{HolidayId, SiteId},
    register::{Entry, Fields},
    texts::ShortText,
    time::deserialize_date,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a holiday makes of its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HolidayKind {
    /// Closed on a day that would be a working day.
    Closed,
    /// Open on a public holiday.
    Open,
}

/// A day on which the house or a site is closed, or open although others are not.
pub type Holiday = Entry<HolidayFields>;

/// What people write of a holiday; the body that creates one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HolidayFields {
    /// Which day.
    #[serde(deserialize_with = "deserialize_date")]
    #[cfg_attr(feature = "office", schema(value_type = String, format = Date, example = "2026-12-24"))]
    pub date: Date,
    /// On which site; the whole house if none.
    #[serde(default)]
    pub site_id: Option<SiteId>,
    /// What becomes of the day.
    pub kind: HolidayKind,
    /// Why.
    pub name: ShortText,
}

impl Fields for HolidayFields {
    type Id = HolidayId;
    const KIND: EntityKind = EntityKind::Holiday;
    const EDITABLE: &'static [&'static str] = &["date", "kind", "name"];

    fn scope(&self, _id: HolidayId) -> Scope {
        Scope { site: self.site_id, client: None }
    }

    fn search_words(&self) -> Vec<&str> {
        vec![self.name.as_str()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holiday_is_a_day_and_no_moment() {
        let body = |date: &str| serde_json::json!({ "date": date, "kind": "closed", "name": "Pont" });
        assert!(serde_json::from_value::<HolidayFields>(body("2026-05-15")).is_ok());
        assert!(serde_json::from_value::<HolidayFields>(body("2026-05-15T00:00:00")).is_err());
    }
}
