//! A prompt: what a letter proposes on one line, its best choice ready, the others numbered, words typed if none fits.

use super::{field::Field, reception::Item, settle_box::Settling};
use crate::{
    console::{
        keymap::{Action, Context},
        printer::Paper,
    },
    domain::{
        contact::Contact,
        exception::Exception,
        held::Held,
        ids::{
            BeneficiaryId, BookingId, ContactId, HeldId, ItemId, LegId, LockerId, OfferId, PermanenceId, ProviderId,
            RecurringOrderId, RequestId, RoundId,
        },
        leg::Leg,
        offer::Offer,
        permanence::Permanence,
        request::Request,
        round::Round,
    },
    replica::DraftSubject,
    wire::catalogue::Command,
};
use serde_json::Value;
use std::sync::Arc;

/// What a choice does.
#[derive(Clone, Debug)]
pub enum Act {
    /// Gives commands; several are carried out and undone as one.
    Give(Vec<Command>),
    /// Says its own words: the reason, outcome or question that the prompt asks for.
    Say,
    /// Asks further.
    Ask(Box<Prompt>),
    /// Opens the card of a request.
    OpenCard(RequestId),
    /// Asks who it is.
    Who(Item),
    /// Takes the note on a request up again.
    Note(RequestId),
    /// Writes a reply to a row.
    Write(Item),
    /// Throws away what was typed.
    ThrowAway(DraftSubject),
    /// Gives commands at the desk and says these words of them; then the next label may come.
    Hand {
        /// What was done.
        commands: Vec<Command>,
        /// In a sentence.
        said: String,
    },
    /// Asks the office for a new code of a booked locker, to be told at once.
    Code(BookingId),
    /// Takes one of several things of the same label in hand.
    Hold(ItemId),
    /// Settles a command that came back.
    Settle(Settling),
    /// Prints a sheet.
    Print(Paper),
    /// Leaves the program.
    Quit,
    /// Leaves the desk to somebody else.
    HandOver,
    /// Leaves everything as it is.
    Nothing,
}

/// One of the choices.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What it is called on screen.
    pub words: String,
    /// What it does.
    pub act: Act,
}

impl Choice {
    /// A choice of this name.
    pub fn new(words: impl Into<String>, act: Act) -> Self {
        Self { words: words.into(), act }
    }
}

/// Which command the words that are chosen or typed go into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// The outcome that wraps a contact up.
    WrapUp,
    /// The outcome of a call-back.
    CallBack,
    /// Why nothing comes of a contact.
    Drop,
    /// The answer that ends an enquiry.
    Answer,
    /// The question that is out.
    Question,
    /// Why a request is called off.
    Cancel,
    /// Why the house does not do it.
    Refuse,
    /// Why a provider is let go.
    Release,
    /// Why two requests are the same.
    Merge(RequestId),
    /// Why a live claim is taken over.
    TakeOver,
    /// What goes into a request of its own.
    SplitOff,
    /// The new value of a field.
    Value(Edited),
    /// Why a provider says no.
    Decline,
    /// The other time that a provider proposes.
    Counter,
    /// Until when a provider has to answer from now on.
    Deadline,
    /// Why an offer is taken back.
    Withdraw,
    /// Why it goes to this provider although one of a higher tier is available.
    PassOver(ProviderId),
    /// What a trainee is to do better.
    GiveBack,
    /// Until which day a recurring order rests.
    PauseOrder(RecurringOrderId),
    /// Why a recurring order ends.
    EndOrder(RecurringOrderId),
    /// The new value of a field of a recurring order.
    OrderValue(RecurringOrderId, Edited),
    /// Who fetched what is in hand for somebody else.
    Fetched,
    /// How much a person pays.
    Sum(BeneficiaryId),
    /// How many pieces were brought.
    Counted(RequestId),
    /// Why something is left over at closing.
    Leftover,
    /// What lies in the cash box.
    CashCounted,
    /// Why a locker cannot be used.
    Broken(LockerId),
    /// How a contradiction was settled.
    Settled,
}

/// A field that `e` changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edited {
    /// Who asks.
    Who,
    /// What is asked for.
    Service,
    /// How many.
    Quantity,
    /// When.
    When,
    /// Where.
    Site,
    /// How it comes back.
    Handover,
    /// The address that it comes back to.
    Home,
    /// Who pays.
    Payer,
    /// What exactly.
    Detail,
    /// How pressing it is.
    Urgency,
    /// On which days a recurring order comes again.
    Rhythm,
    /// At what time of those days.
    TimeOfDay,
    /// When a desk is kept.
    Hours,
    /// What visitors of a desk should know.
    DeskNote,
}

impl Edited {
    /// Those of a request, in the order in which they are numbered.
    pub const REQUEST: [Self; 9] = [
        Self::Service,
        Self::Quantity,
        Self::When,
        Self::Site,
        Self::Handover,
        Self::Payer,
        Self::Detail,
        Self::Urgency,
        Self::Who,
    ];

    /// Those of a desk session.
    pub const PERMANENCE: [Self; 2] = [Self::Hours, Self::DeskNote];

    /// Those of a recurring order.
    pub const ORDER: [Self; 9] = [
        Self::Rhythm,
        Self::TimeOfDay,
        Self::Quantity,
        Self::Service,
        Self::Site,
        Self::Handover,
        Self::Payer,
        Self::Detail,
        Self::Urgency,
    ];

    /// Its name in an edit; also that of its word, after `field-`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Who => "requester",
            Self::Service => "service_id",
            Self::Quantity => "quantity",
            Self::When => "when",
            Self::Site => "site_id",
            Self::Handover | Self::Home => "handover",
            Self::Payer => "payer",
            Self::Detail => "detail",
            Self::Urgency => "urgency",
            Self::Rhythm => "recurrence",
            Self::TimeOfDay => "time",
            Self::Hours => "window",
            Self::DeskNote => "note",
        }
    }

    /// Whether its value is typed from the first key on: digits are text there, not numbers of choices.
    pub const fn is_typed(self) -> bool {
        matches!(
            self,
            Self::Quantity
                | Self::When
                | Self::Home
                | Self::Detail
                | Self::Rhythm
                | Self::TimeOfDay
                | Self::Hours
                | Self::DeskNote
        )
    }

    /// The field of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::REQUEST.into_iter().chain(Self::PERMANENCE).chain(Self::ORDER).find(|field| field.name() == name)
    }
}

/// A row as it was drawn when the key was pressed: what a verb names as seen, whatever comes in while one chooses.
#[derive(Clone, Debug)]
pub enum Drawn {
    /// A contact.
    Contact(Arc<Contact>),
    /// A request.
    Request(Arc<Request>),
    /// A desk session.
    Permanence(Arc<Permanence>),
    /// A request put to a provider.
    Offer(Arc<Offer>),
    /// What a trainee prepared.
    Held(Arc<Held>),
    /// A move of things.
    Leg(Arc<Leg>),
    /// A courier's day.
    Round(Arc<Round>),
    /// What record and world do not agree on.
    Exception(Arc<Exception>),
}

impl Drawn {
    /// Which row.
    pub fn item(&self) -> Item {
        match self {
            Self::Contact(row) => Item::Contact(row.id),
            Self::Request(row) => Item::Request(row.id),
            Self::Permanence(row) => Item::Permanence(row.id),
            Self::Offer(row) => Item::Offer(row.id),
            Self::Held(row) => Item::Held(row.id),
            Self::Leg(row) => Item::Leg(row.id),
            Self::Round(row) => Item::Round(row.id),
            Self::Exception(row) => Item::Exception(row.id),
        }
    }

    /// The row, if it is a contact.
    pub fn contact(&self) -> Option<(ContactId, &Contact)> {
        if let Self::Contact(row) = self { Some((row.id, row)) } else { None }
    }

    /// The row, if it is a request.
    pub fn request(&self) -> Option<(RequestId, &Request)> {
        if let Self::Request(row) = self { Some((row.id, row)) } else { None }
    }

    /// The row, if it is a desk session.
    pub fn permanence(&self) -> Option<(PermanenceId, &Permanence)> {
        if let Self::Permanence(row) = self { Some((row.id, row)) } else { None }
    }

    /// The row, if it is an offer.
    pub fn offer(&self) -> Option<(OfferId, &Offer)> {
        if let Self::Offer(row) = self { Some((row.id, row)) } else { None }
    }

    /// The row, if it is a move of things.
    pub fn leg(&self) -> Option<(LegId, &Leg)> {
        if let Self::Leg(row) = self { Some((row.id, row)) } else { None }
    }

    /// The row, if it is a courier's day.
    pub fn round(&self) -> Option<(RoundId, &Round)> {
        if let Self::Round(row) = self { Some((row.id, row)) } else { None }
    }

    /// The row, if it is what a trainee prepared.
    pub fn held(&self) -> Option<(HeldId, &Held)> {
        if let Self::Held(row) = self { Some((row.id, row)) } else { None }
    }
}

/// The verb that was last done, with its choice: to be done again on another row.
#[derive(Clone, Debug)]
pub struct Last {
    /// The verb.
    pub verb: Action,
    /// What was chosen.
    pub how: How,
}

/// What was chosen for a verb.
#[derive(Clone, Debug)]
pub enum How {
    /// What was proposed.
    Best,
    /// These words.
    Words(Wording, String),
    /// This value of a field.
    Value(Edited, Value),
}

/// What is proposed.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// The verb that proposes it.
    pub verb: Action,
    /// The rows that it acts on: those that were drawn as selected or marked when the key was pressed.
    pub items: Vec<Item>,
    /// Those rows as they were drawn then.
    pub drawn: Vec<Drawn>,
    /// The question or proposal, in a sentence.
    pub sentence: String,
    /// What can be chosen, the best first; at most nine are numbered.
    pub choices: Vec<Choice>,
    /// Words typed instead of choosing, if the verb takes words.
    pub typed: Option<(Wording, Field)>,
}

impl Prompt {
    /// A proposal that is taken or left.
    pub fn new(verb: Action, items: Vec<Item>, sentence: impl Into<String>) -> Self {
        Self { verb, items, drawn: Vec::new(), sentence: sentence.into(), choices: Vec::new(), typed: None }
    }

    /// About these rows, as they are drawn.
    #[must_use]
    pub fn about(verb: Action, drawn: Vec<Drawn>, sentence: impl Into<String>) -> Self {
        let items = drawn.iter().map(Drawn::item).collect();
        Self { drawn, ..Self::new(verb, items, sentence) }
    }

    /// With one more choice.
    #[must_use]
    pub fn with(mut self, words: impl Into<String>, act: Act) -> Self {
        self.choices.push(Choice::new(words, act));
        self
    }

    /// With words of one's own instead of a choice.
    #[must_use]
    pub fn or_words(mut self, wording: Wording) -> Self {
        self.typed = Some((wording, Field::default()));
        self
    }

    /// Whether choices are taken by their numbers: not where digits are text from the first key on.
    pub fn is_numbered(&self) -> bool {
        match &self.typed {
            Some((Wording::Value(field) | Wording::OrderValue(_, field), _)) => !field.is_typed(),
            Some((
                Wording::Counter
                | Wording::Deadline
                | Wording::PauseOrder(_)
                | Wording::Sum(_)
                | Wording::Counted(_)
                | Wording::CashCounted,
                _,
            )) => false,
            _ => true,
        }
    }

    /// What keys mean: once something is typed, digits are text.
    pub fn context(&self) -> Context {
        match &self.typed {
            _ if !self.is_numbered() => Context::Text,
            Some((_, field)) if !field.text().is_empty() => Context::Text,
            _ => Context::Choice,
        }
    }
}
