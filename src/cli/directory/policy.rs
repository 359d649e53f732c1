//! `policy.toml`: the house's policy in the form of the API, where what is not written stays as it is.

use super::{
    complaint::{Advice, Complaint},
    plan::Plan,
    present::{Known, Present},
    sheet::{broken, line_at},
    sort,
};
use crate::domain::entity::EntityKind;
use serde_json::Value;
use std::collections::BTreeMap;
use toml::Spanned;

/// The file's name.
pub(in crate::cli) const FILE: &str = "policy.toml";

/// The fields of the policy that is present, and those that it has once the file is laid over it; rules may name what is present or planned.
///
/// # Errors
/// What is to be corrected.
pub(in crate::cli) fn laid_over(text: &str, present: &Present, plan: &Plan) -> Result<(Value, Value), Vec<Complaint>> {
    let table: BTreeMap<String, Spanned<toml::Value>> = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_at(text, span.start));
        vec![broken(FILE, line, error.message().to_owned())]
    })?;
    let lines: BTreeMap<String, u64> =
        table.iter().map(|(name, value)| (name.clone(), line_at(text, value.span().start))).collect();
    let line_of = |field: &str| field.split(['.', '[']).next().and_then(|top| lines.get(top)).copied().unwrap_or(1);
    let mut wanted = present.policy.clone();
    if let Value::Object(fields) = &mut wanted {
        fields.retain(|name, _| !matches!(name.as_str(), "id" | "version"));
    }
    let stood = wanted.clone();
    let known = present_and_planned(present, plan);
    let mut faults = Vec::new();
    for (name, value) in table {
        let mut value = serde_json::to_value(value.into_inner()).unwrap_or_default();
        if name == "targets" {
            refer(&mut value, &known, &mut faults);
        }
        match wanted.get_mut(&name) {
            Some(present) => lay_over(present, value),
            None => faults.push((name, Advice::UnknownColumn)),
        }
    }
    if faults.is_empty() {
        match sort::checked(EntityKind::Policy, wanted) {
            Ok(new) => return Ok((stood, new)),
            Err(fault) => faults.push(fault),
        }
    }
    let complaint =
        |(field, advice): (String, Advice)| Complaint { file: FILE.to_owned(), line: line_of(&field), field, advice };
    Err(faults.into_iter().map(complaint).collect())
}

/// What rules may name: records of the database and of the folder.
fn present_and_planned(present: &Present, plan: &Plan) -> Known {
    let mut known = present.known();
    for step in &plan.steps {
        if let Some(id) = step.command.subject() {
            known.add(step.origin.kind, id);
        }
    }
    known
}

/// Puts ids in the place of keys in the rules of the targets.
fn refer(targets: &mut Value, known: &Known, faults: &mut Vec<(String, Advice)>) {
    let rules = targets.get_mut("rules").and_then(Value::as_array_mut);
    for rule in rules.into_iter().flatten() {
        for (name, kind) in [("client", EntityKind::Client), ("service", EntityKind::Service)] {
            let Some(Value::String(key)) = rule.get_mut(name) else { continue };
            match known.find(kind, key) {
                Some(id) => *key = id.to_string(),
                None => faults.push(("targets".into(), Advice::UnknownName { name: key.clone(), kind })),
            }
        }
    }
}

/// Lays a value over another: tables are merged but for those whose `kind` says what else they hold.
fn lay_over(present: &mut Value, new: Value) {
    match (present, new) {
        (Value::Object(present), Value::Object(new)) if !new.contains_key("kind") => {
            for (name, value) in new {
                match present.get_mut(&name) {
                    Some(inner) => lay_over(inner, value),
                    None => drop(present.insert(name, value)),
                }
            }
        }
        (present, new) => *present = new,
    }
}
