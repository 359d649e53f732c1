//! Problems: what goes wrong as `application/problem+json` (RFC 9457), with a stable type, a sentence and the field at fault.

use crate::domain::refusal::FieldConflict;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

macro_rules! problems {
    ($($(#[$doc:meta])* $kind:ident = $word:literal, $status:literal;)*) => {
        /// Every kind of problem. Its word never changes; `urn:loge:problem:` and the word is the `type`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
        pub enum ProblemKind { $($(#[$doc])* #[serde(rename = $word)] $kind),* }

        impl ProblemKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// The stable word; also the key of its sentences, after `problem-`.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$kind => $word),* }
            }

            /// The HTTP status.
            pub const fn status(self) -> u16 {
                match self { $(Self::$kind => $status),* }
            }
        }
    };
}

problems! {
    /// The body is not JSON.
    MalformedJson = "malformed-json", 400;
    /// A header is missing or cannot be read.
    BadHeader = "bad-header", 400;
    /// A part of the path or query cannot be read.
    BadParameter = "bad-parameter", 400;
    /// Nobody is logged in, or the token has expired.
    NotLoggedIn = "not-logged-in", 401;
    /// Login and password do not match.
    WrongPassword = "wrong-password", 401;
    /// The account's roles do not allow it.
    NotAllowed = "not-allowed", 403;
    /// There is no such thing, or it is not in sight.
    NotFound = "not-found", 404;
    /// There is no such route.
    NoSuchRoute = "no-such-route", 404;
    /// The route exists, the method does not.
    NoSuchMethod = "no-such-method", 405;
    /// The state has moved on.
    StateMoved = "state-moved", 409;
    /// Fields have another value meanwhile; both stand in `conflicts`.
    FieldsMoved = "fields-moved", 409;
    /// The table of states has no such move; `legal` names those there are.
    IllegalMove = "illegal-move", 409;
    /// Something stands in the way; `cause` says what.
    Busy = "busy", 409;
    /// The key was used for another command.
    KeyReused = "key-reused", 409;
    /// The key is older than keys are kept.
    KeyTooOld = "key-too-old", 409;
    /// The row has another version than `If-Match` says.
    VersionMoved = "version-moved", 412;
    /// The body is over 1 MiB.
    TooLarge = "too-large", 413;
    /// The body is not declared as JSON.
    NotJson = "not-json", 415;
    /// A field is unknown, missing, of the wrong type, too long or out of range.
    Invalid = "invalid", 422;
    /// What must be known first is missing; `missing` names it.
    Incomplete = "incomplete", 422;
    /// The move must say why.
    ReasonMissing = "reason-missing", 422;
    /// A lower tier is chosen while a higher one is available: it must be said why.
    TierReasonMissing = "tier-reason-missing", 422;
    /// A provider cannot be in a consortium as it is asked for; `fault` says why.
    WrongMember = "wrong-member", 422;
    /// Another row that the command names does not exist.
    UnknownReference = "unknown-reference", 422;
    /// Too many attempts; `retry_after_s` says when again.
    TooMany = "too-many", 429;
    /// The feed no longer reaches back to the place asked for: take a snapshot.
    FeedReset = "feed-reset", 410;
    /// The office has a fault; it is in its log.
    Fault = "fault", 500;
    /// The office is starting, stopping or without its database.
    Unavailable = "unavailable", 503;
}

/// A problem as it crosses HTTP.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `urn:loge:problem:` and the kind's word.
    #[serde(rename = "type")]
    pub kind: String,
    /// The HTTP status.
    pub status: u16,
    /// The kind in a few words, in the reader's language.
    pub title: String,
    /// A sentence that says what is wrong and what to do, in the reader's language.
    pub detail: String,
    /// The field at fault, as a path such as `when.date`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The moves that are legal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub legal: Vec<String>,
    /// The fields that are missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Both values of each field in conflict.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<FieldConflict>,
    /// What the sentence is made of: state seen and present, who holds a claim, seconds to wait.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
}

/// The prefix of every `type`.
pub const TYPE_PREFIX: &str = "urn:loge:problem:";

impl Problem {
    /// A problem whose sentences are filled in where the reader's language is known.
    pub fn new(kind: ProblemKind) -> Self {
        Self {
            kind: format!("{TYPE_PREFIX}{}", kind.word()),
            status: kind.status(),
            title: String::new(),
            detail: String::new(),
            field: None,
            legal: Vec::new(),
            missing: Vec::new(),
            conflicts: Vec::new(),
            params: BTreeMap::new(),
        }
    }

    /// With a part of its sentence.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "callers hand over what they have: a number, an id, a word")]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// With the field at fault.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Its kind, if this program knows it.
    pub fn known(&self) -> Option<ProblemKind> {
        let word = self.kind.strip_prefix(TYPE_PREFIX)?;
        ProblemKind::ALL.iter().copied().find(|kind| kind.word() == word)
    }
}
