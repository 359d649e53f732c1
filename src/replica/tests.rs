//! The replica's own tests: rows and indexes, what is laid over them, the outbox, the folder; and all of it together in any order.

#![allow(clippy::needless_pass_by_value, reason = "json! is written where it is handed over")]
#![allow(clippy::result_large_err, reason = "a problem is what an office answers")]

mod boards;
mod interleavings;
mod outboxes;
mod rows;
mod size;
mod stores;

use super::*;
use crate::{
    domain::{
        access::Author,
        entity::Scope,
        ids::CommandKey,
        offer::{Offer, OfferState},
        request::RequestFields,
    },
    replica::outbox::Given,
    wire::{catalogue::Command, change::Seq},
};
use serde::Serialize;
use serde_json::{Value, json};

/// An identifier that is the same in each run.
pub fn id<I: From<Uuid>>(number: u128) -> I {
    Uuid::from_u128(number).into()
}

/// An instant, in seconds after a fixed one.
pub fn at(seconds: i64) -> Instant {
    Instant::from_micros(1_764_000_000_000_000 + seconds * 1_000_000).unwrap()
}

pub fn raw(row: &impl Serialize) -> Box<RawValue> {
    serde_json::value::to_raw_value(row).unwrap()
}

pub fn command(name: &str, subject: u128, body: Value) -> Command {
    let body = serde_json::to_vec(&body).unwrap();
    Command::parse(name, Some(Uuid::from_u128(subject)), &body).unwrap()
}

pub fn given(key: u128, command: Command) -> Given {
    Given { key: id(key), at: at(0), command: Box::new(command) }
}

pub fn change<E: Entity>(seq: i64, command: CommandKey, row: &E) -> Change {
    Change {
        seq: Seq(seq),
        at: at(seq),
        author: Author::System,
        command,
        kind: ChangeKind::Put,
        entity: E::KIND,
        id: row.id().into(),
        version: row.version(),
        state: Some(raw(row)),
    }
}

/// The same row out of sight, or erased.
pub fn without(seq: i64, kind: ChangeKind, row: RowRef) -> Change {
    let version = serde_json::from_value(json!(9)).unwrap();
    let (entity, id) = (row.kind, row.id);
    Change {
        seq: Seq(seq),
        at: at(seq),
        author: Author::System,
        command: id_key(seq),
        kind,
        entity,
        id,
        version,
        state: None,
    }
}

fn id_key(seq: i64) -> CommandKey {
    id(u128::from(seq.unsigned_abs()) + 900_000)
}

pub fn fields(text: &str) -> RequestFields {
    serde_json::from_value(json!({ "channel": "phone", "text": text })).unwrap()
}

pub fn complete(text: &str) -> Value {
    json!({ "channel": "phone", "text": text, "requester": { "kind": "person", "id": Uuid::from_u128(50) },
            "service_id": Uuid::from_u128(60), "site_id": Uuid::from_u128(70), "payer": { "kind": "person" },
            "when": { "kind": "due", "at": "2026-11-27T12:00:00" } })
}

pub fn request(number: u128) -> Request {
    let serial = u32::try_from(number).unwrap();
    Request::create(id(number), RequestNumber::new(26, serial), fields("Deux chemises"), at(0), None).unwrap()
}

pub fn person(number: u128, family: &str, given: &str, phone: &str) -> Beneficiary {
    let fields = json!({ "family_name": family, "given_name": given, "phones": [phone] });
    Beneficiary::create(id(number), serde_json::from_value(fields).unwrap()).unwrap()
}

pub fn snapshot(seq: i64, requests: &[Request], persons: &[Beneficiary]) -> Snapshot {
    let rows = [
        (EntityKind::Request, requests.iter().map(raw).collect()),
        (EntityKind::Beneficiary, persons.iter().map(raw).collect()),
    ];
    Snapshot { seq: Seq(seq), at: at(seq), rows: rows.into() }
}
