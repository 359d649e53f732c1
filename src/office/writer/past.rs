//! Writing what went before: commands of their own times and authors, for a house that starts with a past.

use super::{Outcome, Outside, Submission, Task, one};
use crate::{
    domain::{access::Actor, ids::OfferId, time::Instant},
    office::{
        commands,
        failure::Failure,
        search,
        storage::{Store, feed::append},
    },
    wire::{catalogue::Command, change::Seq, fresh},
};
use std::{collections::HashSet, sync::Arc};
use tokio::sync::oneshot;

/// What was done.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// A command was given.
    Command(Box<Command>),
    /// An offer was told, by mail or by telephone.
    Told(OfferId),
}

/// Something done at its time.
#[derive(Clone, Debug)]
pub struct Given {
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: Arc<Actor>,
    /// What.
    pub deed: Deed,
}

/// Carries out what was done, each thing at its own time and by its own author, all together or not at all. The rows and their histories
/// come out as if the office had been there. The feed does not tell of it, and nothing of it can be undone: it is for an empty database,
/// whose readers begin with a snapshot.
///
/// # Errors
/// The place of the first thing that fails, and why; nothing was done then.
pub async fn as_it_went(store: &Store, deeds: Vec<Given>) -> Result<(), (usize, Failure)> {
    let mut tx = store.write().await.map_err(|error| (0, error.into()))?;
    let mut policy = commands::register::policy(&mut tx).await.map(Arc::new).map_err(|error| (0, error.into()))?;
    let mut entries = Vec::new();
    for (place, Given { at, by, deed }) in deeds.into_iter().enumerate() {
        let failed = |failure: Failure| (place, failure);
        let task = match deed {
            Deed::Command(command) => Task::Command { command: *command, if_match: None },
            Deed::Told(offer) => Task::Told(offer),
        };
        let changes_policy = matches!(&task, Task::Command { command: Command::EditPolicy { .. }, .. });
        let (answer, _) = oneshot::channel();
        let submission = Submission { actor: by, key: fresh(), task, answer };
        match one(&mut tx, at, &policy, &Outside::default(), &HashSet::new(), &submission).await.0 {
            Outcome::Refused(failure) => return Err((place, failure)),
            Outcome::Repeated(_) => {}
            Outcome::Written { written, .. } => entries.extend(written.into_iter().map(|row| append::Entry {
                seq: Seq(0),
                at,
                author: row.author.unwrap_or(submission.actor.author),
                command: submission.key,
                row,
            })),
        }
        if changes_policy {
            policy = commands::register::policy(&mut tx).await.map(Arc::new).map_err(|error| failed(error.into()))?;
        }
    }
    let written = async {
        search::write_index(&mut tx).await?;
        append::history(&mut tx, &entries).await?;
        tx.commit().await
    };
    written.await.map_err(|error| (entries.len(), error.into()))
}
