//! A courier: a person who carries items, with what they usually drive and when.

use super::{
    entity::{EntityKind, Scope},
    hours::OpeningHours,
    ids::CourierId,
    leg::Place,
    phone::PhoneNumber,
    refusal::Refusal,
    register::{Entry, Fields},
    round::Vehicle,
    texts::ShortText,
};
use serde::{Deserialize, Serialize};

/// A person who carries items.
pub type Courier = Entry<CourierFields>;

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
    /// What they usually drive.
    pub vehicle: Vehicle,
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
    const EDITABLE: &'static [&'static str] = &["name", "phone", "vehicle", "hours", "base", "note"];

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
