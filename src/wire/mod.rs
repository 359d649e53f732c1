//! What crosses HTTP: commands with their routes and access, changes, snapshot, problems. Console, programs and office share it.

pub mod access;
pub mod activity;
pub mod bodies;
pub mod catalogue;
pub mod change;
pub mod desk_bodies;
pub mod dispatch_bodies;
pub mod problem;
pub mod query;
pub mod recurring_bodies;
pub mod travel;

use uuid::Uuid;

/// A fresh identifier (UUID version 7, RFC 9562): made at the edge by whoever creates the thing.
pub fn fresh<I: From<Uuid>>() -> I {
    Uuid::now_v7().into()
}
