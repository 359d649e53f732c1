//! The journal: the last changes in the sight of an account, read backwards from the feed.

use super::storage::{Arg, StorageError, Tx, many};
use crate::{
    domain::{
        access::Actor,
        entity::{EntityKind, Scope},
        ids::RequestId,
        time::Instant,
    },
    wire::{
        activity::{Journal, JournalLine},
        change::Seq,
    },
};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// Changes that are looked at for one page at most: who sees little reads on from there.
const LOOKED_AT: i64 = 2_000;

/// Changes that are read at a time.
const AT_A_TIME: i64 = 200;

/// Rows of kinds that are no event of their own: who works on what comes and goes all day.
const LEFT_OUT: &[EntityKind] = &[EntityKind::Claim];

/// Whether a line is worth telling: of the events of a call only those that change where the work on it stands.
fn is_told(line: &JournalLine) -> bool {
    let is_same_call = line.verb == "contact.call_event" && line.from == line.to;
    !is_same_call && !LEFT_OUT.contains(&line.entity)
}

fn unreadable<E: std::fmt::Display>(why: E) -> StorageError {
    StorageError::Unreadable { what: "change".into(), why: why.to_string() }
}

/// The lines before a place, the newest first: at most so many, and only what the account sees.
pub async fn before(tx: &mut Tx, actor: &Actor, before: Seq, limit: usize) -> Result<Journal, StorageError> {
    let mut journal = Journal::default();
    let mut at = before;
    let mut looked_at = 0;
    while journal.lines.len() < limit {
        let found = read(tx, at, AT_A_TIME).await?;
        let is_end = found.is_empty();
        for (line, scope) in found {
            at = line.seq;
            looked_at += 1;
            if actor.sees(line.entity, &scope) && is_told(&line) {
                journal.lines.push(line);
            }
            if journal.lines.len() == limit {
                break;
            }
        }
        if is_end {
            number(tx, actor, &mut journal.lines).await?;
            return Ok(journal);
        }
        if looked_at >= LOOKED_AT {
            break;
        }
    }
    journal.next = Some(at);
    number(tx, actor, &mut journal.lines).await?;
    Ok(journal)
}

/// Changes before a place, the newest first, each with who sees its row.
async fn read(tx: &mut Tx, before: Seq, most: i64) -> Result<Vec<(JournalLine, Scope)>, StorageError> {
    // What was erased has no row any more, and its lines tell nothing.
    let sql = "SELECT change.seq, change.at, change.author, change.entity, change.entity_id, change.scope_after, change.doc, \
               history.verb, history.from_state, history.to_state \
               FROM change JOIN history ON history.entity = change.entity AND history.entity_id = change.entity_id \
               AND history.version = change.version \
               WHERE change.seq < $1 AND change.doc IS NOT NULL ORDER BY change.seq DESC LIMIT $2";
    let mut lines = Vec::new();
    for row in tx.rows(sql, &[Arg::Int(before.0), Arg::Int(most)]).await? {
        let entity: EntityKind = serde_json::from_value(row.text(3)?.into()).map_err(unreadable)?;
        let scope = row.text_or_null(5)?.map(|scope| serde_json::from_str(&scope)).transpose().map_err(unreadable)?;
        let doc: Value = serde_json::from_str(&row.text(6)?).map_err(unreadable)?;
        let id = row.text(4)?.parse().map_err(unreadable)?;
        let line = JournalLine {
            seq: Seq(row.int(0)?),
            at: Instant::from_micros(row.int(1)?).map_err(unreadable)?,
            author: serde_json::from_str(&row.text(2)?).map_err(unreadable)?,
            entity,
            id,
            verb: row.text(7)?,
            from: row.text_or_null(8)?,
            to: row.text_or_null(9)?,
            request_id: request_of(entity, id, &doc),
            number: None,
            name: name_of(entity, &doc),
        };
        lines.push((line, scope.unwrap_or_default()));
    }
    Ok(lines)
}

/// The request that a row is about.
fn request_of(entity: EntityKind, id: uuid::Uuid, doc: &Value) -> Option<RequestId> {
    if entity == EntityKind::Request {
        return Some(id.into());
    }
    let named = doc.get("request_id").or_else(|| doc.pointer("/origin/request_id"));
    named.and_then(Value::as_str).and_then(|id| id.parse().ok())
}

/// What the house itself calls a row; persons are never named here.
fn name_of(entity: EntityKind, doc: &Value) -> Option<String> {
    use EntityKind as K;
    let has_name = matches!(
        entity,
        K::Client | K::Site | K::Holiday | K::Service | K::Provider | K::Courier | K::Operator | K::Locker
    );
    doc.get("name").filter(|_| has_name).and_then(Value::as_str).map(str::to_owned)
}

/// The numbers of the requests in sight; what is about another tells of none.
async fn number(tx: &mut Tx, actor: &Actor, lines: &mut [JournalLine]) -> Result<(), StorageError> {
    let ids: BTreeSet<String> = lines.iter().filter_map(|line| line.request_id).map(|id| id.to_string()).collect();
    let texts: Vec<Option<&str>> = ids.iter().map(|id| Some(id.as_str())).collect();
    let sql = format!(
        "SELECT id, number, site_id, doc ->> 'client_id' FROM request WHERE id {}",
        many::any_of(tx.engine(), 1)
    );
    let mut numbers: HashMap<RequestId, String> = HashMap::new();
    for row in tx.rows(sql, &[Arg::Texts(&texts)]).await? {
        let scope = Scope {
            site: row.text_or_null(2)?.and_then(|id| id.parse().ok()),
            client: row.text_or_null(3)?.and_then(|id| id.parse().ok()),
        };
        if actor.sees(EntityKind::Request, &scope) {
            numbers.insert(row.text(0)?.parse().map_err(unreadable)?, row.text(1)?);
        }
    }
    for line in lines {
        line.number = line.request_id.and_then(|id| numbers.get(&id).cloned());
        line.request_id = line.request_id.filter(|id| numbers.contains_key(id));
    }
    Ok(())
}
