//! Handing back and taking in: what is in hand goes to its owner, to who fetches it, or into a locker; labelled things come in, counted.

use super::site;
use crate::{
    console::{
        keymap::Action,
        model::{
            Model, Tone,
            desk::{DeskRow, Focus, Tab, Taking, person_of},
            layer::Layer,
            prompt::{Act, Prompt, Wording},
        },
        update::verbs,
        view::{self, words},
    },
    domain::{
        booking::{BookingFields, Purpose},
        entity::{Entity as _, EntityKind},
        exception::{About, ContradictionKind, ExceptionFields},
        ids::{BeneficiaryId, BookingId, ItemId, LockerId, NoteId, RequestId},
        item::{Holder, Item, ItemFields, ItemState},
        locker::LockerState,
        texts::ShortText,
    },
    i18n::say,
    wire::{
        bodies::{AddNote, Fact},
        catalogue::Command,
        desk_bodies::{HandBack, PassOn, TakeIn},
    },
};
use jiff::SignedDuration;
use std::sync::Arc;

/// How long a locker is kept for somebody unless it is prolonged.
const KEPT: SignedDuration = SignedDuration::from_hours(72);

/// Lockers that are offered by number.
const LOCKERS: usize = 8;

/// A person as they are called at a desk.
pub fn who(model: &Model, person: Option<BeneficiaryId>) -> String {
    let person = person.and_then(|id| model.world.person(id));
    person.map_or_else(|| say(model.seat.language, "desk-somebody", &[]), |person| words::person_short(person))
}

/// Things in a few words: the one by what it is, several by how many they are.
pub fn things_words(model: &Model, things: &[ItemId]) -> String {
    match things {
        [one] => model.world.thing(*one).map(|thing| thing_words(thing)).unwrap_or_default(),
        _ => say(model.seat.language, "desk-things", &[("count", things.len().to_string())]),
    }
}

/// A thing by what it is, else by its label.
pub fn thing_words(thing: &Item) -> String {
    let words = thing.fields.description.as_ref().unwrap_or(&thing.fields.label);
    crate::text::neutral(words.as_str()).into_owned()
}

fn in_hand(model: &Model) -> Vec<Arc<Item>> {
    model.desk.found.iter().filter_map(|id| model.world.thing(*id)).cloned().collect()
}

/// What an Enter in the empty field does with what is in hand: back to its owner; what went back already is taken in again.
pub fn of_found(model: &Model) -> Act {
    let things = in_hand(model);
    let owner = things.first().and_then(|thing| model.world.owner_of(thing));
    if things.iter().any(|thing| thing.state == ItemState::HandedBack) {
        return again(model, &things);
    }
    back(model, &things, owner)
}

/// Hands things back; to nobody who is known if they were fetched by a stranger.
fn back(model: &Model, things: &[Arc<Item>], to: Option<BeneficiaryId>) -> Act {
    let ids: Vec<ItemId> = things.iter().map(|thing| thing.id).collect();
    let parts = [
        ("who", who(model, to)),
        ("what", things_words(model, &ids)),
        ("time", words::time(model.seat.civil(model.now).time())),
    ];
    let said = say(model.seat.language, "desk-handed-back", &parts);
    Act::Hand { commands: handing_back(model, things, to), said }
}

/// The commands: each thing from where it lies, then the lockers that are empty with it. What lies elsewhere by the record is in one's
/// hands all the same: the office opens an exception of it.
fn handing_back(model: &Model, things: &[Arc<Item>], to: Option<BeneficiaryId>) -> Vec<Command> {
    let occurred_at = model.now;
    let here = site(model);
    let from = |thing: &Item| match (model.world.lies_at(thing), here) {
        (at, Some(site_id)) if at != here => Holder::Concierge { site_id, place: None },
        _ => thing.fields.holder.clone(),
    };
    let hand = |thing: &Arc<Item>| Command::HandBackItem {
        id: thing.id,
        body: HandBack { occurred_at, from: from(thing), to },
    };
    things.iter().map(hand).chain(emptied(model, things)).collect()
}

/// The lockers that are empty once these things are out.
pub fn emptied(model: &Model, things: &[Arc<Item>]) -> Vec<Command> {
    let locker = |thing: &Arc<Item>| match thing.fields.holder {
        Holder::Locker { locker_id } => Some(locker_id),
        _ => None,
    };
    let mut lockers: Vec<LockerId> = things.iter().filter_map(locker).collect();
    lockers.sort();
    lockers.dedup();
    let is_out = |id: ItemId| things.iter().any(|thing| thing.id == id);
    lockers.retain(|locker| in_locker(model, *locker).iter().all(|thing| is_out(thing.id)));
    let bookings = lockers.iter().filter_map(|locker| model.desk.here.bookings.get(locker));
    bookings.map(|id| Command::EmptyBooking { id: *id, body: Fact { occurred_at: model.now } }).collect()
}

/// What lies in a locker.
pub fn in_locker(model: &Model, locker: LockerId) -> Vec<Arc<Item>> {
    let all = model.desk.here.things.all().iter().filter_map(|id| model.world.thing(*id));
    all.filter(|thing| matches!(thing.fields.holder, Holder::Locker { locker_id } if locker_id == locker))
        .cloned()
        .collect()
}

/// What was handed back to the wrong person is taken in again.
fn again(model: &Model, things: &[Arc<Item>]) -> Act {
    let language = model.seat.language;
    let Some(site_id) = site(model) else { return Act::Nothing };
    let holder = Holder::Concierge { site_id, place: None };
    let take = |thing: &Arc<Item>| Command::TakeInItem {
        id: thing.id,
        body: TakeIn { occurred_at: model.now, holder: holder.clone() },
    };
    let ids: Vec<ItemId> = things.iter().map(|thing| thing.id).collect();
    let said = say(language, "desk-taken-again", &[("what", things_words(model, &ids))]);
    Act::Hand { commands: things.iter().map(take).collect(), said }
}

/// ↓, or Enter on the row: all that can be done with what is in hand, by number.
pub fn other_ways(model: &mut Model) {
    let language = model.seat.language;
    let things = in_hand(model);
    let owner = things.first().and_then(|thing| model.world.owner_of(thing));
    let ids: Vec<ItemId> = things.iter().map(|thing| thing.id).collect();
    let parts = [("who", who(model, owner)), ("what", things_words(model, &ids))];
    if things.is_empty() {
        return;
    }
    let sentence = say(language, "prompt-hand-back", &parts);
    let mut prompt = Prompt::new(Action::Open, Vec::new(), sentence);
    if things.iter().any(|thing| thing.state == ItemState::HandedBack) {
        prompt = prompt.with(say(language, "choice-take-again", &[]), again(model, &things));
    } else {
        let fetched =
            Prompt::new(Action::Open, Vec::new(), say(language, "prompt-fetched", &parts)).or_words(Wording::Fetched);
        prompt = prompt
            .with(say(language, "choice-hand-back", &parts), back(model, &things, owner))
            .with(say(language, "choice-fetched", &[]), Act::Ask(Box::new(fetched)));
        if things.iter().all(|thing| matches!(thing.fields.holder, Holder::Concierge { .. })) {
            if let Some(lockers) = into_locker(model, &things, owner) {
                prompt = prompt.with(say(language, "choice-into-locker", &[]), Act::Ask(Box::new(lockers)));
            }
        } else {
            prompt = prompt.with(say(language, "choice-to-desk", &[]), to_desk(model, &things));
        }
    }
    model.layers.push(Layer::Prompt(prompt));
}

/// Which free locker things go into; none if none is free.
fn into_locker(model: &mut Model, things: &[Arc<Item>], owner: Option<BeneficiaryId>) -> Option<Prompt> {
    let language = model.seat.language;
    let free: Vec<LockerId> = free_lockers(model);
    let sentence = say(language, "prompt-into-locker", &[("who", who(model, owner))]);
    let mut prompt = Prompt::new(Action::Open, Vec::new(), sentence);
    for locker in free.into_iter().take(LOCKERS) {
        let booking: BookingId = model.ids.fresh();
        let name = locker_name(model, locker);
        let act = filled(model, booking, locker, things, owner);
        prompt = prompt.with(say(language, "desk-locker", &[("name", name)]), act);
    }
    (!prompt.choices.is_empty()).then_some(prompt)
}

/// The lockers of the site that nothing holds.
pub fn free_lockers(model: &Model) -> Vec<LockerId> {
    let lockers = model.desk.list(Tab::Lockers).order().iter().filter_map(|row| match row {
        DeskRow::Locker(id) => Some(*id),
        _ => None,
    });
    lockers
        .filter(|id| !model.desk.here.bookings.contains_key(id))
        .filter(|id| model.world.locker(*id).is_some_and(|locker| locker.state != LockerState::OutOfOrder))
        .collect()
}

/// What stands on a locker's door.
pub fn locker_name(model: &Model, locker: LockerId) -> String {
    let locker = model.world.locker(locker);
    locker.map(|locker| crate::text::neutral(locker.fields.name.as_str()).into_owned()).unwrap_or_default()
}

/// Reserves a locker, and puts things in.
pub fn filled(
    model: &Model,
    booking: BookingId,
    locker: LockerId,
    things: &[Arc<Item>],
    owner: Option<BeneficiaryId>,
) -> Act {
    let Some(site_id) = site(model) else { return Act::Nothing };
    let occurred_at = model.now;
    let fields = BookingFields {
        locker_id: locker,
        site_id,
        purpose: Purpose::Pickup,
        request_id: things.first().and_then(|thing| thing.fields.request_id),
        beneficiary_id: owner,
        until: model.now.plus(KEPT),
    };
    let pass = |thing: &Arc<Item>| {
        let body = PassOn { occurred_at, from: thing.fields.holder.clone(), to: Holder::Locker { locker_id: locker } };
        Command::PassOnItem { id: thing.id, body }
    };
    let first = [
        Command::ReserveBooking { id: booking, body: fields },
        Command::FillBooking { id: booking, body: Fact { occurred_at } },
    ];
    let ids: Vec<ItemId> = things.iter().map(|thing| thing.id).collect();
    let parts = [("what", things_words(model, &ids)), ("who", who(model, owner)), ("name", locker_name(model, locker))];
    let said = say(model.seat.language, "desk-into-locker", &parts);
    Act::Hand { commands: first.into_iter().chain(things.iter().map(pass)).collect(), said }
}

/// Takes things out of their locker, to the desk.
pub fn to_desk(model: &Model, things: &[Arc<Item>]) -> Act {
    let Some(site_id) = site(model) else { return Act::Nothing };
    let to = Holder::Concierge { site_id, place: None };
    let pass = |thing: &Arc<Item>| {
        let body = PassOn { occurred_at: model.now, from: thing.fields.holder.clone(), to: to.clone() };
        Command::PassOnItem { id: thing.id, body }
    };
    let ids: Vec<ItemId> = things.iter().map(|thing| thing.id).collect();
    let said = say(model.seat.language, "desk-to-desk", &[("what", things_words(model, &ids))]);
    Act::Hand { commands: things.iter().map(pass).chain(emptied(model, things)).collect(), said }
}

/// Somebody else fetched it: the one who is called so, else whoever that is, written down on the request.
pub fn fetched(model: &mut Model, typed: &str) -> Result<Act, String> {
    let language = model.seat.language;
    let things = in_hand(model);
    let found: Vec<BeneficiaryId> =
        model.world.board.replica().persons_named(typed, 9).into_iter().map(|person| person.id).collect();
    match found.as_slice() {
        [one] => Ok(back(model, &things, Some(*one))),
        [] => {
            let note: Result<crate::domain::texts::LongText, _> =
                say(language, "desk-fetched-note", &[("who", typed.trim().to_owned())]).parse();
            let text = note.map_err(|_| say(language, "value-too-long", &[("count", ShortText::MAX.to_string())]))?;
            let mut commands = handing_back(model, &things, None);
            if let Some(id) = things.first().and_then(|thing| thing.fields.request_id) {
                let note: NoteId = model.ids.fresh();
                commands.push(Command::NoteRequest { id, body: AddNote { id: note, text } });
            }
            let ids: Vec<ItemId> = things.iter().map(|thing| thing.id).collect();
            let parts = [
                ("who", typed.trim().to_owned()),
                ("what", things_words(model, &ids)),
                ("time", words::time(model.seat.civil(model.now).time())),
            ];
            Ok(Act::Hand { commands, said: say(language, "desk-handed-back", &parts) })
        }
        several => {
            let mut prompt = Prompt::new(Action::Open, Vec::new(), say(language, "prompt-which-person", &[]));
            for person in several {
                let name = model.world.person(*person).map(|person| words::person(person)).unwrap_or_default();
                prompt = prompt.with(name, back(model, &things, Some(*person)));
            }
            Ok(Act::Ask(Box::new(prompt)))
        }
    }
}

/// Begins to take in what a request expects.
pub fn start_taking(model: &mut Model, request: RequestId) {
    model.desk.taking = Some(Taking { request, labels: Vec::new() });
    model.desk.found.clear();
    model.desk.focus = Focus::Scan;
}

/// All labels are read: how many pieces is it?
pub fn counted(model: &mut Model) {
    let language = model.seat.language;
    let Some(taking) = model.desk.taking.clone() else { return };
    if taking.labels.is_empty() {
        model.say(Tone::Plain, say(language, "desk-no-label-yet", &[]));
        return;
    }
    let Some(request) = model.world.request(taking.request).map(|shown| Arc::clone(shown.row)) else { return };
    let said = u32::from(request.fields.quantity);
    let parts = [
        ("what", verbs::request_words(model, &request)),
        ("said", said.to_string()),
        ("labels", taking.labels.len().to_string()),
    ];
    let act = created(model, &taking, said, said);
    let prompt = Prompt::new(Action::Open, Vec::new(), say(language, "prompt-counted", &parts))
        .or_words(Wording::Counted(taking.request))
        .with(say(language, "choice-counted", &parts), act);
    model.layers.push(Layer::Prompt(prompt));
}

/// Another number was counted than was said.
pub fn taken_in(model: &mut Model, request: RequestId, words: &str) -> Result<Act, String> {
    let language = model.seat.language;
    let count = words.trim().parse::<u32>().ok().filter(|count| (1..=10_000).contains(count));
    let count = count.ok_or_else(|| say(language, "desk-count-not-read", &[("words", words.to_owned())]))?;
    let Some(taking) = model.desk.taking.clone().filter(|taking| taking.request == request) else {
        return Ok(Act::Nothing);
    };
    let said = model.world.request(request).map_or(count, |shown| u32::from(shown.row.fields.quantity));
    Ok(created(model, &taking, said, count))
}

/// The things that come in, one a label; what was counted otherwise than it was said is for a person to settle.
fn created(model: &mut Model, taking: &Taking, said: u32, counted: u32) -> Act {
    let language = model.seat.language;
    let Some(site_id) = site(model) else { return Act::Nothing };
    let Some(request) = model.world.request(taking.request).map(|shown| Arc::clone(shown.row)) else {
        return Act::Nothing;
    };
    let service = request.fields.service_id.and_then(|id| model.world.service(id));
    let service = service.map(|service| verbs::service_name(language, service)).unwrap_or_default();
    let total = taking.labels.len();
    let mut commands = Vec::with_capacity(total + 1);
    for (label, place) in taking.labels.iter().zip(1..) {
        let Ok(label) = label.parse() else { continue };
        let parts = [("what", service.clone()), ("place", place.to_string()), ("count", total.to_string())];
        let key = if total == 1 { "thing-one" } else { "thing-of-several" };
        let body = ItemFields {
            label,
            description: say(language, key, &parts).parse().ok(),
            request_id: Some(request.id),
            beneficiary_id: person_of(&request),
            site_id,
            holder: Holder::Concierge { site_id, place: None },
            since: model.now,
        };
        commands.push(Command::CreateItem { id: model.ids.fresh(), body });
    }
    let parts = [
        ("what", verbs::request_name(model, &request)),
        ("said", said.to_string()),
        ("counted", counted.to_string()),
        ("labels", total.to_string()),
    ];
    if said != counted {
        let fields = ExceptionFields {
            about: About { kind: EntityKind::Request, id: request.id.into() },
            site_id: Some(site_id),
            kind: ContradictionKind::TallyWrong,
            what: say(language, "desk-tally", &parts).parse().ok(),
            occurred_at: model.now,
        };
        commands.push(Command::OpenException { id: model.ids.fresh(), body: fields });
    }
    let key = if said == counted { "desk-taken-in" } else { "desk-taken-in-tally" };
    Act::Hand { commands, said: say(language, key, &parts) }
}

/// What is wrong with what is in hand, if anything is: it went back already, lies elsewhere by the record, or its job is not finished.
pub fn doubt(model: &Model) -> Option<String> {
    let language = model.seat.language;
    let things = in_hand(model);
    if let Some(thing) = things.iter().find(|thing| thing.state == ItemState::HandedBack) {
        let last = thing.trail.last()?;
        let today = model.seat.civil(model.now).date();
        let at = words::moment(language, model.seat.civil(last.occurred_at), today);
        let to = match &last.holder {
            Holder::Beneficiary { id } => who(model, *id),
            _ => String::new(),
        };
        return Some(say(language, "scan-handed-back", &[("who", to), ("at", at)]));
    }
    let here = site(model);
    if let Some(thing) = things.iter().find(|thing| model.world.lies_at(thing) != here) {
        return Some(say(language, "scan-elsewhere", &[("place", view::desk::place(model, thing))]));
    }
    let unfinished = |thing: &&Arc<Item>| {
        let listed = model.desk.here.things.all().contains(&thing.id);
        !listed && thing.state_name() == Some("in_custody")
    };
    let thing = things.iter().find(unfinished)?;
    let request = model.world.request(thing.fields.request_id?)?;
    let state = crate::domain::machine::State::name(request.row.state);
    let state = say(language, &format!("state-request-{state}"), &[]);
    Some(say(language, "scan-unfinished", &[("state", state)]))
}
