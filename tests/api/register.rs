//! The register: who is asked first, providers that work as one, days off.

use super::offers::{HOUR, Scene};
use crate::common::{Engine, Hand, in_days, word};
use loge::{
    domain::{
        entity::EntityKind,
        ids::{OfferId, ProviderId, RequestId},
    },
    wire::fresh,
};
use rstest::rstest;
use serde_json::{Value, json};

async fn ranking(scene: &Scene, request: RequestId) -> Value {
    let hand = Hand::of(&scene.house.office, &scene.house.manager.login).await;
    hand.get(&format!("/v1/requests/{request}/ranking")).await.json()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_lower_tier_takes_a_reason_while_a_higher_one_is_available(#[case] engine: Engine) {
    let scene = Scene::open(engine, json!({})).await;
    let [first, second, ess, local] = scene.providers;
    let manager = &scene.house.manager;
    let request = scene.request().await;
    let fields = |provider: ProviderId| {
        json!({ "request_id": request, "provider_id": provider, "way": "telephone",
                "deadline": jiff::Timestamp::now() + HOUR })
    };
    let problem = manager.refused("offer.prepare", fresh::<OfferId>(), fields(ess)).await;
    assert_eq!((word(&problem), problem.field.as_deref()), ("tier-reason-missing", Some("tier_reason")));
    assert_eq!(problem.params["better"], "Atelier");
    let worded = loge::i18n::worded(problem, loge::domain::operator::Language::Fr);
    assert!(worded.detail.starts_with("Atelier est d'une catégorie prioritaire et disponible"), "{}", worded.detail);
    assert_eq!(scene.house.state(EntityKind::Request, request).await, "triaged", "nothing was changed");

    // Who is out of the question passes over somebody all the same.
    let off = json!([{ "from": in_days(0), "to": null, "reason": "contrat suspendu" }]);
    let edit = json!({ "fields": { "suspensions": { "seen": [], "new": off } } });
    manager.gives("provider.edit", local, edit.clone()).await;
    assert_eq!(word(&manager.refused("offer.prepare", fresh::<OfferId>(), fields(local)).await), "tier-reason-missing");

    let mut told = fields(ess);
    told["tier_reason"] = json!("la personne y tient");
    let offer: OfferId = fresh();
    manager.gives("offer.prepare", offer, told).await;
    let row: Value = manager.row(EntityKind::Offer, offer).await;
    assert_eq!(row["tier_reason"], json!("la personne y tient"));

    // Where nobody of a higher tier is available, no reason is asked for.
    for provider in [first, second] {
        manager.gives("provider.edit", provider, edit.clone()).await;
    }
    let request = scene.request().await;
    let mut plain = fields(ess);
    plain["request_id"] = json!(request);
    manager.gives("offer.prepare", fresh::<OfferId>(), plain).await;
    scene.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_consortium_is_asked_as_one_and_its_members_take_turns(#[case] engine: Engine) {
    let scene = Scene::open(engine, json!({})).await;
    let [one, other, ..] = scene.providers;
    let manager = &scene.house.manager;
    let consortium: ProviderId = fresh();
    let members =
        json!([{ "provider_id": one, "capacity_per_day": 1 }, { "provider_id": other, "capacity_per_day": 2 }]);
    let body = json!({ "name": "Linge ensemble", "tier": "inclusion", "phones": ["05 36 49 00 11"], "prefers": "telephone",
        "members": members, "services": [{ "service_id": scene.directory.pressing, "lead_time_h": 0 }],
        "hours": { "weekly": "24/7" } });
    manager.gives("provider.create", consortium, body.clone()).await;
    let request = scene.request().await;
    let of = |ranking: &Value| {
        ranking["ranked"].as_array().unwrap().iter().find(|row| row["provider"] == json!(consortium)).cloned()
    };
    let row = of(&ranking(&scene, request).await).unwrap();
    assert_eq!((&row["capacity_per_day"], &row["on_the_day"]), (&json!(3), &json!(0)));

    // Three jobs: one for the smaller, two for the larger.
    let mut done = Vec::new();
    for _ in 0..3 {
        let request = scene.request().await;
        let offer = scene.offers(request, consortium, HOUR).await;
        manager.gives("offer.accept", offer, json!({ "seen": "sent" })).await;
        let row: Value = manager.row(EntityKind::Request, request).await;
        let assignment: Value = manager.row(EntityKind::Assignment, row["assignment_id"].as_str().unwrap()).await;
        assert_eq!(assignment["by"]["provider_id"], json!(consortium));
        done.push(serde_json::from_value::<ProviderId>(assignment["by"]["member_id"].clone()).unwrap());
    }
    assert_eq!(done.iter().filter(|member| **member == one).count(), 1, "{done:?}");
    assert_eq!(done.iter().filter(|member| **member == other).count(), 2, "{done:?}");
    let full = ranking(&scene, request).await;
    assert!(of(&full).is_none());
    let out = full["excluded"].as_array().unwrap().iter().find(|row| row["provider"] == json!(consortium)).unwrap();
    assert_eq!(out["reasons"][0]["why"], json!("full"));

    // A member by itself is given nothing on a consortium's account, and no member at all.
    let alone = scene.request().await;
    let offer = scene.offers(alone, one, HOUR).await;
    manager.gives("offer.accept", offer, json!({ "seen": "sent" })).await;
    let row: Value = manager.row(EntityKind::Request, alone).await;
    let assignment: Value = manager.row(EntityKind::Assignment, row["assignment_id"].as_str().unwrap()).await;
    assert_eq!(assignment["by"].get("member_id"), None);
    scene.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn members_of_a_consortium_are_providers_by_themselves(#[case] engine: Engine) {
    let scene = Scene::open(engine, json!({})).await;
    let [one, other, third, _] = scene.providers;
    let manager = &scene.house.manager;
    let consortium: ProviderId = fresh();
    let of = |members: &[ProviderId]| -> Value {
        members.iter().map(|id| json!({ "provider_id": id, "capacity_per_day": 2 })).collect()
    };
    let body = |members: Value| json!({ "name": "Linge ensemble", "tier": "inclusion", "members": members });
    let edit = |seen: Value, new: Value| json!({ "fields": { "members": { "seen": seen, "new": new } } });
    let faults = |problem: loge::wire::problem::Problem| {
        (word(&problem).to_owned(), problem.field.clone(), problem.params.get("fault").cloned())
    };
    let wrong = |fault: &str| ("wrong-member".to_owned(), Some("members".to_owned()), Some(fault.to_owned()));

    let stranger = manager.refused("provider.create", consortium, body(of(&[fresh()]))).await;
    assert_eq!((word(&stranger), stranger.field.as_deref()), ("unknown-reference", Some("members")));
    let nothing = json!([{ "provider_id": one, "capacity_per_day": 0 }]);
    let refused = Hand::of(&scene.house.office, &manager.login).await;
    let answer = refused.put_in("PUT", &format!("/v1/providers/{consortium}"), &body(nothing)).await;
    assert_eq!(answer.status, 422);
    assert_eq!(faults(manager.refused("provider.create", consortium, body(of(&[consortium]))).await), wrong("itself"));

    manager.gives("provider.create", consortium, body(of(&[one, other]))).await;
    let second = manager.refused("provider.create", fresh::<ProviderId>(), body(of(&[third, consortium]))).await;
    assert_eq!(second.params["name"], "Linge ensemble");
    assert_eq!(faults(second), wrong("consortium"));
    // Nor does a member get members: that would be the same from below.
    assert_eq!(faults(manager.refused("provider.edit", one, edit(json!([]), of(&[third]))).await), wrong("member"));
    let twice = manager.refused("provider.edit", consortium, edit(of(&[one, other]), of(&[one, one]))).await;
    assert_eq!((word(&twice), twice.field.as_deref()), ("invalid", Some("members")));
    manager.gives("provider.edit", consortium, edit(of(&[one, other]), of(&[one, third]))).await;
    scene.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_provider_that_was_stored_with_one_suspension_is_read_and_edited(#[case] engine: Engine) {
    let scene = Scene::open(engine, json!({})).await;
    let [one, ..] = scene.providers;
    let mut tx = scene.house.office.app.store.write().await.unwrap();
    let id = one.to_string();
    let stored =
        tx.row("SELECT CAST(doc AS TEXT) FROM provider WHERE id = $1", &[(&id).into()]).await.unwrap().unwrap();
    let mut doc: Value = serde_json::from_str(&stored.text(0).unwrap()).unwrap();
    let before = json!({ "from": in_days(0), "to": in_days(9), "reason": "congés" });
    let fields = doc.as_object_mut().unwrap();
    fields.remove("suspensions");
    fields.remove("members");
    fields.insert("suspension".into(), before.clone());
    let text = doc.to_string();
    let sql = match engine {
        Engine::Sqlite => "UPDATE provider SET doc = $1 WHERE id = $2",
        Engine::Postgres => "UPDATE provider SET doc = CAST($1 AS JSONB) WHERE id = $2",
    };
    tx.execute(sql, &[(&text).into(), (&id).into()]).await.unwrap();
    tx.commit().await.unwrap();

    let request = scene.request().await;
    let told = ranking(&scene, request).await;
    let out = told["excluded"].as_array().unwrap().iter().find(|row| row["provider"] == json!(one)).unwrap();
    assert_eq!(out["reasons"], json!([{ "why": "suspended", "through": in_days(9) }]));
    let more = json!([before, { "from": in_days(10), "to": in_days(12), "reason": "inventaire" }]);
    let edit = json!({ "fields": { "suspensions": { "seen": [before], "new": more } } });
    scene.house.manager.gives("provider.edit", one, edit).await;
    let told = ranking(&scene, request).await;
    let out = told["excluded"].as_array().unwrap().iter().find(|row| row["provider"] == json!(one)).unwrap();
    assert_eq!(
        out["reasons"],
        json!([{ "why": "suspended", "through": in_days(12) }]),
        "days that follow each other are one"
    );
    let row: Value = scene.house.manager.row(EntityKind::Provider, one).await;
    assert_eq!((&row["suspensions"], row.get("suspension")), (&more, None));
    scene.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_undo_does_not_put_a_consortium_into_another(#[case] engine: Engine) {
    let scene = Scene::open(engine, json!({})).await;
    let [one, other, third, _] = scene.providers;
    let manager = &scene.house.manager;
    let of = |members: &[ProviderId]| -> Value {
        members.iter().map(|id| json!({ "provider_id": id, "capacity_per_day": 2 })).collect()
    };
    let edit = |seen: Value, new: Value| json!({ "fields": { "members": { "seen": seen, "new": new } } });
    let consortium: ProviderId = fresh();
    let body = json!({ "name": "Linge ensemble", "tier": "inclusion", "members": of(&[one, other]) });
    manager.gives("provider.create", consortium, body).await;
    let done = manager.gives("provider.edit", consortium, edit(of(&[one, other]), of(&[other]))).await;
    manager.gives("provider.edit", one, edit(json!([]), of(&[third]))).await;
    let refused = manager.refused("undo", "", json!({ "command": done.key })).await;
    assert_eq!((word(&refused), refused.params["fault"].as_str()), ("wrong-member", "consortium"));
    scene.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_a_member_does_for_its_consortium_takes_its_own_places(#[case] engine: Engine) {
    let scene = Scene::open(engine, json!({})).await;
    let [one, ..] = scene.providers;
    let manager = &scene.house.manager;
    let capacity = json!({ "fields": { "capacity_per_day": { "seen": null, "new": 1 } } });
    manager.gives("provider.edit", one, capacity).await;
    let consortium: ProviderId = fresh();
    let body = json!({ "name": "Linge ensemble", "tier": "inclusion", "phones": ["05 36 49 00 11"], "prefers": "telephone",
        "members": [{ "provider_id": one, "capacity_per_day": 3 }], "hours": { "weekly": "24/7" },
        "services": [{ "service_id": scene.directory.pressing, "lead_time_h": 0 }] });
    manager.gives("provider.create", consortium, body).await;
    let request = scene.request().await;
    let offer = scene.offers(request, consortium, HOUR).await;
    manager.gives("offer.accept", offer, json!({ "seen": "sent" })).await;
    let other = scene.request().await;
    let told = ranking(&scene, other).await;
    let out = told["excluded"].as_array().unwrap().iter().find(|row| row["provider"] == json!(one)).unwrap();
    assert_eq!(out["reasons"][0]["why"], json!("full"));
    assert!(told["ranked"].as_array().unwrap().iter().any(|row| row["provider"] == json!(consortium)), "{told}");
    scene.house.office.stop().await;
}
