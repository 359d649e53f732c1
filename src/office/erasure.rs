//! Erasing a person: the row and the free text that names them, messages, feed entries; totals and ids stay.

use super::{commands::context::Context, failure::Failure, intake::mail::keep, storage::document};
use crate::domain::{
    beneficiary::{Beneficiary, BeneficiaryFields, Way},
    contact::{Contact, Origin, Party},
    entity::EntityKind,
    exception::Exception,
    held::Held,
    ids::RequestId,
    leg::{Leg, Place},
    offer::Offer,
    phone::Caller,
    posting::Posting,
    recurring::{RecurringOrder, RecurringState},
    reply::{Reply, ReplyState},
    request::{Handover, Request},
    texts::{LongText, ShortText},
};
use serde::Serialize;
use uuid::Uuid;

/// What was erased, in counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Erased {
    /// Requests whose free text was removed.
    pub requests: usize,
    /// Contacts whose content was removed.
    pub contacts: usize,
}

/// Anonymises everything that names a person. The feed forgets every earlier form of the rows; it says `erased`, then what is left of them.
pub async fn erase(context: &mut Context<'_>, person: &Beneficiary, reason: &ShortText) -> Result<(), Failure> {
    let mut erased = Erased::default();
    let mut rows: Vec<(EntityKind, Uuid)> = vec![(EntityKind::Beneficiary, person.id.into())];
    let id = person.id.to_string();
    for before in document::select::<Request>(context.read(), "requester_id = $1", &[(&id).into()]).await? {
        rows.push((EntityKind::Request, before.id.into()));
        erased.requests += 1;
        let after = anonymous_request(&before);
        context.save_erased(&before, after, reason).await?;
        rows.extend(around(context, before.id, reason).await?);
    }
    for before in document::select::<RecurringOrder>(context.read(), "requester_id = $1", &[(&id).into()]).await? {
        rows.push((EntityKind::RecurringOrder, before.id.into()));
        let mut after = anonymous_recurring_order(&before);
        if after.state == RecurringState::Active {
            after.go("end", Some(&erased_text(reason)), context.now)?;
        }
        context.save_erased(&before, after, reason).await?;
    }
    let theirs = "party_id = $1 OR id IN (SELECT contact_id FROM request WHERE requester_id = $1) \
                  OR doc -> 'origin' ->> 'request_id' IN (SELECT id FROM request WHERE requester_id = $1)";
    for before in document::select::<Contact>(context.read(), theirs, &[(&id).into()]).await? {
        rows.push((EntityKind::Contact, before.id.into()));
        erased.contacts += 1;
        let after = anonymous_contact(&before);
        keep::forget(context, before.id).await?;
        context.save_erased(&before, after, reason).await?;
    }
    rows.extend(replies(context, &rows, reason).await?);
    let mut after = person.clone();
    after.standing = crate::domain::register::Standing::Archived;
    after.fields = anonymous(&person.fields);
    context.save_erased(person, after, reason).await?;
    rows.extend(held(context, &rows, reason).await?);
    for (kind, row) in rows {
        let row = row.to_string();
        let args = [kind.name().into(), (&row).into()];
        // What was is gone; that it changed, and who saw it, stays.
        let sql = "UPDATE change SET doc = NULL, before_doc = NULL WHERE entity = $1 AND entity_id = $2";
        context.write().execute(sql, &args).await?;
        let sql = "UPDATE history SET reason = NULL WHERE entity = $1 AND entity_id = $2";
        context.write().execute(sql, &args).await?;
        let sql = "UPDATE claim_work SET draft = NULL WHERE claim_id IN (SELECT id FROM claim WHERE subject_id = $1)";
        context.write().execute(sql, &args[1..]).await?;
    }
    context.aside = serde_json::to_value(erased).ok();
    Ok(())
}

/// The rows around a request whose free text may name the person: offers, legs, postings, and exceptions about any of them.
async fn around(
    context: &mut Context<'_>,
    request: RequestId,
    reason: &ShortText,
) -> Result<Vec<(EntityKind, Uuid)>, Failure> {
    let id = request.to_string();
    let mut rows = Vec::new();
    for before in document::select::<Offer>(context.read(), "request_id = $1", &[(&id).into()]).await? {
        let mut after = before.clone();
        after.fields.note = None;
        after.reason = after.reason.as_ref().map(erased_text);
        rows.push((EntityKind::Offer, before.id.into()));
        context.save_erased(&before, after, reason).await?;
    }
    for before in document::select::<Leg>(context.read(), "request_id = $1", &[(&id).into()]).await? {
        let mut after = before.clone();
        for place in [&mut after.fields.from, &mut after.fields.to] {
            if let Place::Address { address, position } = place {
                *address = erased_text(address);
                *position = None;
            }
        }
        after.reason = after.reason.as_ref().map(erased_text);
        if let Some(failure) = &mut after.failure {
            failure.note = None;
        }
        rows.push((EntityKind::Leg, before.id.into()));
        context.save_erased(&before, after, reason).await?;
    }
    // The amounts stay: the ledger is never edited, but what was written beside them is.
    for before in document::select::<Posting>(context.read(), "request_id = $1", &[(&id).into()]).await? {
        let mut after = before.clone();
        after.fields.text = None;
        rows.push((EntityKind::Posting, before.id.into()));
        context.save_erased(&before, after, reason).await?;
    }
    let about = "about_id = $1 OR about_id IN (SELECT id FROM item WHERE request_id = $1) \
                 OR about_id IN (SELECT id FROM leg WHERE request_id = $1)";
    for before in document::select::<Exception>(context.read(), about, &[(&id).into()]).await? {
        let mut after = before.clone();
        after.fields.what = after.fields.what.as_ref().map(erased_text);
        after.settlement = after.settlement.as_ref().map(LongText::erased);
        rows.push((EntityKind::Exception, before.id.into()));
        context.save_erased(&before, after, reason).await?;
    }
    Ok(rows)
}

/// What was written to the person: what has not left stays, nobody is written to whose data are erased.
async fn replies(
    context: &mut Context<'_>,
    rows: &[(EntityKind, Uuid)],
    reason: &ShortText,
) -> Result<Vec<(EntityKind, Uuid)>, Failure> {
    let mut erased = Vec::new();
    for (kind, about) in rows.iter().filter(|(kind, _)| matches!(kind, EntityKind::Contact | EntityKind::Request)) {
        let column = if *kind == EntityKind::Contact { "contact_id = $1" } else { "request_id = $1" };
        let about = about.to_string();
        for before in document::select::<Reply>(context.read(), column, &[(&about).into()]).await? {
            let mut after = before.clone();
            if matches!(after.state, ReplyState::Failed | ReplyState::Bounced) {
                after.let_be(context.now)?;
            } else if after.state == ReplyState::Prepared || after.retry_at.is_some() {
                after.withdraw()?;
            }
            after.fields.text = after.fields.text.erased();
            after.fields.subject = erased_text(&after.fields.subject);
            after.trouble = after.trouble.as_ref().map(erased_text);
            if let Ok(nobody) = "efface@invalid".to_owned().try_into() {
                after.fields.to = nobody;
            }
            erased.push((EntityKind::Reply, before.id.into()));
            context.save_erased(&before, after, reason).await?;
        }
    }
    Ok(erased)
}

/// What trainees prepared about any of the rows.
async fn held(
    context: &mut Context<'_>,
    rows: &[(EntityKind, Uuid)],
    reason: &ShortText,
) -> Result<Vec<(EntityKind, Uuid)>, Failure> {
    let ids: Vec<String> = rows.iter().map(|(_, id)| id.to_string()).collect();
    let mut erased = Vec::new();
    for before in document::select::<Held>(context.read(), "1 = 1", &[]).await? {
        if ids.iter().any(|id| before.names(id)) {
            erased.push((EntityKind::Held, before.id.into()));
            context.save_erased(&before, before.erased(reason), reason).await?;
        }
    }
    Ok(erased)
}

fn erased_text(text: &ShortText) -> ShortText {
    text.replaced_by("(effacé)")
}

/// What the yearly report needs stays: client, site, enrolments, gender.
fn anonymous(fields: &BeneficiaryFields) -> BeneficiaryFields {
    BeneficiaryFields {
        family_name: fields.family_name.replaced_by("(effacé)"),
        given_name: None,
        title: None,
        phones: Vec::new(),
        emails: Vec::new(),
        addresses: Vec::new(),
        undeliverable: Vec::new(),
        prefers: Way::Mail,
        note: None,
        client_id: fields.client_id,
        site_id: fields.site_id,
        gender: fields.gender,
        enrolments: fields.enrolments.clone(),
    }
}

/// A request without what was said in it.
pub fn anonymous_request(request: &Request) -> Request {
    let mut request = request.clone();
    // A request needs a text or a service: what had only its text keeps a mark in its place.
    request.fields.text =
        request.fields.text.as_ref().filter(|_| request.fields.service_id.is_none()).map(LongText::erased);
    request.fields.detail = None;
    if let Some(Handover::Home { address }) = &mut request.fields.handover {
        *address = address.replaced_by("(effacé)");
    }
    request.notes.clear();
    request.ending = None;
    if let Some(question) = &mut request.waiting {
        question.question = question.question.replaced_by("(effacé)");
    }
    request
}

/// A recurring order without what was said in it.
pub fn anonymous_recurring_order(order: &RecurringOrder) -> RecurringOrder {
    let mut order = order.clone();
    order.fields.detail = None;
    if let Some(Handover::Home { address }) = &mut order.fields.handover {
        *address = erased_text(address);
    }
    order.ending = order.ending.as_ref().map(erased_text);
    order
}

/// A contact without its content.
pub fn anonymous_contact(contact: &Contact) -> Contact {
    let mut contact = contact.clone();
    contact.party = Party::Unknown;
    contact.outcome = None;
    match &mut contact.origin {
        Origin::Call(call) => {
            call.from = Caller::Hidden;
            for seen in call.seen_mut() {
                seen.from = None;
                seen.to = None;
            }
        }
        Origin::Message(message) => {
            message.from = None;
            message.from_name = None;
            message.subject = None;
            message.text = None;
            message.attachments.clear();
            message.bounced = None;
        }
        Origin::WalkIn(walk_in) => walk_in.text = None,
        Origin::LockerDrop(locker_drop) => locker_drop.text = None,
    }
    contact
}
