//! What the office has committed of a practised permanence, and what of it went back to where it was before.

use crate::{
    domain::{
        entity::EntityKind,
        exception::Exception,
        ids::{BeneficiaryId, ExceptionId, ItemId, LockerId, PermanenceId, PostingId, RequestId},
        item::Item,
        locker::Locker,
        money::Cents,
        permanence::Permanence,
        posting::{Account, Posting, PostingKind, balance},
        request::Request,
    },
    wire::change::{Change, ChangeKind, Snapshot},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, value::RawValue};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The rows as they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    pub permanences: BTreeMap<PermanenceId, Permanence>,
    pub items: BTreeMap<ItemId, Item>,
    pub requests: BTreeMap<RequestId, Request>,
    pub postings: BTreeMap<PostingId, Posting>,
    pub exceptions: BTreeMap<ExceptionId, Exception>,
    pub lockers: BTreeMap<LockerId, Locker>,
    /// All that a row was, from the first time it was seen.
    was: BTreeMap<(EntityKind, Uuid), Vec<Value>>,
}

/// What a change did to its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Went {
    /// It is as it never was before.
    On,
    /// It is again as it was, or is taken back.
    Back,
}

impl Rows {
    /// Those of a snapshot.
    pub fn of(snapshot: &Snapshot) -> Self {
        let mut rows = Self::default();
        for (kind, all) in &snapshot.rows {
            for row in all {
                rows.put(*kind, None, row);
            }
        }
        rows
    }

    /// Takes in a change.
    pub fn take(&mut self, change: &Change) -> Went {
        match (change.kind, &change.state) {
            (ChangeKind::Put, Some(row)) => self.put(change.entity, Some(change.id), row),
            _ => Went::On,
        }
    }

    fn put(&mut self, kind: EntityKind, id: Option<Uuid>, row: &RawValue) -> Went {
        match kind {
            EntityKind::Permanence => keep(&mut self.permanences, row, |row: &Permanence| row.id),
            EntityKind::Item => keep(&mut self.items, row, |row: &Item| row.id),
            EntityKind::Request => keep(&mut self.requests, row, |row: &Request| row.id),
            EntityKind::Posting => keep(&mut self.postings, row, |row: &Posting| row.id),
            EntityKind::Exception => keep(&mut self.exceptions, row, |row: &Exception| row.id),
            EntityKind::Locker => keep(&mut self.lockers, row, |row: &Locker| row.id),
            EntityKind::Booking => {}
            _ => return Went::On,
        }
        let Ok(Value::Object(mut fields)) = serde_json::from_str::<Value>(row.get()) else { return Went::On };
        fields.remove("version");
        let id = id.or_else(|| fields.get("id")?.as_str()?.parse().ok());
        let is_reversal = kind == EntityKind::Posting && fields.get("kind").is_some_and(|kind| kind == "reversal");
        let now = Value::Object(fields);
        let Some(id) = id else { return Went::On };
        let was = self.was.entry((kind, id)).or_default();
        let went_back = was.iter().rev().skip(1).any(|before| *before == now);
        was.push(now);
        if went_back || is_reversal { Went::Back } else { Went::On }
    }

    /// The postings that were not taken back.
    fn standing(&self, kind: PostingKind) -> impl Iterator<Item = &Posting> {
        let reversed: BTreeSet<PostingId> =
            self.postings.values().filter_map(|posting| posting.fields.reverses).collect();
        self.postings.values().filter(move |posting| posting.fields.kind == kind && !reversed.contains(&posting.id))
    }

    /// The payments that stand, in a permanence.
    pub fn payments(&self, permanence: PermanenceId) -> impl Iterator<Item = &Posting> {
        self.standing(PostingKind::Payment).filter(move |posting| posting.fields.permanence_id == Some(permanence))
    }

    /// Whether the price of a request stands on a tab.
    pub fn is_charged(&self, request: RequestId) -> bool {
        self.standing(PostingKind::Charge).any(|posting| posting.fields.request_id == Some(request))
    }

    /// What stands on a person's tab.
    pub fn owed_by(&self, person: BeneficiaryId) -> Cents {
        let lines = self.postings.values().flat_map(|posting| &posting.fields.lines);
        balance(lines, Account::Person { beneficiary_id: person }).unwrap_or(Cents::ZERO)
    }

    /// What was taken in notes and coins in a permanence.
    pub fn cash(&self, permanence: PermanenceId) -> Cents {
        let here = self.postings.values().filter(|posting| posting.fields.permanence_id == Some(permanence));
        balance(here.flat_map(|posting| &posting.fields.lines), Account::Cash).unwrap_or(Cents::ZERO)
    }
}

fn keep<K: Ord, T: DeserializeOwned>(rows: &mut BTreeMap<K, T>, row: &RawValue, id: impl Fn(&T) -> K) {
    match serde_json::from_str::<T>(row.get()) {
        Ok(row) => drop(rows.insert(id(&row), row)),
        Err(error) => tracing::warn!(%error, "a row cannot be read"),
    }
}
