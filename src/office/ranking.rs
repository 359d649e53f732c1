//! Who could do a request, as the database has it: what providers have on their hands, and their ranking.

use super::{
    commands::context::Context,
    failure::Failure,
    storage::{Arg, StorageError, Tx, document},
};
use crate::domain::{
    assignment::{Assignment, Doer},
    consortium::{Consortium, Given},
    ids::ProviderId,
    offer::Offer,
    policy::PolicyFields,
    provider::Provider,
    ranking::{Job, Load, RECENT_DAYS, Ranking, Roster},
    request::Request,
    service::Service,
    site::Site,
    time::Instant,
};
use jiff::{SignedDuration, civil::Date};
use std::collections::{BTreeSet, HashMap};

/// What every provider has on its hands: days from today on, and the jobs that it took lately. Who is not named has nothing.
pub async fn loads(
    tx: &mut Tx,
    now: Instant,
    policy: &PolicyFields,
) -> Result<HashMap<ProviderId, Load>, StorageError> {
    let unreadable = |why: String| StorageError::Unreadable { what: "load".into(), why };
    let today = now.civil(&policy.zone).date();
    let since = now.plus(-SignedDuration::from_hours(24 * i64::from(RECENT_DAYS))).to_string();
    let mut loads: HashMap<ProviderId, Load> = HashMap::new();
    let provider = |text: String| text.parse::<ProviderId>().map_err(|_| unreadable(text));
    let days = "SELECT provider_id, day, count(*) FROM ( \
                  SELECT assignment.provider_id, request.day FROM request JOIN assignment ON assignment.request_id = request.id \
                  WHERE request.day >= $1 AND assignment.provider_id IS NOT NULL AND assignment.state IN ('active', 'fulfilled') \
                  UNION ALL \
                  SELECT assignment.doc -> 'by' ->> 'member_id', request.day FROM request JOIN assignment ON assignment.request_id = request.id \
                  WHERE request.day >= $1 AND assignment.doc -> 'by' ->> 'member_id' IS NOT NULL AND assignment.state IN ('active', 'fulfilled') \
                  UNION ALL \
                  SELECT offer.provider_id, request.day FROM offer JOIN request ON offer.request_id = request.id \
                  WHERE offer.state IN ('prepared', 'sent', 'seen') AND request.day >= $1 \
                ) AS job GROUP BY provider_id, day";
    let day = today.to_string();
    for row in tx.rows(days, &[(&day).into()]).await? {
        let date = row.text(1)?.parse().map_err(|error: jiff::Error| unreadable(error.to_string()))?;
        let count = u16::try_from(row.int(2)?).unwrap_or(u16::MAX);
        loads.entry(provider(row.text(0)?)?).or_default().days.insert(date, count);
    }
    let recent = "SELECT provider_id, count(*) FROM assignment \
                  WHERE created_at >= $1 AND provider_id IS NOT NULL AND state IN ('active', 'fulfilled') GROUP BY provider_id";
    for row in tx.rows(recent, &[(&since).into()]).await? {
        let count = u32::try_from(row.int(1)?).unwrap_or(u32::MAX);
        loads.entry(provider(row.text(0)?)?).or_default().recent = count;
    }
    Ok(loads)
}

/// The ranking of a request's providers, with the offers that were made for it; none while service, site or time are not known.
pub async fn rank(
    tx: &mut Tx,
    now: Instant,
    policy: &PolicyFields,
    request: &Request,
) -> Result<Option<(Ranking, Vec<Offer>)>, StorageError> {
    let fields = &request.fields;
    let (Some(service), Some(site), Some(when)) = (fields.service_id, fields.site_id, fields.when) else {
        return Ok(None);
    };
    let (Some(site), Some(of)) =
        (document::load::<Site>(tx, site).await?, document::load::<Service>(tx, service).await?)
    else {
        return Ok(None);
    };
    let providers = document::select::<Provider>(tx, "1 = 1", &[]).await?;
    let id = request.id.to_string();
    let offers = document::select::<Offer>(tx, "request_id = $1", &[Arg::from(&id)]).await?;
    let loads = loads(tx, now, policy).await?;
    let asked_in = |holds: fn(&Offer) -> bool| -> BTreeSet<ProviderId> {
        offers.iter().filter(|offer| holds(offer)).map(|offer| offer.fields.provider_id).collect()
    };
    let (declined, asked) = (asked_in(Offer::rules_out), asked_in(Offer::is_live));
    let job = Job {
        service,
        site: site.id,
        when,
        zone: &site.fields.zone,
        quantity: fields.quantity,
        declined: &declined,
        asked: &asked,
    };
    let ranking = Roster::new(now, policy, [(service, &of.fields)], &providers, &loads).rank(&job);
    Ok(Some((ranking, offers)))
}

/// Which member of a consortium takes a job; none if the provider is no consortium, or has no members in use.
pub async fn next_member(
    context: &mut Context<'_>,
    request: &Request,
    consortium: ProviderId,
) -> Result<Option<ProviderId>, Failure> {
    let Some(asked) = context.find::<Provider>(consortium).await?.filter(|asked| asked.fields.is_consortium()) else {
        return Ok(None);
    };
    let mut members: HashMap<ProviderId, Provider> = HashMap::new();
    for member in &asked.fields.members {
        members.extend(context.find::<Provider>(member.provider_id).await?.map(|row| (row.id, row)));
    }
    let site: Option<Site> = match request.fields.site_id {
        Some(id) => context.find(id).await?,
        None => None,
    };
    let zone = site.map_or_else(|| context.policy.fields.zone.clone(), |site| site.fields.zone);
    let day = request.fields.when.map_or(context.now, |when| when.end(&zone)).civil(&zone).date();
    let now = context.now;
    let given = given(context.read(), now, consortium, day).await?;
    let policy = std::sync::Arc::clone(&context.policy);
    let consortium = Consortium::of(&asked.fields, &policy.fields, |id| members.get(&id));
    Ok(consortium.and_then(|consortium| consortium.next(day, &given)))
}

/// What the members of a consortium were given of its work: lately, and for a day.
async fn given(
    tx: &mut Tx,
    now: Instant,
    consortium: ProviderId,
    day: Date,
) -> Result<HashMap<ProviderId, Given>, StorageError> {
    let since = now.plus(-SignedDuration::from_hours(24 * i64::from(RECENT_DAYS))).to_string();
    let (consortium, day) = (consortium.to_string(), day.to_string());
    let mut given: HashMap<ProviderId, Given> = HashMap::new();
    let member = |row: &Assignment| match row.fields.by {
        Doer::Provider { member_id, .. } => member_id,
        Doer::OwnStaff { .. } => None,
    };
    let recent = "provider_id = $1 AND created_at >= $2 AND state IN ('active', 'fulfilled')";
    for row in document::select::<Assignment>(tx, recent, &[(&consortium).into(), (&since).into()]).await? {
        if let Some(member) = member(&row) {
            given.entry(member).or_default().recent += 1;
        }
    }
    let of_day = "provider_id = $1 AND state IN ('active', 'fulfilled') AND request_id IN (SELECT id FROM request WHERE day = $2)";
    for row in document::select::<Assignment>(tx, of_day, &[(&consortium).into(), (&day).into()]).await? {
        if let Some(member) = member(&row) {
            given.entry(member).or_default().on_the_day += 1;
        }
    }
    Ok(given)
}
