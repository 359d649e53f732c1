//! Retention: what is kept no longer than the policy says.

use crate::{
    domain::{contact::Contact, recurring::RecurringOrder, request::Request, time::Instant},
    office::{
        commands::context::Context,
        erasure,
        failure::Failure,
        intake::mail::keep,
        storage::{Arg, document, feed},
    },
};
use jiff::SignedDuration;

/// Rows anonymised in one go, so that commands do not wait.
const PAGE: i64 = 200;

/// Login attempts are looked at for this long.
const ATTEMPTS: SignedDuration = SignedDuration::from_hours(1);

/// One round of housekeeping.
pub(super) async fn run(context: &mut Context<'_>) -> Result<(), Failure> {
    let retention = context.policy.fields.retention;
    let now = context.now;
    let days = |days: u16| now.plus(-SignedDuration::from_hours(24 * i64::from(days)));
    let undo = now.plus(-SignedDuration::from_mins(context.policy.fields.undo_window_min.into()));
    feed::forget_before(context.write(), days(retention.feed_days)).await?;
    let forget = [
        ("UPDATE change SET before_doc = NULL WHERE at < $1 AND before_doc IS NOT NULL", undo),
        ("DELETE FROM command WHERE at < $1", days(retention.idempotency_days)),
        ("DELETE FROM session WHERE expires_at < $1", now),
        ("DELETE FROM login_attempt WHERE at < $1", now.plus(-ATTEMPTS)),
        ("DELETE FROM mail_taken WHERE at < $1", days(retention.messages_days)),
    ];
    for (sql, before) in forget {
        context.write().execute(sql, &[Arg::Int(before.as_micros())]).await?;
    }
    contacts(context, days(retention.messages_days)).await?;
    requests(context, days(retention.requests_days)).await?;
    recurring_orders(context, days(retention.requests_days)).await
}

/// Messages and events of calls: the content goes, that there was a contact stays.
async fn contacts(context: &mut Context<'_>, before: Instant) -> Result<(), Failure> {
    let text = before.to_string();
    let old = "occurred_at < $1 AND forgotten IS NULL LIMIT $2";
    let sql = format!("SELECT CAST(doc AS TEXT) FROM contact WHERE {old}");
    let rows = context.read().rows(sql, &[(&text).into(), Arg::Int(PAGE)]).await?;
    for row in rows {
        let contact: Contact = document::read(&row.text(0)?)?;
        let mut after = erasure::anonymous_contact(&contact);
        after.forgotten = Some(context.now);
        keep::forget(context, contact.id).await?;
        context.save(&contact, after, None).await?;
    }
    Ok(())
}

/// Requests that ended long ago: free text goes, what the report counts stays.
async fn requests(context: &mut Context<'_>, before: Instant) -> Result<(), Failure> {
    let text = before.to_string();
    let sql = "SELECT CAST(doc AS TEXT) FROM request WHERE ended_at < $1 AND forgotten IS NULL LIMIT $2";
    let rows = context.read().rows(sql, &[(&text).into(), Arg::Int(PAGE)]).await?;
    for row in rows {
        let request: Request = document::read(&row.text(0)?)?;
        let mut after = erasure::anonymous_request(&request);
        after.forgotten = Some(context.now);
        context.save(&request, after, None).await?;
    }
    Ok(())
}

/// Recurring orders that ended long ago, as their requests.
async fn recurring_orders(context: &mut Context<'_>, before: Instant) -> Result<(), Failure> {
    let text = before.to_string();
    let sql = "SELECT CAST(doc AS TEXT) FROM recurring_order WHERE ended_at < $1 AND forgotten IS NULL LIMIT $2";
    let rows = context.read().rows(sql, &[(&text).into(), Arg::Int(PAGE)]).await?;
    for row in rows {
        let order: RecurringOrder = document::read(&row.text(0)?)?;
        let mut after = erasure::anonymous_recurring_order(&order);
        after.forgotten = Some(context.now);
        context.save(&order, after, None).await?;
    }
    Ok(())
}
