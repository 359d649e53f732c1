//! Mail at the door: messages handed in for a mailbox, and what is kept of them for who sees their contact.

use super::{
    App, bad_id,
    problem::{answer, language},
    query::{staff_only, visible},
    session::asked,
};
use crate::{
    config::mailbox::Acknowledge,
    domain::{contact::Contact, entity::EntityKind, ids::ContactId, texts::ShortText},
    office::{
        auth::Account,
        failure::Failure,
        intake::mail::{self, MESSAGE_BYTES, Mailbox, keep, letter, token},
        storage::document,
    },
    wire::problem::{Problem, ProblemKind},
};
use axum::{
    Json,
    body::Body,
    extract::{RawPathParams, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::time::Duration;
use uuid::Uuid;

/// Messages that are read at once: each takes memory of its size a few times over.
pub const AT_ONCE: usize = 4;

/// How long a message waits for its turn; then it is told to come again.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long the way of a message's bytes may take.
const TRANSFER: Duration = Duration::from_mins(2);

fn parameter(params: &RawPathParams, wanted: &str) -> String {
    params.iter().find(|(name, _)| *name == wanted).map(|(_, text)| text.to_owned()).unwrap_or_default()
}

/// `POST /v1/intake/mail/{mailbox}`
pub async fn take_in(State(app): State<App>, params: RawPathParams, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let name = parameter(&params, "mailbox");
    match taken(&app, &name, &parts.headers, body).await {
        Ok(taken) => {
            app.metrics.mail(&name, if taken.known { "known" } else { "taken" });
            let status = if taken.known { StatusCode::OK } else { StatusCode::CREATED };
            (status, Json(serde_json::json!({ "contact_id": taken.contact_id, "known": taken.known }))).into_response()
        }
        Err(failure) => answer(&failure, language(&parts.headers, None)),
    }
}

async fn taken(app: &App, name: &str, headers: &HeaderMap, body: Body) -> Result<mail::Taken, Failure> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let bearer = bearer.and_then(|value| value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("bearer ")));
    let given = bearer.ok_or_else(|| Problem::new(ProblemKind::NotLoggedIn))?;
    if !token::opens(&mut app.store.read().await?, given, name).await? {
        return Err(Failure::NotAllowed("mail"));
    }
    let busy = || Failure::from(Problem::new(ProblemKind::Unavailable).with("why", "busy").with("retry_after_s", 10));
    let turn = tokio::time::timeout(PATIENCE, app.mail.turns.acquire()).await.map_err(|_| busy())?;
    let _turn = turn.map_err(|_| Failure::Stopping)?;
    let read = tokio::time::timeout(TRANSFER, axum::body::to_bytes(body, MESSAGE_BYTES)).await;
    let bytes = read.map_err(|_| busy())?.map_err(|error| {
        let too_large =
            std::error::Error::source(&error).is_some_and(|source| source.to_string().contains("length limit"));
        let problem = if too_large {
            Problem::new(ProblemKind::TooLarge).with("limit", "40 MiB")
        } else {
            Problem::new(ProblemKind::BadParameter).with("why", error).at("body")
        };
        Failure::from(problem)
    })?;
    if bytes.is_empty() {
        return Err(Problem::new(ProblemKind::Invalid).with("why", "there is no message").at("body").into());
    }
    let name: ShortText = name.parse().map_err(|_| Failure::NotAllowed("mail"))?;
    let known = app.mail.mailboxes.iter().find(|mailbox| mailbox.name == name);
    let mailbox = known.cloned().unwrap_or(Mailbox { name, site: None, acknowledge: Acknowledge::No });
    mail::take(&app.writer, &mailbox, move |name| letter::read(name, bytes.into()), None).await
}

/// `GET /v1/contacts/{id}/raw`
pub async fn raw(State(app): State<App>, params: RawPathParams, request: Request) -> Response {
    let headers = request.headers().clone();
    asked(app, headers, |app, account| async move {
        staff_only(&account.actor)?;
        let (contact, raw) = kept(&app, &account, &params).await?;
        note_sight(&app, &account, contact.id);
        Ok(download(raw, "message/rfc822", &format!("{}.eml", contact.id)))
    })
    .await
}

/// `GET /v1/contacts/{id}/attachments/{place}`
pub async fn attachment(State(app): State<App>, params: RawPathParams, request: Request) -> Response {
    let headers = request.headers().clone();
    asked(app, headers, |app, account| async move {
        staff_only(&account.actor)?;
        let place: usize = parameter(&params, "place").parse().map_err(|_| {
            let why = "the place of an attachment is a whole number from 0";
            Failure::from(Problem::new(ProblemKind::BadParameter).with("why", why).at("place"))
        })?;
        let (contact, raw) = kept(&app, &account, &params).await?;
        let missing = || Failure::NotFound { kind: EntityKind::Contact, id: contact.id.into() };
        let crate::domain::contact::Origin::Message(message) = &contact.origin else { return Err(missing()) };
        let told = message.attachments.get(place).ok_or_else(missing)?;
        if told.keeping != crate::domain::contact::Keeping::Kept {
            return Err(missing());
        }
        let read = tokio::task::spawn_blocking(move || letter::attachment(&raw, place));
        let bytes = read.await.ok().flatten().ok_or_else(missing)?;
        note_sight(&app, &account, contact.id);
        Ok(download(bytes, told.media_type.as_str(), told.name.as_str()))
    })
    .await
}

/// The message of a contact in sight.
async fn kept(app: &App, account: &Account, params: &RawPathParams) -> Result<(Contact, Vec<u8>), Failure> {
    let id: Uuid = parameter(params, "id").parse().map_err(|_| bad_id("id"))?;
    let doc = visible(app, &account.actor, EntityKind::Contact, id).await?;
    let contact: Contact = document::read(&doc)?;
    let raw = keep::get(&mut app.store.read().await?, ContactId::from(id)).await?;
    let raw = raw.ok_or(Failure::NotFound { kind: EntityKind::Contact, id })?;
    Ok((contact, raw))
}

/// Notes that a message was looked at.
fn note_sight(app: &App, account: &Account, id: ContactId) {
    if let Some(operator) = account.actor.operator() {
        app.writer.note_sight(operator, EntityKind::Contact, id.into());
    }
}

/// Something from outside: to be saved, never to be shown or run by what receives it.
fn download(bytes: Vec<u8>, media_type: &str, name: &str) -> Response {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_. ".contains(c) { c } else { '_' }).collect();
    let named = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", percent(name));
    let fallback = |text: &'static str| HeaderValue::from_static(text);
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    let media_type = HeaderValue::from_str(media_type).unwrap_or_else(|_| fallback("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, media_type);
    let disposition = HeaderValue::from_str(&named).unwrap_or_else(|_| fallback("attachment"));
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, fallback("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, fallback("default-src 'none'; sandbox"));
    headers.insert(header::CACHE_CONTROL, fallback("no-store"));
    response
}

/// A name as RFC 8187 writes it.
fn percent(name: &str) -> String {
    name.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            text.push(byte.into());
        } else {
            // Writing to a string does not fail.
            let _ = std::fmt::Write::write_fmt(&mut text, format_args!("%{byte:02X}"));
        }
        text
    })
}
