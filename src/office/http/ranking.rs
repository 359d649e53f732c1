//! Who could do it: `GET /v1/requests/{id}/ranking`, `/v1/provider-loads`.

use super::{
    App,
    activity::now,
    query::{path_id, staff_only},
    session::asked,
};
use crate::{
    domain::{
        entity::{Entity as _, EntityKind},
        request::Request as Job,
    },
    office::{commands::register, failure::Failure, ranking as candidates, storage::document},
    wire::query::ProviderLoad,
};
use axum::{
    Json,
    extract::{RawPathParams, Request, State},
    response::{IntoResponse, Response},
};

/// `GET /v1/requests/{id}/ranking`
pub async fn ranking(State(app): State<App>, params: RawPathParams, request: Request) -> Response {
    let headers = request.headers().clone();
    asked(app, headers, |app, account| async move {
        staff_only(&account.actor)?;
        let id = path_id(&params)?;
        let mut tx = app.store.read().await?;
        let job = document::load::<Job>(&mut tx, id.into()).await?;
        let missing = Failure::NotFound { kind: EntityKind::Request, id };
        let job = job.filter(|job| account.actor.sees(Job::KIND, &job.scope())).ok_or(missing)?;
        let policy = register::policy(&mut tx).await?;
        let now = now(&mut tx).await?;
        let ranked = candidates::rank(&mut tx, now, &policy.fields, &job).await?;
        Ok(Json(ranked.map(|(ranking, _)| ranking).unwrap_or_default()).into_response())
    })
    .await
}

/// `GET /v1/provider-loads`
pub async fn loads(State(app): State<App>, request: Request) -> Response {
    let headers = request.headers().clone();
    asked(app, headers, |app, account| async move {
        staff_only(&account.actor)?;
        let mut tx = app.store.read().await?;
        let policy = register::policy(&mut tx).await?;
        let now = now(&mut tx).await?;
        let loads = candidates::loads(&mut tx, now, &policy.fields).await?;
        let mut loads: Vec<_> =
            loads.into_iter().map(|(provider_id, load)| ProviderLoad { provider_id, load }).collect();
        loads.sort_by_key(|load| load.provider_id);
        Ok(Json(loads).into_response())
    })
    .await
}
