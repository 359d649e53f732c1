//! The copy's stream: from the place of a kept copy or a snapshot on, through cuts, and over from a snapshot when the office says so.

use super::{LinkEvent, Shared};
use crate::{
    client::{
        ClientError, StreamEvent,
        backoff::{Backoff, Throw},
    },
    replica::{Replica, StoreError},
    wire::{
        change::{ChangeKind, Seq},
        problem::Problem,
    },
};
use std::time::Duration;

pub async fn run(shared: Shared) {
    let mut after = recalled(&shared).await;
    loop {
        let from = match after.take() {
            Some(seq) => seq,
            None => snapshot(&shared).await,
        };
        after = follow(&shared, from).await;
    }
}

/// The copy that was kept, if there is one and it may be used; says the place that it has reached.
async fn recalled(shared: &Shared) -> Option<Seq> {
    let now = shared.options.recall_at?;
    // One that cannot be read is as good as none: the office has it all.
    let copy = shared.on_disk(move |store| store.copy(now)).await.unwrap_or_default();
    let seq = copy.as_ref().map(|copy| copy.replica.seq());
    shared.tell(LinkEvent::Recalled(copy.map(Box::new))).await;
    seq
}

/// A snapshot, however long it takes.
async fn snapshot(shared: &Shared) -> Seq {
    let mut backoff = Backoff::new(shared.options.pace);
    loop {
        let loaded = match shared.client.snapshot_text().await {
            // Rows by the ten thousand must not hold up what else goes on.
            Ok(text) => match tokio::task::spawn_blocking(move || Replica::read(&text)).await {
                Ok(Ok(replica)) => Ok(replica),
                Ok(Err(error)) => Err(ClientError::Protocol(error.to_string())),
                Err(error) => Err(ClientError::Protocol(error.to_string())),
            },
            Err(error) => Err(error),
        };
        match loaded {
            Ok(replica) => {
                let seq = replica.seq();
                shared.tell(LinkEvent::Loaded(Box::new(replica))).await;
                return seq;
            }
            Err(ClientError::Problem(problem)) if matches!(problem.status, 401 | 403) => {
                signed_out(shared, problem).await;
            }
            Err(why) => {
                let retry_in = backoff.after_failure(Duration::ZERO, Throw::fresh());
                shared.tell(LinkEvent::Disconnected { retry_in, why }).await;
                tokio::time::sleep(retry_in).await;
            }
        }
    }
}

/// Follows the feed; says where to go on, or that a snapshot is due.
async fn follow(shared: &Shared, from: Seq) -> Option<Seq> {
    let mut stream = shared.client.changes(from);
    while let Some(event) = stream.next().await {
        match event {
            StreamEvent::Connected { at, .. } => {
                shared.tell(LinkEvent::Connected { at }).await;
                shared.again.send_replace(());
            }
            StreamEvent::Change(change) => {
                if change.kind == ChangeKind::Erased {
                    drop_copy(shared).await;
                }
                shared.tell(LinkEvent::Change(change)).await;
            }
            StreamEvent::Alive { seq } => shared.tell(LinkEvent::Alive(seq)).await,
            StreamEvent::Disconnected { retry_in, why } => {
                shared.tell(LinkEvent::Disconnected { retry_in, why }).await;
            }
            StreamEvent::Reset(_) => {
                // It may hold what is out of sight by now.
                drop_copy(shared).await;
                return None;
            }
            StreamEvent::Ended(problem) => {
                signed_out(shared, problem).await;
                return Some(stream.at());
            }
        }
    }
    None
}

/// What was erased, or is out of sight, must not stay on disk until the next copy.
async fn drop_copy(shared: &Shared) {
    match shared.on_disk(|store| store.drop_copy()).await {
        Ok(()) | Err(StoreError::TakenOver) => {}
        Err(error) => shared.tell(LinkEvent::NotKept(error)).await,
    }
}

/// Waits until there is a session again.
async fn signed_out(shared: &Shared, problem: Box<Problem>) {
    let mut again = shared.again.subscribe();
    shared.tell(LinkEvent::SignedOut(problem)).await;
    // The sender of this channel is as old as its readers.
    let _ = again.changed().await;
}
