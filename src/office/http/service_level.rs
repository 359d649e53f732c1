//! `GET /v1/service-level`: how fast calls were answered, for managers; from what was recorded then, not from what holds now.

use super::{App, period::Period, query::parameters, session::asked};
use crate::{
    domain::{
        access::Role,
        call::ServiceLevel,
        clock::{Case, ClockKind, Limit, Target},
        contact::{Contact, Origin},
        entity::Entity as _,
    },
    office::{commands::register, failure::Failure, storage::document},
    wire::query::ServiceLevelOf,
};
use axum::{
    Json,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use jiff::SignedDuration;

/// `GET /v1/service-level?from=&to=&site=`
pub async fn service_level(State(app): State<App>, request: Request) -> Response {
    let headers = request.headers().clone();
    asked(app, headers, |app, account| async move {
        if !account.actor.has(Role::Manager) {
            return Err(Failure::NotAllowed("read"));
        }
        let parameters = parameters(&request, &["from", "to", "site"])?;
        let period = Period::read(&parameters)?;
        let mut tx = app.store.read().await?;
        let policy = register::policy(&mut tx).await?;
        let [first, after] = period.bounds(&policy.fields.zone)?;
        let condition = "occurred_at >= $1 AND occurred_at < $2";
        let contacts = document::select::<Contact>(&mut tx, condition, &[(&first).into(), (&after).into()]).await?;
        let now = match policy.fields.targets.target(Limit::CallAnswer, &Case::default()) {
            Target::Elapsed { seconds } => SignedDuration::from_secs(seconds.into()),
            _ => SignedDuration::from_secs(20),
        };
        let sees = |contact: &&Contact| account.actor.sees(Contact::KIND, &contact.scope());
        let Period { from, to, site } = period;
        let of_site = |contact: &&Contact| site.is_none() || contact.site_id == site;
        let calls = contacts.iter().filter(sees).filter(of_site).filter_map(|contact| {
            let Origin::Call(call) = &contact.origin else { return None };
            // The target of its own day stands in its clock.
            let clock = contact.clocks.iter().find(|clock| clock.kind() == ClockKind::FirstAnswer);
            call.answering(clock.map_or(now, |clock| clock.due_at().since(clock.started_at())))
        });
        Ok(Json(ServiceLevelOf { from, to, site, calls: ServiceLevel::of(calls) }).into_response())
    })
    .await
}
