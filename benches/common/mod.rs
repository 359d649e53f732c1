//! What the benchmarks share: a house with accounts, an office of the program itself, and lines of figures.

#![allow(dead_code, reason = "each benchmark uses its own part")]

use loge::{
    client::{Client, Options},
    domain::{
        access::{Role, Sites},
        ids::{BeneficiaryId, ClientId, OperatorId, ServiceId, SiteId},
        operator::{OperatorFields, Preferences},
    },
    office::{auth, storage::Store, writer},
    wire::{catalogue::Command, fresh},
};
use serde_json::json;
use std::{
    fs,
    io::{BufRead as _, BufReader},
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Child, Stdio},
};
use tempfile::TempDir;

/// Every account's password.
const PASSWORD: &str = "mot de passe de mesure";

/// A folder on the disk that is built on: a temporary folder may be held in memory.
pub fn folder() -> TempDir {
    tempfile::tempdir_in(std::env::var("CARGO_TARGET_TMPDIR").unwrap_or_else(|_| ".".into())).unwrap()
}

/// A file, or an address.
pub async fn open(database: &str) -> Store {
    if database.starts_with("postgres") {
        Store::open_url(database).await
    } else {
        Store::open_file(Path::new(database)).await
    }
    .unwrap()
}

/// Who and what the figures are about.
pub struct Directory {
    /// Where.
    pub site: SiteId,
    /// What is asked for.
    pub service: ServiceId,
    /// Who asks.
    pub people: Vec<BeneficiaryId>,
}

/// The number of the person at a place.
pub fn phone(place: usize) -> String {
    format!("05 36 49 {:02} {:02}", place / 100, place % 100)
}

/// The name of the person at a place: no other name begins like it.
pub fn name(place: usize) -> String {
    format!("Durand{place:04}")
}

/// The address of the person at a place.
pub fn mail(place: usize) -> String {
    format!("durand{place:04}@metropole.example")
}

/// A small directory and accounts that may do everything.
pub async fn furnish(store: &Store, people: usize, logins: &[&str]) -> Directory {
    let (client, site, service): (ClientId, SiteId, ServiceId) = (fresh(), fresh(), fresh());
    let people: Vec<BeneficiaryId> = (0..people).map(|_| fresh()).collect();
    let parse = |name: &str, id: uuid::Uuid, body: serde_json::Value| {
        Command::parse(name, Some(id), body.to_string().as_bytes()).unwrap()
    };
    let pressing = json!({ "name": "Pressing", "family": "textile", "everyday": "everyday", "vat": 2000,
        "carriage": "there_and_back", "price": { "kind": "per_unit", "cents": 450 } });
    let mut commands = vec![
        parse("client.create", client.into(), json!({ "name": "Métropole" })),
        parse("site.create", site.into(), json!({ "name": "Mérignac", "commune": "Mérignac", "client_id": client })),
        parse("service.create", service.into(), pressing),
    ];
    for (place, person) in people.iter().enumerate() {
        let body = json!({ "family_name": name(place), "given_name": "Claire", "client_id": client, "site_id": site,
            "phones": [phone(place)], "emails": [mail(place)] });
        commands.push(parse("beneficiary.create", (*person).into(), body));
    }
    let accounts: Vec<(OperatorId, OperatorFields)> = logins.iter().map(|login| (fresh(), account(login))).collect();
    commands.extend(accounts.iter().map(|(id, body)| Command::CreateOperator { id: *id, body: body.clone() }));
    writer::all_or_nothing(store, commands).await.unwrap();
    let hash = auth::hash(PASSWORD.to_owned()).await.unwrap();
    let mut tx = store.write().await.unwrap();
    for (operator, _) in accounts {
        auth::store_password(&mut tx, operator, &hash).await.unwrap();
    }
    tx.commit().await.unwrap();
    Directory { site, service, people }
}

fn account(login: &str) -> OperatorFields {
    OperatorFields {
        login: login.to_owned().try_into().unwrap(),
        name: login.parse().unwrap(),
        roles: [Role::Manager, Role::Operator, Role::Dispatcher, Role::Concierge].into(),
        sites: Sites::All,
        client_id: None,
        extensions: std::collections::BTreeSet::new(),
        preferences: Preferences::default(),
    }
}

/// The program in a home of its own.
pub fn program(home: &Path) -> std::process::Command {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_loge"));
    command.env_clear().env("HOME", home).env("LOGE_DATA", home.join("data"));
    command
}

/// An office in a process of its own; killed when dropped.
pub struct Office {
    child: Child,
    home: TempDir,
    /// Where it listens.
    pub url: String,
}

impl Office {
    /// Serves a database.
    pub fn start(database: &str) -> Self {
        Self::with(database, "")
    }

    /// Serves a database with further settings.
    pub fn with(database: &str, settings: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join(".config/loge");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("config.toml"), settings).unwrap();
        let mut child = program(home.path())
            .args(["--lang", "en", "office", "--listen", "127.0.0.1:0", "--database", database])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = |line: String| {
            let from = &line[line.find("http://")?..];
            Some(from.split([' ', ',']).next()?.trim_end_matches('.').to_owned())
        };
        let url = lines.map_while(Result::ok).find_map(address);
        Self { child, home, url: url.expect("the office does not start") }
    }

    /// Its home folder.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Somebody at the office.
    pub async fn client(&self, login: &str) -> Client {
        let client = Client::new(vec![self.url.parse().unwrap()], Options::default()).unwrap();
        client.log_in(login.parse().unwrap(), PASSWORD.to_owned()).await.unwrap();
        client
    }

    /// An operator's machine: a home with a token in it.
    pub async fn desk(&self, login: &str) -> TempDir {
        let client = Client::new(vec![self.url.parse().unwrap()], Options::default()).unwrap();
        let token = client.log_in(login.parse().unwrap(), PASSWORD.to_owned()).await.unwrap().token;
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("token");
        fs::write(&file, token).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        home
    }

    /// Resident memory in MB.
    pub fn memory_mb(&self) -> f64 {
        status_kb(self.child.id(), "VmRSS") / 1024.0
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A figure of a process in kilobytes (Linux: `/proc`).
pub fn status_kb(process: u32, name: &str) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|text| text.parse().ok()).unwrap_or(0.0)
}

/// What a figure is held against.
#[derive(Clone, Copy, Debug)]
pub enum Budget {
    /// It may not be more.
    AtMost(f64),
    /// It may not be less.
    AtLeast(f64),
    /// It is told, not held.
    None,
}

/// One figure beside its budget.
pub fn line(what: &str, figure: f64, unit: &str, budget: Budget) {
    let (budget, kept) = match budget {
        Budget::AtMost(most) => (format!("<= {most}"), figure <= most),
        Budget::AtLeast(least) => (format!(">= {least}"), figure >= least),
        Budget::None => ("-".to_owned(), true),
    };
    let verdict = match (budget.as_str(), kept) {
        ("-", _) => "",
        (_, true) => "kept",
        (_, false) => "MISSED",
    };
    println!("  {what:<64} {figure:>10.2} {unit:<3} budget {budget:<9} {verdict}");
}

/// Puts figures in order.
pub fn ranked(mut figures: Vec<f64>) -> Ranked {
    figures.sort_by(f64::total_cmp);
    let at = |share: usize| {
        let place = (figures.len() * share / 100).min(figures.len().saturating_sub(1));
        figures.get(place).copied().unwrap_or_default()
    };
    Ranked { median: at(50), p95: at(95), p99: at(99) }
}

/// Figures put in order.
#[derive(Clone, Copy, Debug)]
pub struct Ranked {
    /// Half are not above it.
    pub median: f64,
    /// 95 of a hundred are not above it.
    pub p95: f64,
    /// 99 of a hundred are not above it.
    pub p99: f64,
}
