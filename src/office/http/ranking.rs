//! Who could do it, and what it does to the share of ESS: `GET /v1/requests/{id}/ranking`, `/v1/provider-loads`, `/v1/ess`.

use super::{
    App, bad_id,
    period::Period,
    query::{parameters, path_id, staff_only},
    session::asked,
};
use crate::{
    domain::{
        entity::{Entity as _, EntityKind},
        ess::{Share, Sum},
        ids::ClientId,
        provider::Tier,
        request::Request as Job,
        time::Instant,
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

/// `GET /v1/ess?from=&to=&site=&client=`
pub async fn ess(State(app): State<App>, request: Request) -> Response {
    let headers = request.headers().clone();
    asked(app, headers, |app, account| async move {
        staff_only(&account.actor)?;
        let parameters = parameters(&request, &["from", "to", "site", "client"])?;
        let period = Period::read(&parameters)?;
        let client = match parameters.get("client") {
            Some(text) => text.parse::<ClientId>().map_err(|_| bad_id("client"))?.to_string(),
            None => String::new(),
        };
        let site = period.site.map(|site| site.to_string()).unwrap_or_default();
        let mut tx = app.store.read().await?;
        let policy = register::policy(&mut tx).await?;
        let [first, after] = period.bounds(&policy.fields.zone)?;
        let sql = "SELECT provider.doc ->> 'tier', count(*), CAST(sum(CAST(coalesce(request.doc ->> 'price', '0') AS BIGINT)) AS BIGINT) \
                   FROM assignment JOIN request ON request.id = assignment.request_id JOIN provider ON provider.id = assignment.provider_id \
                   WHERE assignment.created_at >= $1 AND assignment.created_at < $2 AND assignment.state IN ('active', 'fulfilled') \
                   AND ($3 = '' OR request.site_id = $3) AND ($4 = '' OR request.doc ->> 'client_id' = $4) \
                   GROUP BY provider.doc ->> 'tier'";
        let args = [(&first).into(), (&after).into(), (&site).into(), (&client).into()];
        let mut sums = Vec::new();
        for row in tx.rows(sql, &args).await? {
            let sum = Sum { jobs: u32::try_from(row.int(1)?).unwrap_or(u32::MAX), cents: row.int(2)? };
            // A tier of a newer program counts for no ESS.
            let tier = serde_json::from_value(row.text(0)?.into()).unwrap_or(Tier::Other);
            sums.push((tier, sum));
        }
        Ok(Json(Share::of(sums, &policy.fields.ess_tiers)).into_response())
    })
    .await
}

/// The database's clock.
async fn now(tx: &mut crate::office::storage::Tx) -> Result<Instant, Failure> {
    let micros = tx.now_us().await?;
    Instant::from_micros(micros).map_err(|error| {
        let why = error.to_string();
        crate::office::storage::StorageError::Unreadable { what: "clock".into(), why }.into()
    })
}
