//! The console's budgets, measured in a real pseudo-terminal with 10,000 open requests: one line a figure, beside its budget.
//!
//! `cargo bench --bench console` measures at 120×40 and at 80×24. The office runs in a process of its own, on the same cores.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a benchmark may stop where it stands"
)]

#[path = "../tests/console/pty.rs"]
mod pty;

use loge::{
    domain::{
        access::{Role, Sites},
        entity::EntityKind,
        ids::{BeneficiaryId, ClientId, OperatorId, RequestId, ServiceId, SiteId},
        operator::{Language, OperatorFields, Preferences},
        request::{Request, RequestFields, RequestNumber, RequestState},
        time::Instant as Moment,
    },
    i18n::say,
    office::{
        auth,
        serve::{Office, listen},
        storage::{Store, document},
        writer,
    },
    wire::{catalogue::Command, fresh},
};
use pty::{Burst, Pty, Size, key};
use serde_json::json;
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Child, Stdio},
    time::Duration,
};

const SERVE: &str = "LOGE_BENCH_SERVE";
const PASSWORD: &str = "mot de passe de mesure";
const OPEN: u32 = 10_000;
/// After so long without a byte a frame is whole.
const QUIET: Duration = Duration::from_millis(40);
/// Presses that a median and a 99th percentile are taken of.
const PRESSES: usize = 300;

fn main() {
    loge::client::tls::install();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    if let Ok(database) = std::env::var(SERVE) {
        return runtime.block_on(serve(&database));
    }
    let folder = tempfile::tempdir_in(std::env::var("CARGO_TARGET_TMPDIR").unwrap_or_else(|_| ".".into())).unwrap();
    let database = folder.path().join("console.sqlite").display().to_string();
    runtime.block_on(async { fill(&Store::open_file(Path::new(&database)).await.unwrap()).await });
    let office = Process::start(&database);
    println!("{} cores, {OPEN} open requests", std::thread::available_parallelism().unwrap());
    for size in [Size::USUAL, Size::SMALL] {
        let home = tempfile::tempdir().unwrap();
        let token = runtime.block_on(token(&office.url));
        let file = home.path().join("token");
        fs::write(&file, token).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        println!("{}×{}", size.0, size.1);
        measure(&office.url, home.path(), size);
    }
}

async fn serve(database: &str) {
    let store = Store::open_file(Path::new(database)).await.unwrap();
    let office = Office::start(store, listen(([127, 0, 0, 1], 0).into()).unwrap(), None).await.unwrap();
    println!("{}", office.url());
    std::io::stdout().flush().unwrap();
    std::future::pending::<()>().await;
}

/// An office in a process of its own; killed when dropped.
struct Process {
    child: Child,
    url: String,
}

impl Process {
    fn start(database: &str) -> Self {
        let mut command = std::process::Command::new(std::env::current_exe().unwrap());
        let mut child = command.env(SERVE, database).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, url: line.trim().to_owned() }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn token(url: &str) -> String {
    let client = loge::client::Client::new(vec![url.parse().unwrap()], loge::client::Options::default()).unwrap();
    client.log_in("mesure".parse().unwrap(), PASSWORD.to_owned()).await.unwrap().token
}

/// A small directory, an account, and the open requests: one in ten is new and waits at the reception too.
async fn fill(store: &Store) {
    let (client, site, service): (ClientId, SiteId, ServiceId) = (fresh(), fresh(), fresh());
    let people: Vec<BeneficiaryId> = (0..400).map(|_| fresh()).collect();
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
    let pressing = json!({ "name": "Pressing", "family": "textile", "everyday": "everyday", "vat": 2000,
        "carriage": "there_and_back", "price": { "kind": "per_unit", "cents": 450 } });
    let mut commands = vec![
        parse("client.create", client.into(), json!({ "name": "Métropole" })),
        parse("site.create", site.into(), json!({ "name": "Mérignac", "commune": "Mérignac", "client_id": client })),
        parse("service.create", service.into(), pressing),
        Command::CreateOperator { id: operator, body: account },
    ];
    for (place, person) in people.iter().enumerate() {
        let body = json!({ "family_name": format!("Durand{place}"), "given_name": "Claire", "client_id": client, "site_id": site,
            "phones": [format!("05 36 49 {:02} {:02}", place / 100, place % 100)] });
        commands.push(parse("beneficiary.create", (*person).into(), body));
    }
    writer::all_or_nothing(store, commands).await.unwrap();
    let hash = auth::hash(PASSWORD.to_owned()).await.unwrap();
    let mut tx = store.write().await.unwrap();
    auth::store_password(&mut tx, operator, &hash).await.unwrap();
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
        let mut request = Request::create(id, RequestNumber::new(26, place + 1), fields, at, None).unwrap();
        request.state = if place % 10 == 0 { RequestState::New } else { RequestState::Triaged };
        let written = document::write(&request).unwrap();
        document::insert(&mut tx, EntityKind::Request, &id.to_string(), &written).await.unwrap();
    }
    tx.commit().await.unwrap();
    store.close().await;
}

fn line(what: &str, figure: f64, unit: &str, budget: Option<f64>) {
    let kept = budget.map_or("", |budget| if figure <= budget { "kept" } else { "MISSED" });
    let budget = budget.map_or_else(|| "-".to_owned(), |budget| format!("<= {budget}"));
    println!("  {what:<62} {figure:>10.2} {unit:<3} budget {budget:<9} {kept}");
}

fn start(url: &str, home: &Path, size: Size) -> Pty {
    let arguments = ["--office", url, "--token-file", "token"];
    Pty::start(env!("CARGO_BIN_EXE_loge"), &arguments, home, size, &[("COLORTERM", "truecolor")])
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Median and 99th percentile.
fn ranked(mut figures: Vec<f64>) -> (f64, f64) {
    figures.sort_by(f64::total_cmp);
    let at = |share: usize| figures.get((figures.len() * share / 100).min(figures.len().saturating_sub(1)));
    (at(50).copied().unwrap_or_default(), at(99).copied().unwrap_or_default())
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

fn report(what: &str, bursts: &[Burst], median_bytes: f64) {
    if bursts.is_empty() {
        println!("  {what}: nothing was printed, so nothing is measured                                     MISSED");
        return;
    }
    let (median, p99) = ranked(bursts.iter().map(|burst| burst.bytes as f64).collect());
    line(&format!("{what}: bytes, median of {}", bursts.len()), median, "B", Some(median_bytes));
    line(&format!("{what}: bytes, p99"), p99, "B", Some(2048.0));
    let (median, p99) = ranked(bursts.iter().map(|burst| ms(burst.took)).collect());
    line(&format!("{what}: key to painted, median"), median, "ms", Some(1.0));
    line(&format!("{what}: key to painted, p99"), p99, "ms", Some(3.0));
}

fn measure(url: &str, home: &Path, size: Size) {
    let online = say(Language::Fr, "connection-online", &[]);
    let mut console = start(url, home, size);
    console.sees(&online);
    console.sees("26-");
    console.settle(Duration::from_secs(2));
    let (memory, own) = (status_kb(&console, "VmRSS"), status_kb(&console, "RssAnon"));
    report("Accueil, selection", &bursts(&mut console, PRESSES, moves), 600.0);
    console.press("n");
    console.settle(QUIET * 5);
    let typed = ["p", "r", "e", "s", "s", "i", "n", "g", " ", "3", " ", "v", "e", "n", "\x15"];
    report("Entry line, typing", &bursts(&mut console, PRESSES, |place| typed[place % typed.len()]), 2048.0);
    console.press("\x15");
    console.press(key::ESCAPE);
    console.settle(Duration::from_millis(500));
    let change = console.measure("4", Duration::from_millis(150));
    line("Change of screen: bytes", change.bytes as f64, "B", None);
    line("Change of screen: key to painted", ms(change.took), "ms", None);
    report("Demandes, selection", &bursts(&mut console, PRESSES, moves), 150.0);
    line("Resident once settled", memory / 1024.0, "MB", Some(25.0));
    line("  of it the console's own; the rest is the program's file", own / 1024.0, "MB", None);
    line("Resident after use", status_kb(&console, "VmRSS") / 1024.0, "MB", Some(25.0));
    let before = processor_ms(&console);
    let bytes = console.prints_in(Duration::from_mins(1));
    line("Idle for a minute: bytes", bytes as f64, "B", Some(500.0));
    line("Idle for a minute: share of a core", (processor_ms(&console) - before) / 600.0, "%", Some(0.1));
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
    line("First frame after start, median of 5", ranked(frames).0, "ms", Some(30.0));
    line("First frame with the rows that were kept, median of 5", ranked(rows).0, "ms", Some(150.0));
}

/// A figure of the process in kilobytes (Linux: `/proc`).
fn status_kb(console: &Pty, name: &str) -> f64 {
    let status = fs::read_to_string(format!("/proc/{}/status", console.id())).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|text| text.parse().ok()).unwrap_or(0.0)
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
