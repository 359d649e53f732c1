//! Held commands: what a trainee prepares is carried out by another, and credited to both.

use crate::common::{Directory, Engine, Hand, House, Person, complete, directory, word};
use loge::{
    domain::{
        access::{Author, Role},
        entity::EntityKind,
        held::Held,
        ids::{CommandKey, HeldId, RequestId},
    },
    wire::fresh,
};
use rstest::rstest;
use serde_json::{Value, json};

async fn created(house: &House, directory: &Directory) -> RequestId {
    let id = fresh();
    house.manager.gives("request.create", id, complete(directory)).await;
    id
}

fn cancel() -> Value {
    json!({ "seen": "new", "reason": "annulé par la personne" })
}

/// A trainee's cancellation that waits.
async fn held(trainee: &Person, request: RequestId) -> HeldId {
    let key: CommandKey = fresh();
    let done = trainee.client.send(key, &crate::common::command("request.cancel", request, cancel())).await.unwrap();
    assert_eq!(done.changes.iter().map(|change| change.entity).collect::<Vec<_>>(), [EntityKind::Held]);
    uuid::Uuid::from(key).into()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_a_trainee_cancels_is_accepted_and_held_until_another_releases_it(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let request = created(&house, &directory).await;
    let trainee = house.person("apprenti", &[Role::Trainee]).await;
    let hand = Hand::of(&house.office, "apprenti").await;
    let (key, path) = (fresh::<HeldId>(), format!("/v1/requests/{request}/cancel"));
    let answer = hand.keyed("POST", &path, &key.to_string(), &cancel()).await;
    assert_eq!(answer.status, 202, "{}", answer.text);
    let again = hand.keyed("POST", &path, &key.to_string(), &cancel()).await;
    assert_eq!((again.status, again.json()), (202, answer.json()), "a repetition is answered as the first time");
    assert_eq!(house.state(EntityKind::Request, request).await, "new");
    let row: Held = trainee.row(EntityKind::Held, key).await;
    assert_eq!((row.operator_id, row.site_id), (trainee.id, Some(directory.merignac)));
    assert_eq!(word(&trainee.refused("held.release", key, json!({})).await), "not-allowed");
    let releaser = house.person("standard", &[Role::Operator]).await;
    releaser.gives("held.release", key, json!({})).await;
    assert_eq!(house.state(EntityKind::Request, request).await, "cancelled");
    let row: Held = trainee.row(EntityKind::Held, key).await;
    assert_eq!(row.decided_by, Some(releaser.id));
    let history = house.manager.client.history(EntityKind::Request, request.into()).await.unwrap();
    let last = history.last().unwrap();
    assert_eq!(last.author, Author::Released { id: trainee.id, by: releaser.id });
    assert_eq!((last.verb.as_str(), last.reason.as_deref()), ("request.cancel", Some("annulé par la personne")));
    assert_eq!(word(&releaser.refused("held.release", key, json!({})).await), "illegal-move");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_held_command_goes_back_with_what_to_do_better(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let request = created(&house, &directory).await;
    let trainee = house.person("apprenti", &[Role::Trainee]).await;
    let id = held(&trainee, request).await;
    house.manager.gives("held.return", id, json!({ "reason": "rappelle d'abord" })).await;
    let row: Value = trainee.row(EntityKind::Held, id).await;
    assert_eq!((&row["state"], &row["reason"]), (&json!("returned"), &json!("rappelle d'abord")));
    assert_eq!(word(&house.manager.refused("held.release", id, json!({})).await), "illegal-move");
    assert_eq!(house.state(EntityKind::Request, request).await, "new");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_has_moved_on_is_not_released_and_stays_held(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let request = created(&house, &directory).await;
    let trainee = house.person("apprenti", &[Role::Trainee]).await;
    let id = held(&trainee, request).await;
    house.manager.gives("request.triage", request, json!({ "seen": "new" })).await;
    assert_eq!(word(&house.manager.refused("held.release", id, json!({})).await), "state-moved");
    assert_eq!(house.state(EntityKind::Held, id).await, "held");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_trainee_does_at_once_what_can_be_taken_back_and_never_what_costs_rights(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    // Who learns is a trainee, whatever other role tells what is learnt.
    let trainee = house.person("apprenti", &[Role::Trainee, Role::Dispatcher]).await;
    let request: RequestId = fresh();
    trainee.gives("request.create", request, complete(&directory)).await;
    let edit = json!({ "fields": { "quantity": { "seen": 3, "new": 4 } } });
    trainee.gives("request.edit", request, edit).await;
    trainee.gives("request.triage", request, json!({ "seen": "new" })).await;
    assert_eq!(house.state(EntityKind::Request, request).await, "triaged");
    let refuse = json!({ "seen": "triaged", "reason": "hors catalogue" });
    assert_eq!(word(&trainee.refused("request.refuse", request, refuse).await), "not-allowed");
    let nothing = trainee.refused("request.cancel", fresh::<RequestId>(), cancel()).await;
    assert_eq!(word(&nothing), "not-found");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_trainee_prepares_nothing_on_a_site_that_is_not_theirs(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let request = created(&house, &directory).await;
    let trainee = house.person_on("apprenti", &[Role::Trainee], &[directory.bruges]).await;
    assert_eq!(word(&trainee.refused("request.cancel", request, cancel()).await), "not-found");
    let there = held(&house.person("apprentie", &[Role::Trainee]).await, request).await;
    let elsewhere = house.person_on("standard", &[Role::Operator], &[directory.bruges]).await;
    assert_eq!(word(&elsewhere.refused("held.release", there, json!({})).await), "not-found");
    house.office.stop().await;
}

/// The held commands that a fresh copy of the open work has.
async fn open(person: &Person) -> Vec<HeldId> {
    let snapshot = person.client.snapshot().await.unwrap();
    let rows = snapshot.rows.get(&EntityKind::Held).into_iter().flatten();
    rows.map(|row| serde_json::from_str::<Held>(row.get()).unwrap().id).collect()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_came_back_is_open_until_who_prepared_it_takes_it_up(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let request = created(&house, &directory).await;
    let trainee = house.person("apprenti", &[Role::Trainee]).await;
    let other = house.person("apprentie", &[Role::Trainee]).await;
    let id = held(&trainee, request).await;
    house.manager.gives("held.return", id, json!({ "reason": "rappelle d'abord" })).await;
    assert_eq!(open(&trainee).await, [id]);
    assert_eq!(word(&other.refused("held.take_up", id, json!({})).await), "not-allowed");
    assert_eq!(word(&house.manager.refused("held.take_up", id, json!({})).await), "not-allowed");
    trainee.gives("held.take_up", id, json!({})).await;
    assert_eq!(open(&trainee).await, []);
    let row: Held = trainee.row(EntityKind::Held, id).await;
    assert_eq!((row.decided_by, row.reason.unwrap().as_str()), (Some(house.manager.id), "rappelle d'abord"));
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_one_has_prepared_is_undone_before_anybody_looked_and_not_after(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let request = created(&house, &directory).await;
    let trainee = house.person("apprenti", &[Role::Trainee]).await;
    let (first, second) = (held(&trainee, request).await, held(&trainee, request).await);
    let undo = |id: HeldId| json!({ "command": id });
    trainee.gives("undo", "", undo(first)).await;
    assert_eq!(open(&house.manager).await, [second], "what was thought over waits for nobody");
    assert_eq!(word(&house.manager.refused("held.release", first, json!({})).await), "illegal-move");
    house.manager.gives("held.release", second, json!({})).await;
    assert_eq!(word(&trainee.refused("undo", "", undo(second)).await), "busy");
    assert_eq!(house.state(EntityKind::Request, request).await, "cancelled");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_offer_that_a_trainee_prepares_is_seen_where_its_request_is(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let request = created(&house, &directory).await;
    let offer = json!({ "request_id": request, "provider_id": fresh::<HeldId>(), "way": "mail", "deadline": "2026-11-20T08:00:00Z" });
    let elsewhere = house.person_on("apprentie", &[Role::Trainee], &[directory.bruges]).await;
    let not_theirs = elsewhere.refused("offer.prepare", fresh::<HeldId>(), offer.clone()).await;
    assert_eq!(word(&not_theirs), "not-found");
    let trainee = house.person("apprenti", &[Role::Trainee]).await;
    let key: CommandKey = fresh();
    trainee.client.send(key, &crate::common::command("offer.prepare", fresh::<HeldId>(), offer)).await.unwrap();
    let row: Held = trainee.row(EntityKind::Held, HeldId::from(uuid::Uuid::from(key))).await;
    assert_eq!(row.site_id, Some(directory.merignac));
    house.office.stop().await;
}
