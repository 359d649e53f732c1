//! Commands on items: who has them. What was done is a fact, recorded also where it contradicts the record.

use super::{
    context::Context,
    exception::{contradict, has_happened},
    handed_back,
};
use crate::{
    domain::{
        beneficiary::Beneficiary,
        courier::Courier,
        entity::Edit,
        exception::{Contradiction, ContradictionKind},
        ids::ItemId,
        item::{Holder, Item, ItemFields, Report},
        label::Label,
        locker::Locker,
        provider::Provider,
        refusal::Refusal,
        request::Request,
        site::Site,
        time::Instant,
    },
    office::failure::Failure,
    wire::desk_bodies::{HandBack, Lose, NumberLabels, PassOn, TakeIn},
};

/// `PUT /v1/items/{id}`: its first taking in. A label that is out already is for a person to settle.
pub async fn create(context: &mut Context<'_>, id: ItemId, fields: &ItemFields) -> Result<(), Failure> {
    context.must_be_new::<Item>(id).await?;
    has_happened("since", fields.since, context.now)?;
    let item = Item::create(id, fields.clone(), context.now, context.actor.operator())?;
    check_references(context, fields).await?;
    check_holder(context, &fields.holder, "holder").await?;
    let sql = "SELECT id FROM item WHERE label = $1 AND state = 'in_custody' LIMIT 1";
    let out = context.read().row(sql, &[fields.label.as_str().into()]).await?.is_some();
    context.insert(&item, None).await?;
    let twice = || Contradiction::about(&item, ContradictionKind::TakenInTwice, fields.since);
    contradict(context, out.then(twice)).await
}

async fn check_references(context: &mut Context<'_>, fields: &ItemFields) -> Result<(), Failure> {
    if let Some(request) = fields.request_id {
        context.named::<Request>(request, "request_id").await?;
    }
    if let Some(person) = fields.beneficiary_id {
        context.named::<Beneficiary>(person, "beneficiary_id").await?;
    }
    context.named::<Site>(fields.site_id, "site_id").await?;
    Ok(())
}

async fn check_holder(context: &mut Context<'_>, holder: &Holder, field: &'static str) -> Result<(), Failure> {
    match holder {
        Holder::Beneficiary { id: None } => {}
        Holder::Beneficiary { id: Some(id) } => drop(context.named::<Beneficiary>(*id, field).await?),
        Holder::Concierge { site_id, .. } => drop(context.named::<Site>(*site_id, field).await?),
        Holder::Locker { locker_id } => drop(context.named::<Locker>(*locker_id, field).await?),
        Holder::Courier { courier_id } => drop(context.named::<Courier>(*courier_id, field).await?),
        Holder::Provider { provider_id } => drop(context.named::<Provider>(*provider_id, field).await?),
    }
    Ok(())
}

/// `PATCH /v1/items/{id}`
pub async fn edit(context: &mut Context<'_>, id: ItemId, edit: &Edit) -> Result<(), Failure> {
    let (before, after) = context.edit::<Item>(id, edit).await?;
    check_references(context, &after.fields).await?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// Who reports, and when.
fn report(context: &Context<'_>, occurred_at: Instant) -> Result<Report, Failure> {
    has_happened("occurred_at", occurred_at, context.now)?;
    Ok(Report { occurred_at, at: context.now, by: context.actor.operator() })
}

/// Stores what was reported, with the exception that it may open.
async fn store(
    context: &mut Context<'_>,
    before: &Item,
    (after, contradiction): (Item, Option<Contradiction>),
) -> Result<(), Failure> {
    context.save(before, after, None).await?;
    contradict(context, contradiction).await
}

/// `POST /v1/items/{id}/take-in`
pub async fn take_in(context: &mut Context<'_>, id: ItemId, body: &TakeIn) -> Result<(), Failure> {
    let before: Item = context.get(id).await?;
    let report = report(context, body.occurred_at)?;
    check_holder(context, &body.holder, "holder").await?;
    let taken = before.take_in(body.holder.clone(), report);
    store(context, &before, taken).await
}

/// `POST /v1/items/{id}/pass-on`
pub async fn pass_on(context: &mut Context<'_>, id: ItemId, body: &PassOn) -> Result<(), Failure> {
    let before: Item = context.get(id).await?;
    let report = report(context, body.occurred_at)?;
    check_holder(context, &body.from, "from").await?;
    check_holder(context, &body.to, "to").await?;
    let passed = before.pass_on(&body.from, body.to.clone(), report);
    store(context, &before, passed).await
}

/// `POST /v1/items/{id}/hand-back`
pub async fn hand_back(context: &mut Context<'_>, id: ItemId, body: &HandBack) -> Result<(), Failure> {
    let before: Item = context.get(id).await?;
    let report = report(context, body.occurred_at)?;
    check_holder(context, &body.from, "from").await?;
    if let Some(person) = body.to {
        context.named::<Beneficiary>(person, "to").await?;
    }
    let (after, contradiction) = before.hand_back(&body.from, body.to, report);
    let after = context.save(&before, after, None).await?;
    contradict(context, contradiction).await?;
    handed_back::follow(context, &after, body.occurred_at).await
}

/// How many labels are printed at once.
const LABELS: u32 = 1_000;

/// `POST /v1/items/labels`: running numbers that nobody else gets, to be printed. The numbers stand in `aside`.
pub async fn number_labels(context: &mut Context<'_>, body: &NumberLabels) -> Result<(), Failure> {
    if !(1..=LABELS).contains(&body.count) {
        let why = format!("1 to {LABELS} labels at once");
        return Err(Refusal::FieldInvalid { field: "count".into(), why }.into());
    }
    let mut labels = Vec::new();
    for _ in 0..body.count {
        let number = context.next_number("label").await?;
        let label = u32::try_from(number).ok().and_then(Label::numbered);
        labels.push(label.ok_or(Refusal::FieldInvalid { field: "count".into(), why: "no number is left".into() })?);
    }
    let labels: Vec<&str> = labels.iter().map(Label::as_str).collect();
    context.aside = Some(serde_json::json!({ "labels": labels }));
    Ok(())
}

/// `POST /v1/items/{id}/lose`
pub async fn lose(context: &mut Context<'_>, id: ItemId, body: &Lose) -> Result<(), Failure> {
    let before: Item = context.get(id).await?;
    let report = report(context, body.occurred_at)?;
    let mut after = before.clone();
    after.lose(body.reason.clone(), report)?;
    context.save(&before, after, Some(body.reason.clone())).await?;
    Ok(())
}
