//! Contacts: what came in by telephone, mail, desk and locker.

use crate::common::{Engine, Hand, House, directory, word};
use loge::{
    domain::{
        access::Role,
        entity::EntityKind,
        ids::{ContactId, OperatorId},
    },
    wire::fresh,
};
use rstest::rstest;
use serde_json::{Value, json};

fn event(call: &str, kind: &str, at: &str, more: Value) -> Value {
    let mut event = json!({ "source": "standard", "call_id": call, "event": kind, "occurred_at": format!("2026-11-20T09:{at}Z"),
        "from": "05 36 49 12 34", "to": "05 36 49 00 99" });
    event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    event
}

/// The contact of a call.
async fn call(house: &House, call_id: &str) -> Value {
    let mut tx = house.office.app.store.read().await.unwrap();
    let key = format!("call standard {call_id}");
    let rows = tx.rows("SELECT CAST(doc AS TEXT) FROM contact WHERE foreign_key = $1", &[(&key).into()]).await.unwrap();
    assert_eq!(rows.len(), 1, "{call_id}");
    serde_json::from_str(&rows[0].text(0).unwrap()).unwrap()
}

async fn happened(house: &House, events: &[Value]) {
    for event in events {
        house.manager.gives("contact.call_event", "", event.clone()).await;
    }
}

fn kinds(row: &Value) -> Vec<&str> {
    row["clocks"].as_array().unwrap().iter().map(|clock| clock["kind"].as_str().unwrap()).collect()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn events_of_a_call_give_one_record_in_any_order_and_repetition(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let operator: OperatorId = fresh();
    let body = json!({ "login": "standard", "name": "Standard", "roles": ["operator"], "sites": "all", "extensions": ["204"] });
    house.manager.gives("operator.create", operator, body).await;
    let claims = "SELECT count(*) FROM claim WHERE state = 'live'";
    let mut records = Vec::new();
    for (number, order) in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]].into_iter().enumerate() {
        let id = format!("c{number}");
        let events = [
            event(&id, "ring", "00:00", json!({})),
            event(&id, "answer", "00:10", json!({ "extension": "204" })),
            event(&id, "hangup", "03:00", json!({ "cause": "normal_clearing" })),
        ];
        for place in order.into_iter().chain(order) {
            happened(&house, &[events[place].clone()]).await;
        }
        let mut row = call(&house, &id).await;
        assert_eq!(
            (&row["origin"]["line"], &row["origin"]["answered_by"]),
            (&json!("ended"), &json!(operator)),
            "{order:?}"
        );
        assert_eq!(row["party"], json!({ "kind": "person", "id": directory.durand }));
        assert_eq!(row["site_id"], json!(directory.merignac));
        assert_eq!(house.number(claims).await, i64::try_from(number).unwrap() + 1, "who answers works on it");
        assert!(
            !kinds(&row).contains(&"callback"),
            "{order:?}: an answered call is not called back: {}",
            row["clocks"]
        );
        // What tells one call from another, and when we heard of it.
        for field in ["id", "version", "foreign_key", "occurred_at"] {
            row[field] = Value::Null;
        }
        row["origin"]["call_id"] = Value::Null;
        records.push(row);
    }
    assert!(records.windows(2).all(|two| two[0] == two[1]), "{records:#?}");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_missed_call_is_a_task_with_a_clock_and_is_called_back(#[case] engine: Engine) {
    let house = House::open(engine).await;
    directory(&house.manager).await;
    let missed = [event("m", "ring", "00:00", json!({})), event("m", "hangup", "00:30", json!({ "cause": "cancel" }))];
    happened(&house, &missed).await;
    let row = call(&house, "m").await;
    assert_eq!(row["origin"]["line"], "missed");
    assert!(kinds(&row).contains(&"callback"), "{}", row["clocks"]);
    house
        .manager
        .gives("contact.call_back", row["id"].as_str().unwrap(), json!({ "outcome": "elle rappellera" }))
        .await;
    let back = call(&house, "m").await;
    assert_eq!((&back["state"], &back["outcome"]), (&json!("called_back"), &json!("elle rappellera")));
    assert!(
        back["clocks"]
            .as_array()
            .unwrap()
            .iter()
            .all(|clock| !matches!(clock["state"]["kind"].as_str(), Some("running")))
    );
    let answered = [event("a", "ring", "01:00", json!({})), event("a", "answer", "01:05", json!({}))];
    happened(&house, &answered).await;
    let row = call(&house, "a").await;
    let problem =
        house.manager.refused("contact.call_back", row["id"].as_str().unwrap(), json!({ "outcome": "x" })).await;
    assert_eq!((word(&problem), problem.params["cause"].as_str()), ("busy", "not_this_kind"));
    // A call that nobody hangs up is given up by the sweep, and called back all the same.
    happened(&house, &[event("s", "ring", "02:00", json!({}))]).await;
    house.sql("UPDATE timer SET due_at = 1 WHERE kind = 'sweep_call'").await;
    crate::common::until("the call was swept", async || call(&house, "s").await["origin"]["line"] == "missed").await;
    let row = call(&house, "s").await;
    assert!(kinds(&row).contains(&"callback"), "{}", row["clocks"]);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn who_calls_is_known_by_the_number(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let twins: Vec<uuid::Uuid> = vec![fresh(), fresh()];
    for (twin, name) in twins.iter().zip(["Anne", "Zoé"]) {
        let body = json!({ "family_name": "Petit", "given_name": name, "phones": ["06 39 98 00 01"] });
        house.manager.gives("beneficiary.create", twin, body).await;
    }
    let hand = Hand::of(&house.office, "responsable").await;
    for (number, party) in [
        ("0536491234", json!({ "kind": "person", "id": directory.durand })),
        ("+33536491234", json!({ "kind": "person", "id": directory.durand })),
        ("0536490000", json!({ "kind": "switchboard", "client_id": directory.client })),
        ("0639980001", json!({ "kind": "maybe", "ids": twins })),
        ("0199000000", json!({ "kind": "unknown" })),
    ] {
        let answer = hand.get(&format!("/v1/callers/{}", number.replace('+', "%2B"))).await;
        assert_eq!((answer.status, answer.json()), (200, party), "{number}");
    }
    let bad = hand.get("/v1/callers/bonjour").await;
    assert_eq!((bad.status, bad.word().as_str()), (400, "bad-parameter"));
    // A number that is no longer theirs is forgotten.
    let edit = json!({ "fields": { "phones": { "seen": ["+33536491234"], "new": [] } } });
    house.manager.gives("beneficiary.edit", directory.durand, edit).await;
    assert_eq!(hand.get("/v1/callers/0536491234").await.json(), json!({ "kind": "unknown" }));
    for (call_id, from) in
        [("x", json!("anonymous")), ("y", json!("204")), ("z", json!(null)), ("w", json!("+1 212 555 0100"))]
    {
        happened(&house, &[event(call_id, "ring", "05:00", json!({ "from": from }))]).await;
        assert_eq!(call(&house, call_id).await["party"], json!({ "kind": "unknown" }));
    }
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_message_comes_in_once(#[case] engine: Engine) {
    let house = House::open(engine).await;
    directory(&house.manager).await;
    let message = |nature: &str, id: &str| {
        json!({ "occurred_at": "2026-11-20T09:00:00Z", "what": { "mailbox": "accueil",
        "message_id": id, "from": "claire.durand@metropole.example", "subject": "Mes chemises", "text": "Bonjour", "nature": nature } })
    };
    let first: ContactId = fresh();
    let done = house.manager.gives("contact.message", first, message("personal", "<1@metropole.example>")).await;
    assert_eq!(done.changes.len(), 1);
    let again = house
        .manager
        .gives("contact.message", fresh::<ContactId>(), message("personal", "<1@metropole.example>"))
        .await;
    assert!(again.changes.is_empty());
    let auto: ContactId = fresh();
    house.manager.gives("contact.message", auto, message("auto_reply", "<2@metropole.example>")).await;
    assert_eq!(house.number("SELECT count(*) FROM contact").await, 2);
    let row: Value = house.manager.row(EntityKind::Contact, first).await;
    assert_eq!(kinds(&row), ["first_answer"]);
    let row: Value = house.manager.row(EntityKind::Contact, auto).await;
    assert!(kinds(&row).is_empty(), "nobody waits for an answer to an automatic reply");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn desk_and_locker_make_contacts_that_are_wrapped_up_and_reopened(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let concierge = house.person_on("conciergerie", &[Role::Concierge], &[directory.merignac]).await;
    let walk_in: ContactId = fresh();
    let body = json!({ "occurred_at": "2026-11-20T09:00:00Z", "site_id": directory.merignac, "what": { "text": "un ourlet ?" },
        "party": { "kind": "person", "id": directory.durand } });
    concierge.gives("contact.walk_in", walk_in, body).await;
    let locker: uuid::Uuid = fresh();
    house
        .manager
        .gives("locker.create", locker, json!({ "site_id": directory.merignac, "name": "A1", "size": "small" }))
        .await;
    let drop: ContactId = fresh();
    let body = json!({ "occurred_at": "2026-11-20T09:00:00Z", "what": { "locker_id": locker, "text": "un sac" } });
    concierge.gives("contact.locker_drop", drop, body).await;
    let row: Value = house.manager.row(EntityKind::Contact, drop).await;
    assert_eq!(row["site_id"], json!(directory.merignac), "a drop is where the locker is");
    let nowhere = json!({ "occurred_at": "2026-11-20T09:00:00Z", "what": { "locker_id": fresh::<uuid::Uuid>() } });
    let problem = concierge.refused("contact.locker_drop", fresh::<ContactId>(), nowhere).await;
    assert_eq!((word(&problem), problem.field.as_deref()), ("unknown-reference", Some("what.locker_id")));
    concierge.gives("contact.wrap_up", walk_in, json!({ "outcome": "renseignée" })).await;
    assert_eq!(house.state(EntityKind::Contact, walk_in).await, "wrapped_up");
    let problem = concierge.refused("contact.reopen", walk_in, json!({ "seen": "open" })).await;
    assert_eq!(word(&problem), "state-moved");
    concierge.gives("contact.reopen", walk_in, json!({ "seen": "wrapped_up" })).await;
    concierge.gives("contact.drop", walk_in, json!({ "reason": "sans suite" })).await;
    assert_eq!(house.state(EntityKind::Contact, walk_in).await, "dropped");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_number_is_kept_with_its_person_when_asked(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    happened(&house, &[event("n", "ring", "00:00", json!({ "from": "06 39 98 77 77" }))]).await;
    let id = call(&house, "n").await["id"].as_str().unwrap().to_owned();
    let party = json!({ "kind": "person", "id": directory.durand });
    let hand = Hand::of(&house.office, "responsable").await;
    house.manager.gives("contact.attach", &id, json!({ "party": party })).await;
    assert_eq!(hand.get("/v1/callers/0639987777").await.json(), json!({ "kind": "unknown" }));
    house.manager.gives("contact.attach", &id, json!({ "party": party, "keep": "from_now_on" })).await;
    assert_eq!(hand.get("/v1/callers/0639987777").await.json(), party);
    let row: Value = house.manager.row(EntityKind::Beneficiary, directory.durand).await;
    assert_eq!(row["phones"], json!(["+33536491234", "+33639987777"]));
    let stranger = json!({ "party": { "kind": "person", "id": fresh::<uuid::Uuid>() } });
    let problem = house.manager.refused("contact.attach", &id, stranger).await;
    assert_eq!((word(&problem), problem.field.as_deref()), ("unknown-reference", Some("party.id")));
    house.office.stop().await;
}
