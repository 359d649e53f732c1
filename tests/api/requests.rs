//! Requests: from the first word to closing, over HTTP.

use crate::common::{Directory, Engine, Hand, House, Watch, complete, directory, word};
use loge::{
    domain::{
        access::{Author, Role},
        entity::EntityKind,
        ids::{ClaimId, RequestId},
        request::Request,
    },
    wire::{change::ChangeKind, fresh},
};
use rstest::rstest;
use serde_json::{Value, json};

async fn created(house: &House, directory: &Directory) -> RequestId {
    let id = fresh();
    house.manager.gives("request.create", id, complete(directory)).await;
    id
}

async fn row(house: &House, id: RequestId) -> Value {
    house.manager.row(EntityKind::Request, id).await
}

/// Moves a request through states: each step names the verb and the state that it leaves.
async fn moved(house: &House, id: RequestId, steps: &[(&str, &str)]) {
    for (verb, seen) in steps {
        let body = match *verb {
            "assign" => {
                json!({ "seen": seen, "assignment_id": fresh::<uuid::Uuid>(), "operator_id": house.manager.id })
            }
            _ => json!({ "seen": seen }),
        };
        house.manager.gives(&format!("request.{verb}"), id, body).await;
    }
}

const TO_DONE: &[(&str, &str)] =
    &[("triage", "new"), ("assign", "triaged"), ("start", "assigned"), ("ready", "underway"), ("done", "ready")];

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_request_gets_a_number_and_shows_in_the_feed(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let mut watch = Watch::from(&house.manager, directory.seq).connected().await;
    let id = created(&house, &directory).await;
    let change = watch.next().await;
    assert_eq!((change.entity, change.kind), (EntityKind::Request, ChangeKind::Put));
    let request: Request = serde_json::from_str(change.state.unwrap().get()).unwrap();
    assert_eq!(request.id, id);
    assert_eq!(request.number.to_string().split('-').nth(1), Some("0001"));
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_move_that_the_table_does_not_have_is_refused_with_those_it_has(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let id = created(&house, &directory).await;
    let problem = house.manager.refused("request.done", id, json!({ "seen": "new" })).await;
    assert_eq!(word(&problem), "illegal-move");
    assert!(problem.legal.contains(&"triage".to_owned()), "{:?}", problem.legal);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_is_incomplete_is_not_triaged_and_says_what_is_missing(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let id: RequestId = fresh();
    let told = json!({ "channel": "phone", "text": "Trois chemises, c'est Mme Durand", "site_id": directory.merignac });
    house.manager.gives("request.create", id, told).await;
    let problem = house.manager.refused("request.triage", id, json!({ "seen": "new" })).await;
    assert_eq!(word(&problem), "incomplete");
    assert_eq!(problem.missing, ["requester", "service_id", "payer", "when"]);
    let person = json!({ "kind": "person", "id": directory.durand });
    let edit = json!({ "fields": {
        "requester": { "seen": null, "new": person }, "service_id": { "seen": null, "new": directory.pressing },
        "payer": { "seen": null, "new": { "kind": "person" } },
        "when": { "seen": null, "new": { "kind": "due", "at": "2026-11-27T12:00:00" } } } });
    house.manager.gives("request.edit", id, edit).await;
    moved(&house, id, &[("triage", "new")]).await;
    let request = row(&house, id).await;
    assert_eq!(request["state"], "triaged");
    assert_eq!(request["clocks"].as_array().map(Vec::len), Some(1), "{}", request["clocks"]);
    // What was triaged stays complete.
    let edit = json!({ "fields": { "payer": { "seen": { "kind": "person" }, "new": null } } });
    let problem = house.manager.refused("request.edit", id, edit).await;
    assert_eq!((word(&problem), problem.missing.as_slice()), ("incomplete", ["payer".to_owned()].as_slice()));
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_request_goes_from_new_to_closed_and_its_history_says_how(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let id = created(&house, &directory).await;
    moved(&house, id, TO_DONE).await;
    let reopen = json!({ "seen": "done", "reason": "un bouton manque" });
    house.manager.gives("request.reopen", id, reopen).await;
    assert_eq!(row(&house, id).await["state"], "underway");
    moved(&house, id, &[("done", "underway"), ("close", "done")]).await;
    let request = row(&house, id).await;
    assert_eq!(request["state"], "closed");
    assert!(request["ended_at"].is_string());
    let history = house.manager.client.history(EntityKind::Request, id.into()).await.unwrap();
    let told: Vec<_> =
        history.iter().map(|entry| (entry.verb.as_str(), entry.from.as_deref(), entry.to.as_deref())).collect();
    assert_eq!(
        told,
        [
            ("request.create", None, Some("new")),
            ("request.triage", Some("new"), Some("triaged")),
            ("request.assign", Some("triaged"), Some("assigned")),
            ("request.start", Some("assigned"), Some("underway")),
            ("request.ready", Some("underway"), Some("ready")),
            ("request.done", Some("ready"), Some("done")),
            ("request.reopen", Some("done"), Some("underway")),
            ("request.done", Some("underway"), Some("done")),
            ("request.close", Some("done"), Some("closed")),
        ]
    );
    assert!(history.iter().all(|entry| entry.author == Author::Operator { id: house.manager.id }));
    assert_eq!(history[6].reason.as_deref(), Some("un bouton manque"));
    assert_eq!(history.iter().map(|entry| entry.version).collect::<Vec<_>>(), (1..=9).collect::<Vec<_>>());
    // Closed work is not touched any more: a linked request says what is wrong.
    let edit = json!({ "fields": { "detail": { "seen": "chemises", "new": "draps" } } });
    assert_eq!(word(&house.manager.refused("request.edit", id, edit).await), "illegal-move");
    let complaint: RequestId = fresh();
    house.manager.gives("request.complain", id, json!({ "id": complaint, "text": "Il manque un bouton" })).await;
    let linked = row(&house, complaint).await;
    assert_eq!(
        (&linked["origin_id"], &linked["state"], &linked["channel"]),
        (&json!(id), &json!("new"), &json!("house"))
    );
    assert_eq!(linked["requester"], request["requester"]);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_question_pauses_a_request_and_its_date_resumes_it(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let id = created(&house, &directory).await;
    moved(&house, id, &[("triage", "new")]).await;
    house.manager.gives("request.wait", id, json!({ "seen": "triaged", "question": "Quelle taille ?" })).await;
    let waiting = row(&house, id).await;
    assert_eq!((&waiting["state"], &waiting["waiting"]["question"]), (&json!("waiting"), &json!("Quelle taille ?")));
    moved(&house, id, &[("resume", "waiting")]).await;
    assert_eq!(row(&house, id).await["state"], "triaged");
    let mut watch = Watch::from(&house.manager, directory.seq).connected().await;
    let until = "2026-01-01T08:00:00Z";
    house
        .manager
        .gives("request.wait", id, json!({ "seen": "triaged", "question": "Et la couleur ?", "until": until }))
        .await;
    let back = loop {
        let change = watch.next().await;
        if change.author == Author::System {
            break change;
        }
    };
    let request: Request = serde_json::from_str(back.state.unwrap().get()).unwrap();
    assert_eq!(serde_json::to_value(request.state).unwrap(), "triaged");
    assert_eq!(request.waiting, None);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn every_end_keeps_its_words_and_lets_go_of_the_claim(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let survivor = created(&house, &directory).await;
    let ends = [
        (
            "answer",
            json!({ "seen": "new", "text": "Oui, le pressing est ouvert" }),
            "answered",
            Some("Oui, le pressing est ouvert"),
        ),
        ("refuse", json!({ "seen": "new", "reason": "hors catalogue" }), "refused", Some("hors catalogue")),
        (
            "cancel",
            json!({ "seen": "new", "reason": "annulé par la personne" }),
            "cancelled",
            Some("annulé par la personne"),
        ),
        ("merge", json!({ "seen": "new", "into": survivor, "reason": "même demande" }), "merged", None),
    ];
    for (verb, body, state, ending) in ends {
        let id = created(&house, &directory).await;
        let claim: ClaimId = fresh();
        house.manager.gives("claim.take", claim, json!({ "subject": { "kind": "request", "id": id } })).await;
        house.manager.gives(&format!("request.{verb}"), id, body).await;
        let request = row(&house, id).await;
        assert_eq!(request["state"], state);
        assert!(request["ended_at"].is_string(), "{verb}");
        if let Some(ending) = ending {
            assert_eq!(request["ending"], ending);
        }
        assert_eq!(house.state(EntityKind::Claim, claim).await, "released", "{verb}");
    }
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_merged_request_goes_back_to_where_it_was(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let (one, other) = (created(&house, &directory).await, created(&house, &directory).await);
    moved(&house, one, &[("triage", "new")]).await;
    let itself = json!({ "seen": "triaged", "into": one, "reason": "même demande" });
    let problem = house.manager.refused("request.merge", one, itself).await;
    assert_eq!((word(&problem), problem.field.as_deref()), ("invalid", Some("into")));
    house
        .manager
        .gives("request.merge", one, json!({ "seen": "triaged", "into": other, "reason": "même demande" }))
        .await;
    assert_eq!(row(&house, one).await["merged"]["id"], json!(other));
    let ended = json!({ "seen": "new", "into": one, "reason": "même demande" });
    assert_eq!(word(&house.manager.refused("request.merge", other, ended).await), "invalid");
    moved(&house, one, &[("unmerge", "merged")]).await;
    let back = row(&house, one).await;
    assert_eq!((&back["state"], &back["merged"], &back["ended_at"]), (&json!("triaged"), &Value::Null, &Value::Null));
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_split_gives_each_part_what_it_does_not_say(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let id = created(&house, &directory).await;
    let (bread, shoes): (RequestId, RequestId) = (fresh(), fresh());
    let parts = json!({ "parts": [
        { "id": bread, "fields": { "channel": "phone", "service_id": directory.bread, "detail": "deux baguettes" } },
        { "id": shoes, "fields": { "channel": "phone", "text": "des chaussures à ressemeler", "site_id": directory.bruges } } ] });
    let done = house.manager.gives("request.split", id, parts).await;
    assert_eq!(done.changes.len(), 2);
    let (first, bread, shoes) = (row(&house, id).await, row(&house, bread).await, row(&house, shoes).await);
    assert_eq!(bread["origin_id"], json!(id));
    assert_eq!(
        (&bread["requester"], &bread["site_id"], &bread["payer"]),
        (&first["requester"], &first["site_id"], &first["payer"])
    );
    assert_eq!(shoes["site_id"], json!(directory.bruges));
    assert_ne!(bread["number"], shoes["number"]);
    let none = house.manager.refused("request.split", id, json!({ "parts": [] })).await;
    assert_eq!((word(&none), none.field.as_deref()), ("invalid", Some("parts")));
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_note_says_who_wrote_it_and_own_staff_can_be_released(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let colleague = house.person("standard", &[Role::Operator]).await;
    let id = created(&house, &directory).await;
    colleague.gives("request.note", id, json!({ "id": fresh::<uuid::Uuid>(), "text": "rappelle à 14 h" })).await;
    let request = row(&house, id).await;
    assert_eq!(
        (&request["notes"][0]["text"], &request["notes"][0]["by"]),
        (&json!("rappelle à 14 h"), &json!(colleague.id))
    );
    moved(&house, id, &[("triage", "new"), ("assign", "triaged")]).await;
    let assignment = row(&house, id).await["assignment_id"].as_str().unwrap().to_owned();
    assert_eq!(house.state(EntityKind::Assignment, &assignment).await, "active");
    house.manager.gives("request.release", id, json!({ "seen": "assigned", "reason": "absent demain" })).await;
    assert_eq!(house.state(EntityKind::Assignment, &assignment).await, "released");
    assert_eq!(row(&house, id).await["assignment_id"], Value::Null);
    moved(&house, id, &[("assign", "triaged")]).await;
    let nobody =
        json!({ "seen": "triaged", "assignment_id": fresh::<uuid::Uuid>(), "operator_id": fresh::<uuid::Uuid>() });
    let other = created(&house, &directory).await;
    moved(&house, other, &[("triage", "new")]).await;
    let problem = house.manager.refused("request.assign", other, nobody).await;
    assert_eq!((word(&problem), problem.field.as_deref()), ("unknown-reference", Some("operator_id")));
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_request_is_not_closed_over_an_open_exception_or_an_unposted_price(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let dear: RequestId = fresh();
    let mut fields = complete(&directory);
    fields["price"] = json!(1350);
    house.manager.gives("request.create", dear, fields).await;
    moved(&house, dear, TO_DONE).await;
    let problem = house.manager.refused("request.close", dear, json!({ "seen": "done" })).await;
    assert_eq!((word(&problem), problem.params["cause"].as_str()), ("busy", "unbalanced"));
    let id = created(&house, &directory).await;
    moved(&house, id, TO_DONE).await;
    let exception: uuid::Uuid = fresh();
    let open = json!({ "id": exception, "version": 1, "state": "open", "created_at": "2026-11-22T08:00:00.000000Z",
        "created_by": null, "about": { "kind": "request", "id": id }, "site_id": directory.merignac, "kind": "other",
        "what": "un bouton manque", "occurred_at": "2026-11-22T08:00:00.000000Z", "settlement": null, "closed_at": null,
        "closed_by": null });
    house.sql(&format!("INSERT INTO exception (id, doc) VALUES ('{exception}', '{open}')")).await;
    let problem = house.manager.refused("request.close", id, json!({ "seen": "done" })).await;
    assert_eq!((word(&problem), problem.params["cause"].as_str()), ("busy", "exception_open"));
    house.sql("DELETE FROM exception").await;
    moved(&house, id, &[("close", "done")]).await;
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn who_acts_on_a_state_that_has_moved_is_told_both(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let id = created(&house, &directory).await;
    moved(&house, id, &[("triage", "new")]).await;
    for verb in ["triage", "cancel", "wait", "merge", "answer"] {
        let body = json!({ "seen": "new", "reason": "x", "question": "x", "into": id, "text": "x" });
        let needed = |field: &str| match verb {
            "triage" => field == "seen",
            "cancel" => field == "seen" || field == "reason",
            "wait" => field == "seen" || field == "question",
            "merge" => matches!(field, "seen" | "into" | "reason"),
            _ => field == "seen" || field == "text",
        };
        let body: Value = body
            .as_object()
            .unwrap()
            .iter()
            .filter(|(field, _)| needed(field))
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect();
        let problem = house.manager.refused(&format!("request.{verb}"), id, body).await;
        assert_eq!((word(&problem), problem.status), ("state-moved", 409), "{verb}");
        assert_eq!((problem.params["seen"].as_str(), problem.params["present"].as_str()), ("new", "triaged"), "{verb}");
    }
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_row_is_read_and_written_by_its_version(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let id = created(&house, &directory).await;
    let hand = Hand::of(&house.office, "responsable").await;
    let path = format!("/v1/requests/{id}");
    let answer = hand.get(&path).await;
    assert_eq!((answer.status, answer.header("etag")), (200, "\"1\""));
    assert_eq!(hand.ask("GET", &path, &[("if-none-match", "\"1\"")], None).await.status, 304);
    let triage = |version: &'static str| {
        let (hand, path, key) = (hand.clone(), format!("{path}/triage"), uuid::Uuid::now_v7().to_string());
        async move {
            let headers =
                [("content-type", "application/json"), ("idempotency-key", key.as_str()), ("if-match", version)];
            hand.ask("POST", &path, &headers, Some(br#"{"seen":"new"}"#.to_vec())).await
        }
    };
    let stale = triage("\"7\"").await;
    assert_eq!((stale.status, stale.word().as_str()), (412, "version-moved"));
    assert_eq!((&stale.json()["params"]["seen"], &stale.json()["params"]["present"]), (&json!("7"), &json!("1")));
    assert_eq!(triage("soon").await.word(), "bad-header");
    assert_eq!(triage("\"1\"").await.status, 200);
    let read_again = hand.ask("GET", &path, &[("if-none-match", "\"1\"")], None).await;
    assert_eq!((read_again.status, read_again.header("etag")), (200, "\"2\""));
    house.office.stop().await;
}
