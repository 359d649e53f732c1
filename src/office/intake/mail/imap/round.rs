//! Watching a mailbox: what is new is fetched, committed, then marked; then the server tells what comes, or is asked again.

use super::{
    FetchError, state,
    wire::{self, Folder, Open, patiently},
};
use crate::{
    config::mailbox::{Imap, WhenTaken},
    office::{
        failure::Failure,
        http::App,
        intake::mail::{self, Fetched, MESSAGE_BYTES, Mailbox, letter},
    },
};
use async_imap::{
    extensions::idle::IdleResponse,
    types::{Fetch, UnsolicitedResponse},
};
use futures_util::{StreamExt as _, TryStreamExt as _};
use std::{collections::BTreeSet, time::Duration};

/// The longest that a server is only listened to; then it is asked, for some forget to tell.
const LISTENING: Duration = Duration::from_mins(5);

/// How often a server that tells nothing is asked.
const ASKING: Duration = Duration::from_secs(30);

/// Messages whose sizes are asked for at once.
const TOGETHER: usize = 100;

/// How long a message's bytes may take.
const TRANSFER: Duration = Duration::from_mins(5);

/// Watches a mailbox until something goes wrong.
pub(super) async fn watch(app: &App, mailbox: &Mailbox, imap: &Imap) -> Result<(), FetchError> {
    let Folder { mut session, uid_validity, tells } = wire::open(imap).await?;
    let name = mailbox.name.as_str();
    app.metrics.mailbox_connected(name, true);
    tracing::info!(mailbox = name, tells, "a mailbox is watched");
    let mut round = Round { app, mailbox, imap, uid_validity, refused: BTreeSet::new() };
    loop {
        // What comes while others are fetched is announced only once.
        while round.fetch(&mut session).await? || announced(&session) {}
        state::well(&app.store, name).await?;
        session = if tells { listen(session).await? } else { wait(session).await? };
    }
}

/// Whether the server told of new messages between two answers.
fn announced(session: &Open) -> bool {
    let mut new = false;
    while let Ok(told) = session.unsolicited_responses.try_recv() {
        new |= matches!(told, UnsolicitedResponse::Exists(_) | UnsolicitedResponse::Recent(_));
    }
    new
}

async fn listen(session: Open) -> Result<Open, FetchError> {
    let mut idle = session.idle();
    patiently(idle.init()).await?;
    let (told, _interrupt) = idle.wait_with_timeout(LISTENING);
    let told = told.await?;
    // Nobody here interrupts: the connection is gone.
    if matches!(told, IdleResponse::ManualInterrupt) {
        return Err(FetchError::Lost);
    }
    patiently(idle.done()).await
}

async fn wait(mut session: Open) -> Result<Open, FetchError> {
    tokio::time::sleep(ASKING).await;
    patiently(session.noop()).await?;
    Ok(session)
}

/// One look through a mailbox.
struct Round<'a> {
    app: &'a App,
    mailbox: &'a Mailbox,
    imap: &'a Imap,
    uid_validity: u32,
    /// Messages that the office refused: they stay where they are, and hold up no other.
    refused: BTreeSet<u32>,
}

impl Round<'_> {
    /// Fetches what is new; whether there was anything.
    async fn fetch(&mut self, session: &mut Open) -> Result<bool, FetchError> {
        let query = match self.imap.when_taken {
            WhenTaken::Seen => "UNSEEN UNDELETED",
            WhenTaken::Flagged => "UNFLAGGED UNDELETED",
            WhenTaken::MovedTo(_) => "UNDELETED",
        };
        let found = patiently(session.uid_search(query)).await?;
        let new: BTreeSet<u32> = found.into_iter().filter(|uid| !self.refused.contains(uid)).collect();
        if new.is_empty() {
            return Ok(false);
        }
        let known = state::taken(&self.app.store, self.mailbox.name.as_str(), self.uid_validity).await?;
        let new: Vec<u32> = new.into_iter().collect();
        for uids in new.chunks(TOGETHER) {
            let unread: Vec<String> = uids.iter().filter(|uid| !known.contains(uid)).map(ToString::to_string).collect();
            let mut sizes = Vec::new();
            if !unread.is_empty() {
                sizes = all(session, &unread.join(","), "(UID RFC822.SIZE)").await?;
            }
            for uid in uids {
                // On disk, but the mailbox was not told before the office stopped.
                if known.contains(uid) {
                    self.mark(session, *uid).await?;
                } else if let Some(size) = sizes.iter().find(|told| told.uid == Some(*uid)).and_then(|told| told.size) {
                    self.take(session, *uid, size).await?;
                }
            }
        }
        Ok(true)
    }

    async fn take(&mut self, session: &mut Open, uid: u32, size: u32) -> Result<(), FetchError> {
        let (name, fetched) = (self.mailbox.name.as_str(), Fetched { uid_validity: self.uid_validity, uid });
        let fits = usize::try_from(size).is_ok_and(|size| size <= MESSAGE_BYTES);
        let query = if fits { "(UID BODY.PEEK[])" } else { "(UID BODY.PEEK[HEADER])" };
        let sent = tokio::time::timeout(TRANSFER, all(session, &uid.to_string(), query)).await;
        let sent = sent.map_err(|_| FetchError::Slow)??;
        let message = sent.iter().find(|part| part.uid == Some(uid)).and_then(|part| part.body().or(part.header()));
        // Another program took it away meanwhile.
        let Some(raw) = message.map(<[u8]>::to_vec) else {
            self.refused.insert(uid);
            return Ok(());
        };
        drop(sent);
        let read = move |name: &_| {
            if fits { letter::read(name, raw) } else { letter::read_head(name, raw, size.into()) }
        };
        match mail::take(&self.app.writer, self.mailbox, read, Some(fetched)).await {
            Ok(taken) => {
                self.app.metrics.mail(name, if taken.known { "known" } else { "taken" });
                self.mark(session, uid).await
            }
            Err(error @ (Failure::Storage(_) | Failure::Stopping)) => {
                // The answer may be lost though it is on disk; the next look knows.
                if state::is_taken(&self.app.store, name, fetched).await.unwrap_or(false) {
                    return self.mark(session, uid).await;
                }
                Err(FetchError::NotTaken(error.to_string()))
            }
            Err(error) => {
                tracing::error!(mailbox = name, uid, %error, "a message is refused; it stays in its mailbox");
                self.app.metrics.mail(name, "trouble");
                self.refused.insert(uid);
                Ok(())
            }
        }
    }

    /// Tells the mailbox that a message is on disk.
    async fn mark(&self, session: &mut Open, uid: u32) -> Result<(), FetchError> {
        let flag = match &self.imap.when_taken {
            WhenTaken::Seen => "+FLAGS.SILENT (\\Seen)",
            WhenTaken::Flagged => "+FLAGS.SILENT (\\Flagged)",
            WhenTaken::MovedTo(folder) => return patiently(session.uid_mv(uid.to_string(), folder)).await,
        };
        let mut told = patiently(session.uid_store(uid.to_string(), flag)).await?;
        // An answer that is not read to its end is taken for the next one's.
        while let Some(answer) =
            tokio::time::timeout(wire::PATIENCE, told.next()).await.map_err(|_| FetchError::Slow)?
        {
            answer?;
        }
        Ok(())
    }
}

/// Everything that is answered to a fetch.
async fn all(session: &mut Open, uids: &str, query: &str) -> Result<Vec<Fetch>, FetchError> {
    let answers = patiently(session.uid_fetch(uids, query)).await?;
    Ok(answers.try_collect().await?)
}
