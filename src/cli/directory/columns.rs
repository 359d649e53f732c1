//! What the directory's files hold: one table of columns a kind of record, read by import and written by export.

use super::cell::Shape;
use crate::domain::entity::EntityKind;

/// A column of a file.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) struct Column {
    /// Its name in the first line.
    pub name: &'static str,
    /// The field of the record's fields that it fills, with dots into what is nested.
    pub path: &'static str,
    /// What a cell holds.
    pub shape: Shape,
    /// Whether a record can be without it.
    pub need: Need,
}

/// Whether a record can be without a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Need {
    /// It cannot.
    Must,
    /// It can.
    May,
}

use EntityKind as K;
use Need::{May, Must};
use Shape as S;

const fn column(name: &'static str, path: &'static str, shape: Shape, need: Need) -> Column {
    Column { name, path, shape, need }
}

const fn same(name: &'static str, shape: Shape, need: Need) -> Column {
    column(name, name, shape, need)
}

/// The columns of a kind's file but for `id`, `archived` and an operator's `password`; none for a kind that has no such file.
pub(in crate::cli) fn columns(kind: EntityKind) -> &'static [Column] {
    match kind {
        K::Client => CLIENT,
        K::Contract => CONTRACT,
        K::Site => SITE,
        K::Holiday => HOLIDAY,
        K::Service => SERVICE,
        K::Provider => PROVIDER,
        K::Courier => COURIER,
        K::Operator => OPERATOR,
        K::Beneficiary => BENEFICIARY,
        K::Permanence => PERMANENCE,
        K::Locker => LOCKER,
        _ => &[],
    }
}

/// What must be minded when things are carried.
const LOADS: &[&str] = &["ordinary", "bulky", "chilled", "fragile"];

const CLIENT: &[Column] =
    &[same("name", S::Text, Must), same("switchboards", S::Phones, May), same("contact_persons", S::People, May)];

const CONTRACT: &[Column] = &[
    column("client", "client_id", S::Id(K::Client), Must),
    same("from", S::Date, Must),
    same("to", S::Date, May),
    same("size", S::Number(u32::MAX), May),
    same("visits_per_year", S::Number(u32::MAX), May),
    same("hours_per_year", S::Number(u32::MAX), May),
    same("note", S::Text, May),
];

const SITE: &[Column] = &[
    same("name", S::Text, Must),
    column("client", "client_id", S::Id(K::Client), May),
    same("commune", S::Text, Must),
    same("address", S::Text, May),
    same("position", S::Position, May),
    same("zone", S::Zone, May),
    same("region", S::OneOf(&["france", "alsace_moselle"]), May),
    column("hours", "hours.weekly", S::Hours, May),
    column("closed_days", "hours.closed", S::ClosedDays, May),
    same("notice", S::LongText, May),
    same("catalogue", S::Ids(K::Service), May),
];

const HOLIDAY: &[Column] = &[
    same("date", S::Date, Must),
    column("site", "site_id", S::Id(K::Site), May),
    same("kind", S::OneOf(&["closed", "open"]), Must),
    same("name", S::Text, Must),
];

const SERVICE: &[Column] = &[
    same("name", S::Text, Must),
    same("name_en", S::Text, May),
    same("family", S::Text, Must),
    same("synonyms", S::Texts, May),
    same("everyday", S::OneOf(&["everyday", "occasional"]), Must),
    column("price_rule", "price.kind", S::OneOf(&["free", "per_unit", "flat", "on_quote"]), Must),
    column("price", "price.cents", S::Euros, May),
    same("vat", S::Percent, Must),
    same("unit", S::Text, May),
    same("unit_en", S::Text, May),
    same("carriage", S::OneOf(&["there_and_back", "delivered", "on_site"]), Must),
    same("load", S::OneOf(LOADS), May),
    same("lead_time_h", S::Number(2000), May),
    same("from", S::Date, May),
    same("to", S::Date, May),
];

const PROVIDER: &[Column] = &[
    same("name", S::Text, Must),
    same("tier", S::OneOf(&["inclusion", "ess", "local", "other"]), Must),
    same("status", S::OneOf(&["ei", "aci", "ai", "etti", "eiti", "ea", "esat"]), May),
    same("legal_form", S::Text, May),
    same("services", S::Services, May),
    same("sites", S::Ids(K::Site), May),
    column("hours", "hours.weekly", S::Hours, May),
    column("closed_days", "hours.closed", S::ClosedDays, May),
    same("capacity_per_day", S::Number(65_535), May),
    same("phones", S::Phones, May),
    same("emails", S::Emails, May),
    same("prefers", S::OneOf(&["mail", "telephone"]), May),
    same("commune", S::Text, May),
    same("address", S::Text, May),
    same("position", S::Position, May),
    same("suspensions", S::Suspensions, May),
    same("members", S::Members, May),
    same("accompanied", S::Number(65_535), May),
    same("note", S::LongText, May),
];

const COURIER: &[Column] = &[
    same("name", S::Text, Must),
    same("phone", S::Phone, May),
    same("email", S::Email, May),
    same("of", S::CourierOf, May),
    column("vehicle", "vehicle.kind", S::OneOf(&["foot", "bike", "cargo_bike", "van"]), Must),
    column("speed_kmh", "vehicle.speed_kmh", S::Number(130), Must),
    column("capacity_items", "vehicle.capacity_items", S::Number(1000), Must),
    same("carries", S::Some(LOADS), May),
    column("hours", "hours.weekly", S::Hours, May),
    column("closed_days", "hours.closed", S::ClosedDays, May),
    same("base", S::Place, May),
    same("note", S::Text, May),
];

const OPERATOR: &[Column] = &[
    same("login", S::Login, Must),
    same("name", S::Text, Must),
    same("roles", S::Some(&["operator", "dispatcher", "concierge", "trainee", "manager", "coordinator"]), Must),
    same("sites", S::Sites, Must),
    column("client", "client_id", S::Id(K::Client), May),
    same("extensions", S::Texts, May),
    same("preferences", S::Json, May),
];

const BENEFICIARY: &[Column] = &[
    same("family_name", S::Text, Must),
    same("given_name", S::Text, May),
    same("title", S::Text, May),
    column("client", "client_id", S::Id(K::Client), May),
    column("site", "site_id", S::Id(K::Site), May),
    same("phones", S::Phones, May),
    same("emails", S::Emails, May),
    same("addresses", S::Doors, May),
    same("prefers", S::OneOf(&["mail", "telephone"]), May),
    same("gender", S::OneOf(&["woman", "man", "other"]), May),
    same("enrolments", S::Enrolments, May),
    same("note", S::LongText, May),
];

const PERMANENCE: &[Column] = &[
    column("site", "site_id", S::Id(K::Site), Must),
    column("concierge", "concierge_id", S::Id(K::Operator), May),
    column("date", "window.date", S::Date, Must),
    column("from", "window.from", S::Time, Must),
    column("to", "window.to", S::Time, Must),
    same("note", S::Text, May),
];

const LOCKER: &[Column] = &[
    column("site", "site_id", S::Id(K::Site), Must),
    same("name", S::Text, Must),
    same("size", S::OneOf(&["small", "medium", "large"]), Must),
];
