//! Logging in and out, and one's own account.

use super::{
    App, bad_id,
    command::json,
    problem::{answer, language},
};
use crate::{
    domain::{access::Role, ids::OperatorId, operator::Operator},
    office::{
        auth::{Account, Token},
        failure::Failure,
        storage::document,
    },
    wire::{
        problem::{Problem, ProblemKind},
        query::{LogIn, Session, SetPassword},
    },
};
use axum::{
    Json,
    extract::{ConnectInfo, RawPathParams, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::net::SocketAddr;

/// Who asks.
///
/// # Errors
/// `not-logged-in` without a token, or with one that is unknown or over.
pub async fn account(app: &App, headers: &HeaderMap) -> Result<Account, Failure> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("bearer ")))
        .map(Token::read)
        .ok_or_else(|| Problem::new(ProblemKind::NotLoggedIn))?;
    app.sessions.resolve(&token).await?.ok_or_else(|| Problem::new(ProblemKind::NotLoggedIn).into())
}

/// Runs a query of a logged-in account and words what fails.
pub async fn asked<F>(app: App, headers: HeaderMap, run: impl FnOnce(App, Account) -> F) -> Response
where
    F: Future<Output = Result<Response, Failure>>,
{
    match account(&app, &headers).await {
        Err(failure) => answer(&failure, language(&headers, None)),
        Ok(account) => {
            let language = language(&headers, Some(&account));
            run(app, account).await.unwrap_or_else(|failure| answer(&failure, language))
        }
    }
}

/// Runs what writes in a task of its own: a client that goes away must not cut it off between two statements.
async fn detached<T: Send + 'static>(
    work: impl Future<Output = Result<T, Failure>> + Send + 'static,
) -> Result<T, Failure> {
    tokio::spawn(work).await.map_err(|_| Failure::Stopping)?
}

/// A body as the type that it is to be.
pub fn parsed<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    Ok(crate::wire::catalogue::body(bytes)?)
}

/// `POST /v1/login`
pub async fn log_in(State(app): State<App>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let from =
        parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or_else(String::new, |from| from.0.ip().to_string());
    let outcome = async {
        let LogIn { login, password } = parsed(&json(&parts.headers, body).await?)?;
        check_length("password", &password, 1)?;
        let sessions = app.sessions.clone();
        detached(async move { sessions.log_in(login.as_str(), password, &from).await }).await
    };
    match outcome.await {
        Ok((token, expires_at, operator)) => {
            let session = Session { token: token.reveal().to_owned(), expires_at, operator };
            ([(header::CACHE_CONTROL, "no-store")], Json(session)).into_response()
        }
        Err(failure) => answer(&failure, language(&parts.headers, None)),
    }
}

/// `DELETE /v1/session`
pub async fn log_out(State(app): State<App>, headers: HeaderMap) -> Response {
    asked(app, headers, |app, account| async move {
        detached(async move { app.sessions.log_out(&account).await }).await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}

/// `GET /v1/me`
pub async fn me(State(app): State<App>, headers: HeaderMap) -> Response {
    asked(app, headers, |app, account| async move {
        // As it is now: who asks may just have changed it, and a session remembers it for a while.
        let now = document::load::<Operator>(&mut app.store.read().await?, account.operator.id).await?;
        Ok(Json(now.as_ref().unwrap_or(&account.operator)).into_response())
    })
    .await
}

fn check_length(field: &str, password: &str, least: usize) -> Result<(), Failure> {
    let count = password.chars().count();
    if (least..=1000).contains(&count) {
        return Ok(());
    }
    let why = format!("a password has {least} to 1000 characters");
    Err(Problem::new(ProblemKind::Invalid).with("why", why).at(field).into())
}

/// `POST /v1/operators/{id}/password`: one's own with the present one, or by a manager anybody's.
pub async fn set_password(State(app): State<App>, params: RawPathParams, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let headers = parts.headers.clone();
    asked(app, parts.headers, |app, account| async move {
        let id = params.iter().find(|(name, _)| *name == "id").and_then(|(_, text)| text.parse::<OperatorId>().ok());
        let id = id.ok_or_else(|| bad_id("id"))?;
        let own = id == account.operator.id;
        if !own && !account.actor.has(Role::Manager) {
            return Err(Failure::NotAllowed("operator.password"));
        }
        let SetPassword { present, new } = parsed(&json(&headers, body).await?)?;
        check_length("new", &new, 10)?;
        let found = document::load::<Operator>(&mut app.store.read().await?, id).await?;
        let kind = crate::domain::entity::EntityKind::Operator;
        let operator = found.ok_or(Failure::NotFound { kind, id: id.into() })?;
        if own && !app.sessions.is_password(&operator, present.unwrap_or_default()).await? {
            return Err(Problem::new(ProblemKind::Invalid)
                .with("why", "it is not the present password")
                .at("present")
                .into());
        }
        detached(async move {
            let keep = own.then_some(&*account.token_hash);
            app.sessions.set_password(id, new, keep).await
        })
        .await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}
