//! The telephone systems that the office connects to: a task each, which comes back whenever its connection is lost.

use super::{ami_link::Manager, ovh_link};
use crate::{
    client::{
        Pace,
        backoff::{Backoff, Throw},
    },
    config::telephony::{Address, Connection, ConnectionFormat, SecretSource},
    domain::{access::Actor, call::CallEvent, texts::ShortText, time::Instant},
    office::{failure::Failure, metrics::Metrics, writer::Writer},
    wire::{catalogue::Command, fresh},
};
use std::{fs, process, sync::Arc, time::Duration};
use thiserror::Error;
use tokio_util::sync::CancellationToken;

/// How long a command may take to print its secret.
const SECRET_PATIENCE: Duration = Duration::from_secs(10);

/// How often an event is handed to a database that does not answer.
const TRIES: usize = 6;

/// Why a connection is lost, or did not come about.
#[derive(Debug, Error)]
pub enum LinkError {
    /// The secret cannot be had.
    #[error("no secret: {0}")]
    Secret(String),
    /// Nobody is there.
    #[error("no connection: {0}")]
    Connect(String),
    /// Nothing was heard for too long.
    #[error("it does not answer")]
    Late,
    /// Somebody is there, and does not speak with us.
    #[error("refused: {0}")]
    Refused(String),
    /// It was there.
    #[error("connection lost: {0}")]
    Lost(String),
    /// The office's own database.
    #[error(transparent)]
    Office(#[from] Failure),
}

impl LinkError {
    pub(super) fn late() -> Self {
        Self::Late
    }
}

/// Now, for what does not say when it happened.
pub fn now() -> Instant {
    jiff::Timestamp::now().try_into().unwrap_or(Instant::MIN)
}

/// Where a connection hands what happened.
#[derive(Clone)]
pub struct Sink {
    /// The system's name: the source of its calls.
    pub name: ShortText,
    writer: Writer,
    metrics: Arc<Metrics>,
}

impl Sink {
    pub(super) fn connected(&self) {
        self.metrics.telephony_connected(self.name.as_str(), true);
    }

    pub(super) fn unreadable(&self) {
        self.metrics.telephony_unreadable(self.name.as_str());
    }

    /// Hands on what happened. Nobody tells it again, so that a database that is away for a moment is waited for.
    pub(super) async fn take(&self, events: Vec<CallEvent>) -> Result<(), LinkError> {
        let mut backoff = Backoff::new(Pace::default());
        for event in events {
            let mut tries = 0;
            while let Err(failure) = record(&self.writer, event.clone()).await {
                tries += 1;
                if !matches!(failure, Failure::Storage(_)) || tries == TRIES {
                    return Err(failure.into());
                }
                tokio::time::sleep(backoff.after_failure(Duration::ZERO, Throw::HIGHEST)).await;
            }
            self.metrics.telephony_event(self.name.as_str());
        }
        Ok(())
    }
}

/// Records an event as the system: facts are never refused.
pub async fn record(writer: &Writer, event: CallEvent) -> Result<(), Failure> {
    writer.submit(Arc::new(Actor::system()), fresh(), Command::RecordCall { body: event }, None).await.map(drop)
}

/// Stays connected until the office stops.
pub async fn attend(connection: Connection, writer: Writer, metrics: Arc<Metrics>, stop: CancellationToken) {
    let sink = Sink { name: connection.name.clone(), writer, metrics };
    let mut backoff = Backoff::new(Pace::default());
    loop {
        sink.metrics.telephony_connected(sink.name.as_str(), false);
        let started = std::time::Instant::now();
        let lost = tokio::select! {
            () = stop.cancelled() => return,
            lost = session(&connection, &sink) => lost,
        };
        sink.metrics.telephony_connected(sink.name.as_str(), false);
        let wait = backoff.after_failure(started.elapsed(), Throw::fresh());
        if let Err(error) = lost {
            let wait_ms = wait.as_millis();
            tracing::warn!(source = sink.name.as_str(), %error, wait_ms, "telephone system lost; coming back");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(wait) => {}
        }
    }
}

async fn session(connection: &Connection, sink: &Sink) -> Result<(), LinkError> {
    let secret = secret(&connection.secret).await?;
    match (connection.format, &connection.address) {
        (ConnectionFormat::Ovh, Address::Web(url)) => ovh_link::listen(url, &secret, sink).await,
        (ConnectionFormat::Asterisk, Address::Host(host)) => {
            let user = connection.user.as_ref().map_or("", ShortText::as_str);
            Manager::log_in(host, user, &secret).await?.listen(sink).await
        }
        _ => Err(unfit()),
    }
}

/// Whether the system answers and lets us in.
///
/// # Errors
/// Why not.
pub async fn look(connection: &Connection) -> Result<(), LinkError> {
    let secret = secret(&connection.secret).await?;
    match (connection.format, &connection.address) {
        (ConnectionFormat::Ovh, Address::Web(url)) => ovh_link::look(url, &secret).await,
        (ConnectionFormat::Asterisk, Address::Host(host)) => {
            let user = connection.user.as_ref().map_or("", ShortText::as_str);
            Manager::log_in(host, user, &secret).await?.log_off().await;
            Ok(())
        }
        _ => Err(unfit()),
    }
}

/// The configuration lets none of these through.
fn unfit() -> LinkError {
    LinkError::Refused("the address does not fit the format".into())
}

/// The secret, read anew at each connection, so that one that was changed is taken up.
async fn secret(source: &SecretSource) -> Result<String, LinkError> {
    let source = source.clone();
    let read = tokio::task::spawn_blocking(move || match source {
        SecretSource::File(file) => {
            fs::read_to_string(&file).map_err(|error| LinkError::Secret(format!("{}: {error}", file.display())))
        }
        SecretSource::Command(command) => {
            let mut run = process::Command::new(&command.program);
            run.args(&command.arguments).stdin(process::Stdio::null()).stderr(process::Stdio::null());
            let failed = |why: String| LinkError::Secret(format!("{}: {why}", command.program));
            let output = run.output().map_err(|error| failed(error.to_string()))?;
            if !output.status.success() {
                return Err(failed(output.status.to_string()));
            }
            String::from_utf8(output.stdout).map_err(|_| failed("what it prints is no text".into()))
        }
    });
    let late = |_| LinkError::Secret("it takes too long".into());
    let text = tokio::time::timeout(SECRET_PATIENCE, read).await.map_err(late)?;
    let text = text.map_err(|error| LinkError::Secret(error.to_string()))??;
    let first = text.lines().next().unwrap_or_default().trim().to_owned();
    if first.is_empty() { Err(LinkError::Secret("it is empty".into())) } else { Ok(first) }
}
