//! What the program answers by itself: that a message came, if the house wishes so, and what of it was too large to be kept.

use super::Sender;
use crate::{
    config::mailbox::Acknowledge,
    domain::{
        answering::{FRESH, ReturnPath, may_answer_by_itself},
        beneficiary::Beneficiary,
        contact::{Attachment, Contact, Keeping, Message, Origin, Party},
        email::EmailAddress,
        operator::Language,
        reply::{Automatic, Reply, ReplyFields, Then},
        request::Request,
        service::Service,
        site::Site,
        text_module::{Field, TextModule},
        texts::ShortText,
        time::Instant,
    },
    i18n::{language_of, say},
    office::{
        commands::{self, context::Context},
        failure::Failure,
        intake::mail::{
            Arrival, MESSAGE_BYTES,
            letter::{ATTACHMENT_BYTES, ATTACHMENTS_BYTES},
        },
        outreach::message_id,
        secret,
        storage::document,
    },
    text::fold,
};
use jiff::SignedDuration;
use std::cell::Cell;

/// Attachments that are named at most.
const NAMED: usize = 20;

/// How far back the answers to a thread are looked for: longer than they are counted, and than a message waits to be fetched.
const LOOKED_AT: SignedDuration = FRESH.saturating_mul(2);

/// Answers a message that was just taken in, if there is something to say and nothing forbids it. The rest of the message's way does not
/// depend on it: what cannot be said is logged.
pub async fn answer(context: &mut Context<'_>, arrival: &Arrival) -> Result<(), Failure> {
    let Some(sender) = context.sender.clone() else { return Ok(()) };
    let not_kept: Vec<Attachment> =
        arrival.message.attachments.iter().filter(|one| one.keeping == Keeping::TooLarge).cloned().collect();
    let what = match arrival.mailbox.acknowledge {
        Acknowledge::No if not_kept.is_empty() => return Ok(()),
        Acknowledge::No => Automatic::NotKept,
        Acknowledge::BuiltIn | Acknowledge::Module(_) => Automatic::Acknowledgement,
    };
    let Some(to) = arrival.message.from.clone().filter(|from| !sender.is_own(from)) else { return Ok(()) };
    let Some(contact) = context.find::<Contact>(arrival.id).await? else { return Ok(()) };
    let Origin::Message(message) = &contact.origin else { return Ok(()) };
    if arrival.dated.is_some_and(|dated| context.now.since(dated) > FRESH) || is_ours(context, message).await? {
        return Ok(());
    }
    let answered = answered_at(context, &contact, message, &to).await?;
    let paths = [Some(&to), arrival.return_path.as_ref()];
    // As it came: an answer to us that a list passed on is work for people, and still a list's.
    let nature = arrival.message.nature;
    let may = |path: &EmailAddress| {
        may_answer_by_itself(nature, ReturnPath::Address(path.as_str()), &answered, context.now) && !sender.is_own(path)
    };
    if !paths.into_iter().flatten().all(may) {
        tracing::info!(contact = %contact.id, "a message is not answered by itself");
        return Ok(());
    }
    let text = message.text.as_ref().map(|text| text.as_str().to_owned()).unwrap_or_default();
    let subject = message.subject.as_ref().map(|subject| subject.as_str().to_owned()).unwrap_or_default();
    let language = language_of(if text.trim().is_empty() { &subject } else { &text });
    let known = known(context, &contact, message, &sender, language).await?;
    let module = match &arrival.mailbox.acknowledge {
        Acknowledge::Module(name) => named(&context.policy.fields.text_modules, name, language),
        Acknowledge::No | Acknowledge::BuiltIn => None,
    };
    let told = composed(language, what, module, &known, &not_kept);
    let Ok(text) = told.parse() else {
        tracing::warn!(contact = %contact.id, "a message is not answered by itself: the text is too long");
        return Ok(());
    };
    let subject = match subject.as_str() {
        "" => say(language, "mail-out-subject-none", &[]),
        subject => say(language, "mail-out-subject", &[("subject", subject.to_owned())]),
    };
    let (contact_id, subject) = (Some(contact.id), ShortText::fitted(&subject));
    let fields = ReplyFields { contact_id, request_id: None, to, subject, text, language, then: Then::Keep };
    commands::reply::by_itself(context, &sender, &contact, fields, what).await
}

/// Whether the house signed it: what it wrote came back to it.
async fn is_ours(context: &mut Context<'_>, message: &Message) -> Result<bool, Failure> {
    if !message.message_id.as_str().trim_start_matches('<').to_lowercase().starts_with("loge.") {
        return Ok(false);
    }
    let secret = secret::named(context, message_id::SECRET).await?;
    Ok(message_id::read(&secret, message.message_id.as_str()).is_some())
}

/// When the program last answered by itself in a message's thread, or its writer anywhere: who begins a new thread each time is one too.
async fn answered_at(
    context: &mut Context<'_>,
    contact: &Contact,
    message: &Message,
    from: &EmailAddress,
) -> Result<Vec<Instant>, Failure> {
    let thread = message.thread.unwrap_or(contact.id).to_string();
    let since = context.now.plus(-LOOKED_AT).to_string();
    let sql = "doc ->> 'automatic' IS NOT NULL AND contact_id IN (SELECT id FROM contact WHERE forgotten IS NULL AND occurred_at > $1 \
               AND (id = $2 OR doc -> 'origin' ->> 'thread' = $2 OR doc -> 'origin' ->> 'from' = $3))";
    let args = [(&since).into(), (&thread).into(), from.as_str().into()];
    let replies = document::select::<Reply>(context.read(), sql, &args).await?;
    Ok(replies.iter().map(|reply| reply.created_at).collect())
}

/// What may stand in the fields of a module.
#[derive(Debug, Default)]
struct Known {
    /// The writer, if the house knows them: what a stranger calls themselves is not repeated to whoever their address is.
    name: Option<String>,
    number: Option<String>,
    service: Option<String>,
    place: Option<String>,
    house: String,
}

async fn known(
    context: &mut Context<'_>,
    contact: &Contact,
    message: &Message,
    sender: &Sender,
    language: Language,
) -> Result<Known, Failure> {
    let mut known = Known { house: sender.name.clone(), ..Known::default() };
    if let Party::Person { id } = contact.party
        && let Some(person) = context.find::<Beneficiary>(id).await?
    {
        let first = person.fields.title.or(person.fields.given_name);
        let name: Vec<String> = first.into_iter().chain([person.fields.family_name]).map(String::from).collect();
        known.name = Some(name.join(" "));
    }
    if let Some(id) = message.request_id
        && let Some(request) = context.find::<Request>(id).await?
    {
        known.number = Some(request.number.to_string());
        if let Some(id) = request.fields.service_id
            && let Some(Service { fields, .. }) = context.find::<Service>(id).await?
        {
            let english = fields.name_en.filter(|_| language == Language::En);
            known.service = Some(english.unwrap_or(fields.name).to_string());
        }
    }
    if let Some(id) = contact.site_id {
        known.place = context.find::<Site>(id).await?.map(|site| site.fields.name.to_string());
    }
    Ok(known)
}

/// The module of a name in a language.
fn named<'a>(modules: &'a [TextModule], name: &ShortText, language: Language) -> Option<&'a TextModule> {
    let wanted = fold(name.as_str());
    modules.iter().find(|module| module.language == language && fold(module.name.as_str()) == wanted)
}

/// The whole text. A module that would leave a gap gives way to the program's own words, and so does one that there is not in the language.
fn composed(
    language: Language,
    what: Automatic,
    module: Option<&TextModule>,
    known: &Known,
    not_kept: &[Attachment],
) -> String {
    let told = |key: &str| say(language, key, &[]);
    let about = |number: &String| say(language, "mail-out-received-about", &[("number", number.clone())]);
    let own_words = || {
        let received = known.number.as_ref().map_or_else(|| told("mail-out-received"), about);
        [told("mail-out-hello"), received].join("\n\n")
    };
    let too_large = (!not_kept.is_empty()).then(|| refused(language, not_kept));
    let said = module.and_then(|module| filled(module, known));
    let mut parts = match (what, &said) {
        (Automatic::Acknowledgement, Some(said)) => vec![said.clone()],
        (Automatic::Acknowledgement, None) => vec![own_words()],
        (Automatic::NotKept | Automatic::Offers | Automatic::Round | Automatic::Receipt | Automatic::LockerCode, _) => {
            vec![told("mail-out-hello")]
        }
    };
    parts.extend(too_large);
    if said.is_none() {
        parts.push(told("mail-out-automatic"));
    }
    parts.join("\n\n")
}

/// A module's text; none if it speaks of what is not known.
fn filled(module: &TextModule, known: &Known) -> Option<String> {
    let gap = Cell::new(false);
    let text = module.filled(|field| {
        let value = match field {
            Field::Name => Some(known.name.clone().unwrap_or_default()),
            Field::Number => known.number.clone(),
            Field::Service => known.service.clone(),
            Field::Place => known.place.clone(),
            Field::Operator => Some(known.house.clone()),
            Field::When => None,
        };
        gap.set(gap.get() || value.is_none());
        value
    });
    // « Bonjour , » where nobody knows whom.
    let text = if known.name.is_none() { text.replace(" ,", ",") } else { text };
    (!gap.get()).then(|| text.trim().to_owned())
}

/// What was not kept, and how much may be sent.
fn refused(language: Language, not_kept: &[Attachment]) -> String {
    let whole = |attachment: &&Attachment| usize::try_from(attachment.bytes).is_ok_and(|bytes| bytes > MESSAGE_BYTES);
    let limits = |key: &str, extra: (&'static str, String)| {
        let megabytes = |bytes: usize| (bytes / MEGABYTE).to_string();
        let each = ("each", megabytes(ATTACHMENT_BYTES));
        let all = ("all", megabytes(ATTACHMENTS_BYTES));
        say(language, key, &[each, all, ("message", megabytes(MESSAGE_BYTES)), extra])
    };
    // Larger than any message that is read whole: it is the message itself.
    if let Some(message) = not_kept.iter().find(whole) {
        return limits("mail-out-head-only", ("size", size(language, message.bytes)));
    }
    let count = not_kept.len();
    let mut lines = vec![say(language, "mail-out-not-kept", &[("count", count.to_string())])];
    lines.extend(not_kept.iter().take(NAMED).map(|attachment| {
        let told = [("name", attachment.name.to_string()), ("size", size(language, attachment.bytes))];
        say(language, "mail-out-attachment", &told)
    }));
    if count > NAMED {
        lines.push(say(language, "mail-out-more", &[("count", (count - NAMED).to_string())]));
    }
    lines.push(limits("mail-out-limits", ("count", count.to_string())));
    lines.join("\n")
}

const MEGABYTE: usize = 1024 * 1024;

/// A size in megabytes, never rounded down to a limit that it exceeds.
fn size(language: Language, bytes: u32) -> String {
    let tenths = (u64::from(bytes) * 10).div_ceil(1024 * 1024).max(1);
    let point = if language == Language::Fr { "," } else { "." };
    let number = if tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        format!("{}{point}{}", tenths / 10, tenths % 10)
    };
    say(language, "mail-out-size", &[("number", number)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attachment(name: &str, bytes: usize) -> Attachment {
        let (name, media_type) = (name.parse().unwrap(), "application/pdf".parse().unwrap());
        Attachment { name, media_type, bytes: u32::try_from(bytes).unwrap(), keeping: Keeping::TooLarge }
    }

    fn module(text: &str) -> TextModule {
        TextModule { name: "Bien reçu".parse().unwrap(), language: Language::Fr, text: text.parse().unwrap() }
    }

    fn known() -> Known {
        Known { name: Some("Mme Durand".into()), house: "La Conciergerie".into(), ..Known::default() }
    }

    #[test]
    fn a_module_is_filled_in_and_a_stranger_is_greeted_without_a_name() {
        let module = module("Bonjour {nom},\n\nBien reçu.\n\n{operateur}");
        let told = composed(Language::Fr, Automatic::Acknowledgement, Some(&module), &known(), &[]);
        assert_eq!(told, "Bonjour Mme Durand,\n\nBien reçu.\n\nLa Conciergerie");
        let nobody = Known { name: None, ..known() };
        let told = composed(Language::Fr, Automatic::Acknowledgement, Some(&module), &nobody, &[]);
        assert!(told.starts_with("Bonjour,\n"), "{told}");
    }

    #[test]
    fn a_module_that_would_leave_a_gap_gives_way_to_the_programs_own_words() {
        let module = module("Votre demande {numero} est notée.");
        let told = composed(Language::Fr, Automatic::Acknowledgement, Some(&module), &known(), &[]);
        assert!(told.starts_with("Bonjour,\n\nNous avons bien reçu votre message") && !told.contains('…'), "{told}");
        let numbered = Known { number: Some("26-1047".into()), ..known() };
        let told = composed(Language::Fr, Automatic::Acknowledgement, Some(&module), &numbered, &[]);
        assert_eq!(told, "Votre demande 26-1047 est notée.");
        let told = composed(Language::En, Automatic::Acknowledgement, None, &numbered, &[]);
        assert!(told.contains("26-1047") && told.starts_with("Hello,"), "{told}");
    }

    #[test]
    fn what_was_not_kept_is_named_with_the_limits() {
        let large = [attachment("plan.pdf", 10 * MEGABYTE + 1), attachment("photo.jpg", 300_000)];
        let told = composed(Language::Fr, Automatic::NotKept, None, &known(), &large);
        for said in ["- plan.pdf (10,1 Mo)", "- photo.jpg (0,3 Mo)", "10 Mo", "25 Mo"] {
            assert!(told.contains(said), "{said} in {told}");
        }
        assert!(!told.contains("bien reçu"), "{told}");
        let told = composed(Language::En, Automatic::Acknowledgement, None, &known(), &large);
        assert!(told.contains("received your message") && told.contains("- plan.pdf (10.1 MB)"), "{told}");
    }

    #[test]
    fn of_very_many_some_are_named_and_the_others_counted() {
        let many: Vec<_> = (0..100).map(|number| attachment(&format!("{number}.pdf"), MEGABYTE)).collect();
        let told = composed(Language::Fr, Automatic::NotKept, None, &known(), &many);
        assert!(told.contains("- 19.pdf") && !told.contains("- 20.pdf") && told.contains("80"), "{told}");
    }

    #[test]
    fn a_message_of_which_only_the_head_came_is_told_as_a_whole() {
        let whole = [attachment("message.eml", MESSAGE_BYTES + 5)];
        let told = composed(Language::Fr, Automatic::NotKept, None, &known(), &whole);
        assert!(told.contains("40,1 Mo") && told.contains("40 Mo") && !told.contains("message.eml"), "{told}");
    }

    #[test]
    fn a_module_is_found_by_name_in_the_language_of_the_mail_alone() {
        let modules = crate::domain::text_module::defaults();
        let name = |text: &str| text.parse::<ShortText>().unwrap();
        assert!(named(&modules, &name("bien recu"), Language::Fr).is_some());
        assert!(named(&modules, &name("Bien reçu"), Language::En).is_none());
    }
}
