//! Commands on lockers and their bookings: the door's state follows from the live booking, and that from what was done.

use super::{
    context::{Context, seen},
    exception::{contradict, has_happened},
};
use crate::{
    domain::{
        beneficiary::Beneficiary,
        booking::{BOOKING, Booking, BookingFields, BookingState},
        entity::{Edit, EntityKind},
        exception::Contradiction,
        ids::{BookingId, LockerId},
        locker::{Locker, LockerFields},
        machine::State as _,
        refusal::Refusal,
        request::Request,
        site::Site,
        time::Instant,
    },
    office::{failure::Failure, timers::TimerKind},
    wire::bodies::{Because, Fact, StepBecause},
};

/// `PUT /v1/lockers/{id}`
pub async fn create(context: &mut Context<'_>, id: LockerId, fields: &LockerFields) -> Result<(), Failure> {
    context.must_be_new::<Locker>(id).await?;
    context.named::<Site>(fields.site_id, "site_id").await?;
    let locker = Locker::create(id, fields.clone());
    unique_name(context, &locker).await?;
    context.insert(&locker, None).await
}

/// A name belongs to one locker of a site; the schema holds it, this says it in words.
async fn unique_name(context: &mut Context<'_>, locker: &Locker) -> Result<(), Failure> {
    let (id, site, name) = (locker.id.to_string(), locker.fields.site_id.to_string(), locker.fields.name.as_str());
    let sql = "SELECT id FROM locker WHERE site_id = $1 AND name = $2 AND id <> $3";
    if context.read().row(sql, &[(&site).into(), name.into(), (&id).into()]).await?.is_some() {
        let why = format!("this site has a locker {name} already");
        return Err(Refusal::FieldInvalid { field: "name".into(), why }.into());
    }
    Ok(())
}

/// `PATCH /v1/lockers/{id}`
pub async fn edit(context: &mut Context<'_>, id: LockerId, edit: &Edit) -> Result<(), Failure> {
    let (before, after) = context.edit::<Locker>(id, edit).await?;
    unique_name(context, &after).await?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/lockers/{id}/archive`
pub async fn archive(context: &mut Context<'_>, id: LockerId) -> Result<(), Failure> {
    let before: Locker = context.get(id).await?;
    let mut after = before.clone();
    after.archive()?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/lockers/{id}/break`
pub async fn break_down(context: &mut Context<'_>, id: LockerId, body: &Because) -> Result<(), Failure> {
    let before: Locker = context.get(id).await?;
    let mut after = before.clone();
    after.break_down(body.reason.clone())?;
    context.save(&before, after, Some(body.reason.clone())).await?;
    Ok(())
}

/// `POST /v1/lockers/{id}/repair`
pub async fn repair(context: &mut Context<'_>, id: LockerId) -> Result<(), Failure> {
    let before: Locker = context.get(id).await?;
    let live: Option<Booking> = match before.booking_id {
        Some(booking) => context.find(booking).await?,
        None => None,
    };
    let mut after = before.clone();
    after.repair(live.as_ref())?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `PUT /v1/bookings/{id}`
pub async fn reserve(context: &mut Context<'_>, id: BookingId, fields: &BookingFields) -> Result<(), Failure> {
    context.must_be_new::<Booking>(id).await?;
    let before: Locker = context.named(fields.locker_id, "locker_id").await?;
    if before.fields.site_id != fields.site_id {
        let why = "the locker stands on another site".into();
        return Err(Refusal::FieldInvalid { field: "site_id".into(), why }.into());
    }
    check_references(context, fields).await?;
    let booking = Booking::create(id, fields.clone(), context.now, context.actor.operator())?;
    let mut after = before.clone();
    after.reserve(id)?;
    context.insert(&booking, None).await?;
    context.save(&before, after, None).await?;
    Ok(())
}

async fn check_references(context: &mut Context<'_>, fields: &BookingFields) -> Result<(), Failure> {
    if let Some(request) = fields.request_id {
        context.named::<Request>(request, "request_id").await?;
    }
    if let Some(person) = fields.beneficiary_id {
        context.named::<Beneficiary>(person, "beneficiary_id").await?;
    }
    Ok(())
}

/// `PATCH /v1/bookings/{id}`: while it keeps the locker.
pub async fn edit_booking(context: &mut Context<'_>, id: BookingId, edit: &Edit) -> Result<(), Failure> {
    let (before, after) = context.edit::<Booking>(id, edit).await?;
    if !before.is_live() {
        return Err(ended(&before, "edit").into());
    }
    check_references(context, &after.fields).await?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// The refusal of what only a booking that keeps its locker allows.
pub(super) fn ended(booking: &Booking, asked: &'static str) -> Refusal {
    let legal = BOOKING.legal(booking.state);
    Refusal::IllegalMove { entity: EntityKind::Booking, from: booking.state.name(), asked, legal }
}

/// `POST /v1/bookings/{id}/fill`
pub async fn fill(context: &mut Context<'_>, id: BookingId, body: &Fact) -> Result<(), Failure> {
    let before: Booking = context.get(id).await?;
    has_happened("occurred_at", body.occurred_at, context.now)?;
    let (after, contradiction) = before.filled(body.occurred_at);
    store(context, &before, after, body.occurred_at, contradiction).await
}

/// `POST /v1/bookings/{id}/empty`
pub async fn empty(context: &mut Context<'_>, id: BookingId, body: &Fact) -> Result<(), Failure> {
    let before: Booking = context.get(id).await?;
    has_happened("occurred_at", body.occurred_at, context.now)?;
    let (after, contradiction) = before.emptied(body.occurred_at);
    store(context, &before, after, body.occurred_at, contradiction).await
}

/// Stores a booking to which something happened, its locker as it follows from that, and the exceptions that both may open.
async fn store(
    context: &mut Context<'_>,
    before: &Booking,
    after: Booking,
    occurred_at: Instant,
    contradiction: Option<Contradiction>,
) -> Result<(), Failure> {
    let after = context.save(before, after, None).await?;
    let of_locker = follow(context, &after, occurred_at).await?;
    contradict(context, contradiction).await?;
    contradict(context, of_locker).await
}

/// The locker after its booking.
async fn follow(
    context: &mut Context<'_>,
    booking: &Booking,
    occurred_at: Instant,
) -> Result<Option<Contradiction>, Failure> {
    let Some(before) = context.find::<Locker>(booking.fields.locker_id).await? else { return Ok(None) };
    let (after, contradiction) = before.following(booking, occurred_at);
    context.save(&before, after, None).await?;
    Ok(contradiction)
}

/// A filled booking's time is over; one that was prolonged is looked at again.
pub async fn overdue(context: &mut Context<'_>, id: BookingId) -> Result<(), Failure> {
    let filled = |booking: &Booking| booking.state == BookingState::Filled;
    let Some(before) = context.find::<Booking>(id).await?.filter(filled) else { return Ok(()) };
    let until = before.fields.until;
    if context.now < until {
        return context.set_timer(TimerKind::OverdueBooking, id.into(), Some(until)).await;
    }
    let mut after = before.clone();
    after.overdue(context.now)?;
    store(context, &before, after, context.now, None).await
}

/// `POST /v1/bookings/{id}/cancel`
pub async fn cancel(context: &mut Context<'_>, id: BookingId, body: &StepBecause<BookingState>) -> Result<(), Failure> {
    let before: Booking = context.get(id).await?;
    seen(EntityKind::Booking, body.seen, before.state)?;
    let mut after = before.clone();
    after.cancel(body.reason.clone())?;
    let after = context.save(&before, after, Some(body.reason.clone())).await?;
    let contradiction = follow(context, &after, context.now).await?;
    contradict(context, contradiction).await
}
