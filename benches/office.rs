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

use loge::{
    client::{Client, Options},
    domain::{
        access::{Role, Sites},
        ids::{BeneficiaryId, ClientId, OperatorId, RequestId, ServiceId, SiteId},
        operator::{OperatorFields, Preferences},
        request::{Request, RequestFields, RequestNumber, RequestState},
        time::Instant as Moment,
    },
    load::{Load, run},
    office::{
        auth, search,
        serve::{Office, listen},
        storage::{Store, document},
        writer,
    },
    wire::{catalogue::Command, fresh},
};
use serde_json::json;
use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

const SERVE: &str = "LOGE_BENCH_SERVE";
const PASSWORD: &str = "mot de passe de mesure";

fn main() {
    loge::client::tls::install();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    match std::env::var(SERVE) {
        Ok(database) => runtime.block_on(serve(&database)),
        Err(_) => runtime.block_on(measure()),
    }
}

async fn open(database: &str) -> Store {
    if database.starts_with("postgres") {
        Store::open_url(database).await
    } else {
        Store::open_file(Path::new(database)).await
    }
    .unwrap()
}

async fn serve(database: &str) {
    let office = Office::start(open(database).await, listen(([127, 0, 0, 1], 0).into()).unwrap(), None).await.unwrap();
    println!("{}", office.url());
    std::io::stdout().flush().unwrap();
    std::future::pending::<()>().await;
}

/// An office in a process of its own; killed when dropped.
struct Process {
    child: Child,
    client: Client,
}

impl Process {
    async fn start(database: &str) -> Self {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap())
            .env(SERVE, database)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let client = Client::new(vec![line.trim().parse().unwrap()], Options::default()).unwrap();
        client.log_in("mesure".parse().unwrap(), PASSWORD.to_owned()).await.unwrap();
        Self { child, client }
    }

    /// Resident memory in MB (Linux: `VmRSS` of `/proc`).
    fn memory_mb(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or("VmRSS: 0 kB");
        let kilobytes: f64 = line.split_whitespace().nth(1).and_then(|text| text.parse().ok()).unwrap_or(0.0);
        kilobytes / 1024.0
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn line(what: &str, figure: f64, unit: &str, budget: &str, kept: bool) {
    println!("{what:<62} {figure:>10.1} {unit:<4} budget {budget:<12} {}", if kept { "kept" } else { "MISSED" });
}

/// A small directory and an account.
async fn furnish(store: &Store) -> (SiteId, ServiceId, BeneficiaryId) {
    let (client, site, service, person): (ClientId, SiteId, ServiceId, BeneficiaryId) =
        (fresh(), fresh(), fresh(), fresh());
    let operator: OperatorId = fresh();
    let parse = |name: &str, id: uuid::Uuid, body: serde_json::Value| {
        Command::parse(name, Some(id), body.to_string().as_bytes()).unwrap()
    };
    let account = OperatorFields {
        login: "mesure".to_owned().try_into().unwrap(),
        name: "Mesure".parse().unwrap(),
        roles: [Role::Manager, Role::Operator, Role::Dispatcher, Role::Concierge].into(),
        sites: Sites::All,
        client_id: None,
        extensions: std::collections::BTreeSet::new(),
        preferences: Preferences::default(),
    };
    let commands = vec![
        parse("client.create", client.into(), json!({ "name": "Métropole" })),
        parse("site.create", site.into(), json!({ "name": "Mérignac", "commune": "Mérignac", "client_id": client })),
        parse(
            "service.create",
            service.into(),
            json!({ "name": "Pressing", "family": "textile", "everyday": "everyday", "vat": 2000, "carriage": "there_and_back",
                    "price": { "kind": "per_unit", "cents": 450 } }),
        ),
        parse(
            "beneficiary.create",
            person.into(),
            json!({ "family_name": "Durand", "given_name": "Claire", "client_id": client, "site_id": site, "phones": ["05 36 49 12 34"] }),
        ),
        Command::CreateOperator { id: operator, body: account },
    ];
    writer::all_or_nothing(store, commands).await.unwrap();
    let hash = auth::hash(PASSWORD.to_owned()).await.unwrap();
    let mut tx = store.write().await.unwrap();
    auth::store_password(&mut tx, operator, &hash).await.unwrap();
    tx.commit().await.unwrap();
    (site, service, person)
}

async fn measure() {
    let folder = tempfile::tempdir_in(std::env::var("CARGO_TARGET_TMPDIR").unwrap_or_else(|_| ".".into())).unwrap();
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let wanted = |name: &str| only.as_ref().is_none_or(|only| name.contains(only.as_str()));
    println!("{} cores", std::thread::available_parallelism().unwrap());
    if wanted("sqlite") {
        let database = folder.path().join("commands.sqlite").display().to_string();
        furnish(&open(&database).await).await;
        commands("SQLite, synchronous FULL", &database, 2000.0).await;
    }
    if wanted("postgres") {
        match std::env::var("LOGE_TEST_POSTGRES") {
            Ok(server) => {
                let database = empty_postgres(&server).await;
                furnish(&open(&database).await).await;
                commands("PostgreSQL", &database, 1000.0).await;
            }
            Err(_) => println!("PostgreSQL is not measured: run scripts/postgres cargo bench --bench office"),
        }
    }
    if wanted("streams") {
        let database = folder.path().join("streams.sqlite").display().to_string();
        furnish(&open(&database).await).await;
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
    let process = Process::start(database).await;
    let load = |duration| Load { clients: 64, streams: 0, rate: None, duration };
    run(&process.client, load(Duration::from_secs(2))).await.unwrap();
    let report = run(&process.client, load(Duration::from_secs(10))).await.unwrap();
    let (rate, p99) = (report.per_second(), report.commands.percentile_ms(99.0));
    line(
        &format!("{engine}: durable commands a second, 64 clients"),
        rate,
        "/s",
        &format!(">= {budget}"),
        rate >= budget,
    );
    line(&format!("{engine}: command, median"), report.commands.percentile_ms(50.0), "ms", "-", true);
    line(&format!("{engine}: command, p99"), p99, "ms", "<= 100", p99 <= 100.0);
    let memory = process.memory_mb();
    line(&format!("{engine}: office afterwards, resident"), memory, "MB", "<= 120", memory <= 120.0);
    for (cause, count) in &report.failed {
        println!("  failed {count} times: {cause}");
    }
}

/// 200 streams at 50 commands a second, and memory without and with them.
async fn streams(database: &str) {
    let process = Process::start(database).await;
    let idle = process.memory_mb();
    line("Office idle, resident", idle, "MB", "<= 60", idle <= 60.0);
    let load = Load { clients: 8, streams: 200, rate: Some(50), duration: Duration::from_secs(20) };
    let running = tokio::spawn({
        let client = process.client.clone();
        async move { run(&client, load).await.unwrap() }
    });
    tokio::time::sleep(Duration::from_secs(15)).await;
    let memory = process.memory_mb();
    let report = running.await.unwrap();
    let p99 = report.changes.percentile_ms(99.0);
    println!("  {} changes received by 200 streams", report.changes.count());
    line(
        "200 streams, 50 commands a second: commit to received, median",
        report.changes.percentile_ms(50.0),
        "ms",
        "-",
        true,
    );
    line("200 streams, 50 commands a second: commit to received, p99", p99, "ms", "<= 100", p99 <= 100.0);
    line("Office with 200 streams, resident", memory, "MB", "<= 120", memory <= 120.0);
}

/// A stored request, as the office would have written it.
fn request(place: u32, state: RequestState, directory: (SiteId, ServiceId, BeneficiaryId), text: &str) -> Request {
    let (site, service, person) = directory;
    let fields: RequestFields = serde_json::from_value(json!({
        "channel": "phone", "requester": { "kind": "person", "id": person }, "service_id": service, "site_id": site,
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
    let directory = furnish(store).await;
    let mut tx = store.write().await.unwrap();
    for place in 0..count {
        let pick = |salt: u32| WORDS[(place.wrapping_mul(2_654_435_761).rotate_left(salt) % 26) as usize];
        let text = format!("{} {} client{place} {}", pick(3), pick(11), pick(19));
        let request = request(place, state, directory, &text);
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
    let process = Process::start(database).await;
    let started = Instant::now();
    let snapshot = process.client.snapshot().await.unwrap();
    let cold = started.elapsed().as_secs_f64() * 1000.0;
    let rows = snapshot.rows.values().map(Vec::len).sum::<usize>();
    line(&format!("Snapshot of {rows} rows, cold, received and parsed"), cold, "ms", "<= 500", cold <= 500.0);
    let started = Instant::now();
    process.client.snapshot().await.unwrap();
    line("Snapshot again", started.elapsed().as_secs_f64() * 1000.0, "ms", "-", true);
    line("Office after snapshots, resident", process.memory_mb(), "MB", "-", true);
}

/// Search over a million past requests.
async fn find(database: &str) {
    let started = Instant::now();
    fill(&open(database).await, 1_000_000, RequestState::Closed).await;
    println!("  1,000,000 past requests written in {:.0} s", started.elapsed().as_secs_f64());
    let process = Process::start(database).await;
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
            found = process.client.search(typed).await.unwrap().rows.len();
            slowest = slowest.max(started.elapsed().as_secs_f64() * 1000.0);
        }
        line(
            &format!("Search « {typed} » over 1,000,000 ({found} shown), slowest of 5"),
            slowest,
            "ms",
            "<= 50",
            slowest <= 50.0,
        );
    }
    line("Office after searches, resident", process.memory_mb(), "MB", "-", true);
}
