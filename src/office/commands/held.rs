//! What trainees prepare: held, then released or returned by another.

use super::context::Context;
use crate::{
    domain::{
        access::{Actor, Author},
        entity::Version,
        held::{Held, HeldState},
        ids::{HeldId, SiteId},
        refusal::{Cause, Refusal},
    },
    office::{
        failure::Failure,
        storage::{StorageError, document},
    },
    wire::{access::Verdict, bodies::Because, catalogue::Command},
};
use uuid::Uuid;

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
    };
    context.verb = "held.hold";
    context.insert(&held, None).await
}

/// The site of what a command is about, from the row in its path.
async fn site_of(context: &mut Context<'_>, command: &Command) -> Result<Option<SiteId>, Failure> {
    let (Some(subject), Some((kind, _))) = (command.subject(), command.name().split_once('.')) else {
        return Ok(None);
    };
    let Some(kind) = crate::domain::entity::EntityKind::ALL.iter().find(|known| known.name() == kind) else {
        return Ok(None);
    };
    let Some(doc) = document::load_text(context.read(), *kind, &subject.to_string()).await? else {
        // A trainee's command on something that does not exist is refused now, not at its release.
        return if command.entry().method == crate::wire::catalogue::Method::Put {
            Ok(None)
        } else {
            Err(Failure::NotFound { kind: *kind, id: subject })
        };
    };
    let scope = super::scope_of(*kind, &subject.to_string(), &doc);
    if context.actor.sees(*kind, &scope) { Ok(scope.site) } else { Err(Failure::NotFound { kind: *kind, id: subject }) }
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
    let command: Command = serde_json::from_value(before.command.clone()).map_err(|error| unreadable(&error))?;
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
