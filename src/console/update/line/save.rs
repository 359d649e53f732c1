//! Saving: Enter always does, as triaged, as new with what is missing, or after the one question.

use super::read::{self, Caller};
use crate::{
    console::{
        keymap::KeyCode,
        model::{
            Model, Tone,
            line::{EntryLine, LineFocus, Made, Saving},
            world::{CallStanding, World},
        },
        update::{Effects, give::give},
        view::{
            reading as words, recurring,
            words::{arrow, person_short},
        },
    },
    domain::{
        call::LineState,
        contact::{Contact, Origin},
        entry::{Chosen, Confidence, Field, Question, Reading},
        ids::{ContactId, RequestId},
        money::Cents,
        recurring::{RecurringOrder, RecurringOrderFields},
        request::{Channel, RequestFields, RequestState},
        texts::ShortText,
    },
    i18n::say,
    replica::DraftSubject,
    wire::{
        bodies::{Step, WrapUp},
        catalogue::Command,
    },
};
use std::sync::Arc;
use uuid::Uuid;

/// Enter: asks where there is a doubt, else saves.
pub fn enter(model: &mut Model, effects: &mut Effects) {
    let language = model.seat.language;
    read::refresh(model);
    let up = arrow(model, "up", KeyCode::Up);
    let Some(line) = &mut model.line else { return };
    if let Some(replacing) = line.replacing.as_ref().filter(|one| !one.understood && !one.field.is_blank()) {
        let words = say(language, "line-not-understood", &[("words", replacing.field.text().to_owned()), up]);
        model.say(Tone::Plain, words);
        return;
    }
    if line.is_blank() {
        model.say(Tone::Plain, say(language, "line-nothing-to-save", &[]));
        return;
    }
    if line.question().is_some_and(|question| !question.answers.is_empty()) {
        line.focus = LineFocus::Asked;
        return;
    }
    as_it_is(model, effects);
}

/// An answer of the question was chosen: it stands as if by hand, and what was to be saved is saved.
pub fn answered(model: &mut Model, effects: &mut Effects, place: usize) {
    let Some(line) = model.line.as_mut().filter(|line| line.focus == LineFocus::Asked) else { return };
    let Some(answer) = line.question().and_then(|question| question.answers.get(place)).cloned() else { return };
    line.chosen.choose(answer);
    line.changed();
    read::refresh(model);
    let asks = model.line.as_ref().and_then(EntryLine::question).is_some_and(|next| !next.answers.is_empty());
    if !asks {
        as_it_is(model, effects);
    }
}

/// Saves what was understood: what is complete as triaged, what is not as new.
pub fn as_it_is(model: &mut Model, effects: &mut Effects) {
    let language = model.seat.language;
    let Some(line) = &model.line else { return };
    let Some(reading) = line.reading.clone() else { return };
    let caller = Caller { contact: line.contact, requester: line.requester.clone(), site: line.site };
    let mut ids = vec![line.request];
    ids.extend(reading.further.iter().map(|_| model.ids.fresh::<RequestId>()));
    let made: Vec<Made> = (std::iter::once(&reading).chain(&reading.further).zip(ids))
        .map(|(part, id)| make(model, &caller, line.channel, line.phrase(), part, id))
        .collect();
    if made.iter().any(|one| one.fields.text.is_none() && one.fields.service_id.is_none()) {
        model.say(Tone::Plain, say(language, "line-lacks-all", &[]));
        return;
    }
    let said = sentence(model, &reading, &made);
    let requests = made.iter().map(|one| one.id).collect();
    let (text, chosen) = (line.input.text().to_owned(), line.chosen.clone());
    let commands = made.into_iter().flat_map(commands).collect();
    let Some(key) = give(model, effects, commands, said) else { return };
    emptied(model, effects, Saving { key, requests, text, chosen });
}

/// What makes a request: as triaged if nothing is missing, else as new; what comes again is an order, whose dates are the office's to make.
pub fn commands(made: Made) -> Vec<Command> {
    let Made { id, fields, missing, again } = made;
    if let Some(body) = again {
        return vec![Command::CreateRecurringOrder { id: Uuid::from(id).into(), body }];
    }
    let triage = missing.is_empty().then_some(Command::TriageRequest { id, body: Step { seen: RequestState::New } });
    std::iter::once(Command::CreateRequest { id, body: fields }).chain(triage).collect()
}

/// The request that a reading of a caller's words makes.
pub fn make(model: &Model, caller: &Caller, channel: Channel, phrase: &str, reading: &Reading, id: RequestId) -> Made {
    let language = model.seat.language;
    let mut fields = reading.fields(phrase, channel, caller.requester.clone(), caller.contact);
    fields.price = price(&model.world, &fields);
    let mut missing: Vec<String> = Vec::new();
    if fields.requester.is_none() {
        missing.push(say(language, "line-missing-requester", &[]));
    }
    let doubted = reading.question.as_ref().and_then(Question::field);
    let lacks = |field: Field| match field {
        Field::Service => fields.service_id.is_none(),
        Field::When => fields.when.is_none(),
        Field::Site => fields.site_id.is_none(),
        Field::Payer => fields.payer.is_none(),
        Field::Handover => read::is_home_without_address(reading),
        _ => false,
    };
    let open = Field::ALL.into_iter().filter(|field| lacks(*field) || doubted == Some(*field));
    missing.extend(open.map(|field| words::name(language, field)));
    let sure = reading.recurrence.as_ref().filter(|read| read.confidence > Confidence::Doubtful && missing.is_empty());
    let again = sure.and_then(|read| RecurringOrderFields::of(&fields, read.value.clone()));
    if let Some(read) = reading.recurrence.as_ref().filter(|_| again.is_none()) {
        // The phrase keeps it too, but not what was chosen by hand.
        let noted = words::recurrence(language, &read.value);
        let detail = fields.detail.as_ref().map_or(noted.clone(), |detail| format!("{detail}, {noted}"));
        fields.detail = detail.chars().take(ShortText::MAX).collect::<String>().parse().ok().or(fields.detail);
    }
    Made { id, fields, missing, again }
}

/// The price that the catalogue tells; none on quote.
pub fn price(world: &World, fields: &RequestFields) -> Option<Cents> {
    world.service(fields.service_id?)?.fields.price.told(fields.quantity)
}

/// What several requests lack, each word once.
pub fn missing<'a>(made: impl IntoIterator<Item = &'a Made>) -> Vec<String> {
    let mut missing: Vec<String> = Vec::new();
    for word in made.into_iter().flat_map(|one| &one.missing) {
        if !missing.contains(word) {
            missing.push(word.clone());
        }
    }
    missing
}

/// What was saved, in a sentence: of what comes again which dates come first, of an incomplete one what is missing.
fn sentence(model: &Model, reading: &Reading, made: &[Made]) -> String {
    let language = model.seat.language;
    if let [Made { id, again: Some(fields), .. }] = made {
        let order = RecurringOrder::create(Uuid::from(*id).into(), fields.clone(), model.now, model.world.board.me());
        if let Ok(order) = order {
            return recurring::written(model, &order);
        }
    }
    let missing = missing(made);
    let what = words::summary(&model.world, language, reading);
    let variables = [("count", made.len().to_string()), ("what", what), ("missing", missing.join(", "))];
    let key = match (made.len(), missing.is_empty()) {
        (1, true) => "line-saved",
        (1, false) => "line-saved-incomplete",
        (_, true) => "line-saved-several",
        (_, false) => "line-saved-several-incomplete",
    };
    let mut said = say(language, key, &variables);
    let parts = || std::iter::once(reading).chain(&reading.further).zip(made);
    if parts().any(|(_, made)| made.again.is_some()) {
        said.push(' ');
        said.push_str(&say(language, "line-saved-again", &[]));
    }
    if parts().any(|(part, made)| part.recurrence.is_some() && made.again.is_none()) {
        said.push(' ');
        said.push_str(&say(language, "line-saved-first", &[]));
    }
    said
}

/// The line is empty for the next request of the same contact; what was saved stays a draft until it is on disk.
fn emptied(model: &mut Model, effects: &mut Effects, saving: Saving) {
    let request = model.ids.fresh();
    let Some(line) = &mut model.line else { return };
    line.saved.extend(&saving.requests);
    line.saving.push(saving);
    line.input.clear();
    line.chosen = Chosen::default();
    line.brought = None;
    line.replacing = None;
    line.compared = None;
    line.focus = LineFocus::Line;
    line.changed();
    // The draft as it is now, with what is being saved, is on disk before anything else is typed.
    super::keep(model, effects);
    if let Some(line) = &mut model.line {
        if line.contact.is_none() {
            line.saving.clear();
        }
        line.request = request;
    }
    read::refresh(model);
}

/// Closes calls by themselves: the line has ended, a request was saved, and nothing is left to be. Each once; what somebody opens again stays open.
pub fn close_calls(model: &mut Model, effects: &mut Effects) {
    let own = model.world.own_calls();
    let ended: Vec<Arc<Contact>> = (own.iter())
        .filter(|shown| {
            matches!(&shown.row.origin, Origin::Call(call) if call.line == LineState::Ended)
                && model.world.standing(shown.row) == Some(CallStanding::ToFinish)
                && !model.world.closed.contains(&shown.row.id)
        })
        .map(|shown| Arc::clone(shown.row))
        .collect();
    for contact in ended {
        let count = model.world.saved_from(contact.id);
        if count > 0 && is_done_with(model, contact.id) {
            close(model, effects, &contact, count);
        }
    }
}

fn is_done_with(model: &Model, contact: ContactId) -> bool {
    if let Some(line) = model.line.as_ref().filter(|line| line.contact == Some(contact)) {
        return line.is_blank();
    }
    let draft = model.world.drafts.get(&DraftSubject::Contact { id: contact });
    draft.is_none_or(|draft| draft.text.is_empty() && !draft.fields.contains_key("chosen"))
}

fn close(model: &mut Model, effects: &mut Effects, contact: &Contact, count: usize) {
    let language = model.seat.language;
    model.world.closed.insert(contact.id);
    let outcome = say(language, "line-outcome-saved", &[("count", count.to_string())]);
    let Ok(outcome) = outcome.parse::<ShortText>() else { return };
    let who = model.world.person_of(&contact.party).map(|person| person_short(person));
    let key = if who.is_some() { "line-call-closed-of" } else { "line-call-closed" };
    let said = say(language, key, &[("who", who.unwrap_or_default()), ("outcome", outcome.to_string())]);
    give(model, effects, vec![Command::WrapUpContact { id: contact.id, body: WrapUp { outcome } }], said);
}
