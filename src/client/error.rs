//! What can go wrong between a program and its offices, told apart by what the caller can do about it.

use crate::wire::problem::Problem;
use reqwest::Url;
use std::{error::Error as _, io, path::PathBuf};
use thiserror::Error;

/// Why a client cannot be made: something to correct in the configuration.
#[derive(Debug, Error)]
pub enum SetupError {
    /// There is no address to call.
    #[error("no office is named")]
    NoOffice,
    /// An address that must not be called.
    #[error("{url} is refused: {why}")]
    Refused {
        /// The address, without a name or password that stood in it.
        url: Url,
        /// What is wrong with it.
        why: RefusedUrl,
    },
    /// The file of trusted certificates is of no use.
    #[error("{}: {why}", file.display())]
    CaFile {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}

/// Why an office's address is refused.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum RefusedUrl {
    /// Everybody on the way could read passwords and tokens.
    #[error("plain http is for loopback only, unless the configuration allows it")]
    PlainHttp,
    /// It is neither http nor https.
    #[error("an office is called by https")]
    Scheme,
    /// Secrets in an address end up in logs.
    #[error("an address holds no name or password")]
    Credentials,
    /// An office's address is a root to which paths are added.
    #[error("an address holds no query and no fragment")]
    NotARoot,
}

/// Why something asked of an office was not answered as wished.
#[derive(Debug, Error)]
pub enum ClientError {
    /// The office says no, and why.
    #[error("{} ({})", .0.detail, .0.kind)]
    Problem(Box<Problem>),
    /// There was no answer. Whether a command was carried out is unknown: it is safe to repeat with the same key.
    #[error("no answer from the office: {0}")]
    Unreachable(Outage),
    /// What was received makes no sense to this program.
    #[error("the office's answer makes no sense: {0}")]
    Protocol(String),
}

/// How an office failed to answer.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Outage {
    /// No connection came about: nothing was sent.
    #[error("no connection: {0}")]
    NoConnection(String),
    /// It took too long.
    #[error("it took too long")]
    TimedOut,
    /// The connection broke before all was received.
    #[error("the connection broke: {0}")]
    Cut(String),
    /// Something between answered in the office's place, with this HTTP status from 500 on.
    #[error("status {0} without an explanation")]
    Gateway(u16),
}

impl ClientError {
    /// Whether the office has not decided: repeating with the same key is safe and can succeed.
    pub fn is_undecided(&self) -> bool {
        match self {
            Self::Problem(problem) => matches!(problem.status, 429 | 503),
            Self::Unreachable(_) => true,
            Self::Protocol(_) => false,
        }
    }

    /// Whether this office certainly did nothing and another may do better at once.
    pub(super) fn passes_on(&self) -> bool {
        match self {
            Self::Problem(problem) => problem.status == 503,
            Self::Unreachable(outage) => matches!(outage, Outage::NoConnection(_) | Outage::Gateway(503)),
            Self::Protocol(_) => false,
        }
    }

    /// Whether the office itself answered, so that it is one to ask again.
    pub(super) fn is_answer(&self) -> bool {
        matches!(self, Self::Problem(problem) if problem.status != 503)
    }
}

impl From<reqwest::Error> for ClientError {
    fn from(error: reqwest::Error) -> Self {
        if error.is_builder() {
            return Self::Protocol(chain(&error.without_url()));
        }
        // A connect timeout is both: no connection is the better news, for nothing was sent.
        Self::Unreachable(if error.is_connect() {
            Outage::NoConnection(chain(&error.without_url()))
        } else if error.is_timeout() {
            Outage::TimedOut
        } else {
            Outage::Cut(chain(&error.without_url()))
        })
    }
}

/// What is read by a reader of bytes fails as input and output do; the network's own error is found beneath.
impl From<io::Error> for ClientError {
    fn from(error: io::Error) -> Self {
        match error.downcast::<reqwest::Error>() {
            Ok(error) => error.into(),
            Err(error) => Self::Protocol(error.to_string()),
        }
    }
}

/// The error and its causes in one line: the library's own sentence leaves the causes out.
pub(super) fn chain(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
