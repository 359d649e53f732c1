//! Telephone systems: one adapter a format, pure from bytes to call events; tokens for those that call us, tasks for those we connect to.

pub mod aircall;
pub mod ami;
pub mod ami_link;
pub mod connections;
pub mod cti;
mod fields;
pub mod ovh;
pub mod ovh_link;
pub mod sipgate;
pub mod tokens;

use crate::domain::{
    call::{CallEvent, CallEventKind, Direction, HangupCause},
    phone::Caller,
    texts::ShortText,
    time::Instant,
};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};
use thiserror::Error;

/// What a telephone system that calls us speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Generic CTI: newCall, answer, hangup, as JSON or form.
    Cti,
    /// sipgate.io's push API.
    Sipgate,
    /// Aircall's webhooks.
    Aircall,
}

/// A format that there is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("there is no such format")]
pub struct NoSuchFormat;

impl Format {
    /// Every format.
    pub const ALL: &'static [Self] = &[Self::Cti, Self::Sipgate, Self::Aircall];

    /// Its word, on the command line and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cti => "cti",
            Self::Sipgate => "sipgate",
            Self::Aircall => "aircall",
        }
    }

    /// Whether its bodies hold a token of the system's own, which must stay the same.
    pub const fn has_body_token(self) -> bool {
        matches!(self, Self::Aircall)
    }

    /// Reads what was delivered.
    ///
    /// # Errors
    /// What cannot be read, and where.
    pub fn read(self, delivery: &Delivery<'_>) -> Result<Taken, Unreadable> {
        match self {
            Self::Cti => cti::read(delivery),
            Self::Sipgate => sipgate::read(delivery),
            Self::Aircall => aircall::read(delivery),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = NoSuchFormat;

    fn from_str(word: &str) -> Result<Self, NoSuchFormat> {
        Self::ALL.iter().copied().find(|format| format.name() == word).ok_or(NoSuchFormat)
    }
}

/// One request of a telephone system.
#[derive(Clone, Copy, Debug)]
pub struct Delivery<'a> {
    /// Which system, by the name it was given here.
    pub source: &'a ShortText,
    /// What it sent.
    pub body: &'a [u8],
    /// When it came: what happened, happened then, unless the system says when.
    pub at: Instant,
    /// Where it was sent to, as the sender knows it.
    pub url: &'a str,
}

/// What a request came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// What happened; nothing if it was about something else.
    pub events: Vec<CallEvent>,
    /// What the system expects to hear.
    pub answer: Answer,
    /// The token in the body, where the format has one.
    pub token: Option<String>,
}

/// What a telephone system hears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// That it was taken.
    Noted,
    /// What it is to do: XML.
    Xml(String),
}

impl Taken {
    fn noted(events: Vec<CallEvent>) -> Self {
        Self { events, answer: Answer::Noted, token: None }
    }
}

/// What cannot be read as an event of a call. It names fields, and no number of anybody.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unreadable {
    /// It is neither JSON nor a form.
    #[error("{0}")]
    Malformed(String),
    /// A field is missing or means nothing.
    #[error("{field}: {why}")]
    Field {
        /// Which one.
        field: &'static str,
        /// What is wrong with it.
        why: &'static str,
    },
}

/// Where JSON stops being readable. The library's own sentence may repeat a value.
fn malformed(error: &serde_json::Error) -> Unreadable {
    Unreadable::Malformed(format!("not the JSON expected, at line {} column {}", error.line(), error.column()))
}

/// A text of a telephone system as far as it fits: without control characters, cut at its end; nothing if nothing is left.
fn short(text: &str) -> Option<ShortText> {
    let plain: String = text.chars().filter(|c| !c.is_control()).collect();
    plain.trim().chars().take(ShortText::MAX).collect::<String>().parse().ok()
}

/// A system's name for a call or a part of one. One that is too long goes by its hash: cut off, two could be the same.
fn name(text: &str) -> Option<ShortText> {
    if text.chars().count() <= ShortText::MAX {
        return short(text);
    }
    crate::office::secret::hex(&Sha256::digest(text.as_bytes())).parse().ok()
}

/// An event of which only the call and the kind are known.
fn event(source: &ShortText, call_id: ShortText, kind: CallEventKind, at: Instant) -> CallEvent {
    CallEvent {
        source: source.clone(),
        call_id,
        event: kind,
        occurred_at: at,
        direction: Direction::In,
        from: None,
        to: None,
        queue: None,
        extension: None,
        cause: None,
        leg: None,
    }
}

/// A cause by the word of generic CTI, which sipgate shares; an unknown one says nothing.
fn cause(word: &str) -> Option<HangupCause> {
    Some(match word {
        "normalClearing" => HangupCause::NormalClearing,
        "busy" => HangupCause::Busy,
        "cancel" => HangupCause::Cancel,
        "noAnswer" => HangupCause::NoAnswer,
        "congestion" => HangupCause::Congestion,
        "notFound" => HangupCause::NotFound,
        "forwarded" => HangupCause::Forwarded,
        _ => return None,
    })
}

/// Whether a number is one of the house's own extensions.
fn is_internal(number: &str) -> bool {
    matches!(Caller::read(number), Caller::Internal(_))
}
