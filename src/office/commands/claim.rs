//! Commands on claims: taking, renewing, taking over, letting go. Exactly one of several simultaneous claims wins.

use super::{call, context::Context};
use crate::{
    domain::{
        access::Actor,
        claim::{Claim, ClaimState, ClaimSubject},
        contact::Contact,
        entity::{EntityKind, Version},
        ids::{ClaimId, OperatorId},
        refusal::Refusal,
        request::Request,
    },
    office::{
        failure::Failure,
        storage::{Arg, StorageError, Tx, document},
        timers::TimerKind,
    },
    wire::{
        bodies::{Renew, TakeClaim, TakeOver},
        catalogue::Command,
        change::Done,
        fresh,
    },
};
use jiff::SignedDuration;

/// Claims renewed at once.
const RENEWALS: usize = 100;

/// `PUT /v1/claims/{id}`: one's own claim on the same thing is answered as it is; a stale one of somebody else is taken over.
pub async fn take(context: &mut Context<'_>, id: ClaimId, body: &TakeClaim) -> Result<(), Failure> {
    let me = context.operator()?;
    let site = match body.subject {
        ClaimSubject::Contact { id } => context.get::<Contact>(id).await?.site_id,
        ClaimSubject::Request { id } => context.get::<Request>(id).await?.fields.site_id,
    };
    let subject = body.subject.id().to_string();
    let standing = "subject_id = $1 AND state <> 'released'";
    match document::select::<Claim>(context.read(), standing, &[(&subject).into()]).await?.into_iter().next() {
        Some(claim) if claim.operator_id == me && claim.state == ClaimState::Live => Ok(()),
        Some(claim) if claim.state == ClaimState::Stale => {
            take_over(context, claim.id, &TakeOver { reason: None }).await
        }
        Some(claim) => Err(Failure::Claimed(claim.operator_id)),
        None => {
            context.must_be_new::<Claim>(id).await?;
            start(context, Claim::create(id, body.subject, site, me, context.now)).await
        }
    }
}

/// Stores a new claim, whose lease begins.
async fn start(context: &mut Context<'_>, claim: Claim) -> Result<(), Failure> {
    context.insert(&claim, None).await?;
    let (text, now) = (claim.id.to_string(), Arg::Int(context.now.as_micros()));
    let sql = "INSERT INTO claim_work (claim_id, renewed_at) VALUES ($1, $2)";
    context.write().execute(sql, &[(&text).into(), now]).await?;
    watch(context, claim.id).await
}

/// Looks again when the lease runs out.
async fn watch(context: &mut Context<'_>, id: ClaimId) -> Result<(), Failure> {
    let stale_at = context.now.plus(SignedDuration::from_secs(context.policy.fields.claim_stale_s.into()));
    context.set_timer(TimerKind::ClaimStale, id.into(), Some(stale_at)).await
}

/// `POST /v1/claims/renew`: one's own, live or stale; those that are somebody else's now are named in the answer.
pub async fn renew(context: &mut Context<'_>, body: &Renew) -> Result<(), Failure> {
    let me = context.operator()?;
    if body.claims.len() > RENEWALS {
        let why = format!("at most {RENEWALS} claims");
        return Err(Refusal::FieldInvalid { field: "claims".into(), why }.into());
    }
    let mut lost = Vec::new();
    for renewal in &body.claims {
        let claim: Option<Claim> = context.find(renewal.id).await?;
        let Some(before) = claim.filter(|claim| claim.operator_id == me && claim.state != ClaimState::Released) else {
            lost.push(renewal.id);
            continue;
        };
        let id = before.id.to_string();
        let now = Arg::Int(context.now.as_micros());
        let draft = Arg::TextOrNull(renewal.draft.as_ref().map(crate::domain::texts::LongText::as_str));
        let sql = "UPDATE claim_work SET renewed_at = $2, draft = coalesce($3, draft) WHERE claim_id = $1";
        context.write().execute(sql, &[(&id).into(), now, draft]).await?;
        if before.state == ClaimState::Stale {
            let mut after = before.clone();
            after.go("renew", ClaimState::Live)?;
            watch(context, before.id).await?;
            context.save(&before, after, None).await?;
        }
    }
    context.aside = Some(serde_json::json!({ "lost": lost }));
    Ok(())
}

/// `POST /v1/claims/{id}/take-over`: with what was typed so far.
pub async fn take_over(context: &mut Context<'_>, id: ClaimId, body: &TakeOver) -> Result<(), Failure> {
    let me = context.operator()?;
    let before: Claim = context.get(id).await?;
    let mut after = before.clone();
    after.take_over(me, body.reason.clone(), context.now)?;
    context.save(&before, after, body.reason.clone()).await?;
    let (text, now) = (id.to_string(), Arg::Int(context.now.as_micros()));
    let sql = "UPDATE claim_work SET renewed_at = $2 WHERE claim_id = $1 RETURNING draft";
    let row = context.write().row(sql, &[(&text).into(), now]).await?;
    let draft = row.map(|row| row.text_or_null(0)).transpose()?.flatten();
    context.aside = Some(serde_json::json!({ "draft": draft }));
    watch(context, id).await
}

/// What the answer to a repeated take-over holds beside its changes: the draft, as long as the claim is still with who took it.
pub async fn told_again(
    tx: &mut Tx,
    actor: &Actor,
    command: &Command,
    done: &Done,
) -> Result<Option<serde_json::Value>, StorageError> {
    if !matches!(command, Command::TakeOverClaim { .. } | Command::TakeClaim { .. }) {
        return Ok(None);
    }
    // A claim that was made has no draft yet.
    let taken =
        done.changes.iter().find(|change| change.entity == EntityKind::Claim && change.version > Version::FIRST);
    let Some(id) = taken.map(|change| change.id.to_string()) else { return Ok(None) };
    let claim = document::load_text(tx, EntityKind::Claim, &id).await?;
    let claim: Option<Claim> = claim.as_deref().map(document::read).transpose()?;
    if claim.is_none_or(|claim| Some(claim.operator_id) != actor.operator()) {
        return Ok(None);
    }
    let row = tx.row("SELECT draft FROM claim_work WHERE claim_id = $1", &[(&id).into()]).await?;
    let draft = row.map(|row| row.text_or_null(0)).transpose()?.flatten();
    Ok(Some(serde_json::json!({ "draft": draft })))
}

/// Gives a contact to who answered it, unless somebody has it already.
pub async fn answered(context: &mut Context<'_>, contact: &Contact, by: OperatorId) -> Result<(), Failure> {
    let id = contact.id.to_string();
    let standing = "subject_id = $1 AND state <> 'released'";
    if document::select::<Claim>(context.read(), standing, &[(&id).into()]).await?.is_empty() {
        let subject = ClaimSubject::Contact { id: contact.id };
        start(context, Claim::create(fresh(), subject, contact.site_id, by, context.now)).await?;
    }
    Ok(())
}

/// `POST /v1/claims/{id}/release`: by its holder.
pub async fn release(context: &mut Context<'_>, id: ClaimId) -> Result<(), Failure> {
    let before: Claim = context.get(id).await?;
    if !context.is_system() && context.operator()? != before.operator_id {
        return Err(Failure::Claimed(before.operator_id));
    }
    let mut after = before.clone();
    after.go("release", ClaimState::Released)?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// The lease ran out, unless it was renewed meanwhile: then it is looked at again when that runs out.
pub async fn expire(context: &mut Context<'_>, id: ClaimId) -> Result<(), Failure> {
    let Some(before) = context.find::<Claim>(id).await?.filter(|claim| claim.state == ClaimState::Live) else {
        return Ok(());
    };
    let text = id.to_string();
    let row = context.read().row("SELECT renewed_at FROM claim_work WHERE claim_id = $1", &[(&text).into()]).await?;
    let renewed_us = row.map(|row| row.int(0)).transpose()?.unwrap_or_default();
    let lease = SignedDuration::from_secs(context.policy.fields.claim_stale_s.into());
    let renewed_at = crate::domain::time::Instant::from_micros(renewed_us).unwrap_or(before.since);
    let stale_at = renewed_at.plus(lease);
    if stale_at > context.now {
        return context.set_timer(TimerKind::ClaimStale, id.into(), Some(stale_at)).await;
    }
    let mut after = before.clone();
    after.go("expire", ClaimState::Stale)?;
    let after = context.save(&before, after, None).await?;
    match after.subject {
        ClaimSubject::Contact { id } => call::left_alone(context, id).await,
        ClaimSubject::Request { .. } => Ok(()),
    }
}
