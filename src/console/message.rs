//! All that can come in: what the operator typed, what the office told, what the clock and the terminal say.

use super::{
    keymap::Key,
    model::{
        activity::{Figures, Period},
        coach::Coach,
        rounds::Question,
    },
    printer::NotPrinted,
    session::{LetIn, NotLetIn, SessionError, Unlocked},
};
use crate::{
    client::ClientError,
    domain::{
        ess::Share,
        ids::{BeneficiaryId, ContactId, RequestId},
        request::Request,
        time::Instant,
    },
    planning::day::Found,
    replica::link::LinkEvent,
    wire::{
        activity::Journal,
        change::Seq,
        query::{Balance, HistoryEntry, ProviderLoad},
        travel::TravelTimes,
    },
};

use jiff::SignedDuration;

/// The terminal's size in columns and rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

/// Something that happened, in the past tense; update is given the time with it.
#[derive(Debug)]
pub enum Message {
    /// The operator pressed a key.
    Pressed(Key),
    /// The operator pasted text.
    Pasted(String),
    /// The terminal has another size.
    Resized(Size),
    /// The terminal was given back after a suspension: everything is to be drawn anew.
    Resumed,
    /// The time that was asked for has come.
    Woke,
    /// The office or the way to it.
    Link(LinkEvent),
    /// The office searched its past.
    Searched {
        /// What was asked for.
        words: String,
        /// What it found, the newest first.
        found: Result<Vec<Request>, ClientError>,
    },
    /// The office told the history of a request.
    HistoryTold {
        /// Whose.
        request: RequestId,
        /// Its entries, the oldest first.
        history: Result<Vec<HistoryEntry>, ClientError>,
    },
    /// The office told what a person owes.
    TabTold {
        /// Who.
        person: BeneficiaryId,
        /// What they owe.
        balance: Result<Balance, ClientError>,
    },
    /// The office told what a person asked for in the past.
    PastTold {
        /// Who.
        person: BeneficiaryId,
        /// Their requests, the newest first.
        past: Result<Vec<Request>, ClientError>,
    },
    /// The office told what providers have on their hands, and the share of ESS of the month.
    FiguresTold(Result<(Vec<ProviderLoad>, Share), ClientError>),
    /// The office told what happened in a time.
    ActivityTold {
        /// In which.
        period: Period,
        /// What it counted.
        told: Result<Box<Figures>, ClientError>,
    },
    /// The office told a page of the journal.
    JournalTold {
        /// The place before which it lies; none for the newest lines.
        before: Option<Seq>,
        /// The page.
        told: Result<Journal, ClientError>,
    },
    /// The office told how long ways are, for each kind and speed of vehicle.
    WaysTold {
        /// What it was asked.
        question: Box<Question>,
        /// What it told.
        told: Result<Vec<TravelTimes>, ClientError>,
    },
    /// What came of printing.
    Printed(Result<(), NotPrinted>),
    /// Planning found something.
    Planned(Box<Found>),
    /// Somebody said something that no office writes down: the voice on a simulated line.
    Heard {
        /// On which call, or at which desk.
        contact: ContactId,
        /// Their words.
        words: String,
    },
    /// Something else is told beside the work, in a practice.
    Coached(Box<Coach>),
    /// Something could not be kept on disk: a sentence for the operator.
    NotKept(String),
    /// What came of opening the lock.
    Unlocked(Result<Unlocked, NotLetIn>),
    /// It could not be noted for the next start whether the console is locked.
    NotLatched(SessionError),
    /// What came of getting in again.
    SignedIn(Result<LetIn, NotLetIn>),
    /// The office said what time it is; from now on its clock counts.
    ClockSet {
        /// How far it is ahead of where it was expected, by this machine's clock.
        ahead: SignedDuration,
    },
    /// The system asks to end: hang-up or termination.
    Terminated,
}

/// A message with the time it came in, on the office's clock.
#[derive(Debug)]
pub struct Stamped {
    /// When.
    pub at: Instant,
    /// What.
    pub message: Message,
}
