//! A contact: one interaction that came in. A call, a message, a walk-in at a desk, a locker drop; the set is open.

use super::{
    access::who::{C, D, P, S},
    call::Call,
    clock::Clock,
    email::EmailAddress,
    entity::{Entity, EntityKind, Scope, Version},
    ids::{
        BeneficiaryId, BookingId, ClientId, ContactId, CourierId, LockerId, OperatorId, PermanenceId, ProviderId,
        RequestId, SiteId,
    },
    machine::{Machine, Move, Reason, State, Trainee, states},
    refusal::{Cause, Refusal},
    texts::{LongText, ShortText},
    time::Instant,
};
use serde::{Deserialize, Serialize};

states! {
    /// Where the work on a contact stands; who works on it is the claim's.
    ContactState {
        /// To be dealt with.
        Open = "open",
        /// Dealt with.
        WrappedUp = "wrapped_up",
        /// A missed call that was called back.
        CalledBack = "called_back",
        /// Nothing comes of it.
        Dropped = "dropped",
    }
}

use ContactState::{CalledBack, Dropped, Open, WrappedUp};

/// The table of the work on a contact. The line of a call has its own, moved by the telephone system alone.
pub const CONTACT: Machine<ContactState> = Machine {
    entity: EntityKind::Contact,
    start: &[Open],
    moves: &[
        Move {
            name: "wrap_up",
            from: &[Open],
            to: &[WrappedUp],
            who: &[P, C, D, S],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "with an outcome; by itself once a request was saved and nothing is left in the line",
        },
        Move {
            name: "call_back",
            from: &[Open],
            to: &[CalledBack],
            who: &[P, C, D],
            reason: Reason::Required,
            trainee: Trainee::Free,
            condition: "a missed call, with the outcome",
        },
        Move {
            name: "drop",
            from: &[Open],
            to: &[Dropped],
            who: &[P, C, D],
            reason: Reason::Required,
            trainee: Trainee::Held,
            condition: "nothing comes of it",
        },
        Move {
            name: "reopen",
            from: &[WrappedUp, CalledBack, Dropped],
            to: &[Open],
            who: &[P, C, D, S],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "something is left after all",
        },
    ],
};

/// Who is behind a number, an address or a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Party {
    /// Nobody knows yet.
    #[default]
    Unknown,
    /// A person served.
    Person {
        /// Who.
        id: BeneficiaryId,
    },
    /// One of several, or only seen in an earlier request or mail: to be asked.
    Maybe {
        /// Who it may be; at most 10.
        ids: Vec<BeneficiaryId>,
    },
    /// A provider.
    Provider {
        /// Which one.
        id: ProviderId,
    },
    /// A client's contact person.
    ContactPerson {
        /// Of which client.
        client_id: ClientId,
        /// Who.
        name: ShortText,
    },
    /// A shared number: the organisation is known, the person is asked.
    Switchboard {
        /// Which organisation.
        client_id: ClientId,
    },
    /// A courier.
    Courier {
        /// Who.
        id: CourierId,
    },
    /// A colleague.
    Colleague {
        /// Who.
        id: OperatorId,
    },
}

/// Why a message makes no work by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MessageNature {
    /// Written by a person.
    #[default]
    Personal,
    /// An automatic answer (RFC 3834).
    AutoReply,
    /// A delivery failure (RFC 3464).
    Bounce,
    /// A read receipt (RFC 8098).
    ReadReceipt,
    /// From a list (RFC 2369).
    List,
}

impl MessageNature {
    /// Whether it asks for an answer: what a program wrote makes no work by itself.
    pub const fn makes_work(self) -> bool {
        matches!(self, Self::Personal)
    }
}

/// Whether an attachment can be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Keeping {
    /// Only its name is known here.
    #[default]
    Elsewhere,
    /// It is kept with the message.
    Kept,
    /// It was too large: the message is kept without it.
    TooLarge,
}

/// What is known of an attachment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// Its file name.
    pub name: ShortText,
    /// Its media type.
    pub media_type: ShortText,
    /// Its size.
    pub bytes: u32,
    /// Whether it can be read.
    #[serde(default)]
    pub keeping: Keeping,
}

/// What a delivery failure says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Bounced {
    /// The address that was not reached, if it is told.
    #[serde(default)]
    #[cfg_attr(feature = "office", schema(value_type = Option<String>))]
    pub address: Option<EmailAddress>,
    /// Why, in the words of the other side.
    #[serde(default)]
    pub why: Option<ShortText>,
    /// The `Message-ID` of what did not arrive, if it is told.
    #[serde(default)]
    pub message_id: Option<ShortText>,
}

/// A parsed message, as it comes in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// The mailbox it came to.
    pub mailbox: ShortText,
    /// Its `Message-ID`, or a hash if it has none; one message a mailbox and id.
    pub message_id: ShortText,
    /// Who wrote, if the address can be read.
    #[serde(default)]
    #[cfg_attr(feature = "office", schema(value_type = Option<String>))]
    pub from: Option<EmailAddress>,
    /// The name beside the address.
    #[serde(default)]
    pub from_name: Option<ShortText>,
    /// Its subject.
    #[serde(default)]
    pub subject: Option<ShortText>,
    /// Its text.
    #[serde(default)]
    pub text: Option<LongText>,
    /// `In-Reply-To` and `References`, last first; at most 50.
    #[serde(default)]
    pub references: Vec<ShortText>,
    /// Whether a person wrote it.
    #[serde(default)]
    pub nature: MessageNature,
    /// What was attached; at most 100.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// What a delivery failure says.
    #[serde(default)]
    pub bounced: Option<Bounced>,
    /// The request that it is about, if its thread tells; found by the office.
    #[serde(default)]
    pub request_id: Option<RequestId>,
    /// The first message of its thread, if it is not the first itself; found by the office.
    #[serde(default)]
    pub thread: Option<ContactId>,
}

impl Message {
    /// The key under which a message of a mailbox is known.
    pub fn foreign_key(mailbox: &str, message_id: &str) -> String {
        format!("mail {mailbox} {message_id}")
    }
}

/// Somebody at a desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct WalkIn {
    /// At which desk session.
    pub permanence_id: Option<PermanenceId>,
    /// What was said.
    pub text: Option<LongText>,
}

/// Something left in a locker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LockerDrop {
    /// In which.
    pub locker_id: LockerId,
    /// Under which booking.
    #[serde(default)]
    pub booking_id: Option<BookingId>,
    /// What the note in it says.
    #[serde(default)]
    pub text: Option<LongText>,
}

/// What came in.
#[expect(clippy::large_enum_variant, reason = "contacts are held one at a time, and most of them are calls")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Origin {
    /// By telephone.
    Call(Call),
    /// By mail.
    Message(Message),
    /// At a desk.
    WalkIn(WalkIn),
    /// By a locker.
    LockerDrop(LockerDrop),
}

/// What people write of a contact; a walk-in or a locker drop is created with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CameIn<T> {
    /// When.
    pub occurred_at: Instant,
    /// Where, if it is known.
    #[serde(default)]
    pub site_id: Option<SiteId>,
    /// Who, if it is known.
    #[serde(default)]
    pub party: Party,
    /// What.
    pub what: T,
}

/// One interaction that came in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Contact {
    /// Made by who records it.
    pub id: ContactId,
    /// One more at each change.
    pub version: Version,
    /// Where the work on it stands.
    pub state: ContactState,
    /// What the world calls it (source and callId, mailbox and Message-ID); unique.
    pub foreign_key: Option<String>,
    /// When it came in.
    pub occurred_at: Instant,
    /// Where.
    pub site_id: Option<SiteId>,
    /// Who.
    pub party: Party,
    /// What.
    pub origin: Origin,
    /// How it was dealt with.
    pub outcome: Option<ShortText>,
    /// Its clocks.
    pub clocks: Vec<Clock>,
    /// When its content was let go, as the house's retention says.
    pub forgotten: Option<Instant>,
}

impl Contact {
    /// A contact as it came in.
    pub fn create(id: ContactId, origin: Origin, occurred_at: Instant, site_id: Option<SiteId>, party: Party) -> Self {
        let foreign_key = match &origin {
            Origin::Call(call) => Some(call.foreign_key()),
            Origin::Message(message) => {
                Some(Message::foreign_key(message.mailbox.as_str(), message.message_id.as_str()))
            }
            Origin::WalkIn(_) | Origin::LockerDrop(_) => None,
        };
        Self {
            id,
            version: Version::FIRST,
            state: Open,
            foreign_key,
            occurred_at,
            site_id,
            party,
            origin,
            outcome: None,
            clocks: Vec::new(),
            forgotten: None,
        }
    }

    /// Whether both are calls of one number: on screen one row, dealt with at once.
    pub fn same_caller(&self, other: &Self) -> bool {
        matches!((&self.origin, &other.origin), (Origin::Call(one), Origin::Call(other)) if one.same_caller(other))
    }

    /// Whether it is a call that rang in vain, and nobody has dealt with it yet.
    pub fn is_open_missed_call(&self) -> bool {
        self.state == Open && matches!(&self.origin, Origin::Call(call) if call.is_missed())
    }

    /// Moves the work, if the table allows it.
    ///
    /// # Errors
    /// An illegal move with the legal ones, a missing outcome, or a call-back of something that is no missed call.
    pub fn go(
        &mut self,
        name: &'static str,
        to: ContactState,
        outcome: Option<ShortText>,
        at: Instant,
    ) -> Result<(), Refusal> {
        let step = CONTACT.step(self.state, name, to)?;
        if step.reason == Reason::Required && outcome.is_none() {
            return Err(Refusal::ReasonMissing { asked: name });
        }
        if to == CalledBack && !matches!(&self.origin, Origin::Call(call) if call.is_missed()) {
            return Err(Refusal::Busy { cause: Cause::NotThisKind, what: "only a missed call is called back".into() });
        }
        self.state = to;
        self.outcome = outcome;
        if to != Open {
            for clock in &mut self.clocks {
                // A clock that is over already stays as it ended.
                let _ = clock.meet(at);
            }
        }
        Ok(())
    }
}

impl Entity for Contact {
    type Id = ContactId;
    const KIND: EntityKind = EntityKind::Contact;
    const EDITABLE: &'static [&'static str] = &["site_id", "party"];

    super::entity::stored!();

    fn scope(&self) -> Scope {
        Scope { site: self.site_id, client: None }
    }

    fn state_name(&self) -> Option<&'static str> {
        Some(self.state.name())
    }

    fn check(&self) -> Result<(), Refusal> {
        let invalid = |field: &str, why: &str| Err(Refusal::FieldInvalid { field: field.into(), why: why.into() });
        if matches!(&self.party, Party::Maybe { ids } if ids.is_empty() || ids.len() > 10) {
            return invalid("party.ids", "1 to 10 persons");
        }
        match &self.origin {
            Origin::Message(message) if message.references.len() > 50 => invalid("what.references", "at most 50"),
            Origin::Message(message) if message.attachments.len() > 100 => invalid("what.attachments", "at most 100"),
            _ => Ok(()),
        }
    }

    fn unmade(&self) -> Option<Self> {
        let by_hand = matches!(self.origin, Origin::WalkIn(_) | Origin::LockerDrop(_));
        (by_hand && self.state == Open).then(|| Self { state: Dropped, ..self.clone() })
    }
}
