//! Queries: snapshot, rows, pages, histories, search, tabs, and what an administrator asks.

use super::{App, bad_id, session::asked};
use crate::{
    domain::{
        access::{Actor, Role},
        entity::{Audience, EntityKind},
        phone::PhoneNumber,
    },
    office::{
        callers,
        commands::scope_of,
        failure::Failure,
        search as index, snapshot as whole,
        storage::{Arg, StorageError, document},
    },
    wire::{
        problem::{Problem, ProblemKind},
        query::{Balance, HistoryEntry, Page},
    },
};
use axum::{
    Json,
    body::Body,
    extract::{ConnectInfo, RawPathParams, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures_util::stream;
use serde_json::value::RawValue;
use std::{collections::BTreeMap, convert::Infallible, net::SocketAddr, time::Instant};
use uuid::Uuid;

/// Rows of a page unless asked otherwise.
const PAGE: i64 = 100;

/// Rows of a page at most.
const PAGE_MAX: i64 = 500;

/// The parameters of a query string, each known and given once.
pub fn parameters(request: &Request, known: &[&str]) -> Result<BTreeMap<String, String>, Failure> {
    let invalid =
        |name: &str, why: String| Failure::from(Problem::new(ProblemKind::BadParameter).with("why", why).at(name));
    let mut found = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes()) {
        if !known.contains(&name.as_ref()) {
            return Err(invalid(&name, format!("known here: {}", known.join(", "))));
        }
        if value.chars().count() > 1000 {
            return Err(invalid(&name, "at most 1000 characters".into()));
        }
        // The search reads what was typed as words; everything else is compared as it is.
        if name != "q" && value.contains(char::is_control) {
            return Err(invalid(&name, "no control characters".into()));
        }
        if found.insert(name.clone().into_owned(), value.into_owned()).is_some() {
            return Err(invalid(&name, "given twice".into()));
        }
    }
    Ok(found)
}

/// A whole number among the parameters.
pub fn number(
    parameters: &BTreeMap<String, String>,
    name: &str,
    range: std::ops::RangeInclusive<i64>,
) -> Result<Option<i64>, Failure> {
    let Some(text) = parameters.get(name) else { return Ok(None) };
    let number = text.parse::<i64>().ok().filter(|number| range.contains(number));
    number.map(Some).ok_or_else(|| {
        let why = format!("a whole number from {} to {}", range.start(), range.end());
        Problem::new(ProblemKind::BadParameter).with("why", why).at(name).into()
    })
}

/// The id in a path.
pub fn path_id(params: &RawPathParams) -> Result<Uuid, Failure> {
    let text = params.iter().find(|(name, _)| *name == "id").map(|(_, text)| text).unwrap_or_default();
    text.parse().map_err(|_| bad_id("id").into())
}

/// Whether rows of a kind can be in sight at all.
fn may_read(actor: &Actor, kind: EntityKind) -> Result<(), Failure> {
    match kind.audience() {
        Audience::Everyone => Ok(()),
        Audience::Client if actor.is_staff() || actor.has(Role::Coordinator) => Ok(()),
        Audience::Staff if actor.is_staff() => Ok(()),
        Audience::Management if actor.has(Role::Manager) => Ok(()),
        _ => Err(Failure::NotAllowed("read")),
    }
}

/// Only people of the house read this.
pub fn staff_only(actor: &Actor) -> Result<(), Failure> {
    if actor.is_staff() { Ok(()) } else { Err(Failure::NotAllowed("read")) }
}

fn raw(doc: String) -> Result<Box<RawValue>, StorageError> {
    RawValue::from_string(doc).map_err(|error| StorageError::Unreadable { what: "row".into(), why: error.to_string() })
}

/// `GET /v1/<collection>`
pub async fn page(kind: EntityKind, State(app): State<App>, request: Request) -> Response {
    let headers = request.headers().clone();
    asked(app, headers, |app, account| async move {
        may_read(&account.actor, kind)?;
        let parameters = parameters(&request, &["after", "limit", "state", "site_id"])?;
        let limit = number(&parameters, "limit", 1..=PAGE_MAX)?.unwrap_or(PAGE);
        let after = match parameters.get("after") {
            Some(text) => text.parse::<Uuid>().map_err(|_| bad_id("after"))?.to_string(),
            None => String::new(),
        };
        let (condition, args) = filter(kind, &parameters)?;
        let args: Vec<Arg<'_>> = args.iter().map(Into::into).collect();
        let mut tx = app.store.read().await?;
        let found = document::page(&mut tx, kind, condition, &after, limit, &args).await?;
        let full = i64::try_from(found.len()).unwrap_or(limit) == limit;
        let next = found.last().filter(|_| full).map(|(id, _)| id.clone());
        let mut rows = Vec::with_capacity(found.len());
        for (id, doc) in found {
            if account.actor.sees(kind, &scope_of(kind, &id, &doc)) {
                rows.push(raw(doc)?);
            }
        }
        Ok(Json(Page { rows, next }).into_response())
    })
    .await
}

/// The condition of a page: kinds with states can be narrowed by state, kinds of a site by site.
fn filter(kind: EntityKind, parameters: &BTreeMap<String, String>) -> Result<(&'static str, Vec<String>), Failure> {
    use EntityKind as K;
    let unknown = |name: &str| {
        let why = format!("{} has none", kind.name());
        Failure::from(Problem::new(ProblemKind::BadParameter).with("why", why).at(name))
    };
    let has_state = !matches!(
        kind,
        K::Policy
            | K::Client
            | K::Contract
            | K::Site
            | K::Holiday
            | K::Service
            | K::Provider
            | K::Courier
            | K::Operator
            | K::Beneficiary
            | K::Posting
    );
    let has_site = matches!(kind, K::Beneficiary | K::Permanence | K::Locker | K::Contact | K::Request | K::Holiday);
    if let Some(site) = parameters.get("site_id")
        && site.parse::<Uuid>().is_err()
    {
        return Err(bad_id("site_id").into());
    }
    match (parameters.get("state"), parameters.get("site_id")) {
        (Some(_), _) if !has_state => Err(unknown("state")),
        (_, Some(_)) if !has_site => Err(unknown("site_id")),
        (None, None) => Ok(("1 = 1", Vec::new())),
        (Some(state), None) => Ok(("state = $3", vec![state.clone()])),
        (None, Some(site)) => Ok(("site_id = $3", vec![site.to_lowercase()])),
        (Some(state), Some(site)) => Ok(("state = $3 AND site_id = $4", vec![state.clone(), site.to_lowercase()])),
    }
}

/// `GET /v1/<collection>/{id}`
pub async fn row(kind: EntityKind, State(app): State<App>, params: RawPathParams, request: Request) -> Response {
    let headers = request.headers().clone();
    asked(app, headers.clone(), |app, account| async move {
        may_read(&account.actor, kind)?;
        let id = path_id(&params)?;
        let doc = visible(&app, &account.actor, kind, id).await?;
        if kind == EntityKind::Beneficiary
            && let Some(operator) = account.actor.operator()
        {
            app.writer.note_sight(operator, kind, id);
        }
        let version = serde_json::from_str::<serde_json::Value>(&doc).ok().and_then(|doc| doc.get("version")?.as_u64());
        let etag = format!("\"{}\"", version.unwrap_or_default());
        let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        if known.is_some_and(|known| known.split(',').any(|known| known.trim() == etag)) {
            return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response());
        }
        Ok(([(header::ETAG, etag)], Json(raw(doc)?)).into_response())
    })
    .await
}

/// The stored row, if it is in sight.
pub async fn visible(app: &App, actor: &Actor, kind: EntityKind, id: Uuid) -> Result<String, Failure> {
    let text = id.to_string();
    let doc = document::load_text(&mut app.store.read().await?, kind, &text).await?;
    doc.filter(|doc| actor.sees(kind, &scope_of(kind, &text, doc))).ok_or(Failure::NotFound { kind, id })
}

/// `GET /v1/<collection>/{id}/history`
pub async fn history(kind: EntityKind, State(app): State<App>, params: RawPathParams, request: Request) -> Response {
    let headers = request.headers().clone();
    asked(app, headers, |app, account| async move {
        staff_only(&account.actor)?;
        may_read(&account.actor, kind)?;
        let id = path_id(&params)?;
        visible(&app, &account.actor, kind, id).await?;
        let text = id.to_string();
        let sql = "SELECT version, at, author, command, verb, from_state, to_state, reason FROM history \
                   WHERE entity = $1 AND entity_id = $2 ORDER BY version";
        let rows = app.store.read().await?.rows(sql, &[kind.name().into(), (&text).into()]).await?;
        let unreadable = |why: String| StorageError::Unreadable { what: "history".into(), why };
        let entries = rows
            .iter()
            .map(|row| {
                Ok(HistoryEntry {
                    version: row.int(0)?,
                    at: crate::domain::time::Instant::from_micros(row.int(1)?)
                        .map_err(|error| unreadable(error.to_string()))?,
                    author: serde_json::from_str(&row.text(2)?).map_err(|error| unreadable(error.to_string()))?,
                    command: row.text(3)?.parse().map_err(|_| unreadable("a command's key".into()))?,
                    verb: row.text(4)?,
                    from: row.text_or_null(5)?,
                    to: row.text_or_null(6)?,
                    reason: row.text_or_null(7)?,
                })
            })
            .collect::<Result<Vec<_>, StorageError>>()?;
        Ok(Json(entries).into_response())
    })
    .await
}

/// `GET /v1/<parties>/{id}/tab`
pub async fn tab(
    account_kind: &'static str,
    State(app): State<App>,
    params: RawPathParams,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    asked(app, headers, |app, account| async move {
        staff_only(&account.actor)?;
        let id = path_id(&params)?;
        let kind = if account_kind == "person" { EntityKind::Beneficiary } else { EntityKind::Client };
        visible(&app, &account.actor, kind, id).await?;
        let name = format!("{account_kind}:{id}");
        let sql = "SELECT coalesce(sum(amount_cents), 0) FROM posting_line WHERE account = $1";
        // PostgreSQL sums BIGINT to NUMERIC; the text of a cast is the same on both engines.
        let sql = format!("SELECT CAST(({sql}) AS BIGINT)");
        let row = app.store.read().await?.row(sql, &[(&name).into()]).await?;
        let cents = row.map_or(Ok(0), |row| row.int(0))?;
        Ok(Json(Balance { accounts: BTreeMap::from([(name, cents)]) }).into_response())
    })
    .await
}

/// The most requests of a person that are told at once.
const PAST: i64 = 200;

/// `GET /v1/beneficiaries/{id}/requests`
pub async fn requests_of(State(app): State<App>, params: RawPathParams, request: Request) -> Response {
    let headers = request.headers().clone();
    asked(app, headers, |app, account| async move {
        staff_only(&account.actor)?;
        let id = path_id(&params)?;
        visible(&app, &account.actor, EntityKind::Beneficiary, id).await?;
        let id = id.to_string();
        let kind = EntityKind::Request;
        let found =
            document::newest(&mut app.store.read().await?, kind, "requester_id = $1", PAST, &[(&id).into()]).await?;
        let mut rows = Vec::with_capacity(found.len());
        for (id, doc) in found {
            if account.actor.sees(kind, &scope_of(kind, &id, &doc)) {
                rows.push(raw(doc)?);
            }
        }
        Ok(Json(Page { rows, next: None }).into_response())
    })
    .await
}

/// `GET /v1/callers/{number}`
pub async fn caller(State(app): State<App>, params: RawPathParams, request: Request) -> Response {
    let headers = request.headers().clone();
    asked(app, headers, |app, account| async move {
        staff_only(&account.actor)?;
        let text = params.iter().find(|(name, _)| *name == "number").map(|(_, text)| text).unwrap_or_default();
        let number = PhoneNumber::parse(text)
            .map_err(|error| Problem::new(ProblemKind::BadParameter).with("why", error).at("number"))?;
        let party = callers::look_up_for(&mut app.store.read().await?, &account.actor, &number).await?;
        Ok(Json(party).into_response())
    })
    .await
}

/// `GET /v1/search?q=…`
pub async fn search(State(app): State<App>, request: Request) -> Response {
    let headers = request.headers().clone();
    asked(app, headers, |app, account| async move {
        staff_only(&account.actor)?;
        let parameters = parameters(&request, &["q", "after", "limit"])?;
        let typed = parameters.get("q").map(String::as_str).unwrap_or_default();
        let limit = number(&parameters, "limit", 1..=PAGE_MAX)?.unwrap_or(50);
        let before = number(&parameters, "after", 0..=i64::MAX)?.unwrap_or(i64::MAX);
        let mut tx = app.store.read().await?;
        let found = index::find(&mut tx, &account.actor, typed, before, limit).await?;
        let full = i64::try_from(found.len()).unwrap_or(limit) == limit;
        let next = found.last().filter(|_| full).map(|(order, _)| order.to_string());
        let rows = found.into_iter().map(|(_, doc)| raw(doc)).collect::<Result<_, _>>()?;
        Ok(Json(Page { rows, next }).into_response())
    })
    .await
}

/// `GET /v1/snapshot`
pub async fn snapshot(State(app): State<App>, headers: HeaderMap) -> Response {
    asked(app, headers, |app, account| async move {
        let started = Instant::now();
        let pieces = whole::json(&app.store, &account.actor).await?;
        let bytes = pieces.iter().map(Bytes::len).sum::<usize>();
        tracing::debug!(bytes, elapsed_ms = started.elapsed().as_millis(), "snapshot");
        let content_type = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
        Ok((content_type, Body::from_stream(stream::iter(pieces.into_iter().map(Ok::<_, Infallible>)))).into_response())
    })
    .await
}

/// `GET /v1/openapi.json`
pub async fn openapi() -> Response {
    let content_type = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    (content_type, super::openapi::text()).into_response()
}

/// `GET /healthz`
pub async fn health() -> Response {
    Json(serde_json::json!({ "status": "ok" })).into_response()
}

/// `GET /readyz`
pub async fn ready(State(app): State<App>, headers: HeaderMap) -> Response {
    let answered = async { app.store.read().await?.now_us().await };
    match answered.await {
        Ok(_) if !app.stop.is_cancelled() => Json(serde_json::json!({ "status": "ok" })).into_response(),
        Ok(_) => super::problem::answer(&Failure::Stopping, super::problem::language(&headers, None)),
        Err(error) => {
            let problem = Problem::new(ProblemKind::Unavailable).with("why", "database");
            tracing::error!(%error, "not ready");
            super::problem::answer(&problem.into(), super::problem::language(&headers, None))
        }
    }
}

/// `GET /metrics`, from this machine alone.
pub async fn metrics(State(app): State<App>, request: Request) -> Response {
    let local = request.extensions().get::<ConnectInfo<SocketAddr>>().is_some_and(|from| from.0.ip().is_loopback());
    if !local {
        return super::problem::answer(
            &Problem::new(ProblemKind::NoSuchRoute).into(),
            super::problem::language(request.headers(), None),
        );
    }
    let content_type = [(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")];
    (content_type, app.metrics.text(app.feed.streams(), app.feed.last())).into_response()
}
