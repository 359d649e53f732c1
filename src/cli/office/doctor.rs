//! `loge office doctor`: looks whether an office can run here, and says what to do where it cannot.

mod mail;

use super::{
    super::{Voice, error::CliError},
    place, serve,
};
use crate::{
    config::{
        Config, ConfigError,
        office::{Database, Office, Transport},
    },
    office::{
        intake::telephony::connections,
        storage::{Engine, StorageError, Store, Tx, migrate::known_schema},
    },
};
use sqlx::{Connection as _, PgConnection, Row as _, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    net::TcpListener,
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// How far the machine's clock may be from the database's.
const SKEW_S: u64 = 2;

/// How long an office may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// What was looked at, and how it is.
struct Findings {
    voice: Voice,
    bad: usize,
}

impl Findings {
    /// One line: well, or what to do.
    fn line(&mut self, what: &str, advice: Option<String>) {
        self.tell(self.voice.sentence(what, &[]), advice);
    }

    /// The same of something that has a name.
    fn tell(&mut self, what: String, advice: Option<String>) {
        let what = ("what", what);
        match advice {
            None => self.voice.tell("cli-doctor-ok", &[what]),
            Some(advice) => {
                self.bad += 1;
                self.voice.tell("cli-doctor-bad", &[what, ("advice", advice)]);
            }
        }
    }

    fn error(&self, error: &CliError) -> String {
        error.said(self.voice.0).unwrap_or_default()
    }
}

/// Looks at everything and fails if something is not well.
pub(super) async fn run(loaded: Result<Config, ConfigError>, voice: Voice) -> Result<(), CliError> {
    let mut findings = Findings { voice, bad: 0 };
    match loaded {
        Ok(config) => {
            findings.line("cli-doctor-config", None);
            database(&config.office.database, &mut findings).await;
            certificate(&config.office, &mut findings).await;
            address(&config.office, &mut findings).await;
            mail::mailboxes(&config.office, &mut findings).await;
            mail::way_out(&config.office, &mut findings).await;
            telephony(&config.office, &mut findings).await;
        }
        Err(error) => findings.line("cli-doctor-config", Some(error.said(voice.0))),
    }
    if findings.bad == 0 {
        voice.tell("cli-doctor-all-well", &[]);
        return Ok(());
    }
    voice.remark("cli-doctor-not-well", &[("count", findings.bad.to_string())]);
    Err(CliError::Said)
}

async fn database(database: &Database, findings: &mut Findings) {
    if let Database::Sqlite(file) = database
        && !place::is_there(file)
    {
        let advice = findings.error(&place::nothing_there(database));
        return findings.line("cli-doctor-database", Some(advice));
    }
    let failed = |error| CliError::Storage { database: database.to_string(), error };
    // Opening a store would bring an old schema up to date: that is for the office to do.
    let found = match schema(database).await {
        Ok(found) => found,
        Err(error) => {
            let advice = findings.error(&failed(error));
            return findings.line("cli-doctor-database", Some(advice));
        }
    };
    findings.line("cli-doctor-database", None);
    let known = known_schema();
    if found != known {
        let advice = if found > known {
            findings.error(&failed(StorageError::NewerSchema { found, known }))
        } else {
            let versions = [("found", found.to_string()), ("known", known.to_string())];
            findings.voice.sentence("cli-doctor-advice-schema", &versions)
        };
        return findings.line("cli-doctor-schema", Some(advice));
    }
    findings.line("cli-doctor-schema", None);
    let opened = match database {
        Database::Sqlite(file) => Store::open_file(file).await,
        Database::Postgres(url) => Store::open_url(url.secret()).await,
    };
    match opened {
        Ok(store) => {
            if let Err(error) = contents(&store, findings).await {
                let advice = findings.error(&failed(error));
                findings.line("cli-doctor-integrity", Some(advice));
            }
            store.close().await;
        }
        Err(error) => {
            let advice = findings.error(&failed(error));
            findings.line("cli-doctor-integrity", Some(advice));
        }
    }
}

/// The schema of a database as it lies; 0 where it has none.
async fn schema(database: &Database) -> Result<i64, StorageError> {
    const IS_THERE: &str = "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'schema_version'";
    const VERSION: &str = "SELECT coalesce(max(version), 0) FROM schema_version";
    let unopened = |error: sqlx::Error| match StorageError::from(error) {
        StorageError::Engine(why) => StorageError::Open { place: database.to_string(), why: why.to_string() },
        known => known,
    };
    match database {
        Database::Sqlite(file) => {
            let options = SqliteConnectOptions::new().filename(file).busy_timeout(PATIENCE);
            let mut connection = SqliteConnection::connect_with(&options).await.map_err(unopened)?;
            let tables = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'";
            let there: i64 = sqlx::query(tables).fetch_one(&mut connection).await.map_err(unopened)?.try_get(0)?;
            if there == 0 {
                return Ok(0);
            }
            Ok(sqlx::query(VERSION).fetch_one(&mut connection).await?.try_get(0)?)
        }
        Database::Postgres(url) => {
            let mut connection = PgConnection::connect(url.secret()).await.map_err(unopened)?;
            let there: i64 = sqlx::query(IS_THERE).fetch_one(&mut connection).await?.try_get(0)?;
            if there == 0 {
                return Ok(0);
            }
            Ok(sqlx::query(VERSION).fetch_one(&mut connection).await?.try_get(0)?)
        }
    }
}

async fn contents(store: &Store, findings: &mut Findings) -> Result<(), StorageError> {
    let voice = findings.voice;
    let mut tx = store.read().await?;
    let contradiction = contradiction(&mut tx).await?;
    let broken = |why: String| voice.sentence("cli-doctor-advice-integrity", &[("why", why)]);
    findings.line("cli-doctor-integrity", contradiction.map(broken));
    let clock = tx.now_us().await?;
    let own = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_micros());
    let apart = own.abs_diff(u128::try_from(clock).unwrap_or_default()) / 1_000_000;
    let skew = u64::try_from(apart).unwrap_or(u64::MAX);
    let late = (skew > SKEW_S).then(|| voice.sentence("cli-doctor-advice-clock", &[("seconds", skew.to_string())]));
    findings.line("cli-doctor-clock", late);
    let managers =
        "SELECT CAST(operator.doc AS TEXT) FROM operator JOIN credential ON credential.operator_id = operator.id";
    let mut found = false;
    for row in tx.rows(managers, &[]).await? {
        let operator: crate::domain::operator::Operator = crate::office::storage::document::read(&row.text(0)?)?;
        let active = operator.standing == crate::domain::register::Standing::Active;
        found = found || (active && operator.fields.roles.contains(&crate::domain::access::Role::Manager));
    }
    findings.line("cli-doctor-accounts", (!found).then(|| voice.sentence("cli-doctor-advice-accounts", &[])));
    Ok(())
}

/// The first thing in the database that contradicts another.
async fn contradiction(tx: &mut Tx) -> Result<Option<String>, StorageError> {
    if tx.engine() == Engine::Sqlite {
        let said = tx.row("PRAGMA integrity_check(1)", &[]).await?.map_or(Ok(String::new()), |row| row.text(0))?;
        if said != "ok" {
            return Ok(Some(said));
        }
        if let Some(row) = tx.row("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1", &[]).await? {
            return Ok(Some(format!("a row of {} refers to one that is missing", row.text(0)?)));
        }
    }
    let feed_sql = "SELECT counter.value, (SELECT max(seq) FROM change) FROM counter WHERE counter.name = 'feed'";
    match tx.row(feed_sql, &[]).await? {
        None => Ok(Some("the feed has no counter".into())),
        Some(row) => {
            let (counter, newest) = (row.int(0)?, row.int_or_null(1)?);
            // An office that was idle for long has let go its whole feed.
            let agree = newest.is_none_or(|newest| newest == counter);
            Ok((!agree).then(|| format!("the feed counts {counter} and ends at {}", newest.unwrap_or_default())))
        }
    }
}

async fn certificate(office: &Office, findings: &mut Findings) {
    let Transport::Tls { certificate, key } = &office.transport else { return };
    let advice = match serve::readable(certificate, key).await {
        Err(error) => Some(findings.error(&error)),
        Ok(_) => open_to_others(key)
            .then(|| findings.voice.sentence("cli-doctor-advice-key", &[("file", key.display().to_string())])),
    };
    findings.line("cli-doctor-certificate", advice);
}

/// Whether others than the owner and its group may read or write a file.
#[cfg(unix)]
fn open_to_others(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(file).is_ok_and(|metadata| metadata.permissions().mode() & 0o027 != 0)
}

#[cfg(not(unix))]
fn open_to_others(_: &Path) -> bool {
    false
}

/// Each telephone system that the office connects to, by its name.
async fn telephony(office: &Office, findings: &mut Findings) {
    for connection in &office.telephony {
        let what = findings.voice.sentence("cli-doctor-telephony", &[("name", connection.name.to_string())]);
        let address = ("address", connection.address.to_string());
        let advice = connections::look(connection).await.err().map(|error| {
            let why = error.to_string().trim_end_matches('.').to_owned();
            findings.voice.sentence("cli-doctor-advice-telephony", &[address, ("why", why)])
        });
        findings.tell(what, advice);
    }
}

/// The address is well if it is free, or if an office answers there.
async fn address(office: &Office, findings: &mut Findings) {
    let advice = match TcpListener::bind(office.listen) {
        Ok(_) => None,
        Err(_) if answers(office).await => None,
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            Some(findings.voice.sentence("cli-port-taken", &[("address", office.listen.to_string())]))
        }
        Err(error) => {
            let variables = [("address", office.listen.to_string()), ("why", error.to_string())];
            Some(findings.voice.sentence("cli-listen-failed", &variables))
        }
    };
    findings.line("cli-doctor-listen", advice);
}

async fn answers(office: &Office) -> bool {
    // Whether the certificate is for this name matters to clients, not to the question whether an office runs.
    let client = reqwest::Client::builder().no_proxy().timeout(PATIENCE).tls_danger_accept_invalid_certs(true).build();
    let Ok(client) = client else { return false };
    client
        .get(format!("{}/readyz", serve::reached_at(office)))
        .send()
        .await
        .is_ok_and(|answer| answer.status().is_success())
}
