//! What a pending command of the desk will make of a row: sessions, lockers, things, the tab.

use super::{Stamp, edited_row};
use crate::{
    domain::{
        booking::Booking,
        ids::{BookingId, ItemId, LockerId, PermanenceId, PostingId},
        item::{Item, Report},
        locker::Locker,
        permanence::Permanence,
        posting::Posting,
    },
    wire::catalogue::Command,
};

/// What becomes of a desk session; what the cash box should hold is the office's to say.
pub fn permanence(
    command: &Command,
    stamp: &Stamp<'_>,
    id: PermanenceId,
    now: Option<&Permanence>,
) -> Option<Permanence> {
    if command.subject() != Some(id.into()) {
        return None;
    }
    let Some(now) = now else {
        let Command::PlanPermanence { body, .. } = command else { return None };
        let site = stamp.replica.site(body.site_id)?;
        return Some(Permanence::create(id, body.clone(), site.fields.zone.clone(), site.fields.client_id));
    };
    let mut after = now.clone();
    match command {
        Command::OpenPermanence { body, .. } => after.open(body.occurred_at).ok()?,
        Command::ClosePermanence { body, .. } => {
            // What is left over is counted by the office; who closed here was asked for each.
            after.close(&[], body.explanations.clone(), None, body.occurred_at).ok()?;
        }
        Command::CancelPermanence { body, .. } => after.cancel(body.reason.clone()).ok()?,
        _ => after = edited_row(command, now)?,
    }
    Some(after)
}

/// What becomes of a locker. What lies in it follows from its booking, which the screen asks first.
pub fn locker(command: &Command, _stamp: &Stamp<'_>, id: LockerId, now: Option<&Locker>) -> Option<Locker> {
    let mut after = now?.clone();
    match command {
        Command::ReserveBooking { id: booking, body } if body.locker_id == id => after.reserve(*booking).ok()?,
        _ if command.subject() != Some(id.into()) => return None,
        Command::BreakLocker { body, .. } => after.break_down(body.reason.clone()).ok()?,
        _ => after = edited_row(command, now?)?,
    }
    Some(after)
}

/// What becomes of a booking.
pub fn booking(command: &Command, stamp: &Stamp<'_>, id: BookingId, now: Option<&Booking>) -> Option<Booking> {
    if command.subject() != Some(id.into()) {
        return None;
    }
    let Some(now) = now else {
        let Command::ReserveBooking { body, .. } = command else { return None };
        return Booking::create(id, body.clone(), stamp.at, stamp.by).ok();
    };
    Some(match command {
        Command::FillBooking { body, .. } => now.filled(body.occurred_at).0,
        Command::EmptyBooking { body, .. } => now.emptied(body.occurred_at).0,
        Command::CancelBooking { body, .. } => {
            let mut after = now.clone();
            after.cancel(body.reason.clone()).ok()?;
            after
        }
        _ => edited_row(command, now)?,
    })
}

/// What becomes of a thing.
pub fn item(command: &Command, stamp: &Stamp<'_>, id: ItemId, now: Option<&Item>) -> Option<Item> {
    if command.subject() != Some(id.into()) {
        return None;
    }
    let Some(now) = now else {
        let Command::CreateItem { body, .. } = command else { return None };
        return Item::create(id, body.clone(), stamp.at, stamp.by).ok();
    };
    let report = |occurred_at| Report { occurred_at, at: stamp.at, by: stamp.by };
    Some(match command {
        Command::TakeInItem { body, .. } => now.take_in(body.holder.clone(), report(body.occurred_at)).0,
        Command::PassOnItem { body, .. } => now.pass_on(&body.from, body.to.clone(), report(body.occurred_at)).0,
        Command::HandBackItem { body, .. } => now.hand_back(&body.from, body.to, report(body.occurred_at)).0,
        Command::LoseItem { body, .. } => {
            let mut after = now.clone();
            after.lose(body.reason.clone(), report(body.occurred_at)).ok()?;
            after
        }
        _ => edited_row(command, now)?,
    })
}

/// The posting that a command makes; one that is there never changes.
pub fn posting(command: &Command, stamp: &Stamp<'_>, id: PostingId, now: Option<&Posting>) -> Option<Posting> {
    if now.is_some() {
        return None;
    }
    match command {
        Command::PostPosting { id: new, body } if *new == id => {
            Posting::create(id, body.clone(), stamp.at, stamp.by).ok()
        }
        Command::ReversePosting { id: reversed, body } if body.id == id => {
            let reversed = stamp.replica.posting(*reversed)?;
            reversed.reversal(id, Some(body.reason.clone()), stamp.at, stamp.by).ok()
        }
        _ => None,
    }
}
