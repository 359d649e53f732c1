//! Cells written as they are read.

use super::{super::list::guarded, Shape};
use crate::domain::{door::Door, entity::EntityKind, position::Position};
use serde_json::Value;

impl Shape {
    /// Writes a value; nothing for none.
    pub fn write(self, value: &Value) -> String {
        let list = |each: &dyn Fn(&Value) -> String| {
            value.as_array().map(|all| all.iter().map(each).collect::<Vec<_>>().join("|")).unwrap_or_default()
        };
        if value.is_null() {
            return String::new();
        }
        match self {
            Self::Euros => euros(value),
            Self::Percent => euros(value).trim_end_matches('0').trim_end_matches('.').to_owned(),
            Self::Time => {
                let text = text(value);
                text.strip_suffix(":00").filter(|short| short.len() == 5).unwrap_or(&text).to_owned()
            }
            Self::Texts | Self::Phones | Self::Emails | Self::Some(_) => list(&|item| guarded(&text(item), &['|'])),
            Self::ClosedDays => list(&days),
            Self::Ids(_) => {
                if value.as_array().is_some_and(Vec::is_empty) {
                    "-".into()
                } else {
                    list(&text)
                }
            }
            Self::Sites => match value.get("only") {
                None => text(value),
                Some(only) => Self::Ids(EntityKind::Site).write(only),
            },
            Self::Services => list(&|item| {
                let parts = [
                    text(of(item, "service_id")),
                    euros(of(item, "price")),
                    text(of(item, "lead_time_h")),
                    text(of(item, "capacity_per_day")),
                ];
                parts.join(":").trim_end_matches(':').to_owned()
            }),
            Self::Suspensions => list(&|item| format!("{}:{}", days(item), guarded(&text(of(item, "reason")), &['|']))),
            Self::Members => {
                list(&|item| format!("{}:{}", text(of(item, "provider_id")), text(of(item, "capacity_per_day"))))
            }
            Self::Enrolments => list(&|item| format!("{}:{}", text(of(item, "client_id")), days(item))),
            Self::Doors => list(&|item| {
                let door = serde_json::from_value::<Door>(item.clone()).map(|door| door.to_string());
                guarded(&door.unwrap_or_default(), &['|'])
            }),
            Self::People => list(&|item| {
                let part = |name| guarded(&text(of(item, name)), &['|', ';']);
                [part("name"), part("phone"), part("email")].join(";").trim_end_matches(';').to_owned()
            }),
            Self::Place => {
                let kind = text(of(value, "kind"));
                let named = if kind == "address" { kind.clone() } else { format!("{kind}_id") };
                let at = match Self::Position.write(of(value, "position")) {
                    none if none.is_empty() => none,
                    at => format!("@{at}"),
                };
                format!("{kind}:{}{at}", text(of(value, &named)))
            }
            // In the form in which positions are read, whatever the number of their decimals.
            Self::Position => serde_json::from_value::<Position>(value.clone())
                .map_or_else(|_| String::new(), |position| position.to_string()),
            Self::CourierOf => match text(of(value, "kind")) {
                kind if kind == "provider" => format!("{kind}:{}", text(of(value, "provider_id"))),
                kind => kind,
            },
            Self::Json => value.to_string(),
            Self::Text
            | Self::LongText
            | Self::Phone
            | Self::Email
            | Self::Login
            | Self::Number(_)
            | Self::Date
            | Self::Zone
            | Self::Hours
            | Self::OneOf(_)
            | Self::Id(_) => text(value),
        }
    }
}

fn of<'a>(value: &'a Value, name: &str) -> &'a Value {
    value.get(name).unwrap_or(&Value::Null)
}

/// A value's text; nothing for none.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn euros(value: &Value) -> String {
    value.as_u64().map(|cents| format!("{}.{:02}", cents / 100, cents % 100)).unwrap_or_default()
}

fn days(value: &Value) -> String {
    let (from, to) = (text(of(value, "from")), text(of(value, "to")));
    format!("{from}/{to}")
}

#[cfg(test)]
mod tests {
    use super::{super::Known, *};
    use rstest::rstest;
    use serde_json::json;
    use uuid::Uuid;

    fn known() -> Known {
        let mut known = Known::default();
        for kind in
            [EntityKind::Service, EntityKind::Site, EntityKind::Client, EntityKind::Provider, EntityKind::Locker]
        {
            known.add(kind, Uuid::from_u128(1));
        }
        known
    }

    const ONE: &str = "00000000-0000-0000-0000-000000000001";

    #[rstest]
    #[case(Shape::Euros, json!(450), "4.50")]
    #[case(Shape::Percent, json!(550), "5.5")]
    #[case(Shape::Percent, json!(2000), "20")]
    #[case(Shape::Percent, json!(0), "0")]
    #[case(Shape::Time, json!("09:30:00"), "09:30")]
    #[case(Shape::Time, json!("09:30:15"), "09:30:15")]
    #[case(Shape::Texts, json!(["a|b", "c"]), "a\\|b|c")]
    #[case(Shape::Ids(EntityKind::Site), json!([]), "-")]
    #[case(Shape::Sites, json!("all"), "all")]
    #[case(Shape::Sites, json!({ "only": [ONE] }), ONE)]
    #[case(Shape::Services, json!([{ "service_id": ONE, "price": 450, "capacity_per_day": 3 }, { "service_id": ONE }]), &format!("{ONE}:4.50::3|{ONE}"))]
    #[case(Shape::Enrolments, json!([{ "client_id": ONE, "from": "2026-01-01", "to": null }]), &format!("{ONE}:2026-01-01/"))]
    #[case(Shape::Suspensions, json!([{ "from": "2026-08-03", "to": "2026-08-23", "reason": "congés : tous | ou non" }, { "from": "2026-12-01", "to": null, "reason": "qualité" }]), "2026-08-03/2026-08-23:congés : tous \\| ou non|2026-12-01/:qualité")]
    #[case(Shape::Members, json!([{ "provider_id": ONE, "capacity_per_day": 4 }]), &format!("{ONE}:4"))]
    #[case(Shape::People, json!([{ "name": "Zoé ; Lys", "email": "zoe@lys.example" }]), "Zoé \\; Lys;;zoe@lys.example")]
    #[case(Shape::Place, json!({ "kind": "locker", "locker_id": ONE }), &format!("locker:{ONE}"))]
    #[case(Shape::Place, json!({ "kind": "address", "address": "1 rue : x" }), "address:1 rue : x")]
    #[case(Shape::Place, json!({ "kind": "address", "address": "1 rue : x", "position": { "lat": 44.8, "lon": -0.5 } }), "address:1 rue : x@44.800000, -0.500000")]
    #[case(Shape::Place, json!({ "kind": "address", "address": "chez lys@home" }), "address:chez lys@home")]
    #[case(Shape::Doors, json!([{ "address": "1 rue | x", "position": { "lat": 44.8, "lon": -0.5 } }, { "address": "chez lys@home" }]), "1 rue \\| x @44.800000, -0.500000|chez lys@home")]
    #[case(Shape::Position, json!({ "lat": 44.837_789, "lon": -0.579_18 }), "44.837789, -0.579180")]
    #[case(Shape::CourierOf, json!({ "kind": "volunteer" }), "volunteer")]
    #[case(Shape::CourierOf, json!({ "kind": "provider", "provider_id": ONE }), &format!("provider:{ONE}"))]
    #[case(Shape::Email, json!("zoe@lys.example"), "zoe@lys.example")]
    #[case(Shape::ClosedDays, json!([{ "from": "2026-08-03", "to": "2026-08-23" }]), "2026-08-03/2026-08-23")]
    fn what_is_written_is_read_back(#[case] shape: Shape, #[case] value: Value, #[case] cell: &str) {
        assert_eq!(shape.write(&value), cell);
        assert_eq!(shape.read(cell, &known()).unwrap(), value);
    }
}
