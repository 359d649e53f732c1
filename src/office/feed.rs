//! The feed inside one office: reads each committed change once and hands it to every open stream.

use super::{
    failure::Failure,
    storage::{
        StorageError, Store,
        feed::{self as table, Stored},
    },
};
use crate::{
    domain::{
        access::Actor,
        entity::{EntityKind, Scope},
    },
    wire::change::{Change, ChangeKind, Seq},
};
use bytes::Bytes;
use serde_json::value::RawValue;
use std::{
    collections::VecDeque,
    sync::{
        Arc, Weak,
        atomic::{AtomicI64, AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Notify, broadcast};
use uuid::Uuid;

/// Entries that a slow stream may lag behind before it reads them from the database again.
const BACKLOG: usize = 2048;

/// Bytes of frames that are kept for slow streams; rows are about one kilobyte, but may be a thousand.
const BACKLOG_BYTES: usize = 8 << 20;

/// Entries read at once.
const PAGE: i64 = 500;

/// How often the feed looks by itself, in case a wake was lost.
const POLL: Duration = Duration::from_secs(1);

/// An entry with its two faces made once for all streams.
#[derive(Debug)]
pub struct Entry {
    /// Its place.
    pub seq: Seq,
    entity: EntityKind,
    id: Uuid,
    scope_before: Option<Scope>,
    scope_after: Option<Scope>,
    put: Option<Bytes>,
    gone: Bytes,
}

/// What an open stream is handed: an entry that was let go since is read from the database again, as if it had lagged behind.
#[derive(Clone, Debug)]
struct Live {
    seq: Seq,
    entry: Weak<Entry>,
}

/// The last entries, as many as the bytes for them allow.
#[derive(Debug, Default)]
struct Backlog {
    entries: VecDeque<Arc<Entry>>,
    bytes: usize,
}

impl Backlog {
    fn push(&mut self, entry: Arc<Entry>) {
        self.bytes += entry.bytes();
        self.entries.push_back(entry);
        // The last one stays, whatever its size.
        while self.entries.len() > BACKLOG || (self.bytes > BACKLOG_BYTES && self.entries.len() > 1) {
            let Some(oldest) = self.entries.pop_front() else { return };
            self.bytes -= oldest.bytes();
        }
    }
}

impl Entry {
    /// The server-sent event for an actor; nothing if the row was and is out of sight.
    pub fn frame(&self, actor: &Actor) -> Option<Bytes> {
        let sees = |scope: &Option<_>| scope.as_ref().is_some_and(|scope| actor.sees(self.entity, scope));
        match sight(sees(&self.scope_before), sees(&self.scope_after), self.put.is_some())? {
            ChangeKind::Put => self.put.clone(),
            ChangeKind::Gone | ChangeKind::Erased => Some(self.gone.clone()),
        }
    }

    /// Whether it is about this account.
    pub fn is_account(&self, id: Uuid) -> bool {
        self.entity == EntityKind::Operator && self.id == id
    }

    fn bytes(&self) -> usize {
        self.put.as_ref().map_or(0, Bytes::len) + self.gone.len()
    }
}

/// What became of a row for one who saw it before, sees it after, or both; its data may have been erased.
fn sight(before: bool, after: bool, has_data: bool) -> Option<ChangeKind> {
    match (before, after) {
        (_, true) if has_data => Some(ChangeKind::Put),
        (_, true) => Some(ChangeKind::Erased),
        (true, false) => Some(ChangeKind::Gone),
        (false, false) => None,
    }
}

/// A stored change as an actor sees it.
pub fn as_seen(stored: &Stored, actor: &Actor) -> Result<Option<Change>, StorageError> {
    let sees = |scope: &Option<_>| scope.as_ref().is_some_and(|scope| actor.sees(stored.entity, scope));
    sight(sees(&stored.scope_before), sees(&stored.scope_after), stored.doc.is_some())
        .map(|kind| faced(stored, kind))
        .transpose()
}

fn faced(stored: &Stored, kind: ChangeKind) -> Result<Change, StorageError> {
    let state = stored
        .doc
        .as_ref()
        .filter(|_| kind == ChangeKind::Put)
        .map(|doc| RawValue::from_string(doc.clone()))
        .transpose();
    let state = state.map_err(|error| StorageError::Unreadable { what: "change".into(), why: error.to_string() })?;
    Ok(Change {
        seq: stored.seq,
        at: stored.at,
        author: stored.author,
        command: stored.command,
        kind,
        entity: stored.entity,
        id: stored.id,
        version: stored.version,
        state,
    })
}

/// A change as a server-sent event (WHATWG HTML, 9.2): its place is the event's id.
fn frame(change: &Change) -> Result<Bytes, StorageError> {
    let data = serde_json::to_string(change)
        .map_err(|error| StorageError::Unreadable { what: "change".into(), why: error.to_string() })?;
    Ok(Bytes::from(format!("event: change\nid: {}\ndata: {data}\n\n", change.seq.0)))
}

fn entry(stored: &Stored) -> Result<Entry, StorageError> {
    let put = stored.doc.is_some().then(|| frame(&faced(stored, ChangeKind::Put)?)).transpose()?;
    let unseen = if stored.doc.is_some() { ChangeKind::Gone } else { ChangeKind::Erased };
    let gone = frame(&faced(stored, unseen)?)?;
    let Stored { seq, entity, id, scope_before, scope_after, .. } = *stored;
    Ok(Entry { seq, entity, id, scope_before, scope_after, put, gone })
}

/// The feed of one office.
#[derive(Clone, Debug)]
pub struct Feed {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    store: Store,
    entries: broadcast::Sender<Live>,
    wake: Notify,
    last: AtomicI64,
    streams: AtomicUsize,
}

impl Feed {
    /// A feed that starts at the present end.
    pub async fn start(store: Store) -> Result<(Self, tokio::task::JoinHandle<()>), StorageError> {
        let last = table::last_seq(&mut store.read().await?).await?;
        let (entries, _) = broadcast::channel(BACKLOG);
        let feed = Self {
            shared: Arc::new(Shared {
                store,
                entries,
                wake: Notify::new(),
                last: AtomicI64::new(last.0),
                streams: AtomicUsize::new(0),
            }),
        };
        let task = tokio::spawn(feed.clone().run());
        Ok((feed, task))
    }

    /// Something was committed, here or by another office.
    pub fn wake(&self) {
        self.shared.wake.notify_one();
    }

    /// The last place that was handed out.
    pub fn last(&self) -> Seq {
        Seq(self.shared.last.load(Ordering::Acquire))
    }

    /// How many streams are open.
    pub fn streams(&self) -> usize {
        self.shared.streams.load(Ordering::Relaxed)
    }

    async fn run(self) {
        let mut backlog = Backlog::default();
        loop {
            let _ = tokio::time::timeout(POLL, self.shared.wake.notified()).await;
            if let Err(error) = self.read_on(&mut backlog).await {
                tracing::warn!(%error, "the feed cannot be read; trying again");
            }
        }
    }

    async fn read_on(&self, backlog: &mut Backlog) -> Result<(), StorageError> {
        loop {
            let last = self.last();
            let page = table::after(&mut self.shared.store.read().await?, last, PAGE).await?;
            let full = i64::try_from(page.len()).unwrap_or(PAGE) == PAGE;
            for stored in page {
                let entry = Arc::new(entry(&stored)?);
                let live = Live { seq: stored.seq, entry: Arc::downgrade(&entry) };
                backlog.push(entry);
                // Nobody listening is no error.
                let _ = self.shared.entries.send(live);
                self.shared.last.store(stored.seq.0, Ordering::Release);
            }
            if !full {
                return Ok(());
            }
        }
    }

    /// A stream from a place on, or from the present end.
    ///
    /// # Errors
    /// [`Failure::Told`] with `feed-reset` if the feed no longer reaches back, or has never been there.
    pub async fn follow(&self, after: Option<Seq>) -> Result<Follower, Failure> {
        let live = self.shared.entries.subscribe();
        let mut tx = self.shared.store.read().await?;
        let floor = table::floor(&mut tx).await?;
        let last = table::last_seq(&mut tx).await?;
        let after = after.unwrap_or(last);
        if after < floor || after > last {
            return Err(crate::wire::problem::Problem::new(crate::wire::problem::ProblemKind::FeedReset)
                .with("floor", floor.0)
                .with("last", last.0)
                .into());
        }
        self.shared.streams.fetch_add(1, Ordering::Relaxed);
        Ok(Follower { feed: self.clone(), live, at: after, caught_up: false, read: Vec::new().into_iter() })
    }
}

/// A reader of the feed that misses nothing: what the live entries no longer hold comes from the database.
#[derive(Debug)]
pub struct Follower {
    feed: Feed,
    live: broadcast::Receiver<Live>,
    at: Seq,
    caught_up: bool,
    read: std::vec::IntoIter<Arc<Entry>>,
}

impl Follower {
    /// The place reached.
    pub fn at(&self) -> Seq {
        self.at
    }

    /// The next entry, in order, without gap.
    ///
    /// # Errors
    /// The feed was cut off below this reader, or the database fails.
    pub async fn next(&mut self) -> Result<Arc<Entry>, Failure> {
        loop {
            if let Some(entry) = self.read.next() {
                self.at = entry.seq;
                return Ok(entry);
            }
            if !self.caught_up {
                let mut tx = self.feed.shared.store.read().await?;
                if self.at < table::floor(&mut tx).await? {
                    return Err(crate::wire::problem::Problem::new(crate::wire::problem::ProblemKind::FeedReset).into());
                }
                let page = table::after(&mut tx, self.at, PAGE).await?;
                self.caught_up = i64::try_from(page.len()).unwrap_or(PAGE) < PAGE;
                self.read = page
                    .into_iter()
                    .map(|stored| entry(&stored).map(Arc::new))
                    .collect::<Result<Vec<_>, _>>()?
                    .into_iter();
                continue;
            }
            match self.live.recv().await {
                Ok(live) => {
                    if let Some(entry) = self.take(&live) {
                        return Ok(entry);
                    }
                }
                Err(broadcast::error::RecvError::Lagged(_)) => self.caught_up = false,
                Err(broadcast::error::RecvError::Closed) => return Err(Failure::Stopping),
            }
        }
    }

    /// The next entry if it is there already.
    pub fn ready(&mut self) -> Option<Arc<Entry>> {
        if let Some(entry) = self.read.next() {
            self.at = entry.seq;
            return Some(entry);
        }
        if !self.caught_up {
            return None;
        }
        match self.live.try_recv() {
            Ok(live) => self.take(&live),
            Err(broadcast::error::TryRecvError::Lagged(_)) => {
                self.caught_up = false;
                None
            }
            Err(_) => None,
        }
    }

    /// The entry if it is the next one and still there; what comes after a gap is read from the database.
    fn take(&mut self, live: &Live) -> Option<Arc<Entry>> {
        if live.seq <= self.at {
            return None;
        }
        let entry = live.entry.upgrade().filter(|_| live.seq.0 == self.at.0 + 1);
        match &entry {
            Some(_) => self.at = live.seq,
            None => self.caught_up = false,
        }
        entry
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.feed.shared.streams.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(seq: i64, bytes: usize) -> Arc<Entry> {
        Arc::new(Entry {
            seq: Seq(seq),
            entity: EntityKind::Request,
            id: Uuid::nil(),
            scope_before: None,
            scope_after: None,
            put: Some(vec![0; bytes].into()),
            gone: Bytes::new(),
        })
    }

    #[test]
    fn the_backlog_keeps_the_last_entries_within_its_count_and_its_bytes() {
        let mut backlog = Backlog::default();
        for seq in 0..3 * i64::try_from(BACKLOG).unwrap() {
            backlog.push(entry(seq, 1000));
        }
        assert_eq!((backlog.entries.len(), backlog.bytes), (BACKLOG, BACKLOG * 1000));
        for seq in 0..100 {
            backlog.push(entry(seq, BACKLOG_BYTES / 4));
            assert!(backlog.bytes <= BACKLOG_BYTES);
        }
        assert_eq!(backlog.entries.len(), 4);
    }

    #[test]
    fn the_last_entry_is_kept_whatever_its_size() {
        let mut backlog = Backlog::default();
        backlog.push(entry(1, 10));
        let large = entry(2, 2 * BACKLOG_BYTES);
        let seen = Arc::downgrade(&large);
        backlog.push(large);
        assert_eq!((backlog.entries.len(), seen.upgrade().is_some()), (1, true));
        backlog.push(entry(3, 10));
        assert!(seen.upgrade().is_none());
    }
}
