//! What the pages that are opened by a signed link have in common: what is asked for, their forms, the way back, their headers.

use super::App;
use crate::{domain::operator::Language, i18n, office::pages};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use std::collections::HashMap;

/// What a request says of itself before anything is looked up.
pub(super) struct Asked {
    pub(super) link: String,
    pub(super) file: Option<String>,
    pub(super) language: Language,
    /// What the page says above all else once it was told something.
    pub(super) noted: Option<&'static str>,
}

impl Asked {
    /// Of a page below `base`, which has something to say for these words in its address.
    pub(super) fn of(headers: &HeaderMap, uri: &Uri, base: &str, known: &[(&str, &'static str)]) -> Self {
        let mut segments = uri.path().trim_start_matches(base).trim_start_matches('/').split('/');
        let link = segments.next().unwrap_or_default().to_owned();
        let file = segments.next().map(str::to_owned);
        let query: HashMap<_, _> = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).collect();
        let language = match query.get("lang").map(AsRef::as_ref) {
            Some("en") => Language::En,
            Some("fr") => Language::Fr,
            _ => spoken(headers),
        };
        let noted = query.get("noted").and_then(|said| known.iter().find(|(word, _)| said == word));
        Self { link, file, language, noted: noted.map(|(_, key)| *key) }
    }

    /// Back to the page, which tells how things stand: a form that is sent twice shows the same twice.
    pub(super) fn see_other(&self, base: &str, noted: Option<&str>) -> Response {
        let language = if self.language == Language::En { "en" } else { "fr" };
        let noted = noted.map(|word| format!("&noted={word}")).unwrap_or_default();
        let mut response = StatusCode::SEE_OTHER.into_response();
        if let Ok(place) = HeaderValue::from_str(&format!("{base}/{}?lang={language}{noted}", self.link)) {
            response.headers_mut().insert(header::LOCATION, place);
        }
        guarded(response)
    }
}

/// The language that a browser asks for.
pub(super) fn spoken(headers: &HeaderMap) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    accepted.map_or(Language::Fr, i18n::from_accept_language)
}

/// What the house is called.
pub(super) fn house(app: &App) -> &str {
    app.house.as_deref().unwrap_or("Loge")
}

/// The fields of a form of at most so many bytes.
///
/// # Errors
/// It is no form, or too large.
pub(super) async fn form(headers: &HeaderMap, body: Body, limit: usize) -> Result<HashMap<String, String>, StatusCode> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let bytes = axum::body::to_bytes(body, limit).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    Ok(form_urlencoded::parse(&bytes).into_owned().collect())
}

/// A page.
pub(super) fn html(status: StatusCode, page: String) -> Response {
    let mut response = (status, page).into_response();
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    guarded(response)
}

/// With the headers of every page.
pub(super) fn guarded(mut response: Response) -> Response {
    for (name, value) in pages::headers() {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}
