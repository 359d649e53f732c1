//! What ends with a request: its offers, its assignment, the claims on it.

use super::context::Context;
use crate::{
    domain::{
        assignment::{Assignment, AssignmentState},
        claim::{Claim, ClaimState},
        ids::{OfferId, RequestId},
        offer::{Offer, OfferState},
        texts::ShortText,
    },
    office::{failure::Failure, storage::document},
};
use uuid::Uuid;

/// Withdraws what is still with providers, but for one offer.
pub async fn withdraw_offers(
    context: &mut Context<'_>,
    request: RequestId,
    reason: &ShortText,
    but: Option<OfferId>,
) -> Result<(), Failure> {
    let id = request.to_string();
    let live = "request_id = $1 AND state IN ('prepared', 'sent', 'seen')";
    for before in document::select::<Offer>(context.read(), live, &[(&id).into()]).await? {
        if Some(before.id) != but {
            let mut after = before.clone();
            after.go("withdraw", OfferState::Withdrawn, Some(reason), context.now)?;
            context.save(&before, after, Some(reason.clone())).await?;
        }
    }
    Ok(())
}

/// Ends who does it: the assignment, and the accepted offer behind it.
pub async fn end_assignment(
    context: &mut Context<'_>,
    request: RequestId,
    to: AssignmentState,
    reason: Option<&ShortText>,
) -> Result<(), Failure> {
    let id = request.to_string();
    let active = "request_id = $1 AND state = 'active'";
    for before in document::select::<Assignment>(context.read(), active, &[(&id).into()]).await? {
        let (name, offer) = match to {
            AssignmentState::Active => return Ok(()),
            AssignmentState::Fulfilled => ("fulfil", ("fulfil", OfferState::Fulfilled)),
            AssignmentState::Released => ("release", ("release", OfferState::Released)),
            AssignmentState::Failed => ("fail", ("fail", OfferState::Failed)),
        };
        let mut after = before.clone();
        after.go(name, to, reason, context.now)?;
        context.save(&before, after, reason.cloned()).await?;
        end_accepted(context, request, offer.0, offer.1, reason).await?;
    }
    Ok(())
}

/// The provider's part is done.
pub async fn fulfil_offer(context: &mut Context<'_>, request: RequestId) -> Result<(), Failure> {
    end_accepted(context, request, "fulfil", OfferState::Fulfilled, None).await
}

async fn end_accepted(
    context: &mut Context<'_>,
    request: RequestId,
    name: &'static str,
    to: OfferState,
    reason: Option<&ShortText>,
) -> Result<(), Failure> {
    let id = request.to_string();
    let accepted = "request_id = $1 AND state = 'accepted'";
    for before in document::select::<Offer>(context.read(), accepted, &[(&id).into()]).await? {
        let mut after = before.clone();
        after.go(name, to, reason, context.now)?;
        context.save(&before, after, reason.cloned()).await?;
    }
    Ok(())
}

/// Releases the claim on something that needs no work any more.
pub async fn release_claims(context: &mut Context<'_>, subject: Uuid) -> Result<(), Failure> {
    let id = subject.to_string();
    let held = "subject_id = $1 AND state <> 'released'";
    for before in document::select::<Claim>(context.read(), held, &[(&id).into()]).await? {
        let mut after = before.clone();
        after.go("release", ClaimState::Released)?;
        context.save(&before, after, None).await?;
    }
    Ok(())
}
