//! The settings of the machine: command line over environment over configuration file over defaults, each fault with its place and its remedy.

pub mod command_line;
pub mod console;
pub mod mail;
pub mod mailbox;
pub mod office;
pub mod telephony;
pub mod travel;

use crate::{domain::operator::Language, i18n::say};
use console::{Console, ConsoleGiven, KeyLine};
use etcetera::base_strategy::{BaseStrategy, Xdg};
use office::Office;
use serde::{Deserialize, de::DeserializeOwned};
use std::{
    collections::BTreeMap,
    fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    str::FromStr,
};
use thiserror::Error;
use toml::Spanned;

/// What is heard of the environment beside Loge's own variables: what terminals, SSH and locales say, and two wishes that people set for all programs.
pub const HEARD: &[&str] = &[
    "ACCESSIBLE",
    "COLORTERM",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LC_MESSAGES",
    "NO_COLOR",
    "SSH_CONNECTION",
    "SSH_TTY",
    "TERM",
    "TERM_PROGRAM",
    "TMUX",
];

/// What surrounds the process; handed in, so that a test touches no real home folder. It has no debug form, for variables may hold a password.
#[derive(Clone, Default)]
pub struct Surroundings {
    /// The environment's variables that begin with `LOGE_`, and [`HEARD`]; an empty one counts as not set.
    pub variables: BTreeMap<String, String>,
    /// Loge's folder for configuration (XDG Base Directory Specification).
    pub config_folder: Option<PathBuf>,
    /// Loge's folder for data (same source).
    pub data_folder: Option<PathBuf>,
}

impl Surroundings {
    /// Those of this process.
    pub fn of_process() -> Self {
        let folders = Xdg::new().ok();
        let variables = std::env::vars_os()
            .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()));
        let heard = |name: &str| name.starts_with("LOGE_") || HEARD.contains(&name);
        Self {
            variables: variables.filter(|(name, _)| heard(name)).collect(),
            config_folder: folders.as_ref().map(|xdg| xdg.config_dir().join("loge")),
            data_folder: folders.as_ref().map(|xdg| xdg.data_dir().join("loge")),
        }
    }

    /// Whether keys come over SSH.
    pub fn is_over_ssh(&self) -> bool {
        ["SSH_CONNECTION", "SSH_TTY"].iter().any(|name| self.variable(name).is_some())
    }

    /// A variable that is set and not empty.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

/// Where things lie, as given on the command line.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Places {
    /// The configuration file [env: `LOGE_CONFIG`]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The folder for data [env: `LOGE_DATA`]
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// All that the command line gives.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Where things lie.
    pub places: Places,
    /// The office's settings.
    pub office: office::OfficeGiven,
    /// The console's settings.
    pub console: ConsoleGiven,
}

/// The address of an office: http or https, with a host.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct OfficeUrl(reqwest::Url);

impl OfficeUrl {
    /// Where the default office listens.
    pub const DEFAULT: &'static str = "http://127.0.0.1:7846";

    /// The address, to join paths to.
    pub const fn url(&self) -> &reqwest::Url {
        &self.0
    }
}

impl FromStr for OfficeUrl {
    type Err = NotAccepted;

    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        let url: reqwest::Url = text.trim().parse().map_err(|_| NotAccepted)?;
        if matches!(url.scheme(), "http" | "https") && url.has_host() { Ok(Self(url)) } else { Err(NotAccepted) }
    }
}

impl TryFrom<String> for OfficeUrl {
    type Error = NotAccepted;

    fn try_from(text: String) -> Result<Self, NotAccepted> {
        text.parse()
    }
}

/// A text that a setting does not take; the setting's name says what it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not accepted")]
pub struct NotAccepted;

/// All settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The configuration file that was read.
    pub file: Option<PathBuf>,
    /// The folder for data; it may not exist yet.
    pub data: PathBuf,
    /// The office's.
    pub office: Office,
    /// The console's.
    pub console: Console,
}

/// What keeps the program from starting as it is set up.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{}: {why}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// The file is not TOML.
    #[error("{}:{line}: {why}", file.display())]
    Syntax {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What the reader says.
        why: String,
    },
    /// There is no such setting.
    #[error("{}:{line}: there is no setting {key}", file.display())]
    UnknownKey {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The name that was written.
        key: String,
        /// The valid name closest to it, if one is close.
        nearest: Option<String>,
    },
    /// The setting does not take this value.
    #[error("{}:{line}: {setting} does not have the right form", file.display())]
    WrongValue {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The setting.
        setting: String,
    },
    /// The command line or environment gives a value that the setting does not take. The value is not repeated: it may hold a password.
    #[error("{source_name} does not have the right form")]
    GivenWrong {
        /// The option or variable.
        source_name: String,
        /// The setting.
        setting: &'static str,
    },
    /// There is no such profile.
    #[error("there is no profile {name}")]
    UnknownProfile {
        /// The configuration file, if there is one.
        file: Option<PathBuf>,
        /// The name that was asked for.
        name: String,
        /// The profile closest to it, if one is close.
        nearest: Option<String>,
    },
    /// A token from a file and from a command.
    #[error("a token comes from a file or from a command")]
    TwoTokens,
    /// A certificate without key, or the other way round.
    #[error("certificate and key belong together")]
    HalfTls,
    /// A mailbox is not set up as it must be.
    #[error("the mailbox {name} is not set up: {why}")]
    Mailbox {
        /// Which one.
        name: String,
        /// What is wrong: the end of a sentence's key.
        why: &'static str,
    },
    /// Mail is to leave, but something is missing for it.
    #[error("[office.smtp] lacks {missing}")]
    MailIncomplete {
        /// The setting.
        missing: &'static str,
    },
    /// Mail is to leave by a server and into a folder.
    #[error("mail leaves by a server or into a folder")]
    TwoOutlets,
    /// OSRM and Valhalla both say how long ways are.
    #[error("two table services are named")]
    TwoTableServices,
    /// Mail would be readable on the network.
    #[error("mail to {0} without TLS is not allowed")]
    PlainSmtp(String),
    /// Plain http would be open to the network.
    #[error("plain http to {0} is not allowed")]
    PlainHttp(SocketAddr),
    /// A telephone system without secret, or with two.
    #[error("{0}: secret_file or secret_command")]
    TelephonySecret(String),
    /// A telephone system whose address is not of its format, or that lacks a user.
    #[error("{0}: the address does not fit the format")]
    TelephonyAddress(String),
    /// Two telephone systems of one name.
    #[error("{0} is there twice")]
    TelephonyTwice(String),
    /// There is no home folder and no folder was given.
    #[error("there is no home folder")]
    NoHome,
}

impl ConfigError {
    /// The sentence for who started the program: what is wrong, where, and what to do.
    pub fn said(&self, language: Language) -> String {
        let expected = |setting: &str| say(language, &format!("cli-expects-{setting}"), &[]);
        let file = |file: &Path| ("file", file.display().to_string());
        let line = |line: &usize| ("line", line.to_string());
        match self {
            Self::Unreadable { file: path, why } => {
                say(language, "cli-config-unreadable", &[file(path), ("why", why.to_string())])
            }
            Self::Syntax { file: path, line: at, why } => {
                say(language, "cli-config-syntax", &[file(path), line(at), ("why", why.clone())])
            }
            Self::UnknownKey { file: path, line: at, key, nearest } => {
                let nearest = nearest.clone().unwrap_or_else(|| "none".into());
                say(
                    language,
                    "cli-config-unknown-key",
                    &[file(path), line(at), ("key", key.clone()), ("nearest", nearest)],
                )
            }
            Self::WrongValue { file: path, line: at, setting } => say(
                language,
                "cli-config-wrong-value",
                &[file(path), line(at), ("key", setting.clone()), ("expected", expected(setting))],
            ),
            Self::GivenWrong { source_name, setting } => say(
                language,
                "cli-config-given-wrong",
                &[("source", source_name.clone()), ("expected", expected(setting))],
            ),
            Self::UnknownProfile { file, name, nearest } => {
                let none = || "none".to_owned();
                let file = file.as_ref().map_or_else(none, |file| file.display().to_string());
                let nearest = nearest.clone().unwrap_or_else(none);
                say(
                    language,
                    "cli-config-unknown-profile",
                    &[("file", file), ("profile", name.clone()), ("nearest", nearest)],
                )
            }
            Self::TwoTokens => say(language, "cli-config-two-tokens", &[]),
            Self::Mailbox { name, why } => {
                say(language, &format!("cli-config-mailbox-{why}"), &[("name", name.clone())])
            }
            Self::HalfTls => say(language, "cli-config-half-tls", &[]),
            Self::MailIncomplete { missing } => {
                say(language, "cli-config-mail-incomplete", &[("setting", (*missing).to_owned())])
            }
            Self::TwoTableServices => say(language, "cli-config-two-table-services", &[]),
            Self::TwoOutlets => say(language, "cli-config-two-outlets", &[]),
            Self::PlainSmtp(host) => say(language, "cli-config-plain-smtp", &[("host", host.clone())]),
            Self::PlainHttp(address) => say(language, "cli-config-plain-http", &[("address", address.to_string())]),
            Self::TelephonySecret(name) => say(language, "cli-config-telephony-secret", &[("name", name.clone())]),
            Self::TelephonyAddress(name) => say(language, "cli-config-telephony-address", &[("name", name.clone())]),
            Self::TelephonyTwice(name) => say(language, "cli-config-telephony-twice", &[("name", name.clone())]),
            Self::NoHome => say(language, "cli-config-no-home", &[]),
        }
    }
}

/// The file, as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Tables {
    office: office::Table,
    console: console::Table,
    profiles: BTreeMap<String, console::Table>,
    keys: BTreeMap<String, Spanned<Vec<String>>>,
    /// The same with their lines, once the text is at hand.
    #[serde(skip)]
    key_lines: Vec<KeyLine>,
}

impl Config {
    /// Reads and checks all settings. The configuration file may be absent unless it was named.
    ///
    /// # Errors
    /// The first fault met, with its place.
    pub fn load(given: &Given, around: &Surroundings) -> Result<Self, ConfigError> {
        let places = &given.places;
        let folder =
            |given: &Option<PathBuf>, variable| given.clone().or_else(|| around.variable(variable).map(PathBuf::from));
        let data =
            folder(&places.data, "LOGE_DATA").or_else(|| around.data_folder.clone()).ok_or(ConfigError::NoHome)?;
        let (file, tables) = match folder(&places.config, "LOGE_CONFIG") {
            Some(named) => (Some(named.clone()), read(&named)?),
            None => match &around.config_folder {
                Some(folder) => usual(folder.join("config.toml"))?,
                None => (None, Tables::default()),
            },
        };
        let sources = Sources { around, data: &data, file: file.as_deref() };
        let office = tables.office.settle(&given.office, &sources)?;
        let console = tables.console.settle(tables.profiles, tables.key_lines, &given.console, &sources)?;
        Ok(Self { file, data, office, console })
    }
}

/// What a table is settled with.
struct Sources<'a> {
    around: &'a Surroundings,
    data: &'a Path,
    file: Option<&'a Path>,
}

impl Sources<'_> {
    /// A path of the file: what is relative is taken from the file's own folder.
    fn beside(&self, path: PathBuf) -> PathBuf {
        self.file.and_then(Path::parent).unwrap_or(Path::new("")).join(path)
    }

    /// What command line or environment give for a setting: `--some-name`, then `LOGE_SOME_NAME`.
    fn given<T: FromStr>(&self, setting: &'static str, option: Option<&str>) -> Result<Option<T>, ConfigError> {
        let variable = format!("LOGE_{}", setting.to_uppercase());
        let (source_name, text) = match (option, self.around.variable(&variable)) {
            (Some(text), _) => (format!("--{}", setting.replace('_', "-")), text),
            (None, Some(text)) => (variable, text),
            (None, None) => return Ok(None),
        };
        text.parse().map(Some).map_err(|_| ConfigError::GivenWrong { source_name, setting })
    }

    /// The same for a value that the file writes between quotes.
    fn worded<T: DeserializeOwned>(
        &self,
        setting: &'static str,
        option: Option<&str>,
    ) -> Result<Option<T>, ConfigError> {
        Ok(self.given(setting, option)?.map(|console::Word(value)| value))
    }
}

/// The file in the usual place, if there is one.
fn usual(file: PathBuf) -> Result<(Option<PathBuf>, Tables), ConfigError> {
    match read(&file) {
        Ok(tables) => Ok((Some(file), tables)),
        Err(ConfigError::Unreadable { why, .. }) if why.kind() == io::ErrorKind::NotFound => {
            Ok((None, Tables::default()))
        }
        Err(error) => Err(error),
    }
}

fn read(file: &Path) -> Result<Tables, ConfigError> {
    let text = fs::read_to_string(file).map_err(|why| ConfigError::Unreadable { file: file.into(), why })?;
    parsed(file, &text)
}

fn parsed(file: &Path, text: &str) -> Result<Tables, ConfigError> {
    let line_of = |error: &toml::de::Error| line_at(text, error.span().map_or(0, |span| span.start));
    let syntax = |error: &toml::de::Error| ConfigError::Syntax {
        file: file.into(),
        line: line_of(error),
        why: error.message().to_owned(),
    };
    let document = toml::Deserializer::parse(text).map_err(|error| syntax(&error))?;
    let read: Result<Tables, _> = serde_path_to_error::deserialize(document);
    let mut tables = read.map_err(|error| {
        let mut names = error.path().iter().filter_map(|segment| match segment {
            serde_path_to_error::Segment::Map { key } => Some(key.clone()),
            _ => None,
        });
        let table = names.next();
        // Actions are named by the key table, not here: what is wrong with one of them is told of all.
        let setting = if table.as_deref() == Some("keys") { table } else { names.next_back().or(table) };
        let error = error.into_inner();
        let line = line_of(&error);
        match (unknown(error.message()), setting) {
            (Some((key, names)), _) => {
                ConfigError::UnknownKey { file: file.into(), line, nearest: nearest(&key, &names), key }
            }
            (None, Some(setting)) => ConfigError::WrongValue { file: file.into(), line, setting },
            (None, None) => syntax(&error),
        }
    })?;
    let keys = std::mem::take(&mut tables.keys);
    tables.key_lines = keys
        .into_iter()
        .map(|(action, keys)| KeyLine { action, line: line_at(text, keys.span().start), keys: keys.into_inner() })
        .collect();
    Ok(tables)
}

/// The line of a place in a text, from 1.
fn line_at(text: &str, place: usize) -> usize {
    text.bytes().take(place).filter(|byte| *byte == b'\n').count() + 1
}

/// The key and the valid names in serde's own sentence, "unknown field `a`, expected one of `b`, `c`"; the one place where both stand.
fn unknown(message: &str) -> Option<(String, Vec<String>)> {
    let mut quoted = message.strip_prefix("unknown field ")?.split('`').skip(1).step_by(2).map(str::to_owned);
    Some((quoted.next()?, quoted.collect()))
}

/// The name that is a slip of the fingers away: one in three letters wrong at most, but always one.
pub fn nearest(key: &str, names: &[String]) -> Option<String> {
    let allowed = (key.chars().count() / 3).max(1);
    names
        .iter()
        .map(|name| (strsim::osa_distance(key, name), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, name)| name.clone())
}

#[cfg(test)]
mod tests;
