//! The page on which providers answer: opened by the signed link of a mail, without an account. A GET changes nothing. No log, no metric
//! and no other page learns the link.

use super::{
    App,
    linked::{Asked, form, guarded, house, html},
};
use crate::{
    domain::{
        ids::{OfferId, ReplyId},
        operator::Language,
        provider::Provider,
        register::Standing,
        reply::Reply,
        texts::ShortText,
        time::{Instant, When, Window},
    },
    office::{
        commands::{
            letter::{self, Act, Answer, Report},
            offer::TAKEN,
        },
        failure::Failure,
        outreach::link,
        pages::{
            calendar as ics,
            card::{self, Card},
            offers::{Fault, Field, Partner, View, nothing, page as drawn},
        },
        secret,
        storage::document,
    },
};
use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::{SignedDuration, civil};
use std::collections::HashMap;

/// Where the pages are.
const BASE: &str = "/o";

/// The largest form that is read.
const BODY_LIMIT: usize = 16 * 1024;

/// For how long a page can be read once all its jobs are over.
const LINGERS: SignedDuration = SignedDuration::from_hours(24 * 7);

/// What a link opens.
struct Opened {
    letter: ReplyId,
    provider: Provider,
    cards: Vec<Card>,
    now: Instant,
}

/// `GET /o/{link}`
pub async fn page(State(app): State<App>, request: Request) -> Response {
    let asked = Asked::of(request.headers(), request.uri(), BASE, &NOTED);
    match open(&app, &asked).await {
        Ok(opened) => shown(&app, &asked, &opened, None, StatusCode::OK),
        Err(closed) => closed.told(asked.language),
    }
}

/// `GET /o/{link}/{offer}.ics`
pub async fn calendar(State(app): State<App>, request: Request) -> Response {
    let asked = Asked::of(request.headers(), request.uri(), BASE, &NOTED);
    let opened = match open(&app, &asked).await {
        Ok(opened) => opened,
        Err(closed) => return closed.told(asked.language),
    };
    let named = |card: &&Card| Some(format!("{}.ics", card.offer.id).as_str()) == asked.file.as_deref();
    let entry = opened.cards.iter().find(named).and_then(|card| ics::entry(card, house(&app), opened.now));
    let Some(entry) = entry else { return Closed::Unknown.told(asked.language) };
    let mut response = entry.into_response();
    let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    let name = HeaderValue::from_static("attachment; filename=\"loge.ics\"");
    response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    guarded(response)
}

/// `POST /o/{link}/seen`: the page's own act.
pub async fn seen(State(app): State<App>, request: Request) -> Response {
    let asked = Asked::of(request.headers(), request.uri(), BASE, &NOTED);
    match open(&app, &asked).await {
        Ok(opened) => match app.writer.act_on_letter(opened.provider.id, opened.letter, Act::See).await {
            Ok(_) => guarded(StatusCode::NO_CONTENT.into_response()),
            Err(failure) => Closed::from(failure).told(asked.language),
        },
        Err(closed) => closed.told(asked.language),
    }
}

/// `POST /o/{link}`
pub async fn answer(State(app): State<App>, request: Request) -> Response {
    let asked = Asked::of(request.headers(), request.uri(), BASE, &NOTED);
    let (parts, body) = request.into_parts();
    let done = async {
        let opened = open(&app, &asked).await?;
        let form = form(&parts.headers, body, BODY_LIMIT).await.map_err(Closed::Form)?;
        Ok::<_, Closed>(match read(&form, &opened) {
            Ok(None) => asked.see_other(BASE, None),
            Ok(Some(act)) => {
                let noted = noted(&act);
                app.writer.act_on_letter(opened.provider.id, opened.letter, act).await?;
                asked.see_other(BASE, noted)
            }
            Err(fault) => {
                // Whoever sends a form has seen the page.
                app.writer.act_on_letter(opened.provider.id, opened.letter, Act::See).await?;
                shown(&app, &asked, &opened, Some(&fault), StatusCode::UNPROCESSABLE_ENTITY)
            }
        })
    };
    done.await.unwrap_or_else(|closed| closed.told(asked.language))
}

/// What a page says above all else once it was told something, by the word in its address.
const NOTED: [(&str, &str); 2] = [("late", "offer-page-noted-late"), ("problem", "offer-page-noted-problem")];

fn noted(act: &Act) -> Option<&'static str> {
    match act {
        Act::Report { report: Report::Late(_), .. } => Some("late"),
        Act::Report { report: Report::Problem(_), .. } => Some("problem"),
        _ => None,
    }
}

/// Why there is no page; each is a page that says what to do.
enum Closed {
    /// Nobody was sent this link.
    Unknown,
    /// Its jobs are over.
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

impl Closed {
    fn told(self, language: Language) -> Response {
        let (status, key) = match self {
            Self::Unknown => (StatusCode::NOT_FOUND, "offer-page-unknown"),
            Self::Over => (StatusCode::GONE, "offer-page-gone"),
            Self::Form(status) => (status, "offer-page-form"),
            Self::Failed(failure) => {
                tracing::error!(%failure, "the page of an offer could not be shown");
                (StatusCode::SERVICE_UNAVAILABLE, "offer-page-failed")
            }
        };
        html(status, nothing(language, key))
    }
}

async fn open(app: &App, asked: &Asked) -> Result<Opened, Closed> {
    let failed = |error| Closed::Failed(Failure::Storage(error));
    let mut tx = app.store.read().await.map_err(failed)?;
    let secret = secret::known(&mut tx, link::SECRET).await.map_err(failed)?.ok_or(Closed::Unknown)?;
    let letter = link::read(&secret, &asked.link).ok_or(Closed::Unknown)?;
    let letter = document::load::<Reply>(&mut tx, letter).await.map_err(failed)?.ok_or(Closed::Unknown)?;
    let provider = letter::provider_of(&mut tx, &letter).await?.ok_or(Closed::Unknown)?;
    let provider = document::load::<Provider>(&mut tx, provider).await.map_err(failed)?.ok_or(Closed::Unknown)?;
    let now = tx.now_us().await.map_err(failed)?;
    let now = Instant::from_micros(now).map_err(|_| Closed::Unknown)?;
    let mut cards = Vec::with_capacity(letter.offer_ids.len());
    for id in &letter.offer_ids {
        if let Some(offer) = document::load(&mut tx, *id).await.map_err(failed)? {
            cards.extend(card::read(&mut tx, offer, asked.language).await.map_err(failed)?);
        }
    }
    let over = cards.iter().all(|card| card.offer.ended_at.is_some_and(|at| at.plus(LINGERS) < now));
    if over { Err(Closed::Over) } else { Ok(Opened { letter: letter.id, provider, cards, now }) }
}

/// What a form asks for; none if it is no form of the page. Of an offer that is not of this mail nothing is said and nothing changed.
fn read(form: &HashMap<String, String>, opened: &Opened) -> Result<Option<Act>, Fault> {
    let field = |name: &str| form.get(name).cloned().unwrap_or_default();
    let named: Option<OfferId> = match form.get("offer").map(|id| id.parse()) {
        None => None,
        Some(Ok(id)) => Some(id),
        Some(Err(_)) => return Ok(None),
    };
    let card = opened.cards.iter().find(|card| named.is_none_or(|id| card.offer.id == id));
    let Some(card) = card else { return Ok(None) };
    let fault = |of: Field| Fault {
        offer: card.offer.id,
        field: of,
        text: field("text"),
        date: field("date"),
        time: field("time"),
    };
    let words = |of: Field| field("text").parse::<ShortText>().map_err(|_| fault(of));
    let report = |report: Report| named.map(|offer| Act::Report { offer, report });
    let answer = |answer: Answer| Some(Act::Answer { offer: named, answer });
    Ok(match (field("answer").as_str(), named) {
        ("yes", _) => answer(Answer::Yes),
        ("no", _) => answer(Answer::No(words(Field::Reason)?)),
        ("other", Some(_)) => {
            let when = other_time(&field("date"), &field("time"), card, opened.now);
            answer(Answer::OtherTime(when.ok_or_else(|| fault(Field::When))?))
        }
        ("ready", _) => report(Report::Ready),
        ("late", Some(_)) => report(Report::Late(words(Field::Late)?)),
        ("problem", Some(_)) => report(Report::Problem(words(Field::Problem)?)),
        _ => None,
    })
}

/// The time that a provider proposes, in the future: as a browser writes it, or as people do where the browser offers a mere line.
fn other_time(date: &str, time: &str, card: &Card, now: Instant) -> Option<When> {
    let (date, time) = (day(date.trim())?, clock(time.trim())?);
    let at = date.to_datetime(time);
    if card.terms.zone.instant(at) <= now {
        return None;
    }
    match card.terms.when {
        // What is done on the spot takes as long then as it would have.
        Some(When::Window(asked)) => {
            let end = at.checked_add(asked.to().duration_since(asked.from())).ok()?;
            let end = if end.date() == date { end.time() } else { civil::time(23, 59, 0, 0) };
            Window::new(date, time, end).ok().map(When::Window)
        }
        _ => Some(When::Due { at }),
    }
}

fn day(text: &str) -> Option<civil::Date> {
    if let Ok(date) = crate::domain::time::parse_date(text) {
        return Some(date);
    }
    let mut parts = text.split(['/', '.', ' ']).map(str::parse::<i16>);
    let (day, month, year) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    if parts.next().is_some() || !(2000..=9999).contains(&year) {
        return None;
    }
    civil::Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

fn clock(text: &str) -> Option<civil::Time> {
    let text = text.to_lowercase().replace(' ', "");
    let (hour, minute) = text.split_once([':', 'h'])?;
    let minute = if minute.is_empty() { "0" } else { minute.split(':').next()? };
    civil::Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

fn shown(app: &App, asked: &Asked, opened: &Opened, fault: Option<&Fault>, status: StatusCode) -> Response {
    let partner = if opened.provider.standing == Standing::Active { Partner::Active } else { Partner::Archived };
    let view = View {
        language: asked.language,
        house: house(app),
        link: &asked.link,
        now: opened.now,
        taken: TAKEN,
        partner,
        cards: &opened.cards,
        fault,
        noted: asked.noted,
    };
    html(status, drawn(&view))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_and_a_time_are_read_as_browsers_and_people_write_them() {
        let nine = civil::date(2026, 3, 9);
        for text in ["2026-03-09", "09/03/2026", "9.3.2026", "9 3 2026"] {
            assert_eq!(day(text), Some(nine), "{text}");
        }
        for text in ["", "lundi", "31/02/2026", "9/3", "9/3/26", "2026-13-01", "1/2/3/2026"] {
            assert_eq!(day(text), None, "{text}");
        }
        for (text, hour, minute) in
            [("14:30", 14, 30), ("14h30", 14, 30), ("9 h", 9, 0), ("08:05:00", 8, 5), ("7H", 7, 0)]
        {
            assert_eq!(clock(text), Some(civil::time(hour, minute, 0, 0)), "{text}");
        }
        for text in ["", "midi", "25:00", "14", "14:75", "-1:00"] {
            assert_eq!(clock(text), None, "{text}");
        }
    }
}
