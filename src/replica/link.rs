//! What connects a console to its office: the copy's stream, the outbox's sender, the renewal of claims, and the files. It starts tasks and tells what happens; it decides nothing.

mod feed;
mod files;
mod renew;
mod sender;

use super::{
    Draft, DraftSubject, Found, Given, KeepCopy, KeptCopy, Outbox, Record, Recovered, Replica, ReplicaParts, Store,
    StoreError, Whole,
};
use crate::{
    client::{Client, ClientError, Pace},
    domain::{
        ids::{ClaimId, CommandKey},
        time::Instant,
    },
    wire::{
        bodies::Renewal,
        change::{Change, Done, Seq},
        problem::Problem,
    },
};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Events that may wait for the screen before the stream waits for it.
const EVENTS: usize = 4_096;

/// What happens between console and office.
#[derive(Debug)]
pub enum LinkEvent {
    /// The folder is open, and from now on this console's alone: what was in it. The first event, unless it is [`Self::Unopened`].
    Opened {
        /// What waits to be sent.
        outbox: Outbox,
        /// What was typed and not saved.
        drafts: Vec<Draft>,
        /// What could not be read of either.
        recovered: Recovered,
    },
    /// The folder cannot be used: nothing can be kept, so nothing is sent and nothing follows.
    Unopened(StoreError),
    /// What was kept of the office's data at the last end, if anything was; before the office has told anything.
    Recalled(Option<Box<KeptCopy>>),
    /// The office's data came as a whole: they take the place of what was here.
    Loaded(Box<Replica>),
    /// An office answers.
    Connected {
        /// Its clock as it answered, to the second; none if it does not say.
        at: Option<Instant>,
    },
    /// The line broke; it is taken up again by itself.
    Disconnected {
        /// When the next attempt is made.
        retry_in: Duration,
        /// What broke it.
        why: ClientError,
    },
    /// A change of the office's data; in order, each once.
    Change(Change),
    /// Nothing happened up to this place, and the line is good.
    Alive(Seq),
    /// The outbox changed, and that is on disk. A command is safe from here on: only now may its draft be dropped.
    Outbox(Record),
    /// A command could not be put on disk; it is not sent.
    Unkept {
        /// Which one.
        key: CommandKey,
        /// Why.
        why: StoreError,
    },
    /// A command is on its way.
    Sent(CommandKey),
    /// The office did not answer: the command waits and is sent again; a direct one is given up.
    Unanswered(CommandKey),
    /// A command was sent already, too late to throw it away: undo it instead.
    TooLate(CommandKey),
    /// The office carried a command out.
    Done(Box<Done>),
    /// The office refused a direct command: another holds the claim.
    Refused {
        /// Which one.
        key: CommandKey,
        /// Why.
        problem: Box<Problem>,
    },
    /// Claims that are no longer one's own, as a renewal learned.
    ClaimsLost(Vec<ClaimId>),
    /// The session has ended: nothing goes on before [`Link::signed_in`].
    SignedOut(Box<Problem>),
    /// A draft of this time is on disk.
    DraftKept {
        /// Whose.
        subject: DraftSubject,
        /// When it was made.
        at: Instant,
    },
    /// Something but a command could not be kept on disk.
    NotKept(StoreError),
    /// Somebody deleted the folder while it was in use. It was made anew with what waits to be sent; drafts are to be saved again.
    MadeAnew,
    /// A newer console of this operator has taken over: nothing is written or sent from here any more.
    TakenOver,
}

/// How a link works.
#[derive(Clone, Copy, Debug)]
pub struct LinkOptions {
    /// The time at which a kept copy is recalled; none if none is to be. Without one, or if the feed does not reach back to it, a snapshot is taken.
    pub recall_at: Option<Instant>,
    /// How often claims are renewed; they go stale after 45 s.
    pub renew_every: Duration,
    /// Commands on their way at once.
    pub at_once: usize,
    /// How long to wait between attempts.
    pub pace: Pace,
}

impl Default for LinkOptions {
    fn default() -> Self {
        Self { recall_at: None, renew_every: Duration::from_secs(15), at_once: 4, pace: Pace::default() }
    }
}

/// What the tasks share.
#[derive(Clone)]
struct Shared {
    client: Client,
    store: Arc<Mutex<Store>>,
    events: mpsc::Sender<LinkEvent>,
    options: LinkOptions,
    /// Turned when the line is good again, or the session is.
    again: watch::Sender<()>,
    /// A newer console has taken over, or this one ends.
    over: CancellationToken,
}

impl Shared {
    async fn tell(&self, event: LinkEvent) {
        // Nobody listens once the console ends.
        let _ = self.events.send(event).await;
    }

    /// Does something with the store on a thread that may block.
    async fn on_disk<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let store = self.store.clone();
        let act = move || {
            let mut store = store.lock().unwrap_or_else(PoisonError::into_inner);
            match store.make_whole() {
                Ok(whole) => (act(&mut store), whole),
                Err(error) => (Err(error), Whole::AsItWas),
            }
        };
        let (outcome, whole) =
            tokio::task::spawn_blocking(act).await.unwrap_or((Err(StoreError::Busy), Whole::AsItWas));
        if whole == Whole::Anew {
            self.tell(LinkEvent::MadeAnew).await;
        }
        if outcome.as_ref().err() == Some(&StoreError::TakenOver) && !self.over.is_cancelled() {
            self.over.cancel();
            self.tell(LinkEvent::TakenOver).await;
        }
        outcome
    }
}

/// A running link: what the console asks of it returns at once, and comes back as events.
#[derive(Debug)]
pub struct Link {
    sender: mpsc::UnboundedSender<sender::Order>,
    files: mpsc::UnboundedSender<files::Order>,
    held: watch::Sender<Vec<Renewal>>,
    again: watch::Sender<()>,
    tasks: TaskTracker,
    over: CancellationToken,
}

impl Link {
    /// Starts the tasks. `open` runs on a thread that may block; what is asked for before it has come back waits, and is then done in its order.
    pub fn start(
        client: Client,
        open: impl FnOnce() -> Result<Found, StoreError> + Send + 'static,
        options: LinkOptions,
    ) -> (Self, mpsc::Receiver<LinkEvent>) {
        let (events, told) = mpsc::channel(EVENTS);
        let (sender, orders) = mpsc::unbounded_channel();
        let (files, file_orders) = mpsc::unbounded_channel();
        let (held, holds) = watch::channel(Vec::new());
        let (again, over, tasks) = (watch::Sender::new(()), CancellationToken::new(), TaskTracker::new());
        let link = Self { sender, files, held, again: again.clone(), tasks: tasks.clone(), over: over.clone() };
        link.tasks.spawn(async move {
            let opened = tokio::task::spawn_blocking(open).await.unwrap_or(Err(StoreError::Busy));
            // Nobody listens once the console ends.
            let Found { store, outbox, drafts, recovered } = match opened {
                Ok(found) => found,
                Err(error) => {
                    let _ = events.send(LinkEvent::Unopened(error)).await;
                    return;
                }
            };
            let shared = Shared { client, store: Arc::new(Mutex::new(store)), events, options, again, over };
            shared.tell(LinkEvent::Opened { outbox: outbox.clone(), drafts, recovered }).await;
            tasks.spawn(shared.over.clone().run_until_cancelled_owned(feed::run(shared.clone())));
            tasks.spawn(shared.over.clone().run_until_cancelled_owned(renew::run(shared.clone(), holds)));
            tasks.spawn(files::run(shared.clone(), file_orders));
            tasks.spawn(sender::run(shared, outbox, orders));
        });
        link.tasks.close();
        (link, told)
    }

    /// Puts a command into the outbox, perhaps in the place of one that came back.
    pub fn give(&self, given: Given, instead_of: Option<CommandKey>) {
        self.order(sender::Order::Record(Record::Given { given, instead_of }));
    }

    /// Sends a command again that came back, as it is.
    pub fn again(&self, key: CommandKey) {
        self.order(sender::Order::Record(Record::Again { key }));
    }

    /// Throws a command away that was not sent yet, or came back; of any other it is told that it is too late.
    pub fn throw_away(&self, key: CommandKey) {
        self.order(sender::Order::Record(Record::Dropped { key }));
    }

    /// Sends a command at once or not at all: claims.
    pub fn send_directly(&self, given: Given) {
        self.order(sender::Order::Direct(given));
    }

    /// What one holds and has typed so far, to be renewed from now on.
    pub fn hold(&self, claims: Vec<Renewal>) {
        self.held.send_replace(claims);
    }

    /// Saves a draft.
    pub fn save_draft(&self, draft: Draft) {
        self.file(files::Order::SaveDraft(Box::new(draft)));
    }

    /// Drops a draft.
    pub fn drop_draft(&self, subject: DraftSubject) {
        self.file(files::Order::DropDraft(subject));
    }

    /// Keeps a copy of what the office confirmed.
    pub fn keep_copy(&self, parts: ReplicaParts, now: Instant, keep: KeepCopy) {
        self.file(files::Order::KeepCopy(Box::new(parts), now, keep));
    }

    /// Drops the copy: at logout, or because data were erased.
    pub fn drop_copy(&self) {
        self.file(files::Order::DropCopy);
    }

    /// The client has a session again: everything that waited for it goes on.
    pub fn signed_in(&self) {
        self.again.send_replace(());
    }

    /// Ends the tasks once everything that was asked for is on disk. What waits to be sent stays in the outbox.
    pub async fn stop(self) {
        for order in [
            {
                let (done, wait) = oneshot::channel();
                self.order(sender::Order::Stop(done));
                wait
            },
            {
                let (done, wait) = oneshot::channel();
                self.file(files::Order::Stop(done));
                wait
            },
        ] {
            let _ = order.await;
        }
        self.over.cancel();
        self.tasks.wait().await;
    }

    fn order(&self, order: sender::Order) {
        // The task ends only when a newer console has taken over or the folder cannot be used, which was told.
        let _ = self.sender.send(order);
    }

    fn file(&self, order: files::Order) {
        let _ = self.files.send(order);
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.over.cancel();
    }
}
