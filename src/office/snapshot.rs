//! The snapshot: everything open that an actor may see, and the directory, read in one transaction with its place in the feed.

use super::{
    commands::scope_of,
    failure::Failure,
    storage::{Store, Tx, feed},
};
use crate::domain::{
    access::{Actor, Sites},
    entity::{Audience, EntityKind},
    time::Instant,
};

/// What of a kind is open: the rows that a console works with.
fn open(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Request => "state NOT IN ('closed', 'answered', 'refused', 'cancelled', 'merged')",
        EntityKind::Contact | EntityKind::Exception => "state = 'open'",
        EntityKind::Claim => "state <> 'released'",
        EntityKind::Held => "state = 'held'",
        EntityKind::Offer => "state IN ('prepared', 'sent', 'seen', 'accepted')",
        EntityKind::Assignment => "state = 'active'",
        EntityKind::Permanence => "state IN ('planned', 'open')",
        EntityKind::Booking => "state IN ('reserved', 'filled', 'overdue')",
        EntityKind::Item => "state = 'in_custody'",
        EntityKind::Round => "state <> 'finished'",
        EntityKind::Leg => "state IN ('planned', 'confirmed', 'underway')",
        // The ledger is asked for by account.
        EntityKind::Posting => "1 = 0",
        EntityKind::Policy
        | EntityKind::Client
        | EntityKind::Contract
        | EntityKind::Site
        | EntityKind::Holiday
        | EntityKind::Service
        | EntityKind::Provider
        | EntityKind::Courier
        | EntityKind::Operator
        | EntityKind::Beneficiary
        | EntityKind::Locker => "1 = 1",
    }
}

/// The snapshot as JSON text: rows are copied as they are stored.
pub async fn json(store: &Store, actor: &Actor) -> Result<Vec<u8>, Failure> {
    let mut tx = store.read().await?;
    let seq = feed::last_seq(&mut tx).await?;
    let now = tx.now_us().await?;
    let at = Instant::from_micros(now).map(|at| at.to_string()).unwrap_or_default();
    let mut json = format!("{{\"seq\":{},\"at\":\"{at}\",\"rows\":{{", seq.0).into_bytes();
    let mut first = true;
    for kind in EntityKind::ALL.iter().copied() {
        if matches!(kind.audience(), Audience::Staff | Audience::Management) && !actor.is_staff() {
            continue;
        }
        if !first {
            json.push(b',');
        }
        first = false;
        json.extend_from_slice(format!("\"{}\":[", kind.name()).as_bytes());
        rows(&mut tx, actor, kind, &mut json).await?;
        json.push(b']');
    }
    json.extend_from_slice(b"}}");
    Ok(json)
}

async fn rows(tx: &mut Tx, actor: &Actor, kind: EntityKind, json: &mut Vec<u8>) -> Result<(), Failure> {
    let sees_all = actor.sites == Sites::All && actor.is_staff();
    let sql = format!("SELECT id, doc FROM {} WHERE {} ORDER BY id", kind.name(), open(kind));
    let mut first = true;
    for row in tx.rows(sql, &[]).await? {
        let doc = row.text(1)?;
        if sees_all || actor.sees(kind, &scope_of(kind, &row.text(0)?, &doc)) {
            if !first {
                json.push(b',');
            }
            first = false;
            json.extend_from_slice(doc.as_bytes());
        }
    }
    Ok(())
}
