//! A reply being written: a lone digit puts in a text module; Esc leaves the text for its foot, where `o` and Enter send it.

use super::{Effects, lines, verbs};
use crate::{
    console::{
        effect::Effect,
        keymap::{Action, Key},
        model::{
            Model, Tone,
            field::{Editing, Field as Line},
            layer::Layer,
            letter::{Answered, Letter, LetterFocus, Proposed},
            prompt::{Act, Drawn, Prompt},
            reception::Item,
        },
        steps::rules,
        view::{letter::answered_lines, words},
    },
    domain::{
        contact::{Contact, Message, Origin},
        email::EmailAddress,
        ids::{ContactId, ReplyId},
        offer::Offer,
        operator::Language,
        reply::{Reply, ReplyFields, Then},
        request::{REQUEST, Request, Requester},
        text_module::{self, Field, TextModule},
        texts::{LongText, ShortText},
        time::Instant,
    },
    i18n::say,
    replica::{Draft, DraftSubject, Given},
    wire::{bodies::Nothing, catalogue::Command},
};
use std::sync::Arc;

/// The address that an answer to a row goes to.
pub fn address(model: &Model, row: &Drawn) -> Option<EmailAddress> {
    match row {
        Drawn::Contact(contact) => match &contact.origin {
            Origin::Message(Message { from, .. }) => from.clone(),
            _ => model.world.person_of(&contact.party).and_then(|person| person.fields.emails.first().cloned()),
        },
        Drawn::Request(request) => match request.fields.requester.as_ref()? {
            Requester::Person { id } => model.world.person(*id)?.fields.emails.first().cloned(),
            Requester::Organisation { id, contact_person } => {
                let client = model.world.board.get::<crate::domain::client::Client>(*id)?;
                let mut persons = client.row.fields.contact_persons.iter();
                persons.find(|person| person.name == *contact_person)?.email.clone()
            }
        },
        Drawn::Offer(offer) => model.world.provider(offer.fields.provider_id)?.fields.emails.first().cloned(),
        _ => None,
    }
}

/// The reply to a row that calls for somebody, the newest first.
pub fn calling(model: &Model, item: Item) -> Option<Arc<Reply>> {
    model.world.replies_to(item).into_iter().rev().find(|reply| reply.calls())
}

/// Answers a row: a call is rung back, a reply that did not go is decided upon, else one is written.
pub fn reply(model: &mut Model, row: &Drawn) {
    let language = model.seat.language;
    if let Drawn::Contact(contact) = row
        && let Origin::Call(call) = &contact.origin
    {
        let number = words::caller_number(&call.from).unwrap_or_default();
        let parts = [("who", verbs::name(model, row.item())), ("number", number)];
        model.say(Tone::Plain, say(language, "notice-call-back", &parts));
        return;
    }
    match calling(model, row.item()) {
        Some(reply) => {
            let prompt = decide(model, row, &reply);
            model.layers.push(Layer::Prompt(prompt));
        }
        None => open(model, row.item()),
    }
}

/// What can be done about a reply that did not go, or of which nobody knows.
fn decide(model: &Model, row: &Drawn, reply: &Reply) -> Prompt {
    let language = model.seat.language;
    let state = say(language, &format!("state-reply-{}", crate::domain::machine::State::name(reply.state)), &[]);
    let why = reply.trouble.as_ref().map(|why| crate::text::neutral(why.as_str()).into_owned());
    let why = why.unwrap_or_else(|| say(language, "reply-no-word", &[]));
    let parts = [("who", verbs::name(model, row.item())), ("state", state), ("why", why)];
    Prompt::about(Action::Reply, vec![row.clone()], say(language, "prompt-reply-calls", &parts))
        .with(
            say(language, "choice-reply-again", &[]),
            Act::Give(vec![Command::SendReplyAgain { id: reply.id, body: Nothing {} }]),
        )
        .with(
            say(language, "choice-reply-let-be", &[]),
            Act::Give(vec![Command::LetReplyBe { id: reply.id, body: Nothing {} }]),
        )
        .with(say(language, "choice-reply-another", &[]), Act::Write(row.item()))
}

/// What the draft of a reply is kept under.
fn subject(item: Item) -> DraftSubject {
    let name = match item {
        Item::Contact(id) => format!("reply.contact.{id}"),
        Item::Request(id) => format!("reply.request.{id}"),
        Item::Permanence(id) => format!("reply.permanence.{id}"),
        Item::Offer(id) => format!("reply.offer.{id}"),
        Item::Held(id) => format!("reply.held.{id}"),
        Item::Leg(id) => format!("reply.leg.{id}"),
        Item::Round(id) => format!("reply.round.{id}"),
        Item::Exception(id) => format!("reply.exception.{id}"),
    };
    DraftSubject::Form { name }
}

/// Opens a reply to a row, with what was typed of it before.
pub fn open(model: &mut Model, item: Item) {
    let Some(row) = rules::drawn(&model.world, item) else { return };
    let before = || calling(model, item).map(|reply| reply.fields.to.clone());
    let Some(to) = address(model, &row).or_else(before) else { return };
    let (answered, about) = match row {
        Drawn::Contact(contact) => (Answered::Contact(Arc::clone(&contact)), subject_of(model, &contact)),
        Drawn::Request(request) => (Answered::Request(Arc::clone(&request)), verbs::request_words(model, &request)),
        Drawn::Offer(offer) => {
            let request = model.world.request(offer.fields.request_id);
            let about = request.map(|shown| offer_subject(model, shown.row)).unwrap_or_default();
            (Answered::Offer(Arc::clone(&offer)), about)
        }
        _ => return,
    };
    let proposed = Proposed { to: to.to_string(), subject: ShortText::fitted(&about).to_string() };
    let draft = model.world.drafts.get(&subject(item));
    let typed = |name: &str, proposed: &str| {
        let kept = draft.and_then(|draft| draft.fields.get(name)).and_then(serde_json::Value::as_str);
        Line::holding(kept.unwrap_or(proposed))
    };
    let letter = Letter {
        to: typed(TO, &proposed.to),
        subject: typed(SUBJECT, &proposed.subject),
        text: lines::of(draft.map_or("", |draft| &draft.text)),
        answered,
        proposed,
        focus: LetterFocus::Text,
        scrolled: 0,
    };
    model.layers.push(Layer::Letter(letter));
}

/// What the fields are called in a draft.
const TO: &str = "to";
const SUBJECT: &str = "subject";

/// Whether mail to an address of whom is written to is known not to arrive, and since when.
pub fn bounces_since(model: &Model, letter: &Letter) -> Option<Instant> {
    let to = letter.recipient()?;
    let person = model.world.person_behind(letter.answered.item())?;
    person.fields.undeliverable.iter().find(|known| known.address.is_same(&to)).map(|known| known.since)
}

/// The subject of an answer: that of the message, said to be answered once (RFC 5322, 3.6.5).
fn subject_of(model: &Model, contact: &Contact) -> String {
    let subject = match &contact.origin {
        Origin::Message(message) => message.subject.as_ref().map(ShortText::as_str),
        _ => None,
    };
    let Some(subject) = subject else { return say(model.seat.language, "reply-no-subject", &[]) };
    let begins = |word: &str| subject.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if begins("re:") || begins("re :") { subject.to_owned() } else { format!("Re: {subject}") }
}

/// The subject of a mail to a provider: its number and the job, without detail, which may name the person.
fn offer_subject(model: &Model, request: &Request) -> String {
    let service = request.fields.service_id.and_then(|id| model.world.service(id));
    let service = service.map(|service| verbs::service_name(model.seat.language, service));
    service.into_iter().chain([request.number.to_string()]).collect::<Vec<_>>().join(", ")
}

/// The house's text modules in the reader's language, by their numbers.
pub fn modules(model: &Model) -> Vec<TextModule> {
    let policy = model.world.board.replica().policy();
    let all = policy.map_or_else(text_module::defaults, |policy| policy.fields.text_modules.clone());
    all.into_iter().filter(|module| module.language == model.seat.language).collect()
}

/// What a field of a module says here.
fn value(model: &Model, letter: &Letter, field: Field) -> Option<String> {
    let language = model.seat.language;
    let request = match &letter.answered {
        Answered::Request(request) => Some(Arc::clone(request)),
        Answered::Contact(contact) => newest_request(model, contact.id),
        Answered::Offer(offer) => model.world.request(offer.fields.request_id).map(|shown| Arc::clone(shown.row)),
    };
    let fields = request.as_ref().map(|request| &request.fields);
    match field {
        Field::Name => match &letter.answered {
            Answered::Contact(contact) => Some(crate::console::view::frame::caller(model, contact).0),
            Answered::Request(request) => {
                model.world.person_behind(Item::Request(request.id)).map(|person| words::person_short(person))
            }
            Answered::Offer(offer) => Some(verbs::provider_name(model, offer.fields.provider_id)),
        },
        Field::Number => request.map(|request| verbs::request_name(model, &request)),
        Field::Service => {
            let service = model.world.service(fields?.service_id?)?;
            Some(verbs::service_name(language, service))
        }
        Field::When => fields?.when.as_ref().map(|when| words::when(language, when)),
        Field::Place => model
            .world
            .site_of(letter.answered.item())
            .or(fields?.site_id)
            .and_then(|id| model.world.site(id))
            .map(|site| site.fields.name.to_string()),
        Field::Operator => Some(model.seat.operator.fields.name.to_string()),
    }
}

/// The request that a message brought last.
fn newest_request(model: &Model, contact: ContactId) -> Option<Arc<Request>> {
    let brought = model.world.board.requests_from(contact).map(|shown| Arc::clone(shown.row));
    brought.max_by_key(|request| (request.created_at, request.id))
}

/// Types a character; in an empty text a digit, or what its key types without Shift, puts in a text module.
pub fn typed(model: &mut Model, effects: &mut Effects, character: char) {
    let number = model.keymap.digit(Key::char(character));
    let found = modules(model);
    let Some(Layer::Letter(letter)) = model.layers.last_mut() else { return };
    if let Some(line) = letter.line_mut() {
        line.type_in(character);
        keep(model, effects);
        return;
    }
    let Some(Layer::Letter(letter)) = model.layers.last() else { return };
    let module = number.filter(|_| letter.is_blank()).and_then(|number| found.get(usize::from(number).checked_sub(1)?));
    let filled = module.map(|module| module.filled(|field| value(model, letter, field)));
    let Some(Layer::Letter(letter)) = model.layers.last_mut() else { return };
    match filled {
        Some(text) => letter.text = lines::of(&text),
        None => lines::type_in(&mut letter.text, character),
    }
    keep(model, effects);
}

/// Takes in pasted text.
pub fn pasted(model: &mut Model, effects: &mut Effects, text: &str) {
    let Some(Layer::Letter(letter)) = model.layers.last_mut() else { return };
    match (letter.focus, letter.line_mut()) {
        (_, Some(line)) => line.paste(text),
        (LetterFocus::Text, None) => lines::paste(&mut letter.text, text),
        _ => return,
    }
    keep(model, effects);
}

/// Does what an editing key asks for.
pub fn edit(model: &mut Model, effects: &mut Effects, editing: Editing) {
    let Some(Layer::Letter(letter)) = model.layers.last_mut() else { return };
    match letter.line_mut() {
        Some(line) => line.edit(editing),
        None => lines::edit(&mut letter.text, editing),
    }
    keep(model, effects);
}

/// What keys do in a reply, in its fields and at its foot.
pub fn act(model: &mut Model, effects: &mut Effects, action: Action) {
    let columns = model.size.columns;
    let Some(Layer::Letter(letter)) = model.layers.last_mut() else { return };
    match (action, letter.focus) {
        (Action::NextField | Action::NextPane, _) => letter.go_on(1),
        (Action::PrevField | Action::PrevPane, _) => letter.go_back(),
        // In a line of its own Enter and the arrows go from field to field.
        (Action::LineBreak | Action::LineDown, LetterFocus::To) => letter.focus = LetterFocus::Subject,
        (Action::LineBreak | Action::LineDown, LetterFocus::Subject) => letter.focus = LetterFocus::Text,
        (Action::LineUp, LetterFocus::Subject) => letter.focus = LetterFocus::To,
        (_, LetterFocus::To | LetterFocus::Subject) => {}
        (_, LetterFocus::Text) => {
            if lines::act(&mut letter.text, action, columns) {
                keep(model, effects);
            }
        }
        (_, LetterFocus::Answered) => scroll(model, action),
        (_, LetterFocus::Foot) => at_foot(model, effects, action),
    }
}

/// What keys do on the message that is answered.
fn scroll(model: &mut Model, action: Action) {
    let Some(Layer::Letter(letter)) = model.layers.last() else { return };
    let last = answered_lines(letter, model.size.columns).len().saturating_sub(1);
    let page = 5;
    let Some(Layer::Letter(letter)) = model.layers.last_mut() else { return };
    let to = match action {
        Action::Down => letter.scrolled + 1,
        Action::Up => letter.scrolled.saturating_sub(1),
        Action::PageDown => letter.scrolled + page,
        Action::PageUp => letter.scrolled.saturating_sub(page),
        Action::Top => 0,
        Action::Bottom => last,
        Action::Open | Action::Edit | Action::Reply | Action::Back => {
            letter.focus = LetterFocus::Text;
            return;
        }
        _ => return,
    };
    letter.scrolled = to.min(last);
}

fn at_foot(model: &mut Model, effects: &mut Effects, action: Action) {
    let Some(Layer::Letter(letter)) = model.layers.last_mut() else { return };
    match action {
        Action::Accept => propose(model),
        Action::Open | Action::Edit | Action::Reply | Action::Up => letter.focus = LetterFocus::Text,
        Action::Back => drop(model.layers.pop()),
        Action::Cancel => {
            let kept = subject(letter.answered.item());
            model.layers.pop();
            super::note::throw_away(model, effects, kept);
        }
        _ => {}
    }
}

/// The text was left for its foot; left there, the reply stays as a draft.
pub fn left(model: &mut Model, effects: &mut Effects, mut letter: Letter) {
    if letter.is_untouched() {
        super::note::throw_away(model, effects, subject(letter.answered.item()));
    } else if letter.focus != LetterFocus::Foot {
        letter.focus = LetterFocus::Foot;
        model.layers.push(Layer::Letter(letter));
    } else {
        model.say(Tone::Plain, say(model.seat.language, "notice-reply-kept", &[]));
    }
}

/// Proposes to send it, and what becomes of what it answers.
fn propose(model: &mut Model) {
    let language = model.seat.language;
    let Some(Layer::Letter(letter)) = model.layers.last_mut() else { return };
    let too_long = |count: usize| say(language, "value-too-long", &[("count", count.to_string())]);
    let (to, about, text) = (letter.recipient(), letter.subject.text().trim().parse(), letter.written().parse());
    let (to, about, text): (EmailAddress, ShortText, LongText) = match (to, about, text) {
        (Some(to), Ok(about), Ok(text)) => (to, about, text),
        (None, ..) => {
            letter.focus = LetterFocus::To;
            let sentence = wrong_address(language, letter);
            model.say(Tone::Trouble, sentence);
            return;
        }
        (_, Err(_), _) => {
            letter.focus = LetterFocus::Subject;
            model.say(Tone::Trouble, too_long(ShortText::MAX));
            return;
        }
        (.., Err(_)) => {
            letter.focus = LetterFocus::Text;
            model.say(Tone::Trouble, too_long(LongText::MAX));
            return;
        }
    };
    let Some(Layer::Letter(letter)) = model.layers.last() else { return };
    let item = letter.answered.item();
    let (contact_id, request_id) = match &letter.answered {
        Answered::Contact(contact) => (Some(contact.id), None),
        Answered::Request(request) => (None, Some(request.id)),
        Answered::Offer(offer) => (None, Some(offer.fields.request_id)),
    };
    let can_wait = match &letter.answered {
        Answered::Contact(_) | Answered::Offer(_) => false,
        Answered::Request(request) => REQUEST.legal(request.state).contains(&"wait"),
    };
    let id: ReplyId = model.ids.fresh();
    let give = |then| {
        let (to, subject, text) = (to.clone(), about.clone(), text.clone());
        let body = ReplyFields { contact_id, request_id, to, subject, text, language, then };
        Act::Give(vec![Command::PrepareReply { id, body }])
    };
    let parts = [("who", verbs::name(model, item)), ("to", crate::text::neutral(to.as_str()).into_owned())];
    let prompt = Prompt::new(Action::Reply, vec![item], say(language, "prompt-reply", &parts));
    let said = |key| say(language, key, &[]);
    let prompt = match contact_id {
        Some(_) => prompt
            .with(said("choice-reply-close"), give(Then::WrapUp))
            .with(said("choice-reply-keep"), give(Then::Keep)),
        None if can_wait => prompt
            .with(said("choice-reply-send"), give(Then::Keep))
            .with(said("choice-reply-wait"), give(Then::Suspend)),
        None => prompt.with(said("choice-reply-send"), give(Then::Keep)),
    };
    model.layers.push(Layer::Prompt(prompt));
}

/// What is said of a recipient that is no address.
pub fn wrong_address(language: Language, letter: &Letter) -> String {
    let typed = crate::text::neutral(letter.to.text().trim()).into_owned();
    let key = if typed.is_empty() { "reply-no-address" } else { "reply-wrong-address" };
    say(language, key, &[("typed", typed)])
}

/// What was written is given: its layer goes.
pub fn given(model: &mut Model, commands: &[Command]) {
    if commands.iter().any(|command| matches!(command, Command::PrepareReply { .. })) {
        model.layers.retain(|layer| !matches!(layer, Layer::Letter(_)));
    }
}

/// Keeps what is typed, on disk too.
pub fn keep(model: &mut Model, effects: &mut Effects) {
    let Some(Layer::Letter(letter)) = model.layers.last() else { return };
    let mut draft = Draft::new(subject(letter.answered.item()), model.now);
    draft.text = letter.written();
    let fields = [(TO, &letter.to, &letter.proposed.to), (SUBJECT, &letter.subject, &letter.proposed.subject)];
    let changed = fields.into_iter().filter(|(_, typed, proposed)| typed.text() != **proposed);
    draft.fields = changed.map(|(name, typed, _)| (name.to_owned(), typed.text().into())).collect();
    let kept = model.world.drafts.get(&draft.subject).map(|kept| (kept.text.as_str(), &kept.fields));
    if kept.unwrap_or(("", &std::collections::BTreeMap::new())) != (draft.text.as_str(), &draft.fields) {
        effects.push(Effect::KeepDraft(Box::new(draft.clone())));
        model.world.drafts.insert(draft.subject.clone(), draft);
    }
}

/// A command is on disk: the draft of a reply that it carries may go.
pub fn safe(model: &mut Model, effects: &mut Effects, given: &Given) {
    let Command::PrepareReply { body, .. } = &*given.command else { return };
    if let Some(contact) = body.contact_id {
        super::note::throw_away(model, effects, subject(Item::Contact(contact)));
        return;
    }
    let Some(request) = body.request_id else { return };
    // About one request several may be written to, each in a text of its own.
    let offers = model.world.board.all::<Offer>().filter(|shown| shown.row.fields.request_id == request);
    let items = offers.map(|shown| Item::Offer(shown.row.id)).chain([Item::Request(request)]);
    let is_sent = |draft: &Draft| draft.text.trim() == body.text.as_str().trim();
    let sent = items.map(subject).find(|subject| model.world.drafts.get(subject).is_some_and(is_sent));
    if let Some(subject) = sent {
        super::note::throw_away(model, effects, subject);
    }
}

#[cfg(test)]
pub(in crate::console) mod tests;
