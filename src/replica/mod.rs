//! The console's copy of the open work: what the office confirmed, what is pending on top of it, what waits to be sent, and drafts.
//!
//! - [`Replica`] is what the office confirmed: loaded from a snapshot, moved by the change stream alone.
//! - [`Board`] is what the screen shows: the replica with the operator's own pending commands laid over it ([`Shown`]).
//! - [`Outbox`] is what waits to be sent, a pure machine of [`Record`]s; [`Store`] keeps it, the drafts and the last copy on disk.
//! - [`link`] runs them against an office and tells what happens.

mod board;
mod draft;
mod hooks;
mod index;
pub mod link;
mod outbox;
mod predict;
mod rows;
mod store;
#[cfg(test)]
mod tests;
mod touch;
mod undo;

pub use board::{Board, Mark, Path, Shown, Undoing};
pub use draft::{Draft, DraftSubject, DraftTooLong};
pub use index::Lane;
pub use outbox::{Choice, Entry, Given, Outbox, Record, Status};
pub use rows::{Kept, RowRef, Table, Tables, is_current};
pub use store::{
    Found, KeepCopy, KeptCopy, Place, Recovered, ReplicaParts, Store, StoreError, Waiting, Whole, waiting,
};
pub use undo::{Act, UndoList};

use crate::{
    domain::{
        beneficiary::Beneficiary,
        claim::Claim,
        contact::{Contact, ContactState},
        entity::{Entity, EntityKind, Version},
        ids::{BeneficiaryId, ContactId, RequestId, SiteId},
        phone::PhoneNumber,
        policy::Policy,
        request::{Request, RequestNumber, RequestState},
        time::Instant,
    },
    wire::change::{Change, ChangeKind, Seq, Snapshot},
};
use index::{Indexes, Way};
use rows::{for_kind, id_of};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::{
    collections::{BTreeMap, VecDeque},
    num::NonZeroUsize,
    sync::Arc,
    thread,
};
use uuid::Uuid;

/// Ended rows that are kept, so that what was just closed can still be looked at; the oldest go first.
const ENDED: usize = 1_000;

/// Rows that one thread parses at least: fewer are not worth a thread.
const PARSED_AT_ONCE: usize = 1_000;

/// What a change did to the copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It was here already: nothing changed.
    Known,
    /// The row is new here.
    Came(RowRef),
    /// The row changed.
    Changed(RowRef),
    /// The row is out of sight, or its person's data were erased: it is here no more.
    Left(RowRef),
    /// The row is of a form that this program does not know; what was here of it is dropped.
    Unreadable(RowRef),
}

impl Applied {
    /// The row that is different now.
    pub fn row(self) -> Option<RowRef> {
        match self {
            Self::Known => None,
            Self::Came(row) | Self::Changed(row) | Self::Left(row) | Self::Unreadable(row) => Some(row),
        }
    }
}

/// A [`Snapshot`] whose rows stay in the text: read out of it one by one, they would leave holes in memory as large as it.
#[derive(Deserialize)]
struct SnapshotText<'a> {
    seq: Seq,
    at: Instant,
    #[serde(borrow)]
    rows: BTreeMap<EntityKind, Vec<&'a RawValue>>,
}

/// The copy of what the office confirmed. Pure: snapshot in, changes in, queries out.
#[derive(Clone, Debug, Default)]
pub struct Replica {
    tables: Tables,
    indexes: Indexes,
    seq: Seq,
    at: Option<Instant>,
    generation: u64,
    unreadable: usize,
    ended: VecDeque<RowRef>,
}

impl Replica {
    /// The copy as of a snapshot. Rows are parsed on all cores; one that this program cannot read is left out and counted.
    pub fn load<'a>(snapshot: &'a Snapshot) -> Self {
        let texts = |(kind, rows): (&EntityKind, &'a Vec<Box<RawValue>>)| {
            (*kind, rows.iter().map(|row| row.get()).collect::<Vec<&str>>())
        };
        let rows = snapshot.rows.iter().map(texts).collect();
        Self::of_rows(snapshot.seq, snapshot.at, rows)
    }

    /// The same, from the text that an office wrote: its rows are read in place.
    ///
    /// # Errors
    /// It is no snapshot.
    pub fn read(text: &[u8]) -> Result<Self, serde_json::Error> {
        let SnapshotText { seq, at, rows } = serde_json::from_slice(text)?;
        let rows = rows.into_iter().map(|(kind, rows)| (kind, rows.into_iter().map(RawValue::get).collect()));
        Ok(Self::of_rows(seq, at, rows.collect()))
    }

    /// The copy of these rows, as JSON by kind.
    fn of_rows(seq: Seq, at: Instant, rows: Vec<(EntityKind, Vec<&str>)>) -> Self {
        let mut replica = Self { seq, at: Some(at), generation: 1, ..Self::default() };
        for (kind, rows) in rows {
            for_kind!(kind, E => replica.fill::<E>(&rows));
        }
        replica.indexes.settle();
        replica
    }

    fn fill<E: Kept>(&mut self, raw: &[&str]) {
        let rows: Vec<Arc<E>> = parse(raw);
        self.unreadable += raw.len() - rows.len();
        for row in &rows {
            row.index(&mut self.indexes, Way::Load);
        }
        E::table_mut(&mut self.tables).fill(rows);
    }

    /// A snapshot takes the place of everything here.
    pub fn reload(&mut self, fresh: Self) {
        let generation = self.generation.max(fresh.generation).wrapping_add(1);
        *self = Self { generation, ..fresh };
    }

    /// Applies a change of the stream. One that is not after the place reached is known already; order is that of `seq`.
    pub fn apply(&mut self, change: &Change) -> Applied {
        if change.seq <= self.seq {
            return Applied::Known;
        }
        self.reach(change.seq);
        self.at = self.at.max(Some(change.at));
        let row = RowRef { kind: change.entity, id: change.id };
        let applied = match (change.kind, &change.state) {
            (ChangeKind::Put, Some(state)) => {
                for_kind!(change.entity, E => if let Ok(entity) = serde_json::from_str::<E>(state.get()) {
                    self.put(Arc::new(entity))
                } else {
                    self.unreadable += 1;
                    self.take::<E>(id_of::<E>(change.id));
                    Applied::Unreadable(row)
                })
            }
            _ => for_kind!(change.entity, E => match self.take::<E>(id_of::<E>(change.id)) {
                Some(_) => Applied::Left(row),
                None => Applied::Known,
            }),
        };
        if applied != Applied::Known {
            self.generation = self.generation.wrapping_add(1);
        }
        applied
    }

    /// Everything up to this place is here: what the office's keep-alives say.
    pub fn reach(&mut self, seq: Seq) {
        self.seq = self.seq.max(seq);
    }

    fn put<E: Kept>(&mut self, entity: Arc<E>) -> Applied {
        let row = RowRef::of::<E>(entity.id());
        let is_current = is_current(E::KIND, entity.state_name());
        let before = E::table(&self.tables).get(entity.id()).cloned();
        if let Some(before) = &before {
            before.index(&mut self.indexes, Way::Out);
        }
        entity.index(&mut self.indexes, Way::In);
        E::table_mut(&mut self.tables).put(entity);
        if !is_current {
            self.end(row);
        }
        if before.is_some() { Applied::Changed(row) } else { Applied::Came(row) }
    }

    fn take<E: Kept>(&mut self, id: E::Id) -> Option<Arc<E>> {
        let row = E::table_mut(&mut self.tables).take(id)?;
        row.index(&mut self.indexes, Way::Out);
        Some(row)
    }

    /// Remembers that a row ended, and lets the one go that ended first.
    fn end(&mut self, row: RowRef) {
        if self.ended.contains(&row) {
            return;
        }
        self.ended.push_back(row);
        // A few at most are looked at: as many as stay for now are let go later.
        for _ in 0..4 {
            if self.ended.len() <= ENDED {
                break;
            }
            let Some(first @ RowRef { kind, id }) = self.ended.pop_front() else { break };
            if self.is_answer_to_open(first) {
                self.ended.push_back(first);
                continue;
            }
            for_kind!(kind, E => {
                let id = id_of::<E>(id);
                // It may have been reopened since.
                if self.get::<E>(id).is_some_and(|row| !is_current(kind, row.state_name())) {
                    self.take::<E>(id);
                }
            });
        }
    }

    /// Whether it is an offer whose request is still open: who said no to it is not asked again.
    fn is_answer_to_open(&self, row: RowRef) -> bool {
        if row.kind != EntityKind::Offer {
            return false;
        }
        let request = self.offer(row.id.into()).and_then(|offer| self.request(offer.fields.request_id));
        request.is_some_and(|request| request.is_open())
    }

    /// The place in the feed up to which everything is here.
    pub fn seq(&self) -> Seq {
        self.seq
    }

    /// The office's clock at the last snapshot or change; none before the first snapshot.
    pub fn at(&self) -> Option<Instant> {
        self.at
    }

    /// One more at each change that made a difference: views cache by it.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Rows that this program could not read since the snapshot; a newer office may send such.
    pub fn unreadable(&self) -> usize {
        self.unreadable
    }

    /// All tables, to keep a copy of on disk. Rows are shared: this is cheap.
    pub fn tables(&self) -> Tables {
        self.tables.clone()
    }

    /// The rows of a kind, the oldest first.
    pub fn table<E: Kept>(&self) -> &Table<E> {
        E::table(&self.tables)
    }

    /// The row of this identifier, if it is here.
    pub fn get<E: Kept>(&self, id: E::Id) -> Option<&Arc<E>> {
        E::table(&self.tables).get(id)
    }

    /// The version of a row, if it is here.
    pub fn version(&self, row: RowRef) -> Option<Version> {
        for_kind!(row.kind, E => self.get::<E>(id_of::<E>(row.id)).map(|row| row.version()))
    }

    /// The house's policy.
    pub fn policy(&self) -> Option<&Arc<Policy>> {
        self.table::<Policy>().iter().next()
    }

    /// The request of this number, looked for in all of them.
    pub fn request_numbered(&self, number: RequestNumber) -> Option<&Arc<Request>> {
        self.table::<Request>().iter().find(|request| request.number == number)
    }

    /// Open requests of a person, the oldest first.
    pub fn requests_of(&self, person: BeneficiaryId) -> impl DoubleEndedIterator<Item = &Arc<Request>> {
        self.open(self.indexes.requests_of.get(&person))
    }

    /// Open requests that came from a contact, the oldest first.
    pub fn requests_from(&self, contact: ContactId) -> impl DoubleEndedIterator<Item = &Arc<Request>> {
        self.open(self.indexes.requests_from.get(&contact))
    }

    /// Open requests of a site, the oldest first.
    pub fn requests_at(&self, site: SiteId) -> impl DoubleEndedIterator<Item = &Arc<Request>> {
        self.open(self.indexes.requests_at.get(&site))
    }

    /// Open requests in a state, the oldest first; none of a state that ends.
    pub fn requests_in(&self, state: RequestState) -> impl DoubleEndedIterator<Item = &Arc<Request>> {
        self.open(self.indexes.requests_in.get(&state))
    }

    fn open<'a>(&'a self, ids: &'a [RequestId]) -> impl DoubleEndedIterator<Item = &'a Arc<Request>> {
        ids.iter().filter_map(|id| self.request(*id)).filter(|request| request.is_open())
    }

    /// Requests that were merged into this one and are here.
    pub fn merged_into(&self, target: RequestId) -> impl Iterator<Item = &Arc<Request>> {
        self.indexes.merged_into.get(&target).iter().filter_map(|id| self.request(*id))
    }

    /// Requests that were split from this one, or are complaints about it.
    pub fn split_from(&self, origin: RequestId) -> impl Iterator<Item = &Arc<Request>> {
        self.indexes.split_from.get(&origin).iter().filter_map(|id| self.request(*id))
    }

    /// Who works on a contact or request: the claim that is not over.
    pub fn claim_on(&self, subject: Uuid) -> Option<&Arc<Claim>> {
        self.claim(*self.indexes.claims_on.get(&subject)?)
    }

    /// Contacts of a lane in a state, the oldest first.
    pub fn contacts_in(&self, lane: Lane, state: ContactState) -> impl DoubleEndedIterator<Item = &Arc<Contact>> {
        self.indexes.contacts.get(&(lane, state)).iter().filter_map(|id| self.contact(*id))
    }

    /// Persons of a telephone number.
    pub fn persons_at(&self, phone: &PhoneNumber) -> impl Iterator<Item = &Arc<Beneficiary>> {
        self.indexes.by_phone.get(phone).iter().filter_map(|id| self.beneficiary(*id))
    }

    /// Persons of whose name each word of `text` begins a word, whatever case and accents: those whose family name begins so first.
    pub fn persons_named(&self, text: &str, limit: usize) -> Vec<&Arc<Beneficiary>> {
        self.indexes.names.find(text, limit).into_iter().filter_map(|id| self.beneficiary(id)).collect()
    }
}

/// Parses rows, on several threads where there are many.
fn parse<E: Kept>(raw: &[&str]) -> Vec<Arc<E>> {
    let row = |raw: &&str| {
        let mut row: E = serde_json::from_str(raw).ok()?;
        row.shrink();
        Some(Arc::new(row))
    };
    let one = |raw: &[&str]| -> Vec<Arc<E>> { raw.iter().filter_map(row).collect() };
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let share = raw.len().div_ceil(cores).max(PARSED_AT_ONCE);
    if raw.len() <= share {
        return one(raw);
    }
    thread::scope(|scope| {
        let parts: Vec<_> = raw.chunks(share).map(|part| scope.spawn(move || one(part))).collect();
        parts.into_iter().filter_map(|part| part.join().ok()).flatten().collect()
    })
}
