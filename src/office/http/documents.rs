//! Sheets to print: the routes that show them, as text or as a page.

use super::{
    App,
    query::{number, parameters, path_id, staff_only},
    session::asked,
};
use crate::{
    domain::{
        entity::EntityKind,
        label::{Label, Scanned},
    },
    office::{
        documents::{self, Form, Sheet},
        failure::Failure,
        pages,
    },
    wire::problem::{Problem, ProblemKind},
};
use axum::{
    extract::{RawPathParams, Request, State},
    http::header,
    response::{IntoResponse, Response},
};
use std::collections::BTreeMap;

/// Labels of a sheet at most.
pub const LABELS: i64 = 1_000;

fn form(parameters: &BTreeMap<String, String>) -> Result<Form, Failure> {
    match parameters.get("format").map(String::as_str) {
        None | Some("text") => Ok(Form::Text),
        Some("html") => Ok(Form::Page),
        Some(_) => Err(Problem::new(ProblemKind::BadParameter).with("why", "text or html").at("format").into()),
    }
}

fn shown(form: Form, text: String) -> Response {
    match form {
        Form::Text => ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response(),
        Form::Page => (pages::headers(), [(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response(),
    }
}

/// `GET /v1/permanences/{id}/sheet` and `GET /v1/postings/{id}/receipt`
pub async fn sheet(kind: EntityKind, State(app): State<App>, params: RawPathParams, request: Request) -> Response {
    let headers = request.headers().clone();
    let asked_in = headers.clone();
    asked(app, headers, |app, account| async move {
        staff_only(&account.actor)?;
        let id = path_id(&params)?;
        let form = form(&parameters(&request, &["format"])?)?;
        super::query::visible(&app, &account.actor, kind, id).await?;
        let language = super::problem::language(&asked_in, Some(&account));
        let mut tx = app.store.read().await?;
        let sheet: Option<Sheet> = match kind {
            EntityKind::Posting => documents::receipt(&mut tx, language, id.into()).await?,
            _ => documents::closing(&mut tx, language, id.into()).await?,
        };
        let sheet = sheet.ok_or(Failure::NotFound { kind, id })?;
        Ok(shown(form, if form == Form::Text { sheet.text() } else { sheet.page(language) }))
    })
    .await
}

/// `GET /v1/items/labels?from=…&count=…`: labels that were given out, to be printed, again if need be.
pub async fn labels(State(app): State<App>, request: Request) -> Response {
    let headers = request.headers().clone();
    let asked_in = headers.clone();
    asked(app, headers, |_, account| async move {
        staff_only(&account.actor)?;
        let parameters = parameters(&request, &["from", "count", "format"])?;
        let form = form(&parameters)?;
        let count = number(&parameters, "count", 1..=LABELS)?.unwrap_or(1);
        let from = parameters.get("from").and_then(|text| Scanned::read(text));
        let Some(Scanned::Ours(first)) = from else {
            return Err(Problem::new(ProblemKind::BadParameter).with("why", "a label of the house").at("from").into());
        };
        let language = super::problem::language(&asked_in, Some(&account));
        let serial = first.serial();
        let count = u32::try_from(count).unwrap_or_default();
        let all: Vec<Label> = (serial..serial.saturating_add(count)).filter_map(Label::numbered).collect();
        Ok(shown(form, documents::labels(language, &all, form)))
    })
    .await
}
