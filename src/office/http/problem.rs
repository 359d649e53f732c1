//! Problems as responses, in the reader's language.

use crate::{
    domain::operator::Language,
    i18n,
    office::failure::Failure,
    wire::problem::{Problem, ProblemKind},
};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// The language of an answer: the account's, else the one the client asks for.
pub fn language(headers: &HeaderMap, account: Option<&crate::office::auth::Account>) -> Language {
    let preferred = account.and_then(|account| account.operator.fields.preferences.language);
    preferred.unwrap_or_else(|| {
        headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .map_or(Language::Fr, i18n::from_accept_language)
    })
}

/// The answer to what failed.
pub fn answer(failure: &Failure, language: Language) -> Response {
    if let Failure::Storage(error) = failure {
        tracing::error!(%error, "answered with a fault");
    }
    let problem = i18n::worded(Problem::from(failure), language);
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let retry_after = problem.params.get("retry_after_s").and_then(|seconds| HeaderValue::from_str(seconds).ok());
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let mut response = (status, Body::from(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if let Some(retry_after) = retry_after {
        headers.insert(header::RETRY_AFTER, retry_after);
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// A route that does not exist.
pub async fn no_such_route(headers: HeaderMap) -> Response {
    answer(&Problem::new(ProblemKind::NoSuchRoute).into(), language(&headers, None))
}

/// A method that a route does not have; `Allow` names those it has (RFC 9110, 15.5.6).
pub fn no_such_method(headers: &HeaderMap, allow: &HeaderValue) -> Response {
    let mut response = answer(&Problem::new(ProblemKind::NoSuchMethod).into(), language(headers, None));
    response.headers_mut().insert(header::ALLOW, allow.clone());
    response
}

/// What the framework itself refuses, such as a path that is no UTF-8, as a problem.
pub fn rejected(headers: &HeaderMap, response: Response) -> Response {
    let is_problem =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/problem+json");
    if response.status() != StatusCode::BAD_REQUEST || is_problem {
        return response;
    }
    let problem =
        Problem::new(ProblemKind::BadParameter).with("why", "a path is UTF-8, its bytes written as %XX").at("path");
    answer(&problem.into(), language(headers, None))
}
