//! The change stream: server-sent events from a place on, in order and without gap, as far as they are in sight.

use super::{
    App,
    query::{number, parameters},
    session::{self, asked},
};
use crate::{
    i18n,
    office::{auth::Account, failure::Failure, feed::Follower},
    wire::{change::Seq, problem::Problem},
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use bytes::{Bytes, BytesMut};
use futures_util::stream;
use std::{convert::Infallible, time::Duration};

/// How often a silent stream says that it lives, with its place.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Entries that go into one write at most.
const BURST: usize = 256;

/// `GET /v1/changes?after=seq`; `Last-Event-ID` wins, as browsers and clients resume by it.
pub async fn stream(State(app): State<App>, request: Request) -> Response {
    let headers = request.headers().clone();
    asked(app, headers.clone(), |app, account| async move {
        let parameters = parameters(&request, &["after"])?;
        let asked_after = number(&parameters, "after", 0..=i64::MAX)?;
        let resumed =
            headers.get("last-event-id").and_then(|value| value.to_str().ok()).and_then(|text| text.parse().ok());
        let follower = app.feed.follow(resumed.or(asked_after).map(Seq)).await?;
        let date = dated(app.store.read().await?.now_us().await?);
        let reader = Reader {
            language: super::problem::language(&headers, Some(&account)),
            app,
            account,
            headers,
            follower,
            over: Over::No,
        };
        let body = Body::from_stream(stream::unfold(Some(reader), Reader::next));
        let mut response = body.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
        if let Some(date) = date {
            headers.insert(header::DATE, date);
        }
        Ok(response)
    })
    .await
}

/// The database's clock, which commands are stamped by, as a head says it (RFC 9110, 5.6.7): a machine's own may differ.
fn dated(now_us: i64) -> Option<HeaderValue> {
    let now = jiff::Timestamp::from_microsecond(now_us).ok()?;
    let text = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&now).ok()?;
    HeaderValue::try_from(text).ok()
}

/// Where a stream stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Over {
    /// The first word is to be said.
    No,
    /// It goes on.
    Running,
}

struct Reader {
    app: App,
    account: Account,
    headers: HeaderMap,
    language: crate::domain::operator::Language,
    follower: Follower,
    over: Over,
}

impl Reader {
    /// The next write of the stream.
    async fn next(reader: Option<Self>) -> Option<(Result<Bytes, Infallible>, Option<Self>)> {
        let mut reader = reader?;
        if reader.over == Over::No {
            reader.over = Over::Running;
            return Some((Ok(reader.alive()), Some(reader)));
        }
        let stop = reader.app.stop.clone();
        loop {
            let next = tokio::select! {
                biased;
                () = stop.cancelled() => return None,
                next = tokio::time::timeout(KEEP_ALIVE, reader.follower.next()) => next,
            };
            let entry = match next {
                Ok(Ok(entry)) => entry,
                Ok(Err(failure)) => return Some((Ok(reader.reset(&failure)), None)),
                Err(_) => {
                    // A session that is over ends its stream at the next sign of life.
                    return match session::account(&reader.app, &reader.headers).await {
                        Ok(account) if account.actor == reader.account.actor => {
                            Some((Ok(reader.alive()), Some(reader)))
                        }
                        Ok(_) => Some((Ok(reader.rights_changed()), None)),
                        Err(failure) => Some((Ok(reader.reset(&failure)), None)),
                    };
                }
            };
            let mut out = BytesMut::new();
            let mut entry = Some(entry);
            let mut count = 0;
            while let Some(now) = entry {
                if now.is_account(reader.account.operator.id.into()) && reader.has_other_rights().await {
                    out.extend_from_slice(&reader.rights_changed());
                    return Some((Ok(out.freeze()), None));
                }
                if let Some(frame) = now.frame(&reader.account.actor) {
                    out.extend_from_slice(&frame);
                }
                count += 1;
                entry = if count < BURST { reader.follower.ready() } else { None };
            }
            if !out.is_empty() {
                return Some((Ok(out.freeze()), Some(reader)));
            }
        }
    }

    async fn has_other_rights(&self) -> bool {
        self.app.sessions.forget();
        match session::account(&self.app, &self.headers).await {
            Ok(account) => account.actor != self.account.actor,
            Err(_) => true,
        }
    }

    /// The sign of life, with the place reached.
    fn alive(&self) -> Bytes {
        let seq = self.follower.at().0;
        Bytes::from(format!("event: alive\nid: {seq}\ndata: {{\"seq\":{seq}}}\n\n"))
    }

    fn rights_changed(&self) -> Bytes {
        let problem = Problem::new(crate::wire::problem::ProblemKind::FeedReset).with("why", "rights");
        self.reset(&problem.into())
    }

    /// The last word: start over from a snapshot, or log in again.
    fn reset(&self, failure: &Failure) -> Bytes {
        let problem = i18n::worded(Problem::from(failure), self.language);
        let data = serde_json::to_string(&problem).unwrap_or_default();
        Bytes::from(format!("event: reset\ndata: {data}\n\n"))
    }
}
