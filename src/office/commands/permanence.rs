//! Commands on permanences: the timetable, the desk that opens and closes, and what is left over when it does.

use super::{
    context::{Context, seen},
    exception::{contradict, has_happened},
};
use crate::{
    domain::{
        entity::{Edit, EntityKind},
        exception::{Contradiction, ContradictionKind, Exception},
        ids::{LockerId, PermanenceId, SiteId},
        item::{Holder, Item},
        locker::Locker,
        machine::State as _,
        money::Cents,
        operator::{Language, Operator},
        permanence::{CashCount, Leftover, PERMANENCE, Permanence, PermanenceFields, PermanenceState},
        refusal::Refusal,
        request::Request,
        site::Site,
    },
    i18n::say,
    office::{
        failure::Failure,
        storage::{StorageError, document},
        timers::TimerKind,
    },
    wire::{
        bodies::{Fact, StepBecause},
        desk_bodies::ClosePermanence,
    },
};
use std::collections::BTreeSet;

/// Explanations of one closing.
const EXPLANATIONS: usize = 500;

/// `PUT /v1/permanences/{id}`
pub async fn plan(context: &mut Context<'_>, id: PermanenceId, fields: &PermanenceFields) -> Result<(), Failure> {
    context.must_be_new::<Permanence>(id).await?;
    let site: Site = context.named(fields.site_id, "site_id").await?;
    check_concierge(context, fields).await?;
    let permanence = Permanence::create(id, fields.clone(), site.fields.zone, site.fields.client_id);
    context.insert(&permanence, None).await
}

async fn check_concierge(context: &mut Context<'_>, fields: &PermanenceFields) -> Result<(), Failure> {
    if let Some(concierge) = fields.concierge_id {
        context.named::<Operator>(concierge, "concierge_id").await?;
    }
    Ok(())
}

/// `PATCH /v1/permanences/{id}`: while it is planned; of an open one all but the window, which the desk has made true or not.
pub async fn edit(context: &mut Context<'_>, id: PermanenceId, edit: &Edit) -> Result<(), Failure> {
    let (before, after) = context.edit::<Permanence>(id, edit).await?;
    let editable = match before.state {
        PermanenceState::Planned => true,
        PermanenceState::Open => before.fields.window == after.fields.window,
        PermanenceState::Closed | PermanenceState::Missed | PermanenceState::Cancelled => false,
    };
    if !editable {
        return Err(Refusal::IllegalMove {
            entity: EntityKind::Permanence,
            from: before.state.name(),
            asked: "edit",
            legal: PERMANENCE.legal(before.state),
        }
        .into());
    }
    check_concierge(context, &after.fields).await?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/permanences/{id}/open`
pub async fn open(context: &mut Context<'_>, id: PermanenceId, body: &Fact) -> Result<(), Failure> {
    let before: Permanence = context.get(id).await?;
    has_happened("occurred_at", body.occurred_at, context.now)?;
    let mut after = before.clone();
    after.open(body.occurred_at)?;
    let after = context.save(&before, after, None).await?;
    if before.state == PermanenceState::Missed { held_after_all(context, &after).await } else { Ok(()) }
}

/// It was open without network: nobody has to find out any more why it was not.
async fn held_after_all(context: &mut Context<'_>, permanence: &Permanence) -> Result<(), Failure> {
    let Some(by) = context.actor.operator() else { return Ok(()) };
    let id = permanence.id.to_string();
    let open =
        document::select::<Exception>(context.read(), "about_id = $1 AND state = 'open'", &[(&id).into()]).await?;
    for before in open.into_iter().filter(|exception| exception.fields.kind == ContradictionKind::NotHeld) {
        let Ok(settlement) = say(Language::Fr, "permanence-held-after-all", &[]).parse() else { continue };
        let mut after = before.clone();
        after.close(settlement, context.now, by)?;
        context.save(&before, after, None).await?;
    }
    Ok(())
}

/// `POST /v1/permanences/{id}/close`
pub async fn close(context: &mut Context<'_>, id: PermanenceId, body: &ClosePermanence) -> Result<(), Failure> {
    let before: Permanence = context.get(id).await?;
    has_happened("occurred_at", body.occurred_at, context.now)?;
    if body.explanations.len() > EXPLANATIONS {
        let why = format!("at most {EXPLANATIONS} explanations");
        return Err(Refusal::FieldInvalid { field: "explanations".into(), why }.into());
    }
    for explanation in &body.explanations {
        match explanation.leftover {
            Leftover::Item { id } => drop(context.named::<Item>(id, "explanations.leftover.id").await?),
            Leftover::Request { id } => drop(context.named::<Request>(id, "explanations.leftover.id").await?),
        }
    }
    let leftovers = to_hand_back(context, before.fields.site_id).await?;
    let cash = match body.cash_counted {
        Some(counted) => Some(CashCount { counted, expected: cash_taken(context, id).await? }),
        None => None,
    };
    let mut after = before.clone();
    let contradiction = after.close(&leftovers, body.explanations.clone(), cash, body.occurred_at)?;
    context.save(&before, after, None).await?;
    contradict(context, contradiction).await
}

/// What lies ready on a site for people who have not come.
async fn to_hand_back(context: &mut Context<'_>, site: SiteId) -> Result<Vec<Leftover>, Failure> {
    let ready = "state = 'in_custody' AND holder IN ('concierge', 'locker') \
                 AND request_id IN (SELECT id FROM request WHERE state = 'ready')";
    let items = document::select::<Item>(context.read(), ready, &[]).await?;
    let id = site.to_string();
    let lockers = document::select::<Locker>(context.read(), "site_id = $1", &[(&id).into()]).await?;
    Ok(leftovers(&items, site, &lockers.iter().map(|locker| locker.id).collect()))
}

/// Those of the items that lie at the desk of a site or in its lockers.
fn leftovers(items: &[Item], site: SiteId, lockers: &BTreeSet<LockerId>) -> Vec<Leftover> {
    let here = |item: &&Item| match &item.fields.holder {
        Holder::Concierge { site_id, .. } => *site_id == site,
        Holder::Locker { locker_id } => lockers.contains(locker_id),
        Holder::Beneficiary { .. } | Holder::Courier { .. } | Holder::Provider { .. } => false,
    };
    items.iter().filter(here).map(|item| Leftover::Item { id: item.id }).collect()
}

/// What the tab says was taken in notes and coins in a permanence.
async fn cash_taken(context: &mut Context<'_>, id: PermanenceId) -> Result<Cents, Failure> {
    let sql = "SELECT CAST(coalesce(sum(amount_cents), 0) AS BIGINT) FROM posting_line \
               WHERE account = 'cash' AND posting_id IN (SELECT id FROM posting WHERE permanence_id = $1)";
    let id = id.to_string();
    let taken = context.read().row(sql, &[(&id).into()]).await?.map(|row| row.int(0)).transpose()?;
    let cents = taken.unwrap_or_default();
    let unreadable = |why: String| StorageError::Unreadable { what: "posting".into(), why };
    Ok(Cents::new(cents).map_err(|error| unreadable(error.to_string()))?)
}

/// The time of a planned permanence has passed; one that was put off is looked at again.
pub async fn miss(context: &mut Context<'_>, id: PermanenceId) -> Result<(), Failure> {
    let planned = |permanence: &Permanence| permanence.state == PermanenceState::Planned;
    let Some(before) = context.find::<Permanence>(id).await?.filter(planned) else { return Ok(()) };
    let end = before.fields.window.end(&before.zone);
    if context.now < end {
        return context.set_timer(TimerKind::MissPermanence, id.into(), Some(end)).await;
    }
    let mut after = before.clone();
    after.miss(context.now)?;
    let after = context.save(&before, after, None).await?;
    // Whoever came stood before a closed door: a person finds out and tells them.
    contradict(context, Some(Contradiction::about(&after, ContradictionKind::NotHeld, end))).await
}

/// `POST /v1/permanences/{id}/cancel`
pub async fn cancel(
    context: &mut Context<'_>,
    id: PermanenceId,
    body: &StepBecause<PermanenceState>,
) -> Result<(), Failure> {
    let before: Permanence = context.get(id).await?;
    seen(EntityKind::Permanence, body.seen, before.state)?;
    let mut after = before.clone();
    after.cancel(body.reason.clone())?;
    context.save(&before, after, Some(body.reason.clone())).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::item::ItemFields;
    use uuid::Uuid;

    fn item(number: u128, holder: Holder) -> Item {
        let since = "2026-03-09T08:00:00Z".parse().unwrap();
        let (label, site_id) = ("A-17".parse().unwrap(), Uuid::from_u128(1).into());
        let fields =
            ItemFields { label, description: None, request_id: None, beneficiary_id: None, site_id, holder, since };
        Item::create(Uuid::from_u128(number).into(), fields, since, None).unwrap()
    }

    #[test]
    fn what_lies_at_another_desk_or_on_its_way_is_not_left_over_here() {
        let [site, other] = [1, 2].map(|number| SiteId::from(Uuid::from_u128(number)));
        let [locker, elsewhere] = [3, 4].map(|number| LockerId::from(Uuid::from_u128(number)));
        let items = [
            item(10, Holder::Concierge { site_id: site, place: None }),
            item(11, Holder::Concierge { site_id: other, place: None }),
            item(12, Holder::Locker { locker_id: locker }),
            item(13, Holder::Locker { locker_id: elsewhere }),
            item(14, Holder::Courier { courier_id: Uuid::from_u128(5).into() }),
        ];
        let expected = [10, 12].map(|number| Leftover::Item { id: Uuid::from_u128(number).into() });
        assert_eq!(leftovers(&items, site, &BTreeSet::from([locker])), expected);
    }
}
