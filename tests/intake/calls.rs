//! What follows from calls: missed ones of one number dealt with at once, ways back attached, ends that need nobody.

use crate::common::{Engine, House, complete, directory, until, word};
use loge::{
    domain::{entity::EntityKind, ids::RequestId},
    wire::fresh,
};
use rstest::rstest;
use serde_json::{Value, json};

async fn happened(house: &House, call: &str, kind: &str, at: &str, more: Value) {
    let mut event = json!({ "source": "standard", "call_id": call, "event": kind, "from": "05 36 49 12 34",
        "occurred_at": format!("2026-11-20T09:{at}Z") });
    event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    house.manager.gives("contact.call_event", "", event).await;
}

async fn missed(house: &House, call: &str, at: &str, more: Value) {
    happened(house, call, "ring", &format!("{at}:00"), more.clone()).await;
    happened(house, call, "hangup", &format!("{at}:30"), more).await;
}

async fn contact(house: &House, call: &str) -> Value {
    let all = crate::recorded::contacts(house, "standard").await;
    all.into_iter().find(|(id, _)| id == call).unwrap().1
}

async fn states(house: &House) -> Vec<(String, String)> {
    let all = crate::recorded::contacts(house, "standard").await;
    all.into_iter().map(|(id, row)| (id, row["state"].as_str().unwrap().to_owned())).collect()
}

fn these(states: &[(&str, &str)]) -> Vec<(String, String)> {
    states.iter().map(|(id, state)| ((*id).to_owned(), (*state).to_owned())).collect()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn who_called_three_times_is_called_back_once_and_undone_as_one(#[case] engine: Engine) {
    let house = House::open(engine).await;
    directory(&house.manager).await;
    for (call, at) in [("a", "00"), ("b", "05"), ("c", "09")] {
        missed(&house, call, at, json!({})).await;
    }
    missed(&house, "other", "10", json!({ "from": "06 39 98 00 01" })).await;
    missed(&house, "hidden", "11", json!({ "from": "anonymous" })).await;
    missed(&house, "hidden too", "12", json!({ "from": "anonymous" })).await;
    let row = contact(&house, "b").await;
    let id = row["id"].as_str().unwrap();
    let done = house.manager.gives("contact.call_back", id, json!({ "outcome": "elle rappellera" })).await;
    let open = [("hidden", "open"), ("hidden too", "open"), ("other", "open")];
    let called = [("a", "called_back"), ("b", "called_back"), ("c", "called_back")];
    assert_eq!(states(&house).await, these(&[called, open].concat()));
    assert_eq!(contact(&house, "c").await["outcome"], "elle rappellera");
    house.manager.gives("undo", "", json!({ "command": done.key })).await;
    let all_open = [("a", "open"), ("b", "open"), ("c", "open")];
    assert_eq!(states(&house).await, these(&[all_open, open].concat()));
    house.manager.gives("contact.drop", id, json!({ "reason": "démarchage" })).await;
    let dropped = [("a", "dropped"), ("b", "dropped"), ("c", "dropped")];
    assert_eq!(states(&house).await, these(&[dropped, open].concat()));
    let hidden = contact(&house, "hidden").await;
    house.manager.gives("contact.drop", hidden["id"].as_str().unwrap(), json!({ "reason": "masqué" })).await;
    assert_eq!(contact(&house, "hidden too").await["state"], "open", "nobody knows that it was the same");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_way_back_is_attached_to_the_missed_call_and_needs_no_end_by_hand(#[case] engine: Engine) {
    let house = House::open(engine).await;
    directory(&house.manager).await;
    missed(&house, "in", "00", json!({})).await;
    let out = json!({ "direction": "out", "from": "0199000010", "to": "0536491234" });
    happened(&house, "out", "ring", "05:00", out.clone()).await;
    let row = contact(&house, "out").await;
    assert_eq!(row["origin"]["callback_of"], contact(&house, "in").await["id"]);
    assert_eq!(row["state"], "open");
    let body = json!({ "fields": { "extensions": { "seen": [], "new": ["204"] } } });
    house.manager.gives("operator.edit", house.manager.id, body).await;
    let mut answer = out.clone();
    answer["extension"] = json!("204");
    happened(&house, "out", "answer", "05:10", answer).await;
    let claims =
        format!("SELECT count(*) FROM claim WHERE subject_id = {}", row["origin"]["callback_of"]).replace('"', "'");
    assert_eq!(house.number(&claims).await, 1, "who calls back has the missed call in hand");
    assert_eq!(house.number("SELECT count(*) FROM claim").await, 1);
    happened(&house, "out", "hangup", "07:00", out.clone()).await;
    assert_eq!(
        states(&house).await,
        these(&[("in", "open"), ("out", "wrapped_up")]),
        "what was said is for people to tell"
    );
    let elsewhere = json!({ "direction": "out", "from": "0199000010", "to": "0353010001" });
    happened(&house, "new", "ring", "08:00", elsewhere).await;
    assert_eq!(contact(&house, "new").await["origin"]["callback_of"], Value::Null);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_call_ends_by_itself_when_its_request_is_saved_and_nothing_is_left_in_the_line(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let body = json!({ "fields": { "extensions": { "seen": [], "new": ["204"] } } });
    house.manager.gives("operator.edit", house.manager.id, body).await;
    let nothing = json!({ "subject": { "kind": "contact", "id": fresh::<RequestId>() }, "at": "2026-11-20T09:00:00Z",
        "text": "", "cursor": 0, "fields": { "channel": "phone" } });
    let something = json!({ "subject": { "kind": "contact", "id": fresh::<RequestId>() }, "at": "2026-11-20T09:00:00Z",
        "text": "et aussi du p", "cursor": 13, "fields": {} });
    for (call, request, draft, state) in [
        ("1 saved", true, Some(&nothing), "wrapped_up"),
        ("2 saved, never typed", true, None, "wrapped_up"),
        ("3 saved, more typed", true, Some(&something), "open"),
        ("4 nothing saved", false, Some(&nothing), "open"),
    ] {
        happened(&house, call, "ring", "00:00", json!({})).await;
        happened(&house, call, "answer", "00:05", json!({ "extension": "204" })).await;
        let id = contact(&house, call).await["id"].as_str().unwrap().to_owned();
        if request {
            let mut fields = complete(&directory);
            fields["contact_id"] = json!(id);
            house.manager.gives("request.create", fresh::<RequestId>(), fields).await;
        }
        if let Some(draft) = draft {
            let snapshot = house.manager.client.snapshot_text().await.unwrap();
            let snapshot: Value = serde_json::from_slice(&snapshot).unwrap();
            let claim = find(&snapshot, &id).expect("who answers has it");
            let renewal = json!({ "claims": [{ "id": claim, "draft": draft.to_string() }] });
            house.manager.gives("claim.renew", "", renewal).await;
        }
        happened(&house, call, "hangup", "03:00", json!({ "cause": "normal_clearing" })).await;
        // Whoever holds it may be typing what no renewal has told yet.
        assert_eq!(contact(&house, call).await["state"], "open", "{call}: it is held");
        house.sql("UPDATE claim_work SET renewed_at = 1").await;
        house.sql("UPDATE timer SET due_at = 1 WHERE kind = 'claim_stale'").await;
        let stale = "SELECT count(*) FROM claim WHERE state = 'live'";
        until("nobody holds it any more", async || house.number(stale).await == 0).await;
        let row = contact(&house, call).await;
        assert_eq!(row["state"], state, "{call}");
        assert_eq!(row["outcome"].as_str().is_some(), state == "wrapped_up", "{call}: its outcome names the request");
    }
    // What a person opens again stays open, whatever the telephone system repeats.
    let row = contact(&house, "1 saved").await;
    let id = row["id"].as_str().unwrap();
    house.manager.gives("contact.reopen", id, json!({ "seen": "wrapped_up" })).await;
    happened(&house, "1 saved", "hangup", "03:00", json!({ "cause": "normal_clearing" })).await;
    assert_eq!(contact(&house, "1 saved").await["state"], "open");
    let problem = house.manager.refused("contact.call_back", id, json!({ "outcome": "x" })).await;
    assert_eq!(word(&problem), "busy");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_call_that_the_house_made_asks_nothing_of_anybody_once_it_is_over(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let body = json!({ "fields": { "extensions": { "seen": [], "new": ["204"] } } });
    house.manager.gives("operator.edit", house.manager.id, body).await;
    let draft = json!({ "subject": { "kind": "contact", "id": fresh::<RequestId>() }, "at": "2026-11-20T09:00:00Z",
        "text": "deux costumes", "cursor": 13, "fields": {} });
    let out = json!({ "direction": "out", "from": "204", "to": "0353010001" });
    for (call, extension, request, typed, state) in [
        ("1 nobody took it", None, false, false, "wrapped_up"),
        ("2 of an extension that is nobody's", Some("299"), false, false, "wrapped_up"),
        ("3 held", Some("204"), false, false, "wrapped_up"),
        ("4 held, and typed", Some("204"), false, true, "open"),
        ("5 held, and saved", Some("204"), true, false, "wrapped_up"),
    ] {
        happened(&house, call, "ring", "00:00", out.clone()).await;
        let mut answer = out.clone();
        if let Some(extension) = extension {
            answer["extension"] = json!(extension);
            happened(&house, call, "answer", "00:05", answer).await;
        }
        let row = contact(&house, call).await;
        let id = row["id"].as_str().unwrap();
        assert_eq!(row["state"], "open", "{call}: it goes on");
        let mut number = None;
        if request {
            let mut fields = complete(&directory);
            fields["contact_id"] = json!(id);
            let saved: RequestId = fresh();
            house.manager.gives("request.create", saved, fields).await;
            let saved: Value = house.manager.row(EntityKind::Request, saved).await;
            number = Some(saved["number"].clone());
        }
        if typed {
            let snapshot = house.manager.client.snapshot_text().await.unwrap();
            let claim = find(&serde_json::from_slice(&snapshot).unwrap(), id).expect("who calls has it");
            house
                .manager
                .gives("claim.renew", "", json!({ "claims": [{ "id": claim, "draft": draft.to_string() }] }))
                .await;
        }
        happened(&house, call, "hangup", "03:00", out.clone()).await;
        if extension == Some("204") {
            assert_eq!(contact(&house, call).await["state"], "open", "{call}: who holds it may be typing");
            house.sql("UPDATE claim_work SET renewed_at = 1").await;
            house.sql("UPDATE timer SET due_at = 1 WHERE kind = 'claim_stale'").await;
            let live = "SELECT count(*) FROM claim WHERE state = 'live'";
            until("nobody holds it any more", async || house.number(live).await == 0).await;
        }
        let row = contact(&house, call).await;
        assert_eq!(row["state"], state, "{call}");
        let outcome = number.unwrap_or_else(|| if state == "open" { Value::Null } else { json!("appel sortant") });
        assert_eq!(row["outcome"], outcome, "{call}");
    }
    house.office.stop().await;
}

/// The claim on a contact.
fn find(value: &Value, contact: &str) -> Option<String> {
    match value {
        Value::Object(object) => {
            if object.get("subject_id").is_some_and(|subject| subject == contact) {
                return object.get("id")?.as_str().map(str::to_owned);
            }
            object.values().find_map(|value| find(value, contact))
        }
        Value::Array(all) => all.iter().find_map(|value| find(value, contact)),
        _ => None,
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_call_whose_end_was_lost_is_swept_and_then_closes_by_itself(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    happened(&house, "lost", "ring", "00:00", json!({})).await;
    happened(&house, "lost", "answer", "00:05", json!({})).await;
    let mut fields = complete(&directory);
    fields["contact_id"] = contact(&house, "lost").await["id"].clone();
    house.manager.gives("request.create", fresh::<RequestId>(), fields).await;
    house.sql("UPDATE timer SET due_at = 1 WHERE kind = 'sweep_call'").await;
    until("the call was swept", async || contact(&house, "lost").await["state"] == "wrapped_up").await;
    assert_eq!(contact(&house, "lost").await["origin"]["line"], "ended");
    house.office.stop().await;
}
