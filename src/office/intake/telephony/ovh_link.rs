//! The long poll of OVH's events: asked again and again at the address of the configuration, and nowhere else.

use super::{
    connections::{LinkError, Sink, now},
    ovh,
};
use crate::client::tls;
use futures_util::StreamExt as _;
use reqwest::{Client, StatusCode, Url};
use std::time::Duration;

/// For a connection to come about.
const CONNECT: Duration = Duration::from_secs(10);

/// For a poll: the server answers one by itself after a minute.
const POLL: Duration = Duration::from_secs(100);

/// What a look whether it answers waits for.
const LOOK: Duration = Duration::from_secs(5);

/// The largest answer that is read.
const ANSWER_MAX: usize = 4 << 20;

/// A client that follows no redirect: where it asks is said by the configuration alone.
pub fn client() -> Result<Client, LinkError> {
    tls::install();
    let builder = Client::builder().redirect(reqwest::redirect::Policy::none()).connect_timeout(CONNECT);
    builder.build().map_err(|error| LinkError::Connect(told(error)))
}

/// Polls until it fails.
///
/// # Errors
/// Always: how it failed.
pub async fn listen(address: &Url, token: &str, sink: &Sink) -> Result<(), LinkError> {
    let client = client()?;
    let mut session: Option<String> = None;
    loop {
        let polled = match poll(&client, address, token, session.as_deref(), POLL).await {
            Ok(body) => ovh::read(&sink.name, &body, now()),
            // Nothing happened for so long.
            Err(LinkError::Late) if session.is_some() => continue,
            Err(error) => return Err(error),
        };
        let polled = polled.map_err(|error| {
            sink.unreadable();
            LinkError::Refused(error.to_string())
        })?;
        sink.connected();
        sink.take(polled.events).await?;
        // Without a session each poll begins anew; that it is named once is enough.
        session = polled.session.or(session);
    }
}

/// Whether somebody answers there: a poll that waits for something to happen is an answer, too.
///
/// # Errors
/// Nobody does, or the token is refused.
pub async fn look(address: &Url, token: &str) -> Result<(), LinkError> {
    match poll(&client()?, address, token, None, LOOK).await {
        Ok(_) | Err(LinkError::Late) => Ok(()),
        Err(error) => Err(error),
    }
}

async fn poll(
    client: &Client,
    address: &Url,
    token: &str,
    session: Option<&str>,
    patience: Duration,
) -> Result<Vec<u8>, LinkError> {
    let mut query = vec![("token", token)];
    query.extend(session.map(|session| ("session", session)));
    let failed = |error: reqwest::Error| {
        if error.is_timeout() && !error.is_connect() { LinkError::Late } else { LinkError::Connect(told(error)) }
    };
    let answer = client.get(address.clone()).query(&query).timeout(patience).send().await.map_err(failed)?;
    if answer.status() != StatusCode::OK {
        return Err(LinkError::Refused(format!("it answers {}", answer.status())));
    }
    let mut body = Vec::new();
    let mut pieces = answer.bytes_stream();
    while let Some(piece) = pieces.next().await {
        body.extend_from_slice(&piece.map_err(failed)?);
        if body.len() > ANSWER_MAX {
            return Err(LinkError::Refused("it says too much at once".into()));
        }
    }
    Ok(body)
}

/// What failed, without the address: that holds the token.
fn told(error: reqwest::Error) -> String {
    let error = error.without_url();
    let causes = std::iter::successors(std::error::Error::source(&error), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
