//! What follows from a stored row in the same transaction: search words, telephone book, timers, claims that end.

use super::{context::Context, ending};
use crate::{
    domain::{
        beneficiary::Beneficiary,
        booking::{Booking, BookingState},
        client::Client,
        contact::{Contact, ContactState},
        courier::Courier,
        email::EmailAddress,
        entity::{Entity as _, EntityKind},
        offer::{Offer, OfferState},
        operator::Operator,
        permanence::{Permanence, PermanenceState},
        phone::PhoneNumber,
        posting::Posting,
        provider::Provider,
        recurring::{RecurringOrder, RecurringState},
        register::Standing,
        reply::{ATTEMPT, Reply, ReplyState},
        request::Request,
    },
    office::{
        failure::Failure,
        search,
        storage::{Arg, document, many},
        timers::TimerKind,
    },
};
use std::any::Any;
use uuid::Uuid;

/// A row of any kind; what follows from it is compiled once, not once a kind.
pub type AnyRow<'a> = &'a (dyn Any + Send + Sync);

/// Called after each row that is stored.
pub async fn put(
    context: &mut Context<'_>,
    kind: EntityKind,
    entity: AnyRow<'_>,
    before: Option<AnyRow<'_>>,
) -> Result<(), Failure> {
    match kind {
        EntityKind::Request => {
            if let Some(request) = entity.downcast_ref::<Request>() {
                requested(context, request, before.and_then(|before| before.downcast_ref())).await?;
            }
        }
        EntityKind::Contact => {
            if let Some(contact) = entity.downcast_ref::<Contact>()
                && contact.state != ContactState::Open
            {
                ending::release_claims(context, contact.id.into()).await?;
            }
        }
        EntityKind::Beneficiary | EntityKind::Provider | EntityKind::Client | EntityKind::Courier => {
            registered(context, kind, entity, before).await?;
        }
        EntityKind::Operator => {
            if let Some(operator) = entity.downcast_ref::<Operator>()
                && operator.standing == Standing::Archived
            {
                let id = operator.id.to_string();
                context.write().execute("DELETE FROM session WHERE operator_id = $1", &[(&id).into()]).await?;
            }
        }
        EntityKind::Offer => {
            if let Some(offer) = entity.downcast_ref::<Offer>() {
                let send = (offer.state == OfferState::Prepared).then_some(offer.hold_until);
                let open = matches!(offer.state, OfferState::Sent | OfferState::Seen);
                context.set_timer(TimerKind::SendOffer, offer.id.into(), send).await?;
                let expire = open.then_some(offer.fields.deadline);
                context.set_timer(TimerKind::ExpireOffer, offer.id.into(), expire).await?;
            }
        }
        EntityKind::Reply => {
            if let Some(reply) = entity.downcast_ref::<Reply>() {
                let held = (reply.state == ReplyState::Prepared).then_some(reply.hold_until);
                let lost = reply.attempted_at.filter(|_| reply.is_under_way()).map(|at| at.plus(ATTEMPT));
                context.set_timer(TimerKind::SendReply, reply.id.into(), held.or(reply.retry_at)).await?;
                context.set_timer(TimerKind::LoseReply, reply.id.into(), lost).await?;
            }
        }
        EntityKind::RecurringOrder => {
            if let Some(order) = entity.downcast_ref::<RecurringOrder>() {
                // Whoever stores it and makes its dates sets it to midnight after that.
                let due = (order.state == RecurringState::Active).then_some(context.now);
                context.set_timer(TimerKind::MakeRecurring, order.id.into(), due).await?;
            }
        }
        EntityKind::Permanence => {
            if let Some(permanence) = entity.downcast_ref::<Permanence>() {
                let over = permanence.fields.window.end(&permanence.zone);
                let due = (permanence.state == PermanenceState::Planned).then_some(over);
                context.set_timer(TimerKind::MissPermanence, permanence.id.into(), due).await?;
            }
        }
        EntityKind::Booking => {
            if let Some(booking) = entity.downcast_ref::<Booking>() {
                let due = (booking.state == BookingState::Filled).then_some(booking.fields.until);
                context.set_timer(TimerKind::OverdueBooking, booking.id.into(), due).await?;
            }
        }
        EntityKind::Posting => {
            if let Some(posting) = entity.downcast_ref::<Posting>()
                && before.is_none()
            {
                lines(context, posting).await?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// Keeps the telephone book and the book of addresses of whoever calls and writes.
async fn registered(
    context: &mut Context<'_>,
    kind: EntityKind,
    entity: AnyRow<'_>,
    before: Option<AnyRow<'_>>,
) -> Result<(), Failure> {
    match kind {
        EntityKind::Beneficiary => {
            if let Some(person) = entity.downcast_ref::<Beneficiary>() {
                let old = before.and_then(|before| before.downcast_ref::<Beneficiary>());
                let (id, phones) = (person.id.into(), &person.fields.phones);
                numbers(context, kind, id, phones, old.map(|old| &old.fields.phones)).await?;
                let addresses = |person: &Beneficiary| person.fields.emails.clone();
                mail_addresses(context, kind, id, &addresses(person), old.map(addresses).as_ref()).await?;
                if old.is_some_and(|old| old.search_words() != person.search_words()) {
                    renamed(context, person).await?;
                }
            }
        }
        EntityKind::Provider => {
            if let Some(provider) = entity.downcast_ref::<Provider>() {
                let old = before.and_then(|before| before.downcast_ref::<Provider>());
                let (id, phones) = (provider.id.into(), &provider.fields.phones);
                numbers(context, kind, id, phones, old.map(|old| &old.fields.phones)).await?;
                let addresses = |provider: &Provider| provider.fields.emails.clone();
                mail_addresses(context, kind, id, &addresses(provider), old.map(addresses).as_ref()).await?;
            }
        }
        EntityKind::Client => {
            if let Some(client) = entity.downcast_ref::<Client>() {
                let old = before.and_then(|before| before.downcast_ref::<Client>());
                let id = client.id.into();
                numbers(context, kind, id, &client_numbers(client), old.map(client_numbers).as_ref()).await?;
                let addresses = |client: &Client| -> Vec<_> {
                    client.fields.contact_persons.iter().filter_map(|person| person.email.clone()).collect()
                };
                mail_addresses(context, kind, id, &addresses(client), old.map(addresses).as_ref()).await?;
            }
        }
        EntityKind::Courier => {
            if let Some(courier) = entity.downcast_ref::<Courier>() {
                let old = before.and_then(|before| before.downcast_ref::<Courier>());
                let phones = |courier: &Courier| courier.fields.phone.clone().into_iter().collect::<Vec<_>>();
                numbers(context, kind, courier.id.into(), &phones(courier), old.map(phones).as_ref()).await?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// The search words of a request, when its question is looked at again, and the claims on one that needs no work any more.
async fn requested(context: &mut Context<'_>, request: &Request, before: Option<&Request>) -> Result<(), Failure> {
    if before.is_none_or(|before| search::differs(before, request)) {
        let words = search::words(context.read(), request).await?;
        search::index(context.write(), request.number.order(), words);
    }
    let until = |request: &Request| request.waiting.as_ref().and_then(|question| question.until);
    if before.and_then(until) != until(request) {
        context.set_timer(TimerKind::Resume, request.id.into(), until(request)).await?;
    }
    if before.is_some_and(Request::is_open) && !request.is_open() {
        ending::release_claims(context, request.id.into()).await?;
    }
    Ok(())
}

/// The requests of a person who is called otherwise now are found under the new name and numbers, and no longer under the old.
async fn renamed(context: &mut Context<'_>, person: &Beneficiary) -> Result<(), Failure> {
    let id = person.id.to_string();
    for request in document::select::<Request>(context.read(), "requester_id = $1", &[(&id).into()]).await? {
        let words = search::words(context.read(), &request).await?;
        search::index(context.write(), request.number.order(), words);
    }
    Ok(())
}

fn client_numbers(client: &Client) -> Vec<PhoneNumber> {
    let direct = client.fields.contact_persons.iter().filter_map(|person| person.phone.clone());
    client.fields.switchboards.iter().cloned().chain(direct).collect()
}

/// Keeps the telephone book.
async fn numbers(
    context: &mut Context<'_>,
    kind: EntityKind,
    id: Uuid,
    phones: &Vec<PhoneNumber>,
    old: Option<&Vec<PhoneNumber>>,
) -> Result<(), Failure> {
    if old == Some(phones) || (old.is_none() && phones.is_empty()) {
        return Ok(());
    }
    let id = id.to_string();
    if old.is_some() {
        context.write().execute("DELETE FROM phone_book WHERE entity_id = $1", &[(&id).into()]).await?;
    }
    for phone in phones {
        let sql = "INSERT INTO phone_book (number, entity, entity_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        context.write().execute(sql, &[phone.as_str().into(), kind.name().into(), (&id).into()]).await?;
    }
    Ok(())
}

/// Keeps the book of mail addresses.
async fn mail_addresses(
    context: &mut Context<'_>,
    kind: EntityKind,
    id: Uuid,
    addresses: &Vec<EmailAddress>,
    old: Option<&Vec<EmailAddress>>,
) -> Result<(), Failure> {
    if old == Some(addresses) || (old.is_none() && addresses.is_empty()) {
        return Ok(());
    }
    let id = id.to_string();
    if old.is_some() {
        context.write().execute("DELETE FROM mail_book WHERE entity_id = $1", &[(&id).into()]).await?;
    }
    for address in addresses {
        let address = address.folded();
        let sql = "INSERT INTO mail_book (address, entity, entity_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        context.write().execute(sql, &[(&address).into(), kind.name().into(), (&id).into()]).await?;
    }
    Ok(())
}

/// The lines of a posting, for balances. A posting is never edited, so they are written once.
async fn lines(context: &mut Context<'_>, posting: &Posting) -> Result<(), Failure> {
    let id = posting.id.to_string();
    let accounts: Vec<String> = posting.fields.lines.iter().map(|line| line.account.to_string()).collect();
    let rows: Vec<Vec<Arg<'_>>> = posting
        .fields
        .lines
        .iter()
        .zip(&accounts)
        .zip(0_i64..)
        .map(|((line, account), place)| {
            vec![(&id).into(), Arg::Int(place), account.into(), Arg::Int(line.amount.get())]
        })
        .collect();
    let head = "INSERT INTO posting_line (posting_id, position, account, amount_cents)";
    many::insert(context.write(), head, &rows).await?;
    Ok(())
}
