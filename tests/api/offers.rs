//! Offers: what a provider's answer makes of the request.

use crate::common::{Directory, Engine, Hand, House, complete, directory, in_days, today, until};
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

/// A house without moments of grace, and providers of the directory's service: two of the inclusion tier, one ESS, one local.
pub struct Scene {
    pub house: House,
    pub directory: Directory,
    pub providers: [ProviderId; 4],
}

impl Scene {
    pub async fn open(engine: Engine, policy: Value) -> Self {
        let house = House::open(engine).await;
        let directory = directory(&house.manager).await;
        let mut fields = json!({ "send_hold_s": { "seen": 15, "new": 0 } });
        fields.as_object_mut().unwrap().extend(policy.as_object().unwrap().clone());
        house.manager.gives("policy.edit", loge::domain::policy::policy_id(), json!({ "fields": fields })).await;
        let mut providers: Vec<ProviderId> = (0..4).map(|_| fresh()).collect();
        providers.sort();
        for (id, (name, tier)) in providers.iter().zip([
            ("Atelier", "inclusion"),
            ("Relais", "inclusion"),
            ("Coopérative", "ess"),
            ("Pressing", "local"),
        ]) {
            let body = json!({ "name": name, "tier": tier, "phones": ["05 36 49 00 10"], "prefers": "telephone",
                "services": [{ "service_id": directory.pressing, "lead_time_h": 0 }], "hours": { "weekly": "lun-dim 00:00-24:00" } });
            house.manager.gives("provider.create", *id, body).await;
        }
        Self { house, directory, providers: providers.try_into().unwrap() }
    }

    /// A request that is to be given, due in a week.
    pub async fn request(&self) -> RequestId {
        let request: RequestId = fresh();
        let mut body = complete(&self.directory);
        let due = in_days(7);
        body["when"] = json!({ "kind": "due", "at": format!("{due}T12:00:00") });
        self.house.manager.gives("request.create", request, body).await;
        self.house.manager.gives("request.triage", request, json!({ "seen": "new" })).await;
        request
    }

    /// Offers it to a provider and waits until it is out.
    pub async fn offers(&self, request: RequestId, provider: ProviderId, lasts: jiff::SignedDuration) -> OfferId {
        let offer: OfferId = fresh();
        let mut fields = json!({ "request_id": request, "provider_id": provider, "way": "telephone",
            "deadline": jiff::Timestamp::now() + lasts, "note": "par la cour" });
        if provider == self.providers[2] || provider == self.providers[3] {
            fields["tier_reason"] = json!("la personne y tient");
        }
        self.house.manager.gives("offer.prepare", offer, fields).await;
        until("it is out", || async { self.house.state(EntityKind::Offer, offer).await == "sent" }).await;
        offer
    }

    /// The offers of a request: whose, and where they stand.
    async fn of(&self, request: RequestId) -> Vec<(ProviderId, String)> {
        let page: Value =
            Hand::of(&self.house.office, &self.house.manager.login).await.get("/v1/offers?limit=500").await.json();
        let rows = page["rows"].as_array().unwrap().iter().filter(|row| row["request_id"] == json!(request));
        rows.map(|row| {
            let id = serde_json::from_value(row["provider_id"].clone()).unwrap();
            (id, row["state"].as_str().unwrap().to_owned())
        })
        .collect()
    }
}

pub const HOUR: jiff::SignedDuration = jiff::SignedDuration::from_hours(1);

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn who_says_no_or_nothing_is_followed_by_the_next_of_the_tier_and_then_by_the_dispatcher(#[case] engine: Engine) {
    let scene = Scene::open(engine, json!({})).await;
    let [one, other, ..] = scene.providers;
    let request = scene.request().await;
    let first = scene.offers(request, one, HOUR).await;
    scene.house.manager.gives("offer.decline", first, json!({ "seen": "sent", "reason": "complet" })).await;
    until("the next is asked", || async {
        let offers = scene.of(request).await;
        offers.contains(&(other, "sent".into())) && offers.contains(&(one, "declined".into()))
    })
    .await;
    assert_eq!(scene.house.state(EntityKind::Request, request).await, "offered");
    let page: Value = Hand::of(&scene.house.office, &scene.house.manager.login).await.get("/v1/offers").await.json();
    let next = page["rows"].as_array().unwrap().iter().find(|row| row["provider_id"] == json!(other)).unwrap().clone();
    assert_eq!(
        (&next["created_by"], &next["note"], &next["way"]),
        (&Value::Null, &json!("par la cour"), &json!("telephone"))
    );
    // Nobody of the tier is left: the next tier takes a person.
    let body = json!({ "seen": "sent", "reason": "pas le temps" });
    scene.house.manager.gives("offer.decline", next["id"].as_str().unwrap().parse::<OfferId>().unwrap(), body).await;
    assert_eq!(scene.house.state(EntityKind::Request, request).await, "triaged");
    assert_eq!(scene.of(request).await.len(), 2);
    // Consoles know who said no as long as it matters.
    let hand = Hand::of(&scene.house.office, &scene.house.manager.login).await;
    let answers = async || -> usize {
        let snapshot: Value = hand.get("/v1/snapshot").await.json();
        let offers = snapshot["rows"]["offer"].as_array().unwrap().iter();
        offers.filter(|offer| offer["request_id"] == json!(request)).count()
    };
    assert_eq!(answers().await, 2);
    scene.house.manager.gives("request.cancel", request, json!({ "seen": "triaged", "reason": "plus besoin" })).await;
    assert_eq!(answers().await, 0);

    // Silence is followed as a no is.
    let quiet = scene.request().await;
    scene.offers(quiet, one, jiff::SignedDuration::from_millis(1_500)).await;
    until("the other is asked", || async { scene.of(quiet).await.contains(&(other, "sent".into())) }).await;
    assert!(scene.of(quiet).await.contains(&(one, "expired".into())));

    // Who takes an offer back means to choose.
    let taken_back = scene.request().await;
    let offer = scene.offers(taken_back, one, HOUR).await;
    scene.house.manager.gives("offer.withdraw", offer, json!({ "seen": "sent", "reason": "erreur" })).await;
    assert_eq!(scene.house.state(EntityKind::Request, taken_back).await, "triaged");
    scene.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_house_can_let_the_cascade_go_on_to_the_next_tier(#[case] engine: Engine) {
    let scene = Scene::open(engine, json!({ "next_tier_by_itself": { "seen": false, "new": true } })).await;
    let request = scene.request().await;
    let mut offer = scene.offers(request, scene.providers[0], HOUR).await;
    for next in &scene.providers[1..] {
        scene.house.manager.gives("offer.decline", offer, json!({ "seen": "sent", "reason": "complet" })).await;
        until("the next is asked", || async { scene.of(request).await.contains(&(*next, "sent".into())) }).await;
        let page: Value =
            Hand::of(&scene.house.office, &scene.house.manager.login).await.get("/v1/offers").await.json();
        let row = page["rows"].as_array().unwrap().iter().find(|row| row["provider_id"] == json!(next)).unwrap();
        offer = serde_json::from_value(row["id"].clone()).unwrap();
    }
    scene.house.manager.gives("offer.decline", offer, json!({ "seen": "sent", "reason": "complet" })).await;
    assert_eq!(scene.house.state(EntityKind::Request, request).await, "triaged");
    scene.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn ranking_loads_and_share_count_what_was_given(#[case] engine: Engine) {
    let scene = Scene::open(engine, json!({})).await;
    let [one, other, ess, local] = scene.providers;
    let hand = Hand::of(&scene.house.office, &scene.house.manager.login).await;
    let request = scene.request().await;
    let ranked = async |request: RequestId| -> Vec<ProviderId> {
        let ranking: Value = hand.get(&format!("/v1/requests/{request}/ranking")).await.json();
        assert_eq!(ranking["excluded"], json!([]), "{ranking}");
        ranking["ranked"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| serde_json::from_value(row["provider"].clone()).unwrap())
            .collect()
    };
    assert_eq!(ranked(request).await, [one, other, ess, local]);
    for provider in [one, local] {
        let given = scene.request().await;
        let offer = scene.offers(given, provider, HOUR).await;
        scene.house.manager.gives("offer.accept", offer, json!({ "seen": "sent" })).await;
    }
    // Whoever had a job goes after whoever had none.
    assert_eq!(ranked(request).await, [other, one, ess, local]);
    let loads: Value = hand.get("/v1/provider-loads").await.json();
    let due = in_days(7).to_string();
    let load = |provider: ProviderId| json!({ "provider_id": provider, "recent": 1, "days": { (due.clone()): 1 } });
    assert_eq!(loads, json!([load(one), load(local)]));
    let today = today();
    let share: Value = hand.get(&format!("/v1/ess?from={today}&to={today}")).await.json();
    assert_eq!((&share["ess"]["jobs"], &share["all"]["jobs"]), (&json!(1), &json!(2)), "{share}");
    let elsewhere: loge::domain::ids::SiteId = fresh();
    let share: Value = hand.get(&format!("/v1/ess?from={today}&to={today}&site={elsewhere}")).await.json();
    assert_eq!(share["all"]["jobs"], json!(0));
    for (query, status) in [("from=2026-01-01", 400), ("from=2026-02-01&to=2026-01-01", 400), ("from=x&to=y", 400)] {
        assert_eq!(hand.get(&format!("/v1/ess?{query}")).await.status, status, "{query}");
    }
    assert_eq!(hand.get(&format!("/v1/requests/{}/ranking", fresh::<RequestId>())).await.status, 404);
    scene.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn who_gave_a_job_back_is_not_asked_again_for_it(#[case] engine: Engine) {
    let scene = Scene::open(engine, json!({})).await;
    let request = scene.request().await;
    let first = scene.providers[0];
    let offer = scene.offers(request, first, jiff::SignedDuration::from_hours(5)).await;
    let manager = &scene.house.manager;
    manager.gives("offer.accept", offer, json!({ "seen": "sent" })).await;
    manager.gives("offer.release", offer, json!({ "seen": "accepted", "reason": "machine en panne" })).await;
    assert_eq!(scene.house.state(EntityKind::Request, request).await, "triaged");
    let ranking = manager.client.ranking(request).await.unwrap();
    let ranked: Vec<ProviderId> = ranking.ranked.iter().map(|one| one.provider).collect();
    assert_eq!(ranked, scene.providers[1..], "the others, in their order");
    let out = ranking.excluded.iter().find(|one| one.provider == first).unwrap();
    assert!(out.reasons.contains(&loge::domain::ranking::Exclusion::Declined));
    let other = scene.request().await;
    assert_eq!(manager.client.ranking(other).await.unwrap().ranked.len(), 4, "for another request it is asked");
    scene.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_provider_is_given_longer_to_answer_never_less_and_an_undo_takes_it_back(#[case] engine: Engine) {
    let scene = Scene::open(engine, json!({})).await;
    let [one, ..] = scene.providers;
    let manager = &scene.house.manager;
    let (request, short) = (scene.request().await, jiff::SignedDuration::from_millis(1_500));
    let offer = scene.offers(request, one, short).await;
    let told = jiff::Timestamp::from_microsecond(jiff::Timestamp::now().as_microsecond()).unwrap();
    let until_then = |at: jiff::Timestamp| json!({ "seen": "sent", "deadline": at });
    let later = told + HOUR;
    let done = manager.gives("offer.defer", offer, until_then(later)).await;
    // Another of the same length is over meanwhile: its timer ran, this one's was moved.
    let other = scene.request().await;
    let over = scene.offers(other, one, short).await;
    until("the other is over", || async { scene.house.state(EntityKind::Offer, over).await == "expired" }).await;
    assert_eq!(scene.house.state(EntityKind::Offer, offer).await, "sent");
    let row: Value = manager.row(EntityKind::Offer, offer).await;
    assert_eq!(row["deadline"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap(), later);

    let less = manager.refused("offer.defer", offer, until_then(later - HOUR / 2)).await;
    assert_eq!((less.status, less.field.as_deref()), (422, Some("deadline")));
    let same = manager.gives("offer.defer", offer, until_then(later)).await;
    assert!(same.changes.is_empty(), "the same deadline is no change");
    // Taken back, it is over as it would have been.
    manager.gives("undo", "", json!({ "command": done.key })).await;
    until("it is over", || async { scene.house.state(EntityKind::Offer, offer).await == "expired" }).await;
    let too_late = manager.refused("offer.defer", offer, json!({ "seen": "expired", "deadline": later })).await;
    assert_eq!(too_late.status, 409);
    scene.house.office.stop().await;
}
