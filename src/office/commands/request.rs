//! Commands on requests: from the first word to closing.

use super::{
    context::{Context, seen},
    ending, legs,
    limits::{self, Step as ClockStep},
};
use crate::{
    domain::{
        access::Author,
        assignment::{Assignment, AssignmentFields, AssignmentState, Doer},
        beneficiary::Beneficiary,
        client::Client,
        clock::Limit,
        contact::Contact,
        entity::{Edit, EntityKind},
        exception::Exception,
        ids::{ClientId, RequestId},
        operator::Operator,
        recurring::DateOf,
        refusal::{Cause, Refusal},
        request::{
            Channel, MergedInto, Note, Question, Request, RequestFields, RequestNumber, RequestState, Requester,
        },
        service::Service,
        site::Site,
        texts::ShortText,
    },
    office::{failure::Failure, storage::document},
    wire::{
        bodies::{AddNote, Answer, AssignOwnStaff, Complain, Merge, Split, Step, StepBecause, Wait},
        fresh,
    },
};

/// Notes that one request can hold.
pub const NOTES: usize = 200;

/// Parts of one split.
const PARTS: usize = 20;

/// `PUT /v1/requests/{id}`
pub async fn create(context: &mut Context<'_>, id: RequestId, fields: &RequestFields) -> Result<(), Failure> {
    enter(context, id, fields.clone(), None).await
}

/// Writes down a request, with where it comes from.
async fn enter(
    context: &mut Context<'_>,
    id: RequestId,
    fields: RequestFields,
    origin: Option<RequestId>,
) -> Result<(), Failure> {
    context.must_be_new::<Request>(id).await?;
    let by = context.actor.operator();
    // Checked before a number is drawn, so that a refusal leaves no trace.
    let mut request = Request::create(id, RequestNumber::new(0, 0), fields, context.now, by)?;
    request.origin_id = origin;
    resolve(context, &mut request).await?;
    request.number = next_number(context).await?;
    context.insert(&request, None).await
}

/// Writes down the request of a recurring order's date, complete as it is, to the credit of the house itself.
pub(super) async fn enter_date(context: &mut Context<'_>, fields: RequestFields, of: DateOf) -> Result<(), Failure> {
    let mut request = Request::create(fresh(), RequestNumber::new(0, 0), fields, context.now, None)?;
    request.recurring = Some(of);
    resolve(context, &mut request).await?;
    request.go("triage", RequestState::Triaged, None, context.now)?;
    limits::turn(context, &mut request, &[ClockStep::StartAhead(Limit::Assignment, of.date)]).await?;
    request.number = next_number(context).await?;
    let place = context.written.len();
    context.insert(&request, None).await?;
    if let Some(written) = context.written.get_mut(place) {
        written.author = Some(Author::System);
    }
    Ok(())
}

/// The next number of the year.
async fn next_number(context: &mut Context<'_>) -> Result<RequestNumber, Failure> {
    let year = context.now.civil(&context.policy.fields.zone).year();
    let year = u8::try_from(year.rem_euclid(100)).unwrap_or_default();
    let serial = context.next_number(&format!("request:{year:02}")).await?;
    Ok(RequestNumber::new(year, u32::try_from(serial).unwrap_or(u32::MAX)))
}

/// Checks that what the fields name exists, and finds the client whose coordinator may see the request.
async fn resolve(context: &mut Context<'_>, request: &mut Request) -> Result<(), Failure> {
    let fields = &request.fields;
    if let Some(contact) = fields.contact_id {
        context.named::<Contact>(contact, "contact_id").await?;
    }
    if let Some(service) = fields.service_id {
        context.named::<Service>(service, "service_id").await?;
    }
    let of_site: Option<ClientId> = match fields.site_id {
        Some(site) => context.named::<Site>(site, "site_id").await?.fields.client_id,
        None => None,
    };
    let of_requester: Option<ClientId> = match &fields.requester {
        Some(Requester::Person { id }) => context.named::<Beneficiary>(*id, "requester.id").await?.fields.client_id,
        Some(Requester::Organisation { id, .. }) => Some(context.named::<Client>(*id, "requester.id").await?.id),
        None => None,
    };
    request.client_id = of_requester.or(of_site);
    Ok(())
}

/// `PATCH /v1/requests/{id}`
pub async fn edit(context: &mut Context<'_>, id: RequestId, edit: &Edit) -> Result<(), Failure> {
    let (before, mut after) = context.edit::<Request>(id, edit).await?;
    // What is done waits for its price and its settling; what has ended is left alone.
    if after.state == RequestState::Merged || crate::domain::request::REQUEST.is_end(after.state) {
        return Err(Refusal::IllegalMove {
            entity: EntityKind::Request,
            from: crate::domain::machine::State::name(after.state),
            asked: "edit",
            legal: crate::domain::request::REQUEST.legal(after.state),
        }
        .into());
    }
    resolve(context, &mut after).await?;
    let promised = |request: &Request| (request.fields.when, request.fields.handover.clone(), request.fields.quantity);
    let anew = promised(&before) != promised(&after);
    let after = context.save(&before, after, None).await?;
    if anew { legs::redraw(context, &after).await } else { Ok(()) }
}

/// One step of a request: what was seen is compared, the table asked, the clocks turned, the row stored.
async fn step(
    context: &mut Context<'_>,
    id: RequestId,
    saw: RequestState,
    name: &'static str,
    to: RequestState,
    reason: Option<&ShortText>,
) -> Result<(Request, Request), Failure> {
    let before: Request = context.get(id).await?;
    seen(EntityKind::Request, saw, before.state)?;
    let mut after = before.clone();
    after.go(name, to, reason, context.now)?;
    Ok((before, after))
}

/// `POST /v1/requests/{id}/triage`
pub async fn triage(context: &mut Context<'_>, id: RequestId, body: &Step<RequestState>) -> Result<(), Failure> {
    let (before, mut after) = step(context, id, body.seen, "triage", RequestState::Triaged, None).await?;
    limits::turn(context, &mut after, &[ClockStep::Start(Limit::Assignment)]).await?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/requests/{id}/wait`
pub async fn wait(context: &mut Context<'_>, id: RequestId, body: &Wait) -> Result<(), Failure> {
    let (before, mut after) = step(context, id, body.seen, "wait", RequestState::Waiting, None).await?;
    after.waiting = Some(Box::new(Question {
        since: context.now,
        until: body.until,
        question: body.question.clone(),
        back_to: before.state,
    }));
    limits::turn(context, &mut after, &[ClockStep::Pause]).await?;
    context.save(&before, after, Some(body.question.clone())).await?;
    Ok(())
}

/// `POST /v1/requests/{id}/resume`
pub async fn resume(context: &mut Context<'_>, id: RequestId, body: &Step<RequestState>) -> Result<(), Failure> {
    let before: Request = context.get(id).await?;
    seen(EntityKind::Request, body.seen, before.state)?;
    let back_to = before.waiting.as_ref().map_or(RequestState::New, |question| question.back_to);
    let mut after = before.clone();
    after.go("resume", back_to, None, context.now)?;
    after.waiting = None;
    limits::turn(context, &mut after, &[ClockStep::Resume]).await?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/requests/{id}/answer`
pub async fn answer(context: &mut Context<'_>, id: RequestId, body: &Answer) -> Result<(), Failure> {
    let (before, mut after) = step(context, id, body.seen, "answer", RequestState::Answered, None).await?;
    after.ending = Some(body.text.clone());
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/requests/{id}/refuse`
pub async fn refuse(context: &mut Context<'_>, id: RequestId, body: &StepBecause<RequestState>) -> Result<(), Failure> {
    let (before, after) = step(context, id, body.seen, "refuse", RequestState::Refused, Some(&body.reason)).await?;
    legs::call_off(context, id, &body.reason).await?;
    context.save(&before, after, Some(body.reason.clone())).await?;
    Ok(())
}

/// `POST /v1/requests/{id}/cancel`: offers are withdrawn, legs cancelled, who does it released, in the same transaction.
pub async fn cancel(context: &mut Context<'_>, id: RequestId, body: &StepBecause<RequestState>) -> Result<(), Failure> {
    let (before, mut after) =
        step(context, id, body.seen, "cancel", RequestState::Cancelled, Some(&body.reason)).await?;
    after.assignment_id = None;
    after.waiting = None;
    ending::withdraw_offers(context, id, &body.reason, None).await?;
    ending::end_assignment(context, id, AssignmentState::Released, Some(&body.reason)).await?;
    legs::call_off(context, id, &body.reason).await?;
    context.save(&before, after, Some(body.reason.clone())).await?;
    Ok(())
}

/// `POST /v1/requests/{id}/merge`
pub async fn merge(context: &mut Context<'_>, id: RequestId, body: &Merge) -> Result<(), Failure> {
    let (before, mut after) = step(context, id, body.seen, "merge", RequestState::Merged, Some(&body.reason)).await?;
    let target: Request = context.named(body.into, "into").await?;
    if target.id == id || !target.is_open() {
        let why = "another request that is open".into();
        return Err(Refusal::FieldInvalid { field: "into".into(), why }.into());
    }
    after.merged = Some(Box::new(MergedInto { id: target.id, back_to: before.state }));
    legs::call_off(context, id, &body.reason).await?;
    context.save(&before, after, Some(body.reason.clone())).await?;
    Ok(())
}

/// `POST /v1/requests/{id}/unmerge`
pub async fn unmerge(context: &mut Context<'_>, id: RequestId, body: &Step<RequestState>) -> Result<(), Failure> {
    let before: Request = context.get(id).await?;
    seen(EntityKind::Request, body.seen, before.state)?;
    let back_to = before.merged.as_ref().map_or(RequestState::New, |merged| merged.back_to);
    let mut after = before.clone();
    after.go("unmerge", back_to, None, context.now)?;
    after.merged = None;
    after.ending = None;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/requests/{id}/split`: what the parts do not say, they have from the first.
pub async fn split(context: &mut Context<'_>, id: RequestId, body: &Split) -> Result<(), Failure> {
    let first: Request = context.get(id).await?;
    if !matches!(first.state, RequestState::New | RequestState::Triaged) {
        return Err(Refusal::IllegalMove {
            entity: EntityKind::Request,
            from: crate::domain::machine::State::name(first.state),
            asked: "split",
            legal: crate::domain::request::REQUEST.legal(first.state),
        }
        .into());
    }
    if body.parts.is_empty() || body.parts.len() > PARTS {
        return Err(Refusal::FieldInvalid { field: "parts".into(), why: format!("1 to {PARTS} parts") }.into());
    }
    for part in &body.parts {
        let mut fields = part.fields.clone();
        fields.contact_id = fields.contact_id.or(first.fields.contact_id);
        fields.requester = fields.requester.or_else(|| first.fields.requester.clone());
        fields.site_id = fields.site_id.or(first.fields.site_id);
        fields.payer = fields.payer.or(first.fields.payer);
        enter(context, part.id, fields, Some(id)).await?;
    }
    Ok(())
}

/// `POST /v1/requests/{id}/notes`
pub async fn note(context: &mut Context<'_>, id: RequestId, body: &AddNote) -> Result<(), Failure> {
    let before: Request = context.get(id).await?;
    if before.notes.len() >= NOTES {
        return Err(
            Refusal::FieldInvalid { field: "text".into(), why: format!("a request holds {NOTES} notes") }.into()
        );
    }
    let mut after = before.clone();
    let note = Note { id: body.id, at: context.now, by: context.actor.operator(), text: body.text.clone() };
    after.notes.push(note);
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/requests/{id}/assign`
pub async fn assign(context: &mut Context<'_>, id: RequestId, body: &AssignOwnStaff) -> Result<(), Failure> {
    let (before, mut after) = step(context, id, body.seen, "assign", RequestState::Assigned, None).await?;
    context.named::<Operator>(body.operator_id, "operator_id").await?;
    context.must_be_new::<Assignment>(body.assignment_id).await?;
    let fields = AssignmentFields { request_id: id, by: Doer::OwnStaff { operator_id: body.operator_id } };
    let scope = crate::domain::entity::Entity::scope(&after);
    let assignment = Assignment::create(body.assignment_id, fields, scope, context.now, context.actor.operator());
    after.assignment_id = Some(assignment.id);
    let steps =
        [ClockStep::Meet(Limit::Assignment), ClockStep::Start(Limit::Pickup), ClockStep::Start(Limit::HandBack)];
    limits::turn(context, &mut after, &steps).await?;
    context.insert(&assignment, None).await?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/requests/{id}/release`
pub async fn release(
    context: &mut Context<'_>,
    id: RequestId,
    body: &StepBecause<RequestState>,
) -> Result<(), Failure> {
    let (before, mut after) =
        step(context, id, body.seen, "release", RequestState::Triaged, Some(&body.reason)).await?;
    after.assignment_id = None;
    after.ending = None;
    let steps = [ClockStep::Drop(Limit::Pickup), ClockStep::Drop(Limit::HandBack), ClockStep::Start(Limit::Assignment)];
    limits::turn(context, &mut after, &steps).await?;
    ending::end_assignment(context, id, AssignmentState::Released, Some(&body.reason)).await?;
    legs::call_off(context, id, &body.reason).await?;
    context.save(&before, after, Some(body.reason.clone())).await?;
    Ok(())
}

/// `POST /v1/requests/{id}/start`
pub async fn start(context: &mut Context<'_>, id: RequestId, body: &Step<RequestState>) -> Result<(), Failure> {
    let (before, mut after) = step(context, id, body.seen, "start", RequestState::Underway, None).await?;
    limits::turn(context, &mut after, &[ClockStep::Meet(Limit::Pickup)]).await?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/requests/{id}/ready`: a provider's « c'est prêt » fulfils the offer.
pub async fn ready(context: &mut Context<'_>, id: RequestId, body: &Step<RequestState>) -> Result<(), Failure> {
    let (before, mut after) = step(context, id, body.seen, "ready", RequestState::Ready, None).await?;
    limits::turn(context, &mut after, &[ClockStep::Meet(Limit::Pickup)]).await?;
    ending::fulfil_offer(context, id).await?;
    legs::within_reach(context, id).await?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/requests/{id}/done`
pub async fn done(context: &mut Context<'_>, id: RequestId, body: &Step<RequestState>) -> Result<(), Failure> {
    let (before, mut after) = step(context, id, body.seen, "done", RequestState::Done, None).await?;
    limits::turn(context, &mut after, &[ClockStep::Meet(Limit::Pickup), ClockStep::Meet(Limit::HandBack)]).await?;
    ending::fulfil_offer(context, id).await?;
    ending::end_assignment(context, id, AssignmentState::Fulfilled, None).await?;
    legs::no_longer(context, id).await?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/requests/{id}/close`: only when no exception about it, its items or its legs is open, and a price was posted.
pub async fn close(context: &mut Context<'_>, id: RequestId, body: &Step<RequestState>) -> Result<(), Failure> {
    let (before, after) = step(context, id, body.seen, "close", RequestState::Closed, None).await?;
    let text = id.to_string();
    let open = document::select::<Exception>(
        context.read(),
        "state = 'open' AND (about_id = $1 OR about_id IN (SELECT id FROM item WHERE request_id = $1) \
         OR about_id IN (SELECT id FROM leg WHERE request_id = $1))",
        &[(&text).into()],
    )
    .await?;
    if !open.is_empty() {
        let what = format!("{} open exceptions are to be settled first", open.len());
        return Err(Refusal::Busy { cause: Cause::ExceptionOpen, what }.into());
    }
    let owed = after.fields.price.is_some_and(|price| price != crate::domain::money::Cents::ZERO);
    let posted = context.read().row("SELECT id FROM posting WHERE request_id = $1 LIMIT 1", &[(&text).into()]).await?;
    if owed && posted.is_none() {
        return Err(Refusal::Busy { cause: Cause::Unbalanced, what: "its price is to be posted first".into() }.into());
    }
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/requests/{id}/reopen`
pub async fn reopen(context: &mut Context<'_>, id: RequestId, body: &StepBecause<RequestState>) -> Result<(), Failure> {
    let (before, mut after) =
        step(context, id, body.seen, "reopen", RequestState::Underway, Some(&body.reason)).await?;
    limits::turn(context, &mut after, &[ClockStep::Drop(Limit::HandBack), ClockStep::Start(Limit::HandBack)]).await?;
    context.save(&before, after, Some(body.reason.clone())).await?;
    Ok(())
}

/// `POST /v1/requests/{id}/complain`: closed work is not touched; a linked request says what is wrong.
pub async fn complain(context: &mut Context<'_>, id: RequestId, body: &Complain) -> Result<(), Failure> {
    let about: Request = context.get(id).await?;
    if !matches!(about.state, RequestState::Closed | RequestState::Done) {
        return Err(Refusal::IllegalMove {
            entity: EntityKind::Request,
            from: crate::domain::machine::State::name(about.state),
            asked: "complain",
            legal: crate::domain::request::REQUEST.legal(about.state),
        }
        .into());
    }
    let fields = RequestFields {
        channel: Channel::House,
        contact_id: None,
        text: Some(body.text.clone()),
        when: None,
        price: None,
        ..about.fields
    };
    enter(context, body.id, fields, Some(id)).await
}
