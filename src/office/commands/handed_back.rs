//! What follows when things went back to their owner: once the last one of a request has, the job is done and its price stands on the tab.

use super::{context::Context, request};
use crate::{
    domain::{
        due,
        ids::RequestId,
        item::Item,
        posting::{Posting, PostingFields, PostingKind},
        request::{Request, RequestState},
        service::Service,
        time::Instant,
    },
    office::{failure::Failure, storage::document},
    wire::{bodies::Step, fresh},
};

/// Called after a thing's handing back is stored.
pub async fn follow(context: &mut Context<'_>, item: &Item, occurred_at: Instant) -> Result<(), Failure> {
    let Some(id) = item.fields.request_id else { return Ok(()) };
    let text = id.to_string();
    let out = "request_id = $1 AND state = 'in_custody'";
    if !document::select::<Item>(context.read(), out, &[(&text).into()]).await?.is_empty() {
        return Ok(());
    }
    let Some(request) = context.find::<Request>(id).await? else { return Ok(()) };
    if request.state == RequestState::Ready {
        request::done(context, id, &Step { seen: RequestState::Ready }).await?;
    }
    if matches!(request.state, RequestState::Ready | RequestState::Done) && !is_charged(context, id).await? {
        post(context, &request, occurred_at).await?;
    }
    Ok(())
}

/// Whether the price of a request stands on a tab, and was not taken back.
async fn is_charged(context: &mut Context<'_>, request: RequestId) -> Result<bool, Failure> {
    let id = request.to_string();
    let postings = document::select::<Posting>(context.read(), "request_id = $1", &[(&id).into()]).await?;
    let reversed = |charge: &Posting| postings.iter().any(|other| other.fields.reverses == Some(charge.id));
    Ok(postings.iter().any(|posting| posting.fields.kind == PostingKind::Charge && !reversed(posting)))
}

/// Puts the price on the tab of who pays; nothing where none is known.
async fn post(context: &mut Context<'_>, request: &Request, occurred_at: Instant) -> Result<(), Failure> {
    let Some(service) = request.fields.service_id else { return Ok(()) };
    let Some(service) = context.find::<Service>(service).await? else { return Ok(()) };
    let Some(lines) = due::lines(request, &service.fields) else { return Ok(()) };
    let fields = PostingFields {
        kind: PostingKind::Charge,
        lines,
        occurred_at,
        request_id: Some(request.id),
        site_id: request.fields.site_id,
        taken_by: None,
        permanence_id: None,
        reverses: None,
        text: Some(service.fields.name.clone()),
    };
    let posting = Posting::create(fresh(), fields, context.now, context.actor.operator())?;
    context.insert(&posting, None).await
}
