//! Offers: what a provider's answer makes of the request.

use crate::common::{Engine, House, complete, directory, until};
use loge::{
    domain::{
        entity::EntityKind,
        ids::{OfferId, ProviderId, RequestId},
    },
    wire::fresh,
};
use rstest::rstest;
use serde_json::{Value, json};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_time_that_a_provider_proposed_and_a_dispatcher_took_is_the_requests(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let at_once = json!({ "fields": { "send_hold_s": { "seen": 15, "new": 0 } } });
    house.manager.gives("policy.edit", loge::domain::policy::policy_id(), at_once).await;
    let (request, provider): (RequestId, ProviderId) = (fresh(), fresh());
    house.manager.gives("provider.create", provider, json!({ "name": "Pressing du Lac", "tier": "ess" })).await;
    house.manager.gives("request.create", request, complete(&directory)).await;
    house.manager.gives("request.triage", request, json!({ "seen": "new" })).await;
    let (offer, taken): (OfferId, OfferId) = (fresh(), fresh());
    let deadline = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(1);
    let fields = json!({ "request_id": request, "provider_id": provider, "way": "telephone", "deadline": deadline });
    house.manager.gives("offer.prepare", offer, fields).await;
    until("the offer is sent", || async { house.state(EntityKind::Offer, offer).await == "sent" }).await;
    let counter = json!({ "kind": "due", "at": "2026-11-30T18:00:00" });
    let no = json!({ "seen": "sent", "reason": "complet vendredi", "counter": counter });
    house.manager.gives("offer.decline", offer, no).await;
    house.manager.gives("offer.take_counter", offer, json!({ "offer_id": taken })).await;
    let row: Value = house.manager.row(EntityKind::Request, request).await;
    assert_eq!((&row["state"], &row["when"]), (&json!("assigned"), &counter));
    assert_eq!(house.state(EntityKind::Offer, taken).await, "accepted");
    house.office.stop().await;
}
