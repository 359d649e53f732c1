//! The office's settings: where it listens and how, where its data lie, what it logs.

use super::{
    ConfigError, NotAccepted, OfficeUrl, Sources,
    mail::{self, Mail},
    mailbox::{self, Mailbox},
    telephony,
    travel::{self, Travel},
};
use crate::telemetry::{LogFilter, LogFormat};
use serde::Deserialize;
use std::{
    fmt,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    str::FromStr,
};

/// The office's settings as given on the command line; texts, so that a wrong one is told in the reader's language.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct OfficeGiven {
    /// The address and port to listen on [env: `LOGE_LISTEN`]
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// The `SQLite` file, or a postgres:// address [env: `LOGE_DATABASE`]
    #[arg(long, global = true, value_name = "DATABASE")]
    pub database: Option<String>,
    /// The certificate chain (PEM); needs a key [env: `LOGE_CERTIFICATE`]
    #[arg(long, global = true, value_name = "FILE")]
    pub certificate: Option<String>,
    /// The certificate's private key (PEM) [env: `LOGE_KEY`]
    #[arg(long, global = true, value_name = "FILE")]
    pub key: Option<String>,
    /// Listen beyond this machine without a certificate [env: `LOGE_ALLOW_PLAIN_HTTP`]
    #[arg(long, global = true)]
    pub allow_plain_http: bool,
    /// The log's filter, such as info or loge=debug,info [env: `LOGE_LOG`]
    #[arg(long, global = true, value_name = "FILTER")]
    pub log: Option<String>,
}

/// The office's database. Its text forms leave out what may hold a password.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Database {
    /// One file, for one office.
    Sqlite(PathBuf),
    /// A server's, for several offices.
    Postgres(PostgresUrl),
}

/// The address of a `PostgreSQL` database.
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresUrl(reqwest::Url);

impl PostgresUrl {
    /// The whole address with its password: to connect with, never to show.
    pub fn secret(&self) -> &str {
        self.0.as_str()
    }
}

impl FromStr for Database {
    type Err = NotAccepted;

    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        let text = text.trim();
        match text.split_once("://") {
            None if text.is_empty() => Err(NotAccepted),
            None => Ok(Self::Sqlite(text.into())),
            Some(("postgres" | "postgresql", _)) => {
                text.parse().map(|url| Self::Postgres(PostgresUrl(url))).map_err(|_| NotAccepted)
            }
            Some(_) => Err(NotAccepted),
        }
    }
}

impl TryFrom<String> for Database {
    type Error = NotAccepted;

    fn try_from(text: String) -> Result<Self, NotAccepted> {
        text.parse()
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(file) => write!(f, "{}", file.display()),
            Self::Postgres(PostgresUrl(url)) => {
                write!(f, "postgres://{}", url.host_str().unwrap_or_default())?;
                if let Some(port) = url.port() {
                    write!(f, ":{port}")?;
                }
                f.write_str(url.path())
            }
        }
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Database({self})")
    }
}

/// How the office is spoken to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Plain http: to loopback, or where the configuration allows it.
    Plain,
    /// TLS.
    Tls {
        /// The certificate chain, PEM.
        certificate: PathBuf,
        /// The private key, PEM.
        key: PathBuf,
    },
}

/// The office's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where its data lie.
    pub database: Database,
    /// How it is spoken to.
    pub transport: Transport,
    /// The telephone systems that it connects to.
    pub telephony: Vec<telephony::Connection>,
    /// How mail leaves it, if it does.
    pub mail: Option<Mail>,
    /// How long ways are.
    pub travel: Travel,
    /// What it logs.
    pub log: LogFilter,
    /// How it logs.
    pub log_format: LogFormat,
    /// The mailboxes that mail comes from.
    pub mailboxes: Vec<Mailbox>,
    /// Where providers and couriers reach its pages, if not where it listens.
    pub public_url: Option<OfficeUrl>,
}

/// Where the office listens by default: this machine only.
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 7846);

/// `[office]` as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Table {
    listen: Option<SocketAddr>,
    database: Option<Database>,
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    allow_plain_http: Option<bool>,
    log: Option<LogFilter>,
    public_url: Option<OfficeUrl>,
    mailbox: Vec<mailbox::Table>,
    telephony: Vec<telephony::Table>,
    smtp: mail::Table,
    travel: travel::Table,
}

impl Table {
    /// The settings, once command line and environment were heard.
    ///
    /// A relative path of the file is taken from the data folder for the database, from the file's own folder for certificate and key;
    /// one of command line or environment from the working folder.
    pub(super) fn settle(self, given: &OfficeGiven, sources: &Sources<'_>) -> Result<Office, ConfigError> {
        let listen = sources.given("listen", given.listen.as_deref())?.or(self.listen).unwrap_or(LISTEN);
        let database = match sources.given("database", given.database.as_deref())? {
            Some(database) => database,
            None => match self.database.unwrap_or_else(|| Database::Sqlite("loge.sqlite".into())) {
                Database::Sqlite(file) => Database::Sqlite(sources.data.join(file)),
                postgres @ Database::Postgres(_) => postgres,
            },
        };
        let beside = |path| sources.beside(path);
        let certificate = sources.given("certificate", given.certificate.as_deref())?.or(self.certificate.map(beside));
        let key = sources.given("key", given.key.as_deref())?.or(self.key.map(beside));
        let flag = given.allow_plain_http.then_some("true");
        let allow_plain_http = sources.given("allow_plain_http", flag)?.or(self.allow_plain_http).unwrap_or(false);
        let transport = match (certificate, key) {
            (Some(certificate), Some(key)) => Transport::Tls { certificate, key },
            (None, None) if allow_plain_http || listen.ip().to_canonical().is_loopback() => Transport::Plain,
            (None, None) => return Err(ConfigError::PlainHttp(listen)),
            _ => return Err(ConfigError::HalfTls),
        };
        let log = sources.given("log", given.log.as_deref())?.or(self.log).unwrap_or_default();
        // For machines that collect logs: set where the process is started, not in a file that people share.
        let log_format = sources.given("log_format", None)?.unwrap_or_default();
        let mailboxes = mailbox::settle(self.mailbox, sources)?;
        let telephony: Vec<telephony::Connection> =
            self.telephony.into_iter().map(|table| table.settle(sources)).collect::<Result<_, _>>()?;
        for (place, connection) in telephony.iter().enumerate() {
            // Two systems of one name would mix up their calls.
            if telephony.iter().take(place).any(|other| other.name == connection.name) {
                return Err(ConfigError::TelephonyTwice(connection.name.as_str().to_owned()));
            }
        }
        let mail = self.smtp.settle(sources)?;
        let travel = self.travel.settle()?;
        let answers = |mailbox: &&Mailbox| mailbox.acknowledge != mailbox::Acknowledge::No;
        if let Some(mailbox) = mailboxes.iter().find(answers).filter(|_| mail.is_none()) {
            return Err(ConfigError::Mailbox { name: mailbox.name.to_string(), why: "acknowledge" });
        }
        Ok(Office {
            listen,
            database,
            transport,
            telephony,
            mail,
            travel,
            log,
            log_format,
            mailboxes,
            public_url: self.public_url,
        })
    }
}
