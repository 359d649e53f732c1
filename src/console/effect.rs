//! All that can be asked for: what update wants done in the world, as data.

use super::{
    model::{activity::Period, rounds::Question},
    printer::Paper,
    session::{Behind, Latch, Proof},
};
use crate::{
    domain::{
        ids::{BeneficiaryId, RequestId},
        time::Instant,
    },
    planning::day::Day,
    replica::{Draft, DraftSubject, Given, Record},
    wire::{bodies::Renewal, change::Seq},
};
use jiff::civil::Date;
use std::sync::Arc;

/// Something to be done, in the imperative. Only `effects.rs` does it.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Keep on disk what happens to the outbox; a command given is then sent as soon as the office can be reached.
    Keep(Box<Record>),
    /// Send at once or not at all: a claim is a lease and never waits.
    Ask(Box<Given>),
    /// Keep what is being typed.
    KeepDraft(Box<Draft>),
    /// What was typed is saved or thrown away.
    DropDraft(DraftSubject),
    /// Keep alive from now on what is held, with what was typed so far.
    Hold(Vec<Renewal>),
    /// Search the past.
    Search(String),
    /// Read who did what to a request.
    ReadHistory(RequestId),
    /// Read what a person owes.
    ReadTab(BeneficiaryId),
    /// Read what a person asked for in the past.
    ReadPast(BeneficiaryId),
    /// Read what providers have on their hands, and the share of ESS from one day to another.
    ReadFigures {
        /// The first day.
        from: Date,
        /// The last one.
        to: Date,
    },
    /// Read what happened in a time.
    ReadActivity(Period),
    /// Read the journal: its newest lines, or those before a place.
    ReadJournal(Option<Seq>),
    /// Ask how long the ways between the places of a day are.
    AskWays(Box<Question>),
    /// Print a sheet of the office's.
    Print(Paper),
    /// Plan a day, in place of what is being planned.
    Plan(Arc<Day>),
    /// Nobody looks at a plan any more.
    StopPlanning,
    /// Let the terminal ring once.
    Ring,
    /// Wake update at this time, if nothing else does before; the latest wish counts.
    WakeAt(Instant),
    /// Draw everything anew.
    Redraw,
    /// Give the terminal back to the shell until it is resumed.
    ToShell,
    /// Do what a command that was added to the key table's asks for, by its id.
    Extra(&'static str),
    /// Note for the next start whether the console is locked.
    Latch(Latch),
    /// Open the lock by this proof.
    Unlock {
        /// The password, or the token.
        proof: Proof,
        /// Whether the session goes on.
        behind: Behind,
    },
    /// Get in again: the session has ended.
    LogIn(Proof),
    /// There is a session again: everything that waited for it goes on.
    GoOn,
    /// Leave the program.
    Quit,
    /// End the session and let somebody else sign in.
    HandOver,
}
