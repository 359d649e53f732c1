//! The mailboxes that the office takes mail from: filled by a program of mail, or fetched by IMAP.

use super::{ConfigError, Sources};
use crate::domain::texts::ShortText;
use serde::Deserialize;
use std::{net::IpAddr, path::PathBuf};

/// A mailbox of the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// What the house calls it.
    pub name: ShortText,
    /// The site that it stands for, by name or id.
    pub site: Option<String>,
    /// Whether who writes is told by itself that the message came.
    pub acknowledge: Acknowledge,
    /// Where it is fetched; none if mail is handed in.
    pub imap: Option<Imap>,
}

/// Whether who writes to a mailbox is told by itself that the message came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Acknowledge {
    /// Nobody is.
    #[default]
    No,
    /// In the program's own words.
    BuiltIn,
    /// In those of a text module of the house.
    Module(ShortText),
}

/// The same as it is written: `true`, or a module's name.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Acknowledging {
    Switch(bool),
    Module(ShortText),
}

impl From<Acknowledging> for Acknowledge {
    fn from(written: Acknowledging) -> Self {
        match written {
            Acknowledging::Switch(false) => Self::No,
            Acknowledging::Switch(true) => Self::BuiltIn,
            Acknowledging::Module(name) => Self::Module(name),
        }
    }
}

/// Where and how a mailbox is fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imap {
    /// The server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way there is protected.
    pub tls: Tls,
    /// Authorities to trust besides those of the system, PEM.
    pub ca_file: Option<PathBuf>,
    /// The account.
    pub user: String,
    /// What opens it.
    pub secret: Secret,
    /// The folder that is read.
    pub folder: String,
    /// What is done with what is on disk.
    pub when_taken: WhenTaken,
}

/// How the way to a server of mail is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// From the first byte on.
    Implicit,
    /// Asked for before anything else is said.
    Starttls,
    /// Not at all: to this machine only.
    None,
}

/// What opens an account. It names where a secret is, never the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Secret {
    /// A password in a file.
    PasswordFile(PathBuf),
    /// A command that prints a password; run without a shell.
    PasswordCommand(Vec<String>),
    /// A command that prints an access token (OAuth 2), for XOAUTH2.
    TokenCommand(Vec<String>),
}

/// What is done in the mailbox with a message that is on disk here. Nothing is ever deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhenTaken {
    /// It is marked as read.
    Seen,
    /// It is flagged.
    Flagged,
    /// It is moved to another folder.
    MovedTo(String),
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Taken {
    Seen,
    Flagged,
    Moved,
}

/// `[[office.mailbox]]` as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    name: ShortText,
    site: Option<String>,
    acknowledge: Option<Acknowledging>,
    host: Option<String>,
    port: Option<u16>,
    tls: Option<Tls>,
    ca_file: Option<PathBuf>,
    user: Option<String>,
    password_file: Option<PathBuf>,
    password_command: Option<Vec<String>>,
    token_command: Option<Vec<String>>,
    folder: Option<String>,
    when_taken: Option<Taken>,
    move_to: Option<String>,
}

/// All mailboxes, each name once.
pub(super) fn settle(tables: Vec<Table>, sources: &Sources<'_>) -> Result<Vec<Mailbox>, ConfigError> {
    let mut all: Vec<Mailbox> = Vec::with_capacity(tables.len());
    for table in tables {
        let name = table.name.clone();
        let wrong = |why: &'static str| ConfigError::Mailbox { name: name.to_string(), why };
        // It stands in addresses of the API.
        if !name.as_str().bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.@".contains(&b)) {
            return Err(wrong("name"));
        }
        if all.iter().any(|known| known.name == name) {
            return Err(wrong("twice"));
        }
        all.push(table.settle(sources, &wrong)?);
    }
    Ok(all)
}

impl Table {
    fn settle(
        self,
        sources: &Sources<'_>,
        wrong: &impl Fn(&'static str) -> ConfigError,
    ) -> Result<Mailbox, ConfigError> {
        let Self { name, site, host, .. } = &self;
        let (name, site, host) = (name.clone(), site.clone(), host.clone());
        let acknowledge = self.acknowledge.map_or(Acknowledge::No, Into::into);
        let Some(host) = host else { return Ok(Mailbox { name, site, acknowledge, imap: None }) };
        let tls = self.tls.unwrap_or(Tls::Implicit);
        let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback());
        if tls == Tls::None && !is_here {
            return Err(wrong("plain"));
        }
        let secrets = [
            self.password_file.map(|file| Secret::PasswordFile(sources.beside(file))),
            self.password_command.filter(|command| !command.is_empty()).map(Secret::PasswordCommand),
            self.token_command.filter(|command| !command.is_empty()).map(Secret::TokenCommand),
        ];
        let mut secrets = secrets.into_iter().flatten();
        let (Some(user), Some(secret), None) = (self.user, secrets.next(), secrets.next()) else {
            return Err(wrong("secret"));
        };
        let when_taken = match (self.when_taken, self.move_to) {
            (Some(Taken::Moved) | None, Some(folder)) => WhenTaken::MovedTo(folder),
            (Some(Taken::Seen) | None, None) => WhenTaken::Seen,
            (Some(Taken::Flagged), None) => WhenTaken::Flagged,
            (Some(Taken::Moved), None) | (Some(_), Some(_)) => return Err(wrong("move")),
        };
        let usual = if tls == Tls::Implicit { 993 } else { 143 };
        let ca_file = self.ca_file.map(|file| sources.beside(file));
        let (port, folder) = (self.port.unwrap_or(usual), self.folder.unwrap_or_else(|| "INBOX".into()));
        let imap = Imap { host, port, tls, ca_file, user, secret, folder, when_taken };
        Ok(Mailbox { name, site, acknowledge, imap: Some(imap) })
    }
}
