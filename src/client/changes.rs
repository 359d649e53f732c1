//! The change stream: the office's feed followed from a place on, through cuts and from office to office, in order and without doubles.

use super::{
    Call, Client, ClientError, Outage, REQUEST_TIMEOUT, Url,
    backoff::{Backoff, Throw},
    has_type,
};
use crate::{
    domain::time::Instant as Moment,
    wire::{
        change::{Change, Seq},
        problem::{Problem, ProblemKind},
    },
};
use bytes::Bytes;
use eventsource_stream::{Event, EventStreamError, Eventsource};
use futures_util::{Stream, StreamExt, TryStreamExt};
use reqwest::{
    Response,
    header::{ACCEPT, ACCEPT_ENCODING, DATE, HeaderName, HeaderValue},
};
use serde::Deserialize;
use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::time::{Instant, Sleep};
use tokio_util::{
    codec::{FramedRead, LinesCodec, LinesCodecError},
    io::StreamReader,
};

/// One event: a row is at most 1 MiB, as the body of the command that made it.
const EVENT_MAX_BYTES: usize = 4 << 20;
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// What happens on the stream.
#[derive(Debug)]
pub enum StreamEvent {
    /// An office answers, from this place on.
    Connected {
        /// The place reached before.
        seq: Seq,
        /// The office's clock as it answered, to the second; none if it does not say.
        at: Option<Moment>,
    },
    /// A change; each once, in order.
    Change(Change),
    /// Nothing happened, and the line is good.
    Alive {
        /// The place up to which everything was told.
        seq: Seq,
    },
    /// The feed cannot go on from here: start over from a snapshot. Nothing follows.
    Reset(Box<Problem>),
    /// The line broke; it is taken up again by itself.
    Disconnected {
        /// When the next attempt is made.
        retry_in: Duration,
        /// What broke it.
        why: ClientError,
    },
    /// The account may not read the feed, or no longer. Nothing follows.
    Ended(Box<Problem>),
}

/// The feed from one place on. Dropping it hangs up.
pub struct ChangeStream {
    client: Client,
    at: Seq,
    doubles: u64,
    backoff: Backoff,
    line: Line,
}

enum Line {
    Waiting(Pin<Box<Sleep>>),
    Connecting(Url, Pin<Box<dyn Future<Output = Result<Response, ClientError>> + Send>>),
    Open { office: Url, events: Events, since: Instant },
    Ended,
}

impl Client {
    /// Follows the feed after a place: a snapshot's, or the last one reached.
    pub fn changes(&self, after: Seq) -> ChangeStream {
        let backoff = Backoff::new(self.shared.pace);
        let mut stream = ChangeStream { client: self.clone(), at: after, doubles: 0, backoff, line: Line::Ended };
        stream.connect();
        stream
    }
}

impl ChangeStream {
    /// The place reached: everything up to it was told.
    pub fn at(&self) -> Seq {
        self.at
    }

    /// How many changes came again and were dropped.
    pub fn doubles(&self) -> u64 {
        self.doubles
    }

    /// What happens next; none after [`StreamEvent::Reset`] or [`StreamEvent::Ended`]. Nothing is lost when waiting for it is given up.
    pub async fn next(&mut self) -> Option<StreamEvent> {
        // Whatever is awaited is kept in `line`, and what comes of it is dealt with before the next await.
        loop {
            match &mut self.line {
                Line::Ended => return None,
                Line::Waiting(until) => {
                    until.as_mut().await;
                    self.connect();
                }
                Line::Connecting(office, answer) => match answer.as_mut().await {
                    Ok(response) => {
                        let office = office.clone();
                        let at = dated(&response);
                        let events = Events::new(response.bytes_stream());
                        self.line = Line::Open { office, events, since: Instant::now() };
                        return Some(StreamEvent::Connected { seq: self.at, at });
                    }
                    Err(error) => return Some(self.broken(error)),
                },
                Line::Open { events, .. } => {
                    let told = match events.next().await {
                        Ok(event) => self.take(&event),
                        Err(error) => Err(error),
                    };
                    match told {
                        Ok(None) => {}
                        Ok(Some(event)) => return Some(event),
                        Err(error) => return Some(self.broken(error)),
                    }
                }
            }
        }
    }

    fn connect(&mut self) {
        let office = self.client.offices().present().clone();
        let at = self.at.0;
        let call = Call::get("/v1/changes")
            .with("after", at.to_string())
            .header(LAST_EVENT_ID, HeaderValue::from(at))
            .header(ACCEPT, HeaderValue::from_static("text/event-stream"))
            // Compressed, an event could wait in a buffer for others to fill it.
            .header(ACCEPT_ENCODING, HeaderValue::from_static("identity"))
            .unhurried();
        let client = self.client.clone();
        let called = office.clone();
        self.line = Line::Connecting(
            office,
            Box::pin(async move {
                let Ok(answer) = tokio::time::timeout(REQUEST_TIMEOUT, client.attempt(&called, &call)).await else {
                    client.offices().next_after_failure(&called);
                    return Err(ClientError::Unreachable(Outage::TimedOut));
                };
                let response = answer?;
                if !has_type(&response, "text/event-stream") {
                    client.offices().next_after_failure(&called);
                    return Err(ClientError::Protocol("it is no stream of events".to_owned()));
                }
                Ok(response)
            }),
        );
    }

    /// What an event tells, if it is news.
    fn take(&mut self, event: &Event) -> Result<Option<StreamEvent>, ClientError> {
        match event.event.as_str() {
            "change" => {
                let change: Change = parsed(event)?;
                if event.id.parse() != Ok(change.seq.0) {
                    let why = format!("the event {} holds the change {}", event.id, change.seq.0);
                    return Err(ClientError::Protocol(why));
                }
                if change.seq <= self.at {
                    self.doubles = self.doubles.saturating_add(1);
                    return Ok(None);
                }
                self.at = change.seq;
                Ok(Some(StreamEvent::Change(change)))
            }
            "alive" => {
                let Alive { seq } = parsed(event)?;
                // An office that lags behind another has not yet seen what was told here.
                self.at = self.at.max(seq);
                Ok(Some(StreamEvent::Alive { seq: self.at }))
            }
            "reset" => {
                self.line = Line::Ended;
                // That it starts over matters more than whether this program can read why.
                let problem = parsed(event).unwrap_or_else(|_| Problem::new(ProblemKind::FeedReset));
                Ok(Some(StreamEvent::Reset(Box::new(problem))))
            }
            // A newer office may tell more.
            _ => Ok(None),
        }
    }

    fn broken(&mut self, error: ClientError) -> StreamEvent {
        let (office, lasted) = match std::mem::replace(&mut self.line, Line::Ended) {
            Line::Open { office, since, .. } => (Some(office), since.elapsed()),
            _ => (None, Duration::ZERO),
        };
        let why = match error {
            ClientError::Problem(problem) if matches!(problem.status, 401 | 403) => return StreamEvent::Ended(problem),
            ClientError::Problem(problem) if problem.status == ProblemKind::FeedReset.status() => {
                return StreamEvent::Reset(problem);
            }
            error => error,
        };
        // An office that was good for long is the first to ask again; one that breaks at once, or falls silent, is not.
        let silent = matches!(why, ClientError::Unreachable(Outage::TimedOut));
        if let Some(office) = office
            && (silent || lasted < self.client.shared.pace.stable_after)
        {
            self.client.offices().next_after_failure(&office);
        }
        let retry_in = self.backoff.after_failure(lasted, Throw::fresh());
        self.line = Line::Waiting(Box::pin(tokio::time::sleep(retry_in)));
        tracing::debug!(at = self.at.0, %why, ?retry_in, "change stream broke");
        StreamEvent::Disconnected { retry_in, why }
    }
}

/// When an answer was made, as its head says (RFC 9110, 6.6.1).
pub(super) fn dated(response: &Response) -> Option<Moment> {
    let text = response.headers().get(DATE)?.to_str().ok()?;
    let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    date.try_into().ok()
}

#[derive(Deserialize)]
struct Alive {
    seq: Seq,
}

fn parsed<'a, T: Deserialize<'a>>(event: &'a Event) -> Result<T, ClientError> {
    serde_json::from_str(&event.data).map_err(|error| ClientError::Protocol(format!("event {}: {error}", event.event)))
}

/// The events of one connection, none larger than [`EVENT_MAX_BYTES`].
struct Events {
    events: Pin<Box<dyn Stream<Item = Result<Event, EventStreamError<ClientError>>> + Send>>,
    /// Bytes received since the last whole event; over the bound the sender never ends it.
    pending: Arc<AtomicUsize>,
}

impl Events {
    fn new(bytes: impl Stream<Item = reqwest::Result<Bytes>> + Send + 'static) -> Self {
        let pending = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&pending);
        let reader = StreamReader::new(Box::pin(bytes.map_err(io::Error::other)));
        // The parser looks again at all that it holds whenever something is added: by whole lines it holds next to nothing.
        let lines = FramedRead::new(reader, LinesCodec::new_with_max_length(EVENT_MAX_BYTES)).map(move |line| {
            let mut line = line.map_err(|error| match error {
                LinesCodecError::Io(error) => error.into(),
                LinesCodecError::MaxLineLengthExceeded => too_large(),
            })?;
            line.push('\n');
            if count.fetch_add(line.len(), Ordering::Relaxed).saturating_add(line.len()) > EVENT_MAX_BYTES {
                return Err(too_large());
            }
            Ok(line)
        });
        Self { events: Box::pin(lines.eventsource()), pending }
    }

    async fn next(&mut self) -> Result<Event, ClientError> {
        match self.events.next().await {
            Some(Ok(event)) => {
                self.pending.store(0, Ordering::Relaxed);
                Ok(event)
            }
            Some(Err(EventStreamError::Transport(error))) => Err(error),
            Some(Err(EventStreamError::Utf8(error))) => Err(ClientError::Protocol(error.to_string())),
            Some(Err(EventStreamError::Parser(_))) => Err(ClientError::Protocol("an event cannot be read".to_owned())),
            None => Err(ClientError::Unreachable(Outage::Cut("the office ended the stream".to_owned()))),
        }
    }
}

fn too_large() -> ClientError {
    ClientError::Protocol(format!("an event is larger than {EVENT_MAX_BYTES} bytes"))
}

#[cfg(test)]
mod tests;
