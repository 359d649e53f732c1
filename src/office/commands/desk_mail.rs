//! What a desk has mailed to a person: a receipt, the code of a locker. Each has its moments of grace, and what does not arrive is told to
//! the desk.

use super::{context::Context, locker_code};
use crate::{
    domain::{
        beneficiary::Beneficiary,
        booking::{Booking, Purpose},
        email::EmailAddress,
        entity::Scope,
        exception::{About, ContradictionKind, Exception, ExceptionFields},
        ids::{BeneficiaryId, BookingId, PostingId, ReplyId, SiteId},
        locker::Locker,
        operator::Language,
        posting::Posting,
        refusal::{Cause, Refusal},
        reply::{Automatic, Reply, ReplyFields, Then, Thread},
        site::Site,
        texts::ShortText,
    },
    i18n::{job, say},
    office::{
        documents,
        failure::Failure,
        outreach::{
            Sender,
            message_id::{self, SECRET, Sent},
        },
        secret,
    },
    wire::fresh,
};
use std::sync::Arc;

/// The language of mails to persons: the house's own, as nobody has said another.
const LANGUAGE: Language = Language::Fr;

/// To whom, and how it leaves.
struct Way {
    sender: Arc<Sender>,
    to: EmailAddress,
    name: String,
}

/// How a person is reached by mail.
async fn way(context: &mut Context<'_>, person: Option<BeneficiaryId>) -> Result<Way, Failure> {
    let Some(sender) = context.sender.clone() else {
        let what = "this office has no way to send mail: configure [office.smtp]".into();
        return Err(Refusal::Busy { cause: Cause::NoMailServer, what }.into());
    };
    let person: Option<Beneficiary> = match person {
        Some(id) => context.find(id).await?,
        None => None,
    };
    let reached = person.and_then(|person| {
        let good = |address: &&EmailAddress| !person.fields.is_undeliverable(address) && !sender.is_own(address);
        let to = person.fields.emails.iter().find(good)?.clone();
        let title = person.fields.title.as_ref().map(|title| format!("{title} ")).unwrap_or_default();
        Some((to, format!("{title}{}", person.fields.family_name)))
    });
    match reached {
        Some((to, name)) => Ok(Way { sender, to, name }),
        None => {
            Err(Refusal::Busy { cause: Cause::NoAddress, what: "no address of mail reaches the person".into() }.into())
        }
    }
}

/// What is written.
struct Written {
    automatic: Automatic,
    booking: Option<BookingId>,
    site: Option<SiteId>,
    subject: String,
    text: String,
}

async fn write(context: &mut Context<'_>, id: ReplyId, way: Way, written: Written) -> Result<(), Failure> {
    let too_long = |_| Refusal::FieldInvalid { field: "text".into(), why: "it is too long for a mail".into() };
    let text = written.text.parse().map_err(too_long)?;
    let subject = ShortText::fitted(&written.subject);
    let fields = ReplyFields {
        contact_id: None,
        request_id: None,
        to: way.to,
        subject,
        text,
        language: LANGUAGE,
        then: Then::Keep,
    };
    let secret = secret::named(context, SECRET).await?;
    let message_id = message_id::write(&secret, Sent::Reply(id), &way.sender.domain)?;
    let thread = Thread { message_id, ..Thread::default() };
    let hold_s = context.policy.fields.send_hold_s;
    let scope = Scope { site: written.site, client: None };
    let by = context.actor.operator();
    let reply = Reply::of_desk(id, fields, thread, scope, hold_s, context.now, by, written.automatic, written.booking);
    context.insert(&reply, None).await
}

/// `POST /v1/postings/{id}/mail-receipt`
pub async fn receipt(context: &mut Context<'_>, id: PostingId) -> Result<(), Failure> {
    let posting: Posting = context.get(id).await?;
    let way = way(context, posting.fields.person()).await?;
    let Some(sheet) = documents::receipt(context.read(), LANGUAGE, id).await? else {
        let what = "a receipt is of a payment".into();
        return Err(Refusal::Busy { cause: Cause::NotThisKind, what }.into());
    };
    let lines: String =
        sheet.lines.iter().fold(String::new(), |text, (name, what)| text + name + "\u{a0}: " + what + "\n");
    let text = say(LANGUAGE, "mail-receipt", &[("who", way.name.clone()), ("lines", lines)]);
    let (automatic, site) = (Automatic::Receipt, posting.fields.site_id);
    let written = Written { automatic, booking: None, site, subject: sheet.title, text };
    write(context, fresh(), way, written).await
}

/// `POST /v1/bookings/{id}/mail-code`: the code itself is put in when the mail leaves, and is kept nowhere.
pub async fn code(context: &mut Context<'_>, id: BookingId) -> Result<(), Failure> {
    let booking: Booking = context.get(id).await?;
    locker_code::must_be_live(&booking, "mail_code")?;
    let way = way(context, booking.fields.beneficiary_id).await?;
    let locker: Option<Locker> = context.find(booking.fields.locker_id).await?;
    let site: Option<Site> = context.find(booking.fields.site_id).await?;
    let zone = site.as_ref().map(|site| site.fields.zone.clone()).unwrap_or_default();
    let until = booking.fields.until.civil(&zone);
    let until = format!("{} {}", job::date(LANGUAGE, until.date()), job::time(until.time()));
    let key = match booking.fields.purpose {
        Purpose::Deposit => "mail-code-deposit",
        Purpose::Pickup => "mail-code-pickup",
    };
    let parts = [
        ("who", way.name.clone()),
        ("locker", locker.map(|locker| locker.fields.name.to_string()).unwrap_or_default()),
        ("site", site.map(|site| site.fields.name.to_string()).unwrap_or_default()),
        ("until", until),
        ("code", locker_code::PLACE.to_owned()),
    ];
    let subject = say(LANGUAGE, "mail-code-subject", &parts);
    let text = say(LANGUAGE, key, &parts);
    let mail: ReplyId = fresh();
    let site = Some(booking.fields.site_id);
    write(context, mail, way, Written { automatic: Automatic::LockerCode, booking: Some(id), site, subject, text })
        .await?;
    locker_code::keep_mailed(context, id, mail).await
}

/// What a desk had mailed did not arrive: the person does not have it, so somebody at the desk tells them.
pub async fn did_not_go(context: &mut Context<'_>, reply: &Reply) -> Result<(), Failure> {
    let parts = [("subject", reply.fields.subject.to_string()), ("to", reply.fields.to.to_string())];
    let what = ShortText::fitted(&say(LANGUAGE, "mail-did-not-go", &parts));
    let fields = ExceptionFields {
        about: About { kind: crate::domain::entity::EntityKind::Reply, id: reply.id.into() },
        site_id: reply.site_id,
        kind: ContradictionKind::Other,
        what: Some(what),
        occurred_at: context.now,
    };
    let exception = Exception::create(fresh(), fields, context.now, None)?;
    context.insert(&exception, None).await
}
