//! Which rows a command writes, and of which it speaks.

use super::RowRef;
use crate::{
    domain::{
        contact::Party,
        entity::{Edit, EntityKind},
        reply::Then,
    },
    wire::{
        bodies::Keep,
        catalogue::{Command, Method},
    },
};
use serde_json::Value;
use std::collections::HashSet;
use uuid::Uuid;

/// The rows that a command writes, as far as it says so itself.
pub fn touched(command: &Command) -> Vec<RowRef> {
    let row = |kind, id: Uuid| RowRef { kind, id };
    match command {
        Command::Bulk { body } => body.rows.iter().flat_map(|row| touched(&row.command)).collect(),
        // A claim is not the thing that is waited for: what is claimed is.
        Command::TakeClaim { body, .. } => {
            let kind = match body.subject {
                crate::domain::claim::ClaimSubject::Contact { .. } => EntityKind::Contact,
                crate::domain::claim::ClaimSubject::Request { .. } => EntityKind::Request,
            };
            vec![row(kind, body.subject.id())]
        }
        _ => {
            let kind = command.name().split_once('.').map_or("", |(kind, _)| kind);
            let kind = EntityKind::ALL.iter().copied().find(|known| known.name() == kind);
            let subject = kind.zip(command.subject()).map(|(kind, id)| row(kind, id));
            subject.into_iter().chain(besides(command)).collect()
        }
    }
}

/// Rows that a command writes besides its subject.
fn besides(command: &Command) -> Vec<RowRef> {
    let row = |kind, id: Uuid| RowRef { kind, id };
    match command {
        Command::SplitRequest { body, .. } => {
            body.parts.iter().map(|part| row(EntityKind::Request, part.id.into())).collect()
        }
        Command::ComplainRequest { body, .. } => vec![row(EntityKind::Request, body.id.into())],
        Command::AssignRequest { body, .. } => vec![row(EntityKind::Assignment, body.assignment_id.into())],
        Command::AttachContact { body, .. } => match (&body.party, body.keep) {
            (Party::Person { id }, Keep::FromNowOn) => vec![row(EntityKind::Beneficiary, (*id).into())],
            _ => Vec::new(),
        },
        Command::TakeCounter { body, .. } => vec![row(EntityKind::Offer, body.offer_id.into())],
        Command::PrepareReply { body, .. } => match body.then {
            Then::WrapUp => body.contact_id.iter().map(|id| row(EntityKind::Contact, (*id).into())).collect(),
            Then::Suspend => body.request_id.iter().map(|id| row(EntityKind::Request, (*id).into())).collect(),
            Then::Keep => Vec::new(),
        },
        Command::PrepareOffer { body, .. } => vec![row(EntityKind::Request, body.request_id.into())],
        Command::FailLeg { body, .. } => body.retry.iter().map(|retry| row(EntityKind::Leg, retry.id.into())).collect(),
        Command::ReserveBooking { body, .. } => vec![row(EntityKind::Locker, body.locker_id.into())],
        Command::ReversePosting { body, .. } => vec![row(EntityKind::Posting, body.id.into())],
        _ => Vec::new(),
    }
}

/// After what a command goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// After those that write what it speaks of.
    AfterItsRows,
    /// After all that was given before it: it counts what was done there.
    AfterAll,
}

/// After what a command goes: the closing of a desk counts what lies there and what was taken, so everything of the desk goes before it.
pub fn order(command: &Command) -> Order {
    let counts = |command: &Command| matches!(command, Command::ClosePermanence { .. });
    let is_after_all = match command {
        Command::Bulk { body } => body.rows.iter().any(|row| counts(&row.command)),
        _ => counts(command),
    };
    if is_after_all { Order::AfterAll } else { Order::AfterItsRows }
}

/// The rows that a command makes: what speaks of them makes no sense without it.
pub fn made(command: &Command) -> Vec<Uuid> {
    match command {
        Command::Bulk { body } => body.rows.iter().flat_map(|row| made(&row.command)).collect(),
        Command::SplitRequest { body, .. } => body.parts.iter().map(|part| part.id.into()).collect(),
        Command::ComplainRequest { body, .. } => vec![body.id.into()],
        Command::TakeCounter { body, .. } => vec![body.offer_id.into()],
        _ if command.entry().method == Method::Put => command.subject().into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Every identifier that stands in a command.
pub fn mentioned(command: &Command) -> HashSet<Uuid> {
    let mut found = HashSet::new();
    if let Ok(json) = serde_json::to_value(command) {
        collect(&json, &mut found);
    }
    found
}

fn collect(json: &Value, found: &mut HashSet<Uuid>) {
    match json {
        Value::String(text) if text.len() == 36 => found.extend(text.parse::<Uuid>()),
        Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| collect(value, found)),
        _ => {}
    }
}

macro_rules! edits {
    ($($variant:ident)*) => {
        /// The edit that a command is, if it is one.
        pub fn edit(command: &Command) -> Option<&Edit> {
            match command { $(Command::$variant { body, .. } => Some(body),)* _ => None }
        }

        /// The edit that a command is, to write.
        pub fn edit_mut(command: &mut Command) -> Option<&mut Edit> {
            match command { $(Command::$variant { body, .. } => Some(body),)* _ => None }
        }
    };
}

edits! {
    EditRequest EditRecurringOrder EditContact EditLeg EditRound EditPermanence EditLocker EditBooking EditItem EditException EditPolicy
    EditContract EditHoliday EditCourier EditBeneficiary EditClient EditSite EditService EditProvider EditOperator
}
