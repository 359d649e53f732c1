//! What the office and the way to it tell.

#[cfg(test)]
mod tests;

use super::{Effects, activity, desk, dispatch, letter, line, note, settle, undo, verbs};
use crate::{
    console::{
        effect::Effect,
        keymap::{Action, Context},
        model::{Clocks, Model, Tone, connection::Connection},
    },
    domain::{
        contact::{Contact, Origin},
        entity::EntityKind,
        ids::{CommandKey, RequestId},
        operator::Bell,
        time::Instant,
    },
    i18n::{say, worded},
    replica::{Applied, Draft, Record, Recovered, Replica, link::LinkEvent},
    text::neutral,
    wire::{
        catalogue::Command,
        change::Change,
        problem::{Problem, ProblemKind},
    },
};
use jiff::SignedDuration;
use std::sync::Arc;

/// A clock that is wrong by more than this is worth a sentence.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(2);

/// How often a call that nobody takes is heard again.
const RING_EVERY: SignedDuration = SignedDuration::from_secs(5);

/// The drafts of the store, and what of it was damaged.
fn opened(model: &mut Model, drafts: Vec<Draft>, recovered: &Recovered) {
    if *recovered != Recovered::default() {
        let damaged =
            [("commands", recovered.damaged_commands.to_string()), ("drafts", recovered.damaged_drafts.to_string())];
        model.say(Tone::Trouble, say(model.seat.language, "store-damaged", &damaged));
    }
    for draft in drafts {
        model.world.drafts_on_disk.insert(draft.subject.clone(), draft.at);
        // What was typed meanwhile is newer.
        model.world.drafts.entry(draft.subject.clone()).or_insert(draft);
    }
    desk::draft::take_up(model);
    model.world.drafts_turn += 1;
}

/// The line is back: what was asked before it broke is asked anew.
fn connected(model: &mut Model) {
    dispatch::connected(model);
    activity::connected(model);
    model.rounds.ask_ways_again();
}

/// Takes in what was told.
pub fn told(model: &mut Model, effects: &mut Effects, event: LinkEvent) {
    let language = model.seat.language;
    match event {
        LinkEvent::Opened { outbox, drafts, recovered } => {
            model.connection = Connection::Recalling;
            model.world.board.restore(&outbox);
            opened(model, drafts, &recovered);
        }
        // The loop ends with its sentence.
        LinkEvent::Unopened(_) => {}
        LinkEvent::Recalled(copy) => {
            model.connection = Connection::Starting { as_of: copy.as_ref().map(|copy| copy.kept_at) };
            if let Some(copy) = copy {
                loaded(model, copy.replica);
            }
        }
        LinkEvent::Loaded(replica) => {
            loaded(model, *replica);
            model.connection = Connection::Online;
            connected(model);
        }
        LinkEvent::Connected { .. } => {
            if !matches!(model.connection, Connection::TakenOver | Connection::Online) {
                model.connection = Connection::Online;
                settle::ask_all_again(model);
                connected(model);
            }
        }
        LinkEvent::Alive(seq) => {
            model.world.board.reach(seq);
            // A stream may still be open when the session behind it has ended.
            if !matches!(model.connection, Connection::TakenOver | Connection::SignedOut) {
                model.connection = Connection::Online;
            }
        }
        // Who was taken over, or is signed out, is not on the way back by itself.
        LinkEvent::Disconnected { .. } if matches!(model.connection, Connection::TakenOver | Connection::SignedOut) => {
        }
        LinkEvent::Disconnected { retry_in, .. } => {
            let since = match model.connection {
                Connection::Reconnecting { since, .. } => since,
                _ => model.now,
            };
            let wait = SignedDuration::try_from(retry_in).unwrap_or(SignedDuration::ZERO);
            model.connection = Connection::Reconnecting { since, retry_at: model.now.plus(wait) };
        }
        LinkEvent::Change(change) => changed(model, effects, &change),
        LinkEvent::Outbox(record) => {
            if let Record::Refused { problem, .. } = &record {
                refused(model, problem);
            }
            if let Record::Given { given, .. } = &record {
                line::safe(model, effects, given.key);
                note::safe(model, effects, given);
                letter::safe(model, effects, given);
            }
            model.world.board.record(&record);
        }
        LinkEvent::Unkept { key, why } => {
            model.world.board.unkept(key);
            model.say(Tone::Trouble, why.sentence(language));
        }
        LinkEvent::Sent(key) => model.world.board.sent(key),
        LinkEvent::Unanswered(key) => model.world.board.unanswered(key),
        LinkEvent::TooLate(key) => undo::undo_sent(model, effects, key),
        LinkEvent::Done(done) => {
            verbs::answered(model, &done);
            desk::code_told(model, done.aside.as_ref());
            let created = created(model, done.key);
            model.world.board.done(&done);
            numbered(model, done.key, &created);
            line::took_over(model, effects, &done);
        }
        LinkEvent::Refused { key, problem } => {
            refused(model, &problem);
            model.world.board.lift(key);
        }
        LinkEvent::ClaimsLost(_) => model.say(Tone::Trouble, say(language, "notice-claims-lost", &[])),
        LinkEvent::SignedOut(problem) => signed_out(model, *problem),
        LinkEvent::DraftKept { subject, at } => _ = model.world.drafts_on_disk.insert(subject, at),
        LinkEvent::MadeAnew => {
            model.say(Tone::Trouble, say(language, "store-made-anew", &[]));
            model.world.drafts_on_disk.clear();
            effects.extend(model.world.drafts.values().cloned().map(|draft| Effect::KeepDraft(Box::new(draft))));
        }
        LinkEvent::NotKept(why) => model.say(Tone::Trouble, why.sentence(language)),
        LinkEvent::TakenOver => {
            model.connection = Connection::TakenOver;
            let quit = model.keymap.way(model.context(), Action::Quit, language);
            model.say(Tone::Trouble, say(language, "notice-taken-over", &[("quit", quit)]));
        }
    }
}

/// A copy takes the place of the rows.
fn loaded(model: &mut Model, replica: Replica) {
    model.world.board.load(replica);
    model.world.directory += 1;
    model.world.providers += 1;
}

/// The requests that a command in the outbox enters.
fn created(model: &Model, key: CommandKey) -> Vec<RequestId> {
    let id = |command: &Command| match command {
        Command::CreateRequest { id, .. } => Some(*id),
        _ => None,
    };
    match model.world.board.entry(key).map(|entry| &*entry.given.command) {
        Some(Command::Bulk { body }) => body.rows.iter().filter_map(|row| id(&row.command)).collect(),
        Some(command) => id(command).into_iter().collect(),
        None => Vec::new(),
    }
}

/// What was just saved is told with the numbers that the office gave it: one says them to the caller.
fn numbered(model: &mut Model, key: CommandKey, created: &[RequestId]) {
    let number = |id: &RequestId| model.world.request(*id).map(|shown| shown.row.number.to_string());
    let numbers: Vec<String> = created.iter().filter_map(number).collect();
    if let Some(notice) = model.notice.as_mut().filter(|notice| notice.undo == Some(key))
        && !numbers.is_empty()
    {
        notice.words = format!("{} · {}", numbers.join(", "), notice.words);
    }
}

/// The session has ended: what is done stays here until somebody is in again. It is said once.
fn signed_out(model: &mut Model, problem: Problem) {
    let language = model.seat.language;
    if matches!(model.connection, Connection::SignedOut | Connection::TakenOver) {
        return;
    }
    model.connection = Connection::SignedOut;
    let words = if problem.known() == Some(ProblemKind::NotLoggedIn) {
        let way = model.keymap.way(Context::List, Action::SignIn, language);
        say(language, "notice-signed-out", &[("way", way)])
    } else {
        worded(problem, language).detail
    };
    model.say(Tone::Trouble, words);
}

/// The office's clock counts from now on; that this machine's is wrong is said once.
pub fn clock_set(model: &mut Model, ahead: SignedDuration) {
    if ahead.abs() <= CLOCKS_DIFFER || model.clocks == Clocks::Said {
        return;
    }
    model.clocks = Clocks::Said;
    let key = if ahead.is_positive() { "notice-clock-behind" } else { "notice-clock-ahead" };
    let minutes = [("minutes", ahead.abs().as_mins().to_string())];
    model.say(Tone::Trouble, say(model.seat.language, key, &minutes));
}

/// The office said no: its sentence, or who was quicker; what was typed stays.
fn refused(model: &mut Model, problem: &Problem) {
    let language = model.seat.language;
    let by = problem.params.get("by").and_then(|by| by.parse().ok()).and_then(|by| model.world.operator(by));
    let words = match by {
        Some(by) => say(language, "notice-claimed-by", &[("who", by.fields.name.to_string())]),
        None => worded(problem.clone(), language).detail,
    };
    model.say(Tone::Trouble, words);
}

fn changed(model: &mut Model, effects: &mut Effects, change: &Change) {
    let applied = model.world.board.apply(change);
    activity::outdated(model, change.entity);
    match change.entity {
        EntityKind::Contact if matches!(applied, Applied::Came(_)) => rang(model, effects, change),
        EntityKind::Posting | EntityKind::Request => settle::ask_again(model, change),
        EntityKind::Offer | EntityKind::Assignment => dispatch::outdated(model),
        EntityKind::Provider => model.world.providers += 1,
        EntityKind::Held => came_back(model, change),
        EntityKind::Service
        | EntityKind::Site
        | EntityKind::Holiday
        | EntityKind::Policy
        | EntityKind::Permanence
        | EntityKind::Beneficiary => model.world.directory += 1,
        _ => {}
    }
}

/// What one has prepared came back: it is said, wherever one is; it waits on the screen of who does what.
fn came_back(model: &mut Model, change: &Change) {
    let me = model.seat.me();
    let Some(held) = model.world.held_one(change.id.into()).filter(|held| held.operator_id == me) else { return };
    let Some(why) = held.reason.as_ref().filter(|_| held.is_to_take_up()) else { return };
    let language = model.seat.language;
    let who = held.decided_by.and_then(|by| model.world.operator(by)).map(|by| by.fields.name.to_string());
    let parts = [
        ("who", who.unwrap_or_else(|| say(language, "somebody", &[]))),
        ("verb", verbs::prepared_verb(language, held)),
        ("why", neutral(why.as_str()).into_owned()),
    ];
    model.say(Tone::Plain, say(language, "notice-held-returned", &parts));
}

/// A ring that is new is heard once, by those who take calls; and who calls is read about before they answer.
fn rang(model: &mut Model, effects: &mut Effects, change: &Change) {
    let Some(contact) = model.world.contact(change.id.into()).map(|shown| Arc::clone(shown.row)) else { return };
    let Contact { origin: Origin::Call(_), .. } = &*contact else { return };
    if model.world.standing(&contact) == Some(crate::console::model::world::CallStanding::Ringing) {
        if model.seat.bell != Bell::Off && model.seat.takes_calls() {
            effects.push(Effect::Ring);
            model.rang_at = Some(model.now);
        }
        if let Some(person) = model.world.person_of(&contact.party).map(|person| person.id) {
            settle::ask_about(model, effects, person);
        }
    }
}

/// When the terminal rings again: a call nobody takes is heard until somebody does, where that is preferred.
pub fn ring_due(model: &Model) -> Option<Instant> {
    let is_heard = model.seat.bell == Bell::Repeat && model.seat.takes_calls() && model.connection.is_online();
    let rang_at = model.rang_at.filter(|_| is_heard)?;
    model.world.ringing().next().is_some().then(|| rang_at.plus(RING_EVERY))
}

/// Rings again when it is time.
pub fn ring_again(model: &mut Model, effects: &mut Effects) {
    if ring_due(model).is_some_and(|due| due <= model.now) {
        effects.push(Effect::Ring);
        model.rang_at = Some(model.now);
    }
}
