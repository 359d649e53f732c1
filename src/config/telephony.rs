//! `[[office.telephony]]`: the telephone systems that the office itself connects to.

use super::{ConfigError, NotAccepted, Sources, command_line::CommandLine};
use crate::domain::texts::ShortText;
use serde::Deserialize;
use std::{fmt, path::PathBuf, str::FromStr};

/// What a telephone system that the office connects to speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionFormat {
    /// OVH's stream of events, asked for by long polling.
    Ovh,
    /// Asterisk's manager interface.
    Asterisk,
}

impl ConnectionFormat {
    /// The word in the configuration.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ovh => "ovh",
            Self::Asterisk => "asterisk",
        }
    }
}

/// Where a telephone system is: an http or https address, or a host with its port.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Address {
    /// Of a stream of events.
    Web(reqwest::Url),
    /// Of a manager interface.
    Host(String),
}

impl FromStr for Address {
    type Err = NotAccepted;

    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        let text = text.trim();
        if text.contains("://") {
            let url: reqwest::Url = text.parse().map_err(|_| NotAccepted)?;
            // What is asked along with it is the office's own: a token in the address would be shown with it.
            let plain = url.query().is_none() && url.username().is_empty() && url.password().is_none();
            let fits = matches!(url.scheme(), "http" | "https") && url.has_host() && plain;
            return if fits { Ok(Self::Web(url)) } else { Err(NotAccepted) };
        }
        let (host, port) = text.rsplit_once(':').ok_or(NotAccepted)?;
        let fits = !host.is_empty() && !host.contains(char::is_whitespace) && port.parse::<u16>().is_ok();
        if fits { Ok(Self::Host(text.to_owned())) } else { Err(NotAccepted) }
    }
}

impl TryFrom<String> for Address {
    type Error = NotAccepted;

    fn try_from(text: String) -> Result<Self, NotAccepted> {
        text.parse()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Web(url) => url.fmt(f),
            Self::Host(host) => f.write_str(host),
        }
    }
}

/// Where a secret comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretSource {
    /// A file's first line.
    File(PathBuf),
    /// What a command prints first.
    Command(CommandLine),
}

/// A telephone system that the office connects to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Its name: the source of its calls.
    pub name: ShortText,
    /// What it speaks.
    pub format: ConnectionFormat,
    /// Where it is.
    pub address: Address,
    /// The account there, where it has accounts.
    pub user: Option<ShortText>,
    /// The token or password.
    pub secret: SecretSource,
}

/// One table as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    name: ShortText,
    format: ConnectionFormat,
    address: Address,
    user: Option<ShortText>,
    secret_file: Option<PathBuf>,
    secret_command: Option<CommandLine>,
}

impl Table {
    /// The connection; a relative path is taken from the file's own folder.
    pub(super) fn settle(self, sources: &Sources<'_>) -> Result<Connection, ConfigError> {
        let name = self.name.as_str().to_owned();
        let secret = match (self.secret_file, self.secret_command) {
            (Some(file), None) => SecretSource::File(sources.beside(file)),
            (None, Some(command)) => SecretSource::Command(command),
            _ => return Err(ConfigError::TelephonySecret(name)),
        };
        let fits = match (self.format, &self.address) {
            (ConnectionFormat::Ovh, Address::Web(_)) => true,
            (ConnectionFormat::Asterisk, Address::Host(_)) => self.user.is_some(),
            _ => false,
        };
        if !fits {
            return Err(ConfigError::TelephonyAddress(name));
        }
        Ok(Connection { name: self.name, format: self.format, address: self.address, user: self.user, secret })
    }
}
