//! Carries mails out of the house: each attempt in a task of its own, its outcome told to the writer.

use super::{
    Attempt, Sender,
    letter::{self, Writer as By},
    post::Post,
};
use crate::{
    config::mailbox::Mailbox,
    domain::{reply::Reply, texts::ShortText},
    office::writer::Writer,
};
use std::{sync::Arc, time::SystemTime};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::task::TaskTracker;

/// Attempts that run at once.
const AT_ONCE: usize = 4;

/// Who carries mails out.
#[derive(Clone, Debug)]
pub struct Courier {
    post: Arc<Post>,
    hands: Arc<Semaphore>,
    under_way: TaskTracker,
}

/// A free hand: taken before a mail is said to be under way, so that none waits that is.
#[derive(Debug)]
pub struct Hand {
    _permit: OwnedSemaphorePermit,
}

impl Courier {
    /// Who carries mails out this way.
    pub fn new(post: Post) -> Self {
        Self { post: Arc::new(post), hands: Arc::new(Semaphore::new(AT_ONCE)), under_way: TaskTracker::new() }
    }

    /// What commands know of this way out, for an office with these mailboxes whose pages begin there.
    pub fn sender(&self, mailboxes: &[Mailbox], pages: String) -> Sender {
        Sender::new(&self.post.mail, mailboxes, pages)
    }

    /// A free hand, if there is one.
    pub fn hand(&self) -> Option<Hand> {
        Arc::clone(&self.hands).try_acquire_owned().ok().map(|permit| Hand { _permit: permit })
    }

    /// Carries a reply that is stored as being under way, and tells how it went.
    pub fn carry(&self, hand: Hand, reply: Reply, writer: Writer) {
        let post = Arc::clone(&self.post);
        self.under_way.spawn(async move {
            let by = if reply.created_by.is_some() { By::Person } else { By::Program };
            let how = match letter::write(&reply, by, &post.mail, SystemTime::now()) {
                Ok(letter) => post.hand_over(&letter).await,
                Err(error) => Attempt::Never(ShortText::fitted(&error.to_string())),
            };
            match &how {
                Attempt::Taken => tracing::info!(reply = %reply.id, "a mail went out"),
                Attempt::NotNow(_) => tracing::warn!(reply = %reply.id, "a mail could not go; it is tried again"),
                Attempt::Never(_) => tracing::warn!(reply = %reply.id, "a mail was refused"),
                Attempt::Unknown(_) => tracing::warn!(reply = %reply.id, "nobody knows whether a mail went"),
            }
            if let Err(error) = writer.attempted(reply.id, reply.attempts, how).await {
                // Its timer makes it a question for a person.
                tracing::error!(reply = %reply.id, %error, "the outcome of a mail could not be stored");
            }
            drop(hand);
        });
    }

    /// Waits for what is under way; nothing new is begun.
    pub async fn finish(&self) {
        self.under_way.close();
        self.under_way.wait().await;
    }
}
