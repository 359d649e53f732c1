//! Commands on exceptions, and what all facts share: the time they may have, and the exception that a contradiction opens.

use super::{context::Context, kinds::for_kind};
use crate::{
    domain::{
        entity::{Edit, Entity, Scope},
        exception::{About, Contradiction, Exception, ExceptionFields},
        ids::ExceptionId,
        refusal::Refusal,
        site::Site,
        time::Instant,
    },
    office::failure::Failure,
    wire::{desk_bodies::Settle, fresh},
};
use jiff::SignedDuration;

/// How far a desk's clock may be ahead of the office's.
const AHEAD: SignedDuration = SignedDuration::from_mins(5);

/// Checks that a fact has happened: it may be heard of late, but not before it occurs.
///
/// # Errors
/// The field, if it lies further ahead than clocks differ.
pub(super) fn has_happened(field: &'static str, occurred_at: Instant, now: Instant) -> Result<(), Refusal> {
    if occurred_at <= now.plus(AHEAD) {
        return Ok(());
    }
    let why = format!("it is {now} now; a fact has happened, check the clock of the desk");
    Err(Refusal::FieldInvalid { field: field.into(), why })
}

/// Opens the exception of a fact that contradicts the record.
pub(super) async fn contradict(context: &mut Context<'_>, contradiction: Option<Contradiction>) -> Result<(), Failure> {
    let Some(contradiction) = contradiction else { return Ok(()) };
    let by = context.actor.operator();
    let exception = Exception::from_contradiction(fresh(), contradiction, None, context.now, by);
    context.insert(&exception, None).await
}

/// `PUT /v1/exceptions/{id}`
pub async fn open(context: &mut Context<'_>, id: ExceptionId, fields: &ExceptionFields) -> Result<(), Failure> {
    context.must_be_new::<Exception>(id).await?;
    has_happened("occurred_at", fields.occurred_at, context.now)?;
    let scope = scope_of(context, fields.about).await?;
    if let Some(site) = fields.site_id {
        context.named::<Site>(site, "site_id").await?;
    }
    let fields = ExceptionFields { site_id: fields.site_id.or(scope.site), ..fields.clone() };
    let exception = Exception::create(id, fields, context.now, context.actor.operator())?;
    context.insert(&exception, None).await
}

/// Where the row stands that an exception is about.
async fn scope_of(context: &mut Context<'_>, about: About) -> Result<Scope, Failure> {
    for_kind!(about.kind, E => Ok(context.named::<E>(about.id.into(), "about.id").await?.scope()))
}

/// `PATCH /v1/exceptions/{id}`
pub async fn edit(context: &mut Context<'_>, id: ExceptionId, edit: &Edit) -> Result<(), Failure> {
    let (before, after) = context.edit::<Exception>(id, edit).await?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/exceptions/{id}/close`
pub async fn close(context: &mut Context<'_>, id: ExceptionId, body: &Settle) -> Result<(), Failure> {
    let by = context.operator()?;
    let before: Exception = context.get(id).await?;
    let mut after = before.clone();
    after.close(body.settlement.clone(), context.now, by)?;
    context.save(&before, after, None).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_may_be_old_but_no_further_ahead_than_clocks_differ() {
        let now: Instant = "2026-03-09T08:00:00Z".parse().unwrap();
        let at = |minutes| now.plus(SignedDuration::from_mins(minutes));
        assert_eq!(has_happened("occurred_at", at(-60 * 24 * 30), now), Ok(()));
        assert_eq!(has_happened("occurred_at", at(5), now), Ok(()));
        let refused = has_happened("since", at(6), now).unwrap_err();
        assert!(matches!(refused, Refusal::FieldInvalid { field, .. } if field == "since"));
    }
}
