//! The lockers of a site: what can be done with one, as it stands.

use super::{
    super::{Effects, give, paper},
    hand::{filled, in_locker, locker_name, to_desk, who},
    site,
};
use crate::{
    console::{
        keymap::Action,
        model::{
            Model, Tone,
            desk::{DeskRow, Group, Tab},
            prompt::{Act, Prompt, Wording},
        },
    },
    domain::{
        booking::{Booking, BookingState},
        entity::EntityKind,
        exception::{About, ContradictionKind, ExceptionFields},
        ids::{BookingId, LockerId},
        item::{Holder, Item},
        locker::LockerState,
        texts::ShortText,
    },
    i18n::say,
    text::neutral,
    wire::{
        bodies::{Because, Fact, Nothing, StepBecause},
        catalogue::Command,
        desk_bodies::HandBack,
    },
};
use std::sync::Arc;

/// Persons that a free locker is offered for.
const OFFERED: usize = 7;

/// What can be done with a locker; none if it is gone.
pub fn of(model: &mut Model, id: LockerId) -> Option<Prompt> {
    let language = model.seat.language;
    let locker = Arc::clone(model.world.locker(id)?);
    let name = [("name", locker_name(model, id))];
    let prompt = Prompt::new(Action::Open, Vec::new(), say(language, "prompt-locker", &name));
    if locker.state == LockerState::OutOfOrder {
        let said = say(language, "desk-repaired", &name);
        let act = Act::Hand { commands: vec![Command::RepairLocker { id, body: Nothing {} }], said };
        return Some(prompt.with(say(language, "choice-repaired", &[]), act));
    }
    let booking = model.desk.here.bookings.get(&id).and_then(|booking| model.world.booking(*booking)).cloned();
    let prompt = match &booking {
        Some(booking) if booking.state == BookingState::Reserved => reserved(model, prompt, booking),
        Some(booking) => full(model, prompt, id, booking),
        None => free(model, prompt, id),
    };
    let broken =
        Prompt::new(Action::Open, Vec::new(), say(language, "prompt-broken", &name)).or_words(Wording::Broken(id));
    let reasons = ["lock", "door", "dirty"].map(|key| say(language, &format!("broken-{key}"), &[]));
    let broken = reasons.into_iter().fold(broken, |prompt, reason| prompt.with(reason, Act::Say));
    Some(prompt.with(say(language, "choice-broken", &[]), Act::Ask(Box::new(broken))))
}

fn fact(model: &Model) -> Fact {
    Fact { occurred_at: model.now }
}

/// Kept for somebody: filled, its code, called off.
fn reserved(model: &Model, prompt: Prompt, booking: &Booking) -> Prompt {
    let language = model.seat.language;
    let id = booking.id;
    let fill = Act::Hand {
        commands: vec![Command::FillBooking { id, body: fact(model) }],
        said: say(language, "desk-locker-filled", &[]),
    };
    let called_off = say(language, "reason-locker-free", &[]).parse::<ShortText>().ok();
    let prompt = prompt
        .with(say(language, "choice-locker-filled", &[]), fill)
        .with(say(language, "choice-code", &[]), Act::Code(id));
    let prompt = by_mail(model, prompt, booking);
    let cancel = called_off.map(|reason| Act::Hand {
        commands: vec![Command::CancelBooking { id, body: StepBecause { seen: booking.state, reason } }],
        said: say(language, "desk-locker-free", &[]),
    });
    match cancel {
        Some(cancel) => prompt.with(say(language, "choice-locker-free", &[]), cancel),
        None => prompt,
    }
}

/// A new code, mailed to whom the locker is kept for, if mail reaches them.
fn by_mail(model: &Model, prompt: Prompt, booking: &Booking) -> Prompt {
    let person = booking.fields.beneficiary_id.and_then(|id| model.world.person(id));
    let Some(to) = person.and_then(|person| paper::reached(person)) else { return prompt };
    let to = [("to", neutral(to.as_str()).into_owned())];
    let commands = vec![Command::MailCode { id: booking.id, body: Nothing {} }];
    let said = say(model.seat.language, "said-booking-mail_code", &to);
    prompt.with(say(model.seat.language, "choice-code-by-mail", &to), Act::Hand { commands, said })
}

/// Something lies in it: to the desk, fetched by its owner, its code; or it is empty though it should not be.
fn full(model: &mut Model, prompt: Prompt, locker: LockerId, booking: &Booking) -> Prompt {
    let language = model.seat.language;
    let exception = model.ids.fresh();
    let things = in_locker(model, locker);
    let id = booking.id;
    let empty = Command::EmptyBooking { id, body: fact(model) };
    let out = if things.is_empty() {
        let commands = vec![empty.clone()];
        Act::Hand { commands, said: say(language, "desk-locker-emptied", &[]) }
    } else {
        to_desk(model, &things)
    };
    let owner = booking.fields.beneficiary_id;
    let fetched = |thing: &Arc<Item>| Command::HandBackItem {
        id: thing.id,
        body: HandBack { occurred_at: model.now, from: thing.fields.holder.clone(), to: owner },
    };
    let by_owner = Act::Hand {
        commands: things.iter().map(fetched).chain([empty.clone()]).collect(),
        said: say(language, "desk-locker-fetched", &[("who", who(model, owner))]),
    };
    let found = say(language, "desk-found-empty", &[("name", locker_name(model, locker))]);
    let about = About { kind: EntityKind::Locker, id: locker.into() };
    let fields = ExceptionFields {
        about,
        site_id: site(model),
        kind: ContradictionKind::Other,
        what: found.parse().ok(),
        occurred_at: model.now,
    };
    let missing = Act::Hand {
        commands: vec![empty, Command::OpenException { id: exception, body: fields }],
        said: say(language, "desk-locker-found-empty", &[]),
    };
    let prompt = prompt
        .with(say(language, "choice-locker-to-desk", &[]), out)
        .with(say(language, "choice-locker-fetched", &[("who", who(model, owner))]), by_owner)
        .with(say(language, "choice-code", &[]), Act::Code(id));
    by_mail(model, prompt, booking).with(say(language, "choice-locker-found-empty", &[]), missing)
}

/// Free: for whom of those whose things lie at the desk?
fn free(model: &mut Model, mut prompt: Prompt, locker: LockerId) -> Prompt {
    let language = model.seat.language;
    let groups: Vec<Group> = model
        .desk
        .list(Tab::ToHandBack)
        .order()
        .iter()
        .filter_map(|row| match row {
            DeskRow::Back(group) => Some(*group),
            _ => None,
        })
        .collect();
    for group in groups {
        if prompt.choices.len() >= OFFERED {
            break;
        }
        let things = model.desk.things_of(group).iter().filter_map(|id| model.world.thing(*id));
        let at_desk = |thing: &&Arc<Item>| matches!(thing.fields.holder, Holder::Concierge { .. });
        let things: Vec<Arc<Item>> = things.filter(at_desk).cloned().collect();
        if things.is_empty() {
            continue;
        }
        let owner = model.world.owner_of_group(group);
        let booking: BookingId = model.ids.fresh();
        let act = filled(model, booking, locker, &things, owner);
        prompt = prompt.with(say(language, "choice-locker-for", &[("who", who(model, owner))]), act);
    }
    prompt
}

/// Why a locker cannot be used.
pub fn broken(model: &Model, id: LockerId, words: &str) -> Result<Act, String> {
    let language = model.seat.language;
    let too_long = |_| say(language, "value-too-long", &[("count", ShortText::MAX.to_string())]);
    let reason: ShortText = words.parse().map_err(too_long)?;
    let commands = vec![Command::BreakLocker { id, body: Because { reason } }];
    Ok(Act::Hand { commands, said: say(language, "desk-broken", &[("name", locker_name(model, id))]) })
}

/// Asks for a new code: it is told once, so the office must be reached.
pub fn ask_code(model: &mut Model, effects: &mut Effects, booking: BookingId) {
    let language = model.seat.language;
    if !model.connection.is_online() {
        model.say(Tone::Trouble, say(language, "desk-code-offline", &[]));
        return;
    }
    give::ask(model, effects, Command::IssueCode { id: booking, body: Nothing {} });
}

/// The office gave a code: it is told now, and never again.
pub fn code_told(model: &mut Model, aside: Option<&serde_json::Value>) {
    if let Some(code) = aside.and_then(|aside| aside.get("code")).and_then(serde_json::Value::as_str) {
        let words = say(model.seat.language, "desk-code", &[("code", code.to_owned())]);
        model.say(Tone::Done, words);
    }
}
