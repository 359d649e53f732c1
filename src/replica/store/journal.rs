//! The outbox on disk: one record a line, appended and synced before anything is sent; a line that a crash cut short was never acknowledged.

use super::{StoreError, files};
use crate::replica::Record;
use std::{
    fs::{File, OpenOptions},
    io::{Seek, SeekFrom, Write},
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
};

const FILE: &str = "outbox.jsonl";
const DAMAGED: &str = "outbox.damaged";
/// From this length on it is worth making it short.
const LONG_BYTES: u64 = 64 << 10;

/// The journal, open at its end.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    /// Up to here every line is whole and on disk.
    length: u64,
}

/// What was read of a journal.
#[derive(Debug, Default)]
pub struct Read {
    /// The records, in order.
    pub records: Vec<Record>,
    /// Whole lines that are no records.
    pub damaged: usize,
}

/// Reads what was acknowledged. A last line without its end was not; a whole line that cannot be read is put aside, never thrown away.
pub fn read(folder: &Path) -> Result<Read, StoreError> {
    let (read, aside) = parsed(&files::read(&folder.join(FILE))?.unwrap_or_default());
    if !aside.is_empty() {
        let path = folder.join(DAMAGED);
        let mut file = files::open(&path, OpenOptions::new().append(true).create(true))?;
        file.write_all(&aside).and_then(|()| file.sync_all()).map_err(StoreError::at(&path))?;
    }
    Ok(read)
}

/// What a journal holds, with nothing changed: its console may be at work on it.
pub fn peek(folder: &Path) -> Result<Read, StoreError> {
    Ok(parsed(&files::read(&folder.join(FILE))?.unwrap_or_default()).0)
}

/// The records of a journal's bytes, and the whole lines that are none.
pub fn parsed(bytes: &[u8]) -> (Read, Vec<u8>) {
    let mut read = Read::default();
    let mut aside = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let Some(text) = line.strip_suffix(b"\n") else { break };
        if let Ok(record) = serde_json::from_slice(text) {
            read.records.push(record);
        } else {
            read.damaged += 1;
            aside.extend_from_slice(line);
        }
    }
    (read, aside)
}

impl Journal {
    /// A journal of these records alone. One that is so already, as nearly always, is left as it is: each write waits for the disk.
    pub fn of(folder: &Path, records: &[Record]) -> Result<Self, StoreError> {
        let path = folder.join(FILE);
        if files::read(&path)? == Some(lines(&path, records)?) {
            Self::open(path)
        } else {
            Self::write_anew(folder, records)
        }
    }

    /// A journal of these records alone, in the place of the one before.
    pub fn write_anew(folder: &Path, records: &[Record]) -> Result<Self, StoreError> {
        let path = folder.join(FILE);
        files::replace(&path, &lines(&path, records)?)?;
        Self::open(path)
    }

    fn open(path: PathBuf) -> Result<Self, StoreError> {
        let mut file = files::open(&path, OpenOptions::new().write(true))?;
        let length = file.seek(SeekFrom::End(0)).map_err(StoreError::at(&path))?;
        Ok(Self { path, file, length })
    }

    /// Appends a record; it is on disk when this returns. After a failure the journal is as it was.
    pub fn append(&mut self, record: &Record) -> Result<(), StoreError> {
        let line = line(&self.path, record)?;
        let written = self.file.write_all(&line).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            let _ = self.file.set_len(self.length);
            let _ = self.file.seek(SeekFrom::Start(self.length));
            return Err(StoreError::at(&self.path)(error));
        }
        self.length += line.len() as u64;
        Ok(())
    }

    /// Whether what is written to it can be found again: nobody has deleted it.
    pub fn is_there(&self) -> bool {
        self.file.metadata().is_ok_and(|file| file.nlink() > 0)
    }

    /// Whether it is worth making it short.
    pub fn is_long(&self) -> bool {
        self.length > LONG_BYTES
    }
}

fn lines(path: &Path, records: &[Record]) -> Result<Vec<u8>, StoreError> {
    let mut lines = Vec::new();
    for record in records {
        lines.extend(line(path, record)?);
    }
    Ok(lines)
}

fn line(path: &Path, record: &Record) -> Result<Vec<u8>, StoreError> {
    let mut line = serde_json::to_vec(record).map_err(|error| StoreError::at(path)(error.into()))?;
    line.push(b'\n');
    Ok(line)
}
