//! The kinds of record that a directory holds: their files, their order, and the rules that their fields are held against.

use super::{
    columns::{Column, columns},
    complaint::Advice,
};
use crate::{
    domain::{
        beneficiary::BeneficiaryFields,
        client::ClientFields,
        contract::ContractFields,
        courier::CourierFields,
        entity::EntityKind,
        holiday::HolidayFields,
        locker::LockerFields,
        operator::OperatorFields,
        permanence::PermanenceFields,
        policy::{Policy, PolicyFields, policy_id},
        provider::ProviderFields,
        refusal::Refusal,
        register::Fields,
        service::ServiceFields,
        site::SiteFields,
    },
    wire::catalogue::CATALOGUE,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Every kind that has a file with rows, those that others refer to first.
#[cfg(feature = "office")]
pub(in crate::cli) const KINDS: &[EntityKind] = &[
    EntityKind::Client,
    EntityKind::Contract,
    EntityKind::Service,
    EntityKind::Site,
    EntityKind::Holiday,
    EntityKind::Provider,
    EntityKind::Locker,
    EntityKind::Courier,
    EntityKind::Operator,
    EntityKind::Beneficiary,
    EntityKind::Permanence,
];

/// A file's name without its ending: that of the collection.
pub(in crate::cli) const fn stem(kind: EntityKind) -> &'static str {
    kind.collection()
}

/// Whether such records can be archived.
pub(in crate::cli) fn has_archive(kind: EntityKind) -> bool {
    let name = format!("{}.archive", kind.name());
    CATALOGUE.iter().any(|entry| entry.name == name)
}

/// Whether a record's document says that it is archived.
pub(in crate::cli) fn is_archived(doc: &Value) -> bool {
    doc.get("standing").and_then(Value::as_str) == Some("archived")
        || doc.get("archived").and_then(Value::as_bool) == Some(true)
}

/// The fields of a record's document that the directory holds.
pub(super) fn fields_of(kind: EntityKind, doc: &Value) -> Value {
    let Value::Object(doc) = doc else { return Value::Null };
    let top = |column: &Column| column.path.split('.').next().unwrap_or(column.path);
    let held: Vec<&str> = columns(kind).iter().map(top).collect();
    Value::Object(
        doc.iter()
            .filter(|(name, _)| held.contains(&name.as_str()))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
    )
}

/// The fields in the form that the office stores, once they were held against their rules.
///
/// # Errors
/// The column at fault, and what to do.
pub(super) fn checked(kind: EntityKind, fields: Value) -> Result<Value, (String, Advice)> {
    match kind {
        EntityKind::Client => ruled::<ClientFields>(kind, fields),
        EntityKind::Contract => ruled::<ContractFields>(kind, fields),
        EntityKind::Site => ruled::<SiteFields>(kind, fields),
        EntityKind::Holiday => ruled::<HolidayFields>(kind, fields),
        EntityKind::Service => ruled::<ServiceFields>(kind, fields),
        EntityKind::Provider => ruled::<ProviderFields>(kind, fields),
        EntityKind::Courier => ruled::<CourierFields>(kind, fields),
        EntityKind::Operator => ruled::<OperatorFields>(kind, fields),
        EntityKind::Beneficiary => ruled::<BeneficiaryFields>(kind, fields),
        EntityKind::Permanence => stored(kind, &read::<PermanenceFields>(kind, fields)?),
        EntityKind::Locker => stored(kind, &read::<LockerFields>(kind, fields)?),
        EntityKind::Policy => {
            let policy = Policy::create(policy_id(), read::<PolicyFields>(kind, fields)?);
            stored(kind, &policy.map_err(|refusal| by_rule(kind, &refusal))?.fields)
        }
        _ => Ok(fields),
    }
}

fn ruled<F: Fields>(kind: EntityKind, fields: Value) -> Result<Value, (String, Advice)> {
    let fields: F = read(kind, fields)?;
    fields.check().map_err(|refusal| by_rule(kind, &refusal))?;
    stored(kind, &fields)
}

/// What a rule of the domain says, at the column that it is about.
fn by_rule(kind: EntityKind, refusal: &Refusal) -> (String, Advice) {
    let field = match refusal {
        Refusal::FieldInvalid { field, .. } => field.as_str(),
        _ => "id",
    };
    (name_of(kind, field), Advice::of_rule(refusal))
}

fn read<F: DeserializeOwned>(kind: EntityKind, fields: Value) -> Result<F, (String, Advice)> {
    serde_path_to_error::deserialize(fields).map_err(|error| {
        let path = error.path().to_string();
        let said = error.into_inner().to_string();
        let missing = said.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
        match missing {
            Some(field) => {
                let whole = if path == "." { field.to_owned() } else { format!("{path}.{field}") };
                (name_of(kind, &whole), Advice::Empty)
            }
            None => (name_of(kind, &path), Advice::Rule(said)),
        }
    })
}

fn stored<F: Serialize>(kind: EntityKind, fields: &F) -> Result<Value, (String, Advice)> {
    serde_json::to_value(fields).map_err(|error| (kind.name().to_owned(), Advice::Rule(error.to_string())))
}

/// The column that fills a field; the field's own name if none does.
pub(in crate::cli) fn name_of(kind: EntityKind, path: &str) -> String {
    let all = columns(kind);
    let exact = all.iter().find(|column| column.path == path);
    let within = || all.iter().find(|column| column.path.split('.').next() == path.split(['.', '[']).next());
    exact.or_else(within).map_or_else(|| path.to_owned(), |column| column.name.to_owned())
}
