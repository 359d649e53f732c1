//! Commands on contacts: what came in, whose it is, and how it was dealt with.

use super::{
    call,
    context::{Context, seen},
};
use crate::{
    domain::{
        beneficiary::Beneficiary,
        booking::Booking,
        call::Call,
        client::Client,
        contact::{CameIn, Contact, ContactState, LockerDrop, Message, Origin, Party, WalkIn},
        courier::Courier,
        entity::{Edit, Entity, EntityKind},
        ids::ContactId,
        locker::Locker,
        operator::Operator,
        permanence::Permanence,
        phone::Caller,
        provider::Provider,
    },
    office::failure::Failure,
    wire::bodies::{AttachParty, Because, Keep, Step, WrapUp},
};

/// `PUT /v1/contacts/walk-ins/{id}`
pub async fn record_walk_in(context: &mut Context<'_>, id: ContactId, body: &CameIn<WalkIn>) -> Result<(), Failure> {
    if let Some(permanence) = body.what.permanence_id {
        context.named::<Permanence>(permanence, "what.permanence_id").await?;
    }
    let contact = came_in(context, id, body.clone(), Origin::WalkIn).await?;
    context.insert(&contact, None).await
}

/// `PUT /v1/contacts/locker-drops/{id}`
pub async fn record_locker_drop(
    context: &mut Context<'_>,
    id: ContactId,
    body: &CameIn<LockerDrop>,
) -> Result<(), Failure> {
    let locker: Locker = context.named(body.what.locker_id, "what.locker_id").await?;
    if let Some(booking) = body.what.booking_id {
        context.named::<Booking>(booking, "what.booking_id").await?;
    }
    let mut contact = came_in(context, id, body.clone(), Origin::LockerDrop).await?;
    contact.site_id = contact.site_id.or(Some(locker.fields.site_id));
    context.insert(&contact, None).await
}

/// A contact as somebody hands it in, with what it names.
pub(super) async fn came_in<T>(
    context: &mut Context<'_>,
    id: ContactId,
    body: CameIn<T>,
    origin: fn(T) -> Origin,
) -> Result<Contact, Failure> {
    context.must_be_new::<Contact>(id).await?;
    if let Some(site) = body.site_id {
        context.named::<crate::domain::site::Site>(site, "site_id").await?;
    }
    check_party(context, &body.party).await?;
    let contact = Contact::create(id, origin(body.what), body.occurred_at, body.site_id, body.party);
    contact.check()?;
    Ok(contact)
}

/// Checks that a party exists.
async fn check_party(context: &mut Context<'_>, party: &Party) -> Result<(), Failure> {
    match party {
        Party::Unknown => {}
        Party::Person { id } => drop(context.named::<Beneficiary>(*id, "party.id").await?),
        Party::Maybe { ids } => {
            for id in ids {
                context.named::<Beneficiary>(*id, "party.ids").await?;
            }
        }
        Party::Provider { id } => drop(context.named::<Provider>(*id, "party.id").await?),
        Party::ContactPerson { client_id, .. } | Party::Switchboard { client_id } => {
            drop(context.named::<Client>(*client_id, "party.client_id").await?);
        }
        Party::Courier { id } => drop(context.named::<Courier>(*id, "party.id").await?),
        Party::Colleague { id } => drop(context.named::<Operator>(*id, "party.id").await?),
    }
    Ok(())
}

/// `PATCH /v1/contacts/{id}`
pub async fn edit(context: &mut Context<'_>, id: ContactId, edit: &Edit) -> Result<(), Failure> {
    let (before, after) = context.edit::<Contact>(id, edit).await?;
    if let Some(site) = after.site_id {
        context.named::<crate::domain::site::Site>(site, "site_id").await?;
    }
    check_party(context, &after.party).await?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/contacts/{id}/attach`: whose it is; from now on, if the number or address is to be kept.
pub async fn attach(context: &mut Context<'_>, id: ContactId, body: &AttachParty) -> Result<(), Failure> {
    let before: Contact = context.get(id).await?;
    check_party(context, &body.party).await?;
    let mut after = before.clone();
    after.party = body.party.clone();
    after.check()?;
    if body.keep == Keep::FromNowOn
        && let Party::Person { id } = &body.party
    {
        let person: Beneficiary = context.named(*id, "party.id").await?;
        let mut known = person.clone();
        match &after.origin {
            Origin::Call(Call { from: Caller::Number(number), .. }) if !known.fields.phones.contains(number) => {
                known.fields.phones.push(number.clone());
            }
            Origin::Message(Message { from: Some(address), .. }) if !known.fields.emails.contains(address) => {
                known.fields.emails.push(address.clone());
            }
            _ => {}
        }
        known.check()?;
        context.save(&person, known, None).await?;
    }
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/contacts/{id}/wrap-up`
pub async fn wrap_up(context: &mut Context<'_>, id: ContactId, body: &WrapUp) -> Result<(), Failure> {
    go(context, id, "wrap_up", ContactState::WrappedUp, Some(&body.outcome)).await
}

/// `POST /v1/contacts/{id}/call-back`
pub async fn call_back(context: &mut Context<'_>, id: ContactId, body: &WrapUp) -> Result<(), Failure> {
    go(context, id, "call_back", ContactState::CalledBack, Some(&body.outcome)).await
}

/// `POST /v1/contacts/{id}/drop`
pub async fn drop_it(context: &mut Context<'_>, id: ContactId, body: &Because) -> Result<(), Failure> {
    go(context, id, "drop", ContactState::Dropped, Some(&body.reason)).await
}

/// `POST /v1/contacts/{id}/reopen`
pub async fn reopen(context: &mut Context<'_>, id: ContactId, body: &Step<ContactState>) -> Result<(), Failure> {
    let contact: Contact = context.get(id).await?;
    seen(EntityKind::Contact, body.seen, contact.state)?;
    go(context, id, "reopen", ContactState::Open, None).await
}

async fn go(
    context: &mut Context<'_>,
    id: ContactId,
    name: &'static str,
    to: ContactState,
    outcome: Option<&crate::domain::texts::ShortText>,
) -> Result<(), Failure> {
    let before: Contact = context.get(id).await?;
    let mut after = before.clone();
    after.go(name, to, outcome.cloned(), context.now)?;
    // Whoever called three times is called back once.
    let same = match to {
        ContactState::CalledBack | ContactState::Dropped => call::missed_likewise(context, &before).await?,
        _ => Vec::new(),
    };
    context.save(&before, after, outcome.cloned()).await?;
    for before in same {
        let mut after = before.clone();
        after.go(name, to, outcome.cloned(), context.now)?;
        context.save(&before, after, outcome.cloned()).await?;
    }
    Ok(())
}
