//! One handler for every command: who asks, under which key, what exactly; the writer does the rest.

use super::{
    App, BODY_LIMIT, bad_id,
    problem::{answer, language},
    session,
};
use crate::{
    domain::{entity::Version, ids::CommandKey},
    office::failure::Failure,
    wire::{
        catalogue::{Command, Entry},
        problem::{Problem, ProblemKind},
    },
};
use axum::{
    Json,
    body::Bytes,
    extract::{RawPathParams, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::sync::Arc;
use uuid::Uuid;

/// The header that carries the command's key (draft-ietf-httpapi-idempotency-key-header).
const KEY: &str = "idempotency-key";

/// Carries out the command of a route.
pub async fn handle(
    entry: &'static Entry,
    State(app): State<App>,
    params: RawPathParams,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let account = match session::account(&app, &parts.headers).await {
        Ok(account) => account,
        Err(failure) => return answer(&failure, language(&parts.headers, None)),
    };
    let language = language(&parts.headers, Some(&account));
    let started = std::time::Instant::now();
    let outcome = async {
        let command = read(entry, &params, &parts.headers, body).await?;
        let key = key(&parts.headers)?;
        let if_match = if_match(&parts.headers)?;
        app.writer.submit(Arc::clone(&account.actor), key, command, if_match).await
    };
    let outcome = outcome.await;
    app.metrics.commanded(entry.name, started.elapsed());
    match outcome {
        Ok(done) => {
            // What a trainee's command came to is a held command: accepted, not done.
            let held = entry.name != "held.release"
                && done.changes.iter().any(|change| {
                    change.entity == crate::domain::entity::EntityKind::Held && change.version == Version::FIRST
                });
            let status = if held && done.outcomes.is_none() { StatusCode::ACCEPTED } else { StatusCode::OK };
            (status, Json(worded(done, language))).into_response()
        }
        Err(failure) => answer(&failure, language),
    }
}

/// The outcomes of a bulk in the reader's language.
fn worded(
    mut done: crate::wire::change::Done,
    language: crate::domain::operator::Language,
) -> crate::wire::change::Done {
    for outcome in done.outcomes.iter_mut().flatten() {
        outcome.problem = outcome.problem.take().map(|problem| crate::i18n::worded(problem, language));
    }
    done
}

async fn read(
    entry: &'static Entry,
    params: &RawPathParams,
    headers: &HeaderMap,
    body: axum::body::Body,
) -> Result<Command, Failure> {
    let id = match params.iter().find(|(name, _)| *name == "id") {
        Some((_, text)) => Some(text.parse::<Uuid>().map_err(|_| bad_id("id"))?),
        None => None,
    };
    Ok(Command::parse(entry.name, id, &json(headers, body).await?)?)
}

/// The body of a request that must be JSON.
pub async fn json(headers: &HeaderMap, body: axum::body::Body) -> Result<Bytes, Failure> {
    let declared = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = declared.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/json") {
        return Err(Problem::new(ProblemKind::NotJson).into());
    }
    axum::body::to_bytes(body, BODY_LIMIT).await.map_err(|error| {
        let too_large =
            std::error::Error::source(&error).is_some_and(|source| source.to_string().contains("length limit"));
        let kind = if too_large { ProblemKind::TooLarge } else { ProblemKind::MalformedJson };
        Problem::new(kind).with("why", error).into()
    })
}

fn key(headers: &HeaderMap) -> Result<CommandKey, Failure> {
    let text = headers.get(KEY).and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.trim().trim_matches('"').parse().map_err(|_| {
        let why = "Idempotency-Key is a UUID (version 7) that the client makes for each command";
        Problem::new(ProblemKind::BadHeader).with("why", why).at("Idempotency-Key").into()
    })
}

fn if_match(headers: &HeaderMap) -> Result<Option<Version>, Failure> {
    let Some(value) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    let number = text.trim_matches('"').parse::<u32>().ok();
    let version = number.and_then(|number| serde_json::from_value(number.into()).ok());
    version.map(Some).ok_or_else(|| {
        let why = "If-Match is the ETag of the row, such as \"3\"";
        Problem::new(ProblemKind::BadHeader).with("why", why).at("If-Match").into()
    })
}
