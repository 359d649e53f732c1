//! Why something could not be kept, with a sentence for the operator.

use crate::{domain::operator::Language, i18n::say, replica::DraftTooLong};
use std::{io, path::Path};
use thiserror::Error;

/// Why something could not be kept.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StoreError {
    /// There is no room left.
    #[error("the disk is full")]
    Full,
    /// The folder or a file in it cannot be read or written.
    #[error("{path}: {why}")]
    Unusable {
        /// Which one.
        path: String,
        /// What the system says.
        why: String,
    },
    /// A newer console of the same operator has the folder now; this one writes and sends no more.
    #[error("another console of this operator has taken over")]
    TakenOver,
    /// Somebody deleted the folder while it was in use.
    #[error("the folder was deleted")]
    Gone,
    /// Another console holds the folder's lock and does not let go.
    #[error("another console holds the folder")]
    Busy,
    /// A draft is too long to be kept.
    #[error(transparent)]
    DraftTooLong(#[from] DraftTooLong),
}

impl StoreError {
    /// What an error of the system on this path means.
    pub fn of(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Unusable { path: path.display().to_string(), why: error.to_string() },
        }
    }

    pub(super) fn at(path: &Path) -> impl Fn(io::Error) -> Self + '_ {
        move |error| Self::of(path, &error)
    }

    /// The sentence, with the way out.
    pub fn sentence(&self, language: Language) -> String {
        match self {
            Self::Full => say(language, "store-full", &[]),
            Self::Unusable { path, why } => {
                say(language, "store-unusable", &[("path", path.clone()), ("why", why.clone())])
            }
            Self::TakenOver => say(language, "store-taken-over", &[]),
            Self::Gone => say(language, "store-gone", &[]),
            Self::Busy => say(language, "store-busy", &[]),
            Self::DraftTooLong(_) => say(language, "store-draft-too-long", &[]),
        }
    }
}
