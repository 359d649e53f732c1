//! What a courier is told of a round by mail: the whole of it when it is published, then what changed. Each mail has its moments of grace,
//! and what changes within them is told at once.

use super::{context::Context, legs::by_the_house};
use crate::{
    domain::{
        access::Actor,
        courier::Courier,
        email::EmailAddress,
        ids::{CourierId, ReplyId},
        operator::Language,
        reply::{Reply, ReplyFields, ReplyState, Then, Thread, ToldRound},
        round::{Round, RoundState, Stop},
        texts::ShortText,
    },
    i18n::say,
    office::{
        failure::Failure,
        outreach::{
            link,
            message_id::{self, Sent},
            rounds::{self, News, Order, Shift},
        },
        pages::sheet::{self, Entry, Telling},
        secret,
        storage::document,
    },
    wire::fresh,
};

/// Tells a round that is being published; else what is in the way, so that whoever publishes it can hand it over themselves.
pub async fn published(context: &mut Context<'_>, round: &Round) -> Result<Option<ShortText>, Failure> {
    send(context, round, round.fields.courier_id, &News::Whole).await
}

/// Tells what changed in a round that its courier has, and nothing if it is as they were told.
pub async fn changed(context: &mut Context<'_>, before: &Round, after: &Round) -> Result<(), Failure> {
    let out = |round: &Round| matches!(round.state, RoundState::Published | RoundState::Started);
    if !out(before) || !out(after) || (before.stops == after.stops && before.fields == after.fields) {
        return Ok(());
    }
    let id = after.id.to_string();
    let sql = "doc -> 'round' ->> 'round_id' = $1 AND state <> 'withdrawn'";
    let mut mails = document::select::<Reply>(context.read(), sql, &[(&id).into()]).await?;
    mails.sort_by_key(|mail| (mail.created_at, mail.id));
    // What has not left the house is told together with what is new.
    let (held, left): (Vec<_>, Vec<_>) = mails.into_iter().partition(|mail| mail.state == ReplyState::Prepared);
    for before in held {
        let mut after = before.clone();
        after.withdraw()?;
        context.save(&before, after, None).await?;
    }
    let told = left.into_iter().filter_map(|mail| mail.round).next_back();
    let courier = after.fields.courier_id;
    if let Some(other) = told.as_ref().map(|told| told.courier_id).filter(|other| *other != courier) {
        send(context, after, other, &News::GivenAway).await?;
    }
    let news = match &told {
        Some(told) if told.courier_id == courier => match news(context, told, before, after).await? {
            Some(news) => news,
            None => return Ok(()),
        },
        _ => News::Whole,
    };
    send(context, after, courier, &news).await?;
    Ok(())
}

/// In what a round differs from what its courier was told; none if in nothing.
async fn news(
    context: &mut Context<'_>,
    told: &ToldRound,
    before: &Round,
    after: &Round,
) -> Result<Option<News>, Failure> {
    let kept = |stops: &[Stop], other: &[Stop]| -> Vec<Stop> {
        stops.iter().copied().filter(|stop| other.contains(stop)).collect()
    };
    let new: Vec<usize> =
        after.stops.iter().zip(1..).filter(|(stop, _)| !told.stops.contains(stop)).map(|(_, number)| number).collect();
    let mut gone: Vec<Entry> = Vec::new();
    for (stop, number) in told.stops.iter().zip(1..).filter(|(stop, _)| !after.stops.contains(stop)) {
        let (policy, system) = (std::sync::Arc::clone(&context.policy), Actor::system());
        let date = told.shift.date();
        let telling = Telling { date, policy: &policy.fields, language: Language::Fr, actor: &system };
        let entry = sheet::entry(context.read(), number, *stop, telling).await?;
        gone.extend(entry);
    }
    let order =
        if kept(&told.stops, &after.stops) == kept(&after.stops, &told.stops) { Order::Kept } else { Order::Other };
    let fields = |round: &Round| (round.fields.vehicle, round.fields.start.clone(), round.fields.end.clone());
    let same_hours = told.shift == after.fields.shift && fields(before) == fields(after);
    let shift = if same_hours { Shift::Kept } else { Shift::Other };
    let nothing = new.is_empty() && gone.is_empty() && order == Order::Kept && shift == Shift::Kept;
    Ok((!nothing).then_some(News::Changed { new, gone, order, shift }))
}

/// Writes a mail about a round to a courier; else what is in the way.
async fn send(
    context: &mut Context<'_>,
    round: &Round,
    courier: CourierId,
    news: &News,
) -> Result<Option<ShortText>, Failure> {
    let Some(sender) = context.sender.clone() else { return Ok(Some(why("offer-trouble-no-server"))) };
    let address: Option<EmailAddress> = context.find::<Courier>(courier).await?.and_then(|row| row.fields.email);
    let Some(to) = address.filter(|to| !sender.is_own(to)) else { return Ok(Some(why("round-trouble-no-address"))) };
    let language = Language::Fr;
    let policy = std::sync::Arc::clone(&context.policy);
    let sheet = sheet::read(context.read(), round, &policy.fields, language, &Actor::system()).await?;
    let secret = secret::named(context, link::SECRET).await?;
    let page = format!("{}/r/{}", sender.pages, link::write_round(&secret, round.id, courier)?);
    let written = rounds::written(language, &sender.name, &sheet, news, &page);
    let Ok(text) = written.text.parse() else { return Ok(Some(why("offer-trouble-too-long"))) };
    let subject = ShortText::fitted(&written.subject);
    let fields = ReplyFields { contact_id: None, request_id: None, to, subject, text, language, then: Then::Keep };
    let id: ReplyId = fresh();
    let secret = secret::named(context, message_id::SECRET).await?;
    let message_id = message_id::write(&secret, Sent::Reply(id), &sender.domain)?;
    let thread = Thread { message_id, ..Thread::default() };
    let told =
        ToldRound { round_id: round.id, courier_id: courier, shift: round.fields.shift, stops: round.stops.clone() };
    let mail = Reply::of_round(id, fields, thread, policy.fields.send_hold_s, context.now, told);
    by_the_house(context, &mail, "reply.prepare").await?;
    Ok(None)
}

/// What keeps a round from going by mail, as the house reads it.
fn why(key: &'static str) -> ShortText {
    ShortText::fitted(&say(Language::Fr, key, &[]))
}
