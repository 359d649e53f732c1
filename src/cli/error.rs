//! Why a command of the command line failed, and the sentence that says so.

use crate::{config::ConfigError, domain::operator::Language, i18n::say};
use std::fmt;
use thiserror::Error;

#[cfg(feature = "console")]
use crate::client::{RefusedUrl, SetupError};
#[cfg(feature = "office")]
use crate::{
    i18n,
    office::{failure::Failure, serve::ServeError, storage::StorageError},
    wire::problem::Problem,
};

/// Why a command failed.
#[derive(Debug, Error)]
pub(super) enum CliError {
    /// The settings.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// One of the sentences.
    #[error("{key}")]
    Sentence {
        /// Its key.
        key: &'static str,
        /// Its variables.
        variables: Vec<(&'static str, String)>,
    },
    /// One of the sentences, with the exit status that the calling program reads.
    #[cfg(feature = "office")]
    #[error("{key}")]
    Ended {
        /// The exit status.
        status: u8,
        /// The sentence's key.
        key: &'static str,
        /// Its variables.
        variables: Vec<(&'static str, String)>,
    },
    /// Everything was said while it ran.
    #[error("already said")]
    Said,
    /// The address or certificate.
    #[cfg(feature = "office")]
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The database.
    #[cfg(feature = "office")]
    #[error("{database}: {error}")]
    Storage {
        /// Which one, without password.
        database: String,
        /// What is wrong.
        error: StorageError,
    },
    /// The office did not do it.
    #[cfg(feature = "office")]
    #[error(transparent)]
    Refused(#[from] Failure),
}

impl CliError {
    /// A sentence with its variables.
    pub fn sentence(key: &'static str, variables: Vec<(&'static str, String)>) -> Self {
        Self::Sentence { key, variables }
    }

    /// What nobody could foresee.
    pub fn fault(why: &impl fmt::Display) -> Self {
        Self::sentence("cli-fault", vec![("why", plain(why))])
    }

    /// The sentence; none if all was said.
    pub fn said(&self, language: Language) -> Option<String> {
        Some(match self {
            Self::Config(error) => error.said(language),
            Self::Sentence { key, variables } => say(language, key, variables),
            #[cfg(feature = "office")]
            Self::Ended { key, variables, .. } => say(language, key, variables),
            Self::Said => return None,
            #[cfg(feature = "office")]
            Self::Serve(error) => serve(error, language),
            #[cfg(feature = "office")]
            Self::Storage { database, error } => storage(database, error, language),
            #[cfg(feature = "office")]
            Self::Refused(failure) => i18n::worded(Problem::from(failure), language).detail,
        })
    }
}

/// The words of another program without the full stop that our own sentence ends in.
pub(super) fn plain(why: &impl fmt::Display) -> String {
    why.to_string().trim_end_matches('.').to_owned()
}

/// What the settings must have right before an office can be called.
#[cfg(feature = "console")]
pub(super) fn setup(error: &SetupError) -> CliError {
    match error {
        SetupError::NoOffice => CliError::sentence("cli-console-no-office", Vec::new()),
        SetupError::Refused { url, why } => {
            let key = match why {
                RefusedUrl::PlainHttp => "cli-console-plain-http",
                RefusedUrl::Scheme => "cli-console-scheme",
                RefusedUrl::Credentials => "cli-console-credentials",
                RefusedUrl::NotARoot => "cli-console-not-a-root",
            };
            CliError::sentence(key, vec![("office", url.to_string())])
        }
        SetupError::CaFile { file, why } => {
            CliError::sentence("cli-console-ca-file", vec![("file", file.display().to_string()), ("why", plain(why))])
        }
    }
}

#[cfg(feature = "office")]
fn serve(error: &ServeError, language: Language) -> String {
    match error {
        ServeError::PortTaken(address) => say(language, "cli-port-taken", &[("address", address.to_string())]),
        ServeError::Listen { address, why } => {
            say(language, "cli-listen-failed", &[("address", address.to_string()), ("why", plain(why))])
        }
        ServeError::Certificate { chain, why, .. } => {
            say(language, "cli-certificate-unreadable", &[("file", chain.clone()), ("why", plain(why))])
        }
        ServeError::Storage(error) => storage("", error, language),
    }
}

#[cfg(feature = "office")]
fn storage(database: &str, error: &StorageError, language: Language) -> String {
    let place = ("database", database.to_owned());
    match error {
        StorageError::Open { why, .. } => say(language, "cli-database-unreachable", &[place, ("why", plain(why))]),
        StorageError::Locked => say(language, "cli-database-locked", &[place]),
        StorageError::DiskFull => say(language, "cli-disk-full", &[("path", database.to_owned())]),
        StorageError::NewerSchema { found, known } => {
            say(language, "cli-newer-schema", &[place, ("found", found.to_string()), ("known", known.to_string())])
        }
        other => say(language, "cli-fault", &[("why", plain(other))]),
    }
}
