//! Keeps alive what the operator holds, with what was typed so far.

use super::{LinkEvent, Shared};
use crate::{
    domain::ids::ClaimId,
    wire::{
        bodies::{Renew, Renewal},
        catalogue::Command,
        change::Done,
        fresh,
    },
};
use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval},
};

/// Claims that one renewal takes.
const AT_ONCE: usize = 100;

pub async fn run(shared: Shared, held: watch::Receiver<Vec<Renewal>>) {
    let mut tick = interval(shared.options.renew_every);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        // A ghost notices here at the latest that it is one, and anybody that the folder was deleted.
        if shared.on_disk(|store| store.check()).await.is_err() {
            continue;
        }
        let claims = held.borrow().clone();
        for claims in claims.chunks(AT_ONCE) {
            let command = Command::RenewClaims { body: Renew { claims: claims.to_vec() } };
            // What fails is renewed at the next tick: three of them fit into a lease.
            if let Ok(done) = shared.client.send(fresh(), &command).await {
                let lost = lost(&done);
                if !lost.is_empty() {
                    shared.tell(LinkEvent::ClaimsLost(lost)).await;
                }
            }
        }
    }
}

fn lost(done: &Done) -> Vec<ClaimId> {
    let lost = done.aside.as_ref().and_then(|aside| aside.get("lost")).cloned();
    lost.and_then(|lost| serde_json::from_value(lost).ok()).unwrap_or_default()
}
