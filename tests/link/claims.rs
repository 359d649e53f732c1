use crate::{
    common::{Engine, House, command, complete, directory},
    console::Console,
    line::pace,
};
use loge::{
    domain::{
        access::Role,
        claim::{Claim, ClaimSubject},
        ids::{ClaimId, RequestId},
    },
    replica::{Draft, DraftSubject, Mark, link::LinkOptions},
    wire::{bodies::Renewal, fresh},
};
use serde_json::json;
use std::time::Duration;
use tempfile::TempDir;

#[tokio::test]
async fn of_many_consoles_that_claim_one_request_one_wins_and_the_rest_are_told_who() {
    let house = House::open(Engine::Sqlite).await;
    let all = directory(&house.manager).await;
    let id: RequestId = fresh();
    house.manager.gives("request.create", id, complete(&all)).await;
    let folder = TempDir::new().unwrap();
    let mut consoles = Vec::new();
    for number in 0..5 {
        let person = house.person(&format!("p{number}"), &[Role::Operator]).await;
        let mut console = Console::open(&person, &house.office.url(), &folder).await;
        console.until("the request is here", |console| console.request(id).is_some()).await;
        consoles.push(console);
    }
    for console in &mut consoles {
        console.gives_directly(command(
            "claim.take",
            fresh::<ClaimId>(),
            json!({ "subject": ClaimSubject::Request { id } }),
        ));
        assert_eq!(console.request(id).unwrap().mark, Mark::Pending);
    }
    let mut won = 0;
    let mut holder = None;
    for console in &mut consoles {
        console.until("it is answered", |console| console.done.len() + console.refused.len() == 1).await;
        console.until("it knows who", |console| console.board.replica().claim_on(id.into()).is_some()).await;
        let claim: &Claim = console.board.replica().claim_on(id.into()).unwrap();
        assert_eq!(*holder.get_or_insert(claim.operator_id), claim.operator_id);
        let mine = Some(claim.operator_id) == console.board.me();
        assert_eq!(mine, console.done.len() == 1);
        won += usize::from(mine);
        assert_eq!(console.request(id).unwrap().mark, Mark::Confirmed);
    }
    assert_eq!(won, 1);
}

#[tokio::test]
async fn a_renewal_carries_what_was_typed_to_who_takes_over() {
    let house = House::open(Engine::Sqlite).await;
    let all = directory(&house.manager).await;
    let id: RequestId = fresh();
    house.manager.gives("request.create", id, complete(&all)).await;
    let lea = house.person("lea", &[Role::Operator]).await;
    let folder = TempDir::new().unwrap();
    let client = Console::client(&lea, &house.office.url()).await;
    let options = LinkOptions { renew_every: Duration::from_millis(20), pace: pace(), ..LinkOptions::default() };
    let mut console = Console::over(&lea, client, &folder, options);
    let claim: ClaimId = fresh();
    console.gives_directly(command("claim.take", claim, json!({ "subject": ClaimSubject::Request { id } })));
    console.until("it is claimed", |console| console.board.replica().claim(claim).is_some()).await;
    let subject = DraftSubject::Request { id };
    let typed =
        Draft { text: "deux chemises, non, trois".into(), ..Draft::new(subject.clone(), crate::console::now()) };
    let carried = typed.for_renewal().unwrap();
    console.link.hold(vec![Renewal { id: claim, draft: Some(carried.clone()) }]);
    let store = house.office.app.store.clone();
    crate::common::until("it was carried", || {
        let (store, carried) = (store.clone(), carried.to_string());
        async move {
            let row = store.read().await.unwrap().row("SELECT draft FROM claim_work", &[]).await.unwrap().unwrap();
            row.text_or_null(0).unwrap() == Some(carried)
        }
    })
    .await;
    let done = house.manager.gives("claim.take_over", claim, json!({ "reason": "Relève" })).await;
    let draft = done.aside.unwrap()["draft"].as_str().unwrap().to_owned();
    assert_eq!(Draft::from_renewal(&draft, subject, crate::console::now()), typed);
    console.until("it is told", |console| console.was_told("ClaimsLost")).await;
}
