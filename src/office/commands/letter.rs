//! Mails of offers: one to a provider for what is released together, what the provider does with it, and what becomes of its offers if it
//! does not arrive.

use super::{context::Context, exception, offer, request};
use crate::{
    domain::{
        access::{Author, Who},
        beneficiary::Way,
        email::EmailAddress,
        entity::{Entity as _, EntityKind, Scope},
        exception::{About, ContradictionKind, ExceptionFields},
        ids::{OfferId, ProviderId, ReplyId},
        offer::{OFFER, Offer, OfferState},
        operator::Language,
        provider::Provider,
        refusal::Refusal,
        register::Standing,
        reply::{Automatic, Reply, ReplyFields, ReplyState, Then, Thread},
        request::Request,
        texts::{LongText, ShortText},
        time::When,
    },
    i18n::say,
    office::{
        failure::Failure,
        outreach::{
            Sender, link,
            message_id::{self, Sent},
            offers::{self, What},
        },
        pages::card,
        secret,
        storage::{Arg, document},
    },
    wire::{
        bodies::{AddNote, Step},
        dispatch_bodies::DeclineOffer,
        fresh,
    },
};
use jiff::SignedDuration;

/// Offers of one mail at most; more go in the next.
const TOGETHER: usize = 30;

/// For how long an address from which a mail of offers came back is passed over: nobody has to tell that it works again.
const CAME_BACK: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Attempts after which a person tells the offers instead: longer than a server that puts strangers off makes them wait, shorter than any
/// deadline.
const PATIENCE: u16 = 3;

/// What a provider does on the page of its mail, or by an answer to it.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// It opened the page.
    See,
    /// It answers an offer, or all of them.
    Answer {
        /// Which one; all that are open if none is named.
        offer: Option<OfferId>,
        /// What.
        answer: Answer,
    },
    /// It tells how a job that it took goes.
    Report {
        /// Which one.
        offer: OfferId,
        /// How.
        report: Report,
    },
}

/// A provider's answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// It does it.
    Yes,
    /// It does not, for this reason.
    No(ShortText),
    /// It would at another time.
    OtherTime(When),
}

/// How a job goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// The provider's part is done.
    Ready,
    /// It will be late.
    Late(ShortText),
    /// Something is in the way.
    Problem(ShortText),
}

/// Writes the mail for an offer whose moments of grace are over, and for the others of its provider that are as far; else what is in the way.
pub async fn send(context: &mut Context<'_>, first: &Offer) -> Result<Option<ShortText>, Failure> {
    let Some(sender) = context.sender.clone() else { return Ok(Some(why("offer-trouble-no-server"))) };
    let provider: Option<Provider> = context.find(first.fields.provider_id).await?;
    let Some(provider) = provider.filter(|provider| provider.standing == Standing::Active) else {
        return Ok(Some(why("offer-trouble-archived")));
    };
    let Some(to) = address(context, &provider, &sender).await? else {
        return Ok(Some(why("offer-trouble-no-address")));
    };
    let id = first.fields.provider_id.to_string();
    let mut offers =
        document::select::<Offer>(context.read(), "provider_id = $1 AND state = 'prepared'", &[(&id).into()]).await?;
    offers.retain(|offer| offer.fields.way == Way::Mail && offer.hold_until <= context.now && offer.id != first.id);
    offers.insert(0, first.clone());
    offers.truncate(TOGETHER);
    // Their moments of grace are over: it leaves at once.
    if write(context, &sender, to, &offers, What::Offers, 0).await? == Written::TooLong {
        return Ok(Some(why("offer-trouble-too-long")));
    }
    for before in offers {
        let mut after = before.clone();
        after.go("send", OfferState::Sent, None, context.now)?;
        context.save(&before, after, None).await?;
    }
    Ok(None)
}

/// Tells a provider that it has longer to answer an offer that it was told by mail: what it knows already is told it by nobody else.
pub async fn tell_deadline(context: &mut Context<'_>, offer: &Offer) -> Result<(), Failure> {
    let was_mailed = offer.fields.way == Way::Mail && matches!(offer.state, OfferState::Sent | OfferState::Seen);
    let Some(sender) = context.sender.clone().filter(|_| was_mailed) else { return Ok(()) };
    let Some(provider) = context.find::<Provider>(offer.fields.provider_id).await? else { return Ok(()) };
    // Its page tells it in any case.
    let Some(to) = address(context, &provider, &sender).await? else { return Ok(()) };
    let hold_s = context.policy.fields.send_hold_s;
    write(context, &sender, to, std::slice::from_ref(offer), What::Deadline, hold_s).await?;
    Ok(())
}

/// Whether a mail that was held back says nothing any more: none of its offers is open to an answer.
pub async fn is_moot(context: &mut Context<'_>, letter: &Reply) -> Result<bool, Failure> {
    if letter.automatic != Some(Automatic::Offers) || letter.hold_until == letter.created_at {
        return Ok(false);
    }
    for id in &letter.offer_ids {
        let now = context.now;
        if context.find::<Offer>(*id).await?.is_some_and(|offer| offer.takes_answers(now)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether a mail was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    /// It leaves.
    Done,
    /// It would be longer than a mail of the house may be.
    TooLong,
}

/// Writes a mail of these offers, which leaves after so many seconds.
async fn write(
    context: &mut Context<'_>,
    sender: &Sender,
    to: EmailAddress,
    offers: &[Offer],
    what: What,
    hold_s: u16,
) -> Result<Written, Failure> {
    let Some(first) = offers.first() else { return Ok(Written::Done) };
    let language = Language::Fr;
    let mut cards = Vec::with_capacity(offers.len());
    for offer in offers {
        cards.extend(card::read(context.read(), offer.clone(), language).await?);
    }
    let id: ReplyId = fresh();
    let page = format!("{}/o/{}", sender.pages, link::write(&secret::named(context, link::SECRET).await?, id)?);
    let written = offers::written(language, what, &sender.name, &cards, &page);
    let Ok(text) = written.text.parse() else { return Ok(Written::TooLong) };
    let fields = ReplyFields {
        contact_id: None,
        request_id: Some(first.fields.request_id),
        to,
        subject: ShortText::fitted(&written.subject),
        text,
        language,
        then: Then::Keep,
    };
    let secret = secret::named(context, message_id::SECRET).await?;
    let message_id = message_id::write(&secret, Sent::Reply(id), &sender.domain)?;
    let thread = Thread { message_id, ..Thread::default() };
    let scope = Scope { site: first.site_id, client: None };
    let letter = Reply::create(id, fields, thread, scope, hold_s, context.now, None)?;
    let offer_ids = offers.iter().map(|offer| offer.id).collect();
    let letter = Reply { automatic: Some(Automatic::Offers), offer_ids, ..letter };
    let verb = std::mem::replace(&mut context.verb, "reply.prepare");
    context.insert(&letter, None).await?;
    context.verb = verb;
    Ok(Written::Done)
}

/// What keeps offers from going by mail, as the house reads it.
fn why(key: &'static str) -> ShortText {
    ShortText::fitted(&say(Language::Fr, key, &[]))
}

/// The provider's first address that is not the house's own and from which nothing came back of late.
async fn address(
    context: &mut Context<'_>,
    provider: &Provider,
    sender: &Sender,
) -> Result<Option<EmailAddress>, Failure> {
    let since = context.now.plus(-CAME_BACK).to_string();
    let sql = "state = 'bounced' AND doc ->> 'automatic' = 'offers' AND doc ->> 'created_at' > $1";
    let back = document::select::<Reply>(context.read(), sql, &[Arg::from(&since)]).await?;
    let arrives = |address: &&EmailAddress| {
        !sender.is_own(address) && !back.iter().any(|letter| letter.fields.to.is_same(address))
    };
    Ok(provider.fields.emails.iter().find(arrives).cloned())
}

/// What follows for the offers of a mail from how an attempt to send it went: those that are open and were not seen are told by telephone.
pub async fn attempted(context: &mut Context<'_>, letter: &Reply) -> Result<(), Failure> {
    if letter.automatic != Some(Automatic::Offers) {
        return Ok(());
    }
    let waits = letter.state == ReplyState::Sending && letter.retry_at.is_some();
    let gone_wrong = matches!(letter.state, ReplyState::Failed | ReplyState::Doubtful | ReplyState::Bounced);
    if !waits && !gone_wrong {
        return Ok(());
    }
    let mut untold = Vec::new();
    for id in &letter.offer_ids {
        let sent = |offer: &Offer| offer.state == OfferState::Sent && offer.fields.way == Way::Mail;
        untold.extend(context.find::<Offer>(*id).await?.filter(sent));
    }
    let in_time = |offer: &Offer| letter.retry_at.is_some_and(|at| at < offer.fields.deadline);
    if waits && letter.attempts < PATIENCE && untold.iter().all(in_time) {
        return Ok(());
    }
    let words = letter.trouble.clone().unwrap_or_else(|| why("offer-trouble-doubtful"));
    for before in untold {
        let mut after = before.clone();
        after.tell_by_telephone(words.clone());
        context.save(&before, after, Some(words.clone())).await?;
    }
    if waits {
        // A person calls: a mail that comes hours later would only ask again.
        let mut after = letter.clone();
        after.withdraw()?;
        context.save(letter, after, None).await?;
    }
    Ok(())
}

/// What a provider does with a mail of offers: its moves alone, on the offers of that mail alone. What cannot be done any more changes
/// nothing; the page tells how things stand.
pub async fn act(context: &mut Context<'_>, letter: ReplyId, act: &Act) -> Result<(), Failure> {
    let Author::Provider { id: provider } = context.actor.author else { return Err(Failure::NotAllowed("letter")) };
    let told = |letter: &Reply| letter.automatic == Some(Automatic::Offers);
    let Some(letter) = context.find::<Reply>(letter).await?.filter(told) else { return Ok(()) };
    let active = |provider: &Provider| provider.standing == Standing::Active;
    let Some(provider) = context.find::<Provider>(provider).await?.filter(active) else { return Ok(()) };
    // Whatever it does on the page, it has seen it.
    for id in &letter.offer_ids {
        let unseen = |offer: &Offer| offer.state == OfferState::Sent && offer.fields.provider_id == provider.id;
        if let Some(offer) = context.find::<Offer>(*id).await?.filter(unseen)
            && offer.takes_answers(context.now)
        {
            tries(context, Move { verb: "see", name: "offer.see" }, offer.id, None).await?;
        }
    }
    match act {
        Act::Answer { offer, answer } => {
            let asked = letter.offer_ids.iter().filter(|id| offer.is_none_or(|only| only == **id));
            for id in asked {
                self::answer(context, &provider, *id, answer).await?;
            }
        }
        Act::Report { offer, report } if letter.offer_ids.contains(offer) => {
            self::report(context, &provider, *offer, report).await?;
        }
        Act::See | Act::Report { .. } => {}
    }
    Ok(())
}

/// A move of the table, and the name under which the history has it.
#[derive(Clone, Copy)]
struct Move {
    verb: &'static str,
    name: &'static str,
}

/// Makes a move in the provider's name. One that is refused before it wrote anything is no fault: somebody else was faster.
async fn tries(context: &mut Context<'_>, step: Move, id: OfferId, said: Option<&DeclineOffer>) -> Result<(), Failure> {
    if !OFFER.verb(step.verb).any(|known| known.who.contains(&Who::Provider)) {
        return Err(Failure::NotAllowed(step.name));
    }
    let Some(present) = context.find::<Offer>(id).await? else { return Ok(()) };
    let (place, body) = (context.written.len(), Step { seen: present.state });
    let verb = std::mem::replace(&mut context.verb, step.name);
    let done = match (step.verb, said) {
        ("see", _) => offer::see(context, id).await,
        ("accept", _) => offer::accept(context, id, &body).await,
        ("decline", Some(said)) => {
            offer::decline(context, id, &DeclineOffer { seen: present.state, ..said.clone() }).await
        }
        ("fulfil", _) => offer::fulfil(context, id, &body).await,
        _ => Err(Failure::NotAllowed(step.name)),
    };
    context.verb = verb;
    match done {
        Err(Failure::Refused(refusal)) if context.written.len() == place => {
            tracing::info!(offer = %id, %refusal, "a provider's answer came too late");
            Ok(())
        }
        done => done,
    }
}

async fn answer(context: &mut Context<'_>, provider: &Provider, id: OfferId, answer: &Answer) -> Result<(), Failure> {
    let now = context.now;
    let open = |offer: Offer| offer.fields.provider_id == provider.id && offer.takes_answers(now);
    if !context.find::<Offer>(id).await?.is_some_and(open) {
        return Ok(());
    }
    let decline = Move { verb: "decline", name: "offer.decline" };
    let seen = OfferState::Seen;
    match answer {
        Answer::Yes => tries(context, Move { verb: "accept", name: "offer.accept" }, id, None).await,
        Answer::No(reason) => {
            tries(context, decline, id, Some(&DeclineOffer { seen, reason: reason.clone(), counter: None })).await
        }
        Answer::OtherTime(when) => {
            let reason = say(Language::Fr, "offer-other-time-reason", &[]);
            let reason = reason.parse().map_err(|_| Refusal::ReasonMissing { asked: "decline" })?;
            tries(context, decline, id, Some(&DeclineOffer { seen, reason, counter: Some(*when) })).await
        }
    }
}

/// What a provider tells of a job that it took. The same told twice is one note.
async fn report(context: &mut Context<'_>, provider: &Provider, id: OfferId, report: &Report) -> Result<(), Failure> {
    let taken = |offer: &Offer| offer.fields.provider_id == provider.id && offer.state == OfferState::Accepted;
    let Some(offer) = context.find::<Offer>(id).await?.filter(taken) else { return Ok(()) };
    let (key, text) = match report {
        Report::Ready => return tries(context, Move { verb: "fulfil", name: "offer.fulfil" }, id, None).await,
        Report::Late(text) => ("offer-note-late", text),
        Report::Problem(text) => ("offer-note-problem", text),
    };
    let said = [("provider", provider.fields.name.to_string()), ("text", text.to_string())];
    let said = say(Language::Fr, key, &said);
    let Ok(text) = said.parse::<LongText>() else { return Ok(()) };
    let Some(about) = context.find::<Request>(offer.fields.request_id).await? else { return Ok(()) };
    if about.notes.iter().any(|note| note.by.is_none() && note.text == text) {
        return Ok(());
    }
    if about.notes.len() < request::NOTES {
        let verb = std::mem::replace(&mut context.verb, "request.note");
        request::note(context, about.id, &AddNote { id: fresh(), text }).await?;
        context.verb = verb;
    }
    if matches!(report, Report::Problem(_)) {
        let fields = ExceptionFields {
            about: About { kind: EntityKind::Request, id: about.id.into() },
            site_id: about.scope().site,
            kind: ContradictionKind::Other,
            what: Some(ShortText::fitted(&said)),
            occurred_at: context.now,
        };
        let verb = std::mem::replace(&mut context.verb, "exception.open");
        exception::open(context, fresh(), &fields).await?;
        context.verb = verb;
    }
    Ok(())
}

/// The provider that a mail of offers was written to.
pub async fn provider_of(tx: &mut crate::office::storage::Tx, letter: &Reply) -> Result<Option<ProviderId>, Failure> {
    let Some(first) = letter.offer_ids.first() else { return Ok(None) };
    Ok(document::load::<Offer>(tx, *first).await?.map(|offer| offer.fields.provider_id))
}
