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
use bytes::Bytes;

/// What of a kind is open: the rows that a console works with.
fn open(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Request => "state NOT IN ('closed', 'answered', 'refused', 'cancelled', 'merged')",
        EntityKind::Contact | EntityKind::Exception => "state = 'open'",
        EntityKind::Claim => "state <> 'released'",
        // What came back is open until who prepared it has read why.
        EntityKind::Held => {
            "state = 'held' OR (state = 'returned' AND doc ->> 'taken_up_at' IS NULL \
             AND doc ->> 'decided_by' <> doc ->> 'operator_id')"
        }
        // What has ended is shown in the threads of open contacts, and on open requests.
        EntityKind::Reply => {
            "(state IN ('prepared', 'sending', 'failed', 'doubtful', 'bounced') AND doc ->> 'automatic' IS NULL) \
             OR contact_id IN (SELECT id FROM contact WHERE state = 'open') \
             OR request_id IN (SELECT id FROM request \
                WHERE state NOT IN ('closed', 'answered', 'refused', 'cancelled', 'merged'))"
        }
        // Who said no to what is still open is known to the ranking.
        EntityKind::Offer => {
            "state IN ('prepared', 'sent', 'seen', 'accepted') \
             OR request_id IN (SELECT id FROM request \
                WHERE state NOT IN ('closed', 'answered', 'refused', 'cancelled', 'merged'))"
        }
        EntityKind::RecurringOrder | EntityKind::Assignment => "state = 'active'",
        EntityKind::Permanence => "state IN ('planned', 'open')",
        EntityKind::Booking => "state IN ('reserved', 'filled', 'overdue')",
        EntityKind::Item => "state = 'in_custody'",
        EntityKind::Round => "state <> 'finished'",
        EntityKind::Leg => "state IN ('planned', 'confirmed', 'underway')",
        // All of the tab of who owes or is owed something, whose open request was charged, or who paid at a desk that is open: a desk
        // knows what is owed without asking. Of who is not named nothing is owed, and each line heard of later adds to that.
        EntityKind::Posting => {
            "id IN (SELECT posting_id FROM posting_line WHERE account IN ( \
               SELECT account FROM posting_line WHERE account LIKE 'person:%' GROUP BY account HAVING sum(amount_cents) <> 0 \
               UNION SELECT account FROM posting_line WHERE account LIKE 'person:%' AND posting_id IN (SELECT id FROM posting WHERE \
                 request_id IN (SELECT id FROM request \
                   WHERE state NOT IN ('closed', 'answered', 'refused', 'cancelled', 'merged')) \
                 OR permanence_id IN (SELECT id FROM permanence WHERE state = 'open'))))"
        }
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

/// Bytes of a piece.
const PIECE: usize = 64 << 10;

/// A long text in pieces, which are let go one by one as they are sent.
#[derive(Default)]
struct Pieces {
    done: Vec<Bytes>,
    last: Vec<u8>,
}

impl Pieces {
    fn push(&mut self, text: &str) {
        if !self.last.is_empty() && self.last.len() + text.len() > PIECE {
            self.done.push(std::mem::take(&mut self.last).into());
        }
        if self.last.is_empty() {
            self.last.reserve(PIECE.max(text.len()));
        }
        self.last.extend_from_slice(text.as_bytes());
    }

    fn all(mut self) -> Vec<Bytes> {
        self.done.push(self.last.into());
        self.done
    }
}

/// The snapshot as JSON text: rows are copied as they are stored. All of it is read before the first word is sent, so that who reads slowly
/// holds no connection to the database.
pub async fn json(store: &Store, actor: &Actor) -> Result<Vec<Bytes>, Failure> {
    let mut tx = store.read().await?;
    let seq = feed::last_seq(&mut tx).await?;
    let now = tx.now_us().await?;
    let at = Instant::from_micros(now).map(|at| at.to_string()).unwrap_or_default();
    let mut json = Pieces::default();
    json.push(&format!("{{\"seq\":{},\"at\":\"{at}\",\"rows\":{{", seq.0));
    let mut first = true;
    for kind in EntityKind::ALL.iter().copied() {
        if matches!(kind.audience(), Audience::Staff | Audience::Management) && !actor.is_staff() {
            continue;
        }
        if !first {
            json.push(",");
        }
        first = false;
        json.push(&format!("\"{}\":[", kind.name()));
        rows(&mut tx, actor, kind, &mut json).await?;
        json.push("]");
    }
    json.push("}}");
    Ok(json.all())
}

async fn rows(tx: &mut Tx, actor: &Actor, kind: EntityKind, json: &mut Pieces) -> Result<(), Failure> {
    let sees_all = actor.sites == Sites::All && actor.is_staff();
    let sql = format!("SELECT id, CAST(doc AS TEXT) FROM {} WHERE {} ORDER BY id", kind.name(), open(kind));
    let mut first = true;
    // One row at a time: a house in trouble has many open, and the office is to stay small.
    tx.each(sql, |row| {
        let doc = row.text(1)?;
        if sees_all || actor.sees(kind, &scope_of(kind, &row.text(0)?, &doc)) {
            if !first {
                json.push(",");
            }
            first = false;
            json.push(&doc);
        }
        Ok(())
    })
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_together_are_the_text_and_none_is_larger_than_needed() {
        let mut pieces = Pieces::default();
        let long = "x".repeat(3 * PIECE);
        let texts: Vec<String> = (0..10_000).map(|place| format!("row {place},")).chain([long.clone()]).collect();
        for text in &texts {
            pieces.push(text);
        }
        pieces.push("end");
        let all = pieces.all();
        assert!(all.iter().all(|piece| piece.len() <= PIECE || *piece == long.as_bytes()));
        assert_eq!(all.concat(), (texts.concat() + "end").into_bytes());
    }
}
