//! Commands on replies: written, held, sent, tried again, and what a person makes of what did not go.

use super::{contact, context::Context, desk_mail, letter, locker_code, request};
use crate::{
    domain::{
        contact::{Contact, ContactState, Message, Origin},
        entity::{Entity as _, Scope},
        ids::ReplyId,
        operator::Language,
        refusal::{Cause, Refusal},
        reply::{Automatic, Reply, ReplyFields, ReplyState, Then, Thread},
        request::{Request, RequestState},
        texts::ShortText,
    },
    office::{
        failure::Failure,
        outreach::{
            Attempt, Sender,
            message_id::{self, SECRET, Sent},
        },
        secret,
        timers::TimerKind,
    },
    wire::{
        bodies::{Step, Wait, WrapUp},
        catalogue, fresh,
    },
};

/// Messages of a thread that are named at most: the first and the last ones say which it is.
const REFERENCES: usize = 20;

/// How a contact ended that was answered.
pub const fn answered(language: Language) -> &'static str {
    match language {
        Language::Fr => "répondu",
        Language::En => "answered",
    }
}

/// `PUT /v1/replies/{id}`: what becomes of what is answered happens in the same transaction, and is undone with it.
pub async fn prepare(context: &mut Context<'_>, id: ReplyId, fields: &ReplyFields) -> Result<(), Failure> {
    context.must_be_new::<Reply>(id).await?;
    let Some(sender) = context.sender.clone() else {
        let what = "this office has no way to send mail: configure [office.smtp]".into();
        return Err(Refusal::Busy { cause: Cause::NoMailServer, what }.into());
    };
    let contact: Option<Contact> = match fields.contact_id {
        Some(id) => Some(context.named(id, "contact_id").await?),
        None => None,
    };
    let about: Option<Request> = match fields.request_id {
        Some(id) => Some(context.named(id, "request_id").await?),
        None => None,
    };
    let site = contact.as_ref().and_then(|contact| contact.site_id);
    let scope = Scope { site: site.or(about.as_ref().and_then(|request| request.scope().site)), client: None };
    let (hold_s, by) = (context.policy.fields.send_hold_s, context.actor.operator());
    // Everything that can be refused is, before the secret may be made.
    let unnamed = Thread::default();
    let mut reply = Reply::create(id, fields.clone(), unnamed, scope, hold_s, context.now, by)?;
    if let (Then::WrapUp, Some(contact)) = (fields.then, &contact) {
        let outcome = catalogue::reason(answered(fields.language));
        contact.clone().go("wrap_up", ContactState::WrappedUp, outcome, context.now)?;
    }
    if let (Then::Suspend, Some(request)) = (fields.then, &about) {
        request.clone().go("wait", RequestState::Waiting, None, context.now)?;
    }
    if let Some(Origin::Message(message)) = contact.as_ref().map(|contact| &contact.origin) {
        (reply.in_reply_to, reply.references) = thread(message);
    }
    let secret = secret::named(context, SECRET).await?;
    reply.message_id = message_id::write(&secret, Sent::Reply(id), &sender.domain)?;
    context.insert(&reply, None).await?;
    match (fields.then, contact, about) {
        (Then::WrapUp, Some(answer), _) => {
            if let Some(outcome) = catalogue::reason(answered(fields.language)) {
                contact::wrap_up(context, answer.id, &WrapUp { outcome }).await?;
            }
        }
        (Then::Suspend, _, Some(request)) => {
            let body = Wait { seen: request.state, question: fields.subject.clone(), until: None };
            request::wait(context, request.id, &body).await?;
        }
        _ => {}
    }
    Ok(())
}

/// Writes by itself to who wrote a message. The contact stays as it is: its clock runs until a person answers.
pub async fn by_itself(
    context: &mut Context<'_>,
    sender: &Sender,
    contact: &Contact,
    fields: ReplyFields,
    what: Automatic,
) -> Result<(), Failure> {
    let id: ReplyId = fresh();
    let named = match &contact.origin {
        Origin::Message(message) => thread(message),
        _ => (None, Vec::new()),
    };
    let secret = secret::named(context, SECRET).await?;
    let message_id = message_id::write(&secret, Sent::Reply(id), &sender.domain)?;
    let thread = Thread { message_id, in_reply_to: named.0, references: named.1 };
    let scope = Scope { site: contact.site_id, client: None };
    // Nobody takes it back: it leaves at once.
    let reply = Reply::create(id, fields, thread, scope, 0, context.now, None)?;
    let verb = std::mem::replace(&mut context.verb, "reply.prepare");
    let stored = context.insert(&Reply { automatic: Some(what), ..reply }, None).await;
    context.verb = verb;
    stored
}

/// What an answer to a message refers to (RFC 5322, 3.6.4); a message without an id of its own is answered without.
fn thread(message: &Message) -> (Option<String>, Vec<String>) {
    let known = |id: &ShortText| {
        let id = id.as_str().trim_start_matches('<').trim_end_matches('>');
        let good = id.contains('@') && id.is_ascii() && !id.contains(|c: char| c.is_whitespace() || "<>".contains(c));
        good.then(|| id.to_owned())
    };
    let own = known(&message.message_id);
    // They stand with the last one first.
    let mut references: Vec<String> = message.references.iter().rev().filter_map(known).chain(own.clone()).collect();
    let mut seen = std::collections::HashSet::new();
    references.retain(|id| seen.insert(id.clone()));
    if references.len() > REFERENCES {
        references.drain(1..=references.len() - REFERENCES);
    }
    (own, references)
}

/// Its moments of grace are over, or it is tried again. What is stored here stands before the mail server hears a word.
pub async fn send_due(context: &mut Context<'_>, id: ReplyId) -> Result<(), Failure> {
    let Some(before) = context.find::<Reply>(id).await? else { return Ok(()) };
    let waits = before.state == ReplyState::Sending && before.retry_at.is_some();
    if before.state != ReplyState::Prepared && !waits {
        return Ok(());
    }
    if before.state == ReplyState::Prepared && context.now < before.hold_until {
        return context.set_timer(TimerKind::SendReply, id.into(), Some(before.hold_until)).await;
    }
    let mut after = before.clone();
    let code = match before.booking_id {
        Some(booking) => locker_code::of_mail(context, booking, id).await?,
        None => None,
    };
    // A code that opens no more is told to nobody, however far its mail got.
    let is_stale = before.booking_id.is_some() && code.is_none();
    if is_stale || (before.state == ReplyState::Prepared && letter::is_moot(context, &before).await?) {
        after.withdraw()?;
        context.save(&before, after, None).await?;
        return Ok(());
    }
    after.attempt(context.now)?;
    context.save(&before, after, None).await?;
    // Told to who carries it out, and kept nowhere.
    context.aside = code.map(|code| serde_json::json!({ "code": code }));
    Ok(())
}

/// Nobody told how an attempt went: who made it is gone, and it may have gone or not.
pub async fn lose_track(context: &mut Context<'_>, id: ReplyId) -> Result<(), Failure> {
    let Some(before) = context.find::<Reply>(id).await?.filter(Reply::is_under_way) else { return Ok(()) };
    let mut after = before.clone();
    after.doubt(None)?;
    store(context, &before, after).await
}

/// How an attempt went, told by the office that made it.
pub async fn attempted(context: &mut Context<'_>, id: ReplyId, number: u16, how: &Attempt) -> Result<(), Failure> {
    let Some(before) = context.find::<Reply>(id).await?.filter(|reply| reply.attempts == number) else { return Ok(()) };
    let mut after = before.clone();
    match how {
        // The word comes late, but it is sure.
        Attempt::Taken if before.state == ReplyState::Doubtful => after.deliver(context.now)?,
        _ if !before.is_under_way() => return Ok(()),
        Attempt::Taken => after.deliver(context.now)?,
        Attempt::NotNow(why) => after.put_off(why.clone(), context.now)?,
        Attempt::Never(why) => after.fail(why.clone())?,
        Attempt::Unknown(why) => after.doubt(Some(why.clone()))?,
    }
    store(context, &before, after).await
}

/// A delivery failure names it.
pub async fn bounce(context: &mut Context<'_>, id: ReplyId, why: &ShortText) -> Result<(), Failure> {
    let gone = |reply: &Reply| matches!(reply.state, ReplyState::Sent | ReplyState::Doubtful);
    let Some(before) = context.find::<Reply>(id).await?.filter(gone) else { return Ok(()) };
    let mut after = before.clone();
    after.bounce(why.clone())?;
    store(context, &before, after).await
}

/// Stores what became of it. What did not go was no answer: the contact that it closed is open again, and calls.
async fn store(context: &mut Context<'_>, before: &Reply, after: Reply) -> Result<(), Failure> {
    let calls = after.calls();
    let is_news = after.went_astray() && !before.went_astray();
    let after = context.save(before, after, None).await?;
    letter::attempted(context, &after).await?;
    if is_news && after.is_of_desk() {
        return desk_mail::did_not_go(context, &after).await;
    }
    if !calls {
        return Ok(());
    }
    take_back(context, &after).await?;
    // Whoever closed it meanwhile took it for answered.
    let closed = |contact: &Contact| contact.state != ContactState::Open;
    match after.fields.contact_id {
        Some(id) => match context.find::<Contact>(id).await?.filter(closed) {
            Some(contact) => reopen(context, &contact).await,
            None => Ok(()),
        },
        None => Ok(()),
    }
}

async fn reopen(context: &mut Context<'_>, before: &Contact) -> Result<(), Failure> {
    let mut after = before.clone();
    after.go("reopen", ContactState::Open, None, context.now)?;
    context.save(before, after, None).await?;
    Ok(())
}

/// Takes back what it made of what it answers, where that still stands.
async fn take_back(context: &mut Context<'_>, reply: &Reply) -> Result<(), Failure> {
    match (reply.fields.then, reply.fields.contact_id, reply.fields.request_id) {
        (Then::WrapUp, Some(id), _) => {
            let outcome = catalogue::reason(answered(reply.fields.language));
            let closed = |contact: &Contact| contact.state == ContactState::WrappedUp && contact.outcome == outcome;
            let Some(before) = context.find::<Contact>(id).await?.filter(closed) else { return Ok(()) };
            reopen(context, &before).await?;
        }
        (Then::Suspend, _, Some(id)) => {
            let waits = |request: &Request| request.state == RequestState::Waiting;
            if context.find::<Request>(id).await?.is_some_and(|request| waits(&request)) {
                request::resume(context, id, &Step { seen: RequestState::Waiting }).await?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// `POST /v1/replies/{id}/withdraw`: what it made of what it answers is taken back with it.
pub async fn withdraw(context: &mut Context<'_>, id: ReplyId) -> Result<(), Failure> {
    let before: Reply = context.get(id).await?;
    let mut after = before.clone();
    after.withdraw()?;
    let after = context.save(&before, after, None).await?;
    take_back(context, &after).await
}

/// `POST /v1/replies/{id}/send-again`
pub async fn send_again(context: &mut Context<'_>, id: ReplyId) -> Result<(), Failure> {
    let before: Reply = context.get(id).await?;
    let mut after = before.clone();
    after.send_again(context.policy.fields.send_hold_s, context.now)?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/replies/{id}/let-be`
pub async fn let_be(context: &mut Context<'_>, id: ReplyId) -> Result<(), Failure> {
    let before: Reply = context.get(id).await?;
    let mut after = before.clone();
    after.let_be(context.now)?;
    context.save(&before, after, None).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(id: &str, references: &[&str]) -> Message {
        serde_json::from_value(serde_json::json!({
            "mailbox": "conciergerie", "message_id": id, "references": references
        }))
        .unwrap()
    }

    #[test]
    fn an_answer_refers_to_the_message_and_to_its_thread_from_the_first_on() {
        let (own, references) = thread(&message("<c@x.example>", &["b@x.example", "a@x.example", "a@x.example"]));
        assert_eq!(own.as_deref(), Some("c@x.example"));
        assert_eq!(references, ["a@x.example", "b@x.example", "c@x.example"]);
    }

    #[test]
    fn a_long_thread_keeps_its_first_and_its_last_messages() {
        let ids: Vec<String> = (0..40).rev().map(|number| format!("{number}@x.example")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let (_, references) = thread(&message("40@x.example", &ids));
        assert_eq!(references.len(), REFERENCES);
        assert_eq!((references[0].as_str(), references[19].as_str()), ("0@x.example", "40@x.example"));
    }

    #[test]
    fn what_is_no_message_id_is_not_referred_to() {
        assert_eq!(thread(&message("0f3a9b", &["a b@x.example", "é@x.example"])), (None, Vec::new()));
    }

    #[test]
    fn the_outcomes_of_the_house_are_texts() {
        assert!([Language::Fr, Language::En].iter().all(|language| catalogue::reason(answered(*language)).is_some()));
    }
}
