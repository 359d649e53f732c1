//! The folder: what is asked for before it is open, and what happens when somebody deletes it.

use crate::{
    common::{Engine, House, command, complete, directory},
    console::{Console, now},
    line::pace,
};
use loge::{
    domain::ids::RequestId,
    replica::{
        Draft, DraftSubject, Given, Place, Store, StoreError,
        link::{Link, LinkEvent, LinkOptions},
    },
    wire::fresh,
};
use serde_json::json;
use std::{path::Path, sync::mpsc, time::Duration};
use tempfile::TempDir;

fn place<'a>(folder: &'a Path, login: &'a str) -> Place<'a> {
    Place { base: folder, office: "https://loge.example", operator: login }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_given_and_typed_before_the_folder_is_open_is_kept_and_sent_once() {
    let house = House::open(Engine::Sqlite).await;
    let all = directory(&house.manager).await;
    let client = Console::client(&house.manager, &house.office.url()).await;
    let folder = TempDir::new().unwrap();
    let (let_go, gate) = mpsc::channel::<()>();
    let (base, login) = (folder.path().to_owned(), house.manager.login.clone());
    let open = move || {
        gate.recv().unwrap();
        Store::open(place(&base, &login), now())
    };
    let (link, mut events) = Link::start(client, open, LinkOptions { pace: pace(), ..LinkOptions::default() });
    let id: RequestId = fresh();
    let given = Given { key: fresh(), at: now(), command: Box::new(command("request.create", id, complete(&all))) };
    link.give(given.clone(), None);
    let draft = Draft { text: "deux chem".into(), ..Draft::new(DraftSubject::Request { id }, now()) };
    link.save_draft(draft.clone());
    assert!(events.try_recv().is_err(), "nothing is told before the folder is open");
    assert_eq!(house.number("SELECT count(*) FROM request").await, 0, "what is not on disk is not sent");
    let_go.send(()).unwrap();
    let (mut kept, mut done) = (false, false);
    while !kept || !done {
        let event = tokio::time::timeout(Duration::from_secs(10), events.recv()).await.unwrap().unwrap();
        kept |= matches!(&event, LinkEvent::DraftKept { subject, .. } if *subject == draft.subject);
        done |= matches!(&event, LinkEvent::Done(done) if done.key == given.key);
    }
    link.stop().await;
    assert_eq!(house.number("SELECT count(*) FROM request").await, 1);
    let found = Store::open(place(folder.path(), &house.manager.login), now()).unwrap();
    assert_eq!((found.drafts, found.outbox.len()), (vec![draft], 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_end_before_the_folder_is_open_waits_until_all_is_on_disk() {
    let house = House::open(Engine::Sqlite).await;
    let all = directory(&house.manager).await;
    let client = Console::client(&house.manager, &house.office.url()).await;
    let folder = TempDir::new().unwrap();
    let (let_go, gate) = mpsc::channel::<()>();
    let (base, login) = (folder.path().to_owned(), house.manager.login.clone());
    let open = move || {
        gate.recv().unwrap();
        Store::open(place(&base, &login), now())
    };
    let (link, events) = Link::start(client, open, LinkOptions { pace: pace(), ..LinkOptions::default() });
    let key = fresh();
    let create = Box::new(command("request.create", fresh::<RequestId>(), complete(&all)));
    link.give(Given { key, at: now(), command: create }, None);
    let stopping = tokio::spawn(link.stop());
    let_go.send(()).unwrap();
    stopping.await.unwrap();
    drop(events);
    let found = Store::open(place(folder.path(), &house.manager.login), now()).unwrap();
    assert!(found.outbox.entry(key).is_some() || house.number("SELECT count(*) FROM request").await == 1);
}

#[tokio::test]
async fn a_folder_that_cannot_be_used_is_told_and_nothing_is_sent() {
    let house = House::open(Engine::Sqlite).await;
    let all = directory(&house.manager).await;
    let client = Console::client(&house.manager, &house.office.url()).await;
    let open = || Err(StoreError::Busy);
    let (link, mut events) = Link::start(client, open, LinkOptions { pace: pace(), ..LinkOptions::default() });
    let create = Box::new(command("request.create", fresh::<RequestId>(), complete(&all)));
    link.give(Given { key: fresh(), at: now(), command: create }, None);
    assert!(matches!(events.recv().await, Some(LinkEvent::Unopened(StoreError::Busy))));
    assert!(events.recv().await.is_none());
    link.stop().await;
    assert_eq!(house.number("SELECT count(*) FROM request").await, 0);
}

#[tokio::test]
async fn a_folder_that_is_deleted_is_no_take_over_and_what_is_given_next_is_kept_again() {
    let house = House::open(Engine::Sqlite).await;
    let all = directory(&house.manager).await;
    let folder = TempDir::new().unwrap();
    let mut console = Console::open(&house.manager, &house.office.url(), &folder).await;
    console.until("it is connected", |console| console.loaded == 1).await;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        std::fs::remove_dir_all(entry.unwrap().path()).unwrap();
    }
    let id: RequestId = fresh();
    console.gives(command("request.create", id, complete(&all)));
    console.gives(command("request.note", id, json!({ "id": fresh::<uuid::Uuid>(), "text": "Rappeler" })));
    console.settled().await;
    assert!(console.was_told("MadeAnew") && !console.was_told("TakenOver"), "{:?}", console.told);
    assert_eq!(console.done.len(), 2);
    Store::open(place(folder.path(), &house.manager.login), now()).unwrap();
    console.gives(command("request.note", id, json!({ "id": fresh::<uuid::Uuid>(), "text": "Fantôme" })));
    console.until("it notices", |console| console.was_told("TakenOver")).await;
}
