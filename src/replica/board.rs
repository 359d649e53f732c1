//! What the screen shows: the replica, with the operator's own commands laid over it until the office has answered and its change is here.

use super::{
    Applied, Entry, Given, Kept, Record, Replica, RowRef, Status, Tables, UndoList,
    outbox::Outbox,
    predict::Stamp,
    rows::{for_kind, id_of},
    touch,
};
use crate::{
    domain::{
        contact::Contact,
        entity::{EntityKind, Version},
        ids::{BeneficiaryId, CommandKey, ContactId, OperatorId, RequestId, SiteId},
        request::{Request, RequestState, Requester},
        time::Instant,
    },
    wire::{
        catalogue::Command,
        change::{Change, ChangeKind, Done, Seq},
    },
};
use jiff::SignedDuration;
use std::{
    collections::{BTreeSet, HashMap, HashSet, VecDeque},
    sync::Arc,
};

/// How a shown row stands towards the office; of several, the one that needs the operator most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mark {
    /// As the office has it.
    #[default]
    Confirmed,
    /// With a command of one's own that is not confirmed yet.
    Pending,
    /// A command on it could not be put on disk, and was not sent.
    Unkept,
    /// The office refused a command on it.
    Refused,
    /// A command on it was given upon something that has changed meanwhile.
    Conflicting,
}

impl Mark {
    fn of(status: &Status) -> Self {
        match status {
            Status::Queued | Status::InFlight => Self::Pending,
            Status::Unkept => Self::Unkept,
            Status::Refused(_) => Self::Refused,
            Status::Conflicting(_) => Self::Conflicting,
        }
    }
}

/// A row as the screen shows it.
#[derive(Debug)]
pub struct Shown<'a, E> {
    /// The row, with what is pending on it.
    pub row: &'a Arc<E>,
    /// How it stands towards the office.
    pub mark: Mark,
    /// The version that the office confirmed; none for a row that the office has not confirmed yet (it has no number then).
    pub confirmed: Option<Version>,
}

impl<E> Clone for Shown<'_, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Shown<'_, E> {}

/// What takes the last act back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undoing {
    /// It was never sent: throw it away.
    ThrowAway(CommandKey),
    /// Give an undo that names it.
    Undo(CommandKey),
}

/// How a command goes to the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// Through the outbox: on disk first, and for as long as it takes.
    Outbox,
    /// At once or not at all: claims.
    Direct,
}

/// A command that was answered, and whose changes the stream has yet to bring.
#[derive(Clone, Debug)]
struct Confirmed {
    upto: Seq,
    changes: Vec<Change>,
}

/// A command laid over the replica.
#[derive(Clone, Debug)]
struct Laid {
    entry: Entry,
    path: Path,
    /// It may have reached the office.
    ever_sent: bool,
    rows: HashSet<RowRef>,
    /// Rows whose change is here already.
    seen: HashSet<RowRef>,
    confirmed: Option<Confirmed>,
}

/// What the screen shows.
#[derive(Clone, Debug, Default)]
pub struct Board {
    replica: Replica,
    me: Option<OperatorId>,
    laid: Vec<Laid>,
    shown: Tables,
    marks: HashMap<RowRef, Mark>,
    undo: UndoList,
    generation: u64,
    touched: Touched,
}

/// The rows that were touched of late: who derives something from many rows looks again at these alone.
#[derive(Clone, Debug, Default)]
struct Touched {
    /// Each with the generation that it came with, the oldest first.
    rows: VecDeque<(u64, RowRef)>,
    /// From this generation on none is missing.
    since: u64,
}

impl Touched {
    /// As many as are remembered: a change of the stream touches a few.
    const REMEMBERED: usize = 512;

    fn note(&mut self, generation: u64, row: RowRef) {
        self.rows.push_back((generation, row));
        if self.rows.len() > Self::REMEMBERED
            && let Some((lost, _)) = self.rows.pop_front()
        {
            self.since = lost;
        }
    }

    /// Any row may have changed.
    fn forget(&mut self, generation: u64) {
        *self = Self { rows: VecDeque::new(), since: generation };
    }
}

impl Board {
    /// A board for an operator; none before it is known who that is.
    pub fn new(me: Option<OperatorId>) -> Self {
        Self { me, ..Self::default() }
    }

    /// Whose board it is.
    pub fn me(&self) -> Option<OperatorId> {
        self.me
    }

    /// It is known now whose board it is.
    pub fn set_me(&mut self, me: OperatorId) {
        self.me = Some(me);
    }

    /// What the office confirmed.
    pub fn replica(&self) -> &Replica {
        &self.replica
    }

    /// One more at each change of anything shown: views cache by it.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// The rows that were touched since a generation; `None` when too much has happened.
    pub fn touched_since(&self, generation: u64) -> Option<impl Iterator<Item = RowRef>> {
        let known = (self.touched.since..=self.generation).contains(&generation);
        let since = move |(at, _): &&(u64, RowRef)| *at > generation;
        known.then(|| self.touched.rows.iter().rev().take_while(since).map(|(_, row)| *row))
    }

    /// A snapshot takes the place of what was confirmed; one's own commands stay on top of it.
    pub fn load(&mut self, replica: Replica) {
        self.replica.reload(replica);
        let rows: BTreeSet<RowRef> = self.laid.iter().flat_map(|laid| laid.rows.iter().copied()).collect();
        self.settle();
        self.renew(rows);
        self.touched.forget(self.generation);
    }

    /// Applies a change of the stream.
    pub fn apply(&mut self, change: &Change) -> Applied {
        let row = RowRef { kind: change.entity, id: change.id };
        let own = self.laid.iter().position(|laid| laid.entry.given.key == change.command);
        for_kind!(change.entity, E => {
            let id = id_of::<E>(change.id);
            let before = self.replica.get::<E>(id).cloned();
            let applied = self.replica.apply(change);
            if applied == Applied::Known {
                self.settle();
                return applied;
            }
            if change.kind != ChangeKind::Put {
                self.undo.purge(row);
            }
            if let Some(laid) = own.and_then(|place| self.laid.get_mut(place)) {
                laid.seen.insert(row);
                let given = &laid.entry.given;
                let after = self.replica.get::<E>(id).cloned();
                match (&*given.command, after) {
                    (Command::Undo { body }, _) => self.undo.undone(body.command),
                    (_, Some(after)) if row.kind != EntityKind::Claim && laid.path == Path::Outbox => {
                        self.undo.note((given.key, given.command.name()), change.at, before, after);
                    }
                    _ => {}
                }
            }
            self.settle();
            self.renew([row]);
            applied
        })
    }

    /// Everything up to this place is here.
    pub fn reach(&mut self, seq: Seq) {
        self.replica.reach(seq);
        self.settle();
    }

    /// Commands that were in the outbox when the console started.
    pub fn restore(&mut self, outbox: &Outbox) {
        let given_since = std::mem::take(&mut self.laid);
        for entry in outbox.entries() {
            self.lay(entry.clone(), Path::Outbox, true);
        }
        let rows: BTreeSet<RowRef> = given_since.iter().flat_map(|laid| laid.rows.iter().copied()).collect();
        self.laid.extend(given_since);
        self.renew(rows);
    }

    /// The operator gave a command: from now on the screen shows what it will make.
    pub fn give(&mut self, given: Given, path: Path) {
        self.lay(Entry { given, status: Status::Queued }, path, false);
    }

    fn lay(&mut self, entry: Entry, path: Path, ever_sent: bool) {
        if self.laid.iter().any(|laid| laid.entry.given.key == entry.given.key) {
            return;
        }
        let mut rows: HashSet<RowRef> = touch::touched(&entry.given.command).into_iter().collect();
        if let Command::Undo { body } = &*entry.given.command {
            rows.extend(self.undo.act(body.command).into_iter().flat_map(super::Act::rows));
            let undone = self.laid.iter().find(|laid| laid.entry.given.key == body.command);
            rows.extend(undone.into_iter().flat_map(|laid| laid.rows.iter().copied()));
        }
        let changed = rows.clone();
        self.laid.push(Laid { entry, path, ever_sent, rows, seen: HashSet::new(), confirmed: None });
        self.renew(changed);
    }

    /// What happened to the outbox.
    pub fn record(&mut self, record: &Record) {
        match record {
            Record::Given { given, instead_of } => {
                if let Some(key) = instead_of {
                    self.lift(*key);
                }
                match self.entry(given.key).map(|entry| &entry.status) {
                    None => self.lay(Entry { given: given.clone(), status: Status::Queued }, Path::Outbox, false),
                    // It is on disk now.
                    Some(Status::Unkept) => self.set(given.key, Status::Queued),
                    Some(_) => {}
                }
            }
            Record::Refused { key, problem } => self.set(*key, Status::of((**problem).clone())),
            Record::Again { key } => self.set(*key, Status::Queued),
            Record::Dropped { key } => self.lift(*key),
            // The answer says what came of it.
            Record::Done { .. } => {}
        }
    }

    /// A command is on its way.
    pub fn sent(&mut self, key: CommandKey) {
        for laid in self.laid.iter_mut().filter(|laid| laid.entry.given.key == key) {
            laid.ever_sent = true;
        }
        self.set(key, Status::InFlight);
    }

    /// No answer came: it waits and is sent again. A direct one is given up.
    pub fn unanswered(&mut self, key: CommandKey) {
        match self.laid.iter().find(|laid| laid.entry.given.key == key).map(|laid| laid.path) {
            Some(Path::Direct) => self.lift(key),
            _ => self.set(key, Status::Queued),
        }
    }

    /// A command could not be put on disk.
    pub fn unkept(&mut self, key: CommandKey) {
        self.set(key, Status::Unkept);
    }

    /// The office carried a command out. What it answered is shown until the stream brings the same.
    pub fn done(&mut self, done: &Done) {
        let Some(laid) = self.laid.iter_mut().find(|laid| laid.entry.given.key == done.key) else { return };
        let upto = done.changes.iter().map(|change| change.seq).max().unwrap_or_default();
        laid.rows.extend(done.changes.iter().map(|change| RowRef { kind: change.entity, id: change.id }));
        if let Command::Undo { body } = &*laid.entry.given.command {
            self.undo.undone(body.command);
        }
        let rows = laid.rows.clone();
        laid.confirmed = Some(Confirmed { upto, changes: done.changes.clone() });
        self.settle();
        self.renew(rows);
    }

    /// The office refused a direct command, or its author threw one away.
    pub fn lift(&mut self, key: CommandKey) {
        let mut rows = HashSet::new();
        self.laid.retain(|laid| {
            let stays = laid.entry.given.key != key;
            if !stays {
                rows.extend(laid.rows.iter().copied());
            }
            stays
        });
        self.renew(rows);
    }

    fn set(&mut self, key: CommandKey, status: Status) {
        let Some(laid) = self.laid.iter_mut().find(|laid| laid.entry.given.key == key) else { return };
        laid.entry.status = status;
        let rows = laid.rows.clone();
        self.renew(rows);
    }

    /// Lifts what the stream has brought.
    fn settle(&mut self) {
        let seq = self.replica.seq();
        let here = |laid: &Laid| laid.confirmed.as_ref().is_some_and(|confirmed| confirmed.upto <= seq);
        if self.laid.iter().any(here) {
            let mut rows = BTreeSet::new();
            self.laid.retain(|laid| {
                if here(laid) {
                    rows.extend(laid.rows.iter().copied());
                }
                !here(laid)
            });
            self.renew(rows);
        }
    }

    /// Computes anew what is shown of rows.
    fn renew(&mut self, rows: impl IntoIterator<Item = RowRef>) {
        self.generation = self.generation.wrapping_add(1);
        for row in rows {
            for_kind!(row.kind, E => self.renew_row::<E>(row));
            self.touched.note(self.generation, row);
        }
    }

    fn renew_row<E: Kept>(&mut self, row: RowRef) {
        let id = E::Id::from(row.id);
        let base = self.replica.get::<E>(id);
        let mut now = base.cloned();
        let mut mark = Mark::Confirmed;
        let mut is_laid = false;
        for laid in self.laid.iter().filter(|laid| laid.rows.contains(&row)) {
            is_laid = true;
            let given = &laid.entry.given;
            if let Some(confirmed) = &laid.confirmed {
                now = confirmed.row::<E>(row, now.as_deref()).map(Arc::new).or(now);
                continue;
            }
            if laid.seen.contains(&row) {
                continue;
            }
            mark = mark.max(Mark::of(&laid.entry.status));
            if laid.entry.status.needs_author() || self.is_undone(given.key) {
                continue;
            }
            let stamp = Stamp { at: given.at, by: self.me, replica: &self.replica };
            let after = match (&*given.command, now.as_deref()) {
                (Command::Undo { body }, Some(now)) => self.undo.restored(body.command, now),
                (Command::Bulk { body }, _) => {
                    let mut after: Option<E> = None;
                    for row in &body.rows {
                        let step = E::predicted(&row.command, &stamp, id, after.as_ref().or(now.as_deref()));
                        after = step.or(after);
                    }
                    after
                }
                (command, now) => E::predicted(command, &stamp, id, now),
            };
            now = after.map(Arc::new).or(now);
        }
        let same = match (base, &now) {
            (Some(base), Some(now)) => Arc::ptr_eq(base, now),
            (None, None) => true,
            _ => false,
        };
        let shown = E::table_mut(&mut self.shown);
        match now {
            Some(now) if !same => drop(shown.put(now)),
            _ => drop(shown.take(id)),
        }
        if is_laid && mark != Mark::Confirmed {
            self.marks.insert(row, mark);
        } else {
            self.marks.remove(&row);
        }
    }

    /// Whether an undo of it waits for its answer.
    fn is_undone(&self, key: CommandKey) -> bool {
        let undoes = |command: &Command| matches!(command, Command::Undo { body } if body.command == key);
        self.laid.iter().any(|laid| !laid.entry.status.needs_author() && undoes(&laid.entry.given.command))
    }

    /// A row as it is shown.
    pub fn get<E: Kept>(&self, id: E::Id) -> Option<Shown<'_, E>> {
        let base = self.replica.get::<E>(id);
        let row = E::table(&self.shown).get(id).or(base)?;
        Some(Shown { row, mark: self.mark(RowRef::of::<E>(id)), confirmed: base.map(|row| row.version()) })
    }

    /// Every row of a kind as it is shown, the oldest first; those that the office has not confirmed yet come last.
    pub fn all<E: Kept>(&self) -> impl Iterator<Item = Shown<'_, E>> {
        let shown = E::table(&self.shown);
        let confirmed = self.replica.table::<E>().iter().map(move |base| {
            // By the ten thousand, and nearly none of them is touched.
            let row = if shown.is_empty() { base } else { shown.get(base.id()).unwrap_or(base) };
            Shown { row, mark: self.mark(RowRef::of::<E>(base.id())), confirmed: Some(base.version()) }
        });
        let made = shown.iter().filter(|row| self.replica.get::<E>(row.id()).is_none()).map(|row| Shown {
            row,
            mark: self.mark(RowRef::of::<E>(row.id())),
            confirmed: None,
        });
        confirmed.chain(made)
    }

    /// How a row stands towards the office.
    pub fn mark(&self, row: RowRef) -> Mark {
        if self.marks.is_empty() { Mark::Confirmed } else { self.marks.get(&row).copied().unwrap_or_default() }
    }

    /// A request as it is shown.
    pub fn request(&self, id: RequestId) -> Option<Shown<'_, Request>> {
        self.get(id)
    }

    /// A contact as it is shown.
    pub fn contact(&self, id: ContactId) -> Option<Shown<'_, Contact>> {
        self.get(id)
    }

    /// Open requests as they are shown: one's own acts included.
    pub fn open_requests(&self) -> impl Iterator<Item = Shown<'_, Request>> {
        self.all::<Request>().filter(|shown| shown.row.is_open())
    }

    /// Open requests of a person as they are shown.
    pub fn requests_of(&self, person: BeneficiaryId) -> impl Iterator<Item = Shown<'_, Request>> {
        let theirs =
            move |request: &Request| matches!(request.fields.requester, Some(Requester::Person { id }) if id == person);
        self.those(self.replica.requests_of(person), theirs)
    }

    /// Open requests from a contact as they are shown.
    pub fn requests_from(&self, contact: ContactId) -> impl Iterator<Item = Shown<'_, Request>> {
        self.those(self.replica.requests_from(contact), move |request| request.fields.contact_id == Some(contact))
    }

    /// Open requests of a site as they are shown.
    pub fn requests_at(&self, site: SiteId) -> impl Iterator<Item = Shown<'_, Request>> {
        self.those(self.replica.requests_at(site), move |request| request.fields.site_id == Some(site))
    }

    /// Open requests in a state as they are shown.
    pub fn requests_in(&self, state: RequestState) -> impl Iterator<Item = Shown<'_, Request>> {
        self.those(self.replica.requests_in(state), move |request| request.state == state)
    }

    /// Those that an index of the replica has and that are not shown otherwise, then the shown ones that fit.
    fn those<'a>(
        &'a self,
        indexed: impl Iterator<Item = &'a Arc<Request>>,
        fits: impl Fn(&Request) -> bool + 'a,
    ) -> impl Iterator<Item = Shown<'a, Request>> {
        let shown = Request::table(&self.shown);
        let untouched = indexed.filter(|request| shown.get(request.id).is_none());
        let touched = shown.iter().filter(move |request| fits(request) && request.is_open());
        untouched.chain(touched).filter_map(|request| self.request(request.id))
    }

    /// Commands that wait for the office or for their author, in the order in which they were given.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        let waits = |laid: &&Laid| laid.path == Path::Outbox && laid.confirmed.is_none();
        self.laid.iter().filter(waits).map(|laid| &laid.entry)
    }

    /// One of them.
    pub fn entry(&self, key: CommandKey) -> Option<&Entry> {
        self.entries().find(|entry| entry.given.key == key)
    }

    /// How many wait to be sent or answered, as the top line counts them.
    pub fn to_send(&self) -> usize {
        self.entries().filter(|entry| !entry.status.needs_author()).count()
    }

    /// How many came back for their author to look at.
    pub fn to_settle(&self) -> usize {
        self.entries().filter(|entry| entry.status.needs_author()).count()
    }

    /// Entries on a row, in the order in which they were given.
    pub fn entries_on(&self, row: RowRef) -> impl Iterator<Item = &Entry> {
        let on = move |laid: &&Laid| laid.confirmed.is_none() && laid.rows.contains(&row);
        self.laid.iter().filter(on).map(|laid| &laid.entry)
    }

    /// Since when a claim on a contact or request is on its way: it was asked for, and what became of it has not come.
    pub fn claiming_since(&self, row: RowRef) -> Option<Instant> {
        let claims = |laid: &&Laid| {
            laid.rows.contains(&row)
                && !laid.entry.status.needs_author()
                && matches!(&*laid.entry.given.command, Command::TakeClaim { .. })
        };
        self.laid.iter().find(claims).map(|laid| laid.entry.given.at)
    }

    /// One's own acts that the office carried out.
    pub fn undo_list(&self) -> &UndoList {
        &self.undo
    }

    /// How the last act is taken back: one that waits is the last, else the newest that the policy's window still holds.
    pub fn undoing(&self, now: Instant) -> Option<Undoing> {
        let can_be = |laid: &&Laid| {
            laid.path == Path::Outbox
                && !matches!(*laid.entry.given.command, Command::Undo { .. })
                && !laid.entry.status.needs_author()
                && !self.is_undone(laid.entry.given.key)
        };
        if let Some(laid) = self.laid.iter().rev().find(can_be) {
            let key = laid.entry.given.key;
            return Some(if laid.ever_sent { Undoing::Undo(key) } else { Undoing::ThrowAway(key) });
        }
        let minutes = self.replica.policy().map_or(10, |policy| policy.fields.undo_window_min);
        let window = SignedDuration::from_mins(minutes.into());
        self.undo.open(now, window).find(|act| !self.is_undone(act.key)).map(|act| Undoing::Undo(act.key))
    }
}

impl Confirmed {
    /// The row as the office answered it, if that is newer than what is here.
    fn row<E: Kept>(&self, row: RowRef, now: Option<&E>) -> Option<E> {
        let of_row = |change: &&Change| change.entity == row.kind && change.id == row.id;
        let change = self.changes.iter().rev().find(of_row)?;
        if now.is_some_and(|now| now.version() >= change.version) {
            return None;
        }
        serde_json::from_str(change.state.as_ref()?.get()).ok()
    }
}
