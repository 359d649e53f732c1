//! Commands on messages: what came in by mail, to which thread it belongs, and what is wrapped up by itself.

use super::{
    contact::came_in,
    context::Context,
    letter::{Act, Answer},
    limits,
};
use crate::{
    domain::{
        access::Actor,
        clock::{Case, Clock, ClockKind, Limit},
        contact::{CameIn, Contact, ContactState, Message, MessageNature, Origin, Party},
        email::EmailAddress,
        entity::{Entity as _, EntityKind},
        ids::{ContactId, ReplyId, SiteId},
        offer::{Offer, OfferState},
        operator::Language,
        reply::Reply,
        request::{Request, RequestState},
        site::Site,
        texts::ShortText,
        time::Instant,
        yes_or_no::{self, YesOrNo},
    },
    i18n::say,
    office::{
        callers,
        failure::Failure,
        intake::mail::{
            Arrival, keep,
            thread::{self, Place},
        },
        outreach::{
            automatic,
            bounced::bounced,
            message_id::{self, Sent},
        },
        secret,
        storage::{Arg, document},
    },
    text::quoted,
    wire::{
        bodies::{Step, WrapUp},
        catalogue::Command,
    },
};
use jiff::SignedDuration;
use serde_json::json;

/// How far back a message's own date is believed: older ones were found late, and count from now.
const BELIEVED: SignedDuration = SignedDuration::from_hours(24 * 30);

/// `PUT /v1/contacts/messages/{id}`: one a mailbox and Message-ID; the same again changes nothing.
pub async fn record(context: &mut Context<'_>, id: ContactId, body: &CameIn<Message>) -> Result<(), Failure> {
    take(context, id, body.clone()).await.map(drop)
}

/// A message that a mailbox handed over, with what it was read from. Says in `aside` under which contact it is known.
pub async fn arrive(context: &mut Context<'_>, arrival: &Arrival) -> Result<(), Failure> {
    let site = match &arrival.mailbox.site {
        Some(name) => site_named(context, name).await?,
        None => None,
    };
    let body = CameIn {
        occurred_at: believed(arrival.dated, context.now),
        site_id: None,
        party: Party::Unknown,
        what: arrival.message.clone(),
    };
    let taken = take_from(context, arrival.id, body, site).await?;
    if taken == Taken::New(arrival.id) {
        keep::put(context, arrival.id, &arrival.packed).await?;
        automatic::answer(context, arrival).await?;
    }
    if let Some(fetched) = arrival.fetched {
        let args = [
            arrival.message.mailbox.as_str().into(),
            Arg::Int(fetched.uid_validity.into()),
            Arg::Int(fetched.uid.into()),
            Arg::Int(context.now.as_micros()),
        ];
        let sql =
            "INSERT INTO mail_taken (mailbox, uid_validity, uid, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        context.write().execute(sql, &args).await?;
    }
    let (contact_id, known) = match taken {
        Taken::New(id) => (id, false),
        Taken::Known(id) => (id, true),
    };
    context.aside = Some(json!({ "contact_id": contact_id, "known": known }));
    Ok(())
}

/// When a message came, never in the future.
fn believed(dated: Option<Instant>, now: Instant) -> Instant {
    dated.filter(|at| *at <= now && now.since(*at) <= BELIEVED).unwrap_or(now)
}

/// Whether a message was new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    New(ContactId),
    Known(ContactId),
}

async fn take(context: &mut Context<'_>, id: ContactId, body: CameIn<Message>) -> Result<Taken, Failure> {
    take_from(context, id, body, None).await
}

/// Takes a message that came to a mailbox of a site.
async fn take_from(
    context: &mut Context<'_>,
    id: ContactId,
    body: CameIn<Message>,
    of_mailbox: Option<SiteId>,
) -> Result<Taken, Failure> {
    let mut contact = came_in(context, id, body, Origin::Message).await?;
    if let Some(key) = &contact.foreign_key {
        let known = document::select::<Contact>(context.read(), "foreign_key = $1", &[key.into()]).await?;
        if let Some(known) = known.first() {
            return Ok(Taken::Known(known.id));
        }
    }
    let Origin::Message(mut message) = contact.origin.clone() else { return Ok(Taken::Known(id)) };
    let mut site = None;
    if contact.party == Party::Unknown
        && let Some(address) = party_address(&message)
    {
        (contact.party, site) = callers::writer(context.read(), address).await?;
    }
    let place = belongs_to(context, &mut message, &contact.party).await?;
    let request = match place.request {
        Some(id) => context.find::<Request>(id).await?,
        None => None,
    };
    let of_request = request.as_ref().and_then(|request| request.fields.site_id);
    let likely = contact.site_id.or(site).or(of_request).or(of_mailbox);
    let given = std::mem::replace(&mut contact.site_id, likely);
    if !context.actor.sees(EntityKind::Contact, &contact.scope()) {
        contact.site_id = given;
    }
    let sent = undelivered(context, &message).await?;
    let makes_work = message.nature.makes_work();
    let outcome = outcome(&message);
    let address = message.bounced.as_ref().and_then(|bounced| bounced.address.clone());
    let why = message.bounced.as_ref().and_then(|bounced| bounced.why.clone());
    contact.origin = Origin::Message(message);
    if makes_work {
        let target = context.policy.fields.targets.target(Limit::MailAnswer, &Case::default());
        let calendar = limits::calendar(context, contact.site_id).await?;
        contact.clocks.extend(Clock::start(ClockKind::FirstAnswer, target, contact.occurred_at, &calendar).ok());
    } else {
        contact.go("wrap_up", ContactState::WrappedUp, outcome, context.now)?;
    }
    context.insert(&contact, None).await?;
    if makes_work && let Some(letter) = place.letter {
        answered(context, &contact, letter).await?;
    }
    if let Some((sent, address)) = sent.zip(address) {
        bounced(context, sent, &address, why.as_ref()).await?;
    }
    if let Some(request) = request.filter(|request| makes_work && request.state == RequestState::Waiting) {
        resume(context, &request).await?;
    }
    Ok(Taken::New(id))
}

/// A provider answers the mail of an offer: a plain yes or no is its answer, and leaves nothing to be done. All else is read by a person.
async fn answered(context: &mut Context<'_>, contact: &Contact, letter: ReplyId) -> Result<(), Failure> {
    let (Party::Provider { id: provider }, Origin::Message(message)) = (&contact.party, &contact.origin) else {
        return Ok(());
    };
    let Some(text) = message.text.as_ref().filter(|_| message.attachments.is_empty()) else { return Ok(()) };
    let own = quoted::parts(text.as_str()).own;
    let Some(said) = yes_or_no::read(&own) else { return Ok(()) };
    let Some(letter) = context.find::<Reply>(letter).await? else { return Ok(()) };
    let [only] = letter.offer_ids.as_slice() else { return Ok(()) };
    let now = context.now;
    if !context.find::<Offer>(*only).await?.is_some_and(|offer| offer.takes_answers(now)) {
        return Ok(());
    }
    let (answer, wanted, key) = match said {
        YesOrNo::Yes => (Answer::Yes, OfferState::Accepted, "offer-mail-said-yes"),
        YesOrNo::No => {
            let words = own.split_whitespace().collect::<Vec<_>>().join(" ");
            (Answer::No(ShortText::fitted(&words)), OfferState::Declined, "offer-mail-said-no")
        }
    };
    context.act_for_provider(*provider, letter.id, &Act::Answer { offer: Some(*only), answer }).await?;
    let took = context.find::<Offer>(*only).await?.is_some_and(|offer| offer.state == wanted);
    if let Some(outcome) = say(Language::Fr, key, &[]).parse().ok().filter(|_| took) {
        let command = Command::WrapUpContact { id: contact.id, body: WrapUp { outcome } };
        context.act_as(Actor::system(), &command).await?;
    }
    Ok(())
}

/// Whose message it is: the sender's; a failure's is the one's who was not reached.
fn party_address(message: &Message) -> Option<&EmailAddress> {
    match &message.bounced {
        Some(bounced) => bounced.address.as_ref(),
        None => message.from.as_ref(),
    }
}

/// Puts a message to its thread, unless who recorded it has.
async fn belongs_to(context: &mut Context<'_>, message: &mut Message, party: &Party) -> Result<Place, Failure> {
    if let Some(request) = message.request_id {
        context.named::<Request>(request, "what.request_id").await?;
    }
    if let Some(thread) = message.thread {
        context.named::<Contact>(thread, "what.thread").await?;
    }
    let mut place = thread::find(context, message, party).await?;
    place.request = message.request_id.or(place.request);
    place.thread = message.thread.or(place.thread);
    (message.request_id, message.thread) = (place.request, place.thread);
    // A house whose mailbox is itself a list still gets its answers.
    if message.nature == MessageNature::List && place.answers_us {
        message.nature = MessageNature::Personal;
    }
    Ok(place)
}

/// What was sent and did not arrive, if the report bears our own id: anybody can write that an address is dead.
async fn undelivered(context: &mut Context<'_>, message: &Message) -> Result<Option<Sent>, Failure> {
    let Some(id) = message.bounced.as_ref().and_then(|bounced| bounced.message_id.as_ref()) else { return Ok(None) };
    let secret = secret::named(context, message_id::SECRET).await?;
    Ok(message_id::read(&secret, id.as_str()))
}

/// What is said of a message that nobody has to answer. The house's first language: an outcome is what the house wrote.
fn outcome(message: &Message) -> Option<ShortText> {
    let bounced = message.bounced.as_ref();
    let address = bounced.and_then(|bounced| bounced.address.as_ref()).map(ToString::to_string).unwrap_or_default();
    let why = bounced.and_then(|bounced| bounced.why.as_ref()).map(ToString::to_string).unwrap_or_default();
    let key = match message.nature {
        MessageNature::Personal => return None,
        MessageNature::AutoReply => "mail-in-auto-reply",
        MessageNature::ReadReceipt => "mail-in-read-receipt",
        MessageNature::List => "mail-in-list",
        MessageNature::Bounce if address.is_empty() => "mail-in-bounce",
        MessageNature::Bounce if why.is_empty() => "mail-in-bounce-address",
        MessageNature::Bounce => "mail-in-bounce-why",
    };
    let told = say(Language::Fr, key, &[("address", address), ("why", why)]);
    told.chars().take(ShortText::MAX).collect::<String>().parse().ok()
}

/// An answer came: the question is no longer out.
async fn resume(context: &mut Context<'_>, request: &Request) -> Result<(), Failure> {
    let body = Step { seen: RequestState::Waiting };
    context.act_as(Actor::system(), &Command::ResumeRequest { id: request.id, body }).await
}

/// The site that the settings name, by its name or id; none if there is no such site any more.
async fn site_named(context: &mut Context<'_>, name: &str) -> Result<Option<SiteId>, Failure> {
    let all = document::select::<Site>(context.read(), "1 = 1", &[]).await?;
    let wanted = crate::text::fold(name);
    let is_it = |site: &&Site| site.id.to_string() == name || crate::text::fold(site.fields.name.as_str()) == wanted;
    Ok(all.iter().find(is_it).map(|site| site.id))
}
