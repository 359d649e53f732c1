//! How mail leaves the office: `[office.smtp]`, a server or a pickup folder, and under which name.

use super::{ConfigError, NotAccepted, Sources};
use crate::domain::email::EmailAddress;
use serde::Deserialize;
use std::{net::IpAddr, path::PathBuf};

/// How the line to the mail server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    /// TLS from the first byte (RFC 8314), by default on port 465.
    #[default]
    Implicit,
    /// TLS after the greeting, and not without it, by default on port 587.
    Starttls,
    /// None: to this machine only.
    None,
}

impl Protection {
    /// The port that it is usually found on.
    const fn port(self) -> u16 {
        match self {
            Self::Implicit => 465,
            Self::Starttls => 587,
            Self::None => 25,
        }
    }
}

/// Where a password comes from; it does not stand in the configuration itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordSource {
    /// The first line of a file.
    File(PathBuf),
    /// The first line that a command prints, run without a shell.
    Command(Vec<String>),
}

/// A server that takes mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the line to it is protected.
    pub protection: Protection,
    /// Authorities to trust besides those of the system, PEM.
    pub ca_file: Option<PathBuf>,
    /// Who logs in, if anybody does.
    pub login: Option<(String, PasswordSource)>,
}

/// Where mail goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outlet {
    /// To a server.
    Server(Server),
    /// Into a folder, one file a mail, where another program picks them up.
    Folder(PathBuf),
}

/// How mail leaves the office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Where it goes.
    pub outlet: Outlet,
    /// The house's address.
    pub from: EmailAddress,
    /// The house's name beside it.
    pub name: Option<String>,
    /// Where answers go, if not to `from`.
    pub reply_to: Option<EmailAddress>,
    /// The domain of the `Message-ID`s.
    pub domain: String,
    /// What stands under each text.
    pub signature: Option<String>,
}

/// `[office.smtp]` as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Table {
    host: Option<String>,
    port: Option<u16>,
    tls: Option<Protection>,
    ca_file: Option<PathBuf>,
    user: Option<String>,
    password_file: Option<PathBuf>,
    password_command: Option<Command>,
    folder: Option<PathBuf>,
    from: Option<EmailAddress>,
    name: Option<String>,
    reply_to: Option<EmailAddress>,
    domain: Option<Domain>,
    signature: Option<String>,
}

/// A command with its arguments.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Vec<String>")]
struct Command(Vec<String>);

impl TryFrom<Vec<String>> for Command {
    type Error = NotAccepted;

    fn try_from(words: Vec<String>) -> Result<Self, NotAccepted> {
        if words.first().is_some_and(|program| !program.is_empty()) { Ok(Self(words)) } else { Err(NotAccepted) }
    }
}

/// The right side of an address.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct Domain(String);

impl TryFrom<String> for Domain {
    type Error = NotAccepted;

    fn try_from(text: String) -> Result<Self, NotAccepted> {
        let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        if !text.is_empty() && text.chars().all(good) { Ok(Self(text.to_lowercase())) } else { Err(NotAccepted) }
    }
}

impl Table {
    /// The settings; none if the table is not written.
    pub(super) fn settle(self, sources: &Sources<'_>) -> Result<Option<Mail>, ConfigError> {
        let Some(from) = self.from else {
            let is_empty = self.host.is_none() && self.folder.is_none();
            return if is_empty { Ok(None) } else { Err(ConfigError::MailIncomplete { missing: "from" }) };
        };
        let outlet = match (self.host, self.folder) {
            (Some(_), Some(_)) => return Err(ConfigError::TwoOutlets),
            (None, None) => return Err(ConfigError::MailIncomplete { missing: "host" }),
            (None, Some(folder)) => Outlet::Folder(sources.data.join(folder)),
            (Some(host), None) => {
                let protection = self.tls.unwrap_or_default();
                if protection == Protection::None && !is_loopback(&host) {
                    return Err(ConfigError::PlainSmtp(host));
                }
                let file = self.password_file.map(|file| PasswordSource::File(sources.beside(file)));
                let command = self.password_command.map(|Command(words)| PasswordSource::Command(words));
                let login = match (self.user, file.or(command)) {
                    (Some(user), Some(password)) => Some((user, password)),
                    (None, None) => None,
                    (Some(_), None) => return Err(ConfigError::MailIncomplete { missing: "password_file" }),
                    (None, Some(_)) => return Err(ConfigError::MailIncomplete { missing: "user" }),
                };
                let port = self.port.unwrap_or(protection.port());
                let ca_file = self.ca_file.map(|file| sources.beside(file));
                Outlet::Server(Server { host, port, protection, ca_file, login })
            }
        };
        let of_address = || from.as_str().rsplit_once('@').map_or_else(String::new, |(_, domain)| domain.to_owned());
        let domain = self.domain.map_or_else(of_address, |Domain(domain)| domain);
        Ok(Some(Mail { outlet, from, name: self.name, reply_to: self.reply_to, domain, signature: self.signature }))
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}
