//! Commands on the tab: postings are appended and reversed, never edited.

use super::{context::Context, exception::has_happened};
use crate::{
    domain::{
        beneficiary::Beneficiary,
        client::Client,
        ids::PostingId,
        operator::Operator,
        permanence::Permanence,
        posting::{Account, Posting, PostingFields, PostingKind},
        provider::Provider,
        refusal::{Cause, Refusal},
        request::Request,
        site::Site,
        texts::ShortText,
    },
    office::failure::Failure,
    wire::{desk_bodies::Reverse, fresh},
};

/// `PUT /v1/postings/{id}`: a charge or a payment; a reversal has a command of its own, which makes its lines.
pub async fn post(context: &mut Context<'_>, id: PostingId, fields: &PostingFields) -> Result<(), Failure> {
    context.must_be_new::<Posting>(id).await?;
    if fields.kind == PostingKind::Reversal {
        let why = "a posting is reversed by its own command, which makes the lines".into();
        return Err(Refusal::FieldInvalid { field: "kind".into(), why }.into());
    }
    has_happened("occurred_at", fields.occurred_at, context.now)?;
    let posting = Posting::create(id, fields.clone(), context.now, context.actor.operator())?;
    check_references(context, fields).await?;
    context.insert(&posting, None).await
}

async fn check_references(context: &mut Context<'_>, fields: &PostingFields) -> Result<(), Failure> {
    for line in &fields.lines {
        match line.account {
            Account::Person { beneficiary_id } => {
                context.named::<Beneficiary>(beneficiary_id, "lines.account.beneficiary_id").await?;
            }
            Account::Client { client_id } => {
                context.named::<Client>(client_id, "lines.account.client_id").await?;
            }
            Account::Provider { provider_id } => {
                context.named::<Provider>(provider_id, "lines.account.provider_id").await?;
            }
            Account::Commission
            | Account::Cash
            | Account::Card
            | Account::Cheque
            | Account::Voucher
            | Account::Transfer
            | Account::Vat { .. } => {}
        }
    }
    if let Some(request) = fields.request_id {
        context.named::<Request>(request, "request_id").await?;
    }
    if let Some(site) = fields.site_id {
        context.named::<Site>(site, "site_id").await?;
    }
    if let Some(operator) = fields.taken_by {
        context.named::<Operator>(operator, "taken_by").await?;
    }
    if let Some(permanence) = fields.permanence_id {
        context.named::<Permanence>(permanence, "permanence_id").await?;
    }
    Ok(())
}

/// `POST /v1/postings/{id}/reverse`
pub async fn reverse(context: &mut Context<'_>, id: PostingId, body: &Reverse) -> Result<(), Failure> {
    context.must_be_new::<Posting>(body.id).await?;
    take_back(context, id, body.id, Some(body.reason.clone())).await
}

/// Takes a posting back as an undo does: by another that negates its lines.
pub async fn reverse_undone(context: &mut Context<'_>, id: PostingId) -> Result<(), Failure> {
    take_back(context, id, fresh(), None).await
}

async fn take_back(
    context: &mut Context<'_>,
    id: PostingId,
    reversal: PostingId,
    reason: Option<ShortText>,
) -> Result<(), Failure> {
    let posting: Posting = context.get(id).await?;
    let reversal = posting.reversal(reversal, reason.clone(), context.now, context.actor.operator())?;
    let text = id.to_string();
    let sql = "SELECT id FROM posting WHERE reverses_id = $1";
    if context.read().row(sql, &[(&text).into()]).await?.is_some() {
        let what = "this posting was reversed already".into();
        return Err(Refusal::Busy { cause: Cause::Exists, what }.into());
    }
    context.insert(&reversal, reason).await
}
