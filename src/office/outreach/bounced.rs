//! What did not arrive: the reply and the addressee's row say so.

use super::message_id::Sent;
use crate::{
    domain::{beneficiary::Beneficiary, email::EmailAddress, entity::EntityKind, texts::ShortText},
    office::{
        commands::{self, context::Context},
        failure::Failure,
    },
    wire::catalogue::reason,
};

/// Something that the house sent was not delivered to an address: told by a report that bears our signed id.
pub async fn bounced(
    context: &mut Context<'_>,
    sent: Sent,
    address: &EmailAddress,
    why: Option<&ShortText>,
) -> Result<(), Failure> {
    tracing::info!(?sent, "what was sent did not arrive");
    if let Sent::Reply(id) = sent {
        let told = why.cloned().or_else(|| reason("not delivered"));
        if let Some(why) = told {
            commands::reply::bounce(context, id, &why).await?;
        }
    }
    let folded = address.folded();
    let sql = "SELECT entity_id FROM mail_book WHERE address = $1 AND entity = $2 ORDER BY entity_id LIMIT 10";
    let rows = context.read().rows(sql, &[(&folded).into(), EntityKind::Beneficiary.name().into()]).await?;
    for row in rows {
        let Ok(id) = row.text(0)?.parse() else { continue };
        let Some(before) = context.find::<Beneficiary>(id).await? else { continue };
        let mut after = before.clone();
        after.fields.mark_undeliverable(address, context.now, why);
        context.save(&before, after, why.cloned()).await?;
    }
    Ok(())
}
