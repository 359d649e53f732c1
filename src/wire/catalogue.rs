//! The catalogue of commands: each one's name, route, body and access, written once. Router, access, API description, client and outbox are read from it.

use super::{
    access::{Access, moves, roles},
    bodies::{
        AddNote, Answer, AssignOwnStaff, AttachParty, Because, Bulk, Complain, Fact, Merge, Nothing, Renew, SetView,
        Split, Step, StepBecause, TakeClaim, TakeOver, Undo, Wait, WrapUp,
    },
    desk_bodies::{CheckCode, ClosePermanence, HandBack, Lose, NumberLabels, PassOn, Reverse, Settle, TakeIn},
    dispatch_bodies::{Arrange, DeclineOffer, DeferOffer, FailLeg, MoveLeg, TakeCounter},
    recurring_bodies::{EndRecurring, PauseRecurring, ResumeRecurring},
};
use crate::domain::{
    access::Role::{Concierge, Dispatcher, Manager, Operator},
    beneficiary::BeneficiaryFields,
    booking::{BOOKING, BookingFields, BookingState},
    call::CallEvent,
    claim::CLAIM,
    client::ClientFields,
    contact::{CONTACT, CameIn, ContactState, LockerDrop, Message, WalkIn},
    contract::ContractFields,
    courier::CourierFields,
    entity::Edit,
    exception::{EXCEPTION, ExceptionFields},
    held::HELD,
    holiday::HolidayFields,
    ids::{
        BeneficiaryId, BookingId, ClaimId, ClientId, ContactId, ContractId, CourierId, ExceptionId, HeldId, HolidayId,
        ItemId, LegId, LockerId, OfferId, OperatorId, PermanenceId, PolicyId, PostingId, ProviderId, RecurringOrderId,
        ReplyId, RequestId, RoundId, ServiceId, SiteId,
    },
    item::{ITEM, ItemFields},
    leg::{LEG, LegFields, LegState},
    locker::{LOCKER, LockerFields},
    machine::Trainee::{Free, Held, Never},
    offer::{OFFER, OfferFields, OfferState},
    operator::{OperatorFields, Preferences},
    permanence::{PERMANENCE, PermanenceFields, PermanenceState},
    posting::PostingFields,
    provider::ProviderFields,
    recurring::{RECURRING_ORDER, RecurringOrderFields},
    reply::{REPLY, ReplyFields},
    request::{REQUEST, RequestFields, RequestState},
    round::{ROUND, RoundFields, RoundState},
    service::ServiceFields,
    site::SiteFields,
    texts::ShortText,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

/// The methods of HTTP that commands use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Creates under an id that the client made.
    Put,
    /// Edits fields.
    Patch,
    /// Everything else.
    Post,
}

impl Method {
    /// The word on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Post => "POST",
        }
    }
}

/// One command as the catalogue has it.
pub struct Entry {
    /// Its name: entity and verb.
    pub name: &'static str,
    /// Its method.
    pub method: Method,
    /// Its path; `{id}` stands for the subject.
    pub path: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// Who may give it.
    pub access: fn() -> Access,
    /// The schema of its body.
    #[cfg(feature = "office")]
    pub body: fn(&mut Vec<NamedSchema>) -> NamedSchema,
}

/// A schema under the name by which others refer to it.
#[cfg(feature = "office")]
pub type NamedSchema = (String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>);

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.name, self.method.name(), self.path)
    }
}

#[cfg(feature = "office")]
fn schema_of<B: utoipa::ToSchema>(all: &mut Vec<NamedSchema>) -> NamedSchema {
    B::schemas(all);
    (B::name().into_owned(), B::schema())
}

/// A body that could not be read as a command.
#[derive(Debug, thiserror::Error)]
pub enum ParseError {
    /// It is not JSON at all.
    #[error("the body is not JSON: {0}")]
    Malformed(serde_json::Error),
    /// A field does not fit.
    #[error("{field}: {why}")]
    Field {
        /// Its path.
        field: String,
        /// What is wrong with it.
        why: String,
    },
    /// There is no such command.
    #[error("there is no command {0}")]
    Unknown(String),
}

/// A body read with the path of the field at fault.
///
/// # Errors
/// The field, or where it stops being JSON.
pub fn body<B: DeserializeOwned>(bytes: &[u8]) -> Result<B, ParseError> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let field = error.path().to_string();
        let inner = error.into_inner();
        match inner.classify() {
            serde_json::error::Category::Data => ParseError::Field { field, why: plain(&inner) },
            _ => ParseError::Malformed(inner),
        }
    })?;
    deserializer.end().map_err(ParseError::Malformed)?;
    Ok(value)
}

/// The reason without the position, which means nothing to who did not see the bytes.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}

macro_rules! commands {
    ($($(#[doc = $doc:literal])* $variant:ident $(($id:ty))? { $body:ty } = $name:literal $method:ident $path:literal, $access:expr;)*) => {
        /// Everything that can be asked of an office. Its JSON form is what an outbox keeps, a bulk lists and a held command holds.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
        #[serde(tag = "command")]
        #[allow(missing_docs, reason = "`id` is the subject, `body` what the route takes")]
        pub enum Command {
            $($(#[doc = $doc])* #[serde(rename = $name)] $variant { $(id: $id,)? body: $body }),*
        }

        /// Every command, in the catalogue's order.
        pub const CATALOGUE: &[Entry] = &[$(Entry {
            name: $name,
            method: Method::$method,
            path: $path,
            summary: concat!($($doc),*),
            access: || $access,
            #[cfg(feature = "office")]
            body: schema_of::<$body>,
        }),*];

        impl Command {
            /// Its place in the catalogue.
            pub fn entry(&self) -> &'static Entry {
                match self {
                    $(Self::$variant { .. } => {
                        const ENTRY: &Entry = &Entry {
                            name: $name,
                            method: Method::$method,
                            path: $path,
                            summary: concat!($($doc),*),
                            access: || $access,
                            #[cfg(feature = "office")]
                            body: schema_of::<$body>,
                        };
                        ENTRY
                    }),*
                }
            }

            /// Its name: entity and verb.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $name),* }
            }

            /// The id in its path.
            pub fn subject(&self) -> Option<Uuid> {
                match self { $(Self::$variant { $(id: commands!(@bind subject $id),)? .. } => commands!(@subject subject $($id)?)),* }
            }

            /// Reads a command from what a route got.
            ///
            /// # Errors
            /// The field at fault, or where the body stops being JSON.
            pub fn parse(name: &str, id: Option<Uuid>, bytes: &[u8]) -> Result<Self, ParseError> {
                match name {
                    $($name => Ok(Self::$variant { $(id: commands!(@parse id $id),)? body: body::<$body>(bytes)? }),)*
                    other => Err(ParseError::Unknown(other.to_owned())),
                }
            }

            /// Its body as JSON, for the one who sends it.
            ///
            /// # Errors
            /// None that a command of this program can have.
            pub fn body_json(&self) -> Result<Vec<u8>, serde_json::Error> {
                match self { $(Self::$variant { body, .. } => serde_json::to_vec(body)),* }
            }
        }
    };
    (@bind $name:ident $id:ty) => { $name };
    (@subject $name:ident $id:ty) => { Some((*$name).into()) };
    (@subject $name:ident) => { None };
    (@parse $name:ident $id:ty) => { $name.unwrap_or_default().into() };
}

commands! {
    /// Writes down a request under an id that the client made.
    CreateRequest(RequestId) { RequestFields } = "request.create" Put "/v1/requests/{id}", roles(&[Operator, Concierge, Dispatcher], Free);
    /// Edits fields of a request; different fields of two edits merge.
    EditRequest(RequestId) { Edit } = "request.edit" Patch "/v1/requests/{id}", roles(&[Operator, Concierge, Dispatcher], Free);
    /// Everything is known: the request can be given to a provider.
    TriageRequest(RequestId) { Step<RequestState> } = "request.triage" Post "/v1/requests/{id}/triage", moves(&REQUEST, "triage");
    /// A question is out; the clocks pause.
    WaitRequest(RequestId) { Wait } = "request.wait" Post "/v1/requests/{id}/wait", moves(&REQUEST, "wait");
    /// The reply is there, or waited for no longer.
    ResumeRequest(RequestId) { Step<RequestState> } = "request.resume" Post "/v1/requests/{id}/resume", moves(&REQUEST, "resume");
    /// It was an enquiry, closed by its answer.
    AnswerRequest(RequestId) { Answer } = "request.answer" Post "/v1/requests/{id}/answer", moves(&REQUEST, "answer");
    /// The house does not do it.
    RefuseRequest(RequestId) { StepBecause<RequestState> } = "request.refuse" Post "/v1/requests/{id}/refuse", moves(&REQUEST, "refuse");
    /// Called off by the requester or the house.
    CancelRequest(RequestId) { StepBecause<RequestState> } = "request.cancel" Post "/v1/requests/{id}/cancel", moves(&REQUEST, "cancel");
    /// It is the same job as another request and goes on as that one.
    MergeRequest(RequestId) { Merge } = "request.merge" Post "/v1/requests/{id}/merge", moves(&REQUEST, "merge");
    /// It is another job after all.
    UnmergeRequest(RequestId) { Step<RequestState> } = "request.unmerge" Post "/v1/requests/{id}/unmerge", moves(&REQUEST, "unmerge");
    /// Several jobs were asked for in one request: each part becomes its own.
    SplitRequest(RequestId) { Split } = "request.split" Post "/v1/requests/{id}/split", roles(&[Operator, Concierge, Dispatcher], Free);
    /// Notes a line on a request.
    NoteRequest(RequestId) { AddNote } = "request.note" Post "/v1/requests/{id}/notes", roles(&[Operator, Concierge, Dispatcher], Free);
    /// Own staff does it.
    AssignRequest(RequestId) { AssignOwnStaff } = "request.assign" Post "/v1/requests/{id}/assign", moves(&REQUEST, "assign");
    /// Releases who does it; the request is open for others.
    ReleaseRequest(RequestId) { StepBecause<RequestState> } = "request.release" Post "/v1/requests/{id}/release", moves(&REQUEST, "release");
    /// Work on it has started.
    StartRequest(RequestId) { Step<RequestState> } = "request.start" Post "/v1/requests/{id}/start", moves(&REQUEST, "start");
    /// It is within the requester's reach.
    ReadyRequest(RequestId) { Step<RequestState> } = "request.ready" Post "/v1/requests/{id}/ready", moves(&REQUEST, "ready");
    /// It is delivered.
    DoneRequest(RequestId) { Step<RequestState> } = "request.done" Post "/v1/requests/{id}/done", moves(&REQUEST, "done");
    /// It is settled.
    CloseRequest(RequestId) { Step<RequestState> } = "request.close" Post "/v1/requests/{id}/close", moves(&REQUEST, "close");
    /// A complaint about delivered work: it goes on.
    ReopenRequest(RequestId) { StepBecause<RequestState> } = "request.reopen" Post "/v1/requests/{id}/reopen", moves(&REQUEST, "reopen");
    /// A complaint about a closed request: a linked one is made.
    ComplainRequest(RequestId) { Complain } = "request.complain" Post "/v1/requests/{id}/complain", roles(&[Operator, Concierge, Dispatcher], Free);

    /// Writes down what is wanted again and again; its first dates are made at once.
    CreateRecurringOrder(RecurringOrderId) { RecurringOrderFields } = "recurring_order.create" Put "/v1/recurring-orders/{id}", roles(&[Operator, Concierge, Dispatcher], Free);
    /// Edits what its dates to come will be; what is made already stays as it is.
    EditRecurringOrder(RecurringOrderId) { Edit } = "recurring_order.edit" Patch "/v1/recurring-orders/{id}", roles(&[Operator, Concierge, Dispatcher], Free);
    /// Makes nothing of it on some days, or until it is resumed.
    PauseRecurringOrder(RecurringOrderId) { PauseRecurring } = "recurring_order.pause" Post "/v1/recurring-orders/{id}/pause", moves(&RECURRING_ORDER, "pause");
    /// It rests no more; the dates within reach are made at once.
    ResumeRecurringOrder(RecurringOrderId) { ResumeRecurring } = "recurring_order.resume" Post "/v1/recurring-orders/{id}/resume", moves(&RECURRING_ORDER, "resume");
    /// Nothing is made of it any more.
    EndRecurringOrder(RecurringOrderId) { EndRecurring } = "recurring_order.end" Post "/v1/recurring-orders/{id}/end", moves(&RECURRING_ORDER, "end");

    /// Records an event of a telephone system; facts are never refused, repetitions change nothing.
    RecordCall { CallEvent } = "contact.call_event" Post "/v1/contacts/call-events", roles(&[Operator, Dispatcher], Never);
    /// Records a message that came in; one a mailbox and Message-ID.
    RecordMessage(ContactId) { CameIn<Message> } = "contact.message" Put "/v1/contacts/messages/{id}", roles(&[Operator, Dispatcher], Never);
    /// Somebody came to a desk.
    RecordWalkIn(ContactId) { CameIn<WalkIn> } = "contact.walk_in" Put "/v1/contacts/walk-ins/{id}", roles(&[Operator, Concierge, Dispatcher], Free);
    /// Something was left in a locker.
    RecordLockerDrop(ContactId) { CameIn<LockerDrop> } = "contact.locker_drop" Put "/v1/contacts/locker-drops/{id}", roles(&[Operator, Concierge, Dispatcher], Free);
    /// Edits party or site of a contact.
    EditContact(ContactId) { Edit } = "contact.edit" Patch "/v1/contacts/{id}", roles(&[Operator, Concierge, Dispatcher], Free);
    /// Says whose contact it is, and whether the number or address is kept with them.
    AttachContact(ContactId) { AttachParty } = "contact.attach" Post "/v1/contacts/{id}/attach", roles(&[Operator, Concierge, Dispatcher], Free);
    /// The contact was dealt with.
    WrapUpContact(ContactId) { WrapUp } = "contact.wrap_up" Post "/v1/contacts/{id}/wrap-up", moves(&CONTACT, "wrap_up");
    /// The missed call was called back.
    CallBackContact(ContactId) { WrapUp } = "contact.call_back" Post "/v1/contacts/{id}/call-back", moves(&CONTACT, "call_back");
    /// Nothing comes of the contact.
    DropContact(ContactId) { Because } = "contact.drop" Post "/v1/contacts/{id}/drop", moves(&CONTACT, "drop");
    /// Something is left after all.
    ReopenContact(ContactId) { Step<ContactState> } = "contact.reopen" Post "/v1/contacts/{id}/reopen", moves(&CONTACT, "reopen");

    /// Takes a contact or request in hand: exactly one of several simultaneous claims wins.
    TakeClaim(ClaimId) { TakeClaim } = "claim.take" Put "/v1/claims/{id}", roles(&[Operator, Concierge, Dispatcher], Free);
    /// Keeps claims alive with what was typed so far; makes no change entry.
    RenewClaims { Renew } = "claim.renew" Post "/v1/claims/renew", moves(&CLAIM, "renew");
    /// Takes over a claim with what was typed; a live one of somebody else with a reason.
    TakeOverClaim(ClaimId) { TakeOver } = "claim.take_over" Post "/v1/claims/{id}/take-over", moves(&CLAIM, "take_over");
    /// Lets go.
    ReleaseClaim(ClaimId) { Nothing } = "claim.release" Post "/v1/claims/{id}/release", moves(&CLAIM, "release");

    /// Carries out what a trainee prepared; both are credited.
    ReleaseHeld(HeldId) { Nothing } = "held.release" Post "/v1/held/{id}/release", moves(&HELD, "release");
    /// Gives it back to the trainee with what to do better.
    ReturnHeld(HeldId) { Because } = "held.return" Post "/v1/held/{id}/return", moves(&HELD, "return");
    /// Takes up again what one has prepared: it came back, or one thought again.
    TakeUpHeld(HeldId) { Nothing } = "held.take_up" Post "/v1/held/{id}/take-up", moves(&HELD, "take_up");

    /// Writes a reply; it can be taken back until it is sent.
    PrepareReply(ReplyId) { ReplyFields } = "reply.prepare" Put "/v1/replies/{id}", roles(&[Operator, Concierge, Dispatcher], Held);
    /// Takes a reply back, with what it made of what it answers.
    WithdrawReply(ReplyId) { Nothing } = "reply.withdraw" Post "/v1/replies/{id}/withdraw", moves(&REPLY, "withdraw");
    /// Has a reply sent again that failed, came back or may not have gone; it may arrive twice.
    SendReplyAgain(ReplyId) { Nothing } = "reply.send_again" Post "/v1/replies/{id}/send-again", moves(&REPLY, "send_again");
    /// Leaves a reply as it is: it arrived, or it is given up.
    LetReplyBe(ReplyId) { Nothing } = "reply.let_be" Post "/v1/replies/{id}/let-be", moves(&REPLY, "let_be");

    /// Prepares an offer of a request to a provider; it can be taken back until it is sent.
    PrepareOffer(OfferId) { OfferFields } = "offer.prepare" Put "/v1/offers/{id}", moves(&REQUEST, "offer");
    /// The provider said yes; siblings are withdrawn.
    AcceptOffer(OfferId) { Step<OfferState> } = "offer.accept" Post "/v1/offers/{id}/accept", moves(&OFFER, "accept");
    /// The provider said no, perhaps with another time.
    DeclineOffer(OfferId) { DeclineOffer } = "offer.decline" Post "/v1/offers/{id}/decline", moves(&OFFER, "decline");
    /// Takes the time that the provider proposed when declining, as a new, accepted offer.
    TakeCounter(OfferId) { TakeCounter } = "offer.take_counter" Post "/v1/offers/{id}/take-counter", moves(&OFFER, "accept");
    /// Gives a provider until another deadline: a later one once it was told one, of which a mail tells it.
    DeferOffer(OfferId) { DeferOffer } = "offer.defer" Post "/v1/offers/{id}/defer", moves(&OFFER, "defer");
    /// Takes an offer back.
    WithdrawOffer(OfferId) { StepBecause<OfferState> } = "offer.withdraw" Post "/v1/offers/{id}/withdraw", moves(&OFFER, "withdraw");
    /// The provider's part is done.
    FulfilOffer(OfferId) { Step<OfferState> } = "offer.fulfil" Post "/v1/offers/{id}/fulfil", moves(&OFFER, "fulfil");
    /// The provider did not do what it accepted; the request is open for others.
    FailOffer(OfferId) { StepBecause<OfferState> } = "offer.fail" Post "/v1/offers/{id}/fail", moves(&OFFER, "fail");
    /// Lets the provider go; the request is open for others.
    ReleaseOffer(OfferId) { StepBecause<OfferState> } = "offer.release" Post "/v1/offers/{id}/release", moves(&OFFER, "release");

    /// Plans a leg of a request.
    PlanLeg(LegId) { LegFields } = "leg.plan" Put "/v1/legs/{id}", roles(&[Operator, Concierge, Dispatcher], Free);
    /// Edits what a leg carries, what it comes after, or whether planning leaves it where it is.
    EditLeg(LegId) { Edit } = "leg.edit" Patch "/v1/legs/{id}", roles(&[Operator, Concierge, Dispatcher], Free);
    /// Both ends expect it.
    ConfirmLeg(LegId) { Step<LegState> } = "leg.confirm" Post "/v1/legs/{id}/confirm", moves(&LEG, "confirm");
    /// Moves a leg to another window; the former stays in its history.
    MoveLeg(LegId) { MoveLeg } = "leg.move" Post "/v1/legs/{id}/move", moves(&LEG, "move");
    /// It sets out.
    StartLeg(LegId) { Step<LegState> } = "leg.start" Post "/v1/legs/{id}/start", moves(&LEG, "start");
    /// Its items are there; a fact, never refused.
    DoneLeg(LegId) { Fact } = "leg.done" Post "/v1/legs/{id}/done", moves(&LEG, "done");
    /// Its items are not there; a fact, never refused. A new leg may take its place.
    FailLeg(LegId) { FailLeg } = "leg.fail" Post "/v1/legs/{id}/fail", moves(&LEG, "fail");
    /// Calls a leg off, or turns it back.
    CancelLeg(LegId) { StepBecause<LegState> } = "leg.cancel" Post "/v1/legs/{id}/cancel", moves(&LEG, "cancel");

    /// Drafts a round.
    CreateRound(RoundId) { RoundFields } = "round.create" Put "/v1/rounds/{id}", roles(&[Concierge, Dispatcher], Free);
    /// Edits courier, vehicle, shift, start or end of a round.
    EditRound(RoundId) { Edit } = "round.edit" Patch "/v1/rounds/{id}", roles(&[Concierge, Dispatcher], Held);
    /// Puts stops into a round, in an order; those of pinned legs and of legs under way keep theirs.
    ArrangeRound(RoundId) { Arrange } = "round.arrange" Post "/v1/rounds/{id}/arrange", roles(&[Concierge, Dispatcher], Held);
    /// Hands it to the courier.
    PublishRound(RoundId) { Step<RoundState> } = "round.publish" Post "/v1/rounds/{id}/publish", moves(&ROUND, "publish");
    /// The courier sets out.
    StartRound(RoundId) { Step<RoundState> } = "round.start" Post "/v1/rounds/{id}/start", moves(&ROUND, "start");
    /// The courier is back.
    FinishRound(RoundId) { Step<RoundState> } = "round.finish" Post "/v1/rounds/{id}/finish", moves(&ROUND, "finish");

    /// Puts a permanence into the timetable.
    PlanPermanence(PermanenceId) { PermanenceFields } = "permanence.plan" Put "/v1/permanences/{id}", roles(&[Concierge, Dispatcher], Free);
    /// Edits concierge, window or note of a permanence.
    EditPermanence(PermanenceId) { Edit } = "permanence.edit" Patch "/v1/permanences/{id}", roles(&[Concierge, Dispatcher], Free);
    /// The desk opened; may be told late.
    OpenPermanence(PermanenceId) { Fact } = "permanence.open" Post "/v1/permanences/{id}/open", moves(&PERMANENCE, "open");
    /// The desk closed, with an explanation of each leftover and the cash box counted.
    ClosePermanence(PermanenceId) { ClosePermanence } = "permanence.close" Post "/v1/permanences/{id}/close", moves(&PERMANENCE, "close");
    /// Calls a permanence off.
    CancelPermanence(PermanenceId) { StepBecause<PermanenceState> } = "permanence.cancel" Post "/v1/permanences/{id}/cancel", moves(&PERMANENCE, "cancel");

    /// Enters a locker.
    CreateLocker(LockerId) { LockerFields } = "locker.create" Put "/v1/lockers/{id}", roles(&[Manager], Never);
    /// Edits name or size of a locker.
    EditLocker(LockerId) { Edit } = "locker.edit" Patch "/v1/lockers/{id}", roles(&[Manager], Never);
    /// Takes a locker out of use for good.
    ArchiveLocker(LockerId) { Nothing } = "locker.archive" Post "/v1/lockers/{id}/archive", roles(&[Manager], Never);
    /// A locker cannot be used; what lies in it stays booked.
    BreakLocker(LockerId) { Because } = "locker.break" Post "/v1/lockers/{id}/break", moves(&LOCKER, "break");
    /// A locker can be used again.
    RepairLocker(LockerId) { Nothing } = "locker.repair" Post "/v1/lockers/{id}/repair", moves(&LOCKER, "repair");

    /// Keeps a locker; never two at a time.
    ReserveBooking(BookingId) { BookingFields } = "booking.reserve" Put "/v1/bookings/{id}", roles(&[Operator, Concierge, Dispatcher], Free);
    /// Edits for what, for whom or until when a locker is kept.
    EditBooking(BookingId) { Edit } = "booking.edit" Patch "/v1/bookings/{id}", roles(&[Operator, Concierge, Dispatcher], Free);
    /// Something was put in; a fact, never refused.
    FillBooking(BookingId) { Fact } = "booking.fill" Post "/v1/bookings/{id}/fill", moves(&BOOKING, "fill");
    /// It was taken out; a fact, never refused.
    EmptyBooking(BookingId) { Fact } = "booking.empty" Post "/v1/bookings/{id}/empty", moves(&BOOKING, "empty");
    /// Calls a booking off.
    CancelBooking(BookingId) { StepBecause<BookingState> } = "booking.cancel" Post "/v1/bookings/{id}/cancel", moves(&BOOKING, "cancel");
    /// Makes a new code for the locker and shows it once, in `aside.code`; the former one opens no more.
    IssueCode(BookingId) { Nothing } = "booking.issue_code" Post "/v1/bookings/{id}/code", roles(&[Operator, Concierge, Dispatcher], Free);
    /// Makes a new code for the locker and mails it to the person, in a mail that can be taken back for some seconds; the former one opens no more.
    MailCode(BookingId) { Nothing } = "booking.mail_code" Post "/v1/bookings/{id}/mail-code", roles(&[Operator, Concierge, Dispatcher], Held);
    /// Says in `aside.matches` whether a code opens the locker.
    CheckCode(BookingId) { CheckCode } = "booking.check_code" Post "/v1/bookings/{id}/check-code", roles(&[Operator, Concierge, Dispatcher], Free);

    /// A thing came into custody for the first time; a fact, never refused.
    CreateItem(ItemId) { ItemFields } = "item.create" Put "/v1/items/{id}", moves(&ITEM, "take_in");
    /// Edits what is known of a thing.
    EditItem(ItemId) { Edit } = "item.edit" Patch "/v1/items/{id}", roles(&[Operator, Concierge, Dispatcher], Free);
    /// A thing came into custody again; a fact, never refused.
    TakeInItem(ItemId) { TakeIn } = "item.take_in" Post "/v1/items/{id}/take-in", moves(&ITEM, "take_in");
    /// A thing went from one hand to the next; a fact, never refused.
    PassOnItem(ItemId) { PassOn } = "item.pass_on" Post "/v1/items/{id}/pass-on", moves(&ITEM, "pass_on");
    /// Its owner has it again; a fact, never refused.
    HandBackItem(ItemId) { HandBack } = "item.hand_back" Post "/v1/items/{id}/hand-back", moves(&ITEM, "hand_back");
    /// Gives out labels to print, in `aside.labels`: no number twice.
    NumberLabels { NumberLabels } = "item.number_labels" Post "/v1/items/labels", roles(&[Operator, Concierge, Dispatcher], Free);
    /// Declares a thing lost.
    LoseItem(ItemId) { Lose } = "item.lose" Post "/v1/items/{id}/lose", moves(&ITEM, "lose");

    /// Appends a balanced posting to the tab.
    PostPosting(PostingId) { PostingFields } = "posting.post" Put "/v1/postings/{id}", roles(&[Operator, Concierge, Dispatcher], Held);
    /// Takes a posting back by another; once.
    ReversePosting(PostingId) { Reverse } = "posting.reverse" Post "/v1/postings/{id}/reverse", roles(&[Operator, Concierge, Dispatcher], Held);
    /// Mails the receipt of a payment to the person who made it, in a mail that can be taken back for some seconds.
    MailReceipt(PostingId) { Nothing } = "posting.mail_receipt" Post "/v1/postings/{id}/mail-receipt", roles(&[Operator, Concierge, Dispatcher], Held);

    /// Opens an exception by hand.
    OpenException(ExceptionId) { ExceptionFields } = "exception.open" Put "/v1/exceptions/{id}", roles(&[Operator, Concierge, Dispatcher], Free);
    /// Edits what an exception says.
    EditException(ExceptionId) { Edit } = "exception.edit" Patch "/v1/exceptions/{id}", roles(&[Operator, Concierge, Dispatcher], Free);
    /// Settles an exception.
    CloseException(ExceptionId) { Settle } = "exception.close" Post "/v1/exceptions/{id}/close", moves(&EXCEPTION, "close");

    /// Edits the house's policy.
    EditPolicy(PolicyId) { Edit } = "policy.edit" Patch "/v1/policy/{id}", roles(&[Manager], Never);
    /// Enters a period of a client's subscription.
    CreateContract(ContractId) { ContractFields } = "contract.create" Put "/v1/contracts/{id}", roles(&[Manager], Never);
    /// Edits a contract.
    EditContract(ContractId) { Edit } = "contract.edit" Patch "/v1/contracts/{id}", roles(&[Manager], Never);
    /// Counts a contract no longer.
    ArchiveContract(ContractId) { Nothing } = "contract.archive" Post "/v1/contracts/{id}/archive", roles(&[Manager], Never);
    /// Enters a day on which the house or a site is closed, or open although others are not.
    CreateHoliday(HolidayId) { HolidayFields } = "holiday.create" Put "/v1/holidays/{id}", roles(&[Manager], Never);
    /// Edits a holiday.
    EditHoliday(HolidayId) { Edit } = "holiday.edit" Patch "/v1/holidays/{id}", roles(&[Manager], Never);
    /// Keeps a holiday no longer.
    ArchiveHoliday(HolidayId) { Nothing } = "holiday.archive" Post "/v1/holidays/{id}/archive", roles(&[Manager], Never);
    /// Enters a courier.
    CreateCourier(CourierId) { CourierFields } = "courier.create" Put "/v1/couriers/{id}", roles(&[Dispatcher], Never);
    /// Edits a courier.
    EditCourier(CourierId) { Edit } = "courier.edit" Patch "/v1/couriers/{id}", roles(&[Dispatcher], Never);
    /// Plans no more rounds for a courier.
    ArchiveCourier(CourierId) { Nothing } = "courier.archive" Post "/v1/couriers/{id}/archive", roles(&[Dispatcher], Never);
    /// Enters a beneficiary.
    CreateBeneficiary(BeneficiaryId) { BeneficiaryFields } = "beneficiary.create" Put "/v1/beneficiaries/{id}", roles(&[Operator, Concierge, Dispatcher], Free);
    /// Edits a beneficiary.
    EditBeneficiary(BeneficiaryId) { Edit } = "beneficiary.edit" Patch "/v1/beneficiaries/{id}", roles(&[Operator, Concierge, Dispatcher], Free);
    /// No longer offers a beneficiary for new work.
    ArchiveBeneficiary(BeneficiaryId) { Nothing } = "beneficiary.archive" Post "/v1/beneficiaries/{id}/archive", roles(&[Operator, Concierge, Dispatcher], Held);
    /// Erases a person's data: row, free text, messages and feed; totals are kept.
    EraseBeneficiary(BeneficiaryId) { Because } = "beneficiary.erase" Post "/v1/beneficiaries/{id}/erase", roles(&[Manager], Never);
    /// Enters a client.
    CreateClient(ClientId) { ClientFields } = "client.create" Put "/v1/clients/{id}", roles(&[Manager], Never);
    /// Edits a client.
    EditClient(ClientId) { Edit } = "client.edit" Patch "/v1/clients/{id}", roles(&[Manager], Never);
    /// No longer offers a client for new work.
    ArchiveClient(ClientId) { Nothing } = "client.archive" Post "/v1/clients/{id}/archive", roles(&[Manager], Never);
    /// Enters a site.
    CreateSite(SiteId) { SiteFields } = "site.create" Put "/v1/sites/{id}", roles(&[Manager], Never);
    /// Edits a site.
    EditSite(SiteId) { Edit } = "site.edit" Patch "/v1/sites/{id}", roles(&[Manager], Never);
    /// No longer offers a site for new work.
    ArchiveSite(SiteId) { Nothing } = "site.archive" Post "/v1/sites/{id}/archive", roles(&[Manager], Never);
    /// Enters a service.
    CreateService(ServiceId) { ServiceFields } = "service.create" Put "/v1/services/{id}", roles(&[Manager], Never);
    /// Edits a service.
    EditService(ServiceId) { Edit } = "service.edit" Patch "/v1/services/{id}", roles(&[Manager], Never);
    /// No longer offers a service for new work.
    ArchiveService(ServiceId) { Nothing } = "service.archive" Post "/v1/services/{id}/archive", roles(&[Manager], Never);
    /// Enters a provider.
    CreateProvider(ProviderId) { ProviderFields } = "provider.create" Put "/v1/providers/{id}", roles(&[Dispatcher], Never);
    /// Edits a provider.
    EditProvider(ProviderId) { Edit } = "provider.edit" Patch "/v1/providers/{id}", roles(&[Dispatcher], Never);
    /// No longer asks a provider.
    ArchiveProvider(ProviderId) { Nothing } = "provider.archive" Post "/v1/providers/{id}/archive", roles(&[Dispatcher], Never);
    /// Enters an account; its password is set by a route of its own.
    CreateOperator(OperatorId) { OperatorFields } = "operator.create" Put "/v1/operators/{id}", roles(&[Manager], Never);
    /// Edits an account.
    EditOperator(OperatorId) { Edit } = "operator.edit" Patch "/v1/operators/{id}", roles(&[Manager], Never);
    /// Closes an account and ends its sessions.
    ArchiveOperator(OperatorId) { Nothing } = "operator.archive" Post "/v1/operators/{id}/archive", roles(&[Manager], Never);
    /// Sets what one likes; one's own account only.
    PreferOperator { Preferences } = "operator.prefer" Post "/v1/me/preferences", anyone();
    /// Keeps one of one's own views, or drops it; the others stay, whoever of one's consoles kept them.
    SetView { SetView } = "operator.set_view" Post "/v1/me/views", anyone();

    /// Carries out many commands with one outcome a row; undone as one.
    Bulk { Bulk } = "bulk" Post "/v1/bulk", roles(&[Operator, Concierge, Dispatcher], Free);
    /// Takes back what a command did, as far as nothing was built upon it.
    Undo { Undo } = "undo" Post "/v1/undo", roles(&[Operator, Concierge, Dispatcher], Free);
}

/// Every account, also a coordinator's.
fn anyone() -> Access {
    roles(crate::domain::access::Role::ALL, Free)
}

impl Command {
    /// What a trainee prepared.
    ///
    /// # Errors
    /// It is a command of another program, or what it said was erased.
    pub fn of_held(held: &crate::domain::held::Held) -> Result<Self, serde_json::Error> {
        serde_json::from_value(held.command.clone())
    }
}

/// The word that a held command or a timeline shows for a name such as `request.triage`: what stands after the dot.
pub fn verb_of(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// A reason that the program itself gives.
pub fn reason(text: &'static str) -> Option<ShortText> {
    text.parse().ok()
}
