//! What waits to be sent: a pure machine moved by records. The records on disk, replayed, are the outbox after a crash.

use super::touch::{self, Order};
use crate::{
    domain::{entity::FieldEdit, ids::CommandKey, time::Instant},
    wire::{
        catalogue::Command,
        problem::{Problem, ProblemKind},
    },
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use uuid::Uuid;

/// A command as its operator gave it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Given {
    /// Its key: made with it, and the same however often it is sent.
    pub key: CommandKey,
    /// When it was given.
    pub at: Instant,
    /// What.
    pub command: Box<Command>,
}

/// Where a command of the outbox stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    /// Waits for the line, or for a command before it.
    Queued,
    /// Sent, and not answered yet.
    InFlight,
    /// The office said no; its author corrects it, sends it again or throws it away.
    Refused(Box<Problem>),
    /// What it was given upon has changed meanwhile; its author looks at both values.
    Conflicting(Box<Problem>),
    /// It could not be put on disk, and was not sent.
    Unkept,
}

impl Status {
    /// Where an office's no leaves a command.
    pub fn of(problem: Problem) -> Self {
        let conflict = matches!(
            problem.known(),
            Some(
                ProblemKind::FieldsMoved | ProblemKind::StateMoved | ProblemKind::KeyTooOld | ProblemKind::VersionMoved
            )
        );
        if conflict { Self::Conflicting(Box::new(problem)) } else { Self::Refused(Box::new(problem)) }
    }

    /// Whether it waits for its author.
    pub fn needs_author(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Conflicting(_) | Self::Unkept)
    }

    /// The office's no, if there was one.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Refused(problem) | Self::Conflicting(problem) => Some(problem),
            Self::Queued | Self::InFlight | Self::Unkept => None,
        }
    }
}

/// Which of both values of a field in conflict goes on.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    /// The operator's own.
    Mine,
    /// The one that stands.
    Theirs,
    /// Another.
    Other(Value),
}

/// A command of the outbox.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What was given.
    pub given: Given,
    /// Where it stands.
    pub status: Status,
}

impl Entry {
    /// The command that settles a conflict of fields as chosen; a field without a choice keeps the value that stands. None if nothing is left to change.
    pub fn resolved(&self, choices: &BTreeMap<String, Choice>) -> Option<Command> {
        let Status::Conflicting(problem) = &self.status else { return None };
        let mut command = (*self.given.command).clone();
        let edit = touch::edit_mut(&mut command)?;
        for conflict in &problem.conflicts {
            let new = match choices.get(&conflict.field) {
                Some(Choice::Mine) => conflict.new.clone(),
                Some(Choice::Other(value)) => value.clone(),
                Some(Choice::Theirs) | None => {
                    edit.fields.remove(&conflict.field);
                    continue;
                }
            };
            edit.fields.insert(conflict.field.clone(), FieldEdit { seen: conflict.present.clone(), new });
        }
        (!edit.fields.is_empty()).then_some(command)
    }

    /// The same move from the state that stands now, if that is why it came back.
    pub fn from_present_state(&self) -> Option<Command> {
        let Status::Conflicting(problem) = &self.status else { return None };
        let present = problem.params.get("present")?;
        let mut json = serde_json::to_value(&self.given.command).ok()?;
        let seen = json.get_mut("body")?.get_mut("seen")?;
        *seen = Value::String(present.clone());
        serde_json::from_value(json).ok()
    }
}

/// What happens to an outbox; a line of its journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Record {
    /// A command was given, perhaps in the place of one that came back.
    Given {
        /// The command.
        given: Given,
        /// The one that it replaces.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instead_of: Option<CommandKey>,
    },
    /// The office said no.
    Refused {
        /// Which command.
        key: CommandKey,
        /// Why.
        problem: Box<Problem>,
    },
    /// Its author sends it again as it is.
    Again {
        /// Which command.
        key: CommandKey,
    },
    /// The office carried it out.
    Done {
        /// Which command.
        key: CommandKey,
    },
    /// Its author threw it away.
    Dropped {
        /// Which command.
        key: CommandKey,
    },
}

/// An entry with what decides its turn.
#[derive(Clone, Debug)]
struct Slot {
    entry: Entry,
    /// What it writes: those that mention it wait for it.
    writes: HashSet<Uuid>,
    /// What it speaks of.
    mentions: HashSet<Uuid>,
    /// The rows that it makes: those that mention them wait for it even when it came back.
    makes: HashSet<Uuid>,
    /// After what it goes.
    order: Order,
}

/// What waits to be sent, in the order in which it was given.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    slots: Vec<Slot>,
}

impl Outbox {
    /// Moves the outbox. Records that say what is so already change nothing.
    pub fn apply(&mut self, record: &Record) {
        match record {
            Record::Given { given, instead_of } => {
                if let Some(key) = instead_of {
                    self.remove(*key);
                }
                if self.place(given.key).is_none() {
                    self.slots.push(Slot::new(given.clone()));
                }
            }
            Record::Refused { key, problem } => self.set(*key, Status::of((**problem).clone())),
            Record::Again { key } => self.set(*key, Status::Queued),
            Record::Done { key } | Record::Dropped { key } => self.remove(*key),
        }
    }

    /// The commands whose turn it is, up to `limit` on their way at once. Of two that touch one row, the earlier goes first, and what
    /// counts all that was done goes after it; others overlap.
    pub fn ready(&self, limit: usize) -> Vec<&Given> {
        let on_their_way = self.slots.iter().filter(|slot| slot.entry.status == Status::InFlight).count();
        let (mut ready, mut awaited) = (Vec::new(), HashSet::new());
        let mut something_waits = false;
        for slot in &self.slots {
            if on_their_way + ready.len() >= limit {
                break;
            }
            let is_its_turn =
                awaited.is_disjoint(&slot.mentions) && !(slot.order == Order::AfterAll && something_waits);
            if slot.entry.status == Status::Queued && is_its_turn {
                ready.push(&slot.entry.given);
            }
            something_waits |= !slot.entry.status.needs_author();
            let awaits = if slot.entry.status.needs_author() { &slot.makes } else { &slot.writes };
            awaited.extend(awaits.iter().copied());
        }
        ready
    }

    /// A command is on its way.
    pub fn sent(&mut self, key: CommandKey) {
        self.set(key, Status::InFlight);
    }

    /// No answer came: it waits, to be sent again under the same key.
    pub fn unanswered(&mut self, key: CommandKey) {
        if self.entry(key).is_some_and(|entry| entry.status == Status::InFlight) {
            self.set(key, Status::Queued);
        }
    }

    /// All entries, in the order in which they were given.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.slots.iter().map(|slot| &slot.entry)
    }

    /// One entry.
    pub fn entry(&self, key: CommandKey) -> Option<&Entry> {
        self.slots.get(self.place(key)?).map(|slot| &slot.entry)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The records that make this outbox from an empty one: what a journal is made short by.
    pub fn records(&self) -> Vec<Record> {
        let mut records = Vec::new();
        for Entry { given, status } in self.entries() {
            records.push(Record::Given { given: given.clone(), instead_of: None });
            if let Some(problem) = status.problem() {
                records.push(Record::Refused { key: given.key, problem: Box::new(problem.clone()) });
            }
        }
        records
    }

    fn place(&self, key: CommandKey) -> Option<usize> {
        self.slots.iter().position(|slot| slot.entry.given.key == key)
    }

    fn set(&mut self, key: CommandKey, status: Status) {
        let place = self.place(key);
        if let Some(slot) = place.and_then(|place| self.slots.get_mut(place)) {
            slot.entry.status = status;
        }
    }

    fn remove(&mut self, key: CommandKey) {
        self.slots.retain(|slot| slot.entry.given.key != key);
    }
}

impl Slot {
    fn new(given: Given) -> Self {
        let command = &given.command;
        let mut writes: HashSet<Uuid> = touch::touched(command).into_iter().map(|row| row.id).collect();
        // An undo mentions the key of what it takes back.
        writes.insert(given.key.into());
        let mentions = touch::mentioned(command);
        let makes = touch::made(command).into_iter().collect();
        let order = touch::order(command);
        Self { entry: Entry { given, status: Status::Queued }, writes, mentions, makes, order }
    }
}
