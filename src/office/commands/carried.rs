//! What a leg carries, as it goes from hand to hand: to the courier when it sets out, to the holder of its place when it arrives. Facts, so
//! that nothing here is refused: what contradicts the record opens an exception.

use super::{context::Context, exception::contradict};
use crate::{
    domain::{
        access::Actor,
        booking::{Booking, BookingState},
        ids::{BeneficiaryId, LockerId},
        item::{Holder, Item, Report},
        leg::{Leg, Place, custody},
        request::{Request, Requester},
        round::Round,
        time::Instant,
    },
    office::{failure::Failure, storage::document},
    wire::{bodies::Fact, catalogue::Command},
};

/// The courier has the things of a leg. Of a leg in no round nobody knows whose hands those are: its things stay where they are said to be.
pub async fn taken(context: &mut Context<'_>, leg: &Leg, occurred_at: Instant) -> Result<(), Failure> {
    let Some(courier) = courier(context, leg).await? else { return Ok(()) };
    let mut from = vec![holder(context, leg, &leg.fields.from).await?];
    // What failed on its way may be with who drove it still.
    if let Some(before) = leg.replaces
        && let Some(before) = context.find::<Leg>(before).await?
    {
        from.extend(self::courier(context, &before).await?);
    }
    pass(context, leg, &from, &courier, occurred_at).await?;
    match leg.fields.from {
        Place::Locker { locker_id } => emptied(context, leg, locker_id, occurred_at).await,
        _ => Ok(()),
    }
}

/// The things of a leg are where they were to be brought.
pub async fn left(context: &mut Context<'_>, leg: &Leg, occurred_at: Instant) -> Result<(), Failure> {
    let to = holder(context, leg, &leg.fields.to).await?;
    let mut from: Vec<Holder> = courier(context, leg).await?.into_iter().collect();
    from.push(holder(context, leg, &leg.fields.from).await?);
    pass(context, leg, &from, &to, occurred_at).await?;
    match leg.fields.to {
        Place::Locker { locker_id } => filled(context, leg, locker_id, occurred_at).await,
        _ => Ok(()),
    }
}

/// Who drives a leg.
async fn courier(context: &mut Context<'_>, leg: &Leg) -> Result<Option<Holder>, Failure> {
    let Some(round) = leg.round_id else { return Ok(None) };
    let round: Option<Round> = context.find(round).await?;
    Ok(round.map(|round| Holder::Courier { courier_id: round.fields.courier_id }))
}

async fn holder(context: &mut Context<'_>, leg: &Leg, place: &Place) -> Result<Holder, Failure> {
    let owner: Option<BeneficiaryId> = match context.find::<Request>(leg.fields.request_id).await? {
        Some(Request { fields, .. }) => match fields.requester {
            Some(Requester::Person { id }) => Some(id),
            _ => None,
        },
        None => None,
    };
    Ok(custody::holder(place, owner))
}

/// Passes the things of a leg on: those that it names, else those of its request that are with one of these.
async fn pass(
    context: &mut Context<'_>,
    leg: &Leg,
    from: &[Holder],
    to: &Holder,
    occurred_at: Instant,
) -> Result<(), Failure> {
    let mut items: Vec<Item> = Vec::new();
    if leg.fields.item_ids.is_empty() {
        let id = leg.fields.request_id.to_string();
        let sql = "request_id = $1 AND state = 'in_custody'";
        items = document::select(context.read(), sql, &[(&id).into()]).await?;
        items.retain(|item| from.iter().any(|from| from.is_same(&item.fields.holder)));
    } else {
        for id in &leg.fields.item_ids {
            items.extend(context.find::<Item>(*id).await?);
        }
    }
    let from: Vec<&Holder> = from.iter().collect();
    let report = Report { occurred_at, at: context.now, by: context.actor.operator() };
    for before in items {
        if let Some((after, contradiction)) = custody::moved(&before, &from, to, report) {
            context.save(&before, after, None).await?;
            contradict(context, contradiction).await?;
        }
    }
    Ok(())
}

/// The live booking through which the things of a leg go.
async fn booking(context: &mut Context<'_>, leg: &Leg, locker: LockerId) -> Result<Option<Booking>, Failure> {
    let (request, locker) = (leg.fields.request_id.to_string(), locker.to_string());
    let sql = "request_id = $1 AND locker_id = $2 AND state IN ('reserved', 'filled', 'overdue')";
    let bookings = document::select::<Booking>(context.read(), sql, &[(&request).into(), (&locker).into()]).await?;
    Ok(bookings.into_iter().next())
}

async fn filled(context: &mut Context<'_>, leg: &Leg, locker: LockerId, occurred_at: Instant) -> Result<(), Failure> {
    match booking(context, leg, locker).await? {
        Some(booking) if booking.state == BookingState::Reserved => {
            let fill = Command::FillBooking { id: booking.id, body: Fact { occurred_at } };
            context.act_as(Actor::system(), &fill).await
        }
        _ => Ok(()),
    }
}

async fn emptied(context: &mut Context<'_>, leg: &Leg, locker: LockerId, occurred_at: Instant) -> Result<(), Failure> {
    match booking(context, leg, locker).await? {
        Some(booking) if booking.state != BookingState::Reserved => {
            let empty = Command::EmptyBooking { id: booking.id, body: Fact { occurred_at } };
            context.act_as(Actor::system(), &empty).await
        }
        _ => Ok(()),
    }
}
