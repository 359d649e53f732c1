//! `GET /v1/service-level`: how fast calls were answered, for managers; from what was recorded then, not from what holds now.

use super::{App, bad_id, query::parameters, session::asked};
use crate::{
    domain::{
        access::Role,
        call::ServiceLevel,
        clock::{Case, ClockKind, Limit, Target},
        contact::{Contact, Origin},
        entity::Entity as _,
        ids::SiteId,
    },
    office::{commands::register, failure::Failure, storage::document},
    wire::{
        problem::{Problem, ProblemKind},
        query::ServiceLevelOf,
    },
};
use axum::{
    Json,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use jiff::{SignedDuration, ToSpan as _, civil::Date};

/// Days that are looked at in one question at most.
const DAYS: i32 = 400;

/// `GET /v1/service-level?from=&to=&site=`
pub async fn service_level(State(app): State<App>, request: Request) -> Response {
    let headers = request.headers().clone();
    asked(app, headers, |app, account| async move {
        if !account.actor.has(Role::Manager) {
            return Err(Failure::NotAllowed("read"));
        }
        let parameters = parameters(&request, &["from", "to", "site"])?;
        let bad =
            |name: &str, why: &str| Failure::from(Problem::new(ProblemKind::BadParameter).with("why", why).at(name));
        let day = |name: &str| {
            let text = parameters.get(name).ok_or_else(|| bad(name, "a day, such as 2026-03-29"))?;
            text.parse::<Date>().map_err(|_| bad(name, "a day, such as 2026-03-29"))
        };
        let (from, to) = (day("from")?, day("to")?);
        let site = match parameters.get("site") {
            Some(text) => Some(text.parse::<SiteId>().map_err(|_| bad_id("site"))?),
            None => None,
        };
        let days = to.since(from).map_or(-1, |span| span.get_days());
        if !(0..DAYS).contains(&days) {
            return Err(bad("to", "not before `from`, and at most 400 days"));
        }
        let mut tx = app.store.read().await?;
        let policy = register::policy(&mut tx).await?;
        let zone = &policy.fields.zone;
        let end = to.checked_add(1.day()).map_err(|_| bad("to", "a day before the end of time"))?;
        let first = zone.first_instant(from.at(0, 0, 0, 0));
        let after = zone.first_instant(end.at(0, 0, 0, 0));
        let instants = [first, after].map(|at| serde_json::to_value(at).unwrap_or_default());
        let [first, after] = instants.each_ref().map(|at| at.as_str().unwrap_or_default());
        let condition = "occurred_at >= $1 AND occurred_at < $2";
        let contacts = document::select::<Contact>(&mut tx, condition, &[first.into(), after.into()]).await?;
        let now = match policy.fields.targets.target(Limit::CallAnswer, &Case::default()) {
            Target::Elapsed { seconds } => SignedDuration::from_secs(seconds.into()),
            _ => SignedDuration::from_secs(20),
        };
        let sees = |contact: &&Contact| account.actor.sees(Contact::KIND, &contact.scope());
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
