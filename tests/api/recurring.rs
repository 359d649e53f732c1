//! Recurring orders: each date is made once, whatever happens to the order; what was made is called off only if asked for.

use crate::common::{Answer, Directory, Engine, Hand, House, directory, in_days, today, until, word};
use jiff::civil::Date;
use loge::{
    domain::{
        access::Role,
        entity::EntityKind,
        ids::{HolidayId, OfferId, ProviderId, RecurringOrderId, RequestId},
        policy::policy_id,
    },
    office::storage::{Arg, StorageError, document},
    wire::{change::Done, fresh},
};
use rstest::rstest;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Bread each day, holidays too, until the last second of the day: the same on whatever day the tests run.
fn bread(directory: &Directory) -> Value {
    json!({
        "requester": { "kind": "person", "id": directory.durand }, "service_id": directory.bread,
        "site_id": directory.merignac, "payer": { "kind": "person" }, "quantity": 2, "detail": "bien cuit",
        "handover": { "kind": "permanence" }, "time": { "kind": "due", "at": "23:59:59" },
        "recurrence": { "rhythm": { "kind": "days", "every": 1 }, "from": today(), "holidays": "kept" },
    })
}

struct Scene {
    house: House,
    directory: Directory,
}

impl Scene {
    async fn open(engine: Engine) -> Self {
        let house = House::open(engine).await;
        let directory = directory(&house.manager).await;
        Self { house, directory }
    }

    async fn orders(&self, body: Value) -> (RecurringOrderId, Done) {
        let id = fresh();
        let done = self.house.manager.gives("recurring_order.create", id, body).await;
        (id, done)
    }

    /// The requests of an order by their dates, as the database has them.
    async fn dates(&self, id: RecurringOrderId) -> BTreeMap<Date, Value> {
        let mut tx = self.house.office.app.store.read().await.unwrap();
        let sql = "SELECT CAST(doc AS TEXT) FROM request WHERE recurring_order_id = $1 ORDER BY recurring_date";
        let id = id.to_string();
        let rows = tx.rows(sql, &[(&id).into()]).await.unwrap();
        let docs = rows.iter().map(|row| serde_json::from_str::<Value>(&row.text(0).unwrap()).unwrap());
        let dates: Vec<_> =
            docs.map(|doc| (doc["recurring"]["date"].as_str().unwrap().parse().unwrap(), doc)).collect();
        let count = dates.len();
        let all: BTreeMap<Date, Value> = dates.into_iter().collect();
        assert_eq!(all.len(), count, "a date was made twice");
        all
    }

    async fn days(&self, id: RecurringOrderId) -> BTreeSet<Date> {
        self.dates(id).await.into_keys().collect()
    }

    /// The order is looked at now instead of at midnight; answers once that is done.
    async fn looked_at(&self, id: RecurringOrderId) {
        let id = id.to_string();
        let mut tx = self.house.office.app.store.write().await.unwrap();
        let sql = "UPDATE timer SET due_at = 1 WHERE kind = 'make_recurring' AND subject_id = $1";
        assert_eq!(tx.execute(sql, &[(&id).into()]).await.unwrap(), 1, "it is looked at no more");
        tx.commit().await.unwrap();
        until("it was looked at", || async {
            let mut tx = self.house.office.app.store.read().await.unwrap();
            let sql = "SELECT 1 FROM timer WHERE kind = 'make_recurring' AND subject_id = $1 AND due_at < $2";
            let now = tx.now_us().await.unwrap();
            tx.row(sql, &[(&id).into(), Arg::Int(now)]).await.unwrap().is_none()
        })
        .await;
    }

    async fn ahead(&self, seen: u16, new: u16) {
        let body = json!({ "fields": { "recurring_ahead_days": { "seen": seen, "new": new } } });
        self.house.manager.gives("policy.edit", policy_id(), body).await;
    }

    async fn order(&self, id: RecurringOrderId) -> Value {
        self.house.manager.row(EntityKind::RecurringOrder, id).await
    }

    async fn undo(&self, done: &Done) {
        self.house.manager.gives("undo", "", json!({ "command": done.key })).await;
    }
}

fn range(from: i32, through: i32) -> BTreeSet<Date> {
    (from..=through).map(in_days).collect()
}

fn ids(dates: &BTreeMap<Date, Value>) -> Vec<RequestId> {
    dates.values().map(|doc| serde_json::from_value(doc["id"].clone()).unwrap()).collect()
}

fn states(dates: &BTreeMap<Date, Value>) -> Vec<&str> {
    dates.values().map(|doc| doc["state"].as_str().unwrap()).collect()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_dates_of_a_week_are_made_at_once_as_requests_that_can_be_given(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    let (id, done) = scene.orders(bread(&scene.directory)).await;
    assert_eq!(scene.days(id).await, range(0, 7));
    assert_eq!(done.changes.len(), 1 + 8, "the order, and its dates of today and a week");
    let dates = scene.dates(id).await;
    let request = &dates[&in_days(1)];
    assert_eq!(request["recurring"], json!({ "order_id": id, "date": in_days(1) }));
    assert_eq!(request["when"], json!({ "kind": "due", "at": format!("{}T23:59:59", in_days(1)) }));
    assert_eq!((&request["state"], &request["channel"]), (&json!("triaged"), &json!("house")));
    assert_eq!((&request["price"], &request["quantity"]), (&json!(260), &json!(2)));
    assert_eq!(request["created_by"], Value::Null);
    let clock = |date: Date| {
        let clocks = dates[&date]["clocks"].as_array().unwrap();
        clocks.iter().find(|clock| clock["kind"] == "assignment").unwrap_or_else(|| panic!("{clocks:?}")).clone()
    };
    let started = |date: Date| clock(date)["started_at"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    // What is to be done at once runs at once; what is made ahead runs from when it is time to see to it.
    let now = jiff::Timestamp::now();
    assert!(started(in_days(0)) <= now);
    let ahead = started(in_days(7)).to_zoned(jiff::tz::TimeZone::get("Europe/Paris").unwrap()).date();
    assert!(started(in_days(7)) > now && ahead >= in_days(1) && ahead <= in_days(5), "{ahead}");
    let order = scene.order(id).await;
    assert_eq!(
        (&order["state"], &order["made"], &order["client_id"]),
        (&json!("active"), &json!(8), &json!(scene.directory.client))
    );
    let history = scene.house.manager.client.history(EntityKind::Request, ids(&dates)[0].into()).await.unwrap();
    assert_eq!(serde_json::to_value(history[0].author).unwrap(), json!({ "kind": "system" }));
    // A request is found by what it is, and the order is open work.
    let hand = Hand::of(&scene.house.office, &scene.house.manager.login).await;
    let found = hand.get("/v1/search?q=bien%20cuit").await.json();
    assert_eq!(found["rows"].as_array().unwrap().len(), 8, "{found}");
    let snapshot = hand.get("/v1/snapshot").await.json();
    assert_eq!(snapshot["rows"]["recurring_order"][0]["id"], json!(id));
    scene.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_date_is_made_once_however_often_offices_look_and_never_again_once_it_was_cancelled(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    let (id, _) = scene.orders(bread(&scene.directory)).await;
    let first = ids(&scene.dates(id).await)[0];
    let manager = &scene.house.manager;
    manager.gives("request.cancel", first, json!({ "seen": "triaged", "reason": "congés" })).await;
    let other = scene.house.second_office().await;
    for (seen, new) in [(7, 9), (9, 14)] {
        scene.ahead(seen, new).await;
        scene.looked_at(id).await;
        assert_eq!(scene.days(id).await, range(0, i32::from(new)));
    }
    let order = scene.order(id).await;
    let edit = json!({ "fields": { "quantity": { "seen": 2, "new": 3 } } });
    manager.gives("recurring_order.edit", id, edit).await;
    scene.looked_at(id).await;
    let dates = scene.dates(id).await;
    assert_eq!(dates.keys().copied().collect::<BTreeSet<_>>(), range(0, 14));
    assert_eq!(states(&dates)[0], "cancelled");
    assert!(dates.values().all(|doc| doc["quantity"] == 2), "what is made stays as it is");
    assert_eq!(
        scene.order(id).await["version"],
        json!(order["version"].as_u64().unwrap() + 1),
        "a look alone changes nothing"
    );
    // The schema itself holds it.
    let mut twin = dates[&in_days(3)].clone();
    twin["id"] = json!(fresh::<RequestId>());
    twin["number"] = json!("26-999999");
    let mut tx = scene.house.office.app.store.write().await.unwrap();
    let put = document::insert(&mut tx, EntityKind::Request, twin["id"].as_str().unwrap(), &twin.to_string()).await;
    let settled = match put {
        Ok(()) => tx.settle().await,
        Err(error) => Err(error),
    };
    assert!(matches!(settled, Err(StorageError::Integrity(_))), "{settled:?}");
    drop(tx);
    other.stop().await;
    scene.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_pause_tells_what_is_made_of_its_days_and_calls_it_off_only_if_asked_for(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    let (id, _) = scene.orders(bread(&scene.directory)).await;
    let manager = &scene.house.manager;
    let pause = |made: &str| json!({ "seen": "active", "from": in_days(2), "to": in_days(4), "made": made, "reason": "vacances" });
    let kept = manager.gives("recurring_order.pause", id, pause("keep")).await;
    let open = kept.aside.as_ref().unwrap()["open"].as_array().unwrap().clone();
    assert_eq!(open.len(), 3);
    assert_eq!((&open[0]["date"], &open[0]["state"]), (&json!(in_days(2)), &json!("triaged")));
    assert!(states(&scene.dates(id).await).iter().all(|state| *state == "triaged"));
    scene.undo(&kept).await;
    assert_eq!(scene.order(id).await["pauses"], json!([]));

    // One of them is with a provider: it is not called off behind its back.
    let provider: ProviderId = fresh();
    manager.gives("provider.create", provider, json!({ "name": "Fournil du Lac", "tier": "ess" })).await;
    let given = ids(&scene.dates(id).await)[3];
    let deadline = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(1);
    let offer = json!({ "request_id": given, "provider_id": provider, "way": "telephone", "deadline": deadline });
    manager.gives("offer.prepare", fresh::<OfferId>(), offer).await;
    let mut without = pause("call_off");
    without.as_object_mut().unwrap().remove("reason");
    assert_eq!(word(&manager.refused("recurring_order.pause", id, without).await), "reason-missing");
    let off = manager.gives("recurring_order.pause", id, pause("call_off")).await;
    let open = off.aside.as_ref().unwrap()["open"].as_array().unwrap().clone();
    assert_eq!(open.iter().map(|row| &row["request_id"]).collect::<Vec<_>>(), [&json!(given)]);
    let wanted = ["triaged", "triaged", "cancelled", "offered", "cancelled", "triaged", "triaged", "triaged"];
    assert_eq!(states(&scene.dates(id).await), wanted);
    // Undone as one: the pause goes, what it called off is back.
    scene.undo(&off).await;
    assert_eq!(states(&scene.dates(id).await).iter().filter(|state| **state == "triaged").count(), 7);
    scene.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn resuming_makes_what_the_pause_left_out_and_can_be_undone_and_done_again(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    let mut body = bread(&scene.directory);
    body["recurrence"]["from"] = json!(in_days(1));
    body["recurrence"]["until"] = json!(in_days(1));
    let (id, _) = scene.orders(body).await;
    let manager = &scene.house.manager;
    manager.gives("recurring_order.pause", id, json!({ "seen": "active", "from": in_days(2) })).await;
    let open = json!({ "fields": { "recurrence": {
        "seen": scene.order(id).await["recurrence"], "new": bread(&scene.directory)["recurrence"],
    } } });
    manager.gives("recurring_order.edit", id, open).await;
    assert_eq!(scene.days(id).await, range(0, 1), "the rest is paused until it is resumed");
    let resumed = manager.gives("recurring_order.resume", id, json!({ "seen": "active" })).await;
    assert_eq!(scene.days(id).await, range(0, 7));
    scene.undo(&resumed).await;
    assert_eq!(scene.days(id).await, range(0, 1), "what was never made is nobody's date");
    assert_eq!(scene.order(id).await["pauses"], json!([{ "from": in_days(2), "to": null }]));
    manager.gives("recurring_order.resume", id, json!({ "seen": "active" })).await;
    assert_eq!(scene.days(id).await, range(0, 7));
    assert_eq!(scene.order(id).await["made"], json!(8));
    let problem = manager.refused("recurring_order.resume", id, json!({ "seen": "active" })).await;
    assert_eq!((word(&problem), problem.params["cause"].as_str()), ("busy", "not_this_kind"));
    scene.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn undoing_an_order_takes_back_what_was_made_unless_something_was_built_upon_it(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    let manager = &scene.house.manager;
    let (id, done) = scene.orders(bread(&scene.directory)).await;
    let requests = ids(&scene.dates(id).await);
    scene.undo(&done).await;
    assert_eq!(scene.order(id).await["state"], "ended");
    for request in requests {
        assert_eq!(scene.house.state(EntityKind::Request, request).await, "cancelled");
    }
    let (id, done) = scene.orders(bread(&scene.directory)).await;
    let request = ids(&scene.dates(id).await)[2];
    manager.gives("request.note", request, json!({ "id": fresh::<RequestId>(), "text": "sonner deux fois" })).await;
    let problem = manager.refused("undo", "", json!({ "command": done.key })).await;
    assert_eq!((word(&problem), problem.params["cause"].as_str()), ("busy", "built_upon"));
    assert_eq!(scene.order(id).await["state"], "active");
    // Dates that came near since are built upon it as well.
    let (id, done) = scene.orders(bread(&scene.directory)).await;
    scene.ahead(7, 8).await;
    scene.looked_at(id).await;
    assert_eq!(scene.days(id).await, range(0, 8));
    let problem = manager.refused("undo", "", json!({ "command": done.key })).await;
    assert_eq!(problem.params["cause"].as_str(), "built_upon");
    scene.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_order_ends_with_a_reason_by_its_number_of_times_and_by_its_last_day(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    let manager = &scene.house.manager;
    let (id, _) = scene.orders(bread(&scene.directory)).await;
    assert_eq!(
        word(&manager.refused("recurring_order.pause", id, json!({ "seen": "ended", "from": in_days(1) })).await),
        "state-moved"
    );
    let end = json!({ "seen": "active", "reason": "déménagement", "made": "call_off" });
    let ended = manager.gives("recurring_order.end", id, end).await;
    assert_eq!(ended.aside.as_ref().unwrap()["open"], json!([]));
    assert!(states(&scene.dates(id).await).iter().all(|state| *state == "cancelled"));
    let order = scene.order(id).await;
    assert_eq!((&order["state"], &order["ending"]), (&json!("ended"), &json!("déménagement")));
    let problem = manager.refused("recurring_order.pause", id, json!({ "seen": "ended", "from": in_days(1) })).await;
    assert_eq!(word(&problem), "illegal-move");
    let edit = json!({ "fields": { "quantity": { "seen": 2, "new": 3 } } });
    assert_eq!(word(&manager.refused("recurring_order.edit", id, edit).await), "illegal-move");
    let snapshot = Hand::of(&scene.house.office, &manager.login).await.get("/v1/snapshot").await.json();
    assert_eq!(snapshot["rows"]["recurring_order"], json!([]));

    let mut thrice = bread(&scene.directory);
    thrice["recurrence"]["times"] = json!(3);
    let (id, _) = scene.orders(thrice).await;
    assert_eq!(scene.days(id).await, range(0, 2));
    scene.looked_at(id).await;
    assert_eq!((scene.days(id).await, &scene.order(id).await["state"]), (range(0, 2), &json!("active")));

    // Its last day has passed: it ends by itself.
    let (id, _) = scene.orders(bread(&scene.directory)).await;
    let mut order = scene.order(id).await;
    order["recurrence"]["from"] = json!(in_days(-9));
    order["recurrence"]["until"] = json!(in_days(-1));
    let mut tx = scene.house.office.app.store.write().await.unwrap();
    document::put(&mut tx, EntityKind::RecurringOrder, &id.to_string(), &order.to_string()).await.unwrap();
    tx.commit().await.unwrap();
    scene.looked_at(id).await;
    let order = scene.order(id).await;
    assert_eq!((&order["state"], &order["ending"]), (&json!("ended"), &Value::Null));
    scene.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_day_on_which_the_site_is_closed_is_left_out(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    let manager = &scene.house.manager;
    let closed = |day: i32| json!({ "date": in_days(day), "site_id": scene.directory.merignac, "kind": "closed", "name": "Inventaire" });
    manager.gives("holiday.create", fresh::<HolidayId>(), closed(2)).await;
    let mut body = bread(&scene.directory);
    body["recurrence"]["holidays"] = json!("left_out");
    let (id, _) = scene.orders(body.clone()).await;
    let days = scene.days(id).await;
    assert!(!days.contains(&in_days(2)) && days.is_subset(&range(0, 7)), "{days:?}");
    let weekend = |day: &Date| day.weekday().to_monday_zero_offset() > 4;
    assert!(!days.iter().any(weekend), "the house is closed at weekends");
    // One that could never be made is refused in words.
    body["recurrence"]["rhythm"] = json!({ "kind": "weekly", "every": 1, "days": ["sun"] });
    let problem = manager.refused("recurring_order.create", fresh::<RecurringOrderId>(), body).await;
    assert_eq!((word(&problem), problem.field.as_deref()), ("invalid", Some("recurrence")));
    assert!(problem.params["why"].contains("no day is left"), "{problem:?}");
    scene.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_order_whose_service_was_archived_makes_nothing_and_one_of_an_erased_person_has_ended(
    #[case] engine: Engine,
) {
    let scene = Scene::open(engine).await;
    let manager = &scene.house.manager;
    let mut body = bread(&scene.directory);
    body["handover"] = json!({ "kind": "home", "address": "3 rue des Prés" });
    let (id, _) = scene.orders(body).await;
    let archived = manager.gives("service.archive", scene.directory.bread, json!({})).await;
    scene.ahead(7, 10).await;
    scene.looked_at(id).await;
    assert_eq!(scene.days(id).await, range(0, 7));
    assert_eq!(scene.order(id).await["state"], "active");
    scene.undo(&archived).await;
    scene.looked_at(id).await;
    assert_eq!(scene.days(id).await, range(0, 10));

    manager.gives("beneficiary.erase", scene.directory.durand, json!({ "reason": "à sa demande" })).await;
    let order = scene.order(id).await;
    assert_eq!((&order["state"], &order["detail"]), (&json!("ended"), &Value::Null));
    assert_eq!(order["handover"]["address"], "(effacé)");
    let changes = Hand::of(&scene.house.office, &manager.login).await;
    let row = changes.get(&format!("/v1/recurring-orders/{id}")).await.text;
    assert!(!row.contains("Prés") && !row.contains("bien cuit"), "{row}");
    let dates = scene.dates(id).await;
    assert!(dates.values().all(|doc| doc["detail"].is_null()));
    scene.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn who_is_elsewhere_sees_no_order_and_a_trainee_has_pauses_and_ends_released(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    let (id, _) = scene.orders(bread(&scene.directory)).await;
    let house = &scene.house;
    let elsewhere = house.person_on("karim", &[Role::Concierge], &[scene.directory.bruges]).await;
    let pause = json!({ "seen": "active", "from": in_days(2) });
    assert_eq!(word(&elsewhere.refused("recurring_order.pause", id, pause.clone()).await), "not-found");
    let here = house.person_on("lise", &[Role::Concierge], &[scene.directory.merignac]).await;
    here.gives("recurring_order.pause", id, pause.clone()).await;
    house.coordinator("coordination", scene.directory.client).await;
    let read: Answer = Hand::of(&house.office, "coordination").await.get(&format!("/v1/recurring-orders/{id}")).await;
    assert_eq!(read.status, 200);
    let trainee = house.person("stagiaire", &[Role::Operator, Role::Trainee]).await;
    let held = trainee.gives("recurring_order.end", id, json!({ "seen": "active", "reason": "plus besoin" })).await;
    assert_eq!(held.changes[0].entity, EntityKind::Held);
    assert_eq!(scene.order(id).await["state"], "active");
    scene.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_makes_no_sense_is_refused_with_the_field_and_what_would_be_right(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    let hand = Hand::of(&scene.house.office, &scene.house.manager.login).await;
    let put = async |change: &dyn Fn(&mut Value)| {
        let mut body = bread(&scene.directory);
        change(&mut body);
        let path = format!("/v1/recurring-orders/{}", fresh::<RecurringOrderId>());
        let key = fresh::<RequestId>().to_string();
        let headers = [("idempotency-key", key.as_str()), ("content-type", "application/json")];
        let answer = hand.ask("PUT", &path, &headers, Some(body.to_string().into_bytes())).await;
        assert_eq!(answer.status, 422, "{}", answer.text);
        let problem = answer.json();
        (problem["field"].as_str().unwrap_or_default().to_owned(), problem["detail"].as_str().unwrap().to_owned())
    };
    let (field, _) = put(&|body| body["recurrence"]["until"] = json!(in_days(-1))).await;
    assert_eq!(field, "recurrence.until");
    let (field, why) = put(&|body| body["recurrence"]["times"] = json!(0)).await;
    assert_eq!((field.as_str(), why.contains("1 to 1000")), ("recurrence.times", true));
    let (field, _) =
        put(&|body| body["recurrence"]["rhythm"] = json!({ "kind": "weekly", "every": 1, "days": [] })).await;
    assert_eq!(field, "recurrence.rhythm.days");
    let (_, why) =
        put(&|body| body["recurrence"]["rhythm"] = json!({ "kind": "weekly", "every": 1, "days": ["mardi"] })).await;
    assert!(why.contains("mon, tue, wed"), "{why}");
    let (field, _) = put(&|body| body["recurrence"]["from"] = json!("2026-12-01T10:00:00")).await;
    assert_eq!(field, "recurrence.from");
    let (field, _) = put(&|body| body["time"] = json!({ "kind": "window", "from": "12:00", "to": "09:00" })).await;
    assert_eq!(field, "time");
    let (field, _) = put(&|body| body["recurrence"]["every_full_moon"] = json!(true)).await;
    assert!(field.starts_with("recurrence"), "{field}");
    let problem = scene
        .house
        .manager
        .refused("policy.edit", policy_id(), json!({ "fields": { "recurring_ahead_days": { "seen": 7, "new": 0 } } }))
        .await;
    assert!(problem.params["why"].contains("1 to 60"), "{problem:?}");
    scene.house.office.stop().await;
}
