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
        pages::sheet::{self, Entry, Reader, Sheet, Sure},
        secret,
    },
    wire::fresh,
};
use jiff::SignedDuration;
use std::sync::Arc;

/// The language in which couriers are written to.
const LANGUAGE: Language = Language::Fr;

/// A stop that is made this much sooner or later is told again, if anything is.
const NOTICED: SignedDuration = SignedDuration::from_mins(10);

/// Tells a round that is being published; else what is in the way, so that whoever publishes it can hand it over themselves.
pub async fn published(context: &mut Context<'_>, round: &Round) -> Result<Option<ShortText>, Failure> {
    let sheet = drawn(context, round).await?;
    send(context, &sheet, round.fields.courier_id, &News::Whole).await
}

/// Tells what changed in a round that its courier has, and nothing if it is as they were told.
pub async fn changed(context: &mut Context<'_>, before: &Round, after: &Round) -> Result<(), Failure> {
    let out = |round: &Round| matches!(round.state, RoundState::Published | RoundState::Started);
    if !out(before) || !out(after) || (before.stops == after.stops && before.fields == after.fields) {
        return Ok(());
    }
    if context.sender.is_none() {
        return Ok(());
    }
    let mails = sheet::told(context.read(), after).await?;
    // What has not left the house is told together with what is new.
    let (held, left): (Vec<_>, Vec<_>) = mails.into_iter().partition(|mail| mail.state == ReplyState::Prepared);
    for before in held {
        let mut after = before.clone();
        after.withdraw()?;
        context.save(&before, after, None).await?;
    }
    let told = left.into_iter().filter_map(|mail| mail.round).next_back();
    let courier = after.fields.courier_id;
    let sheet = drawn(context, after).await?;
    if let Some(other) = told.as_ref().map(|told| told.courier_id).filter(|other| *other != courier) {
        send(context, &sheet, other, &News::GivenAway).await?;
    }
    let news = match &told {
        Some(told) if told.courier_id == courier => match news(context, told, before, &sheet).await? {
            Some(news) => news,
            None => return Ok(()),
        },
        _ => News::Whole,
    };
    send(context, &sheet, courier, &news).await?;
    Ok(())
}

/// The sheet of a round as its courier reads it. How long ways are is what is known without waiting: nobody waits for a service while others
/// wait for the transaction.
async fn drawn(context: &mut Context<'_>, round: &Round) -> Result<Sheet, Failure> {
    let policy = Arc::clone(&context.policy);
    let reader = Reader { language: LANGUAGE, actor: &Actor::system(), now: context.now };
    let untimed = sheet::read(context.read(), round, &policy.fields, reader).await?;
    let ways = context.travel.as_ref().zip(untimed.asks()).map(|(travel, asked)| travel.at_once(&asked));
    Ok(untimed.timed(ways.as_ref()))
}

/// In what a round differs from what its courier was told; none if in nothing.
async fn news(
    context: &mut Context<'_>,
    told: &ToldRound,
    before: &Round,
    sheet: &Sheet,
) -> Result<Option<News>, Failure> {
    let after = &sheet.round;
    let kept = |stops: &[Stop], other: &[Stop]| -> Vec<Stop> {
        stops.iter().copied().filter(|stop| other.contains(stop)).collect()
    };
    let new: Vec<usize> =
        after.stops.iter().zip(1..).filter(|(stop, _)| !told.stops.contains(stop)).map(|(_, number)| number).collect();
    let mut gone: Vec<Entry> = Vec::new();
    for (stop, number) in told.stops.iter().zip(1..).filter(|(stop, _)| !after.stops.contains(stop)) {
        gone.extend(sheet::entry(context.read(), number, *stop, LANGUAGE, &Actor::system()).await?);
    }
    let order =
        if kept(&told.stops, &after.stops) == kept(&after.stops, &told.stops) { Order::Kept } else { Order::Other };
    let fields = |round: &Round| (round.fields.vehicle, round.fields.start.clone(), round.fields.end.clone());
    let same_hours = told.shift == after.fields.shift && fields(before) == fields(after);
    let shift = if same_hours { Shift::Kept } else { Shift::Other };
    if new.is_empty() && gone.is_empty() && order == Order::Kept && shift == Shift::Kept {
        return Ok(None);
    }
    let then = |entry: &Entry| {
        let place = told.stops.iter().position(|stop| *stop == entry.stop)?;
        told.times.get(place).copied().flatten()
    };
    let moved = sheet.entries.iter().filter(|entry| {
        let now = entry.hour.filter(|hour| hour.sure != Sure::Done).map(|hour| hour.at);
        now.zip(then(entry)).is_some_and(|(now, then)| now.since(then).abs() >= NOTICED)
    });
    let moved = moved.map(|entry| entry.number).collect();
    Ok(Some(News::Changed { new, gone, order, shift, moved }))
}

/// Writes a mail about a round to a courier; else what is in the way.
async fn send(
    context: &mut Context<'_>,
    sheet: &Sheet,
    courier: CourierId,
    news: &News,
) -> Result<Option<ShortText>, Failure> {
    let round = &sheet.round;
    let Some(sender) = context.sender.clone() else { return Ok(Some(why("offer-trouble-no-server"))) };
    let address: Option<EmailAddress> = context.find::<Courier>(courier).await?.and_then(|row| row.fields.email);
    let Some(to) = address.filter(|to| !sender.is_own(to)) else { return Ok(Some(why("round-trouble-no-address"))) };
    let hold_s = context.policy.fields.send_hold_s;
    let secret = secret::named(context, link::SECRET).await?;
    let page = format!("{}/r/{}", sender.pages, link::write_round(&secret, round.id, courier)?);
    let written = rounds::written(LANGUAGE, &sender.name, sheet, news, &page);
    let Ok(text) = written.text.parse() else { return Ok(Some(why("offer-trouble-too-long"))) };
    let subject = ShortText::fitted(&written.subject);
    let fields =
        ReplyFields { contact_id: None, request_id: None, to, subject, text, language: LANGUAGE, then: Then::Keep };
    let id: ReplyId = fresh();
    let secret = secret::named(context, message_id::SECRET).await?;
    let message_id = message_id::write(&secret, Sent::Reply(id), &sender.domain)?;
    let thread = Thread { message_id, ..Thread::default() };
    let at = |stop: &Stop| sheet.entries.iter().find(|entry| entry.stop == *stop)?.hour.map(|hour| hour.at);
    let told = ToldRound {
        round_id: round.id,
        courier_id: courier,
        shift: round.fields.shift,
        stops: round.stops.clone(),
        times: round.stops.iter().map(at).collect(),
    };
    let mail = Reply::of_round(id, fields, thread, hold_s, context.now, told);
    by_the_house(context, &mail, "reply.prepare").await?;
    Ok(None)
}

/// What keeps a round from going by mail, as the house reads it.
fn why(key: &'static str) -> ShortText {
    ShortText::fitted(&say(LANGUAGE, key, &[]))
}
