//! Undo as a command: it names the command it takes back, restores what is still as that left it, and says what was built upon it.

use super::{context::Context, for_kind, held::HOLD, posting, register};
use crate::{
    domain::{
        access::{Author, Role},
        entity::{Entity, EntityKind, Version},
        provider::Provider,
        refusal::{Cause, Refusal},
    },
    office::{
        failure::Failure,
        storage::{
            Arg, StorageError, document,
            feed::{self, Stored},
        },
    },
    wire::{access::Verdict, bodies::Undo, catalogue::CATALOGUE},
};
use jiff::SignedDuration;
use serde_json::{Map, Value};
use std::any::Any;

fn refused(cause: Cause, what: impl Into<String>) -> Failure {
    Refusal::Busy { cause, what: what.into() }.into()
}

/// `POST /v1/undo`: within the undo window, one's own act (a dispatcher also another's), once.
pub async fn run(context: &mut Context<'_>, body: &Undo) -> Result<(), Failure> {
    let key = body.command.to_string();
    let sql = "SELECT at, first_seq, last_seq, undone_by, name, author FROM command WHERE key = $1";
    let Some(row) = context.read().row(sql, &[(&key).into()]).await? else {
        let problem = crate::wire::problem::Problem::new(crate::wire::problem::ProblemKind::NotFound);
        return Err(problem.with("entity", "command").with("id", body.command).at("command").into());
    };
    let (at, first, last) = (row.int(0)?, row.int(1)?, row.int(2)?);
    let author: Author = serde_json::from_str(&row.text(5)?).map_err(|error| unreadable(&error))?;
    if author != context.actor.author && !context.actor.has(Role::Dispatcher) {
        return Err(Failure::NotAllowed("undo"));
    }
    if row.text_or_null(3)?.is_some() {
        return Err(refused(Cause::TooLate, "it was undone already"));
    }
    if row.text(4)? == "undo" {
        return Err(refused(Cause::NotThisKind, "an undo is not undone; do it again instead"));
    }
    let window = SignedDuration::from_mins(context.policy.fields.undo_window_min.into());
    if context.now.as_micros() - at > i64::try_from(window.as_micros()).unwrap_or(i64::MAX) {
        return Err(refused(Cause::TooLate, "what is done can be undone for ten minutes"));
    }
    let mut changes = feed::between(context.read(), first, last).await?;
    // A lease that was let go is not given back: somebody else may hold the thing by now.
    changes.retain(|change| change.entity != EntityKind::Claim || change.before_doc.is_none());
    if changes.is_empty() {
        return Err(refused(Cause::NotThisKind, "it changed nothing that could be taken back"));
    }
    for change in &changes {
        may_take_back(context, change).await?;
    }
    // The latest first, so that each row goes back through the states it came by.
    for (place, change) in changes.iter().enumerate().rev() {
        let same_row = |later: &&Stored| later.entity == change.entity && later.id == change.id;
        let left_at = changes.iter().skip(place + 1).rfind(same_row).unwrap_or(change).version;
        for_kind!(change.entity, E => one::<E>(context, change, left_at).await?);
    }
    let mine = context.key.to_string();
    let sql = "UPDATE command SET undone_by = $2 WHERE key = $1";
    context.write().execute(sql, &[(&key).into(), (&mine).into()]).await?;
    Ok(())
}

/// Whether the one who undoes may give the command that made a change: an undo grants no rights.
async fn may_take_back(context: &mut Context<'_>, change: &Stored) -> Result<(), Failure> {
    let sql = "SELECT verb FROM history WHERE entity = $1 AND entity_id = $2 AND version = $3";
    let (id, version) = (change.id.to_string(), Arg::Int(change.version.get().into()));
    let row = context.read().row(sql, &[change.entity.name().into(), (&id).into(), version]).await?;
    let verb = row.map(|row| row.text(0)).transpose()?.unwrap_or_default();
    // What was only prepared may be thought over.
    if verb == HOLD {
        return Ok(());
    }
    let entry = CATALOGUE.iter().find(|entry| entry.name == verb);
    if entry.is_some_and(|entry| (entry.access)().verdict(context.actor) == Verdict::Allowed) {
        return Ok(());
    }
    Err(Failure::NotAllowed("undo"))
}

fn unreadable(error: &serde_json::Error) -> StorageError {
    StorageError::Unreadable { what: "change".into(), why: error.to_string() }
}

fn fields(doc: &str) -> Result<Map<String, Value>, StorageError> {
    serde_json::from_str(doc).map_err(|error| unreadable(&error))
}

/// Takes one row back; `left_at` is the version at which the command left it.
async fn one<E: Entity>(context: &mut Context<'_>, change: &Stored, left_at: Version) -> Result<(), Failure> {
    let present: E = context.get(E::Id::from(change.id)).await?;
    let Some(after) = &change.doc else { return Err(refused(Cause::TooLate, "the data were erased")) };
    let Some(before) = &change.before_doc else {
        return unmake(context, change, &present, left_at).await;
    };
    let (before, after) = (fields(before)?, fields(after)?);
    let mut now = fields(&document::write(&present)?)?;
    let moved = |name: &str| before.get(name) != after.get(name);
    if moved("state") && now.get("state") != after.get("state") {
        return Err(built_upon::<E>(context, change).await);
    }
    let mut restored = 0;
    for name in after.keys().chain(before.keys()).filter(|name| *name != "version" && moved(name)) {
        if now.get(name) == after.get(name) {
            let old = before.get(name).cloned().unwrap_or(Value::Null);
            restored += usize::from(now.insert(name.clone(), old.clone()) != Some(old));
        }
    }
    if restored == 0 {
        return Err(built_upon::<E>(context, change).await);
    }
    let entity: E = serde_json::from_value(Value::Object(now)).map_err(|error| unreadable(&error))?;
    entity.check()?;
    // Others may have become members, or consortiums, since.
    let provider = (&entity as &(dyn Any + Send + Sync)).downcast_ref::<Provider>();
    if let Some(provider) = provider {
        register::members_hold(context, provider).await?;
    }
    context.save(&present, entity, None).await?;
    Ok(())
}

/// Takes a creation back: the row ends, as its kind ends.
async fn unmake<E: Entity>(
    context: &mut Context<'_>,
    change: &Stored,
    present: &E,
    left_at: Version,
) -> Result<(), Failure> {
    if E::KIND == EntityKind::Posting {
        return posting::reverse_undone(context, change.id.into()).await;
    }
    // What this undo itself took back from the row so far is no obstacle.
    let own = context.written.iter().filter(|row| row.entity == E::KIND && row.id == change.id).count();
    let expected = (0..own).fold(left_at, |version, _| version.next());
    if present.version() != expected {
        return Err(built_upon::<E>(context, change).await);
    }
    let Some(ended) = present.unmade() else {
        return Err(refused(Cause::NotThisKind, format!("a {} that was made cannot be unmade", E::KIND.name())));
    };
    context.save(present, ended, None).await?;
    Ok(())
}

/// The refusal that names what was built upon it, and by whom.
async fn built_upon<E: Entity>(context: &mut Context<'_>, change: &Stored) -> Failure {
    let sql = "SELECT verb, author FROM history WHERE entity = $1 AND entity_id = $2 AND version > $3 ORDER BY version";
    let id = change.id.to_string();
    let version = Arg::Int(change.version.get().into());
    match context.read().row(sql, &[E::KIND.name().into(), (&id).into(), version]).await {
        Err(error) => error.into(),
        Ok(row) => {
            let text = |column| row.as_ref().and_then(|row| row.text(column).ok()).unwrap_or_default();
            let what = format!("{} of {} {} by {} came after it", text(0), E::KIND.name(), change.id, text(1));
            refused(Cause::BuiltUpon, what)
        }
    }
}
