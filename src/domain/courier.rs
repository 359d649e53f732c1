//! A courier: a person who carries items, with what they usually drive and when.

use super::{
    email::EmailAddress,
    entity::{EntityKind, Scope},
    hours::OpeningHours,
    ids::{CourierId, ProviderId},
    leg::Place,
    phone::PhoneNumber,
    refusal::Refusal,
    register::{Entry, Fields},
    round::Vehicle,
    service::LoadKind,
    texts::ShortText,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A person who carries items.
pub type Courier = Entry<CourierFields>;

/// Whose courier it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum CourierOf {
    /// The house's own staff.
    #[default]
    OwnStaff,
    /// A provider that carries.
    Provider {
        /// Which one.
        provider_id: ProviderId,
    },
    /// Nobody's: a volunteer.
    Volunteer,
}

/// What people write of a courier; the body that creates one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CourierFields {
    /// Their name.
    pub name: ShortText,
    /// Where they are reached.
    #[serde(default)]
    pub phone: Option<PhoneNumber>,
    /// Where their rounds are sent.
    #[serde(default)]
    #[cfg_attr(feature = "office", schema(value_type = Option<String>))]
    pub email: Option<EmailAddress>,
    /// Whose they are.
    #[serde(default)]
    pub of: CourierOf,
    /// What they usually drive.
    pub vehicle: Vehicle,
    /// What they may carry; anything if none is named.
    #[serde(default)]
    pub carries: Option<BTreeSet<LoadKind>>,
    /// When they usually drive; not known if none.
    #[serde(default)]
    pub hours: Option<OpeningHours>,
    /// Where their rounds usually start and end.
    #[serde(default)]
    pub base: Option<Place>,
    /// What planners should know.
    #[serde(default)]
    pub note: Option<ShortText>,
}

impl Fields for CourierFields {
    type Id = CourierId;
    const KIND: EntityKind = EntityKind::Courier;
    const EDITABLE: &'static [&'static str] =
        &["name", "phone", "email", "of", "vehicle", "carries", "hours", "base", "note"];

    fn scope(&self, _id: CourierId) -> Scope {
        Scope::default()
    }

    fn check(&self) -> Result<(), Refusal> {
        self.vehicle.check()
    }

    fn search_words(&self) -> Vec<&str> {
        let phone = self.phone.as_ref().map(PhoneNumber::as_str);
        [Some(self.name.as_str()), phone, self.note.as_ref().map(ShortText::as_str)].into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        entity::{Edit, Entity as _, FieldEdit, edited},
        moves::walk::id,
    };
    use serde_json::json;

    fn courier() -> Courier {
        let body = json!({ "name": "Malo Trébuchet", "phone": "+33199001234", "vehicle": { "kind": "bike", "speed_kmh": 15, "capacity_items": 4 } });
        Courier::create(id(1), serde_json::from_value(body).unwrap()).unwrap()
    }

    #[test]
    fn an_edit_cannot_give_a_courier_a_vehicle_that_does_not_move() {
        let courier = courier();
        let seen = serde_json::to_value(courier.fields.vehicle).unwrap();
        let new = json!({ "kind": "van", "speed_kmh": 0, "capacity_items": 4 });
        let edit = Edit { fields: [("vehicle".to_owned(), FieldEdit { seen, new })].into() };
        assert!(
            matches!(edited(&courier, &edit), Err(Refusal::FieldInvalid { field, .. }) if field == "vehicle.speed_kmh")
        );
    }

    #[test]
    fn a_courier_is_found_by_name_and_number() {
        assert_eq!(courier().search_words(), ["Malo Trébuchet", "+33199001234"]);
    }

    #[test]
    fn what_is_stored_is_read_back() {
        let courier = courier();
        assert_eq!(serde_json::from_value::<Courier>(serde_json::to_value(&courier).unwrap()).unwrap(), courier);
    }
}
