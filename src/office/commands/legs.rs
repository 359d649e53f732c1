//! The legs of a job: made when a provider takes it, drawn anew when its promise changes, called off or turned back when it is given back.

use super::{context::Context, round};
use crate::{
    domain::{
        access::Author,
        assignment::{Assignment, Doer},
        booking::{Booking, Purpose},
        entity::Entity,
        ids::{ItemId, LegId, LockerId, RequestId, RoundId},
        item::{Holder, Item},
        leg::{Leg, LegFields, LegState, Place, custody, template::Job},
        offer::{Offer, OfferState},
        policy::Policy,
        provider::Provider,
        request::{Request, RequestState},
        round::Round,
        service::Service,
        site::Site,
        texts::ShortText,
        time::{Instant, Window, Zone},
    },
    office::{
        failure::Failure,
        storage::{StorageError, document},
    },
    wire::{catalogue, fresh},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Why legs end that nobody need drive any more.
pub const NO_LONGER: &str = "la demande n’en a plus besoin";

/// Legs of a request that have not ended.
const LIVE: &str = "request_id = $1 AND state IN ('planned', 'confirmed', 'underway')";

/// What the legs of a request are drawn from.
struct Known {
    service: Service,
    provider: Provider,
    zone: Zone,
    policy: Arc<Policy>,
    desks: Vec<Window>,
    deposit: Option<LockerId>,
    pickup: Option<LockerId>,
    lies_at: Option<Place>,
    since: Option<Instant>,
    ready_at: Option<Instant>,
    items: Vec<ItemId>,
}

impl Known {
    /// None for a job without legs of its own: one that the house's own people do, or that is not given.
    async fn of(context: &mut Context<'_>, request: &Request) -> Result<Option<Self>, Failure> {
        let (Some(service), Some(site), Some(assignment)) =
            (request.fields.service_id, request.fields.site_id, request.assignment_id)
        else {
            return Ok(None);
        };
        let Some(Assignment { fields, .. }) = context.find::<Assignment>(assignment).await? else { return Ok(None) };
        let Doer::Provider { provider_id, member_id, offer_id } = fields.by else { return Ok(None) };
        let service: Option<Service> = context.find(service).await?;
        let provider: Option<Provider> = context.find(member_id.unwrap_or(provider_id)).await?;
        let (Some(service), Some(provider), Some(site)) = (service, provider, context.find::<Site>(site).await?) else {
            return Ok(None);
        };
        let offer: Option<Offer> = context.find(offer_id).await?;
        let fulfilled = offer.filter(|offer| offer.state == OfferState::Fulfilled);
        let id = request.id.to_string();
        let items =
            document::select::<Item>(context.read(), "request_id = $1 AND state = 'in_custody'", &[(&id).into()])
                .await?;
        let bookings = "request_id = $1 AND state IN ('reserved', 'filled', 'overdue')";
        let bookings = document::select::<Booking>(context.read(), bookings, &[(&id).into()]).await?;
        let through = |purpose: Purpose| {
            bookings.iter().find(|booking| booking.fields.purpose == purpose).map(|booking| booking.fields.locker_id)
        };
        let there = Place::Provider { provider_id: provider.id };
        let since = self::arrived(context, request.id, &there).await?;
        let lies_at = items.iter().find_map(|item| custody::place(&item.fields.holder));
        Ok(Some(Self {
            desks: desks(context, &site).await?,
            zone: site.fields.zone,
            policy: Arc::clone(&context.policy),
            deposit: through(Purpose::Deposit),
            pickup: through(Purpose::Pickup),
            lies_at: if since.is_some() { Some(there) } else { lies_at },
            since,
            ready_at: fulfilled.map(|offer| offer.ended_at.unwrap_or(context.now)),
            items: items.iter().map(|item| item.id).collect(),
            service,
            provider,
        }))
    }

    fn legs(&self, request: &Request, now: Instant) -> Vec<LegFields> {
        let job = Job {
            request: &request.fields,
            request_id: request.id,
            service: &self.service.fields,
            provider_id: self.provider.id,
            provider: &self.provider.fields,
            zone: &self.zone,
            policy: &self.policy.fields,
            desks: &self.desks,
            deposit: self.deposit,
            pickup: self.pickup,
            lies_at: self.lies_at.as_ref(),
            since: self.since,
            ready_at: self.ready_at,
            items: &self.items,
            now,
        };
        job.legs()
    }
}

/// The permanences to come on a site, in order.
async fn desks(context: &mut Context<'_>, site: &Site) -> Result<Vec<Window>, Failure> {
    let (id, now) = (site.id.to_string(), context.now);
    let sql = "SELECT doc ->> 'window' FROM permanence WHERE site_id = $1 AND state IN ('planned', 'open')";
    let unreadable =
        |error: serde_json::Error| StorageError::Unreadable { what: "permanence".into(), why: error.to_string() };
    let mut windows = Vec::new();
    for row in context.read().rows(sql, &[(&id).into()]).await? {
        windows.push(serde_json::from_str::<Window>(&row.text(0)?).map_err(unreadable)?);
    }
    windows.retain(|window| window.end(&site.fields.zone) > now);
    windows.sort_by_key(|window| (window.date(), window.from()));
    Ok(windows)
}

/// Since when the things of a request are at a place, as its legs tell; on the way there counts as there from now on.
async fn arrived(context: &mut Context<'_>, request: RequestId, there: &Place) -> Result<Option<Instant>, Failure> {
    let id = request.to_string();
    let legs =
        document::select::<Leg>(context.read(), "request_id = $1 AND state IN ('done', 'underway')", &[(&id).into()])
            .await?;
    let here = legs.iter().filter(|leg| leg.fields.to == *there);
    Ok(here.map(|leg| leg.ended_at.unwrap_or(context.now)).max())
}

/// Makes the legs of a job that was just given, each after the one before it: the house's own act, which is undone with the giving.
pub async fn make(context: &mut Context<'_>, request: &Request) -> Result<(), Failure> {
    let Some(known) = Known::of(context, request).await? else { return Ok(()) };
    let mut after = None;
    for fields in known.legs(request, context.now) {
        let leg = Leg::create(fresh(), LegFields { after, ..fields }, request.fields.site_id, context.now, None)?;
        by_the_house(context, &leg, "leg.plan").await?;
        after = Some(leg.id);
    }
    Ok(())
}

/// Stores a new row to the credit of the house itself, whoever's command it follows from.
pub(super) async fn by_the_house<E: Entity>(
    context: &mut Context<'_>,
    row: &E,
    verb: &'static str,
) -> Result<(), Failure> {
    let place = context.written.len();
    let own = std::mem::replace(&mut context.verb, verb);
    let stored = context.insert(row, None).await;
    context.verb = own;
    stored?;
    if let Some(written) = context.written.get_mut(place) {
        written.author = Some(Author::System);
    }
    Ok(())
}

/// The provider's part is done: what is fetched there waits for nothing any more, and may be fetched from now on.
pub async fn free(context: &mut Context<'_>, request: &Request) -> Result<(), Failure> {
    let id = request.id.to_string();
    for before in document::select::<Leg>(context.read(), LIVE, &[(&id).into()]).await? {
        let from_provider = matches!(before.fields.from, Place::Provider { .. });
        if let Some(first) = before.fields.after.filter(|_| from_provider)
            && context.find::<Leg>(first).await?.is_some_and(|first| first.state != LegState::Done)
        {
            let mut after = before.clone();
            after.fields.after = None;
            context.save(&before, after, None).await?;
        }
    }
    redraw(context, request).await
}

/// Draws the legs that have not set out anew: the promise changed, or the provider's part is done. What a person moved stays where they put it.
pub async fn redraw(context: &mut Context<'_>, request: &Request) -> Result<(), Failure> {
    if !matches!(request.state, RequestState::Assigned | RequestState::Underway) {
        return Ok(());
    }
    let Some(known) = Known::of(context, request).await? else { return Ok(()) };
    let drawn = known.legs(request, context.now);
    let id = request.id.to_string();
    let there = Place::Provider { provider_id: known.provider.id };
    for before in document::select::<Leg>(context.read(), LIVE, &[(&id).into()]).await? {
        let same_way = |fields: &&LegFields| (fields.to == there) == (before.fields.to == there);
        if let Some(fields) = drawn.iter().find(same_way) {
            let mut after = before.clone();
            after.redraw(fields, context.now);
            context.save(&before, after, None).await?;
        }
    }
    Ok(())
}

/// Calls off the legs of a request that goes no further with its provider: what has not set out is not driven, what is under way goes back to
/// where it came from.
pub async fn call_off(context: &mut Context<'_>, request: RequestId, reason: &ShortText) -> Result<(), Failure> {
    let id = request.to_string();
    let mut left: BTreeMap<RoundId, BTreeSet<LegId>> = BTreeMap::new();
    for before in document::select::<Leg>(context.read(), LIVE, &[(&id).into()]).await? {
        // Turned back already, it is on its way to where it came from.
        if before.state == LegState::Underway && is_turned_back(context, &before).await? {
            continue;
        }
        let mut after = before.clone();
        after.cancel(reason.clone(), context.now)?;
        (after.round_id, after.position) = (None, None);
        context.save(&before, after, Some(reason.clone())).await?;
        if before.state == LegState::Underway {
            let back = before.turn_back(fresh(), context.now)?;
            by_the_house(context, &back, "leg.plan").await?;
            exchange(context, &before, back.id).await?;
        } else if let Some(round) = before.round_id {
            left.entry(round).or_default().insert(before.id);
        }
    }
    for (round, legs) in left {
        round::without(context, round, &legs).await?;
    }
    Ok(())
}

/// A request is within the requester's reach, as somebody reports: the legs go no further whose things lie at a desk or in a locker.
/// Where nobody knows of its things, the legs stay: it may be at the provider that it is ready.
pub async fn within_reach(context: &mut Context<'_>, request: RequestId) -> Result<(), Failure> {
    let id = request.to_string();
    let items =
        document::select::<Item>(context.read(), "request_id = $1 AND state = 'in_custody'", &[(&id).into()]).await?;
    let legs = document::select::<Leg>(context.read(), LIVE, &[(&id).into()]).await?;
    let to_a_door = legs.iter().any(|leg| matches!(leg.fields.to, Place::Address { .. }));
    let is_there = |item: &Item| matches!(item.fields.holder, Holder::Concierge { .. } | Holder::Locker { .. });
    if to_a_door || items.is_empty() || !items.iter().all(is_there) {
        return Ok(());
    }
    no_longer(context, request).await
}

/// Calls off what has not set out of a request that needs nothing driven any more.
pub async fn no_longer(context: &mut Context<'_>, request: RequestId) -> Result<(), Failure> {
    let Some(reason) = catalogue::reason(NO_LONGER) else { return Ok(()) };
    let id = request.to_string();
    let sql = "request_id = $1 AND state IN ('planned', 'confirmed')";
    for before in document::select::<Leg>(context.read(), sql, &[(&id).into()]).await? {
        let mut after = before.clone();
        after.cancel(reason.clone(), context.now)?;
        (after.round_id, after.position) = (None, None);
        context.save(&before, after, Some(reason.clone())).await?;
        if let Some(round) = before.round_id {
            round::without(context, round, &[before.id].into()).await?;
        }
    }
    Ok(())
}

/// The way back stands in the round where the way there stood.
async fn exchange(context: &mut Context<'_>, old: &Leg, new: LegId) -> Result<(), Failure> {
    let Some(id) = old.round_id else { return Ok(()) };
    let Some(before) = context.find::<Round>(id).await? else { return Ok(()) };
    let mut after = before.clone();
    after.exchange(old.id, new);
    round::store(context, &before, after).await
}

/// Whether a leg only brings back what was called off on its way.
pub(super) async fn is_turned_back(context: &mut Context<'_>, leg: &Leg) -> Result<bool, Failure> {
    let Some(replaced) = leg.replaces else { return Ok(false) };
    Ok(context.find::<Leg>(replaced).await?.is_some_and(|replaced| replaced.state == LegState::Cancelled))
}
