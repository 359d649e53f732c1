//! A round's sheet, and the page on which its courier drives it: opened by the signed link of a mail, without an account. A GET changes
//! nothing. No log, no metric and no other page learns the link.

use super::{
    App,
    activity::now,
    linked::{Asked, form, guarded, house, html, spoken},
    query::{parameters, path_id, staff_only},
    session::asked,
};
use crate::{
    domain::{
        access::Actor,
        entity::EntityKind,
        ids::CourierId,
        operator::Language,
        round::{Round, RoundState},
        time::Instant,
    },
    office::{
        commands::{register, stop::Told},
        failure::Failure,
        outreach::link,
        pages::{
            round::{REASONS, View, nothing, page as drawn, word},
            sheet::{self, Reader, Sheet, Untimed},
        },
        secret,
        storage::{StorageError, document},
    },
    wire::problem::{Problem, ProblemKind},
};
use axum::{
    extract::{RawPathParams, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::SignedDuration;
use std::collections::HashMap;

/// Where the pages are.
const BASE: &str = "/r";

/// The largest form that is read.
const BODY_LIMIT: usize = 4 * 1024;

/// For how long a page can be read after its round's day.
const LINGERS: SignedDuration = SignedDuration::from_hours(24 * 7);

/// `GET /v1/rounds/{id}/sheet`
pub async fn sheet(State(app): State<App>, params: RawPathParams, request: Request) -> Response {
    let headers = request.headers().clone();
    let spoken = spoken(&headers);
    asked(app, headers, |app, account| async move {
        staff_only(&account.actor)?;
        let parameters = parameters(&request, &["format", "lang"])?;
        let wrong =
            |name: &str, why: &str| Failure::from(Problem::new(ProblemKind::BadParameter).with("why", why).at(name));
        let language = match parameters.get("lang").map(String::as_str) {
            None => spoken,
            Some("fr") => Language::Fr,
            Some("en") => Language::En,
            Some(_) => return Err(wrong("lang", "fr or en")),
        };
        let form = match parameters.get("format").map(String::as_str) {
            None | Some("text") => Form::Text,
            Some("html") => Form::Html,
            Some("ics") => Form::Calendar,
            Some(_) => return Err(wrong("format", "text, html or ics")),
        };
        let id = path_id(&params)?;
        let mut tx = app.store.read().await?;
        let missing = || Failure::NotFound { kind: EntityKind::Round, id };
        let round = document::load::<Round>(&mut tx, id.into()).await?.ok_or_else(missing)?;
        let policy = register::policy(&mut tx).await?;
        let now = now(&mut tx).await?;
        let reader = Reader { language, actor: &account.actor, now };
        let untimed = sheet::read(&mut tx, &round, &policy.fields, reader).await?;
        drop(tx);
        let sheet = timed(&app, untimed).await;
        Ok(form.answer(&sheet, language, house(&app), now))
    })
    .await
}

/// A sheet with its times, once it is known how long its ways are.
async fn timed(app: &App, untimed: Untimed) -> Sheet {
    let ways = match untimed.asks() {
        Some(asked) => Some(app.travel.lately(&asked).await),
        None => None,
    };
    untimed.timed(ways.as_ref())
}

/// How a sheet is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Text,
    Html,
    Calendar,
}

impl Form {
    fn answer(self, sheet: &Sheet, language: Language, house: &str, now: Instant) -> Response {
        let (kind, text) = match self {
            Self::Text => ("text/plain; charset=utf-8", sheet::text(sheet, language)),
            Self::Html => ("text/html; charset=utf-8", sheet::html(sheet, language)),
            Self::Calendar => ("text/calendar; charset=utf-8", sheet::calendar(sheet, language, house, now)),
        };
        let mut response = text.into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        if self == Self::Calendar {
            let name = HeaderValue::from_static("attachment; filename=\"loge.ics\"");
            response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
        }
        guarded(response)
    }
}

/// What a link opens.
struct Opened {
    courier: CourierId,
    sheet: Sheet,
    now: Instant,
}

/// `GET /r/{link}`
pub async fn page(State(app): State<App>, request: Request) -> Response {
    let asked = Asked::of(request.headers(), request.uri(), BASE, &NOTED);
    match open(&app, &asked).await {
        Ok(opened) => shown(&asked, &opened),
        Err(closed) => closed.told(asked.language),
    }
}

/// `GET /r/{link}/{file}`: the sheet, for print or for a calendar.
pub async fn file(State(app): State<App>, request: Request) -> Response {
    let asked = Asked::of(request.headers(), request.uri(), BASE, &NOTED);
    let opened = match open(&app, &asked).await {
        Ok(opened) => opened,
        Err(closed) => return closed.told(asked.language),
    };
    let form = match asked.file.as_deref() {
        Some("sheet.html") => Form::Html,
        Some("sheet.ics") => Form::Calendar,
        Some("sheet.txt") => Form::Text,
        _ => return Closed::Unknown.told(asked.language),
    };
    form.answer(&opened.sheet, asked.language, house(&app), opened.now)
}

/// `POST /r/{link}`
pub async fn report(State(app): State<App>, request: Request) -> Response {
    let asked = Asked::of(request.headers(), request.uri(), BASE, &NOTED);
    let (parts, body) = request.into_parts();
    let done = async {
        let opened = open(&app, &asked).await?;
        let form = form(&parts.headers, body, BODY_LIMIT).await.map_err(Closed::Form)?;
        let told = read(&form).ok_or(Closed::Form(StatusCode::UNPROCESSABLE_ENTITY))?;
        app.writer.tell_of_round(opened.courier, opened.sheet.round.id, told).await?;
        Ok::<_, Closed>(see_other(&asked, told))
    };
    done.await.unwrap_or_else(|closed| closed.told(asked.language))
}

/// What a page says above all else once it was told something, by the word in its address.
const NOTED: [(&str, &str); 4] = [
    ("taken", "round-page-noted-taken"),
    ("left", "round-page-noted-left"),
    ("failed", "round-page-noted-failed"),
    ("back", "round-page-noted-back"),
];

/// Why there is no page; each is a page that says what to do.
enum Closed {
    /// Nobody was sent this link.
    Unknown,
    /// Somebody else drives the round.
    Elsewhere,
    /// The round is long over, or not to be driven.
    Over,
    /// The form is no form of the page.
    Form(StatusCode),
    /// The office cannot answer.
    Failed(Failure),
}

impl From<Failure> for Closed {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<StorageError> for Closed {
    fn from(error: StorageError) -> Self {
        Self::Failed(error.into())
    }
}

impl Closed {
    fn told(self, language: Language) -> Response {
        let (status, key) = match self {
            Self::Unknown => (StatusCode::NOT_FOUND, "offer-page-unknown"),
            Self::Elsewhere => (StatusCode::GONE, "round-page-elsewhere"),
            Self::Over => (StatusCode::GONE, "round-page-gone"),
            Self::Form(status) => (status, "offer-page-form"),
            Self::Failed(failure) => {
                tracing::error!(%failure, "the page of a round could not be shown");
                (StatusCode::SERVICE_UNAVAILABLE, "offer-page-failed")
            }
        };
        html(status, nothing(language, key))
    }
}

async fn open(app: &App, asked: &Asked) -> Result<Opened, Closed> {
    let mut tx = app.store.read().await?;
    let secret = secret::known(&mut tx, link::SECRET).await?.ok_or(Closed::Unknown)?;
    let (round, courier) = link::read_round(&secret, &asked.link).ok_or(Closed::Unknown)?;
    let round = document::load::<Round>(&mut tx, round).await?.ok_or(Closed::Unknown)?;
    if round.fields.courier_id != courier {
        return Err(Closed::Elsewhere);
    }
    let policy = register::policy(&mut tx).await?;
    let now = now(&mut tx).await?;
    let end = round.finished_at.unwrap_or(round.fields.shift.end(&policy.fields.zone));
    if round.state == RoundState::Draft || end.plus(LINGERS) < now {
        return Err(Closed::Over);
    }
    let reader = Reader { language: asked.language, actor: &Actor::courier(courier), now };
    let untimed = sheet::read(&mut tx, &round, &policy.fields, reader).await?;
    drop(tx);
    let sheet = timed(app, untimed).await;
    Ok(Opened { courier, sheet, now })
}

/// What a form tells; none if it is no form of the page.
fn read(form: &HashMap<String, String>) -> Option<Told> {
    let told = form.get("told")?.as_str();
    if told == "finish" {
        return Some(Told::Back);
    }
    let leg = form.get("leg")?.parse().ok()?;
    match told {
        "taken" => Some(Told::Taken(leg)),
        "left" => Some(Told::Left(leg)),
        reason => REASONS.into_iter().find(|known| word(*known) == reason).map(|reason| Told::Failed(leg, reason)),
    }
}

fn shown(asked: &Asked, opened: &Opened) -> Response {
    let view = View { language: asked.language, link: &asked.link, sheet: &opened.sheet, noted: asked.noted };
    html(StatusCode::OK, drawn(&view))
}

/// Back to the page, which shows the next stop.
fn see_other(asked: &Asked, told: Told) -> Response {
    let noted = match told {
        Told::Taken(_) => "taken",
        Told::Left(_) => "left",
        Told::Failed(..) => "failed",
        Told::Back => "back",
    };
    asked.see_other(BASE, Some(noted))
}
