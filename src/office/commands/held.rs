//! What trainees prepare: held, then released or returned by another.

use super::context::Context;
use crate::{
    domain::{
        access::{Actor, Author},
        entity::{EntityKind, Version},
        held::{Held, HeldState},
        ids::{HeldId, SiteId},
        refusal::{Cause, Refusal},
    },
    office::{
        failure::Failure,
        storage::{StorageError, document},
    },
    wire::{
        access::Verdict,
        bodies::Because,
        catalogue::{Command, Method},
    },
};
use uuid::Uuid;

/// The verb under which the history has that a trainee's command was kept.
pub const HOLD: &str = "held.hold";

fn unreadable(error: &serde_json::Error) -> StorageError {
    StorageError::Unreadable { what: "held".into(), why: error.to_string() }
}

/// Keeps a command for release instead of carrying it out.
pub async fn hold(context: &mut Context<'_>, command: &Command) -> Result<(), Failure> {
    let operator_id = context.operator()?;
    let key: Uuid = context.key.into();
    let value = serde_json::to_value(command).map_err(|error| unreadable(&error))?;
    let held = Held {
        id: key.into(),
        version: Version::FIRST,
        state: HeldState::Held,
        operator_id,
        at: context.now,
        site_id: site_of(context, command).await?,
        command: value,
        decided_by: None,
        reason: None,
        taken_up_at: None,
    };
    context.verb = HOLD;
    context.insert(&held, None).await
}

/// The row that a command is about: of what it makes the request it is for, else the row in its path.
fn about(command: &Command) -> Option<(EntityKind, Uuid)> {
    match command {
        Command::PrepareOffer { body, .. } => Some((EntityKind::Request, body.request_id.into())),
        Command::PrepareReply { body, .. } => {
            let request = body.request_id.map(|id| (EntityKind::Request, id.into()));
            request.or(body.contact_id.map(|id| (EntityKind::Contact, id.into())))
        }
        Command::PostPosting { body, .. } => body.request_id.map(|id| (EntityKind::Request, id.into())),
        _ if command.entry().method == Method::Put => None,
        _ => {
            let (kind, _) = command.name().split_once('.')?;
            let kind = EntityKind::ALL.iter().find(|known| known.name() == kind)?;
            Some((*kind, command.subject()?))
        }
    }
}

/// The site of what a command is about. What does not exist, or is out of sight, is refused now, not at the release.
async fn site_of(context: &mut Context<'_>, command: &Command) -> Result<Option<SiteId>, Failure> {
    let Some((kind, id)) = about(command) else { return Ok(None) };
    let missing = Failure::NotFound { kind, id };
    let Some(doc) = document::load_text(context.read(), kind, &id.to_string()).await? else { return Err(missing) };
    let scope = super::scope_of(kind, &id.to_string(), &doc);
    if context.actor.sees(kind, &scope) { Ok(scope.site) } else { Err(missing) }
}

/// `POST /v1/held/{id}/release`: carried out as the trainee's and the releaser's, by one who may give the command.
pub async fn release(context: &mut Context<'_>, id: HeldId) -> Result<(), Failure> {
    let by = context.operator()?;
    let before: Held = context.get(id).await?;
    if before.operator_id == by {
        let what = "another releases what one has prepared".into();
        return Err(Refusal::Busy { cause: Cause::NotThisKind, what }.into());
    }
    let mut after = before.clone();
    after.go("release", HeldState::Released, by, None)?;
    let command = Command::of_held(&before).map_err(|error| unreadable(&error))?;
    if (command.entry().access)().verdict(context.actor) != Verdict::Allowed {
        return Err(Failure::NotAllowed(command.name()));
    }
    context.save(&before, after, None).await?;
    // The rights are the releaser's, the credit is both's.
    let both = Actor {
        author: Author::Released { id: before.operator_id, by },
        roles: context.actor.roles.clone(),
        sites: context.actor.sites.clone(),
        client: None,
    };
    context.verb = command.name();
    context.act_as(both, &command).await
}

/// `POST /v1/held/{id}/return`
pub async fn give_back(context: &mut Context<'_>, id: HeldId, body: &Because) -> Result<(), Failure> {
    let by = context.operator()?;
    let before: Held = context.get(id).await?;
    let mut after = before.clone();
    after.go("return", HeldState::Returned, by, Some(body.reason.clone()))?;
    context.save(&before, after, Some(body.reason.clone())).await?;
    Ok(())
}

/// `POST /v1/held/{id}/take-up`: by who prepared it alone.
pub async fn take_up(context: &mut Context<'_>, id: HeldId) -> Result<(), Failure> {
    let by = context.operator()?;
    let before: Held = context.get(id).await?;
    if before.operator_id != by {
        return Err(Failure::NotAllowed("held.take_up"));
    }
    let mut after = before.clone();
    after.take_up(context.now)?;
    context.save(&before, after, None).await?;
    Ok(())
}
