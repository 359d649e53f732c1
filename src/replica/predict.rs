//! What a pending command will make of a row, computed with the domain's own rules; each is idempotent, so that a command whose change is here already adds nothing.

pub mod desk;

use super::{Replica, touch};
use crate::{
    domain::{
        beneficiary::Beneficiary,
        call::Call,
        contact::{Contact, ContactState, Message, Origin, Party},
        entity::{Entity, Scope, edited},
        exception::Exception,
        held::{Held, HeldState},
        ids::{
            BeneficiaryId, ClientId, ContactId, ExceptionId, HeldId, LegId, OfferId, OperatorId, RecurringOrderId,
            ReplyId, RequestId, RoundId, SiteId,
        },
        leg::{LEG, Leg},
        offer::{Offer, OfferState},
        phone::Caller,
        policy::PolicyFields,
        recurring::{Pause, RecurringOrder},
        reply::{Reply, Then, Thread},
        request::{MergedInto, Note, Question, Request, RequestFields, RequestNumber, RequestState, Requester},
        round::{Round, RoundState, Standing, Stop},
        texts::ShortText,
        time::Instant,
    },
    wire::{bodies::Keep, catalogue::Command},
};
use uuid::Uuid;

/// Who gave a command, when, and what was here then.
#[derive(Clone, Copy, Debug)]
pub struct Stamp<'a> {
    /// When it was given.
    pub at: Instant,
    /// Who gave it.
    pub by: Option<OperatorId>,
    /// What the office confirmed.
    pub replica: &'a Replica,
}

/// The row after an edit that is about it.
pub fn edited_row<E: Entity>(command: &Command, now: &E) -> Option<E> {
    let id: Uuid = now.id().into();
    let edit = touch::edit(command).filter(|_| command.subject() == Some(id))?;
    edited(now, edit).ok()
}

/// What becomes of a request.
pub fn request(command: &Command, stamp: &Stamp<'_>, id: RequestId, now: Option<&Request>) -> Option<Request> {
    let Some(now) = now else { return new_request(command, stamp, id) };
    if let Command::PrepareOffer { body, .. } = command
        && body.request_id == id
    {
        let mut after = now.clone();
        after.go("offer", RequestState::Offered, None, stamp.at).ok()?;
        return Some(after);
    }
    if command.subject() != Some(id.into()) {
        return None;
    }
    let mut after = now.clone();
    let mut go = |name, saw: RequestState, to, reason: Option<&ShortText>| {
        (after.state == saw).then(|| after.go(name, to, reason, stamp.at).ok()).flatten()
    };
    match command {
        Command::EditRequest { .. } => after = edited_row(command, now)?,
        Command::TriageRequest { body, .. } => go("triage", body.seen, RequestState::Triaged, None)?,
        Command::WaitRequest { body, .. } => {
            go("wait", body.seen, RequestState::Waiting, None)?;
            let (since, until, question) = (stamp.at, body.until, body.question.clone());
            after.waiting = Some(Box::new(Question { since, until, question, back_to: now.state }));
        }
        Command::ResumeRequest { body, .. } => {
            let back_to = now.waiting.as_ref().map_or(RequestState::New, |question| question.back_to);
            go("resume", body.seen, back_to, None)?;
            after.waiting = None;
        }
        Command::AnswerRequest { body, .. } => {
            go("answer", body.seen, RequestState::Answered, None)?;
            after.ending = Some(body.text.clone());
        }
        Command::AssignRequest { body, .. } => {
            go("assign", body.seen, RequestState::Assigned, None)?;
            after.assignment_id = Some(body.assignment_id);
        }
        Command::RefuseRequest { body, .. } => go("refuse", body.seen, RequestState::Refused, Some(&body.reason))?,
        Command::CancelRequest { body, .. } => {
            go("cancel", body.seen, RequestState::Cancelled, Some(&body.reason))?;
            after.assignment_id = None;
            after.waiting = None;
        }
        Command::MergeRequest { body, .. } => {
            go("merge", body.seen, RequestState::Merged, Some(&body.reason))?;
            after.merged = Some(Box::new(MergedInto { id: body.into, back_to: now.state }));
        }
        Command::UnmergeRequest { body, .. } => {
            let back_to = now.merged.as_ref().map_or(RequestState::New, |merged| merged.back_to);
            go("unmerge", body.seen, back_to, None)?;
            after.merged = None;
            after.ending = None;
        }
        Command::NoteRequest { body, .. } if now.notes.iter().all(|note| note.id != body.id) => {
            after.notes.push(Note { id: body.id, at: stamp.at, by: stamp.by, text: body.text.clone() });
        }
        _ => return None,
    }
    Some(after)
}

/// A request that a command makes; it has no number until the office gives one.
fn new_request(command: &Command, stamp: &Stamp<'_>, id: RequestId) -> Option<Request> {
    let (fields, origin) = match command {
        Command::CreateRequest { id: new, body } if *new == id => (body.clone(), None),
        Command::SplitRequest { id: first, body } => {
            let part = body.parts.iter().find(|part| part.id == id)?;
            let first = stamp.replica.request(*first)?;
            (part_of(&first.fields, &part.fields), Some(first.id))
        }
        _ => return None,
    };
    let mut request = Request::create(id, RequestNumber::new(0, 0), fields, stamp.at, stamp.by).ok()?;
    request.origin_id = origin;
    let of_site = || stamp.replica.site(request.fields.site_id?)?.fields.client_id;
    request.client_id = request.fields.requester.as_ref().and_then(|who| client_of(stamp, who)).or_else(of_site);
    Some(request)
}

/// The client that a requester is of.
fn client_of(stamp: &Stamp<'_>, requester: &Requester) -> Option<ClientId> {
    match requester {
        Requester::Person { id } => stamp.replica.beneficiary(*id)?.fields.client_id,
        Requester::Organisation { id, .. } => Some(*id),
    }
}

/// What becomes of a recurring order; its dates are the office's to make.
pub fn recurring_order(
    command: &Command,
    stamp: &Stamp<'_>,
    id: RecurringOrderId,
    now: Option<&RecurringOrder>,
) -> Option<RecurringOrder> {
    if command.subject() != Some(id.into()) {
        return None;
    }
    let site = |id: SiteId| stamp.replica.site(id);
    let Some(now) = now else {
        let Command::CreateRecurringOrder { body, .. } = command else { return None };
        let mut order = RecurringOrder::create(id, body.clone(), stamp.at, stamp.by).ok()?;
        let of_site = || site(body.site_id)?.fields.client_id;
        order.client_id = client_of(stamp, &body.requester).or_else(of_site);
        return Some(order);
    };
    let zone = site(now.fields.site_id).map(|site| site.fields.zone.clone()).unwrap_or_default();
    let today = stamp.at.civil(&zone).date();
    let mut after = now.clone();
    match command {
        Command::EditRecurringOrder { .. } => after = edited_row(command, now)?,
        Command::PauseRecurringOrder { body, .. } => {
            after.pause(Pause { from: body.from, to: body.to }, today).ok()?;
        }
        Command::ResumeRecurringOrder { body, .. } => after.resume(body.from.unwrap_or(today).max(today)).ok()?,
        Command::EndRecurringOrder { body, .. } => after.go("end", Some(&body.reason), stamp.at).ok()?,
        _ => return None,
    }
    Some(after)
}

/// What the parts of a split do not say, they have from the first.
fn part_of(first: &RequestFields, part: &RequestFields) -> RequestFields {
    let mut fields = part.clone();
    fields.contact_id = fields.contact_id.or(first.contact_id);
    fields.requester = fields.requester.or_else(|| first.requester.clone());
    fields.site_id = fields.site_id.or(first.site_id);
    fields.payer = fields.payer.or(first.payer);
    fields
}

/// What becomes of a contact.
pub fn contact(command: &Command, stamp: &Stamp<'_>, id: ContactId, now: Option<&Contact>) -> Option<Contact> {
    let Some(now) = now else {
        return match command {
            Command::RecordWalkIn { id: new, body } if *new == id => {
                let body = body.clone();
                Some(Contact::create(id, Origin::WalkIn(body.what), body.occurred_at, body.site_id, body.party))
            }
            Command::RecordLockerDrop { id: new, body } if *new == id => {
                let body = body.clone();
                Some(Contact::create(id, Origin::LockerDrop(body.what), body.occurred_at, body.site_id, body.party))
            }
            _ => None,
        };
    };
    if let Command::PrepareReply { body, .. } = command
        && body.contact_id == Some(id)
        && body.then == Then::WrapUp
    {
        let mut after = now.clone();
        after.go("wrap_up", ContactState::WrappedUp, None, stamp.at).ok()?;
        return Some(after);
    }
    if command.subject() != Some(id.into()) {
        return None;
    }
    let mut after = now.clone();
    let mut go = |name, to, outcome: Option<&ShortText>| after.go(name, to, outcome.cloned(), stamp.at).ok();
    match command {
        Command::EditContact { .. } => after = edited_row(command, now)?,
        Command::AttachContact { body, .. } => after.party = body.party.clone(),
        Command::WrapUpContact { body, .. } => go("wrap_up", ContactState::WrappedUp, Some(&body.outcome))?,
        Command::CallBackContact { body, .. } => go("call_back", ContactState::CalledBack, Some(&body.outcome))?,
        Command::DropContact { body, .. } => go("drop", ContactState::Dropped, Some(&body.reason))?,
        Command::ReopenContact { body, .. } if body.seen == now.state => go("reopen", ContactState::Open, None)?,
        _ => return None,
    }
    Some(after)
}

/// What becomes of a reply: how long it is held is the policy's.
pub fn reply(command: &Command, stamp: &Stamp<'_>, id: ReplyId, now: Option<&Reply>) -> Option<Reply> {
    if command.subject() != Some(id.into()) {
        return None;
    }
    let hold_s = send_hold_s(stamp);
    match (command, now) {
        (Command::PrepareReply { body, .. }, None) => {
            let site = body.contact_id.and_then(|id| stamp.replica.contact(id)).and_then(|contact| contact.site_id);
            let scope = Scope { site, client: None };
            Reply::create(id, body.clone(), Thread::default(), scope, hold_s, stamp.at, stamp.by).ok()
        }
        (Command::WithdrawReply { .. }, Some(now)) => {
            let mut after = now.clone();
            after.withdraw().ok().map(|()| after)
        }
        (Command::SendReplyAgain { .. }, Some(now)) => {
            let mut after = now.clone();
            after.send_again(hold_s, stamp.at).ok().map(|()| after)
        }
        (Command::LetReplyBe { .. }, Some(now)) => {
            let mut after = now.clone();
            after.let_be(stamp.at).ok().map(|()| after)
        }
        _ => None,
    }
}

/// What becomes of an offer: how long it is held is the policy's.
pub fn offer(command: &Command, stamp: &Stamp<'_>, id: OfferId, now: Option<&Offer>) -> Option<Offer> {
    if command.subject() != Some(id.into()) {
        return None;
    }
    let Some(now) = now else {
        let Command::PrepareOffer { body, .. } = command else { return None };
        let hold_s = send_hold_s(stamp);
        let scope = stamp.replica.request(body.request_id)?.scope();
        return Offer::create(id, body.clone(), scope, hold_s, stamp.at, stamp.by).ok();
    };
    let mut after = now.clone();
    match command {
        Command::AcceptOffer { .. } => after.go("accept", OfferState::Accepted, None, stamp.at).ok()?,
        Command::DeclineOffer { body, .. } => after.decline(&body.reason, body.counter, stamp.at).ok()?,
        Command::DeferOffer { body, .. } => after.defer(body.deadline, stamp.at).ok()?,
        Command::WithdrawOffer { body, .. } => {
            after.go("withdraw", OfferState::Withdrawn, Some(&body.reason), stamp.at).ok()?;
        }
        Command::ReleaseOffer { body, .. } => {
            after.go("release", OfferState::Released, Some(&body.reason), stamp.at).ok()?;
        }
        Command::FailOffer { body, .. } => after.go("fail", OfferState::Failed, Some(&body.reason), stamp.at).ok()?,
        _ => return None,
    }
    Some(after)
}

/// What becomes of a contradiction.
pub fn exception(command: &Command, stamp: &Stamp<'_>, id: ExceptionId, now: Option<&Exception>) -> Option<Exception> {
    if command.subject() != Some(id.into()) {
        return None;
    }
    let Some(now) = now else {
        let Command::OpenException { body, .. } = command else { return None };
        return Exception::create(id, body.clone(), stamp.at, stamp.by).ok();
    };
    match command {
        Command::CloseException { body, .. } => {
            let mut after = now.clone();
            after.close(body.settlement.clone(), stamp.at, stamp.by?).ok().map(|()| after)
        }
        _ => edited_row(command, now),
    }
}

/// What becomes of what a trainee prepared.
pub fn held(command: &Command, stamp: &Stamp<'_>, id: HeldId, now: Option<&Held>) -> Option<Held> {
    let mut after = now.filter(|_| command.subject() == Some(id.into()))?.clone();
    match command {
        Command::ReleaseHeld { .. } => after.go("release", HeldState::Released, stamp.by?, None).ok()?,
        Command::ReturnHeld { body, .. } => {
            after.go("return", HeldState::Returned, stamp.by?, Some(body.reason.clone())).ok()?;
        }
        Command::TakeUpHeld { .. } => after.take_up(stamp.at).ok()?,
        _ => return None,
    }
    Some(after)
}

/// What becomes of a leg; what that means for its request and its things is the office's to say.
pub fn leg(command: &Command, stamp: &Stamp<'_>, id: LegId, now: Option<&Leg>) -> Option<Leg> {
    let Some(now) = now else {
        return match command {
            Command::PlanLeg { id: new, body } if *new == id => {
                let site = stamp.replica.request(body.request_id).and_then(|request| request.fields.site_id);
                Leg::create(id, body.clone(), site, stamp.at, stamp.by).ok()
            }
            Command::FailLeg { id: failed, body } => {
                let retry = body.retry.as_ref().filter(|retry| retry.id == id)?;
                let before = stamp.replica.leg(*failed)?;
                let (failed, _) = before.failed(body.failure.clone(), None, body.occurred_at);
                failed.retry(id, retry.window, stamp.at, stamp.by).ok()
            }
            _ => None,
        };
    };
    if command.subject() != Some(id.into()) {
        return None;
    }
    let before = now.fields.after.and_then(|before| stamp.replica.leg(before)).map(|before| before.state);
    let mut after = now.clone();
    match command {
        Command::EditLeg { .. } => after = edited_row(command, now)?,
        Command::ConfirmLeg { .. } => after.confirm().ok()?,
        Command::MoveLeg { body, .. } => after.move_to(body.window, stamp.at, stamp.by).ok()?,
        Command::StartLeg { .. } => after.start(before, stamp.at).ok()?,
        Command::DoneLeg { body, .. } => after = now.done(before, body.occurred_at).0,
        Command::FailLeg { body, .. } => after = now.failed(body.failure.clone(), before, body.occurred_at).0,
        Command::CancelLeg { body, .. } => after.cancel(body.reason.clone(), stamp.at).ok()?,
        _ => return None,
    }
    Some(after)
}

/// What becomes of a round. A leg that another round takes leaves this one only once the office says so, or a command on this one.
pub fn round(command: &Command, stamp: &Stamp<'_>, id: RoundId, now: Option<&Round>) -> Option<Round> {
    if command.subject() != Some(id.into()) {
        return None;
    }
    let Some(now) = now else {
        let Command::CreateRound { body, .. } = command else { return None };
        return Round::create(id, body.clone(), stamp.at, stamp.by).ok();
    };
    let mut after = now.clone();
    match command {
        Command::EditRound { .. } => after = edited_row(command, now)?,
        Command::ArrangeRound { body, .. } => after.arrange(&body.stops, &standing(stamp, now)).ok()?,
        Command::PublishRound { .. } => after.go("publish", RoundState::Published, stamp.at).ok()?,
        Command::StartRound { .. } => after.go("start", RoundState::Started, stamp.at).ok()?,
        Command::FinishRound { .. } => after.go("finish", RoundState::Finished, stamp.at).ok()?,
        _ => return None,
    }
    Some(after)
}

/// What a new order may not touch, as far as it is known here: a leg that is not known any more has ended.
fn standing(stamp: &Stamp<'_>, round: &Round) -> Standing {
    let mut standing = Standing::default();
    for id in round.legs() {
        let leg = stamp.replica.leg(id);
        let is_over = leg.is_none_or(|leg| LEG.is_end(leg.state));
        if leg.is_none_or(|leg| leg.is_fixed()) {
            standing.legs.insert(id);
        }
        if is_over || leg.is_some_and(|leg| leg.started_at.is_some()) {
            standing.passed.insert(Stop::take(id));
        }
        if is_over {
            standing.passed.insert(Stop::leave(id));
        }
    }
    standing
}

/// Seconds for which the policy holds back what leaves the house.
fn send_hold_s(stamp: &Stamp<'_>) -> u16 {
    stamp.replica.policy().map_or_else(|| PolicyFields::default().send_hold_s, |row| row.fields.send_hold_s)
}

/// What becomes of a person.
pub fn person(
    command: &Command,
    stamp: &Stamp<'_>,
    id: BeneficiaryId,
    now: Option<&Beneficiary>,
) -> Option<Beneficiary> {
    match (command, now) {
        (Command::CreateBeneficiary { id: new, body }, None) if *new == id => {
            Beneficiary::create(id, body.clone()).ok()
        }
        (Command::EditBeneficiary { .. }, Some(now)) => edited_row(command, now),
        (Command::AttachContact { id: contact, body }, Some(now))
            if body.keep == Keep::FromNowOn && body.party == (Party::Person { id }) =>
        {
            let mut after = now.clone();
            match &stamp.replica.contact(*contact)?.origin {
                Origin::Call(Call { from: Caller::Number(number), .. }) if !after.fields.phones.contains(number) => {
                    after.fields.phones.push(number.clone());
                }
                Origin::Message(Message { from: Some(address), .. }) if !after.fields.emails.contains(address) => {
                    after.fields.emails.push(address.clone());
                }
                _ => return None,
            }
            Some(after)
        }
        _ => None,
    }
}
