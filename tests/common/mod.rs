//! What all integration tests share: real offices on real databases, people with accounts, and conditions to wait for.

#![allow(dead_code, reason = "each test binary uses its own part")]

use jiff::{ToSpan, Zoned, civil::Date, tz::TimeZone};
use loge::{
    client::{Client, Options, StreamEvent, Token},
    domain::{
        access::{Role, Sites},
        ids::{BeneficiaryId, ClientId, OperatorId, ServiceId, SiteId},
        operator::{OperatorFields, Preferences},
    },
    office::{
        auth,
        serve::{Office, listen},
        storage::{StorageError, Store},
        writer,
    },
    wire::{
        catalogue::Command,
        change::{Change, Done, Seq},
        fresh,
    },
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::{collections::BTreeSet, future::Future, time::Duration};
use tempfile::TempDir;

/// The engines that every story runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file in a temporary folder.
    Sqlite,
    /// A database of its own on the test's server.
    Postgres,
}

/// A database that is the test's own.
pub struct Database {
    /// The SQLite file's folder; gone with the test.
    folder: TempDir,
    /// Where a PostgreSQL database is.
    pub url: Option<String>,
}

impl Database {
    /// An empty database.
    pub async fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(empty_postgres().await),
        };
        Self { folder, url }
    }

    /// Opens it.
    pub async fn open(&self) -> Store {
        self.try_open().await.unwrap()
    }

    /// Opens it, or says why not.
    pub async fn try_open(&self) -> Result<Store, StorageError> {
        match &self.url {
            None => Store::open_file(&self.folder.path().join("loge.sqlite")).await,
            Some(url) => Store::open_url(url).await,
        }
    }

    /// How `loge office --database` names it.
    pub fn argument(&self) -> String {
        self.url.clone().unwrap_or_else(|| self.folder.path().join("loge.sqlite").display().to_string())
    }

    /// A folder for the test's files.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }
}

/// A new database on the server that the test command started.
async fn empty_postgres() -> String {
    let server = std::env::var("LOGE_TEST_POSTGRES")
        .expect("./test starts a PostgreSQL server and names it in LOGE_TEST_POSTGRES");
    let name = format!("loge_{}", uuid::Uuid::now_v7().simple());
    let pool = sqlx::PgPool::connect(&server).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&pool).await.unwrap();
    pool.close().await;
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}

/// An office that runs, with a manager who is logged in.
pub struct House {
    /// Its database.
    pub database: Database,
    /// The office.
    pub office: Office,
    /// A person who may do everything.
    pub manager: Person,
}

/// A logged-in person.
#[derive(Clone)]
pub struct Person {
    /// The account.
    pub id: OperatorId,
    /// The login.
    pub login: String,
    /// The way to the office.
    pub client: Client,
}

/// Every test account's password.
pub const PASSWORD: &str = "un mot de passe de test";

impl House {
    /// An office on an empty database.
    pub async fn open(engine: Engine) -> Self {
        Self::over(Database::new(engine).await).await
    }

    /// An office over a database.
    pub async fn over(database: Database) -> Self {
        let office = start(&database).await;
        let roles = [Role::Manager, Role::Operator, Role::Dispatcher, Role::Concierge];
        let manager = person_with(&office, "responsable", &roles, Sites::All, None).await;
        Self { database, office, manager }
    }

    /// A second office on the same database.
    pub async fn second_office(&self) -> Office {
        start(&self.database).await
    }

    /// A person with roles on all sites.
    pub async fn person(&self, login: &str, roles: &[Role]) -> Person {
        person_with(&self.office, login, roles, Sites::All, None).await
    }

    /// A person with roles on some sites.
    pub async fn person_on(&self, login: &str, roles: &[Role], sites: &[SiteId]) -> Person {
        person_with(&self.office, login, roles, Sites::Only(sites.iter().copied().collect()), None).await
    }

    /// A client's coordinator.
    pub async fn coordinator(&self, login: &str, client: ClientId) -> Person {
        person_with(&self.office, login, &[Role::Coordinator], Sites::All, Some(client)).await
    }
}

/// An office over a database.
pub async fn start(database: &Database) -> Office {
    let store = database.open().await;
    Office::start(store, listen(([127, 0, 0, 1], 0).into()).unwrap(), None).await.unwrap()
}

/// Enters an account and logs it in.
pub async fn person_with(
    office: &Office,
    login: &str,
    roles: &[Role],
    sites: Sites,
    client_id: Option<ClientId>,
) -> Person {
    let id: OperatorId = fresh();
    let body = OperatorFields {
        login: login.to_owned().try_into().unwrap(),
        name: login.parse().unwrap(),
        roles: roles.iter().copied().collect::<BTreeSet<_>>(),
        sites,
        client_id,
        extensions: BTreeSet::new(),
        preferences: Preferences::default(),
    };
    let command = Command::CreateOperator { id, body };
    writer::all_or_nothing(&office.app.store, vec![command]).await.unwrap();
    // A cheap hash: the tests log in many people.
    let hash = auth::hash(PASSWORD.to_owned()).await.unwrap();
    let mut tx = office.app.store.write().await.unwrap();
    auth::store_password(&mut tx, id, &hash).await.unwrap();
    tx.commit().await.unwrap();
    let client = client_of(office);
    client.log_in(login.parse().unwrap(), PASSWORD.to_owned()).await.unwrap();
    Person { id, login: login.to_owned(), client }
}

/// A client of an office, not logged in.
pub fn client_of(office: &Office) -> Client {
    Client::new(vec![office.url().parse().unwrap()], Options::default()).unwrap()
}

impl Person {
    /// Gives a command, which must be carried out.
    pub async fn does(&self, command: Command) -> Done {
        let name = command.name();
        self.tries(command).await.unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    /// Gives a command under a fresh key.
    pub async fn tries(&self, command: Command) -> Result<Done, loge::client::ClientError> {
        self.client.send(fresh(), &command).await
    }

    /// Gives a command written as JSON: name, subject, body.
    pub async fn gives(&self, name: &str, id: impl ToString, body: Value) -> Done {
        self.does(command(name, id, body)).await
    }

    /// The kind of problem that a command runs into.
    pub async fn refused(&self, name: &str, id: impl ToString, body: Value) -> loge::wire::problem::Problem {
        match self.tries(command(name, id, body)).await {
            Err(loge::client::ClientError::Problem(problem)) => *problem,
            other => panic!("{name} was not refused: {other:?}"),
        }
    }

    /// A row.
    pub async fn row<T: DeserializeOwned>(&self, kind: loge::domain::entity::EntityKind, id: impl ToString) -> T {
        let row = self.client.row(kind, id.to_string().parse().unwrap()).await.unwrap();
        serde_json::from_str(row.get()).unwrap()
    }
}

/// A command from its name, subject and body.
#[allow(clippy::needless_pass_by_value, reason = "a story gives what it makes on the spot")]
pub fn command(name: &str, id: impl ToString, body: Value) -> Command {
    let id = id.to_string().parse().ok();
    Command::parse(name, id, body.to_string().as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The word of a problem's kind.
pub fn word(problem: &loge::wire::problem::Problem) -> &str {
    problem.known().map_or("unknown", loge::wire::problem::ProblemKind::word)
}

/// A small directory: one client, two sites, two services, one person.
pub struct Directory {
    /// The organisation.
    pub client: ClientId,
    /// Its first site.
    pub merignac: SiteId,
    /// Its second site.
    pub bruges: SiteId,
    /// A service that is carried.
    pub pressing: ServiceId,
    /// A service that is brought.
    pub bread: ServiceId,
    /// A person of the first site.
    pub durand: BeneficiaryId,
    /// The place in the feed after all of it.
    pub seq: Seq,
}

/// Enters the small directory.
pub async fn directory(manager: &Person) -> Directory {
    let mut all = Directory {
        client: fresh(),
        merignac: fresh(),
        bruges: fresh(),
        pressing: fresh(),
        bread: fresh(),
        durand: fresh(),
        seq: Seq(0),
    };
    let client = json!({ "name": "Métropole", "switchboards": ["05 36 49 00 00"] });
    manager.gives("client.create", all.client, client).await;
    for (site, name) in [(all.merignac, "Mérignac"), (all.bruges, "Bruges")] {
        manager.gives("site.create", site, json!({ "name": name, "commune": name, "client_id": all.client })).await;
    }
    let service = |name: &str, cents: i64, carriage: &str| {
        json!({ "name": name, "family": "textile", "everyday": "everyday", "vat": 2000, "carriage": carriage,
                "price": { "kind": "per_unit", "cents": cents } })
    };
    manager.gives("service.create", all.pressing, service("Pressing", 450, "there_and_back")).await;
    manager.gives("service.create", all.bread, service("Pain tradition", 130, "delivered")).await;
    let durand = json!({ "family_name": "Durand", "given_name": "Claire", "client_id": all.client, "site_id": all.merignac,
                         "phones": ["05 36 49 12 34"], "emails": ["claire.durand@metropole.example"] });
    let done = manager.gives("beneficiary.create", all.durand, durand).await;
    all.seq = done.changes.last().unwrap().seq;
    all
}

/// The fields of a request that can be triaged.
pub fn complete(directory: &Directory) -> Value {
    json!({ "channel": "phone", "requester": { "kind": "person", "id": directory.durand }, "service_id": directory.pressing,
            "site_id": directory.merignac, "payer": { "kind": "person" }, "quantity": 3, "detail": "chemises",
            "when": { "kind": "due", "at": "2026-11-27T12:00:00" } })
}

/// Today where the houses of the tests are, in Paris, whatever the zone of the machine.
pub fn today() -> Date {
    Zoned::now().with_time_zone(TimeZone::get("Europe/Paris").unwrap()).date()
}

/// That many days after today, there.
pub fn in_days(days: i32) -> Date {
    today() + days.days()
}

/// Waits until something is so; fails after ten seconds.
pub async fn until<F: Future<Output = bool>>(what: &str, mut holds: impl FnMut() -> F) {
    let waited = tokio::time::timeout(Duration::from_secs(10), async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    waited.await.unwrap_or_else(|_| panic!("waited in vain until {what}"));
}

/// A change stream that hands out changes until a condition holds.
pub struct Watch {
    stream: loge::client::ChangeStream,
    /// What was received.
    pub seen: Vec<Change>,
}

impl Watch {
    /// A stream of a person from a place on.
    pub fn from(person: &Person, after: Seq) -> Self {
        Self { stream: person.client.changes(after), seen: Vec::new() }
    }

    /// The next change; fails after ten seconds.
    pub async fn next(&mut self) -> Change {
        match self.event().await {
            StreamEvent::Change(change) => {
                self.seen.push(change.clone());
                change
            }
            other => panic!("expected a change, got {other:?}"),
        }
    }

    /// The next event that is no mere sign of life.
    pub async fn event(&mut self) -> StreamEvent {
        let waited = tokio::time::timeout(Duration::from_secs(10), async {
            loop {
                match self.stream.next().await.expect("the stream ended") {
                    StreamEvent::Connected { .. } | StreamEvent::Alive { .. } => {}
                    other => return other,
                }
            }
        });
        waited.await.expect("waited in vain for a change")
    }

    /// Waits until the stream is connected.
    pub async fn connected(mut self) -> Self {
        let waited = tokio::time::timeout(Duration::from_secs(10), self.stream.next());
        match waited.await.expect("waited in vain for the stream").expect("the stream ended") {
            StreamEvent::Connected { .. } | StreamEvent::Alive { .. } => self,
            other => panic!("expected a connection, got {other:?}"),
        }
    }
}

/// The text of a session's token, for requests made by hand.
pub async fn session(office: &Office, login: &str) -> String {
    client_of(office).log_in(login.parse().unwrap(), PASSWORD.to_owned()).await.unwrap().token
}

/// A session token of a person.
pub async fn token(office: &Office, login: &str) -> Token {
    Token::try_from(session(office, login).await.as_str()).unwrap()
}

/// What came back to a request made by hand.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: reqwest::header::HeaderMap,
    /// The body.
    pub text: String,
}

impl Answer {
    /// A header; empty if it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The word of the problem; empty if it is none.
    pub fn word(&self) -> String {
        let kind = self.json()["type"].as_str().unwrap_or_default().to_owned();
        kind.rsplit(':').next().unwrap_or_default().to_owned()
    }
}

/// Requests made by hand, for what the typed client cannot say.
#[derive(Clone)]
pub struct Hand {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
}

impl Hand {
    /// Of nobody.
    pub fn new(office: &Office) -> Self {
        loge::client::tls::install();
        let http = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(10)).build().unwrap();
        Self { http, base: office.url(), token: None }
    }

    /// Of a person, in a session of its own.
    pub async fn of(office: &Office, login: &str) -> Self {
        Self { token: Some(session(office, login).await), ..Self::new(office) }
    }

    /// Asks, with headers and a body as they are.
    pub async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<Vec<u8>>) -> Answer {
        let mut request = self.http.request(method.parse().unwrap(), format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        let response = request.send().await.unwrap_or_else(|error| panic!("{method} {path}: {error:?}"));
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer { status, headers, text: response.text().await.unwrap() }
    }

    /// Reads.
    pub async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], None).await
    }

    /// Gives a command under a fresh key.
    pub async fn put_in(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.keyed(method, path, &uuid::Uuid::now_v7().to_string(), body).await
    }

    /// Gives a command under a key.
    pub async fn keyed(&self, method: &str, path: &str, key: &str, body: &Value) -> Answer {
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        self.ask(method, path, &headers, Some(body.to_string().into_bytes())).await
    }
}

impl House {
    /// Changes the database behind the office's back.
    pub async fn sql(&self, sql: &str) {
        let mut tx = self.office.app.store.write().await.unwrap();
        tx.execute(sql.to_owned(), &[]).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A number from the database.
    pub async fn number(&self, sql: &str) -> i64 {
        self.office.app.store.read().await.unwrap().row(sql.to_owned(), &[]).await.unwrap().unwrap().int(0).unwrap()
    }

    /// The state of a row.
    pub async fn state(&self, kind: loge::domain::entity::EntityKind, id: impl ToString) -> String {
        let row: Value = self.manager.row(kind, id).await;
        row["state"].as_str().unwrap_or_default().to_owned()
    }
}
