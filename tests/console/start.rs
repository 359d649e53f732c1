//! The start: a frame before anything was read, keys that are taken before the folder is open, and the rows that were kept before anybody answers.

use crate::{
    common::{Engine, House, Person, directory},
    desk::{Desk, fr},
    pty::{Pty, Size},
};
use loge::{
    demo::wire::Wire,
    domain::{
        access::Role,
        entity::EntityKind,
        request::{Request, RequestNumber, RequestState},
        time::Instant,
    },
    replica::{KeepCopy, Place, Replica, ReplicaParts, Store},
    wire::{
        change::{Seq, Snapshot},
        fresh,
    },
};
use rustix::{
    fs::{CWD, FileType, Mode, mknodat},
    process::Signal,
};
use serde_json::{json, value::to_raw_value};
use std::{fs, path::PathBuf};

/// A desk whose operator has worked there before, and the line to the office.
async fn worked_at() -> (House, Wire, Person, Desk) {
    let house = House::open(Engine::Sqlite).await;
    directory(&house.manager).await;
    let lea = house.person("lea", &[Role::Operator]).await;
    let wire = Wire::to(house.office.address).await.unwrap();
    let desk = Desk::of(&house, &lea, wire.url()).await;
    let mut console = desk.connected(Size::USUAL);
    console.signal(Signal::TERM);
    assert!(console.ends().success());
    (house, wire, lea, desk)
}

fn stores(desk: &Desk) -> PathBuf {
    desk.home.path().join("data/loge/console")
}

/// The one folder below the folder of all stores.
fn folder(desk: &Desk) -> PathBuf {
    let one = |folder: PathBuf| fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    one(one(stores(desk)))
}

fn now() -> Instant {
    jiff::Timestamp::now().try_into().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_are_taken_before_the_folder_is_open_and_nothing_of_it_is_lost() {
    let (house, _wire, _lea, desk) = worked_at().await;
    // A draft that is a pipe: to read it waits until somebody writes.
    let pipe = folder(&desk).join("drafts/pipe.json");
    mknodat(CWD, &pipe, FileType::Fifo, Mode::RWXU, 0).unwrap();
    let mut console = desk.console(Size::USUAL, &[]);
    console.sees(&fr("connection-recalling"));
    console.press("4/durand");
    console.sees("durand");
    assert!(console.text().contains(&fr("connection-recalling")), "{}", console.text());
    let opened = tokio::task::spawn_blocking(move || fs::write(pipe, "")).await.unwrap();
    opened.unwrap();
    console.sees(&fr("connection-online"));
    assert!(console.text().contains("durand"), "{}", console.text());
    house.office.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_rows_that_were_kept_are_there_before_the_office_answers() {
    let (house, wire, lea, desk) = worked_at().await;
    wire.cut();
    let rows = (1..=10_000_u32).map(|number| {
        let fields =
            serde_json::from_value(json!({ "channel": "phone", "text": format!("{number} chemises") })).unwrap();
        let mut request = Request::create(fresh(), RequestNumber::new(26, number), fields, now(), None).unwrap();
        request.state = RequestState::Triaged;
        to_raw_value(&request).unwrap()
    });
    let snapshot = Snapshot { seq: Seq(1), at: now(), rows: [(EntityKind::Request, rows.collect())].into() };
    let (stores, office) = (stores(&desk), wire.url());
    let office: loge::client::Url = office.parse().unwrap();
    let place = Place { base: &stores, office: office.as_str(), operator: &lea.login };
    assert_eq!(place.folder(), folder(&desk));
    let store = Store::open(place, now()).unwrap().store;
    let until = KeepCopy::Until(now().plus(jiff::SignedDuration::from_hours(1)));
    store.keep_copy(&ReplicaParts::of(&Replica::load(&snapshot)).unwrap(), now(), until).unwrap();
    let mut console: Pty = desk.console(Size::USUAL, &[]);
    console.press("4");
    console.sees("26-0001");
    console.until("all are counted", |screen| screen.contains("10000") || screen.contains("10\u{202f}000"));
    assert!(!console.text().contains(&fr("connection-online")));
    house.office.stop().await;
}
