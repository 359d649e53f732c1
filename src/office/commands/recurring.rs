//! Commands on recurring orders, and the making of their dates: each once, whoever comes by.

use super::{
    context::{Context, seen},
    limits, request,
};
use crate::{
    domain::{
        beneficiary::Beneficiary,
        client::Client,
        contact::Contact,
        entity::{Edit, EntityKind},
        ids::{ClientId, ContactId, RecurringOrderId},
        machine::State as _,
        recurring::{DateOf, Pause, RECURRING_ORDER, RecurringOrder, RecurringOrderFields, RecurringState, Stopped},
        refusal::Refusal,
        request::{Request, RequestState, Requester},
        service::Service,
        site::Site,
        texts::ShortText,
        time::{Zone, parse_date},
    },
    office::{
        failure::Failure,
        storage::{StorageError, document},
        timers::TimerKind,
    },
    wire::{
        bodies::StepBecause,
        recurring_bodies::{AlreadyMade, EndRecurring, OpenDate, PauseRecurring, ResumeRecurring},
    },
};
use jiff::{ToSpan, civil::Date};
use std::collections::BTreeSet;

/// `PUT /v1/recurring-orders/{id}`: its first dates are made at once, so that undoing it takes them back as well.
pub async fn create(
    context: &mut Context<'_>,
    id: RecurringOrderId,
    fields: &RecurringOrderFields,
) -> Result<(), Failure> {
    context.must_be_new::<RecurringOrder>(id).await?;
    let mut order = RecurringOrder::create(id, fields.clone(), context.now, context.actor.operator())?;
    let zone = resolve(context, &mut order).await?;
    has_a_date(context, &order, &zone).await?;
    let due = due(context, &mut order, &zone).await?;
    order.made = count(due.len());
    context.insert(&order, None).await?;
    make(context, &order, &due, order.fields.contact_id).await?;
    look_again(context, &order, &zone).await
}

/// `PATCH /v1/recurring-orders/{id}`: what is made already stays as it is.
pub async fn edit(context: &mut Context<'_>, id: RecurringOrderId, edit: &Edit) -> Result<(), Failure> {
    let (before, mut after) = context.edit::<RecurringOrder>(id, edit).await?;
    if after.state == RecurringState::Ended {
        return Err(Refusal::IllegalMove {
            entity: EntityKind::RecurringOrder,
            from: after.state.name(),
            asked: "edit",
            legal: RECURRING_ORDER.legal(after.state),
        }
        .into());
    }
    let zone = resolve(context, &mut after).await?;
    if before.fields.recurrence != after.fields.recurrence {
        has_a_date(context, &after, &zone).await?;
    }
    settle(context, &before, after, &zone, None).await
}

/// `POST /v1/recurring-orders/{id}/pause`
pub async fn pause(context: &mut Context<'_>, id: RecurringOrderId, body: &PauseRecurring) -> Result<(), Failure> {
    let before: RecurringOrder = context.get(id).await?;
    seen(EntityKind::RecurringOrder, body.seen, before.state)?;
    let zone = zone(context, &before).await?;
    let today = context.now.civil(&zone).date();
    let mut after = before.clone();
    let pause = Pause { from: body.from, to: body.to };
    after.pause(pause, today)?;
    let call_off = match (body.made, &body.reason) {
        (AlreadyMade::Keep, _) => None,
        (AlreadyMade::CallOff, Some(reason)) => Some(reason),
        (AlreadyMade::CallOff, None) => return Err(Refusal::ReasonMissing { asked: "pause" }.into()),
    };
    already_made(context, id, call_off, |date| date >= today && pause.holds(date)).await?;
    settle(context, &before, after, &zone, body.reason.clone()).await
}

/// `POST /v1/recurring-orders/{id}/resume`: the dates that come into reach are made at once.
pub async fn resume(context: &mut Context<'_>, id: RecurringOrderId, body: &ResumeRecurring) -> Result<(), Failure> {
    let before: RecurringOrder = context.get(id).await?;
    seen(EntityKind::RecurringOrder, body.seen, before.state)?;
    let zone = zone(context, &before).await?;
    let today = context.now.civil(&zone).date();
    let mut after = before.clone();
    after.resume(body.from.unwrap_or(today).max(today))?;
    settle(context, &before, after, &zone, None).await
}

/// `POST /v1/recurring-orders/{id}/end`
pub async fn end(context: &mut Context<'_>, id: RecurringOrderId, body: &EndRecurring) -> Result<(), Failure> {
    let before: RecurringOrder = context.get(id).await?;
    seen(EntityKind::RecurringOrder, body.seen, before.state)?;
    let zone = zone(context, &before).await?;
    let today = context.now.civil(&zone).date();
    let mut after = before.clone();
    after.go("end", Some(&body.reason), context.now)?;
    let call_off = (body.made == AlreadyMade::CallOff).then_some(&body.reason);
    already_made(context, id, call_off, |date| date >= today).await?;
    settle(context, &before, after, &zone, Some(body.reason.clone())).await
}

/// A look at an order, at each midnight of its site and after each change that came by another way: an undo, say.
pub async fn look(context: &mut Context<'_>, id: RecurringOrderId) -> Result<(), Failure> {
    let Some(before) = context.find::<RecurringOrder>(id).await? else { return Ok(()) };
    let zone = zone(context, &before).await?;
    settle(context, &before, before.clone(), &zone, None).await
}

/// Stores an order and makes what is due of it; one whose last date has passed ends.
async fn settle(
    context: &mut Context<'_>,
    before: &RecurringOrder,
    mut after: RecurringOrder,
    zone: &Zone,
    reason: Option<ShortText>,
) -> Result<(), Failure> {
    let due = due(context, &mut after, zone).await?;
    after.made = after.made.saturating_add(count(due.len()));
    let today = context.now.civil(zone).date();
    if after.state == RecurringState::Active && due.is_empty() {
        let last = made(context, after.id).await?.last().copied();
        if after.is_over(today, last) {
            after.go("finish", None, context.now)?;
        }
    }
    let order = context.save(before, after, reason).await?;
    make(context, &order, &due, None).await?;
    look_again(context, &order, zone).await
}

/// When it is looked at next: as the day of its site begins. So it follows holidays, opening hours and the policy by itself.
async fn look_again(context: &mut Context<'_>, order: &RecurringOrder, zone: &Zone) -> Result<(), Failure> {
    let tomorrow = context.now.civil(zone).date().saturating_add(1.day());
    let at = (order.state == RecurringState::Active).then(|| zone.first_instant(tomorrow.at(0, 0, 0, 0)));
    context.set_timer(TimerKind::MakeRecurring, order.id.into(), at).await
}

/// The dates that are to be made now; none of an order that lacks what it needs. The order is told how many were made so far.
async fn due(context: &mut Context<'_>, order: &mut RecurringOrder, zone: &Zone) -> Result<Vec<Date>, Failure> {
    let made = made(context, order.id).await?;
    order.made = count(made.len());
    if order.state == RecurringState::Ended || stopped(context, order).await?.is_some() {
        return Ok(Vec::new());
    }
    let calendar = limits::calendar(context, Some(order.fields.site_id)).await?;
    let ahead_days = context.policy.fields.recurring_ahead_days;
    Ok(order.due(context.now, zone, ahead_days, &made, |date| calendar.is_working_day(date)))
}

/// Refuses a rhythm of which no day is left: nobody would notice that it makes nothing.
async fn has_a_date(context: &mut Context<'_>, order: &RecurringOrder, zone: &Zone) -> Result<(), Failure> {
    let calendar = limits::calendar(context, Some(order.fields.site_id)).await?;
    let made = made(context, order.id).await?;
    let is_working_day = |date| calendar.is_working_day(date);
    if order.coming(context.now, zone, &made, is_working_day).next().is_some() || order.made > 0 {
        return Ok(());
    }
    let why = "no day is left: they have passed, are left out, or nobody works then (`holidays: kept` keeps those)";
    Err(Refusal::FieldInvalid { field: "recurrence".into(), why: why.into() }.into())
}

/// The dates that were made, whatever became of their requests.
async fn made(context: &mut Context<'_>, id: RecurringOrderId) -> Result<BTreeSet<Date>, Failure> {
    let id = id.to_string();
    let sql = "SELECT recurring_date FROM request WHERE recurring_order_id = $1";
    let rows = context.read().rows(sql, &[(&id).into()]).await?;
    let date = |text: String| {
        parse_date(&text)
            .map_err(|error| StorageError::Unreadable { what: "recurring_date".into(), why: error.to_string() })
    };
    rows.iter().map(|row| Ok(date(row.text(0)?)?)).collect()
}

/// Makes the request of each date: triaged, by the house itself. `contact` is where the first ones came from.
async fn make(
    context: &mut Context<'_>,
    order: &RecurringOrder,
    dates: &[Date],
    contact: Option<ContactId>,
) -> Result<(), Failure> {
    if dates.is_empty() {
        return Ok(());
    }
    let service: Service = context.named(order.fields.service_id, "service_id").await?;
    let price = service.fields.price.told(order.fields.quantity);
    for date in dates {
        let invalid = |error: crate::domain::time::TimeError| Refusal::FieldInvalid {
            field: "time".into(),
            why: error.to_string(),
        };
        let mut fields = order.request(*date, price).map_err(invalid)?;
        fields.contact_id = contact;
        request::enter_date(context, fields, DateOf { order_id: order.id, date: *date }).await?;
    }
    Ok(())
}

/// Calls off, if that is asked for, what is made of some dates and not given yet; tells what is open of them after that.
async fn already_made(
    context: &mut Context<'_>,
    id: RecurringOrderId,
    call_off: Option<&ShortText>,
    concerns: impl Fn(Date) -> bool,
) -> Result<(), Failure> {
    let text = id.to_string();
    let requests = document::select::<Request>(context.read(), "recurring_order_id = $1", &[(&text).into()]).await?;
    let mut open = Vec::new();
    for request in requests.into_iter().filter(Request::is_open) {
        let Some(DateOf { date, .. }) = request.recurring.filter(|of| concerns(of.date)) else { continue };
        let is_free = matches!(request.state, RequestState::New | RequestState::Triaged | RequestState::Waiting);
        match call_off {
            Some(reason) if is_free => {
                let body = StepBecause { seen: request.state, reason: reason.clone() };
                request::cancel(context, request.id, &body).await?;
            }
            _ => open.push(OpenDate { request_id: request.id, number: request.number, date, state: request.state }),
        }
    }
    context.aside = Some(serde_json::json!({ "open": open }));
    Ok(())
}

/// Why it makes nothing, if something that it needs is no longer in use.
async fn stopped(context: &mut Context<'_>, order: &RecurringOrder) -> Result<Option<Stopped>, Failure> {
    let fields = &order.fields;
    let requester = match &fields.requester {
        Requester::Person { id } => context.find::<Beneficiary>(*id).await?.map(|row| row.standing),
        Requester::Organisation { id, .. } => context.find::<Client>(*id).await?.map(|row| row.standing),
    };
    let service = context.find::<Service>(fields.service_id).await?.map(|row| row.standing);
    let site = context.find::<Site>(fields.site_id).await?.map(|row| row.standing);
    Ok(Stopped::of(requester, service, site))
}

/// Checks that what the fields name exists, and finds the client whose coordinator may see the order; tells the site's zone.
async fn resolve(context: &mut Context<'_>, order: &mut RecurringOrder) -> Result<Zone, Failure> {
    let fields = &order.fields;
    if let Some(contact) = fields.contact_id {
        context.named::<Contact>(contact, "contact_id").await?;
    }
    context.named::<Service>(fields.service_id, "service_id").await?;
    let site = context.named::<Site>(fields.site_id, "site_id").await?;
    let of_requester: Option<ClientId> = match &fields.requester {
        Requester::Person { id } => context.named::<Beneficiary>(*id, "requester.id").await?.fields.client_id,
        Requester::Organisation { id, .. } => Some(context.named::<Client>(*id, "requester.id").await?.id),
    };
    order.client_id = of_requester.or(site.fields.client_id);
    Ok(site.fields.zone)
}

async fn zone(context: &mut Context<'_>, order: &RecurringOrder) -> Result<Zone, Failure> {
    let site: Option<Site> = context.find(order.fields.site_id).await?;
    Ok(site.map_or_else(Zone::default, |site| site.fields.zone))
}

fn count(dates: usize) -> u16 {
    u16::try_from(dates).unwrap_or(u16::MAX)
}
