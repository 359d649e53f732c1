//! The reception's keys: moving in the lanes, claiming, going to one's calls and back.

use super::{Effects, card, desk, give, line, party, settle, verbs};
use crate::{
    console::{
        keymap::Action,
        model::{
            Model, Screen, Tone,
            layer::Layer,
            list::Step,
            prompt::{Act, Prompt, Wording},
            reception::{Item, Lane, Place},
            world::CallStanding,
        },
    },
    domain::{
        claim::ClaimSubject,
        contact::{Contact, Origin, Party},
        ids::{ClaimId, ContactId},
        policy::ReasonKind,
    },
    i18n::say,
    replica,
    wire::{
        bodies::{TakeClaim, TakeOver},
        catalogue::Command,
    },
};
use jiff::SignedDuration;
use uuid::Uuid;

/// A colleague's claim that is not older than this may have crossed one's own key.
const JUST_NOW: SignedDuration = SignedDuration::from_secs(10);

/// Moves in the lane that has the focus.
pub fn step(model: &mut Model, effects: &mut Effects, step: Step) {
    let lane = model.reception.lane;
    model.reception.list_mut(lane).step(step);
    model.reception.looked_elsewhere();
    line::follow(model, effects);
}

/// Puts the focus on a lane.
pub fn to_lane(model: &mut Model, lane: Lane) {
    model.reception.lane = lane;
    model.reception.looked_elsewhere();
}

/// Where the focus is now, to come back to.
pub fn place(model: &Model) -> Place {
    Place { screen: model.screen, lane: model.reception.lane, item: model.reception.selected() }
}

/// Back to where a ring was answered from, or from a screen to the reception.
pub fn go_back(model: &mut Model) {
    if let Some(place) = model.reception.came_from.take() {
        model.screen = place.screen;
        model.reception.lane = place.lane;
        if let Some(item) = place.item {
            model.reception.list_mut(place.lane).select(item);
        }
    } else if model.screen != Screen::Reception {
        model.screen = Screen::Reception;
    }
}

/// Claims the ring that has waited longest and goes to its entry line, from anywhere.
pub fn claim_ringing(model: &mut Model, effects: &mut Effects) {
    let oldest = model.world.ringing().min_by_key(|shown| shown.row.occurred_at).map(|shown| shown.row.id);
    let Some(contact) = oldest else {
        let words = nothing_rings(model);
        model.say(Tone::Plain, words);
        return;
    };
    let from = place(model);
    claim(model, effects, Item::Contact(contact));
    go_to_line(model, effects, contact);
    model.reception.came_from.get_or_insert(from);
}

/// That nothing rings; and who was quicker, if a colleague took a call while this key was pressed.
fn nothing_rings(model: &Model) -> String {
    let language = model.seat.language;
    let taken = (model.world.open_contacts(replica::Lane::Phone))
        .filter(|shown| model.world.standing(shown.row) == Some(CallStanding::Others))
        .filter_map(|shown| model.world.claim_on(shown.row.id.into()))
        .max_by_key(|claim| claim.since)
        .filter(|claim| model.now.since(claim.since) < JUST_NOW)
        .and_then(|claim| model.world.operator(claim.operator_id));
    match taken {
        Some(who) => say(language, "notice-just-taken", &[("who", who.fields.name.to_string())]),
        None => say(language, "notice-nothing-rings", &[]),
    }
}

/// Goes to the next of one's own calls.
pub fn next_own_call(model: &mut Model, effects: &mut Effects) {
    let own: Vec<ContactId> = model.world.own_calls().iter().map(|shown| shown.row.id).collect();
    let here = model.line.as_ref().filter(|line| line.has_focus()).and_then(|line| line.contact);
    let after = here.and_then(|here| own.iter().position(|id| *id == here)).map_or(0, |place| place + 1);
    let Some(next) = own.get(after).or(own.first()).copied() else {
        let words = say(model.seat.language, "notice-no-own-call", &[]);
        model.say(Tone::Plain, words);
        return;
    };
    let from = place(model);
    go_to_line(model, effects, next);
    model.reception.came_from.get_or_insert(from);
}

/// Shows the contact in its lane with the focus in its entry line; who calls is asked first where only the organisation is known.
fn go_to_line(model: &mut Model, effects: &mut Effects, contact: ContactId) {
    model.layers.clear();
    model.screen = Screen::Reception;
    let Some(row) = model.world.contact(contact).map(|shown| shown.row.clone()) else { return };
    model.reception.go_to(lane_of(&row), Item::Contact(contact));
    line::open(model, effects, Item::Contact(contact));
    if matches!(row.party, Party::Switchboard { .. } | Party::Maybe { .. } | Party::Unknown) {
        party::open(model, Item::Contact(contact));
    }
}

/// The lane that a contact stands in.
pub fn lane_of(contact: &Contact) -> Lane {
    match replica::Lane::of(&contact.origin) {
        replica::Lane::Phone => Lane::Phone,
        replica::Lane::Email => Lane::Mail,
        replica::Lane::WalkIn | replica::Lane::LockerDrop => Lane::Permanences,
    }
}

/// Opens the row: a contact's entry line or message, a request's card.
pub fn open(model: &mut Model, effects: &mut Effects) {
    let selected = match model.screen {
        Screen::Reception => model.reception.selected(),
        Screen::Dispatch => match model.dispatch.prepared(&model.world) {
            Some(command) => verbs::subject(&command),
            None => model.dispatch.looked_at(&model.world).map(Item::Request),
        },
        Screen::Requests => model.requests.list.selected().map(Item::Request),
        Screen::Rounds => {
            model.rounds.leg().and_then(|leg| model.world.leg(leg)).map(|leg| Item::Request(leg.fields.request_id))
        }
        Screen::Activity | Screen::Desk => None,
    };
    match selected {
        Some(Item::Request(request)) => card::open(model, effects, request),
        Some(Item::Contact(contact)) => {
            let is_message =
                model.world.contact(contact).is_some_and(|shown| matches!(shown.row.origin, Origin::Message(_)));
            // A message is read first; its line opens on the verb that takes it up.
            if is_message && !model.reception.unfolded {
                model.reception.unfolded = true;
            } else {
                go_to_line(model, effects, contact);
            }
        }
        Some(Item::Permanence(permanence)) => desk::open(model, permanence),
        Some(_) | None => {}
    }
}

/// Takes a contact or request in hand, or takes it over: a live claim of somebody else with a reason.
pub fn claim(model: &mut Model, effects: &mut Effects, item: Item) {
    let language = model.seat.language;
    let (subject, id): (ClaimSubject, Uuid) = match item {
        Item::Contact(id) => (ClaimSubject::Contact { id }, id.into()),
        Item::Request(id) => (ClaimSubject::Request { id }, id.into()),
        _ => return,
    };
    if !model.connection.is_online() {
        // A claim is a lease on the office's clock: without the office there is none, and work goes on without.
        model.say(Tone::Plain, say(language, "notice-no-claim-offline", &[]));
        return;
    }
    let held = model.world.claim_on(id).cloned();
    match held {
        None => {
            let claim: ClaimId = model.ids.fresh();
            give::ask(model, effects, Command::TakeClaim { id: claim, body: TakeClaim { subject } });
        }
        Some(claim) if claim.operator_id == model.seat.me() => {}
        Some(claim) if claim.state == crate::domain::claim::ClaimState::Stale => {
            give::ask(model, effects, Command::TakeOverClaim { id: claim.id, body: TakeOver { reason: None } });
        }
        Some(claim) => {
            let who = model.world.operator(claim.operator_id).map(|row| row.fields.name.to_string());
            let who = who.unwrap_or_else(|| say(language, "somebody", &[]));
            let sentence = say(language, "prompt-take-over", &[("who", who)]);
            let prompt = Prompt::new(Action::Claim, vec![item], sentence).or_words(Wording::TakeOver);
            let reasons = verbs::reasons(model, ReasonKind::TakeOver).into_iter();
            let prompt = reasons.fold(prompt, |prompt, reason| prompt.with(reason, Act::Say));
            model.layers.push(Layer::Prompt(prompt));
        }
    }
    if let Some(person) = model.world.person_behind(item).map(|person| person.id) {
        settle::ask_about(model, effects, person);
    }
}
