//! What happened, counted and told: `GET /v1/activity`, `/v1/ess`, `/v1/ess/by`, `/v1/journal`.

use super::{
    App, bad_id,
    period::Period,
    query::{number, parameters, staff_only},
    session::asked,
};
use crate::{
    domain::{access::Actor, ids::ClientId, time::Instant},
    office::{
        activity,
        commands::register,
        ess,
        failure::Failure,
        journal,
        sites::Counted,
        storage::{StorageError, Tx},
    },
    wire::{activity::EssBy, change::Seq},
};
use axum::{
    Json,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use std::collections::BTreeMap;

/// What the share of ESS can be asked of.
const ESS: &[&str] = &["from", "to", "site", "client"];

/// Lines of a page of the journal, unless asked otherwise, and at most.
const LINES: (i64, i64) = (100, 500);

/// `GET /v1/activity?from=&to=&site=`
pub async fn activity(State(app): State<App>, request: Request) -> Response {
    let headers = request.headers().clone();
    asked(app, headers, |app, account| async move {
        staff_only(&account.actor)?;
        let period = Period::read(&parameters(&request, &["from", "to", "site"])?)?;
        let mut tx = app.store.read().await?;
        let policy = register::policy(&mut tx).await?;
        // Fails where the time has no end.
        period.bounds(&policy.fields.zone)?;
        let now = now(&mut tx).await?;
        let counted = Counted::of(&account.actor, period.site);
        let Period { from, to, site } = period;
        let asked = activity::Asked { from, to, site, counted: &counted, policy: &policy.fields, now };
        Ok(Json(activity::count_all(&mut tx, &asked).await?).into_response())
    })
    .await
}

/// `GET /v1/ess?from=&to=&site=&client=`: of the whole house, which every choice is held against.
pub async fn ess(State(app): State<App>, request: Request) -> Response {
    let headers = request.headers().clone();
    asked(app, headers, |app, account| async move {
        staff_only(&account.actor)?;
        Ok(Json(shares(&app, parameters(&request, ESS)?, &Actor::system()).await?.whole).into_response())
    })
    .await
}

/// `GET /v1/ess/by?from=&to=&site=&client=`
pub async fn ess_by(State(app): State<App>, request: Request) -> Response {
    let headers = request.headers().clone();
    asked(app, headers, |app, account| async move {
        staff_only(&account.actor)?;
        Ok(Json(shares(&app, parameters(&request, ESS)?, &account.actor).await?).into_response())
    })
    .await
}

async fn shares(app: &App, parameters: BTreeMap<String, String>, actor: &Actor) -> Result<EssBy, Failure> {
    let period = Period::read(&parameters)?;
    let client = match parameters.get("client") {
        Some(text) => Some(text.parse::<ClientId>().map_err(|_| bad_id("client"))?),
        None => None,
    };
    let mut tx = app.store.read().await?;
    let policy = register::policy(&mut tx).await?;
    let bounds = period.bounds(&policy.fields.zone)?;
    let counted = Counted::of(actor, period.site);
    Ok(ess::shares(&mut tx, &bounds, &counted, client, &policy.fields.ess_tiers).await?)
}

/// `GET /v1/journal?before=&limit=`
pub async fn journal(State(app): State<App>, request: Request) -> Response {
    let headers = request.headers().clone();
    asked(app, headers, |app, account| async move {
        staff_only(&account.actor)?;
        let parameters = parameters(&request, &["before", "limit"])?;
        let (lines, most) = LINES;
        let limit = number(&parameters, "limit", 1..=most)?.unwrap_or(lines);
        let before = Seq(number(&parameters, "before", 1..=i64::MAX)?.unwrap_or(i64::MAX));
        let mut tx = app.store.read().await?;
        let limit = usize::try_from(limit).unwrap_or_default();
        Ok(Json(journal::before(&mut tx, &account.actor, before, limit).await?).into_response())
    })
    .await
}

/// The database's clock.
pub async fn now(tx: &mut Tx) -> Result<Instant, Failure> {
    let micros = tx.now_us().await?;
    Instant::from_micros(micros)
        .map_err(|error| StorageError::Unreadable { what: "clock".into(), why: error.to_string() }.into())
}
