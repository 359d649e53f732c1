//! `policy.toml`: the house's policy in the form of the API, where what is not written stays as it is.

use super::{
    super::{
        complaint::{Advice, Complaint},
        present::Present,
        sheet::{broken, line_at, text_of},
        sort,
    },
    plan::{Origin, Plan, difference},
};
use crate::{domain::entity::EntityKind, office::commands::register};
use serde_json::Value;
use std::{collections::BTreeMap, path::Path};
use toml::Spanned;

/// Adds what the file changes.
pub(super) fn plan(path: &Path, present: &Present, plan: &mut Plan) {
    let file = "policy.toml".to_owned();
    let text = match text_of(path) {
        Ok(text) => text,
        Err(error) => return plan.complaints.push(broken(&file, 1, error.to_string())),
    };
    let table: BTreeMap<String, Spanned<toml::Value>> = match toml::from_str(&text) {
        Ok(table) => table,
        Err(error) => {
            let line = error.span().map_or(1, |span| line_at(&text, span.start));
            return plan.complaints.push(broken(&file, line, error.message().to_owned()));
        }
    };
    let lines: BTreeMap<String, u64> =
        table.iter().map(|(name, value)| (name.clone(), line_at(&text, value.span().start))).collect();
    let line_of = |field: &str| field.split(['.', '[']).next().and_then(|top| lines.get(top)).copied().unwrap_or(1);
    let Value::Object(mut wanted) = present.policy.clone() else { return };
    wanted.retain(|name, _| !matches!(name.as_str(), "id" | "version"));
    let stood = Value::Object(wanted.clone());
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
        match sort::checked(EntityKind::Policy, Value::Object(wanted)) {
            Ok(new) => return push(plan, &file, &stood, &new),
            Err(fault) => faults.push(fault),
        }
    }
    for (field, advice) in faults {
        plan.complaints.push(Complaint { file: file.clone(), line: line_of(&field), field, advice });
    }
}

fn push(plan: &mut Plan, file: &str, stood: &Value, new: &Value) {
    let edit = difference(stood, new);
    if edit.fields.is_empty() {
        plan.unchanged += 1;
        return;
    }
    plan.changed += 1;
    let origin = Origin { file: file.to_owned(), line: 1, kind: EntityKind::Policy };
    let body = serde_json::to_value(edit).unwrap_or_default();
    plan.push(&origin, "edit", register::policy_id().into(), &body);
}

/// What rules may name: records of the database and of the folder.
fn present_and_planned(present: &Present, plan: &Plan) -> super::super::present::Known {
    let mut known = present.known();
    for step in &plan.steps {
        if let Some(id) = step.command.subject() {
            known.add(step.origin.kind, id);
        }
    }
    known
}

/// Puts ids in the place of keys in the rules of the targets.
fn refer(targets: &mut Value, known: &super::super::present::Known, faults: &mut Vec<(String, Advice)>) {
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
