//! Who may write in a folder: the newest console. Each write is made alone, after a look at who owns the folder, so that a ghost can never write over a successor.

use super::{StoreError, files};
use std::{
    fs::{File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};
use uuid::Uuid;

/// How long another console may take for a write.
const PATIENCE: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(10);

/// This console's claim on a folder.
#[derive(Debug)]
pub struct Owner {
    file: PathBuf,
    lock: File,
    token: String,
}

impl Owner {
    /// Takes the folder over from whoever had it.
    pub fn take_over(folder: &Path) -> Result<Self, StoreError> {
        let owner = Self { file: folder.join("owner"), lock: lock(folder)?, token: Uuid::now_v7().to_string() };
        owner.locked(|| owner.sign())?;
        Ok(owner)
    }

    /// Takes a folder again that was deleted and made anew, unless a newer console has it by now: tokens are in the order of time.
    pub fn take_again(&mut self, folder: &Path) -> Result<(), StoreError> {
        self.lock = lock(folder)?;
        self.locked(|| match files::read(&self.file)? {
            Some(owner) if owner.as_slice() > self.token.as_bytes() => Err(StoreError::TakenOver),
            _ => self.sign(),
        })
    }

    /// Who owns the folder matters only to programs that run: it need not survive a power cut, and nobody waits for the disk.
    fn sign(&self) -> Result<(), StoreError> {
        files::replace_unsynced(&self.file, self.token.as_bytes())
    }

    /// Does something while no other console can, if the folder is still this one's.
    pub fn alone<T>(&self, act: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.locked(|| {
            let owner = files::read(&self.file)?.ok_or(StoreError::Gone)?;
            if owner == self.token.as_bytes() { act() } else { Err(StoreError::TakenOver) }
        })
    }

    fn locked<T>(&self, act: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut waited = Duration::ZERO;
        loop {
            match self.lock.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if waited < PATIENCE => {
                    thread::sleep(PAUSE);
                    waited += PAUSE;
                }
                Err(TryLockError::WouldBlock) => return Err(StoreError::Busy),
                Err(TryLockError::Error(error)) => return Err(StoreError::at(&self.file)(error)),
            }
        }
        let outcome = act();
        // Closing the file would let go as well.
        let _ = self.lock.unlock();
        outcome
    }
}

fn lock(folder: &Path) -> Result<File, StoreError> {
    files::open(&folder.join("lock"), OpenOptions::new().write(true).create(true).truncate(false))
}
