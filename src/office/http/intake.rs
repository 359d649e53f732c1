//! `POST /v1/intake/calls/{token}`: where telephone systems tell what happens on the line. The token in the path says which one it is; no log
//! holds it.

use super::{
    App,
    problem::{answer, language},
};
use crate::{
    office::{
        failure::Failure,
        intake::telephony::{
            Answer, Delivery, Taken, Unreadable,
            connections::{now, record},
            tokens,
        },
    },
    wire::problem::{Problem, ProblemKind},
};
use axum::{
    Json,
    body::Body,
    extract::{RawPathParams, Request, State},
    http::{HeaderMap, HeaderValue, Uri, header},
    response::{IntoResponse, Response},
};

/// The largest delivery that is read: no telephone system has more to say of one call.
const BODY_LIMIT: usize = 256 * 1024;

/// `POST /v1/intake/calls/{token}`
pub async fn calls(State(app): State<App>, params: RawPathParams, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let token = params.iter().find(|(name, _)| *name == "token").map(|(_, text)| text).unwrap_or_default();
    let url = public_url(&app, &parts.headers, &parts.uri);
    match take(&app, token, &url, body).await {
        Ok((_, Answer::Xml(xml))) => {
            ([(header::CONTENT_TYPE, HeaderValue::from_static("application/xml"))], xml).into_response()
        }
        Ok((events, Answer::Noted)) => Json(serde_json::json!({ "events": events })).into_response(),
        Err(failure) => answer(&failure, language(&parts.headers, None)),
    }
}

async fn take(app: &App, token: &str, url: &str, body: Body) -> Result<(usize, Answer), Failure> {
    let source = tokens::source(&app.store, token).await?.ok_or_else(|| Problem::new(ProblemKind::NoSuchRoute))?;
    let unreadable = |problem: Problem| {
        app.metrics.telephony_unreadable(source.name.as_str());
        Failure::from(problem)
    };
    let body = axum::body::to_bytes(body, BODY_LIMIT).await.map_err(|error| {
        let too_large =
            std::error::Error::source(&error).is_some_and(|source| source.to_string().contains("length limit"));
        let kind = if too_large { ProblemKind::TooLarge } else { ProblemKind::MalformedJson };
        unreadable(Problem::new(kind).with("why", error))
    })?;
    let delivery = Delivery { source: &source.name, body: &body, at: now(), url };
    let Taken { events, answer, token: own } = source.format.read(&delivery).map_err(|error| {
        unreadable(match error {
            Unreadable::Malformed(why) => Problem::new(ProblemKind::MalformedJson).with("why", why),
            Unreadable::Field { field, why } => Problem::new(ProblemKind::Invalid).with("why", why).at(field),
        })
    })?;
    if source.format.has_body_token() && !tokens::is_body_token(&app.store, token, &source, own.as_deref()).await? {
        return Err(unreadable(
            Problem::new(ProblemKind::Invalid).with("why", "it is not the token that came first").at("token"),
        ));
    }
    let count = events.len();
    for event in events {
        record(&app.writer, event).await?;
        app.metrics.telephony_event(source.name.as_str());
    }
    Ok((count, answer))
}

/// Where the request was sent to, as its sender knows it: behind a proxy, that says so.
fn public_url(app: &App, headers: &HeaderMap, uri: &Uri) -> String {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let first = |name: &str| text(name).and_then(|list| list.split(',').next()).map(str::trim);
    let scheme = first("x-forwarded-proto").filter(|scheme| matches!(*scheme, "http" | "https"));
    let scheme = scheme.or(uri.scheme_str()).unwrap_or(app.scheme.name());
    let authority = uri.authority().map(axum::http::uri::Authority::as_str);
    let host = first("x-forwarded-host").or(text("host")).or(authority).unwrap_or_default();
    format!("{scheme}://{host}{}", uri.path())
}
