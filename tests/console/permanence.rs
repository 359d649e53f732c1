//! The desk of a day, as docs/comptoir.md tells it: opened, worked with the network cut for half of it and the console killed twice, closed.

use crate::{
    common::{Directory, Engine, House, Person, directory, today},
    desk::{Desk, fr},
    pty::{Pty, Size, key},
};
use loge::{
    demo::wire::Wire,
    domain::{
        access::Role,
        ids::{BeneficiaryId, ItemId, PermanenceId, RequestId},
        label::Label,
    },
    wire::fresh,
};
use rustix::process::Signal;
use serde_json::json;
use std::{fs, path::Path};

/// Things that are handed back in the day.
const HAND_BACKS: u32 = 60;
/// Requests that are written down.
const REQUESTS: i64 = 40;

fn label(serial: u32) -> String {
    Label::numbered(serial).unwrap().to_string()
}

/// A family name without digits: where somebody is chosen, those choose from the list.
fn family(serial: u32) -> String {
    let letter = |digit: u32| char::from_digit(10 + digit, 36).unwrap();
    format!("Essai{}{}", letter(serial / 10), letter(serial % 10))
}

/// Whether an outbox below this folder holds a command of this name about this row.
fn waits_to_be_sent(folder: &Path, command: &str, row: &str) -> bool {
    fs::read_dir(folder).into_iter().flatten().flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return waits_to_be_sent(&path, command, row);
        }
        path.ends_with("outbox.jsonl")
            && fs::read_to_string(path)
                .is_ok_and(|held| held.lines().any(|line| line.contains(command) && line.contains(row)))
    })
}

/// A person, and one thing at the desk of a finished request of theirs.
async fn furnish(house: &House, directory: &Directory, serial: u32) -> (BeneficiaryId, ItemId) {
    let manager: &Person = &house.manager;
    let person: BeneficiaryId = fresh();
    let body = json!({ "family_name": family(serial), "given_name": "Ada", "site_id": directory.merignac,
        "client_id": directory.client });
    manager.gives("beneficiary.create", person, body).await;
    let request: RequestId = fresh();
    let body = json!({ "channel": "phone", "requester": { "kind": "person", "id": person }, "service_id": directory.pressing,
        "site_id": directory.merignac, "payer": { "kind": "person" }, "when": { "kind": "due", "at": "2026-11-27T12:00:00" } });
    manager.gives("request.create", request, body).await;
    manager.gives("request.triage", request, json!({ "seen": "new" })).await;
    let operator = manager.client.me().await.unwrap().id;
    let assigned = json!({ "seen": "triaged", "assignment_id": fresh::<uuid::Uuid>(), "operator_id": operator });
    manager.gives("request.assign", request, assigned).await;
    manager.gives("request.start", request, json!({ "seen": "assigned" })).await;
    manager.gives("request.ready", request, json!({ "seen": "underway" })).await;
    let item: ItemId = fresh();
    let holder = json!({ "kind": "concierge", "site_id": directory.merignac, "place": "étagère 1" });
    let body = json!({ "label": label(serial), "description": "sac", "request_id": request, "beneficiary_id": person,
        "site_id": directory.merignac, "holder": holder, "since": "2026-11-20T08:00:00Z" });
    manager.gives("item.create", item, body).await;
    (person, item)
}

/// Goes from the reception to the desk.
fn to_desk(console: &mut Pty) {
    console.press(key::TAB);
    console.press(key::TAB);
    console.sees("Mérignac");
    console.press(key::ENTER);
    console.sees(&fr("desk-scan-title"));
}

/// A scanner reads a label, and one key hands it back.
fn hand_back(console: &mut Pty, serial: u32) {
    let label = label(serial);
    console.press(&label);
    console.press(key::ENTER);
    console.sees(&format!("({label})"));
    console.press(key::ENTER);
    console.loses(&format!("({label})"));
}

/// Somebody walks in and asks for something: who, what, and back to the field of labels.
fn walk_in(console: &mut Pty, serial: u32) {
    console.press(key::ESCAPE);
    console.sees("encaisser");
    console.press("n");
    console.sees(&fr("party-title"));
    console.press(&family(serial));
    console.sees(&format!("Ada {}", family(serial)));
    console.press(key::ENTER);
    console.loses(&fr("party-title"));
    console.press("pain 2 vendredi 12h permanence");
    console.sees("pain 2 vendredi");
    console.press(key::ENTER);
    console.until("the line is saved, or asks once more", |screen| {
        !screen.contains("> pain 2 vendredi") || screen.contains('?')
    });
    if console.text().contains("> pain 2 vendredi") {
        console.press(key::ENTER);
        console.loses("> pain 2 vendredi");
    }
    console.press(key::ESCAPE);
    console.sees(&fr("desk-scan-title"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_at_the_desk_offline_for_half_of_it_and_killed_twice_arrives_exactly_once() {
    let house = House::open(Engine::Sqlite).await;
    let directory = directory(&house.manager).await;
    let mut furnished = Vec::new();
    for serial in 1..=HAND_BACKS {
        furnished.push(furnish(&house, &directory, serial).await);
    }
    let karim = house.person_on("karim", &[Role::Concierge], &[directory.merignac]).await;
    let permanence: PermanenceId = fresh();
    let today = today();
    let window = json!({ "date": today, "from": "00:00", "to": "23:59" });
    house
        .manager
        .gives("permanence.plan", permanence, json!({ "site_id": directory.merignac, "window": window }))
        .await;
    let before = house.number("SELECT count(*) FROM request").await;

    let wire = Wire::to(house.office.address).await.unwrap();
    let desk = Desk::of(&house, &karim, wire.url()).await;
    let online = fr("connection-online");
    let mut console = desk.connected(Size::USUAL);
    to_desk(&mut console);
    console.press(key::ESCAPE);
    console.press("o");
    console.sees(&fr("choice-open"));
    console.press(key::ENTER);
    console.loses(&fr("choice-open"));
    // Until noon there is a network.
    for serial in 1..=30 {
        hand_back(&mut console, serial);
    }
    for serial in 1..=20 {
        walk_in(&mut console, serial);
    }
    crate::common::until("the morning is at the office", async || {
        house.number("SELECT count(*) FROM item WHERE state = 'handed_back'").await == 30
            && house.number("SELECT count(*) FROM request").await == before + 20
    })
    .await;

    // Then there is none; and the console is killed twice, each time once its last acts are on disk.
    wire.cut();
    console.loses(&online);
    for (fetched, asked) in [(31..=40, 21..=27), (41..=50, 28..=34), (51..=60, 35..=40)] {
        let (last, last_asked) = (*fetched.end(), *asked.end());
        for serial in fetched {
            hand_back(&mut console, serial);
        }
        for serial in asked {
            walk_in(&mut console, serial);
        }
        let of = |serial: u32| furnished[usize::try_from(serial - 1).unwrap()];
        let (thing, person) = (of(last).1.to_string(), of(last_asked).0.to_string());
        crate::common::until("the last acts are on disk", async || {
            waits_to_be_sent(desk.home.path(), "item.hand_back", &thing)
                && waits_to_be_sent(desk.home.path(), "request.create", &person)
        })
        .await;
        if last < HAND_BACKS {
            console.signal(Signal::KILL);
            console.ends();
            console = desk.console(Size::USUAL, &[]);
            console.sees("Loge");
            console.sees("Mérignac");
            to_desk(&mut console);
        }
    }
    // A colleague at the office hands one of them back too: the record and the world disagree.
    let body = json!({ "occurred_at": "2026-11-20T09:00:00Z", "from": { "kind": "concierge", "site_id": directory.merignac } });
    house.manager.gives("item.hand_back", furnished[59].1, body).await;

    wire.restore();
    console.sees(&online);
    crate::common::until("all of it is at the office", async || {
        house.number("SELECT count(*) FROM item WHERE state = 'handed_back'").await == i64::from(HAND_BACKS)
            && house.number("SELECT count(*) FROM history WHERE verb = 'item.hand_back' AND entity = 'item'").await
                == i64::from(HAND_BACKS) + 1
            && house.number("SELECT count(*) FROM request").await >= before + REQUESTS
    })
    .await;
    // Nothing more is on its way.
    console.loses("à envoyer");
    let made = house.number("SELECT count(*) FROM request").await - before;
    assert_eq!(made, REQUESTS, "each request exactly once");
    assert_eq!(house.number("SELECT count(*) FROM exception WHERE state = 'open'").await, 1);
    assert_eq!(house.number("SELECT count(*) FROM request WHERE state = 'done'").await, i64::from(HAND_BACKS));

    // In the evening the desk closes: nothing is left over, the cash is as expected. It was opened before the console was killed, which the
    // office tells it anew.
    console.sees(&format!(", {}", fr("state-permanence-open")));
    console.press(key::ESCAPE);
    console.press("o");
    console.sees("Caisse");
    console.press(key::ENTER);
    crate::common::until("the desk is closed", async || {
        house.number("SELECT count(*) FROM permanence WHERE state = 'closed'").await == 1
    })
    .await;
    house.office.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_desk_is_worked_line_by_line() {
    let house = House::open(Engine::Sqlite).await;
    let directory = directory(&house.manager).await;
    for serial in 1..=2 {
        furnish(&house, &directory, serial).await;
    }
    let karim = house.person_on("karim", &[Role::Concierge], &[directory.merignac]).await;
    let permanence: PermanenceId = fresh();
    let today = today();
    let window = json!({ "date": today, "from": "00:00", "to": "23:59" });
    house
        .manager
        .gives("permanence.plan", permanence, json!({ "site_id": directory.merignac, "window": window }))
        .await;
    let desk = Desk::of(&house, &karim, house.office.url()).await;
    let mut console = desk.with(Size(100, 60), &["--plain"], &[("LANG", "fr_FR.UTF-8")]);
    console.sees(&fr("connection-online"));
    console.press(key::TAB);
    console.press(key::TAB);
    console.sees("Mérignac");
    console.press(key::ENTER);
    console.sees("Pour commencer");
    console.press(key::ESCAPE);
    console.press("o");
    console.sees(&fr("choice-open"));
    console.press(key::ENTER);
    console.sees(&fr("next-hand-back"));
    for serial in 1..=2 {
        console.press(&label(serial));
        console.press(key::ENTER);
        console.sees(&format!("({})", label(serial)));
        console.press(key::ENTER);
        console.sees(&format!("{}\u{a0}: sac remis", family(serial)));
    }
    console.press(key::ESCAPE);
    console.press("o");
    console.sees("Caisse");
    console.press(key::ENTER);
    crate::common::until("the desk is closed", async || {
        house.number("SELECT count(*) FROM permanence WHERE state = 'closed'").await == 1
    })
    .await;
    assert_eq!(house.number("SELECT count(*) FROM item WHERE state = 'handed_back'").await, 2);
    house.office.stop().await;
}
