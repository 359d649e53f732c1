//! Mailboxes that are fetched by IMAP: one task each, of all offices on one database exactly one at a time; what comes is on disk before
//! the mailbox hears of it.

mod round;
mod state;
pub mod wire;

use crate::{
    client::backoff::{Backoff, Pace, Throw},
    config::mailbox as config,
    office::{
        http::App,
        intake::mail::Mailbox,
        storage::{Engine, StorageError},
        trust::CaFile,
    },
};
use std::time::{Duration, Instant};
use thiserror::Error;
use tokio::task::JoinHandle;
use uuid::Uuid;

/// How long an office may fetch without saying that it still does.
const LEASE: Duration = Duration::from_secs(30);

/// How often it says so, and how often another one looks whether it still does.
const RENEWAL: Duration = Duration::from_secs(10);

/// Why a mailbox cannot be fetched.
#[derive(Debug, Error)]
pub enum FetchError {
    /// No way to the server.
    #[error("{host}:{port} does not answer: {why}")]
    Connect {
        /// The server.
        host: String,
        /// Its port.
        port: u16,
        /// What the system says.
        why: String,
    },
    /// The server's certificate is not vouched for.
    #[error("the certificate of {host} is not trusted: {why}")]
    Untrusted {
        /// The server.
        host: String,
        /// What is wrong with it.
        why: String,
    },
    /// The server does not speak TLS, though it was asked to: nothing was said to it.
    #[error("{host} offers no STARTTLS")]
    NoStarttls {
        /// The server.
        host: String,
    },
    /// The certificates to trust cannot be used.
    #[error(transparent)]
    CaFile(#[from] CaFile),
    /// The server takes too long.
    #[error("the server took too long")]
    Slow,
    /// The connection was lost.
    #[error("the connection was lost")]
    Lost,
    /// The secret cannot be had.
    #[error("the password cannot be had: {0}")]
    Secret(String),
    /// The server does not let the account in.
    #[error("the server does not let the account in: {0}")]
    Login(String),
    /// The server cannot do what the settings ask for.
    #[error("the server cannot move messages: set when_taken to seen or flagged")]
    NoMove,
    /// What the server says is not understood, or says no.
    #[error("the server says: {0}")]
    Server(String),
    /// A message could not be taken; it stays where it is.
    #[error("a message could not be taken: {0}")]
    NotTaken(String),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<async_imap::error::Error> for FetchError {
    fn from(error: async_imap::error::Error) -> Self {
        match error {
            async_imap::error::Error::ConnectionLost => Self::Lost,
            async_imap::error::Error::Io(error) => Self::Server(error.to_string()),
            other => Self::Server(other.to_string()),
        }
    }
}

/// Starts a task for each mailbox that is fetched.
pub fn start(app: &App, mailboxes: &[config::Mailbox]) -> Vec<JoinHandle<()>> {
    let office = Uuid::now_v7();
    let fetched = mailboxes.iter().filter_map(|mailbox| Some((Mailbox::from(mailbox), mailbox.imap.clone()?)));
    fetched.map(|(mailbox, imap)| tokio::spawn(Task { app: app.clone(), mailbox, imap, office }.run())).collect()
}

/// One mailbox, watched.
struct Task {
    app: App,
    mailbox: Mailbox,
    imap: config::Imap,
    office: Uuid,
}

impl Task {
    async fn run(self) {
        let stop = self.app.stop.clone();
        stop.run_until_cancelled(self.watch()).await;
        self.app.metrics.mailbox_connected(self.name(), false);
        if let Err(error) = state::release(&self.app.store, self.name(), self.office).await {
            tracing::debug!(%error, "a mailbox was not let go");
        }
    }

    fn name(&self) -> &str {
        self.mailbox.name.as_str()
    }

    async fn watch(&self) {
        let mut backoff = Backoff::new(Pace::default());
        loop {
            let begun = Instant::now();
            let ended = match state::hold(&self.app.store, self.name(), self.office, LEASE).await {
                Ok(true) => tokio::select! {
                    ended = round::watch(&self.app, &self.mailbox, &self.imap) => ended,
                    ended = self.keep_hold() => ended,
                },
                Ok(false) => {
                    tokio::time::sleep(RENEWAL).await;
                    continue;
                }
                Err(error) => Err(error.into()),
            };
            self.app.metrics.mailbox_connected(self.name(), false);
            if let Err(error) = ended {
                tracing::warn!(mailbox = self.name(), %error, "a mailbox is not watched now; trying again");
                self.app.metrics.mail(self.name(), "trouble");
                let told = state::troubled(&self.app.store, self.name(), &error.to_string()).await;
                if let Err(error) = told {
                    tracing::debug!(%error, "the trouble of a mailbox was not noted");
                }
            }
            tokio::time::sleep(backoff.after_failure(begun.elapsed(), Throw::fresh())).await;
        }
    }

    /// Ends when another office fetches. A file has one office: nobody else asks.
    async fn keep_hold(&self) -> Result<(), FetchError> {
        if self.app.store.engine() == Engine::Sqlite {
            return std::future::pending().await;
        }
        loop {
            tokio::time::sleep(RENEWAL).await;
            if !state::hold(&self.app.store, self.name(), self.office, LEASE).await? {
                return Ok(());
            }
        }
    }
}
