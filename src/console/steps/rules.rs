//! What a verb means on a row: the command that it gives there, or what stands in the way, read from the tables of states and of access.

use crate::{
    console::{
        keymap::Action,
        model::{
            Model, Screen,
            prompt::Drawn,
            reception::Item,
            world::{CallStanding, World},
        },
        update::{letter, verbs, verbs::provider_name},
        view::words,
    },
    domain::{
        contact::{Contact, ContactState, Message, Origin, Party},
        entry::Order,
        exception::{Exception, ExceptionState},
        held::{Held, HeldState},
        ids::{ContactId, ProviderId, RequestId},
        leg::{LEG, Leg, LegState},
        machine::State as _,
        offer::{OFFER, Offer, OfferState},
        permanence::{Permanence, PermanenceState},
        phone::Caller,
        request::{REQUEST, Request, RequestState, Requester},
        round::{Round, RoundState},
    },
    i18n::say,
    wire::{
        access::Verdict,
        catalogue::{CATALOGUE, Command},
    },
};
use jiff::SignedDuration;
use std::{cmp::Reverse, sync::Arc};

/// Why a verb does nothing on a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It means nothing there.
    NotHere,
    /// The account's roles do not allow it.
    Denied,
    /// The row stands where the table has no such move.
    State(&'static str, &'static str),
    /// A call that nobody has taken is taken first.
    Rings,
    /// It was dealt with already.
    Over,
    /// No number or address that could be attached.
    NothingToAttach,
    /// No other request of the person is open.
    NothingAlike,
    /// Nothing that the house does was understood of the mail.
    NothingUnderstood,
    /// A desk opens on its day.
    NotToday,
    /// It is held already.
    MineAlready,
    /// No address of mail is known.
    NoAddress,
    /// The provider is not written to: it has no address of mail.
    NoMail(ProviderId),
    /// The caller hides the number.
    NoNumber,
    /// A colleague looks at what one has prepared.
    ByAnother,
    /// Nothing of the request is still to be fetched or brought.
    NoLeg,
    /// What is in no round is not kept in one.
    NoRound,
    /// It is on its way, or pinned in its round.
    Fixed,
}

impl Obstacle {
    /// The sentence for who pressed the key.
    pub fn sentence(self, model: &Model, action: Action) -> String {
        let language = model.seat.language;
        let verb = ("verb", action.words(language));
        match self {
            Self::NotHere => say(language, "cannot-not-here", &[verb]),
            Self::Denied => say(language, "cannot-denied", &[verb]),
            Self::State(entity, state) => {
                let state = say(language, &format!("state-{entity}-{state}"), &[]);
                say(language, "cannot-state", &[verb, ("state", state)])
            }
            Self::Rings => say(language, "cannot-rings", &[]),
            Self::Over => say(language, "cannot-over", &[]),
            Self::NothingToAttach => say(language, "cannot-nothing-to-attach", &[]),
            Self::NothingAlike => say(language, "cannot-nothing-alike", &[]),
            Self::NothingUnderstood => say(language, "cannot-nothing-understood", &[]),
            Self::NotToday => say(language, "cannot-not-today", &[]),
            Self::NoAddress => say(language, "cannot-no-address", &[]),
            Self::NoMail(provider) => {
                let phone = model.world.provider(provider).and_then(|row| row.fields.phones.first().map(words::phone));
                let key = if phone.is_some() { "cannot-no-mail" } else { "cannot-no-mail-nor-number" };
                let name = provider_name(model, provider);
                say(language, key, &[("provider", name), ("number", phone.unwrap_or_default())])
            }
            Self::NoNumber => say(language, "cannot-no-number", &[]),
            Self::ByAnother => say(language, "cannot-by-another", &[]),
            Self::MineAlready => say(language, "cannot-mine-already", &[]),
            Self::NoLeg => say(language, "cannot-no-leg", &[]),
            Self::NoRound => say(language, "cannot-no-round", &[]),
            Self::Fixed => say(language, "cannot-fixed", &[]),
        }
    }
}

/// Whether the account may give a command.
pub fn verdict(model: &Model, command: &str) -> Verdict {
    let entry = CATALOGUE.iter().find(|entry| entry.name == command);
    entry.map_or(Verdict::Denied, |entry| (entry.access)().verdict(&model.seat.actor()))
}

/// The commands that a verb may give, whatever the row.
pub const fn commands(action: Action) -> &'static [&'static str] {
    match action {
        Action::ClaimRinging | Action::Claim => &["claim.take", "permanence.edit"],
        Action::NewRequest => &["request.create"],
        Action::Note => &["request.note"],
        Action::Edit => &["request.edit", "contact.attach", "permanence.edit", "offer.defer", "round.arrange"],
        Action::Accept => &[
            "request.triage",
            "permanence.open",
            "request.create",
            "offer.accept",
            "offer.fail",
            "held.release",
            "held.take_up",
            "round.arrange",
            "round.publish",
        ],
        Action::Assign => &["offer.prepare", "round.arrange"],
        Action::Slot => &["leg.move"],
        Action::Pin => &["leg.edit"],
        Action::NewRound => &["round.create"],
        Action::Outcome => &["contact.wrap_up", "contact.call_back", "request.answer", "leg.done", "exception.close"],
        Action::Reply => &["reply.prepare"],
        Action::Suspend => &["request.wait", "request.resume"],
        Action::Merge => &["request.merge", "contact.wrap_up"],
        Action::Divide => &["request.split"],
        Action::SamePerson => &["contact.attach"],
        Action::Cancel => &["request.cancel", "offer.withdraw", "held.return", "held.take_up", "leg.cancel"],
        Action::Pay => &["posting.post"],
        Action::Refuse => &["request.refuse"],
        Action::Release => &["request.release"],
        _ => &[],
    }
}

/// Whether the account's roles allow an action somewhere.
pub fn permitted(model: &Model, action: Action) -> bool {
    let commands = commands(action);
    commands.is_empty() || commands.iter().any(|command| verdict(model, command) != Verdict::Denied)
}

/// The row as it is drawn.
pub fn drawn(world: &World, item: Item) -> Option<Drawn> {
    Some(match item {
        Item::Contact(id) => Drawn::Contact(Arc::clone(world.contact(id)?.row)),
        Item::Request(id) => Drawn::Request(Arc::clone(world.request(id)?.row)),
        Item::Permanence(id) => Drawn::Permanence(Arc::clone(world.permanence(id)?)),
        Item::Offer(id) => Drawn::Offer(Arc::clone(world.offer(id)?)),
        Item::Held(id) => Drawn::Held(Arc::clone(world.held_one(id)?)),
        Item::Leg(id) => Drawn::Leg(Arc::clone(world.leg(id)?)),
        Item::Round(id) => Drawn::Round(Arc::clone(world.round(id)?)),
        Item::Exception(id) => Drawn::Exception(Arc::clone(world.exception(id)?)),
    })
}

/// The command that a verb gives on a row.
///
/// # Errors
/// What stands in the way.
pub fn command(model: &Model, action: Action, row: &Drawn) -> Result<&'static str, Obstacle> {
    let name = match row {
        Drawn::Contact(contact) => on_contact(model, action, contact),
        Drawn::Request(request) => on_request(model, action, request),
        Drawn::Permanence(permanence) => on_permanence(model, action, permanence),
        Drawn::Offer(offer) => on_offer(model, action, offer),
        Drawn::Held(held) => on_held(model, action, held),
        Drawn::Leg(leg) => on_leg(model, action, leg),
        Drawn::Round(round) => on_round(action, round),
        Drawn::Exception(exception) => on_exception(action, exception),
    }?;
    if action == Action::Reply {
        can_answer(model, row)?;
    }
    if verdict(model, name) == Verdict::Denied { Err(Obstacle::Denied) } else { Ok(name) }
}

fn on_contact(model: &Model, action: Action, contact: &Contact) -> Result<&'static str, Obstacle> {
    let only_request = || only_request(&model.world, contact.id).ok_or(Obstacle::NotHere);
    if contact.state != ContactState::Open {
        return Err(Obstacle::Over);
    }
    match action {
        Action::Outcome if model.world.standing(contact) == Some(CallStanding::Ringing) => Err(Obstacle::Rings),
        Action::Outcome if is_missed(contact) => Ok("contact.call_back"),
        Action::Outcome => Ok("contact.wrap_up"),
        Action::Edit => Ok("contact.attach"),
        Action::SamePerson if can_attach(&model.world, contact) => Ok("contact.attach"),
        Action::SamePerson => Err(Obstacle::NothingToAttach),
        Action::Merge => match only_request() {
            Ok(request) => on_request(model, action, &request),
            Err(_) if open_of(&model.world, contact).next().is_some() => Ok("contact.wrap_up"),
            Err(_) => Err(Obstacle::NothingAlike),
        },
        Action::Divide | Action::Note => on_request(model, action, &*only_request()?),
        Action::Claim => Ok("claim.take"),
        Action::Accept if !matches!(contact.origin, Origin::Message(_)) => Err(Obstacle::NotHere),
        Action::Accept if understood(model, contact.id).is_empty() => Err(Obstacle::NothingUnderstood),
        Action::Accept => Ok("request.create"),
        Action::Reply => Ok("reply.prepare"),
        _ => Err(Obstacle::NotHere),
    }
}

/// The orders that were read of a mail.
pub fn understood(model: &Model, contact: ContactId) -> &[Order] {
    let read = model.understood.as_ref().filter(|read| read.contact == contact);
    read.map_or(&[], |read| read.orders.as_slice())
}

fn on_request(model: &Model, action: Action, request: &Request) -> Result<&'static str, Obstacle> {
    let in_state = Obstacle::State("request", crate::domain::machine::State::name(request.state));
    let legal = |verb: &str, command| REQUEST.legal(request.state).contains(&verb).then_some(command).ok_or(in_state);
    let open = |command| request.is_open().then_some(command).ok_or(in_state);
    match action {
        Action::Accept => legal("triage", "request.triage"),
        Action::Outcome => legal("answer", "request.answer"),
        Action::Suspend if request.state == RequestState::Waiting => Ok("request.resume"),
        Action::Suspend => legal("wait", "request.wait"),
        Action::Merge => {
            let name = legal("merge", "request.merge")?;
            if alike(&model.world, request).is_empty() { Err(Obstacle::NothingAlike) } else { Ok(name) }
        }
        Action::Divide if matches!(request.state, RequestState::New | RequestState::Triaged) => Ok("request.split"),
        Action::Assign if matches!(request.state, RequestState::Triaged | RequestState::Offered) => Ok("offer.prepare"),
        Action::Divide | Action::Assign => Err(in_state),
        Action::Cancel => legal("cancel", "request.cancel"),
        Action::Refuse => legal("refuse", "request.refuse"),
        Action::Release => legal("release", "request.release"),
        Action::Edit => open("request.edit"),
        Action::Claim => open("claim.take"),
        Action::Slot if verbs::rounds::leg_of(model, request.id).is_some() => Ok("leg.move"),
        Action::Slot => Err(Obstacle::NoLeg),
        Action::Note => Ok("request.note"),
        Action::Reply => Ok("reply.prepare"),
        _ => Err(Obstacle::NotHere),
    }
}

fn on_offer(model: &Model, action: Action, offer: &Offer) -> Result<&'static str, Obstacle> {
    let legal = |verb: &str, command| {
        let in_state = Obstacle::State("offer", crate::domain::machine::State::name(offer.state));
        OFFER.legal(offer.state).contains(&verb).then_some(command).ok_or(in_state)
    };
    let is_in_the_way =
        offer.state == OfferState::Accepted && model.dispatch.problem(offer.fields.request_id).is_some();
    match action {
        Action::Accept if is_in_the_way => Ok("offer.fail"),
        Action::Accept => legal("accept", "offer.accept"),
        Action::Cancel => legal("withdraw", "offer.withdraw"),
        Action::Edit => legal("defer", "offer.defer"),
        Action::Reply => Ok("reply.prepare"),
        Action::Assign => legal("withdraw", "offer.prepare"),
        _ => Err(Obstacle::NotHere),
    }
}

/// Others release or return it, who may do what it asks for; who prepared it takes it up again.
fn on_held(model: &Model, action: Action, held: &Held) -> Result<&'static str, Obstacle> {
    let is_own = held.operator_id == model.seat.me();
    match (action, held.state, is_own) {
        (Action::Accept, HeldState::Returned, true) | (Action::Cancel, HeldState::Held | HeldState::Returned, true) => {
            Ok("held.take_up")
        }
        (Action::Accept, HeldState::Held, true) => Err(Obstacle::ByAnother),
        (Action::Cancel, HeldState::Held, false) => Ok("held.return"),
        (Action::Accept, HeldState::Held, false) => {
            let asked = Command::of_held(held).map_err(|_| Obstacle::NotHere)?;
            if verdict(model, asked.name()) == Verdict::Allowed { Ok("held.release") } else { Err(Obstacle::Denied) }
        }
        (Action::Accept | Action::Cancel, ..) => Err(Obstacle::Over),
        _ => Err(Obstacle::NotHere),
    }
}

fn on_leg(model: &Model, action: Action, leg: &Leg) -> Result<&'static str, Obstacle> {
    let in_state = Obstacle::State("leg", leg.state.name());
    let is_over = LEG.is_end(leg.state);
    let can_move = matches!(leg.state, LegState::Planned | LegState::Confirmed);
    let arrange = if leg.is_fixed() { Err(Obstacle::Fixed) } else { Ok("round.arrange") };
    match action {
        Action::Accept | Action::Edit | Action::Assign | Action::Slot | Action::Pin | Action::Outcome if is_over => {
            Err(in_state)
        }
        Action::Accept => Ok("round.arrange"),
        Action::Edit if leg.state == LegState::Underway || leg.fields.pinned => Ok("round.arrange"),
        Action::Edit | Action::Assign => arrange,
        Action::Slot if can_move => arrange.map(|_| "leg.move"),
        Action::Pin if leg.state == LegState::Underway => Err(Obstacle::Fixed),
        Action::Pin if !verbs::rounds::is_in_round(model, leg.id) => Err(Obstacle::NoRound),
        Action::Pin => Ok("leg.edit"),
        Action::Outcome => Ok("leg.done"),
        Action::Cancel if LEG.legal(leg.state).contains(&"cancel") => Ok("leg.cancel"),
        Action::Slot | Action::Cancel => Err(in_state),
        _ => Err(Obstacle::NotHere),
    }
}

fn on_round(action: Action, round: &Round) -> Result<&'static str, Obstacle> {
    match (action, round.state) {
        (Action::Accept, RoundState::Draft) => Ok("round.publish"),
        (Action::Accept, RoundState::Published) => Ok("round.start"),
        (Action::Accept, RoundState::Started) => Ok("round.finish"),
        (Action::Accept, RoundState::Finished) => Err(Obstacle::State("round", round.state.name())),
        _ => Err(Obstacle::NotHere),
    }
}

fn on_exception(action: Action, exception: &Exception) -> Result<&'static str, Obstacle> {
    match (action, exception.state) {
        (Action::Outcome, ExceptionState::Open) => Ok("exception.close"),
        (Action::Outcome, ExceptionState::Closed) => Err(Obstacle::Over),
        _ => Err(Obstacle::NotHere),
    }
}

fn on_permanence(model: &Model, action: Action, permanence: &Permanence) -> Result<&'static str, Obstacle> {
    let open = matches!(permanence.state, PermanenceState::Planned | PermanenceState::Open);
    let in_state = Obstacle::State("permanence", crate::domain::machine::State::name(permanence.state));
    let is_today = permanence.fields.window.date() == model.now.civil(&permanence.zone).date();
    match action {
        Action::Accept if permanence.state == PermanenceState::Open && model.screen == Screen::Desk => {
            Ok("permanence.close")
        }
        Action::Accept if permanence.state != PermanenceState::Planned => Err(in_state),
        Action::Accept if !is_today => Err(Obstacle::NotToday),
        Action::Accept => Ok("permanence.open"),
        Action::Claim if permanence.fields.concierge_id == Some(model.seat.me()) => Err(Obstacle::MineAlready),
        Action::Claim | Action::Edit if open => Ok("permanence.edit"),
        Action::Claim | Action::Edit => Err(in_state),
        _ => Err(Obstacle::NotHere),
    }
}

/// Whether it is known where an answer goes.
fn can_answer(model: &Model, row: &Drawn) -> Result<(), Obstacle> {
    if let Drawn::Contact(contact) = row
        && let Origin::Call(call) = &contact.origin
    {
        return if matches!(call.from, Caller::Hidden) { Err(Obstacle::NoNumber) } else { Ok(()) };
    }
    if let Drawn::Offer(offer) = row {
        let provider = offer.fields.provider_id;
        return letter::address(model, row).map(drop).ok_or(Obstacle::NoMail(provider));
    }
    // What did not go is decided upon whether or not the person still has an address.
    let calls = letter::calling(model, row.item()).is_some();
    if calls { Ok(()) } else { letter::address(model, row).map(drop).ok_or(Obstacle::NoAddress) }
}

/// Whether it is a call that nobody answered.
pub fn is_missed(contact: &Contact) -> bool {
    matches!(&contact.origin, Origin::Call(call) if call.is_missed())
}

/// Whether a number or address came with the contact that its person is not known by yet.
fn can_attach(world: &World, contact: &Contact) -> bool {
    let Some(person) = world.person_of(&contact.party) else { return matches!(contact.party, Party::Maybe { .. }) };
    match &contact.origin {
        Origin::Call(call) => matches!(&call.from, Caller::Number(number) if !person.fields.phones.contains(number)),
        Origin::Message(Message { from: Some(address), .. }) => !person.fields.emails.contains(address),
        _ => false,
    }
}

/// The one request that a contact brought and that is still to be sorted out.
pub fn only_request(world: &World, contact: ContactId) -> Option<Arc<Request>> {
    let mut brought = world.board.requests_from(contact).map(|shown| shown.row);
    let first = brought.next()?;
    brought.next().is_none().then(|| Arc::clone(first))
}

/// Open requests of the person behind a contact, other than those that the contact brought; the newest first.
pub fn open_of<'a>(world: &'a World, contact: &Contact) -> impl Iterator<Item = &'a Arc<Request>> + use<'a> {
    let id = contact.id;
    let mut theirs: Vec<_> = world
        .person_of(&contact.party)
        .into_iter()
        .flat_map(|person| world.board.requests_of(person.id))
        .map(|shown| shown.row)
        .filter(|request| request.fields.contact_id != Some(id))
        .collect();
    theirs.sort_by_key(|request| Reverse((request.created_at, request.id)));
    theirs.into_iter()
}

/// How far apart two requests of one person may have come in and still probably be one.
const ALIKE_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// Requests that this one may be the same as: of the same person, those for the same service within a day first, then the newest.
pub fn alike(world: &World, request: &Request) -> Vec<RequestId> {
    let Some(Requester::Person { id: person }) = request.fields.requester else { return Vec::new() };
    let mut theirs: Vec<_> = world
        .board
        .requests_of(person)
        .map(|shown| shown.row)
        .filter(|other| other.id != request.id)
        .map(|other| {
            let apart = other.created_at.since(request.created_at).abs();
            let same = request.fields.service_id.is_some() && other.fields.service_id == request.fields.service_id;
            (Reverse(same && apart <= ALIKE_WITHIN), Reverse(same), Reverse(other.created_at), other.id)
        })
        .collect();
    theirs.sort_unstable();
    theirs.into_iter().map(|(.., id)| id).collect()
}
