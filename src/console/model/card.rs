//! The card: all about one request with its timeline.

use crate::{
    domain::{entity::Version, ids::RequestId, request::Request},
    wire::query::HistoryEntry,
};
use std::sync::Arc;

/// All about one request.
#[derive(Clone, Debug)]
pub struct Card {
    /// Which request.
    pub request: RequestId,
    /// The row as the office's past had it, where the replica has none.
    pub found: Option<Arc<Request>>,
    /// Who did what; none while it is being read.
    pub history: Option<Result<Vec<HistoryEntry>, String>>,
    /// The version whose history was last asked for.
    pub asked: Option<Version>,
    /// How many lines are scrolled away.
    pub scrolled: usize,
    /// Whether long texts are shown whole.
    pub unfolded: bool,
}

impl Card {
    /// The card of a request, its history still to be read.
    pub const fn of(request: RequestId) -> Self {
        Self { request, found: None, history: None, asked: None, scrolled: 0, unfolded: false }
    }
}
