//! The change feed and the snapshot: one entry a change, in one order for everybody.

use crate::domain::{
    access::Author,
    entity::{EntityKind, Version},
    ids::CommandKey,
    time::Instant,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A place in the feed; 0 is before the first change. Without gaps, in the order of commits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Seq(pub i64);

/// What became of a row for the one who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// The row is new, changed, or came into sight: `state` holds all of it.
    Put,
    /// The row is out of sight now; drop it.
    Gone,
    /// A person's data was erased: purge every copy of the row, also from disk. What is left of it comes next, as a `put`.
    Erased,
}

/// One entry of the feed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Change {
    /// Its place.
    pub seq: Seq,
    /// When it was committed.
    pub at: Instant,
    /// Who did it.
    pub author: Author,
    /// The command that made it.
    pub command: CommandKey,
    /// What became of the row.
    pub kind: ChangeKind,
    /// The row's kind.
    pub entity: EntityKind,
    /// The row's id.
    pub id: Uuid,
    /// The row's version after it.
    pub version: Version,
    /// The whole new row, if it is in sight.
    #[cfg_attr(feature = "office", schema(value_type = Option<Object>))]
    pub state: Option<Box<RawValue>>,
}

/// The answer to a command: it is on disk, and this is what it changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Done {
    /// The command's key.
    pub key: CommandKey,
    /// What it changed, as far as it is in sight; empty when nothing changed, or when the feed no longer reaches back to a repeated command.
    pub changes: Vec<Change>,
    /// One outcome a row of a bulk; absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcomes: Option<Vec<RowOutcome>>,
    /// What is told once and not stored in the feed, such as a colleague's draft on take-over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "office", schema(value_type = Option<Object>))]
    pub aside: Option<serde_json::Value>,
}

/// What became of one row of a bulk.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct RowOutcome {
    /// The row's own key.
    pub key: CommandKey,
    /// Why not, if it was refused.
    pub problem: Option<super::problem::Problem>,
}

/// Everything open that one's roles and sites allow, and the directory, as of one place in the feed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Snapshot {
    /// Changes after this are in the stream.
    pub seq: Seq,
    /// The office's clock, for the console to know its own's skew.
    pub at: Instant,
    /// The rows by kind.
    #[cfg_attr(feature = "office", schema(value_type = std::collections::HashMap<String, Vec<Object>>))]
    pub rows: BTreeMap<EntityKind, Vec<Box<RawValue>>>,
}
