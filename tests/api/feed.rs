//! The feed: snapshot and stream together are the state, in order, without gap, and as far as they are in sight.

use crate::common::{Directory, Engine, Hand, House, Person, Watch, client_of, complete, directory, until, word};
use loge::{
    client::StreamEvent,
    domain::{
        access::Role,
        entity::EntityKind,
        ids::{ClaimId, RequestId},
        time::Instant,
    },
    office::storage::feed::forget_before,
    wire::{
        change::{Change, ChangeKind, Seq, Snapshot},
        fresh,
    },
};
use rstest::rstest;
use serde_json::{Value, json};
use std::collections::BTreeMap;

type Rows = BTreeMap<(EntityKind, String), Value>;

fn rows_of(snapshot: &Snapshot) -> Rows {
    let mut all = Rows::new();
    for (kind, rows) in &snapshot.rows {
        for row in rows {
            let row: Value = serde_json::from_str(row.get()).unwrap();
            all.insert((*kind, row["id"].as_str().unwrap().to_owned()), row);
        }
    }
    all
}

fn apply(rows: &mut Rows, change: &Change) {
    let key = (change.entity, change.id.to_string());
    match (&change.kind, &change.state) {
        (ChangeKind::Put, Some(state)) => drop(rows.insert(key, serde_json::from_str(state.get()).unwrap())),
        _ => drop(rows.remove(&key)),
    }
}

/// Whether a snapshot holds a row of this kind in this state.
fn is_open(kind: EntityKind, row: &Value) -> bool {
    let ended: &[&str] = match kind {
        EntityKind::Request => &["closed", "answered", "refused", "cancelled", "merged"],
        EntityKind::Claim | EntityKind::Held => &["released"],
        EntityKind::Assignment => &["fulfilled", "failed", "released"],
        EntityKind::Contact => &["wrapped_up", "called_back", "dropped"],
        _ => &[],
    };
    !ended.contains(&row["state"].as_str().unwrap_or_default())
}

async fn created(person: &Person, directory: &Directory) -> RequestId {
    let id = fresh();
    person.gives("request.create", id, complete(directory)).await;
    id
}

fn site(from: impl serde::Serialize, to: impl serde::Serialize) -> Value {
    json!({ "fields": { "site_id": { "seen": from, "new": to } } })
}

async fn reset(watch: &mut Watch) -> loge::wire::problem::Problem {
    loop {
        match watch.event().await {
            StreamEvent::Reset(problem) => return *problem,
            StreamEvent::Change(_) => {}
            other => panic!("expected a reset, got {other:?}"),
        }
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_row_comes_into_sight_with_its_site_and_goes_with_it(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let here = house.person_on("merignac", &[Role::Operator], &[directory.merignac]).await;
    let there = house.person_on("bruges", &[Role::Operator], &[directory.bruges]).await;
    let start = here.client.snapshot().await.unwrap().seq;
    let (mut here, mut there) =
        (Watch::from(&here, start).connected().await, Watch::from(&there, start).connected().await);
    let mut fields = complete(&directory);
    fields["site_id"] = json!(directory.bruges);
    let id: RequestId = fresh();
    house.manager.gives("request.create", id, fields).await;
    let seen = there.next().await;
    assert_eq!((seen.kind, seen.id), (ChangeKind::Put, id.into()));
    house.manager.gives("request.edit", id, site(directory.bruges, directory.merignac)).await;
    let gone = there.next().await;
    assert_eq!((gone.kind, gone.id), (ChangeKind::Gone, id.into()));
    assert!(gone.state.is_none(), "who loses sight of a row is not told what became of it");
    let came = here.next().await;
    assert_eq!((came.kind, came.seq), (ChangeKind::Put, gone.seq));
    assert!(came.state.unwrap().get().contains("chemises"));
    house.manager.gives("request.edit", id, site(directory.merignac, directory.bruges)).await;
    assert_eq!(here.next().await.kind, ChangeKind::Gone);
    assert_eq!(there.next().await.kind, ChangeKind::Put);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn snapshot_and_stream_are_the_state_for_everyone(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let readers = [
        house.manager.clone(),
        house.person_on("merignac", &[Role::Operator], &[directory.merignac]).await,
        house.coordinator("metropole", directory.client).await,
    ];
    let manager = &house.manager;
    created(manager, &directory).await;
    let mut begun = Vec::new();
    for reader in &readers {
        let snapshot = reader.client.snapshot().await.unwrap();
        begun.push((Watch::from(reader, snapshot.seq).connected().await, rows_of(&snapshot)));
    }
    for number in 0..4 {
        let id = created(manager, &directory).await;
        let claim: ClaimId = fresh();
        manager.gives("claim.take", claim, json!({ "subject": { "kind": "request", "id": id } })).await;
        manager.gives("request.edit", id, site(directory.merignac, directory.bruges)).await;
        match number {
            0 => manager.gives("request.edit", id, site(directory.bruges, directory.merignac)).await,
            1 => manager.gives("request.cancel", id, json!({ "seen": "new", "reason": "annulé" })).await,
            2 => manager.gives("claim.release", claim, json!({})).await,
            _ => manager.gives("request.triage", id, json!({ "seen": "new" })).await,
        };
    }
    let walk_in = json!({ "occurred_at": "2026-11-20T08:00:00Z", "site_id": directory.merignac, "what": { "text": "un paquet" } });
    manager.gives("contact.walk_in", fresh::<uuid::Uuid>(), walk_in).await;
    // The last thing that everyone sees.
    let last = manager
        .gives(
            "site.edit",
            directory.merignac,
            json!({ "fields": { "commune": { "seen": "Mérignac", "new": "Pessac" } } }),
        )
        .await;
    for (reader, (mut watch, mut rows)) in readers.iter().zip(begun) {
        loop {
            let change = watch.next().await;
            apply(&mut rows, &change);
            if change.seq == last.changes[0].seq {
                break;
            }
        }
        assert!(watch.seen.windows(2).all(|two| two[0].seq < two[1].seq));
        rows.retain(|(kind, _), row| is_open(*kind, row));
        let now = rows_of(&reader.client.snapshot().await.unwrap());
        assert_eq!(rows, now, "{}", reader.login);
    }
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_stream_resumes_by_its_last_event_without_gap(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let mut watch = Watch::from(&house.manager, directory.seq).connected().await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(created(&house.manager, &directory).await);
    }
    let reached = watch.next().await.seq;
    drop(watch);
    for _ in 0..3 {
        ids.push(created(&house.manager, &directory).await);
    }
    // By hand: the header wins over the parameter, as browsers resume by it.
    let token = crate::common::session(&house.office, "responsable").await;
    loge::client::tls::install();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut response = http
        .get(format!("{}/v1/changes?after=0", house.office.url()))
        .bearer_auth(token)
        .header("last-event-id", reached.0.to_string())
        .send()
        .await
        .unwrap();
    let mut text = String::new();
    let waited = tokio::time::timeout(std::time::Duration::from_secs(10), async {
        while text.matches("event: change").count() < 5 {
            text.push_str(std::str::from_utf8(&response.chunk().await.unwrap().expect("the stream ended")).unwrap());
        }
    });
    waited.await.unwrap();
    let seqs: Vec<i64> =
        text.split("event: change\nid: ").skip(1).map(|rest| rest.lines().next().unwrap().parse().unwrap()).collect();
    assert_eq!(seqs, (reached.0 + 1..=reached.0 + 5).collect::<Vec<_>>());
    drop(response);
    let mut again = Watch::from(&house.manager, reached).connected().await;
    for id in &ids[1..] {
        assert_eq!(again.next().await.id, uuid::Uuid::from(*id));
    }
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn who_asks_for_what_the_feed_does_not_hold_starts_over(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let beyond = Seq(directory.seq.0 + 1000);
    let problem = reset(&mut Watch::from(&house.manager, beyond)).await;
    assert_eq!((word(&problem), problem.status), ("feed-reset", 410));
    let mut tx = house.office.app.store.write().await.unwrap();
    forget_before(&mut tx, Instant::MAX).await.unwrap();
    tx.commit().await.unwrap();
    let problem = reset(&mut Watch::from(&house.manager, Seq(directory.seq.0 - 1))).await;
    assert_eq!(word(&problem), "feed-reset");
    assert!(!problem.title.is_empty());
    // The end of what was cut off is no gap.
    let mut watch = Watch::from(&house.manager, directory.seq).connected().await;
    let id = created(&house.manager, &directory).await;
    assert_eq!(watch.next().await.id, uuid::Uuid::from(id));
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_stream_ends_when_the_rights_behind_it_change(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let here = house.person_on("merignac", &[Role::Operator], &[directory.merignac]).await;
    let leaving = house.person("partant", &[Role::Operator]).await;
    let start = here.client.snapshot().await.unwrap().seq;
    let mut one = Watch::from(&here, start).connected().await;
    let mut two = Watch::from(&leaving, start).connected().await;
    let sites = json!({ "fields": { "sites": { "seen": { "only": [directory.merignac] }, "new": { "only": [directory.bruges] } } } });
    house.manager.gives("operator.edit", here.id, sites).await;
    let problem = reset(&mut one).await;
    assert_eq!((word(&problem), problem.params["why"].as_str()), ("feed-reset", "rights"));
    // What one likes is no right: the stream goes on.
    leaving.gives("operator.prefer", "", json!({ "bell": "off" })).await;
    assert_eq!(two.next().await.id, uuid::Uuid::from(here.id));
    assert_eq!(two.next().await.id, uuid::Uuid::from(leaving.id));
    house.manager.gives("operator.archive", leaving.id, json!({})).await;
    assert_eq!(word(&reset(&mut two).await), "feed-reset");
    until("the session is over", async || leaving.client.me().await.is_err()).await;
    let again = client_of(&house.office).log_in("partant".parse().unwrap(), crate::common::PASSWORD.to_owned()).await;
    assert!(again.is_err());
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_coordinator_sees_the_own_organisation_and_nobody_in_person(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let (other, elsewhere): (uuid::Uuid, uuid::Uuid) = (fresh(), fresh());
    let client = json!({ "name": "Autre Maison", "contact_persons": [{ "name": "Hélène Autre" }] });
    house.manager.gives("client.create", other, client).await;
    house
        .manager
        .gives("site.create", elsewhere, json!({ "name": "Talence", "commune": "Talence", "client_id": other }))
        .await;
    let own = created(&house.manager, &directory).await;
    let foreign: RequestId = fresh();
    let fields = json!({ "channel": "phone", "text": "chut", "site_id": elsewhere,
        "requester": { "kind": "organisation", "id": other, "contact_person": "Hélène Autre" } });
    house.manager.gives("request.create", foreign, fields).await;
    house.manager.gives("claim.take", fresh::<ClaimId>(), json!({ "subject": { "kind": "request", "id": own } })).await;
    let coordinator = house.coordinator("metropole", directory.client).await;
    let rows = rows_of(&coordinator.client.snapshot().await.unwrap());
    let of = |kind: EntityKind| rows.keys().filter(|(of, _)| *of == kind).map(|(_, id)| id.clone()).collect::<Vec<_>>();
    assert_eq!(of(EntityKind::Client), [directory.client.to_string()]);
    let mut sites = vec![directory.merignac.to_string(), directory.bruges.to_string()];
    sites.sort();
    assert_eq!(of(EntityKind::Site), sites);
    assert_eq!(of(EntityKind::Request), [own.to_string()]);
    assert_eq!(of(EntityKind::Service).len(), 2);
    for kind in
        [EntityKind::Beneficiary, EntityKind::Contact, EntityKind::Claim, EntityKind::Operator, EntityKind::Provider]
    {
        assert!(of(kind).is_empty());
    }
    let hand = Hand::of(&house.office, "metropole").await;
    let forbidden = [
        "beneficiaries",
        "contacts",
        "claims",
        "held",
        "operators",
        "providers",
        "offers",
        "items",
        "exceptions",
        "postings",
    ];
    for collection in forbidden {
        assert_eq!(hand.get(&format!("/v1/{collection}")).await.status, 403, "{collection}");
    }
    for (path, status) in [
        (format!("/v1/requests/{own}"), 200),
        (format!("/v1/requests/{foreign}"), 404),
        (format!("/v1/clients/{other}"), 404),
        (format!("/v1/sites/{elsewhere}"), 404),
        (format!("/v1/requests/{own}/history"), 403),
        ("/v1/search?q=chut".to_owned(), 403),
        (format!("/v1/beneficiaries/{}", directory.durand), 403),
    ] {
        assert_eq!(hand.get(&path).await.status, status, "{path}");
    }
    assert!(!hand.get("/v1/clients").await.text.contains("Autre"));
    assert!(!hand.get("/v1/sites").await.text.contains("Talence"));
    assert!(!hand.get("/v1/requests").await.text.contains("chut"));
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn nothing_of_another_site_can_be_read_found_or_changed(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let request = created(&house.manager, &directory).await;
    let bruges =
        house.person_on("bruges", &[Role::Operator, Role::Concierge, Role::Dispatcher], &[directory.bruges]).await;
    let hand = Hand::of(&house.office, "bruges").await;
    for path in [
        format!("/v1/requests/{request}"),
        format!("/v1/requests/{request}/history"),
        format!("/v1/beneficiaries/{}", directory.durand),
        format!("/v1/beneficiaries/{}/tab", directory.durand),
        format!("/v1/sites/{}", directory.merignac),
    ] {
        let answer = hand.get(&path).await;
        assert_eq!((answer.status, answer.word().as_str()), (404, "not-found"), "{path}");
    }
    for path in ["/v1/requests", "/v1/beneficiaries", "/v1/search?q=durand", "/v1/search?q=chemises", "/v1/sites"] {
        let answer = hand.get(path).await;
        assert!(
            !answer.text.contains("chemises") && !answer.text.contains("Durand") && !answer.text.contains("Mérignac"),
            "{path}"
        );
    }
    let caller = hand.get("/v1/callers/0536491234").await;
    assert_eq!(caller.json(), json!({ "kind": "unknown" }));
    for (verb, body) in [
        ("edit", json!({ "fields": { "quantity": { "seen": 3, "new": 4 } } })),
        ("triage", json!({ "seen": "new" })),
        ("cancel", json!({ "seen": "new", "reason": "annulé" })),
        ("note", json!({ "id": fresh::<uuid::Uuid>(), "text": "vu" })),
    ] {
        assert_eq!(word(&bruges.refused(&format!("request.{verb}"), request, body).await), "not-found", "{verb}");
    }
    let claim = json!({ "subject": { "kind": "request", "id": request } });
    assert_eq!(word(&bruges.refused("claim.take", fresh::<ClaimId>(), claim).await), "not-found");
    // Nor can it be told by what a precondition answers.
    let key = uuid::Uuid::now_v7().to_string();
    let headers = [("content-type", "application/json"), ("idempotency-key", key.as_str()), ("if-match", "\"9\"")];
    let answer = hand
        .ask("POST", &format!("/v1/requests/{request}/triage"), &headers, Some(br#"{"seen":"new"}"#.to_vec()))
        .await;
    assert_eq!(answer.status, 404, "{}", answer.text);
    // And nothing is put there.
    let own: RequestId = fresh();
    let problem = bruges
        .refused("request.create", own, json!({ "channel": "phone", "text": "x", "site_id": directory.merignac }))
        .await;
    assert_eq!((word(&problem), problem.field.as_deref()), ("unknown-reference", Some("site_id")));
    bruges.gives("request.create", own, json!({ "channel": "phone", "text": "x", "site_id": directory.bruges })).await;
    let problem = bruges.refused("request.edit", own, site(directory.bruges, directory.merignac)).await;
    assert_eq!((word(&problem), problem.field.as_deref()), ("unknown-reference", Some("site_id")));
    house.office.stop().await;
}
