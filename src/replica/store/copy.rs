//! The last copy of the office's data on disk: a head, then each row on a line of its own, so that it is read back on all cores.

use super::{ReplicaParts, StoreError, files};
use crate::{
    domain::{entity::EntityKind, time::Instant},
    replica::{Replica, rows::for_kind},
    wire::change::Seq,
};
use serde::{Deserialize, Serialize};
use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Write},
    path::Path,
};

const FILE: &str = "copy.jsonl";
/// The form of the file; another is not read.
const FORMAT: u32 = 1;

/// Whether a copy is kept, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepCopy {
    /// None.
    Off,
    /// Until then: twelve hours on, or after the next permanence of a concierge's own sites.
    Until(Instant),
}

/// A copy that was kept.
#[derive(Debug)]
pub struct KeptCopy {
    /// The office's data.
    pub replica: Replica,
    /// As of when.
    pub kept_at: Instant,
}

#[derive(Serialize, Deserialize)]
struct Head {
    format: u32,
    kept_at: Instant,
    until: Instant,
    seq: Seq,
    at: Instant,
}

#[derive(Serialize, Deserialize)]
struct Section {
    kind: EntityKind,
    rows: usize,
}

/// Writes a copy in the place of the former.
pub fn write(folder: &Path, parts: &ReplicaParts, kept_at: Instant, until: Instant) -> Result<(), StoreError> {
    let head = Head { format: FORMAT, kept_at, until, seq: parts.seq, at: parts.at };
    files::replace_with(&folder.join(FILE), |writer| {
        line(writer, &head)?;
        for kind in EntityKind::ALL.iter().copied() {
            for_kind!(kind, E => {
                let table = <E as crate::replica::Kept>::table(&parts.tables);
                line(writer, &Section { kind, rows: table.len() })?;
                for row in table.iter() {
                    line(writer, &**row)?;
                }
            });
        }
        Ok(())
    })
}

fn line(writer: &mut BufWriter<File>, what: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *writer, what)?;
    writer.write_all(b"\n")
}

/// Reads the copy back, if it may still be kept; else it is deleted.
pub fn read(folder: &Path, now: Instant) -> Result<Option<KeptCopy>, StoreError> {
    let Some(bytes) = files::read(&folder.join(FILE))? else { return Ok(None) };
    let copy = std::str::from_utf8(&bytes).ok().and_then(|text| parsed(text, now));
    if copy.is_none() {
        drop(folder)?;
    }
    Ok(copy)
}

fn parsed(text: &str, now: Instant) -> Option<KeptCopy> {
    let mut lines = text.lines();
    let head: Head = serde_json::from_str(lines.next()?).ok()?;
    if !head.may_stay(now) {
        return None;
    }
    let mut sections = Vec::new();
    while let Some(section) = lines.next() {
        let Section { kind, rows } = serde_json::from_str(section).ok()?;
        let of_kind: Vec<&str> = lines.by_ref().take(rows).collect();
        if of_kind.len() < rows {
            return None;
        }
        sections.push((kind, of_kind));
    }
    Some(KeptCopy { replica: Replica::of_rows(head.seq, head.at, sections), kept_at: head.kept_at })
}

impl Head {
    /// A clock that was set back must not keep a copy for longer.
    fn may_stay(&self, now: Instant) -> bool {
        self.format == FORMAT && now < self.until && self.kept_at <= now.plus(jiff::SignedDuration::from_hours(1))
    }
}

/// Deletes the copy.
pub fn drop(folder: &Path) -> Result<(), StoreError> {
    files::remove(&folder.join(FILE))
}

/// Deletes the copies of all offices and operators that are kept too long. What cannot be looked at is passed over: it is another's.
pub fn sweep(base: &Path, now: Instant) {
    for office in files::list(base).unwrap_or_default() {
        for folder in files::list(&office).unwrap_or_default() {
            let Ok(file) = File::open(folder.join(FILE)) else { continue };
            let mut head = String::new();
            let read = BufReader::new(file).read_line(&mut head);
            let stays = read.is_ok() && serde_json::from_str::<Head>(&head).is_ok_and(|head| head.may_stay(now));
            if !stays {
                let _ = drop(&folder);
            }
        }
    }
}
