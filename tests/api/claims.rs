//! Claims: who works on what, for as long as they say so.

use crate::common::{Directory, Engine, House, Person, Watch, complete, directory, until, word};
use loge::{
    domain::{
        access::{Author, Role},
        claim::Claim,
        entity::EntityKind,
        ids::{ClaimId, RequestId},
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

fn on(request: RequestId) -> Value {
    json!({ "subject": { "kind": "request", "id": request } })
}

async fn taken(person: &Person, request: RequestId) -> ClaimId {
    let id = fresh();
    person.gives("claim.take", id, on(request)).await;
    id
}

/// Lets the lease of every claim run out.
async fn run_out(house: &House) {
    house.sql("UPDATE claim_work SET renewed_at = renewed_at - 60000000").await;
    house.sql("UPDATE timer SET due_at = due_at - 60000000 WHERE kind = 'claim_stale'").await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn of_sixteen_simultaneous_claims_one_wins_and_the_others_are_told_whose_it_is(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let request = created(&house, &directory).await;
    let mut people = Vec::new();
    for number in 0..16 {
        people.push(house.person(&format!("standard{number}"), &[Role::Operator]).await);
    }
    let tries =
        people.iter().map(|person| person.tries(crate::common::command("claim.take", fresh::<ClaimId>(), on(request))));
    let outcomes = futures_util::future::join_all(tries).await;
    let winners: Vec<_> =
        people.iter().zip(&outcomes).filter(|(_, outcome)| outcome.is_ok()).map(|(person, _)| person.id).collect();
    assert_eq!(winners.len(), 1);
    for outcome in outcomes {
        if let Err(error) = outcome {
            let loge::client::ClientError::Problem(problem) = error else { panic!("{error:?}") };
            assert_eq!((word(&problem), problem.status), ("busy", 409));
            assert_eq!(problem.params["cause"], "claimed");
            assert_eq!(problem.params["by"], winners[0].to_string());
        }
    }
    assert_eq!(house.number("SELECT count(*) FROM claim").await, 1);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_renewal_keeps_the_claim_and_the_draft_and_makes_no_change(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let request = created(&house, &directory).await;
    let claim = taken(&house.manager, request).await;
    let before = house.number("SELECT value FROM counter WHERE name = 'feed'").await;
    run_out(&house).await;
    let renewal = json!({ "claims": [{ "id": claim, "draft": "Mme Durand veut" }, { "id": fresh::<ClaimId>() }] });
    // The timer may have been quicker: then the renewal takes the claim up again, and that is a change.
    let done = house.manager.gives("claim.renew", "", renewal.clone()).await;
    assert_eq!(done.aside.as_ref().unwrap()["lost"].as_array().map(Vec::len), Some(1));
    let done = house.manager.gives("claim.renew", "", renewal).await;
    assert!(done.changes.is_empty());
    assert_eq!(house.state(EntityKind::Claim, claim).await, "live");
    let feed = house.number("SELECT value FROM counter WHERE name = 'feed'").await;
    assert!(feed == before || feed == before + 2, "{before} {feed}");
    // Renewed without a draft, the old one stays; who takes over sees it.
    house.manager.gives("claim.renew", "", json!({ "claims": [{ "id": claim }] })).await;
    let colleague = house.person("standard", &[Role::Operator]).await;
    let problem = colleague.refused("claim.take_over", claim, json!({})).await;
    assert_eq!((word(&problem), problem.field.as_deref()), ("reason-missing", Some("reason")));
    let (key, reason) = (fresh(), json!({ "reason": "la personne rappelle" }));
    let take_over = crate::common::command("claim.take_over", claim, reason);
    for _ in 0..2 {
        // Also who did not hear the first answer gets the draft.
        let done = colleague.client.send(key, &take_over).await.unwrap();
        assert_eq!(done.aside.unwrap()["draft"], "Mme Durand veut");
    }
    let row: Claim = house.manager.row(EntityKind::Claim, claim).await;
    assert_eq!((row.operator_id, row.taken_from), (colleague.id, Some(house.manager.id)));
    // Who lost it learns so at the next renewal.
    let done = house.manager.gives("claim.renew", "", json!({ "claims": [{ "id": claim }] })).await;
    assert_eq!(done.aside.unwrap()["lost"], json!([claim]));
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_claim_that_nobody_renews_goes_stale_and_is_taken_over_with_its_draft(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let request = created(&house, &directory).await;
    let claim = taken(&house.manager, request).await;
    house.manager.gives("claim.renew", "", json!({ "claims": [{ "id": claim, "draft": "trois chemises" }] })).await;
    let colleague = house.person("standard", &[Role::Operator]).await;
    let mut watch = Watch::from(&colleague, directory.seq).connected().await;
    run_out(&house).await;
    let stale = loop {
        let change = watch.next().await;
        if change.author == Author::System && change.entity == EntityKind::Claim {
            break change;
        }
    };
    assert!(stale.state.unwrap().get().contains("\"stale\""));
    // Asking for it is enough; the claim keeps its id.
    let done = colleague.gives("claim.take", fresh::<ClaimId>(), on(request)).await;
    assert_eq!(done.aside.unwrap()["draft"], "trois chemises");
    let row: Claim = house.manager.row(EntityKind::Claim, claim).await;
    assert_eq!((row.operator_id, row.taken_from), (colleague.id, Some(house.manager.id)));
    // The lease runs anew: it goes stale again when nobody renews it.
    run_out(&house).await;
    until("the claim is stale again", async || house.state(EntityKind::Claim, claim).await == "stale").await;
    colleague.gives("claim.renew", "", json!({ "claims": [{ "id": claim }] })).await;
    assert_eq!(house.state(EntityKind::Claim, claim).await, "live");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_lease_that_was_renewed_outlives_its_first_timer(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let claim = taken(&house.manager, created(&house, &directory).await).await;
    house.sql("UPDATE timer SET due_at = due_at - 60000000 WHERE kind = 'claim_stale'").await;
    let later =
        "SELECT count(*) FROM timer WHERE kind = 'claim_stale' AND due_at > (SELECT renewed_at FROM claim_work)";
    until("the timer was moved on", async || house.number(later).await == 1).await;
    assert_eq!(house.state(EntityKind::Claim, claim).await, "live");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_claim_is_released_by_its_holder_and_then_free(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let request = created(&house, &directory).await;
    let claim = taken(&house.manager, request).await;
    // Asked for again, one's own claim is answered as it is.
    let done = house.manager.gives("claim.take", fresh::<ClaimId>(), on(request)).await;
    assert!(done.changes.is_empty());
    let colleague = house.person("standard", &[Role::Operator]).await;
    let problem = colleague.refused("claim.release", claim, json!({})).await;
    assert_eq!(problem.params["by"], house.manager.id.to_string());
    house.manager.gives("claim.release", claim, json!({})).await;
    let next = taken(&colleague, request).await;
    assert_ne!(next, claim);
    assert_eq!(word(&house.manager.refused("claim.release", claim, json!({})).await), "illegal-move");
    let nothing = house.manager.refused("claim.take", fresh::<ClaimId>(), on(fresh())).await;
    assert_eq!(word(&nothing), "not-found");
    house.office.stop().await;
}
