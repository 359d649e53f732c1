//! The office's budgets, measured: one line a figure, beside its budget.
//!
//! `cargo bench --bench office` measures SQLite; `scripts/postgres cargo bench --bench office` PostgreSQL as well.
//! The office runs in a process of its own, on the same cores as the load.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark may stop where it stands"
)]

mod common;

use common::{Budget, Directory, Office, furnish, line, open};
use loge::{
    domain::{
        ids::RequestId,
        request::{Request, RequestFields, RequestNumber, RequestState},
        time::Instant as Moment,
    },
    load::{Load, run},
    office::{
        search,
        storage::{Store, document},
    },
    wire::fresh,
};
use serde_json::json;
use std::time::{Duration, Instant};

const LOGIN: &str = "mesure";

fn main() {
    loge::client::tls::install();
    tokio::runtime::Runtime::new().unwrap().block_on(measure());
}

async fn measure() {
    let folder = common::folder();
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let wanted = |name: &str| only.as_ref().is_none_or(|only| name.contains(only.as_str()));
    println!("{} cores", std::thread::available_parallelism().unwrap());
    if wanted("sqlite") {
        let database = folder.path().join("commands.sqlite").display().to_string();
        furnish(&open(&database).await, 1, &[LOGIN]).await;
        commands("SQLite, synchronous FULL", &database, 2000.0).await;
    }
    if wanted("postgres") {
        match std::env::var("LOGE_TEST_POSTGRES") {
            Ok(server) => {
                let database = empty_postgres(&server).await;
                furnish(&open(&database).await, 1, &[LOGIN]).await;
                commands("PostgreSQL", &database, 1000.0).await;
            }
            Err(_) => println!("PostgreSQL is not measured: run scripts/postgres cargo bench --bench office"),
        }
    }
    if wanted("streams") {
        let database = folder.path().join("streams.sqlite").display().to_string();
        furnish(&open(&database).await, 1, &[LOGIN]).await;
        streams(&database).await;
    }
    if wanted("snapshot") {
        let database = folder.path().join("snapshot.sqlite").display().to_string();
        snapshot(&database).await;
    }
    if wanted("search") {
        let database = folder.path().join("search.sqlite").display().to_string();
        find(&database).await;
    }
}

async fn empty_postgres(server: &str) -> String {
    let name = format!("loge_bench_{}", uuid::Uuid::now_v7().simple());
    let pool = sqlx::PgPool::connect(server).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&pool).await.unwrap();
    pool.close().await;
    format!("{}/{name}", server.rsplit_once('/').unwrap().0)
}

/// Durable commands from 64 clients, as many as go.
async fn commands(engine: &str, database: &str, budget: f64) {
    let office = Office::start(database);
    let client = office.client(LOGIN).await;
    let load = |duration| Load { clients: 64, streams: 0, rate: None, duration };
    run(&client, load(Duration::from_secs(2))).await.unwrap();
    let report = run(&client, load(Duration::from_secs(10))).await.unwrap();
    let (rate, p99) = (report.per_second(), report.commands.percentile_ms(99.0));
    line(&format!("{engine}: durable commands a second, 64 clients"), rate, "/s", Budget::AtLeast(budget));
    line(&format!("{engine}: command, median"), report.commands.percentile_ms(50.0), "ms", Budget::None);
    line(&format!("{engine}: command, p99"), p99, "ms", Budget::AtMost(100.0));
    let memory = office.memory_mb();
    line(&format!("{engine}: office afterwards, resident"), memory, "MB", Budget::AtMost(120.0));
    for (cause, count) in &report.failed {
        println!("  failed {count} times: {cause}");
    }
}

/// 200 streams at 50 commands a second, and memory without and with them.
async fn streams(database: &str) {
    let office = Office::start(database);
    let client = office.client(LOGIN).await;
    let idle = office.memory_mb();
    line("Office idle, resident", idle, "MB", Budget::AtMost(60.0));
    let load = Load { clients: 8, streams: 200, rate: Some(50), duration: Duration::from_secs(20) };
    let running = tokio::spawn({
        let client = client.clone();
        async move { run(&client, load).await.unwrap() }
    });
    tokio::time::sleep(Duration::from_secs(15)).await;
    let memory = office.memory_mb();
    let report = running.await.unwrap();
    let p99 = report.changes.percentile_ms(99.0);
    println!("  {} changes received by 200 streams", report.changes.count());
    line(
        "200 streams, 50 commands a second: commit to received, median",
        report.changes.percentile_ms(50.0),
        "ms",
        Budget::None,
    );
    line("200 streams, 50 commands a second: commit to received, p99", p99, "ms", Budget::AtMost(100.0));
    line("Office with 200 streams, resident", memory, "MB", Budget::AtMost(120.0));
}

/// A stored request, as the office would have written it.
fn request(place: u32, state: RequestState, directory: &Directory, text: &str) -> Request {
    let Directory { site, service, people } = directory;
    let fields: RequestFields = serde_json::from_value(json!({
        "channel": "phone", "requester": { "kind": "person", "id": people[0] }, "service_id": service, "site_id": site,
        "payer": { "kind": "person" }, "when": { "kind": "due", "at": "2026-11-27T12:00:00" }, "text": text, "quantity": 2
    }))
    .unwrap();
    let id: RequestId = fresh();
    let number = RequestNumber::new(20 + u8::try_from(place / 200_000).unwrap(), place % 200_000 + 1);
    let at = Moment::from_micros(1_600_000_000_000_000 + i64::from(place) * 1_000_000).unwrap();
    let mut request = Request::create(id, number, fields, at, None).unwrap();
    request.state = state;
    request.ended_at = (state == RequestState::Closed).then_some(at);
    request
}

/// Words of a made-up house, drawn evenly so that a prefix finds many.
const WORDS: &[&str] = &[
    "pressing",
    "préparer",
    "prendre",
    "chemises",
    "cordonnerie",
    "pain",
    "panier",
    "colis",
    "lavage",
    "ourlet",
    "veste",
    "manteau",
    "réparation",
    "garde",
    "urgent",
    "vendredi",
    "mardi",
    "retour",
    "casier",
    "clés",
    "voiture",
    "ménage",
    "repassage",
    "couture",
    "talons",
    "semelles",
];

/// Words as the index keeps them.
fn shortened(text: &str) -> String {
    loge::text::words(text).iter().map(|word| word.chars().take(8).collect::<String>()).collect::<Vec<_>>().join(" ")
}

async fn fill(store: &Store, count: u32, state: RequestState) {
    let directory = furnish(store, 1, &[LOGIN]).await;
    let mut tx = store.write().await.unwrap();
    for place in 0..count {
        let pick = |salt: u32| WORDS[(place.wrapping_mul(2_654_435_761).rotate_left(salt) % 26) as usize];
        let text = format!("{} {} client{place} {}", pick(3), pick(11), pick(19));
        let request = request(place, state, &directory, &text);
        document::insert(
            &mut tx,
            loge::domain::entity::EntityKind::Request,
            &request.id.to_string(),
            &document::write(&request).unwrap(),
        )
        .await
        .unwrap();
        let words = if place % 100 == 0 {
            search::words(&mut tx, &request).await.unwrap()
        } else {
            // 5,000 people of a large house, each with a name and a number of their own.
            let person = place.wrapping_mul(48_271) % 5000;
            let number = request.number.to_string().replace('-', "");
            format!("nom{person} pressing 053649{person:04} 3353649{person:04} _{number} {}", shortened(&text))
        };
        search::index(&mut tx, request.number.order(), words);
        if place % 64 == 63 {
            search::write_index(&mut tx).await.unwrap();
        }
    }
    search::write_index(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await;
}

/// The first snapshot after a start, with 10,000 open requests.
async fn snapshot(database: &str) {
    fill(&open(database).await, 10_000, RequestState::Triaged).await;
    let office = Office::start(database);
    let client = office.client(LOGIN).await;
    let started = Instant::now();
    let snapshot = client.snapshot().await.unwrap();
    let cold = started.elapsed().as_secs_f64() * 1000.0;
    let rows = snapshot.rows.values().map(Vec::len).sum::<usize>();
    line(&format!("Snapshot of {rows} rows, cold, received and parsed"), cold, "ms", Budget::AtMost(500.0));
    let started = Instant::now();
    client.snapshot().await.unwrap();
    line("Snapshot again", started.elapsed().as_secs_f64() * 1000.0, "ms", Budget::None);
    line("Office after snapshots, resident", office.memory_mb(), "MB", Budget::None);
}

/// Search over a million past requests.
async fn find(database: &str) {
    let started = Instant::now();
    fill(&open(database).await, 1_000_000, RequestState::Closed).await;
    println!("  1,000,000 past requests written in {:.0} s", started.elapsed().as_secs_f64());
    let office = Office::start(database);
    let client = office.client(LOGIN).await;
    for typed in [
        "pr",
        "ca",
        "préparer",
        "pressing chemises",
        "nom42 pre cas",
        "client77777",
        "cordonnerie",
        "réparat",
        "22-54321",
        "05 36 49 12 34",
        "05 36 49",
        "introuvable",
        "pr ca ve",
    ] {
        let mut slowest: f64 = 0.0;
        let mut found = 0;
        for _ in 0..5 {
            let started = Instant::now();
            found = client.search(typed).await.unwrap().rows.len();
            slowest = slowest.max(started.elapsed().as_secs_f64() * 1000.0);
        }
        line(
            &format!("Search « {typed} » over 1,000,000 ({found} shown), slowest of 5"),
            slowest,
            "ms",
            Budget::AtMost(50.0),
        );
    }
    line("Office after searches, resident", office.memory_mb(), "MB", Budget::None);
}
