//! Which request and which earlier message a message belongs to: our own signed ids, then what it refers to, then the number in its
//! subject; never the subject alone, and only if its sender is a party to the request.

use super::subject;
use crate::{
    domain::{
        contact::{Contact, Message, Origin, Party},
        email::EmailAddress,
        ids::{ContactId, ReplyId, RequestId},
        offer::Offer,
        reply::{Automatic, Reply},
        request::{Request, RequestState, Requester},
        texts::ShortText,
    },
    office::{
        commands::{self, context::Context},
        failure::Failure,
        outreach::message_id::{self, Sent},
        secret,
        storage::{Arg, document, many},
    },
};

/// What a message belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The request that it is about.
    pub request: Option<RequestId>,
    /// The first message of its thread.
    pub thread: Option<ContactId>,
    /// Whether it answers what the house signed.
    pub answers_us: bool,
    /// The mail of offers that it answers, if it is from the provider that was written to.
    pub letter: Option<ReplyId>,
}

/// Finds what a message belongs to.
pub async fn find(context: &mut Context<'_>, message: &Message, party: &Party) -> Result<Place, Failure> {
    let mut place = Place::default();
    let from = message.from.as_ref();
    if message.references.iter().any(|id| id.as_str().trim_start_matches('<').to_lowercase().starts_with("loge.")) {
        let secret = secret::named(context, message_id::SECRET).await?;
        for reference in &message.references {
            let Some(sent) = message_id::read(&secret, reference.as_str()) else { continue };
            if place.letter.is_none() {
                place.letter = letter(context, sent, party).await?;
            }
            if let Sent::Reply(id) = sent
                && let Some(reply) = context.find::<Reply>(id).await?.filter(|reply| Some(&reply.fields.to) == from)
                && let Some(answered) = reply.fields.contact_id
            {
                // Who was written to answers: the message belongs to what the reply answered, be there a request or not.
                place.answers_us = true;
                place.thread = Some(first_of(context, answered).await?);
            }
            if let Some(request) = about(context, sent).await?
                && is_party(context, &request, party, from).await?
            {
                place = Place { request: Some(request.id), answers_us: true, ..place };
                break;
            }
        }
    }
    for earlier in referred_to(context, message).await? {
        let Origin::Message(known) = &earlier.origin else { continue };
        place.thread = place.thread.or(Some(known.thread.unwrap_or(earlier.id)));
        if place.request.is_some() {
            break;
        }
        for id in requests_of(context, &earlier, known).await? {
            if let Some(request) = context.find::<Request>(id).await?
                && is_party(context, &request, party, from).await?
            {
                place.request = Some(request.id);
                break;
            }
        }
    }
    if place.request.is_none()
        && let Some(number) = message.subject.as_ref().and_then(|subject| subject::number(subject.as_str()))
    {
        let number = number.to_string();
        let named = document::select::<Request>(context.read(), "number = $1", &[(&number).into()]).await?;
        if let Some(request) = named.into_iter().next()
            && is_party(context, &request, party, from).await?
        {
            place.request = Some(request.id);
        }
    }
    Ok(place)
}

/// The mail of offers that something sent was, if this party was written to.
async fn letter(context: &mut Context<'_>, sent: Sent, party: &Party) -> Result<Option<ReplyId>, Failure> {
    let (Sent::Reply(id), Party::Provider { id: writer }) = (sent, party) else { return Ok(None) };
    let offers = |letter: &Reply| letter.automatic == Some(Automatic::Offers);
    let Some(letter) = context.find::<Reply>(id).await?.filter(offers) else { return Ok(None) };
    let told = commands::letter::provider_of(context.read(), &letter).await?;
    Ok(Some(id).filter(|_| told == Some(*writer)))
}

/// The request that something sent was about.
pub async fn about(context: &mut Context<'_>, sent: Sent) -> Result<Option<Request>, Failure> {
    match sent {
        Sent::Offer(id) => match context.find::<Offer>(id).await? {
            Some(offer) => context.find::<Request>(offer.fields.request_id).await,
            None => Ok(None),
        },
        Sent::Reply(id) => {
            let Some(reply) = context.find::<Reply>(id).await? else { return Ok(None) };
            if let Some(request) = reply.fields.request_id {
                return context.find::<Request>(request).await;
            }
            let Some(answered) = reply.fields.contact_id else { return Ok(None) };
            let Some(contact) = context.find::<Contact>(answered).await? else { return Ok(None) };
            let Origin::Message(message) = &contact.origin else { return Ok(None) };
            match requests_of(context, &contact, message).await?.first() {
                Some(id) => context.find::<Request>(*id).await,
                None => Ok(None),
            }
        }
    }
}

/// The first message of the thread that a contact belongs to: itself, if it is none.
async fn first_of(context: &mut Context<'_>, id: ContactId) -> Result<ContactId, Failure> {
    let contact = context.find::<Contact>(id).await?;
    Ok(match contact.as_ref().map(|contact| &contact.origin) {
        Some(Origin::Message(message)) => message.thread.unwrap_or(id),
        _ => id,
    })
}

/// The known messages that a message refers to, in the order in which it does.
async fn referred_to(context: &mut Context<'_>, message: &Message) -> Result<Vec<Contact>, Failure> {
    let key = |id: &ShortText| Message::foreign_key(message.mailbox.as_str(), id.as_str());
    let keys: Vec<String> = message.references.iter().map(key).collect();
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let texts: Vec<Option<&str>> = keys.iter().map(|key| Some(key.as_str())).collect();
    let condition = format!("foreign_key {}", many::any_of(context.read().engine(), 1));
    let mut found = document::select::<Contact>(context.read(), &condition, &[Arg::Texts(&texts)]).await?;
    found.sort_by_key(|contact| keys.iter().position(|key| Some(key) == contact.foreign_key.as_ref()));
    Ok(found)
}

/// The requests of an earlier message: the one its thread led to, else those that came from it. Of several, one that waits for an answer
/// comes first, and no other is guessed at.
async fn requests_of(context: &mut Context<'_>, earlier: &Contact, known: &Message) -> Result<Vec<RequestId>, Failure> {
    if let Some(id) = known.request_id {
        return Ok(vec![id]);
    }
    let (own, first) = (earlier.id.to_string(), known.thread.unwrap_or(earlier.id).to_string());
    let came = "contact_id IN ($1, $2)";
    let all = document::select::<Request>(context.read(), came, &[(&own).into(), (&first).into()]).await?;
    let waiting = all.iter().find(|request| request.state == RequestState::Waiting);
    let mut open = all.iter().filter(|request| request.is_open());
    let only = match (open.next(), open.next()) {
        (Some(one), None) => Some(one),
        (None, _) if all.len() == 1 => all.first(),
        _ => None,
    };
    Ok(waiting.or(only).map(|request| request.id).into_iter().collect())
}

/// Whether a sender has a part in a request: who asked, for whom it is asked, who was offered it, or who wrote the message it came from.
async fn is_party(
    context: &mut Context<'_>,
    request: &Request,
    party: &Party,
    from: Option<&EmailAddress>,
) -> Result<bool, Failure> {
    let asked = match (&request.fields.requester, party) {
        (Some(Requester::Person { id }), Party::Person { id: writer }) => id == writer,
        (Some(Requester::Person { id }), Party::Maybe { ids }) => ids.contains(id),
        (
            Some(Requester::Organisation { id, .. }),
            Party::ContactPerson { client_id, .. } | Party::Switchboard { client_id },
        ) => id == client_id,
        _ => false,
    };
    if asked {
        return Ok(true);
    }
    if let Party::Provider { id } = party {
        let (request, provider) = (request.id.to_string(), id.to_string());
        let sql = "SELECT id FROM offer WHERE request_id = $1 AND provider_id = $2 AND state <> 'prepared' LIMIT 1";
        let offered = context.read().row(sql, &[(&request).into(), (&provider).into()]).await?;
        return Ok(offered.is_some());
    }
    let Some((contact, from)) = request.fields.contact_id.zip(from) else { return Ok(false) };
    let contact = context.find::<Contact>(contact).await?;
    Ok(contact.is_some_and(|contact| match &contact.origin {
        Origin::Message(first) => first.from.as_ref().is_some_and(|first| first.is_same(from)),
        _ => false,
    }))
}
