//! A reply: a mail that the house sends to a person, from its moments of grace to the word of the server that took it.

use super::{
    access::who::{C, D, P, S},
    email::EmailAddress,
    entity::{Entity, EntityKind, Scope, Version},
    ids::{BookingId, ContactId, CourierId, OfferId, OperatorId, ReplyId, RequestId, RoundId, SiteId},
    machine::{Machine, Move, Reason, State, Trainee, states},
    operator::Language,
    refusal::{Cause, Refusal},
    round::Stop,
    texts::{LongText, ShortText},
    time::{Instant, Window},
};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

states! {
    /// Where a reply stands.
    ReplyState {
        /// Can still be taken back unseen.
        Prepared = "prepared",
        /// Handed to the mail server, or waiting to be tried again.
        Sending = "sending",
        /// The mail server has taken it.
        Sent = "sent",
        /// The mail server will not take it.
        Failed = "failed",
        /// Nobody knows whether the mail server has taken it.
        Doubtful = "doubtful",
        /// Taken back, or given up.
        Withdrawn = "withdrawn",
        /// It came back.
        Bounced = "bounced",
    }
}

use ReplyState::{Bounced, Doubtful, Failed, Prepared, Sending, Sent, Withdrawn};

/// The table of a reply's moves.
pub const REPLY: Machine<ReplyState> = Machine {
    entity: EntityKind::Reply,
    start: &[Prepared],
    moves: &[
        Move {
            name: "send",
            from: &[Prepared],
            to: &[Sending],
            who: &[S],
            reason: Reason::None,
            trainee: Trainee::Never,
            condition: "it can no longer be taken back; stored before the mail server is spoken to",
        },
        Move {
            name: "deliver",
            from: &[Sending, Doubtful],
            to: &[Sent],
            who: &[S],
            reason: Reason::None,
            trainee: Trainee::Never,
            condition: "the mail server said that it has taken it",
        },
        Move {
            name: "fail",
            from: &[Sending],
            to: &[Failed],
            who: &[S],
            reason: Reason::Required,
            trainee: Trainee::Never,
            condition: "the mail server refuses it, or could not take it for three days; with its words",
        },
        Move {
            name: "doubt",
            from: &[Sending],
            to: &[Doubtful],
            who: &[S],
            reason: Reason::None,
            trainee: Trainee::Never,
            condition: "the line broke after the text was handed over, before the server answered",
        },
        Move {
            name: "bounce",
            from: &[Sent, Doubtful],
            to: &[Bounced],
            who: &[S],
            reason: Reason::Required,
            trainee: Trainee::Never,
            condition: "a delivery failure names it",
        },
        Move {
            name: "withdraw",
            from: &[Prepared, Sending],
            to: &[Withdrawn],
            who: &[P, C, D],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "in its moments of grace, or while it waits to be tried again",
        },
        Move {
            name: "send_again",
            from: &[Failed, Doubtful, Bounced],
            to: &[Prepared],
            who: &[P, C, D],
            reason: Reason::None,
            trainee: Trainee::Held,
            condition: "by a person alone: it may arrive twice",
        },
        Move {
            name: "let_be",
            from: &[Doubtful],
            to: &[Sent],
            who: &[P, C, D],
            reason: Reason::None,
            trainee: Trainee::Held,
            condition: "a person takes it to have arrived",
        },
        Move {
            name: "let_be",
            from: &[Failed, Bounced],
            to: &[Withdrawn],
            who: &[P, C, D],
            reason: Reason::None,
            trainee: Trainee::Held,
            condition: "a person gives it up",
        },
    ],
};

/// What becomes of what is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// It stays as it is.
    #[default]
    Keep,
    /// The contact is dealt with.
    WrapUp,
    /// The request waits for the answer.
    Suspend,
}

/// What the program says by itself in a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Automatic {
    /// That the message came; and what of it was not kept, if anything.
    Acknowledgement,
    /// What of the message was too large to be kept.
    NotKept,
    /// Offers to a provider.
    Offers,
    /// A round to its courier.
    Round,
    /// What a person paid.
    Receipt,
    /// The code of a locker.
    LockerCode,
}

/// What people write of a reply; the body that creates one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReplyFields {
    /// What it answers.
    #[serde(default)]
    pub contact_id: Option<ContactId>,
    /// The request it is about.
    #[serde(default)]
    pub request_id: Option<RequestId>,
    /// To whom.
    #[cfg_attr(feature = "office", schema(value_type = String))]
    pub to: EmailAddress,
    /// Its subject.
    pub subject: ShortText,
    /// Its text, without the house's signature.
    pub text: LongText,
    /// The language it is written in.
    #[serde(default)]
    pub language: Language,
    /// What becomes of what is answered.
    #[serde(default)]
    pub then: Then,
}

/// A round, as a mail told it to its courier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct ToldRound {
    /// Which one.
    pub round_id: RoundId,
    /// Who was to drive it.
    pub courier_id: CourierId,
    /// When.
    pub shift: Window,
    /// Its stops then.
    pub stops: Vec<Stop>,
    /// When each of them was to be made; none where nobody knew.
    #[serde(default)]
    pub times: Vec<Option<Instant>>,
}

/// A mail of the house to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Reply {
    /// Made by who writes it.
    pub id: ReplyId,
    /// One more at each change.
    pub version: Version,
    /// Where it stands.
    pub state: ReplyState,
    /// When it was written.
    pub created_at: Instant,
    /// Who wrote it; none for the program itself.
    pub created_by: Option<OperatorId>,
    /// What the program says in it by itself; none if a person wrote it. Nobody is called for it, and it answers nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub automatic: Option<Automatic>,
    /// The offers that it tells a provider; for these alone the link in it is good.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offer_ids: Vec<OfferId>,
    /// The round that it tells its courier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<ToldRound>,
    /// The booking whose code it tells; the code itself is in no row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking_id: Option<BookingId>,
    /// What people write.
    #[serde(flatten)]
    pub fields: ReplyFields,
    /// The site of what it is about.
    pub site_id: Option<SiteId>,
    /// Its `Message-ID`, the same however often it is tried.
    pub message_id: String,
    /// The `Message-ID` it answers.
    pub in_reply_to: Option<String>,
    /// The messages of its thread, the first one first.
    pub references: Vec<String>,
    /// Until when it can be taken back unseen.
    pub hold_until: Instant,
    /// How often it was tried since then.
    pub attempts: u16,
    /// When the last attempt began.
    pub attempted_at: Option<Instant>,
    /// When it is tried again; none while an attempt runs.
    pub retry_at: Option<Instant>,
    /// What kept it from going, in the mail server's words.
    pub trouble: Option<ShortText>,
    /// When the mail server took it, or somebody took it to have arrived.
    pub sent_at: Option<Instant>,
}

/// Where a reply comes from and goes: what the office adds to what people write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thread {
    /// Its own `Message-ID`.
    pub message_id: String,
    /// The one it answers.
    pub in_reply_to: Option<String>,
    /// Those of its thread, the first one first.
    pub references: Vec<String>,
}

/// How long it is tried before it is given up.
const LONGEST: SignedDuration = SignedDuration::from_hours(3 * 24);

/// The waits between attempts, in minutes; the last one is repeated.
const WAITS_MIN: [i64; 5] = [1, 5, 15, 60, 120];

/// Longer than any attempt takes: after it, nobody works on it any more.
pub const ATTEMPT: SignedDuration = SignedDuration::from_mins(3);

impl Reply {
    /// A reply in its moments of grace; `hold_s` seconds long, as the policy says, `scope` being that of what it is about.
    ///
    /// # Errors
    /// It answers nothing, or what becomes of it does not fit what it answers.
    pub fn create(
        id: ReplyId,
        fields: ReplyFields,
        thread: Thread,
        scope: Scope,
        hold_s: u16,
        at: Instant,
        by: Option<OperatorId>,
    ) -> Result<Self, Refusal> {
        let made = Self::made(id, fields, thread, hold_s, at);
        let reply = Self { site_id: scope.site, created_by: by, ..made };
        reply.check()?;
        Ok(reply)
    }

    /// The mail that tells a courier their round, in its moments of grace.
    pub fn of_round(
        id: ReplyId,
        fields: ReplyFields,
        thread: Thread,
        hold_s: u16,
        at: Instant,
        told: ToldRound,
    ) -> Self {
        let made = Self::made(id, fields, thread, hold_s, at);
        Self { automatic: Some(Automatic::Round), round: Some(told), ..made }
    }

    /// A mail that a desk has sent to a person: what it tells by itself.
    #[expect(clippy::too_many_arguments, reason = "each is a field of its own")]
    pub fn of_desk(
        id: ReplyId,
        fields: ReplyFields,
        thread: Thread,
        scope: Scope,
        hold_s: u16,
        at: Instant,
        by: Option<OperatorId>,
        automatic: Automatic,
        booking: Option<BookingId>,
    ) -> Self {
        let made = Self::made(id, fields, thread, hold_s, at);
        Self { automatic: Some(automatic), booking_id: booking, site_id: scope.site, created_by: by, ..made }
    }

    /// A reply that nobody wrote and that is about no site.
    fn made(id: ReplyId, fields: ReplyFields, thread: Thread, hold_s: u16, at: Instant) -> Self {
        Self {
            id,
            version: Version::FIRST,
            state: Prepared,
            created_at: at,
            created_by: None,
            automatic: None,
            offer_ids: Vec::new(),
            round: None,
            booking_id: None,
            fields,
            site_id: None,
            message_id: thread.message_id,
            in_reply_to: thread.in_reply_to,
            references: thread.references,
            hold_until: at.plus(SignedDuration::from_secs(hold_s.into())),
            attempts: 0,
            attempted_at: None,
            retry_at: None,
            trouble: None,
            sent_at: None,
        }
    }

    /// Whether a desk had it mailed, so that the desk is told if it does not arrive.
    pub const fn is_of_desk(&self) -> bool {
        matches!(self.automatic, Some(Automatic::Receipt | Automatic::LockerCode))
    }

    /// Whether it has not arrived, or perhaps not.
    pub const fn went_astray(&self) -> bool {
        matches!(self.state, Failed | Doubtful | Bounced)
    }

    /// An attempt begins: from now on its outcome is unknown until it is told.
    ///
    /// # Errors
    /// Its moments of grace are not over, or it is not to be sent.
    pub fn attempt(&mut self, at: Instant) -> Result<(), Refusal> {
        if self.state == Sending && self.retry_at.is_some() {
            self.retry_at = None;
        } else {
            REPLY.allow(self.state, "send", Sending, None)?;
            if at < self.hold_until {
                return Err(Refusal::FieldInvalid {
                    field: "hold_until".into(),
                    why: "it can be taken back until then and is sent after".into(),
                });
            }
            self.state = Sending;
        }
        self.attempts = self.attempts.saturating_add(1);
        self.attempted_at = Some(at);
        Ok(())
    }

    /// Whether an attempt runs of which nobody knows yet how it ends.
    pub fn is_under_way(&self) -> bool {
        self.state == Sending && self.retry_at.is_none()
    }

    /// The mail server took it.
    ///
    /// # Errors
    /// It was not being sent.
    pub fn deliver(&mut self, at: Instant) -> Result<(), Refusal> {
        REPLY.allow(self.state, "deliver", Sent, None)?;
        self.state = Sent;
        self.retry_at = None;
        self.trouble = None;
        self.sent_at = Some(at);
        Ok(())
    }

    /// It surely did not go this time: it is tried again, or given up after three days.
    ///
    /// # Errors
    /// It was not being sent.
    pub fn put_off(&mut self, why: ShortText, at: Instant) -> Result<(), Refusal> {
        let place = usize::from(self.attempts.saturating_sub(1)).min(WAITS_MIN.len() - 1);
        let wait = SignedDuration::from_mins(WAITS_MIN.get(place).copied().unwrap_or(1));
        if at.plus(wait) > self.hold_until.plus(LONGEST) {
            return self.fail(why);
        }
        REPLY.allow(self.state, "fail", Failed, Some(&why))?;
        self.retry_at = Some(at.plus(wait));
        self.trouble = Some(why);
        Ok(())
    }

    /// The mail server refuses it for good.
    ///
    /// # Errors
    /// It was not being sent.
    pub fn fail(&mut self, why: ShortText) -> Result<(), Refusal> {
        REPLY.allow(self.state, "fail", Failed, Some(&why))?;
        self.state = Failed;
        self.retry_at = None;
        self.trouble = Some(why);
        Ok(())
    }

    /// Nobody knows whether it went.
    ///
    /// # Errors
    /// It was not being sent.
    pub fn doubt(&mut self, why: Option<ShortText>) -> Result<(), Refusal> {
        REPLY.allow(self.state, "doubt", Doubtful, None)?;
        self.state = Doubtful;
        self.retry_at = None;
        self.trouble = why;
        Ok(())
    }

    /// It came back.
    ///
    /// # Errors
    /// It was not sent.
    pub fn bounce(&mut self, why: ShortText) -> Result<(), Refusal> {
        REPLY.allow(self.state, "bounce", Bounced, Some(&why))?;
        self.state = Bounced;
        self.trouble = Some(why);
        Ok(())
    }

    /// Taken back in its moments of grace, or while it waits to be tried again.
    ///
    /// # Errors
    /// It is with the mail server, or has ended.
    pub fn withdraw(&mut self) -> Result<(), Refusal> {
        REPLY.allow(self.state, "withdraw", Withdrawn, None)?;
        if self.is_under_way() {
            return Err(Refusal::Busy { cause: Cause::TooLate, what: "it is with the mail server this moment".into() });
        }
        self.state = Withdrawn;
        self.retry_at = None;
        Ok(())
    }

    /// A person has it sent again, with moments of grace of its own.
    ///
    /// # Errors
    /// It neither failed nor is doubtful.
    pub fn send_again(&mut self, hold_s: u16, at: Instant) -> Result<(), Refusal> {
        REPLY.allow(self.state, "send_again", Prepared, None)?;
        self.state = Prepared;
        self.hold_until = at.plus(SignedDuration::from_secs(hold_s.into()));
        self.attempts = 0;
        self.attempted_at = None;
        self.trouble = None;
        self.sent_at = None;
        Ok(())
    }

    /// A person leaves it as it is: it arrived, or it is given up.
    ///
    /// # Errors
    /// It calls for nobody.
    pub fn let_be(&mut self, at: Instant) -> Result<(), Refusal> {
        let to = if self.state == Doubtful { Sent } else { Withdrawn };
        REPLY.allow(self.state, "let_be", to, None)?;
        self.state = to;
        if to == Sent {
            self.sent_at = Some(at);
        }
        Ok(())
    }

    /// Whether a person has to decide. What the program wrote by itself is not worth anybody's time, but for a round of which its courier
    /// would not hear.
    pub const fn calls(&self) -> bool {
        matches!(self.automatic, None | Some(Automatic::Round)) && self.went_astray()
    }
}

impl Entity for Reply {
    type Id = ReplyId;
    const KIND: EntityKind = EntityKind::Reply;
    // What was written stays as it was written: another text is another reply.
    const EDITABLE: &'static [&'static str] = &[];

    super::entity::stored!();

    fn scope(&self) -> Scope {
        Scope { site: self.site_id, client: None }
    }

    fn state_name(&self) -> Option<&'static str> {
        Some(self.state.name())
    }

    fn check(&self) -> Result<(), Refusal> {
        let missing = |field| Err(Refusal::FieldsMissing { fields: vec![field] });
        let ReplyFields { contact_id, request_id, then, .. } = &self.fields;
        match (then, contact_id, request_id) {
            (Then::Keep, None, None) if self.round.is_some() || self.is_of_desk() => Ok(()),
            (_, None, None) | (Then::WrapUp, None, _) => missing("contact_id"),
            (Then::Suspend, _, None) => missing("request_id"),
            _ => Ok(()),
        }
    }

    fn unmade(&self) -> Option<Self> {
        (self.state == Prepared).then(|| Self { state: Withdrawn, ..self.clone() })
    }
}

#[cfg(test)]
mod tests;
