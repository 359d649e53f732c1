//! Drafts and the copy on their way to disk, in the order in which they were asked for; of a draft that changed again meanwhile, the last alone.

use super::{LinkEvent, Shared};
use crate::{
    domain::time::Instant,
    replica::{Draft, DraftSubject, KeepCopy, ReplicaParts, StoreError},
};
use tokio::sync::{mpsc, oneshot};

/// What is asked of the files.
pub enum Order {
    SaveDraft(Box<Draft>),
    DropDraft(DraftSubject),
    KeepCopy(Box<ReplicaParts>, Instant, KeepCopy),
    DropCopy,
    Stop(oneshot::Sender<()>),
}

impl std::fmt::Debug for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Order")
    }
}

pub async fn run(shared: Shared, mut orders: mpsc::UnboundedReceiver<Order>) {
    while let Some(order) = orders.recv().await {
        let outcome = match order {
            Order::SaveDraft(draft) => {
                let (subject, at) = (draft.subject.clone(), draft.at);
                let saved = shared.on_disk(move |store| store.save_draft(&draft)).await;
                if saved.is_ok() {
                    shared.tell(LinkEvent::DraftKept { subject, at }).await;
                }
                saved
            }
            Order::DropDraft(subject) => shared.on_disk(move |store| store.drop_draft(&subject)).await,
            Order::KeepCopy(parts, now, keep) => shared.on_disk(move |store| store.keep_copy(&parts, now, keep)).await,
            Order::DropCopy => shared.on_disk(|store| store.drop_copy()).await,
            Order::Stop(done) => {
                let _ = done.send(());
                return;
            }
        };
        match outcome {
            Ok(()) => {}
            Err(StoreError::TakenOver) => return,
            Err(error) => shared.tell(LinkEvent::NotKept(error)).await,
        }
    }
}
