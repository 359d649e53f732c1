//! A reply being written: a lone digit puts in a text module; Esc leaves the text for its foot, where `o` and Enter send it.

use super::{Effects, lines, verbs};
use crate::{
    console::{
        effect::Effect,
        keymap::{Action, Key},
        model::{
            Model, Tone,
            field::Editing,
            layer::Layer,
            letter::{Answered, Letter, LetterFocus},
            prompt::{Act, Drawn, Prompt},
            reception::Item,
        },
        steps::rules,
        view::words,
    },
    domain::{
        contact::{Contact, Message, Origin},
        email::EmailAddress,
        ids::{ContactId, ReplyId},
        reply::{Reply, ReplyFields, Then},
        request::{REQUEST, Request, Requester},
        text_module::{self, Field, TextModule},
        texts::{LongText, ShortText},
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
        Drawn::Permanence(_) | Drawn::Offer(_) => None,
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
    };
    DraftSubject::Form { name }
}

/// Opens a reply to a row, with what was typed of it before.
pub fn open(model: &mut Model, item: Item) {
    let Some(row) = rules::drawn(&model.world, item) else { return };
    let Some(to) = address(model, &row) else { return };
    let (answered, about) = match row {
        Drawn::Contact(contact) => (Answered::Contact(Arc::clone(&contact)), subject_of(model, &contact)),
        Drawn::Request(request) => (Answered::Request(Arc::clone(&request)), verbs::request_words(model, &request)),
        Drawn::Permanence(_) | Drawn::Offer(_) => return,
    };
    let text = model.world.drafts.get(&subject(item)).map_or("", |draft| &draft.text);
    let letter =
        Letter { answered, to, subject: ShortText::fitted(&about), text: lines::of(text), focus: LetterFocus::Text };
    model.layers.push(Layer::Letter(letter));
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
    };
    let fields = request.as_ref().map(|request| &request.fields);
    match field {
        Field::Name => match &letter.answered {
            Answered::Contact(contact) => Some(crate::console::view::frame::caller(model, contact).0),
            Answered::Request(request) => {
                model.world.person_behind(Item::Request(request.id)).map(|person| words::person_short(person))
            }
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
    if letter.focus == LetterFocus::Text {
        lines::paste(&mut letter.text, text);
        keep(model, effects);
    }
}

/// Does what an editing key asks for.
pub fn edit(model: &mut Model, effects: &mut Effects, editing: Editing) {
    let Some(Layer::Letter(letter)) = model.layers.last_mut() else { return };
    lines::edit(&mut letter.text, editing);
    keep(model, effects);
}

/// What keys do in a reply, in its text and at its foot.
pub fn act(model: &mut Model, effects: &mut Effects, action: Action) {
    let Some(Layer::Letter(letter)) = model.layers.last_mut() else { return };
    if letter.focus == LetterFocus::Text {
        if lines::act(&mut letter.text, action) {
            keep(model, effects);
        }
        return;
    }
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
    if letter.is_blank() {
        super::note::throw_away(model, effects, subject(letter.answered.item()));
    } else if letter.focus == LetterFocus::Text {
        letter.focus = LetterFocus::Foot;
        model.layers.push(Layer::Letter(letter));
    } else {
        model.say(Tone::Plain, say(model.seat.language, "notice-reply-kept", &[]));
    }
}

/// Proposes to send it, and what becomes of what it answers.
fn propose(model: &mut Model) {
    let language = model.seat.language;
    let Some(Layer::Letter(letter)) = model.layers.last() else { return };
    let Ok(text) = letter.written().parse::<LongText>() else {
        let count = [("count", LongText::MAX.to_string())];
        model.say(Tone::Trouble, say(language, "value-too-long", &count));
        return;
    };
    let (item, to, about) = (letter.answered.item(), letter.to.clone(), letter.subject.clone());
    let (contact_id, request_id) = match &letter.answered {
        Answered::Contact(contact) => (Some(contact.id), None),
        Answered::Request(request) => (None, Some(request.id)),
    };
    let can_wait = match &letter.answered {
        Answered::Contact(_) => false,
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
    if model.world.drafts.get(&draft.subject).map_or("", |kept| &kept.text) != draft.text {
        effects.push(Effect::KeepDraft(Box::new(draft.clone())));
        model.world.drafts.insert(draft.subject.clone(), draft);
    }
}

/// A command is on disk: the draft of a reply that it carries may go.
pub fn safe(model: &mut Model, effects: &mut Effects, given: &Given) {
    if let Command::PrepareReply { body, .. } = &*given.command {
        let item = body.contact_id.map(Item::Contact).or(body.request_id.map(Item::Request));
        if let Some(item) = item {
            super::note::throw_away(model, effects, subject(item));
        }
    }
}

#[cfg(test)]
pub(in crate::console) mod tests;
