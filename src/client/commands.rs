//! Commands on their way to an office: sent under a key, so that repeating them is safe.

use super::{
    Call, Client, ClientError,
    backoff::{Backoff, Throw},
};
use crate::{
    domain::ids::CommandKey,
    wire::{
        catalogue::{self, Command},
        change::Done,
    },
};
use reqwest::{
    Method,
    header::{HeaderName, HeaderValue},
};
use std::time::Duration;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

impl Client {
    /// Sends a command to the first office that takes it. What a trainee may only prepare is held, and done as far as they can.
    ///
    /// # Errors
    /// [`ClientError::Problem`] is the office's no. After [`ClientError::Unreachable`] the command may have been carried out or not:
    /// send it again under the same key.
    pub async fn send(&self, key: CommandKey, command: &Command) -> Result<Done, ClientError> {
        self.read(&call(key, command)?).await
    }

    /// Sends a command again and again, to each office in turn and with growing waits, until one has decided on it.
    ///
    /// # Errors
    /// The office's no, or an answer that makes no sense.
    pub async fn send_until_answered(&self, key: CommandKey, command: &Command) -> Result<Done, ClientError> {
        let call = call(key, command)?;
        let mut backoff = Backoff::new(self.shared.pace);
        loop {
            match self.read(&call).await {
                Err(error) if error.is_undecided() => {
                    let wait = backoff.after_failure(Duration::ZERO, Throw::fresh());
                    tracing::debug!(command = command.name(), %key, %error, ?wait, "no decision yet");
                    tokio::time::sleep(wait).await;
                }
                decided => return decided,
            }
        }
    }
}

fn call(key: CommandKey, command: &Command) -> Result<Call, ClientError> {
    let unsendable = |error: &dyn std::error::Error| ClientError::Protocol(format!("{}: {error}", command.name()));
    let entry = command.entry();
    let path = match command.subject() {
        Some(id) => entry.path.replace("{id}", &id.to_string()),
        None => entry.path.to_owned(),
    };
    let method = match entry.method {
        catalogue::Method::Put => Method::PUT,
        catalogue::Method::Patch => Method::PATCH,
        catalogue::Method::Post => Method::POST,
    };
    let body = command.body_json().map_err(|error| unsendable(&error))?;
    let key = HeaderValue::try_from(key.to_string()).map_err(|error| unsendable(&error))?;
    Ok(Call::new(method, path).header(IDEMPOTENCY_KEY, key).json(body))
}
