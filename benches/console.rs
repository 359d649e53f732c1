//! The console's budgets, measured in a real pseudo-terminal with 10,000 open requests: one line a figure, beside its budget.
//!
//! `cargo bench --bench console` measures at 120×40 and at 80×24. The office runs in a process of its own, on the same cores.
//! `LOGE_BENCH_CONSOLE=PROGRAM` measures another build of the console, such as the one for shipping.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a benchmark may stop where it stands"
)]

mod common;
#[path = "../tests/console/pty.rs"]
mod pty;

use common::{Budget, Office, furnish, line, ranked, status_kb};
use loge::{
    domain::{
        courier::{Courier, CourierFields},
        entity::EntityKind,
        ids::{ProviderId, RequestId},
        item::Item,
        label::Label,
        leg::{Leg, LegFields},
        locker::Locker,
        operator::Language,
        permanence::Permanence,
        provider::{Provider, ProviderFields},
        request::{Request, RequestFields, RequestNumber, RequestState},
        time::{Instant as Moment, Zone},
    },
    i18n::say,
    office::storage::{Store, document},
    wire::fresh,
};
use pty::{Burst, Pty, Size, key};
use serde_json::json;
use std::{fs, path::Path, time::Duration};

/// Which console is measured, if not the one built along.
const CONSOLE: &str = "LOGE_BENCH_CONSOLE";
const LOGIN: &str = "mesure";
const OPEN: u32 = 10_000;
/// Providers of the one service: each row of dispatch ranks them all.
const PROVIDERS: u32 = 40;
/// Legs of the day, and who drives.
const LEGS: u32 = 200;
const COURIERS: u32 = 10;
const LOCKERS: u32 = 200;
const THINGS: u32 = 2_000;
/// Things that are handed back, in each size.
const HANDED: u32 = 50;
/// After so long without a byte a frame is whole.
const QUIET: Duration = Duration::from_millis(40);
/// Presses that a median and a 99th percentile are taken of.
const PRESSES: usize = 300;

fn main() {
    loge::client::tls::install();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = common::folder();
    let database = folder.path().join("console.sqlite").display().to_string();
    runtime.block_on(async { fill(&Store::open_file(Path::new(&database)).await.unwrap()).await });
    let office = Office::start(&database);
    println!("{} cores, {OPEN} open requests", std::thread::available_parallelism().unwrap());
    echo(folder.path());
    for size in [Size::USUAL, Size::SMALL] {
        let home = runtime.block_on(office.desk(LOGIN));
        println!("{}×{}", size.0, size.1);
        measure(&office.url, home.path(), size);
    }
    drop(office);
    let database = folder.path().join("desk.sqlite").display().to_string();
    runtime.block_on(async { fill_desk(&Store::open_file(Path::new(&database)).await.unwrap()).await });
    let office = Office::start(&database);
    println!("A site of {LOCKERS} lockers and {THINGS} things");
    // Each thing goes back once.
    for (size, first) in [(Size::USUAL, 1), (Size::SMALL, 1 + HANDED)] {
        let home = runtime.block_on(office.desk(LOGIN));
        println!("{}×{}", size.0, size.1);
        measure_desk(&office.url, home.path(), size, first);
    }
}

/// What this machine and this measuring take of a key's time by themselves: a program that prints what it reads.
fn echo(home: &Path) {
    let mut cat = Pty::start("/bin/sh", &["-c", "stty raw -echo && echo ready && exec cat"], home, Size::USUAL, &[]);
    cat.sees("ready");
    cat.settle(QUIET);
    let all = bursts(&mut cat, PRESSES, |_| "x");
    let figures = ranked(all.iter().map(|burst| ms(burst.took)).collect());
    line("A program that only echoes: key to painted, median", figures.median, "ms", Budget::None);
    line("A program that only echoes: key to painted, p99", figures.p99, "ms", Budget::None);
    cat.signal(rustix::process::Signal::TERM);
    cat.ends();
}

/// A site with its lockers, its things at the desk, and a permanence that is open all day.
async fn fill_desk(store: &Store) {
    let common::Directory { site, people, .. } = furnish(store, 400, &[LOGIN]).await;
    let mut tx = store.write().await.unwrap();
    let now: Moment = jiff::Timestamp::now().try_into().unwrap();
    for place in 0..LOCKERS {
        let fields = json!({ "site_id": site, "name": place.to_string(), "size": "medium" });
        let locker = Locker::create(fresh(), serde_json::from_value(fields).unwrap());
        let written = document::write(&locker).unwrap();
        document::insert(&mut tx, EntityKind::Locker, &locker.id.to_string(), &written).await.unwrap();
    }
    for place in 0..THINGS {
        let label = Label::numbered(place + 1).unwrap().to_string();
        let fields = json!({ "label": label, "description": "sac", "beneficiary_id": people[place as usize % people.len()],
            "site_id": site, "holder": { "kind": "concierge", "site_id": site }, "since": now });
        let item = Item::create(fresh(), serde_json::from_value(fields).unwrap(), now, None).unwrap();
        let written = document::write(&item).unwrap();
        document::insert(&mut tx, EntityKind::Item, &item.id.to_string(), &written).await.unwrap();
    }
    let today = now.civil(&Zone::default()).date();
    let fields = json!({ "site_id": site, "window": { "date": today, "from": "00:00", "to": "23:59" } });
    let mut session = Permanence::create(fresh(), serde_json::from_value(fields).unwrap(), Zone::default(), None);
    session.open(now).unwrap();
    let written = document::write(&session).unwrap();
    document::insert(&mut tx, EntityKind::Permanence, &session.id.to_string(), &written).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await;
}

/// The desk: a label typed digit by digit, moves in the lists, and things handed back, from a label's number on.
fn measure_desk(url: &str, home: &Path, size: Size, first: u32) {
    let mut console = start(url, home, size);
    console.sees(&say(Language::Fr, "connection-online", &[]));
    console.press(key::TAB);
    console.press(key::TAB);
    console.settle(Duration::from_secs(1));
    console.press(key::ENTER);
    console.sees(&say(Language::Fr, "desk-scan-title", &[]));
    console.settle(Duration::from_secs(1));
    let typed = ["4", "0", "1", "2", "3", "4", "\x15"];
    report("Comptoir, a label typed", &bursts(&mut console, PRESSES, |place| typed[place % typed.len()]), 2048.0);
    console.press("\x15");
    console.press(key::ESCAPE);
    console.settle(Duration::from_millis(500));
    report("Comptoir, selection", &bursts(&mut console, PRESSES, moves), 600.0);
    console.press("y");
    console.settle(Duration::from_millis(500));
    let labels: Vec<String> =
        (first..first + HANDED).map(|serial| format!("{}\r", Label::numbered(serial).unwrap())).collect();
    let mut back = Vec::new();
    for label in &labels {
        console.press(label);
        console.settle(QUIET * 3);
        back.push(console.measure(key::ENTER, QUIET));
    }
    report("Comptoir, handed back", &back, 2048.0);
    console.signal(rustix::process::Signal::TERM);
    console.ends();
}

/// A small directory, an account, and the open requests: one in ten is new and waits at the reception too, the others are to be given.
async fn fill(store: &Store) {
    let common::Directory { site, service, people } = furnish(store, 400, &[LOGIN]).await;
    let mut tx = store.write().await.unwrap();
    let mut first = None;
    let start: Moment = jiff::Timestamp::now().try_into().unwrap();
    for place in 0..OPEN {
        let fields: RequestFields = serde_json::from_value(json!({
            "channel": "phone", "requester": { "kind": "person", "id": people[place as usize % people.len()] }, "service_id": service,
            "site_id": site, "payer": { "kind": "person" }, "when": { "kind": "due", "at": "2026-12-27T12:00:00" },
            "text": format!("{} chemises", place % 9 + 1), "quantity": place % 9 + 1
        }))
        .unwrap();
        let at = Moment::from_micros(start.as_micros() - i64::from(OPEN - place) * 60_000_000).unwrap();
        let id: RequestId = fresh();
        first.get_or_insert(id);
        let mut request = Request::create(id, RequestNumber::new(26, place + 1), fields, at, None).unwrap();
        request.state = if place % 10 == 0 { RequestState::New } else { RequestState::Triaged };
        let written = document::write(&request).unwrap();
        document::insert(&mut tx, EntityKind::Request, &id.to_string(), &written).await.unwrap();
    }
    for place in 0..PROVIDERS {
        let tier = ["inclusion", "ess", "local", "other"][place as usize % 4];
        let fields: ProviderFields = serde_json::from_value(json!({
            "name": format!("Lavoir {place}"), "tier": tier, "capacity_per_day": place % 7 + 1, "phones": ["05 36 49 00 10"],
            "services": [{ "service_id": service, "lead_time_h": place % 30 }],
            "hours": { "weekly": "lun-ven 08:00-12:00,14:00-18:00" }
        }))
        .unwrap();
        let id: ProviderId = fresh();
        let written = document::write(&Provider::create(id, fields).unwrap()).unwrap();
        document::insert(&mut tx, EntityKind::Provider, &id.to_string(), &written).await.unwrap();
    }
    carriage(&mut tx, site, first.unwrap()).await;
    tx.commit().await.unwrap();
    store.close().await;
}

/// Couriers around a town, and legs for them that no round carries yet.
async fn carriage(tx: &mut loge::office::storage::Tx, site: loge::domain::ids::SiteId, request: RequestId) {
    let at = |number: u32| {
        let (north, east) = (f64::from(number * 37 % 100) / 1_000.0, f64::from(number * 61 % 100) / 1_000.0);
        json!({ "kind": "address", "address": format!("{number} rue des Essais"),
            "position": { "lat": 44.80 + north, "lon": -0.62 + east } })
    };
    for number in 0..COURIERS {
        let fields: CourierFields = serde_json::from_value(json!({
            "name": format!("Coursier {number}"), "hours": { "weekly": "lun-dim 06:00-22:00" }, "base": at(number),
            "vehicle": { "kind": "van", "speed_kmh": 20, "capacity_items": 60 },
        }))
        .unwrap();
        let courier = Courier::create(fresh(), fields).unwrap();
        let written = document::write(&courier).unwrap();
        document::insert(tx, EntityKind::Courier, &courier.id.to_string(), &written).await.unwrap();
    }
    let now: Moment = jiff::Timestamp::now().try_into().unwrap();
    for number in 0..LEGS {
        let fields: LegFields = serde_json::from_value(json!({
            "kind": "collect", "request_id": request, "pieces": 1, "from": at(number), "to": at(number + 7),
        }))
        .unwrap();
        let leg = Leg::create(fresh(), fields, Some(site), now, None).unwrap();
        let written = document::write(&leg).unwrap();
        document::insert(tx, EntityKind::Leg, &leg.id.to_string(), &written).await.unwrap();
    }
}

fn start(url: &str, home: &Path, size: Size) -> Pty {
    let arguments = ["--office", url, "--token-file", "token"];
    let program = std::env::var(CONSOLE).unwrap_or_else(|_| env!("CARGO_BIN_EXE_loge").to_owned());
    Pty::start(&program, &arguments, home, size, &[("COLORTERM", "truecolor")])
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn bursts(console: &mut Pty, presses: usize, keys: impl Fn(usize) -> &'static str) -> Vec<Burst> {
    let all = (0..presses).map(|place| console.measure(keys(place), QUIET));
    // A key at the end of a list moves nothing and prints nothing.
    all.filter(|burst| burst.bytes > 0).collect()
}

/// Down, and every fourth press up again: no list ends, none stands still.
fn moves(place: usize) -> &'static str {
    if place % 4 == 3 { key::UP } else { key::DOWN }
}

/// Down and up again, in a list of few rows: a press that prints nothing would be taken to be answered by what the planner tells next.
fn turns(place: usize) -> &'static str {
    if place % 2 == 1 { key::UP } else { key::DOWN }
}

fn report(what: &str, bursts: &[Burst], median_bytes: f64) {
    if bursts.is_empty() {
        println!("  {what}: nothing was printed, so nothing is measured                                     MISSED");
        return;
    }
    let figures = ranked(bursts.iter().map(|burst| burst.bytes as f64).collect());
    line(&format!("{what}: bytes, median of {}", bursts.len()), figures.median, "B", Budget::AtMost(median_bytes));
    line(&format!("{what}: bytes, p99"), figures.p99, "B", Budget::AtMost(2048.0));
    let figures = ranked(bursts.iter().map(|burst| ms(burst.took)).collect());
    line(&format!("{what}: key to painted, median"), figures.median, "ms", Budget::AtMost(1.0));
    line(&format!("{what}: key to painted, p99"), figures.p99, "ms", Budget::AtMost(3.0));
}

fn measure(url: &str, home: &Path, size: Size) {
    let online = say(Language::Fr, "connection-online", &[]);
    let mut console = start(url, home, size);
    console.sees(&online);
    console.sees("26-");
    console.settle(Duration::from_secs(2));
    let (memory, own) = (status_kb(console.id(), "VmRSS"), status_kb(console.id(), "RssAnon"));
    report("Accueil, selection", &bursts(&mut console, PRESSES, moves), 600.0);
    console.press("n");
    console.settle(QUIET * 5);
    let typed = ["p", "r", "e", "s", "s", "i", "n", "g", " ", "3", " ", "v", "e", "n", "\x15"];
    report("Entry line, typing", &bursts(&mut console, PRESSES, |place| typed[place % typed.len()]), 2048.0);
    console.press("\x15");
    console.press(key::ESCAPE);
    console.settle(Duration::from_millis(500));
    let change = console.measure("2", Duration::from_millis(150));
    line("Change to dispatch: bytes", change.bytes as f64, "B", Budget::None);
    line("Change to dispatch: key to painted", ms(change.took), "ms", Budget::None);
    // Its figures come from the office and are drawn once.
    console.settle(Duration::from_millis(500));
    report("Répartition, selection", &bursts(&mut console, PRESSES, moves), 2048.0);
    let rounds = console.measure("3", Duration::from_millis(150));
    line("Tournées, opened with 200 legs: key to painted", ms(rounds.took), "ms", Budget::None);
    // Planning goes on meanwhile, on its own thread: that is how it is worked with.
    report("Tournées, selection while planning", &bursts(&mut console, PRESSES / 4, turns), 600.0);
    console.settle(Duration::from_secs(9));
    report("Tournées, selection", &bursts(&mut console, PRESSES, turns), 600.0);
    let change = console.measure("4", Duration::from_millis(150));
    line("Change of screen: bytes", change.bytes as f64, "B", Budget::None);
    line("Change of screen: key to painted", ms(change.took), "ms", Budget::None);
    report("Demandes, selection", &bursts(&mut console, PRESSES, moves), 150.0);
    line("Resident once settled", memory / 1024.0, "MB", Budget::AtMost(25.0));
    line("  of it the console's own; the rest is the program's file", own / 1024.0, "MB", Budget::None);
    line("Resident after use", status_kb(console.id(), "VmRSS") / 1024.0, "MB", Budget::AtMost(25.0));
    let before = processor_ms(&console);
    let bytes = console.prints_in(Duration::from_mins(1));
    line("Idle for a minute: bytes", bytes as f64, "B", Budget::AtMost(500.0));
    line("Idle for a minute: share of a core", (processor_ms(&console) - before) / 600.0, "%", Budget::AtMost(0.1));
    console.signal(rustix::process::Signal::TERM);
    console.ends();
    let (mut frames, mut rows) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        let mut again = start(url, home, size);
        frames.push(ms(again.sees("Accueil")));
        rows.push(ms(again.sees("26-")));
        again.sees(&online);
        again.signal(rustix::process::Signal::TERM);
        again.ends();
    }
    line("First frame after start, median of 5", ranked(frames).median, "ms", Budget::AtMost(30.0));
    line("First frame with the rows that were kept, median of 5", ranked(rows).median, "ms", Budget::AtMost(150.0));
}

/// Processor time used so far in milliseconds (Linux: `schedstat` of every thread, in nanoseconds).
fn processor_ms(console: &Pty) -> f64 {
    let tasks = fs::read_dir(format!("/proc/{}/task", console.id())).into_iter().flatten().flatten();
    let used = tasks.filter_map(|task| {
        let text = fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<f64>().ok()
    });
    used.sum::<f64>() / 1e6
}
