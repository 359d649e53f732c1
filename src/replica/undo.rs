//! One's own last acts and what undoing each would restore: field by field, as the office does it.

use super::{Kept, RowRef};
use crate::domain::{entity::Entity, ids::CommandKey, time::Instant};
use jiff::SignedDuration;
use serde_json::{Map, Value};
use std::{any::Any, collections::VecDeque, sync::Arc};

/// Acts remembered; ten minutes of the fastest operator are fewer.
const ACTS: usize = 200;

type AnyRow = Arc<dyn Any + Send + Sync>;

/// What an act did to one row.
#[derive(Clone, Debug)]
struct Did {
    row: RowRef,
    before: Option<AnyRow>,
    after: AnyRow,
}

/// One of the operator's own commands that the office carried out.
#[derive(Clone, Debug)]
pub struct Act {
    /// Its key: what an undo names.
    pub key: CommandKey,
    /// When the office carried it out.
    pub at: Instant,
    /// The command's name, such as `request.triage`.
    pub name: &'static str,
    did: Vec<Did>,
    undone: bool,
}

impl Act {
    /// The rows that undoing it touches.
    pub fn rows(&self) -> impl Iterator<Item = RowRef> + '_ {
        self.did.iter().map(|did| did.row)
    }
}

/// One's own last acts, the newest last.
#[derive(Clone, Debug, Default)]
pub struct UndoList {
    acts: VecDeque<Act>,
}

impl UndoList {
    /// The acts that can still be undone, the newest first; `window` is the policy's.
    pub fn open(&self, now: Instant, window: SignedDuration) -> impl Iterator<Item = &Act> {
        self.acts.iter().rev().filter(move |act| !act.undone && !act.did.is_empty() && now.since(act.at) <= window)
    }

    /// An act, if it is remembered.
    pub fn act(&self, key: CommandKey) -> Option<&Act> {
        self.acts.iter().rev().find(|act| act.key == key)
    }

    pub(super) fn note<E: Kept>(
        &mut self,
        (key, name): (CommandKey, &'static str),
        at: Instant,
        before: Option<Arc<E>>,
        after: Arc<E>,
    ) {
        let did = Did { row: RowRef::of::<E>(after.id()), before: before.map(|row| -> AnyRow { row }), after };
        match self.acts.iter_mut().find(|act| act.key == key) {
            Some(act) => act.did.push(did),
            None => self.acts.push_back(Act { key, at, name, did: vec![did], undone: false }),
        }
        if self.acts.len() > ACTS {
            self.acts.pop_front();
        }
    }

    pub(super) fn undone(&mut self, key: CommandKey) {
        for act in self.acts.iter_mut().filter(|act| act.key == key) {
            act.undone = true;
        }
    }

    /// Forgets what a row was: its person's data were erased, or it is out of sight.
    pub(super) fn purge(&mut self, row: RowRef) {
        for act in &mut self.acts {
            act.did.retain(|did| did.row != row);
        }
    }

    /// What undoing an act makes of a row as it is now; none if that is for the office to say.
    pub(super) fn restored<E: Kept>(&self, key: CommandKey, now: &E) -> Option<E> {
        let row = RowRef::of::<E>(now.id());
        let mut restored: Option<E> = None;
        // The latest first, so that the row goes back through the states it came by.
        for did in self.act(key)?.did.iter().rev().filter(|did| did.row == row) {
            let present = restored.as_ref().unwrap_or(now);
            let after = did.after.downcast_ref::<E>()?;
            restored = Some(match &did.before {
                None => present.unmade()?,
                Some(before) => back::<E>(before.downcast_ref::<E>()?, after, present)?,
            });
        }
        restored
    }
}

/// Each field that the act changed goes back where it still is as the act left it; none if the state has moved on.
fn back<E: Entity>(before: &E, after: &E, now: &E) -> Option<E> {
    let (before, after, mut now) = (fields(before)?, fields(after)?, fields(now)?);
    let moved = |name: &str| before.get(name) != after.get(name);
    if moved("state") && now.get("state") != after.get("state") {
        return None;
    }
    for name in after.keys().chain(before.keys()).filter(|name| *name != "version" && moved(name)) {
        if now.get(name) == after.get(name) {
            now.insert(name.clone(), before.get(name).cloned().unwrap_or(Value::Null));
        }
    }
    serde_json::from_value(Value::Object(now)).ok()
}

fn fields<E: Entity>(row: &E) -> Option<Map<String, Value>> {
    match serde_json::to_value(row) {
        Ok(Value::Object(fields)) => Some(fields),
        _ => None,
    }
}
