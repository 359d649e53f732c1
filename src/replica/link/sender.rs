//! The outbox's sender: on disk first, then on its way, each in its turn, until the office has decided.

use super::{LinkEvent, Shared};
use crate::{
    client::{
        ClientError,
        backoff::{Backoff, Throw},
    },
    domain::ids::CommandKey,
    replica::{Given, Outbox, Record, StoreError},
    wire::{
        bodies::BulkRow,
        catalogue::Command,
        change::{Done, RowOutcome},
    },
};
use futures_util::{FutureExt, StreamExt, future::BoxFuture, stream::FuturesUnordered};
use std::{collections::HashSet, time::Duration};
use tokio::{
    sync::{mpsc, oneshot},
    time::{Instant, sleep_until},
};

/// What is asked of the sender.
pub enum Order {
    Record(Record),
    Direct(Given),
    Stop(oneshot::Sender<()>),
}

impl std::fmt::Debug for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Order")
    }
}

type Answer = (CommandKey, Direct, Result<Done, ClientError>);

/// Why nothing is sent for now.
enum Pause {
    No,
    Until(Instant),
    SignedOut,
}

struct Sender {
    shared: Shared,
    outbox: Outbox,
    /// What the office has, or may have: sent since the start, and not refused.
    sent: HashSet<CommandKey>,
    on_their_way: FuturesUnordered<BoxFuture<'static, Answer>>,
    backoff: Backoff,
    pause: Pause,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direct {
    Yes,
    No,
}

pub async fn run(shared: Shared, outbox: Outbox, mut orders: mpsc::UnboundedReceiver<Order>) {
    let backoff = Backoff::new(shared.options.pace);
    let over = shared.over.clone();
    let mut again = shared.again.subscribe();
    let mut sender = Sender {
        shared,
        outbox,
        sent: HashSet::new(),
        on_their_way: FuturesUnordered::new(),
        backoff,
        pause: Pause::No,
    };
    loop {
        sender.send_what_is_ready().await;
        let until = match sender.pause {
            Pause::Until(until) => Some(until),
            Pause::No | Pause::SignedOut => None,
        };
        tokio::select! {
            // A stop comes after everything that was asked for before it.
            biased;
            order = orders.recv() => match order {
                Some(Order::Record(record)) => sender.record(record).await,
                Some(Order::Direct(given)) => sender.send(given, Direct::Yes),
                Some(Order::Stop(done)) => {
                    let _ = done.send(());
                    return;
                }
                None => return,
            },
            () = over.cancelled() => return,
            Some((key, direct, answer)) = sender.on_their_way.next() => match direct {
                Direct::Yes => sender.answered_directly(key, answer).await,
                Direct::No => sender.answered(key, answer).await,
            },
            _ = again.changed() => {
                // The line is good: a failure from here on is a first one.
                sender.pause = Pause::No;
                sender.backoff = Backoff::new(sender.shared.options.pace);
            }
            () = sleep_until(until.unwrap_or_else(Instant::now)), if until.is_some() => sender.pause = Pause::No,
        }
    }
}

impl Sender {
    async fn send_what_is_ready(&mut self) {
        if !matches!(self.pause, Pause::No) {
            return;
        }
        let ready: Vec<Given> = self.outbox.ready(self.shared.options.at_once).into_iter().cloned().collect();
        // A ghost sends nothing.
        if ready.is_empty() || self.shared.on_disk(|store| store.check()).await == Err(StoreError::TakenOver) {
            return;
        }
        for given in ready {
            self.outbox.sent(given.key);
            self.sent.insert(given.key);
            self.shared.tell(LinkEvent::Sent(given.key)).await;
            self.send(given, Direct::No);
        }
    }

    fn send(&self, given: Given, direct: Direct) {
        let client = self.shared.client.clone();
        let sending = async move { (given.key, direct, client.send(given.key, &given.command).await) };
        self.on_their_way.push(sending.boxed());
    }

    /// What the operator asks for: first on disk, then so.
    async fn record(&mut self, record: Record) {
        if let Record::Dropped { key } = record {
            // It may have been answered since it was asked for.
            if self.sent.contains(&key) {
                return self.shared.tell(LinkEvent::TooLate(key)).await;
            }
            // It never came to be on disk.
            if self.outbox.entry(key).is_none() {
                return self.shared.tell(LinkEvent::Outbox(record)).await;
            }
        }
        let written = record.clone();
        match self.shared.on_disk(move |store| store.record(&written)).await {
            Ok(()) => self.keep(record).await,
            Err(why) => match record {
                Record::Given { given, .. } => self.shared.tell(LinkEvent::Unkept { key: given.key, why }).await,
                _ => self.shared.tell(LinkEvent::NotKept(why)).await,
            },
        }
    }

    async fn keep(&mut self, record: Record) {
        self.outbox.apply(&record);
        self.shared.tell(LinkEvent::Outbox(record)).await;
    }

    /// What the office decided. If that cannot be put on disk, the command is sent once more after a restart, and answered the same.
    async fn decided(&mut self, record: Record) {
        let written = record.clone();
        if let Err(why) = self.shared.on_disk(move |store| store.record(&written)).await {
            self.shared.tell(LinkEvent::NotKept(why)).await;
        }
        self.keep(record).await;
    }

    async fn answered(&mut self, key: CommandKey, answer: Result<Done, ClientError>) {
        match answer {
            Ok(done) => {
                self.backoff = Backoff::new(self.shared.options.pace);
                for record in self.refused_rows(key, &done) {
                    self.decided(record).await;
                }
                self.decided(Record::Done { key }).await;
                self.shared.tell(LinkEvent::Done(Box::new(done))).await;
                let outbox = self.outbox.clone();
                let _ = self.shared.on_disk(move |store| store.shorten(&outbox)).await;
            }
            Err(ClientError::Problem(problem)) if problem.status == 401 => {
                self.wait(key).await;
                self.pause = Pause::SignedOut;
                self.shared.tell(LinkEvent::SignedOut(problem)).await;
            }
            Err(ClientError::Problem(problem)) if !matches!(problem.status, 429 | 503) => {
                self.sent.remove(&key);
                self.decided(Record::Refused { key, problem }).await;
            }
            // Nothing was decided, or what came makes no sense: the same key makes it safe to ask again.
            Err(_) => {
                self.wait(key).await;
                let wait = self.backoff.after_failure(Duration::ZERO, Throw::fresh());
                self.pause = Pause::Until(Instant::now() + wait);
            }
        }
    }

    async fn wait(&mut self, key: CommandKey) {
        self.outbox.unanswered(key);
        self.shared.tell(LinkEvent::Unanswered(key)).await;
    }

    /// The rows of a bulk that were refused stay in the outbox, each for itself, until their author has seen to them.
    fn refused_rows(&self, key: CommandKey, done: &Done) -> Vec<Record> {
        let Some(given) = self.outbox.entry(key).map(|entry| &entry.given) else { return Vec::new() };
        let Command::Bulk { body } = &*given.command else { return Vec::new() };
        let outcomes = done.outcomes.iter().flatten();
        let refused = outcomes.filter_map(|RowOutcome { key, problem }| Some((*key, problem.clone()?)));
        let row = |key| body.rows.iter().find(move |row: &&BulkRow| row.key == key);
        refused
            .filter_map(|(key, problem)| {
                let command = row(key)?.command.clone();
                let given = Given { key, at: given.at, command };
                let problem = Box::new(problem);
                Some([Record::Given { given, instead_of: None }, Record::Refused { key, problem }])
            })
            .flatten()
            .collect()
    }

    async fn answered_directly(&mut self, key: CommandKey, answer: Result<Done, ClientError>) {
        let event = match answer {
            Ok(done) => LinkEvent::Done(Box::new(done)),
            Err(ClientError::Problem(problem)) if problem.status == 401 => {
                self.shared.tell(LinkEvent::Unanswered(key)).await;
                LinkEvent::SignedOut(problem)
            }
            Err(ClientError::Problem(problem)) => LinkEvent::Refused { key, problem },
            Err(_) => LinkEvent::Unanswered(key),
        };
        self.shared.tell(event).await;
    }
}
