//! Undo: what a command did is taken back, as far as nothing was built upon it.

use crate::common::{Directory, Engine, House, PASSWORD, Person, client_of, complete, directory, word};
use loge::{
    domain::{
        access::Role,
        entity::EntityKind,
        ids::{BeneficiaryId, ClaimId, CommandKey, RequestId},
    },
    wire::{change::Done, fresh},
};
use rstest::rstest;
use serde_json::{Value, json};

async fn created(house: &House, directory: &Directory) -> (RequestId, Done) {
    let id = fresh();
    let done = house.manager.gives("request.create", id, complete(directory)).await;
    (id, done)
}

async fn undo(person: &Person, done: &Done) -> Done {
    person.gives("undo", "", json!({ "command": done.key })).await
}

async fn not_undone(person: &Person, done: &Done) -> (String, String, String) {
    let problem = person.refused("undo", "", json!({ "command": done.key })).await;
    let param = |name: &str| problem.params.get(name).cloned().unwrap_or_default();
    (word(&problem).to_owned(), param("cause"), param("what"))
}

fn edit(field: &str, seen: Value, new: Value) -> Value {
    json!({ "fields": { field: { "seen": seen, "new": new } } })
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_view_that_was_replaced_is_brought_back_for_who_kept_it(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let lea = house.person("lea", &[Role::Operator]).await;
    lea.gives("operator.prefer", "", json!({ "views": { "du jour": "site:Bruges" } })).await;
    let replaced = lea.gives("operator.prefer", "", json!({ "views": { "du jour": "urgent" } })).await;
    undo(&lea, &replaced).await;
    let elsewhere = client_of(&house.office);
    let session = elsewhere.log_in("lea".parse().unwrap(), PASSWORD.to_owned()).await.unwrap();
    let views = session.operator.fields.preferences.views;
    assert_eq!(views.into_iter().collect::<Vec<_>>(), [("du jour".to_owned(), "site:Bruges".to_owned())]);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_undo_restores_what_is_still_as_the_command_left_it(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let (id, _) = created(&house, &directory).await;
    let both =
        json!({ "fields": { "detail": { "seen": "chemises", "new": "draps" }, "quantity": { "seen": 3, "new": 9 } } });
    let done = house.manager.gives("request.edit", id, both).await;
    let colleague = house.person("standard", &[Role::Operator]).await;
    colleague.gives("request.edit", id, edit("quantity", json!(9), json!(2))).await;
    undo(&house.manager, &done).await;
    let row: Value = house.manager.row(EntityKind::Request, id).await;
    assert_eq!((&row["detail"], &row["quantity"]), (&json!("chemises"), &json!(2)));
    let history = house.manager.client.history(EntityKind::Request, id.into()).await.unwrap();
    assert_eq!(history.last().unwrap().verb, "undo");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_creation_a_triage_and_a_merge_are_undone(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let (id, _) = created(&house, &directory).await;
    let triage = house.manager.gives("request.triage", id, json!({ "seen": "new" })).await;
    undo(&house.manager, &triage).await;
    let row: Value = house.manager.row(EntityKind::Request, id).await;
    assert_eq!((&row["state"], &row["clocks"]), (&json!("new"), &json!([])));
    let (other, other_created) = created(&house, &directory).await;
    let merge = json!({ "seen": "new", "into": id, "reason": "même demande" });
    let merge = house.manager.gives("request.merge", other, merge).await;
    undo(&house.manager, &merge).await;
    let row: Value = house.manager.row(EntityKind::Request, other).await;
    assert_eq!((&row["state"], &row["merged"], &row["ended_at"]), (&json!("new"), &Value::Null, &Value::Null));
    // Merged and taken back, the creation has history upon it.
    assert_eq!(not_undone(&house.manager, &other_created).await.1, "built_upon");
    let (third, third_created) = created(&house, &directory).await;
    undo(&house.manager, &third_created).await;
    let row: Value = house.manager.row(EntityKind::Request, third).await;
    assert_eq!(row["state"], "cancelled");
    assert!(row["ended_at"].is_string(), "retention counts from the end");
    let person: BeneficiaryId = fresh();
    let entered = house.manager.gives("beneficiary.create", person, json!({ "family_name": "Petit" })).await;
    undo(&house.manager, &entered).await;
    let row: Value = house.manager.row(EntityKind::Beneficiary, person).await;
    assert_eq!(row["standing"], "archived");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_cancellation_is_undone_with_its_question_but_without_the_lease(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let (id, _) = created(&house, &directory).await;
    let claim: ClaimId = fresh();
    house.manager.gives("claim.take", claim, json!({ "subject": { "kind": "request", "id": id } })).await;
    let wait = json!({ "seen": "new", "question": "Quelle taille ?", "until": "2099-01-01T08:00:00Z" });
    house.manager.gives("request.wait", id, wait).await;
    let timers = "SELECT count(*) FROM timer WHERE kind = 'resume'";
    assert_eq!(house.number(timers).await, 1);
    let cancel = house.manager.gives("request.cancel", id, json!({ "seen": "waiting", "reason": "annulé" })).await;
    assert_eq!(house.number(timers).await, 0);
    // Somebody else works on it meanwhile.
    let colleague = house.person("standard", &[Role::Operator]).await;
    let theirs: ClaimId = fresh();
    colleague.gives("claim.take", theirs, json!({ "subject": { "kind": "request", "id": id } })).await;
    undo(&house.manager, &cancel).await;
    let row: Value = house.manager.row(EntityKind::Request, id).await;
    assert_eq!((&row["state"], &row["ended_at"]), (&json!("waiting"), &Value::Null));
    assert_eq!(house.number(timers).await, 1, "the question is looked at again by itself");
    assert_eq!(house.state(EntityKind::Claim, claim).await, "released");
    assert_eq!(house.state(EntityKind::Claim, theirs).await, "live");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_was_built_upon_is_not_undone_and_the_refusal_names_it(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let (id, create) = created(&house, &directory).await;
    let triage = house.manager.gives("request.triage", id, json!({ "seen": "new" })).await;
    let colleague = house.person("standard", &[Role::Operator]).await;
    colleague.gives("request.wait", id, json!({ "seen": "triaged", "question": "Quelle taille ?" })).await;
    let (kind, cause, what) = not_undone(&house.manager, &triage).await;
    assert_eq!((kind.as_str(), cause.as_str()), ("busy", "built_upon"));
    assert!(what.contains("request.wait") && what.contains(&colleague.id.to_string()), "{what}");
    let (_, cause, what) = not_undone(&house.manager, &create).await;
    assert_eq!(cause, "built_upon");
    assert!(what.contains("request.triage"), "{what}");
    assert_eq!(house.state(EntityKind::Request, id).await, "waiting");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_act_is_undone_once_in_its_time_and_by_who_may(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let (id, _) = created(&house, &directory).await;
    let one = house.person("standard", &[Role::Operator]).await;
    let other = house.person("accueil", &[Role::Operator]).await;
    let done = one.gives("request.edit", id, edit("quantity", json!(3), json!(4))).await;
    assert_eq!(not_undone(&other, &done).await.0, "not-allowed");
    let undone = undo(&house.manager, &done).await;
    assert_eq!(not_undone(&one, &done).await.1, "too_late");
    assert_eq!(not_undone(&house.manager, &undone).await.1, "not_this_kind");
    let done = one.gives("request.edit", id, edit("quantity", json!(3), json!(5))).await;
    house.sql("UPDATE command SET at = at - 660000000").await;
    assert_eq!(not_undone(&one, &done).await.1, "too_late");
    let problem = one.refused("undo", "", json!({ "command": fresh::<CommandKey>() })).await;
    assert_eq!((word(&problem), problem.field.as_deref()), ("not-found", Some("command")));
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn nobody_undoes_what_they_could_not_have_done(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let dispatcher = house.person("regulation", &[Role::Dispatcher]).await;
    let path = dispatcher.id;
    let roles = edit("roles", json!(["dispatcher"]), json!(["concierge"]));
    let demoted = house.manager.gives("operator.edit", path, roles).await;
    let colleague = house.person("accueil", &[Role::Dispatcher]).await;
    assert_eq!(not_undone(&colleague, &demoted).await.0, "not-allowed");
    let row: Value = house.manager.row(EntityKind::Operator, path).await;
    assert_eq!(row["roles"], json!(["concierge"]));
    let roles = edit("roles", json!(["concierge"]), json!(["trainee"]));
    let rows = json!({ "rows": [{ "key": fresh::<CommandKey>(), "command": { "command": "operator.edit", "id": path, "body": roles } }] });
    let bulk = house.manager.gives("bulk", "", rows).await;
    assert_eq!(not_undone(&colleague, &bulk).await.0, "not-allowed");
    undo(&house.manager, &bulk).await;
    let row: Value = house.manager.row(EntityKind::Operator, path).await;
    assert_eq!(row["roles"], json!(["concierge"]));
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_bulk_is_undone_as_one_also_where_one_row_was_changed_twice(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let (one, _) = created(&house, &directory).await;
    let new: RequestId = fresh();
    let row = |command: &str, id: RequestId, body: Value| json!({ "key": fresh::<CommandKey>(), "command": { "command": command, "id": id, "body": body } });
    let rows = json!({ "rows": [
        row("request.triage", one, json!({ "seen": "new" })),
        row("request.create", new, complete(&directory)),
        row("request.edit", new, edit("quantity", json!(3), json!(7))),
        row("request.triage", new, json!({ "seen": "new" })),
        row("request.edit", one, edit("detail", json!("chemises"), json!("draps"))),
    ] });
    let bulk = house.manager.gives("bulk", "", rows).await;
    assert!(bulk.outcomes.as_ref().unwrap().iter().all(|row| row.problem.is_none()));
    undo(&house.manager, &bulk).await;
    let first: Value = house.manager.row(EntityKind::Request, one).await;
    assert_eq!((&first["state"], &first["detail"]), (&json!("new"), &json!("chemises")));
    assert_eq!(house.state(EntityKind::Request, new).await, "cancelled");
    house.office.stop().await;
}
