//! The folder in which a console keeps what must survive it: outbox, drafts, and the last copy of the office's data. Everything here blocks; nothing panics.

mod copy;
mod error;
mod files;
mod journal;
mod owner;

pub use copy::{KeepCopy, KeptCopy};
pub use error::StoreError;

use super::{Draft, DraftSubject, Outbox, Record, Replica, Tables};
use crate::domain::time::Instant;
use journal::Journal;
use owner::Owner;
use sha2::{Digest, Sha256};
use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

const DRAFTS: &str = "drafts";

/// Whose folder: nothing of the names stands in its path.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The folder of all stores, such as `$XDG_STATE_HOME/loge`.
    pub base: &'a Path,
    /// The office's address, the first if there are several.
    pub office: &'a str,
    /// The operator, as the login or the profile names them.
    pub operator: &'a str,
}

impl Place<'_> {
    /// The folder of this office and operator.
    pub fn folder(&self) -> PathBuf {
        self.base.join(hashed(self.office)).join(hashed(self.operator))
    }
}

/// What was found when a store was opened.
#[derive(Debug)]
pub struct Found {
    /// The store; this console's alone until a newer one takes it over.
    pub store: Store,
    /// What waits to be sent.
    pub outbox: Outbox,
    /// What was typed and not saved.
    pub drafts: Vec<Draft>,
    /// What could not be read.
    pub recovered: Recovered,
}

/// What a crash or a damaged disk left unreadable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Lines of the outbox that cannot be read; they were put aside in `outbox.damaged`.
    pub damaged_commands: usize,
    /// Drafts that cannot be read; their files were left where they are.
    pub damaged_drafts: usize,
}

/// What lies in the folder of one operator.
#[derive(Debug, Default)]
pub struct Waiting {
    /// What waits to be sent.
    pub outbox: Outbox,
    /// What was typed and not saved.
    pub drafts: Vec<Draft>,
    /// What cannot be read.
    pub unreadable: Recovered,
}

/// What all operators of an office keep under `base`, taken over by nobody and left as it is: a console may be at work on it.
///
/// # Errors
/// A folder or file cannot be read.
pub fn waiting(base: &Path, office: &str) -> Result<Vec<Waiting>, StoreError> {
    let folder = base.join(hashed(office));
    let operators = if folder.is_dir() { files::list(&folder)? } else { Vec::new() };
    operators.iter().filter(|folder| folder.is_dir()).map(|folder| waiting_in(folder)).collect()
}

/// What lies in a folder, with nothing changed there.
fn waiting_in(folder: &Path) -> Result<Waiting, StoreError> {
    let read = journal::peek(folder)?;
    let mut outbox = Outbox::default();
    read.records.iter().for_each(|record| outbox.apply(record));
    let drafts = folder.join(DRAFTS);
    let (drafts, damaged_drafts) = if drafts.is_dir() { read_drafts(&drafts)? } else { (Vec::new(), 0) };
    Ok(Waiting { outbox, drafts, unreadable: Recovered { damaged_commands: read.damaged, damaged_drafts } })
}

/// Whether a folder had to be made anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    /// Nobody touched it.
    AsItWas,
    /// Somebody deleted it, or what is essential of it.
    Anew,
}

/// A console's folder.
#[derive(Debug)]
pub struct Store {
    base: PathBuf,
    folder: PathBuf,
    owner: Owner,
    journal: Journal,
    /// What the journal holds: it is written anew from here if the folder is deleted.
    outbox: Outbox,
}

impl Store {
    /// Opens the folder and takes it over from whoever had it. Copies of any office that are kept too long already are deleted.
    ///
    /// # Errors
    /// The folder cannot be used.
    pub fn open(place: Place<'_>, now: Instant) -> Result<Found, StoreError> {
        let folder = place.folder();
        files::make_folder(&folder.join(DRAFTS), place.base)?;
        let owner = Owner::take_over(&folder)?;
        let read = owner.alone(|| journal::read(&folder))?;
        let mut outbox = Outbox::default();
        read.records.iter().for_each(|record| outbox.apply(record));
        let journal = owner.alone(|| Journal::of(&folder, &outbox.records()))?;
        let (drafts, damaged_drafts) = read_drafts(&folder.join(DRAFTS))?;
        copy::sweep(place.base, now);
        let recovered = Recovered { damaged_commands: read.damaged, damaged_drafts };
        let store = Self { base: place.base.to_owned(), folder, owner, journal, outbox: outbox.clone() };
        Ok(Found { store, outbox, drafts, recovered })
    }

    /// Makes the folder anew if somebody deleted it, with what waits to be sent; drafts and copy are to be saved again.
    ///
    /// # Errors
    /// It cannot be made, or a newer console has it.
    pub fn make_whole(&mut self) -> Result<Whole, StoreError> {
        match self.owner.alone(|| Ok(self.journal.is_there())) {
            Ok(true) => return Ok(Whole::AsItWas),
            Ok(false) | Err(StoreError::Gone) => {}
            Err(error) => return Err(error),
        }
        files::make_folder(&self.folder.join(DRAFTS), &self.base)?;
        self.owner.take_again(&self.folder)?;
        self.journal = self.owner.alone(|| Journal::write_anew(&self.folder, &self.outbox.records()))?;
        Ok(Whole::Anew)
    }

    /// What waits to be sent from a folder, whoever has it; reading changes nothing there.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn waiting(place: Place<'_>) -> Result<Outbox, StoreError> {
        Ok(waiting_in(&place.folder())?.outbox)
    }

    /// Forgets the copy of a folder, whoever has it: at logout.
    ///
    /// # Errors
    /// It stays.
    pub fn forget_copy(place: Place<'_>) -> Result<(), StoreError> {
        copy::drop(&place.folder())
    }

    /// Puts a record on disk: when this returns, it survives a power cut.
    ///
    /// # Errors
    /// Nothing was kept: the disk is full or fails, or a newer console has taken over.
    pub fn record(&mut self, record: &Record) -> Result<(), StoreError> {
        self.owner.alone(|| self.journal.append(record))?;
        self.outbox.apply(record);
        Ok(())
    }

    /// Makes the journal short again once most of it is over.
    ///
    /// # Errors
    /// The long one stays.
    pub fn shorten(&mut self, outbox: &Outbox) -> Result<(), StoreError> {
        if self.journal.is_long() && outbox.is_empty() {
            self.journal = self.owner.alone(|| Journal::write_anew(&self.folder, &[]))?;
            self.outbox = Outbox::default();
        }
        Ok(())
    }

    /// Whether this console still has the folder.
    ///
    /// # Errors
    /// [`StoreError::TakenOver`] if a newer one has it.
    pub fn check(&self) -> Result<(), StoreError> {
        self.owner.alone(|| Ok(()))
    }

    /// Saves a draft in the place of the one its subject had; an empty one is dropped.
    ///
    /// # Errors
    /// The former one stays.
    pub fn save_draft(&self, draft: &Draft) -> Result<(), StoreError> {
        if draft.is_empty() {
            return self.drop_draft(&draft.subject);
        }
        let json = draft.to_json()?;
        self.owner.alone(|| files::replace(&self.draft_file(&draft.subject), &json))
    }

    /// Drops a subject's draft: it was saved as what it is for, or thrown away.
    ///
    /// # Errors
    /// It stays.
    pub fn drop_draft(&self, subject: &DraftSubject) -> Result<(), StoreError> {
        self.owner.alone(|| files::remove(&self.draft_file(subject)))
    }

    fn draft_file(&self, subject: &DraftSubject) -> PathBuf {
        let name = serde_json::to_string(subject).unwrap_or_default();
        self.folder.join(DRAFTS).join(format!("{}.json", hashed(&name)))
    }

    /// The copy that was kept, if it may still be; one that is kept too long, or cannot be read, is deleted.
    ///
    /// # Errors
    /// The file cannot be read or deleted.
    pub fn copy(&self, now: Instant) -> Result<Option<KeptCopy>, StoreError> {
        copy::read(&self.folder, now)
    }

    /// Keeps a copy in the place of the former; none, and no former, if it is turned off.
    ///
    /// # Errors
    /// The former stays.
    pub fn keep_copy(&self, replica: &ReplicaParts, now: Instant, keep: KeepCopy) -> Result<(), StoreError> {
        match keep {
            KeepCopy::Off => self.drop_copy(),
            KeepCopy::Until(until) => self.owner.alone(|| copy::write(&self.folder, replica, now, until)),
        }
    }

    /// Drops the copy: a person's data were erased, or are out of sight.
    ///
    /// # Errors
    /// It stays.
    pub fn drop_copy(&self) -> Result<(), StoreError> {
        self.owner.alone(|| copy::drop(&self.folder))
    }
}

/// What a copy is made of: taken from a replica in an instant, and written beside the work.
#[derive(Clone, Debug)]
pub struct ReplicaParts {
    tables: Tables,
    seq: crate::wire::change::Seq,
    at: Instant,
}

impl ReplicaParts {
    /// The parts of a replica; none before its first snapshot.
    pub fn of(replica: &Replica) -> Option<Self> {
        Some(Self { tables: replica.tables(), seq: replica.seq(), at: replica.at()? })
    }
}

fn read_drafts(folder: &Path) -> Result<(Vec<Draft>, usize), StoreError> {
    let (mut drafts, mut damaged) = (Vec::new(), 0);
    for file in files::list(folder)? {
        if file.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        match files::read(&file)?.and_then(|bytes| serde_json::from_slice::<Draft>(&bytes).ok()) {
            Some(draft) => drafts.push(draft),
            None => damaged += 1,
        }
    }
    drafts.sort_by_key(|draft| draft.at);
    Ok((drafts, damaged))
}

/// Half of a SHA-256 in hexadecimal: enough to tell names apart, and nothing of them is read from it.
fn hashed(name: &str) -> String {
    Sha256::digest(name.as_bytes()).iter().take(16).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What a journal of these bytes holds, and how many of its whole lines are no records.
#[cfg(test)]
pub fn journal_bytes(bytes: &[u8]) -> (Vec<Record>, usize) {
    let (read, _) = journal::parsed(bytes);
    (read.records, read.damaged)
}
