//! What was typed and not yet saved: of every open form and entry line, each call its own.

use crate::domain::{
    ids::{ContactId, RequestId},
    texts::LongText,
    time::Instant,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use thiserror::Error;

/// What a draft belongs to; there is one draft of each.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DraftSubject {
    /// The entry line under a call, a message or a walk-in.
    Contact {
        /// Which one.
        id: ContactId,
    },
    /// The form of a request.
    Request {
        /// Which one.
        id: RequestId,
    },
    /// A request that is not saved yet and came from no contact.
    New {
        /// The identifier it will have.
        id: RequestId,
    },
    /// Another form or line of the screen, by its name.
    Form {
        /// Such as `person.new`.
        name: String,
    },
}

/// What was typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// What it belongs to.
    pub subject: DraftSubject,
    /// When it was last changed.
    pub at: Instant,
    /// The line or text.
    #[serde(default)]
    pub text: String,
    /// Where the cursor stands in it, in characters.
    #[serde(default)]
    pub cursor: usize,
    /// Fields that were typed or chosen by hand, by name.
    #[serde(default)]
    pub fields: BTreeMap<String, Value>,
}

/// A draft that is larger than anything that could be saved as a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a draft holds {} characters of text and {} bytes in all", Draft::TEXT_MAX, Draft::BYTES_MAX)]
pub struct DraftTooLong;

impl Draft {
    /// Characters of text: as many as a text can be saved with.
    pub const TEXT_MAX: usize = LongText::MAX;
    /// Bytes in all, as JSON.
    pub const BYTES_MAX: usize = 128 << 10;

    /// An empty draft.
    pub fn new(subject: DraftSubject, at: Instant) -> Self {
        Self { subject, at, text: String::new(), cursor: 0, fields: BTreeMap::new() }
    }

    /// Whether nothing was typed or chosen.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.fields.is_empty()
    }

    /// As it is kept on disk.
    ///
    /// # Errors
    /// It is too long.
    pub fn to_json(&self) -> Result<Vec<u8>, DraftTooLong> {
        if self.text.chars().count() > Self::TEXT_MAX {
            return Err(DraftTooLong);
        }
        serde_json::to_vec(self).ok().filter(|json| json.len() <= Self::BYTES_MAX).ok_or(DraftTooLong)
    }

    /// As a claim's renewal carries it: all of it where it fits, else the text alone, cut at its end; none if there is nothing to carry.
    pub fn for_renewal(&self) -> Option<LongText> {
        if self.is_empty() {
            return None;
        }
        let whole = serde_json::to_string(self).ok().and_then(|json| json.parse().ok());
        whole.or_else(|| {
            // Signs that a text does not take are left out rather than all of it.
            let plain = self.text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
            plain.take(LongText::MAX).collect::<String>().parse().ok()
        })
    }

    /// What a renewal carried, as who takes over gets it.
    pub fn from_renewal(text: &str, subject: DraftSubject, at: Instant) -> Self {
        match serde_json::from_str::<Self>(text) {
            Ok(draft) => Self { subject, ..draft },
            Err(_) => Self { text: text.to_owned(), cursor: text.chars().count(), ..Self::new(subject, at) },
        }
    }
}
