//! The cascade: an offer ended without a yes, and the next in rank is asked by itself, or the request is the dispatcher's again.

use super::context::Context;
use crate::{
    domain::{
        access::Author,
        clock::{Case, Limit},
        entity::Entity as _,
        offer::{Offer, OfferFields, deadline},
        provider::Provider,
        ranking::{Ranked, Timeliness},
        request::{Request, RequestState},
        site::Site,
        time::Zone,
    },
    office::{failure::Failure, ranking},
    wire::fresh,
};
use jiff::SignedDuration;
use std::collections::BTreeSet;

/// What follows when an offer ended without a yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The next in rank is asked.
    Ask,
    /// The request comes back to the dispatcher: whoever took the offer back means to choose.
    ComeBack,
}

/// Goes on after an offer that ended, once no other is out for its request.
pub async fn go_on(context: &mut Context<'_>, ended: &Offer, next: Next) -> Result<(), Failure> {
    let offered = |request: &Request| request.state == RequestState::Offered;
    let Some(before) = context.find::<Request>(ended.fields.request_id).await?.filter(offered) else { return Ok(()) };
    let id = before.id.to_string();
    let sql = "SELECT id FROM offer WHERE request_id = $1 AND state IN ('prepared', 'sent', 'seen', 'accepted')";
    if context.read().row(sql, &[(&id).into()]).await?.is_some() {
        return Ok(());
    }
    if next == Next::Ask && ask_next(context, &before, ended).await? {
        return Ok(());
    }
    let mut after = before.clone();
    after.go("exhaust", RequestState::Triaged, None, context.now)?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// Asks the next of the same tier that was not asked before and is ready in time, or of a lower one where the policy says so; whether there is one.
async fn ask_next(context: &mut Context<'_>, request: &Request, ended: &Offer) -> Result<bool, Failure> {
    let policy = std::sync::Arc::clone(&context.policy);
    let now = context.now;
    let Some((ranking, offers)) = ranking::rank(context.read(), now, &policy.fields, request).await? else {
        return Ok(false);
    };
    let Some(last) = context.find::<Provider>(ended.fields.provider_id).await? else { return Ok(false) };
    let asked: BTreeSet<_> = offers.iter().map(|offer| offer.fields.provider_id).collect();
    let tier = last.fields.tier;
    let fits = |ranked: &&Ranked| {
        let by_itself = if policy.fields.next_tier_by_itself { ranked.tier >= tier } else { ranked.tier == tier };
        by_itself && ranked.timeliness == Timeliness::InTime && !asked.contains(&ranked.provider)
    };
    let Some(next) = ranking.ranked.iter().find(fits) else { return Ok(false) };
    let Some(provider) = context.find::<Provider>(next.provider).await? else { return Ok(false) };
    let site: Option<Site> = match request.fields.site_id {
        Some(id) => context.find(id).await?,
        None => None,
    };
    let zone = site.map_or_else(Zone::default, |site| site.fields.zone);
    let Some(wanted) = request.fields.when.map(|when| when.end(&zone)) else { return Ok(false) };
    let case = Case { client: request.client_id, service: request.fields.service_id, urgency: request.fields.urgency };
    let target = policy.fields.targets.target(Limit::OfferAnswer, &case);
    let hold_s = policy.fields.send_hold_s;
    let sent_at = now.plus(SignedDuration::from_secs(hold_s.into()));
    let fields = OfferFields {
        request_id: request.id,
        provider_id: provider.id,
        way: provider.fields.way(),
        deadline: deadline(target, sent_at, &provider.fields.calendar(&policy.fields), wanted),
        price: next.price,
        note: ended.fields.note.clone(),
        tier_reason: None,
    };
    let offer = Offer::create(fresh(), fields, request.scope(), hold_s, now, None)?;
    let place = context.written.len();
    context.insert(&offer, None).await?;
    // Whoever wrote down the no did not choose the next.
    if let Some(written) = context.written.get_mut(place) {
        written.author = Some(Author::System);
    }
    Ok(true)
}
